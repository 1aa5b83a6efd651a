/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The desk: calls worth making.
 *
 * The front desk gets short lists. *Now* holds what cannot wait: urgent symptoms, a death, a
 * complaint, a question of privacy, somebody who answers for the patient; it has no limit, and
 * nothing but a person closes it. *Outreach* holds only people with high intent: they used the
 * booking page and did not book within a day, or they asked something; a task closes by itself when
 * the patient books. *Inbox* holds replies that no rule closed; none of a known patient is dropped.
 *
 * A reply from a number or address that no message ever went to is nobody's: an opt-out is noted
 * for it all the same, an opt-in lifts that, and anything else is refused (WB_E_NAME) for the host
 * to show to a person. What such an opt-out says besides makes no task; wb_reply_parse() tells.
 */
#ifndef WINBACK_CALL_H
#define WINBACK_CALL_H

#include <winback/practice.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The desk's lists. */
enum wb_desk_list {
  WB_DESK_OUTREACH = 1, /**< Calls to people with high intent, best first. */
  WB_DESK_INBOX = 2,    /**< Replies for a person to read, oldest first. */
  WB_DESK_NOW = 3       /**< What cannot wait, oldest first. */
};

/** One open task; text is borrowed until the next call on the practice. */
typedef struct wb_task {
  uint32_t size;           /**< sizeof(wb_task). */
  uint32_t flags;          /**< 0. */
  wb_time opened;          /**< Since when. */
  const char *patient;     /**< Patient key, NUL-terminated. */
  const char *location;    /**< Location key, NUL-terminated. */
  const char *campaign;    /**< Campaign name, NUL-terminated; "" when none. */
  const char *reason;      /**< "asks", "clicked"; of a reply the name of its intent
                                ("deceased", "moved"), "reply" when it has none. */
  uint8_t id[16];          /**< The action's id; of a reply its event id. */
  int32_t list;            /**< enum wb_desk_list. */
  uint32_t patient_length; /**< Bytes at `patient`. */
} wb_task;

/**
 * Iterates over the open tasks of a list, in its order. Start with @p cursor 0.
 * @retval WB_OK  @p task is set, @p cursor moved.  @retval WB_E_NAME No more.
 * @retval WB_E_INVALID No such list, NULL, or a size too small.  @retval WB_E_BUSY In use.
 * @retval WB_E_STALE Load anew.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_desk_next(wb_practice *practice, int32_t list, uint64_t *cursor,
                                      wb_task *task);

#ifdef __cplusplus
}
#endif

#endif
