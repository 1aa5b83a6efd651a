/* SPDX-License-Identifier: MIT */
/*
 * Quick reads: fields of a row without asking about the row. What is found of a field's column once
 * holds for all rows, since a view promises that every present cell is a value of its field.
 */
#include "facts/facts_private.h"

/* The words of a text's view, if all are texts of its domain; NULL: not, or there is no memory. */
static const wbi_text *quick_words(wb_facts *facts, uint32_t field, const wbi_view *view) {
  const wbi_text domain = wbi_schema_field(facts->schema, field)->domain;
  wbi_text *words =
      wbi_arena_array(&facts->tables[WBI_PATIENTS].arena, view->word_count, sizeof *words);
  for (uint32_t i = 0; words && i < view->word_count; ++i) {
    words[i] = wbi_view_word(view, i);
    if (words[i].length > UINT32_MAX || !wbi_utf8_valid(words[i])) return NULL;
    if (words[i].length && domain.length && !wbi_domain_has(domain, words[i])) return NULL;
  }
  return words;
}

/* Whether a field is the day, which all rows have in common. */
static bool quick_is_today(wb_facts *facts, uint32_t field) {
  return field == facts->standing[WBI_STANDING_TODAY] && !wbi_given_is(&facts->given[field]) &&
         wbi_view_begin(facts) && wbi_facts_one_zone(facts);
}

/* How the cells of a view are read; a number of 8 bytes for a word is left to others. */
static int32_t quick_how(const wbi_view *view) {
  const bool words = view->kind == WB_TEXT;
  if (view->kind == WB_BOOL) return WBI_QUICK_BIT;
  if (view->kind == WB_DOUBLE) return view->width == 8 ? WBI_QUICK_REAL : WBI_QUICK_FLOAT;
  switch (view->width) {
  case 1: return words ? WBI_QUICK_WORD8 : view->is_signed ? WBI_QUICK_I8 : WBI_QUICK_U8;
  case 2: return words ? WBI_QUICK_WORD16 : view->is_signed ? WBI_QUICK_I16 : WBI_QUICK_U16;
  case 4: return words ? WBI_QUICK_WORD32 : view->is_signed ? WBI_QUICK_I32 : WBI_QUICK_U32;
  default: return words ? WBI_QUICK_NOT : WBI_QUICK_I64;
  }
}

/* Finds the day that all rows have in common; false: it cannot be told. */
static bool quick_day(wb_facts *facts, const wb_moment *moment) {
  wbi_day *day = &facts->day;
  wb_local local = {0};
  const wb_zone *zone = NULL;
  if (facts->tables[WBI_LOCATIONS].rows == 1 && wbi_row_location_zone(facts, 0, &zone, NULL))
    return false;
  if (!zone) zone = moment->zone;
  if (!zone || wb_zone_local(zone, moment->now, &local)) return false;
  if (zone != day->zone) {
    wb_zone_unref(day->zone);
    day->zone = wbi_zone_hold(zone);
  }
  day->asked = moment->zone;
  day->now = moment->now;
  day->date = local.date;
  return true;
}

/* Where lists of records lie. */
static void quick_list(wb_facts *facts, uint32_t field, wbi_quick *quick) {
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  wbi_list_view view;
  if (about->element != WB_RECORD || !wbi_facts_view_lists(facts, field, 0, &view)) return;
  quick->values = view.places;
  quick->present = view.present;
  quick->from.base = (uint64_t)view.base;
  quick->first_present = view.first_present;
  quick->most = about->most;
  quick->how = view.width == 4 ? WBI_QUICK_LIST32 : WBI_QUICK_LIST64;
}

/* Where the cells of a view lie. */
static void quick_lay(const wb_facts *facts, uint32_t field, const wbi_view *view,
                      wbi_quick *quick) {
  quick->values = view->values;
  quick->present = view->present;
  quick->first_value = view->first_value;
  quick->first_present = view->first_present;
  quick->list = wbi_schema_field(facts->schema, field)->list;
}

/* Texts that lie behind each other. */
static void quick_texts(wb_facts *facts, uint32_t field, wbi_quick *quick) {
  wbi_view view;
  const char *bytes = NULL;
  if (!wbi_view_texts(facts, field, &view, &bytes)) return;
  quick_lay(facts, field, &view, quick);
  quick->from.bytes = bytes;
  quick->how = view.width == 4 ? WBI_QUICK_TEXT32 : WBI_QUICK_TEXT64;
}

/* Where cells lie. */
static void quick_cells(wb_facts *facts, uint32_t field, wbi_quick *quick) {
  wbi_view view;
  if (!wbi_facts_view(facts, field, 0, &view)) return;
  quick_lay(facts, field, &view, quick);
  if (quick->kind == WB_TEXT) quick->from.words = quick_words(facts, field, &view);
  if (quick->kind != WB_TEXT || quick->from.words) quick->how = quick_how(&view);
}

/* Finds how a column is read. */
static wbi_quick quick_column(wb_facts *facts, uint32_t field) {
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  wbi_quick quick = {.how = WBI_QUICK_NOT, .kind = about->type};
  quick.absent = about->presence == WB_REQUIRED   ? -1
                 : about->presence == WB_NULLABLE ? WB_NULL
                                                  : WB_UNKNOWN;
  if (wbi_view_absent(facts, field)) quick.how = WBI_QUICK_ABSENT;
  if (quick.how == WBI_QUICK_ABSENT || wbi_facts_batches(facts) != 1) return quick;
  if (about->type == WB_LIST)
    quick_list(facts, field, &quick);
  else
    quick_cells(facts, field, &quick);
  if (quick.how == WBI_QUICK_NOT && about->type == WB_TEXT) quick_texts(facts, field, &quick);
  return quick;
}

/* Finds how a field is read at a moment. */
static wbi_quick quick_find(wb_facts *facts, uint32_t field, const wb_moment *moment) {
  if (!quick_is_today(facts, field)) return quick_column(facts, field);
  if (!quick_day(facts, moment)) return (wbi_quick){.how = WBI_QUICK_UNSEEN};
  return (wbi_quick){
      .values = (const uint8_t *)&facts->day.date, .how = WBI_QUICK_TODAY, .kind = WB_DATE};
}

const wbi_quick *wbi_facts_quick(wb_facts *facts, uint64_t row, const wb_moment *moment) {
  const wbi_day *day = &facts->day;
  if (!facts->quick || row >= facts->tables[WBI_PATIENTS].rows || !wbi_time_valid(moment->now))
    return NULL;
  if (day->zone && (day->now != moment->now || day->asked != moment->zone))
    facts->quick[facts->standing[WBI_STANDING_TODAY]].how = WBI_QUICK_UNSEEN;
  return facts->quick;
}

void wbi_quick_look(wb_facts *facts, uint32_t field, const wb_moment *moment) {
  if (facts->quick[field].how == WBI_QUICK_UNSEEN)
    facts->quick[field] = quick_find(facts, field, moment);
}

/* Whether a field was looked at and does not lie anywhere: what is derived, above all. */
static inline bool quick_never(const wb_facts *facts, uint32_t field) {
  return !facts->quick || facts->quick[field].how == WBI_QUICK_NOT;
}

bool wbi_quick_answer(wb_facts *facts, uint64_t row, uint32_t field, const wb_moment *moment,
                      wb_value *value) {
  wbi_quick_value read;
  if (field >= facts->fields || quick_never(facts, field)) return false;
  if (!wbi_facts_quick(facts, row, moment)) return false;
  const wbi_quick *quick = &facts->quick[field];
  if (quick->how == WBI_QUICK_UNSEEN) wbi_quick_look(facts, field, moment);
  if (quick->list != 0 || !wbi_quick_read(quick, row, &read)) return false;
  wbi_quick_set(value, &read);
  return true;
}

bool wbi_quick_element(wb_facts *facts, uint64_t row, uint32_t field, uint32_t index,
                       const wb_moment *moment, wb_value *value) {
  wbi_quick_value read;
  if (quick_never(facts, field) || !wbi_facts_quick(facts, row, moment)) return false;
  wbi_quick_look(facts, field, moment);
  if (facts->quick[field].list == 0) return false;
  wbi_quick_look(facts, facts->quick[field].list - 1, moment);
  if (!wbi_quick_item(facts->quick, field, row, index, &read)) return false;
  wbi_quick_set(value, &read);
  return true;
}
