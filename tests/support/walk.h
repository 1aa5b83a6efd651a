/* SPDX-License-Identifier: MIT */
/*
 * A campaign "c" of steps that a test writes, and one patient who walks them. Whoever is due may
 * get eight messages a day, and clocks may jump.
 *
 *   walk_begin(&it, "", "{\"id\":\"a\",\"send\":[\"a\"]}," WALK_END, WALK_SMS("a", "Hello"));
 *   walk_said(&it)                 "a": the step that something went out by
 *   walk_later(&it, CLINIC_DAY)    ... walk_reason(&it): why it is over, or ""
 */
#ifndef WALK_H
#define WALK_H

#include "support/clinic.h"

#define WALK_SMS(name, says)                                                                       \
  "\"" name "\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} " says           \
  " {{ location.booking_url }} Reply STOP to opt out.\"}}"
#define WALK_NOTE "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}"
#define WALK_END "{\"id\":\"end\",\"exit\":true}"

/* Makes a definition of it known, of steps and texts and with more members, and launches it. */
void walk_launch(clinic *c, const char *more, const char *steps, const char *texts);
/* Opens a clinic with CLINIC_ANA inside one. */
void walk_begin(clinic *c, const char *more, const char *steps, const char *texts);
/* Polls and answers sent; the step that something went out by, or "". */
const char *walk_said(clinic *c);
/* Why she is out, or "". */
const char *walk_reason(clinic *c);
/* Later, on facts of then. */
void walk_later(clinic *c, wb_time seconds);

#endif
