/* SPDX-License-Identifier: MIT */
/* Recare: triggers, kind, due date, bands, the child flag, advice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dental/dental.h"
#include "support/times.h"

/* A history of a last prophy and a last perio visit, nothing else on record. */
static wb_recare_history history_of(const char *prophy, const char *perio) {
  return (wb_recare_history){.size = sizeof(wb_recare_history),
                             .last_prophy = day(prophy),
                             .last_perio = day(perio),
                             .last_scaling = WB_DATE_NONE,
                             .manual_due = WB_DATE_NONE,
                             .manual_since = WB_DATE_NONE,
                             .birth = WB_DATE_NONE};
}

/* The result by default conventions. */
static wb_recare find(const wb_recare_history *history, const char *today) {
  wb_recare recare = {.size = sizeof recare};
  assert_int_equal(wb_recare_find(history, NULL, day(today), &recare), WB_OK);
  return recare;
}

static void codes_set_their_clock(void **state) {
  (void)state;
  assert_int_equal(wbi_recare_trigger(1110), WB_RECARE_PROPHY);
  assert_int_equal(wbi_recare_trigger(1120), WB_RECARE_PROPHY);
  assert_int_equal(wbi_recare_trigger(4341), WB_RECARE_PERIO);
  assert_int_equal(wbi_recare_trigger(4342), WB_RECARE_PERIO);
  assert_int_equal(wbi_recare_trigger(4910), WB_RECARE_PERIO);
  assert_int_equal(wbi_recare_trigger(120), WB_RECARE_NONE);
  assert_int_equal(wbi_recare_trigger(4346), WB_RECARE_NONE);
  assert_true(wbi_recare_scaling(4342));
  assert_false(wbi_recare_scaling(4910));
  assert_true(wbi_code_missed(9986));
  assert_true(wbi_code_missed(9987));
  assert_false(wbi_code_missed(9988));
}

static void codes_are_read_through_case_blanks_and_suffixes(void **state) {
  (void)state;
  assert_int_equal(wbi_code_number(WBI_TEXT(" d1110\t")), 1110);
  assert_int_equal(wbi_code_number(WBI_TEXT("D1110.1")), 1110);
  assert_int_equal(wbi_code_number(WBI_TEXT("D1110A")), 1110);
  assert_int_equal(wbi_code_number(WBI_TEXT("D11101")), 0);
  assert_int_equal(wbi_code_number(WBI_TEXT("D111")), 0);
  assert_int_equal(wbi_code_number(WBI_TEXT("D11l0")), 0);
  assert_int_equal(wbi_code_number(WBI_TEXT("11110")), 0);
  assert_int_equal(wbi_code_number(WBI_TEXT("")), 0);
}

static void names_are_those_of_the_dictionary(void **state) {
  (void)state;
  static const char *const bands[] = {"", "not_due", "0-6", "6-9", "9-12", "12+"};
  for (int32_t i = 0; i < 6; ++i)
    assert_true(wbi_text_equal(wbi_recare_band_name(i), wbi_text_of(bands[i])));
  assert_int_equal(wbi_recare_band_name(6).length, 0);
  assert_int_equal(wbi_recare_band_name(-1).length, 0);
  assert_true(wbi_text_equal(wbi_recare_kind_name(WB_RECARE_PROPHY), WBI_TEXT("prophy")));
  assert_true(wbi_text_equal(wbi_recare_kind_name(WB_RECARE_PERIO), WBI_TEXT("perio")));
  assert_int_equal(wbi_recare_kind_name(WB_RECARE_NONE).length, 0);
}

static void either_kind_of_visit_moves_the_one_clock(void **state) {
  (void)state;
  wb_recare_history history = history_of("2025-03-10", "2025-01-10");
  wb_recare recare = find(&history, "2025-04-01");
  assert_int_equal(recare.last, day("2025-03-10"));
  assert_int_equal(recare.kind, WB_RECARE_PROPHY);
  assert_int_equal(recare.due, day("2025-09-11"));
  history.flags = WB_RECARE_HAS_PERIO;
  recare = find(&history, "2025-04-01");
  assert_int_equal(recare.last, day("2025-03-10"));
  assert_int_equal(recare.kind, WB_RECARE_PERIO);
  assert_int_equal(recare.due, day("2025-07-10"));
}

static void the_latest_trigger_sets_the_kind_and_perio_wins_a_day(void **state) {
  (void)state;
  wb_recare_history history = history_of("2025-03-10", "2025-03-10");
  assert_int_equal(find(&history, "2025-04-01").kind, WB_RECARE_PERIO);
  history = history_of("2025-03-11", "2025-03-10");
  assert_int_equal(find(&history, "2025-04-01").kind, WB_RECARE_PROPHY);
  history = history_of("", "2025-03-10");
  assert_int_equal(find(&history, "2025-04-01").kind, WB_RECARE_PERIO);
}

static void the_recorded_kind_is_perio_before_prophy(void **state) {
  (void)state;
  wb_recare_history history = history_of("2025-03-10", "");
  assert_int_equal(find(&history, "2025-04-01").recorded_kind, WB_RECARE_NONE);
  history.flags = WB_RECARE_HAS_PROPHY;
  assert_int_equal(find(&history, "2025-04-01").recorded_kind, WB_RECARE_PROPHY);
  history.flags |= WB_RECARE_HAS_PERIO;
  assert_int_equal(find(&history, "2025-04-01").recorded_kind, WB_RECARE_PERIO);
}

static void never_seen_is_prophy_without_due_date(void **state) {
  (void)state;
  wb_recare_history history = history_of("", "");
  wb_recare recare = find(&history, "2025-04-01");
  assert_int_equal(recare.kind, WB_RECARE_PROPHY);
  assert_int_equal(recare.last, WB_DATE_NONE);
  assert_int_equal(recare.due, WB_DATE_NONE);
  assert_int_equal(recare.overdue_months, -1);
  assert_int_equal(recare.band, WB_BAND_NONE);
  history.manual_due = day("2025-01-01");
  recare = find(&history, "2025-04-01");
  assert_int_equal(recare.due, day("2025-01-01"));
  assert_int_equal(recare.overdue_months, -1);
  assert_int_equal(recare.band, WB_BAND_NONE);
}

static void due_dates_clamp_to_the_month(void **state) {
  (void)state;
  static const char *const vectors[][2] = {
      {"2024-08-30", "2025-03-01"}, {"2024-08-31", "2025-03-01"}, {"2025-08-28", "2026-03-01"}};
  for (size_t i = 0; i < WBI_COUNT(vectors); ++i) {
    wb_recare_history history = history_of(vectors[i][0], "");
    assert_int_equal(find(&history, "2025-04-01").due, day(vectors[i][1]));
  }
  wb_recare_history history = history_of("", "2025-10-31");
  assert_int_equal(find(&history, "2025-11-01").due, day("2026-02-28"));
}

static void an_own_interval_counts_for_its_kind_from_28_days(void **state) {
  (void)state;
  wb_interval four_weeks = {0, 0, 4, 0}, short_of_it = {0, 0, 3, 6}, half_year = {0, 6, 0, 0};
  wb_recare_history history = history_of("2025-01-01", "");
  history.prophy_interval = &four_weeks;
  assert_int_equal(find(&history, "2025-01-01").due, day("2025-01-29"));
  history.prophy_interval = &short_of_it;
  assert_int_equal(find(&history, "2025-01-01").due, day("2025-07-02"));
  history.perio_interval = &half_year;
  assert_int_equal(find(&history, "2025-01-01").due, day("2025-07-02"));
  history.flags = WB_RECARE_HAS_PERIO;
  assert_int_equal(find(&history, "2025-01-01").due, day("2025-07-01"));
}

static void a_manual_due_date_stands_until_the_next_trigger(void **state) {
  (void)state;
  wb_recare_history history = history_of("2025-01-01", "");
  history.manual_due = day("2025-04-01");
  history.manual_since = day("2025-01-01");
  assert_int_equal(find(&history, "2025-04-01").due, day("2025-04-01"));
  history.manual_since = day("2024-12-31");
  assert_int_equal(find(&history, "2025-04-01").due, day("2025-07-02"));
  history.manual_since = WB_DATE_NONE;
  assert_int_equal(find(&history, "2025-04-01").due, day("2025-04-01"));
  history.manual_due = day("2025-01-01");
  assert_int_equal(find(&history, "2025-04-01").due, day("2025-07-02"));
  history.last_prophy = WB_DATE_NONE; /* never seen: none has ended it */
  assert_int_equal(find(&history, "2025-04-01").due, day("2025-01-01"));
  history.manual_since = day("2025-01-01");
  assert_int_equal(find(&history, "2025-04-01").due, day("2025-01-01"));
}

/* From child to adult to perio: one clock, so that no due date of an older code is left to call
   anybody back. */
static void a_change_of_codes_leaves_no_ghosts(void **state) {
  (void)state;
  wb_recare_history history = history_of("2024-01-10", "2024-07-15");
  wb_recare recare = find(&history, "2024-08-01");
  assert_int_equal(recare.last, day("2024-07-15"));
  assert_int_equal(recare.due, day("2024-11-15"));
  assert_int_equal(recare.band, WB_BAND_NOT_DUE);
  assert_int_equal(recare.overdue_months, 0);
}

static void a_manual_date_that_is_the_reckoned_one_goes_with_the_next_visit(void **state) {
  (void)state;
  wb_recare_history history = history_of("2025-01-01", "");
  history.manual_due = day("2025-07-02");
  history.manual_since = day("2025-01-01");
  assert_int_equal(find(&history, "2025-04-01").due, day("2025-07-02"));
  history.last_prophy = day("2025-06-30");
  assert_int_equal(find(&history, "2025-07-01").due, day("2025-12-31"));
}

static void a_new_default_leaves_own_intervals_and_manual_dates(void **state) {
  (void)state;
  wb_interval year = {1, 0, 0, 0}, half = {0, 6, 0, 0};
  wb_recare_settings settings = {.size = sizeof settings, .prophy_interval = &year};
  wb_recare_history history = history_of("2025-01-10", "");
  wb_recare recare = {.size = sizeof recare};
  assert_int_equal(wb_recare_find(&history, &settings, day("2025-02-01"), &recare), WB_OK);
  assert_int_equal(recare.due, day("2026-01-10"));
  history.prophy_interval = &half;
  assert_int_equal(wb_recare_find(&history, &settings, day("2025-02-01"), &recare), WB_OK);
  assert_int_equal(recare.due, day("2025-07-10"));
  history.manual_due = day("2025-05-05");
  history.manual_since = day("2025-01-10");
  assert_int_equal(wb_recare_find(&history, &settings, day("2025-02-01"), &recare), WB_OK);
  assert_int_equal(recare.due, day("2025-05-05"));
}

/* Asserts band and overdue months of a patient last seen 2024-06-30, due 2024-12-31. */
static void assert_band(const char *today, int32_t band, int32_t months) {
  wb_recare_history history = history_of("2024-06-30", "");
  wb_recare recare = find(&history, today);
  assert_int_equal(recare.due, day("2024-12-31"));
  assert_int_equal(recare.band, band);
  assert_int_equal(recare.overdue_months, months);
}

static void bands_change_on_whole_months(void **state) {
  (void)state;
  assert_band("2024-12-30", WB_BAND_NOT_DUE, 0);
  assert_band("2024-12-31", WB_BAND_0_6, 0);
  assert_band("2025-06-29", WB_BAND_0_6, 5);
  assert_band("2025-06-30", WB_BAND_6_9, 6);
  assert_band("2025-09-29", WB_BAND_6_9, 8);
  assert_band("2025-09-30", WB_BAND_9_12, 9);
  assert_band("2025-12-30", WB_BAND_9_12, 11);
  assert_band("2025-12-31", WB_BAND_12, 12);
}

static void conventions_can_be_set(void **state) {
  (void)state;
  wb_interval year = {1, 0, 0, 0}, quarter = {0, 3, 0, 0};
  wb_recare_settings settings = {.size = sizeof settings,
                                 .prophy_interval = &year,
                                 .perio_interval = &quarter,
                                 .child_age = 14,
                                 .edges = {1, 2, 3}};
  wb_recare recare = {.size = sizeof recare};
  wb_recare_history history = history_of("2024-01-10", "");
  history.birth = day("2011-03-11");
  assert_int_equal(wb_recare_find(&history, &settings, day("2025-03-10"), &recare), WB_OK);
  assert_int_equal(recare.due, day("2025-01-10"));
  assert_int_equal(recare.band, WB_BAND_9_12);
  assert_true(recare.flags & WB_RECARE_CHILD);
  history.flags = WB_RECARE_HAS_PERIO;
  assert_int_equal(wb_recare_find(&history, &settings, day("2024-05-01"), &recare), WB_OK);
  assert_int_equal(recare.due, day("2024-04-10"));
}

static void a_child_is_under_twelve_at_the_later_of_due_date_and_today(void **state) {
  (void)state;
  wb_recare_history history = history_of("2024-06-30", "");
  history.birth = day("2013-01-01");
  assert_true(find(&history, "2024-07-01").flags & WB_RECARE_CHILD);
  assert_true(find(&history, "2024-12-31").flags & WB_RECARE_CHILD);
  assert_false(find(&history, "2025-01-01").flags & WB_RECARE_CHILD);
  history.birth = day("2012-12-31");
  assert_false(find(&history, "2024-07-01").flags & WB_RECARE_CHILD);
  history.birth = WB_DATE_NONE;
  assert_false(find(&history, "2024-07-01").flags & WB_RECARE_CHILD);
}

/* Whether perio is advised today. */
static bool advised(const wb_recare_history *history, const char *today) {
  return (find(history, today).flags & WB_RECARE_ADVISE_PERIO) != 0;
}

static void perio_is_advised_when_the_history_says_so_and_the_record_does_not(void **state) {
  (void)state;
  wb_recare_history history = history_of("2025-01-10", "2024-01-10");
  history.flags = WB_RECARE_HAS_PROPHY;
  assert_true(advised(&history, "2025-02-01"));
  assert_true(advised(&history, "2026-01-10"));
  assert_false(advised(&history, "2026-01-11"));
  history.last_scaling = day("2024-01-10");
  assert_false(advised(&history, "2026-01-11"));
  history.last_prophy = day("2023-06-01");
  assert_true(advised(&history, "2030-01-11"));
  history.flags = WB_RECARE_HAS_PERIO;
  assert_false(advised(&history, "2025-02-01"));
}

static void perio_is_not_advised_where_the_record_is_silent_and_the_kind_is_perio(void **state) {
  (void)state;
  wb_recare_history history = history_of("2024-01-10", "2025-01-10");
  assert_false(advised(&history, "2025-02-01"));
  history.last_prophy = day("2025-01-11");
  assert_true(advised(&history, "2025-02-01"));
  history.last_perio = WB_DATE_NONE;
  assert_false(advised(&history, "2025-02-01"));
}

static void advice_comes_with_its_evidence(void **state) {
  (void)state;
  wb_recare_history history = history_of("2024-03-10", "2024-01-10");
  history.flags = WB_RECARE_HAS_PROPHY;
  wb_recare recare = find(&history, "2025-02-01");
  assert_int_equal(recare.evidence, WB_EVIDENCE_RECENT);
  assert_int_equal(recare.evidence_on, day("2024-01-10"));
  history.last_prophy = day("2023-12-01");
  history.last_scaling = day("2024-01-10");
  assert_int_equal(find(&history, "2025-02-01").evidence, WB_EVIDENCE_RECENT | WB_EVIDENCE_SCALING);
  assert_int_equal(find(&history, "2027-02-01").evidence, WB_EVIDENCE_SCALING);
  history.last_prophy = history.last_scaling; /* on one day */
  assert_int_equal(find(&history, "2027-02-01").evidence, WB_EVIDENCE_SCALING);
  history.last_prophy = day("2024-03-10");
  recare = find(&history, "2027-02-01");
  assert_int_equal(recare.evidence, 0);
  assert_int_equal(recare.evidence_on, WB_DATE_NONE);
  history.flags = WB_RECARE_HAS_PERIO;
  assert_int_equal(find(&history, "2025-02-01").evidence_on, WB_DATE_NONE);
}

static void a_host_of_a_later_version_is_answered_within_its_struct(void **state) {
  (void)state;
  struct {
    wb_recare recare;
    uint64_t later;
  } longer = {{.size = sizeof longer}, 77};
  wb_recare_history history = history_of("2025-03-10", "");
  assert_int_equal(wb_recare_find(&history, NULL, day("2025-04-01"), &longer.recare), WB_OK);
  assert_int_equal(longer.recare.size, sizeof longer);
  assert_int_equal(longer.recare.due, day("2025-09-11"));
  assert_int_equal(longer.later, 0);
}

/* Asserts that a call fails and leaves the result alone. */
static void assert_refused(const wb_recare_history *history, const wb_recare_settings *settings,
                           wb_date today, wb_status status) {
  wb_recare recare = {.size = sizeof recare, .kind = 77};
  assert_int_equal(wb_recare_find(history, settings, today, &recare), status);
  assert_int_equal(recare.kind, 77);
}

static void wrong_arguments_are_refused(void **state) {
  (void)state;
  wb_recare_history good = history_of("2025-01-10", ""), bad = good;
  wb_recare small = {.size = 4};
  assert_int_equal(wb_recare_find(&good, NULL, 0, NULL), WB_E_INVALID);
  assert_int_equal(wb_recare_find(&good, NULL, 0, &small), WB_E_INVALID);
  assert_refused(NULL, NULL, 0, WB_E_INVALID);
  bad.size = 8;
  assert_refused(&bad, NULL, 0, WB_E_INVALID);
  bad = good;
  bad.flags = 64;
  assert_refused(&bad, NULL, 0, WB_E_VERSION);
  wb_date *const dates[] = {&bad.last_prophy, &bad.last_perio,   &bad.last_scaling,
                            &bad.manual_due,  &bad.manual_since, &bad.birth};
  for (size_t i = 0; i < WBI_COUNT(dates); ++i) {
    bad = good;
    *dates[i] = WB_DATE_MAX + 1;
    assert_refused(&bad, NULL, 0, WB_E_RANGE);
  }
  bad = good;
  assert_refused(&good, NULL, WB_DATE_NONE, WB_E_RANGE);
  assert_refused(&good, NULL, WB_DATE_MIN - 1, WB_E_RANGE);
  bad.last_prophy = WB_DATE_MIN;
  assert_int_equal(wb_recare_find(&bad, NULL, WB_DATE_MIN, &(wb_recare){.size = sizeof(wb_recare)}),
                   WB_OK);
  bad = good;
  bad.last_perio = WB_DATE_MAX;
  assert_refused(&bad, NULL, 0, WB_E_RANGE);
}

static void conventions_that_cannot_be_are_refused(void **state) {
  (void)state;
  wb_recare_history history = history_of("2025-01-10", "");
  wb_recare_settings settings = {.size = sizeof settings, .edges = {9, 9, 12}};
  assert_refused(&history, &settings, 0, WB_E_INVALID);
  settings = (wb_recare_settings){.size = sizeof settings, .edges = {0, 0, 9}};
  assert_refused(&history, &settings, 0, WB_E_INVALID);
  settings = (wb_recare_settings){.size = sizeof settings, .edges = {-1, 0, 0}};
  assert_refused(&history, &settings, 0, WB_E_INVALID);
  settings = (wb_recare_settings){.size = sizeof settings, .child_age = -1};
  assert_refused(&history, &settings, 0, WB_E_INVALID);
  settings = (wb_recare_settings){.size = 8};
  assert_refused(&history, &settings, 0, WB_E_INVALID);
  settings = (wb_recare_settings){.size = sizeof settings, .flags = 1};
  assert_refused(&history, &settings, 0, WB_E_VERSION);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(codes_set_their_clock),
      cmocka_unit_test(codes_are_read_through_case_blanks_and_suffixes),
      cmocka_unit_test(names_are_those_of_the_dictionary),
      cmocka_unit_test(either_kind_of_visit_moves_the_one_clock),
      cmocka_unit_test(the_latest_trigger_sets_the_kind_and_perio_wins_a_day),
      cmocka_unit_test(the_recorded_kind_is_perio_before_prophy),
      cmocka_unit_test(never_seen_is_prophy_without_due_date),
      cmocka_unit_test(due_dates_clamp_to_the_month),
      cmocka_unit_test(an_own_interval_counts_for_its_kind_from_28_days),
      cmocka_unit_test(a_manual_due_date_stands_until_the_next_trigger),
      cmocka_unit_test(a_change_of_codes_leaves_no_ghosts),
      cmocka_unit_test(a_manual_date_that_is_the_reckoned_one_goes_with_the_next_visit),
      cmocka_unit_test(a_new_default_leaves_own_intervals_and_manual_dates),
      cmocka_unit_test(bands_change_on_whole_months),
      cmocka_unit_test(conventions_can_be_set),
      cmocka_unit_test(a_child_is_under_twelve_at_the_later_of_due_date_and_today),
      cmocka_unit_test(perio_is_advised_when_the_history_says_so_and_the_record_does_not),
      cmocka_unit_test(perio_is_not_advised_where_the_record_is_silent_and_the_kind_is_perio),
      cmocka_unit_test(advice_comes_with_its_evidence),
      cmocka_unit_test(a_host_of_a_later_version_is_answered_within_its_struct),
      cmocka_unit_test(wrong_arguments_are_refused),
      cmocka_unit_test(conventions_that_cannot_be_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
