/* SPDX-License-Identifier: MIT */
/* What the files of the rehearsal share: the run, the model of what patients do, what came out. */
#ifndef SIMULATE_H
#define SIMULATE_H

#include "cli.h"

enum {
  SIM_HOUR = 3600,
  SIM_DAY = 24 * SIM_HOUR,
  SIM_DAYS_MOST = 366,
  SIM_CHANNELS = 4,
  SIM_NOON = 12,     /* o'clock */
  SIM_SATURDAY = 6,  /* of a week that begins on Monday */
  SIM_CAMPAIGNS = 16 /* as many as --campaign takes */
};

/* ---- the model: every number of it is made up (simulate_model.c) ---- */

/* Something that a patient will do. */
typedef struct simulate_event {
  wb_time at;
  int32_t kind; /* enum wb_input_kind */
  char patient[WB_KEY_MAX + 1];
  uint8_t action[16];
} simulate_event;

/* A visit to come, of the export or won back. */
typedef struct simulate_visit {
  wb_date day;
  uint32_t number;
  int32_t minutes, location; /* place among the settings' locations */
  bool own, perio;           /* of the export; what is done there */
  bool written, over;        /* in the tables; the day is past */
  char patient[WB_KEY_MAX + 1];
} simulate_visit;

enum {
  SIM_BOOKS,
  SIM_ASKS,
  SIM_STOPS,
  SIM_ANSWERS /* how many things a patient may do */
};

enum {
  SIM_VISIT_DAYS = 14,
  SIM_VISIT_MINUTES = 60,
  SIM_VISIT_HOUR = 10,
  SIM_KEPT = 8800,   /* of 10,000 */
  SIM_VALUE = 16500, /* cents */
  SIM_ANSWER_HOURS = 30,
  SIM_CALL_HOURS = 2,
  SIM_CHAIRS = 1, /* at a location */
  SIM_OPENS = 8,  /* where the settings give no hours: Monday to Friday */
  SIM_CLOSES = 17,
  SIM_SEGMENT_MILLS = 12, /* tenths of a cent */
  SIM_TASKS_PER_DAY = 10, /* at a location, as the practice is made */
  SIM_TASKS_OPEN = 30
};

/* What of 10,000 messages of a channel make somebody do something. */
int simulate_share(int answer, int32_t channel);
/* A number below 10,000 that hangs on the seed, an id and the question alone. */
int simulate_draw(uint64_t seed, const uint8_t *id, size_t length, int question);
/* The assumptions, one by one: what is assumed, and how much; false: there are no more. */
bool simulate_assumption(int index, const char **what, char value[96]);

/* ---- the run (simulate.c) ---- */

/* What came out of one day. */
typedef struct simulate_day {
  wb_date date;
  long entered, sent[SIM_CHANNELS], segments, replies, booked, kept, stopped;
  long desk; /* in the evening */
  long held; /* at noon */
  bool looked;
} simulate_day;

/* How many patients a segment of a campaign had on the first day. */
typedef struct simulate_segment {
  const char *name; /* of the campaign's JSON */
  long meant;
} simulate_segment;

/* How often a text went out. */
typedef struct simulate_text {
  const char *name; /* of the campaign's JSON */
  long sent;
} simulate_text;

/* A campaign that is rehearsed. */
typedef struct simulate_campaign {
  wb_campaign *campaign;
  wb_campaign_info info;
  cli_json *json;
  simulate_segment segments[32];
  simulate_text texts[128];
  int segment_count, text_count;
  int32_t message_class;
  bool people; /* its audience is of patients; else visits, openings or events bring people in */
} simulate_campaign;

/* How active patients can be reached, on the first day. */
typedef struct simulate_reach {
  long active, mobile, email, neither;
  long permission[3]; /* to texts, of those with a mobile number: yes, no, not known */
  long email_refused;
} simulate_reach;

typedef struct simulation {
  const cli_options *options;
  cli_world *world;
  wb_practice *practice;
  wb_law *law;
  uint64_t seed;
  wb_time start;
  simulate_event *events;
  size_t event_count, event_capacity;
  simulate_visit *visits;
  size_t visit_count, visit_capacity, visit_own;
  simulate_campaign campaigns[SIM_CAMPAIGNS];
  int campaign_count, day_count;
  long calls_a_day, calls_open; /* at a location */
  simulate_day day, total, *days;
  long by_hour[24][SIM_CHANNELS], outside_hours;
  cli_held held_first, held_last; /* on the first day, and on the last workday */
  long patients;
  simulate_reach reach;
} simulation;

/* Notes what a patient will do. */
void simulate_plan(simulation *sim, const wb_action *action, int32_t kind, wb_time at);
/* Decides what comes of a message or a call: one thing at most (simulate_model.c). */
void simulate_answer(simulation *sim, const wb_action *action);

/* ---- visits (simulate_visits.c) ---- */

/* The visits that are on the book already. */
int simulate_visits_read(simulation *sim);
/* Books one: it stands in the tables from the next morning on. */
const simulate_visit *simulate_visit_book(simulation *sim, const char *patient, wb_time at);
/* The key of a visit that was won back, and when it begins. */
void simulate_visit_key(const simulate_visit *visit, char key[WB_KEY_MAX + 1]);
wb_time simulate_visit_start(const simulation *sim, const simulate_visit *visit);
/* Makes the facts of a morning, with what was booked and done since, and tells the practice of the
   visits that are over. */
int simulate_morning(simulation *sim, wb_time now);
/* Minutes of chair time that a location has on a day, none when it is closed. */
int32_t simulate_chair(const simulation *sim, int location, wb_date day);

/* ---- what is looked at (simulate_look.c) ---- */

/* Who is meant and who can be reached, on the first day. */
int simulate_first(simulation *sim);
/* Who is held, at noon or when a day without noon ends; by reason only of a workday: when no
   message may go all wait for the hour, whatever else holds them. */
void simulate_noon(simulation *sim, wb_time now, bool last);
/* How much is on the desk. */
void simulate_evening(simulation *sim);
/* The campaign of an action; NULL: none. */
const simulate_campaign *simulate_campaign_of(const simulation *sim, const wb_action *action);
/* Counts a text that went out. */
void simulate_said(simulation *sim, const wb_action *action);
/* Whether the law has an instant open at a location. */
bool simulate_open(const simulation *sim, const cli_location *place, int32_t message_class,
                   wb_time at);
/* Whether it is so for what is sent. */
bool simulate_legal(const simulation *sim, const wb_action *action);

/* ---- what is said ---- */

/* The report as a page (report_page.c). */
int cli_report(const simulation *sim, const char *path);

#endif
