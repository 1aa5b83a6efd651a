/* SPDX-License-Identifier: MIT */
/* What is handed out, until when, and under which law: as the journal tells it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"

#include <winback/message.h>

/* Ends the test unless the journal says this of why the first action went. */
static void assert_why(const clinic *c, const char *part) {
  const char *why = clinic_why(c, c->actions[0].id);
  if (strstr(why, part) == NULL) fail_msg("%s not in %s", part, why);
}

/* The last record of the journal as text. */
static const char *last_record(const clinic *c, char *text, size_t capacity) {
  wb_record record = {.size = sizeof record};
  uint64_t offset = 0, last = 0;
  size_t needed = 0;
  while (wb_journal_next(c->journal.bytes, c->journal.length, &offset, &record) == WB_OK)
    last = record.offset;
  assert_int_equal(
      wb_journal_format(c->journal.bytes, c->journal.length, last, text, capacity, &needed), WB_OK);
  return text;
}

/* To whom it goes, when, and what it costs: of an e-mail there are no segments. */
static void the_host_is_told_what_goes_where(void **state) {
  static const char mail[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|||ana@example.com|yes\n";
  (void)state;
  for (int text = 0; text < 2; text++) {
    clinic c;
    clinic_begin(&c, text ? CLINIC_ANA : mail, NULL);
    assert_int_equal(clinic_poll(&c), 1);
    const wb_action *action = c.actions;
    assert_int_equal(action->size, sizeof *action);
    assert_int_equal(action->at, c.now);
    assert_int_equal(action->channel, text ? WB_CHANNEL_SMS : WB_CHANNEL_EMAIL);
    assert_memory_equal(action->contact,
                        text ? clinic_point(&c, WB_CONTACT_PHONE, "+12125550101")
                             : clinic_point(&c, WB_CONTACT_EMAIL, "ana@example.com"),
                        sizeof action->contact);
    assert_string_equal(action->subject, text ? "" : "Your next visit");
    assert_string_equal(action->preheader, "");
    assert_string_equal(action->html, "");
    assert_string_equal(action->segment, "long");
    assert_string_equal(action->patient, "p1");
    assert_int_equal(action->patient_length, 2);
    assert_int_equal(action->segments, text ? 1 : 0);
    assert_int_equal(action->encoding, text ? WB_SMS_GSM7 : 0);
    assert_int_equal(action->fallback, WB_OK);
    clinic_close(&c);
  }
}

/* A claim names its step and its text, of which the first of all are not worth a test. */
static void a_claim_names_its_step_and_text(void **state) {
  static const char mail[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|||ana@example.com|yes\n";
  clinic c;
  (void)state;
  clinic_written(&c, mail, 1);
  c.now += CLINIC_DAY;
  clinic_rows(&c, mail, "");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "s2");
  assert_why(&c, "\"step\":\"s2\",\"text\":\"mail\"");
  assert_why(&c,
             "\"counts_on\":\"2026-11-24\",\"that_day\":0,\"most_that_day\":1,\"in_7_days\":1,");
  assert_why(&c, "\"facts_as_of\":\"2026-11-24T15:00:00Z\"");
  assert_why(&c, "\"rule\":\"us-email\"");
  assert_why(&c, "\"consent\":\"record\",\"since\":\"2025-09-15\"");
  assert_why(&c, "{\"check\":\"law\",\"class\":\"care\",\"edition\":\"us ");
  clinic_close(&c);
}

/* Pack, version and region; of a place that no pack knows the region alone. */
static void a_claim_names_the_edition_of_the_law(void **state) {
  static const char *const rows[][3] = {{"STOP", "US-NY", "us "},
                                        {"my jaw is swollen", "US-NY", "us "},
                                        {"my jaw is swollen", "FR-75", ""}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    wbi_text pack, version;
    char edition[64];
    clinic_written(&c, CLINIC_ANA, 1);
    clinic_moved(&c, CLINIC_ZONE, rows[i][1], CLINIC_ANA);
    assert_int_equal(clinic_reply(&c, "p1", rows[i][0]), WB_OK);
    assert_int_equal(clinic_poll(&c), 1);
    wbi_law_edition(c.practice->law, wbi_text_of(rows[i][1]), &pack, &version);
    snprintf(edition, sizeof edition, "\"edition\":\"%s%.*s%s%s\"", rows[i][2], (int)version.length,
             version.data, version.length > 0 ? " " : "", rows[i][1]);
    assert_why(&c, edition);
    assert_why(&c, "\"counts_on\":null");
    clinic_close(&c);
  }
}

/* No delivery starts after hours, nor after the lease of ten minutes. */
static void a_delivery_ends_with_the_lease_or_the_hours(void **state) {
  static const struct {
    int minute, hours, lasts;
  } rows[] = {{49, 17, 600}, {50, 17, 600}, {51, 17, 540}, {59, 17, 60}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    c.now = clinic_at(&c, 2026, 11, 23, rows[i].hours, rows[i].minute);
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].deliver_by, c.now + rows[i].lasts);
    assert_string_equal(c.actions[0].law, "hours");
    assert_why(&c, "\"ends_first\":\"practice\"");
    assert_why(&c, "\"counts_on\":\"2026-11-23\"");
    clinic_close(&c);
  }
}

/* A STOP is confirmed within five minutes, an emergency answered within half a day, anything else
   within a day: or not at all. No delivery starts later. */
static void an_answer_that_would_come_late_does_not_go(void **state) {
  static const struct {
    const char *says;
    int32_t within;
  } rows[] = {{"STOP", 300}, {"my jaw is swollen", 43200}, {"HELP", 86400}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    for (int32_t late = 0; late < 2; late++) {
      clinic c;
      clinic_written(&c, CLINIC_ANA, 1);
      assert_int_equal(clinic_reply(&c, "p1", rows[i].says), WB_OK);
      const wb_time by = c.now + rows[i].within;
      c.now = by - 1 + late;
      clinic_rows(&c, CLINIC_ANA, "");
      (void)clinic_poll(&c); /* the next of the sequence may go, too */
      const wb_enrollment answer = clinic_find(&c, "p1", "notices");
      assert_int_equal(answer.state, late ? WB_STATE_ENDED : WB_STATE_CLAIMED);
      if (!late) assert_int_equal(c.actions[0].deliver_by, by);
      if (late) assert_string_equal(answer.reason, "late");
      clinic_close(&c);
    }
  }
}

/* A call that the host could not put on its list is handed out again; it takes its place already.
 */
static void a_call_is_handed_out_again_though_the_desk_is_full(void **state) {
  const wb_practice_options one = {.size = sizeof one, .tasks_open = 1};
  clinic c;
  uint8_t id[16];
  (void)state;
  clinic_begin(&c, CLINIC_ANA, &one);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  c.now += CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA, "");
  for (uint32_t attempt = 1; attempt <= 2; attempt++) {
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
    assert_int_equal(c.actions[0].attempt, attempt);
    if (attempt == 2) assert_memory_equal(c.actions[0].id, id, sizeof id);
    memcpy(id, c.actions[0].id, sizeof id);
    assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  }
  clinic_close(&c);
}

/* Held until the practice opens, which the record of it says. */
static void a_hold_names_who_is_closed(void **state) {
  clinic c;
  char text[4096];
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  c.now = clinic_at(&c, 2026, 11, 24, 10, 0) - 1;
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_non_null(strstr(last_record(&c, text, sizeof text), "\"law\":\"hours\""));
  const wb_enrollment ana = clinic_find(&c, "p1", "one");
  assert_int_equal(ana.hold, WB_HOLD_HOURS);
  assert_int_equal(ana.wake, c.now + 1);
  c.now++;
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

/* In the second segment and variant, with a step before the message. */
static const char late[] =
    "{\"format\":1,\"name\":\"late\",\"title\":\"Late\",\"class\":\"care\",\"priority\":30,"
    "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"young\",\"where\":"
    "\"patient.age < 18\"},{\"name\":\"rest\",\"where\":\"true\"}],"
    "\"variants\":[{\"name\":\"a\",\"share\":1},{\"name\":\"b\",\"share\":99}],"
    "\"exits\":{\"booked\":\"recare.booked\"},\"rest_days\":0,\"steps\":["
    "{\"id\":\"w\",\"wait\":{\"days\":1}},{\"id\":\"s\",\"send\":[\"t\"]},"
    "{\"id\":\"v\",\"wait\":{\"days\":1}},{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has time. "
    "Reply STOP to opt out.\"}}}}";

/* Whoever can be reached at last takes a place of that day; all else is as they entered: the audit
   says so, and a message that was not accepted goes again. */
static void who_can_be_reached_at_last_is_who_they_entered_as(void **state) {
  static const char unreached[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no||\n";
  clinic c;
  (void)state;
  clinic_open(&c, unreached, NULL);
  clinic_launch(&c, "late", late);
  assert_int_equal(clinic_enroll(&c).held, 1);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
  assert_int_equal(clinic_enroll(&c).held, 1);
  const wbi_enrollment before = *wbi_state_enrollment(&c.practice->state, 0);
  assert_int_equal(before.entry, 2);
  assert_int_equal(before.step, 1);
  c.now += CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].segment, "rest");
  assert_why(&c, "\"entry\":2,\"segment\":\"rest\",\"variant\":1");
  assert_why(&c, "{\"check\":\"capacity\",\"of\":\"campaign\",\"counts_on\":\"2026-11-24\"}");
  assert_why(&c, "\"entry\":2,\"wake\":\"2026-11-24T15:00:00Z\",\"day\":\"2026-11-24\"");
  const wbi_enrollment *after = wbi_state_enrollment(&c.practice->state, 0);
  assert_int_equal(after->rank, before.rank);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", "late").step, "s");
  assert_string_equal(clinic_find(&c, "p1", "late").variant, "b");
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].attempt, 2);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_host_is_told_what_goes_where),
      cmocka_unit_test(a_claim_names_its_step_and_text),
      cmocka_unit_test(a_claim_names_the_edition_of_the_law),
      cmocka_unit_test(a_delivery_ends_with_the_lease_or_the_hours),
      cmocka_unit_test(an_answer_that_would_come_late_does_not_go),
      cmocka_unit_test(a_call_is_handed_out_again_though_the_desk_is_full),
      cmocka_unit_test(a_hold_names_who_is_closed),
      cmocka_unit_test(who_can_be_reached_at_last_is_who_they_entered_as),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
