/* SPDX-License-Identifier: MIT */
/* Where the answers to derived fields lie in the row, field by field: most need no code. */
#include "facts/facts_private.h"

/* How an answer is kept. */
enum {
  ANSWER_NONE,
  ANSWER_DATE,  /* wb_date, WB_DATE_NONE: absent */
  ANSWER_COUNT, /* int32_t, negative: absent */
  ANSWER_CENTS, /* wb_cents, WB_CENTS_NONE: absent */
  ANSWER_FLAG,  /* wbi_flag, negative: absent */
  ANSWER_KEY,   /* wbi_text, empty: absent */
  ANSWER_WORD,  /* const char *, NULL: absent */
  ANSWER_CELL   /* uint32_t, a row whose cell it is, WBI_NO_ROW: absent */
};

typedef struct answer_place {
  uint8_t how;
  uint8_t table, column, type; /* of ANSWER_CELL */
  uint16_t offset;             /* in wbi_row */
  uint32_t needs;
} answer_place;

#define ANSWER_AT(how, member, needs)                                                              \
  { how, 0, 0, 0, (uint16_t)offsetof(wbi_row, member), needs }
#define ANSWER_OF(table, column, type, member, needs)                                              \
  { ANSWER_CELL, table, column, type, (uint16_t)offsetof(wbi_row, member), needs }
#define LATELY(how, member) ANSWER_AT(how, lately.member, WBI_NEED_LATELY)
#define NEXT(column, type)                                                                         \
  ANSWER_OF(WBI_APPOINTMENTS, column, type, visits.next_row, WBI_NEED_VISITS)
#define BENEFIT(how, member) ANSWER_AT(how, benefit.member, WBI_NEED_BENEFIT)
#define COVERAGE(column) ANSWER_OF(WBI_COVERAGES, column, WB_TEXT, benefit.row, WBI_NEED_BENEFIT)
#define HOUSEHOLD(how, member) ANSWER_AT(how, household.member, WBI_NEED_HOUSEHOLD)

/* By item, from WBI_VISIT_SEEN_14D on. */
static const answer_place answer_places[] = {
    [WBI_VISIT_SEEN_14D] = LATELY(ANSWER_FLAG, seen_14d),
    [WBI_VISIT_CANCELLED_14D] = LATELY(ANSWER_FLAG, cancelled_14d),
    [WBI_VISIT_MISSED_12M] = LATELY(ANSWER_COUNT, missed_12m),
    [WBI_VISIT_REPEAT_BROKEN] = LATELY(ANSWER_FLAG, repeat_broken),
    [WBI_VISIT_BROKEN_OPEN] = LATELY(ANSWER_FLAG, broken_open),
    [WBI_VISIT_EXAM_MONTHS] = LATELY(ANSWER_COUNT, exam_months),
    [WBI_VISIT_NEXT_KEY] = NEXT(WBI_APPOINTMENT_KEY, WB_TEXT),
    [WBI_VISIT_NEXT_MINUTES] = NEXT(WBI_APPOINTMENT_MINUTES, WB_INT),
    [WBI_VISIT_NEXT_PROVIDER] = NEXT(WBI_APPOINTMENT_PROVIDER, WB_TEXT),
    [WBI_VISIT_NEXT_LOCATION] = NEXT(WBI_APPOINTMENT_LOCATION, WB_TEXT),
    [WBI_VISIT_NEXT_HYGIENE] = NEXT(WBI_APPOINTMENT_HYGIENE, WB_BOOL),
    [WBI_VISIT_NEXT_CONFIRMED] = NEXT(WBI_APPOINTMENT_CONFIRMED, WB_BOOL),
    [WBI_VISIT_ASAP] = ANSWER_AT(ANSWER_FLAG, lately.asap, WBI_NEED_LATELY | WBI_KNOW_RECALLS),
    [WBI_VISIT_ASAP_MINUTES] = ANSWER_OF(WBI_APPOINTMENTS, WBI_APPOINTMENT_MINUTES, WB_INT,
                                         visits.asap_row, WBI_NEED_VISITS),
    [WBI_RECARE_ASAP] = ANSWER_OF(WBI_RECALLS, WBI_RECALL_ASAP, WB_BOOL, recall, WBI_KNOW_RECALLS),
    [WBI_RECARE_ADVICE_ON] = ANSWER_AT(ANSWER_DATE, recare.evidence_on, WBI_NEED_RECARE),
    [WBI_RECARE_ADVICE_RECENT] = {ANSWER_NONE, 0, 0, 0, WB_EVIDENCE_RECENT, WBI_NEED_RECARE},
    [WBI_RECARE_ADVICE_SCALING] = {ANSWER_NONE, 0, 0, 0, WB_EVIDENCE_SCALING, WBI_NEED_RECARE},
    [WBI_BENEFIT_KEY] = COVERAGE(WBI_COVERAGE_KEY),
    [WBI_BENEFIT_PLAN] = COVERAGE(WBI_COVERAGE_KIND),
    [WBI_BENEFIT_ACTIVE] = BENEFIT(ANSWER_FLAG, active),
    [WBI_BENEFIT_PUBLIC] = BENEFIT(ANSWER_WORD, public_payer),
    [WBI_BENEFIT_PERIOD] = COVERAGE(WBI_COVERAGE_PERIOD),
    [WBI_BENEFIT_FIRST] = BENEFIT(ANSWER_DATE, first),
    [WBI_BENEFIT_LAST] = BENEFIT(ANSWER_DATE, last),
    [WBI_BENEFIT_STALE] = BENEFIT(ANSWER_FLAG, stale),
    [WBI_BENEFIT_EXPIRING] = BENEFIT(ANSWER_FLAG, expiring),
    [WBI_BENEFIT_RENEWED] = BENEFIT(ANSWER_FLAG, renewed),
    [WBI_BENEFIT_MAXIMUM] = BENEFIT(ANSWER_CENTS, maximum),
    [WBI_BENEFIT_USED] = BENEFIT(ANSWER_CENTS, used),
    [WBI_BENEFIT_PENDING] = BENEFIT(ANSWER_CENTS, pending),
    [WBI_BENEFIT_REMAINING] = BENEFIT(ANSWER_CENTS, remaining),
    [WBI_BENEFIT_MAX_USED] = BENEFIT(ANSWER_FLAG, max_used),
    [WBI_BENEFIT_MAX_USED_LAST] = BENEFIT(ANSWER_FLAG, max_used_last),
    [WBI_BENEFIT_COVERED_HYGIENE] = ANSWER_AT(ANSWER_DATE, benefit.covered, WBI_NEED_COVERED),
    [WBI_HOUSEHOLD_SIZE] = HOUSEHOLD(ANSWER_COUNT, size),
    [WBI_HOUSEHOLD_GUARANTOR] = HOUSEHOLD(ANSWER_KEY, guarantor),
    [WBI_HOUSEHOLD_IS_GUARANTOR] = HOUSEHOLD(ANSWER_FLAG, is_guarantor),
    [WBI_HOUSEHOLD_GUARDIAN] = HOUSEHOLD(ANSWER_KEY, guardian),
    [WBI_HOUSEHOLD_ACTIVE] = HOUSEHOLD(ANSWER_COUNT, active),
    [WBI_HOUSEHOLD_INACTIVE] = HOUSEHOLD(ANSWER_COUNT, inactive),
    [WBI_HOUSEHOLD_MINORS] = HOUSEHOLD(ANSWER_COUNT, minors),
    [WBI_HOUSEHOLD_UNNAMED] = HOUSEHOLD(ANSWER_FLAG, unnamed),
    [WBI_HOUSEHOLD_OVERDUE_OTHERS] = {ANSWER_NONE, 0, 0, 0, 0, WBI_NEED_HOUSEHOLD},
    /* What stands in for what is not lent. */
    [WBI_LENT + WBI_LENT_MESSAGE_LINK] =
        ANSWER_OF(WBI_LOCATIONS, WBI_LOCATION_BOOKING_URL, WB_TEXT, location, WBI_KNOW_PLACE),
    /* Lists: what finds them. */
    [WBI_TREATMENTS] = {ANSWER_NONE, 0, 0, 0, 0, WBI_NEED_TREATMENTS},
    [WBI_UNFINISHED] = {ANSWER_NONE, 0, 0, 0, 0, WBI_NEED_UNFINISHED},
    [WBI_OPENINGS_AHEAD] = {ANSWER_NONE, 0, 0, 0, 0, WBI_NEED_OPENINGS},
    [WBI_HOUSEHOLD_MEMBERS] = {ANSWER_NONE, 0, 0, 0, 0, WBI_NEED_HOUSEHOLD},
    [WBI_HOUSEHOLD_REPRESENTS] = {ANSWER_NONE, 0, 0, 0, 0, WBI_NEED_HOUSEHOLD},
    [WBI_HOUSEHOLD_NAMED] = {ANSWER_NONE, 0, 0, 0, 0, WBI_NEED_HOUSEHOLD},
};

void wbi_facts_lend(wb_facts *facts, const wb_value *lent) {
  memset(facts->lent, 0, sizeof facts->lent);
  if (lent != NULL) memcpy(facts->lent, lent, sizeof facts->lent);
  facts->turn++;
}

void wbi_facts_lend_one(wb_facts *facts, wbi_lent which, wb_value lent) {
  facts->lent[which] = lent;
  facts->turn++;
}

uint32_t wbi_answer_needs(int item) {
  return answer_places[item].needs;
}

/* Sets a value from where it lies. */
static wb_status answer_read(const wb_facts *facts, const answer_place *place, const char *at,
                             wb_value *value, wb_error *error) {
  int64_t cents = 0;
  int32_t number = 0;
  uint32_t row = 0;
  const char *word = NULL;
  wbi_text text;
  switch (place->how) {
  case ANSWER_DATE:
    memcpy(&number, at, sizeof number);
    wbi_value_set_date(value, number);
    return WB_OK;
  case ANSWER_COUNT:
    memcpy(&number, at, sizeof number);
    if (number >= 0) wbi_value_set_number(value, WB_INT, number);
    return WB_OK;
  case ANSWER_CENTS:
    memcpy(&cents, at, sizeof cents);
    if (cents != WB_CENTS_NONE) wbi_value_set_number(value, WB_INT, cents);
    return WB_OK;
  case ANSWER_FLAG:
    if ((wbi_flag)*at >= 0) wbi_value_set_number(value, WB_BOOL, *at);
    return WB_OK;
  case ANSWER_KEY:
    memcpy(&text, at, sizeof text);
    wbi_value_set_text(value, text);
    return WB_OK;
  case ANSWER_WORD:
    memcpy(&word, at, sizeof word);
    wbi_value_set_text(value, wbi_text_of(word));
    return WB_OK;
  default: memcpy(&row, at, sizeof row); break;
  }
  if (row == WBI_NO_ROW) return WB_OK;
  wb_status status =
      wbi_cell_value(&facts->tables[place->table].columns[place->column], row, place->type, value);
  return status
             ? wbi_column_fail(error, status, place->table, place->column, "Not what it should be.")
             : WB_OK;
}

wb_status wbi_answer_find(wb_facts *facts, int item, wb_value *value, wb_error *error) {
  const answer_place *place = &answer_places[item];
  const wb_recare *recare = &facts->cursor.recare;
  int32_t count = -1;
  const bool lends = item >= WBI_LENT; /* what is behind is no single value */
  if (lends && (place->how == ANSWER_NONE || facts->lent[item - WBI_LENT].kind != WB_UNKNOWN)) {
    *value = facts->lent[item - WBI_LENT];
    value->size = sizeof *value;
    return WB_OK;
  }
  if (place->how != ANSWER_NONE)
    return answer_read(facts, place, (const char *)&facts->cursor + place->offset, value, error);
  if (item != WBI_HOUSEHOLD_OVERDUE_OTHERS) {
    wbi_value_set_number(value, WB_BOOL, (recare->evidence & place->offset) != 0);
    return WB_OK;
  }
  wb_status status = wbi_household_overdue(facts, &count, error);
  if (count >= 0) wbi_value_set_number(value, WB_INT, count);
  return status;
}

wb_status wbi_answer_item(wb_facts *facts, int item, uint32_t row, wb_value *value) {
  wbi_visit visit;
  wb_time at = WB_TIME_NONE;
  if (item == WBI_PROCEDURES_GROUP) {
    wbi_value_set_text(value, wbi_chart_group(facts, row));
    return WB_OK;
  }
  wb_status status = wbi_visit_start(facts, WBI_APPOINTMENTS, WBI_APPOINTMENT_START, row, &visit);
  if (status || visit.date == WB_DATE_NONE) return status;
  if (item == WBI_APPOINTMENTS_DATE) {
    wbi_value_set_date(value, visit.date);
    return WB_OK;
  }
  status = wbi_visit_instant(
      facts, &visit, &facts->tables[WBI_APPOINTMENTS].columns[WBI_APPOINTMENT_LOCATION], row, &at);
  if (at != WB_TIME_NONE) wbi_value_set_number(value, WB_TIME, at);
  return status;
}
