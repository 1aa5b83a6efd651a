/* SPDX-License-Identifier: MIT */
/* What patients agreed to, and what they were offered: as commit keeps it, and as it is loaded. */
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

enum { DAY = 86400 };

static wbi_effect consent_of(const char *patient, uint8_t point, uint8_t level, wb_time at) {
  return (wbi_effect){.kind = WBI_EFFECT_CONSENT,
                      .name = WBI_TEXT("form"),
                      .subject = WBI_TEXT("wording"),
                      .event = {{(uint8_t)(100 + point)}},
                      .contact = {{point}},
                      .patient = wbi_text_of(patient),
                      .channel = WB_CHANNEL_SMS,
                      .cause = WB_MESSAGE_CARE,
                      .code = level,
                      .until = at};
}

static const wbi_consent *consent_at(const machine *m, uint32_t patient, uint8_t point) {
  const wbi_bytes16 contact = {{point}};
  return wbi_state_consent(&m->state, patient, &contact, WB_CHANNEL_SMS, WB_MESSAGE_CARE);
}

/* Contact point, channel and purpose together: said again it is another word on the same. */
static void what_is_said_of_one_thing_is_said_of_nothing_else(void **unused) {
  enum { POINTS = 2, PURPOSES = 3, ALL = POINTS * WB_CHANNEL_CALL * PURPOSES };
  static const uint8_t levels[] = {WB_CONSENT_EXPRESS, WB_CONSENT_REFUSED};
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint32_t said = 0; said < ALL * WBI_COUNT(levels); said++) {
    const uint32_t each = said % ALL;
    wbi_effect consent = consent_of("p1", (uint8_t)(1 + each % POINTS), levels[said / ALL], 30);
    consent.channel = (uint8_t)(WB_CHANNEL_SMS + each / POINTS % WB_CHANNEL_CALL);
    consent.cause = (uint8_t)(WB_MESSAGE_CARE + each / POINTS / WB_CHANNEL_CALL);
    machine_apply(&m, 40, consent);
    assert_int_equal(m.state.consent.count, said < ALL ? said + 1 : ALL);
    assert_int_equal(m.state.look_all, 1); /* it may be another one than holds them */
    m.state.look_all = 0;
    for (uint32_t i = 0; i < ALL; i++) {
      const wbi_bytes16 contact = {{(uint8_t)(1 + i % POINTS)}};
      const wbi_consent *found = wbi_state_consent(
          &m.state, 0, &contact, (int32_t)(WB_CHANNEL_SMS + i / POINTS % WB_CHANNEL_CALL),
          (int32_t)(WB_MESSAGE_CARE + i / POINTS / WB_CHANNEL_CALL));
      const bool refused = said >= ALL && i <= each;
      if (i > said)
        assert_null(found);
      else
        assert_int_equal(found->level, levels[refused]);
    }
  }
  machine_close(&m);
}

/* What was said before an address was new is not of it; what was said with it is. */
static void a_consent_is_of_the_address_since_it_was_new(void **unused) {
  (void)unused;
  for (wb_time at = 29; at <= 31; at++) {
    machine m;
    machine_open(&m);
    wbi_effect changed = consent_of("p1", 1, WB_CONSENT_CHANGED, 30);
    changed.cause = 0;
    machine_apply(&m, 40, changed);
    machine_apply(&m, 40, consent_of("p1", 1, WB_CONSENT_EXPRESS, at));
    assert_int_equal(consent_at(&m, 0, 1) != NULL, at >= 30);
    machine_close(&m);
  }
}

/* Of two words on one thing the stricter stays, of two as strict the older, of two alike that of
   the patient who stays; and what either said of other things is theirs. */
static void of_two_that_are_one_the_stricter_word_stays(void **unused) {
  static const struct {
    uint8_t comes, there;
    wb_time comes_at, there_at;
    bool moved;
  } rows[] = {{WB_CONSENT_REFUSED, WB_CONSENT_EXPRESS, 50, 30, true},
              {WB_CONSENT_WRITTEN, WB_CONSENT_EXPRESS, 30, 50, false},
              {WB_CONSENT_EXPRESS, WB_CONSENT_EXPRESS, 30, 50, true},
              {WB_CONSENT_EXPRESS, WB_CONSENT_EXPRESS, 50, 30, false},
              {WB_CONSENT_EXPRESS, WB_CONSENT_EXPRESS, 30, 30, false}};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_open(&m);
    for (uint8_t point = 1; point <= 3; point++)
      machine_apply(&m, 60, consent_of("p1", point, rows[i].there, rows[i].there_at));
    for (uint8_t point = 2; point <= 4; point += 2) {
      wbi_effect comes = consent_of("p2", point, rows[i].comes, rows[i].comes_at);
      comes.event = (wbi_bytes16){{7}};
      machine_apply(&m, 60, comes);
    }
    machine_apply(&m, 70,
                  (wbi_effect){.kind = WBI_EFFECT_MERGE,
                               .patient = WBI_TEXT("p2"),
                               .subject = WBI_TEXT("p1")});
    for (uint8_t point = 1; point <= 4; point++) {
      const bool moved = point == 4 || (point == 2 && rows[i].moved);
      const wbi_consent *found = consent_at(&m, 0, point);
      assert_non_null(found);
      assert_int_equal(found->event.bytes[0], moved ? 7 : 100 + point);
      assert_int_equal(found->level, moved ? rows[i].comes : rows[i].there);
    }
    machine_close(&m);
  }
}

/* ---- as they are loaded -----------------------------------------------------------------------
 */

/* In their order, each once, and of nobody who is somebody else. */
static void a_snapshot_has_each_consent_once_and_in_order(void **unused) {
  enum { WHOSE = 4, POINT = 0 };
  static const uint8_t points[][16] = {{51}, {53}};
  (void)unused;
  machine m;
  size_t length;
  machine_open(&m);
  machine_apply(&m, 10, consent_of("p1", 53, WB_CONSENT_EXPRESS, 5));
  machine_apply(&m, 10, consent_of("p1", 51, WB_CONSENT_EXPRESS, 5));
  machine_apply(
      &m, 20,
      (wbi_effect){.kind = WBI_EFFECT_MERGE, .patient = WBI_TEXT("p2"), .subject = WBI_TEXT("p1")});
  uint8_t *bytes = saved_state(&m.state, &length);
  uint8_t *first = reloaded_piece(bytes, length, points[0], 16),
          *last = reloaded_piece(bytes, length, points[1], 16);
  assert_true(first < last);
  for (uint8_t point = 50; point <= 55; point++) {
    first[POINT] = point;
    assert_int_equal(reloaded(bytes, length), point < 53 ? WB_OK : WB_E_CORRUPT);
  }
  first[POINT] = 51;
  for (uint32_t whose = 0; whose < 2; whose++) {
    seal_write(last - WHOSE, whose);
    assert_int_equal(reloaded(bytes, length), whose == 0 ? WB_OK : WB_E_CORRUPT);
  }
  free(bytes);
  machine_close(&m);
}

/* ---- gifts ------------------------------------------------------------------------------------
 */

static void machine_gift(machine *m, uint8_t id, wb_date day, uint32_t cents) {
  machine_apply(m, 10,
                (wbi_effect){.kind = WBI_EFFECT_GIFT,
                             .id = {{id}},
                             .patient = WBI_TEXT("p1"),
                             .day = day,
                             .number = cents});
}

/* Wherever it stands among them; it is taken back once. */
static void a_gift_is_taken_back_from_among_others(void **unused) {
  (void)unused;
  for (uint8_t gone = 1; gone <= 3; gone++) {
    machine m;
    machine_open(&m);
    for (uint8_t id = 1; id <= 3; id++)
      machine_gift(&m, id, 7, 1u << id);
    for (int twice = 0; twice < 2; twice++) {
      wbi_gift_drop(&m.state, &(wbi_bytes16){{gone}});
      assert_int_equal(m.state.gifts.items.count, 2);
      assert_int_equal(wbi_state_given(&m.state, 0, 7, NULL), 14 - (1 << gone));
    }
    for (uint8_t id = 1; id <= 3; id++) {
      const wbi_bytes16 but = {{id}};
      const int64_t left = id == gone ? 0 : 1 << id;
      assert_int_equal(wbi_state_given(&m.state, 0, 7, &but), 14 - (1 << gone) - left);
    }
    machine_close(&m);
  }
}

/* What is left is found by its id. */
static void gifts_that_are_kept_are_found_after_others_are_forgotten(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint8_t id = 1; id <= 4; id++)
    machine_gift(&m, id, id % 2 ? 20000 : 20001, 1u << id);
  machine_apply(&m, (20000 + 366 + 1) * (wb_time)DAY + 1,
                (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{7}}});
  size_t length;
  uint8_t *bytes = saved_state(&m.state, &length); /* what is over is in no snapshot */
  assert_int_equal(reloaded(bytes, length), WB_OK);
  wbi_state_forget(&m.state);
  assert_true(saved_alike(&m.state, bytes, length));
  free(bytes);
  assert_int_equal(m.state.gifts.items.count, 2);
  for (uint8_t id = 1; id <= 4; id++)
    assert_int_equal(wbi_table_find(&m.state.gifts, &(wbi_bytes16){{id}}),
                     id % 2 ? WBI_NONE : id / 2 - 1u);
  assert_int_equal(wbi_state_given(&m.state, 0, 20001, NULL), 20);
  machine_close(&m);
}

/* Each once, on a day that there is, for as long as it counts. */
static void a_snapshot_has_each_gift_once_while_it_counts(void **unused) {
  enum { DATE = 20 };
  static const uint8_t ids[][16] = {{1, 2, 3, 4, 5}, {2, 3, 4, 5, 6}};
  const wb_date last = 20000 + 366 + 1;
  (void)unused;
  machine m;
  size_t length;
  machine_open(&m);
  for (size_t i = 0; i < WBI_COUNT(ids); i++) {
    wbi_effect gift = {.kind = WBI_EFFECT_GIFT, .patient = WBI_TEXT("p1"), .day = 20000};
    memcpy(gift.id.bytes, ids[i], sizeof gift.id);
    machine_apply(&m, last * (wb_time)DAY, gift);
  }
  uint8_t *bytes = saved_state(&m.state, &length),
          *gift = reloaded_piece(bytes, length, ids[1], 16);
  assert_int_equal(seal_read(gift + DATE), 20000);
  assert_int_equal(reloaded(bytes, length), WB_OK);
  static const struct {
    wb_date day;
    wb_status status;
  } rows[] = {
      {20000, WB_OK}, {19999, WB_E_CORRUPT}, {WB_DATE_MAX, WB_OK}, {WB_DATE_MAX + 1, WB_E_CORRUPT}};
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    seal_write(gift + DATE, (uint32_t)rows[i].day);
    assert_int_equal(reloaded(bytes, length), rows[i].status);
  }
  seal_write(gift + DATE, 20000);
  memcpy(gift, ids[0], sizeof ids[0]);
  assert_int_equal(reloaded(bytes, length), WB_E_CORRUPT);
  free(bytes);
  machine_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_said_of_one_thing_is_said_of_nothing_else),
      cmocka_unit_test(a_consent_is_of_the_address_since_it_was_new),
      cmocka_unit_test(of_two_that_are_one_the_stricter_word_stays),
      cmocka_unit_test(a_snapshot_has_each_consent_once_and_in_order),
      cmocka_unit_test(a_gift_is_taken_back_from_among_others),
      cmocka_unit_test(gifts_that_are_kept_are_found_after_others_are_forgotten),
      cmocka_unit_test(a_snapshot_has_each_gift_once_while_it_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
