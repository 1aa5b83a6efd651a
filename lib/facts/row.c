/* SPDX-License-Identifier: MIT */
/*
 * What is known of one patient at one moment: where, which day it is there, and what the child
 * tables say. Each part is found when first asked for and kept while it holds: until another row,
 * or, for what depends on the day, until another day.
 */
#include "facts/facts_private.h"

/* Tables, as bits. */
enum {
  ROW_PATIENTS = 1 << WBI_PATIENTS,
  ROW_LOCATIONS = 1 << WBI_LOCATIONS,
  ROW_RECALLS = 1 << WBI_RECALLS,
  ROW_PROCEDURES = 1 << WBI_PROCEDURES,
  ROW_VISITS = ROW_PROCEDURES | 1 << WBI_APPOINTMENTS,
  ROW_COVERAGES = 1 << WBI_COVERAGES | 1 << WBI_CLAIMS
};

/* What is kept when the day changes. */
#define LASTING_PARTS                                                                              \
  ((uint32_t)(WBI_KNOW_KEY | WBI_KNOW_PLACE | WBI_KNOW_TODAY | WBI_KNOW_RECALLS))

wb_status wbi_row_choice(const wb_facts *facts, int table, uint32_t column, uint32_t row,
                         int32_t *place, wb_error *error) {
  wbi_text text = {0};
  const char *domain = wbi_table_spec_of(table)->columns[column].domain;
  *place = -1;
  if (wbi_column_text(&facts->tables[table].columns[column], row, &text))
    *place = wbi_domain_place(wbi_text_of(domain), text);
  if (*place >= 0) return WB_OK;
  return wbi_column_fail(error, WB_E_TYPE, table, column, "Absent, or not one of its values.");
}

wb_status wbi_row_date(const wb_facts *facts, int table, uint32_t column, uint32_t row,
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

/* The row's location: its own, or the only one there is. Where the row before was is tried first.
 */
static uint32_t row_location(const wb_facts *facts) {
  wbi_text key = {0}, last = {0};
  const wbi_facts_table *locations = &facts->tables[WBI_LOCATIONS];
  const wbi_column *column = &facts->tables[WBI_PATIENTS].columns[WBI_PATIENT_LOCATION];
  const wbi_column *keys = &locations->columns[WBI_LOCATION_KEY];
  const uint32_t before = facts->cursor.location;
  if (wbi_column_text(column, facts->cursor.row, &key)) {
    const bool same = before < locations->rows && wbi_column_key(keys, before, &last) &&
                      wbi_text_equal(key, last);
    return same ? before : wbi_row_index_find(&locations->index, keys, key);
  }
  return locations->rows == 1 ? 0 : WBI_NO_ROW;
}

wb_status wbi_row_location_zone(wb_facts *facts, uint32_t location, const wb_zone **zone,
                                wb_error *error) {
  wbi_text name = {0};
  const wbi_column *column = &facts->tables[WBI_LOCATIONS].columns[WBI_LOCATION_ZONE];
  *zone = NULL;
  if (!wbi_column_text(column, location, &name)) return WB_OK;
  wb_zone *made = facts->zones ? facts->zones[location] : NULL;
  wb_status status = WB_OK;
  if (facts->source.host.get)
    status = wbi_source_zone(facts, name, &made);
  else if (!made)
    status = wb_zone_new(facts->context, name.data, name.length, &facts->zones[location], NULL);
  if (status == WB_E_NOMEM) return wbi_fail(error, status, "No memory for a zone.");
  if (status)
    return wbi_column_fail(error, WB_E_TYPE, WBI_LOCATIONS, WBI_LOCATION_ZONE, "Not a zone.");
  *zone = made ? made : facts->zones[location];
  return WB_OK;
}

wb_status wbi_row_wall_zone(wb_facts *facts, const wbi_column *locations, uint32_t row,
                            const wb_zone **zone, wb_error *error) {
  wbi_text key = {0};
  const wbi_facts_table *table = &facts->tables[WBI_LOCATIONS];
  *zone = NULL;
  if (wbi_column_text(locations, row, &key)) {
    uint32_t location = wbi_row_index_find(&table->index, &table->columns[WBI_LOCATION_KEY], key);
    wb_status status =
        location == WBI_NO_ROW ? WB_OK : wbi_row_location_zone(facts, location, zone, error);
    if (status) return status;
  }
  if (!*zone) *zone = facts->cursor.zone;
  return WB_OK;
}

/* Finds location and zone. */
static wb_status know_place(wb_facts *facts, wb_error *error) {
  wbi_row *cursor = &facts->cursor;
  const wb_zone *zone = NULL;
  uint32_t location = row_location(facts);
  if (location != WBI_NO_ROW) {
    wb_status status = wbi_row_location_zone(facts, location, &zone, error);
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
  if (local.date != cursor->today || cursor->zone != cursor->dated) cursor->known &= LASTING_PARTS;
  cursor->today = local.date;
  cursor->told = cursor->now;
  cursor->dated = cursor->zone;
  return WB_OK;
}

bool wbi_row_within(const wbi_row *row, wb_date date, int32_t months) {
  wb_date until = WB_DATE_MAX;
  if (date == WB_DATE_NONE) return false;
  (void)wb_date_add_months(date, months, &until); /* beyond the last day: not yet past */
  return until >= row->today;
}

/* How each part is found, in an order in which what a part needs comes before it. */
static const struct {
  uint32_t what;
  wb_status (*find)(wb_facts *facts, wb_error *error);
  uint32_t tables; /* that it reads, of which a getter is asked */
} row_parts[] = {
    {WBI_KNOW_KEY, know_key, ROW_PATIENTS},
    {WBI_KNOW_PLACE, know_place, ROW_LOCATIONS},
    {WBI_KNOW_TODAY, know_today, 0},
    {WBI_KNOW_RECALLS, wbi_know_recalls, ROW_RECALLS},
    {WBI_KNOW_HISTORY, wbi_know_history, ROW_PROCEDURES},
    {WBI_KNOW_VISITS, wbi_know_visits, ROW_VISITS},
    {WBI_KNOW_RECARE, wbi_know_recare, 0},
    {WBI_KNOW_LATELY, wbi_know_lately, ROW_VISITS},
    {WBI_KNOW_PROCEDURES, wbi_know_procedures, ROW_PROCEDURES},
    {WBI_KNOW_CHART, wbi_know_chart, ROW_VISITS},
    {WBI_KNOW_TREATMENTS, wbi_know_treatments, ROW_VISITS},
    {WBI_KNOW_UNFINISHED, wbi_know_unfinished, ROW_VISITS},
    {WBI_KNOW_BENEFIT, wbi_know_benefit, ROW_COVERAGES},
    {WBI_KNOW_COVERED, wbi_know_covered, ROW_COVERAGES},
    {WBI_KNOW_OPENINGS, wbi_know_openings, 0},
    {WBI_KNOW_HOUSEHOLD, wbi_know_household, 0},
};

wb_status wbi_row_know(wb_facts *facts, uint32_t what, wb_error *error) {
  wbi_row *cursor = &facts->cursor;
  const bool asks = facts->source.host.get != NULL;
  for (size_t i = 0; i < WBI_COUNT(row_parts) && (what & ~cursor->known); ++i) {
    if (!(what & ~cursor->known & row_parts[i].what)) continue;
    wb_status status = asks ? wbi_source_load(facts, row_parts[i].tables, error) : WB_OK;
    if (!status) status = row_parts[i].find(facts, error);
    if (status) return status;
    cursor->known |= row_parts[i].what;
  }
  return WB_OK;
}

void wbi_row_seek(wb_facts *facts, uint32_t row, const wb_moment *moment) {
  wbi_row *cursor = &facts->cursor;
  ++facts->turn;
  if (cursor->asked != moment->zone) wbi_row_forget(facts);
  if (cursor->row != row) {
    cursor->row = row;
    cursor->known = 0;
  }
  if (cursor->now != moment->now) cursor->known &= ~(uint32_t)(WBI_KNOW_TODAY | WBI_KNOW_OPENINGS);
  cursor->asked = moment->zone;
  cursor->now = moment->now;
}

void wbi_row_forget(wb_facts *facts) {
  wbi_row *cursor = &facts->cursor;
  if (cursor->zone == cursor->asked) {
    cursor->known = 0;
    cursor->zone = NULL;
  }
  if (cursor->dated == cursor->asked) cursor->dated = NULL;
  ++facts->turn;
  cursor->asked = NULL;
  cursor->known &= ~(uint32_t)(WBI_KNOW_PLACE | WBI_KNOW_TODAY | WBI_KNOW_OPENINGS);
}
