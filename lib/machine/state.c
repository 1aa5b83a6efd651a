/* SPDX-License-Identifier: MIT */
/* What a practice remembers: making it, freeing it, looking things up. Nothing here changes it. */
#include "machine/machine.h"

void wbi_state_init(wbi_state *state, wb_context *context, wbi_text key, const wbi_bytes16 *check) {
  *state = (wbi_state){.context = context, .key = key, .check = *check, .last = WB_TIME_NONE};
  const uint32_t processor = wbi_processor();
  state->crc32c = wbi_crc32c_of(processor);
  wbi_sha256_init_by(&state->since_sync, wbi_sha256_of(processor));
  state->since_seal = state->since_sync;
  state->sealed_at = WB_TIME_NONE;
  state->kept_days = WBI_KEPT_DAYS;
  wbi_keys_init(&state->patients, context);
  wbi_keys_init(&state->locations, context);
  wbi_keys_init(&state->names, context);
  wbi_keys_init(&state->subjects, context);
  wbi_vector_init(&state->patient, context, sizeof(wbi_patient), 0);
  wbi_vector_init(&state->location, context, sizeof(wbi_location), 0);
  wbi_vector_init(&state->enrollment, context, sizeof(wbi_enrollment), UINT32_MAX / 4);
  wbi_vector_init(&state->origin, context, sizeof(wbi_origin), UINT32_MAX / 4);
  wbi_vector_init(&state->consent, context, sizeof(wbi_consent), UINT32_MAX / 4);
  for (uint32_t list = 0; list < WBI_WAKES; list++)
    wbi_vector_init(&state->wakes[list], context, sizeof(wbi_wake), UINT32_MAX / 4);
  wbi_vector_init(&state->places, context, sizeof(uint32_t), UINT32_MAX / 4);
  wbi_table_init(&state->actions, context, sizeof(wbi_action));
  wbi_table_init(&state->contacts, context, sizeof(wbi_contact_point));
  wbi_table_init(&state->seen, context, sizeof(wbi_seen));
  wbi_table_init(&state->gifts, context, sizeof(wbi_gift));
  wbi_table_init(&state->credits, context, sizeof(wbi_credit));
  wbi_vector_init(&state->metric, context, sizeof(wbi_metric), 0);
  wbi_vector_init(&state->task, context, sizeof(wbi_open_task), UINT32_MAX / 4);
  wbi_vector_init(&state->chair, context, sizeof(wbi_chair), UINT32_MAX / 4);
  wbi_vector_init(&state->opening, context, sizeof(wbi_opening), UINT32_MAX / 4);
  wbi_vector_init(&state->definition, context, sizeof(wbi_definition), WBI_DEFINITIONS_MAX);
  wbi_vector_init(&state->canonical, context, 1, UINT32_MAX);
  wbi_vector_init(&state->withdrawn, context, sizeof(wbi_withdrawn), UINT32_MAX / 4);
}

void wbi_state_free(wbi_state *state) {
  wbi_keys_free(&state->patients);
  wbi_keys_free(&state->locations);
  wbi_keys_free(&state->names);
  wbi_keys_free(&state->subjects);
  wbi_table_free(&state->actions);
  wbi_table_free(&state->contacts);
  wbi_table_free(&state->seen);
  wbi_table_free(&state->credits);
  wbi_table_free(&state->gifts);
  wbi_vector *const vectors[] = {
      &state->patient, &state->location,   &state->enrollment, &state->consent, &state->places,
      &state->task,    &state->definition, &state->canonical,  &state->opening, &state->withdrawn,
      &state->chair,   &state->metric,     &state->origin};
  for (size_t i = 0; i < WBI_COUNT(vectors); i++)
    wbi_vector_free(vectors[i]);
  for (uint32_t list = 0; list < WBI_WAKES; list++)
    wbi_vector_free(&state->wakes[list]);
}

void wbi_state_digest(const wbi_state *state, wbi_text text, uint8_t out[32]) {
  wbi_sha256 sha;
  wbi_sha256_init_by(&sha, state->since_sync.mix);
  wbi_sha256_add(&sha, text.data, text.length);
  wbi_sha256_finish(&sha, out);
}

wbi_text wbi_state_canonical(const wbi_state *state, const wbi_definition *definition) {
  if (definition->length == 0)
    return WBI_TEXT(""); /* of a forged snapshot: there may be no bytes. same: none are read */
  return (wbi_text){(const char *)state->canonical.data + definition->offset, definition->length};
}

uint32_t wbi_state_content(const wbi_state *state, const uint8_t content_id[32]) {
  for (uint32_t i = 0; i < state->definition.count; i++) {
    if (memcmp(wbi_state_definition(state, i)->content_id, content_id, 32) == 0) return i;
  }
  return WBI_NONE;
}

uint32_t wbi_state_campaign(const wbi_state *state, wbi_text name) {
  const uint32_t number = wbi_keys_find(&state->names, name);
  for (uint32_t i = 0; i < state->definition.count; i++) {
    const wbi_definition *definition = wbi_state_definition(state, i);
    if (definition->name == number && definition->current) return i;
  }
  return WBI_NONE;
}

wbi_text wbi_state_about(const wbi_state *state, uint32_t subject) {
  return subject != WBI_NONE ? wbi_keys_text(&state->subjects, subject) : WBI_TEXT("");
}

wbi_text wbi_state_subject(const wbi_state *state, const wbi_enrollment *enrollment) {
  return wbi_state_about(state, enrollment->subject);
}

bool wbi_hold_placeless(uint8_t hold) {
  /* No place was free, or no message can reach them. */
  static const uint32_t holds =
      1u << WB_HOLD_CAPACITY | 1u << WB_HOLD_OPTED_OUT | 1u << WB_HOLD_NO_PERMISSION |
      1u << WB_HOLD_NO_ADDRESS | 1u << WB_HOLD_BAD_ADDRESS | 1u << WB_HOLD_MINOR |
      1u << WB_HOLD_AGE_UNKNOWN | 1u << WB_HOLD_NOT_SEEN | 1u << WB_HOLD_ZONE |
      1u << WB_HOLD_NUMBER_CHECK | 1u << WB_HOLD_NOT_WRITTEN | 1u << WB_HOLD_PREFERENCE;
  return (holds >> hold & 1) != 0;
}

bool wbi_enrollment_outside(const wbi_enrollment *enrollment) {
  const bool placeless = enrollment->outside || wbi_hold_placeless(enrollment->hold);
  const bool first = enrollment->step == 0 && enrollment->loop == 0; /* or come to by no wait */
  return enrollment->state == WB_STATE_HELD && placeless && enrollment->touches == 0 &&
         (first || enrollment->since == 0) && enrollment->response == 0 &&
         enrollment->subject == WBI_NONE;
}

bool wbi_enrollment_before(const wbi_state *state, uint32_t a, uint32_t b) {
  const wbi_enrollment *one = wbi_state_enrollment(state, a);
  const wbi_enrollment *two = wbi_state_enrollment(state, b);
  if (one->definition != two->definition) return one->definition < two->definition;
  return wbi_text_compare(wbi_state_subject(state, one), wbi_state_subject(state, two)) < 0;
}

bool wbi_state_remembers(const wbi_state *state, const wbi_enrollment *enrollment) {
  if (enrollment->gone) return false;
  if (enrollment->subject == WBI_NONE || enrollment->state != WB_STATE_ENDED) return true;
  return !wbi_state_forgotten(state, enrollment->wake);
}

uint32_t wbi_state_inside(const wbi_state *state, uint32_t patient, uint32_t definition,
                          wbi_text subject) {
  const uint32_t name = wbi_state_definition(state, definition)->name;
  const uint32_t about = subject.length > 0 ? wbi_keys_find(&state->subjects, subject) : WBI_NONE;
  if (subject.length > 0 && about == WBI_NONE) return WBI_NONE;
  uint32_t at = wbi_state_patient(state, patient)->enrollments;
  for (; at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, at);
    if (enrollment->subject != about || !wbi_state_remembers(state, enrollment)) continue;
    if (wbi_state_definition(state, enrollment->definition)->name == name) return at;
  }
  return WBI_NONE;
}

uint32_t wbi_state_enrolled(const wbi_state *state, wbi_text patient, uint32_t definition,
                            wbi_text subject) {
  const uint32_t number = wbi_state_person(state, patient);
  if (number == WBI_NONE || definition >= state->definition.count) return WBI_NONE;
  const uint32_t at = wbi_state_inside(state, number, definition, subject);
  if (at == WBI_NONE) return WBI_NONE;
  return wbi_state_enrollment(state, at)->definition == definition ? at : WBI_NONE;
}

wbi_effect wbi_state_effect(const wbi_state *state, uint32_t number, wbi_effect_kind kind) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  return (wbi_effect){.kind = kind,
                      .definition = enrollment->definition,
                      .patient = wbi_keys_text(&state->patients, enrollment->patient),
                      .subject = wbi_state_subject(state, enrollment),
                      .loop = enrollment->loop};
}

uint8_t wbi_state_contact(const wbi_state *state, const wbi_bytes16 *id) {
  const wbi_contact_point *point = wbi_state_point(state, id);
  return point != NULL ? point->flags & (WBI_CONTACT_OPTED_OUT | WBI_CONTACT_CLOSED) : 0;
}

uint32_t wbi_state_counted(const wbi_state *state, uint32_t patient, wb_time since) {
  const wbi_patient *who = wbi_state_patient(state, patient);
  uint32_t count = 0;
  for (uint32_t i = 0; i < who->count; i++)
    count += (wb_time)who->counted[i] * 60 >= since;
  return count;
}

wb_time wbi_state_contacted(const wbi_state *state, uint32_t patient, uint32_t before) {
  const wbi_patient *who = wbi_state_patient(state, patient);
  if (before >= who->count) return WB_TIME_NONE;
  return (wb_time)who->counted[who->count - 1 - before] * 60;
}

bool wbi_state_forgotten(const wbi_state *state, wb_time at) {
  return state->last != WB_TIME_NONE && at < state->last - (wb_time)WB_MEMORY_DAYS * WBI_DAY;
}
