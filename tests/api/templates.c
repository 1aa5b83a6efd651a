/* SPDX-License-Identifier: MIT */
/* What template.h promises: policies, texts, and threads that share what is compiled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/fault.h"
#include "support/sample.h"
#include "support/shape.h"
#include "support/tables.h"
#include "support/threads.h"

typedef struct worded {
  fault_memory memory;
  wb_context *context;
  sample it;
  wb_policy *policy;
  wb_template *text;
} worded;

#define WORDED_PEOPLE                                                                              \
  "patient:u|status:u|first_name:u|preferred_name:u\n"                                             \
  "p1|active|Ana|\n"                                                                               \
  "p2|active||\n"                                                                                  \
  "p3|active|<b>|\n"                                                                               \
  "p4|active|Ana\tB|\n"                                                                            \
  "p5|active|{{x}}|\n"                                                                             \
  "p6|active|  |\n"                                                                                \
  "p7|odd|Cat|\n"

static const wb_template_options sms = {.size = sizeof sms, .channel = "sms"};
static const wb_template_options email = {.size = sizeof email, .channel = "email.text"};

static void worded_open(worded *w, const char *channel, const char *text) {
  memset(w, 0, sizeof *w);
  w->context = fault_context(&w->memory);
  sample_open(&w->it, w->context);
  sample_add(&w->it, "patients", WORDED_PEOPLE);
  assert_int_equal(wb_policy_new(w->context, w->it.schema, NULL, 0, &w->policy, NULL), WB_OK);
  wb_error error = {0};
  const wb_template_options options = {.size = sizeof options, .channel = channel};
  if (text && wb_template_new(w->context, w->it.schema, w->policy, &options, text, strlen(text),
                              &w->text, &error) != WB_OK)
    fail_msg("%s: %s", text, error.message);
}

static void worded_close(worded *w) {
  wb_template_unref(w->text);
  wb_policy_unref(w->policy);
  sample_close(&w->it);
  wb_context_unref(w->context);
  assert_int_equal(w->memory.live, 0);
}

/* ---- policies ------------------------------------------------------------------------------- */

static void policies_say_what_is_wrong_with_them(void **state) {
  (void)state;
#define SMS(members) "{\"channels\":{\"sms\":{" members "}}}"
  static const struct {
    const char *json;
    wb_status status;
    const char *path;
  } cases[] = {{"{}", WB_OK, ""},
               {SMS("\"read\":[\"public\"]"), WB_OK, ""},
               {SMS("\"read\":[\"clinical\"]"), WB_E_POLICY, "/channels/sms/read"},
               {"{\"widen\":true,\"channels\":{\"sms\":{\"read\":[\"clinical\"]}}}", WB_OK, ""},
               {"{\"widen\":true,\"channels\":{\"sms\":{\"read\":[\"sealed\"]}}}", WB_E_POLICY,
                "/channels/sms/read"},
               {SMS("\"read\":[\"sealed\"]"), WB_E_POLICY, "/channels/sms/read"},
               {SMS("\"read\":[\"publik\"]"), WB_E_NAME, "/channels/sms/read"},
               {SMS("\"read\":\"public\""), WB_E_INVALID, "/channels/sms/read"},
               {SMS("\"max_segments\":0"), WB_E_INVALID, "/channels/sms/max_segments"},
               {SMS("\"max_segments\":3"), WB_E_POLICY, "/channels/sms/max_segments"},
               {SMS("\"max_bytes\":3"), WB_E_NAME, "/channels/sms/max_bytes"},
               {"{\"channels\":{\"fax\":{}}}", WB_E_NAME, "/channels/fax"},
               {"{\"other\":1}", WB_E_NAME, "/other"},
               {"{\"hosts\":\"x\"}", WB_E_INVALID, "/hosts"},
               {"[]", WB_E_INVALID, ""},
               {"{", WB_E_SYNTAX, ""},
               {"", WB_E_SYNTAX, ""}};
#undef SMS
  worded w;
  worded_open(&w, NULL, NULL);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_policy *policy = NULL;
    wb_error error = {0};
    wb_status status = wb_policy_new(w.context, w.it.schema, cases[i].json, strlen(cases[i].json),
                                     &policy, &error);
    if (status != cases[i].status || strncmp(error.path, cases[i].path, strlen(cases[i].path)) != 0)
      fail_msg("%s: %s at '%s', %s", cases[i].json, wb_status_name(status), error.path,
               error.message);
    assert_int_equal(error.status, status);
    assert_true((policy != NULL) == (status == WB_OK));
    wb_policy_unref(policy);
  }
  char deep[400];
  wb_policy *policy = NULL;
  memset(deep, '[', sizeof deep);
  assert_int_equal(wb_policy_new(NULL, w.it.schema, deep, sizeof deep, &policy, NULL), WB_E_LIMIT);
  assert_int_equal(wb_policy_new(NULL, NULL, NULL, 0, &policy, NULL), WB_E_INVALID);
  assert_int_equal(wb_policy_new(NULL, w.it.schema, NULL, 0, NULL, NULL), WB_E_INVALID);
  assert_null(policy);
  assert_int_equal(wb_policy_new(NULL, w.it.schema, NULL, 99, &policy, NULL), WB_OK);
  wb_policy_unref(policy);
  worded_close(&w);
}

static void a_policy_tells_its_classes(void **state) {
  (void)state;
  worded w;
  uint32_t read = 77, choose = 77;
  worded_open(&w, NULL, NULL);
  assert_int_equal(wb_policy_get(w.policy, "fax", &read, &choose), WB_E_NAME);
  assert_int_equal(wb_policy_get(w.policy, NULL, &read, &choose), WB_E_INVALID);
  assert_int_equal(wb_policy_get(NULL, "sms", &read, &choose), WB_E_INVALID);
  assert_int_equal(wb_policy_get(w.policy, "sms", NULL, &choose), WB_E_INVALID);
  assert_int_equal(wb_policy_get(w.policy, "sms", &read, NULL), WB_E_INVALID);
  assert_int_equal(read, 77);
  assert_int_equal(choose, 77);
  assert_int_equal(wb_policy_get(w.policy, "sms", &read, &choose), WB_OK);
  assert_int_equal(read, 1 << WB_CLASS_PUBLIC | 1 << WB_CLASS_NAME | 1 << WB_CLASS_LINK |
                             1 << WB_CLASS_SCHEDULING);
  assert_int_equal(choose, read | 1 << WB_CLASS_RECALL);
  assert_ptr_equal(wb_policy_ref(w.policy), w.policy);
  wb_policy_unref(w.policy);
  worded_close(&w);
}

/* ---- texts ---------------------------------------------------------------------------------- */

static void texts_say_what_is_wrong_with_them(void **state) {
  (void)state;
  static const struct {
    const char *channel, *text;
    wb_status status;
    uint32_t line, column;
  } cases[] = {{"sms", "Hi {{ patient.name }}", WB_OK, 0, 0},
               {"fax", "Hi", WB_E_NAME, 0, 0},
               {"sms", "{{ patient.nane }}", WB_E_NAME, 1, 4},
               {"sms", "a\n{{ patient.name | upkase }}", WB_E_NAME, 2, 19},
               {"sms", "a\n{{ patient.name | upcase }}", WB_OK, 0, 0},
               {"sms", "{% for i in (1..2) %}{{ i }}{% else %}-{% endfor %}", WB_OK, 0, 0},
               {"sms", "{% for i in (1..1000000) %}{{ i }}{% endfor %}", WB_E_LIMIT, 1, 1},
               {"sms", "{% unless patient.name %}a{% endunless %}", WB_OK, 0, 0},
               {"sms", "{% case patient.name %}{% when 'Ana', 'Bo' %}a{% endcase %}", WB_OK, 0, 0},
               {"sms", "{% assign x = patient.name | upcase %}{{ x }}", WB_OK, 0, 0},
               {"sms", "{% assign x = recare.kind %}a", WB_E_POLICY, 1, 15},
               {"sms", "{% comment %}{{ x }}{% endcomment %}{% raw %}}}{% endraw %}", WB_OK, 0, 0},
               {"sms", "{% if recare.band == \"6-8\" %}a{% endif %}", WB_E_POLICY, 1, 7},
               {"email.text", "{% if recare.band == \"6-8\" %}a{% endif %}", WB_E_NAME, 1, 22},
               {"sms", "{{ recare.due }}", WB_E_POLICY, 1, 4},
               {"sms", "{{ patient.name | default: recare.kind }}", WB_E_POLICY, 1, 28},
               {"email.text", "{{ recare.due | date_words }}", WB_OK, 0, 0},
               {"email.text", "{{ patient.name | date_words }}", WB_E_TYPE, 1, 19},
               {"email.text", "{{ recare.booked }}", WB_E_TYPE, 1, 4},
               {"email.text", "{{ now }}", WB_E_TYPE, 1, 4},
               {"email.subject", "{{ location.booking_url }}", WB_E_POLICY, 1, 4},
               {"email.subject", "a\nb", WB_E_INVALID, 1, 2},
               {"email.subject", "=?x", WB_E_INVALID, 1, 1},
               {"sms", "a\x01", WB_E_INVALID, 1, 2},
               {"sms", "a\xff", WB_E_INVALID, 1, 2},
               {"sms", "a\xe2\x80\xae", WB_E_INVALID, 1, 2},
               {"sms", "a\tb\nc", WB_OK, 0, 0},
               {"sms", "{{ patient.name", WB_E_SYNTAX, 1, 1},
               {"sms", "}}", WB_E_SYNTAX, 1, 1},
               {"sms", "{% if patient.name %}a", WB_E_SYNTAX, 1, 1},
               {"sms", "{% for a in b %}{% endfor %}", WB_E_NAME, 1, 13},
               {"sms", "{% if patient.name and patient.name or patient.name %}a{% endif %}",
                WB_E_SYNTAX, 1, 37},
               {"call", "{{ patient.last_name }}", WB_OK, 0, 0}};
  worded w;
  worded_open(&w, NULL, NULL);
  int wrong = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_template *text = NULL;
    wb_error error = {0};
    const wb_template_options options = {.size = sizeof options, .channel = cases[i].channel};
    wb_status status = wb_template_new(w.context, w.it.schema, w.policy, &options, cases[i].text,
                                       strlen(cases[i].text), &text, &error);
    if (status != cases[i].status || error.line != cases[i].line ||
        error.column != cases[i].column) {
      print_error("%s '%s': %s %u:%u %s %s\n", cases[i].channel, cases[i].text,
                  wb_status_name(status), error.line, error.column, error.path, error.message);
      wrong++;
    }
    assert_int_equal(error.status, status);
    assert_true((text != NULL) == (status == WB_OK));
    if (status == WB_E_POLICY) {
      assert_true(!strncmp(error.path, "recare.", 7) ||
                  !strcmp(error.path, "location.booking_url"));
    }
    wb_template_unref(text);
  }
  assert_int_equal(wrong, 0);
  worded_close(&w);
}

static void texts_have_limits(void **state) {
  (void)state;
  enum { LONGEST = 256 * 1024 };
  worded w;
  worded_open(&w, NULL, NULL);
  wb_template *text = NULL;
  char *bytes = malloc(LONGEST + 1);
  memset(bytes, 'a', LONGEST + 1);
  assert_int_equal(
      wb_template_new(w.context, w.it.schema, w.policy, &email, bytes, LONGEST, &text, NULL),
      WB_OK);
  wb_template_unref(text);
  text = NULL;
  assert_int_equal(
      wb_template_new(w.context, w.it.schema, w.policy, &email, bytes, LONGEST + 1, &text, NULL),
      WB_E_LIMIT);
  for (int depth = 64; depth <= 65; ++depth) {
    size_t at = 0;
    for (int i = 0; i < depth; ++i)
      at += (size_t)sprintf(bytes + at, "{%% if patient.name %%}");
    bytes[at++] = 'a';
    for (int i = 0; i < depth; ++i)
      at += (size_t)sprintf(bytes + at, "{%% endif %%}");
    assert_int_equal(
        wb_template_new(w.context, w.it.schema, w.policy, &sms, bytes, at, &text, NULL),
        depth == 64 ? WB_OK : WB_E_LIMIT);
    wb_template_unref(text);
    text = NULL;
  }
  free(bytes);
  wb_schema *schema = w.it.schema, *other = NULL;
  assert_int_equal(wb_template_new(NULL, NULL, w.policy, &sms, "a", 1, &text, NULL), WB_E_INVALID);
  assert_int_equal(wb_template_new(NULL, schema, w.policy, NULL, "a", 1, &text, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_new(NULL, schema, w.policy, &sms, NULL, 1, &text, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_new(NULL, schema, w.policy, &sms, "a", 1, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &other, NULL), WB_OK);
  assert_int_equal(wb_template_new(NULL, other, w.policy, &sms, "a", 1, &text, NULL), WB_E_INVALID);
  wb_schema_unref(other);
  assert_null(text);
  worded_close(&w);
}

static wb_status render_moment(void *user, void *moment) {
  worded *w = user;
  char text[64];
  size_t length = 0;
  return wb_template_render(w->text, w->it.facts, 0, moment, text, sizeof text, &length, NULL);
}

static void rendering_is_checked(void **state) {
  (void)state;
  worded w;
  worded_open(&w, "sms", "Hi {{ patient.first_name }}!");
  shape_in(&w.it.moment, sizeof w.it.moment, render_moment, &w);
  static const struct {
    uint64_t row;
    wb_status status;
  } cases[] = {{0, WB_OK},       {1, WB_E_STATE}, {2, WB_E_POLICY}, {3, WB_E_POLICY},
               {4, WB_E_POLICY}, {5, WB_E_STATE}, {6, WB_OK},       {7, WB_E_NAME}};
  char text[32], before[32];
  wb_facts *facts = w.it.facts;
  const wb_moment *at = &w.it.moment;
  size_t length = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_error error = {0};
    memset(text, 'x', sizeof text);
    length = 77;
    wb_status status =
        wb_template_render(w.text, facts, cases[i].row, at, text, sizeof text, &length, &error);
    if (status != cases[i].status) fail_msg("row %d: %s", (int)i, wb_status_name(status));
    if (status == WB_E_STATE || status == WB_E_POLICY)
      assert_string_equal(error.path, "patient.first_name");
    if (status != WB_OK) assert_int_equal(length, 77);
    if (status != WB_OK) assert_int_equal(text[0], 'x');
    assert_null(strstr(error.message, "<b>"));
  }
  memset(before, 'x', sizeof before);
  memset(text, 'x', sizeof text);
  assert_int_equal(wb_template_render(w.text, facts, 0, at, NULL, 0, &length, NULL), WB_E_SPACE);
  assert_int_equal(length, 7);
  assert_int_equal(wb_template_render(w.text, facts, 0, at, text, 6, &length, NULL), WB_E_SPACE);
  assert_memory_equal(text + 6, before, 26);
  assert_int_equal(wb_template_render(w.text, facts, 0, at, text, 7, &length, NULL), WB_OK);
  assert_memory_equal(text, "Hi Ana!x", 8);
  assert_int_equal(wb_template_render(NULL, facts, 0, at, text, 7, &length, NULL), WB_E_INVALID);
  assert_int_equal(wb_template_render(w.text, NULL, 0, at, text, 7, &length, NULL), WB_E_INVALID);
  assert_int_equal(render_moment(&w, NULL), WB_E_INVALID);
  wb_moment late = *at;
  late.now = WB_TIME_MAX + 1;
  assert_int_equal(render_moment(&w, &late), WB_E_RANGE);
  sample other;
  sample_open(&other, NULL);
  sample_add(&other, "patients", WORDED_PEOPLE);
  assert_int_equal(wb_template_render(w.text, other.facts, 0, at, text, sizeof text, &length, NULL),
                   WB_E_INVALID);
  sample_close(&other);
  worded_close(&w);
}

static void messages_have_the_limit_of_their_channel(void **state) {
  (void)state;
  static const struct {
    const char *channel;
    size_t most;
  } cases[] = {
      {"email.preheader", 78}, {"email.subject", 78}, {"email.text", 102400}, {"call", 4096}};
  for (size_t i = 0; i < 4; ++i) {
    for (size_t over = 0; over < 2; ++over) {
      size_t length = cases[i].most + over, needed = 0;
      char *text = calloc(1, length + 1), *out = malloc(length + 1);
      worded w;
      memset(text, 'a', length);
      worded_open(&w, cases[i].channel, text);
      assert_int_equal(
          wb_template_render(w.text, w.it.facts, 0, &w.it.moment, out, length + 1, &needed, NULL),
          over ? WB_E_LIMIT : WB_OK);
      worded_close(&w);
      free(text);
      free(out);
    }
  }
}

static void a_message_on_an_answering_machine_is_counted_in_words(void **state) {
  (void)state;
  for (size_t words = 75; words <= 76; ++words) {
    char text[256] = " ", out[256];
    size_t length = 0;
    worded w;
    for (size_t i = 0; i < words; ++i)
      strcat(text, i % 2 ? "b\n" : "a ");
    worded_open(&w, "voicemail", text);
    assert_int_equal(
        wb_template_render(w.text, w.it.facts, 0, &w.it.moment, out, sizeof out, &length, NULL),
        words > 75 ? WB_E_LIMIT : WB_OK);
    worded_close(&w);
  }
}

static void links_lead_to_the_hosts_of_the_policy(void **state) {
  (void)state;
  static const char *const policies[] = {"{\"hosts\":[\"book.example.com\"]}",
                                         "{\"hosts\":[\"other.example.com\"]}",
                                         "{\"hosts\":[\"example.com\"]}"};
  worded w;
  worded_open(&w, NULL, NULL);
  for (size_t i = 0; i < 3; ++i) {
    wb_policy *policy = NULL;
    wb_template *text = NULL;
    wb_error error = {0};
    char out[200];
    size_t length = 0;
    assert_int_equal(
        wb_policy_new(w.context, w.it.schema, policies[i], strlen(policies[i]), &policy, NULL),
        WB_OK);
    assert_int_equal(wb_template_new(w.context, w.it.schema, policy, &sms,
                                     "{{ location.booking_url }}", 26, &text, NULL),
                     WB_OK);
    assert_int_equal(
        wb_template_render(text, w.it.facts, 0, &w.it.moment, out, sizeof out, &length, &error),
        i ? WB_E_POLICY : WB_OK);
    assert_string_equal(error.path, i ? "location.booking_url" : "");
    wb_template_unref(text);
    wb_policy_unref(policy);
  }
  worded_close(&w);
}

static void a_text_tells_what_it_reads(void **state) {
  (void)state;
  worded w;
  uint32_t field = 77;
  worded_open(&w, "sms", "{{ patient.name | default: practice.name }} {{ patient.name }}");
  uint32_t seen = 0;
  while (wb_template_get(w.text, seen, &field) == WB_OK)
    seen++;
  assert_int_equal(seen, 2);
  field = 77;
  assert_int_equal(wb_template_get(w.text, 2, &field), WB_E_NAME);
  assert_int_equal(wb_template_get(NULL, 0, &field), WB_E_INVALID);
  assert_int_equal(field, 77);
  assert_int_equal(wb_template_get(w.text, 0, NULL), WB_E_INVALID);
  assert_ptr_equal(wb_template_ref(w.text), w.text);
  wb_template_unref(w.text);
  worded_close(&w);
}

/* ---- threads -------------------------------------------------------------------------------- */

enum { ROUNDS = 200 };

typedef struct worker {
  wb_schema *schema;
  wb_rule *rule;
  wb_template *text;
  int right;
} worker;

/* Each thread has its own facts; rule, text, schema and their counts are shared. */
static void *worker_run(void *user) {
  worker *own = user;
  wb_facts *facts = NULL;
  wb_facts_options options = {.size = sizeof options, .as_of = SAMPLE_NOW};
  wb_moment moment = {.size = sizeof moment, .now = SAMPLE_NOW};
  wb_zone *zone = NULL;
  if (wb_zone_new(NULL, "UTC0", 4, &zone, NULL)) return NULL;
  moment.zone = zone;
  if (wb_facts_new(NULL, own->schema, &options, &facts, NULL)) return NULL;
  if (table_add(facts, "patients", WORDED_PEOPLE, NULL)) return NULL;
  for (int i = 0; i < ROUNDS; ++i) {
    char out[64] = "";
    size_t length = 0;
    wb_verdict verdict = {.size = sizeof verdict};
    wb_rule *rule = wb_rule_ref(own->rule);
    wb_template *text = wb_template_ref(own->text);
    own->right +=
        wb_rule_test(rule, facts, 0, &moment, &verdict, NULL) == WB_OK &&
        verdict.truth == WB_TRUE &&
        wb_template_render(text, facts, 0, &moment, out, sizeof out, &length, NULL) == WB_OK &&
        !strcmp(out, "Hi Ana!");
    wb_rule_unref(rule);
    wb_template_unref(text);
  }
  wb_facts_free(facts);
  wb_zone_unref(zone);
  return NULL;
}

static void threads_share_what_is_compiled(void **state) {
  (void)state;
  static const char rule_text[] = "patient.first_name == \"Ana\" && patient.status == \"active\"";
  worded w;
  worker workers[THREADS];
  wb_rule *rule = NULL;
  worded_open(&w, "sms", "Hi {{ patient.first_name }}!");
  assert_int_equal(
      wb_rule_new(w.context, w.it.schema, rule_text, sizeof rule_text - 1, &rule, NULL), WB_OK);
  for (int i = 0; i < THREADS; ++i)
    workers[i] = (worker){.schema = w.it.schema, .rule = rule, .text = w.text};
  threads_run(worker_run, workers, sizeof *workers);
  for (int i = 0; i < THREADS; ++i)
    assert_int_equal(workers[i].right, ROUNDS);
  wb_rule_unref(rule);
  worded_close(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(policies_say_what_is_wrong_with_them),
      cmocka_unit_test(a_policy_tells_its_classes),
      cmocka_unit_test(texts_say_what_is_wrong_with_them),
      cmocka_unit_test(texts_have_limits),
      cmocka_unit_test(rendering_is_checked),
      cmocka_unit_test(messages_have_the_limit_of_their_channel),
      cmocka_unit_test(a_message_on_an_answering_machine_is_counted_in_words),
      cmocka_unit_test(links_lead_to_the_hosts_of_the_policy),
      cmocka_unit_test(a_text_tells_what_it_reads),
      cmocka_unit_test(threads_share_what_is_compiled),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
