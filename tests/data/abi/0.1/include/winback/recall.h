/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Recare: when a patient's next cleaning is due, and of which kind.
 *
 * Two clocks of dental hygiene are one family: the prophylaxis (a healthy mouth, every six months)
 * and periodontal maintenance (a treated gum disease, every three to four). A visit of either kind
 * moves the one clock. What starts it are *triggers*, procedures that are completed or known to
 * have been done elsewhere: D1110 and D1120 are prophy; D4910, D4341 and D4342 are perio.
 *
 *  - `last` is the latest trigger of either kind.
 *  - `kind` is perio if the record holds a perio recall; else what the latest trigger sets (perio
 *    wins on the same day); prophy otherwise.
 *  - The interval is the patient's own if it belongs to that kind and is at least 28 days, else
 *    the kind's default (prophy 6m1d, perio 4m).
 *  - `due` = last + interval, unless someone moved the due date by hand; a manual date stands
 *    until the next trigger.
 *  - `overdue_months` = whole months from due to today.
 *  - `band` sorts patients for outreach: "not_due", "0-6", "6-9", "9-12", "12+".
 *
 * Source: the recall behaviour of practice-management systems in wide use; the defaults are
 * convention and can be set.
 */
#ifndef WINBACK_RECALL_H
#define WINBACK_RECALL_H

#include <winback/date.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of recare. */
enum wb_recare_kind {
  WB_RECARE_NONE = 0,   /**< Not on record. */
  WB_RECARE_PROPHY = 1, /**< Prophylaxis, of a child too. */
  WB_RECARE_PERIO = 2   /**< Periodontal maintenance. */
};

/** Bands of wb_recare: how long overdue. The edges can be set. */
enum wb_recare_band {
  WB_BAND_NONE = 0,    /**< Never seen. */
  WB_BAND_NOT_DUE = 1, /**< due > today. */
  WB_BAND_0_6 = 2,     /**< due <= today, fewer than 6 whole months. */
  WB_BAND_6_9 = 3,     /**< 6 to under 9. */
  WB_BAND_9_12 = 4,    /**< 9 to under 12. */
  WB_BAND_12 = 5       /**< 12 and more. */
};

/** The record holds a prophy (or child prophy) recall. */
#define WB_RECARE_HAS_PROPHY 1u
/** The record holds a perio recall, disabled or not. */
#define WB_RECARE_HAS_PERIO 2u
/** Result: booked as a child (under the child age at the later of due date and today). */
#define WB_RECARE_CHILD 4u
/** Result: history says perio, the record says prophy. Advice for staff, never a decision. */
#define WB_RECARE_ADVISE_PERIO 8u

/** Evidence: perio care (D4910, D4341, D4342) within the last 24 months. */
#define WB_EVIDENCE_RECENT 1u
/** Evidence: a deep cleaning (D4341, D4342), and no ordinary cleaning since. */
#define WB_EVIDENCE_SCALING 2u

/** What the record says about one patient; dates that are not known are WB_DATE_NONE. */
typedef struct wb_recare_history {
  uint32_t size;                      /**< sizeof(wb_recare_history). */
  uint32_t flags;                     /**< WB_RECARE_HAS_PROPHY, WB_RECARE_HAS_PERIO. */
  const wb_interval *prophy_interval; /**< Of the prophy recall; NULL: none. */
  const wb_interval *perio_interval;  /**< Of the perio recall; NULL: none. */
  wb_date last_prophy;                /**< Latest prophy trigger. */
  wb_date last_perio;   /**< Latest perio trigger of any kind (D4910, D4341, D4342). */
  wb_date last_scaling; /**< Latest D4341 or D4342: evidence for the advice. */
  wb_date manual_due;   /**< A due date set by hand. */
  wb_date manual_since; /**< Trigger it was set after: a later one ends it. When not
                             known, a trigger on or after the manual date ends it. */
  wb_date birth;        /**< For the child flag. */
} wb_recare_history;

/** Conventions that a practice can change; zero fields and NULL mean the default. */
typedef struct wb_recare_settings {
  uint32_t size;                      /**< sizeof(wb_recare_settings). */
  uint32_t flags;                     /**< 0. */
  const wb_interval *prophy_interval; /**< Default 6m1d. */
  const wb_interval *perio_interval;  /**< Default 4m. */
  int32_t child_age;                  /**< Under this age a child; default 12. */
  int32_t edges[3];                   /**< Months where the bands change; default 6, 9, 12. */
} wb_recare_settings;

/** Where a patient stands. */
typedef struct wb_recare {
  uint32_t size;          /**< sizeof(wb_recare). */
  uint32_t flags;         /**< WB_RECARE_CHILD, WB_RECARE_ADVISE_PERIO. */
  int32_t kind;           /**< enum wb_recare_kind, never NONE. */
  int32_t recorded_kind;  /**< Of the record's recalls (perio first); NONE without one. */
  wb_date last;           /**< WB_DATE_NONE: never seen. */
  wb_date due;            /**< WB_DATE_NONE: never seen and no manual date. */
  int32_t overdue_months; /**< 0 when not yet due; -1 never seen. */
  int32_t band;           /**< enum wb_recare_band. */
  uint32_t evidence;      /**< With WB_RECARE_ADVISE_PERIO: WB_EVIDENCE_RECENT, _SCALING. */
  wb_date evidence_on;    /**< Latest perio care, with evidence; else WB_DATE_NONE. */
} wb_recare;

/**
 * Finds kind, last, due and band as the chapter above has them.
 *
 * @param history   What the record says.
 * @param settings  NULL: the defaults.
 * @param today     The practice's local date.
 * @param[in,out] recare  `size` set by the caller.
 *
 * @retval WB_OK         @p recare is set.
 * @retval WB_E_INVALID  A pointer is NULL, a size too small, the child age negative, or the edges
 *                       are not in rising order.
 * @retval WB_E_RANGE    A date is no day, or the due date is after 9999-12-31.
 * @retval WB_E_VERSION  A struct has fields that this library does not know.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_recare_find(const wb_recare_history *history,
                                        const wb_recare_settings *settings, wb_date today,
                                        wb_recare *recare);

#ifdef __cplusplus
}
#endif

#endif
