/* SPDX-License-Identifier: MIT */
/* Zones: from instants to local time and back. */
#include "time/time_private.h"

#include "data/data.h"

struct wb_zone {
  wbi_refs refs;
  wb_context *context;
  const char *line; /* of the table of names; NULL: made from a TZ string */
  wbi_zone_rules rules;
};

/* ---- names -------------------------------------------------------------------------------- */

/* Cuts the text before the first `end` off *rest, and `end` with it. */
static wbi_text zone_cut(wbi_text *rest, char end) {
  const char *found = memchr(rest->data, end, rest->length);
  const size_t length = found != NULL ? (size_t)(found - rest->data) : rest->length;
  const wbi_text part = wbi_text_slice(*rest, 0, length);
  *rest = wbi_text_slice(*rest, length + 1, rest->length);
  return part;
}

/* A walk through the names of the table: each of its lines is a TZ string and its names. */
typedef struct zone_names {
  wbi_text table; /* what is left */
  wbi_text line;  /* names left of the present line */
  wbi_text rules; /* TZ string of the present line */
  wbi_text name;
} zone_names;

/* Moves to the next name; false at the end. */
static bool zone_next(zone_names *names) {
  while (names->line.length == 0) {
    if (names->table.length == 0) return false;
    names->line = zone_cut(&names->table, '\n');
    names->rules = zone_cut(&names->line, ' ');
  }
  names->name = zone_cut(&names->line, ' ');
  return true;
}

/* A walk before its first name. */
static zone_names zone_all(void) {
  return (zone_names){.table = {wbi_data_zones[0].text, wbi_data_zones[0].length}};
}

/* The TZ string of a built-in name; empty when there is none. */
static wbi_text zone_find(wbi_text name) {
  zone_names names = zone_all();
  while (zone_next(&names)) {
    if (wbi_text_equal(names.name, name)) return names.rules;
  }
  return (wbi_text){NULL, 0};
}

/* The built-in name nearest to another; empty when none is near. */
static wbi_text zone_nearest(wbi_text name) {
  zone_names names = zone_all();
  wbi_text nearest = {NULL, 0};
  while (zone_next(&names)) {
    const wbi_text pair[2] = {names.name, nearest};
    nearest = wbi_text_nearest(name, pair, 2);
  }
  return nearest;
}

/* Whether a text is meant as a TZ string: <…, or letters and then a sign or digit. */
static bool zone_is_rules(wbi_text text) {
  size_t at = 0;
  while (at < text.length && wbi_is_letter(text.data[at]))
    at++;
  if (at == text.length) return false;
  const char c = text.data[at];
  return at == 0 ? c == '<' : c == '+' || c == '-' || wbi_is_digit(c);
}

/* Reads a name or a TZ string. */
static wb_status zone_read(wbi_text text, wb_zone *zone, wb_error *error) {
  const wbi_text found = zone_find(text);
  zone->line = found.data;
  if (found.length > 0) return wbi_zone_read(found, &zone->rules, error);
  if (zone_is_rules(text)) return wbi_zone_read(text, &zone->rules, error);
  if (error == NULL) return WB_E_NAME; /* same: nobody is told of the nearest */
  const wbi_text nearest = zone_nearest(text);
  if (nearest.length == 0) return wbi_fail(error, WB_E_NAME, "There is no zone of this name.");
  return wbi_fail_name(error, WB_E_NAME, "There is no zone of this name; did you mean \"", nearest,
                       "\"?");
}

wb_status WB_CALL wb_zone_new(wb_context *context, const char *text, size_t length, wb_zone **zone,
                              wb_error *error) {
  wb_zone read = {0};
  const wb_status status = zone_read((wbi_text){text, length}, &read, error);
  if (status != WB_OK) return status;
  wb_zone *made = wbi_alloc(context, sizeof *made);
  if (made == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a zone.");
  wbi_refs_init(&made->refs);
  made->context = wb_context_ref(context);
  made->line = read.line;
  made->rules = read.rules;
  *zone = made;
  return WB_OK;
}

wb_zone *WB_CALL wb_zone_ref(wb_zone *zone) {
  if (zone != NULL) wbi_refs_take(&zone->refs);
  return zone;
}

wb_zone *wbi_zone_hold(const wb_zone *zone) {
  return wb_zone_ref((wb_zone *)(uintptr_t)zone); /* but for the count it stays as it is */
}

void WB_CALL wb_zone_unref(wb_zone *zone) {
  if (zone == NULL || !wbi_refs_drop(&zone->refs)) return;
  wb_context *context = zone->context;
  wbi_free(context, zone, sizeof *zone);
  wb_context_unref(context);
}

bool wbi_zone_same_name(const wb_zone *a, const wb_zone *b) {
  return a->line != NULL && a->line == b->line;
}

bool wbi_zone_same_rules(const wb_zone *a, const wb_zone *b) {
  const wbi_zone_rules *x = &a->rules, *y = &b->rules;
  return x->standard == y->standard && x->daylight == y->daylight &&
         memcmp(x->start, y->start, sizeof x->start) == 0 &&
         memcmp(x->end, y->end, sizeof x->end) == 0;
}

/* ---- turns of the clocks ------------------------------------------------------------------ */

/* When the clocks turn to daylight time in a year, and when they turn back. */
typedef struct zone_turns {
  wb_time start, end;
} zone_turns;

/* The turns of a year. */
static zone_turns zone_turns_of(const wbi_zone_rules *rules, int32_t year) {
  const int32_t first = wbi_year_start(year);
  const int32_t weekday = (first - WB_DATE_MIN + 1 + 366 * 7) % 7; /* 0001-01-01 was a Monday */
  const int32_t kind = weekday + (wbi_year_leap(year) ? 7 : 0);
  const wb_time midnight = (wb_time)first * WBI_DAY;
  return (zone_turns){midnight + rules->start[kind], midnight + rules->end[kind]};
}

/* The year in which an instant falls, in standard time. */
static int32_t zone_year(const wbi_zone_rules *rules, wb_time at) {
  return wbi_date_civil(wbi_time_date(at + rules->standard)).year;
}

/* Whether daylight time is in force, when every turn falls in its own year. */
static bool zone_is_daylight(const wbi_zone_rules *rules, wb_time at, int32_t year) {
  const zone_turns turns = zone_turns_of(rules, year);
  if (turns.start <= turns.end) return at >= turns.start && at < turns.end;
  return at >= turns.start || at < turns.end; /* south of the equator */
}

/* Whether an instant is in the daylight time that begins in a year, which may end in the next. */
static bool zone_is_daylight_since(const wbi_zone_rules *rules, wb_time at, int32_t year) {
  const zone_turns turns = zone_turns_of(rules, year);
  if (at < turns.start) return false;
  if (turns.start <= turns.end) return at < turns.end;
  return at < zone_turns_of(rules, year + 1).end;
}

/* Local minus UTC. A rule may put a turn some days before or after its year. */
static int32_t zone_offset(const wbi_zone_rules *rules, wb_time at) {
  if (!rules->turns) return rules->standard; /* same: sooner */
  const int32_t year = zone_year(rules, at);
  if (rules->tidy) /* same: sooner */
    return zone_is_daylight(rules, at, year) ? rules->daylight : rules->standard;
  for (int32_t near = year - 1; near <= year + 1; near++) {
    if (zone_is_daylight_since(rules, at, near)) return rules->daylight;
  }
  return rules->standard;
}

/* The turn that skips a local time, in (after, last]: the first past which the clock shows more.
   One before it, within a longer winter, may change nothing. */
static wb_time zone_gap_end(const wbi_zone_rules *rules, wb_time after, wb_time last,
                            wb_time skipped) {
  wb_time best = last;
  const int32_t year = zone_year(rules, after);
  for (int32_t near = year - 1; near <= year + 1; near++) {
    const zone_turns turns = zone_turns_of(rules, near);
    for (size_t i = 0; i < 2; i++) { /* same: the end twice */
      const wb_time turn = i == 0 ? turns.start : turns.end;
      if (turn <= after || turn >= best) continue; /* same: neither is one that skips it */
      /* same: a time that a turn leads to is not skipped */
      if (turn + zone_offset(rules, turn) > skipped) best = turn;
    }
  }
  return best;
}

wb_time wbi_zone_steady(const wb_zone *zone, wb_time at, wb_time limit) {
  const wbi_zone_rules *rules = &zone->rules;
  if (!rules->turns) return limit;
  const int32_t first = zone_year(rules, at) - !rules->tidy;
  const int32_t last = zone_year(rules, limit) + !rules->tidy;
  for (int32_t year = first; year <= last; year++) {
    const zone_turns turns = zone_turns_of(rules, year);
    if (turns.start > at && turns.start < limit) limit = turns.start;
    if (turns.end > at && turns.end < limit) limit = turns.end;
  }
  return limit;
}

/* ---- to local time and back --------------------------------------------------------------- */

/* The local time of an instant at an offset. */
static wb_status zone_local_at(wb_time at, int32_t offset, wb_local *local) {
  const wb_time shown = at + offset;
  const wb_date date = wbi_time_date(shown);
  if (!wbi_date_valid(date)) return WB_E_RANGE;
  *local = (wb_local){date, (int32_t)(shown - (wb_time)date * WBI_DAY), offset};
  return WB_OK;
}

wb_status wbi_zone_local(const wb_zone *zone, wb_time at, wb_local *local) {
  if (!wbi_time_valid(at)) return WB_E_RANGE;
  return zone_local_at(at, zone != NULL ? zone_offset(&zone->rules, at) : 0, local);
}

wb_status WB_CALL wb_zone_local(const wb_zone *zone, wb_time at, wb_local *local) {
  return wbi_zone_local(zone, at, local);
}

/* Reads "+01:00", "-09:30" or "02:00". */
static wb_status zone_read_offset(wbi_text text, int32_t *offset) {
  char signed_text[6] = "+";
  if (text.length != 5) return wbi_offset_read(text, offset);
  memcpy(signed_text + 1, text.data, 5);
  return wbi_offset_read((wbi_text){signed_text, 6}, offset);
}

wb_status wbi_zone_local_named(wbi_text zone, wb_time at, wb_local *local) {
  wb_zone read = {0};
  int32_t offset = 0;
  if (!wbi_time_valid(at)) return WB_E_RANGE;
  wb_status status = zone_read_offset(zone, &offset);
  if (status == WB_OK) return zone_local_at(at, offset, local);
  if (status != WB_E_SYNTAX) return status;
  status = zone_read(zone, &read, NULL);
  return status == WB_OK ? wb_zone_local(&read, at, local) : status;
}

/* The instant at which the local clock shows `shown`. */
static wb_time zone_instant(const wbi_zone_rules *rules, wb_time shown, bool second) {
  const bool ahead = rules->daylight > rules->standard;
  const int32_t most = ahead ? rules->daylight : rules->standard;
  const int32_t least = ahead ? rules->standard : rules->daylight;
  const wb_time early = shown - most, late = shown - least;
  const bool early_real = zone_offset(rules, early) == most;
  const bool late_real = zone_offset(rules, late) == least;
  if (early_real && late_real) return second ? late : early;
  if (early_real) return early;
  if (late_real) return late; /* same: sooner, but for clocks that turn twice within an hour */
  return zone_gap_end(rules, early, late, shown);
}

wb_status WB_CALL wb_zone_instant(const wb_zone *zone, const wb_local *local, int32_t fold,
                                  wb_time *at) {
  if (!wbi_date_valid(local->date)) return WB_E_RANGE;
  if (local->second < 0 || local->second >= WBI_DAY) return WB_E_RANGE;
  const wb_time shown = (wb_time)local->date * WBI_DAY + local->second;
  const wb_time found = zone_instant(&zone->rules, shown, fold == 1);
  if (!wbi_time_valid(found)) return WB_E_RANGE;
  *at = found;
  return WB_OK;
}
