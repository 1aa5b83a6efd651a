/* SPDX-License-Identifier: MIT */
/* Parts of a row: the visits, past and to come, what follows from them, and openings. */
#include "facts/facts_private.h"

enum { VISIT_RECENT_DAYS = 14, VISIT_REPEAT = 2, OPENINGS_MOST = 1000 };

/* Whether a cell of a procedure names an appointment. */
static bool visit_named(const wbi_column *column, uint32_t row, wbi_text key) {
  wbi_text other = {0};
  return wbi_column_text(column, row, &other) && wbi_text_equal(key, other);
}

/* Whether an appointment holds a procedure that moves the recare clock. */
static bool visit_holds_trigger(const wb_facts *facts, uint32_t appointment) {
  wbi_text key = {0};
  const wbi_column *columns = facts->tables[WBI_PROCEDURES].columns;
  wbi_row_span span = wbi_row_children(facts, WBI_PROCEDURES);
  if (!wbi_column_text(&facts->tables[WBI_APPOINTMENTS].columns[WBI_APPOINTMENT_KEY], appointment,
                       &key))
    return false;
  for (const uint32_t *row = span.from; row != span.to; ++row) {
    const wbi_procedure *held = wbi_procedure_at(facts, *row);
    if (held->trigger == WB_RECARE_NONE || held->state == WBI_PROCEDURE_DELETED) continue;
    if (visit_named(&columns[WBI_PROCEDURE_APPOINTMENT], *row, key) ||
        visit_named(&columns[WBI_PROCEDURE_PLANNED_APPOINTMENT], *row, key))
      return true;
  }
  return false;
}

wb_status wbi_visit_start(const wb_facts *facts, int table, uint32_t column, uint32_t row,
                          wbi_visit *visit) {
  int64_t seconds = 0;
  wb_local local = {0};
  const wbi_column *cells = &facts->tables[table].columns[column];
  *visit = (wbi_visit){WB_DATE_NONE, -1, WB_TIME_NONE};
  if (cells->cells == WBI_CELLS_DATE) return wbi_cell_date(cells, row, &visit->date);
  if (!wbi_cell_seconds(cells, row, &seconds)) return WB_OK;
  if (!wbi_time_valid(seconds)) return WB_E_RANGE;
  if (cells->cells == WBI_CELLS_WALL) {
    visit->date = wbi_time_date(seconds); /* of the clock on the wall */
    visit->second = (int32_t)(seconds - (int64_t)visit->date * WBI_DAY);
    return WB_OK;
  }
  wb_status status = wb_zone_local(facts->cursor.zone, seconds, &local);
  if (status) return status;
  *visit = (wbi_visit){local.date, local.second, seconds};
  return WB_OK;
}

wb_status wbi_visit_instant(wb_facts *facts, const wbi_visit *visit, const wbi_column *locations,
                            uint32_t row, wb_time *at) {
  const wb_local local = {visit->date, visit->second, 0};
  const wb_zone *zone = NULL;
  *at = visit->at;
  if (visit->second < 0 || *at != WB_TIME_NONE) return WB_OK;
  wb_status status = wbi_row_wall_zone(facts, locations, row, &zone, NULL);
  return status ? status : wb_zone_instant(zone, &local, 0, at);
}

/* Whether a visit comes before another, in the order of the clock on the wall. */
static bool visit_before(const wbi_visit *a, const wbi_visit *b) {
  if (b->date == WB_DATE_NONE || a->date < b->date) return true;
  return a->date == b->date && a->second < b->second;
}

/* Takes a visit that is over into account. */
static void visit_add_past(const wbi_row *cursor, int32_t state, wb_date date, wbi_visits *visits) {
  if (date > cursor->today) return;
  if (state == WBI_VISIT_COMPLETED) {
    visits->seen = wbi_date_later(visits->seen, date);
    return;
  }
  visits->broken = wbi_date_later(visits->broken, date);
  if (!wbi_row_within(cursor, date, 12)) return;
  ++visits->broken_12m;
  visits->missed_12m += state == WBI_VISIT_MISSED;
}

/* Notes an appointment that is wanted sooner: it is still to come, or has no place of its own. */
static void visit_add_asap(const wb_facts *facts, uint32_t row, int32_t state, wb_date date,
                           wbi_visits *visits) {
  int64_t asap = 0;
  const wbi_column *column = &facts->tables[WBI_APPOINTMENTS].columns[WBI_APPOINTMENT_ASAP];
  bool over = state == WBI_VISIT_COMPLETED ||
              (state == WBI_VISIT_SCHEDULED && date != WB_DATE_NONE && date < facts->cursor.today);
  if (!over && visits->asap_row == WBI_NO_ROW && wbi_column_int(column, row, &asap) && asap)
    visits->asap_row = row;
}

/* Takes a scheduled visit into account. */
static void visit_add_next(const wb_facts *facts, uint32_t row, const wbi_visit *visit,
                           wbi_visits *visits) {
  if (visit->date < facts->cursor.today) return;
  if (visit_before(visit, &visits->next)) {
    visits->next = *visit;
    visits->next_row = row;
  }
  if (!(facts->flags & WB_FACTS_BOOKED_TRIGGER) || visit_holds_trigger(facts, row))
    visits->booked = true;
}

/* Takes one appointment into account. */
static wb_status visit_add(const wb_facts *facts, uint32_t row, wbi_visits *visits,
                           wb_error *error) {
  wbi_visit visit;
  int32_t state = 0;
  wb_status status =
      wbi_row_choice(facts, WBI_APPOINTMENTS, WBI_APPOINTMENT_STATUS, row, &state, error);
  const wbi_column *asap = &facts->tables[WBI_APPOINTMENTS].columns[WBI_APPOINTMENT_ASAP];
  if (status || (state > WBI_VISIT_CANCELLED && !asap->cells)) return status;
  status = wbi_visit_start(facts, WBI_APPOINTMENTS, WBI_APPOINTMENT_START, row, &visit);
  if (status && state <= WBI_VISIT_CANCELLED)
    return wbi_column_fail(error, status, WBI_APPOINTMENTS, WBI_APPOINTMENT_START,
                           "Not within years 1 to 9999.");
  if (asap->cells) visit_add_asap(facts, row, state, visit.date, visits);
  if (visit.date == WB_DATE_NONE || state > WBI_VISIT_CANCELLED) return WB_OK;
  if (state == WBI_VISIT_SCHEDULED) {
    visit_add_next(facts, row, &visit, visits);
  } else {
    visit_add_past(&facts->cursor, state, visit.date, visits);
  }
  return WB_OK;
}

wb_status wbi_know_visits(wb_facts *facts, wb_error *error) {
  wbi_visits found = {.seen = WB_DATE_NONE,
                      .broken = WB_DATE_NONE,
                      .next = {WB_DATE_NONE, -1, WB_TIME_NONE},
                      .next_row = WBI_NO_ROW,
                      .asap_row = WBI_NO_ROW};
  wbi_row_span span = wbi_row_children(facts, WBI_APPOINTMENTS);
  for (const uint32_t *row = span.from; row != span.to; ++row) {
    wb_status status = visit_add(facts, *row, &found, error);
    if (status) return status;
  }
  facts->cursor.visits = found;
  return WB_OK;
}

/* Whether a day is one of the last 14, or today. */
static bool visit_recent(wb_date date, wb_date today) {
  return date != WB_DATE_NONE && today - date <= VISIT_RECENT_DAYS;
}

/* Whether the recall on record is marked as soon as possible. */
static bool visit_recall_asap(const wb_facts *facts) {
  int64_t asap = 0;
  const uint32_t row = facts->cursor.recall;
  const wbi_column *column = &facts->tables[WBI_RECALLS].columns[WBI_RECALL_ASAP];
  return row != WBI_NO_ROW && wbi_column_int(column, row, &asap) && asap;
}

wb_status wbi_know_lately(wb_facts *facts, wb_error *error) {
  wbi_row *cursor = &facts->cursor;
  const wbi_visits *visits = &cursor->visits;
  const bool booked = facts->tables[WBI_APPOINTMENTS].present;
  const bool charted = facts->tables[WBI_PROCEDURES].present;
  const wb_date seen = wbi_date_later(cursor->done.treated, visits->seen);
  wbi_lately found = {-1, -1, -1, -1, -1, -1, -1};
  (void)error;
  if (cursor->done.exam != WB_DATE_NONE)
    (void)wb_date_months(cursor->done.exam, cursor->today, &found.exam_months);
  if (booked || charted) found.seen_14d = visit_recent(seen, cursor->today);
  if (booked) {
    found.missed_12m = visits->missed_12m;
    found.cancelled_14d = visit_recent(visits->broken, cursor->today);
    found.repeat_broken = visits->broken_12m >= VISIT_REPEAT;
    found.broken_open = visits->broken != WB_DATE_NONE && seen <= visits->broken &&
                        visits->next.date == WB_DATE_NONE;
    found.asap = visits->asap_row != WBI_NO_ROW || visit_recall_asap(facts);
  }
  cursor->lately = found;
  return WB_OK;
}

/* Adds an opening that is still ahead to the list. */
static wb_status opening_add(wb_facts *facts, uint32_t row, wb_error *error) {
  wbi_visit visit;
  wb_time at = WB_TIME_NONE;
  const wbi_column *columns = facts->tables[WBI_OPENINGS].columns;
  wb_status status = wbi_visit_start(facts, WBI_OPENINGS, WBI_OPENING_START, row, &visit);
  if (!status && visit.date != WB_DATE_NONE)
    status = wbi_visit_instant(facts, &visit, &columns[WBI_OPENING_LOCATION], row, &at);
  if (status)
    return wbi_column_fail(error, status, WBI_OPENINGS, WBI_OPENING_START, "Not an instant.");
  if (at == WB_TIME_NONE || at < facts->cursor.now) return WB_OK;
  if (facts->lists[WBI_OPENINGS_AHEAD].count == OPENINGS_MOST)
    return wbi_fail_path(error, WB_E_LIMIT, WBI_TEXT("openings"),
                         "More than 1,000 openings are ahead.");
  wb_value *values = wbi_list_add(facts, WBI_OPENINGS_AHEAD);
  if (!values) return wbi_fail(error, WB_E_NOMEM, "No memory for a list.");
  wbi_value_set_number(&values[0], WB_TIME, at);
  wbi_value_set_date(&values[1], visit.date);
  static const struct {
    uint8_t column, type;
  } cells[] = {{WBI_OPENING_KEY, WB_TEXT},
               {WBI_OPENING_MINUTES, WB_INT},
               {WBI_OPENING_LOCATION, WB_TEXT},
               {WBI_OPENING_PROVIDER, WB_TEXT},
               {WBI_OPENING_HYGIENE, WB_BOOL}};
  for (size_t i = 0; !status && i < WBI_COUNT(cells); ++i) {
    status = wbi_cell_value(&columns[cells[i].column], row, cells[i].type, &values[2 + i]);
    if (status)
      status = wbi_column_fail(error, status, WBI_OPENINGS, cells[i].column, "Not what it should.");
  }
  return status;
}

wb_status wbi_know_openings(wb_facts *facts, wb_error *error) {
  const wbi_facts_table *table = &facts->tables[WBI_OPENINGS];
  wbi_list_unknown(facts, WBI_OPENINGS_AHEAD);
  if (!table->present) return WB_OK;
  wbi_list_begin(facts, WBI_OPENINGS_AHEAD, 7);
  for (uint32_t row = 0; row < table->rows; ++row) {
    wb_status status = opening_add(facts, row, error);
    if (status) return status;
  }
  return WB_OK;
}
