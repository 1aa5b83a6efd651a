/* SPDX-License-Identifier: MIT */
/* The filters of `{{ value | filter }}`. */
#include "liquid/liquid_private.h"

#include <winback/date.h>

/* `default`: what is written when there is no value. */
static void filter_default(wb_value *value, const wb_value *argument, char *room) {
  (void)room;
  if (wbi_value_missing(value)) *value = *argument;
}

/* `date_words`: a day as people say it, "Tuesday, March 3". */
static void filter_date_words(wb_value *value, const wb_value *argument, char *room) {
  static const char *const filter_days[] = {"Monday, ", "Tuesday, ",  "Wednesday, ", "Thursday, ",
                                            "Friday, ", "Saturday, ", "Sunday, "};
  static const char *const filter_months[] = {"January ",   "February ", "March ",    "April ",
                                              "May ",       "June ",     "July ",     "August ",
                                              "September ", "October ",  "November ", "December "};
  (void)argument;
  int32_t year = 0, month = 0, day = 0, weekday = 0;
  const wb_date date = (wb_date)value->integer;
  if (value->kind != WB_DATE || wb_date_split(date, &year, &month, &day) != WB_OK ||
      wb_date_weekday(date, &weekday) != WB_OK) {
    return;
  }
  wbi_writer writer = {room, WBI_FILTER_ROOM, 0};
  wbi_put_text(&writer, wbi_text_of(filter_days[weekday - 1]));
  wbi_put_text(&writer, wbi_text_of(filter_months[month - 1]));
  wbi_put_int(&writer, day);
  *value = (wb_value){
      .size = sizeof *value, .kind = WB_TEXT, .data = room, .length = (uint32_t)writer.length};
}

static const wbi_old_filter filter_table[] = {
    {"default", 1, WB_UNKNOWN, WB_UNKNOWN, filter_default},
    {"date_words", 0, WB_DATE, WB_TEXT, filter_date_words},
};

const wbi_old_filter *wbi_old_filter_find(wbi_text name) {
  for (size_t i = 0; i < WBI_COUNT(filter_table); i++) {
    if (wbi_text_equal(name, wbi_text_of(filter_table[i].name))) return &filter_table[i];
  }
  return NULL;
}

wbi_text wbi_old_filter_nearest(wbi_text name) {
  wbi_text names[WBI_COUNT(filter_table)];
  for (size_t i = 0; i < WBI_COUNT(filter_table); i++)
    names[i] = wbi_text_of(filter_table[i].name);
  return wbi_text_nearest(name, names, WBI_COUNT(names));
}
