/* SPDX-License-Identifier: MIT */
/*
 * Between campaigns: which of two goes when a patient may get one message, what counts against the
 * caps while nobody knows, and whose message a visit is credited to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

#define CAMPAIGN(name, priority)                                                                   \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"One\",\"class\":\"benefit\",\"priority\":"      \
  "" priority ",\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\","      \
  "\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\","        \
  "\"send\":[\"text\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"text\":{\"channel\":\"sms\"," \
  "\"en\":{\"body\":\"{{ location.short_name }}: {{ location.booking_url }} Reply STOP to opt "    \
  "out.\"}}}}"

static const char *const campaigns[][2] = {{"high", CAMPAIGN("high", "90")},
                                           {"low", CAMPAIGN("low", "10")}};

/* Ana is in both, the one of them launched first. */
static void begin(clinic *c, int first, uint32_t per_day) {
  const wb_practice_options caps = {.per_day = per_day, .per_week = 8, .per_month = 8};
  clinic_open(c, CLINIC_ANA, &caps);
  clinic_launch(c, campaigns[first][0], campaigns[first][1]);
  clinic_launch(c, campaigns[!first][0], campaigns[!first][1]);
  assert_int_equal(clinic_enroll(c).enrolled, 2);
}

/* Which campaign the only message of a poll is of; "". */
static const char *goes(clinic *c) {
  if (clinic_poll(c) == 0) return "";
  assert_int_equal(c->count, 1);
  return c->actions[0].campaign;
}

/* In whichever order they were launched; the other waits for the cap, and is not lost. */
static void of_two_that_are_due_the_more_important_goes(void **state) {
  (void)state;
  for (int first = 0; first < 2; ++first) {
    clinic c;
    begin(&c, first, 1);
    assert_string_equal(goes(&c), "high");
    clinic_sent(&c);
    assert_string_equal(goes(&c), "");
    assert_int_equal(clinic_find(&c, "p1", "low").state, WB_STATE_HELD);
    assert_int_equal(clinic_find(&c, "p1", "low").hold, WB_HOLD_CAP);
    c.now += CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_string_equal(goes(&c), "low");
    clinic_close(&c);
  }
}

/* A cap counts what is handed out, and what nobody knows of; not what was not sent. */
static void what_is_claimed_or_unknown_takes_the_place_of_the_other(void **state) {
  (void)state;
  for (int sent = 0; sent < 2; ++sent) {
    clinic c;
    uint8_t id[16];
    begin(&c, 0, 1);
    assert_string_equal(goes(&c), "high");
    memcpy(id, c.actions[0].id, sizeof id);
    assert_string_equal(goes(&c), ""); /* it is under way */
    assert_int_equal(clinic_find(&c, "p1", "low").hold, WB_HOLD_CAP);
    if (sent) {
      assert_int_equal(clinic_ack(&c, id, WB_SENT_UNKNOWN, 0), WB_OK);
      assert_string_equal(goes(&c), "");
    } else {
      assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_OK);
      assert_string_equal(goes(&c), "low");
    }
    clinic_close(&c);
  }
}

/* How many bookings a campaign brought. */
static uint64_t booked(clinic *c, const char *campaign) {
  wb_metrics metrics = {.size = sizeof metrics};
  assert_int_equal(wb_metrics_get(c->practice, campaign, (uint32_t)strlen(campaign), NULL, 0, NULL,
                                  0, 0, &metrics),
                   WB_OK);
  return metrics.booked;
}

/* One credit: to the last message, and of two at one time to the more important campaign. */
static void a_visit_is_credited_to_the_last_message_or_the_more_important(void **state) {
  (void)state;
  for (int later = 0; later < 2; ++later) {
    for (int first = 0; first < 2; ++first) {
      clinic c;
      begin(&c, first, 8);
      assert_string_equal(goes(&c), "high");
      clinic_sent(&c);
      c.now += later * CLINIC_HOUR;
      assert_string_equal(goes(&c), "low");
      clinic_sent(&c);
      c.now += CLINIC_DAY;
      wb_input input = clinic_input(WB_INPUT_BOOKED, "p1");
      input.visit = "v1";
      input.visit_length = 2;
      assert_int_equal(clinic_send(&c, &input), WB_OK);
      assert_int_equal(booked(&c, "high"), !later);
      assert_int_equal(booked(&c, "low"), later);
      clinic_close(&c);
    }
  }
}

#define HOUSE                                                                                      \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "household:u\n"
#define ARMS(shares)                                                                               \
  "{\"format\":1,\"name\":\"arms\",\"title\":\"One\",\"class\":\"benefit\",\"variants\":[" shares  \
  "],\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"       \
  "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\",\"send\":["        \
  "\"text\"]},{\"id\":\"w\",\"wait\":{\"days\":9}},{\"id\":\"end\",\"exit\":true}],\"texts\":{"    \
  "\"text\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: "                   \
  "{{ location.booking_url }} Reply STOP to opt out.\"}}}}"
#define SHARES(one, other) "{\"name\":\"x\",\"share\":" one "},{\"name\":\"y\",\"share\":" other "}"

enum { HOMES = 12 };

/* Two people in each of so many households; `moved`: each lives alone. */
static const char *homes(int moved) {
  static char table[HOMES * 2 * 96 + sizeof HOUSE];
  size_t at = (size_t)snprintf(table, sizeof table, "%s", HOUSE);
  for (int i = 0; i < 2 * HOMES; ++i)
    at += (size_t)snprintf(table + at, sizeof table - at,
                           "p%02d|active|Ana|1980-02-29|1|+121255501%02d|yes|h%d\n", i, i,
                           moved ? 1000 + i : i / 2);
  return table;
}

/* Drawn for the household, at the entry, and kept: also when they part, and the shares change. */
static void a_household_is_in_one_arm_and_stays_in_it(void **state) {
  (void)state;
  clinic c;
  char drawn[2 * HOMES] = {0};
  const wb_practice_options options = {.admissions = 100};
  clinic_open(&c, CLINIC_ANA, &options);
  clinic_rows(&c, homes(0), "");
  clinic_launch(&c, "arms", ARMS(SHARES("50", "50")));
  assert_int_equal(clinic_enroll(&c).enrolled, 2 * HOMES);
  int of_x = 0;
  for (int i = 0; i < 2 * HOMES; ++i) {
    char key[8];
    snprintf(key, sizeof key, "p%02d", i);
    drawn[i] = clinic_find(&c, key, "arms").variant[0];
    of_x += drawn[i] == 'x';
    assert_int_equal(drawn[i], drawn[i - i % 2]);
  }
  assert_in_range(of_x, 2, 2 * HOMES - 2); /* both there are */
  clinic_rows(&c, homes(1), "");
  clinic_launch(&c, "arms", ARMS(SHARES("1", "99")));
  (void)clinic_enroll(&c);
  for (int i = 0; i < 2 * HOMES; ++i) {
    char key[8];
    snprintf(key, sizeof key, "p%02d", i);
    assert_int_equal(clinic_find(&c, key, "arms").variant[0], drawn[i]);
  }
  clinic_close(&c);
}

/* Of two calls that are due at once the one that was asked for first is made; what says nothing new
   is not journaled. */
static void of_two_responses_that_are_due_at_once_the_first_counts(void **state) {
  static const char *const said[] = {"clicked", "asks"};
  (void)state;
  for (int asks = 0; asks < 2; asks++) {
    static const char day[] = "\"hours\":24";
    char json[] = CLINIC_TEXTS("one");
    clinic c;
    memcpy(strstr(json, day), "\"hours\": 0", strlen(day));
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", json);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    for (int i = 0; i < 4; i++) {
      const size_t before = c.journal.length;
      const bool click = (i < 2) == (asks == 0);
      const wb_status status = click ? clinic_receive(&c, WB_INPUT_CLICK, "p1")
                                     : clinic_reply(&c, "p1", "How much is a cleaning?");
      assert_int_equal(status, WB_OK);
      assert_int_equal(c.journal.length > before, i % 2 == 0);
    }
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
    assert_string_equal(c.actions[0].step, said[asks]);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(of_two_that_are_due_the_more_important_goes),
      cmocka_unit_test(what_is_claimed_or_unknown_takes_the_place_of_the_other),
      cmocka_unit_test(a_visit_is_credited_to_the_last_message_or_the_more_important),
      cmocka_unit_test(a_household_is_in_one_arm_and_stays_in_it),
      cmocka_unit_test(of_two_responses_that_are_due_at_once_the_first_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
