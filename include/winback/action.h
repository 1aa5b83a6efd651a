/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Actions: what a practice hands out, and what is said of it.
 *
 * An action is handed out by wb_practice_poll: *claimed*. The host delivers it and answers with
 * wb_practice_ack, or the carrier does with a receipt (WB_INPUT_DELIVERED, WB_INPUT_UNDELIVERED),
 * before that answer, after it, and twice. In this table a dash changes nothing (WB_OK) and a cross
 * is a contradiction: WB_E_STATE, noted in the journal. The same again is WB_OK.
 *
 *                  sent        not sent          unknown  delivered  undelivered
 *     claimed      sent        ready or failed   unknown  delivered  undelivered
 *     unknown      sent        failed            -        delivered  undelivered
 *     sent         -           x                 x        delivered  undelivered
 *     ready        x           -, same cause     x        delivered  undelivered
 *     failed       x           -, same cause     x        x          -
 *     delivered    -           x                 -        -          x
 *     undelivered  -           -, same cause     -        x          -
 *     withdrawn    x           -                 x        x          -
 *
 * What *unknown* means for the sequence is the step's `on_unknown`: it counts as sent, waits for a
 * receipt, becomes a call, or is handed out once more under the same id (WB_ACTION_RESEND). Of such
 * a resend, throttled, late or interrupted is unknown again: it says nothing of the first attempt.
 * What is not sent, and whose patient responded meanwhile, is withdrawn instead of ready.
 *
 * A message counts from the moment it is handed out until it is known that it did not go, or did
 * not arrive; a resend counts once. What never arrived goes by the next channel of its step, unless
 * the sequence has gone on.
 */
#ifndef WINBACK_ACTION_H
#define WINBACK_ACTION_H

#include <winback/base.h>
#include <winback/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of action. */
enum wb_action_kind {
  WB_ACTION_SEND = 1,      /**< Send a message. */
  WB_ACTION_CALL_TASK = 2, /**< Put a call on the desk's list; `text` is for staff. */
  WB_ACTION_RESEND = 3 /**< Hand over once more, with the same id as key, exactly what the host kept
                            by that id. There is no text; see wb_practice_options.resend. */
};

/** Channels of an action. */
enum wb_channel {
  WB_CHANNEL_NONE = 0,
  WB_CHANNEL_SMS = 1,
  WB_CHANNEL_EMAIL = 2,
  WB_CHANNEL_CALL = 3
};

/** One thing to do. All pointers are NUL-terminated and valid until the next poll or free. */
typedef struct wb_action {
  uint32_t size;           /**< sizeof(wb_action). */
  uint32_t flags;          /**< 0. */
  wb_time at;              /**< When it was handed out. */
  wb_time deliver_by;      /**< No delivery may start at or after this instant. */
  const char *campaign;    /**< Name of the campaign. */
  const char *segment;     /**< Segment the patient entered by. */
  const char *step;        /**< Id of the step. */
  const char *template_;   /**< Name of the text. */
  const char *patient;     /**< Patient key; may hold any bytes: see `patient_length`. */
  const char *about;       /**< Key of the visit, opening or event it is about; or "". */
  const char *location;    /**< Location key. */
  const char *to;          /**< Address as normalised; "" for a call task. */
  const char *subject;     /**< E-mail subject; "" elsewhere. */
  const char *preheader;   /**< The line that mail programs show beside the subject; or "". */
  const char *text;        /**< The message, or the note for staff. */
  const char *html;        /**< The e-mail's part in HTML; "": it has none. */
  const char *law;         /**< Id of the rule of law or convention that allowed the hour. */
  const char *language;    /**< "en". */
  const char *reason;      /**< Of a call task: "clicked", "asks"; "" elsewhere. */
  uint8_t id[16];          /**< The idempotency key. */
  uint8_t contact[16];     /**< The contact point; zero for a call task. */
  int32_t kind;            /**< enum wb_action_kind. */
  int32_t channel;         /**< enum wb_channel. */
  uint32_t attempt;        /**< From 1. */
  uint32_t patient_length; /**< Bytes at `patient`. */
  int32_t fallback;        /**< WB_OK, or why the neutral text had to stand in: WB_E_POLICY… */
  uint32_t segments;       /**< Of an SMS: how many are paid for; else 0. */
  int32_t encoding;        /**< Of an SMS: enum wb_sms_encoding; else 0. */
  uint32_t reserved;       /**< 0. */
} wb_action;

/** What became of an action. */
enum wb_outcome_kind {
  WB_SENT = 1,        /**< The provider accepted it; the task was put on the list. */
  WB_NOT_SENT = 2,    /**< The host knows that nothing was accepted; `cause` says why. */
  WB_SENT_UNKNOWN = 3 /**< A time-out, a crash, a 5xx. */
};

/** Why nothing was sent. */
enum wb_cause {
  WB_CAUSE_NONE = 0,
  WB_CAUSE_INTERRUPTED = 1, /**< Never attempted: ready again at once. */
  WB_CAUSE_THROTTLED = 2,   /**< Provider busy: again after 1, 5, 30 minutes, 4 hours. */
  WB_CAUSE_LATE = 3,        /**< deliver_by passed before it could start: as throttled. */
  WB_CAUSE_ADDRESS = 4,     /**< Bad address: failed, the contact point is closed. */
  WB_CAUSE_CONTENT = 5,     /**< Content refused: failed. */
  WB_CAUSE_POLICY = 6,      /**< Not allowed: failed. */
  WB_CAUSE_OPTED_OUT = 7    /**< The carrier knows of an opt-out: failed, and it does here what
                                 WB_INPUT_OPTED_OUT does. */
};

/** The answer to an action. */
typedef struct wb_outcome {
  uint32_t size;  /**< sizeof(wb_outcome). */
  uint32_t flags; /**< 0. */
  int32_t kind;   /**< enum wb_outcome_kind. */
  int32_t cause;  /**< enum wb_cause; of WB_NOT_SENT only. */
} wb_outcome;

/** What a last look says. */
enum wb_look_answer {
  WB_LOOK_GO = 1,        /**< Deliver it, before `deliver_by`. */
  WB_LOOK_WITHDRAWN = 2, /**< Never deliver it. */
  WB_LOOK_LATER = 3      /**< Not now: it is handed out again when it may go. */
};

/** The answer of a last look. */
typedef struct wb_look {
  uint32_t size;      /**< sizeof(wb_look). */
  uint32_t flags;     /**< 0. */
  wb_time deliver_by; /**< As the action has it. */
  const char *reason; /**< Why not: "opted_out", "booked", "responded", "put_off" (the visit), the
                           name of a hold…; "" with go. Valid until the next call. */
  int32_t answer;     /**< enum wb_look_answer. */
  int32_t hold;       /**< enum wb_hold, when it is one that says why not. */
} wb_look;

/**
 * Delivers an action, and says in @p outcome (its size is set) what became of it. Anything but
 * WB_OK stops the run, and the action turns unknown when its time is over: something may have been
 * sent.
 */
typedef wb_status(WB_CALL *wb_deliver_fn)(void *user, const wb_action *action, wb_outcome *outcome);

/** What a run did. */
typedef struct wb_run {
  uint32_t size;     /**< sizeof(wb_run). */
  uint32_t flags;    /**< 0. */
  uint64_t sent;     /**< Actions delivered. */
  uint64_t not_sent; /**< Actions not delivered, and known not to be. */
  uint64_t unknown;  /**< Actions of which nobody knows. */
} wb_run;

/** States of an action. */
enum wb_action_state {
  WB_ACTION_CLAIMED = 1,
  WB_ACTION_SENT = 2,
  WB_ACTION_READY = 3, /**< Not sent; will be handed out again. */
  WB_ACTION_FAILED = 4,
  WB_ACTION_UNKNOWN = 5,
  WB_ACTION_DELIVERED = 6,   /**< Sent, and a receipt says that it arrived. */
  WB_ACTION_UNDELIVERED = 7, /**< Handed over, and a receipt says that it never arrived. */
  WB_ACTION_WITHDRAWN = 8    /**< Dropped before it was sent: the sequence went another way. With a
                                  cause it may be handed out again, where that leads back to it. */
};

/** State of one action. */
typedef struct wb_action_status {
  uint32_t size;      /**< sizeof(wb_action_status). */
  uint32_t flags;     /**< 0. */
  wb_time claimed_at; /**< Last time it was handed out, resends apart. */
  wb_time deliver_by; /**< Of that time. */
  uint8_t id[16];     /**< The action. */
  int32_t state;      /**< enum wb_action_state. */
  int32_t cause;      /**< enum wb_cause, of the last not_sent. */
  uint32_t attempt;   /**< How often it was handed out. */
  uint32_t reserved;  /**< 0. */
} wb_action_status;

#ifdef __cplusplus
}
#endif

#endif
