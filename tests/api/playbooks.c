/* SPDX-License-Identifier: MIT */
/* Playbooks that ship, at work: openings are offered to whom they fit, and to nobody else; what is
   about a child goes to whoever stands for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"
#include "support/playbook.h"

static const char opening[] = "last-minute-opening";

/* Two people eight months overdue for a cleaning, who may be texted. */
static void begin(clinic *c) {
  static const wb_practice_options more = {.size = sizeof more, .per_day = 8};
  size_t length = 0;
  clinic_open(c, CLINIC_ANA CLINIC_BEN, &more);
  clinic_launch(c, opening, playbook_text(opening, &length));
}

/* A time of an hour came free tomorrow at 10:00. */
static void came_free(clinic *c, const char *key, const char *schedule, uint32_t minutes) {
  wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, key, c->now + CLINIC_DAY);
  input.name = schedule;
  input.name_length = (uint32_t)strlen(schedule);
  input.minutes = minutes;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static void an_hour_of_hygiene_is_offered_to_those_who_are_due(void **state) {
  clinic c;
  wb_opening found = {.size = sizeof found};
  (void)state;
  begin(&c);
  came_free(&c, "s1", "hygiene", 60);
  assert_int_equal(clinic_poll(&c), 2);
  assert_non_null(strstr(c.actions[0].text,
                         "it's Example Dental. A time came free: Tuesday, November 24, 10:00 AM. "
                         "Reply YES to ask for it, NO to pass. Other times: "
                         "https://book.example.com/"));
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p2", "yes"), WB_OK);
  assert_int_equal(wb_opening_get(c.practice, "s1", 2, &found), WB_OK);
  assert_int_equal(found.state, WB_OPENING_TENTATIVE);
  assert_string_equal(found.patient, "p2");
  clinic_close(&c);
}

static void what_fits_nobody_is_offered_to_nobody(void **state) {
  static const struct {
    const char *schedule;
    uint32_t minutes;
  } cases[] = {{"dr-lee", 60}, {"hygiene", 39}};
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    clinic c;
    begin(&c);
    came_free(&c, "s1", cases[i].schedule, cases[i].minutes);
    assert_int_equal(clinic_poll(&c), 0);
    clinic_close(&c);
  }
}

#define FAMILY_HEAD                                                                                \
  "patient:u|status:u|first_name:u|language:u|birth_date:tdD|location:u|mobile:u|"                 \
  "text_permission:u|household:u|guarantor:u\n"
#define LILY(language) "l|active|Lily|" language "|2015-01-01|1|+12125550177|yes|h|a\n"
#define ANA "a|inactive|Ana|en|1985-01-01|1|+12125550101|yes|h|a\n"

/* Lily, eleven years old and last seen on 2025-09-15, and Ana, who stands for her; a line of a
   visit. */
static void family(clinic *c, const char *people, const char *visit) {
  char text[200] = CLINIC_VISITS "l|completed|1757944800|v0\n";
  clinic_place(c, CLINIC_ZONE, people, strcat(text, visit));
  sample_add(&c->it, "procedures",
             "patient:u|code:u|status:u|date:tdD\nl|D1120|completed|2025-09-15\n");
  sample_add(&c->it, "guardians", "patient:u|guardian:u|representative:b\nl|a|1\n");
}

/* A playbook writes to Ana about Lily, in these words. */
static void told(clinic *c, const char *people, const char *visit, const char *playbook,
                 const char *words) {
  size_t length = 0;
  clinic_open(c, people, NULL);
  family(c, people, visit);
  clinic_launch(c, playbook, playbook_text(playbook, &length));
  assert_int_equal(clinic_enroll(c).enrolled, 1);
  assert_int_equal(clinic_poll(c), 1);
  assert_string_equal(c->actions[0].patient, "l");
  assert_string_equal(c->actions[0].to, "+12125550101");
  if (strstr(c->actions[0].text, words) == NULL) fail_msg("%s", c->actions[0].text);
}

static void a_guardians_yes_confirms_the_visit_of_the_child(void **state) {
  static const struct {
    const char *people, *words;
  } cases[] = {
      {FAMILY_HEAD LILY("en") ANA,
       "Hello, it's Example Dental. Lily's visit is on Thursday, November 26, 10:00 AM. Reply YES "
       "to confirm, NO to change it. Other times: https://"},
      {FAMILY_HEAD LILY("es") ANA,
       "Hola, somos Example Dental. La visita de Lily es el 26 de noviembre, 10:00 AM. Responda SI "
       "o NO. Otras horas: https://"}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    clinic c;
    char visit[64];
    snprintf(visit, sizeof visit, "l|scheduled|%lld|v1\n",
             (long long)(SAMPLE_NOW + 3 * CLINIC_DAY));
    told(&c, cases[i].people, visit, "visit-confirmation", cases[i].words);
    clinic_sent(&c);
    const uint8_t *phone = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
    assert_int_equal(clinic_reply_from(&c, phone, "YES"), WB_OK);
    assert_string_equal(clinic_find(&c, "l", "visit-confirmation").reason, "confirmed");
    for (int32_t list = WB_DESK_OUTREACH; list <= WB_DESK_VISITS; list++)
      assert_int_equal(clinic_tasks(&c, list, NULL), 0);
    clinic_close(&c);
  }
}

static void a_childs_recall_is_told_to_the_guardian(void **state) {
  (void)state;
  clinic c;
  told(&c, FAMILY_HEAD LILY("en") ANA, "", "hygiene-recare",
       "Hello, it's Example Dental. It's time to plan Lily's next visit. Pick a time that suits "
       "you: https://");
  clinic_close(&c);
}

static void a_child_without_a_name_is_the_guardians_child(void **state) {
  (void)state;
  clinic c;
  told(&c, FAMILY_HEAD "l|active||en|2015-01-01|1|+12125550177|yes|h|a\n" ANA, "", "hygiene-recare",
       "It's time to plan your child's next visit.");
  clinic_close(&c);
}

/* The question a week ahead waits for its answer; who was late before is asked. */
static void a_yes_to_the_early_question_confirms(void **state) {
  clinic c;
  char visits[256] = CLINIC_VISITS;
  size_t length = 0;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  sprintf(visits + strlen(visits), "p1|broken|%lld|v0\np1|scheduled|%lld|v1\n",
          (long long)(c.now - 30 * (wb_time)CLINIC_DAY),
          (long long)(c.now + 7 * (wb_time)CLINIC_DAY));
  clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, visits);
  clinic_launch(&c, "visit-confirmation-early", playbook_text("visit-confirmation-early", &length));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  for (int hours = 0; hours < 2; hours++) {
    c.now += CLINIC_HOUR;
    while (clinic_poll(&c) > 0)
      clinic_sent(&c);
  }
  assert_int_equal(clinic_find(&c, "p1", "visit-confirmation-early").touches, 1);
  assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", "visit-confirmation-early").reason, "confirmed");
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_hour_of_hygiene_is_offered_to_those_who_are_due),
      cmocka_unit_test(what_fits_nobody_is_offered_to_nobody),
      cmocka_unit_test(a_guardians_yes_confirms_the_visit_of_the_child),
      cmocka_unit_test(a_yes_to_the_early_question_confirms),
      cmocka_unit_test(a_childs_recall_is_told_to_the_guardian),
      cmocka_unit_test(a_child_without_a_name_is_the_guardians_child),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
