/* SPDX-License-Identifier: MIT */
/* Visits of the days to come, on the book already or won back. What becomes of them changes the
   tables, of which each morning's facts are made. */
#include "columns.h"
#include "simulate.h"

#include <string.h>

/* ---- chair time --------------------------------------------------------------------------- */

/* The opening hours of a location in the settings; NULL: they do not say. */
static const cli_json *visits_hours(const simulation *sim, int location) {
  const cli_json *each = cli_json_first(sim->world->settings.root, "locations");
  while (each && location-- > 0)
    each = each->next;
  return each ? cli_json_find(each, "hours") : NULL;
}

int32_t simulate_chair(const simulation *sim, int location, wb_date day) {
  static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const int weekday = (int)(((int64_t)day + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
  const cli_json *hours = visits_hours(sim, location);
  int32_t from = SIM_OPENS * SIM_HOUR, to = (weekday < 5 ? SIM_CLOSES : SIM_OPENS) * SIM_HOUR;
  if (hours) {
    const cli_json *open = cli_json_first(hours, names[weekday]);
    const cli_json *close = open ? open->next : NULL;
    if (!close || open->kind != CLI_STRING || close->kind != CLI_STRING ||
        !cli_clock(open->text, strlen(open->text), &from) ||
        !cli_clock(close->text, strlen(close->text), &to))
      return 0;
  }
  return to > from ? SIM_CHAIRS * (to - from) / 60 : 0;
}

/* ---- what is on the book ------------------------------------------------------------------ */

/* The place of a location among the settings'; the first one where they do not have it. */
static int32_t visits_location(const simulation *sim, const wb_value *key) {
  const cli_settings *settings = &sim->world->settings;
  for (int i = 0; key->kind == WB_TEXT && i < settings->location_count; i++) {
    const char *name = settings->locations[i].key;
    if (strlen(name) == key->length && !memcmp(name, key->data, key->length)) return i;
  }
  return 0;
}

static simulate_visit *visits_push(simulation *sim) {
  if (sim->visit_count == sim->visit_capacity) {
    sim->visit_capacity = sim->visit_capacity ? 2 * sim->visit_capacity : 64;
    sim->visits = cli_grow(sim->visits, sim->visit_capacity, sizeof *sim->visits);
  }
  simulate_visit *visit = &sim->visits[sim->visit_count++];
  *visit = (simulate_visit){.number = (uint32_t)sim->visit_count, .minutes = SIM_VISIT_MINUTES};
  return visit;
}

/* A field of a row, absent when it cannot be read. */
static wb_value visits_field(const simulation *sim, uint64_t row, const char *name) {
  uint32_t field = 0;
  wb_value value = {.size = sizeof value};
  if (wb_schema_find(sim->world->schema, name, strlen(name), &field) != WB_OK ||
      wb_facts_get(sim->world->facts, row, field, &sim->world->moment, &value, NULL) != WB_OK)
    value.kind = WB_UNKNOWN;
  return value;
}

/* Where a patient goes, and what is due there. */
static void visits_describe(const simulation *sim, uint64_t row, simulate_visit *visit) {
  const wb_value kind = visits_field(sim, row, "recare.kind");
  visit->perio = kind.kind == WB_TEXT && kind.length == 5 && !memcmp(kind.data, "perio", 5);
  const wb_value location = visits_field(sim, row, "location.key");
  visit->location = visits_location(sim, &location);
}

/* The next visit of a patient, if one is booked. */
static void visits_read_row(simulation *sim, uint64_t row) {
  const wb_value next = visits_field(sim, row, "visit.next");
  if (next.kind != WB_DATE) return;
  simulate_visit *visit = visits_push(sim);
  visit->own = true;
  visit->day = (wb_date)next.integer;
  const wb_value minutes = visits_field(sim, row, "visit.next_minutes");
  if (minutes.kind == WB_INT && minutes.integer > 0 && minutes.integer < 24 * 60)
    visit->minutes = (int32_t)minutes.integer;
  visits_describe(sim, row, visit);
  const wb_value key = visits_field(sim, row, "patient.key");
  snprintf(visit->patient, sizeof visit->patient, "%.*s", (int)key.length,
           key.kind == WB_TEXT ? key.data : "");
}

int simulate_visits_read(simulation *sim) {
  uint64_t rows = 0;
  wb_status status = wb_facts_count(sim->world->facts, &rows);
  if (status != WB_OK) return cli_fail("simulate", status, NULL);
  for (uint64_t row = 0; row < rows; row++)
    visits_read_row(sim, row);
  sim->visit_own = sim->visit_count;
  return CLI_OK;
}

const simulate_visit *simulate_visit_book(simulation *sim, const char *patient, wb_time at) {
  uint64_t row = 0;
  wb_local local = {0};
  simulate_visit *visit = visits_push(sim);
  snprintf(visit->patient, sizeof visit->patient, "%s", patient);
  (void)wb_zone_local(sim->world->moment.zone, at, &local);
  visit->day = local.date + SIM_VISIT_DAYS;
  if (wb_facts_find(sim->world->facts, patient, strlen(patient), &row) == WB_OK)
    visits_describe(sim, row, visit);
  for (int i = 0; i < 7 && !simulate_chair(sim, visit->location, visit->day); i++)
    visit->day++;
  return visit;
}

void simulate_visit_key(const simulate_visit *visit, char key[WB_KEY_MAX + 1]) {
  snprintf(key, WB_KEY_MAX + 1, "rehearsed-%u", (unsigned)visit->number);
}

wb_time simulate_visit_start(const simulation *sim, const simulate_visit *visit) {
  const wb_local local = {.date = visit->day, .second = SIM_VISIT_HOUR * SIM_HOUR};
  const wb_zone *zone = sim->world->settings.locations[visit->location].zone;
  wb_time at = 0;
  (void)wb_zone_instant(zone ? zone : sim->world->moment.zone, &local, 0, &at);
  return at;
}

/* ---- what becomes of them ----------------------------------------------------------------- */

/* Whether the patient comes. */
static bool visits_kept(const simulation *sim, const simulate_visit *visit) {
  const size_t length = strlen(visit->patient);
  return simulate_draw(sim->seed, (const uint8_t *)visit->patient, length, (int)visit->day) <
         SIM_KEPT;
}

/* Tells the practice that a visit which was won back is over. */
static int visits_tell(simulation *sim, const simulate_visit *visit, wb_time now) {
  char key[WB_KEY_MAX + 1];
  wb_error error = {0};
  const bool kept = visits_kept(sim, visit);
  simulate_visit_key(visit, key);
  wb_input input = {.size = sizeof input,
                    .kind = kept ? WB_INPUT_KEPT : WB_INPUT_BROKEN,
                    .patient = visit->patient,
                    .patient_length = (uint32_t)strlen(visit->patient),
                    .visit = key,
                    .visit_length = (uint32_t)strlen(key),
                    .at = simulate_visit_start(sim, visit),
                    .value = kept ? SIM_VALUE : 0};
  wb_status status = wb_practice_receive(sim->practice, &input, now, &error);
  if (status != WB_OK && status != WB_E_NAME && status != WB_E_STATE)
    return cli_fail("simulate", status, &error);
  sim->day.kept += kept;
  return CLI_OK;
}

/* Tells it of all that were before a day. */
static int visits_tell_all(simulation *sim, wb_date today, wb_time now) {
  int result = CLI_OK;
  for (size_t i = sim->visit_own; result == CLI_OK && i < sim->visit_count; i++) {
    const simulate_visit *visit = &sim->visits[i];
    if (!visit->over && visit->day < today) result = visits_tell(sim, visit, now);
  }
  return result;
}

/* ---- the tables --------------------------------------------------------------------------- */

static void visits_put(cli_table *table, const char *column, const char *text) {
  const int at = cli_table_column(table, column);
  if (at >= 0) cli_put_text(table, at, text, strlen(text));
}

static void visits_put_number(cli_table *table, const char *column, int64_t number) {
  const int at = cli_table_column(table, column);
  if (at >= 0) cli_put_number(table, at, number);
}

/* A table, made where the export has none. */
static cli_table *visits_table(const simulation *sim, const char *name, const cli_column *columns,
                               int count) {
  cli_table *table = cli_tables_find(sim->world->tables, name);
  if (table) return table;
  table = cli_table_new(columns, count);
  cli_tables_add(sim->world->tables, name, table);
  return table;
}

/* A visit that was booked. */
static void visits_add_booked(const simulation *sim, const simulate_visit *visit) {
  static const cli_column columns[] = {
      {"patient", "u"}, {"status", "u"}, {"start", "tss:"}, {"appointment", "u"}, {"minutes", "l"}};
  cli_table *table = visits_table(sim, "appointments", columns, 5);
  char key[WB_KEY_MAX + 1];
  simulate_visit_key(visit, key);
  visits_put(table, "patient", visit->patient);
  visits_put(table, "status", "scheduled");
  visits_put_number(table, "start", (int64_t)visit->day * SIM_DAY + SIM_VISIT_HOUR * SIM_HOUR);
  visits_put(table, "appointment", key);
  visits_put_number(table, "minutes", visit->minutes);
  visits_put(table, "location", sim->world->settings.locations[visit->location].key);
  cli_table_row(table);
}

/* One thing that was done at a visit. */
static void visits_put_done(const simulation *sim, const simulate_visit *visit, const char *code) {
  static const cli_column columns[] = {
      {"patient", "u"}, {"code", "u"}, {"status", "u"}, {"date", "tdD"}};
  cli_table *table = visits_table(sim, "procedures", columns, 4);
  visits_put(table, "patient", visit->patient);
  visits_put(table, "code", code);
  visits_put(table, "status", "completed");
  visits_put_number(table, "date", visit->day);
  cli_table_row(table);
}

/* What was done at one. */
static void visits_add_done(const simulation *sim, const simulate_visit *visit) {
  visits_put_done(sim, visit, "D0120");
  visits_put_done(sim, visit, visit->perio ? "D4910" : "D1110");
}

/* Whether a visit was booked since yesterday, or was kept by yesterday. */
static bool visits_new(const simulation *sim, const simulate_visit *visit, wb_date today) {
  (void)sim;
  (void)today;
  return !visit->own && !visit->written;
}

static bool visits_came(const simulation *sim, const simulate_visit *visit, wb_date today) {
  return !visit->over && visit->day < today && visits_kept(sim, visit);
}

/* A table that grows by visits: by which, and how. */
typedef struct visits_growth {
  const char *table;
  bool (*grows)(const simulation *sim, const simulate_visit *visit, wb_date today);
  void (*add)(const simulation *sim, const simulate_visit *visit);
} visits_growth;

/* Adds rows to a table, which the facts must not have meanwhile. */
static int visits_grow(const simulation *sim, const visits_growth *growth, wb_date today) {
  size_t at = 0;
  while (at < sim->visit_count && !growth->grows(sim, &sim->visits[at], today))
    at++;
  if (at == sim->visit_count) return CLI_OK;
  int result = cli_world_renew(sim->world, growth->table);
  if (result != CLI_OK) return result;
  for (; at < sim->visit_count; at++) {
    if (growth->grows(sim, &sim->visits[at], today)) growth->add(sim, &sim->visits[at]);
  }
  return cli_table_lend(cli_tables_find(sim->world->tables, growth->table), sim->world->facts);
}

int simulate_morning(simulation *sim, wb_time now) {
  static const visits_growth growths[] = {{"appointments", visits_new, visits_add_booked},
                                          {"procedures", visits_came, visits_add_done}};
  cli_world *world = sim->world;
  wb_local local = {0};
  (void)wb_zone_local(world->moment.zone, now, &local);
  int result = visits_tell_all(sim, local.date, now);
  world->now = world->moment.now = now;
  if (result == CLI_OK) result = cli_world_renew(world, NULL);
  for (size_t i = 0; result == CLI_OK && i < sizeof growths / sizeof growths[0]; i++)
    result = visits_grow(sim, &growths[i], local.date);
  for (size_t i = 0; i < sim->visit_count; i++) {
    simulate_visit *visit = &sim->visits[i];
    visit->written = true;
    visit->over = visit->over || visit->day < local.date;
  }
  return result;
}
