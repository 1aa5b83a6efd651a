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

/* One call over many rows. */
typedef struct wbi_batch {
  wbi_cel_run run; /* for what is constant */
  wbi_batch_slot *slots;
  const uint8_t **verdicts; /* by instruction: of words, once they are reached */
  uint32_t *skips;          /* by instruction: behind the operand that begins there and that only
                               rows can be asked; 0: none */
  void *stack;
  size_t first;   /* row or element of lane 0 */
  uint32_t count; /* lanes */
  bool in_elements;
} wbi_batch;

/* Prepares a call: which fields lie in columns, which operands have kernels. WB_E_NOMEM. */
wb_status wbi_batch_begin(wbi_batch *batch, const wbi_cel_run *run);
/* Rows `first` … `first + count - 1` as planes; false: what failed is in the run. */
bool wbi_batch_rows(wbi_batch *batch, uint64_t first, uint32_t count, wbi_planes *planes);
size_t wbi_batch_entry_size(void);

/* Going through the elements of the lanes' lists, as many at once as there are lanes. */
typedef struct wbi_batch_fold {
  wbi_planes planes;              /* of the rows so far */
  const wbi_list_view *lists;     /* where the elements lie */
  size_t element;                 /* first one to look at */
  uint32_t row, rows;             /* lanes whose elements they are: from, how many */
  uint32_t kind;                  /* enum wbi_cel_loop */
  uint32_t most;                  /* elements that a list may have here */
  int32_t absent;                 /* enum wbi_absent of a list that is not there */
  uint32_t starts[WBI_LANES + 1]; /* of the rows' elements among those looked at; of the row
                                     behind: how many elements there are */
} wbi_batch_fold;

void wbi_batch_fold_begin(const wbi_batch *batch, wbi_batch_fold *fold, uint32_t kind,
                          uint32_t slot);
/* The next rows with their elements; false: all rows are done. */
bool wbi_batch_fold_next(const wbi_batch *batch, wbi_batch_fold *fold);
/* Takes the truths of the body over them. */
void wbi_batch_fold_take(wbi_batch_fold *fold, const wbi_planes *body);

#endif
