/* SPDX-License-Identifier: MIT */
/* What the functions that read a journal for people share. */
#ifndef WBI_JOURNAL_PRIVATE_H
#define WBI_JOURNAL_PRIVATE_H

#include "outreach/outreach.h"

/* ---- effects one after the other ------------------------------------------------------------ */

/* Where a walk over the effects of a journal stands. */
typedef struct wbi_pages {
  const void *bytes;
  size_t length;
  uint64_t offset;  /* of the next record */
  wb_record record; /* of the last effect */
  wbi_reader reader;
  uint32_t left; /* effects of the record */
} wbi_pages;

void wbi_pages_open(wbi_pages *pages, const void *bytes, size_t length);
/* WB_E_NAME: there are no more. Errors as wb_journal_next. */
wb_status wbi_pages_next(wbi_pages *pages, wbi_effect *effect);

/* ---- words ---------------------------------------------------------------------------------- */

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
void wbi_object_word(wbi_object *object, const char *name, const char *word);
/* Text, or {"hex":…} where it is none. */
void wbi_object_key(wbi_object *object, const char *name, wbi_text key);
void wbi_object_hex(wbi_object *object, const char *name, const void *bytes, size_t count);
/* In UTC; null for none. */
void wbi_object_time(wbi_object *object, const char *name, wb_time at);
void wbi_object_day(wbi_object *object, const char *name, wb_date day);

#endif
