/* SPDX-License-Identifier: MIT */
/* Face of lib/cel: rules, for callers inside the library that have entered the facts. */
#ifndef WBI_CEL_H
#define WBI_CEL_H

#include "facts/facts.h"

#include <winback/rule.h>

/* As wb_rule_test and wb_rule_explain, on facts that the caller has entered. */
wb_status wbi_rule_test(const wb_rule *rule, wb_facts *facts, uint64_t row, const wb_moment *moment,
                        wb_verdict *verdict, wb_error *error);
wb_status wbi_rule_explain(const wb_rule *rule, wb_facts *facts, uint64_t row,
                           const wb_moment *moment, wbi_writer *writer, wb_error *error);

#endif
