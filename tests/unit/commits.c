/* SPDX-License-Identifier: MIT */
/* What commit makes of effects where counters end, and of those that no call of today plans but a
   journal may have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "machine/event_private.h"
#include "support/entered.h"

enum { DAY = 86400 };

/* ---- messages that are counted ----------------------------------------------------------------
 */

static void a_contact_that_is_no_longer_counted_is_not_taken_back(void **unused) {
  (void)unused;
  machine m;
  machine_wrote(&m, 1);
  const wbi_patient *patient = wbi_state_patient(&m.state, 0);
  for (uint32_t i = 1; i <= WBI_COUNTED_KEPT; i++)
    machine_apply(&m, 20,
                  (wbi_effect){.kind = WBI_EFFECT_CONTACTED,
                               .patient = WBI_TEXT("p1"),
                               .until = (wb_time)i * 60});
  assert_int_equal(patient->counted[0], 1); /* that of minute 0 went */
  machine_apply(&m, 600, outcome_of(1, WB_ACTION_FAILED));
  assert_int_equal(patient->count, WBI_COUNTED_KEPT);
  assert_int_equal(patient->counted[0], 1);
  assert_int_equal(first_of(&m)->touches, 0);
  machine_close(&m);
}

static void counters_end_where_their_numbers_do(void **unused) {
  (void)unused;
  for (int full = 0; full < 2; full++) {
    machine m;
    machine_wrote(&m, 1);
    wbi_location *location = wbi_state_location(&m.state, 0);
    wbi_definition *definition = wbi_state_definition(&m.state, 0);
    location->messages = UINT32_MAX - 1 + (uint32_t)full;
    definition->ended = UINT32_MAX - 1 + (uint32_t)full;
    first_of(&m)->touches = (uint8_t)(UINT8_MAX - 1 + full);
    action_of(&m, 1)->tries = (uint8_t)(UINT8_MAX - 1 + full);
    wbi_effect again = outcome_of(1, WB_ACTION_READY);
    again.cause = WB_CAUSE_THROTTLED;
    machine_apply(&m, 20, again); /* one message less, one try more */
    assert_int_equal(action_of(&m, 1)->tries, UINT8_MAX);
    assert_int_equal(first_of(&m)->touches, UINT8_MAX - 2 + full);
    first_of(&m)->touches = (uint8_t)(UINT8_MAX - 1 + full);
    machine_apply(&m, 20, claim_of("p1", 2)); /* in the same minute */
    assert_int_equal(location->messages, UINT32_MAX);
    assert_int_equal(first_of(&m)->touches, UINT8_MAX);
    machine_apply(&m, 20, outcome_of(2, WB_ACTION_FAILED));
    first_of(&m)->touches = UINT8_MAX;
    machine_apply(&m, 20, outcome_of(2, WB_ACTION_SENT)); /* it had gone after all */
    assert_int_equal(first_of(&m)->touches, UINT8_MAX);
    machine_apply(&m, 30,
                  (wbi_effect){.kind = WBI_EFFECT_END,
                               .patient = WBI_TEXT("p1"),
                               .name = WBI_TEXT("booked")});
    assert_int_equal(definition->ended, UINT32_MAX);
    assert_int_equal(definition->booked, !full); /* the two are of the same people */
    machine_close(&m);
  }
}

/* What became of a message of an earlier entry counts nothing of the present one; nor is more taken
   back than was counted. */
static void what_becomes_of_an_earlier_entry_counts_nothing_of_the_present_one(void **unused) {
  (void)unused;
  for (int earlier = 0; earlier < 2; earlier++) {
    machine m;
    machine_wrote(&m, 1);
    machine_apply(&m, 30, outcome_of(1, WB_ACTION_SENT));
    const wbi_metric *cell = wbi_state_metric(&m.state, 0);
    if (earlier) {
      machine_apply(&m, 40, (wbi_effect){.kind = WBI_EFFECT_END, .patient = WBI_TEXT("p1")});
      wbi_effect entry = entry_of("p1");
      entry.number = 2;
      machine_apply(&m, 50, entry);
      machine_apply(&m, 60, claim_of("p1", 2));
    }
    assert_int_equal(first_of(&m)->touches, 1);
    machine_apply(&m, 70, outcome_of(1, WB_ACTION_FAILED));
    assert_int_equal(first_of(&m)->touches, earlier);
    assert_int_equal(cell->messages, earlier);
    assert_int_equal(cell->contacted, earlier);
    machine_apply(&m, 80, outcome_of(1, WB_ACTION_SENT));
    assert_int_equal(first_of(&m)->touches, 1);
    assert_int_equal(cell->messages, 1);
    machine_close(&m);
  }
}

/* A message without a day counts against no cap, whatever becomes of it. */
static void a_message_without_a_day_is_not_counted(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p1"));
  wbi_effect claim = claim_of("p1", 1);
  claim.day = WB_DATE_NONE;
  machine_apply(&m, 20, claim);
  static const uint8_t codes[] = {WB_ACTION_FAILED, WB_ACTION_SENT};
  for (size_t i = 0; i < WBI_COUNT(codes); i++) {
    machine_apply(&m, 30, outcome_of(1, codes[i]));
    assert_int_equal(wbi_state_patient(&m.state, 0)->count, 0);
    assert_int_equal(first_of(&m)->touches, i);
  }
  machine_close(&m);
}

/* Counters of a snapshot may be nothing where there was a message, or a visit. */
static void no_counter_goes_below_nothing(void **unused) {
  (void)unused;
  static const uint8_t visits[] = {WBI_VISIT_BOOKED, WBI_VISIT_KEPT, WBI_VISIT_REVERSED};
  machine m;
  machine_wrote(&m, 1);
  machine_apply(&m, 30, outcome_of(1, WB_ACTION_SENT));
  wbi_metric *cell = wbi_state_metric(&m.state, 0);
  cell->messages = cell->contacted = 0;
  first_of(&m)->touches = 0;
  machine_apply(&m, 40, outcome_of(1, WB_ACTION_FAILED));
  assert_int_equal(first_of(&m)->touches, 0);
  assert_int_equal(first_of(&m)->counted, 0);
  assert_int_equal(cell->contacted, 0);
  action_of(&m, 1)->state = WB_ACTION_SENT; /* of somebody who is not counted as contacted */
  cell->contacted = 1;
  machine_apply(&m, 40, outcome_of(1, WB_ACTION_FAILED));
  assert_int_equal(cell->contacted, 1);
  cell->contacted = 0;
  for (size_t i = 0; i < WBI_COUNT(visits); i++) {
    cell->booked = cell->kept = 0;
    machine_apply(&m, 50,
                  (wbi_effect){.kind = WBI_EFFECT_VISIT,
                               .patient = WBI_TEXT("p1"),
                               .id = {{9}},
                               .code = visits[i],
                               .value = 100});
    assert_int_equal(cell->booked, i < 2);
    assert_int_equal(cell->kept, i == 1);
    assert_int_equal(cell->production, i == 1 ? 100 : 0);
  }
  assert_int_equal(cell->messages, 0);
  assert_int_equal(cell->contacted, 0);
  machine_close(&m);
}

/* A message that was taken back is contacted no more, but another of the entry was. */
static void somebody_is_contacted_until_no_message_is_left(void **unused) {
  (void)unused;
  machine m;
  machine_wrote(&m, 1);
  machine_apply(&m, 30, outcome_of(1, WB_ACTION_SENT));
  machine_apply(&m, 40, claim_of("p1", 2));
  machine_apply(&m, 50, outcome_of(2, WB_ACTION_SENT));
  const wbi_metric *cell = wbi_state_metric(&m.state, 0);
  for (uint8_t id = 1; id <= 2; id++) {
    machine_apply(&m, 60, outcome_of(id, WB_ACTION_FAILED));
    assert_int_equal(cell->messages, 2 - id);
    assert_int_equal(cell->contacted, 2 - id);
  }
  machine_close(&m);
}

static wbi_effect visit_of(uint8_t code, wb_time at) {
  return (wbi_effect){.kind = WBI_EFFECT_VISIT,
                      .patient = WBI_TEXT("p1"),
                      .id = {{9}},
                      .definition = UINT16_MAX, /* nobody's credit */
                      .code = code,
                      .until = at,
                      .wake = at};
}

/* Who entered at that instant about a visit never came for the campaign. */
static void a_visit_that_was_off_takes_back_those_who_came_for_it_alone(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  wbi_effect about = entry_of("p1");
  about.subject = WBI_TEXT("v1");
  about.segment = 1;
  machine_apply(&m, 10, entry_of("p1"));
  machine_apply(&m, 10, about);
  machine_apply(&m, 20, visit_of(WBI_VISIT_KEPT, 20));
  assert_int_equal(wbi_state_metric(&m.state, 0)->came, 1);
  assert_int_equal(wbi_state_metric(&m.state, 1)->came, 0);
  for (int twice = 0; twice < 2; twice++) {
    machine_apply(&m, 30, visit_of(WBI_VISIT_REVERSED, 10));
    assert_int_equal(wbi_state_metric(&m.state, 0)->came, 0);
    assert_int_equal(wbi_state_metric(&m.state, 1)->came, 0);
  }
  machine_apply(&m, 40, visit_of(WBI_VISIT_KEPT, 20));
  assert_int_equal(wbi_state_metric(&m.state, 0)->came, 1);
  wbi_state_metric(&m.state, 0)->came = 0;
  machine_apply(&m, 50, visit_of(WBI_VISIT_REVERSED, 10));
  assert_int_equal(wbi_state_metric(&m.state, 0)->came, 0);
  machine_close(&m);
}

/* It is taken off its list, and wakes nobody. */
static void a_task_of_a_campaign_in_which_its_patient_is_not_is_closed(void **unused) {
  const wbi_effect open = {.kind = WBI_EFFECT_TASK_OPEN,
                           .id = {{7}},
                           .patient = WBI_TEXT("p1"),
                           .subject = WBI_TEXT("v1"),
                           .location = WBI_TEXT("1"),
                           .name = WBI_TEXT("call"),
                           .code = WBI_LIST_VISITS,
                           .day = WB_DATE_NONE};
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p1"));
  machine_apply(&m, 20, open);
  assert_int_equal(wbi_task_enrollment(&m.state, wbi_state_task(&m.state, 0)), WBI_NONE);
  machine_apply(&m, 30, (wbi_effect){.kind = WBI_EFFECT_TASK_CLOSE, .id = open.id});
  assert_int_equal(m.state.task.count, 0);
  assert_int_equal(wbi_wake_at(&m.state, 0), 100);
  machine_close(&m);
}

static void a_credit_that_can_change_no_more_is_forgotten(void **unused) {
  (void)unused;
  const wb_time last = 1000 + (wb_time)WBI_CREDIT_DAYS * DAY;
  const wbi_bytes16 id = {{9}};
  machine m;
  machine_wrote(&m, 1);
  machine_apply(&m, 1000,
                (wbi_effect){.kind = WBI_EFFECT_VISIT,
                             .patient = WBI_TEXT("p1"),
                             .id = id,
                             .code = WBI_VISIT_BOOKED,
                             .wake = 1000});
  for (int over = 0; over < 2; over++) {
    machine_apply(&m, last + over, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{(uint8_t)over}}});
    assert_int_equal(wbi_state_credit(&m.state, &id) == NULL, over);
    wbi_metrics_forget(&m.state);
    assert_int_equal(m.state.credits.items.count, !over);
  }
  machine_close(&m);
}

/* ---- actions ----------------------------------------------------------------------------------
 */

/* It may go nowhere on a second try: then the contact point has no more of it. */
static void an_action_that_goes_nowhere_is_linked_to_no_contact_point(void **unused) {
  (void)unused;
  machine m;
  machine_wrote(&m, 1);
  machine_apply(&m, 20, outcome_of(1, WB_ACTION_READY));
  wbi_effect claim = claim_of("p1", 1);
  claim.contact = (wbi_bytes16){{0}};
  machine_apply(&m, 30, claim);
  machine_apply(&m, 30, outcome_of(1, WB_ACTION_SENT));
  const wbi_contact_point *point = wbi_table_at(&m.state.contacts, 0);
  assert_int_equal(m.state.contacts.items.count, 1);
  assert_int_equal(point->actions, WBI_NONE);
  assert_int_equal(point->flags, 0); /* nothing arrived there */
  assert_int_equal(action_of(&m, 1)->state, WB_ACTION_SENT);
  machine_close(&m);
}

/* Whichever action of a contact point goes elsewhere, the others stay linked there. */
static void an_action_leaves_its_contact_point_wherever_it_stands(void **unused) {
  static const char *const people[] = {"p1", "p2", "p3"};
  (void)unused;
  for (uint8_t leaves = 1; leaves <= 3; leaves++) {
    machine m;
    machine_open(&m);
    for (uint8_t i = 0; i < 3; i++) {
      machine_apply(&m, 10, entry_of(people[i]));
      machine_apply(&m, 20, claim_of(people[i], (uint8_t)(i + 1)));
    }
    machine_apply(&m, 20, outcome_of(leaves, WB_ACTION_READY));
    wbi_effect claim = claim_of(people[leaves - 1], leaves);
    claim.contact = (wbi_bytes16){{51}};
    machine_apply(&m, 30, claim);
    uint32_t left = 0;
    uint32_t at = ((const wbi_contact_point *)wbi_table_at(&m.state.contacts, 0))->actions;
    for (; at != WBI_NONE; at = wbi_state_action(&m.state, at)->sibling, left++)
      assert_int_not_equal(at, leaves - 1);
    assert_int_equal(left, 2);
    machine_close(&m);
  }
}

/* A secret under which two contact points are one, which only a journal of others may say: what
   went to the second is no longer linked, and goes elsewhere all the same. */
static void an_action_leaves_a_contact_point_that_is_no_longer_its_own(void **unused) {
  static const wbi_bytes16 pairs[] = {{{50}}, {{60}}, {{51}}, {{60}}};
  (void)unused;
  machine m;
  machine_wrote(&m, 1);
  machine_apply(&m, 10, entry_of("p2"));
  wbi_effect claim = claim_of("p2", 2);
  claim.contact = pairs[2];
  machine_apply(&m, 20, claim);
  machine_apply(&m, 20, outcome_of(2, WB_ACTION_READY));
  machine_apply(&m, 20,
                (wbi_effect){.kind = WBI_EFFECT_SECRET,
                             .id = {{9}},
                             .bytes = {(const char *)pairs, sizeof pairs}});
  assert_true(wbi_bytes16_equal(&action_of(&m, 2)->contact, &pairs[1]));
  machine_apply(&m, 25, outcome_of(1, WB_ACTION_READY));
  claim.contact = pairs[0];
  machine_apply(&m, 30, claim);
  claim = claim_of("p1", 1);
  machine_apply(&m, 30, claim);
  const wbi_contact_point *point = wbi_state_point(&m.state, &pairs[0]);
  assert_int_equal(point->actions, 0);
  assert_int_equal(wbi_state_action(&m.state, 0)->sibling, 1);
  assert_int_equal(wbi_state_action(&m.state, 1)->sibling, WBI_NONE);
  machine_close(&m);
}

/* An id is another's while it is remembered. */
static void the_id_of_an_action_is_taken_while_it_is_remembered(void **unused) {
  (void)unused;
  for (int later = 0; later < 2; later++) {
    machine m;
    machine_wrote(&m, 1);
    machine_apply(&m, 20, outcome_of(1, WB_ACTION_SENT));
    machine_apply(&m, 20, (wbi_effect){.kind = WBI_EFFECT_END, .patient = WBI_TEXT("p1")});
    machine_apply(&m, 20, entry_of("p2"));
    const wb_time at = 20 + later + (wb_time)WB_MEMORY_DAYS * DAY;
    machine_apply(&m, at, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{3}}});
    machine_apply(&m, at, claim_of("p2", 1));
    assert_int_equal(action_of(&m, 1)->enrollment, later);
    assert_int_equal(wbi_state_enrollment(&m.state, 1)->state,
                     later ? WB_STATE_CLAIMED : WB_STATE_WAITING);
    machine_close(&m);
  }
}

/* Who responded while a message was under way is called when that was to be, whether or not the
   message goes once more. */
static void a_response_waits_for_its_call_whatever_becomes_of_the_message(void **unused) {
  (void)unused;
  static const uint8_t codes[] = {WB_ACTION_READY, WB_ACTION_FAILED, WB_ACTION_SENT};
  for (size_t i = 0; i < WBI_COUNT(codes); i++) {
    machine m;
    machine_wrote(&m, 1);
    machine_apply(
        &m, 30,
        (wbi_effect){
            .kind = WBI_EFFECT_RESPONSE, .patient = WBI_TEXT("p1"), .code = 1, .wake = 5000});
    assert_int_equal(first_of(&m)->state, WB_STATE_CLAIMED);
    machine_apply(&m, 40, outcome_of(1, codes[i]));
    assert_int_equal(first_of(&m)->state, WB_STATE_WAITING);
    assert_int_equal(first_of(&m)->wake, 5000);
    assert_int_equal(first_of(&m)->put_off, 0);
    machine_close(&m);
  }
}

/* ---- steps ------------------------------------------------------------------------------------
 */

/* A step counts as put off where nothing but its time changed: not from one round to the next, nor
   where an event is awaited, or was. */
static void a_step_is_put_off_where_only_its_time_changes(void **unused) {
  (void)unused;
  static const struct {
    uint8_t step, loop, before, awaits, put_off;
  } rows[] = {{0, 0, 0, 0, 1}, {1, 0, 0, 0, 0}, {0, 1, 0, 0, 0}, {0, 0, 2, 0, 0}, {0, 0, 0, 2, 0}};
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of("p1"));
    first_of(&m)->awaits = rows[i].before;
    machine_apply(&m, 200,
                  (wbi_effect){.kind = WBI_EFFECT_STEP,
                               .patient = WBI_TEXT("p1"),
                               .step = rows[i].step,
                               .loop = rows[i].loop,
                               .awaits = rows[i].awaits,
                               .wake = 300});
    assert_int_equal(first_of(&m)->put_off, rows[i].put_off);
    assert_int_equal(wbi_enrollment_since(first_of(&m)), rows[i].put_off ? 100 : 200);
    machine_close(&m);
  }
}

/* Who waits for an event goes on at once, who is held for a reason stays so. */
static void an_awaited_event_ends_a_wait_and_no_hold(void **unused) {
  (void)unused;
  for (int held = 0; held < 2; held++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of("p1"));
    machine_apply(
        &m, 20,
        (wbi_effect){
            .kind = WBI_EFFECT_STEP, .patient = WBI_TEXT("p1"), .awaits = 2, .wake = 9000});
    const wbi_effect hold = {
        .kind = WBI_EFFECT_HOLD, .patient = WBI_TEXT("p1"), .code = WB_HOLD_PAUSED};
    if (held) machine_apply(&m, 20, hold);
    machine_apply(&m, 30,
                  (wbi_effect){.kind = WBI_EFFECT_EVENT, .patient = WBI_TEXT("p1"), .code = 2});
    assert_int_equal(first_of(&m)->events, 2);
    assert_int_equal(first_of(&m)->state, held ? WB_STATE_HELD : WB_STATE_WAITING);
    assert_int_equal(first_of(&m)->wake, held ? 20 : 30);
    machine_close(&m);
  }
}

static void nobody_goes_over_to_a_definition_that_is_not_there(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p1"));
  machine_apply(
      &m, 20,
      (wbi_effect){.kind = WBI_EFFECT_CAMPAIGN, .name = WBI_TEXT("one"), .bytes = WBI_TEXT("[]")});
  for (uint32_t number = 2; number > 0; number--) {
    machine_apply(&m, 30,
                  (wbi_effect){.kind = WBI_EFFECT_MIGRATE,
                               .patient = WBI_TEXT("p1"),
                               .number = number,
                               .step = 3,
                               .wake = 400});
    assert_int_equal(first_of(&m)->definition, number < 2);
    assert_int_equal(first_of(&m)->step, number < 2 ? 3 : 0);
  }
  machine_apply(&m, 40, /* about the definition that they left */
                (wbi_effect){.kind = WBI_EFFECT_END, .patient = WBI_TEXT("p1")});
  assert_int_equal(first_of(&m)->state, WB_STATE_WAITING);
  machine_close(&m);
}

/* ---- what is looked at next -------------------------------------------------------------------
 */

/* Up to 255 tasks that cannot wait are counted; what holds a patient is looked at when they are
   gone, however many there were. */
static void urgent_tasks_are_counted_as_far_as_that_goes(void **unused) {
  (void)unused;
  enum { MANY = UINT8_MAX + 2 };
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p1"));
  const wbi_patient *patient = wbi_state_patient(&m.state, 0);
  wbi_effect task = {.patient = WBI_TEXT("p1"),
                     .location = WBI_TEXT("1"),
                     .name = WBI_TEXT("complaint"),
                     .code = WBI_LIST_NOW,
                     .wake = 30,
                     .until = 900,
                     .day = WB_DATE_NONE};
  task.kind = WBI_EFFECT_TASK_OPEN;
  for (uint32_t i = 0; i < MANY; i++) {
    task.id = (wbi_bytes16){{(uint8_t)i, (uint8_t)(i >> 8)}};
    machine_apply(&m, 30, task);
    assert_int_equal(patient->urgent, i < UINT8_MAX ? i + 1 : UINT8_MAX);
  }
  task.kind = WBI_EFFECT_TASK_CLOSE;
  for (uint32_t i = 0; i < MANY; i++) {
    task.id = (wbi_bytes16){{(uint8_t)i, (uint8_t)(i >> 8)}};
    machine_apply(&m, 30, task);
    assert_int_equal(patient->urgent, i < UINT8_MAX ? UINT8_MAX - 1 - i : 0);
  }
  assert_int_equal(m.state.task.count, 0);
  machine_close(&m);
}

/* What is known of a contact point changed: whom that holds only a look tells. */
static void whoever_is_held_is_looked_at_once_a_contact_point_changed(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p1"));
  machine_apply(&m, 10, (wbi_effect){.kind = WBI_EFFECT_CONTACT, .id = {{50}}});
  assert_int_equal(wbi_wake_next(&m.state), 100); /* nobody is held */
  wbi_wake_look(&m.state, 10);
  machine_apply(
      &m, 20,
      (wbi_effect){.kind = WBI_EFFECT_HOLD, .patient = WBI_TEXT("p1"), .code = WB_HOLD_OPTED_OUT});
  wbi_wake_set(&m.state, 0, 5000);
  assert_int_equal(wbi_wake_next(&m.state), 5000);
  machine_apply(&m, 30, (wbi_effect){.kind = WBI_EFFECT_CONTACT, .id = {{50}}});
  assert_true(wbi_wake_next(&m.state) == WB_TIME_MIN);
  wbi_wake_look(&m.state, 40);
  wbi_wake_set(&m.state, 0, 5000); /* once */
  assert_int_equal(wbi_wake_next(&m.state), 5000);
  machine_close(&m);
}

/* ---- what is forgotten ------------------------------------------------------------------------
 */

static void before_anything_happened_nothing_is_forgotten(void **unused) {
  (void)unused;
  machine m;
  machine_init(&m);
  assert_false(wbi_state_forgotten(&m.state, WB_TIME_MIN));
  machine_close(&m);
}

/* Nothing was ever sent there, and nothing is known of it. */
static void a_contact_point_that_says_nothing_is_forgotten_with_its_last_action(void **unused) {
  (void)unused;
  machine m;
  machine_wrote(&m, 1);
  machine_apply(&m, 20, outcome_of(1, WB_ACTION_FAILED));
  machine_apply(&m, 20, (wbi_effect){.kind = WBI_EFFECT_END, .patient = WBI_TEXT("p1")});
  for (int later = 0; later < 2; later++) {
    const wb_time at = 20 + later + (wb_time)WB_MEMORY_DAYS * DAY;
    machine_apply(&m, at, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{(uint8_t)later}}});
    wbi_state_forget(&m.state);
    assert_int_equal(m.state.contacts.items.count, !later);
    assert_int_equal(m.state.actions.items.count, !later);
  }
  machine_close(&m);
}

/* Over the year that counts and a day, wherever that day is. */
static void a_gift_is_forgotten_after_the_year_in_which_it_counts(void **unused) {
  (void)unused;
  const wb_time last = (20000 + 366 + 1) * (wb_time)DAY;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10,
                (wbi_effect){.kind = WBI_EFFECT_GIFT,
                             .id = {{1}},
                             .patient = WBI_TEXT("p1"),
                             .day = 20000,
                             .number = 1500});
  for (int later = 0; later < 2; later++) {
    machine_apply(&m, last + later, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{7}}});
    wbi_state_forget(&m.state);
    assert_int_equal(m.state.gifts.items.count, !later);
  }
  machine_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_contact_that_is_no_longer_counted_is_not_taken_back),
      cmocka_unit_test(counters_end_where_their_numbers_do),
      cmocka_unit_test(what_becomes_of_an_earlier_entry_counts_nothing_of_the_present_one),
      cmocka_unit_test(no_counter_goes_below_nothing),
      cmocka_unit_test(somebody_is_contacted_until_no_message_is_left),
      cmocka_unit_test(a_credit_that_can_change_no_more_is_forgotten),
      cmocka_unit_test(an_action_that_goes_nowhere_is_linked_to_no_contact_point),
      cmocka_unit_test(an_action_leaves_its_contact_point_wherever_it_stands),
      cmocka_unit_test(an_action_leaves_a_contact_point_that_is_no_longer_its_own),
      cmocka_unit_test(a_visit_that_was_off_takes_back_those_who_came_for_it_alone),
      cmocka_unit_test(a_task_of_a_campaign_in_which_its_patient_is_not_is_closed),
      cmocka_unit_test(a_message_without_a_day_is_not_counted),
      cmocka_unit_test(before_anything_happened_nothing_is_forgotten),
      cmocka_unit_test(the_id_of_an_action_is_taken_while_it_is_remembered),
      cmocka_unit_test(a_response_waits_for_its_call_whatever_becomes_of_the_message),
      cmocka_unit_test(a_step_is_put_off_where_only_its_time_changes),
      cmocka_unit_test(an_awaited_event_ends_a_wait_and_no_hold),
      cmocka_unit_test(nobody_goes_over_to_a_definition_that_is_not_there),
      cmocka_unit_test(urgent_tasks_are_counted_as_far_as_that_goes),
      cmocka_unit_test(whoever_is_held_is_looked_at_once_a_contact_point_changed),
      cmocka_unit_test(a_contact_point_that_says_nothing_is_forgotten_with_its_last_action),
      cmocka_unit_test(a_gift_is_forgotten_after_the_year_in_which_it_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
