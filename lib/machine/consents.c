/* SPDX-License-Identifier: MIT */
/* What patients agreed to, by contact point, channel and purpose: one chain a patient. */
#include "machine/event_private.h"
#include "machine/snapshot_private.h"

static wbi_consent *consents_at(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->consent, number);
}

/* Order within a patient: contact point, channel, purpose. */
static int consents_compare(const wbi_consent *a, const wbi_consent *b) {
  const int points = memcmp(&a->contact, &b->contact, sizeof a->contact);
  if (points != 0) return points;
  if (a->channel != b->channel) return a->channel < b->channel ? -1 : 1;  /* same: they differ */
  return a->purpose == b->purpose ? 0 : a->purpose < b->purpose ? -1 : 1; /* same: they differ */
}

/* The consent of a patient about the same; WBI_NONE. */
static uint32_t consents_find(const wbi_state *state, uint32_t patient, const wbi_consent *like) {
  uint32_t at = patient == WBI_NONE ? WBI_NONE : wbi_state_patient(state, patient)->consents;
  while (at != WBI_NONE && consents_compare(consents_at(state, at), like) != 0)
    at = consents_at(state, at)->next;
  return at;
}

/* What is on record of a purpose; NULL: nothing. */
static const wbi_consent *consents_record(const wbi_state *state, uint32_t patient,
                                          const wbi_bytes16 *contact, int32_t channel,
                                          int32_t purpose) {
  const wbi_consent like = {
      .contact = *contact, .channel = (uint8_t)channel, .purpose = (uint8_t)purpose};
  const uint32_t found = consents_find(state, patient, &like);
  return found == WBI_NONE ? NULL : consents_at(state, found);
}

const wbi_consent *wbi_state_changed(const wbi_state *state, uint32_t patient,
                                     const wbi_bytes16 *contact, int32_t channel) {
  return consents_record(state, patient, contact, channel, 0);
}

const wbi_consent *wbi_state_consent(const wbi_state *state, uint32_t patient,
                                     const wbi_bytes16 *contact, int32_t channel, int32_t purpose) {
  const wbi_consent *changed = wbi_state_changed(state, patient, contact, channel);
  const wbi_consent *given = consents_record(state, patient, contact, channel, purpose);
  return given != NULL && changed != NULL && given->at < changed->at ? NULL : given;
}

/* Puts an item of the vector into a patient's chain. */
static void consents_link(wbi_state *state, uint32_t patient, uint32_t number) {
  wbi_patient *who = wbi_state_patient(state, patient);
  consents_at(state, number)->next = who->consents;
  who->consents = number;
}

void wbi_event_consent(wbi_state *state, const wbi_effect *effect) {
  const uint32_t patient = wbi_event_patient(state, effect->patient);
  wbi_consent given = {.contact = effect->contact,
                       .event = effect->event,
                       .at = effect->until,
                       .source = wbi_keys_add(&state->names, effect->name),
                       .wording = wbi_keys_add(&state->names, effect->subject),
                       .channel = effect->channel,
                       .purpose = effect->cause,
                       .level = effect->code};
  uint32_t number = consents_find(state, patient, &given);
  if (number != WBI_NONE) {
    given.next = consents_at(state, number)->next;
    *consents_at(state, number) = given;
  } else {
    number = (uint32_t)state->consent.count;
    *(wbi_consent *)wbi_vector_push(&state->consent) = given;
    consents_link(state, patient, number);
  }
  state->look_all = 1; /* as of a contact point: it may be another one than holds them */
}

void wbi_consents_join(wbi_state *state, uint32_t from, uint32_t into) {
  uint32_t at = wbi_state_patient(state, from)->consents;
  wbi_state_patient(state, from)->consents = WBI_NONE; /* same: it is the other's number next */
  while (at != WBI_NONE) {
    wbi_consent *moved = consents_at(state, at);
    const uint32_t next = moved->next, same = consents_find(state, into, moved);
    wbi_consent *kept = same == WBI_NONE ? NULL : consents_at(state, same);
    if (kept == NULL) {
      consents_link(state, into, at);
    } else if (moved->level < kept->level ||
               (moved->level == kept->level && moved->at < kept->at)) {
      const uint32_t after = kept->next;
      *kept = *moved;
      kept->next = after;
    }
    at = next;
  }
}

/* The next consent of a patient in their order; WBI_NONE begins, and ends. */
static uint32_t consents_next(const wbi_state *state, uint32_t patient, uint32_t last) {
  uint32_t best = WBI_NONE;
  const wbi_patient *who = wbi_state_patient(state, patient);
  if ((who->flags & WBI_PATIENT_MERGED) != 0) return WBI_NONE;
  for (uint32_t at = who->consents; at != WBI_NONE; at = consents_at(state, at)->next) {
    const wbi_consent *each = consents_at(state, at);
    if (last != WBI_NONE && consents_compare(each, consents_at(state, last)) <= 0) continue;
    /* same: no two are alike */
    if (best == WBI_NONE || consents_compare(each, consents_at(state, best)) < 0) best = at;
  }
  return best;
}

void wbi_consents_save(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  const size_t place = writer->length;
  uint32_t count = 0;
  wbi_put_u32(writer, 0);
  for (uint32_t i = 0; i < state->patient.count; i++) {
    uint32_t at = consents_next(state, plan->patients[i], WBI_NONE);
    for (; at != WBI_NONE; at = consents_next(state, plan->patients[i], at)) {
      const wbi_consent *each = consents_at(state, at);
      wbi_put_u32(writer, i);
      wbi_put_bytes(writer, &each->contact, sizeof each->contact);
      wbi_put_bytes(writer, &each->event, sizeof each->event);
      wbi_snapshot_time(writer, each->at);
      wbi_put_u8(writer, each->channel);
      wbi_put_u8(writer, each->purpose);
      wbi_put_u8(writer, each->level);
      wbi_put_short(writer, wbi_keys_text(&state->names, each->source));
      wbi_put_short(writer, wbi_keys_text(&state->names, each->wording));
      count++;
    }
  }
  wbi_snapshot_count(writer, place, count);
}

/* One consent, which comes after the last one of its patient. */
static wb_status consents_load_one(wbi_state *state, wbi_reader *reader, uint32_t *patient) {
  const uint32_t before = *patient, number = (uint32_t)state->consent.count;
  *patient = wbi_load_place(reader, state->patient.count);
  wbi_consent given = {.contact = wbi_load_id(reader)};
  given.event = wbi_load_id(reader);
  given.at = wbi_load_time(reader);
  given.channel = wbi_load_code(reader, WB_CHANNEL_SMS, WB_CHANNEL_CALL);
  given.purpose = wbi_load_code(reader, 0, WB_PURPOSE_DETAIL);
  given.level = wbi_load_code(reader, WB_CONSENT_REFUSED, WB_CONSENT_AUTHORIZED);
  const wbi_text source = wbi_load_key(reader), wording = wbi_load_key(reader);
  if (reader->failed || (before != WBI_NONE && *patient < before)) return WB_E_CORRUPT;
  if ((wbi_state_patient(state, *patient)->flags & WBI_PATIENT_MERGED) != 0) return WB_E_CORRUPT;
  if (*patient == before && consents_compare(consents_at(state, number - 1), &given) >= 0)
    return WB_E_CORRUPT;
  wb_status status = wbi_keys_reserve(&state->names, 2, source.length + wording.length);
  if (status != WB_OK) return status;
  given.source = wbi_keys_add(&state->names, source);
  given.wording = wbi_keys_add(&state->names, wording);
  *(wbi_consent *)wbi_vector_push(&state->consent) = given;
  consents_link(state, *patient, number);
  return WB_OK;
}

wb_status wbi_consents_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 51);
  wb_status status = wbi_vector_reserve(&state->consent, count);
  uint32_t patient = WBI_NONE;
  for (uint32_t i = 0; status == WB_OK && i < count; i++)
    status = consents_load_one(state, reader, &patient);
  return status;
}
