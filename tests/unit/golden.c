/* SPDX-License-Identifier: MIT */
/*
 * What release 0.1.0 wrote, in format 1, is loaded and continued:
 * golden FOLDER [--write | --accept].
 *
 * Two lives of made-up patients, of a fixed seed (tests/support/world.h) and of a script, have
 * every effect that a journal of format 1 can have. In tests/data/golden/1/LIFE are its `journal`,
 * a `snapshot` from the middle, and `last`, the snapshot at the end: these bytes stay as they are.
 * `continued` is the journal, as text, of three weeks more by the library of today: what differs
 * there is what the library has come to do otherwise for those who are under way, and is taken over
 * by --accept. --write makes a new golden set, when a format has none yet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "machine/machine.h"
#include "support/sample.h"
#include "support/world.h"

enum { SEED = 590, MOVES = 400, EPOCH = 1, EFFECTS = 38, CALLS = 10, WEEKS = 3, ROOM = 1 << 20 };

static const char *folder, *mode;
static const uint8_t second_secret[16] = {2, 7, 1, 8};
static const char *const lives[] = {"life", "story"};

/* Bytes of a file, or to become one. */
typedef struct bytes {
  uint8_t *data;
  size_t length;
} bytes;

static FILE *golden_open(const char *life, const char *name, const char *how) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s/%s", folder, life, name);
  FILE *file = fopen(path, how);
  if (file == NULL) fail_msg("no file %s", path);
  return file;
}

static bytes golden_read(const char *life, const char *name) {
  FILE *file = golden_open(life, name, "rb");
  bytes it = {malloc(ROOM), 0};
  assert_non_null(it.data);
  it.length = fread(it.data, 1, ROOM, file);
  assert_in_range(it.length, 1, ROOM - 1);
  fclose(file);
  return it;
}

static void golden_write(const char *life, const char *name, const void *data, size_t length) {
  FILE *file = golden_open(life, name, "wb");
  assert_int_equal(fwrite(data, 1, length, file), length);
  fclose(file);
}

/* ---- a practice that goes on ------------------------------------------------------------------
 */

static wb_practice *golden_practice(const ground *it, const uint8_t *secret, uint32_t epoch,
                                    memory_journal *journal) {
  static const wb_window hours[] = {
      {1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 5, 36000, 64800}};
  wb_practice *practice = NULL;
  wb_practice_options options = {.size = sizeof options,
                                 .flags = WB_PRACTICE_ALLOW_JUMP,
                                 .secret = secret,
                                 .key = "practice",
                                 .key_length = 8,
                                 .law = it->law,
                                 .hours = hours,
                                 .hours_count = 1,
                                 .stale_facts = 2000 * WORLD_DAY,
                                 .burst = 100,
                                 .epoch = epoch,
                                 .resend = WORLD_DAY,
                                 .write_format = 1};
  if (journal != NULL) {
    options.append = memory_journal_append;
    options.sync = memory_journal_sync;
    options.user = journal;
  }
  assert_int_equal(wb_practice_new(NULL, it->schema, it->policy, &options, &practice, NULL), WB_OK);
  return practice;
}

static bytes golden_save(wb_practice *practice) {
  bytes it = {NULL, 0};
  assert_int_equal(wb_practice_save(practice, NULL, 0, &it.length), WB_E_SPACE);
  it.data = malloc(it.length);
  assert_non_null(it.data);
  assert_int_equal(wb_practice_save(practice, it.data, it.length, &it.length), WB_OK);
  return it;
}

static void golden_load(wb_practice *practice, const bytes *snapshot) {
  assert_int_equal(wb_practice_load(practice, snapshot->data, snapshot->length, NULL), WB_OK);
}

/* An event about a patient; whatever it is, it is taken or refused. */
static void golden_event(wb_practice *practice, wb_input input, uint8_t id, wb_time now) {
  input.size = sizeof input;
  input.approver = "dr-example";
  input.approver_length = 10;
  memset(input.event_id, id, sizeof input.event_id);
  input.patient_length = input.patient ? (uint32_t)strlen(input.patient) : 0;
  input.text_length = input.text ? (uint32_t)strlen(input.text) : 0;
  input.campaign_length = input.campaign ? (uint32_t)strlen(input.campaign) : 0;
  input.location_length = input.location ? (uint32_t)strlen(input.location) : 0;
  input.other_length = input.other ? (uint32_t)strlen(input.other) : 0;
  input.visit_length = input.visit ? (uint32_t)strlen(input.visit) : 0;
  input.name_length = input.name ? (uint32_t)strlen(input.name) : 0;
  const wb_status status = wb_practice_receive(practice, &input, now, NULL);
  assert_true(status == WB_OK || status == WB_E_STATE || status == WB_E_NAME);
}

/* What is due is handed out and sent, but each third was not; how many. */
static uint32_t golden_poll(wb_practice *practice, wb_facts *facts, wb_time now) {
  wb_action actions[WORLD_ACTIONS] = {{.size = sizeof *actions}};
  uint32_t count = 0, all = 0;
  do {
    assert_int_equal(wb_practice_poll(practice, facts, now, actions, WORLD_ACTIONS, &count, NULL),
                     WB_OK);
    for (uint32_t i = 0; i < count; i++, all++) {
      wb_outcome outcome = {.size = sizeof outcome, .kind = WB_SENT};
      if (all % 3 == 2) outcome.kind = WB_NOT_SENT, outcome.cause = WB_CAUSE_ADDRESS;
      assert_int_equal(wb_practice_ack(practice, actions[i].id, &outcome, now, NULL), WB_OK);
    }
  } while (count > 0);
  return all;
}

/* To eleven o'clock of the next day. */
static wb_time golden_morning(const ground *it, wb_time now) {
  wb_local local = {.date = 0};
  assert_int_equal(wb_zone_local(it->zone, now, &local), WB_OK);
  local = (wb_local){.date = local.date + 1, .second = 39600};
  assert_int_equal(wb_zone_instant(it->zone, &local, 0, &now), WB_OK);
  return now;
}

/* Three weeks: an event every morning, then whoever is due; the desk does what it finds. */
static uint32_t golden_continue(const ground *it, wb_practice *practice, wb_time now) {
  const wb_input events[] = {
      {.kind = WB_INPUT_RESTORED_READY},
      {.kind = WB_INPUT_RESUME},
      {.kind = WB_INPUT_RESUME, .location = "1"},
      {.kind = WB_INPUT_RESUME, .location = "2"},
      {.kind = WB_INPUT_RESUME, .class_ = WB_MESSAGE_CARE},
      {.kind = WB_INPUT_LAUNCH, .campaign = "bb"},
      {.kind = WB_INPUT_CLICK, .patient = "p1"},
      {.kind = WB_INPUT_REPLY, .patient = "p2", .text = "How much is a cleaning?"},
      {.kind = WB_INPUT_SLOT_OPENED,
       .visit = "o5",
       .location = "1",
       .name = "hygiene",
       .minutes = 60,
       .at = now + 12 * WORLD_DAY},
      {.kind = WB_INPUT_REPLY, .patient = "p8", .text = "YES"},
      {.kind = WB_INPUT_MERGED, .patient = "p4", .other = "p5"},
      {.kind = WB_INPUT_BOOKED, .patient = "p3", .visit = "v3", .at = now + 20 * WORLD_DAY},
      {.kind = WB_INPUT_KEPT, .patient = "p3", .visit = "v3"},
      {.kind = WB_INPUT_MOVED, .patient = "p7", .location = "2"},
      {.kind = WB_INPUT_OPTED_OUT, .patient = "p7"},
      {.kind = WB_INPUT_FORGET, .patient = "p0"}};
  uint32_t handed = 0;
  for (uint8_t day = 0; day < 7 * WEEKS; day++) {
    wb_counts counts = {.size = sizeof counts};
    wb_task task = {.size = sizeof task};
    uint64_t cursor = 0;
    now = golden_morning(it, now);
    if (day < WBI_COUNT(events)) golden_event(practice, events[day], (uint8_t)(200 + day), now);
    assert_int_equal(
        wb_practice_enroll(practice, NULL, 0, ground_read(it, 1, now), now, &counts, NULL), WB_OK);
    handed += golden_poll(practice, ground_read(it, 1, now), now);
    if (wb_desk_next(practice, WB_DESK_OUTREACH, &cursor, &task) == WB_OK)
      golden_event(practice, (wb_input){.kind = WB_INPUT_TASK_DONE, .action = task.id},
                   (uint8_t)(100 + day), now);
  }
  assert_int_equal(wb_practice_seal(practice, now, NULL), WB_OK);
  return handed;
}

/* ---- reading ----------------------------------------------------------------------------------
 */

/* What a whole journal says of itself. */
static wb_chain golden_chain(const bytes *journal) {
  wb_chain chain = {.size = sizeof chain};
  assert_int_equal(wb_journal_find(journal->data, journal->length, &chain, NULL), WB_OK);
  assert_int_equal(chain.flags, 0);
  assert_int_equal(chain.used, journal->length);
  return chain;
}

/* A practice at the end of a life: from its journal alone, or from a snapshot first. The story ends
   with another secret, under which it is saved and loaded. */
static wb_practice *golden_end(const ground *it, const char *life, bool whole,
                               memory_journal *journal) {
  const bool rekeyed = strcmp(life, "story") == 0;
  const uint32_t epoch = rekeyed ? 0 : EPOCH;
  bytes file = golden_read(life, "journal"), snapshot = golden_read(life, "snapshot");
  wb_replay replay = {.size = sizeof replay};
  wb_practice *practice = golden_practice(it, world_secret, epoch, rekeyed ? NULL : journal);
  if (!whole) golden_load(practice, &snapshot);
  const wb_status status = wb_practice_replay(practice, file.data, file.length, &replay, NULL);
  assert_int_equal(status, rekeyed ? WB_E_STALE : WB_OK);
  if (!rekeyed) assert_true(replay.applied > 0 && whole == (replay.skipped == 0));
  bytes end = golden_save(practice), last = golden_read(life, "last");
  assert_int_equal(end.length, last.length);
  assert_memory_equal(end.data, last.data, last.length);
  if (rekeyed) {
    wb_practice_free(practice);
    practice = golden_practice(it, second_secret, epoch, journal);
    golden_load(practice, &last);
  }
  *journal = (memory_journal){.sequence = wb_practice_sequence(practice)};
  free(end.data);
  free(last.data);
  free(snapshot.data);
  free(file.data);
  return practice;
}

/* A journal as text, a line a record; the caller frees it. */
static bytes golden_text(const memory_journal *journal) {
  bytes text = {malloc(ROOM), 0};
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  assert_non_null(text.data);
  while (wb_journal_next(journal->bytes, journal->length, &offset, &record) == WB_OK) {
    size_t needed = 0;
    char *at = (char *)text.data + text.length;
    assert_int_equal(wb_journal_format(journal->bytes, journal->length, record.offset, at,
                                       ROOM - text.length - 1, &needed),
                     WB_OK);
    text.length += strlen(at);
    text.data[text.length++] = '\n';
  }
  assert_int_equal(offset, journal->length);
  return text;
}

/* Ends the test at the first line of the journal that is another. */
static void golden_same(const char *life, const bytes *text) {
  bytes before = golden_read(life, "continued");
  size_t line = 0, at = 0;
  for (; at < text->length && at < before.length && text->data[at] == before.data[at]; at++)
    if (text->data[at] == '\n') line = at + 1;
  if (at < text->length || at < before.length)
    fail_msg("%s goes on otherwise (see --accept): was\n%.400s\nis\n%.400s", life,
             before.data + line, text->data + line);
  free(before.data);
}

static void what_the_first_release_wrote_is_loaded_and_continued(void **state) {
  ground *it = *state;
  for (size_t i = 0; i < WBI_COUNT(lives); i++) {
    bytes text[2];
    for (int whole = 0; whole < 2; whole++) {
      memory_journal journal = {.sequence = 0};
      wb_practice *practice = golden_end(it, lives[i], whole, &journal);
      bytes file = golden_read(lives[i], "journal");
      const uint32_t handed = golden_continue(it, practice, golden_chain(&file).ends);
      assert_true(handed > 0);
      text[whole] = golden_text(&journal);
      memory_journal_free(&journal);
      wb_practice_free(practice);
      free(file.data);
    }
    assert_int_equal(text[0].length, text[1].length);
    assert_memory_equal(text[0].data, text[1].data, text[0].length);
    if (mode != NULL) golden_write(lives[i], "continued", text[0].data, text[0].length);
    golden_same(lives[i], &text[0]);
    free(text[0].data);
    free(text[1].data);
  }
}

/* Calls back with every effect of a golden journal, and with the call that wrote it. */
typedef void (*golden_look)(void *user, const wb_record *record, const wbi_effect *effect);

static void golden_each(const char *life, golden_look look, void *user) {
  bytes journal = golden_read(life, "journal");
  uint64_t offset = 0, next = 0;
  wb_record record = {.size = sizeof record};
  while (wb_journal_next(journal.data, journal.length, &next, &record) == WB_OK) {
    wbi_reader reader;
    wbi_effect effect;
    assert_int_equal(wbi_record_read(journal.data, journal.length, &offset, &record, &reader),
                     WB_OK);
    for (uint32_t i = 0; i < record.effects; i++) {
      assert_int_equal(wbi_effect_read(&reader, &effect), WB_OK);
      look(user, &record, &effect);
    }
  }
  assert_int_equal(next, journal.length);
  free(journal.data);
}

typedef struct golden_kinds {
  bool effects[EFFECTS + 1], calls[CALLS + 1];
} golden_kinds;

static void golden_note(void *user, const wb_record *record, const wbi_effect *effect) {
  golden_kinds *seen = user;
  assert_in_range(effect->kind, 1, EFFECTS);
  assert_in_range(record->cause, 1, CALLS);
  seen->effects[effect->kind] = true;
  seen->calls[record->cause] = true;
}

static void every_effect_of_the_format_is_in_the_golden_journals(void **state) {
  (void)state;
  golden_kinds seen = {.effects = {false}};
  for (size_t i = 0; i < WBI_COUNT(lives); i++)
    golden_each(lives[i], golden_note, &seen);
  for (int i = 1; i <= EFFECTS; i++)
    if (!seen.effects[i]) fail_msg("no effect of kind %d", i);
  for (int i = 1; i <= CALLS; i++)
    if (!seen.calls[i]) fail_msg("no record by call %d", i);
}

/* The test of the tests: another byte anywhere is told. */
static void a_golden_journal_that_was_changed_is_refused(void **state) {
  enum { STRIDE = 97 };
  const ground *it = *state;
  bytes journal = golden_read("life", "journal");
  for (size_t at = 0; at < journal.length; at += STRIDE) {
    wb_replay replay = {.size = sizeof replay};
    wb_practice *practice = golden_practice(it, world_secret, EPOCH, NULL);
    journal.data[at] ^= 1;
    const wb_status status =
        wb_practice_replay(practice, journal.data, journal.length, &replay, NULL);
    assert_true(status == WB_E_CORRUPT || status == WB_E_VERSION);
    assert_int_equal(wb_practice_sequence(practice), 0);
    journal.data[at] ^= 1;
    wb_practice_free(practice);
  }
  free(journal.data);
}

static void golden_compile(void *user, const wb_record *record, const wbi_effect *effect) {
  const ground *it = user;
  wb_campaign *campaign = NULL;
  wb_campaign_info info = {.size = sizeof info};
  (void)record;
  if (effect->kind != WBI_EFFECT_CAMPAIGN) return;
  assert_int_equal(wb_campaign_new(NULL, it->schema, it->policy, effect->bytes.data,
                                   effect->bytes.length, &campaign, NULL),
                   WB_OK);
  assert_int_equal(wb_campaign_get(campaign, &info), WB_OK);
  assert_int_equal(info.canonical_length, effect->bytes.length);
  assert_memory_equal(info.canonical, effect->bytes.data, effect->bytes.length);
  wb_campaign_unref(campaign);
}

/* Whoever is under way goes on by the definition that they entered under: what a journal holds of
   it compiles, and to the same bytes, whose digest is its id. */
static void definitions_compile_to_what_they_were(void **state) {
  for (size_t i = 0; i < WBI_COUNT(lives); i++)
    golden_each(lives[i], golden_compile, *state);
}

/* ---- writing a new golden set ------------------------------------------------------------------
 */

static void write_snapshot(wb_practice *practice, const char *life, const char *name) {
  bytes it = golden_save(practice);
  golden_write(life, name, it.data, it.length);
  free(it.data);
}

/* Everything that may happen in a world, with all that fails. */
static void write_life(const ground *it) {
  world w;
  world_open(&w, it, SEED);
  for (int i = 0; i < MOVES; i++) {
    world_move(&w, WORLD_ALL);
    if (i == MOVES / 2) write_snapshot(w.process[w.active], "life", "snapshot");
  }
  world_reload(&w, true);
  assert_int_equal(w.epoch, EPOCH);
  write_snapshot(w.process[w.active], "life", "last");
  golden_write("life", "journal", w.journal.bytes, w.journal.length);
  world_close(&w);
}

static const char story_awaits[] =
    "{\"format\":1,\"name\":\"gg\",\"title\":\"Texts\",\"class\":\"care\","
    "\"audience\":\"recare.overdue_months >= 1\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},"
    "\"steps\":[{\"id\":\"a\",\"send\":[\"mail\"]},"
    "{\"id\":\"w\",\"await\":[\"clicked\"],\"within\":{\"days\":9},\"else\":\"end\"},"
    "{\"id\":\"b\",\"send\":[\"mail\"]},{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Your next visit\",\"body\":"
    "\"{{ location.booking_url }} {{ practice.name }}, {{ location.address }} Reply STOP and we "
    "will not write again.\"}}}}";

/* All campaigns run, and one more, which awaits an event. */
static wb_practice *story_begin(const ground *it, memory_journal *journal, wb_time now) {
  wb_replay replay = {.size = sizeof replay};
  wb_campaign *campaign = NULL;
  assert_int_equal(memory_journal_append(journal, 1, it->begun.bytes, it->begun.length,
                                         (uint32_t)it->begun.sequence),
                   WB_OK);
  wb_practice *practice = golden_practice(it, world_secret, 0, journal);
  assert_int_equal(wb_practice_replay(practice, journal->bytes, journal->length, &replay, NULL),
                   WB_OK);
  assert_int_equal(wb_campaign_new(NULL, it->schema, it->policy, story_awaits,
                                   sizeof story_awaits - 1, &campaign, NULL),
                   WB_OK);
  assert_int_equal(wb_practice_add(practice, campaign, now, NULL), WB_OK);
  wb_campaign_unref(campaign);
  golden_event(practice, (wb_input){.kind = WB_INPUT_LAUNCH, .campaign = "gg"}, 1, now);
  return practice;
}

/* Of what is handed out, that goes which a last look at newer facts lets go. */
static void story_hand_out(const ground *it, wb_practice *practice, wb_time now) {
  wb_counts counts = {.size = sizeof counts};
  wb_action actions[WORLD_ACTIONS] = {{.size = sizeof *actions}};
  uint32_t count = 0;
  assert_int_equal(
      wb_practice_enroll(practice, NULL, 0, ground_read(it, 0, now), now, &counts, NULL), WB_OK);
  assert_int_equal(wb_practice_poll(practice, ground_read(it, 0, now), now, actions, WORLD_ACTIONS,
                                    &count, NULL),
                   WB_OK);
  assert_true(count > 3);
  for (uint32_t i = 0; i < count; i++) {
    const wb_outcome outcome = {.size = sizeof outcome, .kind = WB_SENT};
    wb_look look = {.size = sizeof look};
    assert_int_equal(
        wb_practice_test(practice, actions[i].id, ground_read(it, 1, now), now, &look, NULL),
        WB_OK);
    if (look.answer == WB_LOOK_GO)
      assert_int_equal(wb_practice_ack(practice, actions[i].id, &outcome, now, NULL), WB_OK);
  }
}

/* Under another secret: one number goes along. */
static void story_rekey(wb_practice *practice, wb_time now) {
  static const char number[] = "+12125550101";
  uint8_t pair[32];
  assert_int_equal(
      wb_contact_make(world_secret, WB_CONTACT_PHONE, number, sizeof number - 1, NULL, pair),
      WB_OK);
  assert_int_equal(
      wb_contact_make(second_secret, WB_CONTACT_PHONE, number, sizeof number - 1, NULL, pair + 16),
      WB_OK);
  assert_int_equal(wb_practice_rekey(practice, second_secret, pair, 1, WB_REKEY_LOSE, now, NULL),
                   WB_OK);
}

/* What a world has not: a step that awaits an event, a last look that withdraws, another secret. */
static void write_story(const ground *it) {
  enum { DAYS = 4 };
  memory_journal journal = {.sequence = 0};
  wb_time now = golden_morning(it, SAMPLE_NOW);
  wb_practice *practice = story_begin(it, &journal, now);
  story_hand_out(it, practice, now);
  golden_poll(practice, ground_read(it, 1, now), now);
  write_snapshot(practice, "story", "snapshot");
  golden_event(practice, (wb_input){.kind = WB_INPUT_WITHDRAW, .campaign = "aa", .name = "hello"},
               2, now);
  for (uint8_t who = 0; who < WORLD_PATIENTS; who++)
    golden_event(practice, (wb_input){.kind = WB_INPUT_CLICK, .patient = world_key(who)},
                 (uint8_t)(10 + who), now);
  for (int day = 0; day < DAYS; day++) {
    now = golden_morning(it, now);
    golden_poll(practice, ground_read(it, 1, now), now);
  }
  story_rekey(practice, now);
  write_snapshot(practice, "story", "last");
  golden_write("story", "journal", journal.bytes, journal.length);
  wb_practice_free(practice);
  memory_journal_free(&journal);
}

static int set_up(void **state) {
  static ground it;
  ground_open(&it);
  *state = &it;
  if (mode == NULL || strcmp(mode, "--write") != 0) return 0;
  write_life(&it);
  write_story(&it);
  return 0;
}

static int tear_down(void **state) {
  ground_close(*state);
  return 0;
}

int main(int count, char **arguments) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_the_first_release_wrote_is_loaded_and_continued),
      cmocka_unit_test(every_effect_of_the_format_is_in_the_golden_journals),
      cmocka_unit_test(definitions_compile_to_what_they_were),
      cmocka_unit_test(a_golden_journal_that_was_changed_is_refused),
  };
  if (count < 2) return 2;
  folder = arguments[1];
  mode = count > 2 ? arguments[2] : NULL;
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
