/* SPDX-License-Identifier: MIT */
/* The earliest covered date: boundaries, scopes, ages, waiting periods. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dental/dental.h"
#include "support/times.h"

/* A limit of a wording, on all codes. */
static wb_limit limit_of(const char *wording) {
  wb_limit limit = {.size = sizeof limit};
  assert_int_equal(wb_limit_parse(wording, strlen(wording), &limit), WB_OK);
  return limit;
}

/* A past service. */
static wb_procedure past(int32_t code, const char *date) {
  return (wb_procedure){.size = sizeof(wb_procedure),
                        .code = code,
                        .status = WB_PROCEDURE_COMPLETED,
                        .date = day(date),
                        .visit = WB_DATE_NONE};
}

/* What is asked for from a day. */
static wb_service service(int32_t code, const char *from) {
  return (wb_service){
      .size = sizeof(wb_service), .code = code, .from = day(from), .birth = WB_DATE_NONE};
}

/* When a service is covered. */
static wb_covered find(const wb_limit *limits, uint32_t limit_count, const wb_procedure *history,
                       uint32_t count, const wb_service *wanted) {
  wb_covered covered = {.size = sizeof covered};
  assert_int_equal(wb_benefit_covered(limits, limit_count, history, count, wanted, &covered),
                   WB_OK);
  return covered;
}

/* Asserts the first day for one limit and up to three services, the latest last; "" is never. */
static void assert_covered(const wb_limit *limit, const char *a, const char *b, const char *c,
                           const char *from, const char *expected) {
  const char *const dates[] = {a, b, c};
  wb_procedure history[3];
  uint32_t count = 0;
  for (int i = 0; i < 3; ++i)
    if (*dates[i]) history[count++] = past(1110, dates[i]);
  wb_service wanted = service(1110, from);
  wb_covered covered = find(limit, 1, history, count, &wanted);
  assert_int_equal(covered.date, day(expected));
  assert_int_equal(covered.flags, *expected ? 0 : WB_COVERED_NEVER);
  assert_int_equal(covered.limit, strcmp(from, expected) == 0 ? UINT32_MAX : 0);
}

static void assert_worded(const char *wording, const char *a, const char *b, const char *from,
                          const char *expected) {
  wb_limit limit = limit_of(wording);
  assert_covered(&limit, "", a, b, from, expected);
}

static void two_per_calendar_year(void **state) {
  (void)state;
  assert_worded("2 per calendar year", "2026-01-10", "", "2026-07-01", "2026-07-01");
  assert_worded("2 per calendar year", "2026-01-10", "2026-06-10", "2026-07-01", "2027-01-01");
  assert_worded("2 per calendar year", "2025-12-31", "2026-06-10", "2026-07-01", "2026-07-01");
  assert_worded("2 per calendar year", "2026-01-10", "2026-06-10", "2027-02-01", "2027-02-01");
}

static void two_per_benefit_year(void **state) {
  (void)state;
  wb_limit limit = limit_of("2 per benefit year");
  limit.month = 4;
  assert_covered(&limit, "", "2018-06-10", "2018-07-10", "2019-01-10", "2019-04-01");
  assert_covered(&limit, "", "2018-03-31", "2018-07-10", "2019-01-10", "2019-01-10");
  limit.day = 15;
  assert_covered(&limit, "", "2018-06-10", "2018-07-10", "2019-01-10", "2019-04-15");
  limit.month = limit.day = 0; /* not said: that of the calendar */
  assert_covered(&limit, "", "2018-06-10", "2018-07-10", "2018-08-10", "2019-01-01");
  limit = limit_of("2 per calendar year");
  limit.month = 4, limit.day = 15;
  assert_covered(&limit, "", "2018-06-10", "2018-07-10", "2018-08-10", "2019-01-01");
}

static void two_in_twelve_rolling_months(void **state) {
  (void)state;
  assert_worded("2 per 12 rolling months", "2018-10-01", "2018-10-02", "2019-09-30", "2019-10-01");
  assert_worded("2 in 12 months", "2018-10-01", "2018-10-02", "2019-10-01", "2019-10-01");
  assert_worded("2 in 12 months", "2018-10-02", "2018-10-02", "2019-10-01", "2019-10-02");
}

static void one_per_six_months(void **state) {
  (void)state;
  assert_worded("1 per 6 months", "", "2026-01-15", "2026-07-14", "2026-07-15");
  assert_worded("1 per 6 months", "", "2026-01-15", "2026-07-15", "2026-07-15");
  assert_worded("1 per 6 months", "", "2025-08-31", "2026-02-01", "2026-02-28");
  assert_worded("1 per 6 months exclusive", "", "2026-01-15", "2026-07-15", "2026-07-16");
  assert_worded("1 per 6 months to the month", "", "2026-01-15", "2026-02-01", "2026-07-01");
}

static void one_per_six_months_and_a_day(void **state) {
  (void)state;
  assert_worded("1 per 6 months + 1 day", "", "2026-01-15", "2026-07-15", "2026-07-16");
  assert_worded("once every six months plus one day", "", "2024-08-30", "2024-09-01", "2025-03-01");
}

static void one_per_many_days(void **state) {
  (void)state;
  assert_worded("1 per 180 days", "", "2026-01-01", "2026-02-01", "2026-06-30");
  assert_worded("1 per 183 days", "", "2026-01-01", "2026-02-01", "2026-07-03");
  assert_worded("1 per 26 weeks", "", "2026-01-01", "2026-02-01", "2026-07-02");
}

static void one_per_many_months(void **state) {
  (void)state;
  assert_worded("1 per 12 months", "", "2018-07-15", "2019-02-15", "2019-07-15");
  assert_worded("1 in 36 months", "", "2024-02-29", "2026-01-01", "2027-02-28");
  assert_worded("1 per 60 months", "", "2020-05-01", "2026-01-01", "2026-01-01");
  assert_worded("one every 5 years", "", "2022-05-01", "2026-01-01", "2027-05-01");
}

static void one_per_calendar_years(void **state) {
  (void)state;
  assert_worded("1 every 3 calendar years", "", "2024-12-31", "2026-06-01", "2027-01-01");
  assert_worded("every 3 calendar years", "", "2024-01-01", "2026-06-01", "2027-01-01");
  assert_worded("every 3 calendar years", "", "2023-12-31", "2026-06-01", "2026-06-01");
}

static void once_per_lifetime(void **state) {
  (void)state;
  assert_worded("once per lifetime", "", "2000-01-01", "2026-01-01", "");
  assert_worded("once per lifetime", "", "", "2026-01-01", "2026-01-01");
  assert_worded("2 per lifetime", "", "2000-01-01", "2026-01-01", "2026-01-01");
  assert_worded("1 ever", "", "2026-01-01", "2026-01-01", "");
}

static void years_of_the_coverage(void **state) {
  (void)state;
  wb_limit limit = limit_of("1 per coverage year");
  wb_procedure one = past(1110, "2026-03-01");
  wb_service wanted = service(1110, "2026-04-01");
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).flags, WB_COVERED_UNKNOWN);
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, WB_DATE_NONE);
  limit.terminates = day("2026-03-31"); /* over, whatever its years were */
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).flags, WB_COVERED_NEVER);
  limit.terminates = WB_DATE_NONE;
  limit.effective = day("2024-02-29");
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2027-02-28"));
  one.date = day("2023-12-01"); /* before the coverage: an earlier year */
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2026-04-01"));
}

/* ---- codes ---- */

static void one_bitewing_a_year_leaves_other_codes_alone_unless_they_are_grouped(void **state) {
  (void)state;
  wb_code_range codes[] = {{274, 274}, {272, 272}};
  wb_limit limit = limit_of("1 per calendar year");
  wb_procedure one = past(274, "2018-02-01");
  wb_service wanted = service(274, "2018-08-01"), other = service(272, "2018-08-01");
  limit.codes = codes, limit.code_count = 1;
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2019-01-01"));
  assert_int_equal(find(&limit, 1, &one, 1, &other).date, day("2018-08-01"));
  limit.code_count = 2;
  assert_int_equal(find(&limit, 1, &one, 1, &other).date, day("2019-01-01"));
}

static void shared_groups_count_together(void **state) {
  (void)state;
  wb_code_range codes[4];
  uint32_t count = 0;
  wb_limit limit = limit_of("2 per calendar year");
  wb_procedure history[] = {past(1110, "2026-01-10"), past(4910, "2026-05-10"),
                            past(120, "2026-05-10")};
  wb_service wanted = service(4910, "2026-08-01");
  assert_int_equal(wb_codes_parse("D1110,D4910,D4346", 17, codes, 4, &count), WB_OK);
  limit.codes = codes, limit.code_count = count;
  assert_int_equal(find(&limit, 1, history, 3, &wanted).date, day("2027-01-01"));
  limit.count = 3; /* the exam is in no such group */
  assert_int_equal(find(&limit, 1, history, 3, &wanted).date, day("2026-08-01"));
  limit.code_count = 1; /* prophy alone does not concern it */
  assert_int_equal(find(&limit, 1, history, 3, &wanted).date, day("2026-08-01"));
}

static void one_used_and_two_on_one_day_leaves_one(void **state) {
  (void)state;
  wb_limit limit = limit_of("2 per calendar year");
  wb_procedure history[] = {past(1110, "2026-01-10"), past(1110, "2026-06-10")};
  wb_service wanted = service(1110, "2026-06-10");
  assert_int_equal(find(&limit, 1, history, 1, &wanted).date, day("2026-06-10"));
  assert_int_equal(find(&limit, 1, history, 2, &wanted).date, day("2027-01-01"));
}

static void what_was_not_paid_uses_up_nothing(void **state) {
  (void)state;
  wb_limit limit = limit_of("2 in 12 months");
  wb_procedure history[] = {past(1110, "2025-08-01"), past(1110, "2026-01-10"),
                            past(1110, "2026-03-10")};
  wb_service wanted = service(1110, "2026-06-10");
  assert_int_equal(find(&limit, 1, history, 3, &wanted).date, day("2027-01-10"));
  history[2].flags = WB_PROCEDURE_UNPAID;
  assert_int_equal(find(&limit, 1, history, 3, &wanted).date, day("2026-08-01"));
  history[1].flags = WB_PROCEDURE_RESTRICTED;
  assert_int_equal(find(&limit, 1, history, 3, &wanted).date, day("2026-06-10"));
}

static void services_elsewhere_count_and_planned_ones_do_not(void **state) {
  (void)state;
  wb_limit limit = limit_of("1 per 12 months");
  wb_procedure one = past(274, "2018-07-15");
  wb_service wanted = service(274, "2019-02-15");
  one.status = WB_PROCEDURE_EXISTING;
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2019-07-15"));
  one.status = WB_PROCEDURE_PLANNED;
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2019-02-15"));
  one.status = WB_PROCEDURE_DELETED;
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2019-02-15"));
  one.status = WB_PROCEDURE_COMPLETED;
  one.date = WB_DATE_NONE;
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2019-02-15"));
}

/* ---- what others do, and is not copied ---- */

static void a_question_about_the_past_uses_the_plan_year_of_its_own_day(void **state) {
  (void)state;
  wb_limit limit = limit_of("1 per plan year");
  limit.month = 4;
  assert_covered(&limit, "", "", "2017-06-01", "2018-02-01", "2018-04-01");
  assert_covered(&limit, "", "", "2017-03-31", "2017-04-01", "2017-04-01");
}

static void a_service_on_the_day_of_renewal_counts_once(void **state) {
  (void)state;
  wb_limit limit = limit_of("1 per plan year");
  limit.month = 4;
  assert_covered(&limit, "", "", "2018-04-01", "2018-03-31", "2018-03-31");
  assert_covered(&limit, "", "", "2018-04-01", "2018-04-02", "2019-04-01");
}

static void a_service_dated_later_does_not_block(void **state) {
  (void)state;
  assert_worded("1 per 6 months", "", "2026-09-01", "2026-07-01", "2026-07-01");
  assert_worded("1 per 6 months", "2026-03-01", "2026-08-15", "2026-07-01", "2027-02-15");
  assert_worded("1 per 6 months", "2026-03-01", "2026-09-15", "2026-07-01", "2026-09-01");
}

static void months_back_from_the_end_of_a_month(void **state) {
  (void)state;
  static const struct {
    const char *on;
    int32_t months;
    const char *earliest;
  } cases[] = {{"2025-03-31", 1, "2025-03-01"},
               {"2025-08-31", 6, "2025-03-01"},
               {"2024-02-29", 12, "2023-03-01"},
               {"2025-12-31", 6, "2025-07-01"}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wb_limit limit = limit_of("1 per month exclusive");
    limit.months = cases[i].months;
    wb_procedure one = past(1110, cases[i].earliest);
    wb_service wanted = service(1110, cases[i].on);
    assert_true(find(&limit, 1, &one, 1, &wanted).date > wanted.from);
    --one.date;
    assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, wanted.from);
  }
}

/* ---- scopes ---- */

static uint64_t teeth(const char *text, uint32_t areas) {
  uint64_t mask = 0;
  assert_int_equal(wb_teeth_parse(text, strlen(text), areas, &mask), WB_OK);
  return mask;
}

static void crowns_are_limited_by_tooth(void **state) {
  (void)state;
  wb_limit limit = limit_of("1 per 5 years per tooth");
  wb_procedure one = past(2740, "2024-05-01");
  wb_service wanted = service(2750, "2026-01-01");
  one.teeth = teeth("14", 0);
  wanted.teeth = teeth("15", 0);
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2026-01-01"));
  wanted.teeth = teeth("14", 0);
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2029-05-01"));
  wanted.teeth = 0;
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2029-05-01"));
  wanted.teeth = teeth("15", 0), one.teeth = 0; /* nobody says that it was another */
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2029-05-01"));
}

static void deep_cleanings_are_limited_by_quarter(void **state) {
  (void)state;
  wb_limit limit = limit_of("1 per 24 months per quadrant");
  wb_procedure one = past(4342, "2025-05-01");
  wb_service wanted = service(4341, "2026-01-01");
  one.teeth = teeth("3", 0);
  wanted.teeth = teeth("UL", 1);
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2026-01-01"));
  wanted.teeth = teeth("UR", 1);
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2027-05-01"));
  one.teeth = teeth("A", 0), wanted.teeth = teeth("F", 0); /* of a child, in two quarters */
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2026-01-01"));
}

static void dentures_are_limited_by_arch(void **state) {
  (void)state;
  wb_limit limit = limit_of("1 per arch per 60 months");
  static const struct {
    int32_t past;
    const char *wanted, *on;
  } cases[] = {{5110, "L", "2026-01-01"},   {5110, "U", "2030-05-01"},
               {5120, "U", "2026-01-01"},   {5120, "L", "2030-05-01"},
               {5120, "U,L", "2030-05-01"}, {5110, "UL,LL", "2030-05-01"}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wb_procedure one = past(cases[i].past, "2025-05-01");
    wb_service wanted = service(5120, "2026-01-01");
    wanted.teeth = teeth(cases[i].wanted, 1);
    assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day(cases[i].on));
  }
}

static void a_limit_on_the_mouth_counts_what_was_done_in_the_other_arch(void **state) {
  (void)state;
  wb_limit limit = limit_of("1 per 24 months");
  wb_procedure one = past(4341, "2025-05-01");
  wb_service wanted = service(4341, "2026-01-01");
  one.teeth = teeth("UL", 1);
  wanted.teeth = teeth("LR", 1);
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2027-05-01"));
}

static void ranges_of_teeth_are_the_same_place_where_they_overlap(void **state) {
  (void)state;
  wb_limit limit = limit_of("1 per 5 years per tooth");
  wb_procedure one = past(5213, "2024-05-01");
  wb_service wanted = service(5213, "2026-01-01");
  one.teeth = teeth("3-5", 0);
  wanted.teeth = teeth("5-7", 0);
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2029-05-01"));
  wanted.teeth = teeth("6-8", 0);
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("2026-01-01"));
}

static void two_quarters_a_day(void **state) {
  (void)state;
  wb_limit limit = limit_of("2 quadrants per day");
  wb_procedure two[] = {past(4341, "2026-01-01"), past(4341, "2026-01-01")};
  wb_service wanted = service(4341, "2026-01-01");
  assert_int_equal(find(&limit, 1, two, 1, &wanted).date, day("2026-01-01"));
  assert_int_equal(find(&limit, 1, two, 2, &wanted).date, day("2026-01-02"));
}

/* ---- ages, waiting, levels ---- */

static void an_age_limit_covers_through_the_age(void **state) {
  (void)state;
  wb_limit limit = limit_of("through age 18");
  wb_service wanted = service(1206, "2026-05-16");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).flags, WB_COVERED_UNKNOWN);
  wanted.birth = day("2007-05-17");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-05-16"));
  wanted.birth = day("2007-05-16");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).flags, WB_COVERED_NEVER);
  limit = limit_of("under age 19");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).flags, WB_COVERED_NEVER);
  wanted.birth = day("2007-05-17");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-05-16"));
}

static void an_age_to_come_is_waited_for(void **state) {
  (void)state;
  wb_limit limit = limit_of("age 14 and over");
  wb_service wanted = service(1206, "2026-01-01");
  wanted.birth = day("2012-05-17");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-05-17"));
  wanted.birth = day("2012-02-29");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-03-01"));
  wanted.birth = day("2012-01-01");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-01-01"));
  wanted.birth = day("2011-06-01"); /* had months ago */
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-01-01"));
}

static void too_old_by_the_time_it_is_free(void **state) {
  (void)state;
  wb_limit limits[] = {limit_of("through age 14"), limit_of("1 per 6 months")};
  wb_procedure one = past(1206, "2026-03-01");
  wb_service wanted = service(1206, "2026-04-01");
  wanted.birth = day("2011-07-01");
  wb_covered covered = find(limits, 2, &one, 1, &wanted);
  assert_int_equal(covered.flags, WB_COVERED_NEVER);
  assert_int_equal(covered.limit, 0);
  assert_int_equal(covered.date, WB_DATE_NONE);
  wanted.birth = day("2011-09-02");
  assert_int_equal(find(limits, 2, &one, 1, &wanted).date, day("2026-09-01"));
}

static void a_waiting_period_counts_from_the_first_day(void **state) {
  (void)state;
  wb_limit limit = limit_of("12 months waiting period");
  wb_service wanted = service(2740, "2026-01-31");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-01-31"));
  limit.effective = day("2025-02-01");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-02-01"));
  limit.effective = day("2025-01-31");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-01-31"));
  limit.terminates = day("2026-01-30");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).flags, WB_COVERED_NEVER);
  limit.terminates = day("2026-01-31");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-01-31"));
  limit = limit_of("2 years waiting period");
  limit.effective = day("2024-02-29");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-02-28"));
  limit = limit_of("90 days waiting period");
  limit.effective = day("2026-01-01");
  assert_int_equal(find(&limit, 1, NULL, 0, &wanted).date, day("2026-04-01"));
}

static void the_highest_level_of_a_sort_counts(void **state) {
  (void)state;
  wb_code_range crowns = {2710, 2799}, one_crown = {2740, 2740};
  wb_limit limits[] = {limit_of("12 months waiting period"), limit_of("1 month waiting"),
                       limit_of("1 per 5 years")};
  wb_service wanted = service(2740, "2026-01-31");
  limits[0].effective = limits[1].effective = day("2026-01-01");
  limits[0].codes = &crowns, limits[1].codes = &one_crown;
  limits[0].code_count = limits[1].code_count = 1;
  limits[1].months = 0, limits[1].level = 2;
  assert_int_equal(find(limits, 3, NULL, 0, &wanted).date, day("2026-01-31"));
  wanted.code = 2750;
  assert_int_equal(find(limits, 3, NULL, 0, &wanted).date, day("2027-01-01"));
  wb_procedure one = past(2750, "2024-01-01");
  assert_int_equal(find(limits, 3, &one, 1, &wanted).date, day("2029-01-01"));
  limits[2].level = 2; /* how often does not stand in for how long to wait */
  one.date = day("2020-01-01");
  assert_int_equal(find(limits, 3, &one, 1, &wanted).date, day("2027-01-01"));
  wb_limit often[] = {limit_of("1 per lifetime"), limits[2]};
  assert_int_equal(find(often, 2, &one, 1, &wanted).date, day("2026-01-31"));
}

static void every_limit_of_two_coverages_is_satisfied(void **state) {
  (void)state;
  wb_limit limits[] = {limit_of("2 per calendar year"), limit_of("1 per 6 months + 1 day")};
  wb_procedure history[] = {past(1110, "2026-01-15"), past(1110, "2026-08-20")};
  wb_service wanted = service(0, "2026-10-01");
  wb_covered covered = find(limits, 2, history, 2, &wanted);
  assert_int_equal(covered.date, day("2027-02-21"));
  assert_int_equal(covered.limit, 1);
  covered = find(limits, 1, history, 2, &wanted);
  assert_int_equal(covered.date, day("2027-01-01"));
  assert_int_equal(find(NULL, 0, history, 2, &wanted).date, day("2026-10-01"));
}

static void as_many_as_sixty_four_are_counted(void **state) {
  (void)state;
  wb_procedure history[65];
  wb_limit limit = limit_of("64 per calendar year");
  wb_service wanted = service(1110, "2026-10-01");
  for (int i = 0; i < 65; i++)
    history[i] = past(1110, "2026-09-01");
  assert_int_equal(find(&limit, 1, history, 63, &wanted).date, day("2026-10-01"));
  assert_int_equal(find(&limit, 1, history, 64, &wanted).date, day("2027-01-01"));
  assert_int_equal(find(&limit, 1, history, 65, &wanted).date, day("2027-01-01"));
}

/* ---- bad input ---- */

static void assert_refused(const wb_limit *limit, const wb_procedure *history,
                           const wb_service *wanted, wb_status status) {
  wb_covered covered = {.size = sizeof covered, .date = 77};
  assert_int_equal(wb_benefit_covered(limit, 1, history, 1, wanted, &covered), status);
  assert_int_equal(covered.date, 77);
}

static void limits_that_cannot_be_are_refused(void **state) {
  (void)state;
  wb_procedure one = past(1110, "2026-01-01");
  wb_service wanted = service(1110, "2026-01-01");
  const wb_limit good = limit_of("1 per 6 months");
  wb_limit bad = good;
  assert_refused(NULL, &one, &wanted, WB_E_INVALID);
  assert_refused(&good, NULL, &wanted, WB_E_INVALID);
  assert_refused(&good, &one, NULL, WB_E_INVALID);
  assert_int_equal(wb_benefit_covered(&good, 1, &one, 1, &wanted, NULL), WB_E_INVALID);
  bad.flags = 4;
  assert_refused(&bad, &one, &wanted, WB_E_VERSION);
#define BAD(member, value)                                                                         \
  bad = good;                                                                                      \
  bad.member = value;                                                                              \
  assert_refused(&bad, &one, &wanted, WB_E_INVALID)
  BAD(size, 8);
  BAD(size, sizeof bad + 2);
  BAD(code_count, 1);
  BAD(kind, 0);
  BAD(kind, 8);
  BAD(scope, 4);
  BAD(scope, -1);
  BAD(count, 65);
  BAD(months, 0);
  BAD(months, -1);
  BAD(days, 120001);
  BAD(years, 10000);
  BAD(age_from, 10000);
  BAD(month, 13);
  BAD(day, 32);
  bad = good;
  bad.months = 0, bad.days = 3, bad.flags = WB_LIMIT_TO_THE_MONTH;
  assert_refused(&bad, &one, &wanted, WB_E_INVALID);
}

static void the_last_day_of_all_is_within_range(void **state) {
  (void)state;
  wb_limit limit = limit_of("1 per 31 days");
  wb_procedure one = past(1110, "9999-11-30");
  wb_service wanted = service(1110, "9999-12-01");
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("9999-12-31"));
  limit = limit_of("31 days waiting");
  limit.effective = day("9999-11-30");
  assert_int_equal(find(&limit, 1, &one, 1, &wanted).date, day("9999-12-31"));
}

static void the_ends_of_time_are_out_of_range(void **state) {
  (void)state;
  wb_procedure one = past(1110, "9999-12-31");
  wb_service wanted = service(1110, "9999-12-31");
  static const char *const wordings[] = {"1 per day",           "1 per month",
                                         "1 per calendar year", "1 per plan year",
                                         "1 per coverage year", "1 per 1 month exclusive"};
  for (size_t i = 0; i < WBI_COUNT(wordings); ++i) {
    wb_limit limit = limit_of(wordings[i]);
    limit.effective = 0;
    assert_refused(&limit, &one, &wanted, WB_E_RANGE);
  }
  wb_limit limit = limit_of("1 per day");
  limit.effective = WB_DATE_MAX + 1;
  assert_refused(&limit, &one, &wanted, WB_E_RANGE);
  limit.effective = WB_DATE_NONE, limit.terminates = WB_DATE_MIN - 1;
  assert_refused(&limit, &one, &wanted, WB_E_RANGE);
  limit = limit_of("9999 days waiting");
  limit.effective = WB_DATE_MAX;
  assert_refused(&limit, &one, &wanted, WB_E_RANGE);
  limit = limit_of("1 month waiting");
  limit.effective = WB_DATE_MAX;
  assert_refused(&limit, &one, &wanted, WB_E_RANGE);
  limit = limit_of("from age 14");
  wanted.birth = WB_DATE_MAX - 400;
  assert_refused(&limit, &one, &wanted, WB_E_RANGE);
  wanted.birth = WB_DATE_MAX + 1;
  assert_refused(&limit, &one, &wanted, WB_E_RANGE);
  wanted.birth = WB_DATE_NONE;
  wanted.from = WB_DATE_NONE;
  assert_refused(&limit, &one, &wanted, WB_E_RANGE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(two_per_calendar_year),
      cmocka_unit_test(two_per_benefit_year),
      cmocka_unit_test(two_in_twelve_rolling_months),
      cmocka_unit_test(one_per_six_months),
      cmocka_unit_test(one_per_six_months_and_a_day),
      cmocka_unit_test(one_per_many_days),
      cmocka_unit_test(one_per_many_months),
      cmocka_unit_test(one_per_calendar_years),
      cmocka_unit_test(once_per_lifetime),
      cmocka_unit_test(years_of_the_coverage),
      cmocka_unit_test(one_bitewing_a_year_leaves_other_codes_alone_unless_they_are_grouped),
      cmocka_unit_test(shared_groups_count_together),
      cmocka_unit_test(one_used_and_two_on_one_day_leaves_one),
      cmocka_unit_test(what_was_not_paid_uses_up_nothing),
      cmocka_unit_test(services_elsewhere_count_and_planned_ones_do_not),
      cmocka_unit_test(a_question_about_the_past_uses_the_plan_year_of_its_own_day),
      cmocka_unit_test(a_service_on_the_day_of_renewal_counts_once),
      cmocka_unit_test(a_service_dated_later_does_not_block),
      cmocka_unit_test(months_back_from_the_end_of_a_month),
      cmocka_unit_test(crowns_are_limited_by_tooth),
      cmocka_unit_test(deep_cleanings_are_limited_by_quarter),
      cmocka_unit_test(dentures_are_limited_by_arch),
      cmocka_unit_test(a_limit_on_the_mouth_counts_what_was_done_in_the_other_arch),
      cmocka_unit_test(ranges_of_teeth_are_the_same_place_where_they_overlap),
      cmocka_unit_test(two_quarters_a_day),
      cmocka_unit_test(an_age_limit_covers_through_the_age),
      cmocka_unit_test(an_age_to_come_is_waited_for),
      cmocka_unit_test(too_old_by_the_time_it_is_free),
      cmocka_unit_test(a_waiting_period_counts_from_the_first_day),
      cmocka_unit_test(the_highest_level_of_a_sort_counts),
      cmocka_unit_test(every_limit_of_two_coverages_is_satisfied),
      cmocka_unit_test(as_many_as_sixty_four_are_counted),
      cmocka_unit_test(limits_that_cannot_be_are_refused),
      cmocka_unit_test(the_last_day_of_all_is_within_range),
      cmocka_unit_test(the_ends_of_time_are_out_of_range),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
