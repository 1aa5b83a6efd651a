/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Dates and intervals.
 *
 * A wb_date is a day of the proleptic Gregorian calendar, years 1 to 9999, counted in days from
 * 1970-01-01. It has no time and no zone: a visit on 2 March is on 2 March wherever it is read.
 *
 * An interval is years, months, weeks and days. Adding one goes in that order: first the years,
 * then the months, each with the day of the month cut to the length of the month that is reached;
 * then weeks and days. So 31 August + 6 months and 1 day is 1 March (29 February at the latest,
 * then a day). That is how practice-management systems compute a recall date, and the order
 * matters: a year and six months is not always eighteen months.
 *
 * Intervals are written in three ways: "6m1d" (y, m, w, d in this order, parts that are 0 left
 * out; "0y6m0d" is read too), ISO 8601 "P6M1D", and Open Dental's packed integer
 * years<<24 | months<<16 | weeks<<8 | days.
 */
#ifndef WINBACK_DATE_H
#define WINBACK_DATE_H

#include <winback/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Days from 1970-01-01. */
typedef int32_t wb_date;

/** "Not given"; never a day. */
#define WB_DATE_NONE INT32_MIN
/** 0001-01-01. */
#define WB_DATE_MIN ((wb_date)-719162)
/** 9999-12-31. */
#define WB_DATE_MAX ((wb_date)2932896)

/** Years, months, weeks and days, each 0 to 65,535; added in this order. */
typedef struct wb_interval {
  uint16_t years, months, weeks, days;
} wb_interval;

/**
 * The date of a year (1–9999), month (1–12) and day.
 * @retval WB_OK @p date is set.  @retval WB_E_RANGE No such day.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_date_make(int32_t year, int32_t month, int32_t day, wb_date *date);

/**
 * Year, month and day of a date; each pointer may be NULL.
 * @retval WB_OK The parts are set.  @retval WB_E_RANGE @p date is no day, WB_DATE_NONE included.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_date_split(wb_date date, int32_t *year, int32_t *month, int32_t *day);

/**
 * Reads "2026-01-30", exactly ten characters.
 * @retval WB_OK @p date is set.  @retval WB_E_SYNTAX Not of this form.
 * @retval WB_E_RANGE Of this form, but no such day (2026-13-40, year 0).
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_date_parse(const char *text, size_t length, wb_date *date);

/**
 * Writes "2026-01-30": ten bytes and a NUL where there is room for it.
 * @retval WB_OK @p buffer and @p length are set.  @retval WB_E_RANGE @p date is no day.
 * @retval WB_E_SPACE @p capacity < 10; @p length is set.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_date_format(wb_date date, char *buffer, size_t capacity,
                                        size_t *length);

/**
 * Day of the week, 1 Monday to 7 Sunday (ISO 8601).
 * @retval WB_OK @p weekday is set.  @retval WB_E_RANGE @p date is no day.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_date_weekday(wb_date date, int32_t *weekday);

/**
 * @p date + @p interval, as the chapter above has it.
 * @retval WB_OK @p out is set.  @retval WB_E_RANGE @p date is no day, or the result is after
 * 9999-12-31.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_date_add(wb_date date, const wb_interval *interval, wb_date *out);

/**
 * @p date + @p months, which may be negative, with the day cut to the length of the month.
 * @retval WB_OK @p out is set.  @retval WB_E_RANGE @p date is no day, or the result is outside
 * years 1–9999.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_date_add_months(wb_date date, int32_t months, wb_date *out);

/**
 * Whole months from one date to another: the largest n with from + n months <= to. Negative when
 * @p to is earlier.
 * @retval WB_OK @p months is set.  @retval WB_E_RANGE One of the dates is no day.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_date_months(wb_date from, wb_date to, int32_t *months);

/**
 * Reads an interval in one of the three notations of the chapter above. An integer is the packed
 * form; "0" and the empty text are the empty interval.
 * @retval WB_OK @p interval is set.  @retval WB_E_SYNTAX Not an interval.
 * @retval WB_E_RANGE A part is above 65,535 (packed: not a positive int32).
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_interval_parse(const char *text, size_t length, wb_interval *interval);

/**
 * Writes "1y3m1w1d", parts that are 0 left out; "0d" for the empty interval. At most 24 bytes.
 * @retval WB_OK @p buffer and @p length are set.  @retval WB_E_SPACE Too short; @p length is set.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_interval_format(const wb_interval *interval, char *buffer,
                                            size_t capacity, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
