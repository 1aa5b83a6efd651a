/* SPDX-License-Identifier: MIT */
/* Offers at work: who is told, what counts for the year, what is pinned. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

/* Four messages, 40 days apart, that each make an offer. */
#define CAMPAIGN(value)                                                                            \
  "{\"format\":1,\"name\":\"gift\",\"title\":\"Gift\",\"class\":\"offer\","                        \
  "\"audience\":\"recare.overdue_months >= 1\","                                                   \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                          \
  "\"exits\":{\"booked\":\"recare.booked\"},"                                                      \
  "\"offers\":{\"brush\":{\"what\":\"A brush with your visit\",\"price_cents\":9900,"              \
  "\"regular_cents\":9900,\"value_cents\":" value ",\"cash_like\":false,"                          \
  "\"first\":\"2026-11-20\",\"last\":\"2027-10-31\",\"qualifies\":\"true\","                       \
  "\"includes\":[\"a brush\"],\"excludes\":[],\"disclosures\":{\"US-NY\":[]},"                     \
  "\"reviewer\":\"dr-lee\",\"reviewed\":\"2026-11-19\"}},"                                         \
  "\"touches\":20,\"steps\":["                                                                     \
  "{\"id\":\"s1\",\"send\":[\"t\"],\"offer\":\"brush\"},{\"id\":\"w1\",\"wait\":{\"days\":1}},"    \
  "{\"id\":\"s2\",\"send\":[\"t\"],\"offer\":\"brush\"},{\"id\":\"w2\",\"wait\":{\"days\":1}},"    \
  "{\"id\":\"s3\",\"send\":[\"t\"],\"offer\":\"brush\"},{\"id\":\"w3\",\"wait\":{\"days\":1}},"    \
  "{\"id\":\"s4\",\"send\":[\"t\"],\"offer\":\"brush\"},{\"id\":\"w4\",\"wait\":{\"days\":1}},"    \
  "{\"id\":\"s5\",\"send\":[\"t\"],\"offer\":\"brush\"},{\"id\":\"w5\",\"wait\":{\"days\":1}},"    \
  "{\"id\":\"s6\",\"send\":[\"t\"],\"offer\":\"brush\"},{\"id\":\"end\",\"exit\":true}],"          \
  "\"texts\":{\"t\":{\"channel\":\"email\",\"en\":{\"subject\":\"For you\",\"body\":\""            \
  "{{ offer.what }}: {{ offer.price | money }}, until {{ offer.last | date_words }}. "             \
  "{{ practice.name }}, {{ location.address }} Reply STOP and we will not write again.\"}}}}"

static void rows(clinic *c, const char *payer) {
  char coverages[100];
  clinic_rows(c, CLINIC_ANA, "");
  snprintf(coverages, sizeof coverages, "patient:u|coverage:u|payer:u\np1|1|%s\n", payer);
  sample_add(&c->it, "coverages", coverages);
}

static void begin(clinic *c, const char *json, const char *payer) {
  static const wb_practice_options more = {
      .size = sizeof more, .per_day = 8, .per_week = 8, .per_month = 8};
  clinic_open(c, CLINIC_ANA, &more);
  clinic_launch(c, "gift", json);
  rows(c, payer);
  assert_int_equal(clinic_enroll(c).eligible, 1);
}

static void an_offer_is_told_with_what_it_is(void **state) {
  clinic c;
  (void)state;
  begin(&c, CAMPAIGN("3000"), "private");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].text,
                      "A brush with your visit: $99.00, until Sunday, October 31. Example "
                      "Dental, 12 Example Street, Albany, NY 12201 Reply STOP and we will not "
                      "write again.");
  clinic_sent(&c);
  clinic_close(&c);
}

/* A message that there is an offer, of which nothing is known. */
static const char nameless[] =
    "{\"format\":1,\"name\":\"gift\",\"title\":\"Gift\",\"class\":\"offer\","
    "\"audience\":\"recare.overdue_months >= 1\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
    "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
    "{\"id\":\"s1\",\"send\":[\"t\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"t\":{"
    "\"channel\":\"email\",\"en\":{\"subject\":\"For you\",\"body\":\"20% off. "
    "{{ practice.name }}, {{ location.address }} Reply STOP and we will not write again.\"}}}}";

static void a_campaign_about_an_offer_that_it_does_not_name_is_not_launched(void **state) {
  clinic c;
  wb_error error = {0};
  const wb_input launch = clinic_input(WB_INPUT_LAUNCH, "gift");
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_add(&c, nameless), WB_OK);
  const uint64_t sequence = wb_practice_sequence(c.practice);
  assert_int_equal(wb_practice_receive(c.practice, &launch, c.now, &error), WB_E_STATE);
  assert_string_equal(error.message,
                      "A message of this campaign is about an offer, and its step names none.");
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  rows(&c, "private");
  assert_int_equal(clinic_enroll(&c).eligible, 0);
  clinic_launch(&c, "gift", CAMPAIGN("3000"));
  assert_int_equal(clinic_enroll(&c).eligible, 1);
  clinic_close(&c);
}

static void a_stop_to_texts_ends_offers_by_mail_until_start(void **state) {
  clinic c;
  wb_input in = clinic_input(WB_INPUT_OPTED_OUT, "p1");
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_send(&c, &in), WB_OK);
  clinic_launch(&c, "gift", CAMPAIGN("3000"));
  rows(&c, "private");
  assert_int_equal(clinic_enroll(&c).eligible, 1);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "gift").hold, WB_HOLD_OPTED_OUT);
  in.kind = WB_INPUT_OPTED_IN;
  assert_int_equal(clinic_send(&c, &in), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

static void more_than_15_dollars_is_held_where_coverage_is_public(void **state) {
  clinic c;
  (void)state;
  begin(&c, CAMPAIGN("1501"), "public");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "gift").hold, WB_HOLD_OFFER);
  assert_string_equal(wb_hold_name(WB_HOLD_OFFER), "offer");
  clinic_close(&c);
}

/* Of several reasons the first one holds: caps, the offer, and the places of the day, of which
   whoever could not be reached before takes one. */
static void what_comes_first_holds_an_offer(void **state) {
  static const wb_practice_options one = {.size = sizeof one, .admissions = 1};
  static const char unreached[] =
      CLINIC_HEAD CLINIC_BEN "p1|active|Ana|1980-02-29|1|+12125550101|yes|ana@example.com|no\n";
  static const struct {
    bool contacted;
    const char *payer;
    int32_t hold;
  } cases[] = {{true, "public", WB_HOLD_CAP},
               {true, "private", WB_HOLD_CAP},
               {false, "public", WB_HOLD_OFFER},
               {false, "private", WB_HOLD_CAPACITY}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    clinic c;
    clinic_open(&c, unreached, &one);
    clinic_launch(&c, "gift", CAMPAIGN("1501"));
    const wb_counts counts = clinic_enroll(&c);
    assert_int_equal(counts.enrolled, 1);
    assert_int_equal(counts.held, 1);
    if (cases[i].contacted) assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
    rows(&c, cases[i].payer);
    clinic_poll(&c);
    const wb_enrollment ana = clinic_find(&c, "p1", "gift");
    assert_int_equal(ana.state, WB_STATE_HELD);
    assert_int_equal(ana.hold, cases[i].hold);
    clinic_close(&c);
  }
}

/* The last look at what is handed out. */
static wb_look look(clinic *c) {
  wb_look found = {.size = sizeof found};
  assert_int_equal(
      wb_practice_test(c->practice, c->actions[0].id, c->it.facts, c->now, &found, NULL), WB_OK);
  return found;
}

/* What was handed out and may not be offered by the facts of now, or not said any more, waits. */
static void a_last_look_asks_about_the_offer_and_its_text_again(void **state) {
  (void)state;
  for (int withdrawn = 0; withdrawn < 2; withdrawn++) {
    clinic c;
    wb_input input = clinic_input(WB_INPUT_WITHDRAW, "gift");
    input.name = "t";
    input.name_length = 1;
    begin(&c, CAMPAIGN("1501"), "private");
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(look(&c).answer, WB_LOOK_GO);
    if (withdrawn) assert_int_equal(clinic_send(&c, &input), WB_OK);
    if (!withdrawn) rows(&c, "public");
    const int32_t hold = withdrawn ? WB_HOLD_RENDER : WB_HOLD_OFFER;
    const wb_look found = look(&c);
    assert_int_equal(found.answer, WB_LOOK_LATER);
    assert_int_equal(found.hold, hold);
    wb_practice_free(clinic_replayed(&c));
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "p1", "gift").hold, hold);
    clinic_close(&c);
  }
}

static void the_sixth_gift_of_15_dollars_in_a_year_is_held_and_replay_knows_it(void **state) {
  clinic c;
  (void)state;
  begin(&c, CAMPAIGN("1500"), "public");
  for (int32_t day = 23; day <= 27; day++) {
    if (day > 23) c.now = clinic_at(&c, 2026, 11, day, 12, 0);
    rows(&c, "public");
    const uint32_t count = clinic_poll(&c);
    assert_in_range(count, 0, 1);
    if (count > 0) assert_int_equal(look(&c).answer, WB_LOOK_GO); /* it counts once */
    clinic_sent(&c);
  }
  for (int32_t day = 30; day <= 32; day++) {
    c.now = clinic_at(&c, 2026, day > 30 ? 12 : 11, day > 30 ? day - 30 : day, 12, 0);
    rows(&c, "public");
    if (clinic_poll(&c) > 0) assert_int_equal(look(&c).answer, WB_LOOK_GO);
    clinic_sent(&c);
  }
  assert_int_equal(clinic_find(&c, "p1", "gift").touches, 5);
  assert_int_equal(clinic_find(&c, "p1", "gift").hold, WB_HOLD_OFFER);
  clinic_renew(&c, CLINIC_LOADED);
  c.now += CLINIC_DAY;
  rows(&c, "public");
  assert_int_equal(clinic_poll(&c), 0); /* the year is remembered */
  clinic_close(&c);
}

static void what_was_not_sent_was_not_given(void **state) {
  clinic c;
  uint8_t id[16];
  (void)state;
  begin(&c, CAMPAIGN("1500"), "public");
  for (int i = 0; i < 7; i++) {
    assert_int_equal(clinic_poll(&c), 1);
    memcpy(id, c.actions[0].id, sizeof id);
    assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  }
  clinic_close(&c);
}

/* A campaign with one piece of it replaced. */
static const char *changed_of(const char *whole, char *json, size_t capacity, const char *from,
                              const char *to) {
  const char *at = strstr(whole, from);
  assert_non_null(at);
  snprintf(json, capacity, "%.*s%s%s", (int)(at - whole), whole, to, at + strlen(from));
  return json;
}

static const char *changed(char *json, size_t capacity, const char *from, const char *to) {
  return changed_of(CAMPAIGN("1500"), json, capacity, from, to);
}

/* Ana's consent to offers by e-mail. */
static void agree(clinic *c, int32_t level) {
  wb_input input = clinic_input(WB_INPUT_CONSENT, "p1");
  input.contact = clinic_point(c, WB_CONTACT_EMAIL, "ana@example.com");
  input.channel = WB_CHANNEL_EMAIL;
  input.class_ = WB_MESSAGE_OFFER;
  input.outcome = level;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static void what_a_third_party_pays_for_goes_to_who_authorised_it(void **state) {
  char json[8000];
  clinic c;
  (void)state;
  begin(&c, changed(json, sizeof json, "\"first\"", "\"paid_by\":\"a maker\",\"first\""),
        "private");
  const int32_t levels[] = {0, WB_CONSENT_WRITTEN, WB_CONSENT_REFUSED, WB_CONSENT_AUTHORIZED,
                            WB_CONSENT_WRITTEN};
  for (size_t i = 0; i < sizeof levels / sizeof *levels; ++i) {
    if (levels[i] != 0) agree(&c, levels[i]);
    rows(&c, "private");
    assert_int_equal(clinic_poll(&c), levels[i] == WB_CONSENT_AUTHORIZED);
    if (levels[i] == WB_CONSENT_AUTHORIZED) {
      clinic_sent(&c);
      c.now += 2 * CLINIC_DAY;
      continue;
    }
    assert_int_equal(clinic_find(&c, "p1", "gift").hold,
                     levels[i] == WB_CONSENT_REFUSED ? WB_HOLD_NO_PERMISSION : WB_HOLD_OFFER);
    c.now += CLINIC_HOUR;
  }
  clinic_close(&c);
}

static void an_offer_stays_the_one_that_was_reviewed(void **state) {
  char json[8000];
  clinic c;
  (void)state;
  begin(&c, CAMPAIGN("3000"), "private");
  assert_int_equal(clinic_add(&c, changed(json, sizeof json, "A brush", "A comb")), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "gift"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1); /* inside since before */
  assert_memory_equal(c.actions[0].text, "A brush with", 12);
  clinic_sent(&c);
  clinic_close(&c);
}

static void a_campaign_is_refused_where_its_offer_is_wrong(void **state) {
  static const struct {
    const char *from, *to, *path;
    wb_status status;
  } rows_[] = {
      {"\"brush\":{", "\"A brush\":{", "/offers/A brush", WB_E_INVALID},
      {"\"first\":\"2026-11-20\"", "\"first\":\"soon\"", "/offers/brush/first", WB_E_SYNTAX},
      {"\"qualifies\":\"true\"", "\"qualifies\":\"yes\"", "/offers/brush/qualifies", WB_E_NAME},
      {"\"offer\":\"brush\"", "\"offer\":\"comb\"", "/steps/0/offer", WB_E_NAME},
      {"\"class\":\"offer\"", "\"class\":\"care\"", NULL, WB_E_POLICY}};
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof rows_ / sizeof rows_[0]; i++) {
    static const char whole[] = CAMPAIGN("3000");
    char json[8000];
    const char *at = strstr(whole, rows_[i].from);
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    assert_non_null(at);
    snprintf(json, sizeof json, "%.*s%s%s", (int)(at - whole), whole, rows_[i].to,
             at + strlen(rows_[i].from));
    const wb_status status =
        wb_campaign_new(NULL, c.it.schema, NULL, json, strlen(json), &campaign, &error);
    if (status != rows_[i].status ||
        (rows_[i].path != NULL && strcmp(error.path, rows_[i].path) != 0))
      fail_msg("%zu: %s at %s: %s", i, wb_status_name(status), error.path, error.message);
  }
  clinic_close(&c);
}

static void an_offer_is_told_with_its_regular_fee_and_what_it_includes(void **state) {
  char first[8000], json[8000];
  clinic c;
  (void)state;
  changed(first, sizeof first, "{{ offer.what }}: {{ offer.price | money }}",
          "{{ offer.what }}: {{ offer.price | money }}, not {{ offer.regular | money }}, with "
          "{{ offer.includes }}");
  changed_of(first, json, sizeof json, "\"subject\":\"For you\"",
             "\"subject\":\"For you\",\"preheader\":\"From {{ practice.name }}\"");
  begin(&c, json, "private");
  assert_int_equal(clinic_poll(&c), 1);
  assert_non_null(strstr(c.actions[0].text, "visit: $99.00, not $99.00, with a brush, until"));
  assert_string_equal(c.actions[0].preheader, "From Example Dental");
  clinic_sent(&c);
  clinic_close(&c);
}

static void a_campaign_makes_16_offers_at_most(void **state) {
  static const char whole[] = CAMPAIGN("3000");
  const char *from = strstr(whole, "\"brush\":"), *object = from + strlen("\"brush\":");
  const int length = (int)(strstr(object, "}}") + 1 - object);
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (int count = 16; count <= 17; count++) {
    char json[16000];
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    size_t at = (size_t)sprintf(json, "%.*s", (int)(from - whole), whole);
    for (int i = 1; i < count; i++)
      at += (size_t)sprintf(json + at, "\"b%02d\":%.*s,", i, length, object);
    snprintf(json + at, sizeof json - at, "%s", from);
    assert_int_equal(
        wb_campaign_new(NULL, c.it.schema, NULL, json, strlen(json), &campaign, &error),
        count == 16 ? WB_OK : WB_E_LIMIT);
    if (count > 16) assert_string_equal(error.path, "/offers");
    wb_campaign_unref(campaign);
  }
  clinic_close(&c);
}

/* A discount is said beside the regular fee, in all that may be said by a step, and a text that
   tells of an offer is of a step that names one. */
static void a_text_that_hides_the_regular_fee_or_tells_of_no_offer_is_refused(void **state) {
  static const struct {
    const char *from, *to, *path;
    wb_status status;
  } rows_[] = {{"\"price_cents\":9900", "\"price_cents\":9899", "/steps/0", WB_E_POLICY},
               {"\"price_cents\":9900", "\"percent\":1", "/steps/0", WB_E_POLICY},
               {"\"id\":\"s2\",\"send\":[\"t\"],\"offer\":\"brush\"",
                "\"id\":\"s2\",\"send\":[\"t\"]", "/steps/2", WB_E_INVALID},
               {"{{ offer.price | money }}",
                "{{ offer.price | money }}, not {{ offer.regular | money }}", NULL, WB_OK},
               {"{{ offer.what }}: {{ offer.price | money }}, until {{ offer.last | date_words }}",
                "20% off", NULL, WB_OK}};
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof rows_ / sizeof rows_[0]; i++) {
    char json[8000];
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    changed(json, sizeof json, rows_[i].from, rows_[i].to);
    const wb_status status =
        wb_campaign_new(NULL, c.it.schema, NULL, json, strlen(json), &campaign, &error);
    if (status != rows_[i].status ||
        (rows_[i].path != NULL && strcmp(error.path, rows_[i].path) != 0))
      fail_msg("%zu: %s at %s: %s", i, wb_status_name(status), error.path, error.message);
    wb_campaign_unref(campaign);
  }
  clinic_close(&c);
}

/* In each language, whichever of them is read first. */
static void each_language_shows_the_regular_fee(void **state) {
  static const char shown[] = "{{ offer.price | money }}, not {{ offer.regular | money }}";
  static const char hidden[] = "{{ offer.price | money }}";
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (int english = 0; english < 2; english++) {
    for (int spanish = 0; spanish < 2; spanish++) {
      char cheap[8000], one[8000], both[8000], es[400];
      wb_campaign *campaign = NULL;
      wb_error error = {0};
      changed(cheap, sizeof cheap, "\"price_cents\":9900", "\"price_cents\":9800");
      changed_of(cheap, one, sizeof one, hidden, english ? shown : hidden);
      snprintf(es, sizeof es,
               "\"channel\":\"email\",\"es\":{\"subject\":\"Para usted\",\"body\":\"%s "
               "{{ practice.name }}, {{ location.address }} Responda STOP.\"}",
               spanish ? shown : hidden);
      changed_of(one, both, sizeof both, "\"channel\":\"email\"", es);
      const bool fits = english && spanish;
      assert_int_equal(
          wb_campaign_new(NULL, c.it.schema, NULL, both, strlen(both), &campaign, &error),
          fits ? WB_OK : WB_E_POLICY);
      assert_string_equal(error.path, fits ? "" : "/steps/0");
      wb_campaign_unref(campaign);
    }
  }
  clinic_close(&c);
}

/* The same of what stands in for a text, and of the page behind its link. */
static void what_stands_in_and_the_page_show_the_regular_fee_too(void **state) {
  static const char *const texts[] = {
      "\"texts\":{\"f\":{\"channel\":\"email\",\"register\":\"neutral\",\"en\":{\"subject\":"
      "\"Hello\","
      "\"body\":\"{{ offer.price | money }} {{ practice.name }}, {{ location.address }} Reply "
      "STOP "
      "and we will not write again.\"}},\"t\":{\"fallback\":\"f\",",
      "\"page\":\"p\",\"texts\":{\"p\":{\"channel\":\"page\",\"en\":{\"html\":\"<p>"
      "{{ offer.price | money }}</p>\"}},\"t\":{"};
  static const char *const paths[] = {"/steps/0", "/page"};
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < 4; i++) {
    const bool shown = i % 2 != 0;
    char cheap[8000], plain[8000], json[8000], whole[8000];
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    changed(cheap, sizeof cheap, "\"price_cents\":9900", "\"price_cents\":9800");
    changed_of(cheap, plain, sizeof plain, "{{ offer.price | money }}", "");
    changed_of(plain, json, sizeof json, "\"texts\":{\"t\":{", texts[i / 2]);
    changed_of(json, whole, sizeof whole, "{{ offer.price | money }}",
               shown ? "{{ offer.price | money }}, not {{ offer.regular | money }}"
                     : "{{ offer.price | money }}");
    const wb_status status =
        wb_campaign_new(NULL, c.it.schema, NULL, whole, strlen(whole), &campaign, &error);
    if (status != (shown ? WB_OK : WB_E_POLICY) ||
        (!shown && strcmp(error.path, paths[i / 2]) != 0))
      fail_msg("%zu: %s at %s: %s", i, wb_status_name(status), error.path, error.message);
    wb_campaign_unref(campaign);
  }
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_language_shows_the_regular_fee),
      cmocka_unit_test(what_stands_in_and_the_page_show_the_regular_fee_too),
      cmocka_unit_test(an_offer_is_told_with_its_regular_fee_and_what_it_includes),
      cmocka_unit_test(a_campaign_makes_16_offers_at_most),
      cmocka_unit_test(a_text_that_hides_the_regular_fee_or_tells_of_no_offer_is_refused),
      cmocka_unit_test(what_comes_first_holds_an_offer),
      cmocka_unit_test(a_last_look_asks_about_the_offer_and_its_text_again),
      cmocka_unit_test(an_offer_is_told_with_what_it_is),
      cmocka_unit_test(a_campaign_about_an_offer_that_it_does_not_name_is_not_launched),
      cmocka_unit_test(a_stop_to_texts_ends_offers_by_mail_until_start),
      cmocka_unit_test(more_than_15_dollars_is_held_where_coverage_is_public),
      cmocka_unit_test(the_sixth_gift_of_15_dollars_in_a_year_is_held_and_replay_knows_it),
      cmocka_unit_test(what_was_not_sent_was_not_given),
      cmocka_unit_test(what_a_third_party_pays_for_goes_to_who_authorised_it),
      cmocka_unit_test(an_offer_stays_the_one_that_was_reviewed),
      cmocka_unit_test(a_campaign_is_refused_where_its_offer_is_wrong),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
