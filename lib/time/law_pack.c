/* SPDX-License-Identifier: MIT */
/* Reading a pack of law: its head, and its regions with their zones. */
#include "time/time_private.h"

/* ---- members ------------------------------------------------------------------------------ */

static wb_status pack_no_memory(wbi_pack_reader *reader) {
  return wbi_fail(reader->error, WB_E_NOMEM, "There is no memory for a pack of law.");
}

wb_status wbi_pack_array(wbi_pack_reader *reader, size_t count, size_t item_size, void *array) {
  void *made = wbi_arena_array(reader->arena, count, item_size);
  if (made == NULL) return pack_no_memory(reader);
  memcpy(array, &made, sizeof made);
  return WB_OK;
}

wb_status wbi_pack_copy(wbi_pack_reader *reader, wbi_text text, const char **copy) {
  *copy = wbi_arena_copy(reader->arena, text);
  return *copy != NULL ? WB_OK : pack_no_memory(reader);
}

wb_status wbi_pack_text(wbi_pack_reader *reader, const wbi_json *object, const char *name,
                        const char **text) {
  wbi_text found = {NULL, 0};
  const wb_status status = wbi_json_get_text(object, name, true, &found, reader->error);
  if (status != WB_OK) return status;
  if (found.length > 0) return wbi_pack_copy(reader, found, text);
  return wbi_json_fail(wbi_json_find(object, name), reader->error, WB_E_INVALID,
                       "This must not be empty.");
}

wb_status wbi_pack_names(wbi_pack_reader *reader, const wbi_json *object, const char *name,
                         bool required, const wbi_json **array) {
  const wbi_json *found = NULL;
  const wb_status status =
      wbi_json_get(object, name, WBI_JSON_ARRAY, required, &found, reader->error);
  if (status != WB_OK || found == NULL) return status;
  if (found->count == 0) {
    return wbi_json_fail(found, reader->error, WB_E_INVALID, "At least one is needed here.");
  }
  for (const wbi_json *item = found->first; item != NULL; item = item->next) {
    if (item->kind == WBI_JSON_TEXT) continue;
    return wbi_json_fail(item, reader->error, WB_E_TYPE, "This must be a string.");
  }
  *array = found;
  return WB_OK;
}

wb_status wbi_pack_date(wbi_pack_reader *reader, const wbi_json *object, const char *name,
                        bool required, wb_date *date) {
  wbi_text text = {NULL, 0};
  wb_status status = wbi_json_get_text(object, name, required, &text, reader->error);
  if (status != WB_OK || text.data == NULL) return status;
  status = wb_date_parse(text.data, text.length, date);
  return status == WB_OK ? status
                         : wbi_json_fail(wbi_json_find(object, name), reader->error, status,
                                         "This must be a day, written as 2026-01-30.");
}

/* ---- regions ------------------------------------------------------------------------------ */

/* The bit of a zone, which is added to the pack when it is new. */
static wb_status pack_read_zone(wbi_pack_reader *reader, const wbi_json *item, uint64_t *bits) {
  wbi_pack *pack = reader->pack;
  wb_zone *zone = NULL;
  const wb_status status =
      wb_zone_new(reader->arena->context, item->text.data, item->text.length, &zone, NULL);
  if (status == WB_E_NOMEM) return pack_no_memory(reader);
  if (status != WB_OK) {
    return wbi_json_fail(item, reader->error, status, "There is no such zone.");
  }
  uint32_t i = 0;
  while (i < pack->zone_count && !wbi_zone_same_name(pack->zones[i], zone))
    i++;
  if (i < pack->zone_count) {
    wb_zone_unref(zone);
  } else if (i == WBI_LAW_ZONES) {
    wb_zone_unref(zone);
    return wbi_json_fail(item, reader->error, WB_E_LIMIT, "A pack has at most 64 zones.");
  } else {
    pack->zones[pack->zone_count++] = zone;
  }
  *bits |= UINT64_C(1) << i;
  return WB_OK;
}

/* Of some zones of a pack, those that no earlier one of them has the clock of: a clock that is
   asked twice says the same. */
static uint64_t pack_clocks(const wbi_pack *pack, uint64_t zones) {
  uint64_t clocks = 0;
  for (uint32_t i = 0; i < pack->zone_count; i++) {
    bool known = (zones >> i & 1) == 0;
    for (uint32_t k = 0; k < i && !known; k++) /* same: asked twice, later */
      known = (clocks >> k & 1) != 0 && wbi_zone_same_rules(pack->zones[k], pack->zones[i]);
    if (!known) clocks |= UINT64_C(1) << i;
  }
  return clocks;
}

/* Whether a text is a code as ISO 3166 has them: capitals, digits and hyphens. */
static bool pack_is_code(wbi_text text) {
  for (size_t i = 0; i < text.length; i++) {
    const char c = text.data[i];
    if ((c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-') return false;
  }
  return true;
}

/* Reads the code of the country, the first region. */
static wb_status pack_read_country(wbi_pack_reader *reader, const wbi_json *root) {
  const char *name = NULL;
  const wb_status status = wbi_pack_text(reader, root, "country", &name);
  if (status != WB_OK) return status;
  const wbi_text code = wbi_text_of(name);
  reader->pack->regions[0].code = code;
  if (code.length == 2 && pack_is_code(code) && code.data[0] != '-' && code.data[1] != '-') {
    return WB_OK;
  }
  return wbi_json_fail(wbi_json_find(root, "country"), reader->error, WB_E_INVALID,
                       "A country is two letters of ISO 3166.");
}

/* Whether a text is a country's code, a hyphen, and more of a code. */
static bool pack_is_region(wbi_text text, wbi_text country) {
  if (text.length < country.length + 2 || !wbi_text_starts(text, country)) return false;
  return text.data[country.length] == '-' && pack_is_code(text);
}

/* Reads one region: its name and an array of zones. The country is region 0. */
static wb_status pack_read_region(wbi_pack_reader *reader, const wbi_json *regions,
                                  const wbi_json *node) {
  wbi_pack *pack = reader->pack;
  const wbi_text country = pack->regions[0].code;
  const bool whole = wbi_text_equal(node->name, country);
  if (!whole && !pack_is_region(node->name, country)) {
    return wbi_json_fail(node, reader->error, WB_E_NAME,
                         "A region is the country, a hyphen, and a code of ISO 3166-2.");
  }
  const wbi_json *zones = NULL;
  const char *name = NULL;
  uint64_t bits = 0;
  wb_status status = wbi_pack_copy(reader, node->name, &name);
  if (status == WB_OK) /* same: it is there, since its name was read */
    status = wbi_pack_names(reader, regions, name, true, &zones);
  for (const wbi_json *item = zones != NULL ? zones->first : NULL; item != NULL && status == WB_OK;
       item = item->next) {
    status = pack_read_zone(reader, item, &bits);
  }
  if (status != WB_OK) return status;
  pack->regions[0].zones |= bits;
  if (!whole)
    pack->regions[pack->region_count++] = (wbi_region){.code = wbi_text_of(name), .zones = bits};
  return WB_OK;
}

/* Reads the country and its regions, which come in the order of their codes. */
static wb_status pack_read_regions(wbi_pack_reader *reader, const wbi_json *root) {
  const wbi_json *regions = NULL;
  wbi_pack *pack = reader->pack;
  wb_status status = wbi_json_get(root, "regions", WBI_JSON_OBJECT, true, &regions, reader->error);
  if (status != WB_OK) return status;
  if (regions->count == 0 || regions->count >= WBI_LAW_REGIONS) {
    return wbi_json_fail(regions, reader->error, regions->count == 0 ? WB_E_INVALID : WB_E_LIMIT,
                         "A pack has 1 to 63 regions.");
  }
  status = wbi_pack_array(reader, regions->count + 1, sizeof *pack->regions, &pack->regions);
  if (status != WB_OK) return status;
  status = pack_read_country(reader, root);
  pack->region_count = 1;
  for (const wbi_json *node = regions->first_sorted; node != NULL && status == WB_OK;
       node = node->next_sorted) {
    status = pack_read_region(reader, regions, node);
  }
  for (uint32_t i = 0; i < pack->region_count; i++)
    pack->regions[i].clocks = pack_clocks(pack, pack->regions[i].zones);
  return status;
}

/* ---- the pack ----------------------------------------------------------------------------- */

/* Reads what stands at the head of a pack. */
static wb_status pack_read_head(wbi_pack_reader *reader, const wbi_json *root) {
  static const char *const pack_members[] = {"pack",         "country", "version",   "review_by",
                                             "regions",      "rules",   "calendars", "stale",
                                             "not_business", NULL};
  wbi_pack *pack = reader->pack;
  wb_status status = wbi_pack_text(reader, root, "pack", &pack->name);
  if (status == WB_OK) status = wbi_json_only(root, pack_members, reader->error);
  if (status == WB_OK) status = wbi_pack_text(reader, root, "version", &pack->version);
  return status == WB_OK ? wbi_pack_date(reader, root, "review_by", true, &pack->review_by)
                         : status;
}

wb_status wbi_pack_read(wbi_pack_reader *reader, const wbi_json *root) {
  wb_status status = pack_read_head(reader, root);
  if (status == WB_OK) status = pack_read_regions(reader, root);
  if (status == WB_OK) status = wbi_pack_calendars(reader, root);
  if (status == WB_OK) {
    status = wbi_pack_closed_on(reader, root, "not_business", &reader->pack->business);
  }
  if (status == WB_OK) status = wbi_pack_rules(reader, root);
  return status == WB_OK ? wbi_pack_weeks(reader, root) : status;
}

void wbi_pack_free(wbi_pack *pack) {
  for (uint32_t i = 0; i < pack->zone_count; i++)
    wb_zone_unref(pack->zones[i]);
}
