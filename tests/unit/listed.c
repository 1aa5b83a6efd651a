/* SPDX-License-Identifier: MIT */
/* What a host is told of who is inside, of what was written, and of the calls on the desk's lists;
   and that being told costs nothing that stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/migrate.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"

/* Ana and Ben got a text each. */
static void begin(clinic *c) {
  static const wb_practice_options more = {.size = sizeof more, .flags = WB_PRACTICE_ALLOW_JUMP};
  clinic_begin(c, CLINIC_ANA CLINIC_BEN, &more);
  assert_int_equal(clinic_poll(c), 2);
  clinic_sent(c);
}

/* So many minutes later, on facts of then. */
static uint32_t later(clinic *c, wb_time minutes) {
  c->now += minutes * CLINIC_MINUTE;
  clinic_rows(c, CLINIC_ANA CLINIC_BEN, "");
  return clinic_poll(c);
}

static uint32_t flags(clinic *c, const char *patient) {
  return clinic_find(c, patient, "one").flags;
}

static void who_responded_and_whose_call_is_listed_is_told(void **state) {
  clinic c;
  (void)state;
  begin(&c);
  assert_int_equal(flags(&c, "p1"), 0);
  assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
  assert_int_equal(flags(&c, "p1"), WB_ENROLLMENT_RESPONDED);
  assert_int_equal(later(&c, 1), 1);
  clinic_sent(&c);
  assert_int_equal(flags(&c, "p1"), WB_ENROLLMENT_RESPONDED | WB_ENROLLMENT_LISTED);
  assert_int_equal(flags(&c, "p2"), 0);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LEFT, "p1"), WB_OK);
  assert_int_equal(flags(&c, "p1"), 0);
  clinic_close(&c);
}

/* In words, those that the practice saw, and no other. */
static void why_somebody_is_to_be_called_is_told(void **state) {
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  begin(&c);
  assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
  assert_int_equal(later(&c, 1), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  assert_string_equal(task.why, "asked about price or insurance");
  assert_int_equal(task.score, 60);
  assert_string_equal(task.campaign, "one");
  assert_int_equal(task.expires, task.opened + 14 * CLINIC_DAY);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  assert_string_equal(task.why, "asked about price or insurance, used the booking page");
  assert_int_equal(task.score, 65);
  clinic_close(&c);
}

/* What nobody understood is not worth less with time. */
static void what_was_not_understood_has_no_score_and_no_end(void **state) {
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  begin(&c);
  assert_int_equal(clinic_reply(&c, "p1", "purple"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_int_equal(task.score, 0);
  assert_string_equal(task.why, "");
  assert_int_equal(task.expires, WB_TIME_NONE);
  clinic_close(&c);
}

static void the_arm_of_who_is_held_out_has_a_name(void **state) {
  clinic c;
  (void)state;
  begin(&c);
  assert_string_equal(clinic_find(&c, "p1", "one").variant, "");
  wbi_state_enrollment(&c.practice->state, 0)->variant = WBI_HELD_OUT;
  assert_string_equal(clinic_find(&c, "p1", "one").variant, "held-out");
  assert_string_equal(clinic_find(&c, "p2", "one").variant, "");
  clinic_close(&c);
}

static uint32_t actions(clinic *c) {
  wb_action_status action = {.size = sizeof action};
  uint64_t cursor = 0;
  uint32_t count = 0;
  while (wb_practice_actions(c->practice, &cursor, &action) == WB_OK)
    count++;
  return count;
}

/* Nothing is said of a message of somebody who left long ago. */
static void what_is_forgotten_is_not_told(void **state) {
  enum { KEPT = 90 };
  (void)state;
  for (int over = 0; over < 2; over++) {
    clinic c;
    begin(&c);
    assert_int_equal(actions(&c), 2);
    assert_int_equal(clinic_receive(&c, WB_INPUT_LEFT, "p1"), WB_OK);
    c.now += (wb_time)KEPT * CLINIC_DAY + over;
    assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p2"), WB_OK);
    assert_int_equal(actions(&c), over ? 1 : 2);
    clinic_close(&c);
  }
}

static wb_status enrollments(clinic *c) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  while (wb_practice_next(c->practice, &cursor, &found) == WB_OK)
    continue;
  return cursor == 2 ? WB_OK : WB_E_STATE;
}

static wb_status tasks(clinic *c) {
  return clinic_tasks(c, WB_DESK_OUTREACH, NULL) == 1 ? WB_OK : WB_E_STATE;
}

static wb_status cells(clinic *c) {
  wb_metrics found = {.size = sizeof found};
  uint64_t cursor = 0;
  while (wb_metrics_next(c->practice, &cursor, &found) == WB_OK)
    continue;
  return cursor == 1 ? WB_OK : WB_E_STATE;
}

static wb_status sums(clinic *c) {
  wb_metrics found = {.size = sizeof found};
  return wb_metrics_get(c->practice, "one", 3, NULL, 0, NULL, 0, 0, &found);
}

static wb_status moves(clinic *c) {
  const wb_migrate_options options = {.size = sizeof options, .flags = WB_MIGRATE_PLAN};
  wb_migration rows[4] = {{.size = sizeof *rows}};
  uint32_t count = 0;
  return wb_practice_migrate(c->practice, "one", 3, &options, c->now, rows, 4, &count, NULL);
}

/* What is lent is lent until the next call. */
static void being_told_a_thousand_times_takes_no_more_memory(void **state) {
  static const char older[] = CLINIC_TEXTS("one");
  char newer[sizeof older];
  static wb_status (*const calls[])(clinic *) = {enrollments, tasks, cells, sums, moves};
  clinic c;
  (void)state;
  begin(&c);
  assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
  assert_int_equal(later(&c, 1), 1);
  clinic_sent(&c);
  memcpy(newer, older, sizeof newer);
  memcpy(strstr(newer, "\"Texts\""), "\"Notes\"", 7);
  clinic_launch(&c, "one", newer);
  for (size_t i = 0; i < WBI_COUNT(calls); i++) {
    assert_int_equal(calls[i](&c), WB_OK);
    const uint64_t live = c.memory.live;
    for (int k = 0; k < 1000; k++)
      (void)calls[i](&c);
    assert_true(c.memory.live == live);
  }
  clinic_close(&c);
}

/* Whether or not there is something to tell. */
static void there_must_be_a_place_for_what_is_told(void **state) {
  clinic c;
  wb_metrics cell = {.size = 8};
  (void)state;
  begin(&c);
  for (uint64_t at = 0; at < 2; at++) {
    uint64_t cursor = at; /* of one cell */
    const char *name = at == 0 ? "one" : "two";
    assert_int_equal(wb_metrics_next(c.practice, &cursor, NULL), WB_E_INVALID);
    assert_int_equal(wb_metrics_next(c.practice, &cursor, &cell), WB_E_INVALID);
    assert_int_equal(wb_metrics_get(c.practice, name, 3, NULL, 0, NULL, 0, 0, NULL), WB_E_INVALID);
    assert_int_equal(wb_metrics_get(c.practice, name, 3, NULL, 0, NULL, 0, 0, &cell), WB_E_INVALID);
    assert_int_equal(cursor, at);
  }
  assert_int_equal(wb_metrics_next(c.practice, NULL, &cell), WB_E_INVALID);
  cell.size = sizeof cell;
  uint64_t cursor = 0;
  assert_int_equal(wb_metrics_next(NULL, &cursor, &cell), WB_E_INVALID);
  assert_int_equal(wb_metrics_get(NULL, "one", 3, NULL, 0, NULL, 0, 0, &cell), WB_E_INVALID);
  wb_enrollment found = {.size = sizeof found};
  assert_int_equal(wb_practice_next(NULL, &cursor, &found), WB_E_INVALID);
  wb_action_status action = {.size = sizeof action};
  assert_int_equal(wb_practice_actions(NULL, &cursor, &action), WB_E_INVALID);
  wb_campaign_status campaign = {.size = sizeof campaign};
  assert_int_equal(wb_practice_campaigns(NULL, &cursor, &campaign), WB_E_INVALID);
  wb_task task = {.size = sizeof task};
  assert_int_equal(wb_desk_next(NULL, WB_DESK_INBOX, &cursor, &task), WB_E_INVALID);
  clinic_close(&c);
}

static wb_time wake(clinic *c) {
  wb_time at = 7;
  assert_int_equal(wb_practice_wake(c->practice, &at), WB_OK);
  return at;
}

/* Of who is inside, of an opening, of a call that nobody is inside for: the first; and never before
   what was said last. */
static void when_to_look_next_is_told(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(wake(&c), WB_TIME_NONE);
  wb_input slot = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c.now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_send(&c, &slot), WB_OK);
  assert_int_equal(wake(&c), c.now);
  slot.kind = WB_INPUT_SLOT_CLOSED;
  assert_int_equal(clinic_send(&c, &slot), WB_OK);
  assert_int_equal(wake(&c), WB_TIME_NONE);
  const wbi_effect task = {.kind = WBI_EFFECT_TASK_OPEN,
                           .id = {{7}},
                           .definition = WBI_DEFINITIONS_MAX,
                           .patient = WBI_TEXT("p1"),
                           .location = WBI_TEXT("1"),
                           .name = WBI_TEXT("gone"),
                           .code = WBI_LIST_VISITS,
                           .day = WB_DATE_NONE,
                           .until = c.now + 5 * CLINIC_DAY};
  wbi_plan_start(&c.practice->plan, &c.practice->state, c.now);
  assert_int_equal(wbi_practice_record(c.practice, WBI_BY_RECEIVE, &task, 1), WB_OK);
  assert_int_equal(wbi_practice_commit(c.practice, NULL), WB_OK);
  assert_int_equal(wake(&c), c.now + 5 * CLINIC_DAY);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  clinic_enroll(&c);
  assert_int_equal(wake(&c), c.now);
  c.now += CLINIC_HOUR;
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, NULL), WB_OK);
  assert_int_equal(wake(&c), c.now); /* not an hour ago */
  clinic_close(&c);
}

/* ---- the page of metrics ----------------------------------------------------------------------
 */

#define CAMPAIGN(name, segments, more)                                                             \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"T\",\"class\":\"care\"," more                   \
  "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[" segments "],\"exits\":{"            \
  "\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"end\","      \
  "\"exit\":true}],\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi from {{ "           \
  "location.short_name }}. Reply STOP to opt out.\"}}}}"
#define SEGMENT(name, where) "{\"name\":\"" name "\",\"where\":\"" where "\"}"
#define VARIANTS                                                                                   \
  "\"holdout\":20,\"variants\":[{\"name\":\"a\",\"share\":50},{\"name\":\"b\",\"share\":50}],"

/* By definition, segment and variant: what was counted of each. */
static const struct {
  uint16_t definition;
  uint8_t segment, variant;
  uint64_t entered, contacted, responded, booked, kept, came;
  wb_cents production;
} counted[] = {
    {0, 0, 0, 400, 390, 40, 60, 50, 70, 1234567},
    {0, 0, 1, 410, 400, 41, 61, 51, 71, -1250},
    {0, 0, WBI_EXEMPT, 9, 8, 7, 6, 5, 4, 3},
    {0, 0, WBI_HELD_OUT, 200, 0, 0, 0, 0, 15, 0},
    {0, 1, 0, 20, 19, 18, 17, 16, 15, 1},
    {1, 0, 0, 3, 2, 1, 1, 1, 1, 100},
    {2, 0, 0, 5, 4, 3, 2, 1, 1, 5},
    {2, 0, WBI_HELD_OUT, 2, 0, 0, 0, 0, 1, 0},
};
static const char page_of_all[] =
    "one\n"
    "                      entered  contacted  responded     booked       kept    production\n"
    "  long                    819        798         88        127        106    12333.20\n"
    "  rest                     20         19         18         17         16    0.01\n"
    "  all                     839        817        106        144        122    12333.21\n"
    "  variant a               429        417         65         83         71    12345.71\n"
    "  variant b               410        400         41         61         51    -12.50\n"
    "  attributed: 122 visits kept, 12333.21\n"
    "  incremental, of those who may be held out: came 141 of 810, held out 15 of 200: 9.91 "
    "points, between 4.78 and 13.92\n"
    "  those contacted came more often smallest difference that would show: 7.13 points\n"
    "six\n"
    "                      entered  contacted  responded     booked       kept    production\n"
    "  some                      5          4          3          2          1    0.05\n"
    "  all                       5          4          3          2          1    0.05\n"
    "  attributed: 1 visit kept, 0.05\n"
    "  incremental: came 1 of 5, held out 1 of 2: -30.00 points, between -73.73 and 28.70\n"
    "  nothing may be claimed yet: there are too few; no difference would show\n"
    "two\n"
    "                      entered  contacted  responded     booked       kept    production\n"
    "  all                       3          2          1          1          1    1.00\n"
    "  attributed: 1 visit kept, 1.00\n"
    "  incremental: not known, nobody was held out\n";

static void the_page_of_metrics_has_a_line_for_all_that_is_told_apart(void **state) {
  clinic c;
  char page[4096];
  size_t needed = 0;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one",
                CAMPAIGN("one",
                         SEGMENT("long", "recare.overdue_months >= 6") "," SEGMENT("rest", "true"),
                         VARIANTS));
  clinic_launch(&c, "two", CAMPAIGN("two", SEGMENT("all", "true"), ""));
  clinic_launch(&c, "six", CAMPAIGN("six", SEGMENT("some", "true"), "\"holdout\":20,"));
  clinic_launch(&c, "two", CAMPAIGN("two", SEGMENT("all", "true"), "\"rest_days\":9,"));
  wbi_vector *cells = &c.practice->state.metric;
  assert_int_equal(wbi_vector_reserve(cells, WBI_COUNT(counted)), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(counted); i++)
    *(wbi_metric *)wbi_vector_push(cells) = (wbi_metric){.entered = counted[i].entered,
                                                         .contacted = counted[i].contacted,
                                                         .responded = counted[i].responded,
                                                         .booked = counted[i].booked,
                                                         .kept = counted[i].kept,
                                                         .came = counted[i].came,
                                                         .production = counted[i].production,
                                                         .last_entered = SAMPLE_NOW,
                                                         .definition = counted[i].definition,
                                                         .segment = counted[i].segment,
                                                         .variant = counted[i].variant};
  assert_int_equal(
      wb_metrics_format(c.practice, SAMPLE_NOW + 121 * CLINIC_DAY, page, sizeof page, &needed),
      WB_OK);
  page[needed] = '\0';
  assert_string_equal(page, page_of_all);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(who_responded_and_whose_call_is_listed_is_told),
      cmocka_unit_test(why_somebody_is_to_be_called_is_told),
      cmocka_unit_test(what_was_not_understood_has_no_score_and_no_end),
      cmocka_unit_test(the_arm_of_who_is_held_out_has_a_name),
      cmocka_unit_test(what_is_forgotten_is_not_told),
      cmocka_unit_test(when_to_look_next_is_told),
      cmocka_unit_test(there_must_be_a_place_for_what_is_told),
      cmocka_unit_test(the_page_of_metrics_has_a_line_for_all_that_is_told_apart),
      cmocka_unit_test(being_told_a_thousand_times_takes_no_more_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
