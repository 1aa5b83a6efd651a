/* SPDX-License-Identifier: MIT */
/*
 * Whatever a journal or snapshot says, once its checksums fit: it is refused and leaves no trace,
 * or it is taken, and the practice then polls, is saved and is loaded again as the same bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/effort.h"
#include "support/memory_journal.h"
#include "support/playbook.h"
#include "support/sample.h"
#include "support/seal.h"

enum { ACTIONS = 8, DAY = 86400, SNAPSHOT_MOST = 65536 };

static const uint8_t forge_secret[16] = {7};

/* A short life of three patients, and its journal. */
typedef struct forge {
  sample it;
  memory_journal journal;
  wb_practice_options options;
} forge;

static wb_practice *forge_new(const forge *f) {
  wb_practice *practice = NULL;
  assert_int_equal(wb_practice_new(NULL, f->it.schema, NULL, &f->options, &practice, NULL), WB_OK);
  return practice;
}

static void forge_facts(forge *f) {
  sample_open(&f->it, NULL);
  sample_add(&f->it, "patients",
             "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|"
             "text_permission:u\n"
             "p1|active|Ana|1980-02-29|1|+12125550101|yes\n"
             "p2|active|Ben|1981-03-01|1|+12125550102|yes\n"
             "p3|active|Cat|1982-04-01|1|+12125550103|no\n");
  sample_add(&f->it, "procedures",
             "patient:u|code:u|status:u|date:tdD\n"
             "p1|D1110|completed|2025-09-15\n"
             "p2|D1110|completed|2025-09-15\n"
             "p3|D1110|completed|2025-09-15\n");
  sample_add(&f->it, "appointments",
             "patient:u|status:u|start:tdD\n"
             "p1|completed|2025-09-15\n"
             "p2|completed|2025-09-15\n"
             "p3|completed|2025-09-15\n");
}

static void forge_receive(wb_practice *practice, int32_t kind, const char *patient, wb_time now) {
  wb_input input = {.size = sizeof input, .kind = kind, .patient = patient};
  if (kind == WB_INPUT_LAUNCH) input.campaign = "hygiene-recare";
  input.campaign_length = input.campaign ? 14 : 0;
  input.approver = "dr-example";
  input.approver_length = 10;
  input.patient_length = patient ? 2 : 0;
  input.event_id[0] = (uint8_t)kind;
  assert_int_equal(wb_practice_receive(practice, &input, now, NULL), WB_OK);
}

static uint32_t forge_poll(const forge *f, wb_practice *practice, wb_time now, bool answer) {
  wb_action actions[ACTIONS] = {{.size = sizeof(wb_action)}};
  wb_outcome outcome = {.size = sizeof outcome, .kind = WB_SENT};
  uint32_t count = 0;
  wb_status status = wb_practice_poll(practice, f->it.facts, now, actions, ACTIONS, &count, NULL);
  if (status == WB_E_RANGE) return 0; /* the forged time is far from this one */
  assert_int_equal(status, WB_OK);
  for (uint32_t i = 0; answer && i < count; i++)
    assert_int_equal(wb_practice_ack(practice, actions[i].id, &outcome, now, NULL), WB_OK);
  return count;
}

static void forge_open(forge *f) {
  const char *json;
  size_t length;
  wb_campaign *campaign = NULL;
  wb_counts counts = {.size = sizeof counts};
  *f = (forge){.options = {.size = sizeof f->options, .secret = forge_secret, .key = "practice"}};
  forge_facts(f);
  f->options.key_length = 8;
  f->options.append = memory_journal_append;
  f->options.sync = memory_journal_sync;
  f->options.user = &f->journal;
  f->options.stale_facts = 90 * DAY;
  wb_practice *practice = forge_new(f);
  json = playbook_text("hygiene-recare", &length);
  assert_int_equal(wb_campaign_new(NULL, f->it.schema, NULL, json, length, &campaign, NULL), WB_OK);
  assert_int_equal(wb_practice_add(practice, campaign, SAMPLE_NOW, NULL), WB_OK);
  wb_campaign_unref(campaign);
  forge_receive(practice, WB_INPUT_LAUNCH, NULL, SAMPLE_NOW);
  assert_int_equal(wb_practice_enroll(practice, NULL, 0, f->it.facts, SAMPLE_NOW, &counts, NULL),
                   WB_OK);
  assert_int_equal(forge_poll(f, practice, SAMPLE_NOW, true), 2);
  forge_receive(practice, WB_INPUT_CLICK, "p1", SAMPLE_NOW + 60);
  assert_int_equal(forge_poll(f, practice, SAMPLE_NOW + 2 * DAY, false), 1);
  wb_practice_free(practice);
  f->options.append = NULL; /* what follows is a rehearsal */
  f->options.sync = NULL;
}

static void forge_close(forge *f) {
  memory_journal_free(&f->journal);
  sample_close(&f->it);
}

/* What a practice is saved as, another loads and saves alike. */
static void forge_round(const forge *f, wb_practice *practice) {
  static uint8_t one[SNAPSHOT_MOST], two[SNAPSHOT_MOST];
  size_t length = 0, again = 0;
  wb_practice *loaded = forge_new(f);
  assert_int_equal(wb_practice_save(practice, one, sizeof one, &length), WB_OK);
  assert_int_equal(wb_practice_load(loaded, one, length, NULL), WB_OK);
  assert_int_equal(wb_practice_save(loaded, two, sizeof two, &again), WB_OK);
  assert_int_equal(length, again);
  assert_memory_equal(one, two, length);
  wb_practice_free(loaded);
}

/* A practice made of forged bytes works on: it is polled and walked over. */
static void forge_use(const forge *f, wb_practice *practice) {
  wb_enrollment enrollment = {.size = sizeof enrollment};
  wb_task task = {.size = sizeof task};
  uint64_t cursor = 0;
  forge_round(f, practice);
  forge_poll(f, practice, SAMPLE_NOW + 3 * DAY, true);
  forge_poll(f, practice, SAMPLE_NOW + 9 * DAY, false);
  while (wb_practice_next(practice, &cursor, &enrollment) == WB_OK)
    assert_true(strlen(enrollment.patient) <= WB_KEY_MAX);
  for (int32_t list = WB_DESK_OUTREACH; list <= WB_DESK_VISITS; list++)
    for (cursor = 0; wb_desk_next(practice, list, &cursor, &task) == WB_OK;)
      assert_int_equal(task.list, list);
  forge_round(f, practice);
}

enum { FORGE_STRIDE = 5 }; /* in a slow build */

/* Bytes that tell apart most ways of reading them. */
static const uint8_t values[] = {0x00, 0x01, 0x02, 0x7f, 0xff};

/* Where forging begins: the definition, which comes first, is text. */
static size_t forge_start(const forge *f) {
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  assert_int_equal(wb_journal_next(f->journal.bytes, f->journal.length, &offset, &record), WB_OK);
  return (size_t)offset;
}

static void a_forged_journal_does_no_harm(void **state) {
  (void)state;
  forge f;
  uint32_t taken = 0, refused = 0;
  forge_open(&f);
  uint8_t *bytes = malloc(f.journal.length);
  assert_non_null(bytes);
  const size_t tries = (size_t)effort(2);
  for (size_t i = forge_start(&f); i < f.journal.length; i += effort_stride(FORGE_STRIDE)) {
    for (size_t k = 0; k < sizeof values && k < tries; k++) {
      wb_practice *practice = forge_new(&f);
      wb_replay replay = {.size = sizeof replay};
      memcpy(bytes, f.journal.bytes, f.journal.length);
      bytes[i] = values[(i + k) % sizeof values];
      seal_journal(bytes, f.journal.length);
      if (wb_practice_replay(practice, bytes, f.journal.length, &replay, NULL) == WB_OK) {
        forge_use(&f, practice);
        taken++;
      } else {
        assert_int_equal(wb_practice_sequence(practice), 0);
        refused++;
      }
      wb_practice_free(practice);
    }
  }
  assert_true(taken > 100 / effort_stride(FORGE_STRIDE));
  assert_true(refused > 100 / effort_stride(FORGE_STRIDE));
  free(bytes);
  forge_close(&f);
}

static void a_forged_snapshot_does_no_harm(void **state) {
  (void)state;
  static uint8_t saved[SNAPSHOT_MOST], bytes[SNAPSHOT_MOST];
  forge f;
  size_t length = 0;
  uint32_t taken = 0, refused = 0;
  wb_replay replay = {.size = sizeof replay};
  forge_open(&f);
  wb_practice *first = forge_new(&f);
  assert_int_equal(wb_practice_replay(first, f.journal.bytes, f.journal.length, &replay, NULL),
                   WB_OK);
  assert_int_equal(wb_practice_save(first, saved, sizeof saved, &length), WB_OK);
  wb_practice_free(first);
  const size_t tail = 900 * (size_t)effort(1); /* what follows the definition */
  for (size_t i = length > tail ? length - tail : 16; i < length - 4;
       i += effort_stride(FORGE_STRIDE)) {
    wb_practice *practice = forge_new(&f);
    memcpy(bytes, saved, length);
    bytes[i] = values[i % sizeof values];
    seal_snapshot(bytes, length);
    if (wb_practice_load(practice, bytes, length, NULL) == WB_OK) {
      forge_use(&f, practice);
      taken++;
    } else {
      assert_int_equal(wb_practice_sequence(practice), 0);
      refused++;
    }
    wb_practice_free(practice);
  }
  assert_true(taken > 50 / effort_stride(FORGE_STRIDE));
  assert_true(refused > 50 / effort_stride(FORGE_STRIDE));
  forge_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_forged_journal_does_no_harm),
      cmocka_unit_test(a_forged_snapshot_does_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
