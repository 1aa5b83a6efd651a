/* SPDX-License-Identifier: MIT */
/* What a practice sets: its document, and how that goes into a campaign; private to lib/outreach.
 */
#ifndef WBI_OUTREACH_SETTINGS_H
#define WBI_OUTREACH_SETTINGS_H

#include "data/data.h"
#include "outreach/outreach.h"

/* The playbook of a name; NULL: none ships. */
const wbi_data_file *wbi_playbook_find(wbi_text name);
/* A document against a JSON Schema, whose patterns are compiled in the arena. */
wb_status wbi_json_schema_test(wbi_arena *arena, const wbi_json *schema, const wbi_json *root,
                               wb_error *error);
/* Parses settings and checks all of them that does not depend on a campaign. */
wb_status wbi_settings_read(wbi_arena *arena, wbi_text text, wbi_json **root, wb_error *error);

/* Puts into a definition what it says of its parameters, or what settings say of them (NULL: there
   are none), and own wording and members. Errors of the settings are where they stand in them. Both
   trees are used up, and live as long as the arena. */
wb_status wbi_parameters_apply(wbi_arena *arena, wbi_json *definition, wbi_json *settings,
                               wb_error *error);
/* Puts those of the texts that ship for all campaigns into a definition that it names and has
   none of. */
wb_status wbi_shared_texts(wbi_arena *arena, wbi_json *definition, wb_error *error);
/* Seasons: whether they are, and as a rule. */
wb_status wbi_season_check(const wbi_json *season, wb_error *error);
void wbi_season_put(wbi_writer *writer, const wbi_json *season);

#endif
