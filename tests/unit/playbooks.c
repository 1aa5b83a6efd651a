/* SPDX-License-Identifier: MIT */
/* What holds of every playbook that ships: languages, registers, lint, and the length of its texts
   for a practice and a patient with long names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "outreach/outreach.h"
#include "support/playbook.h"
#include "support/sample.h"
#include "support/staged.h"
#include "support/tables.h"

#include <winback/message.h>

/* Names as long as practices and people have them: 28 and 20 characters; and a link of 44, which
   are 28 and the handle. */
static const char location[] =
    "location:u|name:u|short_name:u|zone:u|region:u|phone:u|address:u\n"
    "1|Riverside Family and Children's Dentistry of Springfield|Riverside Children's Dentist|"
    "America/New_York|US-NY|+12125550100|12 Example Street, Albany, NY 12201\n";
static const char handle_link[] = "https://go.example.com/rfcd/x7Jq2wLr9TbVk3Zd";
static const char person[] =
    "patient:u|status:u|first_name:u|location:u|slot.start:tss:UTC\n"
    "p|active|Maximiliano-Fernando|1|1790181000\n"; /* Wednesday, September 23, 12:30 PM */

typedef struct world {
  wb_schema *schema;
  wb_facts *facts;
  wb_moment moment;
} world;

static void add(world *it, const char *table, const char *text) {
  wb_error error = {0};
  if (table_add(it->facts, table, text, &error) != WB_OK) fail_msg("%s: %s", table, error.message);
}

/* The practice, with the link of a message; nobody is a patient yet. */
static void open_practice(world *it) {
  const wb_facts_options options = {.size = sizeof options, .as_of = SAMPLE_NOW};
  const wb_value link = {.kind = WB_TEXT, .data = handle_link, .length = sizeof handle_link - 1};
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &it->schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, it->schema, &options, &it->facts, NULL), WB_OK);
  it->moment = (wb_moment){.size = sizeof it->moment, .now = SAMPLE_NOW};
  add(it, "locations", location);
  wbi_facts_lend_one(it->facts, WBI_LENT_MESSAGE_LINK, link);
}

static void open_world(world *it) {
  open_practice(it);
  add(it, "patients", person);
}

static void close_world(world *it) {
  wb_facts_free(it->facts);
  wb_schema_unref(it->schema);
}

/* Does something with every text of every playbook. */
static void each_text(void (*look)(world *, const wb_campaign *, const wbi_campaign_text *)) {
  world it;
  open_world(&it);
  for (uint32_t i = 0; i < wb_playbook_count(); i++) {
    const char *name = NULL, *json = NULL;
    size_t length = 0;
    wb_error error = {0};
    wb_campaign *campaign = NULL;
    assert_int_equal(wb_playbook_get(i, &name, &json, &length), WB_OK);
    if (wb_campaign_new(NULL, it.schema, NULL, json, length, &campaign, &error) != WB_OK)
      fail_msg("%s%s:%u %s", name, error.path, error.column, error.message);
    for (uint32_t j = 0; j < campaign->text_count; j++)
      look(&it, campaign, &campaign->texts[j]);
    wb_campaign_unref(campaign);
  }
  close_world(&it);
}

/* Renders a body as the first to a number, which names the sender, the link, frequency and fees,
   help and the way out. */
static void measure(world *it, const wb_campaign *campaign, const wbi_campaign_text *text,
                    const wbi_wording *wording) {
  char buffer[1024];
  size_t length = 0;
  wb_error error = {0};
  wb_sms sms = {.size = sizeof sms};
  const bool english = wbi_text_equal(wording->language, WBI_TEXT("en"));
  const wb_status status = wb_template_render(wording->body, it->facts, 0, &it->moment, buffer,
                                              sizeof buffer, &length, &error);
  if (status != WB_OK)
    fail_msg("%s %s %s: %s %s", campaign->name.data, text->name.data, wording->language.data,
             error.path, error.message);
  assert_int_equal(wb_sms_measure(buffer, length, &sms), WB_OK);
  if (sms.encoding != WB_SMS_GSM7 || sms.segments > 2)
    fail_msg("%s %u: %s", campaign->name.data, sms.segments, buffer);
  if (strstr(buffer, "Riverside Children's Dentist") == NULL ||
      strstr(buffer, "https://go.example.com/rfcd/x7Jq2wLr9TbVk3Zd ") == NULL ||
      strstr(buffer, english ? "STOP to opt out" : "STOP o ALTO") == NULL ||
      strstr(buffer, english ? "Msg frequency varies" : "Frecuencia variable") == NULL ||
      strstr(buffer, english ? "Msg&data rates may apply" : "tarifas de mensajes y datos") ==
          NULL ||
      strstr(buffer, "HELP") == NULL)
    fail_msg("%s: %s", campaign->name.data, buffer);
}

static void look_at_length(world *it, const wb_campaign *campaign, const wbi_campaign_text *text) {
  for (uint32_t i = 0; i < text->count && text->channel == WB_CHANNEL_SMS; i++)
    measure(it, campaign, text, &text->wordings[i]);
}

static void texts_fit_two_segments_with_long_names(void **state) {
  (void)state;
  each_text(look_at_length);
}

/* English and Spanish; a subject, a preheader and HTML in each e-mail, and HTML in each page. What
   is sent has a link, and the link a page. */
static void look_at_parts(world *it, const wb_campaign *campaign, const wbi_campaign_text *text) {
  (void)it;
  if (text->count != 2)
    fail_msg("%s %s is not in two languages", campaign->name.data, text->name.data);
  if (text->channel < WB_CHANNEL_CALL && campaign->page == WBI_NO_TEXT)
    fail_msg("%s has no page behind the link", campaign->name.data);
  for (uint32_t i = 0; i < text->count * PARTS; i++) {
    const bool there = part_of(&text->wordings[i / PARTS], i % PARTS) != NULL;
    const bool page = text->channel == WBI_CHANNEL_PAGE;
    const bool wanted =
        text->channel == WB_CHANNEL_EMAIL ? i % PARTS != 2 : i % PARTS == (page ? 3u : 2u);
    if (there != wanted) fail_msg("%s %s", campaign->name.data, text->name.data);
  }
}

static void everything_is_said_in_both_languages_and_all_parts(void **state) {
  (void)state;
  each_text(look_at_parts);
}

/* What a part may read by its register: a page what detail is, to anybody. */
static uint32_t readable(const wbi_campaign_text *text) {
  const uint32_t open = 1u << WB_CLASS_PUBLIC | 1u << WB_CLASS_LINK;
  if (text->recipient == WB_RECIPIENT_HOUSEHOLD && text->channel == WBI_CHANNEL_PAGE)
    return open | 1u << WB_CLASS_NAME | 1u << WB_CLASS_RELATION;
  if (text->register_ == WB_REGISTER_NEUTRAL) return open;
  if (text->register_ == WB_REGISTER_DETAIL || text->channel == WBI_CHANNEL_PAGE)
    return open | 1u << WB_CLASS_SCHEDULING | 1u << WB_CLASS_RECALL | 1u << WB_CLASS_CLINICAL |
           1u << WB_CLASS_NAME;
  return open | 1u << WB_CLASS_NAME | 1u << WB_CLASS_SCHEDULING | 1u << WB_CLASS_RECALL;
}

/* A general or detail text to a patient has a neutral one that stands in. */
static void look_at_register(world *it, const wb_campaign *campaign,
                             const wbi_campaign_text *text) {
  (void)it;
  if (text->channel < WB_CHANNEL_CALL && text->register_ != WB_REGISTER_NEUTRAL &&
      text->fallback == WBI_NO_TEXT)
    fail_msg("%s %s has no fallback", campaign->name.data, text->name.data);
  for (uint32_t i = 0; i < text->count * PARTS; i++) {
    const wb_template *part = part_of(&text->wordings[i / PARTS], i % PARTS);
    if (part != NULL && (wbi_template_label(part) & ~readable(text)) != 0)
      fail_msg("%s %s reads more than its register", campaign->name.data, text->name.data);
  }
}

static void texts_read_what_their_register_is_for(void **state) {
  (void)state;
  each_text(look_at_register);
}

/* A text to a patient has one to whoever stands for a minor: every step's, but where nobody is
   one. It says nothing of what the visit is for. */
static void look_at_guardian(world *it, const wb_campaign *campaign,
                             const wbi_campaign_text *text) {
  const uint32_t told =
      1u << WB_CLASS_PUBLIC | 1u << WB_CLASS_LINK | 1u << WB_CLASS_NAME | 1u << WB_CLASS_SCHEDULING;
  const bool adults = wbi_text_equal(campaign->name, WBI_TEXT("return-offer"));
  (void)it;
  if (text->recipient == WB_RECIPIENT_PATIENT && text->channel < WB_CHANNEL_CALL &&
      (text->guardian == WBI_NO_TEXT) != adults)
    fail_msg("%s %s is %s guardian's", campaign->name.data, text->name.data,
             adults ? "not the" : "never the");
  for (uint32_t i = 0; i < text->count * PARTS && text->recipient == WB_RECIPIENT_GUARDIAN; i++) {
    const wb_template *part = part_of(&text->wordings[i / PARTS], i % PARTS);
    if (part != NULL && (wbi_template_label(part) & ~told) != 0)
      fail_msg("%s %s tells what for", campaign->name.data, text->name.data);
  }
}

static void of_a_minor_the_guardian_is_told_the_name_and_the_time_alone(void **state) {
  (void)state;
  each_text(look_at_guardian);
}

static void look_at_words(world *it, const wb_campaign *campaign, const wbi_campaign_text *text) {
  (void)it;
  assert_no_finding(campaign, text);
}

static void no_text_has_a_finding(void **state) {
  (void)state;
  each_text(look_at_words);
}

/* A patient for each topic, planned or begun so long ago; the keys say which text is for them. */
static const char agreed[] =
    "patient:u|status:u|first_name:u|location:u|text_detail:b|email_detail:b\n"
    "root-canal|active|Ana|1|1|1\n"
    "crown|active|Ana|1|1|1\n"
    "filling|active|Ana|1|1|1\n"
    "deep-cleaning|active|Ana|1|1|1\n"
    "implant|active|Ana|1|1|1\n"
    "new-teeth|active|Ana|1|1|1\n"
    "aligners|active|Ana|1|1|1\n"
    "again|active|Ana|1|1|1\n"
    "not agreed|active|Ana|1||\n";
static const char plans[] = "patient:u|code:u|status:u|tooth:u|diagnosed:tdD\n"
                            "root-canal|D3330|planned|3|2026-09-01\n"
                            "crown|D2740|planned|3|2025-11-23\n"
                            "filling|D2391|planned|3|2026-09-01\n"
                            "deep-cleaning|D4341|planned||2026-09-01\n"
                            "implant|D6010|planned|3|2026-09-01\n"
                            "new-teeth|D5110|planned||2026-09-01\n"
                            "aligners|D8090|planned||2026-09-01\n"
                            "again|D2740|planned|3|2025-10-22\n"
                            "not agreed|D2740|planned|3|2026-09-01\n";
static const char begun[] = "patient:u|code:u|status:u|tooth:u|date:tdD\n"
                            "root-canal|D3221|completed|3|2026-06-01\n"
                            "over-root-canal|D3330|completed|3|2026-06-01\n"
                            "crown|D2799|completed|3|2026-06-01\n"
                            "filling|D2940|completed|3|2026-06-01\n"
                            "implant|D6010|completed|3|2026-01-01\n"
                            "gap|D7140|completed|3|2026-06-01\n"
                            "denture|D5130|completed||2025-06-01\n"
                            "aligners|D8660|completed||2026-06-01\n"
                            "not agreed|D2940|completed|3|2026-06-01\n";

/* A practice with tables of their own, and a playbook. */
static wb_campaign *open_topics(world *it, const char *playbook, const char *patients,
                                const char *procedures) {
  size_t length = 0;
  wb_campaign *campaign = NULL;
  open_practice(it);
  add(it, "patients", patients);
  add(it, "procedures", procedures);
  add(it, "appointments", "patient:u|status:u|start:tdD\n");
  const char *json = playbook_text(playbook, &length);
  assert_int_equal(wb_campaign_new(NULL, it->schema, NULL, json, length, &campaign, NULL), WB_OK);
  return campaign;
}

/* The text that a patient is sent in place of another. */
static const char *chosen(world *it, const wb_campaign *campaign, const char *patient,
                          const char *from) {
  uint16_t text = 0;
  wbi_subject subject = {it->facts, 0, &it->moment, &campaign->fields};
  while (!wbi_text_equal(campaign->texts[text].name, wbi_text_of(from)))
    text++;
  assert_int_equal(wb_facts_find(it->facts, patient, strlen(patient), &subject.row), WB_OK);
  assert_true(wbi_facts_enter(it->facts));
  assert_int_equal(wbi_campaign_choose(campaign, &subject, WBI_NO_VARIANT, &text, NULL), WB_OK);
  wbi_facts_leave(it->facts);
  return campaign->texts[text].name.data;
}

/* Each topic has its text for those who agreed; all others are sent the general one. */
static void choose_topics(const char *playbook, const char *patients, const char *procedures,
                          const char *const *topics, const char *mail) {
  char wanted[80];
  world it;
  wb_campaign *campaign = open_topics(&it, playbook, patients, procedures);
  for (; *topics != NULL; topics++) {
    snprintf(wanted, sizeof wanted, "text-%s", *topics);
    assert_string_equal(chosen(&it, campaign, *topics, "text-first"), wanted);
    snprintf(wanted, sizeof wanted, "email-%s", *topics);
    assert_string_equal(chosen(&it, campaign, *topics, mail), wanted);
  }
  assert_string_equal(chosen(&it, campaign, "not agreed", "text-first"), "text-first");
  assert_string_equal(chosen(&it, campaign, "not agreed", mail), mail);
  wb_campaign_unref(campaign);
  close_world(&it);
}

static void planned_treatment_is_named_to_those_who_agreed(void **state) {
  static const char *const topics[] = {"root-canal",    "crown",   "filling",
                                       "deep-cleaning", "implant", "new-teeth",
                                       "aligners",      "again",   NULL};
  (void)state;
  choose_topics("unscheduled-treatment", agreed, plans, topics, "email-answers");
}

static void treatment_that_was_begun_is_named_to_those_who_agreed(void **state) {
  static const char *const topics[] = {"root-canal", "over-root-canal", "crown",
                                       "filling",    "implant",         "gap",
                                       "denture",    "aligners",        NULL};
  static const char patients[] =
      "patient:u|status:u|first_name:u|location:u|text_detail:b|email_detail:b\n"
      "root-canal|active|Ana|1|1|1\n"
      "over-root-canal|active|Ana|1|1|1\n"
      "crown|active|Ana|1|1|1\n"
      "filling|active|Ana|1|1|1\n"
      "implant|active|Ana|1|1|1\n"
      "gap|active|Ana|1|1|1\n"
      "denture|active|Ana|1|1|1\n"
      "aligners|active|Ana|1|1|1\n"
      "not agreed|active|Ana|1||\n";
  (void)state;
  choose_topics("unfinished-treatment", patients, begun, topics, "email-answers");
}

/* What a page says to a patient, in a language. */
static void page_said(world *it, const wb_campaign *campaign, uint32_t language, char *buffer,
                      size_t capacity) {
  wb_error error = {0};
  size_t length = 0;
  const wb_template *page = campaign->texts[campaign->page].wordings[language].html;
  const wb_status status =
      wb_template_render(page, it->facts, 0, &it->moment, buffer, capacity, &length, &error);
  if (status != WB_OK) fail_msg("%s: %s %s", campaign->name.data, error.path, error.message);
}

static void the_page_names_whatever_was_planned(void **state) {
  static const struct {
    const char *code, *headings[2];
  } cases[] = {{"D3330", {"Root canal", "Endodoncia"}},
               {"D2740", {"Crown", "Corona"}},
               {"D2391", {"Filling", "Empaste"}},
               {"D4341", {"Deep cleaning", "Limpieza profunda"}},
               {"D6010", {"Implant", "Implante"}},
               {"D5110", {"Bridge or denture", "Puente o dentadura"}},
               {"D8090", {"Aligners or braces", "Alineadores o frenos"}},
               {"D2962", {"Veneer", "Carilla"}},
               {"D9944", {"Night guard", "Protector nocturno"}},
               {"D7140", {"Taking out a tooth", "Extracción de un diente"}},
               {"D7210", {"Taking out a tooth", "Extracción de un diente"}},
               {"D7240", {"Taking out a tooth", "Extracción de un diente"}},
               {"D7250", {"Taking out a tooth", "Extracción de un diente"}},
               {"D4240", {"Gum treatment", "Tratamiento de las encías"}},
               {"D4260", {"Gum treatment", "Tratamiento de las encías"}},
               {"D4273", {"Gum treatment", "Tratamiento de las encías"}},
               {"D4211", {"Gum treatment", "Tratamiento de las encías"}},
               {"D4249", {"Gum treatment", "Tratamiento de las encías"}}};
  (void)state;
  for (size_t i = 0; i < 2 * WBI_COUNT(cases); i++) {
    char plan[160], buffer[4096], wanted[80];
    world it;
    snprintf(plan, sizeof plan,
             "patient:u|code:u|status:u|tooth:u|diagnosed:tdD\np|%s|planned|3|2026-09-01\n",
             cases[i / 2].code);
    wb_campaign *campaign = open_topics(&it, "unscheduled-treatment", person, plan);
    page_said(&it, campaign, i % 2, buffer, sizeof buffer);
    snprintf(wanted, sizeof wanted, "<h2>%s</h2>\n<p>", cases[i / 2].headings[i % 2]);
    const char *first = strstr(buffer, "<h2>");
    if (first == NULL || strncmp(first, wanted, strlen(wanted)) != 0)
      fail_msg("%s: %s", cases[i / 2].code, buffer);
    wb_campaign_unref(campaign);
    close_world(&it);
  }
}

/* One opening, 2026-11-24 at so many hours of UTC, at a location; none without hours. */
static wb_campaign *open_cues(world *it, int hours, const char *where) {
  char text[200] = "opening:u|start:tss:UTC|minutes:i|location:u\n";
  wb_campaign *campaign =
      open_topics(it, "lapsed-exam", agreed, "patient:u|code:u|status:u|tooth:u|diagnosed:tdD\n");
  const size_t used = strlen(text);
  if (hours > 0)
    snprintf(text + used, sizeof text - used, "o|%lld|60|%s\n",
             (long long)SAMPLE_NOW + 9 * 3600 + (long long)hours * 3600, where);
  add(it, "openings", text);
  return campaign;
}

/* Whether the first e-mail to somebody speaks of a time that came free. */
static bool mail_shows(world *it, const wb_campaign *campaign) {
  char buffer[2048];
  uint16_t text = 0;
  while (!wbi_text_equal(campaign->texts[text].name, WBI_TEXT("email-first")))
    text++;
  playbook_plain(campaign->texts[text].wordings[0].html, it->facts, 0, &it->moment, buffer,
                 sizeof buffer);
  return strstr(buffer, "Just came free: Tuesday, November 24, ") != NULL;
}

static void cues_are_given_only_while_they_are_true(void **state) {
  static const struct {
    int hours; /* of UTC; five more than at the location */
    const char *where, *text;
    bool shown;
  } cases[] = {{13, "1", "text-early", true},
               {14, "1", "text-last", true},
               {19, "1", "text-last", true},
               {13, "2", "text-last", false},
               {0, "1", "text-last", false}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    world it;
    wb_campaign *campaign = open_cues(&it, cases[i].hours, cases[i].where);
    assert_string_equal(chosen(&it, campaign, "not agreed", "text-last"), cases[i].text);
    assert_int_equal(mail_shows(&it, campaign), cases[i].shown);
    wb_campaign_unref(campaign);
    close_world(&it);
  }
}

/* Noon of a day at the location. */
static wb_time noon(int month, int day) {
  wb_date date = 0;
  assert_int_equal(wb_date_make(2027, month, day, &date), WB_OK);
  return (wb_time)date * 86400 + 17 * 3600;
}

/* The cue is that of the practice's own calendar, and where no season is, what is always true. */
static void a_family_hears_of_the_season_it_is(void **state) {
  static const char settings[] =
      "{\"playbooks\": {\"household-seasons\": {\"school_start\": "
      "[{\"from\": \"2027-09-01\", \"to\": \"2027-09-20\", \"ahead\": 7}]}}}";
  static const struct {
    int month, day;
    const char *text, *own;
  } cases[] = {{1, 15, "first", "first"},  {4, 10, "break", "break"},   {6, 1, "break", "break"},
               {8, 15, "school", "first"}, {8, 25, "school", "school"}, {9, 15, "first", "school"},
               {10, 15, "first", "first"}, {12, 1, "break", "break"}};
  (void)state;
  world it;
  size_t length = 0;
  wb_campaign *own = NULL;
  wb_campaign *campaign = open_topics(&it, "household-seasons", person, plans);
  const char *json = playbook_text("household-seasons", &length);
  assert_int_equal(wb_campaign_make(NULL, it.schema, NULL, json, length, settings,
                                    sizeof settings - 1, &own, NULL),
                   WB_OK);
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    char wanted[40];
    it.moment.now = noon(cases[i].month, cases[i].day);
    snprintf(wanted, sizeof wanted, "text-%s", cases[i].text);
    assert_string_equal(chosen(&it, campaign, "p", "text-first"), wanted);
    snprintf(wanted, sizeof wanted, "email-%s", cases[i].own);
    assert_string_equal(chosen(&it, own, "p", "email-first"), wanted);
  }
  wb_campaign_unref(own);
  wb_campaign_unref(campaign);
  close_world(&it);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(planned_treatment_is_named_to_those_who_agreed),
      cmocka_unit_test(treatment_that_was_begun_is_named_to_those_who_agreed),
      cmocka_unit_test(the_page_names_whatever_was_planned),
      cmocka_unit_test(a_family_hears_of_the_season_it_is),
      cmocka_unit_test(cues_are_given_only_while_they_are_true),
      cmocka_unit_test(texts_fit_two_segments_with_long_names),
      cmocka_unit_test(everything_is_said_in_both_languages_and_all_parts),
      cmocka_unit_test(texts_read_what_their_register_is_for),
      cmocka_unit_test(of_a_minor_the_guardian_is_told_the_name_and_the_time_alone),
      cmocka_unit_test(no_text_has_a_finding),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
