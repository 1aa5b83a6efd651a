/* SPDX-License-Identifier: MIT */
/*
 * The guarantee of docs/privacy.md, on random templates: two patients who agree in all fields that
 * a channel may read get the same bytes, or the same refusal, whatever else is known about them;
 * and nothing outside the read-set is asked for.
 *
 * Checkers that are blind to one kind of mention show that the test would notice: each must be
 * caught with the same templates.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/effort.h"
#include "support/scrawl.h"

enum { PAIRS = 3, ANSWER_MOST = 131072 };

#define BIT(name) (1u << WB_CLASS_##name)
#define SHOWN (BIT(PUBLIC) | BIT(NAME) | BIT(LINK))
#define TOLD (SHOWN | BIT(SCHEDULING) | BIT(RECALL))

/* Channels, recipients and registers, and what docs/privacy.md says that they may read. */
static const struct {
  const char *channel;
  int32_t recipient, register_;
  uint32_t read;
} audiences[] = {
    {"sms", WB_RECIPIENT_PATIENT, WB_REGISTER_GENERAL, SHOWN | BIT(SCHEDULING)},
    {"sms", WB_RECIPIENT_PATIENT, WB_REGISTER_DETAIL, TOLD | BIT(CLINICAL)},
    {"sms", WB_RECIPIENT_GUARDIAN, WB_REGISTER_NEUTRAL, SHOWN | BIT(SCHEDULING) | BIT(RELATION)},
    {"sms", WB_RECIPIENT_HOUSEHOLD, WB_REGISTER_GENERAL, SHOWN | BIT(RELATION)},
    {"email.subject", WB_RECIPIENT_PATIENT, WB_REGISTER_GENERAL, BIT(PUBLIC) | BIT(NAME)},
    {"email.subject", WB_RECIPIENT_HOUSEHOLD, WB_REGISTER_GENERAL, BIT(PUBLIC)},
    {"email.text", WB_RECIPIENT_PATIENT, WB_REGISTER_DETAIL, TOLD | BIT(CLINICAL)},
    {"email.html", WB_RECIPIENT_PATIENT, WB_REGISTER_GENERAL, TOLD},
    {"email.html", WB_RECIPIENT_GUARDIAN, WB_REGISTER_GENERAL, TOLD | BIT(RELATION)},
    {"letter", WB_RECIPIENT_PATIENT, WB_REGISTER_DETAIL, TOLD | BIT(CLINICAL) | BIT(FINANCIAL)},
    {"voicemail", WB_RECIPIENT_PATIENT, WB_REGISTER_GENERAL, BIT(PUBLIC) | BIT(NAME)},
    {"page.public", WB_RECIPIENT_PATIENT, WB_REGISTER_GENERAL, BIT(PUBLIC) | BIT(LINK)},
    {"page.secure", WB_RECIPIENT_PATIENT, WB_REGISTER_GENERAL,
     TOLD | BIT(CLINICAL) | BIT(FINANCIAL) | BIT(RELATION)},
    {"page.secure", WB_RECIPIENT_HOUSEHOLD, WB_REGISTER_GENERAL, SHOWN | BIT(RELATION)},
};

typedef struct world {
  twins pair;
  wb_policy *policy;
  scrawl paper;
} world;

static int make_world(void **state) {
  static world made;
  wb_status status = twins_open(&made.pair);
  if (!status) status = wb_policy_new(NULL, made.pair.schema, NULL, 0, &made.policy, NULL);
  *state = &made;
  return status;
}

static int drop_world(void **state) {
  world *made = *state;
  wb_policy_unref(made->policy);
  twins_close(&made->pair);
  return 0;
}

/* ---- the property ------------------------------------------------------------------------- */

/* What a patient gets. */
typedef struct answer {
  wb_error error;
  wb_sms sms;
  uint64_t asked; /* a digest of what the host was asked */
  size_t length;
  wb_status status;
  char text[ANSWER_MOST];
} answer;

/* Counts of a run over random templates. */
typedef struct tally {
  uint64_t written, malformed, accepted, sent, interfering, stray;
} tally;

/* Whether a field may be asked for: it is in the read-set. A getter is asked for the patient's own
   record whenever a row is entered, to know the key and the zone. */
static bool may_ask(const world *here, const wb_template *compiled, uint32_t field) {
  static const char *const record[] = {"patient.", "contact.", "location."};
  const wbi_text name = wbi_schema_field(here->pair.schema, field)->name;
  for (uint32_t i = 0; i < compiled->fields_count; ++i) {
    if (compiled->fields[i] == field) return true;
  }
  for (size_t i = 0; i < WBI_COUNT(record); ++i) {
    if (wbi_text_starts(name, wbi_text_of(record[i]))) return true;
  }
  return false;
}

/* How many fields were asked for that are not in the read-set. */
static uint64_t asked_outside(const world *here, const wb_template *compiled) {
  uint64_t outside = 0;
  const uint32_t count = wb_schema_count(here->pair.schema);
  for (uint32_t field = 0; field < count; ++field)
    outside += here->pair.known[field] && !may_ask(here, compiled, field);
  return outside;
}

static void ask(world *here, const wb_template *compiled, uint64_t row, answer *got) {
  const wb_moment moment = {.size = sizeof moment, .now = 1769760000};
  memset(got, 0, offsetof(answer, text));
  got->sms.size = sizeof got->sms;
  here->pair.asked = 0;
  got->status = wb_template_render(compiled, here->pair.facts, row, &moment, got->text,
                                   sizeof got->text, &got->length, &got->error);
  got->asked = here->pair.asked;
  if (got->status == WB_OK) assert_int_equal(wb_sms_measure(got->text, got->length, &got->sms), 0);
}

static bool same(const answer *one, const answer *two) {
  return memcmp(one, two, offsetof(answer, text)) == 0 &&
         (one->status != WB_OK || memcmp(one->text, two->text, one->length) == 0);
}

/* Renders for some pairs, and counts what is wrong. */
static void compare(world *here, const wb_template *compiled, uint64_t seed, tally *counts) {
  static answer one, two;
  bool interferes = false, sent = false;
  twins_forget(&here->pair);
  for (uint64_t i = 0; i < PAIRS && !interferes; ++i) {
    here->pair.seed = twins_mix(seed, i);
    ask(here, compiled, 0, &one);
    ask(here, compiled, 1, &two);
    interferes = !same(&one, &two);
    sent |= one.status == WB_OK;
  }
  counts->accepted++;
  counts->sent += sent;
  counts->interfering += interferes;
  counts->stray += asked_outside(here, compiled) > 0;
}

/* One random template, for a checker that is blind to some mentions. */
static void try_one(world *here, uint64_t seed, uint32_t blind, tally *counts) {
  const size_t audience = (size_t)(twins_mix(seed, 1) % WBI_COUNT(audiences));
  const wb_template_options options = {.size = sizeof options,
                                       .channel = audiences[audience].channel,
                                       .recipient = audiences[audience].recipient,
                                       .register_ = audiences[audience].register_};
  wb_template *compiled = NULL;
  wb_error error;
  here->pair.open = here->paper.open = audiences[audience].read;
  here->paper.shut = (uint32_t[]){0, 40, 120}[twins_mix(seed, 2) % 3];
  scrawl_write(&here->paper, seed);
  const wbi_text text = {here->paper.text, here->paper.length};
  const wb_status status = wbi_template_new_blind(NULL, here->pair.schema, here->policy, &options,
                                                  text, blind, &compiled, &error);
  counts->written++;
  counts->malformed += status != WB_OK && status != WB_E_POLICY;
  if (status != WB_OK && status != WB_E_POLICY && counts->malformed < 8) {
    print_error("%s %s\n%s\n", wb_status_name(status), error.message, text.data);
  }
  if (status != WB_OK) return;
  compare(here, compiled, seed, counts);
  wb_template_unref(compiled);
}

static void no_accepted_template_interferes(void **state) {
  const uint64_t rounds = EFFORT_FAST ? effort(500000) : effort(30000);
  tally counts = {0};
  for (uint64_t i = 0; i < rounds; ++i)
    try_one(*state, twins_mix(i, 0), 0, &counts);
  print_message("%llu templates, %llu accepted, %llu sent to somebody\n",
                (unsigned long long)counts.written, (unsigned long long)counts.accepted,
                (unsigned long long)counts.sent);
  assert_int_equal(counts.interfering, 0);
  assert_int_equal(counts.stray, 0);
  assert_int_equal(counts.malformed, 0);
  assert_in_range(counts.accepted, rounds / 4, rounds - rounds / 4);
  assert_true(counts.sent > counts.accepted / 4);
}

/* ---- broken checkers ---------------------------------------------------------------------- */

static void every_blind_checker_is_caught(void **state) {
  static const struct {
    wbi_mention mention;
    const char *blind;
  } checkers[WBI_MENTIONS] = {
      {WBI_MENTION_OUTPUT, "what is written"},
      {WBI_MENTION_ARGUMENT, "arguments of filters"},
      {WBI_MENTION_ASSIGN, "assignments"},
      {WBI_MENTION_CONDITION, "conditions"},
      {WBI_MENTION_BRANCH, "elsif"},
      {WBI_MENTION_ELSE, "else"},
      {WBI_MENTION_CASE, "case"},
      {WBI_MENTION_LOOP, "lengths of lists"},
      {WBI_MENTION_LIMIT, "limit and offset"},
  };
  const uint64_t rounds = EFFORT_FAST ? effort(500000) : effort(30000);
  for (size_t i = 0; i < WBI_COUNT(checkers); ++i) {
    tally counts = {0};
    for (uint64_t at = 0; at < rounds && counts.interfering < 10; ++at)
      try_one(*state, twins_mix(at, 0), 1u << checkers[i].mention, &counts);
    print_message("blind to %s: %llu interfere in %llu templates\n", checkers[i].blind,
                  (unsigned long long)counts.interfering, (unsigned long long)counts.written);
    assert_true(counts.interfering >= 10);
    assert_int_equal(counts.stray, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_accepted_template_interferes),
      cmocka_unit_test(every_blind_checker_is_caught),
  };
  return cmocka_run_group_tests(tests, make_world, drop_world);
}
