/* SPDX-License-Identifier: MIT */
/*
 * The guarantee of docs/privacy.md, on random templates: two patients who agree in all fields that
 * a channel may read get the same bytes or the same refusal, whatever else is known about them. A
 * policy that allows every class plays the broken checker, and must be caught.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/effort.h"
#include "support/tables.h"

enum { CLASSES = 11, KINDS = 4, PAIRS = 6, FIELDS = CLASSES * KINDS };

static const uint32_t sms_read =
    1u << WB_CLASS_PUBLIC | 1u << WB_CLASS_NAME | 1u << WB_CLASS_LINK | 1u << WB_CLASS_SCHEDULING;

/* A field of each kind in each class: "c3.word" is of class 3. */
static const struct {
  const char *name, *format;
  int32_t type;
} kinds[KINDS] = {
    {"word", "u", WB_TEXT}, {"count", "l", WB_INT}, {"day", "tdD", WB_DATE}, {"yes", "b", WB_BOOL}};

typedef struct random_text {
  char data[4096];
  size_t length;
} random_text;

typedef struct world {
  wb_schema *schema;
  wb_policy *strict, *broken;
  wb_facts *facts;
  uint64_t seed;
} world;

/* The next random number below `below` (xorshift64*). */
static uint32_t dice(world *here, uint32_t below) {
  here->seed ^= here->seed >> 12;
  here->seed ^= here->seed << 25;
  here->seed ^= here->seed >> 27;
  return (uint32_t)((here->seed * UINT64_C(2685821657736338717)) >> 33) % below;
}

static void say(random_text *text, const char *piece) {
  const size_t length = strlen(piece);
  if (text->length + length >= sizeof text->data) return;
  memcpy(text->data + text->length, piece, length + 1);
  text->length += length;
}

/* ---- patients ----------------------------------------------------------------------------- */

/* A random cell of a kind; absent one time in four. */
static void say_cell(world *here, random_text *text, uint32_t kind) {
  static const char *const words[] = {"red", "green", "https://book.example.com/a"};
  static const char *const days[] = {"2026-01-30", "2026-03-03"};
  char number[16];
  say(text, "|");
  if (dice(here, 4) == 0) return;
  snprintf(number, sizeof number, "%u", dice(here, 3));
  if (kind == 0) say(text, words[dice(here, 3)]);
  if (kind == 1) say(text, number);
  if (kind == 2) say(text, days[dice(here, 2)]);
  if (kind == 3) say(text, dice(here, 2) ? "1" : "0");
}

/* Two rows: what may be read is the same in both, all else is thrown again. */
static void say_pair(world *here, random_text *text, uint32_t pair) {
  const uint64_t shared = here->seed;
  uint64_t apart = shared;
  for (uint32_t twin = 0; twin < 2; ++twin) {
    char key[16];
    uint64_t same = shared;
    snprintf(key, sizeof key, "\np%u-%u|active", pair, twin);
    say(text, key);
    for (uint32_t i = 0; i < FIELDS; ++i) {
      uint64_t *stream = (sms_read >> i / KINDS & 1) ? &same : &apart;
      here->seed = *stream;
      say_cell(here, text, i % KINDS);
      *stream = here->seed;
    }
  }
  here->seed = apart;
}

/* The table of patients. */
static void say_patients(world *here, random_text *text) {
  char column[32];
  say(text, "patient:u|status:u");
  for (uint32_t i = 0; i < FIELDS; ++i) {
    snprintf(column, sizeof column, "|c%u.%s:%s", i / KINDS, kinds[i % KINDS].name,
             kinds[i % KINDS].format);
    say(text, column);
  }
  for (uint32_t pair = 0; pair < PAIRS; ++pair)
    say_pair(here, text, pair);
  say(text, "\n");
}

static wb_status make_schema(world *here) {
  static char names[FIELDS][16];
  static wb_field fields[FIELDS];
  for (uint32_t i = 0; i < FIELDS; ++i) {
    snprintf(names[i], sizeof names[i], "c%u.%s", i / KINDS, kinds[i % KINDS].name);
    fields[i] = (wb_field){.size = sizeof fields[i],
                           .name = names[i],
                           .about = "Random.",
                           .type = kinds[i % KINDS].type,
                           .presence = WB_NULLABLE,
                           .class_ = (int32_t)(i / KINDS)};
  }
  return wb_schema_new(NULL, fields, FIELDS, &here->schema, NULL);
}

static int make_world(void **state) {
  static world made;
  static random_text patients;
  static const char all[] =
      "{\"widen\": true, \"channels\": {\"sms\": {\"read\": [\"public\", \"name\", \"link\","
      "\"scheduling\", \"recall\", \"clinical\", \"financial\", \"identifier\", \"relation\","
      "\"staff\"], \"never\": []}}}";
  const wb_facts_options options = {.size = sizeof options, .as_of = 1769760000};
  made.seed = UINT64_C(0x9E3779B97F4A7C15);
  wb_status status = make_schema(&made);
  if (!status) status = wb_policy_new(NULL, made.schema, NULL, 0, &made.strict, NULL);
  if (!status) {
    status = wb_policy_new(NULL, made.schema, all, sizeof all - 1, &made.broken, NULL);
  }
  if (!status) status = wb_facts_new(NULL, made.schema, &options, &made.facts, NULL);
  say_patients(&made, &patients);
  if (!status) status = table_add(made.facts, "patients", patients.data, NULL);
  *state = &made;
  return status;
}

static int drop_world(void **state) {
  world *made = *state;
  wb_facts_free(made->facts);
  wb_policy_unref(made->strict);
  wb_policy_unref(made->broken);
  wb_schema_unref(made->schema);
  return 0;
}

/* ---- templates ---------------------------------------------------------------------------- */

/* A field of a kind; one time in eight of a class that an SMS may not read. */
static void say_field(world *here, random_text *text, uint32_t kind) {
  const uint32_t open = 4; /* classes 0 to 3 are open to an SMS */
  char name[16];
  const uint32_t class_ = dice(here, 8) ? dice(here, open) : open + dice(here, CLASSES - 1 - open);
  snprintf(name, sizeof name, "c%u.%s", class_, kinds[kind].name);
  say(text, name);
}

/* An operand of a kind: a field, or a literal. */
static void say_operand(world *here, random_text *text, uint32_t kind) {
  static const char *const literals[KINDS] = {"'red'", "1", "today", "true"};
  if (dice(here, 3))
    say_field(here, text, kind);
  else
    say(text, literals[kind]);
}

static void say_output(world *here, random_text *text) {
  const uint32_t kind = dice(here, 3); /* a yes or no cannot be written */
  say(text, dice(here, 4) ? "{{ " : "{{- ");
  say_field(here, text, kind);
  for (uint32_t i = dice(here, 3); i > 0; --i) {
    say(text, " | default: ");
    say_operand(here, text, kind);
  }
  if (kind == 2 && dice(here, 2)) say(text, " | date_words");
  say(text, " }}");
}

static void say_comparison(world *here, random_text *text) {
  static const char *const tests[] = {" == ", " != ", " < ", " > ", " <= ", " >= "};
  const uint32_t kind = dice(here, KINDS);
  say_field(here, text, kind);
  if (dice(here, 3) == 0) return;
  say(text, tests[dice(here, kind == 1 || kind == 2 ? 6 : 2)]);
  say_operand(here, text, kind);
}

static void say_condition(world *here, random_text *text) {
  const char *joined = dice(here, 2) ? " and " : " or ";
  say_comparison(here, text);
  for (uint32_t i = dice(here, 3); i > 0; --i) {
    say(text, joined);
    say_comparison(here, text);
  }
}

static void say_body(world *here, random_text *text, uint32_t depth);

static void say_if(world *here, random_text *text, uint32_t depth) {
  say(text, "{% if ");
  say_condition(here, text);
  say(text, " %}");
  say_body(here, text, depth);
  if (dice(here, 3) == 0) {
    say(text, "{% elsif ");
    say_condition(here, text);
    say(text, " %}");
    say_body(here, text, depth);
  }
  if (dice(here, 2)) {
    say(text, "{% else %}");
    say_body(here, text, depth);
  }
  say(text, "{% endif %}");
}

static void say_body(world *here, random_text *text, uint32_t depth) {
  static const char *const words[] = {"a", "b ", "\nc"};
  say(text, words[dice(here, 3)]);
  for (uint32_t i = dice(here, 3); i > 0; --i) {
    if (depth > 0 && dice(here, 2))
      say_if(here, text, depth - 1);
    else
      say_output(here, text);
  }
}

/* ---- the property ------------------------------------------------------------------------- */

/* What a patient gets. */
typedef struct answer {
  wb_error error;
  char text[2048];
  size_t length;
  wb_status status;
} answer;

static void ask(const world *here, const wb_template *compiled, uint64_t row, answer *got) {
  const wb_moment moment = {.size = sizeof moment, .now = 1769760000};
  *got = (answer){.length = 0};
  got->status = wb_template_render(compiled, here->facts, row, &moment, got->text, sizeof got->text,
                                   &got->length, &got->error);
}

/* Whether the twins of some pair get something different. */
static bool interferes(const world *here, const wb_template *compiled) {
  static answer one, two;
  for (uint64_t pair = 0; pair < PAIRS; ++pair) {
    ask(here, compiled, 2 * pair, &one);
    ask(here, compiled, 2 * pair + 1, &two);
    if (memcmp(&one, &two, sizeof one) != 0) return true;
  }
  return false;
}

/* The classes of the read-set. */
static uint32_t classes_read(const world *here, const wb_template *compiled) {
  uint32_t classes = 0, field = 0;
  for (uint32_t i = 0; wb_template_get(compiled, i, &field) == WB_OK; ++i)
    classes |= 1u << wbi_schema_field(here->schema, field)->class_;
  return classes;
}

/* Counts of a run over random templates. */
typedef struct tally {
  uint64_t accepted, interfering, outside;
} tally;

static tally run(world *here, wb_policy *policy, uint64_t rounds) {
  static random_text text;
  tally counts = {0};
  for (uint64_t i = 0; i < rounds; ++i) {
    wb_template *compiled = NULL;
    wb_error error;
    text.length = 0;
    say_body(here, &text, 2);
    const wb_template_options options = {.size = sizeof options, .channel = "sms"};
    const wb_status status = wb_template_new(NULL, here->schema, policy, &options, text.data,
                                             text.length, &compiled, &error);
    if (status != WB_OK && status != WB_E_POLICY) {
      print_error("%s\n%s\n", error.message, text.data);
      fail();
    }
    if (status != WB_OK) continue;
    counts.accepted++;
    counts.interfering += interferes(here, compiled);
    counts.outside += (classes_read(here, compiled) & ~sms_read) != 0;
    wb_template_unref(compiled);
  }
  return counts;
}

static void no_accepted_template_interferes(void **state) {
  world *here = *state;
  const uint64_t rounds = effort(30000);
  const tally counts = run(here, here->strict, rounds);
  assert_true(counts.accepted > rounds / 4);
  assert_true(counts.accepted < rounds);
  assert_int_equal(counts.interfering, 0);
  assert_int_equal(counts.outside, 0);
}

static void a_broken_checker_is_caught(void **state) {
  world *here = *state;
  const tally counts = run(here, here->broken, 3000);
  assert_int_equal(counts.accepted, 3000);
  assert_true(counts.interfering > 100);
  assert_true(counts.outside >= counts.interfering);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_accepted_template_interferes),
      cmocka_unit_test(a_broken_checker_is_caught),
  };
  return cmocka_run_group_tests(tests, make_world, drop_world);
}
