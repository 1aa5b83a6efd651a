/* SPDX-License-Identifier: MIT */
/* Keys and ids whose hashes agree: they are told apart, and have an order; what room costs; and
   that no byte is left of a key that was replaced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/committed.h"
#include "support/fault.h"

/* Keys that hash alike in all 64 bits, and ids that do in the half that counts. */
#define ONE WBI_TEXT("charts-h12345678")
#define TWO WBI_TEXT("charts-t12385674")
static const wbi_bytes16 one_id = {{0}};
static const wbi_bytes16 two_id = {{0x15, 0x7c, 0x4a, 0x7f, 0xb9, 0x79, 0x37, 0x9e, 1}};

static void keys_that_hash_alike_are_told_apart(void **unused) {
  (void)unused;
  wbi_keys keys;
  assert_true(wbi_hash_bytes(ONE.data, ONE.length) == wbi_hash_bytes(TWO.data, TWO.length));
  wbi_keys_init(&keys, NULL);
  assert_int_equal(wbi_keys_reserve(&keys, 2, ONE.length + TWO.length), WB_OK);
  assert_int_equal(wbi_keys_add(&keys, ONE), 0);
  assert_int_equal(wbi_keys_find(&keys, TWO), WBI_NONE);
  assert_int_equal(wbi_keys_add(&keys, TWO), 1);
  assert_int_equal(wbi_keys_find(&keys, ONE), 0);
  assert_int_equal(wbi_keys_find(&keys, TWO), 1);
  wbi_keys_free(&keys);
}

static void ids_that_hash_alike_are_told_apart(void **unused) {
  (void)unused;
  wbi_table table;
  wbi_table_init(&table, NULL, sizeof(wbi_seen));
  wbi_table_fetch(&table, &one_id); /* there is nothing to ask for */
  assert_int_equal(wbi_table_find(&table, &one_id), WBI_NONE);
  assert_int_equal(wbi_table_reserve(&table, 2), WB_OK);
  assert_int_equal(wbi_table_add(&table, &one_id), 0);
  assert_int_equal(table.index.slots[0].hash, 0); /* as of the second */
  assert_int_equal(wbi_table_find(&table, &two_id), WBI_NONE);
  assert_int_equal(wbi_table_add(&table, &two_id), 1);
  assert_int_equal(table.index.slots[1].hash, 0);
  assert_int_equal(wbi_table_find(&table, &one_id), 0);
  assert_int_equal(wbi_table_find(&table, &two_id), 1);
  wbi_table_free(&table);
}

/* Of two who wake at once and hash alike the lesser key comes first, whoever entered first. */
static void who_hashes_alike_wakes_in_the_order_of_keys(void **unused) {
  (void)unused;
  for (int turned = 0; turned < 2; turned++) {
    machine m;
    wbi_looked looked[2];
    machine_open(&m);
    for (int i = 0; i < 2; i++)
      machine_apply(&m, 10,
                    (wbi_effect){.kind = WBI_EFFECT_ENROLL,
                                 .patient = i == turned ? ONE : TWO,
                                 .location = WBI_TEXT("1"),
                                 .number = 1,
                                 .wake = 100,
                                 .day = WB_DATE_NONE});
    assert_int_equal(wbi_wake_take(&m.state, 100, looked, 2), 2);
    assert_int_equal(looked[0].enrollment, turned);
    assert_int_equal(looked[1].enrollment, !turned);
    machine_close(&m);
  }
}

enum { MANY = 1000 };

/* How many slots of an index have the hash of another one. */
static int alike(const wbi_index *index) {
  int count = 0;
  for (size_t i = 0; i < index->capacity; i++) {
    for (size_t k = 0; k < i; k++)
      count += index->slots[i].number != 0 && index->slots[k].number != 0 &&
               index->slots[i].hash == index->slots[k].hash;
  }
  return count;
}

static void keys_and_ids_that_count_up_hash_differently(void **unused) {
  (void)unused;
  wbi_keys keys;
  wbi_table table;
  wbi_keys_init(&keys, NULL);
  wbi_table_init(&table, NULL, sizeof(wbi_seen));
  assert_int_equal(wbi_keys_reserve(&keys, MANY, MANY * 8), WB_OK);
  assert_int_equal(wbi_table_reserve(&table, MANY), WB_OK);
  for (int i = 0; i < MANY; i++) {
    char key[8];
    const wbi_bytes16 id = {{(uint8_t)i, (uint8_t)(i >> 8)}};
    snprintf(key, sizeof key, "%d", i);
    assert_int_equal(wbi_keys_add(&keys, wbi_text_of(key)), i);
    assert_int_equal(wbi_table_add(&table, &id), i);
  }
  assert_true(alike(&keys.index) < 3);
  assert_true(alike(&table.index) < 3);
  wbi_keys_free(&keys);
  wbi_table_free(&table);
}

/* Room that is there costs nothing, nor does room for nothing. */
static void room_is_made_once(void **unused) {
  (void)unused;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  wbi_keys keys;
  wbi_table table;
  wbi_keys_init(&keys, context);
  wbi_table_init(&table, context, sizeof(wbi_seen));
  const uint64_t begun = memory.plan.calls;
  assert_int_equal(wbi_keys_reserve(&keys, 0, 0), WB_OK);
  assert_true(memory.plan.calls == begun);
  assert_int_equal(wbi_keys_reserve(&keys, MANY, MANY), WB_OK);
  assert_int_equal(wbi_table_reserve(&table, MANY), WB_OK);
  const uint64_t calls = memory.plan.calls;
  const size_t capacity = keys.index.capacity;
  assert_int_equal(wbi_keys_reserve(&keys, MANY, MANY), WB_OK);
  assert_int_equal(wbi_keys_reserve(&keys, 1, 1), WB_OK);
  assert_int_equal(wbi_table_reserve(&table, MANY), WB_OK);
  assert_true(memory.plan.calls == calls);
  assert_int_equal(keys.index.capacity, capacity);
  wbi_keys_free(&keys);
  wbi_table_free(&table);
  wb_context_unref(context);
}

/* Bytes, spans and slots of keys; items and slots of a table. */
static void what_there_is_no_memory_for_is_not_reserved(void **unused) {
  (void)unused;
  for (uint64_t at = 1; at <= 4; at++) {
    fault_memory memory = {0};
    wb_context *context = fault_context(&memory);
    wbi_keys keys;
    wbi_table table;
    wbi_keys_init(&keys, context);
    wbi_table_init(&table, context, sizeof(wbi_seen));
    fault_arm(&memory.plan, FAULT_ONCE, at);
    assert_int_equal(wbi_keys_reserve(&keys, 1, 1), at <= 3 ? WB_E_NOMEM : WB_OK);
    fault_arm(&memory.plan, FAULT_ONCE, at);
    assert_int_equal(wbi_table_reserve(&table, 1), at <= 2 ? WB_E_NOMEM : WB_OK);
    fault_arm(&memory.plan, FAULT_NEVER, 0);
    wbi_keys_free(&keys);
    wbi_table_free(&table);
    wb_context_unref(context);
    assert_int_equal(memory.live, 0);
  }
}

/* Whoever is forgotten was a key. */
static void no_byte_is_left_of_a_key_that_was_replaced(void **unused) {
  (void)unused;
  wbi_keys keys;
  wbi_keys_init(&keys, NULL);
  assert_int_equal(wbi_keys_reserve(&keys, 3, 64), WB_OK);
  wbi_keys_add(&keys, WBI_TEXT("before"));
  wbi_keys_add(&keys, WBI_TEXT("secret"));
  wbi_keys_add(&keys, WBI_TEXT("behind"));
  wbi_keys_replace(&keys, 1, WBI_TEXT("other"));
  static const char left[] = "before\0\0\0\0\0\0\0\0behind\0other";
  assert_int_equal(keys.bytes.count, sizeof left);
  assert_memory_equal(keys.bytes.data, left, sizeof left);
  assert_int_equal(wbi_keys_find(&keys, WBI_TEXT("secret")), WBI_NONE);
  assert_int_equal(wbi_keys_find(&keys, WBI_TEXT("other")), 1);
  assert_int_equal(wbi_keys_find(&keys, WBI_TEXT("behind")), 2);
  wbi_keys_free(&keys);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(keys_that_hash_alike_are_told_apart),
      cmocka_unit_test(ids_that_hash_alike_are_told_apart),
      cmocka_unit_test(who_hashes_alike_wakes_in_the_order_of_keys),
      cmocka_unit_test(keys_and_ids_that_count_up_hash_differently),
      cmocka_unit_test(room_is_made_once),
      cmocka_unit_test(what_there_is_no_memory_for_is_not_reserved),
      cmocka_unit_test(no_byte_is_left_of_a_key_that_was_replaced),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
