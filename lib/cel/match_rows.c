/* SPDX-License-Identifier: MIT */
/* Rules over many rows: what the batch executor needs to know first, and what is left to rows. */
#include "cel/batch.h"

/* ---- beforehand --------------------------------------------------------------------------- */

/* Whether an instruction of an operand can be worked out here. */
static bool match_takes(const wbi_cel_program *program, const wbi_cel_code *code) {
  const wbi_cel_loop_code *loop = NULL;
  switch (code->op) {
  case WBI_CEL_OP_LOOP:
    loop = &program->loops[code->operand];
    return loop->kind <= WBI_LOOP_ONE && loop->names == 1;
  case WBI_CEL_OP_FIELD:
  case WBI_CEL_OP_NEEDED:
  case WBI_CEL_OP_CONSTANT:
  case WBI_CEL_OP_LOCAL:
  case WBI_CEL_OP_EQUAL:
  case WBI_CEL_OP_NOT_EQUAL:
  case WBI_CEL_OP_ORDER:
  case WBI_CEL_OP_IN_CONSTANTS:
  case WBI_CEL_OP_NOT:
  case WBI_CEL_OP_AND:
  case WBI_CEL_OP_OR:
  case WBI_CEL_OP_JUMP_FALSE:
  case WBI_CEL_OP_JUMP_TRUE:
  case WBI_CEL_OP_ARITHMETIC:
  case WBI_CEL_OP_NEGATE:
  case WBI_CEL_OP_ELEMENT:
  case WBI_CEL_OP_ELEMENT_NEEDED:
  case WBI_CEL_OP_PRESENT:
  case WBI_CEL_OP_HAS_ELEMENT:
  case WBI_CEL_OP_CALL:
  case WBI_CEL_OP_NEXT: return true;
  default: return false;
  }
}

/* Whether an operand can be worked out here: each instruction, and no loop within a loop. */
static bool match_takes_range(const wbi_cel_program *program, uint32_t from, uint32_t to) {
  uint32_t behind = 0;
  for (uint32_t at = from; at < to; at++) {
    if (!match_takes(program, &program->code[at])) return false;
    if (program->code[at].op != WBI_CEL_OP_LOOP) continue;
    if (at < behind) return false; /* same: none begins where one ends, whose value is a bool */
    behind = program->loops[program->code[at].operand].end;
  }
  return true;
}

/* Notes the operands that only rows can be asked. */
static void match_skip(wbi_batch *batch) {
  const wbi_cel_program *program = batch->run.program;
  for (uint32_t i = 0; i < program->branch_count; i++) {
    const wbi_cel_branch *branch = &program->branches[i];
    if (branch->leaf && !match_takes_range(program, branch->code, branch->code_end))
      batch->skips[branch->code] = branch->code_end;
  }
}

/* Whether a field is the same for all rows of a moment. */
static bool match_is_uniform(const wbi_field *field) {
  /* same: one that is not is asked of the rows */
  return wbi_text_equal(field->name, WBI_TEXT("now")) ||
         wbi_text_equal(field->name, WBI_TEXT("today"));
}

/* Finds how a field is read in a batch of the patients. */
static void match_bind(wbi_batch *batch, uint32_t number, uint32_t slot) {
  wbi_batch_slot *to = &batch->slots[slot];
  const uint32_t index = batch->run.program->fields[slot];
  const wbi_field *field = wbi_schema_field(wbi_facts_schema(batch->run.facts), index);
  to->is_list = field->type == WB_LIST && field->element == WB_RECORD &&
                wbi_facts_view_lists(batch->run.facts, index, number, &to->lists);
  to->is_viewed =
      field->type != WB_LIST && wbi_facts_view(batch->run.facts, index, number, &to->view);
  if (!match_is_uniform(field) || !wbi_facts_one_zone(batch->run.facts)) return;
  to->is_uniform = wbi_cel_field(&batch->run, slot, &to->value);
  batch->run.status = WB_OK; /* the row executor will say it */
}

wb_status wbi_batch_begin(wbi_batch *batch, const wbi_cel_run *run) {
  const wbi_cel_program *program = run->program;
  *batch = (wbi_batch){.run = *run};
  wbi_arena *heap = wbi_facts_heap(run->facts, WBI_HEAP_BATCH);
  batch->run.heap = heap;
  batch->slots = wbi_arena_array(heap, program->field_count, sizeof *batch->slots);
  batch->found = wbi_arena_array(heap, program->code_count, sizeof *batch->found);
  batch->skips = wbi_arena_array(heap, program->code_count, sizeof *batch->skips);
  batch->stack = wbi_arena_array(heap, (size_t)program->stack + 1, wbi_batch_entry_size());
  if (!batch->slots || !batch->found || !batch->skips || !batch->stack)
    return wbi_fail(run->error, WB_E_NOMEM, "no memory to test the rule");
  match_skip(batch);
  return WB_OK;
}

/* Turns to a batch of the patients: its columns lie elsewhere, and their words are others. */
static void match_turn(wbi_batch *batch, uint32_t number) {
  const wbi_cel_program *program = batch->run.program;
  memset(batch->found, 0, program->code_count * sizeof *batch->found);
  for (uint32_t slot = 0; slot < program->field_count; slot++)
    match_bind(batch, number, slot);
}

/* ---- rows --------------------------------------------------------------------------------- */

/* What comes of many rows. */
typedef struct match_rows {
  const wb_rule *rule;
  wb_facts *facts;
  const wb_moment *moment;
  wb_error *error;
  uint8_t *yes, *known; /* bits, or NULL */
  wb_tally tally;
} match_rows;

/* Asks the row executor for a lane that is pending. A row that cannot be read is in no plane. */
static wb_status match_row(match_rows *m, uint64_t row, wbi_planes *planes, uint32_t lane) {
  wb_verdict verdict = {.truth = WB_FALSE};
  const uint64_t bit = UINT64_C(1) << (lane % 64);
  const wb_status status = wbi_rule_test(m->rule, m->facts, row, m->moment, &verdict, m->error);
  if (status == WB_E_NOMEM || status == WB_E_ABORTED) return status;
  if (status != WB_OK || verdict.truth == WB_FAULTY) return WB_OK;
  uint64_t *plane = verdict.truth == WB_TRUE    ? planes->yes
                    : verdict.truth == WB_FALSE ? planes->no
                                                : planes->doubt;
  plane[lane / 64] |= bit;
  return WB_OK;
}

/* Counts the bits of the lanes: of pairs, of fours, of bytes, these of as many words together as a
   byte can count. */
static uint32_t match_count(const uint64_t *words) {
  enum { TOGETHER = 16 };
  uint32_t count = 0;
  for (uint32_t from = 0; from < WBI_WORDS; from += TOGETHER) {
    uint64_t sum = 0;
    for (uint32_t i = from; i < from + TOGETHER; i++) {
      uint64_t bits = words[i];
      bits -= bits >> 1 & UINT64_C(0x5555555555555555);
      bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
      sum += (bits + (bits >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    }
    sum = (sum & UINT64_C(0x00FF00FF00FF00FF)) + (sum >> 8 & UINT64_C(0x00FF00FF00FF00FF));
    count += (uint32_t)(sum * UINT64_C(0x0001000100010001) >> 48);
  }
  return count;
}

/* Adds 64 bits to a bitmap that is 0 from there on. */
static void match_put_bits(uint8_t *bitmap, uint64_t at, uint64_t bits) {
  for (; bits != 0; at += 8 - at % 8) {
    const uint32_t shift = (uint32_t)(at % 8);
    bitmap[at / 8] |= (uint8_t)(bits << shift);
    bits >>= 8 - shift;
  }
}

/* Clears the lanes behind the last one. */
static void match_cut(uint64_t *words, uint32_t count) {
  for (uint32_t word = count / 64; word < WBI_WORDS; word++)
    words[word] &= word > count / 64 ? 0 : ~(UINT64_MAX << count % 64);
}

/* Writes the bits of some rows and counts them. */
static void match_put(match_rows *m, uint64_t at, uint32_t count, wbi_planes *planes) {
  uint32_t no = count, doubt = 0;
  match_cut(planes->yes, count);
  const uint32_t yes = match_count(planes->yes);
  no -= yes;
  if (!planes->plain) {
    match_cut(planes->no, count);
    match_cut(planes->doubt, count);
    no = match_count(planes->no);
    doubt = match_count(planes->doubt);
  }
  m->tally.yes += yes;
  m->tally.no += no;
  m->tally.unknown += doubt;
  m->tally.failed += count - yes - no - doubt;
  if (m->yes == NULL && m->known == NULL) return; /* same: neither is written below */
  for (uint32_t word = 0; word * 64 < count; word++) {
    const uint64_t lanes = count - word * 64 < 64 ? ~(UINT64_MAX << count % 64) : UINT64_MAX;
    const uint64_t known = planes->plain ? lanes : planes->yes[word] | planes->no[word];
    if (m->yes != NULL) match_put_bits(m->yes, at + word * 64, planes->yes[word]);
    if (m->known != NULL) match_put_bits(m->known, at + word * 64, known);
  }
}

/* Asks rows for the lanes that are pending. */
static wb_status match_pending(match_rows *m, uint64_t first, uint32_t count, wbi_planes *planes) {
  wb_status status = WB_OK;
  for (uint32_t word = 0; word * 64 < count && status == WB_OK; word++) {
    const uint64_t pending = planes->pending[word];
    if (pending == 0) continue; /* same: none of its lanes is asked below either */
    for (uint32_t lane = word * 64; lane < count && lane / 64 == word && status == WB_OK; lane++)
      if ((pending >> lane % 64 & 1) != 0) status = match_row(m, first + lane, planes, lane);
  }
  return status;
}

/* One batch, and the rows that are left of it. */
static wb_status match_batch(match_rows *m, wbi_batch *batch, uint64_t first, uint64_t at,
                             uint32_t count) {
  wbi_planes *planes = wbi_batch_rows(batch, first, count);
  if (planes == NULL) return batch->run.status;
  const wb_status status = planes->plain ? WB_OK : match_pending(m, first, count, planes);
  if (status == WB_OK) match_put(m, at, count, planes);
  return status;
}

/* Checks what is asked for. */
static wb_status match_check(const match_rows *m, uint64_t first, uint64_t count) {
  uint64_t rows = 0;
  const wb_status status = wbi_facts_rows(m->facts, &rows, m->error);
  if (status != WB_OK) return status;
  if (!wbi_time_valid(m->moment->now))
    return wbi_fail(m->error, WB_E_RANGE, "there is no such instant");
  if (first > rows || count > rows - first)
    return wbi_fail(m->error, WB_E_NAME, "there are not so many patients");
  return WB_OK;
}

/* Turns to the batch of the patients that a row is in; the row behind its last one. */
static uint64_t match_turn_to(wbi_batch *batch, uint32_t *number, uint64_t row) {
  uint64_t end = wbi_facts_batch_end(batch->run.facts, *number);
  while (end <= row)
    end = wbi_facts_batch_end(batch->run.facts, ++*number);
  match_turn(batch, *number);
  return end;
}

/* Goes through rows, as many at once as there are lanes, none of two batches of the patients. */
static wb_status match_range(match_rows *m, uint64_t first, uint64_t count) {
  wbi_batch batch;
  uint64_t end = 0;
  uint32_t number = 0;
  const wbi_cel_run run = wbi_rule_run(m->rule, m->facts, 0, m->moment, m->error);
  wb_status status = match_check(m, first, count);
  if (status == WB_OK) status = wbi_batch_begin(&batch, &run);
  for (uint64_t at = first; at < first + count && status == WB_OK;) {
    if (at >= end) end = match_turn_to(&batch, &number, at);
    const uint64_t last = end < first + count ? end : first + count;
    /* same: of like numbers either is taken */
    const uint32_t lanes = last - at < WBI_LANES ? (uint32_t)(last - at) : WBI_LANES;
    status = match_batch(m, &batch, at, at - first, lanes);
    at += lanes;
  }
  return status;
}

/* ---- public ------------------------------------------------------------------------------- */

wb_status WB_CALL wb_rule_match(const wb_rule *rule, wb_facts *facts, uint64_t first,
                                uint64_t count, const wb_moment *moment, uint8_t *yes,
                                uint8_t *known, wb_error *error) {
  wb_moment at;
  wb_status status = wbi_rule_enter(rule, facts, moment, &at, error);
  if (status != WB_OK) return status;
  match_rows m = {rule, facts, &at, error, yes, known, {.size = sizeof m.tally}};
  if (yes != NULL) memset(yes, 0, (size_t)((count + 7) / 8));
  if (known != NULL) memset(known, 0, (size_t)((count + 7) / 8));
  status = match_range(&m, first, count);
  wbi_facts_leave(facts);
  return status;
}

wb_status WB_CALL wb_rule_count(const wb_rule *rule, wb_facts *facts, const wb_moment *moment,
                                wb_tally *tally, wb_error *error) {
  wb_moment at;
  uint64_t rows = 0;
  wb_status status = wbi_rule_enter(rule, facts, moment, &at, error);
  if (status != WB_OK) return status;
  match_rows m = {rule, facts, &at, error, NULL, NULL, {.size = sizeof m.tally}};
  status = wbi_facts_rows(facts, &rows, error);
  if (status == WB_OK) status = match_range(&m, 0, rows);
  wbi_facts_leave(facts);
  if (status != WB_OK) return status;
  status = wbi_struct_write(tally, sizeof m.tally, &m.tally, sizeof m.tally);
  return status != WB_OK ? wbi_fail(error, status, "the tally has no size, or one too small")
                         : WB_OK;
}
