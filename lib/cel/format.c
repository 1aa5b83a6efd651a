/* SPDX-License-Identifier: MIT */
/* text.format(list): values written by the clauses of a pattern, "%s" and its like. */
#include "cel/format.h"
#include "cel/convert.h"

enum { FORMAT_DEPTH = 100, FORMAT_PLACES = 6 };

/* The text while it is written. */
typedef struct format_output {
  wbi_cel_run *run;
  wbi_writer writer;
  wbi_cel_value wrong; /* null: nothing */
  uint32_t depth;      /* of lists and maps */
} format_output;

/* A value as "%s" writes it. Recursive through lists and maps, to FORMAT_DEPTH. */
static void format_put(format_output *out, const wbi_cel_value *value);

static void format_fault(format_output *out, enum wbi_cel_fault fault) {
  const wbi_cel_value value = wbi_cel_of_fault(fault);
  out->wrong = wbi_cel_doubt(&out->wrong, &value);
}

/* ---- numbers ------------------------------------------------------------------------------ */

/* The shortest digits of a double, never with an exponent. */
static void format_put_double(wbi_writer *writer, double value) {
  char shortest[32];
  wbi_writer plain = {shortest, sizeof shortest, 0};
  wbi_put_double(&plain, value);
  const wbi_text text = {shortest, plain.length};
  const char *mark = memchr(shortest, 'e', plain.length);
  if (mark == NULL) {
    wbi_put_text(writer, text);
    return;
  }
  /* d.ddde±xx has as many places as digits behind the point less its exponent. */
  const size_t at = (size_t)(mark - shortest);
  const char *point = memchr(shortest, '.', at);
  int64_t exponent = 0;
  wbi_parse_int(wbi_text_slice(text, at + (mark[1] == '+' ? 2 : 1), text.length), &exponent);
  const int64_t places = (point != NULL ? mark - point - 1 : 0) - exponent;
  if (places > 0) {
    wbi_put_fixed(writer, value, (uint32_t)places);
    return;
  }
  for (const char *c = shortest; c < mark; c++)
    if (*c != '.') wbi_put_char(writer, *c);
  for (int64_t i = places; i < 0; i++)
    wbi_put_char(writer, '0');
}

/* Whole numbers in a base that is a power of two: `shift` bits a digit. */
static void format_put_bits(wbi_writer *writer, const wbi_cel_value *value, unsigned shift,
                            bool upper) {
  const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  const bool negative = value->kind == WB_INT && value->as.integer < 0;
  const uint64_t bits = (uint64_t)value->as.integer;
  const uint64_t size = negative ? 0 - bits : bits;
  unsigned at = 0;
  while (at + shift < 64 && size >> (at + shift) != 0)
    at += shift;
  if (negative) wbi_put_char(writer, '-');
  for (;; at -= shift) {
    wbi_put_char(writer, digits[size >> at & ((1u << shift) - 1)]);
    if (at == 0) return;
  }
}

static void format_put_hex(wbi_writer *writer, wbi_text text, bool upper) {
  for (size_t i = 0; i < text.length; i++) {
    const wbi_cel_value high = wbi_cel_of(WB_UINT, (uint8_t)text.data[i] >> 4);
    const wbi_cel_value low = wbi_cel_of(WB_UINT, (uint8_t)text.data[i] & 15);
    format_put_bits(writer, &high, 4, upper);
    format_put_bits(writer, &low, 4, upper);
  }
}

/* ---- lists and maps ----------------------------------------------------------------------- */

static void format_put_list(format_output *out, const wbi_cel_value *list) {
  if (!wbi_cel_charge(out->run, list->length)) format_fault(out, WBI_FAULT_COST);
  wbi_put_char(&out->writer, '[');
  for (uint32_t i = 0; i < list->length && out->wrong.kind != WBI_KIND_ERROR; i++) {
    const wbi_cel_value item = wbi_cel_item(out->run, list, i);
    if (i > 0) wbi_put_text(&out->writer, WBI_TEXT(", "));
    format_put(out, &item);
  }
  wbi_put_char(&out->writer, ']');
}

/* An entry of a map, and its key as it is written. */
typedef struct format_entry {
  wbi_text key;
  const wbi_cel_value *value;
} format_entry;

/* The text of a key in the memory of the run. */
static wbi_text format_key(format_output *out, const wbi_cel_value *key) {
  if (key->kind == WB_TEXT) return wbi_cel_text(key);
  char *data = wbi_cel_take(out->run, 32); /* bools and whole numbers are shorter */
  if (data == NULL) format_fault(out, WBI_FAULT_COST);
  wbi_writer writer = {data, data != NULL ? 32 : 0, 0};
  wbi_cel_put_text_of(&writer, key);
  return (wbi_text){data, data != NULL ? writer.length : 0};
}

/* Lets an entry sink in a heap whose top is the last of all. */
static void format_sink(format_entry *entries, uint32_t count, uint32_t at) {
  const format_entry entry = entries[at];
  for (uint32_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
    if (child + 1 < count && wbi_text_compare(entries[child].key, entries[child + 1].key) < 0)
      child++;
    if (wbi_text_compare(entry.key, entries[child].key) >= 0) break;
    entries[at] = entries[child];
    at = child;
  }
  entries[at] = entry;
}

/* Sorts by key. */
static void format_sort(format_entry *entries, uint32_t count) {
  for (uint32_t i = count / 2; i-- > 0;)
    format_sink(entries, count, i);
  for (uint32_t i = count; i-- > 1;) {
    const format_entry last = entries[0];
    entries[0] = entries[i];
    entries[i] = last;
    format_sink(entries, i, 0);
  }
}

static void format_put_map(format_output *out, const wbi_cel_value *map) {
  const uint64_t size = (uint64_t)map->length * sizeof(format_entry);
  format_entry *entries = size <= UINT32_MAX ? wbi_cel_take(out->run, (size_t)size) : NULL;
  if (entries == NULL) {
    format_fault(out, WBI_FAULT_COST);
    return;
  }
  for (uint32_t i = 0; i < map->length && out->wrong.kind != WBI_KIND_ERROR; i++) {
    const wbi_cel_value *pair = &map->as.items[(size_t)i * 2];
    entries[i] = (format_entry){format_key(out, &pair[0]), &pair[1]};
  }
  if (out->wrong.kind == WBI_KIND_ERROR) return;
  format_sort(entries, map->length);
  wbi_put_char(&out->writer, '{');
  for (uint32_t i = 0; i < map->length && out->wrong.kind != WBI_KIND_ERROR; i++) {
    if (i > 0) wbi_put_text(&out->writer, WBI_TEXT(", "));
    wbi_put_text(&out->writer, entries[i].key);
    wbi_put_text(&out->writer, WBI_TEXT(": "));
    format_put(out, entries[i].value);
  }
  wbi_put_char(&out->writer, '}');
}

/* A list or a map, one deeper. */
static void format_put_nested(format_output *out, const wbi_cel_value *value) {
  if (out->depth == FORMAT_DEPTH) {
    format_fault(out, WBI_FAULT_VALUE);
    return;
  }
  out->depth++;
  if (value->kind == WB_LIST)
    format_put_list(out, value);
  else
    format_put_map(out, value);
  out->depth--;
}

/* ---- clauses ------------------------------------------------------------------------------ */

static void format_put(format_output *out, const wbi_cel_value *value) {
  switch (value->kind) {
  case WB_UNKNOWN:
  case WBI_KIND_ERROR: out->wrong = wbi_cel_doubt(&out->wrong, value); return;
  case WB_NULL: wbi_put_text(&out->writer, WBI_TEXT("null")); return;
  case WB_DOUBLE: format_put_double(&out->writer, value->as.real); return;
  case WB_LIST:
  case WBI_KIND_MAP: format_put_nested(out, value); return;
  case WBI_KIND_TYPE: wbi_put_text(&out->writer, value->as.type->name); return;
  case WBI_KIND_OPTIONAL: format_fault(out, WBI_FAULT_VALUE); return;
  default: break;
  }
  if (value->kind == WB_BYTES && !wbi_utf8_valid(wbi_cel_text(value)))
    format_fault(out, WBI_FAULT_TEXT);
  wbi_cel_put_text_of(&out->writer, value);
}

/* Writes the bits of a number, or the bytes of a text; false: it has none. */
static bool format_base(format_output *out, char letter, const wbi_cel_value *value) {
  const bool whole = value->kind == WB_INT || value->kind == WB_UINT;
  const bool hex = letter == 'x' || letter == 'X';
  const unsigned shift = hex ? 4 : letter == 'o' ? 3 : 1;
  if (whole || (letter == 'b' && value->kind == WB_BOOL)) {
    format_put_bits(&out->writer, value, shift, letter == 'X');
  } else if (hex && (value->kind == WB_TEXT || value->kind == WB_BYTES)) {
    format_put_hex(&out->writer, wbi_cel_text(value), letter == 'X');
  } else {
    return false;
  }
  return true;
}

/* Writes a number; false: it is none. */
static bool format_number(format_output *out, char letter, uint32_t places,
                          const wbi_cel_value *value) {
  if (!wbi_cel_is_number(value->kind)) return false;
  if (letter == 'd')
    format_put(out, value);
  else if (letter == 'f')
    wbi_put_fixed(&out->writer, wbi_cel_real(value), places);
  else
    wbi_put_scientific(&out->writer, wbi_cel_real(value), places);
  return true;
}

/* Writes a value by the letter of its clause. */
static void format_clause(format_output *out, char letter, uint32_t places,
                          const wbi_cel_value *value) {
  bool fits = false;
  switch (wbi_cel_is_doubt(value) ? 's' : letter) {
  case 's':
    format_put(out, value);
    fits = true;
    break;
  case 'd':
  case 'e':
  case 'f': fits = format_number(out, letter, places, value); break;
  case 'b':
  case 'o':
  case 'x':
  case 'X': fits = format_base(out, letter, value); break;
  default: break;
  }
  if (!fits) format_fault(out, WBI_FAULT_VALUE);
}

/* The precision of a clause, from behind the percent sign, and the offset of its letter; false: it
   is none, or too large. */
static bool format_places(wbi_text pattern, size_t *at, uint32_t *places) {
  *places = FORMAT_PLACES;
  if (*at >= pattern.length || pattern.data[*at] != '.') return true;
  const size_t begin = ++*at;
  *places = 0;
  for (; *at < pattern.length && wbi_is_digit(pattern.data[*at]) && *places <= WBI_PLACES_MOST;
       ++*at)
    *places = *places * 10 + (uint32_t)(pattern.data[*at] - '0');
  return *at > begin && *places <= WBI_PLACES_MOST;
}

/* Writes one clause, from behind the percent sign, with an element; leaves *at at its letter. */
static void format_one(format_output *out, wbi_text pattern, size_t *at, const wbi_cel_value *list,
                       uint32_t index) {
  uint32_t places = 0;
  if (!format_places(pattern, at, &places) || *at >= pattern.length || index >= list->length) {
    format_fault(out, WBI_FAULT_VALUE);
    return;
  }
  const wbi_cel_value item = wbi_cel_item(out->run, list, index);
  format_clause(out, pattern.data[*at], places, &item);
}

/* Writes the pattern with its clauses replaced. */
static void format_all(format_output *out, wbi_text pattern, const wbi_cel_value *list) {
  uint32_t next = 0;
  for (size_t at = 0; at < pattern.length && out->wrong.kind != WBI_KIND_ERROR; at++) {
    const bool percent = pattern.data[at] == '%';
    if (percent) at++;
    if (percent && !(at < pattern.length && pattern.data[at] == '%'))
      format_one(out, pattern, &at, list, next++);
    else
      wbi_put_char(&out->writer, pattern.data[at]);
  }
}

wbi_cel_value wbi_cel_format(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  format_output out = {.run = run, .wrong = wbi_cel_of(WB_NULL, 0)};
  (void)count;
  if (arguments[0].kind != WB_TEXT || arguments[1].kind != WB_LIST)
    return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text pattern = wbi_cel_text(&arguments[0]);
  if (!wbi_cel_charge(run, pattern.length / 8 + 1)) return wbi_cel_of_fault(WBI_FAULT_COST);
  format_all(&out, pattern, &arguments[1]);
  if (out.wrong.kind != WB_NULL) return out.wrong;
  const size_t length = out.writer.length;
  char *data = length <= UINT32_MAX ? wbi_cel_take(run, length) : NULL;
  if (data == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  out.writer = (wbi_writer){data, length, 0};
  format_all(&out, pattern, &arguments[1]);
  return out.wrong.kind != WB_NULL ? out.wrong : wbi_cel_of_text((wbi_text){data, length});
}
