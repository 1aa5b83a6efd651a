/* SPDX-License-Identifier: MIT */
/* Status codes in words, the version, sizes of structs, structs of other releases, errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

#include <winback/winback.h>

static void every_code_has_its_name_and_a_sentence(void **state) {
  (void)state;
  assert_string_equal(wb_status_name(WB_OK), "WB_OK");
  assert_string_equal(wb_status_name(WB_E_NOMEM), "WB_E_NOMEM");
  assert_string_equal(wb_status_name(WB_E_RANGE), "WB_E_RANGE");
  assert_string_equal(wb_status_name(WB_E_NAME), "WB_E_NAME");
  assert_string_equal(wb_status_name(WB_E_CORRUPT), "WB_E_CORRUPT");
  assert_string_equal(wb_status_name(WB_E_ABORTED), "WB_E_ABORTED");
  for (wb_status status = WB_E_ABORTED; status <= WB_OK; status++) {
    const char *text = wb_status_text(status);
    assert_int_equal(text[strlen(text) - 1], '.');
    assert_int_equal(strncmp(wb_status_name(status), "WB_", 3), 0);
    for (wb_status other = WB_E_ABORTED; other < status; other++) {
      assert_string_not_equal(text, wb_status_text(other));
    }
  }
}

static void codes_that_do_not_exist_are_unknown(void **state) {
  (void)state;
  const wb_status strange[] = {1, WB_E_ABORTED - 1, INT32_MAX, INT32_MIN};
  for (size_t i = 0; i < WBI_COUNT(strange); i++) {
    assert_string_equal(wb_status_name(strange[i]), "WB_E_UNKNOWN");
    assert_string_equal(wb_status_text(strange[i]), "The code is not one of this library.");
  }
}

static void version_number_and_text_agree(void **state) {
  (void)state;
  assert_int_equal(wb_version(), 1000);
  assert_string_equal(wb_version_text(), "0.1.0");
}

static void struct_sizes_are_known_by_name(void **state) {
  (void)state;
  assert_int_equal(wb_struct_size("wb_error"), 256);
  assert_int_equal(wb_struct_size("wb_context_options"), sizeof(wb_context_options));
  assert_int_equal(wb_struct_size("wb_local"), 12);
  assert_int_equal(wb_struct_size("wb_interval"), 8);
  assert_int_equal(wb_struct_size("wb_action"), sizeof(wb_action));
  assert_int_equal(wb_struct_size("wb_record"), sizeof(wb_record));
  assert_int_equal(wb_struct_size("wb_erro"), 0);
  assert_int_equal(wb_struct_size("wb_error2"), 0);
  assert_int_equal(wb_struct_size(""), 0);
  assert_int_equal(wb_struct_size(NULL), 0);
}

/* A struct as this library knows it, and as a later release might. */
typedef struct sample {
  uint32_t size, flags;
  uint64_t a, b;
} sample;

typedef struct later_sample {
  uint32_t size, flags;
  uint64_t a, b, c;
} later_sample;

enum { FIRST_RELEASE = offsetof(sample, b) };

static void older_struct_is_read_with_zeros_for_what_it_lacks(void **state) {
  (void)state;
  const sample from = {FIRST_RELEASE, 1, 7, 8};
  sample known = {9, 9, 9, 9};
  assert_int_equal(wbi_struct_read(&from, FIRST_RELEASE, &known, sizeof known, 1, NULL), WB_OK);
  assert_int_equal(known.size, sizeof known);
  assert_int_equal(known.flags, 1);
  assert_int_equal(known.a, 7);
  assert_int_equal(known.b, 0);
}

static void newer_struct_is_read_when_the_rest_is_zero(void **state) {
  (void)state;
  later_sample from = {sizeof from, 0, 7, 8, 0};
  sample known = {0};
  wb_error error;
  assert_int_equal(wbi_struct_read(&from, FIRST_RELEASE, &known, sizeof known, 0, &error), WB_OK);
  assert_int_equal(known.size, sizeof known);
  assert_int_equal(known.b, 8);
  from.c = (uint64_t)1 << 56;
  known.b = 5;
  assert_int_equal(wbi_struct_read(&from, FIRST_RELEASE, &known, sizeof known, 0, &error),
                   WB_E_VERSION);
  assert_int_equal(error.status, WB_E_VERSION);
  assert_int_equal(known.b, 5);
}

static void struct_of_wrong_size_or_flags_is_refused(void **state) {
  (void)state;
  sample from = {FIRST_RELEASE - 1, 0, 0, 0};
  sample known = {0};
  assert_int_equal(wbi_struct_read(&from, FIRST_RELEASE, &known, sizeof known, 0, NULL),
                   WB_E_INVALID);
  from.size = 4;
  assert_int_equal(wbi_struct_read(&from, 4, &known, sizeof known, 0, NULL), WB_E_INVALID);
  from.size = UINT32_MAX; /* nothing behind the struct is read */
  assert_int_equal(wbi_struct_read(&from, FIRST_RELEASE, &known, sizeof known, 0, NULL),
                   WB_E_VERSION);
  from = (sample){sizeof from, 4, 0, 0};
  assert_int_equal(wbi_struct_read(&from, FIRST_RELEASE, &known, sizeof known, 3, NULL),
                   WB_E_VERSION);
  assert_int_equal(wbi_struct_read(NULL, FIRST_RELEASE, &known, sizeof known, 3, NULL),
                   WB_E_INVALID);
  assert_int_equal(known.size, 0);
}

static void result_is_written_within_the_size_of_the_host(void **state) {
  (void)state;
  const sample known = {sizeof known, 3, 1, 2};
  sample older = {FIRST_RELEASE, 9, 9, 9};
  assert_int_equal(wbi_struct_write(&older, FIRST_RELEASE, &known, sizeof known), WB_OK);
  assert_int_equal(older.size, FIRST_RELEASE);
  assert_int_equal(older.flags, 3);
  assert_int_equal(older.a, 1);
  assert_int_equal(older.b, 9);
  later_sample later = {sizeof later, 9, 9, 9, 9};
  assert_int_equal(wbi_struct_write(&later, FIRST_RELEASE, &known, sizeof known), WB_OK);
  assert_int_equal(later.size, sizeof later);
  assert_int_equal(later.b, 2);
  assert_int_equal(later.c, 0);
}

static void result_of_wrong_size_is_not_written(void **state) {
  (void)state;
  const sample known = {sizeof known, 3, 1, 2};
  sample to = {FIRST_RELEASE - 1, 9, 9, 9};
  assert_int_equal(wbi_struct_write(&to, FIRST_RELEASE, &known, sizeof known), WB_E_INVALID);
  to.size = 5000;
  assert_int_equal(wbi_struct_write(&to, FIRST_RELEASE, &known, sizeof known), WB_E_INVALID);
  assert_int_equal(wbi_struct_write(NULL, FIRST_RELEASE, &known, sizeof known), WB_E_INVALID);
  assert_int_equal(to.flags, 9);
}

static void results_are_written_a_stride_apart(void **state) {
  (void)state;
  const sample known[] = {{sizeof known[0], 3, 1, 2}, {sizeof known[0], 4, 5, 6}};
  static sample to[1024];
  wbi_vector results;
  wbi_vector_init(&results, NULL, sizeof known[0], 2);
  for (size_t i = 0; i < WBI_COUNT(known); i++)
    *(sample *)wbi_vector_push(&results) = known[i];
  assert_int_equal(wbi_structs_write(to, 2 * sizeof to[0], &results), WB_OK);
  assert_int_equal(to[0].a, 1);
  assert_int_equal(to[2].size, 2 * sizeof to[0]);
  assert_int_equal(to[2].b, 6);
  assert_int_equal(wbi_structs_write(to, sizeof to[0] - 1, &results), WB_E_INVALID);
  assert_int_equal(wbi_structs_write(to, 5000, &results), WB_E_INVALID);
  wbi_vector_free(&results);
}

static void a_stride_is_a_size_that_a_struct_can_have(void **state) {
  (void)state;
  uint64_t place = 0;
  const struct {
    uint32_t size, alignment;
    bool fits;
  } cases[] = {{15, 8, false}, {16, 8, true},         {20, 8, false},  {24, 8, true},
               {20, 4, true},  {22, 4, false},        {4096, 8, true}, {4104, 8, false},
               {0, 8, false},  {UINT32_MAX, 8, false}};
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    memcpy(&place, &cases[i].size, sizeof cases[i].size);
    assert_int_equal(wbi_structs_fit(&place, 1, 16, cases[i].alignment), cases[i].fits);
  }
  assert_false(wbi_structs_fit(NULL, 1, 16, 8));
  assert_true(wbi_structs_fit(NULL, 0, 16, 8));
}

static void error_holds_message_place_and_path(void **state) {
  (void)state;
  wb_error error;
  memset(&error, 0xAA, sizeof error);
  assert_int_equal(wbi_fail_at(&error, WB_E_SYNTAX, WBI_TEXT("ab\ncd"), 4, "No."), WB_E_SYNTAX);
  assert_int_equal(error.status, WB_E_SYNTAX);
  assert_int_equal(error.line, 2);
  assert_int_equal(error.column, 2);
  assert_int_equal(error.reserved, 0);
  assert_string_equal(error.path, "");
  assert_string_equal(error.message, "No.");
  assert_int_equal(wbi_fail_path(&error, WB_E_TYPE, WBI_TEXT("/b"), "Yes."), WB_E_TYPE);
  assert_int_equal(error.line, 0);
  assert_string_equal(error.path, "/b");
  wbi_error_prefix(&error, WBI_TEXT("/a"));
  assert_string_equal(error.path, "/a/b");
}

static void error_may_be_missing(void **state) {
  (void)state;
  assert_int_equal(wbi_fail(NULL, WB_E_NAME, "No."), WB_E_NAME);
  assert_int_equal(wbi_fail_at(NULL, WB_E_SYNTAX, WBI_TEXT("x"), 0, "No."), WB_E_SYNTAX);
  assert_int_equal(wbi_fail_path(NULL, WB_E_TYPE, WBI_TEXT("/x"), "No."), WB_E_TYPE);
  wbi_error_prefix(NULL, WBI_TEXT("/x"));
}

static void long_names_are_cut_between_characters(void **state) {
  (void)state;
  char name[200];
  wb_error error;
  for (size_t i = 0; i < sizeof name; i += 2)
    memcpy(name + i, "\xC3\xA9", 2);
  wbi_fail_name(&error, WB_E_NAME, "x", (wbi_text){name, sizeof name}, ".");
  assert_int_equal(strlen(error.message), 159); /* 1 + 79 * 2 */
  wbi_fail_name(&error, WB_E_NAME, "", (wbi_text){name, sizeof name}, ".");
  assert_int_equal(strlen(error.message), 158);
  assert_true(wbi_utf8_valid(wbi_text_of(error.message)));
  wbi_fail_name(&error, WB_E_NAME, "", (wbi_text){name, 158}, ".");
  assert_int_equal(strlen(error.message), 159);
  assert_int_equal(error.message[158], '.');
  wbi_error_path(&error, (wbi_text){name, sizeof name});
  assert_int_equal(strlen(error.path), 78);
  memset(name, 0x80, sizeof name); /* no character begins anywhere */
  wbi_fail_name(&error, WB_E_NAME, "", (wbi_text){name, sizeof name}, "");
  assert_string_equal(error.message, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_code_has_its_name_and_a_sentence),
      cmocka_unit_test(codes_that_do_not_exist_are_unknown),
      cmocka_unit_test(version_number_and_text_agree),
      cmocka_unit_test(struct_sizes_are_known_by_name),
      cmocka_unit_test(older_struct_is_read_with_zeros_for_what_it_lacks),
      cmocka_unit_test(newer_struct_is_read_when_the_rest_is_zero),
      cmocka_unit_test(struct_of_wrong_size_or_flags_is_refused),
      cmocka_unit_test(result_is_written_within_the_size_of_the_host),
      cmocka_unit_test(result_of_wrong_size_is_not_written),
      cmocka_unit_test(results_are_written_a_stride_apart),
      cmocka_unit_test(a_stride_is_a_size_that_a_struct_can_have),
      cmocka_unit_test(error_holds_message_place_and_path),
      cmocka_unit_test(error_may_be_missing),
      cmocka_unit_test(long_names_are_cut_between_characters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
