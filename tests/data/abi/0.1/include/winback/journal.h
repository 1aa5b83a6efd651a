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

/** The last record was torn by a crash: the journal is good up to `used`. */
#define WB_CHAIN_TORN 1u
/** The bytes do not begin with the first record: what stands before the first sync record among
 *  them cannot be checked against it. */
#define WB_CHAIN_PART 2u

/** What wb_journal_find found. */
typedef struct wb_chain {
  uint32_t size;    /**< sizeof(wb_chain). */
  uint32_t flags;   /**< WB_CHAIN_TORN, WB_CHAIN_PART. */
  uint64_t records; /**< Whole records. */
  uint64_t first;   /**< Sequence number of the first; 0: there is none. */
  uint64_t last;    /**< Of the last. */
  uint64_t seals;   /**< Sync records. */
  uint64_t sealed;  /**< Number of the last one whose digest fits: nothing up to it was changed. */
  uint64_t summed;  /**< Number of the last seal (wb_practice_seal); 0: there is none. */
  uint64_t used;    /**< Bytes that hold whole records. */
  wb_time begins;   /**< Of the first record; WB_TIME_NONE: there is none. */
  wb_time ends;     /**< Of the last. */
} wb_chain;

/**
 * Checks a journal from one end to the other: checksums, consecutive numbers, every effect, and the
 * digest of each sync record over what stands before it. A digest is no signature: who can write
 * the file can write it anew from some record on, and must then do so to its end. Keep the digest
 * of a sync record somewhere else to know.
 * @retval WB_OK         @p chain is set; look at its flags.
 * @retval WB_E_CORRUPT  A record is missing, damaged or was exchanged: the path of @p error names
 *                       it ("record 17").
 * @retval WB_E_VERSION  Written by a newer library.
 * @retval WB_E_INVALID  NULL, or a size too small.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_journal_find(const void *bytes, size_t length, wb_chain *chain,
                                         wb_error *error);

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

/** wb_journal_entry: JSON instead of a line of text. */
#define WB_ENTRY_JSON 1u

/** Which contacts are asked for. */
typedef struct wb_entry_query {
  uint32_t size;           /**< sizeof(wb_entry_query). */
  uint32_t flags;          /**< WB_ENTRY_JSON or 0. */
  const char *patient;     /**< Of this patient, by whatever key they had since merges; NULL: of
                                anybody. */
  const uint8_t *action;   /**< Only this action, 16 bytes; NULL: any. */
  const wb_zone *zone;     /**< For the times of the line; NULL: UTC. */
  uint32_t patient_length; /**< Bytes at `patient`. */
  uint32_t reserved;       /**< 0. */
} wb_entry_query;

/**
 * Writes what belongs into the patient's record: one line for each time that something was handed
 * out, with what became of it, as
 * "2026-01-30 09:00 Text message sent. Overdue cleaning and check-up, step text-1, text text-first.
 * Ref 3f…". No name, number, address or text: those are in the record already.
 *
 * Start with @p cursor 0; each call reads the journal from its beginning, three times. For names
 * the journal must go back to where the campaign was added; without them they are left out.
 *
 * @retval WB_OK         @p buffer and @p needed are set, @p cursor moved.
 * @retval WB_E_SPACE    Too short; @p needed is set, @p cursor is not moved.
 * @retval WB_E_NAME     No more.
 * @retval WB_E_CORRUPT  A damaged record, or one that is not whole: see wb_journal_find.
 * @retval WB_E_VERSION  Written by a newer library, or unknown members in @p query.
 * @retval WB_E_INVALID  NULL, or a size too small.  @retval WB_E_NOMEM No memory.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_journal_entry(wb_context *context, const void *bytes, size_t length,
                                          const wb_entry_query *query, uint64_t *cursor,
                                          char *buffer, size_t capacity, size_t *needed);

/**
 * Writes why an action (@p action: its 16 bytes) was handed out, as one JSON object, from nothing
 * but the journal: campaign with content id, launch, approver and policy; location, entry and
 * segment; and `checks`, the chain that it passed, in this order:
 *
 * - `paused`: neither practice, location, campaign nor class was.
 * - `consent`: what it stands on, since when, and the rule by which it is enough; of an event its
 *   id and what it said, of a setting who approved it; what lifted an opt-out.
 * - `eligible`: by facts of that age.
 * - `law`: legal hours and holidays, for that class of message; the edition of the law (pack,
 *   version, region), and the rule that ends the hours, unless practice or campaign do first.
 * - `hours`: of practice and campaign; which of them end first.
 * - `caps`: what had counted, and the caps (0: none); nothing of them for an answer or a call.
 * - `capacity`: the day on which it counts, for a call at the desk, else at the entry.
 * - `privacy`: the policy, the text, and why it is the fallback.
 *
 * `history` holds every effect about the action and its enrolment, under the keys that the patient
 * had before and after a merge, and the merges themselves. Of several attempts it is the last.
 *
 * @retval WB_OK         @p buffer and @p needed are set.
 * @retval WB_E_SPACE    Too short; @p needed is set.  @retval WB_E_NAME No such action.
 * @retval WB_E_CORRUPT  A damaged record, or one that is not whole: see wb_journal_find.
 * @retval WB_E_VERSION  Written by a newer library.
 * @retval WB_E_INVALID  NULL.  @retval WB_E_NOMEM No memory.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_journal_explain(wb_context *context, const void *bytes, size_t length,
                                            const uint8_t *action, char *buffer, size_t capacity,
                                            size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
