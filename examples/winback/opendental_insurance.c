/* SPDX-License-Identifier: MIT */
/* The adapter to Open Dental: coverages, claims, and the limits of plans. */
#include "opendental.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

typedef struct dental_plan {
  int64_t maximum; /* cents, -1: not known */
  int month;       /* that it renews in; 0: the calendar year's */
  char type;       /* PlanType, 0: percentage */
  char payer;      /* of dental_payers */
} dental_plan;

typedef struct dental_subscriber {
  int64_t plan; /* place of the plan, -1: not known */
  wb_date effective, terminates;
} dental_subscriber;

static const char *const dental_payers[] = {"unknown", "private", "public"};
enum { DENTAL_UNKNOWN, DENTAL_PRIVATE, DENTAL_PUBLIC };

/* ---- plans ---- */

/* Notes whether a filing code is a public payer's. "ZZ" says nothing. */
static const char *dental_note_filing(dental_book *book, const csv_cell *cells) {
  static const char *const open[] = {"MC", "MB", "MA", "CH", "VA", "OF", "TV", "16"};
  int payer = cells[1].length == 0 || dental_is(cells[1], "ZZ") ? DENTAL_UNKNOWN : DENTAL_PRIVATE;
  for (int i = 0; i < DENTAL_COUNT(open); i++)
    if (dental_is(cells[1], open[i])) payer = DENTAL_PUBLIC;
  (void)dental_index_add(&book->filing, cells[0], payer);
  return NULL;
}

static const char *dental_note_plan(dental_book *book, const csv_cell *cells) {
  enum { NUMBER, TYPE, MONTH, FILING };
  const int64_t *payer = dental_index_find(&book->filing, cells[FILING]);
  dental_plan plan = {.maximum = -1};
  int64_t month = 0;
  uint32_t place = book->plans.keys.count;
  if (!dental_key(cells[NUMBER])) return "PlanNum is no key";
  if (!dental_whole(cells[MONTH], &month) || month < 0 || month > 12) {
    return "MonthRenew is no month";
  }
  plan.month = (int)month;
  if (cells[TYPE].length) plan.type = cells[TYPE].data[0];
  if (payer) plan.payer = (char)*payer;
  if (!dental_index_add(&book->plans, cells[NUMBER], place)) return "another plan has this PlanNum";
  book->plan = cli_grow(book->plan, (size_t)place + 1, sizeof *book->plan);
  book->plan[place] = plan;
  return NULL;
}

/* The plan of a number, NULL when it is not known. */
static dental_plan *dental_plan_of(const dental_book *book, csv_cell number) {
  const int64_t *place = dental_index_find(&book->plans, number);
  return place ? &book->plan[*place] : NULL;
}

enum {
  DENTAL_BENEFIT_PLAN,
  DENTAL_BENEFIT_TYPE,
  DENTAL_BENEFIT_AMOUNT,
  DENTAL_BENEFIT_TIME,
  DENTAL_BENEFIT_QUALIFIER,
  DENTAL_BENEFIT_QUANTITY,
  DENTAL_BENEFIT_CODE,
  DENTAL_BENEFIT_CATEGORY,
  DENTAL_BENEFIT_LEVEL
};

static const csv_column dental_benefit_cells[] = {
    {"PlanNum", true},    {"BenefitType", true},       {"MonetaryAmt", true},
    {"TimePeriod", true}, {"QuantityQualifier", true}, {"Quantity", true},
    {"CodeNum", true},    {"CovCatNum", false},        {"CoverageLevel", false},
};

/* Whether a benefit is a plan's maximum: a limitation of money for a year, of a person or not said
   otherwise, on no code and no category. */
static bool dental_general_maximum(const csv_cell *cells) {
  int64_t time = dental_number(cells[DENTAL_BENEFIT_TIME]);
  return dental_is(cells[DENTAL_BENEFIT_TYPE], "5") &&
         dental_number(cells[DENTAL_BENEFIT_QUALIFIER]) == 0 && (time == 1 || time == 2) &&
         !dental_key(cells[DENTAL_BENEFIT_CODE]) && !dental_key(cells[DENTAL_BENEFIT_CATEGORY]) &&
         !dental_is(cells[DENTAL_BENEFIT_LEVEL], "2");
}

/* Notes a plan's maximum; of several the smallest. */
static const char *dental_note_benefit(dental_book *book, const csv_cell *cells) {
  int64_t amount = 0;
  dental_plan *plan = dental_plan_of(book, cells[DENTAL_BENEFIT_PLAN]);
  if (!plan || !dental_general_maximum(cells)) return NULL;
  if (!dental_cents(cells[DENTAL_BENEFIT_AMOUNT], &amount)) return "MonetaryAmt is no amount";
  if (amount >= 0 && (plan->maximum < 0 || amount < plan->maximum)) plan->maximum = amount;
  return NULL;
}

static const char *dental_note_subscriber(dental_book *book, const csv_cell *cells) {
  enum { NUMBER, PLAN, FROM, UNTIL };
  dental_subscriber subscriber = {.plan = -1};
  const int64_t *plan = dental_index_find(&book->plans, cells[PLAN]);
  uint32_t place = book->subscribers.keys.count;
  if (!dental_key(cells[NUMBER])) return "InsSubNum is no key";
  if (!dental_date(cells[FROM], &subscriber.effective)) return "DateEffective is no date";
  if (!dental_date(cells[UNTIL], &subscriber.terminates)) return "DateTerm is no date";
  if (plan) subscriber.plan = *plan;
  if (!dental_index_add(&book->subscribers, cells[NUMBER], place))
    return "another subscriber has this InsSubNum";
  book->subscriber = cli_grow(book->subscriber, (size_t)place + 1, sizeof *book->subscriber);
  book->subscriber[place] = subscriber;
  return NULL;
}

/* Notes the latest day on which a plan's benefits (1) or a patient's enrolment (2) were verified.
 */
static const char *dental_note_verified(dental_book *book, const csv_cell *cells) {
  enum { DAY, TYPE, KEY };
  wb_date day = WB_DATE_NONE;
  int64_t type = dental_number(cells[TYPE]);
  if (type != 1 && type != 2) return NULL;
  if (!dental_date(cells[DAY], &day)) return "DateLastVerified is no date";
  dental_index *index = &book->verified[type - 1];
  if (day == WB_DATE_NONE || dental_index_add(index, cells[KEY], day)) return NULL;
  int64_t *known = dental_index_find(index, cells[KEY]);
  if (day > *known) *known = day;
  return NULL;
}

/* Notes whether plans paid for a procedure: 0 when all lines were answered with nothing. */
static const char *dental_note_paid(dental_book *book, const csv_cell *cells) {
  enum { PROCEDURE, STATUS, PAID, ESTIMATED };
  int64_t paid = 0, estimated = 0;
  if (!dental_key(cells[PROCEDURE]) || !dental_cents(cells[PAID], &paid) ||
      !dental_cents(cells[ESTIMATED], &estimated))
    return NULL; /* a row that cannot be read is told of when it is written */
  bool open = !dental_is(cells[STATUS], "1") && !dental_is(cells[STATUS], "4");
  bool counts = open || paid != 0;
  if (dental_index_add(&book->paid, cells[PROCEDURE], counts)) return NULL;
  if (counts) *dental_index_find(&book->paid, cells[PROCEDURE]) = 1;
  return NULL;
}

int dental_read_insurance(const char *folder, dental_book *book) {
  static const csv_column filing[] = {{"InsFilingCodeNum", true}, {"EclaimCode", true}};
  static const csv_column plans[] = {
      {"PlanNum", true}, {"PlanType", false}, {"MonthRenew", false}, {"FilingCode", false}};
  static const csv_column subscribers[] = {
      {"InsSubNum", true}, {"PlanNum", true}, {"DateEffective", false}, {"DateTerm", false}};
  static const csv_column verified[] = {
      {"DateLastVerified", true}, {"VerifyType", true}, {"FKey", true}};
  static const csv_column paid[] = {
      {"ProcNum", true}, {"Status", true}, {"InsPayAmt", true}, {"InsPayEst", true}};
  static const struct {
    const char *file;
    const csv_column *columns;
    int count;
    const char *(*note)(dental_book *book, const csv_cell *cells);
  } files[] = {
      {"insfilingcode.csv", filing, DENTAL_COUNT(filing), dental_note_filing},
      {"insplan.csv", plans, DENTAL_COUNT(plans), dental_note_plan},
      {"benefit.csv", dental_benefit_cells, DENTAL_COUNT(dental_benefit_cells),
       dental_note_benefit},
      {"inssub.csv", subscribers, DENTAL_COUNT(subscribers), dental_note_subscriber},
      {"insverify.csv", verified, DENTAL_COUNT(verified), dental_note_verified},
      {"claimproc.csv", paid, DENTAL_COUNT(paid), dental_note_paid},
  };
  int result = CLI_OK;
  for (int i = 0; result == CLI_OK && i < DENTAL_COUNT(files); i++)
    result = dental_read_notes(folder, files[i].file, files[i].columns, files[i].count, book,
                               files[i].note);
  return result;
}

void dental_free_insurance(dental_book *book) {
  dental_index_free(&book->filing);
  dental_index_free(&book->plans);
  dental_index_free(&book->subscribers);
  dental_index_free(&book->verified[0]);
  dental_index_free(&book->verified[1]);
  dental_index_free(&book->paid);
  free(book->plan);
  free(book->subscriber);
}

/* ---- patplan.csv ---- */

enum { DENTAL_COVER_PATIENT, DENTAL_COVER_SUBSCRIBER, DENTAL_COVER_ORDINAL, DENTAL_COVER_KEY };

static const csv_column dental_cover_cells[] = {
    {"PatNum", true}, {"InsSubNum", true}, {"Ordinal", false}, {"PatPlanNum", false}};

static const cli_column dental_cover_columns[] = {
    {"patient", "u"}, {"coverage", "u"},   {"ordinal", "l"},     {"plan", "u"},
    {"period", "u"},  {"month", "l"},      {"effective", "tdD"}, {"terminates", "tdD"},
    {"maximum", "l"}, {"verified", "tdD"}, {"payer", "u"},       {"kind", "u"},
};

/* The word of a plan's type. */
static const char *dental_plan_kind(char type) {
  switch (type) {
  case 0: return "percentage";
  case 'p': return "ppo";
  case 'f': return "copay";
  case 'c': return "capitation";
  default: return "other";
  }
}

/* Writes what a plan says. A year that renews in January is the calendar's. */
static void dental_put_plan(const dental_book *book, int64_t place, cli_table *table) {
  size_t length = 0;
  const dental_plan *plan = &book->plan[place];
  const char *key = cli_map_key(&book->plans.keys, (uint32_t)place, &length);
  cli_put_text(table, 3, key, length);
  dental_put_word(table, 4, plan->month > 1 ? "plan_year" : "calendar");
  if (plan->month > 1) cli_put_number(table, 5, plan->month);
  if (plan->maximum >= 0) cli_put_number(table, 8, plan->maximum);
  dental_put_word(table, 10, dental_payers[(int)plan->payer]);
  dental_put_word(table, 11, dental_plan_kind(plan->type));
}

/* Writes when the coverage was verified: the enrolment, else the plan's benefits. */
static void dental_put_verified(const dental_book *book, csv_cell key, int64_t plan,
                                cli_table *table) {
  csv_cell number = {0};
  const int64_t *day = dental_index_find(&book->verified[1], key);
  if (!day && plan >= 0) {
    number.data = cli_map_key(&book->plans.keys, (uint32_t)plan, &number.length);
    day = dental_index_find(&book->verified[0], number);
  }
  if (day) cli_put_date(table, 9, (wb_date)*day);
}

static const char *dental_cover(dental_book *book, const csv_cell *cells, cli_table *table) {
  const int64_t *place = dental_index_find(&book->subscribers, cells[DENTAL_COVER_SUBSCRIBER]);
  dental_subscriber subscriber = {-1, WB_DATE_NONE, WB_DATE_NONE};
  int64_t ordinal = 0;
  if (!dental_key(cells[DENTAL_COVER_PATIENT])) return "PatNum is no key";
  if (!dental_whole(cells[DENTAL_COVER_ORDINAL], &ordinal)) return "Ordinal is no number";
  if (!dental_key(cells[DENTAL_COVER_SUBSCRIBER])) return "InsSubNum is no key";
  if (place) subscriber = book->subscriber[*place];
  dental_put(table, 0, cells[DENTAL_COVER_PATIENT]);
  dental_put(table, 1, cells[DENTAL_COVER_SUBSCRIBER]);
  cli_put_number(table, 2, ordinal);
  if (subscriber.plan >= 0) dental_put_plan(book, subscriber.plan, table);
  cli_put_date(table, 6, subscriber.effective);
  cli_put_date(table, 7, subscriber.terminates);
  dental_put_verified(book, cells[DENTAL_COVER_KEY], subscriber.plan, table);
  cli_table_row(table);
  return NULL;
}

/* ---- claimproc.csv ---- */

enum {
  DENTAL_CLAIM_PATIENT,
  DENTAL_CLAIM_COVERAGE,
  DENTAL_CLAIM_STATUS,
  DENTAL_CLAIM_PAID,
  DENTAL_CLAIM_ESTIMATED,
  DENTAL_CLAIM_DATE,
  DENTAL_CLAIM_PROCEDURE
};

static const csv_column dental_claim_cells[] = {
    {"PatNum", true},    {"InsSubNum", true}, {"Status", true},   {"InsPayAmt", true},
    {"InsPayEst", true}, {"ProcDate", false}, {"ProcNum", false},
};

/* In the order of the first cells above. */
static const cli_column dental_claim_columns[] = {
    {"patient", "u"}, {"coverage", "u"},  {"status", "u"},
    {"paid", "l"},    {"estimated", "l"}, {"date", "tdD"},
};

/* A claim without a day of its own has that of its procedure. One that has neither counts for
   nothing: it is a payment as a whole, or of a procedure that is not here. */
static const char *dental_claim(dental_book *book, const csv_cell *cells, cli_table *table) {
  static const char *const states[] = {"not_received", "received", "other", "adjustment",
                                       "supplemental", "other",    "other", "other",
                                       "other",        "other"};
  const char *status = dental_word(cells[DENTAL_CLAIM_STATUS], states, 10);
  const int64_t *day = dental_index_find(&book->dates, cells[DENTAL_CLAIM_PROCEDURE]);
  int64_t paid = 0, estimated = 0;
  wb_date date;
  if (!dental_key(cells[DENTAL_CLAIM_PATIENT])) return "PatNum is no key";
  if (!status) return "Status is no status";
  if (!dental_date(cells[DENTAL_CLAIM_DATE], &date)) return "ProcDate is no date";
  if (!dental_cents(cells[DENTAL_CLAIM_PAID], &paid)) return "InsPayAmt is no amount";
  if (!dental_cents(cells[DENTAL_CLAIM_ESTIMATED], &estimated)) return "InsPayEst is no amount";
  if (date == WB_DATE_NONE && day) date = (wb_date)*day;
  if (date == WB_DATE_NONE) return NULL;
  dental_put(table, DENTAL_CLAIM_PATIENT, cells[DENTAL_CLAIM_PATIENT]);
  dental_put(table, DENTAL_CLAIM_COVERAGE, cells[DENTAL_CLAIM_COVERAGE]);
  dental_put_word(table, DENTAL_CLAIM_STATUS, status);
  cli_put_number(table, DENTAL_CLAIM_PAID, paid);
  cli_put_number(table, DENTAL_CLAIM_ESTIMATED, estimated);
  cli_put_date(table, DENTAL_CLAIM_DATE, date);
  cli_table_row(table);
  return NULL;
}

/* ---- benefit.csv: limits ---- */

/* In words of the library; those of Open Dental by their numbers. */
static const cli_column dental_limit_columns[] = {{"plan", "u"}, {"limit", "u"}, {"codes", "u"}};

/* What a number of services is counted in, by TimePeriod; NULL: nothing. */
static const char *dental_limit_time(int64_t period) {
  static const char *const times[] = {NULL, "per benefit year", "per calendar year", "per lifetime",
                                      NULL, "per 12 months"};
  return period < DENTAL_COUNT(times) && period > 0 ? times[period] : NULL;
}

/* Words of a limitation. An interval of months or years excludes its last day, as Open Dental reads
   it. */
static void dental_limitation(int64_t qualifier, int quantity, const char *time, char *text,
                              size_t size) {
  enum { SERVICES = 1, AGE = 2, YEARS = 4, MONTHS = 5 };
  if (qualifier == YEARS) snprintf(text, size, "1 per %d years exclusive", quantity);
  if (qualifier == MONTHS) snprintf(text, size, "1 per %d months exclusive", quantity);
  if (qualifier == AGE) snprintf(text, size, "through age %d", quantity);
  if (qualifier == SERVICES && time) snprintf(text, size, "%d %s", quantity, time);
}

/* Puts a limit into words; an empty text when it is none that is known. */
static void dental_limit_words(const csv_cell *cells, char *text, size_t size) {
  enum { LIMITATIONS = 5, WAITING = 6, YEARS = 4, MONTHS = 5 };
  int64_t type = dental_number(cells[DENTAL_BENEFIT_TYPE]);
  int64_t qualifier = dental_number(cells[DENTAL_BENEFIT_QUALIFIER]);
  int64_t quantity = dental_number(cells[DENTAL_BENEFIT_QUANTITY]);
  const char *time = dental_limit_time(dental_number(cells[DENTAL_BENEFIT_TIME]));
  text[0] = 0;
  if (quantity <= 0 || quantity > 999) return;
  if (type == LIMITATIONS) dental_limitation(qualifier, (int)quantity, time, text, size);
  if (type == WAITING && (qualifier == YEARS || qualifier == MONTHS))
    snprintf(text, size, "%d %s waiting period", (int)quantity,
             qualifier == YEARS ? "years" : "months");
}

/* Writes a limit on one code; those on categories are left out, for their codes are not here. */
static const char *dental_limit(dental_book *book, const csv_cell *cells, cli_table *table) {
  static const struct {
    int cell;
    const char *why;
  } numbers[] = {{DENTAL_BENEFIT_TYPE, "BenefitType is no number"},
                 {DENTAL_BENEFIT_TIME, "TimePeriod is no number"},
                 {DENTAL_BENEFIT_QUALIFIER, "QuantityQualifier is no number"},
                 {DENTAL_BENEFIT_QUANTITY, "Quantity is no number"}};
  char text[64];
  wb_code_range range;
  uint32_t count = 0;
  int64_t number = 0;
  for (int i = 0; i < DENTAL_COUNT(numbers); i++)
    if (!dental_whole(cells[numbers[i].cell], &number)) return numbers[i].why;
  csv_cell code = dental_code_of(book, cells[DENTAL_BENEFIT_CODE]);
  bool known = code.length && wb_codes_parse(code.data, code.length, &range, 1, &count) == WB_OK;
  dental_limit_words(cells, text, sizeof text);
  if (!text[0] || !known || !dental_key(cells[DENTAL_BENEFIT_PLAN])) return NULL;
  dental_put(table, 0, cells[DENTAL_BENEFIT_PLAN]);
  dental_put_word(table, 1, text);
  dental_put(table, 2, code);
  cli_table_row(table);
  return NULL;
}

const dental_table dental_insurance[] = {
    DENTAL_TABLE("patplan.csv", "coverages", dental_cover_cells, dental_cover_columns, false, 4,
                 dental_cover),
    DENTAL_TABLE("claimproc.csv", "claims", dental_claim_cells, dental_claim_columns, false, 2,
                 dental_claim),
    DENTAL_TABLE("benefit.csv", "limits", dental_benefit_cells, dental_limit_columns, false, 0,
                 dental_limit),
};
