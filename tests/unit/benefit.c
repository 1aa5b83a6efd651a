/* SPDX-License-Identifier: MIT */
/* Benefit periods, their cuts and windows, and what is left of a maximum. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dental/dental.h"
#include "support/times.h"

/* A plan of a kind, nothing else known. */
static wb_plan plan_of(int32_t kind) {
  return (wb_plan){.size = sizeof(wb_plan),
                   .kind = kind,
                   .effective = WB_DATE_NONE,
                   .terminates = WB_DATE_NONE,
                   .verified = WB_DATE_NONE};
}

/* The period of a day. */
static wb_period find(const wb_plan *plan, const char *on) {
  wb_period period = {.size = sizeof period};
  assert_int_equal(wb_benefit_find(plan, day(on), &period), WB_OK);
  return period;
}

/* Asserts first and last day of the period of a day. */
static void assert_period(const wb_plan *plan, const char *on, const char *first,
                          const char *last) {
  wb_period period = find(plan, on);
  assert_int_equal(period.first, day(first));
  assert_int_equal(period.last, day(last));
}

static void calendar_years(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_CALENDAR);
  assert_period(&plan, "2026-01-01", "2026-01-01", "2026-12-31");
  assert_period(&plan, "2026-12-31", "2026-01-01", "2026-12-31");
  assert_period(&plan, "0001-06-01", "0001-01-01", "0001-12-31");
  assert_period(&plan, "9999-06-01", "9999-01-01", "9999-12-31");
}

/* The vectors of 2.8: month of renewal, 0 for the calendar. */
static void renewal_vectors(void **state) {
  (void)state;
  static const struct {
    const char *on;
    int32_t month;
    const char *first, *last;
  } cases[] = {
      {"2006-03-19", 0, "2006-01-01", "2006-12-31"}, {"2006-03-19", 3, "2006-03-01", "2007-02-28"},
      {"2006-05-01", 3, "2006-03-01", "2007-02-28"}, {"2006-12-01", 3, "2006-03-01", "2007-02-28"},
      {"2006-02-01", 3, "2005-03-01", "2006-02-28"}, {"2006-02-12", 3, "2005-03-01", "2006-02-28"},
      {"2006-03-01", 3, "2006-03-01", "2007-02-28"}, {"2006-02-28", 3, "2005-03-01", "2006-02-28"}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wb_plan plan = plan_of(cases[i].month ? WB_PERIOD_OF_PLAN_YEAR : WB_PERIOD_OF_CALENDAR);
    plan.month = cases[i].month;
    assert_period(&plan, cases[i].on, cases[i].first, cases[i].last);
  }
}

static void plan_years_begin_on_a_day_of_a_month(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_PLAN_YEAR);
  plan.month = 7, plan.day = 15;
  assert_period(&plan, "2026-07-14", "2025-07-15", "2026-07-14");
  assert_period(&plan, "2026-07-15", "2026-07-15", "2027-07-14");
  plan.month = 2, plan.day = 29;
  assert_period(&plan, "2026-02-27", "2025-02-28", "2026-02-27");
  assert_period(&plan, "2028-02-28", "2027-02-28", "2028-02-28");
  assert_period(&plan, "2028-02-29", "2028-02-29", "2029-02-27");
  plan.month = 1, plan.day = 1;
  assert_period(&plan, "9999-12-31", "9999-01-01", "9999-12-31");
  plan.day = 2;
  assert_period(&plan, "9999-01-01", "9998-01-02", "9999-01-01");
}

static void anniversaries_are_those_of_the_first_day(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_ANNIVERSARY);
  plan.effective = day("2024-02-29");
  assert_period(&plan, "2024-02-29", "2024-02-29", "2025-02-27");
  assert_period(&plan, "2025-02-28", "2025-02-28", "2026-02-27");
  assert_period(&plan, "2028-02-28", "2027-02-28", "2028-02-28");
  assert_period(&plan, "2028-02-29", "2028-02-29", "2029-02-27");
}

static void rolling_months_end_with_the_day(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_ROLLING);
  plan.months = 12;
  assert_period(&plan, "2019-10-01", "2018-10-02", "2019-10-01");
  assert_period(&plan, "2025-02-28", "2024-03-01", "2025-02-28"); /* 29 February + 12m is out */
  assert_period(&plan, "2024-02-29", "2023-03-01", "2024-02-29");
  assert_period(&plan, "9999-12-31", "9999-01-01", "9999-12-31");
  plan.months = 6;
  assert_period(&plan, "2026-08-31", "2026-03-01", "2026-08-31");
}

static void intervals_follow_each_other_from_the_first_day(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_INTERVAL);
  plan.effective = day("2024-01-31");
  plan.months = 6;
  assert_period(&plan, "2024-07-30", "2024-01-31", "2024-07-30");
  assert_period(&plan, "2024-07-31", "2024-07-31", "2025-01-30");
  plan.months = 1;
  assert_period(&plan, "2024-02-29", "2024-02-29", "2024-03-30");
  plan.months = 0, plan.days = 180;
  assert_period(&plan, "2024-07-28", "2024-01-31", "2024-07-28");
  assert_period(&plan, "2024-07-29", "2024-07-29", "2025-01-24");
  plan.days = 120000; /* no plan's is longer */
  assert_period(&plan, "2024-07-29", "2024-01-31", "2352-08-18");
  plan.effective = day("9999-12-27"), plan.days = 5;
  assert_period(&plan, "9999-12-31", "9999-12-27", "9999-12-31");
}

static void lifetime_is_as_long_as_the_coverage(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_LIFETIME);
  assert_period(&plan, "2026-01-01", "", "");
  assert_int_equal(find(&plan, "2026-01-01").flags, WB_PERIOD_STALE);
  plan.effective = day("2020-05-01");
  plan.terminates = day("2026-06-30");
  assert_period(&plan, "2026-01-01", "2020-05-01", "2026-06-30");
}

static void an_unknown_kind_says_so(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_UNKNOWN);
  assert_period(&plan, "2026-01-01", "", "");
  assert_true(find(&plan, "2026-01-01").flags & WB_PERIOD_UNKNOWN);
}

static void the_coverage_cuts_the_period(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_CALENDAR);
  plan.effective = day("2026-09-01");
  plan.terminates = day("2027-03-31");
  assert_period(&plan, "2026-09-01", "2026-09-01", "2026-12-31");
  assert_period(&plan, "2027-03-31", "2027-01-01", "2027-03-31");
  assert_period(&plan, "2026-08-31", "", "");
  assert_period(&plan, "2027-04-01", "", "");
  assert_true(find(&plan, "2026-08-31").flags & WB_PERIOD_OUTSIDE);
  assert_true(find(&plan, "2027-04-01").flags & WB_PERIOD_OUTSIDE);
  assert_false(find(&plan, "2027-03-31").flags & WB_PERIOD_OUTSIDE);
}

/* Whether a flag is set on a day. */
static bool flagged(const wb_plan *plan, const char *on, uint32_t flag) {
  return (find(plan, on).flags & flag) != 0;
}

static void periods_expire_and_renew(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_CALENDAR);
  assert_false(flagged(&plan, "2026-08-31", WB_PERIOD_EXPIRING));
  assert_true(flagged(&plan, "2026-09-01", WB_PERIOD_EXPIRING));
  assert_true(flagged(&plan, "2026-01-01", WB_PERIOD_RENEWED));
  assert_true(flagged(&plan, "2026-02-28", WB_PERIOD_RENEWED));
  assert_false(flagged(&plan, "2026-03-01", WB_PERIOD_RENEWED));
  plan.expiring_days = 30, plan.renewed_days = 10;
  assert_false(flagged(&plan, "2026-11-30", WB_PERIOD_EXPIRING));
  assert_true(flagged(&plan, "2026-12-01", WB_PERIOD_EXPIRING));
  assert_true(flagged(&plan, "2026-01-10", WB_PERIOD_RENEWED));
  assert_false(flagged(&plan, "2026-01-11", WB_PERIOD_RENEWED));
  plan = plan_of(WB_PERIOD_OF_PLAN_YEAR);
  plan.month = 7;
  assert_false(flagged(&plan, "2026-03-31", WB_PERIOD_EXPIRING));
  assert_true(flagged(&plan, "2026-04-01", WB_PERIOD_EXPIRING));
  plan = plan_of(WB_PERIOD_OF_ROLLING);
  plan.months = 12;
  assert_false(flagged(&plan, "2026-03-31", WB_PERIOD_EXPIRING | WB_PERIOD_RENEWED));
}

static void a_coverage_that_ends_before_its_period_expires_with_it(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_CALENDAR);
  plan.terminates = day("2026-03-31");
  assert_true(flagged(&plan, "2026-03-01", WB_PERIOD_EXPIRING));
}

static void data_are_good_for_thirty_days(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_CALENDAR);
  assert_true(flagged(&plan, "2026-03-01", WB_PERIOD_STALE));
  plan.verified = day("2026-03-01");
  assert_false(flagged(&plan, "2026-03-31", WB_PERIOD_STALE));
  assert_true(flagged(&plan, "2026-04-01", WB_PERIOD_STALE));
  plan.data_days = 7;
  assert_false(flagged(&plan, "2026-03-08", WB_PERIOD_STALE));
  assert_true(flagged(&plan, "2026-03-09", WB_PERIOD_STALE));
}

/* Asserts that a plan is refused. */
static void assert_refused(const wb_plan *plan, wb_date on, wb_status status) {
  wb_period period = {.size = sizeof period, .first = 77};
  assert_int_equal(wb_benefit_find(plan, on, &period), status);
  assert_int_equal(period.first, 77);
}

static void plans_that_cannot_be_are_refused(void **state) {
  (void)state;
  wb_plan plan = plan_of(7);
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.kind = -1;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.kind = WB_PERIOD_OF_PLAN_YEAR;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.month = 13;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.month = 1, plan.day = 32;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan = plan_of(WB_PERIOD_OF_ANNIVERSARY);
  assert_refused(&plan, 0, WB_E_INVALID);
  plan = plan_of(WB_PERIOD_OF_ROLLING);
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.months = 120001;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan = plan_of(WB_PERIOD_OF_INTERVAL);
  plan.months = 6;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.effective = 0, plan.days = 1;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.days = plan.months = 0;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.days = 1, plan.months = -1;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.days = -1, plan.months = 1;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.days = 120001, plan.months = 0;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan = plan_of(WB_PERIOD_OF_PLAN_YEAR);
  plan.month = 1, plan.day = -1;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan = plan_of(WB_PERIOD_OF_CALENDAR);
  plan.renewed_days = -1;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.renewed_days = 0, plan.expiring_days = -1;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.expiring_days = 0, plan.data_days = -1;
  assert_refused(&plan, 0, WB_E_INVALID);
  plan.data_days = 0;
  plan.renewed_days = 0, plan.flags = 1;
  assert_refused(&plan, 0, WB_E_VERSION);
  plan.flags = 0, plan.size = 8;
  assert_refused(&plan, 0, WB_E_INVALID);
  assert_refused(NULL, 0, WB_E_INVALID);
}

static void the_ends_of_time_are_out_of_range(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_CALENDAR);
  assert_refused(&plan, WB_DATE_NONE, WB_E_RANGE);
  assert_refused(&plan, WB_DATE_MAX + 1, WB_E_RANGE);
  plan.effective = WB_DATE_MIN - 1;
  assert_refused(&plan, 0, WB_E_RANGE);
  plan.effective = WB_DATE_NONE, plan.terminates = WB_DATE_MAX + 1;
  assert_refused(&plan, 0, WB_E_RANGE);
  plan.terminates = WB_DATE_NONE, plan.verified = WB_DATE_MIN - 1;
  assert_refused(&plan, 0, WB_E_RANGE);
  plan = plan_of(WB_PERIOD_OF_PLAN_YEAR);
  plan.month = 7;
  assert_refused(&plan, WB_DATE_MIN, WB_E_RANGE);
  assert_refused(&plan, WB_DATE_MAX, WB_E_RANGE);
  plan.day = 31;
  assert_refused(&plan, WB_DATE_MIN, WB_E_RANGE);
  assert_refused(&plan, WB_DATE_MAX, WB_E_RANGE);
  plan.month = 1, plan.day = 2;
  assert_refused(&plan, WB_DATE_MAX, WB_E_RANGE);
  plan = plan_of(WB_PERIOD_OF_ROLLING);
  plan.months = 12;
  assert_refused(&plan, WB_DATE_MIN, WB_E_RANGE);
  plan = plan_of(WB_PERIOD_OF_ANNIVERSARY);
  plan.effective = WB_DATE_MAX - 5;
  assert_refused(&plan, WB_DATE_MAX, WB_E_RANGE);
  plan = plan_of(WB_PERIOD_OF_INTERVAL);
  plan.effective = WB_DATE_MAX - 5, plan.days = 100;
  assert_refused(&plan, WB_DATE_MAX, WB_E_RANGE);
}

/* ---- money ---- */

static wb_claim claim(int32_t status, const char *date, wb_cents paid, wb_cents estimated) {
  return (wb_claim){.size = sizeof(wb_claim),
                    .status = status,
                    .date = day(date),
                    .paid = paid,
                    .estimated = estimated};
}

/* The year 2026. */
static const wb_period year = {sizeof(wb_period), 0, 20454, 20818};

/* What is left of a maximum in 2026. */
static wb_usage use(const wb_claim *claims, uint32_t count, wb_cents maximum) {
  wb_usage usage = {.size = sizeof usage};
  assert_int_equal(wb_usage_find(claims, count, &year, maximum, &usage), WB_OK);
  return usage;
}

static void what_is_paid_in_the_period_is_used_and_what_is_estimated_pending(void **state) {
  (void)state;
  const wb_claim claims[] = {claim(WB_CLAIM_RECEIVED, "2026-01-01", 10000, 99999),
                             claim(WB_CLAIM_SUPPLEMENTAL, "2026-12-31", 2000, 0),
                             claim(WB_CLAIM_ADJUSTMENT, "2026-05-01", -500, 0),
                             claim(WB_CLAIM_NOT_RECEIVED, "2026-05-01", 0, 3000),
                             claim(WB_CLAIM_OTHER, "2026-05-01", 7777, 7777),
                             claim(WB_CLAIM_RECEIVED, "2025-12-31", 7777, 0),
                             claim(WB_CLAIM_NOT_RECEIVED, "2027-01-01", 0, 7777),
                             {.size = sizeof(wb_claim),
                              .flags = WB_CLAIM_APART,
                              .status = WB_CLAIM_RECEIVED,
                              .date = 20500,
                              .paid = 7777}};
  wb_usage usage = use(claims, WBI_COUNT(claims), 100000);
  assert_int_equal(usage.used, 11500);
  assert_int_equal(usage.pending, 3000);
  assert_int_equal(usage.remaining, 85500);
  assert_int_equal(usage.flags, 0);
}

static void nothing_is_left_below_zero_or_above_the_maximum(void **state) {
  (void)state;
  wb_claim one = claim(WB_CLAIM_RECEIVED, "2026-01-01", 99999, 0);
  assert_int_equal(use(&one, 1, 100000).remaining, 1);
  assert_int_equal(use(&one, 1, 100000).flags, 0);
  one.paid = 100000;
  assert_int_equal(use(&one, 1, 100000).remaining, 0);
  assert_int_equal(use(&one, 1, 100000).flags, WB_USAGE_MAX_USED);
  one.paid = 100001;
  assert_int_equal(use(&one, 1, 100000).remaining, 0);
  one.paid = -5;
  assert_int_equal(use(&one, 1, 100000).remaining, 100000);
  assert_int_equal(use(NULL, 0, 0).remaining, 0);
  assert_int_equal(use(NULL, 0, 0).flags, 0); /* no benefit is none that was used up */
}

static void unknown_is_neither_nothing_nor_without_end(void **state) {
  (void)state;
  wb_claim one = claim(WB_CLAIM_RECEIVED, "2026-01-01", 500, 0);
  wb_usage usage = use(&one, 1, WB_CENTS_NONE);
  assert_int_equal(usage.used, 500);
  assert_true(usage.remaining == WB_CENTS_NONE);
  one.paid = WB_CENTS_NONE;
  usage = use(&one, 1, 100000);
  assert_true(usage.used == WB_CENTS_NONE);
  assert_int_equal(usage.pending, 0);
  assert_true(usage.remaining == WB_CENTS_NONE);
  wb_period unknown = {.size = sizeof unknown,
                       .flags = WB_PERIOD_UNKNOWN,
                       .first = WB_DATE_NONE,
                       .last = WB_DATE_NONE};
  one.paid = 500;
  assert_int_equal(wb_usage_find(&one, 1, &unknown, 100000, &usage), WB_OK);
  assert_true(usage.remaining == WB_CENTS_NONE);
  unknown.flags = 0; /* a lifetime */
  assert_int_equal(wb_usage_find(&one, 1, &unknown, 100000, &usage), WB_OK);
  assert_int_equal(usage.remaining, 99500);
}

static void a_maximum_used_up_last_period_is_found_by_the_day_before(void **state) {
  (void)state;
  wb_plan plan = plan_of(WB_PERIOD_OF_CALENDAR);
  wb_claim one = claim(WB_CLAIM_RECEIVED, "2025-11-01", 100000, 0);
  wb_period now = find(&plan, "2026-02-01"), before = {.size = sizeof before};
  wb_usage usage = {.size = sizeof usage};
  assert_int_equal(wb_benefit_find(&plan, now.first - 1, &before), WB_OK);
  assert_int_equal(wb_usage_find(&one, 1, &before, 100000, &usage), WB_OK);
  assert_int_equal(usage.flags, WB_USAGE_MAX_USED);
  assert_int_equal(wb_usage_find(&one, 1, &now, 100000, &usage), WB_OK);
  assert_int_equal(usage.remaining, 100000);
}

static void amounts_and_claims_that_cannot_be_are_refused(void **state) {
  (void)state;
  wb_usage usage = {.size = sizeof usage, .used = 77};
  wb_claim two[] = {claim(WB_CLAIM_RECEIVED, "2026-01-01", INT64_MAX, 0),
                    claim(WB_CLAIM_RECEIVED, "2026-01-01", 1, 0)};
  assert_int_equal(wb_usage_find(two, 2, &year, 5, &usage), WB_E_RANGE);
  two[0].paid = INT64_MAX - 1;
  assert_true(use(two, 2, 5).used == INT64_MAX);
  two[0].paid = -INT64_MAX, two[1].paid = -1;
  assert_int_equal(wb_usage_find(two, 2, &year, 5, &usage), WB_E_RANGE);
  two[1] = claim(WB_CLAIM_NOT_RECEIVED, "2026-01-01", 0, -1);
  assert_int_equal(wb_usage_find(two, 2, &year, 5, &usage), WB_E_RANGE);
  assert_int_equal(wb_usage_find(NULL, 0, &year, -1, &usage), WB_E_RANGE);
  two[1].date = WB_DATE_NONE;
  assert_int_equal(wb_usage_find(two, 2, &year, 5, &usage), WB_E_RANGE);
  two[1].date = 0, two[1].flags = 2;
  assert_int_equal(wb_usage_find(two, 2, &year, 5, &usage), WB_E_VERSION);
  assert_int_equal(wb_usage_find(NULL, 2, &year, 5, &usage), WB_E_INVALID);
  assert_int_equal(wb_usage_find(two, 1, NULL, 5, &usage), WB_E_INVALID);
  assert_int_equal(wb_usage_find(two, 1, &year, 5, NULL), WB_E_INVALID);
  wb_period never = year;
  never.first = WB_DATE_MIN - 1;
  assert_int_equal(wb_usage_find(NULL, 0, &never, 5, &usage), WB_E_RANGE);
  never = year;
  never.last = WB_DATE_MAX + 1;
  assert_int_equal(wb_usage_find(NULL, 0, &never, 5, &usage), WB_E_RANGE);
  assert_int_equal(usage.used, 77);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(calendar_years),
      cmocka_unit_test(renewal_vectors),
      cmocka_unit_test(plan_years_begin_on_a_day_of_a_month),
      cmocka_unit_test(anniversaries_are_those_of_the_first_day),
      cmocka_unit_test(rolling_months_end_with_the_day),
      cmocka_unit_test(intervals_follow_each_other_from_the_first_day),
      cmocka_unit_test(lifetime_is_as_long_as_the_coverage),
      cmocka_unit_test(an_unknown_kind_says_so),
      cmocka_unit_test(the_coverage_cuts_the_period),
      cmocka_unit_test(periods_expire_and_renew),
      cmocka_unit_test(a_coverage_that_ends_before_its_period_expires_with_it),
      cmocka_unit_test(data_are_good_for_thirty_days),
      cmocka_unit_test(plans_that_cannot_be_are_refused),
      cmocka_unit_test(the_ends_of_time_are_out_of_range),
      cmocka_unit_test(what_is_paid_in_the_period_is_used_and_what_is_estimated_pending),
      cmocka_unit_test(nothing_is_left_below_zero_or_above_the_maximum),
      cmocka_unit_test(unknown_is_neither_nothing_nor_without_end),
      cmocka_unit_test(a_maximum_used_up_last_period_is_found_by_the_day_before),
      cmocka_unit_test(amounts_and_claims_that_cannot_be_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
