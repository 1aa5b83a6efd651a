/* SPDX-License-Identifier: MIT */
/* Part of a row: the household, by the key that its members share. */
#include "data/data.h"
#include "facts/facts_private.h"

enum { HOUSEHOLD_ADULT = 18, HOUSEHOLD_MOST = 1000 };
enum { HOUSEHOLD_ACTIVE, HOUSEHOLD_INACTIVE }; /* in the domain of patients.status */

/* The key of a patient's row. */
static wbi_text household_key(const wb_facts *facts, uint32_t row) {
  wbi_text key = {0};
  (void)wbi_column_key(&facts->tables[WBI_PATIENTS].columns[WBI_PATIENT_KEY], row, &key);
  return key;
}

/* Whether a member is in no grouping: custody, restriction, confidential communication. */
static bool household_apart(const wb_facts *facts, uint32_t row) {
  int64_t apart = 0;
  const wbi_column *column = &facts->tables[WBI_PATIENTS].columns[WBI_PATIENT_CONFIDENTIAL];
  return wbi_column_int(column, row, &apart) && apart;
}

/* The first patient who has the key of the row's household; left as it is where the row has none,
   or stands apart. */
static wb_status household_first(wb_facts *facts, uint32_t *first, wb_error *error) {
  wbi_text key = {0};
  const wbi_facts_table *patients = &facts->tables[WBI_PATIENTS];
  const wbi_column *keys = &patients->columns[WBI_PATIENT_HOUSEHOLD];
  if (!facts->households.next &&
      wbi_chain_make(facts->context, keys, patients->rows, &facts->households))
    return wbi_fail(error, WB_E_NOMEM, "No memory for the households.");
  if (household_apart(facts, facts->cursor.row)) return WB_OK;
  if (wbi_column_key(keys, facts->cursor.row, &key))
    *first = wbi_row_index_find(&facts->households.index, keys, key);
  return WB_OK;
}

/* The member after one, leaving out who stands apart. */
static uint32_t household_next(const wb_facts *facts, uint32_t row) {
  do
    row = facts->households.next[row];
  while (row != WBI_NO_ROW && household_apart(facts, row));
  return row;
}

/* The first member, leaving out who stands apart. */
static uint32_t household_begin(const wb_facts *facts, uint32_t first) {
  if (first == WBI_NO_ROW || !household_apart(facts, first)) return first;
  return household_next(facts, first);
}

/* Whether a region is another or a part of it: "US-NY" is of "US". */
static bool household_within(wbi_text region, wbi_text holder) {
  return wbi_text_starts(region, holder) &&
         (region.length == holder.length || region.data[holder.length] == '-');
}

/* The age of majority where the row's location is, the latest that a rule sets there. */
static int32_t household_majority(const wb_facts *facts) {
  wbi_text region = {0};
  const uint32_t row = facts->cursor.location;
  const wbi_column *regions = &facts->tables[WBI_LOCATIONS].columns[WBI_LOCATION_REGION];
  int32_t years = HOUSEHOLD_ADULT;
  if (row != WBI_NO_ROW) (void)wbi_column_text(regions, row, &region);
  /* same: > and >= take one age */
  for (const wbi_data_age *age = wbi_data_majority; age->region; ++age)
    if (age->years > years && household_within(region, wbi_text_of(age->region)))
      years = age->years;
  return years;
}

/* Whether a patient is known to be a minor today. */
static wb_status household_minor(const wb_facts *facts, uint32_t row, bool *minor,
                                 wb_error *error) {
  wb_date birth = WB_DATE_NONE;
  wb_status status = wbi_row_date(facts, WBI_PATIENTS, WBI_PATIENT_BIRTH_DATE, row, &birth, error);
  *minor =
      birth != WB_DATE_NONE && wbi_date_age(birth, facts->cursor.today) < household_majority(facts);
  return status;
}

/* Whether a row of `guardians` is marked, and whom it names. */
static bool household_marked(const wb_facts *facts, uint32_t row, wbi_text *guardian) {
  int64_t marked = 0;
  const wbi_column *columns = facts->tables[WBI_GUARDIANS].columns;
  return wbi_column_int(&columns[WBI_GUARDIAN_REPRESENTATIVE], row, &marked) && marked &&
         wbi_column_text(&columns[WBI_GUARDIAN_GUARDIAN], row, guardian);
}

/* Whether the row's patient is marked as a member's representative. */
static bool household_represents(const wb_facts *facts, uint32_t member) {
  const wbi_group *group = &facts->tables[WBI_GUARDIANS].group;
  wbi_text own = household_key(facts, facts->cursor.row);
  for (uint32_t i = group->starts ? group->starts[member] : 0;
       group->starts && i < group->starts[member + 1]; ++i) {
    wbi_text guardian = {0};
    if (household_marked(facts, group->rows[i], &guardian) && wbi_text_equal(guardian, own))
      return true;
  }
  return false;
}

/* Adds a member's key to a list. */
static wb_status household_list(wb_facts *facts, int list, uint32_t member, wb_error *error) {
  wb_value *value = wbi_list_add(facts, list);
  if (!value) return wbi_fail(error, WB_E_NOMEM, "No memory for a list.");
  wbi_value_set_text(value, household_key(facts, member));
  return WB_OK;
}

/* Whether a member may be named to the row's patient: a minor whom they stand for, an adult who
   agreed, and they themselves. */
static bool household_may_name(const wb_facts *facts, uint32_t member, bool minor) {
  const wbi_column *columns = facts->tables[WBI_PATIENTS].columns;
  int64_t agreed = 0;
  wb_date birth = WB_DATE_NONE;
  if (member == facts->cursor.row) return true;
  if (minor) return household_represents(facts, member);
  (void)wbi_cell_date(&columns[WBI_PATIENT_BIRTH_DATE], member, &birth); /* read for `minor` */
  return birth != WB_DATE_NONE && wbi_column_int(&columns[WBI_PATIENT_NAMED], member, &agreed) &&
         agreed;
}

/* Adds the name of a member who is with the practice, or notes that it may not be said. */
static wb_status household_name(wb_facts *facts, uint32_t member, bool minor,
                                wbi_household *household, wb_error *error) {
  const wbi_column *columns = facts->tables[WBI_PATIENTS].columns;
  wbi_text name = {0};
  if (!wbi_column_text(&columns[WBI_PATIENT_PREFERRED_NAME], member, &name))
    (void)wbi_column_text(&columns[WBI_PATIENT_FIRST_NAME], member, &name);
  if (name.length == 0 || !household_may_name(facts, member, minor)) {
    household->unnamed = 1;
    return WB_OK;
  }
  wb_value *value = wbi_list_add(facts, WBI_HOUSEHOLD_NAMED);
  if (!value) return wbi_fail(error, WB_E_NOMEM, "No memory for a list.");
  wbi_value_set_text(value, name);
  return WB_OK;
}

/* Takes one member into account. */
static wb_status household_add(wb_facts *facts, uint32_t member, wbi_household *household,
                               wb_error *error) {
  int32_t standing = 0;
  bool minor = false;
  if (household->size == HOUSEHOLD_MOST)
    return wbi_column_fail(error, WB_E_LIMIT, WBI_PATIENTS, WBI_PATIENT_HOUSEHOLD,
                           "More than 1,000 patients share a household.");
  wb_status status =
      wbi_row_choice(facts, WBI_PATIENTS, WBI_PATIENT_STATUS, member, &standing, error);
  if (!status) status = household_minor(facts, member, &minor, error);
  if (!status) status = household_list(facts, WBI_HOUSEHOLD_MEMBERS, member, error);
  if (status) return status;
  ++household->size;
  household->active += standing == HOUSEHOLD_ACTIVE;
  household->inactive += standing == HOUSEHOLD_INACTIVE;
  household->minors += minor;
  if (standing == HOUSEHOLD_ACTIVE || standing == HOUSEHOLD_INACTIVE)
    status = household_name(facts, member, minor, household, error);
  if (status) return status;
  if (!minor || !household_represents(facts, member)) return WB_OK;
  return household_list(facts, WBI_HOUSEHOLD_REPRESENTS, member, error);
}

/* Finds who answers for the household, and who stands for the patient. */
static void household_heads(const wb_facts *facts, wbi_household *household) {
  const wbi_facts_table *patients = &facts->tables[WBI_PATIENTS];
  const uint32_t row = facts->cursor.row;
  wbi_row_span span = wbi_row_children(facts, WBI_GUARDIANS);
  wbi_text key = {0};
  if (wbi_column_text(&patients->columns[WBI_PATIENT_GUARANTOR], row, &key) ||
      (wbi_column_text(&patients->columns[WBI_PATIENT_HOUSEHOLD], row, &key) &&
       wbi_row_index_find(&patients->index, &patients->columns[WBI_PATIENT_KEY], key) !=
           WBI_NO_ROW))
    household->guarantor = key;
  if (household->guarantor.length)
    household->is_guarantor = wbi_text_equal(household->guarantor, household_key(facts, row));
  for (const uint32_t *at = span.from; at != span.to && !household->guardian.length; ++at)
    if (household_marked(facts, *at, &key)) household->guardian = key;
}

wb_status wbi_know_household(wb_facts *facts, wb_error *error) {
  wbi_household found = {-1, -1, -1, -1, WBI_NO_ROW, {0}, {0}, -1, -1};
  const wbi_column *keys = &facts->tables[WBI_PATIENTS].columns[WBI_PATIENT_HOUSEHOLD];
  wbi_list_unknown(facts, WBI_HOUSEHOLD_MEMBERS);
  wbi_list_unknown(facts, WBI_HOUSEHOLD_REPRESENTS);
  wbi_list_unknown(facts, WBI_HOUSEHOLD_NAMED);
  household_heads(facts, &found);
  facts->cursor.household = found;
  if (keys->cells == WBI_CELLS_NONE) return WB_OK;
  wbi_list_begin(facts, WBI_HOUSEHOLD_MEMBERS, 1);
  wbi_list_begin(facts, WBI_HOUSEHOLD_REPRESENTS, 1);
  wbi_list_begin(facts, WBI_HOUSEHOLD_NAMED, 1);
  found.size = found.active = found.inactive = found.minors = 0;
  found.unnamed = 0;
  wb_status status = household_first(facts, &found.first, error);
  uint32_t member = household_begin(facts, found.first);
  if (!status && found.first == WBI_NO_ROW)
    status = household_add(facts, facts->cursor.row, &found, error);
  for (; !status && member != WBI_NO_ROW; member = household_next(facts, member))
    status = household_add(facts, member, &found, error);
  facts->cursor.household = found;
  return status;
}

/* Whether another patient is active, overdue and not booked, asked with the cursor there. */
static wb_status household_is_overdue(wb_facts *facts, bool *overdue, wb_error *error) {
  int32_t standing = 0; /* which the household is known by */
  (void)wbi_row_choice(facts, WBI_PATIENTS, WBI_PATIENT_STATUS, facts->cursor.row, &standing, NULL);
  wb_status status = wbi_row_know(facts, WBI_NEED_RECARE | WBI_NEED_VISITS, error);
  *overdue = !status && standing == HOUSEHOLD_ACTIVE && !facts->cursor.visits.booked &&
             facts->cursor.recare.band >= WB_BAND_0_6;
  return status;
}

wb_status wbi_household_overdue(wb_facts *facts, int32_t *count, wb_error *error) {
  const wbi_row own = facts->cursor;
  wb_status status = WB_OK;
  *count = -1;
  if (own.household.size < 0 || !facts->tables[WBI_APPOINTMENTS].present) return WB_OK;
  *count = 0;
  uint32_t member = household_begin(facts, own.household.first);
  for (; !status && member != WBI_NO_ROW; member = household_next(facts, member)) {
    bool overdue = false;
    if (member == own.row) continue;
    facts->cursor = (wbi_row){.row = member, .now = own.now, .asked = own.asked};
    status = household_is_overdue(facts, &overdue, error);
    *count += overdue;
  }
  facts->cursor = own;
  return status;
}
