/* SPDX-License-Identifier: MIT */
/* What replies mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "data/data.h"
#include "outreach/outreach.h"

static int32_t intent_of(const char *text) {
  int32_t intent = -1;
  assert_int_equal(wb_reply_parse(text, strlen(text), &intent), WB_OK);
  return intent;
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
                                      "End of the month works for me",
                                      "cancel my appointment",
                                      "I had to quit my job",
                                      "stopping by later",
                                      "nonstop",
                                      "cancelled",
                                      NULL};
  (void)state;
  for (const char *const *text = texts; *text != NULL; text++) {
    assert_int_not_equal(intent_of(*text), WB_INTENT_OPT_OUT);
  }
}

static void only_start_and_its_kin_are_an_opt_in(void **state) {
  static const char *const in[] = {"START", "start.", "Unstop", "INICIAR", "empezar", NULL};
  static const char *const others[] = {"YES", "Yes!",      "OK",         "ok.",
                                       "Sí",  "subscribe", "start over", NULL};
  (void)state;
  expect_all(in, WB_INTENT_OPT_IN);
  expect_all(others, WB_INTENT_OTHER);
}

static void help_is_the_whole_message(void **state) {
  static const char *const texts[] = {"HELP",       "help?",        "INFO", "ayuda",
                                      "¿Quién es?", "Who's this??", NULL};
  (void)state;
  expect_all(texts, WB_INTENT_HELP);
  assert_int_equal(intent_of("please help my friend"), WB_INTENT_OTHER);
}

static void questions_and_wishes_ask(void **state) {
  static const char *const texts[] = {"How much is it",
                                      "what does a cleaning cost",
                                      "do you take my insurance",
                                      "Call me",
                                      "please call tomorrow morning",
                                      "when can I come in",
                                      "can I book for two",
                                      "I need an appointment",
                                      "¿Cuánto cuesta?",
                                      "cuanto cuesta",
                                      "llámame",
                                      "Quiero una cita",
                                      "any parking nearby?",
                                      "really\xEF\xBC\x9F", /* full-width question mark */
                                      NULL};
  (void)state;
  expect_all(texts, WB_INTENT_ASKS);
}

static void the_rest_is_for_a_person(void **state) {
  static const char *const texts[] = {"Yes",
                                      "thanks",
                                      "",
                                      "   ",
                                      "...",
                                      "👍",
                                      "My mother passed away, why do you write?",
                                      "Wrong number. Who is this about?",
                                      "my face is swollen, can you see me?",
                                      "I already have an appointment, right?",
                                      "maybe later",
                                      "mi esposo falleció",
                                      "bookkeeping",
                                      NULL};
  (void)state;
  expect_all(texts, WB_INTENT_OTHER);
}

static void a_long_reply_is_read_to_its_end(void **state) {
  enum { LONG = 100000 };
  char *text = malloc(LONG + 32);
  int32_t intent = -1;
  (void)state;
  assert_non_null(text);
  memset(text, 'a', LONG);
  for (size_t i = 7; i < LONG; i += 8)
    text[i] = ' ';
  memcpy(text + LONG, " please stop now", 16);
  assert_int_equal(wb_reply_parse(text, LONG + 16, &intent), WB_OK);
  assert_int_equal(intent, WB_INTENT_OPT_OUT);
  assert_int_equal(wb_reply_parse(text, LONG, &intent), WB_OK);
  assert_int_equal(intent, WB_INTENT_OTHER);
  free(text);
}

static void bad_arguments_change_nothing(void **state) {
  int32_t intent = 77;
  (void)state;
  assert_int_equal(wb_reply_parse(NULL, 0, &intent), WB_E_INVALID);
  assert_int_equal(wb_reply_parse("STOP", 4, NULL), WB_E_INVALID);
  assert_int_equal(wb_reply_parse("STOP\xFF", 5, &intent), WB_E_INVALID);
  assert_int_equal(wb_reply_parse("\xC3", 1, &intent), WB_E_INVALID);
  assert_int_equal(intent, 77);
}

/* Each entry, written in capitals and with signs around it, is found by the rule of its list. */
static void every_entry_of_the_lexicon_is_found(void **state) {
  static const struct {
    const char *list;
    int32_t intent;
  } lists[] = {{"opt_out_messages", WB_INTENT_OPT_OUT}, {"opt_in_messages", WB_INTENT_OPT_IN},
               {"help_messages", WB_INTENT_HELP},       {"opt_out_phrases", WB_INTENT_OPT_OUT},
               {"inbox_phrases", WB_INTENT_OTHER},      {"asks_phrases", WB_INTENT_ASKS}};
  (void)state;
  assert_int_equal(wbi_data_lexicon_count, WBI_COUNT(lists));
  for (size_t i = 0; i < WBI_COUNT(lists); i++) {
    const wbi_data_file *file = wbi_data_lexicon;
    while (strcmp(file->name, lists[i].list) != 0)
      file++;
    char line[128];
    for (const char *from = file->text, *end; (end = strchr(from, '\n')) != NULL; from = end + 1) {
      if (*from == '#' || from == end) continue;
      wbi_writer writer = {line, sizeof line - 1, 0};
      wbi_put_text(&writer, WBI_TEXT("  \""));
      for (const char *c = from; c < end; c++)
        wbi_put_char(&writer, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
      wbi_put_text(&writer, WBI_TEXT("!\" "));
      line[writer.length] = '\0';
      if (intent_of(line) != lists[i].intent) fail_msg("%s: %s", lists[i].list, line);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(stop_and_its_kin_are_an_opt_out),
      cmocka_unit_test(phrases_are_an_opt_out_anywhere),
      cmocka_unit_test(keywords_inside_a_sentence_are_not_an_opt_out),
      cmocka_unit_test(only_start_and_its_kin_are_an_opt_in),
      cmocka_unit_test(help_is_the_whole_message),
      cmocka_unit_test(questions_and_wishes_ask),
      cmocka_unit_test(the_rest_is_for_a_person),
      cmocka_unit_test(a_long_reply_is_read_to_its_end),
      cmocka_unit_test(bad_arguments_change_nothing),
      cmocka_unit_test(every_entry_of_the_lexicon_is_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
