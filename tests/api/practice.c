/* SPDX-License-Identifier: MIT */
/* Stories of a practice, through the public interface only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/memory_journal.h"
#include "support/playbook.h"
#include "support/sample.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, ACTIONS = 64 };

/* A practice, its facts and what the last poll gave. */
typedef struct world {
  sample it;
  wb_practice_options options;
  wb_practice *practice;
  memory_journal journal;
  wb_time now;
  wb_action actions[ACTIONS];
  uint32_t count;
} world;

static const uint8_t world_secret[16] = {1, 2, 3};

/* Monday to Friday, 10:00 to 18:00. */
static const wb_window world_hours[] = {
    {1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 5, 36000, 64800}};

/* One campaign of one text, under a name. */
#define ONE_TEXT(name)                                                                             \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"One text\",\"class\":\"benefit\","              \
  "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                 \
  "\"segments\":[{\"name\":\"long\",\"where\":\"recare.overdue_months >= 6\"},"                    \
  "{\"name\":\"short\",\"where\":\"recare.overdue_months < 6\"}],"                                 \
  "\"exits\":{\"booked\":\"recare.booked\"},\"touches\":3,\"rest_days\":90,"                       \
  "\"steps\":[{\"id\":\"text\",\"send\":[\"hello\",\"mail\"]},"                                    \
  "{\"id\":\"pause\",\"wait\":{\"days\":3}},{\"id\":\"again\",\"send\":[\"hello\",\"mail\"]},"     \
  "{\"id\":\"rest\",\"wait\":{\"days\":3}},{\"id\":\"end\",\"exit\":true}],"                       \
  "\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"note\"},"                       \
  "\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"}},"                                         \
  "\"texts\":{\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi {{ patient.name | default: "    \
  "\\\"there\\\" }}, {{ location.short_name }} has time for you: {{ location.booking_url }} "      \
  "Reply "                                                                                         \
  "STOP to opt out.\"}},\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Your next visit\","  \
  "\"body\":\"Hi {{ patient.name | default: \\\"there\\\" }}, {{ location.booking_url }} {{ "      \
  "practice.name }}, {{ location.address }} Unsubscribe: {{ location.booking_url }}\"}},"          \
  "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"

#define COLUMNS                                                                                    \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|email:u|"  \
  "email_permission:u\n"
#define ONE_PATIENT COLUMNS "p1|active|Ana|1980-02-29|1|+12125550101|yes|ana@example.com|yes\n"
#define TWO_PATIENTS ONE_PATIENT "p2|active|Ben|1981-03-01|1|+12125550102|yes|ben@example.com|yes\n"

static void world_practice(world *w) {
  assert_int_equal(wb_practice_new(NULL, w->it.schema, NULL, &w->options, &w->practice, NULL),
                   WB_OK);
}

/* New facts as of now: the patients, each last seen on 2025-09-15; `extra` are appointments. */
static void world_facts(world *w, const char *patients, const char *extra) {
  char procedures[4096] = "patient:u|code:u|status:u|date:tdD\n";
  char visits[4096] = "patient:u|status:u|start:tdD\n";
  for (const char *line = strchr(patients, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
    int length = (int)strcspn(line, "|");
    size_t at = strlen(procedures);
    snprintf(procedures + at, sizeof procedures - at, "%.*s|D1110|completed|2025-09-15\n", length,
             line);
    at = strlen(visits);
    snprintf(visits + at, sizeof visits - at, "%.*s|completed|2025-09-15\n", length, line);
  }
  strcat(visits, extra);
  wb_facts_free(w->it.facts);
  wb_facts_options options = {.size = sizeof options, .as_of = w->now};
  assert_int_equal(wb_facts_new(NULL, w->it.schema, &options, &w->it.facts, NULL), WB_OK);
  sample_add(&w->it, "practice", "name:u\nExample Dental\n");
  sample_add(&w->it, "locations",
             "location:u|name:u|short_name:u|zone:u|region:u|phone:u|address:u|booking_url:u\n"
             "1|Example Dental Riverside|Example Dental|EST5EDT,M3.2.0,M11.1.0|US-NY|"
             "+12125550100|12 Example Street, Albany, NY 12201|"
             "https://book.example.com/riverside\n");
  sample_add(&w->it, "patients", patients);
  sample_add(&w->it, "procedures", procedures);
  sample_add(&w->it, "appointments", visits);
}

static void world_open(world *w, const char *patients) {
  memset(w, 0, sizeof *w);
  w->now = SAMPLE_NOW;
  sample_open(&w->it, NULL);
  world_facts(w, patients, "");
  w->options = (wb_practice_options){.size = sizeof w->options,
                                     .secret = world_secret,
                                     .key = "practice",
                                     .append = memory_journal_append,
                                     .sync = memory_journal_sync,
                                     .user = &w->journal,
                                     .hours = world_hours,
                                     .key_length = 8,
                                     .stale_facts = 400 * DAY,
                                     .hours_count = 1};
  world_practice(w);
}

static void world_close(world *w) {
  wb_practice_free(w->practice);
  memory_journal_free(&w->journal);
  sample_close(&w->it);
}

static wb_status world_add(world *w, const char *json) {
  wb_campaign *campaign = NULL;
  wb_error error = {0};
  wb_status status =
      wb_campaign_new(NULL, w->it.schema, NULL, json, strlen(json), &campaign, &error);
  if (status != WB_OK) fail_msg("%s %s", error.path, error.message);
  status = wb_practice_add(w->practice, campaign, w->now, NULL);
  wb_campaign_unref(campaign);
  return status;
}

/* An input of a kind about a patient or, for launch and pauses, a campaign. */
static wb_input world_input(int32_t kind, const char *name) {
  wb_input input = {.size = sizeof input, .kind = kind};
  uint32_t length = name ? (uint32_t)strlen(name) : 0;
  if (kind >= WB_INPUT_LAUNCH) {
    input.campaign = name;
    input.campaign_length = length;
  } else {
    input.patient = name;
    input.patient_length = length;
  }
  return input;
}

static wb_status world_receive(world *w, int32_t kind, const char *name) {
  wb_input input = world_input(kind, name);
  return wb_practice_receive(w->practice, &input, w->now, NULL);
}

static wb_status world_reply(world *w, const char *patient, const char *text) {
  wb_input input = world_input(WB_INPUT_REPLY, patient);
  input.text = text;
  input.text_length = (uint32_t)strlen(text);
  return wb_practice_receive(w->practice, &input, w->now, NULL);
}

static void world_launch(world *w, const char *name, const char *json) {
  assert_int_equal(world_add(w, json), WB_OK);
  assert_int_equal(world_receive(w, WB_INPUT_LAUNCH, name), WB_OK);
}

static wb_counts world_enroll(world *w) {
  wb_counts counts = {.size = sizeof counts};
  wb_error error = {0};
  if (wb_practice_enroll(w->practice, NULL, 0, w->it.facts, w->now, &counts, &error) != WB_OK)
    fail_msg("%s", error.message);
  return counts;
}

static uint32_t world_poll(world *w) {
  wb_error error = {0};
  w->actions[0].size = sizeof(wb_action);
  if (wb_practice_poll(w->practice, w->it.facts, w->now, w->actions, ACTIONS, &w->count, &error) !=
      WB_OK)
    fail_msg("%s", error.message);
  return w->count;
}

static wb_status world_ack(world *w, const uint8_t *id, int32_t kind, int32_t cause) {
  wb_outcome outcome = {.size = sizeof outcome, .kind = kind, .cause = cause};
  return wb_practice_ack(w->practice, id, &outcome, w->now, NULL);
}

static void world_sent(world *w) {
  for (uint32_t i = 0; i < w->count; i++)
    assert_int_equal(world_ack(w, w->actions[i].id, WB_SENT, 0), WB_OK);
}

/* The first enrolment of a patient. */
static wb_enrollment world_find(world *w, const char *patient) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  while (wb_practice_next(w->practice, &cursor, &found) == WB_OK)
    if (!strcmp(found.patient, patient)) return found;
  fail_msg("%s is in no campaign", patient);
  return found;
}

static void world_held(world *w, const char *patient, int32_t hold) {
  wb_enrollment found = world_find(w, patient);
  assert_int_equal(found.state, hold ? WB_STATE_HELD : WB_STATE_WAITING);
  assert_string_equal(wb_hold_name(found.hold), wb_hold_name(hold));
}

static void world_ended(world *w, const char *patient, const char *reason) {
  wb_enrollment found = world_find(w, patient);
  assert_int_equal(found.state, WB_STATE_ENDED);
  assert_string_equal(found.reason, reason);
}

static wb_action_status world_action(world *w, const uint8_t *id) {
  wb_action_status status = {.size = sizeof status};
  uint64_t cursor = 0;
  while (wb_practice_actions(w->practice, &cursor, &status) == WB_OK)
    if (!memcmp(status.id, id, 16)) return status;
  fail_msg("no such action");
  return status;
}

/* A practice with one launched campaign, enrolled, whose first message is handed out. */
static void world_begin(world *w, const char *patients) {
  world_open(w, patients);
  world_launch(w, "one", ONE_TEXT("one"));
  world_enroll(w);
}

/* The instant of a local hour some days after the sample's Monday. */
static wb_time at_day(int days, int hour) {
  return SAMPLE_NOW + (wb_time)days * DAY + (hour - 10) * HOUR;
}

/* ---- the first campaign --------------------------------------------------------------------- */

static void the_playbook_runs_by_days(void **state) {
  (void)state;
  static const struct {
    const char *step;
    int day, channel;
  } expected[] = {{"text-1", 0, WB_CHANNEL_SMS},
                  {"email-1", 7, WB_CHANNEL_EMAIL},
                  {"text-2", 16, WB_CHANNEL_SMS}};
  world w;
  size_t length, next = 0;
  world_open(&w, ONE_PATIENT);
  world_launch(&w, "hygiene-recare", playbook_text("hygiene-recare", &length));
  assert_int_equal(world_enroll(&w).enrolled, 1);
  for (int hour = 0; hour < 24 * 40; hour++) {
    w.now = at_day(0, 10) + (wb_time)hour * HOUR;
    if (!world_poll(&w)) continue;
    assert_int_equal(w.count, 1);
    assert_true(next < 3);
    assert_string_equal(w.actions[0].step, expected[next].step);
    assert_int_equal(w.actions[0].channel, expected[next].channel);
    assert_int_equal(w.now, at_day(expected[next].day, 10));
    assert_int_equal(w.actions[0].kind, WB_ACTION_SEND);
    assert_string_equal(w.actions[0].patient, "p1");
    assert_non_null(strstr(w.actions[0].text, "https://book.example.com/riverside"));
    wb_sms sms = {.size = sizeof sms};
    const char *text = w.actions[0].text;
    assert_int_equal(wb_sms_measure(text, strlen(text), &sms), WB_OK);
    const bool is_sms = w.actions[0].channel == WB_CHANNEL_SMS;
    assert_int_equal(w.actions[0].segments, is_sms ? sms.segments : 0);
    assert_int_equal(w.actions[0].encoding, is_sms ? WB_SMS_GSM7 : 0);
    world_sent(&w);
    next++;
  }
  assert_int_equal(next, 3);
  world_ended(&w, "p1", "finished");
  world_close(&w);
}

static void an_action_tells_everything(void **state) {
  (void)state;
  world w;
  world_begin(&w, ONE_PATIENT);
  assert_int_equal(world_poll(&w), 1);
  const wb_action *action = &w.actions[0];
  assert_string_equal(action->campaign, "one");
  assert_string_equal(action->segment, "long");
  assert_string_equal(action->template_, "hello");
  assert_string_equal(action->location, "1");
  assert_string_equal(action->to, "+12125550101");
  assert_string_equal(action->subject, "");
  assert_string_equal(action->reason, "");
  assert_string_equal(action->language, "en");
  assert_non_null(strstr(action->text, "Hi Ana, Example Dental has time for you"));
  assert_true(strlen(action->law) > 0);
  assert_int_equal(action->at, w.now);
  assert_int_equal(action->deliver_by, w.now + 600);
  assert_int_equal(action->attempt, 1);
  assert_int_equal(action->patient_length, 2);
  uint8_t point[16];
  assert_int_equal(wb_contact_make(world_secret, WB_CONTACT_PHONE, "+12125550101", 12, "US", point),
                   WB_OK);
  assert_memory_equal(action->contact, point, 16);
  world_close(&w);
}

static void nothing_goes_twice_on_a_day(void **state) {
  (void)state;
  world w;
  world_begin(&w, TWO_PATIENTS);
  assert_int_equal(world_poll(&w), 2);
  assert_memory_not_equal(w.actions[0].id, w.actions[1].id, 16);
  world_sent(&w);
  uint64_t before = wb_practice_sequence(w.practice);
  for (int i = 0; i < 5; i++) {
    wb_counts counts = world_enroll(&w);
    assert_int_equal(counts.enrolled, 0);
    assert_int_equal(counts.inside, 2);
    assert_int_equal(world_poll(&w), 0);
    w.now += HOUR;
  }
  assert_int_equal(wb_practice_sequence(w.practice), before);
  world_close(&w);
}

static void nothing_runs_unless_launched(void **state) {
  (void)state;
  world w;
  wb_counts counts = {.size = sizeof counts};
  world_open(&w, ONE_PATIENT);
  assert_int_equal(world_add(&w, ONE_TEXT("one")), WB_OK);
  assert_int_equal(world_enroll(&w).eligible, 0);
  assert_int_equal(wb_practice_enroll(w.practice, "one", 3, w.it.facts, w.now, &counts, NULL),
                   WB_E_NAME);
  assert_int_equal(world_receive(&w, WB_INPUT_LAUNCH, "two"), WB_E_NAME);
  assert_int_equal(world_receive(&w, WB_INPUT_LAUNCH, "one"), WB_OK);
  assert_int_equal(wb_practice_enroll(w.practice, "one", 3, w.it.facts, w.now, &counts, NULL),
                   WB_OK);
  assert_int_equal(counts.enrolled, 1);
  uint64_t before = wb_practice_sequence(w.practice);
  assert_int_equal(world_add(&w, ONE_TEXT("one")), WB_OK);
  assert_int_equal(world_receive(&w, WB_INPUT_LAUNCH, "one"), WB_OK);
  assert_int_equal(wb_practice_sequence(w.practice), before);
  world_close(&w);
}

/* ---- who enters, and when ------------------------------------------------------------------- */

static void admissions_are_by_day_and_the_unreachable_take_no_place(void **state) {
  (void)state;
  world w;
  char patients[4096] = COLUMNS;
  for (int i = 0; i < 5; i++) {
    size_t at = strlen(patients);
    snprintf(patients + at, sizeof patients - at,
             "a%d|active|Ana|1980-02-29|1|+1212555010%d|%s||\n", i, i, i < 2 ? "no" : "yes");
  }
  world_open(&w, patients);
  wb_practice_free(w.practice);
  w.options.admissions = 2;
  world_practice(&w);
  world_launch(&w, "one", ONE_TEXT("one"));
  wb_counts counts = world_enroll(&w);
  assert_int_equal(counts.patients, 5);
  assert_int_equal(counts.eligible, 5);
  assert_int_equal(counts.enrolled, 2);
  assert_int_equal(counts.held, 2);
  assert_int_equal(counts.waiting, 1);
  world_held(&w, "a0", WB_HOLD_NO_PERMISSION);
  world_held(&w, "a2", WB_HOLD_NONE);
  world_held(&w, "a3", WB_HOLD_NONE);
  w.now = at_day(0, 18) - 1;
  assert_int_equal(world_enroll(&w).waiting, 1);
  w.now = at_day(0, 18); /* after the hours: counts for tomorrow */
  counts = world_enroll(&w);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(counts.inside, 4);
  world_held(&w, "a4", WB_HOLD_NONE);
  world_close(&w);
}

static void after_the_end_comes_a_rest_then_a_second_entry(void **state) {
  (void)state;
  world w;
  world_open(&w, ONE_PATIENT);
  wb_practice_free(w.practice);
  w.options.flags = WB_PRACTICE_ALLOW_JUMP;
  world_practice(&w);
  world_launch(&w, "one", ONE_TEXT("one"));
  world_enroll(&w);
  assert_int_equal(world_poll(&w), 1);
  uint8_t first[16];
  memcpy(first, w.actions[0].id, 16);
  world_sent(&w);
  assert_int_equal(world_receive(&w, WB_INPUT_BOOKED, "p1"), WB_OK);
  wb_time ended = w.now;
  w.now = ended + 90 * DAY - 1;
  assert_int_equal(world_enroll(&w).resting, 1);
  w.now = ended + 90 * DAY;
  assert_int_equal(world_enroll(&w).enrolled, 1);
  assert_int_equal(world_find(&w, "p1").entry, 2);
  assert_int_equal(world_find(&w, "p1").touches, 0);
  w.now += DAY; /* from Sunday to Monday */
  assert_int_equal(world_poll(&w), 1);
  assert_memory_not_equal(w.actions[0].id, first, 16);
  world_close(&w);
}

static void a_new_version_is_for_those_who_enter_later(void **state) {
  (void)state;
  world w;
  static char json[] = ONE_TEXT("one");
  world_begin(&w, ONE_PATIENT);
  memcpy(strstr(json, "has time"), "had time", 8);
  assert_int_equal(world_add(&w, json), WB_OK);
  world_facts(&w, TWO_PATIENTS, "");
  assert_int_equal(world_enroll(&w).enrolled, 1); /* still by the version that is launched */
  assert_int_equal(world_receive(&w, WB_INPUT_LAUNCH, "one"), WB_OK);
  world_facts(&w, TWO_PATIENTS "p3|active|Cat|1982-04-01|1|+12125550103|yes||\n", "");
  wb_counts counts = world_enroll(&w);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(counts.inside, 2);
  assert_int_equal(world_poll(&w), 3);
  for (uint32_t i = 0; i < 3; i++) {
    bool third = !strcmp(w.actions[i].patient, "p3");
    assert_non_null(strstr(w.actions[i].text, third ? "had time" : "has time"));
  }
  world_close(&w);
}

/* ---- holds ---------------------------------------------------------------------------------- */

static void hours_hold_and_bound_the_delivery(void **state) {
  (void)state;
  world w;
  world_open(&w, ONE_PATIENT);
  world_launch(&w, "one", ONE_TEXT("one"));
  w.now = at_day(0, 10) - 1;
  world_enroll(&w);
  assert_int_equal(world_poll(&w), 0);
  world_held(&w, "p1", WB_HOLD_HOURS);
  wb_time wake = 0;
  assert_int_equal(wb_practice_wake(w.practice, &wake), WB_OK);
  assert_int_equal(wake, at_day(0, 10));
  w.now = at_day(0, 18);
  assert_int_equal(world_poll(&w), 0);
  w.now = at_day(1, 18) - 5 * MINUTE;
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(w.actions[0].deliver_by, at_day(1, 18));
  world_close(&w);
}

static void caps_hold_until_their_day(void **state) {
  (void)state;
  world w;
  struct {
    uint32_t day, week, month;
    int held, sent; /* days after Tuesday: still held; sent */
  } const cases[] = {{1, 8, 8, 0, 1}, {8, 1, 8, 6, 7}, {8, 8, 1, 29, 30}, {2, 8, 8, -1, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    world_open(&w, ONE_PATIENT);
    wb_practice_free(w.practice);
    w.options.per_day = cases[i].day;
    w.options.per_week = cases[i].week;
    w.options.per_month = cases[i].month;
    world_practice(&w);
    w.now = at_day(1, 12);
    world_launch(&w, "one", ONE_TEXT("one"));
    world_enroll(&w);
    assert_int_equal(world_poll(&w), 1);
    world_sent(&w);
    assert_int_equal(world_receive(&w, WB_INPUT_PAUSE, "one"), WB_OK);
    world_launch(&w, "two", ONE_TEXT("two"));
    world_enroll(&w);
    if (cases[i].held >= 0) {
      w.now = at_day(1 + cases[i].held, 17);
      assert_int_equal(world_poll(&w), 0);
      wb_enrollment found = {.size = sizeof found};
      uint64_t cursor = 1;
      assert_int_equal(wb_practice_next(w.practice, &cursor, &found), WB_OK);
      assert_string_equal(wb_hold_name(found.hold), "cap");
    }
    w.now = at_day(1 + cases[i].sent, 12);
    assert_int_equal(world_poll(&w), 1);
    assert_string_equal(w.actions[0].campaign, "two");
    world_close(&w);
  }
}

static void one_patient_gets_one_action_in_a_poll(void **state) {
  (void)state;
  world w;
  world_open(&w, ONE_PATIENT);
  wb_practice_free(w.practice);
  w.options.per_day = 2;
  world_practice(&w);
  world_launch(&w, "one", ONE_TEXT("one"));
  world_launch(&w, "two", ONE_TEXT("two"));
  world_enroll(&w);
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(world_poll(&w), 0);
  world_close(&w);
}

static void a_hold_is_recorded_once(void **state) {
  (void)state;
  world w;
  world_begin(&w, COLUMNS "p1|active|Ana|1980-02-29|1|+12125550101|no||\n");
  world_held(&w, "p1", WB_HOLD_NO_PERMISSION);
  uint64_t before = wb_practice_sequence(w.practice);
  for (int i = 0; i < 50; i++) {
    assert_int_equal(world_poll(&w), 0);
    w.now += 10 * MINUTE;
  }
  assert_int_equal(wb_practice_sequence(w.practice), before);
  world_facts(&w, COLUMNS "p1|active|Ana|2015-02-28|1|+12125550101|yes||\n", "");
  w.now = at_day(1, 11);
  assert_int_equal(world_poll(&w), 0);
  world_held(&w, "p1", WB_HOLD_MINOR);
  assert_int_equal(wb_practice_sequence(w.practice), before + 1);
  world_facts(&w, ONE_PATIENT, "");
  w.now += HOUR;
  assert_int_equal(world_poll(&w), 1);
  world_close(&w);
}

static void old_or_missing_facts_hold(void **state) {
  (void)state;
  world w;
  wb_counts counts = {.size = sizeof counts};
  world_open(&w, TWO_PATIENTS);
  wb_practice_free(w.practice);
  w.options.stale_facts = 0;
  world_practice(&w);
  world_launch(&w, "one", ONE_TEXT("one"));
  world_enroll(&w);
  w.now = SAMPLE_NOW + DAY + 1;
  assert_int_equal(wb_practice_enroll(w.practice, NULL, 0, w.it.facts, w.now, &counts, NULL),
                   WB_E_STATE);
  assert_int_equal(world_poll(&w), 0);
  world_held(&w, "p1", WB_HOLD_FACTS);
  world_facts(&w, ONE_PATIENT, "");
  w.now += MINUTE;
  assert_int_equal(world_poll(&w), 1);
  assert_string_equal(w.actions[0].patient, "p1");
  world_held(&w, "p2", WB_HOLD_FACTS);
  world_close(&w);
}

/* ---- pauses --------------------------------------------------------------------------------- */

static void a_pause_holds_until_it_ends(void **state) {
  (void)state;
  world w;
  world_begin(&w, ONE_PATIENT);
  for (int scope = 0; scope < 3; scope++) {
    wb_input pause = world_input(WB_INPUT_PAUSE, scope == 0 ? "one" : NULL);
    if (scope == 1) {
      pause.location = "1";
      pause.location_length = 1;
    }
    wb_input resume = pause;
    resume.kind = WB_INPUT_RESUME;
    assert_int_equal(wb_practice_receive(w.practice, &resume, w.now, NULL), WB_E_STATE);
    assert_int_equal(wb_practice_receive(w.practice, &pause, w.now, NULL), WB_OK);
    uint64_t before = wb_practice_sequence(w.practice);
    assert_int_equal(wb_practice_receive(w.practice, &pause, w.now, NULL), WB_OK);
    assert_int_equal(wb_practice_sequence(w.practice), before);
    assert_int_equal(world_poll(&w), 0);
    world_held(&w, "p1", WB_HOLD_PAUSED);
    wb_time wake = 0;
    assert_int_equal(wb_practice_wake(w.practice, &wake), WB_OK);
    assert_int_equal(wake, WB_TIME_NONE);
    assert_int_equal(wb_practice_receive(w.practice, &resume, w.now, NULL), WB_OK);
  }
  assert_int_equal(world_receive(&w, WB_INPUT_PAUSE, "none"), WB_E_NAME);
  assert_int_equal(world_poll(&w), 1);
  world_close(&w);
}

/* ---- outcomes ------------------------------------------------------------------------------- */

static void a_claim_without_answer_turns_unknown(void **state) {
  (void)state;
  world w;
  world_begin(&w, ONE_PATIENT);
  assert_int_equal(world_poll(&w), 1);
  uint8_t id[16];
  memcpy(id, w.actions[0].id, 16);
  wb_time until = w.actions[0].deliver_by + 300;
  assert_int_equal(world_find(&w, "p1").state, WB_STATE_CLAIMED);
  w.now = until;
  assert_int_equal(world_poll(&w), 0);
  assert_int_equal(world_action(&w, id).state, WB_ACTION_CLAIMED);
  w.now = until + 1;
  wb_time wake = 0;
  assert_int_equal(wb_practice_wake(w.practice, &wake), WB_OK);
  assert_int_equal(wake, until + 1);
  assert_int_equal(world_poll(&w), 0);
  assert_int_equal(world_action(&w, id).state, WB_ACTION_UNKNOWN);
  assert_string_equal(world_find(&w, "p1").step, "again");
  assert_int_equal(world_find(&w, "p1").touches, 1);
  assert_int_equal(world_ack(&w, id, WB_SENT, 0), WB_OK);
  assert_int_equal(world_action(&w, id).state, WB_ACTION_SENT);
  world_close(&w);
}

/* What follows an answer: first, then second to the same action. */
static void answers_follow_the_table(void **state) {
  (void)state;
  enum { C = WB_ACTION_CLAIMED, S = WB_ACTION_SENT, R = WB_ACTION_READY, F = WB_ACTION_FAILED };
  enum { U = WB_ACTION_UNKNOWN };
  static const struct {
    int32_t kind[2], cause[2];
    int32_t state[2];
    wb_status second;
  } cases[] = {
      {{WB_SENT, WB_SENT}, {0, 0}, {S, S}, WB_OK},
      {{WB_SENT, WB_NOT_SENT}, {0, WB_CAUSE_CONTENT}, {S, S}, WB_E_STATE},
      {{WB_SENT, WB_SENT_UNKNOWN}, {0, 0}, {S, S}, WB_E_STATE},
      {{WB_SENT_UNKNOWN, WB_SENT_UNKNOWN}, {0, 0}, {U, U}, WB_OK},
      {{WB_SENT_UNKNOWN, WB_SENT}, {0, 0}, {U, S}, WB_OK},
      {{WB_SENT_UNKNOWN, WB_NOT_SENT}, {0, WB_CAUSE_INTERRUPTED}, {U, F}, WB_OK},
      {{WB_NOT_SENT, WB_NOT_SENT}, {WB_CAUSE_THROTTLED, WB_CAUSE_THROTTLED}, {R, R}, WB_OK},
      {{WB_NOT_SENT, WB_NOT_SENT}, {WB_CAUSE_LATE, WB_CAUSE_CONTENT}, {R, R}, WB_E_STATE},
      {{WB_NOT_SENT, WB_SENT}, {WB_CAUSE_INTERRUPTED, 0}, {R, R}, WB_E_STATE},
      {{WB_NOT_SENT, WB_NOT_SENT}, {WB_CAUSE_CONTENT, WB_CAUSE_CONTENT}, {F, F}, WB_OK},
      {{WB_NOT_SENT, WB_SENT}, {WB_CAUSE_POLICY, 0}, {F, F}, WB_E_STATE},
      {{WB_NOT_SENT, WB_SENT_UNKNOWN}, {WB_CAUSE_ADDRESS, 0}, {F, F}, WB_E_STATE},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    world w;
    world_begin(&w, ONE_PATIENT);
    assert_int_equal(world_poll(&w), 1);
    const uint8_t *id = w.actions[0].id;
    assert_int_equal(world_action(&w, id).state, C);
    assert_int_equal(world_ack(&w, id, cases[i].kind[0], cases[i].cause[0]), WB_OK);
    assert_int_equal(world_action(&w, id).state, cases[i].state[0]);
    uint64_t before = wb_practice_sequence(w.practice);
    assert_int_equal(world_ack(&w, id, cases[i].kind[1], cases[i].cause[1]), cases[i].second);
    assert_int_equal(world_action(&w, id).state, cases[i].state[1]);
    bool same = cases[i].state[0] == cases[i].state[1] && cases[i].second == WB_OK;
    assert_int_equal(wb_practice_sequence(w.practice), before + !same); /* refusals are noted */
    world_close(&w);
  }
}

static void a_throttled_message_is_tried_four_times_more(void **state) {
  (void)state;
  static const int pauses[] = {60, 300, 1800, 14400};
  world w;
  uint8_t id[16];
  world_begin(&w, ONE_PATIENT);
  assert_int_equal(world_poll(&w), 1);
  memcpy(id, w.actions[0].id, 16);
  assert_int_equal(world_ack(&w, id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  assert_int_equal(world_find(&w, "p1").touches, 0);
  assert_int_equal(world_poll(&w), 1); /* interrupted: at once, and it does not count */
  for (uint32_t i = 0; i < 4; i++) {
    assert_memory_equal(w.actions[0].id, id, 16);
    assert_int_equal(w.actions[0].attempt, i + 2);
    assert_int_equal(world_ack(&w, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
    assert_int_equal(world_find(&w, "p1").touches, 0);
    w.now += pauses[i] - 1;
    assert_int_equal(world_poll(&w), 0);
    w.now += 1;
    assert_int_equal(world_poll(&w), 1);
  }
  assert_int_equal(world_ack(&w, id, WB_NOT_SENT, WB_CAUSE_LATE), WB_OK);
  assert_int_equal(world_action(&w, id).state, WB_ACTION_FAILED);
  assert_int_equal(world_action(&w, id).attempt, 6);
  assert_string_equal(world_find(&w, "p1").step, "again");
  world_close(&w);
}

static void a_bad_address_is_closed_and_the_next_channel_taken(void **state) {
  (void)state;
  world w;
  world_begin(&w, ONE_PATIENT);
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(w.actions[0].channel, WB_CHANNEL_SMS);
  assert_int_equal(world_ack(&w, w.actions[0].id, WB_NOT_SENT, WB_CAUSE_ADDRESS), WB_OK);
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(w.actions[0].channel, WB_CHANNEL_EMAIL);
  assert_string_equal(w.actions[0].step, "text");
  assert_string_equal(w.actions[0].to, "ana@example.com");
  assert_string_equal(w.actions[0].subject, "Your next visit");
  assert_int_equal(world_ack(&w, w.actions[0].id, WB_NOT_SENT, WB_CAUSE_ADDRESS), WB_OK);
  assert_int_equal(world_poll(&w), 0);
  world_held(&w, "p1", WB_HOLD_BAD_ADDRESS);
  world_facts(&w, COLUMNS "p1|active|Ana|1980-02-29|1|+12125550109|yes||\n", "");
  w.now += HOUR;
  assert_int_equal(world_poll(&w), 1);
  assert_string_equal(w.actions[0].to, "+12125550109");
  world_close(&w);
}

/* ---- what happens outside ------------------------------------------------------------------- */

static void stop_acts_on_a_number_for_all_who_share_it(void **state) {
  (void)state;
  world w;
  world_begin(&w, COLUMNS "p1|active|Ana|1980-02-29|1|(212) 555-0101|yes|ana@example.com|yes\n"
                          "p2|active|Ben|1981-03-01|1|212-555-0101|yes||\n"
                          "p3|active|Cat|1982-04-01|1|+12125550103|yes||\n");
  assert_int_equal(world_poll(&w), 2); /* of the two who share a number one waits */
  world_sent(&w);
  const bool p1 = world_find(&w, "p1").state != WB_STATE_HELD;
  uint8_t point[16];
  assert_int_equal(wb_contact_make(world_secret, WB_CONTACT_PHONE, "2125550101", 10, "US", point),
                   WB_OK);
  wb_input stop = {.size = sizeof stop, .kind = WB_INPUT_REPLY, .text = "Stop.", .contact = point};
  stop.text_length = 5;
  stop.intent = WB_INTENT_CALLBACK_REQUEST; /* whatever the host reads into it */
  assert_int_equal(wb_practice_receive(w.practice, &stop, w.now, NULL), WB_OK);
  world_ended(&w, p1 ? "p1" : "p2", "opted_out");
  assert_int_equal(world_find(&w, "p3").state, WB_STATE_WAITING);
  char two[] = ONE_TEXT("two"), *class_ = strstr(two, "\"class\":\"benefit\"");
  memcpy(class_, "\"class\":   \"care\"", 17); /* of benefits no e-mail goes either */
  world_launch(&w, "two", two);
  w.now = at_day(1, 11);
  wb_counts counts = world_enroll(&w);
  assert_int_equal(counts.enrolled, 2);
  assert_int_equal(counts.held, 1);
  assert_int_equal(world_poll(&w), 2);
  for (uint32_t i = 0; i < w.count; i++) {
    bool first = !strcmp(w.actions[i].patient, "p1");
    assert_string_equal(w.actions[i].to, first ? "ana@example.com" : "+12125550103");
  }
  world_close(&w);
}

static void only_start_lifts_an_opt_out(void **state) {
  (void)state;
  world w;
  world_open(&w, COLUMNS "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n");
  uint8_t point[16];
  assert_int_equal(wb_contact_make(world_secret, WB_CONTACT_PHONE, "2125550101", 10, "US", point),
                   WB_OK);
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_OPTED_OUT, .contact = point};
  assert_int_equal(wb_practice_receive(w.practice, &input, w.now, NULL), WB_OK);
  world_launch(&w, "one", ONE_TEXT("one"));
  assert_int_equal(world_enroll(&w).held, 1);
  world_held(&w, "p1", WB_HOLD_OPTED_OUT);
  assert_int_equal(world_poll(&w), 0);
  input.kind = WB_INPUT_REPLY;
  input.text = "YES";
  input.text_length = 3;
  assert_int_equal(wb_practice_receive(w.practice, &input, w.now, NULL), WB_E_NAME);
  assert_int_equal(world_poll(&w), 0);
  input.text = "START";
  input.text_length = 5;
  assert_int_equal(wb_practice_receive(w.practice, &input, w.now, NULL), WB_OK);
  assert_int_equal(world_poll(&w), 1);
  world_close(&w);
}

static void a_booking_ends_the_sequence(void **state) {
  (void)state;
  world w;
  world_begin(&w, TWO_PATIENTS);
  assert_int_equal(world_poll(&w), 2);
  world_sent(&w);
  assert_int_equal(world_receive(&w, WB_INPUT_BOOKED, "p1"), WB_OK);
  world_ended(&w, "p1", "booked");
  w.now = at_day(4, 11);
  world_facts(&w, TWO_PATIENTS, "p2|scheduled|2026-12-15\n");
  assert_int_equal(world_poll(&w), 0);
  world_ended(&w, "p2", "booked");
  assert_int_equal(world_receive(&w, WB_INPUT_KEPT, "p2"), WB_OK);
  assert_int_equal(world_receive(&w, WB_INPUT_KEPT, "p9"), WB_E_NAME);
  world_close(&w);
}

static void a_claim_of_somebody_who_left_turns_unknown(void **state) {
  (void)state;
  world w;
  world_begin(&w, TWO_PATIENTS);
  assert_int_equal(world_poll(&w), 2);
  const uint8_t *first = w.actions[0].id, *second = w.actions[1].id;
  uint8_t ids[2][16];
  memcpy(ids[0], first, 16);
  memcpy(ids[1], second, 16);
  assert_int_equal(world_receive(&w, WB_INPUT_BOOKED, "p1"), WB_OK);
  assert_int_equal(world_receive(&w, WB_INPUT_BOOKED, "p2"), WB_OK);
  assert_int_equal(world_ack(&w, ids[0], WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  assert_int_equal(world_action(&w, ids[0]).state, WB_ACTION_FAILED);
  w.now += 900;
  assert_int_equal(world_poll(&w), 0);
  assert_int_equal(world_action(&w, ids[1]).state, WB_ACTION_CLAIMED);
  w.now += 1;
  assert_int_equal(world_poll(&w), 0);
  assert_int_equal(world_action(&w, ids[1]).state, WB_ACTION_UNKNOWN);
  world_ended(&w, "p1", "booked");
  wb_time wake = 0;
  assert_int_equal(wb_practice_wake(w.practice, &wake), WB_OK);
  assert_int_equal(wake, WB_TIME_NONE);
  world_close(&w);
}

/* The open tasks of a list; the first is in *task. */
static uint32_t desk_tasks(world *w, int32_t list, wb_task *task) {
  uint64_t cursor = 0;
  uint32_t count = 0;
  wb_task next = {.size = sizeof next};
  while (wb_desk_next(w->practice, list, &cursor, &next) == WB_OK)
    if (count++ == 0) *task = next;
  return count;
}

static void a_click_without_booking_becomes_a_call(void **state) {
  (void)state;
  world w;
  wb_task task = {0};
  world_begin(&w, ONE_PATIENT);
  assert_int_equal(world_poll(&w), 1);
  world_sent(&w);
  wb_time clicked = w.now + HOUR;
  w.now = clicked;
  assert_int_equal(world_receive(&w, WB_INPUT_CLICK, "p1"), WB_OK);
  w.now += HOUR;
  assert_int_equal(world_receive(&w, WB_INPUT_CLICK, "p1"), WB_OK); /* does not begin anew */
  w.now = clicked + DAY - 1;
  assert_int_equal(world_poll(&w), 0);
  w.now = clicked + DAY;
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(w.actions[0].kind, WB_ACTION_CALL_TASK);
  assert_string_equal(w.actions[0].reason, "clicked");
  assert_string_equal(w.actions[0].text, "Please call.");
  assert_string_equal(w.actions[0].to, "");
  assert_int_equal(desk_tasks(&w, WB_DESK_OUTREACH, &task), 1);
  assert_memory_equal(task.id, w.actions[0].id, 16);
  assert_string_equal(task.campaign, "one");
  assert_string_equal(task.location, "1");
  assert_int_equal(task.opened, w.now);
  world_sent(&w);
  assert_int_equal(world_find(&w, "p1").state, WB_STATE_WAITING);
  assert_int_equal(desk_tasks(&w, WB_DESK_OUTREACH, &task), 1);
  wb_input done = {.size = sizeof done, .kind = WB_INPUT_TASK_DONE, .action = w.actions[0].id};
  assert_int_equal(wb_practice_receive(w.practice, &done, w.now, NULL), WB_OK);
  world_ended(&w, "p1", "desk");
  assert_int_equal(desk_tasks(&w, WB_DESK_OUTREACH, &task), 0);
  uint8_t other[16] = {9};
  done.action = other;
  assert_int_equal(wb_practice_receive(w.practice, &done, w.now, NULL), WB_E_NAME);
  world_close(&w);
}

static void questions_come_before_clicks_and_booking_closes_them(void **state) {
  (void)state;
  world w;
  wb_task task = {0};
  world_begin(&w, TWO_PATIENTS);
  assert_int_equal(world_poll(&w), 2);
  world_sent(&w);
  assert_int_equal(world_receive(&w, WB_INPUT_CLICK, "p1"), WB_OK);
  w.now = at_day(1, 11);
  assert_int_equal(world_poll(&w), 1);
  world_sent(&w);
  assert_int_equal(world_reply(&w, "p2", "Do you take my insurance?"), WB_OK);
  assert_int_equal(world_poll(&w), 1);
  assert_string_equal(w.actions[0].reason, "asks");
  assert_int_equal(desk_tasks(&w, WB_DESK_OUTREACH, &task), 2);
  assert_string_equal(task.patient, "p2");
  assert_int_equal(world_receive(&w, WB_INPUT_BOOKED, "p2"), WB_OK);
  assert_int_equal(desk_tasks(&w, WB_DESK_OUTREACH, &task), 1);
  assert_string_equal(task.patient, "p1");
  world_close(&w);
}

static void the_desk_gets_so_many_calls_a_day(void **state) {
  (void)state;
  world w;
  wb_task task = {0};
  world_open(&w, TWO_PATIENTS);
  wb_practice_free(w.practice);
  w.options.tasks_per_day = 1;
  world_practice(&w);
  world_launch(&w, "one", ONE_TEXT("one"));
  world_enroll(&w);
  assert_int_equal(world_poll(&w), 2);
  world_sent(&w);
  assert_int_equal(world_reply(&w, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(world_reply(&w, "p2", "Can you call me?"), WB_OK);
  assert_int_equal(world_poll(&w), 1);
  world_sent(&w);
  assert_int_equal(desk_tasks(&w, WB_DESK_OUTREACH, &task), 1);
  const char *other = strcmp(task.patient, "p1") ? "p1" : "p2";
  world_held(&w, other, WB_HOLD_CAPACITY);
  w.now = at_day(1, 10);
  assert_int_equal(world_poll(&w), 1);
  assert_string_equal(w.actions[0].patient, other);
  world_close(&w);
}

static void replies_without_a_rule_reach_the_inbox(void **state) {
  (void)state;
  world w;
  wb_task task = {0};
  world_begin(&w, ONE_PATIENT);
  assert_int_equal(world_poll(&w), 1);
  world_sent(&w);
  assert_int_equal(world_reply(&w, "p1", "HELP"), WB_OK);
  assert_int_equal(desk_tasks(&w, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "help");
  assert_string_equal(task.patient, "p1");
  w.now += 1;
  assert_int_equal(world_reply(&w, "p1", "\xff\xfe"), WB_OK); /* no UTF-8: a person reads it */
  assert_int_equal(desk_tasks(&w, WB_DESK_INBOX, &task), 2);
  assert_int_equal(world_reply(&w, "p7", "hello"), WB_E_NAME);
  world_close(&w);
}

static void an_event_id_counts_once_in_ninety_days(void **state) {
  (void)state;
  world w;
  wb_task task = {0};
  world_open(&w, ONE_PATIENT);
  wb_practice_free(w.practice);
  w.options.flags = WB_PRACTICE_ALLOW_JUMP;
  world_practice(&w);
  world_launch(&w, "one", ONE_TEXT("one"));
  world_enroll(&w);
  assert_int_equal(world_poll(&w), 1);
  world_sent(&w);
  wb_input help = world_input(WB_INPUT_REPLY, "p1");
  help.text = "HELP";
  help.text_length = 4;
  help.event_id[3] = 1;
  wb_time first = w.now;
  assert_int_equal(wb_practice_receive(w.practice, &help, first, NULL), WB_OK);
  wb_input done = {.size = sizeof done, .kind = WB_INPUT_TASK_DONE, .action = help.event_id};
  assert_int_equal(wb_practice_receive(w.practice, &done, first, NULL), WB_OK);
  uint64_t before = wb_practice_sequence(w.practice);
  assert_int_equal(wb_practice_receive(w.practice, &help, first + 90 * DAY, NULL), WB_OK);
  assert_int_equal(wb_practice_sequence(w.practice), before);
  assert_int_equal(desk_tasks(&w, WB_DESK_INBOX, &task), 0);
  assert_int_equal(wb_practice_receive(w.practice, &help, first + 90 * DAY + 1, NULL), WB_OK);
  assert_int_equal(desk_tasks(&w, WB_DESK_INBOX, &task), 1);
  world_close(&w);
}

/* ---- time, processes, privacy --------------------------------------------------------------- */

static void a_jump_in_time_needs_leave(void **state) {
  (void)state;
  world w;
  world_begin(&w, ONE_PATIENT);
  wb_input pause = world_input(WB_INPUT_PAUSE, NULL);
  assert_int_equal(wb_practice_receive(w.practice, &pause, w.now + 31 * DAY + 1, NULL), WB_E_RANGE);
  assert_int_equal(wb_practice_receive(w.practice, &pause, INT64_MAX, NULL), WB_E_RANGE);
  assert_int_equal(wb_practice_receive(w.practice, &pause, w.now + 31 * DAY, NULL), WB_OK);
  w.now -= 5 * DAY; /* a clock that went back changes nothing early */
  assert_int_equal(world_poll(&w), 0);
  world_close(&w);
}

static void who_was_second_replays_and_repeats(void **state) {
  (void)state;
  world w;
  world_begin(&w, TWO_PATIENTS);
  wb_practice *first = w.practice, *second = NULL;
  wb_replay replay = {.size = sizeof replay};
  world_practice(&w);
  second = w.practice;
  assert_int_equal(wb_practice_replay(second, w.journal.bytes, w.journal.length, &replay, NULL),
                   WB_OK);
  assert_int_equal(replay.applied, wb_practice_sequence(first));
  assert_int_equal(world_poll(&w), 2);
  w.practice = first;
  w.actions[0].size = sizeof(wb_action);
  assert_int_equal(wb_practice_poll(first, w.it.facts, w.now, w.actions, ACTIONS, &w.count, NULL),
                   WB_E_CONFLICT);
  assert_int_equal(wb_practice_replay(first, w.journal.bytes, w.journal.length, &replay, NULL),
                   WB_OK);
  assert_int_equal(replay.used, w.journal.length);
  assert_int_equal(replay.flags, 0);
  assert_int_equal(world_poll(&w), 0);
  size_t length = 0, again = 0;
  uint8_t one[8192], two[8192];
  assert_int_equal(wb_practice_save(first, one, sizeof one, &length), WB_OK);
  assert_int_equal(wb_practice_save(second, two, sizeof two, &again), WB_OK);
  assert_int_equal(length, again);
  assert_memory_equal(one, two, length);
  wb_practice_free(second);
  world_close(&w);
}

static wb_status WB_CALL calling_back(void *user, uint64_t first, const void *bytes,
                                      uint64_t length, uint32_t count) {
  world *w = user;
  uint64_t cursor = 0;
  wb_enrollment found = {.size = sizeof found};
  wb_time wake = 0;
  wb_input pause = world_input(WB_INPUT_PAUSE, NULL);
  assert_int_equal(wb_practice_next(w->practice, &cursor, &found), WB_E_BUSY);
  assert_int_equal(wb_practice_wake(w->practice, &wake), WB_E_BUSY);
  assert_int_equal(wb_practice_receive(w->practice, &pause, w->now, NULL), WB_E_BUSY);
  return memory_journal_append(&w->journal, first, bytes, length, count);
}

static void a_callback_may_not_call_back(void **state) {
  (void)state;
  world w;
  world_open(&w, ONE_PATIENT);
  wb_practice_free(w.practice);
  w.options.append = calling_back;
  w.options.sync = NULL;
  w.options.user = &w;
  world_practice(&w);
  world_launch(&w, "one", ONE_TEXT("one"));
  assert_int_equal(world_enroll(&w).enrolled, 1);
  world_close(&w);
}

static void a_rehearsal_needs_no_journal(void **state) {
  (void)state;
  world w;
  world_open(&w, ONE_PATIENT);
  wb_practice_free(w.practice);
  w.options.append = NULL;
  w.options.sync = NULL;
  world_practice(&w);
  world_launch(&w, "one", ONE_TEXT("one"));
  assert_int_equal(world_enroll(&w).enrolled, 1);
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(w.journal.length, 0);
  world_close(&w);
}

/* Whether bytes hold a text. */
static bool holds(const uint8_t *bytes, size_t length, const char *text) {
  for (size_t i = 0; i + strlen(text) <= length; i++)
    if (!memcmp(bytes + i, text, strlen(text))) return true;
  return false;
}

static void journal_and_snapshot_hold_no_person(void **state) {
  (void)state;
  static const char *const values[] = {"Ana", "5550101", "ana@", "has time for you: https"};
  world w;
  uint8_t snapshot[16384];
  size_t length = 0;
  world_begin(&w, ONE_PATIENT);
  assert_int_equal(world_poll(&w), 1);
  world_sent(&w);
  assert_int_equal(world_reply(&w, "p1", "Ana here, 5550101, which day is free?"), WB_OK);
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(wb_practice_save(w.practice, snapshot, sizeof snapshot, &length), WB_OK);
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    assert_false(holds(w.journal.bytes, w.journal.length, values[i]));
    assert_false(holds(snapshot, length, values[i]));
  }
  assert_true(holds(w.journal.bytes, w.journal.length, "p1"));
  world_close(&w);
}

static void a_definition_that_no_longer_compiles_holds(void **state) {
  (void)state;
  static const char narrow[] =
      "{\"channels\":{\"sms\":{\"read\":[\"public\"],\"choose\":[\"public\"],"
      "\"max_segments\":2}},\"hosts\":[\"book.example.com\"]}";
  world w;
  wb_policy *policy = NULL;
  wb_error error = {0};
  world_begin(&w, ONE_PATIENT);
  wb_practice_free(w.practice);
  if (wb_policy_new(NULL, w.it.schema, narrow, strlen(narrow), &policy, &error) != WB_OK)
    fail_msg("%s %s", error.path, error.message);
  assert_int_equal(wb_practice_new(NULL, w.it.schema, policy, &w.options, &w.practice, NULL),
                   WB_OK);
  wb_policy_unref(policy);
  wb_replay replay = {.size = sizeof replay};
  assert_int_equal(wb_practice_replay(w.practice, w.journal.bytes, w.journal.length, &replay, NULL),
                   WB_OK);
  assert_int_equal(world_poll(&w), 0);
  world_held(&w, "p1", WB_HOLD_DEFINITION);
  assert_string_equal(world_find(&w, "p1").step, "");
  assert_int_equal(world_receive(&w, WB_INPUT_CLICK, "p1"), WB_OK);
  world_close(&w);
}

/* ---- other ways through a sequence ---------------------------------------------------------- */

/* Elapsed waits, steps of one channel, at most two messages. */
#define VARIED(audience)                                                                           \
  "{\"format\":1,\"name\":\"varied\",\"title\":\"Varied\",\"class\":\"care\",\"audience\":"        \
  "\"" audience "\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":"   \
  "\"recare.booked\"},"                                                                            \
  "\"touches\":2,\"rest_days\":90,\"steps\":[{\"id\":\"text\",\"send\":[\"hello\"]},"              \
  "{\"id\":\"pause\",\"wait\":{\"hours\":48}},{\"id\":\"mail\",\"send\":[\"mail\"]},"              \
  "{\"id\":\"rest\",\"wait\":{\"days\":1}},{\"id\":\"again\",\"send\":[\"hello\"]},"               \
  "{\"id\":\"last\",\"wait\":{\"days\":1}},{\"id\":\"end\",\"exit\":true}],\"texts\":{"            \
  "\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has time for you: " \
  "{{ location.booking_url }} Reply STOP to opt out.\"}},\"mail\":{\"channel\":\"email\","         \
  "\"en\":{\"subject\":\"Your next visit\",\"body\":\"{{ location.booking_url }} {{ "              \
  "practice.name }}, "                                                                             \
  "{{ location.address }} Unsubscribe: {{ location.booking_url }}\"}}}}"
#define OVERDUE "recare.overdue_months >= 1"
#define TEXT_ONLY COLUMNS "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n"

static void world_varied(world *w, const char *patients) {
  world_open(w, patients);
  world_launch(w, "varied", VARIED(OVERDUE));
  world_enroll(w);
  assert_int_equal(world_poll(w), 1);
  world_sent(w);
}

static void a_step_without_a_channel_is_left_out(void **state) {
  (void)state;
  world w;
  world_varied(&w, TEXT_ONLY);
  w.now = at_day(2, 10) - 1;
  assert_int_equal(world_poll(&w), 0);
  assert_string_equal(world_find(&w, "p1").step, "mail");
  w.now = at_day(2, 10); /* 48 hours to the second */
  assert_int_equal(world_poll(&w), 0);
  assert_string_equal(world_find(&w, "p1").step, "again");
  w.now = at_day(3, 10);
  assert_int_equal(world_poll(&w), 1);
  assert_string_equal(w.actions[0].step, "again");
  world_close(&w);
}

static void a_sequence_ends_when_nothing_can_be_sent_any_more(void **state) {
  (void)state;
  world w;
  world_varied(&w, TEXT_ONLY);
  world_facts(&w, COLUMNS "p1|active|Ana|1980-02-29|1|+12125550101|no||\n", "");
  w.now = at_day(2, 11);
  assert_int_equal(world_poll(&w), 0);
  world_ended(&w, "p1", "finished");
  world_close(&w);
}

static void a_campaign_sends_so_many_messages(void **state) {
  (void)state;
  world w;
  world_varied(&w, ONE_PATIENT);
  w.now = at_day(2, 10);
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(w.actions[0].channel, WB_CHANNEL_EMAIL);
  world_sent(&w);
  assert_int_equal(world_find(&w, "p1").touches, 2);
  w.now = at_day(8, 11);
  assert_int_equal(world_poll(&w), 0);
  world_ended(&w, "p1", "finished");
  world_close(&w);
}

static void who_is_no_longer_meant_leaves(void **state) {
  (void)state;
  world w;
  world_open(&w, ONE_PATIENT);
  world_launch(&w, "varied", VARIED("patient.first_name == \\\"Ana\\\""));
  assert_int_equal(world_enroll(&w).enrolled, 1);
  world_facts(&w, COLUMNS "p1|active|Anna|1980-02-29|1|+12125550101|yes||\n", "");
  assert_int_equal(world_poll(&w), 0);
  world_ended(&w, "p1", "not_eligible");
  world_close(&w);
}

static void a_click_where_no_call_follows_changes_nothing(void **state) {
  (void)state;
  world w;
  wb_task task = {0};
  world_varied(&w, ONE_PATIENT);
  uint64_t before = wb_practice_sequence(w.practice);
  assert_int_equal(world_receive(&w, WB_INPUT_CLICK, "p1"), WB_OK);
  assert_int_equal(wb_practice_sequence(w.practice), before);
  assert_int_equal(world_receive(&w, WB_INPUT_CLICK, "p8"), WB_E_NAME);
  assert_int_equal(world_reply(&w, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(desk_tasks(&w, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "asks");
  assert_string_equal(task.campaign, "");
  world_close(&w);
}

static void an_opt_out_by_patient_closes_every_number_texted(void **state) {
  (void)state;
  world w;
  wb_task task = {0};
  world_begin(&w, TWO_PATIENTS);
  assert_int_equal(world_receive(&w, WB_INPUT_OPTED_OUT, "p1"), WB_OK); /* never texted: a task */
  assert_int_equal(desk_tasks(&w, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "reply");
  world_ended(&w, "p1", "opted_out");
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(world_find(&w, "p2").state, WB_STATE_CLAIMED);
  assert_int_equal(world_receive(&w, WB_INPUT_OPTED_OUT, "p2"), WB_OK);
  world_ended(&w, "p2", "opted_out");
  assert_int_equal(world_receive(&w, WB_INPUT_OPTED_OUT, "p8"), WB_OK); /* never heard of */
  assert_int_equal(world_receive(&w, WB_INPUT_OPTED_IN, "p8"), WB_OK);
  assert_int_equal(world_receive(&w, WB_INPUT_OPTED_IN, "p9"), WB_E_NAME);
  assert_int_equal(world_receive(&w, WB_INPUT_OPTED_IN, "p2"), WB_OK);
  world_close(&w);
}

/* Told of by key, before any text could say the number: by an event, or a reply. */
static void an_opt_out_by_patient_before_any_text_holds_the_first_one(void **state) {
  (void)state;
  for (int by_reply = 0; by_reply < 2; by_reply++) {
    world w;
    world_open(&w, COLUMNS "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n"
                           "p2|active|Ben|1981-03-01|1|+12125550102|yes||\n");
    const wb_status out =
        by_reply ? world_reply(&w, "p1", "STOP") : world_receive(&w, WB_INPUT_OPTED_OUT, "p1");
    assert_int_equal(out, WB_OK);
    world_launch(&w, "one", ONE_TEXT("one"));
    assert_int_equal(world_enroll(&w).held, 1);
    assert_int_equal(world_poll(&w), 1);
    assert_string_equal(w.actions[0].patient, "p2");
    world_held(&w, "p1", WB_HOLD_OPTED_OUT);
    assert_int_equal(world_receive(&w, WB_INPUT_OPTED_IN, "p1"), WB_OK);
    assert_int_equal(world_poll(&w), 1);
    assert_string_equal(w.actions[0].patient, "p1");
    world_close(&w);
  }
}

static void a_call_nobody_took_over_stays_on_the_desk(void **state) {
  (void)state;
  world w;
  wb_task task = {0};
  world_begin(&w, ONE_PATIENT);
  assert_int_equal(world_poll(&w), 1);
  world_sent(&w);
  assert_int_equal(world_reply(&w, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(world_poll(&w), 1);
  uint8_t id[16];
  memcpy(id, w.actions[0].id, 16);
  assert_int_equal(world_ack(&w, id, WB_NOT_SENT, WB_CAUSE_LATE), WB_OK);
  w.now += MINUTE;
  assert_int_equal(world_poll(&w), 1);
  assert_memory_equal(w.actions[0].id, id, 16);
  assert_int_equal(w.actions[0].attempt, 2);
  w.now += 901;
  assert_int_equal(world_poll(&w), 0);
  assert_int_equal(world_action(&w, id).state, WB_ACTION_UNKNOWN);
  assert_int_equal(world_find(&w, "p1").state, WB_STATE_WAITING);
  assert_int_equal(desk_tasks(&w, WB_DESK_OUTREACH, &task), 1);
  world_close(&w);
}

static void a_reply_while_a_message_is_out_stops_what_follows(void **state) {
  (void)state;
  world w;
  world_begin(&w, ONE_PATIENT);
  assert_int_equal(world_poll(&w), 1);
  uint8_t id[16];
  memcpy(id, w.actions[0].id, 16);
  assert_int_equal(world_receive(&w, WB_INPUT_CLICK, "p1"), WB_OK);
  assert_int_equal(world_find(&w, "p1").state, WB_STATE_CLAIMED);
  assert_int_equal(world_ack(&w, id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  assert_int_equal(world_action(&w, id).state, WB_ACTION_FAILED);
  w.now += HOUR;
  assert_int_equal(world_poll(&w), 0);
  w.now += DAY;
  assert_int_equal(world_poll(&w), 1);
  assert_int_equal(w.actions[0].kind, WB_ACTION_CALL_TASK);
  world_close(&w);
}

static void a_try_is_withdrawn_when_the_patient_responds(void **state) {
  (void)state;
  world w;
  world_begin(&w, TWO_PATIENTS);
  assert_int_equal(world_poll(&w), 2);
  uint8_t ids[2][16];
  for (uint32_t i = 0; i < 2; i++) {
    memcpy(ids[i], w.actions[i].id, 16);
    assert_int_equal(world_ack(&w, ids[i], WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  }
  assert_int_equal(world_receive(&w, WB_INPUT_CLICK, "p1"), WB_OK);
  assert_int_equal(world_receive(&w, WB_INPUT_BOOKED, "p2"), WB_OK);
  for (uint32_t i = 0; i < 2; i++) {
    assert_int_equal(world_action(&w, ids[i]).state, WB_ACTION_WITHDRAWN);
    assert_int_equal(world_action(&w, ids[i]).cause, WB_CAUSE_NONE);
  }
  w.now += HOUR;
  assert_int_equal(world_poll(&w), 0);
  world_close(&w);
}

static void without_a_zone_or_a_link_people_are_held(void **state) {
  (void)state;
  static const char *const locations[] = {"1|Example Dental|||\n",
                                          "1|Example Dental|EST5EDT,M3.2.0,M11.1.0||\n"};
  static const int32_t holds[] = {WB_HOLD_ZONE, WB_HOLD_RENDER};
  for (size_t i = 0; i < 2; i++) {
    world w;
    char table[256] = "location:u|short_name:u|zone:u|region:u|booking_url:u\n";
    world_open(&w, ONE_PATIENT);
    world_launch(&w, "varied", VARIED("patient.status == \\\"active\\\""));
    assert_int_equal(world_enroll(&w).enrolled, 1);
    wb_facts_free(w.it.facts);
    wb_facts_options options = {.size = sizeof options, .as_of = w.now};
    assert_int_equal(wb_facts_new(NULL, w.it.schema, &options, &w.it.facts, NULL), WB_OK);
    sample_add(&w.it, "practice", "name:u\nExample Dental\n");
    sample_add(&w.it, "locations", strcat(table, locations[i]));
    sample_add(&w.it, "patients", ONE_PATIENT);
    sample_add(&w.it, "procedures",
               "patient:u|code:u|status:u|date:tdD\np1|D1110|completed|2025-09-15\n");
    sample_add(&w.it, "appointments", "patient:u|status:u|start:tdD\np1|completed|2025-09-15\n");
    assert_int_equal(world_poll(&w), 0);
    world_held(&w, "p1", holds[i]);
    world_close(&w);
  }
}

/* ---- wrong calls ---------------------------------------------------------------------------- */

static void options_are_checked(void **state) {
  (void)state;
  world w;
  wb_practice *made = NULL;
  static const uint8_t zero[16] = {0};
  world_open(&w, ONE_PATIENT);
  wb_practice_options options = w.options;
  options.secret = zero;
  assert_int_equal(wb_practice_new(NULL, w.it.schema, NULL, &options, &made, NULL), WB_E_INVALID);
  options = w.options;
  options.key_length = 65;
  assert_int_equal(wb_practice_new(NULL, w.it.schema, NULL, &options, &made, NULL), WB_E_INVALID);
  options.key_length = 0;
  assert_int_equal(wb_practice_new(NULL, w.it.schema, NULL, &options, &made, NULL), WB_E_INVALID);
  options = w.options;
  options.per_month = 9;
  assert_int_equal(wb_practice_new(NULL, w.it.schema, NULL, &options, &made, NULL), WB_E_RANGE);
  options = w.options;
  options.flags = 2;
  assert_int_equal(wb_practice_new(NULL, w.it.schema, NULL, &options, &made, NULL), WB_E_VERSION);
  assert_int_equal(wb_practice_new(NULL, NULL, NULL, &w.options, &made, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_new(NULL, w.it.schema, NULL, NULL, &made, NULL), WB_E_INVALID);
  assert_null(made);
  wb_practice_free(NULL);
  assert_int_equal(wb_practice_sequence(NULL), 0);
  world_close(&w);
}

static void wrong_calls_are_refused(void **state) {
  (void)state;
  world w;
  uint32_t count = 0;
  size_t needed = 0;
  uint64_t cursor = 0;
  wb_task task = {.size = sizeof task};
  wb_counts counts = {.size = sizeof counts};
  wb_replay replay = {.size = sizeof replay};
  uint8_t id[16] = {1};
  world_begin(&w, ONE_PATIENT);
  w.actions[0].size = 8;
  assert_int_equal(wb_practice_poll(w.practice, w.it.facts, w.now, w.actions, 1, &count, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_poll(w.practice, w.it.facts, w.now, NULL, 1, &count, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_poll(w.practice, NULL, w.now, NULL, 0, &count, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_poll(w.practice, w.it.facts, w.now, NULL, 0, &count, NULL), WB_OK);
  assert_int_equal(wb_practice_poll(NULL, w.it.facts, w.now, NULL, 0, &count, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_enroll(w.practice, NULL, 0, w.it.facts, w.now, NULL, NULL),
                   WB_E_INVALID);
  counts.size = 8;
  assert_int_equal(wb_practice_enroll(w.practice, NULL, 0, w.it.facts, w.now, &counts, NULL),
                   WB_E_INVALID);
  assert_int_equal(world_ack(&w, id, WB_SENT, 0), WB_E_NAME);
  assert_int_equal(world_ack(&w, NULL, WB_SENT, 0), WB_E_INVALID);
  assert_int_equal(world_ack(&w, id, WB_SENT, WB_CAUSE_LATE), WB_E_INVALID);
  assert_int_equal(world_ack(&w, id, WB_NOT_SENT, 0), WB_E_INVALID);
  assert_int_equal(world_ack(&w, id, 9, 0), WB_E_INVALID);
  assert_int_equal(world_receive(&w, WB_INPUT_BOOKED, NULL), WB_E_INVALID);
  assert_int_equal(world_receive(&w, WB_INPUT_REPLY, NULL), WB_E_INVALID);
  assert_int_equal(world_receive(&w, WB_INPUT_TASK_DONE, NULL), WB_E_INVALID);
  assert_int_equal(world_receive(&w, WB_INPUT_LAUNCH, NULL), WB_E_INVALID);
  assert_int_equal(world_receive(&w, 77, "p1"), WB_E_INVALID);
  wb_input input = world_input(WB_INPUT_BOOKED, "p1");
  input.patient_length = 65;
  assert_int_equal(wb_practice_receive(w.practice, &input, w.now, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_receive(w.practice, NULL, w.now, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_add(w.practice, NULL, w.now, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_save(w.practice, NULL, 0, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_save(w.practice, NULL, 0, &needed), WB_E_SPACE);
  assert_int_equal(wb_practice_load(w.practice, &count, sizeof count, NULL), WB_E_STATE);
  assert_int_equal(wb_practice_replay(w.practice, NULL, 1, &replay, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_replay(w.practice, "", 0, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_replay(w.practice, NULL, 0, &replay, NULL), WB_OK);
  assert_int_equal(wb_desk_next(w.practice, 5, &cursor, &task), WB_E_INVALID);
  assert_int_equal(wb_desk_next(w.practice, WB_DESK_INBOX, &cursor, &task), WB_E_NAME);
  assert_int_equal(wb_practice_wake(w.practice, NULL), WB_E_INVALID);
  assert_string_equal(wb_hold_name(-1), "unknown");
  assert_string_equal(wb_hold_name(WB_HOLD_ADMISSIONS + 1), "unknown");
  world_close(&w);
}

static void another_practice_or_secret_is_refused(void **state) {
  (void)state;
  static const uint8_t other[16] = {5};
  world w;
  uint8_t snapshot[8192];
  size_t length = 0;
  wb_replay replay = {.size = sizeof replay};
  world_begin(&w, ONE_PATIENT);
  assert_int_equal(wb_practice_save(w.practice, snapshot, sizeof snapshot, &length), WB_OK);
  for (int i = 0; i < 2; i++) {
    wb_practice *made = NULL;
    wb_practice_options options = w.options;
    if (i == 0)
      options.secret = other;
    else
      options.key = "practicf";
    assert_int_equal(wb_practice_new(NULL, w.it.schema, NULL, &options, &made, NULL), WB_OK);
    assert_int_equal(wb_practice_load(made, snapshot, length, NULL), WB_E_INVALID);
    assert_int_equal(wb_practice_replay(made, w.journal.bytes, w.journal.length, &replay, NULL),
                     WB_E_INVALID);
    assert_int_equal(wb_practice_sequence(made), 0);
    wb_practice_free(made);
  }
  world_close(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_playbook_runs_by_days),
      cmocka_unit_test(an_action_tells_everything),
      cmocka_unit_test(nothing_goes_twice_on_a_day),
      cmocka_unit_test(nothing_runs_unless_launched),
      cmocka_unit_test(admissions_are_by_day_and_the_unreachable_take_no_place),
      cmocka_unit_test(after_the_end_comes_a_rest_then_a_second_entry),
      cmocka_unit_test(a_new_version_is_for_those_who_enter_later),
      cmocka_unit_test(hours_hold_and_bound_the_delivery),
      cmocka_unit_test(caps_hold_until_their_day),
      cmocka_unit_test(one_patient_gets_one_action_in_a_poll),
      cmocka_unit_test(a_hold_is_recorded_once),
      cmocka_unit_test(old_or_missing_facts_hold),
      cmocka_unit_test(a_pause_holds_until_it_ends),
      cmocka_unit_test(a_claim_without_answer_turns_unknown),
      cmocka_unit_test(answers_follow_the_table),
      cmocka_unit_test(a_throttled_message_is_tried_four_times_more),
      cmocka_unit_test(a_bad_address_is_closed_and_the_next_channel_taken),
      cmocka_unit_test(stop_acts_on_a_number_for_all_who_share_it),
      cmocka_unit_test(only_start_lifts_an_opt_out),
      cmocka_unit_test(a_booking_ends_the_sequence),
      cmocka_unit_test(a_claim_of_somebody_who_left_turns_unknown),
      cmocka_unit_test(a_click_without_booking_becomes_a_call),
      cmocka_unit_test(questions_come_before_clicks_and_booking_closes_them),
      cmocka_unit_test(the_desk_gets_so_many_calls_a_day),
      cmocka_unit_test(replies_without_a_rule_reach_the_inbox),
      cmocka_unit_test(an_event_id_counts_once_in_ninety_days),
      cmocka_unit_test(a_jump_in_time_needs_leave),
      cmocka_unit_test(who_was_second_replays_and_repeats),
      cmocka_unit_test(a_callback_may_not_call_back),
      cmocka_unit_test(a_rehearsal_needs_no_journal),
      cmocka_unit_test(journal_and_snapshot_hold_no_person),
      cmocka_unit_test(a_definition_that_no_longer_compiles_holds),
      cmocka_unit_test(a_step_without_a_channel_is_left_out),
      cmocka_unit_test(a_sequence_ends_when_nothing_can_be_sent_any_more),
      cmocka_unit_test(a_campaign_sends_so_many_messages),
      cmocka_unit_test(who_is_no_longer_meant_leaves),
      cmocka_unit_test(a_click_where_no_call_follows_changes_nothing),
      cmocka_unit_test(an_opt_out_by_patient_closes_every_number_texted),
      cmocka_unit_test(an_opt_out_by_patient_before_any_text_holds_the_first_one),
      cmocka_unit_test(a_call_nobody_took_over_stays_on_the_desk),
      cmocka_unit_test(a_reply_while_a_message_is_out_stops_what_follows),
      cmocka_unit_test(a_try_is_withdrawn_when_the_patient_responds),
      cmocka_unit_test(without_a_zone_or_a_link_people_are_held),
      cmocka_unit_test(options_are_checked),
      cmocka_unit_test(wrong_calls_are_refused),
      cmocka_unit_test(another_practice_or_secret_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
