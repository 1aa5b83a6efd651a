/* SPDX-License-Identifier: MIT */
/* SMS: a text, and the encoding, segments and units of each that must come out. */
#include "conformance.h"

#include "liquid/sms.h"

/* The whole number of a member; -1: there is none. */
static int64_t sms_number(const wbi_json *object, const char *name) {
  const wbi_json *member = wbi_json_find(object, name);
  return member != NULL && member->kind == WBI_JSON_INT ? member->integer : -1;
}

/* Whether the segments end where they must. */
static bool sms_ends_hold(const wbi_json *units, wbi_text text, int32_t encoding) {
  const uint32_t room = wbi_sms_room(encoding, units->count > 1 ? WBI_SMS_HEADER : 0);
  size_t at = 0;
  for (const wbi_json *one = units->first; one != NULL; one = one->next)
    if (wbi_sms_next(text, encoding, room, &at) != one->integer) return false;
  return at == text.length;
}

/* Why a case does not hold; NULL: it does. */
static const char *sms_reason(const wbi_json *json) {
  const wbi_json *text = wbi_json_find(json, "text");
  const wbi_json *reference = wbi_json_find(json, "reference");
  const wbi_json *encoding = reference != NULL ? wbi_json_find(reference, "encoding") : NULL;
  const wbi_json *units = reference != NULL ? wbi_json_find(reference, "segment_units") : NULL;
  wb_sms sms = {.size = sizeof sms};
  if (text == NULL || encoding == NULL || units == NULL) return "is not of this form";
  if (wb_sms_measure(text->text.data, text->text.length, &sms) != WB_OK) return "is refused";
  const char *name = sms.encoding == WB_SMS_GSM7 ? "GSM-7" : "UCS-2";
  if (!wbi_text_equal(encoding->text, wbi_text_of(name))) return "takes another encoding";
  if (sms.segments != sms_number(reference, "segments")) return "takes other segments";
  if (sms.units != sms_number(reference, "units")) return "takes other units";
  if (units->count != sms.segments) return "has segments that are not counted";
  return sms_ends_hold(units, text->text, sms.encoding) ? NULL : "is cut elsewhere";
}

void conformance_sms(const wbi_json *root, tally *counts) {
  const wbi_json *tests = wbi_json_find(root, "tests");
  for (const wbi_json *json = tests != NULL ? tests->first : NULL; json != NULL;
       json = json->next) {
    const wbi_json *name = wbi_json_find(json, "name");
    const char *why = sms_reason(json);
    tally_add(counts, why == NULL ? CASE_PASSED : CASE_FAILED,
              name != NULL ? name->text : (wbi_text){NULL, 0}, why);
  }
}
