/* SPDX-License-Identifier: MIT */
/* What replies mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "data/data.h"
#include "outreach/reply_private.h"
#include "support/replied.h"

extern const wbi_lexicon test_lexicon; /* of tests/data/lexicon */

#define WB_SAY(text) text, sizeof text - 1

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
                                      "Stp",
                                      "Terminar",
                                      "fin",
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
                                      "\xEF\xBC\xB3\xEF\xBC\xB4\xEF\xBC\xAF\xEF\xBC\xB0", /* wide */
                                      NULL};
  (void)state;
  replied_all(texts, WB_INTENT_OPT_OUT);
}

static void what_is_not_to_be_cancelled_is_no_cancellation(void **state) {
  (void)state;
  assert_int_equal(replied("please cancel my appointment").intent, WB_INTENT_CANCEL_APPT);
  assert_int_equal(replied("please don't cancel my appointment").intent, WB_INTENT_CONFIRM);
  assert_int_equal(replied("no cancelen mi cita").intent, WB_INTENT_CONFIRM);
}

static void what_else_may_be_removed_or_turned_off_is_no_opt_out(void **state) {
  static const char *const texts[] = {"my tooth needs to be removed", "I'd rather not have a crown",
                                      "fin de semana",
                                      "I'm at the end of my rope, want out of pain", NULL};
  (void)state;
  for (const char *const *text = texts; *text != NULL; text++)
    assert_int_not_equal(replied(*text).intent, WB_INTENT_OPT_OUT);
}

static void phrases_are_an_opt_out_anywhere(void **state) {
  static const char *const texts[] = {"Please stop texting me",
                                      "I want out",
                                      "turn these off",
                                      "disable notifications please",
                                      "I've asked to be removed",
                                      "I prefer not to get texts",
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
  replied_all(texts, WB_INTENT_OPT_OUT);
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
    if (replied(*text).intent == WB_INTENT_OPT_OUT) fail_msg("\"%s\" is no opt-out", *text);
  }
}

static void only_start_and_its_kin_are_an_opt_in(void **state) {
  static const char *const in[] = {
      "START", "start.", "Unstop", "INICIAR", "empezar", "please start texting me again", NULL};
  static const char *const others[] = {"YES", "Yes!", "OK", "ok.", "Sí", NULL};
  (void)state;
  replied_all(in, WB_INTENT_OPT_IN);
  replied_all(others, WB_INTENT_CONFIRM);
  assert_int_not_equal(replied("start over").intent, WB_INTENT_OPT_IN);
  assert_int_not_equal(replied("do not start texting me again").intent, WB_INTENT_OPT_IN);
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
      {WB_INTENT_ANXIETY,
       {"I am so scared of needles", "will it hurt a lot?", "me da miedo", NULL}},
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
    replied_all(meanings[i].texts, meanings[i].intent);
}

/* The same in other words: a kind of wording is read, not a list of phrases. */
/* A number alone is what questions are answered with, or nothing; among words it is one of them. */
static void a_number_alone_is_an_answer_or_nothing(void **state) {
  static const char *const yes[] = {"1", " 1.", "1!", NULL};
  static const char *const no[] = {"2", "2.", NULL};
  static const char *const nothing[] = {"0", "3", "9", "42", "5551234567", NULL};
  (void)state;
  replied_all(yes, WB_INTENT_CONFIRM);
  replied_all(no, WB_INTENT_DECLINE);
  replied_all(nothing, WB_INTENT_OTHER);
}

static void each_meaning_is_read_in_other_words(void **state) {
  static const struct {
    int32_t intent;
    const char *texts[8];
  } meanings[] = {
      {WB_INTENT_OPT_OUT,
       {"I told you guys to stop", "stop this nonsense", "block my number",
        "no more of these please", "I have asked you to stop 4 times now", "S.T.O.P", "ok stop now",
        NULL}},
      {WB_INTENT_OPT_IN,
       {"restart my texts please", "I texted stop by mistake, please turn them back on",
        "resume messages", NULL}},
      {WB_INTENT_HELP,
       {"who am I talking to", "what number is this", "are you open this saturday",
        "which doctor is this", "a que hora cierran", "who is texting me?", NULL}},
      {WB_INTENT_DECEASED,
       {"my dad died two weeks ago", "grandpa passed in april", "He is no longer alive",
        "the funeral was yesterday", "my husband has been dead for a year", NULL}},
      {WB_INTENT_URGENT_SYMPTOM,
       {"my jaw is swollen and I have a fever", "the temporary crown fell off", "it hurts a lot",
        "It still hurts", "I am bleeding from my gum", "my mouth is swollen shut",
        "se me rompio un diente", NULL}},
      {WB_INTENT_WRONG_NUMBER,
       {"you've got the wrong person", "I am not Robert", "who's Daniel?",
        "not my dentist, wrong number", "no hay nadie con ese nombre", NULL}},
      {WB_INTENT_COMPLAINT,
       {"your receptionist was extremely rude", "I want a refund for that crown",
        "nobody returned my calls", "worst experience of my life", "I waited over an hour",
        "they were so unprofessional", "me cobraron dos veces", NULL}},
      {WB_INTENT_DATA_PRIVACY,
       {"who has access to my records", "do not leave a voicemail", "email only please",
        "don't discuss my treatment over text", "are you selling my data",
        "no compartan mi información", NULL}},
      {WB_INTENT_GUARDIAN_OR_PROXY,
       {"this is his wife", "my daughter is away at college", "she has alzheimers",
        "I take care of his appointments", "please text in spanish", "he doesnt speak english",
        "please contact her father", NULL}},
      {WB_INTENT_CANCEL_APPT,
       {"I need to cancel for tomorrow", "I can't come today", "we have to cancel our appointment",
        "please cancel the kids appointments", "quiero cancelar la limpieza",
        "please take me off the schedule", NULL}},
      {WB_INTENT_RESCHEDULE,
       {"can I change my appointment", "could we do a different day",
        "can we push my visit to next week", "that time wont work", "necesito cambiar mi cita",
        "something came up, can we reschedule", NULL}},
      {WB_INTENT_ALREADY_SCHEDULED,
       {"I'm already on the schedule", "I just saw the doctor last week",
        "I have an appointment next thursday", "already did it online", "ya fui la semana pasada",
        NULL}},
      {WB_INTENT_MOVED,
       {"I live out of state now", "I've relocated to Boston", "moved across the country",
        "I live too far away", "vivimos en otro estado", NULL}},
      {WB_INTENT_NEW_DENTIST,
       {"I see someone else now", "we switched to a different office", "my family goes elsewhere",
        "I get my care at another clinic", "voy a otra clínica", NULL}},
      {WB_INTENT_PRICE_INSURANCE,
       {"what does a cleaning cost", "is it covered by insurance", "how much is a crown",
        "I dont have dental insurance", "cuanto cuesta una limpieza", NULL}},
      {WB_INTENT_ANXIETY,
       {"I'm really nervous about coming in", "I get so anxious in the chair",
        "do you offer nitrous", "I'm ashamed of my teeth", "I'm a nervous wreck about this", NULL}},
      {WB_INTENT_CALLBACK_REQUEST,
       {"give me a call", "please have the office call me", "call me tomorrow",
        "I need to talk to a person", "llámenme mañana", NULL}},
      {WB_INTENT_LATER,
       {"not at the moment", "I'll get back to you", "after the new year", "ask me in a month",
        "I'm on vacation until august", "más tarde", "I'll reach out when I'm ready", NULL}},
      {WB_INTENT_DECLINE,
       {"no thank you", "I don't need an appointment", "no i'm good", "no gracias",
        "no need thanks", "👎👎", NULL}},
      {WB_INTENT_BOOKING_INTEREST,
       {"I'd like an appointment", "when can you see me", "I'm ready to schedule",
        "what days do you have open", "how soon can I get in", "can my husband come too",
        "cuando tienen cita", NULL}},
      {WB_INTENT_CONFIRM,
       {"yes I will be there", "sounds great", "yep thats fine", "I'll be there", "👍🏽", "👍👍",
        "perfecto gracias", NULL}},
      {WB_INTENT_OTHER,
       {"the weather is great", "cant stop the music", "we ended up at the beach", "good night",
        "I will stop by to say hi", "quit my band last week lol", "jajaja que bueno", NULL}},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(meanings); i++)
    replied_all(meanings[i].texts, meanings[i].intent);
}

static void stop_beside_other_words_is_an_opt_out(void **state) {
  static const char *const out[] = {"No stop",
                                    "Text STOP",
                                    "ok stop",
                                    "Reply STOP",
                                    "STOP STOP STOP",
                                    "STOP. Don't stop texting me",
                                    "Stop! do not stop",
                                    "STOP means STOP",
                                    "STOP THIS",
                                    "S.T.O.P.",
                                    "s t o p",
                                    "I said stop twice now",
                                    "we texted STOP in may and it goes on",
                                    "leave me the heck alone",
                                    "quit flooding my inbox",
                                    "I do not wish to receive your texts",
                                    NULL};
  static const char *const others[] = {"I'll stop by",
                                       "can we stop in at 4",
                                       "Stop by and say hello",
                                       "STOP and smell the roses",
                                       "the bus stop",
                                       "cant stop the bleeding",
                                       "take me off the schedule for friday",
                                       "Do not email me at work",
                                       "I never stop smiling",
                                       NULL};
  (void)state;
  replied_all(out, WB_INTENT_OPT_OUT);
  for (const char *const *text = others; *text != NULL; text++) {
    if (replied(*text).intent == WB_INTENT_OPT_OUT) fail_msg("\"%s\" is no opt-out", *text);
  }
}

/* A phone that answers a text with a mark quotes it, and so our own way out. */
static void what_a_reaction_quotes_is_not_said(void **state) {
  static const char *const reactions[] = {"Liked “It's Example Dental. Reply STOP to opt out.”",
                                          "Loved “Reply STOP to opt out”",
                                          "Emphasized “Reply STOP to opt out”",
                                          "Laughed at “Reply STOP to opt out”",
                                          "Disliked “Reply STOP to opt out”",
                                          "Liked ‟Reply STOP to opt out‟",
                                          "Questioned “Reply STOP to opt out”",
                                          "liked \"Reply STOP to opt out\"",
                                          "Liked “Say “yes”, or reply STOP to opt out”\xE2\x80\x8A",
                                          "Reacted 👍 to “Reply STOP to opt out”",
                                          "Removed a like from “Reply STOP to opt out”",
                                          "Le gustó “Responda STOP o ALTO para no recibir más”",
                                          "Le encantó «Responda ALTO para no recibir más»",
                                          "No le gustó “Responda ALTO para no recibir más”",
                                          NULL};
  static const char *const out[] = {"Liked “Reply STOP to opt out” STOP",
                                    "STOP “Reply STOP to opt out”",
                                    "I liked you once. “STOP”",
                                    "Liked STOP",
                                    "\"STOP\" \"STOP\"",
                                    "You wrote “reply STOP to opt out”",
                                    NULL};
  (void)state;
  replied_all(reactions, WB_INTENT_OTHER);
  replied_all(out, WB_INTENT_OPT_OUT);
}

static void pictures_count_only_without_words(void **state) {
  static const struct {
    const char *text;
    int32_t intent;
  } cases[] = {
      {"STOP 🛑", WB_INTENT_OPT_OUT},
      {"🛑", WB_INTENT_OPT_OUT},
      {"🛑🛑🛑", WB_INTENT_OPT_OUT},
      {"stop😡", WB_INTENT_OPT_OUT},
      {"No 👎", WB_INTENT_DECLINE},
      {"👎", WB_INTENT_DECLINE},
      {"❌", WB_INTENT_DECLINE},
      {"👍 yes", WB_INTENT_CONFIRM},
      {"👍🏿", WB_INTENT_CONFIRM},
      {"👍🏻👍🏽", WB_INTENT_CONFIRM},
      {"✅", WB_INTENT_CONFIRM},
      {"✔️", WB_INTENT_CONFIRM},
      {"👌!", WB_INTENT_CONFIRM},
      {"1️⃣", WB_INTENT_CONFIRM},
      {"👎 yes", WB_INTENT_CONFIRM},
      {"👍👎", WB_INTENT_OTHER},
      {"😂", WB_INTENT_OTHER},
      {"❤️", WB_INTENT_OTHER},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    if (replied(cases[i].text).intent != cases[i].intent) {
      fail_msg("\"%s\" is read as %d", cases[i].text, replied(cases[i].text).intent);
    }
  }
}

static void a_thousand_pictures_are_read(void **state) {
  enum { PAIRS = 500 };
  static const char pair[] = "👍👎";
  char text[PAIRS * (sizeof pair - 1) + 1];
  (void)state;
  for (size_t i = 0; i < PAIRS; i++)
    memcpy(text + i * (sizeof pair - 1), pair, sizeof pair);
  assert_int_equal(replied(text).intent, WB_INTENT_OTHER);
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

/* The pattern of that name in tests/data/lexicon. */
static wbi_reply_match match_of(const char *name, const wbi_reply_window *window) {
  const wbi_lexicon *lexicon = &test_lexicon;
  const wbi_lexicon_list *list = wbi_reply_list(lexicon, "patterns");
  wbi_reply_match match = {0, false};
  for (uint32_t at = list->first; at < list->end;) {
    const char *family = lexicon->families[lexicon->tokens[at] & WBI_LEXICON_NUMBER];
    match = wbi_reply_pattern(lexicon, window, list, &at);
    if (strcmp(family, name) == 0) return match;
  }
  fail_msg("\"%s\" is not in the list", name);
  return match;
}

/* Characters that are words of their own are so behind letters, too. */
static void a_character_of_chinese_is_a_word(void **state) {
  static wbi_reply_window window;
  size_t at = 0;
  (void)state;
  assert_true(wbi_reply_read(WBI_TEXT("ok\xE5\xA5\xBD\xE7\x9A\x84 no"), &at, &window));
  assert_int_equal(window.count, 4);
  assert_true(wbi_text_equal(window.words[0], WBI_TEXT("ok")));
  assert_true(wbi_text_equal(window.words[1], WBI_TEXT("\xE5\xA5\xBD")));
  assert_true(wbi_text_equal(window.words[2], WBI_TEXT("\xE7\x9A\x84")));
  assert_true(wbi_text_equal(window.words[3], WBI_TEXT("no")));
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
      {"a, b", "^ a ; b", 2, false},
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
      {"a b", "a ~b", 0, false},
      {"a c", "a ~b", 1, false},
      {"a", "a ~b", 1, false},
      {"a b a", "a ~b|c", 1, false},
      {"b a", "<b a", 0, false},
      {"c a", "<b a", 1, false},
      {"a", "<b a", 1, false},
      {"our mother", "our @kin", 2, false},
      {"our padre", "our x|@kin", 2, false},
      {"our x", "our x|@kin", 2, false},
      {"our roof", "our @kin", 0, false},
      {"at 10:30", "10 30", 2, false},
      {"charged", "changed", 1, false},
      {"charged", "changed*", 0, false},
      {"stoppp", "stop", 1, false},
      {"stopp", "stop", 0, false},
      {"callls", "calls", 1, false},
      {"1000", "10", 0, false},
      {"st0p", "stop", 1, false},
      {"2stop", "stop", 0, false},
      {"text", "texts", 0, false},
      {"textss", "texts", 0, false},
      {"worng", "wrong", 1, false},
      {"wrog", "wrong", 0, false},
      {"cancle", "cancel", 1, false},
      {"canel", "cancel", 1, false},
      {"cancek", "cancel", 0, false},
      {"billing", "killing", 0, false},
      {"kin billing", "killing", 0, false},
      {"sotp", "stop", 0, false},
      {"cnxcel", "cancel", 0, false},
      {"cxacel", "cancel", 0, false},
      {"cancelling", "cancel", 0, false},
      {"a b", "a . b", 2, false},
      {"a of the b", "a . b", 2, false},
      {"a of the of the b", "a . b", 2, false},
      {"a of the of the of b", "a . b", 0, false},
      {"a red b", "a . b", 0, false},
      {"a, b", "a . b", 0, false},
      {"a x b", "^ a _ b $", 2, false},
      {"停止", "停 止", 2, false},
      {"请停止发送", "停 止", 2, false},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    wbi_reply_window window;
    size_t at = 0;
    (void)wbi_reply_read(wbi_text_of(cases[i].text), &at, &window);
    wbi_reply_know(&test_lexicon, &window);
    const wbi_reply_match match = match_of(cases[i].pattern, &window);
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
  assert_string_equal(wb_intent_name(WB_INTENT_NO_DETAIL), "no_detail");
  assert_null(wb_intent_name(WB_INTENT_NO_DETAIL + 1));
}

/* A list for each intent, the reactions, and no list that nothing reads. */
static void every_intent_has_its_list(void **state) {
  (void)state;
  int32_t count = 0;
  for (const wbi_lexicon_list *list = wbi_data_lexicon.lists; list->name != NULL; list++, count++) {
    if (strcmp(list->name, "reactions") == 0 || strcmp(list->name, "start") == 0) continue;
    int32_t intent = WB_INTENT_OTHER;
    while (strcmp(wb_intent_name(intent), list->name) != 0)
      intent++;
    assert_true(intent <= WB_INTENT_NO_DETAIL);
  }
  assert_int_equal(count, WB_INTENT_NO_DETAIL + 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(stop_and_its_kin_are_an_opt_out),
      cmocka_unit_test(what_is_not_to_be_cancelled_is_no_cancellation),
      cmocka_unit_test(what_else_may_be_removed_or_turned_off_is_no_opt_out),
      cmocka_unit_test(phrases_are_an_opt_out_anywhere),
      cmocka_unit_test(keywords_inside_a_sentence_are_not_an_opt_out),
      cmocka_unit_test(only_start_and_its_kin_are_an_opt_in),
      cmocka_unit_test(each_meaning_is_read),
      cmocka_unit_test(a_number_alone_is_an_answer_or_nothing),
      cmocka_unit_test(each_meaning_is_read_in_other_words),
      cmocka_unit_test(stop_beside_other_words_is_an_opt_out),
      cmocka_unit_test(what_a_reaction_quotes_is_not_said),
      cmocka_unit_test(pictures_count_only_without_words),
      cmocka_unit_test(a_thousand_pictures_are_read),
      cmocka_unit_test(a_reply_may_mean_two_things),
      cmocka_unit_test(a_character_of_chinese_is_a_word),
      cmocka_unit_test(patterns_say_what_they_say),
      cmocka_unit_test(a_long_reply_is_read_to_its_end),
      cmocka_unit_test(bad_arguments_change_nothing),
      cmocka_unit_test(every_intent_has_its_list),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
