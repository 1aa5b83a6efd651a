/* SPDX-License-Identifier: MIT */
/* Parts of a row: its benefits, and the first day on which the next recare visit is covered. */
#include "facts/facts_private.h"

enum { BENEFIT_NUMBER_MOST = 120000 };

/* No patient has more; more would take long. */
enum { COVERAGES_MOST = 100, LIMITS_MOST = 200 };

/* ---- one coverage ---- */

/* Reads a whole number that a plan or a limit counts with; 0 when absent. */
static wb_status benefit_number(const wb_facts *facts, int table, uint32_t column, uint32_t row,
                                int32_t *number, wb_error *error) {
  int64_t value = 0;
  *number = 0;
  if (!wbi_column_int(&facts->tables[table].columns[column], row, &value)) return WB_OK;
  if (value < 0 || value > BENEFIT_NUMBER_MOST)
    return wbi_column_fail(error, WB_E_RANGE, table, column, "Out of range.");
  *number = (int32_t)value;
  return WB_OK;
}

/* Reads an amount; WB_CENTS_NONE when absent. */
static wb_status benefit_cents(const wb_facts *facts, int table, uint32_t column, uint32_t row,
                               wb_cents *cents, wb_error *error) {
  wb_value value;
  const wbi_column *cells = &facts->tables[table].columns[column];
  wb_status status = wbi_cell_value(cells, row, WB_INT, &value);
  *cents = value.kind == WB_INT ? value.integer : WB_CENTS_NONE;
  return status ? wbi_column_fail(error, status, table, column, "No whole number of cents.")
                : WB_OK;
}

/* Reads an enumeration that may be absent: its place, or `absent`. */
static wb_status benefit_choice(const wb_facts *facts, uint32_t column, uint32_t row,
                                int32_t absent, int32_t *place, wb_error *error) {
  wbi_text text = {0};
  *place = absent;
  if (!wbi_column_text(&facts->tables[WBI_COVERAGES].columns[column], row, &text)) return WB_OK;
  return wbi_row_choice(facts, WBI_COVERAGES, column, row, place, error);
}

/* Reads what a coverage says of its periods. */
static wb_status benefit_plan(const wb_facts *facts, uint32_t row, wb_plan *plan, wb_error *error) {
  static const uint8_t kinds[] = {
      WB_PERIOD_OF_CALENDAR, WB_PERIOD_OF_PLAN_YEAR, WB_PERIOD_OF_ANNIVERSARY, WB_PERIOD_OF_ROLLING,
      WB_PERIOD_OF_INTERVAL, WB_PERIOD_OF_LIFETIME,  WB_PERIOD_OF_UNKNOWN};
  int32_t kind = 0;
  *plan = (wb_plan){.size = sizeof *plan};
  const struct {
    uint8_t column;
    int32_t *number;
  } numbers[] = {{WBI_COVERAGE_MONTH, &plan->month},
                 {WBI_COVERAGE_DAY, &plan->day},
                 {WBI_COVERAGE_MONTHS, &plan->months},
                 {WBI_COVERAGE_DAYS, &plan->days}};
  const struct {
    uint8_t column;
    wb_date *date;
  } dates[] = {{WBI_COVERAGE_EFFECTIVE, &plan->effective},
               {WBI_COVERAGE_TERMINATES, &plan->terminates},
               {WBI_COVERAGE_VERIFIED, &plan->verified}};
  wb_status status =
      benefit_choice(facts, WBI_COVERAGE_PERIOD, row, (int32_t)WBI_COUNT(kinds) - 1, &kind, error);
  for (size_t i = 0; !status && i < WBI_COUNT(numbers); ++i)
    status = benefit_number(facts, WBI_COVERAGES, numbers[i].column, row, numbers[i].number, error);
  for (size_t i = 0; !status && i < WBI_COUNT(dates); ++i)
    status = wbi_row_date(facts, WBI_COVERAGES, dates[i].column, row, dates[i].date, error);
  if (!status) plan->kind = kinds[kind];
  return status;
}

/* Whether a coverage is in force on a day. */
static bool benefit_in_force(const wb_plan *plan, wb_date on) {
  return (plan->effective == WB_DATE_NONE || plan->effective <= on) &&
         (plan->terminates == WB_DATE_NONE || plan->terminates >= on);
}

/* Reads one line of a claim. */
static wb_status benefit_claim(const wb_facts *facts, uint32_t row, wb_claim *claim,
                               wb_error *error) {
  static const uint8_t states[] = {WB_CLAIM_RECEIVED, WB_CLAIM_SUPPLEMENTAL, WB_CLAIM_ADJUSTMENT,
                                   WB_CLAIM_NOT_RECEIVED, WB_CLAIM_OTHER};
  int32_t state = 0;
  int64_t apart = 0;
  const wbi_column *columns = facts->tables[WBI_CLAIMS].columns;
  *claim = (wb_claim){.size = sizeof *claim};
  wb_status status = wbi_row_choice(facts, WBI_CLAIMS, WBI_CLAIM_STATUS, row, &state, error);
  if (!status) status = wbi_row_date(facts, WBI_CLAIMS, WBI_CLAIM_DATE, row, &claim->date, error);
  if (status) return status;
  if (claim->date == WB_DATE_NONE)
    return wbi_column_fail(error, WB_E_TYPE, WBI_CLAIMS, WBI_CLAIM_DATE, "The date is absent.");
  claim->status = states[state];
  status = benefit_cents(facts, WBI_CLAIMS, WBI_CLAIM_PAID, row, &claim->paid, error);
  if (!status)
    status = benefit_cents(facts, WBI_CLAIMS, WBI_CLAIM_ESTIMATED, row, &claim->estimated, error);
  if (wbi_column_int(&columns[WBI_CLAIM_APART], row, &apart) && apart)
    claim->flags = WB_CLAIM_APART;
  return status;
}

/* The lines of claims of one coverage of the patient. */
typedef struct benefit_claims {
  wb_claim *claims;
  uint32_t count;
} benefit_claims;

/* Reads them. */
static wb_status benefit_claims_of(wb_facts *facts, uint32_t coverage, benefit_claims *found,
                                   wb_error *error) {
  wbi_text key = {0};
  wbi_row_span span = wbi_row_children(facts, WBI_CLAIMS);
  size_t most = span.from ? (size_t)(span.to - span.from) : 0;
  (void)wbi_column_text(&facts->tables[WBI_COVERAGES].columns[WBI_COVERAGE_KEY], coverage, &key);
  found->count = 0;
  found->claims = wbi_facts_scratch(facts, WBI_SCRATCH_CLAIMS, (most + 1) * sizeof *found->claims);
  if (!found->claims) return wbi_fail(error, WB_E_NOMEM, "No memory for claims.");
  for (const uint32_t *row = span.from; row != span.to; ++row) {
    wbi_text other = {0};
    (void)wbi_column_text(&facts->tables[WBI_CLAIMS].columns[WBI_CLAIM_COVERAGE], *row, &other);
    if (!wbi_text_equal(key, other)) continue;
    wb_status status = benefit_claim(facts, *row, &found->claims[found->count], error);
    if (status) return status;
    ++found->count;
  }
  return WB_OK;
}

/* Whether the maximum was used up in the period before; -1: not known. */
static wb_status benefit_last_period(const wb_plan *plan, const wb_period *period,
                                     const benefit_claims *claims, wb_cents maximum,
                                     wbi_flag *max_used) {
  wb_period before = {.size = sizeof before};
  wb_usage usage = {.size = sizeof usage};
  bool turns = plan->kind != WB_PERIOD_OF_ROLLING && plan->kind != WB_PERIOD_OF_LIFETIME;
  if (!turns || period->first <= WB_DATE_MIN || maximum == WB_CENTS_NONE) return WB_OK;
  wb_status status = wb_benefit_find(plan, period->first - 1, &before);
  if (!status) status = wb_usage_find(claims->claims, claims->count, &before, maximum, &usage);
  if (status) return status;
  *max_used = (usage.flags & WB_USAGE_MAX_USED) != 0;
  return WB_OK;
}

/* Finds what was used of a coverage's maximum. */
static wb_status benefit_usage(wb_facts *facts, const wb_plan *plan, const wb_period *period,
                               wbi_benefit *benefit, wb_error *error) {
  wb_usage usage = {.size = sizeof usage};
  benefit_claims claims;
  if (!facts->tables[WBI_CLAIMS].present) return WB_OK;
  wb_status status = benefit_claims_of(facts, benefit->row, &claims, error);
  if (status) return status;
  status = wb_usage_find(claims.claims, claims.count, period, benefit->maximum, &usage);
  if (!status)
    status = benefit_last_period(plan, period, &claims, benefit->maximum, &benefit->max_used_last);
  if (status)
    return wbi_column_fail(error, status, WBI_COVERAGES, WBI_COVERAGE_MAXIMUM,
                           "The amounts cannot be reckoned with.");
  benefit->used = usage.used;
  benefit->pending = usage.pending;
  benefit->remaining = usage.remaining;
  if (usage.remaining != WB_CENTS_NONE) benefit->max_used = (usage.flags & WB_USAGE_MAX_USED) != 0;
  return WB_OK;
}

/* What is known before any coverage is. */
static const wbi_benefit benefit_none = {WBI_NO_ROW,
                                         WB_DATE_NONE,
                                         WB_DATE_NONE,
                                         WB_DATE_NONE,
                                         WB_CENTS_NONE,
                                         WB_CENTS_NONE,
                                         WB_CENTS_NONE,
                                         WB_CENTS_NONE,
                                         NULL,
                                         -1,
                                         -1,
                                         -1,
                                         -1,
                                         -1,
                                         -1};

/* Finds the benefits of one coverage that is in force. */
static wb_status benefit_of(wb_facts *facts, uint32_t row, const wb_plan *plan,
                            wbi_benefit *benefit, wb_error *error) {
  wb_period period = {.size = sizeof period};
  wb_status status = wb_benefit_find(plan, facts->cursor.today, &period);
  if (status)
    return wbi_column_fail(error, status == WB_E_INVALID ? WB_E_TYPE : status, WBI_COVERAGES,
                           WBI_COVERAGE_PERIOD, "Its month, length or first day is missing.");
  benefit->active = 1;
  benefit->first = period.first;
  benefit->last = period.last;
  benefit->stale = (period.flags & WB_PERIOD_STALE) != 0;
  status = benefit_cents(facts, WBI_COVERAGES, WBI_COVERAGE_MAXIMUM, row, &benefit->maximum, error);
  if (status) return status;
  if (!(period.flags & WB_PERIOD_UNKNOWN)) {
    benefit->expiring = (period.flags & WB_PERIOD_EXPIRING) != 0;
    benefit->renewed = (period.flags & WB_PERIOD_RENEWED) != 0;
  }
  return benefit_usage(facts, plan, &period, benefit, error);
}

/* ---- all coverages ---- */

/* Whether a coverage is spoken of rather than another: more is left; of equal ones the first.
   same: of what differs > and >= say one thing */
static bool benefit_before(const wb_facts *facts, const wbi_benefit *a, const wbi_benefit *b) {
  const wbi_column *ordinals = &facts->tables[WBI_COVERAGES].columns[WBI_COVERAGE_ORDINAL];
  int64_t first = INT64_MAX, second = INT64_MAX;
  if (b->row == WBI_NO_ROW) return true;
  if (a->active != b->active) return a->active > b->active;
  if (a->remaining != b->remaining) return a->remaining > b->remaining;
  (void)wbi_column_int(ordinals, a->row, &first);
  (void)wbi_column_int(ordinals, b->row, &second);
  return first < second;
}

/* Joins what coverages in force say of being public: yes before unknown before no. */
static wb_status benefit_public(const wb_facts *facts, uint32_t row, const char **so_far,
                                wb_error *error) {
  static const char *const answers[] = {"no", "yes", "unknown"};
  enum { PRIVATE, PUBLIC, UNKNOWN };
  int32_t payer = UNKNOWN;
  wb_status status = benefit_choice(facts, WBI_COVERAGE_PAYER, row, UNKNOWN, &payer, error);
  if (status) return status;
  if (payer == PUBLIC || (payer == UNKNOWN && *so_far != answers[PUBLIC])) *so_far = answers[payer];
  return WB_OK;
}

/* Takes back every statement: the data are too old. */
static void benefit_unsay(wbi_benefit *benefit) {
  benefit->maximum = benefit->used = benefit->pending = benefit->remaining = WB_CENTS_NONE;
  benefit->expiring = benefit->renewed = benefit->max_used = benefit->max_used_last = -1;
  benefit->stale = 1;
}

/* Takes one coverage into account. */
static wb_status benefit_add(wb_facts *facts, uint32_t row, bool *stale, wbi_benefit *best,
                             wb_error *error) {
  wb_plan plan;
  wbi_benefit found = benefit_none;
  wb_status status = benefit_plan(facts, row, &plan, error);
  if (status) return status;
  found.row = row;
  found.active = 0;
  if (benefit_in_force(&plan, facts->cursor.today)) {
    status = benefit_of(facts, row, &plan, &found, error);
    if (!status) status = benefit_public(facts, row, &best->public_payer, error);
    if (status) return status;
    *stale = *stale || found.stale;
  }
  found.public_payer = best->public_payer;
  if (benefit_before(facts, &found, best)) *best = found;
  return WB_OK;
}

wb_status wbi_know_benefit(wb_facts *facts, wb_error *error) {
  wbi_benefit best = benefit_none;
  bool stale = false;
  wbi_row_span span = wbi_row_children(facts, WBI_COVERAGES);
  if (span.to - span.from > COVERAGES_MOST)
    return wbi_fail_path(error, WB_E_LIMIT, WBI_TEXT("coverages"),
                         "A patient has more than 100 coverages.");
  if (facts->tables[WBI_COVERAGES].present) {
    best.active = 0;
    best.public_payer = "no";
  }
  for (const uint32_t *row = span.from; row != span.to; ++row) {
    wb_status status = benefit_add(facts, *row, &stale, &best, error);
    if (status) return status;
  }
  if (stale) benefit_unsay(&best);
  facts->cursor.benefit = best;
  return WB_OK;
}

/* ---- limits ---- */

/* Reads one limit; its kind stays 0 when it cannot be read. */
static void limits_read(const wbi_column *columns, uint32_t row, wbi_limits *limits) {
  wbi_text text = {0}, codes = {0};
  int64_t level = 0;
  uint32_t count = 0;
  wb_limit *limit = &limits->limits[row];
  *limit = (wb_limit){.size = sizeof *limit};
  if (!wbi_column_text(&columns[WBI_LIMIT_LIMIT], row, &text) ||
      wb_limit_parse(text.data, text.length, limit))
    return;
  if (wbi_column_int(&columns[WBI_LIMIT_LEVEL], row, &level))
    limit->level = (int32_t)(level < INT32_MAX && level > INT32_MIN ? level : 0);
  if (!wbi_column_text(&columns[WBI_LIMIT_CODES], row, &codes)) return;
  wb_code_range *ranges = limits->ranges + limits->range_count;
  if (wb_codes_parse(codes.data, codes.length, ranges,
                     (uint32_t)(limits->range_room - limits->range_count), &count)) {
    limit->kind = 0;
    return;
  }
  limit->codes = ranges;
  limit->code_count = count;
  limits->range_count += count;
}

/* How many ranges of codes all limits have together. */
static size_t limits_measure(const wbi_facts_table *table) {
  size_t ranges = 0;
  for (uint32_t row = 0; row < table->rows; ++row) {
    wbi_text codes = {0};
    uint32_t count = 0;
    if (wbi_column_text(&table->columns[WBI_LIMIT_CODES], row, &codes) &&
        wb_codes_parse(codes.data, codes.length, NULL, 0, &count) == WB_E_SPACE)
      ranges += count;
  }
  return ranges;
}

void wbi_limits_free(wb_facts *facts) {
  wbi_limits *rules = &facts->rules;
  wbi_free(facts->context, rules->limits, (rules->count + (size_t)1) * sizeof *rules->limits);
  wbi_free(facts->context, rules->ranges, rules->range_room * sizeof *rules->ranges);
  *rules = (wbi_limits){0};
}

/* Reads all limits and chains them by plan, once. */
static wb_status limits_make(wb_facts *facts, wb_error *error) {
  const wbi_facts_table *table = &facts->tables[WBI_LIMITS];
  wbi_limits *rules = &facts->rules;
  if (rules->limits) return WB_OK;
  rules->count = table->rows;
  rules->range_room = limits_measure(table) + 1;
  rules->limits = wbi_alloc(facts->context, (rules->count + (size_t)1) * sizeof *rules->limits);
  rules->ranges = wbi_alloc(facts->context, rules->range_room * sizeof *rules->ranges);
  if (!rules->limits || !rules->ranges ||
      wbi_chain_make(facts->context, &table->columns[WBI_LIMIT_PLAN], table->rows,
                     &facts->limits)) {
    wbi_limits_free(facts);
    return wbi_fail(error, WB_E_NOMEM, "No memory for the limits.");
  }
  for (uint32_t row = 0; row < table->rows; ++row)
    limits_read(table->columns, row, rules);
  return WB_OK;
}

/* The limits that a service is asked about. */
typedef struct benefit_limits {
  wb_limit *limits;
  uint32_t count;
} benefit_limits;

/* Adds one limit of a coverage. */
static wb_status limits_add(wb_facts *facts, uint32_t row, const wb_plan *plan,
                            benefit_limits *found, wb_error *error) {
  wb_limit limit = facts->rules.limits[row];
  if (limit.kind == 0)
    return wbi_column_fail(error, WB_E_TYPE, WBI_LIMITS, WBI_LIMIT_LIMIT,
                           "Not a limit in known words, or not codes.");
  if (found->count == LIMITS_MOST)
    return wbi_fail_path(error, WB_E_LIMIT, WBI_TEXT("limits"),
                         "The coverages of a patient have more than 200 limits.");
  limit.effective = plan->effective;
  limit.terminates = plan->terminates;
  limit.month = plan->month;
  limit.day = plan->day;
  found->limits = wbi_facts_scratch(facts, WBI_SCRATCH_LIMITS,
                                    (found->count + (size_t)1) * sizeof *found->limits);
  if (!found->limits) return wbi_fail(error, WB_E_NOMEM, "No memory for limits.");
  found->limits[found->count++] = limit;
  return WB_OK;
}

/* Adds all limits of a coverage that is in force. */
static wb_status limits_add_coverage(wb_facts *facts, uint32_t coverage, benefit_limits *found,
                                     wb_error *error) {
  wb_plan plan;
  wbi_text key = {0};
  const wbi_column *columns = facts->tables[WBI_COVERAGES].columns;
  const wbi_column *plans = &facts->tables[WBI_LIMITS].columns[WBI_LIMIT_PLAN];
  wb_status status = benefit_plan(facts, coverage, &plan, error);
  if (WBI_NEVER(status != WB_OK)) return status; /* its benefits are known */
  if (!benefit_in_force(&plan, facts->cursor.today)) return WB_OK;
  if (!wbi_column_text(&columns[WBI_COVERAGE_PLAN], coverage, &key))
    (void)wbi_column_text(&columns[WBI_COVERAGE_KEY], coverage, &key);
  uint32_t row = wbi_row_index_find(&facts->limits.index, plans, key);
  for (; !status && row != WBI_NO_ROW; row = facts->limits.next[row])
    status = limits_add(facts, row, &plan, found, error);
  return status;
}

/* The code of the patient's next recare visit. */
static int32_t covered_code(const wb_recare *recare) {
  enum { PERIO = 4910, ADULT = 1110, CHILD = 1120 };
  if (recare->kind == WB_RECARE_PERIO) return PERIO;
  return recare->flags & WB_RECARE_CHILD ? CHILD : ADULT;
}

wb_status wbi_know_covered(wb_facts *facts, wb_error *error) {
  wbi_row *cursor = &facts->cursor;
  benefit_limits found = {NULL, 0};
  wb_covered covered = {.size = sizeof covered};
  wb_service service = {.size = sizeof service, .from = cursor->today};
  wbi_row_span span = wbi_row_children(facts, WBI_COVERAGES);
  cursor->benefit.covered = WB_DATE_NONE;
  if (cursor->benefit.active != 1 || cursor->benefit.stale || !facts->tables[WBI_LIMITS].present)
    return WB_OK;
  wb_status status = limits_make(facts, error);
  for (const uint32_t *row = span.from; !status && row != span.to; ++row)
    status = limits_add_coverage(facts, *row, &found, error);
  if (!status)
    status = wbi_row_date(facts, WBI_PATIENTS, WBI_PATIENT_BIRTH_DATE, cursor->row, &service.birth,
                          error);
  if (status) return status;
  service.code = covered_code(&cursor->recare);
  status = wb_benefit_covered(found.limits, found.count, cursor->chart.procedures,
                              cursor->chart.count, &service, &covered);
  if (status)
    return wbi_column_fail(error, status, WBI_LIMITS, WBI_LIMIT_LIMIT,
                           "It cannot be reckoned with.");
  cursor->benefit.covered = covered.date;
  return WB_OK;
}
