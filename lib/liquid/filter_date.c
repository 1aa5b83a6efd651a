/* SPDX-License-Identifier: MIT */
/*
 * Dates: those of facts, seconds since 1970, and texts in ISO 8601. Other texts are no dates here:
 * what they mean would depend on the reader. Directives are those of strftime, without widths.
 */
#include "liquid/filter.h"

typedef struct date_parts {
  wb_date date;
  int32_t second; /* of the day */
  int32_t offset; /* local minus UTC, seconds */
  uint32_t nanoseconds;
  int32_t year, month, day, weekday; /* Monday is 1 */
} date_parts;

/* ---- reading ------------------------------------------------------------------------------ */

/* The local time of an instant. */
static wb_status date_of_instant(const wbi_filtering *filtering, wb_time at, date_parts *parts) {
  wb_local local;
  if (wbi_zone_local(filtering->zone, at, &local) != WB_OK) return WB_E_RANGE;
  parts->date = local.date;
  parts->second = local.second;
  parts->offset = local.offset;
  return WB_OK;
}

/* Whether a text says UTC, or nothing, which means the same. */
static bool date_is_utc(wbi_text text) {
  return text.length == 0 || wbi_text_equal_fold(text, WBI_TEXT("Z")) ||
         wbi_text_equal_fold(text, WBI_TEXT("UTC")) || wbi_text_equal_fold(text, WBI_TEXT("GMT"));
}

/* Reads an offset, the whole text: "-04:00", "-0400", "-04", or none. */
static wb_status date_read_offset(wbi_text text, int32_t *offset) {
  int32_t parts[2] = {0};
  if (date_is_utc(text)) return WB_OK;
  const bool west = text.data[0] == '-';
  if (!west && text.data[0] != '+') return WB_E_RANGE;
  text = wbi_text_slice(text, 1, text.length);
  if (!wbi_time_take(&text, "99:99", parts) && !wbi_time_take(&text, "9999", parts) &&
      !wbi_time_take(&text, "99", parts)) {
    return WB_E_RANGE;
  }
  if (text.length > 0 || parts[0] > 23 || parts[1] > 59) return WB_E_RANGE;
  *offset = (parts[0] * 3600 + parts[1] * 60) * (west ? -1 : 1);
  return WB_OK;
}

/* Reads "2026-03-03", "2026-03-03 14:30", "2026-03-03T14:30:00.5-05:00". */
static wb_status date_read_iso(wbi_text text, date_parts *parts) {
  int32_t clock[2] = {0}, second = 0;
  wbi_text rest = wbi_text_slice(text, 10, text.length);
  const size_t length = text.length < 10 ? text.length : 10;
  if (wb_date_parse(text.data, length, &parts->date) != WB_OK) return WB_E_RANGE;
  if (rest.length == 0) return WB_OK;
  if (!wbi_time_take(&rest, "T99:99", clock) && !wbi_time_take(&rest, "t99:99", clock) &&
      !wbi_time_take(&rest, " 99:99", clock)) {
    return WB_E_RANGE;
  }
  wbi_time_take_seconds(&rest, &second, &parts->nanoseconds);
  if (clock[0] > 23 || clock[1] > 59 || second > 59) return WB_E_RANGE;
  parts->second = clock[0] * 3600 + clock[1] * 60 + second;
  const bool space = wbi_text_starts(rest, WBI_TEXT(" "));
  return date_read_offset(wbi_text_slice(rest, space, rest.length), &parts->offset);
}

static bool date_is_number(wbi_text text) {
  for (size_t i = 0; i < text.length; i++) {
    if (!wbi_is_digit(text.data[i])) return false;
  }
  return true;
}

static wb_status date_read_text(const wbi_filtering *filtering, wbi_text text, date_parts *parts) {
  int64_t seconds = 0;
  if (!date_is_number(text)) return date_read_iso(text, parts);
  const wb_status status = wbi_parse_int(text, &seconds);
  return status == WB_OK ? date_of_instant(filtering, seconds, parts) : WB_E_RANGE;
}

/* Reads a value as a date. WB_E_RANGE: a text or a number that is none. */
static wb_status date_read(const wbi_filtering *filtering, const wb_value *value, bool *is_date,
                           date_parts *parts) {
  wbi_text text;
  wb_status status = WB_OK;
  *parts = (date_parts){0};
  *is_date = true;
  switch (value->kind) {
  case WB_DATE:
    parts->date = (wb_date)value->integer;
    status = wbi_date_valid(parts->date) ? WB_OK : WB_E_RANGE;
    break;
  case WB_UINT:
  case WB_INT:
  case WB_TIME: status = date_of_instant(filtering, value->integer, parts); break;
  case WB_TEXT:
    text = wbi_text_trim((wbi_text){value->data, value->length});
    *is_date = text.length > 0;
    if (*is_date) status = date_read_text(filtering, text, parts);
    break;
  default: *is_date = false;
  }
  if (!*is_date || status != WB_OK) return status;
  const wbi_split split = wbi_split_of(parts->date);
  parts->year = split.month / 12;
  parts->month = split.month % 12 + 1;
  parts->day = split.day;
  return wb_date_weekday(parts->date, &parts->weekday);
}

/* ---- words -------------------------------------------------------------------------------- */

static const char *const date_days[][7] = {
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"},
};

static const char *const date_months[][12] = {
    {"January", "February", "March", "April", "May", "June", "July", "August", "September",
     "October", "November", "December"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
     "octubre", "noviembre", "diciembre"},
};

static wbi_text date_day(const wbi_filtering *filtering, const date_parts *parts) {
  return wbi_text_of(date_days[filtering->spanish][parts->weekday - 1]);
}

static wbi_text date_month(const wbi_filtering *filtering, const date_parts *parts) {
  return wbi_text_of(date_months[filtering->spanish][parts->month - 1]);
}

/* The first three letters of a name. */
static wbi_text date_short(wbi_text name) {
  size_t at = 0;
  uint32_t letter = 0;
  for (int i = 0; i < 3; i++)
    (void)wbi_utf8_next(name, &at, &letter);
  return wbi_text_slice(name, 0, at);
}

wb_status wbi_filter_date_words(WBI_FILTER_ARGUMENTS) {
  date_parts parts;
  bool is_date = false;
  (void)arguments;
  (void)count;
  const wb_status status = date_read(filtering, value, &is_date, &parts);
  if (status != WB_OK || !is_date) return status;
  wbi_writer writer = wbi_room_begin(filtering->room);
  wbi_put_text(&writer, date_day(filtering, &parts));
  if (filtering->spanish) {
    wbi_put_char(&writer, ' ');
    wbi_put_int(&writer, parts.day);
    wbi_put_text(&writer, WBI_TEXT(" de "));
    wbi_put_text(&writer, date_month(filtering, &parts));
  } else {
    wbi_put_text(&writer, WBI_TEXT(", "));
    wbi_put_text(&writer, date_month(filtering, &parts));
    wbi_put_char(&writer, ' ');
    wbi_put_int(&writer, parts.day);
  }
  return wbi_room_finish(filtering->room, &writer, value);
}

/* ---- directives --------------------------------------------------------------------------- */

/* What stands between the percent sign and the letter. */
typedef struct date_flags {
  bool none, blank, zero; /* - _ 0: what a number is padded with */
  bool upper, swap;       /* ^ # */
  bool colon;
} date_flags;

/* A number in a directive: at least `width` digits, padded with `pad`. */
typedef struct date_number {
  int64_t value;
  uint32_t width;
  char pad;
} date_number;

/* Day of the year, from 0. */
static int32_t date_of_year(wb_date date, int32_t year) {
  return date - wbi_split_join((wbi_split){year * 12, 1});
}

/* The Thursday of the week says which year the week belongs to. */
static wb_date date_thursday(const date_parts *parts) {
  return parts->date + 4 - parts->weekday;
}

static int32_t date_week_year(const date_parts *parts) {
  return wbi_split_of(date_thursday(parts)).month / 12;
}

/* Numbers of the day. */
static bool date_day_number(const date_parts *parts, char letter, date_number *number) {
  const int32_t yday = date_of_year(parts->date, parts->year);
  const int32_t week_year = date_week_year(parts);
  switch (letter) {
  case 'Y': *number = (date_number){parts->year, 4, '0'}; return true;
  case 'C': *number = (date_number){parts->year / 100, 2, '0'}; return true;
  case 'y': *number = (date_number){parts->year % 100, 2, '0'}; return true;
  case 'm': *number = (date_number){parts->month, 2, '0'}; return true;
  case 'd': *number = (date_number){parts->day, 2, '0'}; return true;
  case 'e': *number = (date_number){parts->day, 2, ' '}; return true;
  case 'j': *number = (date_number){yday + 1, 3, '0'}; return true;
  case 'u': *number = (date_number){parts->weekday, 1, '0'}; return true;
  case 'w': *number = (date_number){parts->weekday % 7, 1, '0'}; return true;
  case 'U': *number = (date_number){(yday + 7 - parts->weekday % 7) / 7, 2, '0'}; return true;
  case 'W': *number = (date_number){(yday + 8 - parts->weekday) / 7, 2, '0'}; return true;
  case 'G': *number = (date_number){week_year, 4, '0'}; return true;
  case 'g': *number = (date_number){week_year % 100, 2, '0'}; return true;
  case 'V':
    *number = (date_number){date_of_year(date_thursday(parts), week_year) / 7 + 1, 2, '0'};
    return true;
  default: return false;
  }
}

/* Numbers of the time of day. */
static bool date_time_number(const date_parts *parts, char letter, date_number *number) {
  const int32_t hour = parts->second / 3600;
  const int32_t half = (hour + 11) % 12 + 1;
  switch (letter) {
  case 'H': *number = (date_number){hour, 2, '0'}; return true;
  case 'k': *number = (date_number){hour, 2, ' '}; return true;
  case 'I': *number = (date_number){half, 2, '0'}; return true;
  case 'l': *number = (date_number){half, 2, ' '}; return true;
  case 'M': *number = (date_number){parts->second / 60 % 60, 2, '0'}; return true;
  case 'S': *number = (date_number){parts->second % 60, 2, '0'}; return true;
  case 'L': *number = (date_number){parts->nanoseconds / 1000000, 3, '0'}; return true;
  case 'N': *number = (date_number){parts->nanoseconds, 9, '0'}; return true;
  case 's':
    *number = (date_number){(int64_t)parts->date * WBI_DAY + parts->second - parts->offset, 1, '0'};
    return true;
  default: return false;
  }
}

/* What a number is padded with; NUL: nothing. */
static char date_pad(char usual, const date_flags *flags) {
  if (flags->none) return '\0';
  if (flags->blank) return ' ';
  return flags->zero ? '0' : usual;
}

static void date_put_number(wbi_writer *writer, const date_number *number, char pad) {
  int64_t bound = 1;
  if (number->width == 1 || pad == '\0') {
    wbi_put_int(writer, number->value);
    return;
  }
  for (uint32_t i = 1; i < number->width; i++) {
    bound *= 10;
    if (number->value < bound) wbi_put_char(writer, pad);
  }
  wbi_put_int(writer, number->value);
}

/* The offset: "-0400", with a colon "-04:00". */
static void date_put_offset(wbi_writer *writer, int32_t offset, bool colon) {
  const uint32_t minutes = (uint32_t)(offset < 0 ? -offset : offset) / 60;
  wbi_put_char(writer, offset < 0 ? '-' : '+');
  wbi_put_padded(writer, minutes / 60, 2);
  if (colon) wbi_put_char(writer, ':');
  wbi_put_padded(writer, minutes % 60, 2);
}

/* Words, and signs that stand for others; false: the letter is none of them. */
static bool date_word(const wbi_filtering *filtering, const date_parts *parts, char letter,
                      wbi_text *word) {
  const bool morning = parts->second < WBI_DAY / 2;
  switch (letter) {
  case 'A': *word = date_day(filtering, parts); return true;
  case 'a': *word = date_short(date_day(filtering, parts)); return true;
  case 'B': *word = date_month(filtering, parts); return true;
  case 'b':
  case 'h': *word = date_short(date_month(filtering, parts)); return true;
  case 'p': *word = morning ? WBI_TEXT("AM") : WBI_TEXT("PM"); return true;
  case 'P': *word = morning ? WBI_TEXT("am") : WBI_TEXT("pm"); return true;
  case 'Z': *word = parts->offset == 0 ? WBI_TEXT("UTC") : WBI_TEXT(""); return true;
  case 'n': *word = WBI_TEXT("\n"); return true;
  case 't': *word = WBI_TEXT("\t"); return true;
  case '%': *word = WBI_TEXT("%"); return true;
  default: return false;
  }
}

/* What a letter stands for that is several directives. */
static wbi_text date_several(char letter) {
  switch (letter) {
  case 'c': return WBI_TEXT("%a %b %e %H:%M:%S %Y");
  case 'D':
  case 'x': return WBI_TEXT("%m/%d/%y");
  case 'F': return WBI_TEXT("%Y-%m-%d");
  case 'R': return WBI_TEXT("%H:%M");
  case 'r': return WBI_TEXT("%I:%M:%S %p");
  case 'T':
  case 'X': return WBI_TEXT("%H:%M:%S");
  case 'v': return WBI_TEXT("%e-%^b-%Y");
  default: return (wbi_text){NULL, 0};
  }
}

/* Reads the flags of a directive and moves on to its letter. */
static date_flags date_take_flags(wbi_text format, size_t *at) {
  date_flags flags = {0};
  for (; *at < format.length; ++*at) {
    switch (format.data[*at]) {
    case '-': flags.none = true; break;
    case '_': flags.blank = true; break;
    case '0': flags.zero = true; break;
    case '^': flags.upper = true; break;
    case '#': flags.swap = true; break;
    default: return flags;
    }
  }
  return flags;
}

/* The other case of AM and UTC is small letters, that of a name is capitals. */
static void date_put_word(wbi_writer *writer, wbi_text word, char letter, const date_flags *flags) {
  const bool capitals = letter == 'p' || letter == 'Z';
  if (flags->upper || (flags->swap && !capitals)) {
    wbi_put_upper(writer, word);
  } else if (flags->swap) {
    wbi_put_lower(writer, word);
  } else {
    wbi_put_text(writer, word);
  }
}

/* Writes what a letter alone stands for; false: nothing. */
static bool date_put_letter(const wbi_filtering *filtering, wbi_writer *writer,
                            const date_parts *parts, char letter, const date_flags *flags) {
  date_number number;
  wbi_text word;
  if (date_day_number(parts, letter, &number) || date_time_number(parts, letter, &number)) {
    /* A fraction of the second has all its digits. */
    const bool fraction = letter == 'L' || letter == 'N';
    date_put_number(writer, &number, fraction ? '0' : date_pad(number.pad, flags));
    return true;
  }
  if (letter == 'z') {
    date_put_offset(writer, parts->offset, flags->colon);
    return true;
  }
  if (!date_word(filtering, parts, letter, &word)) return false;
  date_put_word(writer, word, letter, flags);
  return true;
}

/* Writes what a letter stands for that is several directives: plain ones, but %^b. */
static bool date_put_several(const wbi_filtering *filtering, wbi_writer *writer,
                             const date_parts *parts, char letter, bool upper) {
  const wbi_text several = date_several(letter);
  for (size_t i = 0; i < several.length; i++) {
    date_flags flags = {.upper = upper};
    if (several.data[i] != '%') {
      wbi_put_char(writer, several.data[i]);
      continue;
    }
    if (several.data[++i] == '^') {
      flags.upper = true;
      i++;
    }
    (void)date_put_letter(filtering, writer, parts, several.data[i], &flags);
  }
  return several.length > 0;
}

/* Writes the directive behind a percent sign and moves past it. One that is none stays as it is.
   WB_E_RANGE: a width, or another form of strftime that is not served. */
static wb_status date_put_directive(const wbi_filtering *filtering, wbi_writer *writer,
                                    const date_parts *parts, wbi_text format, size_t *at) {
  const size_t from = *at - 1;
  date_flags flags = date_take_flags(format, at);
  const wbi_text rest = wbi_text_slice(format, *at, format.length);
  if (wbi_text_starts(rest, WBI_TEXT("::"))) return WB_E_RANGE;
  flags.colon = wbi_text_starts(rest, WBI_TEXT(":z"));
  *at += flags.colon;
  const char letter = *at < format.length ? format.data[*at] : '\0';
  if (letter == 'z' && (flags.none || flags.blank)) return WB_E_RANGE;
  if ((letter >= '1' && letter <= '9') || letter == 'E' || letter == 'O') return WB_E_RANGE;
  *at += *at < format.length;
  if (date_put_letter(filtering, writer, parts, letter, &flags)) return WB_OK;
  if (date_put_several(filtering, writer, parts, letter, flags.upper)) return WB_OK;
  wbi_put_text(writer, wbi_text_slice(format, from, *at));
  return WB_OK;
}

wb_status wbi_filter_date(WBI_FILTER_ARGUMENTS) {
  date_parts parts;
  wbi_text format;
  bool is_date = false;
  (void)count;
  wb_status status = wbi_value_write(filtering, &arguments[0], &format);
  if (status != WB_OK || format.length == 0) return status;
  status = date_read(filtering, value, &is_date, &parts);
  if (status != WB_OK || !is_date) return status;
  wbi_writer writer = wbi_room_begin(filtering->room);
  for (size_t at = 0; at < format.length && status == WB_OK;) {
    const char c = format.data[at++];
    if (c != '%') {
      wbi_put_char(&writer, c);
    } else {
      status = date_put_directive(filtering, &writer, &parts, format, &at);
    }
  }
  return status == WB_OK ? wbi_room_finish(filtering->room, &writer, value) : status;
}
