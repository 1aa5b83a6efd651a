/* SPDX-License-Identifier: MIT */
/* Tables by key: a hash index of keys, the rows of child tables grouped by patient, and what
   procedures say, each read once. */
#include "facts/facts_private.h"

bool wbi_column_key(const wbi_column *keys, uint32_t row, wbi_text *key) {
  return wbi_column_text(keys, row, key) && key->length <= WBI_KEY_MOST;
}

/* The slot of a key, or the empty one where it would be. */
static uint32_t keys_slot(const wbi_row_index *index, const wbi_column *keys, wbi_text key,
                          uint64_t hash) {
  uint32_t at = (uint32_t)hash & index->mask;
  for (; index->slots[at]; at = (at + 1) & index->mask) {
    wbi_text other = {0};
    if (index->slots[at] >> 32 != hash >> 32) continue; /* same: only sooner */
    (void)wbi_column_text(keys, (uint32_t)index->slots[at] - 1, &other);
    if (wbi_text_equal(other, key)) break;
  }
  return at;
}

/* Takes room for an index of so many rows. */
static wb_status row_index_room(const wb_context *context, uint32_t rows, wbi_row_index *index) {
  uint64_t slots = 16;
  /* same: twice as many hold them too */
  while (slots < (uint64_t)rows * 2)
    slots *= 2;
  const uint64_t size = slots * sizeof(uint64_t);
  if ((size_t)size != size) return WB_E_NOMEM;
  index->mask = (uint32_t)(slots - 1);
  index->slots = wbi_alloc(context, (size_t)size);
  return index->slots ? WB_OK : WB_E_NOMEM;
}

wb_status wbi_row_index_make(const wb_context *context, const wbi_column *keys, uint32_t rows,
                             wbi_row_index *index, uint32_t twins[2]) {
  if (row_index_room(context, rows, index)) return WB_E_NOMEM;
  for (uint32_t row = 0; row < rows; ++row) {
    wbi_text key = {0};
    if (!wbi_column_key(keys, row, &key)) continue;
    uint64_t hash = wbi_hash_bytes(key.data, key.length);
    uint32_t at = keys_slot(index, keys, key, hash);
    if (index->slots[at]) {
      twins[0] = (uint32_t)index->slots[at] - 1;
      twins[1] = row;
      wbi_row_index_free(context, index);
      return WB_E_INVALID;
    }
    index->slots[at] = (hash >> 32 << 32) | (row + 1);
  }
  return WB_OK;
}

uint32_t wbi_row_index_find(const wbi_row_index *index, const wbi_column *keys, wbi_text key) {
  if (!index->slots || key.length > WBI_KEY_MOST) return WBI_NO_ROW; /* same: no longer key is in */
  uint32_t at = keys_slot(index, keys, key, wbi_hash_bytes(key.data, key.length));
  return index->slots[at] ? (uint32_t)index->slots[at] - 1 : WBI_NO_ROW;
}

void wbi_row_index_free(const wb_context *context, wbi_row_index *index) {
  if (index->slots) wbi_free(context, index->slots, ((size_t)index->mask + 1) * sizeof(uint64_t));
  *index = (wbi_row_index){0};
}

wb_status wbi_chain_make(const wb_context *context, const wbi_column *keys, uint32_t rows,
                         wbi_chain *chain) {
  wbi_chain made = {.rows = rows};
  made.next = wbi_alloc(context, ((size_t)rows + 1) * sizeof *made.next);
  if (!made.next || row_index_room(context, rows, &made.index)) {
    wbi_chain_free(context, &made);
    return WB_E_NOMEM;
  }
  for (uint32_t row = rows; row-- > 0;) { /* from the back, so that the first row comes first */
    wbi_text key = {0};
    made.next[row] = WBI_NO_ROW;
    if (!wbi_column_key(keys, row, &key)) continue;
    uint64_t hash = wbi_hash_bytes(key.data, key.length);
    uint32_t at = keys_slot(&made.index, keys, key, hash);
    if (made.index.slots[at]) made.next[row] = (uint32_t)made.index.slots[at] - 1;
    made.index.slots[at] = (hash >> 32 << 32) | (row + 1);
  }
  *chain = made;
  return WB_OK;
}

void wbi_chain_free(const wb_context *context, wbi_chain *chain) {
  wbi_row_index_free(context, &chain->index);
  wbi_free(context, chain->next, ((size_t)chain->rows + 1) * sizeof *chain->next);
  *chain = (wbi_chain){0};
}

static void join_free_group(const wb_context *context, wbi_group *group) {
  wbi_free(context, group->starts, ((size_t)group->patients + 1) * sizeof(uint32_t));
  wbi_free(context, group->rows, (size_t)group->count * sizeof(uint32_t));
  *group = (wbi_group){0};
}

/* The patient of each child row. A table is often sorted by patient, so the last one is tried
   first. */
static void join_owners(const wbi_facts_table *patients, const wbi_facts_table *child,
                        uint32_t *owners) {
  wbi_text last = {0};
  uint32_t owner = WBI_NO_ROW;
  for (uint32_t row = 0; row < child->rows; ++row) {
    wbi_text key = {0};
    (void)wbi_column_text(&child->columns[0], row, &key);
    if (row == 0 || !wbi_text_equal(key, last))
      owner = wbi_row_index_find(&patients->index, &patients->columns[0], key);
    last = key;
    owners[row] = owner;
  }
}

/* Sorts the child rows by their patient, keeping their order; returns how many have none. */
static uint64_t join_sort(const uint32_t *owners, uint32_t rows, wbi_group *group) {
  uint64_t orphans = 0;
  for (uint32_t row = 0; row < rows; ++row)
    if (owners[row] == WBI_NO_ROW)
      ++orphans;
    else
      ++group->starts[owners[row] + 1];
  for (uint32_t i = 0; i < group->patients; ++i)
    group->starts[i + 1] += group->starts[i];
  for (uint32_t row = rows; row-- > 0;)
    if (owners[row] != WBI_NO_ROW) group->rows[--group->starts[owners[row] + 1]] = row;
  return orphans;
}

/* Takes the restricted procedures away from their patients, as if they were not there; returns how
   many. */
static uint64_t join_hide(const wbi_facts_table *procedures, uint32_t *owners) {
  uint64_t hidden = 0;
  const wbi_column *column = &procedures->columns[WBI_PROCEDURE_RESTRICTED];
  if (column->cells == WBI_CELLS_NONE) return 0; /* same: only sooner */
  for (uint32_t row = 0; row < procedures->rows; ++row) {
    int64_t restricted = 0;
    if (owners[row] == WBI_NO_ROW || !wbi_column_int(column, row, &restricted) || !restricted)
      continue;
    owners[row] = WBI_NO_ROW;
    ++hidden;
  }
  return hidden;
}

/* Groups one child table. Filling from the back leaves starts[p + 1] at the first row of p, one
   place too far up; the last step shifts them down. */
static wb_status join_child(wb_facts *facts, int name) {
  const wbi_facts_table *patients = &facts->tables[WBI_PATIENTS];
  wbi_facts_table *child = &facts->tables[name];
  wbi_group *group = &child->group;
  size_t size = (size_t)child->rows * sizeof(uint32_t);
  if (child->rows == 0 || group->starts || !wbi_table_is_child(name)) return WB_OK;
  uint32_t *owners = wbi_alloc(facts->context, size);
  group->patients = patients->rows;
  group->count = child->rows;
  group->starts = wbi_alloc(facts->context, ((size_t)patients->rows + 1) * sizeof(uint32_t));
  group->rows = wbi_alloc(facts->context, size);
  wb_status status = owners && group->starts && group->rows ? WB_OK : WB_E_NOMEM;
  if (!status) {
    join_owners(patients, child, owners);
    uint64_t hidden = name == WBI_PROCEDURES ? join_hide(child, owners) : 0;
    uint64_t lost = join_sort(owners, child->rows, group);
    memmove(group->starts, group->starts + 1, (size_t)patients->rows * sizeof(uint32_t));
    group->starts[patients->rows] = child->rows - (uint32_t)lost;
    group->orphans = lost - hidden;
  }
  wbi_free(facts->context, owners, size);
  return status;
}

/* The exams that a check-up is due after; a limited one is none. */
static const char join_exams[] = "exam_periodic exam_infant exam_comp exam_perio";

wb_status wbi_reading_make(wb_facts *facts) {
  const wbi_column_spec *specs = wbi_table_spec_of(WBI_PROCEDURES)->columns;
  wbi_reading *reading = &facts->reading;
  if (reading->exam_count > 0) return WB_OK;
  reading->statuses = wbi_text_of(specs[WBI_PROCEDURE_STATUS].domain);
  return wb_codes_parse(join_exams, sizeof join_exams - 1, reading->exams, WBI_EXAMS_MOST,
                        &reading->exam_count);
}

/* Whether the code of a number is an exam's. */
static bool digest_exam(const wbi_reading *reading, int32_t number) {
  for (uint32_t i = 0; i < reading->exam_count; ++i)
    if (number >= reading->exams[i].first && number <= reading->exams[i].last) return true;
  return false;
}

/* Sets what the code of a number does to recare, and whether it is an exam. */
static void digest_code(const wb_facts *facts, int32_t number, wbi_procedure *found) {
  found->trigger = (uint8_t)wbi_recare_trigger(number);
  found->scaling = wbi_recare_scaling(number);
  found->missed = wbi_code_missed(number);
  found->exam = digest_exam(&facts->reading, number);
}

/* Reads one procedure. What cannot be read is told only when a patient's history hangs on it. */
static wbi_procedure digest_procedure(const wb_facts *facts, uint32_t row) {
  wbi_text state = {0}, code = {0};
  wbi_procedure found = {.date = WB_DATE_NONE, .state = -1, .read = true};
  const wbi_column *columns = facts->tables[WBI_PROCEDURES].columns;
  bool coded = wbi_column_text(&columns[WBI_PROCEDURE_CODE], row, &code);
  if (wbi_column_text(&columns[WBI_PROCEDURE_STATUS], row, &state))
    found.state = (int8_t)wbi_domain_place(facts->reading.statuses, state);
  if (found.state < 0) {
    found.fault = WBI_PROCEDURE_STATUS;
    return found;
  }
  if (found.state <= WBI_PROCEDURE_EXISTING) {
    if (wbi_cell_date(&columns[WBI_PROCEDURE_DATE], row, &found.date))
      found.fault = WBI_PROCEDURE_DATE;
    else if (!coded && found.date != WB_DATE_NONE)
      found.fault = WBI_PROCEDURE_CODE;
  }
  digest_code(facts, wbi_code_standard(facts, code, found.date), &found);
  return found;
}

const wbi_procedure *wbi_procedure_at(const wb_facts *facts, uint32_t row) {
  wbi_procedure *at = &facts->digest[row];
  if (!at->read) *at = digest_procedure(facts, row);
  return at;
}

/* Room for what the procedures say, if there are any. */
static wb_status join_digest(wb_facts *facts) {
  uint32_t rows = facts->tables[WBI_PROCEDURES].rows;
  if (rows == 0 || facts->digest) return WB_OK;
  facts->digest = wbi_alloc(facts->context, rows * sizeof *facts->digest);
  return facts->digest ? wbi_reading_make(facts) : WB_E_NOMEM;
}

/* Gives back what was read of the procedures. */
static void join_free_digest(wb_facts *facts) {
  const size_t rows = facts->tables[WBI_PROCEDURES].rows;
  wbi_free(facts->context, facts->digest, rows * sizeof *facts->digest);
  if (facts->placed) wbi_free(facts->context, facts->placed, rows * sizeof *facts->placed);
  facts->digest = NULL;
  facts->placed = NULL;
}

void wbi_facts_part(wb_facts *facts) {
  join_free_digest(facts);
  wbi_chain_free(facts->context, &facts->households);
  wbi_chain_free(facts->context, &facts->limits);
  wbi_limits_free(facts);
  wbi_codes_free(facts);
  wbi_views_free(facts);
  for (int name = 0; name < WBI_TABLES; ++name)
    join_free_group(facts->context, &facts->tables[name].group);
  facts->keyed = 0;
  facts->joined = false;
}

void wbi_facts_part_table(wb_facts *facts, int name) {
  if (!wbi_table_is_child(name)) {
    wbi_facts_part(facts);
    return;
  }
  if (name == WBI_PROCEDURES) join_free_digest(facts);
  join_free_group(facts->context, &facts->tables[name].group);
  facts->joined = false;
}

wb_status wbi_facts_join(wb_facts *facts, wb_error *error) {
  if (facts->joined) return WB_OK;
  wb_status status = wbi_codes_make(facts, error);
  if (status) {
    wbi_facts_part(facts);
    return status;
  }
  for (int name = 0; !status && name < WBI_TABLES; ++name)
    status = join_child(facts, name);
  if (!status) status = join_digest(facts);
  if (!status) status = wbi_views_make(facts);
  if (status) {
    wbi_facts_part(facts);
    return wbi_fail(error, status, "No memory to join the tables.");
  }
  facts->orphans = 0;
  for (int name = 0; name < WBI_TABLES; ++name)
    facts->orphans += facts->tables[name].group.orphans;
  facts->joined = true;
  return WB_OK;
}
