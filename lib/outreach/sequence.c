/* SPDX-License-Identifier: MIT */
/* Where a sequence goes: the step after a step, the instant it is due, the number of its entry, the
   id of its action. */
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

wbi_text wbi_stand_in(const wb_practice *practice, wbi_text key, uint32_t times,
                      char text[WBI_STAND_IN_MAX]) {
  wbi_siphash sip;
  wbi_bytes16 hash;
  wbi_siphash_init(&sip, &practice->secret);
  wbi_siphash_text(&sip, WBI_TEXT("forgotten"));
  wbi_siphash_text(&sip, key);
  for (uint32_t i = 0; i < times; i++)
    wbi_siphash_text(&sip, WBI_TEXT("again"));
  wbi_siphash_finish(&sip, &hash);
  wbi_writer writer = {text, WBI_STAND_IN_MAX, 0};
  wbi_put_char(&writer, '~');
  wbi_put_hex(&writer, hash.bytes, sizeof hash.bytes);
  return (wbi_text){text, writer.length};
}

uint32_t wbi_entry_first(const wb_practice *practice, wbi_text key, uint32_t definition,
                         wbi_text subject) {
  const wbi_state *state = &practice->state;
  char text[WBI_STAND_IN_MAX];
  uint32_t last = 0, person;
  for (uint32_t times = 0;
       (person = wbi_state_person(state, wbi_stand_in(practice, key, times, text))) != WBI_NONE;
       times++) {
    const uint32_t found = wbi_state_inside(state, person, definition, subject);
    if (found != WBI_NONE && wbi_state_enrollment(state, found)->entry > last)
      last = wbi_state_enrollment(state, found)->entry;
  }
  return last < UINT16_MAX ? last + 1 : last;
}
