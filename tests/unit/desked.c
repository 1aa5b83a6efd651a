/* SPDX-License-Identifier: MIT */
/* The desk's tasks: their order, what is counted of them, what a snapshot may say of them. */
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

static wbi_effect task_of(uint8_t id, uint8_t list) {
  return (wbi_effect){.kind = WBI_EFFECT_TASK_OPEN,
                      .id = {{id, 200, 200}},
                      .patient = WBI_TEXT("p1"),
                      .location = WBI_TEXT("1"),
                      .name = WBI_TEXT("asks"),
                      .code = list,
                      .day = WB_DATE_NONE};
}

/* ---- order ------------------------------------------------------------------------------------
 */

enum { TASKS = 6 };

static void assert_desk(const machine *m, const uint8_t ids[TASKS]) {
  assert_int_equal(m->state.task.count, TASKS);
  for (uint32_t i = 0; i < TASKS; i++)
    assert_int_equal(wbi_state_task(&m->state, i)->id.bytes[0], ids[i]);
}

/* By list, rank, since when, id, whatever came first; one that is known is opened once, and goes to
   its place when its rank is another. */
static void the_desk_has_its_order(void **unused) {
  static const struct {
    uint8_t list, rank, id;
    wb_time opened;
  } rows[TASKS] = {{WBI_LIST_OUTREACH, 1, 9, 30}, {WBI_LIST_OUTREACH, 2, 8, 20},
                   {WBI_LIST_OUTREACH, 2, 2, 30}, {WBI_LIST_OUTREACH, 2, 7, 30},
                   {WBI_LIST_INBOX, 0, 1, 10},    {WBI_LIST_VISITS, 0, 3, 5}};
  (void)unused;
  for (uint32_t way = 0; way < 3; way++) {
    machine m;
    machine_open(&m);
    for (uint32_t i = 0; i < 2 * TASKS; i++) { /* forwards, backwards, in leaps; and again */
      const uint32_t n = way == 0 ? i % TASKS : way == 1 ? TASKS - 1 - i % TASKS : i * 5 % TASKS;
      wbi_effect task = task_of(rows[n].id, rows[n].list);
      task.cause = rows[n].rank;
      machine_apply(&m, rows[n].opened, task);
    }
    assert_desk(&m, (const uint8_t[]){9, 8, 2, 7, 1, 3});
    wbi_effect set = task_of(7, 0);
    set.kind = WBI_EFFECT_TASK_SET;
    set.cause = 0;
    machine_apply(&m, 40, set);
    assert_desk(&m, (const uint8_t[]){7, 9, 8, 2, 1, 3});
    machine_close(&m);
  }
}

/* ---- counts -----------------------------------------------------------------------------------
 */

static void open_tasks_are_counted_by_list_and_location(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint8_t i = 0; i < 6; i++) {
    wbi_effect task = task_of((uint8_t)(i + 1), i % 2 ? WBI_LIST_INBOX : WBI_LIST_OUTREACH);
    if (i >= 3) task.location = WBI_TEXT("2");
    machine_apply(&m, 10, task);
  }
  assert_int_equal(wbi_state_tasks(&m.state, 0, WBI_LIST_OUTREACH), 2);
  assert_int_equal(wbi_state_tasks(&m.state, 0, WBI_LIST_INBOX), 1);
  assert_int_equal(wbi_state_tasks(&m.state, 1, WBI_LIST_OUTREACH), 1);
  assert_int_equal(wbi_state_tasks(&m.state, 1, WBI_LIST_INBOX), 2);
  assert_int_equal(wbi_state_tasks(&m.state, 1, WBI_LIST_NOW), 0);
  machine_close(&m);
}

/* Of the lists that have limits, each by its latest day; what is without a day takes no place. */
static void tasks_with_limits_are_counted_by_day(void **unused) {
  static const struct {
    uint8_t list;
    wb_date day;
    uint32_t calls, visits;
  } rows[] = {{WBI_LIST_OUTREACH, 7, 1, 0}, {WBI_LIST_OUTREACH, 7, 2, 0},
              {WBI_LIST_INBOX, 9, 2, 0},    {WBI_LIST_NOW, 9, 2, 0},
              {WBI_LIST_VISITS, 9, 2, 1},   {WBI_LIST_OUTREACH, WB_DATE_NONE, 2, 1},
              {WBI_LIST_OUTREACH, 6, 3, 1}, {WBI_LIST_OUTREACH, 8, 1, 1},
              {WBI_LIST_VISITS, 9, 1, 2}};
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint8_t i = 0; i < WBI_COUNT(rows); i++) {
    wbi_effect task = task_of((uint8_t)(i + 1), rows[i].list);
    task.day = rows[i].day;
    machine_apply(&m, 10, task);
    assert_int_equal(wbi_state_location(&m.state, 0)->tasks[0], rows[i].calls);
    assert_int_equal(wbi_state_location(&m.state, 0)->tasks[1], rows[i].visits);
  }
  machine_close(&m);
}

/* ---- what it is of ----------------------------------------------------------------------------
 */

/* Of a definition that there is, or of none: then no sequence waits for it. */
static void a_task_is_of_the_sequence_that_it_names(void **unused) {
  (void)unused;
  for (uint16_t definition = 0; definition < 2; definition++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of("p1"));
    wbi_effect task = task_of(1, WBI_LIST_OUTREACH);
    task.definition = definition;
    machine_apply(&m, 20, task);
    const wbi_open_task *open = wbi_state_task(&m.state, 0);
    assert_int_equal(open->definition, definition == 0 ? 0 : WBI_DEFINITIONS_MAX);
    assert_int_equal(wbi_task_enrollment(&m.state, open), definition == 0 ? 0 : WBI_NONE);
    machine_close(&m);
  }
}

/* There is room on the desk again, and nothing urgent about the patient. */
static void a_task_that_is_closed_lets_others_be_looked_at(void **unused) {
  static const uint8_t holds[] = {WB_HOLD_CAPACITY, WB_HOLD_DESK, WB_HOLD_HOURS};
  static const char *const people[] = {"p1", "p2"};
  (void)unused;
  for (size_t i = 0; i < 2 * WBI_COUNT(holds); i++) {
    const uint8_t list = i % 2 ? WBI_LIST_NOW : WBI_LIST_OUTREACH, hold = holds[i / 2];
    machine m;
    machine_open(&m);
    for (uint32_t who = 0; who < 2; who++) {
      machine_apply(&m, 10, entry_of(people[who]));
      machine_apply(
          &m, 20,
          (wbi_effect){.kind = WBI_EFFECT_HOLD, .patient = wbi_text_of(people[who]), .code = hold});
      wbi_wake_set(&m.state, who, 5000);
    }
    wbi_effect task = task_of(1, list);
    machine_apply(&m, 20, task);
    assert_true(m.state.looks == 0);
    task.kind = WBI_EFFECT_TASK_CLOSE;
    machine_apply(&m, 30, task);
    const uint64_t urgent = i % 2 ? UINT64_C(1) << WB_HOLD_DESK : 0;
    assert_true(m.state.looks == (urgent | UINT64_C(1) << WB_HOLD_CAPACITY));
    for (uint32_t who = 0; who < 2; who++) {
      const bool looked = hold == WB_HOLD_CAPACITY || (who == 0 && hold == WB_HOLD_DESK && i % 2);
      assert_true(wbi_wake_at(&m.state, who) == (looked ? WB_TIME_MIN : 5000));
    }
    machine_close(&m);
  }
}

/* ---- as they are loaded -----------------------------------------------------------------------
 */

/* In their order, each once, of a definition that there is or of none. */
static void a_snapshot_has_the_desk_in_its_order(void **unused) {
  enum { DEFINITION = 16 + 3 * 8 + 2 * 4, LIST = DEFINITION + 2 };
  static const uint8_t ids[][16] = {{1, 200, 200}, {2, 200, 200}};
  (void)unused;
  machine m;
  size_t length;
  machine_open(&m);
  for (uint8_t id = 1; id <= 2; id++)
    machine_apply(&m, 10, task_of(id, WBI_LIST_INBOX));
  uint8_t *bytes = saved_state(&m.state, &length);
  uint8_t *first = reloaded_piece(bytes, length, ids[0], 16), *second = first;
  second = reloaded_piece(bytes, length, ids[1], 16);
  assert_int_equal(first[LIST], WBI_LIST_INBOX);
  assert_int_equal(reloaded(bytes, length), WB_OK);
  for (uint8_t id = 0; id < 4; id++) {
    first[0] = id;
    assert_int_equal(reloaded(bytes, length), id < 2 ? WB_OK : WB_E_CORRUPT);
  }
  first[0] = 1;
  for (uint8_t list = 0; list <= WBI_LIST_VISITS + 1; list++) {
    const bool there = list >= WBI_LIST_INBOX && list <= WBI_LIST_VISITS;
    second[LIST] = list;
    assert_int_equal(reloaded(bytes, length), there ? WB_OK : WB_E_CORRUPT);
  }
  second[LIST] = WBI_LIST_INBOX;
  for (uint8_t definition = 0; definition < 3; definition++) {
    second[DEFINITION] = definition;
    assert_int_equal(reloaded(bytes, length), definition < 1 ? WB_OK : WB_E_CORRUPT);
  }
  second[DEFINITION] = (uint8_t)WBI_DEFINITIONS_MAX;
  second[DEFINITION + 1] = WBI_DEFINITIONS_MAX >> 8;
  assert_int_equal(reloaded(bytes, length), WB_OK);
  free(bytes);
  machine_close(&m);
}

/* About the patient, or about what it says. */
static void a_loaded_task_is_about_what_it_was(void **unused) {
  static const char *const subjects[] = {"", "visit"};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(subjects); i++) {
    machine m, again;
    size_t length;
    machine_open(&m);
    wbi_effect task = task_of(1, WBI_LIST_INBOX);
    task.subject = wbi_text_of(subjects[i]);
    machine_apply(&m, 10, task);
    uint8_t *bytes = saved_state(&m.state, &length);
    machine_init(&again);
    assert_int_equal(wbi_snapshot_read(&again.state, bytes, length, NULL), WB_OK);
    assert_int_equal(wbi_state_task(&again.state, 0)->subject, i == 0 ? WBI_NONE : 0);
    machine_close(&again);
    free(bytes);
    machine_close(&m);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_desk_has_its_order),
      cmocka_unit_test(open_tasks_are_counted_by_list_and_location),
      cmocka_unit_test(tasks_with_limits_are_counted_by_day),
      cmocka_unit_test(a_task_is_of_the_sequence_that_it_names),
      cmocka_unit_test(a_task_that_is_closed_lets_others_be_looked_at),
      cmocka_unit_test(a_snapshot_has_the_desk_in_its_order),
      cmocka_unit_test(a_loaded_task_is_about_what_it_was),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
