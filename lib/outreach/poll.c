/* SPDX-License-Identifier: MIT */
/*
 * Handing out what is due. Whoever is due is taken out of the wake heap and has a turn; what the
 * turns planned is journaled at once, with a sync record when something leaves. If that fails
 * everybody goes back into the heap as before.
 */
#include "outreach/slot.h"

wbi_location *wbi_poll_location(const wb_practice *practice, uint32_t number) {
  wbi_location *location = wbi_state_location(&practice->state, number);
  if (location->mark == practice->mark) return location;
  location->mark = practice->mark;
  location->sends = location->admits = 0;
  location->told = 0;
  memset(location->planned, 0, sizeof location->planned);
  return location;
}

/* Takes those who are due out of the heap, no more than there is room for: a turn makes one action
   at most. */
static wb_status poll_take(wb_practice *practice, wb_time now, size_t room) {
  wbi_vector *looked = &practice->looked;
  const size_t most = room < WBI_LOOKED_MOST ? room : WBI_LOOKED_MOST;
  const wb_status status = wbi_vector_reserve(looked, most);
  if (status != WB_OK) return status;
  wbi_looked *next = (wbi_looked *)looked->data + looked->count;
  looked->count += wbi_wake_take(&practice->state, now, next, most);
  return WB_OK;
}

/* The turn of one of them. */
static wb_status poll_turn(wb_practice *practice, wbi_looked *looked, wb_facts *facts, wb_time now,
                           wb_error *error) {
  wbi_turn turn = wbi_turn_begin(practice, looked->enrollment, now);
  const wb_status status = wbi_turn_take(&turn, facts, error);
  if (status == WB_OK) looked->again = turn.again;
  return status;
}

/* Gives turns until nobody is due or there is no room for another action. */
static wb_status poll_turns(wb_practice *practice, wb_facts *facts, wb_time now, uint32_t capacity,
                            wb_error *error) {
  wbi_vector *looked = &practice->looked;
  while (practice->given.count < capacity) { /* same: where there is no room, nobody is taken */
    size_t at = looked->count;
    wb_status status = poll_take(practice, now, capacity - practice->given.count);
    if (status != WB_OK || looked->count == at) return status;
    for (; status == WB_OK && at < looked->count; at++)
      status = poll_turn(practice, wbi_vector_at(looked, at), facts, now, error);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

/* Puts those who were looked at back: where they were, or to when they are looked at again. */
static void poll_settle(wb_practice *practice, bool committed) {
  for (size_t i = 0; i < practice->looked.count; i++) {
    const wbi_looked *looked = wbi_vector_at(&practice->looked, i);
    const wbi_enrollment *enrollment = wbi_state_enrollment(&practice->state, looked->enrollment);
    const bool gone =
        enrollment->state == WB_STATE_HELD && (practice->state.looks >> enrollment->hold & 1) != 0;
    wb_time at = committed ? looked->again : looked->before;
    if (at != WB_TIME_NONE && gone) at = WB_TIME_MIN; /* the reason, in this very poll */
    if (at != WB_TIME_NONE) wbi_wake_set(&practice->state, looked->enrollment, at);
  }
}

/* Whether the poll would leave no record, and none was left for a month: the days that a practice
   is polled in vain are no jump in time. */
static bool poll_quiet(const wb_practice *practice, wb_time now) {
  enum { POLL_QUIET = 30 * WBI_DAY };
  const wb_time last = practice->state.last;
  return practice->plan.records == 0 && last != WB_TIME_NONE && now - last > POLL_QUIET;
}

wb_status wbi_poll_run(wb_practice *practice, wb_facts *facts, wb_time now, uint32_t capacity,
                       wb_error *error) {
  practice->looked.count = practice->given.count = 0;
  wbi_keys_clear(&practice->written);
  if (practice->state.restoring)
    return wbi_fail(error, WB_E_STATE,
                    "A backup was restored: feed opt-outs and the outbox, then RESTORED_READY.");
  wbi_arena_reset(&practice->handed); /* same: what was handed out only takes room */
  practice->mark++;
  practice->state.looks = 0;
  wbi_wake_look(&practice->state, now);
  wb_status status = wbi_slot_poll(practice, facts, now, error);
  if (status == WB_OK) status = wbi_desk_expire(practice, now);
  if (status != WB_OK) return status;
  status = poll_turns(practice, facts, now, capacity, error);
  if (status == WB_OK && (practice->given.count > 0 || poll_quiet(practice, now)))
    status = wbi_plan_sync(&practice->plan, &practice->state);
  if (status == WB_OK)
    status = wbi_practice_commit(practice, error);
  else if (status == WB_E_NOMEM)
    wbi_fail(error, status, "There is no memory for the actions.");
  poll_settle(practice, status == WB_OK);
  return status;
}

wb_status WB_CALL wb_practice_poll(wb_practice *practice, wb_facts *facts, wb_time now,
                                   wb_action *actions, uint32_t capacity, uint32_t *count,
                                   wb_error *error) {
  if (count == NULL || !wbi_structs_fit(actions, capacity, sizeof *actions, _Alignof(wb_action)))
    return wbi_fail(error, WB_E_INVALID, "The place for actions is not well-formed.");
  const uint32_t stride = capacity > 0 ? actions->size : 0;
  wb_status status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  status = wbi_practice_facts(practice, facts, error);
  if (status == WB_OK) {
    status = wbi_poll_run(practice, facts, now, capacity, error);
    wbi_facts_leave(facts);
  }
  if (status == WB_OK) status = wbi_structs_write(actions, stride, &practice->given);
  if (status == WB_OK) *count = (uint32_t)practice->given.count;
  wbi_practice_leave(practice);
  return status;
}
