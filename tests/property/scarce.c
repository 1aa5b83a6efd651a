/* SPDX-License-Identifier: MIT */
/*
 * Histories of a practice, as support/world.h has them, in which there is too little of something:
 * each call fails for want of it at one place after the other, changes nothing, and is then done.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/effort.h"
#include "support/world.h"

enum { MOVES = 40 };

static ground scarce_ground;

static int scarce_begin(void **state) {
  ground_open(&scarce_ground);
  *state = &scarce_ground;
  return 0;
}

static int scarce_end(void **state) {
  ground_close(*state);
  return 0;
}

/* An event about a patient, an opening or a visit, or a task; what becomes of it is the world's. */
static void scarce_send(world *w, wb_input input) {
  input.size = sizeof input;
  input.patient_length = input.patient ? (uint32_t)strlen(input.patient) : 0;
  input.visit_length = input.visit ? (uint32_t)strlen(input.visit) : 0;
  input.text_length = input.text ? (uint32_t)strlen(input.text) : 0;
  w->moves++; /* each has an id of its own */
  world_event_id(w, &input, 0, 5);
  (void)world_receive(w, &input, w->now);
}

/* Each outcome of a task, on each list of the desk that has one. */
static void scarce_desk(world *w) {
  for (int32_t outcome = WB_TASK_DONE; outcome <= WB_TASK_DECEASED; outcome++) {
    for (int32_t list = WB_DESK_OUTREACH; list <= WB_DESK_INBOX; list++) {
      wb_task task = {.size = sizeof task};
      uint64_t cursor = 0;
      if (wb_desk_next(w->process[w->active], list, &cursor, &task) != WB_OK) continue;
      uint8_t id[16];
      memcpy(id, task.id, sizeof id);
      scarce_send(w, (wb_input){.kind = WB_INPUT_TASK_DONE, .action = id, .outcome = outcome});
    }
  }
}

/* Openings that some are asked for: one accepts and declines, one accepts what is gone; it is
   booked, comes free again and is closed. */
static void scarce_openings(world *w) {
  static const char *const keys[] = {"s1", "s2", "s3"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    scarce_send(w, (wb_input){.kind = WB_INPUT_SLOT_OPENED,
                              .visit = keys[i],
                              .location = "1",
                              .location_length = 1,
                              .at = w->now + 3 * WORLD_DAY,
                              .minutes = 60});
  (void)world_work(w, WORLD_ACTIONS, true);
  for (uint32_t i = 0; i < WORLD_PATIENTS; i++)
    scarce_send(w, (wb_input){.kind = WB_INPUT_REPLY, .patient = world_key(i), .text = "Yes"});
  for (uint32_t i = 0; i < WORLD_PATIENTS; i++)
    scarce_send(w, (wb_input){.kind = WB_INPUT_REPLY, .patient = world_key(i), .text = "No"});
  (void)world_work(w, WORLD_ACTIONS, true);
  scarce_send(w, (wb_input){.kind = WB_INPUT_BOOKED, .patient = "p0", .visit = "s1"});
  scarce_send(w, (wb_input){.kind = WB_INPUT_CANCELLED,
                            .patient = "p0",
                            .visit = "s1",
                            .at = w->now + 3 * WORLD_DAY,
                            .minutes = 60});
  scarce_send(w, (wb_input){.kind = WB_INPUT_SLOT_CLOSED, .visit = "s2"});
}

/* So many histories in which, from some move on, something is scarce: then each kind of event
   comes, what the desk and openings may see, and a few moves more. */
static void scarce_live(const ground *it, uint32_t scarce, uint64_t seeds) {
  enum { MORE = 10 };
  for (uint64_t seed = 0; seed < effort(seeds); seed++) {
    world w;
    world_open(&w, it, seed);
    for (uint64_t i = 0; i < seed % MOVES; i++)
      world_move(&w, WORLD_CALM);
    w.scarce = scarce;
    w.doing = "every kind of event";
    world_backup(&w);
    for (uint32_t row = 0; world_input_of(&w, row); row++)
      w.moves++;
    scarce_openings(&w);
    scarce_desk(&w);
    world_restore(&w);
    for (int i = 0; i < MORE; i++)
      world_move(&w, WORLD_CALM);
    w.scarce = WORLD_PLENTY;
    world_finish(&w);
    world_close(&w);
  }
}

static void without_room_for_a_record_nothing_changes(void **state) {
  scarce_live(*state, WORLD_ROOM, EFFORT_FAST ? 30 : 8);
}

static void without_memory_for_a_definition_nothing_changes(void **state) {
  scarce_live(*state, WORLD_COMPILED, EFFORT_FAST ? 40 : 16);
}

static void without_any_memory_nothing_changes(void **state) {
  scarce_live(*state, WORLD_MEMORY, EFFORT_FAST ? 6 : 2);
}

/* While a definition does not compile nothing of it goes out; then all goes on, and nothing is
   lost. */
static void a_definition_that_does_not_compile_holds_its_people(void **state) {
  for (uint64_t seed = 0; seed < effort(EFFORT_FAST ? 100 : 30); seed++) {
    world w;
    const uint32_t broken = (uint32_t)(seed % WORLD_CAMPAIGNS);
    world_open(&w, *state, seed);
    w.broken = 1u << broken;
    world_reload(&w, true);
    for (int i = 0; i < MOVES; i++)
      world_move(&w, WORLD_CALM);
    for (uint32_t i = 0; broken > 0 && i < w.entry_count; i++) /* of the first there are two */
      assert_string_not_equal(w.entries[i].campaign, world_campaigns[broken][0]);
    w.broken = 0;
    world_reload(&w, false);
    world_finish(&w);
    world_close(&w);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_room_for_a_record_nothing_changes),
      cmocka_unit_test(without_memory_for_a_definition_nothing_changes),
      cmocka_unit_test(without_any_memory_nothing_changes),
      cmocka_unit_test(a_definition_that_does_not_compile_holds_its_people),
  };
  return cmocka_run_group_tests(tests, scarce_begin, scarce_end);
}
