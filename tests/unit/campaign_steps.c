/* SPDX-License-Identifier: MIT */
/* What kind of campaign it is, and each kind of step: what is read, what is refused and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "outreach/outreach.h"

enum { ROOM = 8192 };

#define TEXTS                                                                                      \
  "{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi.\"}},"                                        \
  "\"n\":{\"channel\":\"call\",\"en\":{\"body\":\"Call.\"}}}"
#define STEPS                                                                                      \
  "[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"n\",\"call\":\"n\",\"within\":" DAY "}," END
#define DAY "{\"days\":1}"
#define END "{\"id\":\"z\",\"exit\":true}]"
#define SEND "{\"id\":\"a\",\"send\":[\"t\"]}"
/* Steps that use both texts, with more between. */
#define UNKNOWN(what) "{\"id\":\"b\",\"send\":[\"t\"],\"on_unknown\":" what "}"
#define WITH(more) "[" SEND "," more ",{\"id\":\"n\",\"call\":\"n\",\"within\":" DAY "}," END

/* Compiles a campaign with some head members, steps and texts. */
static wb_status compile_texts(const char *head, const char *steps, const char *texts,
                               wb_campaign **campaign, wb_error *error) {
  wb_schema *schema = NULL;
  char json[ROOM];
  const int length = snprintf(
      json, sizeof json,
      "{\"format\":1,\"name\":\"c\",\"title\":\"T\",%s\"audience\":\"true\",\"segments\":[{"
      "\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},"
      "\"steps\":%s,\"texts\":%s}",
      head, steps, texts);
  assert_true(length > 0 && length < ROOM);
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  const wb_status status =
      wb_campaign_new(NULL, schema, NULL, json, (size_t)length, campaign, error);
  wb_schema_unref(schema);
  return status;
}

static wb_status compile(const char *head, const char *steps, wb_campaign **campaign,
                         wb_error *error) {
  return compile_texts(head, steps, TEXTS, campaign, error);
}

static wb_campaign *compiled(const char *head, const char *steps) {
  wb_campaign *campaign = NULL;
  wb_error error = {0};
  if (compile(head, steps, &campaign, &error) != WB_OK)
    fail_msg("%s %s: %s %s", head, steps, error.path, error.message);
  return campaign;
}

#define CARE "\"class\":\"care\","
#define VISIT "\"class\":\"transactional\",\"subject\":\"appointment\","
#define ARMS CARE "\"variants\":[{\"name\":\"one\",\"share\":50},{\"name\":\"two\",\"share\":50}],"

static const struct {
  const char *head, *steps, *path; /* path NULL: compiles */
  wb_status status;
} rows[] = {
    /* class and subject */
    {CARE, STEPS, NULL, WB_OK},
    {"\"class\":\"benefit\",", STEPS, NULL, WB_OK},
    {"\"class\":\"offer\",", STEPS, NULL, WB_OK},
    {"\"class\":\"billing\",", STEPS, NULL, WB_OK},
    {"\"class\":\"transactional\",", STEPS, "/class", WB_E_POLICY},
    {VISIT, STEPS, NULL, WB_OK},
    {"\"class\":\"transactional\",\"subject\":\"notice\",", STEPS, NULL, WB_OK},
    {"\"class\":\"transactional\",\"subject\":\"opening\",", STEPS, "/class", WB_E_POLICY},
    {CARE "\"subject\":\"opening\",", STEPS, NULL, WB_OK},
    {CARE "\"subject\":\"household\",", STEPS, NULL, WB_OK},
    {CARE "\"subject\":\"visit\",", STEPS, "/subject", WB_E_NAME},
    {CARE "\"subject\":1,", STEPS, "/subject", WB_E_TYPE},
    {CARE "\"offers\":{},", STEPS, "/offers", WB_E_POLICY},
    /* hours and caps */
    {CARE "\"hours\":{\"mon-fri\":\"10:00-16:00\",\"sat\":\"none\"},", STEPS, NULL, WB_OK},
    {CARE "\"hours\":{},", STEPS, "/hours", WB_E_INVALID},
    {CARE "\"hours\":1,", STEPS, "/hours", WB_E_TYPE},
    {CARE "\"hours\":{\"mo\":\"10:00-16:00\"},", STEPS, "/hours/mo", WB_E_NAME},
    {CARE "\"hours\":{\"mon\":\"10-16\"},", STEPS, "/hours/mon", WB_E_SYNTAX},
    {CARE "\"hours\":{\"mon\":\"10:00-24:01\"},", STEPS, "/hours/mon", WB_E_RANGE},
    {CARE "\"caps\":{\"day\":1,\"week\":2,\"month\":8},", STEPS, NULL, WB_OK},
    {CARE "\"caps\":{\"day\":0},", STEPS, "/caps/day", WB_E_RANGE},
    {CARE "\"caps\":{\"month\":9},", STEPS, "/caps/month", WB_E_RANGE},
    {CARE "\"caps\":{\"year\":1},", STEPS, "/caps/year", WB_E_NAME},
    {CARE "\"caps\":1,", STEPS, "/caps", WB_E_TYPE},
    /* priority and entry */
    {CARE "\"priority\":0,", STEPS, NULL, WB_OK},
    {CARE "\"priority\":100,", STEPS, NULL, WB_OK},
    {CARE "\"priority\":-1,", STEPS, "/priority", WB_E_RANGE},
    {CARE "\"priority\":101,", STEPS, "/priority", WB_E_RANGE},
    {CARE "\"reentry\":\"never\",", STEPS, NULL, WB_OK},
    {CARE "\"reentry\":\"finished\",\"rest_days\":0,", STEPS, NULL, WB_OK},
    {CARE "\"reentry\":\"always\",", STEPS, "/reentry", WB_E_NAME},
    /* hold-out and variants */
    {CARE "\"holdout\":1,", STEPS, NULL, WB_OK},
    {CARE "\"holdout\":50,\"salt\":\"spring\",", STEPS, NULL, WB_OK},
    {CARE "\"holdout\":0,", STEPS, "/holdout", WB_E_RANGE},
    {CARE "\"holdout\":51,", STEPS, "/holdout", WB_E_RANGE},
    {VISIT "\"holdout\":10,", STEPS, "/holdout", WB_E_INVALID},
    {CARE "\"subject\":\"opening\",\"holdout\":10,", STEPS, "/holdout", WB_E_INVALID},
    {CARE "\"salt\":\"A b\",", STEPS, "/salt", WB_E_INVALID},
    {CARE "\"salt\":1,", STEPS, "/salt", WB_E_TYPE},
    {ARMS, STEPS, NULL, WB_OK},
    {CARE "\"variants\":[{\"name\":\"held-out\",\"share\":50},{\"name\":\"b\",\"share\":50}],",
     STEPS, "/variants/0/name", WB_E_INVALID},
    {CARE "\"variants\":[{\"name\":\"b\",\"share\":50},{\"name\":\"held-out\",\"share\":50}],",
     STEPS, "/variants/1/name", WB_E_INVALID},
    {CARE "\"variants\":[],", STEPS, "/variants", WB_E_INVALID},
    {CARE "\"variants\":[1],", STEPS, "/variants/0", WB_E_TYPE},
    {CARE "\"variants\":[{\"share\":99}],", STEPS, "/variants/0", WB_E_INVALID},
    {CARE "\"variants\":[{\"name\":\"One\",\"share\":99}],", STEPS, "/variants/0/name",
     WB_E_INVALID},
    {CARE "\"variants\":[{\"name\":\"one\",\"share\":99}],", STEPS, "/variants", WB_E_INVALID},
    {CARE "\"variants\":[{\"name\":\"one\",\"share\":100}],", STEPS, "/variants/0/share",
     WB_E_RANGE},
    {CARE "\"variants\":[{\"name\":\"one\",\"share\":50},{\"name\":\"one\",\"share\":50}],", STEPS,
     "/variants/1/name", WB_E_INVALID},
    {CARE "\"variants\":[{\"name\":\"one\",\"share\":50},{\"name\":\"two\",\"share\":49}],", STEPS,
     "/variants", WB_E_INVALID},
    /* capacity */
    {CARE "\"capacity\":{\"inside\":1000000,\"per_day\":1},", STEPS, NULL, WB_OK},
    {CARE "\"capacity\":{\"inside\":1000001},", STEPS, "/capacity/inside", WB_E_RANGE},
    {CARE "\"capacity\":{\"inside\":0},", STEPS, "/capacity/inside", WB_E_RANGE},
    {CARE "\"capacity\":{\"minutes\":{\"hygiene\":480,\"doctor\":1}},", STEPS, NULL, WB_OK},
    {CARE "\"capacity\":{\"minutes\":{\"hygiene\":481}},", STEPS, "/capacity/minutes/hygiene",
     WB_E_RANGE},
    {CARE "\"capacity\":{\"minutes\":{\"hygiene\":0}},", STEPS, "/capacity/minutes/hygiene",
     WB_E_RANGE},
    {CARE "\"capacity\":{\"minutes\":{\"Dr. Lee\":10}},", STEPS, "/capacity/minutes/Dr. Lee",
     WB_E_INVALID},
    {CARE "\"capacity\":{\"minutes\":{}},", STEPS, "/capacity/minutes", WB_E_INVALID},
    {CARE "\"capacity\":{\"minutes\":{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,"
          "\"h\":1,\"i\":1}},",
     STEPS, "/capacity/minutes", WB_E_LIMIT},
    {CARE "\"capacity\":{\"minutes\":60},", STEPS, "/capacity/minutes", WB_E_TYPE},
    {CARE "\"capacity\":60,", STEPS, "/capacity", WB_E_TYPE},
    {CARE "\"capacity\":{\"outside\":60},", STEPS, "/capacity/outside", WB_E_NAME},
    /* send */
    {CARE, WITH("{\"id\":\"b\",\"send\":[\"t\"],\"stale_after\":" DAY "}"), NULL, WB_OK},
    {CARE, WITH(UNKNOWN("\"assume_sent\"")), NULL, WB_OK},
    {CARE, WITH(UNKNOWN("\"resend\"")), NULL, WB_OK},
    {CARE, WITH(UNKNOWN("{\"receipt\":" DAY "}")), NULL, WB_OK},
    {CARE, WITH(UNKNOWN("{\"call\":\"n\",\"within\":" DAY "}")), NULL, WB_OK},
    {CARE, WITH(UNKNOWN("\"sent\"")), "/steps/1/on_unknown", WB_E_NAME},
    {CARE, WITH(UNKNOWN("1")), "/steps/1/on_unknown", WB_E_TYPE},
    {CARE, WITH(UNKNOWN("{}")), "/steps/1/on_unknown", WB_E_INVALID},
    {CARE, WITH(UNKNOWN("{\"receipt\":{\"days\":0}}")), "/steps/1/on_unknown/receipt/days",
     WB_E_RANGE},
    {CARE, WITH(UNKNOWN("{\"receipt\":\"day\"}")), "/steps/1/on_unknown/receipt", WB_E_TYPE},
    {CARE, WITH(UNKNOWN("{\"receipt\":" DAY ",\"within\":" DAY "}")), "/steps/1/on_unknown/within",
     WB_E_NAME},
    {CARE, WITH(UNKNOWN("{\"call\":\"n\"}")), "/steps/1/on_unknown", WB_E_INVALID},
    {CARE, WITH(UNKNOWN("{\"call\":\"t\",\"within\":" DAY "}")), "/steps/1/on_unknown/call",
     WB_E_INVALID},
    {CARE, WITH(UNKNOWN("{\"call\":\"x\",\"within\":" DAY "}")), "/steps/1/on_unknown/call",
     WB_E_NAME},
    {CARE, WITH(UNKNOWN("{\"call\":\"n\",\"receipt\":" DAY "}")), "/steps/1/on_unknown/receipt",
     WB_E_NAME},
    {CARE,
     WITH("{\"id\":\"w\",\"await\":[\"clicked\"],\"within\":" DAY ",\"on_unknown\":\"resend\"}"),
     "/steps/1/on_unknown", WB_E_NAME},
    {CARE, WITH("{\"id\":\"b\",\"send\":[\"t\"],\"stale_after\":{\"days\":0}}"),
     "/steps/1/stale_after/days", WB_E_RANGE},
    {CARE, WITH("{\"id\":\"b\",\"send\":[\"t\"],\"stale_after\":{\"at\":\"09:00\"}}"),
     "/steps/1/stale_after/at", WB_E_NAME},
    {CARE, WITH("{\"id\":\"b\",\"send\":[\"t\"],\"offer\":\"spring\"}"), "/steps/1/offer",
     WB_E_POLICY},
    {"\"class\":\"offer\",", WITH("{\"id\":\"b\",\"send\":[\"t\"],\"offer\":\"spring\"}"),
     "/steps/1/offer", WB_E_NAME},
    {CARE, WITH("{\"id\":\"b\",\"send\":[\"t\"],\"within\":" DAY "}"), "/steps/1/within",
     WB_E_NAME},
    /* wait */
    {CARE, WITH("{\"id\":\"w\",\"wait\":{\"days\":0,\"at\":\"09:00\"}}"), NULL, WB_OK},
    {CARE,
     WITH("{\"id\":\"w\",\"wait\":{\"days\":1,\"at\":\"23:59\",\"on\":[\"mon\",\"thu-fri\"]}}"),
     NULL, WB_OK},
    {CARE, WITH("{\"id\":\"w\",\"wait\":{\"days\":1,\"at\":\"24:00\"}}"), "/steps/1/wait/at",
     WB_E_SYNTAX},
    {CARE, WITH("{\"id\":\"w\",\"wait\":{\"days\":1,\"at\":\"9:00\"}}"), "/steps/1/wait/at",
     WB_E_SYNTAX},
    {CARE, WITH("{\"id\":\"w\",\"wait\":{\"days\":1,\"on\":[]}}"), "/steps/1/wait/on",
     WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"wait\":{\"days\":1,\"on\":[\"fri-mon\"]}}"), "/steps/1/wait/on/0",
     WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"wait\":{\"days\":1,\"on\":[7]}}"), "/steps/1/wait/on/0",
     WB_E_NAME},
    {CARE, WITH("{\"id\":\"w\",\"wait\":{\"days\":1,\"on\":[7,\"mon\"]}}"), "/steps/1/wait/on/0",
     WB_E_NAME},
    {CARE, WITH("{\"id\":\"w\",\"wait\":{\"days\":1,\"on\":\"mon\"}}"), "/steps/1/wait/on",
     WB_E_TYPE},
    {CARE, WITH("{\"id\":\"w\",\"wait\":{\"hours\":1,\"at\":\"09:00\"}}"), "/steps/1/wait",
     WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"wait\":{}}"), "/steps/1/wait", WB_E_INVALID},
    {VISIT, WITH("{\"id\":\"w\",\"wait\":{\"before_visit\":{\"hours\":48}}}"), NULL, WB_OK},
    {VISIT, WITH("{\"id\":\"w\",\"wait\":{\"after_visit\":{\"days\":1,\"at\":\"10:00\"}}}"), NULL,
     WB_OK},
    {VISIT,
     WITH("{\"id\":\"w\",\"wait\":{\"before_visit\":{\"days\":1,\"on\":[\"mon\"],\"at\":\"09:00\"}}"
          "}"),
     "/steps/1/wait/before_visit", WB_E_INVALID},
    {VISIT, WITH("{\"id\":\"w\",\"wait\":{\"before_visit\":" DAY ",\"after_visit\":" DAY "}}"),
     "/steps/1/wait", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"wait\":{\"before_visit\":{\"hours\":48}}}"),
     "/steps/1/wait/before_visit", WB_E_INVALID},
    /* await */
    {CARE, WITH("{\"id\":\"w\",\"await\":[\"clicked\",\"replied\"],\"within\":" DAY "}"), NULL,
     WB_OK},
    {CARE,
     WITH("{\"id\":\"w\",\"await\":[\"clicked\",\"replied\",\"delivered\",\"undelivered\","
          "\"booked\",\"kept\"],\"within\":" DAY "}"),
     NULL, WB_OK},
    {CARE, WITH("{\"id\":\"w\",\"await\":[\"booked\"]}"), "/steps/1", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"await\":[\"booked\",1],\"within\":" DAY "}"), "/steps/1/await/1",
     WB_E_NAME},
    {CARE, WITH("{\"id\":\"w\",\"await\":[\"clicked\"]}"), "/steps/1", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"await\":[],\"within\":" DAY "}"), "/steps/1/await", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"await\":[\"seen\"],\"within\":" DAY "}"), "/steps/1/await/0",
     WB_E_NAME},
    {CARE, WITH("{\"id\":\"w\",\"await\":[\"clicked\"],\"within\":" DAY ",\"else\":\"z\"}"), NULL,
     WB_OK},
    {CARE, WITH("{\"id\":\"w\",\"await\":[\"clicked\"],\"within\":" DAY ",\"else\":\"a\"}"),
     "/steps/1/else", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"await\":[\"clicked\"],\"within\":" DAY ",\"else\":\"q\"}"),
     "/steps/1/else", WB_E_NAME},
    {CARE, WITH("{\"id\":\"w\",\"await\":[\"clicked\"],\"within\":" DAY ",\"else\":1}"),
     "/steps/1/else", WB_E_TYPE},
    /* branch */
    {CARE,
     WITH("{\"id\":\"w\",\"branch\":[{\"when\":\"recare.kind == \\\"perio\\\"\",\"to\":\"z\"}]}"),
     NULL, WB_OK},
    {CARE, WITH("{\"id\":\"w\",\"branch\":[{\"when\":\"size(unfinished) > 0\",\"to\":\"z\"}]}"),
     "/steps/1/branch/0", WB_E_POLICY},
    {CARE, WITH("{\"id\":\"w\",\"branch\":[{\"when\":\"true\",\"to\":\"a\"}]}"),
     "/steps/1/branch/0/to", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"branch\":[{\"when\":\"true\"}]}"), "/steps/1/branch/0",
     WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"branch\":[{\"to\":\"z\"}]}"), "/steps/1/branch/0", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"branch\":[{\"when\":\"true\",\"to\":\"z\",\"why\":1},1]}"),
     "/steps/1/branch/0/why", WB_E_NAME},
    {CARE, WITH("{\"id\":\"w\",\"branch\":[]}"), "/steps/1/branch", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"branch\":[{\"variant\":\"one\",\"to\":\"z\"}]}"),
     "/steps/1/branch/0/variant", WB_E_NAME},
    {ARMS, WITH("{\"id\":\"w\",\"branch\":[{\"variant\":\"two\",\"to\":\"z\"}]}"), NULL, WB_OK},
    {ARMS, WITH("{\"id\":\"w\",\"branch\":[{\"variant\":2,\"to\":\"z\"}]}"),
     "/steps/1/branch/0/variant", WB_E_TYPE},
    {ARMS, WITH("{\"id\":\"w\",\"branch\":[{\"variant\":\"two\",\"when\":\"true\",\"to\":\"z\"}]}"),
     "/steps/1/branch/0", WB_E_INVALID},
    /* call, goal */
    {CARE, WITH("{\"id\":\"w\",\"call\":\"t\",\"within\":" DAY "}"), "/steps/1/call", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"call\":\"n\"}"), "/steps/1", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"goal\":\"size(unfinished) == 0\"}"), NULL, WB_OK},
    {CARE, WITH("{\"id\":\"w\",\"goal\":true}"), "/steps/1/goal", WB_E_TYPE},
    {CARE, WITH("{\"id\":\"w\",\"goal\":\"recare.bookd\"}"), "/steps/1/goal", WB_E_NAME},
    /* jumps and loops */
    {CARE, WITH("{\"id\":\"w\",\"repeat\":\"a\",\"at_most\":10}"), NULL, WB_OK},
    {CARE, WITH("{\"id\":\"w\",\"repeat\":\"a\",\"at_most\":11}"), "/steps/1/at_most", WB_E_RANGE},
    {CARE, WITH("{\"id\":\"w\",\"repeat\":\"a\",\"at_most\":0}"), "/steps/1/at_most", WB_E_RANGE},
    {CARE, WITH("{\"id\":\"w\",\"repeat\":\"a\"}"), "/steps/1", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"repeat\":\"w\",\"at_most\":1}"), "/steps/1/repeat", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"repeat\":\"z\",\"at_most\":1}"), "/steps/1/repeat", WB_E_INVALID},
    {CARE,
     "[{\"id\":\"a\",\"send\":[\"t\"],\"next\":\"z\"},{\"id\":\"n\",\"call\":\"n\",\"within\":" DAY
     "}," END,
     "/steps/1", WB_E_INVALID},
    {CARE,
     "[{\"id\":\"a\",\"send\":[\"t\"],\"next\":\"n\"},{\"id\":\"n\",\"call\":\"n\",\"within\":" DAY
     "}," END,
     NULL, WB_OK},
    {CARE, WITH("{\"id\":\"w\",\"wait\":" DAY ",\"next\":\"a\"}"), "/steps/1/next", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"wait\":" DAY ",\"next\":\"w\"}"), "/steps/1/next", WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"exit\":true}"), "/steps/2", WB_E_INVALID},
    {CARE, "[" SEND ",{\"id\":\"w\",\"wait\":{\"days\":1,\"at\":\"09:00\"}}]", "/steps",
     WB_E_INVALID},
    {CARE, WITH("{\"id\":\"w\",\"exit\":true,\"next\":\"z\"}"), "/steps/1/next", WB_E_NAME},
    {CARE, WITH("{\"id\":\"w\",\"jump\":\"z\"}"), "/steps/1", WB_E_INVALID},
    {CARE, "[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"n\",\"call\":\"n\",\"within\":" DAY "}]",
     "/steps", WB_E_INVALID},
};

static void each_kind_of_step_and_setting_is_judged(void **state) {
  (void)state;
  int wrong = 0;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    const wb_status status = compile(rows[i].head, rows[i].steps, &campaign, &error);
    const char *path = rows[i].path != NULL ? rows[i].path : "";
    wb_campaign_unref(campaign);
    if (status == rows[i].status && strcmp(error.path, path) == 0) continue;
    print_error("row %d: %s\n  %s\n  %s at \"%s\": %s\n", (int)i, rows[i].head, rows[i].steps,
                wb_status_name(status), error.path, error.message);
    wrong++;
  }
  assert_int_equal(wrong, 0);
}

static void settings_are_read_as_written(void **state) {
  (void)state;
  wb_campaign *it = compiled(
      ARMS
      "\"subject\":\"household\",\"hours\":{\"mon-fri\":\"10:00-16:00\"},\"caps\":{\"week\":1},"
      "\"priority\":70,\"reentry\":\"finished\",\"holdout\":10,\"salt\":\"s\","
      "\"capacity\":{\"inside\":9,\"minutes\":{\"hygiene\":50,\"doctor\":10}},",
      STEPS);
  assert_int_equal(it->class_, WB_MESSAGE_CARE);
  assert_int_equal(it->subject, WBI_SUBJECT_HOUSEHOLD);
  assert_int_equal(it->hours.count, 1);
  assert_int_equal(it->hours.items[0].weekdays, 0x3E);
  assert_int_equal(it->hours.items[0].from, 36000);
  assert_int_equal(it->hours.items[0].to, 57600);
  assert_int_equal(it->per_day, 0);
  assert_int_equal(it->per_week, 1);
  assert_int_equal(it->priority, 70);
  assert_int_equal(it->reentry, WBI_REENTRY_FINISHED);
  assert_int_equal(it->holdout, 10);
  assert_string_equal(it->salt.data, "s");
  assert_int_equal(it->variant_count, 2);
  assert_string_equal(it->variants[1].name.data, "two");
  assert_int_equal(it->variants[1].share, 50);
  assert_int_equal(it->capacity.inside, 9);
  assert_int_equal(it->capacity.per_day, 0);
  assert_int_equal(it->capacity.chair_count, 2);
  assert_int_equal(it->capacity.chairs[0].minutes, 10);
  assert_string_equal(it->capacity.chairs[0].schedule.data, "doctor");
  assert_int_equal(it->capacity.chairs[1].minutes, 50);
  assert_string_equal(it->capacity.chairs[1].schedule.data, "hygiene");
  wb_campaign_unref(it);
}

static void settings_have_defaults(void **state) {
  (void)state;
  wb_campaign *it = compiled(CARE, STEPS);
  assert_int_equal(it->subject, WBI_SUBJECT_PATIENT);
  assert_int_equal(it->hours.count, 0);
  assert_int_equal(it->per_day | it->per_week | it->per_month, 0);
  assert_int_equal(it->priority, 50);
  assert_int_equal(it->reentry, WBI_REENTRY_ENDED);
  assert_int_equal(it->holdout, 0);
  assert_string_equal(it->salt.data, "c");
  assert_int_equal(it->variant_count, 0);
  wb_campaign_unref(it);
}

static void steps_lead_where_they_say(void **state) {
  (void)state;
  wb_campaign *it = compiled(
      ARMS,
      WITH("{\"id\":\"w\",\"wait\":{\"days\":2,\"at\":\"09:30\",\"on\":[\"mon\",\"thu-fri\"]}},"
           "{\"id\":\"e\",\"await\":[\"replied\",\"clicked\"],\"within\":{\"hours\":3},"
           "\"next\":\"r\",\"else\":\"b\"},"
           "{\"id\":\"b\",\"branch\":[{\"variant\":\"two\",\"to\":\"n\"},"
           "{\"when\":\"true\",\"to\":\"g\"}],\"next\":\"z\"},"
           "{\"id\":\"g\",\"goal\":\"recare.booked\",\"next\":\"r\"},"
           "{\"id\":\"r\",\"repeat\":\"w\",\"at_most\":3}"));
  const wbi_step *step = it->steps;
  assert_int_equal(step[0].next, 1);
  assert_int_equal(step[1].delay.days, 2);
  assert_int_equal(step[1].delay.at, 9 * 3600 + 1800);
  assert_int_equal(step[1].delay.weekdays, 1u << 1 | 1u << 4 | 1u << 5);
  assert_int_equal(step[2].awaits, WBI_AWAIT_REPLIED | WBI_AWAIT_CLICKED);
  assert_int_equal(step[2].within, 3 * 3600);
  assert_int_equal(step[2].next, 5);
  assert_int_equal(step[2].other, 3);
  assert_int_equal(step[3].way_count, 2);
  assert_int_equal(step[3].ways[0].variant, 1);
  assert_null(step[3].ways[0].rule);
  assert_int_equal(step[3].ways[0].index, 6);
  assert_int_equal(step[3].ways[1].variant, WBI_NO_VARIANT);
  assert_int_equal(step[3].ways[1].index, 4);
  assert_int_equal(step[3].next, 7);
  assert_non_null(step[4].rule);
  assert_int_equal(step[5].other, 1);
  assert_int_equal(step[5].at_most, 3);
  assert_int_equal(step[5].next, 6);
  assert_int_equal(step[6].kind, WBI_STEP_CALL);
  assert_int_equal(step[6].other, 7);
  assert_int_equal(step[6].within, 86400);
  wb_campaign_unref(it);
}

/* A text stands in for another of its kind: what tells more for one that tells less, what is for a
   guardian for what is for the patient. */
static void a_text_stands_in_for_one_of_its_kind(void **state) {
#define OTHER(more) "\"u\":{\"channel\":\"sms\"," more "\"en\":{\"body\":\"Hi.\"}}"
#define PAIR(more, other)                                                                          \
  "{\"t\":{\"channel\":\"sms\"," more "\"en\":{\"body\":\"Hi.\"}}," OTHER(other) "}"
  static const struct {
    const char *texts, *path; /* NULL: compiles */
  } each[] = {
      {PAIR("\"detail\":\"u\",", "\"register\":\"detail\","), NULL},
      {PAIR("\"detail\":\"u\",", ""), "/texts/t/detail"},
      {PAIR("\"register\":\"detail\",\"detail\":\"u\",", "\"register\":\"detail\","),
       "/texts/t/detail"},
      {PAIR("\"guardian\":\"u\",", "\"to\":\"guardian\","), NULL},
      {PAIR("\"guardian\":\"u\",", ""), "/texts/t/guardian"},
      {PAIR("\"to\":\"guardian\",\"guardian\":\"u\",", "\"to\":\"guardian\","),
       "/texts/t/guardian"},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(each); i++) {
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    const wb_status status =
        compile_texts(CARE, "[" SEND "," END, each[i].texts, &campaign, &error);
    if (status != (each[i].path != NULL ? WB_E_INVALID : WB_OK))
      fail_msg("row %d: %s %s", (int)i, error.path, error.message);
    if (each[i].path != NULL) assert_string_equal(error.path, each[i].path);
    wb_campaign_unref(campaign);
  }
}

/* What is about a visit, an opening or a notice ends with it; all else names when it is booked. */
static void only_what_ends_by_itself_needs_no_exits(void **state) {
  static const struct {
    const char *subject;
    wb_status status;
  } each[] = {{"patient", WB_E_INVALID},
              {"household", WB_E_INVALID},
              {"appointment", WB_OK},
              {"opening", WB_OK},
              {"notice", WB_OK}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(each); i++) {
    char json[ROOM];
    wb_schema *schema = NULL;
    wb_campaign *campaign = NULL;
    const int length = snprintf(
        json, sizeof json,
        "{\"format\":1,\"name\":\"c\",\"title\":\"T\",\"class\":\"care\",\"subject\":\"%s\","
        "\"audience\":\"true\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
        "\"steps\":" STEPS ",\"texts\":" TEXTS "}",
        each[i].subject);
    assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
    assert_int_equal(wb_campaign_new(NULL, schema, NULL, json, (size_t)length, &campaign, NULL),
                     each[i].status);
    wb_campaign_unref(campaign);
    wb_schema_unref(schema);
  }
}

/* The class follows from the texts: what they say is that of the campaign, or care. */
static void a_text_says_no_more_than_its_campaign_declares(void **state) {
  static const struct {
    const char *says, *class_;
  } texts[] = {{"Get 20% off.", "offer"},
               {"Use your dental benefits.", "benefit"},
               {"You owe us.", "billing"},
               {"Time for a visit.", ""}};
  static const char *const classes[] = {"care", "benefit", "offer", "billing", "transactional"};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(texts) * WBI_COUNT(classes); i++) {
    const char *class_ = classes[i % WBI_COUNT(classes)];
    const char *needs = texts[i / WBI_COUNT(classes)].class_;
    char json[ROOM];
    wb_schema *schema = NULL;
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    const int length =
        snprintf(json, sizeof json,
                 "{\"format\":1,\"name\":\"c\",\"title\":\"T\",\"class\":\"%s\",\"subject\":\"%s\","
                 "\"audience\":\"true\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
                 "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[" SEND "," END
                 ",\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"%s\"}}}}",
                 class_, strcmp(class_, "transactional") == 0 ? "notice" : "patient",
                 texts[i / WBI_COUNT(classes)].says);
    const bool fits = needs[0] == '\0' || strcmp(needs, class_) == 0;
    assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
    const wb_status status =
        wb_campaign_new(NULL, schema, NULL, json, (size_t)length, &campaign, &error);
    if (status != (fits ? WB_OK : WB_E_POLICY)) fail_msg("%s: %s", json, error.message);
    if (!fits) assert_string_equal(error.path, "/texts/t/en/body");
    wb_campaign_unref(campaign);
    wb_schema_unref(schema);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_kind_of_step_and_setting_is_judged),
      cmocka_unit_test(settings_are_read_as_written),
      cmocka_unit_test(settings_have_defaults),
      cmocka_unit_test(steps_lead_where_they_say),
      cmocka_unit_test(a_text_says_no_more_than_its_campaign_declares),
      cmocka_unit_test(only_what_ends_by_itself_needs_no_exits),
      cmocka_unit_test(a_text_stands_in_for_one_of_its_kind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
