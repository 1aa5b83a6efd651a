/* SPDX-License-Identifier: MIT */
/* Questions about a child's visit: they go to whoever stands for the child, may name the child and
   the time and no more, and are answered from that number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

#define PHONE "+12125550101"
#define HEAD                                                                                       \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "household:u|guarantor:u|confidential:b\n"
#define ANA "a|active|Ana|1985-01-01|1|" PHONE "|yes|h|a|\n"
#define LILY "l|active|Lily|2015-01-01|1|+12125550177|yes|h|a|0\n"
#define MAX "m|active|Max|2017-01-01|1||yes|h|a|0\n"
#define UNMARKED "patient:u|guardian:u|representative:b\n"
#define MARKED "patient:u|guardian:u|representative:b\nl|a|1\nm|a|1\n"

/* Asks, and calls whoever did not answer; a text of this wording to the guardian. */
#define ASKS(parent)                                                                               \
  "{\"format\":1,\"name\":\"asks\",\"title\":\"T\",\"class\":\"transactional\","                   \
  "\"subject\":\"appointment\",\"audience\":\"slot.status == \\\"scheduled\\\"\","                 \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":["                               \
  "{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"w\",\"wait\":{\"before_visit\":{\"hours\":48}}}," \
  "{\"id\":\"call\",\"call\":\"note\",\"within\":{\"hours\":4}},{\"id\":\"end\",\"exit\":true}],"  \
  "\"texts\":{\"ask\":{\"channel\":\"sms\",\"guardian\":\"parent\",\"en\":{\"body\":"              \
  "\"{{ location.short_name }}: your visit is on {{ slot.start | date: '%d' }}. Reply YES to "     \
  "confirm, NO to change it, STOP to opt out.\"}},\"parent\":{\"channel\":\"sms\",\"to\":"         \
  "\"guardian\",\"en\":{\"body\":\"" parent "\"}},"                                                \
  "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"
/* A bill for a child. */
#define OWED                                                                                       \
  "{\"format\":1,\"name\":\"owed\",\"title\":\"Owed\",\"class\":\"billing\","                      \
  "\"audience\":\"patient.age < 18\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"        \
  "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"s1\",\"send\":[\"hello\"]},"      \
  "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"hello\":{\"channel\":\"sms\",\"guardian\":"        \
  "\"parent\","                                                                                    \
  "\"en\":{\"body\":\"{{ location.short_name }}: please call us. STOP to opt out.\"}},"            \
  "\"parent\":{\"channel\":\"sms\",\"to\":\"guardian\",\"en\":{\"body\":\"{{ location.short_name " \
  "}}"                                                                                             \
  ": please call us. STOP to opt out.\"}}}}"
#define NAMES                                                                                      \
  "{{ location.short_name }}: {{ patient.name }}'s visit is on {{ slot.start | date: '%d' }}. "    \
  "Reply YES to confirm, NO to change it, STOP to opt out."

/* These have a visit in three days, "l" and "m" one each. */
static void rows(clinic *c, const char *patients, const char *guardians, const char *whose) {
  char visits[256] = CLINIC_VISITS;
  for (; *whose; whose++)
    sprintf(visits + strlen(visits), "%c|scheduled|%lld|v%c\n", *whose,
            (long long)(SAMPLE_NOW + 3 * (wb_time)CLINIC_DAY), *whose);
  clinic_place(c, CLINIC_ZONE, patients, visits);
  sample_add(&c->it, "guardians", guardians);
}

/* Everybody who has a visit was asked about it, or could not be; how many were. */
static uint32_t begin(clinic *c, const char *patients, const char *guardians, const char *whose) {
  uint32_t asked = 0;
  clinic_open(c, patients, NULL);
  rows(c, patients, guardians, whose);
  clinic_launch(c, "asks", ASKS(NAMES));
  clinic_enroll(c);
  while (clinic_poll(c) > 0) {
    asked += c->count;
    clinic_sent(c);
  }
  return asked;
}

/* A reply from the guardian's phone. */
static void says(clinic *c, const char *text) {
  const uint8_t *phone = clinic_point(c, WB_CONTACT_PHONE, PHONE);
  assert_int_equal(clinic_reply_from(c, phone, text), WB_OK);
}

/* A reply from a phone of which the host knows whose it is. */
static void says_of(clinic *c, const char *patient, const char *phone, const char *text) {
  wb_input input = clinic_input(WB_INPUT_REPLY, patient);
  input.contact = clinic_point(c, WB_CONTACT_PHONE, phone);
  input.text = text;
  input.text_length = (uint32_t)strlen(text);
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static void whoever_stands_for_a_child_is_asked_about_its_visit(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, HEAD ANA LILY, NULL);
  rows(&c, HEAD ANA LILY, MARKED, "l");
  clinic_launch(&c, "asks", ASKS(NAMES));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].to, PHONE);
  assert_string_equal(c.actions[0].patient, "l");
  assert_string_equal(c.actions[0].text,
                      "Example Dental: Lily's visit is on 26. Reply YES to confirm, NO to change "
                      "it, STOP to opt out.");
  clinic_close(&c);
}

/* Nobody else is, at no number: somebody calls. */
static void without_one_the_visit_is_called_about(void **state) {
  static const struct {
    const char *patients, *guardians;
  } rows_[] = {
      {HEAD ANA LILY, "patient:u|guardian:u|representative:b\n"}, /* the guarantor alone */
      {HEAD ANA LILY, "patient:u|guardian:u|representative:b\nl|a|0\n"},
      {HEAD ANA "l|active|Lily|2015-01-01|1|+12125550177|yes|h|a|1\n", MARKED}, /* confidential */
      {HEAD "a|deceased|Ana|1985-01-01|1|" PHONE "|yes|h|a|\n" LILY, MARKED},
      {HEAD "a|active|Ana|1985-01-01|1|" PHONE "|no|h|a|\n" LILY, MARKED},
      {HEAD "a|active|Ana|2012-01-01|1|" PHONE "|yes|h|a|\n" LILY, MARKED}, /* a minor too */
      {HEAD ANA LILY, "patient:u|guardian:u|representative:b\nl|z|1\n"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; i++) {
    clinic c;
    assert_int_equal(begin(&c, rows_[i].patients, rows_[i].guardians, "l"), 0);
    c.now += CLINIC_DAY;
    rows(&c, rows_[i].patients, rows_[i].guardians, "l");
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
    clinic_close(&c);
  }
}

/* The child and the time of the visit may be named, and the relation; not what the visit is for,
   nor what else the record says. */
static void a_text_to_the_guardian_may_name_the_child_and_the_time(void **state) {
  static const struct {
    const char *says;
    wb_status status;
  } rows_[] = {
      {ASKS("{{ location.short_name }}: {{ patient.name }}, {{ slot.start | date: '%d' }}. STOP."),
       WB_OK},
      {ASKS("{{ location.short_name }}: {{ recare.kind }}. STOP."), WB_E_POLICY},
      {ASKS("{{ location.short_name }}: {{ recare.due | date: '%d' }}. STOP."), WB_E_POLICY},
      {ASKS("{{ location.short_name }}: {{ patient.age }}. STOP."), WB_E_POLICY},
      {ASKS("{{ location.short_name }}: {{ patient.key }}. STOP."), WB_E_POLICY},
      {ASKS("{{ location.short_name }}: {{ slot.key }}. STOP."), WB_E_POLICY},
      {ASKS("{{ location.short_name }}: {{ household.guardian }}. STOP."), WB_E_POLICY},
      {ASKS("{{ location.short_name }}: {% for t in treatments %}{{ t.code }}{% endfor %} STOP."),
       WB_E_POLICY},
  };
  clinic c;
  (void)state;
  clinic_open(&c, HEAD ANA LILY, NULL);
  for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; i++) {
    wb_campaign *campaign = NULL;
    const wb_status status = wb_campaign_new(c.context, c.it.schema, NULL, rows_[i].says,
                                             strlen(rows_[i].says), &campaign, NULL);
    if (status != rows_[i].status) fail_msg("%zu: %s", i, wb_status_name(status));
    wb_campaign_unref(campaign);
  }
  clinic_close(&c);
}

/* What the guardian answers is about the child's visit, and is answered at the guardian's number.
 */
static void the_guardian_answers_for_the_child(void **state) {
  static const struct {
    const char *said, *reason, *answer; /* why it is over; the step of the notices, or "" */
    int32_t list;
  } rows_[] = {
      {"Yes", "confirmed", "", 0},
      {"NO", "reschedule", "reschedule", WB_DESK_VISITS},
      {"HELP", "", "help", WB_DESK_INBOX},
      {"STOP", "opted_out", "stop-confirmed", WB_DESK_NOW},
      {"her face is swollen and she can't breathe", "", "safety", WB_DESK_NOW},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; i++) {
    clinic c;
    assert_int_equal(begin(&c, HEAD ANA LILY, MARKED, "l"), 1);
    says(&c, rows_[i].said);
    assert_string_equal(clinic_find(&c, "l", "asks").reason, rows_[i].reason);
    for (int32_t list = WB_DESK_OUTREACH; list <= WB_DESK_VISITS; list++)
      assert_int_equal(clinic_tasks(&c, list, NULL), list == rows_[i].list);
    const bool answered = rows_[i].answer[0] != '\0';
    if (clinic_poll(&c) != answered) fail_msg("%s: %s", rows_[i].said, rows_[i].answer);
    if (answered) {
      wb_look look = {.size = sizeof look};
      assert_string_equal(c.actions[0].step, rows_[i].answer);
      assert_string_equal(c.actions[0].to, PHONE);
      assert_int_equal(
          wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL), WB_OK);
      assert_int_equal(look.answer, WB_LOOK_GO);
      clinic_sent(&c);
      assert_int_equal(clinic_poll(&c), 0);
      assert_string_equal(clinic_find(&c, "l", "notices").reason, "finished");
    }
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

/* Whoever no longer stands for the child when the answer is due hears nothing; what was handed out
   is taken back. */
static void who_no_longer_stands_for_the_child_is_not_answered(void **state) {
  static const char nobody[] = "patient:u|guardian:u|representative:b\nl|a|0\n";
  (void)state;
  for (int handed = 0; handed < 2; handed++) {
    clinic c;
    assert_int_equal(begin(&c, HEAD ANA LILY, MARKED, "l"), 1);
    says(&c, "NO");
    if (handed) assert_int_equal(clinic_poll(&c), 1);
    rows(&c, HEAD ANA LILY, nobody, "l");
    wb_look look = {.size = sizeof look};
    if (handed)
      assert_int_equal(
          wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL), WB_OK);
    if (handed) assert_int_equal(look.answer, WB_LOOK_WITHDRAWN);
    if (!handed) assert_int_equal(clinic_poll(&c), 0);
    assert_string_equal(clinic_find(&c, "l", "notices").reason, "unreached");
    clinic_close(&c);
  }
}

/* While the record of whoever stands for the child cannot be read the answer waits, handed out or
   not; nobody is answered on what is not known. */
static void an_answer_waits_for_a_record_that_can_be_read(void **state) {
  static const char unread[] = HEAD "a|no-status|Ana|1985-01-01|1|" PHONE "|yes|h|a|\n" LILY;
  (void)state;
  for (int handed = 0; handed < 2; handed++) {
    clinic c;
    wb_look look = {.size = sizeof look};
    assert_int_equal(begin(&c, HEAD ANA LILY, MARKED, "l"), 1);
    says(&c, "NO");
    if (handed) assert_int_equal(clinic_poll(&c), 1);
    rows(&c, unread, MARKED, "l");
    if (handed)
      assert_int_equal(
          wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL), WB_OK);
    if (handed) assert_int_equal(look.answer, WB_LOOK_LATER);
    if (handed) assert_int_equal(look.hold, WB_HOLD_FACTS);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "l", "notices").hold, WB_HOLD_FACTS);
    c.now += CLINIC_MINUTE;
    rows(&c, HEAD ANA LILY, MARKED, "l");
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, "reschedule");
    assert_string_equal(c.actions[0].to, PHONE);
    clinic_close(&c);
  }
}

/* A host that knows only who is meant: the child's representative hears, nobody else; the desk has
   what was asked. */
static void an_answer_to_a_child_goes_to_whoever_stands_for_it(void **state) {
  static const struct {
    const char *guardians, *said, *step; /* NULL: nobody is answered */
    int32_t list;
  } rows_[] = {{MARKED, "HELP", "help", WB_DESK_INBOX},
               {UNMARKED, "HELP", NULL, WB_DESK_INBOX},
               {UNMARKED, "her face is swollen", NULL, WB_DESK_NOW}};
  (void)state;
  for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; i++) {
    clinic c;
    assert_int_equal(begin(&c, HEAD ANA LILY, MARKED, "l"), 1);
    assert_int_equal(clinic_reply(&c, "l", rows_[i].said), WB_OK);
    rows(&c, HEAD ANA LILY, rows_[i].guardians, "l");
    assert_int_equal(clinic_poll(&c), rows_[i].step != NULL);
    if (rows_[i].step != NULL) assert_string_equal(c.actions[0].step, rows_[i].step);
    if (rows_[i].step != NULL) assert_string_equal(c.actions[0].to, PHONE);
    if (rows_[i].step == NULL)
      assert_string_equal(clinic_find(&c, "l", "notices").reason, "unreached");
    assert_int_equal(clinic_tasks(&c, rows_[i].list, NULL), 1);
    clinic_close(&c);
  }
}

/* A child who writes is answered where it wrote. */
static void a_child_who_writes_is_answered_there(void **state) {
  clinic c;
  (void)state;
  assert_int_equal(begin(&c, HEAD ANA LILY, MARKED, "l"), 1);
  rows(&c, HEAD ANA LILY, UNMARKED, "l");
  says_of(&c, "l", "+12125550177", "HELP");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].to, "+12125550177");
  clinic_close(&c);
}

/* Of money a guarantor without that mark was written to; STOP, HELP and an emergency are answered,
   which say nothing of the child. */
static void a_guarantor_who_writes_is_answered_there(void **state) {
  static const struct {
    const char *said, *step; /* NULL: nobody is answered */
  } rows_[] = {{"HELP", "help"},
               {"STOP", "stop-confirmed"},
               {"her face is swollen and she can't breathe", "safety"},
               {"cancel the appointment", NULL}};
  char visits[256];
  (void)state;
  snprintf(visits, sizeof visits, CLINIC_VISITS "l|completed|%lld|v\n",
           (long long)(SAMPLE_NOW - 90 * (wb_time)CLINIC_DAY));
  for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; i++) {
    clinic c;
    clinic_open(&c, HEAD ANA LILY, NULL);
    clinic_place(&c, CLINIC_ZONE, HEAD ANA LILY, visits);
    sample_add(&c.it, "guardians", UNMARKED);
    clinic_launch(&c, "owed", OWED);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, "l");
    assert_string_equal(c.actions[0].to, PHONE);
    clinic_sent(&c);
    says_of(&c, "l", PHONE, rows_[i].said);
    assert_int_equal(clinic_poll(&c), rows_[i].step != NULL);
    if (rows_[i].step != NULL) assert_string_equal(c.actions[0].step, rows_[i].step);
    if (rows_[i].step != NULL) assert_string_equal(c.actions[0].to, PHONE);
    clinic_close(&c);
  }
}

/* Two children, one phone, one YES: nobody can tell for whom. */
static void of_two_children_at_once_a_person_reads_the_answer(void **state) {
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  assert_int_equal(begin(&c, HEAD ANA LILY MAX, MARKED, "lm"), 2);
  says(&c, "Yes");
  assert_string_equal(clinic_find(&c, "l", "asks").reason, "");
  assert_string_equal(clinic_find(&c, "m", "asks").reason, "");
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "which_question");
  clinic_close(&c);
}

/* On the birthday of majority the patient is asked, in the other wording. */
static void of_age_the_patient_is_asked(void **state) {
  static const struct {
    const char *born, *to;
  } rows_[] = {{"2008-11-24", PHONE}, {"2008-11-23", "+12125550177"}};
  (void)state;
  for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; i++) {
    char patients[512];
    clinic c;
    snprintf(patients, sizeof patients, HEAD ANA "l|active|Lily|%s|1|+12125550177|yes|h|a|0\n",
             rows_[i].born);
    clinic_open(&c, patients, NULL);
    rows(&c, patients, MARKED, "l");
    clinic_launch(&c, "asks", ASKS(NAMES));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].to, rows_[i].to);
    assert_int_equal(strstr(c.actions[0].text, "Lily") != NULL, i == 0);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whoever_stands_for_a_child_is_asked_about_its_visit),
      cmocka_unit_test(without_one_the_visit_is_called_about),
      cmocka_unit_test(a_text_to_the_guardian_may_name_the_child_and_the_time),
      cmocka_unit_test(the_guardian_answers_for_the_child),
      cmocka_unit_test(who_no_longer_stands_for_the_child_is_not_answered),
      cmocka_unit_test(an_answer_waits_for_a_record_that_can_be_read),
      cmocka_unit_test(an_answer_to_a_child_goes_to_whoever_stands_for_it),
      cmocka_unit_test(a_child_who_writes_is_answered_there),
      cmocka_unit_test(a_guarantor_who_writes_is_answered_there),
      cmocka_unit_test(of_two_children_at_once_a_person_reads_the_answer),
      cmocka_unit_test(of_age_the_patient_is_asked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
