/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Metrics: what the outreach brought, and how sure one may be of it.
 *
 * Two numbers stand side by side. *Attributed*: visits kept within so many days of a message. They
 * would partly have happened anyway. *Incremental*: what those who were contacted did more often
 * than those who were held out at random. Only the second says what the outreach brought, and it
 * says it with an interval, which in one practice is often wide.
 *
 * wb_effect_find() compares the two arms with
 *
 *  - Wilson's 95 % interval for the share of each arm, Newcombe's hybrid interval for their
 *    difference (R. G. Newcombe, Statistics in Medicine 17, 1998, method 10);
 *  - a sample-ratio check: chi-square of the arms' sizes against the share that was meant to be
 *    held out, an alarm at p < 0.001: then the arms were not made by chance alone;
 *  - the smallest difference that samples of these sizes show in four of five cases (power 80 %,
 *    two-sided 5 %, two-proportion z).
 *
 * No verdict is given while the window of the last who entered is open (looking early and often
 * finds differences that are none), with an uneven split, or with samples too small for any claim.
 *
 * Shares are basis points: 10,000 is all. There is no floating point; integers and integer square
 * roots give the nearest basis point, on every machine the same.
 */
#ifndef WINBACK_METRICS_H
#define WINBACK_METRICS_H

#include <winback/practice.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Two arms of one campaign: those contacted and those held out. Each patient (or household, where
 *  households were drawn) counts once. */
typedef struct wb_arms {
  uint32_t size;          /**< sizeof(wb_arms). */
  uint32_t flags;         /**< 0. */
  uint64_t contacted;     /**< Walked the sequence and were written to; at most 1,000,000,000. */
  uint64_t kept;          /**< Of those, kept a visit in the window. */
  uint64_t held_out;      /**< Walked the same sequence with nothing sent; at most as above. */
  uint64_t held_out_kept; /**< Of those, kept a visit in the window. */
  wb_time last_entered;   /**< When the last of both arms entered; WB_TIME_NONE: not checked. */
  wb_time now;            /**< Of the question. */
  uint32_t window;        /**< Days in which a visit counts; 0: 120. */
  uint32_t share;    /**< Meant to be held out, in basis points; 0: the split is not checked. */
  uint32_t baseline; /**< Share that comes by itself, in basis points, for `detectable`; 0: what
                          those held out show, or 300 when they show none. */
  uint32_t reserved; /**< 0. */
} wb_arms;

/** The window of the last who entered is still open. */
#define WB_EFFECT_OPEN 1u
/** The arms are not of the sizes that were meant (p < 0.001): find out why first. */
#define WB_EFFECT_UNEVEN 2u
/** Too small for any claim: were both arms alike, one of the four counts (contacted or held out,
 *  kept or not) would be expected below 5. */
#define WB_EFFECT_SMALL 4u

/** What the numbers show. */
enum wb_verdict_kind {
  WB_SHOWS_NOTHING_YET = 0,   /**< Refused: the flags say why. */
  WB_SHOWS_NO_DIFFERENCE = 1, /**< The interval holds 0; that is not proof of no effect. */
  WB_SHOWS_MORE = 2,          /**< Those contacted kept visits more often. */
  WB_SHOWS_LESS = 3           /**< Less often. */
};

/** The arms compared. All but `extra…` and `ratio` are basis points. */
typedef struct wb_effect {
  uint32_t size;           /**< sizeof(wb_effect). */
  uint32_t flags;          /**< WB_EFFECT_… */
  int64_t extra;           /**< Visits that the contact brought: `difference` of `contacted`. */
  int64_t extra_low;       /**< Lower end. */
  int64_t extra_high;      /**< Upper end. */
  int32_t contacted_rate;  /**< Share of those contacted that kept a visit. */
  int32_t contacted_low;   /**< Its interval. */
  int32_t contacted_high;  /**< Its interval. */
  int32_t held_out_rate;   /**< Share of those held out that kept one. */
  int32_t held_out_low;    /**< Its interval. */
  int32_t held_out_high;   /**< Its interval. */
  int32_t difference;      /**< The first less the second. */
  int32_t difference_low;  /**< Its interval. */
  int32_t difference_high; /**< Its interval. */
  int32_t detectable;      /**< Smallest difference upwards that would show, rounded up; 0: none
                                would. */
  int32_t shows;           /**< enum wb_verdict_kind. */
  uint32_t ratio;          /**< Chi-square of the split, in thousandths; alarm above 10,828. */
} wb_effect;

/**
 * Compares those contacted with those held out.
 *
 * An arm of nobody has the share 0 and the interval from 0 to 10,000.
 *
 * @param[out] effect  `size` set by the caller.
 * @retval WB_OK         @p effect is set; a refused verdict is WB_OK too.
 * @retval WB_E_INVALID  NULL, a size too small, more kept than there are, a share or baseline of
 *                       10,000 or more, no `now` with a `last_entered`.
 * @retval WB_E_RANGE    An arm above 1,000,000,000, a window above 3,660 days.
 * @retval WB_E_VERSION  @p arms has fields that this library does not know.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_effect_find(const wb_arms *arms, wb_effect *effect);

/** The counters are those of who was held out. */
#define WB_METRICS_HELD_OUT 1u
/** The counters are those of patients who are never held out (periodontal care, treatment that was
 *  begun) of a campaign that holds others out: leave them out of a comparison. @since 0.1 */
#define WB_METRICS_EXEMPT 2u

/** What came of a campaign, a segment, a variant. The counters are part of the state: they survive
 *  replay and snapshot, and no record of the past is needed for them. */
typedef struct wb_metrics {
  uint32_t size;        /**< sizeof(wb_metrics). */
  uint32_t flags;       /**< WB_METRICS_HELD_OUT, WB_METRICS_EXEMPT or 0. */
  uint64_t entered;     /**< Entries into the campaign. */
  uint64_t contacted;   /**< Of those, with a message that went out. */
  uint64_t messages;    /**< Messages that went out. */
  uint64_t responded;   /**< Entries with a response that the campaign has a call for. */
  uint64_t booked;      /**< Visits credited: booked within `booked_days` of a message (30). */
  uint64_t kept;        /**< Of those, kept within `kept_days` of it (120). */
  uint64_t came;        /**< Entries whose patient kept any visit in as many days of entering,
                             written to or not: what the arms are compared by. Taken back when
                             the record shows all visits since then as off. */
  wb_cents production;  /**< Value of the visits that are kept and credited. */
  wb_time last_entered; /**< When the last one entered; WB_TIME_NONE: nobody did. */
  const char *campaign; /**< Name, NUL-terminated, lent until the next call; "" in a sum. */
  const char *segment;  /**< Name, likewise. */
  const char *variant;  /**< Name, likewise; "" also when the campaign has no variants. */
} wb_metrics;

/**
 * Iterates over the counters by campaign definition, segment, variant and hold-out. Start with
 * @p cursor 0.
 *
 * A visit counts by the practice's record: the inputs WB_INPUT_BOOKED, WB_INPUT_KEPT,
 * WB_INPUT_CANCELLED and WB_INPUT_BROKEN, and the facts when a sequence ends because a visit is
 * there. It is credited once, to the last message before it; at the same time to the campaign of
 * the higher priority. A visit that is cancelled or broken is taken back.
 *
 * @retval WB_OK  @p metrics is set, @p cursor moved.  @retval WB_E_NAME No more.
 * @retval WB_E_INVALID NULL, or a size too small.  @retval WB_E_BUSY In use.
 * @retval WB_E_STALE Load anew.  @retval WB_E_NOMEM No memory.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_metrics_next(wb_practice *practice, uint64_t *cursor,
                                         wb_metrics *metrics);

/**
 * Sums the counters up.
 *
 * @param campaign  A name; NULL: all. @p segment and @p variant likewise.
 * @param held_out  0: those who were to be contacted, exempt ones too, so no arm to compare by
 *                  (for that sum up what wb_metrics_next tells); else those held out.
 * @retval WB_OK  @p metrics is set.  @retval WB_E_NAME Nobody ever entered there.
 * @retval WB_E_INVALID NULL, or a size too small.  @retval WB_E_BUSY In use.
 * @retval WB_E_STALE Load anew.  @retval WB_E_NOMEM No memory.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_metrics_get(wb_practice *practice, const char *campaign,
                                        size_t campaign_length, const char *segment,
                                        size_t segment_length, const char *variant,
                                        size_t variant_length, int32_t held_out,
                                        wb_metrics *metrics);

/**
 * Writes a page for people: of each campaign the funnel by segment, then attributed and incremental
 * side by side, with the interval, and what may be claimed or why nothing may.
 * @retval WB_OK  @p buffer and @p needed are set.  @retval WB_E_SPACE Too short; @p needed is set.
 * @retval WB_E_INVALID NULL.  @retval WB_E_RANGE @p now is no instant.
 * @retval WB_E_BUSY In use.  @retval WB_E_STALE Load anew.  @retval WB_E_NOMEM No memory.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_metrics_format(wb_practice *practice, wb_time now, char *buffer,
                                           size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
