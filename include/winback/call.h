/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The desk: calls worth making.
 *
 * The front desk gets three short lists and an inbox. *Now* holds what cannot wait: urgent
 * symptoms, a death, a complaint, a question of privacy, somebody who answers for the patient, a
 * visit in doubt after STOP; it has no limit, and nothing but a person closes it. Until then
 * nothing else goes to the patient. *Visits* holds visits that nobody confirmed. *Outreach* holds
 * only people with high intent: they asked for a call, a visit or a price, wanted an opening that
 * was gone, or used the booking page and did not book within a day. *Inbox* holds replies that no
 * rule closed, and whom a policy let nobody answer; no reply of a known patient is dropped.
 *
 * A call on the list Outreach has a score, by which the list is ordered, and says why it is there.
 * A new one waits while the location has its calls of the day, or a call to the household is open.
 * Nobody answers: it comes back a day later, three times at most; then, or after two weeks, the
 * sequence that it interrupted goes on. It closes by itself when the patient books.
 *
 * A reply from a number or address that no message ever went to is nobody's: an opt-out is noted
 * for it all the same, START lifts that, and anything else is refused (WB_E_NAME) for the host
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
  WB_DESK_NOW = 3,      /**< What cannot wait: urgent symptoms, then the oldest. */
  WB_DESK_VISITS = 4    /**< Visits that nobody confirmed, oldest first. */
};

/** Signs of interest, as bits. */
enum wb_signal {
  WB_SIGNAL_OPENING_GONE = 1, /**< Accepted an opening that was gone. */
  WB_SIGNAL_ASKS_CALL = 2,    /**< Asked for a call. */
  WB_SIGNAL_ASKS_VISIT = 4,   /**< Wants to come. */
  WB_SIGNAL_ASKS_PRICE = 8,   /**< Asked about price or insurance. */
  WB_SIGNAL_CLICKED = 16      /**< Used the booking page. */
};

/** What became of a task: `outcome` of WB_INPUT_TASK_DONE. Of a call that has left its list by then
 *  counts what it told of the patient: from WB_TASK_WRONG_NUMBER on. */
enum wb_task_outcome {
  WB_TASK_DONE = 0,      /**< Dealt with: it closes, and the sequence in which the patient
                              responded ends; one that came to a step `call` goes on. */
  WB_TASK_BOOKED = 1,    /**< A visit was booked: as WB_INPUT_BOOKED. */
  WB_TASK_LATER = 2,     /**< Again at the input's `at`: it rests until then; 0: as NO_ANSWER, but
                              not counted. */
  WB_TASK_NO_ANSWER = 3, /**< It comes back, or was tried often enough and is given up. */
  WB_TASK_VOICEMAIL = 4, /**< The same: a message was left. */
  WB_TASK_WRONG_NUMBER = 5, /**< Somebody else's number: `contact`, else every number that the
                                 patient was texted on, is closed, and the patient's sequences end.
                             */
  WB_TASK_REFUSED = 6,      /**< Wants no more of it: the patient's sequences end, and rest. */
  WB_TASK_MOVED = 7,        /**< The patient moved away, or goes elsewhere: the same, for good. */
  WB_TASK_DECEASED = 8      /**< The patient has died: everything ends, for good. */
};

/** One open task; text is borrowed until the next call on the practice. */
typedef struct wb_task {
  uint32_t size;           /**< sizeof(wb_task). */
  uint32_t flags;          /**< 0. */
  wb_time opened;          /**< Since when. */
  wb_time due;             /**< It rests until then. */
  wb_time expires;         /**< When it is given up; WB_TIME_NONE: never. */
  const char *patient;     /**< Patient key, NUL-terminated. */
  const char *about;       /**< Key of the visit or opening it is about, NUL-terminated; or "". */
  const char *location;    /**< Location key, NUL-terminated. */
  const char *campaign;    /**< Campaign name, NUL-terminated; "" when none. */
  const char *reason;      /**< "asks", "clicked"; of a reply the name of its intent
                                ("deceased", "moved"), "reply" when it has none. */
  const char *why;         /**< The signs of interest in words, best first; or "". */
  uint8_t id[16];          /**< The action's id; of a reply its event id. */
  int32_t list;            /**< enum wb_desk_list. */
  int32_t score;           /**< On the list Outreach 0 to 99, best first; else 0. */
  uint32_t attempts;       /**< Calls in vain so far. */
  uint32_t signals;        /**< enum wb_signal, as bits. */
  uint32_t patient_length; /**< Bytes at `patient`. */
  uint32_t about_length;   /**< Bytes at `about`. */
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
