/* SPDX-License-Identifier: MIT */
/* The page as a whole: its head, what is said first, and what all of it rests on. */
#include "report.h"

#include <errno.h>
#include <string.h>

/* One figure of the first lines. */
static void page_figure(FILE *out, long number, const char *what) {
  report_put(out, "<li><strong>%l</strong> %s</li>\n", number, what);
}

static void page_figures(FILE *out, const simulation *sim) {
  const simulate_day *total = &sim->total;
  long meant = 0;
  for (int i = 0; i < sim->campaign_count; i++)
    for (int j = 0; j < sim->campaigns[i].segment_count; j++)
      meant += sim->campaigns[i].segments[j].meant;
  fputs("<ul class=\"figures\">\n", out);
  page_figure(out, sim->patients, "patients in the data");
  page_figure(out, meant, "meant on the first day, by each campaign");
  page_figure(out, total->sent[WB_CHANNEL_SMS], "texts");
  page_figure(out, total->sent[WB_CHANNEL_EMAIL], "e-mails");
  page_figure(out, total->sent[WB_CHANNEL_CALL], "calls for the desk");
  page_figure(out, total->stopped, "said stop");
  page_figure(out, total->booked, "visits booked");
  page_figure(out, total->kept, "of them kept by then");
  report_put(out, "<li><strong>$%l</strong> for texts</li>\n",
             (total->segments * SIM_SEGMENT_MILLS + 500) / 1000);
  report_put(out, "<li><strong>$%l</strong> of visits kept</li>\n</ul>\n",
             total->kept * (SIM_VALUE / 100));
}

static void page_contents(FILE *out) {
  static const char *const parts[][2] = {
      {"segments", "Who is in which segment"}, {"consent", "Who may be written to"},
      {"calendar", "What goes out, and when"}, {"results", "What may come of it"},
      {"desk", "What the front desk gets"},    {"held", "What was held, and why"},
      {"messages", "What patients read"},      {"reading", "What a message may say"},
      {"assumptions", "What is assumed"}};
  fputs("<nav aria-label=\"Contents\"><ol>\n", out);
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
    report_put(out, "<li><a href=\"#%s\">%s</a></li>\n", parts[i][0], parts[i][1]);
  fputs("</ol></nav>\n", out);
}

static void page_head(FILE *out, const simulation *sim) {
  const char *name = sim->world->settings.name;
  const wb_date first = sim->days[0].date, last = sim->days[sim->day_count - 1].date;
  report_put(out,
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n"
             "<title>Rehearsal for %s, %D to %D</title>\n<style>\n",
             name, first, last);
  fputs(report_style, out);
  report_put(out,
             "</style>\n</head>\n<body>\n<header>\n<p class=\"kind\">Rehearsal: nothing was sent"
             "</p>\n<h1>%s</h1>\n<p class=\"span\">%d days, from %W to %W</p>\n",
             name, sim->day_count, first, last);
  fputs("<ul class=\"campaigns\">\n", out);
  for (int i = 0; i < sim->campaign_count; i++)
    report_put(out, "<li>%s</li>\n", sim->campaigns[i].info.title);
  fputs("</ul>\n</header>\n<main>\n", out);
  page_figures(out, sim);
  fputs("<p class=\"about\">The same program that runs a practice's campaigns ran them here over "
        "days "
        "to come, on the practice's own data. What patients do is made up by a model: every number "
        "of it stands under <a href=\"#assumptions\">What is assumed</a>, and none is measured."
        "</p>\n",
        out);
  page_contents(out);
}

static void page_assumptions(FILE *out, const simulation *sim) {
  const char *what = NULL;
  char value[96], seed[32];
  report_section(out, "assumptions", "What is assumed",
                 "None of these numbers is measured. With the same data, days and seed the report "
                 "is the same to the last byte; another seed makes up other answers.");
  fputs("<div class=\"wide\" tabindex=\"0\"><table class=\"assumptions\"><thead><tr>"
        "<th scope=\"col\">Assumption</th><th scope=\"col\">Value</th></tr></thead><tbody>\n",
        out);
  for (int i = 0; simulate_assumption(i, &what, value); i++)
    report_put(out, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", what, value);
  snprintf(seed, sizeof seed, "%llu", (unsigned long long)sim->seed);
  report_put(out, "<tr><th scope=\"row\">seed</th><td>%s</td></tr>\n</tbody></table></div>\n",
             seed);
  fputs("</section>\n", out);
}

/* All sections. */
static int page_write(FILE *out, const simulation *sim) {
  page_head(out, sim);
  report_people(out, sim);
  report_consent(out, sim);
  report_calendar(out, sim);
  report_hours(out, sim);
  report_funnel(out, sim);
  report_chairs(out, sim);
  report_desk(out, sim);
  report_held(out, sim);
  int result = report_messages(out, sim);
  report_reading(out, sim);
  page_assumptions(out, sim);
  report_put(out, "</main>\n<footer><p>Made by winback %s.</p></footer>\n</body>\n</html>\n",
             wb_version_text());
  return result;
}

int cli_report(const simulation *sim, const char *path) {
  FILE *out = fopen(path, "wb");
  if (!out) {
    cli_error("%s: %s", path, strerror(errno));
    return CLI_DATA;
  }
  int result = page_write(out, sim);
  const bool failed = ferror(out) != 0;
  if (fclose(out) == 0 && !failed) return result;
  cli_error("%s cannot be written", path);
  return CLI_DATA;
}
