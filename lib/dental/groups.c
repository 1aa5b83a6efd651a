/* SPDX-License-Identifier: MIT */
/* Groups: what a code means, by its number, by date of service, and as the host has it. */
#include "dental/dental.h"

int32_t wbi_code_number(wbi_text code) {
  int32_t number = 0;
  size_t at = 0;
  while (at < code.length && (code.data[at] == ' ' || code.data[at] == '\t'))
    ++at;
  if (code.length - at < 5 || (code.data[at] | 0x20) != 'd') return 0;
  for (size_t i = 1; i < 5; ++i) {
    uint32_t digit = (uint32_t)(unsigned char)code.data[at + i] - '0';
    if (digit > 9) return 0;
    number = number * 10 + (int32_t)digit;
  }
  /* A fifth digit makes it another code, not a suffix. */
  at += 5;
  return at < code.length && wbi_is_digit(code.data[at]) ? 0 : number;
}

const wbi_data_code *wbi_code_find(int32_t number) {
  uint32_t low = 0, high = wbi_data_codes_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (number > wbi_data_codes[middle].last) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == wbi_data_codes_count || number < wbi_data_codes[low].first) return NULL;
  return &wbi_data_codes[low];
}

const wbi_data_group *wbi_group_at(int32_t id) {
  return id < 1 || (uint32_t)id > wbi_data_groups_count ? NULL : &wbi_data_groups[id - 1];
}

wb_status wbi_array_check(const void *first, uint32_t count, size_t known, size_t alignment,
                          size_t *stride) {
  enum { LONGEST = 4096 };
  uint32_t size = 0;
  if (count == 0) return WB_OK;
  if (!first) return WB_E_INVALID;
  memcpy(&size, first, sizeof size);
  if (size < known || size % alignment != 0) return WB_E_INVALID;
  if (size > LONGEST) return WB_E_VERSION;
  *stride = size;
  for (uint32_t i = 0; size > known && i < count; ++i) /* same: of equal sizes no byte is more */
    for (size_t at = known; at < size; ++at)
      if (((const char *)first)[(size_t)i * size + at]) return WB_E_VERSION;
  return WB_OK;
}

/* The id of a group that ships; 0: there is none of this name. */
static int32_t group_id(wbi_text name) {
  for (uint32_t i = 0; i < wbi_data_groups_count; ++i)
    if (wbi_text_equal(name, wbi_text_of(wbi_data_groups[i].name))) return (int32_t)i + 1;
  return 0;
}

/* A date as a bound, open when it is not given. */
static bool group_in_force(wb_date on, wb_date from, wb_date until) {
  if (on == WB_DATE_NONE) return true;
  return (from == WB_DATE_NONE || on >= from) && (until == WB_DATE_NONE || on <= until);
}

/* A date of a table that ships. */
static wb_date group_date(uint16_t day) {
  return day != 0 ? day : WB_DATE_NONE;
}

/* Sets what ships about a number; WB_E_NAME: nothing. */
static wb_status group_of_number(int32_t number, wb_date on, wb_group *group) {
  const wbi_data_code *code = wbi_code_find(number);
  if (!code) return WB_E_NAME;
  wbi_text name = wbi_text_of(wbi_data_groups[code->group - 1].name);
  group->name = name.data;
  group->name_length = (uint32_t)name.length;
  group->words = code->words;
  group->code = number;
  group->id = code->group;
  if (!group_in_force(on, group_date(code->from), group_date(code->until)))
    group->flags |= WB_GROUP_NOT_IN_FORCE;
  return WB_OK;
}

/* One entry of the host's table. */
static const wb_code *group_entry(const wb_code *codes, uint32_t index) {
  return (const wb_code *)(const void *)((const char *)codes + (size_t)index * codes->size);
}

/* Whether a text of the host is missing although it has a length. */
static bool group_text_missing(const wb_code *entry) {
  return (!entry->code && entry->code_length) || (!entry->group && entry->group_length) ||
         (!entry->standard && entry->standard_length);
}

/* Whether the host's table can be read. */
static wb_status group_table_check(const wb_code *codes, uint32_t count) {
  size_t stride = 0;
  wb_status status = wbi_array_check(codes, count, sizeof *codes, _Alignof(wb_code), &stride);
  for (uint32_t i = 0; status == WB_OK && i < count; ++i) {
    const wb_code *entry = group_entry(codes, i);
    if (entry->flags || entry->reserved) return WB_E_VERSION;
    if (group_text_missing(entry)) return WB_E_INVALID;
    if (!wbi_date_readable(entry->from) || !wbi_date_readable(entry->until)) return WB_E_RANGE;
  }
  return status;
}

/* The id of a group that the host's table names. */
static int32_t group_host_id(const wb_code *codes, wbi_text name) {
  uint32_t first = 0;
  int32_t id = group_id(name);
  if (id) return id;
  while (!wbi_text_equal(
      name, (wbi_text){group_entry(codes, first)->group, group_entry(codes, first)->group_length}))
    ++first;
  return (int32_t)(WBI_GROUP_HOST + first);
}

/* Sets what an entry of the host's table says. */
static wb_status group_of_entry(const wb_code *codes, const wb_code *entry, wb_date on,
                                wb_group *group) {
  wbi_text standard = {entry->standard, entry->standard_length};
  wbi_text name = {entry->group, entry->group_length};
  if (standard.length) {
    wb_status status = group_of_number(wbi_code_number(standard), on, group);
    if (status || !name.length) return status;
  }
  if (!name.length) return WB_E_NAME;
  group->name = name.data;
  group->name_length = (uint32_t)name.length;
  group->id = group_host_id(codes, name);
  const wbi_data_group *known = wbi_group_at(group->id);
  if (!standard.length && known) group->words = known->words;
  return WB_OK;
}

/* Looks a code up, first in the host's table. */
static wb_status group_of_code(wbi_text code, wb_date on, const wb_code *codes, uint32_t count,
                               wb_group *group) {
  for (uint32_t i = 0; i < count; ++i) {
    const wb_code *entry = group_entry(codes, i);
    wbi_text own = wbi_text_trim((wbi_text){entry->code, entry->code_length});
    if (wbi_text_equal_fold(own, code) && group_in_force(on, entry->from, entry->until))
      return group_of_entry(codes, entry, on, group);
  }
  return group_of_number(wbi_code_number(code), on, group);
}

wb_status WB_CALL wb_group_find(const char *code, size_t length, wb_date on, const wb_code *codes,
                                uint32_t code_count, wb_group *group) {
  wb_group found = {.words = ""};
  if (!code || !group || group->size < sizeof found) return WB_E_INVALID;
  wb_status status = group_table_check(codes, code_count);
  if (status) return status;
  if (!wbi_date_readable(on)) return WB_E_RANGE;
  status = group_of_code(wbi_text_trim((wbi_text){code, length}), on, codes, code_count, &found);
  if (status) return status;
  return wbi_struct_write(group, sizeof found, &found, sizeof found);
}

/* ---- lists of codes ---- */

/* A list of ranges that is being filled; it counts on beyond its capacity. */
typedef struct code_list {
  wb_code_range *ranges;
  uint32_t capacity, count;
} code_list;

static void code_list_add(code_list *list, int32_t first, int32_t last) {
  if (list->count < list->capacity) list->ranges[list->count] = (wb_code_range){first, last};
  ++list->count;
}

/* Adds the codes of a group that ships. */
static wb_status code_list_add_group(code_list *list, wbi_text name) {
  int32_t id = group_id(name);
  uint32_t before = list->count;
  for (uint32_t i = 0; i < wbi_data_codes_count; ++i)
    if (wbi_data_codes[i].group == id)
      code_list_add(list, wbi_data_codes[i].first, wbi_data_codes[i].last);
  return list->count > before ? WB_OK : WB_E_NAME;
}

/* Adds "D1110", "D4341-D4342" or the name of a group. */
static wb_status code_list_add_term(code_list *list, wbi_text term) {
  const char *dash = memchr(term.data, '-', term.length);
  size_t split = dash ? (size_t)(dash - term.data) : term.length;
  wbi_text head = wbi_text_slice(term, 0, split), tail = head;
  if (dash) tail = wbi_text_slice(term, split + 1, term.length);
  int32_t first = wbi_code_number(head), last = wbi_code_number(tail);
  if (!first && !dash) return code_list_add_group(list, term);
  if (!first || !last || head.length != 5 || tail.length != 5) return WB_E_NAME;
  if (last < first) return WB_E_SYNTAX;
  code_list_add(list, first, last);
  return WB_OK;
}

static bool code_list_parts(char c) {
  return c == ',' || c == ' ' || c == '\t';
}

wb_status WB_CALL wb_codes_parse(const char *text, size_t length, wb_code_range *ranges,
                                 uint32_t capacity, uint32_t *count) {
  code_list list = {ranges, ranges ? capacity : 0, 0};
  if (!count || (!text && length)) return WB_E_INVALID;
  for (size_t at = 0; at < length;) { /* same: at the end there is no term */
    size_t from = at;
    while (at < length && !code_list_parts(text[at]))
      ++at;
    if (at == from) {
      ++at;
      continue;
    }
    wb_status status = code_list_add_term(&list, (wbi_text){text + from, at - from});
    if (status) return status;
  }
  if (list.count == 0) return WB_E_SYNTAX;
  *count = list.count;
  return list.count > list.capacity ? WB_E_SPACE : WB_OK;
}
