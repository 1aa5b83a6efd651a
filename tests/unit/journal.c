/* SPDX-License-Identifier: MIT */
/* Records as bytes: what is whole, torn, damaged, missing, newer or not ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/committed.h"
#include "support/seal.h"

enum { RECORD_HEADER = 32, JOURNAL_RECORDS = 5 };
#define JOURNAL_DIGEST "what a digest is: bytes, 32 long"
#define JOURNAL_MONEY ((wb_cents)1 << 40)

static const wbi_bytes16 check_value = {{1, 2, 3}};

/* An empty state and a journal of five records for it: campaign, entry, claim, sync, outcome. */
typedef struct story {
  wbi_state state;
  wbi_plan plan;
  uint8_t bytes[2048];
  size_t length;
  size_t begins[JOURNAL_RECORDS + 1];
} story;

static void story_commit(story *s, wbi_state *state) {
  memcpy(s->bytes + s->length, s->plan.bytes.data, s->plan.bytes.count);
  s->length += s->plan.bytes.count;
  assert_int_equal(wbi_state_reserve(state, s->plan.bytes.data, s->plan.bytes.count), WB_OK);
  wbi_state_commit(state, s->plan.bytes.data, s->plan.bytes.count);
}

static void story_plan(story *s, const wbi_state *state, const wbi_effect *effect) {
  assert_int_equal(wbi_plan_open(&s->plan, state, WBI_BY_POLL), WB_OK);
  assert_int_equal(wbi_plan_add(&s->plan, effect), WB_OK);
  wbi_plan_close(&s->plan);
}

static void story_open(story *s) {
  static const wbi_effect effects[] = {
      {.kind = WBI_EFFECT_CAMPAIGN, .name = {"one", 3}, .bytes = {"{}", 2}},
      {.kind = WBI_EFFECT_ENROLL,
       .patient = {"p1", 2},
       .location = {"1", 1},
       .number = 1,
       .wake = 5,
       .day = 3},
      {.kind = WBI_EFFECT_CLAIM,
       .patient = {"p1", 2},
       .id = {{5}},
       .contact = {{6}},
       .until = 600,
       .wake = 700,
       .number = 1,
       .action = WB_ACTION_SEND,
       .channel = WB_CHANNEL_SMS},
      {.kind = WBI_EFFECT_OUTCOME, .id = {{5}}, .code = WB_ACTION_SENT},
  };
  wbi_state live;
  s->length = 0;
  wbi_plan_init(&s->plan, NULL);
  wbi_state_init(&live, NULL, WBI_TEXT("practice"), &check_value);
  for (size_t i = 0; i < 4; i++) {
    wbi_plan_start(&s->plan, &live, (wb_time)i);
    story_plan(s, &live, &effects[i]);
    if (effects[i].kind == WBI_EFFECT_CLAIM)
      assert_int_equal(wbi_plan_sync(&s->plan, &live), WB_OK);
    story_commit(s, &live);
  }
  assert_int_equal(live.sequence, JOURNAL_RECORDS);
  wbi_state_free(&live);
  wbi_state_init(&s->state, NULL, WBI_TEXT("practice"), &check_value);
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  for (size_t i = 0; i < JOURNAL_RECORDS; i++) {
    s->begins[i] = (size_t)offset;
    assert_int_equal(wb_journal_next(s->bytes, s->length, &offset, &record), WB_OK);
    assert_int_equal(record.sequence, i + 1);
    assert_int_equal(record.offset, s->begins[i]);
  }
  assert_int_equal(wb_journal_next(s->bytes, s->length, &offset, &record), WB_E_NAME);
  s->begins[JOURNAL_RECORDS] = s->length;
}

static void story_close(story *s) {
  wbi_plan_free(&s->plan);
  wbi_state_free(&s->state);
}

static wb_status story_check(story *s, const uint8_t *bytes, size_t length, wb_replay *replay) {
  uint64_t from;
  *replay = (wb_replay){.size = sizeof *replay};
  return wbi_journal_check(&s->state, bytes, length, replay, &from, NULL);
}

/* Makes a record that was changed whole. */
static void story_seal(story *s, size_t index) {
  seal_record(s->bytes + s->begins[index], s->begins[index + 1] - s->begins[index]);
}

static void a_record_says_what_it_is(void **unused) {
  (void)unused;
  story s;
  story_open(&s);
  uint64_t offset = s.begins[2];
  wb_record record = {.size = sizeof record};
  assert_int_equal(wb_journal_next(s.bytes, s.length, &offset, &record), WB_OK);
  assert_int_equal(record.sequence, 3);
  assert_int_equal(record.at, 2);
  assert_int_equal(record.cause, WBI_BY_POLL);
  assert_int_equal(record.effects, 1);
  assert_int_equal(record.length, s.begins[3] - s.begins[2]);
  assert_int_equal(offset, s.begins[3]);
  assert_memory_equal(s.bytes, "WBJR", 4);
  story_close(&s);
}

static void reading_refuses_wrong_arguments(void **unused) {
  (void)unused;
  story s;
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  story_open(&s);
  assert_int_equal(wb_journal_next(NULL, 1, &offset, &record), WB_E_INVALID);
  assert_int_equal(wb_journal_next(s.bytes, s.length, NULL, &record), WB_E_INVALID);
  assert_int_equal(wb_journal_next(s.bytes, s.length, &offset, NULL), WB_E_INVALID);
  record.size = 8;
  assert_int_equal(wb_journal_next(s.bytes, s.length, &offset, &record), WB_E_INVALID);
  record.size = 4097; /* that no struct has */
  assert_int_equal(wb_journal_next(s.bytes, s.length, &offset, &record), WB_E_INVALID);
  assert_int_equal(offset, 0);
  record.size = 8;
  offset = s.length;
  assert_int_equal(wb_journal_next(s.bytes, s.length, &offset, &record), WB_E_INVALID);
  record.size = sizeof record;
  offset = s.length + 1;
  assert_int_equal(wb_journal_next(s.bytes, s.length, &offset, &record), WB_E_CORRUPT);
  offset = s.begins[2]; /* where a record is, of which nobody said that it may be read */
  assert_int_equal(wb_journal_next(s.bytes, s.begins[1], &offset, &record), WB_E_CORRUPT);
  assert_int_equal(offset, s.begins[2]);
  offset = 0;
  assert_int_equal(wb_journal_next(NULL, 0, &offset, &record), WB_E_NAME);
  story_close(&s);
}

static void a_journal_cut_anywhere_keeps_its_whole_records(void **unused) {
  (void)unused;
  story s;
  wb_replay replay;
  story_open(&s);
  for (size_t length = 0, whole = 0; length <= s.length; length++) {
    if (length == s.begins[whole + 1]) whole++;
    assert_int_equal(story_check(&s, s.bytes, length, &replay), WB_OK);
    assert_int_equal(replay.used, s.begins[whole]);
    assert_int_equal(replay.applied, whole);
    assert_int_equal(replay.flags, length == s.begins[whole] ? 0 : WB_REPLAY_TORN);
    if (whole == JOURNAL_RECORDS) break;
  }
  story_close(&s);
}

static void a_changed_byte_is_damage_unless_it_is_in_the_last_record(void **unused) {
  (void)unused;
  story s;
  wb_replay replay;
  story_open(&s);
  for (size_t i = 0; i < s.length; i++) {
    for (unsigned bit = 0; bit < 8; bit++) {
      s.bytes[i] ^= (uint8_t)(1u << bit);
      const wb_status status = story_check(&s, s.bytes, s.length, &replay);
      if (i < s.begins[JOURNAL_RECORDS - 1]) {
        assert_int_equal(status, WB_E_CORRUPT);
      } else {
        assert_int_equal(status, WB_OK);
        assert_int_equal(replay.flags, WB_REPLAY_TORN);
        assert_int_equal(replay.used, s.begins[JOURNAL_RECORDS - 1]);
      }
      s.bytes[i] ^= (uint8_t)(1u << bit);
    }
  }
  story_close(&s);
}

static void missing_records_are_noticed(void **unused) {
  (void)unused;
  story s;
  wb_replay replay;
  story_open(&s);
  assert_int_equal(story_check(&s, s.bytes + s.begins[1], s.length - s.begins[1], &replay),
                   WB_E_CORRUPT);
  assert_int_equal(story_check(&s, s.bytes + s.begins[1], s.begins[3] - s.begins[1], &replay),
                   WB_E_CORRUPT); /* without a sync record, too */
  memmove(s.bytes + s.begins[2], s.bytes + s.begins[3], s.length - s.begins[3]);
  assert_int_equal(story_check(&s, s.bytes, s.length - (s.begins[3] - s.begins[2]), &replay),
                   WB_E_CORRUPT);
  story_close(&s);
}

/* Whose journal it is the first record says: another that says so is none of it. */
static void a_journal_begins_once(void **unused) {
  (void)unused;
  story s;
  wb_replay replay;
  story_open(&s);
  const size_t first = s.begins[1], second = s.begins[2] - s.begins[1];
  assert_true(first <= sizeof s.bytes - first);
  memcpy(s.bytes + first, s.bytes, first); /* the first once more, in the place of the second */
  s.bytes[first + 16] = 2;
  seal_record(s.bytes + first, first);
  assert_int_equal(story_check(&s, s.bytes, 2 * first, &replay), WB_E_CORRUPT);
  story_close(&s);
  story_open(&s);
  s.bytes[first + 16] = 1; /* the second alone, as if it were the first */
  seal_record(s.bytes + first, second);
  assert_int_equal(story_check(&s, s.bytes + first, second, &replay), WB_E_CORRUPT);
  story_close(&s);
}

/* By its key, and by what its secret makes of that. */
static void a_journal_of_another_practice_is_refused(void **unused) {
  (void)unused;
  static const wbi_bytes16 other = {{1, 2, 4}};
  for (int i = 0; i < 3; i++) {
    story s;
    wb_replay replay;
    story_open(&s);
    wbi_state_free(&s.state);
    wbi_state_init(&s.state, NULL, i == 1 ? WBI_TEXT("practise") : WBI_TEXT("practice"),
                   i == 2 ? &other : &check_value);
    assert_int_equal(story_check(&s, s.bytes, s.length, &replay), i == 0 ? WB_OK : WB_E_INVALID);
    story_close(&s);
  }
}

/* Records that whoever reads a journal is told of. */
static void a_record_has_an_instant_and_a_number(void **unused) {
  (void)unused;
  static const size_t places[] = {31 /* of the time */, 16 /* of the number */};
  static const uint8_t values[] = {0x7f, 0};
  for (size_t i = 0; i < WBI_COUNT(places); i++) {
    story s;
    wb_record record = {.size = sizeof record};
    story_open(&s);
    uint64_t offset = s.begins[1];
    assert_int_equal(wb_journal_next(s.bytes, s.length, &offset, &record), WB_OK);
    s.bytes[s.begins[1] + places[i]] = values[i];
    story_seal(&s, 1);
    offset = s.begins[1];
    assert_int_equal(wb_journal_next(s.bytes, s.length, &offset, &record), WB_E_CORRUPT);
    assert_int_equal(offset, s.begins[1]);
    story_close(&s);
  }
}

static void a_sync_record_proves_what_came_before(void **unused) {
  (void)unused;
  story s;
  wb_replay replay;
  story_open(&s);
  s.bytes[s.begins[1] + 24] ^= 1; /* another time, with a checksum that fits */
  story_seal(&s, 1);
  assert_int_equal(story_check(&s, s.bytes, s.begins[3], &replay), WB_OK);
  assert_int_equal(story_check(&s, s.bytes, s.length, &replay), WB_E_CORRUPT);
  story_close(&s);
}

static void sealed_nonsense_is_refused(void **unused) {
  (void)unused;
  static const struct {
    size_t at;
    uint8_t value;
    wb_status status;
  } cases[] = {
      {0, 'w', WB_E_CORRUPT},                          /* no record */
      {8, 2, WB_E_VERSION},                            /* a newer format */
      {8, 0, WB_E_VERSION},                            /* from before the first release */
      {12, 2, WB_E_CORRUPT},                           /* more effects than there are */
      {12, 0, WB_E_CORRUPT},                           /* fewer */
      {RECORD_HEADER, 0, WB_E_VERSION},                /* an effect of no kind */
      {RECORD_HEADER, 200, WB_E_VERSION},              /* of a kind to come */
      {RECORD_HEADER, WBI_EFFECT_BEGIN, WB_E_CORRUPT}, /* a second beginning */
      {RECORD_HEADER + 3, 65, WB_E_CORRUPT},           /* a key longer than keys are */
      {31, 0x7f, WB_E_CORRUPT},                        /* no instant */
      {16, 3, WB_E_CORRUPT},                           /* a gap */
      {16, 0, WB_E_CORRUPT},                           /* no number: they begin with 1 */
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    story s;
    wb_replay replay;
    story_open(&s);
    s.bytes[s.begins[1] + cases[i].at] = cases[i].value;
    story_seal(&s, 1);
    assert_int_equal(story_check(&s, s.bytes, s.length, &replay), cases[i].status);
    /* nor before the sync record, whose digest shows all of it */
    assert_int_equal(story_check(&s, s.bytes, s.begins[3], &replay), cases[i].status);
    story_close(&s);
  }
}

static void codes_out_of_range_are_refused(void **unused) {
  (void)unused;
  static const wbi_effect wrong[] = {
      {.kind = WBI_EFFECT_HOLD, .code = 0},
      {.kind = WBI_EFFECT_HOLD, .code = WBI_HOLD_LAST + 1},
      {.kind = WBI_EFFECT_HOLD, .code = WBI_HOLD_OUTSIDE},
      {.kind = WBI_EFFECT_HOLD, .code = WBI_HOLD_OUTSIDE + WBI_HOLD_LAST + 1},
      {.kind = WBI_EFFECT_PAUSE, .code = 4},
      {.kind = WBI_EFFECT_PAUSE, .class_ = 8},
      {.kind = WBI_EFFECT_PAUSE, .cause = 2},
      {.kind = WBI_EFFECT_OUTCOME, .code = WB_ACTION_CLAIMED},
      {.kind = WBI_EFFECT_OUTCOME, .code = 9},
      {.kind = WBI_EFFECT_OUTCOME, .code = WB_ACTION_READY, .cause = 8},
      {.kind = WBI_EFFECT_OUTCOME, .code = WB_ACTION_SENT, .until = WB_TIME_NONE},
      {.kind = WBI_EFFECT_OUTCOME, .code = WB_ACTION_UNKNOWN, .until = INT64_MAX},
      {.kind = WBI_EFFECT_CLAIM, .action = 1, .channel = 4},
      {.kind = WBI_EFFECT_CLAIM, .action = 0},
      {.kind = WBI_EFFECT_CLAIM, .action = 4},
      {.kind = WBI_EFFECT_CLAIM, .action = 1, .until = INT64_MAX},
      {.kind = WBI_EFFECT_CLAIM, .action = 1, .wake = INT64_MIN},
      {.kind = WBI_EFFECT_CLAIM, .action = 1, .number = 65536},
      {.kind = WBI_EFFECT_ENROLL, .number = 65536},
      {.kind = WBI_EFFECT_ENROLL, .wake = INT64_MIN},
      {.kind = WBI_EFFECT_ENROLL, .rank = 101},
      {.kind = WBI_EFFECT_MIGRATE, .number = 256},
      {.kind = WBI_EFFECT_MIGRATE, .rank = 101},
      {.kind = WBI_EFFECT_WITHDRAW, .code = 2},
      {.kind = WBI_EFFECT_STEP, .wake = INT64_MAX},
      {.kind = WBI_EFFECT_STEP, .code = WBI_HOLD_LAST + 1},
      {.kind = WBI_EFFECT_RESPONSE, .wake = INT64_MAX},
      {.kind = WBI_EFFECT_CONTACT, .code = 4},
      {.kind = WBI_EFFECT_TASK_OPEN, .code = 0},
      {.kind = WBI_EFFECT_TASK_OPEN, .code = 5},
      {.kind = WBI_EFFECT_TASK_OPEN, .code = 1, .number = 256},
      {.kind = WBI_EFFECT_TASK_OPEN, .code = 1, .until = INT64_MAX},
      {.kind = WBI_EFFECT_TASK_SET, .number = 256},
      {.kind = WBI_EFFECT_TASK_SET, .wake = INT64_MIN},
      {.kind = WBI_EFFECT_NOTE, .code = 0},
      {.kind = WBI_EFFECT_NOTE, .code = WBI_NOTE_COUNT},
      {.kind = WBI_EFFECT_NOTE, .code = 1, .action = WB_ACTION_WITHDRAWN + 1},
      {.kind = WBI_EFFECT_SYNC, .bytes = {"short", 5}},
      {.kind = WBI_EFFECT_SEAL, .bytes = {"short", 5}},
      {.kind = WBI_EFFECT_SEAL, .bytes = {JOURNAL_DIGEST, 32}, .name = {"no sum", 6}},
      {.kind = WBI_EFFECT_VISIT, .code = 1, .value = JOURNAL_MONEY + 1},
      {.kind = WBI_EFFECT_VISIT, .code = 1, .value = -JOURNAL_MONEY - 1},
      {.kind = WBI_EFFECT_VISIT, .code = 1, .until = INT64_MAX},
      {.kind = WBI_EFFECT_VISIT, .code = 1, .wake = INT64_MAX},
      {.kind = WBI_EFFECT_CONSENT, .code = 1, .channel = WB_CHANNEL_SMS - 1},
      {.kind = WBI_EFFECT_CONSENT, .code = 1, .channel = WB_CHANNEL_CALL + 1},
      {.kind = WBI_EFFECT_CONSENT, .code = 1, .channel = 1, .cause = WB_PURPOSE_DETAIL + 1},
      {.kind = WBI_EFFECT_CONSENT, .code = 1, .channel = 1, .until = INT64_MIN},
      {.kind = WBI_EFFECT_CONSENT, .code = 1, .channel = 1, .until = INT64_MAX},
      {.kind = WBI_EFFECT_SETTING, .name = {WBI_SETTING_KEPT, 9}, .code = 0},
      {.kind = WBI_EFFECT_SETTING, .name = {WBI_SETTING_KEPT, 9}, .code = WB_KEPT_DAYS_MAX + 1},
      {.kind = WBI_EFFECT_SETTING, .name = {WBI_SETTING_PERMISSION, 18}, .code = 2},
      {.kind = WBI_EFFECT_CLAIM, .action = 1, .consent = WBI_CONSENT_COUNT},
      {.kind = WBI_EFFECT_CLAIM, .action = 1, .class_ = WB_MESSAGE_URGENT + 1},
      {.kind = WBI_EFFECT_MIGRATE, .wake = INT64_MAX},
      {.kind = WBI_EFFECT_TASK_SET, .until = INT64_MAX},
      {.kind = WBI_EFFECT_NOTE, .code = 1, .cause = WB_CAUSE_OPTED_OUT + 1},
      {.kind = WBI_EFFECT_SECRET, .bytes = {"one that has no other", 16}},
      {.kind = WBI_EFFECT_CONTACTED, .until = INT64_MAX},
      {.kind = WBI_EFFECT_GIFT, .day = WB_DATE_MAX + 1},
      {.kind = WBI_EFFECT_OPENING, .wake = 1},
      {.kind = WBI_EFFECT_OPENING, .name = {"o", 1}, .wake = INT64_MAX},
      {.kind = WBI_EFFECT_OPENING_SET, .code = WB_OPENING_OPEN, .until = INT64_MAX},
      {.kind = WBI_EFFECT_OPENING_SET, .code = WB_OPENING_OPEN - 1},
      {.kind = WBI_EFFECT_OPENING_SET, .code = WB_OPENING_EXPIRED + 1},
      {.kind = WBI_EFFECT_CHAIR, .code = WBI_CHAIR_BOOKED + 1},
      {.kind = WBI_EFFECT_VISIT, .code = 0},
      {.kind = WBI_EFFECT_VISIT, .code = WBI_VISIT_REVERSED + 1},
      {.kind = WBI_EFFECT_NUMBER, .code = 0},
      {.kind = WBI_EFFECT_NUMBER, .code = WBI_NUMBER_CHECKED + 1},
      {.kind = WBI_EFFECT_PERSON, .code = WBI_PATIENT_MERGED},
      {.kind = WBI_EFFECT_EPOCH, .code = 2},
      {.kind = WBI_EFFECT_STOP, .code = 2},
      {.kind = WBI_EFFECT_CONSENT, .code = WB_CONSENT_REFUSED - 1, .channel = 1},
      {.kind = WBI_EFFECT_CONSENT, .code = WB_CONSENT_AUTHORIZED + 1, .channel = 1},
  };
  for (size_t i = 0; i < WBI_COUNT(wrong); i++) {
    if (machine_reads(&wrong[i])) fail_msg("row %d", (int)i);
  }
}

/* As long as a key may be, and one more. */
static void a_key_that_is_too_long_is_refused(void **unused) {
  (void)unused;
  char key[WB_KEY_MAX + 1];
  memset(key, 'k', sizeof key);
  for (size_t over = 0; over < 2; over++) {
    const wbi_effect move = {.kind = WBI_EFFECT_MOVE, .location = {key, WB_KEY_MAX + over}};
    assert_int_equal(machine_reads(&move), !over);
  }
}

static void codes_at_the_edge_are_taken(void **unused) {
  (void)unused;
  static const wbi_effect right[] = {
      {.kind = WBI_EFFECT_SEAL, .bytes = {JOURNAL_DIGEST, 32}},
      {.kind = WBI_EFFECT_SEAL, .bytes = {JOURNAL_DIGEST, 32}, .name = {"one sum.", 8}},
      {.kind = WBI_EFFECT_VISIT, .code = 1, .value = JOURNAL_MONEY, .until = WB_TIME_MAX},
      {.kind = WBI_EFFECT_VISIT, .code = 1, .value = -JOURNAL_MONEY, .wake = WB_TIME_MIN},
      {.kind = WBI_EFFECT_CONSENT, .code = 1, .channel = WB_CHANNEL_SMS, .until = WB_TIME_MIN},
      {.kind = WBI_EFFECT_CONSENT,
       .code = 1,
       .channel = WB_CHANNEL_CALL,
       .cause = WB_PURPOSE_DETAIL,
       .until = WB_TIME_MAX},
      {.kind = WBI_EFFECT_SETTING, .name = {WBI_SETTING_KEPT, 9}, .code = 1},
      {.kind = WBI_EFFECT_SETTING, .name = {WBI_SETTING_KEPT, 9}, .code = WB_KEPT_DAYS_MAX},
      {.kind = WBI_EFFECT_SETTING, .name = {WBI_SETTING_PERMISSION, 18}, .code = 1},
      {.kind = WBI_EFFECT_CLAIM,
       .action = WB_ACTION_SEND,
       .until = WB_TIME_MIN,
       .wake = WB_TIME_MAX},
      {.kind = WBI_EFFECT_CLAIM,
       .action = WB_ACTION_RESEND,
       .channel = WB_CHANNEL_CALL,
       .number = UINT16_MAX,
       .consent = WBI_CONSENT_COUNT - 1,
       .class_ = WB_MESSAGE_URGENT},
      {.kind = WBI_EFFECT_OUTCOME, .code = WB_ACTION_CLAIMED + 1},
      {.kind = WBI_EFFECT_OUTCOME, .code = WB_ACTION_UNKNOWN, .until = WB_TIME_NONE},
      {.kind = WBI_EFFECT_OUTCOME, .code = WB_ACTION_WITHDRAWN, .cause = WB_CAUSE_OPTED_OUT},
      {.kind = WBI_EFFECT_TASK_OPEN, .code = WBI_LIST_OUTREACH, .number = UINT8_MAX},
      {.kind = WBI_EFFECT_TASK_OPEN, .code = WBI_LIST_VISITS},
      {.kind = WBI_EFFECT_TASK_SET, .wake = WB_TIME_MIN, .until = WB_TIME_MAX},
      {.kind = WBI_EFFECT_PAUSE, .code = WBI_PAUSE_CLASS, .cause = 1, .class_ = 7},
      {.kind = WBI_EFFECT_ENROLL, .number = UINT16_MAX, .rank = 100},
      {.kind = WBI_EFFECT_MIGRATE, .number = WBI_DEFINITIONS_MAX - 1, .rank = 100},
      {.kind = WBI_EFFECT_HOLD, .code = WB_HOLD_PAUSED},
      {.kind = WBI_EFFECT_HOLD, .code = WBI_HOLD_LAST},
      {.kind = WBI_EFFECT_STEP, .code = WBI_HOLD_LAST, .wake = WB_TIME_MAX},
      {.kind = WBI_EFFECT_NOTE, .code = WBI_NOTE_UNKNOWN_ACTION, .action = WB_ACTION_WITHDRAWN},
      {.kind = WBI_EFFECT_NOTE, .code = WBI_NOTE_UNKNOWN_PERSON, .cause = WB_CAUSE_OPTED_OUT},
      {.kind = WBI_EFFECT_SECRET, .bytes = {JOURNAL_DIGEST, 32}},
      {.kind = WBI_EFFECT_SYNC, .bytes = {JOURNAL_DIGEST, 32}},
      {.kind = WBI_EFFECT_CONTACTED, .until = WB_TIME_MAX},
      {.kind = WBI_EFFECT_GIFT, .day = WB_DATE_MAX},
      {.kind = WBI_EFFECT_OPENING, .name = {"o", 1}, .wake = WB_TIME_MAX},
      {.kind = WBI_EFFECT_OPENING_SET, .code = WB_OPENING_OPEN},
      {.kind = WBI_EFFECT_OPENING_SET, .code = WB_OPENING_EXPIRED, .until = WB_TIME_MAX},
      {.kind = WBI_EFFECT_CHAIR, .code = WBI_CHAIR_BOOKED},
      {.kind = WBI_EFFECT_VISIT, .code = WBI_VISIT_REVERSED},
      {.kind = WBI_EFFECT_NUMBER, .code = WBI_NUMBER_ANSWERED},
      {.kind = WBI_EFFECT_NUMBER, .code = WBI_NUMBER_CHECKED},
      {.kind = WBI_EFFECT_PERSON, .code = WBI_PATIENT_MERGED - 1},
      {.kind = WBI_EFFECT_CONTACT, .code = WBI_CONTACT_OPTED_OUT | WBI_CONTACT_CLOSED},
      {.kind = WBI_EFFECT_WITHDRAW, .code = 1},
      {.kind = WBI_EFFECT_EPOCH, .code = 1},
      {.kind = WBI_EFFECT_STOP, .code = 1},
      {.kind = WBI_EFFECT_CONSENT, .code = WB_CONSENT_REFUSED, .channel = WB_CHANNEL_SMS},
      {.kind = WBI_EFFECT_CONSENT, .code = WB_CONSENT_AUTHORIZED, .channel = WB_CHANNEL_SMS},
  };
  for (size_t i = 0; i < WBI_COUNT(right); i++) {
    if (!machine_reads(&right[i])) fail_msg("row %d", (int)i);
  }
}

static void lookalikes_do_not_cost_the_day(void **unused) {
  (void)unused;
  enum { LONG = 1 << 20 };
  story s;
  wb_replay replay;
  story_open(&s);
  uint8_t *bytes = calloc(1, LONG);
  assert_non_null(bytes);
  for (size_t i = 0; i + 40 < LONG; i += 40) {
    const uint32_t size = (uint32_t)(LONG - i);
    memcpy(bytes + i, "WBJR", 4);
    for (uint32_t k = 0; k < 4; k++)
      bytes[i + 4 + k] = (uint8_t)(size >> 8 * k);
    bytes[i + 16] = 1;
  }
  assert_int_equal(story_check(&s, bytes, LONG, &replay), WB_E_CORRUPT);
  free(bytes);
  story_close(&s);
}

/* A record may be cut within a key that is all letters like the first of a record. */
static void what_only_begins_like_a_record_is_no_damage(void **unused) {
  (void)unused;
  enum { MANY = 500 };
  story s;
  wb_replay replay;
  story_open(&s);
  const size_t whole = s.begins[4];
  memset(s.bytes + whole + 4, 'W', MANY);
  assert_int_equal(story_check(&s, s.bytes, whole + 4 + MANY, &replay), WB_OK);
  assert_int_equal(replay.flags, WB_REPLAY_TORN);
  assert_int_equal(replay.used, whole);
  story_close(&s);
}

static void a_record_without_effects_vanishes(void **unused) {
  (void)unused;
  story s;
  story_open(&s);
  wbi_plan_start(&s.plan, &s.state, 1);
  assert_int_equal(wbi_plan_open(&s.plan, &s.state, WBI_BY_POLL), WB_OK);
  wbi_plan_close(&s.plan);
  assert_int_equal(s.plan.records, 0);
  assert_int_equal(s.plan.bytes.count, 0);
  story_close(&s);
}

static void a_plan_begins_anew_with_nothing(void **unused) {
  (void)unused;
  const wbi_effect move = {.kind = WBI_EFFECT_MOVE, .location = {"9", 1}};
  const wbi_effect campaign = {.kind = WBI_EFFECT_CAMPAIGN, .name = {"new", 3}, .bytes = {"{}", 2}};
  story s;
  story_open(&s);
  for (int i = 0; i < 2; i++) {
    const wbi_growth *growth = &s.plan.growth;
    wbi_plan_start(&s.plan, &s.state, 1);
    assert_int_equal(s.plan.bytes.count, 0);
    assert_int_equal(wbi_keys_count(&growth->locations), 0);
    assert_int_equal(wbi_keys_count(&growth->names), 0);
    assert_int_equal(growth->effects[WBI_EFFECT_MOVE], 0);
    story_plan(&s, &s.state, &move);
    story_plan(&s, &s.state, &campaign);
    assert_int_equal(wbi_keys_count(&growth->locations), 1);
    assert_int_equal(wbi_keys_find(&growth->locations, WBI_TEXT("9")), 0);
    assert_int_equal(wbi_keys_count(&growth->names), 1);
    assert_int_equal(growth->effects[WBI_EFFECT_MOVE], 1);
    assert_int_equal(s.plan.records, 2);
  }
  story_close(&s);
}

static void a_plan_that_was_large_keeps_no_memory(void **unused) {
  (void)unused;
  enum { USUAL = 1 << 18 };
  story s;
  story_open(&s);
  for (size_t more = 0; more < 2; more++) {
    wbi_plan_start(&s.plan, &s.state, 1);
    assert_int_equal(wbi_vector_reserve(&s.plan.bytes, USUAL + more), WB_OK);
    wbi_plan_start(&s.plan, &s.state, 1);
    assert_int_equal(s.plan.bytes.capacity, more ? 0 : USUAL);
  }
  story_close(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_record_says_what_it_is),
      cmocka_unit_test(reading_refuses_wrong_arguments),
      cmocka_unit_test(a_journal_cut_anywhere_keeps_its_whole_records),
      cmocka_unit_test(a_changed_byte_is_damage_unless_it_is_in_the_last_record),
      cmocka_unit_test(missing_records_are_noticed),
      cmocka_unit_test(a_journal_begins_once),
      cmocka_unit_test(a_journal_of_another_practice_is_refused),
      cmocka_unit_test(a_record_has_an_instant_and_a_number),
      cmocka_unit_test(a_sync_record_proves_what_came_before),
      cmocka_unit_test(sealed_nonsense_is_refused),
      cmocka_unit_test(codes_out_of_range_are_refused),
      cmocka_unit_test(codes_at_the_edge_are_taken),
      cmocka_unit_test(a_key_that_is_too_long_is_refused),
      cmocka_unit_test(lookalikes_do_not_cost_the_day),
      cmocka_unit_test(what_only_begins_like_a_record_is_no_damage),
      cmocka_unit_test(a_record_without_effects_vanishes),
      cmocka_unit_test(a_plan_begins_anew_with_nothing),
      cmocka_unit_test(a_plan_that_was_large_keeps_no_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
