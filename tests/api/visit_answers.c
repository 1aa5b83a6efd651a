/* SPDX-License-Identifier: MIT */
/* What an answer to the question whether a visit stands means, by its words or by what the host
   says it means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

static const char asks[] =
    "{\"format\":1,\"name\":\"one\",\"title\":\"T\",\"class\":\"transactional\","
    "\"subject\":\"appointment\",\"audience\":\"slot.status == \\\"scheduled\\\"\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":["
    "{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"w\",\"wait\":{\"before_visit\":{\"hours\":4}}},"
    "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":"
    "\"{{ location.short_name }}: your visit is on {{ slot.start | date: '%d' }}. Reply YES to "
    "confirm, NO to change it, STOP to opt out.\"}}}}";

/* Somebody has been asked about a visit in three days. */
static void begin(clinic *c) {
  char visits[256] = CLINIC_VISITS;
  clinic_open(c, CLINIC_ANA, NULL);
  sprintf(visits + strlen(visits), "p1|scheduled|%lld|v1\n",
          (long long)(c->now + 3 * (wb_time)CLINIC_DAY));
  clinic_place(c, CLINIC_ZONE, CLINIC_ANA, visits);
  clinic_launch(c, "one", asks);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  assert_int_equal(clinic_poll(c), 0);
}

static void an_answer_is_yes_or_no_or_for_a_person(void **state) {
  static const struct {
    const char *text;
    int32_t intent;
    const char *reason; /* why it is over; "": it is not */
    int32_t list;       /* of the desk; 0: none */
  } rows[] = {
      {"Yes", WB_INTENT_OTHER, "confirmed", 0},
      {" y ", WB_INTENT_OTHER, "confirmed", 0},
      {"1", WB_INTENT_OTHER, "confirmed", 0},
      {"C", WB_INTENT_OTHER, "confirmed", 0},
      {"s\xC3\xAD", WB_INTENT_OTHER, "confirmed", 0},
      {NULL, WB_INTENT_CONFIRM, "confirmed", 0},
      {NULL, WB_INTENT_ALREADY_SCHEDULED, "confirmed", 0},
      {"No", WB_INTENT_OTHER, "reschedule", WB_DESK_VISITS},
      {"2", WB_INTENT_OTHER, "reschedule", WB_DESK_VISITS},
      {"N", WB_INTENT_OTHER, "reschedule", WB_DESK_VISITS},
      {NULL, WB_INTENT_CANCEL_APPT, "reschedule", WB_DESK_VISITS},
      {NULL, WB_INTENT_RESCHEDULE, "reschedule", WB_DESK_VISITS},
      {NULL, WB_INTENT_DECLINE, "reschedule", WB_DESK_VISITS},
      {NULL, WB_INTENT_LATER, "reschedule", WB_DESK_VISITS},
      {" Yes ", WB_INTENT_BOOKING_INTEREST, "confirmed",
       0}, /* to the question, whatever the host says */
      {"2", WB_INTENT_HELP, "reschedule", WB_DESK_VISITS},
      {"purple", WB_INTENT_OTHER, "", WB_DESK_INBOX},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c);
    wb_input input = clinic_input(WB_INPUT_REPLY, "p1");
    input.text = rows[i].text;
    input.text_length = rows[i].text != NULL ? (uint32_t)strlen(rows[i].text) : 0;
    input.intent = rows[i].intent;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    if (strcmp(clinic_find(&c, "p1", "one").reason, rows[i].reason) != 0)
      fail_msg("%zu: %s", i, clinic_find(&c, "p1", "one").reason);
    for (int32_t list = WB_DESK_OUTREACH; list <= WB_DESK_VISITS; list++)
      assert_int_equal(clinic_tasks(&c, list, NULL), list == rows[i].list);
    clinic_close(&c);
  }
}

/* What the desk has to do about a visit ends with it; about another visit it does not. */
static void a_visit_that_is_over_is_nothing_for_the_desk(void **state) {
  static const struct {
    int32_t kind;
    const char *visit;
    uint32_t left;
  } rows[] = {
      {WB_INPUT_CANCELLED, "v1", 0}, {WB_INPUT_CANCELLED, "v2", 1}, {WB_INPUT_KEPT, "v1", 0}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c);
    assert_int_equal(clinic_reply(&c, "p1", "No"), WB_OK);
    assert_int_equal(clinic_reply(&c, "p1", "purple"), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
    wb_input over = clinic_input(rows[i].kind, "p1");
    over.visit = rows[i].visit;
    over.visit_length = 2;
    assert_int_equal(clinic_send(&c, &over), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), rows[i].left);
    assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 1);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_answer_is_yes_or_no_or_for_a_person),
      cmocka_unit_test(a_visit_that_is_over_is_nothing_for_the_desk),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
