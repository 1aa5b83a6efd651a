/* SPDX-License-Identifier: MIT */
/* Facts that are read where they lie: columns that can be read so but for one cell, lists without
   elements, keys that look alike, tables that are taken out again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "facts/facts_private.h"
#include "support/asked.h"
#include "support/hosted.h"
#include "support/tables.h"
#include "support/times.h"

#define TABLES (const char *const[][2])
#define NO_MORE                                                                                    \
  { NULL, NULL }

/* Patients "a" and "b" of a host with fields of its own. */
typedef struct people {
  hosted host;
  arrays_node table, key, status;
} people;

static void people_open(people *p, const wb_field *fields, uint32_t count) {
  static const int32_t ends[] = {0, 1, 2};
  hosted_open(&p->host, NULL, fields, count);
  arrays_table(&p->table, 2, 0);
  arrays_leaf(&p->key, "u", "patient", 2, 0);
  arrays_buffer(&p->key, 1, ends, sizeof ends);
  arrays_buffer(&p->key, 2, "ab", 2);
  arrays_leaf(&p->status, "n", "status", 2, 0);
  arrays_child(&p->table, &p->key);
  arrays_child(&p->table, &p->status);
}

/* With one column, of a field of a type, of which the buffers are to be set. */
static void people_open_x(people *p, arrays_node *x, int32_t type, const char *format) {
  const wb_field field = hosted_field("host.x", type, 0);
  people_open(p, &field, 1);
  arrays_leaf(x, format, "host.x", 2, 0);
  arrays_child(&p->table, x);
}

/* The facts give schema and table back. */
static void people_close(people *p) {
  hosted_close(&p->host);
  assert_int_equal(arrays_end(), 2);
}

static wb_status get(people *p, uint64_t row, const char *name, wb_value *value) {
  return hosted_read(&p->host, row, name, value);
}

static wb_status get_item(people *p, uint64_t row, const char *name, uint32_t index,
                          wb_value *value) {
  return hosted_read_item(&p->host, row, name, index, value);
}

/* A list host.l of records with one member, of which the buffers are to be set. */
typedef struct records {
  arrays_node list, record, member;
} records;

static void records_make(records *r, const int32_t ends[3], const char *format, const char *name) {
  arrays_leaf(&r->list, "+l", "host.l", 2, 0);
  arrays_buffer(&r->list, 1, ends, 3 * sizeof *ends);
  arrays_leaf(&r->record, "+s", "item", ends[2], 0);
  arrays_leaf(&r->member, format, name, ends[2], 0);
  arrays_child(&r->record, &r->member);
  arrays_child(&r->list, &r->record);
}

/* ---- one cell in a column ----------------------------------------------------------------------
 */

static void one_day_that_is_none_spoils_its_row_alone(void **state) {
  static const int32_t days[][2] = {{WB_DATE_MAX + 1, 7}, {WB_DATE_MIN - 1, 7}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(days); ++i) {
    people p;
    arrays_node x;
    wb_value value;
    people_open_x(&p, &x, WB_DATE, "tdD");
    arrays_buffer(&x, 1, days[i], sizeof days[i]);
    hosted_add(&p.host, &p.table);
    assert_int_equal(get(&p, 0, "host.x", &value), WB_E_RANGE);
    assert_int_equal(get(&p, 1, "host.x", &value), WB_OK);
    assert_int_equal(value.integer, 7);
    people_close(&p);
  }
}

/* More words than are looked at beforehand. */
static void very_many_words_are_read_one_by_one(void **state) {
  enum { WORDS = 65537 };
  static int32_t places[WORDS + 1];
  static char bytes[WORDS];
  people p;
  arrays_node x, words;
  wb_value value;
  (void)state;
  for (int32_t i = 0; i < WORDS; ++i) {
    places[i + 1] = i + 1;
    bytes[i] = (char)('a' + i % 26);
  }
  people_open_x(&p, &x, WB_TEXT, "i");
  arrays_leaf(&words, "u", "", WORDS, 0);
  arrays_buffer(&words, 1, places, sizeof places);
  arrays_buffer(&words, 2, bytes, sizeof bytes);
  arrays_buffer(&x, 1, (const int32_t[]){WORDS - 1, 1}, 8);
  arrays_words(&x, &words);
  hosted_add(&p.host, &p.table);
  assert_int_equal(get(&p, 0, "host.x", &value), WB_OK);
  assert_int_equal(value.length, 1);
  assert_int_equal(value.data[0], 'a' + (WORDS - 1) % 26);
  assert_int_equal(get(&p, 1, "host.x", &value), WB_OK);
  assert_int_equal(value.data[0], 'b');
  people_close(&p);
}

/* Nobody looks at four gigabytes to see whether they are ASCII. */
static void texts_that_are_too_long_are_not_looked_at(void **state) {
  static const int64_t ends[] = {0, (int64_t)UINT32_MAX + 1, (int64_t)UINT32_MAX + 1};
  people p;
  arrays_node x;
  wb_value value;
  (void)state;
  if (sizeof(size_t) < sizeof(int64_t)) return; /* there no array is so long */
  people_open_x(&p, &x, WB_TEXT, "U");
  arrays_buffer(&x, 1, ends, sizeof ends);
  arrays_buffer(&x, 2, "x", 1);
  hosted_add(&p.host, &p.table);
  assert_int_equal(get(&p, 0, "host.x", &value), WB_E_TYPE);
  assert_int_equal(get(&p, 1, "host.x", &value), WB_OK);
  assert_int_equal(value.kind, WB_UNKNOWN);
  people_close(&p);
}

/* Such codes say nothing. */
static void codes_that_are_too_long_are_none(void **state) {
  static const int64_t ends[] = {0, (int64_t)UINT32_MAX + 1};
  arrays_node table, code, standard;
  (void)state;
  if (sizeof(size_t) < sizeof(int64_t)) return; /* there no array is so long */
  wb_facts *facts = asked_of(TABLES{{"patients", "patient:u|status:u\na|active\n"},
                                    {"procedures", "patient:u|code:u|status:u\na|D2740|planned\n"},
                                    NO_MORE});
  arrays_table(&table, 1, 0);
  arrays_leaf(&code, "U", "code", 1, 0);
  arrays_buffer(&code, 1, ends, sizeof ends);
  arrays_buffer(&code, 2, "D", 1);
  arrays_leaf(&standard, "u", "standard", 1, 0);
  arrays_buffer(&standard, 1, (const int32_t[]){0, 5}, 8);
  arrays_buffer(&standard, 2, "D1110", 5);
  arrays_child(&table, &code);
  arrays_child(&table, &standard);
  assert_int_equal(wb_facts_add(facts, "codes", &table.schema, &table.array, NULL), WB_OK);
  asked_items(facts, 0, "treatments.code treatments.group", "D2740 crown");
  wb_facts_free(facts);
  assert_int_equal(arrays_end(), 2);
}

static void a_column_of_nulls_has_no_texts(void **state) {
  people p;
  arrays_node x;
  wb_value value;
  (void)state;
  people_open_x(&p, &x, WB_TEXT, "n");
  hosted_add(&p.host, &p.table);
  assert_int_equal(get(&p, 1, "host.x", &value), WB_OK);
  assert_int_equal(value.kind, WB_UNKNOWN);
  people_close(&p);
  wb_facts *facts =
      asked_of(TABLES{{"patients", "patient:u|status:u|first_name:n\na|active|\n"}, NO_MORE});
  asked_field(facts, 0, "patient.first_name", "unknown");
  asked_field(facts, 0, "patient.first_name", "unknown");
  wb_facts_free(facts);
}

/* ---- lists -------------------------------------------------------------------------------------
 */

/* Elements that are texts, and records of texts: none in all, with buffers or without. */
static void lists_without_elements_have_none(void **state) {
  const wb_field fields[] = {hosted_field("host.t", WB_LIST, WB_TEXT),
                             hosted_field("host.l", WB_LIST, WB_RECORD),
                             hosted_field("host.l.name", WB_TEXT, 0)};
  static const int32_t zeros[] = {0, 0, 0};
  (void)state;
  for (int bare = 0; bare < 2; ++bare) {
    people p;
    records r;
    arrays_node texts, text;
    wb_value value;
    people_open(&p, fields, WBI_COUNT(fields));
    arrays_leaf(&texts, "+l", "host.t", 2, 0);
    arrays_buffer(&texts, 1, zeros, sizeof zeros);
    arrays_leaf(&text, "u", "item", 0, 0);
    arrays_child(&texts, &text);
    records_make(&r, zeros, "u", "name");
    if (!bare) arrays_buffer(&text, 1, zeros, sizeof *zeros);
    if (!bare) arrays_buffer(&r.member, 1, zeros, sizeof *zeros);
    arrays_child(&p.table, &texts);
    arrays_child(&p.table, &r.list);
    hosted_add(&p.host, &p.table);
    assert_int_equal(get(&p, 0, "host.t", &value), WB_OK);
    assert_int_equal(value.integer, 0);
    assert_int_equal(get_item(&p, 0, "host.t", 0, &value), WB_E_NAME);
    assert_int_equal(get_item(&p, 1, "host.l.name", 0, &value), WB_E_NAME);
    people_close(&p);
  }
}

static void elements_are_read_of_rows_and_lists_that_are_there(void **state) {
  const wb_field fields[] = {hosted_field("host.l", WB_LIST, WB_RECORD),
                             hosted_field("host.l.n", WB_INT, 0)};
  people p;
  records r;
  wb_value value;
  (void)state;
  people_open(&p, fields, WBI_COUNT(fields));
  records_make(&r, (const int32_t[]){0, 2, 2}, "l", "n");
  arrays_buffer(&r.list, 0, (const uint8_t[]){1}, 1);
  arrays_buffer(&r.member, 1, (const int64_t[]){5, 6}, 16);
  arrays_child(&p.table, &r.list);
  hosted_add(&p.host, &p.table);
  for (int round = 0; round < 2; ++round) { /* once to look, once to read */
    assert_int_equal(get_item(&p, 0, "host.l.n", 1, &value), WB_OK);
    assert_int_equal(value.integer, 6);
    assert_int_equal(get_item(&p, 0, "host.l.n", 2, &value), WB_E_NAME);
    assert_int_equal(get_item(&p, 1, "host.l.n", 0, &value), WB_E_NAME);
    assert_int_equal(get_item(&p, 2, "host.l.n", 0, &value), WB_E_NAME);
    assert_int_equal(get(&p, 0, "host.l.n", &value), WB_E_TYPE);
  }
  p.host.moment.now = INT64_MAX;
  assert_int_equal(get_item(&p, 0, "host.l.n", 0, &value), WB_E_RANGE);
  people_close(&p);
}

static void elements_of_nulls_have_no_texts(void **state) {
  const wb_field fields[] = {hosted_field("host.l", WB_LIST, WB_RECORD),
                             hosted_field("host.l.name", WB_TEXT, 0)};
  people p;
  records r;
  wb_value value;
  (void)state;
  people_open(&p, fields, WBI_COUNT(fields));
  records_make(&r, (const int32_t[]){0, 1, 3}, "n", "name");
  arrays_child(&p.table, &r.list);
  hosted_add(&p.host, &p.table);
  for (int round = 0; round < 2; ++round) {
    assert_int_equal(get_item(&p, 1, "host.l.name", 1, &value), WB_OK);
    assert_int_equal(value.kind, WB_UNKNOWN);
    assert_int_equal(get_item(&p, 1, "host.l.name", 2, &value), WB_E_NAME);
  }
  people_close(&p);
}

/* A list of no more than one, whose elements must say their number. */
static void elements_that_cannot_be_are_told_where_they_lie(void **state) {
  wb_field fields[] = {hosted_field("host.l", WB_LIST, WB_RECORD),
                       hosted_field("host.l.n", WB_INT, 0)};
  people p;
  records r;
  wb_value value;
  (void)state;
  fields[0].most = 1;
  fields[1].presence = WB_REQUIRED;
  people_open(&p, fields, WBI_COUNT(fields));
  records_make(&r, (const int32_t[]){0, 1, 3}, "l", "n");
  arrays_buffer(&r.member, 0, (const uint8_t[]){6}, 1);
  arrays_buffer(&r.member, 1, (const int64_t[]){5, 6, 7}, 24);
  arrays_child(&p.table, &r.list);
  hosted_add(&p.host, &p.table);
  for (int round = 0; round < 2; ++round) {
    assert_int_equal(get_item(&p, 0, "host.l.n", 0, &value), WB_E_TYPE);
    assert_int_equal(get_item(&p, 1, "host.l.n", 0, &value), WB_E_LIMIT);
  }
  people_close(&p);
}

/* A host's field of elements that are derived from a table says nothing. */
static void a_hosts_field_of_elements_that_are_a_tables_is_unknown(void **state) {
  const wb_field field = hosted_field("procedures.note", WB_TEXT, 0);
  hosted host;
  wb_value value;
  (void)state;
  hosted_open(&host, NULL, &field, 1);
  wb_zone *zone = zone_of("UTC");
  host.moment.zone = zone;
  assert_int_equal(table_add(host.facts, "patients", "patient:u|status:u\na|active\n", NULL),
                   WB_OK);
  assert_int_equal(
      table_add(host.facts, "procedures", "patient:u|code:u|status:u\na|D2740|planned\n", NULL),
      WB_OK);
  assert_int_equal(hosted_read_item(&host, 0, "procedures.note", 0, &value), WB_OK);
  assert_int_equal(value.kind, WB_UNKNOWN);
  hosted_close(&host);
  wb_zone_unref(zone);
}

/* ---- tables ------------------------------------------------------------------------------------
 */

/* The halves by which keys are told apart at first sight are the same. */
static void keys_that_look_alike_are_two(void **state) {
  (void)state;
  wb_facts *facts = asked_of(TABLES{{"patients", "patient:u|status:u|first_name:u\n"
                                                 "k1695058|active|Ana\nk2283777|inactive|Ben\n"},
                                    NO_MORE});
  for (uint64_t wanted = 0; wanted < 2; ++wanted) {
    static const char *const keys[] = {"k1695058", "k2283777"};
    uint64_t row = 9;
    assert_int_equal(wb_facts_find(facts, keys[wanted], 8, &row), WB_OK);
    assert_int_equal(row, wanted);
  }
  const uint64_t hashes[] = {wbi_hash_bytes("k1695058", 8), wbi_hash_bytes("k2283777", 8)};
  assert_int_equal(hashes[0] >> 32, hashes[1] >> 32);
  assert_int_equal(hashes[0] % 16, hashes[1] % 16);
  wb_facts_free(facts);
}

static void a_zone_that_is_none_is_told_of_today(void **state) {
  (void)state;
  wb_facts *facts = asked_of(TABLES{{"locations", "location:u|zone:u\n1|Nowhere/At_All\n"},
                                    {"patients", "patient:u|status:u\na|active\n"},
                                    NO_MORE});
  asked_fails(facts, 0, "today", WB_E_TYPE, "locations.zone");
  asked_field(facts, 0, "patient.status", "active");
  asked_fails(facts, 0, "today", WB_E_TYPE, "locations.zone");
  wb_facts_free(facts);
}

static void tables_are_taken_out_and_put_in_again(void **state) {
  (void)state;
  wb_facts *facts = asked_of(TABLES{{"locations", "location:u|zone:u\n1|Asia/Tokyo\n"},
                                    {"codes", "code:u|standard:u\nCROWN|D2740\n"},
                                    {"patients", "patient:u|status:u\na|active\n"},
                                    {"procedures", "patient:u|code:u|status:u\na|CROWN|planned\n"},
                                    NO_MORE});
  asked_at(facts, 0, "today", "2026-01-30T20:00:00Z", "2026-01-31");
  asked_items(facts, 0, "treatments.group", "crown");
  assert_int_equal(wb_facts_renew(facts, 7, "recalls", NULL), WB_OK);
  asked_items(facts, 0, "treatments.group", "crown");
  assert_int_equal(wb_facts_renew(facts, 7, "locations", NULL), WB_OK);
  assert_int_equal(table_add(facts, "locations", "location:u|zone:u\n", NULL), WB_OK);
  asked_at(facts, 0, "today", "2026-01-30T20:00:00Z", "2026-01-30");
  assert_true(wbi_facts_enter(facts));
  assert_int_equal(wb_facts_renew(facts, 8, NULL, NULL), WB_E_BUSY);
  assert_int_equal(wb_facts_renew(facts, 8, "patients", NULL), WB_E_BUSY);
  assert_int_equal(wbi_facts_as_of(facts), 7);
  wbi_facts_leave(facts);
  assert_int_equal(wb_facts_renew(facts, 8, NULL, NULL), WB_OK);
  assert_int_equal(wbi_facts_as_of(facts), 8);
  wb_facts_free(facts);
}

static void who_has_no_patient_cannot_be_restricted(void **state) {
  (void)state;
  wb_facts *facts = asked_of(TABLES{
      {"patients", "patient:u|status:u\na|active\n"},
      {"procedures", "patient:u|code:u|status:u|restricted:b\n"
                     "z|D2740|planned|1\na|D2740|planned|1\na|D2750|planned|0\na|D2391|planned|\n"},
      NO_MORE});
  asked_items(facts, 0, "procedures.code", "D2750; D2391");
  assert_int_equal(wb_facts_orphans(facts), 1);
  wb_facts_free(facts);
}

/* ---- cells and names ---------------------------------------------------------------------------
 */

static void a_cell_is_read_as_what_it_is_alone(void **state) {
  static const int32_t kinds[] = {WBI_CELLS_NONE, WBI_CELLS_NULL, WBI_CELLS_TEXT, WBI_CELLS_LIST,
                                  WBI_CELLS_DECIMAL};
  int64_t integer = 7;
  double real = 7;
  uint64_t halves[2] = {7, 7};
  uint32_t first = 7;
  uint64_t count = 7;
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(kinds); ++i) {
    const wbi_column column = {.cells = kinds[i]};
    if (kinds[i] != WBI_CELLS_TEXT) assert_false(wbi_column_int(&column, 0, &integer));
    assert_false(wbi_column_real(&column, 0, &real));
    if (kinds[i] != WBI_CELLS_DECIMAL) assert_false(wbi_column_decimal(&column, 0, halves));
    if (kinds[i] != WBI_CELLS_LIST) assert_false(wbi_column_range(&column, 0, &first, &count));
  }
  assert_int_equal(integer, 7);
  assert_int_equal(halves[0] + halves[1] + first + count, 28);
}

static void whole_numbers_are_real_ones_where_those_are_wanted(void **state) {
  people p;
  arrays_node x;
  wb_value value;
  (void)state;
  people_open_x(&p, &x, WB_DOUBLE, "l");
  arrays_buffer(&x, 1, (const int64_t[]){-5, 5}, 16);
  hosted_add(&p.host, &p.table);
  assert_int_equal(get(&p, 0, "host.x", &value), WB_OK);
  assert_true(value.real == -5);
  assert_int_equal(get(&p, 1, "host.x", &value), WB_OK);
  assert_true(value.real == 5);
  people_close(&p);
}

static void names_are_of_few_letters(void **state) {
  static const char *const names[] = {
      "host.{", "host.a!", "host.a:", "host.A", "host.1", "host.a{b"};
  wb_schema *schema = NULL;
  wb_field good = hosted_field("host._a1.b", WB_INT, 0);
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(names); ++i) {
    const wb_field field = hosted_field(names[i], WB_INT, 0);
    assert_int_equal(wb_schema_new(NULL, &field, 1, &schema, NULL), WB_E_NAME);
  }
  assert_int_equal(wb_schema_new(NULL, &good, 1, &schema, NULL), WB_OK);
  assert_int_equal(wb_schema_find(schema, "host._a1.b", 10, NULL), WB_OK);
  assert_int_equal(wb_schema_find(schema, "host.b", 6, NULL), WB_E_NAME);
  wb_schema_unref(schema);
}

static void a_word_is_looked_for_among_the_first_of_very_many(void **state) {
  (void)state;
  char domain[400] = "";
  for (int i = 0; i < 40; ++i) {
    const char word[] = {(char)('a' + i % 26), (char)('a' + i / 26), 'w', 'o', 'r', 'd', '|', '\0'};
    strcat(domain, word);
  }
  strcat(domain, "last_of_all");
  assert_true(wbi_domain_has(wbi_text_of(domain), WBI_TEXT("last_of_all")));
  const wbi_text near = wbi_domain_nearest(wbi_text_of(domain), WBI_TEXT("baword1"));
  assert_true(wbi_text_equal(near, WBI_TEXT("baword")));
  assert_int_equal(wbi_domain_nearest(wbi_text_of(domain), WBI_TEXT("last_of_alll")).length, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_day_that_is_none_spoils_its_row_alone),
      cmocka_unit_test(very_many_words_are_read_one_by_one),
      cmocka_unit_test(texts_that_are_too_long_are_not_looked_at),
      cmocka_unit_test(codes_that_are_too_long_are_none),
      cmocka_unit_test(a_column_of_nulls_has_no_texts),
      cmocka_unit_test(lists_without_elements_have_none),
      cmocka_unit_test(elements_are_read_of_rows_and_lists_that_are_there),
      cmocka_unit_test(elements_of_nulls_have_no_texts),
      cmocka_unit_test(elements_that_cannot_be_are_told_where_they_lie),
      cmocka_unit_test(a_hosts_field_of_elements_that_are_a_tables_is_unknown),
      cmocka_unit_test(keys_that_look_alike_are_two),
      cmocka_unit_test(a_zone_that_is_none_is_told_of_today),
      cmocka_unit_test(tables_are_taken_out_and_put_in_again),
      cmocka_unit_test(who_has_no_patient_cannot_be_restricted),
      cmocka_unit_test(a_cell_is_read_as_what_it_is_alone),
      cmocka_unit_test(whole_numbers_are_real_ones_where_those_are_wanted),
      cmocka_unit_test(names_are_of_few_letters),
      cmocka_unit_test(a_word_is_looked_for_among_the_first_of_very_many),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
