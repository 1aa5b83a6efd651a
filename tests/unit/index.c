/* SPDX-License-Identifier: MIT */
/* Keys and ids whose hashes agree: they are told apart, and have an order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "support/committed.h"

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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(keys_that_hash_alike_are_told_apart),
      cmocka_unit_test(ids_that_hash_alike_are_told_apart),
      cmocka_unit_test(who_hashes_alike_wakes_in_the_order_of_keys),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
