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

/* The rules that a text breaks, in their order, joined by blanks. */
static inline const char *linted(const char *text, const wb_lint_options *options,
                                 wb_finding *findings) {
  static char said[1024];
  uint32_t count = 0;
  wb_error error = {.status = 0};
  for (int i = 0; i < MOST; i++)
    findings[i].size = sizeof *findings;
  const wb_status status =
      wb_text_lint(text, strlen(text), options, findings, MOST, &count, &error);
  if (status != WB_OK) print_error("%s: %s\n", text, error.message);
  assert_int_equal(status, WB_OK);
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

#endif
