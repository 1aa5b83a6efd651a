/* SPDX-License-Identifier: MIT */
/* Standing exclusions: why no campaign at all is for a patient. The first that holds is the answer;
   they are read from fields, so that a column that is given counts. */
#include "facts/facts_private.h"

enum { STANDING_RECENT_DAYS = 14 };

static const char *const standing_names[] = {
    "patient.excluded",  "today",
    "patient.status",    "patient.do_not_contact",
    "patient.exclusion", "recare.disabled_balance",
    "patient.balance",   "visit.last",
    "visit.last_broken",
};

void wbi_standing_fields(const wb_schema *schema, uint32_t fields[WBI_STANDING_FIELDS]) {
  for (size_t i = 0; i < WBI_COUNT(standing_names); ++i)
    (void)wb_schema_find(schema, standing_names[i], strlen(standing_names[i]), &fields[i]);
}

/* Reads one of the fields; one that cannot be read ends the search, whatever it seems to say. */
static wb_status standing_read(wb_facts *facts, int which, wb_value *value, wb_error *error) {
  const wbi_row *cursor = &facts->cursor;
  const wb_moment moment = {.size = sizeof moment, .now = cursor->now, .zone = cursor->asked};
  if (wbi_quick_answer(facts, cursor->row, facts->standing[which], &moment, value)) return WB_OK;
  wb_status status = wbi_answer_keep(facts, facts->standing[which], error);
  *value = facts->answers[facts->standing[which]].value;
  return status;
}

/* Whoever is not an active patient, by the word of the status. */
static wb_status standing_status(wb_facts *facts, wbi_text *reason, wb_error *error) {
  wb_value value;
  wb_status status = standing_read(facts, WBI_STANDING_STATUS, &value, error);
  if (status) return status;
  wbi_text word = {value.data, value.length};
  if (!wbi_text_equal(word, WBI_TEXT("active"))) *reason = word;
  return WB_OK;
}

/* Who asked to be left alone. */
static wb_status standing_refused(wb_facts *facts, wbi_text *reason, wb_error *error) {
  wb_value value;
  wb_status status = standing_read(facts, WBI_STANDING_REFUSED, &value, error);
  if (value.kind == WB_BOOL && value.integer) *reason = WBI_TEXT("do_not_contact");
  return status;
}

/* What the record gives as the reason. */
static wb_status standing_reason(wb_facts *facts, wbi_text *reason, wb_error *error) {
  wb_value value;
  wb_status status = standing_read(facts, WBI_STANDING_REASON, &value, error);
  if (value.kind == WB_TEXT) *reason = (wbi_text){value.data, value.length};
  return status;
}

/* Whose family owes more than the recall waits for; where it is not known what it owes, the hold
   counts. */
static wb_status standing_balance(wb_facts *facts, wbi_text *reason, wb_error *error) {
  wb_value hold, owed;
  wb_status status = standing_read(facts, WBI_STANDING_HOLD, &hold, error);
  if (status || hold.kind != WB_INT) return status;
  status = standing_read(facts, WBI_STANDING_BALANCE, &owed, error);
  if (owed.kind != WB_INT || owed.integer > hold.integer) *reason = WBI_TEXT("balance");
  return status;
}

/* Who was seen, or broke a visit, within 14 days. */
static wb_status standing_recent(wb_facts *facts, wbi_text *reason, wb_error *error) {
  static const int dates[] = {WBI_STANDING_LAST, WBI_STANDING_BROKEN};
  for (size_t i = 0; i < WBI_COUNT(dates); ++i) {
    wb_value on, today;
    wb_status status = standing_read(facts, dates[i], &on, error);
    if (!status && on.kind != WB_DATE) continue;
    if (!status) status = standing_read(facts, WBI_STANDING_TODAY, &today, error);
    if (status) return status;
    if (today.integer - on.integer <= STANDING_RECENT_DAYS) *reason = WBI_TEXT("recent_visit");
  }
  return WB_OK;
}

wb_status wbi_standing_find(wb_facts *facts, wb_error *error) {
  static wb_status (*const tests[])(wb_facts *, wbi_text *, wb_error *) = {
      standing_status, standing_refused, standing_reason, standing_balance, standing_recent};
  wbi_text reason = {NULL, 0};
  wbi_answer *answer = &facts->answers[facts->standing[WBI_STANDING_EXCLUDED]];
  for (size_t i = 0; i < WBI_COUNT(tests) && reason.length == 0; ++i) {
    wb_status status = tests[i](facts, &reason, error);
    if (status) return status;
  }
  answer->value = (wb_value){.size = sizeof answer->value, .kind = WB_NULL};
  wbi_value_set_text(&answer->value, reason);
  answer->turn = facts->turn;
  return WB_OK;
}
