/* SPDX-License-Identifier: MIT */
/* Sections on words: every message as a made-up patient would see it, what it costs, and what each
   channel may read. */
#include "report.h"

#include <stdlib.h>
#include <string.h>

enum { MESSAGES_MOST = 1 << 18 };

/* Classes of fields in plain words, by number. */
static const char *const messages_classes[] = {
    "the practice's own name, address and number",
    "first names",
    "the booking link",
    "a visit that is booked",
    "that recare is due",
    "diagnoses and treatment",
    "insurance and money",
    "keys, last names, birth dates, addresses",
    "family",
    "notes for staff",
    "what is sealed",
};
enum { MESSAGES_CLASSES = sizeof messages_classes / sizeof messages_classes[0] };

/* What a message is made with: the made-up patient, and room for its parts. */
typedef struct messages_work {
  FILE *out;
  const simulation *sim;
  wb_facts *facts;
  const simulate_campaign *campaign;
  wb_offer *offer;
  const cli_json *text;
  uint32_t classes; /* that its parts read */
  char *said, *plain;
  bool shown[128]; /* by the place of a text in its campaign */
} messages_work;

/* ---- rendering ---------------------------------------------------------------------------- */

/* Whom a text is for. */
static int32_t messages_recipient(const messages_work *work, bool call) {
  const char *subject = cli_json_text(work->campaign->json, "subject", "patient");
  if (!strcmp(cli_json_text(work->text, "to", "patient"), "guardian")) return WB_RECIPIENT_GUARDIAN;
  return !strcmp(subject, "household") && !call ? WB_RECIPIENT_HOUSEHOLD : WB_RECIPIENT_PATIENT;
}

/* The page is for somebody who is identified: it says what it is about. */
static int32_t messages_register(const messages_work *work) {
  const char *name = cli_json_text(work->text, "register", "general");
  if (!strcmp(cli_json_text(work->text, "channel", ""), "page")) return WB_REGISTER_DETAIL;
  if (!strcmp(name, "detail")) return WB_REGISTER_DETAIL;
  return !strcmp(name, "neutral") ? WB_REGISTER_NEUTRAL : WB_REGISTER_GENERAL;
}

/* One part of a text as the made-up patient would see it, in `said`; false: it has none. */
static bool messages_part(messages_work *work, const cli_json *wording, const char *part,
                          const char *channel) {
  const char *source = cli_json_text(wording, part, NULL);
  wb_template *compiled = NULL;
  wb_template_info info = {.size = sizeof info};
  size_t length = 0;
  if (!source) return false;
  const wb_template_options made = {.size = sizeof made,
                                    .channel = channel,
                                    .language = !strcmp(wording->name, "es") ? "es" : NULL,
                                    .recipient = messages_recipient(work, !strcmp(channel, "call")),
                                    .register_ = messages_register(work)};
  wb_status status = wb_template_new(NULL, work->sim->world->schema, work->sim->world->policy,
                                     &made, source, strlen(source), &compiled, NULL);
  if (status == WB_OK) status = wb_template_measure(compiled, &info);
  if (status == WB_OK)
    status = wb_template_render(compiled, work->facts, 0, &work->sim->world->moment, work->said,
                                MESSAGES_MOST - 1, &length, NULL);
  wb_template_unref(compiled);
  work->classes |= info.classes;
  work->said[status == WB_OK ? length : 0] = 0;
  if (status != WB_OK)
    snprintf(work->said, MESSAGES_MOST, "(not shown: %s for a made-up patient)",
             wb_status_text(status));
  return true;
}

/* ---- cards -------------------------------------------------------------------------------- */

static void messages_text(messages_work *work, const cli_json *wording) {
  wb_sms sms = {.size = sizeof sms};
  if (!messages_part(work, wording, "body", "sms")) return;
  report_put(work->out, "<p class=\"bubble\">%s</p>\n", work->said);
  if (wb_sms_measure(work->said, strlen(work->said), &sms) != WB_OK) return;
  const int mills = (int)sms.segments * SIM_SEGMENT_MILLS;
  report_put(work->out, "<p class=\"cost\">%d segment%s, %d %s (%s): %t cents</p>\n",
             (int)sms.segments, sms.segments == 1 ? "" : "s", (int)sms.units,
             sms.encoding == WB_SMS_GSM7 ? "septets" : "units", cli_encoding(&sms), mills);
}

/* Around HTML that is shown: nothing is fetched, nothing runs, and a link leads nowhere. */
static const char messages_frame[] =
    "<!DOCTYPE html><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\"><base target=\"_blank\">"
    "<style>body { margin: 12px; color: #1c242e; background: #fff; overflow-wrap: break-word; "
    "font: 15px/1.5 system-ui, sans-serif; } a { color: #0b5cad; }</style>";

/* HTML as it is seen, in a frame that is shut off from the page; a frame is cut on paper, so there
   stands what it says. */
static bool messages_html(messages_work *work, const cli_json *wording, const char *channel,
                          const char *title) {
  size_t length = 0;
  if (!messages_part(work, wording, "html", channel)) return false;
  report_put(work->out, "<iframe sandbox title=\"%s\" srcdoc=\"%s%s\"></iframe>\n", title,
             messages_frame, work->said);
  if (wb_plain_format(work->said, strlen(work->said), work->plain, MESSAGES_MOST, &length) == WB_OK)
    snprintf(work->said, MESSAGES_MOST, "%.*s", (int)length, work->plain);
  report_put(work->out, "<p class=\"sheet paper\">%s</p>\n", work->said);
  return true;
}

static void messages_mail(messages_work *work, const cli_json *wording) {
  fputs("<div class=\"mail\">\n", work->out);
  if (messages_part(work, wording, "subject", "email.subject"))
    report_put(work->out, "<p class=\"subject\">%s</p>\n", work->said);
  if (messages_part(work, wording, "preheader", "email.preheader"))
    report_put(work->out, "<p class=\"preheader\">%s</p>\n", work->said);
  if (!messages_html(work, wording, "email.html", "The e-mail as it is seen") &&
      messages_part(work, wording, "body", "email.text"))
    report_put(work->out, "<p class=\"letter\">%s</p>\n", work->said);
  fputs("</div>\n", work->out);
}

/* What stands on a sheet of its own: the page behind the link, or a postcard. */
static void messages_sheet(messages_work *work, const cli_json *wording, bool page) {
  fputs("<div class=\"mail\">\n", work->out);
  if (page)
    (void)messages_html(work, wording, "page.secure", "The page as it is seen");
  else if (messages_part(work, wording, "body", "postcard"))
    report_put(work->out, "<p class=\"sheet\">%s</p>\n", work->said);
  fputs("</div>\n", work->out);
}

static void messages_call(messages_work *work, const cli_json *wording) {
  if (messages_part(work, wording, "body", "call"))
    report_put(work->out, "<p class=\"note\">%s</p>\n", work->said);
}

/* A text in one language. */
static void messages_wording(messages_work *work, const cli_json *wording) {
  const char *channel = cli_json_text(work->text, "channel", "");
  const bool english = !strcmp(wording->name, "en");
  report_put(work->out, english ? "<div lang=\"%s\">\n" : "<details lang=\"%s\">", wording->name);
  if (!english)
    report_put(work->out, "<summary>%s</summary>\n",
               !strcmp(wording->name, "es") ? "En español" : wording->name);
  if (!strcmp(channel, "sms")) messages_text(work, wording);
  if (!strcmp(channel, "email")) messages_mail(work, wording);
  if (!strcmp(channel, "call")) messages_call(work, wording);
  if (!strcmp(channel, "page")) messages_sheet(work, wording, true);
  if (!strcmp(channel, "postcard")) messages_sheet(work, wording, false);
  fputs(english ? "</div>\n" : "</details>\n", work->out);
}

/* The classes of a set, in words. */
static void messages_list(FILE *out, uint32_t classes, const char *none) {
  const char *between = "";
  for (int i = 0; i < MESSAGES_CLASSES; i++) {
    if (!(classes & 1u << i)) continue;
    report_put(out, "%s%s", between, messages_classes[i]);
    between = "; ";
  }
  if (!*between) fputs(none, out);
}

static const char *messages_channel(const char *channel) {
  if (!strcmp(channel, "sms")) return "Text message";
  if (!strcmp(channel, "page")) return "Page behind the link, once the patient is known";
  if (!strcmp(channel, "postcard")) return "Postcard";
  return !strcmp(channel, "email") ? "E-mail" : "Note for the desk";
}

/* One text of a campaign, unless it is shown already. */
static void messages_card(messages_work *work, int index) {
  const bool known = index < work->campaign->text_count;
  const long sent = known ? work->campaign->texts[index].sent : 0;
  if (known && work->shown[index]) return;
  if (known) work->shown[index] = true;
  const char *register_ = cli_json_text(work->text, "register", "general");
  const char *kind = cli_json_text(work->text, "channel", "");
  work->classes = 0;
  const bool asked = !strcmp(kind, "page") || !strcmp(kind, "postcard"); /* no step sends them */
  report_put(work->out, "<article class=\"card\">\n<h4>%s</h4>\n<p class=\"what\">%s%s%s",
             work->text->name, messages_channel(kind),
             !strcmp(register_, "detail")    ? ", only with consent to detail"
             : !strcmp(register_, "neutral") ? ", says nothing of what for"
                                             : "",
             !strcmp(cli_json_text(work->text, "to", ""), "guardian") ? ", to a guardian" : "");
  if (!asked) report_put(work->out, ", went out %l times", sent);
  fputs("</p>\n", work->out);
  for (const cli_json *each = work->text->first; each; each = each->next)
    if (each->kind == CLI_OBJECT) messages_wording(work, each);
  fputs("<p class=\"reads\">Reads: ", work->out);
  messages_list(work->out, work->classes, "nothing of the patient");
  fputs(".</p>\n</article>\n", work->out);
}

/* ---- how a campaign goes ------------------------------------------------------------------ */

/* A stretch of time. */
static void messages_time(FILE *out, const cli_json *time) {
  const char *unit = cli_json_find(time, "days") ? "day" : "hour";
  const long count = (long)cli_json_number(time, *unit == 'd' ? "days" : "hours");
  report_put(out, "%l %s%s", count, unit, count == 1 ? "" : "s");
}

/* A step that waits: for a time, or until some time before or after the visit. */
static void messages_wait(FILE *out, const cli_json *wait) {
  const cli_json *before = cli_json_find(wait, "before_visit");
  const cli_json *after = cli_json_find(wait, "after_visit");
  const cli_json *visit = before ? before : after;
  report_put(out, visit ? "<li>wait until " : "<li>wait ");
  messages_time(out, visit ? visit : wait);
  report_put(out, "%s</li>\n", before ? " before the visit" : after ? " after the visit" : "");
}

/* A step that sends: the first that can be. */
static void messages_send(FILE *out, const cli_json *send) {
  const char *before = "<li>send ";
  for (const cli_json *each = send->first; each; each = each->next, before = ", or else ")
    report_put(out, before), report_put(out, "<em>%s</em>", each->text ? each->text : "");
  fputs("</li>\n", out);
}

/* What else a step does, and in which time. */
static void messages_other(FILE *out, const cli_json *step) {
  const cli_json *within = cli_json_find(step, "within");
  const char *before = "<li>";
  for (const cli_json *each = step->first; each; each = each->next) {
    if (each == within || !strcmp(each->name, "id")) continue;
    report_put(out, before);
    report_put(out, "%s", each->name);
    before = ", ";
  }
  if (within) fputs(", within ", out);
  if (within) messages_time(out, within);
  fputs("</li>\n", out);
}

/* A step in words. */
static void messages_step(FILE *out, const cli_json *step) {
  const cli_json *wait = cli_json_find(step, "wait"), *send = cli_json_find(step, "send");
  if (wait) {
    messages_wait(out, wait);
  } else if (send) {
    messages_send(out, send);
  } else if (cli_json_find(step, "exit")) {
    fputs("<li>end</li>\n", out);
  } else {
    messages_other(out, step);
  }
}

/* The text of a name; NULL: all that are not shown yet. */
static void messages_cards(messages_work *work, const cli_json *texts, const char *name) {
  int index = 0;
  for (work->text = texts ? texts->first : NULL; work->text; work->text = work->text->next, index++)
    if (!name || !strcmp(work->text->name, name)) messages_card(work, index);
}

/* From now on Maria is told of the offer of a step; NULL: of the campaign's first. */
static void messages_offer(messages_work *work, const cli_json *step) {
  const cli_json *json = work->campaign ? cli_offer_of(work->campaign->json, step) : NULL;
  wb_offer_unref(work->offer);
  work->offer = NULL;
  if (json) (void)cli_offer_make(work->sim->world, json, &work->offer, NULL);
  work->sim->world->offer = work->offer;
}

static void messages_campaign(messages_work *work) {
  const simulate_campaign *each = work->campaign;
  const cli_json *texts = cli_json_find(each->json, "texts");
  report_put(work->out, "<h3>%s</h3>\n<ol class=\"steps\">\n", each->info.title);
  for (const cli_json *step = cli_json_first(each->json, "steps"); step; step = step->next)
    messages_step(work->out, step);
  fputs("</ol>\n<div class=\"cards\">\n", work->out);
  memset(work->shown, 0, sizeof work->shown);
  for (const cli_json *step = cli_json_first(each->json, "steps"); step; step = step->next) {
    messages_offer(work, step);
    for (const cli_json *sent = cli_json_first(step, "send"); sent; sent = sent->next)
      messages_cards(work, texts, sent->text);
  }
  messages_offer(work, NULL);
  messages_cards(work, texts, NULL);
  fputs("</div>\n", work->out);
}

int report_messages(FILE *out, const simulation *sim) {
  messages_work work = {.out = out, .sim = sim};
  int result = cli_made_up(sim->world, &work.facts);
  if (result != CLI_OK) return result;
  work.said = cli_grow(NULL, MESSAGES_MOST, 1);
  work.plain = cli_grow(NULL, MESSAGES_MOST, 1);
  report_section(
      out, "messages", "What patients read",
      "Every message, as Maria would see it. She is made up, and so is all that is said "
      "of her; the practice's own name, number and offer are real, and so is its link but for the "
      "characters at its end.");
  for (int i = 0; i < sim->campaign_count; i++) {
    work.campaign = &sim->campaigns[i];
    messages_campaign(&work);
  }
  work.campaign = NULL;
  messages_offer(&work, NULL);
  fputs("</section>\n", out);
  free(work.said);
  free(work.plain);
  wb_facts_free(work.facts);
  return CLI_OK;
}

/* ---- what each channel may read ----------------------------------------------------------- */

void report_reading(FILE *out, const simulation *sim) {
  static const struct {
    const char *channel, *name;
  } channels[] = {{"sms", "Text message"},
                  {"email.subject", "Subject of an e-mail"},
                  {"email.preheader", "Line beside the subject"},
                  {"email.text", "E-mail, as text"},
                  {"email.html", "E-mail, as a page"},
                  {"postcard", "Postcard"},
                  {"page.secure", "Page behind the link"},
                  {"call", "Note for the desk"}};
  report_section(out, "reading", "What a message may say",
                 "Before a campaign can run, every text is checked: it cannot even look at what "
                 "its channel may not say. That somebody is written to is the campaign's doing.");
  fputs("<div class=\"wide\" tabindex=\"0\"><table class=\"reading\"><thead><tr><th scope=\"col\">"
        "Where</th><th scope=\"col\">May say</th><th scope=\"col\">May besides decide between two "
        "texts</th></tr></thead><tbody>\n",
        out);
  for (size_t i = 0; i < sizeof channels / sizeof channels[0]; i++) {
    uint32_t read = 0, choose = 0;
    if (wb_policy_get(sim->world->policy, channels[i].channel, &read, &choose) != WB_OK) continue;
    report_put(out, "<tr><th scope=\"row\">%s</th><td>", channels[i].name);
    messages_list(out, read, "nothing");
    fputs("</td><td>", out);
    messages_list(out, choose & ~read, "nothing");
    fputs("</td></tr>\n", out);
  }
  fputs("</tbody></table></div>\n</section>\n", out);
}
