/* SPDX-License-Identifier: MIT */
/* Lists and maps that an expression writes down. */
#include "cel/cel_private.h"

/* Which entries may be missing: one byte each; NULL: none may. */
static const char *collect_maybe(const wbi_cel_run *run, const wbi_cel_code *code) {
  return code->count > 0 ? run->program->constants[code->count - 1].as.data : NULL;
}

/* Takes what an optional holds; false: it is none, or `*out` is what is wrong. */
static bool collect_held(const wbi_cel_value *value, wbi_cel_value *held, wbi_cel_value *wrong) {
  if (value->kind != WBI_KIND_OPTIONAL) {
    *wrong = value->kind == WB_UNKNOWN ? *value : wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
    return false;
  }
  if (value->as.items == NULL) return false;
  *held = *value->as.items;
  return true;
}

/* Makes a list. */
static wbi_cel_value collect_list(wbi_cel_run *run, const wbi_cel_code *code,
                                  const wbi_cel_value *values) {
  const char *maybe = collect_maybe(run, code);
  wbi_cel_value wrong = {.kind = WB_NULL};
  wbi_cel_value *items = wbi_cel_take(run, code->operand * sizeof *items);
  uint32_t count = 0;
  if (items == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  for (uint32_t i = 0; i < code->operand; i++) {
    if (values[i].kind == WBI_KIND_ERROR)
      wrong = wbi_cel_doubt(&wrong, &values[i]);
    else if (maybe == NULL || maybe[i] == 0)
      items[count++] = values[i];
    else if (collect_held(&values[i], &items[count], &wrong))
      count++;
  }
  return wrong.kind != WB_NULL ? wrong : wbi_cel_of_list(items, count);
}

/* Whether a value may be a key. */
static bool collect_is_key(const wbi_cel_value *key) {
  return key->kind == WB_BOOL || key->kind == WB_INT || key->kind == WB_UINT ||
         key->kind == WB_TEXT;
}

/* Adds an entry to a map that is being made; what is wrong with it, or null. */
static wbi_cel_value collect_entry(wbi_cel_run *run, wbi_cel_value *map, wbi_cel_value *items,
                                   const wbi_cel_value *entry) {
  if (wbi_cel_is_doubt(&entry[0])) return entry[0];
  if (entry[1].kind == WBI_KIND_ERROR) return entry[1];
  if (!collect_is_key(&entry[0])) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_cel_value there = wbi_cel_has(run, map, &entry[0]);
  if (there.kind == WBI_KIND_ERROR) return there;
  if (there.as.integer != 0) return wbi_cel_of_fault(WBI_FAULT_TWICE);
  memcpy(&items[2 * (size_t)map->length++], entry, 2 * sizeof *entry);
  return (wbi_cel_value){.kind = WB_NULL};
}

/* Makes a map. */
static wbi_cel_value collect_map(wbi_cel_run *run, const wbi_cel_code *code,
                                 const wbi_cel_value *values) {
  const char *maybe = collect_maybe(run, code);
  wbi_cel_value wrong = {.kind = WB_NULL};
  wbi_cel_value *items = wbi_cel_take(run, code->operand * sizeof *items);
  wbi_cel_value map = {.as.items = items, .kind = WBI_KIND_MAP};
  if (items == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  for (uint32_t i = 0; i < code->operand; i += 2) {
    wbi_cel_value entry[2] = {values[i], values[i + 1]}, fault = {.kind = WB_NULL};
    const bool held = maybe == NULL || maybe[i] == 0 || wbi_cel_is_doubt(&values[i + 1]) ||
                      collect_held(&values[i + 1], &entry[1], &fault);
    if (held) fault = collect_entry(run, &map, items, entry);
    if (fault.kind != WB_NULL) wrong = wbi_cel_doubt(&wrong, &fault);
  }
  return wrong.kind != WB_NULL ? wrong : map;
}

wbi_cel_value wbi_cel_collect(wbi_cel_run *run, const wbi_cel_code *code,
                              const wbi_cel_value *values) {
  return code->op == WBI_CEL_OP_LIST ? collect_list(run, code, values)
                                     : collect_map(run, code, values);
}
