/* SPDX-License-Identifier: MIT */
/* What expressions come to: numbers and texts made of others, collections, optionals, loops. */
#include "cel/json_value.h"
#include "support/worked.h"

static const char no_overload[] = "!1", out_of_range[] = "!3", no_key[] = "!4", twice[] = "!5",
                  bad_value[] = "!6", bad_text[] = "!7", too_dear[] = "!8";

static void sums_and_extremes_are_of_what_can_be_added_or_ordered(void **state) {
  (void)state;
  assert_worked("[duration('1s'), duration('2s')].sum()", "3s");
  assert_worked("[dyn('a')].sum()", no_overload);
  assert_worked("[dyn(1), dyn(2.0)].sum()", no_overload);
  assert_worked("[1, 2].map(x, x + 1).sum()", "5");
  assert_worked("[{'a': 1}].min()", no_overload);
  assert_worked("[1, dyn({'a': 1})].max()", no_overload);
  assert_worked("[u, 1].min()", "?");
}

static void whole_numbers_are_made_within_their_range(void **state) {
  (void)state;
  assert_worked("int(9223372036854775807u)", "9223372036854775807");
  assert_worked("int(9223372036854775808u)", out_of_range);
  assert_worked("uint(-1)", out_of_range);
  assert_worked("uint(-0.5)", out_of_range);
  assert_worked("uint(18446744073709549568.0)", "18446744073709549568u");
  assert_worked("uint(18446744073709551616.0)", out_of_range);
  assert_worked("uint('-1')", bad_text);
  assert_worked("int('+')", bad_text);
  assert_worked("int('+7')", "7");
  assert_worked("int('+-7')", bad_text);
  assert_worked("int('x')", bad_text);
  assert_worked("int(-1e30)", out_of_range);
  assert_worked("int(1e30)", out_of_range);
  assert_worked("-9223372036854775808 / dyn(-2)", "4611686018427387904");
  assert_worked("-9223372036854775808 / dyn(-1)", out_of_range);
  assert_worked("-9223372036854775808 % dyn(-1)", out_of_range);
  assert_worked("[bool('false'), bool('F'), bool('1')]", "[false, false, true]");
  assert_worked("string(b'\\xff')", bad_text);
  assert_worked("double('inf')", "Infinityd");
  assert_worked("double('-INFINITY')", "-Infinityd");
  assert_worked("double('+1.5')", "1.5d");
}

static void durations_are_read_whatever_they_are_written_in(void **state) {
  (void)state;
  assert_worked("duration(string(0))", "0s");
  assert_worked("duration('-315576000000s') - duration('0s')", "-315576000000s");
  assert_worked("duration('-315576000000s') - duration('1ns')", out_of_range);
  assert_worked("duration('+1h')", "3600s");
  assert_worked("duration('.5s')", "0.5s");
  assert_worked("duration('1.h')", "3600s");
  assert_worked("duration('-1.5s')", "-1.5s");
  assert_worked("duration('h' + string(u))", "?");
  assert_worked("duration(['h', '.h', '1', '-'][0])",
                "a duration is written like \"36h\" or \"90m\"");
  assert_worked("['h', '.h', '1', '-', '1x'].map(x, duration(x))", bad_text);
  assert_worked("['87660000h'].map(x, duration(x))", "[315576000000s]");
  assert_worked("['87660000.5h'].map(x, duration(x))", out_of_range);
  assert_worked("['315576000001s'].map(x, duration(x))", out_of_range);
  assert_worked("['2562047788015215.9999h'].map(x, duration(x))", out_of_range);
  assert_worked("['18446744073709551615ns'].map(x, duration(x))", "[18446744073.709551615s]");
  assert_worked("['18446744073709551616ns'].map(x, duration(x))", out_of_range);
  assert_worked("['315576000000s1ns', '-315576000000s1ns'].map(x, duration(x))", out_of_range);
}

static void times_between_which_too_much_lies_have_no_duration(void **state) {
  (void)state;
  assert_worked("timestamp('2262-04-11T23:47:16.854775807Z') - timestamp(0)",
                "9223372036.854775807s");
  assert_worked("timestamp('2262-04-11T23:47:16.854775808Z') - timestamp(0)", out_of_range);
  assert_worked("timestamp('2262-04-11T23:47:17Z') - timestamp(0)", out_of_range);
  assert_worked("[timestamp(0) < timestamp('1970-01-01T00:00:00.5Z'), "
                "timestamp('1970-01-01T00:00:00.5Z') < timestamp(0), "
                "duration('1.5s') > duration('1.25s'), duration('1.5s') == duration('1.5s')]",
                "[true, false, true, true]");
  assert_worked("[timestamp(1) > timestamp(0), timestamp(0) < timestamp(1)]", "[true, true]");
  assert_worked("timestamp('2026-01-30')", "a date is written like \"2026-01-30\", a time like "
                                           "\"2026-01-30T09:00:00Z\"");
}

static void what_is_no_truth_is_an_error_beside_a_constant_that_does_not_decide(void **state) {
  (void)state;
  assert_worked("false || dyn(1)", no_overload);
  assert_worked("dyn(1) && true", no_overload);
  assert_worked("false || dyn(true)", "true");
  assert_worked("true || dyn(1)", "true");
  assert_worked("dyn(1) && false", "false");
  assert_worked("u && true", "?");
}

/* ---- collections ------------------------------------------------------------------------------
 */

/* Neither side of a choice in doubt is worked out. */
static void a_choice_in_doubt_is_in_doubt(void **state) {
  (void)state;
  assert_worked("u > 0 ? 1 : 2", "?");
  assert_worked("(u > 0 ? 1 : 2) == 1 || true", "true");
  assert_worked("(1 / 0 == 1 ? 1 : 2) + 3", "!2");
}

static void what_may_be_missing_is_left_out(void **state) {
  (void)state;
  assert_worked("[1, ?optional.none(), ?optional.of(2)]", "[1, 2]");
  assert_worked("{'a': 1, ?'b': optional.none(), ?'c': optional.of(3)}", "{\"a\": 1, \"c\": 3}");
  assert_worked("[?u]", "?");
  assert_worked("[?dyn(1)]", no_overload);
  assert_worked("[1].map(x, [?dyn(x)])", no_overload);
  assert_worked("[1 / 0, ?optional.of(2)]", "!2");
  assert_worked("{?'a': u}", "{\"a\": ?}");
  assert_worked("{?'a': dyn(1)}", no_overload);
}

static void a_map_has_keys_of_some_kinds_and_each_once(void **state) {
  (void)state;
  assert_worked("{1: 'a', true: 'b', 2u: 'c'}", "{1: \"a\", true: \"b\", 2u: \"c\"}");
  assert_worked("{1: 'a', dyn(1.0): 'b'}", no_overload);
  assert_worked("{1: 'a', 1u: 'b'}", twice);
  assert_worked("{u: 1}", "?");
  assert_worked("{'a': 1 / 0}", "!2");
  assert_worked("{1 / 0: 'a'}", "!2");
  assert_worked("{'a': u}.a", "?");
  assert_worked("{'a': u, 'b': 1}.b", "1");
}

static void elements_are_found_by_whole_numbers(void **state) {
  (void)state;
  assert_worked("[7, 8][dyn(1.0)]", "8");
  assert_worked("[7, 8][dyn(0.5)]", no_key);
  assert_worked("[7, 8][dyn(-1)]", no_key);
  assert_worked("[7, 8][dyn(0.0 / 0.0)]", no_key);
  assert_worked("[7, 8][dyn(2u)]", no_key);
  assert_worked("[7, 8][?2]", "optional()");
  assert_worked("[7, 8][?1]", "optional(8)");
  assert_worked("{'a': 1}[?'b']", "optional()");
  assert_worked("dyn(1)[?0]", no_overload);
  assert_worked("optional.none()[0]", "optional()");
  assert_worked("dyn([1]).a", no_overload);
}

static void membership_is_unknown_where_an_element_is(void **state) {
  (void)state;
  assert_worked("'a' in ['b', u]", "?");
  assert_worked("'a' in ['a', u]", "true");
  assert_worked("'a' in [u, 'a']", "true");
  assert_worked("'a' in [u, dyn(u) + 1]", "?");
  assert_worked("1 in [u, 2]", "?");
  assert_worked("'a' in [1, 'b']", "false");
}

static void equality_looks_into_what_holds_others(void **state) {
  (void)state;
  assert_worked("[[1], [2]] == [[1], [3]]", "false");
  assert_worked("[1, u] == [2, 3]", "false");
  assert_worked("[u, 1] == [2, 1]", "?");
  assert_worked("[u, u] == [1, 1]", "?");
  assert_worked("{'a': u} == {'a': 1}", "?");
  assert_worked("{'a': 1, 'b': u} == {'a': 2, 'b': 3}", "false");
  assert_worked("{'a': 1} == {'b': 1}", "false");
  assert_worked("{'a': 1} == {'a': 1, 'b': 2}", "false");
  assert_worked("optional.none() == optional.of(1)", "false");
  assert_worked("optional.of(1) == optional.none()", "false");
  assert_worked("optional.of(u) == optional.of(1)", "?");
  assert_worked("type(1) == type(2) && type(1) != type(2u)", "true");
  assert_worked("b'a' == b'a' && null == null", "true");
}

/* ---- nesting ----------------------------------------------------------------------------------
 */

#define TEN(x) "[[[[[[[[[[" x "]]]]]]]]]]"
#define THIRTY(x) TEN(TEN(TEN(x)))

/* Lists in each other, 30 deeper with each name. */
#define NESTED(last, result)                                                                       \
  "cel.bind(a, " THIRTY("1") ", cel.bind(b, " THIRTY("a") ", cel.bind(c, " THIRTY(                 \
      "b") ", "                                                                                    \
           "cel.bind(d, " last ", " result "))))"

static void comparing_nested_lists_ends_somewhere(void **state) {
  (void)state;
  assert_worked(NESTED("[u]", "a == a"), "true");
  assert_worked(NESTED("[u]", "b == b"), "true");
  assert_worked(NESTED("[u]", "c == c"), too_dear);
}

static void writing_nested_lists_ends_somewhere(void **state) {
  (void)state;
  assert_worked(NESTED("[u]", "'%s'.format([c]).size()"), "181");
  assert_worked(NESTED(THIRTY("c"), "'%s'.format([d])"), bad_value);
}

/* ---- optionals --------------------------------------------------------------------------------
 */

static void what_is_zero_is_none(void **state) {
  (void)state;
  assert_worked("[optional.ofNonZeroValue(duration('0s')), "
                "optional.ofNonZeroValue(duration('0.5s')), "
                "optional.ofNonZeroValue(timestamp(0)), optional.ofNonZeroValue(timestamp(1))]"
                ".map(x, x.hasValue())",
                "[false, true, false, true]");
  assert_worked("[optional.ofNonZeroValue(optional.none()).hasValue(), "
                "optional.ofNonZeroValue(int).hasValue(), optional.ofNonZeroValue(0.0).hasValue(),"
                "optional.ofNonZeroValue({}).hasValue(), optional.ofNonZeroValue(null).hasValue()]",
                "[false, true, false, false, false]");
  assert_worked("optional.none().value()", bad_value);
  assert_worked("'%s'.format([optional.of(1)])", bad_value);
  assert_worked("optional.none().orValue(3)", "3");
  assert_worked("optional.of(1).or(optional.of(2))", "optional(1)");
  assert_worked("optional.none().or(optional.of(2))", "optional(2)");
}

static void what_an_optional_holds_is_mapped(void **state) {
  (void)state;
  assert_worked("optional.of(2).optMap(x, x + 1)", "optional(3)");
  assert_worked("optional.none().optMap(x, x + 1)", "optional()");
  assert_worked("optional.of(2).optFlatMap(x, optional.of(x * 2))", "optional(4)");
  assert_worked("dyn(2).optMap(x, x)", no_overload);
  assert_worked("u.optMap(x, x)", "?");
  assert_worked("2.optMap(x, x)", "'optMap' needs an optional");
  assert_worked("optional.of({'a': 1}).a", "optional(1)");
  assert_worked("has(optional.of({'a': 1}).a) && !has(optional.none().a)", "true");
}

/* ---- loops ------------------------------------------------------------------------------------
 */

static void maps_are_made_of_entries_with_keys_of_their_own(void **state) {
  (void)state;
  assert_worked("[1, 2].transformMapEntry(i, x, {x: i})", "{1: 0, 2: 1}");
  assert_worked("[1, 1].transformMapEntry(i, x, {x: i})", twice);
  assert_worked("[1].transformMapEntry(i, x, dyn(x))", no_overload);
  assert_worked("[1].transformMapEntry(i, x, {x: 1}).all(k, k == 1)", "true");
  assert_worked("{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v * 2)", "{\"b\": 4}");
  assert_worked("{'a': u}.all(k, k == 'a')", "true");
  assert_worked("[1, 2].exists_one(x, x > 1)", "true");
  assert_worked("[dyn(1)].filter(x, x)", no_overload);
  assert_worked("[1, 2].map(x, dyn(x), x)", no_overload);
  assert_worked("[1, 2].map(x, u, x)", "?");
  assert_worked("[1, 2].transformList(i, x, i > 0, x)", "[2]");
  assert_worked("[1, 2].transformList(x, x, x)", "two names are needed here, not one twice");
}

/* ---- matching ---------------------------------------------------------------------------------
 */

static void texts_are_written_with_escapes(void **state) {
  (void)state;
  assert_worked("0X1F + 0x1f", "62");
  assert_worked("'\\X41\\x42\\103\\u0044\\U00000045'", "\"ABCDE\"");
  assert_worked("b'\\xff\\377'.size()", "2");
  assert_worked("'\\xff'.size()", "1");
  assert_worked("b'\\u0041'", "this escape has no meaning in CEL");
  assert_worked("b'\\U00000041'", "this escape has no meaning in CEL");
  assert_worked("'\\ud800'", "this escape has no meaning in CEL");
  assert_worked("'\\U00110000'", "this escape has no meaning in CEL");
  assert_worked("'\\400'", "this escape has no meaning in CEL");
  assert_worked("'\\39'", "this escape has no meaning in CEL");
  assert_worked("'\\x4'", "this escape has no meaning in CEL");
  assert_worked("'''a\r'''", "\"a\n\"");
  assert_worked("\"\"\"a\r\nb\"\"\"", "\"a\nb\"");
  assert_worked("'' + 'abcde'", "\"abcde\"");
  assert_worked("-1u", "this number does not fit");
}

static void patterns_may_be_known_only_when_they_are_asked(void **state) {
  (void)state;
  assert_worked("['a+', '^b'].map(p, 'ab'.matches(p))", "[true, false]");
  assert_worked("['('].map(p, 'ab'.matches(p))", bad_value);
  assert_worked("'a'.matches(dyn(1))", no_overload);
  assert_worked("dyn(1).matches('a')", no_overload);
  assert_worked("u.matches('(') || u.matches('[')", "this group is not closed");
}

/* ---- JSON -------------------------------------------------------------------------------------
 */

/* What the public call says of an expression: the value as JSON, or the error. */
static void assert_json(const char *source, const char *variables, wb_status status,
                        const char *wanted) {
  char shown[2000];
  size_t length = 0;
  wb_error error = {0};
  assert_int_equal(wb_rule_eval(NULL, source, strlen(source), variables, strlen(variables), shown,
                                sizeof shown - 1, &length, &error),
                   status);
  shown[length] = '\0';
  assert_string_equal(status == WB_OK ? shown : error.message, wanted);
}

static void values_are_written_as_json(void **state) {
  (void)state;
  assert_json("{1: 2, 'a': [3u], true: null}", "", WB_OK, "{\"1\":2,\"a\":[3],\"true\":null}");
  assert_json("[optional.none(), optional.of(2.5), optional.of(b'a')]", "", WB_OK,
              "[null,2.5,\"YQ==\"]");
  assert_json("[int, type([])]", "", WB_OK, "[\"int\",\"list\"]");
  assert_json("[date('2026-01-30'), duration('90s'), timestamp(0), 1.0 / 0.0]", "", WB_OK,
              "[\"2026-01-30\",\"90s\",\"1970-01-01T00:00:00Z\",\"Infinity\"]");
  assert_json("cel.bind(a, " THIRTY("1") ", cel.bind(b, " THIRTY("a") ", [[[[b]]]]))", "", WB_OK,
              "[[[[" THIRTY(THIRTY("null")) "]]]]");
  assert_json("cel.bind(a, " THIRTY("1") ", cel.bind(b, " THIRTY("a") ", [[[b]]]))", "", WB_OK,
              "[[[" THIRTY(THIRTY("1")) "]]]");
}

static void what_lies_in_the_facts_is_no_json(void **state) {
  const wbi_cel_value list = {.as.integer = 3, .length = 2, .kind = WB_LIST, .facts = 1};
  char shown[16];
  wbi_writer writer = {shown, sizeof shown, 0};
  (void)state;
  wbi_cel_put_json(&writer, &list);
  assert_int_equal(writer.length, 4);
  assert_memory_equal(shown, "null", 4);
}

static void variables_are_read_from_json(void **state) {
  static const char dear[] = "the expression may cost more than the limit";
  (void)state;
  assert_json("a.b[1] + c", "{\"a\":{\"b\":[null,2]},\"c\":-2}", WB_OK, "0");
  assert_json("a", "{\"a\":1e999}", WB_E_RANGE, "a number does not fit");
  assert_json("a", "{\"b\":[[1e999]],\"a\":1}", WB_E_RANGE, "a number does not fit");
  assert_json("a.all(b, b.all(c, c.all(d, d.all(e, e.all(f, f.all(g, g.all(h, h)))))))",
              "{\"a\":[]}", WB_E_LIMIT, dear);
  assert_json("[].all(x, x == a) && {'k': a}.all(k, k == 'k')", "{\"a\":1}", WB_OK, "true");
  assert_json("1 / a", "{\"a\":0}", WB_E_STATE, "a division by zero");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sums_and_extremes_are_of_what_can_be_added_or_ordered),
      cmocka_unit_test(whole_numbers_are_made_within_their_range),
      cmocka_unit_test(durations_are_read_whatever_they_are_written_in),
      cmocka_unit_test(times_between_which_too_much_lies_have_no_duration),
      cmocka_unit_test(what_is_no_truth_is_an_error_beside_a_constant_that_does_not_decide),
      cmocka_unit_test(a_choice_in_doubt_is_in_doubt),
      cmocka_unit_test(what_may_be_missing_is_left_out),
      cmocka_unit_test(a_map_has_keys_of_some_kinds_and_each_once),
      cmocka_unit_test(elements_are_found_by_whole_numbers),
      cmocka_unit_test(membership_is_unknown_where_an_element_is),
      cmocka_unit_test(equality_looks_into_what_holds_others),
      cmocka_unit_test(comparing_nested_lists_ends_somewhere),
      cmocka_unit_test(writing_nested_lists_ends_somewhere),
      cmocka_unit_test(what_is_zero_is_none),
      cmocka_unit_test(what_an_optional_holds_is_mapped),
      cmocka_unit_test(maps_are_made_of_entries_with_keys_of_their_own),
      cmocka_unit_test(texts_are_written_with_escapes),
      cmocka_unit_test(values_are_written_as_json),
      cmocka_unit_test(what_lies_in_the_facts_is_no_json),
      cmocka_unit_test(variables_are_read_from_json),
      cmocka_unit_test(patterns_may_be_known_only_when_they_are_asked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
