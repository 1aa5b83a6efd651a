/* SPDX-License-Identifier: MIT */
/* A journal checked for people: what was torn, cut, changed or exchanged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "machine/machine.h"
#include "support/seal.h"

enum { CHAIN_MOST = 4096, CHAIN_RECORDS = 8 };

/* A journal: two records and a sync record, twice, and two more; where each begins. */
typedef struct chain_story {
  uint8_t bytes[CHAIN_MOST];
  size_t length;
  size_t begins[CHAIN_RECORDS + 1];
} chain_story;

static void story_make(chain_story *story) {
  static const wbi_bytes16 check = {{1}};
  wbi_state state;
  wbi_plan plan;
  wbi_state_init(&state, NULL, WBI_TEXT("practice"), &check);
  wbi_plan_init(&plan, NULL);
  *story = (chain_story){.length = 0};
  for (uint32_t i = 0; i < CHAIN_RECORDS; i++) {
    const wbi_effect seen = {.kind = WBI_EFFECT_SEEN, .id = {{(uint8_t)(i + 1)}}};
    wbi_plan_start(&plan, &state, (wb_time)(100 + i));
    if (i % 3 == 2) {
      assert_int_equal(wbi_plan_sync(&plan, &state), WB_OK);
    } else {
      assert_int_equal(wbi_plan_open(&plan, &state, WBI_BY_RECEIVE), WB_OK);
      assert_int_equal(wbi_plan_add(&plan, &seen), WB_OK);
      wbi_plan_close(&plan);
    }
    story->begins[i] = story->length;
    memcpy(story->bytes + story->length, plan.bytes.data, plan.bytes.count);
    story->length += plan.bytes.count;
    assert_int_equal(wbi_state_reserve(&state, plan.bytes.data, plan.bytes.count), WB_OK);
    wbi_state_commit(&state, plan.bytes.data, plan.bytes.count);
  }
  story->begins[CHAIN_RECORDS] = story->length;
  wbi_plan_free(&plan);
  wbi_state_free(&state);
}

/* Makes a record that was changed whole. */
static void story_seal(chain_story *story, size_t record) {
  const size_t from = story->begins[record], to = story->begins[record + 1];
  seal_record(story->bytes + from, to - from);
}

static wb_status find(const chain_story *story, size_t from, size_t to, wb_chain *chain,
                      wb_error *error) {
  *chain = (wb_chain){.size = sizeof *chain};
  *error = (wb_error){0};
  return wb_journal_find(story->bytes + from, to - from, chain, error);
}

static void test_a_whole_journal_is_sealed_up_to_its_last_sync_record(void **state) {
  (void)state;
  chain_story story;
  wb_chain chain;
  wb_error error;
  story_make(&story);
  assert_int_equal(find(&story, 0, story.length, &chain, &error), WB_OK);
  assert_int_equal(chain.flags, 0);
  assert_int_equal(chain.records, 8);
  assert_int_equal(chain.first, 1);
  assert_int_equal(chain.last, 8);
  assert_int_equal(chain.seals, 2);
  assert_int_equal(chain.sealed, 6);
  assert_int_equal(chain.used, story.length);
  assert_int_equal(chain.begins, 100);
  assert_int_equal(chain.ends, 107);
}

static void test_an_empty_journal_holds_nothing(void **state) {
  (void)state;
  wb_chain chain = {.size = sizeof chain};
  assert_int_equal(wb_journal_find(NULL, 0, &chain, NULL), WB_OK);
  assert_int_equal(chain.records, 0);
  assert_int_equal(chain.first, 0);
  assert_true(chain.begins == WB_TIME_NONE && chain.ends == WB_TIME_NONE);
}

static void test_a_journal_without_its_beginning_is_checked_from_its_first_sync_record(void **s) {
  (void)s;
  chain_story story;
  wb_chain chain;
  wb_error error;
  story_make(&story);
  assert_int_equal(find(&story, story.begins[1], story.length, &chain, &error), WB_OK);
  assert_int_equal(chain.flags, WB_CHAIN_PART);
  assert_int_equal(chain.sealed, 6);
  assert_int_equal(find(&story, story.begins[1], story.begins[5], &chain, &error), WB_OK);
  assert_int_equal(chain.seals, 1);
  assert_int_equal(chain.sealed, 0);
}

static void test_a_torn_last_record_is_told_at_every_length(void **state) {
  (void)state;
  chain_story story;
  wb_chain chain;
  wb_error error;
  story_make(&story);
  for (size_t to = story.begins[7] + 1; to < story.length; to++) {
    assert_int_equal(find(&story, 0, to, &chain, &error), WB_OK);
    assert_int_equal(chain.flags, WB_CHAIN_TORN);
    assert_int_equal(chain.used, story.begins[7]);
    assert_int_equal(chain.records, 7);
  }
}

static void test_no_bit_inside_is_changed_unseen(void **state) {
  (void)state;
  chain_story story;
  wb_chain chain;
  wb_error error;
  story_make(&story);
  for (size_t at = 0; at < story.begins[7]; at++) {
    story.bytes[at] ^= 1;
    assert_int_equal(find(&story, 0, story.length, &chain, &error), WB_E_CORRUPT);
    assert_memory_equal(error.path, "record ", 7);
    assert_int_equal(chain.records, 0);
    story.bytes[at] ^= 1;
  }
}

static void test_a_record_exchanged_with_a_good_checksum_breaks_the_seal(void **state) {
  (void)state;
  chain_story story;
  wb_chain chain;
  wb_error error;
  story_make(&story);
  story.bytes[story.begins[3] + 33] ^= 1;
  story_seal(&story, 3);
  assert_int_equal(find(&story, 0, story.length, &chain, &error), WB_E_CORRUPT);
  assert_string_equal(error.path, "record 6");
  assert_int_equal(find(&story, 0, story.begins[5], &chain, &error), WB_OK);
  assert_int_equal(chain.sealed, 3);
}

static void test_a_missing_record_is_named(void **state) {
  (void)state;
  chain_story story;
  wb_chain chain;
  wb_error error;
  story_make(&story);
  memmove(story.bytes + story.begins[3], story.bytes + story.begins[4],
          story.length - story.begins[4]);
  assert_int_equal(
      find(&story, 0, story.length - (story.begins[4] - story.begins[3]), &chain, &error),
      WB_E_CORRUPT);
  assert_string_equal(error.path, "record 4");
}

static void test_a_newer_record_is_refused(void **state) {
  (void)state;
  chain_story story;
  wb_chain chain;
  wb_error error;
  story_make(&story);
  story.bytes[story.begins[7] + 8] = 2;
  story_seal(&story, 7);
  assert_int_equal(find(&story, 0, story.length, &chain, &error), WB_E_VERSION);
  story.bytes[story.begins[7] + 8] = 1;
  assert_non_null(strstr(error.message, "newer library"));
  story.bytes[story.begins[7] + 32] = 255;
  story_seal(&story, 7);
  assert_int_equal(find(&story, 0, story.length, &chain, &error), WB_E_VERSION);
}

static void test_what_is_missing_is_invalid(void **state) {
  (void)state;
  wb_chain chain = {.size = sizeof chain};
  for (int row = 0; row < 3; row++) {
    wb_error error = {0};
    if (row == 2) chain.size = 8;
    assert_int_equal(wb_journal_find(row ? "" : NULL, !row, row == 1 ? NULL : &chain, &error),
                     WB_E_INVALID);
    assert_non_null(strstr(error.message, "is missing"));
  }
}

/* A record of one effect, alone. */
static size_t record_of(wbi_effect effect, uint8_t *bytes, size_t room) {
  static const wbi_bytes16 check = {{1}};
  wbi_state state;
  wbi_plan plan;
  wbi_state_init(&state, NULL, WBI_TEXT("practice"), &check);
  wbi_plan_init(&plan, NULL);
  wbi_plan_start(&plan, &state, 100);
  assert_int_equal(wbi_plan_open(&plan, &state, WBI_BY_RECEIVE), WB_OK);
  assert_int_equal(wbi_plan_add(&plan, &effect), WB_OK);
  wbi_plan_close(&plan);
  const size_t length = plan.bytes.count;
  assert_true(length < room);
  memcpy(bytes, plan.bytes.data, length);
  wbi_plan_free(&plan);
  wbi_state_free(&state);
  return length;
}

static void a_record_holds_its_effects_and_nothing_more(void **state) {
  uint8_t bytes[512] = {0};
  wb_chain chain = {.size = sizeof chain};
  wb_error error = {0};
  (void)state;
  const size_t length =
      record_of((wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{7}}}, bytes, sizeof bytes - 1);
  assert_int_equal(wb_journal_find(bytes, length, &chain, NULL), WB_OK);
  assert_int_equal(chain.records, 1);
  seal_record(bytes, length + 1);
  assert_int_equal(wb_journal_find(bytes, length + 1, &chain, &error), WB_E_CORRUPT);
  assert_non_null(strstr(error.message, "more than its effects"));
}

/* A code that there is not, in a record that is whole. */
static void a_record_with_an_effect_that_is_none_is_refused(void **state) {
  uint8_t bytes[512] = {0};
  wb_chain chain = {.size = sizeof chain};
  wb_error error = {0};
  (void)state;
  for (uint8_t code = 1; code <= 2; code++) {
    const size_t length =
        record_of((wbi_effect){.kind = WBI_EFFECT_EPOCH, .code = code}, bytes, sizeof bytes);
    assert_int_equal(wb_journal_find(bytes, length, &chain, &error),
                     code == 1 ? WB_OK : WB_E_CORRUPT);
  }
  assert_non_null(strstr(error.message, "an effect that is none"));
  assert_string_equal(error.path, "record 1");
}

/* Of a part of a journal the first seal is of records that are not there, the next one is not. */
static void a_seal_is_checked_from_the_one_before_it(void **unused) {
  static const wbi_bytes16 check = {{1}};
  (void)unused;
  for (int wrong = 0; wrong < 2; wrong++) {
    uint8_t digest[32];
    wbi_sha256 nothing;
    wbi_state state;
    wbi_plan plan;
    wb_chain chain = {.size = sizeof chain};
    wbi_sha256_init(&nothing);
    wbi_sha256_finish(&nothing, digest);
    wbi_state_init(&state, NULL, WBI_TEXT("practice"), &check);
    wbi_plan_init(&plan, NULL);
    state.sequence = 1;
    state.last = 100;
    wbi_plan_start(&plan, &state, 100);
    for (int i = 0; i < 2; i++) {
      const wbi_effect seal = {
          .kind = WBI_EFFECT_SEAL,
          .bytes = {i ? (const char *)digest : "what is not there is thirty-two.", sizeof digest}};
      if (i) digest[0] = (uint8_t)(digest[0] + wrong);
      assert_int_equal(wbi_plan_open(&plan, &state, WBI_BY_SEAL), WB_OK);
      assert_int_equal(wbi_plan_add(&plan, &seal), WB_OK);
      wbi_plan_close(&plan);
    }
    assert_int_equal(wb_journal_find(plan.bytes.data, plan.bytes.count, &chain, NULL),
                     wrong ? WB_E_CORRUPT : WB_OK);
    if (!wrong) assert_int_equal(chain.summed, 3);
    wbi_plan_free(&plan);
    wbi_state_free(&state);
  }
}

/* The sum of a seal is that of all records before it: here of none. */
static void a_seal_fits_what_came_before(void **state) {
  uint8_t bytes[512] = {0}, digest[32];
  wb_chain chain = {.size = sizeof chain};
  wb_error error = {0};
  wbi_sha256 nothing;
  (void)state;
  wbi_sha256_init(&nothing);
  wbi_sha256_finish(&nothing, digest);
  for (int wrong = 0; wrong < 2; wrong++) {
    digest[0] = (uint8_t)(digest[0] + wrong);
    const size_t length = record_of(
        (wbi_effect){.kind = WBI_EFFECT_SEAL, .bytes = {(const char *)digest, sizeof digest}},
        bytes, sizeof bytes);
    assert_int_equal(wb_journal_find(bytes, length, &chain, &error), wrong ? WB_E_CORRUPT : WB_OK);
    if (wrong) assert_non_null(strstr(error.message, "seal does not fit"));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_a_whole_journal_is_sealed_up_to_its_last_sync_record),
      cmocka_unit_test(test_an_empty_journal_holds_nothing),
      cmocka_unit_test(test_a_journal_without_its_beginning_is_checked_from_its_first_sync_record),
      cmocka_unit_test(test_a_torn_last_record_is_told_at_every_length),
      cmocka_unit_test(test_no_bit_inside_is_changed_unseen),
      cmocka_unit_test(test_a_record_exchanged_with_a_good_checksum_breaks_the_seal),
      cmocka_unit_test(test_a_missing_record_is_named),
      cmocka_unit_test(test_a_newer_record_is_refused),
      cmocka_unit_test(test_what_is_missing_is_invalid),
      cmocka_unit_test(a_record_holds_its_effects_and_nothing_more),
      cmocka_unit_test(a_record_with_an_effect_that_is_none_is_refused),
      cmocka_unit_test(a_seal_is_checked_from_the_one_before_it),
      cmocka_unit_test(a_seal_fits_what_came_before),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
