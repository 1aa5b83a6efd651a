/* SPDX-License-Identifier: MIT */
/* An opening and those who are asked for it. */
#include "outreach/slot.h"
#include "outreach/visit.h"

void wbi_slot_name(wbi_slot_subject *subject, wbi_text key, uint32_t generation) {
  wbi_writer writer = {subject->bytes, sizeof subject->bytes, 0};
  wbi_put_text(&writer, key);
  wbi_put_char(&writer, '#');
  wbi_put_uint(&writer, generation);
  subject->text = (wbi_text){subject->bytes, writer.length};
}

/* Where the generation begins in a subject; SIZE_MAX: it has none. */
static size_t slot_mark(wbi_text subject) {
  for (size_t i = subject.length; i > 0; i--) {
    if (subject.data[i - 1] == '#') return i - 1;
  }
  return SIZE_MAX; /* same: no opening has an empty key */
}

/* The opening that a subject is about; WBI_NONE. *current is told of one that is there. */
static uint32_t slot_about(const wbi_state *state, wbi_text subject, bool *current) {
  const size_t mark = slot_mark(subject);
  uint64_t generation = 0;
  if (mark == SIZE_MAX) return WBI_NONE;
  const uint32_t found = wbi_state_opening_find(state, wbi_text_slice(subject, 0, mark));
  if (found == WBI_NONE) return WBI_NONE;
  const wb_status status =
      wbi_parse_uint(wbi_text_slice(subject, mark + 1, subject.length), &generation);
  *current = status == WB_OK && generation == wbi_state_opening(state, found)->generation;
  return found;
}

uint32_t wbi_slot_of(const wbi_state *state, const wbi_enrollment *enrollment, bool *current) {
  *current = false;
  if (!wbi_state_remembers(state, enrollment)) return WBI_NONE; /* the key may be another's now */
  return slot_about(state, wbi_state_subject(state, enrollment), current);
}

wbi_text wbi_slot_shown(const wbi_state *state, const wb_campaign *campaign, wbi_text subject) {
  bool current;
  if (campaign == NULL || campaign->subject != WBI_SUBJECT_OPENING) return subject;
  const uint32_t place = slot_about(state, subject, &current);
  return place != WBI_NONE ? wbi_opening_key(state, wbi_state_opening(state, place)) : subject;
}

uint32_t wbi_slot_task(const wbi_state *state, const wbi_open_task *task) {
  bool current;
  if (task->list != WBI_LIST_VISITS || task->subject == WBI_NONE) return WBI_NONE;
  return slot_about(state, wbi_keys_text(&state->subjects, task->subject), &current);
}

void wbi_slot_gone(const wb_practice *practice, wbi_effect *effect, wb_time now) {
  effect->name = WBI_TEXT("opening_gone");
  effect->code = WBI_LIST_OUTREACH;
  effect->signals = WB_SIGNAL_OPENING_GONE;
  effect->cause = wbi_desk_rank(effect->signals, 0);
  effect->day = WB_DATE_NONE;
  effect->wake = now;
  effect->until = now + (wb_time)practice->options.task_days * WBI_DAY;
}

/* Whoever was told that a time is theirs, and does not get it, hears of it from a person. */
static wb_status slot_lost(wb_practice *practice, const wbi_open_task *task, wb_time now) {
  const wbi_state *state = &practice->state;
  wbi_effect effect = {.kind = WBI_EFFECT_TASK_OPEN,
                       .definition = task->definition,
                       .patient = wbi_keys_text(&state->patients, task->patient),
                       .subject = wbi_keys_text(&state->subjects, task->subject),
                       .location = wbi_keys_text(&state->locations, task->location)};
  wbi_siphash sip;
  wbi_siphash_init(&sip, &practice->secret);
  wbi_siphash_text(&sip, WBI_TEXT("lost"));
  wbi_siphash_add(&sip, &task->id, sizeof task->id);
  wbi_siphash_finish(&sip, &effect.id);
  wbi_slot_gone(practice, &effect, now);
  return wbi_plan_add(&practice->plan, &effect);
}

wb_status wbi_slot_done(wb_practice *practice, uint32_t place, uint32_t but, wb_time now) {
  const wbi_state *state = &practice->state;
  const bool over = wbi_state_opening(state, place)->start <= now;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (wbi_slot_task(state, task) != place) continue;
    status = wbi_desk_settle(practice, task);
    if (status == WB_OK && task->patient != but && !over) status = slot_lost(practice, task, now);
  }
  return status;
}

wbi_effect wbi_slot_set(const wbi_state *state, const wbi_opening *opening, uint8_t to,
                        wb_time until) {
  return (wbi_effect){.kind = WBI_EFFECT_OPENING_SET,
                      .name = wbi_opening_key(state, opening),
                      .number = opening->generation,
                      .code = to,
                      .until = until};
}

void wbi_slot_lend(const wbi_state *state, const wbi_opening *opening, wb_value *lent) {
  const wbi_text key = wbi_opening_key(state, opening);
  const wbi_text schedule = wbi_keys_text(&state->names, opening->schedule);
  lent[WBI_LENT_SLOT_KEY] =
      (wb_value){.kind = WB_TEXT, .data = key.data, .length = (uint32_t)key.length};
  lent[WBI_LENT_SLOT_START] = (wb_value){.kind = WB_TIME, .integer = opening->start};
  if (opening->minutes > 0)
    lent[WBI_LENT_SLOT_MINUTES] = (wb_value){.kind = WB_INT, .integer = opening->minutes};
  if (schedule.length > 0)
    lent[WBI_LENT_SLOT_SCHEDULE] =
        (wb_value){.kind = WB_TEXT, .data = schedule.data, .length = (uint32_t)schedule.length};
}

/* Finds the visit that a turn is about, and lends it. */
static wb_status slot_visit(wbi_turn *turn, wb_value *lent, wb_error *error) {
  const wbi_text key = wbi_turn_who(turn).subject;
  wbi_appointment visit;
  bool found = false;
  const wb_status status = wbi_visit_find(turn->subject, key, &visit, &found, error);
  if (status != WB_OK || !found) return status;
  turn->visit = visit.start;
  turn->scheduled = wbi_text_equal(visit.status, WBI_TEXT("scheduled"));
  wbi_visit_lend(&visit, lent);
  return WB_OK;
}

wb_status wbi_slot_begin(wbi_turn *turn, wb_error *error) {
  const wbi_state *state = &turn->practice->state;
  wb_value lent[WBI_LENT_FIELDS] = {0};
  wb_status status = WB_OK;
  bool current;
  /* same: only sooner done */
  if (turn->campaign->subject == WBI_SUBJECT_PATIENT) return WB_OK;
  if (turn->campaign->subject == WBI_SUBJECT_APPOINTMENT) status = slot_visit(turn, lent, error);
  const uint32_t found = wbi_slot_of(state, wbi_turn_enrollment(turn), &current);
  if (turn->campaign->subject == WBI_SUBJECT_OPENING && found != WBI_NONE)
    wbi_slot_lend(state, wbi_state_opening(state, found), lent);
  wbi_facts_lend(turn->subject->facts, lent);
  return status;
}

wb_status wbi_slot_turn(wbi_turn *turn) {
  const wbi_state *state = &turn->practice->state;
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  bool current = false;
  const uint32_t found = wbi_slot_of(state, enrollment, &current);
  const wbi_opening *opening = found != WBI_NONE ? wbi_state_opening(state, found) : NULL;
  if (opening == NULL || !current || wbi_opening_over(opening))
    return wbi_turn_end(turn, WBI_TEXT("gone"));
  turn->before = opening->start - WBI_WAVE_LAST;
  /* Who was asked goes on; a message that is looked at once more counts since it was handed out. */
  if (enrollment->touches > (turn->looks != NULL)) return WB_OK;
  const bool free_ = opening->state != WB_OPENING_TENTATIVE;
  return !free_ || wbi_wave_gap(opening->start - turn->now) == 0
             ? wbi_turn_end(turn, WBI_TEXT("gone"))
             : WB_OK;
}
