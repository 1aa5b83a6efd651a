/* SPDX-License-Identifier: MIT */
/*
 * Holds the library to sets of cases that others wrote: conformance SET FILE. A line for each case
 * that does not hold or is skipped; the last line counts. Exits 0 if nothing failed.
 */
#include "conformance.h"

#include <stdlib.h>

void tally_add(tally *counts, enum outcome outcome, wbi_text id, const char *why) {
  if (outcome == CASE_PASSED) {
    counts->passed++;
    return;
  }
  const bool failed = outcome == CASE_FAILED;
  *(failed ? &counts->failed : &counts->skipped) += 1;
  printf("%s %.*s %s\n", failed ? "FAIL" : "SKIP", (int)id.length, id.data, why);
}

/* Reads a whole file; NULL: it cannot be read. */
static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  char *data = NULL;
  size_t capacity = 0;
  *length = 0;
  if (file == NULL) return NULL;
  for (;;) {
    if (*length == capacity) {
      capacity = capacity > 0 ? capacity * 2 : 65536;
      char *larger = realloc(data, capacity);
      if (larger == NULL) abort();
      data = larger;
    }
    const size_t got = fread(data + *length, 1, capacity - *length, file);
    *length += got;
    if (got == 0) break;
  }
  fclose(file);
  return data;
}

/* Prints the counts and gives the exit status. */
static int finish(const tally *result) {
  printf("%u passed, %u failed, %u skipped\n", result->passed, result->failed, result->skipped);
  return result->failed > 0;
}

/* The set that is no JSON. */
static int run_replies(const char *path) {
  tally result = {0, 0, 0};
  size_t length = 0;
  char *text = read_file(path, &length);
  if (text == NULL) {
    fprintf(stderr, "%s: cannot be read\n", path);
    return 2;
  }
  conformance_replies((wbi_text){text, length}, &result);
  free(text);
  return finish(&result);
}

int main(int count, char **arguments) {
  static const struct {
    const char *name;
    void (*run)(const wbi_json *root, tally *counts);
  } sets[] = {{"attack", conformance_attack},
              {"cel", conformance_cel},
              {"html", conformance_html},
              {"liquid", conformance_liquid},
              {"sms", conformance_sms}};
  size_t set = 0, length = 0;
  if (count == 3 && strcmp(arguments[1], "replies") == 0) return run_replies(arguments[2]);
  while (count == 3 && set < WBI_COUNT(sets) && strcmp(arguments[1], sets[set].name) != 0)
    set++;
  if (count != 3 || set == WBI_COUNT(sets)) {
    fprintf(stderr, "usage: conformance SET FILE\n");
    return 2;
  }
  char *text = read_file(arguments[2], &length);
  wb_error error = {0};
  wbi_json *root = NULL;
  wbi_arena arena;
  tally result = {0, 0, 0};
  wbi_arena_init(&arena, NULL, 0);
  if (text == NULL || wbi_json_parse(&arena, (wbi_text){text, length}, &root, &error) != WB_OK) {
    fprintf(stderr, "%s: %s\n", arguments[2], text == NULL ? "cannot be read" : error.message);
    return 2;
  }
  sets[set].run(root, &result);
  wbi_arena_free(&arena);
  free(text);
  return finish(&result);
}
