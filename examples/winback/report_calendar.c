/* SPDX-License-Identifier: MIT */
/* The section on days: how much goes out on each, by channel. */
#include "report.h"

#include <string.h>

static const char *const calendar_channels[] = {"texts", "e-mails", "calls for the desk"};
static const char *const calendar_kinds[] = {"one", "two", "three"};

/* ---- stretches ---------------------------------------------------------------------------- */

enum { STRETCH_DAYS = 31, STRETCH_WEEK = 7, STRETCH_LABELS = 6 };

bool report_weekly(const simulation *sim) {
  return sim->day_count > STRETCH_DAYS;
}

int report_stretches(const simulation *sim) {
  return report_weekly(sim) ? (sim->day_count + STRETCH_WEEK - 1) / STRETCH_WEEK : sim->day_count;
}

report_stretch report_stretch_at(const simulation *sim, int index) {
  const int length = report_weekly(sim) ? STRETCH_WEEK : 1, from = index * length;
  const int to = from + length < sim->day_count ? from + length : sim->day_count;
  return (report_stretch){from, to, sim->days[from].date};
}

void report_stretch_axis(FILE *out, const simulation *sim, long y) {
  const int count = report_stretches(sim), every = (count + STRETCH_LABELS - 1) / STRETCH_LABELS;
  for (int i = 0; i < count; i += every) {
    const long x = CHART_LEFT + (CHART_RIGHT - CHART_LEFT) * (2L * i + 1) / (2L * count);
    const bool last = x > CHART_RIGHT - 120;
    chart_text(out, "tick", last ? "end" : "middle", last ? CHART_RIGHT : x, y,
               report_day_month(report_stretch_at(sim, i).first, (char[16]){0}));
  }
}

/* What went out in a stretch, by channel: texts, e-mails, calls. */
static void calendar_sum(const simulation *sim, report_stretch stretch, long sums[4]) {
  memset(sums, 0, 4 * sizeof *sums);
  for (int day = stretch.from; day < stretch.to; day++) {
    sums[0] += sim->days[day].sent[WB_CHANNEL_SMS];
    sums[1] += sim->days[day].sent[WB_CHANNEL_EMAIL];
    sums[2] += sim->days[day].sent[WB_CHANNEL_CALL];
    sums[3] += sim->days[day].segments;
  }
}

/* ---- columns ------------------------------------------------------------------------------ */

/* One column of three parts. */
static void calendar_column(FILE *out, const simulation *sim, const chart_scale *scale, int index) {
  const int count = report_stretches(sim);
  const report_stretch stretch = report_stretch_at(sim, index);
  const long room = CHART_RIGHT - CHART_LEFT;
  const long x = CHART_LEFT + room * index / count, width = room / count * 4 / 5;
  long sums[4], below = 0;
  calendar_sum(sim, stretch, sums);
  for (int part = 0; part < 3; part++) {
    const long top = chart_at(scale, below + sums[part]), bottom = chart_at(scale, below);
    chart_rect_said(out, calendar_kinds[part], x + (room / count - width) / 2, top, width,
                    bottom - top, "From %W: %l %s", stretch.first, sums[part],
                    calendar_channels[part]);
    below += sums[part];
  }
}

static void calendar_columns(FILE *out, const simulation *sim) {
  enum { HEIGHT = 1900, BOTTOM = 1680 };
  const int count = report_stretches(sim);
  long most = 0, sums[4];
  for (int i = 0; i < count; i++) {
    calendar_sum(sim, report_stretch_at(sim, i), sums);
    if (sums[0] + sums[1] + sums[2] > most) most = sums[0] + sums[1] + sums[2];
  }
  const chart_scale scale = chart_scale_make(most, 340, BOTTOM);
  chart_begin(out, "sends", report_weekly(sim) ? "Week by week" : "Day by day",
              "Columns: texts, e-mails and calls that go out, one column a week, or a day when the "
              "rehearsal is short.",
              HEIGHT);
  chart_unit(out, report_weekly(sim) ? "messages and calls a week" : "messages and calls a day");
  chart_scale_draw(out, &scale);
  for (int i = 0; i < count; i++)
    calendar_column(out, sim, &scale, i);
  report_stretch_axis(out, sim, BOTTOM + 130);
  chart_end(out, "The date is that of the first day.");
}

/* ---- a calendar of squares ---------------------------------------------------------------- */

enum { SQUARE_TOP = 480, SQUARE_LEFT = 300, SQUARE_MOST = 165 };

static long calendar_messages(const simulate_day *day) {
  return day->sent[WB_CHANNEL_SMS] + day->sent[WB_CHANNEL_EMAIL];
}

/* One day. */
static void calendar_square(FILE *out, const simulation *sim, int day, long size, long most) {
  static const char *const shades[] = {"shade0", "shade1", "shade2", "shade3", "shade4"};
  const simulate_day *each = &sim->days[day];
  const int at = day + report_weekday(sim->days[0].date);
  const long number = calendar_messages(each);
  const int shade = number == 0 ? 0 : (int)(1 + (number * 4 - 1) / most);
  chart_rect_said(out, shades[shade > 4 ? 4 : shade], SQUARE_LEFT + at / 7 * size,
                  SQUARE_TOP + at % 7 * size, size - 14, size - 14,
                  "%W: %l texts, %l e-mails, %l calls", each->date, each->sent[WB_CHANNEL_SMS],
                  each->sent[WB_CHANNEL_EMAIL], each->sent[WB_CHANNEL_CALL]);
}

/* The names of months above and of weekdays beside the squares. */
static void calendar_names(FILE *out, const simulation *sim, long size) {
  static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const int before = report_weekday(sim->days[0].date);
  const char *month = "";
  long from = 0;
  for (int day = 0; day < 7; day++)
    chart_text(out, "tick", "end", SQUARE_LEFT - 40, SQUARE_TOP + day * size + size / 2 + 20,
               weekdays[day]);
  for (int day = 0; day < sim->day_count; day++) {
    const long x = SQUARE_LEFT + (day + before) / 7 * size;
    const char *name = report_month(sim->days[day].date);
    if (!strcmp(month, name) || x < from) continue;
    chart_text(out, "tick", "start", x, SQUARE_TOP - 50, name);
    month = name;
    from = x + 250;
  }
}

static void calendar_squares(FILE *out, const simulation *sim) {
  const int weeks = (sim->day_count + report_weekday(sim->days[0].date) + 6) / 7;
  long size = (CHART_RIGHT - SQUARE_LEFT) / weeks, most = 1;
  if (size > SQUARE_MOST) size = SQUARE_MOST;
  for (int day = 0; day < sim->day_count; day++)
    if (calendar_messages(&sim->days[day]) > most) most = calendar_messages(&sim->days[day]);
  chart_begin(out, "days", "Every day",
              "A calendar, one column a week from Monday to Sunday: the darker a square, the more "
              "texts and e-mails go out on that day.",
              SQUARE_TOP + 7 * size + 20);
  chart_unit(out, "texts and e-mails a day");
  calendar_names(out, sim, size);
  for (int day = 0; day < sim->day_count; day++)
    calendar_square(out, sim, day, size, most);
  report_put(out,
             "</svg>\n<figcaption>An empty square is a day without messages; the darkest one has "
             "%l.</figcaption>\n</figure>\n",
             most);
}

static void calendar_table(FILE *out, const simulation *sim) {
  static const char *const heads[] = {"From", "Texts", "Segments", "E-mails", "Calls"};
  long sums[4];
  report_table(out, report_weekly(sim) ? "The weeks in numbers" : "The days in numbers", false,
               heads, 5);
  for (int i = 0; i < report_stretches(sim); i++) {
    const report_stretch stretch = report_stretch_at(sim, i);
    calendar_sum(sim, stretch, sums);
    report_put(out,
               "<tr><th scope=\"row\">%D</th><td>%l</td><td>%l</td><td>%l</td><td>%l</td></tr>\n",
               stretch.first, sums[0], sums[3], sums[1], sums[2]);
  }
  report_table_end(out);
}

void report_calendar(FILE *out, const simulation *sim) {
  report_section(out, "calendar", "What goes out, and when",
                 "New patients enter a few a day, so messages spread over weeks and the telephone "
                 "does not ring all at once.");
  chart_legend(out, calendar_kinds, calendar_channels, 3);
  fputs("<div class=\"pair\">\n", out);
  calendar_columns(out, sim);
  calendar_squares(out, sim);
  fputs("</div>\n", out);
  calendar_table(out, sim);
}
