/* SPDX-License-Identifier: MIT */
/*
 * What fell due while the hours were closed does not all leave in the minute in which they begin,
 * or the telephones of a location would ring at once. So many messages go at once; any other waits
 * for a time of its own after the beginning, which a hash of its id tells. What fell due within the
 * hours, was looked at late, or waited once already, is never put off.
 */
#include "outreach/practice_private.h"

/* Whether the location may send another message in this minute. */
static bool spread_room(const wbi_turn *turn) {
  wb_practice *practice = turn->practice;
  const wbi_location *location = wbi_poll_location(practice, wbi_turn_enrollment(turn)->location);
  const bool now = location->minute == wbi_time_minute(turn->now);
  const uint64_t sent = now ? location->messages : 0;
  return sent + location->sends < practice->options.burst;
}

/* The instant before a message fell due. Who is held for the hours may have been held for something
   else before: then it is no earlier than today. */
static wb_time spread_due(const wbi_turn *turn) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wb_time before = enrollment->wake - 1;
  const bool hours = enrollment->state == WB_STATE_HELD && enrollment->hold == WB_HOLD_HOURS;
  const wb_time today = wbi_practice_day(turn->practice, turn->zone, turn->now, 0);
  return hours && before < today ? today : before;
}

/* The time of its own, within the stretch of hours that began after it fell due. */
static wb_time spread_own(const wbi_turn *turn, const wb_law_answer *hours, const wbi_bytes16 *id) {
  const wb_time most = hours->until - hours->open_at,
                wide = (wb_time)turn->practice->options.spread;
  return hours->open_at + (wb_time)(wbi_low64(id->bytes) % (uint64_t)(wide < most ? wide : most));
}

wb_time wbi_spread_until(const wbi_turn *turn, const wbi_jurisdiction *place,
                         const wbi_bytes16 *id) {
  const int32_t class_ = turn->campaign->class_;
  const bool prompt = class_ == WB_MESSAGE_TRANSACTIONAL || turn->before != WB_TIME_MAX;
  const bool wide = turn->practice->options.spread > 1;
  if (turn->answers != 0 || prompt || !wide || spread_room(turn)) return turn->now;
  const wb_time due = spread_due(turn);
  wb_law_answer hours;
  const wb_status status =
      wbi_hours_find(turn->practice, turn->zone, place, turn->campaign, class_, due, &hours, NULL);
  const bool open = status != WB_OK || (hours.flags & WB_LAW_CLOSED) != 0 || hours.open_at <= due;
  if (open || WBI_NEVER(hours.until <= hours.open_at)) return turn->now; /* what opens is open */
  return spread_own(turn, &hours, id);
}
