/* SPDX-License-Identifier: MIT */
/*
 * What happens outside comes in by one door. Every event is one record with all that follows from
 * it; an event id that was seen in the last 90 days changes nothing. What follows from a kind is in
 * the file of its family.
 */
#include "outreach/receive_private.h"

/* What an event of a kind must say. */
enum {
  RECEIVE_WHO = 1, /* a contact point or a patient */
  RECEIVE_PATIENT = 2,
  RECEIVE_CONTACT = 4,
  RECEIVE_ACTION = 8,
  RECEIVE_CAMPAIGN = 16,
  RECEIVE_REPLY = 32, /* a text or an intent */
  RECEIVE_VISIT = 64,
  RECEIVE_OTHER = 128, /* a second key of a patient */
  RECEIVE_OTHER_CONTACT = 256,
  RECEIVE_LOCATION = 512,
  RECEIVE_WHOSE = 1024, /* a patient, or the action whose link they used */
  RECEIVE_APPROVER = 2048,
  RECEIVE_NAME = 4096
};

/* A kind of event. */
typedef struct receive_kind {
  wb_status (*plan)(const wbi_receive *event); /* plans what follows, in the open record */
  uint32_t needs;
} receive_kind;

static const receive_kind receive_kinds[] = {
    [WB_INPUT_REPLY] = {wbi_receive_reply, RECEIVE_WHO | RECEIVE_REPLY},
    [WB_INPUT_CLICK] = {wbi_receive_click, RECEIVE_WHOSE},
    [WB_INPUT_BOOKED] = {wbi_receive_booked, RECEIVE_WHOSE},
    [WB_INPUT_KEPT] = {wbi_receive_kept, RECEIVE_PATIENT},
    [WB_INPUT_OPTED_OUT] = {wbi_receive_out, RECEIVE_WHO},
    [WB_INPUT_OPTED_IN] = {wbi_receive_in, RECEIVE_WHO},
    [WB_INPUT_TASK_DONE] = {wbi_receive_task_done, RECEIVE_ACTION},
    [WB_INPUT_LAUNCH] = {wbi_receive_launch, RECEIVE_CAMPAIGN | RECEIVE_APPROVER},
    [WB_INPUT_PAUSE] = {wbi_receive_pause, 0},
    [WB_INPUT_RESUME] = {wbi_receive_resume, 0},
    [WB_INPUT_CANCELLED] = {wbi_receive_cancelled, RECEIVE_PATIENT},
    [WB_INPUT_BROKEN] = {wbi_receive_broken, RECEIVE_PATIENT},
    [WB_INPUT_SLOT_OPENED] = {wbi_receive_slot_opened, RECEIVE_VISIT},
    [WB_INPUT_CAPACITY] = {wbi_receive_capacity, RECEIVE_NAME},
    [WB_INPUT_CONTACTED] = {wbi_receive_contacted, RECEIVE_PATIENT},
    [WB_INPUT_RESTORED_READY] = {wbi_receive_restored, 0},
    [WB_INPUT_DELIVERED] = {wbi_receive_delivered, RECEIVE_ACTION},
    [WB_INPUT_UNDELIVERED] = {wbi_receive_undelivered, RECEIVE_ACTION},
    [WB_INPUT_SLOT_CLOSED] = {wbi_receive_slot_closed, RECEIVE_VISIT},
    [WB_INPUT_WITHDRAW] = {wbi_receive_withdraw, RECEIVE_CAMPAIGN | RECEIVE_NAME},
    [WB_INPUT_CONSENT] = {wbi_receive_agreed, RECEIVE_PATIENT | RECEIVE_CONTACT},
    [WB_INPUT_NUMBER_CHECKED] = {wbi_receive_checked, RECEIVE_CONTACT},
    [WB_INPUT_CONTACT_CHANGED] = {wbi_receive_changed,
                                  RECEIVE_PATIENT | RECEIVE_CONTACT | RECEIVE_OTHER_CONTACT},
    [WB_INPUT_MERGED] = {wbi_receive_merged, RECEIVE_PATIENT | RECEIVE_OTHER},
    [WB_INPUT_MOVED] = {wbi_receive_moved, RECEIVE_PATIENT | RECEIVE_LOCATION},
    [WB_INPUT_LEFT] = {wbi_receive_left, RECEIVE_PATIENT},
    [WB_INPUT_DECEASED] = {wbi_receive_deceased, RECEIVE_PATIENT},
    [WB_INPUT_FORGET] = {wbi_receive_forget, RECEIVE_PATIENT},
    [WB_INPUT_STOP] = {wbi_receive_stop, RECEIVE_CAMPAIGN | RECEIVE_APPROVER},
    [WB_INPUT_SETTING] = {wbi_receive_setting, RECEIVE_NAME | RECEIVE_APPROVER},
};

/* The kind of an event; NULL: there is none of that number. */
static const receive_kind *receive_find(int32_t kind) {
  if (kind < 0 || (size_t)kind >= WBI_COUNT(receive_kinds)) return NULL;
  return receive_kinds[kind].plan != NULL ? &receive_kinds[kind] : NULL;
}

wb_status wbi_receive_add(const wbi_receive *event, wbi_effect effect) {
  return wbi_plan_add(&event->practice->plan, &effect);
}

/* Whether the event was taken already. */
static bool receive_known(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  if (wbi_bytes16_empty(&event->id)) return false; /* same: none is kept */
  const uint32_t found = wbi_table_find(&state->seen, &event->id);
  if (found == WBI_NONE) return false;
  const wb_time since = ((const wbi_seen *)wbi_table_at(&state->seen, found))->at;
  return event->now - since <= (wb_time)WB_MEMORY_DAYS * WBI_DAY &&
         !wbi_state_forgotten(state, since);
}

/* Why nobody is meant by the event. */
static const char *receive_nobody(const wbi_receive *event) {
  const int32_t kind = event->input.kind;
  if (kind == WB_INPUT_REPLY && event->patient.length == 0)
    return "No message ever went to this number or address, so nobody knows whose it is: read "
           "the reply yourself.";
  if (kind == WB_INPUT_TASK_DONE) return "No task has this id.";
  if (event->input.action != NULL && event->patient.length == 0) return "No action has this id.";
  if (event->campaign.length > 0) return "No campaign of this name was ever added.";
  if (event->patient.length > 0)
    return "No campaign ever had a patient of this key: patients are known from their first one "
           "on.";
  return "Nothing of that name was ever heard of.";
}

/* What is noted of an event that nobody could be found for, or that contradicts; kind 0: nothing.
   A key that nobody has may be a name or a number: it stays out of the journal. */
static wbi_effect receive_noted(const wbi_receive *event, wb_status status) {
  const int32_t kind = event->input.kind;
  const bool receipt = kind == WB_INPUT_DELIVERED || kind == WB_INPUT_UNDELIVERED;
  wbi_effect note = {.kind = WBI_EFFECT_NOTE,
                     .id = event->has_contact ? event->contact : event->id};
  if (receipt && (status == WB_E_NAME || status == WB_E_STATE)) {
    memcpy(&note.id, event->input.action, sizeof note.id);
    note.code = status == WB_E_NAME ? WBI_NOTE_UNKNOWN_ACTION : WBI_NOTE_CONTRADICTION;
    note.action = kind == WB_INPUT_DELIVERED ? WB_ACTION_DELIVERED : WB_ACTION_UNDELIVERED;
    return note;
  }
  note.code = WBI_NOTE_UNKNOWN_PERSON;
  if (kind != WB_INPUT_REPLY || status != WB_E_NAME) note.kind = 0;
  return note;
}

/* Why an event was refused; what its family said already stands. */
static wb_status receive_fail(const wbi_receive *event, wb_status refusal) {
  const wbi_effect note = receive_noted(event, refusal);
  const wb_status status =
      note.kind != 0 ? wbi_practice_note(event->practice, WBI_BY_RECEIVE, &note, refusal) : refusal;
  wb_error *error = event->error;
  if (error != NULL && error->status == status) return status;
  if (status == WB_E_NAME) return wbi_fail(error, status, receive_nobody(event));
  if (note.code == WBI_NOTE_CONTRADICTION)
    return wbi_fail(error, status, "It contradicts what is known of the message.");
  return wbi_fail(error, status, "The event could not be noted.");
}

/* Finds who is meant: the patient named, else whose link was used, or who was written to last at
   the contact point. */
static void receive_whom(wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  const uint32_t needs = receive_kinds[event->input.kind].needs;
  event->person = WBI_NONE;
  if (event->patient.length > 0) {
    event->person = wbi_state_person(state, event->patient);
  } else if ((needs & RECEIVE_WHOSE) != 0) {
    event->person = wbi_receive_asked_whom(event);
    if (event->person != WBI_NONE) event->patient = wbi_keys_text(&state->patients, event->person);
  } else if (event->has_contact) {
    event->person = wbi_receive_person(state, &event->contact);
  }
}

/* Refuses the link of another patient's message: the host mixed two people up. */
static wb_status receive_agree(const wbi_receive *event) {
  bool other = false;
  if ((receive_kinds[event->input.kind].needs & RECEIVE_WHOSE) == 0) return WB_OK;
  const wb_status status = wbi_receive_asked_other(event, &other);
  if (status != WB_OK) return wbi_fail(event->error, status, "There is no memory for a campaign.");
  if (!other) return WB_OK;
  return wbi_fail(event->error, WB_E_INVALID, "The action is another patient's.");
}

/* Plans and commits the event. */
static wb_status receive_run(wbi_receive *event) {
  wb_practice *practice = event->practice;
  if (receive_known(event)) return WB_OK;
  receive_whom(event);
  if (event->error != NULL) event->error->status = WB_OK;
  wb_status status = receive_agree(event);
  if (status != WB_OK) return status;
  status = wbi_plan_open(&practice->plan, &practice->state, WBI_BY_RECEIVE);
  if (status == WB_OK && event->input.kind == WB_INPUT_REPLY) status = wbi_receive_answered(event);
  if (status == WB_OK) status = receive_kinds[event->input.kind].plan(event);
  const wbi_effect seen = {.kind = WBI_EFFECT_SEEN, .id = event->id};
  if (status == WB_OK && !wbi_bytes16_empty(&event->id)) status = wbi_receive_add(event, seen);
  if (status != WB_OK) return receive_fail(event, status);
  wbi_plan_close(&practice->plan);
  /* What is not mixed into a digest yet stands in snapshots: nothing of the key is left there. */
  if (event->input.kind == WB_INPUT_FORGET)
    status = wbi_plan_sync(&practice->plan, &practice->state);
  if (status != WB_OK) return receive_fail(event, status);
  return wbi_practice_commit(practice, event->error);
}

/* Whether a text of the input has the length it says, and is no longer than a key may be. */
static bool receive_key(const char *data, uint32_t length) {
  return length <= WB_KEY_MAX && (data != NULL || length == 0);
}

/* Whether all keys of the input are keys. */
static bool receive_keys(const wb_input *input) {
  return receive_key(input->patient, input->patient_length) &&
         receive_key(input->campaign, input->campaign_length) &&
         receive_key(input->location, input->location_length) &&
         receive_key(input->approver, input->approver_length) &&
         receive_key(input->other, input->other_length) &&
         receive_key(input->visit, input->visit_length) &&
         receive_key(input->name, input->name_length) &&
         receive_key(input->source, input->source_length);
}

/* Whether there is such a kind, and the members that it needs are there. */
static wb_status receive_complete(const wbi_receive *event) {
  const wb_input *input = &event->input;
  const receive_kind *kind = receive_find(input->kind);
  if (kind == NULL) return wbi_fail(event->error, WB_E_INVALID, "The event is of no kind.");
  const bool reply =
      (input->text != NULL || input->text_length == 0) && wb_intent_name(input->intent) != NULL;
  const struct {
    bool there;
    uint32_t bit;
    const char *name;
  } members[] = {{event->has_contact || event->patient.length > 0, RECEIVE_WHO, "patient"},
                 {event->patient.length > 0, RECEIVE_PATIENT, "patient"},
                 {event->patient.length > 0 || input->action != NULL, RECEIVE_WHOSE, "patient"},
                 {event->has_contact, RECEIVE_CONTACT, "contact"},
                 {input->action != NULL, RECEIVE_ACTION, "action"},
                 {event->campaign.length > 0, RECEIVE_CAMPAIGN, "campaign"},
                 {event->visit.length > 0, RECEIVE_VISIT, "visit"},
                 {reply, RECEIVE_REPLY, "text"},
                 {input->other_length > 0, RECEIVE_OTHER, "other"},
                 {input->other_contact != NULL, RECEIVE_OTHER_CONTACT, "other_contact"},
                 {event->location.length > 0, RECEIVE_LOCATION, "location"},
                 {input->approver_length > 0, RECEIVE_APPROVER, "approver"},
                 {input->name_length > 0, RECEIVE_NAME, "name"}};
  for (size_t i = 0; i < WBI_COUNT(members); i++)
    if ((kind->needs & members[i].bit) != 0 && !members[i].there)
      return wbi_fail_path(event->error, WB_E_INVALID, wbi_text_of(members[i].name),
                           "The event lacks what its kind needs.");
  return WB_OK;
}

/* Reads the host's struct. */
static wb_status receive_read(wbi_receive *event, const wb_input *given) {
  wb_input *input = &event->input;
  const wb_status status =
      wbi_struct_read(given, sizeof *input, input, sizeof *input, 0, event->error);
  if (status != WB_OK) return status;
  if (!receive_keys(input))
    return wbi_fail(event->error, WB_E_INVALID, "A key of the event is missing or too long.");
  event->patient = (wbi_text){input->patient, input->patient_length};
  event->campaign = (wbi_text){input->campaign, input->campaign_length};
  event->location = (wbi_text){input->location, input->location_length};
  event->visit = (wbi_text){input->visit, input->visit_length};
  event->has_contact = input->contact != NULL;
  if (event->has_contact) memcpy(&event->contact, input->contact, sizeof event->contact);
  memcpy(&event->id, input->event_id, sizeof event->id);
  return receive_complete(event);
}

wb_status WB_CALL wb_practice_receive(wb_practice *practice, const wb_input *input, wb_time now,
                                      wb_error *error) {
  wbi_receive event = {.practice = practice, .now = now, .error = error};
  wb_status status = receive_read(&event, input);
  if (status == WB_OK) status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  status = receive_run(&event);
  wbi_practice_leave(practice);
  return status;
}
