/* SPDX-License-Identifier: MIT */
/* Packs of law as an object: making it, its rules one by one, business days. */
#include "time/time_private.h"

#include "data/data.h"

enum { LAW_BUSINESS_MOST = 1000 };

/* ---- making ------------------------------------------------------------------------------- */

/* Reads one text as the next pack of a law. */
static wb_status law_read(wb_law *law, wbi_text json, wb_error *error) {
  wbi_arena tree;
  wbi_json *root = NULL;
  wbi_pack_reader reader = {&law->arena, &law->packs[law->pack_count], error};
  wbi_arena_init(&tree, law->arena.context, 0);
  wb_status status = wbi_json_parse(&tree, json, &root, error);
  if (status == WB_OK) {
    law->pack_count++; /* it holds zones as soon as it is half read */
    status = wbi_pack_read(&reader, root);
  }
  wbi_arena_free(&tree);
  return status;
}

/* Reads the pack of a host, or those that ship. */
static wb_status law_read_all(wb_law *law, const char *json, size_t length, wb_error *error) {
  const uint32_t count = json != NULL ? 1 : (uint32_t)wbi_data_law_count;
  law->packs = wbi_arena_array(&law->arena, count, sizeof *law->packs);
  if (law->packs == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for law.");
  if (json != NULL) return law_read(law, (wbi_text){json, length}, error);
  for (size_t i = 0; i < wbi_data_law_count; i++) {
    const wbi_text pack = {wbi_data_law[i].text, wbi_data_law[i].length};
    const wb_status status = law_read(law, pack, error);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

/* Frees a law and what it holds. */
static void law_free(wb_law *law) {
  for (uint32_t i = 0; i < law->pack_count; i++)
    wbi_pack_free(&law->packs[i]);
  wbi_arena arena = law->arena; /* which the law itself is in */
  wbi_arena_free(&arena);
}

wb_status WB_CALL wb_law_new(wb_context *context, const char *json, size_t length, wb_law **law,
                             wb_error *error) {
  if (law == NULL) return wbi_fail(error, WB_E_INVALID, "The place for the law is missing.");
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  wb_law *made = wbi_arena_alloc(&arena, sizeof *made);
  if (made == NULL) {
    wbi_arena_free(&arena);
    return wbi_fail(error, WB_E_NOMEM, "There is no memory for law.");
  }
  wbi_refs_init(&made->refs);
  made->arena = arena;
  const wb_status status = law_read_all(made, json, length, error);
  if (status == WB_OK) {
    *law = made;
  } else {
    law_free(made);
  }
  return status;
}

wb_law *WB_CALL wb_law_ref(wb_law *law) {
  if (law != NULL) wbi_refs_take(&law->refs);
  return law;
}

void WB_CALL wb_law_unref(wb_law *law) {
  if (law != NULL && wbi_refs_drop(&law->refs)) law_free(law);
}

/* ---- places ------------------------------------------------------------------------------- */

const wbi_pack *wbi_law_pack(const wb_law *law, wbi_text region) {
  for (uint32_t i = 0; i < law->pack_count; i++) {
    const wbi_text country = law->packs[i].regions[0].code;
    if (!wbi_text_starts(region, country)) continue;
    if (region.length == country.length || region.data[country.length] == '-') {
      return &law->packs[i];
    }
  }
  return NULL;
}

void wbi_law_edition(const wb_law *law, wbi_text region, wbi_text *pack, wbi_text *version) {
  const wbi_pack *found = wbi_law_pack(law, region);
  *pack = wbi_text_of(found != NULL ? found->name : NULL);
  *version = wbi_text_of(found != NULL ? found->version : NULL);
}

uint32_t wbi_pack_region(const wbi_pack *pack, wbi_text region) {
  uint32_t low = 1, high = pack->region_count;
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    const int order = wbi_text_compare(region, pack->regions[middle].code);
    if (order == 0) return middle;
    if (order < 0) { /* same: it is not 0 */
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return 0;
}

/* ---- rules -------------------------------------------------------------------------------- */

/* What wb_law_next is asked for. */
typedef struct law_filter {
  const wbi_pack *pack; /* NULL: any */
  uint32_t region;      /* 0: any of the pack */
  uint32_t class_;      /* 0: any */
  int32_t kind;         /* 0: any */
  wb_date on;           /* WB_DATE_NONE: any time */
} law_filter;

/* Whether a rule is among those that are wanted. */
static bool law_wanted(const law_filter *filter, const wbi_pack *pack, const wbi_law_rule *rule) {
  if (filter->pack != NULL && filter->pack != pack) return false;
  if (filter->kind != 0 && filter->kind != rule->kind) return false;
  if (filter->class_ != 0 && (rule->classes >> filter->class_ & 1) == 0) return false;
  if (filter->on != WB_DATE_NONE && (filter->on < rule->from || filter->on > rule->to)) {
    return false;
  }
  return filter->region == 0 || (rule->regions >> filter->region & 1) != 0;
}

/* A rule as the header has it. */
static wb_law_rule law_rule_of(const wbi_pack *pack, const wbi_law_rule *rule) {
  return (wb_law_rule){
      .size = sizeof(wb_law_rule),
      .amount = rule->amount,
      .seconds = rule->seconds,
      .id = rule->id,
      .pack = pack->name,
      .version = pack->version,
      .source = rule->source,
      .name = rule->name,
      .words = rule->words,
      .effective_from = rule->from,
      .effective_to = rule->to == WB_DATE_MAX ? WB_DATE_NONE : rule->to,
      .review_by = pack->review_by,
      .kind = rule->kind,
      .classes = rule->classes,
      .confidence = rule->confidence,
      .channels = rule->channels,
  };
}

/* The next wanted rule from a position on. */
static wb_status law_next(const wb_law *law, const law_filter *filter, uint64_t *cursor,
                          wb_law_rule *rule) {
  uint64_t at = *cursor, first = 0;
  for (uint32_t i = 0; i < law->pack_count; i++) {
    const wbi_pack *pack = &law->packs[i];
    for (; at < first + pack->rule_count; at++) {
      const wbi_law_rule *candidate = &pack->rules[at - first];
      if (!law_wanted(filter, pack, candidate)) continue;
      const wb_law_rule found = law_rule_of(pack, candidate);
      const wb_status status = wbi_struct_write(rule, sizeof found, &found, sizeof found);
      if (status == WB_OK) *cursor = at + 1;
      return status;
    }
    first += pack->rule_count;
  }
  return WB_E_NAME;
}

wb_status WB_CALL wb_law_next(const wb_law *law, int32_t kind, const char *region,
                              size_t region_length, int32_t message_class, wb_date on,
                              uint64_t *cursor, wb_law_rule *rule) {
  if (law == NULL || cursor == NULL || rule == NULL) return WB_E_INVALID;
  /* same: of the class after the last there is no rule */
  if (message_class < 0 || message_class >= WBI_LAW_CLASSES) return WB_E_NAME;
  law_filter filter = {.class_ = (uint32_t)message_class, .kind = kind, .on = on};
  if (region != NULL) {
    const wbi_text text = {region, region_length};
    filter.pack = wbi_law_pack(law, text);
    if (filter.pack == NULL) return WB_E_NAME;
    filter.region = wbi_pack_region(filter.pack, text);
  }
  return law_next(law, &filter, cursor, rule);
}

/* ---- business days ------------------------------------------------------------------------ */

/* Whether a day is a business day in the country of a pack. */
static bool law_is_business(const wbi_pack *pack, wb_date date) {
  int32_t weekday = 0;
  (void)wb_date_weekday(date, &weekday);
  return weekday <= 5 && wbi_pack_closed(pack, pack->business, date) == 0;
}

/* The nth business day from a date on, forward or backward. */
static wb_status law_find_business(const wbi_pack *pack, wb_date date, int32_t step, int32_t nth,
                                   wb_date *out) {
  for (; wbi_date_valid(date); date += step) {
    nth -= law_is_business(pack, date);
    if (nth > 0) continue;
    *out = date;
    return WB_OK;
  }
  return WB_E_RANGE;
}

wb_status WB_CALL wb_law_add_business(const wb_law *law, const char *region, size_t region_length,
                                      wb_date date, int32_t days, wb_date *out) {
  if (law == NULL || region == NULL || out == NULL) return WB_E_INVALID;
  const wbi_pack *pack = wbi_law_pack(law, (wbi_text){region, region_length});
  if (pack == NULL) return WB_E_NAME;
  if (days < -LAW_BUSINESS_MOST || days > LAW_BUSINESS_MOST) return WB_E_RANGE;
  if (!wbi_date_valid(date)) return WB_E_RANGE;
  if (days == 0) return law_find_business(pack, date, 1, 1, out);
  const int32_t step = days < 0 ? -1 : 1; /* same: it is not 0 */
  return law_find_business(pack, date + step, step, days * step, out);
}
