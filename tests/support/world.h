/* SPDX-License-Identifier: MIT */
/*
 * The world around a practice, driven by choices: a host with an outbox, a provider that counts
 * what it delivers, two processes on one journal, patients who answer, and everything that fails.
 * What must always hold is checked after each move; when it does not, the program ends and says
 * which seed and move it was.
 *
 *   ground it;
 *   ground_open(&it);
 *   world w;
 *   world_open(&w, &it, seed);              or world_read(&w, &it, bytes, length)
 *   for (int i = 0; i < 60; i++) world_move(&w, WORLD_ALL);
 *   world_finish(&w);                       all ends well, and is answered for
 *   world_close(&w);
 *   ground_close(&it);
 *
 * A new kind of input joins by a row in world_inputs.c.
 */
#ifndef WORLD_H
#define WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <winback/winback.h>

#include "support/fault.h"
#include "support/memory_journal.h"

enum {
  WORLD_PATIENTS = 9,
  WORLD_RECORDS = 3, /* versions of the practice's records */
  WORLD_PROCESSES = 2,
  WORLD_DEFINITIONS = 7, /* campaigns, and another version of the first */
  WORLD_CONTACTS = 8,
  WORLD_ENTRIES = 512,
  WORLD_INPUTS = 16,
  WORLD_ACTIONS = 8,
  WORLD_DAY = 86400
};

/* What all worlds share: nothing of it changes, but when facts were read. */
typedef struct ground {
  wb_schema *schema;
  wb_zone *zone;
  wb_law *law;
  wb_policy *policy;
  wb_facts *facts[WORLD_RECORDS];
  wb_campaign *campaigns[WORLD_DEFINITIONS];
  uint8_t contacts[WORLD_CONTACTS][16];
  memory_journal begun; /* the campaigns are launched */
} ground;

void ground_open(ground *it);
void ground_close(ground *it);
/* A version of the facts, as the host reads it then. */
wb_facts *ground_read(const ground *it, uint32_t version, wb_time now);

/* One line of the host's outbox. What the provider did is the truth; `told` is what the host knows
   of it and answers: an enum wb_outcome_kind, or 0 for nothing yet. */
typedef struct world_entry {
  uint8_t id[16], contact[16];
  char patient[8], campaign[8], step[16], about[WB_KEY_MAX + 1];
  char entered[8];     /* the key under which the patient did; "~": it was forgotten */
  uint32_t number;     /* of the entry into the campaign */
  uint32_t generation; /* of the opening that it is about */
  uint32_t attempt;
  wb_time handed, deliver_by;
  wb_date day;
  int32_t kind, told, cause, bounce;
  bool delivered, answered;
  bool arrived, bounced; /* a receipt said so */
} world_entry;

/* Which moves there are. */
enum {
  WORLD_CALM = 1,   /* what a host does whose world works */
  WORLD_FAULTS = 2, /* no memory, appends and syncs that fail */
  WORLD_CRASHES = 4,
  WORLD_OTHERS = 8, /* a second process, and one with a wrong secret */
  WORLD_ALL = 15
};

/* What a test may do without. */
enum { WORLD_OPENINGS = 1, WORLD_MERGES = 2 };

/* What there is too little of: each call fails for want of it at one place after the other, which
   changes nothing, before it is done. */
enum {
  WORLD_PLENTY,
  WORLD_ROOM,     /* for the records that it plans */
  WORLD_COMPILED, /* memory for a definition that has to be compiled anew */
  WORLD_MEMORY    /* memory of a practice that was just loaded */
};

typedef struct world {
  const ground *it;
  fault_memory memory;
  wb_context *context;
  memory_journal journal;
  wb_practice *process[WORLD_PROCESSES];
  wb_practice *shadow; /* has no journal of its own: it replays what the others write */
  size_t shadowed;     /* bytes of the journal that it has */
  uint32_t active;     /* process */
  uint32_t records;    /* version of the facts */
  wb_time now;
  world_entry entries[WORLD_ENTRIES];
  uint32_t entry_count;
  wb_input inputs[WORLD_INPUTS]; /* the last ones that were taken */
  uint8_t input_contacts[WORLD_INPUTS][16], input_actions[WORLD_INPUTS][16];
  uint8_t input_others[WORLD_INPUTS][16];
  wb_time input_times[WORLD_INPUTS];
  uint32_t input_count;
  uint8_t out[WORLD_ENTRIES][16]; /* contact points that opted out */
  uint32_t out_count;
  uint32_t gone, dead; /* patients who left or died, as bits */
  bool paused, merged;
  uint8_t stands[WORLD_PATIENTS + 1]; /* for whom each key does, since merges */
  uint32_t without;                   /* WORLD_OPENINGS, WORLD_MERGES: what does not happen */
  uint32_t scarce;                    /* WORLD_PLENTY, or what there is too little of */
  uint32_t broken;                    /* definitions that do not compile, as bits */
  bool loses;                         /* whether what no sync covered may be lost */
  uint8_t *snapshot;                  /* an older one, or NULL */
  size_t snapshot_length;
  size_t backup; /* bytes of the journal that a backup has, and its last record */
  uint64_t backed;
  uint32_t epoch; /* how often a backup was restored */
  /* choices: bytes, or a seed */
  const uint8_t *bytes;
  size_t length;
  uint64_t seed, state;
  uint32_t moves, calls, deliveries;
  const char *doing;
} world;

/* Writes the journal that all worlds begin with: ground_open does. */
void world_begin(ground *it);
/* All campaigns are launched and the first patients are in. */
void world_open(world *w, const ground *it, uint64_t seed);
/* The same, with choices that are read from bytes; without any more nothing moves. */
void world_read(world *w, const ground *it, const uint8_t *bytes, size_t length);
void world_close(world *w);

/* One move of these sorts. */
void world_move(world *w, uint32_t sorts);
/* Whether there are choices left. */
bool world_goes_on(const world *w);
/* A quiet month in which everything is answered: then nothing is under way any more. */
void world_finish(world *w);

/* The id of an event of the present move, of the sort that the caller numbers by itself. */
void world_event_id(const world *w, wb_input *input, uint32_t number, uint8_t sort);
/* A choice below `below`. */
uint32_t world_pick(world *w, uint32_t below);
/* Tells the journal, who is where, the actions and the outbox: what is known when all is not well.
 */
void world_tell(const world *w);
/* Ends the program unless a belief holds. */
void world_believe(const world *w, bool holds, const char *what);
/* The present process dies, and another loads what it left. `whole`: from the journal alone. */
void world_reload(world *w, bool whole);
/* A practice without any event. `journaled`: on this journal; else it has none. */
wb_practice *world_practice(world *w, bool journaled, const uint8_t *secret);
/* The whole state as bytes; the caller frees them. */
uint8_t *world_save(const world *w, wb_practice *practice, size_t *length);
/* Whether two practices are in one state. */
bool world_same(const world *w, wb_practice *one, wb_practice *two);
/* One event from the table of inputs, with an id of its own; `again` may send an old one. */
void world_input(world *w);
/* An event of a row of that table; false: there are not so many. */
bool world_input_of(world *w, uint32_t row);
wb_status world_receive(world *w, const wb_input *input, wb_time now);

/* An outbox line by action id, or NULL. */
/* The key under which the patient of an action entered, which its id is made of; until the state
   changes. */
const char *world_entered(const world *w, const uint8_t id[16]);
world_entry *world_find(world *w, const uint8_t id[16]);

extern const uint8_t world_secret[16];

/* ---- between the files of a world --------------------------------------------------------------
 */

enum { WORLD_CAMPAIGNS = WORLD_DEFINITIONS - 1 };
extern const char *const world_campaigns[WORLD_DEFINITIONS][2]; /* name, JSON */

/* Calls the library until it does what it is asked; in between is what a host does when it is told
   that something failed. */
typedef wb_status (*world_call)(world *w, wb_practice *practice, void *of);
wb_status world_do(world *w, world_call call, void *of);
/* The call as the world is scarce. */
wb_status world_call_scarce(world *w, world_call call, void *of);
/* Lends a practice what is compiled already. */
void world_lend(const world *w, wb_practice *practice);
/* The present process saves what it has, dies, and another loads that. */
void world_renew(world *w);
/* Nothing fails any more; true: something did, for want of memory or of a journal. */
bool world_disarm(world *w, bool *memory, bool *journal);
/* Replays all of the journal; a torn end is cut off, as a host does. */
void world_replay(world *w, wb_practice *practice);

typedef struct world_poll {
  wb_action actions[WORLD_ACTIONS];
  uint32_t capacity, count;
} world_poll;

wb_status world_call_poll(world *w, wb_practice *practice, void *of); /* of a world_poll */
/* One poll and what becomes of what it hands out; the number. `calm`: all is sent and answered. */
uint32_t world_work(world *w, uint32_t capacity, bool calm);
void world_answer(world *w, world_entry *entry);
void world_enroll(world *w);
/* A receipt of something that was handed out; another version of a campaign, people
   who go over to it; a seal; a backup, and its return. */
void world_receipt(world *w);
void world_campaign(world *w);
void world_migrate(world *w);
void world_seal(world *w);
void world_backup(world *w);
void world_restore(world *w);
/* The number of a patient of the world; WORLD_PATIENTS: of "zz", of whom nobody ever heard. */
uint32_t world_number(const char *patient);
const char *world_key(uint32_t patient);
/* One patient is another, or is none but themselves again: so is whoever stands for them. */
void world_join(world *w, uint32_t from, uint32_t into);
void world_part(world *w, uint32_t patient);
/* What is saved is loaded as the same, and kept as the snapshot. */
void world_round(world *w);
wb_date world_today(const world *w);

#endif
