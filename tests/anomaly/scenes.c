/* SPDX-License-Identifier: MIT */
/*
 * Single calls in rare states: a channel that was open is closed, of a child too; a page with a
 * choice; a sequence that ends since a visit is booked; whoever came does not come after all; two
 * who are asked for an opening, one about a visit; a household with somebody who has died, and a
 * call to one of it; an answer about a child; one who waits for a place by an older version; a
 * visit that is put off; what is said of visits and openings. Over a getter each of whose answers
 * fails in turn, and with each allocation failing, of a practice that was just loaded.
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

/* ---- the practice ------------------------------------------------------------------------------
 */

#define PEOPLE                                                                                     \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|email:u|"  \
  "email_permission:u|language:u\n"
#define ANA(texts) "p0|active|Ana|1980-02-29|1|+12125550100|" texts "|ana@example.com|yes|en\n"
#define BEN "p1|active|Ben|1981-03-01|1|+12125550101|yes||||\n"
#define EVE(texts) "p0|inactive|Eve|1980-02-29|1|+12125550100|" texts "|eve@example.com|yes|en\n"
#define LILY "p2|active|Lily|2015-01-01|1||||||\n"

#define CAMPAIGN(class_, subject, exits, more, steps, texts)                                       \
  "{\"format\":1,\"name\":\"one\",\"title\":\"T\",\"class\":\"" class_ "\",\"subject\":\"" subject \
  "\",\"audience\":\"patient.status == 'active'\",\"segments\":[{"                                 \
  "\"name\":\"all\",\"where\":\"true\"}]," exits more "\"steps\":[" steps                          \
  "{\"id\":\"end\",\"exit\":true}],\"texts\":{" texts "}}"
#define BOOKED "\"exits\":{\"booked\":\"recare.booked\"},"
#define SEND(id, texts) "{\"id\":\"" id "\",\"send\":[" texts "]},"
#define DAY(id) "{\"id\":\"" id "\",\"wait\":{\"days\":1}},"
#define SMS(name, more)                                                                            \
  "\"" name "\":{\"channel\":\"sms\"," more "\"en\":{\"body\":\"{{ location.short_name }} has "    \
  "time for you. Reply STOP to opt out.\"}}"
#define MAIL                                                                                       \
  "\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hi\",\"body\":\"{{ practice.name }}, {{ " \
  "location.address }} Reply STOP to opt out.\"}}"

/* The next message has no channel, the one after it has; or two of one step have. */
static const char later_mail[] =
    CAMPAIGN("care", "patient", BOOKED, "",
             SEND("a", "\"t\"") DAY("v") SEND("b", "\"t\"") DAY("w") SEND("c", "\"mail\""),
             SMS("t", "") "," MAIL);
static const char or_mail[] =
    CAMPAIGN("care", "patient", BOOKED, "", SEND("a", "\"t\",\"mail\""), SMS("t", "") "," MAIL);
/* Of a child whoever stands for it hears. */
static const char parent[] =
    CAMPAIGN("care", "patient", BOOKED, "", SEND("a", "\"t\"") DAY("v") SEND("b", "\"t\""),
             SMS("t", "\"guardian\":\"p\",") "," SMS("p", "\"to\":\"guardian\","));
/* What is behind the message goes by the name, in two languages. */
static const char behind[] = CAMPAIGN(
    "care", "patient", BOOKED, "\"page\":\"page\",", SEND("a", "\"t\""),
    SMS("t", "") ",\"page\":{\"channel\":\"page\",\"instead\":[{\"when\":\"patient.first_name == "
                 "'Eve'\",\"text\":\"other\"}],\"en\":{\"html\":\"<p>Hello.</p>\"},\"es\":{"
                 "\"html\":\"<p>Hola.</p>\"}},\"other\":{\"channel\":\"page\",\"en\":{\"html\":"
                 "\"<p>Other.</p>\"}}");
/* It ends by another rule than what the record says of visits. */
static const char ends[] =
    CAMPAIGN("care", "patient", "\"exits\":{\"booked\":\"patient.language == 'es'\"},", "",
             SEND("a", "\"t\"") DAY("v") SEND("b", "\"t\""), SMS("t", ""));
/* One at a time. */
static const char one_inside[] =
    CAMPAIGN("care", "patient", BOOKED, "\"rest_days\":0,\"capacity\":{\"inside\":1},",
             SEND("a", "\"t\"") DAY("w"), SMS("t", ""));
static const char fill[] =
    CAMPAIGN("benefit", "opening", "", "\"rest_days\":0,",
             SEND("a", "\"t\"") "{\"id\":\"w\",\"wait\":{\"days\":7}},", SMS("t", ""));
static const char of_visit[] =
    CAMPAIGN("care", "appointment", "", "", SEND("a", "\"t\""), SMS("t", ""));

/* Asks a day before, and has somebody call who is silent. */
static const char before_visit[] = CAMPAIGN(
    "transactional", "appointment", "", "",
    "{\"id\":\"v\",\"wait\":{\"before_visit\":{\"days\":1,\"at\":\"10:00\"}}}," SEND(
        "a", "\"t\"") "{\"id\":\"w\",\"wait\":{\"before_visit\":{\"hours\":4}}},{\"id\":\"c\","
                      "\"call\":\"n\",\"within\":{\"hours\":4}},",
    SMS("t", "") ",\"n\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}");

/* Two of one household. */
#define HOME                                                                                       \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "household:u|household_named:b\n"                                                                \
  "p0|active|Ana|1980-02-29|1|+12125550100|yes|h|\np1|inactive|Ben|1981-03-01|1||no|h|1\n"
static const char family[] =
    CAMPAIGN("care", "household", BOOKED, "", SEND("a", "\"t\""), SMS("t", ""));
static const char calls[] = CAMPAIGN(
    "care", "patient", BOOKED, "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"n\"}},",
    SEND("a", "\"t\""),
    SMS("t", "") ",\"n\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}");

/* Facts of now. */
static void rows(rerun *r, const char *patients, const char *visits) {
  r->below.now = r->c.now;
  clinic_place(&r->below, CLINIC_ZONE, patients, visits);
  sample_add(&r->below.it, "guardians", "patient:u|guardian:u|representative:b\np2|p0|1\n");
  wb_facts_free(r->c.it.facts);
  mirror_open(&r->m, r->c.context, r->below.it.facts, r->c.it.schema, &r->moment, r->c.now);
  r->c.it.facts = r->m.facts;
}

#define SEEN                                                                                       \
  CLINIC_VISITS "p0|completed|1757944800|o0\np1|completed|1757944800|o1\n"                         \
                "p2|completed|1757944800|o2\n"

static void begin(rerun *r, const char *patients, const char *json) {
  static const wb_practice_options more = {
      .size = sizeof more, .per_day = 8, .per_week = 8, .flags = WB_PRACTICE_ALLOW_JUMP};
  rerun_open(r, patients, "", &more);
  rows(r, patients, SEEN);
  clinic_launch(&r->c, "one", json);
}

/* So many got the first message. */
static void written(rerun *r, const char *patients, const char *json, uint32_t count) {
  begin(r, patients, json);
  clinic_enroll(&r->c);
  assert_int_equal(clinic_poll(&r->c), count);
}

/* ---- the scenes --------------------------------------------------------------------------------
 */

static void closed(rerun *r) {
  written(r, PEOPLE ANA("yes"), later_mail, 1);
  clinic_sent(&r->c);
  rerun_pass(r, CLINIC_DAY);
  rows(r, PEOPLE ANA("no"), SEEN);
}

static void closed_of_a_child(rerun *r) {
  written(r, PEOPLE EVE("yes") LILY, parent, 1);
  clinic_sent(&r->c);
  rerun_pass(r, CLINIC_DAY);
  rows(r, PEOPLE EVE("no") LILY, SEEN);
}

static void handed_out(rerun *r) {
  written(r, PEOPLE ANA("yes"), or_mail, 1);
  rows(r, PEOPLE ANA("no"), SEEN);
}

static void with_a_page(rerun *r) {
  written(r, PEOPLE ANA("yes"), behind, 1);
}

static void to_end(rerun *r) {
  char patients[] = PEOPLE ANA("yes");
  written(r, patients, ends, 1);
  clinic_sent(&r->c);
  rerun_pass(r, CLINIC_DAY);
  memcpy(strrchr(patients, '|'), "|es", 3);
  rows(r, patients, SEEN "p0|scheduled|1796410800|v0\n"); /* December 4 */
}

/* Of a visit that nobody told of the record says that it was off. */
static void came(rerun *r) {
  written(r, PEOPLE ANA("yes"), or_mail, 1);
  clinic_sent(&r->c);
  rerun_pass(r, CLINIC_DAY);
  wb_input kept = clinic_input(WB_INPUT_KEPT, "p0");
  assert_int_equal(clinic_send(&r->c, &kept), WB_OK);
  rows(r, PEOPLE ANA("yes"), CLINIC_VISITS "p0|completed|1600000000|o0\np0|scheduled||v0\n");
}

static void helped(rerun *r) {
  written(r, PEOPLE ANA("yes"), or_mail, 1);
  clinic_sent(&r->c);
  assert_int_equal(clinic_reply(&r->c, "p0", "HELP"), WB_OK);
}

static void child_helped(rerun *r) {
  written(r, PEOPLE EVE("yes") LILY, parent, 1);
  clinic_sent(&r->c);
  assert_int_equal(clinic_reply(&r->c, "p2", "HELP"), WB_OK);
}

static void opened(rerun *r) {
  begin(r, PEOPLE ANA("yes") BEN, fill);
  const wb_input slot = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", r->c.now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_send(&r->c, &slot), WB_OK);
}

static void visited(rerun *r) {
  begin(r, PEOPLE ANA("yes"), of_visit);
  rows(r, PEOPLE ANA("yes"), SEEN "p0|scheduled|1795532400|v0\n"); /* the day after */
}

static void asked_of_a_visit(rerun *r) {
  visited(r);
  clinic_enroll(&r->c);
}

static void at_home(rerun *r) {
  begin(r, HOME, family);
  clinic_enroll(&r->c);
}

/* The record does not show what the practice was told. */
static void mourns(rerun *r) {
  begin(r, HOME, family);
  clinic_enroll(&r->c);
  assert_int_equal(clinic_receive(&r->c, WB_INPUT_DECEASED, "p1"), WB_OK);
}

static void asks(rerun *r) {
  written(r, HOME, calls, 1);
  clinic_sent(&r->c);
  assert_int_equal(clinic_reply(&r->c, "p0", "How much is a cleaning?"), WB_OK);
}

/* Whoever stands for a child writes about it. */
static void helped_with_a_child(rerun *r) {
  written(r, PEOPLE EVE("yes") LILY, parent, 1);
  clinic_sent(&r->c);
  wb_input help = clinic_input(WB_INPUT_REPLY, "p2");
  help.contact = clinic_point(&r->c, WB_CONTACT_PHONE, "+12125550100");
  help.text = "HELP";
  help.text_length = 4;
  assert_int_equal(clinic_send(&r->c, &help), WB_OK);
}

/* The answer is handed out, and the number is another's by then. */
static void helped_at_another_number(rerun *r) {
  char patients[] = PEOPLE EVE("yes") LILY;
  helped_with_a_child(r);
  assert_int_equal(clinic_poll(&r->c), 1);
  memcpy(strstr(patients, "5550100"), "5550109", 7);
  rows(r, patients, SEEN);
}

/* Of two one is inside and the other waits, by a version that is no longer the newest. */
static void waits_by_an_older_version(rerun *r) {
  char newer[sizeof one_inside];
  written(r, PEOPLE ANA("yes") BEN, one_inside, 1);
  clinic_sent(&r->c);
  memcpy(newer, one_inside, sizeof newer);
  memcpy(strstr(newer, "\"T\""), "\"N\"", 3);
  clinic_launch(&r->c, "one", newer);
  rerun_pass(r, CLINIC_HOUR);
  rows(r, PEOPLE ANA("yes") BEN, SEEN);
}

/* Whoever was inside is through. */
static void enters_by_an_older_version(rerun *r) {
  waits_by_an_older_version(r);
  rerun_pass(r, CLINIC_DAY);
  rows(r, PEOPLE ANA("yes") BEN, SEEN);
  clinic_poll(&r->c);
}

/* Somebody is to call about a visit that is three days later by now. */
static void put_off(rerun *r) {
  begin(r, PEOPLE ANA("yes"), before_visit);
  rows(r, PEOPLE ANA("yes"), SEEN "p0|scheduled|1795618800|v0\n"); /* in two days */
  clinic_enroll(&r->c);
  rerun_pass(r, CLINIC_DAY);
  rows(r, PEOPLE ANA("yes"), SEEN "p0|scheduled|1795618800|v0\n");
  clinic_poll(&r->c);
  clinic_sent(&r->c);
  rerun_pass(r, CLINIC_DAY - CLINIC_HOUR);
  rows(r, PEOPLE ANA("yes"), SEEN "p0|scheduled|1795878000|v0\n");
}

static wb_status poll(void *of) {
  clinic *c = &((rerun *)of)->c;
  c->count = 0;
  c->actions[0].size = sizeof(wb_action);
  return wb_practice_poll(c->practice, c->it.facts, c->now, c->actions, CLINIC_ACTIONS, &c->count,
                          NULL);
}

static uint8_t looked_at[16];
static wb_status look(void *of) {
  clinic *c = &((rerun *)of)->c;
  wb_look last = {.size = sizeof last};
  const wb_status status =
      wb_practice_test(c->practice, looked_at, c->it.facts, c->now, &last, NULL);
  if (status == WB_OK) assert_int_not_equal(last.answer, WB_LOOK_GO);
  return status;
}

static wb_status page(void *of) {
  clinic *c = &((rerun *)of)->c;
  const wb_page asked = {.size = sizeof asked,
                         .campaign = "one",
                         .patient = "p0",
                         .campaign_length = 3,
                         .patient_length = 2};
  char said[512];
  size_t needed = 0;
  const wb_status status =
      wb_page_render(c->practice, &asked, c->it.facts, c->now, said, sizeof said, &needed, NULL);
  if (status == WB_OK) assert_non_null(strstr(said, "Hello."));
  return status;
}

static wb_status enroll(void *of) {
  clinic *c = &((rerun *)of)->c;
  wb_counts counts = {.size = sizeof counts};
  return wb_practice_enroll(c->practice, NULL, 0, c->it.facts, c->now, &counts, NULL);
}

static wb_status list(void *of) {
  clinic *c = &((rerun *)of)->c;
  wb_waiting waiting[4] = {{.size = sizeof waiting[0]}};
  uint32_t count = 0;
  return wb_practice_waiting(c->practice, NULL, 0, c->it.facts, c->now, waiting, 4, &count, NULL);
}

/* What a scene comes to. */
static const struct {
  void (*begin)(rerun *r);
  wb_status (*call)(void *of);
  uint32_t count;        /* what a poll hands out */
  const char *who, *why; /* a patient, and why their sequence ended, if it did */
  bool notes;            /* what is due of an opening, which stands whatever fails after it */
} scenes[] = {
    {closed, poll, 0, "p0", "", false},
    {closed_of_a_child, poll, 0, "p2", "no_permission", false},
    {handed_out, look, 0, "p0", "", false},
    {with_a_page, page, 0, "p0", "", false},
    {to_end, poll, 0, "p0", "booked", false},
    {came, enroll, 0, "p0", "kept", false},
    {helped, poll, 1, "p0", "", false},
    {child_helped, poll, 1, "p2", "", false},
    {opened, poll, 2, "p0", "", true},
    {visited, enroll, 0, "p0", "", false},
    {asked_of_a_visit, poll, 1, "p0", "", false},
    {at_home, poll, 1, "p0", "", false},
    {mourns, poll, 0, "p0", "", false},
    {asks, poll, 1, "p0", "", false},
    {helped_with_a_child, poll, 1, "p2", "", false},
    {helped_at_another_number, look, 0, "p2", "", false},
    {waits_by_an_older_version, enroll, 0, "p1", "", false},
    {waits_by_an_older_version, list, 0, "p1", "", false},
    {enters_by_an_older_version, enroll, 0, "p1", "", false},
    {put_off, poll, 0, "p0", "", false},
};
enum { SCENES = sizeof scenes / sizeof *scenes };

static void each_scene(const rerun_fault *faults, size_t count, bool raw) {
  rerun *r = calloc(1, sizeof *r);
  assert_non_null(r);
  for (size_t i = 0; i < SCENES; i++) {
    uint64_t met = 0;
    scenes[i].begin(r);
    memcpy(looked_at, r->c.actions[0].id, sizeof looked_at);
    r->m.raw = raw;
    r->c.count = 0;
    rerun_mark(r);
    for (size_t k = 0; k < count; k++)
      met += rerun_sweep(r, scenes[i].call, r, faults[k], 1, !scenes[i].notes);
    if (met == 0) fail_msg("scene %d: nothing fails", (int)i);
    assert_int_equal(scenes[i].call(r), WB_OK);
    if (r->c.count != scenes[i].count) fail_msg("scene %d: %u", (int)i, r->c.count);
    assert_string_equal(clinic_find(&r->c, scenes[i].who, "one").reason, scenes[i].why);
    rerun_close(r);
  }
  free(r);
}

static void a_getter_that_fails_changes_nothing(void **state) {
  (void)state;
  each_scene(rerun_fails, 2, false);
}

static void memory_that_fails_changes_nothing(void **state) {
  /* twice: facts keep what they once had memory for, so that the next try asks for less */
  static const rerun_fault faults[] = {
      {RERUN_MEMORY, FAULT_ONCE, WB_OK, WB_E_NOMEM, true, 0, NULL},
      {RERUN_MEMORY, FAULT_ONCE, WB_OK, WB_E_NOMEM, true, 0, NULL},
  };
  (void)state;
  each_scene(faults, 2, true);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_getter_that_fails_changes_nothing),
      cmocka_unit_test(memory_that_fails_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
