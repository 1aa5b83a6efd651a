/* SPDX-License-Identifier: MIT */
#include "support/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/sample.h"
#include "support/tables.h"

/* Ends the program unless all is well. */
static void ground_need(wb_status status) {
  if (status != WB_OK) abort();
}

/* Everybody was here in September; two share a number, one may not be texted, one gave no address,
   one is a minor, one has a visit ahead. In the second version two have booked, one has another
   number, and the visit is another; in the third two visits have another time. */
enum { GROUND_PEOPLE = 2 };
static const char *const ground_patients[GROUND_PEOPLE] = {
    "p0|active|Ana|1980-02-29|1|+12125550100|yes|ana@example.com|yes\n"
    "p1|active|Ben|1981-03-01|1|+12125550101|yes|ben@example.com|yes\n"
    "p2|active|Cat|1982-04-01|2|+12125550102|yes||\n"
    "p3|active|Dan|1983-05-01|2|+12125550102|yes|dan@example.com|yes\n"
    "p4|active|Eve|1984-06-01|1|+12125550104|no|eve@example.com|yes\n"
    "p5|active|Fay|1985-07-01|1||yes||\n"
    "p6|active|Gus|2019-08-01|2|+12125550106|yes|gus@example.com|yes\n"
    "p7|active|Hal|1987-09-01|2|+12125550107|yes|hal@example.com|yes\n"
    "p8|active|Ida|1988-10-01|1|+12125550108|yes|ida@example.com|yes\n",
    "p0|active|Ana|1980-02-29|1|+12125550100|yes|ana@example.com|yes\n"
    "p1|active|Ben|1981-03-01|1|+12125550101|yes|ben@example.com|yes\n"
    "p2|active|Cat|1982-04-01|2|+12125550102|yes||\n"
    "p3|active|Dan|1983-05-01|2|+12125550102|yes|dan@example.com|yes\n"
    "p4|active|Eve|1984-06-01|1|+12125550104|no|eve@example.com|yes\n"
    "p5|active|Fay|1985-07-01|1||yes||\n"
    "p6|active|Gus|2019-08-01|2|+12125550106|yes|gus@example.com|yes\n"
    "p7|active|Hal|1987-09-01|2|+12125550177|yes|hal@example.com|yes\n"
    "p8|active|Ida|1988-10-01|1|+12125550108|yes|ida@example.com|yes\n"};

/* Visits ahead, in days from the beginning. */
static const struct {
  const char *patient, *key;
  uint32_t version;
  int32_t days;
} ground_visits[] = {{"p8", "v8", 0, 6},  {"p0", "v0", 1, 50}, {"p3", "v3", 1, 51},
                     {"p8", "v9", 1, 40}, {"p8", "v8", 2, 47}, {"p0", "v0", 2, 44}};

static void ground_add(wb_facts *facts, const char *table, const char *text) {
  ground_need(table_add(facts, table, text, NULL));
}

/* A table with a line for everybody, and more. */
static void ground_join(wb_facts *facts, const char *table, const char *head, const char *each,
                        const char *more) {
  enum { ROOM = 4096 };
  char text[ROOM];
  strcpy(text, head);
  for (char who = '0'; who < '0' + WORLD_PATIENTS; who++) {
    const char key[] = {'p', who, '\0'};
    if (*each) strcat(strcat(text, key), each);
  }
  ground_add(facts, table, strcat(text, more));
}

/* The visits of a version, behind those of September. */
static void ground_seen(wb_facts *facts, uint32_t version) {
  enum { ROOM = 1024, SEPTEMBER = 1757948400 };
  char text[ROOM] = "", each[64];
  for (size_t i = 0; i < sizeof ground_visits / sizeof *ground_visits; i++) {
    if (ground_visits[i].version != version) continue;
    sprintf(text + strlen(text), "%s|scheduled|%lld|%s|60|0\n", ground_visits[i].patient,
            (long long)SAMPLE_NOW + (long long)ground_visits[i].days * WORLD_DAY,
            ground_visits[i].key);
  }
  sprintf(each, "|completed|%lld|%s|60|1\n", (long long)SEPTEMBER, "old");
  ground_join(facts, "appointments",
              "patient:u|status:u|start:tss:UTC|appointment:u|minutes:l|confirmed:b\n", each, text);
}

static wb_facts *ground_facts(const ground *it, uint32_t version) {
  wb_facts *facts = NULL;
  wb_facts_options options = {.size = sizeof options, .as_of = SAMPLE_NOW};
  ground_need(wb_facts_new(NULL, it->schema, &options, &facts, NULL));
  ground_add(facts, "practice", "name:u\nExample Dental\n");
  ground_add(facts, "locations",
             "location:u|name:u|short_name:u|zone:u|region:u|address:u|booking_url:u\n"
             "1|Example Dental|Example Dental|EST5EDT,M3.2.0,M11.1.0|US-NY|12 Example Street, "
             "Albany, NY 12201|https://book.example.com/1\n"
             "2|Example South|Example South|EST5EDT,M3.2.0,M11.1.0|US-NY|14 Example Street, "
             "Albany, NY 12201|https://book.example.com/2\n");
  ground_join(facts, "patients",
              "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|"
              "text_permission:u|email:u|email_permission:u\n",
              "", ground_patients[version < GROUND_PEOPLE ? version : GROUND_PEOPLE - 1]);
  ground_join(facts, "procedures", "patient:u|code:u|status:u|date:tdD\n",
              "|D1110|completed|2025-09-15\n", "");
  ground_join(facts, "coverages", "patient:u|coverage:u|payer:u\n", "|1|public\n", "");
  ground_seen(facts, version);
  return facts;
}

wb_facts *ground_read(const ground *it, uint32_t version, wb_time now) {
  ground_need(wb_facts_renew(it->facts[version], now, NULL, NULL));
  return it->facts[version];
}

/* Addresses of the people. */
static const struct {
  int32_t kind;
  const char *address;
} ground_addresses[WORLD_CONTACTS] = {
    {WB_CONTACT_PHONE, "+12125550100"},    {WB_CONTACT_PHONE, "+12125550101"},
    {WB_CONTACT_PHONE, "+12125550102"},    {WB_CONTACT_PHONE, "+12125550107"},
    {WB_CONTACT_PHONE, "+12125550177"},    {WB_CONTACT_PHONE, "+12125550108"},
    {WB_CONTACT_EMAIL, "ana@example.com"}, {WB_CONTACT_EMAIL, "hal@example.com"}};

/* What is compiled once, and the names of the contact points. */
static void ground_compile(ground *it) {
  for (uint32_t i = 0; i < WORLD_DEFINITIONS; i++) {
    const char *json = world_campaigns[i][1];
    ground_need(
        wb_campaign_new(NULL, it->schema, it->policy, json, strlen(json), &it->campaigns[i], NULL));
  }
  for (uint32_t i = 0; i < WORLD_CONTACTS; i++)
    ground_need(wb_contact_make(world_secret, ground_addresses[i].kind, ground_addresses[i].address,
                                strlen(ground_addresses[i].address), NULL, it->contacts[i]));
}

void ground_open(ground *it) {
  static const char zone[] = "EST5EDT,M3.2.0,M11.1.0";
  ground_need(wb_schema_new(NULL, NULL, 0, &it->schema, NULL));
  ground_need(wb_zone_new(NULL, zone, sizeof zone - 1, &it->zone, NULL));
  ground_need(wb_law_new(NULL, NULL, 0, &it->law, NULL));
  ground_need(wb_policy_new(NULL, it->schema, NULL, 0, &it->policy, NULL));
  for (uint32_t i = 0; i < WORLD_RECORDS; i++)
    it->facts[i] = ground_facts(it, i);
  ground_compile(it);
  memset(&it->begun, 0, sizeof it->begun);
  world_begin(it);
}

void ground_close(ground *it) {
  for (uint32_t i = 0; i < WORLD_RECORDS; i++)
    wb_facts_free(it->facts[i]);
  memory_journal_free(&it->begun);
  for (uint32_t i = 0; i < WORLD_DEFINITIONS; i++)
    wb_campaign_unref(it->campaigns[i]);
  wb_policy_unref(it->policy);
  wb_law_unref(it->law);
  wb_zone_unref(it->zone);
  wb_schema_unref(it->schema);
}
