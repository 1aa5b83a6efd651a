/* SPDX-License-Identifier: MIT */
/* Unfinished treatment: every pair, both sides of each wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dental/dental.h"
#include "support/chart.h"

/* What is unfinished by a day, as "kind kind". */
static const char *unfinished_by(const char *today, int32_t crown) {
  static char text[256];
  uint64_t cursor = 0;
  wb_unfinished found = {.size = sizeof found};
  wb_status status;
  text[0] = 0;
  while (!(status = wb_unfinished_next(chart, chart_count, crown, day(today), &cursor, &found))) {
    if (*text) strcat(text, " ");
    strcat(text, found.kind);
    assert_true(strlen(found.needs) > 3);
    assert_int_equal(found.started, chart[found.index].date);
  }
  assert_int_equal(status, WB_E_NAME);
  return text;
}

/* A place that shares no tooth with another. */
static uint64_t elsewhere(uint64_t teeth) {
  return teeth & WBI_TEETH_UPPER ? WBI_TEETH_LOWER : WBI_TEETH_UPPER;
}

/* Asserts that a start counts from a day on and not the day before, and that a finish ends it: on
   that day or later, and at the same tooth or arch where both have one. */
static void assert_pair(const char *kind, const char *start, const char *place, const char *since,
                        const char *finish, const char *where) {
  wb_unfinished found = {.size = sizeof found};
  uint64_t cursor = 0;
  chart_empty();
  done(start, "2025-01-31", place);
  assert_string_equal(unfinished_by(since, 0), kind);
  assert_int_equal(wb_unfinished_next(chart, chart_count, 0, day(since) - 1, &cursor, &found),
                   WB_E_NAME);
  assert_int_equal(wb_unfinished_next(chart, chart_count, 0, day(since), &cursor, &found), WB_OK);
  assert_int_equal(found.since, day(since));
  assert_int_equal(found.teeth, wbi_procedure_teeth(&chart[0]));
  wb_procedure *end = done(finish, "2025-01-31", where);
  assert_null(strstr(unfinished_by(since, 0), kind));
  end->date = day("2025-01-30");
  assert_non_null(strstr(unfinished_by(since, 0), kind));
  end->date = day("2025-02-01");
  assert_null(strstr(unfinished_by(since, 0), kind));
  if (wbi_procedure_teeth(&chart[0]) == 0 || wbi_procedure_teeth(end) == 0) return;
  end->teeth = elsewhere(wbi_procedure_teeth(&chart[0]));
  assert_non_null(strstr(unfinished_by(since, 0), kind));
}

static void every_start_waits_for_its_finish(void **state) {
  (void)state;
  assert_pair("endo_open", "D3221", "14", "2025-02-14", "D3330", "14");
  assert_pair("endo_open", "D3351", "8", "2025-02-14", "D3353", "8");
  assert_pair("endo_open", "D3355", "8", "2025-02-14", "D3357", "8");
  assert_pair("endo_open", "D3221", "14", "2025-02-14", "D7140", "14");
  assert_pair("endo_uncrowned", "D3330", "14", "2025-03-02", "D2740", "14");
  assert_pair("endo_uncrowned", "D3347", "12", "2025-03-02", "D6740", "12");
  assert_pair("endo_uncrowned", "D3310", "8", "2025-03-02", "D2331", "8");
  assert_pair("buildup_no_crown", "D2950", "14", "2025-03-17", "D2740", "14");
  assert_pair("buildup_no_crown", "D2954", "14", "2025-03-17", "D6750", "14");
  assert_pair("buildup_no_crown", "D4249", "14", "2025-03-17", "D7210", "14");
  assert_pair("crown_prep_no_seat", "D2799", "14", "2025-03-17", "D2740", "14");
  assert_pair("crown_prep_no_seat", "crown_prep", "14", "2025-03-17", "crown_seat", "14");
  assert_pair("interim_fill", "D2940", "14", "2025-03-17", "D2392", "14");
  assert_pair("interim_fill", "D1354", "A", "2025-03-17", "D2930", "A");
  assert_pair("interim_fill", "D2989", "14", "2025-03-17", "D2740", "14");
  assert_pair("implant_unrestored", "D6010", "14", "2025-07-30", "D6058", "14");
  assert_pair("implant_unrestored", "D6011", "14", "2025-07-30", "D6065", "14");
  assert_pair("implant_unrestored", "D6085", "14", "2025-07-30", "D6105", "14");
  assert_pair("implant_unrestored", "D6010", "19", "2025-07-30", "D6111", "");
  assert_pair("graft_no_implant", "D7953", "14", "2025-05-31", "D6010", "14");
  assert_pair("graft_no_implant", "D7951", "14", "2025-05-31", "D5213", "");
  assert_pair("tooth_lost_open", "D7140", "14", "2025-05-01", "D6010", "14");
  assert_pair("tooth_lost_open", "D7210", "19", "2025-05-01", "D5120", "");
  assert_pair("tooth_lost_open", "D7140", "4", "2025-05-01", "space_closed", "4");
  assert_pair("bridge_interim", "D6253", "4", "2025-03-17", "D6245", "4");
  assert_pair("bridge_interim", "D6793", "3", "2025-03-17", "D6740", "3");
  assert_pair("denture_immediate", "D5130", "", "2026-01-31", "D5750", "");
  assert_pair("denture_immediate", "D5224", "", "2026-01-31", "D5120", "");
  assert_pair("denture_interim", "D5820", "", "2025-05-01", "D5213", "");
  assert_pair("denture_steps", "denture_step", "U", "2025-04-01", "D5110", "");
  assert_pair("srp_no_maint", "D4341", "UR", "2025-05-31", "D4910", "");
  assert_pair("limited_only", "D0140", "", "2025-04-01", "D0120", "");
  assert_pair("limited_only", "D9110", "14", "2025-04-01", "D0180", "");
  assert_pair("exam_no_hygiene", "D0150", "", "2025-03-17", "D1110", "");
  assert_pair("exam_no_hygiene", "D0150", "", "2025-03-17", "D4346", "");
  assert_pair("ortho_no_start", "D8660", "", "2025-03-02", "D8090", "");
  assert_pair("ortho_no_start", "ortho_consult", "", "2025-03-02", "D8010", "");
  assert_pair("ortho_stalled", "D8080", "", "2025-05-01", "D8680", "");
  assert_pair("guard_not_delivered", "guard_impression", "", "2025-03-02", "D9944", "");
  assert_pair("consult_only", "D9310", "", "2025-03-17", "D2740", "14");
}

/* Whether a number of a set of codes and groups is marked as a start of a pair. */
static bool marked(int32_t number, uint32_t pair) {
  const wbi_data_code *code = wbi_code_find(number);
  const wbi_data_group *group = wbi_group_at(number - WBI_GROUP_BASE);
  if (number < WBI_GROUP_BASE) return !code || (code->starts >> pair & 1) != 0;
  return group && (group->starts >> pair & 1) != 0;
}

static void every_start_is_marked_on_its_code_or_group(void **state) {
  (void)state;
  for (uint32_t pair = 0; pair < wbi_data_pairs_count; ++pair) {
    const wbi_code_range *const sets[] = {wbi_data_pairs[pair].start,
                                          wbi_data_pairs[pair].together};
    for (size_t i = 0; i < WBI_COUNT(sets); ++i)
      for (const wbi_code_range *range = sets[i]; range->first; ++range)
        for (int32_t number = range->first; number <= range->last; ++number)
          if (!marked(number, pair)) fail_msg("%s: %d", wbi_data_pairs[pair].id, number);
  }
  assert_int_equal(wbi_code_find(1110)->starts, 0);
  chart_empty(); /* nothing else is looked for */
  done("D1110", "2025-01-31", "");
  assert_string_equal(unfinished_by("2025-12-31", 0), "");
}

static void the_finish_is_at_the_same_place(void **state) {
  (void)state;
  chart_empty();
  done("D3330", "2025-01-31", "14");
  done("D2740", "2025-02-15", "15");
  assert_string_equal(unfinished_by("2025-06-01", 0), "endo_uncrowned");
  chart[1].teeth = 0;
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
  chart_empty();
  done("D5130", "2025-01-31", "");
  done("D5751", "2025-08-31", ""); /* reline of the other arch */
  assert_string_equal(unfinished_by("2026-02-01", 0), "denture_immediate");
}

static void a_filling_finishes_a_root_canal_of_a_front_tooth_only(void **state) {
  (void)state;
  chart_empty();
  done("D3330", "2025-01-31", "14");
  done("D2393", "2025-02-15", "14");
  assert_string_equal(unfinished_by("2025-06-01", 0), "endo_uncrowned");
  chart[0].teeth = chart[1].teeth = 1 << 7;
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
}

static void a_tooth_that_cannot_be_saved_is_no_win_back(void **state) {
  (void)state;
  chart_empty();
  done("D3221", "2025-01-31", "14");
  done("D3332", "2025-02-15", "14");
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
  chart_empty();
  done("D3330", "2025-01-31", "14");
  done("D3332", "2025-02-15", "14");
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
}

static void a_finish_tomorrow_does_not_exist(void **state) {
  (void)state;
  chart_empty();
  done("D3221", "2025-01-31", "14");
  done("D3330", "2025-06-02", "14");
  assert_string_equal(unfinished_by("2025-06-01", 0), "endo_open");
  assert_string_equal(unfinished_by("2025-06-02", 0), "");
}

static void what_is_restricted_is_not_seen(void **state) {
  (void)state;
  chart_empty();
  done("D3221", "2025-01-31", "14")->flags = WB_PROCEDURE_RESTRICTED;
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
}

static void a_temporary_implant_crown_does_not_finish_the_implant(void **state) {
  (void)state;
  chart_empty();
  done("D6010", "2025-01-31", "14");
  done("D6085", "2025-02-28", "14");
  assert_string_equal(unfinished_by("2025-07-30", 0), "implant_unrestored");
}

static void some_teeth_are_not_replaced(void **state) {
  (void)state;
  static const char *const spared[] = {"1", "16", "17", "32", "A", "T", "", "1,14"};
  for (size_t i = 0; i < WBI_COUNT(spared); ++i) {
    chart_empty();
    done("D7140", "2025-01-31", spared[i]);
    assert_string_equal(unfinished_by("2025-06-01", 0), "");
  }
  chart_empty();
  done("D7140", "2025-01-31", "5");
  assert_string_equal(unfinished_by("2025-06-01", 0), "tooth_lost_open");
  planned("D8080", "2025-01-31", ""); /* premolars make room for braces */
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
  chart[1].status = WB_PROCEDURE_DELETED;
  assert_string_equal(unfinished_by("2025-06-01", 0), "tooth_lost_open");
  chart[1].status = WB_PROCEDURE_PLANNED;
  chart[0].teeth = 1 << 13;
  assert_string_equal(unfinished_by("2025-06-01", 0), "tooth_lost_open");
}

static void crowns_by_each_convention(void **state) {
  (void)state;
  chart_empty();
  done("D2740", "2025-01-31", "14");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_SEAT), "");
  assert_string_equal(unfinished_by("2025-03-16", WB_CROWN_PREP), "");
  assert_string_equal(unfinished_by("2025-03-17", WB_CROWN_PREP), "crown_prep_no_seat");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_SEPARATE), "");
  done("crown_seat", "2025-02-15", "14");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_PREP), "");
  chart_empty();
  done("crown_prep", "2025-01-31", "14");
  done("D2740", "2025-02-15", "14");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_SEAT), "");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_PREP), "crown_prep_no_seat");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_SEPARATE), "crown_prep_no_seat");
  chart_empty();
  done("D5110", "2025-01-31", "");
  done("D9944", "2025-01-31", "");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_SEAT), "");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_PREP),
                      "denture_steps guard_not_delivered");
  done("denture_delivery", "2025-02-15", "U");
  done("guard_delivery", "2025-02-15", "");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_PREP), "");
}

static void quarters_of_a_deep_cleaning_are_left(void **state) {
  (void)state;
  wb_unfinished found = {.size = sizeof found};
  uint64_t cursor = 0;
  chart_empty();
  done("D4341", "2025-01-31", "UR");
  assert_string_equal(unfinished_by("2025-03-02", 0), "");
  planned("D4341", "2025-01-10", "LL");
  planned("D4342", "2025-01-10", "UR");
  planned("D2740", "2025-01-10", "30"); /* no quarter */
  assert_string_equal(unfinished_by("2025-03-01", 0), "");
  assert_int_equal(wb_unfinished_next(chart, 3, 0, day("2025-03-02"), &cursor, &found), WB_OK);
  assert_string_equal(found.kind, "srp_partial");
  assert_int_equal(found.teeth, chart[1].teeth); /* that of the upper right is superseded */
  done("D4342", "2025-02-20", "LL");
  assert_string_equal(unfinished_by("2025-04-01", 0), "");
}

static void a_cleaning_instead_of_gum_maintenance_is_told(void **state) {
  (void)state;
  wb_unfinished found = {.size = sizeof found};
  uint64_t cursor = 0;
  chart_empty();
  done("D4341", "2025-01-15", "UR");
  done("D4341", "2025-01-31", "LR");
  assert_string_equal(unfinished_by("2025-05-30", 0), "");
  assert_int_equal(wb_unfinished_next(chart, 2, 0, day("2025-05-31"), &cursor, &found), WB_OK);
  assert_int_equal(found.flags, 0);
  assert_int_equal(found.index, 1);
  planned("D1110", "2025-04-15", ""); /* not in its place yet */
  cursor = 0;
  assert_int_equal(wb_unfinished_next(chart, 3, 0, day("2025-05-31"), &cursor, &found), WB_OK);
  assert_int_equal(found.flags, 0);
  chart[2].status = WB_PROCEDURE_COMPLETED;
  cursor = 0;
  assert_int_equal(wb_unfinished_next(chart, 3, 0, day("2025-05-31"), &cursor, &found), WB_OK);
  assert_int_equal(found.flags, WB_UNFINISHED_INSTEAD);
}

static void a_debridement_needs_both_exam_and_cleaning(void **state) {
  (void)state;
  chart_empty();
  done("D4355", "2025-01-31", "");
  assert_string_equal(unfinished_by("2025-03-01", 0), "");
  assert_string_equal(unfinished_by("2025-03-02", 0), "debride_only");
  done("D0180", "2025-02-15", "");
  assert_string_equal(unfinished_by("2025-03-02", 0), "debride_only");
  done("D4341", "2025-02-20", "UR");
  assert_string_equal(unfinished_by("2025-03-02", 0), "");
  chart[1].status = WB_PROCEDURE_PLANNED;
  assert_string_equal(unfinished_by("2025-03-02", 0), "debride_only");
}

static void an_orthodontic_work_up_is_two_procedures(void **state) {
  (void)state;
  chart_empty();
  done("D0340", "2025-01-31", "");
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
  done("D0470", "2025-02-01", "");
  assert_string_equal(unfinished_by("2025-03-01", 0), "");
  assert_string_equal(unfinished_by("2025-03-02", 0), "ortho_no_start");
}

static void braces_stall_ninety_days_after_the_last_visit(void **state) {
  (void)state;
  chart_empty();
  done("D8080", "2024-01-31", "");
  done("D8670", "2025-01-31", "");
  assert_string_equal(unfinished_by("2025-04-30", 0), "");
  assert_string_equal(unfinished_by("2025-05-01", 0), "ortho_stalled");
  planned("D8670", "2025-04-01", ""); /* did not come */
  assert_string_equal(unfinished_by("2025-05-01", 0), "ortho_stalled");
}

static void a_consult_is_answered_by_the_same_provider(void **state) {
  (void)state;
  chart_empty();
  done("D9310", "2025-01-31", "")->provider = 7;
  done("D2740", "2025-02-15", "14")->provider = 8;
  assert_string_equal(unfinished_by("2025-06-01", 0), "consult_only");
  chart[1].provider = 7;
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
  chart[1].provider = 0;
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
}

static void of_several_starts_at_one_place_the_latest_counts_once(void **state) {
  (void)state;
  wb_unfinished found = {.size = sizeof found};
  uint64_t cursor = 0;
  chart_empty();
  done("D2950", "2025-01-31", "14");
  done("D2954", "2025-02-28", "14");
  done("D2950", "2025-02-28", "15");
  assert_string_equal(unfinished_by("2025-06-01", 0), "buildup_no_crown buildup_no_crown");
  assert_string_equal(unfinished_by("2025-03-17", 0), "buildup_no_crown");
  assert_int_equal(wb_unfinished_next(chart, 3, 0, day("2025-06-01"), &cursor, &found), WB_OK);
  assert_int_equal(found.index, 1);
}

static void starts_need_not_be_in_the_order_of_their_days(void **state) {
  (void)state;
  chart_empty();
  done("D2954", "2025-02-28", "14");
  done("D2950", "2025-01-31", "14");
  assert_string_equal(unfinished_by("2025-06-01", 0), "buildup_no_crown");
  chart[1].date = chart[0].date; /* of one day the last stands for both */
  assert_string_equal(unfinished_by("2025-06-01", 0), "buildup_no_crown");
}

static void what_is_planned_starts_nothing_beside_what_is_done(void **state) {
  (void)state;
  chart_empty();
  done("D2950", "2025-01-31", "14");
  planned("D2950", "2025-01-31", "15");
  assert_string_equal(unfinished_by("2025-06-01", 0), "buildup_no_crown");
}

/* Asserts what is unfinished when the last procedure lies behind the end of the chart. */
static void assert_without_last(const char *today, const char *kinds) {
  assert_string_not_equal(unfinished_by(today, 0), kinds);
  chart_count--;
  assert_string_equal(unfinished_by(today, 0), kinds);
}

static void what_lies_behind_the_chart_is_not_of_it(void **state) {
  (void)state;
  chart_empty();
  done("D4355", "2025-01-31", "");
  done("D0180", "2025-01-31", "");
  done("D4341", "2025-01-31", "UR"); /* with the exam, on the day itself */
  assert_without_last("2025-03-02", "debride_only");
  chart_empty();
  done("D7140", "2025-01-31", "5");
  planned("D8080", "2025-01-31", "");
  assert_without_last("2025-06-01", "tooth_lost_open");
  chart_empty();
  done("D4341", "2025-01-31", "UR");
  planned("D4341", "2025-01-10", "LL");
  assert_without_last("2025-03-02", "");
  chart_empty();
  done("D8080", "2024-01-31", "");
  done("D8670", "2025-01-31", "");
  assert_without_last("2025-04-30", "ortho_stalled");
  chart_empty();
  done("D2950", "2025-01-31", "14");
  done("D2950", "2025-02-28", "14"); /* would stand for the first, and be told in its place */
  chart_count--;
  assert_string_equal(unfinished_by("2025-06-01", 0), "buildup_no_crown");
}

static void a_start_is_one_by_its_number_alone(void **state) {
  (void)state;
  chart_empty();
  done("D3330", "2025-01-31", "14")->group = 0;
  *done("D3330", "2025-01-31", "15") = (wb_procedure){.size = sizeof chart[0],
                                                      .status = WB_PROCEDURE_COMPLETED,
                                                      .date = day("2025-01-31"),
                                                      .visit = WB_DATE_NONE};
  done("D3330", "2025-01-31", "3")->code = 9998; /* nobody's code */
  chart[2].group = 0;
  assert_string_equal(unfinished_by("2025-12-01", 0), "endo_uncrowned");
}

static void waits_at_the_end_of_time_do_not_wrap(void **state) {
  (void)state;
  chart_empty();
  done("D3330", "9999-12-31", "14");
  assert_string_equal(unfinished_by("9999-12-31", 0), "");
}

static void wrong_arguments_are_refused(void **state) {
  (void)state;
  wb_unfinished found = {.size = sizeof found};
  uint64_t cursor = 0;
  chart_empty();
  done("D3330", "2025-01-31", "14");
  const wb_date today = day("2025-12-01");
  assert_int_equal(wb_unfinished_next(chart, 1, 3, today, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(chart, 1, -1, today, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(chart, 1, 0, today, NULL, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(chart, 1, 0, today, &cursor, NULL), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(NULL, 1, 0, today, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(NULL, 0, 0, today, &cursor, &found), WB_E_NAME);
  const uint32_t wrong[] = {8, 4104 /* no struct is as long */};
  for (size_t i = 0; i < WBI_COUNT(wrong); ++i) {
    found.size = wrong[i];
    assert_int_equal(wb_unfinished_next(chart, 1, 0, today, &cursor, &found), WB_E_INVALID);
    assert_int_equal(cursor, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_start_waits_for_its_finish),
      cmocka_unit_test(every_start_is_marked_on_its_code_or_group),
      cmocka_unit_test(the_finish_is_at_the_same_place),
      cmocka_unit_test(a_filling_finishes_a_root_canal_of_a_front_tooth_only),
      cmocka_unit_test(a_tooth_that_cannot_be_saved_is_no_win_back),
      cmocka_unit_test(a_finish_tomorrow_does_not_exist),
      cmocka_unit_test(what_is_restricted_is_not_seen),
      cmocka_unit_test(a_temporary_implant_crown_does_not_finish_the_implant),
      cmocka_unit_test(some_teeth_are_not_replaced),
      cmocka_unit_test(crowns_by_each_convention),
      cmocka_unit_test(quarters_of_a_deep_cleaning_are_left),
      cmocka_unit_test(a_cleaning_instead_of_gum_maintenance_is_told),
      cmocka_unit_test(a_debridement_needs_both_exam_and_cleaning),
      cmocka_unit_test(an_orthodontic_work_up_is_two_procedures),
      cmocka_unit_test(braces_stall_ninety_days_after_the_last_visit),
      cmocka_unit_test(a_consult_is_answered_by_the_same_provider),
      cmocka_unit_test(of_several_starts_at_one_place_the_latest_counts_once),
      cmocka_unit_test(starts_need_not_be_in_the_order_of_their_days),
      cmocka_unit_test(what_is_planned_starts_nothing_beside_what_is_done),
      cmocka_unit_test(what_lies_behind_the_chart_is_not_of_it),
      cmocka_unit_test(a_start_is_one_by_its_number_alone),
      cmocka_unit_test(waits_at_the_end_of_time_do_not_wrap),
      cmocka_unit_test(wrong_arguments_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
