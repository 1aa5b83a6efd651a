/* SPDX-License-Identifier: MIT */
/*
 * Messages of Open Dental, whose tags stand in brackets, made into templates. Open Dental takes no
 * notice of the case of a tag, nor does this.
 */
#include "liquid/liquid_private.h"

enum { BRACKET_NAME_MOST = 32 };

typedef struct bracket_tag {
  const char *name;
  const char *becomes; /* NULL: refused */
  const char *why;     /* of a refusal */
} bracket_tag;

static const char bracket_last_name[] =
    " writes the last name, which no message may have; write [NameF].";
/* A loop over a list that the host declares: who of the family may be named. */
static const char bracket_family[] =
    "{% for member in family %}{{ member.name }}{% unless forloop.last %}, {% endunless %}"
    "{% endfor %}";
static const char bracket_family_links[] =
    "{% for member in family %}{{ member.name }}: {{ member.url }}\n{% endfor %}";
static const char bracket_confirm[] =
    " belongs to Open Dental's own confirmations; ask for a reply instead.";
static const char bracket_provider[] = " names who treats, which a message does not say.";
static const char bracket_opening[] =
    " belongs to Open Dental's own list of openings; write [URL].";
static const char bracket_money[] = " speaks of money, which belongs on no message.";

static const bracket_tag bracket_tags[] = {
    {"NameF", "{{ patient.name }}", NULL},
    {"NamePreferredOrFirst", "{{ patient.name }}", NULL},
    {"DueDate", "{{ recare.due | date_words }}", NULL},
    {"URL", "{{ message.link }}", NULL},
    {"ClinicName", "{{ location.name }}", NULL},
    {"OfficeName", "{{ location.name }}", NULL},
    {"PracticeName", "{{ practice.name }}", NULL},
    {"ClinicPhone", "{{ location.phone | phone }}", NULL},
    {"OfficePhone", "{{ location.phone | phone }}", NULL},
    {"PracticePhone", "{{ location.phone | phone }}", NULL},
    {"ClinicAddress", "{{ location.address }}", NULL},
    {"OfficeAddress", "{{ location.address }}", NULL},
    {"PracticeAddress", "{{ location.address }}", NULL},
    {"OfficeEmail", "{{ location.email }}", NULL},
    {"Date", "{{ visit.next | date_words }}", NULL},
    {"ApptDate", "{{ visit.next | date_words }}", NULL},
    {"Time", "{{ visit.next_time | date: \"%l:%M %p\" | strip }}", NULL},
    {"ApptTime", "{{ visit.next_time | date: \"%l:%M %p\" | strip }}", NULL},
    {"FamilyList", bracket_family, NULL},
    {"FamilyListURLs", bracket_family_links, NULL},
    {"NameFL", NULL, bracket_last_name},
    {"NameL", NULL, bracket_last_name},
    {"ConfirmCode", NULL, bracket_confirm},
    {"ConfirmURL", NULL, bracket_confirm},
    {"ProvName", NULL, bracket_provider},
    {"ProvAbbr", NULL, bracket_provider},
    {"AsapURL", NULL, bracket_opening},
    {"StatementURL", NULL, bracket_money},
    {"StatementBalance", NULL, bracket_money},
};

/* The end of a tag that begins at an offset, behind its bracket; 0: it is none. */
static size_t bracket_end(wbi_text text, size_t at) {
  size_t end = at + 1;
  while (end < text.length && end - at <= BRACKET_NAME_MOST && wbi_is_letter(text.data[end]))
    end++;
  const bool closed = end < text.length && text.data[end] == ']';
  return closed && end > at + 1 ? end + 1 : 0;
}

/* NULL: it is not known. */
static const bracket_tag *bracket_find(wbi_text name) {
  for (size_t i = 0; i < WBI_COUNT(bracket_tags); i++) {
    if (wbi_text_equal_fold(name, wbi_text_of(bracket_tags[i].name))) return bracket_tags + i;
  }
  return NULL;
}

/* Writes what a tag becomes. */
static wb_status bracket_tag_put(wbi_text text, size_t at, size_t end, wbi_writer *writer,
                                 wb_error *error) {
  const wbi_text name = wbi_text_slice(text, at + 1, end - 1);
  const bracket_tag *tag = bracket_find(name);
  if (tag != NULL && tag->becomes != NULL) {
    wbi_put_text(writer, wbi_text_of(tag->becomes));
    return WB_OK;
  }
  const wb_status status = tag != NULL ? WB_E_POLICY : WB_E_NAME;
  const char *why = tag != NULL ? tag->why
                                : " is no tag that is known here; if it is no tag, write "
                                  "parentheses.";
  wbi_fail_name(error, status, "", wbi_text_slice(text, at, end), why);
  wbi_error_place(error, text, at);
  return status;
}

/* Refuses what begins like a tag that is known and is none: blanks inside, or no end. same: none
   that is known is as long as a name may be */
static wb_status bracket_open_put(wbi_text text, size_t at, wbi_writer *writer, wb_error *error) {
  size_t from = at + 1;
  while (from < text.length && text.data[from] == ' ')
    from++;
  size_t end = from;
  while (end < text.length && end - from <= BRACKET_NAME_MOST && wbi_is_letter(text.data[end]))
    end++;
  size_t close = end;
  while (close < text.length && memchr("[]\r\n", text.data[close], 4) == NULL)
    close++;
  const bool closed = close < text.length && text.data[close] == ']';
  const bool blank = wbi_text_trim(wbi_text_slice(text, end, close)).length == 0;
  const wbi_text name = wbi_text_slice(text, from, end);
  if ((closed && !blank) || bracket_find(name) == NULL) {
    wbi_put_char(writer, '[');
    return WB_OK;
  }
  wbi_fail_name(error, WB_E_SYNTAX, "A tag stands in brackets without blanks: [", name, "].");
  wbi_error_place(error, text, at);
  return WB_E_SYNTAX;
}

/* Writes braces so that they stay what they are, and moves *place to where they end. Those of
   templates are refused, as templates refuse to write them. */
static wb_status bracket_braces_put(wbi_text text, size_t *place, wbi_writer *writer,
                                    wb_error *error) {
  const size_t at = *place;
  size_t end = at;
  bool brace = false;
  for (; end < text.length && memchr("{}%", text.data[end], 3) != NULL; end++)
    brace = brace || text.data[end] != '%';
  const char *why = wbi_liquid_braces(wbi_text_slice(text, at, end));
  if (why != NULL) return wbi_fail_at(error, WB_E_POLICY, text, at, why);
  if (brace) wbi_put_text(writer, WBI_TEXT("{% raw %}"));
  wbi_put_text(writer, wbi_text_slice(text, at, end));
  if (brace) wbi_put_text(writer, WBI_TEXT("{% endraw %}"));
  *place = end;
  return WB_OK;
}

/* Writes the end of a line; where it ends. */
static size_t bracket_line_put(wbi_text text, size_t at, wbi_writer *writer) {
  const bool pair = at + 1 < text.length && text.data[at + 1] == '\n';
  wbi_put_char(writer, '\n');
  return at + (pair ? 2 : 1);
}

/* Writes a whole message. */
static wb_status bracket_text_put(wbi_text text, wbi_writer *writer, wb_error *error) {
  wb_status status = WB_OK;
  for (size_t at = 0; at < text.length && status == WB_OK;) {
    const char c = text.data[at];
    const size_t end = c == '[' ? bracket_end(text, at) : 0;
    if (end != 0) {
      status = bracket_tag_put(text, at, end, writer, error);
      at = end;
    } else if (c == '[') {
      status = bracket_open_put(text, at++, writer, error);
    } else if (c == '{' || c == '}' || c == '%') {
      status = bracket_braces_put(text, &at, writer, error);
    } else if (c == '\r') {
      at = bracket_line_put(text, at, writer);
    } else {
      wbi_put_char(writer, c);
      at++;
    }
  }
  return status;
}

wb_status WB_CALL wb_template_import(const char *text, size_t length, char *buffer, size_t capacity,
                                     size_t *written, wb_error *error) {
  const wbi_text source = {text, length};
  if ((text == NULL && length > 0) || (buffer == NULL && capacity > 0) || written == NULL) {
    return wbi_fail(error, WB_E_INVALID, "The text or the place for the template is missing.");
  }
  if (length > WBI_LIQUID_LENGTH) {
    return wbi_fail(error, WB_E_LIMIT, "The text is longer than 256 KiB.");
  }
  wbi_writer measured = {NULL, 0, 0}, writer = {buffer, capacity, 0};
  const wb_status status = bracket_text_put(source, &measured, error);
  if (status != WB_OK) return status;
  *written = measured.length;
  if (measured.length > capacity) {
    return wbi_fail(error, WB_E_SPACE, "The template is longer than the space for it.");
  }
  (void)bracket_text_put(source, &writer, NULL);
  return wbi_writer_finish(&writer, written); /* same: it was measured, and fits */
}
