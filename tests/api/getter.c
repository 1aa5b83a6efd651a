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

/* What is said about a child to whoever stands for them; what comes free is offered so, too. */
#define CHILD(name, subject)                                                                       \
  "{\"format\":1,\"name\":\"" name                                                                 \
  "\",\"title\":\"Child\",\"class\":\"care\",\"subject\":\"" subject                               \
  "\",\"audience\":\"true\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{"      \
  "\"booked\":\"recare.booked\"},\"steps\":["                                                      \
  "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"hello\":{"    \
  "\"channel\":\"sms\",\"guardian\":\"parent\",\"en\":{\"body\":\"Hi, {{ location.short_name }} "  \
  "has "                                                                                           \
  "time. Reply STOP to opt out.\"}},\"parent\":{\"channel\":\"sms\",\"to\":\"guardian\",\"en\":{"  \
  "\"body\":\"Hi, {{ location.short_name }} has time for your family. Reply STOP to opt "          \
  "out.\"}}}}"

/* Reads a row of somebody else between a patient's key and its use; of Max nobody is known, and
   nobody is asked for. */
static void a_child_over_a_getter_is_who_it_is_over_tables(void **state) {
  static const char people[] =
      "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
      "household:u|guarantor:u\n"
      "lily|active|Lily|2015-01-01|1|+12125550177|yes|h|zoe-ann\n"
      "zoe-ann|active|Ana|1980-02-29|1|+12125550100|yes|h|zoe-ann\n"
      "max|active|Max|2016-01-01|1||yes||\n";
  const wb_practice_options more = {.size = sizeof more, .per_day = 8, .per_week = 8};
  clinic tables, rows;
  mirror m;
  (void)state;
  clinic_open(&tables, people, &more);
  clinic_open(&rows, people, &more);
  sample_add(&tables.it, "guardians", "patient:u|guardian:u|representative:b\nlily|zoe-ann|1\n");
  sample_add(&rows.it, "guardians", "patient:u|guardian:u|representative:b\nlily|zoe-ann|1\n");
  wb_facts *below = mirrored(&m, &rows);
  clinic *both[] = {&tables, &rows};
  for (int i = 0; i < 2; ++i) {
    const wb_input slot = clinic_slot(WB_INPUT_SLOT_OPENED, "o1", both[i]->now + 2 * CLINIC_DAY);
    clinic_launch(both[i], "fill", CHILD("fill", "opening"));
    assert_int_equal(clinic_send(both[i], &slot), WB_OK);
    assert_int_equal(clinic_poll(both[i]), 1);
    assert_string_equal(both[i]->actions[0].patient, "lily");
    assert_string_equal(both[i]->actions[0].to, "+12125550100");
    clinic_sent(both[i]);
    clinic_launch(both[i], "child", CHILD("child", "patient"));
    assert_int_equal(clinic_enroll(both[i]).enrolled, 2);
    assert_int_equal(clinic_find(both[i], "lily", "child").entry, 1);
  }
  clinic_same(tables.practice, rows.practice);
  clinic_close(&tables);
  wb_facts_free(below);
  clinic_close(&rows);
}

/* The getter lists a member, of whose death the practice was told, and once finds no such patient:
   nothing says that the record knows of it. */
static void a_member_who_is_not_found_is_not_named(void **state) {
  static const char people[] =
      "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
      "household:u|household_named:b\n"
      "a|active|Ana|1985-01-01|1|+12125550101|yes|h|\nb|inactive|Ben|1984-01-01|1||no|h|1\n";
  static const char family[] =
      "{\"format\":1,\"name\":\"family\",\"title\":\"Family\",\"class\":\"care\","
      "\"subject\":\"household\",\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{"
      "\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
      "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"hello\":{"
      "\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: {{ household.named | "
      "list_and }}. Reply STOP to opt out.\"}}}}";
  uint64_t found = 0;
  (void)state;
  for (uint64_t at = 1; found == 0; at++) {
    clinic c;
    mirror m;
    clinic_open(&c, people, NULL);
    wb_facts *tables = mirrored(&m, &c);
    clinic_launch(&c, "family", family);
    assert_int_equal(clinic_receive(&c, WB_INPUT_DECEASED, "b"), WB_OK);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    m.answer = WB_E_NAME;
    c.actions[0].size = sizeof(wb_action);
    fault_arm(&m.rows, FAULT_ONCE, at);
    const wb_status status =
        wb_practice_poll(c.practice, c.it.facts, c.now, c.actions, CLINIC_ACTIONS, &c.count, NULL);
    assert_true(status == WB_OK || status == WB_E_ABORTED); /* how many there are must be known */
    assert_int_equal(c.count, 0);
    if (m.rows.hits == 0) found = at;
    wb_facts_free(tables);
    clinic_close(&c);
  }
  assert_true(found > 2); /* Ana, and Ben */
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

/* A getter that asks the practice for more while it is asked. */
typedef struct meddler {
  clinic c;
  wb_status polled, enrolled;
} meddler;

static wb_status WB_CALL meddle_count(void *user, uint64_t *rows) {
  meddler *it = user;
  wb_counts counts = {.size = sizeof counts};
  uint32_t count = 0;
  wb_action actions[1] = {{.size = sizeof *actions}};
  wb_practice *other = clinic_practice(&it->c, NULL);
  it->enrolled =
      wb_practice_enroll(it->c.practice, NULL, 0, it->c.it.facts, it->c.now, &counts, NULL);
  it->polled = wb_practice_poll(other, it->c.it.facts, it->c.now, actions, 1, &count, NULL);
  wb_practice_free(other);
  *rows = 0;
  return WB_OK;
}

static wb_status WB_CALL meddle_find(void *user, const char *key, size_t length, uint64_t *row) {
  (void)user;
  (void)key;
  (void)length;
  *row = 0;
  return WB_E_NAME;
}

static wb_status WB_CALL meddle_get(void *user, uint64_t row, uint32_t field, uint32_t first,
                                    uint32_t capacity, wb_value *values, uint32_t *count) {
  (void)user;
  (void)row;
  (void)field;
  (void)first;
  (void)capacity;
  (void)values;
  *count = 0;
  return WB_E_STATE;
}

/* Neither the practice that asks nor another one may read the facts that are being read. */
static void facts_that_are_read_are_in_use(void **state) {
  meddler it = {.polled = WB_OK, .enrolled = WB_OK};
  const wb_source source = {.size = sizeof source,
                            .user = &it,
                            .count = meddle_count,
                            .find = meddle_find,
                            .get = meddle_get};
  (void)state;
  clinic_open(&it.c, CLINIC_ANA, NULL);
  clinic_launch(&it.c, "one", CLINIC_TEXTS("one"));
  wb_facts_free(it.c.it.facts);
  const wb_facts_options options = {.size = sizeof options, .as_of = it.c.now, .source = &source};
  assert_int_equal(wb_facts_new(it.c.context, it.c.it.schema, &options, &it.c.it.facts, NULL),
                   WB_OK);
  assert_int_equal(clinic_enroll(&it.c).enrolled, 0);
  assert_int_equal(it.enrolled, WB_E_BUSY);
  assert_int_equal(it.polled, WB_E_BUSY);
  clinic_close(&it.c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_practice_does_over_a_getter_what_it_does_over_tables),
      cmocka_unit_test(a_child_over_a_getter_is_who_it_is_over_tables),
      cmocka_unit_test(a_member_who_is_not_found_is_not_named),
      cmocka_unit_test(a_getter_that_fails_changes_nothing_in_the_practice),
      cmocka_unit_test(facts_that_are_read_are_in_use),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
