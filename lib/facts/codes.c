/* SPDX-License-Identifier: MIT */
/* What procedure codes mean here: as they ship, unless the practice's table of codes says
 * otherwise. */
#include "facts/facts_private.h"

/* A text cell with its length, for lib/dental. */
static const char *codes_text(const wbi_column *column, uint32_t row, uint32_t *length) {
  wbi_text text = {0};
  (void)wbi_column_text(column, row, &text);
  *length = text.length <= UINT32_MAX ? (uint32_t)text.length : 0;
  return *length ? text.data : NULL;
}

/* Reads one row of the table. */
static wb_status codes_read(const wb_facts *facts, uint32_t row, wb_code *code, wb_error *error) {
  const wbi_column *columns = facts->tables[WBI_CODES].columns;
  *code = (wb_code){.size = sizeof *code};
  code->code = codes_text(&columns[WBI_CODE_CODE], row, &code->code_length);
  code->standard = codes_text(&columns[WBI_CODE_STANDARD], row, &code->standard_length);
  code->group = codes_text(&columns[WBI_CODE_GROUP], row, &code->group_length);
  wb_status status = wbi_row_date(facts, WBI_CODES, WBI_CODE_FROM, row, &code->from, error);
  return status ? status : wbi_row_date(facts, WBI_CODES, WBI_CODE_UNTIL, row, &code->until, error);
}

wb_status wbi_codes_make(wb_facts *facts, wb_error *error) {
  const uint32_t rows = facts->tables[WBI_CODES].rows;
  wb_status status = WB_OK;
  if (rows == 0 || facts->codes) return WB_OK;
  facts->codes = wbi_alloc(facts->context, rows * sizeof *facts->codes);
  if (!facts->codes) return wbi_fail(error, WB_E_NOMEM, "No memory for the codes.");
  for (uint32_t row = 0; !status && row < rows; ++row)
    status = codes_read(facts, row, &facts->codes[row], error);
  return status;
}

void wbi_codes_free(wb_facts *facts) {
  if (facts->codes)
    wbi_free(facts->context, facts->codes, facts->tables[WBI_CODES].rows * sizeof *facts->codes);
  facts->codes = NULL;
}

wbi_meaning wbi_code_meaning(const wb_facts *facts, wbi_text code, wb_date on) {
  wb_group group = {.size = sizeof group};
  wbi_meaning found = {wbi_code_number(code), 0};
  if (!facts->codes) {
    const wbi_data_code *known = wbi_code_find(found.code);
    if (known) found.group = known->group;
    return found;
  }
  wb_status status = wb_group_find(code.length ? code.data : "", code.length, on, facts->codes,
                                   facts->tables[WBI_CODES].rows, &group);
  if (!status) found = (wbi_meaning){group.code, group.id};
  return found;
}

int32_t wbi_code_standard(const wb_facts *facts, wbi_text code, wb_date on) {
  return facts->codes ? wbi_code_meaning(facts, code, on).code : wbi_code_number(code);
}

wbi_text wbi_code_group(const wb_facts *facts, int32_t group) {
  const wbi_data_group *known = wbi_group_at(group);
  if (known) return wbi_text_of(known->name);
  const uint32_t row = (uint32_t)(group - WBI_GROUP_HOST);
  if (group < WBI_GROUP_HOST || WBI_NEVER(row >= facts->tables[WBI_CODES].rows))
    return (wbi_text){0}; /* what was found in a table goes with it */
  return (wbi_text){facts->codes[row].group, facts->codes[row].group_length};
}
