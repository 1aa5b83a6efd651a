/* SPDX-License-Identifier: MIT */
/* Turns of people whose state says what this library would not have written, as one of a snapshot
   or a journal may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"
#include "support/times.h"

enum { NOWHERE = 200 /* a step that no campaign has */ };

static wbi_enrollment *first_of(const clinic *c) {
  return wbi_state_enrollment(&c->practice->state, 0);
}

static void due(const clinic *c) {
  wbi_wake_set(&c->practice->state, 0, c->now);
}

/* The first message is handed out, or, `sent`, went. */
static void begin(clinic *c, bool sent) {
  clinic_begin(c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(c), 1);
  if (sent) clinic_sent(c);
}

/* Whoever is at a step that the definition has not has come to its end. */
static void beyond_the_last_step_it_is_over(void **state) {
  static const uint8_t awaits[] = {0, WBI_AWAIT_CALL, WBI_AWAIT_BOOKED};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(awaits); i++) {
    clinic c;
    begin(&c, true);
    first_of(&c)->step = NOWHERE;
    first_of(&c)->awaits = awaits[i];
    first_of(&c)->wake = c.now;
    due(&c);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "p1", "one").state, WB_STATE_ENDED);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, "finished");
    clinic_close(&c);
  }
}

/* The same while nobody knows what became of the last message. */
static void beyond_the_last_step_nothing_is_waited_for(void **state) {
  clinic c;
  (void)state;
  begin(&c, false);
  wbi_action *action = wbi_state_action(&c.practice->state, 0);
  action->state = WB_ACTION_UNKNOWN;
  first_of(&c)->state = WB_STATE_WAITING;
  first_of(&c)->step = NOWHERE;
  first_of(&c)->wake = c.now;
  due(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "finished");
  clinic_close(&c);
}

/* A last look at what is handed out: where the step is not there, or the text. */
static void what_is_of_no_step_or_text_does_not_go(void **state) {
  static const struct {
    uint8_t step, text;
    bool goes;
  } rows[] = {{0, 0, true},
              {2, 0, true}, /* the step after the wait says the same */
              {0, NOWHERE, true},
              {NOWHERE, 0, false},
              {NOWHERE, NOWHERE, false}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    wb_look look = {.size = sizeof look};
    begin(&c, false);
    first_of(&c)->step = rows[i].step;
    wbi_state_action(&c.practice->state, 0)->text = rows[i].text;
    assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                     WB_OK);
    assert_int_equal(look.answer, rows[i].goes ? WB_LOOK_GO : WB_LOOK_WITHDRAWN);
    assert_string_equal(look.reason, rows[i].goes ? "" : "finished");
    clinic_close(&c);
  }
}

/* A text that was withdrawn is taken back, unless what was handed out is of another definition. */
static void what_is_of_another_definition_was_said_by_that(void **state) {
  (void)state;
  for (int other = 0; other < 2; other++) {
    clinic c;
    wb_look look = {.size = sizeof look};
    begin(&c, false);
    wb_input withdraw = clinic_input(WB_INPUT_WITHDRAW, "one");
    withdraw.name = "hello";
    withdraw.name_length = 5;
    assert_int_equal(clinic_send(&c, &withdraw), WB_OK);
    if (other) wbi_state_action(&c.practice->state, 0)->definition++;
    assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                     WB_OK);
    assert_int_equal(look.answer, other ? WB_LOOK_GO : WB_LOOK_LATER);
    clinic_close(&c);
  }
}

/* No such campaign is launched, but a journal may say that it was. */
static void an_offer_that_no_step_names_is_not_made(void **state) {
  static const char json[] =
      "{\"format\":1,\"name\":\"gift\",\"title\":\"Gift\",\"class\":\"offer\","
      "\"audience\":\"recare.overdue_months >= 1\","
      "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
      "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
      "{\"id\":\"s1\",\"send\":[\"t\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"t\":{"
      "\"channel\":\"email\",\"en\":{\"subject\":\"For you\",\"body\":\"20% off. "
      "{{ practice.name }}, {{ location.address }} Reply STOP and we will not write again.\"}}}}";
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_add(&c, json), WB_OK);
  wbi_state_definition(&c.practice->state, 0)->launched = true;
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "gift").hold, WB_HOLD_OFFER);
  assert_int_equal(clinic_find(&c, "p1", "gift").wake, c.now + CLINIC_HOUR);
  clinic_close(&c);
}

/* The page of a step that there is not tells the first offer, as one of a step that makes none. */
static void the_page_of_no_step_tells_the_first_offer(void **state) {
#define OFFER(name)                                                                                \
  "\"" name "\":{\"what\":\"" name "\",\"price_cents\":9900,\"regular_cents\":9900,"               \
  "\"value_cents\":1000,\"cash_like\":false,\"first\":\"2026-11-20\",\"last\":\"2026-11-30\","     \
  "\"qualifies\":\"true\",\"includes\":[\"a brush\"],\"excludes\":[],\"disclosures\":{"            \
  "\"US-NY\":[]},\"reviewer\":\"dr-lee\",\"reviewed\":\"2026-11-19\"}"
  static const char json[] =
      "{\"format\":1,\"name\":\"gift\",\"title\":\"Gift\",\"class\":\"offer\","
      "\"audience\":\"recare.overdue_months >= 1\","
      "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
      "\"exits\":{\"booked\":\"recare.booked\"},\"offers\":{" OFFER("a") "," OFFER(
          "b") "},"
               "\"steps\":[{\"id\":\"s1\",\"send\":[\"t\"],\"offer\":\"b\"},{\"id\":\"end\","
               "\"exit\":true}],"
               "\"page\":\"behind\",\"texts\":{\"t\":{\"channel\":\"email\",\"en\":{\"subject\":"
               "\"For you\","
               "\"body\":\"Hi.\"}},\"behind\":{\"channel\":\"page\",\"en\":{\"html\":"
               "\"<p>{{ offer.what | default: 'None' }}</p>\"}}}}";
  static const struct {
    uint8_t step;
    const char *says;
  } rows[] = {{0, "<p>b</p>"}, {1, "<p>a</p>"}, {NOWHERE, "<p>a</p>"}};
  const wb_page page = {.size = sizeof page,
                        .campaign = "gift",
                        .patient = "p1",
                        .campaign_length = 4,
                        .patient_length = 2,
                        .format = WB_PAGE_HTML};
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "gift", json);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char said[64] = "";
    size_t needed = 0;
    first_of(&c)->step = rows[i].step;
    assert_int_equal(
        wb_page_render(c.practice, &page, c.it.facts, c.now, said, sizeof said - 1, &needed, NULL),
        WB_OK);
    assert_string_equal(said, rows[i].says);
  }
  clinic_close(&c);
}

/* What cannot be handed out once more counts as sent. */
static void a_text_that_there_is_not_is_not_resent(void **state) {
  static const wb_practice_options more = {
      .size = sizeof more, .per_day = 8, .per_week = 8, .resend = CLINIC_DAY};
  static const char care[] = CLINIC_TEXTS("one"), step[] = "\"mail\"]}";
  (void)state;
  for (int i = 0; i < 3; i++) {
    const bool there = i == 1;
    clinic c;
    char json[2 * sizeof care];
    const char *after = strstr(care, step) + strlen(step) - 1;
    snprintf(json, sizeof json, "%.*s,\"on_unknown\":\"resend\"%s", (int)(after - care), care,
             after);
    clinic_open(&c, CLINIC_ANA, &more);
    clinic_launch(&c, "one", json);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_SENT_UNKNOWN, WB_CAUSE_NONE), WB_OK);
    if (i == 0) wbi_state_action(&c.practice->state, 0)->text = NOWHERE;
    if (i == 2) wbi_state_action(&c.practice->state, 0)->definition++; /* it is of another */
    c.now += 10 * CLINIC_MINUTE;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), there);
    if (there) assert_int_equal(c.actions[0].kind, WB_ACTION_RESEND);
    assert_int_equal(first_of(&c)->step, there ? 0 : 2); /* else it waits for the second one */
    clinic_close(&c);
  }
}

/* A call about a message that is not lost is none: its step is left out. */
static void a_call_about_nothing_is_not_made(void **state) {
  clinic c;
  (void)state;
  begin(&c, true);
  assert_int_equal(first_of(&c)->step, 2);
  first_of(&c)->awaits = WBI_AWAIT_CALL;
  first_of(&c)->wake = c.now;
  due(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(first_of(&c)->step, 4);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  clinic_close(&c);
}

/* A response that the campaign has not is none. */
static void a_response_that_there_is_not_is_none(void **state) {
  (void)state;
  for (uint8_t response = 2; response <= 3; response++) { /* of two */
    clinic c;
    begin(&c, true);
    first_of(&c)->response = response;
    first_of(&c)->wake = c.now;
    c.now += CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    due(&c);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].kind, response == 2 ? WB_ACTION_CALL_TASK : WB_ACTION_SEND);
    clinic_close(&c);
  }
}

/* Whoever is looked at too early waits for the end of the claim, whether it is over for them or
   not. */
static void a_claim_is_unknown_no_earlier_than_it_is_over(void **state) {
  (void)state;
  for (int ended = 0; ended < 2; ended++) {
    clinic c;
    begin(&c, false);
    const wb_time over = c.actions[0].deliver_by + (wb_time)c.practice->options.grace + 1;
    if (ended) assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    due(&c);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(wbi_state_action(&c.practice->state, 0)->state, WB_ACTION_CLAIMED);
    assert_int_equal(clinic_wake(&c), over);
    c.now = over;
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(wbi_state_action(&c.practice->state, 0)->state, WB_ACTION_UNKNOWN);
    clinic_close(&c);
  }
}

/* Nothing wakes whoever has left and was not written to. */
static void who_left_is_not_looked_at_again(void **state) {
  clinic c;
  (void)state;
  begin(&c, true);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
  due(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_wake(&c), WB_TIME_NONE);
  clinic_close(&c);
}

/* ---- walking the steps ------------------------------------------------------------------------
 */

#define WALK(more, steps)                                                                          \
  "{\"format\":1,\"name\":\"one\",\"title\":\"T\",\"class\":\"care\",\"audience\":"                \
  "\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}]," more      \
  "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[" steps                                     \
  "{\"id\":\"end\",\"exit\":true}],\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":"     \
  "\"note\"}},\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ "                        \
  "location.short_name }}: call us. Reply STOP to opt out.\"}},\"note\":{\"channel\":\"call\","    \
  "\"en\":{\"body\":\"Please call.\"}}}}"
#define SEND(id) "{\"id\":\"" id "\",\"send\":[\"t\"]},"
#define AWAIT(id, event, otherwise)                                                                \
  "{\"id\":\"" id "\",\"await\":[\"" event "\"],\"within\":{\"days\":2}" otherwise "},"

static void enter(clinic *c, const char *json) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "one", json);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
}

/* A branch leads a variant its way, and the others on. */
static void a_branch_leads_each_variant_its_way(void **state) {
  static const char json[] =
      WALK("\"salt\":\"s\",\"variants\":[{\"name\":\"one\",\"share\":50},{\"name\":\"two\","
           "\"share\":50}],",
           "{\"id\":\"b\",\"branch\":[{\"variant\":\"two\",\"to\":\"c\"}]}," SEND("a") SEND("c"));
  (void)state;
  for (uint8_t variant = 0; variant < 2; variant++) {
    clinic c;
    enter(&c, json);
    first_of(&c)->variant = variant;
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, variant ? "c" : "a");
    clinic_close(&c);
  }
}

/* Only about a visit somebody calls in the place of a message that cannot go: else it waits. */
static void who_cannot_be_written_to_is_held_though_a_call_follows(void **state) {
  static const char nobody[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no||\n";
  clinic c;
  (void)state;
  enter(&c, WALK("", SEND("a") "{\"id\":\"k\",\"call\":\"note\",\"within\":{\"days\":2}},"));
  clinic_rows(&c, nobody, "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(first_of(&c)->state, WB_STATE_HELD);
  assert_int_equal(first_of(&c)->step, 0);
  clinic_close(&c);
}

/* Whoever is held out is not called either. */
static void who_is_held_out_is_called_by_nobody(void **state) {
  (void)state;
  for (int out = 0; out < 2; out++) {
    clinic c;
    enter(&c, WALK("", "{\"id\":\"k\",\"call\":\"note\",\"within\":{\"days\":2}}," SEND("a")));
    if (out) first_of(&c)->variant = WBI_HELD_OUT;
    assert_int_equal(clinic_poll(&c), !out);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), !out);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, out ? "finished" : "");
    clinic_close(&c);
  }
}

/* Each step that awaits something does so from when it is come to: after another such step, and
   again in the next round. What came twice came once. */
static void each_await_waits_for_itself(void **state) {
  clinic c;
  (void)state;
  enter(&c, WALK("", SEND("a") AWAIT("v", "clicked", "") AWAIT(
                         "x", "kept",
                         ",\"else\":\"r\"") "{\"id\":\"r\",\"repeat\":\"x\",\"at_most\":1},"));
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(first_of(&c)->step, 1);
  assert_int_equal(first_of(&c)->awaits, WBI_AWAIT_CLICKED);
  for (int i = 0; i < 2; i++) {
    assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
    assert_int_equal(first_of(&c)->events, WBI_AWAIT_CLICKED);
  }
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(first_of(&c)->step, 2);
  assert_int_equal(first_of(&c)->awaits, WBI_AWAIT_KEPT);
  for (uint8_t loop = 1; loop <= 2; loop++) {
    const wb_time wake = first_of(&c)->wake;
    c.now = wake;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(first_of(&c)->loop, 1);
    assert_int_equal(first_of(&c)->state, loop == 1 ? WB_STATE_WAITING : WB_STATE_ENDED);
    if (loop == 1) assert_int_equal(first_of(&c)->wake, wake + 2 * CLINIC_DAY);
  }
  clinic_close(&c);
}

/* Whoever leaves for a visit of which the record cannot tell when it is has booked it now. */
static void a_visit_that_cannot_be_read_is_booked_all_the_same(void **state) {
#define NEXT(visit)                                                                                \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "language:u|visit.next:tdm\np1|active|Ana|1980-02-29|1|+12125550101|yes|es|" visit "\n"
  static const char plain[] = WALK("", SEND("a") SEND("b")), booked[] = "\"recare.booked\"";
  static const char *const visits[] = {NEXT("1796860800000"), NEXT(""),
                                       NEXT("9000000000000000000")};
  const char *rule = strstr(plain, booked);
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(visits); i++) {
    char json[sizeof plain + 32];
    wb_metrics metrics = {.size = sizeof metrics};
    clinic c;
    snprintf(json, sizeof json, "%.*s\"patient.language == 'es'\"%s", (int)(rule - plain), plain,
             rule + sizeof booked - 1);
    enter(&c, json);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    c.now += CLINIC_DAY;
    clinic_rows(&c, visits[i], "");
    assert_int_equal(clinic_poll(&c), 0);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, "booked");
    assert_int_equal(wb_metrics_get(c.practice, "one", 3, NULL, 0, NULL, 0, 0, &metrics), WB_OK);
    assert_int_equal(metrics.booked, 1);
    clinic_close(&c);
  }
}

/* A message that is too late is left out; in the next round of a repeat it is not. */
static void what_is_late_in_one_round_is_not_in_the_next(void **state) {
  static const char late[] = "{\"id\":\"a\",\"send\":[\"t\"],\"stale_after\":{\"hours\":1}},";
  (void)state;
  for (int repeats = 0; repeats < 2; repeats++) {
    char json[2048];
    clinic c;
    snprintf(json, sizeof json, WALK("", "%s%s"), late,
             repeats ? "{\"id\":\"r\",\"repeat\":\"a\",\"at_most\":1}," : "");
    enter(&c, json);
    c.now += 2 * CLINIC_HOUR;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), repeats);
    assert_int_equal(first_of(&c)->loop, repeats);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, repeats ? "" : "finished");
    clinic_close(&c);
  }
}

#define WAIT(id) "{\"id\":\"" id "\",\"wait\":{\"days\":1,\"at\":\"09:30\"}},"

/* A time of the day is that of the zone, at a step that there is and an instant that there is. */
static void a_step_is_due_by_the_wait_that_leads_there(void **state) {
  wb_zone *zone = zone_of("America/Chicago");
  clinic c;
  (void)state;
  enter(&c, WALK("", SEND("a") WAIT("v") SEND("b") WAIT("w") SEND("c")));
  for (uint8_t step = 0; step < 4; step += 2) {
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(first_of(&c)->step, step + 2);
    c.now = first_of(&c)->wake;
  }
  const wb_campaign *campaign = wbi_state_definition(&c.practice->state, 0)->compiled;
  wbi_enrollment at = *first_of(&c);
  assert_int_equal(wbi_sequence_due(c.practice, campaign, &at, c.it.zone), at.wake);
  assert_int_equal(wbi_sequence_due(c.practice, campaign, &at, zone), at.wake + CLINIC_HOUR);
  at.step = NOWHERE;
  assert_int_equal(wbi_sequence_due(c.practice, campaign, &at, zone), at.wake);
  at.step = first_of(&c)->step;
  at.wake = WB_TIME_MAX + 1;
  assert_int_equal(wbi_sequence_due(c.practice, campaign, &at, zone), at.wake);
  wb_zone_unref(zone);
  clinic_close(&c);
}

#define NOBODY CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no||\n"
#define BRANCH(to)                                                                                 \
  "{\"id\":\"b\",\"branch\":[{\"when\":\"patient.name == 'Ana'\",\"to\":\"" to "\"}]},"

/* Whoever was held at another step for the same is held at this one. */
static void a_hold_goes_along_to_another_step(void **state) {
  clinic c;
  (void)state;
  enter(&c, WALK("", BRANCH("c") SEND("a") SEND("c")));
  clinic_rows(&c, NOBODY, "");
  for (int again = 0; again < 2; again++) {
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(first_of(&c)->step, 2);
    assert_int_equal(first_of(&c)->state, WB_STATE_HELD);
    first_of(&c)->step = 0;
    due(&c);
  }
  clinic_close(&c);
}

/* A call that a branch leads to waits for the hours. */
static void a_call_of_a_branch_is_made_within_the_hours(void **state) {
  (void)state;
  for (int night = 0; night < 2; night++) {
    clinic c;
    enter(&c, WALK("", BRANCH("k") SEND("a") "{\"id\":\"k\",\"call\":\"note\",\"within\":{"
                                             "\"days\":2}},"));
    if (night) c.now = clinic_at(&c, 2026, 11, 25, 3, 0);
    clinic_rows(&c, CLINIC_ANA, "");
    first_of(&c)->wake = c.now;
    due(&c);
    assert_int_equal(clinic_poll(&c), !night);
    assert_int_equal(first_of(&c)->step, 2);
    if (night) assert_int_equal(first_of(&c)->wake, clinic_at(&c, 2026, 11, 25, 10, 0));
    clinic_close(&c);
  }
}

/* Of whoever another stands in the place of nothing turns unknown. */
static void a_claim_of_who_is_gone_is_left_alone(void **state) {
  (void)state;
  for (uint8_t gone = 0; gone < 2; gone++) {
    clinic c;
    begin(&c, false);
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    c.now += CLINIC_HOUR;
    clinic_rows(&c, CLINIC_ANA, "");
    first_of(&c)->gone = gone;
    due(&c);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(wbi_state_action(&c.practice->state, 0)->state,
                     gone ? WB_ACTION_CLAIMED : WB_ACTION_UNKNOWN);
    clinic_close(&c);
  }
}

/* What fell due in the night is spread, but not where law tells no beginning of that day. */
static void what_no_beginning_is_known_of_is_not_spread(void **state) {
  enum { NIGHT, DAY, NO_INSTANT, CLOSED, CASES };
  const wbi_bytes16 id = {{255, 255, 1}};
  (void)state;
  for (int i = NIGHT; i < CASES; i++) {
    clinic c;
    enter(&c, CLINIC_TEXTS("one"));
    c.now = clinic_at(&c, 2026, 11, 25, 10, 0);
    const wb_time night = c.now - 6 * CLINIC_HOUR;
    first_of(&c)->wake = i == DAY ? c.now + 1 : i == NO_INSTANT ? WB_TIME_MIN : night;
    c.practice->options.burst = 0;
    wbi_turn turn = wbi_turn_begin(c.practice, 0, c.now);
    turn.campaign = wbi_state_definition(&c.practice->state, 0)->compiled;
    turn.zone = c.it.zone;
    const wbi_jurisdiction place = {WBI_TEXT("US-NY"), turn.zone};
    wbi_plan_start(&c.practice->plan, &c.practice->state, c.now);
    if (i == CLOSED)
      c.practice->hours_asked = (wbi_hours_asked){.zone = turn.zone,
                                                  .here = turn.zone,
                                                  .campaign = turn.campaign,
                                                  .at = night - 1,
                                                  .class_ = turn.campaign->class_,
                                                  .region_length = 5,
                                                  .region = "US-NY",
                                                  .answer = {.flags = WB_LAW_CLOSED}};
    const wb_time until = wbi_spread_until(&turn, &place, &id);
    if (i == NIGHT ? until <= c.now : until != c.now) fail_msg("case %d", i);
    clinic_close(&c);
  }
}

/* ---- answers ----------------------------------------------------------------------------------
 */

/* The enrolment of the answer to HELP. */
static wbi_enrollment *answer_of(const clinic *c) {
  return wbi_state_enrollment(&c->practice->state, 1);
}

static void ask_for_help(clinic *c) {
  begin(c, true);
  assert_int_equal(clinic_reply(c, "p1", "HELP"), WB_OK);
  assert_int_equal(c->practice->state.enrollment.count, 2);
}

/* Of an answer that is no step, or is about nothing that it could answer, nothing is said. */
static void an_answer_to_nothing_is_not_said(void **state) {
  static const struct {
    uint8_t step;
    bool about;
    const char *reason;
  } rows[] = {
      {1, true, ""}, {8, true, "finished"}, {NOWHERE, true, "finished"}, {1, false, "unreached"}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    ask_for_help(&c);
    assert_int_equal(answer_of(&c)->step, 1);
    answer_of(&c)->step = rows[i].step;
    if (!rows[i].about) answer_of(&c)->subject = WBI_NONE;
    assert_int_equal(clinic_poll(&c), rows[i].reason[0] == '\0');
    assert_string_equal(clinic_find(&c, "p1", "notices").reason, rows[i].reason);
    clinic_close(&c);
  }
}

/* The same is not answered twice in a short while, as far as the first answer tells what it was. */
static void what_was_answered_just_now_is_not_answered_again(void **state) {
  (void)state;
  for (uint32_t tells = 0; tells < 2; tells++) {
    clinic c;
    ask_for_help(&c);
    if (!tells) answer_of(&c)->subject = WBI_NONE;
    assert_int_equal(clinic_reply(&c, "p1", "HELP"), WB_OK);
    assert_int_equal(c.practice->state.enrollment.count, 3 - tells);
    clinic_close(&c);
  }
}

/* A campaign that has the name of the answers, and is about something else, says none of them. */
static void a_campaign_about_patients_answers_nobody(void **state) {
  clinic c;
  (void)state;
  begin(&c, true);
  clinic_launch(&c, "notices", CLINIC_TEXTS("notices"));
  assert_int_equal(clinic_reply(&c, "p1", "HELP"), WB_OK);
  assert_int_equal(c.practice->state.enrollment.count, 1);
  assert_true(
      wbi_desk_has(&c.practice->state, WBI_NONE, WBI_NONE, WBI_TEXT("unanswered"))); /* a person */
  clinic_close(&c);
}

/* A last look at an answer: to the number that wrote, while it is theirs. */
static void an_answer_goes_to_the_number_that_wrote(void **state) {
  static const struct {
    const char *people;
    const char *reason;
  } rows[] = {
      {CLINIC_ANA, ""},
      {CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550109|yes||\n", "unreached"},
      {CLINIC_HEAD "p1|active|Ana|1980-02-29|1|||ana@example.com|yes\n", "unreached"},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    wb_look look = {.size = sizeof look};
    ask_for_help(&c);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_rows(&c, rows[i].people, "");
    assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                     WB_OK);
    assert_string_equal(look.reason, rows[i].reason);
    clinic_close(&c);
  }
}

/* Nor to one that is somebody else's by now. */
static void an_answer_to_a_closed_number_is_taken_back(void **state) {
  (void)state;
  for (uint8_t closed = 0; closed < 2; closed++) {
    clinic c;
    wb_look look = {.size = sizeof look};
    ask_for_help(&c);
    assert_int_equal(clinic_poll(&c), 1);
    wbi_contact_point *point = wbi_table_at(&c.practice->state.contacts, 0);
    if (closed) point->flags |= WBI_CONTACT_CLOSED;
    assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                     WB_OK);
    assert_string_equal(look.reason, closed ? "unreached" : "");
    clinic_close(&c);
  }
}

/* Where there is no number for another definition the answers are not made known. */
static void without_room_for_a_definition_a_person_answers(void **state) {
  (void)state;
  for (uint32_t free_ = 0; free_ < 2; free_++) {
    clinic c;
    begin(&c, true);
    wb_practice *it = c.practice;
    wbi_vector *known = &it->state.definition;
    const size_t more = WBI_DEFINITIONS_MAX - free_ - known->count;
    assert_int_equal(wbi_vector_reserve(known, more), WB_OK);
    for (size_t i = 0; i < more; i++)
      *(wbi_definition *)wbi_vector_push(known) =
          (wbi_definition){.name = wbi_state_definition(&it->state, 0)->name, .broken = 1};
    assert_int_equal(clinic_reply(&c, "p1", "HELP"), WB_OK);
    assert_int_equal(wbi_desk_has(&it->state, WBI_NONE, WBI_NONE, WBI_TEXT("unanswered")),
                     free_ == 0);
    assert_int_equal(it->state.enrollment.count, 1 + free_);
    clinic_close(&c);
  }
}

/* Of which failures the others hear nothing. */
static void a_failure_is_about_one_patient_or_about_the_call(void **state) {
  static const struct {
    wb_status status;
    bool personal;
  } rows[] = {{WB_OK, false},        {WB_E_NOMEM, false},   {WB_E_BUSY, false},
              {WB_E_INVALID, false}, {WB_E_ABORTED, false}, {WB_E_NAME, true},
              {WB_E_RANGE, true},    {WB_E_TYPE, true},     {WB_E_POLICY, true}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++)
    assert_int_equal(wbi_turn_personal(rows[i].status), rows[i].personal);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(beyond_the_last_step_it_is_over),
      cmocka_unit_test(beyond_the_last_step_nothing_is_waited_for),
      cmocka_unit_test(what_is_of_no_step_or_text_does_not_go),
      cmocka_unit_test(what_is_of_another_definition_was_said_by_that),
      cmocka_unit_test(an_offer_that_no_step_names_is_not_made),
      cmocka_unit_test(the_page_of_no_step_tells_the_first_offer),
      cmocka_unit_test(a_text_that_there_is_not_is_not_resent),
      cmocka_unit_test(a_call_about_nothing_is_not_made),
      cmocka_unit_test(a_response_that_there_is_not_is_none),
      cmocka_unit_test(a_claim_is_unknown_no_earlier_than_it_is_over),
      cmocka_unit_test(who_left_is_not_looked_at_again),
      cmocka_unit_test(a_branch_leads_each_variant_its_way),
      cmocka_unit_test(who_cannot_be_written_to_is_held_though_a_call_follows),
      cmocka_unit_test(who_is_held_out_is_called_by_nobody),
      cmocka_unit_test(each_await_waits_for_itself),
      cmocka_unit_test(a_visit_that_cannot_be_read_is_booked_all_the_same),
      cmocka_unit_test(what_is_late_in_one_round_is_not_in_the_next),
      cmocka_unit_test(a_step_is_due_by_the_wait_that_leads_there),
      cmocka_unit_test(a_hold_goes_along_to_another_step),
      cmocka_unit_test(a_call_of_a_branch_is_made_within_the_hours),
      cmocka_unit_test(a_claim_of_who_is_gone_is_left_alone),
      cmocka_unit_test(what_no_beginning_is_known_of_is_not_spread),
      cmocka_unit_test(an_answer_to_nothing_is_not_said),
      cmocka_unit_test(what_was_answered_just_now_is_not_answered_again),
      cmocka_unit_test(a_campaign_about_patients_answers_nobody),
      cmocka_unit_test(an_answer_goes_to_the_number_that_wrote),
      cmocka_unit_test(an_answer_to_a_closed_number_is_taken_back),
      cmocka_unit_test(without_room_for_a_definition_a_person_answers),
      cmocka_unit_test(a_failure_is_about_one_patient_or_about_the_call),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
