/* SPDX-License-Identifier: MIT */
/*
 * Random histories of a practice: three campaigns, caps, eight patients, two processes, and all
 * that can fail, as support/world.h has them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/effort.h"
#include "support/world.h"

enum { MOVES = 40, MONTHS = 200 /* moves */ };

static ground histories_ground;
static uint64_t histories_only = UINT64_MAX; /* the seed to replay; else all are tried */

/* The seeds of a test, from the first to before the last. */
static uint64_t histories_first(void) {
  return histories_only == UINT64_MAX ? 0 : histories_only;
}

static uint64_t histories_last_of(uint64_t count) {
  return histories_only == UINT64_MAX ? effort(count) : histories_only + 1;
}

static int histories_begin(void **state) {
  ground_open(&histories_ground);
  *state = &histories_ground;
  return 0;
}

static int histories_end(void **state) {
  ground_close(*state);
  return 0;
}

/* So many moves of each of the seeds: what is delivered is enough for no history to be idle. */
static void histories_whatever_fails(const ground *it, uint64_t end, int moves) {
  uint64_t deliveries = 0;
  for (uint64_t seed = histories_first(); seed < end; seed++) {
    world w;
    world_open(&w, it, seed);
    for (int i = 0; i < moves; i++)
      world_move(&w, WORLD_ALL);
    world_finish(&w);
    deliveries += w.deliveries;
    world_close(&w);
  }
  assert_true(deliveries >= end - histories_first());
}

/* Nothing is sent twice, nothing is lost, and what is replayed is what was lived. */
static void whatever_fails_nothing_is_sent_twice_and_nothing_is_lost(void **state) {
  histories_whatever_fails(*state, histories_last_of(EFFORT_FAST ? 10000 : 500), MOVES);
}

/* Longer than anything is remembered. */
static void nor_in_many_months(void **state) {
  histories_whatever_fails(*state, histories_last_of(EFFORT_FAST ? 300 : 10), MONTHS);
}

/* ---- crashes between two calls -------------------------------------------------------------- */

/* A history in which the process dies after one of its moves, and another goes on. */
static void histories_live(world *w, const ground *it, uint64_t seed, int moves, int dies) {
  world_open(w, it, seed);
  for (int i = 0; i < moves; i++) {
    world_move(w, WORLD_CALM);
    if (i == dies) world_reload(w, seed % 2 == 0);
  }
  world_finish(w);
}

/* Whether a record only notes what somebody was found to wait for when they were looked at, or that
   the visit is over that they were to be asked about. When that was is nobody's state. */
static bool histories_notes(const char *line) {
  const bool poll = strstr(line, "\"by\":\"poll\"") != NULL;
  return strstr(line, "[{\"effect\":\"sync\"") || strstr(line, "[{\"effect\":\"hold\"") ||
         (poll && strstr(line, "[{\"effect\":\"response\"")) ||
         (poll && strstr(line, "\"reason\":\"over\""));
}

/* Blanks what a member says: ids and digests that come from the number of a record. */
static void histories_blank(char *line, const char *member, size_t length) {
  for (char *at = line; (at = strstr(at, member)) != NULL;) {
    at += strlen(member);
    memset(at, ' ', length);
  }
}

/* Order of two texts that pointers point to. */
static int histories_compare(const void *one, const void *two) {
  return strcmp(*(char *const *)one, *(char *const *)two);
}

/* Puts the effects of a line into the order of their texts: an event that is about many may go
   through them in any order. */
static void histories_sort(char *line) {
  enum { EFFECTS = 256, ROOM = 65536 };
  static char copy[ROOM];
  char *effects[EFFECTS], *to = strstr(line, "[{");
  size_t count = 0;
  strcpy(copy, to + 2);
  for (char *at = copy; at != NULL && count < EFFECTS; count++) {
    char *end = strstr(at, "},{");
    effects[count] = at;
    if (end == NULL) end = strstr(at, "}]}");
    at = end != NULL && end[1] == ',' ? end + 3 : NULL;
    if (end != NULL) *end = '\0';
  }
  qsort(effects, count, sizeof *effects, histories_compare);
  for (size_t i = 0; i < count; i++)
    to += sprintf(to, "%s\n", effects[i]);
}

/* The next line of a journal that is more than a note, without its number; false: there is none. */
static bool histories_line(const world *w, uint64_t *offset, char *line, size_t capacity) {
  wb_record record = {.size = sizeof record};
  const memory_journal *journal = &w->journal;
  while (wb_journal_next(journal->bytes, journal->length, offset, &record) == WB_OK) {
    size_t length = 0;
    assert_int_equal(wb_journal_format(journal->bytes, journal->length, record.offset, line,
                                       capacity - 1, &length),
                     WB_OK);
    line[length] = '\0';
    char *rest = strstr(line, "\"at\":");
    memmove(line, rest, strlen(rest) + 1);
    if (histories_notes(line)) continue;
    histories_blank(line, "\"digest\":\"", 64);
    histories_blank(line, "\"task\":\"", 32);
    histories_sort(line);
    return true;
  }
  return false;
}

static void histories_alike(const world *one, const world *two) {
  static char first[65536], second[65536];
  uint64_t at = 0, other = 0;
  while (histories_line(one, &at, first, sizeof first)) {
    assert_true(histories_line(two, &other, second, sizeof second));
    if (strcmp(first, second) == 0) continue;
    world_tell(one);
    world_tell(two);
    fail_msg("seed %d: %s and %s", (int)one->seed, first, second);
  }
  assert_false(histories_line(two, &other, second, sizeof second));
  assert_int_equal(one->deliveries, two->deliveries);
}

/* What goes on after a crash writes the same journal as what never crashed. */
static void after_a_crash_all_goes_on_as_if_nothing_had_been(void **state) {
  const uint64_t end = histories_last_of(EFFORT_FAST ? 1000 : 50);
  for (uint64_t seed = histories_first(); seed < end; seed++) {
    world whole, broken;
    histories_live(&whole, *state, seed, MOVES, -1);
    histories_live(&broken, *state, seed, MOVES, (int)(seed * 7 % MOVES));
    histories_alike(&whole, &broken);
    world_close(&whole);
    world_close(&broken);
  }
}

/* The same, after every single move of some histories. */
static void after_a_crash_at_any_move_all_goes_on(void **state) {
  const uint64_t end = histories_last_of(EFFORT_FAST ? 12 : 1);
  for (uint64_t seed = histories_first(); seed < end; seed++) {
    world whole;
    histories_live(&whole, *state, seed, MOVES, -1);
    for (int dies = 0; dies < MOVES; dies++) {
      world broken;
      histories_live(&broken, *state, seed, MOVES, dies);
      histories_alike(&whole, &broken);
      world_close(&broken);
    }
    world_close(&whole);
  }
}

/* ---- crashes within a call ------------------------------------------------------------------ */

/* Where the last record of a journal begins, and how many there are. */
static size_t histories_last(const memory_journal *journal, uint64_t *count) {
  uint64_t offset = 0, begin = 0;
  wb_record record = {.size = sizeof record};
  for (*count = 0; wb_journal_next(journal->bytes, journal->length, &offset, &record) == WB_OK;
       ++*count)
    begin = record.offset;
  return (size_t)begin;
}

/* Dead in the middle of a call: its bytes end there. Whoever loads the journal has the whole
   records, and goes on: nothing is sent twice, nothing is lost. */
static void histories_cut(const ground *it, uint64_t seed, uint64_t ends) {
  world w;
  world_open(&w, it, seed);
  w.loses = false;
  w.journal.ends = (size_t)ends;
  for (int i = 0; i < MOVES; i++)
    world_move(&w, WORLD_CALM);
  assert_int_equal(w.journal.ends, 0);
  world_finish(&w);
  world_close(&w);
}

static void after_a_crash_at_any_record_nothing_is_sent_twice(void **state) {
  const uint64_t end = histories_last_of(EFFORT_FAST ? 8 : 1);
  for (uint64_t seed = histories_first(); seed < end; seed++) {
    world w;
    wb_record record = {.size = sizeof record};
    world_open(&w, *state, seed);
    uint64_t offset = w.journal.length;
    for (int i = 0; i < MOVES; i++)
      world_move(&w, WORLD_CALM);
    while (wb_journal_next(w.journal.bytes, w.journal.length, &offset, &record) == WB_OK) {
      histories_cut(*state, seed, record.offset);
      histories_cut(*state, seed, offset - 1);
    }
    world_close(&w);
  }
}

/* Cut at any byte of its last record, a journal gives what the records before it give. */
static void a_record_that_is_not_whole_does_not_count(void **state) {
  const uint64_t end = histories_last_of(EFFORT_FAST ? 100 : 10);
  for (uint64_t seed = histories_first(); seed < end; seed++) {
    world w;
    uint64_t count = 0;
    world_open(&w, *state, seed);
    for (uint64_t i = 0; i < 10 + seed % MOVES; i++)
      world_move(&w, WORLD_CALM);
    const size_t last = histories_last(&w.journal, &count);
    wb_practice *before = world_practice(&w, false, world_secret);
    wb_replay replay = {.size = sizeof replay};
    for (size_t length = last; length < w.journal.length; length++) {
      assert_int_equal(wb_practice_replay(before, w.journal.bytes, length, &replay, NULL), WB_OK);
      assert_int_equal(replay.used, last);
      assert_int_equal(replay.flags, length > last ? WB_REPLAY_TORN : 0);
      assert_int_equal(wb_practice_sequence(before), count - 1);
    }
    const size_t rest = w.journal.length - last;
    assert_int_equal(wb_practice_replay(before, w.journal.bytes + last, rest, &replay, NULL),
                     WB_OK);
    assert_true(world_same(&w, before, w.process[0]));
    wb_practice_free(before);
    world_close(&w);
  }
}

/* ---- order ---------------------------------------------------------------------------------- */

/* Events about different patients at one instant, in an order that a number picks. */
static void histories_events(world *w, uint64_t order) {
  static const struct {
    const char *patient, *text;
    int32_t kind;
  } events[] = {{"p0", NULL, WB_INPUT_BOOKED},
                {"p1", "How much is a cleaning?", WB_INPUT_REPLY},
                {"p2", NULL, WB_INPUT_CLICK},
                {"p3", "No", WB_INPUT_REPLY},
                {"p4", "STOP", WB_INPUT_REPLY},
                {"p5", "My tooth is killing me", WB_INPUT_REPLY},
                {"p7", "My face is swollen and it hurts", WB_INPUT_REPLY}};
  enum { EVENTS = sizeof events / sizeof *events, BESIDES = 5 };
  uint32_t places[EVENTS];
  for (uint32_t i = 0; i < EVENTS; i++) { /* Fisher and Yates, backwards */
    const uint32_t at = (uint32_t)(order % (i + 1));
    order /= i + 1;
    places[i] = places[at];
    places[at] = i;
  }
  for (uint32_t i = 0; i < EVENTS; i++) {
    const uint32_t event = places[i];
    wb_input input = {.size = sizeof input, .kind = events[event].kind};
    input.patient = events[event].patient;
    input.patient_length = 2;
    input.text = events[event].text;
    input.text_length = input.text ? (uint32_t)strlen(input.text) : 0;
    input.event_id[0] = (uint8_t)(event + 1);
    if (event == BESIDES) input.intent = WB_INTENT_CONFIRM; /* of the host: an emergency besides */
    const wb_status status = world_receive(w, &input, w->now);
    assert_true(status == WB_OK || status == WB_E_NAME);
  }
}

/* The state without its head, as bytes: what only tells how the journal went is set to zero. */
static uint8_t *histories_body(world *w, size_t *length) {
  wbi_state *state = &w->process[0]->state;
  assert_int_equal(state->sequence > 0, 1);
  wbi_sha256_init(&state->since_sync);
  return world_save(w, w->process[0], length);
}

static void events_of_one_instant_may_come_in_any_order(void **state) {
  enum { ORDERS = 5040 };
  const uint64_t end = histories_last_of(EFFORT_FAST ? 40 : 4);
  for (uint64_t seed = histories_first(); seed < end; seed++) {
    uint8_t *first = NULL;
    size_t length = 0;
    for (uint64_t i = 0; i < 8; i++) {
      world w;
      size_t again = 0;
      world_open(&w, *state, seed);
      w.without = WORLD_MERGES; /* they are different patients */
      for (int move = 0; move < 12; move++)
        world_move(&w, WORLD_CALM);
      histories_events(&w, i == 0 ? 0 : (seed * 31 + i * 617) % ORDERS);
      uint8_t *body = histories_body(&w, &again);
      if (i == 0) length = again;
      assert_int_equal(again, length);
      if (first) assert_memory_equal(body, first, length);
      if (first) free(body);
      if (!first) first = body;
      world_close(&w);
    }
    free(first);
  }
}

/* ---- bytes ---------------------------------------------------------------------------------- */

/* No bit of a snapshot may change, and no byte may be missing. */
static void a_damaged_snapshot_is_refused(void **state) {
  world w;
  size_t length = 0;
  world_open(&w, *state, 3);
  for (int i = 0; i < MOVES; i++)
    world_move(&w, WORLD_CALM);
  uint8_t *bytes = world_save(&w, w.process[0], &length);
  wb_practice *empty = world_practice(&w, false, world_secret);
  for (size_t bit = 0; bit < 8 * length; bit++) {
    bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    assert_int_not_equal(wb_practice_load(empty, bytes, length, NULL), WB_OK);
    bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
  }
  for (size_t cut = 0; cut < length; cut++)
    assert_int_not_equal(wb_practice_load(empty, bytes, cut, NULL), WB_OK);
  assert_int_equal(wb_practice_sequence(empty), 0);
  assert_int_equal(wb_practice_load(empty, bytes, length, NULL), WB_OK);
  assert_true(world_same(&w, empty, w.process[0]));
  wb_practice_free(empty);
  free(bytes);
  world_close(&w);
}

/* property-histories [SEED]: only the histories of this seed. */
int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whatever_fails_nothing_is_sent_twice_and_nothing_is_lost),
      cmocka_unit_test(nor_in_many_months),
      cmocka_unit_test(after_a_crash_all_goes_on_as_if_nothing_had_been),
      cmocka_unit_test(after_a_crash_at_any_move_all_goes_on),
      cmocka_unit_test(after_a_crash_at_any_record_nothing_is_sent_twice),
      cmocka_unit_test(a_record_that_is_not_whole_does_not_count),
      cmocka_unit_test(events_of_one_instant_may_come_in_any_order),
      cmocka_unit_test(a_damaged_snapshot_is_refused),
  };
  if (argc > 1) histories_only = strtoull(argv[1], NULL, 10);
  return cmocka_run_group_tests(tests, histories_begin, histories_end);
}
