/* SPDX-License-Identifier: MIT */
/*
 * Rules on what a patient has several of: records that are compared, lists that cannot be read, and
 * on texts that a column has as words. What a batch says is what each row says, at any limit of
 * cost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cel/cel.h"
#include "support/fault.h"
#include "support/hosted.h"
#include "support/tables.h"
#include "support/times.h"

#define FIELD(name, type, domain, element)                                                         \
  { sizeof(wb_field), 0, name, domain, "", type, WB_OPTIONAL, WB_CLASS_STAFF, element, 0, 0 }

static const wb_field fields[] = {
    FIELD("host.color", WB_TEXT, "red|blue", 0),
    FIELD("host.free", WB_TEXT, NULL, 0),
    FIELD("host.words", WB_LIST, NULL, WB_TEXT),
};

enum { ROWS = 6, F = WB_FALSE, T = WB_TRUE, U = WB_UNDETERMINED, FAULTY = WB_FAULTY };

typedef struct scene {
  hosted host;
  wb_zone *zone;
  arrays_node key, status, name, household, color, colors, free_, frees, words, word, table;
} scene;

/* A column of texts. */
static void texts(arrays_node *node, const char *name, const char *const *all, int32_t count) {
  int32_t places[16] = {0};
  char bytes[200];
  arrays_leaf(node, "u", name, count, 0);
  for (int32_t i = 0; i < count; i++) {
    const size_t length = strlen(all[i]);
    memcpy(bytes + places[i], all[i], length);
    places[i + 1] = places[i] + (int32_t)length;
  }
  arrays_buffer(node, 1, places, ((size_t)count + 1) * sizeof *places);
  arrays_buffer(node, 2, bytes, (size_t)places[count]);
}

/* A column of words by their numbers, of which that of row 4 is absent. */
static void coded(arrays_node *node, arrays_node *words, const char *name, const char *const *all,
                  const int8_t *numbers) {
  static const uint8_t present = 0x2F;
  texts(words, "", all, 4);
  arrays_leaf(node, "c", name, ROWS, 0);
  arrays_buffer(node, 0, &present, 1);
  arrays_buffer(node, 1, numbers, ROWS);
  arrays_words(node, words);
}

static int set_up(void **state) {
  static scene only;
  static const char *const keys[] = {"p0", "p1", "p2", "p3", "p4", "k\xFF"};
  static const char *const statuses[] = {"active", "active", "active",
                                         "active", "active", "active"};
  static const char *const names[] = {"Ana", "Ben", "Cat", "Dan", "Eve", "Fay"};
  static const char *const households[] = {"h", "h", "h", "h", "h", "k"};
  static const char *const colors[] = {"red", "", "pink", "blue"}, *const frees[] = {"x", "\xFF",
                                                                                     "", "y"};
  static const char *const words[] = {"a", "b", "\xFE", "\xFF"};
  static const int8_t numbers[] = {0, 1, 2, 3, 0, 0};
  static const int32_t starts[] = {0, 2, 4, 4, 4, 4, 4};
  scene *s = &only;
  arrays_node *const columns[] = {&s->key,   &s->status, &s->name, &s->household,
                                  &s->color, &s->free_,  &s->words};
  hosted_open(&s->host, NULL, fields, WBI_COUNT(fields));
  arrays_table(&s->table, ROWS, 0);
  texts(&s->key, "patient", keys, ROWS);
  texts(&s->status, "status", statuses, ROWS);
  texts(&s->name, "first_name", names, ROWS);
  texts(&s->household, "household", households, ROWS);
  coded(&s->color, &s->colors, "host.color", colors, numbers);
  coded(&s->free_, &s->frees, "host.free", frees, numbers);
  arrays_leaf(&s->words, "+l", "host.words", ROWS, 0);
  arrays_buffer(&s->words, 1, starts, sizeof starts);
  texts(&s->word, "item", words, 4);
  arrays_child(&s->words, &s->word);
  for (size_t i = 0; i < WBI_COUNT(columns); i++)
    arrays_child(&s->table, columns[i]);
  hosted_add(&s->host, &s->table);
  assert_int_equal(table_add(s->host.facts, "procedures",
                             "patient:u|code:u|status:u|date:tdD|tooth:u\n"
                             "p0|D1110|completed|2025-08-31|\n"
                             "p0|D2740|planned||30\n",
                             NULL),
                   WB_OK);
  s->host.moment.zone = s->zone = zone_of("UTC");
  *state = s;
  return 0;
}

static int tear_down(void **state) {
  scene *s = *state;
  hosted_close(&s->host);
  wb_zone_unref(s->zone);
  (void)arrays_end();
  return 0;
}

static wb_rule *rule_of(const scene *s, wb_context *context, const char *source) {
  wb_error error = {0};
  wb_rule *rule = NULL;
  if (wb_rule_new(context, s->host.schema, source, strlen(source), &rule, &error) != WB_OK)
    fail_msg("%s: %s", source, error.message);
  return rule;
}

/* What a rule says of each row; a row that cannot be read is -1. And that a batch says so. */
static void assert_truths(const scene *s, wb_context *context, const char *source,
                          const int32_t wanted[ROWS]) {
  uint8_t yes = 0, known = 0;
  wb_rule *rule = rule_of(s, context, source);
  assert_int_equal(wb_rule_match(rule, s->host.facts, 0, ROWS, &s->host.moment, &yes, &known, NULL),
                   WB_OK);
  for (uint64_t row = 0; row < ROWS; row++) {
    wb_verdict verdict = {.size = sizeof verdict};
    const wb_status status =
        wb_rule_test(rule, s->host.facts, row, &s->host.moment, &verdict, NULL);
    const int32_t truth = status != WB_OK ? -1 : verdict.truth;
    if (truth != wanted[row])
      fail_msg("%s: row %d: %d, not %d", source, (int)row, truth, wanted[row]);
    const int32_t batch = !(known >> row & 1) ? U : yes >> row & 1 ? T : F;
    if (batch != (truth == T || truth == F ? truth : U))
      fail_msg("%s: row %d: %d, in a batch %d", source, (int)row, truth, batch);
  }
  wb_rule_unref(rule);
}

static int32_t truth_of(const scene *s, const char *source, uint64_t row) {
  wb_verdict verdict = {.size = sizeof verdict};
  wb_rule *rule = rule_of(s, NULL, source);
  wb_error error = {0};
  if (wb_rule_test(rule, s->host.facts, row, &s->host.moment, &verdict, &error) != WB_OK)
    fail_msg("%s: %s: %s", source, error.path, error.message);
  wb_rule_unref(rule);
  return verdict.truth;
}

static void words_say_what_each_row_says(void **state) {
  static const struct {
    const char *source;
    int32_t truths[ROWS];
  } rules[] = {
      {"host.color == 'red'", {T, U, -1, F, U, T}},
      {"host.color in ['red', 'blue']", {T, U, -1, T, U, T}},
      {"host.color != 'blue'", {T, U, -1, F, U, T}},
      {"host.color == 'red' && host.color != 'blue'", {T, U, -1, F, U, T}},
      {"host.color != 'red' && host.color != 'blue'", {F, U, -1, F, U, F}},
      {"has(host.color)", {T, F, -1, T, F, T}},
      {"host.free == 'x'", {T, -1, U, F, U, T}},
      {"host.free < 'y'", {T, -1, U, F, U, T}},
      {"'x' < host.free", {F, -1, U, T, U, F}},
      {"host.free == dyn(1)", {F, -1, U, F, U, F}},
      {"host.free == dyn(['x'])", {F, -1, U, F, U, F}},
      {"host.free == dyn(null)", {F, -1, U, F, U, F}},
      {"host.free < dyn(['x'])", {FAULTY, -1, U, FAULTY, U, FAULTY}},
      {"host.free in [dyn(1), 'y']", {F, -1, U, T, U, F}},
  };
  for (size_t i = 0; i < WBI_COUNT(rules); i++)
    assert_truths(*state, NULL, rules[i].source, rules[i].truths);
}

static void records_are_the_same_or_others(void **state) {
  const scene *s = *state;
  assert_int_equal(truth_of(s, "procedures.exists_one(p, p == procedures[1])", 0), T);
  assert_int_equal(truth_of(s, "procedures[0] == procedures[1]", 0), F);
  assert_int_equal(truth_of(s, "dyn(procedures[0]) == treatments[0]", 0), F);
  assert_int_equal(truth_of(s, "treatments[0].code == 'D2740'", 0), T);
  assert_int_equal(truth_of(s, "(host.free == 'x' ? procedures[0] : null).code == 'D1110'", 0), T);
  assert_int_equal(truth_of(s, "(host.free == 'y' ? procedures[0] : null).code == 'D1110'", 0),
                   FAULTY);
  assert_int_equal(truth_of(s, "procedures[0].?tooth.hasValue()", 0), F);
  assert_int_equal(truth_of(s, "procedures[9].?tooth.hasValue()", 0), FAULTY);
}

static void elements_are_texts_or_nothing_is_said(void **state) {
  static const char *const sources[] = {"host.words.join('-') == 'a-b'",
                                        "(host.words + host.words).size() == 4",
                                        "host.words == ['a', 'b']"};
  const scene *s = *state;
  for (size_t i = 0; i < WBI_COUNT(sources); i++)
    assert_truths(s, NULL, sources[i], (const int32_t[]){T, -1, F, F, F, F});
  assert_truths(s, NULL, "'b' in host.words", (const int32_t[]){T, -1, F, F, F, F});
  assert_truths(s, NULL, "'c' in host.words", (const int32_t[]){F, -1, F, F, F, F});
}

/* A key is any bytes. */
static void a_key_that_is_no_text_is_taken_byte_by_byte(void **state) {
  assert_int_equal(truth_of(*state, "household.members[0].reverse().endsWith('k')", 5), T);
  assert_int_equal(truth_of(*state, "household.members[0].split('').size() == 2", 5), T);
}

/* ---- memory --------------------------------------------------------------------------------- */

/* So many words that what a rule says of each needs room of its own; without it rows are asked. */
static void words_are_looked_at_where_there_is_room(void **state) {
  enum { WORDS = 3000 };
  static int32_t places[WORDS + 1];
  static char bytes[WORDS];
  const scene *s = *state;
  const int16_t last = WORDS - 1;
  int without = 0;
  const wb_facts_options options = {.size = sizeof options, .as_of = HOSTED_NOW};
  for (int32_t i = 0; i < WORDS; i++) {
    places[i + 1] = i + 1;
    bytes[i] = i < last ? 'x' : 'y';
  }
  for (uint64_t at = 1;; at++) {
    arrays_node key, status, word, words, table;
    fault_memory memory = {.live = 0};
    wb_context *context = fault_context(&memory);
    wb_facts *facts = NULL;
    uint8_t yes = 0;
    wb_rule *rule = rule_of(s, NULL, "host.free == 'y' && patient.status == 'active'");
    assert_int_equal(wb_facts_new(context, s->host.schema, &options, &facts, NULL), WB_OK);
    arrays_table(&table, 1, 0);
    texts(&key, "patient", (const char *const[]){"p"}, 1);
    texts(&status, "status", (const char *const[]){"active"}, 1);
    arrays_leaf(&word, "s", "host.free", 1, 0);
    arrays_buffer(&word, 1, &last, sizeof last);
    arrays_leaf(&words, "u", "", WORDS, 0);
    arrays_buffer(&words, 1, places, sizeof places);
    arrays_buffer(&words, 2, bytes, sizeof bytes);
    arrays_words(&word, &words);
    arrays_child(&table, &key);
    arrays_child(&table, &status);
    arrays_child(&table, &word);
    assert_int_equal(wb_facts_add(facts, "patients", &table.schema, &table.array, NULL), WB_OK);
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status answer = wb_rule_match(rule, facts, 0, 1, &s->host.moment, &yes, NULL, NULL);
    const bool met = memory.plan.hits > 0;
    if (!met || answer != WB_E_NOMEM) assert_int_equal(answer, WB_OK);
    if (answer == WB_OK) assert_int_equal(yes, 1);
    without += met && answer == WB_OK;
    wb_facts_free(facts);
    wb_rule_unref(rule);
    wb_context_unref(context);
    assert_int_equal(memory.live, 0);
    if (!met) break;
  }
  assert_true(without > 0);
}

/* ---- cost ----------------------------------------------------------------------------------- */

static void a_batch_may_cost_no_more_than_each_row(void **state) {
  const scene *s = *state;
  const wb_context_options options = {.size = sizeof options, .max_cost = 100};
  char source[4000], many[2000], letters[301];
  size_t at = 0;
  wb_context *context = NULL;
  assert_int_equal(wb_context_new(&options, &context, NULL), WB_OK);
  memset(letters, 'a', 300);
  letters[300] = '\0';
  snprintf(source, sizeof source,
           "'%s'.replace('a', '%s').size() > 1 || patient.first_name == 'Ana'", letters, letters);
  assert_truths(s, context, source, (const int32_t[]){T, FAULTY, FAULTY, FAULTY, FAULTY, FAULTY});
  for (int i = 0; i < 200; i++)
    at += (size_t)snprintf(many + at, sizeof many - at, "'n%d', ", i);
  snprintf(source, sizeof source, "patient.first_name in [%s'Ana'] || patient.first_name == 'Ben'",
           many);
  assert_truths(s, context, source, (const int32_t[]){FAULTY, T, FAULTY, FAULTY, FAULTY, FAULTY});
  snprintf(source, sizeof source, "patient.first_name in [%s'Ana'] && patient.first_name == 'Ben'",
           many);
  assert_truths(s, context, source, (const int32_t[]){F, FAULTY, F, F, F, F});
  snprintf(source, sizeof source, "host.free in [%s'x'] && host.free == 'x'", many);
  assert_truths(s, context, source, (const int32_t[]){FAULTY, -1, U, F, U, FAULTY});
  wb_context_unref(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_say_what_each_row_says),
      cmocka_unit_test(records_are_the_same_or_others),
      cmocka_unit_test(elements_are_texts_or_nothing_is_said),
      cmocka_unit_test(a_key_that_is_no_text_is_taken_byte_by_byte),
      cmocka_unit_test(words_are_looked_at_where_there_is_room),
      cmocka_unit_test(a_batch_may_cost_no_more_than_each_row),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
