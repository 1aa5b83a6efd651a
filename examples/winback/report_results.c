/* SPDX-License-Identifier: MIT */
/* Sections on what may come of it: the funnel, chair time, the desk. */
#include "report.h"

#include <stdlib.h>
#include <string.h>

/* ---- the funnel --------------------------------------------------------------------------- */

enum { FUNNEL_STEPS = 5 };

static const char *const results_steps[FUNNEL_STEPS] = {
    "entered a campaign", "got a message", "asked something", "booked, not broken since",
    "kept it, within these days"};

/* The steps of one campaign; NULL: of all. */
static void results_funnel(const simulation *sim, const char *campaign, long steps[FUNNEL_STEPS]) {
  wb_metrics metrics = {.size = sizeof metrics};
  memset(steps, 0, FUNNEL_STEPS * sizeof *steps);
  if (wb_metrics_get(sim->practice, campaign, campaign ? strlen(campaign) : 0, NULL, 0, NULL, 0, 0,
                     &metrics) != WB_OK)
    return;
  steps[0] = (long)metrics.entered;
  steps[1] = (long)metrics.contacted;
  steps[2] = (long)metrics.responded;
  steps[3] = (long)metrics.booked;
  steps[4] = (long)metrics.kept;
}

static void results_funnel_table(FILE *out, const simulation *sim) {
  static const char *const heads[] = {
      "Campaign", "Entered", "Written to", "Asked", "Booked, not broken since", "Kept"};
  report_table(out, "The funnel of each campaign", true, heads, 6);
  for (int i = 0; i < sim->campaign_count; i++) {
    long steps[FUNNEL_STEPS];
    results_funnel(sim, sim->campaigns[i].info.name, steps);
    report_put(out,
               "<tr><th scope=\"row\">%s</th><td>%l</td><td>%l</td><td>%l</td><td>%l</td>"
               "<td>%l</td></tr>\n",
               sim->campaigns[i].info.title, steps[0], steps[1], steps[2], steps[3], steps[4]);
  }
  report_table_end(out);
}

void report_funnel(FILE *out, const simulation *sim) {
  static const char *const kinds[] = {"one"};
  chart_bar bars[FUNNEL_STEPS];
  long steps[FUNNEL_STEPS];
  results_funnel(sim, NULL, steps);
  for (int i = 0; i < FUNNEL_STEPS; i++)
    bars[i] = (chart_bar){results_steps[i], {steps[i]}};
  report_section(out, "results", "What may come of it",
                 "Expected, not promised: how many answer is an assumption, and so is all that "
                 "follows from it. Only a hold-out shows later what the messages brought.");
  fputs("<div class=\"pair\">\n", out);
  chart_begin(out, "funnel", "From entry to visit",
              "Bars: how many entries got a message, asked something, booked and kept a visit.",
              chart_bars_height(FUNNEL_STEPS));
  chart_unit(out, "entries into campaigns");
  chart_bars(out, bars, FUNNEL_STEPS, kinds, 1, steps[0]);
  chart_end(out,
            "A visit that is broken is taken back; one that is booked late comes after the last "
            "day.");
  fputs("<div>\n", out);
  results_funnel_table(out, sim);
  fputs("</div>\n</div>\n", out);
}

/* ---- chair time --------------------------------------------------------------------------- */

/* Minutes of a stretch: what the chairs have, on the book already, won back. */
typedef struct results_chair {
  long open, own, won;
} results_chair;

static results_chair results_chair_of(const simulation *sim, report_stretch stretch) {
  const wb_date first = stretch.first, last = sim->days[stretch.to - 1].date;
  results_chair sum = {0};
  for (wb_date day = first; day <= last; day++) {
    for (int i = 0; i < sim->world->settings.location_count; i++)
      sum.open += simulate_chair(sim, i, day);
  }
  for (size_t i = 0; i < sim->visit_count; i++) {
    const simulate_visit *visit = &sim->visits[i];
    if (visit->day < first || visit->day > last) continue;
    if (visit->own)
      sum.own += visit->minutes;
    else
      sum.won += visit->minutes;
  }
  return sum;
}

static long results_hours(long minutes) {
  return (minutes + 30) / 60;
}

/* One column, with the chair time as a line over it. */
static void results_column(FILE *out, const chart_scale *scale, const results_chair *each,
                           wb_date first, int index, int count) {
  const long room = CHART_RIGHT - CHART_LEFT, x = CHART_LEFT + room * index / count;
  const long next = CHART_LEFT + room * (index + 1) / count, width = (next - x) * 4 / 5;
  const long own = chart_at(scale, results_hours(each->own));
  const long won = chart_at(scale, results_hours(each->own) + results_hours(each->won));
  chart_rect_said(out, "quiet", x + (next - x - width) / 2, own, width, scale->bottom - own,
                  "From %W: %l hours on the book already", first, results_hours(each->own));
  chart_rect_said(out, "one", x + (next - x - width) / 2, won, width, own - won,
                  "From %W: %l hours won back", first, results_hours(each->won));
  chart_line(out, "limit", x, chart_at(scale, results_hours(each->open)), next,
             chart_at(scale, results_hours(each->open)));
}

static void results_chair_table(FILE *out, const simulation *sim, const results_chair *all) {
  static const char *const heads[] = {"From", "Chair time, hours", "On the book", "Won back",
                                      "Left"};
  report_table(out, "Chair time in numbers", false, heads, 5);
  for (int i = 0; i < report_stretches(sim); i++) {
    const long left = all[i].open - all[i].own - all[i].won;
    report_put(
        out, "<tr><th scope=\"row\">%D</th><td>%l</td><td>%l</td><td>%l</td><td>%l</td></tr>\n",
        report_stretch_at(sim, i).first, results_hours(all[i].open), results_hours(all[i].own),
        results_hours(all[i].won), left < 0 ? -results_hours(-left) : results_hours(left));
  }
  report_table_end(out);
}

void report_chairs(FILE *out, const simulation *sim) {
  enum { HEIGHT = 1900, BOTTOM = 1680 };
  static const char *const kinds[] = {"quiet", "one", "limit"};
  static const char *const names[] = {"on the book already", "won back", "chair time"};
  const int count = report_stretches(sim);
  results_chair *all = cli_grow(NULL, (size_t)count, sizeof *all);
  long most = 0;
  for (int i = 0; i < count; i++) {
    all[i] = results_chair_of(sim, report_stretch_at(sim, i));
    const long used = results_hours(all[i].own) + results_hours(all[i].won);
    if (used > most) most = used;
    if (results_hours(all[i].open) > most) most = results_hours(all[i].open);
  }
  const chart_scale scale = chart_scale_make(most, 340, BOTTOM);
  fputs("<div class=\"pair\">\n", out);
  chart_begin(out, "chairs", "Visits against chair time",
              "Columns: hours of visits that are on the book already and that are won back. The "
              "line above is the chair time that there is.",
              HEIGHT);
  chart_unit(out, report_weekly(sim) ? "hours a week" : "hours a day");
  chart_scale_draw(out, &scale);
  for (int i = 0; i < count; i++)
    results_column(out, &scale, &all[i], report_stretch_at(sim, i).first, i, count);
  report_stretch_axis(out, sim, BOTTOM + 130);
  chart_end(out, "Where the columns stay below the line there is room for those who come.");
  fputs("<div>\n", out);
  chart_legend(out, kinds, names, 3);
  results_chair_table(out, sim, all);
  fputs("</div>\n</div>\n</section>\n", out);
  free(all);
}

/* ---- the desk ----------------------------------------------------------------------------- */

static void results_desk_table(FILE *out, const simulation *sim) {
  static const char *const heads[] = {"From", "Most open in an evening", "Calls that came"};
  report_table(out, "The desk in numbers", false, heads, 3);
  for (int i = 0; i < report_stretches(sim); i++) {
    const report_stretch stretch = report_stretch_at(sim, i);
    long most = 0, calls = 0;
    for (int day = stretch.from; day < stretch.to; day++) {
      if (sim->days[day].desk > most) most = sim->days[day].desk;
      calls += sim->days[day].sent[WB_CHANNEL_CALL];
    }
    report_put(out, "<tr><th scope=\"row\">%D</th><td>%l</td><td>%l</td></tr>\n", stretch.first,
               most, calls);
  }
  report_table_end(out);
}

void report_desk(FILE *out, const simulation *sim) {
  enum { HEIGHT = 1900, BOTTOM = 1680 };
  static const char *const kinds[] = {"three", "limit"};
  static const char *const names[] = {"calls that come", "the most that may come"};
  const long limit = sim->calls_a_day * sim->world->settings.location_count;
  const long room = CHART_RIGHT - CHART_LEFT;
  long most = limit, desk = 0;
  for (int day = 0; day < sim->day_count; day++) {
    if (sim->days[day].sent[WB_CHANNEL_CALL] > most) most = sim->days[day].sent[WB_CHANNEL_CALL];
    if (sim->days[day].desk > desk) desk = sim->days[day].desk;
  }
  const chart_scale scale = chart_scale_make(most, 340, BOTTOM);
  report_section(out, "desk", "What the front desk gets",
                 "Only people who want something become a call: they asked, or used the booking "
                 "page. More than the day's limit wait for the next day.");
  fputs("<div class=\"pair\">\n", out);
  chart_begin(out, "desk-chart", "Calls a day against the limit",
              "Columns: calls that come onto the desk's list on each day. The line is the limit.",
              HEIGHT);
  chart_unit(out, "calls a day, all locations");
  chart_scale_draw(out, &scale);
  for (int day = 0; day < sim->day_count; day++) {
    const long x = CHART_LEFT + room * day / sim->day_count;
    const long next = CHART_LEFT + room * (day + 1) / sim->day_count;
    const long top = chart_at(&scale, sim->days[day].sent[WB_CHANNEL_CALL]);
    chart_rect(out, "three", x + (next - x) / 10, top, (next - x) * 4 / 5, BOTTOM - top);
  }
  chart_line(out, "limit", CHART_LEFT, chart_at(&scale, limit), CHART_RIGHT,
             chart_at(&scale, limit));
  report_stretch_axis(out, sim, BOTTOM + 130);
  chart_end(out, "The limit is that of one day, over all locations.");
  fputs("<div>\n", out);
  chart_legend(out, kinds, names, 2);
  report_put(out,
             "<p class=\"verdict\">At most <strong>%l</strong> calls and replies were open in an "
             "evening; the list takes %l a location.</p>\n",
             desk, sim->calls_open);
  results_desk_table(out, sim);
  fputs("</div>\n</div>\n</section>\n", out);
}
