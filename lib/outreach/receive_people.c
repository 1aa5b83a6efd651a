/* SPDX-License-Identifier: MIT */
/* Who patients are and how they are reached: consents, numbers, moves, merges, what is forgotten.
 */
#include "outreach/receive_private.h"

/* When it was, as the event says; without that now. Not ahead of now. */
static wb_status people_at(const wbi_receive *event, wb_time *at) {
  *at = event->input.at != 0 ? event->input.at : event->now;
  return wbi_time_valid(*at) && *at <= event->now ? WB_OK : WB_E_INVALID;
}

/* A consent as an effect. */
static wbi_effect people_consent(const wbi_receive *event, const wbi_bytes16 *contact,
                                 int32_t channel, int32_t purpose, int32_t level, wb_time at) {
  const wb_input *input = &event->input;
  return (wbi_effect){.kind = WBI_EFFECT_CONSENT,
                      .event = wbi_receive_id(event, WBI_TEXT("")),
                      .patient = event->patient,
                      .contact = *contact,
                      .channel = (uint8_t)channel,
                      .cause = (uint8_t)purpose,
                      .code = (uint8_t)level,
                      .until = at,
                      .name = {input->source, input->source_length},
                      .subject = {input->name, input->name_length}};
}

/* Records a consent, unless what is on record was said later: the last word counts, whenever it is
   told. */
static wb_status people_say(const wbi_receive *event, const wbi_effect *consent) {
  const wbi_consent *last = wbi_state_consent(&event->practice->state, event->person,
                                              &consent->contact, consent->channel, consent->cause);
  return last != NULL && last->at > consent->until ? WB_OK : wbi_receive_add(event, *consent);
}

/* A number that a patient gave anew is open again; an opt-out stays. */
static wb_status people_reopen(const wbi_receive *event, wb_time at) {
  const wbi_contact_point *point = wbi_state_point(&event->practice->state, &event->contact);
  if (point == NULL || at < point->at) return WB_OK;
  return wbi_receive_flags(event, &event->contact, point->flags & WBI_CONTACT_OPTED_OUT);
}

/* Whether a consent has a level, a purpose and a channel. */
static bool people_agreed(const wb_input *input, int32_t purpose) {
  const bool level =
      input->outcome == WB_CONSENT_REFUSED ||
      (input->outcome >= WB_CONSENT_EXPRESS && input->outcome <= WB_CONSENT_AUTHORIZED);
  const bool class_ = purpose >= WB_MESSAGE_TRANSACTIONAL && purpose <= WB_MESSAGE_BILLING;
  return level && (class_ || purpose == WB_PURPOSE_DETAIL) && input->channel >= WB_CHANNEL_SMS &&
         input->channel <= WB_CHANNEL_CALL;
}

wb_status wbi_receive_agreed(const wbi_receive *event) {
  const wb_input *input = &event->input;
  const int32_t purpose = input->class_ != 0 ? input->class_ : WB_MESSAGE_CARE;
  wb_time at;
  if (!people_agreed(input, purpose)) return WB_E_INVALID;
  wb_status status = people_at(event, &at);
  if (status != WB_OK) return status;
  const wbi_effect consent = people_consent(event, &event->contact, input->channel,
                                            wbi_consent_purpose(purpose), input->outcome, at);
  status = people_say(event, &consent);
  const bool no = input->outcome == WB_CONSENT_REFUSED || purpose == WB_PURPOSE_DETAIL;
  return status != WB_OK || no ? status : people_reopen(event, at);
}

wb_status wbi_receive_checked(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  const wbi_effect same = {
      .kind = WBI_EFFECT_NUMBER, .id = event->contact, .code = WBI_NUMBER_CHECKED};
  if (event->input.outcome == WB_NUMBER_SAME) return wbi_receive_add(event, same);
  if (event->input.outcome != WB_NUMBER_REASSIGNED) return WB_E_INVALID;
  const uint8_t flags = wbi_state_contact(state, &event->contact);
  return wbi_receive_flags(event, &event->contact, flags | WBI_CONTACT_CLOSED);
}

wb_status wbi_receive_answered(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  if (!event->has_contact) return WB_OK;
  const wbi_contact_point *point = wbi_state_point(state, &event->contact);
  if (point == NULL || event->now < point->answered + WBI_DAY) return WB_OK;
  return wbi_receive_add(
      event,
      (wbi_effect){.kind = WBI_EFFECT_NUMBER, .id = event->contact, .code = WBI_NUMBER_ANSWERED});
}

/* ---- another address ------------------------------------------------------------------------ */

/* What the patient said of the address that was meant holds for it as it is written now. */
static wb_status people_correct(const wbi_receive *event, const wbi_bytes16 *meant) {
  const wbi_state *state = &event->practice->state;
  const uint8_t flags = wbi_state_contact(state, &event->contact);
  wb_status status = wbi_receive_flags(
      event, meant, wbi_state_contact(state, meant) | (flags & WBI_CONTACT_OPTED_OUT));
  uint32_t at =
      event->person != WBI_NONE ? wbi_state_patient(state, event->person)->consents : WBI_NONE;
  for (; status == WB_OK && at != WBI_NONE;
       at = ((const wbi_consent *)wbi_vector_at(&state->consent, at))->next) {
    const wbi_consent *given = wbi_vector_at(&state->consent, at);
    if (!wbi_bytes16_equal(&given->contact, &event->contact)) continue;
    wbi_effect effect =
        people_consent(event, meant, given->channel, given->purpose, given->level, given->at);
    effect.event = given->event;
    effect.name = wbi_keys_text(&state->names, given->source);
    effect.subject = wbi_keys_text(&state->names, given->wording);
    status = people_say(event, &effect);
  }
  return status;
}

wb_status wbi_receive_changed(const wbi_receive *event) {
  const wb_input *input = &event->input;
  wbi_bytes16 other;
  wb_time at;
  if (input->channel < WB_CHANNEL_SMS || input->channel > WB_CHANNEL_CALL) return WB_E_INVALID;
  const wb_status status = people_at(event, &at);
  if (status != WB_OK) return status;
  memcpy(&other, input->other_contact, sizeof other);
  if (wbi_bytes16_equal(&other, &event->contact)) return WB_OK;
  if (input->outcome == WB_CONTACT_CORRECTED) return people_correct(event, &other);
  if (input->outcome != WB_CONTACT_NEW) return WB_E_INVALID;
  const wbi_effect consent =
      people_consent(event, &other, input->channel, 0, WB_CONSENT_CHANGED, at);
  return people_say(event, &consent);
}

/* ---- another place, or none ----------------------------------------------------------------- */

/* Every sequence of the patient is over, an opening that they accepted is given back, and so is
   everything that waits at the desk, but for what is to be known there at once. */
static wb_status people_end(const wbi_receive *event, wbi_text reason, bool now_too) {
  const wbi_state *state = &event->practice->state;
  if (event->person == WBI_NONE) return WB_OK;
  wb_status status = wbi_receive_opening_back(event);
  uint32_t at = wbi_state_patient(state, event->person)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next)
    status = wbi_receive_end_one(event, at, reason);
  for (uint32_t i = 0; status == WB_OK && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (task->patient != event->person || (task->list == WBI_LIST_NOW && !now_too)) continue;
    status = wbi_desk_settle(event->practice, task);
  }
  return status;
}

wb_status wbi_receive_know(const wbi_receive *event, uint8_t set, uint8_t clear) {
  const wbi_state *state = &event->practice->state;
  const bool known = event->person != WBI_NONE;
  const uint8_t before = known ? wbi_state_patient(state, event->person)->flags : 0;
  const uint8_t flags = (uint8_t)((before | set) & ~(unsigned)clear);
  const wbi_text key = known ? wbi_keys_text(&state->patients, event->person) : event->patient;
  if (flags == before) return WB_OK;
  return wbi_receive_add(event,
                         (wbi_effect){.kind = WBI_EFFECT_PERSON, .patient = key, .code = flags});
}

wb_status wbi_receive_moved(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  if (event->person == WBI_NONE) return WB_E_NAME;
  return wbi_receive_add(event,
                         (wbi_effect){.kind = WBI_EFFECT_MOVE,
                                      .patient = wbi_keys_text(&state->patients, event->person),
                                      .location = event->location});
}

wb_status wbi_receive_left(const wbi_receive *event) {
  const wb_status status = people_end(event, WBI_TEXT("left"), false);
  return status == WB_OK ? wbi_receive_know(event, WBI_PATIENT_LEFT, 0) : status;
}

wb_status wbi_receive_back(const wbi_receive *event) {
  return wbi_receive_know(event, 0, WBI_PATIENT_LEFT);
}

wb_status wbi_receive_deceased(const wbi_receive *event) {
  const wb_status status = people_end(event, WBI_TEXT("deceased"), false);
  return status == WB_OK ? wbi_receive_know(event, WBI_PATIENT_DECEASED, 0) : status;
}

/* ---- two that are one ----------------------------------------------------------------------- */

/* What is claimed for an enrolment is unknown from now on; `over`: only if its sequence is. */
static wb_status people_lose(const wbi_receive *event, uint32_t number, bool over) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  if (over && wbi_state_enrollment(state, number)->state != WB_STATE_ENDED) return WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    if (action->enrollment != number || action->state != WB_ACTION_CLAIMED) continue;
    status = wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_OUTCOME,
                                                 .id = action->id,
                                                 .code = WB_ACTION_UNKNOWN,
                                                 .until = event->now});
  }
  return status;
}

/* Both are in one campaign, and one of the two enrolments goes on: its claim stays, that of the
   other is known to be lost. */
static wb_status people_collide(const wbi_receive *event, uint32_t number, uint32_t into) {
  const wbi_state *state = &event->practice->state;
  const wbi_enrollment *moved = wbi_state_enrollment(state, number);
  const uint32_t other =
      wbi_state_inside(state, into, moved->definition, wbi_state_subject(state, moved));
  if (other == WBI_NONE) return WB_OK;
  const bool both = moved->state == WB_STATE_CLAIMED &&
                    wbi_state_enrollment(state, other)->state == WB_STATE_CLAIMED;
  const wb_status status = people_lose(event, number, !both);
  return status == WB_OK ? people_lose(event, other, true) : status;
}

/* The stricter wins: where one of two left or died, nothing goes on for either. Else one call to
   both is enough. */
static wb_status people_join(const wbi_receive *event, uint32_t into) {
  const wbi_state *state = &event->practice->state;
  if (event->person == WBI_NONE || into == WBI_NONE) return WB_OK;
  const wbi_patient *from = wbi_state_patient(state, event->person);
  const wbi_patient *stays = wbi_state_patient(state, into);
  const bool died = ((from->flags | stays->flags) & WBI_PATIENT_DECEASED) != 0;
  const wbi_text reason = died ? WBI_TEXT("deceased") : WBI_TEXT("left");
  if (!wbi_patient_away(from) && !wbi_patient_away(stays)) return wbi_receive_one_call(event, into);
  wbi_receive other = *event;
  other.person = into;
  const wb_status status = people_end(event, reason, false);
  return status == WB_OK ? people_end(&other, reason, false) : status;
}

wb_status wbi_receive_merged(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  const wbi_text stays = {event->input.other, event->input.other_length};
  const uint32_t into = wbi_state_person(state, stays);
  wb_status status = WB_OK;
  if (wbi_text_equal(stays, event->patient))
    return wbi_fail(event->error, WB_E_INVALID, "A patient cannot be merged with itself.");
  if (event->person != WBI_NONE && event->person == into) return WB_OK;
  uint32_t at = event->person != WBI_NONE && into != WBI_NONE
                    ? wbi_state_patient(state, event->person)->enrollments
                    : WBI_NONE;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next)
    status = people_collide(event, at, into);
  if (status == WB_OK) status = people_join(event, into);
  if (status != WB_OK) return status;
  return wbi_receive_add(
      event, (wbi_effect){.kind = WBI_EFFECT_MERGE, .patient = event->patient, .subject = stays});
}

/* ---- one that is forgotten ------------------------------------------------------------------ */

wbi_text wbi_stand_in(const wb_practice *practice, wbi_text key, uint32_t times,
                      char text[WBI_STAND_IN_MAX]) {
  wbi_siphash sip;
  wbi_bytes16 hash;
  wbi_siphash_init(&sip, &practice->secret);
  wbi_siphash_text(&sip, WBI_TEXT("forgotten"));
  wbi_siphash_text(&sip, key);
  for (uint32_t i = 0; i < times; i++)
    wbi_siphash_text(&sip, WBI_TEXT("again"));
  wbi_siphash_finish(&sip, &hash);
  wbi_writer writer = {text, WBI_STAND_IN_MAX, 0};
  wbi_put_char(&writer, '~');
  wbi_put_hex(&writer, hash.bytes, sizeof hash.bytes);
  return (wbi_text){text, writer.length};
}

/* What stands for a key from now on: another each time that it is forgotten. */
static wbi_text people_stand_in(const wbi_receive *event, wbi_text key,
                                char text[WBI_STAND_IN_MAX]) {
  const wbi_keys *patients = &event->practice->state.patients;
  wbi_text alias;
  uint32_t times = 0;
  do
    alias = wbi_stand_in(event->practice, key, times++, text);
  while (wbi_keys_find(patients, alias) != WBI_NONE);
  return alias;
}

wb_status wbi_receive_forget(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  if (event->person == WBI_NONE) return WB_E_NAME;
  wb_status status = people_end(event, WBI_TEXT("forgotten"), true);
  for (uint32_t i = 0; status == WB_OK && i < state->patient.count; i++) {
    char text[WBI_STAND_IN_MAX];
    if (i != event->person && wbi_patient_merged(wbi_state_patient(state, i)) != event->person)
      continue;
    const wbi_text key = wbi_keys_text(&state->patients, i);
    status = wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_FORGET,
                                                 .patient = key,
                                                 .subject = people_stand_in(event, key, text)});
  }
  return status;
}

/* ---- settings ------------------------------------------------------------------------------- */

wb_status wbi_receive_setting(const wbi_receive *event) {
  const wb_input *input = &event->input;
  const wbi_text name = {input->name, input->name_length};
  if (!wbi_text_equal(name, WBI_TEXT(WBI_SETTING_PERMISSION))) return WB_E_NAME;
  if (input->outcome != 0 && input->outcome != 1) return WB_E_INVALID;
  if (event->practice->state.assume == (uint8_t)input->outcome) return WB_OK;
  return wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_SETTING,
                                             .name = name,
                                             .code = (uint8_t)input->outcome,
                                             .subject = {input->approver, input->approver_length}});
}
