/* SPDX-License-Identifier: MIT */
/* Texts with a list of very many items, to try how many there may be. */
#ifndef MANY_H
#define MANY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* Writes so many items, each with its number in the place of "#", with commas between them, a head
   and a tail; the length. */
static inline size_t many_write(char *out, size_t capacity, const char *head, const char *item,
                                int count, const char *tail) {
  size_t at = (size_t)snprintf(out, capacity, "%s", head);
  for (int i = 0; i < count; i++) {
    if (i > 0) at += (size_t)snprintf(out + at, capacity - at, ",");
    for (const char *byte = item; *byte != '\0'; byte++) {
      at += (size_t)(*byte == '#' ? snprintf(out + at, capacity - at, "%d", i)
                                  : snprintf(out + at, capacity - at, "%c", *byte));
      assert_in_range(at, 0, capacity - 1);
    }
  }
  at += (size_t)snprintf(out + at, capacity - at, "%s", tail);
  assert_in_range(at, 0, capacity - 1);
  return at;
}

#endif
