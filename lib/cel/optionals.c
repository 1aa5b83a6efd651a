/* SPDX-License-Identifier: MIT */
/* Optional values. */
#include "cel/value.h"

/* Whether a value is what its type has when nothing is set. */
static bool optionals_zero(const wbi_cel_value *value) {
  switch (value->kind) {
  case WB_NULL: return true;
  case WB_BOOL:
  case WB_INT:
  case WB_UINT: return value->as.integer == 0;
  case WB_DOUBLE: return value->as.real == 0;
  case WB_TEXT:
  case WB_BYTES:
  case WB_LIST:
  case WBI_KIND_MAP: return value->length == 0;
  case WB_TIME:
  case WBI_KIND_DURATION: return value->as.integer == 0 && value->length == 0;
  case WBI_KIND_OPTIONAL: return value->as.items == NULL;
  default: return false;
  }
}

static wbi_cel_value optionals_of(wbi_cel_run *run, const wbi_cel_value *arguments,
                                  uint32_t count) {
  (void)count;
  return wbi_cel_optional(run, arguments);
}

static wbi_cel_value optionals_none(wbi_cel_run *run, const wbi_cel_value *arguments,
                                    uint32_t count) {
  (void)run, (void)arguments, (void)count;
  return (wbi_cel_value){.as.items = NULL, .kind = WBI_KIND_OPTIONAL};
}

static wbi_cel_value optionals_of_non_zero(wbi_cel_run *run, const wbi_cel_value *arguments,
                                           uint32_t count) {
  if (optionals_zero(arguments)) return optionals_none(run, arguments, count);
  return wbi_cel_optional(run, arguments);
}

static wbi_cel_value optionals_value(wbi_cel_run *run, const wbi_cel_value *arguments,
                                     uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind != WBI_KIND_OPTIONAL) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  if (arguments->as.items == NULL) return wbi_cel_of_fault(WBI_FAULT_VALUE);
  return *arguments->as.items;
}

static wbi_cel_value optionals_has_value(wbi_cel_run *run, const wbi_cel_value *arguments,
                                         uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind != WBI_KIND_OPTIONAL) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return wbi_cel_of_bool(arguments->as.items != NULL);
}

static wbi_cel_value optionals_or_value(wbi_cel_run *run, const wbi_cel_value *arguments,
                                        uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind != WBI_KIND_OPTIONAL) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return arguments->as.items != NULL ? *arguments->as.items : arguments[1];
}

static wbi_cel_value optionals_or(wbi_cel_run *run, const wbi_cel_value *arguments,
                                  uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind != WBI_KIND_OPTIONAL) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  if (arguments[1].kind != WBI_KIND_OPTIONAL) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return arguments[arguments->as.items == NULL];
}

static const wbi_cel_overload optionals_overloads[] = {
    {"optional.of", "A:OA", optionals_of},
    {"optional.none", ":OA", optionals_none},
    {"optional.ofNonZeroValue", "A:OA", optionals_of_non_zero},
    {"value", ".OA:A", optionals_value},
    {"hasValue", ".OA:b", optionals_has_value},
    {"orValue", ".OAA:A", optionals_or_value},
    {"or", ".OAOA:OA", optionals_or},
};
const wbi_cel_library wbi_cel_optionals = {optionals_overloads, WBI_COUNT(optionals_overloads)};
