/* SPDX-License-Identifier: MIT */
/*
 * A covered date is minimal: random limits and histories against an oracle that goes day by day and
 * asks, as a plan would, whether the service is covered on that day.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dental/dental.h"
#include "support/effort.h"

enum { FROM = 20000, HORIZON = 2400, MOST_PAST = 12, MOST_LIMITS = 4 };

/* A random number below `limit`. */
static uint32_t below(uint64_t *seed, uint32_t limit) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((*seed >> 33) % limit);
}

/* A question with everything it needs. */
typedef struct question {
  wb_limit limits[MOST_LIMITS];
  wb_code_range codes[MOST_LIMITS][2];
  wb_procedure history[MOST_PAST];
  wb_service service;
  uint32_t limit_count, history_count;
} question;

static const int32_t some_codes[] = {1110, 1120, 4910, 274};
static const uint64_t some_teeth[] = {0, 1 << 2, 1 << 13, 0xFF, 0xFF00, UINT64_C(1) << 33};

static void random_limit(uint64_t *seed, question *q, uint32_t index) {
  static const int32_t months[] = {1, 3, 6, 12, 24, 36};
  wb_limit *limit = &q->limits[index];
  *limit = (wb_limit){.size = sizeof *limit,
                      .kind = 1 + (int32_t)below(seed, 7),
                      .count = below(seed, 4),
                      .years = (int32_t)below(seed, 3),
                      .scope = (int32_t)below(seed, 4),
                      .month = (int32_t)below(seed, 13),
                      .day = (int32_t)below(seed, 32),
                      .level = below(seed, 4) == 0,
                      .effective = WB_DATE_NONE,
                      .terminates = WB_DATE_NONE};
  if (limit->kind == WB_LIMIT_LIFETIME && below(seed, 2)) limit->kind = WB_LIMIT_INTERVAL;
  limit->months = below(seed, 4) ? months[below(seed, 6)] : 0;
  if (limit->months == 0 || below(seed, 4) == 0) limit->days = 1 + (int32_t)below(seed, 200);
  if (below(seed, 3) == 0) limit->flags |= WB_LIMIT_EXCLUSIVE;
  if (limit->months && below(seed, 5) == 0) limit->flags |= WB_LIMIT_TO_THE_MONTH;
  if (below(seed, 3) == 0 || limit->kind == WB_LIMIT_ANNIVERSARY)
    limit->effective = FROM - 800 + (wb_date)below(seed, 1000);
  if (below(seed, 12) == 0) limit->terminates = FROM + (wb_date)below(seed, 1000);
  if (limit->kind == WB_LIMIT_AGE && below(seed, 2)) limit->age_from = (int32_t)below(seed, 20);
  if (limit->kind == WB_LIMIT_AGE) limit->age_through = 10 + (int32_t)below(seed, 12);
  if (below(seed, 2) == 0) return;
  for (int i = 0; i < 2; ++i) {
    int32_t code = some_codes[below(seed, 4)];
    q->codes[index][i] = (wb_code_range){code, code};
  }
  limit->codes = q->codes[index];
  limit->code_count = 2;
}

static void random_question(uint64_t *seed, question *q) {
  q->limit_count = below(seed, MOST_LIMITS + 1);
  q->history_count = below(seed, MOST_PAST + 1);
  for (uint32_t i = 0; i < q->limit_count; ++i)
    random_limit(seed, q, i);
  for (uint32_t i = 0; i < q->history_count; ++i) {
    q->history[i] = (wb_procedure){.size = sizeof q->history[i],
                                   .flags = below(seed, 8) ? 0 : WB_PROCEDURE_UNPAID,
                                   .code = some_codes[below(seed, 4)],
                                   .teeth = some_teeth[below(seed, 6)],
                                   .status = below(seed, 9) ? 2 + (int32_t)below(seed, 2) : 1,
                                   .date = FROM - 900 + (wb_date)below(seed, 1400),
                                   .visit = WB_DATE_NONE};
  }
  q->service = (wb_service){.size = sizeof q->service,
                            .code = below(seed, 5) ? some_codes[below(seed, 4)] : 0,
                            .teeth = some_teeth[below(seed, 6)],
                            .from = FROM + (wb_date)below(seed, 366),
                            .birth = FROM - 365 * (wb_date)below(seed, 25)};
}

/* ---- the oracle: one day at a time, with its own arithmetic ---- */

typedef struct plain_date {
  int32_t year, month, day;
} plain_date;

static int32_t plain_length(int32_t year, int32_t month) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Counted on from 2024-01-01, day 19723, or back. */
static plain_date plain_of(wb_date number) {
  plain_date date = {2024, 1, 1};
  int32_t left = number - 19723;
  for (; left < 0; left += plain_length(date.year, date.month)) {
    if (--date.month == 0) date.month = 12, date.year--;
  }
  for (; left >= plain_length(date.year, date.month);) {
    left -= plain_length(date.year, date.month);
    if (++date.month == 13) date.month = 1, date.year++;
  }
  date.day += left;
  return date;
}

/* -1, 0, 1 as a is before, on, after b. */
static int plain_compare(plain_date a, plain_date b) {
  if (a.year != b.year) return a.year < b.year ? -1 : 1;
  if (a.month != b.month) return a.month < b.month ? -1 : 1;
  return (a.day > b.day) - (a.day < b.day);
}

static plain_date plain_add(plain_date date, int32_t months, int32_t days) {
  for (; months > 0; --months)
    if (++date.month == 13) date.month = 1, date.year++;
  if (date.day > plain_length(date.year, date.month))
    date.day = plain_length(date.year, date.month);
  for (; days > 0; --days) {
    if (++date.day <= plain_length(date.year, date.month)) continue;
    date.day = 1;
    if (++date.month == 13) date.month = 1, date.year++;
  }
  return date;
}

/* The number of the year that a day is in, where years begin on a month and day. */
static int32_t plain_year(plain_date date, int32_t month, int32_t day) {
  int32_t length = plain_length(date.year, month);
  plain_date begin = {date.year, month, day < length ? day : length};
  return plain_compare(date, begin) < 0 ? date.year - 1 : date.year;
}

/* How many years from `first` have begun by a day; negative before it. */
static int32_t plain_anniversaries(plain_date first, plain_date date) {
  int32_t years = -20;
  for (;; ++years) {
    int32_t length = plain_length(first.year + years + 1, first.month);
    plain_date next = {first.year + years + 1, first.month,
                       first.day < length ? first.day : length};
    if (plain_compare(next, date) > 0) return years;
  }
}

static int32_t plain_age(plain_date birth, plain_date on) {
  int32_t age = on.year - birth.year;
  bool before = on.month < birth.month || (on.month == birth.month && on.day < birth.day);
  return age - before < 0 ? 0 : age - before;
}

static bool oracle_holds(const wb_limit *limit, int32_t code) {
  if (limit->code_count == 0) return true;
  return code == limit->codes[0].first || code == limit->codes[1].first;
}

static int oracle_sort(const wb_limit *limit) {
  return limit->kind == WB_LIMIT_AGE ? 1 : limit->kind == WB_LIMIT_WAITING ? 2 : 0;
}

static bool oracle_applies(const question *q, uint32_t index) {
  const wb_limit *limit = &q->limits[index];
  if (q->service.code && !oracle_holds(limit, q->service.code)) return false;
  for (uint32_t i = 0; i < q->limit_count; ++i) {
    const wb_limit *other = &q->limits[i];
    if (oracle_sort(other) != oracle_sort(limit) || other->level <= limit->level) continue;
    if (!q->service.code || oracle_holds(other, q->service.code)) return false;
  }
  return true;
}

/* Whether two places are the same by a scope; each part of a mouth is looked at in turn. */
static bool oracle_same_place(int32_t scope, uint64_t a, uint64_t b) {
  if (scope == WB_LIMIT_MOUTH || !a || !b) return true;
  if (scope == WB_LIMIT_TOOTH) return (a & b) != 0;
  /* Of the teeth in use here: 1-8 and A-E upper right, 9-16 upper left. */
  bool a_right = (a & UINT64_C(0x1F000000FF)) != 0, a_left = (a & 0xFF00) != 0;
  bool b_right = (b & UINT64_C(0x1F000000FF)) != 0, b_left = (b & 0xFF00) != 0;
  if (scope == WB_LIMIT_QUADRANT) return (a_right && b_right) || (a_left && b_left);
  return true; /* all are in the upper arch */
}

/* Whether a past service still counts against a limit on a day. */
static bool oracle_counts(const wb_limit *limit, plain_date past, plain_date on) {
  int32_t years = limit->years ? limit->years : 1;
  int32_t month = limit->month ? limit->month : 1, day = limit->day ? limit->day : 1;
  switch (limit->kind) {
  case WB_LIMIT_INTERVAL: {
    plain_date free = plain_add(past, limit->months, 0);
    if (limit->flags & WB_LIMIT_TO_THE_MONTH) {
      free.day = 1;
      return plain_compare(on, free) < 0;
    }
    free = plain_add(free, 0, limit->days);
    int order = plain_compare(on, free);
    return limit->flags & WB_LIMIT_EXCLUSIVE ? order <= 0 : order < 0;
  }
  case WB_LIMIT_CALENDAR_YEAR: return on.year < past.year + years;
  case WB_LIMIT_PLAN_YEAR: return plain_year(on, month, day) < plain_year(past, month, day) + years;
  case WB_LIMIT_ANNIVERSARY: {
    plain_date first = plain_of(limit->effective);
    return plain_anniversaries(first, on) < plain_anniversaries(first, past) + years;
  }
  default: return true;
  }
}

/* Whether one limit allows the service on a day. */
static bool oracle_allows(const question *q, const wb_limit *limit, wb_date on) {
  plain_date date = plain_of(on);
  uint32_t used = 0;
  if (limit->terminates != WB_DATE_NONE && on > limit->terminates) return false;
  if (limit->effective != WB_DATE_NONE) {
    plain_date first = plain_of(limit->effective);
    if (limit->kind == WB_LIMIT_WAITING)
      first = plain_add(plain_add(first, limit->months, 0), 0, limit->days);
    if (plain_compare(date, first) < 0) return false;
  }
  int32_t age = plain_age(plain_of(q->service.birth), date);
  if (age < limit->age_from || (limit->age_through && age > limit->age_through)) return false;
  if (limit->kind >= WB_LIMIT_AGE) return true;
  for (uint32_t i = 0; i < q->history_count; ++i) {
    const wb_procedure *past = &q->history[i];
    if (past->date > on || past->flags || past->status == WB_PROCEDURE_PLANNED) continue;
    if (!oracle_holds(limit, past->code)) continue;
    if (!oracle_same_place(limit->scope, q->service.teeth, past->teeth)) continue;
    used += oracle_counts(limit, plain_of(past->date), date);
  }
  return used < (limit->count ? limit->count : 1);
}

/* The first day within the horizon that every limit allows; WB_DATE_NONE: there is none. */
static wb_date oracle(const question *q) {
  for (wb_date on = q->service.from; on < q->service.from + HORIZON; ++on) {
    bool allowed = true;
    for (uint32_t i = 0; allowed && i < q->limit_count; ++i)
      allowed = !oracle_applies(q, i) || oracle_allows(q, &q->limits[i], on);
    if (allowed) return on;
  }
  return WB_DATE_NONE;
}

static void a_covered_date_is_the_first_that_every_limit_allows(void **state) {
  (void)state;
  uint64_t seed = 7, later = 0, never = 0;
  for (uint64_t round = 0; round < effort(4000); ++round) {
    question q;
    random_question(&seed, &q);
    wb_covered covered = {.size = sizeof covered};
    wb_status status = wb_benefit_covered(q.limits, q.limit_count, q.history, q.history_count,
                                          &q.service, &covered);
    assert_int_equal(status, WB_OK);
    wb_date expected = oracle(&q);
    if (covered.date != WB_DATE_NONE && covered.date >= q.service.from + HORIZON) {
      assert_int_equal(expected, WB_DATE_NONE);
    } else if (covered.date != expected) {
      fail_msg("round %d: %d, not %d", (int)round, covered.date, expected);
    }
    assert_int_equal(covered.flags, covered.date == WB_DATE_NONE ? WB_COVERED_NEVER : 0);
    later += covered.date > q.service.from;
    never += covered.flags == WB_COVERED_NEVER;
  }
  assert_true(later > 500 && never > 200); /* the questions are worth asking */
}

/* Whether a period is the longest run of days that agree on it. */
static void a_day_is_in_its_period_and_the_days_beside_it_in_others(void **state) {
  (void)state;
  uint64_t seed = 9;
  for (uint64_t round = 0; round < effort(20000); ++round) {
    wb_plan plan = {.size = sizeof plan,
                    .kind = 1 + (int32_t)below(&seed, 5),
                    .month = 1 + (int32_t)below(&seed, 12),
                    .day = (int32_t)below(&seed, 32),
                    .months = 1 + (int32_t)below(&seed, 36),
                    .effective = FROM - (wb_date)below(&seed, 3000),
                    .terminates = FROM + 500 + (wb_date)below(&seed, 3000),
                    .verified = WB_DATE_NONE};
    wb_date on = FROM + (wb_date)below(&seed, 500);
    if (plan.kind == WB_PERIOD_OF_ROLLING) continue;
    wb_period period = {.size = sizeof period}, beside = period;
    assert_int_equal(wb_benefit_find(&plan, on, &period), WB_OK);
    assert_true(period.first <= on && on <= period.last);
    assert_true(period.first >= plan.effective && period.last <= plan.terminates);
    assert_int_equal(wb_benefit_find(&plan, period.first, &beside), WB_OK);
    assert_int_equal(beside.last, period.last);
    assert_int_equal(wb_benefit_find(&plan, period.first - 1, &beside), WB_OK);
    if (!(beside.flags & WB_PERIOD_OUTSIDE)) assert_int_equal(beside.last, period.first - 1);
    assert_int_equal(wb_benefit_find(&plan, period.last + 1, &beside), WB_OK);
    if (!(beside.flags & WB_PERIOD_OUTSIDE)) assert_int_equal(beside.first, period.last + 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_covered_date_is_the_first_that_every_limit_allows),
      cmocka_unit_test(a_day_is_in_its_period_and_the_days_beside_it_in_others),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
