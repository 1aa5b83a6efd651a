/* SPDX-License-Identifier: MIT */
/*
 * Views: columns that can be read as they lie. A column is looked through once: a view promises
 * that every present cell is a value of its field, so that nothing needs to be asked of the single
 * cell.
 */
#include "facts/facts_private.h"

enum { VIEW_WORDS_MOST = 65536 };

/* What is known of a field's column. */
enum { VIEW_UNSEEN, VIEW_FITS, VIEW_UNFIT };

/* The column that holds a field as it is; NULL: none. */
static const wbi_column *view_column(const wb_facts *facts, uint32_t field) {
  uint32_t dental = 0;
  const wbi_field_spec *specs = wbi_field_specs(&dental);
  const wbi_given *given = &facts->given[field];
  if (wbi_given_is(given)) return &given->column;
  if (field >= dental || specs[field].origin != WBI_PATIENTS) return NULL;
  return &facts->tables[WBI_PATIENTS].columns[specs[field].item];
}

bool wbi_view_absent(wb_facts *facts, uint32_t field) {
  uint32_t dental = 0;
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  const wbi_column *column = view_column(facts, field);
  (void)wbi_field_specs(&dental);
  if (about->type == WB_LIST || about->list != 0) return false;
  const bool none = column ? column->cells <= WBI_CELLS_NULL : field >= dental;
  return none && wbi_view_begin(facts);
}

/* The batches of `patients`, as its keys have them. */
static const wbi_map *view_map(const wb_facts *facts) {
  return facts->tables[WBI_PATIENTS].columns[WBI_PATIENT_KEY].map;
}

uint32_t wbi_facts_batches(const wb_facts *facts) {
  const wbi_map *map = view_map(facts);
  return map ? map->count : 1;
}

uint64_t wbi_facts_batch_end(const wb_facts *facts, uint32_t batch) {
  if (facts->source.host.get) return UINT64_MAX;
  const wbi_map *map = view_map(facts);
  const uint32_t rows = facts->tables[WBI_PATIENTS].rows;
  return map && batch + 1 < map->count ? map->starts[batch + 1] : rows;
}

/* The first row of a batch. */
static uint64_t view_begins(const wb_facts *facts, uint32_t batch) {
  return batch > 0 ? wbi_facts_batch_end(facts, batch - 1) : 0;
}

/* What a column is in a batch. */
static const wbi_slice *view_piece(const wbi_column *column, uint32_t batch) {
  return column->map ? &column->pieces[batch] : &column->piece;
}

/* Which cells of a field's column lie in a batch: rows, or elements of their lists. */
static void view_bounds(const wb_facts *facts, uint32_t field, uint32_t batch, wbi_view *view) {
  const uint32_t list = wbi_schema_field(facts->schema, field)->list;
  const uint64_t begins = view_begins(facts, batch);
  const uint64_t rows = wbi_facts_batch_end(facts, batch) - begins;
  view->first = (size_t)begins;
  view->rows = (uint32_t)rows;
  if (list == 0) return;
  const wbi_column *lists = &facts->given[list - 1].lists;
  const wbi_slice *piece = view_piece(lists, batch);
  view->first = lists->map ? lists->elements->starts[batch] : 0;
  view->rows = WBI_ALWAYS(rows > 0) /* or nobody would look */
                   ? (uint32_t)(wbi_strip_number(&piece->strip, (size_t)rows) - piece->base)
                   : 0;
}

/* Whether cells are stored as the values of a type are. */
static bool view_stores(const wbi_column *column, int32_t type) {
  switch (type) {
  case WB_BOOL: return column->cells == WBI_CELLS_BOOL;
  case WB_INT:
    return column->cells == WBI_CELLS_INT &&
           (column->piece.strip.is_signed || column->piece.strip.width < 8);
  case WB_DOUBLE: return column->cells == WBI_CELLS_REAL;
  case WB_DATE: return column->cells == WBI_CELLS_DATE && column->unit == 1;
  case WB_TEXT: return column->cells == WBI_CELLS_TEXT && column->coded;
  default: return false;
  }
}

/* Looks through the cells of a batch: whether all are within bounds, and the largest. */
static bool view_within(const wbi_strip *strip, uint32_t rows, int64_t least, int64_t most,
                        int64_t *largest) {
  for (uint32_t row = 0; row < rows; ++row) {
    if (!wbi_mask_has(&strip->present, row)) continue;
    const int64_t number = wbi_strip_number(strip, row);
    if (number < least || number > most) return false;
    if (number > *largest) *largest = number;
  }
  return true;
}

/* Dates must be days; of words, how many there are is found. */
static bool view_scan(const wbi_strip *strip, int32_t type, uint32_t rows, uint32_t *words) {
  int64_t largest = -1;
  if (type == WB_DATE) return view_within(strip, rows, WB_DATE_MIN, WB_DATE_MAX, &largest);
  if (type == WB_TEXT && !view_within(strip, rows, 0, VIEW_WORDS_MOST - 1, &largest)) return false;
  *words = (uint32_t)(largest + 1);
  return true;
}

/* Whether every patient has a key: a row without one is an error whatever is asked of it. */
static bool view_keys(const wb_facts *facts) {
  wbi_text key = {0};
  const wbi_facts_table *patients = &facts->tables[WBI_PATIENTS];
  for (uint32_t row = 0; row < patients->rows; ++row)
    if (!wbi_column_key(&patients->columns[WBI_PATIENT_KEY], row, &key)) return false;
  return true;
}

wb_status wbi_views_make(wb_facts *facts) {
  const size_t fields = facts->fields;
  if (facts->quick) return WB_OK;
  facts->seen_size = fields * wbi_facts_batches(facts) * sizeof *facts->seen;
  facts->seen = wbi_alloc(facts->context, facts->seen_size);
  facts->quick = wbi_alloc(facts->context, fields * sizeof *facts->quick);
  return facts->seen && facts->quick ? WB_OK : WB_E_NOMEM;
}

void wbi_views_free(wb_facts *facts) {
  wbi_free(facts->context, facts->seen, facts->seen_size);
  wbi_free(facts->context, facts->quick, facts->fields * sizeof *facts->quick);
  wb_zone_unref(facts->day.zone);
  facts->seen = NULL;
  facts->quick = NULL;
  facts->day.zone = NULL;
}

bool wbi_view_begin(wb_facts *facts) {
  if (facts->source.host.get || wbi_facts_join(facts, NULL)) return false;
  if (facts->keyed == 0) facts->keyed = view_keys(facts) ? 1 : -1;
  return facts->keyed > 0;
}

/* Whether a field's column can be read as it lies; what was seen of it. */
static wbi_viewed *view_seen(wb_facts *facts, uint32_t field, uint32_t batch,
                             const wbi_column *column, const wbi_view *bounds) {
  wbi_viewed *seen = &facts->seen[(size_t)batch * facts->fields + field];
  const int32_t type = wbi_schema_field(facts->schema, field)->type;
  if (seen->state != VIEW_UNSEEN) return seen;
  const bool fits = view_stores(column, type) &&
                    view_scan(&view_piece(column, batch)->strip, type, bounds->rows, &seen->words);
  seen->state = fits ? VIEW_FITS : VIEW_UNFIT;
  return seen;
}

/* Where the column of a field lies in a batch; NULL: it cannot be read as it lies. */
static const wbi_column *view_find(wb_facts *facts, uint32_t field, uint32_t batch,
                                   wbi_view *view) {
  const wbi_column *column = view_column(facts, field);
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  if (!column || column->cells == WBI_CELLS_NONE || !wbi_view_begin(facts)) return NULL;
  const wbi_slice *piece = view_piece(column, batch);
  if (piece->record.bits) return NULL;
  view_bounds(facts, field, batch, view);
  const wbi_strip *strip = &piece->strip;
  view->values = strip->values != NULL ? strip->values + strip->first * strip->width : NULL;
  view->present = strip->present.bits;
  view->first_value = strip->width ? 0 : strip->first;
  view->first_present = strip->present.first;
  view->words = about->type == WB_TEXT ? &piece->words : NULL;
  view->word_count = 0;
  view->width = strip->width;
  view->kind = about->type;
  view->is_signed = strip->is_signed;
  return column;
}

bool wbi_facts_view(wb_facts *facts, uint32_t field, uint32_t batch, wbi_view *view) {
  const wbi_column *column = view_find(facts, field, batch, view);
  if (!column) return false;
  const wbi_viewed *seen = view_seen(facts, field, batch, column, view);
  view->word_count = seen->words;
  return seen->state == VIEW_FITS;
}

/* Whether the texts of a strip, which lie behind each other, are all ASCII, and so UTF-8; false
   also where they are too many to look at. */
static bool view_ascii(const wbi_strip *strip, uint32_t rows) {
  uint64_t high = 0;
  const int64_t from = rows > 0 ? wbi_strip_number(strip, 0) : 0;
  const int64_t to = rows > 0 ? wbi_strip_number(strip, rows) : 0;
  int64_t at = from;
  if (to - from > UINT32_MAX) return false;
  for (; to - at >= (int64_t)sizeof high; at += (int64_t)sizeof high)
    high |= wbi_eight_at((const uint8_t *)strip->bytes + at);
  for (; at < to; ++at)
    high |= (uint8_t)strip->bytes[at];
  return (high & 0x8080808080808080u) == 0;
}

/* Whether every text of a strip that is present is UTF-8, and in a domain unless that is empty. */
static bool view_texts_sound(const wbi_strip *strip, uint32_t rows, wbi_text domain) {
  if (domain.length == 0 && view_ascii(strip, rows)) return true;
  for (uint32_t row = 0; row < rows; ++row) {
    wbi_text text;
    if (!wbi_strip_text(strip, row, &text)) continue;
    if (text.length > UINT32_MAX || !wbi_utf8_valid(text)) return false;
    if (domain.length && !wbi_domain_has(domain, text)) return false;
  }
  return true;
}

bool wbi_view_texts(wb_facts *facts, uint32_t field, wbi_view *view, const char **bytes) {
  const wbi_text domain = wbi_schema_field(facts->schema, field)->domain;
  const wbi_column *column = view_find(facts, field, 0, view);
  if (!column || column->cells != WBI_CELLS_TEXT || column->coded) return false;
  const wbi_strip *strip = &column->piece.strip;
  if (strip->pools || !strip->values) return false;
  if (!view_texts_sound(strip, view->rows, domain)) return false;
  view->words = NULL;
  *bytes = strip->bytes;
  return true;
}

wbi_text wbi_view_word(const wbi_view *view, uint32_t word) {
  wbi_text text = {0};
  (void)wbi_strip_text(view->words, word, &text);
  return text;
}

bool wbi_facts_view_lists(wb_facts *facts, uint32_t list, uint32_t batch, wbi_list_view *view) {
  const wbi_column *lists = &facts->given[list].lists;
  if (lists->cells != WBI_CELLS_LIST || !wbi_view_begin(facts)) return false;
  const wbi_slice *piece = view_piece(lists, batch);
  const wbi_strip *strip = &piece->strip;
  view->places = strip->values + strip->first * strip->width;
  view->present = strip->present.bits;
  view->first = (size_t)view_begins(facts, batch);
  view->first_present = strip->present.first;
  view->base = piece->base - (lists->map ? (int64_t)lists->elements->starts[batch] : 0);
  view->width = strip->width;
  return true;
}

bool wbi_facts_one_zone(const wb_facts *facts) {
  if (facts->source.host.get) return false;
  const wbi_facts_table *patients = &facts->tables[WBI_PATIENTS];
  const uint32_t locations = facts->tables[WBI_LOCATIONS].rows;
  return locations == 0 ||
         (locations == 1 && patients->columns[WBI_PATIENT_LOCATION].cells == WBI_CELLS_NONE);
}
