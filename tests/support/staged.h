/* SPDX-License-Identifier: MIT */
/*
 * A campaign over the small practice of sample.h, for tests that are linked with the internal
 * library; and what its texts are made of.
 *
 *   staged it;
 *   sample_open(&it.sample, NULL);
 *   sample_add(&it.sample, "patients", …);
 *   staged_campaign(&it, json, length);
 *   ... staged_row(&it, "p1") ...
 *   staged_close(&it);
 */
#ifndef STAGED_H
#define STAGED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/outreach.h"
#include "support/sample.h"

#include <winback/lint.h>

typedef struct staged {
  sample sample;
  wb_campaign *campaign;
} staged;

/* Compiles its campaign. */
static inline void staged_campaign(staged *it, const char *json, size_t length) {
  wb_error error = {0};
  if (wb_campaign_new(NULL, it->sample.schema, NULL, json, length, &it->campaign, &error) != WB_OK)
    fail_msg("%s %u:%u %s", error.path, error.line, error.column, error.message);
}

static inline void staged_close(staged *it) {
  wb_campaign_unref(it->campaign);
  sample_close(&it->sample);
}

/* The row of a patient. */
static inline uint64_t staged_row(const staged *it, const char *key) {
  uint64_t row = 0;
  assert_int_equal(wb_facts_find(it->sample.facts, key, strlen(key), &row), WB_OK);
  return row;
}

/* Parts of a wording; those that it does not have are NULL. */
enum { PARTS = 4 };

static inline const wb_template *part_of(const wbi_wording *wording, size_t part) {
  const wb_template *const parts[PARTS] = {wording->subject, wording->preheader, wording->body,
                                           wording->html};
  return parts[part];
}

/* Nothing in any language and part of a text is worth a word but what its register and the class of
   its campaign are for. */
static inline void assert_no_finding(const wb_campaign *campaign, const wbi_campaign_text *text) {
  static const char *const names[] = {"Example Dental", "Example Dental Riverside"};
  const bool tells = text->register_ == WB_REGISTER_DETAIL || text->channel == WBI_CHANNEL_PAGE;
  for (uint32_t i = 0; i < text->count * PARTS; i++) {
    const wbi_wording *wording = &text->wordings[i / PARTS];
    const wb_template *part = part_of(wording, i % PARTS);
    wb_finding finding = {.size = sizeof finding};
    uint32_t count = 0;
    const wb_lint_options options = {.size = sizeof options,
                                     .flags = tells ? WB_LINT_DETAIL : 0,
                                     .language = wording->language.data,
                                     .message_class = campaign->class_,
                                     .names = names,
                                     .name_count = 2};
    if (part == NULL) continue;
    assert_int_equal(wb_template_lint(part, &options, &finding, 1, &count, NULL), WB_OK);
    if (count > 0)
      fail_msg("%s %s %s: %s", campaign->name.data, text->name.data, wording->language.data,
               finding.rule);
  }
}

#endif
