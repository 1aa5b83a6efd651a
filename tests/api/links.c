/* SPDX-License-Identifier: MIT */
/* The link of a message: a handle of its action alone, that leads back to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

#include <winback/message.h>
#include <winback/page.h>

/* Only the second location of the clinic has links of its own. */
#define SOUTH CLINIC_HEAD "p1|active|Ana|1980-02-29|2|+12125550101|yes|ana@example.com|yes\n"
#define BEN_SOUTH "p2|active|Ben|1981-03-01|2|+12125550102|yes|ben@example.com|yes\n"
#define MAILED CLINIC_HEAD "p1|active|Ana|1980-02-29|2||no|ana@example.com|yes\n"
#define LOCATION "location:u|zone:u|region:u|link_url:u\n2|EST5EDT,M3.2.0,M11.1.0|US-NY"
#define BEGIN "https://go.example.com/"

/* Two messages, a day apart, and a page; a click becomes a call. */
static const char linked[] =
    "{\"format\":1,\"name\":\"one\",\"title\":\"Texts\",\"class\":\"care\","
    "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\",\"touches\":50,"
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},"
    "\"page\":\"behind\",\"steps\":[{\"id\":\"s1\",\"send\":[\"text\",\"mail\"]},"
    "{\"id\":\"w1\",\"wait\":{\"days\":1}},{\"id\":\"s2\",\"send\":[\"text\",\"mail\"]},"
    "{\"id\":\"w2\",\"wait\":{\"days\":30}},{\"id\":\"end\",\"exit\":true}],"
    "\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"note\"}},"
    "\"texts\":{\"text\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ message.link }}\"}},"
    "\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hi\",\"html\":"
    "\"<p><a href='{{ message.link }}'>Times</a> {{ practice.name }}, {{ location.address }} "
    "Reply STOP and we will not write again.</p>\"}},"
    "\"behind\":{\"channel\":\"page\",\"en\":{\"html\":\"<a href='{{ message.link "
    "}}'>Times</a>\"}},"
    "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}";

/* Opens it with people who are sent the first message. */
static void begin(clinic *c, const char *patients) {
  clinic_open(c, patients, NULL);
  clinic_launch(c, "one", linked);
  clinic_enroll(c);
  assert_true(clinic_poll(c) > 0);
}

/* The same with two of them, who both got it; the id of the first one's. */
static void begin_both(clinic *c, uint8_t id[16]) {
  begin(c, SOUTH BEN_SOUTH);
  memcpy(id, c->actions[strcmp(c->actions[0].patient, "p1") != 0].id, 16);
  clinic_sent(c);
}

/* The link that an action must carry. */
static const char *link_of(const clinic *c, const uint8_t *id) {
  static char link[sizeof BEGIN + WB_HANDLE_LENGTH];
  size_t length = 0;
  strcpy(link, BEGIN);
  assert_int_equal(wb_handle_make(c->options.secret, 16, WB_LINK_BOOKING, id, link + strlen(BEGIN),
                                  WB_HANDLE_LENGTH, &length),
                   WB_OK);
  assert_int_equal(length, WB_HANDLE_LENGTH);
  return link;
}

/* The page of an action, or of a patient by name (NULL: the former). */
static const char *page_of(clinic *c, const uint8_t *id, const char *patient) {
  static char said[256];
  const wb_page page = {.size = sizeof page,
                        .action = id,
                        .campaign = "one",
                        .patient = patient,
                        .campaign_length = 3,
                        .patient_length = patient ? (uint32_t)strlen(patient) : 0};
  size_t length = 0;
  memset(said, 0, sizeof said);
  assert_int_equal(
      wb_page_render(c->practice, &page, c->it.facts, c->now, said, sizeof said, &length, NULL),
      WB_OK);
  return said;
}

static void a_message_carries_the_handle_of_its_action(void **state) {
  clinic c;
  (void)state;
  begin(&c, SOUTH BEN_SOUTH);
  assert_int_equal(c.count, 2);
  for (uint32_t i = 0; i < c.count; i++)
    assert_string_equal(c.actions[i].text, link_of(&c, c.actions[i].id));
  assert_string_not_equal(c.actions[0].text, c.actions[1].text);
  clinic_close(&c);
}

static void each_message_to_a_patient_has_a_link_of_its_own(void **state) {
  clinic c;
  char first[sizeof BEGIN + WB_HANDLE_LENGTH];
  (void)state;
  begin(&c, SOUTH);
  strcpy(first, c.actions[0].text);
  clinic_sent(&c);
  c.now += CLINIC_DAY;
  clinic_rows(&c, SOUTH, "");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].text, link_of(&c, c.actions[0].id));
  assert_string_not_equal(c.actions[0].text, first);
  clinic_close(&c);
}

static void an_email_has_it_in_both_parts(void **state) {
  clinic c;
  (void)state;
  begin(&c, MAILED);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  assert_non_null(strstr(c.actions[0].html, link_of(&c, c.actions[0].id)));
  assert_non_null(strstr(c.actions[0].text, link_of(&c, c.actions[0].id)));
  clinic_close(&c);
}

/* Whatever was not attempted is rendered anew, by this practice or by one that was replayed or
   loaded, with the same link. */
static void one_that_is_handed_out_again_carries_the_same(void **state) {
  (void)state;
  for (int way = 0; way < CLINIC_WAYS; way++) {
    clinic c;
    char first[sizeof BEGIN + WB_HANDLE_LENGTH];
    begin(&c, SOUTH);
    strcpy(first, c.actions[0].text);
    assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
    clinic_renew(&c, way);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].text, first);
    clinic_close(&c);
  }
}

static void a_location_without_links_of_its_own_gives_its_booking_page(void **state) {
  clinic c;
  (void)state;
  begin(&c, CLINIC_ANA);
  assert_string_equal(c.actions[0].text, "https://book.example.com/1");
  assert_string_equal(page_of(&c, c.actions[0].id, NULL),
                      "<a href='https://book.example.com/1'>Times</a>");
  clinic_close(&c);
}

/* A host that has links of its own gives them as a field. */
static void a_link_of_the_host_is_taken_as_it_is(void **state) {
  clinic c;
  (void)state;
  begin(&c, "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
            "message.link:u\n"
            "p1|active|Ana|1980-02-29|2|+12125550101|yes|https://host.example.com/ana-7\n");
  assert_string_equal(c.actions[0].text, "https://host.example.com/ana-7");
  clinic_close(&c);
}

/* A page that is not a message's leads to the booking page. */
static void the_page_of_a_message_leads_on_by_its_link(void **state) {
  clinic c;
  char leads[128];
  (void)state;
  begin(&c, SOUTH);
  snprintf(leads, sizeof leads, "<a href='%s'>Times</a>", link_of(&c, c.actions[0].id));
  assert_string_equal(page_of(&c, c.actions[0].id, NULL), leads);
  assert_string_equal(page_of(&c, NULL, "p1"), "<a href='https://book.example.com/2'>Times</a>");
  clinic_close(&c);
}

/* Nothing of one message is left for what is said next: the text of a patient elsewhere. */
static void the_link_is_lent_for_one_message_alone(void **state) {
  clinic c;
  (void)state;
  begin(&c, SOUTH CLINIC_BEN);
  assert_int_equal(c.count, 2);
  for (uint32_t i = 0; i < c.count; i++) {
    const bool south = strcmp(c.actions[i].patient, "p1") == 0;
    assert_string_equal(c.actions[i].text,
                        south ? link_of(&c, c.actions[i].id) : "https://book.example.com/1");
  }
  clinic_close(&c);
}

/* The facts anew, with links of the second location that begin so. */
static void links_begin(clinic *c, const char *so) {
  char south[4096];
  snprintf(south, sizeof south, CLINIC_PLACE("2", "Example South", CLINIC_ZONE, "US-NY", "%s"), so);
  clinic_facts(c, south);
  clinic_seen(c, SOUTH, "");
}

/* Such a link is not replaced by another: the practice would not know that it has none. */
static void a_link_that_may_not_be_holds_the_patient(void **state) {
  char longest[2100] = "https://go.example.com/";
  const char *const wrong[] = {"http://go.example.com/",
                               "https://192.0.2.1/",
                               "https://bit.ly/",
                               "go",
                               "https://go.example.com",
                               "https://go.example.com:443",
                               longest};
  (void)state;
  memset(longest + strlen(longest), 'x', sizeof longest - 1 - strlen(longest));
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    clinic c;
    clinic_open(&c, SOUTH, NULL);
    clinic_launch(&c, "one", linked);
    clinic_enroll(&c);
    links_begin(&c, wrong[i]);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_RENDER);
    clinic_close(&c);
  }
}

/* Whatever ends the host: what follows it is the practice's own matter. */
static void a_link_begins_with_a_whole_host(void **state) {
  static const char *const begins[] = {"https://go.example.com/b", "https://go.example.com?",
                                       "https://go.example.com#"};
  (void)state;
  for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
    clinic c;
    clinic_open(&c, SOUTH, NULL);
    clinic_launch(&c, "one", linked);
    clinic_enroll(&c);
    links_begin(&c, begins[i]);
    assert_int_equal(clinic_poll(&c), 1);
    assert_memory_equal(c.actions[0].text, begins[i], strlen(begins[i]));
    clinic_close(&c);
  }
}

static void a_click_names_the_action_alone(void **state) {
  clinic c;
  (void)state;
  uint8_t id[16];
  begin_both(&c, id);
  wb_input input = clinic_input(WB_INPUT_CLICK, NULL);
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  input.action = id;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  c.now += CLINIC_DAY;
  clinic_rows(&c, SOUTH BEN_SOUTH, "");
  assert_int_equal(clinic_poll(&c), 2);
  for (uint32_t i = 0; i < c.count; i++) {
    const bool clicked = strcmp(c.actions[i].patient, "p1") == 0;
    assert_string_equal(c.actions[i].reason, clicked ? "clicked" : "");
  }
  clinic_close(&c);
}

static void a_booking_names_the_action_alone(void **state) {
  clinic c;
  (void)state;
  begin(&c, SOUTH);
  wb_input input = clinic_input(WB_INPUT_BOOKED, NULL);
  input.action = c.actions[0].id;
  clinic_sent(&c);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "booked");
  clinic_close(&c);
}

/* The link of one patient's message says nothing of another: the host mixed two people up. */
static void an_action_of_somebody_else_is_refused(void **state) {
  static const int32_t kinds[] = {WB_INPUT_CLICK, WB_INPUT_BOOKED};
  clinic c;
  wb_error error = {0};
  (void)state;
  uint8_t id[16];
  begin_both(&c, id);
  const uint64_t before = wb_practice_sequence(c.practice);
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    wb_input input = clinic_input(kinds[i], "p2");
    input.action = id;
    assert_int_equal(wb_practice_receive(c.practice, &input, c.now, &error), WB_E_INVALID);
    assert_string_equal(error.message, "The action is another patient's.");
  }
  assert_int_equal(wb_practice_sequence(c.practice), before);
  wb_input input = clinic_input(WB_INPUT_CLICK, "p1");
  input.action = id;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  clinic_close(&c);
}

/* Both keys stand for the one who is left: no contradiction. */
static void an_action_of_somebody_who_was_merged_is_theirs(void **state) {
  clinic c;
  (void)state;
  uint8_t id[16];
  begin_both(&c, id);
  wb_input input = clinic_input(WB_INPUT_MERGED, "p1");
  input.other = "p2";
  input.other_length = 2;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  input = clinic_input(WB_INPUT_CLICK, "p2");
  input.action = id;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  input = clinic_input(WB_INPUT_CLICK, "p1");
  input.action = id;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  clinic_close(&c);
}

/* Ninety days after it was sent, to somebody who left. */
static void an_action_that_is_forgotten_is_nobodys(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .flags = WB_PRACTICE_ALLOW_JUMP};
  (void)state;
  for (int later = 0; later < 2; later++) {
    clinic c;
    clinic_open(&c, SOUTH, &more);
    clinic_launch(&c, "one", linked);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    c.now += (wb_time)WB_MEMORY_DAYS * CLINIC_DAY + later;
    assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK); /* it is that late */
    wb_input input = clinic_input(WB_INPUT_CLICK, NULL);
    input.action = c.actions[0].id;
    assert_int_equal(clinic_send(&c, &input), later ? WB_E_NAME : WB_OK);
    clinic_close(&c);
  }
}

static void an_action_that_nobody_knows_is_nobodys(void **state) {
  static const uint8_t stranger[16] = {9};
  clinic c;
  wb_error error = {0};
  (void)state;
  begin(&c, SOUTH);
  wb_input input = clinic_input(WB_INPUT_CLICK, NULL);
  input.action = stranger;
  assert_int_equal(wb_practice_receive(c.practice, &input, c.now, &error), WB_E_NAME);
  assert_string_equal(error.message, "No action has this id.");
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_message_carries_the_handle_of_its_action),
      cmocka_unit_test(each_message_to_a_patient_has_a_link_of_its_own),
      cmocka_unit_test(an_email_has_it_in_both_parts),
      cmocka_unit_test(one_that_is_handed_out_again_carries_the_same),
      cmocka_unit_test(a_location_without_links_of_its_own_gives_its_booking_page),
      cmocka_unit_test(a_link_of_the_host_is_taken_as_it_is),
      cmocka_unit_test(the_page_of_a_message_leads_on_by_its_link),
      cmocka_unit_test(the_link_is_lent_for_one_message_alone),
      cmocka_unit_test(a_link_that_may_not_be_holds_the_patient),
      cmocka_unit_test(a_link_begins_with_a_whole_host),
      cmocka_unit_test(a_click_names_the_action_alone),
      cmocka_unit_test(a_booking_names_the_action_alone),
      cmocka_unit_test(an_action_of_somebody_else_is_refused),
      cmocka_unit_test(an_action_of_somebody_who_was_merged_is_theirs),
      cmocka_unit_test(an_action_that_is_forgotten_is_nobodys),
      cmocka_unit_test(an_action_that_nobody_knows_is_nobodys),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
