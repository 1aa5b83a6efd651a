/* SPDX-License-Identifier: MIT */
#include "support/chart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

wb_procedure chart[CHART_MOST];
uint32_t chart_count;

void chart_empty(void) {
  chart_count = 0;
}

wb_procedure *add(const char *code, int32_t status, const char *date, const char *place) {
  static const wb_code own[] = {
#define OWN(name)                                                                                  \
  {.size = sizeof(wb_code),                                                                        \
   .code = name,                                                                                   \
   .group = name,                                                                                  \
   .code_length = sizeof name - 1,                                                                 \
   .group_length = sizeof name - 1,                                                                \
   .from = WB_DATE_NONE,                                                                           \
   .until = WB_DATE_NONE}
      OWN("crown_prep"),       OWN("crown_seat"),     OWN("denture_step"), OWN("denture_delivery"),
      OWN("guard_impression"), OWN("guard_delivery"), OWN("space_closed"), OWN("ortho_consult")};
  wb_group group = {.size = sizeof group};
  assert_int_equal(
      wb_group_find(code, strlen(code), WB_DATE_NONE, own, sizeof own / sizeof *own, &group),
      WB_OK);
  assert_true(chart_count < CHART_MOST);
  wb_procedure *procedure = &chart[chart_count++];
  *procedure = (wb_procedure){.size = sizeof *procedure,
                              .code = group.code,
                              .group = group.id,
                              .status = status,
                              .date = day(date),
                              .visit = WB_DATE_NONE};
  if (wb_teeth_parse(place, strlen(place), 0, &procedure->teeth) != WB_OK)
    assert_int_equal(wb_teeth_parse(place, strlen(place), 1, &procedure->teeth), WB_OK);
  return procedure;
}

wb_procedure *done(const char *code, const char *date, const char *place) {
  return add(code, WB_PROCEDURE_COMPLETED, date, place);
}

wb_procedure *planned(const char *code, const char *date, const char *place) {
  return add(code, WB_PROCEDURE_PLANNED, date, place);
}
