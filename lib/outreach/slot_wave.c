/* SPDX-License-Identifier: MIT */
/*
 * Openings that are due: a hold that nobody confirmed is released, one that is too late expires,
 * and otherwise the next wave is asked. Whom it fits the audience of a campaign says, which reads
 * the opening as slot.…; who was asked longest ago comes first, and nobody is asked twice in a
 * poll.
 */
#include "outreach/slot.h"

enum {
  SLOT_WEEK = 7 * WBI_DAY,
  SLOT_ASKS = 3 /* a patient in a week */
};

/* Somebody whom an opening fits. */
typedef struct slot_candidate {
  wbi_text key;
  wbi_bytes16 point; /* where they would be asked */
  wb_time asked;     /* when last; WB_TIME_MIN: never */
  uint32_t entry;    /* the number that it would be */
  uint16_t definition;
  uint8_t rank, segment, step;
} slot_candidate;

/* One wave being put together. */
typedef struct slot_wave {
  wb_practice *practice;
  wb_facts *facts;
  wb_moment moment;
  const wbi_opening *opening;
  wbi_keys *asked;       /* in this poll: patients, and the bytes of contact points */
  wbi_vector candidates; /* slot_candidate */
  wbi_arena keys;
  wb_time opens; /* law and practice, as the first who is at the place tells */
} slot_wave;

/* Whether somebody may be asked for an opening, by what is known of them and what they were asked
   before; when last, if they were. */
static bool slot_may_ask(const slot_wave *wave, uint32_t patient, wb_time *last) {
  const wbi_state *state = &wave->practice->state;
  uint32_t week = 0;
  if (patient == WBI_NONE) return true;
  const wbi_patient *who = wbi_state_patient(state, patient);
  if (who->urgent > 0 || wbi_patient_away(who)) return false;
  uint32_t at = who->enrollments;
  for (; at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, at);
    bool current;
    const uint32_t opening = wbi_slot_of(state, enrollment, &current);
    const bool live = enrollment->state != WB_STATE_ENDED;
    if (opening == WBI_NONE || (!live && enrollment->touches == 0)) continue;
    const wbi_opening *other = wbi_state_opening(state, opening);
    const bool waits = enrollment->touches == 0 && !wbi_opening_over(other);
    if (other == wave->opening || waits) return false;
    if (enrollment->entered > *last) *last = enrollment->entered; /* same: sets what is */
    week += enrollment->entered > wave->moment.now - SLOT_WEEK;
  }
  return week < SLOT_ASKS;
}

/* When law and practice let messages of a campaign out at the place of whoever is asked; the law is
   there once the place is known. */
static wb_status slot_opens(slot_wave *wave, const wbi_turn *asked, wb_error *error) {
  wbi_jurisdiction place;
  wb_law_answer answer = {.flags = 0};
  wb_status status = wbi_turn_place(asked, asked->subject->row, &place, error);
  if (status != WB_OK) return status;
  status = wbi_hours_find(wave->practice, asked->zone, &place, asked->campaign,
                          asked->campaign->class_, asked->now, &answer, error);
  const bool closed = status != WB_OK || (answer.flags & WB_LAW_CLOSED) != 0;
  wave->opens = closed ? asked->now + WBI_DAY : answer.open_at;
  return WB_OK;
}

/* Whether the patient's location is that of the opening; their zone, and when messages may go. */
static wb_status slot_here(slot_wave *wave, wbi_turn *asked, bool *here, wb_error *error) {
  const wbi_state *state = &wave->practice->state;
  const wbi_subject *subject = asked->subject;
  const wbi_text wanted = wbi_keys_text(&state->locations, wave->opening->location);
  wb_value place = {.size = sizeof place};
  wb_status status = wbi_facts_value(subject->facts, subject->row, subject->fields->location,
                                     subject->moment, &place, error);
  if (status == WB_OK)
    status = wbi_facts_zone(subject->facts, subject->row, subject->moment, &asked->zone, error);
  if (status != WB_OK) return status;
  const wbi_text theirs = {place.data, place.kind == WB_TEXT ? place.length : 0};
  *here = asked->zone != NULL && (wanted.length == 0 || wbi_text_equal(wanted, theirs));
  return *here && wave->opens == WB_TIME_NONE ? slot_opens(wave, asked, error) : WB_OK;
}

/* Whether somebody would be held for a cap, or because their number was written to already. */
static bool slot_capped(const wbi_turn *asked, const wbi_contact *contact) {
  const wbi_text place = wbi_contact_place(asked->practice, contact);
  const wb_date today = wbi_practice_today(asked->practice, asked->zone, asked->now);
  const char *rule;
  if (asked->person != WBI_NONE &&
      wbi_caps_find(asked, place, contact->channel, today, &rule) != WB_TIME_NONE)
    return true;
  return wbi_caps_shared(asked, &contact->point, WBI_TEXT(""), today);
}

/* Whether the first message could go to somebody now. */
static wb_status slot_reaches(const slot_wave *wave, const wbi_turn *asked,
                              slot_candidate *candidate, bool *reaches, wb_error *error) {
  const wb_campaign *campaign = asked->campaign;
  const wbi_clock clock = {asked->zone, asked->now, WB_TIME_NONE};
  const wbi_going first = wbi_sequence_go(wave->practice, campaign, 0, &clock);
  wbi_slot_subject about;
  wbi_reach reach;
  *reaches = false;
  if (campaign->steps[first.step].kind != WBI_STEP_SEND) return WB_OK;
  wbi_slot_name(&about, wbi_opening_key(&wave->practice->state, wave->opening),
                wave->opening->generation);
  candidate->entry = wbi_sequence_entry(wave->practice, asked->patient, candidate->definition,
                                        about.text, wave->opening->start);
  const wb_status status =
      wbi_reach_find(wave->practice, campaign, asked->subject, &campaign->steps[first.step],
                     (wbi_who){asked->patient, about.text, candidate->entry, 0}, &reach, error);
  if (status != WB_OK || reach.hold != WB_HOLD_NONE) return status;
  candidate->step = first.step;
  candidate->point = reach.contact.point;
  *reaches = !slot_capped(asked, &reach.contact);
  return WB_OK;
}

/* Who is asked. */
static wb_status slot_who(wbi_turn *asked, char *bytes, wb_error *error) {
  const wb_status status = wbi_subject_key(asked->subject, asked->subject->fields->patient_key,
                                           bytes, &asked->patient, error);
  if (status != WB_OK) return status;
  asked->person = wbi_state_person(&asked->practice->state, asked->patient);
  return WB_OK;
}

/* Takes somebody in whom the opening fits, who may be asked and can be reached. */
static wb_status slot_consider(slot_wave *wave, uint32_t definition, const wb_campaign *campaign,
                               const wbi_subject *subject, wb_error *error) {
  slot_candidate candidate = {.asked = WB_TIME_MIN,
                              .definition = (uint16_t)definition,
                              .rank = wbi_campaign_rank(campaign)};
  wbi_turn asked = {.practice = wave->practice,
                    .campaign = campaign,
                    .subject = subject,
                    .now = wave->moment.now,
                    .counts = WB_TIME_NONE};
  char key[WB_KEY_MAX];
  wb_match match;
  bool fits = false;
  wb_status status = slot_here(wave, &asked, &fits, error);
  if (status != WB_OK || !fits) return status;
  status = wbi_campaign_match(campaign, subject, &match, error);
  if (status != WB_OK || match.outcome != WB_MATCH_IN) return status;
  status = slot_who(&asked, key, error);
  if (status != WB_OK) return status;
  candidate.segment = (uint8_t)match.priority;
  if (!slot_may_ask(wave, asked.person, &candidate.asked)) return WB_OK;
  status = slot_reaches(wave, &asked, &candidate, &fits, error);
  if (status != WB_OK || !fits) return status;
  candidate.key = (wbi_text){wbi_arena_copy(&wave->keys, asked.patient), asked.patient.length};
  slot_candidate *place = wbi_vector_push(&wave->candidates);
  if (candidate.key.data == NULL || place == NULL) return WB_E_NOMEM;
  *place = candidate;
  return WB_OK;
}

/* All rows for one campaign; a patient whose facts fail does not stop the others. */
static wb_status slot_rows(slot_wave *wave, uint32_t definition, const wb_campaign *campaign,
                           wb_error *error) {
  uint64_t rows = 0;
  wb_status status = wbi_facts_rows(wave->facts, &rows, error);
  /* same: who is not there is left out like whoever's facts fail */
  for (uint64_t row = 0; status == WB_OK && row < rows; row++) {
    const wbi_subject subject = {wave->facts, row, &wave->moment, &wave->practice->fields};
    status = wbi_facts_ahead(wave->facts, row, rows, error);
    if (status != WB_OK) return status;
    status = slot_consider(wave, definition, campaign, &subject, error);
    if (wbi_turn_personal(status)) status = WB_OK;
  }
  return status;
}

/* Everybody whom the launched campaigns on openings want. */
static wb_status slot_gather(slot_wave *wave, wb_error *error) {
  const wbi_state *state = &wave->practice->state;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->definition.count; i++) {
    const wbi_definition *definition = wbi_state_definition(state, i);
    const wb_campaign *campaign = NULL;
    if (!definition->launched || definition->paused) continue;
    status = wbi_practice_campaign(wave->practice, i, &campaign);
    if (status != WB_OK || campaign == NULL || campaign->subject != WBI_SUBJECT_OPENING) continue;
    if ((state->paused_classes >> campaign->class_ & 1) == 0)
      status = slot_rows(wave, i, campaign, error);
  }
  return status;
}

/* The order of asking: longest ago, segment, key. same: what differs is not equal. */
static bool slot_before(const void *user, uint32_t a, uint32_t b) {
  const slot_wave *wave = user;
  const slot_candidate *one = wbi_vector_at(&wave->candidates, a);
  const slot_candidate *two = wbi_vector_at(&wave->candidates, b);
  if (one->asked != two->asked) return one->asked < two->asked;
  if (one->segment != two->segment) return one->segment < two->segment;
  const int keys = wbi_text_compare(one->key, two->key);
  return keys != 0 ? keys < 0 : one->definition < two->definition;
}

/* Takes a candidate, unless they or somebody at their number are asked in this poll already. */
static wb_status slot_take(const slot_wave *wave, const slot_candidate *candidate, bool *taken) {
  const wbi_text point = {(const char *)candidate->point.bytes, sizeof candidate->point.bytes};
  *taken = wbi_keys_find(wave->asked, candidate->key) == WBI_NONE &&
           wbi_keys_find(wave->asked, point) == WBI_NONE;
  if (!*taken) return WB_OK; /* same: they are known already */
  const wb_status status = wbi_keys_reserve(wave->asked, 2, candidate->key.length + point.length);
  if (status != WB_OK) return status;
  wbi_keys_add(wave->asked, candidate->key);
  wbi_keys_add(wave->asked, point);
  return WB_OK;
}

/* Plans the entry of a candidate, in the open record. */
static wb_status slot_enroll(const slot_wave *wave, const slot_candidate *candidate) {
  const wbi_state *state = &wave->practice->state;
  wbi_slot_subject about;
  wbi_slot_name(&about, wbi_opening_key(state, wave->opening), wave->opening->generation);
  return wbi_plan_add(
      &wave->practice->plan,
      &(wbi_effect){.kind = WBI_EFFECT_ENROLL,
                    .definition = candidate->definition,
                    .patient = candidate->key,
                    .subject = about.text,
                    .location = wbi_keys_text(&state->locations, wave->opening->location),
                    .segment = candidate->segment,
                    .rank = candidate->rank,
                    .step = candidate->step,
                    .number = candidate->entry,
                    .wake = wave->moment.now,
                    .day = WB_DATE_NONE});
}

/* Asks the first ones, each once. */
static wb_status slot_ask(const slot_wave *wave, const uint32_t *order, uint32_t most,
                          uint8_t *asked) {
  wb_status status = WB_OK;
  for (size_t i = 0; status == WB_OK && i < wave->candidates.count && *asked < most; i++) {
    const slot_candidate *candidate = wbi_vector_at(&wave->candidates, order[i]);
    bool taken;
    status = slot_take(wave, candidate, &taken);
    if (status != WB_OK || !taken) continue;
    ++*asked;
    status = slot_enroll(wave, candidate);
  }
  return status;
}

/* Plans one wave. While law or practice are closed nobody is asked. */
static wb_status slot_plan(slot_wave *wave, wb_time next) {
  wb_practice *practice = wave->practice;
  const wbi_opening *opening = wave->opening;
  const size_t count = wave->candidates.count;
  const uint32_t most = wbi_wave_size(
      wbi_wave_acceptance(practice->state.openings_accepted, practice->state.openings_asked));
  const bool closed = wave->opens > wave->moment.now;
  uint8_t asked = 0;
  uint32_t *order = wbi_alloc(practice->context, (count + 1) * sizeof *order);
  if (order == NULL) return WB_E_NOMEM;
  for (uint32_t i = 0; i < count; i++) /* same: there is room for one more */
    order[i] = i;
  wb_status status = wbi_sort(practice->context, order, count, NULL, slot_before, wave);
  if (status == WB_OK && !closed) status = slot_ask(wave, order, most, &asked);
  wbi_free(practice->context, order, (count + 1) * sizeof *order);
  wbi_effect effect =
      wbi_slot_set(&practice->state, opening, asked > 0 ? WB_OPENING_OFFERING : opening->state,
                   closed ? wave->opens : next);
  effect.step = asked;
  return status == WB_OK ? wbi_plan_add(&practice->plan, &effect) : status;
}

/* The next wave of an opening. */
static wb_status slot_offer(wb_practice *practice, wb_facts *facts, const wbi_opening *opening,
                            wbi_keys *asked, wb_time now, wb_time next, wb_error *error) {
  slot_wave wave = {.practice = practice, .facts = facts, .opening = opening, .asked = asked};
  wb_value lent[WBI_LENT_FIELDS] = {0};
  wave.opens = WB_TIME_NONE;
  wave.moment = (wb_moment){.size = sizeof wave.moment, .now = now, .practice = practice};
  wbi_vector_init(&wave.candidates, practice->context, sizeof(slot_candidate), UINT32_MAX / 4);
  wbi_arena_init(&wave.keys, practice->context, 0);
  wbi_slot_lend(&practice->state, opening, lent);
  wbi_facts_lend(facts, lent);
  wb_status status = slot_gather(&wave, error);
  wbi_facts_lend(facts, NULL);
  if (status == WB_OK) status = slot_plan(&wave, next);
  wbi_vector_free(&wave.candidates);
  wbi_arena_free(&wave.keys);
  return status;
}

/* When a wave may follow those who were asked for each of the openings; now, if that is over. */
static void slot_nexts(const wbi_state *state, wb_time now, wb_time *nexts) {
  for (size_t i = 0; i < state->opening.count; i++) /* same: there is room for one more */
    nexts[i] = now;
  for (uint32_t i = 0; i < state->enrollment.count; i++) {
    const wbi_enrollment *asked = wbi_state_enrollment(state, i);
    bool current = false;
    const uint32_t place = wbi_slot_of(state, asked, &current);
    if (!current) continue;
    const wb_time start = wbi_state_opening(state, place)->start;
    const wb_time after = asked->entered + wbi_wave_gap(start - asked->entered);
    if (after > nexts[place]) nexts[place] = after; /* same: sets what is */
  }
}

/* Plans that the next wave of an opening comes then, if that is sooner. */
static wb_status slot_sooner(wb_practice *practice, const wbi_opening *opening, wb_time now,
                             wb_time next) {
  const bool asks = opening->state == WB_OPENING_OPEN || opening->state == WB_OPENING_OFFERING;
  if (!asks || next >= opening->until || wbi_wave_gap(opening->start - now) == 0) return WB_OK;
  const wbi_effect effect = wbi_slot_set(&practice->state, opening, opening->state, next);
  return wbi_plan_add(&practice->plan, &effect);
}

wb_status wbi_slot_resume(wb_practice *practice, wb_time now) {
  const wbi_state *state = &practice->state;
  const size_t count = state->opening.count;
  wb_status status = WB_OK;
  wb_time *nexts = wbi_alloc(practice->context, (count + 1) * sizeof *nexts);
  if (nexts == NULL) return WB_E_NOMEM;
  slot_nexts(state, now, nexts);
  for (uint32_t i = 0; status == WB_OK && i < count; i++)
    status = slot_sooner(practice, wbi_state_opening(state, i), now, nexts[i]);
  wbi_free(practice->context, nexts, (count + 1) * sizeof *nexts);
  return status;
}

/* What is due for one opening, in a record of its own. */
static wb_status slot_look(wb_practice *practice, wb_facts *facts, const wbi_opening *opening,
                           wbi_keys *asked, wb_time now, wb_error *error) {
  wbi_plan *plan = &practice->plan;
  const int32_t gap = wbi_wave_gap(opening->start - now);
  const wb_time next = now + gap;
  wb_status status = wbi_plan_open(plan, &practice->state, WBI_BY_POLL);
  if (status != WB_OK) return status;
  wbi_effect effect = wbi_slot_set(&practice->state, opening, WB_OPENING_EXPIRED, now);
  if (gap > 0 && opening->state == WB_OPENING_TENTATIVE) {
    effect.code = WB_OPENING_OFFERING;
  }
  if (gap == 0 && opening->state == WB_OPENING_OFFERING && opening->start > now) {
    effect.code = WB_OPENING_OFFERING; /* nobody else is asked; who was may accept until then */
    effect.until = opening->start;
    status = wbi_plan_add(plan, &effect);
  } else if (gap == 0 || opening->state == WB_OPENING_TENTATIVE) {
    status = wbi_slot_done(practice, wbi_state_opening_find(&practice->state, effect.name),
                           WBI_NONE, now);
    if (status == WB_OK) status = wbi_plan_add(plan, &effect);
  } else if (wbi_practice_old_facts(facts, now, WBI_FRESH_BOOK)) {
    effect.code = opening->state;
    effect.until = next;
    status = wbi_plan_add(plan, &effect);
  } else {
    status = slot_offer(practice, facts, opening, asked, now, next, error);
  }
  if (status == WB_OK) wbi_plan_close(plan);
  return status;
}

/* All openings that are due, each in its turn; then what they came to is committed. */
static wb_status slot_pass(wb_practice *practice, wb_facts *facts, wbi_keys *asked, wb_time now,
                           wb_error *error) {
  const wbi_state *state = &practice->state;
  for (uint32_t i = 0; i < state->opening.count; i++) {
    const wbi_opening *opening = wbi_state_opening(state, i);
    if (!wbi_opening_due(state, opening, now)) continue;
    const wb_status status = slot_look(practice, facts, opening, asked, now, error);
    if (status == WB_E_NOMEM) wbi_fail(error, status, "There is no memory for an opening.");
    if (status != WB_OK) return status;
  }
  const wb_status status = wbi_practice_commit(practice, error);
  if (status == WB_OK) wbi_plan_start(&practice->plan, state, now);
  return status;
}

wb_status wbi_slot_poll(wb_practice *practice, wb_facts *facts, wb_time now, wb_error *error) {
  wb_time due = wbi_state_opening_wake(&practice->state);
  wb_status status = WB_OK;
  wbi_keys asked;
  wbi_keys_init(&asked, practice->context);
  /* Each pass leaves nothing due but what was released, which the next one offers. same: a third
     would have nothing to do. */
  for (uint32_t pass = 0; status == WB_OK && pass < 2 && due != WB_TIME_NONE && due <= now;
       pass++) {
    status = slot_pass(practice, facts, &asked, now, error);
    due = wbi_state_opening_wake(&practice->state); /* same: where nothing is due nothing is done */
  }
  wbi_keys_free(&asked);
  return status;
}
