/* SPDX-License-Identifier: MIT */
/* POSIX TZ strings: POSIX.1-2017, 8.3, with the extensions of RFC 8536, 3.3.1. */
#include "time/time_private.h"

typedef struct tz_reader {
  wbi_text text;
  size_t at;
  wb_error *error;
} tz_reader;

/* One turn of the clocks: the day by one of three rules, and the local time. */
typedef struct tz_turn {
  char kind;                /* 'M' month, week, weekday; 'J' day without 29 February; 'N' day */
  int32_t month, week, day; /* 'J' from 1, 'N' from 0 */
  int32_t time;
} tz_turn;

/* The next character, 0 at the end. */
static char tz_peek(const tz_reader *reader) {
  return reader->at < reader->text.length ? reader->text.data[reader->at] : '\0';
}

/* An error where the reader stands. */
static wb_status tz_fail(const tz_reader *reader, wb_status status, const char *message) {
  return wbi_fail_at(reader->error, status, reader->text, reader->at, message);
}

/* Moves past a character that must be there. */
static wb_status tz_expect(tz_reader *reader, char c, const char *message) {
  if (tz_peek(reader) != c) return tz_fail(reader, WB_E_SYNTAX, message);
  reader->at++;
  return WB_OK;
}

/* Whether a character may stand in a name; in <> digits and signs may too. */
static bool tz_in_name(char c, bool quoted) {
  if (wbi_is_letter(c)) return true;
  return quoted && (wbi_is_digit(c) || c == '+' || c == '-');
}

/* Skips a name such as EST or <+0845>. */
static wb_status tz_skip_name(tz_reader *reader) {
  const bool quoted = tz_peek(reader) == '<';
  reader->at += quoted;
  const size_t begin = reader->at;
  while (tz_in_name(tz_peek(reader), quoted))
    reader->at++;
  if (reader->at - begin < 3) {
    return tz_fail(reader, WB_E_SYNTAX, "A name of at least three letters is expected here.");
  }
  return quoted ? tz_expect(reader, '>', "The name must end with >.") : WB_OK;
}

/* Reads a number from `low` to `high`. */
static wb_status tz_read_number(tz_reader *reader, int32_t low, int32_t high, int32_t *value) {
  const size_t begin = reader->at;
  int32_t sum = 0;
  for (; wbi_is_digit(tz_peek(reader)); reader->at++) {
    if (sum <= high) sum = sum * 10 + (tz_peek(reader) - '0');
  }
  if (reader->at == begin) return tz_fail(reader, WB_E_SYNTAX, "A number is expected here.");
  if (sum < low || sum > high) {
    reader->at = begin;
    return tz_fail(reader, WB_E_RANGE, "This number is out of bounds.");
  }
  *value = sum;
  return WB_OK;
}

/* Reads [+-]hours[:minutes[:seconds]] as seconds. */
static wb_status tz_read_time(tz_reader *reader, int32_t hours_most, int32_t *seconds) {
  const bool negative = tz_peek(reader) == '-';
  if (negative || tz_peek(reader) == '+') reader->at++;
  int32_t part = 0, sum = 0, unit = 3600;
  wb_status status = tz_read_number(reader, 0, hours_most, &part);
  sum = part * unit;
  while (status == WB_OK && tz_peek(reader) == ':' && unit > 1) {
    unit /= 60;
    reader->at++;
    status = tz_read_number(reader, 0, 59, &part);
    sum += part * unit;
  }
  if (status == WB_OK) *seconds = negative ? -sum : sum;
  return status;
}

/* Reads "3.2.0" of M3.2.0. */
static wb_status tz_read_month(tz_reader *reader, tz_turn *turn) {
  wb_status status = tz_read_number(reader, 1, 12, &turn->month);
  if (status == WB_OK) status = tz_expect(reader, '.', "A point and a week are expected here.");
  if (status == WB_OK) status = tz_read_number(reader, 1, 5, &turn->week);
  if (status == WB_OK) status = tz_expect(reader, '.', "A point and a weekday are expected here.");
  if (status == WB_OK) status = tz_read_number(reader, 0, 6, &turn->day);
  return status;
}

/* Reads ",M3.2.0/2", ",J60" or ",59". */
static wb_status tz_read_turn(tz_reader *reader, tz_turn *turn) {
  wb_status status = tz_expect(reader, ',', "A comma and a rule are expected here.");
  if (status != WB_OK) return status;
  *turn = (tz_turn){.kind = 'N', .time = 7200};
  if (tz_peek(reader) == 'M' || tz_peek(reader) == 'J') {
    turn->kind = tz_peek(reader);
    reader->at++;
  }
  if (turn->kind == 'M') {
    status = tz_read_month(reader, turn);
  } else {
    status = tz_read_number(reader, turn->kind == 'J', 365, &turn->day);
  }
  if (status != WB_OK || tz_peek(reader) != '/') return status;
  reader->at++;
  return tz_read_time(reader, 167, &turn->time);
}

/* The day of the year, from 0, on which the clocks turn. `weekday` is that of 1 January. */
static int32_t tz_turn_day(const tz_turn *turn, bool leap, int32_t weekday) {
  if (turn->kind == 'N') return turn->day;
  if (turn->kind == 'J') return turn->day - 1 + (leap && turn->day > 59);
  const int32_t year = leap ? 2000 : 2001; /* any of its kind: only lengths of months matter */
  int32_t first = 0;
  for (int32_t month = 1; month < turn->month; month++)
    first += wbi_month_length(year, month);
  const int32_t ahead = (turn->day - (weekday + first) % 7 + 7) % 7;
  int32_t in_month = ahead + 7 * (turn->week - 1);
  if (in_month >= wbi_month_length(year, turn->month)) in_month -= 7; /* week 5 is the last */
  return first + in_month;
}

/* Works a turn out for each kind of year. `offset` is in force before it. */
static void tz_set_turns(const tz_turn *turn, int32_t offset, int32_t turns[WBI_YEAR_KINDS]) {
  for (int32_t kind = 0; kind < WBI_YEAR_KINDS; kind++) {
    turns[kind] = tz_turn_day(turn, kind >= 7, kind % 7) * WBI_DAY + turn->time - offset;
  }
}

/* Whether turns fall in their own year, in standard time. same: at its ends they are in two. */
static bool tz_turns_tidy(const int32_t turns[WBI_YEAR_KINDS], int32_t standard) {
  for (int32_t kind = 0; kind < WBI_YEAR_KINDS; kind++) {
    const int32_t second = turns[kind] + standard;
    if (second < 0 || second >= (kind >= 7 ? 366 : 365) * WBI_DAY) return false;
  }
  return true;
}

/* Reads what follows standard time: the name and offset of daylight time, and the two turns. */
static wb_status tz_read_daylight(tz_reader *reader, wbi_zone_rules *rules) {
  tz_turn start, end;
  int32_t west = -(rules->standard + 3600);
  wb_status status = tz_skip_name(reader);
  if (status == WB_OK && tz_peek(reader) != ',' && tz_peek(reader) != '\0') {
    status = tz_read_time(reader, 24, &west);
  }
  if (status == WB_OK) status = tz_read_turn(reader, &start);
  if (status == WB_OK) status = tz_read_turn(reader, &end);
  if (status != WB_OK) return status;
  rules->turns = true;
  rules->daylight = -west;
  tz_set_turns(&start, rules->standard, rules->start);
  tz_set_turns(&end, rules->daylight, rules->end);
  /* same: sooner */
  rules->tidy =
      tz_turns_tidy(rules->start, rules->standard) && tz_turns_tidy(rules->end, rules->standard);
  return WB_OK;
}

wb_status wbi_zone_read(wbi_text text, wbi_zone_rules *rules, wb_error *error) {
  tz_reader reader = {text, 0, error};
  int32_t west = 0;
  *rules = (wbi_zone_rules){0};
  wb_status status = tz_skip_name(&reader);
  if (status == WB_OK) status = tz_read_time(&reader, 24, &west);
  rules->standard = rules->daylight = -west;
  if (status == WB_OK && reader.at < text.length) status = tz_read_daylight(&reader, rules);
  if (status == WB_OK && reader.at < text.length) {
    status = tz_fail(&reader, WB_E_SYNTAX, "Nothing may follow the rules.");
  }
  return status;
}
