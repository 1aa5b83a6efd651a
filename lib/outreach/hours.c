/* SPDX-License-Identifier: MIT */
/* When outreach may go out. */
#include "outreach/outreach.h"

enum { HOURS_HOUR = 3600 };

typedef struct hours_rule {
  const char *id;
  wb_window window;
} hours_rule;

/* Convention, not law: weekdays 10:00-18:00 local lies inside the hours of every state. */
static const hours_rule hours_house = {
    "house-hours-1",
    {1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 5, 10 * HOURS_HOUR, 18 * HOURS_HOUR}};

wb_status wbi_hours_next(const wb_zone *zone, wb_time at, wb_time *open_at, wb_time *until,
                         const char **rule) {
  const wb_status status = wbi_window_next(zone, &hours_house.window, 1, at, open_at, until);
  if (status == WB_OK) *rule = hours_house.id;
  return status;
}
