/* SPDX-License-Identifier: MIT */
/* Names, types, domains and constants of rules, and the parts of CEL that have no meaning yet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "cel/cel_private.h"
#include "support/fault.h"

#define FIELD(name, type, domain)                                                                  \
  { sizeof(wb_field), 0, name, domain, "", type, WB_NULLABLE, WB_CLASS_STAFF, 0, 0, 0 }

static const wb_field fields[] = {FIELD("t.flag", WB_BOOL, NULL),
                                  FIELD("t.other", WB_BOOL, NULL),
                                  FIELD("t.whole", WB_INT, NULL),
                                  FIELD("t.natural", WB_UINT, NULL),
                                  FIELD("t.real", WB_DOUBLE, NULL),
                                  FIELD("t.word", WB_TEXT, NULL),
                                  FIELD("t.day", WB_DATE, NULL),
                                  FIELD("t.moment", WB_TIME, NULL),
                                  FIELD("t.kind", WB_TEXT, "perio|prophy|12+"),
                                  FIELD("deep.a.b.c", WB_INT, NULL)};

/* The schema of these tests. */
static wb_schema *schema_of(void **state) {
  return *state;
}

static int set_up(void **state) {
  wb_schema *schema = NULL;
  if (wb_schema_new(NULL, fields, (uint32_t)WBI_COUNT(fields), &schema, NULL) != WB_OK) return -1;
  *state = schema;
  return 0;
}

static int tear_down(void **state) {
  wb_schema_unref(*state);
  return 0;
}

/* Compiles a rule that must be accepted. */
static wb_rule *accepted(void **state, const char *source) {
  wb_rule *rule = NULL;
  wb_error error = {0};
  const wb_status status =
      wb_rule_new(NULL, schema_of(state), source, strlen(source), &rule, &error);
  if (status != WB_OK) print_error("%s: %s\n", source, error.message);
  assert_int_equal(status, WB_OK);
  return rule;
}

static void assert_accepted(void **state, const char *source) {
  wb_rule_unref(accepted(state, source));
}

/* A rule is a constant, and reads nothing. */
static void assert_folds(void **state, const char *source, bool truth) {
  wb_rule *rule = accepted(state, source);
  uint32_t field = 0;
  assert_int_equal(rule->program.code_count, 1);
  assert_int_equal(rule->program.code[0].op, WBI_CEL_OP_CONSTANT);
  assert_int_equal(rule->program.constants[0].kind, WB_BOOL);
  assert_int_equal(rule->program.constants[0].as.integer, truth);
  assert_int_equal(wb_rule_get(rule, 0, &field), WB_E_NAME);
  wb_rule_unref(rule);
}

/* A rule of this many instructions is left. */
static void assert_code(void **state, const char *source, uint32_t count) {
  wb_rule *rule = accepted(state, source);
  assert_int_equal(rule->program.code_count, count);
  wb_rule_unref(rule);
}

/* A rule is refused on line 1 at a column, with a sentence. */
static void assert_refused(void **state, const char *source, wb_status expected, uint32_t column,
                           const char *message) {
  wb_rule *rule = NULL;
  wb_error error = {0};
  const wb_status status =
      wb_rule_new(NULL, schema_of(state), source, strlen(source), &rule, &error);
  if (status == WB_OK) print_error("%s\n", source);
  assert_int_equal(status, expected);
  assert_int_equal(error.status, expected);
  if (message != NULL) assert_string_equal(error.message, message);
  assert_int_equal(error.line, 1);
  assert_int_equal(error.column, column);
  assert_null(rule);
}

static void fields_are_found_by_their_dotted_name(void **state) {
  assert_accepted(state, "t.flag");
  assert_accepted(state, "t . flag // spaced\n");
  assert_accepted(state, ".t.flag");
  assert_accepted(state, "deep.a.b.c == 1");
  assert_accepted(state, "patient.status == 'active'");
}

static void an_unknown_name_suggests_the_nearest(void **state) {
  assert_refused(state, "t.flga", WB_E_NAME, 1,
                 "there is no field 't.flga'; did you mean 't.flag'?");
  assert_refused(state, "t.flag && recare.bnad == '12+'", WB_E_NAME, 11,
                 "there is no field 'recare.bnad'; did you mean 'recare.band'?");
  assert_refused(state, "xylophone", WB_E_NAME, 1, "there is no field 'xylophone'");
  assert_refused(state, "t.word == deep.a.b.x_y_z_q", WB_E_NAME, 11,
                 "there is no field 'deep.a.b.x_y_z_q'");
}

static void a_group_and_a_part_are_no_fields(void **state) {
  assert_refused(state, "t == null", WB_E_NAME, 1, "'t' is a group of fields, not a field");
  assert_refused(state, "deep.a.b == 1", WB_E_NAME, 1,
                 "'deep.a.b' is a group of fields, not a field");
  assert_refused(state, "t.day.year == 1", WB_E_TYPE, 1, "'t.day' is a date and has no parts");
  assert_refused(state, "t.word.a.b == 1", WB_E_TYPE, 1, "'t.word' is a text and has no parts");
}

static void equal_types_and_numbers_are_compared(void **state) {
  static const char *const same[] = {"t.flag", "t.whole", "t.natural", "t.real",
                                     "t.word", "t.day",   "t.moment"};
  static const char *const signs[] = {"==", "!=", "<", "<=", ">", ">="};
  char source[64];
  for (size_t i = 0; i < WBI_COUNT(same); i++) {
    for (size_t k = 0; k < WBI_COUNT(signs); k++) {
      snprintf(source, sizeof source, "%s %s %s", same[i], signs[k], same[i]);
      assert_accepted(state, source);
    }
    snprintf(source, sizeof source, "%s == null && null != %s", same[i], same[i]);
    assert_accepted(state, source);
  }
  assert_accepted(state, "t.whole < t.real && t.real < t.natural && t.natural < t.whole");
  assert_accepted(state, "t.whole == 1u && t.real >= -1 && t.natural != 0.5");
  assert_accepted(state, "t.flag == (t.whole < 1)");
  assert_accepted(state, "t.word == t.kind");
}

static void other_types_are_not_compared(void **state) {
  assert_refused(state, "t.whole == t.word", WB_E_TYPE, 9,
                 "a whole number cannot be compared with a text");
  assert_refused(state, "t.natural == t.day", WB_E_TYPE, 11,
                 "a whole number cannot be compared with a date");
  assert_refused(state, "t.real < true", WB_E_TYPE, 8,
                 "a number cannot be compared with true or false");
  assert_refused(state, "t.moment > t.day", WB_E_TYPE, 10,
                 "a time cannot be compared with a date; write date(time, zone)");
  assert_refused(state, "t.day - t.day > 3", WB_E_TYPE, 7,
                 "no arithmetic of a date and a date; write daysBetween(a, b)");
  assert_refused(state, "t.day + 3 > t.day", WB_E_TYPE, 7,
                 "no arithmetic of a date and a whole number; write addDays(n)");
  assert_refused(state, "t.whole * 1.5 > 3", WB_E_TYPE, 9,
                 "no arithmetic of a whole number and a number; write double(n)");
  assert_refused(state, "t.word in 'a'", WB_E_TYPE, 8,
                 "'in' needs a list, as in [1, 2], not a text");
  assert_refused(state, "t.day < '2026-01-30'", WB_E_TYPE, 7,
                 "a date cannot be compared with a text; write date(\"2026-01-30\")");
  assert_refused(state, "'2026-01-30' == t.day", WB_E_TYPE, 14,
                 "a text cannot be compared with a date; write date(\"2026-01-30\")");
  assert_refused(state, "t.whole in [1, 'a']", WB_E_TYPE, 16,
                 "a whole number cannot be compared with a text");
  assert_refused(state, "1 in ['b', 'a']", WB_E_TYPE, 3,
                 "a whole number cannot be compared with a list");
}

static void calls_that_are_spelt_wrong_say_how(void **state) {
  assert_refused(state, "treatments.exist(x, x.open)", WB_E_NAME, 12,
                 "there is no function 'exist'; did you mean 'exists'?");
  assert_refused(state, "treatments.exists(x.open)", WB_E_SYNTAX, 12, "write list.exists(x, ...)");
  assert_refused(state, "treatments.transformList(x.open)", WB_E_SYNTAX, 12,
                 "write list.transformList(i, x, ...)");
  assert_refused(state, "treatments.transformLists(i, x, x.open)", WB_E_NAME, 12,
                 "there is no function 'transformLists'; did you mean 'transformList'?");
  assert_refused(state, "has(t.word, t.day)", WB_E_SYNTAX, 1,
                 "has() needs a field, such as has(visit.next)");
  assert_refused(state, "has()", WB_E_SYNTAX, 1, "has() needs a field, such as has(visit.next)");
  assert_refused(state, "hass(t.word)", WB_E_NAME, 1,
                 "there is no function 'hass'; did you mean 'has'?");
  assert_refused(state, "count(treatments) > 1", WB_E_NAME, 1, "write x.count()");
  assert_refused(state, "t.day.daysBetween(t.day) > 1", WB_E_NAME, 7, "write daysBetween(x)");
  assert_refused(state, "t.day.addMonth(1) > t.day", WB_E_NAME, 7,
                 "there is no function 'addMonth'; did you mean 'addMonths'?");
  assert_refused(state, "base64.encod(b'a') == ''", WB_E_NAME, 8,
                 "there is no function 'base64.encod'; did you mean 'base64.encode'?");
}

static void null_has_no_order(void **state) {
  static const char message[] = "null is neither less nor more than anything; use == or !=";
  assert_refused(state, "t.whole < null", WB_E_TYPE, 11, message);
  assert_refused(state, "null >= t.whole", WB_E_TYPE, 1, message);
}

static void an_enumeration_has_no_order(void **state) {
  static const char message[] = "the values of 't.kind' have no order; use == or in [...]";
  assert_refused(state, "t.kind < 'perio'", WB_E_TYPE, 1, message);
  assert_refused(state, "'perio' >= t.kind", WB_E_TYPE, 12, message);
}

static void a_value_outside_its_domain_is_refused(void **state) {
  assert_accepted(state, "t.kind == 'perio' || t.kind != '12+' || 'prophy' == t.kind");
  assert_accepted(state, "t.kind in ['perio', 'prophy', null]");
  assert_refused(state, "t.kind in ['pario', 'prophy']", WB_E_NAME, 12,
                 "'pario' is not a value of t.kind; did you mean 'perio'?");
  assert_refused(state, "t.kind == 'perioo'", WB_E_NAME, 11,
                 "'perioo' is not a value of t.kind; did you mean 'perio'?");
  assert_refused(state, "'Prophy' != t.kind", WB_E_NAME, 1,
                 "'Prophy' is not a value of t.kind; did you mean 'prophy'?");
  assert_refused(state, "t.kind in ['perio', 'cleaning']", WB_E_NAME, 21,
                 "'cleaning' is not a value of t.kind");
  assert_refused(state, "t.kind == ''", WB_E_NAME, 11, "'' is not a value of t.kind");
}

static void logic_needs_true_or_false(void **state) {
  assert_refused(state, "t.flag && t.word", WB_E_TYPE, 11,
                 "true or false is needed here, not a text");
  assert_refused(state, "t.flag || null", WB_E_TYPE, 11, "true or false is needed here, not null");
  assert_refused(state, "!t.day", WB_E_TYPE, 2, "true or false is needed here, not a date");
  assert_refused(state, " t.whole", WB_E_TYPE, 2,
                 "true or false is needed here, not a whole number");
  assert_refused(state, "false && t.real", WB_E_TYPE, 10,
                 "true or false is needed here, not a number");
  assert_refused(state, "t.moment", WB_E_TYPE, 1, "true or false is needed here, not a time");
}

static void a_date_is_written_as_a_call(void **state) {
  assert_accepted(state, "t.day >= date('2026-01-30')");
  assert_accepted(state, "t.day in [date('2026-01-30'), date(\"0001-01-01\")]");
  assert_accepted(state, "t.day > date(t.word)");
  assert_accepted(state, "t.day < date(2026, 1, 30)");
  assert_refused(state, "t.day > date('2026-1-30')", WB_E_SYNTAX, 14,
                 "a date is written like \"2026-01-30\", a time like \"2026-01-30T09:00:00Z\"");
  assert_refused(state, "t.day > date('2026-13-40')", WB_E_RANGE, 14,
                 "there is no such day or time");
  assert_refused(state, "t.day > date(20260130)", WB_E_TYPE, 9,
                 "the function 'date' cannot be used like this, here with a whole number");
  assert_refused(state, "t.day > date()", WB_E_TYPE, 9,
                 "the function 'date' cannot be used like this, here with nothing");
}

static void functions_and_their_types_are_known(void **state) {
  assert_accepted(state, "size(t.word) == 2 && t.word.size() == 2");
  assert_accepted(state, "t.word.startsWith('a') && t.word.matches('^a+$')");
  assert_accepted(state, "t.day.addMonths(-3) < t.day && monthsBetween(t.day, t.day) == 0");
  assert_accepted(state, "(t.flag ? t.whole : 3) + 1 == 2 * t.whole - 1");
  assert_accepted(state, "[1, 2].exists(x, x > t.whole) && {'a': 1}.all(k, k == t.word)");
  assert_accepted(state, "has(t.word) && t.?word.orValue('none') == 'none'");
  assert_accepted(state, "math.greatest(1, t.whole) == 1");
  assert_accepted(state, "[].all(x, x == x) && [].exists(x, x in [x])"); /* of no type yet */
  assert_refused(state, "t.whole + 'a' == 2", WB_E_TYPE, 9,
                 "no arithmetic of a whole number and a text");
  assert_refused(state, "-t.word == 2", WB_E_TYPE, 1, "no arithmetic of a text");
  assert_refused(state, "t.flag ? 1 == 1 : 2", WB_E_TYPE, 8,
                 "the two sides of '? :' have different types");
  assert_refused(state, "t.word.startWith('a')", WB_E_NAME, 8,
                 "there is no function 'startWith'; did you mean 'startsWith'?");
  assert_refused(state, "t.word.startsWith(1)", WB_E_TYPE, 8,
                 "the function 'startsWith' cannot be used like this, here with a text first");
  assert_refused(state, "t.whole.exists(x, x)", WB_E_TYPE, 9,
                 "'exists' goes through a list, not a whole number");
  assert_refused(state, "[1].exists(x.y, true)", WB_E_SYNTAX, 12, "a plain name is needed here");
  assert_refused(state, "[1].map(x, x)", WB_E_TYPE, 1, "true or false is needed here, not a list");
  assert_refused(state, "t.word.matches('(')", WB_E_SYNTAX, 16, NULL);
  assert_refused(state, "t.word == A{b: 2}", WB_E_SYNTAX, 12,
                 "messages, 'Name{ }', are not part of the language");
}

static void elements_of_lists_have_their_fields(void **state) {
  assert_accepted(state, "treatments.exists(x, x.open && x.group == 'crown')");
  assert_accepted(state, "treatments.filter(x, x.open).size() > 1");
  assert_accepted(state, "treatments[0].code == 'D2740'");
  assert_accepted(state, "treatments[0] == treatments[1]");
  assert_refused(state, "treatments[0] == procedures[0]", WB_E_TYPE, 15,
                 "a record cannot be compared with a record");
  assert_refused(state, "optional.of(treatments[0]).code == 'D2740'", WB_E_TYPE, 28,
                 "a record has no part 'code'");
  assert_refused(state, "household.members.name == 'Ana'", WB_E_TYPE, 1,
                 "'household.members' is a list and has no parts");
  assert_refused(state, "treatments.group == 'crown'", WB_E_TYPE, 1,
                 "'treatments' is a list; write treatments.exists(x, ...)");
  assert_refused(state, "treatments.exists(x, x.grupo == 'crown')", WB_E_NAME, 24,
                 "there is no field 'treatments.grupo'; did you mean 'treatments.group'?");
}

static void a_rule_that_may_cost_too_much_is_refused(void **state) {
  assert_refused(
      state, "treatments.all(a, treatments.all(b, treatments.all(c, a.open == b.open || c.open)))",
      WB_E_LIMIT, 12, "the rule may cost more than the context allows");
}

static void constants_are_folded(void **state) {
  assert_folds(state, "true", true);
  assert_folds(state, "!true", false);
  assert_folds(state, "1 == 1.0 && 2u > 1", true);
  assert_folds(state, "1 != 1", false);
  assert_folds(state, "'a' < 'b'", true);
  assert_folds(state, "null == null", true);
  assert_folds(state, "null != 1", true);
  assert_folds(state, "date('2026-01-30') > date('2026-01-29')", true);
  assert_folds(state, "1 in [2, 1u]", true);
  assert_folds(state, "null in [2, 1u]", false);
  assert_folds(state, "null in []", false);
  assert_folds(state, "t.flag && false", false);
  assert_folds(state, "true || t.flag", true);
  assert_folds(state, "false || !(false || false)", true);
}

static void constants_that_decide_nothing_are_left_out(void **state) {
  assert_code(state, "t.flag", 1);
  assert_code(state, "true && t.flag && 1 == 1", 1);
  assert_code(state, "false || t.flag", 1);
  assert_code(state, "t.flag && true && t.other", 4);
  assert_code(state, "(t.flag || true) && t.other", 1);
}

static void a_lone_operand_of_logic_stays_one(void **state) {
  wb_rule *rule = accepted(state, "(true && t.flag) == t.other");
  assert_int_equal(rule->program.code[0].op, WBI_CEL_OP_NEEDED);
  assert_int_equal(rule->program.code[1].op, WBI_CEL_OP_FIELD);
  wb_rule_unref(rule);
}

/* Compiles a rule with each allocation failing in turn; how many there are. */
static uint64_t sweep(void **state, const char *source, fault_mode mode) {
  for (uint64_t at = 1;; at++) {
    fault_memory memory = {0};
    wb_context *context = fault_context(&memory);
    const uint64_t before = memory.live;
    wb_rule *rule = NULL;
    wb_error error = {0};
    fault_arm(&memory.plan, mode, at);
    const wb_status status =
        wb_rule_new(context, schema_of(state), source, strlen(source), &rule, &error);
    const bool hit = memory.plan.hits > 0;
    assert_int_equal(status, hit ? WB_E_NOMEM : WB_OK);
    assert_int_equal(error.status, status);
    assert_int_equal(rule == NULL, hit);
    wb_rule_unref(rule);
    assert_int_equal(memory.live, before);
    wb_context_unref(context);
    if (!hit) return at - 1;
  }
}

static void memory_may_run_out_anywhere(void **state) {
  static const char few[] = "t.flag && (t.kind in ['perio', null] || !(t.day > date('2026-01-30')))"
                            " && t.whole >= 3 && t.word == 'a' && deep.a.b.c != 7";
  /* Texts too long for a block that is begun, so that each has an allocation of its own. */
  static char many[65536];
  wbi_writer writer = {many, sizeof many - 1, 0};
  for (int i = 0; i < 12; i++) {
    wbi_put_text(&writer, WBI_TEXT("t.flag && deep.a.b.c == 1 && t.word != '"));
    for (int k = 0; k < 4000; k++)
      wbi_put_char(&writer, 'a');
    wbi_put_text(&writer, WBI_TEXT("' && "));
  }
  wbi_put_text(&writer, WBI_TEXT("t.other"));
  assert_in_range(writer.length, 48000, sizeof many - 1);
  for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; mode++) {
    assert_true(sweep(state, few, mode) >= 3);
    assert_true(sweep(state, many, mode) >= 12);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields_are_found_by_their_dotted_name),
      cmocka_unit_test(an_unknown_name_suggests_the_nearest),
      cmocka_unit_test(a_group_and_a_part_are_no_fields),
      cmocka_unit_test(equal_types_and_numbers_are_compared),
      cmocka_unit_test(other_types_are_not_compared),
      cmocka_unit_test(calls_that_are_spelt_wrong_say_how),
      cmocka_unit_test(null_has_no_order),
      cmocka_unit_test(an_enumeration_has_no_order),
      cmocka_unit_test(a_value_outside_its_domain_is_refused),
      cmocka_unit_test(logic_needs_true_or_false),
      cmocka_unit_test(a_date_is_written_as_a_call),
      cmocka_unit_test(functions_and_their_types_are_known),
      cmocka_unit_test(elements_of_lists_have_their_fields),
      cmocka_unit_test(a_rule_that_may_cost_too_much_is_refused),
      cmocka_unit_test(constants_are_folded),
      cmocka_unit_test(constants_that_decide_nothing_are_left_out),
      cmocka_unit_test(a_lone_operand_of_logic_stays_one),
      cmocka_unit_test(memory_may_run_out_anywhere),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
