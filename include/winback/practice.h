/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The practice: the one machine.
 *
 * A wb_practice holds everything that must act together: who is in which sequence and at which
 * step, what was handed out, who opted out, how often somebody was contacted, which call tasks are
 * open. It decides; the host sends. The whole integration is
 *
 *     wb_practice_enroll(practice, NULL, 0, facts, now, &counts, &error);
 *     while (wb_practice_poll(practice, facts, now, actions, N, &count, &error) == WB_OK && count)
 *       for (i = 0; i < count; i++) {
 *         deliver(&actions[i], &outcome);
 *         wb_practice_ack(practice, actions[i].id, &outcome, now, &error);
 *       }
 *
 * **The journal.** Every change is appended to the host's journal before it takes effect, and made
 * durable (`sync`) before an action leaves. State = snapshot + journal: wb_practice_new, then
 * wb_practice_load with the newest snapshot, then wb_practice_replay with the journal after it. A
 * record holds opaque keys, ids, codes and times; never a name, a number, an address or a text.
 *
 *  - `append` answers WB_OK, WB_E_CONFLICT or anything else. *Conflict*: another process was first;
 *    nothing changed; feed its records to wb_practice_replay and call again. Anything else, or a
 *    failed `sync`: what is durable is unknown, so the handle is stale and answers WB_E_STALE to
 *    everything but wb_practice_free: load again.
 *
 * **Actions.** wb_practice_poll hands out what is due. Each action was checked on fresh facts, in
 * this order: paused, still eligible, consent, hours, caps, capacity, rendering; the first that
 * fails is the reason why it is *held*, and it is looked at again later. What is handed out is
 * *claimed*: no delivery may start at or after `deliver_by`. The host answers with wb_practice_ack:
 * *sent* (the provider accepted), *not_sent* (the host knows that nothing was accepted) or
 * *unknown*. A claim without an answer turns unknown some minutes after `deliver_by`; unknown is
 * never sent again, unless the step resends and the host has opted in (`resend`). An action's id
 * never changes with attempts: it is the key for idempotent delivery. The promise: at most one
 * delivery for an action id unless the host opts in; every action ends as sent, failed, dropped or
 * unknown; unknown is always reported.
 *
 * **Nothing runs unless launched**: wb_practice_add makes a campaign known, an input of kind
 * WB_INPUT_LAUNCH starts it. Whoever is in a campaign stays with the definition they entered under.
 */
#ifndef WINBACK_PRACTICE_H
#define WINBACK_PRACTICE_H

#include <winback/action.h>
#include <winback/campaign.h>
#include <winback/consent.h>
#include <winback/law.h>
#include <winback/message.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The machine; one thread at a time. */
typedef struct wb_practice wb_practice;

/** Longest key (patient, location, practice, campaign name) in bytes. */
#define WB_KEY_MAX 64

/**
 * Appends @p count whole records, @p length bytes, the first with sequence number @p first_sequence
 * (consecutive from 1). WB_OK: they are written, in this place. WB_E_CONFLICT: a record with that
 * number is there already, nothing was written. Anything else: unknown what was written.
 */
typedef wb_status(WB_CALL *wb_append_fn)(void *user, uint64_t first_sequence, const void *bytes,
                                         uint64_t length, uint32_t count);
/** Makes everything appended so far durable. */
typedef wb_status(WB_CALL *wb_sync_fn)(void *user);

/**
 * Formats of journal records and snapshots that this library reads. It writes the newest, or the
 * one that wb_practice_options.write_format names: docs/upgrades.md.
 */
#define WB_FORMAT_OLDEST 1u
#define WB_FORMAT_NEWEST 1u

/** So many days closed actions and event ids are remembered; after a restore tell as much. */
#define WB_MEMORY_DAYS 90u

/** The most days of wb_practice_options.kept_days: what is credited is remembered so long. */
#define WB_KEPT_DAYS_MAX 240u

/** Option: time may jump forward by more than 31 days between two events. */
#define WB_PRACTICE_ALLOW_JUMP 1u

/** How a practice is made; everything is copied. Zero numbers mean the default. */
typedef struct wb_practice_options {
  uint32_t size;         /**< sizeof(wb_practice_options). */
  uint32_t flags;        /**< WB_PRACTICE_ALLOW_JUMP or 0. */
  const uint8_t *secret; /**< 16 random bytes that the host keeps; never all zero. */
  const char *key;       /**< The practice's key, at most WB_KEY_MAX bytes. */
  wb_append_fn append;   /**< NULL: no journal (a rehearsal). */
  wb_sync_fn sync;       /**< NULL: none needed. */
  void *user;            /**< First argument of both. */
  wb_law *law;           /**< Law, referenced; NULL: the packs that ship, read when first needed. */
  const wb_window *hours; /**< Hours of outreach inside the law, local to the patient's location;
                               NULL, 0: Monday to Friday 9:00-18:00, Saturday 10:00-14:00. */
  uint32_t key_length;    /**< Bytes at `key`. */
  uint32_t lease;         /**< Seconds from claim to deliver_by; default 600. */
  uint32_t grace;         /**< Seconds after deliver_by until unknown; default 300. */
  uint32_t stale_facts;   /**< Seconds after which facts are too old; default 86,400, but to ask
                               about a visit or an opening 14,400 at most. Those of over 300
                               seconds later than `now` are as good as too old. */
  uint32_t per_day;       /**< Outreach messages a patient and local day, or 24 hours; default 1. */
  uint32_t per_week;      /**< In 7 local days; default 2. */
  uint32_t per_month;     /**< In 30 local days; default 4. */
  uint32_t admissions;    /**< New patients a local day with hours, and location; default 25. */
  uint32_t tasks_per_day; /**< New calls on Outreach a local day and location; default 10. */
  uint32_t tasks_open;    /**< Open calls on it at a location; default 30. */
  uint32_t task_attempts; /**< Calls without an answer after which one is given up; default 3. */
  uint32_t task_spacing;  /**< Seconds between two of them at least; default 86,400. */
  uint32_t task_days;     /**< Days after which a call is given up; default 14. */
  uint32_t visits_per_day; /**< New tasks on the list Visits likewise; default 20. */
  uint32_t visits_open;    /**< Open tasks on it at a location; default 40. */
  uint32_t hours_count;    /**< Windows at `hours`, at most 16. */
  uint32_t chair_reserve;  /**< Percent of the chair time that is never promised; default 20. */
  uint32_t slot_hold;      /**< Seconds that an opening is held for who accepts; default 7,200. */
  uint32_t epoch;          /**< How often the practice was restored from an older backup: the host
                                raises it and keeps it raised. See WB_INPUT_RESTORED_READY. */
  uint32_t spread;         /**< Seconds after the beginning of the hours over which goes what fell
                                due while they were closed; default 3,600; 1: it is not spread. */
  uint32_t burst;          /**< So many messages a minute and location go at once all the same;
                                default 30. */
  uint32_t resend;         /**< Seconds for which the host keeps what it sent by the action's id and
                                its provider takes that id for a key, so that the same again is
                                delivered once: steps may resend what is unknown so long. 0: no. */
  uint32_t look_again;     /**< Seconds after which somebody who is held for what the record says is
                                looked at again, if nothing happens before; default 3,600. */
  uint32_t write_format;   /**< Format of what is written: in a fleet the newest that its oldest
                                library reads. 0: WB_FORMAT_NEWEST. */
  uint32_t booked_days;    /**< Days in which a booking is credited to a message; default 30. */
  uint32_t kept_days;      /**< Days after the message, or after the entry, in which it must be kept
                                to count; default 120, at most WB_KEPT_DAYS_MAX. What a journal
                                is replayed with counts for what is in it: keep it. */
} wb_practice_options;

/**
 * Makes an empty practice. Nothing is journaled yet.
 *
 * @param policy  Privacy policy; NULL: the built-in one.
 * @retval WB_OK         @p practice is set; free it with wb_practice_free.
 * @retval WB_E_INVALID  No secret or key, a key over WB_KEY_MAX, windows that are none, or a size
 *                       too small.
 * @retval WB_E_RANGE    A cap on messages above 8, `kept_days` above WB_KEPT_DAYS_MAX, or
 *                       `booked_days` above `kept_days`.
 * @retval WB_E_VERSION  @p options has fields that this library does not know, or names a format
 *                       that it does not write.
 * @retval WB_E_NOMEM    No memory.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_new(wb_context *context, wb_schema *schema, wb_policy *policy,
                                         const wb_practice_options *options, wb_practice **practice,
                                         wb_error *error);
/** Frees it; the journal has everything. NULL does nothing. @since 0.1 */
WB_API void WB_CALL wb_practice_free(wb_practice *practice);

/**
 * Loads a snapshot into a practice that is still empty.
 * @retval WB_OK         Loaded.
 * @retval WB_E_STATE    The practice is not empty.
 * @retval WB_E_CORRUPT  Damaged bytes; nothing was loaded.
 * @retval WB_E_VERSION  Written by a newer library.
 * @retval WB_E_INVALID  Another practice's snapshot, or another secret.
 * @retval WB_E_BUSY     In use.  @retval WB_E_STALE Load anew.  @retval WB_E_NOMEM No memory.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_load(wb_practice *practice, const void *bytes, size_t length,
                                          wb_error *error);

/** The last record was torn by a crash and was left out: cut the journal at `used`. */
#define WB_REPLAY_TORN 1u

/** What wb_practice_replay found. */
typedef struct wb_replay {
  uint32_t size;    /**< sizeof(wb_replay). */
  uint32_t flags;   /**< WB_REPLAY_TORN or 0. */
  uint64_t used;    /**< Bytes that hold whole records. */
  uint64_t applied; /**< Records that were new. */
  uint64_t skipped; /**< Records that the state had already. */
} wb_replay;

/**
 * Replays journal records. Records at or before the state are skipped.
 * @retval WB_OK         @p replay is set; the state holds every whole record.
 * @retval WB_E_CORRUPT  A gap, or a damaged record that is not the last; the state is unchanged.
 * @retval WB_E_VERSION  Written by a newer library.
 * @retval WB_E_INVALID  Another practice's journal, or another secret.
 * @retval WB_E_BUSY     In use.  @retval WB_E_STALE Load anew.  @retval WB_E_NOMEM No memory.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_replay(wb_practice *practice, const void *bytes, size_t length,
                                            wb_replay *replay, wb_error *error);

/**
 * Writes a snapshot: canonical bytes, equal for equal states.
 * @retval WB_OK @p buffer and @p needed are set.  @retval WB_E_SPACE Too short; @p needed is set.
 * @retval WB_E_BUSY In use.  @retval WB_E_STALE Load anew.  @retval WB_E_NOMEM No memory to sort.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_save(wb_practice *practice, void *buffer, size_t capacity,
                                          size_t *needed);

/**
 * Sums up what came before: journals a sync record and a *seal* with the totals of the metrics and
 * a SHA-256 that covers every record since the seal before. What stands before a seal may move to
 * an archive: a snapshot taken now holds all that is needed to go on, opt-outs among it, and the
 * seal proves later that the archive is whole. Once a month is enough.
 * @retval WB_OK         Sealed, or nothing is new and nothing is written.
 * @retval WB_E_BUSY     In use.  @retval WB_E_STALE Load anew.  @retval WB_E_NOMEM No memory.
 * @retval WB_E_CONFLICT Another process wrote first: replay, then call again.
 * @retval WB_E_RANGE    `now` is no instant, or a jump.  @retval WB_E_INVALID NULL.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_seal(wb_practice *practice, wb_time now, wb_error *error);

/** Sequence number of the last record; 0: none. @since 0.1 */
WB_API uint64_t WB_CALL wb_practice_sequence(const wb_practice *practice);

/* Errors that every function below may return, not repeated there:
   WB_E_BUSY      In use by another call, or by this handle's own callback.
   WB_E_STALE     A journal write failed earlier: load anew.
   WB_E_CONFLICT  Another process wrote first: replay, then call again. Nothing changed.
   WB_E_RANGE     `now` is no instant, or more than 31 days after the last event without
                  WB_PRACTICE_ALLOW_JUMP.
   WB_E_NOMEM     No memory; nothing changed.
   WB_E_INVALID   NULL, or a struct that is not well-formed. */

/**
 * Makes a campaign known: journals its canonical form. A campaign of the same name replaces it for
 * people who enter from now on. The same content again is WB_OK and changes nothing, but spares a
 * practice that was loaded to compile it anew, if both have one policy.
 * @retval WB_OK      Known.  @retval WB_E_LIMIT 256 definitions are known.
 * @retval WB_E_STATE A step resends, and the host has not said that it can (`resend`); the path
 *                    names the step.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_add(wb_practice *practice, wb_campaign *campaign, wb_time now,
                                         wb_error *error);

/** What an enrolment pass did. */
typedef struct wb_counts {
  uint32_t size;     /**< sizeof(wb_counts). */
  uint32_t flags;    /**< 0. */
  uint64_t patients; /**< Rows looked at. */
  uint64_t eligible; /**< In the audience of a launched campaign, neither inside nor resting. */
  uint64_t enrolled; /**< Entered now and can be reached. */
  uint64_t held;     /**< Entered now, but held: see wb_practice_next. */
  uint64_t inside;   /**< Were inside already. */
  uint64_t resting;  /**< Left less than the campaign's rest ago, or for good. */
  uint64_t waiting;  /**< Of the eligible: over today's admissions, or on the desk's list Now;
                          another day. See wb_practice_waiting. */
  uint64_t unknown;  /**< A field that the audience needs is missing. */
  uint64_t failed;   /**< Their facts could not be read. */
} wb_counts;

/**
 * Lets in whoever is due, in the order of segments, then longest overdue first as the facts tell,
 * then by key; up to the day's admissions at each location. On a day without hours for outreach, or
 * after them, admissions count for the next day that has some.
 *
 * @param campaign  Name of one campaign, or NULL: every launched one.
 * @retval WB_OK      @p counts is set; with nothing launched nobody enters.
 * @retval WB_E_NAME  No launched campaign of that name.
 * @retval WB_E_STATE The facts are older than `stale_facts`, or of later than now.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_enroll(wb_practice *practice, const char *campaign,
                                            size_t length, wb_facts *facts, wb_time now,
                                            wb_counts *counts, wb_error *error);

/** Who is due and waits to be let in, or, inside, for a place; text is lent until the next call. */
typedef struct wb_waiting {
  uint32_t size;           /**< sizeof(wb_waiting). */
  uint32_t flags;          /**< 0. */
  wb_time again;           /**< When the next place may come: the next day's hours begin.
                                WB_TIME_NONE: when the desk has dealt with it, or the pause ends. */
  const char *campaign;    /**< Campaign name, NUL-terminated. */
  const char *segment;     /**< Segment that they would enter by, NUL-terminated. */
  const char *patient;     /**< Patient key, NUL-terminated. */
  const char *location;    /**< Location key, NUL-terminated. */
  int32_t hold;            /**< Why: WB_HOLD_PAUSED, WB_HOLD_DESK or WB_HOLD_ADMISSIONS. */
  uint32_t ahead;          /**< How many wait for the same location's places before them. */
  uint32_t patient_length; /**< Bytes at `patient`. */
  uint32_t reserved;       /**< 0. */
} wb_waiting;

/**
 * Who would wait if wb_practice_enroll were called now, why and until when, in the order in which
 * they come. It is worked out from the facts and the state; nothing changes, nothing is journaled.
 *
 * @param campaign      Name of one campaign, or NULL: every launched one.
 * @param[out] rows     `rows[0].size` set by the caller: the stride.
 * @retval WB_OK        @p count is set.
 * @retval WB_E_SPACE   More rows than @p capacity: @p count is set, nothing else.
 * @retval WB_E_NAME    No launched campaign of that name.
 * @retval WB_E_STATE   The facts are older than `stale_facts`, or of later than now.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_waiting(wb_practice *practice, const char *campaign,
                                             size_t length, wb_facts *facts, wb_time now,
                                             wb_waiting *rows, uint32_t capacity, uint32_t *count,
                                             wb_error *error);

/**
 * Hands out what is due at @p now: up to @p capacity actions, claimed and durable. WB_OK with
 * @p count 0: nothing now, see wb_practice_wake. What is due of openings is a record of its own
 * that comes first, and stands though the rest fails.
 *
 * @param[out] actions  `actions[0].size` set by the caller: the stride.
 * @retval WB_OK       @p count is set.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_poll(wb_practice *practice, wb_facts *facts, wb_time now,
                                          wb_action *actions, uint32_t capacity, uint32_t *count,
                                          wb_error *error);

/**
 * Says what became of an action (@p id: its 16 bytes). The same outcome again is WB_OK and changes
 * nothing.
 * @retval WB_OK       Noted.
 * @retval WB_E_NAME   No such action.
 * @retval WB_E_STATE  Contradicts an earlier outcome.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_ack(wb_practice *practice, const uint8_t *id,
                                         const wb_outcome *outcome, wb_time now, wb_error *error);

/**
 * The last look, for hosts that batch: whether an action (@p id: its 16 bytes) that was handed out
 * may still go. A STOP, a booking or a pause since then withdraws it, and so does everything that a
 * poll would look at, on the facts of now: for good, or until it may go (WB_LOOK_LATER), to the
 * address on record by then. It is taken back in the journal at once, and the host has nothing to
 * say of it any more: an answer that it was sent is refused (WB_E_STATE), and noted in the journal.
 * @retval WB_OK       @p look is set.
 * @retval WB_E_NAME   No such action.
 * @retval WB_E_STATE  What became of it is known already.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_test(wb_practice *practice, const uint8_t *id, wb_facts *facts,
                                          wb_time now, wb_look *look, wb_error *error);

/**
 * The loop over wb_practice_poll and wb_practice_ack, for hosts that deliver one action after the
 * other: until nothing is due. An outcome WB_NOT_SENT, WB_CAUSE_INTERRUPTED ends it too, and what
 * was handed out and not attempted goes back. The practice and the facts are in use while @p
 * deliver runs.
 * @retval WB_OK        @p run is set; so it is after any failure below.
 * @retval WB_E_ABORTED @p deliver failed.
 * @retval WB_E_INVALID @p deliver gave an outcome that is none.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_run(wb_practice *practice, wb_facts *facts, wb_time now,
                                         wb_deliver_fn deliver, void *user, wb_run *run,
                                         wb_error *error);

/** What happened outside. What each kind needs is named; anything else is not read. */
enum wb_input_kind {
  WB_INPUT_REPLY = 1,        /**< A reply: `contact` or `patient`, `text` (or `intent`). */
  WB_INPUT_CLICK = 2,        /**< The booking page was used (not merely fetched): `action`, whose
                                  link it was, or `patient`; both must be of one patient, unless
                                  a household was written to. */
  WB_INPUT_BOOKED = 3,       /**< A visit was booked: `patient`, or `action`, whose link it was, or
                                  both as of a click; if known `visit`, `at` (0: @p now). */
  WB_INPUT_KEPT = 4,         /**< A visit was kept: `patient`; if known `visit`, `at`, `value`. */
  WB_INPUT_OPTED_OUT = 5,    /**< `contact` (see wb_contact_make), else every number that `patient`
                                  was texted on, or will be when there is none yet. Ends every
                                  sequence that wrote to it. */
  WB_INPUT_OPTED_IN = 6,     /**< START or a signed form: `contact`, else `patient` as above. */
  WB_INPUT_TASK_DONE = 7,    /**< Somebody took up a task of the desk: `action`, `outcome` (enum
                                  wb_task_outcome), of WB_TASK_LATER `at`. See call.h. */
  WB_INPUT_LAUNCH = 8,       /**< Start a campaign: `campaign`, `approver`. */
  WB_INPUT_PAUSE = 9,        /**< Pause `campaign`, or the location `location`, or the messages of
                                  `class_`, or the practice. */
  WB_INPUT_RESUME = 10,      /**< End such a pause, with `name` a withdrawal, or that a campaign is
                                stopped: then it may be launched again. */
  WB_INPUT_CANCELLED = 11,   /**< A visit was cancelled: `patient`; if known `visit`, `at`. With
                                  `minutes` (and `location`, `name`: whose time) it is an opening. */
  WB_INPUT_SLOT_OPENED = 12, /**< A time came free: `visit` (its key), `at`, `minutes`, `location`,
                                  `name`: whose time it is ("hygiene"). See opening.h. */
  WB_INPUT_SLOT_CLOSED = 13, /**< It is no longer free: `visit`. */
  WB_INPUT_CAPACITY = 14, /**< Chair time that is open, in `minutes`, over the weeks that the host
                              looks ahead: `location`, `name` ("hygiene"). It replaces the
                              report before. */
  WB_INPUT_WITHDRAW = 15, /**< The text `name` of `campaign` is no longer said, by whatever
                               definition: its neutral text is, or the patient is held. */
  WB_INPUT_STOP = 30,     /**< Stop `campaign` for good, `approver`: everybody inside leaves
                               ("stopped"), with the calls that are open; nobody enters, and
                               WB_INPUT_LAUNCH is refused until WB_INPUT_RESUME. What is handed out
                               or unknown goes on to its end. */
  WB_INPUT_BROKEN = 29,  /**< A visit was broken, nobody came: `patient`; if known `visit`, `at`. */
  WB_INPUT_CONSENT = 20, /**< `patient` agreed or refused: `contact`, `channel`, `class_`
                              (its purpose, or WB_PURPOSE_DETAIL; 0: care), `outcome` (enum
                            wb_consent_level), `at` (0: now), `source`, `name` (id of the wording).
                            What is on record and was said later stays. Lifts no opt-out. */
  WB_INPUT_NUMBER_CHECKED = 21,  /**< `contact` was looked up: `outcome` (enum wb_number_check). */
  WB_INPUT_CONTACT_CHANGED = 22, /**< The address of `patient`: from `contact` to `other_contact`,
                                      `channel`, `outcome` (enum wb_contact_change), `at`. */
  WB_INPUT_MERGED = 23,          /**< `patient` is `other`: both keys stand for `other` from now on;
                                      consents, caps, tasks and sequences join, the stricter wins. */
  WB_INPUT_MOVED = 24,           /**< `patient` goes to another `location` of the practice. */
  WB_INPUT_LEFT = 25,            /**< `patient` left the practice: everything ends, until a visit is
                                      booked or kept. */
  WB_INPUT_DECEASED = 26,        /**< `patient` has died: everything ends for good, and nobody is
                                      told of them. */
  WB_INPUT_FORGET = 27,          /**< `patient` is to be forgotten: everything ends, and nothing of
                                      the key is in later snapshots. Opt-outs stay, by number. */
  WB_INPUT_SETTING = 28,         /**< A setting of the practice: `name`, `outcome`, `approver`.
                                      "unknown_permission": 1 counts as yes, 0 (default) as no. */
  WB_INPUT_CONTACTED = 18, /**< The host contacted the patient itself, which counts as a message
                                does: `patient`, `at` (0: now). */
  WB_INPUT_RESTORED_READY =
      19,                  /**< After a restore the host has fed its opt-outs and its outbox again
                                (wb_practice_ack of every action since): messages may leave. */
  WB_INPUT_DELIVERED = 16, /**< A receipt: the message arrived. `action`. */
  WB_INPUT_UNDELIVERED =
      17 /**< A receipt: it never will. `action`; `outcome`: enum wb_cause from
              WB_CAUSE_ADDRESS on, or 0. The step is tried by its next channel. */
};

/** One event from outside. Unused members are zero. */
typedef struct wb_input {
  uint32_t size;                /**< sizeof(wb_input). */
  uint32_t flags;               /**< 0. */
  const char *patient;          /**< Patient key. */
  const char *text;             /**< Of a reply; read and forgotten. */
  const char *campaign;         /**< Campaign name. */
  const char *location;         /**< Location key. */
  const char *approver;         /**< Who answers for it: a staff id, at most WB_KEY_MAX bytes. */
  const char *other;            /**< A second key of the kind of the first. */
  const char *visit;            /**< Key of a visit or of an opening. */
  const char *name;             /**< Of what the kind is about: a text, a wording, a column. */
  const char *source;           /**< Where something comes from: "form", "front desk". */
  const uint8_t *contact;       /**< Contact point, 16 bytes. */
  const uint8_t *other_contact; /**< A second contact point, 16 bytes. */
  const uint8_t *action;        /**< Action id, 16 bytes. */
  wb_time at;                   /**< When it was or will be. */
  wb_time until;                /**< When that ends. */
  wb_cents value;               /**< What it is worth. */
  uint8_t event_id[16];         /**< The same id within 90 days is WB_OK and changes nothing. */
  int32_t kind;                 /**< enum wb_input_kind. */
  int32_t intent;   /**< enum wb_intent of the host's own reading, with `text` NULL. Never an
                         opt-out in place of the library's: the stricter wins. */
  int32_t channel;  /**< enum wb_channel. */
  int32_t class_;   /**< enum wb_message_class. */
  int32_t outcome;  /**< What became of it; each kind names the enumeration. */
  uint32_t minutes; /**< How long. */
  uint32_t patient_length, text_length, campaign_length, location_length, approver_length;
  uint32_t other_length, visit_length, name_length, source_length;
  uint32_t reserved; /**< 0. */
} wb_input;

/**
 * Takes one event from outside.
 * @retval WB_OK       Noted (or known already).
 * @retval WB_E_NAME   No such campaign or action; or a patient or contact point never heard of, but
 *                     for an opt-out (WB_OK), which is noted all the same: it closes that contact
 *                     point, or is kept with that patient. An opening may be booked by anybody.
 * @retval WB_E_STATE  Not now: resume without pause, launch of what was stopped or lacks its offer.
 * @retval WB_E_INVALID What the kind needs is missing (`approver` of a launch, a stop, a setting
 *                     too) or no such thing; or a click or booking has another patient's action.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_receive(wb_practice *practice, const wb_input *input,
                                             wb_time now, wb_error *error);

/**
 * The next instant at which wb_practice_poll may have something; WB_TIME_NONE: none in sight. After
 * a load it may be at once.
 * @retval WB_OK @p at is set.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_wake(wb_practice *practice, wb_time *at);

/** Why somebody is held. Names: wb_hold_name. */
enum wb_hold {
  WB_HOLD_NONE = 0,
  WB_HOLD_PAUSED = 1,        /**< Practice, location or campaign is paused. */
  WB_HOLD_OPTED_OUT = 2,     /**< The contact point opted out; or the patient, by key. */
  WB_HOLD_NO_PERMISSION = 3, /**< Permission is no or unknown. */
  WB_HOLD_NO_ADDRESS = 4,    /**< No number or address of the needed kind (a home number only). */
  WB_HOLD_BAD_ADDRESS = 5,   /**< It cannot be normalised, or was found bad. */
  WB_HOLD_MINOR = 6,         /**< Not of age, and nobody is marked to stand for them. */
  WB_HOLD_AGE_UNKNOWN = 7,   /**< No birth date. */
  WB_HOLD_NOT_SEEN = 8,      /**< No completed visit within the months that the law gives: 24. */
  WB_HOLD_HOURS = 9,         /**< Outside the hours of the law or of the practice; or the time of
                                  the day that a wait ends at is still to come where they are. */
  WB_HOLD_CAP = 10,          /**< A cap on messages. */
  WB_HOLD_CAPACITY = 11,     /**< No place: inside, of today's admissions, or on the desk's list. */
  WB_HOLD_FACTS = 12,        /**< Facts missing, failing or too old. */
  WB_HOLD_RENDER = 13,       /**< The text cannot be rendered for this patient. */
  WB_HOLD_DEFINITION = 14,   /**< The campaign's definition no longer compiles. */
  WB_HOLD_ZONE = 15,         /**< The zone is not known. */
  WB_HOLD_DESK = 16,         /**< Something about the patient is on the desk's list Now. */
  WB_HOLD_NUMBER_CHECK = 17, /**< It may be somebody else's by now: see WB_INPUT_NUMBER_CHECKED. */
  WB_HOLD_NOT_WRITTEN = 18,  /**< No written consent to offers. */
  WB_HOLD_PREFERENCE = 19,   /**< The patient asked for another way, or for none. */
  WB_HOLD_OFFER = 20,     /**< The offer may not be made to this patient: see wb_offer_test; or the
                               step of a campaign of class offer names none. */
  WB_HOLD_HOUSEHOLD = 21, /**< Somebody else was written to at that number today. */
  WB_HOLD_LATE = 22,      /**< Its time is over. */
  WB_HOLD_ADMISSIONS = 23 /**< The day's are taken: only wb_practice_waiting says so. */
};

/** Name of a hold ("no_permission"), valid for ever; "unknown": it is none. @since 0.1 */
WB_API const char *WB_CALL wb_hold_name(int32_t hold);

/** States of an enrolment. */
enum wb_enrollment_state {
  WB_STATE_WAITING = 1, /**< Until `wake`. */
  WB_STATE_HELD = 2,    /**< For `hold`, looked at again at `wake`. */
  WB_STATE_CLAIMED = 3, /**< An action is handed out. */
  WB_STATE_ENDED = 4    /**< For `reason`. */
};

/** The patient responded: a call comes next, at `wake`, in place of the steps. */
#define WB_ENROLLMENT_RESPONDED 1u
/** A call of this campaign to the patient is open on the desk's list (wb_desk_next). */
#define WB_ENROLLMENT_LISTED 2u

/** One patient in one campaign; text is borrowed until the next call. */
typedef struct wb_enrollment {
  uint32_t size;           /**< sizeof(wb_enrollment). */
  uint32_t flags;          /**< WB_ENROLLMENT_…; ended: 0. */
  wb_time entered;         /**< When. */
  wb_time wake;            /**< When it is looked at next; WB_TIME_NONE: when something happens. */
  const char *campaign;    /**< Campaign name, NUL-terminated. */
  const char *segment;     /**< Segment at entry, NUL-terminated. */
  const char *variant;     /**< Variant drawn at entry, NUL-terminated; "": there are none;
                                "held-out": walks without messages. */
  const char *step;        /**< Step id, NUL-terminated. */
  const char *patient;     /**< Patient key, NUL-terminated. */
  const char *about;       /**< Key of the visit, opening or event it is about, NUL-terminated; "":
                                the patient itself. An opening that came free more than once may
                                have several. */
  const char *location;    /**< Location key, NUL-terminated. */
  const char *reason;      /**< Ended: "booked", "opted_out", "finished"…; else "". */
  int32_t state;           /**< enum wb_enrollment_state. */
  int32_t hold;            /**< enum wb_hold. */
  uint32_t touches;        /**< Messages counted so far. */
  uint32_t entry;          /**< Number of this entry of the key: one more than the last, from 1; of
                                a visit or an opening at least 1 + the day of its start (UTC, since
                                1970, modulo 65,535). After 65,535 comes 1. */
  uint32_t patient_length; /**< Bytes at `patient`. */
  uint32_t reserved;       /**< 0. */
} wb_enrollment;

/**
 * Iterates over enrolments, ended ones too. Start with @p cursor 0; any other call in between makes
 * the cursor meaningless but harmless.
 * @retval WB_OK  @p enrollment is set, @p cursor moved.  @retval WB_E_NAME No more.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_next(wb_practice *practice, uint64_t *cursor,
                                          wb_enrollment *enrollment);

/**
 * The key of the patient that a key stands for: its own, or that of the patient it was merged into
 * (WB_INPUT_MERGED), whom wb_practice_next and wb_desk_next name.
 * @param key  Set to it: NUL-terminated, lent until the next call.
 * @retval WB_OK         @p key is set.
 * @retval WB_E_NAME     Nobody of this key was heard of, or they were forgotten.
 * @retval WB_E_INVALID  No patient, or no place for the key.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_find(wb_practice *practice, const char *patient, size_t length,
                                          const char **key);

/**
 * What a practice works by: the options that were given, and the defaults of those that were not.
 * `hours` and `key` are lent until the next call; `secret` is NULL, and so is `law` where none was
 * given and none was needed yet.
 * @retval WB_OK  @p options is set.  @retval WB_E_INVALID NULL, or a size too small.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_get(wb_practice *practice, wb_practice_options *options);

/**
 * Iterates over the actions that are remembered (90 days), in no particular order; as
 * wb_practice_next.
 * @retval WB_OK  @p status is set, @p cursor moved.  @retval WB_E_NAME No more.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_actions(wb_practice *practice, uint64_t *cursor,
                                             wb_action_status *status);

/**
 * Iterates over the definitions of campaigns that the practice knows, in the order in which they
 * first came; as wb_practice_next. Time is that of all enrolments.
 * @retval WB_OK  @p status is set, @p cursor moved.  @retval WB_E_NAME No more.
 * @retval WB_E_INVALID NULL, or a size too small.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_campaigns(wb_practice *practice, uint64_t *cursor,
                                               wb_campaign_status *status);

#ifdef __cplusplus
}
#endif

#endif
