/* SPDX-License-Identifier: MIT */
/*
 * A host as release 0.1.0 had them: rows, a journal in memory, the loop, and values. It ends with
 * status 1 at the first answer that is another. It is compiled against the headers of then, and
 * with MORE defined against headers of a release to come, in which every struct that says how long
 * it is has a member `more` at its end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winback/winback.h>

/* What a later header adds: a host sets it, or it is answered. */
#ifdef MORE
#define SET_MORE(name, value) ((name).more = (value))
#define GET_MORE(name) ((name).more)
#else
#define SET_MORE(name, value) ((void)(value))
#define GET_MORE(name) 0
#endif

/* What the library of today says to a member that it does not know. */
#ifdef MORE
enum { UNKNOWN = WB_E_VERSION };
#else
enum { UNKNOWN = WB_OK };
#endif

static int answers;

static void need(int holds, const char *what) {
  answers++;
  if (holds) return;
  printf("not as it was: %s\n", what);
  exit(1);
}

/* ---- rows --------------------------------------------------------------------------------------
 */

enum { COLUMNS = 8, ROOM = 1 << 20 };

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

static void add_column(table *t, const char *name, const char *format, const void *values,
                       const char *bytes) {
  const int64_t i = t->array.n_children++;
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

/* One patient, whose cleaning is due since March. */
static wb_facts *rows(wb_schema *schema, wb_time now) {
  static const int32_t one[] = {0, 1}, office[] = {0, 14}, zone[] = {0, 16}, link[] = {0, 24};
  static const int32_t active[] = {0, 6}, name[] = {0, 3}, mobile[] = {0, 12}, code[] = {0, 5};
  static const int32_t done[] = {0, 9}, births[] = {4000}, visits[] = {20200};
  static table locations, patients, procedures, appointments;
  wb_facts *facts = NULL;
  wb_facts_options options = {.size = sizeof options, .as_of = now};
  SET_MORE(options, 1);
  need(wb_facts_new(NULL, schema, &options, &facts, NULL) == UNKNOWN, "options of facts");
  wb_facts_free(facts);
  facts = NULL;
  SET_MORE(options, 0);
  need(wb_facts_new(NULL, schema, &options, &facts, NULL) == WB_OK, "facts");
  start_table(&locations, 1);
  add_column(&locations, "location", "u", one, "1");
  add_column(&locations, "short_name", "u", office, "Example Dental");
  add_column(&locations, "zone", "u", zone, "America/New_York");
  add_column(&locations, "booking_url", "u", link, "https://book.example.com");
  start_table(&patients, 1);
  add_column(&patients, "patient", "u", one, "1");
  add_column(&patients, "status", "u", active, "active");
  add_column(&patients, "first_name", "u", name, "Ana");
  add_column(&patients, "birth_date", "tdD", births, NULL);
  add_column(&patients, "mobile", "u", mobile, "+12125550101");
  add_column(&patients, "text_permission", "u", name, "yes");
  start_table(&procedures, 1);
  add_column(&procedures, "patient", "u", one, "1");
  add_column(&procedures, "code", "u", code, "D1110");
  add_column(&procedures, "status", "u", done, "completed");
  add_column(&procedures, "date", "tdD", visits, NULL);
  start_table(&appointments, 1);
  add_column(&appointments, "patient", "u", one, "1");
  add_column(&appointments, "status", "u", done, "completed");
  add_column(&appointments, "start", "tdD", visits, NULL);
  need(!wb_facts_add(facts, "locations", &locations.schema, &locations.array, NULL), "locations");
  need(!wb_facts_add(facts, "patients", &patients.schema, &patients.array, NULL), "patients");
  need(!wb_facts_add(facts, "procedures", &procedures.schema, &procedures.array, NULL), "work");
  need(!wb_facts_add(facts, "appointments", &appointments.schema, &appointments.array, NULL),
       "visits");
  return facts;
}

/* ---- the journal -------------------------------------------------------------------------------
 */

typedef struct journal {
  uint8_t bytes[ROOM];
  size_t length;
  uint32_t syncs;
} journal;

static wb_status WB_CALL append(void *user, uint64_t first, const void *bytes, uint64_t length,
                                uint32_t count) {
  journal *it = user;
  need(first > 0 && count > 0 && it->length + length <= ROOM, "an append");
  memcpy(it->bytes + it->length, bytes, (size_t)length);
  it->length += (size_t)length;
  return WB_OK;
}

static wb_status WB_CALL flush(void *user) {
  ((journal *)user)->syncs++;
  return WB_OK;
}

/* Everything is whole, and another process is in the same state. */
static void journal_is_read(wb_practice *practice, wb_practice *other, const journal *it) {
  static uint8_t saved[2][ROOM];
  size_t lengths[2] = {0};
  uint64_t offset = 0, records = 0;
  wb_record record = {.size = sizeof record};
  SET_MORE(record, 7);
  while (wb_journal_next(it->bytes, it->length, &offset, &record) == WB_OK)
    need(record.sequence == ++records && GET_MORE(record) == 0, "a record");
  wb_chain chain = {.size = sizeof chain};
  SET_MORE(chain, 7);
  need(wb_journal_find(it->bytes, it->length, &chain, NULL) == WB_OK, "the chain");
  need(chain.records == records && chain.used == it->length && chain.seals > 0, "its numbers");
  need(GET_MORE(chain) == 0, "what is not known is 0");
  wb_replay replay = {.size = sizeof replay};
  SET_MORE(replay, 7);
  need(wb_practice_replay(other, it->bytes, it->length, &replay, NULL) == WB_OK, "a replay");
  need(replay.applied == records && replay.skipped == 0 && GET_MORE(replay) == 0, "what it did");
  need(wb_practice_save(practice, saved[0], ROOM, &lengths[0]) == WB_OK, "a snapshot");
  need(wb_practice_save(other, saved[1], ROOM, &lengths[1]) == WB_OK, "another");
  need(lengths[0] == lengths[1] && !memcmp(saved[0], saved[1], lengths[0]), "they are the same");
}

/* ---- the practice ------------------------------------------------------------------------------
 */

static void launch(wb_practice *practice, wb_schema *schema, wb_time now) {
  const char *name = "", *json = NULL;
  size_t length = 0;
  wb_campaign *campaign = NULL;
  for (uint32_t i = 0; strcmp(name, "hygiene-recare") != 0; i++)
    need(wb_playbook_get(i, &name, &json, &length) == WB_OK, "the playbook");
  need(wb_campaign_new(NULL, schema, NULL, json, length, &campaign, NULL) == WB_OK, "a campaign");
  wb_campaign_info info = {.size = sizeof info};
  SET_MORE(info, 7);
  need(wb_campaign_get(campaign, &info) == WB_OK && !strcmp(info.name, name), "its name");
  need(info.steps > 3 && info.canonical_length > 1000 && GET_MORE(info) == 0, "what it has");
  need(wb_practice_add(practice, campaign, now, NULL) == WB_OK, "it is known");
  wb_campaign_unref(campaign);
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_LAUNCH};
  input.campaign = "hygiene-recare";
  input.campaign_length = 14;
  input.approver = "dr-example";
  input.approver_length = 10;
  SET_MORE(input, 1);
  need(wb_practice_receive(practice, &input, now, NULL) == UNKNOWN, "an input");
  SET_MORE(input, 0);
  need(wb_practice_receive(practice, &input, now, NULL) == WB_OK, "a launch");
}

/* Two actions are asked for; the size of the first is the stride. */
static void loop(wb_practice *practice, wb_facts *facts, wb_time now) {
  wb_counts counts = {.size = sizeof counts};
  wb_action actions[2] = {{.size = sizeof *actions}};
  wb_look look = {.size = sizeof look};
  wb_enrollment enrollment = {.size = sizeof enrollment};
  wb_action_status status = {.size = sizeof status};
  uint32_t count = 0;
  uint64_t cursor = 0, from = 0;
  need(wb_practice_enroll(practice, NULL, 0, facts, now, &counts, NULL) == WB_OK, "an enrolment");
  need(counts.patients == 1 && counts.enrolled == 1 && GET_MORE(counts) == 0, "who is in");
  need(wb_practice_poll(practice, facts, now, actions, 2, &count, NULL) == WB_OK, "a poll");
  need(count == 1 && actions[0].kind == WB_ACTION_SEND, "a message");
  need(!strcmp(actions[0].to, "+12125550101") && !strncmp(actions[0].text, "Hi Ana", 6),
       "its text");
  need(GET_MORE(actions[0]) == 0, "what is not known of it is 0");
  need(wb_practice_test(practice, actions[0].id, facts, now, &look, NULL) == WB_OK, "a last look");
  wb_outcome outcome = {.size = sizeof outcome, .kind = WB_SENT};
  SET_MORE(outcome, 1);
  need(wb_practice_ack(practice, actions[0].id, &outcome, now, NULL) == UNKNOWN, "an outcome");
  SET_MORE(outcome, 0);
  need(wb_practice_ack(practice, actions[0].id, &outcome, now, NULL) == WB_OK, "it was sent");
  need(wb_practice_next(practice, &cursor, &enrollment) == WB_OK, "somebody is in");
  need(!strcmp(enrollment.patient, "1") && enrollment.touches == 1, "who was written to");
  need(wb_practice_actions(practice, &from, &status) == WB_OK, "an action is known");
  need(status.state == WB_ACTION_SENT && !memcmp(status.id, actions[0].id, 16), "which was sent");
}

/* What it works by, and who is who. */
static void looks(wb_practice *practice) {
  wb_practice_options found = {.size = sizeof found};
  const char *key = NULL;
  SET_MORE(found, 7);
  need(wb_practice_get(practice, &found) == WB_OK && found.lease == 600, "what it works by");
  need(found.kept_days == 120 && GET_MORE(found) == 0, "to its end, and nothing behind it");
  need(wb_practice_find(practice, "1", 1, &key) == WB_OK && !strcmp(key, "1"), "a patient");
}

/* An opening, and the desk. */
static void events(wb_practice *practice, wb_time now) {
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_SLOT_OPENED, .minutes = 60};
  wb_opening opening = {.size = sizeof opening};
  wb_task task = {.size = sizeof task};
  uint64_t cursor = 0;
  input.visit = "slot-1";
  input.visit_length = 6;
  input.location = "1";
  input.location_length = 1;
  input.name = "hygiene";
  input.name_length = 7;
  input.at = now + 3 * 86400;
  input.event_id[0] = 1;
  need(wb_practice_receive(practice, &input, now, NULL) == WB_OK, "a time came free");
  need(wb_opening_get(practice, "slot-1", 6, &opening) == WB_OK, "an opening");
  need(opening.minutes == 60 && opening.start == input.at && GET_MORE(opening) == 0, "its numbers");
  input = (wb_input){.size = sizeof input, .kind = WB_INPUT_REPLY, .event_id = {2}};
  input.patient = "1";
  input.patient_length = 1;
  input.text = "My face is swollen and it hurts";
  input.text_length = 31;
  need(wb_practice_receive(practice, &input, now, NULL) == WB_OK, "a reply");
  need(wb_desk_next(practice, WB_DESK_NOW, &cursor, &task) == WB_OK, "a task");
  need(!strcmp(task.patient, "1") && GET_MORE(task) == 0, "for whom");
}

/* ---- values ------------------------------------------------------------------------------------
 */

static void values(void) {
  wb_interval half = {0};
  wb_date day = 0, next = 0;
  wb_sms sms = {.size = sizeof sms};
  wb_reply reply = {.size = sizeof reply};
  wb_plan plan = {.size = sizeof plan, .kind = WB_PERIOD_OF_CALENDAR};
  wb_period period = {.size = sizeof period};
  plan.effective = plan.terminates = plan.verified = WB_DATE_NONE;
  need(wb_date_make(2024, 8, 31, &day) == WB_OK, "a day");
  need(wb_interval_parse("6m1d", 4, &half) == WB_OK, "an interval");
  need(wb_date_add(day, &half, &next) == WB_OK, "the day after it");
  need(wb_date_make(2025, 3, 1, &day) == WB_OK && day == next, "which is the first of March");
  need(wb_sms_measure("Hi", 2, &sms) == WB_OK && sms.segments == 1 && sms.units == 2, "an SMS");
  need(wb_reply_parse("STOP", 4, &reply) == WB_OK && reply.intent == WB_INTENT_OPT_OUT, "a reply");
  need(wb_benefit_find(&plan, day, &period) == WB_OK, "a benefit period");
  need(wb_date_make(2025, 12, 31, &day) == WB_OK && period.last == day, "its last day");
  SET_MORE(plan, 1);
  need(wb_benefit_find(&plan, day, &period) == UNKNOWN, "a plan");
  need(GET_MORE(sms) == 0 && GET_MORE(reply) == 0 && GET_MORE(period) == 0, "nothing else");
  need(wb_struct_size("wb_practice_options") > 0, "the library says how long its structs are");
  need(!strcmp(wb_status_name(WB_E_VERSION), "WB_E_VERSION"), "the name of a status");
}

int main(void) {
  static const uint8_t secret[16] = {1, 2, 3};
  static journal it;
  const wb_time now = 1772550000; /* 2026-03-03 10:00 in New York */
  wb_schema *schema = NULL;
  wb_practice *practice = NULL, *other = NULL;
  wb_practice_options options = {.size = sizeof options, .secret = secret, .key = "example"};
  options.key_length = 7;
  options.append = append;
  options.sync = flush;
  options.user = &it;
  values();
  need(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK, "a schema");
  wb_field field = {.size = sizeof field};
  need(wb_schema_get(schema, 0, &field) == WB_OK && field.name != NULL, "a field");
  wb_facts *facts = rows(schema, now);
  SET_MORE(options, 1);
  need(wb_practice_new(NULL, schema, NULL, &options, &practice, NULL) == UNKNOWN, "options");
  wb_practice_free(practice);
  SET_MORE(options, 0);
  need(wb_practice_new(NULL, schema, NULL, &options, &practice, NULL) == WB_OK, "a practice");
  launch(practice, schema, now);
  loop(practice, facts, now);
  looks(practice);
  events(practice, now);
  options.append = NULL;
  options.sync = NULL;
  need(wb_practice_new(NULL, schema, NULL, &options, &other, NULL) == WB_OK, "another process");
  journal_is_read(practice, other, &it);
  need(it.syncs > 3, "the journal was made durable");
  wb_practice_free(other);
  wb_practice_free(practice);
  wb_facts_free(facts);
  wb_schema_unref(schema);
  printf("%d answers as they were\n", answers);
  return 0;
}
