/* SPDX-License-Identifier: MIT */
/* matches() where the regular expression is not known before: it is compiled for this one time. */
#include "cel/cel_private.h"

/* text.matches(expression), matches(text, expression) */
static wbi_cel_value matching_matches(wbi_cel_run *run, const wbi_cel_value *arguments,
                                      uint32_t count) {
  wbi_regex *regex = NULL;
  size_t at = 0;
  const char *message = NULL;
  const wbi_cel_value *text = &arguments[0], *pattern = &arguments[1];
  (void)count;
  if (text->kind != WB_TEXT || pattern->kind != WB_TEXT)
    return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  if (!wbi_cel_charge(run, 100 + (uint64_t)pattern->length))
    return wbi_cel_of_fault(WBI_FAULT_COST);
  const wb_status status =
      wbi_regex_compile(wbi_cel_heap(run), wbi_cel_text(pattern), &regex, &at, &message);
  if (status == WB_E_NOMEM)
    run->status = wbi_fail(run->error, status, "no memory to test the rule");
  if (status != WB_OK) return wbi_cel_of_fault(WBI_FAULT_VALUE);
  if (!wbi_cel_charge(run, (uint64_t)text->length * wbi_regex_size(regex) / 64 + 1))
    return wbi_cel_of_fault(WBI_FAULT_COST);
  void *scratch = wbi_cel_take(run, wbi_regex_scratch(regex));
  if (scratch == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  return wbi_cel_of_bool(wbi_regex_search(regex, wbi_cel_text(text), scratch));
}

static const wbi_cel_overload matching_overloads[] = {
    {"matches", ".ss:b", matching_matches},
    {"matches", "ss:b", matching_matches},
};

const wbi_cel_library wbi_cel_matching = {matching_overloads, WBI_COUNT(matching_overloads)};
