/* SPDX-License-Identifier: MIT */
/* Facts in too little memory, and getters that fail: a field is read or the reason is told, and the
   next time it is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "facts/facts_private.h"
#include "support/fault.h"
#include "support/hosted.h"
#include "support/mirror.h"
#include "support/streams.h"
#include "support/tables.h"
#include "support/times.h"

#define NOW ((wb_time)1769785200) /* 2026-01-30T15:00:00Z */

/* ---- a getter ----------------------------------------------------------------------------------
 */

/* A practice, and a getter of it. */
typedef struct scene {
  wb_schema *schema;
  wb_zone *zone;
  wb_facts *tables;
  wb_moment moment;
  mirror m;
} scene;

static void scene_open(scene *s) {
  static const char *const tables[][2] = {
      {"locations", "location:u|zone:u\n1|EST5EDT,M3.2.0,M11.1.0\n"},
      {"patients",
       "patient:u|status:u|first_name:u|location:u|household:u|birth_date:tdD|balance:l|"
       "host.real:g|host.bytes:z\n"
       "a|active|Anastasia Maria|1|h|1980-02-29|200|2.5|0123456789abcdef\n"
       "b|active|Ben|1|h|1981-02-28||7|b\n"},
      {"recalls", "patient:u|kind:u|disabled_balance:l\na|prophy|100\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD|tooth:u\n"
                     "a|D1110|completed|2025-01-10|\na|D2740|planned||30\na|D2750|planned||3\n"},
      {"appointments", "patient:u|status:u|start:tss:|asap:b\n"
                       "a|planned||1\na|scheduled|1769853600|0\na|completed|1736500000|\n"},
      {"coverages", "patient:u|coverage:u|period:u|maximum:l|verified:tdD\n"
                    "a|c|calendar|100000|2026-01-20\n"},
      {"claims", "patient:u|coverage:u|status:u|paid:l|date:tdD\na|c|received|1|2026-01-10\n"}};
  const wb_field fields[] = {hosted_field("host.real", WB_DOUBLE, 0),
                             hosted_field("host.bytes", WB_BYTES, 0)};
  const wb_facts_options options = {.size = sizeof options, .as_of = NOW};
  assert_int_equal(wb_schema_new(NULL, fields, 2, &s->schema, NULL), WB_OK);
  s->zone = zone_of("UTC");
  assert_int_equal(wb_facts_new(NULL, s->schema, &options, &s->tables, NULL), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(tables); ++i)
    assert_int_equal(table_add(s->tables, tables[i][0], tables[i][1], NULL), WB_OK);
  s->moment = (wb_moment){.size = sizeof s->moment, .now = NOW, .zone = s->zone};
  mirror_open(&s->m, NULL, s->tables, s->schema, &s->moment, NOW);
}

static void scene_close(scene *s) {
  mirror_close(&s->m);
  wb_facts_free(s->tables);
  wb_zone_unref(s->zone);
  wb_schema_unref(s->schema);
}

/* A field of the first patient; of one in a list that of the first element. */
static wb_status read(scene *s, const char *name, wb_value *value) {
  uint32_t field = 0;
  wb_field about = {.size = sizeof about};
  *value = (wb_value){.size = sizeof *value};
  assert_int_equal(wb_schema_find(s->schema, name, strlen(name), &field), WB_OK);
  assert_int_equal(wb_schema_get(s->schema, field, &about), WB_OK);
  if (about.list != 0 || (about.type == WB_LIST && about.element != WB_RECORD))
    return wb_facts_get_item(s->m.facts, 0, field, 0, &s->moment, value, NULL);
  return wb_facts_get(s->m.facts, 0, field, &s->moment, value, NULL);
}

static const struct {
  const char *name;
  int32_t kind;
} asked[] = {{"host.real", WB_DOUBLE},
             {"host.bytes", WB_BYTES},
             {"patient.first_name", WB_TEXT},
             {"patient.excluded", WB_TEXT},
             {"recare.due", WB_DATE},
             {"treatments", WB_LIST},
             {"treatments.code", WB_TEXT},
             {"procedures.code", WB_TEXT},
             {"household.members", WB_TEXT},
             {"benefit.remaining", WB_INT},
             {"appointments.start", WB_NULL},
             {"visit.next", WB_DATE},
             {"today", WB_DATE},
             {"unfinished", WB_LIST}};

/* Less room for what the getter says: until there is enough there is too little. */
static void what_a_getter_says_has_room_or_is_not_said(void **state) {
  (void)state;
  for (int raw = 0; raw < 2; ++raw) {
    for (size_t i = 0; i < WBI_COUNT(asked); ++i) {
      wb_status status = WB_E_NOMEM;
      for (size_t room = 48; status == WB_E_NOMEM; room += 16) {
        scene s;
        wb_value value;
        scene_open(&s);
        s.m.raw = raw;
        s.m.facts->source.arena.ceiling = room;
        status = read(&s, asked[i].name, &value);
        if (status == WB_OK) assert_int_equal(value.kind, asked[i].kind);
        s.m.facts->source.arena.ceiling = 0;
        assert_int_equal(read(&s, asked[i].name, &value), WB_OK);
        assert_int_equal(value.kind, asked[i].kind);
        scene_close(&s);
      }
      assert_int_equal(status, WB_OK);
    }
  }
}

static void a_getter_that_fails_is_told_of_each_field(void **state) {
  (void)state;
  for (int raw = 0; raw < 2; ++raw) {
    for (size_t i = 0; i < WBI_COUNT(asked); ++i) {
      scene s;
      scene_open(&s);
      s.m.raw = raw;
      s.m.answer = WB_E_STATE;
      for (uint64_t at = 1;; ++at) {
        wb_value value;
        fault_arm(&s.m.gets, FAULT_ONCE, at);
        const wb_status status = read(&s, asked[i].name, &value);
        const bool met = s.m.gets.hits > 0;
        fault_arm(&s.m.gets, FAULT_NEVER, 0);
        assert_int_equal(status, met ? WB_E_ABORTED : WB_OK);
        assert_int_equal(read(&s, asked[i].name, &value), WB_OK);
        assert_int_equal(value.kind, asked[i].kind);
        if (!met) break;
      }
      scene_close(&s);
    }
  }
}

static void a_zone_of_a_getter_is_kept_if_its_name_can_be(void **state) {
  (void)state;
  scene s;
  char name[129];
  wb_zone *zone = NULL, *again = NULL;
  memset(name, 'Z', sizeof name);
  scene_open(&s);
  assert_int_equal(wbi_source_zone(s.m.facts, (wbi_text){name, sizeof name}, &zone), WB_E_TYPE);
  assert_int_equal(wbi_source_zone(s.m.facts, (wbi_text){name, sizeof name - 1}, &zone), WB_E_NAME);
  assert_int_equal(wbi_source_zone(s.m.facts, WBI_TEXT("Asia/Tokyo"), &zone), WB_OK);
  assert_int_equal(wbi_source_zone(s.m.facts, WBI_TEXT("Asia/Tokyo"), &again), WB_OK);
  assert_ptr_equal(zone, again);
  scene_close(&s);
}

static void a_getter_needs_memory_to_begin(void **state) {
  (void)state;
  scene s;
  scene_open(&s);
  for (uint64_t at = 1;; ++at) {
    fault_memory memory = {.live = 0};
    wb_context *context = fault_context(&memory);
    const wb_source source = s.m.facts->source.host;
    const wb_facts_options options = {.size = sizeof options, .as_of = NOW, .source = &source};
    wb_facts *facts = NULL;
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status status = wb_facts_new(context, s.schema, &options, &facts, NULL);
    const bool met = memory.plan.hits > 0;
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    assert_int_equal(facts == NULL, met);
    wb_facts_free(facts);
    wb_context_unref(context);
    assert_int_equal(memory.live, 0);
    if (!met) break;
  }
  scene_close(&s);
}

static void no_key_is_asked_of_a_getter_that_none_can_have(void **state) {
  (void)state;
  scene s;
  char key[WBI_KEY_MOST + 1];
  uint64_t row = 7;
  memset(key, 'k', sizeof key);
  scene_open(&s);
  assert_int_equal(wb_facts_find(s.m.facts, "", 0, &row), WB_E_NAME);
  assert_int_equal(wb_facts_find(s.m.facts, key, sizeof key, &row), WB_E_NAME);
  assert_int_equal(s.m.rows.calls, 0);
  assert_int_equal(wb_facts_find(s.m.facts, "b", 1, &row), WB_OK);
  assert_int_equal(row, 1);
  scene_close(&s);
}

/* ---- columns -----------------------------------------------------------------------------------
 */

/* A batch of one patient with a list. */
typedef struct batch {
  arrays_node table, key, status, list, record, name;
} batch;

static void batch_make(batch *b) {
  arrays_table(&b->table, 1, 0);
  arrays_leaf(&b->key, "n", "patient", 1, 0);
  arrays_leaf(&b->status, "n", "status", 1, 0);
  arrays_leaf(&b->list, "+l", "host.l", 1, 0);
  arrays_buffer(&b->list, 1, (const int32_t[]){0, 1}, 8);
  arrays_leaf(&b->record, "+s", "item", 1, 0);
  arrays_leaf(&b->name, "u", "name", 1, 0);
  arrays_buffer(&b->name, 1, (const int32_t[]){0, 1}, 8);
  arrays_buffer(&b->name, 2, "x", 1);
  arrays_child(&b->record, &b->name);
  arrays_child(&b->list, &b->record);
  arrays_child(&b->table, &b->key);
  arrays_child(&b->table, &b->status);
  arrays_child(&b->table, &b->list);
}

/* So many batches that whatever there is for each of them needs a block of its own. */
static void lists_in_many_batches_have_room_or_the_table_stays_out(void **state) {
  enum { BATCHES = 3000 };
  const wb_field fields[] = {hosted_field("host.l", WB_LIST, WB_RECORD),
                             hosted_field("host.l.name", WB_TEXT, 0)};
  bool met = true;
  (void)state;
  for (uint64_t at = 1; met; ++at) {
    batch b;
    arrays_node *const one[] = {&b.table};
    streams_tables same = {.tables = one, .count = 1, .most = BATCHES};
    struct ArrowArrayStream stream;
    fault_memory memory = {.live = 0};
    wb_context *context = fault_context(&memory);
    hosted host;
    uint64_t count = 7;
    batch_make(&b);
    streams_by_hand(&same, &stream);
    hosted_open(&host, context, fields, WBI_COUNT(fields));
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status status = wb_facts_add_stream(host.facts, "patients", &stream, NULL);
    met = memory.plan.hits > 0;
    fault_arm(&memory.plan, FAULT_NEVER, 0);
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    assert_int_equal(wb_facts_count(host.facts, &count), WB_OK);
    assert_int_equal(count, met ? 0 : BATCHES);
    hosted_close(&host);
    wb_context_unref(context);
    assert_int_equal(memory.live, 0);
    assert_int_equal(arrays_end(), same.given + 1); /* the schema */
  }
}

static void a_word_that_there_was_no_room_to_look_at_is_read_the_next_time(void **state) {
  enum { WORDS = 3000 };
  static int32_t places[WORDS + 1];
  static char bytes[WORDS];
  const wb_field field = hosted_field("host.x", WB_TEXT, 0);
  bool met = true;
  (void)state;
  for (int32_t i = 0; i < WORDS; ++i) {
    places[i + 1] = i + 1;
    bytes[i] = (char)('a' + i % 26);
  }
  for (uint64_t at = 1; met; ++at) {
    arrays_node table, key, status, x, words;
    fault_memory memory = {.live = 0};
    wb_context *context = fault_context(&memory);
    hosted host;
    wb_value value;
    const int16_t last = WORDS - 1;
    hosted_open(&host, context, &field, 1);
    arrays_table(&table, 1, 0);
    arrays_leaf(&key, "u", "patient", 1, 0);
    arrays_buffer(&key, 1, (const int32_t[]){0, 1}, 8);
    arrays_buffer(&key, 2, "a", 1);
    arrays_leaf(&status, "n", "status", 1, 0);
    arrays_leaf(&words, "u", "", WORDS, 0);
    arrays_buffer(&words, 1, places, sizeof places);
    arrays_buffer(&words, 2, bytes, sizeof bytes);
    arrays_leaf(&x, "s", "host.x", 1, 0);
    arrays_buffer(&x, 1, &last, sizeof last);
    arrays_words(&x, &words);
    arrays_child(&table, &key);
    arrays_child(&table, &status);
    arrays_child(&table, &x);
    hosted_add(&host, &table);
    assert_int_equal(wb_facts_count(host.facts, &(uint64_t){0}), WB_OK);
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status first = hosted_read(&host, 0, "host.x", &value);
    met = memory.plan.hits > 0;
    fault_arm(&memory.plan, FAULT_NEVER, 0);
    assert_int_equal(first, met ? WB_E_NOMEM : WB_OK);
    assert_int_equal(hosted_read(&host, 0, "host.x", &value), WB_OK);
    assert_int_equal(value.data[0], 'a' + (WORDS - 1) % 26);
    hosted_close(&host);
    wb_context_unref(context);
    assert_int_equal(memory.live, 0);
    assert_int_equal(arrays_end(), 2);
  }
}

/* ---- names -------------------------------------------------------------------------------------
 */

/* Name, sentence and words each need a block of their own. */
static void what_is_said_of_a_field_has_room_or_there_is_no_schema(void **state) {
  enum { LONG = 100000 };
  char *name = malloc(LONG + 1), *about = malloc(LONG + 1), *domain = malloc(LONG + 1);
  (void)state;
  assert_true(name && about && domain);
  memset(name, 'n', LONG);
  memset(about, 'a', LONG);
  memset(domain, 'd', LONG);
  name[LONG] = about[LONG] = domain[LONG] = '\0';
  name[4] = '.';
  wb_field field = hosted_field(name, WB_TEXT, 0);
  field.about = about;
  field.domain = domain;
  for (uint64_t at = 1;; ++at) {
    fault_memory memory = {.live = 0};
    wb_context *context = fault_context(&memory);
    wb_schema *schema = NULL;
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status status = wb_schema_new(context, &field, 1, &schema, NULL);
    const bool met = memory.plan.hits > 0;
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    assert_int_equal(schema == NULL, met);
    wb_schema_unref(schema);
    wb_context_unref(context);
    assert_int_equal(memory.live, 0);
    if (!met) break;
  }
  free(name);
  free(about);
  free(domain);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_a_getter_says_has_room_or_is_not_said),
      cmocka_unit_test(a_getter_that_fails_is_told_of_each_field),
      cmocka_unit_test(a_zone_of_a_getter_is_kept_if_its_name_can_be),
      cmocka_unit_test(a_getter_needs_memory_to_begin),
      cmocka_unit_test(no_key_is_asked_of_a_getter_that_none_can_have),
      cmocka_unit_test(lists_in_many_batches_have_room_or_the_table_stays_out),
      cmocka_unit_test(a_word_that_there_was_no_room_to_look_at_is_read_the_next_time),
      cmocka_unit_test(what_is_said_of_a_field_has_room_or_there_is_no_schema),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
