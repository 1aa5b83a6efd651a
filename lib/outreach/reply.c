/* SPDX-License-Identifier: MIT */
/*
 * What a reply means. lib/data/lexicon has a list of patterns for each intent; reply_private.h says
 * how they are written.
 *
 * Read in this order: STOP as the whole reply or its first clause; then what must reach a person at
 * once; then the end of texts; then the rest. Of these, a pattern of a whole clause is first, then
 * the one with the most words.
 */
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

enum {
  REPLY_RANK_WHOLE = 500, /* a pattern of a whole clause is before others of its tier */
  REPLY_RANK_TIER = 1000,
  REPLY_RANK_STOP = 4000 /* STOP as a whole clause is before all */
};

/* What speaks for an intent. */
typedef struct reply_finding {
  const char *family; /* of the best pattern */
  wbi_reply_match match;
  uint32_t rank; /* 0: none */
  bool denied;
} reply_finding;

/* How much one match says beside others. */
static uint32_t reply_rank(const reply_rule *rule, wbi_reply_match match) {
  if (match.whole && rule->tier == 1) return REPLY_RANK_STOP + match.strength;
  return rule->tier * REPLY_RANK_TIER + (match.whole ? REPLY_RANK_WHOLE : 0) + match.strength;
}

const wbi_lexicon_list *wbi_reply_list(const wbi_lexicon *lexicon, const char *name) {
  const wbi_lexicon_list *list = lexicon->lists;
  while (WBI_ALWAYS(list->name != NULL) && strcmp(list->name, name) != 0)
    list++;
  return list;
}

/* Looks for an intent in a window. */
static void reply_look(const wbi_reply_window *window, const reply_rule *rule,
                       reply_finding *finding) {
  const wbi_lexicon *lexicon = &wbi_data_lexicon;
  const wbi_lexicon_list *list = wbi_reply_list(lexicon, rule->name);
  for (uint32_t at = list->first; at < list->end;) {
    const uint16_t begin = lexicon->tokens[at];
    const bool against = begin >> WBI_LEXICON_SHIFT == WBI_LEXICON_AGAINST;
    const wbi_reply_match match = wbi_reply_pattern(lexicon, window, list, &at);
    if (match.strength == 0) continue;
    if (against) finding->denied = true;
    const uint32_t rank = reply_rank(rule, match);
    if (against || rank <= finding->rank) continue;
    const char *family = lexicon->families[begin & WBI_LEXICON_NUMBER];
    *finding = (reply_finding){family, match, rank, finding->denied};
  }
}

/* Drops what is spoken against. STOP stays STOP, whatever follows. */
static void reply_deny(reply_finding *finding, const reply_rule *rule) {
  const bool stop = rule->tier == 1 && finding->match.whole;
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
  const uint32_t strength = first->match.strength;
  if (first->rank == 0) return 0;
  if (first->match.whole) return 98;
  const int32_t sure = strength >= 3 ? 92 : strength == 2 ? 84 : 70;
  return second->rank > 0 && second->rank + 1 >= first->rank ? sure - 20 : sure;
}

void wbi_reply_find(wbi_text text, wb_reply *reply) {
  reply_finding findings[WBI_COUNT(reply_rules)] = {{NULL, {0, false}, 0, false}};
  const wbi_text said = wbi_reply_said(text);
  wbi_reply_window window;
  for (size_t at = 0; wbi_reply_read(said, &at, &window);) {
    wbi_reply_know(&wbi_data_lexicon, &window);
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
  reply->evidence = found->rank > 0 ? found->family : NULL;
  reply->evidence_length = found->rank > 0 ? (uint32_t)strlen(found->family) : 0;
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
