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
  OF_MINUTES = 64,
  OF_OTHER = 128, /* a second patient */
  OF_OTHER_CONTACT = 256,
  OF_VISIT = 512,
  OF_TIME = 1024, /* in the days to come, or those before */
  OF_CLASS = 2048,
  OF_CHANNEL = 4096,
  OF_OUTCOME = 8192,
  OF_TASK = 16384 /* an action that is open on the desk, or any */
};

/* What follows for the world. */
enum {
  THEN_NOTHING,
  THEN_OUT,
  THEN_IN,
  THEN_PAUSED,
  THEN_RESUMED,
  THEN_BACK,
  THEN_GONE,
  THEN_DEAD,
  THEN_ONE,
  THEN_FORGOTTEN,
  THEN_DONE
};

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
    {WB_INPUT_REPLY, OF_PATIENT, "YES", THEN_NOTHING},
    {WB_INPUT_REPLY, OF_CONTACT, "Yes please", THEN_NOTHING},
    {WB_INPUT_REPLY, OF_CONTACT, "No", THEN_NOTHING},
    {WB_INPUT_CLICK, OF_PATIENT, NULL, THEN_NOTHING},
    {WB_INPUT_CLICK, OF_PATIENT | OF_ACTION, NULL, THEN_NOTHING},
    {WB_INPUT_BOOKED, OF_PATIENT, NULL, THEN_BACK},
    {WB_INPUT_BOOKED, OF_PATIENT | OF_VISIT | OF_TIME, NULL, THEN_BACK},
    {WB_INPUT_KEPT, OF_PATIENT | OF_VISIT, NULL, THEN_BACK},
    {WB_INPUT_BROKEN, OF_PATIENT | OF_VISIT | OF_TIME, NULL, THEN_NOTHING},
    {WB_INPUT_CANCELLED, OF_PATIENT, NULL, THEN_NOTHING},
    {WB_INPUT_CANCELLED, OF_PATIENT | OF_VISIT | OF_TIME | OF_MINUTES | OF_LOCATION, NULL,
     THEN_NOTHING},
    {WB_INPUT_SLOT_OPENED, OF_VISIT | OF_TIME | OF_MINUTES | OF_LOCATION, NULL, THEN_NOTHING},
    {WB_INPUT_SLOT_OPENED, OF_VISIT | OF_TIME | OF_MINUTES | OF_LOCATION, NULL, THEN_NOTHING},
    {WB_INPUT_SLOT_CLOSED, OF_VISIT, NULL, THEN_NOTHING},
    {WB_INPUT_CAPACITY, OF_LOCATION | OF_NAME | OF_MINUTES, "hygiene", THEN_NOTHING},
    {WB_INPUT_OPTED_OUT, OF_CONTACT, NULL, THEN_OUT},
    {WB_INPUT_OPTED_OUT, OF_PATIENT, NULL, THEN_OUT},
    {WB_INPUT_OPTED_IN, OF_CONTACT, NULL, THEN_IN},
    {WB_INPUT_CONSENT, OF_PATIENT | OF_CONTACT | OF_CHANNEL | OF_CLASS | OF_OUTCOME, NULL,
     THEN_NOTHING},
    {WB_INPUT_NUMBER_CHECKED, OF_CONTACT | OF_OUTCOME, NULL, THEN_NOTHING},
    {WB_INPUT_CONTACT_CHANGED, OF_PATIENT | OF_CONTACT | OF_OTHER_CONTACT | OF_CHANNEL | OF_OUTCOME,
     NULL, THEN_NOTHING},
    {WB_INPUT_CONTACTED, OF_PATIENT, NULL, THEN_NOTHING},
    {WB_INPUT_SETTING, OF_NAME | OF_OUTCOME, "unknown_permission", THEN_NOTHING},
    {WB_INPUT_TASK_DONE, OF_ACTION, NULL, THEN_DONE},
    {WB_INPUT_TASK_DONE, OF_TASK | OF_OUTCOME | OF_TIME, NULL, THEN_DONE},
    {WB_INPUT_TASK_DONE, OF_TASK | OF_OUTCOME, NULL, THEN_DONE},
    {WB_INPUT_MERGED, OF_PATIENT | OF_OTHER, NULL, THEN_ONE},
    {WB_INPUT_MOVED, OF_PATIENT | OF_LOCATION, NULL, THEN_NOTHING},
    {WB_INPUT_LEFT, OF_PATIENT, NULL, THEN_GONE},
    {WB_INPUT_DECEASED, OF_PATIENT, NULL, THEN_DEAD},
    {WB_INPUT_FORGET, OF_PATIENT, NULL, THEN_FORGOTTEN},
    {WB_INPUT_LAUNCH, OF_CAMPAIGN, NULL, THEN_NOTHING},
    {WB_INPUT_PAUSE, OF_CAMPAIGN, NULL, THEN_NOTHING},
    {WB_INPUT_PAUSE, OF_LOCATION, NULL, THEN_NOTHING},
    {WB_INPUT_STOP, OF_CAMPAIGN, NULL, THEN_NOTHING},
    {WB_INPUT_PAUSE, OF_CLASS, NULL, THEN_NOTHING},
    {WB_INPUT_PAUSE, 0, NULL, THEN_PAUSED},
    {WB_INPUT_RESUME, OF_CAMPAIGN, NULL, THEN_NOTHING},
    {WB_INPUT_RESUME, OF_LOCATION, NULL, THEN_NOTHING},
    {WB_INPUT_RESUME, OF_CLASS, NULL, THEN_NOTHING},
    {WB_INPUT_RESUME, 0, NULL, THEN_RESUMED},
    {WB_INPUT_RESUME, 0, NULL, THEN_RESUMED},
    {WB_INPUT_WITHDRAW, OF_CAMPAIGN | OF_NAME, "hello", THEN_NOTHING},
    {WB_INPUT_WITHDRAW, OF_CAMPAIGN | OF_NAME, "mail", THEN_NOTHING},
    {WB_INPUT_RESUME, OF_CAMPAIGN | OF_NAME, "hello", THEN_NOTHING},
    {WB_INPUT_RESUME, OF_CAMPAIGN | OF_NAME, "mail", THEN_NOTHING},
    {WB_INPUT_RESTORED_READY, 0, NULL, THEN_NOTHING}, /* refused: nothing was restored */
};
enum { WORLD_ROWS = sizeof world_rows / sizeof *world_rows };

/* A key of the world, now and then one that nobody ever heard of. */
static const char *inputs_key(world *w, const char *const *keys, uint32_t count) {
  const uint32_t picked = world_pick(w, 4 * count + 1);
  return picked == 4 * count ? "zz" : keys[picked % count];
}

/* Who or what the input names. */
static void inputs_name(world *w, wb_input *input, uint32_t of) {
  static const char *const patients[] = {"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"};
  static const char *const campaigns[] = {"aa", "bb", "cc", "dd", "ee", "ff"};
  static const char *const locations[] = {"1", "2"};
  static const char *const visits[] = {"o0", "o1", "o2", "v0", "v3", "v8", "v9"};
  const struct {
    uint32_t of, count;
    const char *const *keys;
    const char **key;
    uint32_t *length;
  } members[] = {
      {OF_PATIENT, WORLD_PATIENTS, patients, &input->patient, &input->patient_length},
      {OF_CAMPAIGN, WORLD_CAMPAIGNS, campaigns, &input->campaign, &input->campaign_length},
      {OF_LOCATION, 2, locations, &input->location, &input->location_length},
      {OF_OTHER, WORLD_PATIENTS, patients, &input->other, &input->other_length},
      {OF_VISIT, 7, visits, &input->visit, &input->visit_length}};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    if ((of & members[i].of) == 0) continue;
    *members[i].key = inputs_key(w, members[i].keys, members[i].count);
    *members[i].length = (uint32_t)strlen(*members[i].key);
  }
}

/* The numbers that the input gives. */
static void inputs_numbers(world *w, wb_input *input, uint32_t of) {
  enum { BEFORE = 2, TIMES = 12, CLASSES = 6, CHANNELS = 4, OUTCOMES = 9 };
  if (of & OF_MINUTES) input->minutes = 60 * world_pick(w, 8);
  if (of & OF_TIME) input->at = w->now + ((wb_time)world_pick(w, TIMES) - BEFORE) * WORLD_DAY;
  const bool pause = input->kind == WB_INPUT_PAUSE || input->kind == WB_INPUT_RESUME;
  if (of & OF_CLASS)
    input->class_ = (int32_t)(pause ? 1 + world_pick(w, CLASSES - 1) : world_pick(w, CLASSES));
  if (of & OF_CHANNEL) input->channel = (int32_t)world_pick(w, CHANNELS);
  const bool task = input->kind == WB_INPUT_TASK_DONE;
  if (of & OF_OUTCOME) input->outcome = (int32_t)world_pick(w, task ? OUTCOMES : 5);
}

/* A contact point: one of the outbox, one of the world, or any. */
static void inputs_contact(world *w, uint8_t contact[16]) {
  const uint32_t picked = world_pick(w, 2 * WORLD_CONTACTS + 1);
  memset(contact, 9, 16);
  if (picked < WORLD_CONTACTS) memcpy(contact, w->it->contacts[picked], 16);
  if (picked >= WORLD_CONTACTS && w->entry_count > 0 && picked < 2 * WORLD_CONTACTS)
    memcpy(contact, w->entries[world_pick(w, w->entry_count)].contact, 16);
}

/* A task of the desk; false: the list that was picked is empty. */
static bool inputs_task(world *w, uint8_t action[16]) {
  wb_task task = {.size = sizeof task};
  uint64_t cursor = 0;
  const int32_t list = WB_DESK_OUTREACH + (int32_t)world_pick(w, 4);
  if (wb_desk_next(w->process[w->active], list, &cursor, &task) != WB_OK) return false;
  memcpy(action, task.id, 16);
  return true;
}

/* The ids that the input names: of an action those of an entry of the outbox, or any. */
static void inputs_ids(world *w, wb_input *input, uint32_t of, uint32_t place) {
  uint8_t *contact = w->input_contacts[place], *action = w->input_actions[place];
  const uint32_t picked = world_pick(w, w->entry_count + 1);
  memset(action, 9, 16);
  if (picked < w->entry_count) memcpy(action, w->entries[picked].id, 16);
  if (of & OF_TASK) (void)inputs_task(w, action);
  if (of & OF_CONTACT) inputs_contact(w, contact);
  if (of & OF_OTHER_CONTACT) inputs_contact(w, w->input_others[place]);
  if (of & OF_CONTACT) input->contact = contact;
  if (of & OF_OTHER_CONTACT) input->other_contact = w->input_others[place];
  if (of & (OF_ACTION | OF_TASK)) input->action = action;
}

/* What the outbox has of somebody who is forgotten, with all their keys, is of nobody. */
static void inputs_forget(world *w, const char *key) {
  const uint32_t who = w->stands[world_number(key)];
  world_part(w, who);
  for (uint32_t i = 0; i < w->entry_count; i++) {
    if (strcmp(w->entries[i].patient, world_key(who)) != 0) continue;
    strcpy(w->entries[i].patient, "~");
    strcpy(w->entries[i].entered, "~");
    w->entries[i].attempt = 0;
  }
}

/* From here on a key may stand for somebody else. */
static void inputs_merge(world *w, const wb_input *input) {
  w->merged = true;
  w->gone = 0;
  world_join(w, world_number(input->patient), world_number(input->other));
}

/* What the world knows after an input about a patient was taken. */
static void inputs_then_patient(world *w, const wb_input *input, int32_t then) {
  const uint32_t bit = 1u << world_number(input->patient);
  if (then == THEN_BACK) w->gone &= ~bit;
  if (then == THEN_GONE && !w->merged) w->gone |= bit;
  if (then == THEN_DEAD) w->dead |= bit;
  if (then == THEN_FORGOTTEN) inputs_forget(w, input->patient);
  if (then == THEN_FORGOTTEN) w->dead = w->gone = 0;
  if (then == THEN_ONE) inputs_merge(w, input);
}

/* A task that was dealt with was handed over: the desk saw it, though no poll came back with it. */
static void inputs_done(world *w, const uint8_t action[16]) {
  world_entry *entry = world_find(w, action);
  if (!entry && w->entry_count < WORLD_ENTRIES) {
    entry = &w->entries[w->entry_count++];
    *entry = (world_entry){.kind = WB_ACTION_CALL_TASK, .told = WB_SENT};
    memcpy(entry->id, action, 16);
  }
  if (entry) entry->answered = true; /* by that */
}

/* What the world knows after an input was taken. */
static void inputs_then(world *w, const wb_input *input, int32_t then) {
  if (then == THEN_IN) w->out_count = 0;
  if (then == THEN_PAUSED) w->paused = true;
  if (then == THEN_RESUMED) w->paused = false;
  if (then == THEN_OUT && input->contact && w->out_count < WORLD_ENTRIES)
    memcpy(w->out[w->out_count++], input->contact, 16);
  if (then >= THEN_BACK && then <= THEN_FORGOTTEN) inputs_then_patient(w, input, then);
  if (then == THEN_DONE) w->gone = 0; /* who was called may be back */
  if (then == THEN_DONE) inputs_done(w, input->action);
}

/* An input that was taken comes a second time: that is well, and changes nothing. */
static void inputs_again(world *w) {
  enum { REMEMBERED = 85 * WORLD_DAY };
  const uint32_t kept = w->input_count < WORLD_INPUTS ? w->input_count : WORLD_INPUTS;
  const uint32_t place = world_pick(w, kept);
  const wb_input *input = &w->inputs[place];
  if (input->kind == 0 || w->now - w->input_times[place] > REMEMBERED) return;
  const uint64_t before = wb_practice_sequence(w->process[w->active]);
  world_believe(w, world_receive(w, input, w->now) == WB_OK, "an event again is well");
  if (wb_practice_sequence(w->process[w->active]) == before) return;
  /* Otherwise this process only now read what the other one wrote. */
  const uint64_t after = wb_practice_sequence(w->process[w->active]);
  world_believe(w, world_receive(w, input, w->now) == WB_OK, "an event again is well");
  world_believe(w, wb_practice_sequence(w->process[w->active]) == after, "it changes nothing");
}

/* Fills an input of a row. */
static void inputs_make(world *w, wb_input *input, uint32_t row, uint32_t place) {
  const uint32_t of = world_rows[row].of;
  const char *text = world_rows[row].text;
  *input = (wb_input){.size = sizeof *input,
                      .kind = world_rows[row].kind,
                      .approver = "dr-example",
                      .approver_length = 10};
  *(of & OF_NAME ? &input->name : &input->text) = text;
  *(of & OF_NAME ? &input->name_length : &input->text_length) = text ? (uint32_t)strlen(text) : 0;
  inputs_numbers(w, input, of);
  inputs_name(w, input, of);
  inputs_ids(w, input, of, place);
  world_event_id(w, input, 0, 1);
}

/* Whether a test does without this. */
static bool inputs_left_out(const world *w, uint32_t row) {
  const bool opens = (world_rows[row].of & (OF_VISIT | OF_MINUTES)) == (OF_VISIT | OF_MINUTES);
  return (opens && (w->without & WORLD_OPENINGS) != 0) ||
         (world_rows[row].then == THEN_ONE && (w->without & WORLD_MERGES) != 0);
}

bool world_input_of(world *w, uint32_t row) {
  if (row >= WORLD_ROWS) return false;
  if (inputs_left_out(w, row)) return true;
  const uint32_t place = w->input_count % WORLD_INPUTS; /* of the oldest: it is known no more */
  wb_input *input = &w->inputs[place];
  inputs_make(w, input, row, place);
  const wb_time late = world_pick(w, 8) == 0 ? WORLD_DAY : 0; /* news from yesterday */
  const wb_status status = world_receive(w, input, w->now - late);
  const bool known = status == WB_OK || status == WB_E_NAME || status == WB_E_STATE;
  world_believe(w, known || status == WB_E_INVALID, "an event is taken or refused");
  if (status != WB_OK) {
    input->kind = 0;
    return true;
  }
  inputs_then(w, input, world_rows[row].then);
  w->input_times[place] = w->now;
  w->input_count++;
  return true;
}

void world_input(world *w) {
  if (w->input_count > 0 && world_pick(w, 8) == 0)
    inputs_again(w);
  else
    (void)world_input_of(w, world_pick(w, WORLD_ROWS));
}
