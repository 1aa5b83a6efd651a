/* SPDX-License-Identifier: MIT */
/* Parts of a row: its chart, which treatments are planned, and what was begun and not finished. */
#include "facts/facts_private.h"

enum { TREATMENT_VALUES = 14, UNFINISHED_VALUES = 7 };

/* No patient has more; what is asked of a chart takes the square of it. */
enum { CHART_MOST = 4000 };

/* By place in the domain of procedures.status. */
static const uint8_t chart_states[] = {
    WB_PROCEDURE_COMPLETED, WB_PROCEDURE_EXISTING, WB_PROCEDURE_PLANNED,  WB_PROCEDURE_DELETED,
    WB_PROCEDURE_DECLINED,  WB_PROCEDURE_REFERRED, WB_PROCEDURE_INACTIVE, WB_PROCEDURE_OTHER};

/* Reads where a procedure is done; the tooth says more than the area. */
static uint8_t placed_teeth(const wbi_column *columns, uint32_t row, uint64_t *teeth) {
  wbi_text text = {0};
  if (wbi_column_text(&columns[WBI_PROCEDURE_TOOTH], row, &text))
    return wb_teeth_parse(text.data, text.length, 0, teeth) ? WBI_PROCEDURE_TOOTH : 0;
  if (wbi_column_text(&columns[WBI_PROCEDURE_AREA], row, &text))
    return wb_teeth_parse(text.data, text.length, 1, teeth) ? WBI_PROCEDURE_AREA : 0;
  return 0;
}

/* Reads one procedure's place in a chart. */
static wbi_placed placed_read(const wb_facts *facts, uint32_t row) {
  wbi_text code = {0};
  wbi_placed found = {.diagnosed = WB_DATE_NONE};
  const wbi_column *columns = facts->tables[WBI_PROCEDURES].columns;
  (void)wbi_column_text(&columns[WBI_PROCEDURE_CODE], row, &code);
  wbi_meaning meaning = wbi_code_meaning(facts, code, wbi_procedure_at(facts, row)->date);
  found.code = meaning.code;
  found.group = meaning.group;
  found.fault = placed_teeth(columns, row, &found.teeth);
  if (wbi_cell_date(&columns[WBI_PROCEDURE_DIAGNOSED], row, &found.diagnosed))
    found.fault = WBI_PROCEDURE_DIAGNOSED;
  return found;
}

/* Reads all procedures' places, once, in the order of memory. */
static wb_status chart_place(wb_facts *facts, wb_error *error) {
  const wbi_facts_table *table = &facts->tables[WBI_PROCEDURES];
  if (facts->placed || table->rows == 0) return WB_OK;
  facts->placed = wbi_alloc(facts->context, table->rows * sizeof *facts->placed);
  if (!facts->placed) return wbi_fail(error, WB_E_NOMEM, "No memory for the charts.");
  for (uint32_t row = 0; row < table->rows; ++row)
    facts->placed[row] = placed_read(facts, row);
  return WB_OK;
}

/* A number that stands for a key; 0: there is none. */
static uint64_t chart_number(const wbi_column *column, uint32_t row) {
  wbi_text key = {0};
  if (!wbi_column_text(column, row, &key)) return 0;
  return wbi_hash_bytes(key.data, key.length) | 1;
}

/* The day of the visit of a key, when it is scheduled for today or later. */
static wb_status chart_visit(const wb_facts *facts, wbi_text key, wb_date *day, wb_error *error) {
  const wbi_column *keys = &facts->tables[WBI_APPOINTMENTS].columns[WBI_APPOINTMENT_KEY];
  wbi_row_span span = wbi_row_children(facts, WBI_APPOINTMENTS);
  for (const uint32_t *row = span.from; row != span.to; ++row) {
    wbi_text other = {0};
    wbi_visit visit;
    int32_t state = 0;
    if (!wbi_column_text(keys, *row, &other) || !wbi_text_equal(key, other)) continue;
    wb_status status =
        wbi_row_choice(facts, WBI_APPOINTMENTS, WBI_APPOINTMENT_STATUS, *row, &state, error);
    if (status) return status;
    if (state != WBI_VISIT_SCHEDULED) continue;
    status = wbi_visit_start(facts, WBI_APPOINTMENTS, WBI_APPOINTMENT_START, *row, &visit);
    if (status)
      return wbi_column_fail(error, status, WBI_APPOINTMENTS, WBI_APPOINTMENT_START,
                             "Not within years 1 to 9999.");
    if (visit.date >= facts->cursor.today) *day = visit.date;
  }
  return WB_OK;
}

/* The day of the visit that a planned procedure is held by. */
static wb_status chart_visit_of(const wb_facts *facts, uint32_t row, wb_date *day,
                                wb_error *error) {
  static const uint8_t holders[] = {WBI_PROCEDURE_APPOINTMENT, WBI_PROCEDURE_PLANNED_APPOINTMENT};
  const wbi_column *columns = facts->tables[WBI_PROCEDURES].columns;
  for (size_t i = 0; i < WBI_COUNT(holders) && *day == WB_DATE_NONE; ++i) {
    wbi_text key = {0};
    if (!wbi_column_text(&columns[holders[i]], row, &key)) continue;
    wb_status status = chart_visit(facts, key, day, error);
    if (status) return status;
  }
  return WB_OK;
}

/* Whether a bool cell says yes. */
static bool chart_says(const wbi_column *column, uint32_t row) {
  int64_t said = 0;
  return wbi_column_int(column, row, &said) && said;
}

/* Makes one procedure of a chart from its row. */
static wb_status chart_procedure(const wb_facts *facts, uint32_t row, wb_procedure *made,
                                 wb_error *error) {
  const wbi_column *columns = facts->tables[WBI_PROCEDURES].columns;
  const wbi_procedure *digest = wbi_procedure_at(facts, row);
  const wbi_placed *placed = &facts->placed[row];
  const bool planned = digest->state == WBI_PROCEDURE_PLANNED;
  *made = (wb_procedure){.size = sizeof *made,
                         .teeth = placed->teeth,
                         .provider = chart_number(&columns[WBI_PROCEDURE_PROVIDER], row),
                         .code = placed->code,
                         .group = placed->group,
                         .status = chart_states[digest->state],
                         .date = planned ? placed->diagnosed : digest->date,
                         .visit = WB_DATE_NONE};
  made->alternative = (uint32_t)chart_number(&columns[WBI_PROCEDURE_ALTERNATIVE], row);
  if (chart_says(&columns[WBI_PROCEDURE_PREFERRED], row)) made->flags |= WB_PROCEDURE_PREFERRED;
  if (chart_says(&columns[WBI_PROCEDURE_UNPAID], row)) made->flags |= WB_PROCEDURE_UNPAID;
  return planned ? chart_visit_of(facts, row, &made->visit, error) : WB_OK;
}

/* Says which column of a procedure cannot be read; 0: all can. */
static wb_status chart_check(const wb_facts *facts, uint32_t row, wb_error *error) {
  uint8_t fault = wbi_procedure_at(facts, row)->fault;
  if (!fault) fault = facts->placed[row].fault;
  if (!fault) return WB_OK;
  bool date = fault == WBI_PROCEDURE_DATE || fault == WBI_PROCEDURE_DIAGNOSED;
  return wbi_column_fail(error, date ? WB_E_RANGE : WB_E_TYPE, WBI_PROCEDURES, fault,
                         date ? "Not a day of years 1 to 9999."
                              : "Absent, or not what it should be.");
}

/* Whether a procedure exists today: what is done in the future and what was deleted do not. */
static bool chart_shows(const wb_facts *facts, uint32_t row) {
  const wbi_procedure *digest = wbi_procedure_at(facts, row);
  return digest->date <= facts->cursor.today && digest->state != WBI_PROCEDURE_DELETED;
}

wb_status wbi_know_procedures(wb_facts *facts, wb_error *error) {
  wbi_row_span span = wbi_row_children(facts, WBI_PROCEDURES);
  wbi_chart_rows *chart = &facts->cursor.chart;
  size_t most = span.from ? (size_t)(span.to - span.from) : 0;
  wb_status status = chart_place(facts, error);
  if (status) return status;
  *chart = (wbi_chart_rows){NULL, NULL, 0};
  chart->rows = wbi_facts_scratch(facts, WBI_SCRATCH_ROWS, (most + 1) * sizeof *chart->rows);
  if (!chart->rows) return wbi_fail(error, WB_E_NOMEM, "No memory for a chart.");
  for (const uint32_t *row = span.from; row != span.to; ++row)
    if (chart_shows(facts, *row)) chart->rows[chart->count++] = *row;
  return WB_OK;
}

wb_status wbi_know_chart(wb_facts *facts, wb_error *error) {
  wbi_chart_rows *chart = &facts->cursor.chart;
  if (chart->count > CHART_MOST)
    return wbi_fail_path(error, WB_E_LIMIT, WBI_TEXT("procedures"),
                         "A patient has more than 4,000 procedures.");
  chart->procedures = wbi_facts_scratch(facts, WBI_SCRATCH_CHART,
                                        (chart->count + (size_t)1) * sizeof *chart->procedures);
  if (!chart->procedures) return wbi_fail(error, WB_E_NOMEM, "No memory for a chart.");
  for (uint32_t i = 0; i < chart->count; ++i) {
    wb_status status = chart_check(facts, chart->rows[i], error);
    if (!status) status = chart_procedure(facts, chart->rows[i], &chart->procedures[i], error);
    if (status) return status;
  }
  return WB_OK;
}

/* The names of the quarters that a mask fills; empty when it is of single teeth, or none. */
static wbi_text chart_quarters(uint64_t teeth) {
  static const char *const names[] = {"",       "UR",         "UL",         "UR, UL",
                                      "LL",     "UR, LL",     "UL, LL",     "UR, UL, LL",
                                      "LR",     "UR, LR",     "UL, LR",     "UR, UL, LR",
                                      "LL, LR", "UR, LL, LR", "UL, LL, LR", "UR, UL, LL, LR"};
  unsigned filled = 0;
  for (unsigned i = 0; i < 4; ++i) {
    uint64_t quarter = wbi_teeth_quarter(i);
    if ((teeth & quarter) == quarter) filled |= 1u << i;
  }
  return wbi_text_of(names[filled]);
}

/* The quarter of a procedure: the one that all its teeth are in, or those that it fills. */
static wbi_text chart_quadrant(uint64_t teeth) {
  static const char *const names[] = {"UR", "UL", "LL", "LR"};
  for (unsigned i = 0; teeth && i < 4; ++i)
    if ((teeth & ~wbi_teeth_quarter(i)) == 0) return wbi_text_of(names[i]);
  return chart_quarters(teeth);
}

wbi_text wbi_chart_group(const wb_facts *facts, uint32_t row) {
  return wbi_code_group(facts, facts->placed[row].group);
}

/* Copies a cell of the procedure into a value. */
static wb_status chart_cell(const wb_facts *facts, uint32_t row, uint32_t column, int32_t type,
                            wb_value *value, wb_error *error) {
  wb_status status =
      wbi_cell_value(&facts->tables[WBI_PROCEDURES].columns[column], row, type, value);
  return status ? wbi_column_fail(error, status, WBI_PROCEDURES, column, "Not what it should be.")
                : WB_OK;
}

/* The cells that a treatment shows as they are. */
static wb_status treatment_cells(const wb_facts *facts, uint32_t row, wb_value *values,
                                 wb_error *error) {
  static const struct {
    uint8_t column, type;
  } cells[] = {{WBI_PROCEDURE_CODE, WB_TEXT},
               {WBI_PROCEDURE_TOOTH, WB_TEXT},
               {WBI_PROCEDURE_SURFACES, WB_TEXT},
               {WBI_PROCEDURE_FEE, WB_INT},
               {WBI_PROCEDURE_PROVIDER, WB_TEXT}};
  wb_status status = WB_OK;
  for (size_t i = 0; !status && i < WBI_COUNT(cells); ++i)
    status = chart_cell(facts, row, cells[i].column, cells[i].type, &values[i], error);
  return status;
}

/* Adds a planned procedure to the list of treatments. */
static wb_status treatment_add(wb_facts *facts, uint32_t index, const wb_treatment *treatment,
                               wb_error *error) {
  static const char *const ages[] = {"fresh", "reexamine", "history"};
  const wb_procedure *planned = &facts->cursor.chart.procedures[index];
  const wbi_data_code *code = wbi_code_find(planned->code);
  wb_value *values = wbi_list_add(facts, WBI_TREATMENTS);
  if (!values) return wbi_fail(error, WB_E_NOMEM, "No memory for a list.");
  wbi_value_set_text(&values[5], wbi_code_group(facts, planned->group));
  if (code) wbi_value_set_text(&values[6], wbi_text_of(code->words));
  wbi_value_set_text(&values[7], chart_quadrant(planned->teeth));
  wbi_value_set_date(&values[8], planned->date);
  wbi_value_set_number(&values[9], WB_BOOL, !!(treatment->flags & WB_TREATMENT_SCHEDULED));
  wbi_value_set_number(&values[10], WB_BOOL, !!(treatment->flags & WB_TREATMENT_SUPERSEDED));
  wbi_value_set_number(&values[11], WB_BOOL, !!(treatment->flags & WB_TREATMENT_OPEN));
  if (treatment->months >= 0) wbi_value_set_number(&values[12], WB_INT, treatment->months);
  wbi_value_set_text(&values[13], wbi_text_of(ages[treatment->age]));
  return treatment_cells(facts, facts->cursor.chart.rows[index], values, error);
}

wb_status wbi_know_treatments(wb_facts *facts, wb_error *error) {
  const wbi_chart_rows *chart = &facts->cursor.chart;
  wbi_list_unknown(facts, WBI_TREATMENTS);
  if (!facts->tables[WBI_PROCEDURES].present) return WB_OK;
  wbi_list_begin(facts, WBI_TREATMENTS, TREATMENT_VALUES);
  for (uint32_t i = 0; i < chart->count; ++i) {
    wb_treatment treatment = {.size = sizeof treatment};
    if (chart->procedures[i].status != WB_PROCEDURE_PLANNED) continue;
    wb_status status =
        wb_treatment_find(chart->procedures, chart->count, i, facts->cursor.today, &treatment);
    if (WBI_NEVER(status != WB_OK)) return status;
    if (!(treatment.flags & WB_TREATMENT_PLANNED)) continue;
    status = treatment_add(facts, i, &treatment, error);
    if (status) return status;
  }
  return WB_OK;
}

/* When the practice sets a crown to complete; left as it is where it does not say. */
static wb_status chart_convention(const wb_facts *facts, int32_t *crown, wb_error *error) {
  const wbi_facts_table *practice = &facts->tables[WBI_PRACTICE];
  wbi_text text = {0};
  if (practice->rows == 0 || !wbi_column_text(&practice->columns[WBI_PRACTICE_CROWN], 0, &text))
    return WB_OK;
  return wbi_row_choice(facts, WBI_PRACTICE, WBI_PRACTICE_CROWN, 0, crown, error);
}

/* Adds what was begun to the list. */
static wb_status unfinished_add(wb_facts *facts, const wb_unfinished *found, wb_error *error) {
  const uint32_t row = facts->cursor.chart.rows[found->index];
  wb_value *values = wbi_list_add(facts, WBI_UNFINISHED);
  if (!values) return wbi_fail(error, WB_E_NOMEM, "No memory for a list.");
  wbi_value_set_text(&values[0], wbi_text_of(found->kind));
  wbi_value_set_text(&values[1], wbi_text_of(found->needs));
  wbi_value_set_date(&values[2], found->started);
  wbi_value_set_date(&values[3], found->since);
  wbi_value_set_number(&values[4], WB_BOOL, !!(found->flags & WB_UNFINISHED_INSTEAD));
  wbi_value_set_text(&values[5], chart_quadrant(found->teeth));
  return chart_cell(facts, row, WBI_PROCEDURE_TOOTH, WB_TEXT, &values[6], error);
}

wb_status wbi_know_unfinished(wb_facts *facts, wb_error *error) {
  const wbi_chart_rows *chart = &facts->cursor.chart;
  wb_unfinished found = {.size = sizeof found};
  uint64_t cursor = 0;
  int32_t crown = WB_CROWN_SEAT;
  wbi_list_unknown(facts, WBI_UNFINISHED);
  if (!facts->tables[WBI_PROCEDURES].present) return WB_OK;
  wb_status status = chart_convention(facts, &crown, error);
  if (status) return status;
  wbi_list_begin(facts, WBI_UNFINISHED, UNFINISHED_VALUES);
  while (!(status = wb_unfinished_next(chart->procedures, chart->count, crown, facts->cursor.today,
                                       &cursor, &found))) {
    status = unfinished_add(facts, &found, error);
    if (status) return status;
  }
  return WBI_ALWAYS(status == WB_E_NAME) ? WB_OK : status; /* there are no more */
}
