/* SPDX-License-Identifier: MIT */
/* Sections on people: who is in which segment, how they can be reached, who is held and why. */
#include "report.h"

#include <string.h>

enum { PEOPLE_BARS = 40 };

static long people_most(const chart_bar *bars, int count) {
  long most = 0;
  for (int i = 0; i < count; i++) {
    long sum = 0;
    for (int part = 0; part < 4; part++)
      sum += bars[i].parts[part];
    if (sum > most) most = sum;
  }
  return most;
}

/* ---- segments ----------------------------------------------------------------------------- */

/* What became of a segment; zero when nobody was in it. */
static wb_metrics people_metrics(const simulation *sim, const simulate_campaign *each,
                                 const char *segment) {
  wb_metrics metrics = {.size = sizeof metrics};
  if (wb_metrics_get(sim->practice, each->info.name, strlen(each->info.name), segment,
                     segment ? strlen(segment) : 0, NULL, 0, 0, &metrics) != WB_OK)
    metrics = (wb_metrics){.size = sizeof metrics};
  return metrics;
}

/* The table of a campaign's segments. */
static void people_segment_table(FILE *out, const simulation *sim, const simulate_campaign *each) {
  static const char *const heads[] = {"Segment",    "Meant",  "Entered",
                                      "Written to", "Booked", "Kept"};
  report_table(out, "The segments in numbers", true, heads, 6);
  for (int i = 0; i < each->segment_count; i++) {
    const wb_metrics metrics = people_metrics(sim, each, each->segments[i].name);
    report_put(out,
               "<tr><th scope=\"row\">%s</th><td>%l</td><td>%l</td><td>%l</td><td>%l</td>"
               "<td>%l</td></tr>\n",
               each->segments[i].name, each->segments[i].meant, (long)metrics.entered,
               (long)metrics.contacted, (long)metrics.booked, (long)metrics.kept);
  }
  report_table_end(out);
}

/* One campaign: its segments on the first day. */
static void people_campaign(FILE *out, const simulation *sim, int index) {
  static const char *const kinds[] = {"one"};
  const simulate_campaign *each = &sim->campaigns[index];
  chart_bar bars[PEOPLE_BARS];
  char id[32];
  int count = 0;
  for (int i = 0; i < each->segment_count && count < PEOPLE_BARS; i++)
    bars[count++] = (chart_bar){each->segments[i].name, {each->segments[i].meant}};
  snprintf(id, sizeof id, "segments-%d", index);
  fputs("<div class=\"pair\">\n", out);
  if (each->people) {
    chart_begin(out, id, each->info.title,
                "Bars: how many patients each segment means on the first day, in the order in "
                "which segments are let in.",
                chart_bars_height(count));
    chart_unit(out, "patients meant on the first day");
    chart_bars(out, bars, count, kinds, 1, people_most(bars, count));
    chart_end(out, "The first segment is let in first, and in each whoever is longest overdue.");
  } else {
    report_put(out,
               "<div class=\"chart\"><h3>%s</h3><p>Visits or openings bring people into this "
               "campaign, not a rule about patients: nobody is in it before they come.</p></div>\n",
               each->info.title);
  }
  people_segment_table(out, sim, each);
  fputs("</div>\n", out);
}

void report_people(FILE *out, const simulation *sim) {
  report_section(out, "segments", "Who is in which segment",
                 "Each campaign means some patients, by what is on their record. They enter little "
                 "by little, not all on one day.");
  for (int i = 0; i < sim->campaign_count; i++)
    people_campaign(out, sim, i);
  fputs("</section>\n", out);
}

/* ---- consent ------------------------------------------------------------------------------ */

static void people_consent_row(FILE *out, const char *what, long number, long of) {
  const int share = of > 0 ? (int)((number * 1000 + of / 2) / of) : 0;
  report_put(out, "<tr><th scope=\"row\">%s</th><td>%l</td><td>%t %%</td></tr>\n", what, number,
             share);
}

void report_consent(FILE *out, const simulation *sim) {
  static const char *const kinds[] = {"one", "two", "none"};
  static const char *const names[] = {"yes", "no", "not known, or no address"};
  static const char *const heads[] = {"Of the active patients", "Patients", "Share"};
  const simulate_reach *reach = &sim->reach;
  const chart_bar bars[] = {
      {"Texts: permission on record",
       {reach->permission[0], reach->permission[1],
        reach->active - reach->permission[0] - reach->permission[1]}},
      {"E-mail: address on record, not refused",
       {reach->email - reach->email_refused, reach->email_refused, reach->active - reach->email}}};
  report_section(out, "consent", "Who may be written to",
                 "A text goes only to a mobile number with permission on record; where the record "
                 "says nothing, that counts as no. Every message says how to stop.");
  fputs("<div class=\"pair\">\n", out);
  chart_begin(out, "consent-chart", "Consent among active patients",
              "Two bars, texts and e-mail: how many active patients may be written to, how many "
              "may not, and how many are not known or have no address.",
              chart_bars_height(2));
  chart_unit(out, "active patients");
  chart_bars(out, bars, 2, kinds, 3, reach->active);
  chart_end(out, "As the record stood on the first day.");
  fputs("<div>\n", out);
  chart_legend(out, kinds, names, 3);
  report_table(out, "Consent in numbers", true, heads, 3);
  people_consent_row(out, "Active patients", reach->active, reach->active);
  people_consent_row(out, "Mobile number, texts allowed", reach->permission[0], reach->active);
  people_consent_row(out, "Mobile number, texts refused", reach->permission[1], reach->active);
  people_consent_row(out, "Mobile number, permission not known", reach->permission[2],
                     reach->active);
  people_consent_row(out, "No mobile number", reach->active - reach->mobile, reach->active);
  people_consent_row(out, "E-mail address", reach->email, reach->active);
  people_consent_row(out, "E-mail refused", reach->email_refused, reach->active);
  people_consent_row(out, "Neither mobile nor e-mail", reach->neither, reach->active);
  report_table_end(out);
  fputs("</div>\n</div>\n</section>\n", out);
}

/* ---- held --------------------------------------------------------------------------------- */

/* What helps. */
static const char *people_remedy(int hold) {
  static const char *const remedies[CLI_HOLDS] = {
      [WB_HOLD_PAUSED] = "Resume it when it may go on.",
      [WB_HOLD_NO_PERMISSION] = "Ask at the next contact, and note it on the record.",
      [WB_HOLD_NO_ADDRESS] = "Correct the number or address.",
      [WB_HOLD_BAD_ADDRESS] = "Correct the number or address.",
      [WB_HOLD_MINOR] = "Mark who stands for the child.",
      [WB_HOLD_AGE_UNKNOWN] = "Put the birth date on the record.",
      [WB_HOLD_NOT_SEEN] = "Write a letter, or call.",
      [WB_HOLD_FACTS] = "Look into the export: what winback explain names as not known, rows that "
                        "were left out, and its age.",
      [WB_HOLD_RENDER] = "See with winback run --held what the text lacks.",
      [WB_HOLD_DEFINITION] = "Run winback check on the campaign.",
      [WB_HOLD_ZONE] = "Put the zone of the location into the settings.",
      [WB_HOLD_DESK] = "See to what waits on the desk's list Now.",
      [WB_HOLD_NUMBER_CHECK] = "Check the number, and say so.",
      [WB_HOLD_NOT_WRITTEN] = "Get the consent in writing.",
      [WB_HOLD_OFFER] = "See with winback explain why: its days, its regions, who qualifies."};
  return remedies[hold] ? remedies[hold]
                        : "Nothing: it passes by itself, or is the patient's wish.";
}

static void people_held_table(FILE *out, const simulation *sim) {
  static const char *const heads[] = {"Reason", "First day", "Last workday", "What helps"};
  report_table(out, "Reasons in numbers, and what helps", true, heads, 4);
  for (int i = 0; i < CLI_HOLDS; i++) {
    const long first = sim->held_first.reasons[i].count, last = sim->held_last.reasons[i].count;
    if (!first && !last) continue;
    report_put(
        out,
        "<tr><th scope=\"row\">%s</th><td>%l</td><td>%l</td><td class=\"words\">%s</td></tr>\n",
        cli_hold_words(i), first, last, people_remedy(i));
  }
  report_table_end(out);
}

void report_held(FILE *out, const simulation *sim) {
  static const char *const kinds[] = {"three"};
  chart_bar bars[CLI_HOLDS];
  int count = 0;
  for (int i = 0; i < CLI_HOLDS; i++) {
    const long held = sim->held_last.reasons[i].count;
    if (held) bars[count++] = (chart_bar){cli_hold_words(i), {held}};
  }
  report_section(
      out, "held", "What was held, and why",
      "Whoever may not be written to is held and looked at again and again; as soon as "
      "the reason is gone, the message goes. They are counted at noon of a workday: when no "
      "message may go, everybody waits for the hour.");
  fputs("<div class=\"pair\">\n", out);
  if (count) {
    chart_begin(out, "held-chart", "Held on the last workday",
                "Bars: how many patients are held, by the reason.", chart_bars_height(count));
    chart_unit(out, "patients");
    chart_bars(out, bars, count, kinds, 1, people_most(bars, count));
    chart_end(out, "A patient who is in two campaigns counts in both.");
  } else {
    fputs("<p class=\"chart\">Nobody was held on the last workday.</p>\n", out);
  }
  people_held_table(out, sim);
  fputs("</div>\n</section>\n", out);
}
