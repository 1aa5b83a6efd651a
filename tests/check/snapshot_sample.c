/* SPDX-License-Identifier: MIT */
/* Reads snapshots, a line of hex each, says what was read (section, member, value), and last the
   bytes of the same state saved again. */
#include <stdio.h>
#include <stdlib.h>

#include "machine/machine.h"

enum { SAMPLE_MOST = 1 << 16 };

static const char *section;

static void number(const char *member, int64_t value) {
  printf("%s.%s %lld\n", section, member, (long long)value);
}

static void bytes(const char *member, const void *data, size_t count) {
  printf("%s.%s ", section, member);
  for (size_t i = 0; i < count; i++)
    printf("%02x", ((const uint8_t *)data)[i]);
  putchar('\n');
}

static void id(const char *member, const wbi_bytes16 *value) {
  bytes(member, value, sizeof *value);
}

static void key(const char *member, const wbi_keys *keys, uint32_t at) {
  const wbi_text text = at == WBI_NONE ? WBI_TEXT("") : wbi_keys_text(keys, at);
  bytes(member, text.data, text.length);
}

static void digest(const char *member, const wbi_sha256 *sha) {
  printf("%s.%s ", section, member);
  for (size_t i = 0; i < WBI_COUNT(sha->state); i++)
    printf("%u,", sha->state[i]);
  printf("%llu,", (unsigned long long)sha->total);
  for (size_t i = 0; i < sha->total % sizeof sha->block; i++)
    printf("%02x", sha->block[i]);
  putchar('\n');
}

static void of_practice(const wbi_state *state) {
  section = "practice";
  bytes("practice", state->key.data, state->key.length);
  id("check", &state->check);
  number("sequence", (int64_t)state->sequence);
  number("last", state->last);
  number("epoch", state->epoch);
  number("restoring", state->restoring);
  number("paused", state->paused);
  number("classes", state->paused_classes);
  number("assumed", state->assume);
  number("kept_days", state->kept_days);
  digest("since_sync", &state->since_sync);
  digest("since_seal", &state->since_seal);
  number("sealed_at", state->sealed_at);
  number("unsealed", state->unsealed);
}

static void of_definitions(const wbi_state *state) {
  section = "definition";
  for (uint32_t i = 0; i < state->definition.count; i++) {
    const wbi_definition *it = wbi_state_definition(state, i);
    const wbi_text content = wbi_state_canonical(state, it);
    key("name", &state->names, it->name);
    number("flags", it->current + 2 * it->launched + 4 * it->paused + 8 * it->stopped);
    number("left", it->ended);
    number("booked", it->booked);
    bytes("content", content.data, content.length);
  }
}

static void of_locations(const wbi_state *state) {
  section = "location";
  for (uint32_t i = 0; i < state->location.count; i++) {
    const wbi_location *it = wbi_state_location(state, i);
    key("location", &state->locations, i);
    number("admitted_on", it->admission_day);
    number("admitted", it->admitted);
    number("calls_on", it->task_day[wbi_list_limited(WBI_LIST_OUTREACH)]);
    number("calls", it->tasks[wbi_list_limited(WBI_LIST_OUTREACH)]);
    number("visits_on", it->task_day[wbi_list_limited(WBI_LIST_VISITS)]);
    number("visits", it->tasks[wbi_list_limited(WBI_LIST_VISITS)]);
    number("minute", it->minute);
    number("messages", it->messages);
    number("paused", it->paused);
  }
}

static void of_enrollment(const wbi_state *state, const wbi_enrollment *it) {
  section = "enrolment";
  number("definition", it->definition);
  number("location", it->location);
  number("state", it->state);
  number("hold", it->hold);
  number("segment", it->segment);
  number("step", it->step);
  number("touches", it->touches);
  number("response", it->response);
  number("variant", it->variant);
  number("signals", it->signals);
  number("rank", it->rank);
  number("loop", it->loop);
  number("awaits", it->awaits);
  number("events", it->events);
  number("entry", it->entry);
  number("entered", it->entered);
  number("wake", it->wake);
  number("touched", it->touched);
  number("since", it->since);
  number("counted", it->counted);
  const uint32_t place = (uint32_t)(it - (const wbi_enrollment *)state->enrollment.data);
  const wbi_origin origin = wbi_state_origin(state, place);
  const bool merged = wbi_origin_says(state, &origin);
  number("bits", it->put_off | (merged ? 2 : 0) | it->outside << 2);
  if (merged) number("key", origin.key);
  if (merged) number("last", origin.last);
  key("subject", &state->subjects, it->subject);
  if (it->state == WB_STATE_ENDED) key("reason", &state->names, it->detail);
}

static void of_patients(const wbi_state *state) {
  for (uint32_t i = 0; i < state->patient.count; i++) {
    const wbi_patient *it = wbi_state_patient(state, i);
    section = "patient";
    key("patient", &state->patients, i);
    printf("patient.minutes ");
    for (uint32_t each = 0; each < it->count; each++)
      printf("%u,", it->counted[each]);
    putchar('\n');
    number("flags", it->flags);
    if (wbi_patient_merged(it) != WBI_NONE) number("into", wbi_patient_merged(it));
    for (uint32_t at = it->enrollments; at != WBI_NONE; at = wbi_state_enrollment(state, at)->next)
      of_enrollment(state, wbi_state_enrollment(state, at));
  }
}

static void of_actions(const wbi_state *state) {
  section = "action";
  for (uint32_t i = 0; i < state->actions.items.count; i++) {
    const wbi_action *it = wbi_state_action(state, i);
    const wbi_enrollment *of = wbi_state_enrollment(state, it->enrollment);
    id("action", &it->id);
    id("contact", &it->contact);
    number("claimed", it->claimed_at);
    number("deliver_by", it->deliver_by);
    number("next_wake", it->next_wake);
    number("enrolment", it->enrollment);
    number("day", it->day);
    number("entry", it->entry);
    number("attempt", it->attempt);
    number("definition", it->definition);
    number("step", it->step);
    number("next_step", it->next_step);
    number("text", it->text);
    number("kind", it->kind);
    number("channel", it->channel);
    number("state", it->state);
    number("cause", it->cause);
    number("tries", it->tries);
    number("open", of->state != WB_STATE_ENDED && of->detail == i + 1);
  }
}

static void of_contacts(const wbi_state *state) {
  section = "contact";
  for (uint32_t i = 0; i < state->contacts.items.count; i++) {
    const wbi_contact_point *it = wbi_table_at(&state->contacts, i);
    if (!wbi_point_says(it)) continue; /* known by an action alone */
    id("contact", &it->id);
    number("changed", it->at);
    number("answered", it->answered);
    number("checked", it->checked);
    number("flags", it->flags);
  }
}

static void of_consents(const wbi_state *state) {
  section = "consent";
  for (uint32_t i = 0; i < state->consent.count; i++) {
    const wbi_consent *it = wbi_vector_at(&state->consent, i);
    uint32_t patient = 0;
    while (wbi_state_patient(state, patient)->consents != i)
      patient++;
    number("patient", patient);
    id("contact", &it->contact);
    id("event", &it->event);
    number("since", it->at);
    number("channel", it->channel);
    number("purpose", it->purpose);
    number("level", it->level);
    key("source", &state->names, it->source);
    key("wording", &state->names, it->wording);
  }
}

static void of_events(const wbi_state *state) {
  section = "event";
  for (uint32_t i = 0; i < state->seen.items.count; i++) {
    const wbi_seen *it = wbi_table_at(&state->seen, i);
    id("event", &it->id);
    number("seen", it->at);
  }
}

static void of_tasks(const wbi_state *state) {
  section = "task";
  for (uint32_t i = 0; i < state->task.count; i++) {
    const wbi_open_task *it = wbi_state_task(state, i);
    id("task", &it->id);
    number("opened", it->opened);
    number("due", it->due);
    number("expires", it->expires);
    number("patient", it->patient);
    number("location", it->location);
    number("definition", it->definition);
    number("list", it->list);
    number("rank", it->rank);
    number("attempts", it->attempts);
    number("signals", it->signals);
    key("subject", &state->subjects, it->subject);
    key("reason", &state->names, it->reason);
  }
}

static void of_openings(const wbi_state *state) {
  section = "opening";
  number("head.asked", state->openings_asked);
  number("head.accepted", state->openings_accepted);
  for (uint32_t i = 0; i < state->opening.count; i++) {
    const wbi_opening *it = wbi_state_opening(state, i);
    key("opening", &state->subjects, it->key);
    key("schedule", &state->names, it->schedule);
    number("location", it->location);
    number("patient", it->holder);
    number("start", it->start);
    number("until", it->until);
    number("minutes", it->minutes);
    number("asked", it->asked);
    number("waves", it->waves);
    number("generation", it->generation);
    number("depth", it->depth);
    number("opening_state", it->state);
  }
}

static void of_chairs(const wbi_state *state) {
  section = "withdrawn";
  for (uint32_t i = 0; i < state->withdrawn.count; i++) {
    const wbi_withdrawn *it = wbi_vector_at(&state->withdrawn, i);
    key("campaign", &state->names, it->campaign);
    key("template", &state->names, it->text);
  }
  section = "chair";
  for (uint32_t i = 0; i < state->chair.count; i++) {
    const wbi_chair *it = wbi_state_chair(state, i);
    number("location", it->location);
    key("schedule", &state->names, it->schedule);
    number("reported", it->at);
    number("open", it->open);
    number("booked", it->booked);
  }
}

static void of_gifts(const wbi_state *state) {
  section = "gift";
  for (uint32_t i = 0; i < state->gifts.items.count; i++) {
    const wbi_gift *it = wbi_table_at(&state->gifts, i);
    id("action", &it->id);
    number("patient", it->patient);
    number("day", it->day);
    number("cents", it->cents);
  }
}

static void of_metrics(const wbi_state *state) {
  section = "metric";
  for (uint32_t i = 0; i < state->metric.count; i++) {
    const wbi_metric *it = wbi_state_metric(state, i);
    number("definition", it->definition);
    number("segment", it->segment);
    number("variant", it->variant);
    number("last_entered", it->last_entered);
    number("entered", (int64_t)it->entered);
    number("contacted", (int64_t)it->contacted);
    number("messages", (int64_t)it->messages);
    number("responded", (int64_t)it->responded);
    number("booked", (int64_t)it->booked);
    number("kept", (int64_t)it->kept);
    number("came", (int64_t)it->came);
    number("production", it->production);
  }
}

static void of_credits(const wbi_state *state) {
  section = "credit";
  for (uint32_t i = 0; i < state->credits.items.count; i++) {
    const wbi_credit *it = wbi_table_at(&state->credits, i);
    id("visit", &it->id);
    number("touched", it->touched);
    number("value", it->value);
    number("definition", it->definition);
    number("segment", it->segment);
    number("variant", it->variant);
    number("stands", it->state);
  }
}

/* Reads one snapshot and tells of it. */
static void tell(const uint8_t *data, size_t length) {
  static const wbi_bytes16 check = {{1, 2, 3}};
  static char saved[SAMPLE_MOST];
  static void (*const parts[])(const wbi_state *) = {
      of_practice, of_definitions, of_locations, of_patients, of_actions, of_contacts, of_consents,
      of_events,   of_tasks,       of_openings,  of_chairs,   of_gifts,   of_metrics,  of_credits};
  wbi_state state;
  wbi_state_init(&state, NULL, WBI_TEXT("practice"), &check);
  const wb_status status = wbi_snapshot_read(&state, data, length, NULL);
  if (status != WB_OK) printf("not loaded: %d\n", (int)status);
  for (size_t i = 0; status == WB_OK && i < WBI_COUNT(parts); i++)
    parts[i](&state);
  wbi_writer writer = {saved, sizeof saved, 0};
  if (wbi_snapshot_write(&state, &writer) != WB_OK) exit(1);
  section = "saved";
  bytes("again", saved, writer.length);
  wbi_state_free(&state);
}

int main(void) {
  static uint8_t data[SAMPLE_MOST];
  static char line[2 * SAMPLE_MOST];
  while (fgets(line, sizeof line, stdin) != NULL) {
    size_t length = 0;
    unsigned byte = 0;
    while (length < sizeof data && sscanf(line + 2 * length, "%2x", &byte) == 1)
      data[length++] = (uint8_t)byte;
    tell(data, length);
  }
  return 0;
}
