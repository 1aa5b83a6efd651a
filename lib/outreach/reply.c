/* SPDX-License-Identifier: MIT */
/*
 * What a reply means. lib/data/lexicon has a list of patterns for each intent; reply_private.h says
 * how they are written.
 *
 * What speaks for an intent is counted in points: those of its best pattern, the more the more
 * words it has, and what the words of the reply lean to. The intent with the most is meant. Before
 * all is STOP as the whole reply or its first clause.
 */
#include "outreach/reply_private.h"

typedef struct reply_rule {
  const char *name; /* of the intent, and of its list */
  uint32_t tier;    /* 2: must reach a person at once; 1: the end of texts; 0: the rest */
} reply_rule;

/* The evidence where no pattern fits. */
static const char reply_leaning[] = "Its words taken together";

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

/* Points: words that say an intent and nothing else lean to it by 32 together. */
enum {
  REPLY_POINTS_FIRST = 20,   /* of a pattern: of its first word, */
  REPLY_POINTS_MORE = 13,    /* of each further one, */
  REPLY_POINTS_WORDS = 5,    /* of so many in all, */
  REPLY_POINTS_WHOLE = 20,   /* of a whole clause, */
  REPLY_POINTS_AGAINST = 40, /* what a pattern against an intent takes from it, */
  REPLY_POINTS_DOUBT = 5,    /* and what is taken where there is no pattern */
  REPLY_POINTS_LEAN = 64,    /* what all words may lean against an intent */
  REPLY_POINTS_TIER = 20,    /* of each tier */
  REPLY_POINTS_SURE = 30,    /* so much is enough for a tier to be before those below it */
  REPLY_POINTS_FAR = 1000,   /* more than all others together */
  REPLY_POINTS_STOP = 4000   /* STOP as a whole clause is before all */
};

/* What speaks for an intent. */
typedef struct reply_finding {
  const char *family; /* of the best pattern */
  wbi_reply_match match;
  int32_t points; /* of the best pattern; 0: none */
  int32_t leaning;
  bool denied;
} reply_finding;

/* How much one match says. */
static int32_t reply_points(const reply_rule *rule, wbi_reply_match match) {
  const bool few = match.strength < REPLY_POINTS_WORDS;
  const int32_t words = few ? (int32_t)match.strength : REPLY_POINTS_WORDS;
  const int32_t points = REPLY_POINTS_FIRST + REPLY_POINTS_MORE * (words - 1) +
                         REPLY_POINTS_TIER * (int32_t)rule->tier;
  if (!match.whole) return points;
  return points + (rule->tier == 1 ? REPLY_POINTS_STOP : REPLY_POINTS_WHOLE);
}

const wbi_lexicon_list *wbi_reply_list(const wbi_lexicon *lexicon, const char *name) {
  const wbi_lexicon_list *list = lexicon->lists;
  while (WBI_ALWAYS(list->name != NULL) && strcmp(list->name, name) != 0)
    list++;
  return list;
}

bool wbi_reply_is(wbi_text text, const char *list) {
  const wbi_lexicon_list *of = wbi_reply_list(&wbi_data_lexicon, list);
  wbi_reply_window window;
  size_t at = 0;
  if (!wbi_reply_read(text, &at, &window)) return false;
  wbi_reply_know(&wbi_data_lexicon, &window);
  for (uint32_t token = of->first; token < of->end;) {
    if (wbi_reply_pattern(&wbi_data_lexicon, &window, of, &token).whole) return true;
  }
  return false;
}

bool wbi_reply_number(wbi_text text) {
  wbi_reply_window window;
  size_t at = 0;
  if (!wbi_reply_read(text, &at, &window) || window.count != 1) return false;
  for (size_t i = 0; i < window.words[0].length; i++) {
    if (!wbi_is_digit(window.words[0].data[i])) return false;
  }
  return true;
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
    const int32_t points = reply_points(rule, match);
    if (against || points <= finding->points) continue;
    const char *family = lexicon->families[begin & WBI_LEXICON_NUMBER];
    *finding = (reply_finding){family, match, points, 0, finding->denied};
  }
}

/* Drops what is spoken against. STOP stays STOP, whatever follows. */
static void reply_deny(reply_finding *finding, const reply_rule *rule) {
  const bool stop = rule->tier == 1 && finding->match.whole;
  if (!finding->denied || stop) return;
  finding->points = 0;
  finding->leaning -= rule->tier > 0 ? REPLY_POINTS_FAR : REPLY_POINTS_AGAINST;
}

/* How much speaks for an intent. An opt-out is lifted by no words that merely lean to it. */
static int32_t reply_sum(const reply_finding *findings, int32_t intent) {
  const reply_finding *finding = findings + intent;
  const int32_t sum = finding->points + finding->leaning;
  if (finding->points == 0 && intent == WB_INTENT_OPT_IN) return -REPLY_POINTS_FAR;
  if (finding->points == 0) return sum - (intent == WB_INTENT_OTHER ? 0 : REPLY_POINTS_DOUBT);
  if (sum < REPLY_POINTS_SURE) return sum;
  return sum + REPLY_POINTS_FAR * (int32_t)reply_rules[intent].tier;
}

/* The intent for which most speaks. */
static int32_t reply_first(const reply_finding *findings) {
  int32_t best = WB_INTENT_OTHER;
  for (int32_t i = 1; i < (int32_t)WBI_COUNT(reply_rules); i++) {
    if (reply_sum(findings, i) > reply_sum(findings, best)) best = i;
  }
  return best;
}

/* Of the others that a pattern speaks for, the one for which most does; OTHER: none. */
static int32_t reply_second(const reply_finding *findings, int32_t first) {
  int32_t best = WB_INTENT_OTHER;
  for (int32_t i = 1; i < (int32_t)WBI_COUNT(reply_rules); i++) {
    if (i == first || findings[i].points == 0) continue;
    if (best == WB_INTENT_OTHER || reply_sum(findings, i) > reply_sum(findings, best)) best = i;
  }
  return best;
}

/* How sure it is, in percent: a convention, for lists that are sorted by it. */
static int32_t reply_confidence(const reply_finding *findings, int32_t first, int32_t second) {
  const wbi_reply_match match = findings[first].match;
  if (findings[first].points == 0) return 50;
  if (match.whole) return 98;
  const int32_t sure = match.strength >= 3 ? 92 : match.strength == 2 ? 84 : 70;
  const int32_t before = reply_sum(findings, first) - reply_sum(findings, second);
  return second != WB_INTENT_OTHER && before <= REPLY_POINTS_MORE ? sure - 20 : sure;
}

/* Finds what speaks for each intent. A number alone leans to nothing: it is no word of a wish. */
static void reply_findings(wbi_text said, reply_finding *findings) {
  uint64_t has[WBI_REPLY_NUMBERS] = {0};
  const bool number = wbi_reply_number(said);
  wbi_reply_window window;
  for (size_t at = 0; wbi_reply_read(said, &at, &window);) {
    wbi_reply_know(&wbi_data_lexicon, &window);
    for (size_t i = 0; i < WBI_REPLY_NUMBERS; i++)
      has[i] |= window.has[i];
    for (size_t i = 0; i < WBI_COUNT(reply_rules); i++)
      reply_look(&window, reply_rules + i, findings + i);
  }
  for (size_t i = 0; i < WBI_COUNT(reply_rules); i++) {
    const wbi_lexicon_list *list = wbi_reply_list(&wbi_data_lexicon, reply_rules[i].name);
    const int32_t leaning = number ? 0 : wbi_reply_lean(&wbi_data_lexicon, list, has);
    findings[i].leaning = leaning < -REPLY_POINTS_LEAN ? -REPLY_POINTS_LEAN : leaning;
    reply_deny(findings + i, reply_rules + i);
  }
}

void wbi_reply_find(wbi_text text, wb_reply *reply) {
  reply_finding findings[WBI_COUNT(reply_rules)] = {{NULL, {0, false}, 0, 0, false}};
  reply_findings(wbi_reply_said(text), findings);
  reply->intent = reply_first(findings);
  reply->also = reply_second(findings, reply->intent);
  const bool stop = reply->intent == WB_INTENT_OPT_OUT || findings[WB_INTENT_OPT_OUT].points > 0;
  reply->flags = stop ? WB_REPLY_STOP : 0;
  if (reply->intent == WB_INTENT_OTHER) return;
  const reply_finding *found = findings + reply->intent;
  reply->confidence = reply_confidence(findings, reply->intent, reply->also);
  reply->evidence = found->points > 0 ? found->family : reply_leaning;
  reply->evidence_length = (uint32_t)strlen(reply->evidence);
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
