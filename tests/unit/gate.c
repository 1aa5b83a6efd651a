/* SPDX-License-Identifier: MIT */
/* Capacity: who takes a place of a campaign, and of a day of it at a location. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "outreach/gate.h"
#include "support/clinic.h"

/* Whether one more may enter a definition with this capacity at the first location, whose day began
   then. */
static bool takes(const clinic *c, const wbi_capacity *capacity, uint32_t definition,
                  wb_time began) {
  const wb_campaign campaign = {.capacity = *capacity};
  const wbi_gate_entry entry = {.campaign = &campaign,
                                .location = WBI_TEXT("1"),
                                .day_began = began,
                                .definition = definition};
  wbi_gate gate;
  bool taken = true;
  wbi_gate_init(&gate, c->practice);
  assert_int_equal(wbi_gate_take(&gate, &entry, &taken), WB_OK);
  wbi_gate_free(&gate);
  return taken;
}

/* Ana's enrolment, as it may be, beside Ben's. */
static const struct {
  uint8_t state, hold, touches;
  bool inside, entered;
} rows[] = {{WB_STATE_WAITING, WB_HOLD_NONE, 0, true, true},
            {WB_STATE_HELD, WB_HOLD_HOURS, 0, true, true},
            {WB_STATE_HELD, WB_HOLD_CAPACITY, 1, true, true},
            {WB_STATE_HELD, WB_HOLD_CAPACITY, 0, false, false},
            {WB_STATE_HELD, WB_HOLD_NO_PERMISSION, 1, true, true},
            {WB_STATE_HELD, WB_HOLD_NO_PERMISSION, 0, false, false},
            {WB_STATE_HELD, WB_HOLD_ZONE, 0, false, false},
            {WB_STATE_WAITING, WB_HOLD_NO_PERMISSION, 0, true, true},
            {WB_STATE_CLAIMED, WB_HOLD_CAPACITY, 0, true, true},
            {WB_STATE_ENDED, WB_HOLD_NONE, 1, false, true}};

/* Who goes on takes a place, held or not; who is held since they entered, for the lack of one or
   because no message reaches them, takes none, and who left has entered. */
static void who_goes_on_takes_a_place(void **state) {
  const wbi_capacity inside = {.inside = 2}, day = {.per_day = 2};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN, NULL);
  wbi_enrollment *ana = wbi_state_enrollment(&c.practice->state, 0);
  const wbi_enrollment before = *ana;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    ana->state = rows[i].state;
    ana->hold = rows[i].hold;
    ana->touches = rows[i].touches;
    if (takes(&c, &inside, 0, c.now) == rows[i].inside) fail_msg("inside, row %zu", i);
    if (takes(&c, &day, 0, c.now) == rows[i].entered) fail_msg("a day, row %zu", i);
  }
  *ana = before;
  clinic_close(&c);
}

/* A place of a day is one of that day, of that campaign. */
static void a_place_of_a_day_is_of_that_day_and_campaign(void **state) {
  const wbi_capacity two = {.per_day = 2}, three = {.per_day = 3}, one = {.per_day = 1};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN, NULL);
  assert_int_equal(clinic_add(&c, CLINIC_TEXTS("two")), WB_OK);
  const size_t count = c.practice->state.definition.count;
  assert_false(takes(&c, &two, 0, c.now)); /* they entered with the day */
  assert_true(takes(&c, &three, 0, c.now));
  assert_true(takes(&c, &one, 0, c.now + 1)); /* on the day before */
  assert_true(takes(&c, &one, (uint32_t)count - 1, c.now));
  clinic_close(&c);
}

/* The last place is taken once. */
static void a_pass_counts_what_it_takes(void **state) {
  const wb_campaign campaigns[] = {{.capacity = {.inside = 3}}, {.capacity = {.per_day = 3}}};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN, NULL);
  for (size_t i = 0; i < WBI_COUNT(campaigns); i++) {
    wbi_gate gate;
    bool taken = false;
    const wbi_gate_entry entry = {
        .campaign = &campaigns[i], .location = WBI_TEXT("1"), .day_began = c.now};
    wbi_gate_init(&gate, c.practice);
    assert_int_equal(wbi_gate_take(&gate, &entry, &taken), WB_OK);
    assert_true(taken);
    assert_int_equal(wbi_gate_take(&gate, &entry, &taken), WB_OK);
    assert_false(taken);
    wbi_gate_free(&gate);
  }
  clinic_close(&c);
}

/* The next enrolment lets in whom the lack of a place holds, if the campaign counts them. */
static void only_a_campaign_with_a_capacity_holds_for_it(void **state) {
  static const wbi_chair_need chair = {.minutes = 60};
  static const struct {
    wb_campaign campaign;
    bool counts;
  } campaigns[] = {{{.subject = 0}, false},
                   {{.capacity = {.inside = 1}}, true},
                   {{.capacity = {.per_day = 1}}, true},
                   {{.capacity = {.chairs = &chair, .chair_count = 1}}, true}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(campaigns); i++) {
    for (size_t j = 0; j < WBI_COUNT(rows); j++) {
      wbi_enrollment held = {.state = rows[j].state,
                             .hold = rows[j].hold,
                             .touches = rows[j].touches,
                             .subject = WBI_NONE};
      const bool waits = campaigns[i].counts && !rows[j].inside && !rows[j].entered;
      assert_int_equal(wbi_gate_holds(&campaigns[i].campaign, &held), waits);
      held.since = 1; /* was tried at the step that it began with */
      assert_int_equal(wbi_gate_holds(&campaigns[i].campaign, &held), waits);
      held.loop = 1; /* has come back to it */
      assert_false(wbi_gate_holds(&campaigns[i].campaign, &held));
      held.loop = 0;
      held.step = 1; /* has gone on since the entry */
      assert_false(wbi_gate_holds(&campaigns[i].campaign, &held));
      held.step = 0;
      held.since = 0;
      held.subject = 0; /* is about a visit */
      assert_false(wbi_gate_holds(&campaigns[i].campaign, &held));
      held.subject = WBI_NONE;
      held.response = 1; /* for a call */
      assert_false(wbi_gate_holds(&campaigns[i].campaign, &held));
    }
  }
}

#define ONE_INSIDE(steps)                                                                          \
  "{\"format\":1,\"name\":\"one\",\"title\":\"T\",\"class\":\"care\",\"audience\":"                \
  "\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":" \
  "{\"booked\":\"recare.booked\"},\"capacity\":{\"inside\":1},\"steps\":[" steps                   \
  "{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"t\":{"             \
  "\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: call us. Reply STOP to opt "  \
  "out.\"}}}}"

/* Ben waits for the place of Ana, who leaves; he enters, and is given back. */
static wbi_enrollment *enters_after(clinic *c, const char *json, uint8_t variant) {
  clinic_open(c, CLINIC_ANA CLINIC_BEN, NULL);
  clinic_launch(c, "one", json);
  const wb_counts counts = clinic_enroll(c);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(counts.held, 1);
  wbi_enrollment *ben = wbi_state_enrollment(&c->practice->state, 1);
  assert_int_equal(ben->hold, WB_HOLD_CAPACITY);
  ben->variant = variant;
  assert_int_equal(clinic_receive(c, WB_INPUT_BOOKED, "p1"), WB_OK);
  c->now += CLINIC_HOUR;
  clinic_rows(c, CLINIC_ANA CLINIC_BEN, "");
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  assert_int_equal(ben->state, WB_STATE_WAITING);
  return ben;
}

/* Whoever was held out when they entered is, however few there are when they have a place. */
static void who_was_held_out_is_when_there_is_a_place(void **state) {
  (void)state;
  for (int out = 0; out < 2; out++) {
    clinic c;
    const wbi_enrollment *ben = enters_after(&c, ONE_INSIDE(""), out ? WBI_HELD_OUT : 0);
    assert_int_equal(ben->variant, out ? WBI_HELD_OUT : 0);
    assert_int_equal(clinic_poll(&c), !out);
    clinic_close(&c);
  }
}

/* At once, or by the wait that the campaign begins with. */
static void who_waited_for_a_place_is_due_as_whoever_is_new(void **state) {
  clinic c;
  (void)state;
  const wbi_enrollment *ben = enters_after(&c, ONE_INSIDE(""), 0);
  assert_int_equal(ben->wake, c.now);
  clinic_close(&c);
  ben = enters_after(&c, ONE_INSIDE("{\"id\":\"w\",\"wait\":{\"days\":1}},"), 0);
  assert_int_equal(ben->wake, SAMPLE_NOW + CLINIC_DAY); /* when the hours of the next day begin */
  clinic_close(&c);
}

/* Who enters is expected to take the tenth part of an hour, where chair time is known: of 48
   minutes that are left of 60 without the reserve eight take theirs. Who is held out takes none. */
static void chair_time_is_promised_where_it_is_known(void **state) {
  static const struct {
    const char *schedule;
    bool held_out;
    int enter;
  } cases[] = {{"hygiene", false, 8}, {"hygiene", true, 20}, {"doctor", false, 20}};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  wb_input input = clinic_input(WB_INPUT_CAPACITY, NULL);
  input.minutes = 60;
  input.location = "1";
  input.location_length = 1;
  input.name = "hygiene";
  input.name_length = 7;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    const wbi_chair_need needs[] = {{.schedule = wbi_text_of(cases[i].schedule), .minutes = 60}};
    const wb_campaign campaign = {.capacity = {.chairs = needs, .chair_count = 1}};
    const wbi_gate_entry entry = {
        .campaign = &campaign, .location = WBI_TEXT("1"), .held_out = cases[i].held_out};
    wbi_gate gate;
    bool taken = true;
    int entered = 0;
    wbi_gate_init(&gate, c.practice);
    while (taken && entered < 20) {
      assert_int_equal(wbi_gate_take(&gate, &entry, &taken), WB_OK);
      entered += taken;
    }
    wbi_gate_free(&gate);
    assert_int_equal(entered, cases[i].enter);
  }
  clinic_close(&c);
}

/* What a definition wants that no longer compiles nobody knows: who is inside it takes nothing. */
static void who_is_inside_what_does_not_compile_takes_nothing(void **state) {
  const wbi_capacity one = {.inside = 1};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_false(takes(&c, &one, 0, c.now));
  wbi_definition *definition = wbi_state_definition(&c.practice->state, 0);
  wb_campaign_unref(definition->compiled);
  definition->compiled = NULL;
  definition->broken = 1;
  assert_true(takes(&c, &one, 0, c.now));
  clinic_close(&c);
}

/* Without memory nobody enters, and nobody is told that they may not. */
static void without_memory_no_place_is_counted(void **state) {
  const wb_campaign campaign = {.capacity = {.per_day = 9}};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  const wbi_gate_entry entry = {
      .campaign = &campaign, .location = WBI_TEXT("1"), .day_began = c.now};
  wbi_definition *definition = wbi_state_definition(&c.practice->state, 0);
  bool taken = false;
  uint64_t at = 1;
  for (; !taken; at++) {
    wbi_gate gate;
    wb_campaign_unref(definition->compiled); /* a practice that was just loaded compiles anew */
    definition->compiled = NULL;
    fault_arm(&c.memory.plan, FAULT_ONCE, at);
    wbi_gate_init(&gate, c.practice);
    const wb_status status = wbi_gate_take(&gate, &entry, &taken);
    wbi_gate_free(&gate);
    assert_int_equal(status, c.memory.plan.hits > 0 ? WB_E_NOMEM : WB_OK);
    assert_int_equal(taken, c.memory.plan.hits == 0);
  }
  fault_arm(&c.memory.plan, FAULT_NEVER, 1);
  assert_true(at > 3);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(who_goes_on_takes_a_place),
      cmocka_unit_test(a_place_of_a_day_is_of_that_day_and_campaign),
      cmocka_unit_test(a_pass_counts_what_it_takes),
      cmocka_unit_test(only_a_campaign_with_a_capacity_holds_for_it),
      cmocka_unit_test(who_was_held_out_is_when_there_is_a_place),
      cmocka_unit_test(who_waited_for_a_place_is_due_as_whoever_is_new),
      cmocka_unit_test(chair_time_is_promised_where_it_is_known),
      cmocka_unit_test(who_is_inside_what_does_not_compile_takes_nothing),
      cmocka_unit_test(without_memory_no_place_is_counted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
