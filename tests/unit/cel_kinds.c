/* SPDX-License-Identifier: MIT */
/*
 * Every function and operator of rules with values of every kind, which only the run can tell: it
 * takes what its signatures say and nothing else, at any limit of cost, and with memory or without.
 */
#include <stdio.h>
#include <stdlib.h>

#include "support/fault.h"
#include "support/worked.h"

/* Letters of signatures, and a value of each. 'n' is null. */
static const struct {
  char letter;
  const char *text;
} kinds[] = {
    {'b', "true"},
    {'i', "3"},
    {'u', "3u"},
    {'d', "2.5"},
    {'s', "'2026-01-30T15:00:00Z'"},
    {'y', "b'abc'"},
    {'t', "timestamp('2026-01-30T15:00:00Z')"},
    {'p', "duration('90s')"},
    {'e', "date('2026-01-30')"},
    {'L', "[1, 2]"},
    {'M', "{'a': 1}"},
    {'O', "optional.of({'a': 1})"},
    {'T', "int"},
    {'n', "null"},
};
enum { KINDS = sizeof kinds / sizeof *kinds, MOST_ARGUMENTS = 4, NO_OVERLOAD = 1, TOO_DEAR = 8 };

/* The values, as variables k0 … of which nothing is known before the run. */
typedef struct world_of_kinds {
  wbi_arena arena;
  wbi_cel_env env;
  wbi_cel_variable variables[KINDS];
  wbi_cel_value values[KINDS];
  char names[KINDS][4];
} world_of_kinds;

/* Makes the program of an expression. */
static wb_status compiled(const wbi_cel_env *env, wbi_arena *arena, const char *text,
                          wbi_cel_program *program, wb_error *error) {
  wbi_cel_tree tree = {.source = wbi_text_of(text),
                       .env = env,
                       .arena = arena,
                       .error = error,
                       .depth = 64,
                       .cost = UINT64_MAX};
  wb_status status = wbi_cel_parse(&tree);
  if (status == WB_OK) status = wbi_cel_check(&tree);
  if (status == WB_OK) status = wbi_cel_fold(&tree, tree.root);
  return status == WB_OK ? wbi_cel_compile(&tree, arena, program) : status;
}

static int begin(void **state) {
  world_of_kinds *w = calloc(1, sizeof *w);
  assert_non_null(w);
  wbi_arena_init(&w->arena, NULL, 0);
  for (size_t i = 0; i < KINDS; i++) {
    const wbi_cel_env none = {.schema = NULL};
    wb_error error = {0};
    wbi_cel_tree tree = {.source = wbi_text_of(kinds[i].text),
                         .env = &none,
                         .arena = &w->arena,
                         .error = &error,
                         .depth = 64,
                         .cost = UINT64_MAX};
    assert_int_equal(wbi_cel_work_out(&tree, NULL, &w->values[i]), WB_OK);
    snprintf(w->names[i], sizeof w->names[i], "k%zu", i);
    w->variables[i] = (wbi_cel_variable){wbi_text_of(w->names[i]), wbi_type_of(WBI_KIND_DYN)};
  }
  w->env.variables = w->variables;
  w->env.variable_count = KINDS;
  *state = w;
  return 0;
}

static int end(void **state) {
  world_of_kinds *w = *state;
  wbi_arena_free(&w->arena);
  free(w);
  return 0;
}

/* What a run of a program gives, at a limit, and what it cost; in `heap` is what it makes. */
static wbi_cel_value run(const world_of_kinds *w, const wbi_cel_program *program, wbi_arena *heap,
                         uint64_t limit, uint64_t *cost) {
  wb_error error = {0};
  wbi_cel_value value = {.kind = WB_NULL};
  wbi_cel_run it = {
      .program = program, .variables = w->values, .error = &error, .heap = heap, .limit = limit};
  assert_int_equal(wbi_cel_begin(&it), WB_OK);
  assert_int_equal(wbi_cel_eval(&it, 0, program->code_count, &value), WB_OK);
  *cost = it.cost;
  return value;
}

static bool is_fault(const wbi_cel_value *value, int64_t fault) {
  return value->kind == WBI_KIND_ERROR && value->as.integer == fault;
}

/* At any lower limit an expression is too dear, and nothing else. */
static void costs(const world_of_kinds *w, const wbi_cel_program *program, const char *text,
                  uint64_t cost) {
  for (uint64_t limit = 0; limit < cost && limit < 512; limit++) {
    uint64_t spent = 0;
    wbi_arena heap;
    wbi_arena_init(&heap, NULL, 0);
    const wbi_cel_value value = run(w, program, &heap, limit, &spent);
    if (!is_fault(&value, TOO_DEAR)) fail_msg("%s at %u", text, (unsigned)limit);
    wbi_arena_free(&heap);
  }
}

/* Whether an expression takes its values. */
static bool takes(const world_of_kinds *w, const char *text) {
  uint64_t cost = 0;
  wbi_arena arena;
  wbi_cel_program program;
  wb_error error = {0};
  wbi_arena_init(&arena, NULL, 0);
  const wb_status status = compiled(&w->env, &arena, text, &program, &error);
  if (status != WB_OK) fail_msg("%s: %s", text, error.message);
  const wbi_cel_value value = run(w, &program, &arena, UINT64_MAX, &cost);
  const bool taken = !is_fault(&value, NO_OVERLOAD);
  if (value.kind != WBI_KIND_ERROR) costs(w, &program, text, cost);
  wbi_arena_free(&arena);
  return taken;
}

/* ---- functions ---------------------------------------------------------------------------------
 */

/* The kind that each parameter of a signature takes, '*' for any, '?' for a list of something that
   ours does not hold; how many there are. */
static uint32_t letters_of(const char *signature, char letters[MOST_ARGUMENTS]) {
  uint32_t count = 0;
  for (const char *at = signature + (*signature == '.'); *at != ':' && *at != '+'; at++) {
    char letter = *at == 'A' || *at == 'B' ? '*' : *at;
    if (letter == 'L' || letter == 'O' || letter == 'T') at++; /* of what */
    if (letter == 'M') at += 2;
    if (letter == 'L' && strchr("A*i", *at) == NULL) letter = '?';
    assert_true(count < MOST_ARGUMENTS);
    letters[count++] = letter;
  }
  return count;
}

static size_t kind_of(char letter) {
  size_t kind = 0;
  while (kind + 1 < KINDS && kinds[kind].letter != letter && letter != '*')
    kind++;
  return kind;
}

/* Whether one of the rows of a function takes the values that were chosen. */
static bool fits(const wbi_cel_library *library, const wbi_cel_overload *overload,
                 const size_t *chosen, uint32_t count) {
  for (uint32_t i = 0; i < library->count; i++) {
    const wbi_cel_overload *row = &library->overloads[i];
    char letters[MOST_ARGUMENTS];
    bool fit = strcmp(row->name, overload->name) == 0 &&
               (*row->signature == '.') == (*overload->signature == '.') &&
               letters_of(row->signature, letters) == count;
    for (uint32_t j = 0; fit && j < count; j++)
      fit = letters[j] == '*' || letters[j] == kinds[chosen[j]].letter;
    if (fit) return true;
  }
  return false;
}

/* A call of a function with the values that were chosen. */
static void call(char *text, size_t room, const wbi_cel_overload *overload, const size_t *chosen,
                 uint32_t count) {
  const uint32_t first = *overload->signature == '.';
  size_t at = 0;
  if (first) at += (size_t)snprintf(text, room, "k%zu.", chosen[0]);
  at += (size_t)snprintf(text + at, room - at, "%s(", overload->name);
  for (uint32_t i = first; i < count; i++)
    at += (size_t)snprintf(text + at, room - at, i > first ? ", k%zu" : "k%zu", chosen[i]);
  snprintf(text + at, room - at, ")");
}

/* Tries a row with what it takes and, in each place, with a value of every kind. */
static uint32_t try_row(const world_of_kinds *w, const wbi_cel_library *library, uint32_t number) {
  const wbi_cel_overload *overload = &library->overloads[number];
  char letters[MOST_ARGUMENTS], text[80];
  size_t chosen[MOST_ARGUMENTS];
  const uint32_t count = letters_of(overload->signature, letters);
  uint32_t tried = 0;
  if (strchr(overload->signature, '+') != NULL) return 0; /* of any number */
  for (uint32_t place = 0; place < count; place++) {
    for (size_t kind = 0; kind < KINDS; kind++) {
      for (uint32_t i = 0; i < count; i++)
        chosen[i] = i == place ? kind : kind_of(letters[i]);
      call(text, sizeof text, overload, chosen, count);
      const bool taken = takes(w, text);
      if (fits(library, overload, chosen, count) && !taken) fail_msg("%s is not taken", text);
      tried += taken ? 1 : 100;
    }
  }
  return tried;
}

static void functions_take_what_their_signatures_say(void **state) {
  static const wbi_cel_library *const libraries[] = {
      &wbi_cel_basics,   &wbi_cel_convert, &wbi_cel_calendar,  &wbi_cel_strings, &wbi_cel_math,
      &wbi_cel_encoders, &wbi_cel_lists,   &wbi_cel_optionals, &wbi_cel_matching};
  uint32_t tried = 0;
  for (size_t i = 0; i < WBI_COUNT(libraries); i++) {
    for (uint32_t j = 0; j < libraries[i]->count; j++)
      tried += try_row(*state, libraries[i], j);
  }
  assert_true(tried > 100 * 100);
}

/* ---- operators ---------------------------------------------------------------------------------
 */

/* Which pairs of kinds an operator takes; two of one kind are written once. */
static const struct {
  const char *sign, *pairs;
} operators[] = {
    {"+", "ii uu dd ss yy LL pp tp pt"},
    {"-", "ii uu dd tt tp pp"},
    {"*", "ii uu dd"},
    {"/", "ii uu dd"},
    {"%", "ii uu"},
    {"<", "bb ii iu id uu ui ud dd di du ss yy tt pp ee"},
    {">=", "bb ii iu id uu ui ud dd di du ss yy tt pp ee"},
};

static void operators_take_what_their_signatures_say(void **state) {
  for (size_t i = 0; i < WBI_COUNT(operators); i++) {
    for (size_t a = 0; a < KINDS; a++) {
      for (size_t b = 0; b < KINDS; b++) {
        const char pair[] = {kinds[a].letter, kinds[b].letter, '\0'};
        char text[32];
        snprintf(text, sizeof text, "k%zu %s k%zu", a, operators[i].sign, b);
        const bool taken = takes(*state, text);
        if (taken != (strstr(operators[i].pairs, pair) != NULL))
          fail_msg("%s: %s %s", text, pair, taken ? "is taken" : "is not taken");
      }
    }
  }
}

static void equality_takes_all_and_in_takes_lists_and_maps(void **state) {
  for (size_t a = 0; a < KINDS; a++) {
    for (size_t b = 0; b < KINDS; b++) {
      char text[32];
      snprintf(text, sizeof text, "k%zu == k%zu", a, b);
      assert_true(takes(*state, text));
      snprintf(text, sizeof text, "k%zu in k%zu", a, b);
      assert_int_equal(takes(*state, text), kinds[b].letter == 'L' || kinds[b].letter == 'M');
    }
  }
}

/* What is before the first blank is of the kinds in the second word alone. */
static void signs_keys_and_loops_take_their_kinds(void **state) {
  static const struct {
    const char *before, *after, *taken;
  } forms[] = {
      {"-", "", "id"},
      {"!", "", "b"},
      {"", " ? 1 : 2", "b"},
      {"", "[0]", "LMO"},
      {"", "[?0]", "LMO"},
      {"[7][", "]", "iud"},
      {"{3: 7}[", "]", "biudsytpeLMOTn"},
      {"", ".a", "MO"},
      {"", ".matches('^2026')", "s"},
      {"", ".matches('^2026') && true", "s"},
      {"", ".?a", "MO"},
      {"has(", ".a)", "MO"},
      {"", ".all(x, true)", "LM"},
      {"", ".map(x, x)", "LM"},
      {"", ".filter(x, true)", "LM"},
      {"", ".exists_one(x, true)", "LM"},
      {"[1].all(x, ", ")", "b"},
      {"[1].filter(x, ", ")", "b"},
  };
  for (size_t i = 0; i < WBI_COUNT(forms); i++) {
    for (size_t kind = 0; kind < KINDS; kind++) {
      char text[64];
      snprintf(text, sizeof text, "%sk%zu%s", forms[i].before, kind, forms[i].after);
      const bool taken = takes(*state, text);
      if (taken != (strchr(forms[i].taken, kinds[kind].letter) != NULL))
        fail_msg("%s %s", text, taken ? "is taken" : "is not taken");
    }
  }
}

/* ---- cost ----------------------------------------------------------------------------------
 */

/* takes() tries every lower limit. */
static void whatever_takes_room_or_time_costs(void **state) {
  static const char *const texts[] = {
      "k6.getHours('America/New_York')",
      "string(bytes(k4)) == k4",
      "duration(k4.substring(0, 0) + '1000000000000000ns')",
      "k4.matches('^' + k4.substring(0, 4))",
      "{k1: 1, 'b': k1, true: 2}",
      "[k1, 1].transformMapEntry(i, x, {x: i})",
      "[k1, 1].transformMap(i, x, x)",
      "{k1: 1}.transformMap(k, x, x)",
      "{k1: 1} == {3: 1}",
      "'%s %s'.format([{k1: [k1], true: {2u: k1}}, k4])",
      "[k0, k0].filter(x, x) + [k0]",
      "optional.of(k1).optMap(x, [x])",
      "{'a': k1}.?a.orValue(1) + {'a': k1}[?'a'].value()",
      "k4.split('-').join(k4)",
      "k4.replace('-', k4).lowerAscii().reverse()",
      "strings.quote(k4)",
      "base64.decode(base64.encode(k5)) == k5",
      "[k1, 1, 2].min() + math.greatest([k1, 1])",
      "k1 in [1, 2] || k4 in ['a', k4]",
  };
  for (size_t i = 0; i < WBI_COUNT(texts); i++)
    assert_true(takes(*state, texts[i]));
}

/* ---- memory ------------------------------------------------------------------------------------
 */

static void an_expression_is_worked_out_or_there_is_no_memory(void **state) {
  static const char *const texts[] = {
      "[1, 2, 3].map(x, x * 2).filter(x, x > a).size() + {'k': [a]}.size()",
      "['b', 'c'].map(t, t + s).join('-').replace('b', 'd').upperAscii().split('-')",
      "s.matches('^(x|y)+[a-c]{2,3}$') ? base64.encode(b'abc') : string(a)",
      "{'a': 1, 'b': optional.of(a)}.b.orValue(2) == [a, 2.5, 'x'].size()",
      "'%d %s %.2f %x'.format([a, s, 2.5, 255]) + string(timestamp(0)) + type(a).string()",
      "cel.bind(x, a + 1, x * x) + [[1, 2], [3]].map(l, l.size()).sum()",
  };
  static const char variables[] = "{\"a\": 5, \"s\": \"xyab\", \"l\": [1, {\"m\": [null, 2.5]}]}";
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(texts); i++) {
    for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; mode++) {
      for (uint64_t at = 1;; at++) {
        fault_memory memory = {.live = 0};
        wb_context *context = fault_context(&memory);
        char value[256];
        size_t length = 0;
        fault_arm(&memory.plan, mode, at);
        const wb_status status =
            wb_rule_eval(context, texts[i], strlen(texts[i]), variables, sizeof variables - 1,
                         value, sizeof value, &length, NULL);
        const bool met = memory.plan.hits > 0;
        if (met) assert_int_equal(status, WB_E_NOMEM);
        wb_context_unref(context);
        assert_int_equal(memory.live, 0);
        if (!met) break;
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(functions_take_what_their_signatures_say),
      cmocka_unit_test(operators_take_what_their_signatures_say),
      cmocka_unit_test(equality_takes_all_and_in_takes_lists_and_maps),
      cmocka_unit_test(signs_keys_and_loops_take_their_kinds),
      cmocka_unit_test(whatever_takes_room_or_time_costs),
      cmocka_unit_test(an_expression_is_worked_out_or_there_is_no_memory),
  };
  return cmocka_run_group_tests(tests, begin, end);
}
