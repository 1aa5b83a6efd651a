/* SPDX-License-Identifier: MIT */
/*
 * The turn of an answer to what somebody just wrote. It goes to the very contact point that wrote,
 * without the checks of outreach: neither pauses of the practice, caps nor its hours hold it. Two
 * answers reach whoever has opted out: that they did, and the safety text.
 */
#include "outreach/practice_private.h"

/* How an answer may go: how long after the event, in which hours of the law, to whom besides. */
typedef struct notice_rule {
  const char *step;
  int32_t seconds, class_;
  bool after_stop; /* to whoever has opted out */
  bool payer;      /* to the guarantor of a minor who wrote: it tells nothing of the minor */
} notice_rule;

static const notice_rule notice_rules[] = {
    /* One confirmation, within five minutes: 47 CFR 64.1200(a)(12). */
    {"stop-confirmed", 5 * WBI_MINUTE, WB_MESSAGE_TRANSACTIONAL, true, true},
    {"safety", 12 * WBI_HOUR, WB_MESSAGE_URGENT, true, true},
    {"help", WBI_DAY, WB_MESSAGE_TRANSACTIONAL, false, true},
    {NULL, WBI_DAY, WB_MESSAGE_TRANSACTIONAL, false, false}, /* any other */
};

void wbi_notice_write(const wbi_notice *notice, wbi_writer *writer) {
  wbi_put_hex(writer, notice->event.bytes, sizeof notice->event.bytes);
  wbi_put_char(writer, '.');
  wbi_put_uint(writer, notice->step);
  wbi_put_char(writer, '.');
  wbi_put_base64url(writer, notice->contact.bytes, sizeof notice->contact.bytes);
}

/* Reads an id that was written in hex. */
static bool notice_id(wbi_text text, wbi_bytes16 *id) {
  *id = (wbi_bytes16){{0}};
  for (size_t i = 0; i < text.length; i++) {
    const uint32_t digit = wbi_digit(text.data[i]);
    if (digit > 15) return false;
    id->bytes[i / 2] = (uint8_t)((uint32_t)id->bytes[i / 2] << 4 | digit);
  }
  return true;
}

bool wbi_notice_read(wbi_text subject, wbi_notice *notice) {
  enum { HEX = 2 * sizeof notice->event.bytes, POINT = 22 };
  uint8_t bytes[POINT / 4 * 3 + 3];
  uint64_t step = 0;
  size_t count = 0;
  /* same: in what is shorter there is no number either */
  if (subject.length < HEX + POINT + 2) return false;
  const size_t point = subject.length - POINT;
  const wbi_text number = wbi_text_slice(subject, HEX + 1, point - 1);
  if (wbi_parse_uint(number, &step) != WB_OK || step >= WBI_STEP_END) return false;
  if (!wbi_get_base64url(wbi_text_slice(subject, point, SIZE_MAX), bytes, &count)) return false;
  memcpy(notice->contact.bytes, bytes, sizeof notice->contact.bytes); /* POINT signs are so many */
  notice->step = (uint32_t)step;
  return notice_id(wbi_text_slice(subject, 0, HEX), &notice->event);
}

/* The rule of the answer that is under way. */
static const notice_rule *notice_find(const wbi_turn *turn) {
  const wbi_text id = turn->campaign->steps[wbi_turn_enrollment(turn)->step].id;
  const notice_rule *rule = notice_rules;
  while (rule->step != NULL && !wbi_text_equal(wbi_text_of(rule->step), id))
    rule++;
  return rule;
}

/* Whether the patient's number or address may be answered. */
static bool notice_open(const wbi_turn *turn, const notice_rule *rule, const wbi_contact *contact) {
  const uint8_t flags = wbi_state_contact(&turn->practice->state, &contact->point);
  const bool out = (flags & WBI_CONTACT_OPTED_OUT) != 0 ||
                   wbi_person_out(&turn->practice->state, turn->person, contact->channel);
  return (flags & WBI_CONTACT_CLOSED) == 0 && (!out || rule->after_stop);
}

/* Whether an address is that of the contact point that wrote; zero: nobody knows which that was. */
static bool notice_wrote(const wbi_contact *contact, const wbi_bytes16 *wrote) {
  return contact->unusable == WB_HOLD_NONE &&
         (wbi_bytes16_empty(wrote) || wbi_bytes16_equal(&contact->point, wrote));
}

/* The address that wrote, as far as the record has it: the patient's, or of whoever stands for a
   minor, or pays. Where nobody knows which address wrote, whoever stands for a minor hears, or
   nobody. */
static wb_status notice_contact(const wbi_turn *turn, const notice_rule *rule,
                                const wbi_bytes16 *wrote, int32_t channel, wbi_reach *reach,
                                wb_error *error) {
  wb_practice *practice = turn->practice;
  const bool known = !wbi_bytes16_empty(wrote);
  bool someone;
  reach->row = turn->subject->row;
  wb_status status =
      wbi_contact_find(turn->subject, &practice->secret, channel, &reach->contact, error);
  if (status == WB_OK) status = wbi_practice_law(practice, error);
  if (status != WB_OK) return status;
  const int32_t class_ = known && rule->payer ? WB_MESSAGE_BILLING : turn->campaign->class_;
  const bool theirs = known && notice_wrote(&reach->contact, wrote);
  if (theirs || !wbi_contact_minor(practice, &reach->contact, class_)) return WB_OK;
  status = wbi_reach_guardian(practice, class_, turn->subject, reach, &someone, error);
  if (status == WB_OK && !someone) reach->contact.unusable = WB_HOLD_MINOR;
  return status;
}

/* The text for the contact point that wrote; `reach->hold` tells that there is none. A reply that
   names nobody but the patient is answered on the first channel that is there. */
static wb_status notice_reach(const wbi_turn *turn, const notice_rule *rule, wbi_reach *reach,
                              wb_error *error) {
  wb_practice *practice = turn->practice;
  const wbi_who who = wbi_turn_who(turn);
  const wbi_step *step = &turn->campaign->steps[wbi_turn_enrollment(turn)->step];
  wbi_notice notice;
  reach->hold = WB_HOLD_NO_ADDRESS;
  if (!wbi_notice_read(who.subject, &notice)) return WB_OK;
  for (uint32_t i = 0; i < step->text_count; i++) {
    const int32_t channel = turn->campaign->texts[step->texts[i]].channel;
    const wb_status status = notice_contact(turn, rule, &notice.contact, channel, reach, error);
    if (status != WB_OK) return status;
    if (!notice_wrote(&reach->contact, &notice.contact) ||
        !notice_open(turn, rule, &reach->contact))
      continue;
    reach->text = step->texts[i];
    reach->id = wbi_sequence_id(practice, turn->campaign, who, step->id, channel);
    reach->attempt = wbi_reach_attempt(&practice->state, &reach->id, &reach->contact.point);
    if (reach->attempt == 0) continue;
    reach->consent = (wbi_consent_answer){.basis = WBI_CONSENT_ANSWER, /* they wrote */
                                          .since = WB_DATE_NONE,
                                          .event = notice.event,
                                          .rule = ""};
    reach->hold = WB_HOLD_NONE;
    return WB_OK;
  }
  return WB_OK;
}

/* Hands out the answer. */
static wb_status notice_send(wbi_turn *turn, const notice_rule *rule, wb_error *error) {
  wbi_reach reach;
  const wb_status status = notice_reach(turn, rule, &reach, error);
  if (status != WB_OK) return status;
  if (reach.hold != WB_HOLD_NONE) return wbi_turn_end(turn, WBI_TEXT("unreached"));
  turn->before = wbi_turn_enrollment(turn)->entered + rule->seconds;
  return wbi_claim_send(turn, &reach, error);
}

/* A last look at one that is handed out: the number is theirs still, and may be answered. */
static wb_status notice_look(wbi_turn *turn, const notice_rule *rule, wb_error *error) {
  const wbi_action *action = turn->looks;
  wbi_reach reach;
  const wb_status status =
      notice_contact(turn, rule, &action->contact, action->channel, &reach, error);
  if (status != WB_OK) return status;
  if (!notice_wrote(&reach.contact, &action->contact) || !notice_open(turn, rule, &reach.contact))
    return wbi_turn_end(turn, WBI_TEXT("unreached"));
  return wbi_claim_stands(turn, reach.row, error);
}

/* What needs the patient's facts: address and place. */
static wb_status notice_say(wbi_turn *turn, const notice_rule *rule, wb_error *error) {
  const wbi_subject *subject = turn->subject;
  const wb_status status =
      wbi_facts_zone(subject->facts, subject->row, subject->moment, &turn->zone, error);
  if (status != WB_OK) return status;
  turn->answers = rule->class_;
  return turn->looks != NULL ? notice_look(turn, rule, error) : notice_send(turn, rule, error);
}

wb_status wbi_notice_turn(wbi_turn *turn, wb_facts *facts, wb_error *error) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  if (enrollment->step >= turn->campaign->step_count ||
      turn->campaign->steps[enrollment->step].kind != WBI_STEP_SEND)
    return wbi_turn_end(turn, WBI_TEXT("finished"));
  turn->step = enrollment->step;
  const notice_rule *rule = notice_find(turn);
  if (turn->now >= enrollment->entered + rule->seconds) return wbi_turn_end(turn, WBI_TEXT("late"));
  const wb_moment moment = {.size = sizeof moment, .now = turn->now, .practice = turn->practice};
  wbi_subject subject = {.facts = facts, .moment = &moment, .fields = &turn->practice->fields};
  turn->subject = &subject;
  wb_status status = wbi_facts_row(facts, turn->patient, &subject.row);
  if (status == WB_OK) status = notice_say(turn, rule, error);
  turn->subject = NULL; /* same: nobody asks any more, but it ends here */
  if (!wbi_turn_personal(status)) return status;
  return wbi_turn_hold(turn, WB_HOLD_FACTS, turn->now + WBI_MINUTE);
}
