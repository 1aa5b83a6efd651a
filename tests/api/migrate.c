/* SPDX-License-Identifier: MIT */
/* Changing a campaign with people inside: who goes where, and that nothing is sent twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/walk.h"

enum { MIGRATE_ROWS = 16 };

#define SMS(name) WALK_SMS(name, name)
#define SEND(id) "{\"id\":\"" id "\",\"send\":[\"t\"]}"
#define WAIT(id, days) "{\"id\":\"" id "\",\"wait\":{\"days\":" days "}}"
#define OLD SEND("a") "," WAIT("w", "2") "," SEND("b") "," WAIT("v", "2") "," SEND("d") "," WALK_END

/* Makes a definition known, which nobody leaves for too many messages, and launches it. */
static void launch(clinic *c, const char *more, const char *steps, const char *texts) {
  char members[1024];
  snprintf(members, sizeof members, "\"touches\":50,%s", more);
  walk_launch(c, members, steps, texts);
}

static void begin(clinic *c, const char *steps) {
  walk_begin(c, "\"touches\":50,", steps, SMS("t"));
}

/* Takes people over with flags, on the facts of the clinic. */
static void migrate_as(clinic *c, uint32_t flags, wb_migration *rows, uint32_t *count) {
  wb_error error = {0};
  const wb_migrate_options options = {.size = sizeof options, .flags = flags, .facts = c->it.facts};
  rows[0].size = sizeof *rows;
  if (wb_practice_migrate(c->practice, "c", 1, &options, c->now, rows, MIGRATE_ROWS, count,
                          &error) != WB_OK)
    fail_msg("%s", error.message);
}

/* The rows of a migration; plans first, and what is done is what was planned. */
static uint32_t migrate(clinic *c, const char *from, const char *to, wb_migration *rows) {
  wb_migration planned[MIGRATE_ROWS];
  char names[MIGRATE_ROWS][2][80];
  uint32_t plan = 0, count = 0;
  wb_error error = {0};
  wb_migrate_options options = {.size = sizeof options,
                                .flags = WB_MIGRATE_PLAN,
                                .from = &from,
                                .to = &to,
                                .count = from != NULL};
  const uint64_t sequence = wb_practice_sequence(c->practice);
  planned[0].size = rows[0].size = sizeof *rows;
  if (wb_practice_migrate(c->practice, "c", 1, &options, c->now, planned, MIGRATE_ROWS, &plan,
                          &error) != WB_OK)
    fail_msg("%s", error.message);
  assert_int_equal(wb_practice_sequence(c->practice), sequence);
  for (uint32_t i = 0; i < plan; ++i) {
    snprintf(names[i][0], 80, "%s", planned[i].from);
    snprintf(names[i][1], 80, "%s", planned[i].to);
  }
  options.flags = 0;
  assert_int_equal(wb_practice_migrate(c->practice, "c", 1, &options, c->now, rows, MIGRATE_ROWS,
                                       &count, &error),
                   WB_OK);
  assert_int_equal(count, plan);
  for (uint32_t i = 0; i < count; ++i) {
    assert_string_equal(rows[i].from, names[i][0]);
    assert_string_equal(rows[i].to, names[i][1]);
    assert_int_equal(rows[i].people, planned[i].people);
    assert_int_equal(rows[i].due, planned[i].due);
  }
  return count;
}

/* One row of one person. */
static void goes(clinic *c, const char *from, const char *to, uint64_t due) {
  wb_migration rows[MIGRATE_ROWS];
  assert_int_equal(migrate(c, NULL, NULL, rows), 1);
  assert_string_equal(rows[0].from, from);
  assert_string_equal(rows[0].to, to);
  assert_int_equal(rows[0].people, 1);
  assert_int_equal(rows[0].due, due);
}

static void those_inside_stay_until_they_are_taken_over(void **state) {
  (void)state;
  clinic c;
  begin(&c, OLD);
  assert_string_equal(walk_said(&c), "a");
  launch(&c, "", SEND("a") "," WAIT("w", "2") "," SEND("n") "," WALK_END, SMS("t"));
  walk_later(&c, 2 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  clinic_close(&c);
}

/* The deadline stays when the delay changes. */
static void a_changed_delay_keeps_the_deadline(void **state) {
  (void)state;
  clinic c;
  begin(&c, OLD);
  assert_string_equal(walk_said(&c), "a");
  launch(&c, "", SEND("a") "," WAIT("w", "9") "," SEND("b") "," WALK_END, SMS("t"));
  goes(&c, "b", "b", 0);
  walk_later(&c, 2 * CLINIC_DAY - 1);
  assert_string_equal(walk_said(&c), "");
  walk_later(&c, 1);
  assert_string_equal(walk_said(&c), "b");
  clinic_close(&c);
}

/* But for a time of the day, which is that of the step as it is when the wait is over: a later one
   of that day is waited for, an earlier one or another day is not. */
static void a_changed_time_of_the_day_is_waited_for(void **state) {
  static const struct {
    const char *wait;
    wb_time later;
  } rows[] = {{"{\"days\":2,\"at\":\"16:00\"}", 2 * CLINIC_HOUR},
              {"{\"days\":2,\"at\":\"12:00\"}", 0},
              {"{\"days\":5,\"at\":\"14:00\"}", 0}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    char steps[512];
    begin(&c, SEND("a") ",{\"id\":\"w\",\"wait\":{\"days\":2,\"at\":\"14:00\"}}," SEND(
                  "b") "," WALK_END);
    assert_string_equal(walk_said(&c), "a");
    snprintf(steps, sizeof steps, "%s,{\"id\":\"w\",\"wait\":%s},%s,%s", SEND("a"), rows[i].wait,
             SEND("b"), WALK_END);
    launch(&c, "", steps, SMS("t"));
    goes(&c, "b", "b", 0);
    walk_later(&c, clinic_wake(&c) - c.now + rows[i].later - 1);
    assert_string_equal(walk_said(&c), "");
    walk_later(&c, 1);
    assert_string_equal(walk_said(&c), "b");
    clinic_close(&c);
  }
}

static void who_is_due_within_a_day_is_counted(void **state) {
  (void)state;
  clinic c;
  begin(&c, SEND("a") "," WAIT("w", "1") "," SEND("b") "," WALK_END);
  assert_string_equal(walk_said(&c), "a");
  launch(&c, "", SEND("a") "," WAIT("w", "1") "," SEND("b") "," SEND("d") "," WALK_END, SMS("t"));
  goes(&c, "b", "b", 1); /* tomorrow at nine */
  clinic_close(&c);
}

/* Counted from the message, not from now; also through a message whose fate is not known. */
static void a_changed_delay_can_be_counted_anew(void **state) {
  (void)state;
  for (int unknown = 0; unknown < 2; ++unknown) {
    clinic c;
    wb_migration rows[MIGRATE_ROWS];
    uint32_t planned = 0, count = 0;
    begin(&c, SEND("a") "," WAIT("w", "9") "," SEND("b") "," WALK_END);
    walk_later(&c, CLINIC_DAY); /* entered before */
    const wb_time told = c.now;
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(clinic_ack(&c, c.actions[0].id, unknown ? WB_SENT_UNKNOWN : WB_SENT, 0),
                     WB_OK);
    walk_later(&c, CLINIC_DAY);
    launch(&c, "", SEND("a") "," WAIT("w", "2") "," SEND("b") "," WALK_END, SMS("t"));
    migrate_as(&c, WB_MIGRATE_PLAN | WB_MIGRATE_RECOMPUTE, rows, &planned);
    assert_int_equal(rows[0].due, 1); /* within a day, to the second */
    assert_int_equal(clinic_wake(&c), told + 9 * CLINIC_DAY);
    migrate_as(&c, WB_MIGRATE_RECOMPUTE, rows, &count);
    assert_int_equal(count, planned);
    assert_int_equal(rows[0].people, 1);
    assert_int_equal(rows[0].due, 1);
    assert_int_equal(clinic_wake(&c), told + 2 * CLINIC_DAY);
    migrate_as(&c, WB_MIGRATE_RECOMPUTE, rows, &count); /* once more is once */
    assert_int_equal(count, 0);
    walk_later(&c, CLINIC_DAY - 1);
    assert_string_equal(walk_said(&c), "");
    walk_later(&c, 1);
    assert_string_equal(walk_said(&c), "b");
    clinic_close(&c);
  }
}

/* Whose time is over so has one of their own within the spread, the same in every replay. */
static void those_whose_time_is_over_so_are_spread(void **state) {
  (void)state;
  enum { PEOPLE = 24 };
  clinic c;
  char people[PEOPLE * 80 + 300] = CLINIC_HEAD;
  wb_migration rows[MIGRATE_ROWS];
  uint32_t count = 0, early = 0;
  const wb_practice_options caps = {.flags = WB_PRACTICE_ALLOW_JUMP, .admissions = PEOPLE};
  for (int i = 0; i < PEOPLE; ++i)
    sprintf(people + strlen(people), "p%d|active|Ana|1980-02-29|1|+1212555%04d|yes||\n", i, i);
  clinic_open(&c, people, &caps);
  launch(&c, "", SEND("a") "," WAIT("w", "9") "," SEND("b") "," WALK_END, SMS("t"));
  assert_int_equal(clinic_enroll(&c).enrolled, PEOPLE);
  while (clinic_poll(&c) > 0)
    clinic_sent(&c);
  c.now += 2 * CLINIC_DAY;
  clinic_rows(&c, people, "");
  launch(&c, "", SEND("a") "," WAIT("w", "1") "," SEND("b") "," WALK_END, SMS("t"));
  migrate_as(&c, WB_MIGRATE_RECOMPUTE, rows, &count);
  assert_int_equal(rows[0].people, PEOPLE);
  assert_int_equal(rows[0].due, PEOPLE);
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  while (wb_practice_next(c.practice, &cursor, &found) == WB_OK) {
    assert_in_range(found.wake, c.now, c.now + 3600 - 1);
    early += found.wake < c.now + 1800;
  }
  assert_in_range(early, PEOPLE / 4, 3 * PEOPLE / 4);
  wb_practice_free(clinic_replayed(&c));
  clinic_close(&c);
}

#define GOAL "{\"id\":\"g\",\"goal\":\"false\"},"
#define BRANCH "{\"id\":\"g\",\"branch\":[{\"when\":\"true\",\"to\":\"v\"}]},"
#define AWAIT(days)                                                                                \
  "{\"id\":\"g\",\"await\":[\"clicked\"],\"within\":{\"days\":" days "},\"else\":\"w\"},"
#define CALL "{\"id\":\"g\",\"call\":\"note\",\"within\":{\"days\":9},\"else\":\"w\"},"
#define BEHIND(step, w, v)                                                                         \
  SEND("a") "," step WAIT("w", w) "," WAIT("v", v) "," SEND("b") "," WALK_END

/* Whatever it began behind, at so many days after the message; how long they wait in all then. */
static void a_wait_is_counted_anew_from_when_it_began(void **state) {
  (void)state;
  static const struct {
    const char *old, *new;
    int began, days;
  } rows[] = {{BEHIND(GOAL, "9", "1"), BEHIND(GOAL, "2", "1"), 0, 3},
              {BEHIND(BRANCH, "9", "9"), BEHIND(BRANCH, "9", "2"), 0, 2}, /* past the first */
              {BEHIND(AWAIT("2"), "9", "1"), BEHIND(AWAIT("2"), "4", "1"), 2, 7},
              {BEHIND(AWAIT("9"), "9", "1"), BEHIND(AWAIT("2"), "9", "1"), 0, 2}, /* the time-out */
              {BEHIND(CALL, "9", "1"), BEHIND(CALL, "2", "1"), 1, 4}};
  for (size_t i = 0; i < CLINIC_WAYS * sizeof rows / sizeof *rows; ++i) {
    clinic c;
    wb_migration moved[MIGRATE_ROWS];
    uint32_t count = 0;
    const char *texts =
        strstr(rows[i / CLINIC_WAYS].old, "note") != NULL ? SMS("t") "," WALK_NOTE : SMS("t");
    walk_begin(&c, "\"touches\":50,", rows[i / CLINIC_WAYS].old, texts);
    assert_string_equal(walk_said(&c), "a");
    const wb_time told = c.now;
    const bool calls = strcmp(walk_said(&c), "g") == 0;
    wb_input done = {.size = sizeof done, .kind = WB_INPUT_TASK_DONE, .action = c.actions[0].id};
    if (rows[i / CLINIC_WAYS].began > 0) walk_later(&c, rows[i / CLINIC_WAYS].began * CLINIC_DAY);
    if (calls) assert_int_equal(clinic_send(&c, &done), WB_OK);
    assert_string_equal(walk_said(&c), "");
    clinic_renew(&c, (int)(i % CLINIC_WAYS));
    launch(&c, "", rows[i / CLINIC_WAYS].new, texts);
    migrate_as(&c, WB_MIGRATE_RECOMPUTE, moved, &count);
    assert_int_equal(count, 1);
    assert_int_equal(clinic_wake(&c), told + rows[i / CLINIC_WAYS].days * CLINIC_DAY);
    clinic_close(&c);
  }
}

/* Who is put off to a time of their own was due: no wait counts for them. */
static void who_was_due_is_at_the_step_itself(void **state) {
  (void)state;
  clinic c;
  wb_migration rows[MIGRATE_ROWS];
  begin(&c, OLD);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  const wb_time again = clinic_wake(&c);
  uint32_t count = 0;
  launch(&c, "", WAIT("w", "2") "," SEND("a") "," WALK_END, SMS("t"));
  migrate_as(&c, WB_MIGRATE_RECOMPUTE, rows, &count);
  assert_string_equal(rows[0].to, "a");
  assert_int_equal(clinic_wake(&c), again);
  clinic_close(&c);
}

/* The wait that they were in is gone. */
static void what_cannot_be_counted_anew_keeps_its_time(void **state) {
  (void)state;
  static const struct {
    const char *old, *new;
  } rows[] = {{SEND("a") "," WAIT("w", "4") "," SEND("b") "," WALK_END,
               SEND("a") "," WAIT("x", "2") "," SEND("b") "," WALK_END}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    wb_migration moved[MIGRATE_ROWS];
    uint32_t count = 0;
    begin(&c, rows[i].old);
    assert_string_equal(walk_said(&c), "a");
    assert_string_equal(walk_said(&c), "");
    const wb_time wake = clinic_wake(&c);
    launch(&c, "", rows[i].new, SMS("t"));
    migrate_as(&c, WB_MIGRATE_RECOMPUTE, moved, &count);
    assert_int_equal(moved[0].people, 1);
    assert_int_equal(clinic_wake(&c), wake);
    clinic_close(&c);
  }
}

/* In which no message is before the wait: from the entry. */
static void a_first_wait_is_counted_anew_from_the_entry(void **state) {
  (void)state;
  clinic c;
  wb_migration rows[MIGRATE_ROWS];
  uint32_t count = 0;
  begin(&c, WAIT("w", "9") "," WAIT("v", "1") "," SEND("b") "," WALK_END);
  const wb_time entered = c.now;
  launch(&c, "", WAIT("w", "1") "," WAIT("v", "1") "," SEND("b") "," WALK_END, SMS("t"));
  migrate_as(&c, WB_MIGRATE_RECOMPUTE, rows, &count);
  assert_int_equal(count, 1);
  assert_int_equal(clinic_wake(&c), entered + 2 * CLINIC_DAY);
  clinic_close(&c);
}

static void a_removed_wait_is_waited_out(void **state) {
  (void)state;
  clinic c;
  begin(&c, OLD);
  assert_string_equal(walk_said(&c), "a");
  launch(&c, "", SEND("a") "," SEND("b") "," WALK_END, SMS("t"));
  goes(&c, "b", "b", 0);
  walk_later(&c, CLINIC_DAY);
  assert_string_equal(walk_said(&c), "");
  walk_later(&c, CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  clinic_close(&c);
}

static void a_removed_step_gives_way_to_the_next_or_the_one_named(void **state) {
  static const char *const newer[] = {
      SEND("a") "," SEND("d") "," SEND("n") "," WALK_END,
      SEND("a") "," WAIT("w", "2") "," SEND("d") "," SEND("n") "," WALK_END};
  (void)state;
  for (int way = 0; way < 4; ++way) { /* with and without a name, and their wait */
    const bool named = way % 2 != 0;
    clinic c;
    wb_migration rows[MIGRATE_ROWS];
    begin(&c, OLD);
    assert_string_equal(walk_said(&c), "a");
    launch(&c, "", newer[way / 2], SMS("t"));
    assert_int_equal(migrate(&c, named ? "b" : NULL, "n", rows), 1);
    assert_string_equal(rows[0].from, "b");
    assert_string_equal(rows[0].to, named ? "n" : "d");
    walk_later(&c, 2 * CLINIC_DAY);
    assert_string_equal(walk_said(&c), named ? "n" : "d");
    clinic_close(&c);
  }
}

static void a_step_inserted_ahead_is_done_when_it_is_reached(void **state) {
  (void)state;
  clinic c;
  begin(&c, OLD);
  assert_string_equal(walk_said(&c), "a");
  launch(&c, "", SEND("a") "," WAIT("w", "2") "," SEND("n") "," SEND("b") "," WALK_END, SMS("t"));
  goes(&c, "b", "n", 0);
  walk_later(&c, 2 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "n");
  assert_string_equal(walk_said(&c), "b");
  clinic_close(&c);
}

static void a_step_inserted_behind_is_not_done(void **state) {
  (void)state;
  clinic c;
  begin(&c, OLD);
  assert_string_equal(walk_said(&c), "a");
  launch(&c, "", SEND("n") "," SEND("a") "," WAIT("w", "2") "," SEND("b") "," WALK_END, SMS("t"));
  goes(&c, "b", "b", 0);
  walk_later(&c, 2 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  assert_string_equal(walk_said(&c), "");
  assert_string_equal(clinic_find(&c, "p1", "c").reason, "finished");
  clinic_close(&c);
}

static void who_has_finished_is_not_taken_back(void **state) {
  (void)state;
  clinic c;
  wb_migration rows[MIGRATE_ROWS];
  begin(&c, SEND("a") "," WALK_END);
  assert_string_equal(walk_said(&c), "a");
  assert_string_equal(walk_said(&c), "");
  launch(&c, "", SEND("a") "," SEND("n") "," WALK_END, SMS("t"));
  assert_int_equal(migrate(&c, NULL, NULL, rows), 0);
  assert_string_equal(walk_said(&c), "");
  clinic_close(&c);
}

/* A step that was done is not done again, wherever it stands now, and on no other channel. */
static void a_moved_step_is_not_done_twice(void **state) {
  (void)state;
  static const char mail[] =
      "\"m\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hi\",\"body\":\"{{ location.booking_url "
      "}} {{ practice.name }}, {{ location.address }} Reply STOP and we will not write "
      "again.\"}}," SMS("t");
  clinic c;
  begin(&c, OLD);
  assert_string_equal(walk_said(&c), "a");
  launch(&c, "", SEND("b") ",{\"id\":\"a\",\"send\":[\"m\",\"t\"]}," SEND("d") "," WALK_END, mail);
  goes(&c, "b", "b", 0);
  walk_later(&c, 2 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  assert_string_equal(walk_said(&c), "d"); /* not "a" */
  clinic_close(&c);
}

/* Ninety days later it is still known what was done. */
static void what_was_done_is_known_as_long_as_somebody_is_inside(void **state) {
  (void)state;
  clinic c;
  begin(&c, SEND("a") "," WAIT("w", "100") "," SEND("b") "," WALK_END);
  assert_string_equal(walk_said(&c), "a");
  launch(&c, "", WAIT("w", "100") "," SEND("a") "," SEND("b") "," WALK_END, SMS("t"));
  goes(&c, "b", "a", 0);
  for (int i = 0; i < 100; i += 20)
    walk_later(&c, 20 * CLINIC_DAY), assert_int_equal(clinic_poll(&c), i == 80);
  assert_string_equal(c.actions[0].step, "b");
  clinic_close(&c);
}

static void content_is_that_of_the_new_definition(void **state) {
  (void)state;
  clinic c;
  begin(&c, SEND("a") "," WALK_END);
  launch(&c, "", "{\"id\":\"a\",\"send\":[\"u\"]}," WALK_END, SMS("u"));
  goes(&c, "a", "a", 1);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].template_, "u");
  clinic_close(&c);
}

static void what_is_handed_out_is_carried_along(void **state) {
  (void)state;
  clinic c;
  wb_action first;
  begin(&c, OLD);
  assert_int_equal(clinic_poll(&c), 1);
  first = c.actions[0];
  launch(&c, "", SEND("a") "," WAIT("w", "9") "," SEND("n") "," SEND("b") "," WALK_END, SMS("t"));
  goes(&c, "a", "a", 0);
  assert_int_equal(clinic_find(&c, "p1", "c").state, WB_STATE_CLAIMED);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_ack(&c, first.id, WB_SENT, 0), WB_OK);
  walk_later(&c, 2 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "n");
  clinic_close(&c);
}

static void what_turned_unknown_is_not_sent_again(void **state) {
  (void)state;
  clinic c;
  begin(&c, OLD);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_SENT_UNKNOWN, 0), WB_OK);
  launch(&c, "", WAIT("w", "2") "," SEND("a") "," SEND("b") "," WALK_END, SMS("t"));
  goes(&c, "b", "a", 0);
  walk_later(&c, 2 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  clinic_close(&c);
}

static void what_is_to_be_tried_again_is_or_is_dropped(void **state) {
  (void)state;
  for (int gone = 0; gone < 2; ++gone) {
    clinic c;
    uint8_t id[16];
    begin(&c, OLD);
    assert_int_equal(clinic_poll(&c), 1);
    memcpy(id, c.actions[0].id, 16);
    assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
    launch(&c, "",
           gone ? SEND("b") "," WALK_END : SEND("n") "," SEND("a") "," SEND("b") "," WALK_END,
           SMS("t"));
    goes(&c, "a", gone ? "b" : "a", 1);
    assert_int_equal(clinic_action(&c, id).state, gone ? WB_ACTION_WITHDRAWN : WB_ACTION_READY);
    assert_string_equal(walk_said(&c), gone ? "b" : "a");
    clinic_close(&c);
  }
}

static void a_variant_stays_when_the_shares_change(void **state) {
  (void)state;
  clinic c;
  const wb_practice_options caps = {
      .flags = WB_PRACTICE_ALLOW_JUMP, .per_day = 8, .per_week = 8, .per_month = 8};
  static const char *const shares[] = {
      "\"variants\":[{\"name\":\"one\",\"share\":99},{\"name\":\"two\",\"share\":1}],",
      "\"variants\":[{\"name\":\"two\",\"share\":99},{\"name\":\"one\",\"share\":1}],"};
  clinic_open(&c, CLINIC_ANA, &caps);
  launch(&c, shares[0], OLD, SMS("t"));
  clinic_enroll(&c);
  char before[80];
  snprintf(before, sizeof before, "%s", clinic_find(&c, "p1", "c").variant);
  launch(&c, shares[1], OLD, SMS("t"));
  goes(&c, "a", "a", 1);
  assert_string_equal(clinic_find(&c, "p1", "c").variant, before);
  clinic_close(&c);
}

/* With no step left to go to, somebody stays, and a person decides. */
static void who_cannot_be_placed_stays(void **state) {
  (void)state;
  clinic c;
  begin(&c, OLD);
  launch(&c, "", SEND("x") ",{\"id\":\"fin\",\"exit\":true}", SMS("t"));
  goes(&c, "a", "", 0);
  goes(&c, "a", "", 0);
  assert_string_equal(walk_said(&c), "a");
  clinic_close(&c);
}

/* Sends "a", and takes over to a definition that waits longer after it. */
static void take_over(clinic *c, wb_migration *rows) {
  assert_string_equal(walk_said(c), "a");
  launch(c, "", SEND("a") "," WAIT("w", "3") "," SEND("b") "," WALK_END, SMS("t"));
  assert_int_equal(migrate(c, NULL, NULL, rows), 1);
}

/* The desk has the call, and may deal with it, whatever definition it was listed by. */
static void a_call_that_is_listed_goes_with_them(void **state) {
  (void)state;
  for (int made = 0; made < 2; ++made) {
    clinic c;
    wb_task task = {.size = sizeof task};
    wb_migration rows[MIGRATE_ROWS];
    const char *texts = SMS("t") "," WALK_NOTE;
    walk_begin(&c, "\"touches\":50,", BEHIND(CALL, "2", "1"), texts);
    assert_string_equal(walk_said(&c), "a");
    assert_string_equal(walk_said(&c), "g");
    launch(&c, "", BEHIND(CALL, "3", "1"), texts);
    assert_int_equal(migrate(&c, NULL, NULL, rows), 1);
    assert_int_equal(clinic_find(&c, "p1", "c").flags, WB_ENROLLMENT_LISTED);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
    if (!made) walk_later(&c, 9 * CLINIC_DAY);
    const wb_input done = {.size = sizeof done, .kind = WB_INPUT_TASK_DONE, .action = task.id};
    if (made) assert_int_equal(clinic_send(&c, &done), WB_OK);
    if (!made) assert_string_equal(walk_said(&c), ""); /* given up */
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    assert_string_equal(walk_said(&c), "");
    const int days = made ? 4 : 5; /* both waits, and not on a Sunday */
    assert_int_equal(clinic_wake(&c), c.now + days * CLINIC_DAY);
    clinic_close(&c);
  }
}

static void twice_is_once(void **state) {
  (void)state;
  clinic c;
  wb_migration rows[MIGRATE_ROWS];
  begin(&c, OLD);
  take_over(&c, rows);
  const uint64_t sequence = wb_practice_sequence(c.practice);
  assert_int_equal(migrate(&c, NULL, NULL, rows), 0);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  clinic_close(&c);
}

/* A replay of the journal comes to the same state. */
static void a_migration_is_replayed(void **state) {
  (void)state;
  clinic c;
  wb_migration rows[MIGRATE_ROWS];
  begin(&c, OLD);
  assert_int_equal(clinic_poll(&c), 1);
  launch(&c, "\"priority\":90,", SEND("a") "," WAIT("w", "3") "," SEND("b") "," WALK_END, SMS("t"));
  assert_int_equal(migrate(&c, NULL, NULL, rows), 1);
  wb_practice_free(clinic_replayed(&c));
  clinic_close(&c);
}

/* What was done by text is done, though the step comes later now, and by e-mail first. */
static void a_step_done_on_one_channel_is_not_done_on_another(void **state) {
  static const char mail[] =
      "\"m\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hello\",\"body\":\"{{ "
      "location.booking_url }} {{ practice.name }}, {{ location.address }} Reply STOP and we will "
      "not write again.\"}}," SMS("t");
  (void)state;
  clinic c;
  wb_migration rows[MIGRATE_ROWS];
  begin(&c, OLD);
  assert_string_equal(walk_said(&c), "a");
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  launch(&c, "",
         SEND("b") "," WAIT("v", "2") ",{\"id\":\"a\",\"send\":[\"m\",\"t\"]}," WAIT(
             "x", "1") "," SEND("d") "," WALK_END,
         mail);
  assert_int_equal(migrate(&c, NULL, NULL, rows), 1);
  walk_later(&c, 2 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  walk_later(&c, 2 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), ""); /* not "a": on to the next wait */
  walk_later(&c, 3 * CLINIC_DAY);         /* a weekend */
  assert_string_equal(walk_said(&c), "d");
  clinic_close(&c);
}

/* Though nobody ever entered by the definition that they are in now. */
static void a_migration_is_saved_and_loaded(void **state) {
  (void)state;
  clinic c;
  wb_migration rows[MIGRATE_ROWS];
  begin(&c, OLD);
  take_over(&c, rows);
  wb_practice_free(clinic_loaded(&c));
  clinic_close(&c);
}

/* The entry was by the definition before; the names of segment and step are those of the new. */
static void what_is_said_after_a_migration_has_its_entry_in_the_journal(void **state) {
  (void)state;
  clinic c;
  wb_migration rows[MIGRATE_ROWS];
  begin(&c, OLD);
  const wb_time entered = c.now;
  take_over(&c, rows);
  walk_later(&c, 3 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  const char *text = clinic_why(&c, c.actions[0].id);
  char stamp[40], entry[64];
  size_t length = 0;
  assert_int_equal(wb_time_format(entered, NULL, stamp, sizeof stamp, &length), WB_OK);
  snprintf(entry, sizeof entry, "\"entered_at\":\"%.*s\"", (int)length, stamp);
  static const char *const parts[] = {"\"effect\":\"enroll\"", "\"effect\":\"migrate\"",
                                      "\"step\":\"b\"", "\"entry\":"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    assert_non_null(strstr(text, parts[i]));
  assert_non_null(strstr(text, entry));
  clinic_close(&c);
}

/* Taken over into a definition that nobody knew when it went out. */
static void what_follows_a_migration_is_told_of_what_went_out_before(void **state) {
  (void)state;
  clinic c;
  wb_migration rows[MIGRATE_ROWS];
  uint8_t id[16];
  begin(&c, OLD);
  assert_string_equal(walk_said(&c), "a");
  memcpy(id, c.actions[0].id, sizeof id);
  launch(&c, "", SEND("a") "," WAIT("w", "3") "," SEND("b") "," WALK_END, SMS("t"));
  assert_int_equal(migrate(&c, NULL, NULL, rows), 1);
  walk_later(&c, 3 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
  const char *text = clinic_why(&c, id);
  assert_non_null(strstr(text, "\"step\":\"a\""));
  const char *taken = strstr(text, "\"effect\":\"migrate\"");
  assert_non_null(taken);
  assert_non_null(strstr(taken, "\"effect\":\"end\""));
  clinic_close(&c);
}

static void what_cannot_be_is_refused(void **state) {
  (void)state;
  clinic c;
  wb_migration rows[2] = {{.size = sizeof rows[0]}};
  const char *from = "b", *to = "nothing";
  wb_migrate_options options = {
      .size = sizeof options, .from = &from, .to = &to, .count = 1, .flags = WB_MIGRATE_PLAN};
  uint32_t count = 77;
  begin(&c, OLD);
  wb_practice *p = c.practice;
  assert_int_equal(wb_practice_migrate(p, "d", 1, NULL, c.now, rows, 2, &count, NULL), WB_E_NAME);
  assert_int_equal(wb_practice_migrate(p, "c", 1, &options, c.now, rows, 2, &count, NULL),
                   WB_E_NAME);
  to = "b";
  from = "nothing";
  assert_int_equal(wb_practice_migrate(p, "c", 1, &options, c.now, rows, 2, &count, NULL),
                   WB_E_NAME);
  to = NULL;
  assert_int_equal(wb_practice_migrate(p, "c", 1, &options, c.now, rows, 2, &count, NULL),
                   WB_E_INVALID);
  to = "b";
  from = NULL;
  assert_int_equal(wb_practice_migrate(p, "c", 1, &options, c.now, rows, 2, &count, NULL),
                   WB_E_INVALID);
  options.to = NULL;
  assert_int_equal(wb_practice_migrate(p, "c", 1, &options, c.now, rows, 2, &count, NULL),
                   WB_E_INVALID);
  options.flags = WB_MIGRATE_RECOMPUTE; /* without facts */
  options.count = 0;
  assert_int_equal(wb_practice_migrate(p, "c", 1, &options, c.now, rows, 2, &count, NULL),
                   WB_E_INVALID);
  options.flags = 4;
  assert_int_equal(wb_practice_migrate(p, "c", 1, &options, c.now, rows, 2, &count, NULL),
                   WB_E_VERSION);
  assert_int_equal(wb_practice_migrate(p, NULL, 1, NULL, c.now, rows, 2, &count, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_migrate(p, "c", 1, NULL, c.now, rows, 2, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_migrate(NULL, "c", 1, NULL, c.now, rows, 2, &count, NULL),
                   WB_E_INVALID);
  rows[0].size = 8;
  assert_int_equal(wb_practice_migrate(p, "c", 1, NULL, c.now, rows, 2, &count, NULL),
                   WB_E_INVALID);
  assert_int_equal(count, 77);
  clinic_close(&c);
}

static void too_little_room_changes_nothing(void **state) {
  (void)state;
  clinic c;
  uint32_t count = 0;
  begin(&c, OLD);
  launch(&c, "", SEND("a") "," WALK_END, SMS("t"));
  const uint64_t sequence = wb_practice_sequence(c.practice);
  assert_int_equal(wb_practice_migrate(c.practice, "c", 1, NULL, c.now, NULL, 0, &count, NULL),
                   WB_E_SPACE);
  assert_int_equal(count, 1);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  clinic_close(&c);
}

static void only_what_is_launched_takes_people_over(void **state) {
  (void)state;
  clinic c;
  wb_migration rows[2] = {{.size = sizeof rows[0]}};
  wb_migrate_options plan = {.size = sizeof plan, .flags = WB_MIGRATE_PLAN};
  uint32_t count = 0;
  begin(&c, OLD);
  char json[2048];
  snprintf(json, sizeof json,
           "{\"format\":1,\"name\":\"c\",\"title\":\"C\",\"class\":\"care\",\"audience\":\"true\","
           "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare."
           "booked\"},\"steps\":[" SEND("a") "," WALK_END "],\"texts\":{" SMS("t") "}}");
  assert_int_equal(clinic_add(&c, json), WB_OK);
  assert_int_equal(wb_practice_migrate(c.practice, "c", 1, NULL, c.now, rows, 2, &count, NULL),
                   WB_E_STATE);
  assert_int_equal(wb_practice_migrate(c.practice, "c", 1, &plan, c.now, rows, 2, &count, NULL),
                   WB_OK);
  assert_int_equal(count, 1);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(those_inside_stay_until_they_are_taken_over),
      cmocka_unit_test(a_changed_delay_keeps_the_deadline),
      cmocka_unit_test(a_changed_time_of_the_day_is_waited_for),
      cmocka_unit_test(who_is_due_within_a_day_is_counted),
      cmocka_unit_test(a_changed_delay_can_be_counted_anew),
      cmocka_unit_test(those_whose_time_is_over_so_are_spread),
      cmocka_unit_test(a_wait_is_counted_anew_from_when_it_began),
      cmocka_unit_test(who_was_due_is_at_the_step_itself),
      cmocka_unit_test(what_cannot_be_counted_anew_keeps_its_time),
      cmocka_unit_test(a_first_wait_is_counted_anew_from_the_entry),
      cmocka_unit_test(a_removed_wait_is_waited_out),
      cmocka_unit_test(a_removed_step_gives_way_to_the_next_or_the_one_named),
      cmocka_unit_test(a_step_inserted_ahead_is_done_when_it_is_reached),
      cmocka_unit_test(a_step_inserted_behind_is_not_done),
      cmocka_unit_test(who_has_finished_is_not_taken_back),
      cmocka_unit_test(a_moved_step_is_not_done_twice),
      cmocka_unit_test(what_was_done_is_known_as_long_as_somebody_is_inside),
      cmocka_unit_test(content_is_that_of_the_new_definition),
      cmocka_unit_test(what_is_handed_out_is_carried_along),
      cmocka_unit_test(what_turned_unknown_is_not_sent_again),
      cmocka_unit_test(what_is_to_be_tried_again_is_or_is_dropped),
      cmocka_unit_test(a_variant_stays_when_the_shares_change),
      cmocka_unit_test(who_cannot_be_placed_stays),
      cmocka_unit_test(a_call_that_is_listed_goes_with_them),
      cmocka_unit_test(twice_is_once),
      cmocka_unit_test(a_migration_is_replayed),
      cmocka_unit_test(a_step_done_on_one_channel_is_not_done_on_another),
      cmocka_unit_test(a_migration_is_saved_and_loaded),
      cmocka_unit_test(what_is_said_after_a_migration_has_its_entry_in_the_journal),
      cmocka_unit_test(what_follows_a_migration_is_told_of_what_went_out_before),
      cmocka_unit_test(what_cannot_be_is_refused),
      cmocka_unit_test(too_little_room_changes_nothing),
      cmocka_unit_test(only_what_is_launched_takes_people_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
