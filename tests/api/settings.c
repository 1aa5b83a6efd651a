/* SPDX-License-Identifier: MIT */
/* What a practice sets, as campaign.h and docs/settings.md promise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"
#include "support/playbook.h"

/* A campaign with parameters of some kinds; TEXTS are its own, TYPE declares one of its waits. */
#define BODY "{{ location.short_name }}: {{ location.booking_url }} Reply STOP to opt out."
#define TEXT "\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"" BODY "\"}}"
#define DECLARED                                                                                   \
  "\"pause\":{\"type\":\"days\",\"default\":5,\"least\":2,\"most\":30,\"about\":\"A wait.\"},"     \
  "\"from_months\":{\"type\":\"months\",\"default\":1,\"least\":0,\"most\":60,\"about\":\"M.\"},"  \
  "\"at\":{\"type\":\"time\",\"default\":\"10:00\",\"about\":\"T.\"},"                             \
  "\"season\":{\"type\":\"season\",\"default\":[{\"from\":\"11-01\",\"to\":\"02-29\"}],"           \
  "\"about\":\"S.\"},"                                                                             \
  "\"much\":{\"type\":\"number\",\"default\":null,\"least\":1,\"most\":50,\"about\":\"H.\"}"
#define CAMPAIGN(declared, texts)                                                                  \
  "{\"format\":1,\"name\":\"hygiene-recare\",\"title\":\"T\",\"class\":\"care\","                  \
  "\"parameters\":{" declared "},"                                                                 \
  "\"audience\":\"recare.overdue_months >= $from_months && $season\","                             \
  "\"segments\":[{\"name\":\"$from_months+\",\"where\":\"true\"}],"                                \
  "\"exits\":{\"booked\":\"recare.booked\"},\"holdout\":\"$much\","                                \
  "\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]},"                                                    \
  "{\"id\":\"w\",\"wait\":{\"days\":\"$pause\",\"at\":\"$at\"}},{\"id\":\"z\",\"exit\":true}],"    \
  "\"texts\":{" texts "}}"
static const char whole[] = CAMPAIGN(DECLARED, TEXT);

/* Makes a campaign; the canonical form is copied. */
static wb_status make(clinic *c, const char *json, const char *settings, char *canonical,
                      size_t capacity, wb_error *error) {
  wb_campaign *campaign = NULL;
  wb_campaign_info info = {.size = sizeof info};
  memset(error, 0, sizeof *error);
  const wb_status status =
      wb_campaign_make(c->context, c->it.schema, NULL, json, strlen(json), settings,
                       settings != NULL ? strlen(settings) : 0, &campaign, error);
  assert_int_equal(error->status, status);
  assert_true((campaign != NULL) == (status == WB_OK));
  if (status != WB_OK) return status;
  assert_int_equal(wb_campaign_get(campaign, &info), WB_OK);
  if (canonical != NULL) {
    assert_true(info.canonical_length < capacity);
    memcpy(canonical, info.canonical, info.canonical_length + 1);
  }
  wb_campaign_unref(campaign);
  return status;
}

/* Asserts that a campaign under settings has a piece in its canonical form. */
static void assert_made(clinic *c, const char *settings, const char *piece) {
  char canonical[8192];
  wb_error error;
  const wb_status status = make(c, whole, settings, canonical, sizeof canonical, &error);
  if (status != WB_OK) fail_msg("%s: %s %s", settings, error.path, error.message);
  if (strstr(canonical, piece) == NULL) fail_msg("%s: %s", piece, canonical);
}

static void values_stand_in_the_canonical_form_alone(void **state) {
  (void)state;
  clinic c;
  char canonical[8192], again[8192];
  wb_error error;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(make(&c, whole, NULL, canonical, sizeof canonical, &error), WB_OK);
  assert_null(strchr(canonical, '$'));
  assert_null(strstr(canonical, "parameters"));
  assert_null(strstr(canonical, "holdout"));
  assert_non_null(strstr(canonical, "\"wait\":{\"at\":\"10:00\",\"days\":5}"));
  assert_non_null(strstr(canonical, "\"name\":\"1+\""));
  assert_int_equal(make(&c, canonical, NULL, again, sizeof again, &error), WB_OK);
  assert_string_equal(canonical, again);
  assert_int_equal(make(&c, whole, "{}", again, sizeof again, &error), WB_OK);
  assert_string_equal(canonical, again);
  clinic_close(&c);
}

/* Which text is sent may hang on what a practice sets; what a text says has no parameters. */
static void rules_of_texts_have_parameters(void **state) {
  (void)state;
  static const char seasonal[] = CAMPAIGN(
      DECLARED, "\"t\":{\"channel\":\"sms\",\"instead\":[{\"when\":\"$season\",\"text\":\"w\"}],"
                "\"en\":{\"body\":\"$pause " BODY "\"}},"
                "\"w\":{\"channel\":\"sms\",\"en\":{\"body\":\"" BODY "\"}}");
  clinic c;
  char canonical[8192];
  wb_error error;
  clinic_open(&c, CLINIC_ANA, NULL);
  if (make(&c, seasonal, NULL, canonical, sizeof canonical, &error) != WB_OK)
    fail_msg("%s: %s", error.path, error.message);
  assert_null(strstr(canonical, "$season"));
  assert_non_null(strstr(canonical, "\"body\":\"$pause "));
  clinic_close(&c);
}

#define SET(values) "{\"playbooks\":{\"hygiene-recare\":{" values "}}}"

static void the_practice_sets_parameters_and_members(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_made(&c, "{\"playbooks\":{\"lapsed-exam\":{\"priority\":3}}}", "\"days\":5");
  assert_made(&c, SET(), "\"days\":5");
  assert_made(&c, SET("\"holdout\":10"), "\"holdout\":10");
  assert_made(&c, SET("\"much\":10"), "\"holdout\":10");
  assert_made(&c, SET("\"priority\":71"), "\"priority\":71");
  assert_made(&c, SET("\"hours\":{\"mon\":\"10:00-12:00\"}"),
              "\"hours\":{\"mon\":\"10:00-12:00\"}");
  clinic_close(&c);
}

/* A practice's settings for the playbook that ships, and what the errors of it are. */
static void settings_are_refused_where_they_stand(void **state) {
  (void)state;
  static const struct {
    const char *json;
    wb_status status;
    const char *path;
    uint32_t line;
    const char *says;
  } cases[] = {
      {"{}", WB_OK, "", 0, ""},
      {SET("\"second_after\":2"), WB_OK, "", 0, ""},
      {SET("\"second_after\":60"), WB_OK, "", 0, ""},
      {SET("\n\"second_after\":1"), WB_E_RANGE, "/playbooks/hygiene-recare/second_after", 2,
       "This must be from 2 to 60 days."},
      {SET("\"second_after\":61"), WB_E_RANGE, "/playbooks/hygiene-recare/second_after", 1, ""},
      {SET("\"second_after\":\"5\""), WB_E_TYPE, "/playbooks/hygiene-recare/second_after", 1, ""},
      {SET("\"second_aftr\":5"), WB_E_NAME, "/playbooks/hygiene-recare/second_aftr", 1,
       "\"second_after\""},
      {SET("\"prioritty\":5"), WB_E_NAME, "/playbooks/hygiene-recare/prioritty", 1, "\"priority\""},
      {SET("\"priority\":101"), WB_E_RANGE, "/playbooks/hygiene-recare/priority", 1, "0 to 100"},
      {SET("\"hours\":{\"mon\":\"9-5\"}"), WB_E_SYNTAX, "/playbooks/hygiene-recare/hours/mon", 1,
       ""},
      {SET("\"hours\":{\"noday\":\"none\"}"), WB_E_SYNTAX, "/playbooks/hygiene-recare/hours/noday",
       1, "weekday"},
      {"{\"playbooks\":{\"hygeine-recare\":{}}}", WB_E_NAME, "/playbooks/hygeine-recare", 1,
       "\"hygiene-recare\""},
      {"{\n\n\"playboks\":{}}", WB_E_NAME, "/playboks", 3, "\"playbooks\""},
      {"{\"playbooks\":[]}", WB_E_TYPE, "/playbooks", 1, "object"},
      {"{\"practice\":{}}", WB_E_INVALID, "/practice", 1, "\"name\""},
      {"{\"practice\":{\"name\":\"\"}}", WB_E_LIMIT, "/practice/name", 1, ""},
      {"{\"practice\":{\"name\":\"a\\nb\"}}", WB_E_SYNTAX, "/practice/name", 1, "called"},
      {"{\"locations\":[]}", WB_E_LIMIT, "/locations", 1, ""},
      {"{\"locations\":[{\"key\":\"1\"},{\"kye\":\"2\"}]}", WB_E_NAME, "/locations/1/kye", 1,
       "\"key\""},
      {"{\"locations\":[{\"key\":\"1\",\"hours\":{\"mon\":[\"08:00\"]}}]}", WB_E_LIMIT,
       "/locations/0/hours/mon", 1, ""},
      {"{\"recare\":{\"bands\":[6,9,\"12\"]}}", WB_E_TYPE, "/recare/bands/2", 1, "integer"},
      {"{\"playbooks\":{\"lapsed-exam\":{\"reentry\":\"always\"}}}", WB_E_NAME,
       "/playbooks/lapsed-exam/reentry", 1, "again"},
      {"{\"playbooks\":{\"visit-confirmation\":{\"ask_at\":\"24:00\"}}}", WB_E_SYNTAX,
       "/playbooks/visit-confirmation/ask_at", 1, ""},
      {"{\"playbooks\":{\"return-offer\":{\"offer\":\"spring\"}},\"offers\":{\"sprnig\":{}}}",
       WB_E_NAME, "/playbooks/return-offer/offer", 1, "\"sprnig\""},
      {"{\"playbooks\":{\"return-offer\":{\"offer\":\"spring\"}},\"offers\":{\"spring\":{}}}",
       WB_OK, "", 0, ""},
      {"{\"wording\":{\"hygiene-recare\":{\"text-frist\":{\"en\":\"x\"}}}}", WB_E_NAME,
       "/wording/hygiene-recare/text-frist", 1, "\"text-first\""},
      {"{\"wording\":{\"hygiene-recare\":{\"text-first\":{\"channel\":\"email\"}}}}", WB_E_NAME,
       "/wording/hygiene-recare/text-first/channel", 1, "language"},
      {"{\"wording\":{\"hygiene-recare\":{\"text-first\":{\"en\":5}}}}", WB_E_TYPE,
       "/wording/hygiene-recare/text-first/en", 1, "string"},
      {"{\"wording\":{\"hygiene-recare\":{\"text-first\":{\"en\":{\"bdoy\":\"x\"}}}}}", WB_E_NAME,
       "/wording/hygiene-recare/text-first/en/bdoy", 1, "\"body\""},
      {"{\"desk\":{\"days\":1},\"desk\":{}}", WB_E_SYNTAX, "", 1, ""},
      {"[]", WB_E_TYPE, "", 1, "object"},
      {"{", WB_E_SYNTAX, "", 1, ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    wb_error error = {0};
    const wb_status status = wb_settings_test(NULL, cases[i].json, strlen(cases[i].json), &error);
    if (status != cases[i].status || strcmp(error.path, cases[i].path) != 0 ||
        error.line != cases[i].line || strstr(error.message, cases[i].says) == NULL)
      fail_msg("%s: %s %s:%u %s", cases[i].json, wb_status_name(status), error.path,
               (unsigned)error.line, error.message);
  }
  assert_int_equal(wb_settings_test(NULL, NULL, 0, NULL), WB_E_INVALID);
}

static void seasons_become_rules_on_today(void **state) {
  (void)state;
  static const struct {
    const char *season;
    const char *rule; /* NULL: refused */
  } cases[] = {
      {"[]", "(false)"},
      {"[{\"from\":\"03-01\",\"to\":\"04-30\"}]",
       "((today.month() * 100 + today.day() >= 301 && today.month() * 100 + today.day() <= 430))"},
      {"[{\"from\":\"12-20\",\"to\":\"01-05\"}]",
       "((today.month() * 100 + today.day() >= 1220 || today.month() * 100 + today.day() <= 105))"},
      {"[{\"from\":\"2027-03-29\",\"to\":\"2027-04-02\",\"name\":\"spring\",\"ahead\":21},"
       "{\"from\":\"2027-06-20\",\"to\":\"2027-06-20\"}]",
       "((today.addDays(21) >= date(\\\"2027-03-29\\\") && today <= date(\\\"2027-04-02\\\")) || "
       "(today >= date(\\\"2027-06-20\\\") && today <= date(\\\"2027-06-20\\\")))"},
      {"[{\"from\":\"03-01\",\"to\":\"2027-04-30\"}]", NULL},
      {"[{\"from\":\"2027-04-30\",\"to\":\"2027-04-29\"}]", NULL},
      {"[{\"from\":\"03-01\",\"to\":\"04-31\"}]", NULL},
      {"[{\"from\":\"13-01\",\"to\":\"04-30\"}]", NULL},
      {"[{\"from\":\"03-01\"}]", NULL},
      {"[{\"from\":\"03-01\",\"to\":\"04-30\",\"ahead\":1}]", NULL},
      {"[{\"from\":\"2027-03-01\",\"to\":\"2027-04-30\",\"ahead\":181}]", NULL},
      {"[5]", NULL},
      {"{}", NULL},
  };
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char json[sizeof whole + 400], canonical[8192];
    const char *from = strstr(whole, "[{\"from\""), *to = strchr(from, ']');
    wb_error error;
    snprintf(json, sizeof json, "%.*s%s%s", (int)(from - whole), whole, cases[i].season, to + 1);
    const wb_status status = make(&c, json, NULL, canonical, sizeof canonical, &error);
    if ((status == WB_OK) != (cases[i].rule != NULL) ||
        (status == WB_OK && strstr(canonical, cases[i].rule) == NULL))
      fail_msg("%s: %s %s", cases[i].season, error.message, status == WB_OK ? canonical : "");
    if (status != WB_OK && strncmp(error.path, "/parameters/season/default", 26) != 0)
      fail_msg("%s: %s", cases[i].season, error.path);
  }
  clinic_close(&c);
}

static void declarations_are_checked(void **state) {
  (void)state;
#define NUMBER(more) "\"type\":\"days\",\"least\":2,\"most\":9,\"about\":\"A.\"" more
  static const struct {
    const char *declared;
    wb_status status;
    const char *path;
  } cases[] = {
      {"\"p\":{" NUMBER(",\"default\":3") "}", WB_OK, ""},
      {"\"p\":{" NUMBER(",\"default\":1") "}", WB_E_RANGE, "/parameters/p/default"},
      {"\"p\":{" NUMBER("") "}", WB_E_STATE, "/parameters/p"},
      {"\"p\":{" NUMBER(",\"default\":null") "}", WB_OK, ""},
      {"\"p\":{" NUMBER(",\"defalt\":3") "}", WB_E_NAME, "/parameters/p/defalt"},
      {"\"p\":{\"type\":\"weeks\",\"about\":\"A.\"}", WB_E_NAME, "/parameters/p/type"},
      {"\"p\":{\"type\":\"days\",\"most\":9,\"about\":\"A.\"}", WB_E_INVALID, "/parameters/p"},
      {"\"p\":{\"type\":\"time\",\"most\":9,\"about\":\"A.\"}", WB_E_INVALID, "/parameters/p"},
      {"\"p\":{\"type\":\"time\",\"default\":\"9\",\"about\":\"A.\"}", WB_E_SYNTAX,
       "/parameters/p/default"},
      {"\"p\":{\"type\":\"days\",\"least\":9,\"most\":2,\"about\":\"A.\"}", WB_E_RANGE,
       "/parameters/p/most"},
      {"\"p\":{\"type\":\"time\"}", WB_E_INVALID, "/parameters/p"},
      {"\"p\":{\"type\":\"offer\",\"default\":\"x\",\"about\":\"A.\"}", WB_E_NAME,
       "/parameters/p/default"},
      {"\"P\":{" NUMBER(",\"default\":3") "}", WB_E_INVALID, "/parameters/P"},
      {"\"priority\":{" NUMBER(",\"default\":3") "}", WB_E_INVALID, "/parameters/priority"},
      {"\"p\":5", WB_E_TYPE, "/parameters/p"},
      {"\"q\":{" NUMBER(",\"default\":3") "}", WB_E_NAME, "/rest_days"},
  };
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char json[4096];
    wb_error error;
    snprintf(
        json, sizeof json,
        "{\"format\":1,\"name\":\"c\",\"title\":\"T\",\"class\":\"care\",\"audience\":\"true\","
        "\"segments\":[{\"name\":\"a\",\"where\":\"true\"}],\"exits\":{\"booked\":"
        "\"recare.booked\"},\"rest_days\":\"$p\",\"parameters\":{%s},\"steps\":[{\"id\":\"a\","
        "\"send\":[\"t\"]},{\"id\":\"z\",\"exit\":true}],\"texts\":{" TEXT "}}",
        cases[i].declared);
    const wb_status status = make(&c, json, NULL, NULL, 0, &error);
    if (status != cases[i].status || strcmp(error.path, cases[i].path) != 0)
      fail_msg("%s: %s %s %s", cases[i].declared, wb_status_name(status), error.path,
               error.message);
  }
  clinic_close(&c);
}

static void what_may_be_left_out_is_no_part_of_a_string(void **state) {
  (void)state;
  static const char *const places[] = {"\"where\":\"true\"", "\"send\":[\"t\"]"};
  static const char *const wrong[] = {"\"where\":\"$much > 1\"", "\"send\":[\"t\",\"$much\"]"};
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < 2; i++) {
    char json[sizeof whole + 100];
    const char *at = strstr(whole, places[i]);
    wb_error error;
    snprintf(json, sizeof json, "%.*s%s%s", (int)(at - whole), whole, wrong[i],
             at + strlen(places[i]));
    assert_int_equal(make(&c, json, NULL, NULL, 0, &error), WB_E_INVALID);
    assert_non_null(strstr(error.message, "may be left out"));
  }
  clinic_close(&c);
}

#define OWN(text, en)                                                                              \
  "{\"wording\":{\"hygiene-recare\":{\"" text "\":{\"en\":\"" en "\",\"es\":{\"body\":\"" en       \
  "\"}}}}}"

static void own_wording_takes_the_place_of_what_ships(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_made(&c, OWN("t", "Suite $pause, {{ location.short_name }}."),
              "{\"channel\":\"sms\",\"en\":{\"body\":\"Suite $pause, {{ location.short_name }}.\"},"
              "\"es\":{\"body\":\"Suite $pause, {{ location.short_name }}.\"}}");
  clinic_close(&c);
}

static void own_wording_is_refused_where_it_stands(void **state) {
  (void)state;
  static const struct {
    const char *json;
    wb_status status;
    const char *path;
  } cases[] = {
      {OWN("t", "{{ recare.kind }}"), WB_E_POLICY, "/wording/hygiene-recare/t/en"},
      {OWN("t", "{{ recare.knid }}"), WB_E_NAME, "/wording/hygiene-recare/t/en"},
      {OWN("t", "{{ "), WB_E_SYNTAX, "/wording/hygiene-recare/t/en"},
      {OWN("t", "Save $40 now."), WB_E_POLICY, "/wording/hygiene-recare/t/en"},
      {"{\"wording\":{\"hygiene-recare\":{\"t\":{\"en\":{\"body\":\"a\",\"html\":\"b\"}}}}}",
       WB_E_NAME, "/wording/hygiene-recare/t/en/html"},
      {"{\"wording\":{\"hygiene-recare\":{\"tt\":{\"en\":\"a\"}}}}", WB_E_NAME,
       "/wording/hygiene-recare/tt"},
  };
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    wb_error error;
    const wb_status status = make(&c, whole, cases[i].json, NULL, 0, &error);
    if (status != cases[i].status || strcmp(error.path, cases[i].path) != 0)
      fail_msg("%s: %s %s %s", cases[i].json, wb_status_name(status), error.path, error.message);
  }
  clinic_close(&c);
}

static void a_newer_version_takes_the_same_settings(void **state) {
  (void)state;
  static const char newer[] = CAMPAIGN(
      DECLARED
      ",\"more\":{\"type\":\"days\",\"default\":3,\"least\":1,\"most\":9,\"about\":\"N.\"}",
      TEXT ",\"new\":{\"channel\":\"sms\",\"en\":{\"body\":\"New. " BODY "\"}}");
  static const char settings[] =
      "{\"playbooks\":{\"hygiene-recare\":{\"pause\":9,\"priority\":60}},"
      "\"wording\":{\"hygiene-recare\":{\"t\":{\"en\":\"Ours. " BODY "\"}}}}";
  clinic c;
  char json[2 * sizeof newer], canonical[8192];
  const char *at = strstr(newer, "\"send\":[\"t\"]");
  wb_error error;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_made(&c, settings, "Ours.");
  snprintf(json, sizeof json, "%.*s\"send\":[\"t\"]},{\"id\":\"b\",\"send\":[\"new\"]%s",
           (int)(at - newer), newer, at + strlen("\"send\":[\"t\"]"));
  if (make(&c, json, settings, canonical, sizeof canonical, &error) != WB_OK)
    fail_msg("%s %s", error.path, error.message);
  assert_non_null(strstr(canonical, "Ours."));
  assert_non_null(strstr(canonical, "New."));
  assert_non_null(strstr(canonical, "\"days\":9"));
  assert_non_null(strstr(canonical, "\"priority\":60"));
  clinic_close(&c);
}

static void the_offer_of_the_practice_is_made_by_its_name(void **state) {
  (void)state;
#define OFFER(more)                                                                                \
  "{\"playbooks\":{\"return-offer\":{\"offer\":\"spring\"}},\"offers\":{\"spring\":{\"what\":"     \
  "\"Exam, X-rays and cleaning\",\"price_cents\":9900,\"regular_cents\":18900,\"value_cents\":"    \
  "9000,\"cash_like\":false,\"first\":\"2026-11-20\",\"last\":\"2026-12-31\",\"qualifies\":"       \
  "\"true\",\"includes\":[\"one visit\"],\"excludes\":[],\"disclosures\":{\"US-NY\":[]},"          \
  "\"reviewer\":\"dr-lee\",\"reviewed\":\"2026-11-19\"" more "}}}"
  clinic c;
  static char canonical[1 << 17];
  size_t length = 0;
  wb_error error;
  const char *json = playbook_text("return-offer", &length);
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(make(&c, json, NULL, canonical, sizeof canonical, &error), WB_OK);
  assert_null(strstr(canonical, "\"offers\""));
  assert_null(strstr(canonical, "\"offer\":"));
  if (make(&c, json, OFFER(""), canonical, sizeof canonical, &error) != WB_OK)
    fail_msg("%s %s", error.path, error.message);
  assert_non_null(strstr(canonical, "\"offers\":{\"spring\":{\"cash_like\":false"));
  assert_non_null(strstr(canonical, "\"id\":\"text-2\",\"offer\":\"spring\""));
  assert_int_equal(make(&c, json, OFFER(",\"prise\":5"), NULL, 0, &error), WB_E_NAME);
  assert_string_equal(error.path, "/offers/spring/prise");
  clinic_close(&c);
}

/* The text of a member of a parameter's declaration, or an empty one. */
static void member_of(const char *declared, const char *end, const char *name, char out[32]) {
  char wanted[32];
  snprintf(wanted, sizeof wanted, "\"%s\":", name);
  const char *at = strstr(declared, wanted);
  out[0] = 0;
  if (at == NULL || at > end) return;
  at += strlen(wanted);
  snprintf(out, 32, "%.*s", (int)strcspn(at, ",}"), at);
}

static void every_playbook_compiles_at_the_ends_of_every_range(void **state) {
  (void)state;
  static const char *const ends[] = {"least", "most"};
  clinic c;
  const char *name = NULL, *json = NULL;
  size_t length = 0;
  long seen = 0;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (uint32_t i = 0; wb_playbook_get(i, &name, &json, &length) == WB_OK; i++) {
    const char *at = strstr(json, "\"parameters\":{"), *all = strstr(json, "},\"audience\"");
    assert_non_null(at);
    at += strlen("\"parameters\":{");
    while (at < all) {
      const char *quote = strchr(at + 1, '"'), *end = strstr(quote, "\"about\":");
      for (size_t k = 0; k < 2; k++) {
        char value[32], settings[200];
        wb_error error;
        member_of(quote, end, ends[k], value);
        if (value[0] == 0) continue;
        snprintf(settings, sizeof settings, "{\"playbooks\":{\"%s\":{\"%.*s\":%s}}}", name,
                 (int)(quote - at - 1), at + 1, value);
        if (make(&c, json, settings, NULL, 0, &error) != WB_OK)
          fail_msg("%s: %s %s", settings, error.path, error.message);
        seen++;
      }
      at = strchr(end, '}') + 1;
      if (*at == ',') at++;
    }
  }
  assert_true(seen > 40);
  clinic_close(&c);
}

static void what_is_not_set_is_told_apart(void **state) {
  (void)state;
  clinic c;
  char json[sizeof whole];
  wb_error error;
  clinic_open(&c, CLINIC_ANA, NULL);
  const char *at = strstr(whole, "\"default\":5,");
  snprintf(json, sizeof json, "%.*s%s", (int)(at - whole), whole, at + strlen("\"default\":5,"));
  assert_int_equal(make(&c, json, NULL, NULL, 0, &error), WB_E_STATE);
  assert_string_equal(error.path, "/parameters/pause");
  assert_non_null(strstr(error.message, "\"pause\""));
  assert_int_equal(make(&c, json, SET("\"pause\":8"), NULL, 0, &error), WB_OK);
  clinic_close(&c);
}

static void settings_are_at_most_a_mebibyte(void **state) {
  enum { MOST = 1 << 20 };
  char *json = malloc(MOST + 1);
  (void)state;
  assert_non_null(json);
  memset(json, ' ', MOST + 1);
  memcpy(json, "{}", 2);
  assert_int_equal(wb_settings_test(NULL, json, MOST, NULL), WB_OK);
  assert_int_equal(wb_settings_test(NULL, json, MOST + 1, NULL), WB_E_LIMIT);
  free(json);
}

static void schemas_are_given_whole(void **state) {
  (void)state;
  const char *json = NULL;
  size_t length = 0;
  assert_int_equal(wb_settings_schema(NULL, &length), WB_E_INVALID);
  assert_int_equal(wb_settings_schema(&json, NULL), WB_E_INVALID);
  assert_int_equal(wb_settings_schema(&json, &length), WB_OK);
  assert_int_equal(strlen(json), length);
  assert_non_null(strstr(json, "\"booking_url\""));
  assert_int_equal(wb_campaign_schema(&json, &length), WB_OK);
  assert_non_null(strstr(json, "\"audience\""));
}

static void every_failed_allocation_is_reported(void **state) {
  (void)state;
  static const char settings[] =
      "{\"playbooks\":{\"hygiene-recare\":{\"pause\":9,\"priority\":60}},\"wording\":{"
      "\"hygiene-recare\":{\"t\":{\"en\":\"Ours. " BODY "\",\"es\":{\"body\":\"" BODY "\"}}}}}";
  for (uint64_t at = 1;; at++) {
    fault_memory memory;
    wb_context *context = fault_context(&memory);
    wb_schema *schema = NULL;
    wb_campaign *campaign = NULL;
    assert_int_equal(wb_schema_new(context, NULL, 0, &schema, NULL), WB_OK);
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status status = wb_campaign_make(context, schema, NULL, whole, strlen(whole), settings,
                                              strlen(settings), &campaign, NULL);
    const bool met = memory.plan.hits > 0;
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    wb_campaign_unref(campaign);
    wb_schema_unref(schema);
    wb_context_unref(context);
    assert_int_equal(memory.live, 0);
    if (!met) break;
  }
}

/* However far it came. */
static void without_memory_settings_are_not_tested(void **state) {
  static const char json[] =
      "{\"playbooks\":{\"hygiene-recare\":{}},\"wording\":{\"hygiene-recare\":{}}}";
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  uint64_t at = 1;
  (void)state;
  for (bool met = true; met; at++) {
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status status = wb_settings_test(context, json, sizeof json - 1, NULL);
    met = memory.plan.hits > 0;
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
  }
  assert_true(at > 4);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_memory_settings_are_not_tested),
      cmocka_unit_test(values_stand_in_the_canonical_form_alone),
      cmocka_unit_test(the_practice_sets_parameters_and_members),
      cmocka_unit_test(rules_of_texts_have_parameters),
      cmocka_unit_test(settings_are_refused_where_they_stand),
      cmocka_unit_test(seasons_become_rules_on_today),
      cmocka_unit_test(declarations_are_checked),
      cmocka_unit_test(what_may_be_left_out_is_no_part_of_a_string),
      cmocka_unit_test(own_wording_takes_the_place_of_what_ships),
      cmocka_unit_test(own_wording_is_refused_where_it_stands),
      cmocka_unit_test(a_newer_version_takes_the_same_settings),
      cmocka_unit_test(the_offer_of_the_practice_is_made_by_its_name),
      cmocka_unit_test(every_playbook_compiles_at_the_ends_of_every_range),
      cmocka_unit_test(what_is_not_set_is_told_apart),
      cmocka_unit_test(settings_are_at_most_a_mebibyte),
      cmocka_unit_test(schemas_are_given_whole),
      cmocka_unit_test(every_failed_allocation_is_reported),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
