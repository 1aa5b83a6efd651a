/* SPDX-License-Identifier: MIT */
/* What the outreach brought as it is counted at commit: in which cell, for whom, and until when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "machine/event_private.h"
#include "support/committed.h"

enum { DAY = 86400 };

static wbi_effect entry_of(uint8_t segment, uint8_t variant) {
  return (wbi_effect){.kind = WBI_EFFECT_ENROLL,
                      .patient = WBI_TEXT("p1"),
                      .location = WBI_TEXT("1"),
                      .number = 1,
                      .segment = segment,
                      .variant = variant,
                      .wake = 100,
                      .day = WB_DATE_NONE};
}

static wbi_effect visit_of(uint8_t id, uint8_t code, wb_time touched) {
  return (wbi_effect){.kind = WBI_EFFECT_VISIT,
                      .patient = WBI_TEXT("p1"),
                      .id = {{id}},
                      .code = code,
                      .until = touched,
                      .wake = touched};
}

static const wbi_metric *cell(const machine *m, uint32_t number) {
  return wbi_state_metric(&m->state, number);
}

/* By campaign, segment and variant, in whatever order people enter. */
static void cells_have_an_order_and_count_each_their_own(void **unused) {
  (void)unused;
  static const uint8_t entries[][2] = {{2, 0}, {0, 1}, {1, 0}, {0, 0}, {2, 0}, {0, 1}, {0, 1}};
  static const struct {
    uint8_t segment, variant;
    uint64_t entered;
    wb_time last;
  } cells[] = {{0, 0, 1, 13}, {0, 1, 3, 16}, {1, 0, 1, 12}, {2, 0, 2, 14}};
  machine m;
  machine_open(&m);
  for (uint32_t i = 0; i < WBI_COUNT(entries); i++) {
    char key[] = {(char)('a' + i), '\0'};
    wbi_effect entry = entry_of(entries[i][0], entries[i][1]);
    entry.patient = wbi_text_of(key);
    machine_apply(&m, 10 + (wb_time)i, entry);
  }
  assert_int_equal(m.state.metric.count, WBI_COUNT(cells));
  for (uint32_t i = 0; i < WBI_COUNT(cells); i++) {
    assert_int_equal(cell(&m, i)->segment, cells[i].segment);
    assert_int_equal(cell(&m, i)->variant, cells[i].variant);
    assert_int_equal(cell(&m, i)->entered, cells[i].entered);
    assert_int_equal(cell(&m, i)->last_entered, cells[i].last);
  }
  machine_close(&m);
}

/* Whoever was not written to was not touched; a response counts once. */
static void who_responds_counts_once(void **unused) {
  (void)unused;
  const wbi_effect response = {
      .kind = WBI_EFFECT_RESPONSE, .patient = WBI_TEXT("p1"), .code = 1, .wake = 50};
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of(0, 0));
  assert_int_equal(wbi_metrics_touched(wbi_state_enrollment(&m.state, 0)), WB_TIME_NONE);
  assert_int_equal(cell(&m, 0)->responded, 0);
  for (int i = 0; i < 2; i++) {
    machine_apply(&m, 20, response);
    assert_int_equal(cell(&m, 0)->responded, 1);
  }
  machine_close(&m);
}

/* From the instant of the entry on, and as long as visits count. */
static void who_came_within_the_days_that_count_came(void **unused) {
  (void)unused;
  const wb_time window = (wb_time)WBI_KEPT_DAYS * DAY;
  const struct {
    wb_time at;
    uint64_t came;
  } rows[] = {{1099, 0}, {1100, 1}, {1100 + window, 1}, {1101 + window, 0}};
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 1100, entry_of(0, 0));
    m.state.kept_days = WBI_KEPT_DAYS;
    machine_apply(&m, 1200, visit_of(9, WBI_VISIT_KEPT, rows[i].at));
    assert_int_equal(cell(&m, 0)->came, rows[i].came);
    machine_close(&m);
  }
}

/* What is off, and credited, is that visit alone; and what is kept is none that is off. */
static void a_visit_that_is_credited_takes_back_nobody(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 1100, entry_of(0, 0));
  machine_apply(&m, 1200, visit_of(9, WBI_VISIT_KEPT, 1150));
  assert_int_equal(cell(&m, 0)->came, 1);
  machine_apply(&m, 1300, visit_of(8, WBI_VISIT_REVERSED, 1100));
  assert_int_equal(cell(&m, 0)->came, 1);
  wbi_effect kept = visit_of(7, WBI_VISIT_KEPT, 1);
  kept.wake = 1100;
  kept.definition = UINT16_MAX;
  machine_apply(&m, 1400, kept);
  assert_int_equal(cell(&m, 0)->came, 1);
  machine_close(&m);
}

/* Of the last definition, and of one behind it, which is none. */
static void a_visit_is_credited_to_a_definition_that_there_is(void **unused) {
  (void)unused;
  for (uint16_t definition = 0; definition < 2; definition++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of(0, 0));
    wbi_effect visit = visit_of(9, WBI_VISIT_BOOKED, 20);
    visit.definition = definition;
    machine_apply(&m, 20, visit);
    assert_int_equal(cell(&m, 0)->booked, definition == 0);
    assert_int_equal(m.state.metric.count, 1);
    assert_int_equal(m.state.credits.items.count, definition == 0);
    machine_close(&m);
  }
}

/* One that is forgotten leaves the others where they are found. */
static void credits_are_found_when_others_are_forgotten(void **unused) {
  (void)unused;
  const wb_time last = 1000 + (wb_time)WBI_CREDIT_DAYS * DAY;
  machine m;
  machine_open(&m);
  machine_apply(&m, 1000, entry_of(0, 0));
  for (uint8_t i = 0; i < 8; i++)
    machine_apply(&m, 1000 + i, visit_of(i + 1, WBI_VISIT_BOOKED, 1000 + i));
  machine_apply(&m, last + 4, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{1}}});
  wbi_metrics_forget(&m.state);
  assert_int_equal(m.state.credits.items.count, 4);
  for (uint8_t i = 0; i < 8; i++) {
    const wbi_bytes16 id = {{i + 1}};
    const wbi_credit *credit = wbi_state_credit(&m.state, &id);
    assert_int_equal(credit != NULL, i >= 4);
    if (i >= 4) assert_int_equal(credit->touched, 1000 + i);
  }
  machine_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cells_have_an_order_and_count_each_their_own),
      cmocka_unit_test(who_responds_counts_once),
      cmocka_unit_test(who_came_within_the_days_that_count_came),
      cmocka_unit_test(a_visit_that_is_credited_takes_back_nobody),
      cmocka_unit_test(a_visit_is_credited_to_a_definition_that_there_is),
      cmocka_unit_test(credits_are_found_when_others_are_forgotten),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
