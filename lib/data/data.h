/* SPDX-License-Identifier: MIT */
/*
 * Law and convention as data: every file of a folder below this one, embedded at build time by
 * embed.py. A leaf: any folder may include it. A table ends with an entry whose name is NULL, and
 * each text is followed by a zero byte that its length does not count.
 */
#ifndef WBI_DATA_H
#define WBI_DATA_H

#include <stddef.h>
#include <stdint.h>

#include "data/lexicon.h"
#include "data/procedures.h"
#include "data/words.h"

/* One embedded file: its name without the ending, and its bytes. */
typedef struct wbi_data_file {
  const char *name;
  const char *text;
  size_t length;
} wbi_data_file;

/* The age of majority in a country ("US") or a region of its own rule ("US-AL"): the rules of that
   kind of the packs in law/, made into a table at build time by majority.py. */
typedef struct wbi_data_age {
  const char *region;
  int32_t years;
} wbi_data_age;

extern const wbi_data_age wbi_data_majority[];

/* A window of hours: weekdays as bits, Sunday the lowest, and seconds of the day. */
typedef struct wbi_data_window {
  uint32_t weekdays;
  int32_t from, to;
} wbi_data_window;

/* The hours of outreach of a practice that gives none of its own; ends with no weekdays. Made from
   outreach/hours.csv by hours.py. */
extern const wbi_data_window wbi_data_hours[];

extern const wbi_data_file wbi_data_desk[];
extern const size_t wbi_data_desk_count;

extern const wbi_data_file wbi_data_law[];
extern const size_t wbi_data_law_count;

extern const wbi_data_file wbi_data_links[];
extern const size_t wbi_data_links_count;

extern const wbi_data_file wbi_data_notices[];
extern const size_t wbi_data_notices_count;

extern const wbi_data_file wbi_data_playbooks[];
extern const size_t wbi_data_playbooks_count;

extern const wbi_data_file wbi_data_policies[];
extern const size_t wbi_data_policies_count;

extern const wbi_data_file wbi_data_schema[];
extern const size_t wbi_data_schema_count;

extern const wbi_data_file wbi_data_texts[];
extern const size_t wbi_data_texts_count;

extern const wbi_data_file wbi_data_zones[];
extern const size_t wbi_data_zones_count;

#endif
