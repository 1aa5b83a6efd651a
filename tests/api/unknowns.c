/* SPDX-License-Identifier: MIT */
/*
 * What a step says of a message of which nobody knows whether it was sent: each policy meets
 * everything that may be learnt or happen afterwards, in a practice that goes on, one that is made
 * anew from its journal, and one from a snapshot.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

#define BODY "{{ location.short_name }}: {{ location.booking_url }} Reply STOP to opt out."
/* Two messages, a wait of two days between them; by text, else by e-mail. */
#define CAMPAIGN(unknown)                                                                          \
  "{\"format\":1,\"name\":\"one\",\"title\":\"Unknown\",\"class\":\"care\","                       \
  "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                 \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                          \
  "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["                                           \
  "{\"id\":\"a\",\"send\":[\"text\",\"mail\"]" unknown "},"                                        \
  "{\"id\":\"w\",\"wait\":{\"days\":2}},"                                                          \
  "{\"id\":\"b\",\"send\":[\"text\",\"mail\"]},{\"id\":\"end\",\"exit\":true}],"                   \
  "\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"note\"}},"                      \
  "\"texts\":{\"text\":{\"channel\":\"sms\",\"en\":{\"body\":\"" BODY "\"}},"                      \
  "\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Your next visit\",\"body\":\""            \
  "{{ location.address }} " BODY "\"}},"                                                           \
  "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"

enum { ASSUME, RECEIPT, CALL, RESEND, POLICIES };
static const char *const policies[] = {
    CAMPAIGN(",\"on_unknown\":\"assume_sent\""),
    CAMPAIGN(",\"on_unknown\":{\"receipt\":{\"days\":3}}"),
    CAMPAIGN(",\"on_unknown\":{\"call\":\"note\",\"within\":{\"days\":3}}"),
    CAMPAIGN(",\"on_unknown\":\"resend\"")};

/* What is learnt, or happens, once the first message is unknown. */
enum { NOTHING, SENT, CONTENT, BAD, DELIVERED, LOST, STOP, CLICK, BOOKED, RESTORED, EVENTS };

/* A clinic whose host can resend for a day; two messages a day may go to a patient. */
static void begin(clinic *c, const char *json, uint32_t resend) {
  const wb_practice_options options = {.resend = resend, .per_day = 2};
  clinic_open(c, CLINIC_ANA, &options);
  clinic_launch(c, "one", json);
  clinic_enroll(c);
}

/* Hands out the first message and says that nobody knows; its id. */
static void lose(clinic *c, uint8_t *id) {
  assert_int_equal(clinic_poll(c), 1);
  assert_string_equal(c->actions[0].step, "a");
  memcpy(id, c->actions[0].id, 16);
  assert_int_equal(clinic_ack(c, id, WB_SENT_UNKNOWN, 0), WB_OK);
}

/* Goes on until the campaign does something; NULL: it never will. Answers of the practice are sent
   on the way. */
static const wb_action *next(clinic *c) {
  for (int polls = 0; polls < 40; ++polls) {
    const wb_time at = clinic_wake(c);
    if (at == WB_TIME_NONE) return NULL;
    if (at > c->now) c->now = at;
    clinic_rows(c, CLINIC_ANA, "");
    if (clinic_poll(c) == 0) continue;
    if (!strcmp(c->actions[0].campaign, "one")) return &c->actions[0];
    clinic_sent(c);
  }
  return NULL;
}

/* The same, of a campaign that does something. */
static wb_action went_on(clinic *c) {
  const wb_action *did = next(c);
  assert_non_null(did);
  return did ? *did : (wb_action){0};
}

static void receipt(clinic *c, const uint8_t *id, int32_t kind) {
  wb_input input = {.size = sizeof input, .kind = kind, .action = id};
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

/* A backup of now is restored. */
static void restore(clinic *c) {
  size_t length = 0;
  uint8_t *bytes = clinic_save(c->practice, &length);
  wb_practice_free(c->practice);
  c->options.epoch++;
  c->practice = clinic_practice(c, NULL);
  assert_int_equal(wb_practice_load(c->practice, bytes, length, NULL), WB_OK);
  free(bytes);
  wb_input ready = {.size = sizeof ready, .kind = WB_INPUT_RESTORED_READY};
  assert_int_equal(clinic_send(c, &ready), WB_OK);
}

static void happen(clinic *c, const uint8_t *id, int event) {
  switch (event) {
  case SENT: assert_int_equal(clinic_ack(c, id, WB_SENT, 0), WB_OK); break;
  case CONTENT: assert_int_equal(clinic_ack(c, id, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_OK); break;
  case BAD: assert_int_equal(clinic_ack(c, id, WB_NOT_SENT, WB_CAUSE_ADDRESS), WB_OK); break;
  case DELIVERED: receipt(c, id, WB_INPUT_DELIVERED); break;
  case LOST: receipt(c, id, WB_INPUT_UNDELIVERED); break;
  case STOP: assert_int_equal(clinic_reply(c, "p1", "STOP"), WB_OK); break;
  case CLICK: assert_int_equal(clinic_receive(c, WB_INPUT_CLICK, "p1"), WB_OK); break;
  case BOOKED: assert_int_equal(clinic_receive(c, WB_INPUT_BOOKED, "p1"), WB_OK); break;
  case RESTORED: restore(c); break;
  default: break;
  }
}

/* What the campaign does next: a step, so many hours later, by a channel, a kind. */
typedef struct expected {
  const char *step; /* NULL: nothing */
  int hours;
  int32_t channel, kind;
} expected;

enum { OVER, ON, ON_LATE, ON_MAIL, BY_MAIL, CALLED, AGAIN, ASKED, WHATS };
static const expected what[WHATS] = {
    [OVER] = {NULL, 0, 0, 0},
    [ON] = {"b", 48, WB_CHANNEL_SMS, WB_ACTION_SEND},
    [ON_LATE] = {"b", 72, WB_CHANNEL_SMS, WB_ACTION_SEND},
    [ON_MAIL] = {"b", 48, WB_CHANNEL_EMAIL, WB_ACTION_SEND},
    [BY_MAIL] = {"a", 0, WB_CHANNEL_EMAIL, WB_ACTION_SEND},
    [CALLED] = {"a", 0, WB_CHANNEL_CALL, WB_ACTION_CALL_TASK},
    [AGAIN] = {"a", 0, WB_CHANNEL_SMS, WB_ACTION_RESEND},
    [ASKED] = {"clicked", 24, WB_CHANNEL_CALL, WB_ACTION_CALL_TASK},
};

/* With ASSUME nobody asks back: what is learnt later changes nothing of the sequence but its
   address. The others wait at the step, and what never went goes by the next channel; they differ
   in what they do as long as nothing is learnt. */
static const int table[EVENTS][POLICIES] = {
    [NOTHING] = {ON, ON_LATE, CALLED, AGAIN},
    [SENT] = {ON, ON, ON, ON},
    [CONTENT] = {ON, ON, ON, ON},
    [BAD] = {ON_MAIL, BY_MAIL, BY_MAIL, BY_MAIL},
    [DELIVERED] = {ON, ON, ON, ON},
    [LOST] = {ON, BY_MAIL, BY_MAIL, BY_MAIL},
    [STOP] = {OVER, OVER, OVER, OVER},
    [CLICK] = {ASKED, ASKED, ASKED, ASKED},
    [BOOKED] = {OVER, OVER, OVER, OVER},
    [RESTORED] = {ON, ON_LATE, CALLED, AGAIN},
};

static void every_policy_meets_every_event(void **state) {
  (void)state;
  int wrong = 0;
  for (int cell = 0; cell < POLICIES * EVENTS * CLINIC_WAYS; ++cell) {
    const int policy = cell / EVENTS % POLICIES, event = cell % EVENTS;
    const int way = cell / EVENTS / POLICIES;
    const expected *goes = &what[table[event][policy]];
    clinic c;
    uint8_t id[16];
    begin(&c, policies[policy], CLINIC_DAY);
    lose(&c, id);
    clinic_renew(&c, way);
    const wb_time from = c.now;
    assert_int_equal(clinic_find(&c, "p1", NULL).touches, 1); /* it counts */
    happen(&c, id, event);
    clinic_renew(&c, way);
    const wb_action *did = next(&c);
    const int hours = (int)((c.now - from) / CLINIC_HOUR);
    const bool right = did == NULL ? goes->step == NULL
                                   : goes->step != NULL && !strcmp(did->step, goes->step) &&
                                         did->channel == goes->channel && did->kind == goes->kind &&
                                         hours == goes->hours;
    if (!right) {
      print_error("policy %d, event %d, way %d: %s after %d h by %d, kind %d\n", policy, event, way,
                  did ? did->step : "nothing", hours, did ? (int)did->channel : 0,
                  did ? (int)did->kind : 0);
      wrong++;
    }
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_close(&c);
  }
  assert_int_equal(wrong, 0);
}

/* A claim that nobody answered is as unknown as one of which the host says so. */
static void a_claim_without_an_answer_is_treated_alike(void **state) {
  (void)state;
  static const int32_t kinds[] = {1, 1, 2, 3};
  for (int policy = 0; policy < POLICIES; ++policy) {
    clinic c;
    begin(&c, policies[policy], CLINIC_DAY);
    assert_int_equal(clinic_poll(&c), 1);
    c.now = c.actions[0].deliver_by + 300;
    assert_int_equal(clinic_poll(&c), 0);
    c.now++;
    assert_int_equal(clinic_poll(&c), 0); /* now it is unknown */
    const wb_action did = went_on(&c);
    assert_string_equal(did.step, policy < CALL ? "b" : "a");
    assert_int_equal(did.kind, kinds[policy]);
    clinic_close(&c);
  }
}

/* So is what was handed out, or to be tried again, when a backup is restored. */
static void what_a_backup_has_under_way_is_treated_alike(void **state) {
  (void)state;
  for (int cell = 0; cell < 2 * POLICIES; ++cell) {
    const int policy = cell / 2;
    const expected *goes = &what[table[NOTHING][policy]];
    clinic c;
    begin(&c, policies[policy], CLINIC_DAY);
    assert_int_equal(clinic_poll(&c), 1);
    uint8_t id[16];
    memcpy(id, c.actions[0].id, 16);
    if (cell % 2 != 0) assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
    const wb_time from = c.now;
    restore(&c);
    assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN);
    const wb_action did = went_on(&c);
    assert_string_equal(did.step, goes->step);
    assert_int_equal(did.kind, goes->kind);
    assert_int_equal((c.now - from) / CLINIC_HOUR, goes->hours);
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_close(&c);
  }
}

/* A host that cannot resend any more has what it cannot ask about count as sent. */
static void without_a_key_a_backup_resends_nothing(void **state) {
  (void)state;
  clinic c;
  begin(&c, policies[RESEND], CLINIC_DAY);
  assert_int_equal(clinic_poll(&c), 1);
  c.options.resend = 0;
  restore(&c);
  assert_string_equal(went_on(&c).step, "b");
  clinic_close(&c);
}

/* ---- a receipt ------------------------------------------------------------------------------ */

static void a_receipt_is_waited_for_until_its_time(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16];
  begin(&c, CAMPAIGN(",\"on_unknown\":{\"receipt\":{\"hours\":49}}"), 0);
  lose(&c, id);
  const wb_time over = c.now + 49 * CLINIC_HOUR;
  assert_int_equal(clinic_wake(&c), over);
  assert_string_equal(clinic_find(&c, "p1", NULL).step, "a");
  c.now = over - 1;
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_poll(&c), 0);
  c.now = over;
  assert_int_equal(clinic_poll(&c), 0); /* on, as if it was sent */
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "b");
  /* What is learnt now is noted, and calls nothing back. */
  receipt(&c, id, WB_INPUT_UNDELIVERED);
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "finished");
  assert_int_equal(clinic_find(&c, "p1", NULL).touches, 1);
  clinic_close(&c);
}

/* ---- a call --------------------------------------------------------------------------------- */

static wb_status settle(clinic *c, const uint8_t *task, int32_t outcome) {
  wb_input input = {
      .size = sizeof input, .kind = WB_INPUT_TASK_DONE, .action = task, .outcome = outcome};
  return clinic_send(c, &input);
}

static void the_sequence_waits_for_the_call(void **state) {
  (void)state;
  for (int way = 0; way < CLINIC_WAYS; ++way) {
    clinic c;
    uint8_t id[16], task[16];
    begin(&c, policies[CALL], 0);
    lose(&c, id);
    assert_non_null(next(&c));
    memcpy(task, c.actions[0].id, 16);
    assert_memory_not_equal(task, id, 16);
    clinic_sent(&c);
    clinic_renew(&c, way);
    c.now += CLINIC_DAY + 60;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
    assert_int_equal(clinic_find(&c, "p1", NULL).touches, 1);
    clinic_renew(&c, way);
    assert_int_equal(settle(&c, task, WB_TASK_DONE), WB_OK);
    const wb_time done = c.now;
    const wb_action did = went_on(&c);
    assert_string_equal(did.step, "b");
    assert_true(c.now > done + CLINIC_DAY); /* the wait begins with the call */
    clinic_close(&c);
  }
}

static void a_call_that_expires_lets_the_sequence_go_on(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16];
  begin(&c, policies[CALL], 0);
  lose(&c, id);
  assert_non_null(next(&c));
  const wb_time called = c.now;
  clinic_sent(&c);
  const wb_action did = went_on(&c);
  assert_string_equal(did.step, "b");
  assert_true(c.now - called >= 5 * CLINIC_DAY - CLINIC_HOUR * 4); /* three days, then two */
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  clinic_close(&c);
}

/* Once it is known what became of the message nobody has to call. */
static void what_is_learnt_takes_the_call_off_the_list(void **state) {
  (void)state;
  static const struct {
    int event;
    const char *step;
    int32_t channel;
  } rows[] = {
      {SENT, "b", 1}, {DELIVERED, "b", 1}, {CONTENT, "b", 1}, {BAD, "a", 2}, {LOST, "a", 2}};
  for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; ++i) {
    const size_t row = i / 2;
    clinic c;
    uint8_t id[16];
    begin(&c, policies[CALL], 0);
    lose(&c, id);
    assert_non_null(next(&c));
    if (i % 2 == 0) clinic_sent(&c); /* the host took the call, or has not answered yet */
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
    happen(&c, id, rows[row].event);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    if (i % 2 == 1) clinic_sent(&c);
    const wb_action did = went_on(&c);
    if (i % 2 == 0) assert_string_equal(did.step, rows[row].step);
    if (i % 2 == 0) assert_int_equal(did.channel, rows[row].channel);
    assert_int_equal(did.kind, WB_ACTION_SEND);
    assert_memory_not_equal(did.id, id, 16);
    clinic_close(&c);
  }
}

static void a_full_desk_holds_the_call_and_a_receipt_makes_it_needless(void **state) {
  (void)state;
  clinic c;
  wb_action lost[2];
  const wb_practice_options options = {.tasks_open = 1};
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, &options);
  clinic_launch(&c, "one", policies[CALL]);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 2);
  memcpy(lost, c.actions, sizeof lost);
  char patients[2][8];
  for (uint32_t i = 0; i < 2; ++i) {
    snprintf(patients[i], sizeof patients[i], "%s", lost[i].patient);
    assert_int_equal(clinic_ack(&c, lost[i].id, WB_SENT_UNKNOWN, 0), WB_OK);
  }
  assert_int_equal(clinic_poll(&c), 1); /* one is called */
  const int other = strcmp(c.actions[0].patient, patients[0]) == 0;
  assert_string_equal(c.actions[0].patient, patients[!other]);
  assert_int_equal(clinic_find(&c, patients[other], NULL).hold, WB_HOLD_CAPACITY);
  clinic_sent(&c);
  clinic_renew(&c, CLINIC_LOADED);
  receipt(&c, lost[other].id, WB_INPUT_DELIVERED);
  assert_int_equal(clinic_find(&c, patients[other], NULL).state, WB_STATE_WAITING);
  assert_string_equal(clinic_find(&c, patients[other], NULL).step, "b");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  clinic_close(&c);
}

/* ---- a resend ------------------------------------------------------------------------------- */

static void a_resend_has_the_same_id_and_no_text(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16];
  begin(&c, policies[RESEND], CLINIC_DAY);
  lose(&c, id);
  const wb_time lost = c.now;
  c.now = lost + 59;
  assert_int_equal(clinic_poll(&c), 0);
  c.now = lost + 60;
  assert_int_equal(clinic_poll(&c), 1);
  const wb_action *again = &c.actions[0];
  assert_memory_equal(again->id, id, 16);
  assert_int_equal(again->kind, WB_ACTION_RESEND);
  assert_int_equal(again->attempt, 2);
  assert_string_equal(again->text, "");
  assert_string_equal(again->subject, "");
  assert_string_equal(again->preheader, "");
  assert_string_equal(again->html, "");
  assert_string_equal(again->to, "+12125550101");
  assert_int_equal(clinic_find(&c, "p1", NULL).touches, 1); /* it counts once */
  clinic_sent(&c);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_SENT);
  const wb_action did = went_on(&c);
  assert_string_equal(did.step, "b");
  assert_int_equal(did.kind, WB_ACTION_SEND);
  clinic_close(&c);
}

/* As often as the table of what is throttled says: after 1, 5, 30 minutes and 4 hours. */
static void a_resend_is_tried_no_more_often_than_what_is_throttled(void **state) {
  (void)state;
  static const int32_t pauses[] = {60, 300, 1800, 14400};
  for (int way = 0; way < 3 * CLINIC_WAYS; ++way) {
    clinic c;
    uint8_t id[16];
    begin(&c, policies[RESEND], CLINIC_DAY);
    c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
    clinic_rows(&c, CLINIC_ANA, "");
    lose(&c, id);
    for (int i = 0; i < 4; ++i) {
      clinic_renew(&c, way % CLINIC_WAYS);
      c.now += pauses[i] - 1;
      clinic_rows(&c, CLINIC_ANA, "");
      assert_int_equal(clinic_poll(&c), 0);
      c.now++;
      assert_int_equal(clinic_poll(&c), 1);
      assert_memory_equal(c.actions[0].id, id, 16);
      assert_int_equal(c.actions[0].kind, WB_ACTION_RESEND);
      /* Nobody knows again, it is throttled, or it was never tried: all say the same of it. */
      const int32_t causes[] = {0, WB_CAUSE_THROTTLED, WB_CAUSE_INTERRUPTED};
      const int32_t cause = causes[way / CLINIC_WAYS];
      const int32_t kind = cause ? WB_NOT_SENT : WB_SENT_UNKNOWN;
      assert_int_equal(clinic_ack(&c, id, kind, cause), WB_OK);
      const uint64_t sequence = wb_practice_sequence(c.practice);
      assert_int_equal(clinic_ack(&c, id, kind, cause), WB_OK); /* once more is the same */
      assert_int_equal(wb_practice_sequence(c.practice), sequence);
      assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN);
      assert_int_equal(clinic_find(&c, "p1", NULL).touches, 1);
    }
    const wb_action did = went_on(&c); /* often enough: on */
    assert_string_equal(did.step, "b");
    clinic_close(&c);
  }
}

static void a_resend_ends_with_the_life_of_the_key(void **state) {
  (void)state;
  for (uint32_t life = 60; life <= 61; ++life) {
    clinic c;
    uint8_t id[16];
    begin(&c, policies[RESEND], life);
    lose(&c, id);
    if (life == 61) {
      assert_non_null(next(&c));
      assert_int_equal(c.actions[0].kind, WB_ACTION_RESEND);
      assert_int_equal(c.actions[0].deliver_by, c.now + 1);
    } else {
      assert_string_equal(went_on(&c).step, "b");
    }
    clinic_close(&c);
  }
}

/* The key lives from the first time, not from the last. */
static void a_resend_does_not_renew_the_key(void **state) {
  (void)state;
  for (uint32_t life = 2160; life <= 2161; ++life) {
    clinic c;
    uint8_t id[16];
    begin(&c, policies[RESEND], life);
    lose(&c, id);
    for (int i = 0; i < 2; ++i) { /* after 1 and 5 minutes; the next would be after 30 more */
      assert_int_equal(went_on(&c).kind, WB_ACTION_RESEND);
      assert_int_equal(clinic_ack(&c, id, WB_SENT_UNKNOWN, 0), WB_OK);
    }
    const wb_action did = went_on(&c);
    assert_int_equal(did.kind, life == 2161 ? WB_ACTION_RESEND : WB_ACTION_SEND);
    clinic_close(&c);
  }
}

/* It goes to where it went, or not at all. */
static void a_resend_goes_nowhere_else(void **state) {
  (void)state;
  static const char *const changed[] = {
      CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550109|yes|ana@example.com|yes\n",
      CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no|ana@example.com|yes\n"};
  for (int i = 0; i < 2; ++i) {
    clinic c;
    uint8_t id[16];
    begin(&c, policies[RESEND], CLINIC_DAY);
    lose(&c, id);
    c.now += 60;
    clinic_rows(&c, changed[i], "");
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN);
    assert_string_equal(clinic_find(&c, "p1", NULL).step, "b");
    clinic_close(&c);
  }
}

/* The last look at a resend takes only the resend back. */
static void a_last_look_at_a_resend(void **state) {
  (void)state;
  for (int stops = 0; stops < 2; ++stops) {
    clinic c;
    uint8_t id[16];
    begin(&c, policies[RESEND], CLINIC_DAY);
    lose(&c, id);
    assert_non_null(next(&c));
    wb_look look = {.size = sizeof look};
    assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
    assert_int_equal(look.answer, WB_LOOK_GO);
    if (stops)
      assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
    else
      assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, NULL), WB_OK);
    assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
    assert_int_equal(look.answer, stops ? WB_LOOK_WITHDRAWN : WB_LOOK_LATER);
    assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN);
    clinic_renew(&c, CLINIC_LOADED);
    if (stops) {
      assert_null(next(&c));
      clinic_close(&c);
      continue;
    }
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, NULL), WB_OK);
    assert_int_equal(clinic_poll(&c), 1);
    assert_memory_equal(c.actions[0].id, id, 16);
    assert_int_equal(c.actions[0].kind, WB_ACTION_RESEND);
    clinic_close(&c);
  }
}

/* It counts once: with a cap of one a day it may still go, and nothing else may. */
static void a_resend_counts_once(void **state) {
  (void)state;
  for (int other = 0; other < 2; ++other) {
    clinic c;
    uint8_t id[16];
    const wb_practice_options options = {.resend = CLINIC_DAY};
    clinic_open(&c, CLINIC_ANA, &options);
    clinic_launch(&c, "one", policies[RESEND]);
    clinic_enroll(&c);
    lose(&c, id);
    if (other) assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
    c.now += 60;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), other ? 0 : 1);
    if (other) assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_CAP);
    clinic_close(&c);
  }
}

/* As of what was sent once: whatever became of it before. */
static void a_late_opt_out_of_a_resend_is_one(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16];
  begin(&c, policies[RESEND], CLINIC_DAY);
  lose(&c, id);
  assert_int_equal(went_on(&c).kind, WB_ACTION_RESEND);
  clinic_sent(&c);
  receipt(&c, id, WB_INPUT_UNDELIVERED);
  wb_input out = {.size = sizeof out, .kind = WB_INPUT_UNDELIVERED, .action = id};
  out.outcome = WB_CAUSE_OPTED_OUT;
  assert_int_equal(clinic_send(&c, &out), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "opted_out");
  clinic_close(&c);
}

static void only_a_host_that_can_resend_takes_such_a_campaign(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  wb_error error = {0};
  wb_campaign *campaign = clinic_campaign(&c, policies[RESEND]);
  assert_int_equal(wb_practice_add(c.practice, campaign, c.now, &error), WB_E_STATE);
  assert_string_equal(error.path, "/steps/0/on_unknown");
  assert_int_equal(wb_practice_sequence(c.practice), 0);
  wb_campaign_unref(campaign);
  clinic_close(&c);
  /* One that could, and no longer can: it counts as sent. */
  uint8_t id[16];
  begin(&c, policies[RESEND], CLINIC_DAY);
  c.options.resend = 0;
  clinic_renew(&c, CLINIC_REPLAYED);
  lose(&c, id);
  assert_string_equal(went_on(&c).step, "b");
  clinic_close(&c);
}

/* ---- a new definition ----------------------------------------------------------------------- */

static void a_message_that_is_waited_for_is_carried_over(void **state) {
  (void)state;
  for (int policy = RECEIPT; policy < POLICIES; ++policy) {
    clinic c;
    uint8_t id[16];
    begin(&c, policies[policy], CLINIC_DAY);
    lose(&c, id);
    clinic_launch(&c, "one", CAMPAIGN(",\"stale_after\":{\"days\":9}"));
    wb_migration rows[8] = {{.size = sizeof rows[0]}};
    uint32_t count = 0;
    assert_int_equal(wb_practice_migrate(c.practice, "one", 3, NULL, c.now, rows, 8, &count, NULL),
                     WB_OK);
    clinic_renew(&c, CLINIC_REPLAYED);
    const wb_action did = went_on(&c);
    assert_string_equal(did.step, "b"); /* its new step says nothing: it counts as sent */
    assert_memory_not_equal(did.id, id, 16);
    assert_int_equal(clinic_find(&c, "p1", NULL).touches, 2);
    clinic_close(&c);
  }
}

static void a_wait_after_a_resend_is_counted_from_the_message(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16];
  begin(&c, policies[RESEND], CLINIC_DAY);
  c.now += CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA, "");
  const wb_time wrote = c.now;
  lose(&c, id);
  assert_int_equal(went_on(&c).kind, WB_ACTION_RESEND);
  clinic_sent(&c);
  clinic_launch(&c, "one", policies[ASSUME]);
  wb_migration rows[8] = {{.size = sizeof rows[0]}};
  uint32_t count = 0;
  const wb_migrate_options options = {
      .size = sizeof options, .flags = WB_MIGRATE_RECOMPUTE, .facts = c.it.facts};
  assert_int_equal(
      wb_practice_migrate(c.practice, "one", 3, &options, c.now, rows, 8, &count, NULL), WB_OK);
  assert_int_equal(clinic_find(&c, "p1", NULL).wake, wrote + 2 * CLINIC_DAY);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_policy_meets_every_event),
      cmocka_unit_test(a_claim_without_an_answer_is_treated_alike),
      cmocka_unit_test(what_a_backup_has_under_way_is_treated_alike),
      cmocka_unit_test(without_a_key_a_backup_resends_nothing),
      cmocka_unit_test(a_receipt_is_waited_for_until_its_time),
      cmocka_unit_test(the_sequence_waits_for_the_call),
      cmocka_unit_test(a_call_that_expires_lets_the_sequence_go_on),
      cmocka_unit_test(what_is_learnt_takes_the_call_off_the_list),
      cmocka_unit_test(a_full_desk_holds_the_call_and_a_receipt_makes_it_needless),
      cmocka_unit_test(a_resend_has_the_same_id_and_no_text),
      cmocka_unit_test(a_resend_is_tried_no_more_often_than_what_is_throttled),
      cmocka_unit_test(a_resend_ends_with_the_life_of_the_key),
      cmocka_unit_test(a_resend_does_not_renew_the_key),
      cmocka_unit_test(a_resend_goes_nowhere_else),
      cmocka_unit_test(a_last_look_at_a_resend),
      cmocka_unit_test(a_resend_counts_once),
      cmocka_unit_test(a_late_opt_out_of_a_resend_is_one),
      cmocka_unit_test(only_a_host_that_can_resend_takes_such_a_campaign),
      cmocka_unit_test(a_message_that_is_waited_for_is_carried_over),
      cmocka_unit_test(a_wait_after_a_resend_is_counted_from_the_message),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
