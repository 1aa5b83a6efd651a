/* SPDX-License-Identifier: MIT */
/* People who go over to a newer definition from where the older one has no place, as a snapshot may
   say, or while more than one thing is under way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"

#include <winback/migrate.h>

enum { NOWHERE = 200, ROWS = 8 };

/* A campaign of a title, and of these steps before its end. */
#define CAMPAIGN(title, steps)                                                                     \
  "{\"format\":1,\"name\":\"one\",\"title\":\"" title "\",\"class\":\"care\",\"audience\":"        \
  "\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"few\",\"where\":\"false\"},{"          \
  "\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":"      \
  "[" steps "{\"id\":\"end\",\"exit\":true}],\"responses\":{\"asks\":{\"after\":{\"hours\":0},"    \
  "\"text\":\"note\"}},\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi, {{ "           \
  "location.short_name }}. Reply STOP to opt out.\"}},\"note\":{\"channel\":\"call\",\"en\":{"     \
  "\"body\":\"Please call.\"}}}}"
#define SEND(id) "{\"id\":\"" id "\",\"send\":[\"t\"]},"
#define WAIT(id) "{\"id\":\"" id "\",\"wait\":{\"days\":2}},"
#define AWAIT(id) "{\"id\":\"" id "\",\"await\":[\"clicked\"],\"within\":{\"days\":2}},"
#define USUAL SEND("a") WAIT("w") SEND("b")

static wbi_enrollment *first_of(const clinic *c) {
  return wbi_state_enrollment(&c->practice->state, 0);
}

/* Ana got the first message and is at what follows; there is a newer definition. */
static void begin(clinic *c, const char *older, const char *newer) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "one", older);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  (void)clinic_poll(c);
  clinic_launch(c, "one", newer);
}

/* Goes over; the row, of which there is one. */
static wb_migration goes(clinic *c, uint32_t flags) {
  const wb_migrate_options options = {.size = sizeof options, .flags = flags, .facts = c->it.facts};
  wb_migration rows[ROWS] = {{.size = sizeof *rows}};
  uint32_t count = 0;
  assert_int_equal(
      wb_practice_migrate(c->practice, "one", 3, &options, c->now, rows, ROWS, &count, NULL),
      WB_OK);
  assert_int_equal(count, 1);
  return rows[0];
}

static void who_is_at_no_step_goes_nowhere(void **state) {
  static const uint8_t states[] = {WB_STATE_WAITING, WB_STATE_HELD, WB_STATE_WAITING};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(states); i++) {
    clinic c;
    begin(&c, CAMPAIGN("A", USUAL), CAMPAIGN("B", USUAL));
    first_of(&c)->step = NOWHERE;
    first_of(&c)->state = states[i];
    if (i == 2) first_of(&c)->awaits = WBI_AWAIT_CLICKED;
    if (i == 2) first_of(&c)->wake = c.now + CLINIC_DAY;
    const wb_migration row = goes(&c, WB_MIGRATE_RECOMPUTE);
    assert_string_equal(row.from, "");
    assert_string_equal(row.to, "");
    assert_int_equal(first_of(&c)->definition, 0);
    clinic_close(&c);
  }
}

/* Who walks without messages still does; a segment or response that was never there is none. */
static void what_was_never_there_is_not_taken_along(void **state) {
  static const struct {
    uint8_t segment, variant, response;
    uint8_t into, kept, waits;
  } rows[] = {{1, 0, 0, 1, 0, 0},
              {9, 0, 0, 0, 0, 0},
              {1, WBI_HELD_OUT, 0, 1, WBI_HELD_OUT, 0},
              {1, 7, 0, 1, 0, 0},
              {1, 0, 1, 1, 0, 1},
              {1, 0, 2, 1, 0, 0},
              {1, WBI_EXEMPT | 7, 0, 1, WBI_EXEMPT, 0}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    begin(&c, CAMPAIGN("A", USUAL), CAMPAIGN("B", USUAL));
    first_of(&c)->segment = rows[i].segment;
    first_of(&c)->variant = rows[i].variant;
    first_of(&c)->response = rows[i].response;
    assert_string_equal(goes(&c, 0).to, "b");
    assert_int_equal(first_of(&c)->definition, 1);
    assert_int_equal(first_of(&c)->segment, rows[i].into);
    assert_int_equal(first_of(&c)->variant, rows[i].kept);
    assert_int_equal(first_of(&c)->response, rows[i].waits);
    clinic_close(&c);
  }
}

/* A time that no wait of the definition leads to is kept; one that does is counted anew. */
static void a_time_that_no_wait_leads_to_is_kept(void **state) {
  (void)state;
  for (wb_time off = 0; off < 2; off++) {
    clinic c;
    begin(&c, CAMPAIGN("A", USUAL),
          CAMPAIGN("B", SEND("a") "{\"id\":\"w\",\"wait\":{\"days\":1}}," SEND("b")));
    first_of(&c)->wake += off;
    const wb_time wake = first_of(&c)->wake;
    (void)goes(&c, WB_MIGRATE_RECOMPUTE);
    assert_int_equal(first_of(&c)->wake - wake, off ? 0 : -1 * CLINIC_DAY);
    clinic_close(&c);
  }
}

/* What was to be handed out again is under way: it is no wait. */
static void who_tries_again_goes_where_the_step_is(void **state) {
  clinic c;
  (void)state;
  begin(&c, CAMPAIGN("A", USUAL), CAMPAIGN("B", SEND("a") WAIT("w") SEND("c") SEND("b")));
  wbi_state_action(&c.practice->state, 0)->state = WB_ACTION_READY;
  first_of(&c)->detail = 1;
  assert_string_equal(goes(&c, 0).to, "b"); /* and not to what follows the wait now */
  clinic_close(&c);
}

/* Of two at one step each goes where what they do there leads; they are told apart. */
static void two_at_a_step_may_go_to_two(void **state) {
  const wb_migrate_options options = {.size = sizeof options};
  wb_migration rows[ROWS] = {{.size = sizeof *rows}};
  uint32_t count = 0;
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
  clinic_launch(&c, "one", CAMPAIGN("A", USUAL));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  clinic_launch(&c, "one", CAMPAIGN("B", SEND("a") WAIT("w") SEND("c") SEND("b")));
  wbi_state_action(&c.practice->state, 0)->state = WB_ACTION_READY;
  wbi_state_enrollment(&c.practice->state, wbi_state_action(&c.practice->state, 0)->enrollment)
      ->detail = 1;
  assert_int_equal(
      wb_practice_migrate(c.practice, "one", 3, &options, c.now, rows, ROWS, &count, NULL), WB_OK);
  assert_int_equal(count, 2);
  assert_string_equal(rows[0].from, rows[1].from);
  assert_true(strcmp(rows[0].to, rows[1].to) != 0);
  clinic_close(&c);
}

/* Who waits for an event at a step that is gone, with nothing after it, stays; who is held there
   keeps the time. */
static void who_waits_for_an_event_keeps_its_time_where_it_is_not_counted_anew(void **state) {
  static const struct {
    const char *newer;
    bool held;
    const char *to;
    wb_time later;
  } rows[] = {
      {CAMPAIGN("B", SEND("a") "{\"id\":\"v\",\"await\":[\"clicked\"],\"within\":{\"days\":4}},"),
       false, "v", 2 * CLINIC_DAY},
      {CAMPAIGN("B", SEND("a") "{\"id\":\"v\",\"await\":[\"clicked\"],\"within\":{\"days\":4}},"),
       true, "v", 0},
      {CAMPAIGN("B", SEND("a")), false, "end", 0}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    begin(&c, CAMPAIGN("A", SEND("a") AWAIT("v")), rows[i].newer);
    assert_true(first_of(&c)->awaits != 0);
    if (rows[i].held) first_of(&c)->state = WB_STATE_HELD;
    const wb_time wake = first_of(&c)->wake;
    assert_string_equal(goes(&c, WB_MIGRATE_RECOMPUTE).to, rows[i].to);
    assert_int_equal(first_of(&c)->wake - wake, rows[i].later);
    assert_int_equal(first_of(&c)->awaits != 0, i < 2);
    clinic_close(&c);
  }
}

/* A step is replaced that some definition of the campaign has, or may have. */
static void what_takes_the_place_of_a_step_takes_that_of_one_there_is(void **state) {
  static const struct {
    const char *from;
    bool compiles;
    wb_status status;
  } rows[] = {{"v", true, WB_OK},
              {"x", true, WB_E_NAME},
              {"x", false, WB_OK},
              {"s1", true, WB_E_NAME}}; /* of another campaign */
  static const char *const to[] = {"a"};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const char *const from[] = {rows[i].from};
    const wb_migrate_options options = {
        .size = sizeof options, .from = from, .to = to, .count = 1, .flags = WB_MIGRATE_PLAN};
    wb_migration told[ROWS] = {{.size = sizeof *told}};
    uint32_t count = 0;
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "two", CLINIC_TEXTS("two"));
    clinic_launch(&c, "one", CAMPAIGN("A", SEND("a") AWAIT("v")));
    clinic_launch(&c, "one", CAMPAIGN("B", SEND("a")));
    wbi_definition *older = wbi_state_definition(&c.practice->state, 1);
    if (!rows[i].compiles) wb_campaign_unref(older->compiled);
    if (!rows[i].compiles) older->compiled = NULL;
    older->broken = !rows[i].compiles;
    assert_int_equal(
        wb_practice_migrate(c.practice, "one", 3, &options, c.now, told, ROWS, &count, NULL),
        rows[i].status);
    clinic_close(&c);
  }
}

/* A step that is still there is not replaced, whatever is said: the first one, or another. */
static void what_is_still_there_keeps_its_place(void **state) {
  static const char *const newer[] = {CAMPAIGN("B", SEND("b") SEND("c")),
                                      CAMPAIGN("B", SEND("x") SEND("b") SEND("c"))};
  static const char *const from[] = {"b"}, *const to[] = {"c"};
  const wb_migrate_options options = {.size = sizeof options, .from = from, .to = to, .count = 1};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(newer); i++) {
    wb_migration rows[1] = {{.size = sizeof *rows}};
    uint32_t count = 0;
    clinic c;
    begin(&c, CAMPAIGN("A", USUAL), newer[i]);
    assert_int_equal(/* which just fits */
                     wb_practice_migrate(c.practice, "one", 3, &options, c.now, rows, 1, &count,
                                         NULL),
                     WB_OK);
    assert_string_equal(rows[0].to, "b");
    clinic_close(&c);
  }
}

/* Who waits for the first step is in no wait; who is due is at the step; whose wait is a message by
   now goes to the step itself. */
static void where_there_is_no_wait_nobody_goes_to_what_follows_one(void **state) {
  static const struct {
    const char *newer;
    uint8_t step;
    wb_time wake;
    const char *to;
  } rows[] = {
      {CAMPAIGN("B", WAIT("a") SEND("c") SEND("b")), 0, 60, "a"},
      {CAMPAIGN("B", SEND("a") WAIT("w") SEND("c") SEND("b")), 2, 0, "b"},
      {CAMPAIGN("B", SEND("a") WAIT("w") SEND("c") SEND("b")), 2, 1, "c"},
      {CAMPAIGN("B", SEND("a") SEND("w") SEND("c") SEND("b")), 2, 1, "b"},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    begin(&c, CAMPAIGN("A", USUAL), rows[i].newer);
    first_of(&c)->step = rows[i].step;
    first_of(&c)->wake = c.now + rows[i].wake;
    assert_string_equal(goes(&c, 0).to, rows[i].to);
    clinic_close(&c);
  }
}

/* The first wait of all, too. */
static void a_time_that_the_first_wait_does_not_lead_to_is_kept(void **state) {
  (void)state;
  for (wb_time off = 0; off < 2; off++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", CAMPAIGN("A", WAIT("w") SEND("a")));
    clinic_enroll(&c);
    clinic_launch(&c, "one", CAMPAIGN("B", "{\"id\":\"w\",\"wait\":{\"days\":1}}," SEND("a")));
    first_of(&c)->wake += off;
    const wb_time wake = first_of(&c)->wake;
    (void)goes(&c, WB_MIGRATE_RECOMPUTE);
    assert_int_equal(first_of(&c)->wake - wake, off ? 0 : -1 * CLINIC_DAY);
    clinic_close(&c);
  }
}

/* What is more important by now is so for whoever is inside. */
static void the_priority_is_the_newest(void **state) {
  clinic c;
  (void)state;
  begin(&c, CAMPAIGN("A", USUAL), CAMPAIGN("B\",\"priority\":90,\"salt\":\"s", USUAL));
  const uint8_t rank = first_of(&c)->rank;
  (void)goes(&c, 0);
  assert_int_not_equal(first_of(&c)->rank, rank);
  clinic_close(&c);
}

/* There is nothing to tell, so there need be no place for it. */
static void nobody_who_is_inside_needs_no_row(void **state) {
  uint32_t count = 7;
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", CAMPAIGN("A", USUAL));
  clinic_launch(&c, "one", CAMPAIGN("B", USUAL));
  assert_int_equal(wb_practice_migrate(c.practice, "one", 3, NULL, c.now, NULL, 0, &count, NULL),
                   WB_OK);
  assert_int_equal(count, 0);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(who_is_at_no_step_goes_nowhere),
      cmocka_unit_test(what_is_still_there_keeps_its_place),
      cmocka_unit_test(where_there_is_no_wait_nobody_goes_to_what_follows_one),
      cmocka_unit_test(a_time_that_the_first_wait_does_not_lead_to_is_kept),
      cmocka_unit_test(the_priority_is_the_newest),
      cmocka_unit_test(nobody_who_is_inside_needs_no_row),
      cmocka_unit_test(what_takes_the_place_of_a_step_takes_that_of_one_there_is),
      cmocka_unit_test(what_was_never_there_is_not_taken_along),
      cmocka_unit_test(a_time_that_no_wait_leads_to_is_kept),
      cmocka_unit_test(who_tries_again_goes_where_the_step_is),
      cmocka_unit_test(two_at_a_step_may_go_to_two),
      cmocka_unit_test(who_waits_for_an_event_keeps_its_time_where_it_is_not_counted_anew),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
