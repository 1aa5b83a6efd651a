/* SPDX-License-Identifier: MIT */
/*
 * What is asked about the practice's book: visits that are moved nearer, put off and broken, and an
 * opening that is offered, accepted and booked. Over a getter each of whose answers fails, or
 * is absent, in turn, and with each allocation failing, of a practice that was just loaded.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/rerun.h"
#include "support/usual.h"

/* p0 has the visit, p1 is asked for the opening, p2 gets mail. */
static const char people[] =
    "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|email:u|"
    "email_permission:u|language:u\n"
    "p0|active|Ana|1980-02-29|1|+12125550100|yes|||\n"
    "p1|active|Ben|1981-03-01|1|+12125550101|yes|||\n"
    "p2|active|Cat|1982-04-01|1|||cat@example.com|yes|es\n";

#define HEAD(name, class, subject, audience)                                                       \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"" name                                          \
  "\",\"class\":\"" class "\",\"subject\":\"" subject "\",\"audience\":\"" audience                \
                          "\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
#define END "{\"id\":\"end\",\"exit\":true}],"
#define STOP " Reply STOP to opt out.\"}}"

static const char *const campaigns[][2] = {
    {"visits",
     HEAD("visits", "transactional", "appointment",
          "slot.status == 'scheduled'") "\"steps\":["
                                        "{\"id\":\"three\",\"wait\":{\"before_visit\":{\"days\":3,"
                                        "\"at\":\"10:00\"}}},"
                                        "{\"id\":\"way\",\"branch\":[{\"when\":\"patient.language "
                                        "== 'es'\",\"to\":\"silent\"}]},"
                                        "{\"id\":\"goal\",\"goal\":\"slot.confirmed == true\"},"
                                        "{\"id\":\"ask\",\"send\":[\"ask\"]},"
                                        "{\"id\":\"silent\",\"wait\":{\"before_visit\":{\"hours\":"
                                        "4}}},"
                                        "{\"id\":\"call\",\"call\":\"call\",\"within\":{\"hours\":"
                                        "4}}," END "\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":"
                                        "{\"body\":\"{{ location.short_name }}: your "
                                        "visit is on {{ slot.start | date: \\\"%d\\\" }}. Reply "
                                        "YES to confirm, NO to change "
                                        "it." STOP ",\"call\":{\"channel\":\"call\",\"en\":{"
                                        "\"body\":\"Please call.\"}}}}"},
    {"broken",
     HEAD(
         "broken", "care", "appointment",
         "slot.status == 'broken'") "\"steps\":["
                                    "{\"id\":\"day\",\"wait\":{\"after_visit\":{\"days\":1,\"at\":"
                                    "\"11:00\"}}},"
                                    "{\"id\":\"ask\",\"send\":[\"ask\"]}," END
                                    "\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ "
                                    "location.short_name }}: we "
                                    "missed you. Find another time: {{ location.booking_url }}" STOP
                                    "}}"},
    {"fill",
     HEAD("fill", "care", "opening",
          "patient.first_name == 'Ben' && slot.minutes >= 30") "\"rest_days\":0,\"steps\":[{\"id\":"
                                                               "\"ask\",\"send\":[\"ask\"]},"
                                                               "{\"id\":\"w\",\"wait\":{\"days\":7}"
                                                               "}," END
                                                               "\"texts\":{\"ask\":{\"channel\":"
                                                               "\"sms\",\"en\":{\"body\":\"Hi, {{ "
                                                               "location.short_name }} has "
                                                               "time for you. Reply YES to take "
                                                               "it." STOP "}}"},
    {"gift",
     HEAD(
         "gift", "offer", "patient",
         "patient.language == 'es'") "\"exits\":{\"booked\":\"recare.booked\"},\"offers\":{"
                                     "\"brush\":{\"what\":\"A "
                                     "brush\",\"price_cents\":9900,\"regular_cents\":9900,\"value_"
                                     "cents\":1500,\"cash_like\":"
                                     "false,\"first\":\"2026-11-20\",\"last\":\"2026-12-31\","
                                     "\"qualifies\":\"patient.language == 'es'\",\"includes\":[\"a "
                                     "brush\"],\"excludes\":[],"
                                     "\"disclosures\":{\"US-NY\":[]},\"reviewer\":\"dr-lee\","
                                     "\"reviewed\":\"2026-11-19\"}},"
                                     "\"steps\":[{\"id\":\"g\",\"send\":[\"g\"],\"offer\":"
                                     "\"brush\"},"
                                     "{\"id\":\"w\",\"wait\":{\"days\":90}}," END
                                     "\"texts\":{\"g\":{\"channel\":\"email\",\"en\":{\"subject\":"
                                     "\"For you\",\"body\":\"{{ "
                                     "offer.what }}: {{ offer.price | money }}, until {{ "
                                     "offer.last | date_words }}. {{ practice.name "
                                     "}}, {{ location.address }}" STOP "}}"},
    {"mail", HEAD("mail", "care", "patient",
                  "patient.language == 'es'") "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
                                              "{\"id\":\"m\",\"send\":[\"m\"]},"
                                              "{\"id\":\"w\",\"wait\":{\"days\":11}}," END
                                              "\"texts\":{\"m\":{\"channel\":\"email\",\"en\":{"
                                              "\"subject\":\"Hi\",\"body\":\"{{ "
                                              "practice.name }}, {{ location.address }}" STOP "}}"},
};

/* What the book says, one after the other: lines of `appointments`, whose times are days of
   November, an hour of UTC. */
#define OLD                                                                                        \
  "p0|completed|1757944800|o0\np1|completed|1757944800|o1\np2|completed|1757944800|o2\n"           \
  "p1|scheduled||v1\n"
static const char *const books[] = {
    OLD "p0|scheduled|1795806000|v0\n",                             /* Friday 27, 14:00 */
    OLD "p0|scheduled|1795633200|v0\np2|scheduled|1795528800|v2\n", /* Wednesday 25, 14:00 */
    OLD "p0|scheduled|1796410800|v0\np2|broken|1795528800|v2\n",    /* Friday, December 4 */
    OLD "p0|broken|1796410800|v0\np2|scheduled|1797778800|v3\n",
};

/* ---- what it does ---------------------------------------------------------------------------- */

typedef struct book {
  rerun run;
  usual usual; /* what a step hands out when nothing fails */
} book;

static wb_status enroll(clinic *c) {
  wb_counts counts = {.size = sizeof counts};
  return wb_practice_enroll(c->practice, NULL, 0, c->it.facts, c->now, &counts, NULL);
}

static wb_status poll(clinic *c) {
  c->count = 0;
  c->actions[0].size = sizeof(wb_action);
  return wb_practice_poll(c->practice, c->it.facts, c->now, c->actions, CLINIC_ACTIONS, &c->count,
                          NULL);
}

static wb_status opens(clinic *c) {
  const wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c->now + 2 * CLINIC_DAY);
  return clinic_send(c, &input);
}

static wb_status accepts(clinic *c) {
  return clinic_reply(c, "p1", "Yes");
}

static wb_status is_booked(clinic *c) {
  wb_input input = clinic_input(WB_INPUT_BOOKED, "p1");
  input.visit = "s1";
  input.visit_length = 2;
  return clinic_send(c, &input);
}

/* The calls; before each: hours that pass, and what the book says then. What is due of openings is
   noted before all else, and stands whatever fails after it. */
static const struct {
  wb_status (*call)(clinic *);
  wb_time hours;
  size_t book;
  uint32_t count; /* what a poll hands out */
  bool notes;     /* what is due of an opening */
} steps[] = {{enroll, 0, 0, 0, false}, {poll, 0, 0, 1, false},      {poll, 24, 0, 2, false},
             {opens, 0, 0, 0, false},  {poll, 0, 0, 1, true},       {accepts, 0, 0, 0, false},
             {poll, 0, 0, 1, false},   {is_booked, 0, 0, 0, false}, {enroll, 1, 1, 0, false},
             {poll, 23, 2, 0, false},  {enroll, 0, 2, 0, false},    {poll, 216, 2, 1, false},
             {enroll, 0, 3, 0, false}, {poll, 72, 3, 1, false}};
enum { STEPS = sizeof steps / sizeof *steps };

/* The facts of now. */
static void read_book(book *b, size_t which) {
  char visits[512];
  rerun *r = &b->run;
  snprintf(visits, sizeof visits, CLINIC_VISITS "%s", books[which]);
  r->below.now = r->c.now;
  clinic_place(&r->below, CLINIC_ZONE, people, visits);
  wb_facts_free(r->c.it.facts);
  mirror_open(&r->m, r->c.context, r->below.it.facts, r->c.it.schema, &r->moment, r->c.now);
  r->c.it.facts = r->m.facts;
}

typedef struct book_step {
  book *b;
  size_t step;
} book_step;

static wb_status take(void *of) {
  const book_step *at = of;
  clinic *c = &at->b->run.c;
  const wb_status status = steps[at->step].call(c);
  if (status == WB_OK && steps[at->step].call == poll) usual_assert(&at->b->usual, c);
  return status;
}

/* The step without faults, and back to before it. */
static void try_step(book *b, size_t step) {
  clinic *c = &b->run.c;
  rerun_mark(&b->run);
  assert_int_equal(steps[step].call(c), WB_OK);
  if (steps[step].call == poll) usual_keep(&b->usual, c);
  if (steps[step].call == poll && c->count != steps[step].count)
    fail_msg("step %d: %d", (int)step, (int)c->count);
  rerun_back(&b->run);
}

/* Whoever is asked about a visit stays with the one that they entered. */
static void another_version(clinic *c) {
  char json[2000];
  assert_in_range(snprintf(json, sizeof json, "%s", campaigns[0][1]), 0, sizeof json - 1);
  memcpy(strstr(json, "\"title\":\"v"), "\"title\":\"V", 10);
  clinic_launch(c, "visits", json);
}

static void each_step(const rerun_fault *faults, size_t count) {
  static const wb_practice_options more = {.size = sizeof more, .per_day = 8, .per_week = 8};
  book *b = calloc(1, sizeof *b);
  uint64_t met = 0;
  assert_non_null(b);
  b->usual = (usual){.people = people, .child = "", .guardian = ""};
  rerun_open(&b->run, people, "", &more);
  for (size_t i = 0; i < sizeof campaigns / sizeof *campaigns; i++)
    clinic_launch(&b->run.c, campaigns[i][0], campaigns[i][1]);
  for (size_t step = 0; step < STEPS; step++) {
    rerun_pass(&b->run, steps[step].hours * CLINIC_HOUR);
    read_book(b, steps[step].book);
    if (steps[step].call == opens) another_version(&b->run.c);
    try_step(b, step);
    for (size_t i = 0; i < count; i++)
      met += rerun_sweep(&b->run, take, &(book_step){b, step}, faults[i], 1, !steps[step].notes);
    assert_int_equal(steps[step].call(&b->run.c), WB_OK);
    if (steps[step].call == poll) clinic_sent(&b->run.c);
  }
  assert_true(met > STEPS);
  assert_string_equal(clinic_find(&b->run.c, "p1", "fill").reason, "accepted");
  assert_int_equal(clinic_find(&b->run.c, "p2", "gift").touches, 1);
  assert_string_equal(clinic_find(&b->run.c, "p2", "mail").reason, "booked");
  rerun_close(&b->run);
  free(b);
}

static void a_getter_that_fails_changes_nothing(void **state) {
  (void)state;
  each_step(rerun_fails, 2);
}

static void an_answer_that_is_absent_writes_to_nobody_else(void **state) {
  (void)state;
  each_step(rerun_absent, 3);
}

static void a_text_that_is_none_writes_to_nobody_else(void **state) {
  (void)state;
  each_step(rerun_garbled, 3);
}

static void memory_that_fails_changes_nothing(void **state) {
  static const rerun_fault fault = {RERUN_MEMORY, FAULT_ONCE, WB_OK, WB_E_NOMEM, true, 0, NULL};
  (void)state;
  each_step(&fault, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_getter_that_fails_changes_nothing),
      cmocka_unit_test(an_answer_that_is_absent_writes_to_nobody_else),
      cmocka_unit_test(a_text_that_is_none_writes_to_nobody_else),
      cmocka_unit_test(memory_that_fails_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
