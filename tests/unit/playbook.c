/* SPDX-License-Identifier: MIT */
/* The playbooks that ship compile; and what the one for overdue cleanings says, to whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "outreach/outreach.h"
#include "support/playbook.h"
#include "support/staged.h"

#include <winback/message.h>

/* One patient for each kind and band; the keys say which. Today is 2026-11-23. */
static const char patients[] =
    "patient:u|status:u|first_name:u|birth_date:tdD|location:u|text_permission:u|mobile:u\n"
    "prophy 0-6|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "prophy 6-9|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "prophy 9-12|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "prophy 12+|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "perio 0-6|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "perio 6-9|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "perio 9-12|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "perio 12+|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "nameless|active||1980-01-01|1|yes|212-555-0101\n"
    "not due|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "booked|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "disabled|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "until|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "until today|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "balance|active|Fern|1980-01-01|1|yes|212-555-0101\n"
    "never|active|Fern|1980-01-01|1|yes|212-555-0101\n";

static const char procedures[] = "patient:u|code:u|status:u|date:tdD\n"
                                 "prophy 0-6|D1110|completed|2026-05-22\n"
                                 "prophy 6-9|D1110|completed|2025-11-22\n"
                                 "prophy 9-12|D1110|completed|2025-08-22\n"
                                 "prophy 12+|D1110|completed|2025-05-22\n"
                                 "perio 0-6|D4910|completed|2026-07-23\n"
                                 "perio 6-9|D4910|completed|2026-01-23\n"
                                 "perio 9-12|D4910|completed|2025-10-23\n"
                                 "perio 12+|D4910|completed|2025-07-23\n"
                                 "nameless|D1110|completed|2025-05-22\n"
                                 "not due|D1110|completed|2026-05-23\n"
                                 "booked|D1110|completed|2025-05-22\n"
                                 "disabled|D1110|completed|2025-05-22\n"
                                 "until|D1110|completed|2025-05-22\n"
                                 "until today|D1110|completed|2025-05-22\n"
                                 "balance|D1110|completed|2025-05-22\n";

static const char recalls[] = "patient:u|kind:u|disabled:b|disabled_until:tdD|disabled_balance:l\n"
                              "disabled|prophy|1||\n"
                              "until|prophy||2026-11-24|\n"
                              "until today|prophy||2026-11-23|\n"
                              "balance|prophy|||5000\n";

static const char appointments[] = "patient:u|status:u|start:tdD\n"
                                   "booked|scheduled|2026-11-23\n";

static void open_world(staged *it) {
  size_t length = 0;
  sample_open(&it->sample, NULL);
  sample_add(&it->sample, "patients", patients);
  sample_add(&it->sample, "procedures", procedures);
  sample_add(&it->sample, "recalls", recalls);
  sample_add(&it->sample, "appointments", appointments);
  const char *json = playbook_text("hygiene-recare", &length);
  staged_campaign(it, json, length);
}

/* Renders a part of a text of the playbook for a patient. */
static const char *say(staged *it, const char *text, const char *key, bool subject, char *buffer,
                       size_t capacity) {
  size_t length = 0;
  wb_error error = {0};
  for (uint32_t i = 0; i < it->campaign->text_count; i++) {
    const wbi_campaign_text *each = it->campaign->texts + i;
    if (!wbi_text_equal(each->name, wbi_text_of(text))) continue;
    const wbi_wording *wording = each->wordings;
    if (!subject && wording->body == NULL) {
      playbook_plain(wording->html, it->sample.facts, staged_row(it, key), &it->sample.moment,
                     buffer, capacity);
      return buffer;
    }
    const wb_status status = wb_template_render(
        subject ? wording->subject : wording->body, it->sample.facts, staged_row(it, key),
        &it->sample.moment, buffer, capacity, &length, &error);
    if (status != WB_OK) fail_msg("%s: %s %s", text, error.path, error.message);
    return buffer;
  }
  fail_msg("no text %s", text);
  return NULL;
}

/* From now on the number was written to before, or not. */
static void written_to(staged *it, bool again) {
  wbi_facts_lend_one(it->sample.facts, WBI_LENT_MESSAGE_AGAIN,
                     (wb_value){.kind = WB_BOOL, .integer = again});
}

static const char *const texts[] = {"text-first", "text-second", "text-last"};
static const char *const emails[] = {"email-first", "email-second", "email-last"};
static const char *const segments[] = {"perio 12+",  "perio 9-12",  "perio 6-9",  "perio 0-6",
                                       "prophy 12+", "prophy 9-12", "prophy 6-9", "prophy 0-6"};

static void every_playbook_compiles_under_its_own_name(void **state) {
  wb_schema *schema = NULL;
  (void)state;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_true(wb_playbook_count() >= 1);
  for (uint32_t i = 0; i < wb_playbook_count(); i++) {
    const char *name = NULL, *json = NULL;
    size_t length = 0;
    wb_campaign *campaign = NULL;
    wb_campaign_info info = {.size = sizeof info};
    assert_int_equal(wb_playbook_get(i, &name, &json, &length), WB_OK);
    assert_int_equal(length, strlen(json));
    assert_int_equal(wb_campaign_new(NULL, schema, NULL, json, length, &campaign, NULL), WB_OK);
    assert_int_equal(wb_campaign_get(campaign, &info), WB_OK);
    assert_string_equal(info.name, name);
    wb_campaign_unref(campaign);
  }
  wb_schema_unref(schema);
}

static void there_is_an_end_to_the_playbooks(void **state) {
  const char *name = "before", *json = NULL;
  size_t length = 0;
  (void)state;
  assert_int_equal(wb_playbook_get(wb_playbook_count(), &name, &json, &length), WB_E_NAME);
  assert_string_equal(name, "before");
}

static void the_hygiene_playbook_has_the_shape_of_its_use_case(void **state) {
  staged it;
  (void)state;
  open_world(&it);
  assert_int_equal(it.campaign->segment_count, WBI_COUNT(segments));
  for (uint32_t i = 0; i < it.campaign->segment_count; i++) {
    assert_string_equal(it.campaign->segments[i].name.data, segments[i]);
  }
  assert_int_equal(it.campaign->step_count, 7);
  assert_int_equal(it.campaign->response_count, 2);
  const wbi_response *clicked =
      it.campaign->responses + wbi_campaign_response(it.campaign, WBI_TEXT("clicked"));
  assert_int_equal(clicked->seconds, 86400);
  staged_close(&it);
}

static void perio_comes_first_and_the_longest_overdue(void **state) {
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(segments); i++) {
    wb_match match = {.size = sizeof match};
    assert_int_equal(wb_campaign_match(it.campaign, it.sample.facts, staged_row(&it, segments[i]),
                                       &it.sample.moment, &match, NULL),
                     WB_OK);
    assert_int_equal(match.outcome, WB_MATCH_IN);
    assert_string_equal(match.segment, segments[i]);
    assert_int_equal(match.priority, i);
  }
  staged_close(&it);
}

static void who_is_not_to_be_recalled_is_out(void **state) {
  static const struct {
    const char *patient;
    int32_t outcome;
  } rows[] = {{"not due", WB_MATCH_AUDIENCE},  {"booked", WB_MATCH_AUDIENCE},
              {"disabled", WB_MATCH_AUDIENCE}, {"until", WB_MATCH_AUDIENCE},
              {"until today", WB_MATCH_IN},    {"balance", WB_MATCH_EXCLUDED},
              {"never", WB_MATCH_AUDIENCE}};
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_match match = {.size = sizeof match};
    assert_int_equal(wb_campaign_match(it.campaign, it.sample.facts,
                                       staged_row(&it, rows[i].patient), &it.sample.moment, &match,
                                       NULL),
                     WB_OK);
    if (match.outcome != rows[i].outcome) fail_msg("%s: %d", rows[i].patient, match.outcome);
  }
  staged_close(&it);
}

static void who_books_or_is_disabled_leaves(void **state) {
  static const struct {
    const char *patient, *exit;
  } rows[] = {{"booked", "booked"},  {"not due", "seen"},    {"disabled", "disabled"},
              {"until", "disabled"}, {"balance", "balance"}, {"until today", ""},
              {"prophy 12+", ""}};
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wbi_subject subject = {it.sample.facts, staged_row(&it, rows[i].patient),
                                 &it.sample.moment, &it.campaign->fields};
    wbi_text name = {NULL, 0};
    assert_true(wbi_facts_enter(it.sample.facts));
    assert_int_equal(wbi_campaign_exit(it.campaign, &subject, &name, NULL), WB_OK);
    wbi_facts_leave(it.sample.facts);
    if (!wbi_text_equal(name, wbi_text_of(rows[i].exit))) fail_msg("%s", rows[i].patient);
  }
  staged_close(&it);
}

static void the_texts_say_this(void **state) {
  char buffer[1024];
  staged it;
  (void)state;
  open_world(&it);
  assert_string_equal(
      say(&it, "text-first", "prophy 12+", false, buffer, sizeof buffer),
      "Hi Fern, it's Example Dental. You're due for your cleaning and check-up. Pick a time that "
      "suits you: https://book.example.com/riverside Msg frequency varies. Msg&data rates may "
      "apply. Reply HELP for help, STOP to opt out.");
  written_to(&it, true);
  assert_string_equal(
      say(&it, "text-second", "prophy 12+", false, buffer, sizeof buffer),
      "Hi Fern, Example Dental here. We'd be glad to see you for your cleaning and check-up. "
      "Times: https://book.example.com/riverside Reply STOP to opt out.");
  assert_string_equal(
      say(&it, "text-last", "nameless", false, buffer, sizeof buffer),
      "Hi there, it's Example Dental. If you'd still like your cleaning and check-up, pick a time "
      "here: https://book.example.com/riverside Reply STOP to opt out.");
  staged_close(&it);
}

static void a_text_is_the_same_for_every_kind_and_band(void **state) {
  char first[1024], other[1024];
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(texts); i++) {
    say(&it, texts[i], segments[0], false, first, sizeof first);
    for (size_t j = 1; j < WBI_COUNT(segments); j++) {
      assert_string_equal(say(&it, texts[i], segments[j], false, other, sizeof other), first);
    }
  }
  staged_close(&it);
}

static void an_email_is_the_same_for_both_kinds(void **state) {
  char perio[4096], prophy[4096];
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(emails); i++) {
    for (size_t j = 0; j < 4; j++) {
      say(&it, emails[i], segments[j], false, perio, sizeof perio);
      say(&it, emails[i], segments[j + 4], false, prophy, sizeof prophy);
      assert_string_equal(perio, prophy);
    }
  }
  staged_close(&it);
}

static void an_email_differs_by_band(void **state) {
  char reminder[4096], middle[4096], other[4096], longest[4096];
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < 2; i++) {
    say(&it, emails[i], "prophy 0-6", false, reminder, sizeof reminder);
    say(&it, emails[i], "prophy 6-9", false, middle, sizeof middle);
    say(&it, emails[i], "prophy 9-12", false, other, sizeof other);
    say(&it, emails[i], "prophy 12+", false, longest, sizeof longest);
    assert_string_not_equal(reminder, middle);
    assert_string_equal(middle, other);
    assert_string_not_equal(middle, longest);
    assert_string_not_equal(reminder, longest);
  }
  staged_close(&it);
}

static void an_email_says_this(void **state) {
  char buffer[4096];
  staged it;
  (void)state;
  open_world(&it);
  assert_string_equal(say(&it, "email-first", "perio 0-6", true, buffer, sizeof buffer),
                      "Time to plan your next visit at Example Dental");
  assert_string_equal(
      say(&it, "email-first", "perio 0-6", false, buffer, sizeof buffer),
      "Hi Fern,\n\n"
      "A friendly reminder from Example Dental Riverside: you're due for your cleaning and "
      "check-up.\n\n"
      "Pick a time: https://book.example.com/riverside\n\n"
      "Has your insurance changed? Bring the new card and we will update it.\n\n"
      "Would you like our e-mails to say what a visit is for? Reply DETAILS to this one. Until "
      "then "
      "we keep them general.\n\n"
      "See you soon,\nExample Dental Riverside\n12 Example Street, Albany, NY 12201\n\n"
      "Prefer no e-mail from us? Reply STOP and we will not write again.");
  staged_close(&it);
}

/* Whether a text holds a word, in any case. */
static bool holds(const char *text, const char *word) {
  const wbi_text wanted = wbi_text_of(word);
  for (; strlen(text) >= wanted.length; text++) {
    if (wbi_text_equal_fold((wbi_text){text, wanted.length}, wanted)) return true;
  }
  return false;
}

/* Words of guilt, pressure, clinic and money that no text to a patient has. */
static void refuse_words(const char *text) {
  static const char *const words[] = {
      "overdue", "neglect",  "failed to", "final notice", "last chance", "disappoint", "missed",
      "perio",   "gum",      "disease",   "decay",        "balance",     "$",          "%",
      "{",       "discount", "free ",     "act now",      "!!"};
  for (size_t i = 0; i < WBI_COUNT(words); i++) {
    if (holds(text, words[i])) fail_msg("\"%s\" in: %s", words[i], text);
  }
}

static void no_text_to_a_patient_scolds_or_tells(void **state) {
  char buffer[4096];
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(segments); i++) {
    for (size_t j = 0; j < WBI_COUNT(texts); j++) {
      refuse_words(say(&it, texts[j], segments[i], false, buffer, sizeof buffer));
      refuse_words(say(&it, emails[j], segments[i], true, buffer, sizeof buffer));
      refuse_words(say(&it, emails[j], segments[i], false, buffer, sizeof buffer));
    }
  }
  staged_close(&it);
}

/* Septets of GSM 03.38: one for each character that is plain in both alphabets. */
static size_t septets(const char *text) {
  for (const char *c = text; *c != '\0'; c++) {
    if ((unsigned char)*c >= 0x80 || strchr("`^{}[]~|\\", *c) != NULL) {
      fail_msg("'%c' costs more than one septet", *c);
    }
  }
  return strlen(text);
}

static void texts_are_short_and_name_sender_link_and_stop(void **state) {
  char buffer[1024];
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < 2 * WBI_COUNT(texts); i++) {
    const bool again = i % 2 != 0; /* whichever comes first has to say more: two segments */
    written_to(&it, again);
    const char *text = say(&it, texts[i / 2], "prophy 12+", false, buffer, sizeof buffer);
    if (septets(text) > (again ? 160 : 306)) fail_msg("%d: %s", (int)septets(text), text);
    assert_non_null(strstr(text, "Example Dental"));
    assert_non_null(strstr(text, "https://book.example.com/riverside "));
    assert_non_null(strstr(text, "STOP to opt out"));
    assert_int_equal(strstr(text, "HELP") == NULL, again);
    assert_int_equal(strstr(text, "Msg frequency varies") == NULL, again);
    assert_int_equal(strstr(text, "Msg&data rates may apply") == NULL, again);
  }
  staged_close(&it);
}

static void emails_name_sender_address_link_and_stop(void **state) {
  char buffer[4096];
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(emails); i++) {
    const char *subject = say(&it, emails[i], "prophy 12+", true, buffer, sizeof buffer);
    assert_true(strlen(subject) <= 78);
    assert_false(holds(subject, "cleaning"));
    assert_false(holds(subject, "Fern"));
    const char *body = say(&it, emails[i], "prophy 12+", false, buffer, sizeof buffer);
    assert_non_null(strstr(body, "Example Dental Riverside\n12 Example Street, Albany, NY 12201"));
    assert_non_null(strstr(body, ": https://book.example.com/riverside\n"));
    assert_non_null(strstr(body, "Reply STOP"));
    assert_null(strstr(body, "\n\n\n"));
  }
  staged_close(&it);
}

static void notes_for_the_desk_say_who_and_why(void **state) {
  char buffer[1024];
  staged it;
  (void)state;
  open_world(&it);
  say(&it, "call-clicked", "prophy 12+", false, buffer, sizeof buffer);
  assert_memory_equal(buffer, "Fern used the booking page", 26);
  refuse_words(buffer);
  say(&it, "call-asks", "nameless", false, buffer, sizeof buffer);
  assert_memory_equal(buffer, "This patient answered our message with a question", 49);
  refuse_words(buffer);
  staged_close(&it);
}

/* Finds a text of the playbook. */
static const wbi_campaign_text *text_of(const staged *it, const char *name) {
  uint32_t i = 0;
  while (i < it->campaign->text_count &&
         !wbi_text_equal(it->campaign->texts[i].name, wbi_text_of(name)))
    i++;
  if (i == it->campaign->text_count) fail_msg("no text %s", name);
  return &it->campaign->texts[i];
}

static void texts_fit_two_segments_in_both_languages(void **state) {
  char buffer[1024];
  staged it;
  (void)state;
  open_world(&it);
  for (uint32_t i = 0; i < it.campaign->text_count; i++) {
    const wbi_campaign_text *text = &it.campaign->texts[i];
    if (text->channel != WB_CHANNEL_SMS) continue;
    assert_int_equal(text->count, 2);
    for (uint32_t j = 0; j < text->count; j++) {
      wb_sms sms = {.size = sizeof sms};
      size_t length = 0;
      assert_int_equal(wb_template_render(text->wordings[j].body, it.sample.facts,
                                          staged_row(&it, "perio 12+"), &it.sample.moment, buffer,
                                          sizeof buffer, &length, NULL),
                       WB_OK);
      assert_int_equal(wb_sms_measure(buffer, length, &sms), WB_OK);
      if (sms.encoding != WB_SMS_GSM7 || sms.segments > 2) fail_msg("%s", buffer);
      assert_non_null(strstr(buffer, j == 0 ? "STOP to opt out" : "STOP o ALTO"));
    }
  }
  staged_close(&it);
}

static void the_neutral_texts_say_nothing_of_the_patient(void **state) {
  static const char *const neutral[] = {"text-neutral", "email-neutral", "call-neutral"};
  const uint32_t allowed = 1u << WB_CLASS_PUBLIC | 1u << WB_CLASS_LINK;
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(neutral); i++) {
    const wbi_campaign_text *text = text_of(&it, neutral[i]);
    assert_int_equal(text->register_, WB_REGISTER_NEUTRAL);
    for (uint32_t j = 0; j < text->count * PARTS; j++) {
      const wb_template *part = part_of(&text->wordings[j / PARTS], j % PARTS);
      if (part != NULL) assert_int_equal(wbi_template_label(part) & ~allowed, 0);
    }
  }
  staged_close(&it);
}

static void detail_names_the_kind_and_stands_in_by_consent(void **state) {
  char perio[4096], prophy[4096];
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(texts); i++) {
    const wbi_campaign_text *text = text_of(&it, texts[i]), *mail = text_of(&it, emails[i]);
    const char *detail = it.campaign->texts[text->detail].name.data;
    say(&it, detail, "perio 0-6", false, perio, sizeof perio);
    say(&it, detail, "prophy 0-6", false, prophy, sizeof prophy);
    assert_non_null(strstr(perio, "periodontal maintenance"));
    assert_non_null(strstr(prophy, "cleaning and check-up"));
    assert_string_equal(it.campaign->texts[mail->detail].name.data, "email-detail");
    assert_string_equal(it.campaign->texts[text->fallback].name.data, "text-neutral");
    assert_string_equal(it.campaign->texts[mail->fallback].name.data, "email-neutral");
  }
  staged_close(&it);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_playbook_compiles_under_its_own_name),
      cmocka_unit_test(there_is_an_end_to_the_playbooks),
      cmocka_unit_test(the_hygiene_playbook_has_the_shape_of_its_use_case),
      cmocka_unit_test(perio_comes_first_and_the_longest_overdue),
      cmocka_unit_test(who_is_not_to_be_recalled_is_out),
      cmocka_unit_test(who_books_or_is_disabled_leaves),
      cmocka_unit_test(the_texts_say_this),
      cmocka_unit_test(a_text_is_the_same_for_every_kind_and_band),
      cmocka_unit_test(an_email_is_the_same_for_both_kinds),
      cmocka_unit_test(an_email_differs_by_band),
      cmocka_unit_test(an_email_says_this),
      cmocka_unit_test(no_text_to_a_patient_scolds_or_tells),
      cmocka_unit_test(texts_are_short_and_name_sender_link_and_stop),
      cmocka_unit_test(emails_name_sender_address_link_and_stop),
      cmocka_unit_test(texts_fit_two_segments_in_both_languages),
      cmocka_unit_test(the_neutral_texts_say_nothing_of_the_patient),
      cmocka_unit_test(detail_names_the_kind_and_stands_in_by_consent),
      cmocka_unit_test(notes_for_the_desk_say_who_and_why),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
