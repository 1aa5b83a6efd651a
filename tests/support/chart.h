/* SPDX-License-Identifier: MIT */
/* The chart of one patient, to which a test adds procedures as a practice writes them. */
#ifndef CHART_H
#define CHART_H

#include "support/times.h"

#include <winback/winback.h>

enum { CHART_MOST = 16 };
extern wb_procedure chart[CHART_MOST];
extern uint32_t chart_count;

void chart_empty(void);
/* Adds a procedure by its code or group, on a tooth ("14") or a quarter or arch ("UR"). */
wb_procedure *add(const char *code, int32_t status, const char *date, const char *place);
wb_procedure *done(const char *code, const char *date, const char *place);
wb_procedure *planned(const char *code, const char *date, const char *place);

#endif
