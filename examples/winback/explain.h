/* SPDX-License-Identifier: MIT */
/* What the files of winback explain share. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "cli.h"

/* Who is explained. */
typedef struct explain_subject {
  const cli_options *options;
  cli_world *world;
  const cli_store *store;
  const char *patient;
  uint64_t row;
  bool json;
} explain_subject;

/* What a campaign is about besides the patient. */
typedef enum explain_about { ABOUT_PATIENT, ABOUT_VISIT, ABOUT_OPENING } explain_about;

/* What is said of one campaign. */
typedef struct explain_found {
  const wb_match *match;
  const cli_reach *reach;
  const char *name; /* of a segment, an exclusion, an exit or a field */
  explain_about about;
} explain_found;

/* Where a patient stands, for people (explain_words.c). */
int cli_explain_record(const explain_subject *subject);
/* Whether a campaign is for the patient, in sentences. */
void cli_explain_says(FILE *out, const explain_found *found);
/* The fields that decide, in words: the library's explanation, and what was missing. */
void cli_explain_fields(const explain_subject *subject, const cli_json *explanation,
                        const wb_verdict *verdict);

#endif
