/* SPDX-License-Identifier: MIT */
/* The earliest covered date: the first day that satisfies every limit. */
#include "dental/dental.h"

enum { LIMIT_MOST_COUNT = 64, LIMIT_MOST_NUMBER = 120000 };

/* One question: limits of checked form, and the history. */
typedef struct cover_search {
  const char *limits;
  size_t stride;
  uint32_t count;
  wbi_chart history;
  const wb_service *service;
} cover_search;

/* What a limit says of a day. */
typedef enum cover_answer { COVER_FROM, COVER_NEVER, COVER_UNKNOWN } cover_answer;

static const wb_limit *cover_limit(const cover_search *search, uint32_t index) {
  return (const wb_limit *)(const void *)(search->limits + index * search->stride);
}

/* Whether a limit counts a code. */
static bool limit_holds(const wb_limit *limit, int32_t code) {
  if (limit->code_count == 0) return true;
  for (uint32_t i = 0; i < limit->code_count; ++i)
    if (code >= limit->codes[i].first && code <= limit->codes[i].last) return true;
  return false;
}

/* Limits of one sort stand in for each other by level: frequency, age, waiting. */
static int32_t limit_sort(const wb_limit *limit) {
  return limit->kind > WB_LIMIT_LIFETIME ? limit->kind : 0;
}

/* Whether a limit is about the service at all. */
static bool limit_concerns(const cover_search *search, const wb_limit *limit) {
  return search->service->code == 0 || limit_holds(limit, search->service->code);
}

/* Whether a limit counts: it concerns the service, and none of its sort is of a higher level. */
static bool limit_applies(const cover_search *search, const wb_limit *limit) {
  if (!limit_concerns(search, limit)) return false;
  for (uint32_t i = 0; i < search->count; ++i) {
    const wb_limit *other = cover_limit(search, i);
    if (other->level > limit->level && limit_sort(other) == limit_sort(limit) &&
        limit_concerns(search, other))
      return false;
  }
  return true;
}

/* The quarters that teeth are in, each as one bit. */
static uint32_t cover_quarters(uint64_t teeth) {
  uint32_t quarters = 0;
  for (unsigned i = 0; i < 4; ++i)
    if (teeth & wbi_teeth_quarter(i)) quarters |= 1u << i;
  return quarters;
}

/* Whether a past service is within the scope of a limit on less than the mouth. */
static bool limit_same_scope(const wb_limit *limit, uint64_t wanted, uint64_t past) {
  if (!wanted || !past) return true;
  if (limit->scope == WB_LIMIT_TOOTH) return (wanted & past) != 0;
  if (limit->scope == WB_LIMIT_QUADRANT)
    return (cover_quarters(wanted) & cover_quarters(past)) != 0;
  return ((wanted & WBI_TEETH_UPPER) && (past & WBI_TEETH_UPPER)) ||
         ((wanted & WBI_TEETH_LOWER) && (past & WBI_TEETH_LOWER));
}

/* Whether a limit counts a past service on a day. */
static bool limit_counts(const cover_search *search, const wb_limit *limit,
                         const wb_procedure *past, wb_date on) {
  if (past->date > on || past->date == WB_DATE_NONE) return false;
  if (past->status != WB_PROCEDURE_COMPLETED && past->status != WB_PROCEDURE_EXISTING) return false;
  if (past->flags & (WB_PROCEDURE_RESTRICTED | WB_PROCEDURE_UNPAID)) return false;
  if (!limit_holds(limit, past->code)) return false;
  if (limit->scope == WB_LIMIT_MOUTH) return true;
  return limit_same_scope(limit, search->service->teeth, wbi_procedure_teeth(past));
}

/* The date of the `count`-th latest service up to a day; WB_DATE_NONE: there are fewer. */
static wb_date limit_nth_latest(const cover_search *search, const wb_limit *limit, wb_date on) {
  wb_date latest[LIMIT_MOST_COUNT];
  uint32_t wanted = limit->count ? limit->count : 1, found = 0;
  for (uint32_t i = 0; i < search->history.count; ++i) {
    const wb_procedure *past = wbi_chart_at(&search->history, i);
    /* same: one of the same day takes the place of its like */
    if (found == wanted && past->date <= latest[found - 1]) continue;
    if (!limit_counts(search, limit, past, on)) continue;
    uint32_t at = found < wanted ? found++ : found - 1;
    for (; at > 0 && latest[at - 1] < past->date; --at) /* same: of equal days any is first */
      latest[at] = latest[at - 1];
    latest[at] = past->date;
  }
  return found < wanted ? WB_DATE_NONE : latest[wanted - 1];
}

/* When years of a limit have passed since the year of a service. */
static wb_status limit_years_later(const wb_limit *limit, wb_date past, wb_date *free) {
  int32_t years = limit->years ? limit->years : 1, index = 0;
  bool calendar = limit->kind == WB_LIMIT_CALENDAR_YEAR;
  int32_t month = calendar || !limit->month ? 1 : limit->month;
  int32_t day = calendar || !limit->day ? 1 : limit->day;
  if (limit->kind != WB_LIMIT_ANNIVERSARY) {
    index = wbi_year_number(past, month, day);
    return wbi_year_begin(index + years, month, day, free);
  }
  (void)wb_date_months(limit->effective, past, &index);
  return wb_date_add_months(limit->effective, ((int32_t)wbi_floor_div(index, 12) + years) * 12,
                            free);
}

/* When the months and days of a limit have passed. */
static wb_status limit_interval_later(const wb_limit *limit, wb_date past, wb_date *free) {
  int32_t year = 0, month = 0, more = limit->days + !!(limit->flags & WB_LIMIT_EXCLUSIVE);
  wb_status status = wb_date_add_months(past, limit->months, free);
  if (status) return status;
  if (limit->flags & WB_LIMIT_TO_THE_MONTH) {
    (void)wb_date_split(*free, &year, &month, NULL);
    return wb_date_make(year, month, 1, free);
  }
  if (more > WB_DATE_MAX - *free) return WB_E_RANGE;
  *free += more;
  return WB_OK;
}

/* The first day from `on` that the counting of a limit allows, moved into `on`. */
static wb_status limit_frequency(const cover_search *search, const wb_limit *limit, wb_date *on,
                                 cover_answer *answer) {
  wb_date free = *on;
  if (limit->kind == WB_LIMIT_ANNIVERSARY && limit->effective == WB_DATE_NONE) {
    *answer = COVER_UNKNOWN;
    return WB_OK;
  }
  wb_date past = limit_nth_latest(search, limit, *on);
  if (past == WB_DATE_NONE) return WB_OK;
  if (limit->kind == WB_LIMIT_LIFETIME) {
    *answer = COVER_NEVER;
    return WB_OK;
  }
  wb_status status = limit->kind == WB_LIMIT_INTERVAL ? limit_interval_later(limit, past, &free)
                                                      : limit_years_later(limit, past, &free);
  if (status == WB_OK && free > *on) *on = free;
  return status;
}

/* The birthday of an age; of 29 February it is 1 March in other years. */
static wb_status limit_birthday(wb_date birth, int32_t age, wb_date *birthday) {
  int32_t year = 0, month = 0, day = 0;
  (void)wb_date_split(birth, &year, &month, &day);
  if (wb_date_make(year + age, month, day, birthday) == WB_OK) return WB_OK;
  return wb_date_make(year + age, month + 1, 1, birthday);
}

/* The first day from `on` of an age that the limit allows. */
static wb_status limit_ages(const cover_search *search, const wb_limit *limit, wb_date *on,
                            cover_answer *answer) {
  wb_date birth = search->service->birth, birthday = 0;
  if (limit->age_from == 0 && limit->age_through == 0) return WB_OK;
  if (birth == WB_DATE_NONE) {
    *answer = COVER_UNKNOWN;
    return WB_OK;
  }
  if (wbi_date_age(birth, *on) < limit->age_from) {
    wb_status status = limit_birthday(birth, limit->age_from, &birthday);
    if (status) return status;
    *on = birthday;
  }
  if (limit->age_through && wbi_date_age(birth, *on) > limit->age_through) *answer = COVER_NEVER;
  return WB_OK;
}

/* The first day from `on` after a waiting period, and not after the coverage. */
static wb_status limit_term(const wb_limit *limit, wb_date *on, cover_answer *answer) {
  wb_date free = limit->effective;
  if (limit->kind == WB_LIMIT_WAITING && free != WB_DATE_NONE) {
    wb_status status = wb_date_add_months(free, limit->months, &free);
    if (status) return status;
    if (limit->days > WB_DATE_MAX - free) return WB_E_RANGE;
    free += limit->days;
  }
  if (free > *on) *on = free;
  if (limit->terminates != WB_DATE_NONE && *on > limit->terminates) *answer = COVER_NEVER;
  return WB_OK;
}

/* Moves `on` to the first day that one limit allows. */
static wb_status limit_next(const cover_search *search, const wb_limit *limit, wb_date *on,
                            cover_answer *answer) {
  wb_status status = limit_term(limit, on, answer);
  if (status == WB_OK && *answer == COVER_FROM) status = limit_ages(search, limit, on, answer);
  if (status || *answer != COVER_FROM || limit->kind > WB_LIMIT_LIFETIME) return status;
  return limit_frequency(search, limit, on, answer);
}

/* Goes round the limits until none moves the day; every round passes a service for good. */
static wb_status cover_find(const cover_search *search, wb_covered *covered) {
  wb_date on = search->service->from;
  bool moved = true;
  while (moved) {
    moved = false;
    for (uint32_t i = 0; i < search->count; ++i) {
      const wb_limit *limit = cover_limit(search, i);
      cover_answer answer = COVER_FROM;
      wb_date before = on;
      if (!limit_applies(search, limit)) continue;
      wb_status status = limit_next(search, limit, &on, &answer);
      if (status) return status;
      if (answer == COVER_UNKNOWN) covered->flags = WB_COVERED_UNKNOWN;
      if (on > before || answer == COVER_NEVER) covered->limit = i;
      if (answer == COVER_NEVER) {
        covered->flags = WB_COVERED_NEVER;
        return WB_OK;
      }
      moved = moved || on > before;
    }
  }
  if (covered->flags == 0) covered->date = on;
  return WB_OK;
}

/* Whether a limit's numbers are within bounds. */
static bool limit_numbers_readable(const wb_limit *limit) {
  const int32_t bounds[][3] = {
      {WB_LIMIT_INTERVAL, limit->kind, WB_LIMIT_WAITING},
      {WB_LIMIT_MOUTH, limit->scope, WB_LIMIT_ARCH},
      {0, limit->months, LIMIT_MOST_NUMBER},
      {0, limit->days, LIMIT_MOST_NUMBER},
      {0, limit->years, 9999},
      {0, limit->age_from, 9999},
      {0, limit->age_through, 9999},
      {0, limit->month, 12},
      {0, limit->day, 31},
  };
  for (size_t i = 0; i < WBI_COUNT(bounds); ++i)
    if (bounds[i][1] < bounds[i][0] || bounds[i][1] > bounds[i][2]) return false;
  return limit->count <= LIMIT_MOST_COUNT;
}

/* Whether the interval of a limit has a length. */
static bool limit_long_enough(const wb_limit *limit) {
  bool by_month = (limit->flags & WB_LIMIT_TO_THE_MONTH) != 0;
  return limit->kind != WB_LIMIT_INTERVAL || limit->months > 0 || (limit->days > 0 && !by_month);
}

/* Whether a limit is one that can be. */
static wb_status limit_check(const wb_limit *limit) {
  if (limit->flags & ~(WB_LIMIT_EXCLUSIVE | WB_LIMIT_TO_THE_MONTH)) return WB_E_VERSION;
  if (!limit->codes && limit->code_count) return WB_E_INVALID;
  if (!limit_numbers_readable(limit) || !limit_long_enough(limit)) return WB_E_INVALID;
  bool dated = wbi_date_readable(limit->effective) && wbi_date_readable(limit->terminates);
  return dated ? WB_OK : WB_E_RANGE;
}

/* Checks all limits. */
static wb_status cover_check(const cover_search *search) {
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < search->count; ++i)
    status = limit_check(cover_limit(search, i));
  return status;
}

wb_status WB_CALL wb_benefit_covered(const wb_limit *limits, uint32_t limit_count,
                                     const wb_procedure *history, uint32_t history_count,
                                     const wb_service *service, wb_covered *covered) {
  wb_service known = {0};
  wb_covered found = {.date = WB_DATE_NONE, .limit = UINT32_MAX};
  cover_search search = {(const char *)limits, 0, limit_count, {0}, &known};
  wb_status status = wbi_struct_read(service, sizeof known, &known, sizeof known, 0, NULL);
  if (status == WB_OK)
    status =
        wbi_array_check(limits, limit_count, sizeof *limits, _Alignof(wb_limit), &search.stride);
  if (status == WB_OK) status = wbi_chart_open(history, history_count, known.from, &search.history);
  if (status == WB_OK) status = cover_check(&search);
  if (status == WB_OK && !wbi_date_readable(known.birth)) status = WB_E_RANGE;
  if (status == WB_OK) status = cover_find(&search, &found);
  if (status) return status;
  return wbi_struct_write(covered, sizeof found, &found, sizeof found);
}
