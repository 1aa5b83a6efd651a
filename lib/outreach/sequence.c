/* SPDX-License-Identifier: MIT */
/* Where a sequence goes: the number of its entry, the step after a step, the instant it is due, the
   id of its action, its end. */
#include "outreach/practice_private.h"

enum { SEQUENCE_LATE = 43200 };

/* Whether the message that follows a wait should have gone long before: it is not made up for when
   a visit is booked at short notice. */
static bool sequence_missed(const wb_campaign *campaign, const wbi_step *wait,
                            const wbi_clock *clock) {
  if (wait->from != WBI_BEFORE_VISIT || clock->visit == WB_TIME_NONE) return false;
  if (campaign->steps[wait->next].kind != WBI_STEP_SEND) return false;
  return wbi_wait_visit(wait, clock->zone, clock->visit) + SEQUENCE_LATE < clock->now;
}

/* The step that does something, from one that may wait: until the calendar ends at most, and within
   the hours unless it only decides. Waits lead forward, and the last step is none. */
static wbi_going sequence_walk(const wb_practice *practice, const wb_campaign *campaign,
                               uint32_t step, const wbi_clock *clock) {
  wb_time wake = clock->now;
  while (campaign->steps[step].kind == WBI_STEP_WAIT) {
    const wbi_step *wait = &campaign->steps[step];
    step = wait->next;
    if (sequence_missed(campaign, wait, clock))
      step = campaign->steps[step].next;
    else if (wait->from == WBI_FROM_NOW)
      wake = wbi_wait_end(&wait->delay, clock->zone, wake);
    else if (clock->visit != WB_TIME_NONE)
      wake = wbi_wait_visit(wait, clock->zone, clock->visit);
  }
  if (wake > clock->now && clock->zone != NULL && !wbi_step_decides(&campaign->steps[step]))
    wake = wbi_hours_due(practice, campaign, clock->zone, wake);
  if (wake > WB_TIME_MAX) wake = WB_TIME_MAX;
  return (wbi_going){(uint8_t)step, wake};
}

wbi_going wbi_sequence_go(wb_practice *practice, const wb_campaign *campaign, uint32_t step,
                          const wbi_clock *clock) {
  wbi_going_asked *asked = &practice->going_asked[step % WBI_GOING_KEPT];
  const bool same = asked->campaign == campaign && asked->step == step &&
                    asked->clock.zone == clock->zone && asked->clock.now == clock->now &&
                    asked->clock.visit == clock->visit;
  if (!same)
    *asked =
        (wbi_going_asked){campaign, step, *clock, sequence_walk(practice, campaign, step, clock)};
  return asked->going;
}

/* Whether the clock of a zone showed another time, when somebody came to a step, than the wait that
   leads there ends at. */
static bool sequence_shifted(const wb_campaign *campaign, const wbi_enrollment *enrollment,
                             const wb_zone *zone) {
  wb_local local;
  if (!campaign->steps[enrollment->step].timed ||
      wb_zone_local(zone, enrollment->wake, &local) != WB_OK)
    return false;
  for (uint32_t i = 0; i < enrollment->step; i++) {
    const wbi_step *wait = &campaign->steps[i];
    if (wait->kind == WBI_STEP_WAIT && wait->next == enrollment->step &&
        wait->delay.at == local.second)
      return false;
  }
  return true;
}

wb_time wbi_sequence_due(wb_practice *practice, const wb_campaign *campaign,
                         const wbi_enrollment *enrollment, const wb_zone *zone) {
  const wbi_clock clock = {zone, wbi_enrollment_since(enrollment), WB_TIME_NONE};
  const wb_time wake = wbi_enrollment_due(enrollment);
  wb_time due = wake + WBI_DAY;
  const bool waited = !enrollment->put_off && enrollment->detail == 0 && wake > clock.now &&
                      enrollment->step < campaign->step_count;
  if (!waited || !sequence_shifted(campaign, enrollment, zone)) return wake;
  for (uint32_t i = 0; i < enrollment->step; i++) { /* whichever it was: it ended about then */
    if (campaign->steps[i].kind != WBI_STEP_WAIT) continue;
    const wbi_going going = wbi_sequence_go(practice, campaign, i, &clock);
    if (going.step == enrollment->step && going.wake >= wake && going.wake < due) due = going.wake;
  }
  return due < wake + WBI_DAY ? due : wake;
}

void wbi_practice_secret(wb_practice *practice, const wbi_bytes16 *secret) {
  practice->secret = *secret;
  wbi_siphash_init(&practice->ids, secret);
  wbi_siphash_text(&practice->ids, WBI_TEXT("action"));
  wbi_siphash_text(&practice->ids, (wbi_text){practice->key, practice->options.key_length});
}

wbi_bytes16 wbi_sequence_id(const wb_practice *practice, const wb_campaign *campaign, wbi_who who,
                            wbi_text step, int32_t channel) {
  uint8_t bytes[12];
  wbi_writer writer = {(char *)bytes, sizeof bytes, 0};
  wbi_put_u32(&writer, who.entry);
  wbi_put_u32(&writer, who.loop);
  wbi_put_u32(&writer, (uint32_t)channel);
  wbi_siphash sip = practice->ids;
  wbi_bytes16 id;
  wbi_siphash_text(&sip, campaign->name);
  wbi_siphash_text(&sip, who.patient);
  wbi_siphash_text(&sip, who.subject);
  wbi_siphash_text(&sip, step);
  wbi_siphash_add(&sip, bytes, sizeof bytes);
  wbi_siphash_finish(&sip, &id);
  return id;
}

wbi_who wbi_sequence_who(const wbi_state *state, uint32_t number) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wbi_origin origin = wbi_state_origin(state, number);
  return (wbi_who){wbi_keys_text(&state->patients, origin.key),
                   wbi_state_subject(state, enrollment), enrollment->entry, enrollment->loop};
}

wbi_bytes16 wbi_sequence_call(const wb_practice *practice, const wb_campaign *campaign,
                              uint32_t number, wbi_text name) {
  const wbi_who who = wbi_sequence_who(&practice->state, number);
  return wbi_sequence_id(practice, campaign, who, name, WB_CHANNEL_CALL);
}

/* The day of an instant as the number of an entry; there are as many as days in 179 years. */
static uint32_t sequence_day(wb_time at) {
  const int64_t day = wbi_floor_div(at, WBI_DAY);
  return (uint32_t)(1 + day - wbi_floor_div(day, UINT16_MAX) * UINT16_MAX);
}

/* The number of the last entry of a key, as far as that is remembered; 0: it has none. */
static uint32_t sequence_last(const wbi_state *state, wbi_text key, uint32_t definition,
                              wbi_text subject) {
  const uint32_t person = wbi_state_person(state, key);
  const uint32_t found =
      person != WBI_NONE ? wbi_state_inside(state, person, definition, subject) : WBI_NONE;
  return found != WBI_NONE ? wbi_state_origin(state, found).last : 0;
}

uint32_t wbi_sequence_entry(const wb_practice *practice, wbi_text key, uint32_t definition,
                            wbi_text subject, wb_time start) {
  const wbi_state *state = &practice->state;
  char text[WBI_STAND_IN_MAX];
  wbi_text one = key;
  uint32_t last = 0, times = 0;
  do {
    const uint32_t entry = sequence_last(state, one, definition, subject);
    if (entry > last) last = entry;
    one = wbi_stand_in(practice, key, times++, text);
  } while (wbi_state_person(state, one) != WBI_NONE);
  const uint32_t first = start != WB_TIME_NONE ? sequence_day(start) : 1;
  const uint32_t next = last % UINT16_MAX + 1;
  return next > first ? next : first;
}

bool wbi_sequence_over(const wb_practice *practice, uint32_t number, const wb_facts *facts) {
  const wbi_state *state = &practice->state;
  return wbi_wake_at(state, number) == WB_TIME_NONE &&
         wbi_facts_as_of(facts) >= wbi_state_enrollment(state, number)->wake;
}

wbi_ending wbi_sequence_ending(const wbi_state *state, const wbi_enrollment *enrollment) {
  static const struct {
    const char *reason;
    wbi_ending ending;
  } endings[] = {{"finished", WBI_ENDING_FINISHED},    {"gone", WBI_ENDING_GONE},
                 {"cancelled", WBI_ENDING_SETTLED},    {"confirmed", WBI_ENDING_SETTLED},
                 {"not_eligible", WBI_ENDING_SETTLED}, {"over", WBI_ENDING_SETTLED},
                 {"reschedule", WBI_ENDING_SETTLED},   {"put_off", WBI_ENDING_PUT_OFF}};
  if (enrollment->state != WB_STATE_ENDED) return WBI_ENDING_NONE;
  const wbi_text reason = wbi_keys_text(&state->names, enrollment->detail);
  for (size_t i = 0; i < WBI_COUNT(endings); i++) {
    if (wbi_text_equal(reason, wbi_text_of(endings[i].reason))) return endings[i].ending;
  }
  return WBI_ENDING_OTHER;
}
