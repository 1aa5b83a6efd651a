/* SPDX-License-Identifier: MIT */
/*
 * Values of a template while it is rendered, the texts that filters make, and the filters.
 *
 * A value is a wb_value, as facts give it, or one of the kinds below. A number that is too long for
 * them is a text that spells it. Filters take whatever comes in. They fail where a text grows past
 * the room (WB_E_LIMIT), where there is no answer that may be sent - a division by zero, a length
 * that is no number, a date that is none (WB_E_RANGE) - and where reading a list from facts does.
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
  WBI_MIXED = -6,   /* as a type: one or another, known when it is rendered */
  WBI_LOOP = -7,    /* integer: the frame of a loop, of an open template */
  WBI_SELF = -8     /* all names of an open template together */
};

/* Flags of a value while it is rendered. */
enum {
  WBI_VALUE_ESCAPED = 1, /* a text that is safe in HTML as it stands */
  WBI_VALUE_PAIR = 2,    /* of a WBI_NODE: the list of a member's name and its value */
  WBI_VALUE_LONG = 4     /* a text that spells a number which is too long */
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
  bool spanish;              /* the wording; else it is English */
  const wb_zone *zone;       /* instants are shown in it; NULL: in UTC */
} wbi_filtering;

/* A text is made by writing and then finishing it; only one at a time. A failure of writing leaves
   the room as it was. */
wbi_writer wbi_room_begin(wbi_room *room);
/* The text that was written, now a value; sets room->full when it did not fit. */
wb_status wbi_room_finish(wbi_room *room, const wbi_writer *writer, wb_value *value);

wb_value wbi_value_null(void);
wb_value wbi_value_int(int64_t integer);
wb_value wbi_value_text(wbi_text text);
/* The same where a value lies: one that is copied right after it was made takes much longer. */
static inline void wbi_value_become(wb_value *value, int32_t kind, int64_t integer) {
  value->size = sizeof *value;
  value->flags = 0;
  value->integer = integer;
  value->data = NULL;
  value->kind = kind;
  value->length = 0;
}
static inline void wbi_value_become_text(wb_value *value, const char *data, uint32_t length) {
  value->size = sizeof *value;
  value->flags = 0;
  value->data = data;
  value->kind = WB_TEXT;
  value->length = length;
}
/* What a number's text spells: a number, or a text that stands for it. */
wb_value wbi_value_number(wbi_text text);
wb_value wbi_value_node(const wbi_json *node);
void wbi_value_become_node(wb_value *value, const wbi_json *node);
/* Whether a value is absent: null, unknown, or a text of nothing but white space. */
bool wbi_value_missing(const wb_value *value);
/* All but nil, unknown and false. */
bool wbi_value_truth(const wb_value *value);
/* Liquid's ==: numbers by size, whatever their kind; `blank` and `empty` on either side. */
bool wbi_value_equal(const wb_value *a, const wb_value *b);
/* Writes a value as filters see it: nothing for what is absent, a list as ["a", 1]. */
void wbi_value_put(const wbi_filtering *filtering, wbi_writer *writer, const wb_value *value);
/* The same as a text; the memory is that of the value, or the room's. */
wb_status wbi_value_write(const wbi_filtering *filtering, const wb_value *value, wbi_text *text);
/* Writes the elements of a list, and of the lists in it, as {{ list }} does with nothing between
   them; anything else as wbi_value_put. */
wb_status wbi_value_join(const wbi_filtering *filtering, wbi_writer *writer, const wb_value *value,
                         wbi_text glue);
/* Writes an array or object as Ruby shows it, [1, "a", {"b"=>nil}]; a pair as a list of two. */
void wbi_value_inspect(wbi_writer *writer, const wb_value *node);
/* Length of a list or object; false: it is none. */
bool wbi_value_count(const wb_value *value, uint32_t *count);
/* Whether a value is a list, and not an object. */
bool wbi_value_list(const wb_value *value);
/* Whether a text is known to have no byte of some kinds of bytes.h: it is the one that was screened
   last. Such a text is ASCII without controls, < and >. */
bool wbi_render_lacks_bytes(const struct wbi_render *render, wbi_text text, uint32_t kinds);
/* An element of a list of facts, screened (operand.c); a record is an element. */
wb_status wbi_render_item(struct wbi_render *render, uint32_t field, uint32_t index,
                          wb_value *value);
/* An element of a list, or of an object as a pair; null behind its end. */
wb_status wbi_value_item(const wbi_filtering *filtering, const wb_value *list, uint32_t index,
                         wb_value *item);

/* ---- decimals (decimal.c) ----------------------------------------------------------------- */

/* A number from a value: an int, uint, decimal, double, or what a text begins with, which may be
   nothing, 0; false, and 0: it is none of these, or too long. */
bool wbi_decimal_from(const wb_value *value, wb_value *number);
/* A literal such as 12, 12.50 or 1e3. WB_E_RANGE: too long; a text can stand for it. */
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
  uint8_t steps_in;    /* 1: for what is missing */
  /* Kinds, enum wb_kind or one from above; WBI_DECIMAL stands for any number. */
  int32_t takes; /* what a field must be; WB_UNKNOWN: anything */
  int32_t gives; /* WB_UNKNOWN: what it takes */
  wb_status (*apply)(const wbi_filtering *filtering, wb_value *value, const wb_value *arguments,
                     uint32_t count);
} wbi_filter;

/* NULL: no such filter. */
const wbi_filter *wbi_filter_find(wbi_text name);
wbi_text wbi_filter_nearest(wbi_text name);

#endif
