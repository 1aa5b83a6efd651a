/* SPDX-License-Identifier: MIT */
/* All filters by name. */
#include "liquid/filter.h"

static const wbi_filter filter_names[] = {
    {"abs", 0, 0, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_abs},
    {"append", 1, 1, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_append},
    {"at_least", 1, 1, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_at_least},
    {"at_most", 1, 1, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_at_most},
    {"capitalize", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_capitalize},
    {"ceil", 0, 0, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_ceil},
    {"date", 1, 1, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_date},
    {"date_words", 0, 0, 0, 0, WB_DATE, WB_TEXT, wbi_filter_date_words},
    {"default", 0, 1, 1, 1, WB_UNKNOWN, WB_UNKNOWN, wbi_filter_default},
    {"divided_by", 1, 1, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_divided_by},
    {"downcase", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_downcase},
    {"escape", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_escape},
    {"escape_once", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_escape_once},
    {"first", 0, 0, 0, 0, WB_UNKNOWN, WBI_MIXED, wbi_filter_first},
    {"floor", 0, 0, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_floor},
    {"initial", 0, 0, 0, 0, WB_TEXT, WB_TEXT, wbi_filter_initial},
    {"join", 0, 1, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_join},
    {"last", 0, 0, 0, 0, WB_UNKNOWN, WBI_MIXED, wbi_filter_last},
    {"list_and", 0, 0, 0, 0, WB_LIST, WB_TEXT, wbi_filter_list_and},
    {"lstrip", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_lstrip},
    {"minus", 1, 1, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_minus},
    {"modulo", 1, 1, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_modulo},
    {"money", 0, 0, 0, 0, WBI_DECIMAL, WB_TEXT, wbi_filter_money},
    {"newline_to_br", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_newline_to_br},
    {"phone", 0, 0, 0, 0, WB_TEXT, WB_TEXT, wbi_filter_phone},
    {"plural", 2, 2, 0, 0, WBI_DECIMAL, WB_TEXT, wbi_filter_plural},
    {"plus", 1, 1, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_plus},
    {"prepend", 1, 1, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_prepend},
    {"remove", 1, 1, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_remove},
    {"remove_first", 1, 1, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_remove_first},
    {"replace", 1, 2, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_replace},
    {"replace_first", 1, 2, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_replace_first},
    {"round", 0, 1, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_round},
    {"rstrip", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_rstrip},
    {"size", 0, 0, 0, 0, WB_UNKNOWN, WB_INT, wbi_filter_size},
    {"strip", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_strip},
    {"strip_newlines", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_strip_newlines},
    {"times", 1, 1, 0, 0, WB_UNKNOWN, WBI_DECIMAL, wbi_filter_times},
    {"truncate", 0, 2, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_truncate},
    {"truncatewords", 0, 2, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_truncatewords},
    {"upcase", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_upcase},
    {"url_encode", 0, 0, 0, 0, WB_UNKNOWN, WB_TEXT, wbi_filter_url_encode},
};

const wbi_filter *wbi_filter_find(wbi_text name) {
  for (size_t i = 0; i < WBI_COUNT(filter_names); i++) {
    if (wbi_text_equal(name, wbi_text_of(filter_names[i].name))) return &filter_names[i];
  }
  return NULL;
}

wbi_text wbi_filter_nearest(wbi_text name) {
  wbi_text names[WBI_COUNT(filter_names)];
  for (size_t i = 0; i < WBI_COUNT(filter_names); i++)
    names[i] = wbi_text_of(filter_names[i].name);
  return wbi_text_nearest(name, names, WBI_COUNT(names));
}
