/* SPDX-License-Identifier: MIT */
/* Contact points, replies, events, and the desk's lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"
#include "support/shape.h"

/* ---- addresses ------------------------------------------------------------------------------ */

static void addresses_are_normalised(void **state) {
  (void)state;
  enum { P = WB_CONTACT_PHONE, E = WB_CONTACT_EMAIL };
  static const struct {
    int32_t kind;
    const char *address, *country, *expected; /* NULL: not an address */
  } cases[] = {{P, "(212) 555-0123", "US", "+12125550123"},
               {P, "212.555.0123", NULL, "+12125550123"},
               {P, "1-212-555-0123", "", "+12125550123"},
               {P, "+1 212 555 0123", "US-NY", "+12125550123"},
               {P, "2125550123", "CA", "+12125550123"},
               {P, "+442079460000", "US", "+442079460000"},
               {P, "212-555-0123 x5", "US", NULL},
               {P, "112-555-0123", "US", NULL},
               {P, "212-155-0123", "US", NULL},
               {P, "212-555-012", "US", NULL},
               {P, "212-555-01234", "US", NULL},
               {P, "", "US", NULL},
               {P, "call me", "US", NULL},
               {E, "Pat@Example.COM", NULL, "pat@example.com"},
               {E, " pat@example.com ", NULL, "pat@example.com"},
               {E, "pat", NULL, NULL},
               {E, "@example.com", NULL, NULL},
               {E, "pat@", NULL, NULL},
               {E, "a@b@example.com", NULL, NULL},
               {E, "pat@example.com\r\nBcc: x", NULL, NULL},
               {0, "2125550123", "US", NULL},
               {3, "2125550123", "US", NULL}};
  static const uint8_t secret[16] = {1};
  int wrong = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    char text[320];
    size_t needed = 77, length = strlen(cases[i].address);
    uint8_t contact[16], untouched[16];
    memset(text, 'x', sizeof text);
    memset(contact, 0xA5, 16);
    memset(untouched, 0xA5, 16);
    wb_status status = wb_contact_normalize(cases[i].kind, cases[i].address, length,
                                            cases[i].country, text, sizeof text, &needed);
    size_t expected = cases[i].expected ? strlen(cases[i].expected) : 0;
    if (status != (cases[i].expected ? WB_OK : WB_E_INVALID) ||
        (cases[i].expected && (needed != expected || memcmp(text, cases[i].expected, needed)))) {
      print_error("'%s': %s %.*s\n", cases[i].address, wb_status_name(status), (int)needed, text);
      wrong++;
    }
    assert_int_equal(
        wb_contact_make(secret, cases[i].kind, cases[i].address, length, cases[i].country, contact),
        status);
    if (status != WB_OK) {
      assert_int_equal(needed, 77);
      assert_int_equal(text[0], 'x');
      assert_memory_equal(contact, untouched, 16);
    }
  }
  assert_int_equal(wrong, 0);
}

static void an_address_is_written_where_there_is_room(void **state) {
  (void)state;
  char text[16];
  size_t needed = 0;
  memset(text, 'x', sizeof text);
  assert_int_equal(wb_contact_normalize(WB_CONTACT_PHONE, "2125550123", 10, NULL, NULL, 0, &needed),
                   WB_E_SPACE);
  assert_int_equal(needed, 12);
  assert_int_equal(
      wb_contact_normalize(WB_CONTACT_PHONE, "2125550123", 10, NULL, text, 11, &needed),
      WB_E_SPACE);
  assert_int_equal(text[0], 'x');
  assert_int_equal(
      wb_contact_normalize(WB_CONTACT_PHONE, "2125550123", 10, NULL, text, 12, &needed), WB_OK);
  assert_memory_equal(text, "+12125550123x", 13);
  assert_int_equal(wb_contact_normalize(WB_CONTACT_PHONE, NULL, 10, NULL, text, 12, &needed),
                   WB_E_INVALID);
  assert_int_equal(wb_contact_normalize(WB_CONTACT_PHONE, "2125550123", 10, NULL, text, 12, NULL),
                   WB_E_INVALID);
}

static void a_contact_point_is_of_secret_kind_and_address(void **state) {
  (void)state;
  static const uint8_t one[16] = {1}, two[16] = {2};
  uint8_t a[16], b[16], c[16];
  assert_int_equal(wb_contact_make(one, WB_CONTACT_PHONE, "2125550123", 10, NULL, a), WB_OK);
  assert_int_equal(wb_contact_make(one, WB_CONTACT_PHONE, "(212) 555 0123", 14, "US", b), WB_OK);
  assert_int_equal(wb_contact_make(two, WB_CONTACT_PHONE, "2125550123", 10, NULL, c), WB_OK);
  assert_memory_equal(a, b, 16);
  assert_memory_not_equal(a, c, 16);
  assert_int_equal(wb_contact_make(one, WB_CONTACT_PHONE, "2125550124", 10, NULL, c), WB_OK);
  assert_memory_not_equal(a, c, 16);
  assert_int_equal(wb_contact_make(NULL, WB_CONTACT_PHONE, "2125550124", 10, NULL, c),
                   WB_E_INVALID);
  assert_int_equal(wb_contact_make(one, WB_CONTACT_PHONE, "2125550124", 10, NULL, NULL),
                   WB_E_INVALID);
}

/* ---- replies -------------------------------------------------------------------------------- */

static void replies_have_an_intent(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int32_t intent;
  } cases[] = {{"STOP", WB_INTENT_OPT_OUT},
               {"stop.", WB_INTENT_OPT_OUT},
               {"  Stop!! ", WB_INTENT_OPT_OUT},
               {"CANCEL", WB_INTENT_OPT_OUT},
               {"Baja", WB_INTENT_OPT_OUT},
               {"ALTO", WB_INTENT_OPT_OUT},
               {"please stop texting me", WB_INTENT_OPT_OUT},
               {"Stop, my mom passed", WB_INTENT_OPT_OUT},
               {"START", WB_INTENT_OPT_IN},
               {"unstop", WB_INTENT_OPT_IN},
               {"HELP", WB_INTENT_HELP},
               {"Info", WB_INTENT_HELP},
               {"Can you call me?", WB_INTENT_CALLBACK_REQUEST},
               {"Do you take my insurance?", WB_INTENT_PRICE_INSURANCE},
               {"YES", -1},
               {"cancel my appointment", -1},
               {"", WB_INTENT_OTHER}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_reply reply = {.size = sizeof reply};
    assert_int_equal(wb_reply_parse(cases[i].text, strlen(cases[i].text), &reply), WB_OK);
    const int32_t intent = reply.intent;
    if (cases[i].intent < 0) {
      assert_int_not_equal(intent, WB_INTENT_OPT_OUT);
      assert_int_not_equal(intent, WB_INTENT_OPT_IN);
    } else if (intent != cases[i].intent) {
      fail_msg("'%s': %d", cases[i].text, (int)intent);
    }
  }
  wb_reply reply = {.size = sizeof reply, .intent = 77};
  assert_int_equal(wb_reply_parse("\xff", 1, &reply), WB_E_INVALID);
  assert_int_equal(wb_reply_parse(NULL, 1, &reply), WB_E_INVALID);
  assert_int_equal(wb_reply_parse("a", 1, NULL), WB_E_INVALID);
  assert_int_equal(reply.intent, 77);
}

/* ---- events --------------------------------------------------------------------------------- */

static wb_status receive_shape(void *user, void *input) {
  clinic *c = user;
  return clinic_send(c, input);
}

static void inputs_are_checked(void **state) {
  (void)state;
  clinic c;
  char key[WB_KEY_MAX + 1];
  clinic_begin(&c, CLINIC_ANA, NULL);
  uint64_t sequence = wb_practice_sequence(c.practice);
  const int32_t kinds[] = {0, -1, WB_INPUT_STOP + 1, INT32_MAX};
  for (size_t i = 0; i < 4; ++i)
    assert_int_equal(clinic_receive(&c, kinds[i], "p1"), WB_E_INVALID);
  assert_int_equal(receive_shape(&c, NULL), WB_E_INVALID);
  wb_input input = clinic_input(WB_INPUT_BOOKED, "p1");
  assert_int_equal(wb_practice_receive(NULL, &input, c.now, NULL), WB_E_INVALID);
  input.flags = 1;
  assert_int_equal(clinic_send(&c, &input), WB_E_VERSION);
  input = clinic_input(WB_INPUT_BOOKED, NULL); /* nobody */
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  input.patient_length = 2; /* a length without text */
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  memset(key, 'p', sizeof key);
  input.patient = key;
  input.patient_length = WB_KEY_MAX + 1;
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  input.patient_length = WB_KEY_MAX;
  assert_int_equal(clinic_send(&c, &input), WB_E_NAME);
  const int32_t heard[] = {WB_INPUT_CLICK, WB_INPUT_BOOKED, WB_INPUT_KEPT, WB_INPUT_OPTED_IN};
  for (size_t i = 0; i < 4; ++i)
    assert_int_equal(clinic_receive(&c, heard[i], "p9"), WB_E_NAME);
  assert_int_equal(clinic_receive(&c, WB_INPUT_TASK_DONE, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  assert_int_equal(clinic_reply(&c, "p9", "hello"), WB_E_NAME);
  assert_int_equal(wb_practice_sequence(c.practice), sequence + 1); /* it is noted */
  input = clinic_input(WB_INPUT_PAUSE, "one");
  shape_in(&input, sizeof input, receive_shape, &c);
  clinic_close(&c);
}

/* Each kind of event, twice with one id: the second changes nothing, until 90 days are over. */
static void an_event_happens_once(void **state) {
  (void)state;
  for (int which = 0; which < 5; ++which) {
    static const int32_t kinds[] = {WB_INPUT_REPLY, WB_INPUT_CLICK, WB_INPUT_OPTED_OUT,
                                    WB_INPUT_KEPT, WB_INPUT_PAUSE};
    clinic c;
    wb_practice_options more = {.flags = WB_PRACTICE_ALLOW_JUMP};
    clinic_begin(&c, CLINIC_ANA, &more);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    wb_input input = clinic_input(kinds[which], which == 4 ? NULL : "p1");
    input.text = which ? NULL : "HELP";
    input.text_length = which ? 0 : 4;
    memset(input.event_id, which + 1, 16);
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    uint64_t sequence = wb_practice_sequence(c.practice);
    wb_time first = c.now;
    const wb_time seconds[] = {0, 1, 90 * CLINIC_DAY};
    for (size_t i = 0; i < 3; ++i) {
      c.now = first + seconds[i];
      assert_int_equal(clinic_send(&c, &input), WB_OK);
      assert_int_equal(wb_practice_sequence(c.practice), sequence);
    }
    wb_input other = clinic_input(WB_INPUT_BOOKED, "p1"); /* the id counts, not the kind */
    memset(other.event_id, which + 1, 16);
    assert_int_equal(clinic_send(&c, &other), WB_OK);
    assert_int_equal(wb_practice_sequence(c.practice), sequence);
    clinic_close(&c);
  }
}

static void after_ninety_days_an_event_id_is_new(void **state) {
  (void)state;
  clinic c;
  wb_practice_options more = {.flags = WB_PRACTICE_ALLOW_JUMP};
  clinic_begin(&c, CLINIC_ANA, &more);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  wb_input pause = clinic_input(WB_INPUT_PAUSE, NULL), resume = clinic_input(WB_INPUT_RESUME, NULL);
  pause.event_id[0] = 1;
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  assert_int_equal(clinic_send(&c, &resume), WB_OK);
  wb_time first = c.now;
  c.now = first + 90 * CLINIC_DAY;
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  assert_int_equal(clinic_send(&c, &resume), WB_E_STATE); /* it was not paused */
  c.now++;
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  assert_int_equal(clinic_send(&c, &resume), WB_OK);
  clinic_close(&c);
}

/* What a reply says decides where it lies; the sequence is over but for a call that is wanted. */
static void replies_lie_where_they_belong(void **state) {
  static const struct {
    const char *text, *reason;
    int32_t list;
  } cases[] = {{"my jaw is swollen", "urgent_symptom", WB_DESK_NOW},
               {"she passed away", "deceased", WB_DESK_NOW},
               {"your staff was rude", "complaint", WB_DESK_NOW},
               {"do not leave voicemails", "data_privacy", WB_DESK_NOW},
               {"I am her guardian", "guardian_or_proxy", WB_DESK_NOW},
               {"we moved to Ohio", "moved", WB_DESK_INBOX},
               {"no thanks", "decline", WB_DESK_INBOX},
               {"wrong number", "wrong_number", WB_DESK_INBOX},
               {"the parrot sings", "reply", WB_DESK_INBOX}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    wb_task task = {0};
    clinic_written(&c, CLINIC_ANA, 1);
    assert_int_equal(clinic_reply(&c, "p1", cases[i].text), WB_OK);
    assert_int_equal(clinic_tasks(&c, cases[i].list, &task), 1);
    assert_string_equal(task.reason, cases[i].reason);
    assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_ENDED);
    clinic_close(&c);
  }
}

/* What cannot wait is closed by a person alone, not by a booking. */
static void now_is_closed_by_a_person(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  clinic_written(&c, CLINIC_ANA, 1);
  assert_int_equal(clinic_reply(&c, "p1", "Stop, my mom passed"), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "opted_out");
  assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, &task), 1);
  assert_string_equal(task.reason, "deceased");
  wb_input booked = clinic_input(WB_INPUT_BOOKED, "p1");
  assert_int_equal(clinic_send(&c, &booked), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, &task), 1);
  wb_input done = clinic_input(WB_INPUT_TASK_DONE, NULL);
  done.action = task.id;
  assert_int_equal(clinic_send(&c, &done), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, NULL), 0);
  clinic_close(&c);
}

/* Whatever else a reply says first, a wish for the texts to end is heard. */
static void a_stop_is_heard_beside_all_else(void **state) {
  static const struct {
    const char *text;
    int32_t list; /* on which the other meaning lies; 0: on none */
    const char *reason;
  } cases[] = {{"Please stop, my wife has died", WB_DESK_NOW, "deceased"},
               {"my jaw is swollen and stop texting me", WB_DESK_NOW, "urgent_symptom"},
               {"Wrong number, stop texting me", WB_DESK_INBOX, "wrong_number"},
               {"Yes. And please stop texting me", 0, NULL}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    wb_task task = {0};
    wb_reply reply = {.size = sizeof reply};
    assert_int_equal(wb_reply_parse(cases[i].text, strlen(cases[i].text), &reply), WB_OK);
    assert_int_equal(reply.flags, WB_REPLY_STOP);
    clinic_written(&c, CLINIC_ANA, 1);
    assert_int_equal(clinic_reply(&c, "p1", cases[i].text), WB_OK);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, "opted_out");
    const uint32_t now = clinic_tasks(&c, WB_DESK_NOW, cases[i].list == WB_DESK_NOW ? &task : NULL);
    assert_int_equal(now, cases[i].list == WB_DESK_NOW);
    const uint32_t inbox =
        clinic_tasks(&c, WB_DESK_INBOX, cases[i].list == WB_DESK_INBOX ? &task : NULL);
    assert_int_equal(inbox, cases[i].list == WB_DESK_INBOX);
    if (cases[i].reason) assert_string_equal(task.reason, cases[i].reason);
    wb_input done = clinic_input(WB_INPUT_TASK_DONE, NULL); /* until then nothing goes out */
    done.action = task.id;
    if (cases[i].reason) assert_int_equal(clinic_send(&c, &done), WB_OK);
    c.now += CLINIC_DAY; /* another campaign finds the number closed to texts */
    clinic_launch(&c, "two", CLINIC_TEXTS("two"));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
    clinic_close(&c);
  }
  wb_reply reply = {.size = sizeof reply};
  assert_int_equal(wb_reply_parse("she passed away", 15, &reply), WB_OK);
  assert_int_equal(reply.flags, 0);
}

/* A wrong number is written to no more, whatever the campaign. */
static void a_wrong_number_is_closed(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t contact[16];
  memcpy(contact, c.actions[0].contact, sizeof contact);
  clinic_sent(&c);
  wb_input reply = clinic_input(WB_INPUT_REPLY, "p1");
  reply.contact = contact;
  reply.text = "Wrong number";
  reply.text_length = 12;
  assert_int_equal(clinic_send(&c, &reply), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "replied");
  c.now += CLINIC_DAY;
  clinic_launch(&c, "two", CLINIC_TEXTS("two"));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  clinic_close(&c);
}

/* Replies without an event id are all different: none is dropped. */
static void replies_without_an_id_are_all_kept(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA CLINIC_BEN, 2);
  assert_int_equal(clinic_reply(&c, "p1", "hm"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "hm"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p1", "hm"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 3);
  clinic_close(&c);
}

/* ---- opt-outs ------------------------------------------------------------------------------- */

#define SHARED                                                                                     \
  CLINIC_HEAD "p1|active|Ana|1980-02-29|1|(212) 555-0101|yes||\n"                                  \
              "p2|active|Ben|1981-03-01|1|+1 212 555 0101|yes|ben@example.com|yes\n"               \
              "p3|active|Cat|1982-04-01|1|+12125550103|yes||\n"

static void stop_is_for_everyone_at_the_number(void **state) {
  (void)state;
  for (int by = 0; by < 3; ++by) {
    clinic c;
    clinic_begin(&c, SHARED, NULL);
    assert_int_equal(clinic_poll(&c), 2); /* of the two who share a number one waits */
    const int p1 = clinic_find(&c, "p1", NULL).state == WB_STATE_CLAIMED;
    const char *told = p1 ? "p1" : "p2", *waits = p1 ? "p2" : "p1";
    assert_int_equal(clinic_find(&c, waits, NULL).hold, WB_HOLD_HOUSEHOLD);
    clinic_sent(&c);
    wb_input input = clinic_input(by ? WB_INPUT_OPTED_OUT : WB_INPUT_REPLY, by == 2 ? told : NULL);
    if (by < 2) input.contact = clinic_point(&c, WB_CONTACT_PHONE, "2125550101");
    input.text = by ? NULL : "STOP";
    input.text_length = by ? 0 : 4;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    assert_string_equal(clinic_find(&c, told, NULL).reason, "opted_out");
    assert_int_equal(clinic_find(&c, "p3", NULL).state, WB_STATE_WAITING);
    assert_int_equal(clinic_reply(&c, told, "YES"), WB_OK); /* lifts nothing */
    clinic_launch(&c, "two", CLINIC_TEXTS("two"));
    c.now += CLINIC_DAY;
    clinic_enroll(&c);
    clinic_poll(&c);
    for (uint32_t i = 0; i < c.count; ++i)
      assert_string_not_equal(c.actions[i].to, "+12125550101");
    assert_int_equal(clinic_find(&c, "p1", "two").hold, WB_HOLD_OPTED_OUT);
    clinic_close(&c);
  }
}

static void an_opt_out_of_a_stranger_is_noted(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  wb_input out = clinic_input(WB_INPUT_OPTED_OUT, NULL);
  out.contact = clinic_point(&c, WB_CONTACT_PHONE, "2125550101");
  assert_int_equal(clinic_send(&c, &out), WB_OK);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1); /* by e-mail: that goes on */
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  wb_input in = clinic_input(WB_INPUT_OPTED_IN, NULL);
  in.contact = out.contact;
  assert_int_equal(clinic_send(&c, &in), WB_OK);
  clinic_sent(&c);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  clinic_close(&c);
}

/* By the key of somebody whose number is closed already: nothing is kept beside the number. */
static void an_opt_out_by_key_after_stop_changes_nothing(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA, 1);
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  const uint64_t before = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, "p1"), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), before);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 0);
  clinic_close(&c);
}

/* Two campaigns wrote to one number: it closes once, and each ends once, by key as by number. */
static void an_opt_out_by_key_closes_a_number_once(void **state) {
  (void)state;
  for (int by_key = 0; by_key < 2; ++by_key) {
    clinic c;
    uint64_t offset = 0;
    wb_record record = {.size = sizeof record};
    clinic_written(&c, CLINIC_ANA, 1);
    clinic_launch(&c, "two", CLINIC_TEXTS("two"));
    clinic_enroll(&c);
    assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "one"), WB_OK);
    c.now += CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    wb_input out = clinic_input(WB_INPUT_OPTED_OUT, by_key ? "p1" : NULL);
    if (!by_key) out.contact = clinic_point(&c, WB_CONTACT_PHONE, "2125550101");
    assert_int_equal(clinic_send(&c, &out), WB_OK);
    while (wb_journal_next(c.journal.bytes, c.journal.length, &offset, &record) == WB_OK)
      continue;
    assert_int_equal(record.effects, 3);
    clinic_close(&c);
  }
}

/* Of somebody who was written to by e-mail alone: calls close as they do after STOP. */
static void an_opt_out_by_key_before_any_text_closes_calls(void **state) {
  (void)state;
  clinic c;
  wb_task task;
  clinic_begin(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|||ana@example.com|yes\n", NULL);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, "p1"), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "opted_out");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, "p1"), WB_OK); /* no second task */
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "reply");
  clinic_close(&c);
}

/* Whatever held them first: the e-mail that comes before the text is not allowed. */
static void an_opt_in_by_key_is_looked_at_at_once(void **state) {
  (void)state;
  clinic c;
  char json[] = CLINIC_TEXTS("one");
  static const char by_mail[] = "\"mail\",\"hello\"";
  memcpy(strstr(json, "\"hello\",\"mail\""), by_mail, sizeof by_mail - 1);
  clinic_open(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes|ana@example.com|no\n",
              NULL);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, "p1"), WB_OK);
  clinic_launch(&c, "one", json);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_NO_PERMISSION);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_IN, "p1"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

/* A STOP between hand-out and answer ends everything but the answer. */
static void stop_while_a_message_is_out(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_reply(&c, "p1", "stop"), WB_OK);
  assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_ENDED);
  clinic_sent(&c);
  c.now += 600 + 300 + 1;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_wake(&c), WB_TIME_NONE);
  clinic_close(&c);
}

/* ---- the lists ------------------------------------------------------------------------------ */

static wb_status desk_shape(void *user, void *task) {
  clinic *c = user;
  uint64_t cursor = 0;
  return wb_desk_next(c->practice, WB_DESK_OUTREACH, &cursor, task);
}

static void the_desk_lists_what_is_open(void **state) {
  (void)state;
  clinic c;
  uint64_t cursor = 0;
  wb_task task = {.size = sizeof task};
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN, NULL);
  assert_int_equal(desk_shape(&c, &task), WB_E_NAME);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  wb_action call = c.actions[0];
  assert_int_equal(call.kind, WB_ACTION_CALL_TASK);
  assert_int_equal(call.channel, WB_CHANNEL_CALL);
  assert_string_equal(call.reason, "asks");
  assert_string_equal(call.to, "");
  static const uint8_t none[16] = {0};
  assert_memory_equal(call.contact, none, 16);
  shape_out(&task, sizeof task, desk_shape, &c);
  assert_int_equal(desk_shape(&c, NULL), WB_E_INVALID);
  assert_int_equal(wb_desk_next(c.practice, 0, &cursor, &task), WB_E_INVALID);
  assert_int_equal(wb_desk_next(c.practice, 5, &cursor, &task), WB_E_INVALID);
  assert_int_equal(wb_desk_next(c.practice, WB_DESK_INBOX, NULL, &task), WB_E_INVALID);
  assert_int_equal(wb_desk_next(NULL, WB_DESK_INBOX, &cursor, &task), WB_E_INVALID);
  assert_int_equal(cursor, 0);
  assert_int_equal(wb_desk_next(c.practice, WB_DESK_OUTREACH, &cursor, &task), WB_OK);
  assert_string_equal(task.patient, "p1");
  assert_int_equal(task.patient_length, 2);
  assert_string_equal(task.location, "1");
  assert_string_equal(task.campaign, "one");
  assert_string_equal(task.reason, "asks");
  assert_int_equal(task.list, WB_DESK_OUTREACH);
  assert_memory_equal(task.id, call.id, 16);
  uint64_t kept = cursor;
  assert_int_equal(wb_desk_next(c.practice, WB_DESK_OUTREACH, &cursor, &task), WB_E_NAME);
  assert_int_equal(cursor, kept);
  clinic_close(&c);
}

static void a_task_is_dealt_with_once(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA, 1);
  wb_input reply = clinic_input(WB_INPUT_REPLY, "p1");
  reply.text = "HELP";
  reply.text_length = 4;
  memset(reply.event_id, 9, 16);
  assert_int_equal(clinic_send(&c, &reply), WB_OK);
  wb_task task = {0};
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_memory_equal(task.id, reply.event_id, 16);
  assert_string_equal(task.reason, "help");
  wb_input done = clinic_input(WB_INPUT_TASK_DONE, NULL);
  done.action = reply.event_id;
  assert_int_equal(clinic_send(&c, &done), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 0);
  assert_int_equal(clinic_send(&c, &done), WB_E_NAME);
  clinic_close(&c);
}

/* A day and a location have so many places; a day later the rest comes. */
static void calls_are_limited_by_day_and_location(void **state) {
  (void)state;
  clinic c;
  wb_practice_options more = {.tasks_per_day = 1};
  clinic_begin(&c,
               CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n"
                           "p2|active|Ben|1981-03-01|1|+12125550102|yes||\n"
                           "p3|active|Cat|1982-04-01|2|+12125550103|yes||\n"
                           "p4|active|Dan|1983-05-01|1|+12125550104|yes||\n",
               &more);
  assert_int_equal(clinic_poll(&c), 4);
  clinic_sent(&c);
  static const char *const people[] = {"p1", "p2", "p3"};
  for (size_t i = 0; i < 3; ++i)
    assert_int_equal(clinic_reply(&c, people[i], "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 2);
  assert_string_not_equal(c.actions[0].location, c.actions[1].location);
  clinic_sent(&c);
  c.now = clinic_at(&c, 2026, 11, 23, 17, 59);
  assert_int_equal(clinic_reply(&c, "p4", "Can you call me?"), WB_OK); /* asks later that day */
  assert_int_equal(clinic_poll(&c), 0);
  c.now = clinic_at(&c, 2026, 11, 24, 10, 0);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 3);
  clinic_close(&c);
}

/* Clicked: a call a day later to the second, unless a visit was booked by then. */
static void a_click_waits_a_day(void **state) {
  (void)state;
  for (int books = 0; books < 2; ++books) {
    clinic c;
    clinic_written(&c, CLINIC_ANA, 1);
    assert_int_equal(clinic_find(&c, "p1", NULL).flags, 0);
    wb_time clicked = c.now + CLINIC_HOUR;
    c.now = clicked;
    assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
    assert_int_equal(clinic_find(&c, "p1", NULL).flags, WB_ENROLLMENT_RESPONDED);
    assert_int_equal(clinic_wake(&c), clicked + CLINIC_DAY);
    c.now = clicked + CLINIC_DAY - 1;
    assert_int_equal(clinic_poll(&c), 0);
    if (books) assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    c.now++;
    assert_int_equal(clinic_poll(&c), !books);
    if (!books) assert_string_equal(c.actions[0].reason, "clicked");
    if (books) assert_int_equal(clinic_wake(&c), WB_TIME_NONE);
    if (books) assert_int_equal(clinic_find(&c, "p1", NULL).flags, 0);
    clinic_close(&c);
  }
}

static void holds_have_names(void **state) {
  (void)state;
  static const char *const names[] = {
      "none",        "paused",      "opted_out",  "no_permission", "no_address", "bad_address",
      "minor",       "age_unknown", "not_seen",   "hours",         "cap",        "capacity",
      "facts",       "render",      "definition", "zone",          "desk",       "number_check",
      "not_written", "preference",  "offer",      "household",     "late",       "admissions"};
  const int32_t count = sizeof names / sizeof *names;
  for (int32_t i = 0; i < count; ++i)
    assert_string_equal(wb_hold_name(i), names[i]);
  assert_string_equal(wb_hold_name(count), "unknown");
  assert_string_equal(wb_hold_name(-1), "unknown");
}

/* Who cannot be reached is held with the first reason, and reached when it is mended. */
static void each_hold_can_be_met(void **state) {
  (void)state;
  static const struct {
    const char *line;
    int32_t hold;
  } cases[] = {{"p1|active|Ana|1980-02-29|1|+12125550101|no||\n", WB_HOLD_NO_PERMISSION},
               {"p1|active|Ana|1980-02-29|1|+12125550101|unknown||\n", WB_HOLD_NO_PERMISSION},
               {"p1|active|Ana|1980-02-29|1||yes||\n", WB_HOLD_NO_ADDRESS},
               {"p1|active|Ana|1980-02-29|1|12|yes||\n", WB_HOLD_BAD_ADDRESS},
               {"p1|active|Ana|2008-11-24|1|+12125550101|yes||\n", WB_HOLD_MINOR},
               {"p1|active|Ana||1|+12125550101|yes||\n", WB_HOLD_AGE_UNKNOWN},
               {"p1|active|<a>|1980-02-29|1|+12125550101|yes||\n", WB_HOLD_RENDER},
               {"p1|active|Ana|2008-11-23|1|+12125550101|yes||\n", WB_HOLD_NONE},
               {"p1|active||2008-11-23|1|+12125550101|yes||\n", WB_HOLD_NONE}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    char people[400] = CLINIC_HEAD;
    strcat(people, cases[i].line);
    clinic_begin(&c, people, NULL);
    assert_int_equal(clinic_poll(&c), cases[i].hold == WB_HOLD_NONE);
    wb_enrollment found = clinic_find(&c, "p1", NULL);
    if (found.hold != cases[i].hold) fail_msg("case %d: %s", (int)i, wb_hold_name(found.hold));
    if (cases[i].hold) {
      clinic_rows(&c, CLINIC_ANA, "");
      c.now += CLINIC_HOUR;
      assert_int_equal(clinic_poll(&c), 1);
    }
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(addresses_are_normalised),
      cmocka_unit_test(an_address_is_written_where_there_is_room),
      cmocka_unit_test(a_contact_point_is_of_secret_kind_and_address),
      cmocka_unit_test(replies_have_an_intent),
      cmocka_unit_test(inputs_are_checked),
      cmocka_unit_test(an_event_happens_once),
      cmocka_unit_test(after_ninety_days_an_event_id_is_new),
      cmocka_unit_test(replies_lie_where_they_belong),
      cmocka_unit_test(now_is_closed_by_a_person),
      cmocka_unit_test(a_stop_is_heard_beside_all_else),
      cmocka_unit_test(a_wrong_number_is_closed),
      cmocka_unit_test(replies_without_an_id_are_all_kept),
      cmocka_unit_test(stop_is_for_everyone_at_the_number),
      cmocka_unit_test(an_opt_out_of_a_stranger_is_noted),
      cmocka_unit_test(an_opt_out_by_key_after_stop_changes_nothing),
      cmocka_unit_test(an_opt_out_by_key_closes_a_number_once),
      cmocka_unit_test(an_opt_out_by_key_before_any_text_closes_calls),
      cmocka_unit_test(an_opt_in_by_key_is_looked_at_at_once),
      cmocka_unit_test(stop_while_a_message_is_out),
      cmocka_unit_test(the_desk_lists_what_is_open),
      cmocka_unit_test(a_task_is_dealt_with_once),
      cmocka_unit_test(calls_are_limited_by_day_and_location),
      cmocka_unit_test(a_click_waits_a_day),
      cmocka_unit_test(holds_have_names),
      cmocka_unit_test(each_hold_can_be_met),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
