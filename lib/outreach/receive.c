/* SPDX-License-Identifier: MIT */
/*
 * What happens outside comes in by one door. Every event is one record with all that follows from
 * it; an event id that was seen in the last 90 days changes nothing.
 */
#include "outreach/practice_private.h"

/* One event and what it is about. */
typedef struct receive_event {
  wb_practice *practice;
  wb_input input;
  wbi_text patient, campaign, location;
  wbi_bytes16 id, contact;
  uint32_t person; /* number of the patient, or WBI_NONE: never heard of */
  bool has_contact;
  wb_time now;
} receive_event;

/* Adds an effect to the open record. */
static wb_status receive_add(const receive_event *event, wbi_effect effect) {
  return wbi_plan_add(&event->practice->plan, &effect);
}

/* The first action to a contact point, newest linked first; WBI_NONE. */
static uint32_t receive_first_action(const wbi_state *state, const wbi_bytes16 *contact) {
  const uint32_t found = wbi_table_find(&state->contacts, contact);
  if (found == WBI_NONE) return WBI_NONE;
  return ((const wbi_contact_point *)wbi_table_at(&state->contacts, found))->actions;
}

/* The patient who was contacted last at a contact point; ties go to the smaller action id. */
static uint32_t receive_person(const wbi_state *state, const wbi_bytes16 *contact) {
  uint32_t best = WBI_NONE;
  uint32_t at = receive_first_action(state, contact);
  for (; at != WBI_NONE; at = wbi_state_action(state, at)->sibling) {
    const wbi_action *action = wbi_state_action(state, at);
    if (!wbi_state_keeps(state, action)) continue;
    const wbi_action *last = best != WBI_NONE ? wbi_state_action(state, best) : NULL;
    if (last == NULL || action->claimed_at > last->claimed_at ||
        (action->claimed_at == last->claimed_at &&
         memcmp(&action->id, &last->id, sizeof action->id) < 0))
      best = at;
  }
  if (best == WBI_NONE) return WBI_NONE;
  return wbi_state_enrollment(state, wbi_state_action(state, best)->enrollment)->patient;
}

/* An effect about an enrolment. */
static wbi_effect receive_effect(const wbi_state *state, uint32_t number, wbi_effect_kind kind) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  return (wbi_effect){.kind = kind,
                      .definition = enrollment->definition,
                      .patient = wbi_keys_text(&state->patients, enrollment->patient)};
}

/* Opens or closes one contact point; what is so already needs no effect. */
static wb_status receive_flag(const receive_event *event, const wbi_bytes16 *contact, bool out) {
  const uint8_t flags = wbi_state_contact(&event->practice->state, contact);
  const uint8_t wanted =
      out ? flags | WBI_CONTACT_OPTED_OUT : (uint8_t)(flags & ~(unsigned)WBI_CONTACT_OPTED_OUT);
  if (wanted == flags) return WB_OK;
  return receive_add(event,
                     (wbi_effect){.kind = WBI_EFFECT_CONTACT, .id = *contact, .code = wanted});
}

/* Whether a later link of an action's chain is of the same enrolment. */
static bool receive_repeats(const wbi_state *state, const wbi_action *action) {
  for (uint32_t at = action->sibling; at != WBI_NONE; at = wbi_state_action(state, at)->sibling) {
    if (wbi_state_action(state, at)->enrollment == action->enrollment) return true;
  }
  return false;
}

/* Ends every sequence that wrote to a contact point, and closes the calls to those patients: one
   may be open when its sequence has ended. */
static wb_status receive_stop(const receive_event *event, const wbi_bytes16 *contact) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  uint32_t at = receive_first_action(state, contact);
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_action(state, at)->sibling) {
    const wbi_action *action = wbi_state_action(state, at);
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
    if (receive_repeats(state, action)) continue;
    if (enrollment->state != WB_STATE_ENDED) {
      wbi_effect effect = receive_effect(state, action->enrollment, WBI_EFFECT_END);
      effect.name = WBI_TEXT("opted_out");
      status = receive_add(event, effect);
    }
    if (status == WB_OK) status = wbi_practice_close(event->practice, enrollment->patient);
  }
  return status;
}

/* An opt-out or opt-in of one contact point. */
static wb_status receive_contact(const receive_event *event, const wbi_bytes16 *contact, bool out) {
  const wb_status status = receive_flag(event, contact, out);
  return status == WB_OK && out ? receive_stop(event, contact) : status;
}

/* The same for every number that a patient was texted on, each once. */
static wb_status receive_contacts(const receive_event *event, bool out) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    const bool theirs = wbi_state_enrollment(state, action->enrollment)->patient == event->person;
    if (!theirs || action->channel != WB_CHANNEL_SMS || receive_repeats(state, action)) continue;
    status = receive_contact(event, &action->contact, out);
  }
  return status;
}

/* The location of a patient, as of some enrolment. */
static wbi_text receive_location(const wbi_state *state, uint32_t person) {
  const uint32_t at = wbi_state_patient(state, person)->enrollments;
  if (at == WBI_NONE) return WBI_TEXT("");
  return wbi_keys_text(&state->locations, wbi_state_enrollment(state, at)->location);
}

/* The id of an inbox task: the event's, or one made of what is known. */
static wbi_bytes16 receive_task_id(const receive_event *event) {
  if (!wbi_bytes16_empty(&event->id)) return event->id;
  uint8_t bytes[16];
  wbi_writer writer = {(char *)bytes, sizeof bytes, 0};
  wbi_put_u64(&writer, event->practice->state.sequence + 1);
  wbi_put_u64(&writer, (uint64_t)event->now);
  wbi_siphash sip;
  wbi_bytes16 id;
  wbi_siphash_init(&sip, &event->practice->secret);
  wbi_siphash_text(&sip, WBI_TEXT("task"));
  wbi_siphash_add(&sip, bytes, sizeof bytes);
  wbi_siphash_finish(&sip, &id);
  return id;
}

/* Puts a reply on one of the desk's lists. */
static wb_status receive_task(const receive_event *event, uint8_t list, wbi_text reason) {
  const wbi_state *state = &event->practice->state;
  if (event->person == WBI_NONE) return WB_E_NAME;
  return receive_add(event, (wbi_effect){.kind = WBI_EFFECT_TASK_OPEN,
                                         .id = receive_task_id(event),
                                         .definition = WBI_DEFINITIONS_MAX,
                                         .patient = wbi_keys_text(&state->patients, event->person),
                                         .location = receive_location(state, event->person),
                                         .name = reason,
                                         .code = list});
}

static wb_status receive_inbox(const receive_event *event, wbi_text reason) {
  return receive_task(event, WBI_LIST_INBOX, reason);
}

/* An opt-out or opt-in by contact point, or by patient: then by every number they were texted on.
   An opt-out that closes nothing is a task for a person. */
static wb_status receive_consent(const receive_event *event, bool out) {
  if (event->has_contact) return receive_contact(event, &event->contact, out);
  if (event->person == WBI_NONE) return out && event->patient.length > 0 ? WB_OK : WB_E_NAME;
  const uint32_t before = event->practice->plan.effects;
  const wb_status status = receive_contacts(event, out);
  if (status != WB_OK || !out || event->practice->plan.effects > before) return status;
  return receive_inbox(event, WBI_TEXT("reply"));
}

/* What a response means for one enrolment; *some: its campaign has one of that name. The sooner
   call counts: a question outranks a click, and a click does not begin anew. */
static wb_status receive_response_one(const receive_event *event, uint32_t number, wbi_text name,
                                      bool *some) {
  wb_practice *practice = event->practice;
  const wbi_enrollment *enrollment = wbi_state_enrollment(&practice->state, number);
  const wb_campaign *campaign;
  const wb_status status = wbi_practice_campaign(practice, enrollment->definition, &campaign);
  if (status != WB_OK || campaign == NULL) return status;
  const int32_t response = wbi_campaign_response(campaign, name);
  if (response < 0) return WB_OK;
  *some = true;
  const wb_time wake = event->now + campaign->responses[response].seconds;
  const bool sooner = enrollment->response == 0 || wake < enrollment->wake;
  if (!sooner || enrollment->response == response + 1) return WB_OK;
  wbi_effect effect = receive_effect(&practice->state, number, WBI_EFFECT_RESPONSE);
  effect.code = (uint8_t)(response + 1);
  effect.wake = wake;
  return receive_add(event, effect);
}

/* A patient responded: in every campaign that they are in. */
static wb_status receive_response(const receive_event *event, wbi_text name, bool *some) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  *some = false;
  if (event->person == WBI_NONE) return WB_E_NAME;
  uint32_t at = wbi_state_patient(state, event->person)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    if (wbi_state_enrollment(state, at)->state != WB_STATE_ENDED)
      status = receive_response_one(event, at, name, some);
  }
  return status;
}

/* Every sequence of the patient is over. */
static wb_status receive_leave(const receive_event *event, wbi_text reason) {
  const wbi_state *state = &event->practice->state;
  if (event->person == WBI_NONE) return WB_E_NAME;
  wb_status status = WB_OK;
  uint32_t at = wbi_state_patient(state, event->person)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    if (wbi_state_enrollment(state, at)->state == WB_STATE_ENDED) continue;
    wbi_effect effect = receive_effect(state, at, WBI_EFFECT_END);
    effect.name = reason;
    status = receive_add(event, effect);
  }
  return status;
}

/* A visit was booked or kept: every sequence and call task of the patient is over. */
static wb_status receive_end(const receive_event *event, wbi_text reason) {
  const wb_status status = receive_leave(event, reason);
  return status == WB_OK ? wbi_practice_close(event->practice, event->person) : status;
}

/* Whether a meaning cannot wait. */
static bool receive_urgent(int32_t intent) {
  return intent == WB_INTENT_DECEASED || intent == WB_INTENT_URGENT_SYMPTOM ||
         intent == WB_INTENT_COMPLAINT || intent == WB_INTENT_DATA_PRIVACY ||
         intent == WB_INTENT_GUARDIAN_OR_PROXY;
}

/* A reply that only a person can act on: nothing more is sent until they have read it. */
static wb_status receive_unread(const receive_event *event, int32_t intent) {
  const bool known = intent != WB_INTENT_OTHER;
  const wbi_text reason = known ? wbi_text_of(wb_intent_name(intent)) : WBI_TEXT("reply");
  const wb_status status = receive_leave(event, WBI_TEXT("replied"));
  if (status != WB_OK) return status;
  return receive_task(event, receive_urgent(intent) ? WBI_LIST_NOW : WBI_LIST_INBOX, reason);
}

/* Somebody else has the number: it is closed, and a person looks after the record. */
static wb_status receive_wrong_number(const receive_event *event) {
  const wbi_bytes16 *contact = &event->contact;
  const uint8_t flags =
      event->has_contact ? wbi_state_contact(&event->practice->state, contact) : WBI_CONTACT_CLOSED;
  const wb_status status = receive_unread(event, WB_INTENT_WRONG_NUMBER);
  if (status != WB_OK || (flags & WBI_CONTACT_CLOSED) != 0) return status;
  return receive_add(
      event,
      (wbi_effect){.kind = WBI_EFFECT_CONTACT, .id = *contact, .code = flags | WBI_CONTACT_CLOSED});
}

/* An opt-out; what the reply says besides ("Stop, my mom passed") may need a person. */
static wb_status receive_stop_reply(const receive_event *event, int32_t besides) {
  const wb_status status = receive_consent(event, true);
  if (status != WB_OK || event->person == WBI_NONE) return status;
  const wbi_text reason = wbi_text_of(wb_intent_name(besides));
  if (receive_urgent(besides)) return receive_task(event, WBI_LIST_NOW, reason);
  return besides == WB_INTENT_WRONG_NUMBER ? receive_inbox(event, reason) : WB_OK;
}

/* What a reply means: the library's reading of its text or the host's, an opt-out before all. */
static wb_reply receive_meaning(const receive_event *event) {
  const wb_input *input = &event->input;
  const wbi_text text = {input->text, input->text_length};
  wb_reply reply = {.size = sizeof reply};
  if (text.data != NULL && wbi_utf8_valid(text)) wbi_reply_find(text, &reply);
  if ((reply.flags & WB_REPLY_STOP) == 0 && input->intent != WB_INTENT_OTHER)
    reply.intent = input->intent;
  return reply;
}

/* Somebody wants to be talked to: the campaign's call, else the inbox. */
static wb_status receive_asks(const receive_event *event) {
  bool some = false;
  const wb_status status = receive_response(event, WBI_TEXT("asks"), &some);
  return status != WB_OK || some ? status : receive_inbox(event, WBI_TEXT("asks"));
}

/* A reply: none is dropped. */
static wb_status receive_reply(const receive_event *event) {
  const wb_reply reply = receive_meaning(event);
  const bool first = reply.intent == WB_INTENT_OPT_OUT; /* of the host too, which has no flag */
  if (first || (reply.flags & WB_REPLY_STOP) != 0)
    return receive_stop_reply(event, first ? reply.also : reply.intent);
  switch (reply.intent) {
  case WB_INTENT_OPT_IN: return receive_consent(event, false);
  case WB_INTENT_HELP: return receive_inbox(event, WBI_TEXT("help"));
  case WB_INTENT_PRICE_INSURANCE:
  case WB_INTENT_CALLBACK_REQUEST:
  case WB_INTENT_BOOKING_INTEREST: return receive_asks(event);
  case WB_INTENT_WRONG_NUMBER: return receive_wrong_number(event);
  default: return receive_unread(event, reply.intent);
  }
}

/* A call task was dealt with. */
static wb_status receive_task_done(const receive_event *event) {
  const wbi_state *state = &event->practice->state;
  wbi_bytes16 id;
  if (event->input.action == NULL) return WB_E_INVALID;
  memcpy(&id, event->input.action, sizeof id);
  if (wbi_state_task_find(state, &id) == WBI_NONE) {
    const uint32_t found = wbi_table_find(&state->actions, &id);
    return found != WBI_NONE ? WB_OK : WB_E_NAME;
  }
  return receive_add(event, (wbi_effect){.kind = WBI_EFFECT_TASK_CLOSE, .id = id});
}

/* A campaign begins to let people in. */
static wb_status receive_launch(const receive_event *event) {
  const wbi_state *state = &event->practice->state;
  const uint32_t found = wbi_state_campaign(state, event->campaign);
  if (found == WBI_NONE) return WB_E_NAME;
  if (wbi_state_definition(state, found)->launched) return WB_OK;
  return receive_add(event,
                     (wbi_effect){.kind = WBI_EFFECT_LAUNCH,
                                  .definition = (uint16_t)found,
                                  .name = {event->input.approver, event->input.approver_length}});
}

/* A pause begins or ends: of the campaign, else of the location, else of the practice. */
static wb_status receive_pause(const receive_event *event, bool pause) {
  const wbi_state *state = &event->practice->state;
  wbi_effect effect = {.kind = WBI_EFFECT_PAUSE, .cause = pause, .location = event->location};
  bool paused = state->paused;
  if (event->campaign.length > 0) {
    const uint32_t found = wbi_state_campaign(state, event->campaign);
    if (found == WBI_NONE) return WB_E_NAME;
    effect.code = WBI_PAUSE_CAMPAIGN;
    effect.definition = (uint16_t)found;
    effect.location = WBI_TEXT("");
    paused = wbi_state_definition(state, found)->paused;
  } else if (event->location.length > 0) {
    const uint32_t found = wbi_keys_find(&state->locations, event->location);
    effect.code = WBI_PAUSE_LOCATION;
    paused = found != WBI_NONE && wbi_state_location(state, found)->paused;
  }
  if (paused == pause) return pause ? WB_OK : WB_E_STATE;
  return receive_add(event, effect);
}

/* Plans what follows from the event. */
static wb_status receive_plan(const receive_event *event) {
  bool some;
  switch (event->input.kind) {
  case WB_INPUT_REPLY: return receive_reply(event);
  case WB_INPUT_CLICK: return receive_response(event, WBI_TEXT("clicked"), &some);
  case WB_INPUT_BOOKED: return receive_end(event, WBI_TEXT("booked"));
  case WB_INPUT_KEPT: return receive_end(event, WBI_TEXT("kept"));
  case WB_INPUT_OPTED_OUT: return receive_consent(event, true);
  case WB_INPUT_OPTED_IN: return receive_consent(event, false);
  case WB_INPUT_TASK_DONE: return receive_task_done(event);
  case WB_INPUT_LAUNCH: return receive_launch(event);
  case WB_INPUT_PAUSE: return receive_pause(event, true);
  case WB_INPUT_RESUME: return receive_pause(event, false);
  default: return WB_E_INVALID;
  }
}

/* Whether the event was taken already. */
static bool receive_known(const receive_event *event) {
  const wbi_state *state = &event->practice->state;
  if (wbi_bytes16_empty(&event->id)) return false;
  const uint32_t found = wbi_table_find(&state->seen, &event->id);
  if (found == WBI_NONE) return false;
  const wb_time since = ((const wbi_seen *)wbi_table_at(&state->seen, found))->at;
  return event->now - since <= (wb_time)WBI_MEMORY_DAYS * 86400 &&
         !wbi_state_forgotten(state, since);
}

/* Why nobody is meant by the event. */
static const char *receive_nobody(const receive_event *event) {
  return event->input.kind == WB_INPUT_REPLY && event->patient.length == 0
             ? "No message ever went to this number or address, so nobody knows whose it is: read "
               "the reply yourself."
             : "Nothing of that name was ever heard of.";
}

/* Plans and commits the event. */
static wb_status receive_run(receive_event *event, wb_error *error) {
  wb_practice *practice = event->practice;
  if (receive_known(event)) return WB_OK;
  event->person = event->patient.length > 0
                      ? wbi_keys_find(&practice->state.patients, event->patient)
                      : WBI_NONE;
  if (event->patient.length == 0 && event->has_contact)
    event->person = receive_person(&practice->state, &event->contact);
  wb_status status = wbi_plan_open(&practice->plan, &practice->state, WBI_BY_RECEIVE);
  if (status == WB_OK) status = receive_plan(event);
  const wbi_effect seen = {.kind = WBI_EFFECT_SEEN, .id = event->id};
  if (status == WB_OK && !wbi_bytes16_empty(&event->id)) status = receive_add(event, seen);
  if (status == WB_E_NAME) return wbi_fail(error, status, receive_nobody(event));
  if (status == WB_E_STATE) return wbi_fail(error, status, "There is no such pause.");
  if (status != WB_OK) return wbi_fail(error, status, "The event could not be noted.");
  wbi_plan_close(&practice->plan);
  return wbi_practice_commit(practice, error);
}

/* Whether a text of the input has the length it says, and is no longer than a key may be. */
static bool receive_key(const char *data, uint32_t length) {
  return length <= WB_KEY_MAX && (data != NULL || length == 0);
}

/* Whether the members that the kind needs are there. */
static bool receive_complete(const receive_event *event) {
  const wb_input *input = &event->input;
  const bool who = event->has_contact || event->patient.length > 0;
  switch (input->kind) {
  case WB_INPUT_REPLY:
    return who && (input->text != NULL || input->text_length == 0) &&
           wb_intent_name(input->intent) != NULL;
  case WB_INPUT_OPTED_OUT:
  case WB_INPUT_OPTED_IN: return who;
  case WB_INPUT_CLICK:
  case WB_INPUT_BOOKED:
  case WB_INPUT_KEPT: return event->patient.length > 0;
  case WB_INPUT_TASK_DONE: return input->action != NULL;
  case WB_INPUT_LAUNCH: return event->campaign.length > 0;
  case WB_INPUT_PAUSE:
  case WB_INPUT_RESUME: return true;
  default: return false;
  }
}

/* Reads the host's struct. */
static wb_status receive_read(receive_event *event, const wb_input *given, wb_error *error) {
  wb_input *input = &event->input;
  const wb_status status = wbi_struct_read(given, sizeof *input, input, sizeof *input, 0, error);
  if (status != WB_OK) return status;
  if (!receive_key(input->patient, input->patient_length) ||
      !receive_key(input->campaign, input->campaign_length) ||
      !receive_key(input->location, input->location_length) ||
      !receive_key(input->approver, input->approver_length))
    return wbi_fail(error, WB_E_INVALID, "A key of the event is missing or too long.");
  event->patient = (wbi_text){input->patient, input->patient_length};
  event->campaign = (wbi_text){input->campaign, input->campaign_length};
  event->location = (wbi_text){input->location, input->location_length};
  event->has_contact = input->contact != NULL;
  if (event->has_contact) memcpy(&event->contact, input->contact, sizeof event->contact);
  memcpy(&event->id, input->event_id, sizeof event->id);
  if (receive_complete(event)) return WB_OK;
  return wbi_fail(error, WB_E_INVALID, "The event lacks what its kind needs, or is of no kind.");
}

wb_status WB_CALL wb_practice_receive(wb_practice *practice, const wb_input *input, wb_time now,
                                      wb_error *error) {
  receive_event event = {.practice = practice, .now = now};
  wb_status status = receive_read(&event, input, error);
  if (status == WB_OK) status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  status = receive_run(&event, error);
  wbi_practice_leave(practice);
  return status;
}
