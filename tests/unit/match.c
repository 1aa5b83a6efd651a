/* SPDX-License-Identifier: MIT */
/* Who is in a campaign, and who must leave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/outreach.h"
#include "support/staged.h"

static const char json[] =
    "{\"format\":1,\"name\":\"try\",\"title\":\"Try\",\"class\":\"care\","
    "\"audience\":\"recare.band != \\\"not_due\\\" && recare.overdue_months >= 0\","
    "\"segments\":["
    "{\"name\":\"grown\",\"where\":\"recare.band == \\\"6-9\\\" && patient.age >= 18\"},"
    "{\"name\":\"long\",\"where\":\"recare.band == \\\"12+\\\" || recare.band == \\\"9-12\\\"\"},"
    "{\"name\":\"longest\",\"where\":\"recare.band == \\\"12+\\\"\"},"
    "{\"name\":\"old\",\"where\":\"patient.age >= 70 && patient.language == \\\"en\\\"\"}],"
    "\"exits\":{\"booked\":\"recare.booked\",\"held\":\"recare.disabled_until > today\"},"
    "\"steps\":[{\"id\":\"a\",\"send\":[\"sms\"]},{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"sms\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi. STOP ends this.\"}}}}";

/* Recare prophy is due 6 months and a day after the last cleaning. */
static const char patients[] = "patient:u|status:u|birth_date:tdD|do_not_contact:b|exclusion:u\n"
                               "none|active|1980-01-01|0|\n"        /* never seen */
                               "grown|active|1980-01-01|0|\n"       /* 6 months */
                               "child|active|2012-01-01|0|\n"       /* 6 months, of no segment */
                               "doubt|active||0|\n"                 /* 6 months, age not known */
                               "long|active|1980-01-01|0|\n"        /* 12 months and more */
                               "fresh|active|1980-01-01|0|\n"       /* not due */
                               "booked|active|1980-01-01|0|\n"      /* 12 months and more, booked */
                               "until|active|1980-01-01|0|\n"       /* 12 months and more, held */
                               "dead|deceased|1980-01-01|1|moved\n" /* the first reason counts */
                               "left|inactive|1980-01-01|0|\n"      /* */
                               "shut|inactive|1980-01-01|1|\n"      /* and asked for silence */
                               "archived|archived|1980-01-01|0|\n"
                               "stranger|nonpatient|1980-01-01|0|\n"
                               "soon|prospective|1980-01-01|0|\n"
                               "quiet|active|1980-01-01|1|moved\n"
                               "unasked|active|1980-01-01||\n" /* 9 to 12 months */
                               "gone|active|1980-01-01|0|moved\n"
                               "came|active|1980-01-01|0|\n"
                               "came-15|active|1980-01-01|0|\n"
                               "filled|active|1980-01-01|0|\n"
                               "filled-15|active|1980-01-01|0|\n"
                               "missed|active|1980-01-01|0|\n"
                               "missed-15|active|1980-01-01|0|\n"
                               "today|active|1980-01-01|0|\n";

static const char procedures[] = "patient:u|code:u|status:u|date:tdD\n"
                                 "grown|D1110|completed|2025-11-20\n"
                                 "child|D1110|completed|2025-11-20\n"
                                 "doubt|D1110|completed|2025-11-20\n"
                                 "long|D1110|completed|2025-01-20\n"
                                 "fresh|D1110|completed|2026-08-20\n"
                                 "booked|D1110|completed|2025-01-20\n"
                                 "until|D1110|completed|2025-01-20\n"
                                 "dead|D1110|completed|2025-01-20\n"
                                 "quiet|D1110|completed|2025-01-20\n"
                                 "unasked|D1110|completed|2025-07-20\n"
                                 "gone|D1110|completed|2025-01-20\n"
                                 "came|D1110|completed|2025-01-20\n"
                                 "came-15|D1110|completed|2025-01-20\n"
                                 "filled|D1110|completed|2025-01-20\n"
                                 "filled-15|D1110|completed|2025-01-20\n"
                                 "missed|D1110|completed|2025-01-20\n"
                                 "missed-15|D1110|completed|2025-01-20\n"
                                 "today|D1110|completed|2025-01-20\n"
                                 "filled|D2391|completed|2026-11-09\n" /* 14 days ago */
                                 "filled-15|D2391|completed|2026-11-08\n"
                                 "gone|D2391|completed|2026-11-09\n";

static const char recalls[] = "patient:u|kind:u|disabled_until:tdD\n"
                              "until|prophy|2026-11-24\n"
                              "long|prophy|2026-11-23\n";

static const char appointments[] = "patient:u|status:u|start:tdD\n"
                                   "booked|scheduled|2026-12-01\n"
                                   "came|completed|2026-11-09\n"
                                   "came-15|completed|2026-11-08\n"
                                   "missed|broken|2026-11-09\n"
                                   "missed-15|broken|2026-11-08\n"
                                   "today|broken|2026-11-23\n";

static void open_world_of(staged *it, const char *text) {
  sample_open(&it->sample, NULL);
  sample_add(&it->sample, "patients", patients);
  sample_add(&it->sample, "procedures", procedures);
  sample_add(&it->sample, "recalls", recalls);
  sample_add(&it->sample, "appointments", appointments);
  staged_campaign(it, text, strlen(text));
}

static void open_world(staged *it) {
  open_world_of(it, json);
}

static wb_match match_of(staged *it, const char *key) {
  wb_match match = {.size = sizeof match};
  wb_error error = {0};
  if (wb_campaign_match(it->campaign, it->sample.facts, staged_row(it, key), &it->sample.moment,
                        &match, &error) != WB_OK) {
    fail_msg("%s: %s %s", key, error.path, error.message);
  }
  return match;
}

static void the_first_segment_that_is_true_counts(void **state) {
  static const struct {
    const char *patient, *segment;
    int32_t priority;
  } rows[] = {{"grown", "grown", 0},  {"long", "long", 1},      {"unasked", "long", 1},
              {"came-15", "long", 1}, {"filled-15", "long", 1}, {"missed-15", "long", 1}};
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wb_match match = match_of(&it, rows[i].patient);
    assert_int_equal(match.outcome, WB_MATCH_IN);
    assert_string_equal(match.segment, rows[i].segment);
    assert_int_equal(match.priority, rows[i].priority);
    assert_null(match.reason);
  }
  staged_close(&it);
}

static void standing_exclusions_come_first(void **state) {
  static const struct {
    const char *patient, *reason;
  } rows[] = {{"dead", "deceased"},       {"left", "inactive"},     {"archived", "archived"},
              {"stranger", "nonpatient"}, {"soon", "prospective"},  {"quiet", "do_not_contact"},
              {"gone", "moved"},          {"came", "recent_visit"}, {"filled", "recent_visit"},
              {"missed", "recent_visit"}, {"today", "recent_visit"}};
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wb_match match = match_of(&it, rows[i].patient);
    assert_int_equal(match.outcome, WB_MATCH_EXCLUDED);
    assert_string_equal(match.reason, rows[i].reason);
    assert_null(match.segment);
    assert_int_equal(match.priority, -1);
  }
  staged_close(&it);
}

/* Every value of the domain is a reason, by its own name. */
static void each_flag_of_the_record_is_its_reason(void **state) {
  static const char *const flags[] = {"dismissed",  "moved",       "new_dentist", "declined",
                                      "litigation", "collections", "hospice",     "complaint",
                                      "staff",      "test"};
  char table[512] = "patient:u|status:u|exclusion:u\n";
  uint32_t field = 0;
  wb_field about = {.size = sizeof about};
  staged it = {.campaign = NULL};
  (void)state;
  sample_open(&it.sample, NULL);
  for (size_t i = 0; i < WBI_COUNT(flags); i++) {
    char row[48];
    (void)snprintf(row, sizeof row, "%s|active|%s\n", flags[i], flags[i]);
    strcat(table, row);
  }
  sample_add(&it.sample, "patients", table);
  assert_int_equal(
      wb_campaign_new(NULL, it.sample.schema, NULL, json, strlen(json), &it.campaign, NULL), WB_OK);
  size_t words = 0;
  for (size_t i = 0; i < WBI_COUNT(flags); i++) {
    assert_int_equal(match_of(&it, flags[i]).outcome, WB_MATCH_EXCLUDED);
    assert_string_equal(match_of(&it, flags[i]).reason, flags[i]);
    words += strlen(flags[i]) + 1;
  }
  assert_int_equal(wb_schema_find(it.sample.schema, "patient.exclusion", 17, &field), WB_OK);
  assert_int_equal(wb_schema_get(it.sample.schema, field, &about), WB_OK);
  assert_int_equal(strlen(about.domain) + 1, words); /* there are no others */
  staged_close(&it);
}

static void the_audience_says_no_or_is_in_doubt(void **state) {
  staged it;
  uint32_t field = 0;
  (void)state;
  open_world(&it);
  assert_int_equal(match_of(&it, "fresh").outcome, WB_MATCH_AUDIENCE);
  const wb_match match = match_of(&it, "none");
  assert_int_equal(match.outcome, WB_MATCH_UNKNOWN);
  assert_int_equal(wb_schema_find(it.sample.schema, "recare.overdue_months", 21, &field), WB_OK);
  assert_int_equal(match.missing, field);
  assert_int_equal(match.priority, -1);
  staged_close(&it);
}

static void no_segment_or_one_in_doubt(void **state) {
  staged it;
  uint32_t field = 0;
  (void)state;
  open_world(&it);
  assert_int_equal(match_of(&it, "child").outcome, WB_MATCH_SEGMENT);
  const wb_match match = match_of(&it, "doubt");
  assert_int_equal(match.outcome, WB_MATCH_UNKNOWN);
  assert_int_equal(wb_schema_find(it.sample.schema, "patient.age", 11, &field), WB_OK);
  assert_int_equal(match.missing, field); /* of the first in doubt */
  assert_null(match.segment);
  staged_close(&it);
}

static void an_exit_that_is_true_keeps_out(void **state) {
  staged it;
  (void)state;
  open_world(&it);
  assert_int_equal(match_of(&it, "booked").outcome, WB_MATCH_EXIT);
  assert_string_equal(match_of(&it, "booked").reason, "booked");
  assert_string_equal(match_of(&it, "until").reason, "held");
  assert_null(match_of(&it, "booked").segment);
  staged_close(&it);
}

static void exit_is(staged *it, const char *key, const char *expected) {
  const wbi_subject subject = {it->sample.facts, staged_row(it, key), &it->sample.moment,
                               &it->campaign->fields};
  wbi_text name = WBI_TEXT("before");
  assert_true(wbi_facts_enter(it->sample.facts));
  assert_int_equal(wbi_campaign_exit(it->campaign, &subject, &name, NULL), WB_OK);
  wbi_facts_leave(it->sample.facts);
  assert_true(wbi_text_equal(name, wbi_text_of(expected)));
}

static void those_inside_leave_by_exit_or_exclusion(void **state) {
  staged it;
  (void)state;
  open_world(&it);
  exit_is(&it, "booked", "booked");
  exit_is(&it, "until", "held");
  exit_is(&it, "dead", "deceased");
  exit_is(&it, "quiet", "do_not_contact");
  exit_is(&it, "gone", "moved");
  exit_is(&it, "came", "recent_visit");
  exit_is(&it, "came-15", "");
  exit_is(&it, "long", "");
  exit_is(&it, "none", ""); /* the exits are in doubt: nothing ends */
  staged_close(&it);
}

/* Whoever has a visit is told of it, but for those who have died or asked to be left alone. */
static void a_visit_is_told_of_in_spite_of_most_exclusions(void **state) {
  static const char *const rows[][2] = {{"gone", ""},
                                        {"left", ""},
                                        {"came", ""},
                                        {"dead", "deceased"},
                                        {"quiet", "do_not_contact"},
                                        {"shut", "do_not_contact"},
                                        {"booked", "booked"}};
  staged it;
  char visit[sizeof json + 64];
  const char *rest = strstr(json, "\"class\":\"care\"");
  (void)state;
  snprintf(visit, sizeof visit, "%.*s\"class\":\"transactional\",\"subject\":\"appointment\"%s",
           (int)(rest - json), json, rest + strlen("\"class\":\"care\""));
  open_world_of(&it, visit);
  for (size_t i = 0; i < WBI_COUNT(rows); i++)
    exit_is(&it, rows[i][0], rows[i][1]);
  staged_close(&it);
}

static void what_cannot_be_matched_changes_nothing(void **state) {
  staged it;
  wb_match match = {.size = sizeof match, .priority = 77};
  wb_error error = {0};
  sample other;
  (void)state;
  open_world(&it);
  sample_open(&other, NULL);
  sample_add(&other, "patients", patients);
  wb_facts *facts = it.sample.facts;
  const wb_moment *moment = &it.sample.moment;
  wb_moment empty = {.size = 0};
  assert_int_equal(wb_campaign_match(NULL, facts, 0, moment, &match, &error), WB_E_INVALID);
  assert_int_equal(wb_campaign_match(it.campaign, NULL, 0, moment, &match, &error), WB_E_INVALID);
  assert_int_equal(wb_campaign_match(it.campaign, facts, 0, NULL, &match, &error), WB_E_INVALID);
  assert_int_equal(wb_campaign_match(it.campaign, facts, 0, &empty, &match, &error), WB_E_INVALID);
  assert_int_equal(wb_campaign_match(it.campaign, facts, 0, moment, NULL, &error), WB_E_INVALID);
  assert_int_equal(wb_campaign_match(it.campaign, other.facts, 0, moment, &match, &error),
                   WB_E_INVALID);
  assert_int_equal(wb_campaign_match(it.campaign, facts, 999, moment, &match, &error), WB_E_NAME);
  assert_true(wbi_facts_enter(facts));
  assert_int_equal(wb_campaign_match(it.campaign, facts, 0, moment, &match, &error), WB_E_BUSY);
  wbi_facts_leave(facts);
  assert_int_equal(match.priority, 77);
  match.size = sizeof match - 1;
  assert_int_equal(wb_campaign_match(it.campaign, facts, 0, moment, &match, &error), WB_E_INVALID);
  sample_close(&other);
  staged_close(&it);
}

/* A cell outside its domain is told with its field, selects nobody, and lets nobody stay unseen. */
static void a_bad_cell_is_an_error(void **state) {
  static const char *const rows[][2] = {
      {"patient:u|status:u\np1|sleeping\n", "patient.status"},
      {"patient:u|status:u|exclusion:u\np1|active|away\n", "patient.exclusion"}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    sample it;
    wb_campaign *campaign = NULL;
    wb_match match = {.size = sizeof match};
    wb_error error = {0};
    sample_open(&it, NULL);
    sample_add(&it, "patients", rows[i][0]);
    assert_int_equal(wb_campaign_new(NULL, it.schema, NULL, json, strlen(json), &campaign, NULL),
                     WB_OK);
    assert_int_equal(wb_campaign_match(campaign, it.facts, 0, &it.moment, &match, &error),
                     WB_E_TYPE);
    assert_string_equal(error.path, rows[i][1]);
    const wbi_subject subject = {it.facts, 0, &it.moment, &campaign->fields};
    wbi_text reason = {NULL, 0};
    assert_true(wbi_facts_enter(it.facts));
    assert_int_equal(wbi_campaign_exit(campaign, &subject, &reason, &error), WB_E_TYPE);
    wbi_facts_leave(it.facts);
    wb_campaign_unref(campaign);
    sample_close(&it);
  }
}

/* Wherever a rule asks for what cannot be read: nobody is in, out or gone by it. */
static void a_rule_that_cannot_be_asked_is_an_error(void **state) {
  static const char form[] =
      "{\"format\":1,\"name\":\"try\",\"title\":\"Try\",\"class\":\"care\","
      "\"audience\":\"%s\",\"segments\":[{\"name\":\"all\",\"where\":\"%s\"}],"
      "\"exits\":{\"booked\":\"recare.booked\",\"held\":\"%s\"},"
      "\"steps\":[{\"id\":\"a\",\"send\":[\"sms\"]},{\"id\":\"end\",\"exit\":true}],"
      "\"texts\":{\"sms\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi. STOP ends this.\"}}}}";
  static const char yes[] = "patient.status == \\\"active\\\"";
  static const char no[] = "patient.status == \\\"archived\\\"", bad[] = "patient.age > 5";
  static const struct {
    const char *audience, *segment, *exit;
    wb_status match, leave;
  } rows[] = {{yes, yes, no, WB_OK, WB_OK},
              {bad, yes, no, WB_E_RANGE, WB_OK},
              {yes, bad, no, WB_E_RANGE, WB_OK},
              {yes, yes, bad, WB_E_RANGE, WB_E_RANGE},
              {no, bad, bad, WB_OK, WB_E_RANGE}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char text[1024];
    staged it;
    wb_match match = {.size = sizeof match};
    wb_error error = {0};
    wbi_text reason = {NULL, 0};
    snprintf(text, sizeof text, form, rows[i].audience, rows[i].segment, rows[i].exit);
    sample_open(&it.sample, NULL);
    sample_add(&it.sample, "patients",
               "patient:u|status:u|birth_date:tss:\np1|active|-99999999999999\n");
    staged_campaign(&it, text, strlen(text));
    const wbi_subject subject = {it.sample.facts, 0, &it.sample.moment, &it.campaign->fields};
    assert_int_equal(
        wb_campaign_match(it.campaign, it.sample.facts, 0, &it.sample.moment, &match, &error),
        rows[i].match);
    if (rows[i].match != WB_OK) assert_string_equal(error.path, "patient.age");
    assert_int_equal(wbi_campaign_match(it.campaign, &subject, &match, NULL), rows[i].match);
    assert_int_equal(wbi_campaign_lets_in(it.campaign, &subject, &match, NULL), rows[i].match);
    assert_int_equal(wbi_campaign_exit(it.campaign, &subject, &reason, NULL), rows[i].leave);
    staged_close(&it);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_first_segment_that_is_true_counts),
      cmocka_unit_test(standing_exclusions_come_first),
      cmocka_unit_test(each_flag_of_the_record_is_its_reason),
      cmocka_unit_test(the_audience_says_no_or_is_in_doubt),
      cmocka_unit_test(no_segment_or_one_in_doubt),
      cmocka_unit_test(an_exit_that_is_true_keeps_out),
      cmocka_unit_test(those_inside_leave_by_exit_or_exclusion),
      cmocka_unit_test(a_visit_is_told_of_in_spite_of_most_exclusions),
      cmocka_unit_test(what_cannot_be_matched_changes_nothing),
      cmocka_unit_test(a_bad_cell_is_an_error),
      cmocka_unit_test(a_rule_that_cannot_be_asked_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
