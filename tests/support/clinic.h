/* SPDX-License-Identifier: MIT */
/*
 * A practice at work, for tests of the public interface: rows, journal, counted memory, a clock
 * that the test moves. Everybody in it was last seen on 2025-09-15, a D1110.
 *
 *   clinic it;
 *   clinic_open(&it, CLINIC_ANA, NULL);
 *   clinic_launch(&it, "one", CLINIC_TEXTS("one"));
 *   clinic_enroll(&it);
 *   clinic_poll(&it) ... it.actions, it.count
 *   clinic_close(&it);     asserts that all memory came back
 */
#ifndef CLINIC_H
#define CLINIC_H

#include <winback/winback.h>

#include "support/fault.h"
#include "support/memory_journal.h"
#include "support/sample.h"

enum { CLINIC_ACTIONS = 64, CLINIC_MINUTE = 60, CLINIC_HOUR = 3600, CLINIC_DAY = 86400 };

typedef struct clinic {
  fault_memory memory;
  wb_context *context;
  sample it;
  wb_practice_options options;
  wb_practice *practice;
  memory_journal journal;
  wb_time now;
  wb_action actions[CLINIC_ACTIONS];
  uint32_t count;
  const char *zone; /* of the first location, from the next clinic_rows on; NULL: New York's */
} clinic;

/* The head of a `patients` table, and people. */
#define CLINIC_HEAD                                                                                \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|email:u|"  \
  "email_permission:u\n"
#define CLINIC_ANA CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes|ana@example.com|yes\n"
#define CLINIC_BEN "p2|active|Ben|1981-03-01|1|+12125550102|yes|ben@example.com|yes\n"

/* A location by key, name, zone, region and where its links begin. */
#define CLINIC_ZONE "EST5EDT,M3.2.0,M11.1.0"
#define CLINIC_PLACE(key, name, zone, region, link)                                                \
  key "|" name "|" name "|" zone "|" region                                                        \
      "|12 Example Street, Albany, NY 12201|https://book.example.com/" key "|" link "\n"
/* The two of the clinic; the first has this zone. */
#define CLINIC_PLACES(zone)                                                                        \
  CLINIC_PLACE("1", "Example Dental", zone, "US-NY", "")                                           \
  CLINIC_PLACE("2", "Example South", CLINIC_ZONE, "US-NY", "https://go.example.com/")

/* Seven messages, a day apart, by text, else by e-mail; clicks and questions become calls. */
#define CLINIC_TEXTS(name)                                                                         \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"Texts\",\"class\":\"care\","                    \
  "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                 \
  "\"segments\":[{\"name\":\"long\",\"where\":\"recare.overdue_months >= 6\"},"                    \
  "{\"name\":\"short\",\"where\":\"recare.overdue_months < 6\"}],"                                 \
  "\"exits\":{\"booked\":\"recare.booked\"},\"touches\":50,\"rest_days\":10,\"steps\":["           \
  "{\"id\":\"s1\",\"send\":[\"hello\",\"mail\"]},{\"id\":\"w1\",\"wait\":{\"days\":1}},"           \
  "{\"id\":\"s2\",\"send\":[\"hello\",\"mail\"]},{\"id\":\"w2\",\"wait\":{\"days\":1}},"           \
  "{\"id\":\"s3\",\"send\":[\"hello\",\"mail\"]},{\"id\":\"w3\",\"wait\":{\"days\":1}},"           \
  "{\"id\":\"s4\",\"send\":[\"hello\",\"mail\"]},{\"id\":\"w4\",\"wait\":{\"days\":1}},"           \
  "{\"id\":\"s5\",\"send\":[\"hello\",\"mail\"]},{\"id\":\"w5\",\"wait\":{\"days\":1}},"           \
  "{\"id\":\"s6\",\"send\":[\"hello\",\"mail\"]},{\"id\":\"w6\",\"wait\":{\"days\":1}},"           \
  "{\"id\":\"s7\",\"send\":[\"hello\",\"mail\"]},{\"id\":\"end\",\"exit\":true}],"                 \
  "\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"note\"},"                       \
  "\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"}},"                                         \
  "\"texts\":{\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi {{ patient.name | default: "    \
  "\\\"there\\\" }}, {{ location.short_name }} has time for you: {{ location.booking_url }} "      \
  "Reply STOP to opt out.\"}},\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Your next "    \
  "visit\",\"body\":\"{{ location.booking_url }} {{ practice.name }}, {{ location.address }} "     \
  "Reply STOP and we will not write again.\"}},"                                                   \
  "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"

/* Opens it at SAMPLE_NOW with these patients. Practice options that the test sets: `more`. */
void clinic_open(clinic *c, const char *patients, const wb_practice_options *more);
void clinic_close(clinic *c);
/* Facts anew, as of now, of the practice and these locations. */
void clinic_facts(clinic *c, const char *places);
/* Adds patients to them, each last seen on 2025-09-15, and lines of `appointments`. */
void clinic_seen(clinic *c, const char *patients, const char *visits);
/* Both, at the two locations of the clinic, the first in its zone. */
void clinic_rows(clinic *c, const char *patients, const char *visits);
/* Both, at the first location alone, in a zone and a region. */
void clinic_moved(clinic *c, const char *zone, const char *region, const char *patients);
/* Facts as of now of one place in a zone, which may be unknown, with rows of patients and, behind
   CLINIC_VISITS, of visits. */
#define CLINIC_VISITS "patient:u|status:u|start:tss:UTC|appointment:u\n"
void clinic_place(clinic *c, const char *zone, const char *patients, const char *visits);
/* The practice as a backup has it: the journal up to a length. */
void clinic_restore(clinic *c, size_t length, uint64_t sequence, uint32_t epoch);
/* A practice of this clinic's options on an empty state. */
wb_practice *clinic_practice(clinic *c, wb_policy *policy);
/* The practice goes on, from its journal, under this policy. */
void clinic_under(clinic *c, const char *policy);

wb_campaign *clinic_campaign(clinic *c, const char *json);
wb_status clinic_add(clinic *c, const char *json);
void clinic_launch(clinic *c, const char *name, const char *json);
/* An input about a patient or, from WB_INPUT_LAUNCH to WB_INPUT_RESUME, WB_INPUT_WITHDRAW and
   WB_INPUT_STOP, a campaign; with an approver. */
wb_input clinic_input(int32_t kind, const char *name);
wb_status clinic_send(clinic *c, const wb_input *input);
wb_status clinic_receive(clinic *c, int32_t kind, const char *name);
wb_status clinic_reply(clinic *c, const char *patient, const char *text);
/* Two patients are one. */
wb_status clinic_merge(clinic *c, const char *from, const char *into);
/* A reply from a contact point (clinic_point), of a host that does not say whose it is. */
wb_status clinic_reply_from(clinic *c, const uint8_t *contact, const char *text);
wb_counts clinic_enroll(clinic *c);
/* One poll; ends the test on failure. */
uint32_t clinic_poll(clinic *c);
wb_status clinic_ack(clinic *c, const uint8_t *id, int32_t kind, int32_t cause);
/* Answers all of the last poll with WB_SENT. */
void clinic_sent(clinic *c);
/* Opens it, launches CLINIC_TEXTS("one"), enrolls. */
void clinic_begin(clinic *c, const char *patients, const wb_practice_options *more);
/* The same, and so many have been written to. */
void clinic_written(clinic *c, const char *patients, uint32_t count);

/* So many patients, p01 on, who may be texted; the caller frees them. */
char *clinic_people(int count);
/* Opens it with them, who may get eight messages a day, and launches a campaign. */
void clinic_crowd(clinic *c, int count, const char *name, const char *json);
/* Later, with so many of them, on facts of then. */
void clinic_forward(clinic *c, int count, wb_time by);
/* An input about an opening of an hour at the first location. */
wb_input clinic_slot(int32_t kind, const char *key, wb_time at);

/* The contact point of a number or address; lent until eight more were asked for. */
const uint8_t *clinic_point(const clinic *c, int32_t kind, const char *address);
/* The enrolment of a patient in a campaign (NULL: any). */
wb_enrollment clinic_find(clinic *c, const char *patient, const char *campaign);
wb_action_status clinic_action(clinic *c, const uint8_t *id);
wb_time clinic_wake(clinic *c);
/* Why an action was handed out, as the journal alone tells it; until the next call. */
char *clinic_why(const clinic *c, const uint8_t *id);
/* The open tasks of a list; the first one in *first, when that is not NULL. */
uint32_t clinic_tasks(clinic *c, int32_t list, wb_task *first);
/* The whole state as bytes; the caller frees them. */
uint8_t *clinic_save(wb_practice *practice, size_t *length);
/* Ends the test unless two practices are in one state. */
void clinic_same(wb_practice *one, wb_practice *two);
/* A practice takes what the journal has that it has not. */
void clinic_replay(const clinic *c, wb_practice *practice);
/* A practice made anew from the journal, or from a snapshot, of the clinic's: ends the test unless
   it is in the same state. The caller frees it. */
wb_practice *clinic_replayed(clinic *c);
wb_practice *clinic_loaded(clinic *c);
/* Ends the test unless both are; goes on with one of them. */
enum { CLINIC_LIVE, CLINIC_REPLAYED, CLINIC_LOADED, CLINIC_WAYS };
void clinic_renew(clinic *c, int way);
/* Gives the practice another secret, for the numbers of CLINIC_ANA and CLINIC_BEN. */
wb_status clinic_rekey(clinic *c);
/* The instant of a local wall clock time in New York. */
wb_time clinic_at(clinic *c, int32_t year, int32_t month, int32_t day, int32_t hour,
                  int32_t minute);

#endif
