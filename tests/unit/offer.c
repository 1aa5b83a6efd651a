/* SPDX-License-Identifier: MIT */
/* Offers: what is read, what is refused and where, and every rule on who may hear of one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/offer_private.h"
#include "support/fault.h"
#include "support/sample.h"

/* In parts, so that a test changes one of them. */
#define WHAT "\"what\":\"Exam, X-rays and cleaning\""
#define PRICE "\"price_cents\":9900,\"regular_cents\":18900"
#define VALUE "\"value_cents\":9000,\"cash_like\":false"
#define DAYS "\"first\":\"2026-11-20\",\"last\":\"2026-12-31\""
#define WHO "\"qualifies\":\"patient.status == \\\"active\\\"\""
#define IN "\"includes\":[\"one visit\"],\"excludes\":[\"government plans\",\"fillings\"]"
#define PLACES "\"disclosures\":{\"US-NY\":[]}"
#define REVIEW "\"reviewer\":\"dr-lee\",\"reviewed\":\"2026-11-19\""
#define OFFER(what, price, value, days, who, places, review)                                       \
  "{" what "," price "," value "," days "," who "," IN "," places "," review "}"
#define PLAIN OFFER(WHAT, PRICE, VALUE, DAYS, WHO, PLACES, REVIEW)
/* The regions of an offer, but for the 65th. */
#define EIGHT(n)                                                                                   \
  "\"US-" n "0\":[],\"US-" n "1\":[],\"US-" n "2\":[],\"US-" n "3\":[],\"US-" n "4\":[],\"US-" n   \
  "5\":[],\"US-" n "6\":[],\"US-" n "7\":[],"
#define REGIONS                                                                                    \
  "\"disclosures\":{" EIGHT("A") EIGHT("B") EIGHT("C") EIGHT("D") EIGHT("E") EIGHT("F") EIGHT("G") \
      EIGHT("H")
/* What public coverage allows, by value. */
#define GIFT(value)                                                                                \
  OFFER(WHAT, "\"price_cents\":1000,\"regular_cents\":1000",                                       \
        "\"value_cents\":" value ",\"cash_like\":false", DAYS, WHO, PLACES, REVIEW)

static wb_schema *schema;

static int make_schema(void **state) {
  (void)state;
  return wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK ? 0 : -1;
}

static int drop_schema(void **state) {
  (void)state;
  wb_schema_unref(schema);
  return 0;
}

static wb_offer *offered(wb_schema *of, const char *json) {
  wb_offer *offer = NULL;
  wb_error error = {0};
  if (wb_offer_new(NULL, of, json, strlen(json), &offer, &error) != WB_OK)
    fail_msg("%s %s", error.path, error.message);
  return offer;
}

static void an_offer_is_read_as_written(void **state) {
  wb_offer_info info = {.size = sizeof info};
  wb_offer *offer = offered(schema, PLAIN);
  (void)state;
  assert_int_equal(wb_offer_get(offer, &info), WB_OK);
  assert_string_equal(info.what, "Exam, X-rays and cleaning");
  assert_string_equal(info.includes, "one visit");
  assert_string_equal(info.excludes, "government plans, fillings");
  assert_string_equal(info.reviewer, "dr-lee");
  assert_string_equal(info.paid_by, "");
  assert_int_equal(info.price, 9900);
  assert_int_equal(info.regular, 18900);
  assert_int_equal(info.value, 9000);
  assert_int_equal(info.basis_points, 4762); /* 47.619 %, rounded up */
  assert_int_equal(info.flags, 0);
  assert_int_equal(info.last - info.first, 41);
  assert_int_equal(info.first - info.reviewed, 1);
  assert_int_equal(strlen(info.canonical), info.canonical_length);
  assert_int_equal(wb_offer_get(offer, NULL), WB_E_INVALID);
  wb_offer_unref(offer);
}

static void a_percentage_makes_the_price_from_the_regular_fee(void **state) {
  static const struct {
    const char *json;
    wb_cents price;
    uint32_t basis_points;
  } rows[] = {
      {OFFER(WHAT, "\"percent\":20,\"regular_cents\":18900", VALUE, DAYS, WHO, PLACES, REVIEW),
       15120, 2000},
      {OFFER(WHAT, "\"percent\":1,\"regular_cents\":150", VALUE, DAYS, WHO, PLACES, REVIEW), 149,
       100}, /* 148.5 */
      {OFFER(WHAT, "\"percent\":100,\"regular_cents\":9000", VALUE, DAYS, WHO, PLACES, REVIEW), 0,
       10000},
      {OFFER(WHAT, "\"price_cents\":18900,\"regular_cents\":18900", VALUE, DAYS, WHO, PLACES,
             REVIEW),
       18900, 0},
      {OFFER(WHAT, "\"price_cents\":99999999,\"regular_cents\":100000000", VALUE, DAYS, WHO, PLACES,
             REVIEW),
       99999999, 1},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_offer_info info = {.size = sizeof info};
    wb_offer *offer = offered(schema, rows[i].json);
    assert_int_equal(wb_offer_get(offer, &info), WB_OK);
    assert_int_equal(info.price, rows[i].price);
    assert_int_equal(info.basis_points, rows[i].basis_points);
    wb_offer_unref(offer);
  }
}

static void the_content_id_is_that_of_the_canonical_form(void **state) {
  wb_offer *one = offered(schema, PLAIN);
  wb_offer *two = offered(schema, "{" REVIEW "," PLACES "," IN " ," WHO "," DAYS ",  " VALUE
                                  "," PRICE "," WHAT "}");
  wb_offer *other = offered(schema, OFFER(WHAT, "\"price_cents\":9901,\"regular_cents\":18900",
                                          VALUE, DAYS, WHO, PLACES, REVIEW));
  (void)state;
  assert_memory_equal(one->content_id, two->content_id, 32);
  assert_memory_not_equal(one->content_id, other->content_id, 32);
  wb_offer_unref(one);
  wb_offer_unref(two);
  wb_offer_unref(wb_offer_ref(other));
  wb_offer_unref(other);
  wb_offer_unref(NULL);
}

static void what_is_missing_or_wrong_is_refused_at_its_place(void **state) {
  static const struct {
    const char *json;
    wb_status status;
    const char *path;
  } rows[] = {
      {"[]", WB_E_TYPE, ""},
      {"{", WB_E_SYNTAX, ""},
      {OFFER(WHAT ",\"prize\":1", PRICE, VALUE, DAYS, WHO, PLACES, REVIEW), WB_E_NAME, "/prize"},
      {OFFER("\"what\":\"\"", PRICE, VALUE, DAYS, WHO, PLACES, REVIEW), WB_E_INVALID, "/what"},
      {OFFER("\"what\":\"a\\nb\"", PRICE, VALUE, DAYS, WHO, PLACES, REVIEW), WB_E_INVALID, "/what"},
      {OFFER(WHAT, "\"regular_cents\":18900", VALUE, DAYS, WHO, PLACES, REVIEW), WB_E_INVALID, ""},
      {OFFER(WHAT, PRICE ",\"percent\":5", VALUE, DAYS, WHO, PLACES, REVIEW), WB_E_INVALID, ""},
      {OFFER(WHAT, "\"price_cents\":9900", VALUE, DAYS, WHO, PLACES, REVIEW), WB_E_INVALID, ""},
      {OFFER(WHAT, "\"price_cents\":18901,\"regular_cents\":18900", VALUE, DAYS, WHO, PLACES,
             REVIEW),
       WB_E_RANGE, "/price_cents"},
      {OFFER(WHAT, "\"price_cents\":99.5,\"regular_cents\":18900", VALUE, DAYS, WHO, PLACES,
             REVIEW),
       WB_E_TYPE, "/price_cents"},
      {OFFER(WHAT, "\"percent\":0,\"regular_cents\":18900", VALUE, DAYS, WHO, PLACES, REVIEW),
       WB_E_RANGE, "/percent"},
      {OFFER(WHAT, "\"percent\":101,\"regular_cents\":18900", VALUE, DAYS, WHO, PLACES, REVIEW),
       WB_E_RANGE, "/percent"},
      {OFFER(WHAT, PRICE, "\"value_cents\":8999,\"cash_like\":false", DAYS, WHO, PLACES, REVIEW),
       WB_E_INVALID, "/value_cents"},
      {OFFER(WHAT, PRICE, "\"value_cents\":9000", DAYS, WHO, PLACES, REVIEW), WB_E_INVALID, ""},
      {OFFER(WHAT, PRICE, VALUE, "\"first\":\"2026-11-20\"", WHO, PLACES, REVIEW), WB_E_INVALID,
       ""},
      {OFFER(WHAT, PRICE, VALUE, "\"first\":\"2026-11-20\",\"last\":\"2026-11-19\"", WHO, PLACES,
             REVIEW),
       WB_E_INVALID, "/last"},
      {OFFER(WHAT, PRICE, VALUE, "\"first\":\"2026-11-20\",\"last\":\"2027-11-21\"", WHO, PLACES,
             REVIEW),
       WB_E_RANGE, "/last"},
      {OFFER(WHAT, PRICE, VALUE, "\"first\":\"20 Nov\",\"last\":\"2027-11-21\"", WHO, PLACES,
             REVIEW),
       WB_E_SYNTAX, "/first"},
      {OFFER(WHAT, PRICE, VALUE, DAYS, WHO, PLACES,
             "\"reviewer\":\"dr-lee\",\"reviewed\":\"2026-11-21\""),
       WB_E_INVALID, "/reviewed"},
      {OFFER(WHAT, PRICE, VALUE, DAYS, WHO, PLACES, "\"reviewed\":\"2026-11-19\""), WB_E_INVALID,
       ""},
      {OFFER(WHAT, PRICE, VALUE, DAYS, "\"qualifies\":\"patient.stat == 1\"", PLACES, REVIEW),
       WB_E_NAME, "/qualifies"},
      {OFFER(WHAT, PRICE, VALUE, DAYS, WHO, "\"disclosures\":{}", REVIEW), WB_E_INVALID,
       "/disclosures"},
      {OFFER(WHAT, PRICE, VALUE, DAYS, WHO, REGIONS "\"US-ZZ\":[]}", REVIEW), WB_E_LIMIT,
       "/disclosures"},
      {OFFER(WHAT, PRICE, VALUE, DAYS, WHO, "\"disclosures\":{\"US-NY\":1}", REVIEW), WB_E_TYPE,
       "/disclosures/US-NY"},
      {OFFER(WHAT, PRICE, VALUE, DAYS, WHO, "\"disclosures\":{\"US-NY\":[1]}", REVIEW), WB_E_TYPE,
       "/disclosures/US-NY/0"},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_offer *offer = NULL;
    wb_error error = {0};
    const wb_status status =
        wb_offer_new(NULL, schema, rows[i].json, strlen(rows[i].json), &offer, &error);
    if (status != rows[i].status || strcmp(error.path, rows[i].path) != 0)
      fail_msg("%zu: %s at \"%s\": %s", i, wb_status_name(status), error.path, error.message);
    assert_null(offer);
  }
}

/* What outreach rules on money want of every offer: 1.6, its last line. */
static void every_member_that_the_rules_want_is_wanted(void **state) {
  static const char *const members[] = {
      "\"what\":\"Exam\"",        "\"regular_cents\":18900",
      "\"value_cents\":9000",     "\"cash_like\":false",
      "\"first\":\"2026-11-20\"", "\"last\":\"2026-12-31\"",
      "\"qualifies\":\"true\"",   "\"includes\":[]",
      "\"excludes\":[]",          "\"disclosures\":{\"US-NY\":[]}",
      "\"reviewer\":\"dr-lee\"",  "\"reviewed\":\"2026-11-19\"",
      "\"price_cents\":9900"};
  (void)state;
  for (size_t missing = 0; missing <= WBI_COUNT(members); missing++) {
    char json[1000] = "{";
    wb_offer *offer = NULL;
    for (size_t i = 0; i < WBI_COUNT(members); i++) {
      if (i == missing) continue;
      if (json[1] != 0) strcat(json, ",");
      strcat(json, members[i]);
    }
    strcat(json, "}");
    const wb_status status = wb_offer_new(NULL, schema, json, strlen(json), &offer, NULL);
    if (status != (missing < WBI_COUNT(members) ? WB_E_INVALID : WB_OK))
      fail_msg("without %s: %s", missing < WBI_COUNT(members) ? members[missing] : "nothing",
               wb_status_name(status));
    wb_offer_unref(offer);
  }
}

static void the_longest_offer_is_of_366_days_and_ends_when_reviewed_at_the_latest(void **state) {
  (void)state;
  wb_offer_unref(
      offered(schema, OFFER(WHAT, PRICE, VALUE, "\"first\":\"2026-11-20\",\"last\":\"2027-11-20\"",
                            WHO, PLACES, "\"reviewer\":\"x\",\"reviewed\":\"2026-11-20\"")));
}

static void the_shortest_offer_is_of_a_day_and_the_widest_for_64_regions(void **state) {
  (void)state;
  wb_offer_unref(
      offered(schema, OFFER(WHAT, PRICE, VALUE, "\"first\":\"2026-11-20\",\"last\":\"2026-11-20\"",
                            WHO, PLACES, REVIEW)));
  char json[4000] = OFFER(WHAT, PRICE, VALUE, DAYS, WHO, REGIONS, REVIEW);
  char *end = strstr(json, REGIONS) + strlen(REGIONS) - 1; /* the last comma */
  *end = '}';
  wb_offer_unref(offered(schema, json));
}

static void an_offer_lives_until_its_last_reference(void **state) {
  (void)state;
  wb_offer *offer = offered(schema, PLAIN);
  assert_ptr_equal(wb_offer_ref(offer), offer);
  wb_offer_unref(offer);
  assert_int_equal(offer->refs.count, 1);
  wb_offer_unref(offer);
  assert_null(wb_offer_ref(NULL));
}

static void no_memory_leaves_nothing(void **state) {
  fault_memory memory;
  wb_offer *offer = NULL;
  wb_status status = WB_E_NOMEM;
  wb_context *context = fault_context(&memory);
  (void)state;
  for (uint64_t n = 1; status != WB_OK && n < 1000; n++) {
    fault_arm(&memory.plan, FAULT_ONCE, n);
    status = wb_offer_new(context, schema, PLAIN, strlen(PLAIN), &offer, NULL);
    if (status != WB_OK) assert_int_equal(status, WB_E_NOMEM);
  }
  assert_int_equal(status, WB_OK);
  wb_offer_unref(offer);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

/* ---- who may hear of one ------------------------------------------------------------------ */

typedef struct world {
  sample sample;
  wb_law *law;
} world;

static const char patients[] = "patient:u|status:u|birth_date:tdD|region:u\n"
                               "own|active|1980-01-01|\n"
                               "public|active|1980-01-01|\n"
                               "doubt|active|1980-01-01|\n"
                               "bare|active|1980-01-01|\n"
                               "past|active|1980-01-01|\n"
                               "seventeen|active|2008-11-24|\n"
                               "eighteen|active|2008-11-23|\n"
                               "ageless|active||\n"
                               "left|inactive|1980-01-01|\n"
                               "florida|active|1980-01-01|US-FL\n"
                               "nebraska|active|2008-11-23|US-NE\n"
                               "newyork|active|2008-11-23|US-NY\n"
                               "ontario|active|1980-01-01|CA-ON\n"
                               "paris|active|1980-01-01|FR-75\n";
static const char coverages[] = "patient:u|coverage:u|payer:u|terminates:tdD\n"
                                "own|1|private|\n"
                                "public|2|private|\npublic|3|public|\n"
                                "doubt|4|private|\ndoubt|5|unknown|\n"
                                "past|6|public|2026-11-22\n"
                                "seventeen|7|private|\neighteen|8|private|\nageless|9|private|\n"
                                "left|10|private|\nflorida|11|private|\n"
                                "nebraska|12|private|\nnewyork|13|private|\n"
                                "ontario|14|public|\nparis|15|private|\n";

static void open_world(world *it, bool covered) {
  sample_open(&it->sample, NULL);
  sample_add(&it->sample, "patients", patients);
  if (covered) sample_add(&it->sample, "coverages", coverages);
  assert_int_equal(wb_law_new(NULL, NULL, 0, &it->law, NULL), WB_OK);
}

static void close_world(world *it) {
  wb_law_unref(it->law);
  sample_close(&it->sample);
}

static wb_offer_verdict tested(world *it, const char *json, const char *patient,
                               const wb_offer_use *use) {
  wb_offer_verdict verdict = {.size = sizeof verdict};
  wb_error error = {0};
  uint64_t row = 0;
  wb_offer *offer = offered(it->sample.schema, json);
  assert_int_equal(wb_facts_find(it->sample.facts, patient, strlen(patient), &row), WB_OK);
  if (wb_offer_test(offer, it->law, it->sample.facts, row, &it->sample.moment, use, &verdict,
                    &error) != WB_OK)
    fail_msg("%s: %s %s", patient, error.path, error.message);
  wb_offer_unref(offer);
  return verdict;
}

static const wb_offer_use written = {
    .size = sizeof written, .flags = WB_OFFER_AUTOMATED, .consent = WB_OFFER_CONSENT_WRITTEN};

static void blocked(world *it, const char *json, const char *patient, const wb_offer_use *use,
                    int32_t outcome, const char *rule) {
  const wb_offer_verdict verdict = tested(it, json, patient, use);
  if (verdict.outcome != outcome || strcmp(verdict.rule, rule) != 0)
    fail_msg("%s: %d by \"%s\"", patient, (int)verdict.outcome, verdict.rule);
}

static void an_offer_is_made_from_its_first_day_to_its_last(void **state) {
  static const struct {
    const char *days;
    int32_t outcome;
  } rows[] = {{"2026-11-23\",\"last\":\"2026-11-30", WB_OFFER_FINE},
              {"2026-11-24\",\"last\":\"2026-11-30", WB_OFFER_DAYS},
              {"2026-11-20\",\"last\":\"2026-11-23", WB_OFFER_FINE},
              {"2026-11-20\",\"last\":\"2026-11-22", WB_OFFER_DAYS}};
  world it;
  (void)state;
  open_world(&it, true);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char json[2000];
    snprintf(json, sizeof json,
             "{" WHAT "," PRICE "," VALUE ",\"first\":\"%s\"," WHO "," IN "," PLACES "," REVIEW "}",
             rows[i].days);
    blocked(&it, json, "own", &written, rows[i].outcome, "");
  }
  close_world(&it);
}

static void a_minor_hears_of_none_and_an_unknown_age_is_one(void **state) {
  world it;
  (void)state;
  open_world(&it, true);
  blocked(&it, PLAIN, "seventeen", &written, WB_OFFER_AGE, "us-majority");
  blocked(&it, PLAIN, "ageless", &written, WB_OFFER_AGE, "us-majority");
  blocked(&it, PLAIN, "eighteen", &written, WB_OFFER_FINE, "");
  close_world(&it);
}

static void who_does_not_qualify_for_certain_hears_of_none(void **state) {
  world it;
  (void)state;
  open_world(&it, true);
  blocked(&it, PLAIN, "own", &written, WB_OFFER_FINE, "");
  blocked(&it, PLAIN, "left", &written, WB_OFFER_QUALIFIES, "");
  blocked(&it,
          OFFER(WHAT, PRICE, VALUE, DAYS, "\"qualifies\":\"patient.balance == 0\"", PLACES, REVIEW),
          "own", &written, WB_OFFER_QUALIFIES, ""); /* not known */
  close_world(&it);
}

static void public_coverage_or_doubt_allows_15_dollars_an_item(void **state) {
  world it;
  (void)state;
  open_world(&it, true);
  for (int i = 0; i < 2; i++) {
    const char *patient = i == 0 ? "public" : "doubt";
    blocked(&it, GIFT("1500"), patient, &written, WB_OFFER_FINE, "");
    blocked(&it, GIFT("1501"), patient, &written, WB_OFFER_VALUE, "us-inducement-item");
    blocked(&it, PLAIN, patient, &written, WB_OFFER_VALUE, "us-inducement-item");
  }
  blocked(&it, GIFT("1501"), "own", &written, WB_OFFER_FINE, "");
  blocked(&it, GIFT("1501"), "bare", &written, WB_OFFER_FINE, ""); /* no coverage at all */
  blocked(&it, GIFT("1501"), "past", &written, WB_OFFER_FINE, ""); /* it ended yesterday */
  close_world(&it);
}

static void coverage_of_which_nothing_is_known_is_taken_for_public(void **state) {
  world it;
  (void)state;
  open_world(&it, false);
  blocked(&it, GIFT("1500"), "own", &written, WB_OFFER_FINE, "");
  blocked(&it, GIFT("1501"), "own", &written, WB_OFFER_VALUE, "us-inducement-item");
  close_world(&it);
}

static void public_coverage_allows_75_dollars_a_year(void **state) {
  wb_offer_use use = written;
  world it;
  (void)state;
  open_world(&it, true);
  use.given = 6000;
  blocked(&it, GIFT("1500"), "public", &use, WB_OFFER_FINE, "");
  use.given = 6001;
  blocked(&it, GIFT("1500"), "public", &use, WB_OFFER_VALUE, "us-inducement-year");
  use.given = INT64_MAX;
  blocked(&it, GIFT("1500"), "public", &use, WB_OFFER_VALUE, "us-inducement-year");
  blocked(&it, GIFT("1500"), "own", &use, WB_OFFER_FINE, "");
  close_world(&it);
}

static void public_coverage_allows_nothing_like_cash(void **state) {
  static const char card[] =
      OFFER(WHAT, "\"price_cents\":1000,\"regular_cents\":1000",
            "\"value_cents\":1,\"cash_like\":true", DAYS, WHO, PLACES, REVIEW);
  world it;
  (void)state;
  open_world(&it, true);
  blocked(&it, card, "public", &written, WB_OFFER_VALUE, "us-inducement-cash");
  blocked(&it, card, "own", &written, WB_OFFER_FINE, "");
  close_world(&it);
}

static void what_a_copay_waiver_or_a_referral_is_called_is_not_offered(void **state) {
  static const char *const whats[] = {"We waive your copay",
                                      "No co-pay this month",
                                      "DEDUCTIBLE on us",
                                      "Refer a friend and save",
                                      "$20 for every friend",
                                      "$50 for each friend you refer",
                                      "Your insurance taken as payment in full",
                                      "\xE7\x84\xA1\xE6\x96\x99: your co'pay is ours!"};
  static const char *const fine[] = {"Copaying made plain", "A friend of the house"};
  char json[2000];
  world it;
  (void)state;
  open_world(&it, true);
  for (size_t i = 0; i < WBI_COUNT(whats); i++) {
    snprintf(json, sizeof json,
             "{\"what\":\"%s\"," PRICE "," VALUE "," DAYS "," WHO "," IN "," PLACES "," REVIEW "}",
             whats[i]);
    blocked(&it, json, "own", &written, WB_OFFER_WORDS, "us-offer-words");
  }
  for (size_t i = 0; i < WBI_COUNT(fine); i++) {
    snprintf(json, sizeof json,
             "{\"what\":\"%s\"," PRICE "," VALUE "," DAYS "," WHO "," IN "," PLACES "," REVIEW "}",
             fine[i]);
    blocked(&it, json, "own", &written, WB_OFFER_FINE, "");
  }
  close_world(&it);
}

/* The same practice elsewhere. */
static void move(world *it, const char *region) {
  close_world(it);
  sample_open_in(&it->sample, NULL, region);
  sample_add(&it->sample, "patients", patients);
  sample_add(&it->sample, "coverages", coverages);
  assert_int_equal(wb_law_new(NULL, NULL, 0, &it->law, NULL), WB_OK);
}

/* What is offered there, with these disclosures. */
#define THERE(region, ids, what)                                                                   \
  OFFER("\"what\":\"" what "\"", PRICE, VALUE, DAYS, WHO,                                          \
        "\"disclosures\":{\"" region "\":[" ids "]}", REVIEW)
#define FLORIDA(ids, what) THERE("US-FL", ids, what)
#define CALIFORNIA(what) THERE("US-CA", "\"us-ca-conditions\"", what)
#define TEXAS(what) THERE("US-TX", "", what)

static void florida_wants_its_disclosures_and_no_praise(void **state) {
  world it;
  (void)state;
  open_world(&it, true);
  move(&it, "US-FL");
  blocked(&it, PLAIN, "own", &written, WB_OFFER_DISCLOSURE, ""); /* reviewed for New York only */
  blocked(&it, FLORIDA("", "Cleaning"), "own", &written, WB_OFFER_DISCLOSURE, "us-fl-minimum-fee");
  blocked(&it, FLORIDA("\"us-fl-minimum-fee\"", "Cleaning"), "own", &written, WB_OFFER_DISCLOSURE,
          "us-fl-dentist");
  blocked(&it, FLORIDA("\"us-fl-minimum-fee\",\"us-fl-dentist\"", "Cleaning"), "own", &written,
          WB_OFFER_DISCLOSURE, "us-fl-refusal");
  blocked(&it, FLORIDA("\"us-fl-refusal\",\"us-fl-minimum-fee\",\"us-fl-dentist\"", "Cleaning"),
          "own", &written, WB_OFFER_FINE, "");
  blocked(&it,
          FLORIDA("\"us-fl-refusal\",\"us-fl-minimum-fee\",\"us-fl-dentist\"", "The best cleaning"),
          "own", &written, WB_OFFER_WORDS, "us-fl-offer-words");
  blocked(&it,
          FLORIDA("\"us-fl-refusal\",\"us-fl-minimum-fee\",\"us-fl-dentist\"",
                  "Come before it is too late"),
          "own", &written, WB_OFFER_WORDS, "us-fl-offer-words");
  blocked(&it,
          OFFER(WHAT, "\"price_cents\":18900,\"regular_cents\":18900", VALUE, DAYS, WHO,
                "\"disclosures\":{\"US-FL\":[\"us-fl-minimum-fee\",\"us-fl-dentist\"]}", REVIEW),
          "own", &written, WB_OFFER_FINE, ""); /* no discount, no 72 hours */
  close_world(&it);
}

static void california_wants_an_exact_price_the_conditions_and_no_rebates(void **state) {
  world it;
  (void)state;
  open_world(&it, true);
  move(&it, "US-CA");
  blocked(&it, CALIFORNIA("Cleaning"), "own", &written, WB_OFFER_FINE, "");
  blocked(&it, THERE("US-CA", "", "Cleaning"), "own", &written, WB_OFFER_DISCLOSURE,
          "us-ca-conditions");
  blocked(&it, CALIFORNIA("Cleaning as low as $99"), "own", &written, WB_OFFER_WORDS,
          "us-ca-offer-words");
  blocked(&it, CALIFORNIA("A $20 rebate"), "own", &written, WB_OFFER_WORDS, "us-ca-rebate-words");
  close_world(&it);
}

static void each_region_has_its_own_disclosures(void **state) {
  static const char json[] =
      OFFER(WHAT, PRICE, VALUE, DAYS, WHO,
            "\"disclosures\":{\"US-TX\":[],\"US-CA\":[\"us-ca-conditions\"],\"US-NY\":[]}", REVIEW);
  static const char *const regions[] = {"US-CA", "US-NY", "US-TX"};
  world it;
  (void)state;
  open_world(&it, true);
  for (size_t i = 0; i < WBI_COUNT(regions); i++) {
    move(&it, regions[i]);
    blocked(&it, json, "own", &written, WB_OFFER_FINE, "");
  }
  move(&it, "US-AZ");
  blocked(&it, json, "own", &written, WB_OFFER_DISCLOSURE, "");
  close_world(&it);
}

static void texas_wants_the_limits_of_what_is_free_and_no_pay_for_patients(void **state) {
  static const char some[] = OFFER(WHAT, "\"percent\":99,\"regular_cents\":9000", VALUE, DAYS, WHO,
                                   "\"disclosures\":{\"US-TX\":[]}", REVIEW);
  static const char all[] = OFFER(WHAT, "\"percent\":100,\"regular_cents\":9000", VALUE, DAYS, WHO,
                                  "\"disclosures\":{\"US-TX\":[]}", REVIEW);
  static const char told[] = OFFER(WHAT, "\"percent\":100,\"regular_cents\":9000", VALUE, DAYS, WHO,
                                   "\"disclosures\":{\"US-TX\":[\"us-tx-free\"]}", REVIEW);
  world it;
  (void)state;
  open_world(&it, true);
  move(&it, "US-TX");
  blocked(&it, some, "own", &written, WB_OFFER_FINE, "");
  blocked(&it, all, "own", &written, WB_OFFER_DISCLOSURE, "us-tx-free");
  blocked(&it, told, "own", &written, WB_OFFER_FINE, "");
  blocked(&it, TEXAS("Painless cleaning"), "own", &written, WB_OFFER_WORDS, "us-tx-offer-words");
  blocked(&it, TEXAS("Bring a friend, save $20"), "own", &written, WB_OFFER_WORDS,
          "us-tx-offer-words");
  close_world(&it);
}

static void in_alabama_and_nebraska_eighteen_is_a_minor(void **state) {
  world it;
  (void)state;
  open_world(&it, true);
  move(&it, "US-NE");
  blocked(&it, THERE("US-NE", "", "Cleaning"), "eighteen", &written, WB_OFFER_AGE,
          "us-ne-majority");
  close_world(&it);
}

static void a_place_without_law_hears_of_none(void **state) {
  world it;
  (void)state;
  open_world(&it, true);
  move(&it, "FR-75");
  blocked(&it, PLAIN, "own", &written, WB_OFFER_PLACE, "");
  move(&it, "");
  blocked(&it, PLAIN, "own", &written, WB_OFFER_PLACE, "");
  move(&it, "US-NY");
  blocked(&it, PLAIN, "paris", &written, WB_OFFER_PLACE, ""); /* who lives in one neither */
  close_world(&it);
}

/* Boards license the practice, and say what it may advertise: where the practice is. */
static void advertising_goes_by_where_the_practice_is(void **state) {
  world it;
  (void)state;
  open_world(&it, true);
  blocked(&it, THERE("US-NY", "", "The best cleaning"), "florida", &written, WB_OFFER_FINE, "");
  move(&it, "US-FL");
  blocked(&it, THERE("US-NY", "", "Cleaning"), "newyork", &written, WB_OFFER_DISCLOSURE, "");
  blocked(&it, FLORIDA("\"us-fl-refusal\",\"us-fl-minimum-fee\",\"us-fl-dentist\"", "The best"),
          "newyork", &written, WB_OFFER_WORDS, "us-fl-offer-words");
  close_world(&it);
}

/* What protects who hears of it goes by where they live, and by where the practice is as well: the
   stricter. */
static void what_protects_the_patient_goes_by_where_they_live_too(void **state) {
  const wb_offer_use express = {
      .size = sizeof express, .flags = WB_OFFER_AUTOMATED, .consent = WB_OFFER_CONSENT_EXPRESS};
  static const char home[] = THERE("CA-ON", "", "Cleaning");
  world it;
  (void)state;
  open_world(&it, true);
  blocked(&it, PLAIN, "newyork", &written, WB_OFFER_FINE, ""); /* eighteen there */
  blocked(&it, PLAIN, "nebraska", &written, WB_OFFER_AGE, "us-ne-majority");
  blocked(&it, PLAIN, "ontario", &express, WB_OFFER_VALUE, "us-inducement-item"); /* of the giver */
  move(&it, "US-NE");
  blocked(&it, THERE("US-NE", "", "Cleaning"), "newyork", &written, WB_OFFER_AGE, "us-ne-majority");
  move(&it, "CA-ON");
  blocked(&it, home, "ontario", &express, WB_OFFER_FINE, "");
  blocked(&it, home, "florida", &express, WB_OFFER_CONSENT, "us-tcpa-written");
  blocked(&it, home, "florida", &written, WB_OFFER_FINE, "");
  close_world(&it);
}

static void automated_channels_need_written_consent(void **state) {
  wb_offer_use use = written;
  world it;
  (void)state;
  open_world(&it, true);
  use.consent = WB_OFFER_CONSENT_EXPRESS;
  blocked(&it, PLAIN, "own", &use, WB_OFFER_CONSENT, "us-tcpa-written");
  use.flags = 0; /* a person calls */
  blocked(&it, PLAIN, "own", &use, WB_OFFER_FINE, "");
  close_world(&it);
}

static void what_a_third_party_pays_for_needs_authorisation(void **state) {
  static const char paid[] =
      OFFER(WHAT ",\"paid_by\":\"a maker of aligners\"", PRICE, VALUE, DAYS, WHO, PLACES, REVIEW);
  wb_offer_use use = written;
  world it;
  (void)state;
  open_world(&it, true);
  blocked(&it, paid, "own", &use, WB_OFFER_AUTHORIZATION, "us-hipaa-authorization");
  use.flags |= WB_OFFER_AUTHORIZED;
  blocked(&it, paid, "own", &use, WB_OFFER_FINE, "");
  move(&it, "CA-ON"); /* there no rule says so, and it is asked all the same */
  blocked(&it,
          OFFER(WHAT ",\"paid_by\":\"a maker of aligners\"", PRICE, VALUE, DAYS, WHO,
                "\"disclosures\":{\"CA-ON\":[]}", REVIEW),
          "own", &written, WB_OFFER_AUTHORIZATION, "");
  close_world(&it);
}

static void a_question_that_is_none_is_refused(void **state) {
  wb_offer_verdict verdict = {.size = sizeof verdict};
  wb_offer_use use = written;
  world it;
  (void)state;
  open_world(&it, true);
  wb_offer *offer = offered(it.sample.schema, PLAIN);
  use.consent = 4;
  assert_int_equal(
      wb_offer_test(offer, it.law, it.sample.facts, 0, &it.sample.moment, &use, &verdict, NULL),
      WB_E_INVALID);
  use = written;
  use.given = -1;
  assert_int_equal(
      wb_offer_test(offer, it.law, it.sample.facts, 0, &it.sample.moment, &use, &verdict, NULL),
      WB_E_INVALID);
  use = written;
  use.flags = 4;
  assert_int_equal(
      wb_offer_test(offer, it.law, it.sample.facts, 0, &it.sample.moment, &use, &verdict, NULL),
      WB_E_VERSION);
  wb_offer *foreign = offered(schema, PLAIN);
  assert_int_equal(wb_offer_test(foreign, it.law, it.sample.facts, 0, &it.sample.moment, &written,
                                 &verdict, NULL),
                   WB_E_INVALID);
  wb_offer_unref(foreign);
  assert_int_equal(
      wb_offer_test(NULL, it.law, it.sample.facts, 0, &it.sample.moment, &written, &verdict, NULL),
      WB_E_INVALID);
  assert_int_equal(
      wb_offer_test(offer, NULL, it.sample.facts, 0, &it.sample.moment, &written, &verdict, NULL),
      WB_E_INVALID);
  assert_int_equal(
      wb_offer_test(offer, it.law, NULL, 0, &it.sample.moment, &written, &verdict, NULL),
      WB_E_INVALID);
  assert_int_equal(
      wb_offer_test(offer, it.law, it.sample.facts, 0, &it.sample.moment, &written, NULL, NULL),
      WB_E_INVALID);
  verdict.size = 0;
  assert_int_equal(
      wb_offer_test(offer, it.law, it.sample.facts, 0, &it.sample.moment, &written, &verdict, NULL),
      WB_E_INVALID);
  wb_offer_unref(offer);
  close_world(&it);
}

/* A member of so many bytes, and a list of so many. */
static wb_status offer_with(const char *member, size_t length, size_t count) {
  static char json[32768];
  char text[256], items[8192] = "";
  wb_offer *offer = NULL;
  memset(text, 'a', length);
  text[length] = '\0';
  for (size_t i = 0; i < count; i++)
    sprintf(items + strlen(items), "%s\"%s\"", i > 0 ? "," : "", member == NULL ? text : "b");
  snprintf(json, sizeof json,
           "{\"what\":\"%s\"," PRICE "," VALUE "," DAYS "," WHO ",\"includes\":[\"one visit\"],"
           "\"excludes\":[%s]," PLACES "," REVIEW "}",
           member == NULL ? "a" : text, items);
  const wb_status status = wb_offer_new(NULL, schema, json, strlen(json), &offer, NULL);
  wb_offer_unref(offer);
  return status;
}

static void lines_and_lists_have_limits(void **state) {
  (void)state;
  assert_int_equal(offer_with("what", 200, 1), WB_OK);
  assert_int_equal(offer_with("what", 201, 1), WB_E_LIMIT);
  assert_int_equal(offer_with(NULL, 200, 16), WB_OK);
  assert_int_equal(offer_with(NULL, 201, 1), WB_E_LIMIT);
  assert_int_equal(offer_with(NULL, 5, 17), WB_E_LIMIT);
}

static void an_offer_has_a_schema_a_place_and_at_most_64_kibibytes(void **state) {
  static char json[(1 << 16) + 2];
  wb_offer *offer = NULL;
  (void)state;
  memset(json, ' ', sizeof json);
  memcpy(json, PLAIN, sizeof PLAIN - 1);
  assert_int_equal(wb_offer_new(NULL, schema, json, 1 << 16, &offer, NULL), WB_OK);
  wb_offer_unref(offer);
  offer = NULL;
  assert_int_equal(wb_offer_new(NULL, schema, json, (1 << 16) + 1, &offer, NULL), WB_E_LIMIT);
  assert_int_equal(wb_offer_new(NULL, NULL, json, 5, &offer, NULL), WB_E_INVALID);
  assert_int_equal(wb_offer_new(NULL, schema, NULL, 5, &offer, NULL), WB_E_INVALID);
  assert_int_equal(wb_offer_new(NULL, schema, json, 5, NULL, NULL), WB_E_INVALID);
  assert_null(offer);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_offer_is_read_as_written),
      cmocka_unit_test(a_percentage_makes_the_price_from_the_regular_fee),
      cmocka_unit_test(the_content_id_is_that_of_the_canonical_form),
      cmocka_unit_test(what_is_missing_or_wrong_is_refused_at_its_place),
      cmocka_unit_test(every_member_that_the_rules_want_is_wanted),
      cmocka_unit_test(lines_and_lists_have_limits),
      cmocka_unit_test(an_offer_has_a_schema_a_place_and_at_most_64_kibibytes),
      cmocka_unit_test(the_longest_offer_is_of_366_days_and_ends_when_reviewed_at_the_latest),
      cmocka_unit_test(the_shortest_offer_is_of_a_day_and_the_widest_for_64_regions),
      cmocka_unit_test(an_offer_lives_until_its_last_reference),
      cmocka_unit_test(no_memory_leaves_nothing),
      cmocka_unit_test(an_offer_is_made_from_its_first_day_to_its_last),
      cmocka_unit_test(a_minor_hears_of_none_and_an_unknown_age_is_one),
      cmocka_unit_test(who_does_not_qualify_for_certain_hears_of_none),
      cmocka_unit_test(public_coverage_or_doubt_allows_15_dollars_an_item),
      cmocka_unit_test(coverage_of_which_nothing_is_known_is_taken_for_public),
      cmocka_unit_test(public_coverage_allows_75_dollars_a_year),
      cmocka_unit_test(public_coverage_allows_nothing_like_cash),
      cmocka_unit_test(what_a_copay_waiver_or_a_referral_is_called_is_not_offered),
      cmocka_unit_test(florida_wants_its_disclosures_and_no_praise),
      cmocka_unit_test(california_wants_an_exact_price_the_conditions_and_no_rebates),
      cmocka_unit_test(each_region_has_its_own_disclosures),
      cmocka_unit_test(texas_wants_the_limits_of_what_is_free_and_no_pay_for_patients),
      cmocka_unit_test(in_alabama_and_nebraska_eighteen_is_a_minor),
      cmocka_unit_test(a_place_without_law_hears_of_none),
      cmocka_unit_test(advertising_goes_by_where_the_practice_is),
      cmocka_unit_test(what_protects_the_patient_goes_by_where_they_live_too),
      cmocka_unit_test(automated_channels_need_written_consent),
      cmocka_unit_test(what_a_third_party_pays_for_needs_authorisation),
      cmocka_unit_test(a_question_that_is_none_is_refused),
  };
  return cmocka_run_group_tests(tests, make_schema, drop_schema);
}
