/* SPDX-License-Identifier: MIT */
/* Compiling an offer from its JSON text, and what it is. */
#include "outreach/offer_private.h"

enum {
  OFFER_LONGEST = 1 << 16,
  OFFER_LINE_MAX = 200,
  OFFER_LINES_MAX = 16,
  OFFER_REGIONS_MAX = 64,
  OFFER_DAYS_MAX = 366,
  OFFER_CENTS_MAX = 100000000,
  OFFER_WHOLE = 10000 /* basis points */
};

/* An offer in the making. */
typedef struct offer_reader {
  wb_offer *offer;
  wb_error *error;
} offer_reader;

/* ---- members ------------------------------------------------------------------------------ */

static wb_status offer_no_memory(const offer_reader *reader) {
  return wbi_fail(reader->error, WB_E_NOMEM, "There is no memory for an offer.");
}

/* Whether a node holds one line of text. */
static wb_status offer_check_line(const offer_reader *reader, const wbi_json *node) {
  if (node->kind != WBI_JSON_TEXT)
    return wbi_json_fail(node, reader->error, WB_E_TYPE, "This must be a string.");
  if (node->text.length > OFFER_LINE_MAX)
    return wbi_json_fail(node, reader->error, WB_E_LIMIT, "This is longer than 200 bytes.");
  bool one = node->text.length > 0;
  for (size_t i = 0; i < node->text.length; i++)
    one = one && (unsigned char)node->text.data[i] >= 0x20;
  if (one) return WB_OK;
  return wbi_json_fail(node, reader->error, WB_E_INVALID, "This is one line, and not empty.");
}

/* Copies a member of one line; without it the copy is empty. */
static wb_status offer_line(const offer_reader *reader, const wbi_json *object, const char *name,
                            bool required, const char **copy) {
  const wbi_json *node = NULL;
  wb_status status = wbi_json_get(object, name, WBI_JSON_TEXT, required, &node, reader->error);
  *copy = "";
  if (status != WB_OK || node == NULL) return status;
  status = offer_check_line(reader, node);
  if (status != WB_OK) return status;
  *copy = wbi_arena_copy(&reader->offer->arena, node->text);
  return *copy != NULL ? WB_OK : offer_no_memory(reader);
}

/* Joins an array of lines. What a text says has commas between them: it has no line breaks. */
static wb_status offer_join(const offer_reader *reader, const wbi_json *array, const char *between,
                            const char **lines) {
  size_t length = 0;
  if (array->kind != WBI_JSON_ARRAY)
    return wbi_json_fail(array, reader->error, WB_E_TYPE, "This must be an array.");
  if (array->count > OFFER_LINES_MAX)
    return wbi_json_fail(array, reader->error, WB_E_LIMIT, "There are too many of these.");
  for (const wbi_json *item = array->first; item != NULL; item = item->next) {
    const wb_status status = offer_check_line(reader, item);
    if (status != WB_OK) return status;
    length += item->text.length + strlen(between);
  }
  char *text = wbi_arena_array(&reader->offer->arena, length + 1, 1);
  if (text == NULL) return offer_no_memory(reader);
  wbi_writer writer = {text, length, 0};
  for (const wbi_json *item = array->first; item != NULL; item = item->next) {
    if (item != array->first) wbi_put_text(&writer, wbi_text_of(between));
    wbi_put_text(&writer, item->text);
  }
  *lines = text;
  return WB_OK;
}

/* Reads a day. */
static wb_status offer_day(const offer_reader *reader, const wbi_json *object, const char *name,
                           wb_date *date) {
  wbi_text text = {NULL, 0};
  wb_status status = wbi_json_get_text(object, name, true, &text, reader->error);
  if (status != WB_OK) return status;
  status = wb_date_parse(text.data, text.length, date);
  if (status == WB_OK) return WB_OK;
  return wbi_json_fail(wbi_json_find(object, name), reader->error, status,
                       "This must be a day, written as 2026-01-30.");
}

/* ---- parts -------------------------------------------------------------------------------- */

/* What it is, what is in it, who reviewed it and who pays for the message. */
static wb_status offer_words(const offer_reader *reader, const wbi_json *root) {
  wb_offer *offer = reader->offer;
  const wbi_json *in = NULL, *out = NULL;
  wb_status status = offer_line(reader, root, "what", true, &offer->what);
  if (status == WB_OK) status = offer_line(reader, root, "reviewer", true, &offer->reviewer);
  if (status == WB_OK) status = offer_line(reader, root, "paid_by", false, &offer->paid_by);
  if (status == WB_OK)
    status = wbi_json_get(root, "includes", WBI_JSON_ARRAY, true, &in, reader->error);
  if (status == WB_OK) status = offer_join(reader, in, ", ", &offer->includes);
  if (status == WB_OK)
    status = wbi_json_get(root, "excludes", WBI_JSON_ARRAY, true, &out, reader->error);
  return status == WB_OK ? offer_join(reader, out, ", ", &offer->excludes) : status;
}

/* A part in basis points of the whole, rounded up. */
static uint32_t offer_share(int64_t part, int64_t whole) {
  return (uint32_t)((part * OFFER_WHOLE + whole - 1) / whole);
}

/* The exact price, or what is taken off the regular fee: one of them. */
static wb_status offer_price(const offer_reader *reader, const wbi_json *root) {
  wb_offer *offer = reader->offer;
  int64_t percent = 0;
  const bool priced = wbi_json_find(root, "price_cents") != NULL;
  if (priced == (wbi_json_find(root, "percent") != NULL))
    return wbi_json_fail(root, reader->error, WB_E_INVALID,
                         "An offer has a price in cents or a percentage, and not both.");
  wb_status status = wbi_json_get_int(root, "regular_cents", true, 1, OFFER_CENTS_MAX,
                                      &offer->regular, reader->error);
  if (status == WB_OK)
    status = wbi_json_get_int(root, "price_cents", false, 0, offer->regular, &offer->price,
                              reader->error);
  if (status == WB_OK)
    status = wbi_json_get_int(root, "percent", false, 1, 100, &percent, reader->error);
  if (status != WB_OK) return status;
  if (!priced) offer->price = (offer->regular * (100 - percent) + 50) / 100;
  offer->basis_points =
      priced ? offer_share(offer->regular - offer->price, offer->regular) : (uint32_t)percent * 100;
  return WB_OK;
}

/* What it is worth to the patient: at least what is taken off. */
static wb_status offer_value(const offer_reader *reader, const wbi_json *root) {
  wb_offer *offer = reader->offer;
  wb_status status =
      wbi_json_get_int(root, "value_cents", true, 0, OFFER_CENTS_MAX, &offer->value, reader->error);
  if (status == WB_OK)
    status = wbi_json_get_bool(root, "cash_like", true, &offer->cash_like, reader->error);
  if (status != WB_OK || offer->value >= offer->regular - offer->price) return status;
  return wbi_json_fail(wbi_json_find(root, "value_cents"), reader->error, WB_E_INVALID,
                       "An offer is worth no less than what is taken off.");
}

/* The days: reviewed before the first, and no offer without an end. */
static wb_status offer_days(const offer_reader *reader, const wbi_json *root) {
  wb_offer *offer = reader->offer;
  wb_status status = offer_day(reader, root, "first", &offer->first);
  if (status == WB_OK) status = offer_day(reader, root, "last", &offer->last);
  if (status == WB_OK) status = offer_day(reader, root, "reviewed", &offer->reviewed);
  if (status != WB_OK) return status;
  if (offer->last < offer->first)
    return wbi_json_fail(wbi_json_find(root, "last"), reader->error, WB_E_INVALID,
                         "An offer ends no earlier than it begins.");
  if (offer->last - offer->first >= OFFER_DAYS_MAX)
    return wbi_json_fail(wbi_json_find(root, "last"), reader->error, WB_E_RANGE,
                         "An offer is for at most 366 days.");
  if (offer->reviewed <= offer->first) return WB_OK;
  return wbi_json_fail(wbi_json_find(root, "reviewed"), reader->error, WB_E_INVALID,
                       "An offer is reviewed before its first day.");
}

/* The disclosures that the texts make, by region. */
static wb_status offer_disclosures(const offer_reader *reader, const wbi_json *root) {
  wb_offer *offer = reader->offer;
  const wbi_json *object = NULL;
  wb_status status =
      wbi_json_get(root, "disclosures", WBI_JSON_OBJECT, true, &object, reader->error);
  if (status != WB_OK) return status;
  if (object->count == 0 || object->count > OFFER_REGIONS_MAX)
    return wbi_json_fail(object, reader->error, object->count == 0 ? WB_E_INVALID : WB_E_LIMIT,
                         "An offer is for 1 to 64 regions.");
  wbi_offer_region *region = wbi_arena_array(&offer->arena, object->count, sizeof *region);
  if (region == NULL) return offer_no_memory(reader);
  offer->regions = region;
  for (const wbi_json *each = object->first_sorted; each != NULL; each = each->next_sorted) {
    const char *code = wbi_arena_copy(&offer->arena, each->name);
    if (code == NULL) return offer_no_memory(reader);
    region->code = (wbi_text){code, each->name.length};
    status = offer_join(reader, each, "\n", &region->disclosures);
    if (status != WB_OK) return status;
    offer->region_count++;
    region++;
  }
  return WB_OK;
}

/* Who qualifies. */
static wb_status offer_qualifies(const offer_reader *reader, const wbi_json *root) {
  wb_offer *offer = reader->offer;
  const wbi_json *node = NULL;
  wb_error place;
  wb_status status = wbi_json_get(root, "qualifies", WBI_JSON_TEXT, true, &node, reader->error);
  if (status != WB_OK) return status;
  status = wb_rule_new(offer->arena.context, offer->schema, node->text.data, node->text.length,
                       &offer->qualifies, reader->error);
  if (status == WB_OK) return WB_OK;
  wbi_json_fail(node, &place, status, "");
  wbi_error_path(reader->error, wbi_text_of(place.path));
  return status;
}

/* Reads all parts and seals them. */
static wb_status offer_read(const offer_reader *reader, const wbi_json *root) {
  typedef wb_status (*offer_part)(const offer_reader *, const wbi_json *);
  static const offer_part parts[] = {offer_words, offer_price,       offer_value,
                                     offer_days,  offer_disclosures, offer_qualifies};
  static const char *const offer_members[] = {
      "what",    "price_cents", "percent",  "regular_cents", "value_cents", "cash_like", "first",
      "last",    "qualifies",   "includes", "excludes",      "disclosures", "reviewer",  "reviewed",
      "paid_by", NULL};
  wb_offer *offer = reader->offer;
  if (root->kind != WBI_JSON_OBJECT)
    return wbi_json_fail(root, reader->error, WB_E_TYPE, "This must be an object.");
  wb_status status = wbi_json_only(root, offer_members, reader->error);
  for (size_t i = 0; i < WBI_COUNT(parts) && status == WB_OK; i++)
    status = parts[i](reader, root);
  if (status != WB_OK) return status;
  return wbi_json_seal(&offer->arena, root, &offer->canonical, offer->content_id, reader->error);
}

/* ---- the object --------------------------------------------------------------------------- */

wb_status wbi_offer_compile(wb_context *context, wb_schema *schema, const wbi_json *root,
                            wb_offer **offer, wb_error *error) {
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  wb_offer *made = wbi_arena_alloc(&arena, sizeof *made);
  if (made == NULL) {
    wbi_arena_free(&arena);
    return wbi_fail(error, WB_E_NOMEM, "There is no memory for an offer.");
  }
  made->arena = arena;
  made->schema = wb_schema_ref(schema);
  wbi_refs_init(&made->refs);
  const offer_reader reader = {made, error};
  wb_status status = wbi_outreach_fields_find(schema, &made->fields);
  if (WBI_ALWAYS(status == WB_OK)) status = offer_read(&reader, root); /* it has the dictionary */
  if (status == WB_OK)
    *offer = made;
  else
    wb_offer_unref(made);
  return status;
}

wb_status WB_CALL wb_offer_new(wb_context *context, wb_schema *schema, const char *json,
                               size_t length, wb_offer **offer, wb_error *error) {
  wbi_arena scratch;
  wbi_json *root = NULL;
  if (schema == NULL || json == NULL || offer == NULL)
    return wbi_fail(error, WB_E_INVALID, "An offer needs a schema, a text and a place.");
  if (length > OFFER_LONGEST)
    return wbi_fail(error, WB_E_LIMIT, "An offer is at most 64 KiB long.");
  wbi_arena_init(&scratch, context, 0);
  wb_status status = wbi_json_parse(&scratch, (wbi_text){json, length}, &root, error);
  if (status == WB_OK) status = wbi_offer_compile(context, schema, root, offer, error);
  wbi_arena_free(&scratch);
  return status;
}

wb_offer *WB_CALL wb_offer_ref(wb_offer *offer) {
  if (offer != NULL) wbi_refs_take(&offer->refs);
  return offer;
}

void WB_CALL wb_offer_unref(wb_offer *offer) {
  if (offer == NULL || !wbi_refs_drop(&offer->refs)) return;
  wbi_arena arena = offer->arena;
  wb_rule_unref(offer->qualifies);
  wb_schema_unref(offer->schema);
  wbi_arena_free(&arena);
}

wb_status WB_CALL wb_offer_get(const wb_offer *offer, wb_offer_info *info) {
  if (offer == NULL || info == NULL) return WB_E_INVALID;
  const wb_offer_info known = {.size = sizeof known,
                               .flags = offer->cash_like ? WB_OFFER_CASH_LIKE : 0,
                               .price = offer->price,
                               .regular = offer->regular,
                               .value = offer->value,
                               .what = offer->what,
                               .includes = offer->includes,
                               .excludes = offer->excludes,
                               .reviewer = offer->reviewer,
                               .paid_by = offer->paid_by,
                               .canonical = offer->canonical.data,
                               .content_id = offer->content_id,
                               .first = offer->first,
                               .last = offer->last,
                               .reviewed = offer->reviewed,
                               .basis_points = offer->basis_points,
                               .canonical_length = (uint32_t)offer->canonical.length};
  return wbi_struct_write(info, sizeof known, &known, sizeof known);
}
