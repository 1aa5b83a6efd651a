/* SPDX-License-Identifier: MIT */
/* Handles and tokens: their form, what they hold, and how each kind of bad one is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/message.h>

static const uint8_t link_secret[32] = {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11,
                                        12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                                        23, 24, 25, 26, 27, 28, 29, 30, 31, 32};
static const uint8_t link_id[16] = {16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1};

static wb_link_key key_of(uint32_t id) {
  return (wb_link_key){.size = sizeof(wb_link_key), .data = link_secret, .length = 32, .id = id};
}

static wb_link link_of(int32_t purpose) {
  return (wb_link){.size = sizeof(wb_link),
                   .expires = 1800000000,
                   .handle = {0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7},
                   .purpose = purpose};
}

/* Makes a token that is good. */
static void make_token(uint32_t key_id, int32_t purpose, char token[WB_TOKEN_LENGTH + 1]) {
  const wb_link_key key = key_of(key_id);
  const wb_link link = link_of(purpose);
  size_t length = 0;
  assert_int_equal(wb_link_make(&key, &link, token, WB_TOKEN_LENGTH + 1, &length), WB_OK);
  assert_int_equal(length, WB_TOKEN_LENGTH);
  assert_int_equal(strlen(token), WB_TOKEN_LENGTH);
}

static wb_status parse_token(const char *token, uint32_t key_id, int32_t purpose, wb_time now) {
  const wb_link_key key = key_of(key_id);
  wb_link link = {.size = sizeof link, .key = 77};
  const wb_status status = wb_link_parse(token, strlen(token), &key, purpose, now, &link);
  if (status != WB_OK) assert_int_equal(link.key, 77);
  return status;
}

static void a_handle_is_that_of_its_action_secret_and_purpose(void **state) {
  (void)state;
  char one[20], other[20];
  size_t length = 0;
  assert_int_equal(wb_handle_make(link_secret, 32, WB_LINK_BOOKING, link_id, one, 20, &length),
                   WB_OK);
  assert_int_equal(length, WB_HANDLE_LENGTH);
  assert_string_equal(one, "9AJb5ySl5aoCJKhp"); /* computed with another program */
  assert_int_equal(
      wb_handle_make(link_secret, 32, WB_LINK_UNSUBSCRIBE, link_id, other, 20, &length), WB_OK);
  assert_string_equal(other, "8nAhi7_1OACAGDwg");
  assert_int_equal(wb_handle_make(link_secret, 31, WB_LINK_BOOKING, link_id, other, 20, &length),
                   WB_OK);
  assert_string_not_equal(one, other);
  assert_int_equal(
      wb_handle_make(link_secret, 32, WB_LINK_BOOKING, link_secret, other, 20, &length), WB_OK);
  assert_string_not_equal(one, other);
}

static void a_random_handle_is_its_bytes(void **state) {
  (void)state;
  const uint8_t bytes[12] = {0xFB, 0xFF, 0xBF};
  char text[17];
  size_t length = 0;
  assert_int_equal(wb_handle_format(bytes, text, sizeof text, &length), WB_OK);
  assert_string_equal(text, "-_-_AAAAAAAAAAAA");
  assert_int_equal(wb_handle_format(bytes, text, 15, &length), WB_E_SPACE);
  assert_int_equal(length, 16);
  assert_int_equal(wb_handle_format(NULL, text, sizeof text, &length), WB_E_INVALID);
  assert_int_equal(wb_handle_format(bytes, NULL, 1, &length), WB_E_INVALID);
  assert_int_equal(wb_handle_format(bytes, text, sizeof text, NULL), WB_E_INVALID);
}

static void handles_refuse_what_is_no_secret(void **state) {
  (void)state;
  char text[17];
  size_t length = 0;
  static const uint8_t large[1025];
  assert_int_equal(wb_handle_make(large, 15, 1, link_id, text, 17, &length), WB_E_INVALID);
  assert_int_equal(wb_handle_make(large, 16, 1, link_id, text, 17, &length), WB_OK);
  assert_int_equal(wb_handle_make(large, 1024, 2, link_id, text, 17, &length), WB_OK);
  assert_int_equal(wb_handle_make(large, 1025, 2, link_id, text, 17, &length), WB_E_INVALID);
  assert_int_equal(wb_handle_make(large, 16, 0, link_id, text, 17, &length), WB_E_INVALID);
  assert_int_equal(wb_handle_make(large, 16, 3, link_id, text, 17, &length), WB_E_INVALID);
  assert_int_equal(wb_handle_make(NULL, 16, 1, link_id, text, 17, &length), WB_E_INVALID);
  assert_int_equal(wb_handle_make(large, 16, 1, NULL, text, 17, &length), WB_E_INVALID);
  assert_int_equal(wb_handle_make(large, 16, 1, link_id, NULL, 0, &length), WB_E_SPACE);
  assert_int_equal(length, 16);
}

static void a_token_says_what_was_put_in(void **state) {
  (void)state;
  char token[WB_TOKEN_LENGTH + 1];
  const wb_link_key key = key_of(7);
  wb_link link = {.size = sizeof link};
  make_token(7, WB_LINK_BOOKING, token);
  assert_string_equal(
      token, "AQcBa0nSAKChoqOkpaanN1Cft6sk_JFFtqD9KJVQFg"); /* computed with another program */
  assert_int_equal(wb_link_parse(token, 42, &key, WB_LINK_BOOKING, 1799999999, &link), WB_OK);
  assert_int_equal(link.expires, 1800000000);
  assert_int_equal(link.purpose, WB_LINK_BOOKING);
  assert_int_equal(link.key, 7);
  assert_memory_equal(link.handle, link_of(1).handle, 8);
  make_token(255, WB_LINK_UNSUBSCRIBE, token);
  assert_int_equal(parse_token(token, 255, WB_LINK_UNSUBSCRIBE, 0), WB_OK);
}

static void a_token_is_good_until_it_expires(void **state) {
  (void)state;
  char token[WB_TOKEN_LENGTH + 1];
  make_token(0, WB_LINK_BOOKING, token);
  assert_int_equal(parse_token(token, 0, WB_LINK_BOOKING, 1799999999), WB_OK);
  assert_int_equal(parse_token(token, 0, WB_LINK_BOOKING, 1800000000), WB_E_STATE);
  assert_int_equal(parse_token(token, 0, WB_LINK_BOOKING, INT64_MAX), WB_E_STATE);
  assert_int_equal(parse_token(token, 0, WB_LINK_BOOKING, INT64_MIN), WB_OK);
}

static void a_token_for_one_purpose_is_none_for_another(void **state) {
  (void)state;
  char booking[WB_TOKEN_LENGTH + 1], leaving[WB_TOKEN_LENGTH + 1];
  make_token(0, WB_LINK_BOOKING, booking);
  make_token(0, WB_LINK_UNSUBSCRIBE, leaving);
  assert_int_equal(parse_token(booking, 0, WB_LINK_UNSUBSCRIBE, 0), WB_E_TYPE);
  assert_int_equal(parse_token(leaving, 0, WB_LINK_BOOKING, 0), WB_E_TYPE);
  /* The purpose of one under the signature of the other. */
  memcpy(booking + 20, leaving + 20, 22);
  assert_int_equal(parse_token(booking, 0, WB_LINK_BOOKING, 0), WB_E_CORRUPT);
}

static void another_key_is_named_and_another_secret_is_not(void **state) {
  (void)state;
  static const uint8_t other[32] = {9};
  char token[WB_TOKEN_LENGTH + 1];
  wb_link link = {.size = sizeof link};
  wb_link_key key = key_of(3);
  make_token(3, WB_LINK_BOOKING, token);
  assert_int_equal(parse_token(token, 4, WB_LINK_BOOKING, 0), WB_E_NAME);
  key.data = other;
  assert_int_equal(wb_link_parse(token, 42, &key, WB_LINK_BOOKING, 0, &link), WB_E_CORRUPT);
}

/* Every character changed to every other: no token but the one that was made is good. */
static void no_change_is_overlooked(void **state) {
  (void)state;
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  char token[WB_TOKEN_LENGTH + 1];
  make_token(0, WB_LINK_BOOKING, token);
  for (size_t i = 0; i < WB_TOKEN_LENGTH; i++) {
    const char right = token[i];
    for (size_t j = 0; j < 64; j++) {
      token[i] = digits[j];
      const wb_status status = parse_token(token, 0, WB_LINK_BOOKING, 0);
      if (digits[j] == right) {
        assert_int_equal(status, WB_OK);
      } else if (status != WB_E_CORRUPT && status != WB_E_VERSION && status != WB_E_NAME) {
        assert_int_equal(status, WB_E_SYNTAX); /* bits that a token has no room for */
        assert_int_equal(i, WB_TOKEN_LENGTH - 1);
      }
    }
    token[i] = right;
  }
}

static void what_is_not_of_its_form_is_refused(void **state) {
  (void)state;
  char token[WB_TOKEN_LENGTH + 2];
  make_token(0, WB_LINK_BOOKING, token);
  assert_int_equal(parse_token("", 0, WB_LINK_BOOKING, 0), WB_E_SYNTAX);
  memcpy(token + 42, "A", 2);
  assert_int_equal(parse_token(token, 0, WB_LINK_BOOKING, 0), WB_E_SYNTAX);
  token[41] = '\0';
  assert_int_equal(parse_token(token, 0, WB_LINK_BOOKING, 0), WB_E_SYNTAX);
  make_token(0, WB_LINK_BOOKING, token);
  token[30] = '+';
  assert_int_equal(parse_token(token, 0, WB_LINK_BOOKING, 0), WB_E_SYNTAX);
  make_token(0, WB_LINK_BOOKING, token);
  token[1] = 'g'; /* the first byte becomes 2 */
  assert_int_equal(parse_token(token, 0, WB_LINK_BOOKING, 0), WB_E_VERSION);
}

static void bounds_of_keys_and_times_are_held(void **state) {
  (void)state;
  static const uint8_t longest[1024] = {1};
  char token[WB_TOKEN_LENGTH + 1];
  size_t length = 0;
  wb_link_key key = key_of(255);
  wb_link link = link_of(WB_LINK_BOOKING);
  assert_int_equal(wb_link_make(&key, &link, NULL, 0, &length), WB_E_SPACE);
  assert_int_equal(length, WB_TOKEN_LENGTH);
  assert_int_equal(wb_link_make(&key, &link, token, 41, &length), WB_E_SPACE);
  key.id = 256;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_E_INVALID);
  key = key_of(0);
  key.length = 15;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_E_INVALID);
  key.length = 16;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_OK);
  key.data = longest;
  key.length = 1024;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_OK);
  key.length = 1025;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_E_INVALID);
  key = key_of(0);
  key.data = NULL;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_E_INVALID);
  key = key_of(0);
  key.flags = 1;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_E_VERSION);
  key = key_of(0);
  link.expires = 0;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_E_RANGE);
  link.expires = 1;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_OK);
  link.expires = UINT32_MAX;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_OK);
  assert_int_equal(parse_token(token, 0, WB_LINK_BOOKING, UINT32_MAX - 1), WB_OK);
  link.expires = (wb_time)UINT32_MAX + 1;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_E_RANGE);
  link.expires = 1;
  link.purpose = 3;
  assert_int_equal(wb_link_make(&key, &link, token, 43, &length), WB_E_INVALID);
  assert_int_equal(wb_link_make(NULL, &link, token, 43, &length), WB_E_INVALID);
  assert_int_equal(wb_link_make(&key, NULL, token, 43, &length), WB_E_INVALID);
  link.purpose = 1;
  assert_int_equal(wb_link_make(&key, &link, token, 43, NULL), WB_E_INVALID);
}

static void reading_needs_a_key_a_purpose_and_a_place(void **state) {
  (void)state;
  char token[WB_TOKEN_LENGTH + 1];
  const wb_link_key key = key_of(0);
  wb_link link = {.size = sizeof link};
  make_token(0, WB_LINK_BOOKING, token);
  assert_int_equal(wb_link_parse(NULL, 42, &key, 1, 0, &link), WB_E_INVALID);
  assert_int_equal(wb_link_parse(NULL, 0, &key, 1, 0, &link), WB_E_SYNTAX);
  assert_int_equal(wb_link_parse(token, 42, NULL, 1, 0, &link), WB_E_INVALID);
  assert_int_equal(wb_link_parse(token, 42, &key, 0, 0, &link), WB_E_INVALID);
  assert_int_equal(wb_link_parse(token, 42, &key, 1, 0, NULL), WB_E_INVALID);
  link.size--;
  assert_int_equal(wb_link_parse(token, 42, &key, 1, 0, &link), WB_E_INVALID);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_handle_is_that_of_its_action_secret_and_purpose),
      cmocka_unit_test(a_random_handle_is_its_bytes),
      cmocka_unit_test(handles_refuse_what_is_no_secret),
      cmocka_unit_test(a_token_says_what_was_put_in),
      cmocka_unit_test(a_token_is_good_until_it_expires),
      cmocka_unit_test(a_token_for_one_purpose_is_none_for_another),
      cmocka_unit_test(another_key_is_named_and_another_secret_is_not),
      cmocka_unit_test(no_change_is_overlooked),
      cmocka_unit_test(what_is_not_of_its_form_is_refused),
      cmocka_unit_test(bounds_of_keys_and_times_are_held),
      cmocka_unit_test(reading_needs_a_key_a_purpose_and_a_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
