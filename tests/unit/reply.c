/* SPDX-License-Identifier: MIT */
/* What replies mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "data/data.h"
#include "outreach/reply_private.h"

#define WB_SAY(text) text, sizeof text - 1

static int32_t intent_of(const char *text) {
  wb_reply reply = {.size = sizeof reply, .intent = -1};
  assert_int_equal(wb_reply_parse(text, strlen(text), &reply), WB_OK);
  return reply.intent;
}

static void expect_all(const char *const *texts, int32_t intent) {
  for (; *texts != NULL; texts++) {
    if (intent_of(*texts) != intent) fail_msg("\"%s\" is read as %d", *texts, intent_of(*texts));
  }
}

static void stop_and_its_kin_are_an_opt_out(void **state) {
  static const char *const texts[] = {"STOP",
                                      "stop",
                                      "Stop.",
                                      " stop! ",
                                      "\"stop\"",
                                      "(STOP)",
                                      "S\u0301top",
                                      "stop\n",
                                      "STOPALL",
                                      "Stop all",
                                      "UNSUBSCRIBE",
                                      "cancel",
                                      "CANCEL.",
                                      "End",
                                      "quit",
                                      "REVOKE",
                                      "OPTOUT",
                                      "Opt out",
                                      "opt-out",
                                      "ALTO",
                                      "alto, por favor",
                                      "Parar",
                                      "CANCELAR",
                                      "baja",
                                      "Basta",
                                      "Arrêt",
                                      "ARRET",
                                      "СТОП",
                                      "Stop, please",
                                      "stop…",
                                      "¡ALTO!",
                                      "STOP?",
                                      "’stop’",
                                      "\xEF\xBB\xBFSTOP",
                                      NULL};
  (void)state;
  expect_all(texts, WB_INTENT_OPT_OUT);
}

static void phrases_are_an_opt_out_anywhere(void **state) {
  static const char *const texts[] = {"Please stop texting me",
                                      "I said STOP TEXTING me!!",
                                      "remove me from your list",
                                      "Do not contact me again",
                                      "don't text this number",
                                      "Don’t ever contact me",
                                      "unsubscribe me please",
                                      "How do I unsubscribe?",
                                      "please stop, I will call when I am ready",
                                      "no me manden más mensajes",
                                      "Quíteme de su lista por favor",
                                      "no me interesa, gracias",
                                      NULL};
  (void)state;
  expect_all(texts, WB_INTENT_OPT_OUT);
}

static void keywords_inside_a_sentence_are_not_an_opt_out(void **state) {
  static const char *const texts[] = {"I will stop by tomorrow",
                                      "End of the week is fine",
                                      "cancel my appointment",
                                      "I had to quit my job",
                                      "stopping by later",
                                      "my stop is the last one on the line",
                                      "nonstop",
                                      "cancelled",
                                      NULL};
  (void)state;
  for (const char *const *text = texts; *text != NULL; text++) {
    if (intent_of(*text) == WB_INTENT_OPT_OUT) fail_msg("\"%s\" is no opt-out", *text);
  }
}

static void only_start_and_its_kin_are_an_opt_in(void **state) {
  static const char *const in[] = {
      "START", "start.", "Unstop", "INICIAR", "empezar", "please start texting me again", NULL};
  static const char *const others[] = {"YES", "Yes!", "OK", "ok.", "Sí", NULL};
  (void)state;
  expect_all(in, WB_INTENT_OPT_IN);
  expect_all(others, WB_INTENT_CONFIRM);
  assert_int_not_equal(intent_of("start over"), WB_INTENT_OPT_IN);
  assert_int_not_equal(intent_of("do not start texting me again"), WB_INTENT_OPT_IN);
}

/* Texts of a practice's week, by what they mean. */
static void each_meaning_is_read(void **state) {
  static const struct {
    int32_t intent;
    const char *texts[8];
  } meanings[] = {
      {WB_INTENT_HELP, {"HELP", "help?", "ayuda", "¿Quién eres?", "Whos texting me", NULL}},
      {WB_INTENT_DECEASED,
       {"My mother passed away, why do you write?", "dad died in march", "mi esposa falleció",
        NULL}},
      {WB_INTENT_URGENT_SYMPTOM,
       {"my face is swollen, can you see me?", "this tooth is killing me", "Cracked a tooth",
        "me duele la muela", NULL}},
      {WB_INTENT_WRONG_NUMBER,
       {"Wrong number. Who is this about?", "there is nobody here by that name",
        "i just got this phone number", "numero incorrecto", NULL}},
      {WB_INTENT_COMPLAINT,
       {"your staff was so rude", "I want a refund", "me cobraron doble", NULL}},
      {WB_INTENT_DATA_PRIVACY, {"do not leave voicemails", "delete all my records", NULL}},
      {WB_INTENT_GUARDIAN_OR_PROXY,
       {"I am her daughter, I answer for her", "please write in Spanish", "hes deployed", NULL}},
      {WB_INTENT_CANCEL_APPT,
       {"cancel my appointment", "have to cancel tomorrow", "necesito cancelar la cita", NULL}},
      {WB_INTENT_RESCHEDULE,
       {"can we move my appointment", "need another day please", "necesito cambiar la hora", NULL}},
      {WB_INTENT_ALREADY_SCHEDULED,
       {"I already have an appointment, right?", "we are already booked", "ya tengo cita", NULL}},
      {WB_INTENT_MOVED, {"we moved to Ohio", "I no longer live in the area", "me mudé", NULL}},
      {WB_INTENT_NEW_DENTIST,
       {"I found a new dentist", "we go somewhere else", "ya voy con otro dentista", NULL}},
      {WB_INTENT_PRICE_INSURANCE,
       {"How much is a cleaning", "do you take my insurance", "¿Cuánto cuesta?", NULL}},
      {WB_INTENT_ANXIETY, {"I am so scared of needles", "me da miedo", NULL}},
      {WB_INTENT_CALLBACK_REQUEST,
       {"Call me", "please call tomorrow morning", "Can you call me?", "llámame", NULL}},
      {WB_INTENT_LATER, {"maybe later", "not right now, thanks", "después de enero", NULL}},
      {WB_INTENT_DECLINE, {"no", "No, thank you", "no gracias", "nope", NULL}},
      {WB_INTENT_BOOKING_INTEREST,
       {"when can I come in", "I need an appointment", "Quiero una cita", "can I book for two",
        NULL}},
      {WB_INTENT_CONFIRM, {"Yes", "ok!", "👍", "see you Monday", "sí", NULL}},
      {WB_INTENT_OTHER, {"thanks", "", "   ", "...", "bookkeeping", "lol", "really?", NULL}},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(meanings); i++)
    expect_all(meanings[i].texts, meanings[i].intent);
}

static void a_reply_may_mean_two_things(void **state) {
  wb_reply reply = {.size = sizeof reply};
  (void)state;
  assert_int_equal(wb_reply_parse(WB_SAY("Stop, my mom passed"), &reply), WB_OK);
  assert_int_equal(reply.intent, WB_INTENT_OPT_OUT);
  assert_int_equal(reply.also, WB_INTENT_DECEASED);
  assert_int_equal(wb_reply_parse(WB_SAY("STOP"), &reply), WB_OK);
  assert_int_equal(reply.also, WB_INTENT_OTHER);
  assert_int_equal(reply.confidence, 98);
  assert_true(reply.evidence_length > 0);
  assert_int_equal(wb_reply_parse(WB_SAY("the parrot sings"), &reply), WB_OK);
  assert_int_equal(reply.intent, WB_INTENT_OTHER);
  assert_int_equal(reply.confidence, 0);
  assert_null(reply.evidence);
}

static void patterns_say_what_they_say(void **state) {
  static const struct {
    const char *text, *pattern;
    uint32_t strength;
    bool whole;
  } cases[] = {
      {"a b", "a b", 2, false},
      {"a c", "a b", 0, false},
      {"x a b y", "a b", 2, false},
      {"a b", "^ a b $", 2, true},
      {"x a b", "^ a b", 0, false},
      {"a b y", "a b $", 0, false},
      {"a, b", "a b", 0, false},
      {"a, b", "a ; b", 2, false},
      {"a, b", "^ a ;", 1, true},
      {"a b", "a|c b|d", 2, false},
      {"a b", "a [x] b", 2, false},
      {"a x b", "a [x] b", 2, false},
      {"a x x b", "a [x] b", 0, false},
      {"a 1 2 3 b", "a _ b", 2, false},
      {"a 1 2 3 4 b", "a _ b", 0, false},
      {"a 1, b", "a _ b", 0, false},
      {"texting", "text*", 1, false},
      {"tex", "text*", 0, false},
      {"apointment", "appointment", 1, false},
      {"appointmnet", "appointment", 1, false},
      {"apointmet", "appointment", 0, false},
      {"dentits", "dentist", 1, false},
      {"wronk", "wrong", 0, false},
      {"", "a", 0, false},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    wbi_reply_window window;
    size_t at = 0;
    (void)wbi_reply_read(wbi_text_of(cases[i].text), &at, &window);
    const wbi_reply_match match = wbi_reply_pattern(&window, wbi_text_of(cases[i].pattern));
    if (match.strength != cases[i].strength || match.whole != cases[i].whole) {
      fail_msg("\"%s\" on \"%s\": %u %d", cases[i].pattern, cases[i].text, match.strength,
               match.whole);
    }
  }
}

static void a_long_reply_is_read_to_its_end(void **state) {
  enum { LONG = 100000 };
  char *text = malloc(LONG + 32);
  wb_reply reply = {.size = sizeof reply};
  (void)state;
  assert_non_null(text);
  memset(text, 'z', LONG);
  for (size_t i = 7; i < LONG; i += 8)
    text[i] = ' ';
  memcpy(text + LONG, " please stop now", 16);
  assert_int_equal(wb_reply_parse(text, LONG + 16, &reply), WB_OK);
  assert_int_equal(reply.intent, WB_INTENT_OPT_OUT);
  assert_int_equal(wb_reply_parse(text, LONG, &reply), WB_OK);
  assert_int_equal(reply.intent, WB_INTENT_OTHER);
  free(text);
}

static void bad_arguments_change_nothing(void **state) {
  wb_reply reply = {.size = sizeof reply, .intent = 77}, small = {.size = 8};
  (void)state;
  assert_int_equal(wb_reply_parse(NULL, 0, &reply), WB_E_INVALID);
  assert_int_equal(wb_reply_parse("STOP", 4, NULL), WB_E_INVALID);
  assert_int_equal(wb_reply_parse("STOP", 4, &small), WB_E_INVALID);
  assert_int_equal(wb_reply_parse("STOP\xFF", 5, &reply), WB_E_INVALID);
  assert_int_equal(wb_reply_parse("\xC3", 1, &reply), WB_E_INVALID);
  assert_int_equal(reply.intent, 77);
  assert_null(wb_intent_name(-1));
  assert_string_equal(wb_intent_name(WB_INTENT_CONFIRM), "confirm");
  assert_null(wb_intent_name(WB_INTENT_CONFIRM + 1));
}

/* A list for each intent, and no list that nothing reads. */
static void every_intent_has_its_list(void **state) {
  (void)state;
  assert_int_equal(wbi_data_lexicon_count, WB_INTENT_CONFIRM);
  for (const wbi_data_file *file = wbi_data_lexicon; file->name != NULL; file++) {
    int32_t intent = WB_INTENT_OPT_OUT;
    while (strcmp(wb_intent_name(intent), file->name) != 0)
      intent++;
    assert_true(intent <= WB_INTENT_CONFIRM);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(stop_and_its_kin_are_an_opt_out),
      cmocka_unit_test(phrases_are_an_opt_out_anywhere),
      cmocka_unit_test(keywords_inside_a_sentence_are_not_an_opt_out),
      cmocka_unit_test(only_start_and_its_kin_are_an_opt_in),
      cmocka_unit_test(each_meaning_is_read),
      cmocka_unit_test(a_reply_may_mean_two_things),
      cmocka_unit_test(patterns_say_what_they_say),
      cmocka_unit_test(a_long_reply_is_read_to_its_end),
      cmocka_unit_test(bad_arguments_change_nothing),
      cmocka_unit_test(every_intent_has_its_list),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
