/* SPDX-License-Identifier: MIT */
/*
 * Liquid: a template, its data, and the text that must come out, or that it must be refused.
 *
 * Where Liquid writes an error into the text, libwinback refuses: nothing is sent. So a case whose
 * text holds such an error holds if rendering fails there.
 */
#include "conformance.h"

#include <stdlib.h>

#include "liquid/liquid_private.h"

enum { LIQUID_ROOM = 1 << 20 };

/* Memory for what a template makes and writes. */
static char liquid_room[LIQUID_ROOM], liquid_out[LIQUID_ROOM];

/* What became of a template. */
typedef struct liquid_answer {
  wb_error error;
  wbi_text text;
  bool compiled, refused;
} liquid_answer;

/* Compiles and renders. */
static liquid_answer liquid_run(const wbi_json *test) {
  const wbi_json *data = wbi_json_find(test, "data");
  liquid_answer answer = {.refused = true};
  wb_template *compiled = NULL;
  wbi_room room = {liquid_room, sizeof liquid_room, 0, false};
  wbi_writer writer = {liquid_out, sizeof liquid_out, 0};
  wb_status status = wbi_template_open(NULL, wbi_json_find(test, "template")->text, false,
                                       &compiled, &answer.error);
  answer.compiled = status == WB_OK;
  if (answer.compiled) {
    status = wbi_template_render_open(compiled, data, &room, &writer, &answer.error);
  }
  wb_template_unref(compiled);
  answer.refused = status != WB_OK;
  answer.text = (wbi_text){liquid_out, writer.length};
  return answer;
}

/* Whether a text holds another. */
static bool liquid_holds(wbi_text text, const char *part) {
  return wbi_text_find(text, wbi_text_of(part), 0) != SIZE_MAX;
}

/* Whether a case of this tier may be refused instead. */
static bool liquid_lenient(const wbi_json *test) {
  static const char *const tiers[] = {"quirk", "blankness", "date_freeform"};
  const wbi_json *winback = wbi_json_find(test, "winback");
  const wbi_json *tier = wbi_json_find(winback != NULL ? winback : test, "tier");
  for (size_t i = 0; tier != NULL && i < WBI_COUNT(tiers); i++)
    if (wbi_text_equal(tier->text, wbi_text_of(tiers[i]))) return true;
  return false;
}

/* Whether a text is what must come out, or one of several. */
static bool liquid_expected(const wbi_json *test, wbi_text text) {
  const wbi_json *result = wbi_json_find(test, "result");
  const wbi_json *results = wbi_json_find(test, "results");
  if (result != NULL) return wbi_text_equal(result->text, text);
  for (const wbi_json *one = results != NULL ? results->first : NULL; one != NULL; one = one->next)
    if (wbi_text_equal(one->text, text)) return true;
  return false;
}

/* Why a case does not hold, in room for so many bytes; NULL: it does. */
static const char *liquid_reason(const wbi_json *test, char *why, size_t capacity) {
  const liquid_answer answer = liquid_run(test);
  const wbi_json *result = wbi_json_find(test, "result");
  const bool outside = wbi_json_find(test, "reasons") != NULL;
  const bool invalid = outside || wbi_json_find(test, "invalid") != NULL;
  if (outside && answer.compiled) return "compiles";
  if (answer.refused) {
    const bool error = result != NULL && liquid_holds(result->text, "Liquid error (line ");
    if (answer.error.line == 0) return "is refused without a place";
    if (invalid || error || liquid_lenient(test)) return NULL;
    snprintf(why, capacity, "is refused: %s", answer.error.message);
    return why;
  }
  if (invalid) return "is not refused";
  if (liquid_expected(test, answer.text)) return NULL;
  snprintf(why, capacity, "writes \"%.*s\"", (int)answer.text.length, answer.text.data);
  return why;
}

void conformance_liquid(const wbi_json *root, tally *counts) {
  const wbi_json *tests = wbi_json_find(root, "tests");
  for (const wbi_json *test = tests->first; test != NULL; test = test->next) {
    char why[400];
    const char *reason = liquid_reason(test, why, sizeof why);
    tally_add(counts, reason == NULL ? CASE_PASSED : CASE_FAILED, wbi_json_find(test, "name")->text,
              reason);
  }
}
