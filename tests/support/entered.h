/* SPDX-License-Identifier: MIT */
/* Effects about one who is in a sequence, and what they find, for tests that are linked with the
   internal library. */
#ifndef ENTERED_H
#define ENTERED_H

#include "support/committed.h"

static inline wbi_effect entry_of(const char *patient) {
  return (wbi_effect){.kind = WBI_EFFECT_ENROLL,
                      .patient = wbi_text_of(patient),
                      .location = WBI_TEXT("1"),
                      .number = 1,
                      .wake = 100,
                      .day = WB_DATE_NONE};
}

static inline wbi_effect claim_of(const char *patient, uint8_t id) {
  return (wbi_effect){.kind = WBI_EFFECT_CLAIM,
                      .patient = wbi_text_of(patient),
                      .id = {{id}},
                      .contact = {{50}},
                      .action = WB_ACTION_SEND,
                      .channel = WB_CHANNEL_SMS,
                      .until = 600,
                      .wake = 700,
                      .number = 1,
                      .day = 7};
}

static inline wbi_effect outcome_of(uint8_t id, uint8_t code) {
  return (wbi_effect){.kind = WBI_EFFECT_OUTCOME, .id = {{id}}, .code = code, .until = 900};
}

/* Somebody enters, by a segment, and wakes then: the number of the enrolment. */
static inline uint32_t machine_enroll(machine *m, const char *patient, uint8_t segment,
                                      wb_time wake) {
  machine_apply(m, 10,
                (wbi_effect){.kind = WBI_EFFECT_ENROLL,
                             .patient = wbi_text_of(patient),
                             .location = WBI_TEXT("1"),
                             .number = 1,
                             .segment = segment,
                             .wake = wake,
                             .day = WB_DATE_NONE});
  return wbi_state_enrolled(&m->state, wbi_text_of(patient), 0, WBI_TEXT(""));
}

/* One patient, who was written to. */
static inline void machine_wrote(machine *m, uint8_t id) {
  machine_open(m);
  machine_apply(m, 10, entry_of("p1"));
  machine_apply(m, 20, claim_of("p1", id));
}

static inline wbi_enrollment *first_of(const machine *m) {
  return wbi_state_enrollment(&m->state, 0);
}

static inline wbi_action *action_of(const machine *m, uint8_t id) {
  const wbi_bytes16 wanted = {{id}};
  return wbi_state_action(&m->state, wbi_table_find(&m->state.actions, &wanted));
}

#endif
