/* SPDX-License-Identifier: MIT */
/*
 * Who goes first where not everybody can: the campaign of the higher priority, then whoever has
 * been due for longest; however often the host polls, and whatever anybody was held for before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/walk.h"

/* A campaign of a priority, of steps that say "a" or call. */
#define OF(name, priority, steps)                                                                  \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"T\",\"class\":\"care\",\"priority\":" priority  \
  ",\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                          \
  "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[" steps WALK_END "],\"texts\":{"
#define SAYS(name, priority)                                                                       \
  OF(name, priority, "{\"id\":\"a\",\"send\":[\"a\"]},") WALK_SMS("a", "A") "}}"
#define SAYS_AFTER(name, days)                                                                     \
  OF(name, "50", "{\"id\":\"w\",\"wait\":{\"days\":" days "}},{\"id\":\"a\",\"send\":[\"a\"]},")   \
  WALK_SMS("a", "A") "}}"
#define CALLS(name, priority)                                                                      \
  OF(name, priority, "{\"id\":\"k\",\"call\":\"note\",\"within\":{\"days\":9}},") WALK_NOTE "}}"

/* How often a host polls: each so many seconds. */
static const wb_time each[] = {60, 600, CLINIC_HOUR, 5 * CLINIC_HOUR, 23 * CLINIC_HOUR};
enum { WAYS = sizeof each / sizeof *each };

/* Lets people into one campaign. */
static void enters(clinic *c, const char *patients, const char *campaign) {
  wb_counts counts = {.size = sizeof counts};
  clinic_rows(c, patients, "");
  assert_int_equal(wb_practice_enroll(c->practice, campaign, (uint32_t)strlen(campaign),
                                      c->it.facts, c->now, &counts, NULL),
                   WB_OK);
  assert_int_equal(counts.enrolled, 1);
}

/* Polls until then, each so many seconds and at the end; nothing goes out before. */
static void polled_until(clinic *c, const char *patients, wb_time then, wb_time seconds) {
  while (c->now < then) {
    if (clinic_poll(c) != 0) fail_msg("%s, too early", c->actions[0].campaign);
    c->now = c->now + seconds < then ? c->now + seconds : then;
    clinic_rows(c, patients, "");
  }
}

/* What goes out next, of which campaign. */
static void goes(clinic *c, const char *campaign) {
  if (clinic_poll(c) != 1) fail_msg("%s: hold %d", campaign, clinic_find(c, "p1", campaign).hold);
  assert_string_equal(c->actions[0].campaign, campaign);
  clinic_sent(c);
}

/* The host wrote to Ana on Monday at 10:00: that holds `low` for a day, and `high` for an hour. */
static void of_two_that_a_cap_held_the_more_important_goes(void **state) {
  (void)state;
  const wb_practice_options options = {.per_week = 8};
  for (int way = 0; way < WAYS * CLINIC_WAYS; way++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, &options);
    clinic_launch(&c, "low", SAYS("low", "10"));
    clinic_launch(&c, "high", SAYS("high", "90"));
    assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
    enters(&c, CLINIC_ANA, "low");
    const wb_time seconds = each[way % WAYS], ten = clinic_at(&c, 2026, 11, 24, 10, 0);
    polled_until(&c, CLINIC_ANA, ten - CLINIC_HOUR, seconds);
    assert_int_equal(clinic_find(&c, "p1", "low").state, WB_STATE_HELD);
    enters(&c, CLINIC_ANA, "high");
    clinic_renew(&c, way / WAYS);
    polled_until(&c, CLINIC_ANA, ten, seconds);
    goes(&c, "high");
    polled_until(&c, CLINIC_ANA, clinic_at(&c, 2026, 11, 25, 10, 0), seconds);
    goes(&c, "low");
    clinic_close(&c);
  }
}

/* Of two alike whoever has been due for longest: since Tuesday, though the other entered on Monday.
   The host's letter of Monday holds both for a week. */
static void of_two_alike_the_longest_due_goes(void **state) {
  (void)state;
  const wb_practice_options options = {.per_week = 1};
  for (int way = 0; way < WAYS * CLINIC_WAYS; way++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, &options);
    clinic_launch(&c, "early", SAYS_AFTER("early", "3"));
    clinic_launch(&c, "late", SAYS("late", "50"));
    assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
    enters(&c, CLINIC_ANA, "early");
    const wb_time seconds = each[way % WAYS];
    polled_until(&c, CLINIC_ANA, clinic_at(&c, 2026, 11, 24, 9, 0), seconds);
    enters(&c, CLINIC_ANA, "late");
    polled_until(&c, CLINIC_ANA, clinic_at(&c, 2026, 11, 29, 9, 0), seconds);
    clinic_renew(&c, way / WAYS);
    polled_until(&c, CLINIC_ANA, clinic_at(&c, 2026, 11, 30, 10, 0), seconds);
    goes(&c, "late");
    clinic_close(&c);
  }
}

/* The desk has room for one call. When it is made the next one is that of `high`, though Ben has
   waited for his since the day before. */
static void the_desk_calls_for_the_more_important_campaign(void **state) {
  (void)state;
  const wb_practice_options options = {.tasks_open = 1};
  static const char *const first =
      CLINIC_HEAD "p0|active|Cid|1982-04-02|1|+12125550103|yes|cid@example.com|yes\n";
  for (int way = 0; way < WAYS * CLINIC_WAYS; way++) {
    wb_task task = {.size = sizeof task};
    uint8_t id[16];
    clinic c;
    clinic_open(&c, CLINIC_ANA, &options);
    clinic_launch(&c, "first", CALLS("first", "10"));
    clinic_launch(&c, "low", CALLS("low", "10"));
    clinic_launch(&c, "high", CALLS("high", "90"));
    enters(&c, first, "first");
    goes(&c, "first");
    enters(&c, CLINIC_HEAD CLINIC_BEN, "low");
    const wb_time seconds = each[way % WAYS], nine = clinic_at(&c, 2026, 11, 24, 9, 0);
    polled_until(&c, CLINIC_HEAD CLINIC_BEN, nine, seconds);
    enters(&c, CLINIC_ANA, "high");
    polled_until(&c, CLINIC_ANA CLINIC_BEN, nine + CLINIC_HOUR, seconds);
    clinic_renew(&c, way / WAYS);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
    memcpy(id, task.id, sizeof id);
    wb_input done = {.size = sizeof done, .kind = WB_INPUT_TASK_DONE, .action = id};
    done.outcome = WB_TASK_DONE;
    assert_int_equal(clinic_send(&c, &done), WB_OK);
    goes(&c, "high");
    clinic_close(&c);
  }
}

/* A host that takes one action at a time gets an answer before what was due before it. */
static void an_answer_goes_before_whatever_is_due(void **state) {
  (void)state;
  clinic c;
  uint32_t count = 0;
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN, NULL);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  c.now += CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "");
  c.now += CLINIC_HOUR; /* both have been due for an hour */
  assert_int_equal(clinic_reply(&c, "p2", "HELP"), WB_OK);
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, c.actions, 1, &count, NULL),
                   WB_OK);
  assert_int_equal(count, 1);
  assert_string_equal(c.actions[0].campaign, "notices");
  c.count = count;
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(of_two_that_a_cap_held_the_more_important_goes),
      cmocka_unit_test(of_two_alike_the_longest_due_goes),
      cmocka_unit_test(the_desk_calls_for_the_more_important_campaign),
      cmocka_unit_test(an_answer_goes_before_whatever_is_due),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
