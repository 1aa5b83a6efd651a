/* SPDX-License-Identifier: MIT */
/* Snapshots whose sections say what no state is saved as, with checksums that fit; and ones for
   which there is no room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/committed.h"
#include "support/fault.h"
#include "support/saved.h"
#include "support/seal.h"

enum { FEW = 2, MANY = 40, NAME_ROOM = WB_KEY_MAX + 1 };
#define CREDIT_TIME ((wb_time)WBI_CREDIT_DAYS * WBI_DAY)

/* Each name is as long as one may be, so that room for them has to grow. */
static void name_of(char name[NAME_ROOM], uint32_t number) {
  memset(name, 'n', WB_KEY_MAX);
  snprintf(name, NAME_ROOM, "%0*u", WB_OPENING_KEY_MAX, number);
}

/* So many of what is kept in an order: chairs, openings, texts that are withdrawn, consents,
   tasks. */
static void machine_fill(machine *m, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    char chair[NAME_ROOM], slot[NAME_ROOM], text[NAME_ROOM], form[NAME_ROOM], room[NAME_ROOM];
    char call[NAME_ROOM], visit[NAME_ROOM];
    name_of(chair, 1000 + i);
    name_of(slot, 2000 + i);
    name_of(text, 3000 + i);
    name_of(form, 4000 + i);
    name_of(room, 5000 + i);
    name_of(call, 6000 + i);
    name_of(visit, 7000 + i);
    const wbi_effect effects[] = {
        {.kind = WBI_EFFECT_CHAIR, .location = WBI_TEXT("1"), .name = wbi_text_of(chair)},
        {.kind = WBI_EFFECT_OPENING,
         .location = WBI_TEXT("1"),
         .name = wbi_text_of(slot),
         .subject = wbi_text_of(room),
         .wake = 900,
         .number = 60},
        {.kind = WBI_EFFECT_WITHDRAW, .name = wbi_text_of(text), .code = 1},
        {.kind = WBI_EFFECT_CONSENT,
         .patient = WBI_TEXT("p1"),
         .contact = {{50, (uint8_t)i}},
         .event = {{77, (uint8_t)i}},
         .channel = WB_CHANNEL_SMS,
         .code = WB_CONSENT_EXPRESS,
         .cause = WB_MESSAGE_CARE,
         .name = wbi_text_of(form),
         .until = 30},
        {.kind = WBI_EFFECT_TASK_OPEN,
         .id = {{88, (uint8_t)i}},
         .definition = WBI_DEFINITIONS_MAX,
         .patient = WBI_TEXT("p1"),
         .subject = wbi_text_of(visit),
         .location = WBI_TEXT("1"),
         .name = wbi_text_of(call),
         .code = WBI_LIST_INBOX,
         .day = WB_DATE_NONE},
    };
    for (size_t k = 0; k < WBI_COUNT(effects); k++)
      machine_apply(m, 20, effects[k]);
  }
}

/* p2 entered and is p1, p3 is inside and has two visits. */
static void machine_live(machine *m, uint32_t count) {
  machine_open(m);
  for (size_t i = 0; i < 2; i++)
    machine_apply(m, 10,
                  (wbi_effect){.kind = WBI_EFFECT_ENROLL,
                               .patient = i == 0 ? WBI_TEXT("p2") : WBI_TEXT("p3"),
                               .location = WBI_TEXT("1"),
                               .number = 1,
                               .wake = 100,
                               .day = WB_DATE_NONE});
  for (uint8_t i = 0; i < 2; i++)
    machine_apply(m, 20,
                  (wbi_effect){.kind = WBI_EFFECT_VISIT,
                               .patient = WBI_TEXT("p3"),
                               .id = {{99, i}},
                               .code = WBI_VISIT_BOOKED,
                               .until = 20,
                               .wake = 20});
  machine_fill(m, count);
  machine_apply(
      m, 20,
      (wbi_effect){.kind = WBI_EFFECT_MERGE, .patient = WBI_TEXT("p2"), .subject = WBI_TEXT("p1")});
}

static wbi_patient *person(machine *m, const char *key) {
  return wbi_state_patient(&m->state, wbi_keys_find(&m->state.patients, wbi_text_of(key)));
}

/* ---- what a state never says ------------------------------------------------------------------
 */

static void swap(wbi_vector *items) {
  uint8_t *data = items->data;
  for (size_t i = 0; i < items->item_size; i++) {
    const uint8_t byte = data[i];
    data[i] = data[items->item_size + i];
    data[items->item_size + i] = byte;
  }
}

static void repeat(wbi_vector *items) {
  memcpy((uint8_t *)items->data + items->item_size, items->data, items->item_size);
}

static void nothing(machine *m) {
  (void)m;
}
static void chairs_out_of_order(machine *m) {
  swap(&m->state.chair);
}
static void a_chair_twice(machine *m) {
  repeat(&m->state.chair);
}
static void openings_out_of_order(machine *m) {
  swap(&m->state.opening);
}
static void an_opening_twice(machine *m) {
  repeat(&m->state.opening);
}
static void withdrawn_out_of_order(machine *m) {
  swap(&m->state.withdrawn);
}
static void withdrawn_twice(machine *m) {
  repeat(&m->state.withdrawn);
}
static void somebody_else_who_is_inside(machine *m) {
  person(m, "p3")->flags = WBI_PATIENT_MERGED;
  person(m, "p3")->consents = wbi_keys_find(&m->state.patients, WBI_TEXT("p1"));
}
static void somebody_who_is_who_is_somebody_else(machine *m) {
  person(m, "p2")->consents = wbi_keys_find(&m->state.patients, WBI_TEXT("p2"));
}
static wbi_origin *origin(machine *m) {
  assert_int_equal(m->state.origin.count, 1);
  return wbi_vector_at(&m->state.origin, 0);
}
static void who_took_another_number_besides(machine *m) {
  origin(m)->last = 2;
}
static void who_took_no_number(machine *m) {
  origin(m)->last = 0;
}
static void who_is_only_themselves_but_took_another_number(machine *m) {
  origin(m)->key = wbi_keys_find(&m->state.patients, WBI_TEXT("p1"));
  origin(m)->last = 2;
}
static void who_entered_as_somebody_else(machine *m) {
  origin(m)->key = wbi_keys_find(&m->state.patients, WBI_TEXT("p3"));
}
/* One more cell, which is empty. */
static wbi_metric *another_cell(machine *m) {
  assert_int_equal(wbi_vector_reserve(&m->state.metric, 1), WB_OK);
  wbi_metric *cell = wbi_vector_push(&m->state.metric);
  cell->last_entered = WB_TIME_NONE;
  return cell;
}
static void a_cell_in_which_nobody_is(machine *m) {
  another_cell(m)->segment = 1;
}
static void a_cell_of_a_definition_that_there_is_not(machine *m) {
  another_cell(m)->definition = 1;
}
static void a_cell_that_was_entered_at_no_instant(machine *m) {
  wbi_metric *cell = another_cell(m);
  cell->segment = 1;
  cell->last_entered = WB_TIME_MAX + 1;
}
static void a_cell_twice(machine *m) {
  (void)another_cell(m);
}
static void cells_out_of_order(machine *m) {
  another_cell(m)->segment = 1;
  swap(&m->state.metric);
}
static void three_cells_out_of_order(machine *m) {
  another_cell(m)->segment = 2;
  another_cell(m)->segment = 1;
}
/* Unlike the credits, which are in the cell that there is. */
static void somebody_in_no_cell(machine *m) {
  wbi_state_metric(&m->state, 0)->segment = 1;
  for (uint32_t i = 0; i < m->state.credits.items.count; i++)
    ((wbi_credit *)wbi_table_at(&m->state.credits, i))->segment = 1;
}
static void a_credit_in_no_cell(machine *m) {
  ((wbi_credit *)wbi_table_at(&m->state.credits, 0))->segment = 1;
}
static void a_credit_that_can_change_no_more(machine *m) {
  ((wbi_credit *)wbi_table_at(&m->state.credits, 0))->touched = 1 - CREDIT_TIME;
}
static void a_flag_that_there_is_not(machine *m) {
  person(m, "p3")->flags = 2 * WBI_PATIENT_MERGED;
}

static const struct {
  void (*forge)(machine *m);
  wb_status status;
} forgeries[] = {
    {nothing, WB_OK},
    {chairs_out_of_order, WB_E_CORRUPT},
    {a_chair_twice, WB_E_CORRUPT},
    {openings_out_of_order, WB_E_CORRUPT},
    {an_opening_twice, WB_E_CORRUPT},
    {withdrawn_out_of_order, WB_E_CORRUPT},
    {withdrawn_twice, WB_E_CORRUPT},
    {somebody_else_who_is_inside, WB_E_CORRUPT},
    {somebody_who_is_who_is_somebody_else, WB_E_CORRUPT},
    {who_took_another_number_besides, WB_OK},
    {who_took_no_number, WB_E_CORRUPT},
    {who_is_only_themselves_but_took_another_number, WB_OK},
    {who_entered_as_somebody_else, WB_E_CORRUPT},
    {a_flag_that_there_is_not, WB_E_CORRUPT},
    {a_cell_in_which_nobody_is, WB_OK},
    {a_cell_of_a_definition_that_there_is_not, WB_E_CORRUPT},
    {a_cell_that_was_entered_at_no_instant, WB_E_CORRUPT},
    {a_cell_twice, WB_E_CORRUPT},
    {cells_out_of_order, WB_E_CORRUPT},
    {three_cells_out_of_order, WB_E_CORRUPT},
    {somebody_in_no_cell, WB_E_CORRUPT},
    {a_credit_in_no_cell, WB_E_CORRUPT},
    {a_credit_that_can_change_no_more, WB_OK}, /* it is not saved */
};

/* Loads bytes, of which nothing is left where they are refused. */
static wb_status load(const uint8_t *bytes, size_t length) {
  machine m;
  machine_init(&m);
  const wb_status status = wbi_snapshot_read(&m.state, bytes, length, NULL);
  assert_int_equal(m.state.sequence > 0, status == WB_OK);
  assert_int_equal(m.state.patient.count > 0, status == WB_OK);
  machine_close(&m);
  return status;
}

static void what_no_state_is_saved_as_is_damage(void **unused) {
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(forgeries); i++) {
    machine m;
    size_t length;
    machine_live(&m, FEW);
    forgeries[i].forge(&m);
    uint8_t *bytes = saved_state(&m.state, &length);
    if (load(bytes, length) != forgeries[i].status) fail_msg("row %d", (int)i);
    free(bytes);
    machine_close(&m);
  }
}

/* Where some bytes are. */
static size_t place_of(const uint8_t *bytes, size_t length, const void *piece, size_t size) {
  for (size_t at = 0; at + size <= length; at++) {
    if (memcmp(bytes + at, piece, size) == 0) return at;
  }
  fail_msg("not there");
  return 0;
}

/* A number of the snapshot, at the front of or behind some bytes, is another. */
static void somebody_who_is_not_there_is_damage(void **unused) {
  (void)unused;
  static const uint8_t merged[] = {2, 0, 'p', '2', 0, WBI_PATIENT_MERGED}, event[16] = {77};
  static const uint8_t touched[] = {2, 1, 0, 0, 0, 1, 0}; /* by a merge: under p2, as its first */
  machine m;
  size_t length;
  machine_live(&m, FEW);
  uint8_t *bytes = saved_state(&m.state, &length);
  uint8_t *whose = bytes + place_of(bytes, length, event, sizeof event) - 20;
  uint8_t *whom = bytes + place_of(bytes, length, merged, sizeof merged) + sizeof merged;
  assert_int_equal(seal_read(whose), 0);
  uint8_t *came = bytes + place_of(bytes, length, touched, sizeof touched) + 1;
  assert_int_equal(seal_read(whom), 0);
  assert_int_equal(seal_read(came), 1);
  for (uint32_t number = 0; number <= 3; number++) { /* p1, p2, p3: nobody */
    seal_write(whose, number);
    seal_snapshot(bytes, length);
    assert_int_equal(load(bytes, length), number == 0 ? WB_OK : WB_E_CORRUPT);
    seal_write(whose, 0);
    seal_write(whom, number);
    seal_snapshot(bytes, length);
    assert_int_equal(load(bytes, length), number == 0 ? WB_OK : WB_E_CORRUPT);
    seal_write(whom, 0);
    seal_write(came, number);
    seal_snapshot(bytes, length);
    assert_int_equal(load(bytes, length), number == 1 ? WB_OK : WB_E_CORRUPT);
    seal_write(came, 1);
  }
  free(bytes);
  machine_close(&m);
}

/* Credits are in the order of their ids, and remembered for as long as they can change. */
static void a_credit_that_is_out_of_order_or_too_old_is_damage(void **unused) {
  (void)unused;
  static const uint8_t first[16] = {99}, ids[] = {0, 1, 2};
  machine m;
  size_t length;
  machine_live(&m, FEW);
  const wb_time last = m.state.last;
  uint8_t *bytes = saved_state(&m.state, &length);
  uint8_t *credit = bytes + place_of(bytes, length, first, sizeof first);
  for (size_t i = 0; i < WBI_COUNT(ids); i++) { /* of the first; the second has 1 */
    credit[1] = ids[i];
    seal_snapshot(bytes, length);
    assert_int_equal(load(bytes, length), i == 0 ? WB_OK : WB_E_CORRUPT);
  }
  credit[1] = 0;
  for (wb_time over = 0; over < 2; over++) {
    const uint64_t touched = (uint64_t)(last - CREDIT_TIME - over);
    for (size_t i = 0; i < sizeof touched; i++)
      credit[sizeof first + i] = (uint8_t)(touched >> 8 * i);
    seal_snapshot(bytes, length);
    assert_int_equal(load(bytes, length), over == 0 ? WB_OK : WB_E_CORRUPT);
  }
  free(bytes);
  machine_close(&m);
}

/* As long as it says, but shorter than a frame. */
static void a_snapshot_without_a_checksum_is_damage(void **unused) {
  (void)unused;
  enum { HEAD = 16, FRAME = 20 };
  machine m;
  size_t length;
  machine_live(&m, FEW);
  uint8_t *bytes = saved_state(&m.state, &length);
  for (size_t i = HEAD; i <= FRAME; i++) {
    seal_write(bytes + 8, (uint32_t)i);
    assert_int_equal(load(bytes, i), WB_E_CORRUPT);
  }
  free(bytes);
  machine_close(&m);
}

/* ---- room -------------------------------------------------------------------------------------
 */

static void without_memory_for_any_part_nothing_is_loaded(void **unused) {
  (void)unused;
  machine m;
  size_t length;
  bool met = true;
  machine_live(&m, MANY);
  uint8_t *bytes = saved_state(&m.state, &length);
  for (uint64_t at = 1; met; at++) {
    fault_memory memory = {.live = 0};
    wb_context *context = fault_context(&memory);
    machine two;
    machine_begin(&two, context);
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status status = wbi_snapshot_read(&two.state, bytes, length, NULL);
    met = memory.plan.hits > 0;
    fault_arm(&memory.plan, FAULT_NEVER, 0);
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    assert_int_equal(two.state.chair.count, met ? 0 : MANY);
    machine_close(&two);
    wb_context_unref(context);
    assert_int_equal(memory.live, 0);
  }
  free(bytes);
  machine_close(&m);
}

/* More than a state can number: to the host that is no memory either. */
static void what_a_state_has_no_number_for_is_not_loaded(void **unused) {
  (void)unused;
  machine m;
  size_t length;
  machine_live(&m, FEW);
  uint8_t *bytes = saved_state(&m.state, &length);
  for (size_t ceiling = 2; ceiling <= 3; ceiling++) { /* of patients, who are three */
    machine two;
    machine_init(&two);
    two.state.patient.ceiling = ceiling;
    assert_int_equal(wbi_snapshot_read(&two.state, bytes, length, NULL),
                     ceiling < 3 ? WB_E_NOMEM : WB_OK);
    machine_close(&two);
  }
  free(bytes);
  machine_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_no_state_is_saved_as_is_damage),
      cmocka_unit_test(somebody_who_is_not_there_is_damage),
      cmocka_unit_test(a_credit_that_is_out_of_order_or_too_old_is_damage),
      cmocka_unit_test(a_snapshot_without_a_checksum_is_damage),
      cmocka_unit_test(without_memory_for_any_part_nothing_is_loaded),
      cmocka_unit_test(what_a_state_has_no_number_for_is_not_loaded),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
