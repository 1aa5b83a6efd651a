/* SPDX-License-Identifier: MIT */
/* Structs, NULLs and boundaries of treatment.h, benefit.h and law.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/fault.h"
#include "support/shape.h"

enum { TODAY = 20780 };            /* 2026-11-23 */
#define NOON ((wb_time)1795453200) /* 2026-11-23T12:00:00-05:00, a Monday */

/* ---- treatment ------------------------------------------------------------------------------ */

static wb_status find_group(void *codes, void *group) {
  return wb_group_find("D2740", 5, TODAY, codes, codes ? 1 : 0, group);
}

static wb_status find_by_code(void *user, void *code) {
  (void)user;
  wb_group group = {.size = sizeof group};
  return wb_group_find("D2740", 5, TODAY, code, 1, &group);
}

static void groups_are_found_by_checked_structs(void **state) {
  (void)state;
  wb_group group = {.size = sizeof group}, before;
  wb_code own = {.size = sizeof own,
                 .code = "X1",
                 .code_length = 2,
                 .standard = "D2740",
                 .standard_length = 5,
                 .from = WB_DATE_NONE,
                 .until = WB_DATE_NONE};
  shape_out(&group, sizeof group, find_group, NULL);
  shape_out(&group, sizeof group, find_group, &own);
  shape_in(&own, sizeof own, find_by_code, NULL);
  assert_int_equal(wb_group_find("D2740", 5, TODAY, NULL, 0, &group), WB_OK);
  assert_string_equal(group.name, "crown");
  assert_int_equal(group.code, 2740);
  assert_true(group.id >= 1);
  before = group;
  assert_int_equal(wb_group_find(" d2740.a", 8, WB_DATE_NONE, NULL, 0, &group), WB_OK);
  assert_int_equal(group.id, before.id);
  before = group;
  assert_int_equal(wb_group_find("X1", 2, TODAY, NULL, 0, &group), WB_E_NAME);
  assert_int_equal(wb_group_find("", 0, TODAY, NULL, 0, &group), WB_E_NAME);
  assert_int_equal(wb_group_find("D2740", 5, WB_DATE_MAX + 1, NULL, 0, &group), WB_E_RANGE);
  assert_int_equal(wb_group_find(NULL, 5, TODAY, NULL, 0, &group), WB_E_INVALID);
  assert_int_equal(wb_group_find("D2740", 5, TODAY, NULL, 1, &group), WB_E_INVALID);
  assert_int_equal(wb_group_find("D2740", 5, TODAY, NULL, 0, NULL), WB_E_INVALID);
  assert_memory_equal(&group, &before, sizeof group);
  assert_int_equal(wb_group_find(" x1 ", 4, TODAY, &own, 1, &group), WB_OK);
  assert_int_equal(group.id, before.id);
  own.from = TODAY + 1;
  assert_int_equal(wb_group_find("X1", 2, TODAY, &own, 1, &group), WB_E_NAME);
  own.from = TODAY;
  own.until = TODAY;
  assert_int_equal(wb_group_find("X1", 2, TODAY, &own, 1, &group), WB_OK);
  assert_int_equal(wb_group_find("X1", 2, TODAY + 1, &own, 1, &group), WB_E_NAME);
}

static void lists_of_codes_are_measured(void **state) {
  (void)state;
  wb_code_range ranges[4];
  uint32_t count = 77;
  memset(ranges, 0xA5, sizeof ranges);
  static const char text[] = "D1110, D4341-D4342";
  assert_int_equal(wb_codes_parse(text, sizeof text - 1, NULL, 0, &count), WB_E_SPACE);
  assert_int_equal(count, 2);
  assert_int_equal(wb_codes_parse(text, sizeof text - 1, ranges, 1, &count), WB_E_SPACE);
  assert_int_equal(ranges[1].first, (int32_t)0xA5A5A5A5);
  assert_int_equal(wb_codes_parse(text, sizeof text - 1, ranges, 2, &count), WB_OK);
  assert_int_equal(ranges[0].first, 1110);
  assert_int_equal(ranges[0].last, 1110);
  assert_int_equal(ranges[1].last, 4342);
  assert_int_equal(ranges[2].first, (int32_t)0xA5A5A5A5);
  count = 77;
  assert_int_equal(wb_codes_parse("D4342-D4341", 11, ranges, 4, &count), WB_E_SYNTAX);
  assert_int_equal(wb_codes_parse("", 0, ranges, 4, &count), WB_E_SYNTAX);
  assert_int_equal(wb_codes_parse("nothing", 7, ranges, 4, &count), WB_E_NAME);
  assert_int_equal(wb_codes_parse("D1110", 5, ranges, 4, NULL), WB_E_INVALID);
  assert_int_equal(count, 77);
}

static void places_are_teeth_or_areas(void **state) {
  (void)state;
  uint64_t teeth = 0, other = 0;
  assert_int_equal(wb_teeth_parse("3-5", 3, 0, &teeth), WB_OK);
  assert_int_equal(wb_teeth_parse("5,4,3", 5, 0, &other), WB_OK);
  assert_int_equal(teeth, other);
  assert_int_equal(wb_teeth_parse("UR", 2, 1, &teeth), WB_OK);
  assert_int_equal(wb_teeth_parse("10", 2, 1, &other), WB_OK);
  assert_int_equal(teeth, other);
  assert_int_equal(wb_teeth_parse("10", 2, 0, &other), WB_OK);
  assert_int_not_equal(teeth, other);
  assert_int_equal(wb_teeth_parse("", 0, 0, &teeth), WB_OK);
  assert_int_equal(teeth, 0);
  teeth = 77;
  const char *const bad[] = {"0", "33", "5-3", "3-", "Z", "1,,2", "83", "x"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
    assert_int_equal(wb_teeth_parse(bad[i], strlen(bad[i]), 0, &teeth), WB_E_SYNTAX);
  assert_int_equal(wb_teeth_parse("3", 1, 2, &teeth), WB_E_INVALID);
  assert_int_equal(wb_teeth_parse("3", 1, 0, NULL), WB_E_INVALID);
  assert_int_equal(wb_teeth_parse(NULL, 1, 0, &teeth), WB_E_INVALID);
  assert_int_equal(teeth, 77);
}

static const wb_procedure root_canal = {.size = sizeof(wb_procedure),
                                        .teeth = 4,
                                        .code = 3330,
                                        .status = WB_PROCEDURE_COMPLETED,
                                        .date = TODAY - 400,
                                        .visit = WB_DATE_NONE};

/* The root canal with its group. */
static wb_procedure root_canal_done(void) {
  wb_group group = {.size = sizeof group};
  wb_procedure done = root_canal;
  assert_int_equal(wb_group_find("D3330", 5, TODAY - 400, NULL, 0, &group), WB_OK);
  done.group = group.id;
  return done;
}

static wb_status treatment_out(void *procedure, void *treatment) {
  return wb_treatment_find(procedure, 1, 0, TODAY, treatment);
}

static wb_status treatment_in(void *user, void *procedure) {
  (void)user;
  wb_treatment treatment = {.size = sizeof treatment};
  return wb_treatment_find(procedure, 1, 0, TODAY, &treatment);
}

static wb_status unfinished_out(void *procedure, void *found) {
  uint64_t cursor = 0;
  return wb_unfinished_next(procedure, 1, WB_CROWN_SEAT, TODAY, &cursor, found);
}

static wb_status unfinished_in(void *user, void *procedure) {
  (void)user;
  uint64_t cursor = 0;
  wb_unfinished found = {.size = sizeof found};
  return wb_unfinished_next(procedure, 1, WB_CROWN_SEAT, TODAY, &cursor, &found);
}

static void treatment_refuses_what_cannot_be(void **state) {
  (void)state;
  wb_procedure done = root_canal_done();
  wb_treatment treatment = {.size = sizeof treatment};
  wb_unfinished found = {.size = sizeof found};
  uint64_t cursor = 0;
  shape_out(&treatment, sizeof treatment, treatment_out, &done);
  shape_in(&done, sizeof done, treatment_in, NULL);
  shape_out(&found, sizeof found, unfinished_out, &done);
  shape_in(&done, sizeof done, unfinished_in, NULL);
  assert_int_equal(wb_treatment_find(&done, 1, 1, TODAY, &treatment), WB_E_INVALID);
  assert_int_equal(wb_treatment_find(NULL, 1, 0, TODAY, &treatment), WB_E_INVALID);
  assert_int_equal(wb_treatment_find(&done, 1, 0, TODAY, NULL), WB_E_INVALID);
  assert_int_equal(wb_treatment_find(&done, 1, 0, WB_DATE_NONE, &treatment), WB_E_RANGE);
  assert_int_equal(wb_unfinished_next(&done, 1, 3, TODAY, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(&done, 1, -1, TODAY, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(&done, 1, 0, TODAY, NULL, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(NULL, 1, 0, TODAY, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_unfinished_next(&done, 1, 0, WB_DATE_MAX + 1, &cursor, &found), WB_E_RANGE);
  assert_int_equal(wb_unfinished_next(NULL, 0, 0, TODAY, &cursor, &found), WB_E_NAME);
  assert_int_equal(cursor, 0);
  assert_int_equal(wb_unfinished_next(&done, 1, 0, TODAY, &cursor, &found), WB_OK);
  assert_string_equal(found.kind, "endo_uncrowned");
  assert_int_equal(found.started, TODAY - 400);
  assert_int_equal(wb_unfinished_next(&done, 1, 0, TODAY, &cursor, &found), WB_E_NAME);
  cursor = UINT64_MAX;
  assert_int_equal(wb_unfinished_next(&done, 1, 0, TODAY, &cursor, &found), WB_E_NAME);
  done.flags = 1u << 31;
  assert_int_equal(treatment_in(NULL, &done), WB_E_VERSION);
  done = root_canal_done();
  done.date = WB_DATE_MAX + 1;
  assert_int_equal(treatment_in(NULL, &done), WB_E_RANGE);
}

/* ---- benefits ------------------------------------------------------------------------------- */

static const wb_plan calendar = {.size = sizeof(wb_plan),
                                 .kind = WB_PERIOD_OF_CALENDAR,
                                 .effective = WB_DATE_NONE,
                                 .terminates = WB_DATE_NONE,
                                 .verified = TODAY};

static wb_status period_out(void *user, void *period) {
  (void)user;
  return wb_benefit_find(&calendar, TODAY, period);
}

static wb_status plan_in(void *user, void *plan) {
  (void)user;
  wb_period period = {.size = sizeof period};
  return wb_benefit_find(plan, TODAY, &period);
}

static wb_status usage_out(void *period, void *usage) {
  return wb_usage_find(NULL, 0, period, 150000, usage);
}

static wb_status period_in(void *user, void *period) {
  (void)user;
  wb_usage usage = {.size = sizeof usage};
  return wb_usage_find(NULL, 0, period, 150000, &usage);
}

static wb_status claim_in(void *period, void *claim) {
  wb_usage usage = {.size = sizeof usage};
  return wb_usage_find(claim, 1, period, 150000, &usage);
}

static void benefits_refuse_what_cannot_be(void **state) {
  (void)state;
  wb_period period = {.size = sizeof period};
  wb_usage usage = {.size = sizeof usage};
  wb_claim claim = {.size = sizeof claim,
                    .status = WB_CLAIM_RECEIVED,
                    .paid = 150000,
                    .estimated = WB_CENTS_NONE,
                    .date = TODAY};
  shape_out(&period, sizeof period, period_out, NULL);
  shape_in(&calendar, sizeof calendar, plan_in, NULL);
  assert_int_equal(period_out(NULL, &period), WB_OK);
  assert_int_equal(period.first, 20454); /* 2026-01-01 */
  assert_int_equal(period.last, 20818);
  assert_int_equal(period.flags, WB_PERIOD_EXPIRING);
  shape_in(&period, sizeof period, period_in, NULL);
  shape_out(&usage, sizeof usage, usage_out, &period);
  shape_in(&claim, sizeof claim, claim_in, &period);
  assert_int_equal(wb_usage_find(&claim, 1, &period, 150001, &usage), WB_OK);
  assert_int_equal(usage.used, 150000);
  assert_int_equal(usage.remaining, 1);
  assert_int_equal(usage.flags, 0);
  assert_int_equal(wb_usage_find(&claim, 1, &period, 150000, &usage), WB_OK);
  assert_int_equal(usage.remaining, 0);
  assert_int_equal(usage.flags, WB_USAGE_MAX_USED);
  assert_int_equal(wb_usage_find(&claim, 1, &period, WB_CENTS_NONE, &usage), WB_OK);
  assert_true(usage.remaining == WB_CENTS_NONE);
  assert_int_equal(wb_usage_find(&claim, 1, &period, -1, &usage), WB_E_RANGE);
  assert_int_equal(wb_usage_find(NULL, 1, &period, 1, &usage), WB_E_INVALID);
  assert_int_equal(wb_usage_find(&claim, 1, NULL, 1, &usage), WB_E_INVALID);
  assert_int_equal(wb_usage_find(&claim, 1, &period, 1, NULL), WB_E_INVALID);
  wb_claim twice[2] = {claim, claim};
  twice[0].paid = twice[1].paid = INT64_MAX;
  assert_int_equal(wb_usage_find(twice, 2, &period, 1, &usage), WB_E_RANGE);
  assert_int_equal(wb_benefit_find(NULL, TODAY, &period), WB_E_INVALID);
  assert_int_equal(wb_benefit_find(&calendar, TODAY, NULL), WB_E_INVALID);
  assert_int_equal(wb_benefit_find(&calendar, WB_DATE_NONE, &period), WB_E_RANGE);
  wb_plan plan = calendar;
  const int32_t kinds[] = {-1, WB_PERIOD_OF_LIFETIME + 1};
  for (size_t i = 0; i < 2; ++i) {
    plan.kind = kinds[i];
    assert_int_equal(plan_in(NULL, &plan), WB_E_INVALID);
  }
  plan.kind = WB_PERIOD_OF_PLAN_YEAR;
  for (int32_t month = 0; month <= 13; ++month) {
    plan.month = month;
    assert_int_equal(plan_in(NULL, &plan), month % 13 ? WB_OK : WB_E_INVALID);
  }
  plan.kind = WB_PERIOD_OF_ANNIVERSARY;
  assert_int_equal(plan_in(NULL, &plan), WB_E_INVALID); /* since when? */
}

static wb_status limit_out(void *user, void *limit) {
  (void)user;
  return wb_limit_parse("2 per calendar year", 19, limit);
}

static wb_status covered_out(void *service, void *covered) {
  return wb_benefit_covered(NULL, 0, NULL, 0, service, covered);
}

static wb_status service_in(void *user, void *service) {
  (void)user;
  wb_covered covered = {.size = sizeof covered};
  return wb_benefit_covered(NULL, 0, NULL, 0, service, &covered);
}

static wb_status limit_in(void *service, void *limit) {
  wb_covered covered = {.size = sizeof covered};
  return wb_benefit_covered(limit, 1, NULL, 0, service, &covered);
}

static void covered_days_come_from_checked_structs(void **state) {
  (void)state;
  wb_limit limit = {.size = sizeof limit};
  wb_service service = {.size = sizeof service, .code = 1110, .from = TODAY, .birth = WB_DATE_NONE};
  wb_covered covered = {.size = sizeof covered};
  shape_out(&limit, sizeof limit, limit_out, NULL);
  assert_int_equal(limit_out(NULL, &limit), WB_OK);
  assert_int_equal(limit.kind, WB_LIMIT_CALENDAR_YEAR);
  assert_int_equal(limit.count, 2);
  shape_out(&covered, sizeof covered, covered_out, &service);
  shape_in(&service, sizeof service, service_in, NULL);
  shape_in(&limit, sizeof limit, limit_in, &service);
  assert_int_equal(covered_out(&service, &covered), WB_OK);
  assert_int_equal(covered.date, TODAY);
  assert_int_equal(covered.limit, UINT32_MAX);
  assert_int_equal(wb_limit_parse("now and then", 12, &limit), WB_E_SYNTAX);
  assert_int_equal(wb_limit_parse(NULL, 3, &limit), WB_E_INVALID);
  assert_int_equal(wb_limit_parse("1", 1, NULL), WB_E_INVALID);
  wb_procedure history[2] = {root_canal, root_canal};
  history[0].code = history[1].code = 1110;
  history[0].date = TODAY - 200;
  history[1].date = TODAY - 20;
  assert_int_equal(wb_benefit_covered(&limit, 1, history, 2, &service, &covered), WB_OK);
  assert_int_equal(covered.date, 20819); /* 2027-01-01 */
  assert_int_equal(covered.limit, 0);
  assert_int_equal(wb_benefit_covered(NULL, 1, NULL, 0, &service, &covered), WB_E_INVALID);
  assert_int_equal(wb_benefit_covered(NULL, 0, NULL, 1, &service, &covered), WB_E_INVALID);
  assert_int_equal(wb_benefit_covered(NULL, 0, NULL, 0, NULL, &covered), WB_E_INVALID);
  assert_int_equal(covered_out(&service, NULL), WB_E_INVALID);
  service.from = WB_DATE_NONE;
  assert_int_equal(covered_out(&service, &covered), WB_E_RANGE);
}

/* ---- law ------------------------------------------------------------------------------------ */

typedef struct ruling {
  fault_memory memory;
  wb_context *context;
  wb_law *law;
  wb_law_question question;
} ruling;

static void ruling_open(ruling *r) {
  memset(r, 0, sizeof *r);
  r->context = fault_context(&r->memory);
  assert_int_equal(wb_law_new(r->context, NULL, 0, &r->law, NULL), WB_OK);
  r->question = (wb_law_question){.size = sizeof r->question,
                                  .at = NOON,
                                  .regions = "US-NY",
                                  .regions_length = 5,
                                  .message_class = WB_MESSAGE_CARE};
}

static void ruling_close(ruling *r) {
  wb_law_unref(r->law);
  wb_context_unref(r->context);
  assert_int_equal(r->memory.live, 0);
}

static wb_status answer_out(void *user, void *answer) {
  ruling *r = user;
  return wb_law_find(r->law, &r->question, answer);
}

static wb_status question_in(void *user, void *question) {
  ruling *r = user;
  wb_law_answer answer = {.size = sizeof answer};
  return wb_law_find(r->law, question, &answer);
}

static wb_status rule_out(void *user, void *rule) {
  ruling *r = user;
  uint64_t cursor = 0;
  return wb_law_next(r->law, 0, NULL, 0, 0, WB_DATE_NONE, &cursor, rule);
}

static void law_is_asked_by_checked_structs(void **state) {
  (void)state;
  ruling r;
  wb_law_answer answer = {.size = sizeof answer};
  wb_law_rule rule = {.size = sizeof rule};
  ruling_open(&r);
  shape_out(&answer, sizeof answer, answer_out, &r);
  shape_in(&r.question, sizeof r.question, question_in, &r);
  shape_out(&rule, sizeof rule, rule_out, &r);
  wb_law_question question = r.question;
  const int32_t classes[] = {0, -1, WB_MESSAGE_URGENT + 1};
  for (size_t i = 0; i < 3; ++i) {
    question.message_class = classes[i];
    assert_int_equal(question_in(&r, &question), WB_E_INVALID);
  }
  question = r.question;
  question.regions = NULL;
  question.regions_length = 0;
  assert_int_equal(question_in(&r, &question), WB_E_INVALID); /* neither zone nor region */
  question = r.question;
  const wb_time never[] = {WB_TIME_NONE, WB_TIME_MIN - 1, WB_TIME_MAX + 1};
  for (size_t i = 0; i < 3; ++i) {
    question.at = never[i];
    assert_int_equal(question_in(&r, &question), WB_E_RANGE);
  }
  question = r.question;
  char many[17 * 6 + 1] = "";
  for (int i = 0; i < 17; ++i)
    strcat(many, "US-NY ");
  question.regions = many;
  question.regions_length = 17 * 6 - 1;
  assert_int_equal(question_in(&r, &question), WB_E_LIMIT);
  question.regions_length = 16 * 6 - 1;
  assert_int_equal(question_in(&r, &question), WB_OK);
  question = r.question;
  wb_window hours = {.weekdays = WB_WEEKDAYS_ALL, .from = -1, .to = 100};
  question.hours = &hours;
  question.hours_count = 1;
  assert_int_equal(question_in(&r, &question), WB_E_INVALID);
  hours = (wb_window){.weekdays = WB_WEEKDAYS_ALL, .from = 0, .to = 86401};
  assert_int_equal(question_in(&r, &question), WB_E_INVALID);
  assert_int_equal(wb_law_find(NULL, &r.question, &answer), WB_E_INVALID);
  assert_int_equal(question_in(&r, NULL), WB_E_INVALID);
  assert_int_equal(answer_out(&r, NULL), WB_E_INVALID);
  fault_arm(&r.memory.plan, FAULT_FOREVER, 1); /* takes no memory */
  assert_int_equal(answer_out(&r, &answer), WB_OK);
  fault_arm(&r.memory.plan, FAULT_NEVER, 0);
  assert_true(answer.open_at == NOON);
  assert_true(answer.until > NOON);
  assert_string_equal(answer.held_by, "");
  question = r.question;
  question.regions = "ZZ";
  question.regions_length = 2;
  assert_int_equal(wb_law_find(r.law, &question, &answer), WB_OK);
  assert_int_equal(answer.flags & (WB_LAW_CLOSED | WB_LAW_NOWHERE), WB_LAW_CLOSED | WB_LAW_NOWHERE);
  assert_true(answer.open_at == WB_TIME_NONE);
  ruling_close(&r);
}

static void law_is_read_and_counted(void **state) {
  (void)state;
  ruling r;
  wb_date out = 77;
  ruling_open(&r);
  assert_int_equal(wb_law_add_business(r.law, "US", 2, TODAY, 3, &out), WB_OK);
  assert_int_equal(out, TODAY + 4); /* over Thanksgiving */
  assert_int_equal(wb_law_add_business(r.law, "US", 2, TODAY + 5, 0, &out), WB_OK);
  assert_int_equal(out, TODAY + 7); /* from Saturday */
  assert_int_equal(wb_law_add_business(r.law, "US", 2, TODAY, -1, &out), WB_OK);
  assert_int_equal(out, TODAY - 3);
  out = 77;
  assert_int_equal(wb_law_add_business(r.law, "ZZ", 2, TODAY, 1, &out), WB_E_NAME);
  assert_int_equal(wb_law_add_business(r.law, "US", 2, TODAY, 1001, &out), WB_E_RANGE);
  assert_int_equal(wb_law_add_business(r.law, "US", 2, TODAY, -1001, &out), WB_E_RANGE);
  assert_int_equal(wb_law_add_business(r.law, "US", 2, WB_DATE_NONE, 1, &out), WB_E_RANGE);
  assert_int_equal(wb_law_add_business(r.law, "US", 2, WB_DATE_MAX, 1, &out), WB_E_RANGE);
  assert_int_equal(wb_law_add_business(NULL, "US", 2, TODAY, 1, &out), WB_E_INVALID);
  assert_int_equal(wb_law_add_business(r.law, "US", 2, TODAY, 1, NULL), WB_E_INVALID);
  assert_int_equal(out, 77);
  wb_law *law = NULL;
  wb_error error = {0};
  const struct {
    const char *json;
    wb_status status;
  } cases[] = {{"{", WB_E_SYNTAX}, {"{}", WB_E_INVALID}, {"[]", WB_E_TYPE}};
  for (size_t i = 0; i < 3; ++i) {
    wb_status status = wb_law_new(r.context, cases[i].json, strlen(cases[i].json), &law, &error);
    if (status != cases[i].status) fail_msg("%s: %s", cases[i].json, wb_status_name(status));
    assert_null(law);
  }
  assert_int_equal(wb_law_new(r.context, NULL, 0, NULL, NULL), WB_E_INVALID);
  assert_ptr_equal(wb_law_ref(r.law), r.law);
  wb_law_unref(r.law);
  uint64_t cursor = 0, seen = 0;
  wb_law_rule rule = {.size = sizeof rule};
  while (wb_law_next(r.law, WB_LAW_OPT_OUT, "US", 2, 0, WB_DATE_NONE, &cursor, &rule) == WB_OK) {
    assert_int_equal(rule.kind, WB_LAW_OPT_OUT);
    assert_true(rule.amount > 0);
    seen++;
  }
  assert_true(seen > 0);
  assert_int_equal(wb_law_next(r.law, 0, NULL, 0, 0, 0, NULL, &rule), WB_E_INVALID);
  assert_int_equal(wb_law_next(NULL, 0, NULL, 0, 0, 0, &cursor, &rule), WB_E_INVALID);
  ruling_close(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(groups_are_found_by_checked_structs),
      cmocka_unit_test(lists_of_codes_are_measured),
      cmocka_unit_test(places_are_teeth_or_areas),
      cmocka_unit_test(treatment_refuses_what_cannot_be),
      cmocka_unit_test(benefits_refuse_what_cannot_be),
      cmocka_unit_test(covered_days_come_from_checked_structs),
      cmocka_unit_test(law_is_asked_by_checked_structs),
      cmocka_unit_test(law_is_read_and_counted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
