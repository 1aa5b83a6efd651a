/* SPDX-License-Identifier: MIT */
/* Unfinished treatment: starts whose finish has not come, pair by pair. */
#include "dental/dental.h"

/* A pair that is being looked for in a chart. */
typedef struct pair_search {
  const wbi_chart *chart;
  const wbi_data_pair *pair;
} pair_search;

/* Whether a procedure of a set was done on or after a day; WB_DATE_NONE: ever. */
static bool pair_on_record(const pair_search *search, const wbi_code_range *set, wb_date since) {
  for (uint32_t i = 0; set->first && i < search->chart->count; ++i) {
    const wb_procedure *other = wbi_chart_at(search->chart, i);
    if (wbi_procedure_done(other, search->chart->today) && other->date >= since &&
        wbi_codes_hold(set, other))
      return true;
  }
  return false;
}

/* Whether a tooth is out of a pair: a wisdom tooth, a premolar taken out for braces. */
static bool pair_spares(const pair_search *search, const wb_procedure *start) {
  const wbi_data_pair *pair = search->pair;
  if (pair->teeth && (!start->teeth || (start->teeth & ~pair->teeth))) return true;
  if (!start->teeth || (start->teeth & ~WBI_TEETH_PREMOLARS)) return false;
  for (uint32_t i = 0; i < search->chart->count; ++i) {
    const wb_procedure *other = wbi_chart_at(search->chart, i);
    bool counts = wbi_procedure_planned(other) || wbi_procedure_done(other, search->chart->today);
    if (counts && wbi_codes_hold(pair->spares, other)) return true;
  }
  return false;
}

/* Whether a procedure is a start of the pair. */
static bool pair_starts(const pair_search *search, const wb_procedure *start) {
  const wbi_data_pair *pair = search->pair;
  if (!wbi_procedure_done(start, search->chart->today)) return false;
  bool starts = wbi_codes_hold(pair->start, start);
  if (!starts && pair->together->first) {
    const wbi_code_range first[] = {pair->together[0], {0, 0}};
    starts =
        wbi_codes_hold(first, start) && pair_on_record(search, pair->together + 1, WB_DATE_NONE);
  }
  return starts && !pair_spares(search, start);
}

/* Whether two procedures are at one place, as the pair has it. */
static bool pair_same_place(const pair_search *search, const wb_procedure *a,
                            const wb_procedure *b) {
  switch (search->pair->match) {
  case WBI_MATCH_TOOTH: return wbi_teeth_meet(wbi_procedure_teeth(a), wbi_procedure_teeth(b));
  case WBI_MATCH_PROVIDER: return !a->provider || !b->provider || a->provider == b->provider;
  default: return true;
  }
}

/* Whether all of a start's teeth are front teeth, or none is named. */
static bool pair_in_front(const wb_procedure *start) {
  return (start->teeth & ~WBI_TEETH_FRONT) == 0;
}

/* Whether one procedure finishes a start. */
static bool pair_finished_by(const pair_search *search, const wb_procedure *start,
                             const wb_procedure *other) {
  const wbi_data_pair *pair = search->pair;
  if (!wbi_procedure_done(other, search->chart->today) || other->date < start->date) return false;
  bool finishes = wbi_codes_hold(pair->finish, other) ||
                  (wbi_codes_hold(pair->front, other) && pair_in_front(start));
  return finishes && pair_same_place(search, start, other);
}

/* The places of planned procedures of a start's own codes that are still to be done. */
static bool pair_left_over(const pair_search *search, uint64_t *teeth) {
  bool left = false;
  for (uint32_t i = 0; i < search->chart->count; ++i) {
    const wb_procedure *planned = wbi_chart_at(search->chart, i);
    if (!wbi_procedure_planned(planned) || !wbi_codes_hold(search->pair->start, planned)) continue;
    if (wbi_treatment_superseded(search->chart, i)) continue;
    *teeth |= planned->teeth;
    left = true;
  }
  return left;
}

/* Whether a start has been finished. */
static bool pair_finished(const pair_search *search, const wb_procedure *start) {
  bool finished = false;
  for (uint32_t i = 0; !finished && i < search->chart->count; ++i)
    finished = pair_finished_by(search, start, wbi_chart_at(search->chart, i));
  if (!finished || search->pair->with->first == 0) return finished;
  return pair_on_record(search, search->pair->with, start->date);
}

/* The day that the wait of a start is counted from: its own, or the last that went on with it. */
static wb_date pair_clock(const pair_search *search, const wb_procedure *start) {
  wb_date clock = start->date;
  for (uint32_t i = 0; search->pair->continues->first && i < search->chart->count; ++i) {
    const wb_procedure *other = wbi_chart_at(search->chart, i);
    /* same: of the same day, it sets what is */
    if (other->date > clock && wbi_procedure_done(other, search->chart->today) &&
        wbi_codes_hold(search->pair->continues, other))
      clock = other->date;
  }
  return clock;
}

/* Whether a start counts today, and since when. */
static bool pair_due(const pair_search *search, const wb_procedure *start, wb_date *since) {
  wb_interval wait = {0, search->pair->months, 0, search->pair->days};
  return !wb_date_add(pair_clock(search, start), &wait, since) && *since <= search->chart->today;
}

/* Whether a later start stands for this one: the latest of those that count, at one place. */
static bool pair_restarted(const pair_search *search, uint32_t index) {
  const wb_procedure *start = wbi_chart_at(search->chart, index);
  uint64_t teeth = wbi_procedure_teeth(start);
  for (uint32_t i = 0; i < search->chart->count; ++i) {
    const wb_procedure *other = wbi_chart_at(search->chart, i);
    /* same: nothing is later than itself, below */
    bool later = other->date > start->date || (other->date == start->date && i > index);
    if (i == index || !later || !pair_starts(search, other)) continue;
    bool tooth = search->pair->match == WBI_MATCH_TOOTH;
    if (tooth ? teeth != wbi_procedure_teeth(other) : !pair_same_place(search, start, other))
      continue;
    wb_date since;
    if (search->pair->last || pair_due(search, other, &since)) return true;
  }
  return false;
}

/* Whether the procedure at `index` is unfinished by this pair; fills `found` when it is. */
static bool pair_unfinished(const pair_search *search, uint32_t index, wb_unfinished *found) {
  const wbi_data_pair *pair = search->pair;
  const wb_procedure *start = wbi_chart_at(search->chart, index);
  wb_date since = WB_DATE_NONE;
  uint64_t teeth = wbi_procedure_teeth(start);
  if (!pair_starts(search, start) || !pair_due(search, start, &since)) return false;
  if (pair->match == WBI_MATCH_PLANNED) {
    teeth = 0;
    if (!pair_left_over(search, &teeth)) return false;
  } else if (pair_finished(search, start)) {
    return false;
  }
  if (pair_restarted(search, index)) return false;
  *found = (wb_unfinished){.kind = pair->id,
                           .needs = pair->needs,
                           .teeth = teeth,
                           .started = start->date,
                           .since = since,
                           .index = index};
  if (pair_on_record(search, pair->instead, start->date)) found->flags = WB_UNFINISHED_INSTEAD;
  return true;
}

/* The pairs that something in a chart may have started, as bits; all for a code that is not known.
 */
static uint32_t pairs_started(const wbi_chart *chart) {
  uint32_t pairs = 0;
  for (uint32_t i = 0; i < chart->count; ++i) {
    const wb_procedure *start = wbi_chart_at(chart, i);
    if (!wbi_procedure_done(start, chart->today)) continue;
    const wbi_data_code *code = wbi_code_find(start->code);
    const wbi_data_group *group = wbi_group_at(start->group);
    /* same: one more is looked at closely afterwards */
    pairs |= code ? code->starts : start->code ? UINT32_MAX : 0;
    pairs |= group ? group->starts : 0;
  }
  return pairs;
}

/* Whether a pair is looked for at all: it is of the crown convention, and was started. */
static bool pair_wanted(uint32_t index, int32_t crown, uint32_t started) {
  const wbi_data_pair *pair = &wbi_data_pairs[index];
  return (started >> index & 1) != 0 && (pair->when == UINT8_MAX || pair->when == crown);
}

wb_status WB_CALL wb_unfinished_next(const wb_procedure *procedures, uint32_t count, int32_t crown,
                                     wb_date today, uint64_t *cursor, wb_unfinished *found) {
  wbi_chart chart;
  wb_unfinished result;
  if (!cursor || !found || found->size < sizeof result) return WB_E_INVALID;
  if (crown < WB_CROWN_SEAT || crown > WB_CROWN_SEPARATE) return WB_E_INVALID;
  wb_status status = wbi_chart_open(procedures, count, today, &chart);
  if (status) return status;
  const uint64_t end = (uint64_t)wbi_data_pairs_count * count;
  const uint32_t started = pairs_started(&chart);
  uint64_t at = *cursor;
  while (at < end) {
    const uint32_t pair = (uint32_t)(at / count), index = (uint32_t)(at % count);
    const pair_search search = {&chart, &wbi_data_pairs[pair]};
    const bool wanted = pair_wanted(pair, crown, started);
    at += wanted ? 1 : count - index; /* or the next pair */
    if (!wanted || !pair_unfinished(&search, index, &result)) continue;
    status = wbi_struct_write(found, sizeof result, &result, sizeof result);
    if (status == WB_OK) *cursor = at;
    return status;
  }
  return WB_E_NAME;
}
