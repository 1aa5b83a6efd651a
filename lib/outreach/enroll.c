/* SPDX-License-Identifier: MIT */
/*
 * Letting people in. A first pass over the rows finds who is due and can be reached; the second
 * admits them, best first, up to the day's number at each location. Who cannot be reached enters at
 * once, held with the reason, and takes nobody's place.
 */
#include "outreach/gate.h"
#include "outreach/visit.h"

enum {
  ENROLL_SAMPLE = 1000, /* eligible people below which nobody is held out: it would tell nothing */
  ENROLL_AGED = 14 * 86400 /* held so long for capacity: no priority goes before them */
};

/* Somebody who is to enter. */
typedef struct enroll_candidate {
  const wb_campaign *campaign;
  wbi_text key;      /* in the pass's memory, once it waits for a place */
  uint32_t location; /* number in the pass's locations */
  uint32_t entry;
  const wb_zone *zone; /* of the facts; NULL: not known */
  wb_time wake;
  wb_time since; /* inside already, held without a place; WB_TIME_MAX: new */
  wb_date due;
  uint16_t definition;
  wbi_arm arm;
  uint8_t rank, segment, hold, step;
  bool urgent; /* something about them is on the desk's list Now */
} enroll_candidate;

/* Admissions of one location in this pass. */
typedef struct enroll_place {
  wb_date day; /* that they count for; WB_DATE_NONE: not asked yet */
  uint32_t admitted, waiting;
} enroll_place;

/* One pass. */
typedef struct enroll_pass {
  wb_practice *practice;
  wb_facts *facts;
  wb_time now;
  wb_moment moment;
  wbi_keys locations;
  wbi_arena texts;               /* what facts lend for one patient only */
  wbi_vector candidates, places; /* enroll_candidate, enroll_place */
  wb_counts counts;
  wbi_gate gate;
  bool lists;                           /* nobody is let in… */
  wbi_vector rows;                      /* wb_waiting: …but who waits is told */
  uint32_t sample[WBI_DEFINITIONS_MAX]; /* eligible, inside or out again, by definition */
  uint32_t only;                        /* definition, or WBI_NONE: every launched one */
} enroll_pass;

/* When recare is due, the last day of all when that is not known; and the zone. */
static wb_status enroll_dates(const wbi_subject *subject, enroll_candidate *candidate,
                              wb_error *error) {
  wb_value due = {.size = sizeof due};
  const wb_status status = wbi_facts_value(subject->facts, subject->row, subject->fields->due,
                                           subject->moment, &due, error);
  if (status != WB_OK) return status;
  candidate->due = due.kind == WB_DATE ? (wb_date)due.integer : INT32_MAX;
  return wbi_facts_zone(subject->facts, subject->row, subject->moment, &candidate->zone, error);
}

/* Whether a candidate has entered already, and waits for a place. */
static bool enroll_waits(const enroll_candidate *candidate) {
  return candidate->since != WB_TIME_MAX;
}

/* Whom the id of the first message is of. */
static wbi_who enroll_who(const wbi_state *state, const enroll_candidate *candidate) {
  const wbi_text self = WBI_TEXT("");
  if (!enroll_waits(candidate)) return (wbi_who){candidate->key, self, candidate->entry, 0};
  const uint32_t person = wbi_state_person(state, candidate->key);
  return wbi_sequence_who(state, wbi_state_inside(state, person, candidate->definition, self));
}

/* Whether and how the first message could go. */
static wb_status enroll_reach(enroll_pass *pass, const wbi_subject *subject,
                              enroll_candidate *candidate, wb_error *error) {
  const wb_campaign *campaign = candidate->campaign;
  wb_status status = enroll_dates(subject, candidate, error);
  if (status != WB_OK) return status;
  const wbi_clock clock = {candidate->zone, pass->now, WB_TIME_NONE};
  const wbi_going first = wbi_sequence_go(pass->practice, campaign, 0, &clock);
  candidate->step = first.step;
  candidate->wake = first.wake;
  candidate->hold = candidate->zone == NULL ? WB_HOLD_ZONE : WB_HOLD_NONE;
  const bool sends = campaign->steps[first.step].kind == WBI_STEP_SEND;
  if (candidate->hold != WB_HOLD_NONE || !sends) return WB_OK;
  wbi_reach reach;
  status = wbi_reach_find(pass->practice, campaign, subject, &campaign->steps[first.step],
                          enroll_who(&pass->practice->state, candidate), &reach, error);
  if (status == WB_OK) candidate->hold = (uint8_t)reach.hold;
  return status;
}

/* Whether whoever left may enter again, by the campaign, once they rested. */
static bool enroll_again(const enroll_pass *pass, const wb_campaign *campaign, uint32_t number) {
  const wbi_state *state = &pass->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wb_time rested = enrollment->wake + (wb_time)campaign->rest_days * WBI_DAY;
  if (pass->now < rested || !wbi_sequence_over(pass->practice, number, pass->facts)) return false;
  if (campaign->reentry != WBI_REENTRY_FINISHED) return campaign->reentry == WBI_REENTRY_ENDED;
  return wbi_sequence_ending(state, enrollment) == WBI_ENDING_FINISHED;
}

/* Somebody inside: known, but where they wait for a place in a campaign that has so many. They keep
   the definition, segment and arm that they entered by. */
static wb_status enroll_inside(enroll_pass *pass, enroll_candidate *candidate,
                               const wbi_enrollment *enrollment, bool *known) {
  const wb_campaign *campaign = NULL;
  const wb_status status =
      wbi_enrollment_outside(enrollment)
          ? wbi_practice_campaign(pass->practice, enrollment->definition, &campaign)
          : WB_OK;
  *known = campaign == NULL || !wbi_gate_holds(campaign, enrollment);
  if (status != WB_OK) return status;
  pass->counts.inside += *known;
  pass->sample[candidate->definition] += *known;
  if (*known) return WB_OK; /* same: they are asked for no more */
  candidate->campaign = campaign;
  candidate->definition = enrollment->definition;
  candidate->entry = enrollment->entry;
  candidate->since = enrollment->wake;
  candidate->segment = enrollment->segment;
  candidate->arm =
      (wbi_arm){.variant = enrollment->variant, .held = enrollment->variant == WBI_HELD_OUT};
  return WB_OK;
}

/* Whether somebody is inside already, or rests. */
static wb_status enroll_known(enroll_pass *pass, enroll_candidate *candidate, bool *known) {
  const wbi_state *state = &pass->practice->state;
  const uint32_t patient = wbi_state_person(state, candidate->key);
  candidate->since = WB_TIME_MAX;
  *known = false;
  if (patient == WBI_NONE) return WB_OK;
  candidate->urgent = wbi_state_patient(state, patient)->urgent > 0;
  if (wbi_patient_away(wbi_state_patient(state, patient))) {
    pass->counts.resting++;
    *known = true;
    return WB_OK;
  }
  const uint32_t found = wbi_state_inside(state, patient, candidate->definition, WBI_TEXT(""));
  if (found == WBI_NONE) return WB_OK;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, found);
  if (enrollment->state != WB_STATE_ENDED) return enroll_inside(pass, candidate, enrollment, known);
  *known = !enroll_again(pass, candidate->campaign, found);
  pass->counts.resting += *known;
  pass->sample[candidate->definition] += *known;
  return WB_OK;
}

/* Adds a candidate. */
static wb_status enroll_push(enroll_pass *pass, const wbi_subject *subject,
                             enroll_candidate candidate, wb_error *error) {
  char bytes[WB_KEY_MAX];
  wbi_text location;
  wb_status status = wbi_subject_key(subject, subject->fields->location, bytes, &location, error);
  if (status == WB_OK) status = wbi_keys_reserve(&pass->locations, 1, location.length);
  if (status == WB_OK) status = wbi_vector_reserve(&pass->places, 1);
  if (status == WB_OK) status = wbi_vector_reserve(&pass->candidates, 1);
  if (status != WB_OK) return status;
  candidate.key.data = wbi_arena_copy(&pass->texts, candidate.key);
  if (candidate.key.data == NULL) return WB_E_NOMEM;
  candidate.location = wbi_keys_add(&pass->locations, location);
  if (candidate.location == pass->places.count)
    ((enroll_place *)wbi_vector_push(&pass->places))->day = WB_DATE_NONE;
  *(enroll_candidate *)wbi_vector_push(&pass->candidates) = candidate;
  return WB_OK;
}

/* What somebody who is new would enter by. */
static wb_status enroll_new(enroll_pass *pass, const wbi_subject *subject,
                            enroll_candidate *candidate, int32_t priority, wb_error *error) {
  candidate->segment = (uint8_t)priority;
  candidate->entry = wbi_sequence_entry(pass->practice, candidate->key, candidate->definition,
                                        WBI_TEXT(""), WB_TIME_NONE);
  return wbi_arm_draw(candidate->campaign, subject, candidate->key, &candidate->arm, error);
}

/* One patient and one campaign. */
static wb_status enroll_match(enroll_pass *pass, uint32_t definition, const wb_campaign *campaign,
                              const wbi_subject *subject, wb_error *error) {
  char bytes[WB_KEY_MAX];
  bool known;
  enroll_candidate candidate = {.campaign = campaign, .definition = (uint16_t)definition};
  wb_status status =
      wbi_subject_key(subject, subject->fields->patient_key, bytes, &candidate.key, error);
  if (status != WB_OK) return status;
  status = enroll_known(pass, &candidate, &known);
  if (status != WB_OK || known) return status;
  wb_match match = {.size = sizeof match};
  status = wbi_campaign_lets_in(candidate.campaign, subject, &match, error);
  if (status != WB_OK) return status;
  if (match.outcome == WB_MATCH_UNKNOWN) pass->counts.unknown++;
  if (match.outcome != WB_MATCH_IN) return WB_OK;
  candidate.rank = wbi_campaign_rank(candidate.campaign);
  if (!enroll_waits(&candidate))
    status = enroll_new(pass, subject, &candidate, match.priority, error);
  if (status == WB_OK) status = enroll_reach(pass, subject, &candidate, error);
  if (status == WB_OK) status = enroll_push(pass, subject, candidate, error);
  if (status != WB_OK) return status;
  pass->counts.eligible++;
  pass->sample[candidate.definition]++;
  return WB_OK;
}

/* All rows for one definition; a patient whose facts fail does not stop the others. */
static wb_status enroll_rows(enroll_pass *pass, uint32_t definition, uint64_t rows,
                             wb_error *error) {
  const wb_campaign *campaign;
  wb_status status = wbi_practice_campaign(pass->practice, definition, &campaign);
  if (status != WB_OK || campaign == NULL) return status;
  if (campaign->subject != WBI_SUBJECT_PATIENT && campaign->subject != WBI_SUBJECT_HOUSEHOLD)
    return WB_OK; /* what it is about brings people in */
  for (uint64_t row = 0; row < rows; row++) {
    const wbi_subject subject = {pass->facts, row, &pass->moment, &pass->practice->fields};
    status = wbi_facts_ahead(pass->facts, row, rows, error);
    if (status != WB_OK) return status;
    status = enroll_match(pass, definition, campaign, &subject, error);
    if (wbi_turn_personal(status))
      pass->counts.failed++;
    else if (status != WB_OK)
      return status;
  }
  return WB_OK;
}

/* Whether somebody has waited for so long that nobody is more important. */
static bool enroll_aged(const enroll_pass *pass, const enroll_candidate *candidate) {
  return candidate->since <= pass->now - ENROLL_AGED;
}

/* The order of admission: held for very long, priority of the campaign, held for longest, segment,
   longest overdue, key. same: what differs is not equal. */
static bool enroll_before(const void *user, uint32_t a, uint32_t b) {
  const enroll_pass *pass = user;
  const enroll_candidate *one = wbi_vector_at(&pass->candidates, a);
  const enroll_candidate *two = wbi_vector_at(&pass->candidates, b);
  const bool aged = enroll_aged(pass, one);
  if (aged != enroll_aged(pass, two)) return aged;
  if (!aged && one->rank != two->rank) return one->rank < two->rank;
  if (one->since != two->since) return one->since < two->since;
  if (one->segment != two->segment) return one->segment < two->segment;
  if (one->due != two->due) return one->due < two->due;
  const int keys = wbi_text_compare(one->key, two->key);
  return keys != 0 ? keys < 0 : one->definition < two->definition;
}

/* The local day that admissions count for: the next one with hours for outreach, so that those of a
   weekend do not pile up on Monday. */
static wb_date enroll_day(const wb_practice *practice, const wb_zone *zone, wb_time now) {
  wb_local local = {.date = WB_DATE_MAX}; /* where the calendar has no day for it */
  (void)wb_zone_local(zone, wbi_hours_next(practice, zone, now), &local);
  return local.date;
}

/* Whether the location has room that day for one more; takes the place. */
static bool enroll_room(enroll_pass *pass, const enroll_candidate *candidate) {
  const wbi_state *state = &pass->practice->state;
  enroll_place *place = wbi_vector_at(&pass->places, candidate->location);
  if (place->day == WB_DATE_NONE) {
    const uint32_t known =
        wbi_keys_find(&state->locations, wbi_keys_text(&pass->locations, candidate->location));
    place->day = enroll_day(pass->practice, candidate->zone, pass->now);
    if (known != WBI_NONE) {
      const wbi_location *location = wbi_state_location(state, known);
      if (location->admission_day >= place->day) place->admitted = location->admitted;
    }
  }
  if (place->admitted >= pass->practice->options.admissions) return false;
  place->admitted++;
  return true;
}

/* Whether one is held out: of many alone. */
static bool enroll_held_out(const enroll_pass *pass, const enroll_candidate *candidate) {
  const bool many = pass->sample[candidate->definition] >= ENROLL_SAMPLE;
  return candidate->arm.held && (many || enroll_waits(candidate));
}

/* Holds a candidate for whom there is a place that day, but no capacity. */
static wb_status enroll_gate(enroll_pass *pass, enroll_candidate *candidate) {
  wbi_gate_entry entry = {.campaign = candidate->campaign,
                          .definition = candidate->definition,
                          .location = wbi_keys_text(&pass->locations, candidate->location),
                          .day_began =
                              wbi_practice_day(pass->practice, candidate->zone, pass->now, 0),
                          .held_out = enroll_held_out(pass, candidate)};
  bool taken = false;
  const wb_status status = wbi_gate_take(&pass->gate, &entry, &taken);
  if (status != WB_OK || taken) return status;
  candidate->hold = WB_HOLD_CAPACITY;
  ((enroll_place *)wbi_vector_at(&pass->places, candidate->location))->admitted--;
  return WB_OK;
}

/* When the next place at a location may come: the hours begin on the day after the one that
   admissions count for now. */
static wb_time enroll_next(const enroll_pass *pass, const enroll_candidate *candidate,
                           const enroll_place *place) {
  wb_time at;
  const wb_local next = {.date = place->day + 1};
  if (place->day >= WB_DATE_MAX) return WB_TIME_NONE;
  const wb_status status = wb_zone_instant(candidate->zone, &next, 0, &at);
  if (WBI_NEVER(status != WB_OK)) return WB_TIME_NONE; /* each day of the calendar begins */
  return wbi_hours_next(pass->practice, candidate->zone, at);
}

/* One who waits as the host is told. */
static wb_status enroll_tell(enroll_pass *pass, const enroll_candidate *candidate, int32_t hold) {
  const wbi_state *state = &pass->practice->state;
  wbi_arena *names = &pass->practice->names;
  enroll_place *place = wbi_vector_at(&pass->places, candidate->location);
  wb_waiting *row = wbi_vector_push(&pass->rows);
  if (row == NULL) return WB_E_NOMEM;
  const wbi_definition *definition = wbi_state_definition(state, candidate->definition);
  const bool admissions = hold == WB_HOLD_ADMISSIONS;
  *row = (wb_waiting){
      .size = sizeof *row,
      .again = admissions ? enroll_next(pass, candidate, place) : WB_TIME_NONE,
      .campaign = wbi_keys_text(&state->names, definition->name).data,
      .segment = wbi_arena_copy(names, candidate->campaign->segments[candidate->segment].name),
      .patient = wbi_arena_copy(names, candidate->key),
      .location = wbi_arena_copy(names, wbi_keys_text(&pass->locations, candidate->location)),
      .hold = hold,
      .ahead = admissions ? place->waiting++ : 0,
      .patient_length = (uint32_t)candidate->key.length};
  const bool lent = row->segment != NULL && row->patient != NULL && row->location != NULL;
  return lent ? WB_OK : WB_E_NOMEM;
}

/* Leaves a candidate for another day. */
static wb_status enroll_wait(enroll_pass *pass, const enroll_candidate *candidate, int32_t hold) {
  pass->counts.waiting++;
  return pass->lists ? enroll_tell(pass, candidate, hold) : WB_OK;
}

/* Plans the entry of one candidate. Whoever waited inside for a place is let go first: they have
   entered already. */
static wb_status enroll_enter(enroll_pass *pass, const enroll_candidate *candidate) {
  const bool reached = candidate->hold == WB_HOLD_NONE;
  const enroll_place *place = wbi_vector_at(&pass->places, candidate->location);
  const bool held_out = enroll_held_out(pass, candidate);
  const wbi_effect effects[] = {{.kind = WBI_EFFECT_STEP,
                                 .definition = candidate->definition,
                                 .patient = candidate->key,
                                 .step = candidate->step,
                                 .wake = candidate->wake},
                                {.kind = WBI_EFFECT_ENROLL,
                                 .definition = candidate->definition,
                                 .patient = candidate->key,
                                 .location = wbi_keys_text(&pass->locations, candidate->location),
                                 .segment = candidate->segment,
                                 .variant = held_out ? WBI_HELD_OUT : candidate->arm.variant,
                                 .rank = candidate->rank,
                                 .step = candidate->step,
                                 .number = candidate->entry,
                                 .wake = candidate->wake,
                                 .day = reached ? place->day : WB_DATE_NONE},
                                {.kind = WBI_EFFECT_HOLD,
                                 .definition = candidate->definition,
                                 .patient = candidate->key,
                                 .code = candidate->hold}};
  const size_t first = enroll_waits(candidate) ? 0 : 1;
  const size_t end = reached ? 2 : 3;
  if (reached)
    pass->counts.enrolled++;
  else
    pass->counts.held++;
  if (pass->lists) return WB_OK; /* same: what is planned is not committed */
  return wbi_practice_record(pass->practice, WBI_BY_ENROLL, effects + first, end - first);
}

/* Whether the campaign, or outreach as a whole where the candidate is, is paused. */
static bool enroll_paused(const enroll_pass *pass, const enroll_candidate *candidate) {
  const wbi_state *state = &pass->practice->state;
  const uint32_t location =
      wbi_keys_find(&state->locations, wbi_keys_text(&pass->locations, candidate->location));
  return wbi_state_definition(state, candidate->definition)->paused ||
         wbi_turn_all_paused(pass->practice, location, candidate->campaign);
}

/* Lets one candidate in, or leaves them for another day: after a pause not all at once. */
static wb_status enroll_admit(enroll_pass *pass, enroll_candidate *candidate) {
  wb_status status = WB_OK;
  if (enroll_paused(pass, candidate)) return enroll_wait(pass, candidate, WB_HOLD_PAUSED);
  if (candidate->urgent) return enroll_wait(pass, candidate, WB_HOLD_DESK);
  if (candidate->hold == WB_HOLD_NONE) {
    if (!enroll_room(pass, candidate)) return enroll_wait(pass, candidate, WB_HOLD_ADMISSIONS);
    status = enroll_gate(pass, candidate);
  }
  if (status != WB_OK) return status;
  if (candidate->hold == WB_HOLD_NONE || !enroll_waits(candidate))
    return enroll_enter(pass, candidate);
  pass->counts.inside++;
  return WB_OK;
}

/* Sorts the candidates and admits them. */
static wb_status enroll_sorted(enroll_pass *pass) {
  const size_t count = pass->candidates.count;
  wb_context *context = pass->practice->context;
  uint32_t *order = wbi_alloc(context, (count + 1) * sizeof *order);
  if (order == NULL) return WB_E_NOMEM;
  for (uint32_t i = 0; i < count; i++) /* same: there is room for one more */
    order[i] = i;
  wbi_gate_init(&pass->gate, pass->practice);
  wb_status status = wbi_sort(context, order, count, NULL, enroll_before, pass);
  for (size_t i = 0; status == WB_OK && i < count; i++)
    status = enroll_admit(pass, wbi_vector_at(&pass->candidates, order[i]));
  wbi_gate_free(&pass->gate);
  wbi_free(context, order, (count + 1) * sizeof *order);
  return status;
}

/* Lets in whom visits bring, too, and commits. */
static wb_status enroll_commit(enroll_pass *pass, wb_error *error) {
  wb_status status =
      wbi_visit_enroll(pass->practice, pass->facts, pass->now, pass->only, &pass->counts, error);
  if (status == WB_OK) status = wbi_kept_find(pass->practice, pass->facts, pass->now, error);
  return status == WB_OK ? wbi_practice_commit(pass->practice, error) : status;
}

/* Both passes and the commit. */
static wb_status enroll_run(enroll_pass *pass, wb_error *error) {
  const wbi_state *state = &pass->practice->state;
  wb_status status = wbi_facts_rows(pass->facts, &pass->counts.patients, error);
  for (uint32_t i = 0; status == WB_OK && i < state->definition.count; i++) {
    if (!wbi_state_definition(state, i)->launched) continue;
    if (pass->only != WBI_NONE && pass->only != i) continue;
    status = enroll_rows(pass, i, pass->counts.patients, error);
  }
  if (status == WB_OK) status = enroll_sorted(pass);
  if (status == WB_OK && !pass->lists) status = enroll_commit(pass, error);
  if (status == WB_E_NOMEM) wbi_fail(error, status, "There is no memory to let people in.");
  return status;
}

/* The launched definition of a name; WBI_NONE. */
static uint32_t enroll_launched(const wbi_state *state, wbi_text name) {
  const uint32_t number = wbi_keys_find(&state->names, name);
  for (uint32_t i = 0; number != WBI_NONE && i < state->definition.count; i++) {
    const wbi_definition *definition = wbi_state_definition(state, i);
    if (definition->name == number && definition->launched) return i;
  }
  return WBI_NONE;
}

/* The memory of a pass, around it. */
static void enroll_init(enroll_pass *pass) {
  wb_context *context = pass->practice->context;
  wbi_keys_init(&pass->locations, context);
  wbi_arena_init(&pass->texts, context, 0);
  wbi_vector_init(&pass->candidates, context, sizeof(enroll_candidate), UINT32_MAX / 4);
  wbi_vector_init(&pass->places, context, sizeof(enroll_place), 0);
  wbi_vector_init(&pass->rows, context, sizeof(wb_waiting), UINT32_MAX / 4);
}

static void enroll_free(enroll_pass *pass) {
  wbi_keys_free(&pass->locations);
  wbi_arena_free(&pass->texts);
  wbi_vector_free(&pass->candidates);
  wbi_vector_free(&pass->places);
  wbi_vector_free(&pass->rows);
}

/* The pass on entered facts. */
static wb_status enroll_facts(enroll_pass *pass, wb_error *error) {
  if (wbi_practice_stale_facts(pass->practice, pass->facts, pass->now))
    return wbi_fail(error, WB_E_STATE, "The facts are too old, or of later than now.");
  return enroll_run(pass, error);
}

/* The pass over one campaign or all, on a practice that was entered. */
static wb_status enroll_call(enroll_pass *pass, wbi_text campaign, wb_error *error) {
  wb_practice *practice = pass->practice;
  pass->moment = (wb_moment){.size = sizeof pass->moment, .now = pass->now, .practice = practice};
  pass->only = WBI_NONE;
  if (campaign.data != NULL) {
    pass->only = enroll_launched(&practice->state, campaign);
    if (pass->only == WBI_NONE)
      return wbi_fail(error, WB_E_NAME, "No campaign of this name is launched.");
  }
  wb_status status = wbi_practice_facts(practice, pass->facts, error);
  if (status != WB_OK) return status;
  status = enroll_facts(pass, error);
  wbi_facts_leave(pass->facts);
  return status;
}

wb_status WB_CALL wb_practice_enroll(wb_practice *practice, const char *campaign, size_t length,
                                     wb_facts *facts, wb_time now, wb_counts *counts,
                                     wb_error *error) {
  enroll_pass pass = {.practice = practice, .facts = facts, .now = now};
  if (counts == NULL || counts->size < sizeof *counts)
    return wbi_fail(error, WB_E_INVALID, "The place for the counts is not well-formed.");
  wb_status status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  enroll_init(&pass);
  status = enroll_call(&pass, (wbi_text){campaign, length}, error);
  if (status == WB_OK)
    status = wbi_struct_write(counts, sizeof pass.counts, &pass.counts, sizeof pass.counts);
  enroll_free(&pass);
  wbi_practice_leave(practice);
  return status;
}

/* Gives the host who waits. */
static wb_status enroll_give(const enroll_pass *pass, wb_waiting *rows, uint32_t capacity,
                             uint32_t *count, wb_error *error) {
  *count = (uint32_t)pass->rows.count;
  if (*count > capacity) return wbi_fail(error, WB_E_SPACE, "There are more rows than fit.");
  return wbi_structs_write(rows, capacity > 0 ? rows->size : 0, &pass->rows);
}

wb_status WB_CALL wb_practice_waiting(wb_practice *practice, const char *campaign, size_t length,
                                      wb_facts *facts, wb_time now, wb_waiting *rows,
                                      uint32_t capacity, uint32_t *count, wb_error *error) {
  enroll_pass pass = {.practice = practice, .facts = facts, .now = now, .lists = true};
  const bool places = rows != NULL ? rows->size >= sizeof *rows : capacity == 0;
  if (count == NULL || !places)
    return wbi_fail(error, WB_E_INVALID, "The place for the rows is not well-formed.");
  wb_status status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  wbi_arena_reset(&practice->names);
  enroll_init(&pass);
  status = enroll_call(&pass, (wbi_text){campaign, length}, error);
  if (status == WB_OK) status = enroll_give(&pass, rows, capacity, count, error);
  enroll_free(&pass);
  wbi_practice_leave(practice);
  return status;
}
