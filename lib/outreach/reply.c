/* SPDX-License-Identifier: MIT */
/*
 * What a reply means. The reply is read as a stream of folded characters: lower case, no accents,
 * no apostrophes, one space for whatever stands between words. The lists of lib/data/lexicon are
 * written in that form, one entry a line, and compared with the stream, so that a reply of any
 * length needs no memory.
 */
#include "data/data.h"
#include "outreach/outreach.h"

/* A place in a reply. */
typedef struct reply_stream {
  wbi_text text;
  size_t at;
} reply_stream;

enum { REPLY_END = 0, REPLY_SPACE = ' ', REPLY_SKIP = 0xFFFE }; /* U+FFFE is no character */

typedef struct reply_range {
  uint32_t first, last, folded;
} reply_range;

/* Accented letters of Spanish and French, signs between words, and marks that are passed over. */
static const reply_range reply_ranges[] = {
    {0x0000, 0x0026, ' '},        {0x0027, 0x0027, REPLY_SKIP}, {0x0028, 0x002F, ' '},
    {0x003A, 0x0040, ' '},        {0x005B, 0x005F, ' '},        {0x0060, 0x0060, REPLY_SKIP},
    {0x007B, 0x00A9, ' '},        {0x00AB, 0x00B4, ' '},        {0x00B5, 0x00B9, ' '},
    {0x00BB, 0x00BF, ' '},        {0x00C0, 0x00C5, 'a'},        {0x00C7, 0x00C7, 'c'},
    {0x00C8, 0x00CB, 'e'},        {0x00CC, 0x00CF, 'i'},        {0x00D1, 0x00D1, 'n'},
    {0x00D2, 0x00D6, 'o'},        {0x00D9, 0x00DC, 'u'},        {0x00E0, 0x00E5, 'a'},
    {0x00E7, 0x00E7, 'c'},        {0x00E8, 0x00EB, 'e'},        {0x00EC, 0x00EF, 'i'},
    {0x00F1, 0x00F1, 'n'},        {0x00F2, 0x00F6, 'o'},        {0x00F9, 0x00FC, 'u'},
    {0x0300, 0x036F, REPLY_SKIP}, {0x0410, 0x042F, 0x0430},     {0x2000, 0x200A, ' '},
    {0x200B, 0x200F, REPLY_SKIP}, {0x2010, 0x2017, ' '},        {0x2018, 0x2019, REPLY_SKIP},
    {0x201A, 0x206F, ' '},        {0x3000, 0x303F, ' '},        {0xFE00, 0xFE0F, REPLY_SKIP},
    {0xFEFF, 0xFEFF, REPLY_SKIP}, {0xFF01, 0xFF0F, ' '},        {0xFF1A, 0xFF20, ' '},
};

/* A character as it is compared. */
static uint32_t reply_fold(uint32_t scalar) {
  if (scalar >= 'A' && scalar <= 'Z') return scalar - 'A' + 'a';
  for (size_t i = 0; i < WBI_COUNT(reply_ranges); i++) {
    const reply_range *range = reply_ranges + i;
    if (scalar < range->first) return scalar;
    if (scalar > range->last) continue;
    return range->first == 0x0410 ? scalar + 32 : range->folded; /* Cyrillic capitals */
  }
  return scalar;
}

/* The next folded character; a run of signs is one space, and there is none at the end. */
static uint32_t reply_next(reply_stream *stream) {
  bool space = false;
  while (stream->at < stream->text.length) {
    const size_t before = stream->at;
    uint32_t scalar = 0;
    if (!wbi_utf8_next(stream->text, &stream->at, &scalar)) return REPLY_END;
    const uint32_t folded = reply_fold(scalar);
    if (folded == REPLY_SKIP) continue;
    if (folded == REPLY_SPACE) {
      space = true;
      continue;
    }
    if (!space) return folded;
    stream->at = before;
    return REPLY_SPACE;
  }
  return REPLY_END;
}

/* Whether the stream goes on with an entry, and after it with the end or, for a phrase, a space. */
static bool reply_goes_on(reply_stream stream, wbi_text entry, bool whole) {
  uint32_t scalar = 0;
  for (size_t at = 0; at < entry.length;) {
    if (!wbi_utf8_next(entry, &at, &scalar) || reply_next(&stream) != scalar) return false;
  }
  const uint32_t after = reply_next(&stream);
  return after == REPLY_END || (after == REPLY_SPACE && !whole);
}

/* The next entry of a list; empty at its end. Lines that begin with '#' are comments. */
static wbi_text reply_entry(wbi_text *list) {
  while (list->length > 0) {
    const char *end = memchr(list->data, '\n', list->length);
    const size_t length = end != NULL ? (size_t)(end - list->data) : list->length;
    const wbi_text line = wbi_text_slice(*list, 0, length);
    *list = wbi_text_slice(*list, length + 1, SIZE_MAX);
    if (line.length > 0 && line.data[0] != '#') return line;
  }
  return (wbi_text){NULL, 0};
}

/* The embedded list of a name. */
static wbi_text reply_list(const char *name) {
  const wbi_data_file *file = wbi_data_lexicon;
  while (file->name != NULL && strcmp(file->name, name) != 0)
    file++;
  return (wbi_text){file->text, file->length};
}

/* Whether one of the entries stands here. Most entries differ in their first byte already. */
static bool reply_has_here(reply_stream stream, wbi_text list, bool whole) {
  reply_stream ahead = stream;
  const uint32_t first = reply_next(&ahead);
  for (wbi_text entry = reply_entry(&list); entry.length > 0; entry = reply_entry(&list)) {
    if (first < 0x80 && first != (unsigned char)entry.data[0]) continue;
    if (reply_goes_on(stream, entry, whole)) return true;
  }
  return false;
}

/* Passes over what is before the first word. */
static reply_stream reply_begin(wbi_text text) {
  reply_stream stream = {text, 0}, ahead = stream;
  if (reply_next(&ahead) == REPLY_SPACE) stream = ahead;
  return stream;
}

/* Whether one of the phrases stands somewhere, at the beginning of a word. */
static bool reply_has(wbi_text text, wbi_text list) {
  reply_stream stream = reply_begin(text);
  uint32_t scalar = REPLY_SPACE;
  while (scalar != REPLY_END) {
    if (scalar == REPLY_SPACE && reply_has_here(stream, list, false)) return true;
    scalar = reply_next(&stream);
  }
  return false;
}

/* Whether there is a question mark. */
static bool reply_has_question(wbi_text text) {
  uint32_t scalar = 0;
  for (size_t at = 0; wbi_utf8_next(text, &at, &scalar);) {
    if (scalar == '?' || scalar == 0xBF || scalar == 0xFF1F) return true;
  }
  return false;
}

typedef struct reply_rule {
  const char *list;
  int32_t intent;
  bool whole; /* the entry is the whole message */
} reply_rule;

/* In this order. What is for a person to read comes before questions: nobody who says that a
   patient has died is put on a list of calls. */
static const reply_rule reply_rules[] = {
    {"opt_out_messages", WB_INTENT_OPT_OUT, true}, {"opt_in_messages", WB_INTENT_OPT_IN, true},
    {"help_messages", WB_INTENT_HELP, true},       {"opt_out_phrases", WB_INTENT_OPT_OUT, false},
    {"inbox_phrases", WB_INTENT_OTHER, false},     {"asks_phrases", WB_INTENT_ASKS, false},
};

int32_t wbi_reply_intent(wbi_text text) {
  for (size_t i = 0; i < WBI_COUNT(reply_rules); i++) {
    const reply_rule *rule = reply_rules + i;
    const wbi_text list = reply_list(rule->list);
    const bool found =
        rule->whole ? reply_has_here(reply_begin(text), list, true) : reply_has(text, list);
    if (found) return rule->intent;
  }
  return reply_has_question(text) ? WB_INTENT_ASKS : WB_INTENT_OTHER;
}

WB_API wb_status WB_CALL wb_reply_parse(const char *text, size_t length, int32_t *intent) {
  const wbi_text reply = {text, length};
  if (text == NULL || intent == NULL || !wbi_utf8_valid(reply)) return WB_E_INVALID;
  *intent = wbi_reply_intent(reply);
  return WB_OK;
}
