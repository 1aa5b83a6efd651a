/* SPDX-License-Identifier: MIT */
/* The whole integration on one page: rows in, messages out. A real host fills the columns from its
   database, appends the journal to a table or file, and sends what it is asked to send. */
#include <stdio.h>
#include <string.h>

#include <winback/winback.h>

/* ---- rows: columns in the Arrow layout, filled by hand ---- */

enum { COLUMNS = 8 };

typedef struct table {
  struct ArrowSchema schema, column_schemas[COLUMNS], *schema_list[COLUMNS];
  struct ArrowArray array, columns[COLUMNS], *column_list[COLUMNS];
  const void *buffers[COLUMNS][3], *no_buffer[1];
} table;

static void release_schema(struct ArrowSchema *schema) {
  schema->release = NULL;
}
static void release_array(struct ArrowArray *array) {
  array->release = NULL;
}

/* A table of `rows` rows and no columns yet. */
static void start_table(table *t, int64_t rows) {
  memset(t, 0, sizeof *t);
  t->schema.format = "+s";
  t->schema.children = t->schema_list;
  t->schema.release = release_schema;
  t->array.length = rows;
  t->array.n_buffers = 1;
  t->array.buffers = t->no_buffer;
  t->array.children = t->column_list;
  t->array.release = release_array;
}

/* A column: texts ("u") with offsets and bytes, or days ("tdD") with values only. */
static void add_column(table *t, const char *name, const char *format, const void *values,
                       const char *bytes) {
  int64_t i = t->array.n_children++;
  t->schema.n_children++;
  t->column_schemas[i].name = name;
  t->column_schemas[i].format = format;
  t->column_schemas[i].release = release_schema;
  t->schema_list[i] = &t->column_schemas[i];
  t->buffers[i][1] = values;
  t->buffers[i][2] = bytes;
  t->columns[i].length = t->array.length;
  t->columns[i].n_buffers = bytes ? 3 : 2;
  t->columns[i].buffers = t->buffers[i];
  t->columns[i].release = release_array;
  t->column_list[i] = &t->columns[i];
}

static const int32_t one_each[] = {0, 1, 2}, names[] = {0, 3, 6}, actives[] = {0, 6, 12},
                     mobiles[] = {0, 12, 24}, yes[] = {0, 3, 6}, codes[] = {0, 5, 10},
                     completed[] = {0, 9, 18}, scheduled[] = {0, 9}, second[] = {0, 1},
                     keys[] = {0, 1}, office[] = {0, 14}, zone[] = {0, 16}, link[] = {0, 24};

/* Two patients, both due since November; the second has a visit booked. */
static wb_status add_rows(wb_facts *facts, wb_error *error) {
  static const int32_t births[] = {4000, 9000}, visits[] = {20200, 20210}, booked[] = {20530};
  static table locations, patients, procedures, appointments;
  start_table(&locations, 1);
  add_column(&locations, "location", "u", keys, "1");
  add_column(&locations, "short_name", "u", office, "Example Dental");
  add_column(&locations, "zone", "u", zone, "America/New_York");
  add_column(&locations, "booking_url", "u", link, "https://book.example.com");
  start_table(&patients, 2);
  add_column(&patients, "patient", "u", one_each, "12");
  add_column(&patients, "status", "u", actives, "activeactive");
  add_column(&patients, "first_name", "u", names, "AnaBen");
  add_column(&patients, "birth_date", "tdD", births, NULL);
  add_column(&patients, "mobile", "u", mobiles, "+12125550101+12125550102");
  add_column(&patients, "text_permission", "u", yes, "yesyes");
  start_table(&procedures, 2);
  add_column(&procedures, "patient", "u", one_each, "12");
  add_column(&procedures, "code", "u", codes, "D1110D1110");
  add_column(&procedures, "status", "u", completed, "completedcompleted");
  add_column(&procedures, "date", "tdD", visits, NULL);
  start_table(&appointments, 1);
  add_column(&appointments, "patient", "u", second, "2");
  add_column(&appointments, "status", "u", scheduled, "scheduled");
  add_column(&appointments, "start", "tdD", booked, NULL);

  struct {
    const char *name;
    table *rows;
  } all[] = {{"locations", &locations},
             {"patients", &patients},
             {"procedures", &procedures},
             {"appointments", &appointments}};
  wb_status status = WB_OK;
  for (int i = 0; status == WB_OK && i < 4; i++) {
    status = wb_facts_add(facts, all[i].name, &all[i].rows->schema, &all[i].rows->array, error);
  }
  return status;
}

/* ---- what the host does: keep bytes, send messages ---- */

static wb_status WB_CALL append(void *user, uint64_t first, const void *bytes, uint64_t length,
                                uint32_t count) {
  (void)user, (void)first, (void)bytes, (void)count;
  printf("journal: %u bytes more\n", (unsigned)length); /* a host writes them, or says conflict */
  return WB_OK;
}

static int32_t deliver(const wb_action *action) {
  printf("to %s: %s\n", action->to, action->text); /* idempotent by action->id */
  return WB_SENT;
}

/* ---- the loop ---- */

/* Lets people in and hands out what is due. */
static wb_status run(wb_practice *practice, wb_facts *facts, wb_time now, wb_error *error) {
  wb_counts counts = {.size = sizeof counts};
  wb_action actions[16] = {{.size = sizeof(wb_action)}};
  uint32_t count = 0;
  wb_status status = wb_practice_enroll(practice, NULL, 0, facts, now, &counts, error);
  while (status == WB_OK &&
         (status = wb_practice_poll(practice, facts, now, actions, 16, &count, error)) == WB_OK &&
         count) {
    for (uint32_t i = 0; status == WB_OK && i < count; i++) {
      wb_outcome outcome = {sizeof outcome, 0, deliver(&actions[i]), WB_CAUSE_NONE};
      status = wb_practice_ack(practice, actions[i].id, &outcome, now, error);
    }
  }
  return status;
}

/* Makes the playbook for hygiene that is due known and starts it. */
static wb_status launch(wb_practice *practice, wb_schema *schema, wb_time now, wb_error *error) {
  const char *name = "", *json;
  size_t length;
  wb_campaign *campaign = NULL;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && strcmp(name, "hygiene-recare") != 0; i++)
    status = wb_playbook_get(i, &name, &json, &length);
  if (status == WB_OK) status = wb_campaign_new(NULL, schema, NULL, json, length, &campaign, error);
  if (status == WB_OK) status = wb_practice_add(practice, campaign, now, error);
  if (status == WB_OK) {
    wb_input input = {.size = sizeof input};
    input.kind = WB_INPUT_LAUNCH;
    input.campaign = name;
    input.campaign_length = (uint32_t)strlen(name);
    input.approver = "dr-example";
    input.approver_length = 10;
    status = wb_practice_receive(practice, &input, now, error);
  }
  wb_campaign_unref(campaign);
  return status;
}

int main(void) {
  static const uint8_t secret[16] = {1, 2, 3}; /* a host keeps sixteen random bytes */
  wb_time now = 1772550000;                    /* 2026-03-03 10:00 in New York */
  wb_error error = {0};
  wb_schema *schema = NULL;
  wb_facts *facts = NULL;
  wb_practice *practice = NULL;
  wb_facts_options rows = {.size = sizeof rows};
  wb_practice_options options = {.size = sizeof options};
  rows.as_of = now;
  options.secret = secret;
  options.key = "example-dental";
  options.key_length = 14;
  options.append = append;
  wb_status status = wb_schema_new(NULL, NULL, 0, &schema, &error);
  if (status == WB_OK) status = wb_facts_new(NULL, schema, &rows, &facts, &error);
  if (status == WB_OK) status = add_rows(facts, &error);
  if (status == WB_OK) status = wb_practice_new(NULL, schema, NULL, &options, &practice, &error);
  if (status == WB_OK) status = launch(practice, schema, now, &error);
  if (status == WB_OK) status = run(practice, facts, now, &error);
  if (status != WB_OK) {
    printf("%s: %s %s\n", wb_status_name(status), error.message, error.path);
  }
  wb_practice_free(practice);
  wb_facts_free(facts);
  wb_schema_unref(schema);
  return status == WB_OK ? 0 : 1;
}
