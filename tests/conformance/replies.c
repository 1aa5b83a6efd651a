/* SPDX-License-Identifier: MIT */
/* Replies as people write them: rows of text, intent, language. */
#include "conformance.h"

#include <stdio.h>

#include <winback/consent.h>

/* Reads a field at *at and moves past it and the comma or line end behind it; false: no more. */
static bool replies_field(wbi_text rows, size_t *at, char *out, size_t capacity, size_t *length) {
  bool quoted = false;
  *length = 0;
  if (*at >= rows.length) return false;
  for (; *at < rows.length; ++*at) {
    const char c = rows.data[*at];
    if (c == '"') {
      const bool doubled = quoted && *at + 1 < rows.length && rows.data[*at + 1] == '"';
      if (!doubled) quoted = !quoted;
      if (!doubled) continue;
      ++*at;
    } else if (!quoted && (c == ',' || c == '\n')) {
      break;
    }
    if (c != '\r' && *length + 1 < capacity) out[(*length)++] = c;
  }
  ++*at;
  out[*length] = '\0';
  return true;
}

static void replies_row(const char *text, size_t length, const char *intent, uint32_t line,
                        tally *counts) {
  wb_reply reply = {.size = sizeof reply};
  char id[32], why[128];
  snprintf(id, sizeof id, "line-%u", line);
  if (wb_reply_parse(text, length, &reply) != WB_OK) {
    tally_add(counts, CASE_FAILED, wbi_text_of(id), "refused");
    return;
  }
  const char *read = wb_intent_name(reply.intent);
  snprintf(why, sizeof why, "is %s, read as %s", intent, read);
  tally_add(counts, strcmp(read, intent) == 0 ? CASE_PASSED : CASE_FAILED, wbi_text_of(id), why);
}

void conformance_replies(wbi_text rows, tally *counts) {
  char text[1024], intent[64], language[16];
  size_t at = 0, length = 0, rest = 0;
  for (uint32_t line = 1; replies_field(rows, &at, text, sizeof text, &length) &&
                          replies_field(rows, &at, intent, sizeof intent, &rest) &&
                          replies_field(rows, &at, language, sizeof language, &rest);
       line++) {
    if (line > 1) replies_row(text, length, intent, line, counts);
  }
}
