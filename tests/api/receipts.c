/* SPDX-License-Identifier: MIT */
/* Receipts, last looks and runs: every state meets everything that can be said of an action. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"
#include "support/shape.h"

/* What can be said of an action: by the host's answer, or by a receipt. */
enum { ANSWER, RECEIPT };
enum { SENT, THROTTLED, CONTENT, CARRIER, UNKNOWN, DELIVERED, LOST, BAD, OUT, WORDS };
static const struct {
  const char *name;
  int by;
  int32_t kind, cause;
} words[] = {{"sent", ANSWER, WB_SENT, 0},
             {"throttled", ANSWER, WB_NOT_SENT, WB_CAUSE_THROTTLED},
             {"content", ANSWER, WB_NOT_SENT, WB_CAUSE_CONTENT},
             {"carrier", ANSWER, WB_NOT_SENT, WB_CAUSE_OPTED_OUT},
             {"unknown", ANSWER, WB_SENT_UNKNOWN, 0},
             {"delivered", RECEIPT, WB_INPUT_DELIVERED, 0},
             {"undelivered", RECEIPT, WB_INPUT_UNDELIVERED, 0},
             {"undelivered, address", RECEIPT, WB_INPUT_UNDELIVERED, WB_CAUSE_ADDRESS},
             {"undelivered, opted out", RECEIPT, WB_INPUT_UNDELIVERED, WB_CAUSE_OPTED_OUT}};

static wb_status receipt(clinic *c, const uint8_t *id, int32_t kind, int32_t cause) {
  wb_input input = {.size = sizeof input, .kind = kind, .action = id, .outcome = cause};
  return clinic_send(c, &input);
}

static wb_status say(clinic *c, const uint8_t *id, int word) {
  if (words[word].by == RECEIPT) return receipt(c, id, words[word].kind, words[word].cause);
  return clinic_ack(c, id, words[word].kind, words[word].cause);
}

static wb_look look(clinic *c, const uint8_t *id) {
  wb_look found = {.size = sizeof found};
  wb_error error = {0};
  if (wb_practice_test(c->practice, id, c->it.facts, c->now, &found, &error) != WB_OK)
    fail_msg("%s", error.message);
  return found;
}

/* Hands out one action and brings it into a state by a word; -1: claimed, -2: withdrawn. */
static void stand(clinic *c, int word, uint8_t *id) {
  clinic_begin(c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(c), 1);
  memcpy(id, c->actions[0].id, 16);
  if (word >= 0) assert_int_equal(say(c, id, word), WB_OK);
  if (word != -2) return;
  assert_int_equal(clinic_reply(c, "p1", "STOP"), WB_OK);
  wb_look found = look(c, id);
  assert_int_equal(found.answer, WB_LOOK_WITHDRAWN);
  assert_string_equal(found.reason, "opted_out");
}

static void every_state_meets_every_word(void **state) {
  (void)state;
  enum {
    C = WB_ACTION_CLAIMED,
    S = WB_ACTION_SENT,
    R = WB_ACTION_READY,
    F = WB_ACTION_FAILED,
    U = WB_ACTION_UNKNOWN,
    D = WB_ACTION_DELIVERED,
    L = WB_ACTION_UNDELIVERED,
    W = WB_ACTION_WITHDRAWN,
    X = 0 /* WB_E_STATE, which is noted; nothing changes */
  };
  static const struct {
    int word;
    int32_t from, to[WORDS];
  } rows[] = {
      /*                 sent thr cont carr unk dlvd lost bad out */
      {-1, C, {S, R, F, F, U, D, L, L, L}},        {UNKNOWN, U, {S, F, F, F, U, D, L, L, L}},
      {SENT, S, {S, X, X, X, X, D, L, L, L}},      {THROTTLED, R, {X, R, X, X, X, D, L, L, L}},
      {CONTENT, F, {X, X, F, X, X, X, F, F, F}},   {CARRIER, F, {X, X, X, F, X, X, F, F, F}},
      {DELIVERED, D, {D, X, X, X, D, D, X, X, X}}, {LOST, L, {L, X, X, X, L, X, L, L, L}},
      {OUT, L, {L, X, X, L, L, X, L, L, L}},       {-2, W, {X, W, W, W, X, X, W, W, W}}};
  int wrong = 0;
  for (size_t row = 0; row < sizeof rows / sizeof *rows; ++row) {
    for (int cell = 0; cell < WORDS * CLINIC_WAYS; ++cell) {
      clinic c;
      uint8_t id[16];
      const int word = cell % WORDS;
      stand(&c, rows[row].word, id);
      clinic_renew(&c, cell / WORDS);
      assert_int_equal(clinic_action(&c, id).state, rows[row].from);
      uint64_t sequence = wb_practice_sequence(c.practice);
      wb_status status = say(&c, id, word);
      int32_t expected = rows[row].to[word], got = clinic_action(&c, id).state;
      uint64_t records = wb_practice_sequence(c.practice) - sequence;
      /* whatever else became of it, a carrier's opt-out is one */
      const bool news = word == OUT && (rows[row].word == CONTENT || rows[row].word == LOST);
      if (status != (expected == X ? WB_E_STATE : WB_OK) ||
          got != (expected ? expected : rows[row].from) ||
          records != (expected != rows[row].from || news)) {
        print_error("row %d, %s: %s, state %d, records %d\n", (int)row, words[word].name,
                    wb_status_name(status), (int)got, (int)records);
        wrong++;
      }
      sequence = wb_practice_sequence(c.practice);
      if (status == WB_OK) { /* once more is the same */
        assert_int_equal(say(&c, id, word), WB_OK);
        assert_int_equal(wb_practice_sequence(c.practice), sequence);
      }
      clinic_renew(&c, CLINIC_REPLAYED);
      clinic_renew(&c, CLINIC_LOADED);
      clinic_close(&c);
    }
  }
  assert_int_equal(wrong, 0);
}

/* Where the sequence goes once a receipt says that the text of its first step never arrived. */
static void what_never_arrived_goes_by_the_next_channel(void **state) {
  (void)state;
  const int lost[] = {LOST, BAD, OUT};
  for (int which = 0; which < 3; ++which) {
    for (int before = 0; before < 2; ++before) { /* the receipt comes before or after the answer */
      clinic c;
      uint8_t id[16];
      stand(&c, before ? -1 : SENT, id);
      assert_int_equal(say(&c, id, lost[which]), WB_OK);
      assert_int_equal(say(&c, id, SENT), WB_OK);
      assert_int_equal(clinic_find(&c, "p1", NULL).touches, 0);
      assert_string_equal(clinic_find(&c, "p1", NULL).step, "s1");
      assert_int_equal(clinic_poll(&c), 1);
      assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
      assert_string_equal(c.actions[0].step, "s1");
      clinic_sent(&c);
      c.now = clinic_wake(&c);
      clinic_rows(&c, CLINIC_ANA, "");
      assert_int_equal(clinic_poll(&c), 1);
      /* The number is closed, or not, for what follows. */
      assert_int_equal(c.actions[0].channel,
                       lost[which] == LOST ? WB_CHANNEL_SMS : WB_CHANNEL_EMAIL);
      assert_string_equal(c.actions[0].step, "s2");
      clinic_close(&c);
    }
  }
}

/* Without another channel the step is over, though nothing has arrived yet: the next one is sent. A
   number that is bad is waited for, and what was handed over to the carrier is not said again at
   another one. */
static void what_never_arrived_and_has_no_other_channel_is_over(void **state) {
  static const char only[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n";
  static const char other[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550109|yes||\n";
  static const char refused[] =
      CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes|ana@example.com|no\n";
  static const struct {
    const char *patients, *later;
    int word;
  } cases[] = {{only, only, LOST}, {refused, refused, LOST}, {only, other, BAD}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    clinic_begin(&c, cases[i].patients, NULL);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(say(&c, c.actions[0].id, cases[i].word), WB_OK);
    assert_int_equal(clinic_poll(&c), 0);
    if (cases[i].word == BAD) {
      assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_BAD_ADDRESS);
      c.now += CLINIC_HOUR;
      clinic_rows(&c, cases[i].later, "");
      assert_int_equal(clinic_poll(&c), 0);
    }
    assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_WAITING);
    assert_string_equal(clinic_find(&c, "p1", NULL).step, "s2");
    c.now = clinic_wake(&c);
    clinic_rows(&c, cases[i].later, "");
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, "s2");
    assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
    clinic_close(&c);
  }
}

/* While the other channel is a number that the host may ask about, the step is not over. */
static void what_never_arrived_waits_for_a_number_that_is_to_be_checked(void **state) {
  static const char ana[] =
      "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|email:"
      "u|"
      "email_permission:u|text_permission_on:tdD\n"
      "p1|active|Ana|1980-02-29|1|+12125550101|yes|ana@example.com|yes|2024-09-01\n";
  (void)state;
  char json[] = CLINIC_TEXTS("one");
  char *first = strstr(json, "\"hello\",\"mail\"");
  memcpy(first, "\"mail\",\"hello\"", strlen("\"mail\",\"hello\""));
  clinic c;
  clinic_open(&c, ana, NULL);
  clinic_launch(&c, "one", json);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  clinic_sent(&c);
  assert_int_equal(say(&c, c.actions[0].id, LOST), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_NUMBER_CHECK);
  assert_string_equal(clinic_find(&c, "p1", NULL).step, "s1");
  wb_input checked = clinic_input(WB_INPUT_NUMBER_CHECKED, NULL);
  checked.contact = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
  checked.outcome = WB_NUMBER_SAME;
  assert_int_equal(clinic_send(&c, &checked), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  assert_string_equal(c.actions[0].step, "s1");
  clinic_close(&c);
}

/* Four sequences wrote to one number: two of Ana's, and Ben's, which has come to a
   call. The last text of one of Ana's. */
static void share(clinic *c, uint8_t *id) {
  static const char both[] =
      CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes|ana@example.com|yes\n"
                  "p2|active|Ben|1981-03-01|1|+12125550101|yes|ben@example.com|yes\n";
  wb_practice_options options = {.per_day = 8, .per_week = 8, .per_month = 8};
  clinic_begin(c, both, &options);
  clinic_launch(c, "two", CLINIC_TEXTS("two"));
  (void)clinic_enroll(c);
  for (int day = 0; day < 5; ++day) {
    for (int polls = 0; polls < 4; ++polls) {
      (void)clinic_poll(c);
      for (uint32_t i = 0; i < c->count; ++i)
        if (strcmp(c->actions[i].campaign, "two") == 0 && strcmp(c->actions[i].patient, "p1") == 0)
          memcpy(id, c->actions[i].id, 16);
      clinic_sent(c);
    }
    if (day == 3) assert_int_equal(clinic_receive(c, WB_INPUT_CLICK, "p2"), WB_OK);
    c->now += CLINIC_DAY;
    clinic_rows(c, both, "");
  }
}

static void a_carriers_opt_out_ends_what_stop_ends(void **state) {
  (void)state;
  enum { STOP, CARRIER_SAYS, OUTS };
  for (int way = 0; way < OUTS; ++way) {
    clinic c;
    uint8_t id[16];
    share(&c, id);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
    if (way == STOP)
      assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
    else
      assert_int_equal(receipt(&c, id, WB_INPUT_UNDELIVERED, WB_CAUSE_OPTED_OUT), WB_OK);
    int ended = 0;
    wb_enrollment each = {.size = sizeof each};
    for (uint64_t cursor = 0; wb_practice_next(c.practice, &cursor, &each) == WB_OK;) {
      if (each.state != WB_STATE_ENDED) continue;
      assert_string_equal(each.reason, "opted_out");
      ended++;
    }
    assert_int_equal(ended, way == STOP ? 4 : 3);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_renew(&c, CLINIC_LOADED);
    clinic_close(&c);
  }
}

static void a_sequence_that_went_on_is_not_called_back(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16];
  wb_practice_options options = {.per_day = 8, .per_week = 8, .per_month = 8};
  /* Unknown: it went on as if it was sent. */
  stand(&c, UNKNOWN, id);
  assert_int_equal(say(&c, id, BAD), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", NULL).step, "s2");
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
  /* Sent, and the next step is handed out. */
  clinic_begin(&c, CLINIC_ANA, &options);
  assert_int_equal(clinic_poll(&c), 1);
  memcpy(id, c.actions[0].id, 16);
  clinic_sent(&c);
  c.now = clinic_wake(&c);
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(say(&c, id, BAD), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", NULL).step, "s2");
  assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_CLAIMED);
  clinic_close(&c);
  /* Sent, and the patient booked. */
  stand(&c, SENT, id);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
  assert_int_equal(say(&c, id, BAD), WB_OK);
  assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_ENDED);
  clinic_close(&c);
}

static void receipts_are_checked(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16], other[16] = {9};
  stand(&c, SENT, id);
  uint64_t sequence = wb_practice_sequence(c.practice);
  assert_int_equal(receipt(&c, NULL, WB_INPUT_DELIVERED, 0), WB_E_INVALID);
  assert_int_equal(receipt(&c, id, WB_INPUT_DELIVERED, WB_CAUSE_ADDRESS), WB_E_INVALID);
  const int32_t causes[] = {WB_CAUSE_INTERRUPTED, WB_CAUSE_THROTTLED, WB_CAUSE_LATE, 8, -1};
  for (size_t i = 0; i < sizeof causes / sizeof *causes; ++i)
    assert_int_equal(receipt(&c, id, WB_INPUT_UNDELIVERED, causes[i]), WB_E_INVALID);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  assert_int_equal(receipt(&c, other, WB_INPUT_DELIVERED, 0), WB_E_NAME);
  assert_int_equal(wb_practice_sequence(c.practice), sequence + 1); /* it is noted */
  /* The same event twice. */
  wb_input input = {
      .size = sizeof input, .kind = WB_INPUT_DELIVERED, .action = id, .event_id = {1}};
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), sequence + 2);
  clinic_close(&c);
}

/* What was done is known for 90 days; whether it still lies in a table does not show. */
static void a_receipt_of_what_is_forgotten_is_of_no_action(void **state) {
  (void)state;
  for (int late = 0; late <= 1; late++) {
    clinic c;
    uint8_t id[16];
    stand(&c, SENT, id);
    const wb_time sent = c.now;
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    for (int month = 1; month <= 3; month++) { /* nobody lies still for longer */
      c.now = sent + month * 30 * CLINIC_DAY + (month == 3) * late;
      assert_int_equal(clinic_receive(&c, month % 2 ? WB_INPUT_PAUSE : WB_INPUT_RESUME, NULL),
                       WB_OK);
    }
    assert_int_equal(receipt(&c, id, WB_INPUT_DELIVERED, 0), late ? WB_E_NAME : WB_OK);
    clinic_renew(&c, CLINIC_LOADED);
    assert_int_equal(receipt(&c, id, WB_INPUT_DELIVERED, 0), late ? WB_E_NAME : WB_OK);
    clinic_close(&c);
  }
}

/* ---- the last look -------------------------------------------------------------------------- */

static void a_last_look_lets_go_what_may_go(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16];
  stand(&c, -1, id);
  uint64_t sequence = wb_practice_sequence(c.practice);
  wb_look found = look(&c, id);
  assert_int_equal(found.answer, WB_LOOK_GO);
  assert_int_equal(found.deliver_by, c.actions[0].deliver_by);
  assert_int_equal(found.hold, WB_HOLD_NONE);
  assert_string_equal(found.reason, "");
  c.now = found.deliver_by - 1;
  assert_int_equal(look(&c, id).answer, WB_LOOK_GO);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  assert_int_equal(say(&c, id, SENT), WB_OK);
  clinic_close(&c);
}

/* Things that happen after the hand-out. */
static void stop(clinic *c) {
  assert_int_equal(clinic_reply(c, "p1", "STOP"), WB_OK);
}
static void book(clinic *c) {
  assert_int_equal(clinic_receive(c, WB_INPUT_BOOKED, "p1"), WB_OK);
}
static void book_in_the_record(clinic *c) {
  clinic_rows(c, CLINIC_ANA, "p1|scheduled|2027-06-01\n");
}
static void click(clinic *c) {
  assert_int_equal(clinic_receive(c, WB_INPUT_CLICK, "p1"), WB_OK);
}
static void permission_ends(clinic *c) {
  clinic_rows(c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no|ana@example.com|yes\n",
              "");
}
static void number_changes(clinic *c) {
  clinic_rows(c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550109|yes|ana@example.com|yes\n",
              "");
}
static void pause_all(clinic *c) {
  assert_int_equal(clinic_receive(c, WB_INPUT_PAUSE, NULL), WB_OK);
}
static void pause_it(clinic *c) {
  assert_int_equal(clinic_receive(c, WB_INPUT_PAUSE, "one"), WB_OK);
}
static void time_is_over(clinic *c) {
  c->now = c->actions[0].deliver_by;
}
static void urgent(clinic *c) {
  assert_int_equal(clinic_reply(c, "p1", "I have terrible tooth pain and swelling"), WB_OK);
}

static void a_last_look_takes_back_what_must_not_go(void **state) {
  (void)state;
  static const struct {
    void (*happens)(clinic *c);
    int32_t answer, state;
    const char *reason;
  } cases[] = {{stop, WB_LOOK_WITHDRAWN, WB_ACTION_WITHDRAWN, "opted_out"},
               {book, WB_LOOK_WITHDRAWN, WB_ACTION_WITHDRAWN, "booked"},
               {book_in_the_record, WB_LOOK_WITHDRAWN, WB_ACTION_WITHDRAWN, "booked"},
               {click, WB_LOOK_WITHDRAWN, WB_ACTION_WITHDRAWN, "responded"},
               {urgent, WB_LOOK_WITHDRAWN, WB_ACTION_WITHDRAWN, "replied"},
               {permission_ends, WB_LOOK_WITHDRAWN, WB_ACTION_WITHDRAWN, "no_permission"},
               {number_changes, WB_LOOK_LATER, WB_ACTION_READY, "bad_address"},
               {pause_all, WB_LOOK_LATER, WB_ACTION_READY, "paused"},
               {pause_it, WB_LOOK_LATER, WB_ACTION_READY, "paused"},
               {time_is_over, WB_LOOK_LATER, WB_ACTION_READY, "late"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    uint8_t id[16];
    stand(&c, -1, id);
    cases[i].happens(&c);
    wb_look found = look(&c, id);
    if (found.answer != cases[i].answer || strcmp(found.reason, cases[i].reason) != 0)
      fail_msg("case %d: %d, %s", (int)i, (int)found.answer, found.reason);
    assert_int_equal(clinic_action(&c, id).state, cases[i].state);
    assert_int_equal(clinic_find(&c, "p1", NULL).touches, 0);
    uint64_t sequence = wb_practice_sequence(c.practice);
    assert_int_equal(look(&c, id).answer, cases[i].answer); /* once more is the same */
    assert_int_equal(wb_practice_sequence(c.practice), sequence);
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_renew(&c, CLINIC_LOADED);
    /* It went out all the same: refused, and noted. */
    assert_int_equal(say(&c, id, SENT), WB_E_STATE);
    assert_int_equal(wb_practice_sequence(c.practice), sequence + 1);
    clinic_close(&c);
  }
}

static void what_was_taken_back_goes_when_it_may(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16];
  stand(&c, -1, id);
  pause_all(&c);
  assert_int_equal(look(&c, id).answer, WB_LOOK_LATER);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, NULL), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_equal(c.actions[0].id, id, 16);
  assert_int_equal(c.actions[0].attempt, 2);
  clinic_close(&c);
  /* By its next channel, when its own is closed. */
  stand(&c, -1, id);
  permission_ends(&c);
  assert_int_equal(look(&c, id).answer, WB_LOOK_WITHDRAWN);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  clinic_close(&c);
}

/* It was not sent, so it is not lost: at the new number, or once it is allowed again, since no
   other channel took it over. */
static void what_was_taken_back_waits_for_its_channel(void **state) {
  static const char *const rows[][3] = {{"+12125550109|yes", NULL, "+12125550109"},
                                        {"+12125550101|no", "+12125550101|yes", "+12125550101"}};
  static const int32_t holds[] = {WB_HOLD_BAD_ADDRESS, WB_HOLD_NO_PERMISSION};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    char people[2][256] = {"", ""};
    for (size_t at = 0; at < 2; ++at)
      snprintf(people[at], sizeof people[at], CLINIC_HEAD "p1|active|Ana|1980-02-29|1|%s||\n",
               rows[i][at] != NULL ? rows[i][at] : rows[i][0]);
    clinic_begin(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n", NULL);
    assert_int_equal(clinic_poll(&c), 1);
    uint8_t id[16];
    memcpy(id, c.actions[0].id, 16);
    clinic_rows(&c, people[0], "");
    const wb_look found = look(&c, id);
    assert_int_equal(found.answer, WB_LOOK_LATER);
    assert_int_equal(found.hold, holds[i]);
    if (rows[i][1] != NULL) assert_int_equal(clinic_poll(&c), 0);
    clinic_renew(&c, CLINIC_LOADED);
    c.now += CLINIC_HOUR;
    clinic_rows(&c, people[1], "");
    assert_int_equal(clinic_poll(&c), 1);
    assert_memory_equal(c.actions[0].id, id, 16);
    assert_int_equal(c.actions[0].attempt, 2);
    assert_string_equal(c.actions[0].to, rows[i][2]);
    clinic_sent(&c);
    assert_int_equal(clinic_find(&c, "p1", NULL).touches, 1);
    clinic_close(&c);
  }
}

static wb_status look_shape(void *user, void *at) {
  clinic *c = user;
  return wb_practice_test(c->practice, c->actions[0].id, c->it.facts, c->now, at, NULL);
}

static void a_last_look_is_checked(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16], other[16] = {9};
  wb_look found = {.size = sizeof found};
  stand(&c, -1, id);
  assert_int_equal(wb_practice_test(NULL, id, c.it.facts, c.now, &found, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_test(c.practice, NULL, c.it.facts, c.now, &found, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_test(c.practice, id, NULL, c.now, &found, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_test(c.practice, other, c.it.facts, c.now, &found, NULL), WB_E_NAME);
  shape_out(&found, sizeof found, look_shape, &c);
  assert_int_equal(say(&c, id, SENT), WB_OK);
  assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &found, NULL), WB_E_STATE);
  clinic_close(&c);
}

/* ---- runs ----------------------------------------------------------------------------------- */

/* A host that delivers: what it saw, and what it answers. */
typedef struct host {
  clinic *c;
  uint32_t seen, stops_at; /* at the how manieth, from 1; 0: never */
  wb_status fails;         /* what it answers there; WB_OK: interrupted */
  bool meddles;            /* calls back into the practice */
} host;

static wb_status WB_CALL host_deliver(void *user, const wb_action *action, wb_outcome *outcome) {
  host *h = user;
  wb_time at = 0;
  h->seen++;
  assert_int_equal(outcome->size, sizeof *outcome);
  assert_non_null(action->text);
  if (h->meddles) assert_int_equal(wb_practice_wake(h->c->practice, &at), WB_E_BUSY);
  outcome->kind = WB_SENT;
  if (h->seen != h->stops_at) return WB_OK;
  outcome->kind = WB_NOT_SENT;
  outcome->cause = WB_CAUSE_INTERRUPTED;
  return h->fails;
}

/* A `patients` table of so many. */
static void crowd(char *table, size_t capacity, int count) {
  size_t at = (size_t)snprintf(table, capacity, "%s", CLINIC_HEAD);
  for (int i = 0; i < count; ++i)
    at += (size_t)snprintf(table + at, capacity - at,
                           "p%03d|active|Ana|1980-02-29|1|+121255501%02d|yes|a%d@example.com|yes\n",
                           i, i, i);
}

static void a_run_delivers_everything(void **state) {
  (void)state;
  clinic c;
  static char table[16384];
  crowd(table, sizeof table, 40);
  wb_practice_options options = {.admissions = 100, .spread = 1};
  clinic_begin(&c, table, &options);
  host h = {.c = &c, .meddles = true};
  wb_run run = {.size = sizeof run};
  assert_int_equal(wb_practice_run(c.practice, c.it.facts, c.now, host_deliver, &h, &run, NULL),
                   WB_OK);
  assert_int_equal(h.seen, 40);
  assert_int_equal(run.sent, 40);
  assert_int_equal(run.not_sent + run.unknown, 0);
  assert_int_equal(clinic_find(&c, "p000", NULL).touches, 1);
  assert_int_equal(wb_practice_run(c.practice, c.it.facts, c.now, host_deliver, &h, &run, NULL),
                   WB_OK);
  assert_int_equal(h.seen, 40);
  clinic_close(&c);
}

static void a_run_stops_when_the_host_does(void **state) {
  (void)state;
  const wb_status answers[] = {WB_OK, WB_E_NOMEM};
  for (int i = 0; i < 2; ++i) {
    clinic c;
    static char table[16384];
    crowd(table, sizeof table, 10);
    clinic_begin(&c, table, NULL);
    host h = {.c = &c, .stops_at = 4, .fails = answers[i]};
    wb_run run = {.size = sizeof run};
    assert_int_equal(wb_practice_run(c.practice, c.it.facts, c.now, host_deliver, &h, &run, NULL),
                     answers[i] == WB_OK ? WB_OK : WB_E_ABORTED);
    assert_int_equal(h.seen, 4);
    assert_int_equal(run.sent, 3);
    assert_int_equal(run.not_sent, answers[i] == WB_OK ? 7 : 6);
    assert_int_equal(run.unknown, answers[i] == WB_OK ? 0 : 1);
    /* What was not attempted goes in the next run; what failed is not sent again. */
    h = (host){.c = &c};
    assert_int_equal(wb_practice_run(c.practice, c.it.facts, c.now, host_deliver, &h, &run, NULL),
                     WB_OK);
    assert_int_equal(h.seen, answers[i] == WB_OK ? 7 : 6);
    clinic_close(&c);
  }
}

static wb_status WB_CALL host_mumbles(void *user, const wb_action *action, wb_outcome *outcome) {
  (void)user;
  (void)action;
  outcome->kind = 9;
  return WB_OK;
}

static wb_status run_shape(void *user, void *run) {
  clinic *c = user;
  host h = {.c = c};
  return wb_practice_run(c->practice, c->it.facts, c->now, host_deliver, &h, run, NULL);
}

static void a_run_is_checked(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  wb_run run = {.size = sizeof run};
  host h = {.c = &c};
  assert_int_equal(wb_practice_run(NULL, c.it.facts, c.now, host_deliver, &h, &run, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_run(c.practice, NULL, c.now, host_deliver, &h, &run, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_run(c.practice, c.it.facts, c.now, NULL, &h, &run, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_run(c.practice, c.it.facts, c.now, host_deliver, &h, NULL, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_run(c.practice, c.it.facts, c.now, host_mumbles, NULL, &run, NULL),
                   WB_E_INVALID);
  assert_int_equal(run.unknown, 1);
  shape_out(&run, sizeof run, run_shape, &c);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_state_meets_every_word),
      cmocka_unit_test(what_never_arrived_goes_by_the_next_channel),
      cmocka_unit_test(what_never_arrived_and_has_no_other_channel_is_over),
      cmocka_unit_test(what_never_arrived_waits_for_a_number_that_is_to_be_checked),
      cmocka_unit_test(a_carriers_opt_out_ends_what_stop_ends),
      cmocka_unit_test(a_sequence_that_went_on_is_not_called_back),
      cmocka_unit_test(receipts_are_checked),
      cmocka_unit_test(a_receipt_of_what_is_forgotten_is_of_no_action),
      cmocka_unit_test(a_last_look_lets_go_what_may_go),
      cmocka_unit_test(a_last_look_takes_back_what_must_not_go),
      cmocka_unit_test(what_was_taken_back_goes_when_it_may),
      cmocka_unit_test(what_was_taken_back_waits_for_its_channel),
      cmocka_unit_test(a_last_look_is_checked),
      cmocka_unit_test(a_run_delivers_everything),
      cmocka_unit_test(a_run_stops_when_the_host_does),
      cmocka_unit_test(a_run_is_checked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
