/* SPDX-License-Identifier: MIT */
/* Face of lib/facts: the dictionary, and the values of its fields row by row. */
#ifndef WBI_FACTS_H
#define WBI_FACTS_H

#include "dental/dental.h"
#include "facts/quick.h"

#include <winback/facts.h>

/* A field as the compilers see it. */
typedef struct wbi_field {
  wbi_text name;
  wbi_text domain; /* "a|b|c", empty: not an enumeration */
  const char *about;
  int32_t type; /* enum wb_kind */
  int32_t presence;
  int32_t class_;
  int32_t element; /* of a list: kind of its elements; else 0 */
  uint32_t list;   /* 1 + index of the list it is a field of the elements of; 0: none */
  uint32_t most;   /* of a list: how many elements it has at most; else 0 */
} wbi_field;

const wbi_field *wbi_schema_field(const wb_schema *schema, uint32_t index); /* index < count */
/* Whether some field's name begins with `path` and a dot: "patient" is, "patient.age" is not. */
bool wbi_schema_prefix(const wb_schema *schema, wbi_text path);
/* Nearest field name, for an error message; empty when none is near. */
wbi_text wbi_schema_nearest(const wb_schema *schema, wbi_text name);
/* Whether a value belongs to an enumeration; nearest one for the message. */
bool wbi_domain_has(wbi_text domain, wbi_text value);
wbi_text wbi_domain_nearest(wbi_text domain, wbi_text value);

/* Lets the machine's calls hold the facts for their whole length (WB_E_BUSY when in use), and read
   without entering again. */
bool wbi_facts_enter(wb_facts *facts);
void wbi_facts_leave(wb_facts *facts);
const wb_schema *wbi_facts_schema(const wb_facts *facts);
wb_time wbi_facts_as_of(const wb_facts *facts);

/* As the public functions, for callers that have entered. The value's text stays valid until
   another row is read: over a getter there is room for one. */
wb_status wbi_facts_rows(wb_facts *facts, uint64_t *count, wb_error *error);
wb_status wbi_facts_row(wb_facts *facts, wbi_text key, uint64_t *row);
/* Before each row of a walk over all `rows`: tells a getter now and then which it is asked for
   next. WB_E_ABORTED. */
wb_status wbi_facts_ahead(wb_facts *facts, uint64_t row, uint64_t rows, wb_error *error);
wb_status wbi_facts_value(wb_facts *facts, uint64_t row, uint32_t field, const wb_moment *moment,
                          wb_value *value, wb_error *error);
/* One field of element `index` of a list; WB_E_NAME when the list is shorter, null or unknown. */
wb_status wbi_facts_item(wb_facts *facts, uint64_t row, uint32_t field, uint32_t index,
                         const wb_moment *moment, wb_value *value, wb_error *error);
/* The zone of a row: that of its location, else the moment's; NULL when neither is known. */
wb_status wbi_facts_zone(wb_facts *facts, uint64_t row, const wb_moment *moment,
                         const wb_zone **zone, wb_error *error);
/* What the machine lends for a while: the visit or opening that a campaign is about, the offer that
   a step makes, and what is known of the message. Text stays the lender's. */
typedef enum wbi_lent {
  WBI_LENT_SLOT_KEY,
  WBI_LENT_SLOT_START,
  WBI_LENT_SLOT_MINUTES,
  WBI_LENT_SLOT_SCHEDULE,
  WBI_LENT_SLOT_STATUS,
  WBI_LENT_SLOT_CONFIRMED,
  WBI_LENT_OFFER_WHAT,
  WBI_LENT_OFFER_INCLUDES,
  WBI_LENT_OFFER_EXCLUDES,
  WBI_LENT_OFFER_PRICE,
  WBI_LENT_OFFER_REGULAR,
  WBI_LENT_OFFER_LAST,
  WBI_LENT_MESSAGE_AGAIN,
  WBI_LENT_MESSAGE_LINK,
  WBI_LENT_FIELDS
} wbi_lent;
/* WBI_LENT_FIELDS values; NULL: nothing any more. And one of them. */
void wbi_facts_lend(wb_facts *facts, const wb_value *lent);
void wbi_facts_lend_one(wb_facts *facts, wbi_lent which, wb_value lent);
/* Scratch memory of the executors; kept from call to call, so that nothing is allocated once warm.
   Grows to at least `size` bytes; NULL: no memory. `slot` 0: rules, 1: templates; the others are
   the parts' own. */
enum {
  WBI_SCRATCH_CHART = 2,
  WBI_SCRATCH_ROWS,
  WBI_SCRATCH_CLAIMS,
  WBI_SCRATCH_LIMITS,
  WBI_SCRATCHES
};
void *wbi_facts_scratch(wb_facts *facts, int slot, size_t size);
/* Memory for what an evaluation makes, taken back by the next call with the same slot: of a row, or
   of a batch, which rows are asked for in between. */
enum { WBI_HEAP_ROW, WBI_HEAP_BATCH, WBI_HEAPS };
wbi_arena *wbi_facts_heap(wb_facts *facts, int slot);

/* What wbi_quick_read reads fields from, by index; NULL where a row or moment is none, or nothing
   is known of the columns yet: wbi_facts_value looks at them. */
const wbi_quick *wbi_facts_quick(wb_facts *facts, uint64_t row, const wb_moment *moment);

/* ---- views (view.c) ----------------------------------------------------------------------- */

/* Fields where they lie: what the batch executor reads without asking row by row. */

/* A batch of a column: cell `first` lies first. A cell that is present is the field's value as it
   is: a number of the width, a bit, or the number of a word. */
typedef struct wbi_view {
  const uint8_t *values;
  const uint8_t *present; /* bits, lowest first; NULL: none is absent */
  const void *words;      /* of a text: what they are read from; else NULL */
  size_t first;           /* row or element of the first cell */
  size_t first_value;     /* of a bool: its bit */
  size_t first_present;   /* its bit */
  uint32_t rows;
  uint32_t word_count;
  uint32_t width; /* bytes; 0: bits */
  int32_t kind;   /* enum wb_kind of the field */
  bool is_signed;
} wbi_view;

/* A batch of lists: row `first` lies first. The elements of all rows lie behind each other; those
   between the places of an absent list are nobody's. */
typedef struct wbi_list_view {
  const uint8_t *places;
  const uint8_t *present; /* as of wbi_view */
  size_t first, first_present;
  int64_t base;   /* the place of element 0 */
  uint32_t width; /* bytes of a place: 4 or 8 */
} wbi_list_view;

/* How many batches the patients came in; the row behind the last one of a batch. */
uint32_t wbi_facts_batches(const wb_facts *facts);
uint64_t wbi_facts_batch_end(const wb_facts *facts, uint32_t batch); /* a getter has one */
/* The view of a field that is given as a column; false: it has none. */
bool wbi_facts_view(wb_facts *facts, uint32_t field, uint32_t batch, wbi_view *view);
/* A word of a text's view; empty: it stands for an absent value. */
wbi_text wbi_view_word(const wbi_view *view, uint32_t word);
/* The view of a list that is given as a column; then its elements' fields may have views. */
bool wbi_facts_view_lists(wb_facts *facts, uint32_t list, uint32_t batch, wbi_list_view *view);
/* Where the elements of a row begin, and those of the row before end. */
static inline size_t wbi_list_view_at(const wbi_list_view *view, size_t row) {
  const uint8_t *from = view->places + (row - view->first) * view->width;
  const int64_t place = view->width == 8 ? (int64_t)wbi_eight_at(from) : (int32_t)wbi_four_at(from);
  return (size_t)(place - view->base);
}
/* Whether all rows have one zone, so that `today` is one day. */
bool wbi_facts_one_zone(const wb_facts *facts);

#endif
