/* SPDX-License-Identifier: MIT */
/* One event from outside, for the files that say what follows from it. */
#ifndef WBI_RECEIVE_PRIVATE_H
#define WBI_RECEIVE_PRIVATE_H

#include "outreach/practice_private.h"

/* One event and what it is about. */
typedef struct wbi_receive {
  wb_practice *practice;
  wb_input input;
  wb_error *error; /* for what a family says itself */
  wbi_text patient, campaign, location, visit;
  wbi_bytes16 id, contact;
  uint32_t person; /* number of the patient, or WBI_NONE: never heard of */
  uint32_t spared; /* 1 + number of the enrolment that an opt-out leaves alone, or 0 */
  bool has_contact;
  wb_time now;
} wbi_receive;

/* Adds an effect to the open record. */
wb_status wbi_receive_add(const wbi_receive *event, wbi_effect effect);
/* Whether an action was handed out after another (NULL: none); of one instant what is about a visit
   or an opening counts as the later, then the smaller id. */
bool wbi_receive_later(const wbi_state *state, const wbi_action *action, const wbi_action *last);
/* The first action to a contact point, newest linked first; WBI_NONE. */
uint32_t wbi_receive_first_action(const wbi_state *state, const wbi_bytes16 *contact);
/* The patient who was contacted last at a contact point. */
uint32_t wbi_receive_person(const wbi_state *state, const wbi_bytes16 *contact);

/* An opt-out or opt-in by contact point, or by patient: then by every number they were texted on.
   Visits that were asked about there are on the desk's list Now. */
wb_status wbi_receive_consent(const wbi_receive *event, bool out);
/* Whether what an opt-out would close is closed already. */
bool wbi_receive_closed_before(const wbi_receive *event);
/* The flags of a contact point become others; what is so already needs no effect. */
wb_status wbi_receive_flags(const wbi_receive *event, const wbi_bytes16 *contact, uint8_t flags);
/* Closes the contact point of the event, else every number that the patient was texted on. */
wb_status wbi_receive_closed(const wbi_receive *event);
/* A patient responded, with a sign of interest (enum wb_signal): in every campaign that they are
 *in. some: there is a call for it, or will be. */
wb_status wbi_receive_response(const wbi_receive *event, wbi_text name, uint8_t sign, bool *some);
/* A call to the patient is on the list: it counts for more. */
wb_status wbi_receive_raise(const wbi_receive *event, uint8_t sign, bool *raised);
/* Of the calls to the patient and another, who are one, one stays and counts for all. */
wb_status wbi_receive_one_call(const wbi_receive *event, uint32_t into);
/* Something happened (a bit of WBI_AWAIT_…) that steps of the patient's sequences may await; what
   happened to a visit not in those about another. */
wb_status wbi_receive_event(const wbi_receive *event, uint8_t what);
/* One sequence is over, if it was not. */
wb_status wbi_receive_end_one(const wbi_receive *event, uint32_t number, wbi_text reason);
/* The same, unless its step awaits just this (a bit of WBI_AWAIT_…, or 0). */
wb_status wbi_receive_end_unless(const wbi_receive *event, uint32_t number, wbi_text reason,
                                 uint8_t unless);
/* Every sequence about the patient itself is over, or that follows up on a visit; not what is said
   of a visit to come or in answer, nor one whose step awaits just this (a bit, or 0). */
wb_status wbi_receive_leave(const wbi_receive *event, wbi_text reason, uint8_t unless);
/* So, and every call of outreach as well. */
wb_status wbi_receive_end(const wbi_receive *event, wbi_text reason, uint8_t unless);
/* The id of what follows from the event: its own. What follows besides has another, by what it is
   about; of an event without an id they are made of its place in the journal: two alike are two. */
wbi_bytes16 wbi_receive_id(const wbi_receive *event, wbi_text more);
/* The location of the patient, as of some enrolment. */
wbi_text wbi_receive_location(const wbi_receive *event);
/* Answers to a patient who is known: that the texts end, if they did, and one of another name, or
   NULL. */
wb_status wbi_receive_notices(const wbi_receive *event, bool stopped, const char *name);
/* Puts something on one of the desk's lists. */
wb_status wbi_receive_task(const wbi_receive *event, uint8_t list, wbi_text reason);
wb_status wbi_receive_inbox(const wbi_receive *event, wbi_text reason);
/* The same beside another task of the event; and about the subject of an enrolment. */
wb_status wbi_receive_task_more(const wbi_receive *event, uint8_t list, wbi_text reason,
                                wbi_text more);
wb_status wbi_receive_about(const wbi_receive *event, uint32_t number, uint8_t list,
                            wbi_text reason);

/* Somebody takes what an enrolment asked them, or does not. */
wb_status wbi_receive_accept(const wbi_receive *event, uint32_t number);
wb_status wbi_receive_decline(const wbi_receive *event, uint32_t number);
/* What the patient accepted, and is not booked, is given back. */
wb_status wbi_receive_opening_back(const wbi_receive *event);
/* Whether a reply answers the question whether a visit stands, and what follows from one that does.
 */
bool wbi_receive_confirms(const wbi_receive *event, uint32_t number, int32_t intent);
wb_status wbi_receive_confirm(const wbi_receive *event, uint32_t number, int32_t intent);
/* A visit was kept or cancelled: nothing more is asked about it, or to be done, unless a step
   awaits just this. */
wb_status wbi_receive_visit_over(const wbi_receive *event, wbi_text reason, uint8_t unless);
/* A reply that gives or takes back consent to detail; *taken: it does. It is given only in answer
   to a text that asks for it. */
wb_status wbi_receive_detail(const wbi_receive *event, int32_t intent, bool *taken);
/* A reply that answers what was asked about a visit or opening, a click that accepts an opening;
 *taken: it does. */
wb_status wbi_receive_asked_reply(const wbi_receive *event, int32_t intent, bool *taken);
wb_status wbi_receive_asked_click(const wbi_receive *event, bool *taken);
/* Whose the action of the event is; WBI_NONE: none that is remembered. */
uint32_t wbi_receive_asked_whom(const wbi_receive *event);
/* Whether it is another's than the patient's who is meant; what went to a household is everybody's
   in it. */
wb_status wbi_receive_asked_other(const wbi_receive *event, bool *other);
/* Chair time of the campaigns that a visit ends is booked. */
wb_status wbi_receive_promised(const wbi_receive *event);
/* The opening that was booked is taken (*taken: set if it was one); a visit that was cancelled may
 * be one.
 */
wb_status wbi_receive_opening_booked(const wbi_receive *event, bool *taken);
wb_status wbi_receive_opening_freed(const wbi_receive *event);

/* Counts a visit for the message that brought it, or no longer: WBI_VISIT_BOOKED… */
wb_status wbi_receive_credit(const wbi_receive *event, int32_t stands);
/* A number answered: it is somebody's still. */
wb_status wbi_receive_answered(const wbi_receive *event);
/* A patient who left is back. */
wb_status wbi_receive_back(const wbi_receive *event);
/* Something is known of the patient besides, or not any more: WBI_PATIENT_LEFT… */
wb_status wbi_receive_know(const wbi_receive *event, uint8_t set, uint8_t clear);

/* What follows from an event of a kind: plans effects in the open record. */
wb_status wbi_receive_reply(const wbi_receive *event);
wb_status wbi_receive_click(const wbi_receive *event);
wb_status wbi_receive_booked(const wbi_receive *event);
wb_status wbi_receive_kept(const wbi_receive *event);
wb_status wbi_receive_out(const wbi_receive *event);
wb_status wbi_receive_in(const wbi_receive *event);
wb_status wbi_receive_task_done(const wbi_receive *event);
wb_status wbi_receive_launch(const wbi_receive *event);
wb_status wbi_receive_pause(const wbi_receive *event);
wb_status wbi_receive_resume(const wbi_receive *event);
wb_status wbi_receive_withdraw(const wbi_receive *event);
wb_status wbi_receive_stop(const wbi_receive *event);
wb_status wbi_receive_slot_opened(const wbi_receive *event);
wb_status wbi_receive_slot_closed(const wbi_receive *event);
wb_status wbi_receive_capacity(const wbi_receive *event);
wb_status wbi_receive_contacted(const wbi_receive *event);
wb_status wbi_receive_restored(const wbi_receive *event);
wb_status wbi_receive_delivered(const wbi_receive *event);
wb_status wbi_receive_undelivered(const wbi_receive *event);
wb_status wbi_receive_cancelled(const wbi_receive *event);
wb_status wbi_receive_agreed(const wbi_receive *event);
wb_status wbi_receive_checked(const wbi_receive *event);
wb_status wbi_receive_changed(const wbi_receive *event);
wb_status wbi_receive_merged(const wbi_receive *event);
wb_status wbi_receive_moved(const wbi_receive *event);
wb_status wbi_receive_left(const wbi_receive *event);
wb_status wbi_receive_deceased(const wbi_receive *event);
wb_status wbi_receive_forget(const wbi_receive *event);
wb_status wbi_receive_setting(const wbi_receive *event);
wb_status wbi_receive_broken(const wbi_receive *event);

#endif
