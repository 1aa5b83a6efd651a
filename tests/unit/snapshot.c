/* SPDX-License-Identifier: MIT */
/* Snapshots as bytes: canonical, and refused when anything about them is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/committed.h"
#include "support/effort.h"
#include "support/fault.h"
#include "support/saved.h"
#include "support/seal.h"

static wbi_bytes16 id_of(uint8_t kind, uint32_t number) {
  wbi_bytes16 id = {{kind}};
  memcpy(id.bytes + 4, &number, sizeof number);
  return id;
}

static void machine_person(machine *m, uint32_t i) {
  char key[16], place[16];
  snprintf(key, sizeof key, "p%u", i);
  snprintf(place, sizeof place, "L%u", i % 3);
  wbi_effect effect = {.kind = WBI_EFFECT_ENROLL,
                       .patient = wbi_text_of(key),
                       .location = wbi_text_of(place),
                       .number = 1,
                       .segment = (uint8_t)(i % 4),
                       .wake = 1000 + i,
                       .day = 20000};
  machine_apply(m, 100, effect);
  effect.subject = i % 2 ? WBI_TEXT("visit-1") : WBI_TEXT("visit-2");
  effect.variant = (uint8_t)(i % 3);
  if (i % 3 == 0) machine_apply(m, 100, effect);
  effect.subject = WBI_TEXT("");
  effect.kind = WBI_EFFECT_CLAIM;
  effect.id = id_of(1, i);
  effect.contact = id_of(2, i / 2);
  effect.action = WB_ACTION_SEND;
  effect.channel = WB_CHANNEL_SMS;
  effect.until = 2000 + i;
  if (i % 5 < 4) machine_apply(m, 100, effect);
  effect = (wbi_effect){.kind = WBI_EFFECT_OUTCOME, .id = effect.id, .code = WB_ACTION_SENT};
  if (i % 5 == 1) machine_apply(m, 100, effect);
  effect.code = WB_ACTION_READY;
  effect.cause = WB_CAUSE_LATE;
  if (i % 5 == 2) machine_apply(m, 100, effect);
  effect = (wbi_effect){.kind = WBI_EFFECT_END,
                        .patient = wbi_text_of(key),
                        .name = i % 2 ? WBI_TEXT("booked") : WBI_TEXT("finished")};
  if (i % 5 == 3) machine_apply(m, 100, effect);
  effect = (wbi_effect){
      .kind = WBI_EFFECT_HOLD, .patient = wbi_text_of(key), .code = WB_HOLD_NO_PERMISSION};
  if (i % 5 == 4) machine_apply(m, 100, effect);
  effect = (wbi_effect){.kind = WBI_EFFECT_TASK_OPEN,
                        .id = id_of(3, i),
                        .patient = wbi_text_of(key),
                        .location = wbi_text_of(place),
                        .definition = i % 2 ? 0 : WBI_DEFINITIONS_MAX,
                        .name = WBI_TEXT("asks"),
                        .subject = i % 8 ? WBI_TEXT("visit-1") : WBI_TEXT(""),
                        .code = (uint8_t)(WBI_LIST_OUTREACH + i % 4),
                        .cause = (uint8_t)(i % 3),
                        .signals = (uint8_t)(i % 5),
                        .number = i % 3,
                        .wake = 3000 + i,
                        .until = i % 2 ? WB_TIME_MAX : 4000,
                        .day = 20001};
  if (i % 4 != 3) machine_apply(m, 100, effect);
  if (i % 4 == 1) machine_apply(m, 100, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = id_of(4, i)});
  effect =
      (wbi_effect){.kind = WBI_EFFECT_CONTACT, .id = id_of(2, i), .code = WBI_CONTACT_OPTED_OUT};
  if (i % 4 == 2) machine_apply(m, 100, effect);
}

/* A state that has some of everything. `turn` rotates the order in which people come. */
static void machine_fill_in(machine *m, wb_context *context, uint32_t people, uint32_t turn) {
  machine_begin(m, context);
  machine_apply(m, 50,
                (wbi_effect){.kind = WBI_EFFECT_CAMPAIGN,
                             .name = WBI_TEXT("one"),
                             .bytes = WBI_TEXT("{\"name\":\"one\"}")});
  machine_apply(m, 50, (wbi_effect){.kind = WBI_EFFECT_LAUNCH, .name = WBI_TEXT("staff-1")});
  for (uint32_t i = 0; i < people; i++)
    machine_person(m, (i + turn) % people);
  machine_apply(m, 100,
                (wbi_effect){.kind = WBI_EFFECT_PAUSE,
                             .code = WBI_PAUSE_LOCATION,
                             .cause = 1,
                             .location = WBI_TEXT("L9")});
}

static void machine_fill(machine *m, uint32_t people, uint32_t turn) {
  machine_fill_in(m, NULL, people, turn);
}

/* An effect of a kind and code about patient `i` of three, with all members set. */
static wbi_effect machine_effect(wbi_effect_kind kind, uint8_t code, uint32_t i) {
  static const char *const patients[] = {"p0", "p1", "p2"}, *const places[] = {"L0", "L1", "L2"};
  static const char *const names[] = {"name-one", "name-two", "name-six"}; /* totals have 8 bytes */
  return (wbi_effect){.kind = kind,
                      .patient = wbi_text_of(patients[i]),
                      .subject = i == 0 ? WBI_TEXT("") : WBI_TEXT("visit-1"),
                      .location = wbi_text_of(places[i]),
                      .name = wbi_text_of(names[i]),
                      .bytes = WBI_TEXT("what a digest is: bytes, 32 long"),
                      .id = id_of((uint8_t)(10 + kind), i),
                      .contact = id_of(2, i),
                      .until = 5000 + i,
                      .wake = 6000 + i,
                      .number = 1 + i,
                      .day = (wb_date)(20000 + i),
                      .action = WB_ACTION_SEND,
                      .channel = WB_CHANNEL_SMS,
                      .segment = code,
                      .variant = (uint8_t)i,
                      .code = code,
                      .cause = code & 1};
}

/* A state that has something in every section: three people, and every kind of effect about them
   that takes nothing away. */
static void machine_every(machine *m) {
  static const bool takes_away[WBI_EFFECT_COUNT] = {
      [WBI_EFFECT_TASK_CLOSE] = true, [WBI_EFFECT_SEAL] = true,   [WBI_EFFECT_MERGE] = true,
      [WBI_EFFECT_FORGET] = true,     [WBI_EFFECT_SECRET] = true, [WBI_EFFECT_STOP] = true};
  machine_fill(m, 3, 0);
  for (int kind = WBI_EFFECT_HOLD; kind < WBI_EFFECT_COUNT; kind++) {
    for (uint32_t i = 0; i < 9 && !takes_away[kind]; i++) {
      const wbi_effect effect = machine_effect((wbi_effect_kind)kind, (uint8_t)(i % 3), i / 3);
      if (machine_reads(&effect)) machine_apply(m, 100, effect);
    }
  }
}

static void what_is_loaded_is_saved_alike(void **unused) {
  (void)unused;
  static const uint32_t sizes[] = {0, 1, 2, 7, 40};
  for (size_t i = 0; i < WBI_COUNT(sizes); i++) {
    machine one, two;
    size_t length;
    machine_fill(&one, sizes[i], 0);
    uint8_t *bytes = saved_state(&one.state, &length);
    machine_init(&two);
    assert_int_equal(wbi_snapshot_read(&two.state, bytes, length, NULL), WB_OK);
    assert_true(saved_alike(&two.state, bytes, length));
    assert_int_equal(two.state.wakes[WBI_WAITING].count, one.state.wakes[WBI_WAITING].count);
    free(bytes);
    machine_close(&one);
    machine_close(&two);
  }
}

/* Who wakes next and what about, as text; whether anybody does. */
static bool machine_next(machine *m, wb_time now, char *text, size_t capacity) {
  wbi_looked looked;
  if (wbi_wake_take(&m->state, now, &looked, 1) == 0) return false;
  const wbi_enrollment *who = wbi_state_enrollment(&m->state, looked.enrollment);
  const wbi_text key = wbi_keys_text(&m->state.patients, who->patient);
  const wbi_text subject = wbi_state_subject(&m->state, who);
  snprintf(text, capacity, "%.*s about %.*s at %lld", (int)key.length, key.data,
           (int)subject.length, subject.data, (long long)looked.before);
  return true;
}

/* Two patients that were one all along, and are due when all are. */
static void machine_merge(machine *m, const char *old, const char *kept) {
  const char *keys[] = {old, kept};
  wbi_effect effect = {.kind = WBI_EFFECT_ENROLL, .location = WBI_TEXT("L0"), .number = 1};
  effect.wake = 1000;
  for (size_t i = 0; i < WBI_COUNT(keys); i++) {
    effect.patient = wbi_text_of(keys[i]);
    effect.subject = wbi_text_of(keys[i]);
    machine_apply(m, 100, effect);
  }
  machine_apply(m, 101,
                (wbi_effect){.kind = WBI_EFFECT_MERGE,
                             .patient = wbi_text_of(old),
                             .subject = wbi_text_of(kept)});
}

static void who_is_due_comes_in_the_same_order_when_loaded(void **unused) {
  (void)unused;
  machine one, two;
  size_t length;
  machine_fill(&one, 40, 0);
  machine_merge(&one, "p1", "q1");
  machine_merge(&one, "p7", "q2");
  machine_merge(&one, "q3", "p16");
  machine_merge(&one, "p2", "p5"); /* both were in the campaign: one stands for both */
  wbi_effect clicked = {.kind = WBI_EFFECT_RESPONSE, .patient = WBI_TEXT("p4"), .code = 1};
  clicked.wake = 5000;
  machine_apply(&one, 110, clicked);
  clicked = (wbi_effect){
      .kind = WBI_EFFECT_HOLD, .patient = WBI_TEXT("p4"), .code = WB_HOLD_NO_PERMISSION};
  machine_apply(&one, 120, clicked); /* held before the call was due: looked at as all who are */
  uint8_t *bytes = saved_state(&one.state, &length);
  machine_init(&two);
  assert_int_equal(wbi_snapshot_read(&two.state, bytes, length, NULL), WB_OK);
  static const wb_time nows[] = {999, 1000, 1020, 2020, 2400, WB_TIME_MAX};
  char first[100], second[100];
  for (size_t i = 0; i < WBI_COUNT(nows); i++) {
    wbi_wake_look(&one.state, nows[i]);
    wbi_wake_look(&two.state, nows[i]);
    while (machine_next(&one, nows[i], first, sizeof first)) {
      assert_true(machine_next(&two, nows[i], second, sizeof second));
      assert_string_equal(first, second);
    }
    assert_false(machine_next(&two, nows[i], second, sizeof second));
  }
  free(bytes);
  machine_close(&one);
  machine_close(&two);
}

static void keys_that_begin_alike_are_saved_in_order(void **unused) {
  (void)unused;
  static const char *const keys[] = {"patient-2", "patient-1", "patient", "patient-10"};
  machine one, two;
  size_t length;
  machine_init(&one);
  for (size_t i = 0; i < WBI_COUNT(keys); i++)
    machine_apply(&one, 100,
                  (wbi_effect){.kind = WBI_EFFECT_CONTACTED,
                               .patient = wbi_text_of(keys[i]),
                               .location = WBI_TEXT("L0"),
                               .until = 100});
  assert_int_equal(one.state.patient.count, WBI_COUNT(keys));
  uint8_t *bytes = saved_state(&one.state, &length);
  machine_init(&two);
  assert_int_equal(wbi_snapshot_read(&two.state, bytes, length, NULL), WB_OK);
  static const char *const ordered[] = {"patient", "patient-1", "patient-10", "patient-2"};
  for (uint32_t i = 0; i < WBI_COUNT(ordered); i++)
    assert_true(wbi_text_equal(wbi_keys_text(&two.state.patients, i), wbi_text_of(ordered[i])));
  free(bytes);
  machine_close(&one);
  machine_close(&two);
}

static void an_empty_state_is_saved_too(void **unused) {
  (void)unused;
  machine one, two;
  size_t length;
  machine_init(&one);
  machine_init(&two);
  uint8_t *bytes = saved_state(&one.state, &length);
  assert_int_equal(wbi_snapshot_read(&two.state, bytes, length, NULL), WB_OK);
  assert_int_equal(two.state.sequence, 0);
  assert_int_equal(two.state.last, WB_TIME_NONE);
  free(bytes);
  machine_close(&one);
  machine_close(&two);
}

/* The part of a snapshot that says whose it is: one of somebody else is no damage. */
static size_t identity_end(void) {
  return 16 + 12 + 4 + 8 + 16;
}

/* Whatever it is that there is no memory for, among all that is sorted. */
static void what_there_is_no_memory_to_sort_is_not_saved(void **unused) {
  (void)unused;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  machine m;
  machine_fill_in(&m, context, 9, 0);
  for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; mode++) {
    wb_status status = WB_E_NOMEM;
    uint64_t at = 0;
    while (status == WB_E_NOMEM) {
      const uint64_t live = memory.live;
      wbi_writer writer = {NULL, 0, 0};
      fault_arm(&memory.plan, mode, ++at);
      status = wbi_snapshot_write(&m.state, &writer);
      if (memory.plan.hits > 0) assert_int_equal(status, WB_E_NOMEM);
      assert_true(memory.live == live);
    }
    assert_int_equal(status, WB_OK);
    assert_true(at > 10); /* ten orders and places */
  }
  fault_arm(&memory.plan, FAULT_NEVER, 0);
  machine_close(&m);
  wb_context_unref(context);
}

static void equal_states_give_equal_bytes(void **unused) {
  (void)unused;
  machine one, two;
  size_t length;
  machine_fill(&one, 23, 0);
  machine_fill(&two, 23, 11);
  one.state.since_sync = two.state.since_sync; /* the order of events, which the digest tells */
  uint8_t *bytes = saved_state(&one.state, &length);
  assert_true(saved_alike(&two.state, bytes, length));
  free(bytes);
  machine_close(&one);
  machine_close(&two);
}

static void every_damaged_byte_is_refused(void **unused) {
  (void)unused;
  machine one, two;
  size_t length;
  machine_fill(&one, 7, 0);
  uint8_t *bytes = saved_state(&one.state, &length);
  machine_init(&two);
  for (size_t i = 0; i < length; i++) {
    bytes[i] ^= (uint8_t)(1u << i % 8);
    assert_int_equal(wbi_snapshot_read(&two.state, bytes, length, NULL), WB_E_CORRUPT);
    bytes[i] ^= (uint8_t)(1u << i % 8);
    assert_int_equal(two.state.sequence, 0);
  }
  for (size_t i = 0; i < length; i++)
    assert_int_equal(wbi_snapshot_read(&two.state, bytes, i, NULL), WB_E_CORRUPT);
  assert_int_equal(wbi_snapshot_read(&two.state, bytes, length, NULL), WB_OK);
  free(bytes);
  machine_close(&one);
  machine_close(&two);
}

enum { FORGE_STRIDE = 5 /* of a slow build, from one byte to the next */ };

/* Bytes of the snapshot of a state changed with a checksum that fits: refused, or a state that is
   saved as the same bytes; there are many of both. */
static void forge(const wbi_state *state) {
  static const uint8_t values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
  uint32_t counts[2] = {0, 0};
  size_t length;
  uint8_t *bytes = saved_state(state, &length);
  for (size_t i = 16; i < length - 4; i += effort_stride(FORGE_STRIDE)) {
    for (size_t k = 0; k <= WBI_COUNT(values); k++) {
      const uint8_t before = bytes[i];
      machine two;
      machine_init(&two);
      bytes[i] = k < WBI_COUNT(values) ? values[k] : (uint8_t)(before + 1);
      seal_snapshot(bytes, length);
      const wb_status status = wbi_snapshot_read(&two.state, bytes, length, NULL);
      const bool taken = status == WB_OK;
      counts[taken]++;
      if (taken) {
        assert_true(saved_alike(&two.state, bytes, length));
      } else {
        const bool newer = status == WB_E_VERSION, other = status == WB_E_INVALID;
        assert_true(status == WB_E_CORRUPT || newer || (other && i < identity_end()));
        assert_int_equal(two.state.sequence, 0);
        assert_int_equal(two.state.patient.count, 0);
      }
      bytes[i] = before;
      machine_close(&two);
    }
  }
  assert_true(counts[false] > 1000 / effort_stride(FORGE_STRIDE));
  assert_true(counts[true] > 100 / effort_stride(FORGE_STRIDE));
  free(bytes);
}

static void forged_bytes_are_refused_or_mean_what_they_say(void **unused) {
  (void)unused;
  machine one;
  machine_fill(&one, 7, 0);
  forge(&one.state);
  machine_close(&one);
}

static void forged_bytes_of_any_section_are_refused_or_mean_what_they_say(void **unused) {
  (void)unused;
  machine one;
  machine_every(&one);
  const wbi_state *state = &one.state;
  assert_true(state->consent.count > 3 && state->chair.count == 3);
  assert_int_equal(state->gifts.items.count, 3);
  forge(&one.state);
  machine_close(&one);
}

static void a_snapshot_of_another_format_is_told_apart_from_damage(void **unused) {
  (void)unused;
  machine one, two;
  size_t length;
  wb_error error = {0};
  machine_fill(&one, 3, 0);
  uint8_t *bytes = saved_state(&one.state, &length);
  machine_init(&two);
  bytes[4] = 2; /* written by a newer library, for readers of format 1 */
  seal_snapshot(bytes, length);
  assert_int_equal(wbi_snapshot_read(&two.state, bytes, length, &error), WB_OK);
  machine_close(&two);
  machine_init(&two);
  bytes[6] = 2; /* for newer readers only */
  seal_snapshot(bytes, length);
  assert_int_equal(wbi_snapshot_read(&two.state, bytes, length, &error), WB_E_VERSION);
  assert_int_equal(error.status, WB_E_VERSION);
  bytes[4] = bytes[6] = 0; /* from before the first release */
  seal_snapshot(bytes, length);
  assert_int_equal(wbi_snapshot_read(&two.state, bytes, length, &error), WB_E_VERSION);
  free(bytes);
  machine_close(&one);
  machine_close(&two);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_loaded_is_saved_alike),
      cmocka_unit_test(who_is_due_comes_in_the_same_order_when_loaded),
      cmocka_unit_test(keys_that_begin_alike_are_saved_in_order),
      cmocka_unit_test(an_empty_state_is_saved_too),
      cmocka_unit_test(what_there_is_no_memory_to_sort_is_not_saved),
      cmocka_unit_test(equal_states_give_equal_bytes),
      cmocka_unit_test(every_damaged_byte_is_refused),
      cmocka_unit_test(forged_bytes_are_refused_or_mean_what_they_say),
      cmocka_unit_test(forged_bytes_of_any_section_are_refused_or_mean_what_they_say),
      cmocka_unit_test(a_snapshot_of_another_format_is_told_apart_from_damage),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
