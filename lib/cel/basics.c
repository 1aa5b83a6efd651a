/* SPDX-License-Identifier: MIT */
/* Sizes, types and the tests of texts. */
#include "cel/value.h"

static wbi_cel_value basics_size(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)count;
  switch (arguments->kind) {
  case WB_TEXT:
    if (!wbi_cel_charge(run, arguments->length / 8)) return wbi_cel_of_fault(WBI_FAULT_COST);
    return wbi_cel_of_int((int64_t)wbi_utf8_count(wbi_cel_text(arguments)));
  case WB_BYTES:
  case WB_LIST:
  case WBI_KIND_MAP: return wbi_cel_of_int(arguments->length);
  default: return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  }
}

static wbi_cel_value basics_dyn(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  return *arguments;
}

static wbi_cel_value basics_type(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  return (wbi_cel_value){.as.type = wbi_type_of(arguments->kind), .kind = WBI_KIND_TYPE};
}

/* Charges for two texts. 0: both are. */
static enum wbi_cel_fault basics_texts(wbi_cel_run *run, const wbi_cel_value *arguments) {
  if (arguments[0].kind != WB_TEXT || arguments[1].kind != WB_TEXT) return WBI_FAULT_OVERLOAD;
  const uint64_t cost = (uint64_t)arguments[0].length / 8 + arguments[1].length / 8;
  return wbi_cel_charge(run, cost) ? 0 : WBI_FAULT_COST;
}

/* Whether a text ends with another. */
static bool basics_ends(wbi_text text, wbi_text end) {
  if (end.length > text.length) return false;
  return wbi_text_equal(wbi_text_slice(text, text.length - end.length, text.length), end);
}

static wbi_cel_value basics_contains(wbi_cel_run *run, const wbi_cel_value *arguments,
                                     uint32_t count) {
  (void)count;
  const enum wbi_cel_fault fault = basics_texts(run, arguments);
  if (fault != 0) return wbi_cel_of_fault(fault);
  const wbi_text text = wbi_cel_text(arguments), part = wbi_cel_text(&arguments[1]);
  return wbi_cel_of_bool(wbi_text_find(text, part, 0) != SIZE_MAX);
}

static wbi_cel_value basics_starts_with(wbi_cel_run *run, const wbi_cel_value *arguments,
                                        uint32_t count) {
  (void)count;
  const enum wbi_cel_fault fault = basics_texts(run, arguments);
  if (fault != 0) return wbi_cel_of_fault(fault);
  return wbi_cel_of_bool(wbi_text_starts(wbi_cel_text(arguments), wbi_cel_text(&arguments[1])));
}

static wbi_cel_value basics_ends_with(wbi_cel_run *run, const wbi_cel_value *arguments,
                                      uint32_t count) {
  (void)count;
  const enum wbi_cel_fault fault = basics_texts(run, arguments);
  if (fault != 0) return wbi_cel_of_fault(fault);
  return wbi_cel_of_bool(basics_ends(wbi_cel_text(arguments), wbi_cel_text(&arguments[1])));
}

static const wbi_cel_overload basics_overloads[] = {
    {"size", "s:i", basics_size},
    {"size", ".s:i", basics_size},
    {"size", "y:i", basics_size},
    {"size", ".y:i", basics_size},
    {"size", "LA:i", basics_size},
    {"size", ".LA:i", basics_size},
    {"size", "MAB:i", basics_size},
    {"size", ".MAB:i", basics_size},
    {"type", "A:TA", basics_type},
    {"dyn", "A:*", basics_dyn},
    {"contains", ".ss:b", basics_contains},
    {"startsWith", ".ss:b", basics_starts_with},
    {"endsWith", ".ss:b", basics_ends_with},
};
const wbi_cel_library wbi_cel_basics = {basics_overloads, WBI_COUNT(basics_overloads)};
