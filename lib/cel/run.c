/* SPDX-License-Identifier: MIT */
/* One evaluation: its memory, its cost, what it reads of the facts. */
#include "cel/cel_private.h"

/* ---- memory and cost ---------------------------------------------------------------------- */

bool wbi_cel_charge(wbi_cel_run *run, uint64_t units) {
  run->cost = units > UINT64_MAX - run->cost ? UINT64_MAX : run->cost + units;
  return run->cost <= run->limit;
}

wbi_arena *wbi_cel_heap(wbi_cel_run *run) {
  if (run->heap == NULL) run->heap = wbi_facts_heap(run->facts, WBI_HEAP_ROW);
  return run->heap;
}

void *wbi_cel_take(wbi_cel_run *run, size_t size) {
  if (!wbi_cel_charge(run, 1 + size / 8)) return NULL;
  void *memory = wbi_arena_alloc(wbi_cel_heap(run), size);
  if (memory == NULL) run->status = wbi_fail(run->error, WB_E_NOMEM, "no memory to test the rule");
  return memory;
}

wb_status wbi_cel_begin(wbi_cel_run *run) {
  const wbi_cel_program *program = run->program;
  const size_t values = (size_t)program->field_count + program->stack + program->locals;
  const size_t frames = values * sizeof *run->stack;
  const size_t search = frames + program->nested * sizeof *run->frames;
  const size_t size = search + program->search;
  char *memory = run->facts != NULL ? wbi_facts_scratch(run->facts, 0, size)
                                    : wbi_arena_alloc(run->heap, size);
  if (memory == NULL) return wbi_fail(run->error, WB_E_NOMEM, "no memory to test the rule");
  run->memo = (wbi_cel_value *)(void *)memory;
  run->stack = run->memo + program->field_count;
  run->locals = run->stack + program->stack;
  run->frames = (wbi_cel_frame *)(void *)(memory + frames);
  run->search = memory + search;
  return WB_OK;
}

wbi_cel_value *wbi_cel_memo(wbi_cel_run *run, uint32_t slot) {
  const uint32_t count = run->remembers ? 0 : run->program->field_count;
  for (uint32_t i = 0; i < count; i++)
    run->memo[i].kind = WBI_CEL_UNREAD;
  run->remembers = true;
  return &run->memo[slot];
}

const char *wbi_cel_fault_text(int64_t fault) {
  static const char *const texts[] = {"no error",
                                      "a function or operator does not take such values",
                                      "a division by zero",
                                      "a number, time or duration out of range",
                                      "no such key, part or element",
                                      "a key that occurs twice in a map",
                                      "a value that the function cannot take",
                                      "a text that is not of the needed form",
                                      "the evaluation costs more than its limit",
                                      "a name that means nothing"};
  return texts[fault];
}

/* ---- facts -------------------------------------------------------------------------------- */

/* A value of the facts as one of a run; what is unknown names the slot. */
static void run_take_value(const wb_value *from, uint32_t slot, wbi_cel_value *to) {
  to->kind = (uint16_t)from->kind;
  to->length = 0;
  to->facts = 0;
  switch (from->kind) {
  case WB_UNKNOWN: *to = wbi_cel_unknown(slot); break;
  case WB_NULL: to->as.integer = wbi_cel_unknown(slot).as.integer; break;
  case WB_TEXT:
  case WB_BYTES:
    to->as.data = from->data;
    to->length = from->length;
    break;
  case WB_DOUBLE: to->as.real = from->real; break;
  default: to->as.integer = from->integer; break;
  }
}

bool wbi_cel_field(wbi_cel_run *run, uint32_t slot, wbi_cel_value *value) {
  const uint32_t field = run->program->fields[slot];
  wb_value found = {.size = sizeof found};
  run->status = wbi_facts_value(run->facts, run->row, field, run->moment, &found, run->error);
  if (run->status != WB_OK) return false;
  run_take_value(&found, slot, value);
  if (found.kind == WB_LIST) {
    value->length = (uint32_t)found.integer;
    value->as.integer = slot;
    value->facts = 1;
  }
  return true;
}

/* An element of a list of the facts, or a field of it. */
static wbi_cel_value run_item(wbi_cel_run *run, uint32_t slot, uint32_t index) {
  wb_value found = {.size = sizeof found};
  wbi_quick_value read;
  wbi_cel_value value = wbi_cel_unknown(slot);
  if (run->quick != NULL &&
      wbi_quick_item(run->quick, run->program->fields[slot], run->row, index, &read)) {
    wbi_cel_set(&value, &read, slot);
    return value;
  }
  const wb_status status = wbi_facts_item(run->facts, run->row, run->program->fields[slot], index,
                                          run->moment, &found, run->error);
  if (status == WB_OK)
    run_take_value(&found, slot, &value);
  else if (run->status == WB_OK)
    run->status = status;
  return value;
}

wbi_cel_value wbi_cel_item(wbi_cel_run *run, const wbi_cel_value *list, uint32_t index) {
  if (list->facts == 0) return list->as.items[index];
  const uint32_t slot = (uint32_t)list->as.integer;
  const wbi_field *field =
      wbi_schema_field(wbi_facts_schema(run->facts), run->program->fields[slot]);
  if (field->element != WB_RECORD) return run_item(run, slot, index);
  return (wbi_cel_value){.as.integer = slot, .length = index, .kind = WB_RECORD};
}

wbi_cel_value wbi_cel_element(wbi_cel_run *run, uint32_t slot, const wbi_cel_value *record) {
  if (record->kind != WB_RECORD) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return run_item(run, slot, record->length);
}
