/* SPDX-License-Identifier: MIT */
/* Parameters of a campaign at their edges: what is a name, what is put where, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/sample.h"

enum { ROOM = 1 << 16 };

/* A campaign of which a test changes pieces. */
#define BODY "{{ location.short_name }}: {{ location.booking_url }} Reply STOP to opt out."
#define TEXT "\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"" BODY "\"}}"
#define DECLARED                                                                                   \
  "\"pause\":{\"type\":\"days\",\"default\":5,\"least\":2,\"most\":30,\"about\":\"A wait.\"},"     \
  "\"at_1\":{\"type\":\"time\",\"default\":\"10:00\",\"about\":\"T.\"},"                           \
  "\"gift\":{\"type\":\"offer\",\"default\":null,\"about\":\"G.\"},"                               \
  "\"season\":{\"type\":\"season\",\"default\":null,\"about\":\"S.\"}"
static const char whole[] =
    "{\"format\":1,\"name\":\"hygiene-recare\",\"title\":\"T\",\"class\":\"care\","
    "\"parameters\":{" DECLARED "},\"audience\":\"true\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
    "\"exits\":{\"booked\":\"recare.booked\"},"
    "\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]},"
    "{\"id\":\"w\",\"wait\":{\"days\":\"$pause\",\"at\":\"$at_1\"}},{\"id\":\"z\",\"exit\":true}],"
    "\"texts\":{" TEXT "}}";

/* The campaign with a piece replaced; until the next call. */
static const char *changed(const char *piece, const char *by) {
  static char json[ROOM];
  const char *at = strstr(whole, piece);
  if (at == NULL) fail_msg("no %s", piece);
  snprintf(json, sizeof json, "%.*s%s%s", (int)(at - whole), whole, by, at + strlen(piece));
  return json;
}

/* Makes it; the canonical form until the next call. */
static wb_status make(const char *json, const char *settings, const char **canonical,
                      wb_error *error) {
  static char copy[ROOM];
  sample it;
  wb_campaign *campaign = NULL;
  wb_campaign_info info = {.size = sizeof info};
  memset(error, 0, sizeof *error);
  sample_open(&it, NULL);
  const wb_status status =
      wb_campaign_make(NULL, it.schema, NULL, json, strlen(json), settings,
                       settings != NULL ? strlen(settings) : 0, &campaign, error);
  if (status == WB_OK) {
    assert_int_equal(wb_campaign_get(campaign, &info), WB_OK);
    snprintf(copy, sizeof copy, "%s", info.canonical);
    *canonical = copy;
  }
  wb_campaign_unref(campaign);
  sample_close(&it);
  return status;
}

/* What is made of the campaign with a piece replaced has another piece in its canonical form. */
static void becomes(const char *piece, const char *by, const char *settings, const char *expected) {
  const char *canonical = "";
  wb_error error;
  if (make(changed(piece, by), settings, &canonical, &error) != WB_OK)
    fail_msg("%s: %s %s", by, error.path, error.message);
  if (strstr(canonical, expected) == NULL) fail_msg("%s: %s", by, canonical);
}

static void refused(const char *piece, const char *by, const char *settings, wb_status expected,
                    const char *path) {
  const char *canonical = "";
  wb_error error;
  const wb_status status = make(changed(piece, by), settings, &canonical, &error);
  if (status != expected || strcmp(error.path, path) != 0)
    fail_msg("%s: %s %s %s", by, wb_status_name(status), error.path, error.message);
}

/* ---- names ----------------------------------------------------------------------------------- */

/* A name is of a-z, 0-9 and '_', begins with a letter, and has at most 64 bytes. */
static void a_parameter_has_a_name_of_its_own(void **state) {
#define N8 "abcdefgh"
#define N64 N8 N8 N8 N8 N8 N8 N8 N8
  static const struct {
    const char *name, *path;
    wb_status status;
  } rows[] = {
      {"b_9", "", WB_OK},
      {"z", "", WB_OK},
      {"bz", "", WB_OK},
      {N64, "", WB_OK},
      {N64 "i", "/parameters/" N64 "i", WB_E_INVALID},
      {"", "/parameters/", WB_E_INVALID},
      {"9b", "/parameters/9b", WB_E_INVALID},
      {"{b", "/parameters/{b", WB_E_INVALID},
      {"b{", "/parameters/b{", WB_E_INVALID},
      {"b-c", "/parameters/b-c", WB_E_INVALID},
      {"bC", "/parameters/bC", WB_E_INVALID},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char declared[512];
    snprintf(declared, sizeof declared,
             "\"%s\":{\"type\":\"number\",\"default\":5,\"least\":2,\"most\":30,\"about\":\"A.\"},"
             "\"pause\"",
             rows[i].name);
    refused("\"pause\"", declared, NULL, rows[i].status, rows[i].path);
  }
}

/* What begins like a name and is none stays as it is. */
static void a_sign_without_a_name_is_itself(void **state) {
  static const struct {
    const char *title, *expected;
  } rows[] = {
      {"5 $", "\"title\":\"5 $\""},           {"$", "\"title\":\"$\""},
      {"$ 5", "\"title\":\"$ 5\""},           {"$5", "\"title\":\"$5\""},
      {"$Pause", "\"title\":\"$Pause\""},     {"${pause}", "\"title\":\"${pause}\""},
      {"$pause{", "\"title\":\"5{\""},        {"$pauseA", "\"title\":\"5A\""},
      {"$pause $pause", "\"title\":\"5 5\""}, {"at $at_1", "\"title\":\"at 10:00\""},
      {"$pause.", "\"title\":\"5.\""},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char title[64];
    snprintf(title, sizeof title, "\"title\":\"%s\"", rows[i].title);
    becomes("\"title\":\"T\"", title, NULL, rows[i].expected);
  }
  becomes("\"title\":\"T\",\"class\":\"care\",\"parameters\":{",
          "\"title\":\"$z of $zaz\",\"class\":\"care\",\"parameters\":{\"z\":{\"type\":\"number\","
          "\"default\":7,\"least\":2,\"most\":30,\"about\":\"A.\"},\"zaz\":{\"type\":\"number\","
          "\"default\":8,\"least\":2,\"most\":30,\"about\":\"A.\"},",
          NULL, "\"title\":\"7 of 8\"");
  refused("\"title\":\"T\"", "\"title\":\"of $pauze days\"", NULL, WB_E_NAME, "/title");
  refused("\"title\":\"T\"", "\"title\":\"\"", NULL, WB_E_INVALID, "/title");
}

/* ---- declarations ---------------------------------------------------------------------------- */

static void a_declaration_is_refused_where_it_stands(void **state) {
  static const struct {
    const char *by, *path;
    wb_status status;
  } rows[] = {
      {"\"p\":{\"about\":\"A.\"},\"pause\"", "/parameters/p", WB_E_INVALID},
      {"\"p\":{\"type\":5,\"about\":\"A.\"},\"pause\"", "/parameters/p/type", WB_E_TYPE},
      {"\"p\":{\"type\":\"time\",\"least\":1,\"about\":\"A.\"},\"pause\"", "/parameters/p",
       WB_E_INVALID},
      {"\"p\":{\"type\":\"time\",\"most\":1,\"about\":\"A.\"},\"pause\"", "/parameters/p",
       WB_E_INVALID},
      {"\"p\":{\"type\":\"time\",\"default\":9,\"about\":\"A.\"},\"pause\"",
       "/parameters/p/default", WB_E_TYPE},
      {"\"p\":{\"type\":\"offer\",\"default\":9,\"about\":\"A.\"},\"pause\"",
       "/parameters/p/default", WB_E_TYPE},
      {"\"p\":{\"type\":\"days\",\"default\":\"9\",\"least\":1,\"most\":9,\"about\":\"A.\"},"
       "\"pause\"",
       "/parameters/p/default", WB_E_TYPE},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    refused("\"pause\"", rows[i].by, NULL, rows[i].status, rows[i].path);
  refused("\"parameters\":{" DECLARED "}", "\"parameters\":[]", NULL, WB_E_TYPE, "/parameters");
}

/* So many more declarations than the four. */
static void declare_more(char *json, size_t capacity, int more) {
  size_t at = 0;
  for (int i = 0; i < more; i++)
    at += (size_t)snprintf(
        json + at, capacity - at,
        "\"p%d\":{\"type\":\"days\",\"default\":5,\"least\":2,\"most\":30,\"about\":\"A.\"},", i);
  snprintf(json + at, capacity - at, "\"pause\"");
}

static void there_are_at_most_64_parameters(void **state) {
  char *json = calloc(1, ROOM);
  (void)state;
  assert_non_null(json);
  declare_more(json, ROOM, 60);
  becomes("\"pause\"", json, NULL, "\"days\":5");
  declare_more(json, ROOM, 61);
  refused("\"pause\"", json, NULL, WB_E_LIMIT, "/parameters");
  free(json);
}

/* The stretches of a season, by number; the last one may be wrong. */
static void a_season_has_at_most_32_stretches(void **state) {
  char *json = calloc(1, ROOM);
  (void)state;
  assert_non_null(json);
  for (int count = 32; count <= 33; count++) {
    size_t at = (size_t)sprintf(json, "\"about\":\"S.\",\"type\":\"season\",\"default\":[");
    for (int i = 0; i < count; i++)
      at += (size_t)sprintf(json + at, "%s{\"from\":\"03-01\",\"to\":\"04-30\"}", i ? "," : "");
    sprintf(json + at, "]");
    refused("\"type\":\"season\",\"default\":null,\"about\":\"S.\"", json, NULL,
            count == 32 ? WB_OK : WB_E_LIMIT, count == 32 ? "" : "/parameters/season/default");
  }
  free(json);
}

/* Of two stretches of which the first is wrong, that one is told. */
static void a_stretch_is_refused_where_it_stands(void **state) {
  static const char *const wrong[] = {
      "{\"from\":\"2027-02-30\",\"to\":\"2027-04-30\"}",
      "{\"from\":\"2027-02-20\",\"to\":\"2027-02-30\"}",
      "{\"from\":\"2027-02-20\",\"to\":\"02-25\"}",
  };
  (void)state;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    char json[256];
    snprintf(json, sizeof json,
             "\"type\":\"season\",\"default\":[%s,{\"from\":\"03-01\",\"to\":\"04-30\"}]",
             wrong[i]);
    refused("\"type\":\"season\",\"default\":null", json, NULL, WB_E_SYNTAX,
            "/parameters/season/default/0");
  }
}

/* ---- values ---------------------------------------------------------------------------------- */

/* A season that may be left out takes its member with it. */
static void a_season_may_be_left_out(void **state) {
  static const char set[] = "{\"playbooks\":{\"hygiene-recare\":{\"season\":[{\"from\":\"03-01\","
                            "\"to\":\"04-30\"}]}}}";
  (void)state;
  becomes("\"audience\":\"true\"", "\"audience\":\"$season\"", set,
          "\"audience\":\"((today.month() * 100 + today.day() >= 301 && ");
  refused("\"audience\":\"true\"", "\"audience\":\"$season\"", NULL, WB_E_INVALID, "");
  refused("\"audience\":\"true\"", "\"audience\":\"$season\"",
          "{\"playbooks\":{\"hygiene-recare\":{\"season\":5}}}", WB_E_TYPE,
          "/playbooks/hygiene-recare/season");
}

/* A value that the practice set is refused where it stands, also the first of several. */
static void a_value_is_refused_where_it_stands(void **state) {
  static const struct {
    const char *values, *path;
    wb_status status;
  } rows[] = {
      {"\"at_1\":5,\"pause\":5", "/playbooks/hygiene-recare/at_1", WB_E_TYPE},
      {"\"at_1\":\"24:00\"", "/playbooks/hygiene-recare/at_1", WB_E_SYNTAX},
      {"\"at_1\":\"noon\"", "/playbooks/hygiene-recare/at_1", WB_E_SYNTAX},
      {"\"at_1\":\"23:59\"", "", WB_OK},
      {"\"at_1\":\"00:00\"", "", WB_OK},
      {"\"gift\":5", "/playbooks/hygiene-recare/gift", WB_E_TYPE},
      {"\"gift\":\"spring\"", "/playbooks/hygiene-recare/gift", WB_E_NAME},
      {"\"pause\":1", "/playbooks/hygiene-recare/pause", WB_E_RANGE},
      {"\"pause\":31", "/playbooks/hygiene-recare/pause", WB_E_RANGE},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char set[256];
    snprintf(set, sizeof set, "{\"playbooks\":{\"hygiene-recare\":{%s}}}", rows[i].values);
    refused("\"title\":\"T\"", "\"title\":\"T\"", set, rows[i].status, rows[i].path);
  }
}

/* The practice's offer comes beside those that the definition has; where these are none, the
   compiler says so. */
static void an_offer_joins_those_of_the_definition(void **state) {
#define OFFER                                                                                      \
  "{\"what\":\"Exam\",\"price_cents\":9900,\"regular_cents\":18900,\"value_cents\":"               \
  "9000,\"cash_like\":false,\"first\":\"2026-11-20\",\"last\":\"2026-12-31\",\"qualifies\":"       \
  "\"true\",\"includes\":[\"one visit\"],\"excludes\":[],\"disclosures\":{\"US-NY\":[]},"          \
  "\"reviewer\":\"dr-lee\",\"reviewed\":\"2026-11-19\"}"
#define MAIL "\"t\":{\"channel\":\"email\",\"en\":{\"subject\":\"For you\",\"body\":\"Hi.\"}}"
#define OFFERS(offers)                                                                             \
  "{\"format\":1,\"name\":\"hygiene-recare\",\"title\":\"T\",\"class\":\"offer\","                 \
  "\"parameters\":{\"gift\":{\"type\":\"offer\",\"default\":null,\"about\":\"G.\"}},"              \
  "\"audience\":\"true\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                    \
  "\"exits\":{\"booked\":\"recare.booked\"},\"offers\":" offers                                    \
  ",\"steps\":[{\"id\":\"a\",\"send\":[\"t\"],\"offer\":\"$gift\"},"                               \
  "{\"id\":\"b\",\"send\":[\"t\"],\"offer\":\"own\"},{\"id\":\"z\",\"exit\":true}],"               \
  "\"texts\":{" MAIL "}}"
  static const char set[] = "{\"playbooks\":{\"hygiene-recare\":{\"gift\":\"spring\"}},"
                            "\"offers\":{\"spring\":" OFFER "}}";
  const char *canonical = "";
  wb_error error;
  (void)state;
  if (make(OFFERS("{\"own\":" OFFER "}"), set, &canonical, &error) != WB_OK)
    fail_msg("%s %s", error.path, error.message);
  assert_non_null(strstr(canonical, "\"offers\":{\"own\":{"));
  assert_non_null(strstr(canonical, "\"spring\":{"));
  assert_non_null(strstr(canonical, "\"id\":\"a\",\"offer\":\"spring\""));
  assert_int_equal(make(OFFERS("[]"), set, &canonical, &error), WB_E_TYPE);
  assert_string_equal(error.path, "/offers");
}

/* ---- what is no campaign --------------------------------------------------------------------- */

/* Settings say nothing of what has no name; the compiler refuses it. */
static void settings_leave_to_the_compiler_what_is_no_campaign(void **state) {
  static const char set[] = "{\"wording\":{\"hygiene-recare\":{\"t\":{\"en\":\"Ours.\"}}}}";
  (void)state;
  refused("\"name\":\"hygiene-recare\"", "\"name\":5", set, WB_E_TYPE, "/name");
  refused("\"name\":\"hygiene-recare\",", "", set, WB_E_INVALID, "");
  refused("\"texts\":{" TEXT "}", "\"texts\":{\"t\":5}", set, WB_E_TYPE, "/texts/t");
  refused("\"texts\":{" TEXT "}", "\"fallback\":5,\"texts\":{" TEXT "}", NULL, WB_E_TYPE,
          "/fallback");
  refused("\"texts\":{" TEXT "}", "\"fallback\":[\"neutral\"]", NULL, WB_E_INVALID, "");
  refused("\"texts\":{" TEXT "}", "\"fallback\":[\"neutral\"],\"texts\":5", NULL, WB_E_TYPE,
          "/texts");
}

/* Own wording for a text that is none, of a definition that has more texts than any may. */
static void a_text_that_is_none_is_named(void **state) {
  static const char set[] = "{\"wording\":{\"hygiene-recare\":{\"other\":{\"en\":\"Ours.\"}}}}";
  char *json = calloc(1, ROOM);
  (void)state;
  assert_non_null(json);
  size_t at = (size_t)sprintf(json, "\"texts\":{" TEXT);
  for (int i = 0; i < 150; i++)
    at += (size_t)sprintf(json + at, ",\"t%d\":5", i);
  refused("\"texts\":{" TEXT, json, set, WB_E_NAME, "/wording/hygiene-recare/other");
  free(json);
}

/* Of two playbooks the first one that is wrong is told. */
static void the_first_playbook_that_is_wrong_is_told(void **state) {
  static const char set[] = "{\"playbooks\":{\"hygiene-recare\":{\"priority\":5,\"nought\":1},"
                            "\"lapsed-exam\":{\"nothing\":1}}}";
  wb_error error = {0};
  (void)state;
  assert_int_equal(wb_settings_test(NULL, set, strlen(set), &error), WB_E_NAME);
  assert_string_equal(error.path, "/playbooks/hygiene-recare/nought");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_parameter_has_a_name_of_its_own),
      cmocka_unit_test(a_sign_without_a_name_is_itself),
      cmocka_unit_test(a_declaration_is_refused_where_it_stands),
      cmocka_unit_test(there_are_at_most_64_parameters),
      cmocka_unit_test(a_season_has_at_most_32_stretches),
      cmocka_unit_test(a_stretch_is_refused_where_it_stands),
      cmocka_unit_test(a_season_may_be_left_out),
      cmocka_unit_test(a_value_is_refused_where_it_stands),
      cmocka_unit_test(an_offer_joins_those_of_the_definition),
      cmocka_unit_test(settings_leave_to_the_compiler_what_is_no_campaign),
      cmocka_unit_test(a_text_that_is_none_is_named),
      cmocka_unit_test(the_first_playbook_that_is_wrong_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
