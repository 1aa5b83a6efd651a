/* SPDX-License-Identifier: MIT */
/* Expressions in too little memory: whatever is the first that finds no room, there is none for the
   whole. And values too large for any memory. */
#include <stdio.h>

#include "support/fault.h"
#include "support/worked.h"

/* ---- every allocation -------------------------------------------------------------------------
 */

#define FIELD(name, type, element)                                                                 \
  { sizeof(wb_field), 0, name, NULL, "", type, WB_NULLABLE, WB_CLASS_STAFF, element, 0, 0 }

static const wb_field fields[] = {FIELD("t.flag", WB_BOOL, 0), FIELD("t.word", WB_TEXT, 0),
                                  FIELD("t.list", WB_LIST, WB_INT), FIELD("deep.a.b", WB_INT, 0)};

/* In which `a` is 1; they are run, too. */
static const char *const fieldless[] = {
    "[1, 2, 3].map(x, x * 2).filter(x, x > a).size() + {'k': [a]}.size()",
    "['b', 'c'].map(t, t + 'd').join('-').replace('b', 'd').upperAscii().split('-')",
    "'ab'.matches('^(x|y)+[a-c]{2,3}$') ? base64.encode(b'abc') : string(a)",
    "['^a+$', '[[:alpha:]]'].map(p, 'ab'.matches(p))",
    "{'a': 1, 'b': optional.of(a)}.b.orValue(2) == [a, 2.5, 'x'].size()",
    "'%d %s %.2f %x %s'.format([a, 's', 2.5, 255, {a: 1, 2: [a]}])",
    "cel.bind(x, a + 1, x * x) + [[1, 2], [3]].map(l, l.size()).sum()",
    "[?optional.of(a), a] + [?optional.none()]",
    "{?'a': optional.of(a), 'b': a}",
    "[a, 2].transformMapEntry(i, x, {x: i}).transformMap(k, v, v > 0, v)",
    "[a, 2].transformList(i, x, i + x)",
    "optional.of(a).optMap(x, x + 1).optFlatMap(x, optional.of([x]))",
    "{'m': a}.?m.or({'m': a}[?'n']).value()",
    "[[], [a], [[a]].map(x, x)[0]] == [[1], [], [2]] || [] + [] == []",
    "math.greatest(a, 2, 3) + math.least([a, 4])",
    "type(a) == int && type([a]) != list && dyn([a]) == [1]",
    "a in [1, 2, a] ? 'x' in {'x': a} : !(a < 2u)",
    "date('2026-01-30').addMonths(a) > date(2026, a, 30)",
    "timestamp('2026-01-30T10:00:00Z') + duration('90m') > timestamp(a)",
    "b'ab' + b'\\x00' == b'ab' || r'a' + \"\\u00e9\" == 'b'",
    "'a.b'.split('.').map(p, strings.quote(p)).join() + 'x'.reverse().trim().substring(0)",
    "{1: {'a': [{2u: true}]}}[1].a[0][2u]",
    "optional.none().orValue('x') + {'y': 'z'}.y",
    "has({'a': a}.a) && has(optional.of({'a': 1}).a)",
    "same(a) == 1 || a == 1",
    "[[], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [a]][19][0]",
};

/* Of the dictionary, and of fields of our own. */
static const char *const fielded[] = {
    "t.flag && t.word == 'a' || !t.flag",
    "t.word in ['a', 'b'] && t.list.exists(x, x > deep.a.b)",
    "t.?word.orValue('a').matches('^(a|b)*c') || has(t.word)",
    "procedures.exists(p, p.code == 'D1110') && procedures.map(p, p.?tooth.orValue('')).size() > 1",
    "treatments[0].code == 'D2740' && t.list + [1] == t.list.filter(x, x > 1)",
};

/* Makes a program of it in arenas that hold so many bytes; then runs it. */
static wb_status made(const wbi_cel_env *env, const char *text, size_t tree_room,
                      size_t rule_room) {
  const wbi_cel_value one = wbi_cel_of_int(1);
  wbi_arena scratch, arena;
  wb_error error = {0};
  wbi_cel_program program;
  wbi_cel_value value;
  wbi_arena_init(&scratch, NULL, tree_room);
  wbi_arena_init(&arena, NULL, rule_room);
  wbi_cel_tree tree = {.source = wbi_text_of(text),
                       .env = env,
                       .arena = &scratch,
                       .error = &error,
                       .depth = 64,
                       .cost = 1000000};
  wb_status status = wbi_cel_parse(&tree);
  if (status == WB_OK) status = wbi_cel_check(&tree);
  if (status == WB_OK) status = wbi_cel_fold(&tree, tree.root);
  if (status == WB_OK) status = wbi_cel_compile(&tree, &arena, &program);
  if (status == WB_OK && env->schema == NULL) {
    wbi_cel_run run = {
        .program = &program, .variables = &one, .error = &error, .heap = &arena, .limit = 1000000};
    status = wbi_cel_begin(&run);
    if (status == WB_OK) status = wbi_cel_eval(&run, 0, program.code_count, &value);
    if (status == WB_OK) assert_int_not_equal(value.kind, WBI_KIND_ERROR);
  }
  if (status != error.status) fail_msg("%s: %d, %d %s", text, status, error.status, error.message);
  wbi_arena_free(&scratch);
  wbi_arena_free(&arena);
  return status;
}

/* Less room for the tree, then for what is made of it: until there is enough, there is too little.
 */
static void sweep(const wbi_cel_env *env, const char *text) {
  enum { STEP = 16, ALL = 1 << 20 };
  size_t tree_room = STEP, rule_room = STEP;
  wb_status status = WB_E_NOMEM;
  for (; status == WB_E_NOMEM; tree_room += STEP)
    status = made(env, text, tree_room, ALL);
  if (status != WB_OK) fail_msg("%s: %d", text, status);
  for (status = WB_E_NOMEM; status == WB_E_NOMEM; rule_room += STEP)
    status = made(env, text, ALL, rule_room);
  assert_int_equal(status, WB_OK);
  assert_true(tree_room > 20 * STEP && rule_room > 10 * STEP);
}

static void an_expression_has_room_for_all_of_it_or_none(void **state) {
  const wbi_cel_variable variable = {WBI_TEXT("a"), wbi_type_of(WBI_KIND_DYN)};
  const wbi_cel_type any = {.kind = WBI_KIND_PARAM};
  const wbi_cel_type *const parameters[] = {&any};
  const wbi_cel_declared same = {WBI_TEXT("same"), false, 1, parameters, &any, 1};
  const wbi_cel_env env = {
      .variables = &variable, .variable_count = 1, .functions = &same, .function_count = 1};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(fieldless); i++)
    sweep(&env, fieldless[i]);
}

static void a_rule_has_room_for_all_of_it_or_none(void **state) {
  wb_schema *schema = NULL;
  (void)state;
  assert_int_equal(wb_schema_new(NULL, fields, (uint32_t)WBI_COUNT(fields), &schema, NULL), WB_OK);
  const wbi_cel_env env = {.schema = schema};
  for (size_t i = 0; i < WBI_COUNT(fielded); i++)
    sweep(&env, fielded[i]);
  wb_schema_unref(schema);
}

static void what_means_nothing_is_told_when_there_is_room_for_it(void **state) {
  const wbi_cel_env env = {.schema = NULL};
  static const struct {
    const char *text;
    wb_status status;
  } cases[] = {{"nowhere.at.all == 1", WB_E_NAME},
               {"math.abso(1)", WB_E_NAME},
               {"1 .abso()", WB_E_NAME},
               {"A{b: 1, c: [2]}", WB_E_SYNTAX}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    size_t room = 16;
    wb_status status = WB_E_NOMEM;
    for (; status == WB_E_NOMEM; room += 16)
      status = made(&env, cases[i].text, room, room);
    assert_int_equal(status, cases[i].status);
    assert_true(room > 100);
  }
}

/* ---- values too large -------------------------------------------------------------------------
 */

/* `a`, `y`, `l` and `m` are a text, bytes, a list and a map as long as can be told, of which
   nothing is there: what is made of them is not begun. */
static void what_no_memory_can_hold_costs_too_much(void **state) {
  static const char *const texts[] = {
      "a + a",
      "y + y",
      "l + l",
      "base64.encode(y)",
      "'%s%s'.format([a, a])",
      "'%s'.format([m])",
      "[a, a].join()",
  };
  const wbi_cel_value values[] = {{.kind = WB_TEXT, .length = UINT32_MAX},
                                  {.kind = WB_BYTES, .length = UINT32_MAX},
                                  {.kind = WB_LIST, .length = UINT32_MAX},
                                  {.kind = WBI_KIND_MAP, .length = UINT32_MAX}};
  const wbi_cel_type *any = wbi_type_of(WBI_KIND_DYN);
  const wbi_cel_variable variables[] = {
      {WBI_TEXT("a"), any}, {WBI_TEXT("y"), any}, {WBI_TEXT("l"), any}, {WBI_TEXT("m"), any}};
  const wbi_cel_env env = {.variables = variables, .variable_count = WBI_COUNT(variables)};
  (void)state;
  if (sizeof(size_t) < sizeof(int64_t)) return; /* there none can be told */
  for (size_t i = 0; i < WBI_COUNT(texts); i++) {
    wbi_arena arena;
    wb_error error = {0};
    wbi_cel_program program;
    wbi_cel_value value = {.kind = WB_NULL};
    wbi_arena_init(&arena, NULL, 1 << 20);
    wbi_cel_tree tree = {.source = wbi_text_of(texts[i]),
                         .env = &env,
                         .arena = &arena,
                         .error = &error,
                         .depth = 64,
                         .cost = 1000000};
    assert_int_equal(wbi_cel_parse(&tree), WB_OK);
    assert_int_equal(wbi_cel_check(&tree), WB_OK);
    assert_int_equal(wbi_cel_compile(&tree, &arena, &program), WB_OK);
    wbi_cel_run run = {.program = &program,
                       .variables = values,
                       .error = &error,
                       .heap = &arena,
                       .limit = UINT64_MAX};
    assert_int_equal(wbi_cel_begin(&run), WB_OK);
    assert_int_equal(wbi_cel_eval(&run, 0, program.code_count, &value), WB_OK);
    assert_int_equal(value.kind, WBI_KIND_ERROR);
    assert_int_equal(value.as.integer, WBI_FAULT_COST);
    wbi_arena_free(&arena);
  }
}

static void costs_add_up_to_the_largest_number(void **state) {
  wbi_cel_run run = {.cost = UINT64_MAX - 4, .limit = UINT64_MAX - 1};
  (void)state;
  assert_true(wbi_cel_charge(&run, 3));
  assert_int_equal(run.cost, UINT64_MAX - 1);
  assert_false(wbi_cel_charge(&run, 7));
  assert_int_equal(run.cost, UINT64_MAX);
}

/* Members so many that there are blocks for the names and for the values. */
static void variables_have_room_or_there_are_none(void **state) {
  static char json[32768];
  size_t at = 0;
  (void)state;
  for (int i = 0; i < 1800; i++)
    at += (size_t)snprintf(json + at, sizeof json - at, "%s\"v%d\":%d", i ? "," : "{", i, i);
  at += (size_t)snprintf(json + at, sizeof json - at, "}");
  for (uint64_t fault = 1;; fault++) {
    fault_memory memory = {.live = 0};
    wb_context *context = fault_context(&memory);
    char value[8];
    size_t length = 0;
    fault_arm(&memory.plan, FAULT_ONCE, fault);
    const wb_status status =
        wb_rule_eval(context, "v1799", 5, json, at, value, sizeof value, &length, NULL);
    const bool met = memory.plan.hits > 0;
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    wb_context_unref(context);
    assert_int_equal(memory.live, 0);
    if (!met) break;
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_expression_has_room_for_all_of_it_or_none),
      cmocka_unit_test(a_rule_has_room_for_all_of_it_or_none),
      cmocka_unit_test(what_means_nothing_is_told_when_there_is_room_for_it),
      cmocka_unit_test(what_no_memory_can_hold_costs_too_much),
      cmocka_unit_test(costs_add_up_to_the_largest_number),
      cmocka_unit_test(variables_have_room_or_there_are_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
