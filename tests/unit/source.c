/* SPDX-License-Identifier: MIT */
/* A getter says what tables say; and what becomes of one that fails or lies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "facts/facts_private.h"
#include "support/fault.h"
#include "support/same.h"
#include "support/tables.h"

enum { NOW = 1769783400, TEXTS_MOST = 4096 }; /* 2026-01-30, 09:30 in New York */

static wb_error last_error;

#define PATIENTS                                                                                   \
  "patient:u|status:u|first_name:u|preferred_name:u|birth_date:tdD|household:u|location:u|"        \
  "mobile:u|email:u|text_permission:u|do_not_contact:b|exclusion:u|balance:l\n"                    \
  "a|active|Ada|Addie|1980-01-31|h|1|+12125550100|ada@example.com|yes|||0\n"                       \
  "b|active|Bernardine-Wilhelmina||2015-05-05|h|2|+12125550100||||||\n"                            \
  "c|inactive|Cy||1950-02-28||1|||no|1|moved|25000\n"                                              \
  "d|active|Dee||||||||||\n"                                                                       \
  "e|active|Eve||1999-12-31|k|2||eve@example.com|unknown||||\n"
#define LOCATIONS                                                                                  \
  "location:u|name:u|zone:u|region:u|phone:u\n"                                                    \
  "1|North|EST5EDT,M3.2.0,M11.1.0|US-NY|+12125550100\n2|South|CST6CDT,M3.2.0,M11.1.0|US-TX|\n"
#define RECALLS                                                                                    \
  "patient:u|kind:u|interval:u|due:tdD|due_manual:b|previous:tdD|disabled:b|disabled_until:tdD|"   \
  "disabled_balance:l|asap:b\n"                                                                    \
  "a|perio|4m|2026-03-01|1|2025-07-07|||50000|1\na|prophy|6m1d|||||||\n"                           \
  "c|prophy|||||1|2026-12-01||\n"
#define PROCEDURES                                                                                 \
  "patient:u|code:u|status:u|date:tdD|appointment:u|planned_appointment:u|tooth:u|area:u|"         \
  "surfaces:u|fee:l|diagnosed:tdD|alternative:u|preferred:b|unpaid:b\n"                            \
  "a|D1110|completed|2025-01-07|v1||||||||||\na|D4910|completed|2025-07-07|||||||||||\n"           \
  "a|D2740|planned|2025-11-01|v3||14|||130000|2025-09-09|x|1|\n"                                   \
  "a|D2392|planned|2025-11-01||v3|3||MO|25000|2025-09-09|x||\n"                                    \
  "a|D0120|completed|2026-05-05||||||||||\nb|D1120|completed|2025-03-03||||||||||\n"               \
  "b|D0140|completed|2025-12-12||||||||||1\nc|D3330|completed|2025-06-06|||19|||120000||||\n"      \
  "c|D0150|existing|2024-01-01||||||||||\ne|D2950|completed|2025-10-10|||30|||||||\n"              \
  "e|D1110|deleted|2025-10-10||||||||||\n"
#define APPOINTMENTS                                                                               \
  "patient:u|status:u|start:tss:|appointment:u|minutes:l|provider:u|location:u|hygiene:b|"         \
  "confirmed:b|asap:b\n"                                                                           \
  "a|completed|1736240400|v1|60|p1|1|1||\na|scheduled|1771329600|v3|90|p2|2|0|1|1\n"               \
  "b|broken|1765000000|v4|30||||||\nb|missed|1766000000|v5|30||||||\n"                             \
  "c|cancelled|1769300000|v6|||||||\ne|scheduled|1769785200|v7|45|p1||1||\n"
#define COVERAGES                                                                                  \
  "patient:u|coverage:u|plan:u|ordinal:l|period:u|month:l|effective:tdD|terminates:tdD|maximum:l|" \
  "verified:tdD|payer:u|kind:u\n"                                                                  \
  "a|k1||1|calendar||2024-01-01||150000|2026-01-20|private|ppo\n"                                  \
  "c|k2||1|plan_year|7|2020-07-01||100000|2026-01-25|public|other\n"
#define CLAIMS                                                                                     \
  "patient:u|coverage:u|status:u|paid:l|estimated:l|date:tdD|apart:b\n"                            \
  "a|k1|received|90000||2026-01-14|\na|k1|not_received||20000|2026-01-20|\n"                       \
  "c|k2|received|50000||2025-12-31|1\n"
#define OPENINGS "opening:u|start:tss:|minutes:l|location:u|hygiene:b\no1|1769900000|60|1|1\n"

/* ---- a getter over tables ---------------------------------------------------------------------
 */

/* What is wrong with it. */
typedef enum lie {
  LIE_NONE,
  LIE_KIND,      /* a value of another kind */
  LIE_RECORD,    /* of a kind that no value has */
  LIE_COUNT,     /* one value too many */
  LIE_NOTHING,   /* none at all */
  LIE_HUGE,      /* an absurd length */
  LIE_SHORT,     /* lists get shorter when asked again */
  LIE_DOMAIN,    /* a text outside the domain */
  LIE_UTF8,      /* no UTF-8 */
  LIE_NO_TEXT,   /* a text that points nowhere */
  LIE_LONG_TEXT, /* a text of 4 GB */
  LIE_DATE,      /* a day of the year 10000 */
  LIE_EARLY,     /* a day of the year 0 */
  LIE_TIME,      /* an instant after all years */
  LIE_NO,        /* false, and true */
  LIE_YES,
  LIE_BOOL /* a bool of 2 */
} lie;

typedef struct getter {
  wb_facts *tables;
  wb_moment moment;
  fault_plan plan;
  uint32_t lied; /* the field that is lied about */
  lie lie;
  uint64_t gets, fetched;
  bool raw_only; /* derived fields are not supplied at all */
  char *texts[TEXTS_MOST];
  size_t text_count;
} getter;

/* Spoils and frees all texts that were given: they are not to be read any more. */
static void getter_forget(getter *g) {
  while (g->text_count) {
    char *text = g->texts[--g->text_count];
    memset(text, '#', strlen(text));
    free(text);
  }
}

static wb_status WB_CALL getter_count(void *user, uint64_t *rows) {
  getter *g = user;
  if (fault_strikes(&g->plan)) return WB_E_STATE;
  return wb_facts_count(g->tables, rows);
}

static wb_status WB_CALL getter_find(void *user, const char *key, size_t length, uint64_t *row) {
  getter *g = user;
  if (fault_strikes(&g->plan)) return WB_E_STATE;
  return wb_facts_find(g->tables, key, length, row);
}

static wb_status WB_CALL getter_fetch(void *user, const uint64_t *rows, uint32_t count) {
  getter *g = user;
  (void)rows;
  if (fault_strikes(&g->plan)) return WB_E_STATE;
  g->fetched += count;
  return WB_OK;
}

/* Whether a field is supplied: what is in tables, and what cannot be derived from one patient. */
static bool getter_supplies(const getter *g, uint32_t field) {
  static const char *const whole[] = {"household.", "openings", "contact.", "benefit.covered",
                                      "host."};
  uint32_t dental = 0;
  const wbi_field_spec *specs = wbi_field_specs(&dental);
  const wbi_text name = wbi_schema_field(wbi_facts_schema(g->tables), field)->name;
  const bool visit = wbi_text_starts(name, WBI_TEXT("appointments."));
  for (size_t i = 0; i < WBI_COUNT(whole); ++i)
    if (wbi_text_starts(name, wbi_text_of(whole[i]))) return !g->raw_only;
  return visit || (field < dental && specs[field].origin != WBI_DERIVED);
}

/* A value whose text is a copy. */
static void getter_copy(getter *g, const wb_value *from, wb_value *to) {
  *to = *from;
  if (from->kind != WB_TEXT) return;
  char *text = calloc(from->length + 1, 1);
  assert_true(text && g->text_count < TEXTS_MOST);
  memcpy(text, from->data, from->length);
  g->texts[g->text_count++] = text;
  to->data = text;
}

static void getter_lie(lie told, wb_value *value) {
  switch (told) {
  case LIE_KIND: value->kind = value->kind == WB_INT ? WB_TEXT : WB_INT; break;
  case LIE_RECORD: value->kind = 99; break;
  case LIE_DOMAIN: *value = (wb_value){.kind = WB_TEXT, .data = "odd", .length = 3}; break;
  case LIE_UTF8: *value = (wb_value){.kind = WB_TEXT, .data = "\xff\xfe", .length = 2}; break;
  case LIE_NO_TEXT: *value = (wb_value){.kind = WB_TEXT, .length = 2}; break;
  case LIE_LONG_TEXT: *value = (wb_value){.kind = WB_TEXT, .data = "", .length = UINT32_MAX}; break;
  case LIE_DATE: *value = (wb_value){.kind = WB_DATE, .integer = WB_DATE_MAX + 1}; break;
  case LIE_EARLY: *value = (wb_value){.kind = WB_DATE, .integer = WB_DATE_MIN - 1}; break;
  case LIE_TIME: *value = (wb_value){.kind = WB_TIME, .integer = INT64_MAX}; break;
  case LIE_NO:
  case LIE_YES: *value = (wb_value){.kind = WB_BOOL, .integer = told == LIE_YES}; break;
  case LIE_BOOL: *value = (wb_value){.kind = WB_BOOL, .integer = 2}; break;
  case LIE_NONE:
  case LIE_COUNT:
  case LIE_NOTHING:
  case LIE_HUGE:
  case LIE_SHORT: break;
  }
}

static wb_status WB_CALL getter_get(void *user, uint64_t row, uint32_t field, uint32_t first,
                                    uint32_t capacity, wb_value *values, uint32_t *count) {
  getter *g = user;
  const wbi_field *about = wbi_schema_field(wbi_facts_schema(g->tables), field);
  const uint32_t list = about->list ? about->list - 1 : field;
  wb_value value = {.size = sizeof value};
  const bool lists = about->list || about->type == WB_LIST;
  const lie told = field == g->lied ? g->lie : LIE_NONE;
  getter_forget(g); /* what was given before moves away */
  ++g->gets;
  if (fault_strikes(&g->plan)) return WB_E_STATE;
  *count = lists ? UINT32_MAX : 1;
  if (!getter_supplies(g, list)) return WB_OK;
  assert_int_equal(wb_facts_get(g->tables, row, list, &g->moment, &value, NULL), WB_OK);
  if (lists) *count = value.kind == WB_LIST ? (uint32_t)value.integer : UINT32_MAX;
  for (uint32_t i = 0; capacity > 0 && i < (lists ? *count : 1) && i < capacity; ++i) {
    if (lists)
      assert_int_equal(
          wb_facts_get_item(g->tables, row, field, first + i, &g->moment, &value, NULL), WB_OK);
    assert_int_equal(values[i].size, sizeof value);
    getter_copy(g, &value, &values[i]);
    getter_lie(told, &values[i]);
  }
  if (told == LIE_COUNT) *count += 1;
  if (told == LIE_NOTHING) *count = 0;
  if (told == LIE_HUGE) *count = UINT32_MAX - 1;
  if (told == LIE_SHORT && capacity > 0) *count -= 1;
  return WB_OK;
}

/* ---- a practice -------------------------------------------------------------------------------
 */

typedef struct practice {
  getter getter;
  wb_schema *schema;
  wb_facts *facts; /* by the getter */
  wb_zone *zone;
} practice;

static wb_facts *facts_new(wb_context *context, wb_schema *schema, const wb_source *source) {
  wb_facts_options options = {.size = sizeof options, .as_of = NOW, .source = source};
  wb_facts *facts = NULL;
  assert_int_equal(wb_facts_new(context, schema, &options, &facts, NULL), WB_OK);
  return facts;
}

static wb_source source_of(getter *g) {
  return (wb_source){.size = sizeof(wb_source),
                     .user = g,
                     .count = getter_count,
                     .find = getter_find,
                     .fetch = getter_fetch,
                     .get = getter_get};
}

/* The tables, and a getter over them whose memory may fail. */
static void practice_open(practice *p, wb_context *context) {
  static const char *const tables[][2] = {
      {"patients", PATIENTS},         {"locations", LOCATIONS}, {"recalls", RECALLS},
      {"procedures", PROCEDURES},     {"claims", CLAIMS},       {"coverages", COVERAGES},
      {"appointments", APPOINTMENTS}, {"openings", OPENINGS},   {"practice", "name:u\nExample\n"}};
  const wb_field fields[] = {
      {.size = sizeof(wb_field), .name = "host.x", .type = WB_TEXT, .presence = WB_OPTIONAL},
      {.size = sizeof(wb_field),
       .name = "host.l",
       .type = WB_LIST,
       .element = WB_RECORD,
       .presence = WB_NULLABLE},
      {.size = sizeof(wb_field), .name = "host.l.y", .type = WB_DOUBLE, .presence = WB_NULLABLE}};
  memset(p, 0, sizeof *p);
  assert_int_equal(wb_schema_new(context, fields, 3, &p->schema, NULL), WB_OK);
  assert_int_equal(wb_zone_new(NULL, "EST5EDT", 7, &p->zone, NULL), WB_OK);
  p->getter.tables = facts_new(NULL, p->schema, NULL);
  p->getter.lied = UINT32_MAX;
  p->getter.moment = (wb_moment){.size = sizeof(wb_moment), .now = NOW, .zone = p->zone};
  for (size_t i = 0; i < WBI_COUNT(tables); ++i)
    assert_int_equal(table_add(p->getter.tables, tables[i][0], tables[i][1], &last_error), WB_OK);
  const wb_source source = source_of(&p->getter);
  p->facts = facts_new(context, p->schema, &source);
}

static void practice_close(practice *p) {
  wb_facts_free(p->facts);
  getter_forget(&p->getter);
  wb_facts_free(p->getter.tables);
  wb_zone_unref(p->zone);
  wb_schema_unref(p->schema);
}

static uint32_t field_of(const practice *p, const char *name) {
  uint32_t field = 0;
  assert_int_equal(wb_schema_find(p->schema, name, strlen(name), &field), WB_OK);
  return field;
}

static wb_status read(practice *p, uint64_t row, const char *name, wb_value *value) {
  *value = (wb_value){.size = sizeof *value};
  last_error = (wb_error){0};
  return wb_facts_get(p->facts, row, field_of(p, name), &p->getter.moment, value, &last_error);
}

static void a_getter_and_tables_say_the_same_of_everything(void **state) {
  (void)state;
  practice p;
  practice_open(&p, NULL);
  same_facts(p.schema, p.getter.tables, p.facts, &p.getter.moment);
  same_facts(p.schema, p.facts, p.getter.tables, &p.getter.moment);
  practice_close(&p);
}

static void what_one_patient_does_not_tell_is_unknown_unless_supplied(void **state) {
  (void)state;
  static const char *const names[] = {"household.size", "household.members", "openings", "host.x",
                                      "benefit.covered_hygiene"};
  practice p;
  wb_value value;
  practice_open(&p, NULL);
  p.getter.raw_only = true;
  for (size_t i = 0; i < WBI_COUNT(names); ++i) {
    assert_int_equal(read(&p, 0, names[i], &value), WB_OK);
    assert_int_equal(value.kind, WB_UNKNOWN);
  }
  assert_int_equal(read(&p, 0, "host.l", &value), WB_OK);
  assert_int_equal(value.kind, WB_NULL);
  assert_int_equal(read(&p, 0, "recare.kind", &value), WB_OK);
  assert_int_equal(value.kind, WB_TEXT);
  practice_close(&p);
}

static void text_stays_until_the_next_question_though_the_getters_moves(void **state) {
  (void)state;
  practice p;
  wb_value value;
  practice_open(&p, NULL);
  assert_int_equal(read(&p, 1, "patient.name", &value), WB_OK);
  getter_forget(&p.getter);
  assert_int_equal(value.length, 21);
  assert_memory_equal(value.data, "Bernardine-Wilhelmina", 21);
  practice_close(&p);
}

static void rows_are_counted_found_and_bounded(void **state) {
  (void)state;
  practice p;
  wb_value value;
  uint64_t row = 77, count = 0;
  practice_open(&p, NULL);
  assert_int_equal(wb_facts_count(p.facts, &count), WB_OK);
  assert_int_equal(count, 5);
  assert_int_equal(wb_facts_find(p.facts, "c", 1, &row), WB_OK);
  assert_int_equal(row, 2);
  assert_int_equal(wb_facts_find(p.facts, "nobody", 6, &row), WB_E_NAME);
  assert_int_equal(wb_facts_find(p.facts, "", 0, &row), WB_E_NAME);
  assert_int_equal(row, 2);
  assert_int_equal(read(&p, 5, "today", &value), WB_E_NAME);
  assert_int_equal(read(&p, UINT64_MAX, "today", &value), WB_E_NAME);
  assert_int_equal(read(&p, 4, "today", &value), WB_OK);
  practice_close(&p);
}

static void no_table_is_added_beside_a_getter(void **state) {
  (void)state;
  practice p;
  practice_open(&p, NULL);
  assert_int_equal(table_add(p.facts, "patients", PATIENTS, NULL), WB_E_STATE);
  assert_int_equal(wb_facts_renew(p.facts, 0, "patients", NULL), WB_E_STATE);
  assert_int_equal(wb_facts_renew(p.facts, 0, NULL, NULL), WB_E_STATE);
  practice_close(&p);
}

static void fetch_is_told_of_rows_and_may_be_missing(void **state) {
  (void)state;
  practice p;
  static const struct {
    uint64_t row, rows, told;
  } calls[] = {{0, 2, 2}, {1, 2, 0}, {0, 256, 256}, {255, 300, 0}, {256, 300, 44}};
  practice_open(&p, NULL);
  for (size_t i = 0; i < WBI_COUNT(calls); i++) {
    p.getter.fetched = 0;
    assert_int_equal(wbi_facts_ahead(p.facts, calls[i].row, calls[i].rows, NULL), WB_OK);
    assert_int_equal(p.getter.fetched, calls[i].told);
  }
  fault_arm(&p.getter.plan, FAULT_ONCE, 1);
  assert_int_equal(wbi_facts_ahead(p.facts, 0, 2, &last_error), WB_E_ABORTED);
  assert_string_equal(last_error.path, "patients");
  wb_source source = source_of(&p.getter);
  source.fetch = NULL;
  wb_facts *facts = facts_new(NULL, p.schema, &source);
  assert_int_equal(wbi_facts_ahead(facts, 0, 2, NULL), WB_OK);
  assert_int_equal(wbi_facts_ahead(p.getter.tables, 0, 2, NULL), WB_OK);
  wb_facts_free(facts);
  practice_close(&p);
}

static void a_malformed_getter_is_refused(void **state) {
  (void)state;
  practice p;
  practice_open(&p, NULL);
  for (int missing = 0; missing < 5; ++missing) {
    wb_source source = source_of(&p.getter);
    wb_facts_options options = {.size = sizeof options, .as_of = NOW, .source = &source};
    wb_facts *facts = NULL;
    if (missing == 0) source.count = NULL;
    if (missing == 1) source.find = NULL;
    if (missing == 2) source.get = NULL;
    if (missing == 3) source.size = 8;
    if (missing == 4) source.flags = 1;
    assert_int_equal(wb_facts_new(NULL, p.schema, &options, &facts, NULL),
                     missing == 4 ? WB_E_VERSION : WB_E_INVALID);
    assert_null(facts);
  }
  practice_close(&p);
}

static void a_getter_that_fails_at_any_call_is_told_with_the_field(void **state) {
  (void)state;
  static const char *const names[] = {"patient.status",    "recare.due",    "treatments",
                                      "benefit.remaining", "procedures",    "household.members",
                                      "visit.next_time",   "location.name", "patient.excluded"};
  for (size_t i = 0; i < WBI_COUNT(names); ++i) {
    for (uint64_t at = 1;; ++at) {
      practice p;
      wb_value value, again;
      practice_open(&p, NULL);
      fault_arm(&p.getter.plan, FAULT_ONCE, at);
      wb_status status = read(&p, 0, names[i], &value);
      const uint64_t hits = p.getter.plan.hits;
      assert_int_equal(status, hits ? WB_E_ABORTED : WB_OK);
      if (hits) assert_true(last_error.path[0] != 0);
      fault_arm(&p.getter.plan, FAULT_NEVER, 0);
      assert_int_equal(read(&p, 0, names[i], &again), WB_OK); /* and nothing has changed */
      if (!hits) assert_int_equal(value.kind, again.kind);
      practice_close(&p);
      if (!hits) break;
    }
  }
}

static void no_memory_at_any_point_is_told_and_nothing_is_lost(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  for (uint64_t at = 1;; ++at) {
    practice p;
    wb_value value;
    practice_open(&p, context);
    fault_arm(&memory.plan, FAULT_ONCE, at);
    wb_status status = read(&p, 0, "treatments", &value);
    if (!status) status = read(&p, 0, "benefit.remaining", &value);
    const uint64_t hits = memory.plan.hits;
    fault_arm(&memory.plan, FAULT_NEVER, 0);
    assert_int_equal(status, hits ? WB_E_NOMEM : WB_OK);
    practice_close(&p);
    if (!hits) break;
  }
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static void answers_that_cannot_be_name_their_field(void **state) {
  (void)state;
  static const struct {
    lie lie;
    const char *lied, *asked;
    wb_status status;
  } cases[] = {{LIE_KIND, "patient.status", "patient.status", WB_E_TYPE},
               {LIE_KIND, "patient.balance", "patient.balance", WB_E_TYPE},
               {LIE_RECORD, "patient.first_name", "patient.name", WB_E_TYPE},
               {LIE_COUNT, "patient.first_name", "patient.name", WB_E_TYPE},
               {LIE_NOTHING, "patient.first_name", "patient.name", WB_E_TYPE},
               {LIE_HUGE, "procedures", "visit.last", WB_E_LIMIT},
               {LIE_HUGE, "household.members", "household.members", WB_E_LIMIT},
               {LIE_SHORT, "procedures.code", "visit.last", WB_E_TYPE},
               {LIE_SHORT, "household.members", "household.members", WB_E_TYPE},
               {LIE_COUNT, "procedures.code", "procedures", WB_E_TYPE},
               {LIE_DOMAIN, "patient.status", "patient.status", WB_E_TYPE},
               {LIE_DOMAIN, "contact.text_permission", "contact.text_permission", WB_E_TYPE},
               {LIE_UTF8, "patient.first_name", "patient.first_name", WB_E_TYPE},
               {LIE_NO_TEXT, "patient.first_name", "patient.first_name", WB_E_TYPE},
               {LIE_LONG_TEXT, "patient.first_name", "patient.first_name", WB_E_TYPE},
               {LIE_DATE, "patient.birth_date", "patient.age", WB_E_RANGE},
               {LIE_DATE, "claims.date", "benefit.used", WB_E_RANGE},
               {LIE_EARLY, "claims.date", "benefit.used", WB_E_RANGE},
               {LIE_TIME, "appointments.start", "visit.next", WB_E_RANGE},
               {LIE_BOOL, "patient.do_not_contact", "patient.excluded", WB_E_TYPE},
               {LIE_KIND, "recalls.due", "recare.due", WB_E_TYPE}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    practice p;
    wb_value value;
    practice_open(&p, NULL);
    p.getter.lie = cases[i].lie;
    p.getter.lied = field_of(&p, cases[i].lied);
    if (read(&p, 0, cases[i].asked, &value) != cases[i].status)
      fail_msg("case %d: %s: %s", (int)i, cases[i].asked, wb_status_name(last_error.status));
    assert_string_equal(last_error.path, cases[i].lied);
    p.getter.lie = LIE_NONE;
    assert_int_equal(read(&p, 0, cases[i].asked, &value), WB_OK);
    practice_close(&p);
  }
}

static void a_getter_hides_what_is_restricted(void **state) {
  static const struct {
    lie lie;
    bool hides;
  } cases[] = {{LIE_NONE, false}, {LIE_NO, false}, {LIE_YES, true}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    practice p;
    wb_value value;
    practice_open(&p, NULL);
    p.getter.lie = cases[i].lie;
    p.getter.lied = field_of(&p, "procedures.restricted");
    assert_int_equal(read(&p, 0, "procedures", &value), WB_OK);
    assert_int_equal(value.integer == 0, cases[i].hides);
    practice_close(&p);
  }
}

static void nothing_is_kept_from_call_to_call_and_nothing_asked_twice_in_one(void **state) {
  (void)state;
  practice p;
  wb_value value;
  practice_open(&p, NULL);
  assert_int_equal(read(&p, 0, "patient.status", &value), WB_OK);
  const uint64_t first = p.getter.gets;
  assert_int_equal(read(&p, 0, "patient.status", &value), WB_OK);
  assert_int_equal(p.getter.gets, 2 * first);
  assert_true(wbi_facts_enter(p.facts));
  const uint32_t due = field_of(&p, "recare.due"), band = field_of(&p, "recare.band");
  assert_int_equal(wbi_facts_value(p.facts, 0, due, &p.getter.moment, &value, NULL), WB_OK);
  const uint64_t once = p.getter.gets;
  assert_int_equal(wbi_facts_value(p.facts, 0, due, &p.getter.moment, &value, NULL), WB_OK);
  assert_int_equal(p.getter.gets, once);
  assert_int_equal(wbi_facts_value(p.facts, 0, band, &p.getter.moment, &value, NULL), WB_OK);
  assert_int_equal(p.getter.gets, once + 1); /* whether the band itself is given */
  wbi_facts_leave(p.facts);
  practice_close(&p);
}

static void what_a_getter_says_in_the_next_call_is_what_counts(void **state) {
  (void)state;
  static const char *const days[] = {"2025-01-07", "2025-07-07"};
  practice p;
  wb_value value;
  practice_open(&p, NULL);
  p.getter.raw_only = true;
  for (size_t i = 0; i < WBI_COUNT(days); ++i) {
    wb_date day = 0;
    char table[96];
    snprintf(table, sizeof table, "patient:u|code:u|status:u|date:tdD\na|D1110|completed|%s\n",
             days[i]);
    assert_int_equal(wb_facts_renew(p.getter.tables, NOW, "procedures", NULL), WB_OK);
    assert_int_equal(table_add(p.getter.tables, "procedures", table, NULL), WB_OK);
    assert_int_equal(read(&p, 0, "visit.last", &value), WB_OK);
    assert_int_equal(wb_date_parse(days[i], 10, &day), WB_OK);
    assert_int_equal(value.integer, day);
  }
  practice_close(&p);
}

static void once_warm_only_the_chart_takes_memory(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  practice p;
  wb_value value;
  practice_open(&p, context);
  for (uint64_t row = 0; row < 5; ++row)
    assert_int_equal(read(&p, row, "recare.due", &value), WB_OK);
  fault_arm(&memory.plan, FAULT_FOREVER, 1);
  for (uint64_t row = 0; row < 5; ++row)
    assert_int_equal(read(&p, row, "recare.due", &value), WB_OK);
  assert_int_equal(memory.plan.hits, 0);
  fault_arm(&memory.plan, FAULT_NEVER, 0);
  practice_close(&p);
  wb_context_unref(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_getter_and_tables_say_the_same_of_everything),
      cmocka_unit_test(what_one_patient_does_not_tell_is_unknown_unless_supplied),
      cmocka_unit_test(text_stays_until_the_next_question_though_the_getters_moves),
      cmocka_unit_test(rows_are_counted_found_and_bounded),
      cmocka_unit_test(no_table_is_added_beside_a_getter),
      cmocka_unit_test(fetch_is_told_of_rows_and_may_be_missing),
      cmocka_unit_test(a_malformed_getter_is_refused),
      cmocka_unit_test(a_getter_that_fails_at_any_call_is_told_with_the_field),
      cmocka_unit_test(no_memory_at_any_point_is_told_and_nothing_is_lost),
      cmocka_unit_test(answers_that_cannot_be_name_their_field),
      cmocka_unit_test(a_getter_hides_what_is_restricted),
      cmocka_unit_test(nothing_is_kept_from_call_to_call_and_nothing_asked_twice_in_one),
      cmocka_unit_test(what_a_getter_says_in_the_next_call_is_what_counts),
      cmocka_unit_test(once_warm_only_the_chart_takes_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
