/* SPDX-License-Identifier: MIT */
#include "support/clinic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t clinic_secret[16] = {7, 1, 2, 3};

/* Appends a line for one patient. */
static void clinic_line(char *table, size_t capacity, const char *key, int length,
                        const char *rest) {
  size_t at = strlen(table);
  int written = snprintf(table + at, capacity - at, "%.*s|%s\n", length, key, rest);
  assert_true(written > 0 && (size_t)written < capacity - at);
}

void clinic_facts(clinic *c, const char *places) {
  char table[4096];
  const int length = snprintf(
      table, sizeof table,
      "location:u|name:u|short_name:u|zone:u|region:u|address:u|booking_url:u|link_url:u\n%s",
      places);
  assert_in_range(length, 0, sizeof table - 1);
  sample_renew(&c->it, c->context, c->now);
  sample_add(&c->it, "practice", "name:u\nExample Dental\n");
  sample_add(&c->it, "locations", table);
}

void clinic_seen(clinic *c, const char *patients, const char *visits) {
  enum { ROOM = 65536 };
  char *procedures = calloc(2, ROOM), *appointments = procedures + ROOM;
  assert_non_null(procedures);
  strcpy(procedures, "patient:u|code:u|status:u|date:tdD\n");
  strcpy(appointments, "patient:u|status:u|start:tdD\n");
  for (const char *line = strchr(patients, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
    int length = (int)strcspn(line, "|");
    clinic_line(procedures, ROOM, line, length, "D1110|completed|2025-09-15");
    clinic_line(appointments, ROOM, line, length, "completed|2025-09-15");
  }
  strcat(appointments, visits);
  sample_add(&c->it, "patients", patients);
  sample_add(&c->it, "procedures", procedures);
  sample_add(&c->it, "appointments", appointments);
  free(procedures);
}

void clinic_rows(clinic *c, const char *patients, const char *visits) {
  char places[512];
  const int length =
      snprintf(places, sizeof places, CLINIC_PLACES("%s"), c->zone != NULL ? c->zone : CLINIC_ZONE);
  assert_in_range(length, 0, sizeof places - 1);
  clinic_facts(c, places);
  clinic_seen(c, patients, visits);
}

void clinic_moved(clinic *c, const char *zone, const char *region, const char *patients) {
  char places[512];
  const int length = snprintf(places, sizeof places,
                              CLINIC_PLACE("1", "Example Dental", "%s", "%s", ""), zone, region);
  assert_in_range(length, 0, sizeof places - 1);
  clinic_facts(c, places);
  clinic_seen(c, patients, "");
}

void clinic_place(clinic *c, const char *zone, const char *patients, const char *visits) {
  char place[512];
  const int length =
      snprintf(place, sizeof place, CLINIC_PLACE("1", "Example Dental", "%s", "US-NY", ""), zone);
  assert_in_range(length, 0, sizeof place - 1);
  clinic_facts(c, place);
  sample_add(&c->it, "patients", patients);
  sample_add(&c->it, "appointments", visits);
}

wb_practice *clinic_practice(clinic *c, wb_policy *policy) {
  wb_practice *practice = NULL;
  assert_int_equal(wb_practice_new(c->context, c->it.schema, policy, &c->options, &practice, NULL),
                   WB_OK);
  return practice;
}

void clinic_restore(clinic *c, size_t length, uint64_t sequence, uint32_t epoch) {
  wb_replay replay = {.size = sizeof replay};
  wb_practice_free(c->practice);
  c->journal.length = c->journal.durable = length;
  c->journal.sequence = c->journal.committed = sequence;
  c->options.epoch = epoch;
  c->practice = clinic_practice(c, NULL);
  assert_int_equal(wb_practice_replay(c->practice, c->journal.bytes, length, &replay, NULL), WB_OK);
}

/* Monday to Friday, 10:00 to 18:00. */
static const wb_window clinic_hours[] = {
    {1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 5, 36000, 64800}};

void clinic_open(clinic *c, const char *patients, const wb_practice_options *more) {
  memset(c, 0, sizeof *c);
  c->context = fault_context(&c->memory);
  c->now = SAMPLE_NOW;
  sample_open(&c->it, c->context);
  clinic_rows(c, patients, "");
  if (more) c->options = *more;
  c->options.size = sizeof c->options;
  c->options.secret = clinic_secret;
  c->options.key = "practice";
  c->options.key_length = 8;
  c->options.append = memory_journal_append;
  c->options.sync = memory_journal_sync;
  c->options.user = &c->journal;
  c->options.hours = clinic_hours;
  c->options.hours_count = 1;
  if (!c->options.stale_facts) c->options.stale_facts = 2000 * CLINIC_DAY;
  c->practice = clinic_practice(c, NULL);
}

void clinic_close(clinic *c) {
  wb_practice_free(c->practice);
  memory_journal_free(&c->journal);
  sample_close(&c->it);
  wb_context_unref(c->context);
  assert_int_equal(c->memory.live, 0);
}

wb_campaign *clinic_campaign(clinic *c, const char *json) {
  wb_campaign *campaign = NULL;
  wb_error error = {0};
  if (wb_campaign_new(c->context, c->it.schema, NULL, json, strlen(json), &campaign, &error))
    fail_msg("%s %s", error.path, error.message);
  return campaign;
}

wb_status clinic_add(clinic *c, const char *json) {
  wb_campaign *campaign = clinic_campaign(c, json);
  wb_status status = wb_practice_add(c->practice, campaign, c->now, NULL);
  wb_campaign_unref(campaign);
  return status;
}

wb_input clinic_input(int32_t kind, const char *name) {
  wb_input input = {
      .size = sizeof input, .kind = kind, .approver = "dr-example", .approver_length = 10};
  uint32_t length = name ? (uint32_t)strlen(name) : 0;
  const int settles = kind >= WB_INPUT_LAUNCH && kind <= WB_INPUT_RESUME;
  if (settles || kind == WB_INPUT_WITHDRAW || kind == WB_INPUT_STOP) {
    input.campaign = name;
    input.campaign_length = length;
  } else {
    input.patient = name;
    input.patient_length = length;
  }
  return input;
}

wb_status clinic_send(clinic *c, const wb_input *input) {
  return wb_practice_receive(c->practice, input, c->now, NULL);
}

wb_status clinic_receive(clinic *c, int32_t kind, const char *name) {
  wb_input input = clinic_input(kind, name);
  return clinic_send(c, &input);
}

wb_status clinic_reply(clinic *c, const char *patient, const char *text) {
  wb_input input = clinic_input(WB_INPUT_REPLY, patient);
  input.text = text;
  input.text_length = (uint32_t)strlen(text);
  return clinic_send(c, &input);
}

wb_status clinic_merge(clinic *c, const char *from, const char *into) {
  wb_input input = clinic_input(WB_INPUT_MERGED, from);
  input.other = into;
  input.other_length = (uint32_t)strlen(into);
  return clinic_send(c, &input);
}

wb_status clinic_reply_from(clinic *c, const uint8_t *contact, const char *text) {
  wb_input input = clinic_input(WB_INPUT_REPLY, NULL);
  input.contact = contact;
  input.text = text;
  input.text_length = (uint32_t)strlen(text);
  return clinic_send(c, &input);
}

void clinic_launch(clinic *c, const char *name, const char *json) {
  assert_int_equal(clinic_add(c, json), WB_OK);
  assert_int_equal(clinic_receive(c, WB_INPUT_LAUNCH, name), WB_OK);
}

wb_counts clinic_enroll(clinic *c) {
  wb_counts counts = {.size = sizeof counts};
  wb_error error = {0};
  if (wb_practice_enroll(c->practice, NULL, 0, c->it.facts, c->now, &counts, &error) != WB_OK)
    fail_msg("%s", error.message);
  return counts;
}

uint32_t clinic_poll(clinic *c) {
  wb_error error = {0};
  c->actions[0].size = sizeof(wb_action);
  if (wb_practice_poll(c->practice, c->it.facts, c->now, c->actions, CLINIC_ACTIONS, &c->count,
                       &error) != WB_OK)
    fail_msg("%s", error.message);
  return c->count;
}

wb_status clinic_ack(clinic *c, const uint8_t *id, int32_t kind, int32_t cause) {
  wb_outcome outcome = {.size = sizeof outcome, .kind = kind, .cause = cause};
  return wb_practice_ack(c->practice, id, &outcome, c->now, NULL);
}

void clinic_sent(clinic *c) {
  for (uint32_t i = 0; i < c->count; ++i)
    assert_int_equal(clinic_ack(c, c->actions[i].id, WB_SENT, 0), WB_OK);
}

void clinic_begin(clinic *c, const char *patients, const wb_practice_options *more) {
  clinic_open(c, patients, more);
  clinic_launch(c, "one", CLINIC_TEXTS("one"));
  clinic_enroll(c);
}

void clinic_written(clinic *c, const char *patients, uint32_t count) {
  clinic_begin(c, patients, NULL);
  assert_int_equal(clinic_poll(c), count);
  clinic_sent(c);
}

char *clinic_people(int count) {
  char *text = calloc(1, 300 + (size_t)count * 100);
  assert_non_null(text);
  strcpy(text, CLINIC_HEAD);
  for (int i = 1; i <= count; i++) {
    char line[100];
    snprintf(line, sizeof line, "p%02d|active|Ana|1980-02-29|1|+121255501%02d|yes||\n", i, i);
    strcat(text, line);
  }
  return text;
}

void clinic_crowd(clinic *c, int count, const char *name, const char *json) {
  static const wb_practice_options more = {
      .size = sizeof more, .per_day = 8, .per_week = 8, .per_month = 8};
  char *text = clinic_people(count);
  clinic_open(c, text, &more);
  clinic_launch(c, name, json);
  free(text);
}

void clinic_forward(clinic *c, int count, wb_time by) {
  char *text = clinic_people(count);
  c->now += by;
  clinic_rows(c, text, "");
  free(text);
}

wb_input clinic_slot(int32_t kind, const char *key, wb_time at) {
  return (wb_input){.size = sizeof(wb_input),
                    .kind = kind,
                    .visit = key,
                    .visit_length = (uint32_t)strlen(key),
                    .location = "1",
                    .location_length = 1,
                    .at = at,
                    .minutes = 60};
}

const uint8_t *clinic_point(const clinic *c, int32_t kind, const char *address) {
  static uint8_t points[8][16];
  static unsigned turn;
  uint8_t *point = points[turn++ % 8];
  assert_int_equal(wb_contact_make(c->options.secret, kind, address, strlen(address), NULL, point),
                   WB_OK);
  return point;
}

wb_enrollment clinic_find(clinic *c, const char *patient, const char *campaign) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  while (wb_practice_next(c->practice, &cursor, &found) == WB_OK)
    if (!strcmp(found.patient, patient) && (!campaign || !strcmp(found.campaign, campaign)))
      return found;
  fail_msg("%s is in no such campaign", patient);
  return found;
}

wb_action_status clinic_action(clinic *c, const uint8_t *id) {
  wb_action_status status = {.size = sizeof status};
  uint64_t cursor = 0;
  while (wb_practice_actions(c->practice, &cursor, &status) == WB_OK)
    if (!memcmp(status.id, id, 16)) return status;
  fail_msg("no such action");
  return status;
}

wb_time clinic_wake(clinic *c) {
  wb_time at = 0;
  assert_int_equal(wb_practice_wake(c->practice, &at), WB_OK);
  return at;
}

char *clinic_why(const clinic *c, const uint8_t *id) {
  static char text[16384];
  size_t needed = 0;
  assert_int_equal(wb_journal_explain(c->context, c->journal.bytes, c->journal.length, id, text,
                                      sizeof text, &needed),
                   WB_OK);
  return text;
}

uint32_t clinic_tasks(clinic *c, int32_t list, wb_task *first) {
  uint64_t cursor = 0;
  uint32_t count = 0;
  wb_task next = {.size = sizeof next};
  while (wb_desk_next(c->practice, list, &cursor, &next) == WB_OK)
    if (count++ == 0 && first) *first = next;
  return count;
}

uint8_t *clinic_save(wb_practice *practice, size_t *length) {
  assert_int_equal(wb_practice_save(practice, NULL, 0, length), WB_E_SPACE);
  uint8_t *bytes = malloc(*length);
  assert_non_null(bytes);
  assert_int_equal(wb_practice_save(practice, bytes, *length, length), WB_OK);
  return bytes;
}

void clinic_same(wb_practice *one, wb_practice *two) {
  size_t length = 0, again = 0;
  uint8_t *first = clinic_save(one, &length), *second = clinic_save(two, &again);
  assert_int_equal(length, again);
  assert_memory_equal(first, second, length);
  free(first);
  free(second);
}

void clinic_replay(const clinic *c, wb_practice *practice) {
  wb_replay replay = {.size = sizeof replay};
  assert_int_equal(wb_practice_replay(practice, c->journal.bytes, c->journal.length, &replay, NULL),
                   WB_OK);
}

void clinic_under(clinic *c, const char *json) {
  wb_policy *policy = NULL;
  wb_error error = {0};
  if (wb_policy_new(c->context, c->it.schema, json, strlen(json), &policy, &error) != WB_OK)
    fail_msg("%s %s", error.path, error.message);
  wb_practice *practice = clinic_practice(c, policy);
  wb_policy_unref(policy);
  clinic_replay(c, practice);
  clinic_same(practice, c->practice);
  wb_practice_free(c->practice);
  c->practice = practice;
}

wb_practice *clinic_replayed(clinic *c) {
  wb_practice *practice = clinic_practice(c, NULL);
  clinic_replay(c, practice);
  clinic_same(practice, c->practice);
  return practice;
}

wb_practice *clinic_loaded(clinic *c) {
  wb_practice *practice = clinic_practice(c, NULL);
  size_t length = 0;
  uint8_t *bytes = clinic_save(c->practice, &length);
  assert_int_equal(wb_practice_load(practice, bytes, length, NULL), WB_OK);
  clinic_same(practice, c->practice);
  free(bytes);
  return practice;
}

void clinic_renew(clinic *c, int way) {
  wb_practice *ways[CLINIC_WAYS] = {c->practice, clinic_replayed(c), clinic_loaded(c)};
  c->practice = ways[way];
  for (int i = 0; i < CLINIC_WAYS; ++i)
    if (i != way) wb_practice_free(ways[i]);
}

wb_status clinic_rekey(clinic *c) {
  static const uint8_t secret[16] = {5, 5};
  static const char *const numbers[] = {"+12125550101", "+12125550102"};
  uint8_t pairs[64];
  for (size_t i = 0; i < 2; i++) {
    wb_contact_make(c->options.secret, WB_CONTACT_PHONE, numbers[i], 12, NULL, pairs + i * 32);
    wb_contact_make(secret, WB_CONTACT_PHONE, numbers[i], 12, NULL, pairs + i * 32 + 16);
  }
  return wb_practice_rekey(c->practice, secret, pairs, 2, 0, c->now, NULL);
}

wb_time clinic_at(clinic *c, int32_t year, int32_t month, int32_t day, int32_t hour,
                  int32_t minute) {
  wb_local local = {.second = (hour * 60 + minute) * 60};
  wb_time at = 0;
  assert_int_equal(wb_date_make(year, month, day, &local.date), WB_OK);
  assert_int_equal(wb_zone_instant(c->it.zone, &local, 0, &at), WB_OK);
  return at;
}
