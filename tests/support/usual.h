/* SPDX-License-Identifier: MIT */
/*
 * What a poll hands out when nothing is absent of what it reads; and that, when something is,
 * nobody is written to who may not be.
 *
 *   usual u = {.people = people, .child = "p2", .guardian = "p0"};
 *   usual_keep(&u, &c);       of the last poll of a clinic
 *   ...                       back to before it; something is absent; the poll again
 *   usual_assert(&u, &c);
 */
#ifndef USUAL_H
#define USUAL_H

#include "support/clinic.h"

typedef struct usual_message {
  uint8_t id[16];
  char patient[8], to[40], text[400];
} usual_message;

typedef struct usual {
  const char *people; /* the table `patients`: a line each, which begins with key, status, name */
  const char *child, *guardian; /* who is written to at whose address */
  usual_message messages[CLINIC_ACTIONS];
  uint32_t count;
  char written[200]; /* keys of those who were written to by now, a space after each */
} usual;

void usual_keep(usual *u, const clinic *c);
/* The same message of the usual poll, or NULL. */
const usual_message *usual_same(const usual *u, const wb_action *action);
/*
 * Ends the test unless each message of the last poll goes to an address in the record of its
 * patient, or of the guardian, and names nobody else; no patient gets two; and nobody is written to
 * who usually is not by then, but in the place of somebody with whom they share the address.
 */
void usual_assert(const usual *u, const clinic *c);

#endif
