/* SPDX-License-Identifier: MIT */
/* Planned and unfinished treatment: every exclusion, every pair, both sides of each wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dental/dental.h"

/* The date of a text; "" is none. */
static wb_date day(const char *text) {
  wb_date date = WB_DATE_NONE;
  if (*text) assert_int_equal(wb_date_parse(text, strlen(text), &date), WB_OK);
  return date;
}

/* The chart of one patient; a test adds to it. */
static wb_procedure chart[16];
static uint32_t filled;

static void empty_chart(void) {
  filled = 0;
}

/* Adds a procedure by its code or group, on a tooth ("14") or a quarter or arch ("UR"). */
static wb_procedure *add(const char *code, int32_t status, const char *date, const char *place) {
  static const wb_code own[] = {
#define OWN(name)                                                                                  \
  {.size = sizeof(wb_code),                                                                        \
   .code = name,                                                                                   \
   .group = name,                                                                                  \
   .code_length = sizeof name - 1,                                                                 \
   .group_length = sizeof name - 1,                                                                \
   .from = WB_DATE_NONE,                                                                           \
   .until = WB_DATE_NONE}
      OWN("crown_prep"),       OWN("crown_seat"),     OWN("denture_step"), OWN("denture_delivery"),
      OWN("guard_impression"), OWN("guard_delivery"), OWN("space_closed"), OWN("ortho_consult")};
  wb_group group = {.size = sizeof group};
  assert_int_equal(wb_group_find(code, strlen(code), WB_DATE_NONE, own, WBI_COUNT(own), &group),
                   WB_OK);
  wb_procedure *procedure = &chart[filled++];
  *procedure = (wb_procedure){.size = sizeof *procedure,
                              .code = group.code,
                              .group = group.id,
                              .status = status,
                              .date = day(date),
                              .visit = WB_DATE_NONE};
  if (wb_teeth_parse(place, strlen(place), 0, &procedure->teeth) != WB_OK)
    assert_int_equal(wb_teeth_parse(place, strlen(place), 1, &procedure->teeth), WB_OK);
  return procedure;
}

static wb_procedure *done(const char *code, const char *date, const char *place) {
  return add(code, WB_PROCEDURE_COMPLETED, date, place);
}

static wb_procedure *planned(const char *code, const char *date, const char *place) {
  return add(code, WB_PROCEDURE_PLANNED, date, place);
}

/* Where the first procedure of the chart stands. */
static wb_treatment find(const char *today) {
  wb_treatment treatment = {.size = sizeof treatment};
  assert_int_equal(wb_treatment_find(chart, filled, 0, day(today), &treatment), WB_OK);
  return treatment;
}

static uint32_t flags(const char *today) {
  return find(today).flags & ~WB_TREATMENT_PLANNED;
}

static void a_planned_procedure_is_open(void **state) {
  (void)state;
  empty_chart();
  planned("D2740", "2025-03-01", "14");
  assert_int_equal(find("2025-04-01").flags, WB_TREATMENT_PLANNED | WB_TREATMENT_OPEN);
}

static void what_is_not_actively_planned_is_no_treatment(void **state) {
  (void)state;
  for (int32_t status = WB_PROCEDURE_OTHER; status <= WB_PROCEDURE_DELETED; ++status) {
    empty_chart();
    add("D2740", status, "2025-03-01", "14");
    bool open = status == WB_PROCEDURE_PLANNED;
    assert_int_equal(find("2025-04-01").flags, open ? WB_TREATMENT_PLANNED | WB_TREATMENT_OPEN : 0);
  }
  empty_chart();
  planned("D2740", "2025-03-01", "14")->flags = WB_PROCEDURE_RESTRICTED;
  assert_int_equal(find("2025-04-01").flags, 0);
  assert_int_equal(find("2025-04-01").months, -1);
}

static void a_visit_today_or_later_schedules_it(void **state) {
  (void)state;
  empty_chart();
  planned("D2740", "2025-03-01", "14")->visit = day("2025-04-01");
  assert_int_equal(flags("2025-03-31"), WB_TREATMENT_SCHEDULED);
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_SCHEDULED);
  assert_int_equal(flags("2025-04-02"), WB_TREATMENT_OPEN);
}

static void the_same_or_a_closing_group_later_at_the_place_supersedes(void **state) {
  (void)state;
  static const struct {
    const char *planned, *at, *done, *on, *where;
    uint32_t flags;
  } cases[] = {
      {"D2740", "14", "D2750", "2025-03-02", "14", WB_TREATMENT_SUPERSEDED},
      {"D2740", "14", "D2750", "2025-03-01", "14", WB_TREATMENT_OPEN}, /* not later */
      {"D2740", "14", "D2750", "2025-04-02", "14", WB_TREATMENT_OPEN}, /* does not exist yet */
      {"D2740", "14", "D2750", "2025-04-01", "14", WB_TREATMENT_SUPERSEDED},
      {"D2740", "14", "D2750", "2025-03-02", "15", WB_TREATMENT_OPEN},
      {"D2740", "14", "D2750", "2025-03-02", "", WB_TREATMENT_SUPERSEDED}, /* place not said */
      {"D2740", "14", "D2391", "2025-03-02", "14", WB_TREATMENT_OPEN},
      {"D2391", "14", "D2740", "2025-03-02", "14", WB_TREATMENT_SUPERSEDED},
      {"D2391", "14", "D2150", "2025-03-02", "14", WB_TREATMENT_SUPERSEDED},
      {"D4341", "UR", "D4342", "2025-03-02", "UR", WB_TREATMENT_SUPERSEDED},
      {"D4341", "UR", "D4341", "2025-03-02", "UL", WB_TREATMENT_OPEN},
      {"D5110", "", "D5120", "2025-03-02", "", WB_TREATMENT_OPEN}, /* another arch, by code */
      {"D5213", "", "D5110", "2025-03-02", "", WB_TREATMENT_SUPERSEDED},
      {"D1110", "", "D4910", "2025-03-02", "", WB_TREATMENT_SUPERSEDED},
      {"D6010", "14", "D6245", "2025-03-02", "14", WB_TREATMENT_SUPERSEDED},
      {"D9110", "14", "D9110", "2025-03-02", "14", WB_TREATMENT_SUPERSEDED},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    empty_chart();
    planned(cases[i].planned, "2025-03-01", cases[i].at);
    wb_procedure *other = done(cases[i].done, cases[i].on, cases[i].where);
    assert_int_equal(flags("2025-04-01"), cases[i].flags);
    other->status = WB_PROCEDURE_EXISTING;
    assert_int_equal(flags("2025-04-01"), cases[i].flags);
    other->status = WB_PROCEDURE_DELETED;
    assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  }
}

static void codes_without_group_are_the_same_by_number_only(void **state) {
  (void)state;
  empty_chart();
  *planned("D2740", "2025-03-01", "14") = (wb_procedure){
      .size = sizeof chart[0], .status = WB_PROCEDURE_PLANNED, .visit = WB_DATE_NONE};
  done("D2740", "2025-03-02", "14");
  chart[1].code = chart[1].group = 0;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  chart[0].code = chart[1].code = 2796;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_SUPERSEDED);
}

static void an_extracted_tooth_needs_nothing_more(void **state) {
  (void)state;
  empty_chart();
  planned("D2740", "2025-03-01", "14");
  done("D7140", "2025-03-02", "14");
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_SUPERSEDED);
  chart[1].date = day("2025-03-01");
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  empty_chart();
  planned("D4341", "2025-03-01", "UL"); /* one tooth less in the quarter */
  done("D7140", "2025-03-02", "14");
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  empty_chart();
  planned("D6010", "2025-03-01", "14"); /* an implant is for a lost tooth */
  done("D7210", "2025-03-02", "14");
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
}

static void one_of_several_alternatives_stands(void **state) {
  (void)state;
  empty_chart();
  planned("D6010", "2025-03-01", "14")->alternative = 5;
  planned("D6245", "2025-03-01", "14")->alternative = 5;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  chart[1].flags = WB_PROCEDURE_PREFERRED;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_SUPERSEDED);
  chart[0].flags = WB_PROCEDURE_PREFERRED;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  chart[1].status = WB_PROCEDURE_COMPLETED;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_SUPERSEDED);
  chart[1].alternative = 6;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
}

static void a_missed_visit_supersedes_nothing(void **state) {
  (void)state;
  empty_chart();
  planned("D9986", "2025-03-01", "");
  assert_int_equal(flags("2025-04-01"), 0);
  chart[0].code = 9987;
  assert_int_equal(flags("2025-04-01"), 0);
}

static void plans_age(void **state) {
  (void)state;
  empty_chart();
  planned("D2740", "2024-03-31", "14");
  static const struct {
    const char *today;
    int32_t age, months;
  } cases[] = {
      {"2024-03-30", WB_TREATMENT_FRESH, 0},      {"2025-03-30", WB_TREATMENT_FRESH, 11},
      {"2025-03-31", WB_TREATMENT_FRESH, 12},     {"2025-04-01", WB_TREATMENT_REEXAMINE, 12},
      {"2026-03-31", WB_TREATMENT_REEXAMINE, 24}, {"2026-04-01", WB_TREATMENT_HISTORY, 24}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    assert_int_equal(find(cases[i].today).age, cases[i].age);
    assert_int_equal(find(cases[i].today).months, cases[i].months);
  }
  chart[0].date = WB_DATE_NONE;
  assert_int_equal(find("2025-04-01").age, WB_TREATMENT_REEXAMINE);
  assert_int_equal(find("2025-04-01").months, -1);
  chart[0].date = WB_DATE_MAX - 1;
  assert_int_equal(find("9999-12-31").age, WB_TREATMENT_FRESH);
}

/* ---- unfinished ---- */

/* What is unfinished by a day, as "kind kind". */
static const char *unfinished_by(const char *today, int32_t crown) {
  static char text[256];
  uint64_t cursor = 0;
  wb_unfinished found = {.size = sizeof found};
  wb_status status;
  text[0] = 0;
  while (!(status = wb_unfinished_next(chart, filled, crown, day(today), &cursor, &found))) {
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
  empty_chart();
  done(start, "2025-01-31", place);
  assert_string_equal(unfinished_by(since, 0), kind);
  assert_int_equal(wb_unfinished_next(chart, filled, 0, day(since) - 1, &cursor, &found),
                   WB_E_NAME);
  assert_int_equal(wb_unfinished_next(chart, filled, 0, day(since), &cursor, &found), WB_OK);
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
  empty_chart(); /* nothing else is looked for */
  done("D1110", "2025-01-31", "");
  assert_string_equal(unfinished_by("2025-12-31", 0), "");
}

static void the_finish_is_at_the_same_place(void **state) {
  (void)state;
  empty_chart();
  done("D3330", "2025-01-31", "14");
  done("D2740", "2025-02-15", "15");
  assert_string_equal(unfinished_by("2025-06-01", 0), "endo_uncrowned");
  chart[1].teeth = 0;
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
  empty_chart();
  done("D5130", "2025-01-31", "");
  done("D5751", "2025-08-31", ""); /* reline of the other arch */
  assert_string_equal(unfinished_by("2026-02-01", 0), "denture_immediate");
}

static void a_filling_finishes_a_root_canal_of_a_front_tooth_only(void **state) {
  (void)state;
  empty_chart();
  done("D3330", "2025-01-31", "14");
  done("D2393", "2025-02-15", "14");
  assert_string_equal(unfinished_by("2025-06-01", 0), "endo_uncrowned");
  chart[0].teeth = chart[1].teeth = 1 << 7;
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
}

static void a_tooth_that_cannot_be_saved_is_no_win_back(void **state) {
  (void)state;
  empty_chart();
  done("D3221", "2025-01-31", "14");
  done("D3332", "2025-02-15", "14");
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
  empty_chart();
  done("D3330", "2025-01-31", "14");
  done("D3332", "2025-02-15", "14");
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
}

static void a_finish_tomorrow_does_not_exist(void **state) {
  (void)state;
  empty_chart();
  done("D3221", "2025-01-31", "14");
  done("D3330", "2025-06-02", "14");
  assert_string_equal(unfinished_by("2025-06-01", 0), "endo_open");
  assert_string_equal(unfinished_by("2025-06-02", 0), "");
}

static void what_is_restricted_is_not_seen(void **state) {
  (void)state;
  empty_chart();
  done("D3221", "2025-01-31", "14")->flags = WB_PROCEDURE_RESTRICTED;
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
}

static void a_temporary_implant_crown_does_not_finish_the_implant(void **state) {
  (void)state;
  empty_chart();
  done("D6010", "2025-01-31", "14");
  done("D6085", "2025-02-28", "14");
  assert_string_equal(unfinished_by("2025-07-30", 0), "implant_unrestored");
}

static void some_teeth_are_not_replaced(void **state) {
  (void)state;
  static const char *const spared[] = {"1", "16", "17", "32", "A", "T", "", "1,14"};
  for (size_t i = 0; i < WBI_COUNT(spared); ++i) {
    empty_chart();
    done("D7140", "2025-01-31", spared[i]);
    assert_string_equal(unfinished_by("2025-06-01", 0), "");
  }
  empty_chart();
  done("D7140", "2025-01-31", "5");
  assert_string_equal(unfinished_by("2025-06-01", 0), "tooth_lost_open");
  planned("D8080", "2025-01-31", ""); /* premolars make room for braces */
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
  chart[0].teeth = 1 << 13;
  assert_string_equal(unfinished_by("2025-06-01", 0), "tooth_lost_open");
}

static void crowns_by_each_convention(void **state) {
  (void)state;
  empty_chart();
  done("D2740", "2025-01-31", "14");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_SEAT), "");
  assert_string_equal(unfinished_by("2025-03-16", WB_CROWN_PREP), "");
  assert_string_equal(unfinished_by("2025-03-17", WB_CROWN_PREP), "crown_prep_no_seat");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_SEPARATE), "");
  done("crown_seat", "2025-02-15", "14");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_PREP), "");
  empty_chart();
  done("crown_prep", "2025-01-31", "14");
  done("D2740", "2025-02-15", "14");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_SEAT), "");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_PREP), "crown_prep_no_seat");
  assert_string_equal(unfinished_by("2025-06-01", WB_CROWN_SEPARATE), "crown_prep_no_seat");
  empty_chart();
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
  empty_chart();
  done("D4341", "2025-01-31", "UR");
  assert_string_equal(unfinished_by("2025-03-02", 0), "");
  planned("D4341", "2025-01-10", "LL");
  planned("D4342", "2025-01-10", "UR");
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
  empty_chart();
  done("D4341", "2025-01-15", "UR");
  done("D4341", "2025-01-31", "LR");
  assert_string_equal(unfinished_by("2025-05-30", 0), "");
  assert_int_equal(wb_unfinished_next(chart, 2, 0, day("2025-05-31"), &cursor, &found), WB_OK);
  assert_int_equal(found.flags, 0);
  assert_int_equal(found.index, 1);
  done("D1110", "2025-04-15", "");
  cursor = 0;
  assert_int_equal(wb_unfinished_next(chart, 3, 0, day("2025-05-31"), &cursor, &found), WB_OK);
  assert_int_equal(found.flags, WB_UNFINISHED_INSTEAD);
}

static void a_debridement_needs_both_exam_and_cleaning(void **state) {
  (void)state;
  empty_chart();
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
  empty_chart();
  done("D0340", "2025-01-31", "");
  assert_string_equal(unfinished_by("2025-06-01", 0), "");
  done("D0470", "2025-02-01", "");
  assert_string_equal(unfinished_by("2025-03-01", 0), "");
  assert_string_equal(unfinished_by("2025-03-02", 0), "ortho_no_start");
}

static void braces_stall_ninety_days_after_the_last_visit(void **state) {
  (void)state;
  empty_chart();
  done("D8080", "2024-01-31", "");
  done("D8670", "2025-01-31", "");
  assert_string_equal(unfinished_by("2025-04-30", 0), "");
  assert_string_equal(unfinished_by("2025-05-01", 0), "ortho_stalled");
}

static void a_consult_is_answered_by_the_same_provider(void **state) {
  (void)state;
  empty_chart();
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
  empty_chart();
  done("D2950", "2025-01-31", "14");
  done("D2954", "2025-02-28", "14");
  done("D2950", "2025-02-28", "15");
  assert_string_equal(unfinished_by("2025-06-01", 0), "buildup_no_crown buildup_no_crown");
  assert_string_equal(unfinished_by("2025-03-17", 0), "buildup_no_crown");
  assert_int_equal(wb_unfinished_next(chart, 3, 0, day("2025-06-01"), &cursor, &found), WB_OK);
  assert_int_equal(found.index, 1);
}

static void waits_at_the_end_of_time_do_not_wrap(void **state) {
  (void)state;
  empty_chart();
  done("D3330", "9999-12-31", "14");
  assert_string_equal(unfinished_by("9999-12-31", 0), "");
}

static void wrong_arguments_are_refused(void **state) {
  (void)state;
  wb_treatment treatment = {.size = sizeof treatment};
  wb_unfinished found = {.size = sizeof found};
  uint64_t cursor = 0;
  empty_chart();
  planned("D2740", "2025-03-01", "14");
  assert_int_equal(wb_treatment_find(NULL, 1, 0, 0, &treatment), WB_E_INVALID);
  assert_int_equal(wb_treatment_find(chart, 1, 1, 0, &treatment), WB_E_INVALID);
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, NULL), WB_E_INVALID);
  assert_int_equal(wb_treatment_find(chart, 1, 0, WB_DATE_NONE, &treatment), WB_E_RANGE);
  assert_int_equal(wb_unfinished_next(chart, 1, 3, 0, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(chart, 1, -1, 0, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(chart, 1, 0, 0, NULL, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(NULL, 1, 0, 0, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(NULL, 0, 0, 0, &cursor, &found), WB_E_NAME);
  found.size = treatment.size = 8;
  assert_int_equal(wb_unfinished_next(chart, 1, 0, 0, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, &treatment), WB_E_INVALID);
  treatment.size = sizeof treatment;
  chart[0].flags = 64;
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, &treatment), WB_E_VERSION);
  chart[0].flags = 0;
  chart[0].date = WB_DATE_MAX + 1;
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, &treatment), WB_E_RANGE);
  chart[0].date = 0;
  chart[0].size = 12;
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, &treatment), WB_E_INVALID);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_planned_procedure_is_open),
      cmocka_unit_test(what_is_not_actively_planned_is_no_treatment),
      cmocka_unit_test(a_visit_today_or_later_schedules_it),
      cmocka_unit_test(the_same_or_a_closing_group_later_at_the_place_supersedes),
      cmocka_unit_test(codes_without_group_are_the_same_by_number_only),
      cmocka_unit_test(an_extracted_tooth_needs_nothing_more),
      cmocka_unit_test(one_of_several_alternatives_stands),
      cmocka_unit_test(a_missed_visit_supersedes_nothing),
      cmocka_unit_test(plans_age),
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
      cmocka_unit_test(waits_at_the_end_of_time_do_not_wrap),
      cmocka_unit_test(wrong_arguments_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
