/* SPDX-License-Identifier: MIT */
/* What campaign.h and docs/campaigns.md promise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"
#include "support/many.h"
#include "support/shape.h"

/* A campaign in parts, so that a test can change one. */
typedef struct parts {
  const char *head, *audience, *segments, *exits, *steps, *texts, *more;
} parts;

#define BODY                                                                                       \
  "{\"body\":\"{{ location.short_name }}: {{ location.booking_url }} Reply STOP to opt out.\"}"
static const parts whole = {
    .head = "\"format\":1,\"name\":\"c\",\"title\":\"T\",\"class\":\"care\"",
    .audience = "\"recare.overdue_months >= 1\"",
    .segments = "[{\"name\":\"all\",\"where\":\"true\"}]",
    .exits = "{\"booked\":\"recare.booked\"}",
    .steps = "[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"z\",\"exit\":true}]",
    .texts = "{\"t\":{\"channel\":\"sms\",\"en\":" BODY "}}",
    .more = ""};

enum { ROOM = 2 << 20 };

static size_t write_parts(const parts *p, char *json) {
  return (size_t)snprintf(json, ROOM,
                          "{%s,\"audience\":%s,\"segments\":%s,\"exits\":%s,\"steps\":%s,"
                          "\"texts\":%s%s}",
                          p->head, p->audience, p->segments, p->exits, p->steps, p->texts, p->more);
}

static wb_status compile(clinic *c, const char *json, size_t length, wb_error *error) {
  wb_campaign *campaign = NULL;
  memset(error, 0, sizeof *error);
  wb_status status =
      wb_campaign_new(c->context, c->it.schema, NULL, json, length, &campaign, error);
  assert_int_equal(error->status, status);
  assert_true((campaign != NULL) == (status == WB_OK));
  wb_campaign_unref(campaign);
  return status;
}

static wb_status compile_parts(clinic *c, const parts *p, wb_error *error) {
  char *json = malloc(ROOM);
  wb_status status = compile(c, json, write_parts(p, json), error);
  free(json);
  return status;
}

static void campaigns_say_what_is_wrong_with_them(void **state) {
  (void)state;
  static const struct {
    size_t part;
    const char *json;
    wb_status status;
    const char *path;
  } cases[] = {
      {offsetof(parts, more), "", WB_OK, ""},
      {offsetof(parts, more), ",\"other\":1", WB_E_NAME, "/other"},
      {offsetof(parts, more), ",\"touches\":0", WB_E_RANGE, "/touches"},
      {offsetof(parts, more), ",\"touches\":1", WB_OK, ""},
      {offsetof(parts, more), ",\"touches\":50", WB_OK, ""},
      {offsetof(parts, more), ",\"touches\":51", WB_E_RANGE, "/touches"},
      {offsetof(parts, more), ",\"touches\":\"3\"", WB_E_TYPE, "/touches"},
      {offsetof(parts, more), ",\"rest_days\":3660", WB_OK, ""},
      {offsetof(parts, more), ",\"rest_days\":0", WB_OK, ""},
      {offsetof(parts, more), ",\"rest_days\":3661", WB_E_RANGE, "/rest_days"},
      {offsetof(parts, more), ",\"rest_days\":-1", WB_E_RANGE, "/rest_days"},
      {offsetof(parts, more), ",\"touches\":1,\"touches\":1", WB_E_SYNTAX, ""},
      {offsetof(parts, head), "\"format\":2,\"name\":\"c\",\"title\":\"T\",\"class\":\"care\"",
       WB_E_RANGE, "/format"},
      {offsetof(parts, head), "\"format\":1,\"name\":\"C\",\"title\":\"T\",\"class\":\"care\"",
       WB_E_INVALID, "/name"},
      {offsetof(parts, head), "\"format\":1,\"name\":\"\",\"title\":\"T\",\"class\":\"care\"",
       WB_E_INVALID, "/name"},
      {offsetof(parts, head), "\"format\":1,\"title\":\"T\",\"class\":\"care\"", WB_E_INVALID, ""},
      {offsetof(parts, head), "\"format\":1,\"name\":\"c\",\"title\":\"T\",\"class\":\"urgent\"",
       WB_E_NAME, "/class"},
      {offsetof(parts, audience), "\"recare.bnad == 1\"", WB_E_NAME, "/audience"},
      {offsetof(parts, audience), "\"true &&\"", WB_E_SYNTAX, "/audience"},
      {offsetof(parts, audience), "\"patient.age\"", WB_E_TYPE, "/audience"},
      {offsetof(parts, audience), "true", WB_E_TYPE, "/audience"},
      {offsetof(parts, segments), "[]", WB_E_INVALID, "/segments"},
      {offsetof(parts, segments),
       "[{\"name\":\"a\",\"where\":\"true\"},{\"name\":\"a\","
       "\"where\":\"true\"}]",
       WB_E_INVALID, "/segments/1"},
      {offsetof(parts, segments), "[{\"name\":\"a\"}]", WB_E_INVALID, "/segments/0"},
      {offsetof(parts, segments), "[{\"name\":\"a\",\"where\":\"tru\"}]", WB_E_NAME,
       "/segments/0/where"},
      {offsetof(parts, exits), "{\"seen\":\"recare.booked\"}", WB_E_INVALID, "/exits"},
      {offsetof(parts, exits), "{\"booked\":\"recare.boked\"}", WB_E_NAME, "/exits/booked"},
      {offsetof(parts, steps), "[{\"id\":\"a\",\"send\":[\"t\"]}]", WB_E_INVALID, "/steps"},
      {offsetof(parts, steps),
       "[{\"id\":\"z\",\"exit\":true},{\"id\":\"a\",\"send\":[\"t\"]},"
       "{\"id\":\"y\",\"exit\":true}]",
       WB_E_INVALID, "/steps"},
      {offsetof(parts, steps), "[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"a\",\"exit\":true}]",
       WB_E_INVALID, "/steps/1"},
      {offsetof(parts, steps), "[{\"id\":\"asks\",\"send\":[\"t\"]},{\"id\":\"z\",\"exit\":true}]",
       WB_E_INVALID, "/steps/0"},
      {offsetof(parts, steps), "[{\"id\":\"a\",\"send\":[\"u\"]},{\"id\":\"z\",\"exit\":true}]",
       WB_E_NAME, "/steps/0/send"},
      {offsetof(parts, steps),
       "[{\"id\":\"a\",\"send\":[\"t\",\"t\"]},{\"id\":\"z\","
       "\"exit\":true}]",
       WB_E_INVALID, "/steps/0/send"},
      {offsetof(parts, steps),
       "[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"w\",\"wait\":{\"days\":"
       "0}},{\"id\":\"z\",\"exit\":true}]",
       WB_E_RANGE, "/steps/1/wait"},
      {offsetof(parts, steps),
       "[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"w\",\"wait\":{\"days\":"
       "366}},{\"id\":\"z\",\"exit\":true}]",
       WB_OK, ""},
      {offsetof(parts, steps),
       "[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"w\",\"wait\":{\"days\":"
       "367}},{\"id\":\"z\",\"exit\":true}]",
       WB_E_RANGE, "/steps/1/wait"},
      {offsetof(parts, steps),
       "[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"w\",\"wait\":{\"hours\":"
       "8785}},{\"id\":\"z\",\"exit\":true}]",
       WB_E_RANGE, "/steps/1/wait"},
      {offsetof(parts, texts), "{\"t\":{\"channel\":\"fax\",\"en\":" BODY "}}", WB_E_NAME,
       "/texts/t/channel"},
      {offsetof(parts, texts), "{\"t\":{\"channel\":\"sms\",\"es\":" BODY "}}", WB_E_INVALID,
       "/texts/t"},
      {offsetof(parts, texts),
       "{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ recare.due }} "
       "STOP\"}}}",
       WB_E_POLICY, "/texts/t/en/body"},
      {offsetof(parts, texts), "{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ x STOP\"}}}",
       WB_E_SYNTAX, "/texts/t/en/body"},
      {offsetof(parts, texts),
       "{\"t\":{\"channel\":\"sms\",\"en\":" BODY "},\"u\":{\"channel\":"
       "\"sms\",\"en\":" BODY "}}",
       WB_E_INVALID, "/texts/u"}};
  clinic c;
  int wrong = 0;
  clinic_open(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    parts p = whole;
    wb_error error;
    memcpy((char *)&p + cases[i].part, &cases[i].json, sizeof cases[i].json);
    wb_status status = compile_parts(&c, &p, &error);
    if (status != cases[i].status ||
        strncmp(error.path, cases[i].path, strlen(cases[i].path)) != 0) {
      print_error("%s: %s at '%s' %u:%u %s\n", cases[i].json, wb_status_name(status), error.path,
                  error.line, error.column, error.message);
      wrong++;
    }
  }
  assert_int_equal(wrong, 0);
  clinic_close(&c);
}

static void documents_are_checked(void **state) {
  (void)state;
  clinic c;
  wb_error error;
  wb_campaign *campaign = NULL;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(compile(&c, "", 0, &error), WB_E_SYNTAX);
  assert_int_equal(compile(&c, "{\n  x", 5, &error), WB_E_SYNTAX);
  assert_int_equal(error.line, 2);
  assert_int_equal(error.column, 3);
  assert_int_not_equal(compile(&c, "[]", 2, &error), WB_OK);
  assert_int_equal(compile(&c, "hygiene-recare", 14, &error), WB_E_SYNTAX);
  assert_non_null(strstr(error.message, "a playbook's name"));
  assert_int_equal(compile(&c, "hygiene-recar", 13, &error), WB_E_SYNTAX);
  assert_string_equal(error.message, "A JSON value is expected here.");
  char deep[200];
  memset(deep, '[', sizeof deep);
  assert_int_equal(compile(&c, deep, sizeof deep, &error), WB_E_LIMIT);
  char *json = malloc(ROOM);
  size_t length = write_parts(&whole, json);
  memset(json + length, ' ', ROOM - length);
  assert_int_equal(compile(&c, json, 1 << 20, &error), WB_OK);
  assert_int_equal(compile(&c, json, (1 << 20) + 1, &error), WB_E_LIMIT);
  assert_int_equal(wb_campaign_new(NULL, NULL, NULL, json, length, &campaign, NULL), WB_E_INVALID);
  assert_int_equal(wb_campaign_new(NULL, c.it.schema, NULL, NULL, 5, &campaign, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_campaign_new(NULL, c.it.schema, NULL, json, length, NULL, NULL),
                   WB_E_INVALID);
  wb_schema *other = NULL;
  wb_policy *policy = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &other, NULL), WB_OK);
  assert_int_equal(wb_policy_new(NULL, other, NULL, 0, &policy, NULL), WB_OK);
  assert_int_equal(wb_campaign_new(NULL, c.it.schema, policy, json, length, &campaign, NULL),
                   WB_E_INVALID);
  assert_null(campaign);
  wb_policy_unref(policy);
  wb_schema_unref(other);
  free(json);
  clinic_close(&c);
}

/* Very many pieces between brackets, in so much room as every text here has. */
static char *repeated(char *out, const char *open, const char *piece, int count,
                      const char *close) {
  many_write(out, ROOM, open, piece, count, close);
  return out;
}

static void campaigns_have_limits(void **state) {
  (void)state;
  clinic c;
  wb_error error;
  char *out = malloc(ROOM), *other = malloc(ROOM);
  clinic_open(&c, CLINIC_ANA, NULL);
  for (int over = 0; over < 2; ++over) {
    wb_status expected = over ? WB_E_LIMIT : WB_OK;
    parts p = whole;
    p.segments = repeated(out, "[", "{\"name\":\"s#\",\"where\":\"true\"}", 32 + over, "]");
    assert_int_equal(compile_parts(&c, &p, &error), expected);
    p = whole;
    p.exits =
        repeated(out, "{\"booked\":\"recare.booked\",", "\"e#\":\"recare.booked\"", 15 + over, "}");
    assert_int_equal(compile_parts(&c, &p, &error), expected);
    p = whole;
    p.steps = repeated(out, "[", "{\"id\":\"s#\",\"send\":[\"t\"]}", 63 + over,
                       ",{\"id\":\"z\",\"exit\":true}]");
    assert_int_equal(compile_parts(&c, &p, &error), expected);
    char head[300], name[80];
    memset(name, 'n', sizeof name);
    name[64 + over] = 0;
    snprintf(head, sizeof head, "\"format\":1,\"name\":\"%s\",\"title\":\"T\",\"class\":\"care\"",
             name);
    p = whole;
    p.head = head;
    assert_int_equal(compile_parts(&c, &p, &error), expected);
  }
  parts p = whole; /* 63 texts, 63 e-mails, two notes */
  p.steps = repeated(out, "[", "{\"id\":\"s#\",\"send\":[\"s#\",\"m#\"]}", 63,
                     ",{\"id\":\"z\",\"exit\":true}]");
  p.more = ",\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"n0\"},"
           "\"clicked\":{\"after\":{\"hours\":0},\"text\":\"n1\"}}";
  static const char texts[] = "\"s#\":{\"channel\":\"sms\",\"en\":" BODY "},"
                              "\"m#\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hi\",\"body\":"
                              "\"{{ location.address }} Reply STOP.\"}}";
  for (int notes = 2; notes <= 3; ++notes) {
    char close[400];
    many_write(close, sizeof close, ",",
               "\"n#\":{\"channel\":\"call\",\"en\":{\"body\":\"Call.\"}}", notes, "}");
    p.texts = repeated(other, "{", texts, 63, close);
    assert_int_equal(compile_parts(&c, &p, &error), notes == 2 ? WB_OK : WB_E_LIMIT);
  }
  free(out);
  free(other);
  clinic_close(&c);
}

static wb_status get_info(void *campaign, void *info) {
  return wb_campaign_get(campaign, info);
}

static void a_campaign_is_known_by_its_content(void **state) {
  (void)state;
  static const char *const same[] = {
      "{\"format\":1,\"name\":\"c\",\"title\":\"T\",\"class\":\"care\",\"audience\":\"true\","
      "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare."
      "booked\"}"
      ",\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"z\",\"exit\":true}],\"texts\":{\"t\":{"
      "\"channel\":\"sms\",\"en\":" BODY "}}}",
      "{ \"title\" : \"\\u0054\", \"texts\":{\"t\":{\"en\":" BODY ",\"channel\":\"sms\"}},\n"
      "\"steps\":[{\"send\":[\"t\"],\"id\":\"a\"},{\"exit\":true,\"id\":\"z\"}],\"exits\":{"
      "\"booked\":\"recare.booked\"},\"segments\":[{\"where\":\"true\",\"name\":\"all\"}],"
      "\"audience\":\"true\",\"class\":\"care\",\"name\":\"c\",\"format\":1}"};
  clinic c;
  wb_campaign *one, *two;
  wb_campaign_info a = {.size = sizeof a}, b = {.size = sizeof b};
  clinic_open(&c, CLINIC_ANA, NULL);
  one = clinic_campaign(&c, same[0]);
  two = clinic_campaign(&c, same[1]);
  assert_int_equal(wb_campaign_get(one, &a), WB_OK);
  assert_int_equal(wb_campaign_get(two, &b), WB_OK);
  assert_memory_equal(a.content_id, b.content_id, 32);
  assert_int_equal(a.canonical_length, b.canonical_length);
  assert_memory_equal(a.canonical, b.canonical, a.canonical_length);
  assert_memory_equal(a.canonical, "{\"audience\":\"true\",\"class\":\"care\",\"exits\"", 41);
  assert_string_equal(a.name, "c");
  assert_string_equal(b.title, "T");
  assert_int_equal(a.segments, 1);
  assert_int_equal(a.steps, 2);
  assert_int_equal(a.texts, 1);
  assert_int_equal(a.touches, 6);
  assert_int_equal(a.rest_days, 90);
  shape_out(&b, sizeof b, get_info, one);
  assert_int_equal(wb_campaign_get(one, NULL), WB_E_INVALID);
  assert_int_equal(wb_campaign_get(NULL, &a), WB_E_INVALID);
  assert_ptr_equal(wb_campaign_ref(one), one);
  wb_campaign_unref(one);
  assert_int_equal(clinic_add(&c, same[0]), WB_OK);
  uint64_t sequence = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_add(&c, same[1]), WB_OK); /* the same content: nothing changes */
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  assert_int_equal(wb_practice_add(c.practice, NULL, c.now, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_add(NULL, one, c.now, NULL), WB_E_INVALID);
  wb_campaign_unref(one);
  wb_campaign_unref(two);
  clinic_close(&c);
}

/* Allocations of letting nobody in, which needs the campaign compiled. */
static uint64_t effort(clinic *c) {
  const uint64_t before = c->memory.plan.calls;
  assert_int_equal(clinic_enroll(c).enrolled, 0);
  return c->memory.plan.calls - before;
}

static void what_the_host_compiled_is_not_compiled_again_where_the_policy_is_the_same(
    void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  const uint64_t warm = effort(&c);
  clinic_renew(&c, 1);
  assert_true(effort(&c) > warm + 20);
  clinic_renew(&c, 2);
  const uint64_t sequence = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_add(&c, CLINIC_TEXTS("one")), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  assert_int_equal(effort(&c), warm);
  wb_policy *policy = NULL;
  assert_int_equal(wb_policy_new(c.context, c.it.schema, NULL, 0, &policy, NULL), WB_OK);
  wb_practice_free(c.practice);
  c.practice = clinic_practice(&c, policy);
  clinic_replay(&c, c.practice);
  assert_int_equal(clinic_add(&c, CLINIC_TEXTS("one")), WB_OK);
  assert_true(effort(&c) > warm + 20);
  wb_policy_unref(policy);
  clinic_close(&c);
}

/* A campaign of another schema does not belong to the practice. */
static void a_campaign_of_another_schema_is_refused(void **state) {
  (void)state;
  clinic c, other;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_open(&other, CLINIC_ANA, NULL);
  wb_campaign *campaign = clinic_campaign(&other, CLINIC_TEXTS("one"));
  assert_int_equal(wb_practice_add(c.practice, campaign, c.now, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_sequence(c.practice), 0);
  wb_campaign_unref(campaign);
  clinic_close(&other);
  clinic_close(&c);
}

typedef struct matching {
  clinic c;
  wb_campaign *campaign;
} matching;

static wb_status match_shape(void *user, void *match) {
  matching *m = user;
  return wb_campaign_match(m->campaign, m->c.it.facts, 0, &m->c.it.moment, match, NULL);
}

static wb_status match_moment(void *user, void *moment) {
  matching *m = user;
  wb_match match = {.size = sizeof match};
  return wb_campaign_match(m->campaign, m->c.it.facts, 0, moment, &match, NULL);
}

static void patients_are_matched_in_order(void **state) {
  (void)state;
  static const char people[] = "patient:u|status:u|first_name:u|birth_date:tdD|do_not_contact:b\n"
                               "p0|active|Ana|1980-02-29|\n"
                               "p1|active|Ben|1980-02-29|\n"
                               "p2|inactive|Cat|1980-02-29|\n"
                               "p3|deceased|Dan|1980-02-29|\n"
                               "p4|active|Eve|1980-02-29|1\n"
                               "p5|active|Fay||\n"
                               "p6|active|Gus|2010-01-01|\n"
                               "p7|active|Hal|1999-01-01|\n"
                               "p8|odd|Ida|1999-01-01|\n";
  static const struct {
    int32_t outcome;
    const char *segment, *reason;
    int32_t priority;
  } expected[] = {{WB_MATCH_IN, "second", NULL, 1},
                  {WB_MATCH_IN, "first", NULL, 0},
                  {WB_MATCH_EXCLUDED, NULL, "inactive", -1},
                  {WB_MATCH_EXCLUDED, NULL, "deceased", -1},
                  {WB_MATCH_EXCLUDED, NULL, "do_not_contact", -1},
                  {WB_MATCH_UNKNOWN, NULL, NULL, -1},
                  {WB_MATCH_AUDIENCE, NULL, NULL, -1},
                  {WB_MATCH_SEGMENT, NULL, NULL, -1}};
  parts p = whole;
  p.audience = "\"patient.age >= 18\"";
  p.segments = "[{\"name\":\"first\",\"where\":\"patient.first_name == \\\"Ben\\\"\"},"
               "{\"name\":\"second\",\"where\":\"patient.age > 40\"}]";
  p.exits = "{\"booked\":\"recare.booked\",\"gone\":\"patient.first_name == \\\"Zed\\\"\"}";
  matching m;
  char *json = malloc(ROOM);
  json[write_parts(&p, json)] = 0;
  clinic_open(&m.c, CLINIC_ANA, NULL);
  m.campaign = clinic_campaign(&m.c, json);
  free(json);
  sample_renew(&m.c.it, m.c.context, m.c.now);
  sample_add(&m.c.it, "patients", people);
  sample_add(&m.c.it, "appointments", "patient:u|status:u|start:tdD\np7|broken|2026-11-30\n");
  wb_facts *facts = m.c.it.facts;
  const wb_moment *at = &m.c.it.moment;
  for (uint64_t row = 0; row < 8; ++row) {
    wb_match match = {.size = sizeof match};
    assert_int_equal(wb_campaign_match(m.campaign, facts, row, at, &match, NULL), WB_OK);
    if (match.outcome != expected[row].outcome || match.priority != expected[row].priority)
      fail_msg("row %d: %d, %d", (int)row, (int)match.outcome, (int)match.priority);
    if (expected[row].segment) assert_string_equal(match.segment, expected[row].segment);
    if (!expected[row].segment) assert_null(match.segment);
    if (expected[row].reason) assert_string_equal(match.reason, expected[row].reason);
    if (!expected[row].reason) assert_null(match.reason);
    if (match.outcome == WB_MATCH_UNKNOWN) {
      uint32_t age = 0;
      assert_int_equal(wb_schema_find(m.c.it.schema, "patient.age", 11, &age), WB_OK);
      assert_int_equal(match.missing, age);
    }
  }
  wb_match match;
  memset(&match, 0xA5, sizeof match);
  match.size = sizeof match;
  wb_match before = match;
  assert_int_equal(wb_campaign_match(m.campaign, facts, 8, at, &match, NULL), WB_E_TYPE);
  assert_int_equal(wb_campaign_match(m.campaign, facts, 9, at, &match, NULL), WB_E_NAME);
  assert_int_equal(wb_campaign_match(NULL, facts, 0, at, &match, NULL), WB_E_INVALID);
  assert_int_equal(wb_campaign_match(m.campaign, NULL, 0, at, &match, NULL), WB_E_INVALID);
  assert_int_equal(match_moment(&m, NULL), WB_E_INVALID);
  assert_memory_equal(&match, &before, sizeof match);
  shape_out(&match, sizeof match, match_shape, &m);
  wb_moment moment = *at;
  shape_in(&moment, sizeof moment, match_moment, &m);
  wb_campaign_unref(m.campaign);
  clinic_close(&m.c);
}

static void an_exit_that_holds_keeps_people_out(void **state) {
  (void)state;
  clinic c;
  parts p = whole;
  p.exits = "{\"booked\":\"recare.booked\",\"grown\":\"patient.age > 40\"}";
  char *json = malloc(ROOM);
  json[write_parts(&p, json)] = 0;
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
  clinic_rows(&c, CLINIC_ANA, "p1|scheduled|2026-11-23\n");
  wb_campaign *campaign = clinic_campaign(&c, json);
  wb_match match = {.size = sizeof match};
  assert_int_equal(wb_campaign_match(campaign, c.it.facts, 0, &c.it.moment, &match, NULL), WB_OK);
  assert_int_equal(match.outcome, WB_MATCH_EXIT);
  assert_string_equal(match.reason, "booked"); /* by name: before "grown" */
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(wb_campaign_match(campaign, c.it.facts, 0, &c.it.moment, &match, NULL), WB_OK);
  assert_string_equal(match.reason, "grown");
  wb_campaign_unref(campaign);
  free(json);
  clinic_close(&c);
}

static void playbooks_compile_and_are_canonical(void **state) {
  (void)state;
  clinic c;
  const char *name = "x", *json = "y";
  size_t length = 77;
  clinic_open(&c, CLINIC_ANA, NULL);
  uint32_t count = wb_playbook_count();
  assert_true(count >= 1);
  assert_int_equal(wb_playbook_get(count, &name, &json, &length), WB_E_NAME);
  assert_int_equal(wb_playbook_get(UINT32_MAX, &name, &json, &length), WB_E_NAME);
  assert_string_equal(name, "x");
  assert_string_equal(json, "y");
  assert_int_equal(length, 77);
  for (uint32_t i = 0; i < count; ++i) {
    assert_int_equal(wb_playbook_get(i, &name, &json, &length), WB_OK);
    assert_int_equal(strlen(json), length);
    wb_campaign *campaign = clinic_campaign(&c, json), *again = NULL;
    wb_campaign_info info = {.size = sizeof info}, copy = {.size = sizeof copy};
    assert_int_equal(wb_campaign_get(campaign, &info), WB_OK);
    assert_string_equal(info.name, name);
    assert_int_equal(wb_campaign_new(NULL, c.it.schema, NULL, info.canonical, info.canonical_length,
                                     &again, NULL),
                     WB_OK);
    assert_int_equal(wb_campaign_get(again, &copy), WB_OK);
    assert_memory_equal(info.content_id, copy.content_id, 32);
    assert_int_equal(info.canonical_length, copy.canonical_length);
    wb_campaign_unref(campaign);
    wb_campaign_unref(again);
  }
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(campaigns_say_what_is_wrong_with_them),
      cmocka_unit_test(documents_are_checked),
      cmocka_unit_test(campaigns_have_limits),
      cmocka_unit_test(a_campaign_is_known_by_its_content),
      cmocka_unit_test(a_campaign_of_another_schema_is_refused),
      cmocka_unit_test(what_the_host_compiled_is_not_compiled_again_where_the_policy_is_the_same),
      cmocka_unit_test(patients_are_matched_in_order),
      cmocka_unit_test(an_exit_that_holds_keeps_people_out),
      cmocka_unit_test(playbooks_compile_and_are_canonical),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
