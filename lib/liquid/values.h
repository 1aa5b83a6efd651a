/* SPDX-License-Identifier: MIT */
/*
 * Values of a template while it is rendered, the texts that filters make, and the filters.
 *
 * A value is a wb_value, as facts give it, or one of the kinds below. Filters are total: whatever
 * comes in, something defined comes out. The only failures are a text that grows past the room
 * (WB_E_LIMIT) and what reading a list from facts can fail with.
 */
#ifndef WBI_LIQUID_VALUES_H
#define WBI_LIQUID_VALUES_H

#include "facts/facts.h"

/* Kinds of a value besides enum wb_kind. */
enum {
  WBI_BLANK = -1,   /* `blank` */
  WBI_EMPTY = -2,   /* `empty` */
  WBI_DECIMAL = -3, /* integer × 10^-length: exact, at most 18 digits */
  WBI_NODE = -4,    /* data: the wbi_json (an array or object) of an open template */
  WBI_ELEMENT = -5, /* integer: index of a record in the list of facts whose field is `length` */
  WBI_MIXED = -6    /* as a type: one or another, known when it is rendered */
};

/* Flags of a value while it is rendered. */
enum {
  WBI_VALUE_ESCAPED = 1 /* a text that is safe in HTML as it stands */
};

/* Where filters make texts: fixed memory, given back when the render ends. */
typedef struct wbi_room {
  char *data;
  size_t capacity, used;
  bool full; /* a text did not fit: the render fails */
} wbi_room;

/* What a filter may use besides its arguments. */
typedef struct wbi_filtering {
  wbi_room *room;
  struct wbi_render *render; /* to read lists through */
  wbi_text language;         /* "en", "es": of the wording */
  wb_date today;             /* WB_DATE_NONE: not known */
} wbi_filtering;

/* A text is made by writing and then finishing it; only one at a time. */
wbi_writer wbi_room_begin(wbi_room *room);
/* The text that was written, now a value; sets room->full when it did not fit. */
wb_status wbi_room_finish(wbi_room *room, const wbi_writer *writer, wb_value *value);

wb_value wbi_value_null(void);
wb_value wbi_value_int(int64_t integer);
wb_value wbi_value_text(wbi_text text);
/* Whether a value is absent: null, unknown, or a text of nothing but white space. */
bool wbi_value_missing(const wb_value *value);
/* All but nil, unknown and false. */
bool wbi_value_truth(const wb_value *value);
/* Liquid's ==: numbers by size, whatever their kind; `blank` and `empty` on either side. */
bool wbi_value_equal(const wbi_filtering *filtering, const wb_value *a, const wb_value *b);
/* The text of a value as it would be written; the memory is that of the value, or the room's. */
wb_status wbi_value_write(const wbi_filtering *filtering, const wb_value *value, wbi_text *text);
/* Length of a list or object; false: it is none. */
bool wbi_value_count(const wbi_filtering *filtering, const wb_value *value, uint32_t *count);
/* An element of a list. */
wb_status wbi_value_item(const wbi_filtering *filtering, const wb_value *list, uint32_t index,
                         wb_value *item);

/* ---- decimals (decimal.c) ----------------------------------------------------------------- */

/* A number from a value: an int, uint, decimal, or a text that begins with a number; false: 0. */
bool wbi_decimal_from(const wb_value *value, wb_value *number);
/* A literal such as 12.50; WB_E_RANGE beyond 18 digits. */
wb_status wbi_decimal_parse(wbi_text text, wb_value *number);
void wbi_decimal_put(wbi_writer *writer, const wb_value *number);
int wbi_decimal_order(const wb_value *a, const wb_value *b); /* -1, 0, 1: exact */

/* ---- filters (filter_table.c) ------------------------------------------------------------------
 */

enum { WBI_ARGUMENTS_MOST = 3 };

typedef struct wbi_filter {
  const char *name;
  uint8_t least, most; /* arguments, in places */
  uint8_t keyword;     /* 1: takes `allow_false: value`, which comes as the argument after `most` */
  uint8_t reserved;
  int32_t takes; /* what a field must be, enum wb_kind; WB_UNKNOWN: anything */
  int32_t gives; /* WB_UNKNOWN: what it takes */
  wb_status (*apply)(const wbi_filtering *filtering, wb_value *value, const wb_value *arguments,
                     uint32_t count);
} wbi_filter;

/* NULL: no such filter. */
const wbi_filter *wbi_filter_find(wbi_text name);
wbi_text wbi_filter_nearest(wbi_text name);

#endif
