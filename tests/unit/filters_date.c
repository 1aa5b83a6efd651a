/* SPDX-License-Identifier: MIT */
/* Dates in templates: what is one, and how it is written. */
#include "support/filtered.h"

static wb_value day_of(int32_t year, int32_t month, int32_t day) {
  wb_date date = 0;
  assert_int_equal(wb_date_make(year, month, day, &date), WB_OK);
  wb_value value = wbi_value_int(date);
  value.kind = WB_DATE;
  return value;
}

/* The date filter on a text. */
static void writes(const char *expected, const char *date, const char *format) {
  char quoted[256];
  wbi_writer writer = {quoted, sizeof quoted, 0};
  wbi_put_char(&writer, '\'');
  wbi_put_text(&writer, wbi_text_of(expected));
  wbi_put_text(&writer, WBI_TEXT("'"));
  wbi_put_char(&writer, '\0');
  says_with(quoted, "date", text_of(date), text_of(format));
}

static void refuses(const char *date, const char *format) {
  fails_with(WB_E_RANGE, "date", text_of(date), text_of(format));
}

static void dates_are_read_in_iso_8601(void **state) {
  (void)state;
  const char *format = "%Y-%m-%d %H:%M:%S %z";
  writes("2020-06-15 00:00:00 +0000", "2020-06-15", format);
  writes("2020-06-15 14:30:00 +0000", " 2020-06-15 14:30 ", format);
  writes("2020-06-15 14:30:45 +0000", "2020-06-15T14:30:45Z", format);
  writes("2020-06-15 14:30:45 -0400", "2020-06-15T14:30:45.25-04:00", format);
  writes("2020-06-15 14:30:45 +0530", "2020-06-15t14:30:45 +0530", format);
  writes("2020-06-15 14:30:45 -0400", "2020-06-15 14:30:45 -04", format);
  writes("2020-06-15 23:59:59 +0000", "2020-06-15 23:59:59 UTC", format);
  writes("2020-06-15 12:00:00 +2359", "2020-06-15 12:00 +23:59", format);
  writes("2020-10-10 10:10:10 +0000", "2020-10-10 10:10:10", format);
  writes("0001-01-01 00:00:00 +0000", "0001-01-01", format);
  writes("9999-12-31 23:59:59 +0000", "9999-12-31 23:59:59 GMT", format);
}

static void other_texts_are_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"now",
                                    "today",
                                    "March 14, 2016",
                                    "3/14/2016",
                                    "2020-6-5",
                                    "2020-02-30",
                                    "2020-06-15 24:00",
                                    "2020-06-15 12:60",
                                    "2020-06-15 12:00:60",
                                    "2020-06-15 12",
                                    "2020-06-15x12:00",
                                    "2020-06-15 12:00 EST",
                                    "2020-06-15 12:00 +24:00",
                                    "2020-06-15 12:00 +05:60",
                                    "2020-06-15 12:00 +x",
                                    "2020-06-15 12:00 +",
                                    "2020-06-15 12:00 x05",
                                    "2020-06-15Z",
                                    "2020-06-15-05:00",
                                    "2020-06-15 12:00:9",
                                    "2020-06-15 12:00 +05:00:00",
                                    "-86400",
                                    "99999999999999999999"};
  for (size_t i = 0; i < WBI_COUNT(bad); i++)
    refuses(bad[i], "%Y");
}

static void numbers_are_seconds_since_1970(void **state) {
  (void)state;
  const wb_value format = text_of("%F %T");
  says_with("'2006-07-05 11:29:15'", "date", wbi_value_int(1152098955), format);
  says_with("'2006-07-05 11:29:15'", "date", text_of("1152098955"), format);
  says_with("'1969-12-31 00:00:00'", "date", wbi_value_int(-86400), format);
  says_with("'1969-12-31 23:59:59'", "date", wbi_value_int(-1), format);
  says_with("'9999-12-31 23:59:59'", "date", wbi_value_int(253402300799), format);
  fails_with(WB_E_RANGE, "date", wbi_value_int(253402300800), format);
  says_with("'0001-01-01 00:00:00'", "date", wbi_value_int(-62135596800), format);
  fails_with(WB_E_RANGE, "date", wbi_value_int(-62135596801), format);
  fails_with(WB_E_RANGE, "date", wbi_value_int(INT64_MIN), format);
}

static void what_is_no_date_at_all_stays(void **state) {
  (void)state;
  const wb_value format = text_of("%Y");
  says_with("nil", "date", wbi_value_null(), format);
  says_with("''", "date", text_of(""), format);
  says_with("1.5", "date", decimal_of("1.5"), format);
  says_with("true", "date", bool_of(true), format);
  says_with("'2020-06-15'", "date", text_of("2020-06-15"), text_of(""));
  says_with("'now'", "date", text_of("now"), wbi_value_null());
}

static void days_have_names_and_numbers(void **state) {
  (void)state;
  writes("Monday Mon June Jun Jun", "2020-06-15", "%A %a %B %b %h");
  writes("20 20 06 05  5 157 366", "2020-06-05", "%C %y %m %d %e %j 366");
  writes("366", "2020-12-31", "%j");
  writes("365", "2021-12-31", "%j");
  writes("0 7", "2020-06-14", "%w %u");
  writes("1 1", "2020-06-15", "%w %u");
}

static void weeks_begin_on_sunday_or_monday_or_as_iso_says(void **state) {
  (void)state;
  writes("2020 20 01", "2019-12-30", "%G %g %V");
  writes("2020 53", "2021-01-03", "%G %V");
  writes("00 00", "2021-01-02", "%U %W");
  writes("01 00", "2021-01-03", "%U %W");
  writes("01 01", "2021-01-04", "%U %W");
  writes("0001 01", "0001-01-01", "%G %V");
  writes("9999 52", "9999-12-31", "%G %V");
}

static void times_have_hours_of_12_and_24(void **state) {
  (void)state;
  writes("00 12 AM am", "2020-06-15 00:30:00", "%H %I %p %P");
  writes("11 11 AM am", "2020-06-15 11:59:59", "%H %I %p %P");
  writes("12 12 PM pm", "2020-06-15 12:00:00", "%H %I %p %P");
  writes("23 11 PM pm", "2020-06-15 23:00:00", "%H %I %p %P");
  writes(" 9  9 05 07", "2020-06-15 09:05:07", "%k %l %M %S");
  writes("250 250000000", "2020-06-15 09:05:07.25", "%L %N");
  writes("1592222400", "2020-06-15 12:00:00 UTC", "%s");
  writes("1592236800", "2020-06-15 12:00:00 -0400", "%s");
  writes("-04:00 -0400  UTC", "2020-06-15 12:00:00 -0400", "%:z %z %Z UTC");
  writes("UTC", "2020-06-15 12:00:00", "%Z");
}

static void some_letters_are_several(void **state) {
  (void)state;
  const char *date = "2020-06-05 14:30:45";
  writes("Fri Jun  5 14:30:45 2020", date, "%c");
  writes("06/05/20 06/05/20 2020-06-05", date, "%D %x %F");
  writes("14:30 14:30:45 14:30:45 02:30:45 PM", date, "%R %T %X %r");
  writes(" 5-JUN-2020", date, "%v");
  writes("FRI JUN  5 14:30:45 2020", date, "%^c");
}

static void flags_change_the_padding_and_the_case(void **state) {
  (void)state;
  const char *date = "2020-06-05 09:05:07";
  writes("5| 5|05|05", date, "%-d|%_d|%0d|%0e");
  writes("6|157|9|5|7", date, "%-m|%-j|%-k|%-M|%-S");
  writes("JUN|JUNE|FRI|am|AM|AM|utc", date, "%^b|%#B|%^a|%#p|%^P|%#P|%#Z");
  writes("000000000", date, "%-N");
}

static void what_is_no_directive_stays(void **state) {
  (void)state;
  writes("100% %Q %-q %:d % é", "2020-06-15", "100%% %Q %-q %:d % é");
  writes("%", "2020-06-15", "%");
  writes("%-", "2020-06-15", "%-");
  writes("\n\t", "2020-06-15", "%n%t");
}

static void widths_and_other_forms_are_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"%9999999d", "%1d",  "%010Y", "%-5d", "%Ey",
                                    "%Od",       "%::z", "%_z",   "%-z"};
  for (size_t i = 0; i < WBI_COUNT(bad); i++)
    refuses("2020-06-15", bad[i]);
}

static void instants_are_shown_in_the_zone(void **state) {
  (void)state;
  wb_zone *zone = NULL;
  const wb_value format = text_of("%F %R %:z");
  wb_value instant = wbi_value_int(1592222400);
  instant.kind = WB_TIME;
  says_with("'2020-06-15 12:00 +00:00'", "date", instant, format);
  assert_int_equal(wb_zone_new(NULL, "America/New_York", 16, &zone, NULL), WB_OK);
  const filtered_with there = {"en", zone, 0};
  filtered_in(&there, WB_OK, "'2020-06-15 08:00 -04:00'", "date", instant, &format, 1);
  filtered_in(&there, WB_OK, "'2020-06-15 00:00 +00:00'", "date", day_of(2020, 6, 15), &format, 1);
  instant.integer = WB_TIME_MIN; /* the zone has no such day */
  filtered_in(&there, WB_E_RANGE, NULL, "date", instant, &format, 1);
  wb_zone_unref(zone);
}

static void dates_are_said_in_words(void **state) {
  (void)state;
  const filtered_with spanish = {"es", NULL, 0};
  says("'Tuesday, March 3'", "date_words", day_of(2026, 3, 3));
  says("'Saturday, December 31'", "date_words", text_of("2022-12-31"));
  says("nil", "date_words", wbi_value_null());
  fails(WB_E_RANGE, "date_words", text_of("soon"));
  filtered_in(&spanish, WB_OK, "'martes 3 de marzo'", "date_words", day_of(2026, 3, 3), NULL, 0);
  filtered_in(&spanish, WB_OK, "'miércoles 4 de marzo'", "date_words", day_of(2026, 3, 4), NULL, 0);
  const wb_value format = text_of("%a %-d %^A %b");
  filtered_in(&spanish, WB_OK, "'sáb 7 SÁBADO mar'", "date", day_of(2026, 3, 7), &format, 1);
}

static void a_day_that_is_none_is_refused(void **state) {
  (void)state;
  wb_value day = wbi_value_int(INT32_MAX);
  day.kind = WB_DATE;
  fails_with(WB_E_RANGE, "date", day, text_of("%Y"));
  fails(WB_E_RANGE, "date_words", day);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(dates_are_read_in_iso_8601),
      cmocka_unit_test(other_texts_are_refused),
      cmocka_unit_test(numbers_are_seconds_since_1970),
      cmocka_unit_test(what_is_no_date_at_all_stays),
      cmocka_unit_test(days_have_names_and_numbers),
      cmocka_unit_test(weeks_begin_on_sunday_or_monday_or_as_iso_says),
      cmocka_unit_test(times_have_hours_of_12_and_24),
      cmocka_unit_test(some_letters_are_several),
      cmocka_unit_test(flags_change_the_padding_and_the_case),
      cmocka_unit_test(what_is_no_directive_stays),
      cmocka_unit_test(widths_and_other_forms_are_refused),
      cmocka_unit_test(instants_are_shown_in_the_zone),
      cmocka_unit_test(dates_are_said_in_words),
      cmocka_unit_test(a_day_that_is_none_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
