/* SPDX-License-Identifier: MIT */
/*
 * What a rule costs over a million patients with three million treatment items: a flat one and one
 * that looks into lists, in batches and by row, and fifty segments in a row. The yardstick is the
 * memory of the machine: how fast one thread reads it, and which share of that a rule reaches with
 * the bytes it has to touch. Both ways must count the same.
 *
 * With a folder as argument the rows are written there for rules_peers.py, which asks other engines
 * the same.
 */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include <winback/winback.h>

#include "bench/bench.h"

enum { PATIENTS = 1000000, RUNS = 9, SEGMENTS = 50, KEY = 8, TODAY = 20515 /* 2026-03-03 */ };

static void *room(size_t size) {
  void *memory = calloc(1, size);
  if (!memory) exit(1);
  return memory;
}

/* ---- rows ---- */

/* Columns of so many patients. Bitmaps have a bit a row. */
typedef struct rows {
  uint32_t patients, items;
  int32_t *keys; /* offsets */
  char *key_bytes;
  uint8_t *status, *kind, *opted_out;
  int32_t *last, *next;
  uint8_t *last_known, *next_known, *listed;
  int32_t *starts; /* of a patient's items */
  uint8_t *group, *state;
  int32_t *diagnosed;
} rows;

static const char *const statuses[] = {"active", "inactive", "archived", "prospective"};
static const char *const kinds[] = {"prophy", "perio", "child", "other"};
static const char *const groups[] = {"crown",  "filling", "root_canal", "implant",
                                     "bridge", "denture", "extraction", "other"};
static const char *const states[] = {"open", "done", "declined"};

static uint32_t next_random(uint64_t *seed) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(*seed >> 33);
}

static void put_bit(uint8_t *bits, uint32_t at, bool is) {
  bits[at / 8] |= (uint8_t)(is << (at % 8));
}

static bool has_bit(const uint8_t *bits, uint32_t at) {
  return bits[at / 8] >> (at % 8) & 1;
}

static void make_items(rows *made, uint32_t count, uint64_t *seed) {
  for (; count > 0; count--) {
    const uint32_t chance = next_random(seed), item = made->items++;
    made->group[item] = (uint8_t)(chance % 8);
    made->state[item] = (uint8_t)(chance / 8 % 10 < 4 ? 0 : chance / 8 % 10 < 9 ? 1 : 2);
    made->diagnosed[item] = TODAY - (int32_t)(next_random(seed) % 1800);
  }
}

static void make_patient(rows *made, uint32_t row, uint64_t *seed) {
  const uint32_t chance = next_random(seed), more = next_random(seed);
  char key[KEY + 1];
  snprintf(key, sizeof key, "p%07" PRIu32, row);
  memcpy(made->key_bytes + (size_t)row * KEY, key, KEY);
  made->keys[row + 1] = (int32_t)((row + 1) * KEY);
  made->status[row] = (uint8_t)(chance % 10 < 8 ? 0 : chance / 10 % 3 + 1);
  made->kind[row] = (uint8_t)(chance / 30 % 4);
  put_bit(made->opted_out, row, chance / 120 % 20 == 0);
  put_bit(made->last_known, row, more % 25 != 0);
  made->last[row] = TODAY - (int32_t)(more / 25 % 900);
  put_bit(made->next_known, row, next_random(seed) % 3 == 0);
  made->next[row] = TODAY + (int32_t)(more % 180);
  put_bit(made->listed, row, more / 7 % 100 != 0);
  make_items(made, next_random(seed) % 7, seed);
  made->starts[row + 1] = (int32_t)made->items;
}

static rows make_rows(uint32_t patients) {
  const size_t bits = (size_t)patients / 8 + 1, most = (size_t)patients * 6;
  rows made = {.patients = patients,
               .keys = room(((size_t)patients + 1) * 4),
               .key_bytes = room((size_t)patients * KEY),
               .status = room(patients),
               .kind = room(patients),
               .opted_out = room(bits),
               .last = room((size_t)patients * 4),
               .next = room((size_t)patients * 4),
               .last_known = room(bits),
               .next_known = room(bits),
               .listed = room(bits),
               .starts = room(((size_t)patients + 1) * 4),
               .group = room(most),
               .state = room(most),
               .diagnosed = room(most * 4)};
  uint64_t seed = 1;
  for (uint32_t row = 0; row < patients; row++)
    make_patient(&made, row, &seed);
  return made;
}

static void free_rows(rows *made) {
  void *const all[] = {made->keys,       made->key_bytes, made->status, made->kind,
                       made->opted_out,  made->last,      made->next,   made->last_known,
                       made->next_known, made->starts,    made->group,  made->state,
                       made->diagnosed,  made->listed};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    free(all[i]);
}

/* ---- columns ---- */

/* One array with its schema; the buffers belong to the rows. */
typedef struct node {
  struct ArrowSchema schema, *schemas[8];
  struct ArrowArray array, *arrays[8];
  const void *buffers[3];
} node;

/* Nodes are given back together, after the facts. */
typedef struct nodes {
  node at[24];
  int32_t offsets[4][9];
  uint32_t count, dictionaries;
} nodes;

static void release_schema(struct ArrowSchema *schema) {
  schema->release = NULL;
}

static void release_array(struct ArrowArray *array) {
  array->release = NULL;
}

static node *make_node(nodes *all, const char *name, const char *format, int64_t length,
                       const void *known, const void *first, const void *second) {
  node *made = &all->at[all->count++];
  made->buffers[0] = known;
  made->buffers[1] = first;
  made->buffers[2] = second;
  made->schema = (struct ArrowSchema){.format = format,
                                      .name = name,
                                      .flags = ARROW_FLAG_NULLABLE,
                                      .children = made->schemas,
                                      .release = release_schema};
  made->array = (struct ArrowArray){.length = length,
                                    .null_count = known ? -1 : 0,
                                    .n_buffers = second  ? 3
                                                 : first ? 2
                                                         : 1,
                                    .buffers = made->buffers,
                                    .children = made->arrays,
                                    .release = release_array};
  return made;
}

static void add_child(node *parent, node *child) {
  parent->schemas[parent->schema.n_children++] = &child->schema;
  parent->arrays[parent->array.n_children++] = &child->array;
}

/* Words, and a column of their numbers. */
static node *make_coded(nodes *all, const char *name, int64_t length, const uint8_t *codes,
                        const char *const *words, int count, char *bytes) {
  int32_t *offsets = all->offsets[all->dictionaries++];
  for (int i = 0; i < count; i++) {
    const size_t size = strlen(words[i]);
    memcpy(bytes + offsets[i], words[i], size);
    offsets[i + 1] = offsets[i] + (int32_t)size;
  }
  node *dictionary = make_node(all, "", "u", count, NULL, offsets, bytes);
  node *made = make_node(all, name, "C", length, NULL, codes, NULL);
  made->schema.dictionary = &dictionary->schema;
  made->array.dictionary = &dictionary->array;
  return made;
}

static node *make_table(nodes *all, const rows *made, char bytes[4][80]) {
  const int64_t patients = made->patients, items = made->items;
  node *table = make_node(all, "", "+s", patients, NULL, NULL, NULL);
  node *list = make_node(all, "host.items", "+l", patients, made->listed, made->starts, NULL);
  node *record = make_node(all, "item", "+s", items, NULL, NULL, NULL);
  add_child(record, make_coded(all, "group", items, made->group, groups, 8, bytes[0]));
  add_child(record, make_coded(all, "state", items, made->state, states, 3, bytes[1]));
  add_child(record, make_node(all, "diagnosed", "tdD", items, NULL, made->diagnosed, NULL));
  add_child(list, record);
  add_child(table, make_node(all, "patient", "u", patients, NULL, made->keys, made->key_bytes));
  add_child(table, make_coded(all, "status", patients, made->status, statuses, 4, bytes[2]));
  add_child(table, make_coded(all, "host.kind", patients, made->kind, kinds, 4, bytes[3]));
  add_child(table, make_node(all, "host.opted_out", "b", patients, NULL, made->opted_out, NULL));
  add_child(table,
            make_node(all, "host.last", "tdD", patients, made->last_known, made->last, NULL));
  add_child(table,
            make_node(all, "visit.next", "tdD", patients, made->next_known, made->next, NULL));
  add_child(table, list);
  return table;
}

static wb_schema *make_schema(void) {
  static const wb_field fields[] = {
      {.size = sizeof *fields, .name = "host.opted_out", .type = WB_BOOL},
      {.size = sizeof *fields,
       .name = "host.kind",
       .domain = "prophy|perio|child|other",
       .type = WB_TEXT},
      {.size = sizeof *fields, .name = "host.last", .type = WB_DATE, .presence = WB_OPTIONAL},
      {.size = sizeof *fields,
       .name = "host.items",
       .type = WB_LIST,
       .presence = WB_OPTIONAL,
       .element = WB_RECORD},
      {.size = sizeof *fields, .name = "host.items.group", .type = WB_TEXT},
      {.size = sizeof *fields, .name = "host.items.state", .type = WB_TEXT},
      {.size = sizeof *fields, .name = "host.items.diagnosed", .type = WB_DATE}};
  wb_schema *schema = NULL;
  wb_error error = {0};
  need(wb_schema_new(NULL, fields, sizeof fields / sizeof *fields, &schema, &error), "schema",
       &error);
  return schema;
}

/* ---- rules ---- */

static const char flat_rule[] =
    "!host.opted_out && patient.status == 'active' && visit.next == null && "
    "host.kind in ['prophy', 'perio'] && host.last < today.addDays(-240)";
static const char exists_rule[] =
    "host.items.exists(t, t.state == 'open' && t.group in ['crown', 'filling'] && "
    "t.diagnosed >= today.addDays(-540) && t.diagnosed <= today.addDays(-90))";

typedef struct bench {
  rows rows;
  nodes nodes;
  char bytes[4][80];
  wb_schema *schema;
  wb_facts *facts;
  wb_zone *zone;
  wb_moment moment;
} bench;

static void open_bench(bench *b, uint32_t patients) {
  wb_error error = {0};
  wb_facts_options options = {.size = sizeof options};
  b->rows = make_rows(patients);
  b->schema = make_schema();
  need(wb_facts_new(NULL, b->schema, &options, &b->facts, &error), "facts", &error);
  node *table = make_table(&b->nodes, &b->rows, b->bytes);
  need(wb_facts_add(b->facts, "patients", &table->schema, &table->array, &error), "add", &error);
  need(wb_zone_new(NULL, "America/New_York", 16, &b->zone, &error), "zone", &error);
  b->moment =
      (wb_moment){.size = sizeof b->moment, .now = (wb_time)TODAY * 86400 + 57600, .zone = b->zone};
}

static void close_bench(bench *b) {
  wb_facts_free(b->facts);
  wb_zone_unref(b->zone);
  wb_schema_unref(b->schema);
  free_rows(&b->rows);
}

static wb_rule *make_rule(bench *b, const char *text) {
  wb_error error = {0};
  wb_rule *rule = NULL;
  need(wb_rule_new(NULL, b->schema, text, strlen(text), &rule, &error), text, &error);
  return rule;
}

/* Seconds of one pass in batches. */
static double count_once(bench *b, const wb_rule *rule, wb_tally *tally) {
  wb_error error = {0};
  tally->size = sizeof *tally;
  const double start = seconds_now();
  need(wb_rule_count(rule, b->facts, &b->moment, tally, &error), "count", &error);
  return seconds_now() - start;
}

/* The least seconds of some passes; the first looks through the columns. */
static double count_all(bench *b, const wb_rule *rule, wb_tally *tally) {
  double best = 1e9;
  for (int i = 0; i < RUNS; i++) {
    const double spent = count_once(b, rule, tally);
    if (spent < best) best = spent;
  }
  return best;
}

/* The same by row. */
static double test_all(bench *b, const wb_rule *rule, wb_tally *tally) {
  double best = 1e9;
  for (int i = 0; i < RUNS / 3; i++) {
    wb_error error = {0};
    wb_verdict verdict = {.size = sizeof verdict};
    uint64_t truths[4] = {0};
    const double start = seconds_now();
    for (uint32_t row = 0; row < b->rows.patients; row++) {
      need(wb_rule_test(rule, b->facts, row, &b->moment, &verdict, &error), "test", &error);
      truths[verdict.truth & 3]++;
    }
    const double spent = seconds_now() - start;
    if (spent < best) best = spent;
    *tally = (wb_tally){.size = sizeof *tally,
                        .yes = truths[WB_TRUE],
                        .no = truths[WB_FALSE],
                        .unknown = truths[WB_UNDETERMINED],
                        .failed = truths[WB_FAULTY]};
  }
  return best;
}

/* ---- figures ---- */

/* Bytes a second that one thread reads: the best of some sums over 256 MB. */
static double read_speed(void) {
  enum { WORDS = 32 * 1024 * 1024, LANES = 8 };
  uint64_t *words = room((size_t)WORDS * 8);
  double best = 1e9;
  for (size_t i = 0; i < WORDS; i++)
    words[i] = i;
  for (int run = 0; run < RUNS; run++) {
    uint64_t sums[LANES] = {0};
    const double start = seconds_now();
    for (size_t i = 0; i < WORDS; i += LANES)
      for (size_t k = 0; k < LANES; k++)
        sums[k] += words[i + k];
    const double spent = seconds_now() - start;
    for (size_t k = 1; k < LANES; k++)
      sums[0] += sums[k];
    if (sums[0] == 42) puts("");
    if (spent < best) best = spent;
  }
  free(words);
  return (double)WORDS * 8 / best;
}

static void must_agree(const wb_tally *a, const wb_tally *b) {
  if (a->yes == b->yes && a->no == b->no && a->unknown == b->unknown && a->failed == b->failed)
    return;
  fprintf(stderr, "by row and in batches the counts differ: %" PRIu64 " and %" PRIu64 "\n", a->yes,
          b->yes);
  exit(1);
}

/* Rules of all kinds come out alike both ways, or the figures say nothing. */
static void check_rules(bench *b) {
  static const char *const rules[] = {
      "host.items.all(t, t.state != 'open' || t.diagnosed < today.addDays(-700))",
      "host.items.exists_one(t, t.state == 'open' && t.group == 'bridge')",
      "!host.items.exists(t, t.group in ['crown', 'implant', 'other'])",
      "host.last >= today.addDays(-30) || visit.next <= today.addDays(20)",
      "visit.next != null && host.last == today.addDays(-1)",
      "host.kind != 'child' && !(patient.status in ['inactive', 'prospective'])",
      "host.items.exists(t, t.diagnosed > host.last) && host.opted_out",
      "has(host.last) && host.last > today.addDays(-99999)"};
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
    wb_tally batch = {0}, row = {0};
    wb_rule *rule = make_rule(b, rules[i]);
    (void)count_once(b, rule, &batch);
    (void)test_all(b, rule, &row);
    must_agree(&batch, &row);
    wb_rule_unref(rule);
  }
}

/* One rule both ways. */
static void show_rule(bench *b, const char *name, const char *text, double bytes, double speed,
                      const char *batch_floor, const char *row_floor) {
  wb_tally batch = {0}, row = {0};
  wb_rule *rule = make_rule(b, text);
  const double patients = b->rows.patients, spent = count_all(b, rule, &batch) / patients;
  const double tested = test_all(b, rule, &row) / patients;
  must_agree(&batch, &row);
  printf("%-7s %7u patients: batch %6.2f ns a patient, %4.0f %% of bandwidth (floor %s); "
         "by row %6.1f ns (floor %s); %" PRIu64 " selected, %" PRIu64 " unknown\n",
         name, b->rows.patients, spent * 1e9, bytes / patients / spent / speed * 100, batch_floor,
         tested * 1e9, row_floor, batch.yes, batch.unknown);
  wb_rule_unref(rule);
}

/* Fifty segments that differ in their limits, one after the other. */
static void show_segments(bench *b) {
  wb_rule *rules[SEGMENTS];
  wb_tally tally = {0};
  for (int i = 0; i < SEGMENTS; i++) {
    char text[400];
    snprintf(text, sizeof text,
             "!host.opted_out && patient.status == 'active' && visit.next == null && "
             "host.kind == '%s' && host.last < today.addDays(-%d)%s",
             kinds[i % 4], 60 + i * 15,
             i % 3 ? "" : " && host.items.exists(t, t.state == 'open' && t.group == 'crown')");
    rules[i] = make_rule(b, text);
  }
  const double start = seconds_now();
  for (int i = 0; i < SEGMENTS; i++)
    (void)count_once(b, rules[i], &tally);
  printf("%d segments, one in three with a list: %.3f s (floor 0.5 s)\n", SEGMENTS,
         seconds_now() - start);
  for (int i = 0; i < SEGMENTS; i++)
    wb_rule_unref(rules[i]);
}

/* ---- the same rows for others ---- */

static FILE *open_file(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  if (file) return file;
  perror(path);
  exit(1);
}

static void write_day(FILE *file, bool known, int32_t day, const char *end) {
  if (known) fprintf(file, "%d", day);
  fputs(end, file);
}

static void write_rows(const rows *made, const char *folder) {
  FILE *patients = open_file(folder, "patients.csv"), *items = open_file(folder, "items.csv");
  fputs("id,status,kind,opted_out,last,next\n", patients);
  fputs("patient,grp,state,diagnosed\n", items);
  for (uint32_t row = 0; row < made->patients; row++) {
    fprintf(patients, "%" PRIu32 ",%s,%s,%d,", row, statuses[made->status[row]],
            kinds[made->kind[row]], has_bit(made->opted_out, row));
    write_day(patients, has_bit(made->last_known, row), made->last[row], ",");
    write_day(patients, has_bit(made->next_known, row), made->next[row], "\n");
    for (int32_t i = made->starts[row]; i < made->starts[row + 1] && has_bit(made->listed, row);
         i++)
      fprintf(items, "%" PRIu32 ",%s,%s,%d\n", row, groups[made->group[i]], states[made->state[i]],
              made->diagnosed[i]);
  }
  fclose(patients);
  fclose(items);
}

/* What was found, for the comparison. */
static void write_found(bench *b, const char *folder) {
  static const struct {
    const char *name, *text;
  } found[] = {{"flat", flat_rule}, {"exists", exists_rule}};
  FILE *file = open_file(folder, "found.csv");
  fputs("rule,selected,milliseconds\n", file);
  for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
    wb_tally tally = {0};
    wb_rule *rule = make_rule(b, found[i].text);
    const double spent = count_all(b, rule, &tally);
    fprintf(file, "%s,%" PRIu64 ",%.3f\n", found[i].name, tally.yes, spent * 1e3);
    wb_rule_unref(rule);
  }
  fclose(file);
}

/* ---- the run ---- */

static void run_scale(uint32_t patients, double speed, const char *folder) {
  bench *b = room(sizeof *b);
  open_bench(b, patients);
  const double each = patients;
  const double flat = each * (1 + 1 + 4 + 3 / 8.0); /* two codes, a date, three bitmaps */
  const double exists = each * (4 + 1 / 8.0) + (double)b->rows.items * (1 + 1 + 4);
  if (patients < PATIENTS / 10) check_rules(b);
  show_rule(b, "flat", flat_rule, flat, speed, "50 %", "60 ns");
  show_rule(b, "exists", exists_rule, exists, speed, "30 %", "none");
  if (patients == PATIENTS) show_segments(b);
  if (patients == PATIENTS && folder) {
    write_rows(&b->rows, folder);
    write_found(b, folder);
  }
  close_bench(b);
  free(b);
}

int main(int argc, char **argv) {
  const double speed = read_speed();
  printf("memory: one thread reads %.1f GB/s\n", speed * 1e-9);
  for (uint32_t patients = PATIENTS / 100; patients <= PATIENTS; patients *= 10)
    run_scale(patients, speed, argc > 1 ? argv[1] : NULL);
  return 0;
}
