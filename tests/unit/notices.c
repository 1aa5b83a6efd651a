/* SPDX-License-Identifier: MIT */
/* The answers that ship: they compile, cost one segment, and say nothing of the patient. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "data/data.h"
#include "outreach/practice_private.h"
#include "support/staged.h"

#include <winback/message.h>

static const char patients[] = "patient:u|status:u|first_name:u|birth_date:tdD|location:u\n"
                               "fern|active|Fern|1980-01-01|1\n"
                               "juno|inactive||2015-01-01|1\n";

static void open_world(staged *it) {
  sample_open(&it->sample, NULL);
  sample_add(&it->sample, "patients", patients);
  assert_int_equal(wbi_data_notices_count, 1);
  assert_string_equal(wbi_data_notices[0].name, "notices");
  staged_campaign(it, wbi_data_notices[0].text, wbi_data_notices[0].length);
}

/* Renders the body of a wording for a patient. */
static const char *say(staged *it, const wbi_wording *wording, const char *key, char *buffer,
                       size_t capacity) {
  size_t length = 0;
  wb_error error = {0};
  const wb_status status =
      wb_template_render(wording->body, it->sample.facts, staged_row(it, key), &it->sample.moment,
                         buffer, capacity, &length, &error);
  if (status != WB_OK) fail_msg("%s %s", error.path, error.message);
  return buffer;
}

static void every_answer_is_a_step_of_its_own_name(void **state) {
  static const char *const names[] = {"stop-confirmed", "help",       "safety",     "gone",
                                      "yours",          "reschedule", "details-on", "details-off"};
  staged it;
  (void)state;
  open_world(&it);
  assert_int_equal(it.campaign->step_count, WBI_COUNT(names) + 1);
  for (size_t i = 0; i < WBI_COUNT(names); i++) {
    const wbi_step *step = &it.campaign->steps[i];
    assert_int_equal(step->kind, WBI_STEP_SEND);
    assert_string_equal(step->id.data, names[i]);
    assert_string_equal(it.campaign->texts[step->texts[0]].name.data, names[i]);
    assert_int_equal(it.campaign->texts[step->texts[0]].channel, WB_CHANNEL_SMS);
  }
  assert_int_equal(it.campaign->steps[WBI_COUNT(names)].kind, WBI_STEP_EXIT);
  assert_int_equal(it.campaign->touches, 1);
  staged_close(&it);
}

static void an_answer_by_text_is_one_segment(void **state) {
  char buffer[1024];
  staged it;
  (void)state;
  open_world(&it);
  for (uint32_t i = 0; i < it.campaign->text_count; i++) {
    const wbi_campaign_text *text = &it.campaign->texts[i];
    assert_int_equal(text->count, 2);
    if (text->channel != WB_CHANNEL_SMS) continue;
    for (uint32_t j = 0; j < text->count; j++) {
      wb_sms sms = {.size = sizeof sms};
      say(&it, &text->wordings[j], "fern", buffer, sizeof buffer);
      assert_int_equal(wb_sms_measure(buffer, strlen(buffer), &sms), WB_OK);
      if (sms.encoding != WB_SMS_GSM7 || sms.segments != 1) fail_msg("%s", buffer);
      assert_memory_equal(buffer, "Example Dental: ", 16);
      assert_non_null(strstr(buffer, j == 0 ? "STOP to opt out" : "STOP o ALTO"));
    }
  }
  staged_close(&it);
}

static void an_answer_reads_nothing_of_the_patient(void **state) {
  char one[1024], two[1024];
  staged it;
  (void)state;
  open_world(&it);
  for (uint32_t i = 0; i < it.campaign->text_count; i++) {
    const wbi_campaign_text *text = &it.campaign->texts[i];
    for (uint32_t j = 0; j < text->count; j++) {
      const wbi_wording *wording = &text->wordings[j];
      assert_int_equal(
          wbi_template_label(wording->body) & ~(1u << WB_CLASS_PUBLIC | 1u << WB_CLASS_LINK), 0);
      assert_string_equal(say(&it, wording, "fern", one, sizeof one),
                          say(&it, wording, "juno", two, sizeof two));
    }
  }
  staged_close(&it);
}

static void no_answer_has_a_finding(void **state) {
  staged it;
  (void)state;
  open_world(&it);
  for (uint32_t i = 0; i < it.campaign->text_count; i++)
    assert_no_finding(it.campaign, &it.campaign->texts[i]);
  staged_close(&it);
}

static void the_number_for_emergencies_is_that_of_the_place(void **state) {
  static const struct {
    const char *region, *expected;
  } rows[] = {{"US-NY", " 911 "},
              {"CA-ON", " 911 "},
              {"GB-ENG", " 999 "},
              {"AU-NSW", " 000 "},
              {"", " 911 "}};
  char buffer[1024], locations[512];
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    staged it;
    open_world(&it);
    sample_renew(&it.sample, NULL, SAMPLE_NOW);
    snprintf(locations, sizeof locations,
             "location:u|name:u|short_name:u|zone:u|region:u|phone:u|address:u\n"
             "1|Example Dental|Example|EST5EDT,M3.2.0,M11.1.0|%s|+12125550100|12 Example Street\n",
             rows[i].region);
    sample_add(&it.sample, "locations", locations);
    sample_add(&it.sample, "patients", patients);
    const wbi_step *safety = &it.campaign->steps[2];
    for (uint32_t j = 0; j < safety->text_count; j++) {
      for (uint32_t k = 0; k < 2; k++) {
        const wbi_campaign_text *text = &it.campaign->texts[safety->texts[j]];
        say(&it, &text->wordings[k], "fern", buffer, sizeof buffer);
        if (strstr(buffer, rows[i].expected) == NULL) fail_msg("%s: %s", rows[i].region, buffer);
      }
    }
    staged_close(&it);
  }
}

static void the_answers_say_this(void **state) {
  static const char *const expected[] = {
      "Example Dental: you will get no more texts from us. Reply START to get them again (STOP to "
      "opt out). To cancel a visit, call (212) 555-0100.",
      "Example Dental: texts about your visits. Call us: (212) 555-0100. Msg frequency varies. "
      "Msg&data rates may apply. Reply STOP to opt out.",
      "Example Dental: emergency? Call 911 or go to an emergency room now. To reach us call (212) "
      "555-0100. Our team has your text. Reply STOP to opt out.",
      "Example Dental: thank you for answering. That time is gone. Pick another here, or we call "
      "you: "
      "https://book.example.com/riverside Reply STOP to opt out.",
      "Example Dental: thank you, that time is yours. We will confirm it as soon as it is in our "
      "book. Reply STOP to opt out.",
      "Example Dental: no problem. Pick another time here, or we call you: "
      "https://book.example.com/riverside Reply STOP to opt out."};
  char buffer[1024];
  staged it;
  (void)state;
  open_world(&it);
  for (size_t i = 0; i < WBI_COUNT(expected); i++) {
    const wbi_campaign_text *text = &it.campaign->texts[it.campaign->steps[i].texts[0]];
    assert_string_equal(say(&it, text->wordings, "fern", buffer, sizeof buffer), expected[i]);
  }
  staged_close(&it);
}

/* What a notice is about is written as a subject, and read back. */
static void a_notice_is_read_as_it_was_written(void **state) {
  static const struct {
    const char *subject;
    bool read;
  } rows[] = {
      {"0123456789abcdef0123456789abcdef.7.AAECAwQFBgcICQoLDA0ODw", true},
      {"0123456789abcdef0123456789abcdef.254.AAECAwQFBgcICQoLDA0ODw", true},
      {"0123456789abcdef0123456789abcdef.255.AAECAwQFBgcICQoLDA0ODw", false}, /* no step */
      {"0123456789abcdef0123456789abcdef.x.AAECAwQFBgcICQoLDA0ODw", false},
      {"0123456789abcdef0123456789abcdef..AAECAwQFBgcICQoLDA0ODw", false},
      {"0123456789abcdef0123456789abcdeg.7.AAECAwQFBgcICQoLDA0ODw", false}, /* no hex */
      {"0123456789abcdef0123456789abcdef.7.AAECAwQFBgcICQoLDA0OD*", false},
      {"0123456789abcdef0123456789abcdef.7.AAECAwQFBgcICQoLDA0=====", false}, /* too few bytes */
      {"0123456789abcdef0123456789abcdef7AAECAwQFBgcICQoLDA0ODw", false},
      {"o1#2", false},
      {"", false},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wbi_notice notice = {.step = 0};
    char again[WB_KEY_MAX];
    wbi_writer writer = {again, sizeof again, 0};
    if (wbi_notice_read(wbi_text_of(rows[i].subject), &notice) != rows[i].read)
      fail_msg("%s", rows[i].subject);
    if (!rows[i].read) continue;
    wbi_notice_write(&notice, &writer);
    assert_int_equal(writer.length, strlen(rows[i].subject));
    assert_memory_equal(again, rows[i].subject, writer.length);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_answer_is_a_step_of_its_own_name),
      cmocka_unit_test(an_answer_by_text_is_one_segment),
      cmocka_unit_test(an_answer_reads_nothing_of_the_patient),
      cmocka_unit_test(no_answer_has_a_finding),
      cmocka_unit_test(the_number_for_emergencies_is_that_of_the_place),
      cmocka_unit_test(the_answers_say_this),
      cmocka_unit_test(a_notice_is_read_as_it_was_written),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
