/* SPDX-License-Identifier: MIT */
/*
 * What is drawn, chosen and looked up for one patient: arm, segment, text and its detail, capacity,
 * the household, the guardian, a visit that was kept. Over a getter each of whose answers fails, or
 * is absent, in turn, and with each allocation failing, of a practice that was just loaded.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/rerun.h"
#include "support/usual.h"

/* A family, a child, and who stands for it. */
static const char people[] =
    "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
    "permission_on:tdD|household:u|guarantor:u|household_named:b|email:u|email_permission:u|"
    "language:u|text_detail:b|mobile_given:b\n"
    "p0|active|Ana|1980-02-29|1|+12125550100|yes|2026-01-05|h|p0|1|ana@example.com|yes|es|1|1\n"
    "p1|active|Ben|1981-03-01|1|+12125550101|yes||h|p0|1|ben@example.com|yes|||\n"
    "p2|active|Lily|2015-01-01|1|||||p0|||||1|\n"
    "p3|active|Cat|1982-04-01|2|+12125550103|yes|||||||||\n"
    "p4|inactive|Dan|1950-05-01|1|||||h|p0||||||\n";

#define HEAD(name, class, subject)                                                                 \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"" name                                          \
  "\",\"class\":\"" class "\",\"subject\":\"" subject                                              \
                          "\",\"segments\":[{\"name\":\"kind\",\"where\":"                         \
                          "\"recare.kind == 'perio'\"},{\"name\":\"rest\",\"where\":\"true\"}],"
#define BOOKED "\"exits\":{\"booked\":\"recare.booked\"},"
#define STEPS                                                                                      \
  "\"steps\":[{\"id\":\"s\",\"send\":[\"hello\"]},{\"id\":\"w\",\"wait\":{\"days\":3}},"           \
  "{\"id\":\"t\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],"
#define STOP " Reply STOP to opt out.\"}"

static const char *const campaigns[][2] = {
    {"drawn", HEAD("drawn", "care", "patient") BOOKED
     "\"audience\":\"recare.overdue_months >= 1\",\"holdout\":50,"
     "\"salt\":\"b\",\"variants\":[{\"name\":\"long\",\"share\":50},{\"name\":"
     "\"short\",\"share\":"
     "50}],\"capacity\":{\"inside\":9,\"per_day\":9,\"minutes\":{\"hygiene\":60}},"
     "\"steps\":[{\"id\":\"s\",\"send\":[\"hello\"],\"on_unknown\":\"resend\"},"
     "{\"id\":\"w\",\"wait\":{\"days\":1}},{\"id\":\"b\",\"branch\":[{\"when\":"
     "\"recare.overdue_months < 1\",\"to\":\"end\"}]},"
     "{\"id\":\"t\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],"
     "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"}},"
     "\"texts\":{\"hello\":{\"channel\":\"sms\",\"detail\":\"more\",\"guardian\":"
     "\"parent\","
     "\"fallback\":\"plain\",\"instead\":[{\"when\":\"recare.band == "
     "'12+'\",\"text\":\"plain\"},"
     "{\"variant\":\"short\",\"text\":\"brief\"}],"
     "\"en\":{\"body\":\"Hi {{ patient.name }}, {{ location.short_name }} has "
     "time.\"},"
     "\"es\":{\"body\":\"Hola {{ patient.name }}, {{ location.short_name }}.\"}},"
     "\"brief\":{\"channel\":\"sms\",\"detail\":\"more\",\"en\":{\"body\":\"Hi, {{ "
     "location.short_name }} has time.\"}},"
     "\"more\":{\"channel\":\"sms\",\"register\":\"detail\",\"fallback\":\"plain\","
     "\"en\":{"
     "\"body\":\"Hi {{ patient.name }}: a {{ recare.kind }} visit.\"}},"
     "\"plain\":{\"channel\":\"sms\",\"register\":\"neutral\",\"en\":{\"body\":"
     "\"Your next visit: "
     "{{ location.short_name }}.\"}},"
     "\"parent\":{\"channel\":\"sms\",\"to\":\"guardian\",\"instead\":[{\"variant\":\"short\","
     "\"text\":"
     "\"other\"}],\"en\":{\"body\":\"Hi, {{ "
     "location.short_name }} has time.\"}},"
     "\"other\":{\"channel\":\"sms\",\"to\":\"guardian\",\"en\":{\"body\":\"{{ location.short_name "
     "}} has time.\"}},"
     "\"note\":{\"channel\":\"call\",\"instead\":[{\"variant\":\"long\",\"text\":\"ring\"}],"
     "\"en\":{\"body\":\"Please call.\"}},\"ring\":{\"channel\":\"call\",\"en\":{\"body\":"
     "\"Please ring.\"}}}}"},
    {"family", HEAD("family", "care", "household") BOOKED
     "\"audience\":\"recare.overdue_months >= 1\"," STEPS
     "\"texts\":{\"hello\":{\"channel\":\"email\",\"en\":{"
     "\"subject\":\"Hi\",\"body\":\"{{ "
     "practice.name }}, {{ location.address }}" STOP "}}}"},
};

/* ---- what it does ------------------------------------------------------------------------------
 */

typedef struct drawn {
  rerun run;
  uint8_t id[16]; /* of the action to p0 by "drawn" */
  usual usual;    /* what a step hands out when nothing fails */
} drawn;

static wb_status enroll(drawn *d) {
  clinic *c = &d->run.c;
  wb_counts counts = {.size = sizeof counts};
  return wb_practice_enroll(c->practice, NULL, 0, c->it.facts, c->now, &counts, NULL);
}

static wb_status wait(drawn *d) {
  clinic *c = &d->run.c;
  wb_waiting rows[8] = {{.size = sizeof rows[0]}};
  uint32_t count = 0;
  return wb_practice_waiting(c->practice, "drawn", 5, c->it.facts, c->now, rows, 8, &count, NULL);
}

static wb_status poll(drawn *d) {
  clinic *c = &d->run.c;
  c->count = 0;
  c->actions[0].size = sizeof(wb_action);
  return wb_practice_poll(c->practice, c->it.facts, c->now, c->actions, CLINIC_ACTIONS, &c->count,
                          NULL);
}

static wb_status look(drawn *d) {
  clinic *c = &d->run.c;
  wb_look last = {.size = sizeof last};
  return wb_practice_test(c->practice, d->id, c->it.facts, c->now, &last, NULL);
}

static wb_status unknown(drawn *d) {
  return clinic_ack(&d->run.c, d->id, WB_SENT_UNKNOWN, WB_CAUSE_NONE);
}

static wb_status sent(drawn *d) {
  return clinic_ack(&d->run.c, d->id, WB_SENT, WB_CAUSE_NONE);
}

static wb_status asks(drawn *d) {
  return clinic_reply(&d->run.c, "p0", "How much is a cleaning?");
}

static wb_status stops(drawn *d) {
  return clinic_reply(&d->run.c, "p1", "STOP");
}

static wb_status died(drawn *d) {
  return clinic_receive(&d->run.c, WB_INPUT_DECEASED, "p1");
}

static wb_status died_too(drawn *d) {
  return clinic_receive(&d->run.c, WB_INPUT_DECEASED, "p4");
}

static wb_status pauses(drawn *d) {
  return clinic_receive(&d->run.c, WB_INPUT_PAUSE, NULL);
}

static wb_status resumes(drawn *d) {
  return clinic_receive(&d->run.c, WB_INPUT_RESUME, NULL);
}

static wb_status booked(drawn *d) {
  wb_input input = clinic_input(WB_INPUT_BOOKED, "p0");
  input.at = clinic_at(&d->run.c, 2026, 11, 25, 10, 0);
  return clinic_send(&d->run.c, &input);
}

static wb_status asks_too(drawn *d) {
  return clinic_reply(&d->run.c, "p3", "How much is a cleaning?");
}

/* The call on the desk's list was made. */
static wb_status called(drawn *d) {
  wb_task task = {.size = sizeof task};
  uint64_t cursor = 0;
  wb_status status = wb_desk_next(d->run.c.practice, WB_DESK_OUTREACH, &cursor, &task);
  wb_input input = clinic_input(WB_INPUT_TASK_DONE, NULL);
  input.action = task.id;
  return status == WB_OK ? clinic_send(&d->run.c, &input) : status;
}

static wb_status WB_CALL deliver(void *user, const wb_action *action, wb_outcome *outcome) {
  (void)user;
  (void)action;
  outcome->kind = WB_SENT;
  return WB_OK;
}

static wb_status deliver_all(drawn *d) {
  clinic *c = &d->run.c;
  wb_run run = {.size = sizeof run};
  return wb_practice_run(c->practice, c->it.facts, c->now, deliver, NULL, &run, NULL);
}

/* All that tells what the practice knows. */
static wb_status walk(drawn *d) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  wb_status status;
  while ((status = wb_practice_next(d->run.c.practice, &cursor, &found)) == WB_OK)
    assert_true(found.segment[0] != '\0' || found.state == WB_STATE_ENDED);
  return status == WB_E_NAME ? WB_OK : status;
}

static wb_status cells(drawn *d) {
  wb_metrics metrics = {.size = sizeof metrics};
  uint64_t cursor = 0;
  wb_status status;
  while ((status = wb_metrics_next(d->run.c.practice, &cursor, &metrics)) == WB_OK)
    assert_true(metrics.segment[0] != '\0');
  return status == WB_E_NAME ? WB_OK : status;
}

static wb_status page(drawn *d) {
  static char text[8192];
  size_t needed = 0;
  return wb_metrics_format(d->run.c.practice, d->run.c.now, text, sizeof text, &needed);
}

/* Before each: minutes that pass, and whether what was handed out was sent, all but the one; and
   whether p0 is held for a death in the family: where the family is absent they are not. */
static const struct {
  wb_status (*call)(drawn *);
  uint32_t minutes;
  bool sent, mourns;
} steps[] = {
    {enroll, 0, false, false},        {wait, 0, false, false},   {poll, 0, false, false},
    {look, 1, false, false},          {unknown, 1, true, false}, {poll, 10, false, false},
    {look, 0, false, false},          {pauses, 0, false, false}, {look, 0, false, false},
    {resumes, 0, false, false},       {poll, 1, false, false},   {sent, 0, true, false},
    {asks, 0, false, false},          {poll, 1, false, false},   {stops, 5, true, false},
    {poll, 1, false, false},          {died, 5, true, false},    {died_too, 0, false, false},
    {poll, 1440, false, true},        {walk, 0, false, false},   {cells, 0, false, false},
    {page, 0, false, false},          {booked, 5, true, false},  {enroll, 2880, false, false},
    {asks_too, 0, false, false},      {poll, 0, false, false},   {called, 1, true, false},
    {deliver_all, 1440, true, false},
};
enum { STEPS_COUNT = sizeof steps / sizeof *steps, FIRST_POLL = 2 };

typedef struct drawn_step {
  drawn *d;
  size_t step;
} drawn_step;

static wb_status take(void *of) {
  const drawn_step *at = of;
  const wb_status status = steps[at->step].call(at->d);
  if (status == WB_OK && steps[at->step].call == poll) usual_assert(&at->d->usual, &at->d->run.c);
  return status;
}

static void drawn_open(drawn *d) {
  static const wb_practice_options more = {
      .size = sizeof more, .per_day = 8, .per_week = 8, .resend = CLINIC_DAY};
  d->usual = (usual){.people = people, .child = "p2", .guardian = "p3"};
  rerun_open(&d->run, people, "p0|completed|2026-11-25\n", &more);
  sample_add(&d->run.below.it, "guardians", "patient:u|guardian:u|representative:b\np2|p3|1\n");
  for (size_t i = 0; i < sizeof campaigns / sizeof *campaigns; i++)
    clinic_launch(&d->run.c, campaigns[i][0], campaigns[i][1]);
}

/* Time passes, and what was handed out is answered. */
static void pass(drawn *d, size_t step) {
  clinic *c = &d->run.c;
  rerun_pass(&d->run, (wb_time)steps[step].minutes * CLINIC_MINUTE);
  for (uint32_t i = 0; steps[step].sent && i < c->count; i++) {
    if (memcmp(c->actions[i].id, d->id, 16) != 0)
      assert_int_equal(clinic_ack(c, c->actions[i].id, WB_SENT, WB_CAUSE_NONE), WB_OK);
  }
  if (steps[step].sent) c->count = 0;
}

static void remember(drawn *d) {
  for (uint32_t i = 0; i < d->run.c.count; i++) {
    const wb_action *action = &d->run.c.actions[i];
    if (!strcmp(action->patient, "p0") && !strcmp(action->campaign, "drawn"))
      memcpy(d->id, action->id, sizeof d->id);
  }
}

/* The step without faults, and back to before it; how much is handed out then. */
static uint32_t try_step(drawn *d, size_t step) {
  usual *u = &d->usual;
  rerun_mark(&d->run);
  if (steps[step].call(d) != WB_OK) fail_msg("step %d fails", (int)step);
  if (steps[step].call == poll) usual_keep(u, &d->run.c);
  if (steps[step].mourns)
    u->messages[u->count++] = (usual_message){.patient = "p0", .to = "ana@example.com"};
  rerun_back(&d->run);
  return d->run.c.count;
}

static void each_step(const rerun_fault *faults, size_t count) {
  drawn *d = calloc(1, sizeof *d);
  uint64_t met = 0;
  assert_non_null(d);
  drawn_open(d);
  for (size_t step = 0; step < STEPS_COUNT; step++) {
    pass(d, step);
    const uint32_t usual_count = try_step(d, step);
    for (size_t i = 0; i < count; i++)
      met += rerun_sweep(&d->run, take, &(drawn_step){d, step}, faults[i], 1, true);
    assert_int_equal(steps[step].call(d), WB_OK);
    assert_int_equal(d->run.c.count, usual_count);
    if (step == FIRST_POLL) remember(d);
  }
  assert_true(met > STEPS_COUNT);
  rerun_close(&d->run);
  free(d);
}

static void a_getter_that_fails_changes_nothing(void **state) {
  (void)state;
  each_step(rerun_fails, 2);
}

static void an_answer_that_is_absent_writes_to_nobody_else(void **state) {
  (void)state;
  each_step(rerun_absent, 3);
}

static void a_text_that_is_none_writes_to_nobody_else(void **state) {
  (void)state;
  each_step(rerun_garbled, 3);
}

static void memory_that_fails_changes_nothing(void **state) {
  static const rerun_fault faults[] = {
      {RERUN_MEMORY, FAULT_ONCE, WB_OK, WB_E_NOMEM, true, 0, NULL},
  };
  (void)state;
  each_step(faults, 1);
}

static wb_status take_wait(void *of) {
  return wait(of);
}

/* One enters a day: the others are told of, all or none. */
static void memory_that_fails_tells_of_nobody_who_waits(void **state) {
  static const wb_practice_options more = {
      .size = sizeof more, .admissions = 1, .resend = CLINIC_DAY};
  static const rerun_fault fault = {RERUN_MEMORY, FAULT_ONCE, WB_OK, WB_E_NOMEM, true, 0, NULL};
  drawn *d = calloc(1, sizeof *d);
  (void)state;
  assert_non_null(d);
  rerun_open(&d->run, people, "", &more);
  clinic_launch(&d->run.c, campaigns[0][0], campaigns[0][1]);
  rerun_mark(&d->run);
  assert_true(rerun_sweep(&d->run, take_wait, d, fault, 1, true) > 0);
  rerun_close(&d->run);
  free(d);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(memory_that_fails_tells_of_nobody_who_waits),
      cmocka_unit_test(a_getter_that_fails_changes_nothing),
      cmocka_unit_test(an_answer_that_is_absent_writes_to_nobody_else),
      cmocka_unit_test(a_text_that_is_none_writes_to_nobody_else),
      cmocka_unit_test(memory_that_fails_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
