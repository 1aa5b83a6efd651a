/* SPDX-License-Identifier: MIT */
/* What the sections of a snapshot share. Each table has a pair that saves and loads it; a tag names
   the section in the bytes. */
#ifndef WBI_SNAPSHOT_PRIVATE_H
#define WBI_SNAPSHOT_PRIVATE_H

#include "machine/machine.h"

/* Bits of an enrolment: it was put off; its origin follows; it has no place. */
enum { WBI_SNAPSHOT_PUT_OFF = 1, WBI_SNAPSHOT_MERGED = 2, WBI_SNAPSHOT_OUTSIDE = 4 };

/* ---- saving --------------------------------------------------------------------------------- */

/* The orders that the sections are written in, and their inverses. */
typedef struct wbi_snapshot_plan {
  const wbi_state *state;
  uint32_t *patients, *locations, *actions, *contacts, *seen, *gifts,
      *credits;                                       /* numbers in order */
  uint32_t *patient_at, *location_at, *enrollment_at; /* place of a number */
  uint32_t enrollments;                               /* that are remembered */
} wbi_snapshot_plan;

/* An instant. */
void wbi_snapshot_time(wbi_writer *writer, wb_time at);
/* The count of a section is known once it is written: it is put into its place afterwards. */
void wbi_snapshot_count(wbi_writer *writer, size_t place, uint32_t count);

void wbi_consents_save(const wbi_snapshot_plan *plan, wbi_writer *writer);
void wbi_tasks_save(const wbi_snapshot_plan *plan, wbi_writer *writer);
void wbi_openings_save(const wbi_snapshot_plan *plan, wbi_writer *writer);
void wbi_withdrawn_save(const wbi_snapshot_plan *plan, wbi_writer *writer);
void wbi_chairs_save(const wbi_snapshot_plan *plan, wbi_writer *writer);
void wbi_gifts_save(const wbi_snapshot_plan *plan, wbi_writer *writer);
void wbi_metrics_save(const wbi_snapshot_plan *plan, wbi_writer *writer);
void wbi_credits_save(const wbi_snapshot_plan *plan, wbi_writer *writer);

/* ---- loading: what cannot be sets reader->failed --------------------------------------------- */

/* Whether `count` items of at least `least` bytes can be in what is left. */
bool wbi_load_fits(wbi_reader *reader, uint64_t count, size_t least);
/* The count of items of at least `least` bytes that follow; 0 when they cannot all be there. */
uint32_t wbi_load_count(wbi_reader *reader, size_t least);
/* Bytes with their length in four. */
wbi_text wbi_load_long(wbi_reader *reader);
/* A key or name. */
wbi_text wbi_load_key(wbi_reader *reader);
/* An id. */
wbi_bytes16 wbi_load_id(wbi_reader *reader);
/* An instant of our years. */
wb_time wbi_load_time(wbi_reader *reader);
/* A place below `count`. */
uint32_t wbi_load_place(wbi_reader *reader, size_t count);
/* A code from `low` to `high`. */
uint8_t wbi_load_code(wbi_reader *reader, uint8_t low, uint8_t high);
/* Whether a key comes after the last one of a table. */
void wbi_load_ascending(wbi_reader *reader, const wbi_keys *keys, wbi_text key);
/* Adds an id that must come after the last one; NULL when the bytes are no good. */
void *wbi_load_item(wbi_reader *reader, wbi_table *table);
/* Result of a section. */
wb_status wbi_load_result(const wbi_reader *reader);

wb_status wbi_practice_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_definitions_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_locations_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_patients_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_actions_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_contacts_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_seen_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_consents_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_tasks_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_openings_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_withdrawn_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_chairs_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_gifts_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_metrics_load(wbi_state *state, wbi_reader *reader);
wb_status wbi_credits_load(wbi_state *state, wbi_reader *reader);

/* ---- sections -------------------------------------------------------------------------------- */

/* A section is critical if its tag begins with a capital letter, else ancillary: a reader who does
   not know it leaves it out. */
enum { WBI_TAG = 4, WBI_TAG_ANCILLARY = 0x20, WBI_SECTIONS = 15 };

typedef struct wbi_section {
  char tag[WBI_TAG + 1];
  void (*save)(const wbi_snapshot_plan *plan, wbi_writer *writer);
  wb_status (*load)(wbi_state *state, wbi_reader *reader);
} wbi_section;

/* All that there are, in the order in which they are written. */
extern const wbi_section wbi_sections[WBI_SECTIONS];

#endif
