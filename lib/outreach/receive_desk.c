/* SPDX-License-Identifier: MIT */
/* Tasks for the desk: put on a list by an event, and dealt with. */
#include "outreach/receive_private.h"

/* The location of a patient, as of some enrolment. */
static wbi_text desk_location(const wbi_state *state, uint32_t person) {
  const uint32_t at = wbi_state_patient(state, person)->enrollments;
  if (at == WBI_NONE) return WBI_TEXT("");
  return wbi_keys_text(&state->locations, wbi_state_enrollment(state, at)->location);
}

/* The id of an inbox task: the event's, or one made of what is known. */
static wbi_bytes16 desk_task_id(const wbi_receive *event) {
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

wb_status wbi_receive_task(const wbi_receive *event, uint8_t list, wbi_text reason) {
  const wbi_state *state = &event->practice->state;
  if (event->person == WBI_NONE) return WB_E_NAME;
  return wbi_receive_add(event,
                         (wbi_effect){.kind = WBI_EFFECT_TASK_OPEN,
                                      .id = desk_task_id(event),
                                      .definition = WBI_DEFINITIONS_MAX,
                                      .patient = wbi_keys_text(&state->patients, event->person),
                                      .location = desk_location(state, event->person),
                                      .name = reason,
                                      .code = list});
}

wb_status wbi_receive_inbox(const wbi_receive *event, wbi_text reason) {
  return wbi_receive_task(event, WBI_LIST_INBOX, reason);
}

wb_status wbi_receive_task_done(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  wbi_bytes16 id;
  if (event->input.action == NULL) return WB_E_INVALID;
  memcpy(&id, event->input.action, sizeof id);
  if (wbi_state_task_find(state, &id) == WBI_NONE) {
    const uint32_t found = wbi_table_find(&state->actions, &id);
    return found != WBI_NONE ? WB_OK : WB_E_NAME;
  }
  return wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_TASK_CLOSE, .id = id});
}
