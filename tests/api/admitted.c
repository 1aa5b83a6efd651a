/* SPDX-License-Identifier: MIT */
/* Who is let in, at the edges: keys and places that cannot be kept, places that are taken, names
   that several definitions have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"
#include "support/mirror.h"

static wb_counts enrolled(clinic *c, const char *campaign) {
  wb_counts counts = {.size = sizeof counts};
  assert_int_equal(wb_practice_enroll(c->practice, campaign, strlen(campaign), c->it.facts, c->now,
                                      &counts, NULL),
                   WB_OK);
  return counts;
}

/* A key has at most 64 bytes, that of the only location, too. */
static void a_location_whose_key_is_too_long_lets_nobody_in(void **state) {
  (void)state;
  for (int length = WB_KEY_MAX; length <= WB_KEY_MAX + 1; length++) {
    clinic c;
    char places[400];
    snprintf(places, sizeof places, "%0*d|Example|Example|" CLINIC_ZONE "|US-NY|1 Example St|||\n",
             length, 1);
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_facts(&c, places);
    clinic_seen(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29||+12125550101|yes||\n", "");
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    const wb_counts counts = clinic_enroll(&c);
    assert_int_equal(counts.enrolled, length <= WB_KEY_MAX);
    assert_int_equal(counts.failed, length > WB_KEY_MAX);
    clinic_close(&c);
  }
}

/* A getter whose patients have a key that none can be. */
typedef struct keyed {
  const char *key;
  wb_schema *schema;
} keyed;

static wb_status WB_CALL one_row(void *user, uint64_t *rows) {
  (void)user;
  *rows = 1;
  return WB_OK;
}

static wb_status WB_CALL no_row(void *user, const char *key, size_t length, uint64_t *row) {
  (void)user;
  (void)key;
  (void)length;
  (void)row;
  return WB_E_NAME;
}

static wb_status WB_CALL its_key(void *user, uint64_t row, uint32_t field, uint32_t first,
                                 uint32_t capacity, wb_value *values, uint32_t *count) {
  const keyed *k = user;
  wb_field about = {.size = sizeof about};
  (void)row;
  (void)first;
  const wb_status status = wb_schema_get(k->schema, field, &about);
  if (status != WB_OK) return status;
  const bool many = about.list != 0 || about.type == WB_LIST;
  *count = many ? UINT32_MAX : 1;
  if (many || capacity == 0) return WB_OK;
  values[0].kind = WB_UNKNOWN;
  if (strcmp(about.name, "patient.key") == 0) {
    values[0].kind = about.type;
    values[0].data = k->key;
    values[0].length = (uint32_t)strlen(k->key);
  }
  return WB_OK;
}

static void a_patient_whose_key_is_none_fails_alone(void **state) {
  static const char *const keys[] = {
      "", "0123456789012345678901234567890123456789012345678901234567890123456789"};
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    const keyed k = {keys[i], c.it.schema};
    const wb_source source = {.size = sizeof source,
                              .user = (void *)(uintptr_t)&k,
                              .count = one_row,
                              .find = no_row,
                              .get = its_key};
    const wb_facts_options options = {.size = sizeof options, .as_of = c.now, .source = &source};
    wb_facts_free(c.it.facts);
    assert_int_equal(wb_facts_new(c.context, c.it.schema, &options, &c.it.facts, NULL), WB_OK);
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    const wb_counts counts = clinic_enroll(&c);
    assert_int_equal(counts.failed, 1);
    assert_int_equal(counts.enrolled + counts.held, 0);
    clinic_close(&c);
  }
}

/* Of those who are alike in all else, the earlier segment goes first. */
static void the_segment_decides_who_takes_the_last_place(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .admissions = 1};
  static const char json[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\","
      "\"audience\":\"true\",\"segments\":[{\"name\":\"first\",\"where\":\"patient.age < 45\"},"
      "{\"name\":\"rest\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},"
      "\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"end\",\"exit\":true}],"
      "\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has "
      "time. Reply STOP to opt out.\"}}}}";
  clinic c;
  (void)state;
  clinic_open(&c,
              CLINIC_ANA "p0|active|Old|1950-03-01|1|+12125550102|yes||\n"
                         "p2|active|Cat|1990-03-01|1|+12125550103|yes||\n",
              &more);
  clinic_launch(&c, "one", json);
  const wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(counts.waiting, 2);
  assert_int_equal(clinic_find(&c, "p2", "one").state, WB_STATE_WAITING);
  clinic_close(&c);
}

/* Then whoever is longest overdue, and of those who are so alike the first key, whatever order the
   rows come in; a day's places are those of all campaigns. */
static void the_longest_overdue_and_then_the_first_key_take_the_last_places(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .admissions = 4};
  static const char json[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\","
      "\"audience\":\"true\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
      "\"exits\":{\"booked\":\"recare.booked\"},"
      "\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"end\",\"exit\":true}],"
      "\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has "
      "time. Reply STOP to opt out.\"}}}}";
  static const char visits[] = "p4|D1110|completed|2025-09-15\np3|D1110|completed|2025-09-15\n"
                               "p2|D1110|completed|2025-09-16\np1|D1110|completed|2025-09-14\n";
  static const bool enters[] = {true, false, true, false}; /* each in both campaigns */
  char two[sizeof json];
  clinic c;
  (void)state;
  memcpy(two, json, sizeof two);
  memcpy(strstr(two, "\"one\""), "\"two\"", 5);
  clinic_open(&c, CLINIC_ANA, &more);
  clinic_facts(&c, CLINIC_PLACES(CLINIC_ZONE));
  sample_add(&c.it, "patients",
             CLINIC_HEAD "p4|active|Dan|1980-02-29|1|+12125550104|yes||\n"
                         "p3|active|Cat|1980-02-29|1|+12125550103|yes||\n"
                         "p2|active|Ben|1980-02-29|1|+12125550102|yes||\n"
                         "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n");
  char table[400];
  snprintf(table, sizeof table, "patient:u|code:u|status:u|date:tdD\n%s", visits);
  sample_add(&c.it, "procedures", table);
  clinic_launch(&c, "one", json);
  clinic_launch(&c, "two", two);
  const wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.enrolled, 4);
  assert_int_equal(counts.waiting, 4);
  for (int i = 0; i < 4; i++) {
    char key[3] = {'p', (char)('1' + i), 0};
    wb_enrollment found = {.size = sizeof found};
    uint64_t cursor = 0;
    int times = 0;
    while (wb_practice_next(c.practice, &cursor, &found) == WB_OK)
      times += strcmp(found.patient, key) == 0;
    assert_int_equal(times, enters[i] ? 2 : 0);
  }
  clinic_close(&c);
}

/* Where no day is known, of a host that answers all the same what only a day decides, nothing is
   begun: a wait before the first message neither. */
static void who_is_nowhere_is_held_whatever_comes_first(void **state) {
  static const char *const first[] = {"", "{\"id\":\"w\",\"wait\":{\"days\":1}},"};
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    char json[1000];
    clinic c;
    snprintf(json, sizeof json,
             "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\",\"audience\":"
             "\"true\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":"
             "\"recare.booked\"},\"steps\":[%s{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"end\","
             "\"exit\":true}],\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ "
             "location.short_name }} has time. Reply STOP to opt out.\"}}}}",
             first[i]);
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", json);
    clinic_place(&c, "", CLINIC_ANA, CLINIC_VISITS);
    const wb_moment moment = {.size = sizeof moment, .now = c.now, .zone = c.it.zone};
    mirror m;
    mirror_open(&m, c.context, c.it.facts, c.it.schema, &moment, c.now);
    wb_counts counts = {.size = sizeof counts};
    assert_int_equal(wb_practice_enroll(c.practice, NULL, 0, m.facts, c.now, &counts, NULL), WB_OK);
    mirror_close(&m);
    assert_int_equal(counts.enrolled, 0);
    assert_int_equal(counts.held, 1);
    assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_ZONE);
    clinic_close(&c);
  }
}

/* Of definitions of one name it is the one that was launched last. */
static void a_name_is_that_of_the_launched_definition(void **state) {
  static char newer[] = CLINIC_TEXTS("one");
  clinic c;
  wb_waiting rows[2] = {{.size = sizeof rows[0]}};
  uint32_t count = 77;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  static char other[] = CLINIC_TEXTS("two");
  clinic_launch(&c, "two", other);
  clinic_launch(&c, "one", newer);
  memcpy(strstr(newer, "has time"), "had time", 8);
  clinic_launch(&c, "one", newer);
  assert_int_equal(enrolled(&c, "one").enrolled, 1);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].campaign, "one");
  assert_non_null(strstr(c.actions[0].text, " had time "));
  assert_int_equal(
      wb_practice_waiting(c.practice, NULL, 0, c.it.facts, c.now, NULL, 0, &count, NULL), WB_OK);
  assert_int_equal(count, 0);
  assert_int_equal(wb_practice_waiting(c.practice, NULL, 0, c.it.facts, c.now, rows, 2, NULL, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_waiting(NULL, NULL, 0, c.it.facts, c.now, rows, 2, &count, NULL),
                   WB_E_INVALID);
  clinic_close(&c);
}

/* While a campaign is paused, or its location, its class or the practice, nobody enters it: when
   the pause ends there are no more than a day's. */
static void nobody_enters_what_is_paused(void **state) {
  static const struct {
    const char *campaign, *location;
    int32_t class_;
  } scopes[] = {{"one", NULL, 0}, {NULL, "1", 0}, {NULL, NULL, WB_MESSAGE_CARE}, {NULL, NULL, 0}};
  (void)state;
  for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
    clinic c;
    clinic_crowd(&c, 60, "one", CLINIC_TEXTS("one"));
    wb_input pause = clinic_input(WB_INPUT_PAUSE, scopes[i].campaign);
    pause.location = scopes[i].location;
    pause.location_length = scopes[i].location != NULL ? 1 : 0;
    pause.class_ = scopes[i].class_;
    assert_int_equal(clinic_send(&c, &pause), WB_OK);
    for (int day = 0; day < 3; day++) {
      const wb_counts counts = clinic_enroll(&c);
      assert_int_equal(counts.enrolled, 0);
      assert_int_equal(counts.waiting, 60);
      assert_int_equal(clinic_poll(&c), 0);
      clinic_forward(&c, 60, CLINIC_DAY);
    }
    wb_waiting rows[60] = {{.size = sizeof rows[0]}};
    uint32_t count = 0;
    assert_int_equal(
        wb_practice_waiting(c.practice, NULL, 0, c.it.facts, c.now, rows, 60, &count, NULL), WB_OK);
    assert_int_equal(count, 60);
    assert_int_equal(rows[0].hold, WB_HOLD_PAUSED);
    assert_int_equal(rows[0].again, WB_TIME_NONE);
    pause.kind = WB_INPUT_RESUME;
    assert_int_equal(clinic_send(&c, &pause), WB_OK);
    assert_int_equal(clinic_enroll(&c).enrolled, 25);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_location_whose_key_is_too_long_lets_nobody_in),
      cmocka_unit_test(a_patient_whose_key_is_none_fails_alone),
      cmocka_unit_test(the_segment_decides_who_takes_the_last_place),
      cmocka_unit_test(the_longest_overdue_and_then_the_first_key_take_the_last_places),
      cmocka_unit_test(who_is_nowhere_is_held_whatever_comes_first),
      cmocka_unit_test(a_name_is_that_of_the_launched_definition),
      cmocka_unit_test(nobody_enters_what_is_paused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
