/* SPDX-License-Identifier: MIT */
/* Minors and whoever stands for them, shared numbers, messages for a household. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

#define HEAD                                                                                       \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "household:u|guarantor:u|confidential:b|household_named:b\n"
#define ANA "a|active|Ana|1985-01-01|1|+12125550101|yes|h|a||\n"
#define BEN "b|active|Ben|1984-01-01|1|+12125550101|yes|h|a||\n"
#define LILY "l|active|Lily|2015-01-01|1|+12125550177|yes|h|a|0|\n"
#define ANAS "+12125550101"
#define GUARDIANS "patient:u|guardian:u|representative:b\nl|a|1\n"

/* One text, and one to the guardian. */
#define CARE(name, guardian)                                                                       \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"Care\",\"class\":\"care\","                     \
  "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\","                   \
  "\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["                      \
  "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"w\",\"wait\":{\"days\":30}},"                    \
  "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"hello\":{\"channel\":\"sms\"," guardian            \
  "\"en\":{\"body\":\"Hi {{ patient.name }}, {{ location.short_name }} has time for you. Reply "   \
  "STOP to opt out.\"}}"
#define TO_GUARDIAN                                                                                \
  ",\"parent\":{\"channel\":\"sms\",\"to\":\"guardian\",\"en\":{\"body\":\"{{ "                    \
  "location.short_name "                                                                           \
  "}} has time for {{ patient.name }}. Reply STOP to opt out.\"}}}}"

static void rows(clinic *c, const char *patients, const char *guardians) {
  clinic_rows(c, patients, "");
  sample_add(&c->it, "guardians", guardians);
}

static void begin(clinic *c, const char *patients, const char *guardians, const char *name,
                  const char *json) {
  clinic_open(c, patients, NULL);
  rows(c, patients, guardians);
  clinic_launch(c, name, json);
  clinic_enroll(c);
}

static const char plain[] = CARE("care", "") "}}";
static const char both[] = CARE("care", "\"guardian\":\"parent\",") TO_GUARDIAN;

static void a_minor_is_never_written_to_on_an_own_number(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD LILY, GUARDIANS, "care", plain);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "l", NULL).hold, WB_HOLD_MINOR);
  clinic_close(&c);
}

static void who_stands_for_a_minor_is_written_to_at_their_number(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA LILY, GUARDIANS, "care", both);
  assert_int_equal(clinic_poll(&c), 1); /* one message a day at one number */
  clinic_sent(&c);
  c.now += CLINIC_DAY;
  rows(&c, HEAD ANA LILY, GUARDIANS);
  assert_int_equal(clinic_poll(&c), 1);
  const int lily = strcmp(c.actions[0].patient, "l") == 0;
  assert_string_equal(c.actions[0].to, "+12125550101");
  assert_string_equal(c.actions[0].text,
                      lily ? "Example Dental has time for Lily. Reply STOP to opt out."
                           : "Hi Ana, Example Dental has time for you. Reply STOP to opt out.");
  clinic_close(&c);
}

/* By the key of the child, or of the parent, before any text: nothing is texted about the child. */
static void an_opt_out_by_key_of_either_holds_what_is_said_of_a_minor(void **state) {
  (void)state;
  static const char *const keys[] = {"l", "a"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; ++i) {
    clinic c;
    clinic_open(&c, HEAD ANA LILY, NULL);
    rows(&c, HEAD ANA LILY, GUARDIANS);
    assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, keys[i]), WB_OK);
    clinic_launch(&c, "care", both);
    clinic_enroll(&c);
    clinic_poll(&c);
    for (uint32_t j = 0; j < c.count; ++j)
      assert_string_not_equal(c.actions[j].patient, "l");
    assert_int_equal(clinic_find(&c, "l", NULL).hold, WB_HOLD_OPTED_OUT);
    clinic_close(&c);
  }
}

static void only_a_marked_representative_stands_for_a_minor(void **state) {
  (void)state;
  static const struct {
    const char *ana, *lily, *guardians;
  } rows_[] = {
      {ANA, LILY, "patient:u|guardian:u|representative:b\n"},        /* the guarantor alone */
      {ANA, LILY, "patient:u|guardian:u|representative:b\nl|a|0\n"}, /* not marked */
      {ANA, "l|active|Lily|2015-01-01|1|+12125550177|yes|h|a|1|\n", GUARDIANS}, /* custody */
      {"a|deceased|Ana|1985-01-01|1|+12125550101|yes|h|a||\n", LILY, GUARDIANS},
      {"a|active|Ana|2010-01-01|1|+12125550101|yes|h|a||\n", LILY, GUARDIANS}, /* a minor, too */
      {"x|active|Eve|1985-01-01|1|+12125550101|yes|h|a||\n", LILY, GUARDIANS}, /* no such row */
      {ANA, LILY, "patient:u|guardian:u|representative:b\nl|l|1\n"},           /* nobody else */
  };
  for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; ++i) {
    clinic c;
    char people[600];
    snprintf(people, sizeof people, HEAD "%s%s", rows_[i].ana, rows_[i].lily);
    begin(&c, people, rows_[i].guardians, "care", both);
    clinic_poll(&c);
    for (uint32_t j = 0; j < c.count; ++j)
      assert_string_not_equal(c.actions[j].patient, "l");
    assert_int_equal(clinic_find(&c, "l", NULL).hold, WB_HOLD_MINOR);
    clinic_close(&c);
  }
}

/* What is said to the guardian is chosen by what is known of the child, who needs no number. */
static void the_text_to_a_guardian_is_chosen_for_the_child(void **state) {
  static const char chosen[] =
      ",\"parent\":{\"channel\":\"sms\",\"to\":\"guardian\",\"instead\":[{\"when\":"
      "\"recare.overdue_months >= 1\",\"text\":\"late\"}],\"en\":{\"body\":\"Hi. Reply STOP to opt "
      "out.\"}},\"late\":{\"channel\":\"sms\",\"to\":\"guardian\",\"en\":{\"body\":\"{{ "
      "location.short_name }} has time. Reply STOP to opt out.\"}}}}";
  char json[sizeof both + sizeof chosen];
  clinic c;
  (void)state;
  memcpy(json, both, sizeof both);
  strcpy(strstr(json, ",\"parent\":{\"channel\""), chosen);
  begin(&c, HEAD "l|active|Lily|2015-01-01|1|||h|a|0|\n" ANA, GUARDIANS, "care", json);
  while (clinic_poll(&c) > 0 && strcmp(c.actions[0].patient, "l") != 0)
    clinic_sent(&c);
  assert_int_equal(c.count, 1);
  assert_string_equal(c.actions[0].to, ANAS);
  assert_string_equal(c.actions[0].template_, "late");
  clinic_close(&c);
}

static void a_representative_who_has_died_is_not_written_to(void **state) {
  static const char *const records[] = {
      HEAD ANA LILY, HEAD "a|deceased|Ana|1985-01-01|1|+12125550101|yes|h|a||\n" LILY};
  (void)state;
  for (size_t i = 0; i < sizeof records / sizeof *records; ++i) { /* who may know it, too */
    clinic c;
    clinic_open(&c, records[i], NULL);
    rows(&c, records[i], GUARDIANS);
    clinic_launch(&c, "care", both);
    assert_int_equal(clinic_receive(&c, WB_INPUT_DECEASED, "a"), WB_OK);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "l", NULL).hold, WB_HOLD_MINOR);
    clinic_close(&c);
  }
}

static void the_representative_must_have_agreed(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD "a|active|Ana|1985-01-01|1|+12125550101|no|h|a||\n" LILY, GUARDIANS, "care", both);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "l", NULL).hold, WB_HOLD_NO_PERMISSION);
  clinic_close(&c);
}

#define OWING                                                                                      \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "household:u|guarantor:u|email:u|email_permission:u\n"                                           \
  "a|active|Ana|1985-01-01|1|+12125550101|yes|h|a|ana@example.com|yes\n"                           \
  "l|active|Lily|2015-01-01|1|+12125550177|yes|h|a||\n"

/* Somebody owes money for a child. */
static const char owed[] =
    "{\"format\":1,\"name\":\"owed\",\"title\":\"Owed\",\"class\":\"billing\","
    "\"audience\":\"patient.age < 18\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
    "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"s1\",\"send\":[\"hello\"]},"
    "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"hello\":{\"channel\":\"email\","
    "\"guardian\":\"parent\",\"en\":{\"subject\":\"Your account\",\"body\":\"{{ practice.name "
    "}}, "
    "{{ location.address }} Reply STOP and we will not write again.\"}},"
    "\"parent\":{\"channel\":\"email\",\"to\":\"guardian\",\"en\":{\"subject\":\"Your account\","
    "\"body\":\"{{ practice.name }}, {{ location.address }} Reply STOP and we will not write "
    "again.\"}}}}";

/* Nobody is marked to stand for Lily, and Ana pays for her. */
static void a_guarantor_without_that_mark_hears_of_money_alone(void **state) {
  (void)state;
  static const char nobody[] = "patient:u|guardian:u|representative:b\n";
  for (int money = 0; money < 2; ++money) {
    clinic c;
    begin(&c, OWING, nobody, money ? "owed" : "care", money ? owed : both);
    clinic_poll(&c);
    const wb_enrollment lily = clinic_find(&c, "l", NULL);
    assert_int_equal(lily.hold, money ? WB_HOLD_NONE : WB_HOLD_MINOR);
    for (uint32_t i = 0; i < c.count; ++i) {
      if (strcmp(c.actions[i].patient, "l") != 0) continue;
      assert_true(money);
      assert_string_equal(c.actions[i].to, "ana@example.com");
    }
    assert_int_equal(c.count, 1); /* Ana's own, or Lily's */
    clinic_close(&c);
  }
}

/* Of money, too, it is whoever stands for Lily that hears, and not who pays. */
static void whoever_stands_for_a_minor_comes_before_the_guarantor(void **state) {
  (void)state;
  clinic c;
  begin(&c, OWING "g|active|Gus|1985-01-01|1|||h|a|gus@example.com|yes\n",
        "patient:u|guardian:u|representative:b\nl|g|1\n", "owed", owed);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "l");
  assert_string_equal(c.actions[0].to, "gus@example.com");
  clinic_close(&c);
}

static void at_majority_the_patient_is_addressed_alone(void **state) {
  (void)state;
  static const struct {
    const char *lily, *to;
  } cases[] = {{"l|active|Lily|2008-11-24|1|+12125550177|yes|h|a||\n", "+12125550101"},
               {"l|active|Lily|2008-11-23|1|+12125550177|yes|h|a||\n", "+12125550177"}};
  for (size_t i = 0; i < 2; ++i) {
    clinic c;
    char people[600];
    snprintf(people, sizeof people, HEAD "%s", cases[i].lily);
    strcat(people, "a|inactive|Ana|1985-01-01|1|+12125550101|yes|h|a||\n");
    begin(&c, people, GUARDIANS, "care", both);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, "l");
    assert_string_equal(c.actions[0].to, cases[i].to);
    clinic_close(&c);
  }
}

/* Lily is 18 in all of these; at home in Alabama that is no majority, wherever the practice is. */
static void majority_is_that_of_where_the_patient_lives(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"", "+12125550177"}, {"US-GA", "+12125550177"}, {"US-AL", "+12125550101"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    char people[600];
    snprintf(people, sizeof people,
             "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|"
             "text_permission:u|household:u|guarantor:u|region:u\n"
             "l|active|Lily|2008-11-23|1|+12125550177|yes|h|a|%s\n"
             "a|inactive|Ana|1985-01-01|1|+12125550101|yes|h|a|\n",
             cases[i][0]);
    begin(&c, people, GUARDIANS, "care", both);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, "l");
    assert_string_equal(c.actions[0].to, cases[i][1]);
    clinic_close(&c);
  }
}

static void two_on_one_phone_are_not_both_written_to_on_a_day(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN, GUARDIANS, "care", plain);
  assert_int_equal(clinic_poll(&c), 1);
  const char *told = strcmp(c.actions[0].patient, "a") == 0 ? "a" : "b";
  const char *waits = *told == 'a' ? "b" : "a";
  assert_int_equal(clinic_find(&c, waits, NULL).hold, WB_HOLD_HOUSEHOLD);
  clinic_sent(&c);
  c.now += 5 * CLINIC_HOUR;
  assert_int_equal(clinic_poll(&c), 0);
  c.now += 19 * CLINIC_HOUR;
  rows(&c, HEAD ANA BEN, GUARDIANS);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, waits);
  clinic_close(&c);
}

/* Nor by two campaigns: the telephone is one. A visit is asked about all the same. */
static void two_campaigns_write_once_a_day_to_one_phone(void **state) {
  static const char other[] = CARE("other", "") "}}";
  int days = 0, each[2] = {0, 0};
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN, GUARDIANS, "care", plain);
  clinic_launch(&c, "other", other);
  assert_int_equal(clinic_enroll(&c).enrolled, 2); /* each of the two in both */
  for (; days < 12 && each[0] + each[1] < 4; ++days) {
    int today = 0;
    for (int poll = 0; poll < 2; ++poll) { /* what the first poll sent counts in the next */
      today += (int)clinic_poll(&c);
      for (uint32_t i = 0; i < c.count; ++i)
        each[c.actions[i].patient[0] == 'b']++;
      clinic_sent(&c);
      c.now += CLINIC_HOUR;
    }
    assert_in_range(today, 0, 1);
    c.now += 22 * CLINIC_HOUR;
    rows(&c, HEAD ANA BEN, GUARDIANS);
  }
  assert_int_equal(each[0], 2); /* nobody is forgotten */
  assert_int_equal(each[1], 2);
  clinic_close(&c);
}

/* A message that did not leave, or did not arrive, keeps nobody at the number waiting. */
static void a_phone_is_free_again_when_the_message_to_it_failed(void **state) {
  (void)state;
  static const struct {
    int32_t kind, cause;
    uint32_t next; /* messages of the next poll */
  } cases[] = {{WB_NOT_SENT, WB_CAUSE_CONTENT, 1},
               {WB_NOT_SENT, WB_CAUSE_THROTTLED, 1},
               {WB_SENT_UNKNOWN, WB_CAUSE_NONE, 0},
               {WB_SENT, WB_CAUSE_NONE, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    begin(&c, HEAD ANA BEN, GUARDIANS, "care", plain);
    assert_int_equal(clinic_poll(&c), 1);
    const char *waits = strcmp(c.actions[0].patient, "a") == 0 ? "b" : "a";
    assert_int_equal(clinic_ack(&c, c.actions[0].id, cases[i].kind, cases[i].cause), WB_OK);
    assert_int_equal(clinic_poll(&c), cases[i].next);
    if (cases[i].next) assert_string_equal(c.actions[0].patient, waits);
    clinic_close(&c);
  }
}

static void a_phone_is_free_again_when_the_message_did_not_arrive(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN, GUARDIANS, "care", plain);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  wb_input receipt = clinic_input(WB_INPUT_UNDELIVERED, NULL);
  receipt.action = c.actions[0].id;
  assert_int_equal(clinic_send(&c, &receipt), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

/* ---- messages for a household --------------------------------------------------------------- */

#define FAMILY HOUSEHOLD("family")
#define HOUSEHOLD(name)                                                                            \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"Family\",\"class\":\"care\","                   \
  "\"subject\":\"household\",\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{"          \
  "\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["     \
  "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"w\",\"wait\":{\"days\":30}},"                    \
  "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"hello\":{\"channel\":\"sms\","                     \
  "\"en\":{\"body\":\"{{ location.short_name }} has time for {% if household.unnamed %}you and "   \
  "your family{% else %}{{ household.named | list_and }}{% endif %}. Reply STOP to opt "           \
  "out.\"}}}}"

static void said(const char *patients, const char *guardians, const char *to, const char *whom) {
  clinic c;
  char expected[200];
  snprintf(expected, sizeof expected, "Example Dental has time for %s. Reply STOP to opt out.",
           whom);
  begin(&c, patients, guardians, "family", FAMILY);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].to, to);
  assert_string_equal(c.actions[0].text, expected);
  clinic_close(&c);
}

/* What is said to a household is said to no guardian alone. */
static void a_household_has_no_text_to_a_guardian(void **state) {
  static const char channel[] = "\"channel\":\"sms\",", family[] = FAMILY;
  char json[sizeof family + 32];
  const char *after = strstr(family, channel) + sizeof channel - 1;
  wb_campaign *campaign = NULL;
  wb_error error = {0};
  clinic c;
  (void)state;
  clinic_open(&c, HEAD ANA, NULL);
  const int length = snprintf(json, sizeof json, "%.*s\"to\":\"guardian\",%s",
                              (int)(after - family), family, after);
  assert_int_equal(
      wb_campaign_new(c.context, c.it.schema, NULL, json, (size_t)length, &campaign, &error),
      WB_E_INVALID);
  assert_string_equal(error.path, "/steps/0/send/0");
  clinic_close(&c);
}

/* What went to a household is everybody's in it, what went to a patient theirs alone. */
static void whoever_of_a_household_clicks_may(void **state) {
  (void)state;
  for (int alone = 0; alone < 2; alone++) {
    clinic c;
    begin(&c, HEAD ANA BEN, GUARDIANS, alone ? "care" : "family", alone ? plain : FAMILY);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    const bool ana = strcmp(c.actions[0].patient, "a") == 0;
    wb_input click = clinic_input(WB_INPUT_CLICK, ana ? "b" : "a");
    click.action = c.actions[0].id;
    assert_int_equal(clinic_send(&c, &click), alone ? WB_E_INVALID : WB_OK);
    clinic_close(&c);
  }
}

static void a_household_is_named_to_the_representative(void **state) {
  (void)state;
  said(HEAD ANA LILY, GUARDIANS, ANAS, "Ana and Lily");
  said(HEAD LILY "a|inactive|Ana|1985-01-01|1|+12125550101|yes|h|a||\n", GUARDIANS, ANAS,
       "Lily and Ana"); /* for a child, to whom stands for them */
}

static void another_adult_is_named_only_if_they_agreed(void **state) {
  (void)state;
  said(HEAD ANA "b|inactive|Ben|1984-01-01|1||no|h|a||\n", GUARDIANS, ANAS, "you and your family");
  said(HEAD ANA "b|inactive|Ben|1984-01-01|1||no|h|a||1\n", GUARDIANS, ANAS, "Ana and Ben");
}

static void a_minor_of_another_is_not_named(void **state) {
  (void)state;
  said(HEAD ANA "l|inactive|Lily|2015-01-01|1||no|h|a||1\n",
       "patient:u|guardian:u|representative:b\nl|z|1\n", ANAS, "you and your family");
}

static void who_stands_apart_is_in_no_grouping(void **state) {
  (void)state;
  said(HEAD ANA "l|inactive|Lily|2015-01-01|1||no|h|a|1|\n", GUARDIANS, ANAS, "Ana");
}

static void the_dead_are_never_named(void **state) {
  (void)state;
  said(HEAD ANA "b|deceased|Ben|1984-01-01|1||no|h|a||1\n", GUARDIANS, ANAS, "Ana");
}

static void nothing_is_said_while_the_record_has_the_dead_among_the_living(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, HEAD ANA, NULL);
  rows(&c, HEAD ANA "b|inactive|Ben|1984-01-01|1||no|h|a||1\n", GUARDIANS);
  clinic_launch(&c, "family", FAMILY);
  assert_int_equal(clinic_receive(&c, WB_INPUT_DECEASED, "b"), WB_OK);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "a", NULL).hold, WB_HOLD_FACTS);
  c.now += 2 * CLINIC_HOUR;
  rows(&c, HEAD ANA "b|deceased|Ben|1984-01-01|1||no|h|a||1\n", GUARDIANS);
  assert_int_equal(clinic_poll(&c), 1);
  assert_null(strstr(c.actions[0].text, "Ben"));
  clinic_close(&c);
}

static void one_message_goes_to_a_shared_number(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN LILY, GUARDIANS, "family", FAMILY);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].to, ANAS);
  clinic_sent(&c);
  for (int day = 0; day < 20; ++day) {
    c.now += CLINIC_DAY;
    rows(&c, HEAD ANA BEN LILY, GUARDIANS);
    assert_int_equal(clinic_poll(&c), 0);
  }
  int others = 0;
  const char *const keys[] = {"a", "b", "l"};
  for (int i = 0; i < 3; ++i)
    others += strcmp(clinic_find(&c, keys[i], NULL).reason, "household") == 0;
  assert_int_equal(others, 2);
  clinic_close(&c);
}

/* Who comes later has had it too, and what another campaign says is another message: it goes the
   next day. */
static void a_household_hears_once_of_each_campaign(void **state) {
  clinic c;
  (void)state;
  begin(&c, HEAD ANA, GUARDIANS, "family", FAMILY);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  clinic_launch(&c, "other", HOUSEHOLD("other"));
  rows(&c, HEAD ANA BEN, GUARDIANS);
  assert_int_equal(clinic_enroll(&c).enrolled, 3);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "b", "family").reason, "household");
  assert_int_equal(clinic_find(&c, "a", "other").hold, WB_HOLD_CAP);
  assert_int_equal(clinic_find(&c, "b", "other").hold, WB_HOLD_HOUSEHOLD);
  c.now += CLINIC_DAY;
  rows(&c, HEAD ANA BEN, GUARDIANS);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].campaign, "other");
  clinic_close(&c);
}

/* ---- definitions ---------------------------------------------------------------------------- */

static void refused(const char *json, wb_status expected) {
  clinic c;
  wb_campaign *campaign = NULL;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(
      wb_campaign_new(c.context, c.it.schema, NULL, json, strlen(json), &campaign, NULL), expected);
  clinic_close(&c);
}

static void a_text_to_the_guardian_stands_in_for_one_to_the_patient(void **state) {
  (void)state;
  refused(CARE("x", "\"guardian\":\"hello\",") "}}", WB_E_INVALID);
  refused(CARE("x", "\"guardian\":\"nobody\",") "}}", WB_E_NAME);
  refused(CARE("x", "\"to\":\"guardian\",") "}}", WB_E_INVALID); /* a step sends it */
  refused(CARE("x", "\"to\":\"neighbour\",") "}}", WB_E_NAME);
  refused(CARE("x", "") TO_GUARDIAN, WB_E_INVALID); /* nothing says it */
}

/* The campaign names one text to the guardian for all of a channel. */
static void one_text_to_the_guardian_stands_in_for_all_of_its_channel(void **state) {
  static const char shared[] = CARE("care", "") TO_GUARDIAN;
  static const struct {
    const char *list;
    wb_status status;
  } lists[] = {{"[\"parent\"]", WB_OK},
               {"[\"hello\"]", WB_E_INVALID}, /* to the patient */
               {"[\"nobody\"]", WB_E_NAME},
               {"[5]", WB_E_TYPE},
               {"5", WB_E_TYPE}};
  (void)state;
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    char json[2000];
    snprintf(json, sizeof json, "{\"guardian\":%s,%s", lists[i].list, shared + 1);
    if (lists[i].status != WB_OK) {
      refused(json, lists[i].status);
      continue;
    }
    clinic c;
    begin(&c, HEAD "a|inactive|Ana|1985-01-01|1|+12125550101|yes|h|a||\n" LILY, GUARDIANS, "care",
          json);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].to, "+12125550101");
    assert_string_equal(c.actions[0].text,
                        "Example Dental has time for Lily. Reply STOP to opt out.");
    clinic_close(&c);
  }
}

static void a_household_is_told_of_nobodys_recall(void **state) {
  (void)state;
  char json[2000];
  strcpy(json, FAMILY);
  char *at = strstr(json, "household.named | list_and");
  assert_non_null(at);
  memcpy(at, "recare.band               ", 26);
  refused(json, WB_E_POLICY);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_minor_is_never_written_to_on_an_own_number),
      cmocka_unit_test(who_stands_for_a_minor_is_written_to_at_their_number),
      cmocka_unit_test(an_opt_out_by_key_of_either_holds_what_is_said_of_a_minor),
      cmocka_unit_test(only_a_marked_representative_stands_for_a_minor),
      cmocka_unit_test(the_text_to_a_guardian_is_chosen_for_the_child),
      cmocka_unit_test(a_representative_who_has_died_is_not_written_to),
      cmocka_unit_test(the_representative_must_have_agreed),
      cmocka_unit_test(a_guarantor_without_that_mark_hears_of_money_alone),
      cmocka_unit_test(whoever_stands_for_a_minor_comes_before_the_guarantor),
      cmocka_unit_test(at_majority_the_patient_is_addressed_alone),
      cmocka_unit_test(majority_is_that_of_where_the_patient_lives),
      cmocka_unit_test(two_on_one_phone_are_not_both_written_to_on_a_day),
      cmocka_unit_test(two_campaigns_write_once_a_day_to_one_phone),
      cmocka_unit_test(a_phone_is_free_again_when_the_message_to_it_failed),
      cmocka_unit_test(a_phone_is_free_again_when_the_message_did_not_arrive),
      cmocka_unit_test(a_household_has_no_text_to_a_guardian),
      cmocka_unit_test(whoever_of_a_household_clicks_may),
      cmocka_unit_test(a_household_is_named_to_the_representative),
      cmocka_unit_test(another_adult_is_named_only_if_they_agreed),
      cmocka_unit_test(a_minor_of_another_is_not_named),
      cmocka_unit_test(who_stands_apart_is_in_no_grouping),
      cmocka_unit_test(the_dead_are_never_named),
      cmocka_unit_test(nothing_is_said_while_the_record_has_the_dead_among_the_living),
      cmocka_unit_test(one_message_goes_to_a_shared_number),
      cmocka_unit_test(a_household_hears_once_of_each_campaign),
      cmocka_unit_test(a_text_to_the_guardian_stands_in_for_one_to_the_patient),
      cmocka_unit_test(one_text_to_the_guardian_stands_in_for_all_of_its_channel),
      cmocka_unit_test(a_household_is_told_of_nobodys_recall),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
