/* SPDX-License-Identifier: MIT */
/* A host in ten lines: when the cleaning after that of 2025-08-31 is due. */
#include <stdio.h>
#include <winback/winback.h>

int main(void) {
  wb_date last = WB_DATE_NONE, due = WB_DATE_NONE;
  char text[11] = "";
  wb_status status = wb_date_make(2025, 8, 31, &last);
  if (status == WB_OK) status = wb_date_add_months(last, 6, &due);
  if (status == WB_OK) status = wb_date_format(due, text, sizeof text, NULL);
  return printf("%s %s\n", wb_version_text(), text) < 0 || status != WB_OK;
}
