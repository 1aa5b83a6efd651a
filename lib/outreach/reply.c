/* SPDX-License-Identifier: MIT */
/*
 * What a reply means. lib/data/lexicon has a list of patterns for each intent; reply_private.h says
 * how they are written. A line that begins with "! " speaks against the intent.
 *
 * Read in this order: patterns of the whole reply or its first clause; then what must reach a
 * person at once; then the end of texts; then the rest, the pattern with the most words first.
 */
#include "data/data.h"
#include "outreach/reply_private.h"

typedef struct reply_rule {
  const char *name; /* of the intent, and of its list */
  uint32_t tier;    /* 2: at once; 1: the end of texts; 0: the rest */
} reply_rule;

/* By enum wb_intent; of two that are as good the first is taken. */
static const reply_rule reply_rules[] = {
    {"unrelated", 0},
    {"opt_out", 1},
    {"opt_in", 0},
    {"help", 0},
    {"deceased", 2},
    {"urgent_symptom", 2},
    {"wrong_number", 2},
    {"complaint", 0},
    {"data_privacy", 0},
    {"guardian_or_proxy", 0},
    {"cancel_appt", 0},
    {"reschedule", 0},
    {"already_scheduled", 0},
    {"moved", 0},
    {"new_dentist", 0},
    {"price_insurance", 0},
    {"anxiety", 0},
    {"callback_request", 0},
    {"later", 0},
    {"decline", 0},
    {"booking_interest", 0},
    {"confirm", 0},
    {"detail", 0},
    {"no_detail", 0},
};

enum { REPLY_RANK_TIER = 1000, REPLY_RANK_WHOLE = 4 * REPLY_RANK_TIER };

/* What speaks for an intent. */
typedef struct reply_finding {
  wbi_text pattern; /* the best one */
  uint32_t rank;    /* 0: none */
  bool denied;
} reply_finding;

wbi_text wbi_reply_line(wbi_text *list) {
  const char *end = list->length > 0 ? memchr(list->data, '\n', list->length) : NULL;
  if (end == NULL) return (wbi_text){NULL, 0};
  const wbi_text line = wbi_text_slice(*list, 0, (size_t)(end - list->data));
  *list = wbi_text_slice(*list, line.length + 1, SIZE_MAX);
  return line;
}

wbi_text wbi_reply_list(const char *name) {
  const wbi_data_file *file = wbi_data_lexicon;
  while (WBI_ALWAYS(file->name != NULL) && strcmp(file->name, name) != 0)
    file++;
  return (wbi_text){file->text, file->length};
}

/* Looks for an intent in a window. */
static void reply_look(const wbi_reply_window *window, const reply_rule *rule,
                       reply_finding *finding) {
  wbi_text list = wbi_reply_list(rule->name);
  for (wbi_text line = wbi_reply_line(&list); line.length > 0; line = wbi_reply_line(&list)) {
    const bool against = wbi_text_starts(line, WBI_TEXT("! "));
    const wbi_reply_match match =
        wbi_reply_pattern(window, against ? wbi_text_slice(line, 2, line.length) : line);
    if (match.strength == 0) continue;
    if (against) finding->denied = true;
    const uint32_t rank =
        (match.whole ? REPLY_RANK_WHOLE : rule->tier * REPLY_RANK_TIER) + match.strength;
    if (!against && rank > finding->rank) *finding = (reply_finding){line, rank, finding->denied};
  }
}

/* Drops what is spoken against. STOP stays STOP, whatever follows. */
static void reply_deny(reply_finding *finding, const reply_rule *rule) {
  const bool stop = rule->tier == 1 && finding->rank >= REPLY_RANK_WHOLE;
  if (finding->denied && !stop) finding->rank = 0;
}

/* The best finding apart from one intent; OTHER: none. */
static int32_t reply_best(const reply_finding *findings, int32_t apart) {
  int32_t best = WB_INTENT_OTHER;
  for (int32_t i = 1; i < (int32_t)WBI_COUNT(reply_rules); i++) {
    if (i != apart && findings[i].rank > findings[best].rank) best = i;
  }
  return best;
}

/* How sure it is, in percent: a convention, for lists that are sorted by it. */
static int32_t reply_confidence(const reply_finding *first, const reply_finding *second) {
  const uint32_t strength = first->rank % REPLY_RANK_TIER;
  if (first->rank == 0) return 0;
  if (first->rank >= REPLY_RANK_WHOLE) return 98;
  const int32_t sure = strength >= 3 ? 92 : strength == 2 ? 84 : 70;
  return second->rank > 0 && second->rank + 1 >= first->rank ? sure - 20 : sure;
}

void wbi_reply_find(wbi_text text, wb_reply *reply) {
  reply_finding findings[WBI_COUNT(reply_rules)] = {{{NULL, 0}, 0, false}};
  const wbi_text said = wbi_reply_said(text);
  wbi_reply_window window;
  for (size_t at = 0; wbi_reply_read(said, &at, &window);) {
    for (size_t i = 1; i < WBI_COUNT(reply_rules); i++)
      reply_look(&window, reply_rules + i, findings + i);
  }
  for (size_t i = 1; i < WBI_COUNT(reply_rules); i++)
    reply_deny(findings + i, reply_rules + i);
  reply->intent = reply_best(findings, WB_INTENT_OTHER);
  reply->also = reply_best(findings, reply->intent);
  reply->flags = findings[WB_INTENT_OPT_OUT].rank > 0 ? WB_REPLY_STOP : 0;
  const reply_finding *found = findings + reply->intent;
  reply->confidence = reply_confidence(found, findings + reply->also);
  reply->evidence = found->rank > 0 ? found->pattern.data : NULL;
  reply->evidence_length = found->rank > 0 ? (uint32_t)found->pattern.length : 0;
}

wb_status WB_CALL wb_reply_parse(const char *text, size_t length, wb_reply *reply) {
  const wbi_text given = {text, length};
  wb_reply read = {.size = sizeof read};
  if (text == NULL || reply == NULL || !wbi_utf8_valid(given)) return WB_E_INVALID;
  wbi_reply_find(given, &read);
  return wbi_struct_write(reply, sizeof read, &read, sizeof read);
}

const char *WB_CALL wb_intent_name(int32_t intent) {
  const bool known = intent >= 0 && intent < (int32_t)WBI_COUNT(reply_rules);
  return known ? reply_rules[intent].name : NULL;
}
