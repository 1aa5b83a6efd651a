/* SPDX-License-Identifier: MIT */
/* Definitions that compile no more, and one of two that do: nobody enters, nobody is asked, and
   what the state knows is told all the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

/* One message; `name` decides who gets a visit that both brought. */
#define CAMPAIGN(name, priority, hello)                                                            \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"Title of " name "\",\"class\":\"benefit\","     \
  "\"priority\":" priority ",\"audience\":\"recare.overdue_months >= 1\","                         \
  "\"capacity\":{\"inside\":9},\"segments\":[{\"name\":\"kind\",\"where\":\"true\"}],"             \
  "\"variants\":[{\"name\":\"kind\",\"share\":99},{\"name\":\"kinder\",\"share\":1}],"             \
  "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"s\",\"send\":[\"t\"]},"           \
  "{\"id\":\"w\",\"wait\":{\"days\":1}},{\"id\":\"e\",\"exit\":true}],"                            \
  "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"n\"}},\"texts\":{\"t\":{"           \
  "\"channel\":\"sms\",\"en\":{\"body\":\"" hello "{{ location.short_name }}. Reply STOP to opt "  \
  "out.\"}},\"n\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"
/* Under a policy by which a text may say nothing of a patient this one compiles no more. */
#define NAMED(name, priority) CAMPAIGN(name, priority, "Hi {{ patient.name }}: ")
#define PLAIN(name, priority) CAMPAIGN(name, priority, "Hi: ")

static const wb_practice_options more = {.size = sizeof more, .per_day = 8, .per_week = 8};

/* Both write to Ana in one poll. */
static void begin(clinic *c, const char *first, const char *second) {
  clinic_open(c, CLINIC_ANA, &more);
  clinic_launch(c, "aa", first);
  clinic_launch(c, "bb", second);
  assert_int_equal(clinic_enroll(c).enrolled, 2);
  uint32_t sent = 0;
  while (clinic_poll(c) > 0) {
    sent += c->count;
    clinic_sent(c);
  }
  assert_int_equal(sent, 2);
}

/* Such a policy. */
static const char narrow[] = "{\"channels\":{\"sms\":{\"read\":[\"public\"]}}}";

static uint64_t booked(clinic *c, const char *name) {
  wb_metrics metrics = {.size = sizeof metrics};
  assert_int_equal(wb_metrics_get(c->practice, name, 2, NULL, 0, NULL, 0, 0, &metrics), WB_OK);
  return metrics.booked;
}

/* Of two that wrote at one time the one of the higher priority brought the visit; one of which
   nobody knows any more what it was has the least. */
static void a_visit_is_credited_to_the_more_important_of_two(void **state) {
  static const struct {
    const char *first, *second;
    bool narrowed, wins; /* the first */
  } rows[] = {
      {PLAIN("aa", "90"), PLAIN("bb", "10"), false, true},
      {PLAIN("aa", "10"), PLAIN("bb", "90"), false, false},
      {NAMED("aa", "90"), PLAIN("bb", "10"), true, false},
      {PLAIN("aa", "10"), NAMED("bb", "90"), true, true},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c, rows[i].first, rows[i].second);
    if (rows[i].narrowed) clinic_under(&c, narrow);
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    assert_int_equal(booked(&c, "aa"), rows[i].wins);
    assert_int_equal(booked(&c, "bb"), !rows[i].wins);
    clinic_close(&c);
  }
}

/* Without the memory to know which one that is nothing is credited. */
static void without_memory_no_visit_is_credited(void **state) {
  (void)state;
  for (int kept = 0; kept < 2; kept++) {
    clinic c;
    wb_status status;
    uint64_t at = 0;
    begin(&c, PLAIN("aa", "10"), PLAIN("bb", "90"));
    c.now += 2 * CLINIC_DAY; /* both have come to their end */
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "p1", "aa").state, WB_STATE_ENDED);
    do {
      clinic_renew(&c, CLINIC_LOADED); /* nothing is compiled */
      fault_arm(&c.memory.plan, FAULT_ONCE, ++at);
      status = clinic_receive(&c, kept ? WB_INPUT_KEPT : WB_INPUT_BOOKED, "p1");
      assert_int_equal(status, c.memory.plan.hits > 0 ? WB_E_NOMEM : WB_OK);
      fault_arm(&c.memory.plan, FAULT_NEVER, 0);
      assert_int_equal(booked(&c, "aa"), 0);
      assert_int_equal(booked(&c, "bb"), status == WB_OK);
    } while (status != WB_OK);
    assert_true(at > 10);
    clinic_close(&c);
  }
}

/* Nor is a question heard. */
static void without_memory_no_question_is_heard(void **state) {
  clinic c;
  wb_status status;
  uint64_t at = 0;
  (void)state;
  begin(&c, PLAIN("aa", "10"), PLAIN("bb", "90"));
  do {
    clinic_renew(&c, CLINIC_LOADED);
    fault_arm(&c.memory.plan, FAULT_ONCE, ++at);
    status = clinic_reply(&c, "p1", "How much is a cleaning?");
    assert_int_equal(status, c.memory.plan.hits > 0 ? WB_E_NOMEM : WB_OK);
    fault_arm(&c.memory.plan, FAULT_NEVER, 0);
  } while (status != WB_OK);
  assert_true(at > 10);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

/* What compiles no more asks for no call; what does, does. */
static void a_question_is_heard_by_what_compiles(void **state) {
  clinic c;
  (void)state;
  begin(&c, NAMED("aa", "90"), PLAIN("bb", "10"));
  clinic_under(&c, narrow);
  assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
  assert_string_equal(c.actions[0].campaign, "bb");
  clinic_close(&c);
}

/* Nor is a page told. */
static void without_memory_no_page_is_told(void **state) {
  clinic c;
  char page[4096];
  wb_status status;
  uint64_t at = 0;
  (void)state;
  begin(&c, PLAIN("aa", "10"), PLAIN("bb", "90"));
  do {
    size_t needed = 77;
    clinic_renew(&c, CLINIC_LOADED);
    fault_arm(&c.memory.plan, FAULT_ONCE, ++at);
    status = wb_metrics_format(c.practice, c.now, page, sizeof page, &needed);
    assert_int_equal(status, c.memory.plan.hits > 0 ? WB_E_NOMEM : WB_OK);
    fault_arm(&c.memory.plan, FAULT_NEVER, 0);
    if (status != WB_OK) assert_int_equal(needed, 77);
  } while (status != WB_OK);
  assert_true(at > 10);
  assert_non_null(strstr(page, "aa\n"));
  assert_non_null(strstr(page, "bb\n"));
  clinic_close(&c);
}

/* Nobody enters; what stands in the counters has no names, and no place on the page. */
static void what_compiles_no_more_lets_nobody_in_and_has_no_names(void **state) {
  clinic c;
  wb_metrics metrics = {.size = sizeof metrics};
  char page[4096];
  uint64_t cursor = 0;
  size_t needed = 0;
  (void)state;
  begin(&c, NAMED("aa", "10"), PLAIN("bb", "90"));
  clinic_under(&c, narrow);
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "");
  assert_int_equal(clinic_enroll(&c).enrolled, 1); /* Ben, into the other */
  for (int i = 0; i < 2; i++) {
    assert_int_equal(wb_metrics_next(c.practice, &cursor, &metrics), WB_OK);
    const bool known = strcmp(metrics.campaign, "bb") == 0;
    assert_string_equal(metrics.segment, known ? "kind" : "");
    assert_string_equal(metrics.variant, known ? "kind" : "");
  }
  assert_int_equal(wb_metrics_format(c.practice, c.now, page, sizeof page, &needed), WB_OK);
  assert_null(strstr(page, "aa\n"));
  assert_non_null(strstr(page, "bb\n"));
  clinic_close(&c);
}

/* Whoever is called ends with the call. */
static void a_call_of_what_compiles_no_more_ends_with_its_outcome(void **state) {
  static const struct {
    int32_t outcome;
    const char *reason;
  } rows[] = {{WB_TASK_DONE, "desk"}, {WB_TASK_NO_ANSWER, "no_answer"}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, &more);
    clinic_launch(&c, "aa", NAMED("aa", "10"));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
    clinic_sent(&c);
    clinic_under(&c, narrow);
    wb_input done = clinic_input(WB_INPUT_TASK_DONE, NULL);
    done.action = c.actions[0].id;
    done.outcome = rows[i].outcome;
    for (int times = 0; clinic_find(&c, "p1", "aa").state != WB_STATE_ENDED; times++) {
      assert_in_range(times, 0, 9);
      assert_int_equal(clinic_send(&c, &done), WB_OK);
      c.now += CLINIC_DAY;
    }
    assert_string_equal(clinic_find(&c, "p1", "aa").reason, rows[i].reason);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_visit_is_credited_to_the_more_important_of_two),
      cmocka_unit_test(without_memory_no_visit_is_credited),
      cmocka_unit_test(without_memory_no_question_is_heard),
      cmocka_unit_test(a_question_is_heard_by_what_compiles),
      cmocka_unit_test(without_memory_no_page_is_told),
      cmocka_unit_test(what_compiles_no_more_lets_nobody_in_and_has_no_names),
      cmocka_unit_test(a_call_of_what_compiles_no_more_ends_with_its_outcome),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
