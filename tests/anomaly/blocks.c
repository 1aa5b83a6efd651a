/* SPDX-License-Identifier: MIT */
/*
 * What is compiled from a text, and what a practice lends, with every allocation failing in turn.
 * Built so that each item of an arena is an allocation of its own: in an ordinary build a few
 * blocks hold all items.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"
#include "support/effort.h"

/* ---- the texts ------------------------------------------------------------------------------- */

/* A campaign with all that one may have. */
static const char campaign[] =
    "{\"format\":1,\"name\":\"return-offer\",\"title\":\"T\",\"class\":\"offer\",\"serves\":["
    "\"U9\"],"
    "\"parameters\":{\"pause\":{\"type\":\"days\",\"default\":5,\"least\":2,\"most\":30,"
    "\"about\":\"P\"},\"season\":{\"type\":\"season\",\"default\":[{\"from\":\"11-01\",\"to\":"
    "\"02-29\"}],\"about\":\"S\"},\"gift\":{\"type\":\"offer\",\"about\":\"G\"}},"
    "\"audience\":\"$season && recare.overdue_months >= 1\","
    "\"segments\":[{\"name\":\"all $pause\",\"where\":\"true\"}],"
    "\"exits\":{\"booked\":\"recare.booked\"},"
    "\"variants\":[{\"name\":\"one\",\"share\":50},{\"name\":\"two\",\"share\":50}],"
    "\"capacity\":{\"inside\":9,\"minutes\":{\"hygiene\":60}},"
    "\"steps\":["
    "{\"id\":\"a\",\"send\":[\"t\"],\"offer\":\"$gift\",\"on_unknown\":{\"call\":\"note\","
    "\"within\":{\"days\":2}}},"
    "{\"id\":\"w\",\"wait\":{\"days\":\"$pause\",\"at\":\"10:00\"}},"
    "{\"id\":\"v\",\"await\":[\"clicked\"],\"within\":{\"days\":2},\"else\":\"b\"},"
    "{\"id\":\"b\",\"branch\":[{\"variant\":\"two\",\"to\":\"c\"},{\"when\":\"true\","
    "\"to\":\"z\"}]},"
    "{\"id\":\"c\",\"call\":\"note\",\"within\":{\"days\":2}},"
    "{\"id\":\"z\",\"exit\":true}],"
    "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"}},\"page\":\"behind\","
    "\"fallback\":[\"email-neutral\",\"call-neutral\"],"
    "\"texts\":{"
    "\"t\":{\"channel\":\"email\",\"instead\":[{\"variant\":\"two\",\"text\":\"u\"}],\"en\":{"
    "\"subject\":\"For you\",\"body\":\"Hi.\"}},"
    "\"u\":{\"channel\":\"email\",\"en\":{\"subject\":\"For you\",\"body\":\"Hello.\"},\"es\":{"
    "\"subject\":\"Para ti\",\"body\":\"Hola.\"}},"
    "\"behind\":{\"channel\":\"page\",\"en\":{\"html\":\"<p>{{ offer.what }}</p>\"}},"
    "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Call.\"}}}}";

/* What the practice sets of it: an offer, wording in two ways. */
#define OURS "{\"subject\":\"Ours\",\"body\":\"Ours.\"}"
#define SET_OFFER                                                                                  \
  "{\"what\":\"Exam and cleaning\",\"price_cents\":9900,\"regular_cents\":18900,"                  \
  "\"value_cents\":9000,\"cash_like\":false,\"first\":\"2026-11-20\",\"last\":\"2026-12-31\","     \
  "\"qualifies\":\"true\",\"includes\":[\"one visit\"],\"excludes\":[\"fillings\",\"crowns\"],"    \
  "\"disclosures\":{\"US-NY\":[\"a\"]},\"reviewer\":\"dr-lee\",\"reviewed\":\"2026-11-19\","       \
  "\"paid_by\":\"us\"}"
static const char settings[] =
    "{\"playbooks\":{\"return-offer\":{\"pause\":9,\"priority\":60,\"gift\":\"spring\"}},"
    "\"offers\":{\"spring\":" SET_OFFER "},"
    "\"wording\":{\"return-offer\":{\"note\":{\"en\":\"Please "
    "call.\",\"es\":\"Llame.\"},\"t\":{\"en\":" OURS "}}}}";

/* ---- what is made of them -------------------------------------------------------------------- */

typedef struct blocks {
  wb_context *context;
  wb_schema *schema;
  uint8_t content[32];
} blocks;

static wb_status compiled(blocks *b) {
  wb_campaign *made = NULL;
  wb_campaign_info info = {.size = sizeof info};
  wb_error error = {0};
  const wb_status status = wb_campaign_make(b->context, b->schema, NULL, campaign, strlen(campaign),
                                            settings, strlen(settings), &made, &error);
  if (status != WB_OK && status != WB_E_NOMEM) fail_msg("%s %s", error.path, error.message);
  if (status == WB_OK) assert_int_equal(wb_campaign_get(made, &info), WB_OK);
  if (status == WB_OK) memcpy(b->content, info.content_id, sizeof b->content);
  wb_campaign_unref(made);
  return status;
}

static wb_status offered(blocks *b) {
  wb_offer *made = NULL;
  wb_offer_info info = {.size = sizeof info};
  const wb_status status =
      wb_offer_new(b->context, b->schema, SET_OFFER, sizeof SET_OFFER - 1, &made, NULL);
  if (status == WB_OK) assert_int_equal(wb_offer_get(made, &info), WB_OK);
  if (status == WB_OK) memcpy(b->content, info.content_id, sizeof b->content);
  wb_offer_unref(made);
  return status;
}

#ifdef EFFORT_SANITIZED
enum { STRIDE = 5 }; /* from one place to the next: these are slow */
#else
enum { STRIDE = 1 };
#endif

/* ---- the sweep ------------------------------------------------------------------------------- */

static blocks opened(fault_memory *memory) {
  blocks b = {.context = fault_context(memory)};
  assert_int_equal(wb_schema_new(b.context, NULL, 0, &b.schema, NULL), WB_OK);
  return b;
}

static void closed(blocks *b, const fault_memory *memory) {
  wb_schema_unref(b->schema);
  wb_context_unref(b->context);
  assert_int_equal(memory->live, 0);
}

/* What is made when the n-th allocation fails: nothing; and then the same as ever. */
static uint64_t sweep(wb_status (*make)(blocks *)) {
  fault_memory memory;
  blocks b = opened(&memory);
  uint8_t content[32];
  uint64_t at = 1;
  bool met = true;
  assert_int_equal(make(&b), WB_OK);
  memcpy(content, b.content, sizeof content);
  const uint64_t live = memory.live;
  for (; met; at += STRIDE) {
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status status = make(&b);
    met = memory.plan.hits > 0;
    fault_arm(&memory.plan, FAULT_NEVER, 0);
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    assert_int_equal(memory.live, live);
  }
  assert_memory_equal(b.content, content, sizeof content);
  closed(&b, &memory);
  return at;
}

static void a_campaign_is_made_whole_or_not_at_all(void **state) {
  (void)state;
  assert_true(sweep(compiled) > 1000);
}

static void an_offer_is_made_whole_or_not_at_all(void **state) {
  (void)state;
  assert_true(sweep(offered) > 50);
}

/* ---- what a practice lends ------------------------------------------------------------------- */

static wb_status next(clinic *c) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  const wb_status status = wb_practice_next(c->practice, &cursor, &found);
  if (status == WB_OK) assert_string_equal(found.step, "s1");
  return status;
}

static wb_status counted(clinic *c) {
  wb_metrics found = {.size = sizeof found};
  uint64_t cursor = 0;
  const wb_status status = wb_metrics_next(c->practice, &cursor, &found);
  if (status == WB_OK) assert_string_equal(found.campaign, "one");
  return status;
}

static wb_status waiting(clinic *c) {
  wb_waiting row = {.size = sizeof row};
  uint32_t count = 0;
  const wb_status status =
      wb_practice_waiting(c->practice, "one", 3, c->it.facts, c->now, &row, 1, &count, NULL);
  if (status == WB_OK) assert_string_equal(row.patient, "p2");
  return status;
}

static wb_status migrates(clinic *c) {
  const wb_migrate_options options = {.size = sizeof options, .flags = WB_MIGRATE_PLAN};
  wb_migration row = {.size = sizeof row};
  uint32_t count = 0;
  const wb_status status =
      wb_practice_migrate(c->practice, "one", 3, &options, c->now, &row, 1, &count, NULL);
  if (status == WB_OK) assert_string_equal(row.from, "s1");
  return status;
}

/* Ana is in, Ben waits for the next day; and there is a second definition. */
static void what_is_lent_is_lent_whole_or_not_at_all(void **state) {
  static wb_status (*const calls[])(clinic *) = {next, counted, waiting, migrates};
  static const wb_practice_options more = {.size = sizeof more, .admissions = 1};
  static const char json[] = CLINIC_TEXTS("one");
  char newer[sizeof json];
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN, &more);
  memcpy(newer, json, sizeof json);
  memcpy(strstr(newer, "\"Texts\""), "\"Notes\"", 7);
  clinic_launch(&c, "one", newer);
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    uint64_t at = 1;
    for (bool met = true; met; at++) {
      wbi_arena_free(&c.practice->names); /* what it lends there needs memory again */
      wbi_arena_init(&c.practice->names, c.context, 0);
      fault_arm(&c.memory.plan, FAULT_ONCE, at);
      const wb_status status = calls[i](&c);
      met = c.memory.plan.hits > 0;
      fault_arm(&c.memory.plan, FAULT_NEVER, 0);
      assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    }
    assert_true(at > 2);
  }
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_offer_is_made_whole_or_not_at_all),
      cmocka_unit_test(a_campaign_is_made_whole_or_not_at_all),
      cmocka_unit_test(what_is_lent_is_lent_whole_or_not_at_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
