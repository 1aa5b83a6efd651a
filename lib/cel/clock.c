/* SPDX-License-Identifier: MIT */
/* Arithmetic of timestamps and durations: seconds, and nanoseconds that count upwards. */
#include "cel/calendar.h"

/* Seconds and nanoseconds, the latter brought to 0-999,999,999. */
static wbi_cel_value clock_value(uint16_t kind, int64_t seconds, int64_t nanoseconds) {
  int64_t carry = nanoseconds / WBI_CEL_SECOND, rest = nanoseconds % WBI_CEL_SECOND;
  if (rest < 0) {
    rest += WBI_CEL_SECOND;
    carry--;
  }
  wbi_cel_value value = wbi_cel_of(kind, seconds + carry);
  value.length = (uint32_t)rest;
  return value;
}

wbi_cel_value wbi_cel_of_duration(int64_t seconds, int64_t nanoseconds) {
  const wbi_cel_value value = clock_value(WBI_KIND_DURATION, seconds, nanoseconds);
  const int64_t whole = value.as.integer, most = WBI_CEL_LONGEST;
  const bool beyond = whole > most || (whole == most && value.length > 0) || whole < -most;
  return beyond ? wbi_cel_of_fault(WBI_FAULT_RANGE) : value;
}

wbi_cel_value wbi_cel_of_time(int64_t seconds, int64_t nanoseconds) {
  const wbi_cel_value value = clock_value(WB_TIME, seconds, nanoseconds);
  return wbi_time_valid(value.as.integer) ? value : wbi_cel_of_fault(WBI_FAULT_RANGE);
}

/* Whether a value is a timestamp or a duration. */
static bool clock_is(const wbi_cel_value *value) {
  return value->kind == WB_TIME || value->kind == WBI_KIND_DURATION;
}

wbi_cel_value wbi_cel_add_time(const wbi_cel_value *a, const wbi_cel_value *b) {
  const bool both = a->kind == WB_TIME && b->kind == WB_TIME;
  if (!clock_is(b) || both) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const int64_t seconds = a->as.integer + b->as.integer;
  const int64_t nanoseconds = (int64_t)a->length + b->length;
  if (a->kind == b->kind) return wbi_cel_of_duration(seconds, nanoseconds);
  return wbi_cel_of_time(seconds, nanoseconds);
}

/* The duration between two timestamps. */
static wbi_cel_value clock_between(int64_t seconds, int64_t nanoseconds) {
  int64_t total = 0;
  if (__builtin_mul_overflow(seconds, (int64_t)WBI_CEL_SECOND, &total) ||
      __builtin_add_overflow(total, nanoseconds, &total)) {
    return wbi_cel_of_fault(WBI_FAULT_RANGE);
  }
  return wbi_cel_of_duration(seconds, nanoseconds);
}

wbi_cel_value wbi_cel_subtract_time(const wbi_cel_value *a, const wbi_cel_value *b) {
  const bool backwards = a->kind == WBI_KIND_DURATION && b->kind == WB_TIME;
  if (!clock_is(b) || backwards) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const int64_t seconds = a->as.integer - b->as.integer;
  const int64_t nanoseconds = (int64_t)a->length - b->length;
  if (a->kind == WBI_KIND_DURATION) return wbi_cel_of_duration(seconds, nanoseconds);
  if (b->kind == WB_TIME) return clock_between(seconds, nanoseconds);
  return wbi_cel_of_time(seconds, nanoseconds);
}
