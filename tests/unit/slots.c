/* SPDX-License-Identifier: MIT */
/* Openings and those who are asked for them, where state or event say what no host of today says:
   an opening that is not there, of another generation, or without a place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/slot.h"
#include "support/clinic.h"

#define FILL(name, class_, segments)                                                               \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"T\",\"class\":\"" class_                        \
  "\",\"subject\":\"opening\",\"audience\":\"slot.minutes >= 30\",\"segments\":[" segments         \
  "],\"rest_days\":0,\"steps\":[{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"w\",\"wait\":{"      \
  "\"days\":7}},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{"  \
  "\"body\":\"{{ location.short_name }}: reply YES to take it, STOP to opt out.\"}}}}"
#define ALL "{\"name\":\"all\",\"where\":\"true\"}"

static const wb_practice_options options = {
    .size = sizeof options, .flags = WB_PRACTICE_ALLOW_JUMP, .per_day = 8, .per_week = 8};

/* Two who may be asked for an opening in three days, at the location or at none. */
static void begin(clinic *c, const char *json, uint32_t location_length) {
  clinic_open(c, CLINIC_ANA CLINIC_BEN, &options);
  clinic_launch(c, "fill", json);
  wb_input opened = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c->now + 3 * CLINIC_DAY);
  opened.location_length = location_length;
  assert_int_equal(clinic_send(c, &opened), WB_OK);
}

static void asked(clinic *c) {
  begin(c, FILL("fill", "benefit", ALL), 1);
  assert_int_equal(clinic_poll(c), 2);
  clinic_sent(c);
}

/* The enrolment of a patient is about something else. */
static void about(clinic *c, const char *patient, const char *subject) {
  wbi_state *state = &c->practice->state;
  for (uint32_t i = 0; i < state->enrollment.count; i++) {
    wbi_enrollment *each = wbi_state_enrollment(state, i);
    if (!wbi_text_equal(wbi_keys_text(&state->patients, each->patient), wbi_text_of(patient)))
      continue;
    assert_int_equal(wbi_keys_reserve(&state->subjects, 1, strlen(subject)), WB_OK);
    each->subject = wbi_keys_add(&state->subjects, wbi_text_of(subject));
  }
}

static wb_opening opening(clinic *c) {
  wb_opening found = {.size = sizeof found};
  assert_int_equal(wb_opening_get(c->practice, "s1", 2, &found), WB_OK);
  return found;
}

/* ---- what an enrolment is about ---------------------------------------------------------------
 */

static void an_opening_is_named_with_its_generation(void **state) {
  static const struct {
    const char *subject;
    bool found, current;
  } rows[] = {{"s1#1", true, true},    {"s1#2", true, false},  {"s1#x", true, false},
              {"s1#", true, false},    {"s2#1", false, false}, {"s1", false, false},
              {"s1#1#1", false, false}};
  clinic c;
  (void)state;
  asked(&c);
  const wbi_state *known = &c.practice->state;
  const wb_campaign *campaign = wbi_state_definition(known, 0)->compiled;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    bool current = true;
    about(&c, "p1", rows[i].subject);
    const wbi_enrollment *enrollment = wbi_state_enrollment(known, 0);
    const uint32_t place = wbi_slot_of(known, enrollment, &current);
    const wbi_text shown = wbi_slot_shown(known, campaign, wbi_text_of(rows[i].subject));
    if ((place == 0) != rows[i].found || current != rows[i].current) fail_msg("row %d", (int)i);
    assert_true(wbi_text_equal(shown, wbi_text_of(rows[i].found ? "s1" : rows[i].subject)));
    const wbi_text subject = wbi_text_of(rows[i].subject); /* a visit may have such a key */
    assert_true(wbi_text_equal(wbi_slot_shown(known, NULL, subject), subject));
  }
  clinic_close(&c);
}

static void who_is_asked_for_an_opening_has_the_rank_of_the_campaign(void **state) {
  clinic c;
  (void)state;
  asked(&c);
  for (uint32_t i = 0; i < 2; i++)
    assert_int_equal(wbi_state_enrollment(&c.practice->state, i)->rank, 50);
  clinic_close(&c);
}

/* An answer about an opening that is not there: a kind one, and the desk calls. */
static void who_takes_what_is_not_there_is_called(void **state) {
  (void)state;
  for (int yes = 0; yes < 2; yes++) {
    clinic c;
    asked(&c);
    about(&c, "p1", "s2#1");
    assert_int_equal(clinic_reply(&c, "p1", yes ? "Yes" : "No"), WB_OK);
    assert_string_equal(clinic_find(&c, "p1", "fill").reason, yes ? "accepted" : "declined");
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), yes);
    assert_int_equal(opening(&c).state, WB_OPENING_OFFERING);
    clinic_close(&c);
  }
}

/* A second yes of whoever has it changes nothing; one that comes once it began is too late. */
static void an_opening_is_taken_once_and_before_it_begins(void **state) {
  (void)state;
  for (int late = 0; late < 2; late++) {
    clinic c;
    asked(&c);
    c.now += late ? 3 * CLINIC_DAY : 0;
    assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
    assert_int_equal(opening(&c).state, late ? WB_OPENING_OFFERING : WB_OPENING_TENTATIVE);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), late);
    if (!late) assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), !late);
    clinic_close(&c);
  }
}

/* Whoever would like to come takes it, whoever would later does not. */
static void a_wish_for_a_visit_is_a_yes_and_for_later_a_no(void **state) {
  static const struct {
    const char *text, *reason;
  } rows[] = {{"I'd like to book", "accepted"}, {"Maybe later", "declined"}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    asked(&c);
    assert_int_equal(clinic_reply(&c, "p1", rows[i].text), WB_OK);
    assert_string_equal(clinic_find(&c, "p1", "fill").reason, rows[i].reason);
    clinic_close(&c);
  }
}

/* Of two who are asked the one does not decline for the other. */
static void who_declines_gives_back_what_is_theirs_alone(void **state) {
  clinic c;
  (void)state;
  asked(&c);
  assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "No"), WB_OK);
  assert_int_equal(opening(&c).state, WB_OPENING_TENTATIVE);
  assert_int_equal(clinic_reply(&c, "p1", "No"), WB_OK);
  assert_int_equal(opening(&c).state, WB_OPENING_OFFERING);
  clinic_close(&c);
}

/* Who is asked for an opening and, minutes later, whether a visit stands, may mean either. */
static void a_yes_to_two_questions_is_for_a_person(void **state) {
  static const char json[] =
      "{\"format\":1,\"name\":\"visits\",\"title\":\"T\",\"class\":\"transactional\",\"subject\":"
      "\"appointment\",\"audience\":\"slot.status == 'scheduled'\",\"segments\":[" ALL
      "],\"steps\":[{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"w\",\"wait\":{\"before_visit\":"
      "{\"hours\":4}}},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ask\":{\"channel\":\"sms\","
      "\"en\":{"
      "\"body\":\"{{ location.short_name }}: YES or NO? STOP to opt out.\"}}}}";
  (void)state;
  for (int apart = 0; apart < 2; apart++) {
    char visits[128];
    clinic c;
    asked(&c);
    c.now += apart ? 10 * CLINIC_MINUTE : CLINIC_MINUTE;
    clinic_launch(&c, "visits", json);
    snprintf(visits, sizeof visits, CLINIC_VISITS "p1|scheduled|%lld|v1\n",
             (long long)(c.now + 3 * CLINIC_DAY));
    clinic_place(&c, CLINIC_ZONE, CLINIC_ANA CLINIC_BEN, visits);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    wb_task first = {.size = sizeof first};
    assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &first), !apart);
    if (!apart) assert_string_equal(first.reason, "which_question");
    assert_string_equal(clinic_find(&c, "p1", "visits").reason, apart ? "confirmed" : "");
    clinic_close(&c);
  }
}

/* Whoever is asked for something that is not there, or for no opening at all, is asked no more. */
static void what_is_not_there_is_gone(void **state) {
  static const char *const subjects[] = {"s2#1", "s1#7", "s1"};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(subjects); i++) {
    clinic c;
    asked(&c);
    about(&c, "p1", subjects[i]);
    wbi_wake_set(&c.practice->state, 0, c.now);
    assert_int_equal(clinic_poll(&c), 0);
    assert_string_equal(clinic_find(&c, "p1", "fill").reason, "gone");
    clinic_close(&c);
  }
}

/* ---- who is asked -----------------------------------------------------------------------------
 */

/* An opening without a place is for everybody. */
static void an_opening_of_no_place_is_offered_everywhere(void **state) {
  static const char south[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n"
                                          "p2|active|Ben|1981-03-01|2|+12125550102|yes||\n"
                                          "p3|active|Cat|1982-04-01||+12125550103|yes||\n";
  (void)state;
  for (uint32_t length = 0; length < 2; length++) {
    clinic c;
    begin(&c, FILL("fill", "benefit", ALL), length);
    clinic_rows(&c, south, "");
    assert_int_equal(clinic_poll(&c), length == 0 ? 2 : 1); /* who is nowhere has no hours */
    clinic_close(&c);
  }
}

/* One without a length, of a journal from before they were refused, fits nobody who asks for one.
 */
static void an_opening_without_a_length_is_not_known_to_fit(void **state) {
  clinic c;
  (void)state;
  begin(&c, FILL("fill", "benefit", ALL), 1);
  wbi_state_opening(&c.practice->state, 0)->minutes = 0;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(opening(&c).state, WB_OPENING_OPEN);
  clinic_close(&c);
}

/* What nobody said of an opening is null. */
static void an_opening_tells_its_length_and_whose_time_it_is(void **state) {
  static const struct {
    const char *audience, *schedule;
    uint32_t minutes, asked;
  } rows[] = {{"slot.minutes == null", "", 0, 2},
              {"slot.minutes == 1", "", 1, 2},
              {"slot.schedule == null", "", 60, 2},
              {"slot.schedule == null", "h", 60, 0},
              {"slot.schedule == 'h'", "h", 60, 2}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    static const char fits[] = "slot.minutes >= 30";
    char json[1200], all[] = FILL("fill", "benefit", ALL);
    char *at = strstr(all, fits);
    snprintf(json, sizeof json, "%.*s%s%s", (int)(at - all), all, rows[i].audience,
             at + strlen(fits));
    clinic c;
    clinic_open(&c, CLINIC_ANA CLINIC_BEN, &options);
    clinic_launch(&c, "fill", json);
    wb_input opened = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c.now + 3 * CLINIC_DAY);
    opened.name = rows[i].schedule;
    opened.name_length = (uint32_t)strlen(rows[i].schedule);
    assert_int_equal(clinic_send(&c, &opened), WB_OK);
    wbi_state_opening(&c.practice->state, 0)->minutes = rows[i].minutes;
    if (clinic_poll(&c) != rows[i].asked) fail_msg("row %d: %u", (int)i, c.count);
    clinic_close(&c);
  }
}

/* Of those who were asked as long ago the first segment comes first, then the first key; of two
   campaigns that want the same patient alike the first. */
static void segments_and_campaigns_come_in_their_order(void **state) {
  static const char halves[] = "{\"name\":\"late\",\"where\":\"patient.name == 'Ben'\"},"
                               "{\"name\":\"rest\",\"where\":\"true\"}";
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, &options);
  char json[2048];
  snprintf(json, sizeof json, FILL("%s", "benefit", "%s"), "fill", halves);
  clinic_launch(&c, "fill", json);
  clinic_launch(&c, "more", FILL("more", "benefit", ALL));
  const wb_input opened = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c.now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_send(&c, &opened), WB_OK);
  assert_int_equal(clinic_poll(&c), 2);
  assert_string_equal(clinic_find(&c, "p1", NULL).campaign, "more"); /* in whose first they are */
  assert_string_equal(clinic_find(&c, "p2", NULL).campaign, "fill");
  clinic_close(&c);
}

/* Asked last counts, in whatever order the openings are known. */
static void who_was_asked_last_is_asked_last(void **state) {
  clinic c;
  (void)state;
  asked(&c);
  const wb_time first = c.now;
  c.now += CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "");
  assert_int_equal(clinic_reply(&c, "p1", "No"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "No"), WB_OK);
  const wb_input another = clinic_slot(WB_INPUT_SLOT_OPENED, "a1", c.now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_send(&c, &another), WB_OK);
  while (clinic_poll(&c) > 0)
    clinic_sent(&c);
  const wbi_state *known = &c.practice->state;
  const uint32_t chain = wbi_state_patient(known, 0)->enrollments;
  assert_int_equal(wbi_state_enrollment(known, chain)->entered, first + CLINIC_DAY); /* a1 */
  const wb_input third = clinic_slot(WB_INPUT_SLOT_OPENED, "t1", c.now + 4 * CLINIC_DAY);
  assert_int_equal(clinic_send(&c, &third), WB_OK);
  assert_int_equal(clinic_poll(&c), 2); /* their third in the week */
  clinic_close(&c);
}

/* A place of more regions than law is asked about is looked at again the next day. */
static void where_law_cannot_tell_nobody_is_asked(void **state) {
  static const char many[] = "US-NY US-NY US-NY US-NY US-NY US-NY US-NY US-NY US-NY US-NY US-NY "
                             "US-NY US-NY US-NY US-NY US-NY US-NY";
  (void)state;
  for (int regions = 16; regions <= 17; regions++) {
    char region[sizeof many];
    clinic c;
    begin(&c, FILL("fill", "benefit", ALL), 1);
    snprintf(region, sizeof region, "%.*s", regions * 6 - 1, many);
    clinic_moved(&c, CLINIC_ZONE, region, CLINIC_ANA CLINIC_BEN);
    assert_int_equal(clinic_poll(&c), regions == 16 ? 2 : 0);
    const wbi_opening *found = wbi_state_opening(&c.practice->state, 0);
    if (regions == 17) assert_int_equal(found->until, c.now + CLINIC_DAY);
    clinic_close(&c);
  }
}

/* After a backup those who were asked count, but for an opening that stood under the key before. */
static void who_was_asked_for_another_generation_does_not_count(void **state) {
  static const char *const subjects[] = {"s1#1", "s1#2"};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(subjects); i++) {
    clinic c;
    asked(&c);
    about(&c, "p1", subjects[i]);
    about(&c, "p2", subjects[i]);
    wbi_plan *plan = &c.practice->plan;
    wbi_plan_start(plan, &c.practice->state, c.now);
    assert_int_equal(wbi_plan_open(plan, &c.practice->state, WBI_BY_RECEIVE), WB_OK);
    assert_int_equal(wbi_slot_resume(c.practice, c.now), WB_OK);
    assert_int_equal(plan->effects, i);
    wbi_plan_start(plan, &c.practice->state, c.now);
    clinic_close(&c);
  }
}

/* Nor is a wave planned when there is none any more. */
static void half_an_hour_before_it_begins_no_wave_is_planned(void **state) {
  static const wb_time before[] = {31 * CLINIC_MINUTE, 30 * CLINIC_MINUTE};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(before); i++) {
    clinic c;
    asked(&c);
    wbi_opening *found = wbi_state_opening(&c.practice->state, 0);
    c.now = found->start - before[i];
    found->until = found->start; /* whoever was asked may accept until then */
    wbi_plan *plan = &c.practice->plan;
    wbi_plan_start(plan, &c.practice->state, c.now);
    assert_int_equal(wbi_plan_open(plan, &c.practice->state, WBI_BY_RECEIVE), WB_OK);
    assert_int_equal(wbi_slot_resume(c.practice, c.now), WB_OK);
    assert_int_equal(plan->effects, i == 0);
    wbi_plan_start(plan, &c.practice->state, c.now);
    clinic_close(&c);
  }
}

/* There was no room for one of those who were asked until the opening was over: they may be asked
   for the next, and while it stands for none. */
static void who_was_not_reached_in_time_may_be_asked_for_another(void **state) {
  (void)state;
  for (int over = 0; over < 2; over++) {
    clinic c;
    uint32_t count = 0;
    begin(&c, FILL("fill", "benefit", ALL), 1);
    c.actions[0].size = sizeof(wb_action);
    assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, c.actions, 1, &count, NULL),
                     WB_OK);
    assert_int_equal(count, 1);
    assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_SENT, WB_CAUSE_NONE), WB_OK);
    c.now += (2 + over) * CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "");
    assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, NULL, 0, &count, NULL), WB_OK);
    assert_int_equal(opening(&c).state, over ? WB_OPENING_EXPIRED : WB_OPENING_OFFERING);
    const wb_input another = clinic_slot(WB_INPUT_SLOT_OPENED, "s2", c.now + 3 * CLINIC_DAY);
    assert_int_equal(clinic_send(&c, &another), WB_OK);
    clinic_poll(&c);
    wb_opening second = {.size = sizeof second};
    assert_int_equal(wb_opening_get(c.practice, "s2", 2, &second), WB_OK);
    assert_int_equal(second.asked, over ? 2 : 1);
    clinic_close(&c);
  }
}

/* A campaign that begins with a call asks nobody for an opening. */
static void a_campaign_that_begins_with_a_call_asks_nobody(void **state) {
  static const char json[] =
      "{\"format\":1,\"name\":\"fill\",\"title\":\"T\",\"class\":\"benefit\",\"subject\":"
      "\"opening\","
      "\"audience\":\"slot.minutes >= 30\",\"segments\":[" ALL
      "],\"steps\":[{\"id\":\"k\",\"call\":"
      "\"note\",\"within\":{\"days\":2}},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"note\":{"
      "\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}";
  clinic c;
  (void)state;
  begin(&c, json, 1);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(opening(&c).asked, 0);
  assert_int_equal(opening(&c).state, WB_OPENING_OPEN);
  clinic_close(&c);
}

/* A wait has nothing to wait for: the time would be gone. */
static void a_campaign_that_begins_with_a_wait_asks_at_once(void **state) {
  static const char json[] =
      "{\"format\":1,\"name\":\"fill\",\"title\":\"T\",\"class\":\"benefit\",\"subject\":"
      "\"opening\","
      "\"audience\":\"slot.minutes >= 30\",\"segments\":[" ALL
      "],\"steps\":[{\"id\":\"w\",\"wait\":{\"hours\":1}},{\"id\":\"ask\",\"send\":[\"ask\"]},"
      "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":"
      "\"{{ location.short_name }}: reply YES to take it, STOP to opt out.\"}}}}";
  clinic c;
  (void)state;
  begin(&c, json, 1);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_close(&c);
}

/* ---- what comes free --------------------------------------------------------------------------
 */

/* Of several that somebody moved up to the furthest counts. */
static void what_comes_free_is_one_further_than_the_furthest(void **state) {
  (void)state;
  for (uint8_t second = 0; second < 3; second++) {
    clinic c;
    wb_opening found = {.size = sizeof found};
    asked(&c);
    const wb_input another = clinic_slot(WB_INPUT_SLOT_OPENED, "s2", c.now + 3 * CLINIC_DAY);
    assert_int_equal(clinic_send(&c, &another), WB_OK);
    for (uint32_t i = 0; i < 2; i++) {
      wb_input booked = clinic_slot(WB_INPUT_BOOKED, i == 0 ? "s1" : "s2", 0);
      booked.patient = "p1";
      booked.patient_length = 2;
      assert_int_equal(clinic_send(&c, &booked), WB_OK);
    }
    wbi_state_opening(&c.practice->state, 0)->depth = 1;
    wbi_state_opening(&c.practice->state, 1)->depth = second;
    wb_input off = clinic_slot(WB_INPUT_CANCELLED, "v1", c.now + 3 * CLINIC_DAY);
    off.patient = "p1";
    off.patient_length = 2;
    assert_int_equal(clinic_send(&c, &off), WB_OK);
    assert_int_equal(wb_opening_get(c.practice, "v1", 2, &found), WB_OK);
    assert_int_equal(found.depth, second < 2 ? 2 : 3);
    clinic_close(&c);
  }
}

/* What was booked by somebody who is not known is nobody's. */
static void what_a_stranger_frees_is_the_first(void **state) {
  clinic c;
  wb_opening found = {.size = sizeof found};
  (void)state;
  asked(&c);
  wb_input booked = clinic_slot(WB_INPUT_BOOKED, "s1", 0);
  booked.patient = "p8";
  booked.patient_length = 2;
  assert_int_equal(clinic_send(&c, &booked), WB_OK);
  assert_int_equal(opening(&c).state, WB_OPENING_CONFIRMED);
  wbi_state_opening(&c.practice->state, 0)->holder = WBI_NONE;
  wb_input off = clinic_slot(WB_INPUT_CANCELLED, "v1", c.now + 3 * CLINIC_DAY);
  off.patient = "p9";
  off.patient_length = 2;
  assert_int_equal(clinic_send(&c, &off), WB_OK);
  assert_int_equal(wb_opening_get(c.practice, "v1", 2, &found), WB_OK);
  assert_int_equal(found.depth, 0);
  clinic_close(&c);
}

/* A task of a visit that says which not is of no opening, and stays when one is over. */
static void a_task_of_no_visit_stays(void **state) {
  clinic c;
  (void)state;
  asked(&c);
  assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
  wbi_open_task *task = wbi_state_task(&c.practice->state, 0);
  assert_int_equal(wbi_slot_task(&c.practice->state, task), 0);
  const uint32_t was = task->subject;
  about(&c, "p2", "v9"); /* another visit */
  task->subject = wbi_keys_find(&c.practice->state.subjects, WBI_TEXT("v9"));
  assert_int_not_equal(task->subject, was);
  assert_int_equal(wbi_slot_task(&c.practice->state, task), WBI_NONE);
  task->subject = WBI_NONE;
  assert_int_equal(wbi_slot_task(&c.practice->state, task), WBI_NONE);
  wb_input off = clinic_slot(WB_INPUT_CANCELLED, "v1", c.now + 3 * CLINIC_DAY);
  off.patient = "p1";
  off.patient_length = 2;
  assert_int_equal(clinic_send(&c, &off), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
  clinic_close(&c);
}

/* A time that is told of without its length or key frees nothing; with a time that is none it is
   refused. */
#define KEY56 "a-visit-whose-key-is-as-long-as-that-of-an-opening-may-b"
static void what_is_no_time_frees_none(void **state) {
  static const struct {
    const char *patient, *key;
    wb_time at;
    uint32_t minutes;
    wb_status status;
    bool freed;
  } rows[] = {{"p1", "v1", SAMPLE_NOW + 3 * CLINIC_DAY, 60, WB_OK, true},
              {"p1", "v1", SAMPLE_NOW + 3 * CLINIC_DAY, 0, WB_OK, false},
              {"p1", "", SAMPLE_NOW + 3 * CLINIC_DAY, 60, WB_OK, false},
              {"p1", KEY56, SAMPLE_NOW + 3 * CLINIC_DAY, 60, WB_OK, true},
              {"p1", KEY56 "7", SAMPLE_NOW + 3 * CLINIC_DAY, 60, WB_OK, false},
              {"p1", "v1", WB_TIME_MAX + 1, 60, WB_E_INVALID, false},
              {"p9", "v1", WB_TIME_MAX, 60, WB_OK, true}, /* a stranger's */
              {"p9", "v1", WB_TIME_MAX + 1, 60, WB_E_INVALID, false}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    wb_opening found = {.size = sizeof found};
    asked(&c);
    wb_input off = clinic_slot(WB_INPUT_CANCELLED, rows[i].key, rows[i].at);
    off.minutes = rows[i].minutes;
    off.patient = rows[i].patient;
    off.patient_length = 2;
    assert_int_equal(clinic_send(&c, &off), rows[i].status);
    const wb_status status =
        wb_opening_get(c.practice, rows[i].key, (uint32_t)strlen(rows[i].key), &found);
    assert_int_equal(status == WB_OK, rows[i].freed);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_opening_is_named_with_its_generation),
      cmocka_unit_test(who_is_asked_for_an_opening_has_the_rank_of_the_campaign),
      cmocka_unit_test(who_takes_what_is_not_there_is_called),
      cmocka_unit_test(an_opening_is_taken_once_and_before_it_begins),
      cmocka_unit_test(a_wish_for_a_visit_is_a_yes_and_for_later_a_no),
      cmocka_unit_test(who_declines_gives_back_what_is_theirs_alone),
      cmocka_unit_test(a_yes_to_two_questions_is_for_a_person),
      cmocka_unit_test(what_is_not_there_is_gone),
      cmocka_unit_test(where_law_cannot_tell_nobody_is_asked),
      cmocka_unit_test(who_was_asked_for_another_generation_does_not_count),
      cmocka_unit_test(an_opening_of_no_place_is_offered_everywhere),
      cmocka_unit_test(an_opening_without_a_length_is_not_known_to_fit),
      cmocka_unit_test(an_opening_tells_its_length_and_whose_time_it_is),
      cmocka_unit_test(segments_and_campaigns_come_in_their_order),
      cmocka_unit_test(who_was_asked_last_is_asked_last),
      cmocka_unit_test(half_an_hour_before_it_begins_no_wave_is_planned),
      cmocka_unit_test(who_was_not_reached_in_time_may_be_asked_for_another),
      cmocka_unit_test(a_campaign_that_begins_with_a_call_asks_nobody),
      cmocka_unit_test(a_campaign_that_begins_with_a_wait_asks_at_once),
      cmocka_unit_test(what_comes_free_is_one_further_than_the_furthest),
      cmocka_unit_test(what_a_stranger_frees_is_the_first),
      cmocka_unit_test(a_task_of_no_visit_stays),
      cmocka_unit_test(what_is_no_time_frees_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
