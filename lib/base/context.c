/* SPDX-License-Identifier: MIT */
/* Contexts: the allocator and the limits, and the only caller of the C library's allocator. */
#include "base/base.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { CONTEXT_DEPTH_DEFAULT = 64, CONTEXT_COST_DEFAULT = 1000000, CONTEXT_DEPTH_MOST = 1024 };

struct wb_context {
  wbi_refs refs;
  uint32_t max_depth;
  uint32_t max_cost;
  size_t max_memory; /* 0: no limit */
  wb_alloc_fn alloc; /* NULL: the C library's */
  void *user;
  _Atomic size_t *live; /* points to the next member: a const context can still count */
  _Atomic size_t live_bytes;
};

/* Takes, gives back or resizes through the host's function or the C library. */
static void *context_call(wb_alloc_fn alloc, void *user, void *ptr, size_t old_size,
                          size_t new_size) {
  if (alloc != NULL) return alloc(user, ptr, old_size, new_size);
  /* same: in some C libraries, but not in all, realloc of 0 bytes is free */
  if (new_size > 0) return realloc(ptr, new_size);
  free(ptr);
  return NULL;
}

/* Counts `grow` more bytes as live; false when the limit does not allow it. */
static bool context_charge(const wb_context *context, size_t grow) {
  if (context == NULL) return true;
  size_t live = atomic_load_explicit(context->live, memory_order_relaxed);
  const size_t limit = context->max_memory != 0 ? context->max_memory : SIZE_MAX;
  do {
    if (grow > limit - live) return false;
  } while (!atomic_compare_exchange_weak_explicit(context->live, &live, live + grow,
                                                  memory_order_relaxed, memory_order_relaxed));
  return true;
}

/* Counts `shrink` fewer bytes as live. */
static void context_discharge(const wb_context *context, size_t shrink) {
  if (context != NULL) atomic_fetch_sub_explicit(context->live, shrink, memory_order_relaxed);
}

/* same: a size that stays is counted by nothing */
void *wbi_realloc(const wb_context *context, void *ptr, size_t old_size, size_t new_size) {
  if (ptr == NULL) old_size = 0;
  if (new_size == 0) {
    wbi_free(context, ptr, old_size);
    return NULL;
  }
  if (new_size > old_size && !context_charge(context, new_size - old_size)) return NULL;
  void *moved = context != NULL
                    ? context_call(context->alloc, context->user, ptr, old_size, new_size)
                    : context_call(NULL, NULL, ptr, old_size, new_size);
  if (moved == NULL && new_size > old_size) context_discharge(context, new_size - old_size);
  if (moved != NULL && new_size < old_size) context_discharge(context, old_size - new_size);
  return moved;
}

void *wbi_alloc(const wb_context *context, size_t size) {
  void *ptr = wbi_realloc(context, NULL, 0, size);
  if (ptr != NULL) memset(ptr, 0, size);
  return ptr;
}

void wbi_free(const wb_context *context, void *ptr, size_t size) {
  if (ptr == NULL) return;
  if (context == NULL) {
    (void)context_call(NULL, NULL, ptr, size, 0);
    return;
  }
  (void)context_call(context->alloc, context->user, ptr, size, 0);
  context_discharge(context, size);
}

/* Checks the options that were read. */
static wb_status context_check(const wb_context_options *options, wb_error *error) {
  if (options->max_depth > CONTEXT_DEPTH_MOST) {
    return wbi_fail(error, WB_E_INVALID, "max_depth is above 1,024.");
  }
  return WB_OK;
}

wb_status WB_CALL wb_context_new(const wb_context_options *options, wb_context **context,
                                 wb_error *error) {
  wb_context_options known = {.size = sizeof known};
  if (context == NULL) return wbi_fail(error, WB_E_INVALID, "There is no place for the context.");
  if (options != NULL) {
    wb_status status = wbi_struct_read(options, sizeof known, &known, sizeof known, 0, error);
    if (status == WB_OK) status = context_check(&known, error);
    if (status != WB_OK) return status;
  }
  wb_context *made = context_call(known.alloc, known.user, NULL, 0, sizeof *made);
  if (made == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a context.");
  wbi_refs_init(&made->refs);
  made->max_depth = known.max_depth;
  made->max_cost = known.max_cost;
  /* same: as much as can be addressed is no limit, as 0 is */
  made->max_memory = known.max_memory < SIZE_MAX ? (size_t)known.max_memory : 0;
  made->alloc = known.alloc;
  made->user = known.user;
  made->live = &made->live_bytes;
  atomic_init(made->live, 0);
  *context = made;
  return WB_OK;
}

wb_context *WB_CALL wb_context_ref(wb_context *context) {
  if (context != NULL) wbi_refs_take(&context->refs);
  return context;
}

void WB_CALL wb_context_unref(wb_context *context) {
  if (context == NULL || !wbi_refs_drop(&context->refs)) return;
  (void)context_call(context->alloc, context->user, context, sizeof *context, 0);
}

uint32_t wbi_context_depth(const wb_context *context) {
  return context != NULL && context->max_depth != 0 ? context->max_depth : CONTEXT_DEPTH_DEFAULT;
}

uint32_t wbi_context_cost(const wb_context *context) {
  return context != NULL && context->max_cost != 0 ? context->max_cost : CONTEXT_COST_DEFAULT;
}

void wbi_refs_init(wbi_refs *refs) {
  atomic_init(&refs->count, 1);
}

void wbi_refs_take(wbi_refs *refs) {
  atomic_fetch_add_explicit(&refs->count, 1, memory_order_relaxed);
}

bool wbi_refs_drop(wbi_refs *refs) {
  return atomic_fetch_sub_explicit(&refs->count, 1, memory_order_acq_rel) == 1;
}

bool wbi_busy_enter(wbi_busy *busy) {
  return atomic_exchange_explicit(&busy->busy, 1, memory_order_acquire) == 0;
}

void wbi_busy_leave(wbi_busy *busy) {
  atomic_store_explicit(&busy->busy, 0, memory_order_release);
}
