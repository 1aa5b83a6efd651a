/* SPDX-License-Identifier: MIT */
/* Secure pages at their edges: of what is forgotten, of several entries, of a household, of an
   offer that does not stand; and where the facts fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"
#include "support/mirror.h"

/* A campaign of one message with a page behind it. `who` is subject and audience, `steps` are the
   steps, `more` are members. */
#define CAMPAIGN(class, who, more, steps, html)                                                    \
  "{\"format\":1,\"name\":\"one\",\"title\":\"T\",\"class\":\"" class                              \
      "\"," who "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}]," more "\"steps\":[" steps   \
      "{\"id\":\"end\",\"exit\":true}],\"page\":\"behind\",\"texts\":{"                            \
      "\"hello\":{\"channel\":\"email\",\"en\":{\"subject\":\"For you\",\"body\":\"Hi {{ "         \
      "patient.name | default: 'there' }}.\"}},"                                                   \
      "\"behind\":{\"channel\":\"page\",\"en\":{\"html\":\"" html "\"}}}}"
#define DUE "\"audience\":\"recare.overdue_months >= 1\","
#define BOOKED "\"exits\":{\"booked\":\"recare.booked\"},"
#define SEND "{\"id\":\"s1\",\"send\":[\"hello\"]},"
#define NAMED CAMPAIGN("care", DUE, BOOKED, SEND, "<p>{{ patient.name }}</p>")

static char said[1024];

static wb_status ask(clinic *c, const uint8_t *id, const char *patient) {
  const wb_page page = {.size = sizeof page,
                        .action = id,
                        .campaign = "one",
                        .patient = patient,
                        .campaign_length = 3,
                        .patient_length = (uint32_t)strlen(patient),
                        .format = WB_PAGE_HTML};
  size_t needed = 0;
  wb_error error = {0};
  memset(said, 0, sizeof said);
  const wb_status status =
      wb_page_render(c->practice, &page, c->it.facts, c->now, said, sizeof said, &needed, &error);
  if (status != WB_OK) assert_int_equal(error.status, status);
  return status;
}

/* Somebody has been sent the message. */
static void begin(clinic *c, const char *patients, const char *json) {
  static const wb_practice_options more = {.flags = WB_PRACTICE_ALLOW_JUMP};
  clinic_open(c, patients, &more);
  clinic_launch(c, "one", json);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
}

static const char visits_json[] =
    CAMPAIGN("transactional",
             "\"subject\":\"appointment\",\"audience\":\"slot.status == \\\"scheduled\\\"\",", "",
             SEND, "<p>{{ slot.start | date: '%d' }}</p>");

/* So many visits of these people, in these days. */
static const char *visits_of(const char *const people[2], const int days[2], int count) {
  static char rows[256];
  size_t at = (size_t)snprintf(rows, sizeof rows, "%s", CLINIC_VISITS);
  for (int i = 0; i < count; i++)
    at += (size_t)snprintf(rows + at, sizeof rows - at, "%s|scheduled|%lld|v%d\n", people[i],
                           (long long)(SAMPLE_NOW + (wb_time)days[i] * CLINIC_DAY), i);
  return rows;
}

static void shows(clinic *c, const char *visits) {
  clinic_place(c, CLINIC_ZONE, CLINIC_ANA CLINIC_BEN, visits);
}

/* Opens it with such visits. */
static void visited(clinic *c, const char *visits) {
  static const wb_practice_options more = {.flags = WB_PRACTICE_ALLOW_JUMP};
  clinic_open(c, CLINIC_ANA CLINIC_BEN, &more);
  shows(c, visits);
  clinic_launch(c, "one", visits_json);
}

static void what_is_forgotten_has_no_page(void **state) {
  clinic c;
  (void)state;
  visited(&c, visits_of((const char *const[2]){"p1"}, (const int[2]){3}, 1));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t id[16];
  memcpy(id, c.actions[0].id, sizeof id);
  clinic_sent(&c);
  clinic_poll(&c); /* it is over */
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "finished");
  assert_int_equal(ask(&c, id, ""), WB_OK);
  assert_int_equal(ask(&c, NULL, "p1"), WB_OK);
  assert_string_equal(said, "<p>26</p>");
  c.now += 100 * CLINIC_DAY;
  clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, CLINIC_VISITS);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK); /* it is that late */
  assert_int_equal(ask(&c, id, ""), WB_E_NAME);
  assert_int_equal(ask(&c, NULL, "p1"), WB_E_NAME);
  clinic_close(&c);
}

/* Of two visits that are asked about it is the one that was entered last, whosever it was. */
static void the_page_of_a_patient_is_that_of_the_newest_entry(void **state) {
  static const struct {
    const char *people[2];
    int days[2];
    const char *says;
  } rows[] = {
      {{"p1", "p1"}, {3, 5}, "<p>28</p>"},
      {{"p1", "p2"}, {3, 5}, "<p>28</p>"},
      {{"p2", "p1"}, {3, 5}, "<p>28</p>"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    visited(&c, visits_of(rows[i].people, rows[i].days, 1));
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    c.now += CLINIC_HOUR;
    shows(&c, visits_of(rows[i].people, rows[i].days, 2));
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    wb_input input = clinic_input(WB_INPUT_MERGED, "p2");
    input.other = "p1";
    input.other_length = 2;
    if (i > 0) assert_int_equal(clinic_send(&c, &input), WB_OK);
    shows(&c, visits_of((const char *const[2]){"p1", "p1"}, rows[i].days, 2)); /* both are hers */
    assert_int_equal(ask(&c, NULL, "p1"), WB_OK);
    assert_string_equal(said, rows[i].says);
    clinic_close(&c);
  }
}

/* Of two that were entered at once it is the first. */
static void the_page_of_two_entries_at_once_is_that_of_the_first(void **state) {
  clinic c;
  (void)state;
  visited(&c, visits_of((const char *const[2]){"p1", "p1"}, (const int[2]){3, 5}, 2));
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  assert_int_equal(ask(&c, NULL, "p1"), WB_OK);
  assert_string_equal(said, "<p>26</p>");
  clinic_close(&c);
}

/* ---- households ------------------------------------------------------------------------------ */

#define FAMILY                                                                                     \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|email:u|email_permission:u|"          \
  "household:u\n"
#define EVE "p2|active|Eve|1980-02-29|1|eve@example.com|yes|h\n"
#define HOUSE(audience)                                                                            \
  CAMPAIGN("care", "\"subject\":\"household\",\"audience\":\"" audience "\",", BOOKED, SEND,       \
           "<p>{{ patient.name | default: 'you' }}</p>")

static void family(clinic *c, const char *patients, const char *guardians) {
  clinic_rows(c, patients, "");
  sample_add(&c->it, "guardians", guardians);
}

static void the_page_of_a_household_is_for_every_member(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, FAMILY EVE, NULL);
  family(&c, FAMILY EVE "p3|active|Joe|1981-02-28|1|eve@example.com|yes|h\n",
         "patient:u|guardian:u|representative:b\n");
  clinic_launch(&c, "one", HOUSE("recare.overdue_months >= 1"));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(ask(&c, c.actions[0].id, "p2"), WB_OK);
  assert_int_equal(ask(&c, c.actions[0].id, "p3"), WB_OK);
  clinic_close(&c);
}

#define KIM "p1|active|Kim|2016-02-29|1|eve@example.com|yes|h\n"
#define GUARDIANS "patient:u|guardian:u|representative:b\n"

/* Without whoever stood for a child it is the child's own. */
static void the_page_of_a_child_is_for_whoever_stands_for_them(void **state) {
  static const struct {
    const char *guardians, *says;
  } rows[] = {{GUARDIANS "p1|p2|1\n", "<p>Eve</p>"}, {GUARDIANS, "<p>Kim</p>"}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    clinic_open(&c, FAMILY KIM EVE, NULL);
    family(&c, FAMILY KIM EVE, GUARDIANS "p1|p2|1\n");
    clinic_launch(&c, "one", HOUSE("patient.age < 18"));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    family(&c, FAMILY KIM EVE, rows[i].guardians);
    assert_int_equal(ask(&c, c.actions[0].id, ""), WB_OK);
    assert_string_equal(said, rows[i].says);
    clinic_close(&c);
  }
}

/* The record has a member among the living of whose death the practice was told. */
static void a_household_has_none_while_the_record_names_the_dead(void **state) {
  static const char joe[] = FAMILY KIM EVE "p3|active|Joe|1981-02-28|1|joe@example.com|yes|h\n";
  static const char dead[] = FAMILY KIM EVE "p3|deceased|Joe|1981-02-28|1||no|h\n";
  char two[sizeof NAMED];
  clinic c;
  (void)state;
  clinic_open(&c, joe, NULL);
  family(&c, joe, GUARDIANS "p1|p2|1\n");
  memcpy(two, NAMED, sizeof two);
  memcpy(strstr(two, "\"one\""), "\"two\"", 5);
  clinic_launch(&c, "two", two);
  clinic_enroll(&c);
  clinic_launch(&c, "one", HOUSE("patient.age < 18"));
  clinic_enroll(&c);
  assert_int_equal(ask(&c, NULL, "p1"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_DECEASED, "p3"), WB_OK);
  assert_int_equal(ask(&c, NULL, "p1"), WB_E_STATE);
  assert_string_equal(said, "");
  family(&c, dead, GUARDIANS "p1|p2|1\n");
  assert_int_equal(ask(&c, NULL, "p1"), WB_OK);
  clinic_close(&c);
}

/* ---- offers ---------------------------------------------------------------------------------- */

#define OFFER(name, what, first, last)                                                             \
  "\"" name "\":{\"what\":\"" what "\",\"price_cents\":9900,\"regular_cents\":9900,"               \
  "\"value_cents\":1000,\"cash_like\":false,\"first\":\"" first "\",\"last\":\"" last "\","        \
  "\"qualifies\":\"true\",\"includes\":[\"a brush\"],\"excludes\":[],"                             \
  "\"disclosures\":{\"US-NY\":[]},\"reviewer\":\"dr-lee\",\"reviewed\":\"2026-11-19\"}"
#define GIFTS(first, steps)                                                                        \
  CAMPAIGN("offer", DUE,                                                                           \
           BOOKED "\"offers\":{" OFFER("a", "A brush", first, "2026-11-30") "," OFFER(             \
               "b", "A paste", "2026-11-20", "2026-11-30") "},",                                   \
           steps, "<p>{{ offer.what | default: 'None' }}</p>")
#define WAITS "{\"id\":\"w\",\"await\":[\"clicked\"],\"within\":{\"days\":2},\"else\":\"s2\"},"
#define NEXT "{\"id\":\"s2\",\"send\":[\"hello\"],\"offer\":\"b\"},"

/* The offer of the step, where it has one; else the first of the campaign; while it stands. */
static void a_page_tells_the_offer_of_its_step_or_the_first(void **state) {
  static const struct {
    const char *json, *says;
  } rows[] = {
      {GIFTS("2026-11-20", "{\"id\":\"s1\",\"send\":[\"hello\"],\"offer\":\"a\"}," NEXT),
       "<p>A brush</p>"},
      {GIFTS("2026-11-20", NEXT "{\"id\":\"s1\",\"send\":[\"hello\"],\"offer\":\"a\"},"),
       "<p>A paste</p>"},
      {GIFTS("2026-11-23", "{\"id\":\"s1\",\"send\":[\"hello\"],\"offer\":\"a\"}," NEXT),
       "<p>A brush</p>"},
      {GIFTS("2026-11-24", "{\"id\":\"s1\",\"send\":[\"hello\"],\"offer\":\"a\"}," NEXT),
       "<p>None</p>"},
      {GIFTS("2026-11-20", WAITS NEXT), "<p>A brush</p>"},
  };
  static const char nowhere[] = CLINIC_HEAD "p1|inactive|Ana|1980-02-29||||ana@example.com|yes\n";
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", rows[i].json);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(ask(&c, NULL, "p1"), WB_OK);
    if (strcmp(said, rows[i].says) != 0) fail_msg("%zu: %s", i, said);
    clinic_place(&c, "", CLINIC_ANA, CLINIC_VISITS); /* nobody knows which day it is there */
    assert_int_equal(ask(&c, NULL, "p1"), WB_E_TYPE);
    assert_string_equal(said, "");
    clinic_rows(&c, nowhere, ""); /* nor where they go */
    assert_int_equal(ask(&c, NULL, "p1"), WB_OK);
    assert_string_equal(said, "<p>None</p>");
    clinic_close(&c);
  }
}

/* ---- facts and definitions that fail --------------------------------------------------------- */

/* Each answer about a field fails in turn; then nothing is shown, and later the same as ever. */
static void where_the_facts_fail_nothing_is_shown(void **state) {
  static const struct {
    const char *patients, *json, *patient, *says;
  } rows[] = {
      {CLINIC_ANA, NAMED, "p1", "<p>Ana</p>"},
      {CLINIC_ANA, GIFTS("2026-11-20", NEXT), "p1", "<p>A paste</p>"},
      {FAMILY KIM EVE, HOUSE("patient.age < 18"), "p1", "<p>Eve</p>"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    mirror m;
    clinic_open(&c, rows[i].patients, NULL);
    family(&c, rows[i].patients, GUARDIANS "p1|p2|1\n");
    clinic_launch(&c, "one", rows[i].json);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    const wb_moment moment = {.size = sizeof moment, .now = c.now, .zone = c.it.zone};
    wb_facts *tables = c.it.facts;
    uint64_t at = 1;
    for (bool met = true; met; at++) {
      mirror_open(&m, c.context, tables, c.it.schema, &moment, c.now);
      m.answer = WB_E_STATE;
      c.it.facts = m.facts;
      fault_arm(&m.gets, FAULT_ONCE, at);
      const wb_status status = ask(&c, NULL, rows[i].patient);
      met = m.gets.hits > 0;
      assert_int_equal(status, met ? WB_E_ABORTED : WB_OK);
      assert_string_equal(said, met ? "" : rows[i].says);
      mirror_close(&m);
    }
    assert_true(at > 5);
    c.it.facts = tables;
    clinic_close(&c);
  }
}

#define SAYS(more, texts)                                                                          \
  CAMPAIGN("care", DUE, BOOKED, SEND,                                                              \
           "<p>Hello.</p>\"},\"instead\":[{\"when\":\"patient.first_name == 'Eve'\",\"text\":"     \
           "\"other\"}]" more "}," texts "\"other\":{\"channel\":\"page\",\"en\":{\"html\":"       \
           "\"<p>Other.</p>")
#define ALONE SAYS("", "")
#define WITH_PLAIN                                                                                 \
  SAYS(",\"fallback\":\"plain\"", "\"plain\":{\"channel\":\"page\",\"register\":\"neutral\","      \
                                  "\"en\":{\"html\":\"<p>Plain.</p>\"}},")
#define SPEAKS(name, language)                                                                     \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "language:u\np1|active|" name "|1980-02-29|1|+12125550101|yes|" language "\n"

/* By a name or a language that cannot be read no text is chosen: what stands in for it is said, if
   the language lets it. */
static void where_no_text_can_be_chosen_what_stands_in_for_it_is_said(void **state) {
  static const struct {
    const char *json, *patients;
    wb_status status;
    const char *says;
  } rows[] = {
      {ALONE, SPEAKS("Ana", "en"), WB_OK, "<p>Hello.</p>"},
      {ALONE, SPEAKS("Eve", "en"), WB_OK, "<p>Other.</p>"},
      {ALONE, SPEAKS("\xff", "en"), WB_E_TYPE, ""},
      {WITH_PLAIN, SPEAKS("\xff", "en"), WB_OK, "<p>Plain.</p>"},
      {ALONE, SPEAKS("Ana", "\xff"), WB_E_TYPE, ""},
      {WITH_PLAIN, SPEAKS("Ana", "\xff"), WB_E_TYPE, ""},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c, CLINIC_ANA, rows[i].json);
    clinic_rows(&c, rows[i].patients, "");
    assert_int_equal(ask(&c, NULL, "p1"), rows[i].status);
    if (strcmp(said, rows[i].says) != 0) fail_msg("%zu: %s", i, said);
    clinic_close(&c);
  }
}

/* Under a policy that does not let the message read the name. */
static void a_campaign_that_no_longer_compiles_has_no_page(void **state) {
  static const char narrow[] = "{\"channels\":{\"email.text\":{\"read\":[\"public\"]}}}";
  clinic c;
  (void)state;
  begin(&c, CLINIC_ANA, NAMED);
  clinic_under(&c, narrow);
  assert_int_equal(ask(&c, NULL, "p1"), WB_E_STATE);
  clinic_close(&c);
}

/* ---- calls ----------------------------------------------------------------------------------- */

static void a_request_says_which_page_it_is(void **state) {
  clinic c;
  size_t needed = 0;
  (void)state;
  begin(&c, CLINIC_ANA, NAMED);
  const wb_page by_action = {.size = sizeof by_action, .action = c.actions[0].id};
  const wb_page by_name = {.size = sizeof by_name,
                           .campaign = "one",
                           .patient = "p1",
                           .campaign_length = 3,
                           .patient_length = 2};
  wb_page wrong[6] = {by_action, by_action, by_action, by_name, by_name, by_name};
  wrong[0].format = WB_PAGE_HTML - 1;
  wrong[1].reserved = 1;
  wrong[2].patient_length = 2;
  wrong[3].patient = NULL;
  wrong[4].campaign = NULL;
  wrong[5].patient = NULL;
  wrong[5].patient_length = 0;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_int_equal(
        wb_page_render(c.practice, &wrong[i], c.it.facts, c.now, said, sizeof said, &needed, NULL),
        WB_E_INVALID);
  assert_int_equal(
      wb_page_render(c.practice, &by_name, c.it.facts, c.now, said, sizeof said, &needed, NULL),
      WB_OK);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_forgotten_has_no_page),
      cmocka_unit_test(the_page_of_a_patient_is_that_of_the_newest_entry),
      cmocka_unit_test(the_page_of_two_entries_at_once_is_that_of_the_first),
      cmocka_unit_test(the_page_of_a_household_is_for_every_member),
      cmocka_unit_test(the_page_of_a_child_is_for_whoever_stands_for_them),
      cmocka_unit_test(a_household_has_none_while_the_record_names_the_dead),
      cmocka_unit_test(a_page_tells_the_offer_of_its_step_or_the_first),
      cmocka_unit_test(where_the_facts_fail_nothing_is_shown),
      cmocka_unit_test(where_no_text_can_be_chosen_what_stands_in_for_it_is_said),
      cmocka_unit_test(a_campaign_that_no_longer_compiles_has_no_page),
      cmocka_unit_test(a_request_says_which_page_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
