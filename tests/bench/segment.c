/* SPDX-License-Identifier: MIT */
/*
 * Counts a segment of the raw tables in a folder, as a whole process: what bench/python.py does
 * from Python, beside which it is run. The folder holds columns as they lie in memory.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winback/winback.h>

enum { COLUMNS = 4, NOW = 1772553600 /* 2026-03-03T16:00:00Z */ };

typedef struct table {
  struct ArrowSchema schema, schemas[COLUMNS], *schema_list[COLUMNS];
  struct ArrowArray array, arrays[COLUMNS], *array_list[COLUMNS];
  const void *buffers[COLUMNS][3];
} table;

static void need(int is, const char *what) {
  if (is) return;
  fprintf(stderr, "segment: %s\n", what);
  exit(1);
}

static void release_schema(struct ArrowSchema *schema) {
  schema->release = NULL;
}

static void release_array(struct ArrowArray *array) {
  array->release = NULL;
}

/* A file of the folder, whole; the process ends before it is given back. */
static void *read_file(const char *folder, const char *name, const char *part, size_t *size) {
  char path[400];
  snprintf(path, sizeof path, "%s/%s.%s", folder, name, part);
  FILE *file = fopen(path, "rb");
  need(file && fseek(file, 0, SEEK_END) == 0, path);
  const long length = ftell(file);
  need(length >= 0, path);
  *size = (size_t)length;
  rewind(file);
  char *bytes = malloc(*size + 1);
  need(bytes && fread(bytes, 1, *size, file) == *size, path);
  fclose(file);
  return bytes;
}

static void add_column(table *to, const char *folder, const char *kind, const char *name) {
  char file[100];
  size_t size = 0;
  const int64_t at = to->schema.n_children++;
  const int days = strcmp(name, "date") == 0;
  snprintf(file, sizeof file, "%s.%s", kind, name);
  to->buffers[at][1] = read_file(folder, file, "numbers", &size);
  to->array.length = (int64_t)(size / 4) - !days;
  if (!days) to->buffers[at][2] = read_file(folder, file, "bytes", &size);
  to->schemas[at] =
      (struct ArrowSchema){.format = days ? "tdD" : "u", .name = name, .release = release_schema};
  to->arrays[at] = (struct ArrowArray){.length = to->array.length,
                                       .n_buffers = days ? 2 : 3,
                                       .buffers = to->buffers[at],
                                       .release = release_array};
  to->schema_list[at] = &to->schemas[at];
  to->array_list[at] = &to->arrays[at];
}

static void add_table(wb_facts *facts, const char *folder, const char *name,
                      const char *const *columns) {
  static const void *none[1];
  table *made = calloc(1, sizeof *made);
  need(made != NULL, "no memory");
  made->schema = (struct ArrowSchema){
      .format = "+s", .children = made->schema_list, .release = release_schema};
  made->array = (struct ArrowArray){
      .n_buffers = 1, .buffers = none, .children = made->array_list, .release = release_array};
  for (int i = 0; columns[i]; i++)
    add_column(made, folder, name, columns[i]);
  made->array.n_children = made->schema.n_children;
  need(wb_facts_add(facts, name, &made->schema, &made->array, NULL) == WB_OK, name);
}

int main(int count, char **arguments) {
  static const char *const patients[] = {"patient", "status", NULL};
  static const char *const procedures[] = {"patient", "code", "status", "date", NULL};
  need(count == 3, "FOLDER RULE");
  wb_schema *schema = NULL;
  wb_facts *facts = NULL;
  wb_rule *rule = NULL;
  wb_zone *zone = NULL;
  wb_facts_options options = {.size = sizeof options, .as_of = NOW};
  wb_tally tally = {.size = sizeof tally};
  need(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK, "schema");
  need(wb_facts_new(NULL, schema, &options, &facts, NULL) == WB_OK, "facts");
  add_table(facts, arguments[1], "patients", patients);
  add_table(facts, arguments[1], "procedures", procedures);
  need(wb_zone_new(NULL, "America/New_York", 16, &zone, NULL) == WB_OK, "zone");
  need(wb_rule_new(NULL, schema, arguments[2], strlen(arguments[2]), &rule, NULL) == WB_OK, "rule");
  const wb_moment moment = {.size = sizeof moment, .now = NOW, .zone = zone};
  need(wb_rule_count(rule, facts, &moment, &tally, NULL) == WB_OK, "count");
  printf("%" PRIu64 "\n", tally.yes);
  return 0;
}
