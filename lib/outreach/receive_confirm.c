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

/* The question is answered: whoever was silent need not be called any more. */
static wb_status confirm_end(const wbi_receive *event, uint32_t number, wbi_text reason) {
  const wb_status status = wbi_receive_end_one(event, number, reason);
  return status == WB_OK ? wbi_desk_close(event->practice, number) : status;
}

/* The visit does not stand: another time is a link away, and the desk looks after it. */
static wb_status confirm_not(const wbi_receive *event, uint32_t number) {
  const wbi_text reason = WBI_TEXT("reschedule");
  wb_status status = confirm_end(event, number, reason);
  if (status == WB_OK) status = wbi_receive_about(event, number, WBI_LIST_VISITS, reason);
  return status == WB_OK ? wbi_receive_notices(event, false, "reschedule") : status;
}

bool wbi_receive_confirms(const wbi_receive *event, uint32_t number, int32_t intent) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&event->practice->state, number);
  return enrollment->state != WB_STATE_ENDED &&
         (confirm_yes(event, intent) || confirm_no(event, intent));
}

wb_status wbi_receive_confirm(const wbi_receive *event, uint32_t number, int32_t intent) {
  return confirm_yes(event, intent) ? confirm_end(event, number, WBI_TEXT("confirmed"))
                                    : confirm_not(event, number);
}

/* Takes what the desk has to do about a visit off its list. */
static wb_status confirm_tasks(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (task->list != WBI_LIST_VISITS || task->subject == WBI_NONE) continue;
    if (wbi_text_equal(wbi_keys_text(&state->subjects, task->subject), event->visit))
      status = wbi_desk_settle(event->practice, task);
  }
  return status;
}

wb_status wbi_receive_visit_over(const wbi_receive *event, wbi_text reason, uint8_t unless) {
  const wbi_state *state = &event->practice->state;
  if (event->person == WBI_NONE || event->visit.length == 0) return WB_OK;
  wb_status status = confirm_tasks(event);
  uint32_t at = wbi_state_patient(state, event->person)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, at);
    if (!wbi_text_equal(wbi_state_subject(state, enrollment), event->visit)) continue;
    status = wbi_receive_end_unless(event, at, reason, unless);
  }
  return status;
}
