/* SPDX-License-Identifier: MIT */
/* Replies by families of wording: what people write, in many words for each meaning, what comes
   near an opt-out and is none, and what means two things. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/replied.h"

static const char *const meant_opt_out[] = {"stop bothering",
                                            "can we stop this",
                                            "enough already with the texts",
                                            "remov me from list",
                                            "strike my number from your records",
                                            "alto ya",
                                            "ya paren",
                                            "do not sned me texts",
                                            "not interested at all",
                                            "no me vuelvan a llamar ni escribir",
                                            "withdraw me from this",
                                            "cancel subscription",
                                            "stop trying to sell me stuff",
                                            "get me off of this list",
                                            "i wish to stop receiving sms",
                                            "this number does not accept texts, remove it",
                                            "solicito la baja",
                                            "i never want to hear from you people again",
                                            "usubscribe",
                                            "moved away, please unsubscribe",
                                            "I dont wanna get these",
                                            "estoy harto de sus mensajes",
                                            "unscubscribe me",
                                            "Take this number off your robo texts",
                                            "quítenme de su sistema",
                                            "no quiero saber nada",
                                            "I never gave you permission to text me",
                                            "remove number",
                                            "dejen de escribir a este número",
                                            "stop trying to contact me",
                                            "stop all communication",
                                            "no me manden nada ya",
                                            "no me hablen",
                                            "please stop for now",
                                            "kiss my ass",
                                            "cancel all",
                                            "do not",
                                            "scratch me off",
                                            "I wish you would stop",
                                            "please remove",
                                            "I want these to end",
                                            "ya no quiero que me escriban",
                                            "remove asap",
                                            "favor de darme de baja",
                                            "ya no me interesan sus mensajes",
                                            "paren de escribirme",
                                            "les pido que ya no me manden nada",
                                            "end all communications",
                                            "detener mensajes",
                                            "quiero que dejen de escribirme",
                                            "please unsubscribe",
                                            "no mande nada",
                                            "Stop!! Sarah",
                                            "stop. I mean it",
                                            "have my number removed please",
                                            "don't use my cell for promos",
                                            "end communications",
                                            "blocked!!",
                                            "unsubscribe please",
                                            "unsuscribed",
                                            "lose my cell number",
                                            NULL};

static const char *const meant_opt_in[] = {"it's ok to text me",
                                           "puse alto sin querer",
                                           "vuelvan a mandarme recordatorios",
                                           "I opted out by accident, can you add me back",
                                           "I want back on the text list",
                                           "can I get text reminders again",
                                           "quiero los mensajes otra vez",
                                           "turn my reminders back on",
                                           NULL};

static const char *const meant_help[] = {"text me your hours",
                                         "abren los sabados",
                                         "are u a real office or a scam",
                                         "do you have parking",
                                         "trabajan los domingos",
                                         "what's the phone number there",
                                         "are you guys open sunday",
                                         "which of your offices is texting",
                                         NULL};

static const char *const meant_deceased[] = {"He passed last week",
                                             "my husband passed away in March",
                                             "she is in heaven now", "mom passed", NULL};

static const char *const meant_urgent_symptom[] = {"my temporary came off",
                                                   "bit down and something cracked",
                                                   "no aguanto el dolor",
                                                   "i have a terrible toothache",
                                                   "my jaw is locked",
                                                   "gum wont stop bleeding since the extraction",
                                                   "sensitive tooth killing me",
                                                   "my son knocked out a tooth",
                                                   NULL};

static const char *const meant_wrong_number[] = {"he doesn't use this number any more",
                                                 "never been to your office",
                                                 "this number isn't Omar anymore",
                                                 "nobody here by that name",
                                                 "aquí no vive ningún José",
                                                 "got this number 2 weeks ago",
                                                 "quien es José",
                                                 "I have no idea who that is",
                                                 "I don't know who Carlos is",
                                                 "I think you have me confused with someone else",
                                                 "no Peter at this number",
                                                 NULL};

static const char *const meant_complaint[] = {"this is the third time you've cancelled on me",
                                              "never had such bad service",
                                              "your staff is rude",
                                              "very unprofessional",
                                              "leaving a bad review",
                                              "me hicieron mal la corona",
                                              "the filling you did fell out after a week",
                                              "you guys messed up my insurance claim",
                                              "stop billing me for that",
                                              "you lost my paperwork again",
                                              NULL};

static const char *const meant_data_privacy[] = {"please mail letters instead of texting",
                                                 "please only use my cell",
                                                 "use my other email only",
                                                 "only contact me by email",
                                                 "stop leaving messages on the house phone",
                                                 "necesito copia de mis radiografías",
                                                 "send my xrays to me",
                                                 "no le digan nada a mi mamá",
                                                 "my husband reads my texts",
                                                 "please keep my info private",
                                                 "please don't tell my parents about my visits",
                                                 "my kids see my phone so keep it private",
                                                 NULL};

static const char *const meant_guardian_or_proxy[] = {"el numero de mi hija es otro",
                                                      "my son is away at college",
                                                      "mi hijo ya vive en la universidad",
                                                      "the kids live with their mom",
                                                      "I no longer have custody",
                                                      "soy el esposo",
                                                      "her new cell is 555-0133",
                                                      "soy su mamá",
                                                      NULL};

static const char *const meant_cancel_appt[] = {"I have to cancel, sick kid",
                                                "quítenme la cita del martes",
                                                "quiero cancelar la cita del lunes",
                                                "no podremos ir hoy",
                                                "can't come in today",
                                                "remove my 3pm",
                                                "not gonna make it today",
                                                "stop by tomorrow won't work, cancel it",
                                                NULL};

static const char *const meant_reschedule[] = {"the 4th doesn't work, got the 5th?",
                                               "can we do next week instead",
                                               "no puedo a esa hora, tienen otra",
                                               "running behind can we do 3:30",
                                               "can I reschedule",
                                               "that time doesn't work",
                                               "can we do the 14th instead",
                                               "could I come Tuesday rather than Monday",
                                               NULL};

static const char *const meant_already_scheduled[] = {"I already called and made one",
                                                      "I was just there",
                                                      "ya tengo mi cita apartada",
                                                      "scheduled already",
                                                      "ya fui la semana pasada",
                                                      "already took care of it",
                                                      "I have one scheduled for June",
                                                      "we did ours last month",
                                                      NULL};

static const char *const meant_moved[] = {"I'm in Denver now", "moving next month to Ohio",
                                          "we live in Nevada now", "I've moved so no longer local",
                                          NULL};

static const char *const meant_new_dentist[] = {
    "my cousin is a dentist so I go to him", "I switched dentists because of my insurance",
    "we go to Smile Center now", "encontré un dentista más cerca", NULL};

static const char *const meant_price_insurance[] = {
    "cuánto sale la consulta", "cuánto cuesta", "hay planes de pago", "I can't afford it", NULL};

static const char *const meant_anxiety[] = {"I have really bad dental anxiety",
                                            "i always panic in the chair", "me da miedo",
                                            "I get panic attacks at the dentist", NULL};

static const char *const meant_callback_request[] = {"please give me a call", "call me after 5",
                                                     "necesito hablar con la doctora",
                                                     "please phone me", NULL};

static const char *const meant_later[] = {"in the fall",
                                          "maybe when the kids go back to school",
                                          "call you next week",
                                          "when I get paid",
                                          "next year",
                                          "después les aviso",
                                          "let me see what my boss says",
                                          "I'm in a meeting, later",
                                          NULL};

static const char *const meant_decline[] = {
    "no need",       "don't need a dentist", "thanks but I don't need anything",
    "not at all",    "I'll skip it",         "I would rather not",
    "no hace falta", "nope all good",        NULL};

static const char *const meant_booking_interest[] = {
    "when's your next opening",    "I need to finish my crown",
    "next Tuesday at 4?",          "can you see my kids too",
    "me gustaría agendar",         "Let's schedule",
    "I want to come back",         "put me down for 10am",
    "Bo here, which day is free?", NULL};

static const char *const meant_confirm[] = {"ok thank you see you tomorrow",
                                            "perfecto muchas gracias",
                                            "sí, gracias",
                                            "I'll see you at 2",
                                            "yup see you then",
                                            "no need to stop the reminder, I'll be there",
                                            "yes that works",
                                            "yes we're good for Thursday",
                                            NULL};

static const char *const meant_unrelated[] = {"saludos a todos", "my phone died",
                                              "congrats on the new building",
                                              "omg the new lobby looks amazing", NULL};

static void each_family_of_wording_is_read(void **state) {
  static const struct {
    int32_t intent;
    const char *const *texts;
  } meanings[] = {
      {WB_INTENT_OPT_OUT, meant_opt_out},
      {WB_INTENT_OPT_IN, meant_opt_in},
      {WB_INTENT_HELP, meant_help},
      {WB_INTENT_DECEASED, meant_deceased},
      {WB_INTENT_URGENT_SYMPTOM, meant_urgent_symptom},
      {WB_INTENT_WRONG_NUMBER, meant_wrong_number},
      {WB_INTENT_COMPLAINT, meant_complaint},
      {WB_INTENT_DATA_PRIVACY, meant_data_privacy},
      {WB_INTENT_GUARDIAN_OR_PROXY, meant_guardian_or_proxy},
      {WB_INTENT_CANCEL_APPT, meant_cancel_appt},
      {WB_INTENT_RESCHEDULE, meant_reschedule},
      {WB_INTENT_ALREADY_SCHEDULED, meant_already_scheduled},
      {WB_INTENT_MOVED, meant_moved},
      {WB_INTENT_NEW_DENTIST, meant_new_dentist},
      {WB_INTENT_PRICE_INSURANCE, meant_price_insurance},
      {WB_INTENT_ANXIETY, meant_anxiety},
      {WB_INTENT_CALLBACK_REQUEST, meant_callback_request},
      {WB_INTENT_LATER, meant_later},
      {WB_INTENT_DECLINE, meant_decline},
      {WB_INTENT_BOOKING_INTEREST, meant_booking_interest},
      {WB_INTENT_CONFIRM, meant_confirm},
      {WB_INTENT_OTHER, meant_unrelated},
  };
  (void)state;
  for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
    for (const char *const *text = meanings[i].texts; *text != NULL; text++) {
      const int32_t intent = replied(*text).intent;
      if (intent != meanings[i].intent) fail_msg("\"%s\" is read as %d", *text, intent);
    }
  }
}

/* Near an opt-out, and none: a missed visit is better than a patient who is never written to again,
   but not than one who asked to come. */
static void what_comes_near_an_opt_out_is_none(void **state) {
  static const char *const texts[] = {"could we stop by the office at noon",
                                      "mind if I stop in for a minute",
                                      "should I stop taking aspirin before the visit",
                                      "the train stop by your office",
                                      "please don't stop the reminders",
                                      "I never want to opt out, keep them coming",
                                      "what happens if I reply STOP",
                                      "the pain will not stop",
                                      "he stopped smoking",
                                      "end of the month works",
                                      "at the end of the day",
                                      "I quit sugar, can I come for a cleaning",
                                      "remove me from Monday's schedule",
                                      "take my son off the books for friday",
                                      "can you remove my wisdom teeth",
                                      "unblock me",
                                      "I won't cancel",
                                      "delete my appointment for tuesday",
                                      "para el lunes por favor",
                                      "no quiten mi cita",
                                      "puedo parar por su oficina hoy",
                                      "no llegué a mi cita ayer",
                                      "estoy fuera de la ciudad",
                                      "prefiero que me manden un correo",
                                      "no tengo dolor",
                                      "don't do that to your teeth",
                                      "not enough time today",
                                      "we go away in june",
                                      "I let it go away on its own",
                                      "stop billing my insurance twice",
                                      "no me llamen al trabajo",
                                      "please stop leaving messages at my work",
                                      "I can't stop yawning",
                                      "not interested in braces, just a checkup",
                                      "no me interesan los brackets, solo una limpieza",
                                      "please end this throbbing",
                                      "is this spam or my dentist",
                                      "stop phoning me, texts are better",
                                      "please stop mailing statements to my old house",
                                      "take me off the standby list",
                                      "quítenme esta muela por favor",
                                      "no manden facturas a mi casa",
                                      "the doctor drilled a tooth without my permission",
                                      "I'm no good with texts, please phone me",
                                      "I said stop in May but start texting me again please",
                                      "wait, don't cancel",
                                      NULL};
  (void)state;
  for (const char *const *text = texts; *text != NULL; text++) {
    const wb_reply reply = replied(*text);
    if (reply.intent == WB_INTENT_OPT_OUT || (reply.flags & WB_REPLY_STOP) != 0)
      fail_msg("\"%s\" is no opt-out", *text);
  }
}

/* Threats, slang, slips and commands that are no law's words end the texts as well. */
static void an_opt_out_is_heard_in_other_words(void **state) {
  static const char *const texts[] = {"pls rmv me",
                                      "exit",
                                      "sgop",
                                      "would you not, please",
                                      "go jump in a lake",
                                      "I'll report this to my carrier",
                                      "when you keep texting me again and again I block",
                                      "we are good without the reminders",
                                      "do not send any more",
                                      "quit blowing up my phone",
                                      "how do I get removed from this",
                                      "reported. goodbye",
                                      "he's at work when those come, so please don't text",
                                      NULL};
  (void)state;
  replied_all(texts, WB_INTENT_OPT_OUT);
}

/* A guess would call a person to the wrong thing: the inbox is for what nobody can place. */
static void words_unheard_of_speak_for_no_intent(void **state) {
  static const char *const texts[] = {"who borrowed my ladder", "grandpa whittled a wooden flute",
                                      "she repainted the canoe turquoise",
                                      "the volcano erupted near the village", NULL};
  (void)state;
  for (const char *const *text = texts; *text != NULL; text++) {
    const wb_reply reply = replied(*text);
    if (reply.intent != WB_INTENT_OTHER) fail_msg("\"%s\" is read as %d", *text, reply.intent);
    assert_int_equal(reply.flags, 0);
  }
}

/* What takes a word of an opt-out back, and an opt-out all the same. */
static void what_comes_near_none_is_an_opt_out(void **state) {
  static const char *const texts[] = {"not interested in braces, stop texting",
                                      "not interested in your offers",
                                      "no me interesa la promoción",
                                      "if you start texting me again I'm suing",
                                      "I never ever want to get texts again",
                                      "stop calling and texting me",
                                      "I can't stop these from coming, take me off",
                                      "you sold my number without my permission, delete it",
                                      "do knot text me",
                                      "no want message",
                                      "what do I reply to get off this",
                                      "this is just spam",
                                      NULL};
  (void)state;
  replied_all(texts, WB_INTENT_OPT_OUT);
}

/* Words of a long reply that lean elsewhere do not outweigh what it asks for. */
static void a_long_story_does_not_hide_a_wish(void **state) {
  (void)state;
  const wb_reply reply =
      replied("I was sorting through this telephone last night after supper and I see a dozen or "
              "more of these from your office going back to spring, and I want you to know that "
              "the doctor and the ladies have always been very kind to me and to my brother when "
              "he was sick, but I seldom look at them and they crowd out the pictures of my "
              "grandchildren, so would one of you kindly turn them off");
  assert_int_equal(reply.intent, WB_INTENT_OPT_OUT);
}

/* What must reach a person goes first; the wish for the texts to end is kept beside it. */
static void a_wish_for_the_texts_to_end_is_kept_beside_what_goes_first(void **state) {
  static const struct {
    const char *text;
    int32_t intent;
  } cases[] = {
      {"please stop texting and call me, my tooth broke", WB_INTENT_URGENT_SYMPTOM},
      {"no more texts, my face is swollen and I need help", WB_INTENT_URGENT_SYMPTOM},
      {"quit messaging this number, he passed away in may", WB_INTENT_DECEASED},
      {"my aunt is deceased, take her off your list", WB_INTENT_DECEASED},
      {"stop texting this phone, you have the wrong number", WB_INTENT_WRONG_NUMBER},
      {"I'm not Walter, please unsubscribe me", WB_INTENT_WRONG_NUMBER},
      {"no me manden mensajes, mi abuelo falleció", WB_INTENT_DECEASED},
      {"número equivocado, dejen de escribir", WB_INTENT_WRONG_NUMBER},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const wb_reply reply = replied(cases[i].text);
    if (reply.intent != cases[i].intent || reply.also != WB_INTENT_OPT_OUT ||
        (reply.flags & WB_REPLY_STOP) == 0)
      fail_msg("\"%s\": %d, %d, %u", cases[i].text, reply.intent, reply.also, reply.flags);
  }
}

static void stop_as_the_first_clause_is_before_all(void **state) {
  static const struct {
    const char *text;
    int32_t also;
  } cases[] = {
      {"STOP! my tooth broke", WB_INTENT_URGENT_SYMPTOM},
      {"Stop. She passed away", WB_INTENT_DECEASED},
      {"stop, wrong number", WB_INTENT_WRONG_NUMBER},
      {"unsubscribe, we moved to Ohio", WB_INTENT_MOVED},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const wb_reply reply = replied(cases[i].text);
    if (reply.intent != WB_INTENT_OPT_OUT || reply.also != cases[i].also)
      fail_msg("\"%s\": %d, %d", cases[i].text, reply.intent, reply.also);
  }
}

/* No yes hides what follows it. */
static void a_yes_is_after_what_cannot_wait(void **state) {
  (void)state;
  assert_int_equal(replied("Yes. My tooth is killing me").intent, WB_INTENT_URGENT_SYMPTOM);
  assert_int_equal(replied("ok, she passed away").intent, WB_INTENT_DECEASED);
  assert_int_equal(replied("yes, but stop texting me").intent, WB_INTENT_OPT_OUT);
  assert_int_equal(replied("I'll be there tuesday but please end the texts").intent,
                   WB_INTENT_OPT_OUT);
}

static void the_evidence_is_in_words(void **state) {
  static const char family[] = "Nobody of that name";
  const wb_reply reply = replied("nobody named Walter at this number");
  (void)state;
  assert_int_equal(reply.intent, WB_INTENT_WRONG_NUMBER);
  assert_int_equal(reply.evidence_length, sizeof family - 1);
  assert_memory_equal(reply.evidence, family, sizeof family - 1);
}

/* Wording that no example has: most of it fits no pattern either. */
static void what_nobody_foresaw_is_read_by_its_words(void **state) {
  static const struct {
    const char *text;
    int32_t intent;
  } cases[] = {
      {"would your computer kindly quit pestering this old woman", WB_INTENT_OPT_OUT},
      {"i'd be obliged if the messages came to an end", WB_INTENT_OPT_OUT},
      {"please scratch us from whatever roster sends these out", WB_INTENT_OPT_OUT},
      {"hagan el favor de ya no mandar sus avisos a este celular", WB_INTENT_OPT_OUT},
      {"dont want my phone buzzing with your stuff anymore, take me off", WB_INTENT_OPT_OUT},
      {"the drill noise makes me break out in a cold sweat", WB_INTENT_ANXIETY},
      {"we put dad in the ground last month", WB_INTENT_DECEASED},
      {"our whole clan packed up for montana", WB_INTENT_MOVED},
      {"our kids have their own dentist across town", WB_INTENT_NEW_DENTIST},
      {"is whoever wrote this a computer", WB_INTENT_HELP},
      {"could you fit my twins in some morning", WB_INTENT_BOOKING_INTEREST},
      {"i do better on the telephone, ring me around supper", WB_INTENT_CALLBACK_REQUEST},
      {"your billing gal was ugly to my mother", WB_INTENT_COMPLAINT},
      {"wild horses couldn't keep me away, see you then", WB_INTENT_CONFIRM},
      {"my nosy roommate looks at this screen, keep it vague", WB_INTENT_DATA_PRIVACY},
      {"he's at the base learning to be a soldier", WB_INTENT_GUARDIAN_OR_PROXY},
      {"ask again when the leaves turn", WB_INTENT_LATER},
      {"flip my reminders back on please", WB_INTENT_OPT_IN},
      {"any way we could slide it to the next day", WB_INTENT_RESCHEDULE},
      {"my molar split and i am climbing the walls", WB_INTENT_URGENT_SYMPTOM},
      {"you dialed some stranger, this ain't her phone", WB_INTENT_WRONG_NUMBER},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const int32_t intent = replied(cases[i].text).intent;
    if (intent != cases[i].intent) fail_msg("\"%s\" is read as %d", cases[i].text, intent);
  }
}

static void words_alone_are_named_as_the_evidence(void **state) {
  static const char words[] = "Its words taken together";
  const wb_reply reply = replied("your billing gal was ugly to my mother");
  (void)state;
  assert_int_equal(reply.confidence, 50);
  assert_int_equal(reply.evidence_length, sizeof words - 1);
  assert_memory_equal(reply.evidence, words, sizeof words - 1);
}

/* What speaks against an intent is stronger than its words. */
static void what_is_not_wished_is_not_read(void **state) {
  static const struct {
    const char *text;
    int32_t intent;
  } cases[] = {
      {"please don't stop texting me", WB_INTENT_OPT_IN},
      {"don't take me off the list", WB_INTENT_OPT_IN},
      {"oops I hit stop", WB_INTENT_OPT_IN},
      {"no dejen de mandarme los mensajes", WB_INTENT_OPT_IN},
      {"please don't cancel my visit", WB_INTENT_CONFIRM},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const int32_t intent = replied(cases[i].text).intent;
    if (intent != cases[i].intent) fail_msg("\"%s\" is read as %d", cases[i].text, intent);
  }
}

/* All that is said, a pattern of three words or more, of two, of one; twenty less where another
   says nearly as much; the words taken together alone. */
static void a_reply_is_sure_by_what_says_it(void **state) {
  static const struct {
    const char *text;
    int32_t confidence;
  } rows[] = {{"call me", 98},
              {"can you call me", 92},
              {"we moved to Ohio", 84},
              {"price", 70},
              {"we moved to Ohio, no thanks", 84 - 20},
              {"how much does it cost and please call me", 84},
              {"I have a new dentist and we moved to Ohio", 50}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const wb_reply reply = replied(rows[i].text);
    if (reply.confidence != rows[i].confidence)
      fail_msg("%s: %d", rows[i].text, (int)reply.confidence);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_family_of_wording_is_read),
      cmocka_unit_test(what_comes_near_an_opt_out_is_none),
      cmocka_unit_test(what_comes_near_none_is_an_opt_out),
      cmocka_unit_test(an_opt_out_is_heard_in_other_words),
      cmocka_unit_test(words_unheard_of_speak_for_no_intent),
      cmocka_unit_test(a_long_story_does_not_hide_a_wish),
      cmocka_unit_test(a_wish_for_the_texts_to_end_is_kept_beside_what_goes_first),
      cmocka_unit_test(stop_as_the_first_clause_is_before_all),
      cmocka_unit_test(a_yes_is_after_what_cannot_wait),
      cmocka_unit_test(the_evidence_is_in_words),
      cmocka_unit_test(what_nobody_foresaw_is_read_by_its_words),
      cmocka_unit_test(words_alone_are_named_as_the_evidence),
      cmocka_unit_test(what_is_not_wished_is_not_read),
      cmocka_unit_test(a_reply_is_sure_by_what_says_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
