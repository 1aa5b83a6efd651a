/* SPDX-License-Identifier: MIT */
/* A moment's zone is the caller's: another one may come to be at its address once it is given
   back, and today is a day in the new one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "facts/facts.h"
#include "support/tables.h"

/* 2026-01-30T02:00:00Z: the day before in the Americas. */
#define JAN_30_0200 INT64_C(1769738400)
enum { JAN_30 = 20483, JAN_29 = JAN_30 - 1 };

/* Memory that gives the block that was freed last to the next who wants as much. */
typedef struct again {
  void *block;
  size_t size;
} again;

static void *WB_CALL again_alloc(void *user, void *ptr, size_t old_size, size_t new_size) {
  again *last = user;
  if (new_size > 0 && !ptr && last->size == new_size) {
    last->size = 0;
    return last->block;
  }
  if (new_size > 0) return realloc(ptr, new_size);
  if (last->size > 0) free(last->block);
  *last = (again){ptr, ptr ? old_size : 0};
  return NULL;
}

typedef struct place {
  again memory;
  wb_context *context;
  wb_zone *zone;
  wb_facts *facts;
} place;

/* Two patients, tables as given. */
static void place_open(place *it, const char *locations, const char *patients) {
  *it = (place){0};
  wb_context_options options = {.size = sizeof options, .alloc = again_alloc, .user = &it->memory};
  wb_facts_options made = {.size = sizeof made};
  wb_schema *schema = NULL;
  assert_int_equal(wb_context_new(&options, &it->context, NULL), WB_OK);
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, schema, &made, &it->facts, NULL), WB_OK);
  wb_schema_unref(schema);
  if (locations) assert_int_equal(table_add(it->facts, "locations", locations, NULL), WB_OK);
  assert_int_equal(table_add(it->facts, "patients", patients, NULL), WB_OK);
}

/* One without a location, and one whose location has a zone of its own; locations are two, so that
   nobody's is the only one. */
static void place_open_both(place *it) {
  place_open(it, "location:u|name:u|zone:u\n1|Elm|UTC0\n2|Oak|UTC0\n",
             "patient:u|status:u|location:u\na|active|\nb|active|1\n");
}

static void place_close(place *it) {
  wb_facts_free(it->facts);
  wb_zone_unref(it->zone);
  wb_context_unref(it->context);
  if (it->memory.size > 0) free(it->memory.block);
}

/* Gives the zone back and makes another; whether that is at its address. */
static bool place_zone(place *it, const char *text) {
  const uintptr_t before = (uintptr_t)it->zone;
  wb_zone_unref(it->zone);
  assert_int_equal(wb_zone_new(it->context, text, strlen(text), &it->zone, NULL), WB_OK);
  return (uintptr_t)it->zone == before;
}

/* Reads a field at an instant, the facts being held. */
static wb_value place_at(place *it, uint64_t row, const char *field, wb_time now,
                         const wb_zone *zone) {
  const wb_moment moment = {.size = sizeof moment, .now = now, .zone = zone};
  uint32_t index = 0;
  wb_value value = {.size = sizeof value};
  const wb_schema *schema = wbi_facts_schema(it->facts);
  assert_int_equal(wb_schema_find(schema, field, strlen(field), &index), WB_OK);
  assert_int_equal(wbi_facts_value(it->facts, row, index, &moment, &value, NULL), WB_OK);
  return value;
}

static wb_value place_read(place *it, uint64_t row, const char *field, const wb_zone *zone) {
  return place_at(it, row, field, JAN_30_0200, zone);
}

static int64_t place_today(place *it, uint64_t row) {
  assert_true(wbi_facts_enter(it->facts));
  const int64_t today = place_read(it, row, "today", it->zone).integer;
  wbi_facts_leave(it->facts);
  return today;
}

/* A call that ends at another patient, of whose day nothing was asked. */
static void a_zone_remade_behind_a_row_with_its_own_has_its_own_day(void **state) {
  (void)state;
  place it;
  place_open_both(&it);
  assert_false(place_zone(&it, "UTC0"));
  assert_true(wbi_facts_enter(it.facts));
  assert_int_equal(place_read(&it, 0, "today", it.zone).integer, JAN_30);
  assert_int_equal(place_read(&it, 1, "location.name", it.zone).kind, WB_TEXT);
  wbi_facts_leave(it.facts);
  assert_true(place_zone(&it, "<-05>5"));
  assert_int_equal(place_today(&it, 0), JAN_29);
  assert_int_equal(place_today(&it, 1), JAN_30);
  place_close(&it);
}

/* A call with two moments. */
static void a_zone_remade_after_another_was_asked_has_its_own_day(void **state) {
  (void)state;
  place it;
  place_open_both(&it);
  assert_false(place_zone(&it, "UTC0"));
  assert_true(wbi_facts_enter(it.facts));
  assert_int_equal(place_read(&it, 0, "today", it.zone).integer, JAN_30);
  assert_int_equal(place_read(&it, 1, "location.name", it.zone).kind, WB_TEXT);
  assert_int_equal(place_read(&it, 1, "location.name", NULL).kind, WB_TEXT);
  wbi_facts_leave(it.facts);
  assert_true(place_zone(&it, "<-05>5"));
  assert_int_equal(place_today(&it, 0), JAN_29);
  place_close(&it);
}

/* It is the only one: of whoever has none of their own, and of nobody else. */
static void a_location_without_a_key_is_not_that_of_a_key(void **state) {
  (void)state;
  place it;
  place_open(&it, "location:u|name:u|zone:u\n|Elm|UTC0\n",
             "patient:u|status:u|location:u\na|active|\nb|active|1\n");
  assert_true(wbi_facts_enter(it.facts));
  assert_int_equal(place_read(&it, 0, "location.name", NULL).kind, WB_TEXT);
  assert_int_not_equal(place_read(&it, 1, "location.name", NULL).kind, WB_TEXT);
  wbi_facts_leave(it.facts);
  place_close(&it);
}

/* The day that all rows have in common is read where it lies; its zone is held meanwhile. */
static void a_zone_is_held_while_it_gives_everybody_the_day(void **state) {
  (void)state;
  place it;
  place_open(&it, NULL, "patient:u|status:u\na|active\nb|active\n");
  assert_false(place_zone(&it, "UTC0"));
  assert_int_equal(place_today(&it, 0), JAN_30);
  assert_int_equal(place_today(&it, 1), JAN_30);
  assert_false(place_zone(&it, "<-05>5"));
  assert_int_equal(place_today(&it, 1), JAN_29);
  assert_int_equal(place_today(&it, 0), JAN_29);
  place_close(&it);
}

/* One call that asks of two instants. */
static void each_instant_of_a_call_has_its_own_day(void **state) {
  (void)state;
  enum { DAY = 86400 };
  place it;
  place_open(&it, NULL, "patient:u|status:u\na|active\n");
  assert_false(place_zone(&it, "UTC0"));
  assert_true(wbi_facts_enter(it.facts));
  assert_int_equal(place_at(&it, 0, "today", JAN_30_0200, it.zone).integer, JAN_30);
  assert_int_equal(place_at(&it, 0, "today", JAN_30_0200 - DAY, it.zone).integer, JAN_29);
  assert_int_equal(place_at(&it, 0, "today", JAN_30_0200, it.zone).integer, JAN_30);
  wbi_facts_leave(it.facts);
  place_close(&it);
}

/* What was never asked is not known, though all of the question is 0. */
static void the_first_question_may_be_of_the_first_row_at_the_first_instant(void **state) {
  (void)state;
  place it;
  place_open(&it, NULL, "patient:u|status:u\na|active\n");
  assert_true(wbi_facts_enter(it.facts));
  assert_int_equal(place_at(&it, 0, "patient.status", 0, NULL).length, 6);
  wbi_facts_leave(it.facts);
  place_close(&it);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_zone_remade_behind_a_row_with_its_own_has_its_own_day),
      cmocka_unit_test(a_zone_remade_after_another_was_asked_has_its_own_day),
      cmocka_unit_test(a_location_without_a_key_is_not_that_of_a_key),
      cmocka_unit_test(a_zone_is_held_while_it_gives_everybody_the_day),
      cmocka_unit_test(each_instant_of_a_call_has_its_own_day),
      cmocka_unit_test(the_first_question_may_be_of_the_first_row_at_the_first_instant),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
