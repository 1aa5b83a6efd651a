/* SPDX-License-Identifier: MIT */
/* The sizes of all public structs, for bindings; up here because only here all are known. */
#include "outreach/outreach.h"

#include <winback/winback.h>

typedef struct struct_entry {
  const char *name;
  uint32_t size;
} struct_entry;

#define WBI_STRUCT_ENTRY(name)                                                                     \
  { #name, sizeof(name) }

/* Every struct of the public headers, in their order. */
static const struct_entry struct_table[] = {
    WBI_STRUCT_ENTRY(wb_error),
    WBI_STRUCT_ENTRY(wb_context_options),
    WBI_STRUCT_ENTRY(wb_interval),
    WBI_STRUCT_ENTRY(wb_local),
    WBI_STRUCT_ENTRY(wb_window),
    WBI_STRUCT_ENTRY(wb_law_question),
    WBI_STRUCT_ENTRY(wb_law_answer),
    WBI_STRUCT_ENTRY(wb_law_rule),
    WBI_STRUCT_ENTRY(wb_recare_history),
    WBI_STRUCT_ENTRY(wb_recare_settings),
    WBI_STRUCT_ENTRY(wb_recare),
    WBI_STRUCT_ENTRY(wb_code),
    WBI_STRUCT_ENTRY(wb_group),
    WBI_STRUCT_ENTRY(wb_code_range),
    WBI_STRUCT_ENTRY(wb_procedure),
    WBI_STRUCT_ENTRY(wb_treatment),
    WBI_STRUCT_ENTRY(wb_unfinished),
    /* benefit.h */
    WBI_STRUCT_ENTRY(wb_plan),
    WBI_STRUCT_ENTRY(wb_period),
    WBI_STRUCT_ENTRY(wb_claim),
    WBI_STRUCT_ENTRY(wb_usage),
    WBI_STRUCT_ENTRY(wb_limit),
    WBI_STRUCT_ENTRY(wb_service),
    WBI_STRUCT_ENTRY(wb_covered),
    WBI_STRUCT_ENTRY(wb_value),
    WBI_STRUCT_ENTRY(wb_field),
    WBI_STRUCT_ENTRY(wb_column),
    WBI_STRUCT_ENTRY(wb_moment),
    WBI_STRUCT_ENTRY(wb_facts_options),
    WBI_STRUCT_ENTRY(wb_source),
    WBI_STRUCT_ENTRY(wb_verdict),
    WBI_STRUCT_ENTRY(wb_tally),
    WBI_STRUCT_ENTRY(wb_template_info),
    WBI_STRUCT_ENTRY(wb_template_options),
    WBI_STRUCT_ENTRY(wb_sms),
    WBI_STRUCT_ENTRY(wb_link_key),
    WBI_STRUCT_ENTRY(wb_link),
    WBI_STRUCT_ENTRY(wb_lint_options),
    WBI_STRUCT_ENTRY(wb_finding),
    WBI_STRUCT_ENTRY(wb_campaign_info),
    WBI_STRUCT_ENTRY(wb_campaign_status),
    WBI_STRUCT_ENTRY(wb_match),
    WBI_STRUCT_ENTRY(wb_offer_info),
    WBI_STRUCT_ENTRY(wb_offer_use),
    WBI_STRUCT_ENTRY(wb_offer_verdict),
    WBI_STRUCT_ENTRY(wb_practice_options),
    WBI_STRUCT_ENTRY(wb_page),
    WBI_STRUCT_ENTRY(wb_opening),
    WBI_STRUCT_ENTRY(wb_replay),
    WBI_STRUCT_ENTRY(wb_consent),
    WBI_STRUCT_ENTRY(wb_reply),
    WBI_STRUCT_ENTRY(wb_migrate_options),
    WBI_STRUCT_ENTRY(wb_migration),
    WBI_STRUCT_ENTRY(wb_counts),
    WBI_STRUCT_ENTRY(wb_waiting),
    WBI_STRUCT_ENTRY(wb_action),
    WBI_STRUCT_ENTRY(wb_outcome),
    WBI_STRUCT_ENTRY(wb_look),
    WBI_STRUCT_ENTRY(wb_run),
    WBI_STRUCT_ENTRY(wb_input),
    WBI_STRUCT_ENTRY(wb_enrollment),
    WBI_STRUCT_ENTRY(wb_action_status),
    WBI_STRUCT_ENTRY(wb_task),
    WBI_STRUCT_ENTRY(wb_record),
    WBI_STRUCT_ENTRY(wb_chain),
    WBI_STRUCT_ENTRY(wb_entry_query),
    WBI_STRUCT_ENTRY(wb_arms),
    WBI_STRUCT_ENTRY(wb_effect),
    WBI_STRUCT_ENTRY(wb_metrics),
};

uint32_t WB_CALL wb_struct_size(const char *name) {
  if (name == NULL) return 0;
  for (size_t i = 0; i < WBI_COUNT(struct_table); i++) {
    if (strcmp(struct_table[i].name, name) == 0) return struct_table[i].size;
  }
  return 0;
}
