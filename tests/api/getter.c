/* SPDX-License-Identifier: MIT */
/* What facts.h promises of a getter: a practice at work over one does what it does over tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

/* A getter that has every field of other facts. */
typedef struct mirror {
  wb_facts *facts;
  wb_schema *schema;
  const wb_moment *moment;
  uint64_t fetched, gets, fails; /* which get fails; 0: none */
} mirror;

static wb_status WB_CALL mirror_count(void *user, uint64_t *rows) {
  return wb_facts_count(((mirror *)user)->facts, rows);
}

static wb_status WB_CALL mirror_find(void *user, const char *key, size_t length, uint64_t *row) {
  return wb_facts_find(((mirror *)user)->facts, key, length, row);
}

static wb_status WB_CALL mirror_fetch(void *user, const uint64_t *rows, uint32_t count) {
  (void)rows;
  ((mirror *)user)->fetched += count;
  return WB_OK;
}

static wb_status WB_CALL mirror_get(void *user, uint64_t row, uint32_t field, uint32_t first,
                                    uint32_t capacity, wb_value *values, uint32_t *count) {
  mirror *m = user;
  wb_field about = {.size = sizeof about};
  wb_value value = {.size = sizeof value};
  if (++m->gets == m->fails) return WB_E_STATE;
  wb_status status = wb_schema_get(m->schema, field, &about);
  const uint32_t list = about.list ? about.list - 1 : field;
  if (!status) status = wb_facts_get(m->facts, row, list, m->moment, &value, NULL);
  if (status) return status;
  if (!about.list && about.type != WB_LIST) {
    values[0] = value;
    *count = 1;
    return WB_OK;
  }
  *count = value.kind == WB_LIST ? (uint32_t)value.integer : UINT32_MAX;
  for (uint32_t i = 0; !status && i < capacity && first + i < *count; ++i)
    status = wb_facts_get_item(m->facts, row, field, first + i, m->moment, &values[i], NULL);
  return status;
}

/* Puts a getter of everything in the place of a clinic's tables. */
static void mirror_open(mirror *m, clinic *c) {
  const wb_source source = {.size = sizeof source,
                            .user = m,
                            .count = mirror_count,
                            .find = mirror_find,
                            .fetch = mirror_fetch,
                            .get = mirror_get};
  wb_facts_options options = {.size = sizeof options, .as_of = c->now, .source = &source};
  *m = (mirror){.facts = c->it.facts, .schema = c->it.schema, .moment = &c->it.moment};
  c->it.facts = NULL;
  assert_int_equal(wb_facts_new(c->context, c->it.schema, &options, &c->it.facts, NULL), WB_OK);
}

static void mirror_close(mirror *m) {
  wb_facts_free(m->facts);
}

static void a_practice_does_over_a_getter_what_it_does_over_tables(void **state) {
  (void)state;
  clinic tables, rows;
  mirror m;
  clinic_open(&tables, CLINIC_ANA CLINIC_BEN, NULL);
  clinic_open(&rows, CLINIC_ANA CLINIC_BEN, NULL);
  mirror_open(&m, &rows);
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
  mirror_close(&m);
  clinic_close(&tables);
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
    mirror_open(&m, &c);
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    m.fails = fails;
    assert_int_equal(wb_practice_enroll(c.practice, NULL, 0, c.it.facts, c.now, &counts, &error),
                     WB_E_ABORTED);
    assert_true(error.path[0] != 0);
    clinic_enroll(&c);
    clinic_poll(&c);
    assert_int_equal(c.count, 2);
    mirror_close(&m);
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
