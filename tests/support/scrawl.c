/* SPDX-License-Identifier: MIT */
#include "support/scrawl.h"

#include <stdio.h>
#include <string.h>

/* What a value is. */
enum {
  SCRAWL_TEXT,
  SCRAWL_NUMBER,
  SCRAWL_DAY,
  SCRAWL_AT,
  SCRAWL_YES,
  SCRAWL_SCALARS,
  SCRAWL_RECORDS,
  SCRAWL_MIXED
};

/* Names that are assigned: one of each kind of value. */
static const char *const scrawl_names[] = {"a_text", "a_number", "a_day"};

static uint32_t scrawl_dice(scrawl *paper, uint32_t below) {
  paper->seed = twins_mix(paper->seed, below);
  return (uint32_t)(paper->seed >> 33) % below;
}

static void scrawl_say(scrawl *paper, const char *piece) {
  const size_t length = strlen(piece);
  if (paper->length + length >= SCRAWL_MOST) return;
  memcpy(paper->text + paper->length, piece, length + 1);
  paper->length += length;
}

#define SCRAWL_ONE(paper, list)                                                                    \
  scrawl_say(paper, (list)[scrawl_dice(paper, sizeof(list) / sizeof *(list))])

/* ---- names -------------------------------------------------------------------------------- */

/* A class: open, or now and then one that is not. */
static uint32_t scrawl_class(scrawl *paper) {
  const bool shut = scrawl_dice(paper, 1000) < paper->shut;
  uint32_t class_ = scrawl_dice(paper, TWINS_CLASSES);
  for (uint32_t i = 0; i < TWINS_CLASSES && (paper->open >> class_ & 1) == shut; ++i)
    class_ = (class_ + 1) % TWINS_CLASSES;
  return class_;
}

static void scrawl_field(scrawl *paper, const char *kind) {
  char name[32];
  snprintf(name, sizeof name, "c%u.%s", scrawl_class(paper), kind);
  scrawl_say(paper, name);
}

/* A list of records whose fields are of another class. */
static void scrawl_mixed(scrawl *paper) {
  const bool clinical = (paper->open >> WB_CLASS_CLINICAL & 1) != 0;
  const bool shut = clinical || scrawl_dice(paper, 1000) < paper->shut;
  scrawl_say(paper, shut ? "shut.rows" : "open.rows");
}

/* What an open loop gives; false: nothing of the kind. */
static bool scrawl_from_loop(scrawl *paper, uint32_t kind) {
  static const char *const properties[] = {"forloop.index", "forloop.rindex", "forloop.length"};
  char name[32];
  if (paper->loops == 0) return false;
  const uint32_t loop = scrawl_dice(paper, paper->loops);
  const uint32_t over = paper->loop_kinds[loop];
  const bool records = over == SCRAWL_RECORDS && (kind == SCRAWL_TEXT || kind == SCRAWL_NUMBER);
  const bool mixed = over == SCRAWL_MIXED && kind == SCRAWL_TEXT;
  const bool scalars = over == SCRAWL_SCALARS && kind == SCRAWL_TEXT;
  if (kind == SCRAWL_YES) {
    scrawl_say(paper, scrawl_dice(paper, 2) ? "forloop.first" : "forloop.last");
  } else if (kind == SCRAWL_NUMBER && (!records || scrawl_dice(paper, 2))) {
    SCRAWL_ONE(paper, properties);
  } else if (records || mixed || scalars) {
    snprintf(name, sizeof name, records || mixed ? "i%u.%s" : "i%u", loop,
             kind == SCRAWL_TEXT ? "word" : "count");
    scrawl_say(paper, name);
  } else {
    return false;
  }
  return true;
}

/* A part of a list; false: none of the kind. */
static bool scrawl_from_list(scrawl *paper, uint32_t kind) {
  static const char *const texts[] = {"rows[0].word", "rows.last.word", "words.first", "words[-1]"};
  static const char *const numbers[] = {"rows.size", "words.size", "rows.first.count"};
  if (kind != SCRAWL_TEXT && kind != SCRAWL_NUMBER) return false;
  scrawl_field(paper,
               kind == SCRAWL_TEXT ? texts[scrawl_dice(paper, 4)] : numbers[scrawl_dice(paper, 3)]);
  return true;
}

/* A name that stands for a value. */
static void scrawl_name(scrawl *paper, uint32_t kind) {
  static const char *const fields[] = {"word", "count", "day", "at", "yes", "words"};
  const uint32_t dice = scrawl_dice(paper, 8);
  if (dice < 2 && scrawl_from_loop(paper, kind)) return;
  if (dice == 2 && scrawl_from_list(paper, kind)) return;
  if (dice < 5 && kind <= SCRAWL_DAY && (paper->names >> kind & 1)) {
    scrawl_say(paper, scrawl_names[kind]);
  } else {
    scrawl_field(paper, fields[kind]);
  }
}

/* A name, or a literal; instants have none. */
static void scrawl_operand(scrawl *paper, uint32_t kind) {
  static const char *const texts[] = {"'Ana'", "'x'", "' '"};
  static const char *const numbers[] = {"0", "1", "2", "-1", "10"};
  if (kind == SCRAWL_DAY || kind == SCRAWL_AT || scrawl_dice(paper, 3) > 0) {
    scrawl_name(paper, kind);
  } else if (kind == SCRAWL_TEXT) {
    SCRAWL_ONE(paper, texts);
  } else if (kind == SCRAWL_NUMBER) {
    SCRAWL_ONE(paper, numbers);
  } else {
    scrawl_say(paper, scrawl_dice(paper, 2) ? "true" : "false");
  }
}

/* A field whose words differ by value: what they tell is public, or, seldom where it is shut,
   clinical. */
static const char *scrawl_told(scrawl *paper) {
  const bool clinical = (paper->open >> WB_CLASS_CLINICAL & 1) != 0;
  if (scrawl_dice(paper, 3) > 0) return "c5.band";
  return clinical || scrawl_dice(paper, 1000) < paper->shut ? "c6.band" : "c5.band";
}

/* ---- chains ------------------------------------------------------------------------------- */

/* A filter that makes a text of a text. */
static void scrawl_text_filter(scrawl *paper) {
  static const char *const plain[] = {"upcase", "downcase",    "capitalize",     "strip", "initial",
                                      "escape", "escape_once", "strip_newlines", "phone", "lstrip",
                                      "rstrip", "url_encode",  "newline_to_br"};
  static const char *const one[] = {"append",  "prepend",      "remove",
                                    "replace", "remove_first", "replace_first"};
  const uint32_t dice = scrawl_dice(paper, 8);
  scrawl_say(paper, " | ");
  if (dice < 3) {
    SCRAWL_ONE(paper, plain);
  } else if (dice < 6) {
    const uint32_t which = scrawl_dice(paper, 6);
    scrawl_say(paper, one[which]);
    scrawl_say(paper, ": ");
    scrawl_operand(paper, SCRAWL_TEXT);
    if (which % 3 > 0 || which < 2 || scrawl_dice(paper, 2)) return;
    scrawl_say(paper, ", ");
    scrawl_operand(paper, SCRAWL_TEXT);
  } else {
    scrawl_say(paper, dice == 6 ? "truncate: " : "truncatewords: ");
    scrawl_operand(paper, SCRAWL_NUMBER);
    if (scrawl_dice(paper, 2)) return;
    scrawl_say(paper, ", ");
    scrawl_operand(paper, SCRAWL_TEXT);
  }
}

/* A filter that makes a number of a number. */
static void scrawl_number_filter(scrawl *paper) {
  static const char *const plain[] = {"abs", "ceil", "floor", "round"};
  static const char *const one[] = {"plus",     "minus",   "times", "divided_by",
                                    "at_least", "at_most", "modulo"};
  scrawl_say(paper, " | ");
  if (scrawl_dice(paper, 3) == 0) {
    SCRAWL_ONE(paper, plain);
    return;
  }
  SCRAWL_ONE(paper, one);
  scrawl_say(paper, ": ");
  scrawl_operand(paper, SCRAWL_NUMBER);
}

/* `default`, of the same kind; whether there is one. */
static bool scrawl_default(scrawl *paper, uint32_t kind) {
  if (scrawl_dice(paper, 3) > 0) return false;
  scrawl_say(paper, " | default: ");
  scrawl_operand(paper, kind);
  return true;
}

static void scrawl_text_chain(scrawl *paper) {
  if (scrawl_dice(paper, 6) == 0) {
    scrawl_field(paper, "band");
  } else {
    scrawl_name(paper, SCRAWL_TEXT);
  }
  scrawl_default(paper, SCRAWL_TEXT);
  for (uint32_t i = scrawl_dice(paper, 3); i > 0; --i)
    scrawl_text_filter(paper);
}

static void scrawl_number_chain(scrawl *paper) {
  scrawl_name(paper, SCRAWL_NUMBER);
  if (scrawl_default(paper, SCRAWL_NUMBER)) scrawl_say(paper, " | plus: 0");
  for (uint32_t i = scrawl_dice(paper, 3); i > 0; --i)
    scrawl_number_filter(paper);
}

/* A list, made into what can be written. */
static void scrawl_list_chain(scrawl *paper) {
  static const char *const ends[] = {" | join: ', '", " | list_and", " | first", " | last",
                                     " | size"};
  if (scrawl_dice(paper, 4) == 0) {
    scrawl_field(paper, "rows");
    scrawl_say(paper, " | size");
    return;
  }
  scrawl_field(paper, "words");
  if (scrawl_dice(paper, 4) == 0) {
    scrawl_say(paper, " | join: ");
    scrawl_operand(paper, SCRAWL_TEXT);
  } else {
    SCRAWL_ONE(paper, ends);
  }
}

/* Words in place of a field, which may be of any class but public, link and sealed. */
static void scrawl_general(scrawl *paper) {
  static const uint32_t classes[] = {1, 3, 4, 5, 6, 7, 8, 9};
  static const char *const kinds[] = {"word", "count",     "day",   "at",           "yes",
                                      "rows", "rows.size", "words", "rows[0].count"};
  char name[32];
  const uint32_t kind = scrawl_dice(paper, 9), class_ = classes[scrawl_dice(paper, 8)];
  snprintf(name, sizeof name, "c%u.%s", class_, kinds[kind]);
  scrawl_say(paper, scrawl_dice(paper, 3) ? name : scrawl_told(paper));
  scrawl_say(paper, scrawl_dice(paper, 4) ? " | general" : " | general: 'en'");
  if (scrawl_dice(paper, 3) == 0) scrawl_text_filter(paper);
}

static void scrawl_output(scrawl *paper) {
  static const char *const days[] = {"", " | date_words", " | date: '%B %d'", " | date: \"%m/%d\""};
  scrawl_say(paper, scrawl_dice(paper, 6) ? "{{ " : "{{- ");
  switch (scrawl_dice(paper, 9)) {
  case 0:
  case 1:
  case 2: scrawl_text_chain(paper); break;
  case 3: scrawl_number_chain(paper); break;
  case 4:
    scrawl_number_chain(paper);
    scrawl_say(paper, scrawl_dice(paper, 2) ? " | money" : " | plural: 'visit', 'visits'");
    break;
  case 5:
    scrawl_name(paper, SCRAWL_DAY);
    scrawl_default(paper, SCRAWL_DAY);
    SCRAWL_ONE(paper, days);
    break;
  case 6:
    scrawl_name(paper, SCRAWL_AT);
    scrawl_say(paper, scrawl_dice(paper, 2) ? " | date: '%H:%M'" : " | date: '%A %l %p'");
    break;
  case 7: scrawl_general(paper); break;
  default: scrawl_list_chain(paper);
  }
  scrawl_say(paper, scrawl_dice(paper, 6) ? " }}" : " -}}");
}

/* ---- tags --------------------------------------------------------------------------------- */

static void scrawl_comparison(scrawl *paper) {
  static const char *const orders[] = {" == ", " != ", " < ", " > ", " <= ", " >= "};
  static const char *const bands[] = {"'red'", "'green'", "'blue'"};
  const uint32_t kind = scrawl_dice(paper, 8);
  if (kind == 6) {
    scrawl_field(paper, "band");
    scrawl_say(paper, scrawl_dice(paper, 2) ? " == " : " != ");
    SCRAWL_ONE(paper, bands);
  } else if (kind == 7) {
    scrawl_field(paper, scrawl_dice(paper, 2) ? "words" : "rows");
    scrawl_say(paper, scrawl_dice(paper, 2) ? " == empty" : ".size > 1");
  } else if (kind == SCRAWL_SCALARS) {
    scrawl_field(paper, scrawl_dice(paper, 2) ? "words" : "word");
    scrawl_say(paper, " contains ");
    scrawl_operand(paper, SCRAWL_TEXT);
  } else {
    scrawl_name(paper, kind);
    if (scrawl_dice(paper, 3) == 0) return;
    if (scrawl_dice(paper, 4) == 0) {
      scrawl_say(paper, scrawl_dice(paper, 2) ? " == blank" : " != nil");
      return;
    }
    scrawl_say(paper,
               orders[scrawl_dice(paper, kind >= SCRAWL_NUMBER && kind <= SCRAWL_AT ? 6 : 2)]);
    scrawl_operand(paper, kind);
  }
}

static void scrawl_condition(scrawl *paper) {
  const char *joined = scrawl_dice(paper, 2) ? " and " : " or ";
  scrawl_comparison(paper);
  for (uint32_t i = scrawl_dice(paper, 3); i > 1; --i) {
    scrawl_say(paper, joined);
    scrawl_comparison(paper);
  }
}

static void scrawl_assign(scrawl *paper) {
  const uint32_t kind = scrawl_dice(paper, 3);
  scrawl_say(paper, "{% assign ");
  scrawl_say(paper, scrawl_names[kind]);
  scrawl_say(paper, " = ");
  if (kind == SCRAWL_TEXT) scrawl_text_chain(paper);
  if (kind == SCRAWL_NUMBER) scrawl_number_chain(paper);
  if (kind == SCRAWL_NUMBER) scrawl_say(paper, " | plus: 0");
  if (kind == SCRAWL_DAY) scrawl_name(paper, SCRAWL_DAY);
  scrawl_say(paper, " %}");
  paper->names |= 1u << kind;
}

static void scrawl_body(scrawl *paper, uint32_t depth);

/* A branch: something is written, or there are assignments alone, which is allowed too. */
static void scrawl_branch(scrawl *paper, uint32_t depth) {
  if (scrawl_dice(paper, 5) == 0) {
    scrawl_assign(paper);
  } else {
    scrawl_body(paper, depth);
  }
}

static void scrawl_if(scrawl *paper, uint32_t depth) {
  const bool unless = scrawl_dice(paper, 4) == 0;
  scrawl_say(paper, unless ? "{% unless " : "{% if ");
  scrawl_condition(paper);
  scrawl_say(paper, scrawl_dice(paper, 5) ? " %}" : " -%}");
  scrawl_branch(paper, depth);
  for (uint32_t i = scrawl_dice(paper, 5); i > 2; --i) {
    scrawl_say(paper, "{% elsif ");
    scrawl_condition(paper);
    scrawl_say(paper, " %}");
    scrawl_branch(paper, depth);
  }
  if (scrawl_dice(paper, 2)) {
    scrawl_say(paper, "{% else %}");
    scrawl_branch(paper, depth);
  }
  scrawl_say(paper, unless ? "{% endunless %}" : "{% endif %}");
}

static void scrawl_case(scrawl *paper, uint32_t depth) {
  static const char *const whens[][3] = {
      {"'red'", "'green'", "'blue'"}, {"'Ana'", "'Bo', 'Jo'", "'Eve' or 'x'"}, {"0", "1, 2", "-1"}};
  const uint32_t kind = scrawl_dice(paper, 3);
  scrawl_say(paper, "{% case ");
  if (kind == 0) scrawl_field(paper, "band");
  if (kind == 1) scrawl_name(paper, SCRAWL_TEXT);
  if (kind == 2) scrawl_name(paper, SCRAWL_NUMBER);
  scrawl_say(paper, " %}");
  for (uint32_t i = 0; i < 1 + scrawl_dice(paper, 3); ++i) {
    scrawl_say(paper, "{% when ");
    scrawl_say(paper, whens[kind][i]);
    scrawl_say(paper, " %}");
    scrawl_branch(paper, depth);
  }
  if (scrawl_dice(paper, 2)) {
    scrawl_say(paper, "{% else %}");
    scrawl_branch(paper, depth);
  }
  scrawl_say(paper, "{% endcase %}");
}

/* A whole number for a limit or offset. */
static void scrawl_amount(scrawl *paper) {
  static const char *const sizes[] = {"count", "rows.size", "words.size"};
  if (scrawl_dice(paper, 3) > 0) {
    scrawl_field(paper, sizes[scrawl_dice(paper, 3)]);
  } else {
    scrawl_say(paper, scrawl_dice(paper, 2) ? "1" : "2");
  }
}

static void scrawl_for(scrawl *paper, uint32_t depth) {
  char name[32];
  static const uint32_t overs[] = {SCRAWL_SCALARS, SCRAWL_SCALARS, SCRAWL_RECORDS,
                                   SCRAWL_RECORDS, SCRAWL_MIXED,   SCRAWL_NUMBER};
  const uint32_t over = overs[scrawl_dice(paper, 6)];
  snprintf(name, sizeof name, "{%% for i%u in ", paper->loops);
  scrawl_say(paper, name);
  if (over == SCRAWL_SCALARS) scrawl_field(paper, "words");
  if (over == SCRAWL_RECORDS) scrawl_field(paper, "rows");
  if (over == SCRAWL_MIXED) scrawl_mixed(paper);
  if (over == SCRAWL_NUMBER) scrawl_say(paper, "(1..3)");
  if (scrawl_dice(paper, 4) == 0) scrawl_say(paper, " reversed");
  if (scrawl_dice(paper, 3) == 0) scrawl_say(paper, " limit: ");
  if (paper->text[paper->length - 2] == ':') scrawl_amount(paper);
  if (scrawl_dice(paper, 3) == 0) scrawl_say(paper, " offset: ");
  if (paper->text[paper->length - 2] == ':') scrawl_amount(paper);
  scrawl_say(paper, " %}");
  paper->loop_kinds[paper->loops++] = over;
  scrawl_branch(paper, depth);
  --paper->loops;
  if (scrawl_dice(paper, 2)) {
    scrawl_say(paper, "{% else %}");
    scrawl_branch(paper, depth);
  }
  scrawl_say(paper, "{% endfor %}");
}

static void scrawl_piece(scrawl *paper, uint32_t depth) {
  static const char *const words[] = {"a",
                                      "b ",
                                      "<i>c</i>",
                                      "{% comment %}{{ d }}{% endcomment %}",
                                      "{% raw %}e{% endraw %}",
                                      "{% # f %}"};
  const uint32_t dice = scrawl_dice(paper, depth > 0 ? 9 : 5);
  if (dice < 3) scrawl_output(paper);
  if (dice == 3) scrawl_assign(paper);
  if (dice == 4) SCRAWL_ONE(paper, words);
  if (dice == 5 || dice == 6) scrawl_if(paper, depth - 1);
  if (dice == 7) scrawl_case(paper, depth - 1);
  if (dice == 8) scrawl_for(paper, depth - 1);
}

static void scrawl_body(scrawl *paper, uint32_t depth) {
  scrawl_say(paper, scrawl_dice(paper, 2) ? "x" : "y ");
  for (uint32_t i = scrawl_dice(paper, 3); i > 0; --i)
    scrawl_piece(paper, depth);
}

void scrawl_write(scrawl *paper, uint64_t seed) {
  paper->seed = seed;
  paper->names = paper->loops = 0;
  paper->length = 0;
  for (uint32_t i = 1 + scrawl_dice(paper, 4); i > 0; --i)
    scrawl_piece(paper, 2);
  scrawl_body(paper, 0);
}
