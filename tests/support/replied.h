/* SPDX-License-Identifier: MIT */
/* What replies are read as, for tests; lists of texts end with NULL. */
#ifndef REPLIED_H
#define REPLIED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

static inline wb_reply replied(const char *text) {
  wb_reply reply = {.size = sizeof reply, .intent = -1};
  assert_int_equal(wb_reply_parse(text, strlen(text), &reply), WB_OK);
  return reply;
}

/* Ends the test unless each of them means this. */
static inline void replied_all(const char *const *texts, int32_t intent) {
  for (; *texts != NULL; texts++) {
    const int32_t read = replied(*texts).intent;
    if (read != intent) fail_msg("\"%s\" is read as %d", *texts, read);
  }
}

#endif
