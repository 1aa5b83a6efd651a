/* SPDX-License-Identifier: MIT */
/* Another secret: contact points get their names under it, in one record. */
#include "outreach/practice_private.h"

enum { REKEY_HALF = 16, REKEY_PAIR = 32, REKEY_MOST = 1 << 24 };

/* The pairs in the order of the old points. */
typedef struct rekey_pairs {
  const uint8_t *given;
  uint32_t *order;
  uint8_t *sorted;
  uint32_t count;
  size_t offset; /* by what they are put in order: 0 the old point, REKEY_HALF the new one */
} rekey_pairs;

static bool rekey_before(const void *user, uint32_t a, uint32_t b) {
  const rekey_pairs *pairs = user;
  const uint8_t *from = pairs->given + pairs->offset;
  return memcmp(from + (size_t)a * REKEY_PAIR, from + (size_t)b * REKEY_PAIR, REKEY_HALF) < 0;
}

/* Puts the pairs in order of their points, old or new; WB_E_INVALID: two are of one. */
static wb_status rekey_sort(wb_context *context, rekey_pairs *pairs, size_t offset) {
  pairs->offset = offset;
  for (uint32_t i = 0; i < pairs->count; i++)
    pairs->order[i] = i;
  wb_status status = wbi_sort(context, pairs->order, pairs->count, NULL, rekey_before, pairs);
  for (uint32_t i = 1; status == WB_OK && i < pairs->count; i++)
    if (!rekey_before(pairs, pairs->order[i - 1], pairs->order[i])) status = WB_E_INVALID;
  return status;
}

/* Sorts them by the old points; WB_E_INVALID: two are of one point, old or new. */
static wb_status rekey_order(wb_context *context, rekey_pairs *pairs) {
  wb_status status = rekey_sort(context, pairs, REKEY_HALF);
  if (status == WB_OK) status = rekey_sort(context, pairs, 0);
  if (status != WB_OK) return status;
  for (uint32_t i = 0; i < pairs->count; i++)
    memcpy(pairs->sorted + (size_t)i * REKEY_PAIR,
           pairs->given + (size_t)pairs->order[i] * REKEY_PAIR, REKEY_PAIR);
  return WB_OK;
}

/* Whether a point is among the old ones, or among the new ones of sorted pairs. */
static bool rekey_has(const rekey_pairs *pairs, const wbi_bytes16 *point) {
  uint32_t low = 0, high = pairs->count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const int order = memcmp(point, pairs->sorted + (size_t)middle * REKEY_PAIR, REKEY_HALF);
    if (order == 0) return true;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return false;
}

/* Whether nothing that must be kept would be lost, and nothing is under way. */
static wb_status rekey_check(const wb_practice *practice, const rekey_pairs *pairs, uint32_t flags,
                             wb_error *error) {
  const wbi_state *state = &practice->state;
  const uint8_t kept = WBI_CONTACT_OPTED_OUT | WBI_CONTACT_CLOSED;
  for (uint32_t i = 0; i < state->actions.items.count; i++) {
    if (wbi_state_action(state, i)->state == WB_ACTION_CLAIMED)
      return wbi_fail(error, WB_E_STATE, "An action was handed out and has no answer yet.");
  }
  for (uint32_t i = 0; (flags & WB_REKEY_LOSE) == 0 && i < state->contacts.items.count; i++) {
    const wbi_contact_point *point = wbi_table_at(&state->contacts, i);
    if ((point->flags & kept) != 0 && !rekey_has(pairs, &point->id))
      return wbi_fail(error, WB_E_STATE,
                      "A contact point that opted out or was closed is not among the pairs.");
  }
  for (uint32_t i = 0; i < pairs->count; i++) {
    wbi_bytes16 renamed;
    memcpy(&renamed, pairs->given + (size_t)i * REKEY_PAIR + REKEY_HALF, sizeof renamed);
    if (wbi_table_find(&state->contacts, &renamed) != WBI_NONE)
      return wbi_fail(error, WB_E_INVALID, "A new contact point is known already.");
  }
  return WB_OK;
}

/* Plans and commits the change; then the practice works with the new secret. */
static wb_status rekey_commit(wb_practice *practice, const wbi_bytes16 *secret,
                              const rekey_pairs *pairs, wb_error *error) {
  const wbi_text key = {practice->key, practice->options.key_length};
  const wbi_effect effect = {
      .kind = WBI_EFFECT_SECRET,
      .id = wbi_practice_check(secret, key),
      .bytes = {(const char *)pairs->sorted, (size_t)pairs->count * REKEY_PAIR}};
  wb_status status = wbi_practice_record(practice, WBI_BY_RECEIVE, &effect, 1);
  if (status == WB_OK) status = wbi_plan_sync(&practice->plan, &practice->state);
  if (status != WB_OK) return wbi_fail(error, status, "There is no memory for the change.");
  status = wbi_practice_commit(practice, error);
  if (status == WB_OK) wbi_practice_secret(practice, secret);
  return status;
}

/* The call on a practice that was entered. */
static wb_status rekey_run(wb_practice *practice, const wbi_bytes16 *secret, rekey_pairs *pairs,
                           uint32_t flags, wb_error *error) {
  wb_context *context = practice->context;
  wbi_arena memory;
  wbi_arena_init(&memory, context, 0);
  pairs->order = wbi_arena_array(&memory, (size_t)pairs->count + 1, sizeof *pairs->order);
  pairs->sorted = wbi_arena_array(&memory, (size_t)pairs->count + 1, REKEY_PAIR);
  wb_status status = WB_E_NOMEM;
  if (pairs->order != NULL && pairs->sorted != NULL) status = rekey_order(context, pairs);
  if (status == WB_E_INVALID)
    wbi_fail(error, status, "Two pairs are of one contact point.");
  else if (status != WB_OK)
    wbi_fail(error, status, "There is no memory for the pairs.");
  if (status == WB_OK) status = rekey_check(practice, pairs, flags, error);
  if (status == WB_OK) status = rekey_commit(practice, secret, pairs, error);
  wbi_arena_free(&memory);
  return status;
}

wb_status WB_CALL wb_practice_rekey(struct wb_practice *practice, const uint8_t *secret,
                                    const uint8_t *pairs, uint32_t count, uint32_t flags,
                                    wb_time now, wb_error *error) {
  wbi_bytes16 key = {{0}};
  if (secret != NULL) memcpy(&key, secret, sizeof key);
  if (wbi_bytes16_empty(&key) || (pairs == NULL && count > 0) || (flags & ~WB_REKEY_LOSE) != 0)
    return wbi_fail(error, WB_E_INVALID, "There is no new secret, or there are no pairs.");
  if (count > REKEY_MOST) return wbi_fail(error, WB_E_INVALID, "There are too many pairs.");
  wb_status status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  rekey_pairs given = {.given = pairs, .count = count};
  status = rekey_run(practice, &key, &given, flags, error);
  wbi_practice_leave(practice);
  return status;
}
