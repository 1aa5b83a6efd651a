/* SPDX-License-Identifier: MIT */
#include "support/twins.h"

#include <stdio.h>
#include <string.h>

/* Kinds of fields, in their order within a class. */
enum {
  TWIN_WORD,
  TWIN_BAND,
  TWIN_COUNT,
  TWIN_DAY,
  TWIN_AT,
  TWIN_YES,
  TWIN_WORDS,
  TWIN_ROWS,
  TWIN_ROW_WORD,
  TWIN_ROW_COUNT
};

static const struct {
  const char *name;
  int32_t type, element;
} twins_kinds[TWINS_KINDS] = {{"word", WB_TEXT, 0},        {"band", WB_TEXT, 0},
                              {"count", WB_INT, 0},        {"day", WB_DATE, 0},
                              {"at", WB_TIME, 0},          {"yes", WB_BOOL, 0},
                              {"words", WB_LIST, WB_TEXT}, {"rows", WB_LIST, WB_RECORD},
                              {"rows.word", WB_TEXT, 0},   {"rows.count", WB_INT, 0}};

static const struct {
  const char *name;
  int32_t class_, kind;
} twins_mixed[TWINS_MIXED] = {{"open.rows", WB_CLASS_PUBLIC, TWIN_ROWS},
                              {"open.rows.word", WB_CLASS_CLINICAL, TWIN_ROW_WORD},
                              {"shut.rows", WB_CLASS_CLINICAL, TWIN_ROWS},
                              {"shut.rows.word", WB_CLASS_PUBLIC, TWIN_ROW_WORD}};

uint64_t twins_mix(uint64_t a, uint64_t b) {
  uint64_t mixed = a ^ (b + UINT64_C(0x9E3779B97F4A7C15) + (a << 6) + (a >> 2));
  mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
  return mixed ^ mixed >> 31;
}

/* ---- what they are ------------------------------------------------------------------------ */

static int32_t twins_class(uint32_t own) {
  const uint32_t mixed = own - TWINS_CLASSES * TWINS_KINDS;
  if (own < TWINS_CLASSES * TWINS_KINDS) return (int32_t)(own / TWINS_KINDS);
  return twins_mixed[mixed].class_;
}

static int32_t twins_kind(uint32_t own) {
  const uint32_t mixed = own - TWINS_CLASSES * TWINS_KINDS;
  if (own < TWINS_CLASSES * TWINS_KINDS) return (int32_t)(own % TWINS_KINDS);
  return twins_mixed[mixed].kind;
}

/* The dice of one cell: of a class that is open both patients throw the same. */
static uint64_t twins_throw(const twins *pair, uint64_t row, uint32_t own, uint32_t index) {
  const bool open = (pair->open >> twins_class(own) & 1) != 0;
  return twins_mix(twins_mix(pair->seed, open ? 0 : 1 + row), (uint64_t)own << 8 | index);
}

static void twins_text(wb_value *value, const char *text) {
  value->kind = WB_TEXT;
  value->data = text;
  value->length = (uint32_t)strlen(text);
}

static void twins_number(wb_value *value, int32_t kind, int64_t number) {
  value->kind = kind;
  value->integer = number;
}

/* One cell, absent one time in five. */
static void twins_cell(int32_t kind, uint64_t dice, wb_value *value) {
  static const char *const words[] = {"Ana", "Bo", "https://book.example.com/a", "Jo", " ", "<b>",
                                      "Ana", "Eve"};
  static const char *const bands[] = {"red", "green", "blue"};
  const uint32_t which = (uint32_t)(dice >> 40);
  value->kind = WB_NULL;
  if (dice % 5 == 0) return;
  switch (kind) {
  case TWIN_WORD:
  case TWIN_WORDS:
  case TWIN_ROW_WORD: twins_text(value, words[which % 8]); break;
  case TWIN_BAND: twins_text(value, bands[which % 3]); break;
  case TWIN_COUNT:
  case TWIN_ROW_COUNT:
    twins_number(value, WB_INT, which % 64 == 0 ? INT64_MAX : (int64_t)(which % 4) - 1);
    break;
  case TWIN_DAY: twins_number(value, WB_DATE, 20000 + (int64_t)(which % 2)); break;
  case TWIN_AT: twins_number(value, WB_TIME, 1769760000 + 3600 * (int64_t)(which % 3)); break;
  default: twins_number(value, WB_BOOL, which % 2);
  }
}

/* The class that words by value tell of a field; none: no such words. */
static int32_t twins_told(uint32_t own) {
  if (own == WB_CLASS_CLINICAL * TWINS_KINDS + TWIN_BAND) return WB_CLASS_PUBLIC;
  return own == WB_CLASS_FINANCIAL * TWINS_KINDS + TWIN_BAND ? WB_CLASS_CLINICAL : WB_CLASS_SEALED;
}

/* A field for which words may stand: which half of its values it has, both patients throw the same
   where that may be told. */
static void twins_halved(const twins *pair, uint64_t row, uint32_t own, wb_value *value) {
  const bool told = (pair->open >> twins_told(own) & 1) != 0;
  const uint64_t half = twins_mix(twins_mix(pair->seed, told ? 0 : 1 + row), own) & 1;
  const uint64_t other = twins_throw(pair, row, own, 0) >> 40 & 1;
  static const char *const halves[2][2] = {{"red", "green"}, {"blue", NULL}};
  value->kind = WB_NULL;
  if (halves[half][other] != NULL) twins_text(value, halves[half][other]);
}

/* ---- the getter --------------------------------------------------------------------------- */

static wb_status WB_CALL twins_count(void *user, uint64_t *rows) {
  twins *pair = user;
  pair->asked = twins_mix(pair->asked, UINT64_MAX);
  *rows = 2;
  return WB_OK;
}

static wb_status WB_CALL twins_find(void *user, const char *key, size_t length, uint64_t *row) {
  (void)user, (void)key, (void)length, (void)row;
  return WB_E_NAME;
}

/* A dental field: nothing is known but the key, which differs, and the zone, which is public. */
static wb_status twins_dental(const twins *pair, uint64_t row, uint32_t field, uint32_t capacity,
                              wb_value *values, uint32_t *count) {
  static const char *const zones[] = {"America/Chicago", "Asia/Tokyo", "UTC"};
  const bool open = (pair->open >> WB_CLASS_PUBLIC & 1) != 0;
  const uint64_t dice = twins_mix(twins_mix(pair->seed, open ? 0 : 1 + row), field);
  *count = capacity == 0 ? UINT32_MAX : 1;
  if (capacity == 0) return WB_OK;
  values[0].kind = WB_UNKNOWN;
  if (field == pair->key) twins_text(&values[0], row == 0 ? "t0" : "t1");
  if (field == pair->zone) twins_text(&values[0], zones[dice % 3]);
  return WB_OK;
}

/* The list that a field is, or is read from. */
static uint32_t twins_list(uint32_t own) {
  const int32_t kind = twins_kind(own);
  if (own >= TWINS_CLASSES * TWINS_KINDS) return kind == TWIN_ROWS ? own : own - 1;
  return kind > TWIN_ROWS ? own - (uint32_t)(kind - TWIN_ROWS) : own;
}

/* How long a list is; UINT32_MAX: it is absent. */
static uint32_t twins_length(const twins *pair, uint64_t row, uint32_t list) {
  const uint64_t dice = twins_throw(pair, row, list, 255);
  return dice % 8 == 0 ? UINT32_MAX : (uint32_t)(dice >> 40) % (TWINS_LONGEST + 1);
}

static wb_status WB_CALL twins_get(void *user, uint64_t row, uint32_t field, uint32_t first,
                                   uint32_t capacity, wb_value *values, uint32_t *count) {
  twins *pair = user;
  pair->asked = twins_mix(pair->asked, (uint64_t)field << 32 | first << 16 | capacity);
  if (field < sizeof pair->known) pair->known[field] = true;
  if (field < pair->first) return twins_dental(pair, row, field, capacity, values, count);
  const uint32_t own = field - pair->first;
  const bool list = twins_kind(own) >= TWIN_WORDS;
  *count = list ? twins_length(pair, row, twins_list(own)) : 1;
  for (uint32_t i = 0; i < capacity && (!list || first + i < *count); ++i)
    twins_cell(twins_kind(own), twins_throw(pair, row, own, first + i), &values[i]);
  if (twins_told(own) != WB_CLASS_SEALED && (pair->open >> twins_class(own) & 1) == 0)
    twins_halved(pair, row, own, &values[0]);
  return WB_OK;
}

/* ---- the object --------------------------------------------------------------------------- */

static void twins_name(uint32_t own, char *name, size_t capacity) {
  if (own < TWINS_CLASSES * TWINS_KINDS) {
    snprintf(name, capacity, "c%u.%s", own / TWINS_KINDS, twins_kinds[own % TWINS_KINDS].name);
  } else {
    snprintf(name, capacity, "%s", twins_mixed[own - TWINS_CLASSES * TWINS_KINDS].name);
  }
}

static wb_status twins_schema(twins *pair) {
  static char names[TWINS_FIELDS][24];
  static wb_field fields[TWINS_FIELDS];
  for (uint32_t own = 0; own < TWINS_FIELDS; ++own) {
    const int32_t kind = twins_kind(own);
    twins_name(own, names[own], sizeof names[own]);
    fields[own] = (wb_field){.size = sizeof fields[own],
                             .name = names[own],
                             .domain = kind == TWIN_BAND ? "red|green|blue" : NULL,
                             .about = "Made up.",
                             .type = twins_kinds[kind].type,
                             .presence = WB_NULLABLE,
                             .class_ = twins_class(own),
                             .element = twins_kinds[kind].element,
                             .most = twins_kinds[kind].type == WB_LIST ? TWINS_LONGEST : 0};
  }
  const wb_status status = wb_schema_new(NULL, fields, TWINS_FIELDS, &pair->schema, NULL);
  if (status != WB_OK) return status;
  pair->first = wb_schema_count(pair->schema) - TWINS_FIELDS;
  const wb_status found = wb_schema_find(pair->schema, "location.zone", 13, &pair->zone);
  return found ? found : wb_schema_find(pair->schema, "patient.key", 11, &pair->key);
}

wb_status twins_open(twins *pair) {
  const wb_source source = {.size = sizeof source,
                            .user = pair,
                            .count = twins_count,
                            .find = twins_find,
                            .get = twins_get};
  const wb_facts_options options = {.size = sizeof options, .as_of = 1769760000, .source = &source};
  memset(pair, 0, sizeof *pair);
  const wb_status status = twins_schema(pair);
  return status ? status : wb_facts_new(NULL, pair->schema, &options, &pair->facts, NULL);
}

void twins_close(twins *pair) {
  wb_facts_free(pair->facts);
  wb_schema_unref(pair->schema);
}

void twins_forget(twins *pair) {
  pair->asked = 0;
  memset(pair->known, 0, sizeof pair->known);
}
