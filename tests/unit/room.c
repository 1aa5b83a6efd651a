/* SPDX-License-Identifier: MIT */
/*
 * Calls for whose record there is no room, at one place after the other, and for whose definitions
 * there is no memory: nothing has changed, and with room the same follows as ever. Each call makes
 * a record of many effects.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"
#include "support/scarce.h"

/* ---- the campaigns ----------------------------------------------------------------------------
 */

#define CAMPAIGN(name, class_, subject, audience, members)                                         \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"T\",\"class\":\"" class_                        \
  "\",\"subject\":\"" subject "\",\"audience\":\"" audience                                        \
  "\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}]," members "}"
#define SMS(name, more, body)                                                                      \
  "\"" name "\":{\"channel\":\"sms\"," more "\"en\":{\"body\":\"{{ location.short_name }}: " body  \
  " STOP to opt out.\"}}"

static const char visits_asked[] =
    CAMPAIGN("visits", "transactional", "appointment", "slot.status == 'scheduled'",
             "\"steps\":[{\"id\":\"ask\",\"send\":[\"ask\"]},"
             "{\"id\":\"w\",\"wait\":{\"before_visit\":{\"hours\":4}}},"
             "{\"id\":\"end\",\"exit\":true}],\"texts\":{" SMS("ask", "", "YES or NO?") "}");
static const char visits_awaited[] =
    CAMPAIGN("visits", "transactional", "appointment", "slot.status == 'scheduled'",
             "\"steps\":[{\"id\":\"w\",\"wait\":{\"before_visit\":{\"days\":3}}},"
             "{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"end\",\"exit\":true}],"
             "\"texts\":{" SMS("ask", "", "YES or NO?") "}");
static const char mail_last[] =
    CAMPAIGN("one", "care", "patient", "recare.overdue_months >= 1",
             "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]},"
             "{\"id\":\"v\",\"wait\":{\"days\":1}},{\"id\":\"b\",\"send\":[\"t\"]},"
             "{\"id\":\"w\",\"wait\":{\"days\":1}},{\"id\":\"c\",\"send\":[\"m\"]},"
             "{\"id\":\"end\",\"exit\":true}],\"texts\":{" SMS(
                 "t", "", "call us.") ",\"m\":{\"channel\":"
                                      "\"email\",\"en\":{\"subject\":\"Hi\",\"body\":\"{{ "
                                      "practice.name }}, {{ location.address }} "
                                      "Reply STOP and we will not write again.\"}}}");
static const char broken_called[] =
    CAMPAIGN("broken", "care", "appointment", "slot.status == 'broken'",
             "\"priority\":10,\"steps\":[{\"id\":\"w\",\"wait\":{\"after_visit\":{\"hours\":1}}},"
             "{\"id\":\"call\",\"call\":\"note\",\"within\":{\"days\":3}},"
             "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"note\":{\"channel\":\"call\","
             "\"en\":{\"body\":\"Please call.\"}}}");
static const char openings_asked[] =
    CAMPAIGN("fill", "benefit", "opening", "slot.minutes >= 30",
             "\"rest_days\":0,\"steps\":[{\"id\":\"ask\",\"send\":[\"ask\"]},"
             "{\"id\":\"w\",\"wait\":{\"days\":7}},{\"id\":\"end\",\"exit\":true}],"
             "\"texts\":{" SMS("ask", "", "Reply YES to take it,") "}");
static const char detail_asked[] =
    CAMPAIGN("detail", "care", "patient", "recare.overdue_months >= 1",
             "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
             "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"w1\",\"wait\":{\"days\":1}},"
             "{\"id\":\"end\",\"exit\":true}],\"texts\":{" SMS(
                 "hello", "\"detail\":\"more\",\"asks\":\"detail\",",
                 "Reply DETAILS.") "," SMS("more", "\"register\":\"detail\",",
                                           "A {{ recare.kind }} visit.") "}");

static const char visits_called[] =
    CAMPAIGN("visits", "transactional", "appointment", "slot.status == 'scheduled'",
             "\"steps\":[{\"id\":\"w\",\"wait\":{\"before_visit\":{\"hours\":4}}},"
             "{\"id\":\"call\",\"call\":\"note\",\"within\":{\"hours\":3}},"
             "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"note\":{\"channel\":\"call\","
             "\"en\":{\"body\":\"Please call.\"}}}");
static const char one_at_a_time[] =
    CAMPAIGN("one", "care", "patient", "recare.overdue_months >= 1",
             "\"exits\":{\"booked\":\"recare.booked\"},\"capacity\":{\"inside\":1},"
             "\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"end\",\"exit\":true}],"
             "\"texts\":{" SMS("t", "", "call us.") "}");

/* ---- the stories ------------------------------------------------------------------------------
 */

/* Members of an input. */
static wb_input input_of(int32_t kind, const char *patient, const char *visit) {
  wb_input input = clinic_input(kind, patient);
  input.visit = visit;
  input.visit_length = visit != NULL ? (uint32_t)strlen(visit) : 0;
  return input;
}

static wb_status poll(clinic *c) {
  c->actions[0].size = sizeof(wb_action);
  return wb_practice_poll(c->practice, c->it.facts, c->now, c->actions, CLINIC_ACTIONS, &c->count,
                          NULL);
}

/* All that is due is handed out and sent. */
static void drain(clinic *c) {
  while (clinic_poll(c) > 0)
    clinic_sent(c);
}

/* Ana and Ben got a text, asked for a price, and are to be called: that is handed out. */
static void to_be_called(clinic *c) {
  static const wb_practice_options more = {
      .size = sizeof more, .task_attempts = 1, .flags = WB_PRACTICE_ALLOW_JUMP};
  static const char *const people[] = {"p1", "p2"};
  clinic_begin(c, CLINIC_ANA CLINIC_BEN, &more);
  assert_int_equal(clinic_poll(c), 2);
  clinic_sent(c);
  for (size_t i = 0; i < 2; i++)
    assert_int_equal(clinic_reply(c, people[i], "How much is a cleaning?"), WB_OK);
  assert_int_equal(clinic_poll(c), 2);
}

/* What is done with that call. */
static wb_status task(clinic *c, int32_t outcome) {
  wb_input done = input_of(WB_INPUT_TASK_DONE, NULL, NULL);
  done.action = c->actions[0].id;
  done.outcome = outcome;
  return clinic_send(c, &done);
}

static wb_status task_done(clinic *c) {
  return task(c, WB_TASK_DONE);
}
static wb_status task_booked(clinic *c) {
  return task(c, WB_TASK_BOOKED);
}
static wb_status task_later(clinic *c) {
  return task(c, WB_TASK_LATER);
}
static wb_status task_no_answer(clinic *c) {
  return task(c, WB_TASK_NO_ANSWER);
}
static wb_status task_wrong_number(clinic *c) {
  return task(c, WB_TASK_WRONG_NUMBER);
}
static wb_status task_refused(clinic *c) {
  return task(c, WB_TASK_REFUSED);
}
static wb_status task_moved(clinic *c) {
  return task(c, WB_TASK_MOVED);
}
static wb_status task_deceased(clinic *c) {
  return task(c, WB_TASK_DECEASED);
}
static wb_status stop(clinic *c) {
  return clinic_receive(c, WB_INPUT_STOP, "one");
}
/* A campaign was added. */
static void added(clinic *c) {
  clinic_open(c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_add(c, CLINIC_TEXTS("one")), WB_OK);
}
static wb_status launch(clinic *c) {
  return clinic_receive(c, WB_INPUT_LAUNCH, "one");
}

static wb_status forget(clinic *c) {
  return clinic_receive(c, WB_INPUT_FORGET, "p1");
}
static wb_status merge(clinic *c) {
  wb_input merged = input_of(WB_INPUT_MERGED, "p1", NULL);
  merged.other = "p2";
  merged.other_length = 2;
  return clinic_send(c, &merged);
}
static wb_status out_and_deceased(clinic *c) {
  return clinic_reply(c, "p1", "Stop, my mom passed");
}
static wb_status click(clinic *c) {
  return clinic_receive(c, WB_INPUT_CLICK, "p1");
}

/* Ana has asked too, but the definition that waits with her was merged: she left. */
static void one_left(clinic *c) {
  to_be_called(c);
  assert_int_equal(clinic_receive(c, WB_INPUT_LEFT, "p2"), WB_OK);
}

/* Both have a message that nobody has answered for. */
static void both_claimed(clinic *c) {
  clinic_begin(c, CLINIC_ANA CLINIC_BEN, NULL);
  assert_int_equal(clinic_poll(c), 2);
}

/* Of one of them it is over, while the message is handed out. */
static void one_ended(clinic *c) {
  both_claimed(c);
  assert_int_equal(clinic_receive(c, WB_INPUT_BOOKED, "p1"), WB_OK);
}

/* A backup was restored: the next call begins with that, which stands whatever fails after it. */
static void restored(clinic *c) {
  both_claimed(c);
  c->practice->options.epoch = 1;
}

static wb_status contacted(clinic *c) {
  return clinic_receive(c, WB_INPUT_CONTACTED, "p1");
}

static wb_status seal(clinic *c) {
  return wb_practice_seal(c->practice, c->now, NULL);
}

/* The carrier knows of an opt-out, in answer to the message or of one that was sent. */
static wb_status not_sent(clinic *c) {
  return clinic_ack(c, c->actions[0].id, WB_NOT_SENT, WB_CAUSE_OPTED_OUT);
}
static wb_status undelivered(clinic *c) {
  wb_input input = input_of(WB_INPUT_UNDELIVERED, NULL, NULL);
  input.action = c->actions[0].id;
  input.outcome = WB_CAUSE_OPTED_OUT;
  return clinic_send(c, &input);
}

/* An answer that contradicts the first one. */
static void one_sent(clinic *c) {
  both_claimed(c);
  clinic_sent(c);
}
static wb_status contradicted(clinic *c) {
  const wb_status status = clinic_ack(c, c->actions[0].id, WB_NOT_SENT, WB_CAUSE_ADDRESS);
  return status == WB_E_STATE ? WB_OK : status;
}

/* Somebody agreed to two kinds of messages at a number that was misspelt. */
static void agreed(clinic *c) {
  static const int32_t classes[] = {WB_MESSAGE_CARE, WB_MESSAGE_OFFER};
  clinic_begin(c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < 2; i++) {
    wb_input input = input_of(WB_INPUT_CONSENT, "p1", NULL);
    input.contact = clinic_point(c, WB_CONTACT_PHONE, "+12125550101");
    input.channel = WB_CHANNEL_SMS;
    input.class_ = classes[i];
    input.outcome = WB_CONSENT_WRITTEN;
    assert_int_equal(clinic_send(c, &input), WB_OK);
  }
}
static wb_status corrected(clinic *c) {
  wb_input input = input_of(WB_INPUT_CONTACT_CHANGED, "p1", NULL);
  input.contact = clinic_point(c, WB_CONTACT_PHONE, "+12125550101");
  input.other_contact = clinic_point(c, WB_CONTACT_PHONE, "+12125550111");
  input.channel = WB_CHANNEL_SMS;
  input.outcome = WB_CONTACT_CORRECTED;
  return clinic_send(c, &input);
}

/* There is a newer definition than the one in which they are. */
static void newer(clinic *c, const char *name, const char *json) {
  char text[sizeof(CLINIC_TEXTS("one"))];
  snprintf(text, sizeof text, "%s", json);
  char *title = strstr(text, "\"title\":\"T");
  memcpy(title, "\"title\":\"N", 10);
  clinic_launch(c, name, text);
}
static void two_definitions(clinic *c) {
  one_sent(c);
  newer(c, "one", CLINIC_TEXTS("one"));
}
static wb_status migrated(clinic *c) {
  static const char *const from[] = {"s2"}, *const to[] = {"s3"};
  const wb_migrate_options options = {.size = sizeof options, .from = from, .to = to, .count = 1};
  wb_migration rows[8] = {{.size = sizeof rows[0]}};
  uint32_t count = 0;
  return wb_practice_migrate(c->practice, "one", 3, &options, c->now, rows, 8, &count, NULL);
}

/* The record has so many visits. */
static void visits_known(clinic *c, size_t count) {
  char visits[512];
  size_t length = (size_t)snprintf(visits, sizeof visits, CLINIC_VISITS);
  for (size_t i = 1; i <= count; i++)
    length += (size_t)snprintf(visits + length, sizeof visits - length, "p1|scheduled|%lld|v%zu\n",
                               (long long)(SAMPLE_NOW + (2 + (wb_time)i) * CLINIC_DAY), i);
  clinic_place(c, CLINIC_ZONE, CLINIC_ANA, visits);
}

/* Somebody is asked whether a visit in three days stands, and some time later about another one; is
   in another campaign too. */
static void visit_asked(clinic *c) {
  enum { LATER = 10 * CLINIC_MINUTE }; /* so that it is known which an answer means */
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "one", CLINIC_TEXTS("one"));
  clinic_enroll(c);
  drain(c);
  clinic_launch(c, "visits", visits_asked);
  for (size_t i = 1; i <= 2; i++) {
    c->now += LATER;
    visits_known(c, i);
    assert_int_equal(clinic_enroll(c).enrolled, 1);
    drain(c);
  }
}

static char refused[8]; /* which visit does not suit */
static void visit_refused(clinic *c) {
  wb_task first = {.size = sizeof first};
  visit_asked(c);
  assert_int_equal(clinic_reply(c, "p1", "No"), WB_OK);
  assert_int_equal(clinic_tasks(c, WB_DESK_VISITS, &first), 1);
  snprintf(refused, sizeof refused, "%s", first.about);
}

/* One of whom the practice heard that they left comes. */
static void left(clinic *c) {
  visit_refused(c);
  assert_int_equal(clinic_receive(c, WB_INPUT_LEFT, "p1"), WB_OK);
}

/* Which the host takes for a yes. */
static wb_status says_yes_and_hurts(clinic *c) {
  static const char text[] = "Yes. My tooth is killing me";
  wb_input input = input_of(WB_INPUT_REPLY, "p1", NULL);
  input.text = text;
  input.text_length = sizeof text - 1;
  input.intent = WB_INTENT_CONFIRM;
  return clinic_send(c, &input);
}

static wb_status says_no(clinic *c) {
  return clinic_reply(c, "p1", "No");
}

/* The visit that did not suit. */
static wb_status about_visit(clinic *c, int32_t kind) {
  wb_input input = input_of(kind, "p1", refused);
  input.at = c->now + 3 * (wb_time)CLINIC_DAY;
  input.minutes = kind == WB_INPUT_CANCELLED ? 60 : 0;
  return clinic_send(c, &input);
}
static wb_status visit_cancelled(clinic *c) {
  return about_visit(c, WB_INPUT_CANCELLED);
}
static wb_status visit_kept(clinic *c) {
  return about_visit(c, WB_INPUT_KEPT);
}
static wb_status visit_booked(clinic *c) {
  return about_visit(c, WB_INPUT_BOOKED);
}

static wb_status enters(clinic *c) {
  wb_counts counts = {.size = sizeof counts};
  return wb_practice_enroll(c->practice, NULL, 0, c->it.facts, c->now, &counts, NULL);
}

/* The one visit of the record. */
static void visit_known(clinic *c, const char *status, wb_time at) {
  char visits[128];
  snprintf(visits, sizeof visits, CLINIC_VISITS "p1|%s|%lld|v1\n", status, (long long)at);
  clinic_place(c, CLINIC_ZONE, CLINIC_ANA, visits);
}

/* A visit of which nobody was asked yet was moved nearer. */
static void visit_moved(clinic *c) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "visits", visits_awaited);
  visit_known(c, "scheduled", c->now + 10 * CLINIC_DAY);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  newer(c, "visits", visits_awaited);
  visit_known(c, "scheduled", c->now + 6 * CLINIC_DAY);
}

/* Of one who is due to be asked about it the visit was put off. */
static void visit_put_off(clinic *c) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "visits", visits_awaited);
  visit_known(c, "scheduled", c->now + 4 * CLINIC_DAY);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  c->now += CLINIC_DAY;
  visit_known(c, "scheduled", c->now + 10 * CLINIC_DAY);
}

/* A visit was put off since the desk has the call about it. */
static void put_off_and_called(clinic *c) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "visits", visits_called);
  visit_known(c, "scheduled", c->now + 3 * CLINIC_HOUR);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  drain(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_VISITS, NULL), 1);
  visit_known(c, "scheduled", c->now + 10 * CLINIC_DAY);
}

static const char unreachable[] =
    CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no|ana@example.com|yes\n";

/* Whoever could not be written to waits in an older definition, and can be by now. */
static void one_reached(clinic *c) {
  clinic_open(c, unreachable, NULL);
  clinic_launch(c, "one", one_at_a_time);
  assert_int_equal(clinic_enroll(c).held, 1);
  newer(c, "one", one_at_a_time);
  clinic_rows(c, CLINIC_ANA, "");
}

/* The next message may not go, the one after it by another channel may. */
static void one_closed(clinic *c) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "one", mail_last);
  clinic_enroll(c);
  drain(c);
  c->now += CLINIC_DAY;
  clinic_rows(c, unreachable, "");
}

/* Whoever broke a visit is to be called. */
static void to_be_followed(clinic *c) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "broken", broken_called);
  visit_known(c, "broken", c->now - 2 * CLINIC_HOUR);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  drain(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_VISITS, NULL), 1);
}
static wb_status booked(clinic *c) {
  return clinic_receive(c, WB_INPUT_BOOKED, "p1");
}

/* They are in another campaign too, which a visit that the record has by now ends. */
static void followed_and_booked(clinic *c) {
  to_be_followed(c);
  clinic_rows(c, CLINIC_ANA, "");
  clinic_launch(c, "one", CLINIC_TEXTS("one"));
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  drain(c);
  c->now += CLINIC_DAY;
  clinic_rows(c, CLINIC_ANA, "p1|scheduled|2026-12-10\n");
}

/* At one number somebody is asked for an opening and, a minute later, another about a visit. */
static void two_asked(clinic *c) {
  static const char joe[] = CLINIC_HEAD "p2|active|Joe|1982-04-01|1|+12125550101|yes||\n";
  static const wb_practice_options more = {.size = sizeof more, .per_day = 8, .per_week = 8};
  clinic_open(c, joe, &more);
  clinic_launch(c, "fill", openings_asked);
  const wb_input opened = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c->now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_send(c, &opened), WB_OK);
  drain(c);
  c->now += CLINIC_MINUTE;
  clinic_launch(c, "visits", visits_asked);
  visit_known(c, "scheduled", c->now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
}
static wb_status one_of_them_says_yes(clinic *c) {
  return clinic_reply_from(c, clinic_point(c, WB_CONTACT_PHONE, "+12125550101"), "Yes");
}

/* Two are asked for an opening. */
static void opening_asked(clinic *c) {
  static const wb_practice_options more = {.size = sizeof more, .flags = WB_PRACTICE_ALLOW_JUMP};
  clinic_open(c, CLINIC_ANA CLINIC_BEN, &more);
  clinic_launch(c, "fill", openings_asked);
  const wb_input opened = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c->now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_send(c, &opened), WB_OK);
  drain(c);
  assert_int_equal(clinic_find(c, "p2", "fill").state, WB_STATE_WAITING);
}

static wb_status takes_it(clinic *c) {
  return clinic_reply(c, "p1", "Yes");
}
static wb_status takes_it_too(clinic *c) {
  return clinic_reply(c, "p2", "Yes");
}

/* One of them has it, whom the desk calls. */
static uint8_t held_id[16];
static void opening_held(clinic *c) {
  wb_task first = {.size = sizeof first};
  opening_asked(c);
  assert_int_equal(takes_it(c), WB_OK);
  assert_int_equal(clinic_tasks(c, WB_DESK_VISITS, &first), 1);
  memcpy(held_id, first.id, sizeof held_id);
}
static wb_status held_wrong_number(clinic *c) {
  wb_input done = input_of(WB_INPUT_TASK_DONE, NULL, NULL);
  done.action = held_id;
  done.outcome = WB_TASK_WRONG_NUMBER;
  return clinic_send(c, &done);
}
static wb_status declines_too(clinic *c) {
  return clinic_reply(c, "p2", "No");
}

/* Whoever has it is the other, who is asked still. */
static void holder_merged(clinic *c) {
  opening_held(c);
  assert_int_equal(merge(c), WB_OK);
}

static wb_status opening_booked(clinic *c) {
  const wb_input booked = input_of(WB_INPUT_BOOKED, "p1", "s1");
  return clinic_send(c, &booked);
}
static wb_status opening_closed(clinic *c) {
  const wb_input closed = clinic_slot(WB_INPUT_SLOT_CLOSED, "s1", 0);
  return clinic_send(c, &closed);
}

/* Ben is to be called about a price, when what he was asked for besides is gone. */
static void called_and_late(clinic *c) {
  static const wb_practice_options more = {.size = sizeof more, .per_day = 8, .per_week = 8};
  clinic_begin(c, CLINIC_ANA CLINIC_BEN, &more);
  drain(c);
  assert_int_equal(clinic_reply(c, "p2", "How much is a cleaning?"), WB_OK);
  drain(c);
  clinic_launch(c, "fill", openings_asked);
  const wb_input opened = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c->now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_send(c, &opened), WB_OK);
  c->now += CLINIC_HOUR;
  drain(c);
  assert_int_equal(opening_closed(c), WB_OK);
  assert_int_equal(clinic_tasks(c, WB_DESK_OUTREACH, NULL), 1);
}

/* Both took it, one too late, to be called until a day that is over; and the hold is. */
static void opening_late(clinic *c) {
  opening_held(c);
  assert_int_equal(takes_it_too(c), WB_OK);
  drain(c);
  c->now += 60 * CLINIC_DAY;
  clinic_rows(c, CLINIC_ANA CLINIC_BEN, "");
}

/* Somebody took what was gone already, and was not called in time. */
static void call_over(clinic *c) {
  opening_held(c);
  assert_int_equal(opening_closed(c), WB_OK);
  assert_int_equal(takes_it_too(c), WB_OK);
  drain(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_OUTREACH, NULL), 2); /* who had it is told too */
  c->now += 60 * CLINIC_DAY;
  clinic_rows(c, CLINIC_ANA CLINIC_BEN, "");
}

/* Whoever has an opening goes, or takes it back. */
static wb_status leaves(clinic *c) {
  return clinic_receive(c, WB_INPUT_LEFT, "p1");
}
static wb_status takes_it_back(clinic *c) {
  return clinic_reply(c, "p1", "No");
}

/* Somebody who was asked for consent to detail. */
static void details_asked(clinic *c) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "detail", detail_asked);
  clinic_enroll(c);
  drain(c);
}
static wb_status says_details(clinic *c) {
  return clinic_reply(c, "p1", "Details");
}

/* ---- what polls come to -----------------------------------------------------------------------
 */

/* Time passes, on facts of then. */
static void later(clinic *c, wb_time by, const char *visits) {
  c->now += by;
  clinic_rows(c, CLINIC_ANA CLINIC_BEN, visits);
}

/* Nobody answered for what was handed out. */
static void claims_over(clinic *c) {
  both_claimed(c);
  later(c, CLINIC_HOUR, "");
}

/* Both are to be written to again, but one has a visit by now. */
static void one_booked(clinic *c) {
  one_sent(c);
  later(c, CLINIC_DAY, "p1|scheduled|2026-12-10\n");
}

/* A message is lost, which a call follows. */
static void lost(clinic *c) {
  static const char care[] = CLINIC_TEXTS("one"), step[] = "\"mail\"]}";
  static const char call[] = ",\"on_unknown\":{\"call\":\"note\",\"within\":{\"days\":3}}";
  char json[2 * sizeof care];
  const char *after = strstr(care, step) + sizeof step - 2;
  snprintf(json, sizeof json, "%.*s%s%s", (int)(after - care), care, call, after);
  clinic_open(c, CLINIC_ANA CLINIC_BEN, NULL);
  clinic_launch(c, "one", json);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 2);
  for (uint32_t i = 0; i < 2; i++)
    assert_int_equal(clinic_ack(c, c->actions[i].id, WB_SENT_UNKNOWN, WB_CAUSE_NONE), WB_OK);
}

/* The call is on its list, when it turns out that the message went. */
static uint8_t lost_id[16];
static void lost_and_called(clinic *c) {
  lost(c);
  memcpy(lost_id, c->actions[0].id, sizeof lost_id);
  assert_int_equal(clinic_poll(c), 2);
  clinic_sent(c);
}
static wb_status found(clinic *c) {
  return clinic_ack(c, lost_id, WB_SENT, WB_CAUSE_NONE);
}

static const struct {
  void (*begin)(clinic *c);
  wb_status (*call)(clinic *c);
} stories[] = {
    {to_be_called, task_done},
    {to_be_called, task_booked},
    {to_be_called, task_later},
    {to_be_called, task_no_answer},
    {to_be_called, task_refused},
    {to_be_called, task_wrong_number},
    {to_be_called, task_moved},
    {to_be_called, task_deceased},
    {to_be_called, stop},
    {to_be_called, forget},
    {added, launch},
    {to_be_called, merge},
    {to_be_called, out_and_deceased},
    {to_be_called, click},
    {one_left, merge},
    {both_claimed, merge},
    {one_ended, merge},
    {both_claimed, not_sent},
    {one_sent, undelivered},
    {one_sent, contradicted},
    {restored, contacted},
    {one_sent, clinic_rekey},
    {one_sent, seal},
    {agreed, corrected},
    {two_definitions, migrated},
    {visit_moved, enters},
    {visit_put_off, poll},
    {put_off_and_called, enters},
    {one_reached, enters},
    {one_closed, poll},
    {to_be_followed, leaves},
    {to_be_followed, booked},
    {followed_and_booked, poll},
    {visit_asked, says_no},
    {visit_asked, says_yes_and_hurts},
    {two_asked, one_of_them_says_yes},
    {visit_refused, visit_cancelled},
    {visit_refused, visit_kept},
    {visit_refused, visit_booked},
    {left, visit_kept},
    {opening_asked, takes_it},
    {opening_held, takes_it_too},
    {opening_held, declines_too},
    {opening_held, held_wrong_number},
    {holder_merged, declines_too},
    {called_and_late, takes_it_too},
    {opening_held, opening_booked},
    {opening_held, opening_closed},
    {opening_late, poll},
    {call_over, poll},
    {opening_held, leaves},
    {opening_held, takes_it_back},
    {details_asked, says_details},
    {claims_over, poll},
    {one_booked, poll},
    {lost, poll},
    {lost_and_called, found},
};
enum { STORIES = sizeof stories / sizeof *stories, TRIES = 5 /* that fail, at least */ };

/* ---- the faults -------------------------------------------------------------------------------
 */

typedef struct saved {
  uint8_t *bytes;
  size_t length;
} saved;

static saved save(const clinic *c) {
  saved it = {NULL, 0};
  it.bytes = clinic_save(c->practice, &it.length);
  return it;
}

/* Ends the test unless two states are one; frees the second. */
static void assert_alike(saved one, saved two, size_t story) {
  if (one.length != two.length || memcmp(one.bytes, two.bytes, one.length) != 0)
    fail_msg("story %d: another state", (int)story);
  free(two.bytes);
}

/* What a call leads to where nothing is scarce. */
static saved expected(size_t story) {
  clinic c;
  stories[story].begin(&c);
  assert_int_equal(stories[story].call(&c), WB_OK);
  const saved after = save(&c);
  clinic_close(&c);
  return after;
}

/* With ever more room for its record a call is done at last. */
static uint32_t with_more_room(clinic *c, size_t story) {
  wb_status status = WB_E_NOMEM;
  uint32_t failed = 0;
  for (size_t bytes = SCARCE_STEP; status == WB_E_NOMEM; bytes += SCARCE_STEP, failed++) {
    const saved before = save(c);
    scarce_room room;
    scarce_begin(&room, c->practice, bytes);
    fault_arm(&room.memory.plan, FAULT_FOREVER, 1);
    status = stories[story].call(c);
    scarce_end(&room, c->practice);
    if (status == WB_E_NOMEM) assert_alike(before, save(c), story);
    free(before.bytes);
  }
  if (status != WB_OK) fail_msg("story %d: %d", (int)story, (int)status);
  return failed;
}

static void without_room_for_a_record_nothing_changes(void **state) {
  (void)state;
  for (size_t story = 0; story < STORIES; story++) {
    const saved after = expected(story);
    clinic c;
    stories[story].begin(&c);
    const uint32_t failed = with_more_room(&c, story);
    if (failed < TRIES) fail_msg("story %d: %u tries", (int)story, failed);
    assert_alike(after, save(&c), story);
    free(after.bytes);
    clinic_close(&c);
  }
}

/* A call for which one of the definitions has to be compiled, each allocation failing in turn. */
static void without_definition(size_t story, uint32_t definition, saved after) {
  wb_status status = WB_E_NOMEM;
  clinic c;
  stories[story].begin(&c);
  for (uint64_t at = 1; status == WB_E_NOMEM; at++) {
    const saved before = save(&c);
    void *compiled = scarce_forget(c.practice, definition);
    fault_arm(&c.memory.plan, FAULT_ONCE, at);
    status = stories[story].call(&c);
    fault_arm(&c.memory.plan, FAULT_NEVER, 0);
    scarce_remember(c.practice, definition, compiled);
    if (status == WB_E_NOMEM && stories[story].begin != restored)
      assert_alike(before, save(&c), story);
    free(before.bytes);
  }
  if (status != WB_OK) fail_msg("story %d: %d", (int)story, (int)status);
  assert_alike(after, save(&c), story);
  clinic_close(&c);
}

static void without_memory_for_a_definition_nothing_changes(void **state) {
  (void)state;
  for (size_t story = 0; story < STORIES; story++) {
    const saved after = expected(story);
    uint32_t count = 1;
    for (uint32_t definition = 0; definition < count; definition++) {
      clinic c;
      stories[story].begin(&c);
      count = (uint32_t)c.practice->state.definition.count;
      clinic_close(&c);
      without_definition(story, definition, after);
    }
    free(after.bytes);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_room_for_a_record_nothing_changes),
      cmocka_unit_test(without_memory_for_a_definition_nothing_changes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
