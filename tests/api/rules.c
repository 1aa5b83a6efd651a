/* SPDX-License-Identifier: MIT */
/* What rule.h promises, and threads that share what is compiled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/fault.h"
#include "support/sample.h"
#include "support/shape.h"
#include "support/tables.h"

typedef struct ruled {
  fault_memory memory;
  wb_context *context;
  sample it;
  wb_rule *rule;
} ruled;

#define RULED_PEOPLE                                                                               \
  "patient:u|status:u|first_name:u|preferred_name:u|birth_date:tdD\n"                              \
  "p1|active|Ana||1980-02-29\n"                                                                    \
  "p2|active||Benny|\n"                                                                            \
  "p3|odd|||\n"

static void ruled_open(ruled *r, const char *text) {
  memset(r, 0, sizeof *r);
  r->context = fault_context(&r->memory);
  sample_open(&r->it, r->context);
  sample_add(&r->it, "patients", RULED_PEOPLE);
  if (text)
    assert_int_equal(wb_rule_new(r->context, r->it.schema, text, strlen(text), &r->rule, NULL),
                     WB_OK);
}

static void ruled_close(ruled *r) {
  wb_rule_unref(r->rule);
  sample_close(&r->it);
  wb_context_unref(r->context);
  assert_int_equal(r->memory.live, 0);
}

/* Facts with these patients and no locations, instead of the sample's. */
static void ruled_patients(ruled *r, const char *patients) {
  sample_renew(&r->it, r->context, SAMPLE_NOW);
  sample_add(&r->it, "patients", patients);
}

static void rules_say_what_is_wrong_with_them(void **state) {
  (void)state;
  static const struct {
    const char *text;
    wb_status status;
    uint32_t line, column;
  } cases[] = {{"recare.bnad == \"12+\"", WB_E_NAME, 1, 1},
               {"recare.kind == \"perioo\"", WB_E_NAME, 1, 16},
               {"recare.due < \"2026-01-30\"", WB_E_TYPE, 1, 12},
               {"recare.due == date(\"2026-13-40\")", WB_E_RANGE, 1, 20},
               {"recare.booked and true", WB_E_SYNTAX, 1, 15},
               {"patient.age + 1 > 18", WB_OK, 0, 0},
               {"patient.age + \"1\" > 18", WB_E_TYPE, 1, 13},
               {"true &&\n  patient.aeg > 1", WB_E_NAME, 2, 3},
               {"patient.age", WB_E_TYPE, 1, 1},
               {"1", WB_E_TYPE, 1, 1},
               {"recare.band < \"9-12\"", WB_E_TYPE, 1, 1},
               {"patient.age > 99999999999999999999", WB_E_RANGE, 1, 15},
               {"patient.age > 9223372036854775807", WB_OK, 0, 0},
               {"patient.age > 9223372036854775808", WB_E_RANGE, 1, 15},
               {"patient.age > -9223372036854775808", WB_OK, 0, 0},
               {"", WB_E_SYNTAX, 1, 1},
               {"   ", WB_E_SYNTAX, 1, 4},
               {"true &&", WB_E_SYNTAX, 1, 8},
               {"(true", WB_E_SYNTAX, 1, 6},
               {"true)", WB_E_SYNTAX, 1, 5},
               {"\"abc", WB_E_SYNTAX, 1, 1},
               {"!recare.booked", WB_OK, 0, 0},
               {"!patient.age", WB_E_TYPE, 1, 2},
               {"patient.status in []", WB_OK, 0, 0},
               {"patient.status in [\"active\", 1]", WB_E_TYPE, 1, 30},
               {"patient.status in [\"activ\"]", WB_E_NAME, 1, 20},
               {"true // a remark", WB_OK, 0, 0},
               {"patient.age > 6.5 || patient.age < 6u || patient.age == 0x1F", WB_OK, 0, 0}};
  ruled r;
  ruled_open(&r, NULL);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_rule *rule = NULL;
    wb_error error = {0};
    wb_status status =
        wb_rule_new(r.context, r.it.schema, cases[i].text, strlen(cases[i].text), &rule, &error);
    if (status != cases[i].status || error.line != cases[i].line || error.column != cases[i].column)
      print_error("'%s': %s %u:%u %s\n", cases[i].text, wb_status_name(status), error.line,
                  error.column, error.message);
    assert_int_equal(status, cases[i].status);
    assert_int_equal(error.status, status);
    assert_int_equal(error.line, cases[i].line);
    assert_int_equal(error.column, cases[i].column);
    assert_true((rule != NULL) == (status == WB_OK));
    wb_rule_unref(rule);
  }
  ruled_close(&r);
}

static void rules_have_limits(void **state) {
  (void)state;
  enum { LONGEST = 64 * 1024 };
  ruled r;
  ruled_open(&r, NULL);
  char *text = malloc(LONGEST + 1);
  wb_rule *rule = NULL;
  memset(text, ' ', LONGEST + 1);
  memcpy(text, "true", 4);
  assert_int_equal(wb_rule_new(r.context, r.it.schema, text, LONGEST, &rule, NULL), WB_OK);
  wb_rule_unref(rule);
  rule = NULL;
  assert_int_equal(wb_rule_new(r.context, r.it.schema, text, LONGEST + 1, &rule, NULL), WB_E_LIMIT);
  assert_null(rule);
  free(text);
  char deep[400] = "";
  int most = 0;
  for (int depth = 1; depth < 150; ++depth) {
    memset(deep, '(', (size_t)depth);
    memcpy(deep + depth, "true", 4);
    memset(deep + depth + 4, ')', (size_t)depth);
    wb_status status = wb_rule_new(NULL, r.it.schema, deep, (size_t)(2 * depth + 4), &rule, NULL);
    if (status == WB_OK) {
      assert_int_equal(most, depth - 1);
      most = depth;
    } else {
      assert_int_equal(status, WB_E_LIMIT);
    }
    wb_rule_unref(rule);
    rule = NULL;
  }
  assert_in_range(most, 60, 64);
  const char *ok = "true";
  assert_int_equal(wb_rule_new(NULL, NULL, ok, 4, &rule, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_new(NULL, r.it.schema, NULL, 4, &rule, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_new(NULL, r.it.schema, ok, 4, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_new(NULL, r.it.schema, "\"\xff\" == \"a\"", 10, &rule, NULL),
                   WB_E_INVALID);
  assert_null(rule);
  ruled_close(&r);
}

static wb_status test_verdict(void *user, void *verdict) {
  ruled *r = user;
  return wb_rule_test(r->rule, r->it.facts, 0, &r->it.moment, verdict, NULL);
}

static wb_status test_moment(void *user, void *moment) {
  ruled *r = user;
  wb_verdict verdict = {.size = sizeof verdict};
  return wb_rule_test(r->rule, r->it.facts, 0, moment, &verdict, NULL);
}

static void testing_is_checked(void **state) {
  (void)state;
  ruled r;
  ruled_open(&r, "patient.status == \"active\"");
  wb_verdict verdict = {.size = sizeof verdict}, before;
  shape_out(&verdict, sizeof verdict, test_verdict, &r);
  shape_in(&r.it.moment, sizeof r.it.moment, test_moment, &r);
  memset(&verdict, 0xA5, sizeof verdict);
  verdict.size = sizeof verdict;
  before = verdict;
  wb_error error = {0};
  wb_facts *facts = r.it.facts;
  wb_moment moment = r.it.moment;
  assert_int_equal(wb_rule_test(r.rule, facts, 3, &moment, &verdict, &error), WB_E_NAME);
  assert_int_equal(wb_rule_test(r.rule, facts, 2, &moment, &verdict, &error), WB_E_TYPE);
  assert_non_null(strstr(error.path, "patient.status"));
  assert_null(strstr(error.message, "odd"));
  assert_int_equal(wb_rule_test(NULL, facts, 0, &moment, &verdict, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_test(r.rule, NULL, 0, &moment, &verdict, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_test(r.rule, facts, 0, NULL, &verdict, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_test(r.rule, facts, 0, &moment, NULL, NULL), WB_E_INVALID);
  moment.flags = 1;
  assert_int_equal(wb_rule_test(r.rule, facts, 0, &moment, &verdict, NULL), WB_E_VERSION);
  moment.flags = 0;
  moment.now = WB_TIME_MAX + 1;
  assert_int_equal(wb_rule_test(r.rule, facts, 0, &moment, &verdict, NULL), WB_E_RANGE);
  wb_schema *other = NULL;
  wb_rule *stranger = NULL;
  assert_int_equal(wb_schema_new(r.context, NULL, 0, &other, NULL), WB_OK);
  assert_int_equal(wb_rule_new(r.context, other, "true", 4, &stranger, NULL), WB_OK);
  assert_int_equal(wb_rule_test(stranger, facts, 0, &r.it.moment, &verdict, NULL), WB_E_INVALID);
  assert_memory_equal(&verdict, &before, sizeof verdict);
  wb_rule_unref(stranger);
  wb_schema_unref(other);
  ruled_close(&r);
}

/* The tables of docs/rules.md, on a text that is null and one that is unknown. */
static void missing_data_have_three_values(void **state) {
  (void)state;
  enum { F = WB_FALSE, T = WB_TRUE, U = WB_UNDETERMINED };
  static const struct {
    const char *text;
    int32_t ana, ben; /* Ana: preferred name null; Ben: first name and age unknown */
  } cases[] = {{"patient.preferred_name == null", T, F},
               {"patient.preferred_name != null", F, T},
               {"patient.preferred_name == \"Benny\"", F, T},
               {"patient.preferred_name != \"Benny\"", T, F},
               {"patient.preferred_name < \"M\"", U, T},
               {"patient.preferred_name in [\"Benny\"]", F, T},
               {"patient.preferred_name in [\"Ana\", null]", T, F},
               {"patient.first_name == null", F, U},
               {"patient.first_name != null", T, U},
               {"patient.first_name in [null]", F, U},
               {"patient.first_name == \"Ana\"", T, U},
               {"patient.age == 46", T, U},
               {"patient.age < 46 && false", F, F},
               {"patient.age < 47 && false", F, F},
               {"false && patient.age < 47", F, F},
               {"patient.age < 47 || true", T, T},
               {"patient.age < 47 && true", T, U},
               {"patient.age < 47 || false", T, U},
               {"!(patient.age < 47)", F, U},
               {"(patient.age < 47) == true", T, U},
               {"patient.age > 45.5", T, U},
               {"patient.age == 46.0", T, U}};
  ruled r;
  ruled_open(&r, NULL);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const int32_t expected[] = {cases[i].ana, cases[i].ben};
    wb_rule *rule = NULL;
    wb_error error = {0};
    if (wb_rule_new(r.context, r.it.schema, cases[i].text, strlen(cases[i].text), &rule, &error))
      fail_msg("%s: %s", cases[i].text, error.message);
    for (uint64_t row = 0; row < 2; ++row) {
      wb_verdict verdict = {.size = sizeof verdict};
      assert_int_equal(wb_rule_test(rule, r.it.facts, row, &r.it.moment, &verdict, NULL), WB_OK);
      if (verdict.truth != expected[row])
        fail_msg("%s, row %d: %d", cases[i].text, (int)row, (int)verdict.truth);
      assert_int_equal(verdict.missing_count, expected[row] == U);
    }
    wb_rule_unref(rule);
  }
  ruled_close(&r);
}

static void a_verdict_names_what_is_missing(void **state) {
  (void)state;
  static const char *const fields[] = {"patient.age > 1",
                                       "patient.first_name == \"x\"",
                                       "patient.last_name == \"x\"",
                                       "patient.language == \"x\"",
                                       "patient.household == \"x\"",
                                       "practice.name == \"x\"",
                                       "location.email == \"x\"",
                                       "patient.birth_date > date(\"2000-01-01\")",
                                       "location.name < \"a\" || patient.age > 2",
                                       "location.address == \"x\""};
  char text[1000] = "";
  ruled r;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; ++i) {
    if (i) strcat(text, " && ");
    strcat(text, "(");
    strcat(text, fields[i]);
    strcat(text, ")");
  }
  ruled_open(&r, NULL);
  ruled_patients(&r, "patient:u|status:u\np1|active\n");
  assert_int_equal(wb_rule_new(r.context, r.it.schema, text, strlen(text), &r.rule, NULL), WB_OK);
  wb_verdict verdict = {.size = sizeof verdict};
  assert_int_equal(wb_rule_test(r.rule, r.it.facts, 0, &r.it.moment, &verdict, NULL), WB_OK);
  assert_int_equal(verdict.truth, WB_UNDETERMINED);
  assert_int_equal(verdict.missing_count, 10);
  uint32_t age = 0, name = 0;
  assert_int_equal(wb_schema_find(r.it.schema, "patient.age", 11, &age), WB_OK);
  assert_int_equal(wb_schema_find(r.it.schema, "patient.first_name", 18, &name), WB_OK);
  assert_int_equal(verdict.missing[0], age);
  assert_int_equal(verdict.missing[1], name);
  for (uint32_t i = 0; i < WB_VERDICT_MISSING; ++i)
    for (uint32_t j = 0; j < i; ++j)
      assert_int_not_equal(verdict.missing[i], verdict.missing[j]);
  ruled_close(&r);
}

/* Operands that stand first are tested without the others: with the same outcome, and with the same
   error when a cell that must be there is not. */
static void the_first_operands_decide_as_all_do(void **state) {
  (void)state;
  enum { F = WB_FALSE, T = WB_TRUE, U = WB_UNDETERMINED, E = -1 };
  static const struct {
    const char *text;
    int32_t p1, p2,
        p3; /* p1: all there; p2: visit.next null, booked unknown; p3: disabled absent */
  } cases[] = {{"recare.booked", T, U, F},
               {"!recare.booked", F, U, T},
               {"recare.disabled", F, T, E},
               {"visit.next == null", F, T, F},
               {"visit.next != null", T, F, T},
               {"visit.next == date(\"2026-12-01\")", T, F, F},
               {"visit.next < date(\"2026-12-01\")", F, U, F},
               {"visit.next <= date(\"2026-12-01\")", T, U, F},
               {"visit.next > date(\"2026-12-01\")", F, U, T},
               {"visit.next >= date(\"2026-12-02\")", F, U, T},
               {"patient.balance == 500", T, F, U},
               {"patient.balance != 500", F, T, U},
               {"patient.balance > -7", T, F, U},
               {"patient.balance >= -7", T, T, U},
               {"patient.balance in [500, 3]", T, F, U},
               {"recare.booked == true", T, U, F},
               {"recare.booked && visit.next != null", T, F, F},
               {"recare.booked && visit.next < today.addDays(9)", T, U, F},
               {"visit.next == null && recare.booked", F, U, F},
               {"visit.next == null && recare.disabled", F, T, F},
               {"recare.disabled && visit.next == null", F, T, E},
               {"visit.next != null && recare.disabled", F, F, E},
               {"visit.next != null || recare.disabled", T, T, T},
               {"visit.next == null || recare.disabled", F, T, E},
               {"recare.booked || patient.balance < 0 || today > visit.next", T, T, U},
               {"recare.booked || patient.balance > 0 || today < visit.next", T, U, T},
               {"recare.booked && patient.balance < 0 && today.addDays(1) < today", F, F, F},
               {"!(recare.booked && patient.balance < 0)", T, U, T},
               {"recare.booked || 1 / patient.balance == 0 || visit.next == null", T, T, U}};
  static const char *const truths[] = {"{\"truth\":\"false\"", "{\"truth\":\"true\"",
                                       "{\"truth\":\"unknown\""};
  ruled r;
  ruled_open(&r, NULL);
  ruled_patients(
      &r, "patient:u|status:u|recare.booked:b|recare.disabled:b|visit.next:tdD|patient.balance:i\n"
          "p1|active|1|0|2026-12-01|500\n"
          "p2|active||1||-7\n"
          "p3|active|0||2026-12-02|\n");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const int32_t expected[] = {cases[i].p1, cases[i].p2, cases[i].p3};
    wb_rule *rule = NULL;
    wb_error error = {0};
    if (wb_rule_new(r.context, r.it.schema, cases[i].text, strlen(cases[i].text), &rule, &error))
      fail_msg("%s: %s", cases[i].text, error.message);
    for (uint64_t round = 0; round < 6; ++round) { /* once the columns are known, and before */
      wb_verdict verdict = {.size = sizeof verdict};
      wb_status status = wb_rule_test(rule, r.it.facts, round % 3, &r.it.moment, &verdict, &error);
      if (status) verdict.truth = E;
      if (verdict.truth != expected[round % 3] || (status && status != WB_E_TYPE))
        fail_msg("%s, row %d: %d", cases[i].text, (int)(round % 3), (int)verdict.truth);
      if (status) assert_string_equal(error.path, "recare.disabled");
      /* An explanation runs every operand, also those that cannot be read. */
      char why[600] = "";
      size_t length = 0;
      if (!wb_rule_explain(rule, r.it.facts, round % 3, &r.it.moment, why, sizeof why, &length,
                           NULL))
        assert_non_null(strstr(why, truths[verdict.truth]));
    }
    wb_rule_unref(rule);
  }
  ruled_close(&r);
}

/* The day is that of the moment's zone, even where another zone came to lie where one was. */
static void today_is_the_day_in_the_zone_of_the_moment(void **state) {
  (void)state;
  static const struct {
    const char *zone;
    int32_t truth; /* at 15:00 UTC of the 23rd */
  } cases[] = {{"Pacific/Kiritimati", WB_FALSE},
               {"Pacific/Pago_Pago", WB_TRUE},
               {"Asia/Tokyo", WB_FALSE},
               {"UTC", WB_TRUE}};
  ruled r;
  ruled_open(&r, "today == date(\"2026-11-23\")");
  ruled_patients(&r, "patient:u|status:u\np1|active\n");
  wb_moment moment = r.it.moment;
  wb_verdict verdict = {.size = sizeof verdict};
  for (size_t i = 0; i < 3 * sizeof cases / sizeof *cases; ++i) {
    const size_t at = i % (sizeof cases / sizeof *cases);
    wb_zone *zone = NULL;
    assert_int_equal(wb_zone_new(r.context, cases[at].zone, strlen(cases[at].zone), &zone, NULL),
                     WB_OK);
    moment.zone = zone;
    for (int round = 0; round < 2; ++round) {
      assert_int_equal(wb_rule_test(r.rule, r.it.facts, 0, &moment, &verdict, NULL), WB_OK);
      assert_int_equal(verdict.truth, cases[at].truth);
    }
    moment.now += 86400;
    assert_int_equal(wb_rule_test(r.rule, r.it.facts, 0, &moment, &verdict, NULL), WB_OK);
    assert_int_equal(verdict.truth, WB_FALSE);
    moment.now -= 86400;
    wb_zone_unref(zone);
    moment.zone = NULL;
    assert_int_equal(wb_rule_test(r.rule, r.it.facts, 0, &moment, &verdict, NULL), WB_E_TYPE);
  }
  ruled_close(&r);
}

static void a_rule_tells_what_it_reads(void **state) {
  (void)state;
  ruled r;
  uint32_t field = 77, seen = 0;
  ruled_open(&r, "patient.age > 1 && (patient.age < 9 || recare.booked)");
  wb_field info = {.size = sizeof info};
  while (wb_rule_get(r.rule, seen, &field) == WB_OK) {
    assert_int_equal(wb_schema_get(r.it.schema, field, &info), WB_OK);
    assert_true(!strcmp(info.name, "patient.age") || !strcmp(info.name, "recare.booked"));
    seen++;
  }
  assert_int_equal(seen, 2);
  field = 77;
  assert_int_equal(wb_rule_get(r.rule, 2, &field), WB_E_NAME);
  assert_int_equal(wb_rule_get(r.rule, UINT32_MAX, &field), WB_E_NAME);
  assert_int_equal(field, 77);
  assert_ptr_equal(wb_rule_ref(r.rule), r.rule);
  wb_rule_unref(r.rule);
  ruled_close(&r);
}

static void a_rule_explains_what_decided(void **state) {
  (void)state;
  static const struct {
    const char *text, *why;
  } cases[] = {
      {"patient.status == \"active\" && patient.age > 50",
       "{\"truth\":\"false\",\"because\":[{\"text\":\"patient.age > 50\",\"truth\":\"false\","
       "\"values\":{\"patient.age\":46}}]}"},
      {"patient.status == \"active\" || patient.age > 50",
       "{\"truth\":\"true\",\"because\":[{\"text\":\"patient.status == \\\"active\\\"\",\"truth\":"
       "\"true\",\"values\":{\"patient.status\":\"active\"}}]}"},
      {"patient.preferred_name < \"x\"",
       "{\"truth\":\"unknown\",\"because\":[{\"text\":\"patient.preferred_name < \\\"x\\\"\","
       "\"truth\":\"unknown\",\"values\":{\"patient.preferred_name\":null}}]}"},
      {"patient.household == \"x\"",
       "{\"truth\":\"unknown\",\"because\":[{\"text\":\"patient.household == \\\"x\\\"\",\"truth\":"
       "\"unknown\",\"values\":{}}]}"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    ruled r;
    char why[512];
    size_t needed = 0, length = 0;
    ruled_open(&r, cases[i].text);
    wb_facts *facts = r.it.facts;
    const wb_moment *at = &r.it.moment;
    assert_int_equal(wb_rule_explain(r.rule, facts, 0, at, NULL, 0, &needed, NULL), WB_E_SPACE);
    assert_int_equal(needed, strlen(cases[i].why));
    memset(why, 'x', sizeof why);
    assert_int_equal(wb_rule_explain(r.rule, facts, 0, at, why, needed - 1, &length, NULL),
                     WB_E_SPACE);
    assert_int_equal(length, needed);
    assert_int_equal(why[0], 'x');
    assert_int_equal(wb_rule_explain(r.rule, facts, 0, at, why, needed, &length, NULL), WB_OK);
    assert_int_equal(length, needed);
    assert_int_equal(why[needed], 'x');
    assert_memory_equal(why, cases[i].why, needed);
    length = 77;
    assert_int_equal(wb_rule_explain(r.rule, facts, 3, at, why, sizeof why, &length, NULL),
                     WB_E_NAME);
    assert_int_equal(length, 77);
    assert_int_equal(wb_rule_explain(r.rule, facts, 0, NULL, why, sizeof why, &length, NULL),
                     WB_E_INVALID);
    ruled_close(&r);
  }
}

static void a_warm_test_takes_no_memory(void **state) {
  (void)state;
  ruled r;
  ruled_open(&r, "patient.status == \"active\" && recare.overdue_months > 5");
  wb_verdict verdict = {.size = sizeof verdict};
  for (int round = 0; round < 2; ++round) {
    if (round) fault_arm(&r.memory.plan, FAULT_FOREVER, 1);
    for (uint64_t row = 0; row < 2; ++row)
      assert_int_equal(wb_rule_test(r.rule, r.it.facts, row, &r.it.moment, &verdict, NULL), WB_OK);
  }
  assert_int_equal(r.memory.plan.calls, 0);
  fault_arm(&r.memory.plan, FAULT_NEVER, 0);
  ruled_close(&r);
}

/* ---- many rows, and expressions by themselves --------------------------------------------- */

static wb_status match_moment(void *user, void *moment) {
  ruled *r = user;
  return wb_rule_match(r->rule, r->it.facts, 0, 3, moment, NULL, NULL, NULL);
}

static wb_status count_tally(void *user, void *tally) {
  ruled *r = user;
  return wb_rule_count(r->rule, r->it.facts, &r->it.moment, tally, NULL);
}

static void many_rows_are_matched_as_each(void **state) {
  (void)state;
  ruled r;
  uint8_t yes[2] = {0xA5, 0xA5}, known[2] = {0xA5, 0xA5};
  ruled_open(&r, "patient.first_name == \"Ana\" && patient.status == \"active\"");
  wb_facts *facts = r.it.facts;
  const wb_moment *at = &r.it.moment;
  wb_tally tally = {.size = sizeof tally};
  shape_out(&tally, sizeof tally, count_tally, &r);
  shape_in(&r.it.moment, sizeof r.it.moment, match_moment, &r);
  /* Ana yes; Ben's first name is unknown; the third's status is no status, after a doubt. */
  assert_int_equal(wb_rule_match(r.rule, facts, 0, 3, at, yes, known, NULL), WB_OK);
  assert_int_equal(yes[0], 1);
  assert_int_equal(known[0], 1);
  assert_int_equal(yes[1], 0xA5);
  assert_int_equal(known[1], 0xA5);
  assert_int_equal(wb_rule_match(r.rule, facts, 1, 2, at, yes, NULL, NULL), WB_OK);
  assert_int_equal(yes[0], 0);
  assert_int_equal(wb_rule_match(r.rule, facts, 0, 1, at, NULL, known, NULL), WB_OK);
  assert_int_equal(known[0], 1);
  known[0] = 0xA5;
  assert_int_equal(wb_rule_match(r.rule, facts, 3, 0, at, yes, known, NULL), WB_OK);
  assert_int_equal(known[0], 0xA5);
  assert_int_equal(wb_rule_count(r.rule, facts, at, &tally, NULL), WB_OK);
  assert_int_equal(tally.yes, 1);
  assert_int_equal(tally.no, 0);
  assert_int_equal(tally.unknown, 1);
  assert_int_equal(tally.failed, 1);
  ruled_close(&r);
}

static void what_cannot_be_matched_is_told(void **state) {
  (void)state;
  ruled r;
  uint8_t yes[1], known[1];
  wb_tally tally = {.size = sizeof tally};
  ruled_open(&r, "patient.age > 1");
  wb_facts *facts = r.it.facts;
  wb_moment at = r.it.moment;
  assert_int_equal(wb_rule_match(r.rule, facts, 0, 4, &at, yes, known, NULL), WB_E_NAME);
  assert_int_equal(wb_rule_match(r.rule, facts, 4, 0, &at, yes, known, NULL), WB_E_NAME);
  assert_int_equal(wb_rule_match(r.rule, facts, 2, UINT64_MAX, &at, NULL, NULL, NULL), WB_E_NAME);
  assert_int_equal(wb_rule_match(NULL, facts, 0, 1, &at, yes, known, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_match(r.rule, NULL, 0, 1, &at, yes, known, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_match(r.rule, facts, 0, 1, NULL, yes, known, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_count(NULL, facts, &at, &tally, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_count(r.rule, NULL, &at, &tally, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_count(r.rule, facts, NULL, &tally, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_count(r.rule, facts, &at, NULL, NULL), WB_E_INVALID);
  at.flags = 1;
  assert_int_equal(wb_rule_match(r.rule, facts, 0, 1, &at, yes, known, NULL), WB_E_VERSION);
  wb_schema *other = NULL;
  wb_rule *stranger = NULL;
  assert_int_equal(wb_schema_new(r.context, NULL, 0, &other, NULL), WB_OK);
  assert_int_equal(wb_rule_new(r.context, other, "true", 4, &stranger, NULL), WB_OK);
  assert_int_equal(wb_rule_match(stranger, facts, 0, 1, &r.it.moment, yes, known, NULL),
                   WB_E_INVALID);
  wb_rule_unref(stranger);
  wb_schema_unref(other);
  ruled_close(&r);
}

static void an_expression_is_worked_out(void **state) {
  (void)state;
  static const struct {
    const char *text, *variables, *value;
    wb_status status;
  } cases[] = {{"1 + 2 * 3", NULL, "7", WB_OK},
               {"a + b.c[1]", "{\"a\":1,\"b\":{\"c\":[0,41]}}", "42", WB_OK},
               {"a", "{\"a\":1.5}", "1.5", WB_OK},
               {"[1, \"x\", null, true]", NULL, "[1,\"x\",null,true]", WB_OK},
               {"b\"ab\"", NULL, "\"YWI=\"", WB_OK},
               {"date(\"2024-08-31\").addMonths(6)", NULL, "\"2025-02-28\"", WB_OK},
               {"a / 0", "{\"a\":1}", NULL, WB_E_STATE},
               {"a[3]", "{\"a\":[1]}", NULL, WB_E_STATE},
               {"a.b", "{\"a\":{}}", NULL, WB_E_STATE},
               {"1 +", NULL, NULL, WB_E_SYNTAX},
               {"patient.age", NULL, NULL, WB_E_NAME},
               {"1 + \"a\"", NULL, NULL, WB_E_TYPE},
               {"a", "[1]", NULL, WB_E_INVALID},
               {"a", "{\"a\":", NULL, WB_E_SYNTAX},
               {"99999999999999999999", NULL, NULL, WB_E_RANGE}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    char value[64] = "#";
    size_t length = 77, rest = cases[i].variables ? strlen(cases[i].variables) : 0;
    wb_error error = {0};
    const wb_status status =
        wb_rule_eval(NULL, cases[i].text, strlen(cases[i].text), cases[i].variables, rest, value,
                     sizeof value - 1, &length, &error);
    if (status != cases[i].status) fail_msg("%s: %d %s", cases[i].text, status, error.message);
    if (status != WB_OK) {
      assert_int_equal(error.status, status);
      assert_int_equal(length, 77);
      assert_string_equal(value, "#");
      continue;
    }
    value[length] = '\0';
    assert_string_equal(value, cases[i].value);
    assert_int_equal(length, strlen(cases[i].value));
  }
}

static void an_expression_is_measured_first(void **state) {
  (void)state;
  static const char text[] = "[1, 2]";
  char value[8] = "#######";
  size_t length = 0;
  assert_int_equal(wb_rule_eval(NULL, text, 6, NULL, 0, NULL, 0, &length, NULL), WB_E_SPACE);
  assert_int_equal(length, 5);
  assert_int_equal(wb_rule_eval(NULL, text, 6, NULL, 0, value, 5, &length, NULL), WB_OK);
  assert_memory_equal(value, "[1,2]##", 7);
  assert_int_equal(wb_rule_eval(NULL, text, 6, NULL, 0, value, 5, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_eval(NULL, text, 6, NULL, 0, NULL, 5, &length, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_eval(NULL, text, 6, NULL, 5, value, 5, &length, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_eval(NULL, NULL, 6, NULL, 0, value, 5, &length, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_eval(NULL, "'\xff'", 3, NULL, 0, value, 5, &length, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_eval(NULL, text, 65537, NULL, 0, value, 5, &length, NULL), WB_E_LIMIT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rules_say_what_is_wrong_with_them),
      cmocka_unit_test(rules_have_limits),
      cmocka_unit_test(testing_is_checked),
      cmocka_unit_test(missing_data_have_three_values),
      cmocka_unit_test(a_verdict_names_what_is_missing),
      cmocka_unit_test(the_first_operands_decide_as_all_do),
      cmocka_unit_test(today_is_the_day_in_the_zone_of_the_moment),
      cmocka_unit_test(a_rule_tells_what_it_reads),
      cmocka_unit_test(a_rule_explains_what_decided),
      cmocka_unit_test(a_warm_test_takes_no_memory),
      cmocka_unit_test(many_rows_are_matched_as_each),
      cmocka_unit_test(what_cannot_be_matched_is_told),
      cmocka_unit_test(an_expression_is_worked_out),
      cmocka_unit_test(an_expression_is_measured_first),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
