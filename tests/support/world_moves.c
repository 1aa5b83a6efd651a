/* SPDX-License-Identifier: MIT */
/* What happens in a world, one row a move. */
#include "support/world.h"

#include <stdlib.h>
#include <string.h>

/* ---- moves ---------------------------------------------------------------------------------- */

static void move_poll(world *w) {
  world_work(w, 1 + world_pick(w, WORLD_ACTIONS), false);
}

/* The host finds an old line in its outbox, and answers as far as it knows. */
static void move_answer(world *w) {
  if (w->entry_count == 0) return;
  world_entry *entry = &w->entries[world_pick(w, w->entry_count)];
  if (entry->told == WB_SENT_UNKNOWN && entry->delivered && world_pick(w, 2) == 0)
    entry->told = WB_SENT; /* a receipt */
  if (entry->told == 0) {  /* it never came to deliver this one */
    entry->told = WB_NOT_SENT;
    entry->cause = WB_CAUSE_INTERRUPTED;
  }
  world_answer(w, entry);
}

static void move_minutes(world *w) {
  static const wb_time steps[] = {1, 60, 301, 600, 901, 3600, 7200};
  w->now += steps[world_pick(w, 7)];
}

/* To eleven o'clock, some days later. */
static void move_days(world *w) {
  static const int32_t days[] = {1, 1, 1, 2, 3, 7, 20};
  const wb_local local = {.date = world_today(w) + days[world_pick(w, 7)], .second = 39600};
  world_believe(w, wb_zone_instant(w->it->zone, &local, 0, &w->now) == WB_OK, "a morning comes");
}

/* The record changes: whoever is held is looked at on the days after. */
static void move_records(world *w) {
  w->records = (w->records + 1) % WORLD_RECORDS;
  w->now += 5 * WORLD_DAY;
}

/* What is saved is loaded as the same, and kept. */
void world_round(world *w) {
  free(w->snapshot);
  w->snapshot = world_save(w, w->process[w->active], &w->snapshot_length);
  wb_practice *loaded = world_practice(w, false, world_secret);
  world_believe(w, wb_practice_load(loaded, w->snapshot, w->snapshot_length, NULL) == WB_OK,
                "what is saved is loaded");
  world_believe(w, world_same(w, w->process[w->active], loaded), "and is saved alike");
  wb_practice_free(loaded);
}

static void move_memory(world *w) {
  fault_arm(&w->memory.plan, world_pick(w, 2) ? FAULT_ONCE : FAULT_FOREVER, 1 + world_pick(w, 24));
}

static void move_append(world *w) {
  static const wb_status answers[] = {WB_E_ABORTED, WB_E_ABORTED, WB_E_CONFLICT};
  w->journal.answer = answers[world_pick(w, 3)];
  w->journal.torn = world_pick(w, 4) == 0 ? SIZE_MAX : world_pick(w, 400);
  fault_arm(&w->journal.append, FAULT_ONCE, 1);
}

static void move_sync(world *w) {
  fault_arm(&w->journal.sync, FAULT_ONCE, 1);
}

/* The process is killed between two calls. */
static void move_crash(world *w) {
  world_reload(w, world_pick(w, 2) == 0);
}

/* The other process goes on; it learns what happened when it is first in somebody's way. */
static void move_other(world *w) {
  w->active = (w->active + 1) % WORLD_PROCESSES;
  if (!w->process[w->active]) world_reload(w, true);
}

/* Whoever has another secret is told nothing. */
static void move_stranger(world *w) {
  static const uint8_t secret[16] = {7, 1, 2, 4};
  wb_replay replay = {.size = sizeof replay};
  wb_practice *stranger = world_practice(w, false, secret);
  size_t length = 0;
  uint8_t *bytes = world_save(w, w->process[w->active], &length);
  world_believe(w, wb_practice_load(stranger, bytes, length, NULL) == WB_E_INVALID, "no snapshot");
  world_believe(w,
                wb_practice_replay(stranger, w->journal.bytes, w->journal.length, &replay, NULL) ==
                    WB_E_INVALID,
                "no journal");
  world_poll poll = {.capacity = WORLD_ACTIONS};
  world_believe(w, world_call_poll(w, stranger, &poll) == WB_OK && poll.count == 0, "no action");
  wb_practice_free(stranger);
  free(bytes);
}

/* Each move, how often it is, and of which sort; what fails, fails in the call that follows. */
static const struct {
  const char *name;
  uint32_t sort, weight;
  void (*move)(world *w);
} world_moves[] = {
    {"enroll", WORLD_CALM, 6, world_enroll},     {"poll", WORLD_CALM, 16, move_poll},
    {"answer", WORLD_CALM, 6, move_answer},      {"receipt", WORLD_CALM, 5, world_receipt},
    {"input", WORLD_CALM, 20, world_input},      {"minutes", WORLD_CALM, 6, move_minutes},
    {"days", WORLD_CALM, 8, move_days},          {"records", WORLD_CALM, 1, move_records},
    {"campaign", WORLD_CALM, 1, world_campaign}, {"migrate", WORLD_CALM, 1, world_migrate},
    {"seal", WORLD_CALM, 1, world_seal},         {"save", WORLD_CALM, 2, world_round},
    {"memory", WORLD_FAULTS, 4, move_memory},    {"append", WORLD_FAULTS, 3, move_append},
    {"sync", WORLD_FAULTS, 2, move_sync},        {"crash", WORLD_CRASHES, 3, move_crash},
    {"backup", WORLD_CRASHES, 1, world_backup},  {"restore", WORLD_CRASHES, 1, world_restore},
    {"other", WORLD_OTHERS, 4, move_other},      {"stranger", WORLD_OTHERS, 1, move_stranger},
};
enum { WORLD_MOVES = sizeof world_moves / sizeof *world_moves };

void world_move(world *w, uint32_t sorts) {
  uint32_t all = 0, at = 0;
  for (uint32_t i = 0; i < WORLD_MOVES; i++)
    if (world_moves[i].sort & sorts) all += world_moves[i].weight;
  uint32_t picked = world_pick(w, all);
  for (;; at++) {
    if (!(world_moves[at].sort & sorts)) continue;
    if (picked < world_moves[at].weight) break;
    picked -= world_moves[at].weight;
  }
  const bool arms = world_moves[at].sort == WORLD_FAULTS;
  w->moves++;
  w->doing = world_moves[at].name;
  world_moves[at].move(w);
  if (arms) { /* what is armed strikes in one of these, or not at all */
    static void (*const calls[])(world *) = {
        world_enroll, move_poll,   move_poll,  move_poll,      world_input,   world_input,
        world_input,  move_answer, world_seal, world_campaign, world_migrate, world_receipt};
    bool memory, journal;
    calls[world_pick(w, 12)](w);
    world_disarm(w, &memory, &journal);
  }
}
