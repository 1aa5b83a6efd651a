/* SPDX-License-Identifier: MIT */
/*
 * What is known of one patient at one moment: where, which day it is there, and what the child
 * tables say. Each part is found when first asked for and kept while it holds: until another row,
 * or, for what depends on the day, until another day.
 */
#include "facts/facts_private.h"

#define DATED_PARTS ((uint32_t)(WBI_KNOW_HISTORY | WBI_KNOW_VISITS | WBI_KNOW_RECARE))

wbi_row_span wbi_row_children(const wb_facts *facts, int table) {
  const wbi_group *group = &facts->tables[table].group;
  if (!group->starts) return (wbi_row_span){NULL, NULL};
  const uint32_t *starts = &group->starts[facts->cursor.row];
  return (wbi_row_span){group->rows + starts[0], group->rows + starts[1]};
}

/* Reads a needed cell of an enumeration as its place in the domain. */
static wb_status row_choice(const wb_facts *facts, int table, uint32_t column, uint32_t row,
                            int32_t *place, wb_error *error) {
  wbi_text text = {0};
  const char *domain = wbi_table_spec_of(table)->columns[column].domain;
  *place = -1;
  if (wbi_column_text(&facts->tables[table].columns[column], row, &text))
    *place = wbi_domain_place(wbi_text_of(domain), text);
  if (*place >= 0) return WB_OK;
  return wbi_column_fail(error, WB_E_TYPE, table, column, "Absent, or not one of its values.");
}

/* Reads a date cell. */
static wb_status row_date(const wb_facts *facts, int table, uint32_t column, uint32_t row,
                          wb_date *date, wb_error *error) {
  wb_status status = wbi_cell_date(&facts->tables[table].columns[column], row, date);
  return status ? wbi_column_fail(error, status, table, column, "Not a day of years 1 to 9999.")
                : WB_OK;
}

/* Finds the key: a row without one cannot be joined, so nothing that it seems to say can be
   trusted. */
static wb_status know_key(wb_facts *facts, wb_error *error) {
  wbi_text key = {0};
  const wbi_column *keys = &facts->tables[WBI_PATIENTS].columns[WBI_PATIENT_KEY];
  if (wbi_column_key(keys, facts->cursor.row, &key)) return WB_OK;
  return wbi_column_fail(error, WB_E_TYPE, WBI_PATIENTS, WBI_PATIENT_KEY,
                         "The key is absent or longer than 64 bytes.");
}

/* The row's location: its own, or the only one there is. */
static uint32_t row_location(const wb_facts *facts) {
  wbi_text key = {0};
  const wbi_facts_table *locations = &facts->tables[WBI_LOCATIONS];
  const wbi_column *column = &facts->tables[WBI_PATIENTS].columns[WBI_PATIENT_LOCATION];
  if (wbi_column_text(column, facts->cursor.row, &key))
    return wbi_row_index_find(&locations->index, &locations->columns[WBI_LOCATION_KEY], key);
  return locations->rows == 1 ? 0 : WBI_NO_ROW;
}

/* The compiled zone of a location, made once; NULL when the location gives none. */
static wb_status row_location_zone(wb_facts *facts, uint32_t location, const wb_zone **zone,
                                   wb_error *error) {
  wbi_text name = {0};
  const wbi_column *column = &facts->tables[WBI_LOCATIONS].columns[WBI_LOCATION_ZONE];
  *zone = NULL;
  if (!wbi_column_text(column, location, &name)) return WB_OK;
  if (!facts->zones[location]) {
    wb_status status =
        wb_zone_new(facts->context, name.data, name.length, &facts->zones[location], NULL);
    if (status == WB_E_NOMEM) return wbi_fail(error, status, "No memory for a zone.");
    if (status)
      return wbi_column_fail(error, WB_E_TYPE, WBI_LOCATIONS, WBI_LOCATION_ZONE, "Not a zone.");
  }
  *zone = facts->zones[location];
  return WB_OK;
}

/* Finds location and zone. */
static wb_status know_place(wb_facts *facts, wb_error *error) {
  wbi_row *cursor = &facts->cursor;
  const wb_zone *zone = NULL;
  uint32_t location = row_location(facts);
  if (location != WBI_NO_ROW) {
    wb_status status = row_location_zone(facts, location, &zone, error);
    if (status) return status;
  }
  cursor->location = location;
  cursor->zone = zone ? zone : cursor->asked;
  return WB_OK;
}

/* Finds today, unless it is known from the row before; what was found for another day or in
   another zone is forgotten. */
static wb_status know_today(wb_facts *facts, wb_error *error) {
  wb_local local = {0};
  wbi_row *cursor = &facts->cursor;
  if (!cursor->zone)
    return wbi_column_fail(error, WB_E_TYPE, WBI_LOCATIONS, WBI_LOCATION_ZONE,
                           "Neither the location nor the moment gives a zone.");
  if (cursor->zone == cursor->dated && cursor->now == cursor->told) return WB_OK;
  wb_status status = wb_zone_local(cursor->zone, cursor->now, &local);
  if (status) return wbi_fail(error, status, "The local date is out of range.");
  if (local.date != cursor->today || cursor->zone != cursor->dated) cursor->known &= ~DATED_PARTS;
  cursor->today = local.date;
  cursor->told = cursor->now;
  cursor->dated = cursor->zone;
  return WB_OK;
}

/* Reads a patient's own interval; false: there is none. */
static wb_status recall_interval(const wb_facts *facts, uint32_t row, wb_interval *interval,
                                 bool *present, wb_error *error) {
  wbi_text text = {0};
  int64_t packed = 0;
  char digits[24];
  const wbi_column *column = &facts->tables[WBI_RECALLS].columns[WBI_RECALL_INTERVAL];
  if (column->cells == WBI_CELLS_INT) {
    wbi_writer writer = {digits, sizeof digits, 0};
    if (!wbi_column_int(column, row, &packed)) return WB_OK;
    wbi_put_int(&writer, packed);
    text = (wbi_text){digits, writer.length};
  } else if (!wbi_column_text(column, row, &text)) {
    return WB_OK;
  }
  wb_status status = wb_interval_parse(text.data, text.length, interval);
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
  wb_status status = row_date(facts, WBI_RECALLS, WBI_RECALL_DUE, row, &history->manual_due, error);
  if (status) return status;
  return row_date(facts, WBI_RECALLS, WBI_RECALL_PREVIOUS, row, &history->manual_since, error);
}

/* Finds the first recall of each kind. */
static wb_status recall_first(const wb_facts *facts, uint32_t first[], wb_error *error) {
  wbi_row_span span = wbi_row_children(facts, WBI_RECALLS);
  for (const uint32_t *row = span.from; row != span.to; ++row) {
    int32_t kind = 0;
    wb_status status = row_choice(facts, WBI_RECALLS, WBI_RECALL_KIND, *row, &kind, error);
    if (status) return status;
    if (first[kind] == WBI_NO_ROW) first[kind] = *row;
  }
  return WB_OK;
}

/* Finds what the recalls say: perio before prophy before child. */
static wb_status know_recalls(wb_facts *facts, wb_error *error) {
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

/* The later of two dates; WB_DATE_NONE is before all. */
static wb_date row_later(wb_date a, wb_date b) {
  return a > b ? a : b;
}

bool wbi_row_within(const wbi_row *row, wb_date date, int32_t months) {
  wb_date until = WB_DATE_MAX;
  if (date == WB_DATE_NONE || date > row->today) return false;
  (void)wb_date_add_months(date, months, &until); /* beyond the last day: not yet past */
  return until >= row->today;
}

/* Takes one procedure that was done by today into account. */
static void history_add(const wbi_procedure *done, wbi_history *history) {
  if (done->trigger == WB_RECARE_PROPHY) history->prophy = row_later(history->prophy, done->date);
  if (done->trigger == WB_RECARE_PERIO) history->perio = row_later(history->perio, done->date);
  if (done->scaling) history->scaling = row_later(history->scaling, done->date);
  if (done->exam) history->exam = row_later(history->exam, done->date);
  if (done->state == WBI_PROCEDURE_COMPLETED && !done->missed)
    history->treated = row_later(history->treated, done->date);
}

/* Says which column of a procedure cannot be read. */
static wb_status history_fail(const wbi_procedure *procedure, wb_error *error) {
  bool date = procedure->fault == WBI_PROCEDURE_DATE;
  return wbi_column_fail(error, date ? WB_E_RANGE : WB_E_TYPE, WBI_PROCEDURES, procedure->fault,
                         date ? "Not a day of years 1 to 9999."
                              : "Absent, or not one of its values.");
}

/* Finds what was done up to today. */
static wb_status know_history(wb_facts *facts, wb_error *error) {
  wbi_history found = {WB_DATE_NONE, WB_DATE_NONE, WB_DATE_NONE, WB_DATE_NONE, WB_DATE_NONE};
  wbi_row_span span = wbi_row_children(facts, WBI_PROCEDURES);
  for (const uint32_t *row = span.from; row != span.to; ++row) {
    const wbi_procedure *procedure = &facts->digest[*row];
    if (procedure->date > facts->cursor.today) continue;
    if (procedure->fault) return history_fail(procedure, error);
    if (procedure->date != WB_DATE_NONE) history_add(procedure, &found);
  }
  facts->cursor.done = found;
  return WB_OK;
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
    wbi_text other = {0};
    const wbi_procedure *held = &facts->digest[*row];
    if (held->trigger == WB_RECARE_NONE || held->state == WBI_PROCEDURE_DELETED) continue;
    if (wbi_column_text(&columns[WBI_PROCEDURE_APPOINTMENT], *row, &other) &&
        wbi_text_equal(key, other))
      return true;
  }
  return false;
}

/* Reads when an appointment begins; date WB_DATE_NONE when not given. */
static wb_status visit_start(const wb_facts *facts, uint32_t row, wbi_visit *visit) {
  int64_t seconds = 0;
  wb_local local = {0};
  const wbi_column *column = &facts->tables[WBI_APPOINTMENTS].columns[WBI_APPOINTMENT_START];
  *visit = (wbi_visit){WB_DATE_NONE, -1, WB_TIME_NONE};
  if (column->cells == WBI_CELLS_DATE) return wbi_cell_date(column, row, &visit->date);
  if (!wbi_cell_seconds(column, row, &seconds)) return WB_OK;
  if (!wbi_time_valid(seconds)) return WB_E_RANGE;
  if (column->cells == WBI_CELLS_WALL) {
    wb_status status = wbi_cell_date(column, row, &visit->date);
    visit->second = (int32_t)(seconds - (int64_t)visit->date * 86400);
    return status;
  }
  wb_status status = wb_zone_local(facts->cursor.zone, seconds, &local);
  if (status) return status;
  *visit = (wbi_visit){local.date, local.second, seconds};
  return WB_OK;
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
    visits->seen = row_later(visits->seen, date);
    return;
  }
  visits->broken = row_later(visits->broken, date);
  visits->broken_12m += wbi_row_within(cursor, date, 12);
}

/* Takes one appointment into account. */
static wb_status visit_add(const wb_facts *facts, uint32_t row, wbi_visits *visits,
                           wb_error *error) {
  wbi_visit visit;
  int32_t state = 0;
  wb_status status =
      row_choice(facts, WBI_APPOINTMENTS, WBI_APPOINTMENT_STATUS, row, &state, error);
  if (status || state > WBI_VISIT_BROKEN) return status;
  status = visit_start(facts, row, &visit);
  if (status)
    return wbi_column_fail(error, status, WBI_APPOINTMENTS, WBI_APPOINTMENT_START,
                           "Not within years 1 to 9999.");
  if (visit.date == WB_DATE_NONE) return WB_OK;
  if (state != WBI_VISIT_SCHEDULED) {
    visit_add_past(&facts->cursor, state, visit.date, visits);
    return WB_OK;
  }
  if (visit.date < facts->cursor.today) return WB_OK;
  if (visit_before(&visit, &visits->next)) visits->next = visit;
  if (!(facts->flags & WB_FACTS_BOOKED_TRIGGER) || visit_holds_trigger(facts, row))
    visits->booked = true;
  return WB_OK;
}

/* Finds the last visits and the next. */
static wb_status know_visits(wb_facts *facts, wb_error *error) {
  wbi_visits found = {WB_DATE_NONE, WB_DATE_NONE, 0, {WB_DATE_NONE, -1, WB_TIME_NONE}, false};
  wbi_row_span span = wbi_row_children(facts, WBI_APPOINTMENTS);
  for (const uint32_t *row = span.from; row != span.to; ++row) {
    wb_status status = visit_add(facts, *row, &found, error);
    if (status) return status;
  }
  facts->cursor.visits = found;
  return WB_OK;
}

/* Finds recare from the recalls and the history. */
static wb_status know_recare(wb_facts *facts, wb_error *error) {
  wbi_row *cursor = &facts->cursor;
  wb_recare_history history = cursor->history;
  wb_recare recare = {.size = sizeof recare};
  history.size = sizeof history;
  history.last_prophy = cursor->done.prophy;
  history.last_perio = cursor->done.perio;
  history.last_scaling = cursor->done.scaling;
  wb_status status =
      row_date(facts, WBI_PATIENTS, WBI_PATIENT_BIRTH_DATE, cursor->row, &history.birth, error);
  if (status) return status;
  status = wb_recare_find(&history, &facts->recare, cursor->today, &recare);
  if (status) return wbi_fail(error, status, "The due date is out of range.");
  cursor->recare = recare;
  return WB_OK;
}

/* How each part is found, in an order in which what a part needs comes before it. */
static const struct {
  uint32_t what;
  wb_status (*find)(wb_facts *facts, wb_error *error);
} row_parts[] = {
    {WBI_KNOW_KEY, know_key},         {WBI_KNOW_PLACE, know_place},
    {WBI_KNOW_TODAY, know_today},     {WBI_KNOW_RECALLS, know_recalls},
    {WBI_KNOW_HISTORY, know_history}, {WBI_KNOW_VISITS, know_visits},
    {WBI_KNOW_RECARE, know_recare},
};

wb_status wbi_row_know(wb_facts *facts, uint32_t what, wb_error *error) {
  wbi_row *cursor = &facts->cursor;
  for (size_t i = 0; i < WBI_COUNT(row_parts) && (what & ~cursor->known); ++i) {
    if (!(what & ~cursor->known & row_parts[i].what)) continue;
    wb_status status = row_parts[i].find(facts, error);
    if (status) return status;
    cursor->known |= row_parts[i].what;
  }
  return WB_OK;
}

void wbi_row_seek(wb_facts *facts, uint32_t row, const wb_moment *moment) {
  wbi_row *cursor = &facts->cursor;
  ++facts->turn;
  if (cursor->asked != moment->zone && cursor->zone == cursor->asked) wbi_row_forget(facts);
  if (cursor->row != row) {
    cursor->row = row;
    cursor->known = 0;
  }
  if (cursor->asked != moment->zone) cursor->known &= ~(uint32_t)WBI_KNOW_PLACE;
  if (cursor->asked != moment->zone || cursor->now != moment->now)
    cursor->known &= ~(uint32_t)WBI_KNOW_TODAY;
  cursor->asked = moment->zone;
  cursor->now = moment->now;
}

void wbi_row_forget(wb_facts *facts) {
  wbi_row *cursor = &facts->cursor;
  if (cursor->zone == cursor->asked) *cursor = (wbi_row){.row = cursor->row};
  ++facts->turn;
  cursor->asked = NULL;
  cursor->known &= ~(uint32_t)(WBI_KNOW_PLACE | WBI_KNOW_TODAY);
}
