/* SPDX-License-Identifier: MIT */
/* A message of which nobody knows, handed out once more: what it may not be, what holds it, and
   what its failure says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

static const char json[] =
    "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"benefit\","
    "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"
    "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\",\"send\":[\"t\"],"
    "\"on_unknown\":\"resend\"},{\"id\":\"w\",\"wait\":{\"days\":9}},{\"id\":\"end\",\"exit\":true}"
    "],"
    "\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has time. "
    "Reply STOP to opt out.\"}}}}";

/* The first message is out, and nobody knows what became of it. */
static void begin(clinic *c, uint8_t *id) {
  static const wb_practice_options more = {.size = sizeof more, .resend = 3 * CLINIC_DAY};
  clinic_open(c, CLINIC_ANA, &more);
  clinic_launch(c, "one", json);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
  memcpy(id, c->actions[0].id, 16);
  assert_int_equal(clinic_ack(c, id, WB_SENT_UNKNOWN, 0), WB_OK);
}

static void later(clinic *c, wb_time seconds) {
  c->now += seconds;
  clinic_rows(c, CLINIC_ANA, "");
}

/* That this attempt did not get through leaves the first one open; that the address is none does
   not. */
static void what_could_not_be_sent_once_more_failed(void **state) {
  static const struct {
    int32_t cause, state;
  } rows[] = {{WB_CAUSE_THROTTLED, WB_ACTION_UNKNOWN},
              {WB_CAUSE_ADDRESS, WB_ACTION_FAILED},
              {WB_CAUSE_CONTENT, WB_ACTION_FAILED}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    uint8_t id[16];
    begin(&c, id);
    later(&c, CLINIC_MINUTE);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].kind, WB_ACTION_RESEND);
    assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, rows[i].cause), WB_OK);
    assert_int_equal(clinic_action(&c, id).state, rows[i].state);
    clinic_close(&c);
  }
}

/* It waits for the hours and for caps, against which it does not count itself. */
static void hours_and_caps_hold_it_like_the_first(void **state) {
  static const struct {
    wb_time after;
    bool contacted;
    int32_t hold; /* of the one that would be the second attempt */
  } rows[] = {{CLINIC_MINUTE, false, WB_HOLD_NONE},
              {CLINIC_MINUTE, true, WB_HOLD_CAP},
              {12 * CLINIC_HOUR, false, WB_HOLD_HOURS},
              {CLINIC_DAY, false, WB_HOLD_NONE},
              {CLINIC_DAY, true, WB_HOLD_CAP}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    uint8_t id[16];
    begin(&c, id);
    later(&c, rows[i].after);
    if (rows[i].contacted) assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
    assert_int_equal(clinic_poll(&c), rows[i].hold == WB_HOLD_NONE);
    assert_int_equal(clinic_find(&c, "p1", "one").hold, rows[i].hold);
    clinic_close(&c);
  }
}

/* What is withdrawn is not said once more either; the sequence goes on as if it had gone. */
static void what_is_withdrawn_is_not_sent_once_more(void **state) {
  (void)state;
  for (int out = 0; out < 2; out++) {
    clinic c;
    uint8_t id[16];
    wb_look look = {.size = sizeof look};
    begin(&c, id);
    later(&c, CLINIC_MINUTE);
    if (out) assert_int_equal(clinic_poll(&c), 1);
    wb_input input = clinic_input(WB_INPUT_WITHDRAW, NULL);
    input.campaign = "one";
    input.campaign_length = 3;
    input.name = "t";
    input.name_length = 1;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    if (out) {
      assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
      assert_int_equal(look.hold, WB_HOLD_RENDER);
    }
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN);
    assert_int_equal(clinic_find(&c, "p1", "one").state, WB_STATE_WAITING);
    assert_int_equal(clinic_find(&c, "p1", "one").touches, 1);
    clinic_close(&c);
  }
}

/* Of an opening nothing is said once more in its last half hour: the message counts as sent. */
static void none_is_about_an_opening_in_its_last_half_hour(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .resend = 3 * CLINIC_DAY};
  static const char asking[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"benefit\",\"subject\":"
      "\"opening\","
      "\"audience\":\"patient.status == 'active'\",\"segments\":[{\"name\":\"all\",\"where\":"
      "\"true\"}],\"steps\":[{\"id\":\"a\",\"send\":[\"t\"],\"on_unknown\":\"resend\"},"
      "{\"id\":\"w\",\"wait\":{\"days\":9}},{\"id\":\"end\",\"exit\":true}],"
      "\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has a "
      "time: "
      "{{ slot.start | date: '%d' }}. Reply YES to take it, STOP to opt out.\"}}}}";
  (void)state;
  for (int late = 0; late < 2; late++) {
    clinic c;
    uint8_t id[16];
    clinic_open(&c, CLINIC_ANA, &more);
    clinic_launch(&c, "one", asking);
    const wb_time start = c.now + CLINIC_HOUR;
    const wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", start);
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    assert_int_equal(clinic_poll(&c), 1);
    memcpy(id, c.actions[0].id, 16);
    assert_int_equal(clinic_ack(&c, id, WB_SENT_UNKNOWN, 0), WB_OK);
    later(&c, CLINIC_HOUR / 2 - !late);
    assert_int_equal(clinic_poll(&c), !late);
    if (!late) assert_int_equal(c.actions[0].deliver_by, start - CLINIC_HOUR / 2);
    assert_string_equal(clinic_find(&c, "p1", "one").step, late ? "end" : "a");
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_could_not_be_sent_once_more_failed),
      cmocka_unit_test(what_is_withdrawn_is_not_sent_once_more),
      cmocka_unit_test(hours_and_caps_hold_it_like_the_first),
      cmocka_unit_test(none_is_about_an_opening_in_its_last_half_hour),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
