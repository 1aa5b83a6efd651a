/* SPDX-License-Identifier: MIT */
/* The model of what patients do. No number of it is measured: each stands in a list that is printed
   with what came out. */
#include "simulate.h"

#include <string.h>

/* Parts of ten thousand, by channel. */
static const struct {
  const char *what;
  int sms, email, call;
} model_answers[SIM_ANSWERS] = {
    {"book a visit", 400, 150, 2500},
    {"ask something, which becomes a call", 300, 100, 0},
    {"reply STOP", 80, 20, 0},
};

int simulate_share(int answer, int32_t channel) {
  if (channel == WB_CHANNEL_SMS) return model_answers[answer].sms;
  return channel == WB_CHANNEL_CALL ? model_answers[answer].call : model_answers[answer].email;
}

int simulate_draw(uint64_t seed, const uint8_t *id, size_t length, int question) {
  uint64_t hash = UINT64_C(14695981039346656037) ^ seed;
  for (size_t i = 0; i < length; i++)
    hash = (hash ^ id[i]) * UINT64_C(1099511628211);
  hash = (hash ^ (uint64_t)(question + 1)) * UINT64_C(1099511628211);
  hash ^= hash >> 32;
  hash *= UINT64_C(0x9E3779B97F4A7C15);
  return (int)((hash >> 33) % 10000);
}

/* Whether an answer may come of it: of a message about a visit that stands nobody books another. */
static bool model_answers_it(const simulation *sim, const wb_action *action, int answer) {
  const simulate_campaign *campaign = simulate_campaign_of(sim, action);
  const bool stands = campaign && campaign->message_class == WB_MESSAGE_TRANSACTIONAL;
  return answer != SIM_BOOKS || !stands;
}

void simulate_answer(simulation *sim, const wb_action *action) {
  static const int32_t kinds[] = {WB_INPUT_BOOKED, WB_INPUT_REPLY, WB_INPUT_OPTED_OUT};
  const bool call = action->channel == WB_CHANNEL_CALL;
  const size_t length = sizeof action->id;
  int draw = simulate_draw(sim->seed, action->id, length, 0);
  int hours = call ? SIM_CALL_HOURS
                   : 1 + simulate_draw(sim->seed, action->id, length, 1) % SIM_ANSWER_HOURS;
  wb_time at = action->at + (wb_time)hours * SIM_HOUR;
  for (int i = SIM_BOOKS; i < SIM_ANSWERS; i++) {
    int share = simulate_share(i, action->channel);
    if (draw < share && model_answers_it(sim, action, i)) {
      simulate_plan(sim, action, kinds[i], at);
      return;
    }
    if (draw < share) break;
    draw -= share;
  }
  if (call) simulate_plan(sim, action, WB_INPUT_TASK_DONE, at);
}

/* ---- in words ----------------------------------------------------------------------------- */

typedef struct model_line {
  const char *what, *value; /* each # of the value is the next number */
  int one, two;
} model_line;

/* What is assumed besides the shares. */
static const model_line model_lines[] = {
    {"everything that goes out", "arrives", 0, 0},
    {"messages about a visit that stands", "are answered alike, but nobody books by them", 0, 0},
    {"answers come", "within # hours, evenly spread", SIM_ANSWER_HOURS, 0},
    {"every call is made", "within # hours", SIM_CALL_HOURS, 0},
    {"a visit is", "# days after it was booked, or on the next day the location is open",
     SIM_VISIT_DAYS, 0},
    {"visits that are kept, those on the book today too", "# of 100; to the others nobody comes",
     SIM_KEPT / 100, 0},
    {"what is done there", "a check-up and the cleaning that is due", 0, 0},
    {"chair time of a visit", "# minutes", SIM_VISIT_MINUTES, 0},
    {"what a kept visit is worth", "$#", SIM_VALUE / 100, 0},
    {"chairs for these visits", "# at each location, as long as it is open", SIM_CHAIRS, 0},
    {"open, where the settings do not say", "Monday to Friday, #:00 to #:00", SIM_OPENS,
     SIM_CLOSES},
    {"price of a text", "#.# cents a segment", SIM_SEGMENT_MILLS / 10, SIM_SEGMENT_MILLS % 10},
    {"nobody books, cancels or comes", "but through these messages", 0, 0},
    {"the practice runs the program", "every hour", 0, 0},
};

/* Writes a value with its numbers. */
static void model_write(const model_line *line, char value[96]) {
  const int numbers[] = {line->one, line->two};
  size_t used = 0, next = 0;
  for (const char *at = line->value; *at && used < 80; at++) {
    if (*at == '#' && next < 2)
      used += (size_t)snprintf(value + used, 96 - used, "%d", numbers[next++]);
    else
      value[used++] = *at;
  }
  value[used] = 0;
}

bool simulate_assumption(int index, const char **what, char value[96]) {
  const int lines = (int)(sizeof model_lines / sizeof model_lines[0]);
  if (index < SIM_ANSWERS) {
    *what = model_answers[index].what;
    snprintf(value, 96, "%.2f %% of texts, %.2f %% of e-mails, %.2f %% of calls",
             model_answers[index].sms / 100.0, model_answers[index].email / 100.0,
             model_answers[index].call / 100.0);
    return true;
  }
  if (index - SIM_ANSWERS >= lines) return false;
  *what = model_lines[index - SIM_ANSWERS].what;
  model_write(&model_lines[index - SIM_ANSWERS], value);
  return true;
}
