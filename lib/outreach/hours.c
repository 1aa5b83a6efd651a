/* SPDX-License-Identifier: MIT */
/* When outreach may go out: inside the law and, within it, the hours of the practice. */
#include "data/data.h"
#include "outreach/practice_private.h"

/* Convention: office hours, when a person is there to answer. */
static void hours_default(wb_practice *practice) {
  uint32_t count = 0;
  for (const wbi_data_window *row = wbi_data_hours; row->weekdays != 0; row++) {
    if (WBI_NEVER(count == WBI_HOURS_MOST)) break; /* they are our own, and few */
    practice->hours[count++] = (wb_window){row->weekdays, row->from, row->to};
  }
  practice->hours_count = count;
}

wb_status wbi_hours_read(wb_practice *practice, const wb_window *given, uint32_t count,
                         wb_error *error) {
  if (count == 0) {
    hours_default(practice);
    return WB_OK;
  }
  if (given == NULL || count > WBI_HOURS_MOST)
    return wbi_fail(error, WB_E_INVALID, "The hours are missing, or more than 16 windows.");
  for (uint32_t i = 0; i < count; i++) {
    const wb_window *window = given + i;
    const bool days = window->weekdays != 0 && (window->weekdays & ~WB_WEEKDAYS_ALL) == 0;
    if (!days || window->from < 0 || window->from >= window->to || window->to > WBI_DAY)
      return wbi_fail(error, WB_E_INVALID, "A window of the hours is none within a day.");
    practice->hours[i] = *window;
  }
  practice->hours_count = count;
  return WB_OK;
}

/* Whether the practice's hours bind a class: what is about a visit, or answers, goes by the law. */
static bool hours_own(int32_t class_) {
  return class_ != WB_MESSAGE_TRANSACTIONAL && class_ != WB_MESSAGE_URGENT;
}

wb_time wbi_hours_due(const wb_practice *practice, const wb_campaign *campaign, const wb_zone *zone,
                      wb_time at) {
  return hours_own(campaign->class_) ? wbi_hours_next(practice, zone, at) : at;
}

wb_time wbi_hours_next(const wb_practice *practice, const wb_zone *zone, wb_time at) {
  wb_time open_at, until;
  const wb_status status =
      wbi_window_next(zone, practice->hours, practice->hours_count, at, &open_at, &until);
  return status == WB_OK ? open_at : at;
}

/* The beginning of the local day some days after an instant. */
static wb_time hours_day(const wb_zone *zone, wb_time at, int32_t days) {
  wb_local local;
  wb_time begin;
  if (zone == NULL || wb_zone_local(zone, at, &local) != WB_OK) return at + (wb_time)days * WBI_DAY;
  const wb_local day = {.date = local.date + days};
  if (wb_zone_instant(zone, &day, 0, &begin) != WB_OK) return at + (wb_time)days * WBI_DAY;
  return begin;
}

/* What was asked about days around an instant: nothing, where it was another's. */
static wbi_days_asked *hours_days(wb_practice *practice, const wb_zone *zone, wb_time at) {
  wbi_days_asked *asked = &practice->days_asked;
  wb_local local;
  if (asked->zone == zone && asked->at == at) return asked;
  const bool placed = wb_zone_local(zone, at, &local) == WB_OK;
  *asked = (wbi_days_asked){.zone = zone, .at = at, .today = placed ? local.date : WB_DATE_NONE};
  for (size_t i = 0; i < WBI_DAYS_KEPT; i++)
    asked->began[i] = WB_TIME_NONE;
  return asked;
}

wb_time wbi_practice_day(wb_practice *practice, const wb_zone *zone, wb_time at, int32_t days) {
  if (zone == NULL) return hours_day(zone, at, days);
  wb_time *began = &hours_days(practice, zone, at)->began[days + WBI_DAYS_BACK];
  if (*began == WB_TIME_NONE) *began = hours_day(zone, at, days);
  return *began;
}

wb_date wbi_practice_today(wb_practice *practice, const wb_zone *zone, wb_time at) {
  return zone != NULL ? hours_days(practice, zone, at)->today : WB_DATE_NONE;
}

wb_status wbi_practice_law(wb_practice *practice, wb_error *error) {
  if (practice->law != NULL) return WB_OK;
  return wb_law_new(practice->context, NULL, 0, &practice->law, error);
}

/* Whether the same was asked last. */
static bool hours_same(const wbi_hours_asked *asked, const wb_zone *here,
                       const wbi_jurisdiction *place, const wb_campaign *campaign, int32_t class_,
                       wb_time at) {
  const wbi_text region = {asked->region, asked->region_length};
  return asked->campaign == campaign && asked->zone == place->zone && asked->here == here &&
         asked->class_ == class_ && asked->at == at && wbi_text_equal(region, place->region);
}

/* Keeps an answer for the rest of the call. */
static void hours_keep(wbi_hours_asked *asked, const wb_zone *here, const wbi_jurisdiction *place,
                       const wb_campaign *campaign, int32_t class_, wb_time at,
                       const wb_law_answer *answer) {
  const wbi_text region = place->region;
  asked->campaign = NULL;
  if (region.length > sizeof asked->region) return;
  *asked = (wbi_hours_asked){.zone = place->zone,
                             .here = here,
                             .campaign = campaign,
                             .at = at,
                             .class_ = class_,
                             .region_length = (uint32_t)region.length,
                             .answer = *answer};
  if (region.length > 0) /* same: there is nothing to copy */
    memcpy(asked->region, region.data, region.length);
}

wb_status wbi_hours_find(wb_practice *practice, const wb_zone *here, const wbi_jurisdiction *place,
                         const wb_campaign *campaign, int32_t class_, wb_time at,
                         wb_law_answer *answer, wb_error *error) {
  if (hours_same(&practice->hours_asked, here, place, campaign, class_, at)) {
    *answer = practice->hours_asked.answer;
    return WB_OK;
  }
  const bool own = hours_own(class_);
  const wb_law_question question = {.size = sizeof question,
                                    .at = at,
                                    .zones = &place->zone,
                                    .zone_count = place->zone != NULL,
                                    .regions = place->region.data,
                                    .regions_length = (uint32_t)place->region.length,
                                    .hours_zone = here,
                                    .hours = own ? practice->hours : NULL,
                                    .hours_count = own ? practice->hours_count : 0,
                                    .preference = campaign->hours.items,
                                    .preference_count = campaign->hours.count,
                                    .message_class = class_};
  wb_status status = wbi_practice_law(practice, error);
  if (status != WB_OK) return status;
  *answer = (wb_law_answer){.size = sizeof *answer};
  status = wb_law_find(practice->law, &question, answer);
  if (status == WB_OK)
    hours_keep(&practice->hours_asked, here, place, campaign, class_, at, answer);
  return status;
}
