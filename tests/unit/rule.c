/* SPDX-License-Identifier: MIT */
/* Rules on rows: three-valued logic, what is missing, why, and the life of a rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "cel/cel.h"
#include "support/fault.h"
#include "support/hosted.h"
#include "support/tables.h"

#define FIELD(name, type, domain, presence)                                                        \
  { sizeof(wb_field), 0, name, domain, "", type, presence, WB_CLASS_STAFF, 0, 0, 0 }

/* `unknown.…` are optional and absent, `none.…` nullable and absent. */
static const wb_field fields[] = {FIELD("bool.yes", WB_BOOL, NULL, WB_REQUIRED),
                                  FIELD("bool.no", WB_BOOL, NULL, WB_REQUIRED),
                                  FIELD("unknown.bool", WB_BOOL, NULL, WB_OPTIONAL),
                                  FIELD("unknown.int", WB_INT, NULL, WB_OPTIONAL),
                                  FIELD("unknown.text", WB_TEXT, NULL, WB_OPTIONAL),
                                  FIELD("none.bool", WB_BOOL, NULL, WB_NULLABLE),
                                  FIELD("none.int", WB_INT, NULL, WB_NULLABLE),
                                  FIELD("none.text", WB_TEXT, NULL, WB_NULLABLE),
                                  FIELD("none.date", WB_DATE, NULL, WB_NULLABLE),
                                  FIELD("is.int", WB_INT, NULL, WB_REQUIRED),
                                  FIELD("is.uint", WB_UINT, NULL, WB_REQUIRED),
                                  FIELD("is.double", WB_DOUBLE, NULL, WB_REQUIRED),
                                  FIELD("is.text", WB_TEXT, NULL, WB_REQUIRED),
                                  FIELD("is.bytes", WB_BYTES, NULL, WB_REQUIRED),
                                  FIELD("is.date", WB_DATE, NULL, WB_REQUIRED),
                                  FIELD("is.time", WB_TIME, NULL, WB_REQUIRED),
                                  FIELD("is.kind", WB_TEXT, "perio|prophy", WB_REQUIRED),
                                  FIELD("required.absent", WB_INT, NULL, WB_REQUIRED),
                                  FIELD("wrong.kind", WB_TEXT, "perio|prophy", WB_OPTIONAL),
                                  FIELD("not.number", WB_DOUBLE, NULL, WB_REQUIRED),
                                  FIELD("many.a", WB_INT, NULL, WB_OPTIONAL),
                                  FIELD("many.b", WB_INT, NULL, WB_OPTIONAL),
                                  FIELD("many.c", WB_INT, NULL, WB_OPTIONAL),
                                  FIELD("many.d", WB_INT, NULL, WB_OPTIONAL),
                                  FIELD("many.e", WB_INT, NULL, WB_OPTIONAL),
                                  FIELD("many.f", WB_INT, NULL, WB_OPTIONAL),
                                  FIELD("many.g", WB_INT, NULL, WB_OPTIONAL),
                                  FIELD("many.h", WB_INT, NULL, WB_OPTIONAL),
                                  FIELD("many.i", WB_INT, NULL, WB_OPTIONAL)};

static const char patients[] =
    "patient:u|status:u|bool.yes:b|bool.no:b|is.int:l|is.uint:L|is.double:g|is.text:u|is.bytes:z|"
    "is.date:tdD|is.time:tss:UTC|is.kind:u|wrong.kind:u|not.number:g\n"
    "p1|active|1|0|7|-1|7.5|a\"b|ab|2026-01-30|1767225600|perio|pario|nan\n"
    "p2|active|0|0|-1|1|1e300|z|c|2026-01-31|0|prophy||inf\n";

static void add_patients(wb_facts *facts) {
  wb_error error = {0};
  if (table_add(facts, "patients", patients, &error) != WB_OK)
    fail_msg("%s: %s", error.path, error.message);
}

static int set_up(void **state) {
  static hosted only;
  hosted_open(&only, NULL, fields, WBI_COUNT(fields));
  add_patients(only.facts);
  *state = &only;
  return 0;
}

static int tear_down(void **state) {
  hosted_close(*state);
  return 0;
}

static wb_rule *make_rule(const hosted *s, const char *source) {
  wb_rule *rule = NULL;
  wb_error error = {0};
  const wb_status status = wb_rule_new(NULL, s->schema, source, strlen(source), &rule, &error);
  if (status != WB_OK) print_error("%s: %s\n", source, error.message);
  assert_int_equal(status, WB_OK);
  return rule;
}

static wb_verdict verdict_of(const hosted *s, const char *source, uint64_t row) {
  wb_rule *rule = make_rule(s, source);
  wb_verdict verdict = {.size = sizeof verdict};
  wb_error error = {0};
  const wb_status status = wb_rule_test(rule, s->facts, row, &s->moment, &verdict, &error);
  if (status != WB_OK) print_error("%s: %s\n", source, error.message);
  assert_int_equal(status, WB_OK);
  wb_rule_unref(rule);
  return verdict;
}

static void assert_truth(const hosted *s, const char *source, int32_t truth) {
  const wb_verdict verdict = verdict_of(s, source, 0);
  if (verdict.truth != truth) print_error("%s\n", source);
  assert_int_equal(verdict.truth, truth);
  if (truth != WB_UNDETERMINED) assert_int_equal(verdict.missing_count, 0);
}

/* A rule is unknown, and these fields (names joined by spaces) were missing. */
static void assert_missing(const hosted *s, const char *source, const char *names) {
  const wb_verdict verdict = verdict_of(s, source, 0);
  char text[256];
  size_t length = 0;
  assert_int_equal(verdict.truth, WB_UNDETERMINED);
  text[0] = '\0';
  for (uint32_t i = 0; i < verdict.missing_count && i < WB_VERDICT_MISSING; i++) {
    wb_field field = {.size = sizeof field};
    assert_int_equal(wb_schema_get(s->schema, verdict.missing[i], &field), WB_OK);
    length +=
        (size_t)snprintf(text + length, sizeof text - length, "%s%s", i > 0 ? " " : "", field.name);
  }
  assert_string_equal(text, names);
}

/* The three truths as operands, and as they are counted. */
static const char *const operands[] = {"bool.no", "bool.yes", "unknown.bool"};

static void assert_table(const hosted *s, const char *sign, const int32_t expected[3][3]) {
  char source[96];
  for (int a = 0; a < 3; a++) {
    for (int b = 0; b < 3; b++) {
      snprintf(source, sizeof source, "%s %s %s", operands[a], sign, operands[b]);
      assert_truth(s, source, expected[a][b]);
    }
  }
}

enum { F = WB_FALSE, T = WB_TRUE, U = WB_UNDETERMINED };

static void logic_follows_kleene(void **state) {
  const hosted *s = *state;
  static const int32_t and[3][3] = {{F, F, F}, {F, T, U}, {F, U, U}};
  static const int32_t or [3][3] = {{F, T, U}, {T, T, T}, {U, T, U}};
  static const int32_t equal[3][3] = {{T, F, U}, {F, T, U}, {U, U, U}};
  static const int32_t unequal[3][3] = {{F, T, U}, {T, F, U}, {U, U, U}};
  assert_table(s, "&&", and);
  assert_table(s, "||", or);
  assert_table(s, "==", equal);
  assert_table(s, "!=", unequal);
  assert_truth(s, "!bool.no", T);
  assert_truth(s, "!bool.yes", F);
  assert_truth(s, "!unknown.bool", U);
}

static void chains_of_logic_follow_kleene_too(void **state) {
  const hosted *s = *state;
  assert_truth(s, "bool.yes && unknown.bool && bool.no", F);
  assert_truth(s, "unknown.bool && bool.yes && bool.yes", U);
  assert_truth(s, "bool.no || unknown.bool || bool.yes", T);
  assert_truth(s, "unknown.bool || bool.no || bool.no", U);
  assert_truth(s, "bool.yes && bool.yes && bool.yes", T);
  assert_truth(s, "bool.no || bool.no || bool.no", F);
  assert_truth(s, "bool.no && unknown.bool || bool.yes && bool.yes", T);
  assert_truth(s, "!(unknown.bool && bool.no) && !(unknown.bool || bool.yes) == bool.no", T);
}

static void null_is_an_ordinary_value_for_equality(void **state) {
  const hosted *s = *state;
  assert_truth(s, "none.int == null", T);
  assert_truth(s, "none.int != null", F);
  assert_truth(s, "none.int == 1", F);
  assert_truth(s, "none.int != 1", T);
  assert_truth(s, "none.text == is.text", F);
  assert_truth(s, "is.text != none.text", T);
  assert_truth(s, "none.int == none.int", T);
  assert_truth(s, "is.int == null", F);
  assert_truth(s, "is.int != null", T);
  assert_truth(s, "none.bool == false", F);
}

static void what_is_unknown_equals_nothing(void **state) {
  const hosted *s = *state;
  assert_truth(s, "unknown.int == null", U);
  assert_truth(s, "unknown.int != null", U);
  assert_truth(s, "unknown.int == 1", U);
  assert_truth(s, "unknown.int == unknown.int", U);
  assert_truth(s, "none.int == unknown.int", U);
}

static void order_needs_both_operands(void **state) {
  const hosted *s = *state;
  static const char *const signs[] = {"<", "<=", ">", ">="};
  char source[96];
  for (size_t i = 0; i < 4; i++) {
    snprintf(source, sizeof source, "none.int %s 1", signs[i]);
    assert_missing(s, source, "none.int");
    snprintf(source, sizeof source, "1 %s unknown.int", signs[i]);
    assert_missing(s, source, "unknown.int");
    snprintf(source, sizeof source, "none.int %s unknown.int", signs[i]);
    assert_missing(s, source, "none.int unknown.int");
  }
}

static void logic_on_null_is_unknown(void **state) {
  const hosted *s = *state;
  assert_missing(s, "none.bool", "none.bool");
  assert_missing(s, "!none.bool", "none.bool");
  assert_missing(s, "bool.yes && none.bool", "none.bool");
  assert_truth(s, "bool.no && none.bool", F);
  assert_truth(s, "none.bool || bool.yes", T);
}

static void membership_is_equality_with_some_element(void **state) {
  const hosted *s = *state;
  assert_truth(s, "is.text in ['x', 'a\"b']", T);
  assert_truth(s, "is.text in ['x', null]", F);
  assert_truth(s, "is.text in []", F);
  assert_truth(s, "is.int in [1, 7.0]", T);
  assert_truth(s, "none.text in ['x']", F);
  assert_truth(s, "none.text in ['x', null]", T);
  assert_truth(s, "unknown.text in ['x', null]", U);
  assert_truth(s, "unknown.text in []", U);
  assert_truth(s, "!(is.kind in ['prophy'])", T);
  assert_truth(s, "is.date in [date('2026-01-30')]", T);
}

static void values_have_their_order(void **state) {
  const hosted *s = *state;
  assert_truth(s, "is.int < 8 && is.int <= 7 && is.int > 6 && is.int >= 7", T);
  assert_truth(s, "is.int < 7 || is.int <= 6 || is.int > 7 || is.int >= 8", F);
  assert_truth(s, "is.int != 7", F);
  assert_truth(s, "is.text < 'b' && is.text > 'a' && is.text >= 'a\"b'", T);
  assert_truth(s, "is.text <= 'a'", F);
  assert_truth(s, "bool.no < bool.yes", T);
  assert_truth(s, "is.date >= date('2026-01-30') && is.date < date('2026-01-31')", T);
  assert_truth(s, "is.time <= is.time && is.bytes == is.bytes", T);
  assert_truth(s, "is.time < is.time || is.bytes < is.bytes", F);
}

static void numbers_of_different_types_compare_as_doubles(void **state) {
  const hosted *s = *state;
  assert_truth(s, "is.int < is.double && is.double > is.int", T);
  assert_truth(s, "is.uint > 9223372036854775807 && -1 < is.uint", T);
  assert_truth(s, "is.uint == -1 || is.uint < is.int", F);
  assert_truth(s, "is.uint < 18446744073709551616.0", F);
  assert_truth(s, "is.uint == 18446744073709551616.0", T);
  assert_truth(s, "9007199254740993 == 9007199254740992.0", T);
  assert_truth(s, "9223372036854775807 < 9223372036854775808.0", F);
  assert_truth(s, "-9223372036854775808 == -9223372036854775808.0", T);
  assert_truth(s, "-9223372036854775808 > -9223372036854777856.0", T);
  assert_truth(s, "-1 < -0.5 && -1 > -1.5 && 0 > -0.5 && 1.5 > 1u && 1u < 1.5", T);
  assert_truth(s, "is.int in [7.5, 6.5]", F);
}

static void what_is_no_number_is_in_no_order(void **state) {
  const hosted *s = *state;
  assert_truth(s, "not.number == not.number || not.number == 1 || 1u == not.number", F);
  assert_truth(s, "not.number < 1 || not.number >= 1 || not.number <= 1.5 || 1 > not.number", F);
  assert_truth(s, "not.number != not.number", T);
}

static void only_fields_that_left_it_unknown_are_named(void **state) {
  const hosted *s = *state;
  assert_missing(s, "unknown.int == 1 && unknown.text == 'a'", "unknown.int unknown.text");
  assert_missing(s, "(unknown.int == 1 && bool.no) || unknown.text == 'a'", "unknown.text");
  assert_missing(s, "unknown.text == 'a' && (unknown.int > 1 || bool.yes)", "unknown.text");
  assert_missing(s, "bool.yes && (none.int > 1 || !unknown.bool)", "none.int unknown.bool");
  assert_missing(s, "unknown.int > 1 && unknown.int < 9 && unknown.text != 'a'",
                 "unknown.int unknown.text");
  assert_missing(s, "unknown.text in ['a'] || unknown.int == unknown.int",
                 "unknown.text unknown.int");
}

static void more_missing_fields_are_counted_than_named(void **state) {
  const hosted *s = *state;
  static const char eight[] = "many.a == 1 && many.b == 1 && many.c == 1 && many.d == 1 && "
                              "many.e == 1 && many.f == 1 && many.g == 1 && many.h == 1";
  char nine[256];
  assert_missing(s, eight, "many.a many.b many.c many.d many.e many.f many.g many.h");
  snprintf(nine, sizeof nine, "%s && many.i == 1", eight);
  assert_missing(s, nine, "many.a many.b many.c many.d many.e many.f many.g many.h");
  assert_int_equal(verdict_of(s, eight, 0).missing_count, 8);
  assert_int_equal(verdict_of(s, nine, 0).missing_count, 9);
}

static void each_row_has_its_own_verdict(void **state) {
  const hosted *s = *state;
  assert_int_equal(verdict_of(s, "is.int == -1", 0).truth, WB_FALSE);
  assert_int_equal(verdict_of(s, "is.int == -1", 1).truth, WB_TRUE);
  assert_int_equal(verdict_of(s, "is.double > 18446744073709551615u", 1).truth, WB_TRUE);
}

static void a_bad_cell_ends_the_test(void **state) {
  const hosted *s = *state;
  static const struct {
    const char *source, *path;
  } bad[] = {{"required.absent == 1 || bool.yes", "required.absent"},
             {"bool.yes && wrong.kind == 'perio'", "wrong.kind"}};
  for (size_t i = 0; i < 2; i++) {
    wb_rule *rule = make_rule(s, bad[i].source);
    wb_verdict verdict = {.size = sizeof verdict, .truth = 77};
    wb_error error = {0};
    assert_int_equal(wb_rule_test(rule, s->facts, 0, &s->moment, &verdict, &error), WB_E_TYPE);
    assert_string_equal(error.path, bad[i].path);
    assert_int_equal(verdict.truth, 77);
    wb_rule_unref(rule);
  }
  assert_truth(s, "bool.no && required.absent == 1", F);
  assert_truth(s, "bool.yes || required.absent == 1", T);
}

static void a_rule_says_what_it_reads(void **state) {
  const hosted *s = *state;
  wb_rule *rule = make_rule(s, "is.text == 'a' && (is.int > 1 || is.text == 'b') && true");
  uint32_t first = 0, second = 0, third = 77, expected = 0;
  assert_int_equal(wb_rule_get(rule, 0, &first), WB_OK);
  assert_int_equal(wb_rule_get(rule, 1, &second), WB_OK);
  assert_int_equal(wb_rule_get(rule, 2, &third), WB_E_NAME);
  assert_int_equal(third, 77);
  assert_int_equal(wb_schema_find(s->schema, "is.text", 7, &expected), WB_OK);
  assert_int_equal(first, expected);
  assert_int_equal(wb_schema_find(s->schema, "is.int", 6, &expected), WB_OK);
  assert_int_equal(second, expected);
  assert_int_equal(wb_rule_get(NULL, 0, &first), WB_E_NAME);
  assert_int_equal(wb_rule_get(rule, 0, NULL), WB_E_NAME);
  wb_rule_unref(rule);
}

static void a_rule_keeps_what_it_needs(void **state) {
  const hosted *s = *state;
  char source[] = "is.text == 'a\\x22b'";
  wb_rule *rule = make_rule(s, source);
  wb_verdict verdict = {.size = sizeof verdict};
  memset(source, '!', sizeof source - 1);
  assert_ptr_equal(wb_rule_ref(rule), rule);
  wb_rule_unref(rule);
  assert_int_equal(wb_rule_test(rule, s->facts, 0, &s->moment, &verdict, NULL), WB_OK);
  assert_int_equal(verdict.truth, WB_TRUE);
  wb_rule_unref(rule);
  assert_null(wb_rule_ref(NULL));
  wb_rule_unref(NULL);
}

/* Status of making a rule of a text. */
static wb_status status_of(const hosted *s, const char *text, size_t length, wb_error *error) {
  wb_rule *rule = NULL;
  const wb_status status = wb_rule_new(NULL, s->schema, text, length, &rule, error);
  wb_rule_unref(rule);
  return status;
}

static void arguments_of_new_are_checked(void **state) {
  const hosted *s = *state;
  static char text[65537];
  wb_rule *rule = NULL;
  wb_error error = {0};
  memset(text, ' ', sizeof text);
  memcpy(text, "true", 4);
  assert_int_equal(status_of(s, text, 65536, &error), WB_OK);
  assert_int_equal(status_of(s, text, 65537, &error), WB_E_LIMIT);
  assert_int_equal(error.column, 65537);
  assert_int_equal(status_of(s, "true\n || '\xff'", 12, &error), WB_E_INVALID);
  assert_int_equal(error.line, 2);
  assert_int_equal(error.column, 6);
  assert_int_equal(status_of(s, NULL, 1, &error), WB_E_INVALID);
  assert_int_equal(status_of(s, NULL, 0, &error), WB_E_SYNTAX);
  assert_int_equal(wb_rule_new(NULL, NULL, "true", 4, &rule, &error), WB_E_INVALID);
  assert_int_equal(wb_rule_new(NULL, s->schema, "true", 4, NULL, &error), WB_E_INVALID);
  assert_int_equal(wb_rule_new(NULL, s->schema, "nothing", 7, &rule, NULL), WB_E_NAME);
  assert_null(rule);
}

static void depth_is_that_of_the_context(void **state) {
  const hosted *s = *state;
  const wb_context_options options = {.size = sizeof options, .max_depth = 4};
  wb_context *context = NULL;
  wb_rule *rule = NULL;
  wb_error error = {0};
  assert_int_equal(wb_context_new(&options, &context, NULL), WB_OK);
  assert_int_equal(wb_rule_new(context, s->schema, "(((bool.yes)))", 14, &rule, &error), WB_OK);
  wb_rule_unref(rule);
  rule = NULL;
  assert_int_equal(wb_rule_new(context, s->schema, "((((bool.yes))))", 16, &rule, &error),
                   WB_E_LIMIT);
  assert_int_equal(error.column, 5);
  assert_string_equal(error.message, "the rule is nested too deep");
  assert_null(rule);
  wb_context_unref(context);
}

static void arguments_of_test_are_checked(void **state) {
  const hosted *s = *state;
  wb_rule *rule = make_rule(s, "bool.yes"), *constant = make_rule(s, "true");
  wb_verdict verdict = {.size = sizeof verdict}, small = {.size = 8};
  wb_moment moment = s->moment;
  assert_int_equal(wb_rule_test(NULL, s->facts, 0, &moment, &verdict, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_test(rule, NULL, 0, &moment, &verdict, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_test(rule, s->facts, 0, NULL, &verdict, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_test(rule, s->facts, 0, &moment, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_test(rule, s->facts, 0, &moment, &small, NULL), WB_E_INVALID);
  moment.size = 8;
  assert_int_equal(wb_rule_test(rule, s->facts, 0, &moment, &verdict, NULL), WB_E_INVALID);
  moment = s->moment;
  moment.flags = 1;
  assert_int_equal(wb_rule_test(rule, s->facts, 0, &moment, &verdict, NULL), WB_E_VERSION);
  assert_int_equal(wb_rule_test(rule, s->facts, 2, &s->moment, &verdict, NULL), WB_E_NAME);
  assert_int_equal(wb_rule_test(constant, s->facts, 2, &s->moment, &verdict, NULL), WB_E_NAME);
  assert_int_equal(wb_rule_test(constant, s->facts, 1, &s->moment, &verdict, NULL), WB_OK);
  assert_int_equal(verdict.truth, WB_TRUE);
  assert_true(wbi_facts_enter(s->facts));
  assert_int_equal(wb_rule_test(rule, s->facts, 0, &s->moment, &verdict, NULL), WB_E_BUSY);
  wbi_facts_leave(s->facts);
  assert_int_equal(wb_rule_test(rule, s->facts, 0, &s->moment, &verdict, NULL), WB_OK);
  wb_rule_unref(rule);
  wb_rule_unref(constant);
}

static void rule_and_facts_are_of_one_schema(void **state) {
  const hosted *s = *state;
  wb_schema *other = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &other, NULL), WB_OK);
  const hosted elsewhere = {.schema = other};
  wb_rule *rule = make_rule(&elsewhere, "true");
  wb_verdict verdict = {.size = sizeof verdict};
  size_t length = 0;
  assert_int_equal(wb_rule_test(rule, s->facts, 0, &s->moment, &verdict, NULL), WB_E_INVALID);
  assert_int_equal(wb_rule_explain(rule, s->facts, 0, &s->moment, NULL, 0, &length, NULL),
                   WB_E_INVALID);
  wb_rule_unref(rule);
  wb_schema_unref(other);
}

static void a_warm_test_allocates_nothing(void **state) {
  hosted warm;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  hosted_open(&warm, context, fields, WBI_COUNT(fields));
  add_patients(warm.facts);
  wb_rule *rule = make_rule(&warm, "is.text == 'a' || unknown.int > 1 && is.kind in ['perio']");
  wb_verdict verdict = {.size = sizeof verdict};
  uint64_t at = 1;
  (void)state;
  for (;; at++) {
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status status = wb_rule_test(rule, warm.facts, 0, &warm.moment, &verdict, NULL);
    if (memory.plan.hits == 0) break;
    assert_int_equal(status, WB_E_NOMEM);
  }
  assert_true(at > 1);
  assert_int_equal(verdict.truth, WB_UNDETERMINED);
  fault_arm(&memory.plan, FAULT_FOREVER, 1);
  for (uint64_t row = 0; row < 2; row++)
    assert_int_equal(wb_rule_test(rule, warm.facts, row, &warm.moment, &verdict, NULL), WB_OK);
  assert_int_equal(memory.plan.calls, 0);
  wb_rule_unref(rule);
  hosted_close(&warm);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

/* The explanation of a rule on the first row. */
static void assert_because(const hosted *s, const char *source, const char *expected) {
  wb_rule *rule = make_rule(s, source);
  char text[1024];
  size_t length = 0;
  assert_int_equal(wb_rule_explain(rule, s->facts, 0, &s->moment, text, sizeof text, &length, NULL),
                   WB_OK);
  assert_string_equal(text, expected);
  assert_int_equal(length, strlen(expected));
  wb_rule_unref(rule);
}

static void the_operands_that_decide_are_the_reason(void **state) {
  const hosted *s = *state;
  assert_because(s, "bool.yes && is.int > 9 && bool.no && unknown.bool",
                 "{\"truth\":\"false\",\"because\":["
                 "{\"text\":\"is.int > 9\",\"truth\":\"false\",\"values\":{\"is.int\":7}},"
                 "{\"text\":\"bool.no\",\"truth\":\"false\",\"values\":{\"bool.no\":false}}]}");
  assert_because(s, "is.int > 9 || (is.kind == 'perio') || bool.yes",
                 "{\"truth\":\"true\",\"because\":["
                 "{\"text\":\"is.kind == 'perio'\",\"truth\":\"true\",\"values\":"
                 "{\"is.kind\":\"perio\"}},"
                 "{\"text\":\"bool.yes\",\"truth\":\"true\",\"values\":{\"bool.yes\":true}}]}");
  assert_because(s, "bool.yes && unknown.int > 1 && none.int < 2",
                 "{\"truth\":\"unknown\",\"because\":["
                 "{\"text\":\"unknown.int > 1\",\"truth\":\"unknown\",\"values\":{}},"
                 "{\"text\":\"none.int < 2\",\"truth\":\"unknown\",\"values\":"
                 "{\"none.int\":null}}]}");
}

static void reasons_below_not_are_turned_over(void **state) {
  const hosted *s = *state;
  assert_because(s, "!(bool.no || !bool.no) || bool.no && bool.yes",
                 "{\"truth\":\"false\",\"because\":["
                 "{\"text\":\"bool.no\",\"truth\":\"false\",\"values\":{\"bool.no\":false}},"
                 "{\"text\":\"bool.no\",\"truth\":\"false\",\"values\":{\"bool.no\":false}}]}");
  assert_because(s, "!unknown.bool",
                 "{\"truth\":\"unknown\",\"because\":["
                 "{\"text\":\"unknown.bool\",\"truth\":\"unknown\",\"values\":{}}]}");
}

static void every_kind_of_value_is_shown(void **state) {
  const hosted *s = *state;
  assert_because(s, "is.text == 'x' || is.date == date('2026-01-31')",
                 "{\"truth\":\"false\",\"because\":["
                 "{\"text\":\"is.text == 'x'\",\"truth\":\"false\",\"values\":"
                 "{\"is.text\":\"a\\\"b\"}},"
                 "{\"text\":\"is.date == date('2026-01-31')\",\"truth\":\"false\",\"values\":"
                 "{\"is.date\":\"2026-01-30\"}}]}");
  assert_because(s, "(is.uint < is.double) == (is.int == is.int) || is.time == null",
                 "{\"truth\":\"false\",\"because\":["
                 "{\"text\":\"(is.uint < is.double) == (is.int == is.int)\",\"truth\":\"false\","
                 "\"values\":{\"is.uint\":18446744073709551615,\"is.double\":7.5,\"is.int\":7}},"
                 "{\"text\":\"is.time == null\",\"truth\":\"false\",\"values\":"
                 "{\"is.time\":\"2026-01-01T00:00:00Z\"}}]}");
  assert_because(s, "not.number == 1 || is.bytes == null",
                 "{\"truth\":\"false\",\"because\":["
                 "{\"text\":\"not.number == 1\",\"truth\":\"false\",\"values\":"
                 "{\"not.number\":\"NaN\"}},"
                 "{\"text\":\"is.bytes == null\",\"truth\":\"false\",\"values\":"
                 "{\"is.bytes\":\"YWI=\"}}]}");
}

static void a_constant_is_its_own_reason(void **state) {
  const hosted *s = *state;
  assert_because(s, "bool.yes && (1 == 2)",
                 "{\"truth\":\"false\",\"because\":["
                 "{\"text\":\"1 == 2\",\"truth\":\"false\",\"values\":{}}]}");
}

static void an_explanation_is_measured_first(void **state) {
  const hosted *s = *state;
  wb_rule *rule = make_rule(s, "bool.yes");
  char text[256];
  size_t needed = 0, length = 0;
  memset(text, '#', sizeof text);
  assert_int_equal(wb_rule_explain(rule, s->facts, 0, &s->moment, NULL, 0, &needed, NULL),
                   WB_E_SPACE);
  assert_int_equal(wb_rule_explain(rule, s->facts, 0, &s->moment, text, needed - 1, &length, NULL),
                   WB_E_SPACE);
  assert_int_equal(length, needed);
  assert_int_equal(text[0], '#');
  assert_int_equal(wb_rule_explain(rule, s->facts, 0, &s->moment, text, needed, &length, NULL),
                   WB_OK);
  assert_int_equal(length, needed);
  assert_int_equal(text[needed - 1], '}');
  assert_int_equal(text[needed], '#');
  assert_int_equal(wb_rule_explain(rule, s->facts, 0, &s->moment, text, 9, NULL, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_rule_explain(rule, s->facts, 0, &s->moment, NULL, 9, &length, NULL),
                   WB_E_INVALID);
  wb_rule_unref(rule);
}

static void a_bad_cell_ends_the_explanation(void **state) {
  const hosted *s = *state;
  wb_rule *rule = make_rule(s, "bool.no && required.absent == 1");
  char text[256] = "#";
  size_t length = 77;
  wb_error error = {0};
  assert_int_equal(
      wb_rule_explain(rule, s->facts, 0, &s->moment, text, sizeof text, &length, &error),
      WB_E_TYPE);
  assert_string_equal(error.path, "required.absent");
  assert_string_equal(text, "#");
  assert_int_equal(length, 77);
  wb_rule_unref(rule);
  rule = make_rule(s, "required.absent == 1");
  assert_int_equal(
      wb_rule_explain(rule, s->facts, 0, &s->moment, text, sizeof text, &length, &error),
      WB_E_TYPE);
  wb_rule_unref(rule);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(logic_follows_kleene),
      cmocka_unit_test(chains_of_logic_follow_kleene_too),
      cmocka_unit_test(null_is_an_ordinary_value_for_equality),
      cmocka_unit_test(what_is_unknown_equals_nothing),
      cmocka_unit_test(order_needs_both_operands),
      cmocka_unit_test(logic_on_null_is_unknown),
      cmocka_unit_test(membership_is_equality_with_some_element),
      cmocka_unit_test(values_have_their_order),
      cmocka_unit_test(numbers_of_different_types_compare_as_doubles),
      cmocka_unit_test(what_is_no_number_is_in_no_order),
      cmocka_unit_test(only_fields_that_left_it_unknown_are_named),
      cmocka_unit_test(more_missing_fields_are_counted_than_named),
      cmocka_unit_test(each_row_has_its_own_verdict),
      cmocka_unit_test(a_bad_cell_ends_the_test),
      cmocka_unit_test(a_rule_says_what_it_reads),
      cmocka_unit_test(a_rule_keeps_what_it_needs),
      cmocka_unit_test(arguments_of_new_are_checked),
      cmocka_unit_test(depth_is_that_of_the_context),
      cmocka_unit_test(arguments_of_test_are_checked),
      cmocka_unit_test(rule_and_facts_are_of_one_schema),
      cmocka_unit_test(a_warm_test_allocates_nothing),
      cmocka_unit_test(the_operands_that_decide_are_the_reason),
      cmocka_unit_test(reasons_below_not_are_turned_over),
      cmocka_unit_test(every_kind_of_value_is_shown),
      cmocka_unit_test(a_constant_is_its_own_reason),
      cmocka_unit_test(an_explanation_is_measured_first),
      cmocka_unit_test(a_bad_cell_ends_the_explanation),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
