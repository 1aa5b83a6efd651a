/* SPDX-License-Identifier: MIT */
/* What may come in from outside, one row a kind. */
#include "support/world.h"

#include <string.h>

/* What an input names. */
enum {
  OF_PATIENT = 1,
  OF_CONTACT = 2,
  OF_CAMPAIGN = 4,
  OF_LOCATION = 8,
  OF_ACTION = 16,
  OF_NAME = 32, /* its text is the name of something */
  OF_MINUTES = 64
};

/* What follows for the world. */
enum { THEN_NOTHING, THEN_OUT, THEN_IN, THEN_PAUSED, THEN_RESUMED };

static const struct {
  int32_t kind;
  uint32_t of;
  const char *text;
  int32_t then;
} world_rows[] = {
    {WB_INPUT_REPLY, OF_CONTACT, "STOP", THEN_OUT},
    {WB_INPUT_REPLY, OF_PATIENT, "Stop texting me", THEN_OUT},
    {WB_INPUT_REPLY, OF_CONTACT, "START", THEN_IN},
    {WB_INPUT_REPLY, OF_CONTACT, "How much is a cleaning?", THEN_NOTHING},
    {WB_INPUT_REPLY, OF_PATIENT, "Please call me", THEN_NOTHING},
    {WB_INPUT_REPLY, OF_CONTACT, "HELP", THEN_NOTHING},
    {WB_INPUT_REPLY, OF_CONTACT, "You have the wrong number", THEN_NOTHING},
    {WB_INPUT_REPLY, OF_PATIENT, "My face is swollen and it hurts", THEN_NOTHING},
    {WB_INPUT_REPLY, OF_CONTACT, "purple", THEN_NOTHING},
    {WB_INPUT_CLICK, OF_PATIENT, NULL, THEN_NOTHING},
    {WB_INPUT_CLICK, OF_PATIENT, NULL, THEN_NOTHING},
    {WB_INPUT_BOOKED, OF_PATIENT, NULL, THEN_NOTHING},
    {WB_INPUT_KEPT, OF_PATIENT, NULL, THEN_NOTHING},
    {WB_INPUT_CANCELLED, OF_PATIENT, NULL, THEN_NOTHING},
    {WB_INPUT_CAPACITY, OF_LOCATION | OF_NAME | OF_MINUTES, "hygiene", THEN_NOTHING},
    {WB_INPUT_OPTED_OUT, OF_CONTACT, NULL, THEN_OUT},
    {WB_INPUT_OPTED_OUT, OF_PATIENT, NULL, THEN_OUT},
    {WB_INPUT_OPTED_IN, OF_CONTACT, NULL, THEN_IN},
    {WB_INPUT_TASK_DONE, OF_ACTION, NULL, THEN_NOTHING},
    {WB_INPUT_LAUNCH, OF_CAMPAIGN, NULL, THEN_NOTHING},
    {WB_INPUT_PAUSE, OF_CAMPAIGN, NULL, THEN_NOTHING},
    {WB_INPUT_PAUSE, OF_LOCATION, NULL, THEN_NOTHING},
    {WB_INPUT_STOP, OF_CAMPAIGN, NULL, THEN_NOTHING},
    {WB_INPUT_PAUSE, 0, NULL, THEN_PAUSED},
    {WB_INPUT_RESUME, OF_CAMPAIGN, NULL, THEN_NOTHING},
    {WB_INPUT_RESUME, OF_LOCATION, NULL, THEN_NOTHING},
    {WB_INPUT_RESUME, 0, NULL, THEN_RESUMED},
    {WB_INPUT_RESUME, 0, NULL, THEN_RESUMED},
    {WB_INPUT_WITHDRAW, OF_CAMPAIGN | OF_NAME, "hello", THEN_NOTHING},
    {WB_INPUT_WITHDRAW, OF_CAMPAIGN | OF_NAME, "mail", THEN_NOTHING},
    {WB_INPUT_RESUME, OF_CAMPAIGN | OF_NAME, "hello", THEN_NOTHING},
    {WB_INPUT_RESUME, OF_CAMPAIGN | OF_NAME, "mail", THEN_NOTHING},
};
enum { WORLD_ROWS = sizeof world_rows / sizeof *world_rows };

/* A key of the world, now and then one that nobody ever heard of. */
static const char *inputs_key(world *w, const char *const *keys, uint32_t count) {
  const uint32_t picked = world_pick(w, 4 * count + 1);
  return picked == 4 * count ? "zz" : keys[picked % count];
}

/* Who or what the input names. */
static void inputs_name(world *w, wb_input *input, uint32_t of) {
  static const char *const patients[] = {"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"};
  static const char *const campaigns[] = {"aa", "bb", "cc"};
  static const char *const locations[] = {"1", "2"};
  if (of & OF_PATIENT) {
    input->patient = inputs_key(w, patients, WORLD_PATIENTS);
    input->patient_length = (uint32_t)strlen(input->patient);
  }
  if (of & OF_CAMPAIGN) {
    input->campaign = inputs_key(w, campaigns, 3);
    input->campaign_length = (uint32_t)strlen(input->campaign);
  }
  if (of & OF_LOCATION) {
    input->location = inputs_key(w, locations, 2);
    input->location_length = (uint32_t)strlen(input->location);
  }
}

/* The ids that the input names: those of an entry of the outbox, or any. */
static void inputs_ids(world *w, wb_input *input, uint32_t of, uint8_t contact[16],
                       uint8_t action[16]) {
  const uint32_t picked = world_pick(w, w->entry_count + 1);
  memset(contact, 9, 16);
  memset(action, 9, 16);
  if (picked < w->entry_count) {
    memcpy(contact, w->entries[picked].contact, 16);
    memcpy(action, w->entries[picked].id, 16);
  }
  if (of & OF_CONTACT) input->contact = contact;
  if (of & OF_ACTION) input->action = action;
}

/* What the world knows after an input was taken. */
static void inputs_then(world *w, const wb_input *input, int32_t then) {
  if (then == THEN_IN) w->out_count = 0;
  if (then == THEN_PAUSED) w->paused = true;
  if (then == THEN_RESUMED) w->paused = false;
  if (then == THEN_OUT && input->contact && w->out_count < WORLD_ENTRIES)
    memcpy(w->out[w->out_count++], input->contact, 16);
}

/* An input that was taken comes a second time: that is well, and changes nothing. */
static void inputs_again(world *w) {
  enum { REMEMBERED = 85 * WORLD_DAY };
  const uint32_t kept = w->input_count < WORLD_INPUTS ? w->input_count : WORLD_INPUTS;
  const uint32_t place = world_pick(w, kept);
  const wb_input *input = &w->inputs[place];
  if (w->now - w->input_times[place] > REMEMBERED) return;
  const uint64_t before = wb_practice_sequence(w->process[w->active]);
  world_believe(w, world_receive(w, input, w->now) == WB_OK, "an event again is well");
  if (wb_practice_sequence(w->process[w->active]) == before) return;
  /* Otherwise this process only now read what the other one wrote. */
  const uint64_t after = wb_practice_sequence(w->process[w->active]);
  world_believe(w, world_receive(w, input, w->now) == WB_OK, "an event again is well");
  world_believe(w, wb_practice_sequence(w->process[w->active]) == after, "it changes nothing");
}

void world_input(world *w) {
  if (w->input_count > 0 && world_pick(w, 8) == 0) {
    inputs_again(w);
    return;
  }
  const uint32_t row = world_pick(w, WORLD_ROWS);
  const uint32_t place = w->input_count % WORLD_INPUTS;
  wb_input *input = &w->inputs[place];
  const wb_input before = *input;
  uint8_t contact[16], action[16];
  *input = (wb_input){.size = sizeof *input, .kind = world_rows[row].kind};
  const char *text = world_rows[row].text;
  const uint32_t length = text ? (uint32_t)strlen(text) : 0;
  const bool named = (world_rows[row].of & OF_NAME) != 0;
  *(named ? &input->name : &input->text) = text;
  *(named ? &input->name_length : &input->text_length) = length;
  if (world_rows[row].of & OF_MINUTES) input->minutes = 60 * world_pick(w, 8);
  inputs_name(w, input, world_rows[row].of);
  inputs_ids(w, input, world_rows[row].of, contact, action);
  memcpy(input->event_id, &w->moves, sizeof w->moves);
  input->event_id[15] = 1;
  const wb_time late = world_pick(w, 8) == 0 ? WORLD_DAY : 0; /* news from yesterday */
  const wb_status status = world_receive(w, input, w->now - late);
  const bool known = status == WB_OK || status == WB_E_NAME || status == WB_E_STATE;
  world_believe(w, known, "an event is taken or refused");
  if (status != WB_OK) {
    *input = before;
    return;
  }
  inputs_then(w, input, world_rows[row].then);
  w->input_times[place] = w->now;
  memcpy(w->input_contacts[place], contact, 16);
  memcpy(w->input_actions[place], action, 16);
  if (input->contact) input->contact = w->input_contacts[place];
  if (input->action) input->action = w->input_actions[place];
  w->input_count++;
}
