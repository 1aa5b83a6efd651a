/* SPDX-License-Identifier: MIT */
/*
 * Types, and the finding of those that stand for others: a PARAM is found by what it meets, as in
 * [] + [1]. Types nest no deeper than TYPES_DEPTH.
 */
#include "cel/cel_private.h"

enum { TYPES_DEPTH = 128 };

/* ---- making ------------------------------------------------------------------------------- */

#define TYPES_ENTRY(type_kind, literal)                                                            \
  {                                                                                                \
    .kind = (type_kind), .name = { literal, sizeof(literal) - 1 }                                  \
  }

/* The types that have a name. Those of lists and the like have no parts here. */
static const wbi_cel_type types_named[] = {
    TYPES_ENTRY(WBI_KIND_DYN, "dyn"),
    TYPES_ENTRY(WB_NULL, "null_type"),
    TYPES_ENTRY(WB_BOOL, "bool"),
    TYPES_ENTRY(WB_INT, "int"),
    TYPES_ENTRY(WB_UINT, "uint"),
    TYPES_ENTRY(WB_DOUBLE, "double"),
    TYPES_ENTRY(WB_TEXT, "string"),
    TYPES_ENTRY(WB_BYTES, "bytes"),
    TYPES_ENTRY(WB_DATE, "date"),
    TYPES_ENTRY(WB_TIME, "google.protobuf.Timestamp"),
    TYPES_ENTRY(WBI_KIND_DURATION, "google.protobuf.Duration"),
    TYPES_ENTRY(WB_LIST, "list"),
    TYPES_ENTRY(WBI_KIND_MAP, "map"),
    TYPES_ENTRY(WB_RECORD, "record"),
    TYPES_ENTRY(WBI_KIND_TYPE, "type"),
    TYPES_ENTRY(WBI_KIND_OPTIONAL, "optional_type")};

const wbi_cel_type *wbi_type_of(uint32_t kind) {
  size_t i = WBI_COUNT(types_named) - 1;
  while (i > 0 && types_named[i].kind != kind)
    i--;
  return &types_named[i];
}

const wbi_cel_type *wbi_type_named(wbi_text name) {
  for (size_t i = 0; i < WBI_COUNT(types_named); i++)
    if (wbi_text_equal(types_named[i].name, name)) return &types_named[i];
  return NULL;
}

const wbi_cel_type *wbi_type_make(wbi_arena *arena, uint32_t kind, const wbi_cel_type *first,
                                  const wbi_cel_type *second) {
  const uint32_t count = second != NULL ? 2 : 1;
  wbi_cel_type *type = wbi_arena_alloc(arena, sizeof *type);
  const wbi_cel_type **parts = wbi_arena_array(arena, count, sizeof(const wbi_cel_type *));
  if (type == NULL || parts == NULL) return NULL;
  parts[0] = first;
  if (second != NULL) parts[1] = second;
  type->kind = kind;
  type->parts = parts;
  type->count = count;
  return type;
}

/* ---- words -------------------------------------------------------------------------------- */

wbi_text wbi_type_word(const wbi_cel_type *type) {
  switch (type->kind) {
  case WB_NULL: return WBI_TEXT("null");
  case WB_BOOL: return WBI_TEXT("true or false");
  case WB_INT:
  case WB_UINT: return WBI_TEXT("a whole number");
  case WB_DOUBLE: return WBI_TEXT("a number");
  case WB_TEXT: return WBI_TEXT("a text");
  case WB_BYTES: return WBI_TEXT("bytes");
  case WB_DATE: return WBI_TEXT("a date");
  case WB_TIME: return WBI_TEXT("a time");
  case WBI_KIND_DURATION: return WBI_TEXT("a duration");
  case WB_LIST: return WBI_TEXT("a list");
  case WB_RECORD: return WBI_TEXT("a record");
  case WBI_KIND_MAP: return WBI_TEXT("a map");
  case WBI_KIND_TYPE: return WBI_TEXT("a type");
  case WBI_KIND_OPTIONAL: return WBI_TEXT("an optional");
  case WBI_KIND_ABSTRACT: return type->name;
  default: return WBI_TEXT("anything");
  }
}

/* ---- finding ------------------------------------------------------------------------------ */

const wbi_cel_type *wbi_solver_param(wbi_solver *solver) {
  wbi_cel_type *type = wbi_arena_alloc(solver->arena, sizeof *type);
  if (solver->count == solver->capacity) {
    const uint32_t capacity = solver->capacity > 0 ? solver->capacity * 2 : 32;
    const wbi_cel_type **found =
        wbi_arena_array(solver->arena, capacity, sizeof(const wbi_cel_type *));
    if (found == NULL) {
      solver->failed = true;
      return wbi_type_of(WBI_KIND_DYN);
    }
    if (solver->count > 0) memcpy(found, solver->found, solver->count * sizeof *found);
    solver->found = found;
    solver->capacity = capacity;
  }
  if (type == NULL) {
    solver->failed = true;
    return wbi_type_of(WBI_KIND_DYN);
  }
  type->kind = WBI_KIND_PARAM;
  type->index = solver->count++;
  return type;
}

/* What a PARAM was found to be, at the end of a chain of them. */
static const wbi_cel_type *types_seen(const wbi_solver *solver, const wbi_cel_type *type) {
  while (type->kind == WBI_KIND_PARAM && solver->found[type->index] != NULL)
    type = solver->found[type->index];
  return type;
}

/* Whether two types are the same, but for their parts. */
static bool types_alike(const wbi_cel_type *a, const wbi_cel_type *b) {
  if (a->kind != b->kind || a->count != b->count) return false;
  if (a->kind == WB_RECORD) return a->index == b->index;
  return a->kind != WBI_KIND_ABSTRACT || wbi_text_equal(a->name, b->name);
}

/* Whether `a` says no more than `b`. */
static bool types_looser(const wbi_solver *solver, const wbi_cel_type *a, const wbi_cel_type *b,
                         uint32_t depth) {
  a = types_seen(solver, a);
  b = types_seen(solver, b);
  if (a->kind == WBI_KIND_DYN || a->kind == WBI_KIND_PARAM) return true;
  if (b->kind == WBI_KIND_DYN || depth == 0) return false;
  if (!types_alike(a, b)) return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (!types_looser(solver, a->parts[i], b->parts[i], depth - 1)) return false;
  return true;
}

/* Whether a PARAM stands inside a type, which would have no end. */
static bool types_inside(const wbi_solver *solver, const wbi_cel_type *param,
                         const wbi_cel_type *type, uint32_t depth) {
  type = types_seen(solver, type);
  if (type == param || depth == 0) return true;
  for (uint32_t i = 0; i < type->count; i++)
    if (types_inside(solver, param, type->parts[i], depth - 1)) return true;
  return false;
}

static bool types_fit(wbi_solver *solver, const wbi_cel_type *to, const wbi_cel_type *from,
                      uint32_t depth);

/* The end of a PARAM's chain that is still a PARAM: where something is noted. */
static const wbi_cel_type *types_root(const wbi_solver *solver, const wbi_cel_type *param) {
  for (;;) {
    const wbi_cel_type *next = solver->found[param->index];
    if (next == NULL || next->kind != WBI_KIND_PARAM) return param;
    param = next;
  }
}

/* Whether a PARAM may be a type; notes that it is. Of two types that go together it is the more
   general one. */
static bool types_bind(wbi_solver *solver, const wbi_cel_type *param, const wbi_cel_type *type,
                       uint32_t depth) {
  param = types_root(solver, param);
  const wbi_cel_type *known = solver->found[param->index];
  if (types_seen(solver, type) == param) return true;
  if (known != NULL) {
    if (!types_fit(solver, known, type, depth - 1)) return false;
    if (!types_looser(solver, type, known, TYPES_DEPTH)) return true;
  }
  if (types_inside(solver, param, type, TYPES_DEPTH)) return known != NULL;
  solver->found[param->index] = type;
  return true;
}

/* Whether null may stand for a type. */
static bool types_take_null(const wbi_cel_type *to) {
  return to->kind == WB_NULL || to->kind == WB_TIME || to->kind == WBI_KIND_DURATION ||
         to->kind == WBI_KIND_ABSTRACT || to->kind == WBI_KIND_OPTIONAL;
}

/* wbi_solver_fits, but what was found stays when it is false. */
static bool types_fit(wbi_solver *solver, const wbi_cel_type *to, const wbi_cel_type *from,
                      uint32_t depth) {
  if (depth == 0) return false;
  if (to->kind == WBI_KIND_PARAM) return types_bind(solver, to, from, depth);
  if (from->kind == WBI_KIND_PARAM) return types_bind(solver, from, to, depth);
  if (to->kind == WBI_KIND_DYN || from->kind == WBI_KIND_DYN) return true;
  if (from->kind == WB_NULL) return types_take_null(to);
  if (to->kind == WBI_KIND_TYPE && from->kind == WBI_KIND_TYPE) return true;
  if (!types_alike(to, from)) return false;
  for (uint32_t i = 0; i < to->count; i++)
    if (!types_fit(solver, to->parts[i], from->parts[i], depth - 1)) return false;
  return true;
}

bool wbi_solver_fits(wbi_solver *solver, const wbi_cel_type *to, const wbi_cel_type *from) {
  const size_t size = solver->count * sizeof *solver->found;
  const wbi_cel_type *few[16];
  const wbi_cel_type **before = few;
  if (solver->count > WBI_COUNT(few)) before = wbi_arena_alloc(solver->arena, size);
  if (before == NULL) {
    solver->failed = true;
    return false;
  }
  if (size > 0) memcpy(before, solver->found, size);
  if (types_fit(solver, to, from, TYPES_DEPTH)) return true;
  if (size > 0) memcpy(solver->found, before, size);
  return false;
}

const wbi_cel_type *wbi_solver_join(wbi_solver *solver, const wbi_cel_type *a,
                                    const wbi_cel_type *b) {
  if (types_seen(solver, a)->kind == WB_NULL && types_take_null(types_seen(solver, b))) return b;
  if (!wbi_solver_fits(solver, a, b)) return wbi_type_of(WBI_KIND_DYN);
  if (types_seen(solver, b)->kind == WB_NULL) return a;
  return types_looser(solver, a, b, TYPES_DEPTH) ? a : b;
}

/* ---- copies ------------------------------------------------------------------------------- */

/* What stands for each PARAM of a copy. */
typedef struct types_copy {
  wbi_solver *solver;
  const wbi_cel_type *open;   /* for those not found */
  const wbi_cel_type **fresh; /* or new ones by index */
} types_copy;

static const wbi_cel_type *types_copied(const types_copy *copy, const wbi_cel_type *type,
                                        uint32_t depth);

/* A copy of a type with parts. */
static const wbi_cel_type *types_copy_parts(const types_copy *copy, const wbi_cel_type *type,
                                            uint32_t depth) {
  wbi_arena *arena = copy->solver->arena;
  wbi_cel_type *made = wbi_arena_alloc(arena, sizeof *made);
  const wbi_cel_type **parts = wbi_arena_array(arena, type->count, sizeof(const wbi_cel_type *));
  if (made == NULL || parts == NULL) {
    copy->solver->failed = true;
    return wbi_type_of(WBI_KIND_DYN);
  }
  for (uint32_t i = 0; i < type->count; i++)
    parts[i] = types_copied(copy, type->parts[i], depth - 1);
  *made = *type;
  made->parts = parts;
  return made;
}

/* A copy of a type. */
static const wbi_cel_type *types_copied(const types_copy *copy, const wbi_cel_type *type,
                                        uint32_t depth) {
  if (depth == 0) return wbi_type_of(WBI_KIND_DYN);
  if (type->kind == WBI_KIND_PARAM && copy->fresh != NULL) {
    if (copy->fresh[type->index] == NULL) copy->fresh[type->index] = wbi_solver_param(copy->solver);
    return copy->fresh[type->index];
  }
  if (copy->fresh == NULL) type = types_seen(copy->solver, type);
  if (type->kind == WBI_KIND_PARAM) return copy->open != NULL ? copy->open : type;
  return type->count > 0 ? types_copy_parts(copy, type, depth) : type;
}

const wbi_cel_type *wbi_solver_resolve(wbi_solver *solver, const wbi_cel_type *type,
                                       const wbi_cel_type *open) {
  const types_copy copy = {solver, open, NULL};
  return types_copied(&copy, type, TYPES_DEPTH);
}

const wbi_cel_type *wbi_solver_renew(wbi_solver *solver, const wbi_cel_type *type,
                                     const wbi_cel_type **fresh) {
  const types_copy copy = {solver, NULL, fresh};
  return types_copied(&copy, type, TYPES_DEPTH);
}
