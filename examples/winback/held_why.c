/* SPDX-License-Identifier: MIT */
/* What exactly stands in the way of somebody who is held for a text or an offer: the record is
   asked once more, as a run asks it. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { WHY_TEXT = 1 << 16 };

/* A question of one who is held. */
typedef struct why_asked {
  const cli_world *world;
  wb_moment moment;
  const cli_json *campaign;
  uint64_t row;
  char *why, *out; /* the answer, WHY_TEXT bytes of scratch */
} why_asked;

void cli_definitions_read(wb_practice *practice, cli_definitions *all) {
  char said[128];
  uint64_t cursor = 0;
  wb_campaign_status campaign = {.size = sizeof campaign};
  *all = (cli_definitions){.practice = practice};
  while (wb_practice_campaigns(practice, &cursor, &campaign) == WB_OK) {
    if (!campaign.inside) continue;
    all->roots = cli_grow(all->roots, all->count + 1, sizeof *all->roots);
    all->roots[all->count++] =
        cli_json_parse(campaign.canonical, campaign.canonical_length, said, sizeof said);
  }
}

void cli_definitions_free(cli_definitions *all) {
  for (size_t i = 0; i < all->count; i++)
    cli_json_free(all->roots[i]);
  free(all->roots);
}

/* A step by its id. */
static const cli_json *why_step(const cli_json *campaign, const char *id) {
  const cli_json *step = cli_json_first(campaign, "steps");
  while (step && strcmp(cli_json_text(step, "id", ""), id) != 0)
    step = step->next;
  return step;
}

/* A text without what is printed of the visit, the opening or the offer that it is about: those
   are lent with the message alone. The caller frees it. */
static char *why_unlent(const char *words) {
  char *kept = cli_grow(NULL, strlen(words) + 1, 1), *end = kept;
  while (*words) {
    const char *close = strstr(words, "}}");
    const bool lent = !strncmp(words, "{{ slot.", 8) || !strncmp(words, "{{ offer.", 9);
    if (lent && close)
      words = close + 2;
    else
      *end++ = *words++;
  }
  *end = 0;
  return kept;
}

/* Whether a field is lent with the message: that there is none yet is no reason. */
static bool why_lent(const char *field) {
  return !strcmp(field, "message.link") || !strncmp(field, "slot.", 5) ||
         !strncmp(field, "offer.", 6);
}

/* Whether a part of a text cannot be written for the patient; then why. */
static bool why_part(const why_asked *asked, const cli_json *text, const char *language,
                     const cli_text_part *part, const char *words) {
  wb_error error = {0};
  wb_template *compiled = NULL;
  size_t length = 0;
  const cli_options options = {.channel = part->channel,
                               .language = strcmp(language, "es") ? NULL : "es",
                               .register_ = cli_json_text(text, "register", "general"),
                               .recipient = cli_json_text(text, "to", "patient")};
  wb_template_options made = {.size = sizeof made};
  if (cli_template_options(&options, &made) != CLI_OK) return false;
  char *kept = why_unlent(words);
  wb_status status = wb_template_new(NULL, asked->world->schema, asked->world->policy, &made, kept,
                                     strlen(kept), &compiled, &error);
  if (status == WB_OK)
    status = wb_template_render(compiled, asked->world->facts, asked->row, &asked->moment,
                                asked->out, WHY_TEXT, &length, &error);
  wb_template_unref(compiled);
  free(kept);
  if (status == WB_OK || why_lent(error.path)) return false;
  const size_t said = strlen(asked->why);
  snprintf(asked->why + said, CLI_WHY - said, "%s%s: %s%s%s", said ? " " : "", text->name,
           error.path, *error.path ? ": " : "", error.message);
  return true;
}

/* The wording of a text in the patient's language, else the first. */
static const cli_json *why_wording(const why_asked *asked, const cli_json *text) {
  cli_answer language;
  const cli_json *first = NULL;
  cli_field_named(asked->world, asked->row, "patient.language", &language);
  for (const cli_json *at = text->first; at; at = at->next) {
    if (at->kind != CLI_OBJECT) continue;
    if (!first) first = at;
    if (strlen(at->name) == language.length && !memcmp(at->name, language.text, language.length))
      return at;
  }
  return first;
}

/* Which texts cannot be written, and what each lacks first. Which of them is tried hangs on how
   the patient may be reached. */
static void why_text(const why_asked *asked, const cli_json *step) {
  for (const cli_json *sent = cli_json_first(step, "send"); sent; sent = sent->next) {
    const cli_json *text = cli_json_find(cli_json_find(asked->campaign, "texts"), sent->text);
    const cli_json *wording = text ? why_wording(asked, text) : NULL;
    bool told = false;
    for (const cli_text_part *part = cli_text_parts; wording && part->of && !told; part++) {
      const char *words = cli_json_text(wording, part->name, NULL);
      told = words && !strcmp(cli_json_text(text, "channel", ""), part->of) &&
             why_part(asked, text, wording->name, part, words);
    }
  }
}

/* Why the offer may not be made. */
static void why_offer(const why_asked *asked, const cli_json *step) {
  int32_t outcome = WB_OFFER_FINE;
  const cli_json *offer = cli_offer_of(asked->campaign, step);
  if (!offer || cli_offer_ask(asked->world, asked->row, offer, &outcome, NULL) != WB_OK ||
      outcome == WB_OFFER_FINE)
    return;
  snprintf(asked->why, CLI_WHY, "%s: %s", offer->name, cli_offer_words(outcome));
}

/* What stands in the way by one definition. */
static void why_by(const why_asked *asked, const wb_enrollment *held) {
  const cli_json *step = why_step(asked->campaign, held->step);
  *asked->why = 0;
  if (step && held->hold == WB_HOLD_OFFER)
    why_offer(asked, step);
  else if (step)
    why_text(asked, step);
}

/* By which of its definitions somebody is inside of a campaign is not told: what stands in the way
   by one is why, unless by another it is something else. */
void cli_held_why(const cli_world *world, const cli_definitions *all, const wb_enrollment *held,
                  char why[CLI_WHY]) {
  char said[CLI_WHY];
  bool differ = false;
  why_asked asked = {.world = world, .moment = world->moment, .why = said};
  *why = 0;
  if (held->hold != WB_HOLD_RENDER && held->hold != WB_HOLD_OFFER) return;
  if (wb_facts_find(world->facts, held->patient, held->patient_length, &asked.row) != WB_OK) return;
  asked.moment.practice = all->practice;
  asked.out = cli_grow(NULL, WHY_TEXT, 1);
  for (size_t i = 0; i < all->count; i++) {
    asked.campaign = all->roots[i];
    if (strcmp(cli_json_text(asked.campaign, "name", ""), held->campaign) != 0) continue;
    why_by(&asked, held);
    if (!*said) continue;
    differ = differ || (*why && strcmp(said, why) != 0);
    snprintf(why, CLI_WHY, "%s", said);
  }
  if (differ) *why = 0;
  free(asked.out);
}
