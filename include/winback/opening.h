/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Openings: a time that came free is asked for by those whom it fits.
 *
 * The host reports an opening (WB_INPUT_SLOT_OPENED, or WB_INPUT_CANCELLED with `minutes`,
 * where a key longer than WB_OPENING_KEY_MAX opens nothing).
 * Launched campaigns of subject "opening" say whom it fits and what is asked; wb_practice_poll asks
 * them in *waves*, least recently asked first: as many at once that two acceptances are unlikely
 * (one wave in five at most), by how many accepted so far; the next wave after a sixteenth of the
 * time that is left, between 5 minutes and 4 hours; nobody in the last 30 minutes, and nobody more
 * than three times in seven days.
 *
 *     open → offering → tentative → confirmed
 *                 ↑          ↓             (any) → expired
 *                 └─ released (another generation)
 *
 * The first who accepts, by reply or by click, has it *tentatively*, until `until`. The host writes
 * the visit into its own schedule, and says so: WB_INPUT_BOOKED with the opening's key as `visit`.
 * Whoever accepts later is told kindly that the time is gone, and goes to the desk's outreach list:
 * that is high intent. When nobody confirms in time the opening is released: another *generation*,
 * which no answer to an older question can claim; who had it goes to the same list.
 * WB_INPUT_SLOT_CLOSED ends it.
 *
 * Somebody who moves up frees another time; the host reports that as well, and it is offered in
 * turn, up to three times in a row.
 */
#ifndef WINBACK_OPENING_H
#define WINBACK_OPENING_H

#include <winback/practice.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Longest key of an opening in bytes: with its generation it is the subject of an enrolment. */
#define WB_OPENING_KEY_MAX 56

/** States of an opening. */
enum wb_opening_state {
  WB_OPENING_OPEN = 1,      /**< Nobody was asked yet. */
  WB_OPENING_OFFERING = 2,  /**< People were asked; the next wave comes at `until`. */
  WB_OPENING_TENTATIVE = 3, /**< `patient` accepted, and has it until `until`. */
  WB_OPENING_CONFIRMED = 4, /**< The host booked it, at `until`, for `patient`. */
  WB_OPENING_EXPIRED = 5    /**< Too late, or closed by the host, at `until`. */
};

/** One opening; text is borrowed until the next call on the practice. */
typedef struct wb_opening {
  uint32_t size;           /**< sizeof(wb_opening). */
  uint32_t flags;          /**< 0. */
  wb_time start;           /**< When it begins. */
  wb_time until;           /**< As the state says. */
  const char *opening;     /**< Its key, NUL-terminated. */
  const char *location;    /**< Location key, NUL-terminated. */
  const char *schedule;    /**< Whose time it is: "hygiene"; "" when not said. */
  const char *patient;     /**< Who accepted it or has it, NUL-terminated; "" for nobody. */
  int32_t state;           /**< enum wb_opening_state. */
  uint32_t generation;     /**< From 1. */
  uint32_t minutes;        /**< How long it is. */
  uint32_t waves;          /**< Asked in so many waves. */
  uint32_t asked;          /**< So many people. */
  uint32_t depth;          /**< 0; 1 where it came free because somebody moved up to another… */
  uint32_t opening_length; /**< Bytes at `opening`. */
  uint32_t patient_length; /**< Bytes at `patient`. */
} wb_opening;

/**
 * Finds an opening by its key.
 * @retval WB_OK @p opening is set.  @retval WB_E_NAME None of this key.
 * @retval WB_E_INVALID NULL, or a size too small.  @retval WB_E_BUSY In use.
 * @retval WB_E_STALE Load anew.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_opening_get(wb_practice *practice, const char *key, size_t length,
                                        wb_opening *opening);

/**
 * Iterates over openings by key; those that are over for 90 days. Start with @p cursor 0.
 * @retval WB_OK  @p opening is set, @p cursor moved.  @retval WB_E_NAME No more.
 * @retval WB_E_INVALID NULL, or a size too small.  @retval WB_E_BUSY In use.
 * @retval WB_E_STALE Load anew.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_opening_next(wb_practice *practice, uint64_t *cursor,
                                         wb_opening *opening);

#ifdef __cplusplus
}
#endif

#endif
