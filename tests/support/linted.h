/* SPDX-License-Identifier: MIT */
/* Texts through the lint of a practice that is known, and the rules that they break. */
#ifndef LINTED_H
#define LINTED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

enum { MOST = 16 };

static const char *const names[] = {"Crown Point Dental", "Implant & Perio Specialists", NULL};
static const char *const phones[] = {"(212) 555-0100"};
static const char *const hosts[] = {"book.example.com", "EXAMPLE.com"};

/* A piece of a text to a practice that is known. */
static const wb_lint_options known = {.size = sizeof known,
                                      .flags = WB_LINT_FRAGMENT,
                                      .channel = "sms",
                                      .names = names,
                                      .phones = phones,
                                      .hosts = hosts,
                                      .address = "100 Main Street, Example City",
                                      .name_count = 2,
                                      .phone_count = 1,
                                      .host_count = 2};

/* The rules of findings in their order, joined by blanks. */
static inline const char *linted_rules(const wb_finding *findings, uint32_t count) {
  static char said[1024];
  said[0] = '\0';
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) strcat(said, " ");
    strcat(said, findings[i].rule);
    assert_true(findings[i].message[0] != '\0' && findings[i].suggestion[0] != '\0');
    assert_true(findings[i].severity >= WB_SEVERITY_NOTICE &&
                findings[i].severity <= WB_SEVERITY_ERROR);
    assert_int_equal(findings[i].size, sizeof *findings);
    assert_int_equal(findings[i].flags, 0);
  }
  return said;
}

static inline void linted_begin(wb_finding *findings) {
  for (int i = 0; i < MOST; i++)
    findings[i].size = sizeof *findings;
}

/* The rules that a text breaks. */
static inline const char *linted(const char *text, const wb_lint_options *options,
                                 wb_finding *findings) {
  uint32_t count = 0;
  wb_error error = {.status = 0};
  linted_begin(findings);
  if (wb_text_lint(text, strlen(text), options, findings, MOST, &count, &error) != WB_OK)
    fail_msg("%s: %s", text, error.message);
  return linted_rules(findings, count);
}

/* The rules that a template breaks. */
static inline const char *linted_template(const wb_template *compiled,
                                          const wb_lint_options *options, wb_finding *findings) {
  uint32_t count = 0;
  linted_begin(findings);
  assert_int_equal(wb_template_lint(compiled, options, findings, MOST, &count, NULL), WB_OK);
  return linted_rules(findings, count);
}

#endif
