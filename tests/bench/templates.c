/* SPDX-License-Identifier: MIT */
/*
 * What rendering costs: an SMS and an HTML e-mail from facts, raw (an open template with its data
 * as a tree: no policy, nothing screened) and with every check (fields of a schema, values
 * screened, escaped, measured). One thread; the yardstick is a copy of the bytes that come out.
 *
 *     bench-templates FOLDER
 *
 * FOLDER has sms.liquid, html.liquid and data.json; without it nothing is measured.
 * templates_peers.py asks other engines the same.
 */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include <winback/winback.h>

#include "bench/bench.h"
#include "liquid/liquid_private.h"
#include "support/arrays.h"

enum { PATIENTS = 1000, SLOTS = 3, PASSES = 100, RENDERS = 10000, OUT = 8192 };

/* ---- files ---- */

typedef struct sample {
  char text[16384];
  size_t length;
} sample;

/* Reads a file of a folder; false: it is not there. */
static bool read_sample(const char *folder, const char *name, sample *file) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *in = fopen(path, "rb");
  if (!in) return false;
  file->length = fread(file->text, 1, sizeof file->text, in);
  fclose(in);
  return file->length > 0 && file->length < sizeof file->text;
}

/* ---- facts ---- */

/* The fields that the templates read, and where data.json has their values. */
typedef struct given {
  const char *field, *group, *member;
  int32_t type, class_;
} given;

static const given columns[] = {
    {"first_name", "patient", "first_name", WB_TEXT, WB_CLASS_NAME},
    {"practice.phone", "practice", "phone", WB_TEXT, WB_CLASS_PUBLIC},
    {"practice.city", "practice", "city", WB_TEXT, WB_CLASS_PUBLIC},
    {"practice.address", "practice", "address", WB_TEXT, WB_CLASS_PUBLIC},
    {"practice.logo_url", "practice", "logo_url", WB_TEXT, WB_CLASS_LINK},
    {"practice.name", "practice", "name", WB_TEXT, WB_CLASS_PUBLIC},
    {"provider.name", "provider", "name", WB_TEXT, WB_CLASS_SCHEDULING},
    {"visit.overdue", "visit", "overdue", WB_BOOL, WB_CLASS_SCHEDULING},
    {"booking.url", "booking", "url", WB_TEXT, WB_CLASS_LINK},
    {"offer.has", "offer", "has", WB_BOOL, WB_CLASS_PUBLIC},
    {"offer.text", "offer", "text", WB_TEXT, WB_CLASS_PUBLIC},
    {"offer.expires", "offer", "expires", WB_TEXT, WB_CLASS_PUBLIC},
    {"unsubscribe.show", "unsubscribe", "show", WB_BOOL, WB_CLASS_PUBLIC},
    {"unsubscribe.url", "unsubscribe", "url", WB_TEXT, WB_CLASS_LINK},
};
enum { COLUMNS = sizeof columns / sizeof *columns, OWN = 1 /* the first is the dictionary's */ };

static const given slot_columns[] = {
    {"slots.url", "url", "url", WB_TEXT, WB_CLASS_LINK},
    {"slots.when", "when", "when", WB_TEXT, WB_CLASS_SCHEDULING},
    {"slots.with", "with", "with", WB_TEXT, WB_CLASS_SCHEDULING},
    {"slots.first", "first", "first", WB_BOOL, WB_CLASS_SCHEDULING},
};
enum { SLOT_COLUMNS = sizeof slot_columns / sizeof *slot_columns };

static const wbi_json *member(const wbi_json *object, const char *name) {
  const wbi_json *found = wbi_json_find(object, name);
  if (found) return found;
  fprintf(stderr, "data.json lacks %s\n", name);
  exit(1);
}

/* A column of texts or bits that repeats some values. */
static void fill_column(arrays_node *node, const char *name, const wbi_json *const *values,
                        uint32_t different, uint32_t rows) {
  static char bytes[1 << 20];
  static int32_t ends[PATIENTS * SLOTS + 1];
  static uint8_t bits[PATIENTS * SLOTS / 8 + 1];
  const bool text = values[0]->kind == WBI_JSON_TEXT;
  int32_t used = 0;
  memset(bits, 0, sizeof bits);
  for (uint32_t row = 0; row < rows; row++) {
    const wbi_json *value = values[row % different];
    bits[row / 8] |= (uint8_t)(value->truth << row % 8);
    if (text) memcpy(bytes + used, value->text.data, value->text.length);
    used += text ? (int32_t)value->text.length : 0;
    ends[row + 1] = used;
  }
  arrays_leaf(node, text ? "u" : "b", name, rows, 0);
  if (text) {
    arrays_buffer(node, 1, ends, (rows + 1) * sizeof *ends);
    arrays_buffer(node, 2, bytes, (size_t)used);
  } else {
    arrays_buffer(node, 1, bits, rows / 8 + 1);
  }
}

/* Keys p0000…, and the status of everybody. */
static void fill_people(arrays_node *keys, arrays_node *statuses) {
  static int32_t ends[PATIENTS + 1], status_ends[PATIENTS + 1];
  static char bytes[PATIENTS * 5 + 1], words[PATIENTS * 6];
  for (int32_t row = 0; row < PATIENTS; row++) {
    snprintf(bytes + row * 5, 6, "p%04" PRId32, row);
    memcpy(words + row * 6, "active", 6);
    ends[row + 1] = (row + 1) * 5;
    status_ends[row + 1] = (row + 1) * 6;
  }
  arrays_leaf(keys, "u", "patient", PATIENTS, 0);
  arrays_buffer(keys, 1, ends, sizeof ends);
  arrays_buffer(keys, 2, bytes, PATIENTS * 5);
  arrays_leaf(statuses, "u", "status", PATIENTS, 0);
  arrays_buffer(statuses, 1, status_ends, sizeof status_ends);
  arrays_buffer(statuses, 2, words, sizeof words);
}

/* Everybody's three openings. */
static void fill_slots(arrays_node *list, arrays_node *record, arrays_node *leaves,
                       const wbi_json *slots) {
  static int32_t starts[PATIENTS + 1];
  for (int32_t row = 0; row <= PATIENTS; row++)
    starts[row] = row * SLOTS;
  arrays_leaf(list, "+l", "slots", PATIENTS, 0);
  arrays_buffer(list, 1, starts, sizeof starts);
  arrays_leaf(record, "+s", "item", PATIENTS * SLOTS, 0);
  for (size_t i = 0; i < SLOT_COLUMNS; i++) {
    const wbi_json *values[SLOTS];
    const wbi_json *slot = slots->first;
    for (uint32_t at = 0; at < SLOTS; at++, slot = slot->next)
      values[at] = member(slot, slot_columns[i].member);
    fill_column(&leaves[i], slot_columns[i].member, values, SLOTS, PATIENTS * SLOTS);
    arrays_child(record, &leaves[i]);
  }
  arrays_child(list, record);
}

static wb_schema *make_schema(void) {
  wb_field fields[COLUMNS + SLOT_COLUMNS];
  uint32_t count = 0;
  wb_schema *schema = NULL;
  wb_error error = {0};
  for (size_t i = OWN; i < COLUMNS; i++) {
    if (strcmp(columns[i].field, "practice.name") == 0) continue;
    fields[count++] = (wb_field){.size = sizeof *fields,
                                 .name = columns[i].field,
                                 .type = columns[i].type,
                                 .class_ = columns[i].class_};
  }
  fields[count++] = (wb_field){.size = sizeof *fields,
                               .name = "slots",
                               .type = WB_LIST,
                               .element = WB_RECORD,
                               .class_ = WB_CLASS_SCHEDULING,
                               .most = 5};
  for (size_t i = 0; i < SLOT_COLUMNS; i++)
    fields[count++] = (wb_field){.size = sizeof *fields,
                                 .name = slot_columns[i].field,
                                 .type = slot_columns[i].type,
                                 .class_ = slot_columns[i].class_};
  need(wb_schema_new(NULL, fields, count, &schema, &error), "schema", &error);
  return schema;
}

static wb_facts *make_facts(wb_schema *schema, const wbi_json *data) {
  static arrays_node table, keys, statuses, leaves[COLUMNS], list, record, slots[SLOT_COLUMNS];
  const wb_facts_options options = {.size = sizeof options, .as_of = 1769760000};
  wb_facts *facts = NULL;
  wb_error error = {0};
  need(wb_facts_new(NULL, schema, &options, &facts, &error), "facts", &error);
  arrays_table(&table, PATIENTS, 0);
  fill_people(&keys, &statuses);
  arrays_child(&table, &keys);
  arrays_child(&table, &statuses);
  for (size_t i = 0; i < COLUMNS; i++) {
    const wbi_json *value = member(member(data, columns[i].group), columns[i].member);
    fill_column(&leaves[i], columns[i].field, &value, 1, PATIENTS);
    arrays_child(&table, &leaves[i]);
  }
  fill_slots(&list, &record, slots, member(data, "slots"));
  arrays_child(&table, &list);
  need(wb_facts_add(facts, "patients", &table.schema, &table.array, &error), "add", &error);
  return facts;
}

/* ---- measuring ---- */

typedef struct bench {
  wb_schema *schema;
  wb_policy *policy;
  wb_facts *facts;
  const wbi_json *data;
  wb_moment moment;
} bench;

/* One kind of rendering, `count` times; the length of the last text. */
typedef size_t (*render_fn)(const bench *b, const wb_template *compiled, uint32_t count, char *out);

static size_t render_raw(const bench *b, const wb_template *compiled, uint32_t count, char *out) {
  static char memory[65536];
  size_t length = 0;
  for (uint32_t i = 0; i < count; i++) {
    wbi_room room = {memory, sizeof memory, 0, false};
    wbi_writer writer = {out, OUT, 0};
    wb_error error = {0};
    need(wbi_template_render_open(compiled, b->data, &room, &writer, &error), "raw", &error);
    length = writer.length;
  }
  return length;
}

static size_t render_checked(const bench *b, const wb_template *compiled, uint32_t count,
                             char *out) {
  size_t length = 0;
  for (uint32_t i = 0; i < count; i++) {
    wb_error error = {0};
    need(
        wb_template_render(compiled, b->facts, i % PATIENTS, &b->moment, out, OUT, &length, &error),
        "checked", &error);
  }
  return length;
}

/* With the segments that the host is told. */
static size_t render_measured(const bench *b, const wb_template *compiled, uint32_t count,
                              char *out) {
  size_t length = 0;
  for (uint32_t i = 0; i < count; i++) {
    wb_sms sms = {.size = sizeof sms};
    wb_error error = {0};
    need(
        wb_template_render(compiled, b->facts, i % PATIENTS, &b->moment, out, OUT, &length, &error),
        "measured", &error);
    need(wb_sms_measure(out, length, &sms), "segments", &error);
  }
  return length;
}

/* The least seconds of many short passes: what is undisturbed. */
static double least(const bench *b, const wb_template *compiled, render_fn render, char *out,
                    size_t *length) {
  double best = 1e9;
  for (int pass = 0; pass < PASSES; pass++) {
    const double start = seconds_now();
    *length = render(b, compiled, RENDERS, out);
    const double took = seconds_now() - start;
    if (took < best) best = took;
  }
  return best;
}

/* Seconds of copying as many bytes as often. */
static double copying(const char *from, size_t length) {
  static char to[OUT];
  double best = 1e9;
  for (int pass = 0; pass < PASSES; pass++) {
    const double start = seconds_now();
    for (uint32_t i = 0; i < RENDERS; i++) {
      memcpy(to, from, length);
      __asm__ volatile("" : : "r"(to) : "memory");
    }
    const double took = seconds_now() - start;
    if (took < best) best = took;
  }
  return best;
}

static void measure(const bench *b, const wb_template *compiled, render_fn render, const char *name,
                    double floor) {
  static char out[OUT];
  size_t length = 0;
  const double took = least(b, compiled, render, out, &length);
  const double rate = RENDERS / took;
  printf("%-22s %9.0f k/s  %7.1f ns  %5zu bytes  %5.1f copies  floor %5.0f k/s %s\n", name,
         rate / 1e3, took / RENDERS * 1e9, length, took / copying(out, length), floor / 1e3,
         rate >= floor ? "reached" : "missed");
}

static wb_template *compile(const bench *b, const char *channel, const sample *text) {
  const wb_template_options options = {.size = sizeof options, .channel = channel};
  wb_template *compiled = NULL;
  wb_error error = {0};
  need(wb_template_new(NULL, b->schema, b->policy, &options, text->text, text->length, &compiled,
                       &error),
       channel, &error);
  return compiled;
}

static wb_template *open_template(const sample *text) {
  wb_template *compiled = NULL;
  wb_error error = {0};
  need(wbi_template_open(NULL, (wbi_text){text->text, text->length}, false, &compiled, &error),
       "open", &error);
  return compiled;
}

static void run(const bench *b, const sample *sms, const sample *html) {
  wb_template *open_sms = open_template(sms), *open_html = open_template(html);
  wb_template *sms_text = compile(b, "sms", sms), *html_text = compile(b, "email.html", html);
  measure(b, open_sms, render_raw, "SMS, raw", 4e6);
  measure(b, sms_text, render_measured, "SMS, every check", 1.5e6);
  measure(b, open_html, render_raw, "HTML, raw", 600e3);
  measure(b, html_text, render_checked, "HTML, every check", 400e3);
  wb_template_unref(open_sms);
  wb_template_unref(open_html);
  wb_template_unref(sms_text);
  wb_template_unref(html_text);
}

int main(int count, char **arguments) {
  static const char policy[] = "{\"hosts\": [\"bsd.link\", \"img.example.com\"]}";
  static sample sms, html, json;
  const char *shared = getenv("WB_SHARED");
  char folder[400];
  snprintf(folder, sizeof folder, "%s/data/template-bench", shared ? shared : "../shared");
  const char *from = count > 1 ? arguments[1] : folder;
  if (!read_sample(from, "sms.liquid", &sms) || !read_sample(from, "html.liquid", &html) ||
      !read_sample(from, "data.json", &json)) {
    printf("templates: %s has no sms.liquid, html.liquid and data.json; nothing is measured\n",
           from);
    return 77;
  }
  bench b = {.moment = {.size = sizeof b.moment, .now = 1769760000}};
  wbi_arena arena;
  wbi_json *data = NULL;
  wb_error error = {0};
  wbi_arena_init(&arena, NULL, 0);
  need(wbi_json_parse(&arena, (wbi_text){json.text, json.length}, &data, &error), "data.json",
       &error);
  b.data = data;
  b.schema = make_schema();
  b.facts = make_facts(b.schema, data);
  need(wb_policy_new(NULL, b.schema, policy, sizeof policy - 1, &b.policy, &error), "policy",
       &error);
  run(&b, &sms, &html);
  wb_facts_free(b.facts);
  wb_policy_unref(b.policy);
  wb_schema_unref(b.schema);
  wbi_arena_free(&arena);
  arrays_end();
  return 0;
}
