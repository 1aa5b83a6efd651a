/* SPDX-License-Identifier: MIT */
/* What the conformance program's sets share. */
#ifndef CONFORMANCE_H
#define CONFORMANCE_H

#include <stdio.h>

#include "base/base.h"

/* What became of a case. */
enum outcome { CASE_PASSED, CASE_FAILED, CASE_SKIPPED };

typedef struct tally {
  unsigned passed, failed, skipped;
} tally;

/* Counts a case and prints what is to be said of one that does not hold or is skipped. */
void tally_add(tally *counts, enum outcome outcome, wbi_text id, const char *why);

/* Runs a set read from its file. */
void conformance_attack(const wbi_json *root, tally *counts);
void conformance_cel(const wbi_json *root, tally *counts);
void conformance_liquid(const wbi_json *root, tally *counts);
void conformance_html(const wbi_json *root, tally *counts);
void conformance_replies(wbi_text rows, tally *counts);
void conformance_sms(const wbi_json *root, tally *counts);

#endif
