/* SPDX-License-Identifier: MIT */
/* What commit makes of what is said of the practice, its campaigns, its places and contact points.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "machine/event_private.h"
#include "support/entered.h"
#include "support/reloaded.h"

static void machine_campaign(machine *m, const char *name, const char *content) {
  machine_apply(m, 5,
                (wbi_effect){.kind = WBI_EFFECT_CAMPAIGN,
                             .name = wbi_text_of(name),
                             .bytes = wbi_text_of(content)});
}

/* Two of one campaign, one of another. */
static void machine_campaigns(machine *m) {
  machine_open(m);
  machine_campaign(m, "one", "[]");
  machine_campaign(m, "two", "[2]");
}

static wbi_definition *definition_of(const machine *m, uint32_t number) {
  return wbi_state_definition(&m->state, number);
}

/* ---- campaigns --------------------------------------------------------------------------------
 */

static void a_newer_version_is_paused_and_stopped_as_the_older_is(void **unused) {
  (void)unused;
  for (uint8_t said = 0; said < 4; said++) {
    const uint8_t pauses = said & 1, stops = said >> 1;
    machine m;
    machine_open(&m);
    machine_apply(
        &m, 5, (wbi_effect){.kind = WBI_EFFECT_PAUSE, .code = WBI_PAUSE_CAMPAIGN, .cause = pauses});
    machine_apply(&m, 5, (wbi_effect){.kind = WBI_EFFECT_STOP, .code = stops});
    machine_campaign(&m, "one", "[]");
    machine_campaign(&m, "two", "[2]");
    assert_int_equal(definition_of(&m, 1)->paused, pauses);
    assert_int_equal(definition_of(&m, 1)->stopped, stops);
    assert_int_equal(definition_of(&m, 2)->paused, 0);
    assert_int_equal(definition_of(&m, 2)->stopped, 0);
    machine_close(&m);
  }
}

/* It is the one that it was, and the newest of its name again. */
static void a_version_that_comes_back_is_no_other(void **unused) {
  (void)unused;
  machine m;
  machine_campaigns(&m);
  for (uint32_t newest = 2; newest-- > 0;) {
    machine_campaign(&m, "one", newest ? "[]" : "{}");
    assert_int_equal(m.state.definition.count, 3);
    assert_int_equal(definition_of(&m, 0)->current, !newest);
    assert_int_equal(definition_of(&m, 1)->current, newest);
    assert_int_equal(definition_of(&m, 2)->current, 1);
    assert_int_equal(wbi_state_campaign(&m.state, WBI_TEXT("one")), newest);
  }
  assert_int_equal(wbi_state_canonical(&m.state, definition_of(&m, 2)).length, 3);
  machine_close(&m);
}

/* By one definition of a name new people enter, by none once it is stopped; of others nothing is
   said. */
static void a_launch_is_of_one_definition_and_a_stop_of_all(void **unused) {
  (void)unused;
  machine m;
  machine_campaigns(&m);
  machine_apply(&m, 10, (wbi_effect){.kind = WBI_EFFECT_LAUNCH, .definition = 2});
  for (uint16_t by = 0; by < 2; by++) {
    machine_apply(&m, 10, (wbi_effect){.kind = WBI_EFFECT_LAUNCH, .definition = by});
    assert_int_equal(definition_of(&m, 0)->launched, !by);
    assert_int_equal(definition_of(&m, 1)->launched, by);
    assert_int_equal(definition_of(&m, 2)->launched, 1);
  }
  for (uint8_t stops = 2; stops-- > 0;) {
    machine_apply(&m, 10, (wbi_effect){.kind = WBI_EFFECT_STOP, .code = stops});
    for (uint32_t i = 0; i < 2; i++) {
      assert_int_equal(definition_of(&m, i)->stopped, stops);
      assert_int_equal(definition_of(&m, i)->launched, 0);
    }
    assert_int_equal(definition_of(&m, 2)->stopped, 0);
    assert_int_equal(definition_of(&m, 2)->launched, 1);
  }
  machine_close(&m);
}

/* What is stopped stays launched where it is said that it is not stopped. */
static void what_may_be_launched_again_stays_as_it_is(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, (wbi_effect){.kind = WBI_EFFECT_LAUNCH});
  machine_apply(&m, 10, (wbi_effect){.kind = WBI_EFFECT_STOP, .code = 0});
  assert_int_equal(definition_of(&m, 0)->launched, 1);
  machine_close(&m);
}

/* ---- pauses and settings ----------------------------------------------------------------------
 */

/* Each is of what it is of, and of nothing else. */
static void a_pause_begins_and_ends_for_what_it_is_of(void **unused) {
  (void)unused;
  for (uint8_t scope = WBI_PAUSE_PRACTICE; scope <= WBI_PAUSE_CLASS; scope++) {
    machine m;
    machine_campaigns(&m);
    machine_apply(&m, 10, entry_of("p1"));
    m.state.paused_classes = 1;
    for (uint8_t begins = 2; begins-- > 0;) {
      machine_apply(&m, 20,
                    (wbi_effect){.kind = WBI_EFFECT_PAUSE,
                                 .code = scope,
                                 .cause = begins,
                                 .location = WBI_TEXT("2"),
                                 .class_ = 3});
      assert_int_equal(m.state.paused, scope == WBI_PAUSE_PRACTICE && begins);
      assert_int_equal(m.state.paused_classes, scope == WBI_PAUSE_CLASS && begins ? 9 : 1);
      assert_int_equal(wbi_state_location(&m.state, 0)->paused, 0);
      assert_int_equal(m.state.location.count, scope == WBI_PAUSE_LOCATION ? 2 : 1);
      if (scope == WBI_PAUSE_LOCATION)
        assert_int_equal(wbi_state_location(&m.state, 1)->paused, begins);
      for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(definition_of(&m, i)->paused,
                         i < 2 && scope == WBI_PAUSE_CAMPAIGN && begins);
      assert_int_equal(m.state.looks, begins ? 0 : UINT64_C(1) << WB_HOLD_PAUSED);
    }
    machine_close(&m);
  }
}

/* Who was held for want of it is looked at; for how long a visit counts holds nobody. */
static void a_setting_is_known_by_its_name(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10,
                (wbi_effect){.kind = WBI_EFFECT_SETTING,
                             .name = WBI_TEXT(WBI_SETTING_KEPT),
                             .code = WB_KEPT_DAYS_MAX});
  assert_int_equal(m.state.kept_days, WB_KEPT_DAYS_MAX);
  assert_int_equal(m.state.assume, 0);
  assert_int_equal(m.state.looks, 0);
  machine_apply(&m, 10,
                (wbi_effect){.kind = WBI_EFFECT_SETTING,
                             .name = WBI_TEXT(WBI_SETTING_PERMISSION),
                             .code = 1});
  assert_int_equal(m.state.kept_days, WB_KEPT_DAYS_MAX);
  assert_int_equal(m.state.assume, 1);
  assert_true(m.state.looks == UINT64_C(1) << WB_HOLD_NO_PERMISSION);
  machine_close(&m);
}

/* ---- texts and chairs -------------------------------------------------------------------------
 */

static void assert_saved(const machine *m) {
  size_t length;
  uint8_t *bytes = saved_state(&m->state, &length);
  assert_int_equal(reloaded(bytes, length), WB_OK);
  free(bytes);
}

/* In whatever order, and said twice: each text of each campaign by itself. */
static void a_text_is_withdrawn_until_it_is_said_again(void **unused) {
  enum { TEXTS = 4 };
  static const struct {
    const char *text;
    uint16_t definition;
  } rows[TEXTS] = {{"c", 0}, {"a", 1}, {"b", 2}, {"a", 2}};
  static const char *const campaigns[] = {"one", "one", "two"};
  (void)unused;
  machine m;
  machine_campaigns(&m);
  for (uint32_t said = 0; said < 2 * TEXTS; said++) {
    const uint32_t n = said % TEXTS;
    const bool again = said >= TEXTS;
    for (int twice = 0; twice < 2; twice++) {
      machine_apply(&m, 10,
                    (wbi_effect){.kind = WBI_EFFECT_WITHDRAW,
                                 .definition = rows[n].definition,
                                 .name = wbi_text_of(rows[n].text),
                                 .code = !again});
      assert_int_equal(m.state.withdrawn.count, again ? TEXTS - 1 - n : said + 1);
      for (uint32_t i = 0; i < TEXTS; i++)
        assert_int_equal(wbi_state_withdrawn(&m.state, wbi_text_of(campaigns[rows[i].definition]),
                                             wbi_text_of(rows[i].text)),
                         again ? i > n : i <= n);
      assert_false(wbi_state_withdrawn(&m.state, WBI_TEXT("two"), WBI_TEXT("c")));
    }
    assert_int_equal(m.state.looks != 0, again); /* who had nothing to be told */
    assert_saved(&m);
  }
  machine_close(&m);
}

/* In whatever order they are reported; what is booked counts until the next report. */
static void chair_time_is_that_of_its_place_and_schedule(void **unused) {
  static const struct {
    const char *location, *schedule;
  } rows[] = {{"2", "b"}, {"2", "a"}, {"1", "c"}, {"1", "a"}, {"2", "c"}};
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint32_t i = 0; i < 2 * WBI_COUNT(rows); i++) {
    const uint32_t n = i % (uint32_t)WBI_COUNT(rows);
    wbi_effect chair = {.kind = WBI_EFFECT_CHAIR,
                        .location = wbi_text_of(rows[n].location),
                        .name = wbi_text_of(rows[n].schedule),
                        .code = WBI_CHAIR_OPEN,
                        .number = 100 + i};
    machine_apply(&m, (wb_time)i, chair);
    assert_int_equal(m.state.chair.count, i < WBI_COUNT(rows) ? i + 1 : WBI_COUNT(rows));
    chair.code = WBI_CHAIR_BOOKED;
    chair.number = i;
    machine_apply(&m, 50, chair);
    for (uint32_t k = 0; k < WBI_COUNT(rows); k++) {
      const uint32_t place = wbi_state_chair_find(&m.state, wbi_text_of(rows[k].location),
                                                  wbi_text_of(rows[k].schedule));
      const uint32_t last = k <= n ? i - n + k : i - n + k - (uint32_t)WBI_COUNT(rows);
      assert_int_equal(place == WBI_NONE, i < k);
      if (i < k) continue;
      assert_int_equal(wbi_state_chair(&m.state, place)->open, 100 + last);
      assert_int_equal(wbi_state_chair(&m.state, place)->booked, last);
      assert_int_equal(wbi_state_chair(&m.state, place)->at, last);
    }
    assert_saved(&m);
  }
  machine_close(&m);
}

/* ---- places and events ------------------------------------------------------------------------
 */

static void a_place_that_is_new_has_counted_nothing(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p1"));
  wbi_effect entry = entry_of("p2");
  entry.location = WBI_TEXT("2");
  machine_apply(&m, 10, entry);
  assert_int_equal(wbi_state_enrollment(&m.state, 0)->location, 0);
  assert_int_equal(wbi_state_enrollment(&m.state, 1)->location, 1);
  for (uint32_t i = 0; i < 2; i++) {
    const wbi_location *place = wbi_state_location(&m.state, i);
    assert_int_equal(place->admission_day, WB_DATE_NONE);
    assert_int_equal(place->admitted, 0);
    for (uint32_t list = 0; list < WBI_LIMITED; list++) {
      assert_int_equal(place->task_day[list], WB_DATE_NONE);
      assert_int_equal(place->tasks[list], 0);
    }
  }
  machine_close(&m);
}

/* What is said while a backup is restored is known for good. */
static void an_event_is_known_since_it_was_said(void **unused) {
  (void)unused;
  for (uint8_t restoring = 0; restoring < 2; restoring++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, (wbi_effect){.kind = WBI_EFFECT_EPOCH, .number = 1, .code = restoring});
    machine_apply(&m, 20, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{4}}});
    machine_apply(&m, 30, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{5}}});
    const wbi_seen *seen = wbi_table_at(&m.state.seen, 1);
    assert_int_equal(m.state.seen.items.count, 2);
    assert_true(seen->at == (restoring ? WB_TIME_MAX : 30));
    machine_close(&m);
  }
}

/* Of a record of before the last one comes the number, and not the time. */
static void the_last_record_is_the_latest(void **unused) {
  static const wb_time at[] = {30, 20, 31}, last[] = {30, 30, 31};
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint8_t i = 0; i < WBI_COUNT(at); i++) {
    const uint64_t before = m.state.sequence;
    machine_apply(&m, at[i], (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{i}}});
    assert_int_equal(m.state.last, last[i]);
    assert_int_equal(m.state.sequence, before + 1);
    assert_int_equal(m.state.unsealed, 1);
  }
  machine_close(&m);
}

/* ---- contact points ---------------------------------------------------------------------------
 */

/* Something arrived there, whatever is said of it. */
static void a_contact_point_is_as_was_said_last(void **unused) {
  static const uint8_t flags[] = {WBI_CONTACT_OPTED_OUT, 0, WBI_CONTACT_CLOSED};
  const wbi_bytes16 id = {{50}};
  (void)unused;
  for (int texted = 0; texted < 2; texted++) {
    machine m;
    machine_wrote(&m, 1);
    const wbi_contact_point *point = wbi_state_point(&m.state, &id);
    assert_false(wbi_point_says(point));
    if (texted) machine_apply(&m, 30, outcome_of(1, WB_ACTION_SENT));
    const uint8_t kept = texted ? WBI_CONTACT_TEXTED : 0;
    assert_int_equal(point->flags, kept);
    assert_int_equal(wbi_point_says(point), texted);
    for (size_t i = 0; i < WBI_COUNT(flags); i++) {
      m.state.look_all = 0;
      machine_apply(&m, 40 + (wb_time)i,
                    (wbi_effect){.kind = WBI_EFFECT_CONTACT, .id = id, .code = flags[i]});
      assert_int_equal(point->flags, flags[i] | kept);
      assert_int_equal(point->at, 40 + (wb_time)i);
      assert_int_equal(point->actions, 0);
      assert_true(wbi_point_says(point));
      assert_int_equal(m.state.look_all, 1);
    }
    machine_close(&m);
  }
}

/* It answered, or is still the same person's: who is held for want of that is looked at. */
static void what_a_number_was_found_to_be_is_kept_apart(void **unused) {
  static const uint8_t found[] = {WBI_NUMBER_ANSWERED, WBI_NUMBER_CHECKED};
  const wbi_bytes16 id = {{60}};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(found); i++) {
    machine m;
    machine_open(&m);
    assert_null(wbi_state_point(&m.state, &id));
    machine_apply(&m, 40, (wbi_effect){.kind = WBI_EFFECT_NUMBER, .id = id, .code = found[i]});
    const wbi_contact_point *point = wbi_state_point(&m.state, &id);
    assert_int_equal(point->answered, i == 0 ? 40 : 0);
    assert_int_equal(point->checked, i == 0 ? 0 : 40);
    assert_int_equal(point->actions, WBI_NONE);
    assert_true(wbi_point_says(point));
    assert_true(m.state.looks == UINT64_C(1) << WB_HOLD_NUMBER_CHECK);
    machine_close(&m);
  }
}

/* Each contact point that is in the pairs has its new name, and who is about one; what was to be
   tried again by the old one is not. */
static void another_secret_names_every_contact_point_anew(void **unused) {
  enum { POINTS = 5 };
  wbi_bytes16 pairs[2 * POINTS] = {{{0}}};
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint8_t i = 0; i < POINTS; i++) {
    const char key[] = {'p', (char)('1' + i), 0};
    wbi_effect claim = claim_of(key, (uint8_t)(i + 1));
    claim.contact = (wbi_bytes16){{(uint8_t)(50 + 2 * i)}};
    machine_apply(&m, 10, entry_of(key));
    machine_apply(&m, 20, claim);
    machine_apply(&m, 20, outcome_of((uint8_t)(i + 1), WB_ACTION_READY));
    machine_apply(&m, 20,
                  (wbi_effect){.kind = WBI_EFFECT_CONSENT,
                               .event = {{9}},
                               .contact = claim.contact,
                               .patient = wbi_text_of(key),
                               .channel = WB_CHANNEL_SMS,
                               .code = WB_CONSENT_REFUSED});
    pairs[2 * i] = claim.contact;
    pairs[2 * i + 1] = (wbi_bytes16){{(uint8_t)(100 + i)}};
  }
  wbi_effect end = {.kind = WBI_EFFECT_END, .patient = WBI_TEXT("p1"), .name = WBI_TEXT("left")};
  machine_apply(&m, 25, end); /* the number of why is as high as that of the second action */
  machine_apply(&m, 30,
                (wbi_effect){.kind = WBI_EFFECT_SECRET,
                             .id = {{9}},
                             .bytes = {(const char *)pairs, sizeof pairs}});
  assert_int_equal(m.state.check.bytes[0], 9);
  for (uint32_t i = 0; i < POINTS; i++) {
    const wbi_contact_point *point = wbi_state_point(&m.state, &pairs[2 * i + 1]);
    assert_non_null(point);
    assert_null(wbi_state_point(&m.state, &pairs[2 * i]));
    assert_int_equal(point->actions, i);
    const wbi_action *action = wbi_state_action(&m.state, i);
    assert_true(wbi_bytes16_equal(&action->contact, &pairs[2 * i + 1]));
    assert_int_equal(action->state, WB_ACTION_WITHDRAWN);
    const wbi_consent *consent = wbi_vector_at(&m.state.consent, i);
    assert_true(wbi_bytes16_equal(&consent->contact, &pairs[2 * i + 1]));
  }
  machine_close(&m);
}

/* Only contact points that are in the pairs: those between, before and after them stay. */
static void a_secret_leaves_what_it_does_not_name(void **unused) {
  static const wbi_bytes16 pairs[] = {{{20}}, {{120}}, {{30}}, {{130}}};
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint8_t id = 10; id <= 40; id += 5)
    machine_apply(&m, 20, (wbi_effect){.kind = WBI_EFFECT_CONTACT, .id = {{id}}, .code = 1});
  machine_apply(
      &m, 30,
      (wbi_effect){.kind = WBI_EFFECT_SECRET, .bytes = {(const char *)pairs, sizeof pairs}});
  for (uint8_t id = 10; id <= 40; id += 5) {
    const wbi_bytes16 name = {{(uint8_t)(id == 20 || id == 30 ? id + 100 : id)}};
    assert_int_equal(wbi_state_contact(&m.state, &name), 1);
  }
  assert_int_equal(m.state.contacts.items.count, 7);
  machine_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_newer_version_is_paused_and_stopped_as_the_older_is),
      cmocka_unit_test(a_version_that_comes_back_is_no_other),
      cmocka_unit_test(a_launch_is_of_one_definition_and_a_stop_of_all),
      cmocka_unit_test(what_may_be_launched_again_stays_as_it_is),
      cmocka_unit_test(a_pause_begins_and_ends_for_what_it_is_of),
      cmocka_unit_test(a_setting_is_known_by_its_name),
      cmocka_unit_test(a_text_is_withdrawn_until_it_is_said_again),
      cmocka_unit_test(chair_time_is_that_of_its_place_and_schedule),
      cmocka_unit_test(a_place_that_is_new_has_counted_nothing),
      cmocka_unit_test(an_event_is_known_since_it_was_said),
      cmocka_unit_test(the_last_record_is_the_latest),
      cmocka_unit_test(a_contact_point_is_as_was_said_last),
      cmocka_unit_test(what_a_number_was_found_to_be_is_kept_apart),
      cmocka_unit_test(another_secret_names_every_contact_point_anew),
      cmocka_unit_test(a_secret_leaves_what_it_does_not_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
