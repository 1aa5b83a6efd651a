/* SPDX-License-Identifier: MIT */
/*
 * A practice at work over a getter, each of whose answers fails in turn, or is not supplied; and
 * each allocation. A call that fails has changed nothing, an answer that is absent writes to nobody
 * else, and without a fault all goes on as if there had been none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/effort.h"
#include "support/rerun.h"
#include "support/usual.h"
#include "support/world.h"

/* ---- the practice ------------------------------------------------------------------------------
 */

/* A family with a minor, two adults apart, one who reads Spanish, one without a number, one who
 * left. */
static const char people[] =
    "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
    "household:u|guarantor:u|confidential:b|household_named:b|email:u|email_permission:u|"
    "language:u|text_detail:b|mobile_given:b|only_channel:u\n"
    "p0|active|Ana|1980-02-29|1|+12125550100|yes|h|p0||1|ana@example.com|yes|en|1|1|\n"
    "p1|active|Ben|1981-03-01|1|+12125550100|yes|h|p0||1|ben@example.com|yes||||\n"
    "p2|active|Lily|2015-01-01|1|+12125550177|yes|h|p0||||||||\n"
    "p3|active|Cat|1982-04-01|2|+12125550102|yes|||||cat@example.com|yes|es|||email\n"
    "p4|active|Dan|1983-05-01|2|||||||dan@example.com|yes||||\n"
    "p5|inactive|Eve|1984-06-01|1|+12125550104|no||||||||||\n";

/* Who is told of a child; what a household is told; what is owed, told to whoever answers for it.
 */
#define READING_HEAD(name, class, subject)                                                         \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"" name                                          \
  "\",\"class\":\"" class "\",\"subject\":\"" subject                                              \
                          "\",\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{"         \
                          "\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare."  \
                          "booked\"},\"steps\":["                                                  \
                          "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"w\",\"wait\":{\"days\":" \
                          "2}},"                                                                   \
                          "{\"id\":\"b\",\"branch\":[{\"when\":\"recare.booked\",\"to\":\"end\"}]" \
                          "},"                                                                     \
                          "{\"id\":\"s2\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],"  \
                          "\"texts\":{\"hello\":{"                                                 \
                          "\"channel\":\"sms\","
#define READING_TAIL " has time for you. Reply STOP to opt out.\"}}"

static const char *const campaigns[][2] = {
    {"child",
     READING_HEAD(
         "child", "care",
         "patient") "\"guardian\":\"parent\",\"en\":{\"body\":\"Hi {{ patient.name }}, {{ "
                    "location.short_name "
                    "}}" READING_TAIL
                    ",\"parent\":{\"channel\":\"sms\",\"to\":\"guardian\",\"en\":{\"body\":\"Hi, "
                    "{{ location.short_name }}" READING_TAIL "}}"},
    {"family",
     READING_HEAD("family", "care",
                  "household") "\"en\":{\"body\":\"Hi, {{ location.short_name }}" READING_TAIL
                               "}}"},
    {"owed",
     READING_HEAD(
         "owed", "billing",
         "patient") "\"guardian\":\"parent\",\"en\":{\"body\":\"Hi, {{ location.short_name "
                    "}}" READING_TAIL
                    ",\"parent\":{\"channel\":\"sms\",\"to\":\"guardian\",\"en\":{\"body\":\"Hi, "
                    "{{ location.short_name }}" READING_TAIL "}}"},
};

typedef struct reading {
  rerun run;
  uint8_t first[16]; /* an action, and whom it and the last one of that poll are about */
  char one[8], another[8];
  usual usual; /* what a step hands out when nothing fails */
} reading;

static void reading_open(reading *r, bool raw) {
  static const wb_practice_options more = {
      .size = sizeof more, .per_day = 8, .per_week = 8, .resend = CLINIC_DAY};
  r->usual = (usual){.people = people, .child = "p2", .guardian = "p0"};
  rerun_open(&r->run, people,
             "p0|scheduled|2026-11-27\np4|scheduled|2026-11-28\np1|broken|2026-11-22\n", &more);
  sample_add(&r->run.below.it, "guardians", "patient:u|guardian:u|representative:b\np2|p0|1\n");
  sample_add(&r->run.below.it, "coverages",
             "patient:u|coverage:u|period:u|maximum:l|verified:tdD|payer:u\n"
             "p0|c1|calendar|100000|2026-11-20|public\np1|c2|calendar|100000|2026-11-20|private\n");
  sample_add(&r->run.below.it, "claims",
             "patient:u|coverage:u|status:u|paid:l|date:tdD\n"
             "p0|c1|received|1|2026-02-01\n");
  r->run.m.raw = raw;
  for (size_t i = 0; i < sizeof campaigns / sizeof *campaigns; i++)
    clinic_launch(&r->run.c, campaigns[i][0], campaigns[i][1]);
  for (size_t i = 0; i + 1 < WORLD_DEFINITIONS; i++)
    clinic_launch(&r->run.c, world_campaigns[i][0], world_campaigns[i][1]);
}

/* ---- what it does ------------------------------------------------------------------------------
 */

static wb_status enroll(reading *r) {
  wb_counts counts = {.size = sizeof counts};
  return wb_practice_enroll(r->run.c.practice, NULL, 0, r->run.c.it.facts, r->run.c.now, &counts,
                            NULL);
}

static wb_status wait(reading *r) {
  wb_waiting rows[8] = {{.size = sizeof rows[0]}};
  uint32_t count = 0;
  return wb_practice_waiting(r->run.c.practice, NULL, 0, r->run.c.it.facts, r->run.c.now, rows, 8,
                             &count, NULL);
}

static wb_status poll(reading *r) {
  r->run.c.count = 0;
  r->run.c.actions[0].size = sizeof(wb_action);
  return wb_practice_poll(r->run.c.practice, r->run.c.it.facts, r->run.c.now, r->run.c.actions,
                          CLINIC_ACTIONS, &r->run.c.count, NULL);
}

static wb_status opened(reading *r) {
  const wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", r->run.c.now + 3 * CLINIC_DAY);
  return clinic_send(&r->run.c, &input);
}

/* Withdrawn is an answer, too. */
static wb_status look(reading *r) {
  wb_look last = {.size = sizeof last};
  return wb_practice_test(r->run.c.practice, r->first, r->run.c.it.facts, r->run.c.now, &last,
                          NULL);
}

/* The same of what the last poll handed out first. */
static wb_status look_again(reading *r) {
  const clinic *c = &r->run.c;
  wb_look last = {.size = sizeof last};
  assert_true(c->count > 0);
  return wb_practice_test(c->practice, c->actions[0].id, c->it.facts, c->now, &last, NULL);
}

static wb_status unknown(reading *r) {
  return clinic_ack(&r->run.c, r->first, WB_SENT_UNKNOWN, WB_CAUSE_NONE);
}

static wb_status yes(reading *r) {
  return clinic_reply(&r->run.c, r->one, "yes");
}

static wb_status asks(reading *r) {
  return clinic_reply(&r->run.c, r->one, "How much is a cleaning?");
}

static wb_status stop(reading *r) {
  return clinic_reply(&r->run.c, r->another, "STOP");
}

static wb_status merge(reading *r) {
  wb_input input = clinic_input(WB_INPUT_MERGED, r->another);
  input.other = r->one;
  input.other_length = (uint32_t)strlen(r->one);
  return clinic_send(&r->run.c, &input);
}

static wb_status booked(reading *r) {
  wb_input input = clinic_input(WB_INPUT_BOOKED, r->one);
  input.visit = "v4";
  input.visit_length = 2;
  input.at = r->run.c.now + 5 * CLINIC_DAY;
  return clinic_send(&r->run.c, &input);
}

/* Before each: minutes that pass, and whether what was handed out is answered, all but the first.
 */
static const struct {
  wb_status (*call)(reading *);
  uint32_t minutes;
  bool answers;
} steps[] = {
    {enroll, 0, false},   {wait, 0, false},       {opened, 0, false},      {poll, 0, false},
    {look, 1, false},     {unknown, 1, true},     {poll, 20, false},       {asks, 0, true},
    {poll, 10, false},    {yes, 0, true},         {poll, 24 * 60, false},  {stop, 10, true},
    {poll, 1, false},     {look_again, 1, false}, {enroll, 24 * 60, true}, {poll, 0, false},
    {booked, 10, true},   {merge, 0, false},      {poll, 24 * 60, false},  {poll, 2880, true},
    {enroll, 1440, true}, {poll, 1440, false},
};
enum { STEPS = sizeof steps / sizeof *steps, FIRST_POLL = 3 };

static void remember(reading *r) {
  assert_true(r->run.c.count > 1);
  memcpy(r->first, r->run.c.actions[0].id, sizeof r->first);
  strcpy(r->one, r->run.c.actions[0].patient);
  strcpy(r->another, r->run.c.actions[r->run.c.count - 1].patient);
}

/* Time passes, and what was handed out is answered. */
static void pass(reading *r, size_t step) {
  rerun_pass(&r->run, (wb_time)steps[step].minutes * CLINIC_MINUTE);
  for (uint32_t i = 0; steps[step].answers && i < r->run.c.count; i++) {
    if (memcmp(r->run.c.actions[i].id, r->first, 16) != 0)
      assert_int_equal(clinic_ack(&r->run.c, r->run.c.actions[i].id, WB_SENT, WB_CAUSE_NONE),
                       WB_OK);
  }
  if (steps[step].answers) r->run.c.count = 0;
}

enum { READING_STRIDE = 11 /* of a slow build, from one place to the next */ };

/* ---- the faults --------------------------------------------------------------------------------
 */

/* Whether a text is the answer to STOP in English: of whom no language is known. */
static bool confirms(const wb_action *action) {
  static const char says[] = ": you will get no more texts from us.";
  return strcmp(action->campaign, "notices") == 0 && strstr(action->text, says) != NULL;
}

/* Nobody else is written to; who gets the message that they usually do gets it to the letter. */
static void assert_nobody_else(const reading *r) {
  usual_assert(&r->usual, &r->run.c);
  for (uint32_t i = 0; i < r->run.c.count; i++) {
    const wb_action *action = &r->run.c.actions[i];
    const usual_message *same = usual_same(&r->usual, action);
    if (same == NULL) continue;
    assert_string_equal(action->patient, same->patient);
    assert_string_equal(action->to, same->to);
    if (!confirms(action)) assert_string_equal(action->text, same->text);
  }
}

typedef struct reading_step {
  reading *r;
  size_t step;
} reading_step;

static wb_status take(void *of) {
  const reading_step *at = of;
  const wb_status status = steps[at->step].call(at->r);
  if (status == WB_OK && steps[at->step].call == poll) assert_nobody_else(at->r);
  return status;
}

/* The step without faults, and back to before it; how much is handed out then. */
static uint32_t try_step(reading *r, size_t step) {
  rerun_mark(&r->run);
  assert_int_equal(steps[step].call(r), WB_OK);
  if (steps[step].call == poll) usual_keep(&r->usual, &r->run.c);
  rerun_back(&r->run);
  return r->run.c.count;
}

static void each_step(bool raw, const rerun_fault *faults, size_t count) {
  reading *r = calloc(1, sizeof *r);
  uint64_t met = 0;
  assert_non_null(r);
  reading_open(r, raw);
  for (size_t step = 0; step < STEPS; step++) {
    /* What was due of openings stands though the rest of a poll fails. */
    const bool keeps = steps[step].call != poll;
    pass(r, step);
    const uint32_t usual_count = try_step(r, step);
    for (size_t i = 0; i < count; i++)
      met += rerun_sweep(&r->run, take, &(reading_step){r, step}, faults[i],
                         effort_stride(READING_STRIDE), keeps);
    assert_int_equal(steps[step].call(r), WB_OK);
    assert_int_equal(r->run.c.count, usual_count);
    if (step == FIRST_POLL) remember(r);
  }
  assert_true(met > 2 * STEPS);
  rerun_close(&r->run);
  free(r);
}

static void a_getter_that_fails_changes_nothing(void **state) {
  (void)state;
  each_step(false, rerun_fails, 2);
  each_step(true, rerun_fails, 1);
}

static void an_answer_that_is_absent_writes_to_nobody_else(void **state) {
  (void)state;
  each_step(false, rerun_absent, 3);
}

static void memory_that_fails_changes_nothing(void **state) {
  static const rerun_fault faults[] = {
      {RERUN_MEMORY, FAULT_FOREVER, WB_OK, WB_E_NOMEM, false, 0, NULL},
      {RERUN_MEMORY, FAULT_ONCE, WB_OK, WB_E_NOMEM, false, 0, NULL},
  };
  (void)state;
  each_step(true, faults, 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_getter_that_fails_changes_nothing),
      cmocka_unit_test(an_answer_that_is_absent_writes_to_nobody_else),
      cmocka_unit_test(memory_that_fails_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
