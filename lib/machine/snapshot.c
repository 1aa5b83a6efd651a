/* SPDX-License-Identifier: MIT */
/*
 * Writing a snapshot: the state as canonical bytes. Everything that has a name or an id is sorted
 * by it and refers to others by their place in that order, so equal states give equal bytes
 * whatever way they came about. docs/journal-and-snapshot.md has the layout.
 */
#include "machine/snapshot_private.h"

/* What bytes begin with, as a number of the same order; zeros stand for what is not there.
   same: without it, the order is found later. */
static uint64_t snapshot_lead(const void *data, size_t length) {
  uint8_t first[8] = {0};
  uint64_t lead = 0;
  if (length > 0) memcpy(first, data, length < sizeof first ? length : sizeof first);
  for (size_t i = 0; i < sizeof first; i++)
    lead = lead << 8 | first[i];
  return lead;
}

/* What a key begins with. same: as above. */
static uint64_t snapshot_key_lead(const void *user, uint32_t number) {
  const wbi_text key = wbi_keys_text(user, number);
  return snapshot_lead(key.data, key.length);
}

/* What an id begins with. same: as above. */
static uint64_t snapshot_id_lead(const void *user, uint32_t number) {
  return snapshot_lead(wbi_table_at(user, number), sizeof(wbi_bytes16));
}

/* Order of keys. same: no two are equal. */
static bool snapshot_key_before(const void *user, uint32_t a, uint32_t b) {
  return wbi_text_compare(wbi_keys_text(user, a), wbi_keys_text(user, b)) < 0;
}

/* Order of ids. same: no two are equal. */
static bool snapshot_id_before(const void *user, uint32_t a, uint32_t b) {
  return memcmp(wbi_table_at(user, a), wbi_table_at(user, b), sizeof(wbi_bytes16)) < 0;
}

/* Numbers 0 … count - 1 in an order; NULL: no memory. */
static uint32_t *snapshot_order(wb_context *context, size_t count, wbi_lead lead, wbi_before before,
                                const void *user) {
  uint32_t *numbers = wbi_alloc(context, (count + 1) * sizeof *numbers);
  if (numbers == NULL) return NULL;
  for (uint32_t i = 0; i < count; i++) /* same: there is room for one more */
    numbers[i] = i;
  if (wbi_sort(context, numbers, count, lead, before, user) == WB_OK) return numbers;
  wbi_free(context, numbers, (count + 1) * sizeof *numbers);
  return NULL;
}

/* The numbers of keys in their order; NULL: no memory. */
static uint32_t *snapshot_keys(wb_context *context, const wbi_keys *keys) {
  return snapshot_order(context, wbi_keys_count(keys), snapshot_key_lead, snapshot_key_before,
                        keys);
}

/* The numbers of items in the order of their ids; NULL: no memory. */
static uint32_t *snapshot_ids(wb_context *context, const wbi_table *table) {
  return snapshot_order(context, table->items.count, snapshot_id_lead, snapshot_id_before, table);
}

/* The inverse of an order; NULL: no memory, or no order. */
static uint32_t *snapshot_inverse(wb_context *context, const uint32_t *order, size_t count) {
  if (order == NULL) return NULL;
  uint32_t *places = wbi_alloc(context, (count + 1) * sizeof *places);
  for (uint32_t i = 0; places != NULL && i < count; i++)
    places[order[i]] = i;
  return places;
}

/* The next remembered enrolment of a patient in their order after `last`; WBI_NONE begins, and
   ends. */
static uint32_t snapshot_enrollment(const wbi_state *state, uint32_t patient, uint32_t last) {
  uint32_t at = last == WBI_NONE ? wbi_state_patient(state, patient)->enrollments
                                 : wbi_state_enrollment(state, last)->next;
  while (at != WBI_NONE && !wbi_state_remembers(state, wbi_state_enrollment(state, at)))
    at = wbi_state_enrollment(state, at)->next;
  return at;
}

/* Asks for what is known of patients who are a few places on: in the order of keys they lie
   anywhere in memory. First for the patient, then for what the patient leads to. same: memory
   answers sooner. */
static void snapshot_ahead(const wbi_snapshot_plan *plan, size_t place) {
  enum { FIRST = 16, THEN = 8 };
  const wbi_state *state = plan->state;
  if (place + FIRST >= state->patient.count) return;
  wbi_fetch(wbi_state_patient(state, plan->patients[place + FIRST]));
  wbi_fetch(wbi_vector_at(&state->patients.spans, plan->patients[place + FIRST]));
  const uint32_t then = plan->patients[place + THEN];
  const uint32_t enrollment = wbi_state_patient(state, then)->enrollments;
  wbi_fetch(wbi_keys_text(&state->patients, then).data);
  if (enrollment != WBI_NONE) wbi_fetch(wbi_state_enrollment(state, enrollment));
}

/* Gives every enrolment its place. */
static void snapshot_place(wbi_snapshot_plan *plan) {
  const wbi_state *state = plan->state;
  for (size_t i = 0; i < state->patient.count; i++) {
    snapshot_ahead(plan, i); /* same: likewise */
    uint32_t at = snapshot_enrollment(state, plan->patients[i], WBI_NONE);
    for (; at != WBI_NONE; at = snapshot_enrollment(state, plan->patients[i], at))
      plan->enrollment_at[at] = plan->enrollments++;
  }
}

/* Gives the memory of the orders back. */
static void snapshot_free(wbi_snapshot_plan *plan) {
  const wbi_state *state = plan->state;
  struct {
    uint32_t *numbers;
    size_t count;
  } const parts[] = {
      {plan->patients, state->patient.count},      {plan->locations, state->location.count},
      {plan->actions, state->actions.items.count}, {plan->contacts, state->contacts.items.count},
      {plan->seen, state->seen.items.count},       {plan->gifts, state->gifts.items.count},
      {plan->credits, state->credits.items.count}, {plan->patient_at, state->patient.count},
      {plan->location_at, state->location.count},  {plan->enrollment_at, state->enrollment.count}};
  for (size_t i = 0; i < WBI_COUNT(parts); i++)
    wbi_free(state->context, parts[i].numbers, (parts[i].count + 1) * sizeof(uint32_t));
}

/* Finds all orders. */
static wb_status snapshot_sort(wbi_snapshot_plan *plan) {
  const wbi_state *state = plan->state;
  wb_context *context = state->context;
  const size_t patients = state->patient.count, locations = state->location.count;
  plan->patients = snapshot_keys(context, &state->patients);
  plan->locations = snapshot_keys(context, &state->locations);
  plan->actions = snapshot_ids(context, &state->actions);
  plan->contacts = snapshot_ids(context, &state->contacts);
  plan->seen = snapshot_ids(context, &state->seen);
  plan->gifts = snapshot_ids(context, &state->gifts);
  plan->credits = snapshot_ids(context, &state->credits);
  plan->patient_at = snapshot_inverse(context, plan->patients, patients);
  plan->location_at = snapshot_inverse(context, plan->locations, locations);
  plan->enrollment_at = wbi_alloc(context, (state->enrollment.count + 1) * sizeof(uint32_t));
  if (plan->actions == NULL || plan->contacts == NULL || plan->seen == NULL ||
      plan->gifts == NULL || plan->credits == NULL || plan->patient_at == NULL ||
      plan->location_at == NULL || plan->enrollment_at == NULL)
    return WB_E_NOMEM;
  snapshot_place(plan);
  return WB_OK;
}

void wbi_snapshot_time(wbi_writer *writer, wb_time at) {
  wbi_put_u64(writer, (uint64_t)at);
}

/* Bytes with their length in four. */
static void snapshot_long(wbi_writer *writer, wbi_text text) {
  wbi_put_u32(writer, (uint32_t)text.length);
  wbi_put_text(writer, text);
}

/* A digest that goes on. */
static void snapshot_sha(wbi_writer *writer, const wbi_sha256 *sha) {
  for (size_t i = 0; i < WBI_COUNT(sha->state); i++)
    wbi_put_u32(writer, sha->state[i]);
  wbi_put_u64(writer, sha->total);
  wbi_put_bytes(writer, sha->block, (size_t)(sha->total % sizeof sha->block));
}

/* Who and when. */
static void snapshot_practice(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  snapshot_long(writer, state->key);
  wbi_put_bytes(writer, &state->check, sizeof state->check);
  wbi_put_u64(writer, state->sequence);
  wbi_snapshot_time(writer, state->last);
  wbi_put_u32(writer, state->epoch);
  wbi_put_u8(writer, state->restoring);
  wbi_put_u8(writer, state->paused);
  wbi_put_u8(writer, state->paused_classes);
  wbi_put_u8(writer, state->assume);
  wbi_put_u8(writer, state->kept_days);
  snapshot_sha(writer, &state->since_sync);
  snapshot_sha(writer, &state->since_seal);
  wbi_snapshot_time(writer, state->sealed_at);
  wbi_put_u8(writer, (uint8_t)state->unsealed);
}

/* Definitions by number. */
static void snapshot_definitions(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  wbi_put_u32(writer, (uint32_t)state->definition.count);
  for (uint32_t i = 0; i < state->definition.count; i++) {
    const wbi_definition *definition = wbi_state_definition(state, i);
    wbi_put_short(writer, wbi_keys_text(&state->names, definition->name));
    wbi_put_u8(writer, (uint8_t)(definition->current | definition->launched << 1 |
                                 definition->paused << 2 | definition->stopped << 3));
    wbi_put_u32(writer, definition->ended);
    wbi_put_u32(writer, definition->booked);
    snapshot_long(writer, wbi_state_canonical(state, definition));
  }
}

/* Locations by key. */
static void snapshot_locations(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  wbi_put_u32(writer, (uint32_t)state->location.count);
  for (size_t i = 0; i < state->location.count; i++) {
    const wbi_location *location = wbi_state_location(state, plan->locations[i]);
    wbi_put_short(writer, wbi_keys_text(&state->locations, plan->locations[i]));
    wbi_put_u32(writer, (uint32_t)location->admission_day);
    wbi_put_u32(writer, location->admitted);
    for (uint32_t list = 0; list < WBI_LIMITED; list++) {
      wbi_put_u32(writer, (uint32_t)location->task_day[list]);
      wbi_put_u32(writer, location->tasks[list]);
    }
    wbi_put_u32(writer, location->minute);
    wbi_put_u32(writer, location->messages);
    wbi_put_u8(writer, location->paused);
  }
}

/* The bits of an enrolment. */
static uint8_t snapshot_bits(const wbi_enrollment *enrollment, bool merged) {
  return (uint8_t)((enrollment->put_off ? WBI_SNAPSHOT_PUT_OFF : 0) |
                   (merged ? WBI_SNAPSHOT_MERGED : 0) |
                   (enrollment->outside ? WBI_SNAPSHOT_OUTSIDE : 0));
}

/* One enrolment. */
static void snapshot_one(const wbi_snapshot_plan *plan, wbi_writer *writer, uint32_t number) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(plan->state, number);
  const wbi_origin origin = wbi_state_origin(plan->state, number);
  const bool merged = wbi_origin_says(plan->state, &origin);
  wbi_put_u16(writer, enrollment->definition);
  wbi_put_u32(writer, plan->location_at[enrollment->location]);
  wbi_put_u8(writer, enrollment->state);
  wbi_put_u8(writer, enrollment->hold);
  wbi_put_u8(writer, enrollment->segment);
  wbi_put_u8(writer, enrollment->step);
  wbi_put_u8(writer, enrollment->touches);
  wbi_put_u8(writer, enrollment->response);
  wbi_put_u8(writer, enrollment->variant);
  wbi_put_u8(writer, enrollment->signals);
  wbi_put_u8(writer, enrollment->rank);
  wbi_put_u8(writer, enrollment->loop);
  wbi_put_u8(writer, enrollment->awaits);
  wbi_put_u8(writer, enrollment->events);
  wbi_put_u16(writer, enrollment->entry);
  wbi_snapshot_time(writer, enrollment->entered);
  wbi_snapshot_time(writer, enrollment->wake);
  wbi_put_u32(writer, enrollment->touched);
  wbi_put_u32(writer, enrollment->since);
  wbi_put_u8(writer, enrollment->counted);
  wbi_put_u8(writer, snapshot_bits(enrollment, merged));
  if (merged) {
    wbi_put_u32(writer, plan->patient_at[origin.key]);
    wbi_put_u16(writer, origin.last);
  }
  wbi_put_short(writer, wbi_state_subject(plan->state, enrollment));
  if (enrollment->state == WB_STATE_ENDED)
    wbi_put_short(writer, wbi_keys_text(&plan->state->names, enrollment->detail));
}

/* Patients by key, each with their enrolments by definition. */
static void snapshot_patients(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  wbi_put_u32(writer, (uint32_t)state->patient.count);
  wbi_put_u32(writer, plan->enrollments);
  for (size_t i = 0; i < state->patient.count; i++) {
    snapshot_ahead(plan, i); /* same: likewise */
    const uint32_t number = plan->patients[i];
    const wbi_patient *patient = wbi_state_patient(state, number);
    wbi_put_short(writer, wbi_keys_text(&state->patients, number));
    wbi_put_u8(writer, patient->count);
    for (uint32_t each = 0; each < patient->count; each++)
      wbi_put_u32(writer, patient->counted[each]);
    wbi_put_u8(writer, patient->flags);
    if ((patient->flags & WBI_PATIENT_MERGED) != 0)
      wbi_put_u32(writer, plan->patient_at[patient->consents]);
    uint32_t at = snapshot_enrollment(state, number, WBI_NONE);
    for (; at != WBI_NONE; at = snapshot_enrollment(state, number, at)) {
      wbi_put_u8(writer, 1);
      snapshot_one(plan, writer, at);
    }
    wbi_put_u8(writer, 0);
  }
}

/* One action. */
static void snapshot_action(const wbi_snapshot_plan *plan, wbi_writer *writer, uint32_t number) {
  const wbi_action *action = wbi_state_action(plan->state, number);
  const wbi_enrollment *enrollment = wbi_state_enrollment(plan->state, action->enrollment);
  const bool live = enrollment->state != WB_STATE_ENDED;
  wbi_put_bytes(writer, &action->id, sizeof action->id);
  wbi_put_bytes(writer, &action->contact, sizeof action->contact);
  wbi_snapshot_time(writer, action->claimed_at);
  wbi_snapshot_time(writer, action->deliver_by);
  wbi_snapshot_time(writer, action->next_wake);
  wbi_put_u32(writer, plan->enrollment_at[action->enrollment]);
  wbi_put_u32(writer, (uint32_t)action->day);
  wbi_put_u16(writer, action->entry);
  wbi_put_u16(writer, action->attempt);
  wbi_put_u16(writer, action->definition);
  const uint8_t bytes[] = {
      action->step,  action->next_step, action->text,
      action->kind,  action->channel,   action->state,
      action->cause, action->tries,     live && enrollment->detail == number + 1};
  wbi_put_bytes(writer, bytes, sizeof bytes);
}

/* A number of so many bytes, known once what follows it is written. */
static void snapshot_patch(wbi_writer *writer, size_t place, uint64_t value, size_t count) {
  if (writer->length > writer->capacity) return; /* same: what follows does not fit, either */
  wbi_writer patch = {writer->data + place, count, 0};
  wbi_put_low(&patch, value, count);
}

void wbi_snapshot_count(wbi_writer *writer, size_t place, uint32_t count) {
  snapshot_patch(writer, place, count, sizeof count);
}

/* Remembered actions by id. */
static void snapshot_actions(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const size_t place = writer->length;
  uint32_t count = 0;
  wbi_put_u32(writer, 0);
  for (size_t i = 0; i < plan->state->actions.items.count; i++) {
    const uint32_t number = plan->actions[i];
    if (!wbi_state_keeps(plan->state, wbi_state_action(plan->state, number))) continue;
    snapshot_action(plan, writer, number);
    count++;
  }
  wbi_snapshot_count(writer, place, count);
}

/* Contact points that say something, by id. */
static void snapshot_contacts(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const size_t place = writer->length;
  uint32_t count = 0;
  wbi_put_u32(writer, 0);
  for (size_t i = 0; i < plan->state->contacts.items.count; i++) {
    const wbi_contact_point *point = wbi_table_at(&plan->state->contacts, plan->contacts[i]);
    if (!wbi_point_says(point)) continue;
    wbi_put_bytes(writer, &point->id, sizeof point->id);
    wbi_snapshot_time(writer, point->at);
    wbi_snapshot_time(writer, point->answered);
    wbi_snapshot_time(writer, point->checked);
    wbi_put_u8(writer, point->flags);
    count++;
  }
  wbi_snapshot_count(writer, place, count);
}

/* Remembered event ids. */
static void snapshot_seen(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const size_t place = writer->length;
  uint32_t count = 0;
  wbi_put_u32(writer, 0);
  for (size_t i = 0; i < plan->state->seen.items.count; i++) {
    const wbi_seen *seen = wbi_table_at(&plan->state->seen, plan->seen[i]);
    if (wbi_state_forgotten(plan->state, seen->at)) continue;
    wbi_put_bytes(writer, &seen->id, sizeof seen->id);
    wbi_snapshot_time(writer, seen->at);
    count++;
  }
  wbi_snapshot_count(writer, place, count);
}

const wbi_section wbi_sections[WBI_SECTIONS] = {
    {"PRAC", snapshot_practice, wbi_practice_load},
    {"DEFI", snapshot_definitions, wbi_definitions_load},
    {"LOCA", snapshot_locations, wbi_locations_load},
    {"PATI", snapshot_patients, wbi_patients_load},
    {"ACTI", snapshot_actions, wbi_actions_load},
    {"CONT", snapshot_contacts, wbi_contacts_load},
    {"CONS", wbi_consents_save, wbi_consents_load},
    {"EVEN", snapshot_seen, wbi_seen_load},
    {"TASK", wbi_tasks_save, wbi_tasks_load},
    {"OPEN", wbi_openings_save, wbi_openings_load},
    {"WITH", wbi_withdrawn_save, wbi_withdrawn_load},
    {"CHAI", wbi_chairs_save, wbi_chairs_load},
    {"GIFT", wbi_gifts_save, wbi_gifts_load},
    {"METR", wbi_metrics_save, wbi_metrics_load},
    {"CRED", wbi_credits_save, wbi_credits_load},
};

/* A section: its tag, how long it is, and what is in it. */
static void snapshot_section(const wbi_snapshot_plan *plan, const wbi_section *section,
                             wbi_writer *writer) {
  wbi_put_bytes(writer, section->tag, WBI_TAG);
  const size_t place = writer->length;
  wbi_put_u64(writer, 0);
  const size_t begin = writer->length;
  section->save(plan, writer);
  snapshot_patch(writer, place, writer->length - begin, sizeof(uint64_t));
}

/* Everything, once the orders are known. */
static void snapshot_put(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const size_t begin = writer->length;
  wbi_put_u32(writer, WBI_SNAPSHOT_MAGIC);
  wbi_put_u16(writer, wbi_format_of(plan->state));
  wbi_put_u16(writer, wbi_format_of(plan->state));
  const size_t place = writer->length;
  wbi_put_u64(writer, 0);
  for (size_t i = 0; i < WBI_SECTIONS; i++)
    snapshot_section(plan, &wbi_sections[i], writer);
  const size_t length = writer->length - begin;
  uint32_t crc = 0;
  snapshot_patch(writer, place, length + sizeof crc, sizeof(uint64_t));
  if (writer->length <= writer->capacity) /* same: full, it has no room for the checksum */
    crc = plan->state->crc32c(0, writer->data + begin, length);
  wbi_put_u32(writer, crc);
}

wb_status wbi_snapshot_write(const wbi_state *state, wbi_writer *writer) {
  wbi_snapshot_plan plan = {.state = state};
  const wb_status status = snapshot_sort(&plan);
  if (status == WB_OK) snapshot_put(&plan, writer);
  snapshot_free(&plan);
  return status;
}
