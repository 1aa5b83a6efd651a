/* SPDX-License-Identifier: MIT */
/* Entries and counters that no call of a host leads to, but what is replayed or loaded may: guards.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "machine/event_private.h"
#include "outreach/practice_private.h"
#include "support/clinic.h"

/* The only action that is due is handed out. */
static void claim(clinic *c, uint8_t id[16]) {
  assert_int_equal(clinic_poll(c), 1);
  memcpy(id, c->actions[0].id, 16);
}

/* Another process, of whatever library, lets the patient in once more and journals it; into what
   the first enrolment is of, about what it is about, or a subject; at the step of the first action.
 */
static void enter_about(clinic *c, uint32_t number, wb_time wake, const char *subject) {
  const wbi_state *state = &c->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, 0);
  wbi_plan plan;
  wbi_effect entry = wbi_state_effect(state, 0, WBI_EFFECT_ENROLL);
  entry.patient = WBI_TEXT("p1");
  if (subject != NULL) entry.subject = wbi_text_of(subject);
  entry.location = wbi_keys_text(&state->locations, enrollment->location);
  if (state->actions.items.count > 0) entry.step = wbi_state_action(state, 0)->step;
  entry.number = number;
  entry.wake = wake;
  entry.day = WB_DATE_NONE;
  wbi_plan_init(&plan, c->context);
  wbi_plan_start(&plan, state, c->now);
  assert_int_equal(wbi_plan_open(&plan, state, WBI_BY_ENROLL), WB_OK);
  assert_int_equal(wbi_plan_add(&plan, &entry), WB_OK);
  wbi_plan_close(&plan);
  assert_int_equal(
      memory_journal_append(&c->journal, state->sequence + 1, plan.bytes.data, plan.bytes.count, 1),
      WB_OK);
  wbi_plan_free(&plan);
  clinic_replay(c, c->practice);
}

static void enter(clinic *c, uint32_t number, wb_time wake) {
  enter_about(c, number, wake, NULL);
  assert_int_equal(clinic_find(c, "p1", NULL).entry, number);
}

/* What is handed out is of an entry; once there is a later one it does not go, whatever the rest
   says. This library lets nobody in while a claim is open, but what it replays may. */
static void what_is_of_another_entry_does_not_go(void **state) {
  (void)state;
  for (int later = 0; later < 3; later++) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    uint8_t id[16];
    claim(&c, id);
    if (later) enter(&c, 2, c.now + CLINIC_DAY);
    if (later == 2) wbi_state_enrollment(&c.practice->state, 0)->response = 1; /* is no answer */
    wb_look look = {.size = sizeof look};
    assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
    assert_int_equal(look.answer, later ? WB_LOOK_WITHDRAWN : WB_LOOK_GO);
    assert_string_equal(look.reason, later ? "entered_again" : "");
    assert_int_equal(clinic_action(&c, id).state, later ? WB_ACTION_WITHDRAWN : WB_ACTION_CLAIMED);
    clinic_close(&c);
  }
}

/* What a last look says of the first action. */
static wb_look looked(clinic *c, const uint8_t *id) {
  wb_look look = {.size = sizeof look};
  assert_int_equal(wb_practice_test(c->practice, id, c->it.facts, c->now, &look, NULL), WB_OK);
  return look;
}

/* A message that was not accepted is handed out again; until then there is nothing to look at. */
static void what_is_ready_again_waits_for_its_turn(void **state) {
  clinic c;
  uint8_t id[16];
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  claim(&c, id);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  assert_int_equal(looked(&c, id).answer, WB_LOOK_LATER);
  assert_string_equal(looked(&c, id).reason, "ready");
  clinic_close(&c);
}

/* A text to a number that is hers no more waits, to go to the one that is; a call goes to whom the
   desk finds. */
static void only_a_message_goes_by_an_address(void **state) {
  static const char other[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550103|yes||\n";
  static const char nowhere[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1||||\n";
  (void)state;
  for (int call = 0; call < 2; call++) {
    clinic c;
    uint8_t id[16];
    if (!call) clinic_begin(&c, CLINIC_ANA, NULL);
    if (call) clinic_written(&c, CLINIC_ANA, 1);
    if (call) assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
    if (call) c.now += CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    claim(&c, id);
    assert_int_equal(c.actions[0].kind, call ? WB_ACTION_CALL_TASK : WB_ACTION_SEND);
    assert_int_equal(looked(&c, id).answer, WB_LOOK_GO);
    clinic_rows(&c, call ? nowhere : other, "");
    const wb_look look = looked(&c, id);
    assert_int_equal(look.answer, call ? WB_LOOK_GO : WB_LOOK_LATER);
    assert_int_equal(look.hold, call ? WB_HOLD_NONE : WB_HOLD_BAD_ADDRESS);
    assert_int_equal(clinic_action(&c, id).state, call ? WB_ACTION_CLAIMED : WB_ACTION_READY);
    clinic_close(&c);
  }
}

/* The patient lives elsewhere by now, where it is night, and was written to besides: of several
   reasons the first one holds. */
static void what_comes_first_holds_what_is_looked_at(void **state) {
  static const struct {
    bool night, contacted;
    int32_t answer, hold;
  } rows[] = {{false, false, WB_LOOK_GO, WB_HOLD_NONE},
              {false, true, WB_LOOK_LATER, WB_HOLD_CAP},
              {true, false, WB_LOOK_LATER, WB_HOLD_HOURS},
              {true, true, WB_LOOK_LATER, WB_HOLD_HOURS}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    uint8_t id[16];
    clinic_begin(&c, CLINIC_ANA, NULL);
    claim(&c, id);
    if (rows[i].contacted) assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
    if (rows[i].night) clinic_moved(&c, "XST-12", "US-NY", CLINIC_ANA);
    const wb_look look = looked(&c, id);
    assert_int_equal(look.answer, rows[i].answer);
    assert_int_equal(look.hold, rows[i].hold);
    clinic_close(&c);
  }
}

/* What the record shows by now ends the sequence with the message; what a click ended goes on to
   the call that it asks for. */
static void a_visit_in_the_record_ends_what_is_looked_at(void **state) {
  (void)state;
  for (int booked = 0; booked < 2; booked++) {
    clinic c;
    uint8_t id[16];
    clinic_begin(&c, CLINIC_ANA, NULL);
    claim(&c, id);
    if (booked) clinic_rows(&c, CLINIC_ANA, "p1|scheduled|2027-06-01\n");
    if (!booked) assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
    const wb_look look = looked(&c, id);
    assert_int_equal(look.answer, WB_LOOK_WITHDRAWN);
    assert_string_equal(look.reason, booked ? "booked" : "responded");
    const wb_enrollment ana = clinic_find(&c, "p1", NULL);
    assert_int_equal(ana.state == WB_STATE_ENDED, booked);
    if (booked) assert_string_equal(ana.reason, "booked");
    clinic_close(&c);
  }
}

/* Why a message was taken back is told of its own entry alone. */
static void what_ended_another_entry_took_nothing_back(void **state) {
  (void)state;
  for (int later = 0; later < 2; later++) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    uint8_t id[16];
    claim(&c, id);
    assert_int_equal(clinic_receive(&c, WB_INPUT_STOP, "one"), WB_OK);
    wb_look look = {.size = sizeof look};
    assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
    assert_string_equal(look.reason, "stopped");
    if (later) enter(&c, 2, c.now + CLINIC_DAY);
    if (later) assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
    assert_int_equal(look.answer, WB_LOOK_WITHDRAWN);
    assert_string_equal(look.reason, later ? "withdrawn" : "stopped");
    clinic_close(&c);
  }
}

/* A segment that the definition has not, as another library may have numbered it, has no name. */
static void what_is_in_no_segment_is_told_without_its_name(void **state) {
  (void)state;
  for (uint8_t segment = 1; segment <= 2; segment++) { /* of two */
    clinic c;
    wb_metrics metrics = {.size = sizeof metrics};
    uint64_t cursor = 0;
    clinic_begin(&c, CLINIC_ANA, NULL);
    wbi_state_enrollment(&c.practice->state, 0)->segment = segment;
    wbi_state_metric(&c.practice->state, 0)->segment = segment;
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].segment, segment < 2 ? "short" : "");
    assert_string_equal(clinic_find(&c, "p1", NULL).segment, segment < 2 ? "short" : "");
    assert_int_equal(wb_metrics_next(c.practice, &cursor, &metrics), WB_OK);
    assert_string_equal(metrics.segment, segment < 2 ? "short" : "");
    clinic_close(&c);
  }
}

/* A key that was forgotten came again in a journal from before the numbers of entries went on: its
   messages would have the ids of those of before, so none of these goes. */
static void what_has_the_id_of_a_forgotten_one_is_left_out(void **state) {
  uint8_t id[16];
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  claim(&c, id);
  clinic_sent(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "p1"), WB_OK);
  enter(&c, 1, c.now);
  c.now += CLINIC_DAY;
  clinic_rows(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n", "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", NULL).step, "s2");
  clinic_close(&c);
}

/* Opens a clinic where Ana has asked for help, which is handed out: all that she is in. */
static void begin_helped(clinic *c, uint8_t id[16]) {
  clinic_open(c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_receive(c, WB_INPUT_CONTACTED, "p1"), WB_OK);
  assert_int_equal(clinic_reply(c, "p1", "HELP"), WB_OK);
  claim(c, id);
  clinic_sent(c);
}

/* An answer that went has its id; what a journal has of it once more does not go. */
static void an_answer_that_went_does_not_go_again(void **state) {
  clinic c;
  uint8_t id[16];
  (void)state;
  begin_helped(&c, id);
  enter(&c, 1, c.now);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", "notices").reason, "unreached");
  clinic_close(&c);
}

/* What an answer is about says of which event it is, and where it goes: of what is no event nothing
   is said anywhere. */
static void an_answer_to_no_event_does_not_go(void **state) {
  (void)state;
  for (int no_event = 0; no_event < 2; no_event++) {
    clinic c;
    uint8_t id[16];
    char subject[WB_KEY_MAX + 1];
    begin_helped(&c, id);
    const wbi_state *known = &c.practice->state;
    const wbi_text about = wbi_state_subject(known, wbi_state_enrollment(known, 0));
    snprintf(subject, sizeof subject, "%.*s", (int)about.length, about.data);
    subject[31] = no_event ? 'g' : '7'; /* the last digit of the event's id */
    enter_about(&c, 1, c.now, subject);
    assert_int_equal(clinic_poll(&c), !no_event);
    clinic_close(&c);
  }
}

/* Entries are numbered up to 65,535, and then from 1 again: of who left, and of a key that was
   forgotten. */
static void after_the_last_number_of_an_entry_comes_the_first(void **state) {
  static const int32_t ends[] = {WB_INPUT_BOOKED, WB_INPUT_FORGET};
  (void)state;
  for (uint32_t i = 0; i < 4; i++) {
    const uint32_t number = UINT16_MAX - i % 2;
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    enter(&c, number, c.now + CLINIC_DAY);
    assert_int_equal(clinic_receive(&c, ends[i / 2], "p1"), WB_OK);
    c.now += 20 * CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_find(&c, "p1", NULL).entry, number == UINT16_MAX ? 1 : UINT16_MAX);
    clinic_close(&c);
  }
}

/* Of a visit or an opening the first entry has the number of the day when it starts, of anybody
   else the first has 1; the next one is later in any case. */
static void the_first_entry_has_the_number_of_its_day(void **state) {
  static const struct {
    wb_time start;
    uint32_t first, next;
  } rows[] = {{WB_TIME_NONE, 1, 8},
              {-1, UINT16_MAX, UINT16_MAX},
              {0, 1, 8},
              {WBI_DAY - 1, 1, 8},
              {WBI_DAY, 2, 8},
              {7 * (wb_time)WBI_DAY - 1, 7, 8},
              {7 * (wb_time)WBI_DAY, 8, 8},
              {8 * (wb_time)WBI_DAY, 9, 9},
              {(UINT16_MAX - 1) * (wb_time)WBI_DAY, UINT16_MAX, UINT16_MAX},
              {UINT16_MAX * (wb_time)WBI_DAY, 1, 8}};
  const wbi_text about = WBI_TEXT("");
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  enter(&c, 7, c.now);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const wb_time start = rows[i].start;
    assert_int_equal(wbi_sequence_entry(c.practice, WBI_TEXT("p2"), 0, about, start),
                     rows[i].first);
    assert_int_equal(wbi_sequence_entry(c.practice, WBI_TEXT("p1"), 0, about, start), rows[i].next);
  }
  clinic_close(&c);
}

/* What is forgotten is no action. */
static void an_action_of_long_ago_is_looked_at_no_more(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .flags = WB_PRACTICE_ALLOW_JUMP};
  clinic c;
  wb_look look = {.size = sizeof look};
  (void)state;
  clinic_begin(&c, CLINIC_ANA, &more);
  uint8_t id[16];
  claim(&c, id);
  clinic_sent(&c);
  assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_E_STATE);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
  c.now += 400 * CLINIC_DAY;
  assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
  assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_E_NAME);
  clinic_close(&c);
}

/* What became of an attempt of an earlier entry says nothing of the present one. */
static void an_attempt_of_another_entry_is_not_tried_again(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .per_day = 8, .per_week = 8};
  static const char care[] = CLINIC_TEXTS("one");
  (void)state;
  for (int later = 0; later < 2; later++) {
    clinic c;
    char json[2 * sizeof care];
    const char *class_ = strstr(care, "\"care\"");
    snprintf(json, sizeof json, "%.*s\"benefit\"%s", (int)(class_ - care), care, class_ + 6);
    clinic_open(&c, CLINIC_ANA, &more);
    clinic_launch(&c, "one", json);
    clinic_enroll(&c);
    uint8_t id[16];
    claim(&c, id);
    if (later) enter(&c, 2, c.now);
    if (later) assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
    assert_int_equal(clinic_action(&c, id).state, later ? WB_ACTION_FAILED : WB_ACTION_READY);
    assert_int_equal(clinic_find(&c, "p1", NULL).state,
                     later ? WB_STATE_CLAIMED : WB_STATE_WAITING);
    clinic_close(&c);
  }
}

/* Counters that contradict each other are told, and claim nothing. */
static void of_counters_that_cannot_be_nothing_is_claimed(void **state) {
  clinic c;
  char page[4096];
  size_t needed = 0;
  (void)state;
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN, NULL);
  wbi_state *known = &c.practice->state;
  wbi_metric *cell = wbi_vector_push(&known->metric);
  assert_non_null(cell);
  *cell = *wbi_state_metric(known, 0);
  cell->variant = WBI_HELD_OUT;
  for (int more = 0; more < 2; more++) {
    cell->came = cell->entered + (uint32_t)more;
    assert_int_equal(wb_metrics_format(c.practice, c.now, page, sizeof page, &needed), WB_OK);
    assert_int_equal(strstr(page, "\n  incremental: not known, more came than entered\n") != NULL,
                     more);
  }
  clinic_close(&c);
}

#define PERSON(mobile, texts, mail)                                                                \
  CLINIC_HEAD "p1|active|Ana|1980-02-29|1|" mobile "|" texts "|ana@example.com|" mail "\n"

/* A message whose channel is closed goes by another, and not at all after the first one; what is to
   go to a new number, or has no channel, waits; so it does where the record cannot be read. */
static void a_channel_that_closed_is_left_for_another(void **state) {
  static const char usual[] = "+12125550101", other[] = "+12125550109";
  static const struct {
    int message;
    const char *mobile, *texts, *mail;
    int32_t answer, hold;
  } rows[] = {
      {1, usual, "no", "yes", WB_LOOK_WITHDRAWN, WB_HOLD_NO_PERMISSION},
      {1, usual, "no", "no", WB_LOOK_LATER, WB_HOLD_NO_PERMISSION},
      {1, other, "yes", "yes", WB_LOOK_LATER, WB_HOLD_BAD_ADDRESS},
      {1, usual, "no", "maybe", WB_LOOK_LATER, WB_HOLD_FACTS},
      {2, usual, "no", "no", WB_LOOK_WITHDRAWN, WB_HOLD_NO_PERMISSION},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char people[256];
    clinic c;
    uint8_t id[16];
    wb_look look = {.size = sizeof look};
    clinic_begin(&c, CLINIC_ANA, NULL);
    for (int message = 1; message < rows[i].message; message++) {
      assert_int_equal(clinic_poll(&c), 1);
      clinic_sent(&c);
      c.now += CLINIC_DAY;
      clinic_rows(&c, CLINIC_ANA, "");
    }
    claim(&c, id);
    snprintf(people, sizeof people, PERSON("%s", "%s", "%s"), rows[i].mobile, rows[i].texts,
             rows[i].mail);
    clinic_rows(&c, people, "");
    assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
    if (look.answer != rows[i].answer || look.hold != rows[i].hold)
      fail_msg("row %d: %d, %d", (int)i, look.answer, look.hold);
    clinic_close(&c);
  }
}

/* Like is compared with like: where nobody was held out in truth, nobody was. */
static void an_arm_that_nobody_entered_is_none(void **state) {
  const wbi_metrics_query query = {.campaign = {"one", 3}, .alike = true};
  clinic c;
  wb_metrics sum;
  (void)state;
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN, NULL);
  wbi_state *known = &c.practice->state;
  assert_int_equal(wbi_vector_reserve(&known->metric, 1), WB_OK);
  wbi_enrollment out = *wbi_state_enrollment(known, 0);
  out.variant = WBI_HELD_OUT;
  wbi_metrics_moved(known, &out);
  for (uint32_t entered = 0; entered < 2; entered++) {
    wbi_state_metric(known, 1)->entered = entered;
    assert_int_equal(wbi_metrics_sum(c.practice, &query, &sum), WB_OK);
    assert_int_equal(sum.entered, entered > 0 ? 2 : 0);
  }
  clinic_close(&c);
}

/* The visits of Ana's record. */
static void visit(clinic *c, const char *status, wb_time at) {
  char visits[128];
  snprintf(visits, sizeof visits, CLINIC_VISITS "p1|%s|%lld|v1\n", status, (long long)at);
  clinic_place(c, CLINIC_ZONE, CLINIC_ANA, visits);
}

/* Whoever waits for the first message has not come for it; whoever is held out gets none. */
static void who_is_held_out_comes_without_a_message(void **state) {
  (void)state;
  for (int out = 0; out < 2; out++) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    wbi_enrollment *enrollment = wbi_state_enrollment(&c.practice->state, 0);
    if (out) enrollment->variant = WBI_HELD_OUT;
    c.now += CLINIC_DAY;
    visit(&c, "completed", c.now - CLINIC_HOUR);
    clinic_enroll(&c);
    assert_int_equal(wbi_metrics_came(enrollment), out);
    clinic_close(&c);
  }
}

/* What the record says of a visit counts as long as visits are looked for. */
static void who_came_long_ago_is_not_taken_back(void **state) {
  static const wb_time ago[] = {0, 200 * (wb_time)CLINIC_DAY};
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    clinic c;
    clinic_written(&c, CLINIC_ANA, 1);
    wbi_enrollment *enrollment = wbi_state_enrollment(&c.practice->state, 0);
    assert_int_equal(clinic_receive(&c, WB_INPUT_KEPT, "p1"), WB_OK);
    assert_true(wbi_metrics_came(enrollment));
    enrollment->entered -= ago[i];
    enrollment->touched += (uint32_t)ago[i];
    visit(&c, "broken", enrollment->entered + CLINIC_HOUR);
    c.now += CLINIC_DAY;
    clinic_enroll(&c);
    assert_int_equal(wbi_metrics_came(enrollment), i);
    clinic_close(&c);
  }
}

/* Whose record cannot be read is not judged by it. */
static void who_came_is_not_taken_back_by_what_cannot_be_read(void **state) {
  clinic c;
  (void)state;
  clinic_written(&c, CLINIC_ANA, 1);
  assert_int_equal(clinic_receive(&c, WB_INPUT_KEPT, "p1"), WB_OK);
  c.now += CLINIC_DAY;
  visit(&c, "no-status", c.now - 400 * (wb_time)CLINIC_DAY);
  clinic_enroll(&c);
  assert_true(wbi_metrics_came(wbi_state_enrollment(&c.practice->state, 0)));
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_of_another_entry_does_not_go),
      cmocka_unit_test(what_is_ready_again_waits_for_its_turn),
      cmocka_unit_test(only_a_message_goes_by_an_address),
      cmocka_unit_test(what_comes_first_holds_what_is_looked_at),
      cmocka_unit_test(a_visit_in_the_record_ends_what_is_looked_at),
      cmocka_unit_test(what_ended_another_entry_took_nothing_back),
      cmocka_unit_test(what_is_in_no_segment_is_told_without_its_name),
      cmocka_unit_test(a_channel_that_closed_is_left_for_another),
      cmocka_unit_test(an_arm_that_nobody_entered_is_none),
      cmocka_unit_test(who_is_held_out_comes_without_a_message),
      cmocka_unit_test(who_came_long_ago_is_not_taken_back),
      cmocka_unit_test(who_came_is_not_taken_back_by_what_cannot_be_read),
      cmocka_unit_test(an_action_of_long_ago_is_looked_at_no_more),
      cmocka_unit_test(an_attempt_of_another_entry_is_not_tried_again),
      cmocka_unit_test(of_counters_that_cannot_be_nothing_is_claimed),
      cmocka_unit_test(what_has_the_id_of_a_forgotten_one_is_left_out),
      cmocka_unit_test(an_answer_that_went_does_not_go_again),
      cmocka_unit_test(an_answer_to_no_event_does_not_go),
      cmocka_unit_test(after_the_last_number_of_an_entry_comes_the_first),
      cmocka_unit_test(the_first_entry_has_the_number_of_its_day),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
