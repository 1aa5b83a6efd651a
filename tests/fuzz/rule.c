/* SPDX-License-Identifier: MIT */
/* Fuzz target: any bytes as a rule, tested and explained on a few rows. */
#include <stdlib.h>
#include <string.h>

#include "cel/cel.h"
#include "support/tables.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char patients[] =
    "patient:u|status:u|recare.kind:u|recare.band:u|recare.due:tdD|recare.overdue_months:i\n"
    "p1|active|perio|6-9|2025-06-01|7\n"
    "p2|inactive|prophy|||\n";

/* Ends the program unless a belief holds. */
static void believe(int holds) {
  if (!holds) abort();
}

/* What every input meets, made once. */
static wb_schema *schema = NULL;
static wb_facts *facts = NULL;
static wb_zone *zone = NULL;

/* Makes it. */
static void rule_begin(void) {
  const wb_facts_options options = {.size = sizeof options, .as_of = 1767225600};
  if (zone != NULL) return;
  believe(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK);
  believe(wb_facts_new(NULL, schema, &options, &facts, NULL) == WB_OK);
  believe(table_add(facts, "patients", patients, NULL) == WB_OK);
  believe(wb_zone_new(NULL, "EST5EDT", 7, &zone, NULL) == WB_OK);
}

/* An explanation is JSON, as long as was measured, of the truth that the test has. */
static void explain(const wb_rule *rule, uint64_t row, const wb_moment *moment) {
  size_t needed = 0, length = 0;
  wb_status status = wb_rule_explain(rule, facts, row, moment, NULL, 0, &needed, NULL);
  if (status != WB_E_SPACE) return;
  char *text = malloc(needed);
  believe(text != NULL);
  believe(wb_rule_explain(rule, facts, row, moment, text, needed, &length, NULL) == WB_OK);
  believe(length == needed);
  wbi_arena arena;
  wbi_json *root = NULL;
  wbi_arena_init(&arena, NULL, 0);
  believe(wbi_json_parse(&arena, (wbi_text){text, length}, &root, NULL) == WB_OK);
  const wbi_json *because = wbi_json_find(root, "because");
  believe(because != NULL && because->count > 0);
  wbi_arena_free(&arena);
  free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  wb_rule *rule = NULL;
  wb_error error;
  rule_begin();
  const wb_moment moment = {.size = sizeof moment, .now = 1767225600, .zone = zone};
  wb_status status = wb_rule_new(NULL, schema, (const char *)data, size, &rule, &error);
  if (status != WB_OK) {
    believe(error.status == status && error.message[0] != '\0');
    believe(size == 0 || (error.line > 0 && error.column > 0));
    return 0;
  }
  for (uint64_t row = 0; row < 2; row++) {
    wb_verdict verdict = {.size = sizeof verdict};
    status = wb_rule_test(rule, facts, row, &moment, &verdict, &error);
    believe(status == WB_OK || status == WB_E_TYPE);
    if (status == WB_OK) believe((verdict.truth == WB_UNDETERMINED) == (verdict.missing_count > 0));
    explain(rule, row, &moment);
  }
  wb_rule_unref(rule);
  return 0;
}
