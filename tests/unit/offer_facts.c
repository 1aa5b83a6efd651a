/* SPDX-License-Identifier: MIT */
/* Whether a patient may hear of an offer: over facts each of whose answers fails in turn, by what
   is no question, and by what the offer is like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/offer_private.h"
#include "support/mirror.h"
#include "support/sample.h"

static const char offer[] =
    "{\"what\":\"Exam, X-rays and cleaning\",\"price_cents\":9900,\"regular_cents\":18900,"
    "\"value_cents\":9000,\"cash_like\":false,\"first\":\"2026-11-20\",\"last\":\"2026-12-31\","
    "\"qualifies\":\"patient.status == 'active' && recare.kind == 'prophy'\","
    "\"includes\":[\"one "
    "visit\"],\"excludes\":[],\"disclosures\":{\"US-NY\":[]},\"reviewer\":\"dr-lee\","
    "\"reviewed\":\"2026-11-19\"}";

typedef struct world {
  sample sample;
  wb_law *law;
  wb_offer *offer;
} world;

static void open_world(world *it) {
  sample_open(&it->sample, NULL);
  sample_add(&it->sample, "patients",
             "patient:u|status:u|first_name:u|birth_date:tdD|location:u\n"
             "ana|active|Ana|1980-02-29|1\n");
  sample_add(&it->sample, "coverages", "patient:u|coverage:u|payer:u\nana|1|private\n");
  assert_int_equal(wb_law_new(NULL, NULL, 0, &it->law, NULL), WB_OK);
  assert_int_equal(wb_offer_new(NULL, it->sample.schema, offer, sizeof offer - 1, &it->offer, NULL),
                   WB_OK);
}

static void close_world(world *it) {
  wb_offer_unref(it->offer);
  wb_law_unref(it->law);
  sample_close(&it->sample);
}

static const wb_offer_use use = {
    .size = sizeof use, .flags = WB_OFFER_AUTOMATED, .consent = WB_OFFER_CONSENT_WRITTEN};

/* One answer after the other; at the end all of them are there, and the offer may be made. */
static void where_the_facts_fail_there_is_no_verdict(void **state) {
  world it;
  uint64_t at = 1;
  (void)state;
  open_world(&it);
  for (bool met = true; met; at++) {
    mirror m;
    wb_error error = {0};
    wb_offer_verdict verdict = {.size = sizeof verdict, .outcome = -7};
    mirror_open(&m, NULL, it.sample.facts, it.sample.schema, &it.sample.moment, SAMPLE_NOW);
    m.answer = WB_E_STATE;
    fault_arm(&m.gets, FAULT_ONCE, at);
    const wb_status status =
        wb_offer_test(it.offer, it.law, m.facts, 0, &it.sample.moment, &use, &verdict, &error);
    met = m.gets.hits > 0;
    assert_int_equal(status, met ? WB_E_ABORTED : WB_OK);
    assert_int_equal(verdict.outcome, met ? -7 : WB_OFFER_FINE);
    mirror_close(&m);
  }
  assert_true(at > 6); /* day, places, age, status, recare, coverage */
  close_world(&it);
}

/* A question is whole: what is asked with, of whom, how it is used. */
static void a_question_that_is_none_is_refused(void **state) {
  world it;
  wb_offer_verdict verdict = {.size = sizeof verdict};
  (void)state;
  open_world(&it);
  wb_offer_use wrong[4] = {use, use, use, use};
  wrong[0].consent = WB_OFFER_CONSENT_WRITTEN + 1;
  wrong[1].consent = -1;
  wrong[2].given = -1;
  wrong[3].size = 4;
  for (size_t i = 0; i < WBI_COUNT(wrong); i++)
    assert_int_equal(wb_offer_test(it.offer, it.law, it.sample.facts, 0, &it.sample.moment,
                                   &wrong[i], &verdict, NULL),
                     WB_E_INVALID);
  assert_int_equal(wb_offer_test(it.offer, it.law, it.sample.facts, 0, NULL, &use, &verdict, NULL),
                   WB_E_INVALID);
  assert_int_equal(
      wb_offer_test(NULL, it.law, it.sample.facts, 0, &it.sample.moment, &use, &verdict, NULL),
      WB_E_INVALID);
  assert_true(wbi_facts_enter(it.sample.facts));
  assert_int_equal(
      wb_offer_test(it.offer, it.law, it.sample.facts, 0, &it.sample.moment, &use, &verdict, NULL),
      WB_E_BUSY);
  wbi_facts_leave(it.sample.facts);
  assert_int_equal(
      wb_offer_test(it.offer, it.law, it.sample.facts, 0, &it.sample.moment, &use, &verdict, NULL),
      WB_OK);
  assert_int_equal(verdict.outcome, WB_OFFER_FINE);
  assert_null(wb_offer_ref(NULL));
  wb_offer_info info = {.size = sizeof info};
  assert_int_equal(wb_offer_get(NULL, &info), WB_E_INVALID);
  close_world(&it);
}

/* What is like cash is told; a word that the law does not want counts in what is included, too. */
static void what_an_offer_is_like_and_includes_counts(void **state) {
  static const char *const changes[][2] = {
      {"\"cash_like\":false", "\"cash_like\":true"},
      {"\"includes\":[\"one visit\"]", "\"includes\":[\"one visit\",\"We waive your copay\"]"}};
  world it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(changes); i++) {
    char json[sizeof offer + 64];
    const char *at = strstr(offer, changes[i][0]);
    wb_offer *made = NULL;
    wb_offer_info info = {.size = sizeof info};
    wb_offer_verdict verdict = {.size = sizeof verdict};
    snprintf(json, sizeof json, "%.*s%s%s", (int)(at - offer), offer, changes[i][1],
             at + strlen(changes[i][0]));
    assert_int_equal(wb_offer_new(NULL, it.sample.schema, json, strlen(json), &made, NULL), WB_OK);
    assert_int_equal(wb_offer_get(made, &info), WB_OK);
    assert_int_equal(info.flags, i == 0 ? WB_OFFER_CASH_LIKE : 0);
    assert_int_equal(
        wb_offer_test(made, it.law, it.sample.facts, 0, &it.sample.moment, &use, &verdict, NULL),
        WB_OK);
    assert_int_equal(verdict.outcome, i == 0 ? WB_OFFER_FINE : WB_OFFER_WORDS);
    wb_offer_unref(made);
  }
  close_world(&it);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(where_the_facts_fail_there_is_no_verdict),
      cmocka_unit_test(a_question_that_is_none_is_refused),
      cmocka_unit_test(what_an_offer_is_like_and_includes_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
