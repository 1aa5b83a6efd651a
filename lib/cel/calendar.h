/* SPDX-License-Identifier: MIT */
/* Times and durations of CEL: how they are made, added and subtracted. */
#ifndef WBI_CEL_CALENDAR_H
#define WBI_CEL_CALENDAR_H

#include "cel/value.h"

enum { WBI_CEL_SECOND = 1000000000 };         /* nanoseconds */
#define WBI_CEL_LONGEST INT64_C(315576000000) /* seconds of a duration, 10,000 years */

/* A duration of seconds and nanoseconds of any sign, far below what an int64 holds;
   WBI_FAULT_RANGE: longer than the longest. */
wbi_cel_value wbi_cel_of_duration(int64_t seconds, int64_t nanoseconds);
/* A timestamp; WBI_FAULT_RANGE outside years 1-9999. */
wbi_cel_value wbi_cel_of_time(int64_t seconds, int64_t nanoseconds);
/* Duration + duration, timestamp + duration and duration + timestamp; `a` is one of the two.
   WBI_FAULT_RANGE, WBI_FAULT_OVERLOAD. */
wbi_cel_value wbi_cel_add_time(const wbi_cel_value *a, const wbi_cel_value *b);
/* Duration - duration, timestamp - duration and timestamp - timestamp, likewise; the last must fit
   an int64 of nanoseconds. WBI_FAULT_RANGE, WBI_FAULT_OVERLOAD. */
wbi_cel_value wbi_cel_subtract_time(const wbi_cel_value *a, const wbi_cel_value *b);

#endif
