/* SPDX-License-Identifier: MIT */
/* The answer to the question whether a visit stands. */
#include "outreach/receive_private.h"

/* Whether the text of a reply is one of some words; they are short, and no other reading of them is
   better than the question that was asked. */
static bool confirm_says(const wbi_receive *event, const char *const *words) {
  const wbi_text said = wbi_text_trim((wbi_text){event->input.text, event->input.text_length});
  for (; *words != NULL; words++) {
    if (wbi_text_equal_fold(said, wbi_text_of(*words))) return true;
  }
  return false;
}

/* Whether an answer is yes. */
static bool confirm_yes(const wbi_receive *event, int32_t intent) {
  static const char *const confirm_words[] = {"1", "c", "y", "si", "s\xC3\xAD", "yes", NULL};
  return intent == WB_INTENT_CONFIRM || intent == WB_INTENT_ALREADY_SCHEDULED ||
         confirm_says(event, confirm_words);
}

/* Whether an answer is no, or another time. */
static bool confirm_no(const wbi_receive *event, int32_t intent) {
  static const char *const confirm_words[] = {"2", "n", "no", NULL};
  return intent == WB_INTENT_CANCEL_APPT || intent == WB_INTENT_RESCHEDULE ||
         intent == WB_INTENT_DECLINE || intent == WB_INTENT_LATER ||
         confirm_says(event, confirm_words);
}

/* The visit stands, or not: no further question; the desk looks after one that does not. */
static wb_status confirm_end(const wbi_receive *event, uint32_t number, bool stands) {
  const wbi_state *state = &event->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  wbi_effect end = wbi_state_effect(state, number, WBI_EFFECT_END);
  end.name = stands ? WBI_TEXT("confirmed") : WBI_TEXT("reschedule");
  wb_status status = wbi_receive_add(event, end);
  if (status != WB_OK || stands) return status;
  wbi_effect task = wbi_state_effect(state, number, WBI_EFFECT_TASK_OPEN);
  task.id = wbi_receive_id(event, WBI_TEXT(""));
  task.location = wbi_keys_text(&state->locations, enrollment->location);
  task.name = WBI_TEXT("reschedule");
  task.code = WBI_LIST_VISITS;
  task.day = WB_DATE_NONE;
  task.wake = event->now;
  task.until = WB_TIME_MAX;
  return wbi_receive_add(event, task);
}

wb_status wbi_receive_confirm(const wbi_receive *event, uint32_t number, int32_t intent,
                              bool *taken) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&event->practice->state, number);
  const bool yes = confirm_yes(event, intent);
  *taken = enrollment->state != WB_STATE_ENDED && (yes || confirm_no(event, intent));
  return *taken ? confirm_end(event, number, yes) : WB_OK;
}
