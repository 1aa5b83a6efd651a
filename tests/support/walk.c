/* SPDX-License-Identifier: MIT */
#include "support/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { WALK_ROOM = 16384 };

void walk_launch(clinic *c, const char *more, const char *steps, const char *texts) {
  char *json = calloc(1, WALK_ROOM);
  assert_non_null(json);
  int length = snprintf(json, WALK_ROOM,
                        "{\"format\":1,\"name\":\"c\",\"title\":\"C\",\"class\":\"benefit\",%s"
                        "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","
                        "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
                        "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[%s],\"texts\":{%s}}",
                        more, steps, texts);
  assert_in_range(length, 1, WALK_ROOM - 1);
  clinic_launch(c, "c", json);
  free(json);
}

void walk_begin(clinic *c, const char *more, const char *steps, const char *texts) {
  const wb_practice_options caps = {
      .flags = WB_PRACTICE_ALLOW_JUMP, .per_day = 8, .per_week = 8, .per_month = 8};
  clinic_open(c, CLINIC_ANA, &caps);
  walk_launch(c, more, steps, texts);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
}

const char *walk_said(clinic *c) {
  static char step[80];
  step[0] = 0;
  if (clinic_poll(c) == 0) return step;
  assert_int_equal(c->count, 1);
  snprintf(step, sizeof step, "%s", c->actions[0].step);
  clinic_sent(c);
  return step;
}

const char *walk_reason(clinic *c) {
  static char text[80];
  snprintf(text, sizeof text, "%s", clinic_find(c, "p1", "c").reason);
  return text;
}

void walk_later(clinic *c, wb_time seconds) {
  c->now += seconds;
  clinic_rows(c, CLINIC_ANA, "");
}
