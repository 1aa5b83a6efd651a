/* SPDX-License-Identifier: MIT */
/* Fields that are read where they lie, row by row: as much of a view as one cell needs. */
#ifndef WBI_FACTS_QUICK_H
#define WBI_FACTS_QUICK_H

#include "base/base.h"

#include <winback/facts.h>

/* How a field is read: not at all before it was looked at, or by its cell, or one day for all. */
enum wbi_quick_how {
  WBI_QUICK_UNSEEN,
  WBI_QUICK_NOT,
  WBI_QUICK_ABSENT, /* no column gives it: so for all */
  WBI_QUICK_TODAY,
  WBI_QUICK_BIT,
  WBI_QUICK_I8,
  WBI_QUICK_U8,
  WBI_QUICK_I16,
  WBI_QUICK_U16,
  WBI_QUICK_I32,
  WBI_QUICK_U32,
  WBI_QUICK_I64,
  WBI_QUICK_FLOAT,
  WBI_QUICK_REAL,
  WBI_QUICK_WORD8, /* numbers of words */
  WBI_QUICK_WORD16,
  WBI_QUICK_WORD32,
  WBI_QUICK_TEXT32, /* places where texts begin and end */
  WBI_QUICK_TEXT64,
  WBI_QUICK_LIST32, /* places where elements begin and end */
  WBI_QUICK_LIST64
};

typedef struct wbi_quick {
  const uint8_t *values;
  const uint8_t *present; /* bits; NULL: none is absent */
  union {
    const wbi_text *words; /* by number */
    const char *bytes;     /* of texts between places */
    uint64_t base;         /* of a list: the place of element 0 */
  } from;
  size_t first_value, first_present; /* bits of row 0 */
  int32_t how;                       /* enum wbi_quick_how */
  int32_t kind;                      /* of a value */
  int32_t absent; /* kind of one that is not there: WB_NULL, WB_UNKNOWN, -1: an error */
  uint32_t most;  /* elements of a list */
  uint32_t list;  /* 1 + index of the list whose elements have the field; 0: rows do */
} wbi_quick;

/* What is read: a wb_value in short. Of a list `integer` is where its elements begin, and `length`
   how many there are. */
typedef struct wbi_quick_value {
  union {
    int64_t integer;
    double real;
    const char *data;
  } as;
  uint32_t length;
  int32_t kind;
} wbi_quick_value;

/* Numbers of some bytes, wherever they lie. */
static inline uint16_t wbi_two_at(const uint8_t *from) {
  uint16_t number;
  memcpy(&number, from, sizeof number);
  return number;
}
static inline uint32_t wbi_four_at(const uint8_t *from) {
  uint32_t number;
  memcpy(&number, from, sizeof number);
  return number;
}
static inline uint64_t wbi_eight_at(const uint8_t *from) {
  uint64_t number;
  memcpy(&number, from, sizeof number);
  return number;
}
static inline double wbi_real_at(const uint8_t *from, uint32_t width) {
  double wide;
  float narrow;
  if (width != sizeof wide) {
    memcpy(&narrow, from, sizeof narrow);
    return (double)narrow;
  }
  memcpy(&wide, from, sizeof wide);
  return wide;
}
/* A bit of a bitmap, lowest first. */
static inline bool wbi_bit_at(const uint8_t *bits, size_t at) {
  return bits[at / 8] >> (at % 8) & 1;
}

/* Sets a list that begins and ends at places; false: it is too long. */
static inline bool wbi_quick_list(const wbi_quick *quick, uint64_t begin, uint64_t end,
                                  wbi_quick_value *value) {
  value->as.integer = (int64_t)(begin - quick->from.base);
  value->length = (uint32_t)(end - begin);
  return end - begin <= quick->most;
}

/* Sets a text that begins and ends at places; false: it is empty and must not be. */
static inline bool wbi_quick_text(const wbi_quick *quick, uint64_t begin, uint64_t end,
                                  wbi_quick_value *value) {
  value->length = (uint32_t)(end - begin);
  value->kind = value->length != 0 ? quick->kind : quick->absent;
  value->as.data = value->length != 0 ? quick->from.bytes + begin : NULL;
  return value->kind >= 0;
}

/* Reads a field of the row that wbi_facts_quick was asked for, or of an element; false: it is to be
   asked for with wbi_facts_value or wbi_facts_item. */
static inline bool wbi_quick_read(const wbi_quick *quick, uint64_t place, wbi_quick_value *value) {
  const uint8_t *values = quick->values;
  const size_t row = (size_t)place;
  uint32_t word = 0;
  if (quick->how <= WBI_QUICK_NOT) return false;
  *value = (wbi_quick_value){.kind = quick->absent};
  if (quick->present != NULL && !wbi_bit_at(quick->present, quick->first_present + row))
    return quick->absent >= 0;
  value->kind = quick->kind;
  switch (quick->how) {
  case WBI_QUICK_ABSENT: value->kind = quick->absent; return value->kind >= 0;
  case WBI_QUICK_TODAY: value->as.integer = (int32_t)wbi_four_at(values); return true;
  case WBI_QUICK_BIT: value->as.integer = wbi_bit_at(values, quick->first_value + row); return true;
  case WBI_QUICK_I8: value->as.integer = (int8_t)values[row]; return true;
  case WBI_QUICK_U8: value->as.integer = values[row]; return true;
  case WBI_QUICK_I16: value->as.integer = (int16_t)wbi_two_at(values + 2 * row); return true;
  case WBI_QUICK_U16: value->as.integer = wbi_two_at(values + 2 * row); return true;
  case WBI_QUICK_I32: value->as.integer = (int32_t)wbi_four_at(values + 4 * row); return true;
  case WBI_QUICK_U32: value->as.integer = wbi_four_at(values + 4 * row); return true;
  case WBI_QUICK_I64: value->as.integer = (int64_t)wbi_eight_at(values + 8 * row); return true;
  case WBI_QUICK_FLOAT: value->as.real = wbi_real_at(values + 4 * row, 4); return true;
  case WBI_QUICK_REAL: value->as.real = wbi_real_at(values + 8 * row, 8); return true;
  case WBI_QUICK_TEXT32:
    return wbi_quick_text(quick, wbi_four_at(values + 4 * row), wbi_four_at(values + 4 * row + 4),
                          value);
  case WBI_QUICK_TEXT64:
    return wbi_quick_text(quick, wbi_eight_at(values + 8 * row), wbi_eight_at(values + 8 * row + 8),
                          value);
  case WBI_QUICK_LIST32:
    return wbi_quick_list(quick, wbi_four_at(values + 4 * row), wbi_four_at(values + 4 * row + 4),
                          value);
  case WBI_QUICK_LIST64:
    return wbi_quick_list(quick, wbi_eight_at(values + 8 * row), wbi_eight_at(values + 8 * row + 8),
                          value);
  case WBI_QUICK_WORD8: word = values[row]; break;
  case WBI_QUICK_WORD16: word = wbi_two_at(values + 2 * row); break;
  default: word = wbi_four_at(values + 4 * row); break;
  }
  value->as.data = quick->from.words[word].data;
  value->length = (uint32_t)quick->from.words[word].length;
  if (value->length == 0) value->kind = quick->absent;
  return value->kind >= 0;
}

/* Reads a field of element `index` of its list in a row; false: likewise. `fields` are those that
   wbi_facts_quick gave. */
static inline bool wbi_quick_item(const wbi_quick *fields, uint32_t field, uint64_t row,
                                  uint32_t index, wbi_quick_value *value) {
  const wbi_quick *quick = &fields[field];
  return quick->list != 0 && wbi_quick_read(&fields[quick->list - 1], row, value) &&
         value->kind == WB_LIST && index < value->length &&
         wbi_quick_read(quick, (uint64_t)value->as.integer + index, value);
}

/* Sets a value to what was read. */
static inline void wbi_quick_set(wb_value *value, const wbi_quick_value *read) {
  value->size = sizeof *value;
  value->flags = 0;
  value->integer = 0;
  value->data = NULL;
  value->length = 0;
  value->kind = read->kind;
  switch (read->kind) {
  case WB_UNKNOWN:
  case WB_NULL: return;
  case WB_DOUBLE: value->real = read->as.real; return;
  case WB_TEXT:
    value->data = read->as.data;
    value->length = read->length;
    return;
  case WB_LIST: value->integer = read->length; return;
  default: value->integer = read->as.integer; return;
  }
}

/* Finds how a field is read, once; of facts that have quick reads. */
void wbi_quick_look(wb_facts *facts, uint32_t field, const wb_moment *moment);
/* A field of a row where it lies; false: it is to be answered as any other. */
bool wbi_quick_answer(wb_facts *facts, uint64_t row, uint32_t field, const wb_moment *moment,
                      wb_value *value);
/* The same of a field of element `index` of its list. */
bool wbi_quick_element(wb_facts *facts, uint64_t row, uint32_t field, uint32_t index,
                       const wb_moment *moment, wb_value *value);

#endif
