/* SPDX-License-Identifier: MIT */
/* The loop over poll and ack, for hosts that deliver one action after the other. */
#include "outreach/practice_private.h"

/* Few at a time: what is handed out and not delivered when the host stops goes back. */
enum { DELIVER_BATCH = 16 };

/* A run under way. */
typedef struct deliver_pass {
  wb_practice *practice;
  wb_facts *facts;
  wb_deliver_fn deliver;
  void *user;
  wb_error *error;
  wb_time now;
  wb_run counts;
  bool stopped;
} deliver_pass;

/* Counts what became of an action. */
static void deliver_count(deliver_pass *pass, int32_t kind) {
  if (kind == WB_SENT) pass->counts.sent++;
  if (kind == WB_NOT_SENT) pass->counts.not_sent++;
  if (kind == WB_SENT_UNKNOWN) pass->counts.unknown++;
}

/* Notes an outcome. */
static wb_status deliver_note(deliver_pass *pass, const wb_action *action,
                              const wb_outcome *outcome) {
  wbi_bytes16 id;
  memcpy(&id, action->id, sizeof id);
  wbi_plan_start(&pass->practice->plan, &pass->practice->state, pass->now);
  const wb_status status = wbi_ack_run(pass->practice, &id, outcome, pass->now, pass->error);
  if (status == WB_OK)
    deliver_count(pass, outcome->kind);
  else
    pass->stopped = true;
  return status;
}

/* Gives one action to the host; once it has stopped the others were not attempted. */
static wb_status deliver_one(deliver_pass *pass, const wb_action *action) {
  wb_outcome known = {.size = sizeof known, .kind = WB_NOT_SENT, .cause = WB_CAUSE_INTERRUPTED};
  if (pass->stopped) return deliver_note(pass, action, &known);
  wb_outcome outcome = {.size = sizeof outcome};
  wb_status status = pass->deliver(pass->user, action, &outcome);
  if (status != WB_OK)
    status = wbi_fail(pass->error, WB_E_ABORTED, "The host could not deliver an action.");
  if (status == WB_OK) status = wbi_ack_check(&outcome, &known, pass->error);
  pass->stopped = status != WB_OK || known.cause == WB_CAUSE_INTERRUPTED;
  if (status == WB_OK) return deliver_note(pass, action, &known);
  pass->counts.unknown++; /* it turns unknown once its time is over */
  return status;
}

/* Polls once and delivers what there is; *some: there was something. */
static wb_status deliver_batch(deliver_pass *pass, bool *some) {
  wb_practice *practice = pass->practice;
  wbi_plan_start(&practice->plan, &practice->state, pass->now);
  wb_status first = wbi_poll_run(practice, pass->facts, pass->now, DELIVER_BATCH, pass->error);
  if (first != WB_OK) return first;
  const size_t count = practice->given.count;
  *some = count > 0;
  for (size_t i = 0; i < count; i++) {
    const wb_status status = deliver_one(pass, wbi_vector_at(&practice->given, i));
    if (first == WB_OK) first = status;
    if (practice->stale) break;
  }
  return first;
}

/* Polls until there is nothing more, or the host stops. */
static wb_status deliver_batches(deliver_pass *pass) {
  bool some = true;
  wb_status status = WB_OK;
  while (status == WB_OK && some && !pass->stopped)
    status = deliver_batch(pass, &some);
  return status;
}

wb_status WB_CALL wb_practice_run(wb_practice *practice, wb_facts *facts, wb_time now,
                                  wb_deliver_fn deliver, void *user, wb_run *run, wb_error *error) {
  deliver_pass pass = {.practice = practice,
                       .facts = facts,
                       .deliver = deliver,
                       .user = user,
                       .error = error,
                       .now = now};
  if (deliver == NULL || run == NULL || run->size < sizeof *run)
    return wbi_fail(error, WB_E_INVALID, "There is nobody who delivers, or no place for counts.");
  wb_status status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  status = wbi_practice_facts(practice, facts, error);
  if (status == WB_OK) {
    status = deliver_batches(&pass);
    wbi_facts_leave(facts);
  }
  wbi_practice_leave(practice);
  (void)wbi_struct_write(run, sizeof pass.counts, &pass.counts, sizeof pass.counts);
  return status;
}
