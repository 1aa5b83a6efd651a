/* SPDX-License-Identifier: MIT */
/* Backups that are restored, and contacts that are counted: nothing goes out twice, or too often.
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

enum { OUTBOX_MOST = 256 };

/* What the host put out: it remembers. */
typedef struct outbox {
  uint8_t ids[OUTBOX_MOST][16];
  uint32_t count;
} outbox;

static void outbox_put(outbox *box, const uint8_t *id) {
  for (uint32_t i = 0; i < box->count; ++i)
    assert_memory_not_equal(box->ids[i], id, 16);
  assert_true(box->count < OUTBOX_MOST);
  memcpy(box->ids[box->count++], id, 16);
}

/* Polls once a day at noon and puts everything out; the last `late` answers are not given. */
static void days(clinic *c, outbox *box, int count, const char *patients) {
  for (int day = 0; day < count; ++day) {
    c->now += CLINIC_DAY;
    clinic_rows(c, patients, "");
    clinic_enroll(c);
    clinic_poll(c);
    for (uint32_t i = 0; i < c->count; ++i)
      outbox_put(box, c->actions[i].id);
    clinic_sent(c);
  }
}

#define PEOPLE CLINIC_ANA CLINIC_BEN

static void a_restored_backup_sends_nothing_twice(void **state) {
  (void)state;
  for (int at = 0; at < 3; ++at) { /* the backup is of before, amid and after a hand-out */
    clinic c;
    outbox box = {.count = 0};
    wb_practice_options options = {.per_day = 8, .per_week = 8, .per_month = 8};
    clinic_begin(&c, PEOPLE, &options);
    if (at > 0) {
      assert_int_equal(clinic_poll(&c), 2);
      outbox_put(&box, c.actions[0].id);
      outbox_put(&box, c.actions[1].id);
    }
    if (at > 1) clinic_sent(&c);
    const size_t length = c.journal.length;
    const uint64_t sequence = c.journal.sequence;
    if (at == 1) clinic_sent(&c);
    days(&c, &box, 4, PEOPLE);
    assert_int_equal(clinic_reply(&c, "p2", "STOP"), WB_OK);
    const uint32_t sent = box.count;
    clinic_restore(&c, length, sequence, 1);
    /* Nothing leaves until the host has said what it did. */
    uint32_t count = 9;
    wb_action action = {.size = sizeof action};
    assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, &action, 1, &count, NULL),
                     WB_E_STATE);
    for (uint32_t i = 0; i < box.count; ++i)
      assert_int_equal(clinic_ack(&c, box.ids[i], WB_SENT, 0), WB_OK);
    const uint64_t fed = wb_practice_sequence(c.practice);
    for (uint32_t i = 0; i < box.count; ++i) /* once more is the same */
      assert_int_equal(clinic_ack(&c, box.ids[i], WB_SENT, 0), WB_OK);
    assert_int_equal(wb_practice_sequence(c.practice), fed);
    assert_int_equal(clinic_reply(&c, "p2", "STOP"), WB_OK);
    wb_input ready = {.size = sizeof ready, .kind = WB_INPUT_RESTORED_READY};
    assert_int_equal(clinic_send(&c, &ready), WB_OK);
    assert_int_equal(clinic_send(&c, &ready), WB_E_STATE);
    days(&c, &box, 30, PEOPLE);    /* fails when an id comes twice */
    assert_true(box.count > sent); /* and goes on with what was never sent */
    clinic_close(&c);
  }
}

/* A message that was refused for its address before the backup, and went to another one since,
   under its id; the host says so, or its provider, or it does not know. */
static void what_went_to_another_number_since_the_backup_is_not_sent_again(void **state) {
  static const wb_input ready = {.size = sizeof ready, .kind = WB_INPUT_RESTORED_READY};
  static const char before[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n";
  static const char since[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550199|yes||\n";
  (void)state;
  for (int told = 0; told < 3; ++told) {
    uint8_t id[16];
    clinic c;
    clinic_begin(&c, before, NULL);
    assert_int_equal(clinic_poll(&c), 1);
    memcpy(id, c.actions[0].id, sizeof id);
    assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_ADDRESS), WB_OK);
    const size_t length = c.journal.length;
    const uint64_t sequence = c.journal.sequence;
    c.now += CLINIC_DAY;
    clinic_rows(&c, since, "");
    assert_int_equal(clinic_poll(&c), 1);
    assert_memory_equal(c.actions[0].id, id, sizeof id);
    assert_int_equal(c.actions[0].attempt, 2);
    clinic_restore(&c, length, sequence, 1);
    const wb_input receipt = {.size = sizeof receipt, .kind = WB_INPUT_DELIVERED, .action = id};
    if (told == 0) assert_int_equal(clinic_ack(&c, id, WB_SENT, 0), WB_OK);
    if (told == 1) assert_int_equal(clinic_ack(&c, id, WB_SENT_UNKNOWN, 0), WB_OK);
    if (told == 2) assert_int_equal(clinic_send(&c, &receipt), WB_OK);
    assert_int_equal(clinic_send(&c, &ready), WB_OK);
    clinic_renew(&c, CLINIC_LOADED);
    assert_int_equal(clinic_poll(&c), 0);
    c.now += 2 * CLINIC_DAY;
    clinic_rows(&c, since, "");
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, "s2");
    clinic_renew(&c, CLINIC_LOADED);
    clinic_close(&c);
  }
}

/* A call that could not be put on the list is not said to be there by whoever restores: of calls
   the backup knows enough. */
static void a_call_that_failed_before_the_backup_has_failed(void **state) {
  static const char calls[] =
      "{\"format\":1,\"name\":\"calls\",\"title\":\"Calls\",\"class\":\"care\",\"audience\":"
      "\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
      "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"ring\",\"call\":\"ring\","
      "\"within\":{\"days\":2}},"
      "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ring\":{\"channel\":\"call\",\"en\":{\"body\":"
      "\"Please call.\"}}}}";
  uint8_t id[16];
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n", NULL);
  clinic_launch(&c, "calls", calls);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 1);
  memcpy(id, c.actions[0].id, sizeof id);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_OK);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_FAILED);
  clinic_restore(&c, c.journal.length, c.journal.sequence, 1);
  assert_int_equal(clinic_ack(&c, id, WB_SENT, 0), WB_E_STATE);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_FAILED);
  clinic_close(&c);
}

/* Whoever is held longer than events are remembered is not sent what the outbox had. */
static void what_the_outbox_had_is_known_for_good(void **state) {
  static const wb_input pause = {.size = sizeof pause, .kind = WB_INPUT_PAUSE};
  static const wb_input resume = {.size = sizeof resume, .kind = WB_INPUT_RESUME};
  static const wb_input ready = {.size = sizeof ready, .kind = WB_INPUT_RESTORED_READY};
  (void)state;
  const wb_practice_options options = {.flags = WB_PRACTICE_ALLOW_JUMP};
  clinic c;
  outbox box = {.count = 0};
  clinic_begin(&c, PEOPLE, &options);
  const size_t length = c.journal.length;
  const uint64_t sequence = c.journal.sequence;
  days(&c, &box, 2, PEOPLE);
  const uint32_t sent = box.count;
  assert_true(sent > 0);
  clinic_restore(&c, length, sequence, 1);
  for (uint32_t i = 0; i < box.count; ++i)
    assert_int_equal(clinic_ack(&c, box.ids[i], WB_SENT, 0), WB_OK);
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  assert_int_equal(clinic_send(&c, &ready), WB_OK);
  days(&c, &box, 100, PEOPLE);
  assert_int_equal(clinic_send(&c, &resume), WB_OK);
  days(&c, &box, 30, PEOPLE); /* fails when an id comes twice */
  assert_true(box.count > sent);
  clinic_close(&c);
}

static const char asking[] =
    "{\"format\":1,\"name\":\"fill\",\"title\":\"Fill\",\"class\":\"benefit\",\"subject\":"
    "\"opening\",\"audience\":\"slot.minutes >= 30\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
    "\"steps\":[{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has time "
    "for you. Reply YES to take it, STOP to opt out.\"}}}}";

/* Who was asked for an opening since the backup is not asked again, though the practice knows
   nothing of it and the host tells of the same time once more, the next day. */
static void who_was_asked_for_an_opening_since_the_backup_is_not_asked_again(void **state) {
  enum { ASKED = 3, ALL = 6 };
  (void)state;
  clinic c;
  outbox box = {.count = 0};
  clinic_crowd(&c, ASKED, "fill", asking);
  const size_t length = c.journal.length;
  const uint64_t sequence = c.journal.sequence;
  const wb_input slot = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c.now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_send(&c, &slot), WB_OK);
  assert_int_equal(clinic_poll(&c), ASKED);
  for (uint32_t i = 0; i < c.count; ++i)
    outbox_put(&box, c.actions[i].id);
  clinic_restore(&c, length, sequence, 1);
  for (uint32_t i = 0; i < box.count; ++i)
    assert_int_equal(clinic_ack(&c, box.ids[i], WB_SENT, 0), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESTORED_READY, NULL), WB_OK);
  clinic_forward(&c, ALL, CLINIC_DAY); /* three more */
  assert_int_equal(clinic_send(&c, &slot), WB_OK);
  assert_int_equal(clinic_poll(&c), ALL - ASKED);
  for (uint32_t i = 0; i < c.count; ++i)
    outbox_put(&box, c.actions[i].id); /* fails when an id comes twice */
  clinic_close(&c);
}

/* Nor is who was asked about a visit, which is known by its day. */
static void who_was_asked_about_a_visit_since_the_backup_is_not_asked_again(void **state) {
  static const char asks[] =
      "{\"format\":1,\"name\":\"asks\",\"title\":\"T\",\"class\":\"transactional\","
      "\"subject\":\"appointment\",\"audience\":\"slot.status == \\\"scheduled\\\"\","
      "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":["
      "{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"w\",\"wait\":{\"days\":1}},"
      "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":"
      "\"{{ location.short_name }}: reply YES, or STOP to opt out.\"}}}}";
  (void)state;
  clinic c;
  outbox box = {.count = 0};
  char visits[256] = CLINIC_VISITS;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "asks", asks);
  const size_t length = c.journal.length;
  const uint64_t sequence = c.journal.sequence;
  sprintf(visits + strlen(visits), "p1|scheduled|%lld|v1\n",
          (long long)(c.now + 3 * (wb_time)CLINIC_DAY));
  clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, visits);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 1);
  outbox_put(&box, c.actions[0].id);
  clinic_restore(&c, length, sequence, 1);
  assert_int_equal(clinic_ack(&c, box.ids[0], WB_SENT, 0), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESTORED_READY, NULL), WB_OK);
  c.now += CLINIC_DAY;
  clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, visits);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

/* An answer, which the backup has yet to say, and the outbox had. */
static void an_answer_that_the_outbox_had_is_not_said_again(void **state) {
  (void)state;
  for (int had = 0; had < 2; had++) {
    clinic c;
    uint8_t id[16];
    clinic_written(&c, CLINIC_ANA, 1);
    assert_int_equal(clinic_reply(&c, "p1", "HELP"), WB_OK);
    const size_t length = c.journal.length;
    const uint64_t sequence = c.journal.sequence;
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, "help");
    memcpy(id, c.actions[0].id, sizeof id);
    clinic_restore(&c, length, sequence, 1);
    if (had) assert_int_equal(clinic_ack(&c, id, WB_SENT, 0), WB_OK);
    assert_int_equal(clinic_receive(&c, WB_INPUT_RESTORED_READY, NULL), WB_OK);
    assert_int_equal(clinic_poll(&c), !had);
    if (!had) assert_memory_equal(c.actions[0].id, id, sizeof id);
    assert_string_equal(clinic_find(&c, "p1", "notices").reason, had ? "unreached" : "");
    clinic_close(&c);
  }
}

static void what_was_handed_out_before_a_restore_is_unknown(void **state) {
  (void)state;
  clinic c;
  uint8_t claimed[16], ready[16];
  clinic_begin(&c, PEOPLE, NULL);
  assert_int_equal(clinic_poll(&c), 2);
  memcpy(claimed, c.actions[0].id, 16);
  memcpy(ready, c.actions[1].id, 16);
  assert_int_equal(clinic_ack(&c, ready, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  size_t size = 0;
  uint8_t *bytes = clinic_save(c.practice, &size);
  wb_practice_free(c.practice);
  c.options.epoch = 3;
  c.practice = clinic_practice(&c, NULL);
  assert_int_equal(wb_practice_load(c.practice, bytes, size, NULL), WB_OK);
  free(bytes);
  wb_input pause = {.size = sizeof pause, .kind = WB_INPUT_PAUSE};
  assert_int_equal(clinic_send(&c, &pause), WB_OK); /* any call that changes something */
  assert_int_equal(clinic_action(&c, claimed).state, WB_ACTION_UNKNOWN);
  assert_int_equal(clinic_action(&c, ready).state, WB_ACTION_UNKNOWN);
  assert_int_equal(clinic_ack(&c, ready, WB_SENT, 0), WB_OK);
  /* It stands in journal and snapshot. */
  wb_practice_free(clinic_replayed(&c));
  /* Who still has the epoch of before does not go on. */
  c.options.epoch = 2;
  wb_practice *other = clinic_practice(&c, NULL);
  clinic_replay(&c, other);
  assert_int_equal(wb_practice_receive(other, &pause, c.now, NULL), WB_E_STATE);
  wb_practice_free(other);
  clinic_close(&c);
}

static void a_restore_is_no_matter_of_a_new_practice(void **state) {
  (void)state;
  clinic c;
  wb_practice_options options = {.epoch = 5};
  clinic_begin(&c, CLINIC_ANA, &options);
  assert_int_equal(clinic_poll(&c), 1);
  wb_input ready = {.size = sizeof ready, .kind = WB_INPUT_RESTORED_READY};
  assert_int_equal(clinic_send(&c, &ready), WB_E_STATE);
  clinic_close(&c);
}

/* ---- counted contacts ----------------------------------------------------------------------- */

static wb_status contacted(clinic *c, const char *patient, wb_time at) {
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_CONTACTED, .at = at};
  input.patient = patient;
  input.patient_length = (uint32_t)strlen(patient);
  return clinic_send(c, &input);
}

static void contacts_of_the_host_count(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, PEOPLE, NULL);
  assert_int_equal(contacted(&c, "p1", 0), WB_OK);
  assert_int_equal(contacted(&c, "p9", c.now - 60), WB_OK); /* whom no campaign has */
  assert_int_equal(contacted(&c, "p1", c.now + 1), WB_E_INVALID);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p2");
  assert_string_equal(wb_hold_name(clinic_find(&c, "p1", NULL).hold), "cap");
  clinic_sent(&c);
  c.now += CLINIC_DAY;
  clinic_rows(&c, PEOPLE, "");
  clinic_poll(&c);
  wb_practice_free(clinic_replayed(&c));
  clinic_close(&c);
}

static void a_contact_late_at_night_is_not_another_day(void **state) {
  (void)state;
  for (int32_t past = -60; past <= 0; past += 60) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    c.now = clinic_at(&c, 2026, 11, 24, 11, 0);
    clinic_rows(&c, CLINIC_ANA, "");
    /* Yesterday, a minute less than a day ago, and a day ago. */
    assert_int_equal(contacted(&c, "p1", c.now - CLINIC_DAY - past), WB_OK);
    assert_int_equal(clinic_poll(&c), past == 0);
    if (past < 0) assert_int_equal(clinic_wake(&c), c.now + 60);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_restored_backup_sends_nothing_twice),
      cmocka_unit_test(what_went_to_another_number_since_the_backup_is_not_sent_again),
      cmocka_unit_test(a_call_that_failed_before_the_backup_has_failed),
      cmocka_unit_test(what_the_outbox_had_is_known_for_good),
      cmocka_unit_test(who_was_asked_for_an_opening_since_the_backup_is_not_asked_again),
      cmocka_unit_test(who_was_asked_about_a_visit_since_the_backup_is_not_asked_again),
      cmocka_unit_test(an_answer_that_the_outbox_had_is_not_said_again),
      cmocka_unit_test(what_was_handed_out_before_a_restore_is_unknown),
      cmocka_unit_test(a_restore_is_no_matter_of_a_new_practice),
      cmocka_unit_test(contacts_of_the_host_count),
      cmocka_unit_test(a_contact_late_at_night_is_not_another_day),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
