/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Instants and time zones.
 *
 * A wb_time is an instant: seconds from 1970-01-01T00:00:00Z, without leap seconds. A zone turns
 * instants into local dates and times and back. Zones are compiled from a POSIX TZ string
 * ("EST5EDT,M3.2.0,M11.1.0") or from one of the built-in names ("America/New_York"). They know the
 * rule in force today; the past is read by the same rule, which is what scheduling needs.
 *
 * When clocks go forward an hour of local time does not exist: a local time in the gap means the
 * first instant after it. When clocks go back an hour happens twice: it means the first
 * occurrence, unless the caller asks for the second.
 */
#ifndef WINBACK_ZONE_H
#define WINBACK_ZONE_H

#include <winback/date.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Seconds UTC from 1970-01-01T00:00:00Z. */
typedef int64_t wb_time;

/** "Not given"; never an instant. */
#define WB_TIME_NONE INT64_MIN
/** 0001-01-01T00:00:00Z. */
#define WB_TIME_MIN ((wb_time)-62135596800)
/** 9999-12-31T23:59:59Z. */
#define WB_TIME_MAX ((wb_time)253402300799)

/** A compiled time zone; immutable. */
typedef struct wb_zone wb_zone;

/** A local date and time. */
typedef struct wb_local {
  wb_date date;
  int32_t second; /**< Of the day, 0 to 86,399. */
  int32_t offset; /**< Local minus UTC, seconds; set by wb_zone_local, ignored on input. */
} wb_local;

/**
 * Compiles a zone from a name of the built-in table or a POSIX TZ string (explicit daylight rules;
 * names as `<+0845>` and hours beyond 24 are read).
 *
 * @retval WB_OK        @p zone holds one reference.
 * @retval WB_E_NAME    Neither a known name nor a TZ string; the error names the nearest zone.
 * @retval WB_E_SYNTAX  A malformed TZ string; the column says where.
 * @retval WB_E_RANGE   An hour, offset or rule day out of bounds.
 * @retval WB_E_NOMEM   No memory.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_zone_new(wb_context *context, const char *text, size_t length,
                                     wb_zone **zone, wb_error *error);
/** Takes one more reference and returns @p zone. Any thread. @since 0.1 */
WB_API wb_zone *WB_CALL wb_zone_ref(wb_zone *zone);
/** Gives one reference back. NULL does nothing. Any thread. @since 0.1 */
WB_API void WB_CALL wb_zone_unref(wb_zone *zone);

/**
 * Local date, time and offset of an instant.
 * @retval WB_OK @p local is set.  @retval WB_E_RANGE The instant, or its local date, is outside
 * years 1–9999.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_zone_local(const wb_zone *zone, wb_time at, wb_local *local);

/**
 * Instant of a local date and time. In a gap: the first instant after it. In a fold: the first
 * occurrence, or the second when @p fold is 1.
 * @retval WB_OK @p at is set.  @retval WB_E_RANGE The date is no day, the second not of a day, or
 * the instant outside years 1–9999.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_zone_instant(const wb_zone *zone, const wb_local *local, int32_t fold,
                                         wb_time *at);

/**
 * Reads RFC 3339: "2026-01-30T14:00:00Z", or with an offset "+01:00"; seconds may be left out, a
 * fraction is cut off.
 * @retval WB_OK @p at is set.  @retval WB_E_SYNTAX Not of this form.  @retval WB_E_RANGE No such
 * date or time.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_time_parse(const char *text, size_t length, wb_time *at);

/**
 * Writes "2026-01-30T14:00:00Z"; with a zone the local time and its offset,
 * "2026-01-30T09:00:00-05:00".
 * RFC 3339 has no seconds of offset; where a zone has them the text still means the same instant.
 * @retval WB_OK @p buffer and @p length are set.  @retval WB_E_RANGE Outside years 1–9999.
 * @retval WB_E_SPACE Too short; @p length is set.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_time_format(wb_time at, const wb_zone *zone, char *buffer,
                                        size_t capacity, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
