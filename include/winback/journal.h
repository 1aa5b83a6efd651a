/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reading a journal: the audit log as bytes.
 *
 * The format is described byte by byte in docs/journal-and-snapshot.md. These functions need no
 * practice and no secret.
 */
#ifndef WINBACK_JOURNAL_H
#define WINBACK_JOURNAL_H

#include <winback/practice.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One record of a journal. */
typedef struct wb_record {
  uint32_t size;     /**< sizeof(wb_record). */
  uint32_t flags;    /**< 0. */
  uint64_t sequence; /**< Consecutive from 1. */
  wb_time at;        /**< The `now` of the call that wrote it. */
  uint64_t offset;   /**< Where it begins in the bytes given. */
  uint64_t length;   /**< Its bytes, header and checksum included. */
  int32_t cause;     /**< Which call wrote it; see the format's table. */
  uint32_t effects;  /**< Number of effects it holds. */
} wb_record;

/**
 * Reads the record at @p offset and moves @p offset behind it.
 * @retval WB_OK         @p record is set.
 * @retval WB_E_NAME     @p offset is at the end.
 * @retval WB_E_CORRUPT  A damaged record, or one that is not whole.
 * @retval WB_E_VERSION  Written by a newer library.
 * @retval WB_E_INVALID  NULL, or a size too small.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_journal_next(const void *bytes, size_t length, uint64_t *offset,
                                         wb_record *record);

/**
 * Writes the record at @p offset as one JSON object without line breaks: `sequence`, `at` (UTC),
 * `by` (which call wrote it) and `effects`, each with its name and its members in the order of the
 * bytes. Codes are words; ids and digests are hex; a key that is no UTF-8 is `{"hex":…}`; a
 * campaign's definition is its content id.
 * @retval WB_OK         @p buffer and @p needed are set.  @retval WB_E_SPACE Too short; @p needed
 *                       is set.
 * @retval WB_E_NAME     @p offset is at the end.
 * @retval WB_E_CORRUPT  A damaged record, or one that is not whole.
 * @retval WB_E_VERSION  Written by a newer library.  @retval WB_E_INVALID NULL.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_journal_format(const void *bytes, size_t length, uint64_t offset,
                                           char *buffer, size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
