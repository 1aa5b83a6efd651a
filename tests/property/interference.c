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

/* Words by value: red and green are said alike. */
#define WORDS_FOR(field, class_, green)                                                            \
  "{\"field\": \"" field "\", \"class\": \"" class_ "\", \"reason\": \"Said as on the phone.\","   \
  "\"texts\": {\"red\": \"a while\", \"green\": \"" green "\"}, \"otherwise\": \"some time\"}"
#define POLICY(green)                                                                              \
  "{\"general\": [" WORDS_FOR("c5.band", "public", green) "," WORDS_FOR("c6.band", "clinical",     \
                                                                        "a while") "]}"

/* All classes may be read, and together. */
#define WIDE                                                                                       \
  "{\"widen\": true, \"channels\": {\"letter\": {\"read\": [\"public\", \"name\", \"link\","       \
  "\"scheduling\", \"recall\", \"clinical\", \"financial\", \"identifier\", \"relation\", "        \
  "\"staff\"],"                                                                                    \
  "\"never\": []}}, \"general\": [" WORDS_FOR("c5.band", "public", "a while") "," WORDS_FOR(       \
      "c6.band", "clinical", "a while") "]}"

typedef struct world {
  twins pair;
  wb_policy *policy, *careless, *wide;
  scrawl paper;
} world;

static wb_status policy_new(const world *made, const char *text, wb_policy **policy) {
  return wb_policy_new(NULL, made->pair.schema, text, strlen(text), policy, NULL);
}

static int make_world(void **state) {
  static world made;
  wb_status status = twins_open(&made.pair);
  if (!status) status = policy_new(&made, POLICY("a while"), &made.policy);
  if (!status) status = policy_new(&made, POLICY("not long"), &made.careless);
  if (!status) status = policy_new(&made, WIDE, &made.wide);
  *state = &made;
  return status;
}

static int drop_world(void **state) {
  world *made = *state;
  wb_policy_unref(made->policy);
  wb_policy_unref(made->careless);
  wb_policy_unref(made->wide);
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
static void try_one(world *here, wb_policy *policy, uint64_t seed, uint32_t blind, tally *counts) {
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
  const wb_status status = wbi_template_new_blind(NULL, here->pair.schema, policy, &options, text,
                                                  blind, &compiled, &error);
  counts->written++;
  counts->malformed += status != WB_OK && status != WB_E_POLICY;
  if (status != WB_OK && status != WB_E_POLICY && counts->malformed < 4) {
    print_error("%s %s\n%s\n", wb_status_name(status), error.message, text.data);
  }
  if (status != WB_OK) return;
  compare(here, compiled, seed, counts);
  wb_template_unref(compiled);
}

static uint64_t rounds_of_a_run(void) {
  return EFFORT_FAST ? effort(500000) : effort(30000);
}

static void no_accepted_template_interferes(void **state) {
  world *here = *state;
  const uint64_t rounds = rounds_of_a_run();
  tally counts = {0};
  for (uint64_t i = 0; i < rounds; ++i)
    try_one(here, here->policy, twins_mix(i, 0), 0, &counts);
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

/* How many templates must tell: with fewer templates the rarest leak is seen a few times. */
static uint64_t enough(void) {
  return EFFORT_FAST ? 10 : 3;
}

static void every_blind_checker_is_caught(void **state) {
  world *here = *state;
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
      {WBI_MENTION_GENERAL, "what words tell"},
  };
  const uint64_t rounds = rounds_of_a_run();
  for (size_t i = 0; i < WBI_COUNT(checkers); ++i) {
    tally counts = {0};
    for (uint64_t at = 0; at < rounds && counts.interfering < enough(); ++at)
      try_one(here, here->policy, twins_mix(at, 0), 1u << checkers[i].mention, &counts);
    print_message("blind to %s: %llu interfere in %llu templates\n", checkers[i].blind,
                  (unsigned long long)counts.interfering, (unsigned long long)counts.written);
    assert_true(counts.interfering >= enough());
    assert_int_equal(counts.stray, 0);
  }
}

static void words_that_tell_more_than_is_agreed_are_caught(void **state) {
  world *here = *state;
  tally counts = {0};
  const uint64_t rounds = rounds_of_a_run();
  for (uint64_t at = 0; at < rounds && counts.interfering < enough(); ++at)
    try_one(here, here->careless, twins_mix(at, 0), 0, &counts);
  print_message("careless words: %llu interfere in %llu templates\n",
                (unsigned long long)counts.interfering, (unsigned long long)counts.written);
  assert_true(counts.interfering >= enough());
}

/* ---- labels ------------------------------------------------------------------------------- */

/* Whether patients who agree in the classes of `label` are sent different texts. Whether a text is
   sent at all is not what a label tells. */
static bool label_is_too_small(world *here, const wb_template *compiled, uint64_t seed,
                               uint32_t label) {
  static answer one, two;
  here->pair.open = label;
  for (uint64_t i = 0; i < PAIRS; ++i) {
    here->pair.seed = twins_mix(seed, i);
    ask(here, compiled, 0, &one);
    ask(here, compiled, 1, &two);
    const bool sent = one.status == WB_OK && two.status == WB_OK;
    if (sent && (one.length != two.length || memcmp(one.text, two.text, one.length) != 0))
      return true;
  }
  return false;
}

/* With a policy that allows all classes, texts depend on what their label says; with one class less
   that is not so, which shows that the test would notice. */
static void a_text_depends_on_its_label_alone(void **state) {
  world *here = *state;
  const uint64_t rounds = rounds_of_a_run() / 5;
  uint64_t labelled = 0, wrong = 0, noticed = 0;
  for (uint64_t i = 0; i < rounds; ++i) {
    const uint64_t seed = twins_mix(i, 5);
    const wb_template_options options = {.size = sizeof options, .channel = "letter"};
    wb_template *compiled = NULL;
    wb_error error;
    here->paper.open = (1u << WB_CLASS_SEALED) - 1;
    here->paper.shut = 0;
    scrawl_write(&here->paper, seed);
    const wb_status status =
        wb_template_new(NULL, here->pair.schema, here->wide, &options, here->paper.text,
                        here->paper.length, &compiled, &error);
    if (status == WB_E_POLICY) continue; /* it would change a link */
    if (status != WB_OK) fail_msg("%s\n%s", error.message, here->paper.text);
    const uint32_t label = wbi_template_label(compiled), least = label & (0u - label);
    labelled += label != 0;
    if (label_is_too_small(here, compiled, seed, label) && wrong++ < 5)
      print_error("label %x: %s\n", label, here->paper.text);
    noticed += label_is_too_small(here, compiled, seed, label & ~least);
    wb_template_unref(compiled);
  }
  print_message("%llu labels; %llu texts show a class that is left out\n",
                (unsigned long long)labelled, (unsigned long long)noticed);
  assert_int_equal(wrong, 0);
  assert_true(noticed > rounds / 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_accepted_template_interferes),
      cmocka_unit_test(every_blind_checker_is_caught),
      cmocka_unit_test(words_that_tell_more_than_is_agreed_are_caught),
      cmocka_unit_test(a_text_depends_on_its_label_alone),
  };
  return cmocka_run_group_tests(tests, make_world, drop_world);
}
