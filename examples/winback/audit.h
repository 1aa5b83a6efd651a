/* SPDX-License-Identifier: MIT */
/* What the files of the audit share: the journal of a store, and how it is told. */
#ifndef AUDIT_H
#define AUDIT_H

#include "cli.h"

/* A journal that was read. */
typedef struct audit_journal {
  char *bytes;
  size_t length; /* of whole records */
  const cli_options *options;
  const wb_zone *zone;
  wb_chain chain;
} audit_journal;

/* Reads the journal of a store and checks it; whatever came of it, its bytes are to be freed. */
int audit_open(audit_journal *journal, const cli_options *options, const wb_zone *zone);
/* "2026-01-30 09:00", in UTC it says so; "not known" for none. */
const char *audit_time(const audit_journal *journal, wb_time at, char out[40]);
/* The same of an instant in JSON. */
const char *audit_when(const audit_journal *journal, const cli_json *json, const char *name,
                       char out[40]);
/* Does something with each record as text. */
int audit_each(const audit_journal *journal, void *user,
               void (*each)(const audit_journal *journal, const char *text, void *user));
/* What belongs into the record of --patient, each line after a margin; `some` goes before them if
   something was handed out, `none` stands for them when there are none (audit_record.c). */
int audit_patient(const audit_journal *journal, const char *margin, const char *some,
                  const char *none);

#endif
