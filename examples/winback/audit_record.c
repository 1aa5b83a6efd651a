/* SPDX-License-Identifier: MIT */
/* What belongs into a patient's record, in the order in which it was: each contact, what the
   patient answered or agreed to, visits, calls, offers, and messages that were left out. */
#include "audit.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FILED_LINE = 4096, FILED_TIME = 16 /* characters of "2026-01-30 09:00" */ };

/* A key of a list. */
typedef struct filed_key {
  char text[WB_KEY_MAX + 2];
} filed_key;

/* The record while it is put together. */
typedef struct filed_work {
  char (*lines)[FILED_LINE];
  size_t line_count;
  filed_key *campaigns; /* by number */
  size_t campaign_count;
  filed_key *patients; /* keys that the patient had before a merge, and now */
  size_t patient_count;
  filed_key *tasks; /* of the patient */
  size_t task_count;
} filed_work;

static void filed_add(filed_key **list, size_t *count, const char *text) {
  *list = cli_grow(*list, *count + 1, sizeof **list);
  snprintf((*list)[(*count)++].text, sizeof(filed_key), "%s", text);
}

static bool filed_has(const filed_key *list, size_t count, const char *text) {
  size_t at = 0;
  while (at < count && strcmp(list[at].text, text) != 0)
    at++;
  return at < count;
}

/* Whether an effect is about the patient, by key or by a task of theirs; *known: it is about a task
   that was told of. */
static bool filed_theirs(filed_work *work, const cli_json *effect, bool *known) {
  const bool call = !strcmp(cli_json_text(effect, "kind", ""), "call_task");
  const char *task = cli_json_text(effect, call ? "action" : "task", "");
  *known = filed_has(work->tasks, work->task_count, task);
  if (!filed_has(work->patients, work->patient_count, cli_json_text(effect, "patient", "")))
    return *known;
  if (*task && !*known) filed_add(&work->tasks, &work->task_count, task);
  return true;
}

/* ---- effects in words --------------------------------------------------------------------- */

/* An effect on its way into a line; what is written is cut at the line's end. */
typedef struct filed_told {
  const audit_journal *journal;
  const filed_work *work;
  const cli_json *record, *effect;
  char *line;
  size_t length;
  bool known; /* a task that was told of */
} filed_told;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
filed_say(filed_told *told, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int more =
      vsnprintf(told->line + told->length, FILED_LINE - told->length, format, arguments);
  va_end(arguments);
  told->length += more > 0 ? (size_t)more : 0;
  if (told->length >= FILED_LINE) told->length = FILED_LINE - 1;
}

static const char *filed_text(const filed_told *told, const char *name) {
  return cli_json_text(told->effect, name, "");
}

static const char *filed_campaign(const filed_told *told) {
  const long long number = cli_json_number(told->effect, "definition");
  const bool known = number >= 0 && (unsigned long long)number < told->work->campaign_count;
  return known ? told->work->campaigns[number].text : "a campaign";
}

/* What the patient answered or did. */
static void filed_response(filed_told *told) {
  static const struct {
    int sign;
    const char *words;
  } signs[] = {{WB_SIGNAL_OPENING_GONE, "wanted an opening that was gone"},
               {WB_SIGNAL_ASKS_CALL, "asked for a call"},
               {WB_SIGNAL_ASKS_VISIT, "wants to come"},
               {WB_SIGNAL_ASKS_PRICE, "asked about price or insurance"},
               {WB_SIGNAL_CLICKED, "used the booking page"}};
  const long long bits = cli_json_number(told->effect, "signals");
  const char *between = "The patient ";
  for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
    if (!(bits & signs[i].sign)) continue;
    filed_say(told, "%s%s", between, signs[i].words);
    between = ", ";
  }
  filed_say(told, *between == 'T' ? "The patient answered a message of %s" : " (%s)",
            filed_campaign(told));
}

static void filed_visit(filed_told *told) {
  char when[40];
  enum { FILED_NOBODY = 256 /* the definition of what is credited to nobody */ };
  const char *stands = filed_text(told, "stands");
  const long long value = cli_json_number(told->effect, "value");
  const bool off = !strcmp(stands, "reversed");
  const bool away = off && cli_json_number(told->effect, "definition") == FILED_NOBODY;
  filed_say(told, "%s of %s %s", away ? "Did not come after all: visit" : "Visit",
            audit_when(told->journal, told->effect, "visit_at", when),
            off ? "broken or cancelled" : stands);
  if (value) filed_say(told, ", worth %lld.%02lld", value / 100, value % 100);
}

static void filed_task(filed_told *told) {
  if (told->known) return; /* a call, which is a contact */
  filed_say(told, "Put on the desk's list %s: %s", filed_text(told, "list"),
            filed_text(told, "reason"));
}

/* A call was tried; what else changes of a task is no matter of the record. */
static void filed_tried(filed_told *told) {
  const long long attempts = cli_json_number(told->effect, "attempts");
  if (attempts) filed_say(told, "Called, not reached: attempt %lld", attempts);
}

/* Why a task leaves the desk, by an effect of its record: any, or where a member is a word or has a
   bit, as docs/journal-and-snapshot.md has them. */
typedef struct filed_reason {
  const char *effect, *member, *word;
  long long bit;
  const char *why;
} filed_reason;

static const filed_reason filed_reasons[] = {
    {"merge", "patient", NULL, 0, "the patients are one, and another call to them stays"},
    {"stop", "approver", NULL, 0, "the campaign was stopped"},
    {"person", "known", NULL, 2, "they have died"},
    {"person", "known", NULL, 1, "they left the practice"},
    {"contact", "flags", NULL, 1, "they asked for no more messages"},
    {"contact", "flags", NULL, 2, "the number is somebody else's"},
    {"visit", "stands", "booked", 0, "a visit is booked"},
    {"visit", "stands", "kept", 0, "they came"},
    {"end", "reason", "desk", 0, "it was dealt with"},
    {"end", "reason", "no_answer", 0, "nobody was reached"},
};

static bool filed_tells(const filed_reason *reason, const cli_json *effect) {
  if (strcmp(cli_json_text(effect, "effect", ""), reason->effect) != 0) return false;
  if (reason->word) return !strcmp(cli_json_text(effect, reason->member, ""), reason->word);
  return !reason->bit || (cli_json_number(effect, reason->member) & reason->bit) != 0;
}

/* What an effect says of why a task leaves the desk in its record; NULL: nothing. */
static const char *filed_cause(const cli_json *effect, const char *task) {
  const char *kind = cli_json_text(effect, "effect", "");
  const char *reason = cli_json_text(effect, "reason", "");
  for (size_t i = 0; i < sizeof filed_reasons / sizeof filed_reasons[0]; i++)
    if (filed_tells(&filed_reasons[i], effect)) return filed_reasons[i].why;
  if (!strcmp(kind, "outcome") && strcmp(cli_json_text(effect, "action", ""), task) != 0)
    return "it is known what became of the message";
  return !strcmp(kind, "end") && strcmp(reason, "finished") != 0 ? cli_end_words(reason) : NULL;
}

/* Why a task leaves the desk: the record that closes it has what it follows from; else it is of a
   poll, which gives up what nobody took up in time, or of a person who took it up. */
static void filed_closed(filed_told *told) {
  const char *why = NULL;
  const bool poll = !strcmp(cli_json_text(told->record, "by", ""), "poll");
  for (const cli_json *at = cli_json_first(told->record, "effects"); at && !why; at = at->next)
    why = filed_cause(at, filed_text(told, "task"));
  if (!why) why = poll ? "nobody took it up in time" : "somebody took it up";
  filed_say(told, "Call or task closed: %s", why);
}

static void filed_offer(filed_told *told) {
  const long long cents = cli_json_number(told->effect, "cents");
  filed_say(told, "Told of an offer worth %lld.%02lld", cents / 100, cents % 100);
}

static void filed_consent(filed_told *told) {
  const char *level = filed_text(told, "level"), *source = filed_text(told, "source");
  filed_say(told, "Consent to %s by %s: %s", filed_text(told, "purpose"),
            filed_text(told, "channel"), level);
  if (*source) filed_say(told, ", from %s", source);
  if (*filed_text(told, "wording")) filed_say(told, ", wording %s", filed_text(told, "wording"));
}

/* The end of a campaign for the patient, unless it is that all was sent; an answer is none. */
static void filed_end(filed_told *told) {
  const char *reason = filed_text(told, "reason");
  if (strcmp(reason, "finished") != 0 && strcmp(filed_campaign(told), "notices") != 0)
    filed_say(told, "No more of %s: %s", filed_campaign(told), cli_end_words(reason));
}

static void filed_contacted(filed_told *told) {
  filed_say(told, "Contacted by the practice itself");
}

static void filed_person(filed_told *told) {
  /* As docs/journal-and-snapshot.md has them. */
  enum { FILED_LEFT = 1, FILED_DECEASED = 2, FILED_OPTED_OUT = 4 };
  const long long known = cli_json_number(told->effect, "known");
  if (known & FILED_LEFT) filed_say(told, "Left the practice");
  if (known & FILED_DECEASED) filed_say(told, "Has died");
  if (known & FILED_OPTED_OUT) filed_say(told, "Asked for no more texts");
}

static void filed_merged(filed_told *told) {
  filed_say(told, "Key %s became %s", filed_text(told, "patient"), filed_text(told, "into"));
}

/* A step that went by. */
static void filed_step(filed_told *told) {
  const char *why = filed_text(told, "left_out");
  if (*why && strcmp(why, "none") != 0) filed_say(told, "A message was left out: %s", why);
}

static const struct {
  const char *effect;
  void (*tell)(filed_told *told);
} filed_effects[] = {
    {"response", filed_response}, {"visit", filed_visit},         {"task_open", filed_task},
    {"task_set", filed_tried},    {"task_close", filed_closed},   {"gift", filed_offer},
    {"consent", filed_consent},   {"contacted", filed_contacted}, {"person", filed_person},
    {"merge", filed_merged},      {"step", filed_step},           {"end", filed_end},
};

/* ---- putting it together ------------------------------------------------------------------ */

/* A line for an effect, if it has words. */
static void filed_tell(const audit_journal *journal, const cli_json *record, const cli_json *effect,
                       bool known, filed_work *work) {
  char when[40];
  const char *kind = cli_json_text(effect, "effect", "");
  const size_t count = sizeof filed_effects / sizeof filed_effects[0];
  size_t at = 0;
  while (at < count && strcmp(filed_effects[at].effect, kind) != 0)
    at++;
  if (at == count) return;
  work->lines = cli_grow(work->lines, work->line_count + 1, sizeof *work->lines);
  filed_told told = {journal, work, record, effect, work->lines[work->line_count], 0, known};
  filed_say(&told, "%s ", audit_when(journal, record, "at", when));
  const size_t head = told.length;
  filed_effects[at].tell(&told);
  work->line_count += told.length > head;
}

/* The effects of a record that are about the patient. */
static void filed_read(const audit_journal *journal, const char *text, void *user) {
  char error[128];
  filed_work *work = user;
  cli_json *record = cli_json_parse(text, strlen(text), error, sizeof error);
  for (const cli_json *at = record ? cli_json_first(record, "effects") : NULL; at; at = at->next) {
    bool known = false;
    if (!strcmp(cli_json_text(at, "effect", ""), "campaign"))
      filed_add(&work->campaigns, &work->campaign_count, cli_json_text(at, "name", ""));
    if (filed_theirs(work, at, &known)) filed_tell(journal, record, at, known, work);
  }
  cli_json_free(record);
}

/* The keys that became one of the patient's. */
static void filed_merges(const audit_journal *journal, const char *text, void *user) {
  char error[128];
  filed_work *work = user;
  (void)journal;
  cli_json *record = cli_json_parse(text, strlen(text), error, sizeof error);
  for (const cli_json *at = record ? cli_json_first(record, "effects") : NULL; at; at = at->next) {
    const char *from = cli_json_text(at, "patient", "");
    if (filed_has(work->patients, work->patient_count, cli_json_text(at, "into", "")) &&
        !filed_has(work->patients, work->patient_count, from))
      filed_add(&work->patients, &work->patient_count, from);
  }
  cli_json_free(record);
}

/* All keys that the patient had. */
static int filed_keys(const audit_journal *journal, filed_work *work) {
  size_t before = 0;
  int result = CLI_OK;
  filed_add(&work->patients, &work->patient_count, journal->options->patient);
  while (result == CLI_OK && work->patient_count > before) {
    before = work->patient_count;
    result = audit_each(journal, work, filed_merges);
  }
  return result;
}

/* The contacts. */
static wb_status filed_contacts(const audit_journal *journal, filed_work *work) {
  const wb_entry_query query = {.size = sizeof query,
                                .flags = journal->options->json ? WB_ENTRY_JSON : 0,
                                .patient = journal->options->patient,
                                .patient_length = (uint32_t)strlen(journal->options->patient),
                                .zone = journal->zone};
  uint64_t cursor = 0;
  char line[FILED_LINE];
  size_t needed = 0;
  wb_status status;
  while ((status = wb_journal_entry(NULL, journal->bytes, journal->length, &query, &cursor, line,
                                    sizeof line, &needed)) == WB_OK) {
    if (journal->options->json) {
      puts(line);
      continue;
    }
    work->lines = cli_grow(work->lines, work->line_count + 1, sizeof *work->lines);
    snprintf(work->lines[work->line_count++], FILED_LINE, "%s", line);
  }
  return status == WB_E_NAME ? WB_OK : status;
}

/* Prints the lines by their time; those of one minute as they were found, contacts first. */
static void filed_print(const filed_work *work, const char *margin) {
  size_t *order = cli_grow(NULL, work->line_count + 1, sizeof *order);
  for (size_t i = 0; i < work->line_count; i++) {
    size_t at = i;
    for (; at > 0 && strncmp(work->lines[order[at - 1]], work->lines[i], FILED_TIME) > 0; at--)
      order[at] = order[at - 1];
    order[at] = i;
  }
  for (size_t i = 0; i < work->line_count; i++)
    printf("%s%s\n", margin, work->lines[order[i]]);
  free(order);
}

int audit_patient(const audit_journal *journal, const char *margin, const char *some,
                  const char *none) {
  filed_work work = {0};
  int result = CLI_OK;
  const wb_status status = filed_contacts(journal, &work);
  if (status != WB_OK) result = cli_fail("--patient", status, NULL);
  if (result == CLI_OK && !journal->options->json) {
    if (work.line_count && some) puts(some);
    result = filed_keys(journal, &work);
    if (result == CLI_OK) result = audit_each(journal, &work, filed_read);
    if (!work.line_count && none) puts(none);
    filed_print(&work, margin);
  }
  free(work.lines);
  free(work.campaigns);
  free(work.patients);
  free(work.tasks);
  return result;
}
