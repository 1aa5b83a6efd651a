/* SPDX-License-Identifier: MIT */
/*
 * A practice at work over a getter, each of whose answers fails in turn, or is not supplied; and
 * each allocation. A call that fails has changed nothing, an answer that is absent writes to nobody
 * else, and without a fault all goes on as if there had been none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"
#include "support/effort.h"
#include "support/mirror.h"
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
  clinic c, below; /* the practice, and what its getter mirrors */
  mirror m;
  wb_moment moment;
  uint8_t first[16]; /* an action, and whom it and the last one of that poll are about */
  char one[8], another[8];
} reading;

static void reading_open(reading *r, bool raw) {
  static const wb_practice_options more = {
      .size = sizeof more, .per_day = 8, .per_week = 8, .resend = CLINIC_DAY};
  clinic_open(&r->below, CLINIC_ANA, NULL);
  clinic_rows(&r->below, people,
              "p0|scheduled|2026-11-27\np4|scheduled|2026-11-28\np1|broken|2026-11-22\n");
  sample_add(&r->below.it, "guardians", "patient:u|guardian:u|representative:b\np2|p0|1\n");
  sample_add(&r->below.it, "coverages",
             "patient:u|coverage:u|period:u|maximum:l|verified:tdD|payer:u\n"
             "p0|c1|calendar|100000|2026-11-20|public\np1|c2|calendar|100000|2026-11-20|private\n");
  sample_add(&r->below.it, "claims",
             "patient:u|coverage:u|status:u|paid:l|date:tdD\n"
             "p0|c1|received|1|2026-02-01\n");
  clinic_open(&r->c, CLINIC_ANA, &more);
  r->moment = (wb_moment){.size = sizeof r->moment, .now = r->c.now, .zone = r->below.it.zone};
  wb_facts_free(r->c.it.facts);
  mirror_open(&r->m, r->c.context, r->below.it.facts, r->c.it.schema, &r->moment, r->c.now);
  r->m.raw = raw;
  r->c.it.facts = r->m.facts;
  for (size_t i = 0; i < sizeof campaigns / sizeof *campaigns; i++)
    clinic_launch(&r->c, campaigns[i][0], campaigns[i][1]);
  for (size_t i = 0; i + 1 < WORLD_DEFINITIONS; i++)
    clinic_launch(&r->c, world_campaigns[i][0], world_campaigns[i][1]);
}

static void reading_close(reading *r) {
  clinic_close(&r->c);
  clinic_close(&r->below);
}

/* ---- what it does ------------------------------------------------------------------------------
 */

static wb_status enroll(reading *r) {
  wb_counts counts = {.size = sizeof counts};
  return wb_practice_enroll(r->c.practice, NULL, 0, r->c.it.facts, r->c.now, &counts, NULL);
}

static wb_status wait(reading *r) {
  wb_waiting rows[8] = {{.size = sizeof rows[0]}};
  uint32_t count = 0;
  return wb_practice_waiting(r->c.practice, NULL, 0, r->c.it.facts, r->c.now, rows, 8, &count,
                             NULL);
}

static wb_status poll(reading *r) {
  r->c.count = 0;
  r->c.actions[0].size = sizeof(wb_action);
  return wb_practice_poll(r->c.practice, r->c.it.facts, r->c.now, r->c.actions, CLINIC_ACTIONS,
                          &r->c.count, NULL);
}

static wb_status opened(reading *r) {
  const wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", r->c.now + 3 * CLINIC_DAY);
  return clinic_send(&r->c, &input);
}

/* Withdrawn is an answer, too. */
static wb_status look(reading *r) {
  wb_look last = {.size = sizeof last};
  return wb_practice_test(r->c.practice, r->first, r->c.it.facts, r->c.now, &last, NULL);
}

static wb_status unknown(reading *r) {
  return clinic_ack(&r->c, r->first, WB_SENT_UNKNOWN, WB_CAUSE_NONE);
}

static wb_status yes(reading *r) {
  return clinic_reply(&r->c, r->one, "yes");
}

static wb_status asks(reading *r) {
  return clinic_reply(&r->c, r->one, "How much is a cleaning?");
}

static wb_status stop(reading *r) {
  return clinic_reply(&r->c, r->another, "STOP");
}

static wb_status merge(reading *r) {
  wb_input input = clinic_input(WB_INPUT_MERGED, r->another);
  input.other = r->one;
  input.other_length = (uint32_t)strlen(r->one);
  return clinic_send(&r->c, &input);
}

static wb_status booked(reading *r) {
  wb_input input = clinic_input(WB_INPUT_BOOKED, r->one);
  input.visit = "v4";
  input.visit_length = 2;
  input.at = r->c.now + 5 * CLINIC_DAY;
  return clinic_send(&r->c, &input);
}

/* Before each: minutes that pass, and whether what was handed out is answered, all but the first.
 */
static const struct {
  wb_status (*call)(reading *);
  uint32_t minutes;
  bool answers;
} steps[] = {
    {enroll, 0, false},      {wait, 0, false},   {opened, 0, false},     {poll, 0, false},
    {look, 1, false},        {unknown, 1, true}, {poll, 20, false},      {asks, 0, true},
    {poll, 10, false},       {yes, 0, true},     {poll, 24 * 60, false}, {stop, 10, true},
    {enroll, 24 * 60, true}, {poll, 0, false},   {booked, 10, true},     {merge, 0, false},
    {poll, 24 * 60, false},  {poll, 2880, true}, {enroll, 1440, true},   {poll, 1440, false},
};
enum { STEPS = sizeof steps / sizeof *steps, FIRST_POLL = 3 };

static void remember(reading *r) {
  assert_true(r->c.count > 1);
  memcpy(r->first, r->c.actions[0].id, sizeof r->first);
  strcpy(r->one, r->c.actions[0].patient);
  strcpy(r->another, r->c.actions[r->c.count - 1].patient);
}

/* Time passes, and what was handed out is answered. */
static void pass(reading *r, size_t step) {
  r->c.now += (wb_time)steps[step].minutes * CLINIC_MINUTE;
  r->moment.now = r->c.now;
  for (uint32_t i = 0; steps[step].answers && i < r->c.count; i++) {
    if (memcmp(r->c.actions[i].id, r->first, 16) != 0)
      assert_int_equal(clinic_ack(&r->c, r->c.actions[i].id, WB_SENT, WB_CAUSE_NONE), WB_OK);
  }
  if (steps[step].answers) r->c.count = 0;
}

enum { READING_STRIDE = 11 /* of a slow build, from one place to the next */ };

/* ---- the faults --------------------------------------------------------------------------------
 */

/* What somebody gets; in a poll nobody gets two. */
typedef struct reading_message {
  uint8_t id[16];
  char patient[8], to[40], text[400];
} reading_message;

/* What is to be gone back to. */
typedef struct reading_mark {
  uint8_t *bytes;
  size_t length;
  memory_journal journal;
  reading_message messages[CLINIC_ACTIONS]; /* what the step hands out when nothing fails */
  uint32_t count;
} reading_mark;

static bool same(const reading *r, const reading_mark *mark) {
  size_t length = 0;
  uint8_t *bytes = clinic_save(r->c.practice, &length);
  const bool alike = length == mark->length && memcmp(bytes, mark->bytes, length) == 0;
  free(bytes);
  return alike;
}

static void go_back(reading *r, const reading_mark *mark) {
  wb_practice_free(r->c.practice);
  r->c.practice = clinic_practice(&r->c, NULL);
  assert_int_equal(wb_practice_load(r->c.practice, mark->bytes, mark->length, NULL), WB_OK);
  r->c.journal.length = mark->journal.length;
  r->c.journal.durable = mark->journal.durable;
  r->c.journal.sequence = mark->journal.sequence;
  r->c.journal.committed = mark->journal.committed;
}

/* Whether an address is in the record of a patient, or of the one who answers for them. */
static bool owns(const char *patient, const char *to) {
  const char *line = strstr(people, strcmp(patient, "p2") ? patient : "p0");
  const char *found = line != NULL ? strstr(line, to) : NULL;
  return found != NULL && found < strchr(line, '\n');
}

/* Nobody is written to who is not when nothing is absent. They get what they would have got, to the
   letter, or at an address of their own what another campaign says. */
static void assert_nobody_else(const reading *r, const reading_mark *mark) {
  for (uint32_t i = 0; i < r->c.count; i++) {
    const wb_action *action = &r->c.actions[i];
    const reading_message *usual = mark->messages, *end = usual + mark->count;
    while (usual < end && strcmp(usual->patient, action->patient) != 0)
      usual++;
    assert_true(usual < end);
    const bool other = memcmp(usual->id, action->id, sizeof usual->id) != 0;
    if (other) assert_true(owns(action->patient, action->to));
    if (other) continue;
    assert_string_equal(action->to, usual->to);
    assert_string_equal(action->text, usual->text);
  }
}

typedef enum reading_part { PART_MEMORY, PART_GETS, PART_ROWS } reading_part;

typedef struct reading_fault {
  reading_part part;
  fault_mode mode;
  wb_status answer, expected; /* what the getter says, and the call; WB_OK: it may go on */
} reading_fault;

static fault_plan *plan_of(reading *r, reading_part part) {
  if (part == PART_MEMORY) return &r->c.memory.plan;
  return part == PART_GETS ? &r->m.gets : &r->m.rows;
}

/* A step fails at one place after the other, from the same beginning. */
static uint64_t sweep(reading *r, size_t step, const reading_mark *mark, reading_fault fault) {
  fault_plan *plan = plan_of(r, fault.part);
  for (uint64_t at = 1;; at += effort_stride(READING_STRIDE)) {
    r->m.answer = fault.answer;
    r->m.absent = at % 2 == 0 ? WB_NULL : WB_UNKNOWN;
    fault_arm(plan, fault.mode, at);
    const wb_status status = steps[step].call(r);
    const bool met = plan->hits > 0;
    fault_arm(plan, FAULT_NEVER, 0);
    if (!met) {
      assert_int_equal(status, WB_OK);
      go_back(r, mark);
      return at - 1;
    }
    if (fault.expected != WB_OK) assert_int_equal(status, fault.expected);
    if (status == WB_OK && steps[step].call == poll) assert_nobody_else(r, mark);
    /* What was due of openings stands though the rest of a poll fails. */
    if (status != WB_OK && steps[step].call != poll) assert_true(same(r, mark));
    if (!same(r, mark)) go_back(r, mark);
  }
}

/* The step without faults, from the mark and back to it. */
static void mark_step(reading *r, size_t step, reading_mark *mark) {
  mark->bytes = clinic_save(r->c.practice, &mark->length);
  mark->journal = r->c.journal;
  assert_int_equal(steps[step].call(r), WB_OK);
  mark->count = r->c.count;
  for (uint32_t i = 0; steps[step].call == poll && i < mark->count; i++) {
    const wb_action *action = &r->c.actions[i];
    reading_message *message = &mark->messages[i];
    memcpy(message->id, action->id, sizeof message->id);
    snprintf(message->patient, sizeof message->patient, "%s", action->patient);
    snprintf(message->to, sizeof message->to, "%s", action->to);
    snprintf(message->text, sizeof message->text, "%s", action->text);
  }
  go_back(r, mark);
}

static void each_step(bool raw, const reading_fault *faults, size_t count) {
  reading *r = calloc(1, sizeof *r);
  reading_mark *mark = calloc(1, sizeof *mark);
  uint64_t met = 0;
  assert_non_null(r);
  assert_non_null(mark);
  reading_open(r, raw);
  for (size_t step = 0; step < STEPS; step++) {
    pass(r, step);
    mark_step(r, step, mark);
    for (size_t i = 0; i < count; i++)
      met += sweep(r, step, mark, faults[i]);
    assert_int_equal(steps[step].call(r), WB_OK);
    assert_int_equal(r->c.count, mark->count);
    if (step == FIRST_POLL) remember(r);
    free(mark->bytes);
  }
  assert_true(met > 2 * STEPS);
  reading_close(r);
  free(mark);
  free(r);
}

static void a_getter_that_fails_changes_nothing(void **state) {
  static const reading_fault faults[] = {
      {PART_GETS, FAULT_ONCE, WB_E_STATE, WB_E_ABORTED},
      {PART_ROWS, FAULT_ONCE, WB_E_STATE, WB_E_ABORTED},
  };
  (void)state;
  each_step(false, faults, 2);
  each_step(true, faults, 1);
}

static void an_answer_that_is_absent_writes_to_nobody_else(void **state) {
  static const reading_fault fault = {PART_GETS, FAULT_ONCE, WB_OK, WB_OK};
  (void)state;
  each_step(false, &fault, 1);
}

static void memory_that_fails_changes_nothing(void **state) {
  static const reading_fault faults[] = {
      {PART_MEMORY, FAULT_FOREVER, WB_OK, WB_E_NOMEM},
      {PART_MEMORY, FAULT_ONCE, WB_OK, WB_E_NOMEM},
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
