/* SPDX-License-Identifier: MIT */
/* Fuzz target: a regular expression, and after the first line the text that is searched. */
#include <stdlib.h>
#include <string.h>

#include "cel/regex_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program unless a belief holds. */
static void believe(int holds) {
  if (!holds) abort();
}

/* Searches; the work is never more than every instruction at every place. */
static void find(const wbi_regex *regex, wbi_text text) {
  const size_t size = wbi_regex_scratch(regex);
  uint64_t steps = 0;
  void *scratch = malloc(size);
  believe(scratch != NULL);
  const bool found = wbi_regex_run(regex, text, scratch, &steps);
  believe(steps <= (uint64_t)wbi_regex_size(regex) * (text.length + 1));
  believe(wbi_regex_search(regex, text, scratch) == found);
  free(scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
  const size_t length = end != NULL ? (size_t)(end - data) : size;
  const wbi_text all = {(const char *)data, size};
  const wbi_text pattern = {(const char *)data, length},
                 text = wbi_text_slice(all, length + 1, size);
  wbi_arena arena;
  wbi_regex *regex = NULL;
  size_t at = SIZE_MAX;
  const char *message = NULL;
  wbi_arena_init(&arena, NULL, 0);
  const wb_status status = wbi_regex_compile(&arena, pattern, &regex, &at, &message);
  if (status == WB_OK && wbi_utf8_valid(text)) find(regex, text);
  if (status != WB_OK) believe(message != NULL && at <= length && regex == NULL);
  wbi_arena_free(&arena);
  return 0;
}
