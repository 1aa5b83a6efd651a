/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Law: when a message of some class may be delivered to somebody in some place.
 *
 * The rules are data, in *packs*: one JSON text for a country, read by the same code whether it
 * ships with the library (us, ca, uk, au) or is the host's own. A pack has its regions and their
 * zones, calendars of holidays, and rules. Each rule has an id, a source, the days on which it is
 * in force and a letter for how sure we are; it names the regions and the message classes that it
 * binds. All rules of a place that are in force bind together. Rules are looked up by the local
 * date of the instant at which the message would go out, not by the day of the question.
 *
 * Windows of the day are half-open and local to the recipient: 08:00-20:00 opens at 08:00:00 and
 * is closed at 20:00:00. A window whose end is before its beginning passes midnight; equal ends
 * mean closed. An instant is open when the local clock shows a time inside the window, so an hour
 * that happens twice when the clocks go back is judged twice.
 *
 * Nothing fails open. Where the state or the zone is uncertain, give all candidates: open is what
 * is open in each of them. A country alone ("US") means any region in it; no region, any region of
 * the countries in which the zones lie; no zone, any zone of the regions. A place of which no pack
 * knows, or a class for which it has no window, is closed.
 *
 * A pack ages. After its `review_by` every answer says WB_LAW_STALE, and the pack's narrower
 * windows for that time bind too. This is not legal advice: have counsel confirm the packs that
 * you use; docs/dates-and-law.md lists every rule and the weak points.
 */
#ifndef WINBACK_LAW_H
#define WINBACK_LAW_H

#include <winback/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Classes of messages. The class follows from what a text reads and says. */
enum wb_message_class {
  WB_MESSAGE_TRANSACTIONAL = 1, /**< About a visit that exists, or an answer that was asked for. */
  WB_MESSAGE_CARE = 2,          /**< Recall, unfinished treatment, follow-up. */
  WB_MESSAGE_BENEFIT = 3,       /**< The patient's own insurance benefits. */
  WB_MESSAGE_OFFER = 4,         /**< A price, discount, gift or financing. */
  WB_MESSAGE_BILLING = 5,       /**< Money owed. */
  WB_MESSAGE_URGENT = 6         /**< The fixed safety text that answers urgent symptoms. */
};

/** Kinds of rules. */
enum wb_law_kind {
  WB_LAW_HOURS = 1,    /**< Windows of the week, and calendars on whose days all is closed. */
  WB_LAW_CAP = 2,      /**< At most `amount` messages in `seconds`. */
  WB_LAW_CONSENT = 3,  /**< `name` is the consent needed: none, implied, express, written. */
  WB_LAW_KEYWORDS = 4, /**< `words` are the words of the set `name`: opt_out, opt_in, help; offer:
                            an offer must not say them. */
  WB_LAW_OPT_OUT = 5,  /**< An opt-out is honoured within `amount` business days at the latest. */
  WB_LAW_VALUE = 6,    /**< Somebody whose coverage is public, or may be, is given at most `amount`
                            cents at once, or in `seconds`; `name`: "any" thing, or "cash" and what
                            is like it. */
  WB_LAW_DISCLOSURE = 7, /**< An offer needs the disclosure `name`, which says `words`, when it
                              takes off `amount` basis points of the regular fee or more. */
  WB_LAW_MAJORITY = 8,   /**< Somebody is of age at `amount` years. */
  WB_LAW_TERM = 9,       /**< After `amount` months consent holds no longer by itself. `name` says
                              what they count from: "seen", the last completed visit, after which
                              nothing goes out; "number_check", the consent, after which the number
                              must be checked against those that were given to somebody else. */
  WB_LAW_AUTHORIZATION = 10, /**< What a third party pays for needs the patient's authorisation. */
  WB_LAW_STOP = 11 /**< Who opted out by text gets no more of these by `channels` either. */
};

/** Weekdays in wb_window: 1 << 1 Monday to 1 << 7 Sunday. */
#define WB_WEEKDAYS_ALL 0xFEu

/** A window of local time. */
typedef struct wb_window {
  uint32_t weekdays; /**< The days on which it begins, 1 << 1 Monday to 1 << 7 Sunday. */
  int32_t from;      /**< Second of the day, 0 to 86,400. */
  int32_t to;        /**< Second of the day, excluded; before `from`: of the next day. */
} wb_window;

/** When may a message go out? */
typedef struct wb_law_question {
  uint32_t size;               /**< sizeof(wb_law_question). */
  uint32_t flags;              /**< 0. */
  wb_time at;                  /**< Not before this instant. */
  const wb_zone *const *zones; /**< Candidate zones of the recipient; may be NULL with count 0. */
  const char *regions;         /**< Candidate regions, ISO 3166-2, with a space or comma between:
                                    "US-PA", "US-PA US-NJ", "US"; may be NULL with length 0. */
  const wb_window *hours;      /**< Hours of the location, which bind too; NULL with count 0. */
  const wb_zone *hours_zone;   /**< Zone of `hours`; NULL: the recipient's. */
  const wb_window *preference; /**< Hours that the patient prefers, which bind too. */
  uint32_t zone_count;         /**< At most 16. */
  uint32_t regions_length;     /**< Bytes at `regions`; at most 16 regions. */
  uint32_t hours_count;        /**< 0: no limit by the location. */
  uint32_t preference_count;   /**< 0: no limit by the patient. */
  int32_t message_class;       /**< enum wb_message_class. */
  uint32_t reserved;           /**< 0. */
} wb_law_question;

/** Nothing opens within 14 days; a task for a person. `open_at` and `until` are WB_TIME_NONE. */
#define WB_LAW_CLOSED 1u
/** A pack that was used is past its `review_by` at `open_at` (at `at` when closed). */
#define WB_LAW_STALE 2u
/** No pack knows the place; comes with WB_LAW_CLOSED. */
#define WB_LAW_NOWHERE 4u
/** A region is none that its country's pack knows: what is open in all of that country is. */
#define WB_LAW_UNCERTAIN 8u

/** The first stretch of time that is open. Text is valid as long as the law is. */
typedef struct wb_law_answer {
  uint32_t size;       /**< sizeof(wb_law_answer). */
  uint32_t flags;      /**< WB_LAW_CLOSED, WB_LAW_STALE, WB_LAW_NOWHERE, WB_LAW_UNCERTAIN. */
  wb_time open_at;     /**< First open instant at or after `at`: `at` itself when that is open. */
  wb_time until;       /**< First closed instant after it, at most 14 days after `open_at`. */
  const char *rule;    /**< Id of the rule that closes at `until`; "" when none does. */
  const char *held_by; /**< Id of the rule that was the last to open; "" when open at `at`. Of both:
                            "hours", "preference", and "no-rule" where the pack has no window. */
} wb_law_answer;

/** One rule of a pack. Text is NUL-terminated and valid as long as the law is. */
typedef struct wb_law_rule {
  uint32_t size;          /**< sizeof(wb_law_rule). */
  uint32_t flags;         /**< 0. */
  int64_t amount;         /**< Of a cap: messages; of an opt-out: business days; of a value: cents;
                               of a disclosure: basis points; of a majority: years; of a term:
                               months; else 0. */
  int64_t seconds;        /**< Of a cap or value: in how many seconds; else 0. */
  const char *id;         /**< Unique in its pack. */
  const char *pack;       /**< Name of the pack. */
  const char *version;    /**< Version of the pack. */
  const char *source;     /**< Statute, regulation, or convention. */
  const char *name;       /**< Of a consent: what is needed; of keywords: the set; of a value: what;
                               of a disclosure: its id; of a term: what from; else "". */
  const char *words;      /**< Of keywords: the words, one a line; of a disclosure: what it says;
                               else "". */
  wb_date effective_from; /**< First day in force. */
  wb_date effective_to;   /**< Last day in force; WB_DATE_NONE: open. */
  wb_date review_by;      /**< Of the pack. */
  int32_t kind;           /**< enum wb_law_kind. */
  uint32_t classes;       /**< Bits, 1 << enum wb_message_class. */
  int32_t confidence;     /**< 'V' text seen, 'S' one summary, 'K' known but not opened, 'C' sources
                               disagree, 'M' absence not proven, 'O' our own convention. */
  uint32_t channels;      /**< Bits, 1 << enum wb_channel. */
  uint32_t reserved;      /**< 0. */
} wb_law_rule;

/** Packs of law, compiled; immutable. */
typedef struct wb_law wb_law;

/**
 * Compiles one pack, or the packs that ship.
 *
 * @param json  A pack; NULL: those that ship. docs/dates-and-law.md describes the format.
 *
 * @retval WB_OK        @p law holds one reference.
 * @retval WB_E_INVALID NULL @p law; a member is missing, or a value breaks a rule of the format:
 * overlapping windows, a holiday on no day, an id that is used twice.
 * @retval WB_E_SYNTAX  Not JSON, or a date, time or window that is not written as one.
 * @retval WB_E_TYPE    A member of the wrong JSON type.
 * @retval WB_E_NAME    An unknown member, kind, class, region, zone, calendar or weekday.
 * @retval WB_E_RANGE   A number, date or time out of bounds.
 * @retval WB_E_LIMIT   More than 64 zones or regions, 32 calendars or 4,096 rules, nested too
 * deeply, or rules whose days and windows cut time into more than 32,768 pieces.
 * @retval WB_E_NOMEM   No memory.
 * The error has line, column and JSON path.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_law_new(wb_context *context, const char *json, size_t length,
                                    wb_law **law, wb_error *error);
/** Takes one more reference and returns @p law. Any thread. @since 0.1 */
WB_API wb_law *WB_CALL wb_law_ref(wb_law *law);
/** Gives one reference back. NULL does nothing. Any thread. @since 0.1 */
WB_API void WB_CALL wb_law_unref(wb_law *law);

/**
 * When a message may go out: the first open instant at or after `at`, as the chapter above has it.
 * Takes no memory.
 * @retval WB_OK        @p answer is set; look at WB_LAW_CLOSED.
 * @retval WB_E_INVALID NULL, a size too small, no such class, a window out of bounds, or neither
 * zone nor region.
 * @retval WB_E_VERSION The question has members that this library does not know.
 * @retval WB_E_LIMIT   More than 16 zones or regions.
 * @retval WB_E_RANGE   `at` is outside years 1–9999.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_law_find(const wb_law *law, const wb_law_question *question,
                                     wb_law_answer *answer);

/**
 * Iterates over rules, in the order of the packs. Start with @p cursor 0.
 *
 * @param kind  enum wb_law_kind; 0: any.
 * @param region  The rules that bind there; a country alone: all of its rules; NULL: all.
 * @param message_class  enum wb_message_class; 0: any.
 * @param on  The rules in force on this day; WB_DATE_NONE: of any time.
 *
 * @retval WB_OK  @p rule is set, @p cursor moved.  @retval WB_E_NAME No more.
 * @retval WB_E_INVALID NULL, or a size too small.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_law_next(const wb_law *law, int32_t kind, const char *region,
                                     size_t region_length, int32_t message_class, wb_date on,
                                     uint64_t *cursor, wb_law_rule *rule);

/**
 * Business days of a country: @p days after a date, or before it when negative. Monday to Friday
 * without the holidays that the country's pack names, observed days included. 0: the day itself,
 * or the next business day.
 *
 * @param days  -1,000 to 1,000.
 * @retval WB_OK @p out is set.  @retval WB_E_INVALID NULL.
 * @retval WB_E_NAME No pack of this country.  @retval WB_E_RANGE @p date is no day, @p days out of
 * bounds, or the result outside years 1–9999.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_law_add_business(const wb_law *law, const char *region,
                                             size_t region_length, wb_date date, int32_t days,
                                             wb_date *out);

#ifdef __cplusplus
}
#endif

#endif
