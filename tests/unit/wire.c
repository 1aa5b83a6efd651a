/* SPDX-License-Identifier: MIT */
/* Little-endian bytes, written within a buffer and read within its end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

static void numbers_are_little_endian(void **state) {
  (void)state;
  char bytes[32];
  wbi_writer writer = {bytes, sizeof bytes, 0};
  wbi_put_u8(&writer, 0x01);
  wbi_put_u16(&writer, 0x0302);
  wbi_put_u32(&writer, 0x07060504);
  wbi_put_u64(&writer, 0x0f0e0d0c0b0a0908);
  assert_int_equal(writer.length, 15);
  for (int i = 0; i < 15; i++)
    assert_int_equal(bytes[i], i + 1);
}

static void what_is_written_reads_back(void **state) {
  (void)state;
  char bytes[64];
  wbi_writer writer = {bytes, sizeof bytes, 0};
  wbi_put_u8(&writer, 0xFF);
  wbi_put_u16(&writer, 0xFFFE);
  wbi_put_u32(&writer, 0xFFFFFFFD);
  wbi_put_u64(&writer, UINT64_MAX - 3);
  wbi_put_short(&writer, WBI_TEXT("recall"));
  wbi_put_short(&writer, WBI_TEXT(""));
  wbi_put_bytes(&writer, "xyz", 3);
  wbi_reader reader = {(const uint8_t *)bytes, writer.length, 0, false};
  assert_int_equal(wbi_get_u8(&reader), 0xFF);
  assert_int_equal(wbi_get_u16(&reader), 0xFFFE);
  assert_int_equal(wbi_get_u32(&reader), 0xFFFFFFFD);
  assert_true(wbi_get_u64(&reader) == UINT64_MAX - 3);
  assert_true(wbi_text_equal(wbi_get_short(&reader), WBI_TEXT("recall")));
  assert_int_equal(wbi_get_short(&reader).length, 0);
  assert_memory_equal(wbi_get_bytes(&reader, 3), "xyz", 3);
  assert_false(reader.failed);
  assert_int_equal(reader.at, reader.length);
}

static void reader_never_passes_its_end(void **state) {
  (void)state;
  const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 8};
  for (size_t length = 0; length <= 8; length++) {
    wbi_reader reader = {bytes, length, 0, false};
    wbi_get_u64(&reader);
    assert_int_equal(reader.failed, length < 8);
    assert_int_equal(reader.at, length < 8 ? 0 : 8);
  }
  wbi_reader reader = {bytes, sizeof bytes, 0, false};
  assert_null(wbi_get_bytes(&reader, SIZE_MAX));
  assert_true(reader.failed);
}

static void reader_remembers_a_failure(void **state) {
  (void)state;
  const uint8_t bytes[] = {9, 0, 'a', 'b'};
  wbi_reader reader = {bytes, sizeof bytes, 0, false};
  assert_int_equal(wbi_get_short(&reader).length, 0); /* nine bytes are promised, two there */
  assert_true(reader.failed);
  assert_int_equal(wbi_get_u8(&reader), 0);
  assert_int_equal(wbi_get_u16(&reader), 0);
  assert_int_equal(wbi_get_u32(&reader), 0);
  assert_null(wbi_get_bytes(&reader, 0));
}

static void longest_short_text_has_65535_bytes(void **state) {
  (void)state;
  char *big = wbi_alloc(NULL, 65537);
  wbi_writer writer = {big, 65537, 0};
  const wbi_text text = {"", 0};
  wbi_put_short(&writer, text);
  assert_int_equal(writer.length, 2);
  char *long_text = wbi_alloc(NULL, 65535);
  writer.length = 0;
  wbi_put_short(&writer, (wbi_text){long_text, 65535});
  assert_int_equal(writer.length, 65537);
  assert_int_equal((uint8_t)big[0], 0xFF);
  assert_int_equal((uint8_t)big[1], 0xFF);
  wbi_free(NULL, long_text, 65535);
  wbi_free(NULL, big, 65537);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_little_endian),
      cmocka_unit_test(what_is_written_reads_back),
      cmocka_unit_test(reader_never_passes_its_end),
      cmocka_unit_test(reader_remembers_a_failure),
      cmocka_unit_test(longest_short_text_has_65535_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
