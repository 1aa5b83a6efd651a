/* SPDX-License-Identifier: MIT */
/*
 * One patient and one campaign, so that what fails is what is looked at: each allocation of each
 * call, of a practice that was just loaded. Resends, calls, their end, a look, and a message that
 * is as long as a block of memory, or a little shorter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/rerun.h"

static const char people[] = CLINIC_ANA;

#define CAMPAIGN(body)                                                                             \
  "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"benefit\","                        \
  "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"         \
  "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]," \
  "\"on_unknown\":\"resend\"},{\"id\":\"w\",\"wait\":{\"days\":90}},"                              \
  "{\"id\":\"end\",\"exit\":true}],"                                                               \
  "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"n\"}},\"texts\":{"                  \
  "\"t\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hi\",\"body\":\"" body                       \
  "{{ practice.name }}, {{ location.address }} Reply STOP and we will not write again.\"}},"       \
  "\"n\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"

static const rerun_fault fault = {RERUN_MEMORY, FAULT_ONCE, WB_OK, WB_E_NOMEM, true, 0, NULL};
static const wb_practice_options resends = {.size = sizeof resends, .resend = CLINIC_DAY};

typedef struct alone {
  rerun run;
  uint8_t id[16];
} alone;

static wb_status enroll(void *of) {
  clinic *c = &((alone *)of)->run.c;
  wb_counts counts = {.size = sizeof counts};
  return wb_practice_enroll(c->practice, NULL, 0, c->it.facts, c->now, &counts, NULL);
}

static wb_status poll(void *of) {
  clinic *c = &((alone *)of)->run.c;
  c->actions[0].size = sizeof(wb_action);
  return wb_practice_poll(c->practice, c->it.facts, c->now, c->actions, CLINIC_ACTIONS, &c->count,
                          NULL);
}

static wb_status unknown(void *of) {
  alone *a = of;
  memcpy(a->id, a->run.c.actions[0].id, sizeof a->id);
  return clinic_ack(&a->run.c, a->id, WB_SENT_UNKNOWN, WB_CAUSE_NONE);
}

static wb_status pauses(void *of) {
  return clinic_receive(&((alone *)of)->run.c, WB_INPUT_PAUSE, NULL);
}

static wb_status resumes(void *of) {
  return clinic_receive(&((alone *)of)->run.c, WB_INPUT_RESUME, NULL);
}

static wb_status look(void *of) {
  clinic *c = &((alone *)of)->run.c;
  wb_look last = {.size = sizeof last};
  return wb_practice_test(c->practice, ((alone *)of)->id, c->it.facts, c->now, &last, NULL);
}

static wb_status sent(void *of) {
  return clinic_ack(&((alone *)of)->run.c, ((alone *)of)->id, WB_SENT, WB_CAUSE_NONE);
}

static wb_status asks(void *of) {
  return clinic_reply(&((alone *)of)->run.c, "p1", "How much is a cleaning?");
}

static wb_status listed(void *of) {
  clinic *c = &((alone *)of)->run.c;
  return clinic_ack(c, c->actions[0].id, WB_SENT, WB_CAUSE_NONE);
}

static wb_status called(void *of) {
  clinic *c = &((alone *)of)->run.c;
  wb_input done = clinic_input(WB_INPUT_TASK_DONE, NULL);
  done.action = c->actions[0].id;
  return clinic_send(c, &done);
}

/* The life of one message: seconds before each call, and what it hands out. */
static const struct {
  rerun_call call;
  wb_time seconds;
  uint32_t count;
} steps[] = {{enroll, 0, 0}, {poll, 0, 1},    {unknown, 0, 1}, {poll, 600, 1}, {pauses, 0, 1},
             {look, 0, 1},   {resumes, 0, 1}, {poll, 600, 1},  {sent, 0, 1},   {asks, 0, 1},
             {poll, 60, 1},  {listed, 0, 1},  {called, 0, 1},  {NULL, 0, 0}};
/* The same, but nobody calls: the call expires. */
static const wb_time expiry = 40 * CLINIC_DAY;

static void live(alone *a, const char *json, bool expires) {
  static const wb_practice_options more = {.size = sizeof more,
                                           .flags = WB_PRACTICE_ALLOW_JUMP,
                                           .per_day = 8,
                                           .per_week = 8,
                                           .resend = CLINIC_DAY};
  memset(a, 0, sizeof *a);
  rerun_open(&a->run, people, "", &more);
  clinic_launch(&a->run.c, "one", json);
  for (size_t i = 0; steps[i].call != NULL; i++) {
    const bool over = expires && steps[i].call == called;
    const rerun_call call = over ? poll : steps[i].call;
    rerun_pass(&a->run, over ? expiry : steps[i].seconds);
    rerun_mark(&a->run);
    assert_true(rerun_sweep(&a->run, call, a, fault, 1, true) > 0);
    assert_int_equal(call(a), WB_OK);
    assert_int_equal(a->run.c.count, over ? 0 : steps[i].count);
  }
  assert_int_equal(clinic_find(&a->run.c, "p1", "one").state, WB_STATE_ENDED);
  assert_string_equal(clinic_find(&a->run.c, "p1", "one").reason, expires ? "no_answer" : "desk");
  rerun_close(&a->run);
}

static void each_allocation_may_fail(void **state) {
  static alone a;
  (void)state;
  live(&a, CAMPAIGN(""), false);
  live(&a, CAMPAIGN(""), true);
}

/* A campaign that speaks on Sundays alone, when the practice never does: held, and a person told.
 */
static void each_allocation_may_fail_where_no_hours_allow_it(void **state) {
  static const char whole[] = CAMPAIGN("");
  static const char hours[] = "\"hours\":{\"sun\":\"10:00-12:00\"},";
  const char *rest = strstr(whole, "\"audience\"");
  char json[sizeof whole + sizeof hours];
  static alone a;
  (void)state;
  snprintf(json, sizeof json, "%.*s%s%s", (int)(rest - whole), whole, hours, rest);
  memset(&a, 0, sizeof a);
  rerun_open(&a.run, people, "", &resends);
  clinic_launch(&a.run.c, "one", json);
  assert_int_equal(enroll(&a), WB_OK);
  rerun_mark(&a.run);
  assert_true(rerun_sweep(&a.run, poll, &a, fault, 1, true) > 0);
  assert_int_equal(poll(&a), WB_OK);
  assert_int_equal(a.run.c.count, 0);
  assert_int_equal(clinic_find(&a.run.c, "p1", "one").hold, WB_HOLD_HOURS);
  assert_int_equal(clinic_tasks(&a.run.c, WB_DESK_INBOX, NULL), 1);
  rerun_close(&a.run);
}

static wb_status kept(void *of) {
  wb_input input = clinic_input(WB_INPUT_KEPT, "p1");
  input.value = 9000;
  return clinic_send(&((alone *)of)->run.c, &input);
}

/* A visit that is kept: by somebody who was never written to, and by one who was; it ends two
   sequences. It is counted whole, with the days by which it counts, or not at all. */
static void each_allocation_of_a_visit_that_was_kept_may_fail(void **state) {
  static const wb_practice_options more = {
      .size = sizeof more, .resend = CLINIC_DAY, .kept_days = 60};
  static const char one[] = CAMPAIGN("");
  static alone a;
  char two[sizeof one];
  (void)state;
  memcpy(two, one, sizeof two);
  memcpy(strstr(two, "\"one\""), "\"two\"", 5);
  for (int written = 0; written < 2; written++) {
    wb_metrics metrics = {.size = sizeof metrics};
    memset(&a, 0, sizeof a);
    rerun_open(&a.run, people, "", &more);
    clinic_launch(&a.run.c, "one", one);
    clinic_launch(&a.run.c, "two", two);
    assert_int_equal(enroll(&a), WB_OK);
    if (written) {
      assert_int_equal(poll(&a), WB_OK);
      clinic_sent(&a.run.c);
    }
    rerun_mark(&a.run);
    assert_true(rerun_sweep(&a.run, kept, &a, fault, 1, true) > 0);
    assert_int_equal(kept(&a), WB_OK);
    assert_int_equal(wb_metrics_get(a.run.c.practice, NULL, 0, NULL, 0, NULL, 0, 0, &metrics),
                     WB_OK);
    assert_int_equal(metrics.kept, written);
    assert_int_equal(metrics.production, written * 9000);
    rerun_close(&a.run);
  }
}

static wb_status refused(void *of) {
  alone *a = of;
  return clinic_ack(&a->run.c, a->id, WB_NOT_SENT, WB_CAUSE_OPTED_OUT);
}

static wb_status hurts(void *of) {
  return clinic_reply(&((alone *)of)->run.c, "p1", "Yes. my jaw is swollen");
}

/* What is told of one message: a carrier's opt-out, a yes and an emergency. */
static void each_allocation_of_what_is_told_may_fail(void **state) {
  static const rerun_call told[] = {refused, hurts};
  static alone a;
  (void)state;
  for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
    memset(&a, 0, sizeof a);
    rerun_open(&a.run, people, "", &resends);
    clinic_launch(&a.run.c, "one", CAMPAIGN(""));
    assert_int_equal(enroll(&a), WB_OK);
    assert_int_equal(poll(&a), WB_OK);
    memcpy(a.id, a.run.c.actions[0].id, sizeof a.id);
    rerun_mark(&a.run);
    assert_true(rerun_sweep(&a.run, told[i], &a, fault, 1, true) > 0);
    assert_int_equal(told[i](&a), WB_OK);
    assert_int_equal(clinic_tasks(&a.run.c, WB_DESK_NOW, NULL), i);
    rerun_close(&a.run);
  }
}

/* What is told of a message may need another block of memory than the message. */
static void a_message_may_fill_its_memory(void **state) {
  static const char begins[] = CAMPAIGN("");
  static alone a;
  const char *body = strstr(begins, "{{ practice.name }}");
  (void)state;
  for (size_t length = 700; length <= 860; length += 32) {
    char json[sizeof begins + 900], filler[900] = "";
    memset(filler, 'a', length);
    snprintf(json, sizeof json, "%.*s%s %s", (int)(body - begins), begins, filler, body);
    memset(&a, 0, sizeof a);
    rerun_open(&a.run, people, "", &resends);
    clinic_launch(&a.run.c, "one", json);
    assert_int_equal(enroll(&a), WB_OK);
    rerun_mark(&a.run);
    assert_true(rerun_sweep(&a.run, poll, &a, fault, 1, true) > 0);
    assert_int_equal(poll(&a), WB_OK);
    assert_int_equal(a.run.c.count, 1);
    rerun_close(&a.run);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_allocation_may_fail),
      cmocka_unit_test(each_allocation_may_fail_where_no_hours_allow_it),
      cmocka_unit_test(each_allocation_of_a_visit_that_was_kept_may_fail),
      cmocka_unit_test(each_allocation_of_what_is_told_may_fail),
      cmocka_unit_test(a_message_may_fill_its_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
