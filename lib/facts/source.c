/* SPDX-License-Identifier: MIT */
/*
 * A getter: the host's rows, one patient at a time. Whatever it says of the patient under the
 * cursor becomes small tables of that patient alone, one when it is first needed, and columns that
 * are given; all that reads tables reads them. Nothing of it is kept beyond the library's call.
 */
#include "facts/facts_private.h"

enum { SOURCE_NO_LIST = -1 };

/* Fails with a field's name. */
static wb_status source_fail(const wb_facts *facts, uint32_t field, wb_status status,
                             wb_error *error) {
  const wbi_text name = wbi_schema_field(facts->schema, field)->name;
  switch (status) {
  case WB_E_NOMEM: return wbi_fail(error, status, "No memory.");
  case WB_E_ABORTED: return wbi_fail_path(error, status, name, "The getter failed.");
  case WB_E_RANGE: return wbi_fail_path(error, status, name, "A date or instant is out of range.");
  case WB_E_LIMIT: return wbi_fail_path(error, status, name, "The list is longer than it may be.");
  default: return wbi_fail_path(error, status, name, "The getter's answer cannot be.");
  }
}

/* ---- rows --------------------------------------------------------------------------------- */

wb_status wbi_source_rows(wb_facts *facts, uint64_t *count, wb_error *error) {
  wbi_source *source = &facts->source;
  if (!source->counted && source->host.count(source->host.user, &source->rows) != WB_OK)
    return wbi_fail_path(error, WB_E_ABORTED, WBI_TEXT("patients"), "The getter failed.");
  source->counted = true;
  *count = source->rows;
  return WB_OK;
}

wb_status wbi_source_row(wb_facts *facts, wbi_text key, uint64_t *row) {
  uint64_t found = 0;
  const wb_source *host = &facts->source.host;
  if (key.length == 0 || key.length > WBI_KEY_MOST) return WB_E_NAME;
  wb_status status = host->find(host->user, key.data, key.length, &found);
  if (status == WB_E_NAME) return status;
  if (status) return WB_E_ABORTED;
  *row = found;
  return WB_OK;
}

wb_status wbi_facts_ahead(wb_facts *facts, uint64_t row, uint64_t rows, wb_error *error) {
  enum { AHEAD = 256 };
  const wb_source *host = &facts->source.host;
  uint64_t next[AHEAD];
  uint32_t count = 0;
  if (!host->fetch || row % AHEAD != 0) return WB_OK;
  for (; count < AHEAD && row + count < rows; count++)
    next[count] = row + count;
  if (host->fetch(host->user, next, count) == WB_OK) return WB_OK;
  return wbi_fail_path(error, WB_E_ABORTED, WBI_TEXT("patients"), "The getter failed.");
}

void wbi_source_drop(wb_facts *facts) {
  wbi_source *source = &facts->source;
  if (facts->placed)
    wbi_free(facts->context, facts->placed,
             facts->tables[WBI_PROCEDURES].rows * sizeof *facts->placed);
  facts->placed = NULL;
  facts->digest = NULL;
  for (int name = 0; name < WBI_TABLES; ++name)
    if (source->loaded & 1u << name) facts->tables[name] = (wbi_facts_table){0};
  source->loaded = 0;
  ++source->turn;
  wbi_arena_reset(&source->arena);
}

wb_status wbi_source_seek(wb_facts *facts, uint64_t row, wb_error *error) {
  uint64_t rows = 0;
  wbi_source *source = &facts->source;
  wb_status status = wbi_source_rows(facts, &rows, error);
  if (status) return status;
  if (row >= rows) return wbi_fail(error, WB_E_NAME, "No such row.");
  if (source->stands && source->row == row) return WB_OK;
  wbi_source_drop(facts);
  facts->cursor = (wbi_row){0};
  source->row = row;
  source->stands = true;
  return WB_OK;
}

/* ---- values ------------------------------------------------------------------------------- */

/* Asks for the length of a list; SOURCE_NO_LIST: it is not supplied. */
static wb_status source_length(const wb_facts *facts, uint32_t field, int64_t *length) {
  uint32_t count = 0;
  wb_value none = {.size = sizeof none};
  const wb_source *host = &facts->source.host;
  if (host->get(host->user, facts->source.row, field, 0, 0, &none, &count) != WB_OK)
    return WB_E_ABORTED;
  *length = count == UINT32_MAX ? SOURCE_NO_LIST : (int64_t)count;
  return *length > wbi_schema_field(facts->schema, field)->most ? WB_E_LIMIT : WB_OK;
}

/* Asks for the values of a field, as many as there must be, and makes a column of them. */
static wb_status source_column(wb_facts *facts, uint32_t field, uint32_t count, wbi_column *column,
                               bool *supplied) {
  uint32_t given = 0;
  wbi_arena *arena = &facts->source.arena;
  const wb_source *host = &facts->source.host;
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  wb_value *values = wbi_arena_array(arena, count, sizeof *values);
  if (!values) return WB_E_NOMEM;
  for (uint32_t i = 0; i < count; ++i)
    values[i].size = sizeof *values;
  if (count > 0 &&
      host->get(host->user, facts->source.row, field, 0, count, values, &given) != WB_OK)
    return WB_E_ABORTED;
  if (given != count) return WB_E_TYPE;
  for (uint32_t i = 0; i < count; ++i)
    *supplied |= values[i].kind != WB_UNKNOWN;
  return wbi_column_of_values(arena, values, count,
                              about->type == WB_LIST ? about->element : about->type, column);
}

/* ---- small tables ------------------------------------------------------------------------- */

/* Makes the rows of a child table those of the patient, without restricted procedures. */
static wb_status source_group(wb_facts *facts, int name, wbi_facts_table *table) {
  wbi_arena *arena = &facts->source.arena;
  wbi_group *group = &table->group;
  const wbi_column *restricted = &table->columns[WBI_PROCEDURE_RESTRICTED];
  group->starts = wbi_arena_array(arena, (size_t)table->rows + 2, sizeof *group->starts);
  if (!group->starts) return WB_E_NOMEM;
  group->rows = group->starts + 2;
  for (uint32_t row = 0; row < table->rows; ++row) {
    int64_t hidden = 0;
    if (name == WBI_PROCEDURES && wbi_column_int(restricted, row, &hidden) && hidden) continue;
    group->rows[group->starts[1]++] = row;
  }
  return WB_OK;
}

/* Where in its raw table a field's values belong; WBI_COLUMNS_MOST: nowhere. Day and instant of a
   visit are told by one column; the household is for tables that hold all its members. */
static uint32_t source_place(const wbi_field_spec *spec) {
  if (spec->origin == WBI_PATIENTS && spec->item == WBI_PATIENT_HOUSEHOLD) return WBI_COLUMNS_MOST;
  if (spec->origin != WBI_DERIVED) return spec->item;
  const bool visit = spec->item == WBI_APPOINTMENTS_DATE || spec->item == WBI_APPOINTMENTS_START;
  return visit ? WBI_APPOINTMENT_START : WBI_COLUMNS_MOST;
}

/* Whether instants say all that the days before them do: each visit of a day has one. */
static bool source_timed(const wbi_column *days, const wbi_column *instants, uint32_t rows) {
  int64_t at = 0;
  for (uint32_t row = 0; row < rows; ++row)
    if (wbi_column_int(days, row, &at) && !wbi_column_int(instants, row, &at)) return false;
  return true;
}

/* Asks for the column of a table that a field is. */
static wb_status source_fill(wb_facts *facts, uint32_t field, const wbi_field_spec *spec,
                             wbi_facts_table *table) {
  bool supplied = false;
  wbi_column made = {0};
  const uint32_t place = source_place(spec);
  if (place == WBI_COLUMNS_MOST) return WB_OK;
  wb_status status = source_column(facts, field, table->rows, &made, &supplied);
  if (status || !supplied) return status;
  if (made.cells != WBI_CELLS_INSTANT || source_timed(&table->columns[place], &made, table->rows))
    table->columns[place] = made;
  return WB_OK;
}

/* The fields that a small table is made of: those of the list's elements, or those whose origin the
   table is. */
static wb_status source_fields(wb_facts *facts, int name, uint32_t list, wbi_facts_table *table,
                               wb_error *error) {
  uint32_t dental = 0;
  const wbi_field_spec *specs = wbi_field_specs(&dental);
  for (uint32_t i = 0; i < dental; ++i) {
    const bool element = list < dental && wbi_schema_field(facts->schema, i)->list == list + 1;
    const bool single = list == dental && specs[i].origin == name;
    if (!element && !single) continue;
    wb_status status = source_fill(facts, i, &specs[i], table);
    if (status) return source_fail(facts, i, status, error);
  }
  return WB_OK;
}

/* The list that a table is; `dental`: none, the table has one row. */
static uint32_t source_list(int name) {
  uint32_t dental = 0;
  const wbi_field_spec *specs = wbi_field_specs(&dental);
  for (uint32_t i = 0; i < dental; ++i)
    if (specs[i].origin == name && specs[i].type == WB_LIST) return i;
  return dental;
}

/* Makes the table of a list; it stays away when the list is not supplied. */
static wb_status source_child(wb_facts *facts, int name, uint32_t list, wbi_facts_table *table,
                              wb_error *error) {
  int64_t length = 0;
  wb_status status = source_length(facts, list, &length);
  if (status) return source_fail(facts, list, status, error);
  if (length == SOURCE_NO_LIST) return WB_OK;
  table->rows = (uint32_t)length;
  table->present = true;
  status = source_fields(facts, name, list, table, error);
  if (status) return status;
  status = source_group(facts, name, table);
  return status ? source_fail(facts, list, status, error) : WB_OK;
}

/* Makes the table of single values: one row. */
static wb_status source_single(wb_facts *facts, int name, uint32_t none, wbi_facts_table *table,
                               wb_error *error) {
  table->rows = 1;
  table->present = true;
  return source_fields(facts, name, none, table, error);
}

/* Makes one small table. */
static wb_status source_table(wb_facts *facts, int name, wb_error *error) {
  uint32_t dental = 0;
  wbi_facts_table *table = &facts->tables[name];
  const uint32_t list = source_list(name);
  (void)wbi_field_specs(&dental);
  facts->source.loaded |= 1u << name;
  if (list < dental) return source_child(facts, name, list, table, error);
  if (WBI_NEVER(name > WBI_PATIENTS)) return WB_OK; /* no part of a row reads others of no list */
  return source_single(facts, name, list, table, error);
}

/* Room for what the procedures of the patient say. */
static wb_status source_digest(wb_facts *facts, wb_error *error) {
  const uint32_t rows = facts->tables[WBI_PROCEDURES].rows;
  facts->digest = wbi_arena_array(&facts->source.arena, rows, sizeof *facts->digest);
  if (!facts->digest) return wbi_fail(error, WB_E_NOMEM, "No memory.");
  return wbi_reading_make(facts);
}

wb_status wbi_source_load(wb_facts *facts, uint32_t tables, wb_error *error) {
  const uint32_t missing = tables & ~facts->source.loaded;
  if (!missing) return WB_OK;
  for (int name = 0; name < WBI_TABLES; ++name) {
    if (!(missing & 1u << name)) continue;
    wb_status status = source_table(facts, name, error);
    if (!status && name == WBI_PROCEDURES) status = source_digest(facts, error);
    if (!status) continue;
    facts->tables[name] = (wbi_facts_table){0};
    facts->source.loaded &= ~(1u << name);
    return status;
  }
  return WB_OK;
}

/* ---- fields that are given ---------------------------------------------------------------- */

/* Asks whether the getter gives a list, and how long it is. */
static wb_status source_give_list(wb_facts *facts, uint32_t field, wbi_given *given) {
  bool supplied = false;
  int64_t length = 0;
  wb_status status = source_length(facts, field, &length);
  if (status || length == SOURCE_NO_LIST) return status;
  status = wbi_column_of_list(&facts->source.arena, (uint32_t)length, &given->lists);
  if (status || wbi_schema_field(facts->schema, field)->element == WB_RECORD) return status;
  return source_column(facts, field, (uint32_t)length, &given->column, &supplied);
}

/* Asks for the field of a given list's elements. */
static wb_status source_give_elements(wb_facts *facts, uint32_t field, uint32_t list,
                                      wbi_given *given) {
  bool supplied = false;
  uint32_t first = 0;
  uint64_t count = 0;
  if (!wbi_column_range(&facts->given[list].lists, 0, &first, &count)) return WB_OK;
  return source_column(facts, field, (uint32_t)count, &given->column, &supplied);
}

/* Asks for a single value. */
static wb_status source_give_value(wb_facts *facts, uint32_t field, wbi_given *given) {
  bool supplied = false;
  wbi_column made = {0};
  wb_status status = source_column(facts, field, 1, &made, &supplied);
  if (!status && supplied) given->column = made;
  return status;
}

/* Whether a field is a cell of a small table, or of a list that is one. */
static bool source_raw(const wb_facts *facts, uint32_t field, int *table) {
  uint32_t dental = 0;
  const wbi_field_spec *specs = wbi_field_specs(&dental);
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  const uint32_t asked = about->list ? about->list - 1 : field;
  if (asked >= dental || specs[asked].origin == WBI_DERIVED) return false;
  *table = specs[asked].origin;
  return specs[asked].type == WB_LIST || source_place(&specs[asked]) != WBI_COLUMNS_MOST;
}

wb_status wbi_source_give(wb_facts *facts, uint32_t field, wb_error *error) {
  int table = 0;
  wb_status status = WB_OK;
  wbi_source *source = &facts->source;
  wbi_given *given = &facts->given[field];
  if (source_raw(facts, field, &table)) return wbi_source_load(facts, 1u << table, error);
  if (source->asked[field] == source->turn) return WB_OK;
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  *given = (wbi_given){0};
  if (about->list)
    status = source_give_elements(facts, field, about->list - 1, given);
  else if (about->type == WB_LIST)
    status = source_give_list(facts, field, given);
  else
    status = source_give_value(facts, field, given);
  if (status) {
    *given = (wbi_given){0};
    return source_fail(facts, field, status, error);
  }
  source->asked[field] = source->turn;
  return WB_OK;
}

/* ---- the object --------------------------------------------------------------------------- */

wb_status wbi_source_zone(wb_facts *facts, wbi_text name, wb_zone **zone) {
  wbi_vector *zones = &facts->source.zones;
  for (size_t i = 0; i < zones->count; ++i) {
    const wbi_source_place *place = wbi_vector_at(zones, i);
    if (!wbi_text_equal((wbi_text){place->name, place->length}, name)) continue;
    *zone = place->zone;
    return WB_OK;
  }
  if (name.length > sizeof((wbi_source_place *)0)->name) return WB_E_TYPE;
  if (wbi_vector_reserve(zones, 1) != WB_OK) return WB_E_NOMEM;
  wb_status status = wb_zone_new(facts->context, name.data, name.length, zone, NULL);
  if (status) return status;
  wbi_source_place *place = wbi_vector_push(zones);
  memcpy(place->name, name.data, name.length);
  place->length = name.length;
  place->zone = *zone;
  return WB_OK;
}

wb_status wbi_source_open(wb_facts *facts, const wb_source *host, wb_error *error) {
  wbi_source *source = &facts->source;
  if (!host) return WB_OK;
  wb_source known = {0};
  wb_status status = wbi_struct_read(host, sizeof known, &known, sizeof known, 0, error);
  if (status) return status;
  if (!known.count || !known.find || !known.get)
    return wbi_fail(error, WB_E_INVALID, "A function of the getter is missing.");
  wbi_arena_init(&source->arena, facts->context, 0);
  wbi_vector_init(&source->zones, facts->context, sizeof(wbi_source_place), SIZE_MAX);
  source->turn = 1;
  source->asked = wbi_alloc(facts->context, facts->fields * sizeof *source->asked);
  source->host = known;
  facts->joined = true; /* no table can be added, and none is to be joined */
  return source->asked ? WB_OK : wbi_fail(error, WB_E_NOMEM, "No memory for the facts.");
}

void wbi_source_close(wb_facts *facts) {
  wbi_source *source = &facts->source;
  if (!source->host.get) return;
  wbi_source_drop(facts);
  for (size_t i = 0; i < source->zones.count; ++i)
    wb_zone_unref(((wbi_source_place *)wbi_vector_at(&source->zones, i))->zone);
  wbi_vector_free(&source->zones);
  if (source->asked) wbi_free(facts->context, source->asked, facts->fields * sizeof *source->asked);
  wbi_arena_free(&source->arena);
}
