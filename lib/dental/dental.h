/* SPDX-License-Identifier: MIT */
/* Face of lib/dental: what procedures mean, when care is due, what is planned, begun, covered. */
#ifndef WBI_DENTAL_H
#define WBI_DENTAL_H

#include "data/data.h"
#include "time/time.h"

#include <winback/benefit.h>
#include <winback/recall.h>
#include <winback/treatment.h>

/* The number of a code "D####", whatever a practice appends to it; 0: not of this form. */
int32_t wbi_code_number(wbi_text code);
/* Groups of the host have ids from here on: the place of the first entry that names them. */
enum { WBI_GROUP_HOST = 1000 };
/* What is known of a number; NULL: nothing. */
const wbi_data_code *wbi_code_find(int32_t number);
/* The group of an id; NULL: the host's, or none. */
const wbi_data_group *wbi_group_at(int32_t id);

/* What the code of a number does to the recare clock: WB_RECARE_NONE, _PROPHY or _PERIO. */
int32_t wbi_recare_trigger(int32_t number);
/* Scaling and root planing: perio treatment as distinct from maintenance. */
bool wbi_recare_scaling(int32_t number);
/* Codes that record a missed or cancelled visit and never count as care (D9986, D9987). */
bool wbi_code_missed(int32_t number);
/* Names as the facts dictionary has them: "prophy", "perio"; "not_due", "0-6", …; empty for 0. */
wbi_text wbi_recare_kind_name(int32_t kind);
wbi_text wbi_recare_band_name(int32_t band);

/* Whether a date is a day or not given. */
static inline bool wbi_date_readable(wb_date date) {
  return date == WB_DATE_NONE || (date >= WB_DATE_MIN && date <= WB_DATE_MAX);
}

/* Checks a host's array: the size of element 0, at least `known` and a multiple of `alignment`, is
   the stride, and what follows the first `known` bytes of an element is zero. WB_E_INVALID,
   WB_E_VERSION. */
wb_status wbi_array_check(const void *first, uint32_t count, size_t known, size_t alignment,
                          size_t *stride);

/* Masks of teeth: 1 to 32, A to T, then one supernumerary tooth a quarter. */
#define WBI_TEETH_UPPER UINT64_C(0x3003FF0000FFFF)
#define WBI_TEETH_LOWER UINT64_C(0xCFFC00FFFF0000)
#define WBI_TEETH_FRONT UINT64_C(0x3F0FC07E007E0)
#define WBI_TEETH_PREMOLARS UINT64_C(0x18181818)

/* A quarter, 0 UR, 1 UL, 2 LL, 3 LR: eight teeth, five letters and its supernumerary tooth. */
uint64_t wbi_teeth_quarter(unsigned quarter);

/* The procedures of one patient in a host's array, checked by wbi_chart_open. */
typedef struct wbi_chart {
  const char *first;
  size_t stride;
  uint32_t count;
  wb_date today;
} wbi_chart;

/* WB_E_INVALID, WB_E_RANGE, WB_E_VERSION as wb_treatment_find has them. */
wb_status wbi_chart_open(const wb_procedure *procedures, uint32_t count, wb_date today,
                         wbi_chart *chart);

/* One procedure of a chart; `index` below its count. */
static inline const wb_procedure *wbi_chart_at(const wbi_chart *chart, uint32_t index) {
  return (const wb_procedure *)(const void *)(chart->first + index * chart->stride);
}

/* Whether a procedure is in a set, by its number or its group. */
bool wbi_codes_hold(const wbi_code_range *set, const wb_procedure *procedure);
/* The teeth of a procedure; of a denture without any those of its arch. 0: not known. */
uint64_t wbi_procedure_teeth(const wb_procedure *procedure);
/* Whether it is completed or existing by a day, and may be seen. */
bool wbi_procedure_done(const wb_procedure *procedure, wb_date today);
/* Whether it is planned, and may be seen. */
bool wbi_procedure_planned(const wb_procedure *procedure);
/* Whether two masks share a tooth; no place is every place. */
static inline bool wbi_teeth_meet(uint64_t a, uint64_t b) {
  return a == 0 || b == 0 || (a & b) != 0;
}
/* The first day of a plan year; a day that the month does not have is its last. */
wb_status wbi_year_begin(int32_t year, int32_t month, int32_t day, wb_date *begin);
/* The plan year that a day is in, by the calendar year it begins in; month and day are some. */
int32_t wbi_year_number(wb_date on, int32_t month, int32_t day);
/* Whether a planned procedure is superseded by another of the chart. */
bool wbi_treatment_superseded(const wbi_chart *chart, uint32_t index);

#endif
