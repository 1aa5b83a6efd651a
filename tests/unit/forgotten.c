/* SPDX-License-Identifier: MIT */
/* What is forgotten after 90 days, what is kept as long as it matters, and how it hangs together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "machine/event_private.h"
#include "support/entered.h"

enum { DAY = 86400, LATER = 21 + WB_MEMORY_DAYS * DAY };

static void machine_end(machine *m, const char *patient, const char *subject, const char *why) {
  machine_apply(m, 20,
                (wbi_effect){.kind = WBI_EFFECT_END,
                             .patient = wbi_text_of(patient),
                             .subject = wbi_text_of(subject),
                             .name = wbi_text_of(why)});
}

static void machine_forget(machine *m) {
  machine_apply(m, LATER, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{99}}});
  wbi_state_forget(&m->state);
}

/* Open ones are, and those of whoever is inside by that entry, since they are not done again; none
   of what is about a visit once that is forgotten. */
static void an_action_is_known_as_long_as_it_matters(void **unused) {
  static const struct {
    const char *subject;
    bool sent, ends, enters;
    uint32_t kept;
  } rows[] = {{"", true, false, false, 1},     {"", true, true, false, 0},
              {"", true, true, true, 0},       {"", false, true, false, 1},
              {"", false, true, true, 1},      {"visit", false, true, false, 0},
              {"visit", true, false, false, 1}};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_open(&m);
    wbi_effect entry = entry_of("p1"), claim = claim_of("p1", 1);
    claim.subject = entry.subject = wbi_text_of(rows[i].subject);
    machine_apply(&m, 10, entry);
    machine_apply(&m, 20, claim);
    if (rows[i].sent) machine_apply(&m, 20, outcome_of(1, WB_ACTION_SENT));
    if (rows[i].ends) machine_end(&m, "p1", rows[i].subject, "left");
    entry.number = 2;
    if (rows[i].enters) machine_apply(&m, 20, entry);
    machine_forget(&m);
    assert_int_equal(m.state.actions.items.count, rows[i].kept);
    machine_close(&m);
  }
}

/* Actions have other numbers then: only who waits for one knows it by that; another's number may be
   that of why they left. */
static void whoever_waits_for_an_action_knows_it_by_its_new_number(void **unused) {
  static const char *const people[] = {"p1", "p2", "p3", "p4"};
  static const uint32_t details[] = {1, 0, 3, 3};
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint8_t i = 0; i < WBI_COUNT(people); i++) {
    machine_apply(&m, 10, entry_of(people[i]));
    machine_apply(&m, 20, claim_of(people[i], (uint8_t)(i + 1)));
  }
  machine_apply(&m, 20, outcome_of(1, WB_ACTION_SENT));
  machine_apply(&m, 20, outcome_of(2, WB_ACTION_SENT));
  machine_apply(&m, 20, outcome_of(4, WB_ACTION_READY));
  machine_end(&m, "p1", "", "first");
  assert_int_equal(wbi_keys_add(&m.state.names, WBI_TEXT("second")), 2);
  machine_end(&m, "p3", "", "third");
  assert_int_equal(wbi_state_enrollment(&m.state, 2)->detail, 3);
  machine_forget(&m);
  assert_int_equal(m.state.actions.items.count, 3);
  for (uint32_t i = 0; i < WBI_COUNT(details); i++)
    assert_int_equal(wbi_state_enrollment(&m.state, i)->detail, details[i]);
  assert_int_equal(wbi_state_action(&m.state, 2)->id.bytes[0], 4);
  machine_close(&m);
}

/* Each contact point has its actions and no others, whoever stood before them; event ids and
   contact points are found. */
static void what_is_kept_hangs_together(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint8_t i = 1; i <= 6; i++) {
    const char key[] = {'p', (char)('0' + i), 0};
    wbi_effect claim = claim_of(key, i);
    claim.contact = (wbi_bytes16){{(uint8_t)(50 + i % 3)}};
    machine_apply(&m, 10, entry_of(key));
    machine_apply(&m, 20, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{(uint8_t)(80 + i)}}});
    machine_apply(&m, 20, claim);
    if (i % 3 == 1) machine_apply(&m, 20, outcome_of(i, WB_ACTION_FAILED)); /* of point 51 */
    if (i % 3 == 1 || i == 2) machine_end(&m, key, "", "left");
  }
  machine_apply(&m, 20, outcome_of(2, WB_ACTION_SENT)); /* of point 52, which says so */
  machine_apply(&m, 30, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{90}}});
  machine_forget(&m);
  assert_int_equal(m.state.contacts.items.count, 2);
  for (uint8_t point = 50; point <= 52; point++) {
    const wbi_contact_point *found = wbi_state_point(&m.state, &(wbi_bytes16){{point}});
    uint32_t links = 0;
    assert_int_equal(found != NULL, point != 51);
    if (found == NULL) continue;
    assert_int_equal(found->id.bytes[0], point);
    for (uint32_t at = found->actions; at != WBI_NONE && links < 6; links++) {
      const wbi_action *action = wbi_state_action(&m.state, at);
      assert_int_equal(action->contact.bytes[0], point);
      at = action->sibling;
    }
    assert_int_equal(links, point == 50 ? 2 : 1);
  }
  assert_int_equal(m.state.seen.items.count, 2);
  assert_int_equal(wbi_table_find(&m.state.seen, &(wbi_bytes16){{81}}), WBI_NONE);
  assert_int_equal(wbi_table_find(&m.state.seen, &(wbi_bytes16){{90}}), 0);
  machine_close(&m);
}

/* It says something, and has none any more. */
static void a_contact_point_whose_actions_are_forgotten_has_none(void **unused) {
  (void)unused;
  machine m;
  machine_wrote(&m, 1);
  machine_apply(&m, 20, outcome_of(1, WB_ACTION_SENT));
  machine_end(&m, "p1", "", "left");
  machine_forget(&m);
  const wbi_contact_point *point = wbi_state_point(&m.state, &(wbi_bytes16){{50}});
  assert_int_equal(point->actions, WBI_NONE);
  assert_int_equal(point->flags, WBI_CONTACT_TEXTED);
  machine_close(&m);
}

/* Credits that can change no more are forgotten with the rest. */
static void a_credit_is_forgotten_with_the_rest(void **unused) {
  (void)unused;
  machine m;
  machine_wrote(&m, 1);
  machine_apply(&m, 30,
                (wbi_effect){.kind = WBI_EFFECT_VISIT,
                             .patient = WBI_TEXT("p1"),
                             .id = {{9}},
                             .code = WBI_VISIT_BOOKED,
                             .wake = 30});
  for (wb_time over = 0; over < 2; over++) {
    machine_apply(&m, 30 + over + (wb_time)WBI_CREDIT_DAYS * DAY,
                  (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{(uint8_t)over}}});
    wbi_state_forget(&m.state);
    assert_int_equal(m.state.credits.items.count, !over);
  }
  machine_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_action_is_known_as_long_as_it_matters),
      cmocka_unit_test(whoever_waits_for_an_action_knows_it_by_its_new_number),
      cmocka_unit_test(what_is_kept_hangs_together),
      cmocka_unit_test(a_contact_point_whose_actions_are_forgotten_has_none),
      cmocka_unit_test(a_credit_is_forgotten_with_the_rest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
