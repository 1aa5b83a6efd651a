/* SPDX-License-Identifier: MIT */
/*
 * Formats of journal and snapshot: a host names the one that is written, a newer one is refused.
 * Built twice: as it is, and as the library of a future in which there is one format more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "machine/snapshot_private.h"
#include "support/clinic.h"
#include "support/seal.h"

enum {
  FORMAT_AT = 8,
  SNAPSHOT_FORMAT_AT = 4,
  SNAPSHOT_LEAST_AT = 6,
  SECTIONS_AT = 16,
  SECTION_HEAD = WBI_TAG + 8,
  SECTIONS_MOST = WBI_SECTIONS + 2,
  ROOM = 4096
};

/* A clinic that writes in a format, with somebody who was written to. */
static void formats_open(clinic *c, uint32_t format) {
  const wb_practice_options more = {.size = sizeof more, .write_format = format};
  clinic_begin(c, CLINIC_ANA CLINIC_BEN, &more);
  assert_int_equal(clinic_poll(c), 2);
  clinic_sent(c);
}

static uint32_t formats_read(const uint8_t *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8;
}

/* Ends the test unless the records from `from` on are all of a format; how many there are. */
static uint32_t formats_records(const clinic *c, uint64_t from, uint32_t format) {
  uint32_t count = 0;
  wb_record record = {.size = sizeof record};
  while (wb_journal_next(c->journal.bytes, c->journal.length, &from, &record) == WB_OK) {
    assert_int_equal(formats_read(c->journal.bytes + record.offset + FORMAT_AT), format);
    count++;
  }
  assert_int_equal(from, c->journal.length);
  return count;
}

static void a_host_names_the_format_that_is_written(void **state) {
  (void)state;
  for (uint32_t named = 0; named <= WBI_FORMAT_NEWEST; named++) {
    clinic c;
    size_t length = 0;
    const uint32_t format = named ? named : WBI_FORMAT_NEWEST;
    formats_open(&c, named);
    assert_true(formats_records(&c, 0, format) > 4);
    uint8_t *bytes = clinic_save(c.practice, &length);
    assert_int_equal(formats_read(bytes + SNAPSHOT_FORMAT_AT), format);
    assert_int_equal(formats_read(bytes + SNAPSHOT_LEAST_AT), format);
    free(bytes);
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_renew(&c, CLINIC_LOADED);
    clinic_close(&c);
  }
}

static void a_format_that_there_is_not_is_refused(void **state) {
  (void)state;
  static const uint32_t formats[] = {WBI_FORMAT_NEWEST + 1, 0x10001, UINT32_MAX};
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < WBI_COUNT(formats); i++) {
    wb_practice *made = NULL;
    wb_error error = {0};
    wb_practice_options options = c.options;
    options.write_format = formats[i];
    assert_int_equal(wb_practice_new(c.context, c.it.schema, NULL, &options, &made, &error),
                     WB_E_VERSION);
    assert_int_equal(error.status, WB_E_VERSION);
    assert_null(made);
  }
  clinic_close(&c);
}

/* While a fleet is upgraded, newer processes write what the older ones read; then they do not. */
static void records_of_several_formats_make_one_journal(void **state) {
  (void)state;
  clinic c;
  formats_open(&c, WB_FORMAT_OLDEST);
  const uint64_t before = c.journal.length;
  wb_practice_free(c.practice);
  c.options.write_format = 0;
  c.practice = clinic_practice(&c, NULL);
  clinic_replay(&c, c.practice);
  c.now += CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "");
  assert_int_equal(clinic_poll(&c), 2);
  assert_true(formats_records(&c, before, WBI_FORMAT_NEWEST) > 1);
  clinic_renew(&c, CLINIC_REPLAYED);
  clinic_renew(&c, CLINIC_LOADED);
  clinic_close(&c);
}

/* Every reader of journals says so, and changes nothing. */
static void formats_refused(clinic *c, uint8_t *bytes, size_t length, uint64_t offset) {
  char text[ROOM];
  size_t needed = 0;
  uint64_t cursor = 0, at = offset;
  wb_record record = {.size = sizeof record};
  wb_chain chain = {.size = sizeof chain};
  wb_replay replay = {.size = sizeof replay};
  const wb_entry_query query = {.size = sizeof query};
  wb_error error = {0};
  wb_practice *practice = clinic_practice(c, NULL);
  assert_int_equal(wb_practice_replay(practice, bytes, length, &replay, &error), WB_E_VERSION);
  assert_string_equal(error.message, "The journal was written by a newer library.");
  assert_int_equal(wb_practice_sequence(practice), 0);
  wb_practice_free(practice);
  assert_int_equal(wb_journal_next(bytes, length, &at, &record), WB_E_VERSION);
  assert_int_equal(at, offset);
  assert_int_equal(wb_journal_find(bytes, length, &chain, NULL), WB_E_VERSION);
  assert_int_equal(wb_journal_format(bytes, length, offset, text, sizeof text, &needed),
                   WB_E_VERSION);
  assert_int_equal(
      wb_journal_entry(NULL, bytes, length, &query, &cursor, text, sizeof text, &needed),
      WB_E_VERSION);
  assert_int_equal(
      wb_journal_explain(NULL, bytes, length, c->actions[0].id, text, sizeof text, &needed),
      WB_E_VERSION);
}

static void a_journal_of_a_newer_format_is_refused(void **state) {
  (void)state;
  clinic c;
  formats_open(&c, 0);
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  while (wb_journal_next(c.journal.bytes, c.journal.length, &offset, &record) == WB_OK) {
    const uint64_t at = record.offset;
    uint8_t *bytes = malloc(c.journal.length);
    memcpy(bytes, c.journal.bytes, c.journal.length);
    bytes[at + FORMAT_AT] = WBI_FORMAT_NEWEST + 1;
    seal_journal(bytes, c.journal.length);
    formats_refused(&c, bytes, c.journal.length, at);
    free(bytes);
  }
  clinic_close(&c);
}

/* An effect that only a newer library knows; it may come in a record of a format that is known. */
static void an_effect_from_the_future_is_refused(void **state) {
  (void)state;
  clinic c;
  formats_open(&c, 0);
  wb_replay replay = {.size = sizeof replay};
  wb_error error = {0};
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  assert_int_equal(wb_journal_next(c.journal.bytes, c.journal.length, &offset, &record), WB_OK);
  assert_int_equal(wb_journal_next(c.journal.bytes, c.journal.length, &offset, &record), WB_OK);
  uint8_t *bytes = malloc(c.journal.length);
  memcpy(bytes, c.journal.bytes, c.journal.length);
  bytes[record.offset + 32] = WBI_EFFECT_COUNT;
  seal_journal(bytes, c.journal.length);
  wb_practice *practice = clinic_practice(&c, NULL);
  assert_int_equal(wb_practice_replay(practice, bytes, c.journal.length, &replay, &error),
                   WB_E_VERSION);
  assert_int_equal(wb_practice_sequence(practice), 0);
  wb_practice_free(practice);
  free(bytes);
  clinic_close(&c);
}

/* Loads bytes in the place of what a clinic saved: the same state, or none. */
static wb_status formats_load(clinic *c, uint8_t *bytes, size_t length) {
  seal_snapshot(bytes, length);
  wb_practice *loaded = clinic_practice(c, NULL);
  const wb_status status = wb_practice_load(loaded, bytes, length, NULL);
  if (status == WB_OK) clinic_same(c->practice, loaded);
  if (status != WB_OK) assert_int_equal(wb_practice_sequence(loaded), 0);
  wb_practice_free(loaded);
  return status;
}

/* A snapshot with its head changed. */
static wb_status formats_head(clinic *c, uint8_t format, uint8_t least) {
  size_t length = 0;
  uint8_t *bytes = clinic_save(c->practice, &length);
  bytes[SNAPSHOT_FORMAT_AT] = format;
  bytes[SNAPSHOT_LEAST_AT] = least;
  const wb_status status = formats_load(c, bytes, length);
  free(bytes);
  return status;
}

static void a_snapshot_says_who_may_read_it(void **state) {
  (void)state;
  enum { NOW = WBI_FORMAT_NEWEST, THEN = NOW + 1 };
  clinic c;
  formats_open(&c, 0);
  assert_int_equal(formats_head(&c, NOW, NOW), WB_OK);
  assert_int_equal(formats_head(&c, THEN, THEN), WB_E_VERSION);
  assert_int_equal(formats_head(&c, THEN, NOW), WB_OK);
  assert_int_equal(formats_head(&c, 0, 0), WB_E_VERSION); /* before the first release */
  assert_int_equal(formats_head(&c, 0, NOW), WB_E_VERSION);
  clinic_close(&c);
}

/* Where the sections of a snapshot begin, and last where they end. */
static void formats_sections(const uint8_t *bytes, size_t length, size_t *at) {
  size_t count = 0;
  at[0] = SECTIONS_AT;
  while (at[count] < length - sizeof(uint32_t)) {
    assert_in_range(count, 0, SECTIONS_MOST - 2);
    at[count + 1] = at[count] + SECTION_HEAD + seal_read(bytes + at[count] + WBI_TAG);
    count++;
  }
  assert_int_equal(at[count], length - sizeof(uint32_t));
  assert_int_equal(count, WBI_SECTIONS);
}

/* Loads a snapshot with a section put in at `at`: its tag, and bytes that nobody knows. */
static wb_status formats_with(clinic *c, size_t at, const char *tag, uint8_t more) {
  size_t length = 0;
  uint8_t *saved = clinic_save(c->practice, &length);
  const size_t added = SECTION_HEAD + (size_t)more, all = length + added;
  uint8_t *bytes = calloc(1, all);
  memcpy(bytes, saved, at);
  memcpy(bytes + at, tag, WBI_TAG);
  bytes[at + WBI_TAG] = more;
  memset(bytes + at + SECTION_HEAD, 0xa5, more);
  memcpy(bytes + at + added, saved + at, length - at);
  const wb_status status = formats_load(c, bytes, all);
  free(bytes);
  free(saved);
  return status;
}

/* As in PNG, the case of a tag's first letter tells. */
static void a_section_that_nobody_knows_is_left_out_if_it_is_ancillary(void **state) {
  (void)state;
  clinic c;
  size_t at[SECTIONS_MOST], length = 0;
  formats_open(&c, 0);
  uint8_t *saved = clinic_save(c.practice, &length);
  formats_sections(saved, length, at);
  for (size_t i = 0; i <= WBI_SECTIONS; i++) {
    assert_int_equal(formats_with(&c, at[i], "newS", 40), WB_OK);
    assert_int_equal(formats_with(&c, at[i], "news", 0), WB_OK);
    assert_int_equal(formats_with(&c, at[i], "News", 40), WB_E_VERSION);
    assert_int_equal(formats_with(&c, at[i], "NEWS", 0), WB_E_VERSION);
    assert_int_equal(formats_with(&c, at[i], "gIFT", 40), WB_OK); /* not the one we know */
  }
  free(saved);
  clinic_close(&c);
}

/* A known section is there once, in its place and of its length. */
static void sections_that_are_not_in_order_are_damage(void **state) {
  (void)state;
  clinic c;
  size_t at[SECTIONS_MOST], length = 0;
  formats_open(&c, 0);
  uint8_t *saved = clinic_save(c.practice, &length);
  formats_sections(saved, length, at);
  for (size_t i = 0; i < WBI_SECTIONS; i++) {
    const size_t size = at[i + 1] - at[i];
    uint8_t *bytes = malloc(length + size + 1);
    memcpy(bytes, saved, at[i]); /* left out */
    memcpy(bytes + at[i], saved + at[i + 1], length - at[i + 1]);
    assert_int_equal(formats_load(&c, bytes, length - size), WB_E_CORRUPT);
    memcpy(bytes, saved, at[i + 1]); /* twice */
    memcpy(bytes + at[i + 1], saved + at[i], length - at[i]);
    assert_int_equal(formats_load(&c, bytes, length + size), WB_E_CORRUPT);
    memcpy(bytes, saved, at[i + 1]); /* longer than what is in it */
    bytes[at[i + 1]] = 0;
    memcpy(bytes + at[i + 1] + 1, saved + at[i + 1], length - at[i + 1]);
    seal_write(bytes + at[i] + WBI_TAG, (uint32_t)(size - SECTION_HEAD + 1));
    assert_int_equal(formats_load(&c, bytes, length + 1), WB_E_CORRUPT);
    free(bytes);
  }
  free(saved);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_host_names_the_format_that_is_written),
      cmocka_unit_test(a_format_that_there_is_not_is_refused),
      cmocka_unit_test(records_of_several_formats_make_one_journal),
      cmocka_unit_test(a_journal_of_a_newer_format_is_refused),
      cmocka_unit_test(an_effect_from_the_future_is_refused),
      cmocka_unit_test(a_snapshot_says_who_may_read_it),
      cmocka_unit_test(a_section_that_nobody_knows_is_left_out_if_it_is_ancillary),
      cmocka_unit_test(sections_that_are_not_in_order_are_damage),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
