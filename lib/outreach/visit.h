/* SPDX-License-Identifier: MIT */
/* Visits that exist, as campaigns of subject "appointment" are about them. */
#ifndef WBI_VISIT_H
#define WBI_VISIT_H

#include "outreach/practice_private.h"

/* One of a patient's appointments. Text is lent by the facts. */
typedef struct wbi_appointment {
  wbi_text key, status, schedule;
  wb_time start; /* WB_TIME_NONE: not known */
  wb_date day;   /* WB_DATE_NONE: not known */
  int64_t minutes;
  bool confirmed;
} wbi_appointment;

/* How many appointments a patient has. */
wb_status wbi_visit_count(const wbi_subject *subject, uint32_t *count, wb_error *error);
/* One of them by its place. */
wb_status wbi_visit_read(const wbi_subject *subject, uint32_t index, wbi_appointment *visit,
                         wb_error *error);
/* Its day alone; WB_DATE_NONE. And its status alone. */
wb_status wbi_visit_day(const wbi_subject *subject, uint32_t index, wb_date *day);
wb_status wbi_visit_status(const wbi_subject *subject, uint32_t index, wbi_text *status);
/* The one of a key; *found: there is one. */
wb_status wbi_visit_find(const wbi_subject *subject, wbi_text key, wbi_appointment *visit,
                         bool *found, wb_error *error);
/* What of it is lent to rules and texts. */
void wbi_visit_lend(const wbi_appointment *visit, wb_value *lent);

/* When a step is due that follows a wait for the visit; WB_TIME_NONE: it follows none. */
wb_time wbi_visit_due(const wb_campaign *campaign, uint32_t step, const wb_zone *zone,
                      wb_time visit);
/* When a question gives way to what follows it, if both go by the visit; WB_TIME_MAX: it does not.
 */
wb_time wbi_visit_gives_way(const wbi_turn *turn);
/* Whether the desk was asked to make the call that a sequence is at. */
bool wbi_visit_called(const wb_practice *practice, const wb_campaign *campaign, uint32_t number);
/* The checks of a turn that is about a visit: it is there, and not yet to be spoken of, or over. */
wb_status wbi_visit_turn(wbi_turn *turn);
/* Plans the entry of everybody whose visit a launched campaign wants, and looks after those that
   were moved. */
wb_status wbi_visit_enroll(wb_practice *practice, wb_facts *facts, wb_time now, uint32_t only,
                           wb_counts *counts, wb_error *error);

#endif
