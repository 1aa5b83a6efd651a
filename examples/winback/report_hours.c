/* SPDX-License-Identifier: MIT */
/* The hours at which messages go out, against those that the law has open. */
#include "report.h"

#include <string.h>

enum {
  HOURS = 24,
  HOURS_BOTTOM = 1500,
  HOURS_STRIP = 90,
  HOURS_STEP = 110, /* from one strip to the next */
  HOURS_PLACES = 8,
  HOURS_CLASSES = 8 /* 0 is none */
};

/* Days that stand for all of their kind: a Wednesday, a Saturday, a Sunday. */
static const struct {
  const char *name;
  int weekday;
} hours_days[] = {{"Mon-Fri", 2}, {"Sat", 5}, {"Sun", 6}};

/* The first day of a weekday after the first one. */
static wb_date hours_day(const simulation *sim, int weekday) {
  wb_date day = sim->days[0].date + 1;
  while (report_weekday(day) != weekday)
    day++;
  return day;
}

/* Whether the law has an hour open for messages of a class. */
static bool hours_open(const simulation *sim, const cli_location *place, int32_t message_class,
                       int day, int hour) {
  const wb_local local = {.date = hours_day(sim, hours_days[day].weekday),
                          .second = hour * SIM_HOUR};
  wb_time at = 0;
  if (!place->zone || wb_zone_instant(place->zone, &local, 0, &at) != WB_OK) return false;
  return simulate_open(sim, place, message_class, at);
}

/* The hours that the law has open at a location for some classes of messages: bits of the hours. */
typedef struct hours_law {
  uint32_t open[3];
  char classes[80]; /* their names */
} hours_law;

/* Adds a class that is sent, to those with the same hours where there are some. */
static int hours_add(const simulation *sim, const cli_location *place, int32_t message_class,
                     hours_law *laws, int count) {
  hours_law law = {{0}, ""};
  for (int i = 0; i < 3 * HOURS; i++)
    law.open[i / HOURS] |= (uint32_t)hours_open(sim, place, message_class, i / HOURS, i % HOURS)
                           << i % HOURS;
  int at = 0;
  while (at < count && memcmp(laws[at].open, law.open, sizeof law.open) != 0)
    at++;
  if (at == count) laws[count++] = law;
  const size_t length = strlen(laws[at].classes);
  snprintf(laws[at].classes + length, sizeof laws[at].classes - length, "%s%s", length ? ", " : "",
           cli_classes[message_class]);
  return count;
}

/* What the law has open at a location, for each class that is sent. */
static int hours_laws(const simulation *sim, const cli_location *place,
                      hours_law laws[HOURS_CLASSES]) {
  int count = 0;
  for (int32_t class_ = 1; cli_classes[class_] && count < HOURS_CLASSES; class_++) {
    bool sent = false;
    for (int i = 0; i < sim->campaign_count; i++)
      sent = sent || sim->campaigns[i].message_class == class_;
    if (sent) count = hours_add(sim, place, class_, laws, count);
  }
  return count;
}

static long hours_x(int hour) {
  return CHART_LEFT + (CHART_RIGHT - CHART_LEFT) * hour / HOURS;
}

/* One of them as three strips. */
static void hours_strips(FILE *out, const cli_location *place, const hours_law *law) {
  report_put(out,
             "<p class=\"strips\">%s: %s</p>\n<svg viewBox=\"0 0 %d %d\" aria-hidden=\"true\">\n",
             place->name, law->classes, CHART_WIDTH / 10, 3 * HOURS_STEP / 10);
  for (int i = 0; i < 3; i++) {
    const long top = (long)i * HOURS_STEP;
    chart_text(out, "tick", "end", CHART_LEFT - 30, top + 75, hours_days[i].name);
    for (int hour = 0; hour < HOURS; hour++) {
      const bool open = law->open[i] >> hour & 1;
      chart_rect_said(out, open ? "open" : "shut", hours_x(hour), top,
                      hours_x(hour + 1) - hours_x(hour) - 8, HOURS_STRIP, "%s %d:00: %s",
                      hours_days[i].name, hour, open ? "open" : "closed");
    }
  }
  fputs("</svg>\n", out);
}

/* The strips of all locations. */
static void hours_places(FILE *out, const simulation *sim) {
  const cli_settings *settings = &sim->world->settings;
  for (int i = 0; i < settings->location_count && i < HOURS_PLACES; i++) {
    hours_law laws[HOURS_CLASSES];
    const int count = hours_laws(sim, &settings->locations[i], laws);
    for (int j = 0; j < count; j++)
      hours_strips(out, &settings->locations[i], &laws[j]);
  }
}

/* What goes out in each hour. */
static void hours_columns(FILE *out, const simulation *sim, const chart_scale *scale) {
  static const char *const kinds[] = {"one", "two", "three"};
  static const char *const names[] = {"texts", "e-mails", "calls"};
  static const int32_t channels[] = {WB_CHANNEL_SMS, WB_CHANNEL_EMAIL, WB_CHANNEL_CALL};
  for (int hour = 0; hour < HOURS; hour++) {
    long below = 0;
    for (int i = 0; i < 3; i++) {
      const long number = sim->by_hour[hour][channels[i]];
      const long top = chart_at(scale, below + number), bottom = chart_at(scale, below);
      chart_rect_said(out, kinds[i], hours_x(hour) + 10, top,
                      hours_x(hour + 1) - hours_x(hour) - 28, bottom - top, "%d:00: %l %s", hour,
                      number, names[i]);
      below += number;
    }
  }
}

static void hours_axis(FILE *out) {
  char text[8];
  for (int hour = 0; hour <= HOURS; hour += 3) {
    snprintf(text, sizeof text, "%d", hour);
    chart_text(out, "tick", "middle", hours_x(hour), HOURS_BOTTOM + 120, text);
  }
}

static void hours_chart(FILE *out, const simulation *sim) {
  long most = 0;
  for (int hour = 0; hour < HOURS; hour++) {
    const long *row = sim->by_hour[hour];
    const long sum = row[WB_CHANNEL_SMS] + row[WB_CHANNEL_EMAIL] + row[WB_CHANNEL_CALL];
    if (sum > most) most = sum;
  }
  const chart_scale scale = chart_scale_make(most, 340, HOURS_BOTTOM);
  chart_begin(out, "hours", "Hour by hour",
              "Columns: messages and calls by the hour of the location's own day. Strips below: "
              "the hours that the law has open and closed at each location, for each class of "
              "message.",
              HOURS_BOTTOM + 180);
  chart_unit(out, "messages and calls in all, by hour of the day (0 to 24)");
  chart_scale_draw(out, &scale);
  hours_columns(out, sim, &scale);
  hours_axis(out);
  fputs("</svg>\n", out);
  hours_places(out, sim);
  fputs("<figcaption>Hours of the law at each location, by the class of a message. Within "
        "them outreach keeps the practice's own: ",
        out);
  wb_practice_options options = {.size = sizeof options};
  if (wb_practice_get(sim->practice, &options) == WB_OK) cli_conventions_hours(out, &options);
  fputs(".</figcaption>\n</figure>\n", out);
}

static void hours_table(FILE *out, const simulation *sim) {
  static const char *const heads[] = {"Hour", "Texts", "E-mails", "Calls"};
  report_table(out, "The hours in numbers", true, heads, 4);
  for (int hour = 0; hour < HOURS; hour++) {
    const long *row = sim->by_hour[hour];
    if (!row[WB_CHANNEL_SMS] && !row[WB_CHANNEL_EMAIL] && !row[WB_CHANNEL_CALL]) continue;
    report_put(out, "<tr><th scope=\"row\">%d:00</th><td>%l</td><td>%l</td><td>%l</td></tr>\n",
               hour, row[WB_CHANNEL_SMS], row[WB_CHANNEL_EMAIL], row[WB_CHANNEL_CALL]);
  }
  report_table_end(out);
}

void report_hours(FILE *out, const simulation *sim) {
  static const char *const kinds[] = {"open", "shut"};
  static const char *const names[] = {"open by law", "closed by law"};
  fputs("<div class=\"pair\">\n", out);
  hours_chart(out, sim);
  fputs("<div>\n", out);
  chart_legend(out, kinds, names, 2);
  report_put(out,
             "<p class=\"verdict\"><strong>%l</strong> of %l texts and e-mails went out at an "
             "hour that the law has closed.</p>\n",
             sim->outside_hours,
             sim->total.sent[WB_CHANNEL_SMS] + sim->total.sent[WB_CHANNEL_EMAIL]);
  hours_table(out, sim);
  fputs("</div>\n</div>\n</section>\n", out);
}
