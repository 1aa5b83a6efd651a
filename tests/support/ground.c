/* SPDX-License-Identifier: MIT */
#include "support/world.h"

#include <stdlib.h>
#include <string.h>

#include "support/sample.h"
#include "support/tables.h"

/* Ends the program unless all is well. */
static void ground_need(wb_status status) {
  if (status != WB_OK) abort();
}

/* Everybody was here in September; two share a number, one may not be texted, one gave no address,
   one is a minor. In the second version two have booked and one has another number. */
static const char *const ground_patients[WORLD_RECORDS] = {
    "p0|active|Ana|1980-02-29|1|+12125550100|yes|ana@example.com|yes\n"
    "p1|active|Ben|1981-03-01|1|+12125550101|yes|ben@example.com|yes\n"
    "p2|active|Cat|1982-04-01|2|+12125550102|yes||\n"
    "p3|active|Dan|1983-05-01|2|+12125550102|yes|dan@example.com|yes\n"
    "p4|active|Eve|1984-06-01|1|+12125550104|no|eve@example.com|yes\n"
    "p5|active|Fay|1985-07-01|1||yes||\n"
    "p6|active|Gus|2019-08-01|2|+12125550106|yes|gus@example.com|yes\n"
    "p7|active|Hal|1987-09-01|2|+12125550107|yes|hal@example.com|yes\n",
    "p0|active|Ana|1980-02-29|1|+12125550100|yes|ana@example.com|yes\n"
    "p1|active|Ben|1981-03-01|1|+12125550101|yes|ben@example.com|yes\n"
    "p2|active|Cat|1982-04-01|2|+12125550102|yes||\n"
    "p3|active|Dan|1983-05-01|2|+12125550102|yes|dan@example.com|yes\n"
    "p4|active|Eve|1984-06-01|1|+12125550104|no|eve@example.com|yes\n"
    "p5|active|Fay|1985-07-01|1||yes||\n"
    "p6|active|Gus|2019-08-01|2|+12125550106|yes|gus@example.com|yes\n"
    "p7|active|Hal|1987-09-01|2|+12125550177|yes|hal@example.com|yes\n"};

static const char *const ground_visits[WORLD_RECORDS] = {"", "p0|scheduled|2027-06-01\n"
                                                             "p3|scheduled|2027-06-02\n"};

static void ground_add(wb_facts *facts, const char *table, const char *text) {
  ground_need(table_add(facts, table, text, NULL));
}

/* A table of three parts. */
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
              "", ground_patients[version]);
  ground_join(facts, "procedures", "patient:u|code:u|status:u|date:tdD\n",
              "|D1110|completed|2025-09-15\n", "");
  ground_join(facts, "appointments", "patient:u|status:u|start:tdD\n", "|completed|2025-09-15\n",
              ground_visits[version]);
  return facts;
}

/* Two campaigns by text and e-mail, and one that asks once and comes again. */
#define WORLD_SMS                                                                                  \
  "\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi, {{ location.short_name }} has time for "  \
  "you: {{ location.booking_url }} Reply STOP to opt out.\"}},"
#define WORLD_MAIL                                                                                 \
  "\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Your next visit\",\"body\":\"{{ "         \
  "location.booking_url }} {{ practice.name }}, {{ location.address }} Reply STOP and we will "    \
  "not write again.\"}},"
#define WORLD_TAIL "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"
#define WORLD_BOTH "\"texts\":{" WORLD_SMS WORLD_MAIL WORLD_TAIL
#define WORLD_HEAD(name)                                                                           \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"Texts\",\"class\":\"care\","                    \
  "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                 \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"}," \
  "\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"note\"},"                       \
  "\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"}},"

const char *const world_campaigns[WORLD_CAMPAIGNS][2] = {
    {"aa", WORLD_HEAD("aa") "\"touches\":6,\"rest_days\":90,\"steps\":["
                            "{\"id\":\"s1\",\"send\":[\"hello\",\"mail\"],"
                            "\"on_unknown\":{\"receipt\":{\"days\":2}}},"
                            "{\"id\":\"w1\",\"wait\":{\"days\":1}},"
                            "{\"id\":\"s2\",\"send\":[\"hello\",\"mail\"],"
                            "\"on_unknown\":\"resend\"},"
                            "{\"id\":\"w2\",\"wait\":{\"days\":3}},"
                            "{\"id\":\"s3\",\"send\":[\"mail\",\"hello\"]},"
                            "{\"id\":\"end\",\"exit\":true}]," WORLD_BOTH},
    {"bb", WORLD_HEAD("bb") "\"touches\":2,\"rest_days\":90,\"steps\":["
                            "{\"id\":\"s1\",\"send\":[\"mail\",\"hello\"],"
                            "\"on_unknown\":{\"call\":\"note\",\"within\":{\"days\":3}}},"
                            "{\"id\":\"w1\",\"wait\":{\"hours\":30}},"
                            "{\"id\":\"s2\",\"send\":[\"mail\"]},"
                            "{\"id\":\"end\",\"exit\":true}]," WORLD_BOTH},
    {"cc", WORLD_HEAD("cc") "\"touches\":1,\"rest_days\":7,\"steps\":["
                            "{\"id\":\"s1\",\"send\":[\"hello\"]},"
                            "{\"id\":\"end\",\"exit\":true}],\"texts\":{" WORLD_SMS WORLD_TAIL}};

void ground_open(ground *it) {
  static const char zone[] = "EST5EDT,M3.2.0,M11.1.0";
  ground_need(wb_schema_new(NULL, NULL, 0, &it->schema, NULL));
  ground_need(wb_zone_new(NULL, zone, sizeof zone - 1, &it->zone, NULL));
  ground_need(wb_law_new(NULL, NULL, 0, &it->law, NULL));
  ground_need(wb_policy_new(NULL, it->schema, NULL, 0, &it->policy, NULL));
  for (uint32_t i = 0; i < WORLD_RECORDS; i++)
    it->facts[i] = ground_facts(it, i);
  memset(&it->begun, 0, sizeof it->begun);
  world_begin(it);
}

void ground_close(ground *it) {
  for (uint32_t i = 0; i < WORLD_RECORDS; i++)
    wb_facts_free(it->facts[i]);
  memory_journal_free(&it->begun);
  wb_policy_unref(it->policy);
  wb_law_unref(it->law);
  wb_zone_unref(it->zone);
  wb_schema_unref(it->schema);
}
