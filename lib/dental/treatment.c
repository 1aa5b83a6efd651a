/* SPDX-License-Identifier: MIT */
/* Planned treatment: scheduled, superseded, open, and how old the plan is. */
#include "dental/dental.h"

enum { TREATMENT_REEXAMINE_MONTHS = 12, TREATMENT_HISTORY_MONTHS = 24 };

/* Codes that need the tooth: gone with it. */
enum { TOOTH_NEEDED_FIRST = 1000, TOOTH_NEEDED_LAST = 4999 };

static const wbi_code_range treatment_extractions[] = {
    {7140, 7140}, {7210, 7210}, {7111, 7111}, {7220, 7251}, {0, 0}};

bool wbi_codes_hold(const wbi_code_range *set, const wb_procedure *procedure) {
  /* same: no set holds a group 0 */
  int32_t group = procedure->group > 0 ? WBI_GROUP_BASE + procedure->group : -1;
  for (; set->first; ++set) {
    if (procedure->code >= set->first && procedure->code <= set->last) return true;
    if (group >= set->first && group <= set->last) return true;
  }
  return false;
}

uint64_t wbi_procedure_teeth(const wb_procedure *procedure) {
  if (procedure->teeth) return procedure->teeth;
  const wbi_data_code *code = wbi_code_find(procedure->code);
  if (!code || code->arch == 0) return 0;
  return code->arch == 1 ? WBI_TEETH_UPPER : WBI_TEETH_LOWER;
}

/* Whether a procedure may be seen at all: not restricted, and not a missed visit. */
static bool procedure_seen(const wb_procedure *procedure) {
  return !(procedure->flags & WB_PROCEDURE_RESTRICTED) && procedure->code != 9986 &&
         procedure->code != 9987;
}

bool wbi_procedure_done(const wb_procedure *procedure, wb_date today) {
  bool done =
      procedure->status == WB_PROCEDURE_COMPLETED || procedure->status == WB_PROCEDURE_EXISTING;
  return done && procedure->date != WB_DATE_NONE && procedure->date <= today &&
         procedure_seen(procedure);
}

bool wbi_procedure_planned(const wb_procedure *procedure) {
  return procedure->status == WB_PROCEDURE_PLANNED && procedure_seen(procedure);
}

wb_status wbi_chart_open(const wb_procedure *procedures, uint32_t count, wb_date today,
                         wbi_chart *chart) {
  enum { CHART_FLAGS = 7 };
  *chart = (wbi_chart){(const char *)procedures, 0, count, today};
  wb_status status = wbi_array_check(procedures, count, sizeof *procedures, _Alignof(wb_procedure),
                                     &chart->stride);
  if (status) return status;
  if (!wbi_date_valid(today)) return WB_E_RANGE;
  for (uint32_t i = 0; i < count; ++i) {
    const wb_procedure *procedure = wbi_chart_at(chart, i);
    if (procedure->flags > CHART_FLAGS) return WB_E_VERSION;
    if (!wbi_date_readable(procedure->date) || !wbi_date_readable(procedure->visit))
      return WB_E_RANGE;
  }
  return WB_OK;
}

/* Whether a procedure that was done stands for one that is planned. */
static bool treatment_closes(const wb_procedure *done, const wb_procedure *planned) {
  const wbi_data_group *group = wbi_group_at(planned->group);
  if (planned->group == done->group &&
      (planned->group || (planned->code && planned->code == done->code)))
    return true;
  if (!group) return false;
  for (const uint16_t *by = &wbi_data_closed_by[group->closed_by]; *by; ++by)
    if (*by == done->group) return true;
  return false;
}

/* Whether the teeth that a planned procedure needs have been extracted. */
static bool treatment_tooth_gone(const wb_procedure *done, const wb_procedure *planned) {
  if (planned->code < TOOTH_NEEDED_FIRST || planned->code > TOOTH_NEEDED_LAST) return false;
  if (!planned->teeth || (planned->teeth & ~done->teeth)) return false;
  return wbi_codes_hold(treatment_extractions, done);
}

/* Whether a procedure is another choice than a planned one, and the one that was taken. */
static bool treatment_passed_over(const wb_procedure *other, const wb_procedure *planned,
                                  wb_date today) {
  if (planned->alternative == 0 || other->alternative != planned->alternative) return false;
  if (wbi_procedure_done(other, today)) return true;
  return wbi_procedure_planned(other) && (other->flags & WB_PROCEDURE_PREFERRED) &&
         !(planned->flags & WB_PROCEDURE_PREFERRED);
}

/* Whether one other procedure supersedes a planned one. */
static bool treatment_superseded_by(const wb_procedure *other, const wb_procedure *planned,
                                    wb_date today) {
  if (treatment_passed_over(other, planned, today)) return true;
  if (!wbi_procedure_done(other, today)) return false;
  if (planned->date != WB_DATE_NONE && other->date <= planned->date) return false;
  if (treatment_tooth_gone(other, planned)) return true;
  return treatment_closes(other, planned) &&
         wbi_teeth_meet(wbi_procedure_teeth(other), wbi_procedure_teeth(planned));
}

bool wbi_treatment_superseded(const wbi_chart *chart, uint32_t index) {
  const wb_procedure *planned = wbi_chart_at(chart, index);
  for (uint32_t i = 0; i < chart->count; ++i)
    if (i != index && treatment_superseded_by(wbi_chart_at(chart, i), planned, chart->today))
      return true;
  return false;
}

/* Whether more than some months have passed since a day. */
static bool treatment_past(wb_date since, int32_t months, wb_date today) {
  wb_date end = WB_DATE_MAX;
  return wb_date_add_months(since, months, &end) == WB_OK && today > end;
}

/* Sets the age of a plan; one that is dated in the future is of today. */
static void treatment_set_age(const wb_procedure *planned, wb_date today, wb_treatment *treatment) {
  treatment->age = WB_TREATMENT_REEXAMINE;
  if (planned->date == WB_DATE_NONE) return;
  treatment->months = 0;
  /* same: no month lies between a day and itself */
  if (planned->date < today) (void)wb_date_months(planned->date, today, &treatment->months);
  if (treatment_past(planned->date, TREATMENT_HISTORY_MONTHS, today)) {
    treatment->age = WB_TREATMENT_HISTORY;
  } else if (!treatment_past(planned->date, TREATMENT_REEXAMINE_MONTHS, today)) {
    treatment->age = WB_TREATMENT_FRESH;
  }
}

wb_status WB_CALL wb_treatment_find(const wb_procedure *procedures, uint32_t count, uint32_t index,
                                    wb_date today, wb_treatment *treatment) {
  wbi_chart chart;
  wb_treatment found = {.months = -1};
  if (!procedures || index >= count || !treatment || treatment->size < sizeof found)
    return WB_E_INVALID;
  wb_status status = wbi_chart_open(procedures, count, today, &chart);
  if (status) return status;
  const wb_procedure *planned = wbi_chart_at(&chart, index);
  if (wbi_procedure_planned(planned)) {
    found.flags = WB_TREATMENT_PLANNED;
    if (planned->visit != WB_DATE_NONE && planned->visit >= today)
      found.flags |= WB_TREATMENT_SCHEDULED;
    if (wbi_treatment_superseded(&chart, index)) found.flags |= WB_TREATMENT_SUPERSEDED;
    if (found.flags == WB_TREATMENT_PLANNED) found.flags |= WB_TREATMENT_OPEN;
    treatment_set_age(planned, today, &found);
  }
  return wbi_struct_write(treatment, sizeof found, &found, sizeof found);
}
