/* SPDX-License-Identifier: MIT */
/* What an answer to the question whether a visit stands means, by its words or by what the host
   says it means; and which of two questions it answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* A campaign of that name about visits, with these steps and texts besides the question. */
#define ABOUT(name, status, steps, texts)                                                          \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"T\",\"class\":\"transactional\","               \
  "\"subject\":\"appointment\",\"audience\":\"slot.status == '" status "'\","                      \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":[" steps                         \
  ",{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":"     \
  "\"{{ location.short_name }}: your visit is on {{ slot.start | date: '%d' }}. Reply YES to "     \
  "confirm, NO to change it, STOP to opt out.\"}}" texts "}}"
#define ASK(id) "{\"id\":\"" id "\",\"send\":[\"ask\"]},"
#define BEFORE(id, times) "{\"id\":\"" id "\",\"wait\":{\"before_visit\":{" times "}}}"
#define AFTER(id, times) "{\"id\":\"" id "\",\"wait\":{\"after_visit\":{" times "}}}"
#define HOURS_4 "\"hours\":4"
#define DAYS(days) "\"days\":" days
/* The same, with a call for the desk at the end of its steps. */
#define CALL ",{\"id\":\"call\",\"call\":\"call\",\"within\":{\"days\":9}}"
#define CALLS(name, status, steps)                                                                 \
  ABOUT(name, status, steps, ",\"call\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}")

static const char asks[] = ABOUT("one", "scheduled", ASK("ask") BEFORE("w", HOURS_4), "");
/* Three days before a visit, and once more a day before. */
static const char asks_before[] =
    ABOUT("one", "scheduled",
          BEFORE("w1", DAYS("3")) "," ASK("s1") BEFORE("w2", DAYS("1")) "," ASK("s2")
              BEFORE("w3", HOURS_4),
          "");
/* After a visit that was broken. */
static const char follows[] =
    ABOUT("one", "broken",
          AFTER("day", DAYS("1")) "," ASK("ask") "{\"id\":\"w\",\"wait\":{\"days\":14}}", "");

/* The record has one visit, then. */
static void one_visit(clinic *c, wb_time start) {
  char visits[256] = CLINIC_VISITS;
  sprintf(visits + strlen(visits), "p1|scheduled|%lld|v1\n", (long long)start);
  clinic_place(c, CLINIC_ZONE, CLINIC_ANA, visits);
}

/* Somebody has been asked about a visit in three days. */
static void begin(clinic *c) {
  char visits[256] = CLINIC_VISITS;
  clinic_open(c, CLINIC_ANA, NULL);
  sprintf(visits + strlen(visits), "p1|scheduled|%lld|v1\n",
          (long long)(c->now + 3 * (wb_time)CLINIC_DAY));
  clinic_place(c, CLINIC_ZONE, CLINIC_ANA, visits);
  clinic_launch(c, "one", asks);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  assert_int_equal(clinic_poll(c), 0);
}

static void an_answer_is_yes_or_no_or_for_a_person(void **state) {
  static const struct {
    const char *text;
    int32_t intent;
    const char *reason; /* why it is over; "": it is not */
    int32_t list;       /* of the desk; 0: none */
  } rows[] = {
      {"Yes", WB_INTENT_OTHER, "confirmed", 0},
      {" y ", WB_INTENT_OTHER, "confirmed", 0},
      {"1", WB_INTENT_OTHER, "confirmed", 0},
      {"C", WB_INTENT_OTHER, "confirmed", 0},
      {"s\xC3\xAD", WB_INTENT_OTHER, "confirmed", 0},
      {NULL, WB_INTENT_CONFIRM, "confirmed", 0},
      {NULL, WB_INTENT_ALREADY_SCHEDULED, "confirmed", 0},
      {"No", WB_INTENT_OTHER, "reschedule", WB_DESK_VISITS},
      {"2", WB_INTENT_OTHER, "reschedule", WB_DESK_VISITS},
      {"N", WB_INTENT_OTHER, "reschedule", WB_DESK_VISITS},
      {NULL, WB_INTENT_CANCEL_APPT, "reschedule", WB_DESK_VISITS},
      {NULL, WB_INTENT_RESCHEDULE, "reschedule", WB_DESK_VISITS},
      {NULL, WB_INTENT_DECLINE, "reschedule", WB_DESK_VISITS},
      {NULL, WB_INTENT_LATER, "reschedule", WB_DESK_VISITS},
      {" Yes ", WB_INTENT_BOOKING_INTEREST, "confirmed",
       0}, /* to the question, whatever the host says */
      {"2", WB_INTENT_HELP, "reschedule", WB_DESK_VISITS},
      {"purple", WB_INTENT_OTHER, "", WB_DESK_INBOX},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c);
    wb_input input = clinic_input(WB_INPUT_REPLY, "p1");
    input.text = rows[i].text;
    input.text_length = rows[i].text != NULL ? (uint32_t)strlen(rows[i].text) : 0;
    input.intent = rows[i].intent;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    if (strcmp(clinic_find(&c, "p1", "one").reason, rows[i].reason) != 0)
      fail_msg("%zu: %s", i, clinic_find(&c, "p1", "one").reason);
    for (int32_t list = WB_DESK_OUTREACH; list <= WB_DESK_VISITS; list++)
      assert_int_equal(clinic_tasks(&c, list, NULL), list == rows[i].list);
    clinic_close(&c);
  }
}

/* Who is asked for another time after a visit that was broken confirms nothing: a yes is somebody
   who wants to come, and a no is no visit that has to be moved. */
static void an_answer_after_a_broken_visit_confirms_nothing(void **state) {
  static const char *const rows[][3] = {{"Yes", "replied", "confirm"},
                                        {"1", "replied", "reply"},
                                        {"Yes please book me in", "", "asks"},
                                        {"No", "declined", "decline"},
                                        {"another day please", "replied", "reschedule"}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char visits[256] = CLINIC_VISITS;
    clinic c;
    wb_task task = {.size = sizeof task};
    clinic_open(&c, CLINIC_ANA, NULL);
    sprintf(visits + strlen(visits), "p1|broken|%lld|v1\n",
            (long long)(c.now - 20 * (wb_time)CLINIC_DAY));
    clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, visits);
    clinic_launch(&c, "one", follows);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_reply(&c, "p1", rows[i][0]), WB_OK);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, rows[i][1]);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
    assert_string_equal(task.reason, rows[i][2]);
    clinic_close(&c);
  }
}

/* What is due goes out. */
static void due(clinic *c) {
  while (clinic_poll(c) > 0)
    clinic_sent(c);
}

/* Whoever is called about a visit that was broken and books, or wants no more, is not called. */
static void a_call_after_a_broken_visit_ends_with_a_booking_or_a_no(void **state) {
  (void)state;
  for (int books = 0; books < 2; books++) {
    char visits[256] = CLINIC_VISITS;
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    sprintf(visits + strlen(visits), "p1|broken|%lld|v1\n",
            (long long)(c.now - 20 * (wb_time)CLINIC_DAY));
    clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, visits);
    clinic_launch(&c, "one", CALLS("one", "broken", ASK("ask") AFTER("day", DAYS("1")) CALL));
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    due(&c);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
    if (books)
      assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    else
      assert_int_equal(clinic_reply(&c, "p1", "No"), WB_OK);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, books ? "booked" : "declined");
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), !books);
    clinic_close(&c);
  }
}

/* A STOP to a question whether a visit stands is for the desk at once; no such question is open
   after it. */
static void a_stop_after_a_broken_visit_leaves_no_question_open(void **state) {
  static const char *const asks_so[] = {
      CALLS("one", "scheduled", ASK("ask") BEFORE("day", DAYS("1")) CALL),
      CALLS("one", "scheduled", ASK("ask") AFTER("day", DAYS("1")) CALL)};
  (void)state;
  for (uint32_t i = 0; i < 2; i++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    one_visit(&c, c.now + 3 * (wb_time)CLINIC_DAY);
    clinic_launch(&c, "one", asks_so[i]);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    due(&c);
    assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, NULL), i == 0);
    clinic_close(&c);
  }
}

/* A campaign that asks before a visit confirms it, though it goes on after it. */
static void what_is_asked_before_and_goes_on_after_is_confirmed(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  one_visit(&c, c.now + 3 * (wb_time)CLINIC_DAY);
  clinic_launch(&c, "one",
                CALLS("one", "scheduled",
                      ASK("ask") BEFORE("day", DAYS("1")) CALL "," AFTER("on", DAYS("1"))));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  due(&c);
  assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "confirmed");
  clinic_close(&c);
}

/* Two campaigns that ask about one visit at once ask one question. */
static void two_campaigns_about_one_visit_are_no_two_questions(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  one_visit(&c, c.now + 3 * (wb_time)CLINIC_DAY);
  clinic_launch(&c, "one", CALLS("one", "scheduled", ASK("ask") BEFORE("day", DAYS("1")) CALL));
  clinic_launch(&c, "two", CALLS("two", "scheduled", ASK("ask") BEFORE("day", DAYS("1")) CALL));
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  due(&c);
  assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 0);
  assert_true(!strcmp(clinic_find(&c, "p1", "one").reason, "confirmed") !=
              !strcmp(clinic_find(&c, "p1", "two").reason, "confirmed"));
  clinic_close(&c);
}

/* A visit that did not suit and was moved is asked about again, and who is silent then is called,
   though the task that it did not suit is still there. */
static void a_task_of_the_time_before_stands_in_for_no_call(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  const wb_time start = c.now + 3 * (wb_time)CLINIC_DAY;
  one_visit(&c, start);
  clinic_launch(&c, "one",
                CALLS("one", "scheduled",
                      BEFORE("w", DAYS("3")) "," ASK("ask") BEFORE("day", DAYS("1")) CALL));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  due(&c);
  c.now += CLINIC_HOUR;
  assert_int_equal(clinic_reply(&c, "p1", "No"), WB_OK);
  c.now += CLINIC_HOUR;
  one_visit(&c, start + 7 * (wb_time)CLINIC_DAY);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  for (int day = 4; day <= 6; day++) {
    c.now = start + day * (wb_time)CLINIC_DAY;
    one_visit(&c, start + 7 * (wb_time)CLINIC_DAY);
    due(&c);
  }
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 2);
  clinic_close(&c);
}

/* A visit that the book alone says is cancelled, and then has at another time. */
static void a_visit_that_the_book_cancelled_and_has_again_is_asked_about(void **state) {
  char visits[256] = CLINIC_VISITS;
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  const wb_time start = c.now + 3 * (wb_time)CLINIC_DAY;
  one_visit(&c, start);
  clinic_launch(&c, "one", asks_before);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  due(&c);
  c.now = start - CLINIC_DAY;
  sprintf(visits + strlen(visits), "p1|cancelled|%lld|v1\n", (long long)start);
  clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, visits);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "not_eligible");
  one_visit(&c, start);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  one_visit(&c, start + 14 * (wb_time)CLINIC_DAY);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  clinic_close(&c);
}

/* A visit that was answered, or was gone, and has another time under its key is asked about again;
   one that stands where it stood is not. */
static void a_visit_that_has_another_time_is_asked_about_again(void **state) {
  static const char *const answers[] = {"YES", "NO", NULL};
  (void)state;
  for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
    clinic c;
    uint8_t before[16];
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", asks_before);
    const wb_time start = c.now + 3 * (wb_time)CLINIC_DAY;
    one_visit(&c, start);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_poll(&c), 1);
    memcpy(before, c.actions[0].id, sizeof before);
    clinic_sent(&c);
    if (answers[i] != NULL) assert_int_equal(clinic_reply(&c, "p1", answers[i]), WB_OK);
    if (answers[i] == NULL) clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, CLINIC_VISITS);
    c.now += 2 * (wb_time)CLINIC_DAY - CLINIC_HOUR; /* an hour before the second question */
    if (answers[i] != NULL) one_visit(&c, start);
    c.now += 2 * (wb_time)CLINIC_HOUR;
    if (answers[i] == NULL) clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, CLINIC_VISITS);
    assert_int_equal(clinic_poll(&c), 0);
    one_visit(&c, start);
    assert_int_equal(clinic_enroll(&c).enrolled, 0);
    assert_int_equal(clinic_find(&c, "p1", "one").entry, 1 + start / CLINIC_DAY);
    one_visit(&c, start + 7 * (wb_time)CLINIC_DAY);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_find(&c, "p1", "one").entry, 8 + start / CLINIC_DAY);
    assert_int_equal(clinic_enroll(&c).enrolled, 0);
    assert_int_equal(clinic_poll(&c), 0);
    c.now = start + 4 * (wb_time)CLINIC_DAY;
    one_visit(&c, start + 7 * (wb_time)CLINIC_DAY);
    assert_int_equal(clinic_poll(&c), 1);
    assert_memory_not_equal(c.actions[0].id, before, sizeof before);
    clinic_close(&c);
  }
}

/* A key that comes again after its visit was forgotten is another visit's: what is sent of that has
   ids that were never there, or the host would take it for sent. */
static void a_visit_that_begins_anew_is_asked_about_by_other_ids(void **state) {
  (void)state;
  for (int way = CLINIC_LIVE; way < CLINIC_WAYS; ++way) {
    clinic c;
    uint8_t before[16];
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", asks_before);
    one_visit(&c, c.now + 3 * (wb_time)CLINIC_DAY);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_poll(&c), 1);
    memcpy(before, c.actions[0].id, sizeof before);
    clinic_sent(&c);
    assert_int_equal(clinic_reply(&c, "p1", "YES"), WB_OK);
    for (int i = 0; i < 7; i++) { /* 91 days */
      c.now += 13 * (wb_time)CLINIC_DAY;
      assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
    }
    clinic_renew(&c, way);
    one_visit(&c, c.now + 3 * (wb_time)CLINIC_DAY);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_poll(&c), 1);
    assert_memory_not_equal(c.actions[0].id, before, sizeof before);
    clinic_close(&c);
  }
}

/* What the host read before it heard that a visit is off brings nobody in again. */
static void facts_from_before_a_cancellation_bring_no_visit_back(void **state) {
  (void)state;
  for (int newer = 0; newer < 2; newer++) {
    clinic c;
    wb_metrics metrics = {.size = sizeof metrics};
    uint64_t cursor = 0;
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", asks_before);
    const wb_time start = c.now + 21 * (wb_time)CLINIC_DAY, off = c.now + CLINIC_HOUR;
    one_visit(&c, start);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    c.now = newer ? off : off - 1;
    one_visit(&c, start);
    c.now = off;
    wb_input cancelled = clinic_input(WB_INPUT_CANCELLED, "p1");
    cancelled.visit = "v1";
    cancelled.visit_length = 2;
    assert_int_equal(clinic_send(&c, &cancelled), WB_OK);
    assert_int_equal(clinic_enroll(&c).enrolled, newer);
    assert_int_equal(wb_metrics_next(c.practice, &cursor, &metrics), WB_OK);
    assert_int_equal(metrics.entered, 1 + newer);
    assert_int_equal(clinic_find(&c, "p1", "one").entry, 1 + start / CLINIC_DAY + newer);
    clinic_close(&c);
  }
}

/* What the desk has to do about a visit ends with it; about another visit it does not. */
static void a_visit_that_is_over_is_nothing_for_the_desk(void **state) {
  static const struct {
    int32_t kind;
    const char *visit;
    uint32_t left;
  } rows[] = {
      {WB_INPUT_CANCELLED, "v1", 0}, {WB_INPUT_CANCELLED, "v2", 1}, {WB_INPUT_KEPT, "v1", 0}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c);
    assert_int_equal(clinic_reply(&c, "p1", "No"), WB_OK);
    assert_int_equal(clinic_reply(&c, "p1", "purple"), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
    wb_input over = clinic_input(rows[i].kind, "p1");
    over.visit = rows[i].visit;
    over.visit_length = 2;
    assert_int_equal(clinic_send(&c, &over), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), rows[i].left);
    assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 1);
    clinic_close(&c);
  }
}

/* The visit begins: its question is over, and a yes is no answer to it. */
static void visit_passes(clinic *c, wb_time start) {
  c->now = start;
  one_visit(c, start);
  assert_int_equal(clinic_poll(c), 0);
  assert_string_equal(clinic_find(c, "p1", "one").reason, "over");
  assert_int_equal(clinic_reply(c, "p1", "YES"), WB_OK);
  assert_int_equal(clinic_tasks(c, WB_DESK_INBOX, NULL), 1);
}

/* Whoever is held for the desk is looked at once the visit is over: no later yes is to that. */
static void a_visit_passes_by_who_is_held_for_the_desk(void **state) {
  clinic c;
  (void)state;
  begin(&c);
  const wb_time start = c.now + 3 * (wb_time)CLINIC_DAY;
  assert_int_equal(clinic_reply(&c, "p1", "My face is swollen and it hurts"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  c.now = start - 4 * CLINIC_HOUR; /* the wait is over */
  one_visit(&c, start);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_DESK);
  assert_int_equal(clinic_wake(&c), start);
  visit_passes(&c, start);
  clinic_close(&c);
}

/* Nothing goes out while it is paused; the visit passes all the same, and no later yes is to it. */
static void a_visit_passes_while_the_question_is_paused(void **state) {
  static const char *const scopes[] = {"one", NULL}; /* the campaign, the practice */
  (void)state;
  for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
    clinic c;
    begin(&c);
    const wb_time start = c.now + 3 * (wb_time)CLINIC_DAY;
    assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, scopes[i]), WB_OK);
    c.now = start - 4 * CLINIC_HOUR; /* the wait is over */
    one_visit(&c, start);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_PAUSED);
    assert_int_equal(clinic_wake(&c), start);
    c.now = start - 1;
    one_visit(&c, start);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_PAUSED);
    visit_passes(&c, start);
    clinic_close(&c);
  }
}

/* A pause is the reason before all others: here before facts too old to tell of the visit. */
static void what_would_hold_a_paused_question_is_the_pause(void **state) {
  clinic c;
  (void)state;
  begin(&c);
  const wb_time start = c.now + 3 * (wb_time)CLINIC_DAY;
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "one"), WB_OK);
  c.now = start + 1; /* on facts of three days before */
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_PAUSED);
  assert_int_equal(clinic_reply(&c, "p1", "YES"), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "confirmed");
  clinic_close(&c);
}

/* ---- two questions at one phone ------------------------------------------------------------- */

#define PHONE "+12125550101"
#define FAMILY                                                                                     \
  CLINIC_HEAD "p1|active|Ana|1980-02-29|1|" PHONE "|yes||\n"                                       \
              "p2|active|Ben|1981-03-01|1|" PHONE "|yes||\n"

/* In three days there are these visits, a character each: of which patient. Everybody is asked what
   is due, however many polls that takes. */
static void asked(clinic *c, const char *visits) {
  char table[256] = CLINIC_VISITS;
  for (int i = 0; visits[i] != '\0'; i++)
    sprintf(table + strlen(table), "p%c|scheduled|%lld|v%d\n", visits[i],
            (long long)(SAMPLE_NOW + (3 * 24 + i) * (wb_time)CLINIC_HOUR), i + 1);
  clinic_place(c, CLINIC_ZONE, FAMILY, table);
  clinic_enroll(c);
  while (clinic_poll(c) > 0)
    clinic_sent(c);
}

/* A reply from the phone, of a host that does not say whose it is. */
static void says(clinic *c, const char *text) {
  const uint8_t *phone = clinic_point(c, WB_CONTACT_PHONE, PHONE);
  assert_int_equal(clinic_reply_from(c, phone, text), WB_OK);
}

/* Why what is asked about a visit is over; "": it is not. */
static const char *ended(clinic *c, const char *visit) {
  static char reason[64];
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  while (wb_practice_next(c->practice, &cursor, &found) == WB_OK)
    if (strcmp(found.about, visit) == 0) return strcpy(reason, found.reason);
  fail_msg("nothing was asked about %s", visit);
  return reason;
}

/* Nobody can tell which is meant: both stay, and one task in the inbox says so. */
static void unclear(clinic *c) {
  wb_task task;
  assert_string_equal(ended(c, "v1"), "");
  assert_string_equal(ended(c, "v2"), "");
  assert_int_equal(clinic_tasks(c, WB_DESK_VISITS, NULL), 0);
  assert_int_equal(clinic_tasks(c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "which_question");
}

static void opens(clinic *c) {
  clinic_open(c, FAMILY, NULL);
  clinic_launch(c, "one", asks);
}

static void of_two_questions_at_once_neither_is_answered(void **state) {
  static const char *const words[] = {"Yes", "NO"}, *const whose[] = {"12", "21", "11"};
  (void)state;
  for (size_t i = 0; i < 6; i++) {
    clinic c;
    opens(&c);
    asked(&c, whose[i % 3]);
    says(&c, words[i / 3]);
    unclear(&c);
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

/* What is ten minutes apart was read one after the other: the last is answered. */
static void an_answer_belongs_to_the_last_of_questions_that_are_apart(void **state) {
  static const struct {
    wb_time apart;
    const char *reason;
  } rows[] = {{10 * CLINIC_MINUTE - 1, ""}, {10 * CLINIC_MINUTE, "confirmed"}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    opens(&c);
    asked(&c, "1");
    c.now += rows[i].apart;
    asked(&c, "12");
    says(&c, "Yes");
    assert_string_equal(ended(&c, "v1"), "");
    assert_string_equal(ended(&c, "v2"), rows[i].reason);
    clinic_close(&c);
  }
}

static void a_question_that_was_answered_is_none_any_more(void **state) {
  clinic c;
  (void)state;
  opens(&c);
  asked(&c, "1");
  says(&c, "Yes");
  c.now += CLINIC_MINUTE;
  asked(&c, "12");
  says(&c, "Yes");
  assert_string_equal(ended(&c, "v1"), "confirmed");
  assert_string_equal(ended(&c, "v2"), "confirmed");
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 0);
  clinic_close(&c);
}

/* Of a visit that is gone meanwhile nobody knows whether it was meant; the practice knows of one
   that was cancelled. */
static void a_question_about_what_is_gone_may_be_answered_still(void **state) {
  (void)state;
  for (int cancelled = 0; cancelled < 2; cancelled++) {
    clinic c;
    opens(&c);
    asked(&c, "21");
    if (cancelled) {
      wb_input over = clinic_input(WB_INPUT_CANCELLED, "p2");
      over.visit = "v1";
      over.visit_length = 2;
      assert_int_equal(clinic_send(&c, &over), WB_OK);
    } else {
      c.now += (3 * 24 - 4) * (wb_time)CLINIC_HOUR;
      asked(&c, "91"); /* it is somebody else's whom nobody knows */
    }
    assert_string_equal(ended(&c, "v1"), cancelled ? "cancelled" : "gone");
    says(&c, "Yes");
    assert_string_equal(ended(&c, "v2"), cancelled ? "confirmed" : "");
    clinic_close(&c);
  }
}

/* A host that says who answers knows it: then only two questions to that patient are unclear. */
static void who_is_named_answers_for_themselves(void **state) {
  clinic c;
  (void)state;
  opens(&c);
  asked(&c, "12");
  assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
  assert_string_equal(ended(&c, "v1"), "confirmed");
  assert_string_equal(ended(&c, "v2"), "");
  clinic_close(&c);
  opens(&c);
  asked(&c, "11");
  assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
  unclear(&c);
  clinic_close(&c);
}

/* What is no answer to either is read as any reply. */
static void what_is_no_answer_is_not_unclear(void **state) {
  clinic c;
  wb_task task;
  (void)state;
  opens(&c);
  asked(&c, "12");
  says(&c, "purple");
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "reply");
  clinic_close(&c);
}

/* A message that asks for no answer leaves no doubt, though it went in the same instant. */
static void a_reminder_in_the_same_instant_is_not_what_is_answered(void **state) {
  (void)state;
  for (int i = 0; i < 8; i++) { /* whichever has the smaller id */
    char name[] = "two0", text[4096];
    clinic c;
    name[3] = (char)('0' + i);
    sprintf(text, CLINIC_TEXTS("two%d"), i);
    opens(&c);
    clinic_launch(&c, name, text);
    assert_int_equal(clinic_enroll(&c).enrolled, 2); /* both at this phone: p2 waits a day */
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    asked(&c, "2");
    says(&c, "Yes");
    assert_string_equal(ended(&c, "v1"), "confirmed");
    assert_string_equal(clinic_find(&c, "p1", name).reason, "");
    clinic_close(&c);
  }
}

/* ---- order ---------------------------------------------------------------------------------- */

/* Two who answer in one instant, in one order or the other, each about their own visit: what the
   desk has to do is the same, by the same ids. */
static void of_answers_in_one_instant_no_order_is_told(void **state) {
  static const char *const said[] = {"No", "STOP"}; /* a task on Visits, or on Now */
  (void)state;
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
    uint8_t ids[2][2][16];
    for (int order = 0; order < 2; order++) {
      char visits[256] = CLINIC_VISITS;
      clinic c;
      const wb_time start = SAMPLE_NOW + 3 * (wb_time)CLINIC_DAY;
      clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
      clinic_launch(&c, "one", asks);
      sprintf(visits + strlen(visits), "p1|scheduled|%lld|v1\np2|scheduled|%lld|v2\n",
              (long long)start, (long long)start);
      clinic_place(&c, CLINIC_ZONE, CLINIC_ANA CLINIC_BEN, visits);
      assert_int_equal(clinic_enroll(&c).enrolled, 2);
      assert_int_equal(clinic_poll(&c), 2);
      clinic_sent(&c);
      for (int turn = 0; turn < 2; turn++) {
        const int who = turn == order ? 1 : 2;
        wb_input input = clinic_input(WB_INPUT_REPLY, who == 1 ? "p1" : "p2");
        input.text = said[i];
        input.text_length = (uint32_t)strlen(said[i]);
        input.event_id[0] = (uint8_t)who;
        assert_int_equal(clinic_send(&c, &input), WB_OK);
      }
      wb_task task = {.size = sizeof task};
      uint64_t cursor = 0;
      while (wb_desk_next(c.practice, i == 0 ? WB_DESK_VISITS : WB_DESK_NOW, &cursor, &task) ==
             WB_OK)
        memcpy(ids[order][task.patient[1] - '1'], task.id, 16);
      assert_int_equal(clinic_tasks(&c, i == 0 ? WB_DESK_VISITS : WB_DESK_NOW, NULL), 2);
      clinic_close(&c);
    }
    assert_memory_equal(ids[0], ids[1], sizeof ids[0]);
    assert_memory_not_equal(ids[0][0], ids[0][1], 16);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_answer_is_yes_or_no_or_for_a_person),
      cmocka_unit_test(an_answer_after_a_broken_visit_confirms_nothing),
      cmocka_unit_test(a_call_after_a_broken_visit_ends_with_a_booking_or_a_no),
      cmocka_unit_test(a_stop_after_a_broken_visit_leaves_no_question_open),
      cmocka_unit_test(what_is_asked_before_and_goes_on_after_is_confirmed),
      cmocka_unit_test(two_campaigns_about_one_visit_are_no_two_questions),
      cmocka_unit_test(a_task_of_the_time_before_stands_in_for_no_call),
      cmocka_unit_test(a_visit_that_the_book_cancelled_and_has_again_is_asked_about),
      cmocka_unit_test(a_visit_that_has_another_time_is_asked_about_again),
      cmocka_unit_test(a_visit_that_begins_anew_is_asked_about_by_other_ids),
      cmocka_unit_test(facts_from_before_a_cancellation_bring_no_visit_back),
      cmocka_unit_test(a_visit_passes_by_who_is_held_for_the_desk),
      cmocka_unit_test(a_visit_passes_while_the_question_is_paused),
      cmocka_unit_test(what_would_hold_a_paused_question_is_the_pause),
      cmocka_unit_test(a_visit_that_is_over_is_nothing_for_the_desk),
      cmocka_unit_test(of_two_questions_at_once_neither_is_answered),
      cmocka_unit_test(an_answer_belongs_to_the_last_of_questions_that_are_apart),
      cmocka_unit_test(a_question_that_was_answered_is_none_any_more),
      cmocka_unit_test(a_question_about_what_is_gone_may_be_answered_still),
      cmocka_unit_test(who_is_named_answers_for_themselves),
      cmocka_unit_test(what_is_no_answer_is_not_unclear),
      cmocka_unit_test(a_reminder_in_the_same_instant_is_not_what_is_answered),
      cmocka_unit_test(of_answers_in_one_instant_no_order_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
