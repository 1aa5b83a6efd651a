/* SPDX-License-Identifier: MIT */
/* Steps that decide: what is walked, what is left out, what is called, and by whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/walk.h"

#define MAIL                                                                                       \
  "\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hello\",\"body\":\"{{ location.name }} "  \
  "{{ location.address }} Reply STOP and we will not write again.\"}}"
#define TWO WALK_SMS("a", "A") "," WALK_SMS("b", "B")
#define THREE TWO "," WALK_SMS("d", "D")

/* How often the journal says that a step was left for a reason. */
static int left_out(const clinic *c, const char *why) {
  char wanted[64], text[4096];
  uint64_t offset = 0;
  size_t needed = 0;
  int times = 0;
  wb_record record = {.size = sizeof record};
  snprintf(wanted, sizeof wanted, "\"left_out\":\"%s\"", why);
  while (wb_journal_next(c->journal.bytes, c->journal.length, &offset, &record) == WB_OK) {
    if (wb_journal_format(c->journal.bytes, c->journal.length, record.offset, text, sizeof text,
                          &needed) == WB_OK)
      times += strstr(text, wanted) != NULL;
  }
  return times;
}

/* "a", a day until ten, "b" that is stale after so many hours, "d". The first has gone. */
static void begin_stale(clinic *c, const char *hours) {
  char steps[512];
  snprintf(steps, sizeof steps,
           "{\"id\":\"a\",\"send\":[\"a\"]},"
           "{\"id\":\"w\",\"wait\":{\"days\":1,\"at\":\"10:00\"}},"
           "{\"id\":\"b\",\"send\":[\"b\"],\"stale_after\":{\"hours\":%s}},"
           "{\"id\":\"d\",\"send\":[\"d\"]}," WALK_END,
           hours);
  walk_begin(c, "", steps, THREE);
  assert_string_equal(walk_said(c), "a");
}

static void a_message_that_is_too_late_is_left_out_and_the_journal_says_so(void **state) {
  (void)state;
  for (int late = 0; late < 2; ++late) {
    clinic c;
    begin_stale(&c, "2");
    walk_later(&c, CLINIC_DAY + 2 * CLINIC_HOUR + late);
    assert_string_equal(walk_said(&c), late ? "d" : "b"); /* in one poll */
    assert_string_equal(walk_said(&c), late ? "" : "d");
    assert_int_equal(left_out(&c, "late"), late);
    clinic_close(&c);
  }
}

/* A step that is come to only now is not late, however long that took. */
static void a_message_that_is_come_to_now_is_not_late(void **state) {
  clinic c;
  (void)state;
  walk_begin(&c, "",
             "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"w\",\"wait\":{\"days\":1}},"
             "{\"id\":\"v\",\"branch\":[{\"when\":\"recare.booked\",\"to\":\"d\"}]},"
             "{\"id\":\"b\",\"send\":[\"b\"],\"stale_after\":{\"hours\":1}},"
             "{\"id\":\"d\",\"send\":[\"d\"]}," WALK_END,
             THREE);
  assert_string_equal(walk_said(&c), "a");
  walk_later(&c, CLINIC_DAY + 5 * CLINIC_HOUR);
  assert_string_equal(walk_said(&c), "b");
  assert_int_equal(left_out(&c, "late"), 0);
  clinic_close(&c);
}

/* However long the cap holds it yet, and whether the practice was loaded in between. */
static void what_is_held_is_left_out_as_soon_as_it_is_late(void **state) {
  (void)state;
  for (int i = 0; i < CLINIC_WAYS; ++i) {
    clinic c;
    walk_begin(&c, "\"caps\":{\"week\":1},",
               "{\"id\":\"a\",\"send\":[\"a\"]},"
               "{\"id\":\"w\",\"wait\":{\"days\":1,\"at\":\"10:00\"}},"
               "{\"id\":\"b\",\"send\":[\"b\"],\"stale_after\":{\"hours\":4}},"
               "{\"id\":\"x\",\"call\":\"note\",\"within\":{\"days\":3}}," WALK_END,
               TWO "," WALK_NOTE);
    assert_string_equal(walk_said(&c), "a");
    walk_later(&c, CLINIC_DAY);
    assert_string_equal(walk_said(&c), "");
    assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_CAP);
    assert_int_equal(clinic_wake(&c), c.now + 4 * CLINIC_HOUR + 1);
    walk_later(&c, 4 * CLINIC_HOUR);
    clinic_renew(&c, i);
    assert_string_equal(walk_said(&c), "");
    walk_later(&c, 1);
    assert_string_equal(walk_said(&c), "x");
    assert_int_equal(left_out(&c, "late"), 1);
    clinic_close(&c);
  }
}

/* Whatever holds it meanwhile: it counts from when the step was due. */
static void a_hold_makes_no_message_less_late(void **state) {
  (void)state;
  for (int late = 0; late < 2; ++late) {
    clinic c;
    begin_stale(&c, "4");
    assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, ""), WB_OK);
    walk_later(&c, CLINIC_DAY + 3 * CLINIC_HOUR); /* nobody polled before */
    assert_string_equal(walk_said(&c), "");
    assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_PAUSED);
    walk_later(&c, CLINIC_HOUR + late);
    assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, ""), WB_OK);
    assert_string_equal(walk_said(&c), late ? "d" : "b");
    assert_int_equal(left_out(&c, "late"), late);
    clinic_close(&c);
  }
}

/* Nor does a try that did not get through, or a process that ended in between. */
static void another_try_makes_no_message_less_late(void **state) {
  (void)state;
  for (int way = 0; way < 2 * CLINIC_WAYS; ++way) {
    const int late = way % 2;
    clinic c;
    begin_stale(&c, "4");
    walk_later(&c, CLINIC_DAY + 4 * CLINIC_HOUR - 6 * CLINIC_MINUTE + late);
    for (int tries = 0; tries < 2; ++tries) {
      assert_int_equal(clinic_poll(&c), 1);
      assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
      clinic_renew(&c, way / 2);
      walk_later(&c, tries == 0 ? CLINIC_MINUTE : 5 * CLINIC_MINUTE);
    }
    assert_string_equal(walk_said(&c), late ? "d" : "b");
    assert_int_equal(left_out(&c, "late"), late);
    clinic_close(&c);
  }
}

static void a_message_that_has_no_channel_is_left_out_with_its_reason(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "",
             "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"b\",\"send\":[\"mail\"]},"
             "{\"id\":\"d\",\"send\":[\"d\"]}," WALK_END,
             WALK_SMS("a", "A") "," WALK_SMS("d", "D") "," MAIL);
  assert_string_equal(walk_said(&c), "a");
  clinic_rows(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n", "");
  assert_string_equal(walk_said(&c), "d");
  assert_int_equal(left_out(&c, "no_address"), 1);
  clinic_close(&c);
}

static void a_branch_takes_the_first_way_that_is_true(void **state) {
  (void)state;
  static const struct {
    const char *when, *step;
  } rows[] = {{"recare.kind == \\\"prophy\\\"", "b"},
              {"recare.kind == \\\"perio\\\"", "a"},
              {"visit.next > today", "a"}}; /* unknown takes none */
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    char steps[1024];
    snprintf(steps, sizeof steps,
             "{\"id\":\"x\",\"branch\":[{\"when\":\"%s\",\"to\":\"b\"}]},"
             "{\"id\":\"a\",\"send\":[\"a\"],\"next\":\"end\"},{\"id\":\"b\",\"send\":[\"b\"]}"
             "," WALK_END,
             rows[i].when);
    walk_begin(&c, "", steps, WALK_SMS("a", "A") "," WALK_SMS("b", "B"));
    assert_string_equal(walk_said(&c), rows[i].step);
    clinic_close(&c);
  }
}

static void a_goal_that_is_reached_is_the_end(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "",
             "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"w\",\"wait\":{\"days\":1}},"
             "{\"id\":\"g\",\"goal\":\"today >= date(\\\"2026-11-25\\\")\"},"
             "{\"id\":\"b\",\"send\":[\"b\"]},{\"id\":\"v\",\"wait\":{\"days\":1}},"
             "{\"id\":\"h\",\"goal\":\"today >= date(\\\"2026-11-25\\\")\"},"
             "{\"id\":\"d\",\"send\":[\"d\"]}," WALK_END,
             THREE);
  assert_string_equal(walk_said(&c), "a");
  walk_later(&c, CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b"); /* on the 24th it is not */
  walk_later(&c, CLINIC_DAY);
  assert_string_equal(walk_said(&c), "");
  assert_string_equal(walk_reason(&c), "goal");
  clinic_close(&c);
}

/* Steps that decide, and what they come to the same as. */
#define AFTER(decides)                                                                             \
  "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"w\",\"wait\":{\"hours\":24}}," decides                \
  "{\"id\":\"v\",\"wait\":{\"hours\":48}},{\"id\":\"b\",\"send\":[\"b\"]}," WALK_END
static const char *const deciding[] = {
    AFTER(""), AFTER("{\"id\":\"x\",\"goal\":\"recare.kind == \\\"perio\\\"\"},"),
    AFTER("{\"id\":\"x\",\"branch\":[{\"when\":\"recare.kind == \\\"prophy\\\"\",\"to\":\"v\"}]},"
          "{\"id\":\"d\",\"send\":[\"b\"]},"),
    "{\"id\":\"a\",\"send\":[\"a\"]},"
    "{\"id\":\"x\",\"await\":[\"clicked\"],\"within\":{\"hours\":24}},"
    "{\"id\":\"v\",\"wait\":{\"hours\":48}},{\"id\":\"b\",\"send\":[\"b\"]}," WALK_END};
enum { DECIDING = sizeof deciding / sizeof *deciding };

/* Goes on to Friday, 10:00, and says the first message there. */
static void begin_friday(clinic *c, const char *steps) {
  walk_begin(c, "", steps, WALK_SMS("a", "A") "," WALK_SMS("b", "B"));
  walk_later(c, 4 * CLINIC_DAY);
  assert_string_equal(walk_said(c), "a");
  assert_string_equal(walk_said(c), "");
}

/* Nothing is said for so many hours, and then the second message. */
static void says_after(clinic *c, int hours) {
  for (int hour = 1; hour <= hours; ++hour) {
    walk_later(c, CLINIC_HOUR);
    assert_string_equal(walk_said(c), hour < hours ? "" : "b");
  }
}

/* From Friday to Monday, though one of the waits ends on a day when nothing goes out. */
static void what_only_decides_makes_no_wait_longer(void **state) {
  (void)state;
  for (int i = 0; i < DECIDING; ++i) {
    clinic c;
    begin_friday(&c, deciding[i]);
    says_after(&c, 72);
    clinic_close(&c);
  }
}

static void a_host_that_polls_seldom_makes_no_wait_longer(void **state) {
  (void)state;
  for (int i = 0; i < DECIDING; ++i) {
    clinic c;
    begin_friday(&c, deciding[i]);
    walk_later(&c, 3 * CLINIC_DAY);
    assert_string_equal(walk_said(&c), "b");
    clinic_close(&c);
  }
}

/* These steps are due on Saturday, which is closed: so long after Friday the second message goes,
   whether or not something decided on Saturday. */
static void due_on_saturday(const char *then, int hours) {
  static const char *const before[] = {"",
                                       "{\"id\":\"g\",\"goal\":\"recare.kind == \\\"perio\\\"\"},"};
  for (size_t i = 0; i < sizeof before / sizeof *before; ++i) {
    clinic c;
    char steps[512];
    snprintf(steps, sizeof steps,
             "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"w\",\"wait\":{\"hours\":24}},%s%s" WALK_END,
             before[i], then);
    begin_friday(&c, steps);
    says_after(&c, hours);
    clinic_close(&c);
  }
}

/* Three hours from Monday, 10:00. */
static void an_await_after_a_wait_begins_in_the_hours(void **state) {
  (void)state;
  due_on_saturday("{\"id\":\"x\",\"await\":[\"clicked\"],\"within\":{\"hours\":3}},"
                  "{\"id\":\"b\",\"send\":[\"b\"]},",
                  75);
}

static void what_only_decides_makes_no_message_late(void **state) {
  (void)state;
  due_on_saturday("{\"id\":\"b\",\"send\":[\"b\"],\"stale_after\":{\"hours\":4}},", 72);
}

/* Three hours are over at 13:00, though the wait that led there ended at a time of the day. */
static void what_is_waited_for_is_over_in_its_own_time(void **state) {
  (void)state;
  static const char *const waits[] = {
      "{\"id\":\"x\",\"await\":[\"clicked\"],\"within\":{\"hours\":3},\"next\":\"end\",\"else\":"
      "\"b\"},",
      "{\"id\":\"x\",\"call\":\"note\",\"within\":{\"hours\":3},\"next\":\"end\",\"else\":\"b\"},"};
  for (int call = 0; call < 2; ++call) {
    clinic c;
    char steps[512];
    snprintf(steps, sizeof steps,
             "{\"id\":\"a\",\"send\":[\"a\"]},"
             "{\"id\":\"w\",\"wait\":{\"days\":1,\"at\":\"10:00\"}},%s"
             "{\"id\":\"b\",\"send\":[\"b\"]}," WALK_END,
             waits[call]);
    walk_begin(&c, "", steps, call ? TWO "," WALK_NOTE : TWO);
    assert_string_equal(walk_said(&c), "a");
    walk_later(&c, CLINIC_DAY);
    assert_string_equal(walk_said(&c), call ? "x" : "");
    walk_later(&c, 3 * CLINIC_HOUR - 1);
    assert_string_equal(walk_said(&c), "");
    walk_later(&c, 1);
    assert_string_equal(walk_said(&c), "b");
    clinic_close(&c);
  }
}

static void a_repeat_goes_back_so_many_times_with_new_ids(void **state) {
  (void)state;
  clinic c;
  uint8_t ids[4][16];
  walk_begin(
      &c, "\"touches\":50,",
      "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"w\",\"wait\":{\"days\":1}},"
      "{\"id\":\"r\",\"repeat\":\"a\",\"at_most\":2},{\"id\":\"b\",\"send\":[\"b\"]}," WALK_END,
      WALK_SMS("a", "A") "," WALK_SMS("b", "B"));
  for (int i = 0; i < 4; ++i) {
    assert_string_equal(walk_said(&c), i < 3 ? "a" : "b");
    memcpy(ids[i], c.actions[0].id, 16);
    for (int j = 0; j < i; ++j)
      assert_memory_not_equal(ids[i], ids[j], 16);
    walk_later(&c, CLINIC_DAY);
  }
  assert_string_equal(walk_said(&c), "");
  assert_string_equal(walk_reason(&c), "finished");
  clinic_close(&c);
}

#define CALLS                                                                                      \
  "{\"id\":\"a\",\"send\":[\"a\"]},"                                                               \
  "{\"id\":\"k\",\"call\":\"note\",\"within\":{\"days\":3},\"else\":\"late\"},"                    \
  "{\"id\":\"b\",\"send\":[\"b\"],\"next\":\"end\"},{\"id\":\"late\",\"send\":[\"d\"]}," WALK_END

static void a_call_step_waits_for_the_desk(void **state) {
  (void)state;
  clinic c;
  wb_task task = {.size = sizeof task};
  walk_begin(&c, "", CALLS, THREE "," WALK_NOTE);
  assert_string_equal(walk_said(&c), "a");
  assert_string_equal(walk_said(&c), "k");
  assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
  assert_string_equal(c.actions[0].reason, "k");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  assert_int_equal(task.expires, c.now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_find(&c, "p1", "c").flags, WB_ENROLLMENT_LISTED);
  walk_later(&c, CLINIC_DAY);
  assert_string_equal(walk_said(&c), "");
  wb_input done = {.size = sizeof done, .kind = WB_INPUT_TASK_DONE, .action = task.id};
  assert_int_equal(clinic_send(&c, &done), WB_OK);
  assert_int_equal(clinic_find(&c, "p1", "c").flags, 0);
  assert_string_equal(walk_said(&c), "b");
  clinic_close(&c);
}

/* However long the desk takes: two days are two days after the call. */
static void a_wait_after_a_call_counts_from_when_it_was_dealt_with(void **state) {
  (void)state;
  clinic c;
  wb_task task = {.size = sizeof task};
  walk_begin(&c, "",
             "{\"id\":\"k\",\"call\":\"note\",\"within\":{\"days\":9}},"
             "{\"id\":\"w\",\"wait\":{\"hours\":24}},{\"id\":\"b\",\"send\":[\"b\"]}," WALK_END,
             WALK_SMS("b", "B") "," WALK_NOTE);
  assert_string_equal(walk_said(&c), "k");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  walk_later(&c, 2 * CLINIC_DAY);
  wb_input done = {.size = sizeof done, .kind = WB_INPUT_TASK_DONE, .action = task.id};
  assert_int_equal(clinic_send(&c, &done), WB_OK);
  assert_string_equal(walk_said(&c), "");
  assert_int_equal(clinic_wake(&c), c.now + CLINIC_DAY);
  clinic_close(&c);
}

/* Polls until somebody is due who was called by now, and has not been reached. */
static const char *said_after_the_call(clinic *c) {
  walk_later(c, 3 * CLINIC_DAY - 1);
  assert_string_equal(walk_said(c), "");
  assert_int_equal(clinic_tasks(c, WB_DESK_OUTREACH, NULL), 1);
  walk_later(c, 1);
  return walk_said(c);
}

/* What follows goes with the very poll that takes the call off the list. */
static void a_call_that_nobody_makes_expires(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "", CALLS, THREE "," WALK_NOTE);
  assert_string_equal(walk_said(&c), "a");
  assert_string_equal(walk_said(&c), "k");
  assert_string_equal(said_after_the_call(&c), "late");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_string_equal(walk_said(&c), "");
  assert_string_equal(walk_reason(&c), "finished");
  wb_practice_free(clinic_replayed(&c));
  clinic_close(&c);
}

/* It is no exception: while all is paused nothing moves, and without permission it is the end. */
static void what_follows_a_call_is_checked_like_any_message(void **state) {
  (void)state;
  clinic c;
  const char *const nobody =
      CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no|ana@example.com|yes\n";
  walk_begin(&c, "", CALLS, THREE "," WALK_NOTE);
  assert_string_equal(walk_said(&c), "a");
  assert_string_equal(walk_said(&c), "k");
  walk_later(&c, 3 * CLINIC_DAY);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, NULL), WB_OK);
  assert_string_equal(walk_said(&c), "");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, NULL), WB_OK);
  clinic_rows(&c, nobody, "");
  assert_string_equal(walk_said(&c), "");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_string_equal(walk_reason(&c), "no_permission");
  clinic_close(&c);
}

/* Another call comes onto the list with the next poll: until then the first takes its place. */
static void a_call_after_a_call_comes_with_the_next_poll(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "",
             "{\"id\":\"k\",\"call\":\"note\",\"within\":{\"days\":3}},"
             "{\"id\":\"l\",\"call\":\"note\",\"within\":{\"days\":3}}," WALK_END,
             WALK_NOTE);
  assert_string_equal(walk_said(&c), "k");
  assert_string_equal(said_after_the_call(&c), "");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_int_equal(clinic_wake(&c), c.now);
  assert_string_equal(walk_said(&c), "l");
  assert_string_equal(said_after_the_call(&c), "");
  assert_string_equal(walk_reason(&c), "finished");
  clinic_close(&c);
}

/* A wait after it begins then. */
static void a_wait_after_a_call_that_expired_begins_then(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "",
             "{\"id\":\"k\",\"call\":\"note\",\"within\":{\"days\":3}},"
             "{\"id\":\"w\",\"wait\":{\"hours\":24}},{\"id\":\"b\",\"send\":[\"b\"]}," WALK_END,
             WALK_SMS("b", "B") "," WALK_NOTE);
  assert_string_equal(walk_said(&c), "k");
  assert_string_equal(said_after_the_call(&c), "");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_int_equal(clinic_wake(&c), c.now + CLINIC_DAY);
  walk_later(&c, CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  clinic_close(&c);
}

/* A pause while the desk has the call is no response of the patient. */
static void a_paused_call_is_no_response(void **state) {
  (void)state;
  clinic c;
  wb_metrics metrics = {.size = sizeof metrics};
  walk_begin(&c, "", CALLS, THREE "," WALK_NOTE);
  assert_string_equal(walk_said(&c), "a");
  assert_string_equal(walk_said(&c), "k");
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, NULL), WB_OK);
  walk_later(&c, CLINIC_DAY);
  assert_string_equal(walk_said(&c), "");
  assert_int_equal(clinic_find(&c, "p1", "c").hold, WB_HOLD_PAUSED);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, NULL), WB_OK);
  assert_string_equal(walk_said(&c), "");
  assert_int_equal(clinic_find(&c, "p1", "c").state, WB_STATE_WAITING);
  assert_int_equal(wb_metrics_get(c.practice, NULL, 0, NULL, 0, NULL, 0, 0, &metrics), WB_OK);
  assert_int_equal(metrics.responded, 0);
  clinic_close(&c);
}

static void a_campaign_speaks_in_its_own_hours(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "\"hours\":{\"tue\":\"11:00-12:00\"},",
             "{\"id\":\"a\",\"send\":[\"a\"]}," WALK_END, WALK_SMS("a", "A"));
  assert_string_equal(walk_said(&c), "");
  assert_int_equal(clinic_find(&c, "p1", "c").hold, WB_HOLD_HOURS);
  c.now = clinic_at(&c, 2026, 11, 24, 11, 0) - 1;
  clinic_rows(&c, CLINIC_ANA, "");
  assert_string_equal(walk_said(&c), "");
  walk_later(&c, 1);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].deliver_by, c.now + 600);
  clinic_close(&c);
}

static void a_campaign_caps_more_strictly_than_the_practice(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "\"caps\":{\"week\":1},",
             "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"w\",\"wait\":{\"days\":6}},"
             "{\"id\":\"b\",\"send\":[\"b\"]}," WALK_END,
             WALK_SMS("a", "A") "," WALK_SMS("b", "B"));
  assert_string_equal(walk_said(&c), "a");
  walk_later(&c, 6 * CLINIC_DAY); /* Sunday: closed; then Monday, the eighth day */
  assert_string_equal(walk_said(&c), "");
  walk_later(&c, CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  clinic_close(&c);
}

static void re_entry_is_what_the_campaign_says(void **state) {
  static const struct {
    const char *more;
    int days, ends; /* after that, by finishing (0) or a reply (1) */
    uint64_t enrolled;
  } rows[] = {{"\"reentry\":\"never\",\"rest_days\":0,", 100, 0, 0},
              {"\"reentry\":\"finished\",\"rest_days\":5,", 5, 0, 1},
              {"\"reentry\":\"finished\",\"rest_days\":5,", 4, 0, 0},
              {"\"reentry\":\"finished\",\"rest_days\":5,", 5, 1, 0},
              {"\"reentry\":\"ended\",\"rest_days\":5,", 5, 1, 1},
              {"", 90, 1, 1},
              {"", 89, 1, 0}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    walk_begin(&c, rows[i].more, "{\"id\":\"a\",\"send\":[\"a\"]}," WALK_END, WALK_SMS("a", "A"));
    assert_string_equal(walk_said(&c), "a");
    if (rows[i].ends) assert_int_equal(clinic_reply(&c, "p1", "the blue bus goes to town"), WB_OK);
    assert_string_equal(walk_said(&c), "");
    assert_string_equal(walk_reason(&c), rows[i].ends ? "replied" : "finished");
    for (int day = 0; day < rows[i].days; ++day) {
      walk_later(&c, CLINIC_DAY);
      assert_string_equal(walk_said(&c), "");
    }
    if (clinic_enroll(&c).enrolled != rows[i].enrolled) fail_msg("row %d", (int)i);
    clinic_close(&c);
  }
}

/* Where nobody rests, what the host read before somebody booked lets them in no more. */
static void facts_from_before_a_booking_let_nobody_in_again(void **state) {
  (void)state;
  for (int newer = 0; newer < 2; newer++) {
    clinic c;
    walk_begin(&c, "\"rest_days\":0,", "{\"id\":\"a\",\"send\":[\"a\"]}," WALK_END,
               WALK_SMS("a", "A"));
    assert_string_equal(walk_said(&c), "a");
    walk_later(&c, CLINIC_HOUR);
    c.now += !newer;
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    assert_string_equal(walk_reason(&c), "booked");
    assert_int_equal(clinic_enroll(&c).enrolled, newer);
    clinic_close(&c);
  }
}

static void a_variant_chooses_the_text_of_one_step(void **state) {
  (void)state;
  static const char steps[] = "{\"id\":\"a\",\"send\":[\"a\"]}," WALK_END;
  static const char texts[] =
      "\"a\":{\"channel\":\"sms\",\"instead\":[{\"variant\":\"two\",\"text\":\"b\"}],\"en\":{"
      "\"body\":\"{{ location.short_name }} A {{ location.booking_url }} Reply STOP to opt "
      "out.\"}}," WALK_SMS("b", "B");
  int seen[2] = {0, 0};
  for (int salt = 0; salt < 20; ++salt) {
    clinic c;
    char more[256];
    snprintf(more, sizeof more,
             "\"salt\":\"s%d\",\"variants\":[{\"name\":\"one\",\"share\":50},{\"name\":\"two\","
             "\"share\":50}],",
             salt);
    walk_begin(&c, more, steps, texts);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, "a");
    seen[strstr(c.actions[0].text, " B ") != NULL]++;
    clinic_close(&c);
  }
  assert_true(seen[0] >= 5 && seen[1] >= 5);
}

static void a_withdrawn_text_is_not_said(void **state) {
  (void)state;
  clinic c;
  wb_input input;
  static const char texts[] =
      "\"a\":{\"channel\":\"sms\",\"fallback\":\"plain\",\"en\":{\"body\":\"{{ "
      "location.short_name }} A {{ location.booking_url }} Reply STOP to opt out.\"}},"
      "\"plain\":{\"channel\":\"sms\",\"register\":\"neutral\",\"en\":{\"body\":\"{{ "
      "location.short_name }} P {{ location.booking_url }} Reply STOP to opt out.\"}}";
  walk_begin(&c, "", "{\"id\":\"a\",\"send\":[\"a\"]}," WALK_END, texts);
  input = clinic_input(WB_INPUT_WITHDRAW, "c");
  input.name = "b";
  input.name_length = 1;
  assert_int_equal(clinic_send(&c, &input), WB_E_NAME);
  input.name = "a";
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  const uint64_t sequence = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].template_, "plain");
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  input.name = "plain";
  input.name_length = 5;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "c").hold, WB_HOLD_RENDER);
  input.kind = WB_INPUT_RESUME;
  input.name = "a";
  input.name_length = 1;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_send(&c, &input), WB_E_STATE);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].template_, "a");
  clinic_close(&c);
}

static void a_class_of_messages_is_paused(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "", "{\"id\":\"a\",\"send\":[\"a\"]}," WALK_END, WALK_SMS("a", "A"));
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_PAUSE, .class_ = WB_MESSAGE_OFFER};
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  input.class_ = WB_MESSAGE_BILLING + 1;
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  input.class_ = WB_MESSAGE_BENEFIT;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "c").hold, WB_HOLD_PAUSED);
  input.kind = WB_INPUT_RESUME;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_send(&c, &input), WB_E_STATE);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

/* Of many who may be compared, the share is held out: they walk the same steps without a message.
   Of few, nobody is. Who is inside already counts, and who is out again. */
static void those_held_out_walk_without_messages(void **state) {
  (void)state;
  for (int people = 999; people <= 1000; ++people) {
    clinic c;
    char *rows = calloc(1, (size_t)people * 160 + 400);
    assert_non_null(rows);
    size_t at = (size_t)sprintf(rows, "%s", CLINIC_HEAD);
    for (int i = 0; i < people; ++i)
      at += (size_t)sprintf(rows + at, "p%d|active|Ana|1980-02-29|1|+1212555%04d|yes||\n", i, i);
    const wb_practice_options options = {.admissions = 500, .spread = 1};
    clinic_open(&c, CLINIC_ANA, &options);
    clinic_facts(&c, CLINIC_PLACES(CLINIC_ZONE));
    sample_add(&c.it, "patients", rows);
    char *procedures = calloc(1, (size_t)people * 60 + 100);
    assert_non_null(procedures);
    at = (size_t)sprintf(procedures, "patient:u|code:u|status:u|date:tdD\n");
    for (int i = 0; i < people; ++i)
      at += (size_t)sprintf(procedures + at, "p%d|%s|completed|2025-09-15\n", i,
                            i < 10 ? "D4910" : "D1110");
    sample_add(&c.it, "procedures", procedures);
    sample_add(&c.it, "appointments", "patient:u|status:u|start:tdD\np0|completed|2025-09-15\n");
    walk_launch(&c, "\"holdout\":20,",
                "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"w\",\"wait\":{\"days\":3}},"
                "{\"id\":\"b\",\"send\":[\"b\"]}," WALK_END,
                WALK_SMS("a", "A") "," WALK_SMS("b", "B"));
    uint64_t sent = 0;
    for (int day = 0; day < 2; ++day) {
      const wb_counts counts = clinic_enroll(&c);
      if (counts.enrolled != (uint64_t)(day == 0 ? 500 : people - 500))
        fail_msg("%d of %d, %d held, %d unknown", (int)counts.enrolled, (int)counts.eligible,
                 (int)counts.held, (int)counts.unknown);
      while (clinic_poll(&c) > 0) {
        for (uint32_t i = 0; i < c.count; ++i) {
          assert_string_equal(c.actions[i].step, "a");
          sent++;
        }
        clinic_sent(&c);
      }
      assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p10"), WB_OK);
      c.now += CLINIC_DAY;
    }
    if (people < 1000) assert_int_equal(sent, people);
    if (people == 1000 && (sent < 760 || sent > 840)) fail_msg("%d sent", (int)sent);
    uint64_t cursor = 0, waiting = 0;
    wb_enrollment one = {.size = sizeof one};
    while (wb_practice_next(c.practice, &cursor, &one) == WB_OK) {
      if (one.state != WB_STATE_ENDED) assert_string_equal(one.step, "b");
      waiting += one.state == WB_STATE_WAITING;
      if (strlen(one.patient) == 2) assert_string_equal(one.variant, ""); /* periodontal care */
    }
    assert_int_equal(waiting, people - 1);
    free(rows);
    free(procedures);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_message_that_is_too_late_is_left_out_and_the_journal_says_so),
      cmocka_unit_test(a_message_that_is_come_to_now_is_not_late),
      cmocka_unit_test(what_is_held_is_left_out_as_soon_as_it_is_late),
      cmocka_unit_test(a_hold_makes_no_message_less_late),
      cmocka_unit_test(another_try_makes_no_message_less_late),
      cmocka_unit_test(a_message_that_has_no_channel_is_left_out_with_its_reason),
      cmocka_unit_test(a_branch_takes_the_first_way_that_is_true),
      cmocka_unit_test(a_goal_that_is_reached_is_the_end),
      cmocka_unit_test(what_only_decides_makes_no_wait_longer),
      cmocka_unit_test(a_host_that_polls_seldom_makes_no_wait_longer),
      cmocka_unit_test(an_await_after_a_wait_begins_in_the_hours),
      cmocka_unit_test(what_only_decides_makes_no_message_late),
      cmocka_unit_test(what_is_waited_for_is_over_in_its_own_time),
      cmocka_unit_test(a_repeat_goes_back_so_many_times_with_new_ids),
      cmocka_unit_test(a_call_step_waits_for_the_desk),
      cmocka_unit_test(a_wait_after_a_call_counts_from_when_it_was_dealt_with),
      cmocka_unit_test(a_call_that_nobody_makes_expires),
      cmocka_unit_test(what_follows_a_call_is_checked_like_any_message),
      cmocka_unit_test(a_call_after_a_call_comes_with_the_next_poll),
      cmocka_unit_test(a_wait_after_a_call_that_expired_begins_then),
      cmocka_unit_test(a_paused_call_is_no_response),
      cmocka_unit_test(a_campaign_speaks_in_its_own_hours),
      cmocka_unit_test(a_campaign_caps_more_strictly_than_the_practice),
      cmocka_unit_test(re_entry_is_what_the_campaign_says),
      cmocka_unit_test(facts_from_before_a_booking_let_nobody_in_again),
      cmocka_unit_test(a_variant_chooses_the_text_of_one_step),
      cmocka_unit_test(a_withdrawn_text_is_not_said),
      cmocka_unit_test(a_class_of_messages_is_paused),
      cmocka_unit_test(those_held_out_walk_without_messages),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
