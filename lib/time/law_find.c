/* SPDX-License-Identifier: MIT */
/*
 * When a message may go out. Everything that binds is asked at one instant: is it open, and until
 * when does that answer hold? The first open instant is found by going from answer to answer.
 */
#include "time/time_private.h"

enum { FIND_GIVEN = 16, FIND_PLACES = 16, FIND_ZONES = 128, FIND_AHEAD = 14 * WBI_DAY };

/* Past every instant. */
#define FIND_NEVER (WB_TIME_MAX + 1)

/* A region with the rules that bind there. */
typedef struct find_place {
  const wbi_pack *pack;
  const wbi_law_hours *hours;
} find_place;

/* A zone, and how long its clock keeps the offset that it has. */
typedef struct find_zone {
  const wb_zone *zone;
  wb_time steady;
  int32_t offset;
} find_zone;

/* A question that was understood. */
typedef struct find_case {
  const wb_law_question *question;
  uint32_t place_count, zone_count;
  uint32_t flags; /* WB_LAW_UNCERTAIN or 0 */
  bool full;      /* not all have found room */
  find_place places[FIND_PLACES];
  find_zone hours_zone;
  find_zone zones[FIND_ZONES];
} find_case;

/* What is known of an instant: open or not, until when, and the rule that says so. */
typedef struct find_view {
  bool open;
  bool stale;
  wb_time until;
  const char *rule;
} find_view;

/* One local day in one zone, with the time of that day and the instant at which the clock or the
   day turns. */
typedef struct find_clock {
  wb_time at, limit;
  wb_date date;
  int32_t weekday, second;
} find_clock;

/* ---- one instant -------------------------------------------------------------------------- */

/* Takes an answer into a view. The first of the open ones to close counts; of the closed ones, the
   last to open; of those that open together, the one that was asked first. same: which of the open
   ones counts is not told. */
static void find_meet(find_view *view, bool open, wb_time until, const char *rule) {
  if (open != view->open ? open : open ? until >= view->until : until <= view->until) return;
  view->open = open;
  view->until = until;
  view->rule = rule;
}

/* The clock of a zone; false outside the calendar. */
static bool find_read_clock(find_zone *zone, wb_time at, find_clock *clock) {
  wb_local local = {0, 0, 0};
  if (at >= zone->steady) {
    if (wb_zone_local(zone->zone, at, &local) != WB_OK) return false;
    zone->offset = local.offset;
    zone->steady = wbi_zone_steady(zone->zone, at, at + 2 * FIND_AHEAD);
  }
  const wb_time shown = at + zone->offset;
  const wb_date date = wbi_time_date(shown);
  const wb_time midnight = (wb_time)(date + 1) * WBI_DAY - zone->offset;
  if (!wbi_date_valid(date)) return false;
  *clock = (find_clock){
      .at = at,
      .limit = midnight < zone->steady ? midnight : zone->steady,
      .date = date,
      .weekday = (date - WB_DATE_MIN) % 7 + 1,
      .second = (int32_t)(shown - (wb_time)date * WBI_DAY),
  };
  return true;
}

/* The end of an answer that holds until a second of the day. */
static wb_time find_until(const find_clock *clock, int32_t second) {
  const wb_time until = clock->at + (second - clock->second);
  return until < clock->limit ? until : clock->limit;
}

/* Whether one window is open on a clock; until the second at which that changes. */
static bool find_in_window(const wb_window *window, const find_clock *clock, int32_t *until) {
  const int32_t before = clock->weekday == 1 ? 7 : clock->weekday - 1;
  const bool today = (window->weekdays >> clock->weekday & 1) != 0;
  const bool since_yesterday = window->to < window->from && (window->weekdays >> before & 1) != 0;
  const int32_t end = window->to < window->from ? WBI_DAY : window->to; /* same: equal is closed */
  *until = WBI_DAY;
  if (since_yesterday && clock->second < window->to) {
    *until = window->to;
    return true;
  }
  if (!today || window->from == window->to || clock->second >= end) return false;
  *until = clock->second < window->from ? window->from : end;
  return clock->second >= window->from;
}

/* Whether one of some windows is open on a clock. */
static bool find_in_windows(const wb_window *windows, uint32_t count, const find_clock *clock,
                            int32_t *until) {
  int32_t opens = WBI_DAY;
  for (uint32_t i = 0; i < count; i++) {
    int32_t second = 0;
    if (find_in_window(&windows[i], clock, &second)) {
      *until = second;
      return true;
    }
    if (second < opens) opens = second;
  }
  *until = opens;
  return false;
}

/* The id of the first rule of a place that one of some calendars closes on a day. */
static const char *find_ban(const find_place *place, wb_date date, uint32_t calendars) {
  for (uint32_t i = 0; WBI_ALWAYS(i < place->hours->rule_count); i++) {
    const wbi_law_rule *rule = &place->pack->rules[place->hours->rules[i]];
    const bool in_force = date >= rule->from && date <= rule->to;
    if (in_force && (rule->closed_on & calendars) != 0) return rule->id;
  }
  return "";
}

/* Takes in the rules of a place; where none is in force the day is closed. */
static void find_ask_place(const find_place *place, const find_clock *clock, find_view *view) {
  const wbi_pack *pack = place->pack;
  const wbi_law_season *season = wbi_law_season_on(place->hours, clock->date);
  const wbi_law_stretch *stretch = season->days[clock->weekday - 1];
  view->stale = view->stale || clock->date > pack->review_by;
  if (stretch == NULL) {
    find_meet(view, false, clock->limit, "no-rule");
    return;
  }
  while (stretch->to <= clock->second)
    stretch++;
  find_meet(view, stretch->open, find_until(clock, stretch->until), pack->rules[stretch->rule].id);
  if (season->closed_on == 0) return; /* same: only sooner known */
  const uint32_t closed = wbi_pack_closed(pack, season->closed_on, clock->date);
  if (closed == 0) return;
  find_meet(view, false, clock->limit, find_ban(place, clock->date, closed));
}

/* Takes in windows of the question; none at all is no limit. */
static void find_ask_windows(const wb_window *windows, uint32_t count, const find_clock *clock,
                             const char *name, find_view *view) {
  int32_t until = WBI_DAY;
  if (count == 0) return;
  const bool open = find_in_windows(windows, count, clock, &until);
  find_meet(view, open, find_until(clock, until), name);
}

/* Takes in what binds in one of the recipient's zones. */
static void find_ask_zone(const find_case *found, find_zone *zone, wb_time at, find_view *view) {
  const wb_law_question *question = found->question;
  find_clock clock;
  if (!find_read_clock(zone, at, &clock)) {
    find_meet(view, false, FIND_NEVER, "");
    return;
  }
  for (uint32_t i = 0; i < found->place_count; i++)
    find_ask_place(&found->places[i], &clock, view);
  find_ask_windows(question->preference, question->preference_count, &clock, "preference", view);
  if (question->hours_zone != NULL) return;
  find_ask_windows(question->hours, question->hours_count, &clock, "hours", view);
}

/* All that is known of an instant. */
static find_view find_view_of(find_case *found, wb_time at) {
  const wb_law_question *question = found->question;
  find_view view = {.open = true, .until = FIND_NEVER, .rule = ""};
  for (uint32_t i = 0; i < found->zone_count; i++)
    find_ask_zone(found, &found->zones[i], at, &view);
  if (question->hours_zone == NULL || question->hours_count == 0) return view;
  find_clock clock;
  if (find_read_clock(&found->hours_zone, at, &clock)) {
    find_ask_windows(question->hours, question->hours_count, &clock, "hours", &view);
  } else {
    find_meet(&view, false, FIND_NEVER, "hours");
  }
  return view;
}

/* ---- understanding the question ----------------------------------------------------------- */

/* Adds a region of a pack. There is room for as many as a question may name, and for every country
   of a law. */
static void find_add_place(find_case *found, const wbi_pack *pack, uint32_t region) {
  const wbi_law_hours *hours = pack->regions[region].hours[found->question->message_class];
  for (uint32_t i = 0; i < found->place_count; i++) {
    if (found->places[i].hours == hours) return; /* same: it would be asked twice */
  }
  if (WBI_NEVER(found->place_count == FIND_PLACES)) {
    found->full = true;
    return;
  }
  found->places[found->place_count++] = (find_place){pack, hours};
}

/* Adds a zone, unless one with the same clock is there. There is room for those of a question, of a
   host's pack, and of all packs that ship. */
static void find_add_zone(find_case *found, const wb_zone *zone) {
  for (uint32_t i = 0; i < found->zone_count; i++) {
    const wb_zone *other = found->zones[i].zone;
    /* same: it would be asked twice */
    if (other == zone || wbi_zone_same_rules(other, zone)) return;
  }
  if (WBI_NEVER(found->zone_count == FIND_ZONES)) {
    found->full = true;
    return;
  }
  found->zones[found->zone_count++] = (find_zone){.zone = zone, .steady = WB_TIME_MIN};
}

/* Adds the zones of a region. */
static void find_add_zones_of(find_case *found, const wbi_pack *pack, uint32_t region) {
  for (uint32_t i = 0; i < pack->zone_count; i++) /* same: no region has a clock behind the last */
    if ((pack->regions[region].clocks >> i & 1) != 0) find_add_zone(found, pack->zones[i]);
}

/* Cuts the first region off a list; empty at its end. */
static wbi_text find_cut(wbi_text *list) {
  size_t begin = 0;
  while (begin < list->length && (list->data[begin] == ' ' || list->data[begin] == ','))
    begin++;
  size_t end = begin;
  while (end < list->length && list->data[end] != ' ' && list->data[end] != ',')
    end++;
  const wbi_text first = wbi_text_slice(*list, begin, end);
  *list = wbi_text_slice(*list, end, list->length);
  return first;
}

/* Adds the regions of the question, with their zones when it names none. WB_E_NAME: no pack knows
   one of them. */
static wb_status find_read_regions(const wb_law *law, find_case *found) {
  const wb_law_question *question = found->question;
  wbi_text list = {question->regions, question->regions_length};
  uint32_t count = 0;
  for (wbi_text name = find_cut(&list); name.length > 0; name = find_cut(&list)) {
    if (++count > FIND_GIVEN) return WB_E_LIMIT;
    const wbi_pack *pack = wbi_law_pack(law, name);
    if (pack == NULL) return WB_E_NAME;
    const uint32_t region = wbi_pack_region(pack, name);
    const bool whole = name.length == pack->regions[0].code.length;
    if (region == 0 && !whole) found->flags = WB_LAW_UNCERTAIN;
    find_add_place(found, pack, region);
    if (question->zone_count == 0) find_add_zones_of(found, pack, region);
  }
  return WB_OK;
}

/* Whether a pack has a zone. */
static bool find_has_zone(const wbi_pack *pack, const wb_zone *zone,
                          bool (*same)(const wb_zone *a, const wb_zone *b)) {
  for (uint32_t i = 0; i < pack->zone_count; i++) {
    if (same(pack->zones[i], zone)) return true;
  }
  return false;
}

/* Adds the countries that have a zone, by name or, when `same` says so, by the clock; whether there
   are any. */
static bool find_add_countries(const wb_law *law, find_case *found, const wb_zone *zone,
                               bool (*same)(const wb_zone *a, const wb_zone *b)) {
  bool any = false;
  for (uint32_t i = 0; i < law->pack_count; i++) {
    if (!find_has_zone(&law->packs[i], zone, same)) continue;
    find_add_place(found, &law->packs[i], 0);
    any = true;
  }
  return any;
}

/* Finds the pack of the one country that has a zone; NULL: none has, or several. */
static const wbi_pack *find_country(const wb_law *law, const wb_zone *zone,
                                    bool (*same)(const wb_zone *a, const wb_zone *b)) {
  const wbi_pack *found = NULL;
  for (uint32_t i = 0; i < law->pack_count; i++) {
    if (!find_has_zone(&law->packs[i], zone, same)) continue;
    if (found != NULL) return NULL;
    found = &law->packs[i];
  }
  return found;
}

wbi_text wbi_law_place(const wb_law *law, wbi_text region, const wb_zone *zone) {
  if (region.length > 0 || zone == NULL) return region;
  const wbi_pack *found = find_country(law, zone, wbi_zone_same_name);
  if (found == NULL) found = find_country(law, zone, wbi_zone_same_rules);
  return found != NULL ? found->regions[0].code : region;
}

/* Adds the countries of the question's zones: the zone may be anywhere in them. */
static wb_status find_read_countries(const wb_law *law, find_case *found) {
  for (uint32_t i = 0; i < found->zone_count; i++) {
    const wb_zone *zone = found->zones[i].zone;
    if (find_add_countries(law, found, zone, wbi_zone_same_name)) continue;
    if (!find_add_countries(law, found, zone, wbi_zone_same_rules)) return WB_E_NAME;
  }
  return WB_OK;
}

/* Understands places and zones. WB_E_NAME: no pack knows the place. */
static wb_status find_read_places(const wb_law *law, find_case *found) {
  const wb_law_question *question = found->question;
  for (uint32_t i = 0; i < question->zone_count; i++) {
    if (question->zones[i] == NULL) return WB_E_INVALID;
    find_add_zone(found, question->zones[i]);
  }
  wb_status status = find_read_regions(law, found);
  if (status == WB_OK && found->place_count == 0)
    status = found->zone_count > 0 ? find_read_countries(law, found) : WB_E_INVALID;
  return WBI_NEVER(found->full) ? WB_E_LIMIT : status;
}

/* Whether windows of the question can be read. */
static bool find_windows_valid(const wb_window *windows, uint32_t count) {
  if (windows == NULL) return count == 0;
  for (uint32_t i = 0; i < count; i++) {
    const wb_window *window = &windows[i];
    if (window->from < 0 || window->from > WBI_DAY || window->to < 0 || window->to > WBI_DAY ||
        (window->weekdays & ~WB_WEEKDAYS_ALL) != 0) {
      return false;
    }
  }
  return true;
}

/* Whether a question makes sense by itself. */
static wb_status find_check(const wb_law_question *question) {
  const int32_t class_ = question->message_class;
  if (class_ < WB_MESSAGE_TRANSACTIONAL || class_ > WB_MESSAGE_URGENT) return WB_E_INVALID;
  if (question->zone_count > FIND_GIVEN) return WB_E_LIMIT;
  if (question->zones == NULL && question->zone_count > 0) return WB_E_INVALID;
  if (question->regions == NULL && question->regions_length > 0) return WB_E_INVALID;
  if (!find_windows_valid(question->hours, question->hours_count) ||
      !find_windows_valid(question->preference, question->preference_count)) {
    return WB_E_INVALID;
  }
  return wbi_time_valid(question->at) ? WB_OK : WB_E_RANGE;
}

/* ---- the answer --------------------------------------------------------------------------- */

/* The first open instant, at most 14 days ahead, and what held until then. */
static void find_open(find_case *found, wb_law_answer *answer, find_view *view) {
  const wb_time from = found->question->at;
  wb_time at = from;
  *view = find_view_of(found, at);
  const bool stale = view->stale;
  while (!view->open) {
    answer->held_by = view->rule;
    if (view->until - from > FIND_AHEAD || !wbi_time_valid(view->until)) {
      answer->flags = WB_LAW_CLOSED | (stale ? WB_LAW_STALE : 0);
      return;
    }
    at = view->until;
    *view = find_view_of(found, at);
  }
  answer->open_at = at;
  answer->flags = view->stale ? WB_LAW_STALE : 0;
}

/* The end of the open stretch, at most 14 days ahead. */
static void find_end(find_case *found, wb_law_answer *answer, find_view view) {
  const wb_time last = answer->open_at + FIND_AHEAD;
  while (view.open && view.until < last && wbi_time_valid(view.until)) {
    answer->until = view.until;
    view = find_view_of(found, view.until);
  }
  if (view.open) {
    answer->until = view.until < last ? view.until : last;
    if (!wbi_time_valid(answer->until)) answer->until = WB_TIME_MAX;
  } else {
    answer->rule = view.rule;
  }
}

wb_status WB_CALL wb_law_find(const wb_law *law, const wb_law_question *question,
                              wb_law_answer *answer) {
  wb_law_question asked;
  if (law == NULL || answer == NULL) return WB_E_INVALID;
  wb_status status = wbi_struct_read(question, sizeof asked, &asked, sizeof asked, 0, NULL);
  if (status == WB_OK) status = find_check(&asked);
  if (status != WB_OK) return status;
  find_case found; /* its arrays are long: only what is counted is set */
  found.question = &asked;
  found.place_count = found.zone_count = found.flags = 0;
  found.full = false;
  found.hours_zone = (find_zone){.zone = asked.hours_zone, .steady = WB_TIME_MIN};
  wb_law_answer made = {.open_at = WB_TIME_NONE, .until = WB_TIME_NONE, .rule = "", .held_by = ""};
  status = find_read_places(law, &found);
  if (status == WB_E_NAME) {
    made.flags = WB_LAW_CLOSED | WB_LAW_NOWHERE;
    made.held_by = "no-rule";
  } else if (status == WB_OK) {
    find_view view;
    find_open(&found, &made, &view);
    if ((made.flags & WB_LAW_CLOSED) == 0) find_end(&found, &made, view);
    made.flags |= found.flags;
  } else {
    return status;
  }
  return wbi_struct_write(answer, sizeof made, &made, sizeof made);
}
