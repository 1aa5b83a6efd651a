/* SPDX-License-Identifier: MIT */
/* The metrics as a page for people: the funnel of each campaign, and what may be claimed of it. */
#include "outreach/practice_private.h"

enum { METRICS_NAME = 16, METRICS_NUMBER = 11 };

/* Pads what was written since a place. */
static void format_to(wbi_writer *writer, size_t from, size_t width) {
  while (writer->length - from < width)
    wbi_put_char(writer, ' ');
}

/* A number at the right of its column. */
static void format_count(wbi_writer *writer, uint64_t number) {
  char text[24];
  wbi_writer digits = {text, sizeof text, 0};
  wbi_put_uint(&digits, number);
  for (size_t i = digits.length; i < METRICS_NUMBER; i++)
    wbi_put_char(writer, ' ');
  wbi_put_text(writer, (wbi_text){text, digits.length});
}

/* Hundredths with two places: "-12.50". same: nothing has no sign. */
static void format_hundredths(wbi_writer *writer, int64_t hundredths) {
  const uint64_t size = hundredths < 0 ? 0 - (uint64_t)hundredths : (uint64_t)hundredths;
  if (hundredths < 0) wbi_put_char(writer, '-');
  wbi_put_uint(writer, size / 100);
  wbi_put_char(writer, '.');
  wbi_put_padded(writer, size % 100, 2);
}

/* One line of the funnel. */
static void format_funnel(wbi_writer *writer, const char *what, const char *name,
                          const wb_metrics *metrics) {
  const uint64_t counters[] = {metrics->entered, metrics->contacted, metrics->responded,
                               metrics->booked, metrics->kept};
  const size_t from = writer->length;
  wbi_put_text(writer, wbi_text_of(what));
  wbi_put_text(writer, wbi_text_of(name));
  format_to(writer, from, METRICS_NAME + 2);
  for (size_t i = 0; i < WBI_COUNT(counters); i++)
    format_count(writer, counters[i]);
  wbi_put_text(writer, WBI_TEXT("    "));
  format_hundredths(writer, metrics->production);
  wbi_put_char(writer, '\n');
}

/* A sentence piece and a number of hundredths. */
static void format_piece(wbi_writer *writer, const char *before, int64_t hundredths) {
  wbi_put_text(writer, wbi_text_of(before));
  format_hundredths(writer, hundredths);
}

/* So many of so many. */
static void format_share(wbi_writer *writer, const char *before, uint64_t part, uint64_t whole) {
  wbi_put_text(writer, wbi_text_of(before));
  wbi_put_uint(writer, part);
  wbi_put_text(writer, WBI_TEXT(" of "));
  wbi_put_uint(writer, whole);
}

/* What the comparison shows, or why it shows nothing. */
static void format_verdict(wbi_writer *writer, const wb_effect *effect) {
  static const char *const metrics_verdicts[] = {
      "  nothing may be claimed yet:", "  no difference is shown",
      "  those contacted came more often", "  those contacted came less often"};
  wbi_put_text(writer, wbi_text_of(metrics_verdicts[effect->shows]));
  if ((effect->flags & WB_EFFECT_OPEN) != 0)
    wbi_put_text(writer, WBI_TEXT(" the last who entered still have time;"));
  if ((effect->flags & WB_EFFECT_UNEVEN) != 0)
    wbi_put_text(writer, WBI_TEXT(" the split is not the one that was meant;"));
  if ((effect->flags & WB_EFFECT_SMALL) != 0) wbi_put_text(writer, WBI_TEXT(" there are too few;"));
  if (effect->detectable > 0)
    format_piece(writer, " smallest difference that would show: ", effect->detectable);
  else
    wbi_put_text(writer, WBI_TEXT(" no difference would show"));
  wbi_put_text(writer, effect->detectable > 0 ? WBI_TEXT(" points\n") : WBI_TEXT("\n"));
}

/* Those who were contacted, and could have been held out, beside those who were. */
static void format_incremental(wbi_writer *writer, const wb_metrics *contacted,
                               const wb_metrics *held_out, bool part, uint32_t share,
                               uint32_t window, wb_time now) {
  /* same: of two alike it is either */
  const wb_time last = contacted->last_entered > held_out->last_entered ? contacted->last_entered
                                                                        : held_out->last_entered;
  const wb_arms arms = {.size = sizeof arms,
                        .contacted = contacted->entered,
                        .kept = contacted->came,
                        .held_out = held_out->entered,
                        .held_out_kept = held_out->came,
                        .last_entered = last,
                        .now = now,
                        .share = share,
                        .window = window};
  wb_effect effect = {.size = sizeof effect};
  if (held_out->entered == 0 || wb_effect_find(&arms, &effect) != WB_OK) {
    wbi_put_text(writer, WBI_TEXT("\n  incremental: not known, "));
    wbi_put_text(writer, held_out->entered == 0 ? WBI_TEXT("nobody was held out\n")
                                                : WBI_TEXT("more came than entered\n"));
    return;
  }
  wbi_put_text(writer, WBI_TEXT("\n  incremental"));
  if (part) wbi_put_text(writer, WBI_TEXT(", of those who may be held out"));
  format_share(writer, ": came ", contacted->came, contacted->entered);
  format_share(writer, ", held out ", held_out->came, held_out->entered);
  format_piece(writer, ": ", effect.difference);
  format_piece(writer, " points, between ", effect.difference_low);
  format_piece(writer, " and ", effect.difference_high);
  wbi_put_char(writer, '\n');
  format_verdict(writer, &effect);
}

/* What is attributed to the messages. */
static void format_attributed(wbi_writer *writer, const wb_metrics *contacted) {
  wbi_put_text(writer, WBI_TEXT("  attributed: "));
  wbi_put_uint(writer, contacted->kept);
  format_piece(writer, contacted->kept == 1 ? " visit kept, " : " visits kept, ",
               contacted->production);
}

/* The segments of one definition, a line each; one of everybody is the line of all. Its own sum
   went before: whatever needs memory has it. */
static void format_segments(wb_practice *practice, const wb_campaign *campaign,
                            wbi_writer *writer) {
  if (campaign->segment_count == 1 && wbi_text_equal(campaign->segments[0].name, WBI_TEXT("all")))
    return;
  for (uint32_t i = 0; i < campaign->segment_count; i++) {
    const wbi_metrics_query query = {.campaign = campaign->name,
                                     .segment = campaign->segments[i].name};
    wb_metrics sum;
    if (wbi_metrics_sum(practice, &query, &sum) == WB_OK)
      format_funnel(writer, "  ", campaign->segments[i].name.data, &sum);
  }
}

/* Its variants that somebody drew, a line each. */
static void format_variants(wb_practice *practice, const wb_campaign *campaign,
                            wbi_writer *writer) {
  for (uint32_t i = 0; i < campaign->variant_count; i++) {
    const wbi_metrics_query query = {.campaign = campaign->name,
                                     .variant = campaign->variants[i].name};
    wb_metrics sum;
    if (wbi_metrics_sum(practice, &query, &sum) == WB_OK)
      format_funnel(writer, "  variant ", campaign->variants[i].name.data, &sum);
  }
}

/* The two arms of a campaign: like with like, since from some nobody is ever held out. */
static wb_status format_arms(wb_practice *practice, const wb_campaign *campaign,
                             wb_metrics *contacted, wb_metrics *held_out) {
  wbi_metrics_query query = {.campaign = campaign->name, .alike = true};
  const wb_status status = wbi_metrics_sum(practice, &query, contacted);
  query.held_out = true;
  if (WBI_NEVER(status != WB_OK)) return status; /* the cells that were summed up just now */
  return wbi_metrics_sum(practice, &query, held_out);
}

/* One campaign by its newest definition. */
static wb_status format_campaign(wb_practice *practice, const wb_campaign *campaign, wb_time now,
                                 wbi_writer *writer) {
  const wbi_metrics_query query = {.campaign = campaign->name};
  wb_metrics all, contacted, held_out;
  wb_status status = wbi_metrics_sum(practice, &query, &all);
  if (status != WB_OK) return status == WB_E_NAME ? WB_OK : status;
  status = format_arms(practice, campaign, &contacted, &held_out);
  if (WBI_NEVER(status != WB_OK)) return status; /* the same cells again */
  wbi_put_text(writer, campaign->name);
  wbi_put_text(writer, WBI_TEXT("\n                      entered  contacted  responded     booked"
                                "       kept    production\n"));
  format_segments(practice, campaign, writer);
  format_funnel(writer, "  ", "all", &all);
  format_variants(practice, campaign, writer);
  format_attributed(writer, &all);
  format_incremental(writer, &contacted, &held_out, contacted.entered < all.entered,
                     (uint32_t)campaign->holdout * 100, practice->options.kept_days, now);
  return WB_OK;
}

wb_status WB_CALL wb_metrics_format(wb_practice *practice, wb_time now, char *buffer,
                                    size_t capacity, size_t *needed) {
  wbi_writer writer = {buffer, capacity, 0};
  if (needed == NULL || (buffer == NULL && capacity > 0)) return WB_E_INVALID;
  if (!wbi_time_valid(now)) return WB_E_RANGE;
  wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  for (uint32_t i = 0; status == WB_OK && i < practice->state.definition.count; i++) {
    const wb_campaign *campaign = NULL;
    if (!wbi_state_definition(&practice->state, i)->current) continue;
    status = wbi_practice_campaign(practice, i, &campaign);
    if (status == WB_OK && campaign != NULL)
      status = format_campaign(practice, campaign, now, &writer);
  }
  wbi_practice_leave(practice);
  return status == WB_OK ? wbi_writer_finish(&writer, needed) : status;
}
