/* SPDX-License-Identifier: MIT */
/* Draws: the hash, buckets that anybody can repeat (docs/campaigns.md has these), and that draws
   know nothing of each other, for keys that count up too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/outreach.h"
#include "support/sample.h"

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

static const char half_held_out[] =
    "{\"format\":1,\"name\":\"try\",\"title\":\"Try\",\"class\":\"care\",\"holdout\":50,"
    "\"audience\":\"recare.overdue_months >= 0\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
    "\"exits\":{\"booked\":\"recare.booked\"},"
    "\"steps\":[{\"id\":\"a\",\"send\":[\"sms\"]},{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"sms\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi. STOP ends this.\"}}}}";

enum { HOUSES = 100, MEMBERS = 4, LINE = 64 };

/* Four of each household: two with cleanings, one in periodontal care, one whose root canal was
   begun. */
static void add_houses(sample *it) {
  static const char *const codes[MEMBERS] = {"D1110", "D1110", "D4910", "D3221"};
  static char patients[HOUSES * MEMBERS * LINE], procedures[HOUSES * MEMBERS * LINE];
  size_t at = (size_t)sprintf(patients, "patient:u|status:u|household:u\n");
  size_t to = (size_t)sprintf(procedures, "patient:u|code:u|status:u|date:tdD|tooth:u\n");
  for (int i = 0; i < HOUSES * MEMBERS; i++) {
    at += (size_t)sprintf(patients + at, "p%d|active|h%d\n", i, i / MEMBERS);
    to +=
        (size_t)sprintf(procedures + to, "p%d|%s|completed|2025-11-20|30\n", i, codes[i % MEMBERS]);
  }
  sample_add(it, "patients", patients);
  sample_add(it, "procedures", procedures);
}

/* The unit of a draw is the household; care that was begun is never put off for a comparison. */
static void a_household_is_held_out_together_but_never_from_care_that_was_begun(void **state) {
  sample it;
  wb_campaign *campaign = NULL;
  wbi_outreach_fields fields;
  int held = 0;
  (void)state;
  sample_open(&it, NULL);
  add_houses(&it);
  assert_int_equal(
      wb_campaign_new(NULL, it.schema, NULL, half_held_out, strlen(half_held_out), &campaign, NULL),
      WB_OK);
  assert_int_equal(wbi_outreach_fields_find(it.schema, &fields), WB_OK);
  for (int i = 0; i < HOUSES; i++) {
    wbi_arm arms[MEMBERS];
    for (int j = 0; j < MEMBERS; j++) {
      char key[16];
      const wbi_text text = {key, (size_t)sprintf(key, "p%d", i * MEMBERS + j)};
      wbi_subject subject = {.facts = it.facts, .moment = &it.moment, .fields = &fields};
      assert_int_equal(wb_facts_find(it.facts, text.data, text.length, &subject.row), WB_OK);
      assert_int_equal(wbi_arm_draw(campaign, &subject, text, &arms[j], NULL), WB_OK);
    }
    assert_int_equal(arms[0].held, arms[1].held);
    assert_false(arms[2].held);
    assert_false(arms[3].held);
    held += arms[0].held;
  }
  assert_in_range(held, 30, 70); /* four standard deviations */
  wb_campaign_unref(campaign);
  sample_close(&it);
}

/* Of somebody who was never seen no kind of recare is known, and nothing that was begun. */
static void who_was_never_seen_may_be_held_out(void **state) {
  const wb_campaign campaign = {.salt = WBI_TEXT("a"), .holdout = 50};
  sample it;
  wbi_outreach_fields fields;
  wbi_arm arm;
  (void)state;
  sample_open(&it, NULL);
  sample_add(&it, "patients", "patient:u|status:u|household:u\np1|active|h3\np2|active|\xff\n");
  assert_int_equal(wbi_outreach_fields_find(it.schema, &fields), WB_OK);
  wbi_subject subject = {it.facts, 0, &it.moment, &fields};
  assert_int_equal(wbi_arm_draw(&campaign, &subject, WBI_TEXT("p1"), &arm, NULL), WB_OK);
  assert_true(arm.held); /* as all of that household */
  subject.row = 1;
  assert_int_equal(wbi_arm_draw(&campaign, &subject, WBI_TEXT("p2"), &arm, NULL), WB_E_TYPE);
  sample_close(&it);
}

/* The kind of recare as the host gives it, and what was begun. */
static void what_cannot_be_read_draws_nobody(void **state) {
  static const struct {
    const char *kind, *procedure;
    wb_status status;
    bool held;
  } rows[] = {{"prophy", "D1110|completed|2025-11-20", WB_OK, true},
              {"perio", "D1110|completed|2025-11-20", WB_OK, false},
              {"prophy", "D3221|completed|2025-11-20", WB_OK, false},
              {"prophy", "D3221|x|2025-11-20", WB_E_TYPE, false},
              {"", "D1110|completed|2025-11-20", WB_E_TYPE, false},
              {"\xff", "D1110|completed|2025-11-20", WB_E_TYPE, false}};
  const wb_campaign campaign = {.salt = WBI_TEXT("a"), .holdout = 50};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char table[128], procedures[128];
    sample it;
    wbi_outreach_fields fields;
    wbi_arm arm;
    snprintf(table, sizeof table, "patient:u|status:u|household:u|recare.kind:u\np1|active|h3|%s\n",
             rows[i].kind);
    snprintf(procedures, sizeof procedures,
             "patient:u|code:u|status:u|date:tdD|tooth:u\np1|%s|30\n", rows[i].procedure);
    sample_open(&it, NULL);
    sample_add(&it, "patients", table);
    sample_add(&it, "procedures", procedures);
    assert_int_equal(wbi_outreach_fields_find(it.schema, &fields), WB_OK);
    const wbi_subject subject = {it.facts, 0, &it.moment, &fields};
    assert_int_equal(wbi_arm_draw(&campaign, &subject, WBI_TEXT("p1"), &arm, NULL), rows[i].status);
    assert_int_equal(arm.held, rows[i].held);
    sample_close(&it);
  }
}

/* The draw of a patient of a practice where nothing else is known, by the number that is the key.
 */
static wbi_arm drawn(const wb_campaign *campaign, int number) {
  sample it;
  wbi_outreach_fields fields;
  wbi_arm arm;
  char key[16], table[64];
  snprintf(key, sizeof key, "%d", number);
  snprintf(table, sizeof table, "patient:u|status:u|household:u\n%s|active|\n", key);
  sample_open(&it, NULL);
  sample_add(&it, "patients", table);
  assert_int_equal(wbi_outreach_fields_find(it.schema, &fields), WB_OK);
  const wbi_subject subject = {it.facts, 0, &it.moment, &fields};
  assert_int_equal(wbi_arm_draw(campaign, &subject, wbi_text_of(key), &arm, NULL), WB_OK);
  sample_close(&it);
  return arm;
}

/* The first number that has a bucket. */
static int number_of(const char *draw, uint32_t bucket) {
  int number = 0;
  while (bucket_of("a", draw, number) != bucket)
    number++;
  return number;
}

static void a_share_of_half_ends_before_bucket_5000(void **state) {
  wbi_variant variants[] = {{.share = 50}, {.share = 50}};
  const wb_campaign varied = {.salt = WBI_TEXT("a"), .variants = variants, .variant_count = 2};
  const wb_campaign held = {.salt = WBI_TEXT("a"), .holdout = 50};
  (void)state;
  assert_int_equal(drawn(&varied, number_of(":variants", 4999)).variant, 0);
  assert_int_equal(drawn(&varied, number_of(":variants", 5000)).variant, 1);
  assert_true(drawn(&held, number_of(":holdout", 4999)).held);
  assert_false(drawn(&held, number_of(":holdout", 5000)).held);
}

/* Whoever no comparison may hold out is exempt where one does, and counted as others where none
   does. */
static void nobody_is_exempt_where_nobody_is_held_out(void **state) {
  static const uint8_t shares[][2] = {{0, 0}, {50, WBI_EXEMPT}};
  wbi_variant variants[] = {{.share = 100}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(shares); i++) {
    const wb_campaign campaign = {
        .salt = WBI_TEXT("a"), .holdout = shares[i][0], .variants = variants, .variant_count = 1};
    sample it;
    wbi_outreach_fields fields;
    wbi_arm arm;
    sample_open(&it, NULL);
    sample_add(&it, "patients", "patient:u|status:u\np1|active\n");
    sample_add(&it, "procedures",
               "patient:u|code:u|status:u|date:tdD\np1|D4910|completed|2025-11-20\n");
    assert_int_equal(wbi_outreach_fields_find(it.schema, &fields), WB_OK);
    const wbi_subject subject = {it.facts, 0, &it.moment, &fields};
    assert_int_equal(wbi_arm_draw(&campaign, &subject, WBI_TEXT("p1"), &arm, NULL), WB_OK);
    assert_int_equal(arm.variant, shares[i][1]);
    assert_false(arm.held);
    sample_close(&it);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(murmur_of_published_texts),
      cmocka_unit_test(buckets_are_those_published),
      cmocka_unit_test(buckets_are_even),
      cmocka_unit_test(draws_are_independent_for_keys_that_count_up),
      cmocka_unit_test(a_household_is_held_out_together_but_never_from_care_that_was_begun),
      cmocka_unit_test(who_was_never_seen_may_be_held_out),
      cmocka_unit_test(what_cannot_be_read_draws_nobody),
      cmocka_unit_test(a_share_of_half_ends_before_bucket_5000),
      cmocka_unit_test(nobody_is_exempt_where_nobody_is_held_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
