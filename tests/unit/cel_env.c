/* SPDX-License-Identifier: MIT */
/* What an environment brings along: variables and functions with types of their own, containers for
   names, types that are not checked. And how types are found and named. */
#include <stdio.h>

#include "support/worked.h"

/* ---- types ------------------------------------------------------------------------------------
 */

#define NAME(literal)                                                                              \
  { literal, sizeof(literal) - 1 }

static const wbi_cel_type param_a = {.kind = WBI_KIND_PARAM, .index = 0};
static const wbi_cel_type *const holds_a[] = {&param_a};
static const wbi_cel_type apple = {.kind = WBI_KIND_ABSTRACT, .name = NAME("apple")};
static const wbi_cel_type pear = {.kind = WBI_KIND_ABSTRACT, .name = NAME("pear")};
static const wbi_cel_type list_of_a = {.kind = WB_LIST, .parts = holds_a, .count = 1};
static const wbi_cel_type whole = {.kind = WB_INT}, text = {.kind = WB_TEXT},
                          truth = {.kind = WB_BOOL}, any = {.kind = WBI_KIND_DYN},
                          bytes = {.kind = WB_BYTES}, span = {.kind = WBI_KIND_DURATION},
                          moment = {.kind = WB_TIME}, real = {.kind = WB_DOUBLE},
                          day = {.kind = WB_DATE};

static const wbi_cel_variable variables[] = {
    {NAME("an_apple"), &apple}, {NAME("a_pear"), &pear}, {NAME("i"), &whole},
    {NAME("s"), &text},         {NAME("b"), &truth},     {NAME("d"), &any},
    {NAME("y"), &bytes},        {NAME("p"), &span},      {NAME("t"), &moment},
    {NAME("r"), &real},         {NAME("e"), &day},       {NAME("org.unit.name"), &text},
    {NAME("org.name"), &whole}, {NAME("name"), &truth},
};

static const wbi_cel_type *const one_a[] = {&param_a},
                                 *const two_lists[] = {&list_of_a, &list_of_a},
                                 *const one_apple[] = {&apple}, *const none[] = {NULL};
static const wbi_cel_type *const one_whole[] = {&whole}, *const one_text[] = {&text};
static const wbi_cel_type list_of_whole = {.kind = WB_LIST, .parts = one_whole, .count = 1};
static const wbi_cel_type list_of_text = {.kind = WB_LIST, .parts = one_text, .count = 1};
static const wbi_cel_declared functions[] = {
    {NAME("org.unit.same"), false, 1, one_a, &param_a, 1},
    {NAME("both"), false, 2, two_lists, &list_of_a, 1},
    {NAME("peel"), true, 1, one_apple, &apple, 0},
    {NAME("peel"), false, 1, one_apple, &pear, 0},
    {NAME("pick"), false, 1, one_whole, &list_of_whole, 0},
    {NAME("pick"), false, 1, one_text, &list_of_text, 0},
    {NAME("nothing"), false, 0, none, &whole, 0},
};

static const wbi_cel_env checked = {.variables = variables,
                                    .variable_count = WBI_COUNT(variables),
                                    .functions = functions,
                                    .function_count = WBI_COUNT(functions)};

/* The type that is found for an expression, or why it is refused. */
static const char *typed_at(const wbi_cel_env *env, uint32_t depth, const char *source) {
  static char shown[300];
  static wbi_arena arena;
  wb_error error = {0};
  wbi_arena_free(&arena);
  wbi_arena_init(&arena, NULL, 0);
  wbi_cel_tree tree = {.source = wbi_text_of(source),
                       .env = env,
                       .arena = &arena,
                       .error = &error,
                       .depth = depth,
                       .cost = 1000000};
  wbi_writer writer = {shown, sizeof shown - 1, 0};
  wb_status status = wbi_cel_parse(&tree);
  if (status == WB_OK) status = wbi_cel_check(&tree);
  wbi_put_text(&writer,
               status == WB_OK ? wbi_type_word(tree.root->type) : wbi_text_of(error.message));
  shown[writer.length] = '\0';
  wbi_arena_free(&arena);
  return shown;
}

static void assert_typed(const wbi_cel_env *env, const char *source, const char *wanted) {
  const char *found = typed_at(env, 64, source);
  if (strcmp(found, wanted) != 0) fail_msg("%s is %s, not %s", source, found, wanted);
}

static void every_type_has_a_word(void **state) {
  static const struct {
    const char *source, *word;
  } cases[] = {
      {"null", "null"},         {"b", "true or false"}, {"i", "a whole number"},
      {"1u", "a whole number"}, {"r", "a number"},      {"s", "a text"},
      {"y", "bytes"},           {"e", "a date"},        {"t", "a time"},
      {"p", "a duration"},      {"[i]", "a list"},      {"{s: i}", "a map"},
      {"int", "a type"},        {"an_apple", "apple"},  {"optional.of(i)", "an optional"},
      {"d", "anything"},
  };
  (void)state;
  for (size_t k = 0; k < WBI_COUNT(cases); k++) {
    char source[80], message[120];
    assert_typed(&checked, cases[k].source, cases[k].word);
    if (k == 0 || k == 1 || k + 1 == WBI_COUNT(cases)) continue;
    snprintf(source, sizeof source, "!%s", cases[k].source);
    snprintf(message, sizeof message, "true or false is needed here, not %s", cases[k].word);
    assert_typed(&checked, source, message);
  }
}

static void operands_that_do_not_go_together_are_refused(void **state) {
  static const struct {
    const char *source, *message;
  } cases[] = {
      {"e - e", "no arithmetic of a date and a date; write daysBetween(a, b)"},
      {"e + i", "no arithmetic of a date and a whole number; write addDays(n)"},
      {"i + r", "no arithmetic of a whole number and a number; write double(n)"},
      {"e < s", "a date cannot be compared with a text; write date(\"2026-01-30\")"},
      {"t < e", "a time cannot be compared with a date; write date(time, zone)"},
      {"i in s", "'in' needs a list, as in [1, 2], not a text"},
      {"i in [s]", "a whole number cannot be compared with a list"},
      {"i in {s: 1}", "a whole number cannot be compared with a map"},
      {"i < null", "null is neither less nor more than anything; use == or !="},
      {"null > i", "null is neither less nor more than anything; use == or !="},
      {"i ? 1 : 2", "true or false is needed here, not a whole number"},
      {"an_apple == a_pear", "apple cannot be compared with pear"},
      {"i.x", "a whole number has no part 'x'"},
      {"s[0]", "a text has no element by a whole number"},
      {"[1]['x']", "a list has no element by a text"},
      {"{s: 1}[1]", "a map has no element by a whole number"},
      {"{1: s}.x", "a map has no part 'x'"},
      {"{[1]: 2}", "a key is a whole number, a text, true or false"},
      {"[?i]", "an optional is needed after '?'"},
      {"{?s: i}", "an optional is needed after '?'"},
      {"has(i)", "has() needs a field, such as has(visit.next)"},
      {"has(b, b)", "has() needs a field, such as has(visit.next)"},
      {"has(d.?x)", "has() needs a field, such as has(visit.next)"},
      {"has(org.name)", "has() needs a field, such as has(visit.next)"},
      {"[1].map(.x, 1)", "a plain name is needed here"},
      {"cel.bind(1, 2, 3)", "a plain name is needed here"},
      {"optional.of(1).optMap(x.y, 1)", "a plain name is needed here"},
      {"i.optMap(x, 1)", "'optMap' needs an optional"},
      {"i.all(x, true)", "'all' goes through a list, not a whole number"},
      {"math.greatest(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, "
       "22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33)",
       "the function 'math.greatest' cannot be used like this, here with a whole number first"},
      {"math.abso(1)", "there is no function 'math.abso'; did you mean 'math.abs'?"},
      {"size(all(b))", "write list.all(x, ...)"},
      {"nowhere", "there is no field 'nowhere'"},
      {"d.bind(x, 1, 2)", "there is no function 'bind'"},
      {"'a'.bind(x, 1, 2)", "there is no function 'bind'"},
      {"[1].map(math, math.abso(1))", "there is no function 'abso'"},
      {"int == 1", "a type cannot be compared with a whole number"},
  };
  (void)state;
  for (size_t k = 0; k < WBI_COUNT(cases); k++)
    assert_typed(&checked, cases[k].source, cases[k].message);
}

static void what_null_may_stand_for_is_nullable(void **state) {
  (void)state;
  assert_typed(&checked, "b ? null : i", "a whole number");
  assert_typed(&checked, "b ? i : null", "a whole number");
  assert_typed(&checked, "[null, p][0]", "a duration");
  assert_typed(&checked, "[t, null][0]", "a time");
  assert_typed(&checked, "[an_apple, null][0]", "apple");
  assert_typed(&checked, "[null, optional.of(1)][0]", "an optional");
  assert_typed(&checked, "[i, null][0]", "anything");
  assert_typed(&checked, "[null, null][0]", "null");
  assert_typed(&checked, "both([null], [p])",
               "the function 'both' cannot be used like this, here with a list first");
  assert_typed(&checked, "both([p], [null])[0]", "a duration");
}

static void types_that_stand_for_others_are_found(void **state) {
  (void)state;
  assert_typed(&checked, "both([], [1])[0]", "a whole number");
  assert_typed(&checked, "both([1], [])[0]", "a whole number");
  assert_typed(&checked, "both([], [])[0]", "anything");
  assert_typed(&checked, "both([i], [s])",
               "the function 'both' cannot be used like this, here with a list first");
  assert_typed(&checked, "both([d], [s])[0]", "anything");
  assert_typed(&checked, "both([[]], [[i]])[0][0]", "a whole number");
  assert_typed(&checked, "both([{}], [{s: i}])[0].x", "a whole number");
  assert_typed(&checked, "[[], [[]], [[[]]]][0]", "a list");
  assert_typed(&checked, "cel.bind(x, [], x == [x])", "a list cannot be compared with a list");
  assert_typed(&checked, "cel.bind(x, [], x + [1] == [2] && x == [3])", "true or false");
  assert_typed(&checked, "[int, string][0]", "a type");
  assert_typed(&checked, "[1].transformMapEntry(k, v, d)", "a map");
  assert_typed(&checked, "[d, i][0] + 1", "a whole number");
  assert_typed(&checked, "d + d", "anything");
  assert_typed(&checked, "math.least(d, 1)", "anything");
  assert_typed(&checked, "d.size()", "a whole number");
  assert_typed(&checked, "pick(i)[0]", "a whole number");
  assert_typed(&checked, "pick(d)", "anything");
  assert_typed(&checked, "[][0].optMap(x, x)", "an optional");
  assert_typed(&checked,
               "[[], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], "
               "[], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [1]][3][0]",
               "a whole number");
}

/* Lists in each other, and behind them. */
static size_t nest(char *to, uint32_t levels, const char *innermost) {
  const size_t length = strlen(innermost);
  memset(to, '[', levels);
  memcpy(to + levels, innermost, length);
  memset(to + levels + length, ']', levels);
  to[2 * levels + length] = '\0';
  return 2 * levels + length;
}

/* Types nest no deeper than 128. */
static void types_are_compared_to_some_depth(void **state) {
  char source[700];
  (void)state;
  size_t at = (size_t)snprintf(source, sizeof source, "b ? ");
  at += nest(source + at, 140, "1");
  at += (size_t)snprintf(source + at, sizeof source - at, " : ");
  nest(source + at, 140, "1");
  assert_string_equal(typed_at(&checked, 200, source),
                      "the two sides of '? :' have different types");
  at = (size_t)snprintf(source, sizeof source, "both(");
  at += nest(source + at, 60, "");
  at += (size_t)snprintf(source + at, sizeof source - at, ", ");
  at += nest(source + at, 160, "1");
  snprintf(source + at, sizeof source - at, ")");
  assert_string_equal(typed_at(&checked, 250, source), "a list");
  for (uint32_t levels = 120; levels <= 140; levels += 20) {
    at = nest(source, levels, "1");
    at += (size_t)snprintf(source + at, sizeof source - at, " == ");
    const size_t behind = at;
    nest(source + behind, levels, "1");
    assert_string_equal(typed_at(&checked, 200, source),
                        levels < 128 ? "true or false" : "a list cannot be compared with a list");
    nest(source + behind, levels, "s");
    assert_string_equal(typed_at(&checked, 200, source), "a list cannot be compared with a list");
  }
}

/* ---- containers -------------------------------------------------------------------------------
 */

static void a_name_is_looked_up_in_its_container_and_those_around_it(void **state) {
  wbi_cel_env within = checked;
  (void)state;
  assert_typed(&within, "name", "true or false");
  assert_typed(&within, "org.name", "a whole number");
  within.container = WBI_TEXT("org.unit");
  assert_typed(&within, "name", "a text");
  assert_typed(&within, ".name", "true or false");
  assert_typed(&within, "i", "a whole number");
  assert_typed(&within, "same(s)", "a text");
  assert_typed(&within, "zzzz(s)", "there is no function 'zzzz'");
  assert_typed(&within, "nothing() + 1", "a whole number");
  within.container = WBI_TEXT("org");
  assert_typed(&within, "name", "a whole number");
  assert_typed(&within, "unit.name", "a text");
  assert_typed(&within, "same(s)", "there is no function 'same'");
  within.container = WBI_TEXT("oak.unit");
  assert_typed(&within, "same(s)", "there is no function 'same'");
  assert_typed(&within, "name", "true or false");
}

static void a_function_is_declared_with_its_receiver(void **state) {
  (void)state;
  assert_typed(&checked, "an_apple.peel()", "apple");
  assert_typed(&checked, "peel(an_apple)", "pear");
  assert_typed(&checked, "peel(a_pear)",
               "the function 'peel' cannot be used like this, here with pear");
  assert_typed(&checked, "peel(an_apple, 1)",
               "the function 'peel' cannot be used like this, here with apple first");
  assert_typed(&checked, "an_apple.nothing()", "write nothing(x)");
  assert_typed(&checked, "org.unit.same(s)", "a text");
  assert_typed(&checked, "[1].map(org, org.unit.same(s))", "there is no function 'same'");
  assert_typed(&checked, "d.?unit.same(s)", "there is no function 'same'");
}

/* ---- without checks ---------------------------------------------------------------------------
 */

/* What an expression comes to whose types nobody has checked. */
static void comes_to(const char *source, const char *wanted) {
  static const wbi_cel_env unchecked = {.unchecked = true};
  char shown[200] = "";
  wbi_arena arena;
  wb_error error = {0};
  wbi_cel_value value = {.kind = WB_NULL};
  wbi_writer writer = {shown, sizeof shown - 1, 0};
  wbi_arena_init(&arena, NULL, 0);
  wbi_cel_tree tree = {.source = wbi_text_of(source),
                       .env = &unchecked,
                       .arena = &arena,
                       .error = &error,
                       .depth = 64,
                       .cost = 1000000};
  if (wbi_cel_work_out(&tree, NULL, &value) == WB_OK)
    worked_put(&writer, &value);
  else
    wbi_put_text(&writer, wbi_text_of(error.message));
  if (strcmp(shown, wanted) != 0) fail_msg("%s is %s, not %s", source, shown, wanted);
  wbi_arena_free(&arena);
}

static void without_checks_the_run_tells(void **state) {
  static const char no_overload[] = "!1", no_name[] = "!9";
  static const struct {
    const char *source, *value;
  } cases[] = {
      {"1 + 'a'", no_overload},
      {"1 < 'a'", no_overload},
      {"null < 1", no_overload},
      {"'a'.size() == [1].size() || 1", "true"},
      {"false || 1", no_overload},
      {"true && 1", no_overload},
      {"1 && true", no_overload},
      {"1 ? 2 : 3", no_overload},
      {"!1", no_overload},
      {"[1].all(x, x)", no_overload},
      {"1.all(x, true)", no_overload},
      {"2.optMap(x, x)", no_overload},
      {"[?1]", no_overload},
      {"{?'a': 1}", no_overload},
      {"{[1]: 2}", no_overload},
      {"1.x", no_overload},
      {"1[0]", no_overload},
      {"nobody", no_name},
      {"nobody.x", no_name},
      {"nobody(1)", no_name},
      {"1.nobody()", no_name},
      {"has(nobody.x)", no_name},
      {"has(1.x)", no_overload},
      {"has({'a': 1}.a)", "true"},
      {"date('x')", "!7"},
      {"duration(1)", no_overload},
      {"'a'.matches(1)", no_overload},
      {"true ? 1 : 'a'", "1"},
      {"1 == 'a'", "false"},
      {"1 in 'a'", no_overload},
      {"'(' in ['(']", "true"},
  };
  (void)state;
  for (size_t k = 0; k < WBI_COUNT(cases); k++)
    comes_to(cases[k].source, cases[k].value);
}

/* Functions may rely on how many arguments they have. */
static void without_checks_too_few_arguments_are_an_error(void **state) {
  static const char *const sources[] = {
      "int()",           "size()",          "'a'.contains()",
      "'a'.matches()",   "'a'.charAt()",    "math.abs()",
      "math.bitAnd(1)",  "math.sqrt(1, 2)", "[].join('a', 'b')",
      "math.greatest()", "base64.encode()", "'%s'.format()",
      "optional.of()",   "date(1, 2)",      "'a'.replace('a')",
      "strings.quote()", "timestamp()",     "date()",
      "duration()",
  };
  (void)state;
  for (size_t k = 0; k < WBI_COUNT(sources); k++)
    comes_to(sources[k], "!1");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_type_has_a_word),
      cmocka_unit_test(operands_that_do_not_go_together_are_refused),
      cmocka_unit_test(what_null_may_stand_for_is_nullable),
      cmocka_unit_test(types_that_stand_for_others_are_found),
      cmocka_unit_test(types_are_compared_to_some_depth),
      cmocka_unit_test(a_name_is_looked_up_in_its_container_and_those_around_it),
      cmocka_unit_test(a_function_is_declared_with_its_receiver),
      cmocka_unit_test(without_checks_the_run_tells),
      cmocka_unit_test(without_checks_too_few_arguments_are_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
