/* SPDX-License-Identifier: MIT */
/* winback explain --facts: everything the dictionary says of a patient, as rules see it. Unknown
   fields are left out; those that cannot be read are named under "errors". For staff eyes. */
#include "cli.h"

#include <string.h>

/* A patient being printed. */
typedef struct facts_printer {
  const cli_world *world;
  uint64_t row;
  bool first;
} facts_printer;

/* A fault that is printed after everything else. */
typedef struct facts_fault {
  const char *field;
  char path[96];
} facts_fault;

enum { FACTS_FAULTS_MOST = 16 };

/* Prints a member's name. */
static void facts_name(facts_printer *printer, const char *name) {
  if (!printer->first) putchar(',');
  printer->first = false;
  cli_json_string(stdout, name, strlen(name));
  putchar(':');
}

/* Prints one field of an element as a member; an unknown one is left out. */
static wb_status facts_member(facts_printer *printer, uint32_t field, const char *name,
                              uint32_t index, wb_error *error) {
  cli_answer answer;
  wb_status status = cli_item_read(printer->world, printer->row, field, index, &answer, error);
  if (status != WB_OK || answer.kind == WB_UNKNOWN) return status;
  facts_name(printer, name);
  cli_answer_json(stdout, &answer);
  return WB_OK;
}

/* Prints an element of a list of records: its fields follow the list's. */
static wb_status facts_record(const facts_printer *printer, uint32_t list, size_t prefix,
                              uint32_t index, wb_error *error) {
  facts_printer inner = {printer->world, printer->row, true};
  wb_field about = {.size = sizeof about};
  wb_status status = WB_OK;
  putchar('{');
  for (uint32_t i = list + 1; status == WB_OK; i++) {
    if (wb_schema_get(printer->world->schema, i, &about) != WB_OK || about.list != list + 1) break;
    status = facts_member(&inner, i, about.name + prefix + 1, index, error);
  }
  putchar('}');
  return status;
}

/* Prints a list's elements. */
static wb_status facts_list(facts_printer *printer, uint32_t list, const wb_field *about,
                            int64_t count, wb_error *error) {
  wb_status status = WB_OK;
  facts_name(printer, about->name);
  putchar('[');
  for (uint32_t i = 0; status == WB_OK && i < (uint64_t)count; i++) {
    cli_answer answer;
    if (i) putchar(',');
    if (about->element == WB_RECORD) {
      status = facts_record(printer, list, strlen(about->name), i, error);
      continue;
    }
    status = cli_item_read(printer->world, printer->row, list, i, &answer, error);
    if (status == WB_OK) cli_answer_json(stdout, &answer);
  }
  putchar(']');
  return status;
}

/* Prints one field. */
static wb_status facts_field(facts_printer *printer, uint32_t field, const wb_field *about,
                             wb_error *error) {
  cli_answer answer;
  wb_status status = cli_field_read(printer->world, printer->row, field, &answer, error);
  if (status != WB_OK || answer.kind == WB_UNKNOWN) return status;
  if (answer.kind == WB_LIST) return facts_list(printer, field, about, answer.number, error);
  facts_name(printer, about->name);
  cli_answer_json(stdout, &answer);
  return WB_OK;
}

/* Prints what could not be read. */
static void facts_faults(facts_printer *printer, const facts_fault *faults, int count) {
  if (!count) return;
  facts_name(printer, "errors");
  printer->first = true;
  putchar('{');
  for (int i = 0; i < count; i++) {
    facts_name(printer, faults[i].field);
    cli_json_string(stdout, faults[i].path, strlen(faults[i].path));
  }
  putchar('}');
}

/* Prints one patient. */
static void facts_patient(const cli_world *world, uint64_t row) {
  facts_printer printer = {world, row, true};
  facts_fault faults[FACTS_FAULTS_MOST];
  int count = 0;
  putchar('{');
  for (uint32_t i = 0; i < wb_schema_count(world->schema); i++) {
    wb_field about = {.size = sizeof about};
    wb_error error = {0};
    if (wb_schema_get(world->schema, i, &about) != WB_OK || about.list) continue;
    if (facts_field(&printer, i, &about, &error) == WB_OK || count == FACTS_FAULTS_MOST) continue;
    faults[count].field = about.name;
    snprintf(faults[count].path, sizeof faults[count].path, "%s", error.path);
    count++;
  }
  facts_faults(&printer, faults, count);
  puts("}");
}

int cli_print_facts(cli_world *world, const char *patient) {
  uint64_t row = 0, count = 0;
  wb_status status = wb_facts_count(world->facts, &count);
  if (status != WB_OK) return cli_fail("the patients", status, NULL);
  if (patient && wb_facts_find(world->facts, patient, strlen(patient), &row) != WB_OK) {
    cli_error("--patient: nobody in the data has this key");
    return CLI_USAGE;
  }
  for (count = patient ? row + 1 : count; row < count; row++)
    facts_patient(world, row);
  return CLI_OK;
}
