/* SPDX-License-Identifier: MIT */
/* Conversions of CEL, driven directly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "cel/cel_private.h"
#include "cel/convert.h"

/* Calls a function by name. */
static wbi_cel_value call(const char *name, wbi_cel_value from) {
  wbi_cel_run run = {.limit = UINT64_MAX}; /* no conversion of these tests takes memory */
  for (uint32_t i = 0; i < wbi_cel_convert.count; i++) {
    const wbi_cel_overload *row = &wbi_cel_convert.overloads[i];
    if (strcmp(row->name, name) == 0) return row->call(&run, &from, 1);
  }
  return wbi_cel_of_fault(WBI_FAULT_NAME);
}

/* What a text becomes, as text again; "!" and the fault. */
static void becomes(const char *name, const char *text, const char *wanted) {
  char shown[64] = "!";
  wbi_writer writer = {shown, sizeof shown - 1, 0};
  const wbi_cel_value made = call(name, wbi_cel_of_text(wbi_text_of(text)));
  if (made.kind == WBI_KIND_ERROR) {
    wbi_put_char(&writer, '!');
    wbi_put_int(&writer, made.as.integer);
  }
  wbi_cel_put_text_of(&writer, &made);
  shown[writer.length] = '\0';
  assert_string_equal(shown, wanted);
}

static void durations_are_read_exactly_to_their_limits(void **state) {
  (void)state;
  becomes("duration", "1h45m", "6300s");
  becomes("duration", "-1.5h", "-5400s");
  becomes("duration", "100ms", "0.1s");
  becomes("duration", "-1ns", "-0.000000001s");
  becomes("duration", "315576000000s", "315576000000s");
  becomes("duration", "315576000000.000000001s", "!3");
  becomes("duration", "-315576000000s", "-315576000000s");
  becomes("duration", "5124095576030432h", "!3"); /* 3584 s in 64 bits */
  becomes("duration", "1", "!7");
  becomes("duration", "", "!7");
}

static void timestamps_are_read_exactly_to_their_limits(void **state) {
  (void)state;
  becomes("timestamp", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
  becomes("timestamp", "0001-01-01T00:00:00+00:01", "!3");
  becomes("timestamp", "9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z");
  becomes("timestamp", "2026-01-30T10:00:00.50+01:00", "2026-01-30T09:00:00.5Z");
  becomes("timestamp", "2026-01-30T10:00Z", "!7");
  const wbi_cel_value none = call("string", wbi_cel_of(WB_TIME, INT64_MAX));
  assert_int_equal(none.kind, WBI_KIND_ERROR);
  assert_int_equal(none.as.integer, WBI_FAULT_OVERLOAD);
}

static void numbers_are_read_exactly_to_their_limits(void **state) {
  (void)state;
  becomes("int", "+9223372036854775807", "9223372036854775807");
  becomes("int", "9223372036854775808", "!3");
  becomes("uint", "18446744073709551615", "18446744073709551615");
  becomes("double", "-Infinity", "-Infinity");
  becomes("double", "+1e23", "1e+23");
  becomes("bool", "True", "true");
  becomes("bool", "tRUE", "!7");
  assert_int_equal(call("int", wbi_cel_of_double(9223372036854774784.0)).as.integer,
                   9223372036854774784);
  assert_int_equal(call("int", wbi_cel_of_double(-9223372036854775808.0)).kind, WBI_KIND_ERROR);
  assert_int_equal(call("int", wbi_cel_of_double(9223372036854775808.0)).kind, WBI_KIND_ERROR);
  assert_int_equal(call("int", wbi_cel_of_uint(0)).kind, WB_INT);
  assert_int_equal(call("int", wbi_cel_of_uint(UINT64_MAX)).kind, WBI_KIND_ERROR);
  assert_int_equal(call("uint", wbi_cel_of_int(0)).kind, WB_UINT);
  assert_int_equal(call("uint", wbi_cel_of_int(-1)).kind, WBI_KIND_ERROR);
  assert_int_equal(call("uint", wbi_cel_of_double(0)).kind, WB_UINT);
  assert_int_equal(call("uint", wbi_cel_of_double(18446744073709551616.0)).kind, WBI_KIND_ERROR);
  assert_int_equal(call("bytes", wbi_cel_of_text(WBI_TEXT("a"))).kind, WB_BYTES);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(durations_are_read_exactly_to_their_limits),
      cmocka_unit_test(timestamps_are_read_exactly_to_their_limits),
      cmocka_unit_test(numbers_are_read_exactly_to_their_limits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
