/* SPDX-License-Identifier: MIT */
/* Where each field of the dictionary comes from: a column, or code that derives it. */
#ifndef WBI_FACTS_FIELDS_H
#define WBI_FACTS_FIELDS_H

#include "facts/facts.h"

/* Fields that are no column: where origin is WBI_DERIVED. */
enum wbi_derived {
  WBI_TODAY,
  WBI_NOW,
  WBI_PATIENT_NAME,
  WBI_PATIENT_AGE,
  WBI_TEXT_PERMISSION,
  WBI_EMAIL_PERMISSION,
  WBI_VISIT_LAST,
  WBI_VISIT_NEXT,
  WBI_VISIT_NEXT_TIME,
  WBI_VISIT_LAST_EXAM,
  WBI_VISIT_ONLY_LIMITED_24M,
  WBI_VISIT_LAST_BROKEN,
  WBI_VISIT_BROKEN_12M,
  WBI_RECARE_KIND,
  WBI_RECARE_CHILD,
  WBI_RECARE_RECORDED_KIND,
  WBI_RECARE_LAST,
  WBI_RECARE_DUE,
  WBI_RECARE_OVERDUE_MONTHS,
  WBI_RECARE_BAND,
  WBI_RECARE_BOOKED,
  WBI_RECARE_DISABLED,
  WBI_RECARE_DISABLED_UNTIL,
  WBI_RECARE_DISABLED_BALANCE,
  WBI_RECARE_ADVISE_PERIO,
  WBI_PATIENT_EXCLUDED,
  /* Those of answers.c. */
  WBI_VISIT_SEEN_14D,
  WBI_VISIT_CANCELLED_14D,
  WBI_VISIT_MISSED_12M,
  WBI_VISIT_REPEAT_BROKEN,
  WBI_VISIT_BROKEN_OPEN,
  WBI_VISIT_EXAM_MONTHS,
  WBI_VISIT_NEXT_KEY,
  WBI_VISIT_NEXT_MINUTES,
  WBI_VISIT_NEXT_PROVIDER,
  WBI_VISIT_NEXT_LOCATION,
  WBI_VISIT_NEXT_HYGIENE,
  WBI_VISIT_NEXT_CONFIRMED,
  WBI_VISIT_ASAP,
  WBI_VISIT_ASAP_MINUTES,
  WBI_RECARE_ASAP,
  WBI_RECARE_ADVICE_RECENT,
  WBI_RECARE_ADVICE_SCALING,
  WBI_RECARE_ADVICE_ON,
  WBI_BENEFIT_KEY,
  WBI_BENEFIT_PLAN,
  WBI_BENEFIT_ACTIVE,
  WBI_BENEFIT_PUBLIC,
  WBI_BENEFIT_PERIOD,
  WBI_BENEFIT_FIRST,
  WBI_BENEFIT_LAST,
  WBI_BENEFIT_STALE,
  WBI_BENEFIT_EXPIRING,
  WBI_BENEFIT_RENEWED,
  WBI_BENEFIT_MAXIMUM,
  WBI_BENEFIT_USED,
  WBI_BENEFIT_PENDING,
  WBI_BENEFIT_REMAINING,
  WBI_BENEFIT_MAX_USED,
  WBI_BENEFIT_MAX_USED_LAST,
  WBI_BENEFIT_COVERED_HYGIENE,
  WBI_HOUSEHOLD_SIZE,
  WBI_HOUSEHOLD_GUARANTOR,
  WBI_HOUSEHOLD_IS_GUARANTOR,
  WBI_HOUSEHOLD_GUARDIAN,
  WBI_HOUSEHOLD_ACTIVE,
  WBI_HOUSEHOLD_INACTIVE,
  WBI_HOUSEHOLD_MINORS,
  WBI_HOUSEHOLD_UNNAMED,
  WBI_HOUSEHOLD_OVERDUE_OTHERS,
  WBI_LENT, /* what the machine lends: as many as wbi_lent has */
  WBI_LENT_LAST = WBI_LENT + WBI_LENT_FIELDS - 1,
  /* Derived lists. */
  WBI_TREATMENTS,
  WBI_UNFINISHED,
  WBI_OPENINGS_AHEAD,
  WBI_HOUSEHOLD_MEMBERS,
  WBI_HOUSEHOLD_REPRESENTS,
  WBI_HOUSEHOLD_NAMED,
  /* Derived fields of the elements of lists that are tables. */
  WBI_PROCEDURES_GROUP,
  WBI_APPOINTMENTS_DATE,
  WBI_APPOINTMENTS_START,
  WBI_DERIVED_FIELDS
};

typedef struct wbi_field_spec {
  const char *name, *domain, *about;
  uint8_t type, presence, class_;
  uint8_t origin; /* enum wbi_table_name, or WBI_DERIVED */
  uint8_t item;   /* column of that table, or enum wbi_derived; lists: see fields.c */
} wbi_field_spec;

/* The dental fields; their indices are the first of every schema. */
const wbi_field_spec *wbi_field_specs(uint32_t *count);
/* What cells a field of a type can be read from. */
uint32_t wbi_type_fits(int32_t type);
/* Place of a value in "a|b|c"; -1: none. */
int32_t wbi_domain_place(wbi_text domain, wbi_text value);

#endif
