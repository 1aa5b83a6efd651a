/* SPDX-License-Identifier: MIT */
/*
 * The batch executor where the row executor cannot be looked over the shoulder: lists of every
 * length around those of a word, of a count and of a batch, and what && says of one column.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cel/planes.h"
#include "support/hosted.h"

enum { ROWS = 5000, ITEMS = 400000, F = WB_FALSE, T = WB_TRUE, U = WB_UNDETERMINED };

#define FIELD(name, type, presence, element, most)                                                 \
  { sizeof(wb_field), 0, name, NULL, "", type, presence, WB_CLASS_STAFF, element, 0, most }

static const wb_field fields[] = {
    FIELD("host.a", WB_INT, WB_OPTIONAL, 0, 0),
    FIELD("host.b", WB_INT, WB_OPTIONAL, 0, 0),
    FIELD("host.c", WB_INT, WB_NULLABLE, 0, 0),
    FIELD("host.items", WB_LIST, WB_OPTIONAL, WB_RECORD, WBI_LANES + 1),
    FIELD("host.items.n", WB_INT, WB_OPTIONAL, 0, 0),
    FIELD("host.items.gone", WB_INT, WB_OPTIONAL, 0, 0),
    FIELD("host.few", WB_LIST, WB_OPTIONAL, WB_RECORD, 129),
    FIELD("host.few.n", WB_INT, WB_OPTIONAL, 0, 0),
    FIELD("host.must", WB_LIST, WB_REQUIRED, WB_RECORD, WBI_LANES + 1),
    FIELD("host.must.n", WB_INT, WB_OPTIONAL, 0, 0),
};

/* Lists of items; what an item has is 0, 1 or absent. Those of `few` are the same, but some
   are absent, and it takes no long ones; of `must` they have to be there. */
typedef struct scene {
  hosted host;
  arrays_node key, status, a, b, c, list, item, n, few, few_item, few_n, must, must_item, must_n;
  arrays_node table;
  int32_t keys[ROWS + 1], words[ROWS + 1], starts[ROWS + 1]; /* words: all are empty */
  int64_t wide_starts[ROWS + 1];
  int8_t as[ROWS], bs[ROWS], ns[ITEMS];
  uint8_t a_known[ROWS / 8 + 1], b_known[ROWS / 8 + 1], n_known[ITEMS / 8 + 1];
  char key_bytes[ROWS * 4 + 1];
} scene;

static bool is_set(const uint8_t *bits, int32_t at) {
  return bits[at / 8] >> (at % 8) & 1;
}

static uint32_t dice(uint64_t *seed, uint32_t sides) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*seed >> 33) % sides;
}

/* Adds a list: one item in it, or two, or none is 1, and one may be absent; at its ends, where a
   count begins anew, or anywhere. */
static void add_list(scene *s, int32_t row, uint64_t *seed) {
  static const int32_t sizes[] = {0,   1,   2,   3,   55,  56,  57,   63,   64,   65,   127,
                                  128, 129, 255, 256, 257, 300, 1023, 1024, 2047, 2048, 2049};
  const uint32_t which = dice(seed, 10) > 0 ? dice(seed, 4) : dice(seed, WBI_COUNT(sizes));
  const int32_t from = s->starts[row], size = sizes[which];
  const int32_t places[] = {0, size - 1, 127, 128, size / 2, (int32_t)dice(seed, WBI_LANES + 1)};
  for (int32_t i = from; i < from + size; i++)
    s->n_known[i / 8] |= (uint8_t)(1u << i % 8);
  for (uint32_t hits = dice(seed, 3); hits > 0; hits--) {
    const int32_t place = places[dice(seed, WBI_COUNT(places))];
    if (place >= 0 && place < size) s->ns[from + place] = 1;
  }
  const int32_t hole = places[dice(seed, WBI_COUNT(places))];
  if (dice(seed, 4) == 0 && hole >= 0 && hole < size)
    s->n_known[(from + hole) / 8] &= (uint8_t) ~(1u << (from + hole) % 8);
  s->starts[row + 1] = from + size;
}

static void add_row(scene *s, int32_t row, uint64_t *seed) {
  char key[5];
  snprintf(key, sizeof key, "%04d", (int)row);
  memcpy(s->key_bytes + row * 4, key, 4);
  s->keys[row + 1] = (row + 1) * 4;
  s->as[row] = (int8_t)dice(seed, 10);
  s->bs[row] = (int8_t)(dice(seed, 2) ? (int)dice(seed, 10) : -128 + (int)dice(seed, 256));
  s->a_known[row / 8] |= (uint8_t)((dice(seed, 9) > 0) << row % 8);
  s->b_known[row / 8] |= (uint8_t)((dice(seed, 9) > 0) << row % 8);
  add_list(s, row, seed);
  assert_true(s->starts[row + 1] <= ITEMS);
}

/* A column of bytes, some of them absent. */
static void leaf(arrays_node *node, const char *name, int64_t length, const int8_t *values,
                 const uint8_t *known) {
  arrays_leaf(node, "c", name, length, 0);
  arrays_buffer(node, 0, known, (size_t)(length + 7) / 8);
  arrays_buffer(node, 1, values, (size_t)length);
}

/* Lists of the items, where `known` says so, with offsets of a width. */
static void list_of(scene *s, arrays_node *list, arrays_node *item, arrays_node *n,
                    const char *name, bool wide, const uint8_t *known) {
  leaf(n, "n", s->starts[ROWS], s->ns, s->n_known);
  arrays_leaf(item, "+s", "item", s->starts[ROWS], 0);
  arrays_leaf(list, wide ? "+L" : "+l", name, ROWS, 0);
  if (known) arrays_buffer(list, 0, known, ROWS / 8 + 1);
  for (int32_t row = 0; row <= ROWS; row++)
    s->wide_starts[row] = s->starts[row];
  if (wide)
    arrays_buffer(list, 1, s->wide_starts, sizeof s->wide_starts);
  else
    arrays_buffer(list, 1, s->starts, sizeof s->starts);
  arrays_child(item, n);
  arrays_child(list, item);
}

static int set_up(void **state) {
  static scene only;
  arrays_node *const columns[] = {&only.key, &only.status, &only.a,   &only.b,
                                  &only.c,   &only.list,   &only.few, &only.must};
  uint64_t seed = 1;
  for (int32_t row = 0; row < ROWS; row++)
    add_row(&only, row, &seed);
  hosted_open(&only.host, NULL, fields, WBI_COUNT(fields));
  arrays_table(&only.table, ROWS, 0);
  arrays_leaf(&only.key, "u", "patient", ROWS, 0);
  arrays_buffer(&only.key, 1, only.keys, sizeof only.keys);
  arrays_buffer(&only.key, 2, only.key_bytes, ROWS * 4);
  arrays_leaf(&only.status, "u", "status", ROWS, 0);
  arrays_buffer(&only.status, 1, only.words, sizeof only.words);
  leaf(&only.a, "host.a", ROWS, only.as, only.a_known);
  leaf(&only.b, "host.b", ROWS, only.bs, only.b_known);
  leaf(&only.c, "host.c", ROWS, only.as, only.b_known);
  list_of(&only, &only.list, &only.item, &only.n, "host.items", false, NULL);
  list_of(&only, &only.few, &only.few_item, &only.few_n, "host.few", true, only.b_known);
  list_of(&only, &only.must, &only.must_item, &only.must_n, "host.must", false, only.a_known);
  for (size_t i = 0; i < WBI_COUNT(columns); i++)
    arrays_child(&only.table, columns[i]);
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

/* ---- batches ------------------------------------------------------------------------------ */

static wb_rule *rule_of(const scene *s, const char *source) {
  wb_error error = {0};
  wb_rule *rule = NULL;
  if (wb_rule_new(NULL, s->host.schema, source, strlen(source), &rule, &error) != WB_OK)
    fail_msg("%s: %s", source, error.message);
  return rule;
}

/* What a rule says in batches of the rows from one on; of those that fail WB_UNDETERMINED. */
static void in_batches(const scene *s, const wb_rule *rule, uint64_t first, int32_t *truths) {
  static uint8_t yes[ROWS / 8 + 1], known[ROWS / 8 + 1];
  assert_int_equal(
      wb_rule_match(rule, s->host.facts, first, ROWS - first, &s->host.moment, yes, known, NULL),
      WB_OK);
  for (int32_t row = 0; row < ROWS - (int32_t)first; row++)
    truths[(int32_t)first + row] = !is_set(known, row) ? U : is_set(yes, row) ? T : F;
}

/* That rows and batches from several rows on agree; the counts of what is so. */
static void agree(const scene *s, const char *source, uint32_t counts[3]) {
  static int32_t truths[ROWS];
  static const uint32_t firsts[] = {0, 1, 63, 64, 3000};
  wb_rule *rule = rule_of(s, source);
  for (size_t f = 0; f < WBI_COUNT(firsts); f++) {
    in_batches(s, rule, firsts[f], truths);
    for (uint32_t row = firsts[f]; row < ROWS; row++) {
      wb_verdict verdict = {.size = sizeof verdict};
      wb_error error = {0};
      const wb_status status =
          wb_rule_test(rule, s->host.facts, row, &s->host.moment, &verdict, &error);
      if (status != WB_OK && status != WB_E_LIMIT && status != WB_E_TYPE)
        fail_msg("%s: row %u: %s: %s", source, row, error.path, error.message);
      const int32_t truth = status != WB_OK || verdict.truth == WB_FAULTY ? U : verdict.truth;
      if (truths[row] != truth)
        fail_msg("%s: row %u: %d, in a batch %d", source, row, truth, truths[row]);
      if (f == 0 && counts) counts[truth == U ? 2 : truth == T]++;
    }
  }
  wb_rule_unref(rule);
}

static void all_rows_are_counted(void **state) {
  const scene *s = *state;
  static const struct {
    const char *source;
    uint64_t yes;
  } rules[] = {{"has(host.a) || !has(host.a)", ROWS}, {"has(host.a) && !has(host.a)", 0}};
  for (size_t i = 0; i < WBI_COUNT(rules); i++) {
    wb_rule *rule = rule_of(s, rules[i].source);
    wb_tally tally = {.size = sizeof tally};
    assert_int_equal(wb_rule_count(rule, s->host.facts, &s->host.moment, &tally, NULL), WB_OK);
    assert_int_equal(tally.yes, rules[i].yes);
    assert_int_equal(tally.no, ROWS - rules[i].yes);
    assert_int_equal(tally.unknown + tally.failed, 0);
    wb_rule_unref(rule);
  }
}

static void doubt_and_failures_are_counted(void **state) {
  const scene *s = *state;
  wb_tally tally = {.size = sizeof tally};
  wb_rule *rule = rule_of(s, "host.a > 3 || 1 / (host.b - 1) == 7");
  uint64_t yes = 0, unknown = 0, failed = 0;
  for (int32_t row = 0; row < ROWS; row++) {
    const bool a = is_set(s->a_known, row), b = is_set(s->b_known, row);
    if (a && s->as[row] > 3)
      yes++;
    else if (!a || !b)
      unknown++;
    else
      failed += s->bs[row] == 1;
  }
  assert_int_equal(wb_rule_count(rule, s->host.facts, &s->host.moment, &tally, NULL), WB_OK);
  assert_int_equal(tally.yes, yes);
  assert_int_equal(tally.unknown, unknown);
  assert_int_equal(tally.failed, failed);
  assert_true(failed > 0);
  assert_int_equal(tally.no, ROWS - yes - unknown - failed);
  wb_rule_unref(rule);
}

/* ---- lists -------------------------------------------------------------------------------- */

/* How many items of a row are 1; whether any is absent. */
static int ones_of(const scene *s, int32_t row, bool *holes) {
  int ones = 0;
  *holes = false;
  for (int32_t i = s->starts[row]; i < s->starts[row + 1]; i++) {
    if (is_set(s->n_known, i))
      ones += s->ns[i];
    else
      *holes = true;
  }
  return ones;
}

static void lists_of_every_length_are_folded(void **state) {
  const scene *s = *state;
  static int32_t exists[ROWS], all[ROWS], one[ROWS];
  static const struct {
    const char *source;
    int32_t *truths;
  } rules[] = {{"host.items.exists(t, t.n == 1)", exists},
               {"host.items.all(t, t.n != 1)", all},
               {"host.items.exists_one(t, t.n == 1)", one}};
  uint32_t counts[3][3] = {0};
  for (size_t i = 0; i < WBI_COUNT(rules); i++) {
    wb_rule *rule = rule_of(s, rules[i].source);
    in_batches(s, rule, 0, rules[i].truths);
    wb_rule_unref(rule);
    agree(s, rules[i].source, counts[i]);
    for (int k = 0; k < 3; k++)
      assert_true(counts[i][k] > 100);
  }
  for (int32_t row = 0; row < ROWS; row++) {
    bool holes = false;
    const int ones = ones_of(s, row, &holes);
    assert_int_equal(exists[row], ones ? T : holes ? U : F);
    assert_int_equal(all[row], ones ? F : holes ? U : T);
    assert_int_equal(one[row], holes ? U : ones == 1 ? T : F);
  }
}

static void bodies_of_all_kinds_are_folded(void **state) {
  static const char *const sources[] = {
      "host.items.exists(t, t.n == 1 || t.n + 1 == 2)",          /* rows are asked of some */
      "host.items.exists(t, t.n == 1 && 1 / (host.a - 3) == 1)", /* some are wrong */
      "host.items.all(t, t.n == 0 || host.a == 4)",
      "host.items.exists(t, true)",
      "host.items.exists(t, t.n == 1 || t.gone == 1)", /* no column has that */
      "host.items.all(t, false)",
      "host.items.exists_one(t, has(t.n))",
      "host.items.exists(t, t.n >= 0 && t.n <= 0)",
      "host.items.exists(t, t.n == 1) && host.a > 3 && host.a < 8",
      "host.few.exists(t, t.n == 1)", /* longer lists than it takes */
      "host.few.all(t, t.n != 1)",
      "host.few.exists_one(t, t.n == 1)",
      "host.must.exists(t, t.n == 1)", /* those that are absent fail */
      "host.must.all(t, t.n != 1)",
  };
  for (size_t i = 0; i < WBI_COUNT(sources); i++)
    agree(*state, sources[i], NULL);
}

/* ---- ranges ------------------------------------------------------------------------------- */

static void what_and_says_of_one_column_is_one_range(void **state) {
  const scene *s = *state;
  uint32_t counts[3] = {0}, wanted[3] = {0};
  for (int32_t row = 0; row < ROWS; row++)
    wanted[!is_set(s->a_known, row) ? 2 : s->as[row] >= 3 && s->as[row] <= 5]++;
  agree(s, "host.a >= 3 && host.a <= 5", counts);
  assert_memory_equal(counts, wanted, sizeof counts);
}

static void ranges_agree_however_they_are_written(void **state) {
  static const char *const sources[] = {
      "3 <= host.a && 5 >= host.a",
      "host.a > 5 && host.a < 3",
      "host.a > 4 && host.a < 6 && host.a == 5",
      "host.a == 4 && host.a == 5",
      "host.a > 300 && host.a < 5",
      "host.a > -300 && host.a < 300",
      "host.b >= -128 && host.b <= 127 && host.a < 4",
      "host.a >= 2 && host.b < 6 && host.a <= 7 && host.b > 1",
      "(host.a >= 2 && host.b < 6) && (host.a <= 7 && host.b > 1)",
      "(host.a >= 2 && host.b < 6) && (host.b > 1 && host.a <= 7)",
      "!(host.a >= 3 && host.a <= 5)",
      "!(host.a >= 3) && host.a >= 1",
      "host.a >= 3 && host.a <= 5 || host.b == 9",
      "host.a >= 3 || host.a <= 1 && host.a >= 0",
      "host.a >= 3 && has(host.b) && host.a <= 5",
      "host.a >= 3 && (host.a <= 5 || host.b in [1, 2, 3])",
      "host.a >= 3 && host.a + 1 <= 5 && host.a <= 6",
      "(host.a >= 3 && host.a <= 5) == true",
      "false && host.a >= 3",
      "host.a >= 3 && false && host.a <= 5",
      "true && host.a >= 3 && true",
      "host.a >= 3 && 1 / (host.b - 1) == 1 && host.a <= 5",
      "host.c == 3 && host.c >= 1",
      "host.c != null && host.c <= 4 && host.c != 2",
      "host.a in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]",
      "host.a in [1.5, 2]",
      "host.a == 1.5 || host.a > 3",
      "host.a == dyn('x') || host.a > 3",
  };
  for (size_t i = 0; i < WBI_COUNT(sources); i++)
    agree(*state, sources[i], NULL);
}

static void constants_that_have_no_value_are_none_of_a_batch_either(void **state) {
  static const char *const sources[] = {
      "host.a == 1 / 0 || host.b == 3",
      "1 / 0 == host.a && host.b == 3",
      "-(-9223372036854775807 - 1) == 2 || host.a > 3",
      "bool('x') || host.a > 3",
      "!bool('x') && host.a > 3",
      "dyn(1) || host.a > 3",
      "1 / 0 == 1 / 0 || host.a > 3",
      "1 / 0 < 1 && host.a > 3",
  };
  for (size_t i = 0; i < WBI_COUNT(sources); i++)
    agree(*state, sources[i], NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_rows_are_counted),
      cmocka_unit_test(doubt_and_failures_are_counted),
      cmocka_unit_test(lists_of_every_length_are_folded),
      cmocka_unit_test(bodies_of_all_kinds_are_folded),
      cmocka_unit_test(what_and_says_of_one_column_is_one_range),
      cmocka_unit_test(ranges_agree_however_they_are_written),
      cmocka_unit_test(constants_that_have_no_value_are_none_of_a_batch_either),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
