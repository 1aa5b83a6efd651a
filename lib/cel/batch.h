/* SPDX-License-Identifier: MIT */
/* What the parts of the batch executor share. */
#ifndef WBI_CEL_BATCH_H
#define WBI_CEL_BATCH_H

#include "cel/planes.h"

/* How a field of the program is read. */
typedef struct wbi_batch_slot {
  wbi_view view;
  wbi_list_view lists;
  wbi_cel_value value; /* of all rows, where it is one */
  bool is_viewed, is_uniform, is_list;
} wbi_batch_slot;

/* What an instruction is for all rows, once that is found. */
typedef struct wbi_batch_found {
  wbi_test test;       /* of a column against a constant */
  wbi_cel_value value; /* of a function of constants */
  bool is_found;
  bool has_kernel; /* for the test */
} wbi_batch_found;

struct wbi_batch_fold;

/* One call over many rows. */
typedef struct wbi_batch {
  wbi_cel_run run; /* for what is constant: each instruction may cost what a patient may */
  wbi_batch_slot *slots;
  wbi_batch_found *found; /* by instruction */
  uint32_t *skips;        /* by instruction: behind the operand that begins there and that only
                             rows can be asked; 0: none */
  void *stack;
  size_t first;                /* row or element of lane 0 */
  uint32_t count;              /* lanes */
  struct wbi_batch_fold *fold; /* where the lanes are elements: of these lists; else NULL */
} wbi_batch;

/* Prepares a call: which fields lie in columns, which operands have kernels. WB_E_NOMEM. */
wb_status wbi_batch_begin(wbi_batch *batch, const wbi_cel_run *run);
/* Rows `first` … `first + count - 1` as planes, until the next ones; NULL: what failed is in the
   run. */
wbi_planes *wbi_batch_rows(wbi_batch *batch, uint64_t first, uint32_t count);
size_t wbi_batch_entry_size(void);

/* The part of a column that comes next: where it begins, and how many bytes there are for each word
   of bits. */
enum { WBI_COMING = 6 };
typedef struct wbi_batch_coming {
  const wbi_view *view;
  const uint8_t *from;
  size_t step;
} wbi_batch_coming;

/* Going through the elements of the lanes' lists, as many at once as there are lanes. */
typedef struct wbi_batch_fold {
  const wbi_list_view *lists;          /* where the elements lie */
  size_t first;                        /* element that the first lane's begin with */
  uint32_t kind;                       /* enum wbi_cel_loop */
  uint32_t most;                       /* elements that a list may have here */
  int32_t absent;                      /* enum wbi_absent of a list that is not there */
  uint32_t row, rows;                  /* lanes whose elements are looked at: from, how many */
  bool some_long;                      /* whether one has more, or more than are easily counted */
  uint32_t starts[WBI_LANES + 1];      /* by lane: its elements, counted from the first; behind the
                                          last: how many there are */
  uint8_t seen[WBI_LANES];             /* by lane: what was seen among its elements */
  wbi_batch_coming coming[WBI_COMING]; /* of the columns that the body has looked at */
  uint32_t comings;
} wbi_batch_fold;

void wbi_batch_fold_begin(const wbi_batch *batch, wbi_batch_fold *fold, uint32_t kind,
                          uint32_t slot);
/* The next rows with their elements; false: all rows are done. */
bool wbi_batch_fold_next(const wbi_batch *batch, wbi_batch_fold *fold);
/* Notes that the body looks at `count` cells of a column from element `first` on. */
void wbi_batch_fold_look(wbi_batch_fold *fold, const wbi_view *view, size_t first, uint32_t count);
/* Takes the truths of the body over them. */
void wbi_batch_fold_take(wbi_batch_fold *fold, wbi_planes *body);
/* What the lanes came to. */
void wbi_batch_fold_end(const wbi_batch *batch, const wbi_batch_fold *fold, wbi_planes *planes);

#endif
