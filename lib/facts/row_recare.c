/* SPDX-License-Identifier: MIT */
/* Parts of a row: what the recalls say, what was done, and recare from both. */
#include "facts/facts_private.h"

/* Reads a patient's own interval; false: there is none. */
static wb_status recall_interval(const wb_facts *facts, uint32_t row, wb_interval *interval,
                                 bool *present, wb_error *error) {
  wbi_text text = {0};
  int64_t packed = 0;
  wb_status status = WB_OK;
  const wbi_column *column = &facts->tables[WBI_RECALLS].columns[WBI_RECALL_INTERVAL];
  if (wbi_column_text(column, row, &text))
    status = wb_interval_parse(text.data, text.length, interval);
  else if (wbi_column_int(column, row, &packed))
    status = wbi_interval_unpack(packed, interval);
  else
    return WB_OK;
  *present = status == WB_OK;
  return status ? wbi_column_fail(error, WB_E_TYPE, WBI_RECALLS, WBI_RECALL_INTERVAL,
                                  "Not an interval.")
                : WB_OK;
}

/* Reads what the recall on record says of its due date. */
static wb_status recall_manual(const wb_facts *facts, uint32_t row, wb_recare_history *history,
                               wb_error *error) {
  int64_t manual = 0;
  const wbi_column *column = &facts->tables[WBI_RECALLS].columns[WBI_RECALL_DUE_MANUAL];
  if (row == WBI_NO_ROW || !wbi_column_int(column, row, &manual) || !manual) return WB_OK;
  wb_status status =
      wbi_row_date(facts, WBI_RECALLS, WBI_RECALL_DUE, row, &history->manual_due, error);
  if (status) return status;
  return wbi_row_date(facts, WBI_RECALLS, WBI_RECALL_PREVIOUS, row, &history->manual_since, error);
}

/* Finds the first recall of each kind. */
static wb_status recall_first(const wb_facts *facts, uint32_t first[], wb_error *error) {
  wbi_row_span span = wbi_row_children(facts, WBI_RECALLS);
  for (const uint32_t *row = span.from; row != span.to; ++row) {
    int32_t kind = 0;
    wb_status status = wbi_row_choice(facts, WBI_RECALLS, WBI_RECALL_KIND, *row, &kind, error);
    if (status) return status;
    if (first[kind] == WBI_NO_ROW) first[kind] = *row;
  }
  return WB_OK;
}

/* Finds what the recalls say: perio before prophy before child. */
wb_status wbi_know_recalls(wb_facts *facts, wb_error *error) {
  wbi_row *cursor = &facts->cursor;
  wb_recare_history history = {0};
  bool own_prophy = false, own_perio = false;
  uint32_t first[] = {WBI_NO_ROW, WBI_NO_ROW, WBI_NO_ROW, WBI_NO_ROW};
  wb_status status = recall_first(facts, first, error);
  if (status) return status;
  uint32_t perio = first[WBI_RECALL_PERIO];
  uint32_t prophy =
      first[WBI_RECALL_PROPHY] != WBI_NO_ROW ? first[WBI_RECALL_PROPHY] : first[WBI_RECALL_CHILD];
  history.manual_due = history.manual_since = WB_DATE_NONE;
  if (perio != WBI_NO_ROW) {
    history.flags |= WB_RECARE_HAS_PERIO;
    status = recall_interval(facts, perio, &cursor->perio_interval, &own_perio, error);
  }
  if (!status && prophy != WBI_NO_ROW) {
    history.flags |= WB_RECARE_HAS_PROPHY;
    status = recall_interval(facts, prophy, &cursor->prophy_interval, &own_prophy, error);
  }
  cursor->recall = perio != WBI_NO_ROW ? perio : prophy;
  if (!status) status = recall_manual(facts, cursor->recall, &history, error);
  if (own_perio) history.perio_interval = &cursor->perio_interval;
  if (own_prophy) history.prophy_interval = &cursor->prophy_interval;
  cursor->history = history;
  return status;
}

/* Takes one procedure that was done by today into account. */
static void history_add(const wbi_procedure *done, wbi_history *history) {
  if (done->trigger == WB_RECARE_PROPHY)
    history->prophy = wbi_date_later(history->prophy, done->date);
  if (done->trigger == WB_RECARE_PERIO) history->perio = wbi_date_later(history->perio, done->date);
  if (done->scaling) history->scaling = wbi_date_later(history->scaling, done->date);
  if (done->exam) history->exam = wbi_date_later(history->exam, done->date);
  if (done->state == WBI_PROCEDURE_COMPLETED && !done->missed)
    history->treated = wbi_date_later(history->treated, done->date);
}

/* Says which column of a procedure cannot be read. */
static wb_status history_fail(const wbi_procedure *procedure, wb_error *error) {
  bool date = procedure->fault == WBI_PROCEDURE_DATE;
  return wbi_column_fail(error, date ? WB_E_RANGE : WB_E_TYPE, WBI_PROCEDURES, procedure->fault,
                         date ? "Not a day of years 1 to 9999."
                              : "Absent, or not one of its values.");
}

/* Finds what was done up to today. */
wb_status wbi_know_history(wb_facts *facts, wb_error *error) {
  wbi_history found = {WB_DATE_NONE, WB_DATE_NONE, WB_DATE_NONE, WB_DATE_NONE, WB_DATE_NONE};
  wbi_row_span span = wbi_row_children(facts, WBI_PROCEDURES);
  for (const uint32_t *row = span.from; row != span.to; ++row) {
    const wbi_procedure *procedure = wbi_procedure_at(facts, *row);
    if (procedure->date > facts->cursor.today) continue;
    if (procedure->fault) return history_fail(procedure, error);
    if (procedure->date != WB_DATE_NONE) history_add(procedure, &found);
  }
  facts->cursor.done = found;
  return WB_OK;
}

/* Finds recare from the recalls and the history. */
wb_status wbi_know_recare(wb_facts *facts, wb_error *error) {
  wbi_row *cursor = &facts->cursor;
  wb_recare_history history = cursor->history;
  wb_recare recare = {.size = sizeof recare};
  history.size = sizeof history;
  history.last_prophy = cursor->done.prophy;
  history.last_perio = cursor->done.perio;
  history.last_scaling = cursor->done.scaling;
  wb_status status =
      wbi_row_date(facts, WBI_PATIENTS, WBI_PATIENT_BIRTH_DATE, cursor->row, &history.birth, error);
  if (status) return status;
  status = wb_recare_find(&history, &facts->recare, cursor->today, &recare);
  if (status) return wbi_fail(error, status, "The due date is out of range.");
  cursor->recare = recare;
  return WB_OK;
}
