/* SPDX-License-Identifier: MIT */
/* Openings as outreach sees them: the subjects of the enrolments of those who are asked. */
#ifndef WBI_SLOT_H
#define WBI_SLOT_H

#include "outreach/practice_private.h"
#include "outreach/wave.h"

/* Three times in a row: how far a time that came free because of another is offered on. */
#define WBI_SLOT_DEPTH_MOST 3u

/* The subject of those who are asked: the opening's key and its generation. */
typedef struct wbi_slot_subject {
  char bytes[WB_KEY_MAX];
  wbi_text text;
} wbi_slot_subject;

void wbi_slot_name(wbi_slot_subject *subject, wbi_text key, uint32_t generation);
/* The opening that an enrolment asks for, of whatever generation; WBI_NONE. *current: of this one.
 */
uint32_t wbi_slot_of(const wbi_state *state, const wbi_enrollment *enrollment, bool *current);
/* What an enrolment or a task of a campaign (NULL: of one that is not known) is about, as the host
   calls it: of an opening its key, without the generation. */
wbi_text wbi_slot_shown(const wbi_state *state, const wb_campaign *campaign, wbi_text subject);
/* An effect that changes the present generation of an opening, which nobody has from then on. */
wbi_effect wbi_slot_set(const wbi_state *state, const wbi_opening *opening, uint8_t to,
                        wb_time until);
/* The opening (its place) that a task asks to book; WBI_NONE: none. */
uint32_t wbi_slot_task(const wbi_state *state, const wbi_open_task *task);
/* Makes an effect, which says who, a call to somebody who accepted what is gone. */
void wbi_slot_gone(const wb_practice *practice, wbi_effect *effect, wb_time now);
/* Plans taking the task of booking an opening (by its place) off the desk, in the open record; who
   accepted it is called, unless it is `but`, or it has begun. */
wb_status wbi_slot_done(wb_practice *practice, uint32_t place, uint32_t but, wb_time now);
/* Lends the visit or opening of an enrolment to the facts; what is not known is null. */
void wbi_slot_lend(const wbi_state *state, const wbi_opening *opening, wb_value *lent);

/* Lends what the campaign of a turn is about to its facts, until the turn is over. */
wb_status wbi_slot_begin(wbi_turn *turn, wb_error *error);
/* Ends the turn of somebody who is asked for an opening that is gone. */
wb_status wbi_slot_turn(wbi_turn *turn);

/* Plans, in the open record, that the next waves come as soon as those of the last had their time
   to answer: a pause is over that may have been why nobody was asked. */
wb_status wbi_slot_resume(wb_practice *practice, wb_time now);
/* Looks at the openings that are due: releases, expires, asks the next wave. What it plans is
   committed. */
wb_status wbi_slot_poll(wb_practice *practice, wb_facts *facts, wb_time now, wb_error *error);

#endif
