/* SPDX-License-Identifier: MIT */
/*
 * A practice that goes on from a snapshot in which a byte was changed, with a checksum that fits:
 * what it says may be what the library would never have written. Whatever is done with it, the
 * journal leads from that snapshot to the state that it comes to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/effort.h"
#include "support/seal.h"
#include "support/world.h"

enum { RESUMED_MOVES = 120 };

typedef struct resumed {
  ground it;
  world w;
  uint8_t *bytes; /* the snapshot */
  size_t length;
} resumed;

/* A practice that has lived, with openings that some were asked for just now. */
static int resumed_open(void **state) {
  resumed *r = calloc(1, sizeof *r);
  assert_non_null(r);
  ground_open(&r->it);
  world_open(&r->w, &r->it, 7);
  for (int i = 0; i < RESUMED_MOVES; i++)
    world_move(&r->w, WORLD_CALM);
  for (uint32_t row = 0; world_input_of(&r->w, row); row++)
    r->w.moves++; /* each has an id of its own */
  (void)world_work(&r->w, 2, true);
  r->bytes = world_save(&r->w, r->w.process[r->w.active], &r->length);
  *state = r;
  return 0;
}

static int resumed_close(void **state) {
  resumed *r = *state;
  free(r->bytes);
  world_close(&r->w);
  ground_close(&r->it);
  free(r);
  return 0;
}

/* ---- what is done ------------------------------------------------------------------------------
 */

/* Events about a patient, a visit, a campaign or nothing. */
static const struct {
  int32_t kind;
  const char *patient, *visit, *campaign, *text;
} events[] = {
    {WB_INPUT_REPLY, "p0", NULL, NULL, "Yes"},
    {WB_INPUT_REPLY, "p8", NULL, NULL, "No"},
    {WB_INPUT_REPLY, "p1", NULL, NULL, "STOP"},
    {WB_INPUT_REPLY, "p2", NULL, NULL, "How much is a cleaning?"},
    {WB_INPUT_REPLY, "p7", NULL, NULL, "HELP"},
    {WB_INPUT_CLICK, "p1", NULL, NULL, NULL},
    {WB_INPUT_BOOKED, "p0", "o0", NULL, NULL},
    {WB_INPUT_BOOKED, "p8", "v8", NULL, NULL},
    {WB_INPUT_KEPT, "p3", "v3", NULL, NULL},
    {WB_INPUT_CANCELLED, "p8", "v8", NULL, NULL},
    {WB_INPUT_SLOT_OPENED, NULL, "o1", NULL, NULL},
    {WB_INPUT_SLOT_CLOSED, NULL, "o2", NULL, NULL},
    {WB_INPUT_MERGED, "p0", NULL, NULL, NULL},
    {WB_INPUT_FORGET, "p1", NULL, NULL, NULL},
    {WB_INPUT_DECEASED, "p2", NULL, NULL, NULL},
    {WB_INPUT_STOP, NULL, NULL, "aa", NULL},
    {WB_INPUT_CAPACITY, NULL, NULL, NULL, NULL},
};
enum { EVENTS = sizeof events / sizeof *events };

static void receive(wb_practice *practice, size_t which, wb_time now) {
  const uint32_t visit = events[which].visit != NULL;
  wb_input input = {.size = sizeof input,
                    .kind = events[which].kind,
                    .patient = events[which].patient,
                    .patient_length = events[which].patient ? 2 : 0,
                    .visit = events[which].visit,
                    .visit_length = 2 * visit,
                    .campaign = events[which].campaign,
                    .campaign_length = events[which].campaign ? 2 : 0,
                    .approver = "dr-example",
                    .approver_length = 10,
                    .text = events[which].text,
                    .at = visit ? now + 2 * WORLD_DAY : 0,
                    .minutes = visit ? 60 : 0,
                    .event_id = {1, (uint8_t)which}};
  input.text_length = input.text ? (uint32_t)strlen(input.text) : 0;
  if (input.kind == WB_INPUT_MERGED) {
    input.other = "p3";
    input.other_length = 2;
  }
  if (input.kind == WB_INPUT_CAPACITY) {
    input.location = "1";
    input.name = "hygiene";
    input.location_length = 1;
    input.name_length = 7;
  }
  (void)wb_practice_receive(practice, &input, now, NULL);
}

/* The first task of a list is dealt with. */
static void done(wb_practice *practice, int32_t list, wb_time now) {
  wb_task task = {.size = sizeof task};
  uint64_t cursor = 0;
  if (wb_desk_next(practice, list, &cursor, &task) != WB_OK) return;
  const wb_input input = {.size = sizeof input, .kind = WB_INPUT_TASK_DONE, .action = task.id};
  (void)wb_practice_receive(practice, &input, now, NULL);
}

/* What was handed out comes to be known. */
static void answered(wb_practice *practice, int32_t kind, wb_time now) {
  wb_action_status status = {.size = sizeof status};
  uint64_t cursor = 0;
  while (wb_practice_actions(practice, &cursor, &status) == WB_OK) {
    uint8_t id[16];
    memcpy(id, status.id, sizeof id);
    const wb_outcome outcome = {.size = sizeof outcome, .kind = kind};
    (void)wb_practice_ack(practice, id, &outcome, now, NULL);
  }
}

static void poll(const world *w, wb_practice *practice, wb_time now) {
  wb_action actions[WORLD_ACTIONS] = {{.size = sizeof *actions}};
  uint32_t count = 0;
  (void)wb_practice_poll(practice, ground_read(w->it, w->records, now), now, actions, WORLD_ACTIONS,
                         &count, NULL);
}

/* All that there is, as the host is told it. */
static void listed(const world *w, wb_practice *practice, wb_time now) {
  char text[4096];
  size_t needed = 0;
  uint64_t cursor = 0;
  wb_opening opening = {.size = sizeof opening};
  wb_enrollment found = {.size = sizeof found};
  wb_migration rows[16] = {{.size = sizeof *rows}};
  const wb_migrate_options plan = {.size = sizeof plan,
                                   .flags = WB_MIGRATE_PLAN | WB_MIGRATE_RECOMPUTE,
                                   .facts = ground_read(w->it, w->records, now)};
  uint32_t count = 0;
  while (wb_opening_next(practice, &cursor, &opening) == WB_OK)
    continue;
  for (cursor = 0; wb_practice_next(practice, &cursor, &found) == WB_OK;)
    continue;
  (void)wb_practice_migrate(practice, "aa", 2, &plan, now, rows, 16, &count, NULL);
  (void)wb_metrics_format(practice, now, text, sizeof text, &needed);
}

/* A part of all that, another one each time. */
static void go_on(const world *w, wb_practice *practice, size_t turn) {
  wb_time now = w->now + 60;
  const wb_migrate_options options = {.size = sizeof options,
                                      .flags = WB_MIGRATE_RECOMPUTE,
                                      .facts = ground_read(w->it, w->records, now)};
  wb_migration rows[16] = {{.size = sizeof *rows}};
  wb_counts counts = {.size = sizeof counts};
  uint32_t count = 0;
  for (size_t i = 0; i < 3; i++)
    receive(practice, (turn + i * 5) % EVENTS, now);
  done(practice, WB_DESK_OUTREACH + (int32_t)(turn % 4), now);
  answered(practice, turn % 2 ? WB_SENT : WB_SENT_UNKNOWN, now);
  poll(w, practice, now);
  if (turn % 3 == 0)
    (void)wb_practice_migrate(practice, "aa", 2, &options, now, rows, 16, &count, NULL);
  if (turn % 3 == 1) listed(w, practice, now);
  if (turn % 3 == 2)
    (void)wb_practice_enroll(practice, NULL, 0, ground_read(w->it, w->records, now), now, &counts,
                             NULL);
  now += WORLD_DAY;
  poll(w, practice, now);
}

/* ---- the property ------------------------------------------------------------------------------
 */

static wb_practice *loaded(resumed *r, bool journaled) {
  wb_practice *practice = world_practice(&r->w, journaled, world_secret);
  if (wb_practice_load(practice, r->bytes, r->length, NULL) != WB_OK) {
    wb_practice_free(practice);
    return NULL;
  }
  world_lend(&r->w, practice);
  return practice;
}

/* What is written leads a second one to the same state; false: the snapshot is refused. */
static bool resumed_run(resumed *r, size_t turn) {
  world *w = &r->w;
  const memory_journal kept = w->journal;
  wb_replay replay = {.size = sizeof replay};
  w->journal = (memory_journal){.sequence = 0};
  wb_practice *live = loaded(r, true), *shadow = loaded(r, false);
  if (live != NULL) {
    w->journal.sequence = w->journal.committed = wb_practice_sequence(live);
    go_on(w, live, turn);
    assert_int_equal(wb_practice_replay(shadow, w->journal.bytes, w->journal.length, &replay, NULL),
                     WB_OK);
    assert_int_equal(replay.used, w->journal.length);
    assert_true(world_same(w, live, shadow));
  }
  wb_practice_free(live);
  wb_practice_free(shadow);
  memory_journal_free(&w->journal);
  w->journal = kept;
  return live != NULL;
}

static void a_practice_goes_on_from_whatever_a_snapshot_says(void **state) {
  resumed *r = *state;
  size_t turn = 0, refused = 0;
  for (size_t i = 16; i + 4 < r->length; i += effort_stride(3)) {
    const uint8_t byte = r->bytes[i];
    const size_t tried = turn + refused; /* fields are of 4 and 8 bytes: not one way each */
    r->bytes[i] = seal_forge(byte, (tried + tried / SEAL_WAYS) % SEAL_WAYS);
    seal_snapshot(r->bytes, r->length);
    if (resumed_run(r, turn))
      turn++;
    else
      refused++;
    r->bytes[i] = byte;
  }
  seal_snapshot(r->bytes, r->length);
  const uint64_t least = 1000 / effort_stride(3);
  assert_true(turn > least && refused > least);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_practice_goes_on_from_whatever_a_snapshot_says),
  };
  return cmocka_run_group_tests(tests, resumed_open, resumed_close);
}
