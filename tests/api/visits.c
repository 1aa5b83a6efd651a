/* SPDX-License-Identifier: MIT */
/* Confirmations: when a visit is asked about, what the answer does, who is called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

/* Asks three days and one day before, and calls the silent ones four hours before. */
static const char asking[] =
    "{\"format\":1,\"name\":\"visits\",\"title\":\"Visits\",\"class\":\"transactional\","
    "\"subject\":\"appointment\","
    "\"audience\":\"slot.status == \\\"scheduled\\\" && slot.confirmed != true\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":["
    "{\"id\":\"three\",\"wait\":{\"before_visit\":{\"days\":3,\"at\":\"10:00\"}}},"
    "{\"id\":\"ask-1\",\"send\":[\"ask\"]},"
    "{\"id\":\"one\",\"wait\":{\"before_visit\":{\"days\":1,\"at\":\"10:00\"}}},"
    "{\"id\":\"ask-2\",\"send\":[\"ask\"]},"
    "{\"id\":\"silent\",\"wait\":{\"before_visit\":{\"hours\":4}}},"
    "{\"id\":\"call\",\"call\":\"call\",\"within\":{\"hours\":4}},"
    "{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: your "
    "visit is on {{ slot.start | date: \\\"%d\\\" }}. Reply YES to confirm, NO to change it, STOP "
    "to "
    "opt out.\"}},\"call\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}";

/* Follows up on a visit that was broken, a day later. */
static const char following[] =
    "{\"format\":1,\"name\":\"broken\",\"title\":\"Broken\",\"class\":\"care\","
    "\"subject\":\"appointment\","
    "\"audience\":\"slot.status == \\\"broken\\\" && !visit.repeat_broken && visit.next == null\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":["
    "{\"id\":\"day\",\"wait\":{\"after_visit\":{\"days\":1,\"at\":\"11:00\"}}},"
    "{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: we "
    "missed "
    "you. Find another time: {{ location.booking_url }} STOP to opt out.\"}}}}";

/* Rows read anew: patients, and appointments with their keys. */
static void rows(clinic *c, const char *patients, const char *visits) {
  char text[2000];
  clinic_facts(c, CLINIC_PLACES(CLINIC_ZONE));
  sample_add(&c->it, "patients", patients);
  sample_add(&c->it, "procedures",
             "patient:u|code:u|status:u|date:tdD\np1|D1110|completed|2025-09-15\n"
             "p2|D1110|completed|2025-09-15\n");
  snprintf(text, sizeof text,
           "patient:u|status:u|start:tss:UTC|appointment:u|minutes:l|confirmed:b\n%s", visits);
  sample_add(&c->it, "appointments", text);
}

/* A line of the table. */
static char *visit(char *line, const char *patient, const char *status, wb_time start,
                   const char *key, int confirmed) {
  sprintf(line, "%s|%s|%lld|%s|60|%d\n", patient, status, (long long)start, key, confirmed);
  return line;
}

static void look(clinic *c, const char *visits) {
  rows(c, CLINIC_ANA, visits);
}

static wb_enrollment of(clinic *c, const char *campaign, const char *about) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  while (wb_practice_next(c->practice, &cursor, &found) == WB_OK) {
    if (strcmp(found.campaign, campaign) == 0 && strcmp(found.about, about) == 0) return found;
  }
  fail_msg("nobody is asked about %s", about);
  return found;
}

/* Monday 2026-11-23, 10:00: a visit on Friday at 14:00. */
static wb_time begin(clinic *c) {
  char line[100];
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "visits", asking);
  const wb_time start = clinic_at(c, 2026, 11, 27, 14, 0);
  look(c, visit(line, "p1", "scheduled", start, "v1", 0));
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  return start;
}

static void a_visit_is_asked_about_at_set_times_before_it(void **state) {
  char line[100];
  clinic c;
  (void)state;
  const wb_time start = begin(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 11, 24, 10, 0));
  assert_string_equal(of(&c, "visits", "v1").step, "ask-1");
  c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
  look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].text,
                      "Example Dental: your visit is on 27. Reply YES to confirm, NO to change "
                      "it, STOP to opt out.");
  clinic_sent(&c);
  assert_int_equal(clinic_enroll(&c).enrolled, 0); /* asked about already */
  assert_string_equal(of(&c, "visits", "v1").step, "ask-2");
  assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 11, 26, 10, 0));
  clinic_close(&c);
}

/* A last look after the visit was put off: the question waits for the new time. */
static void a_last_look_says_that_the_visit_was_put_off(void **state) {
  char line[100];
  uint8_t id[16];
  clinic c;
  (void)state;
  const wb_time start = begin(&c);
  c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
  look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
  assert_int_equal(clinic_poll(&c), 1);
  memcpy(id, c.actions[0].id, sizeof id);
  look(&c, visit(line, "p1", "scheduled", start + 7 * CLINIC_DAY, "v1", 0));
  wb_look found = {.size = sizeof found};
  assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &found, NULL), WB_OK);
  assert_int_equal(found.answer, WB_LOOK_LATER);
  assert_int_equal(found.hold, WB_HOLD_NONE);
  assert_string_equal(found.reason, "put_off");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_wake(&c), c.now + 7 * CLINIC_DAY);
  c.now += 7 * CLINIC_DAY;
  look(&c, visit(line, "p1", "scheduled", start + 7 * CLINIC_DAY, "v1", 0));
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_equal(c.actions[0].id, id, sizeof id);
  clinic_close(&c);
}

/* Polls at each of these hours of a day of November; the steps that something went out by. */
static void asks(clinic *c, int day, const char *said) {
  static const int hours[] = {9, 10, 14};
  char line[100], steps[64] = "";
  const wb_time start = clinic_at(c, 2026, 11, 27, 14, 0);
  for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
    c->now = clinic_at(c, 2026, 11, day, hours[i], 0);
    look(c, visit(line, "p1", "scheduled", start, "v1", 0));
    for (uint32_t count = clinic_poll(c); count > 0; count = clinic_poll(c)) {
      snprintf(steps + strlen(steps), sizeof steps - strlen(steps), "%s ", c->actions[0].step);
      clinic_sent(c);
    }
  }
  assert_string_equal(steps, said);
}

/* Whatever held it until the next one's time: that counts, if it is not twelve hours past, and
   whoever could not be asked is called. */
static void a_question_that_was_held_gives_way_to_what_follows(void **state) {
  static const struct {
    int32_t kind;
    int until;            /* the morning of that day */
    const char *asked[3]; /* on the 25th, 26th, 27th */
  } rows[] = {{WB_INPUT_WITHDRAW, 28, {"", "", "call "}},
              {WB_INPUT_PAUSE, 28, {"", "", ""}},
              {WB_INPUT_PAUSE, 25, {"ask-1 ", "ask-2 ", "call "}},
              {WB_INPUT_PAUSE, 26, {"", "ask-1 ask-2 ", "call "}},
              {WB_INPUT_PAUSE, 27, {"", "", "call "}}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c);
    wb_input input = clinic_input(rows[i].kind, NULL);
    input.campaign = "visits";
    input.campaign_length = 6;
    input.name = rows[i].kind == WB_INPUT_WITHDRAW ? "ask" : NULL;
    input.name_length = rows[i].kind == WB_INPUT_WITHDRAW ? 3 : 0;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    asks(&c, 24, "");
    for (int day = 25; day < 28; day++) {
      c.now = clinic_at(&c, 2026, 11, day, 8, 0);
      input.kind = WB_INPUT_RESUME;
      if (day == rows[i].until) assert_int_equal(clinic_send(&c, &input), WB_OK);
      asks(&c, day, rows[i].asked[day - 25]);
    }
    clinic_close(&c);
  }
}

/* The hours of outreach bind nothing about a visit: of one early on Monday the question of the day
   before goes on Sunday, and who is silent comes onto the list when the law lets the day begin. */
static void a_visit_on_monday_is_asked_about_on_sunday(void **state) {
  char line[100];
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "visits", asking);
  c.now = clinic_at(&c, 2026, 11, 27, 10, 0);
  visit(line, "p1", "scheduled", clinic_at(&c, 2026, 11, 30, 8, 30), "v1", 0);
  look(&c, line);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "ask-1");
  clinic_sent(&c);
  const struct {
    wb_time at;
    const char *step;
  } then[] = {{clinic_at(&c, 2026, 11, 29, 10, 0), "ask-2"},
              {clinic_at(&c, 2026, 11, 30, 8, 0), "call"}};
  for (size_t i = 0; i < sizeof then / sizeof *then; ++i) {
    c.now = then[i].at - 1;
    look(&c, line);
    assert_int_equal(clinic_poll(&c), 0);
    c.now = then[i].at;
    look(&c, line);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, then[i].step);
    clinic_sent(&c);
  }
  clinic_close(&c);
}

/* Who cannot be asked is called, also where nobody looked between the question and the call. */
static void a_poll_goes_past_what_is_left_out(void **state) {
  static const char ana[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no||\n";
  char line[100];
  clinic c;
  (void)state;
  clinic_open(&c, ana, NULL);
  clinic_launch(&c, "visits", asking);
  visit(line, "p1", "scheduled", clinic_at(&c, 2026, 11, 27, 14, 0), "v1", 0);
  rows(&c, ana, line);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  c.now = clinic_at(&c, 2026, 11, 27, 11, 0);
  rows(&c, ana, line);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "call");
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_renew(&c, CLINIC_REPLAYED);
  clinic_close(&c);
}

/* A question has a deadline: those that waited for the morning all go with it. */
static void questions_are_not_spread(void **state) {
  (void)state;
  clinic c;
  char lines[2][100];
  const wb_practice_options options = {.burst = 1};
  static const char table[] = CLINIC_ANA CLINIC_BEN;
  clinic_open(&c, table, &options);
  clinic_launch(&c, "visits", asking);
  const wb_time start = clinic_at(&c, 2026, 11, 27, 14, 0);
  char both[200];
  snprintf(both, sizeof both, "%s%s", visit(lines[0], "p1", "scheduled", start, "v1", 0),
           visit(lines[1], "p2", "scheduled", start, "v2", 0));
  c.now = clinic_at(&c, 2026, 11, 24, 21, 30);
  rows(&c, table, both);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(of(&c, "visits", "v1").hold, WB_HOLD_HOURS);
  c.now = clinic_at(&c, 2026, 11, 25, 8, 0);
  rows(&c, table, both);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_close(&c);
}

/* Nobody is asked about a visit that the book may have moved since: four hours, not a day. */
static void a_visit_is_asked_about_on_facts_of_four_hours_at_most(void **state) {
  (void)state;
  for (wb_time more = 0; more < 2; more++) {
    char line[100];
    clinic c;
    const wb_time start = begin(&c);
    c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
    look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
    c.now += 4 * CLINIC_HOUR + more;
    assert_int_equal(clinic_poll(&c), more == 0);
    if (more > 0) assert_int_equal(of(&c, "visits", "v1").hold, WB_HOLD_FACTS);
    clinic_close(&c);
  }
}

static void yes_confirms_and_nothing_more_is_asked(void **state) {
  char line[100];
  clinic c;
  (void)state;
  const wb_time start = begin(&c);
  c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
  look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "1"), WB_OK);
  assert_string_equal(of(&c, "visits", "v1").reason, "confirmed");
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 0);
  assert_int_equal(clinic_wake(&c), WB_TIME_NONE);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  clinic_close(&c);
}

static void no_two_or_another_time_goes_to_the_desk(void **state) {
  static const char *const said[] = {
      "NO", "2", "Can we reschedule?", "cancel my appointment", "no thanks", "maybe next month"};
  char line[100];
  (void)state;
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    clinic c;
    wb_task task = {.size = sizeof task};
    const wb_time start = begin(&c);
    c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
    look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_reply(&c, "p1", said[i]), WB_OK);
    assert_string_equal(of(&c, "visits", "v1").reason, "reschedule");
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, &task), 1);
    assert_string_equal(task.reason, "reschedule");
    assert_string_equal(task.about, "v1");
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].template_, "reschedule");
    assert_non_null(strstr(c.actions[0].text, "https://book.example.com/1"));
    clinic_sent(&c);
    wb_input over = clinic_input(WB_INPUT_KEPT, "p1");
    over.visit = "v1";
    over.visit_length = 2;
    assert_int_equal(clinic_send(&c, &over), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
    clinic_close(&c);
  }
}

static void the_silent_ones_go_to_the_list_of_visits(void **state) {
  char line[100];
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  const wb_time start = begin(&c);
  static const int32_t days[] = {24, 26};
  for (size_t i = 0; i < 2; i++) {
    c.now = clinic_at(&c, 2026, 11, days[i], 10, 0);
    look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
    while (clinic_poll(&c) > 0)
      clinic_sent(&c);
  }
  c.now = start - 4 * CLINIC_HOUR;
  look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
  while (clinic_poll(&c) > 0)
    clinic_sent(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, &task), 1);
  assert_string_equal(task.about, "v1");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  clinic_close(&c);
}

/* Polls and answers at the three times of a visit; whatever is handed out fails for its address, or
   is sent. */
static void live(clinic *c, const char *patients, wb_time start, int32_t cause) {
  char line[100];
  const wb_time times[] = {clinic_at(c, 2026, 11, 24, 10, 0), clinic_at(c, 2026, 11, 26, 10, 0),
                           start - 4 * CLINIC_HOUR};
  for (size_t i = 0; i < 3; i++) {
    c->now = times[i];
    rows(c, patients, visit(line, "p1", "scheduled", start, "v1", 0));
    while (clinic_poll(c) > 0) {
      for (uint32_t k = 0; k < c->count; k++) {
        const bool fails = cause != 0 && c->actions[k].channel == WB_CHANNEL_SMS;
        assert_int_equal(
            clinic_ack(c, c->actions[k].id, fails ? WB_NOT_SENT : WB_SENT, fails ? cause : 0),
            WB_OK);
      }
    }
  }
}

/* Whoever cannot be asked, or no more, is called all the same: no permission, nothing but a
   landline, texts that were stopped before, an address that turns out bad. */
static void a_visit_that_nobody_can_be_asked_about_goes_to_the_list_of_visits(void **state) {
  static const struct {
    const char *patients;
    int32_t cause;
    bool stopped;
  } rows_[] = {{CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no||\n", 0, false},
               {CLINIC_HEAD "p1|active|Ana|1980-02-29|1||yes||\n", 0, false},
               {CLINIC_ANA, 0, true},
               {CLINIC_ANA, WB_CAUSE_ADDRESS, false}};
  (void)state;
  for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; i++) {
    char line[100];
    wb_task task = {.size = sizeof task};
    clinic c;
    clinic_open(&c, rows_[i].patients, NULL);
    clinic_launch(&c, "visits", asking);
    const wb_time start = clinic_at(&c, 2026, 11, 27, 14, 0);
    rows(&c, rows_[i].patients, visit(line, "p1", "scheduled", start, "v1", 0));
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    if (rows_[i].stopped) assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, "p1"), WB_OK);
    live(&c, rows_[i].patients, start, rows_[i].cause);
    if (clinic_tasks(&c, WB_DESK_VISITS, &task) != 1) fail_msg("%d is not on the list", (int)i);
    assert_string_equal(task.about, "v1");
    clinic_close(&c);
  }
}

static void a_visit_that_is_confirmed_moved_or_gone_is_not_asked_about(void **state) {
  char line[100];
  clinic c;
  (void)state;
  const wb_time start = begin(&c);
  c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
  look(&c, visit(line, "p1", "scheduled", start + 7 * CLINIC_DAY, "v1", 0)); /* put off */
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 12, 1, 10, 0));
  look(&c, visit(line, "p1", "scheduled", start, "v1", 0)); /* and back again */
  assert_int_equal(clinic_enroll(&c).inside, 1);
  assert_int_equal(clinic_wake(&c), c.now);
  look(&c, visit(line, "p1", "scheduled", start, "v1", 1)); /* confirmed by telephone */
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(of(&c, "visits", "v1").reason, "not_eligible");
  look(&c, visit(line, "p1", "scheduled", start, "v2", 0));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  look(&c, "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(of(&c, "visits", "v2").reason, "gone");
  clinic_close(&c);
}

static void a_question_whose_time_is_long_past_is_left_out(void **state) {
  char line[100];
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "visits", asking);
  /* Booked on Monday at 10:00 for Tuesday at 15:00: ask-1 was due on Saturday. */
  const wb_time start = clinic_at(&c, 2026, 11, 24, 15, 0);
  look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "ask-2");
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

static void a_visit_that_is_cancelled_is_not_asked_about_any_more(void **state) {
  clinic c;
  (void)state;
  (void)begin(&c);
  wb_input over = clinic_input(WB_INPUT_CANCELLED, NULL);
  over.campaign = NULL;
  over.campaign_length = 0;
  over.patient = "p1";
  over.patient_length = 2;
  over.visit = "v1";
  over.visit_length = 2;
  assert_int_equal(clinic_send(&c, &over), WB_OK);
  assert_string_equal(of(&c, "visits", "v1").reason, "cancelled");
  clinic_close(&c);
}

static void no_cap_holds_a_confirmation_but_stop_does(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .per_day = 1, .per_week = 1};
  char line[100];
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, &more);
  clinic_launch(&c, "visits", asking);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  look(&c, "");
  (void)clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1); /* the message of the day */
  assert_string_equal(c.actions[0].campaign, "one");
  clinic_sent(&c);
  const wb_time start = clinic_at(&c, 2026, 11, 26, 14, 0);
  look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
  (void)clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].campaign, "visits");
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  assert_int_equal(of(&c, "visits", "v1").state, WB_STATE_ENDED);
  clinic_close(&c);
}

/* With the practice's cap of one a week used up, by a message so many hours before. */
static int follows_up(int hours) {
  static const wb_practice_options one = {.size = sizeof one, .per_day = 1, .per_week = 1};
  char line[100];
  clinic c;
  clinic_open(&c, CLINIC_ANA, &one);
  clinic_launch(&c, "broken", following);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  c.now = clinic_at(&c, 2026, 11, 25, 11, 0) - hours * 3600;
  look(&c, "");
  (void)clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  visit(line, "p1", "broken", clinic_at(&c, 2026, 11, 24, 9, 0), "v1", 0);
  c.now = clinic_at(&c, 2026, 11, 25, 11, 0);
  look(&c, line);
  assert_int_equal(wb_practice_enroll(c.practice, "broken", 6, c.it.facts, c.now,
                                      &(wb_counts){.size = sizeof(wb_counts)}, NULL),
                   WB_OK);
  const int asked = (int)clinic_poll(&c);
  if (asked == 0) assert_int_equal(of(&c, "broken", "v1").hold, WB_HOLD_CAP);
  clinic_close(&c);
  return asked;
}

static void caps_of_the_law_alone_hold_what_follows_up_on_a_broken_visit(void **state) {
  (void)state;
  assert_int_equal(follows_up(24), 1);
  assert_int_equal(follows_up(23), 0);
}

/* Calls about a visit that was broken, twenty days later, or when the patient asks. */
static const char ringing[] =
    "{\"format\":1,\"name\":\"ring\",\"title\":\"Ring\",\"class\":\"care\","
    "\"subject\":\"appointment\",\"audience\":\"slot.status == \\\"broken\\\"\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":["
    "{\"id\":\"day\",\"wait\":{\"after_visit\":{\"days\":20,\"at\":\"11:00\"}}},"
    "{\"id\":\"ring\",\"call\":\"note\",\"within\":{\"days\":5}},{\"id\":\"end\",\"exit\":true}],"
    "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"}},"
    "\"texts\":{\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}";

/* 2026-12-09, 11:00: Ana, who was texted on November 23, broke a visit on the day after. */
static void rung_begin(clinic *c) {
  char line[100];
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "one", CLINIC_TEXTS("one"));
  clinic_launch(c, "ring", ringing);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  c->now = clinic_at(c, 2026, 12, 9, 11, 0);
  look(c, visit(line, "p1", "broken", clinic_at(c, 2026, 11, 24, 9, 0), "v1", 0));
  assert_int_equal(clinic_enroll(c).enrolled, 1);
}

/* A poll hands out one thing to a patient. */
static void each_in_turn(clinic *c) {
  for (int i = 0; i < 2; i++) {
    assert_int_equal(clinic_poll(c), 1);
    clinic_sent(c);
  }
}

static wb_status done(clinic *c, int32_t list) {
  wb_task task = {.size = sizeof task};
  wb_input input = clinic_input(WB_INPUT_TASK_DONE, NULL);
  assert_int_equal(clinic_tasks(c, list, &task), 1);
  input.action = task.id;
  return clinic_send(c, &input);
}

/* Each of the two waits for its own: one is of the list Outreach, the other of Visits. */
static void a_call_of_outreach_answers_no_call_about_a_visit(void **state) {
  clinic c;
  (void)state;
  rung_begin(&c);
  assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
  each_in_turn(&c);
  assert_int_equal(done(&c, WB_DESK_OUTREACH), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "desk");
  assert_int_equal(of(&c, "ring", "v1").state, WB_STATE_WAITING);
  assert_int_equal(done(&c, WB_DESK_VISITS), WB_OK);
  assert_int_equal(of(&c, "ring", "v1").state, WB_STATE_ENDED);
  assert_string_equal(of(&c, "ring", "v1").reason, "desk");
  clinic_close(&c);
}

/* A STOP takes the call off the list; the next day the sequence is over. */
static void off_the_list(clinic *c) {
  char line[100];
  assert_int_equal(clinic_reply(c, "p1", "STOP"), WB_OK);
  assert_int_equal(clinic_tasks(c, WB_DESK_VISITS, NULL), 0);
  assert_int_equal(of(c, "ring", "v1").state, WB_STATE_WAITING);
  c->now += CLINIC_DAY;
  look(c, visit(line, "p1", "broken", clinic_at(c, 2026, 11, 24, 9, 0), "v1", 0));
  (void)clinic_poll(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_VISITS, NULL), 0);
  assert_int_equal(of(c, "ring", "v1").state, WB_STATE_ENDED);
}

/* A STOP takes the call off the list: what it answered is over, for nobody says what became of it.
 */
static void a_call_that_was_asked_for_and_is_off_the_list_ends_its_sequence(void **state) {
  clinic c;
  (void)state;
  rung_begin(&c);
  assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
  each_in_turn(&c);
  off_the_list(&c);
  assert_string_equal(of(&c, "ring", "v1").reason, "desk");
  clinic_close(&c);
}

/* The same of a call that is a step; the sequence goes on without it. */
static void a_call_about_a_visit_that_is_off_the_list_is_left_out(void **state) {
  char line[100];
  clinic c;
  (void)state;
  rung_begin(&c);
  c.now = clinic_at(&c, 2026, 12, 14, 11, 0);
  look(&c, visit(line, "p1", "broken", clinic_at(&c, 2026, 11, 24, 9, 0), "v1", 0));
  each_in_turn(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
  off_the_list(&c);
  assert_string_equal(of(&c, "ring", "v1").reason, "finished");
  clinic_close(&c);
}

static void who_was_seen_lately_is_asked_all_the_same(void **state) {
  char lines[200], line[100];
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "visits", asking);
  const wb_time start = clinic_at(&c, 2026, 11, 24, 15, 0);
  strcpy(lines, visit(line, "p1", "completed", c.now - 3 * CLINIC_DAY, "v0", 0));
  strcat(lines, visit(line, "p1", "scheduled", start, "v1", 0));
  look(&c, lines);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  clinic_close(&c);
}

/* A visit that still stands in the record of somebody who left, or died, is asked about by nobody.
 */
static void who_left_or_died_is_not_asked_about_a_visit(void **state) {
  (void)state;
  static const int32_t kinds[] = {WB_INPUT_LEFT, WB_INPUT_DECEASED};
  for (int which = 0; which < 2; ++which) {
    for (int early = 0; early < 2; ++early) { /* before or after they were let in */
      char line[100];
      clinic c;
      clinic_open(&c, CLINIC_ANA, NULL);
      clinic_launch(&c, "visits", asking);
      look(&c, visit(line, "p1", "scheduled", clinic_at(&c, 2026, 11, 27, 14, 0), "v1", 0));
      if (!early) assert_int_equal(clinic_enroll(&c).enrolled, 1);
      assert_int_equal(clinic_receive(&c, kinds[which], "p1"), WB_OK);
      assert_int_equal(clinic_enroll(&c).enrolled, 0);
      c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
      look(&c, visit(line, "p1", "scheduled", clinic_at(&c, 2026, 11, 27, 14, 0), "v1", 0));
      assert_int_equal(clinic_poll(&c), 0);
      clinic_close(&c);
    }
  }
}

/* Until a visit is booked. */
static void who_left_and_books_is_asked_about_that_visit(void **state) {
  (void)state;
  char line[100];
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "visits", asking);
  look(&c, visit(line, "p1", "scheduled", clinic_at(&c, 2026, 11, 27, 14, 0), "v1", 0));
  assert_int_equal(clinic_receive(&c, WB_INPUT_LEFT, "p1"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  clinic_close(&c);
}

static void a_broken_visit_is_followed_up_but_not_that_of_a_repeater(void **state) {
  char lines[400], line[100];
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
  clinic_launch(&c, "broken", following);
  strcpy(lines, visit(line, "p1", "broken", c.now - 20 * CLINIC_DAY, "b1", 0));
  strcat(lines, visit(line, "p2", "broken", c.now - 20 * CLINIC_DAY, "b2", 0));
  strcat(lines, visit(line, "p2", "broken", c.now - 100 * CLINIC_DAY, "b3", 0));
  rows(&c, CLINIC_ANA CLINIC_BEN, lines);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p1");
  assert_string_equal(of(&c, "broken", "b1").about, "b1");
  clinic_close(&c);
}

/* STOP, or CANCEL, which is one: the number opts out, and somebody looks after the visit at once.
 */
static void a_stop_while_a_question_is_open_is_on_now(void **state) {
  static const char *const words[] = {"STOP", "Cancel", "please stop texting me"};
  char line[100];
  (void)state;
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
    clinic c;
    wb_task task = {0};
    const wb_time start = begin(&c);
    assert_int_equal(clinic_reply(&c, "p1", "hm"), WB_OK); /* nothing was asked yet */
    c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
    look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_reply(&c, "p1", words[i]), WB_OK);
    assert_string_equal(of(&c, "visits", "v1").reason, "opted_out");
    assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, &task), 1);
    assert_string_equal(task.reason, "visit_stop");
    assert_string_equal(task.about, "v1");
    assert_int_equal(task.expires, WB_TIME_NONE);
    assert_int_equal(clinic_poll(&c), 1); /* told how to cancel the visit instead */
    assert_string_equal(c.actions[0].step, "stop-confirmed");
    clinic_sent(&c);
    c.now = clinic_at(&c, 2026, 11, 26, 10, 0);
    look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
    assert_int_equal(clinic_poll(&c), 0);
    clinic_close(&c);
  }
}

/* What the carrier knows, and the host hears of on some way, does what the word does. */
static void an_opt_out_that_the_carrier_tells_of_does_what_stop_does(void **state) {
  enum { TOLD, RECEIPT, ANSWER, WAYS };
  char line[100];
  (void)state;
  for (int way = 0; way < WAYS; ++way) {
    clinic c;
    wb_task task = {0};
    const wb_time start = begin(&c);
    c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
    look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
    assert_int_equal(clinic_poll(&c), 1);
    wb_input input = clinic_input(way == TOLD ? WB_INPUT_OPTED_OUT : WB_INPUT_UNDELIVERED, NULL);
    input.contact = way == TOLD ? c.actions[0].contact : NULL;
    input.action = way == RECEIPT ? c.actions[0].id : NULL;
    input.outcome = way == RECEIPT ? WB_CAUSE_OPTED_OUT : 0;
    if (way == ANSWER)
      assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_OPTED_OUT), WB_OK);
    else
      clinic_sent(&c);
    if (way != ANSWER) assert_int_equal(clinic_send(&c, &input), WB_OK);
    assert_string_equal(of(&c, "visits", "v1").reason, "opted_out");
    assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, &task), 1);
    assert_string_equal(task.reason, "visit_stop");
    assert_string_equal(task.about, "v1");
    c.now = clinic_at(&c, 2026, 11, 26, 10, 0);
    look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
    assert_int_equal(clinic_poll(&c), 0);
    clinic_close(&c);
  }
}

/* Help that was asked for asks nothing itself: a yes after it is one to the visit. */
static void a_yes_after_an_answer_is_to_the_question(void **state) {
  char line[100];
  (void)state;
  clinic c;
  const wb_time start = begin(&c);
  c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
  look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "HELP"), WB_OK);
  c.now += CLINIC_MINUTE;
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "help");
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "YES"), WB_OK);
  assert_string_equal(of(&c, "visits", "v1").reason, "confirmed");
  clinic_close(&c);
}

/* Asks by text, else by e-mail. */
static const char by_two_ways[] =
    "{\"format\":1,\"name\":\"asks\",\"title\":\"Asks\",\"class\":\"care\","
    "\"subject\":\"appointment\",\"audience\":\"slot.status == \\\"scheduled\\\"\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":["
    "{\"id\":\"ask\",\"send\":[\"text\",\"mail\"]},{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"text\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: "
    "see you soon. STOP to opt out.\"}},\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":"
    "\"Your visit\",\"body\":\"{{ practice.name }}, {{ location.address }} Reply STOP and we will "
    "not write again.\"}}}}";

/* The sequence of that one message goes on: nobody need look after its visit. */
static void a_visit_that_is_asked_about_by_email_is_not_on_now(void **state) {
  char line[100];
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "asks", by_two_ways);
  const wb_time start = clinic_at(&c, 2026, 11, 26, 10, 0);
  look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_OPTED_OUT), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, NULL), 0);
  for (int polls = 0; polls < 5 && clinic_poll(&c) == 0; ++polls)
    c.now = clinic_wake(&c);
  assert_int_equal(c.count, 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  clinic_close(&c);
}

/* Thanks whoever came. */
static const char thanking[] =
    "{\"format\":1,\"name\":\"thanks\",\"title\":\"Thanks\",\"class\":\"care\","
    "\"subject\":\"appointment\",\"audience\":\"slot.status == \\\"scheduled\\\" || "
    "slot.status == \\\"completed\\\"\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":["
    "{\"id\":\"comes\",\"await\":[\"kept\"],\"within\":{\"days\":5},\"else\":\"end\"},"
    "{\"id\":\"thanks\",\"send\":[\"thanks\"]},{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"thanks\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: "
    "thank you. STOP to opt out.\"}}}}";

static void a_kept_visit_is_awaited_by_what_is_about_it(void **state) {
  char line[100];
  (void)state;
  for (int i = 0; i < 3; ++i) { /* kept; another one; none, and the record has it scheduled still */
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "thanks", thanking);
    const wb_time start = clinic_at(&c, 2026, 11, 24, 10, 0);
    look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_poll(&c), 0);
    c.now = start + CLINIC_HOUR;
    look(&c, visit(line, "p1", i == 0 ? "completed" : "scheduled", start, "v1", 0));
    wb_input came = clinic_input(WB_INPUT_KEPT, "p1");
    came.visit = i == 0 ? "v1" : "v2";
    came.visit_length = 2;
    if (i < 2) assert_int_equal(clinic_send(&c, &came), WB_OK);
    assert_int_equal(clinic_poll(&c), i == 0);
    assert_string_equal(of(&c, "thanks", "v1").reason, "");
    c.now = clinic_at(&c, 2026, 11, 30, 10, 0);
    look(&c, visit(line, "p1", i == 0 ? "completed" : "scheduled", start, "v1", 0));
    if (i > 0) assert_int_equal(clinic_poll(&c), 0);
    assert_string_equal(of(&c, "thanks", "v1").reason, i == 0 ? "" : "finished");
    clinic_close(&c);
  }
}

/* The campaign with something put in the place of something. */
static void ask_with(clinic *c, const char *what, const char *instead,
                     const wb_practice_options *more) {
  char json[sizeof asking + 128];
  const char *at = strstr(asking, what);
  assert_non_null(at);
  snprintf(json, sizeof json, "%.*s%s%s", (int)(at - asking), asking, instead, at + strlen(what));
  clinic_open(c, CLINIC_ANA, more);
  clinic_launch(c, "visits", json);
}

/* While the id is a key, or until the visit. */
static void a_question_of_which_nobody_knows_is_asked_again_until_the_visit(void **state) {
  (void)state;
  for (int days = 1; days <= 2; days++) {
    const wb_practice_options more = {.size = sizeof more, .resend = (uint32_t)days * CLINIC_DAY};
    char line[100];
    clinic c;
    ask_with(&c, "\"id\":\"ask-2\",", "\"id\":\"ask-2\",\"on_unknown\":\"resend\",", &more);
    const wb_time start = clinic_at(&c, 2026, 11, 24, 10, 30);
    look(&c, visit(line, "p1", "scheduled", start, "v1", 0));
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_SENT_UNKNOWN, WB_CAUSE_NONE), WB_OK);
    c.now += 10 * CLINIC_MINUTE;
    look(&c, line);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].kind, WB_ACTION_RESEND);
    assert_int_equal(c.actions[0].deliver_by, c.now + 10 * CLINIC_MINUTE);
    clinic_close(&c);
  }
}

/* Whoever has a question is called, whenever the visit is by then. */
static void a_question_is_answered_though_the_visit_is_put_off(void **state) {
  char line[100];
  clinic c;
  (void)state;
  ask_with(&c, "\"texts\":{",
           "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"call\"}},\"texts\":{",
           NULL);
  look(&c, visit(line, "p1", "scheduled", clinic_at(&c, 2026, 11, 24, 14, 0), "v1", 0));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
  look(&c, visit(line, "p1", "scheduled", clinic_at(&c, 2026, 12, 4, 14, 0), "v1", 0));
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
  clinic_close(&c);
}

/* Asked three days before, unless that is over two hours ago: three days before the visit as it
   stands then, put off or not. */
static void a_visit_that_was_put_off_is_no_later_for_that(void **state) {
  static const char promptly[] = "\"send\":[\"ask\"],\"stale_after\":{\"hours\":2}}";
  (void)state;
  for (int i = 0; i < 4; i++) {
    const bool late = i & 1, off = i >> 1;
    char line[100];
    clinic c;
    ask_with(&c, "\"send\":[\"ask\"]}", promptly, NULL);
    look(&c, visit(line, "p1", "scheduled", clinic_at(&c, 2026, 11, 27, 14, 0), "v1", 0));
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    if (off) { /* by a week */
      visit(line, "p1", "scheduled", clinic_at(&c, 2026, 12, 4, 14, 0), "v1", 0);
      c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
      look(&c, line);
      assert_int_equal(clinic_poll(&c), 0);
    }
    c.now = clinic_at(&c, 2026, off ? 12 : 11, off ? 1 : 24, 12, 0) + late;
    look(&c, line);
    assert_int_equal(clinic_poll(&c), !late);
    if (!late) assert_string_equal(c.actions[0].step, "ask-1");
    clinic_close(&c);
  }
}

/* Whoever could not be asked about a visit is asked once they can be, whoever was admitted that
 * day. */
static void what_is_about_a_visit_takes_no_place_of_the_day(void **state) {
  static const char unreached[] =
      CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no||\n" CLINIC_BEN;
  static const char reached[] = CLINIC_ANA CLINIC_BEN;
  static const wb_practice_options more = {.admissions = 1};
  char line[100];
  clinic c;
  (void)state;
  clinic_open(&c, unreached, &more);
  clinic_launch(&c, "broken", following);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  const wb_time start = clinic_at(&c, 2026, 11, 23, 14, 0);
  c.now = clinic_at(&c, 2026, 11, 24, 10, 30);
  rows(&c, unreached, visit(line, "p1", "broken", start, "v1", 0));
  assert_int_equal(clinic_enroll(&c).enrolled, 2); /* Ben, and Ana's visit */
  c.now = clinic_at(&c, 2026, 11, 24, 11, 0);
  rows(&c, unreached, visit(line, "p1", "broken", start, "v1", 0));
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p2");
  clinic_sent(&c);
  assert_int_equal(of(&c, "broken", "v1").hold, WB_HOLD_NO_PERMISSION);
  c.now += CLINIC_HOUR;
  rows(&c, reached, visit(line, "p1", "broken", start, "v1", 0));
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].campaign, "broken");
  clinic_sent(&c);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_visit_is_asked_about_at_set_times_before_it),
      cmocka_unit_test(a_question_that_was_held_gives_way_to_what_follows),
      cmocka_unit_test(a_last_look_says_that_the_visit_was_put_off),
      cmocka_unit_test(a_visit_on_monday_is_asked_about_on_sunday),
      cmocka_unit_test(a_poll_goes_past_what_is_left_out),
      cmocka_unit_test(questions_are_not_spread),
      cmocka_unit_test(a_visit_is_asked_about_on_facts_of_four_hours_at_most),
      cmocka_unit_test(yes_confirms_and_nothing_more_is_asked),
      cmocka_unit_test(a_stop_while_a_question_is_open_is_on_now),
      cmocka_unit_test(an_opt_out_that_the_carrier_tells_of_does_what_stop_does),
      cmocka_unit_test(a_yes_after_an_answer_is_to_the_question),
      cmocka_unit_test(a_visit_that_is_asked_about_by_email_is_not_on_now),
      cmocka_unit_test(no_two_or_another_time_goes_to_the_desk),
      cmocka_unit_test(the_silent_ones_go_to_the_list_of_visits),
      cmocka_unit_test(a_visit_that_nobody_can_be_asked_about_goes_to_the_list_of_visits),
      cmocka_unit_test(a_visit_that_is_confirmed_moved_or_gone_is_not_asked_about),
      cmocka_unit_test(a_question_whose_time_is_long_past_is_left_out),
      cmocka_unit_test(a_visit_that_is_cancelled_is_not_asked_about_any_more),
      cmocka_unit_test(no_cap_holds_a_confirmation_but_stop_does),
      cmocka_unit_test(caps_of_the_law_alone_hold_what_follows_up_on_a_broken_visit),
      cmocka_unit_test(a_call_of_outreach_answers_no_call_about_a_visit),
      cmocka_unit_test(a_call_that_was_asked_for_and_is_off_the_list_ends_its_sequence),
      cmocka_unit_test(a_call_about_a_visit_that_is_off_the_list_is_left_out),
      cmocka_unit_test(who_was_seen_lately_is_asked_all_the_same),
      cmocka_unit_test(who_left_or_died_is_not_asked_about_a_visit),
      cmocka_unit_test(who_left_and_books_is_asked_about_that_visit),
      cmocka_unit_test(a_broken_visit_is_followed_up_but_not_that_of_a_repeater),
      cmocka_unit_test(a_kept_visit_is_awaited_by_what_is_about_it),
      cmocka_unit_test(a_question_of_which_nobody_knows_is_asked_again_until_the_visit),
      cmocka_unit_test(a_question_is_answered_though_the_visit_is_put_off),
      cmocka_unit_test(a_visit_that_was_put_off_is_no_later_for_that),
      cmocka_unit_test(what_is_about_a_visit_takes_no_place_of_the_day),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
