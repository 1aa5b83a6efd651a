/* SPDX-License-Identifier: MIT */
/*
 * Every column of every table with a cell that is odd, too great, or none: a field that depends on
 * it is a value, or an error that names where, and never what; all the other fields are as they
 * were.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/sample.h"
#include "support/tables.h"

/* A row of each table, with all that it needs. */
static const struct {
  const char *table, *head, *row;
} tables[] = {
    {"patients", "patient:u|status:u|birth_date:tdD|location:u|household:u",
     "p1|active|1980-02-29|1|p1"},
    {"recalls", "patient:u|kind:u|interval:u|due:tdD|due_manual:b", "p1|prophy|6m1d|2026-12-01|1"},
    {"procedures", "patient:u|code:u|status:u|date:tdD|tooth:u",
     "p1|D3330|completed|2026-08-31|30"},
    {"appointments", "patient:u|status:u|start:tss:UTC|appointment:u", "p1|scheduled|1799000000|a"},
    {"coverages", "patient:u|coverage:u|plan:u|period:u|maximum:l|verified:tdD",
     "p1|c1|q1|calendar|100000|2026-11-20"},
    {"claims", "patient:u|coverage:u|status:u|paid:l|date:tdD", "p1|c1|received|5000|2026-02-01"},
    {"limits", "plan:u|limit:u|codes:u", "q1|1 per 6 months|D1110"},
    {"openings", "opening:u|start:tss:|minutes:l", "o1|1799000000|60"},
    {"guardians", "patient:u|guardian:u|representative:b", "p1|p1|1"},
    {"codes", "code:u|group:u", "X1|special"},
};
enum { TABLES = sizeof tables / sizeof *tables };

/* Formats and cells; "" is absent. */
static const char *const odd[][2] = {
    {"u", ""},
    {"u", "\xff\xfe"},
    {"u", "~secret~"},
    {"l", "-7"},
    {"l", "9223372036854775807"},
    {"l", "2147483648"},
    {"g", "0.005"},
    {"tss:", "900000000000000"},
    {"tss:", "-900000000000000"},
    {"tdD", ""},
    {"b", "1"},
    {"tss:UTC", "900000000000000"},
};
enum { ODD = sizeof odd / sizeof *odd };

/* The table with one column of another format and cell, which is there already or comes last. */
static void changed(char *text, size_t table, const char *name, const char *format,
                    const char *cell) {
  const char *head = tables[table].head, *row = tables[table].row;
  char heads[600] = "", cells[600] = "";
  bool found = false;
  while (*head) {
    const size_t column = strcspn(head, "|"), length = strcspn(head, ":"), to = strcspn(row, "|");
    const bool here = strlen(name) == length && strncmp(head, name, length) == 0;
    found = found || here;
    sprintf(heads + strlen(heads), "%.*s:%.*s|", (int)length, head,
            here ? (int)strlen(format) : (int)(column - length - 1),
            here ? format : head + length + 1);
    sprintf(cells + strlen(cells), "%.*s|", here ? (int)strlen(cell) : (int)to, here ? cell : row);
    head += column + (head[column] == '|');
    row += to + (row[to] == '|');
  }
  if (!found) {
    sprintf(heads + strlen(heads), "%s:%s|", name, format);
    sprintf(cells + strlen(cells), "%s|", cell);
  }
  heads[strlen(heads) - 1] = '\n';
  cells[strlen(cells) - 1] = '\n';
  sprintf(text, "%s%s", heads, cells);
}

/* Reads each field and each element; how many are errors. */
static uint32_t read_all(const sample *it) {
  uint32_t errors = 0;
  for (uint32_t field = 0; field < wb_schema_count(it->schema); field++) {
    wb_value value = {.size = sizeof value};
    wb_error error = {0};
    wb_field about = {.size = sizeof about};
    assert_int_equal(wb_schema_get(it->schema, field, &about), WB_OK);
    const wb_status status =
        about.list != 0 ? wb_facts_get_item(it->facts, 0, field, 0, &it->moment, &value, &error)
                        : wb_facts_get(it->facts, 0, field, &it->moment, &value, &error);
    if (status == WB_OK || (about.list != 0 && status == WB_E_NAME)) continue;
    assert_true(error.path[0] != '\0');
    assert_null(strstr(error.message, "secret"));
    assert_null(strstr(error.path, "secret"));
    errors++;
  }
  return errors;
}

/* Facts of all tables, one of them changed; false: that one is refused. */
static bool made(sample *it, size_t table, const char *text) {
  bool taken = true;
  sample_renew(it, NULL, SAMPLE_NOW);
  for (size_t i = 0; i < TABLES; i++) {
    char plain[400];
    snprintf(plain, sizeof plain, "%s\n%s\n", tables[i].head, tables[i].row);
    wb_error error = {0};
    const wb_status status =
        table_add(it->facts, tables[i].table, i == table ? text : plain, &error);
    if (i != table) assert_int_equal(status, WB_OK);
    if (status != WB_OK) assert_null(strstr(error.message, "secret"));
    taken = taken && status == WB_OK;
  }
  sample_add(it, "locations", "location:u|zone:u\n1|EST5EDT,M3.2.0,M11.1.0\n");
  return taken;
}

static void an_odd_cell_is_an_error_of_what_depends_on_it(void **state) {
  (void)state;
  sample it;
  wb_column column = {.size = sizeof column};
  uint32_t refused = 0, whole = 0, broken = 0;
  sample_open(&it, NULL);
  assert_true(made(&it, TABLES, ""));
  assert_int_equal(read_all(&it), 0);
  for (uint32_t i = 0; wb_column_get(i, &column) == WB_OK; i++) {
    size_t table = 0;
    while (table < TABLES && strcmp(tables[table].table, column.table) != 0)
      table++;
    for (size_t j = 0; table < TABLES && j < ODD; j++) {
      char text[1400];
      changed(text, table, column.name, odd[j][0], odd[j][1]);
      const bool taken = made(&it, table, text);
      const uint32_t errors = taken ? read_all(&it) : 0;
      refused += !taken;
      whole += taken && errors == 0;
      broken += errors > 0;
    }
  }
  assert_true(refused > 100 && whole > 100 && broken > 50);
  sample_close(&it);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_odd_cell_is_an_error_of_what_depends_on_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
