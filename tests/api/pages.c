/* SPDX-License-Identifier: MIT */
/* The secure page and the postcard: whose, in which language, on which facts; and for whom there is
   none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

#define HEAD                                                                                       \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "language:u\n"
#define ANA HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes|en\n"
#define LUZ HEAD "p1|active|Luz|1980-02-29|1|+12125550101|yes|es\n"

/* One message, with what stands behind its link. `more` are members, `texts` are texts. */
#define CAMPAIGN(name, more, texts)                                                                \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"Texts\",\"class\":\"care\","                    \
  "\"audience\":\"recare.overdue_months >= 1\","                                                   \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                          \
  "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["                                           \
  "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}]," more                     \
  "\"texts\":{\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi.\"}}" texts "}}"
#define PAGE                                                                                       \
  ",\"behind\":{\"channel\":\"page\",\"en\":{\"html\":\"<p>{{ patient.name }}, your "              \
  "{{ recare.kind }} visit.</p><p><a href=\\\"{{ location.booking_url }}\\\">Times</a></p>\"},"    \
  "\"es\":{\"html\":\"<p>{{ patient.name }}, su visita.</p>\"}}"
#define CARD                                                                                       \
  ",\"card\":{\"channel\":\"postcard\",\"register\":\"neutral\",\"en\":{\"body\":\"It's time to "  \
  "plan a visit. {{ location.name }}\"}}"
#define PLAIN                                                                                      \
  ",\"plain\":{\"channel\":\"page\",\"register\":\"neutral\",\"en\":{\"html\":\"<p>Hello.</p>\"}}"
#define WHOLE CAMPAIGN("one", "\"page\":\"behind\",\"postcard\":\"card\",", PAGE CARD)

static char said[4096];

/* Asks for a page; `id` NULL: by campaign and patient. */
static wb_status ask(clinic *c, const uint8_t *id, const char *campaign, const char *patient,
                     int32_t format) {
  const wb_page page = {.size = sizeof page,
                        .action = id,
                        .campaign = campaign,
                        .patient = patient,
                        .campaign_length = (uint32_t)strlen(campaign),
                        .patient_length = (uint32_t)strlen(patient),
                        .format = format};
  size_t needed = 0, again = 0;
  wb_error error = {0};
  memset(said, 0, sizeof said);
  const wb_status status =
      wb_page_render(c->practice, &page, c->it.facts, c->now, NULL, 0, &needed, &error);
  if (status != WB_E_SPACE) {
    assert_int_equal(error.status, status);
    return status;
  }
  assert_int_equal(
      wb_page_render(c->practice, &page, c->it.facts, c->now, said, needed, &again, NULL), WB_OK);
  assert_int_equal(again, needed);
  assert_int_equal(strlen(said), needed);
  assert_int_equal(
      wb_page_render(c->practice, &page, c->it.facts, c->now, said, needed - 1, &again, NULL),
      WB_E_SPACE);
  return wb_page_render(c->practice, &page, c->it.facts, c->now, said, sizeof said, &again, NULL);
}

/* Somebody has been sent the message. */
static void begin(clinic *c, const char *patients, const char *json) {
  clinic_open(c, patients, NULL);
  clinic_launch(c, "one", json);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
}

/* Who is named beside the message is who the host takes the reader for. */
static void the_page_of_a_message_is_shown_to_nobody_else(void **state) {
  clinic c;
  (void)state;
  begin(&c, ANA, WHOLE);
  assert_int_equal(ask(&c, c.actions[0].id, "", "p1", WB_PAGE_HTML), WB_OK);
  assert_int_equal(ask(&c, c.actions[0].id, "", "p2", WB_PAGE_HTML), WB_E_INVALID);
  assert_string_equal(said, "");
  clinic_close(&c);
}

static void the_page_of_a_message_is_its_patients(void **state) {
  clinic c;
  (void)state;
  begin(&c, ANA, WHOLE);
  assert_int_equal(ask(&c, c.actions[0].id, "", "", WB_PAGE_HTML), WB_OK);
  assert_string_equal(said,
                      "<p>Ana, your prophy visit.</p><p><a href=\"https://book.example.com/1\">"
                      "Times</a></p>");
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_JSON), WB_OK);
  assert_string_equal(said,
                      "{\"campaign\":\"one\",\"text\":\"behind\",\"language\":\"en\",\"html\":"
                      "\"<p>Ana, your prophy visit.</p><p><a href=\\\"https://"
                      "book.example.com/1\\\">Times</a></p>\",\"plain\":\"Ana, your prophy "
                      "visit.\\n\\nTimes: https://book.example.com/1\"}");
  clinic_close(&c);
}

static void it_is_in_the_language_of_the_patient(void **state) {
  clinic c;
  (void)state;
  begin(&c, LUZ, WHOLE);
  assert_int_equal(ask(&c, c.actions[0].id, "", "", WB_PAGE_HTML), WB_OK);
  assert_string_equal(said, "<p>Luz, su visita.</p>");
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_POSTCARD), WB_OK);
  assert_string_equal(said, "It's time to plan a visit. Example Dental");
  clinic_close(&c);
}

/* Asking leaves the state and the journal as they are, and works before and long after the message.
 */
static void asking_changes_nothing(void **state) {
  clinic c;
  size_t length = 0, after = 0;
  (void)state;
  clinic_open(&c, ANA, NULL);
  clinic_launch(&c, "one", WHOLE);
  clinic_enroll(&c);
  uint8_t *before = clinic_save(c.practice, &length);
  const size_t journal = c.journal.length;
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_HTML), WB_OK);
  uint8_t *now = clinic_save(c.practice, &after);
  assert_int_equal(length, after);
  assert_memory_equal(before, now, length);
  assert_int_equal(c.journal.length, journal);
  free(before);
  free(now);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  c.now += 20 * CLINIC_DAY;
  clinic_rows(&c, ANA, "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "finished");
  assert_int_equal(ask(&c, c.actions[0].id, "", "", WB_PAGE_HTML), WB_OK);
  clinic_close(&c);
}

static void where_it_cannot_be_rendered_the_neutral_one_is_shown(void **state) {
  static const char nameless[] = HEAD "p1|active||1980-02-29|1|+12125550101|yes|en\n";
  clinic c;
  (void)state;
  begin(&c, nameless, WHOLE);
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_HTML), WB_E_STATE);
  clinic_close(&c);
  begin(&c, nameless, CAMPAIGN("one", "\"page\":\"behind\",\"fallback\":[\"plain\"],", PAGE PLAIN));
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_JSON), WB_OK);
  assert_string_equal(said, "{\"campaign\":\"one\",\"text\":\"plain\",\"language\":\"en\",\"html\":"
                            "\"<p>Hello.</p>\",\"plain\":\"Hello.\"}");
  clinic_close(&c);
}

static void a_page_that_is_withdrawn_is_not_shown(void **state) {
  clinic c;
  (void)state;
  begin(&c, ANA, WHOLE);
  wb_input input = clinic_input(WB_INPUT_WITHDRAW, "one");
  input.name = "behind";
  input.name_length = 6;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(ask(&c, c.actions[0].id, "", "", WB_PAGE_HTML), WB_E_POLICY);
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_POSTCARD), WB_OK);
  clinic_close(&c);
}

static void what_is_not_known_has_no_page(void **state) {
  static const uint8_t nobody[16] = {1, 2, 3};
  clinic c;
  (void)state;
  begin(&c, ANA, WHOLE);
  clinic_launch(&c, "two", CAMPAIGN("two", "", ""));
  clinic_enroll(&c);
  assert_int_equal(ask(&c, nobody, "", "", WB_PAGE_HTML), WB_E_NAME);
  assert_int_equal(ask(&c, NULL, "one", "p2", WB_PAGE_HTML), WB_E_NAME);
  assert_int_equal(ask(&c, NULL, "none", "p1", WB_PAGE_HTML), WB_E_NAME);
  assert_int_equal(ask(&c, NULL, "two", "p1", WB_PAGE_HTML), WB_E_NAME);
  assert_int_equal(ask(&c, NULL, "two", "p1", WB_PAGE_POSTCARD), WB_E_NAME);
  clinic_rows(&c, HEAD "p9|active|Ben|1980-02-29|1|+12125550101|yes|en\n", "");
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_HTML), WB_E_NAME);
  clinic_close(&c);
}

static void who_left_or_died_has_none(void **state) {
  static const int32_t kinds[] = {WB_INPUT_LEFT, WB_INPUT_DECEASED, WB_INPUT_FORGET};
  (void)state;
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    const wb_status expected = kinds[i] == WB_INPUT_FORGET ? WB_E_NAME : WB_E_STATE;
    clinic c;
    begin(&c, ANA, WHOLE);
    assert_int_equal(clinic_receive(&c, kinds[i], "p1"), WB_OK);
    assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_HTML), expected);
    assert_int_equal(ask(&c, c.actions[0].id, "", "", WB_PAGE_HTML), expected);
    clinic_close(&c);
  }
  clinic c;
  begin(&c, ANA, WHOLE);
  clinic_rows(&c, HEAD "p1|deceased|Ana|1980-02-29|1|+12125550101|yes|en\n", "");
  assert_int_equal(ask(&c, c.actions[0].id, "", "", WB_PAGE_HTML), WB_E_STATE);
  clinic_close(&c);
}

static void old_facts_show_nothing(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .stale_facts = 60};
  clinic c;
  (void)state;
  clinic_open(&c, ANA, &more);
  clinic_launch(&c, "one", WHOLE);
  clinic_enroll(&c);
  clinic_rows(&c, ANA, "");
  c.now += 60;
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_HTML), WB_OK);
  c.now += 1;
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_HTML), WB_E_STATE);
  clinic_close(&c);
}

static void wrong_calls_are_refused(void **state) {
  clinic c;
  size_t needed = 0;
  (void)state;
  begin(&c, ANA, WHOLE);
  wb_page page = {.size = sizeof page, .action = c.actions[0].id};
  wb_practice *it = c.practice;
  wb_facts *facts = c.it.facts;
  assert_int_equal(wb_page_render(NULL, &page, facts, c.now, said, 9, &needed, NULL), WB_E_INVALID);
  assert_int_equal(wb_page_render(it, NULL, facts, c.now, said, 9, &needed, NULL), WB_E_INVALID);
  assert_int_equal(wb_page_render(it, &page, NULL, c.now, said, 9, &needed, NULL), WB_E_INVALID);
  assert_int_equal(wb_page_render(it, &page, facts, c.now, NULL, 9, &needed, NULL), WB_E_INVALID);
  assert_int_equal(wb_page_render(it, &page, facts, c.now, said, 9, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_page_render(it, &page, facts, WB_TIME_NONE, said, 9, &needed, NULL),
                   WB_E_RANGE);
  page.format = WB_PAGE_POSTCARD + 1;
  assert_int_equal(wb_page_render(it, &page, facts, c.now, said, 9, &needed, NULL), WB_E_INVALID);
  page = (wb_page){.size = sizeof page, .campaign = "one", .campaign_length = 3};
  assert_int_equal(wb_page_render(it, &page, facts, c.now, said, 9, &needed, NULL), WB_E_INVALID);
  page.size--;
  assert_int_equal(wb_page_render(it, &page, facts, c.now, said, 9, &needed, NULL), WB_E_INVALID);
  clinic_close(&c);
}

static void without_memory_it_says_so_and_works_later(void **state) {
  const wb_page page = {.size = sizeof page,
                        .campaign = "one",
                        .patient = "p1",
                        .campaign_length = 3,
                        .patient_length = 2,
                        .format = WB_PAGE_JSON};
  clinic c;
  size_t needed = 0;
  bool met = true;
  (void)state;
  begin(&c, ANA, WHOLE);
  for (uint64_t at = 1; met; at++) {
    clinic_renew(&c, CLINIC_LOADED); /* nothing is compiled yet */
    fault_arm(&c.memory.plan, FAULT_ONCE, at);
    const wb_status status =
        wb_page_render(c.practice, &page, c.it.facts, c.now, said, sizeof said, &needed, NULL);
    met = c.memory.plan.hits > 0;
    fault_arm(&c.memory.plan, FAULT_NEVER, 0);
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_JSON), WB_OK);
  }
  clinic_close(&c);
}

/* An offer, and a page that tells it while it stands. */
#define OFFER                                                                                      \
  "{\"format\":1,\"name\":\"one\",\"title\":\"Gift\",\"class\":\"offer\","                         \
  "\"audience\":\"recare.overdue_months >= 1\","                                                   \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                          \
  "\"exits\":{\"booked\":\"recare.booked\"},"                                                      \
  "\"offers\":{\"brush\":{\"what\":\"A brush with your visit\",\"price_cents\":9900,"              \
  "\"regular_cents\":9900,\"value_cents\":1000,\"cash_like\":false,"                               \
  "\"first\":\"2026-11-20\",\"last\":\"2026-11-24\",\"qualifies\":\"true\","                       \
  "\"includes\":[\"a brush\"],\"excludes\":[\"fillings\",\"crowns\"],"                             \
  "\"disclosures\":{\"US-NY\":[]},"                                                                \
  "\"reviewer\":\"dr-lee\",\"reviewed\":\"2026-11-19\"}},"                                         \
  "\"steps\":[{\"id\":\"s1\",\"send\":[\"t\"],\"offer\":\"brush\"},"                               \
  "{\"id\":\"end\",\"exit\":true}],\"page\":\"behind\","                                           \
  "\"texts\":{\"t\":{\"channel\":\"email\",\"en\":{\"subject\":\"For you\",\"body\":\"Hi.\"}},"    \
  "\"behind\":{\"channel\":\"page\",\"en\":{\"html\":\"<p>{% if offer.what != blank %}"            \
  "{{ offer.what }} (not {{ offer.excludes }}), {{ offer.price | money }}, until {{ offer.last | " \
  "date_words }}{% else %}"                                                                        \
  "It is over{% endif %}.</p>\"}}}}"

static void an_offer_is_shown_to_its_last_day(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", OFFER);
  clinic_enroll(&c);
  c.now = clinic_at(&c, 2026, 11, 24, 23, 59);
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_HTML), WB_OK);
  assert_string_equal(
      said, "<p>A brush with your visit (not fillings, crowns), $99.00, until Tuesday, November "
            "24.</p>");
  c.now = clinic_at(&c, 2026, 11, 25, 0, 0);
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(ask(&c, NULL, "one", "p1", WB_PAGE_HTML), WB_OK);
  assert_string_equal(said, "<p>It is over.</p>");
  clinic_close(&c);
}

/* A child is written to by their mother's number; the page names whom she may hear of. */
static void the_page_of_a_household_is_for_whom_the_message_went_to(void **state) {
  static const char json[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"Family\",\"class\":\"care\","
      "\"subject\":\"household\",\"audience\":\"patient.age < 18\","
      "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
      "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
      "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],\"page\":\"behind\","
      "\"texts\":{\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi.\"}},"
      "\"behind\":{\"channel\":\"page\",\"en\":{\"html\":\"<p>{{ household.named | join: ', ' }}"
      "</p>\"}}}}";
  static const char family[] =
      "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
      "household:u\n"
      "p1|active|Kim|2016-02-29|1|+12125550101|yes|h\n"
      "p2|active|Eve|1980-02-29|1|+12125550101|yes|h\n";
  clinic c;
  (void)state;
  clinic_open(&c, family, NULL);
  sample_add(&c.it, "guardians", "patient:u|guardian:u|representative:b\np1|p2|1\n");
  clinic_launch(&c, "one", json);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(ask(&c, c.actions[0].id, "", "", WB_PAGE_HTML), WB_OK);
  assert_string_equal(said, "<p>Kim, Eve</p>");
  clinic_close(&c);
}

/* What a campaign may not say of its pages. */
static void a_page_is_no_message(void **state) {
  static const struct {
    const char *json, *path;
    wb_status status;
  } rows[] = {
      {CAMPAIGN("one", "", PAGE), "/texts/behind", WB_E_INVALID},
      {CAMPAIGN("one", "\"page\":\"none\",", PAGE), "/page", WB_E_NAME},
      {CAMPAIGN("one", "\"page\":1,", PAGE), "/page", WB_E_TYPE},
      {CAMPAIGN("one", "\"page\":\"hello\",", ""), "/page", WB_E_INVALID},
      {CAMPAIGN("one", "\"postcard\":\"behind\",", PAGE), "/postcard", WB_E_INVALID},
      {CAMPAIGN("one", "\"page\":\"p\",",
                ",\"p\":{\"channel\":\"page\",\"register\":\"detail\",\"en\":{\"html\":\"Hi.\"}}"),
       "/texts/p", WB_E_INVALID},
      {CAMPAIGN("one", "\"page\":\"p\",",
                ",\"p\":{\"channel\":\"page\",\"to\":\"guardian\",\"en\":{\"html\":\"Hi.\"}}"),
       "/texts/p", WB_E_INVALID},
      {CAMPAIGN("one", "\"page\":\"p\",",
                ",\"p\":{\"channel\":\"page\",\"en\":{\"body\":\"Hi.\"}}"),
       "/texts/p/en/body", WB_E_NAME},
      {CAMPAIGN("one", "\"page\":\"p\",",
                ",\"p\":{\"channel\":\"page\",\"en\":{\"html\":\"{{ patient.key }}\"}}"),
       "/texts/p/en/html", WB_E_POLICY},
      {CAMPAIGN("one", "\"page\":\"p\",",
                ",\"p\":{\"channel\":\"page\",\"en\":{\"html\":\"<script></script>\"}}"),
       "/texts/p/en/html", WB_E_SYNTAX},
      {CAMPAIGN("one", "\"postcard\":\"p\",",
                ",\"p\":{\"channel\":\"postcard\",\"en\":{\"body\":\"Hi.\"}}"),
       "/texts/p", WB_E_INVALID},
      {CAMPAIGN("one", "\"postcard\":\"p\",",
                ",\"p\":{\"channel\":\"postcard\",\"register\":\"neutral\",\"en\":{\"body\":"
                "\"{{ recare.kind }}\"}}"),
       "/texts/p/en/body", WB_E_POLICY},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    clinic c;
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    clinic_open(&c, ANA, NULL);
    const wb_status status = wb_campaign_new(c.context, c.it.schema, NULL, rows[i].json,
                                             strlen(rows[i].json), &campaign, &error);
    if (status != rows[i].status || strcmp(error.path, rows[i].path) != 0)
      fail_msg("%zu: %s %s %s", i, wb_status_name(status), error.path, error.message);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_page_of_a_message_is_its_patients),
      cmocka_unit_test(the_page_of_a_message_is_shown_to_nobody_else),
      cmocka_unit_test(it_is_in_the_language_of_the_patient),
      cmocka_unit_test(asking_changes_nothing),
      cmocka_unit_test(where_it_cannot_be_rendered_the_neutral_one_is_shown),
      cmocka_unit_test(a_page_that_is_withdrawn_is_not_shown),
      cmocka_unit_test(what_is_not_known_has_no_page),
      cmocka_unit_test(who_left_or_died_has_none),
      cmocka_unit_test(old_facts_show_nothing),
      cmocka_unit_test(wrong_calls_are_refused),
      cmocka_unit_test(without_memory_it_says_so_and_works_later),
      cmocka_unit_test(an_offer_is_shown_to_its_last_day),
      cmocka_unit_test(the_page_of_a_household_is_for_whom_the_message_went_to),
      cmocka_unit_test(a_page_is_no_message),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
