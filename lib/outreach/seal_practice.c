/* SPDX-License-Identifier: MIT */
/* Summing a period up. */
#include "outreach/practice_private.h"

wb_status WB_CALL wb_practice_seal(wb_practice *practice, wb_time now, wb_error *error) {
  wb_status status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  if (practice->state.unsealed > 0) {
    status = wbi_plan_seal(&practice->plan, &practice->state);
    status = status == WB_OK ? wbi_practice_commit(practice, error)
                             : wbi_fail(error, status, "There is no memory for the summary.");
  }
  wbi_practice_leave(practice);
  return status;
}
