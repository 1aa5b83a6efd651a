/* SPDX-License-Identifier: MIT */
/*
 * How often somebody may be contacted: in days of the calendar where they are, and in hours that
 * roll, so that a message at 23:00 and one at 0:30 are not on two days; over all campaigns, with
 * the contacts that the host makes itself. And whether somebody else was, at the same address.
 */
#include "outreach/practice_private.h"

/* The days of the caps, today with them. */
static const int32_t caps_days[] = {1, 7, 30};
_Static_assert(WBI_COUNT(caps_days) == WBI_CAPS, "a claim says what counted against each");

/* The stricter of two caps; 0: there is none. */
static uint32_t caps_stricter(uint32_t practice, uint32_t campaign) {
  const bool own = campaign > 0 && campaign < practice; /* same: of two alike it is either */
  return own ? campaign : practice;
}

/* The message that is looked at, or handed out, once more counts since the first time. */
static uint32_t caps_counted(const wbi_turn *turn, wb_time since) {
  const uint32_t count = wbi_state_counted(&turn->practice->state, turn->person, since);
  const wb_time at = turn->counts;
  const uint32_t own = at != WB_TIME_NONE && at - at % 60 >= since;
  return count > 0 ? count - own : 0;
}

/* What counts against one of the caps. */
static uint32_t caps_within(const wbi_turn *turn, size_t cap) {
  const wb_time since = wbi_practice_day(turn->practice, turn->zone, turn->now, 1 - caps_days[cap]);
  return caps_counted(turn, since);
}

/* A cap of practice and campaign. */
static uint32_t caps_most(const wbi_turn *turn, size_t cap) {
  const wb_practice_options *options = &turn->practice->options;
  const wb_campaign *campaign = turn->campaign;
  const uint32_t practice[WBI_CAPS] = {options->per_day, options->per_week, options->per_month};
  const uint32_t own[WBI_CAPS] = {campaign->per_day, campaign->per_week, campaign->per_month};
  return caps_stricter(practice[cap], own[cap]);
}

/* Whether the caps of practice and campaign hold the campaign: what is about a visit is no
   outreach, and the questions before it would hold what follows on it for days. */
static bool caps_hold(const wbi_turn *turn) {
  return turn->campaign->subject != WBI_SUBJECT_APPOINTMENT;
}

void wbi_caps_count(const wbi_turn *turn, wbi_effect *claim) {
  for (size_t i = 0; i < WBI_CAPS; i++) {
    claim->counted[i] = (uint8_t)caps_within(turn, i); /* of WBI_COUNTED_KEPT that are known */
    claim->most[i] = caps_hold(turn) ? (uint8_t)caps_most(turn, i) : 0;
  }
}

/* Of so many, at least one, in so many seconds that roll: until when there is no room;
   WB_TIME_NONE: there is. */
static wb_time caps_rolling(const wbi_turn *turn, uint32_t most, wb_time seconds) {
  if (caps_counted(turn, turn->now - seconds + 1) < most) return WB_TIME_NONE;
  return wbi_state_contacted(&turn->practice->state, turn->person, most - 1) + seconds;
}

/* Until when no message may go by the caps of practice and campaign; WB_TIME_NONE: one may. */
static wb_time caps_own(const wbi_turn *turn) {
  if (!caps_hold(turn)) return WB_TIME_NONE;
  for (size_t i = 0; i < WBI_CAPS; i++) {
    if (caps_within(turn, i) >= caps_most(turn, i))
      return wbi_practice_day(turn->practice, turn->zone, turn->now, 1);
  }
  /* What is free at short notice cannot wait so long; it has a cap of its own. */
  if (turn->campaign->subject == WBI_SUBJECT_OPENING) return WB_TIME_NONE;
  return caps_rolling(turn, caps_most(turn, 0), WBI_DAY);
}

wb_time wbi_caps_find(const wbi_turn *turn, wbi_text place, int32_t channel, wb_date on,
                      const char **rule) {
  wb_time last = caps_own(turn);
  wbi_law_cap cap;
  uint64_t cursor = 0;
  if (last != WB_TIME_NONE) return last;
  while (wbi_law_cap_next(turn->practice->law, place, turn->campaign->class_, channel, on, &cursor,
                          &cap)) {
    /* same: of two alike it is either */
    const uint32_t most = cap.most < WBI_COUNTED_KEPT ? (uint32_t)cap.most : WBI_COUNTED_KEPT;
    const wb_time until = caps_rolling(turn, most, cap.seconds);
    if (until == WB_TIME_NONE || (last != WB_TIME_NONE && until <= last)) continue;
    last = until;
    *rule = cap.rule;
  }
  return last;
}

/* From an action on, the next one to its contact point that went, or may have: of a campaign, or,
   its name empty, of any. */
static uint32_t caps_went(const wbi_state *state, uint32_t at, wbi_text campaign) {
  for (; at != WBI_NONE; at = wbi_state_action(state, at)->sibling) {
    const wbi_action *action = wbi_state_action(state, at);
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
    const uint32_t name = wbi_state_definition(state, enrollment->definition)->name;
    if (wbi_action_left(action->state) && wbi_state_keeps(state, action) &&
        (campaign.length == 0 || wbi_text_equal(wbi_keys_text(&state->names, name), campaign)))
      return at;
  }
  return WBI_NONE;
}

/* The first of them; WBI_NONE. */
static uint32_t caps_first(const wbi_state *state, const wbi_bytes16 *contact, wbi_text campaign) {
  const wbi_contact_point *point = wbi_state_point(state, contact);
  return point != NULL ? caps_went(state, point->actions, campaign) : WBI_NONE;
}

bool wbi_caps_again(const wbi_turn *turn, const wbi_bytes16 *contact) {
  return caps_first(&turn->practice->state, contact, turn->campaign->name) != WBI_NONE;
}

bool wbi_caps_shared(const wbi_turn *turn, const wbi_bytes16 *contact, wbi_text campaign,
                     wb_date day) {
  const wbi_state *state = &turn->practice->state;
  uint32_t at = caps_first(state, contact, campaign);
  for (; at != WBI_NONE; at = caps_went(state, wbi_state_action(state, at)->sibling, campaign)) {
    const wbi_action *action = wbi_state_action(state, at);
    if (action->day >= day &&
        wbi_state_enrollment(state, action->enrollment)->patient != turn->person)
      return true;
  }
  return false;
}
