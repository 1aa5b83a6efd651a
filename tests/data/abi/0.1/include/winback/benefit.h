/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Benefits: the period a plan pays in, what is left of its maximum, and the first day on which a
 * service is covered.
 *
 * **Periods** are calendar years; plan years from a month and day; years from the day the coverage
 * began; the last months up to a day (rolling); fixed intervals from the day it began; for life;
 * or unknown. They are cut by the first and last day of the coverage.
 *
 * **What is left** = maximum - used - pending, never below 0. Used is what was paid, pending what
 * is estimated on claims without an answer. An unknown maximum is unknown: neither nothing nor
 * without end. Where the data are older than 30 days no statement is made.
 *
 * **Limits** say how often a plan pays: "2 per calendar year", "1 per 6 months", "1 per 5 years
 * per tooth", "once per lifetime", "through age 18", "12 months waiting period".
 * wb_limit_parse() reads such wordings. A limit counts the services of its codes that the plan has
 * paid, up to the day in question:
 *
 *  - an interval: a service counts until the day that is the interval later, and on that day no
 *    more (*inclusive*: covered on that day), or one day longer (WB_LIMIT_EXCLUSIVE), or only
 *    until the first of that month (WB_LIMIT_TO_THE_MONTH);
 *  - calendar, plan or coverage years: it counts to the end of its year, or of so many years;
 *  - for life: it counts for ever.
 *
 * **The earliest covered date** is the first day, from the day asked for, that satisfies every
 * limit; with two coverages, hand in the limits of both. It is a statement about limits: whether
 * the plan pays is the plan's decision, and no patient should be promised it.
 *
 * Source: frequency wordings of US dental plans; boundaries differ by payer and can be set.
 */
#ifndef WINBACK_BENEFIT_H
#define WINBACK_BENEFIT_H

#include <winback/treatment.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of benefit periods. */
enum wb_period_kind {
  WB_PERIOD_OF_UNKNOWN = 0,
  WB_PERIOD_OF_CALENDAR = 1,    /**< From 1 January. */
  WB_PERIOD_OF_PLAN_YEAR = 2,   /**< From a month and day. */
  WB_PERIOD_OF_ANNIVERSARY = 3, /**< Years from the first day of the coverage. */
  WB_PERIOD_OF_ROLLING = 4,     /**< The last so many months. */
  WB_PERIOD_OF_INTERVAL = 5,    /**< So many months or days each, from the first day. */
  WB_PERIOD_OF_LIFETIME = 6     /**< As long as the coverage lasts. */
};

/** What is known of a coverage. Dates that are not known are WB_DATE_NONE. */
typedef struct wb_plan {
  uint32_t size;         /**< sizeof(wb_plan). */
  uint32_t flags;        /**< 0. */
  int32_t kind;          /**< enum wb_period_kind. */
  int32_t month;         /**< Plan year: first month, 1 to 12. */
  int32_t day;           /**< Plan year: first day, cut to the month; 0: 1. */
  int32_t months;        /**< Rolling, interval: how many months; */
  int32_t days;          /**< interval: or how many days. */
  int32_t expiring_days; /**< Days at the end that count as expiring; 0: 121, calendar (from 1
                              September), 90 otherwise. */
  int32_t renewed_days;  /**< Days at the start that count as renewed; 0: 59. */
  int32_t data_days;     /**< Days for which data are good; 0: 30. */
  wb_date effective;     /**< First day of the coverage. */
  wb_date terminates;    /**< Last day of the coverage. */
  wb_date verified;      /**< Day of the data. */
} wb_plan;

/** The kind is unknown: nothing can be said. */
#define WB_PERIOD_UNKNOWN 1u
/** No coverage on that day. */
#define WB_PERIOD_OUTSIDE 2u
/** The period ends soon. */
#define WB_PERIOD_EXPIRING 4u
/** The period has just begun. */
#define WB_PERIOD_RENEWED 8u
/** The data are too old, or of an unknown day: make no statement about money. */
#define WB_PERIOD_STALE 16u

/** A benefit period. */
typedef struct wb_period {
  uint32_t size;  /**< sizeof(wb_period). */
  uint32_t flags; /**< WB_PERIOD_UNKNOWN, _OUTSIDE, _EXPIRING, _RENEWED, _STALE. */
  wb_date first;  /**< WB_DATE_NONE: open, unknown or outside. */
  wb_date last;   /**< Likewise. */
} wb_period;

/**
 * Finds the period of a coverage that a day is in. The period before it is that of the day before
 * its first. Rolling, lifetime and unknown periods neither expire nor renew.
 *
 * @retval WB_OK        @p period is set.
 * @retval WB_E_INVALID A pointer is NULL, a size too small, no such kind, no month or day of a
 *                      year, no length, a negative number, or the first day of the coverage is
 *                      needed and not given.
 * @retval WB_E_RANGE   A date is no day, or the period begins before year 1 or ends after 9999.
 * @retval WB_E_VERSION A struct has members or flags that this library does not know.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_benefit_find(const wb_plan *plan, wb_date on, wb_period *period);

/** What became of a claim. */
enum wb_claim_status {
  WB_CLAIM_OTHER = 0,        /**< A preauthorisation, an estimate: counts for nothing. */
  WB_CLAIM_RECEIVED = 1,     /**< Paid. */
  WB_CLAIM_SUPPLEMENTAL = 2, /**< Paid in addition. */
  WB_CLAIM_ADJUSTMENT = 3,   /**< Set by hand, up or down. */
  WB_CLAIM_NOT_RECEIVED = 4  /**< Sent, without an answer. */
};

/** Counts against a maximum of its own (orthodontics), not this one. */
#define WB_CLAIM_APART 1u

/** One line of a claim. */
typedef struct wb_claim {
  uint32_t size;      /**< sizeof(wb_claim). */
  uint32_t flags;     /**< WB_CLAIM_APART. */
  wb_cents paid;      /**< WB_CENTS_NONE: not known. */
  wb_cents estimated; /**< Likewise; of a claim without an answer. */
  int32_t status;     /**< enum wb_claim_status. */
  wb_date date;       /**< Of service. */
} wb_claim;

/** The maximum of the period is used up. */
#define WB_USAGE_MAX_USED 1u

/** What was used of a maximum, and what is left. WB_CENTS_NONE: not known. */
typedef struct wb_usage {
  uint32_t size;      /**< sizeof(wb_usage). */
  uint32_t flags;     /**< WB_USAGE_MAX_USED. */
  wb_cents used;      /**< Paid within the period. */
  wb_cents pending;   /**< Estimated within the period. */
  wb_cents remaining; /**< Not below 0, not above the maximum. */
} wb_usage;

/**
 * Finds what is left of a maximum in a period. With a maximum of the person and one of the family,
 * what is left is the smaller of the two.
 *
 * @param maximum  WB_CENTS_NONE: not known.
 *
 * @retval WB_OK        @p usage is set.
 * @retval WB_E_INVALID A pointer is NULL, or a size too small.
 * @retval WB_E_RANGE   The maximum is negative, a sum too large, or a date no day.
 * @retval WB_E_VERSION A struct has members or flags that this library does not know.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_usage_find(const wb_claim *claims, uint32_t count,
                                       const wb_period *period, wb_cents maximum, wb_usage *usage);

/** Kinds of limits. */
enum wb_limit_kind {
  WB_LIMIT_INTERVAL = 1,      /**< `count` in `months` and `days`. */
  WB_LIMIT_CALENDAR_YEAR = 2, /**< `count` in `years` calendar years. */
  WB_LIMIT_PLAN_YEAR = 3,     /**< `count` in `years` years from `month` and `day`. */
  WB_LIMIT_ANNIVERSARY = 4,   /**< `count` in `years` years from `effective`. */
  WB_LIMIT_LIFETIME = 5,      /**< `count` ever. */
  WB_LIMIT_AGE = 6,           /**< Ages only. */
  WB_LIMIT_WAITING = 7        /**< Not in the first `months` and `days` from `effective`. */
};

/** What a limit counts together. */
enum wb_limit_scope {
  WB_LIMIT_MOUTH = 0,    /**< All. */
  WB_LIMIT_TOOTH = 1,    /**< Each tooth by itself. */
  WB_LIMIT_QUADRANT = 2, /**< Each quarter. */
  WB_LIMIT_ARCH = 3      /**< Each arch. */
};

/** The day at the end of the interval is not covered yet, the next one is. */
#define WB_LIMIT_EXCLUSIVE 1u
/** Only months are compared: covered from the first of the month. */
#define WB_LIMIT_TO_THE_MONTH 2u

/** One limit of a coverage. Zero means none, or the default. */
typedef struct wb_limit {
  uint32_t size;              /**< sizeof(wb_limit). */
  uint32_t flags;             /**< WB_LIMIT_EXCLUSIVE, WB_LIMIT_TO_THE_MONTH. */
  const wb_code_range *codes; /**< What it counts together; NULL: every service. */
  uint32_t code_count;        /**< How many ranges. */
  int32_t kind;               /**< enum wb_limit_kind. */
  uint32_t count;             /**< How often, at most 64; 0: once. */
  int32_t years;              /**< Of year kinds; 0: 1. */
  int32_t months;             /**< Interval or waiting period; */
  int32_t days;               /**< added after the months. */
  int32_t month;              /**< First of the plan year; 0: 1. */
  int32_t day;                /**< Likewise, cut to the month; 0: 1. */
  int32_t scope;              /**< enum wb_limit_scope. */
  int32_t age_from;           /**< Not under this age. */
  int32_t age_through;        /**< Not over this age: through the day before the next birthday;
                                   0: no limit. */
  int32_t level;              /**< Of the limits of one sort (frequency, age, waiting) that apply,
                                   only those of the highest level count: a patient's own over the
                                   plan's, one of a code over one of a category. */
  wb_date effective;          /**< First day of the coverage, or WB_DATE_NONE. */
  wb_date terminates;         /**< Last day of the coverage, or WB_DATE_NONE. */
} wb_limit;

/**
 * Reads a limit as plans word it, in any case: a count, what it is in, a scope, ages; see the
 * chapter above and docs/dental.md. Codes and dates are not part of it: they are set to none.
 *
 * @retval WB_OK        @p limit is set.
 * @retval WB_E_SYNTAX  Not a wording that is known.
 * @retval WB_E_RANGE   A number in it is too large.
 * @retval WB_E_INVALID A pointer is NULL, or a size too small.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_limit_parse(const char *text, size_t length, wb_limit *limit);

/** What is to be done, and when at the earliest. */
typedef struct wb_service {
  uint32_t size;     /**< sizeof(wb_service). */
  uint32_t flags;    /**< 0. */
  uint64_t teeth;    /**< Of wb_teeth_parse(); 0: not said, counts as everywhere. */
  int32_t code;      /**< Limits with its code apply; 0: all do. */
  wb_date from;      /**< First day that is asked for. */
  wb_date birth;     /**< For ages; or WB_DATE_NONE. */
  uint32_t reserved; /**< 0. */
} wb_service;

/** Covered on no day from then on. */
#define WB_COVERED_NEVER 1u
/** Cannot be said: an age without a birth date, years from an unknown day. */
#define WB_COVERED_UNKNOWN 2u

/** When a service is covered. */
typedef struct wb_covered {
  uint32_t size;  /**< sizeof(wb_covered). */
  uint32_t flags; /**< WB_COVERED_NEVER, WB_COVERED_UNKNOWN. */
  wb_date date;   /**< The first day; WB_DATE_NONE with a flag. */
  uint32_t limit; /**< Which limit decided; UINT32_MAX: none, it is the day asked for. */
} wb_covered;

/**
 * Finds the first day from `service.from` on that satisfies every limit that applies.
 *
 * Of the history, what is completed or existing counts, once each, up to the day in question; what
 * is restricted or was not paid (WB_PROCEDURE_UNPAID) does not. Services of other dentists count
 * too, so use the payer's history where there is one.
 *
 * @retval WB_OK        @p covered is set.
 * @retval WB_E_INVALID A pointer is NULL, a size too small, or a limit that cannot be.
 * @retval WB_E_RANGE   A date is neither a day nor WB_DATE_NONE, `from` is no day, or the first
 *                      day is after 9999-12-31.
 * @retval WB_E_VERSION A struct has members or flags that this library does not know.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_benefit_covered(const wb_limit *limits, uint32_t limit_count,
                                            const wb_procedure *history, uint32_t history_count,
                                            const wb_service *service, wb_covered *covered);

#ifdef __cplusplus
}
#endif

#endif
