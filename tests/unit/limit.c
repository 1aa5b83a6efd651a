/* SPDX-License-Identifier: MIT */
/* Limits as plans word them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dental/dental.h"

static void wordings_are_read(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int32_t kind;
    uint32_t count;
    int32_t years, months, days, scope, from, through;
    uint32_t flags;
  } cases[] = {
      {"2 per calendar year", WB_LIMIT_CALENDAR_YEAR, 2, 1, 0, 0, 0, 0, 0, 0},
      {"two visits per benefit year", WB_LIMIT_PLAN_YEAR, 2, 1, 0, 0, 0, 0, 0, 0},
      {"1 each contract year", WB_LIMIT_PLAN_YEAR, 1, 1, 0, 0, 0, 0, 0, 0},
      {"1 per 2 plan years", WB_LIMIT_PLAN_YEAR, 1, 2, 0, 0, 0, 0, 0, 0},
      {"1 per anniversary year", WB_LIMIT_ANNIVERSARY, 1, 1, 0, 0, 0, 0, 0, 0},
      {"2 in any 12 consecutive months", WB_LIMIT_INTERVAL, 2, 0, 12, 0, 0, 0, 0, 0},
      {"1/6 months", WB_LIMIT_INTERVAL, 1, 0, 6, 0, 0, 0, 0, 0},
      {"1x per 6mo", WB_LIMIT_INTERVAL, 1, 0, 6, 0, 0, 0, 0, 0},
      {"1 - per - 6-month", WB_LIMIT_INTERVAL, 1, 0, 6, 0, 0, 0, 0, 0},
      {"one time in a 24-month period", WB_LIMIT_INTERVAL, 1, 0, 24, 0, 0, 0, 0, 0},
      {"every 5 yrs per tooth", WB_LIMIT_INTERVAL, 1, 0, 60, 0, WB_LIMIT_TOOTH, 0, 0, 0},
      {"1 per tooth per lifetime", WB_LIMIT_LIFETIME, 1, 0, 0, 0, WB_LIMIT_TOOTH, 0, 0, 0},
      {"2 per calendar year through age 18", WB_LIMIT_CALENDAR_YEAR, 2, 1, 0, 0, 0, 0, 18, 0},
      {"from age 14", WB_LIMIT_AGE, 0, 0, 0, 0, 0, 14, 0, 0},
      {"up to age 19", WB_LIMIT_AGE, 0, 0, 0, 0, 0, 0, 19, 0},
      {"waiting period of 6 months", WB_LIMIT_WAITING, 0, 0, 6, 0, 0, 0, 0, 0},
      {"1 per 6 months to the month", WB_LIMIT_INTERVAL, 1, 0, 6, 0, 0, 0, 0,
       WB_LIMIT_TO_THE_MONTH},
      {"64 per year", WB_LIMIT_INTERVAL, 64, 0, 12, 0, 0, 0, 0, 0},
      {"age 14 and over", WB_LIMIT_AGE, 0, 0, 0, 0, 0, 14, 0, 0},
      {"1 per-6 months", WB_LIMIT_INTERVAL, 1, 0, 6, 0, 0, 0, 0, 0},
      {"1 per 9999 years 12 months", WB_LIMIT_INTERVAL, 1, 0, 120000, 0, 0, 0, 0, 0},
      {"1 per 9999 weeks 7143 weeks 6 days", WB_LIMIT_INTERVAL, 1, 0, 0, 120000, 0, 0, 0, 0},
      {"2 calendar years", WB_LIMIT_CALENDAR_YEAR, 1, 2, 0, 0, 0, 0, 0, 0},
      {"1\tper - 6 months -", WB_LIMIT_INTERVAL, 1, 0, 6, 0, 0, 0, 0, 0},
      {"1 per 6 months, exclusive", WB_LIMIT_INTERVAL, 1, 0, 6, 0, 0, 0, 0, WB_LIMIT_EXCLUSIVE},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wb_limit limit = {.size = sizeof limit};
    assert_int_equal(wb_limit_parse(cases[i].text, strlen(cases[i].text), &limit), WB_OK);
    assert_int_equal(limit.kind, cases[i].kind);
    assert_int_equal(limit.count, cases[i].count);
    assert_int_equal(limit.years, cases[i].years);
    assert_int_equal(limit.months, cases[i].months);
    assert_int_equal(limit.days, cases[i].days);
    assert_int_equal(limit.scope, cases[i].scope);
    assert_int_equal(limit.age_from, cases[i].from);
    assert_int_equal(limit.age_through, cases[i].through);
    assert_int_equal(limit.flags, cases[i].flags);
    assert_int_equal(limit.effective, WB_DATE_NONE);
    assert_null(limit.codes);
  }
}

static void a_wording_ends_with_its_length(void **state) {
  (void)state;
  wb_limit limit = {.size = sizeof limit};
  assert_int_equal(wb_limit_parse("1 per 6 monthsx", 14, &limit), WB_OK);
  assert_int_equal(limit.months, 6);
  assert_int_equal(wb_limit_parse("1 per 6 months", 9, &limit), WB_E_SYNTAX);
}

static void wordings_that_are_not_known_are_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "   ",
                                    "often",
                                    "2",
                                    "2 per",
                                    "6 months",
                                    "0 per 6 months",
                                    "1 per 0 months",
                                    "1 per 0 calendar years",
                                    "1 per calendar",
                                    "1 per calendar month",
                                    "1 per calendar year year",
                                    "2 3 per year",
                                    "1 per calendar lifetime",
                                    "1 per 6 months per 2 tooth",
                                    "1 per month per tooth per arch",
                                    "1 per 2 lifetime",
                                    "1 per 6 months lifetime",
                                    "1 per 2 calendar 3 years",
                                    "lifetime waiting",
                                    "through age",
                                    "1 per 6 months through age 0",
                                    "under 18",
                                    "under age 1",
                                    "from",
                                    "waiting period",
                                    "1 per 6 months!",
                                    "1 per -6 months",
                                    "-1 per 6 months",
                                    "1 per the month",
                                    "1 per 6 the month",
                                    "1 per 6 months under",
                                    "1 per 6 months from",
                                    "1 per 6 months 3",
                                    "age 6 14"};
  wb_limit limit = {.size = sizeof limit, .kind = 77};
  for (size_t i = 0; i < WBI_COUNT(bad); ++i)
    if (wb_limit_parse(bad[i], strlen(bad[i]), &limit) != WB_E_SYNTAX) fail_msg("%s", bad[i]);
  assert_int_equal(wb_limit_parse("1 per 10000 months", 18, &limit), WB_E_RANGE);
  assert_int_equal(wb_limit_parse("1 per 99999999999999999999 months", 33, &limit), WB_E_RANGE);
  assert_int_equal(wb_limit_parse("65 per year", 11, &limit), WB_E_RANGE);
  assert_int_equal(wb_limit_parse(NULL, 0, &limit), WB_E_INVALID);
  assert_int_equal(wb_limit_parse("1 per year", 10, NULL), WB_E_INVALID);
  assert_int_equal(limit.kind, 77);
  limit.size = 8;
  assert_int_equal(wb_limit_parse("1 per year", 10, &limit), WB_E_INVALID);
}

static void endless_wordings_do_not_overflow(void **state) {
  (void)state;
  static char text[40000];
  size_t length = strlen(strcpy(text, "1 per"));
  wb_limit limit = {.size = sizeof limit};
  static const char *const more[] = {" 9999 years", " 9999 weeks"};
  for (size_t i = 0; i < WBI_COUNT(more); ++i) {
    while (length + 12 < sizeof text) {
      memcpy(text + length, more[i], 11);
      length += 11;
    }
    assert_int_equal(wb_limit_parse(text, length, &limit), WB_E_SYNTAX);
    length = 5;
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(wordings_are_read),
      cmocka_unit_test(a_wording_ends_with_its_length),
      cmocka_unit_test(wordings_that_are_not_known_are_refused),
      cmocka_unit_test(endless_wordings_do_not_overflow),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
