/* SPDX-License-Identifier: MIT */
/* What facts.h promises of a getter: a practice at work over one does what it does over tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"
#include "support/mirror.h"

/* Puts a getter of everything in the place of a clinic's tables, which are given back. */
static wb_facts *mirrored(mirror *m, clinic *c) {
  wb_facts *tables = c->it.facts;
  mirror_open(m, c->context, tables, c->it.schema, &c->it.moment, c->now);
  c->it.facts = m->facts;
  return tables;
}

static void a_practice_does_over_a_getter_what_it_does_over_tables(void **state) {
  (void)state;
  clinic tables, rows;
  mirror m;
  clinic_open(&tables, CLINIC_ANA CLINIC_BEN, NULL);
  clinic_open(&rows, CLINIC_ANA CLINIC_BEN, NULL);
  wb_facts *below = mirrored(&m, &rows);
  clinic *both[] = {&tables, &rows};
  for (int i = 0; i < 2; ++i) {
    clinic_launch(both[i], "one", CLINIC_TEXTS("one"));
    clinic_enroll(both[i]);
    clinic_poll(both[i]);
  }
  assert_true(tables.count > 0);
  assert_int_equal(tables.count, rows.count);
  for (uint32_t i = 0; i < rows.count; ++i) {
    assert_memory_equal(tables.actions[i].id, rows.actions[i].id, sizeof rows.actions[i].id);
    assert_string_equal(tables.actions[i].text, rows.actions[i].text);
    assert_string_equal(tables.actions[i].segment, rows.actions[i].segment);
    assert_string_equal(tables.actions[i].to, rows.actions[i].to);
  }
  assert_int_equal(m.fetched, 2);
  clinic_close(&tables);
  wb_facts_free(below);
  clinic_close(&rows);
}

static void a_getter_that_fails_changes_nothing_in_the_practice(void **state) {
  (void)state;
  for (uint64_t fails = 1; fails < 40; fails += 13) {
    clinic c;
    mirror m;
    wb_error error = {0};
    wb_counts counts = {.size = sizeof counts};
    clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
    wb_facts *tables = mirrored(&m, &c);
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    m.answer = WB_E_STATE;
    fault_arm(&m.gets, FAULT_ONCE, fails);
    assert_int_equal(wb_practice_enroll(c.practice, NULL, 0, c.it.facts, c.now, &counts, &error),
                     WB_E_ABORTED);
    assert_true(error.path[0] != 0);
    clinic_enroll(&c);
    clinic_poll(&c);
    assert_int_equal(c.count, 2);
    wb_facts_free(tables);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_practice_does_over_a_getter_what_it_does_over_tables),
      cmocka_unit_test(a_getter_that_fails_changes_nothing_in_the_practice),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
