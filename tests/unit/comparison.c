/* SPDX-License-Identifier: MIT */
/* What two values of a template are to each other, whatever their kinds. */
#include <stdlib.h>

#include "liquid/liquid_private.h"
#include "support/filtered.h"

static wb_value value_of(int32_t kind, int64_t integer) {
  return (wb_value){.size = sizeof(wb_value), .kind = kind, .integer = integer};
}

static wb_value real_of(double real) {
  return (wb_value){.size = sizeof(wb_value), .kind = WB_DOUBLE, .real = real};
}

/* Whether a test holds for two values. */
static bool holds(wb_value left, uint32_t test, wb_value right) {
  char memory[64];
  wbi_room room = {.data = memory, .capacity = sizeof memory};
  const wbi_filtering filtering = {.room = &room};
  bool held = true;
  assert_int_equal(wbi_liquid_test(&filtering, &left, test, &right, &held), WB_OK);
  return held;
}

/* Numbers in their order, however they are written; each is below the next. */
static void numbers_are_ordered_by_size(void **state) {
  (void)state;
  const wb_value numbers[] = {
      wbi_value_number(WBI_TEXT("-99999999999999999999999999")),
      wbi_value_int(INT64_MIN),
      real_of(-2.5),
      decimal_of("-2.25"),
      wbi_value_int(-1),
      value_of(WB_UINT, 0),
      real_of(9e-37), /* less than a decimal can be */
      decimal_of("1e-36"),
      decimal_of("0.5"),
      real_of(0.75),
      wbi_value_int(1),
      decimal_of("1.5"),
      value_of(WB_UINT, 2),
      real_of(2.5),
      decimal_of("9007199254740992.0"),
      wbi_value_int(9007199254740993), /* to a double the same */
      decimal_of("12345678901234568.0"),
      real_of(1e17), /* more than a decimal can be */
      wbi_value_int(INT64_MAX),
      value_of(WB_UINT, INT64_MIN), /* 2^63 */
      wbi_value_number(WBI_TEXT("99999999999999999999999999")),
  };
  for (size_t i = 0; i < WBI_COUNT(numbers); i++) {
    for (size_t j = 0; j < WBI_COUNT(numbers); j++) {
      const wb_value a = numbers[i], b = numbers[j];
      assert_int_equal(holds(a, '<', b), i < j);
      assert_int_equal(holds(a, '>', b), i > j);
      assert_int_equal(holds(a, WBI_TOKEN_LESS_EQUAL, b), i <= j);
      assert_int_equal(holds(a, WBI_TOKEN_GREATER_EQUAL, b), i >= j);
      assert_int_equal(holds(a, WBI_TOKEN_EQUAL, b), i == j);
      assert_int_equal(holds(a, WBI_TOKEN_NOT_EQUAL, b), i != j);
    }
  }
}

static void numbers_past_all_doubles_count_as_nothing_beside_others(void **state) {
  (void)state;
  char digits[402];
  memset(digits, '9', sizeof digits);
  const wb_value endless = wbi_value_number((wbi_text){digits, sizeof digits});
  const wb_value infinite = real_of(strtod("inf", NULL));
  assert_true(holds(endless, '<', wbi_value_int(1)));
  assert_true(holds(infinite, '>', wbi_value_int(INT64_MAX)));
  assert_true(holds(infinite, '>', value_of(WB_UINT, -1)));
}

static void what_has_no_order_is_neither_before_nor_after(void **state) {
  (void)state;
  const wb_value others[] = {wbi_value_null(), bool_of(true), value_of(WB_DATE, 5), json_of("[1]")};
  for (size_t i = 0; i < WBI_COUNT(others); i++) {
    assert_false(holds(others[i], '<', wbi_value_int(9)));
    assert_false(holds(wbi_value_int(9), WBI_TOKEN_GREATER_EQUAL, others[i]));
  }
  assert_true(holds(value_of(WB_DATE, 5), '<', value_of(WB_DATE, 6)));
  assert_true(holds(value_of(WB_TIME, 6), '>', value_of(WB_TIME, 5)));
  assert_true(holds(text_of("a"), '<', text_of("b")));
  wbi_room room = {.data = NULL};
  const wbi_filtering filtering = {.room = &room};
  const wb_value number = wbi_value_int(1), text = text_of("1");
  bool held = true;
  assert_int_equal(wbi_liquid_test(&filtering, &number, '<', &text, &held), WB_E_TYPE);
  assert_int_equal(wbi_liquid_test(&filtering, &text, '<', &number, &held), WB_E_TYPE);
}

static void trees_are_equal_with_all_that_is_in_them(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    bool equal;
  } cases[] = {
      {"[1, [2, {\"x\": null}], \"s\"]", "[1, [2, {\"x\": null}], \"s\"]", true},
      {"{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 1}", true},
      {"[1, 2]", "[1, 3]", false},
      {"[1, 2]", "[1, [2]]", false},
      {"[1, [2]]", "[1, 2]", false},
      {"[1, {}]", "[1, 2]", false},
      {"[1, 2]", "[1, {}]", false},
      {"[1, []]", "[1, {}]", false},
      {"[1, [2, 3]]", "[1, [2]]", false},
      {"{\"a\": 1}", "{\"b\": 1}", false},
      {"{\"a\": {\"b\": 1}}", "{\"a\": {\"c\": 1}}", false},
      {"[]", "{}", false},
      {"[1]", "[1.0]", true},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    const wb_value a = json_of(cases[i].a), b = json_of(cases[i].b);
    if (holds(a, WBI_TOKEN_EQUAL, b) != cases[i].equal) fail_msg("%s %s", cases[i].a, cases[i].b);
  }
}

static void a_pair_has_a_name_as_well(void **state) {
  (void)state;
  wb_value one = json_of("{\"a\": 1, \"b\": 1}"), two = json_of("{\"a\": 1}");
  wb_value a, b, same;
  assert_int_equal(wbi_value_item(NULL, &one, 0, &a), WB_OK);
  assert_int_equal(wbi_value_item(NULL, &one, 1, &b), WB_OK);
  assert_int_equal(wbi_value_item(NULL, &two, 0, &same), WB_OK);
  assert_true(holds(a, WBI_TOKEN_EQUAL, same));
  assert_false(holds(a, WBI_TOKEN_EQUAL, b));
  assert_false(holds(a, WBI_TOKEN_EQUAL, two));
  assert_false(holds(two, WBI_TOKEN_EQUAL, a));
}

static void kinds_that_differ_are_not_equal(void **state) {
  (void)state;
  assert_false(holds(text_of("1"), WBI_TOKEN_EQUAL, wbi_value_int(1)));
  assert_false(holds(text_of("a"), WBI_TOKEN_EQUAL, wbi_value_int(0)));
  assert_false(holds(wbi_value_int(0), WBI_TOKEN_EQUAL, text_of("a")));
  assert_false(holds(value_of(WB_LIST, 1), WBI_TOKEN_EQUAL, value_of(WB_LIST, 1)));
  assert_true(holds(bool_of(true), WBI_TOKEN_EQUAL, bool_of(true)));
  assert_true(holds(wbi_value_null(), WBI_TOKEN_EQUAL, value_of(WB_UNKNOWN, 0)));
  assert_false(holds(wbi_value_null(), WBI_TOKEN_EQUAL, bool_of(false)));
}

static void blank_and_empty_are_equal_to_what_has_nothing_in_it(void **state) {
  (void)state;
  static const struct {
    const char *json;
    bool blank, empty;
  } cases[] = {{"null", true, false}, {"false", true, false}, {"true", false, false},
               {"\"\"", true, true},  {"\" \"", true, false}, {"\"a\"", false, false},
               {"[]", true, true},    {"[1]", false, false},  {"{}", true, true},
               {"0", false, false}};
  const wb_value blank = value_of(WBI_BLANK, 0), empty = value_of(WBI_EMPTY, 0);
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    const wb_value value = json_of(cases[i].json);
    assert_int_equal(holds(blank, WBI_TOKEN_EQUAL, value), cases[i].blank);
    assert_int_equal(holds(value, WBI_TOKEN_EQUAL, blank), cases[i].blank);
    assert_int_equal(holds(value, WBI_TOKEN_EQUAL, empty), cases[i].empty);
  }
  assert_false(holds(blank, WBI_TOKEN_EQUAL, empty));
  assert_false(holds(blank, WBI_TOKEN_EQUAL, blank));
}

static void texts_lists_and_objects_contain(void **state) {
  (void)state;
  const wb_value list = json_of("[1, \"two\"]"), object = json_of("{\"a\": null}");
  assert_true(holds(text_of("a12b"), WBI_TOKEN_CONTAINS, wbi_value_int(12)));
  assert_false(holds(text_of("a12b"), WBI_TOKEN_CONTAINS, wbi_value_int(21)));
  assert_true(holds(list, WBI_TOKEN_CONTAINS, text_of("two")));
  assert_false(holds(list, WBI_TOKEN_CONTAINS, text_of("three")));
  assert_true(holds(object, WBI_TOKEN_CONTAINS, text_of("a")));
  assert_false(holds(object, WBI_TOKEN_CONTAINS, text_of("b")));
  assert_false(holds(object, WBI_TOKEN_CONTAINS, wbi_value_int(1)));
  assert_false(holds(wbi_value_int(12), WBI_TOKEN_CONTAINS, wbi_value_int(1)));
  assert_false(holds(wbi_value_null(), WBI_TOKEN_CONTAINS, text_of("a")));
  assert_false(holds(text_of("a"), WBI_TOKEN_CONTAINS, wbi_value_null()));
  wbi_room room = {.data = NULL};
  const wbi_filtering filtering = {.room = &room};
  const wb_value text = text_of("a12b"), number = wbi_value_int(12);
  bool held = true;
  assert_int_equal(wbi_liquid_test(&filtering, &text, WBI_TOKEN_CONTAINS, &number, &held),
                   WB_E_LIMIT);
  assert_false(held);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_ordered_by_size),
      cmocka_unit_test(numbers_past_all_doubles_count_as_nothing_beside_others),
      cmocka_unit_test(what_has_no_order_is_neither_before_nor_after),
      cmocka_unit_test(trees_are_equal_with_all_that_is_in_them),
      cmocka_unit_test(a_pair_has_a_name_as_well),
      cmocka_unit_test(kinds_that_differ_are_not_equal),
      cmocka_unit_test(blank_and_empty_are_equal_to_what_has_nothing_in_it),
      cmocka_unit_test(texts_lists_and_objects_contain),
  };
  return cmocka_run_group_tests(tests, filtered_begin, filtered_end);
}
