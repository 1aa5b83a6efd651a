/* SPDX-License-Identifier: MIT */
/*
 * What is compiled from a text, with every allocation failing in turn. Built so that each item of
 * an arena is an allocation of its own: in an ordinary build a few blocks hold all items.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/effort.h"
#include "support/fault.h"

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
    "\"wording\":{\"return-offer\":{\"note\":{\"en\":\"Please call.\"},\"t\":{\"en\":" OURS "}}}}";

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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_offer_is_made_whole_or_not_at_all),
      cmocka_unit_test(a_campaign_is_made_whole_or_not_at_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
