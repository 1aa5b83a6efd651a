/* SPDX-License-Identifier: MIT */
/* Face of lib/cel: rules, for callers inside the library that have entered the facts, and regular
   expressions. */
#ifndef WBI_CEL_H
#define WBI_CEL_H

#include "facts/facts.h"

#include <winback/rule.h>

/* As wb_rule_test and wb_rule_explain, on facts that the caller has entered. */
wb_status wbi_rule_test(const wb_rule *rule, wb_facts *facts, uint64_t row, const wb_moment *moment,
                        wb_verdict *verdict, wb_error *error);
wb_status wbi_rule_explain(const wb_rule *rule, wb_facts *facts, uint64_t row,
                           const wb_moment *moment, wbi_writer *writer, wb_error *error);

/* ---- regular expressions (regex.c) -------------------------------------------------------- */

/* A compiled expression of RE2's syntax; immutable. */
typedef struct wbi_regex wbi_regex;

/* Compiles into an arena. WB_E_SYNTAX, WB_E_LIMIT (too large), WB_E_NOMEM; `at` is where and
   `message` what is wrong. */
wb_status wbi_regex_compile(wbi_arena *arena, wbi_text pattern, wbi_regex **regex, size_t *at,
                            const char **message);
/* Bytes that a search needs, aligned for any type. */
size_t wbi_regex_scratch(const wbi_regex *regex);
/* Whether the expression matches anywhere in valid UTF-8; time is linear in text × expression. */
bool wbi_regex_search(const wbi_regex *regex, wbi_text text, void *scratch);
/* Size of its program, for the cost of a search. */
uint32_t wbi_regex_size(const wbi_regex *regex);

#endif
