/* SPDX-License-Identifier: MIT */
/* Recare: which clock a patient is on, when it runs out, how long ago that was. */
#include "dental/dental.h"

/* What the few codes that matter to recare do, as bits. */
enum { EFFECT_PROPHY = 1, EFFECT_PERIO = 2, EFFECT_SCALING = 4, EFFECT_MISSED = 8 };

static const wb_interval recare_prophy_default = {0, 6, 0, 1};
static const wb_interval recare_perio_default = {0, 4, 0, 0};

enum { SHORTEST_OWN_INTERVAL = 28, ADVICE_MONTHS = 24 };

/* What holds where a practice has said nothing. */
static const wb_recare_settings recare_defaults = {.size = sizeof(wb_recare_settings),
                                                   .prophy_interval = &recare_prophy_default,
                                                   .perio_interval = &recare_perio_default,
                                                   .child_age = 12,
                                                   .edges = {6, 9, 12}};

/* What a code does. */
static uint32_t code_effects(int32_t number) {
  switch (number) {
  case 1110:
  case 1120: return EFFECT_PROPHY;
  case 4341:
  case 4342: return EFFECT_PERIO | EFFECT_SCALING;
  case 4910: return EFFECT_PERIO;
  case 9986:
  case 9987: return EFFECT_MISSED;
  default: return 0;
  }
}

int32_t wbi_recare_trigger(int32_t number) {
  uint32_t effects = code_effects(number);
  if (effects & EFFECT_PERIO) return WB_RECARE_PERIO;
  return effects & EFFECT_PROPHY ? WB_RECARE_PROPHY : WB_RECARE_NONE;
}

bool wbi_recare_scaling(int32_t number) {
  return (code_effects(number) & EFFECT_SCALING) != 0;
}

bool wbi_code_missed(int32_t number) {
  return (code_effects(number) & EFFECT_MISSED) != 0;
}

wbi_text wbi_recare_kind_name(int32_t kind) {
  if (kind == WB_RECARE_PROPHY) return WBI_TEXT("prophy");
  if (kind == WB_RECARE_PERIO) return WBI_TEXT("perio");
  return WBI_TEXT("");
}

wbi_text wbi_recare_band_name(int32_t band) {
  static const char *const names[] = {"", "not_due", "0-6", "6-9", "9-12", "12+"};
  if (band < WB_BAND_NONE || band > WB_BAND_12) return WBI_TEXT("");
  return wbi_text_of(names[band]);
}

/* Whether all dates of a history can be reckoned with. */
static bool recare_history_readable(const wb_recare_history *history, wb_date today) {
  return wbi_date_valid(today) && wbi_date_readable(history->last_prophy) &&
         wbi_date_readable(history->last_perio) && wbi_date_readable(history->last_scaling) &&
         wbi_date_readable(history->manual_due) && wbi_date_readable(history->manual_since) &&
         wbi_date_readable(history->birth);
}

/* Fills in the defaults; false: the conventions contradict themselves. */
static bool recare_settle(wb_recare_settings *settings) {
  if (!settings->prophy_interval) settings->prophy_interval = recare_defaults.prophy_interval;
  if (!settings->perio_interval) settings->perio_interval = recare_defaults.perio_interval;
  if (settings->child_age == 0) settings->child_age = recare_defaults.child_age;
  for (int i = 0; i < 3; ++i)
    if (settings->edges[i] == 0) settings->edges[i] = recare_defaults.edges[i];
  return settings->child_age > 0 && settings->edges[0] > 0 && /* same: by now none is 0 */
         settings->edges[0] < settings->edges[1] && settings->edges[1] < settings->edges[2];
}

/* Perio once the record holds a perio recall, else what the latest trigger sets. */
static int32_t recare_kind_of(const wb_recare_history *history) {
  if (history->flags & WB_RECARE_HAS_PERIO) return WB_RECARE_PERIO;
  if (history->last_perio == WB_DATE_NONE) return WB_RECARE_PROPHY;
  return history->last_perio >= history->last_prophy ? WB_RECARE_PERIO : WB_RECARE_PROPHY;
}

/* The latest trigger of either kind. */
static wb_date recare_last(const wb_recare_history *history) {
  return history->last_perio > history->last_prophy ? history->last_perio : history->last_prophy;
}

/* The kind that the record names. */
static int32_t recare_recorded_kind(const wb_recare_history *history) {
  if (history->flags & WB_RECARE_HAS_PERIO) return WB_RECARE_PERIO;
  return history->flags & WB_RECARE_HAS_PROPHY ? WB_RECARE_PROPHY : WB_RECARE_NONE;
}

/* The patient's own interval where there is a usable one, else the kind's default. */
static const wb_interval *recare_interval(const wb_recare_history *history,
                                          const wb_recare_settings *settings, int32_t kind) {
  bool perio = kind == WB_RECARE_PERIO;
  const wb_interval *own = perio ? history->perio_interval : history->prophy_interval;
  if (own && wbi_interval_days(own) >= SHORTEST_OWN_INTERVAL) return own;
  return perio ? settings->perio_interval : settings->prophy_interval;
}

/* Whether the due date set by hand still stands. Where it is not known when it was set, a visit
   on or after it has ended it. No visit is before every day. */
static bool recare_manual_stands(const wb_recare_history *history, wb_date last) {
  if (history->manual_due == WB_DATE_NONE) return false;
  if (history->manual_since == WB_DATE_NONE) return history->manual_due > last;
  return last <= history->manual_since;
}

/* Finds the due date, if there is one; WB_E_RANGE: it would be after the last day there is. */
static wb_status recare_due(const wb_recare_history *history, const wb_interval *interval,
                            wb_date last, wbi_split *due) {
  if (recare_manual_stands(history, last)) {
    *due = wbi_split_of(history->manual_due);
    return WB_OK;
  }
  if (last == WB_DATE_NONE) return WB_OK;
  *due = wbi_split_of(last);
  return wbi_split_add(due, interval);
}

/* Sets overdue months and band; `due` is the due date, split. */
static void recare_set_band(const wb_recare_settings *settings, wb_date today, wbi_split due,
                            wb_recare *recare) {
  int32_t months = recare->last == WB_DATE_NONE ? -1 : 0;
  int32_t band = months < 0 ? WB_BAND_NONE : WB_BAND_NOT_DUE;
  if (band == WB_BAND_NOT_DUE && recare->due <= today) {
    months = wbi_split_months(due, wbi_split_of(today));
    band = WB_BAND_0_6;
    for (int i = 0; i < 3; ++i)
      if (months >= settings->edges[i]) band = WB_BAND_6_9 + i;
  }
  recare->overdue_months = months;
  recare->band = band;
}

/* What in a history speaks for perio, as bits. */
static uint32_t recare_evidence(const wb_recare_history *history, wb_date today) {
  wb_date until = WB_DATE_MAX;
  uint32_t evidence = 0;
  if (history->last_perio == WB_DATE_NONE) return 0;
  (void)wb_date_add_months(history->last_perio, ADVICE_MONTHS, &until);
  if (until >= today) evidence |= WB_EVIDENCE_RECENT;
  if (history->last_scaling != WB_DATE_NONE && history->last_scaling >= history->last_prophy)
    evidence |= WB_EVIDENCE_SCALING;
  return evidence;
}

/* Whether a patient is a child on a day. Who has lived long enough in days is none. */
static bool recare_child(const wb_recare_history *history, int32_t child_age, wb_date on) {
  enum { LONGEST_YEAR = 366 };
  if (history->birth == WB_DATE_NONE) return false;
  /* same: the age says so, too, but later */
  if (on - history->birth >= (int64_t)child_age * LONGEST_YEAR) return false;
  return wbi_date_age(history->birth, on) < child_age;
}

/* Sets the flags of the result, and the evidence for its advice. */
static void recare_set_flags(const wb_recare_history *history, const wb_recare_settings *settings,
                             wb_date today, wb_recare *recare) {
  wb_date on = recare->due > today ? recare->due : today;
  bool silent = recare->recorded_kind == WB_RECARE_NONE && recare->kind == WB_RECARE_PERIO;
  bool advise = recare->recorded_kind != WB_RECARE_PERIO && !silent;
  uint32_t evidence = advise ? recare_evidence(history, today) : 0;
  uint32_t flags = evidence ? WB_RECARE_ADVISE_PERIO : 0;
  if (recare_child(history, settings->child_age, on)) flags |= WB_RECARE_CHILD;
  recare->flags = flags;
  recare->evidence = evidence;
  recare->evidence_on = evidence ? history->last_perio : WB_DATE_NONE;
}

/* Finds the whole result from checked arguments. What can fail comes first. */
static wb_status recare_find(const wb_recare_history *history, const wb_recare_settings *settings,
                             wb_date today, wb_recare *recare) {
  int32_t kind = recare_kind_of(history), recorded_kind = recare_recorded_kind(history);
  wb_date last = recare_last(history);
  wbi_split due = {0, 0}; /* no day */
  wb_status status = recare_due(history, recare_interval(history, settings, kind), last, &due);
  if (status) return status;
  recare->kind = kind;
  recare->recorded_kind = recorded_kind;
  recare->last = last;
  recare->due = due.day ? wbi_split_join(due) : WB_DATE_NONE;
  recare_set_flags(history, settings, today, recare);
  recare_set_band(settings, today, due, recare);
  return WB_OK;
}

/* Reads the host's conventions over the defaults. */
static wb_status recare_read_settings(const wb_recare_settings *from, wb_recare_settings *known) {
  wb_status status = wbi_struct_read(from, sizeof *known, known, sizeof *known, 0, NULL);
  if (status) return status;
  return recare_settle(known) ? WB_OK : WB_E_INVALID;
}

/* Finds the result into a struct of any size that was checked. */
static wb_status recare_give(const wb_recare_history *history, const wb_recare_settings *settings,
                             wb_date today, wb_recare *recare) {
  wb_recare other = {0}; /* of this library's size */
  wb_recare *result = recare->size == sizeof other ? recare : &other;
  wb_status status = recare_find(history, settings, today, result);
  if (status || result == recare) return status;
  return wbi_struct_write(recare, sizeof other, &other, sizeof other);
}

wb_status WB_CALL wb_recare_find(const wb_recare_history *history,
                                 const wb_recare_settings *settings, wb_date today,
                                 wb_recare *recare) {
  const uint32_t flags = WB_RECARE_HAS_PROPHY | WB_RECARE_HAS_PERIO;
  const wb_recare_settings *set = &recare_defaults;
  wb_recare_history copy;
  wb_recare_settings conventions;
  wb_status status = WB_OK;
  if (!history || !recare || recare->size < sizeof *recare) return WB_E_INVALID;
  if (history->size != sizeof copy || history->flags > flags) { /* same: else it is as it is read */
    status = wbi_struct_read(history, sizeof copy, &copy, sizeof copy, flags, NULL);
    history = &copy; /* same: what is longer begins alike */
  }
  if (status == WB_OK && settings) {
    status = recare_read_settings(settings, &conventions);
    set = &conventions;
  }
  if (status) return status;
  if (!recare_history_readable(history, today)) return WB_E_RANGE;
  return recare_give(history, set, today, recare);
}
