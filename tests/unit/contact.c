/* SPDX-License-Identifier: MIT */
/* Addresses and their contact points, and whether a record lets them be used. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "outreach/outreach.h"
#include "support/sample.h"
#include "support/times.h"

static const uint8_t secret[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

static void numbers_become_e164(void **state) {
  static const struct {
    const char *address, *country, *normal;
  } rows[] = {
      {"212-555-0123", "US", "+12125550123"},
      {"(212) 555-0123", "US-NY", "+12125550123"},
      {" 212.555.0123 ", "us", "+12125550123"},
      {"2125550123", "CA-ON", "+12125550123"},
      {"212/555-0123", "US", "+12125550123"},
      {"1 212 555 0123", "US", "+12125550123"},
      {"+1 (212) 555-0123", "US", "+12125550123"},
      {"+1 (212) 555-0123", "GB", "+12125550123"},
      {"2125550123", NULL, "+12125550123"},
      {"2125550123", "", "+12125550123"},
      {"8765550123", "JM", "+18765550123"},
      {"3405550123", "VI", "+13405550123"},
      {"200-200-0000", "US", "+12002000000"},
      {"999-999-9999", "US", "+19999999999"},
      {"212-210-0000", "US", "+12122100000"},
      {"+44 7700 900123", "US", "+447700900123"},
      {"+44 7700 900123", "GB", "+447700900123"},
      {"+12345678", "US", NULL},
      {"+22345678", "US", "+22345678"},
      {"+2234567", "US", NULL},
      {"+223456789012345", "US", "+223456789012345"},
      {"+2234567890123456", "US", NULL},
      {"+0212555012", "US", NULL},
      {"+1212555012", "US", NULL},
      {"+112125550123", "US", NULL},
      {"212555012", "US", NULL},
      {"21255501234", "US", NULL},
      {"22125550123", "US", NULL},
      {"555-0123", "US", NULL},
      {"112-555-0123", "US", NULL},
      {"012-555-0123", "US", NULL},
      {"211-555-0123", "US", NULL},
      {"911-555-0123", "US", NULL},
      {"212-155-0123", "US", NULL},
      {"212-055-0123", "US", NULL},
      {"212-411-0123", "US", NULL},
      {"1-112-555-0123", "US", NULL},
      {"+1 212 411 0123", "US", NULL},
      {"212-555-0123 x4", "US", NULL},
      {"212-555-0123 ext. 4", "US", NULL},
      {"212-555-0123 #4", "US", NULL},
      {"212-555-0123,4", "US", NULL},
      {"212-555-012O", "US", NULL},
      {"call mom", "US", NULL},
      {"212+5550123", "US", NULL},
      {"++12125550123", "US", NULL},
      {"000-000-0000", "US", NULL},
      {"212-555-0123/212-555-0124", "US", NULL},
      {"", "US", NULL},
      {"   ", "US", NULL},
      {"+", "US", NULL},
      {"07700 900123", "GB", NULL},
      {"212-555-0123", "GB", NULL},
      {"212-555-0123", "USA", NULL},
      {"212-555-0123", "U", NULL},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char buffer[WBI_ADDRESS_MAX] = "untouched";
    size_t length = 99;
    const wb_status status =
        wb_contact_normalize(WB_CONTACT_PHONE, rows[i].address, strlen(rows[i].address),
                             rows[i].country, buffer, sizeof buffer, &length);
    if ((status == WB_OK) != (rows[i].normal != NULL)) fail_msg("%s", rows[i].address);
    assert_string_equal(buffer, rows[i].normal != NULL ? rows[i].normal : "untouched");
    assert_int_equal(length, rows[i].normal != NULL ? strlen(rows[i].normal) : 99);
    if (rows[i].normal == NULL) assert_int_equal(status, WB_E_INVALID);
  }
}

static void a_zero_byte_is_no_part_of_an_address(void **state) {
  char buffer[WBI_ADDRESS_MAX];
  size_t length = 0;
  (void)state;
  assert_int_equal(wb_contact_normalize(WB_CONTACT_PHONE,
                                        "212555\0"
                                        "0123",
                                        11, "US", buffer, sizeof buffer, &length),
                   WB_E_INVALID);
  assert_int_equal(wb_contact_normalize(WB_CONTACT_EMAIL, "p\0t@example.com", 15, NULL, buffer,
                                        sizeof buffer, &length),
                   WB_E_INVALID);
}

static void addresses_become_lower_case(void **state) {
  static const struct {
    const char *address, *normal;
  } rows[] = {
      {"pat@example.com", "pat@example.com"},
      {" Pat.Doe+dental@Mail.Example.COM ", "pat.doe+dental@mail.example.com"},
      {"o'neil@example.com", "o'neil@example.com"},
      {"a@b.co", "a@b.co"},
      {"a@b1.c-d.e9z", "a@b1.c-d.e9z"},
      {"pat@xn--bcher-kva.example", "pat@xn--bcher-kva.example"},
      {"pat", NULL},
      {"@example.com", NULL},
      {"pat@", NULL},
      {"pat@example", NULL},
      {"pat@example.", NULL},
      {"pat@.example.com", NULL},
      {"pat@exa..mple.com", NULL},
      {"pat@-example.com", NULL},
      {"pat@example-.com", NULL},
      {"pat@exam_ple.com", NULL},
      {"pat@10.0.0.1", NULL},
      {"pat@example.9", NULL},
      {"pat@example.9a", "pat@example.9a"},
      {"pat@[10.0.0.1]", NULL},
      {".pat@example.com", NULL},
      {"pat.@example.com", NULL},
      {"p..at@example.com", NULL},
      {"p at@example.com", NULL},
      {"pat@exam ple.com", NULL},
      {"pat@@example.com", NULL},
      {"pat@doe@example.com", NULL},
      {"\"pat\"@example.com", NULL},
      {"pat@example.com;doe@example.com", NULL},
      {"pat@example.com, doe@example.com", NULL},
      {"<pat@example.com>", NULL},
      {"p\xC3\xA9pe@example.com", NULL},
      {"pat@ex\xC3\xA9mple.com", NULL},
      {"", NULL},
      {" ", NULL},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char buffer[WBI_ADDRESS_MAX] = "untouched";
    size_t length = 0;
    const wb_status status =
        wb_contact_normalize(WB_CONTACT_EMAIL, rows[i].address, strlen(rows[i].address), "US",
                             buffer, sizeof buffer, &length);
    if (status != (rows[i].normal != NULL ? WB_OK : WB_E_INVALID)) fail_msg("%s", rows[i].address);
    assert_string_equal(buffer, rows[i].normal != NULL ? rows[i].normal : "untouched");
  }
}

/* An address of a local part and labels of given lengths. */
static wb_status try_email(size_t local, size_t label, size_t labels) {
  char text[600], buffer[WBI_ADDRESS_MAX];
  size_t length = 0, needed = 0;
  memset(text, 'a', sizeof text);
  length = local;
  text[length++] = '@';
  for (size_t i = 0; i < labels; i++) {
    if (i > 0) text[length++] = '.';
    length += label;
  }
  return wb_contact_normalize(WB_CONTACT_EMAIL, text, length, NULL, buffer, sizeof buffer, &needed);
}

static void lengths_of_an_email_have_bounds(void **state) {
  (void)state;
  assert_int_equal(try_email(64, 5, 2), WB_OK);
  assert_int_equal(try_email(65, 5, 2), WB_E_INVALID);
  assert_int_equal(try_email(5, 63, 2), WB_OK);
  assert_int_equal(try_email(5, 64, 2), WB_E_INVALID);
  assert_int_equal(try_email(62, 47, 4), WB_OK); /* 254 bytes */
  assert_int_equal(try_email(63, 47, 4), WB_E_INVALID);
  assert_int_equal(try_email(64, 63, 8), WB_E_INVALID);
}

static void a_short_buffer_is_told_the_length(void **state) {
  static const char number[] = "212-555-0123";
  char buffer[13] = "untouched";
  size_t needed = 0;
  (void)state;
  assert_int_equal(
      wb_contact_normalize(WB_CONTACT_PHONE, number, strlen(number), "US", NULL, 0, &needed),
      WB_E_SPACE);
  assert_int_equal(needed, 12);
  needed = 0;
  assert_int_equal(
      wb_contact_normalize(WB_CONTACT_PHONE, number, strlen(number), "US", buffer, 11, &needed),
      WB_E_SPACE);
  assert_int_equal(needed, 12);
  assert_string_equal(buffer, "untouched");
  assert_int_equal(
      wb_contact_normalize(WB_CONTACT_PHONE, number, strlen(number), "US", buffer, 13, &needed),
      WB_OK);
  assert_string_equal(buffer, "+12125550123");
}

static void other_kinds_and_null_are_refused(void **state) {
  char buffer[WBI_ADDRESS_MAX];
  uint8_t contact[16] = {0};
  size_t needed = 0;
  (void)state;
  assert_int_equal(wb_contact_normalize(0, "a@b.co", 6, NULL, buffer, sizeof buffer, &needed),
                   WB_E_INVALID);
  assert_int_equal(wb_contact_normalize(3, "a@b.co", 6, NULL, buffer, sizeof buffer, &needed),
                   WB_E_INVALID);
  assert_int_equal(
      wb_contact_normalize(WB_CONTACT_EMAIL, NULL, 0, NULL, buffer, sizeof buffer, &needed),
      WB_E_INVALID);
  assert_int_equal(
      wb_contact_normalize(WB_CONTACT_EMAIL, "a@b.co", 6, NULL, buffer, sizeof buffer, NULL),
      WB_E_INVALID);
  assert_int_equal(wb_contact_make(NULL, WB_CONTACT_EMAIL, "a@b.co", 6, NULL, contact),
                   WB_E_INVALID);
  assert_int_equal(wb_contact_make(secret, WB_CONTACT_EMAIL, "a@b.co", 6, NULL, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_contact_make(secret, WB_CONTACT_EMAIL, "a@b", 3, NULL, contact),
                   WB_E_INVALID);
  for (size_t i = 0; i < sizeof contact; i++)
    assert_int_equal(contact[i], 0);
}

static void make(const uint8_t *key, int32_t kind, const char *address, uint8_t contact[16]) {
  assert_int_equal(wb_contact_make(key, kind, address, strlen(address), "US", contact), WB_OK);
}

static void a_contact_point_depends_on_address_and_secret_alone(void **state) {
  static const uint8_t other_secret[16] = {9};
  uint8_t a[16], b[16];
  (void)state;
  make(secret, WB_CONTACT_PHONE, "212-555-0123", a);
  make(secret, WB_CONTACT_PHONE, "+1 (212) 555 0123", b);
  assert_memory_equal(a, b, 16);
  make(secret, WB_CONTACT_PHONE, "212-555-0124", b);
  assert_memory_not_equal(a, b, 16);
  make(other_secret, WB_CONTACT_PHONE, "212-555-0123", b);
  assert_memory_not_equal(a, b, 16);
  make(secret, WB_CONTACT_EMAIL, "Pat@Example.com", a);
  make(secret, WB_CONTACT_EMAIL, "pat@example.com", b);
  assert_memory_equal(a, b, 16);
}

static void a_contact_point_is_what_it_was(void **state) {
  wbi_bytes16 key, expected;
  uint8_t contact[16];
  wbi_siphash sip;
  (void)state;
  memcpy(key.bytes, secret, sizeof secret);
  wbi_siphash_init(&sip, &key);
  wbi_siphash_add(&sip, "\7\0\0\0contact\1\1\14\0\0\0+12125550123", 29);
  wbi_siphash_finish(&sip, &expected);
  make(secret, WB_CONTACT_PHONE, "212-555-0123", contact);
  assert_memory_equal(contact, expected.bytes, 16);
}

/* ---- the record ----------------------------------------------------------------------------- */

/* What the record of one patient says, seen last on a day or never. */
static wbi_contact read_record(const char *patient, const char *visit, int32_t channel) {
  static const char columns[] =
      "patient:u|status:u|birth_date:tdD|location:u|mobile:u|email:u|text_permission:u|"
      "email_permission:u|text_permission_on:tdD|mobile_given:b|only_channel:u|do_not_contact:b\n";
  char table[512], procedures[128];
  sample it;
  wbi_outreach_fields fields;
  wbi_bytes16 key;
  wbi_contact contact;
  wb_error error = {0};
  memset(&contact, 0x55, sizeof contact);
  memcpy(key.bytes, secret, sizeof secret);
  snprintf(table, sizeof table, "%sp1|active|%s\n", columns, patient);
  snprintf(procedures, sizeof procedures, "patient:u|code:u|status:u|date:tdD\n%s%s%s",
           visit != NULL ? "p1|D1110|completed|" : "", visit != NULL ? visit : "",
           visit != NULL ? "\n" : "");
  sample_open(&it, NULL);
  sample_add(&it, "patients", table);
  sample_add(&it, "procedures", procedures);
  assert_int_equal(wbi_outreach_fields_find(it.schema, &fields), WB_OK);
  assert_true(wbi_facts_enter(it.facts));
  const wbi_subject subject = {it.facts, 0, &it.moment, &fields};
  assert_int_equal(wbi_contact_find(&subject, &key, channel, &contact, &error), WB_OK);
  wbi_facts_leave(it.facts);
  assert_int_equal(contact.channel, channel);
  sample_close(&it);
  return contact;
}

static void a_record_says_what_it_allows(void **state) {
  (void)state;
  static const struct {
    const char *said;
    int32_t channel, permission;
  } rows[] = {{"yes|no", WB_CHANNEL_SMS, WBI_PERMISSION_YES},
              {"no|yes", WB_CHANNEL_SMS, WBI_PERMISSION_NO},
              {"unknown|yes", WB_CHANNEL_SMS, WBI_PERMISSION_UNKNOWN},
              {"|yes", WB_CHANNEL_SMS, WBI_PERMISSION_UNKNOWN},
              {"no|yes", WB_CHANNEL_EMAIL, WBI_PERMISSION_YES},
              {"yes|no", WB_CHANNEL_EMAIL, WBI_PERMISSION_NO},
              {"yes|", WB_CHANNEL_EMAIL, WBI_PERMISSION_UNKNOWN}};
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char line[128];
    snprintf(line, sizeof line, "1980-05-05|1|212-555-0123|a@example.com|%s||||", rows[i].said);
    assert_int_equal(read_record(line, NULL, rows[i].channel).permission, rows[i].permission);
  }
}

static void a_record_says_who_when_and_where(void **state) {
  (void)state;
  wbi_contact contact =
      read_record("2008-11-24|1|212-555-0123||yes||2024-02-29||||", "2026-01-05", WB_CHANNEL_SMS);
  uint8_t point[16];
  assert_int_equal(contact.age, 17);
  assert_int_equal(contact.seen, day("2026-01-05"));
  assert_int_equal(contact.today, day("2026-11-23"));
  assert_int_equal(contact.permitted, day("2024-02-29"));
  assert_true(contact.given);
  assert_string_equal(contact.region, "US-NY");
  assert_string_equal(contact.address, "+12125550123");
  assert_int_equal(contact.unusable, WB_HOLD_NONE);
  make(secret, WB_CONTACT_PHONE, "212-555-0123", point);
  assert_memory_equal(contact.point.bytes, point, 16);
  contact = read_record("||212-555-0123||||||||", NULL, WB_CHANNEL_SMS);
  assert_int_equal(contact.age, -1);
  assert_int_equal(contact.seen, WB_DATE_NONE);
  assert_int_equal(contact.permitted, WB_DATE_NONE);
  assert_string_equal(contact.address, "+12125550123"); /* without a place North American */
  contact = read_record("|1|212-555-0123|Pat@Example.com||||0||", NULL, WB_CHANNEL_EMAIL);
  assert_true(contact.given); /* which is of the number */
  assert_string_equal(contact.address, "pat@example.com");
  assert_false(read_record("|1|212-555-0123|||||0||", NULL, WB_CHANNEL_SMS).given);
  assert_true(read_record("|1|212-555-0123|||||1||", NULL, WB_CHANNEL_SMS).given);
}

static void a_record_without_a_usable_address_says_why(void **state) {
  (void)state;
  static const struct {
    const char *addresses;
    int32_t channel, unusable;
  } rows[] = {{"|", WB_CHANNEL_SMS, WB_HOLD_NO_ADDRESS},
              {"  |", WB_CHANNEL_SMS, WB_HOLD_NO_ADDRESS},
              {"555-0123|", WB_CHANNEL_SMS, WB_HOLD_BAD_ADDRESS},
              {"212-555-0123 ext 4|", WB_CHANNEL_SMS, WB_HOLD_BAD_ADDRESS},
              {"212-555-0123|", WB_CHANNEL_EMAIL, WB_HOLD_NO_ADDRESS},
              {"|pat at example.com", WB_CHANNEL_EMAIL, WB_HOLD_BAD_ADDRESS}};
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char line[128];
    snprintf(line, sizeof line, "1980-05-05|1|%s||||||", rows[i].addresses);
    const wbi_contact contact = read_record(line, NULL, rows[i].channel);
    assert_int_equal(contact.unusable, rows[i].unusable);
    assert_string_equal(contact.address, "");
    assert_true(wbi_bytes16_empty(&contact.point));
  }
}

static void a_record_says_that_another_way_is_wanted(void **state) {
  (void)state;
  static const struct {
    const char *wish;
    bool sms, email; /* wanted otherwise */
  } rows[] = {{"|", false, false},   {"sms|", false, true}, {"email|", true, false},
              {"call|", true, true}, {"mail|", true, true}, {"|1", true, true},
              {"sms|1", true, true}, {"|0", false, false}};
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char line[128];
    snprintf(line, sizeof line, "1980-05-05|1|212-555-0123|a@example.com|yes|yes|||%s",
             rows[i].wish);
    assert_int_equal(read_record(line, NULL, WB_CHANNEL_SMS).other_way, rows[i].sms);
    assert_int_equal(read_record(line, NULL, WB_CHANNEL_EMAIL).other_way, rows[i].email);
  }
}

/* What a host gives in place of what would follow from the record. */
static void an_age_below_zero_is_not_known(void **state) {
  (void)state;
  for (int32_t age = -1; age <= 0; age++) {
    char table[128];
    sample it;
    wbi_outreach_fields fields;
    const wbi_bytes16 key = {{1}};
    wbi_contact contact;
    snprintf(table, sizeof table,
             "patient:u|status:u|patient.age:l|today:tdD\np1|active|%d|2026-11-20\n", (int)age);
    sample_open(&it, NULL);
    sample_add(&it, "patients", table);
    assert_int_equal(wbi_outreach_fields_find(it.schema, &fields), WB_OK);
    assert_true(wbi_facts_enter(it.facts));
    const wbi_subject subject = {it.facts, 0, &it.moment, &fields};
    assert_int_equal(wbi_contact_find(&subject, &key, WB_CHANNEL_SMS, &contact, NULL), WB_OK);
    assert_int_equal(contact.age, age);
    assert_int_equal(contact.today, day("2026-11-20"));
    wbi_facts_leave(it.facts);
    sample_close(&it);
  }
}

/* Whatever cell of a record cannot be read, no contact is found. */
static void a_record_that_cannot_be_read_is_no_contact(void **state) {
  static const struct {
    const char *column, *cell, *path;
    int32_t channel;
    wb_status status;
  } rows[] = {
      {"text_permission:u", "\xff", "contact.text_permission", WB_CHANNEL_SMS, WB_E_TYPE},
      {"email_permission:u", "\xff", "contact.email_permission", WB_CHANNEL_EMAIL, WB_E_TYPE},
      {"text_permission_on:tdD", "0000-01-01", "contact.text_permission_on", WB_CHANNEL_SMS,
       WB_E_RANGE},
      {"only_channel:u", "\xff", "contact.only_channel", WB_CHANNEL_SMS, WB_E_TYPE},
      {"first_name:u|location:u", "Ana|2", "location.region", WB_CHANNEL_SMS, WB_E_TYPE},
      {"mobile:u", "\xff", "contact.mobile", WB_CHANNEL_SMS, WB_E_TYPE},
      {"mobile:u", "\xff", "contact.mobile", WB_CHANNEL_EMAIL, WB_E_TYPE},
      {"email:u", "\xff", "contact.email", WB_CHANNEL_EMAIL, WB_E_TYPE},
      {"region:u", "\xff", "patient.region", WB_CHANNEL_SMS, WB_E_TYPE},
      {"birth_date:tdD", "0000-01-01", "patient.age", WB_CHANNEL_SMS, WB_E_RANGE},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char table[256];
    sample it;
    wbi_outreach_fields fields;
    const wbi_bytes16 key = {{1}};
    wbi_contact contact = {.age = 77};
    wb_error error = {0};
    const bool placed = strstr(rows[i].column, "location") != NULL;
    snprintf(table, sizeof table, "patient:u|status:u|%s%s\np1|active|%s%s\n",
             placed ? "" : "location:u|", rows[i].column, placed ? "" : "1|", rows[i].cell);
    sample_open(&it, NULL);
    sample_renew(&it, NULL, SAMPLE_NOW);
    sample_add(&it, "locations",
               "location:u|zone:u|region:u\n1|EST5EDT,M3.2.0,M11.1.0|US-NY\n2|EST5EDT,M3.2.0,M11.1."
               "0|\xff\n");
    sample_add(&it, "patients", table);
    assert_int_equal(wbi_outreach_fields_find(it.schema, &fields), WB_OK);
    assert_true(wbi_facts_enter(it.facts));
    const wbi_subject subject = {it.facts, 0, &it.moment, &fields};
    const wb_status status = wbi_contact_find(&subject, &key, rows[i].channel, &contact, &error);
    if (status != rows[i].status) fail_msg("%s: %s", rows[i].column, wb_status_name(status));
    assert_string_equal(error.path, rows[i].path);
    assert_int_equal(contact.age, 77);
    wbi_facts_leave(it.facts);
    sample_close(&it);
  }
}

static void other_channels_have_no_address(void **state) {
  sample it;
  wbi_outreach_fields fields;
  wbi_bytes16 key = {{1}};
  wbi_contact contact = {.age = 77};
  (void)state;
  sample_open(&it, NULL);
  sample_add(&it, "patients", "patient:u|status:u\np1|active\n");
  assert_int_equal(wbi_outreach_fields_find(it.schema, &fields), WB_OK);
  assert_true(wbi_facts_enter(it.facts));
  wbi_subject subject = {it.facts, 0, &it.moment, &fields};
  assert_int_equal(wbi_contact_find(&subject, &key, WB_CHANNEL_CALL, &contact, NULL), WB_E_INVALID);
  subject.row = 1; /* there is no such row */
  assert_int_equal(wbi_contact_find(&subject, &key, WB_CHANNEL_SMS, &contact, NULL), WB_E_NAME);
  assert_int_equal(contact.age, 77);
  wbi_facts_leave(it.facts);
  sample_close(&it);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_become_e164),
      cmocka_unit_test(a_zero_byte_is_no_part_of_an_address),
      cmocka_unit_test(addresses_become_lower_case),
      cmocka_unit_test(lengths_of_an_email_have_bounds),
      cmocka_unit_test(a_short_buffer_is_told_the_length),
      cmocka_unit_test(other_kinds_and_null_are_refused),
      cmocka_unit_test(a_contact_point_depends_on_address_and_secret_alone),
      cmocka_unit_test(a_contact_point_is_what_it_was),
      cmocka_unit_test(a_record_says_what_it_allows),
      cmocka_unit_test(a_record_says_who_when_and_where),
      cmocka_unit_test(a_record_without_a_usable_address_says_why),
      cmocka_unit_test(a_record_says_that_another_way_is_wanted),
      cmocka_unit_test(an_age_below_zero_is_not_known),
      cmocka_unit_test(a_record_that_cannot_be_read_is_no_contact),
      cmocka_unit_test(other_channels_have_no_address),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
