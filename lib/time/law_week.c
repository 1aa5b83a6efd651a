/* SPDX-License-Identifier: MIT */
/*
 * What binds a class in a region, worked out when a pack is read: for each season, that is days
 * through which the same rules are in force, and each weekday, when the place is open, and by which
 * rule. Holidays are left to the day of the question.
 */
#include "time/time_private.h"

/* Seasons and stretches of a pack together; those that ship have some hundreds, us 3,500. */
enum { WEEK_PIECES_MOST = 32768 };

/* A rule on a weekday: open or not at a second, and until when. Windows do not pass midnight. */
static bool week_ask(const wbi_law_rule *rule, int32_t weekday, int32_t second, int32_t *until) {
  *until = WBI_DAY;
  for (uint32_t i = 0; i < rule->window_count; i++) {
    const wb_window *window = &rule->windows[i];
    if ((window->weekdays >> weekday & 1) == 0 || second >= window->to) continue;
    if (second >= window->from) {
      *until = window->to;
      return true;
    }
    if (window->from < *until) *until = window->from; /* same: or it is that already */
  }
  return false;
}

/* Whether a rule is in force on a day. */
static bool week_in_force(const wbi_law_rule *rule, wb_date date) {
  return date >= rule->from && date <= rule->to;
}

/* What the rules in force say together at a second of a weekday: of those that are open the first
   to close counts, of those that are closed the last to open. */
static wbi_law_stretch week_stretch(const wbi_pack *pack, const wbi_law_hours *hours, wb_date date,
                                    int32_t weekday, int32_t second) {
  wbi_law_stretch all = {.to = WBI_DAY, .until = WBI_DAY + 1, .open = true};
  for (uint32_t i = 0; i < hours->rule_count; i++) {
    const wbi_law_rule *rule = &pack->rules[hours->rules[i]];
    int32_t until = 0;
    if (!week_in_force(rule, date)) continue;
    const bool open = week_ask(rule, weekday, second, &until);
    if (until < all.to) all.to = until;
    const bool counts = open != all.open ? !open : open ? until < all.until : until > all.until;
    if (!counts) continue;
    all.until = until;
    all.rule = hours->rules[i];
    all.open = open;
  }
  return all;
}

/* Cuts a weekday into stretches; NULL only counts them. */
static uint32_t week_cut_day(const wbi_pack *pack, const wbi_law_hours *hours, wb_date date,
                             int32_t weekday, wbi_law_stretch *stretches) {
  wbi_law_stretch before = {.to = 0};
  uint32_t count = 0;
  while (before.to < WBI_DAY) {
    const wbi_law_stretch next = week_stretch(pack, hours, date, weekday, before.to);
    const bool same = next.open == before.open && next.until == before.until &&
                      next.rule == before.rule; /* no stretch is until 0, as before the first */
    count += !same;
    if (stretches != NULL) stretches[count - 1] = next;
    before = next;
  }
  return count;
}

/* Takes memory for seasons or stretches; WB_E_LIMIT: there are too many. */
static wb_status week_array(wbi_pack_reader *reader, uint32_t count, size_t item_size,
                            void *array) {
  wbi_pack *pack = reader->pack;
  if (count > WEEK_PIECES_MOST - pack->piece_count) return WB_E_LIMIT;
  pack->piece_count += count;
  return wbi_pack_array(reader, count, item_size, array);
}

/* Works out the days of a season. */
static wb_status week_read_season(wbi_pack_reader *reader, const wbi_law_hours *hours,
                                  wbi_law_season *season) {
  const wbi_pack *pack = reader->pack;
  bool bound = false;
  for (uint32_t i = 0; i < hours->rule_count; i++) {
    const wbi_law_rule *rule = &pack->rules[hours->rules[i]];
    if (!week_in_force(rule, season->from)) continue;
    season->closed_on |= rule->closed_on;
    bound = true;
  }
  for (int32_t weekday = 1; bound && weekday <= 7; weekday++) {
    const uint32_t count = week_cut_day(pack, hours, season->from, weekday, NULL);
    wbi_law_stretch *stretches = NULL;
    const wb_status status = week_array(reader, count, sizeof *stretches, &stretches);
    if (status != WB_OK) return status;
    week_cut_day(pack, hours, season->from, weekday, stretches);
    season->days[weekday - 1] = stretches;
  }
  return WB_OK;
}

/* The first day after another on which other rules are in force; none: past the last day. */
static wb_date week_next_season(const wbi_pack *pack, const wbi_law_hours *hours, wb_date date) {
  wb_date next = WB_DATE_MAX + 1;
  for (uint32_t i = 0; i < hours->rule_count; i++) {
    const wbi_law_rule *rule = &pack->rules[hours->rules[i]];
    if (rule->from > date && rule->from < next) next = rule->from;
    /* same: or it is that already */
    if (rule->to >= date && rule->to + 1 < next) next = rule->to + 1;
  }
  return next;
}

/* Works out the seasons. */
static wb_status week_read_seasons(wbi_pack_reader *reader, wbi_law_hours *hours) {
  const wbi_pack *pack = reader->pack;
  uint32_t count = 0;
  for (wb_date from = WB_DATE_MIN; from <= WB_DATE_MAX; count++)
    from = week_next_season(pack, hours, from);
  wb_status status = week_array(reader, count, sizeof *hours->seasons, &hours->seasons);
  for (wb_date from = WB_DATE_MIN; from <= WB_DATE_MAX && status == WB_OK;
       from = week_next_season(pack, hours, from)) {
    wbi_law_season *season = &hours->seasons[hours->season_count++];
    season->from = from;
    status = week_read_season(reader, hours, season);
  }
  return status;
}

/* Whether a rule of hours binds a class in a region; the country is bound by all of its rules. */
static bool week_binds(const wbi_law_rule *rule, uint32_t region, uint32_t class_) {
  if (rule->kind != WB_LAW_HOURS || (rule->classes >> class_ & 1) == 0) return false;
  return region == 0 || (rule->regions >> region & 1) != 0;
}

/* Lists the rules that bind a class in a region. */
static wb_status week_list(wbi_pack_reader *reader, uint32_t region, uint32_t class_,
                           wbi_law_hours *hours) {
  const wbi_pack *pack = reader->pack;
  uint32_t count = 0;
  uint16_t *rules = NULL;
  for (uint32_t i = 0; i < pack->rule_count; i++)
    count += week_binds(&pack->rules[i], region, class_);
  const wb_status status = wbi_pack_array(reader, count, sizeof *rules, &rules);
  if (status != WB_OK) return status;
  for (uint32_t i = 0; i < pack->rule_count; i++) {
    if (week_binds(&pack->rules[i], region, class_)) rules[hours->rule_count++] = (uint16_t)i;
  }
  hours->rules = rules;
  return WB_OK;
}

/* The table of the same rules, where some class of some region before has it. */
static const wbi_law_hours *week_same(const wbi_pack *pack, const wbi_law_hours *hours) {
  for (const wbi_law_hours *other = pack->hours; other != NULL; other = other->next) {
    if (other->rule_count == hours->rule_count &&
        memcmp(other->rules, hours->rules, hours->rule_count * sizeof *hours->rules) == 0) {
      return other;
    }
  }
  return NULL;
}

/* Finds or works out what binds a class in a region. */
static wb_status week_read(wbi_pack_reader *reader, uint32_t region, uint32_t class_) {
  wbi_pack *pack = reader->pack;
  wbi_law_hours listed = {.next = pack->hours}, *made = NULL;
  wb_status status = week_list(reader, region, class_, &listed);
  if (status != WB_OK) return status;
  pack->regions[region].hours[class_] = week_same(pack, &listed);
  if (pack->regions[region].hours[class_] != NULL) return WB_OK;
  status = week_read_seasons(reader, &listed);
  if (status == WB_OK) status = wbi_pack_array(reader, 1, sizeof *made, &made);
  if (status != WB_OK || WBI_NEVER(made == NULL)) return status;
  *made = listed;
  pack->hours = made;
  pack->regions[region].hours[class_] = made;
  return WB_OK;
}

/* Finds or works out what binds every class in every region. */
static wb_status week_read_all(wbi_pack_reader *reader) {
  for (uint32_t region = 0; region < reader->pack->region_count; region++) {
    for (uint32_t class_ = 1; class_ < WBI_LAW_CLASSES; class_++) {
      const wb_status status = week_read(reader, region, class_);
      if (status != WB_OK) return status;
    }
  }
  return WB_OK;
}

wb_status wbi_pack_weeks(wbi_pack_reader *reader, const wbi_json *root) {
  const wb_status status = week_read_all(reader);
  return status != WB_E_LIMIT ? status
                              : wbi_json_fail(wbi_json_find(root, "rules"), reader->error, status,
                                              "These rules cut time into more than 32,768 pieces.");
}

const wbi_law_season *wbi_law_season_on(const wbi_law_hours *hours, wb_date date) {
  const wbi_law_season *season = hours->seasons + hours->season_count - 1;
  while (season->from > date)
    season--;
  return season;
}
