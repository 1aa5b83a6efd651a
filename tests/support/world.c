/* SPDX-License-Identifier: MIT */
#include "support/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outreach/practice_private.h"
#include "support/sample.h"

const uint8_t world_secret[16] = {7, 1, 2, 3};

/* ---- choices and beliefs -------------------------------------------------------------------- */

bool world_goes_on(const world *w) {
  return !w->bytes || w->length > 0;
}

uint32_t world_pick(world *w, uint32_t below) {
  if (w->bytes) {
    if (w->length == 0) return 0;
    w->length--;
    return *w->bytes++ % below;
  }
  w->state ^= w->state >> 12;
  w->state ^= w->state << 25;
  w->state ^= w->state >> 27;
  return (uint32_t)((w->state * UINT64_C(0x2545F4914F6CDD1D) >> 32) % below);
}

void world_event_id(const world *w, wb_input *input, uint32_t number, uint8_t sort) {
  for (int i = 0; i < 4; i++) {
    input->event_id[i] = (uint8_t)(w->moves >> 8 * i);
    input->event_id[8 + i] = (uint8_t)(number >> 8 * i);
  }
  input->event_id[15] = sort;
}

const char *world_entered(const world *w, const uint8_t id[16]) {
  const wbi_state *state = &w->process[w->active]->state;
  wbi_bytes16 of;
  memcpy(&of, id, sizeof of);
  const wbi_action *action = wbi_table_at(&state->actions, wbi_table_find(&state->actions, &of));
  return wbi_keys_text(&state->patients, wbi_state_origin(state, action->enrollment).key).data;
}

/* The journal in words. */
static void world_tell_journal(const memory_journal *journal) {
  enum { LINE = 4096 };
  char line[LINE];
  uint64_t offset = 0;
  size_t length = 0;
  wb_record record = {.size = sizeof record};
  while (wb_journal_next(journal->bytes, journal->length, &offset, &record) == WB_OK)
    if (wb_journal_format(journal->bytes, journal->length, record.offset, line, LINE, &length) ==
        WB_OK)
      fprintf(stderr, "  %.*s\n", (int)length, line);
}

void world_tell(const world *w) {
  world_tell_journal(&w->journal);
  wb_enrollment found = {.size = sizeof found};
  wb_action_status status = {.size = sizeof status};
  uint64_t cursor = 0;
  wb_practice *practice = w->process[w->active];
  while (practice && wb_practice_next(practice, &cursor, &found) == WB_OK)
    fprintf(stderr, "  %s in %s, entry %u, step %s: state %d, hold %d, %s, wakes at %lld of %lld\n",
            found.patient, found.campaign, found.entry, found.step, found.state, found.hold,
            found.reason, (long long)found.wake, (long long)w->now);
  for (cursor = 0; practice && wb_practice_actions(practice, &cursor, &status) == WB_OK;)
    fprintf(stderr, "  action %02x%02x: state %d, cause %d, attempt %u, claimed %+lld\n",
            status.id[0], status.id[1], status.state, status.cause, status.attempt,
            (long long)(status.claimed_at - w->now));
  for (uint32_t i = 0; i < w->entry_count; i++) {
    const world_entry *entry = &w->entries[i];
    fprintf(stderr, "  outbox %02x%02x: %s in %s %u %s, %s, told %d %d, handed %+lld\n",
            entry->id[0], entry->id[1], entry->patient, entry->campaign, entry->number, entry->step,
            entry->delivered ? "delivered" : "not delivered", entry->told, entry->cause,
            (long long)(entry->handed - w->now));
  }
}

void world_believe(const world *w, bool holds, const char *what) {
  if (holds) return;
  world_tell(w);
  fprintf(stderr, "seed %llu, move %u (%s): not so: %s\n", (unsigned long long)w->seed, w->moves,
          w->doing, what);
  abort();
}

/* ---- practices ------------------------------------------------------------------------------ */

/* Monday to Friday, 10:00 to 18:00. */
static const wb_window world_hours[] = {
    {1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 5, 36000, 64800}};

wb_practice *world_practice(world *w, bool journaled, const uint8_t *secret) {
  wb_practice *practice = NULL;
  wb_practice_options options = {.size = sizeof options,
                                 .flags = WB_PRACTICE_ALLOW_JUMP,
                                 .secret = secret,
                                 .key = "practice",
                                 .key_length = 8,
                                 .law = w->it->law,
                                 .hours = world_hours,
                                 .hours_count = 1,
                                 .stale_facts = 2000 * WORLD_DAY,
                                 .admissions = 3,
                                 .tasks_per_day = 2,
                                 .burst = 1,
                                 .resend = WORLD_DAY,
                                 .epoch = w->epoch};
  if (journaled) {
    options.append = memory_journal_append;
    options.sync = memory_journal_sync;
    options.user = &w->journal;
  }
  world_believe(
      w,
      wb_practice_new(w->context, w->it->schema, w->it->policy, &options, &practice, NULL) == WB_OK,
      "there is a practice");
  return practice;
}

uint8_t *world_save(const world *w, wb_practice *practice, size_t *length) {
  world_believe(w, wb_practice_save(practice, NULL, 0, length) == WB_E_SPACE, "it is measured");
  uint8_t *bytes = malloc(*length);
  world_believe(w, bytes && wb_practice_save(practice, bytes, *length, length) == WB_OK,
                "it is saved");
  return bytes;
}

bool world_same(const world *w, wb_practice *one, wb_practice *two) {
  size_t length = 0, again = 0;
  uint8_t *first = world_save(w, one, &length), *second = world_save(w, two, &again);
  const bool same = length == again && memcmp(first, second, length) == 0;
  free(first);
  free(second);
  return same;
}

void world_lend(const world *w, wb_practice *practice) {
  wbi_definition *definitions = practice->state.definition.data;
  for (uint32_t i = 0; i < practice->state.definition.count; i++) {
    wbi_definition *definition = &definitions[i];
    definition->broken = (w->broken >> i & 1) != 0;
    for (uint32_t k = 0; k < WORLD_DEFINITIONS && !definition->compiled; k++)
      if (!memcmp(definition->content_id, w->it->campaigns[k]->content_id, 32))
        definition->compiled = wb_campaign_ref(w->it->campaigns[k]);
  }
}

/* Replays all of the journal; a torn end is cut off, as a host does. */
void world_replay(world *w, wb_practice *practice) {
  wb_replay replay = {.size = sizeof replay};
  const wb_status status =
      wb_practice_replay(practice, w->journal.bytes, w->journal.length, &replay, NULL);
  world_believe(w, status == WB_OK, "the journal is read");
  w->journal.length = (size_t)replay.used;
  w->journal.sequence = wb_practice_sequence(practice);
  (void)memory_journal_sync(&w->journal); /* what is built upon must not go away */
  world_lend(w, practice);
}

/* The shadow reads what is new; state by state it is as those who wrote it. */
static void world_shadow(world *w) {
  wb_replay replay = {.size = sizeof replay};
  if (w->shadowed > w->journal.length) { /* what it had is lost */
    wb_practice_free(w->shadow);
    w->shadow = world_practice(w, false, world_secret);
    w->shadowed = 0;
  }
  if (w->shadowed == w->journal.length) return;
  const wb_status status = wb_practice_replay(w->shadow, w->journal.bytes + w->shadowed,
                                              w->journal.length - w->shadowed, &replay, NULL);
  world_believe(w, status == WB_OK && replay.flags == 0, "what was written is whole");
  w->shadowed = w->journal.length;
}

void world_reload(world *w, bool whole) {
  wb_practice **practice = &w->process[w->active];
  wb_practice_free(*practice);
  *practice = world_practice(w, true, world_secret);
  if (w->snapshot && !whole) {
    const wb_status status = wb_practice_load(*practice, w->snapshot, w->snapshot_length, NULL);
    world_believe(w, status == WB_OK, "a snapshot is loaded");
  }
  world_replay(w, *practice);
}

void world_renew(world *w) {
  wb_practice **practice = &w->process[w->active], *loaded = world_practice(w, true, world_secret);
  size_t length = 0;
  uint8_t *bytes = world_save(w, *practice, &length);
  world_believe(w, wb_practice_load(loaded, bytes, length, NULL) == WB_OK, "it is loaded again");
  world_lend(w, loaded);
  free(bytes);
  wb_practice_free(*practice);
  *practice = loaded;
}

/* ---- calls, and what fails in them ---------------------------------------------------------- */

/* Nothing fails any more; true: something did. */
bool world_disarm(world *w, bool *memory, bool *journal) {
  *memory = w->memory.plan.hits > 0;
  *journal = w->journal.append.hits > 0 || w->journal.sync.hits > 0;
  fault_arm(&w->memory.plan, FAULT_NEVER, 0);
  fault_arm(&w->journal.append, FAULT_NEVER, 0);
  fault_arm(&w->journal.sync, FAULT_NEVER, 0);
  return *memory || *journal;
}

/* A handle that does not know what is durable is given up; the bytes may be there, torn, or, as the
   whole machine went down, lost. Whoever else had the journal open goes down with it. */
static void world_recover(world *w) {
  const uint32_t other = (w->active + 1) % WORLD_PROCESSES;
  size_t needed = 0;
  world_believe(w, wb_practice_save(w->process[w->active], NULL, 0, &needed) == WB_E_STALE,
                "it stays stale");
  if (w->loses && world_pick(w, 2) == 0) memory_journal_crash(&w->journal);
  wb_practice_free(w->process[other]);
  w->process[other] = NULL;
  world_reload(w, world_pick(w, 2) == 0);
}

/* Calls the library until it does what it is asked; in between is what a host does when it is told
   that something failed. */
wb_status world_do(world *w, world_call call, void *of) {
  enum { TRIES = 8 };
  for (int tries = 0; tries < TRIES; tries++) {
    bool memory, journal;
    wb_practice **practice = &w->process[w->active];
    if (!*practice) world_reload(w, true);
    const uint64_t sequence = wb_practice_sequence(*practice);
    const wb_status status = world_call_scarce(w, call, of);
    world_disarm(w, &memory, &journal);
    w->calls++;
    if (status == WB_E_NOMEM) {
      /* that openings were due may have been noted before */
      const uint64_t now = wb_practice_sequence(*practice);
      world_believe(w, memory && (now == sequence || call == world_call_poll), "memory failed");
      world_shadow(w);
      const bool behind = wb_practice_sequence(w->shadow) != now;
      world_believe(w, behind || world_same(w, *practice, w->shadow), "nothing changed");
    } else if (status == WB_E_STALE) {
      world_believe(w, journal, "the journal failed");
      world_recover(w);
    } else if (status == WB_E_CONFLICT ||
               (status != WB_OK && wb_practice_sequence(*practice) == sequence &&
                sequence <
                    w->journal.sequence)) { /* a refusal that is noted is a record of its own */
      /* the other process was first; or knows what this one has not read yet */
      world_believe(w, wb_practice_sequence(*practice) == sequence || call == world_call_poll,
                    "a refusal changes nothing");
      world_replay(w, *practice);
    } else {
      world_shadow(w);
      return status;
    }
  }
  world_believe(w, false, "it gets there");
  return WB_E_ABORTED;
}

/* ---- the calls of a host ----------------------------------------------------------------------
 */

static wb_status world_call_enroll(world *w, wb_practice *practice, void *of) {
  wb_counts *counts = of;
  return wb_practice_enroll(practice, NULL, 0, ground_read(w->it, w->records, w->now), w->now,
                            counts, NULL);
}

void world_enroll(world *w) {
  wb_counts counts = {.size = sizeof counts};
  world_believe(w, world_do(w, world_call_enroll, &counts) == WB_OK, "people are let in");
}

typedef struct world_event {
  const wb_input *input;
  wb_time now;
} world_event;

static wb_status world_call_receive(world *w, wb_practice *practice, void *of) {
  const world_event *event = of;
  (void)w;
  return wb_practice_receive(practice, event->input, event->now, NULL);
}

wb_status world_receive(world *w, const wb_input *input, wb_time now) {
  world_event event = {input, now};
  return world_do(w, world_call_receive, &event);
}

static wb_status world_call_add(world *w, wb_practice *practice, void *of) {
  return wb_practice_add(practice, of, w->now, NULL);
}

static wb_status world_call_migrate(world *w, wb_practice *practice, void *of) {
  wb_migration rows[WORLD_DEFINITIONS * 8] = {{.size = sizeof *rows}};
  const wb_migrate_options *options = of;
  uint32_t count = 0;
  return wb_practice_migrate(practice, "aa", 2, options, w->now, rows, WORLD_DEFINITIONS * 8,
                             &count, NULL);
}

static wb_status world_call_seal(world *w, wb_practice *practice, void *of) {
  (void)of;
  return wb_practice_seal(practice, w->now, NULL);
}

static wb_status world_receive_launch(world *w, const char *campaign) {
  const wb_input launch = {.size = sizeof launch,
                           .kind = WB_INPUT_LAUNCH,
                           .campaign = campaign,
                           .campaign_length = 2,
                           .approver = "dr-example",
                           .approver_length = 10};
  return world_receive(w, &launch, w->now);
}

void world_campaign(world *w) {
  wb_campaign *campaign = w->it->campaigns[world_pick(w, 3) ? WORLD_DEFINITIONS - 1 : 0];
  world_believe(w, world_do(w, world_call_add, campaign) == WB_OK, "a campaign is known");
  const wb_status status = world_receive_launch(w, "aa");
  world_believe(w, status == WB_OK || status == WB_E_STATE, "it is launched, or was stopped");
}

void world_migrate(world *w) {
  wb_migrate_options options = {.size = sizeof options,
                                .flags = world_pick(w, 3) ? 0 : WB_MIGRATE_PLAN};
  const wb_status status = world_do(w, world_call_migrate, &options);
  world_believe(w, status == WB_OK || status == WB_E_STATE, "people go over");
}

void world_seal(world *w) {
  world_believe(w, world_do(w, world_call_seal, NULL) == WB_OK, "all is sealed");
}

/* ---- beginning and end ---------------------------------------------------------------------- */

/* Makes a campaign known and launches it. */
static void world_launch(world *w, uint32_t i) {
  world_believe(w, world_do(w, world_call_add, w->it->campaigns[i]) == WB_OK, "it is known");
  const wb_status status = world_receive_launch(w, world_campaigns[i][0]);
  world_believe(w, status == WB_OK, "a campaign is launched");
}

/* A world in which nothing happened yet. */
static void world_make(world *w, const ground *it, uint64_t seed) {
  *w = (world){.it = it, .now = SAMPLE_NOW, .seed = seed, .loses = true, .doing = "beginning"};
  for (uint32_t i = 0; i <= WORLD_PATIENTS; i++)
    w->stands[i] = (uint8_t)i;
  w->state = (seed + 1) * UINT64_C(0x9E3779B97F4A7C15);
  w->context = fault_context(&w->memory);
  w->shadow = world_practice(w, false, world_secret);
  w->process[0] = world_practice(w, true, world_secret);
}

void world_begin(ground *it) {
  world w;
  world_make(&w, it, 0);
  for (uint32_t i = 0; i < WORLD_CAMPAIGNS; i++)
    world_launch(&w, i);
  it->begun = w.journal;
  w.journal = (memory_journal){.sequence = 0};
  world_close(&w);
}

void world_open(world *w, const ground *it, uint64_t seed) {
  world_make(w, it, seed);
  w->journal.bytes = malloc(it->begun.length);
  world_believe(w, w->journal.bytes != NULL, "there is memory");
  memcpy(w->journal.bytes, it->begun.bytes, it->begun.length);
  w->journal.length = it->begun.length;
  world_replay(w, w->process[0]);
  world_enroll(w);
}

void world_read(world *w, const ground *it, const uint8_t *bytes, size_t length) {
  world_open(w, it, 0);
  w->bytes = bytes;
  w->length = length;
}

void world_close(world *w) {
  for (uint32_t i = 0; i < WORLD_PROCESSES; i++)
    wb_practice_free(w->process[i]);
  wb_practice_free(w->shadow);
  memory_journal_free(&w->journal);
  free(w->snapshot);
  wb_context_unref(w->context);
  world_believe(w, w->memory.live == 0, "all memory came back");
}
