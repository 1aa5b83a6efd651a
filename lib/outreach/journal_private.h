/* SPDX-License-Identifier: MIT */
/* What the functions that read a journal for people share. */
#ifndef WBI_JOURNAL_PRIVATE_H
#define WBI_JOURNAL_PRIVATE_H

#include "outreach/outreach.h"

/* ---- effects one after the other ------------------------------------------------------------ */

/* Where a walk over the effects of a journal stands. */
typedef struct wbi_effects {
  const void *bytes;
  size_t length;
  uint64_t offset;  /* of the next record */
  wb_record record; /* of the last effect */
  wbi_reader reader;
  uint32_t left; /* effects of the record */
} wbi_effects;

void wbi_effects_open(wbi_effects *effects, const void *bytes, size_t length);
/* WB_E_NAME: there are no more. Errors as wb_journal_next. */
wb_status wbi_effects_next(wbi_effects *effects, wbi_effect *effect);

/* ---- words ---------------------------------------------------------------------------------- */

/* An effect as a JSON object, with number and time of its record unless that is NULL. */
void wbi_journal_effect(wbi_writer *writer, const wb_record *record, const wbi_effect *effect);
/* The word for a code by the name of its member; NULL: it is no code, or none that we know. */
const char *wbi_journal_word(const char *member, int64_t code);

/* ---- JSON ----------------------------------------------------------------------------------- */

/* An object being written. */
typedef struct wbi_object {
  wbi_writer *writer;
  bool more; /* a member was written */
} wbi_object;

wbi_object wbi_object_open(wbi_writer *writer);
void wbi_object_close(wbi_object *object);
/* The name of a member whose value follows. */
void wbi_object_name(wbi_object *object, const char *name);
void wbi_object_number(wbi_object *object, const char *name, int64_t number);
void wbi_object_truth(wbi_object *object, const char *name, bool truth);
void wbi_object_word(wbi_object *object, const char *name, const char *word);
/* Text, or {"hex":…} where it is none. */
void wbi_object_key(wbi_object *object, const char *name, wbi_text key);
void wbi_object_hex(wbi_object *object, const char *name, const void *bytes, size_t count);
/* In UTC; null for none. */
void wbi_object_time(wbi_object *object, const char *name, wb_time at);
void wbi_object_day(wbi_object *object, const char *name, wb_date day);

/* ---- who is whom ----------------------------------------------------------------------------- */

/* The merges of a journal, whose texts it lends. A vector is freed by wbi_vector_free. */
void wbi_merges_init(wbi_vector *merges, wb_context *context);
wb_status wbi_merges_read(wbi_vector *merges, const void *bytes, size_t length);
/* The key of whom a key that a record had stands for in a later one. */
wbi_text wbi_merges_stands(const wbi_vector *merges, wbi_text key, uint64_t after, uint64_t until);
/* The key of whom a key stands for at the end; one that was forgotten is somebody else's since. */
wbi_text wbi_merges_now(const wbi_vector *merges, wbi_text key);

/* ---- the story of one contact ---------------------------------------------------------------- */

/* A claim, what became of it, and what it hangs on; texts are the journal's own. */
typedef struct wbi_story {
  const wbi_vector *merges; /* of the journal */
  wbi_effect claim;
  wb_record record;   /* of the claim */
  wbi_effect outcome; /* the last of this attempt; kind 0: none yet */
  wb_time outcome_at;
  wbi_effect enroll; /* the entry; kind 0: the journal does not go back so far */
  wb_time entered_at;
  wbi_text call;              /* of a call: what its task is called */
  wbi_text campaign, content; /* empty: as above */
  uint8_t content_id[32];
  bool own[WBI_DEFINITIONS_MAX]; /* by definition: it is of this campaign */
  wb_time launched_at;
  wbi_text approver, policy;
  uint8_t contact;    /* flags of the contact point at that time */
  uint8_t person;     /* and of the patient; of a text */
  wbi_effect consent; /* what the event said that the claim stands on; kind 0: none did */
  wbi_effect setting; /* the last, and when; kind 0: none */
  wb_time set_at;
  wb_record lifted;   /* in which an opt-out was lifted last; sequence 0: none */
  wbi_bytes16 lifter; /* its event; zero: it has no id */
  wbi_text title, class_, step, text, segment;
} wbi_story;

/* The claim asked for, counted from 0; number UINT64_MAX: the last one. WB_E_NAME: there is none.
   The journal is the one whose merges were read. */
wb_status wbi_story_claim(const wbi_vector *merges, const void *bytes, size_t length,
                          const wb_entry_query *query, uint64_t number, wbi_story *story);
/* All else about a claim that was found. */
wb_status wbi_story_read(wb_context *context, const void *bytes, size_t length, wbi_story *story);
/* Its names in the definition; the arena lends them. */
wb_status wbi_story_names(wbi_arena *arena, wbi_story *story);
/* What every description of it begins with. */
void wbi_story_put(wbi_object *object, const wbi_story *story);
/* Whether an effect of a record is of the enrolment or the action of the story, or of the patient's
   becoming another. */
bool wbi_story_about(const wbi_story *story, const wbi_effect *effect, uint64_t sequence);

#endif
