/* SPDX-License-Identifier: MIT */
/* Benefit periods, and what is left of a maximum. */
#include "dental/dental.h"

enum { CALENDAR_EXPIRING = 121, OTHER_EXPIRING = 90, RENEWED = 59, DATA_DAYS = 30 };

/* No length of a period is nearly as long. */
enum { PLAN_MOST = 120000 };

wb_status wbi_year_begin(int32_t year, int32_t month, int32_t day, wb_date *begin) {
  wb_status status = wb_date_make(year, month, day, begin);
  while (status && day > 28) /* same: of a year that is, no month lacks a 28th */
    status = wb_date_make(year, month, --day, begin);
  return status;
}

int32_t wbi_year_number(wb_date on, int32_t month, int32_t day) {
  int32_t year = 0;
  wb_date begin = on;
  (void)wb_date_split(on, &year, NULL, NULL);
  (void)wbi_year_begin(year, month, day, &begin);
  return year - (on < begin);
}

/* The plan year of a day. The last calendar year there is ends with the calendar. */
static wb_status period_of_year(wb_date on, int32_t month, int32_t day, wb_period *period) {
  const int32_t year = wbi_year_number(on, month, day);
  wb_date next = WB_DATE_MAX + 1;
  wb_status status = wbi_year_begin(year, month, day, &period->first);
  if (status == WB_OK && (year < 9999 || month > 1 || day > 1))
    status = wbi_year_begin(year + 1, month, day, &next);
  period->last = next - 1;
  return status;
}

/* So many months each, from the first day of the coverage, which is past. */
static wb_status period_of_months(const wb_plan *plan, wb_date on, int32_t months,
                                  wb_period *period) {
  int32_t whole = 0;
  wb_date next = 0;
  (void)wb_date_months(plan->effective, on, &whole);
  const int32_t begin = whole / months * months;
  (void)wb_date_add_months(plan->effective, begin, &period->first);
  const wb_status status = wb_date_add_months(plan->effective, begin + months, &next);
  period->last = next - 1;
  return status;
}

/* So many days each, likewise. */
static wb_status period_of_days(const wb_plan *plan, wb_date on, wb_period *period) {
  period->first = on - (on - plan->effective) % plan->days;
  period->last = period->first + plan->days - 1;
  if (period->last > WB_DATE_MAX) return WB_E_RANGE;
  return WB_OK;
}

/* The months up to a day: from the first day whose services still count on it. */
static wb_status period_of_rolling(wb_date on, int32_t months, wb_period *period) {
  wb_date first = 0, until = 0;
  wb_status status = wb_date_add_months(on, -months, &first);
  if (status) return status;
  while (wb_date_add_months(first, months, &until) == WB_OK && until <= on)
    ++first;
  period->first = first;
  period->last = on;
  return WB_OK;
}

/* Whether an interval has either months or days, and a first day. */
static bool plan_interval_readable(const wb_plan *plan) {
  bool either = (plan->months > 0) != (plan->days > 0);
  return either && plan->months >= 0 && plan->days >= 0 && plan->effective != WB_DATE_NONE;
}

/* Whether the numbers of a plan are such as its kind needs. */
static bool plan_readable(const wb_plan *plan) {
  if (plan->expiring_days < 0 || plan->renewed_days < 0 || plan->data_days < 0) return false;
  if (plan->months > PLAN_MOST || plan->days > PLAN_MOST) return false;
  switch (plan->kind) {
  case WB_PERIOD_OF_PLAN_YEAR:
    return plan->month >= 1 && plan->month <= 12 && plan->day >= 0 && plan->day <= 31;
  case WB_PERIOD_OF_ANNIVERSARY: return plan->effective != WB_DATE_NONE;
  case WB_PERIOD_OF_ROLLING: return plan->months > 0;
  case WB_PERIOD_OF_INTERVAL: return plan_interval_readable(plan);
  default: return plan->kind >= WB_PERIOD_OF_UNKNOWN && plan->kind <= WB_PERIOD_OF_LIFETIME;
  }
}

/* The period before it is cut. */
static wb_status period_whole(const wb_plan *plan, wb_date on, wb_period *period) {
  switch (plan->kind) {
  case WB_PERIOD_OF_CALENDAR: return period_of_year(on, 1, 1, period);
  case WB_PERIOD_OF_PLAN_YEAR:
    return period_of_year(on, plan->month, plan->day ? plan->day : 1, period);
  case WB_PERIOD_OF_ANNIVERSARY: return period_of_months(plan, on, 12, period);
  case WB_PERIOD_OF_ROLLING: return period_of_rolling(on, plan->months, period);
  case WB_PERIOD_OF_INTERVAL:
    return plan->months ? period_of_months(plan, on, plan->months, period)
                        : period_of_days(plan, on, period);
  default: return WB_OK;
  }
}

/* Cuts a period to the coverage. */
static void period_cut(const wb_plan *plan, wb_period *period) {
  if (plan->effective != WB_DATE_NONE && period->first < plan->effective) /* same: sets what is */
    period->first = plan->effective;
  if (plan->terminates == WB_DATE_NONE) return;
  if (period->last == WB_DATE_NONE || period->last > plan->terminates) /* same: sets what is */
    period->last = plan->terminates;
}

/* Sets whether a period has just begun, or ends soon. */
static void period_set_windows(const wb_plan *plan, wb_date on, wb_period *period) {
  bool calendar = plan->kind == WB_PERIOD_OF_CALENDAR;
  int32_t expiring = plan->expiring_days;
  if (expiring == 0) expiring = calendar ? CALENDAR_EXPIRING : OTHER_EXPIRING;
  int32_t renewed = plan->renewed_days ? plan->renewed_days : RENEWED;
  if (plan->kind == WB_PERIOD_OF_ROLLING || plan->kind == WB_PERIOD_OF_LIFETIME) return;
  if (period->last - on <= expiring) period->flags |= WB_PERIOD_EXPIRING;
  if (on - period->first < renewed) period->flags |= WB_PERIOD_RENEWED;
}

/* Whether the data of a plan are too old on a day, or of no known day. */
static bool plan_stale(const wb_plan *plan, wb_date on) {
  int32_t good = plan->data_days ? plan->data_days : DATA_DAYS;
  return plan->verified == WB_DATE_NONE || on - plan->verified > good;
}

/* Finds the period from a checked plan. */
static wb_status period_find(const wb_plan *plan, wb_date on, wb_period *period) {
  if (plan_stale(plan, on)) period->flags |= WB_PERIOD_STALE;
  if (plan->kind == WB_PERIOD_OF_UNKNOWN) {
    period->flags |= WB_PERIOD_UNKNOWN;
    return WB_OK;
  }
  bool early = plan->effective != WB_DATE_NONE && on < plan->effective;
  if (early || (plan->terminates != WB_DATE_NONE && on > plan->terminates)) {
    period->flags |= WB_PERIOD_OUTSIDE;
    return WB_OK;
  }
  wb_status status = period_whole(plan, on, period);
  if (status) return status;
  period_cut(plan, period);
  period_set_windows(plan, on, period);
  return WB_OK;
}

wb_status WB_CALL wb_benefit_find(const wb_plan *plan, wb_date on, wb_period *period) {
  wb_plan known = {0};
  wb_period found = {.first = WB_DATE_NONE, .last = WB_DATE_NONE};
  wb_status status = wbi_struct_read(plan, sizeof known, &known, sizeof known, 0, NULL);
  if (status) return status;
  if (!plan_readable(&known)) return WB_E_INVALID;
  if (!wbi_date_valid(on) || !wbi_date_readable(known.effective) ||
      !wbi_date_readable(known.terminates) || !wbi_date_readable(known.verified))
    return WB_E_RANGE;
  status = period_find(&known, on, &found);
  if (status) return status;
  return wbi_struct_write(period, sizeof found, &found, sizeof found);
}

/* ---- money ---- */

/* Adds an amount; one that is not known makes the sum unknown. */
static wb_status usage_add(wb_cents amount, wb_cents *sum) {
  if (amount == WB_CENTS_NONE || *sum == WB_CENTS_NONE) {
    *sum = WB_CENTS_NONE;
    return WB_OK;
  }
  /* same: no sum is so far out that nothing cannot be added */
  if (amount > 0 ? *sum > INT64_MAX - amount : *sum < -INT64_MAX - amount) return WB_E_RANGE;
  *sum += amount;
  return WB_OK;
}

/* Adds one claim to what is used or pending. */
static wb_status usage_add_claim(const wb_claim *claim, const wb_period *period, wb_usage *usage) {
  if (claim->flags & ~WB_CLAIM_APART) return WB_E_VERSION;
  if (!wbi_date_valid(claim->date)) return WB_E_RANGE;
  if (claim->flags & WB_CLAIM_APART) return WB_OK;
  if (claim->date < period->first) return WB_OK;
  if (period->last != WB_DATE_NONE && claim->date > period->last) return WB_OK;
  switch (claim->status) {
  case WB_CLAIM_RECEIVED:
  case WB_CLAIM_SUPPLEMENTAL:
  case WB_CLAIM_ADJUSTMENT: return usage_add(claim->paid, &usage->used);
  case WB_CLAIM_NOT_RECEIVED: return usage_add(claim->estimated, &usage->pending);
  default: return WB_OK;
  }
}

/* Sets what is left. */
static wb_status usage_set_remaining(wb_cents maximum, wb_usage *usage) {
  wb_cents spent = usage->used;
  wb_status status = usage_add(usage->pending, &spent);
  if (status) return status;
  usage->remaining = WB_CENTS_NONE;
  if (maximum == WB_CENTS_NONE || spent == WB_CENTS_NONE) return WB_OK;
  /* same: where all is spent nothing remains of the difference */
  usage->remaining = spent >= maximum ? 0 : spent > 0 ? maximum - spent : maximum;
  if (maximum > 0 && usage->remaining == 0) usage->flags |= WB_USAGE_MAX_USED;
  return WB_OK;
}

/* Adds all claims. */
static wb_status usage_add_claims(const wb_claim *claims, uint32_t count, const wb_period *period,
                                  wb_usage *usage) {
  size_t stride = 0;
  wb_status status = wbi_array_check(claims, count, sizeof *claims, _Alignof(wb_claim), &stride);
  for (uint32_t i = 0; status == WB_OK && i < count; ++i) {
    const char *at = (const char *)claims + i * stride;
    status = usage_add_claim((const wb_claim *)(const void *)at, period, usage);
  }
  if (period->flags & (WB_PERIOD_UNKNOWN | WB_PERIOD_OUTSIDE))
    usage->used = usage->pending = WB_CENTS_NONE;
  return status;
}

wb_status WB_CALL wb_usage_find(const wb_claim *claims, uint32_t count, const wb_period *period,
                                wb_cents maximum, wb_usage *usage) {
  enum { FLAGS = 31 };
  wb_period known = {0};
  wb_usage found = {.used = 0};
  wb_status status = wbi_struct_read(period, sizeof known, &known, sizeof known, FLAGS, NULL);
  if (status) return status;
  if (!wbi_date_readable(known.first) || !wbi_date_readable(known.last)) return WB_E_RANGE;
  if (maximum < 0 && maximum != WB_CENTS_NONE) return WB_E_RANGE;
  status = usage_add_claims(claims, count, &known, &found);
  if (status == WB_OK) status = usage_set_remaining(maximum, &found);
  if (status) return status;
  return wbi_struct_write(usage, sizeof found, &found, sizeof found);
}
