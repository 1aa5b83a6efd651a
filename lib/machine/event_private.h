/* SPDX-License-Identifier: MIT */
/* Effects applied, for the files of their families. An effect about something that is not there
   changes nothing; `at` is the time of its record. */
#ifndef WBI_EVENT_PRIVATE_H
#define WBI_EVENT_PRIVATE_H

#include "machine/machine.h"

/* The number of a patient, made known if need be. */
uint32_t wbi_event_patient(wbi_state *state, wbi_text key);
/* The number of a location, made known if need be. */
uint32_t wbi_event_location(wbi_state *state, wbi_text key);
/* Those who are held for a reason that may have gone are looked at next. */
void wbi_event_look(wbi_state *state, int32_t hold);
/* Counts a contact; the oldest of too many goes. */
void wbi_event_count(wbi_patient *patient, wb_time at_second);
/* A backup was restored: what may have been sent since is unknown; or the host has said all. */
void wbi_event_epoch(wbi_state *state, const wbi_effect *effect);
/* Somebody enters a campaign, and may count as admitted that day. */
void wbi_event_enroll(wbi_state *state, const wbi_effect *effect, wb_time at);
/* Somebody is held; until when is nobody's state, so the next poll looks. */
void wbi_event_hold(wbi_state *state, const wbi_effect *effect, wb_time at);
/* An action is handed out. */
void wbi_event_claim(wbi_state *state, const wbi_effect *effect, wb_time at);
/* What became of an action. */
void wbi_event_outcome(wbi_state *state, const wbi_effect *effect);
/* The sequence goes on without an action. */
void wbi_event_step(wbi_state *state, const wbi_effect *effect, wb_time at);
/* The sequence is over. */
void wbi_event_end(wbi_state *state, const wbi_effect *effect, wb_time at);
/* The patient responded: no further message, a call some time later. */
void wbi_event_response(wbi_state *state, const wbi_effect *effect, wb_time at);
/* Something happened that a step may await. */
void wbi_event_event(wbi_state *state, const wbi_effect *effect, wb_time at);
/* Somebody goes over to another definition of the campaign. */
void wbi_event_migrate(wbi_state *state, const wbi_effect *effect);
/* A text is withdrawn, or said again. */
void wbi_event_withdraw(wbi_state *state, const wbi_effect *effect);
/* Puts an enrolment where it belongs in the chain of its patient, which has their order: so what
   follows for all of them follows in one order, whatever way they came about. */
void wbi_event_chain(wbi_state *state, uint32_t number);
/* An action that was to be tried again is not. */
void wbi_event_drop(wbi_state *state, wbi_enrollment *enrollment);
/* The contact point of an id, made known if need be. */
wbi_contact_point *wbi_event_point(wbi_state *state, const wbi_bytes16 *id);
/* What is known of a contact point changes. */
void wbi_event_contact(wbi_state *state, const wbi_effect *effect, wb_time at);
/* Something may have arrived at a contact point. */
void wbi_event_texted(wbi_state *state, const wbi_bytes16 *id);
/* A number was found to be somebody's still. */
void wbi_event_number(wbi_state *state, const wbi_effect *effect, wb_time at);
/* Contact points and check value under another secret. */
void wbi_event_secret(wbi_state *state, const wbi_effect *effect);
/* A consent is given or refused; and those of one patient go to another, the stricter first. */
void wbi_event_consent(wbi_state *state, const wbi_effect *effect);
void wbi_consents_join(wbi_state *state, uint32_t from, uint32_t into);
/* What is known of a patient; another location; two that are one; a key that is forgotten. */
void wbi_event_person(wbi_state *state, const wbi_effect *effect);
void wbi_event_move(wbi_state *state, const wbi_effect *effect);
void wbi_event_merge(wbi_state *state, const wbi_effect *effect);
void wbi_event_forget(wbi_state *state, const wbi_effect *effect);
/* A task goes to its place on the desk. */
void wbi_event_task_open(wbi_state *state, const wbi_effect *effect, wb_time at);
/* What may change of a task has changed: when it is due, how often it was tried. */
void wbi_event_task_set(wbi_state *state, const wbi_effect *effect);
/* A task leaves the desk. */
void wbi_event_task_close(wbi_state *state, const wbi_effect *effect);
/* Chair time is reported, or some of it was booked. */
void wbi_event_chair(wbi_state *state, const wbi_effect *effect, wb_time at);
/* A patient is offered something; what was not sent is none. */
void wbi_event_gift(wbi_state *state, const wbi_effect *effect);
void wbi_gift_drop(wbi_state *state, const wbi_bytes16 *id);
void wbi_gifts_forget(wbi_state *state);
/* A time came free: another generation of an opening. */
void wbi_event_opening(wbi_state *state, const wbi_effect *effect, wb_time at);
/* The present generation of an opening changes. */
void wbi_event_opening_set(wbi_state *state, const wbi_effect *effect);
/* Keeps the openings that are remembered. */
void wbi_openings_forget(wbi_state *state);

/* All that came before was summed up. */
void wbi_event_seal(wbi_state *state, wb_time at);
/* A visit was booked, kept, or is off. */
void wbi_event_visit(wbi_state *state, const wbi_effect *effect);

/* What the metrics count on the way: somebody entered, a message went out, they responded. */
void wbi_metrics_moved(wbi_state *state, const wbi_enrollment *enrollment); /* to another cell */
void wbi_metrics_entered(wbi_state *state, const wbi_enrollment *enrollment, bool waited);
void wbi_metrics_sent(wbi_state *state, const wbi_action *action);
/* One that counted as sent never left. */
void wbi_metrics_unsent(wbi_state *state, const wbi_action *action);
void wbi_metrics_responded(wbi_state *state, wbi_enrollment *enrollment);
/* Drops credits that can no longer change. */
void wbi_metrics_forget(wbi_state *state);

#endif
