/* SPDX-License-Identifier: MIT */
/* Replies that end the texts in words of their own, and those that only use its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/replied.h"

/* Who need not write, may not, or is told that nobody cares for it; lists under other names. */
static void what_need_not_be_sent_is_not_wanted(void **state) {
  static const char *const texts[] = {"you people needn't message us again",
                                      "scratch both of us from the rolodex",
                                      "we object to your automated messages",
                                      "is there a way to escape this thread",
                                      "I'm taking back my permission",
                                      "just leave us be, thanks",
                                      "\xF0\x9F\x9A\xAB\xF0\x9F\x93\xB2", /* no entry, phone */
                                      "deregister",
                                      "don't call, email or text us",
                                      "spare us the automated texts",
                                      "you guys never stop texting me",
                                      "saquen mis datos de su lista de mensajes",
                                      NULL};
  (void)state;
  replied_all(texts, WB_INTENT_OPT_OUT);
}

/* Asked to send, and not to stop; and what stops or comes off is a medicine, a plan, a booking. */
static void who_asks_for_a_text_or_stops_something_else_opts_out_of_nothing(void **state) {
  static const char *const texts[] = {"please send a reminder the night before my visit",
                                      "please do not stop texting me",
                                      "please do not forget about me",
                                      "you never text me back",
                                      "my surgeon told me to stop taking fish oil",
                                      "why did my dental plan stop",
                                      "can you end my appointment on the 9th",
                                      "my fear won't go away",
                                      "haha stop it, you're hilarious",
                                      "no me mandaron la factura",
                                      NULL};
  (void)state;
  for (const char *const *text = texts; *text != NULL; text++) {
    const wb_reply reply = replied(*text);
    if (reply.intent == WB_INTENT_OPT_OUT || (reply.flags & WB_REPLY_STOP) != 0)
      fail_msg("\"%s\" is no opt-out", *text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_need_not_be_sent_is_not_wanted),
      cmocka_unit_test(who_asks_for_a_text_or_stops_something_else_opts_out_of_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
