/* SPDX-License-Identifier: MIT */
/* Draws: the hash, buckets that anybody can repeat (docs/campaigns.md has these), and that draws
   know nothing of each other, for keys that count up too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "outreach/outreach.h"

static void murmur_of_published_texts(void **state) {
  static const struct {
    const char *text;
    uint32_t hash;
  } rows[] = {
      {"", 0},
      {"test", 0xba6bd213},
      {"Hello, world!", 0xc0363e43},
      {"The quick brown fox jumps over the lazy dog", 0x2e4ff723},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++)
    assert_int_equal(wbi_murmur3(wbi_text_of(rows[i].text)), rows[i].hash);
}

/* The vectors of docs/campaigns.md. */
static void buckets_are_those_published(void **state) {
  static const struct {
    const char *salt, *draw, *unit;
    uint32_t bucket;
  } rows[] = {
      {"spring-recare", ":holdout", "1", 771},   {"spring-recare", ":holdout", "2", 4519},
      {"spring-recare", ":variants", "1", 1782}, {"spring-recare", ":variants", "2", 5957},
      {"autumn-recare", ":holdout", "1", 9024},  {"autumn-recare", ":variants", "H-17", 3004},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const uint32_t bucket = wbi_arm_bucket(wbi_text_of(rows[i].salt), wbi_text_of(rows[i].draw),
                                           wbi_text_of(rows[i].unit));
    assert_int_equal(bucket, rows[i].bucket);
  }
}

enum { PEOPLE = 200000 };

/* The bucket of a patient whose key counts up. */
static uint32_t bucket_of(const char *salt, const char *draw, int number) {
  char key[16];
  const int length = snprintf(key, sizeof key, "%d", number);
  return wbi_arm_bucket(wbi_text_of(salt), wbi_text_of(draw), (wbi_text){key, (size_t)length});
}

static void buckets_are_even(void **state) {
  int counts[100] = {0};
  (void)state;
  for (int i = 0; i < PEOPLE; i++) {
    const uint32_t bucket = bucket_of("a", ":holdout", i);
    assert_true(bucket < 10000);
    counts[bucket / 100]++;
  }
  int64_t chi = 0; /* of 99 degrees of freedom, times the expected count */
  for (int i = 0; i < 100; i++)
    chi += (int64_t)(counts[i] - PEOPLE / 100) * (counts[i] - PEOPLE / 100);
  assert_true(chi / (PEOPLE / 100) < 149); /* p = 0.001 */
}

static void draws_are_independent_for_keys_that_count_up(void **state) {
  static const char *const pairs[][4] = {{"a", ":holdout", "b", ":holdout"},
                                         {"campaign-1", ":holdout", "campaign-2", ":holdout"},
                                         {"a", ":holdout", "a", ":variants"}};
  (void)state;
  for (size_t p = 0; p < WBI_COUNT(pairs); p++) {
    int both = 0;
    for (int i = 0; i < PEOPLE; i++)
      both += bucket_of(pairs[p][0], pairs[p][1], i) < 1000 &&
              bucket_of(pairs[p][2], pairs[p][3], i) < 1000;
    assert_in_range(both, 1850, 2150); /* a tenth of a tenth: 2,000, within 3.4 sigma */
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(murmur_of_published_texts),
      cmocka_unit_test(buckets_are_those_published),
      cmocka_unit_test(buckets_are_even),
      cmocka_unit_test(draws_are_independent_for_keys_that_count_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
