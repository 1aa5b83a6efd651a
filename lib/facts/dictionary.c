/* SPDX-License-Identifier: MIT */
/* The dictionary's answers: a column that is given, a cell of a table, or derived. */
#include "facts/facts_private.h"

/* The preferred name, else the first. */
static wb_status answer_patient_name(const wb_facts *facts, wb_value *value) {
  const wbi_column *columns = facts->tables[WBI_PATIENTS].columns;
  uint32_t row = facts->cursor.row;
  wb_status status = wbi_cell_value(&columns[WBI_PATIENT_PREFERRED_NAME], row, WB_TEXT, value);
  if (status || value->kind == WB_TEXT) return status;
  return wbi_cell_value(&columns[WBI_PATIENT_FIRST_NAME], row, WB_TEXT, value);
}

/* Age today. */
static wb_status answer_patient_age(const wb_facts *facts, wb_value *value) {
  wb_date birth = WB_DATE_NONE;
  const wbi_column *column = &facts->tables[WBI_PATIENTS].columns[WBI_PATIENT_BIRTH_DATE];
  wb_status status = wbi_cell_date(column, facts->cursor.row, &birth);
  if (status || birth == WB_DATE_NONE) return status;
  wbi_value_set_number(value, WB_INT, wbi_date_age(birth, facts->cursor.today));
  return WB_OK;
}

/* A permission; absent says unknown in so many words. */
static wb_status answer_permission(const wb_facts *facts, uint32_t column, wb_value *value) {
  const wbi_column *cells = &facts->tables[WBI_PATIENTS].columns[column];
  wb_status status = wbi_cell_value(cells, facts->cursor.row, WB_TEXT, value);
  if (!status && value->kind != WB_TEXT) wbi_value_set_text(value, WBI_TEXT("unknown"));
  return status;
}

/* When the next visit begins, where its table says so. */
static wb_status answer_next_time(wb_facts *facts, wb_value *value) {
  const wbi_visits *visits = &facts->cursor.visits;
  const wbi_column *columns = facts->tables[WBI_APPOINTMENTS].columns;
  wb_time at = WB_TIME_NONE;
  if (visits->next.date == WB_DATE_NONE) return WB_OK;
  wb_status status = wbi_visit_instant(facts, &visits->next, &columns[WBI_APPOINTMENT_LOCATION],
                                       visits->next_row, &at);
  if (!status && at != WB_TIME_NONE) wbi_value_set_number(value, WB_TIME, at);
  return status;
}

/* Fields of `recalls` that come from the recall on record as they are. */
static wb_status answer_recall(const wb_facts *facts, uint32_t column, int32_t type,
                               wb_value *value) {
  uint32_t row = facts->cursor.recall;
  if (row == WBI_NO_ROW) return WB_OK;
  return wbi_cell_value(&facts->tables[WBI_RECALLS].columns[column], row, type, value);
}

/* Whether the recall on record is switched off; without one it is not. */
static wb_status answer_disabled(const wb_facts *facts, wb_value *value) {
  wb_status status = answer_recall(facts, WBI_RECALL_DISABLED, WB_BOOL, value);
  if (value->kind != WB_BOOL) wbi_value_set_number(value, WB_BOOL, 0);
  return status;
}

/* What has to be known for a derived field. */
static uint32_t answer_needs(int item) {
  switch (item) {
  case WBI_NOW:
  case WBI_PATIENT_NAME:
  case WBI_TEXT_PERMISSION:
  case WBI_EMAIL_PERMISSION: return 0;
  case WBI_TODAY:
  case WBI_PATIENT_AGE: return WBI_NEED_TODAY;
  case WBI_VISIT_LAST: return WBI_NEED_HISTORY | WBI_NEED_VISITS;
  case WBI_VISIT_LAST_EXAM:
  case WBI_VISIT_ONLY_LIMITED_24M: return WBI_NEED_HISTORY;
  case WBI_VISIT_NEXT:
  case WBI_VISIT_NEXT_TIME:
  case WBI_VISIT_LAST_BROKEN:
  case WBI_VISIT_BROKEN_12M:
  case WBI_RECARE_BOOKED: return WBI_NEED_VISITS;
  case WBI_RECARE_DISABLED:
  case WBI_RECARE_DISABLED_UNTIL:
  case WBI_RECARE_DISABLED_BALANCE: return WBI_KNOW_RECALLS;
  default: return item < WBI_PATIENT_EXCLUDED ? WBI_NEED_RECARE : wbi_answer_needs(item);
  }
}

/* Fields that recare has found. */
static wb_status answer_recare(const wb_facts *facts, int item, wb_value *value) {
  const wb_recare *recare = &facts->cursor.recare;
  const wbi_column *birth = &facts->tables[WBI_PATIENTS].columns[WBI_PATIENT_BIRTH_DATE];
  wb_date born = WB_DATE_NONE;
  switch (item) {
  case WBI_RECARE_KIND: wbi_value_set_text(value, wbi_recare_kind_name(recare->kind)); break;
  case WBI_RECARE_RECORDED_KIND:
    wbi_value_set_text(value, wbi_recare_kind_name(recare->recorded_kind));
    break;
  case WBI_RECARE_CHILD:
    (void)wbi_cell_date(birth, facts->cursor.row, &born);
    if (born != WB_DATE_NONE)
      wbi_value_set_number(value, WB_BOOL, !!(recare->flags & WB_RECARE_CHILD));
    break;
  case WBI_RECARE_LAST: wbi_value_set_date(value, recare->last); break;
  case WBI_RECARE_DUE: wbi_value_set_date(value, recare->due); break;
  case WBI_RECARE_OVERDUE_MONTHS:
    if (recare->overdue_months >= 0) wbi_value_set_number(value, WB_INT, recare->overdue_months);
    break;
  case WBI_RECARE_BAND: wbi_value_set_text(value, wbi_recare_band_name(recare->band)); break;
  default: wbi_value_set_number(value, WB_BOOL, !!(recare->flags & WB_RECARE_ADVISE_PERIO)); break;
  }
  return WB_OK;
}

/* Fields that the visits and what was done in them tell: whether it is one of them. Without its
   table a bool or a count is not known. */
static bool answer_visit(const wb_facts *facts, int item, wb_value *value) {
  const wbi_row *cursor = &facts->cursor;
  const wbi_history *done = &cursor->done;
  const wbi_visits *visits = &cursor->visits;
  const bool charted = facts->tables[WBI_PROCEDURES].present;
  const bool booked = facts->tables[WBI_APPOINTMENTS].present;
  switch (item) {
  case WBI_VISIT_LAST:
    wbi_value_set_date(value, done->treated > visits->seen ? done->treated : visits->seen);
    return true;
  case WBI_VISIT_NEXT: wbi_value_set_date(value, visits->next.date); return true;
  case WBI_VISIT_LAST_EXAM: wbi_value_set_date(value, done->exam); return true;
  case WBI_VISIT_ONLY_LIMITED_24M:
    if (charted)
      wbi_value_set_number(value, WB_BOOL,
                           wbi_row_within(cursor, done->treated, 24) &&
                               !wbi_row_within(cursor, done->exam, 24));
    return true;
  case WBI_VISIT_LAST_BROKEN: wbi_value_set_date(value, visits->broken); return true;
  case WBI_VISIT_BROKEN_12M:
    if (booked) wbi_value_set_number(value, WB_INT, visits->broken_12m);
    return true;
  case WBI_RECARE_BOOKED:
    if (booked) wbi_value_set_number(value, WB_BOOL, visits->booked);
    return true;
  default: return false;
  }
}

/* Answers a derived field; absent is WB_UNKNOWN here. */
static wb_status answer_derived(wb_facts *facts, int item, wb_value *value, wb_error *error) {
  const wbi_row *cursor = &facts->cursor;
  wb_status status = wbi_row_know(facts, answer_needs(item), error);
  if (status || answer_visit(facts, item, value)) return status;
  switch (item) {
  case WBI_TODAY: wbi_value_set_date(value, cursor->today); return WB_OK;
  case WBI_NOW: wbi_value_set_number(value, WB_TIME, cursor->now); return WB_OK;
  case WBI_PATIENT_NAME: return answer_patient_name(facts, value);
  case WBI_PATIENT_AGE: return answer_patient_age(facts, value);
  case WBI_TEXT_PERMISSION: return answer_permission(facts, WBI_PATIENT_TEXT_PERMISSION, value);
  case WBI_EMAIL_PERMISSION: return answer_permission(facts, WBI_PATIENT_EMAIL_PERMISSION, value);
  case WBI_VISIT_NEXT_TIME: return answer_next_time(facts, value);
  case WBI_RECARE_DISABLED: return answer_disabled(facts, value);
  case WBI_RECARE_DISABLED_UNTIL:
    return answer_recall(facts, WBI_RECALL_DISABLED_UNTIL, WB_DATE, value);
  case WBI_RECARE_DISABLED_BALANCE:
    return answer_recall(facts, WBI_RECALL_DISABLED_BALANCE, WB_INT, value);
  default:
    return item < WBI_PATIENT_EXCLUDED ? answer_recare(facts, item, value)
                                       : wbi_answer_find(facts, item, value, error);
  }
}

/* Answers a field that is a cell of the practice, the location or the patient. */
static wb_status answer_cell(wb_facts *facts, const wbi_field_spec *spec, wb_value *value,
                             wb_error *error) {
  const wbi_facts_table *table = &facts->tables[spec->origin];
  uint32_t row = spec->origin == WBI_PATIENTS ? facts->cursor.row : 0;
  if (spec->origin == WBI_LOCATIONS) {
    wb_status status = wbi_row_know(facts, WBI_KNOW_PLACE, error);
    if (status) return status;
    row = facts->cursor.location;
  }
  if (row >= table->rows) return WB_OK;
  return wbi_cell_value(&table->columns[spec->item], row, spec->type, value);
}

/* What has to be known for a list. */
static uint32_t answer_list_needs(const wbi_field_spec *spec) {
  switch (spec->origin) {
  case WBI_PROCEDURES: return WBI_NEED_PROCEDURES;
  case WBI_APPOINTMENTS: return WBI_NEED_TODAY;
  case WBI_DERIVED: return answer_needs(spec->item);
  default: return 0;
  }
}

/* Answers a list: how long it is. */
static wb_status answer_list(wb_facts *facts, const wbi_field_spec *spec, wb_value *value,
                             wb_error *error) {
  wb_status status = wbi_row_know(facts, answer_list_needs(spec), error);
  if (status) return status;
  wbi_list_length(facts, spec, value);
  return WB_OK;
}

/* Answers a field that a column gives, or that nothing does. */
static wb_status answer_given(const wb_facts *facts, uint32_t field, wb_value *value) {
  uint32_t first = 0;
  uint64_t count = 0;
  const wbi_given *given = &facts->given[field];
  const int32_t type = wbi_schema_field(facts->schema, field)->type;
  if (type != WB_LIST) return wbi_cell_value(&given->column, facts->cursor.row, type, value);
  if (wbi_column_range(&given->lists, facts->cursor.row, &first, &count))
    wbi_value_set_number(value, WB_LIST, (int64_t)count);
  return WB_OK;
}

/* Asks a getter for a field, where there is one. */
static inline wb_status answer_ask(wb_facts *facts, uint32_t field, wb_error *error) {
  return facts->source.host.get ? wbi_source_give(facts, field, error) : WB_OK;
}

/* Answers a field by its origin. */
static wb_status answer_field(wb_facts *facts, uint32_t field, wb_value *value, wb_error *error) {
  uint32_t dental = 0;
  const wbi_field_spec *specs = wbi_field_specs(&dental);
  wb_status status = answer_ask(facts, field, error);
  if (status) return status;
  if (wbi_given_is(&facts->given[field]) || field >= dental)
    return answer_given(facts, field, value);
  if (specs[field].type == WB_LIST) return answer_list(facts, &specs[field], value, error);
  if (specs[field].origin == WBI_DERIVED)
    return answer_derived(facts, specs[field].item, value, error);
  return answer_cell(facts, &specs[field], value, error);
}

/* Gives an absent value the meaning that the field's presence has for it. */
static wb_status answer_presence(const wbi_field *field, wb_value *value) {
  if (value->kind == WB_UNKNOWN) {
    if (field->presence == WB_REQUIRED) return WB_E_TYPE;
    if (field->presence == WB_NULLABLE) value->kind = WB_NULL;
    return WB_OK;
  }
  if (value->kind == WB_LIST) return value->integer > field->most ? WB_E_LIMIT : WB_OK;
  if (field->domain.length == 0) return WB_OK;
  return wbi_domain_has(field->domain, (wbi_text){value->data, value->length}) ? WB_OK : WB_E_TYPE;
}

/* Fails with the field's name. */
static wb_status answer_fail(const wbi_field *field, wb_status status, wb_error *error) {
  if (status == WB_E_NOMEM) return wbi_fail(error, status, "No memory.");
  if (status == WB_E_LIMIT)
    return wbi_fail_path(error, status, field->name, "The list is longer than it may be.");
  return wbi_fail_path(error, status, field->name,
                       status == WB_E_RANGE ? "A date, instant or number is out of range."
                                            : "The cell is absent or cannot be what it should.");
}

/* Fails as what failed inside says, or with the field's name. */
static wb_status answer_tell(const wbi_field *field, wb_status status, const wb_error *detail,
                             wb_error *error) {
  if (detail->path[0] == 0) return answer_fail(field, status, error);
  if (error) *error = *detail;
  return status;
}

/* Joins the tables and sets the cursor, unless it is there. */
static wb_status answer_seek(wb_facts *facts, uint64_t row, const wb_moment *moment,
                             wb_error *error) {
  if (!wbi_time_valid(moment->now)) return wbi_fail(error, WB_E_RANGE, "There is no such instant.");
  if (wbi_row_stands(facts, row, moment)) return WB_OK;
  const bool asks = facts->source.host.get != NULL;
  if (!asks && row >= facts->tables[WBI_PATIENTS].rows)
    return wbi_fail(error, WB_E_NAME, "No such row.");
  wb_status status = asks ? wbi_source_seek(facts, row, error) : wbi_facts_join(facts, error);
  if (status) return status;
  wbi_row_seek(facts, asks ? 0 : (uint32_t)row, moment);
  return wbi_row_know(facts, WBI_KNOW_KEY, error);
}

/* Finds the answer to a field; what fails inside says where, or the field's name does. */
static wb_status answer_find(wb_facts *facts, uint32_t field, wb_value *value, wb_error *error) {
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  wb_error detail;
  detail.path[0] = 0; /* the rest is written when something fails */
  *value = (wb_value){.size = sizeof *value};
  wb_status status = answer_field(facts, field, value, &detail);
  if (!status) status = answer_presence(about, value);
  return status ? answer_tell(about, status, &detail, error) : WB_OK;
}

wb_status wbi_answer_keep(wb_facts *facts, uint32_t field, wb_error *error) {
  wbi_answer *answer = &facts->answers[field];
  if (answer->turn == facts->turn) return WB_OK;
  wb_status status = answer_find(facts, field, &answer->value, error);
  if (!status) answer->turn = facts->turn;
  return status;
}

/* Finds an answer that is not known yet. */
static wb_status answer_renew(wb_facts *facts, uint64_t row, uint32_t field,
                              const wb_moment *moment, wb_error *error) {
  if (field >= facts->fields) return wbi_fail(error, WB_E_NAME, "No such field.");
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  if (about->list)
    return wbi_fail_path(error, WB_E_TYPE, about->name, "The field is one of a list's elements.");
  wb_status status = answer_seek(facts, row, moment, error);
  if (status) return status;
  status = answer_ask(facts, field, error);
  if (status) return status;
  if (field != facts->standing[WBI_STANDING_EXCLUDED] || wbi_given_is(&facts->given[field]))
    return wbi_answer_keep(facts, field, error);
  return wbi_standing_find(facts, error);
}

wb_status wbi_facts_value(wb_facts *facts, uint64_t row, uint32_t field, const wb_moment *moment,
                          wb_value *value, wb_error *error) {
  bool known = field < facts->fields && facts->answers[field].turn == facts->turn &&
               wbi_row_stands(facts, row, moment);
  if (!known) {
    if (wbi_quick_answer(facts, row, field, moment, value)) return WB_OK;
    wb_status status = answer_renew(facts, row, field, moment, error);
    if (status) return status;
  }
  *value = facts->answers[field].value;
  return WB_OK;
}

/* The list that a field is read from element by element; false: it is neither in one nor a list of
   scalars. */
static bool answer_list_of(const wbi_field *about, uint32_t field, uint32_t *list) {
  *list = about->list ? about->list - 1 : field;
  return about->list || (about->type == WB_LIST && about->element != WB_RECORD);
}

/* Finds one field of an element. */
static wb_status answer_item(wb_facts *facts, uint32_t list, uint32_t field, uint32_t index,
                             wb_value *value, wb_error *error) {
  uint32_t dental = 0, first = 0;
  uint64_t count = 0;
  const wbi_field_spec *specs = wbi_field_specs(&dental);
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  *value = (wb_value){.size = sizeof *value};
  wb_status status = answer_ask(facts, field, error);
  if (status) return status;
  if (wbi_column_range(&facts->given[list].lists, facts->cursor.row, &first, &count))
    return wbi_cell_value(&facts->given[field].column, first + index,
                          field == list ? about->element : about->type, value);
  if (field >= dental) return WB_OK; /* a host's field of elements derived here */
  return wbi_list_item(facts, &specs[list], &specs[field], index, value);
}

wb_status wbi_facts_item(wb_facts *facts, uint64_t row, uint32_t field, uint32_t index,
                         const wb_moment *moment, wb_value *value, wb_error *error) {
  uint32_t list = 0;
  if (field >= facts->fields) return wbi_fail(error, WB_E_NAME, "No such field.");
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  if (!answer_list_of(about, field, &list))
    return wbi_fail_path(error, WB_E_TYPE, about->name, "The field is in no list.");
  if (wbi_quick_element(facts, row, field, index, moment, value)) return WB_OK;
  wb_status status = wbi_facts_value(facts, row, list, moment, value, error);
  if (status) return status;
  if (value->kind != WB_LIST || index >= (uint64_t)value->integer)
    return wbi_fail_path(error, WB_E_NAME, about->name, "The list has no such element.");
  status = answer_seek(facts, row, moment, error); /* the list may have been a quick read */
  if (WBI_NEVER(status != WB_OK)) return status;   /* but then there are the row and its key */
  wb_error detail;
  detail.path[0] = 0;
  status = answer_item(facts, list, field, index, value, &detail);
  if (!status) status = answer_presence(about, value);
  return status ? answer_tell(about, status, &detail, error) : WB_OK;
}

wb_status wbi_facts_zone(wb_facts *facts, uint64_t row, const wb_moment *moment,
                         const wb_zone **zone, wb_error *error) {
  wb_status status = answer_seek(facts, row, moment, error);
  if (!status) status = wbi_row_know(facts, WBI_KNOW_PLACE, error);
  if (!status) *zone = facts->cursor.zone;
  return status;
}
