/* SPDX-License-Identifier: MIT */
/*
 * Three-valued logic, table by table: every operator and macro over what is true, false, unknown,
 * null and an error, in both executors, with the names of the fields that were missing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "cel/cel.h"
#include "support/hosted.h"

#define FIELD(name, type, presence, element)                                                       \
  { sizeof(wb_field), 0, name, NULL, "", type, presence, WB_CLASS_STAFF, element, 0, 0 }

/* `may.…` are optional and absent, `none.…` nullable and absent. */
static const wb_field fields[] = {FIELD("yes.flag", WB_BOOL, WB_REQUIRED, 0),
                                  FIELD("no.flag", WB_BOOL, WB_REQUIRED, 0),
                                  FIELD("is.int", WB_INT, WB_REQUIRED, 0),
                                  FIELD("may.flag", WB_BOOL, WB_OPTIONAL, 0),
                                  FIELD("none.flag", WB_BOOL, WB_NULLABLE, 0),
                                  FIELD("may.int", WB_INT, WB_OPTIONAL, 0),
                                  FIELD("none.int", WB_INT, WB_NULLABLE, 0),
                                  FIELD("may.text", WB_TEXT, WB_OPTIONAL, 0),
                                  FIELD("none.text", WB_TEXT, WB_NULLABLE, 0),
                                  FIELD("some.items", WB_LIST, WB_OPTIONAL, WB_RECORD),
                                  FIELD("some.items.flag", WB_BOOL, WB_OPTIONAL, 0),
                                  FIELD("some.items.n", WB_INT, WB_OPTIONAL, 0),
                                  FIELD("some.items.all", WB_INT, WB_OPTIONAL, 0),
                                  FIELD("some.items.due", WB_INT, WB_NULLABLE, 0),
                                  FIELD("may.items", WB_LIST, WB_OPTIONAL, WB_RECORD),
                                  FIELD("may.items.n", WB_INT, WB_OPTIONAL, 0),
                                  FIELD("none.items", WB_LIST, WB_NULLABLE, WB_RECORD),
                                  FIELD("none.items.n", WB_INT, WB_OPTIONAL, 0),
                                  FIELD("may.ints", WB_LIST, WB_OPTIONAL, WB_INT),
                                  FIELD("none.ints", WB_LIST, WB_NULLABLE, WB_INT)};

enum { ROWS = 3, F = WB_FALSE, T = WB_TRUE, U = WB_UNDETERMINED, E = WB_FAULTY };

typedef struct scene {
  hosted host;
  arrays_node key, status, yes, no, number, list, item, flag, n, all, due, table;
} scene;

/* Three patients alike, each with three items: {true, 1, 10, 5}, {unknown, unknown, 20, null},
   {false, 2, 30, 6}. */
static void fill(scene *s) {
  static const uint8_t set[] = {0xff, 0xff}, clear[] = {0, 0};
  static const uint8_t flags[] = {0x49, 0x00}, known[] = {0x6d, 0x01}; /* 101 101 101 */
  static const int32_t starts[] = {0, 3, 6, 9}, sevens[] = {7, 7, 7};
  static const int32_t n[] = {1, 99, 2, 1, 99, 2, 1, 99, 2}, due[] = {5, 0, 6, 5, 0, 6, 5, 0, 6};
  static const int32_t all[] = {10, 20, 30, 10, 20, 30, 10, 20, 30};
  static const int32_t words[] = {0, 6, 12, 18}, keys[] = {0, 1, 2, 3};
  arrays_table(&s->table, ROWS, 0);
  arrays_leaf(&s->key, "u", "patient", ROWS, 0);
  arrays_buffer(&s->key, 1, keys, sizeof keys);
  arrays_buffer(&s->key, 2, "abc", 3);
  arrays_leaf(&s->status, "u", "status", ROWS, 0);
  arrays_buffer(&s->status, 1, words, sizeof words);
  arrays_buffer(&s->status, 2, "activeactiveactive", 18);
  arrays_leaf(&s->yes, "b", "yes.flag", ROWS, 0);
  arrays_buffer(&s->yes, 1, set, 1);
  arrays_leaf(&s->no, "b", "no.flag", ROWS, 0);
  arrays_buffer(&s->no, 1, clear, 1);
  arrays_leaf(&s->number, "i", "is.int", ROWS, 0);
  arrays_buffer(&s->number, 1, sevens, sizeof sevens);
  arrays_leaf(&s->flag, "b", "flag", 9, 0);
  arrays_buffer(&s->flag, 0, known, 2);
  arrays_buffer(&s->flag, 1, flags, 2);
  arrays_leaf(&s->n, "i", "n", 9, 0);
  arrays_buffer(&s->n, 0, known, 2);
  arrays_buffer(&s->n, 1, n, sizeof n);
  arrays_leaf(&s->all, "i", "all", 9, 0);
  arrays_buffer(&s->all, 1, all, sizeof all);
  arrays_leaf(&s->due, "i", "due", 9, 0);
  arrays_buffer(&s->due, 0, known, 2);
  arrays_buffer(&s->due, 1, due, sizeof due);
  arrays_leaf(&s->item, "+s", "item", 9, 0);
  arrays_leaf(&s->list, "+l", "some.items", ROWS, 0);
  arrays_buffer(&s->list, 1, starts, sizeof starts);
  arrays_node *const parts[] = {&s->flag, &s->n, &s->all, &s->due};
  arrays_node *const columns[] = {&s->key, &s->status, &s->yes, &s->no, &s->number, &s->list};
  for (size_t i = 0; i < WBI_COUNT(parts); i++)
    arrays_child(&s->item, parts[i]);
  arrays_child(&s->list, &s->item);
  for (size_t i = 0; i < WBI_COUNT(columns); i++)
    arrays_child(&s->table, columns[i]);
}

static int set_up(void **state) {
  static scene only;
  hosted_open(&only.host, NULL, fields, WBI_COUNT(fields));
  fill(&only);
  hosted_add(&only.host, &only.table);
  *state = &only;
  return 0;
}

static int tear_down(void **state) {
  scene *s = *state;
  hosted_close(&s->host);
  (void)arrays_end();
  return 0;
}

/* ---- both executors ----------------------------------------------------------------------- */

/* Names of a verdict's missing fields, joined by spaces. */
static void put_names(const scene *s, const wb_verdict *verdict, char *names, size_t size) {
  size_t length = 0;
  names[0] = '\0';
  for (uint32_t i = 0; i < verdict->missing_count && i < WB_VERDICT_MISSING; i++) {
    wb_field field = {.size = sizeof field};
    assert_int_equal(wb_schema_get(s->host.schema, verdict->missing[i], &field), WB_OK);
    length += (size_t)snprintf(names + length, size - length, "%s%s", i ? " " : "", field.name);
  }
}

/* A rule by row says this, and misses these; and two of the rows in a batch say the same. */
static void assert_says(const scene *s, const char *source, int32_t truth, const char *names) {
  wb_rule *rule = NULL;
  wb_error error = {0};
  wb_verdict verdict = {.size = sizeof verdict};
  wb_tally tally = {.size = sizeof tally};
  uint8_t yes = 0xff, known = 0xff;
  char missing[256];
  if (wb_rule_new(NULL, s->host.schema, source, strlen(source), &rule, &error) != WB_OK)
    fail_msg("%s: %s", source, error.message);
  for (uint64_t row = 0; row < ROWS; row++) {
    assert_int_equal(wb_rule_test(rule, s->host.facts, row, &s->host.moment, &verdict, NULL),
                     WB_OK);
    if (verdict.truth != truth) fail_msg("%s: %d, not %d", source, verdict.truth, truth);
    put_names(s, &verdict, missing, sizeof missing);
    if (strcmp(missing, names) != 0) fail_msg("%s: misses '%s', not '%s'", source, missing, names);
  }
  assert_int_equal(wb_rule_match(rule, s->host.facts, 1, 2, &s->host.moment, &yes, &known, NULL),
                   WB_OK);
  if (yes != (truth == T ? 3 : 0)) fail_msg("%s: selected in a batch: %d", source, yes);
  if (known != (truth == T || truth == F ? 3 : 0)) fail_msg("%s: known: %d", source, known);
  assert_int_equal(wb_rule_count(rule, s->host.facts, &s->host.moment, &tally, NULL), WB_OK);
  assert_int_equal(tally.yes, truth == T ? ROWS : 0);
  assert_int_equal(tally.no, truth == F ? ROWS : 0);
  assert_int_equal(tally.unknown, truth == U ? ROWS : 0);
  assert_int_equal(tally.failed, truth == E ? ROWS : 0);
  wb_rule_unref(rule);
}

/* ---- tables ------------------------------------------------------------------------------- */

/* What operands are, and what is missing where one is unknown. */
enum { VALUES = 5, UNKNOWN = 2, NULLED = 3 };
typedef struct operand {
  const char *text, *name;
} operand;

static const operand flags[VALUES] = {{"yes.flag", ""},
                                      {"no.flag", ""},
                                      {"may.flag", "may.flag"},
                                      {"none.flag", "none.flag"},
                                      {"(1 / (is.int - 7) == 1)", ""}};
static const operand ints[VALUES] = {{"is.int", ""},
                                     {"is.int", ""},
                                     {"may.int", "may.int"},
                                     {"none.int", "none.int"},
                                     {"(1 / (is.int - 7))", ""}};

/* Whether an operand is named in a result that is unknown. */
static bool is_named(int which, bool null_lacks) {
  return which == UNKNOWN || (which == NULLED && null_lacks);
}

/* Writes a pattern with operands for its signs @. */
static void spell(char *to, const char *pattern, const char *a, const char *b) {
  for (; *pattern; pattern++) {
    if (*pattern != '@') {
      *to++ = *pattern;
      continue;
    }
    memcpy(to, a, strlen(a));
    to += strlen(a);
    a = b;
  }
  *to = '\0';
}

/* A table of an operator with two operands, written as a pattern of both. `null_lacks`: null is as
   good as unknown. */
static void assert_table(const scene *s, const char *pattern, const operand operands[VALUES],
                         const int32_t expected[VALUES][VALUES], bool null_lacks) {
  char source[160], names[64];
  for (int a = 0; a < VALUES; a++) {
    for (int b = 0; b < VALUES; b++) {
      const bool left = is_named(a, null_lacks), right = is_named(b, null_lacks) && a != b;
      spell(source, pattern, operands[a].text, operands[b].text);
      snprintf(names, sizeof names, "%s%s%s", left ? operands[a].name : "",
               left && right ? " " : "", right ? operands[b].name : "");
      if (expected[a][b] != U) names[0] = '\0';
      assert_says(s, source, expected[a][b], names);
    }
  }
}

static void logic_absorbs_what_is_unknown_and_errors(void **state) {
  static const int32_t and[5][5] = {
      {T, F, U, U, E}, {F, F, F, F, F}, {U, F, U, U, U}, {U, F, U, U, U}, {E, F, U, U, E}};
  static const int32_t or [5][5] = {
      {T, T, T, T, T}, {T, F, U, U, E}, {T, U, U, U, U}, {T, U, U, U, U}, {T, E, U, U, E}};
  assert_table(*state, "@ && @", flags, and, true);
  assert_table(*state, "@ || @", flags, or, true);
}

static void chains_of_logic_are_worked_out_whatever_the_order(void **state) {
  const scene *s = *state;
  assert_says(s, "may.flag && yes.flag && no.flag", F, "");
  assert_says(s, "1 / (is.int - 7) == 1 && may.flag && yes.flag", U, "may.flag");
  assert_says(s, "1 / (is.int - 7) == 1 && may.flag && no.flag", F, "");
  assert_says(s, "none.flag || 1 / (is.int - 7) == 1 || may.flag", U, "none.flag may.flag");
  assert_says(s, "none.flag || 1 / (is.int - 7) == 1 || yes.flag", T, "");
  assert_says(s, "!(may.flag && no.flag) && !(no.flag || none.flag)", U, "none.flag");
}

static void not_keeps_the_doubt(void **state) {
  static const int32_t expected[] = {F, T, U, U, E};
  static const int32_t twice[] = {T, F, U, U, E};
  char source[64];
  for (int i = 0; i < VALUES; i++) {
    snprintf(source, sizeof source, "!%s", flags[i].text);
    assert_says(*state, source, expected[i], flags[i].name);
    snprintf(source, sizeof source, "!!%s", flags[i].text);
    assert_says(*state, source, twice[i], flags[i].name);
  }
}

static void equality_with_null_is_ordinary(void **state) {
  static const int32_t equal[5][5] = {
      {T, F, U, F, E}, {F, T, U, F, E}, {U, U, U, U, U}, {F, F, U, T, E}, {E, E, U, E, E}};
  static const int32_t unequal[5][5] = {
      {F, T, U, T, E}, {T, F, U, T, E}, {U, U, U, U, U}, {T, T, U, F, E}, {E, E, U, E, E}};
  static const int32_t in[5][5] = {/* a list that holds what is unknown is itself known */
                                   {T, F, U, F, E},
                                   {F, T, U, F, E},
                                   {U, U, U, U, U},
                                   {F, F, U, T, E},
                                   {E, E, E, E, E}};
  const scene *s = *state;
  assert_table(s, "@ == @", flags, equal, false);
  assert_table(s, "@ != @", flags, unequal, false);
  assert_table(s, "@ in [@]", flags, in, false);
  assert_says(s, "none.int == null", T, "");
  assert_says(s, "none.int != null", F, "");
  assert_says(s, "is.int == null", F, "");
  assert_says(s, "may.int == null", U, "may.int");
  assert_says(s, "may.int != null", U, "may.int");
}

static void order_needs_both_values(void **state) {
  static const int32_t less[5][5] = {
      {F, F, U, U, E}, {T, F, U, U, E}, {U, U, U, U, U}, {U, U, U, U, U}, {E, E, U, U, E}};
  static const int32_t less_equal[5][5] = {
      {T, F, U, U, E}, {T, T, U, U, E}, {U, U, U, U, U}, {U, U, U, U, U}, {E, E, U, U, E}};
  static const int32_t greater[5][5] = {
      {F, T, U, U, E}, {F, F, U, U, E}, {U, U, U, U, U}, {U, U, U, U, U}, {E, E, U, U, E}};
  static const int32_t greater_equal[5][5] = {
      {T, T, U, U, E}, {F, T, U, U, E}, {U, U, U, U, U}, {U, U, U, U, U}, {E, E, U, U, E}};
  assert_table(*state, "@ < @", flags, less, true);
  assert_table(*state, "@ <= @", flags, less_equal, true);
  assert_table(*state, "@ > @", flags, greater, true);
  assert_table(*state, "@ >= @", flags, greater_equal, true);
}

static void arithmetic_needs_both_values(void **state) {
  static const int32_t expected[5][5] = {
      {T, T, U, U, E}, {T, T, U, U, E}, {U, U, U, U, U}, {U, U, U, U, U}, {E, E, U, U, E}};
  const scene *s = *state;
  assert_table(s, "@ + @ == 14", ints, expected, true);
  assert_table(s, "@ - @ == 0", ints, expected, true);
  assert_table(s, "@ * @ == 49", ints, expected, true);
  assert_table(s, "@ / @ == 1", ints, expected, true);
  assert_table(s, "@ % @ == 0", ints, expected, true);
  assert_says(s, "-may.int == 1", U, "may.int");
  assert_says(s, "-none.int == 1", U, "none.int");
  assert_says(s, "-is.int == -7", T, "");
  assert_says(s, "is.int % (is.int - 7) == 1", E, "");
}

static void a_choice_needs_its_question_only(void **state) {
  static const int32_t expected[] = {T, F, U, U, E};
  const scene *s = *state;
  char source[96];
  for (int i = 0; i < VALUES; i++) {
    snprintf(source, sizeof source, "%s ? yes.flag : no.flag", flags[i].text);
    assert_says(s, source, expected[i], flags[i].name);
  }
  assert_says(s, "yes.flag ? yes.flag : may.flag", T, "");
  assert_says(s, "no.flag ? may.flag : no.flag", F, "");
  assert_says(s, "yes.flag ? may.flag : no.flag", U, "may.flag");
  assert_says(s, "(yes.flag ? none.int : may.int) > 1", U, "none.int");
  assert_says(s, "(no.flag ? none.int : is.int) > 1", T, "");
  assert_says(s, "may.flag ? 1 / (is.int - 7) == 1 : no.flag", U, "may.flag");
}

static void membership_is_equality_with_any(void **state) {
  const scene *s = *state;
  assert_says(s, "is.int in [1, may.int, 7]", T, "");
  assert_says(s, "is.int in [1, may.int]", U, "may.int");
  assert_says(s, "is.int in [1, none.int]", F, "");
  assert_says(s, "none.int in [1, 2]", F, "");
  assert_says(s, "none.int in [1, null]", T, "");
  assert_says(s, "none.text in [\"a\", null]", T, "");
  assert_says(s, "none.text in [\"a\"]", F, "");
  assert_says(s, "may.text in [\"a\", null]", U, "may.text");
  assert_says(s, "may.int in []", U, "may.int");
  assert_says(s, "1 in may.ints", U, "may.ints");
  assert_says(s, "1 in none.ints", U, "none.ints");
  assert_says(s, "2 in some.items.map(t, t.all)", F, "");
  assert_says(s, "may.int in none.ints", U, "may.int none.ints");
}

static void an_index_needs_list_and_place(void **state) {
  const scene *s = *state;
  assert_says(s, "[is.int, may.int][0] == 7", T, "");
  assert_says(s, "[is.int, may.int][1] == 7", U, "may.int");
  assert_says(s, "[is.int][may.int] == 7", U, "may.int");
  assert_says(s, "[is.int][none.int] == 7", U, "none.int");
  assert_says(s, "[is.int][is.int] == 7", E, "");
  assert_says(s, "may.ints[0] == 7", U, "may.ints");
  assert_says(s, "none.ints[0] == 7", U, "none.ints");
  assert_says(s, "none.ints[may.int] == 7", U, "none.ints may.int");
  assert_says(s, "some.items[1].n == 1", U, "some.items.n");
  assert_says(s, "some.items[2].n == 2", T, "");
  assert_says(s, "some.items[3].n == 2", E, "");
}

static void has_is_always_known(void **state) {
  const scene *s = *state;
  assert_says(s, "has(is.int)", T, "");
  assert_says(s, "has(may.int)", F, "");
  assert_says(s, "has(none.int)", F, "");
  assert_says(s, "has(may.items)", F, "");
  assert_says(s, "has(none.items)", F, "");
  assert_says(s, "has(some.items)", T, "");
  assert_says(s, "some.items.all(t, has(t.all))", T, "");
  assert_says(s, "some.items.exists_one(t, !has(t.flag))", T, "");
  assert_says(s, "some.items.exists_one(t, !has(t.due))", T, "");
  assert_says(s, "has(may.int) && may.int > 1", F, "");
}

static void an_optional_of_nothing_is_none(void **state) {
  const scene *s = *state;
  assert_says(s, "may.?int.hasValue()", F, "");
  assert_says(s, "none.?int.hasValue()", F, "");
  assert_says(s, "is.?int.hasValue()", T, "");
  assert_says(s, "may.?int.orValue(3) == 3", T, "");
  assert_says(s, "is.?int.orValue(3) == 7", T, "");
  assert_says(s, "may.?int.optMap(x, x > 1).orValue(true)", T, "");
  assert_says(s, "is.?int.optMap(x, x > 7).orValue(true)", F, "");
  assert_says(s, "is.?int.optMap(x, x > may.int).orValue(true)", U, "may.int");
}

/* ---- macros ------------------------------------------------------------------------------- */

static void one_element_decides_all_and_exists(void **state) {
  const scene *s = *state;
  assert_says(s, "some.items.exists(t, t.flag)", T, "");
  assert_says(s, "some.items.all(t, t.flag)", F, "");
  assert_says(s, "some.items.exists(t, t.n > 2)", U, "some.items.n");
  assert_says(s, "some.items.all(t, t.n > 0)", U, "some.items.n");
  assert_says(s, "some.items.exists(t, t.n == 2)", T, "");
  assert_says(s, "some.items.all(t, t.n != 2)", F, "");
  assert_says(s, "some.items.exists(t, t.n > 2 || t.flag && t.n > 1)", U,
              "some.items.n some.items.flag");
  assert_says(s, "some.items.exists(t, t.due > 9)", U, "some.items.due");
  assert_says(s, "some.items.exists(t, t.due == 9)", F, "");
  assert_says(s, "some.items.exists(t, t.due == null)", T, "");
  assert_says(s, "some.items.exists(t, 1 / (t.all - 10) == 5)", E, "");
  assert_says(s, "some.items.exists(t, 20 / (t.all - 10) == 1)", T, "");
  assert_says(s, "some.items.all(t, 1 / (t.all - 10) > 5)", F, "");
  assert_says(s, "some.items.exists(t, 1 / (t.all - 10) == t.n + 5)", U, "some.items.n");
  assert_says(s, "some.items.exists(t, may.flag)", U, "may.flag");
  assert_says(s, "some.items.all(t, none.flag)", U, "none.flag");
}

static void exists_one_must_know_every_element(void **state) {
  const scene *s = *state;
  assert_says(s, "some.items.exists_one(t, t.all == 20)", T, "");
  assert_says(s, "some.items.exists_one(t, t.all > 10)", F, "");
  assert_says(s, "some.items.exists_one(t, t.flag)", U, "some.items.flag");
  assert_says(s, "some.items.exists_one(t, t.n > 0)", U, "some.items.n");
  assert_says(s, "some.items.exists_one(t, 1 / (t.all - 10) == 5)", E, "");
}

static void what_is_made_of_a_list_must_know_every_step(void **state) {
  const scene *s = *state;
  assert_says(s, "some.items.filter(t, t.all > 10).size() == 2", T, "");
  assert_says(s, "some.items.filter(t, t.n > 1).size() == 1", U, "some.items.n");
  assert_says(s, "some.items.map(t, t.all).size() == 3", T, "");
  assert_says(s, "some.items.map(t, t.n).size() == 3", U, "some.items.n");
  assert_says(s, "some.items.map(t, t.all > 10, t.all) == [20, 30]", T, "");
  assert_says(s, "some.items.map(t, t.flag, t.all) == [10]", U, "some.items.flag");
  assert_says(s, "some.items.map(t, t.all != 20, t.n) == [1, 2]", T, "");
  assert_says(s, "some.items.map(t, t.due).size() == 3", T, "");
  assert_says(s, "some.items.map(t, t.due) == [5, null, 6]", T, "");
  assert_says(s, "some.items.map(t, 1 / (t.all - 10)).size() == 3", E, "");
  assert_says(s, "some.items.map(t, t.n / (t.all - 10)).size() == 3", U, "some.items.n");
}

static void two_names_do_as_one(void **state) {
  const scene *s = *state;
  assert_says(s, "some.items.exists(i, t, i == 0 && t.flag)", T, "");
  assert_says(s, "some.items.exists(i, t, i == 1 && t.flag)", U, "some.items.flag");
  assert_says(s, "some.items.all(i, t, i == 1 || t.n > 0)", T, "");
  assert_says(s, "some.items.all(i, t, t.n > 0)", U, "some.items.n");
  assert_says(s, "some.items.exists_one(i, t, t.n == i)", U, "some.items.n");
  assert_says(s, "some.items.existsOne(i, t, t.all == 10 * i)", F, "");
  assert_says(s, "some.items.transformList(i, t, t.all * i) == [0, 20, 60]", T, "");
  assert_says(s, "some.items.transformList(i, t, t.n * i) == [0, 20, 60]", U, "some.items.n");
  assert_says(s, "some.items.transformList(i, t, i != 1, t.n) == [1, 2]", T, "");
  assert_says(s, "some.items.transformMap(i, t, t.all)[1] == 20", T, "");
  assert_says(s, "some.items.transformMap(i, t, t.n)[0] == 1", U, "some.items.n");
  assert_says(s, "some.items.transformMap(i, t, i != 1, t.n)[2] == 2", T, "");
  assert_says(s, "some.items.transformMapEntry(i, t, {t.all: i})[20] == 1", T, "");
  assert_says(s, "some.items.transformMapEntry(i, t, {t.n: i})[1] == 0", U, "some.items.n");
}

static void a_list_that_is_not_there_is_unknown(void **state) {
  static const char *const macros[] = {"exists(t, t.n > 0)",
                                       "all(t, t.n > 0)",
                                       "exists_one(t, t.n > 0)",
                                       "exists(t, true)",
                                       "all(t, false)",
                                       "filter(t, t.n > 0).size() == 0",
                                       "map(t, t.n).size() == 0",
                                       "map(t, t.n > 0, t.n).size() == 0",
                                       "exists(i, t, i > 0)",
                                       "all(i, t, i > 0)",
                                       "existsOne(i, t, i > 0)",
                                       "transformList(i, t, i).size() == 0",
                                       "transformMap(i, t, i).size() == 0",
                                       "size() == 0",
                                       "count() == 0"};
  const scene *s = *state;
  char source[96];
  for (size_t i = 0; i < WBI_COUNT(macros); i++) {
    snprintf(source, sizeof source, "may.items.%s", macros[i]);
    assert_says(s, source, U, "may.items");
    snprintf(source, sizeof source, "none.items.%s", macros[i]);
    assert_says(s, source, U, "none.items");
    snprintf(source, sizeof source, "none.items.%s && no.flag", macros[i]);
    assert_says(s, source, F, "");
  }
  assert_says(s, "may.items == null", U, "may.items");
  assert_says(s, "none.items == null", T, "");
  assert_says(s, "none.items == null || none.items.all(t, t.n > 1)", T, "");
}

static void an_empty_list_is_known(void **state) {
  const scene *s = *state;
  assert_says(s, "some.items.filter(t, t.all > 99).all(t, t.n > 0)", T, "");
  assert_says(s, "some.items.filter(t, t.all > 99).exists(t, t.n > 0)", F, "");
  assert_says(s, "some.items.filter(t, t.all > 99).exists_one(t, t.n > 0)", F, "");
  assert_says(s, "some.items.filter(t, t.all > 99).map(t, t.n).sum() == 0", T, "");
  assert_says(s, "some.items.filter(t, t.all > 99).map(t, t.n).min() == 0", E, "");
}

static void functions_of_lists_must_know_every_element(void **state) {
  const scene *s = *state;
  assert_says(s, "some.items.map(t, t.all).sum() == 60", T, "");
  assert_says(s, "some.items.map(t, t.all).min() == 10", T, "");
  assert_says(s, "some.items.map(t, t.all).max() == 30", T, "");
  assert_says(s, "some.items.count() == 3", T, "");
  assert_says(s, "some.items.map(t, t.n).sum() == 3", U, "some.items.n");
  assert_says(s, "[is.int, may.int].sum() == 7", U, "may.int");
  assert_says(s, "[is.int, may.int].min() == 7", U, "may.int");
  assert_says(s, "[is.int, may.int].max() == 7", U, "may.int");
  assert_says(s, "[is.int, may.int].count() == 2", T, "");
  assert_says(s, "[is.int, may.int].size() == 2", T, "");
  assert_says(s, "some.items.map(t, t.due).sum() == 11", U, "some.items.due");
  assert_says(s, "some.items.map(t, t.due).min() == 5", U, "some.items.due");
  assert_says(s, "some.items.map(t, t.due).max() == 6", U, "some.items.due");
  assert_says(s, "[is.int, null].sum() == 7", E, "");
  assert_says(s, "may.ints.sum() == 1", U, "may.ints");
  assert_says(s, "none.ints.max() == 1", U, "none.ints");
}

static void functions_need_their_arguments(void **state) {
  const scene *s = *state;
  assert_says(s, "size(may.text) == 1", U, "may.text");
  assert_says(s, "size(none.text) == 1", U, "none.text");
  assert_says(s, "none.text.contains(\"a\")", U, "none.text");
  assert_says(s, "may.text.startsWith(none.text)", U, "may.text none.text");
  assert_says(s, "(none.text + \"a\").endsWith(\"a\")", U, "none.text");
  assert_says(s, "none.text.matches(\"a\")", U, "none.text");
  assert_says(s, "dyn(none.text) == null", T, "");
  assert_says(s, "dyn(may.text) == null", U, "may.text");
}

static void what_is_bound_keeps_its_doubt(void **state) {
  const scene *s = *state;
  assert_says(s, "cel.bind(x, is.int, x == 7)", T, "");
  assert_says(s, "cel.bind(x, may.int, x == 7)", U, "may.int");
  assert_says(s, "cel.bind(x, may.int, is.int == 7 || x == 7)", T, "");
  assert_says(s, "cel.bind(x, none.int, x == null)", T, "");
  assert_says(s, "cel.bind(x, none.int, x > 1)", U, "none.int");
  assert_says(s, "cel.bind(x, none.int, x + is.int > 1)", U, "none.int");
  assert_says(s, "cel.bind(x, none.flag, x && yes.flag)", U, "none.flag");
  assert_says(s, "cel.bind(x, none.text, x.contains(\"a\"))", U, "none.text");
  assert_says(s, "cel.bind(x, none.items, x.exists(t, t.n > 1))", U, "none.items");
  assert_says(s, "[none.int, is.int].exists(x, x > 8)", U, "none.int");
  assert_says(s, "[none.int, is.int].exists(x, x == 8)", F, "");
  assert_says(s, "some.items.map(t, t.due).exists(x, x > 8)", U, "some.items.due");
  assert_says(s, "cel.bind(x, 1 / (is.int - 7), is.int == 7)", T, "");
  assert_says(s, "cel.bind(x, 1 / (is.int - 7), x == 7)", E, "");
  assert_says(s, "cel.bind(x, is.int, none.flag)", U, "none.flag");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(logic_absorbs_what_is_unknown_and_errors),
      cmocka_unit_test(chains_of_logic_are_worked_out_whatever_the_order),
      cmocka_unit_test(not_keeps_the_doubt),
      cmocka_unit_test(equality_with_null_is_ordinary),
      cmocka_unit_test(order_needs_both_values),
      cmocka_unit_test(arithmetic_needs_both_values),
      cmocka_unit_test(a_choice_needs_its_question_only),
      cmocka_unit_test(membership_is_equality_with_any),
      cmocka_unit_test(an_index_needs_list_and_place),
      cmocka_unit_test(has_is_always_known),
      cmocka_unit_test(an_optional_of_nothing_is_none),
      cmocka_unit_test(one_element_decides_all_and_exists),
      cmocka_unit_test(exists_one_must_know_every_element),
      cmocka_unit_test(what_is_made_of_a_list_must_know_every_step),
      cmocka_unit_test(two_names_do_as_one),
      cmocka_unit_test(a_list_that_is_not_there_is_unknown),
      cmocka_unit_test(an_empty_list_is_known),
      cmocka_unit_test(functions_of_lists_must_know_every_element),
      cmocka_unit_test(functions_need_their_arguments),
      cmocka_unit_test(what_is_bound_keeps_its_doubt),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
