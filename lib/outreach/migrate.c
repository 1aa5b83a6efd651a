/* SPDX-License-Identifier: MIT */
/*
 * From older definitions of a campaign to the newest. Steps are known by their ids: somebody stays
 * at theirs, or goes to what takes its place. Who waits is at the step that follows the wait: they
 * go to what follows that wait now, and keep the time until which they wait, unless it is asked for
 * anew. Of facts nothing but the zone is asked then, so a plan and what is done afterwards count
 * alike.
 */
#include "outreach/practice_private.h"

#include <winback/migrate.h>

enum { MIGRATE_NOWHERE = WBI_STEP_END };

/* One call. */
typedef struct migrate_run {
  wb_practice *practice;
  const wb_campaign *to;
  wb_migrate_options options;
  uint32_t target; /* number of the definition */
  wb_time now;
  wbi_vector rows; /* migrate_row */
} migrate_run;

/* A row in the making; the names are those of definitions, or empty. */
typedef struct migrate_row {
  wbi_text from, to;
  uint64_t people, due;
} migrate_row;

/* The step that takes the place of one that the newest definition no longer has, as the options
   say; MIGRATE_NOWHERE. */
static uint32_t migrate_instead(const migrate_run *run, wbi_text id) {
  if (wbi_campaign_step(run->to, id) >= 0) return MIGRATE_NOWHERE;
  for (uint32_t i = 0; i < run->options.count; i++) {
    if (!wbi_text_equal(wbi_text_of(run->options.from[i]), id)) continue;
    return (uint32_t)wbi_campaign_step(run->to, wbi_text_of(run->options.to[i]));
  }
  return MIGRATE_NOWHERE;
}

/* The step of the newest definition that has an id, or takes its place; MIGRATE_NOWHERE. */
static uint32_t migrate_named(const migrate_run *run, wbi_text id) {
  const int32_t found = wbi_campaign_step(run->to, id);
  return found >= 0 ? (uint32_t)found : migrate_instead(run, id);
}

/* Where somebody goes who is at a step: that, or the next one that is still there. */
static uint32_t migrate_at(const migrate_run *run, const wb_campaign *from, uint32_t step) {
  while (step < from->step_count) {
    const uint32_t found = migrate_named(run, from->steps[step].id);
    if (found != MIGRATE_NOWHERE || from->steps[step].kind == WBI_STEP_EXIT) return found;
    step = from->steps[step].next;
  }
  return MIGRATE_NOWHERE;
}

/* The wait that somebody is in who waits for a step: the last one that leads there. */
static uint32_t migrate_wait(const wb_campaign *from, uint32_t step) {
  for (uint32_t i = step; i > 0; i--) {
    const wbi_step *wait = &from->steps[i - 1];
    if (wait->kind == WBI_STEP_WAIT && wait->next == step) return i - 1;
  }
  return MIGRATE_NOWHERE;
}

/* Where somebody goes who waits for a step: where the options say, if it is gone. */
static uint32_t migrate_waiting(const migrate_run *run, const wb_campaign *from, uint32_t step) {
  if (step >= from->step_count) return MIGRATE_NOWHERE;
  const uint32_t instead = migrate_instead(run, from->steps[step].id);
  if (instead != MIGRATE_NOWHERE) return instead;
  const uint32_t wait = migrate_wait(from, step);
  const int32_t same =
      wait != MIGRATE_NOWHERE ? wbi_campaign_step(run->to, from->steps[wait].id) : -1;
  if (same >= 0 && run->to->steps[same].kind == WBI_STEP_WAIT) return run->to->steps[same].next;
  return migrate_at(run, from, step);
}

/* The place of a name among those of a list of rules; 0: the first stands in for one that is gone.
 */
static uint8_t migrate_segment(const migrate_run *run, const wb_campaign *from, uint8_t segment) {
  for (uint32_t i = 0; segment < from->segment_count && i < run->to->segment_count; i++) {
    if (wbi_text_equal(run->to->segments[i].name, from->segments[segment].name)) return (uint8_t)i;
  }
  return 0;
}

/* The variant stays what it was drawn to be, and who is exempt is so still. */
static uint8_t migrate_variant(const migrate_run *run, const wb_campaign *from, uint8_t marked) {
  const uint8_t variant = wbi_variant_drawn(marked), mark = marked ^ variant;
  if (variant == WBI_HELD_OUT) return variant;
  for (uint32_t i = 0; variant < from->variant_count && i < run->to->variant_count; i++) {
    if (wbi_text_equal(run->to->variants[i].name, from->variants[variant].name))
      return (uint8_t)(i | mark);
  }
  return mark;
}

/* The response that is waited for, if there still is one of its name. */
static uint8_t migrate_response(const migrate_run *run, const wb_campaign *from, uint8_t response) {
  if (response == 0 || response > from->response_count) return 0;
  return (uint8_t)(wbi_campaign_response(run->to, from->responses[response - 1].name) + 1);
}

/* Whether what is under way is handed out or unknown: then it is carried along. */
static bool migrate_carried(const wbi_action *open) {
  return open != NULL && wbi_action_left(open->state);
}

/* Whether an enrolment waits for its time. */
static bool migrate_waits(const migrate_run *run, const wbi_enrollment *enrollment,
                          const wbi_action *open) {
  return enrollment->state == WB_STATE_WAITING && enrollment->awaits == 0 && !enrollment->put_off &&
         enrollment->wake > run->now && open == NULL;
}

/* Where an enrolment goes, and with what is handed out after that; MIGRATE_NOWHERE. */
static void migrate_place(const migrate_run *run, const wb_campaign *from,
                          const wbi_enrollment *enrollment, const wbi_action *open,
                          wbi_effect *effect) {
  uint32_t step = migrate_waits(run, enrollment, open)
                      ? migrate_waiting(run, from, enrollment->step)
                      : migrate_at(run, from, enrollment->step);
  if (migrate_carried(open)) {
    const uint32_t next = migrate_waiting(run, from, open->next_step);
    effect->next_step = (uint8_t)next;
    if (step == MIGRATE_NOWHERE || next == MIGRATE_NOWHERE) step = next;
  }
  effect->step = (uint8_t)step;
}

/* The zone of a patient; NULL: not known. */
static wb_status migrate_zone(const migrate_run *run, const wbi_enrollment *enrollment,
                              const wb_zone **zone) {
  const wb_practice *practice = run->practice;
  const wb_moment moment = {.size = sizeof moment, .now = run->now, .practice = practice};
  uint64_t row = 0;
  *zone = NULL;
  wb_status status = wbi_facts_row(
      run->options.facts, wbi_keys_text(&practice->state.patients, enrollment->patient), &row);
  if (status == WB_OK) status = wbi_facts_zone(run->options.facts, row, &moment, zone, NULL);
  return wbi_turn_personal(status) ? WB_OK : status;
}

/* A time within the practice's spread that only this enrolment has. */
static wb_time migrate_jitter(const migrate_run *run, uint32_t number) {
  const wbi_turn turn = wbi_turn_begin(run->practice, number, run->now);
  const wbi_bytes16 id = wbi_sequence_id(run->practice, run->to, wbi_turn_who(&turn),
                                         WBI_TEXT("migrate"), WB_CHANNEL_NONE);
  return (wb_time)(wbi_low64(id.bytes) % run->practice->options.spread);
}

/* When something ends that is counted anew; what is over so has a time of its own. */
static wb_time migrate_ends(const migrate_run *run, uint32_t number, wb_time end) {
  return end > run->now ? end : run->now + migrate_jitter(run, number);
}

/* The wait that somebody is in: the one that, begun when theirs did, leads to where they wait until
   when they do. MIGRATE_NOWHERE. */
static uint32_t migrate_origin(const migrate_run *run, const wb_campaign *from,
                               const wbi_enrollment *enrollment, const wbi_clock *clock) {
  for (uint32_t i = 0; i < from->step_count; i++) {
    if (from->steps[i].kind != WBI_STEP_WAIT) continue;
    const wbi_going going = wbi_sequence_go(run->practice, from, i, clock);
    if (going.step == enrollment->step && going.wake == enrollment->wake) return i;
  }
  return MIGRATE_NOWHERE;
}

/* The time until which somebody waits is counted anew, from when the wait began, by the wait as it
   is now. */
static wb_status migrate_recompute(const migrate_run *run, const wb_campaign *from, uint32_t number,
                                   wbi_effect *effect) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&run->practice->state, number);
  wbi_clock clock = {NULL, wbi_enrollment_since(enrollment), WB_TIME_NONE};
  const wb_status status = migrate_zone(run, enrollment, &clock.zone);
  if (status != WB_OK || clock.zone == NULL) return status;
  const uint32_t origin = migrate_origin(run, from, enrollment, &clock);
  const int32_t wait =
      origin != MIGRATE_NOWHERE ? wbi_campaign_step(run->to, from->steps[origin].id) : -1;
  if (wait < 0 || run->to->steps[wait].kind != WBI_STEP_WAIT) return WB_OK;
  const wbi_going going = wbi_sequence_go(run->practice, run->to, (uint32_t)wait, &clock);
  effect->step = going.step;
  effect->wake = migrate_ends(run, number, going.wake);
  return WB_OK;
}

/* The same of whoever waits for an event: the time-out. */
static void migrate_timeout(const migrate_run *run, uint32_t number, wbi_effect *effect) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&run->practice->state, number);
  const wbi_step *at = &run->to->steps[effect->step];
  if (at->kind != WBI_STEP_AWAIT || enrollment->wake <= run->now) return;
  effect->wake = migrate_ends(run, number, wbi_enrollment_since(enrollment) + at->within);
}

/* What is counted anew of somebody who waits and has not responded. */
static wb_status migrate_anew(const migrate_run *run, const wb_campaign *from, uint32_t number,
                              const wbi_action *open, wbi_effect *effect) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&run->practice->state, number);
  const bool asked = (run->options.flags & WB_MIGRATE_RECOMPUTE) != 0;
  if (!asked || enrollment->response != 0) return WB_OK;
  if (migrate_waits(run, enrollment, open)) return migrate_recompute(run, from, number, effect);
  if (enrollment->state == WB_STATE_WAITING && enrollment->awaits != 0 &&
      effect->step != MIGRATE_NOWHERE)
    migrate_timeout(run, number, effect);
  return WB_OK;
}

/* Where an enrolment goes, as an effect; step MIGRATE_NOWHERE: a person decides. */
static wb_status migrate_effect(const migrate_run *run, const wb_campaign *from, uint32_t number,
                                wbi_effect *made) {
  const wbi_state *state = &run->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wbi_action *open =
      enrollment->detail > 0 ? wbi_state_action(state, enrollment->detail - 1) : NULL;
  wbi_effect effect = wbi_state_effect(state, number, WBI_EFFECT_MIGRATE);
  effect.wake = enrollment->wake;
  effect.number = run->target;
  effect.segment = migrate_segment(run, from, enrollment->segment);
  effect.variant = migrate_variant(run, from, enrollment->variant);
  effect.rank = wbi_campaign_rank(run->to);
  effect.code = migrate_response(run, from, enrollment->response);
  migrate_place(run, from, enrollment, open, &effect);
  const wb_status status = migrate_anew(run, from, number, open, &effect);
  *made = effect;
  if (status != WB_OK || effect.step == MIGRATE_NOWHERE) return status;
  const wbi_step *at = &run->to->steps[effect.step];
  made->awaits = enrollment->awaits != 0 ? at->awaits : 0;
  made->cause = !migrate_carried(open) && !wbi_text_equal(at->id, from->steps[enrollment->step].id);
  return WB_OK;
}

/* Counts somebody in their row. */
static wb_status migrate_count(migrate_run *run, wbi_text from, wbi_text to, bool due) {
  for (size_t i = 0; i < run->rows.count; i++) {
    migrate_row *row = wbi_vector_at(&run->rows, i);
    if (!wbi_text_equal(row->from, from) || !wbi_text_equal(row->to, to)) continue;
    row->people++;
    row->due += due;
    return WB_OK;
  }
  migrate_row *row = wbi_vector_push(&run->rows);
  if (row == NULL) return WB_E_NOMEM;
  *row = (migrate_row){from, to, 1, due};
  return WB_OK;
}

/* One enrolment: counted and, if this is no plan, taken over. */
static wb_status migrate_one(migrate_run *run, const wb_campaign *from, uint32_t number) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&run->practice->state, number);
  if (from == NULL) return migrate_count(run, WBI_TEXT(""), WBI_TEXT(""), false);
  const wbi_text was =
      enrollment->step < from->step_count ? from->steps[enrollment->step].id : WBI_TEXT("");
  wbi_effect effect;
  wb_status status = migrate_effect(run, from, number, &effect);
  if (status != WB_OK) return status;
  if (effect.step == MIGRATE_NOWHERE) return migrate_count(run, was, WBI_TEXT(""), false);
  const wbi_step *at = &run->to->steps[effect.step];
  const bool due = at->kind == WBI_STEP_SEND && enrollment->state != WB_STATE_CLAIMED &&
                   (enrollment->state == WB_STATE_HELD || effect.wake <= run->now + WBI_DAY);
  status = migrate_count(run, was, at->id, due);
  if (status != WB_OK || (run->options.flags & WB_MIGRATE_PLAN) != 0) return status;
  return wbi_plan_add(&run->practice->plan, &effect);
}

/* Everybody inside one older definition. */
static wb_status migrate_definition(migrate_run *run, uint32_t definition) {
  const wbi_state *state = &run->practice->state;
  const wb_campaign *from;
  wb_status status = wbi_practice_campaign(run->practice, definition, &from);
  for (uint32_t i = 0; status == WB_OK && i < state->enrollment.count; i++) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, i);
    if (enrollment->definition != definition || enrollment->state == WB_STATE_ENDED) continue;
    status = migrate_one(run, from, i);
  }
  return status;
}

/* Whether a definition of the campaign has a step, or no longer compiles and may have it. */
static wb_status migrate_has(const migrate_run *run, wbi_text id, bool *has) {
  const wbi_state *state = &run->practice->state;
  const uint32_t name = wbi_state_definition(state, run->target)->name;
  wb_status status = WB_OK;
  *has = false;
  for (uint32_t i = 0; status == WB_OK && !*has && i < state->definition.count; i++) {
    const wb_campaign *campaign;
    if (wbi_state_definition(state, i)->name != name) continue;
    status = wbi_practice_campaign(run->practice, i, &campaign);
    *has = status == WB_OK && (campaign == NULL || wbi_campaign_step(campaign, id) >= 0);
  }
  return status;
}

/* Whether one step may take the place of another. */
static wb_status migrate_pair(const migrate_run *run, const char *from, const char *to,
                              wb_error *error) {
  bool has;
  if (from == NULL || to == NULL)
    return wbi_fail(error, WB_E_INVALID, "A step that takes the place of another is missing.");
  if (wbi_campaign_step(run->to, wbi_text_of(to)) < 0)
    return wbi_fail(error, WB_E_NAME, "The newest definition has no step of this id.");
  const wb_status status = migrate_has(run, wbi_text_of(from), &has);
  return status != WB_OK || has
             ? status
             : wbi_fail(error, WB_E_NAME, "No definition has the step that another replaces.");
}

/* Whether the newest definition has the steps that take the place of others, and others have
   those. */
static wb_status migrate_check(const migrate_run *run, wb_error *error) {
  const wbi_definition *target = wbi_state_definition(&run->practice->state, run->target);
  if (run->to == NULL)
    return wbi_fail(error, WB_E_STATE, "The newest definition does not compile.");
  if (!target->launched && (run->options.flags & WB_MIGRATE_PLAN) == 0)
    return wbi_fail(error, WB_E_STATE, "The newest definition is not launched.");
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < run->options.count; i++)
    status = migrate_pair(run, run->options.from[i], run->options.to[i], error);
  return status;
}

/* Plans everything, in one record. */
static wb_status migrate_plan(migrate_run *run) {
  wb_practice *practice = run->practice;
  const wbi_state *state = &practice->state;
  const uint32_t name = wbi_state_definition(state, run->target)->name;
  wb_status status = wbi_plan_open(&practice->plan, state, WBI_BY_MIGRATE);
  for (uint32_t i = 0; status == WB_OK && i < state->definition.count; i++) {
    if (i != run->target && wbi_state_definition(state, i)->name == name)
      status = migrate_definition(run, i);
  }
  if (status == WB_OK) wbi_plan_close(&practice->plan);
  return status;
}

/* Tells the rows; the texts are lent until the next call. */
static wb_status migrate_tell(const migrate_run *run, wb_migration *rows) {
  wbi_arena *names = &run->practice->names;
  const size_t stride = run->rows.count > 0 ? rows->size : 0;
  wbi_arena_reset(names);
  for (size_t i = 0; i < run->rows.count; i++) {
    const migrate_row *row = wbi_vector_at(&run->rows, i);
    const wb_migration told = {.size = sizeof told,
                               .from = wbi_arena_copy(names, row->from),
                               .to = wbi_arena_copy(names, row->to),
                               .people = row->people,
                               .due = row->due};
    if (told.from == NULL || told.to == NULL) return WB_E_NOMEM;
    char *place = (char *)rows + i * stride;
    const uint32_t size = (uint32_t)stride;
    memcpy(place, &size, sizeof size);
    const wb_status status = wbi_struct_write(place, sizeof told, &told, sizeof told);
    if (WBI_NEVER(status != WB_OK)) return status; /* the rows were looked at */
  }
  return WB_OK;
}

/* The call on a practice that was entered. */
static wb_status migrate_call(migrate_run *run, wb_migration *rows, uint32_t capacity,
                              uint32_t *count, wb_error *error) {
  wb_status status = wbi_practice_campaign(run->practice, run->target, &run->to);
  if (status == WB_OK) status = migrate_check(run, error);
  if (status != WB_OK) return status;
  status = migrate_plan(run);
  if (status != WB_OK) return wbi_fail(error, status, "There is no memory to take people over.");
  *count = (uint32_t)run->rows.count;
  if (*count > capacity) return wbi_fail(error, WB_E_SPACE, "There are more rows than fit.");
  status = migrate_tell(run, rows);
  if (status != WB_OK) return wbi_fail(error, status, "There is no memory to tell of it.");
  return wbi_practice_commit(run->practice, error);
}

/* Reads what the host gives. */
static wb_status migrate_read(migrate_run *run, const wb_migrate_options *given, wb_error *error) {
  wb_migrate_options *options = &run->options;
  if (given == NULL) return WB_OK;
  const wb_status status = wbi_struct_read(given, sizeof *options, options, sizeof *options,
                                           WB_MIGRATE_PLAN | WB_MIGRATE_RECOMPUTE, error);
  if (status != WB_OK || options->count == 0) return status;
  if (options->from != NULL && options->to != NULL) return WB_OK;
  return wbi_fail(error, WB_E_INVALID, "The steps that take the place of others are missing.");
}

/* The call with the facts that it asks for. */
static wb_status migrate_with(migrate_run *run, wb_migration *rows, uint32_t capacity,
                              uint32_t *count, wb_error *error) {
  if ((run->options.flags & WB_MIGRATE_RECOMPUTE) == 0)
    return migrate_call(run, rows, capacity, count, error);
  wb_status status = wbi_practice_facts(run->practice, run->options.facts, error);
  if (status != WB_OK) return status;
  status = migrate_call(run, rows, capacity, count, error);
  wbi_facts_leave(run->options.facts);
  return status;
}

wb_status WB_CALL wb_practice_migrate(wb_practice *practice, const char *campaign, size_t length,
                                      const wb_migrate_options *options, wb_time now,
                                      wb_migration *rows, uint32_t capacity, uint32_t *count,
                                      wb_error *error) {
  migrate_run run = {.practice = practice, .now = now};
  const bool places = rows != NULL ? rows->size >= sizeof *rows : capacity == 0;
  if (campaign == NULL || count == NULL || !places)
    return wbi_fail(error, WB_E_INVALID, "A migration needs a campaign and a place for its rows.");
  wb_status status = migrate_read(&run, options, error);
  if (status == WB_OK) status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  wbi_vector_init(&run.rows, practice->context, sizeof(migrate_row), UINT32_MAX / 4);
  run.target = wbi_state_campaign(&practice->state, (wbi_text){campaign, length});
  status = run.target != WBI_NONE ? migrate_with(&run, rows, capacity, count, error)
                                  : wbi_fail(error, WB_E_NAME, "There is no such campaign.");
  wbi_vector_free(&run.rows);
  wbi_practice_leave(practice);
  return status;
}
