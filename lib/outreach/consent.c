/* SPDX-License-Identifier: MIT */
/*
 * Whether a message may go to a contact point. One look at the record, the law and what the machine
 * knows; the checks stand in their order and the first that fails is the reason. Of two that speak
 * of one thing the stricter wins: a no anywhere is a no.
 */
#include "outreach/outreach.h"

/* Whether what the record says was said of another address, which the patient had before. */
static bool consent_of_other(const wbi_consent_case *asked) {
  const wb_date permitted = asked->contact->permitted;
  return asked->changed != WB_DATE_NONE &&
         (permitted == WB_DATE_NONE || permitted < asked->changed);
}

/* The best consent there is, as the law counts it, and what it stands on. A yes on record is
   express; an address that the patient gave implies what it was given for. What an event said is
   express at least and can be named, so it is that. */
static int32_t consent_level(const wbi_consent_case *asked, int32_t *basis) {
  const wbi_contact *contact = asked->contact;
  const bool known = contact->permission == WBI_PERMISSION_YES;
  const bool yes = !consent_of_other(asked) &&
                   (known || (contact->permission == WBI_PERMISSION_UNKNOWN && asked->assumed));
  int32_t level = WBI_NEED_NONE;
  if (contact->given) level = yes ? WBI_NEED_EXPRESS : WBI_NEED_IMPLIED;
  *basis = WBI_CONSENT_IMPLIED;
  if (level == WBI_NEED_EXPRESS) *basis = known ? WBI_CONSENT_RECORD : WBI_CONSENT_ASSUMED;
  if (asked->consent == WBI_NEED_NONE) return level;
  *basis = WBI_CONSENT_INPUT;
  return asked->consent;
}

/* The answer no, by a rule. */
static bool consent_hold(wbi_consent_answer *answer, int32_t hold, const char *rule) {
  answer->hold = hold;
  answer->rule = rule;
  return true;
}

/* A yes as good as the law wants it, and no no. */
static bool consent_check_permission(const wbi_consent_case *asked, wbi_consent_answer *answer) {
  const wbi_law_consent *law = asked->law;
  int32_t basis;
  const int32_t level = consent_level(asked, &basis);
  if (asked->contact->permission == WBI_PERMISSION_NO || asked->refused)
    return consent_hold(answer, WB_HOLD_NO_PERMISSION, "");
  if (law->need == WBI_NEED_WRITTEN && level < WBI_NEED_WRITTEN)
    return consent_hold(answer, WB_HOLD_NOT_WRITTEN, law->need_rule);
  if (level < law->need) return consent_hold(answer, WB_HOLD_NO_PERMISSION, law->need_rule);
  answer->rule = law->need_rule;
  answer->basis = basis;
  if (basis != WBI_CONSENT_INPUT) return false;
  answer->since = asked->consented;
  answer->event = asked->event;
  return false;
}

/* The patient has not asked for another way. */
static bool consent_check_preference(const wbi_consent_case *asked, wbi_consent_answer *answer) {
  if (!asked->contact->other_way) return false;
  return consent_hold(answer, WB_HOLD_PREFERENCE, "");
}

/* Of age where the patient is. */
static bool consent_check_age(const wbi_consent_case *asked, wbi_consent_answer *answer) {
  const wbi_law_consent *law = asked->law;
  if (asked->contact->age < 0) return consent_hold(answer, WB_HOLD_AGE_UNKNOWN, "");
  if (asked->contact->age >= law->majority) return false;
  return consent_hold(answer, WB_HOLD_MINOR, law->majority_rule);
}

/* There is an address. */
static bool consent_check_address(const wbi_consent_case *asked, wbi_consent_answer *answer) {
  if (asked->contact->unusable == WB_HOLD_NONE) return false;
  return consent_hold(answer, asked->contact->unusable, "");
}

/* Whether a day is at most so many months ago. */
static bool consent_recent(wb_date day, int32_t months, wb_date today) {
  wb_date until = WB_DATE_NONE;
  return day != WB_DATE_NONE && today != WB_DATE_NONE &&
         wb_date_add_months(day, months, &until) == WB_OK && until >= today;
}

/* A completed visit not long ago: without one a message is no care. */
static bool consent_check_visit(const wbi_consent_case *asked, wbi_consent_answer *answer) {
  const wbi_law_consent *law = asked->law;
  if (law->seen_months == 0 ||
      consent_recent(asked->contact->seen, law->seen_months, asked->contact->today))
    return false;
  return consent_hold(answer, WB_HOLD_NOT_SEEN, law->seen_rule);
}

/* The day of the consent; without one that of the last visit. */
static wb_date consent_since(const wbi_consent_case *asked) {
  const wbi_contact *contact = asked->contact;
  if (consent_of_other(asked)) return wbi_date_later(asked->changed, asked->consented);
  const wb_date dated = wbi_date_later(contact->permitted, asked->consented);
  return dated != WB_DATE_NONE ? dated : contact->seen;
}

/* A number that is known not to be somebody else's by now. An answer from it shows that, too. */
static bool consent_check_number(const wbi_consent_case *asked, wbi_consent_answer *answer) {
  const wbi_law_consent *law = asked->law;
  const wb_date known = wbi_date_later(consent_since(asked), asked->answered);
  const wb_date last = wbi_date_later(known, asked->checked);
  if (law->check_months == 0 || consent_recent(last, law->check_months, asked->contact->today))
    return false;
  return consent_hold(answer, WB_HOLD_NUMBER_CHECK, law->check_rule);
}

/* A contact point that did not opt out, nor a number whose STOP the law lets end this too: asked
   first, for a STOP is lifted by START or a signed form
   alone, and who reads of a missing permission might think that it is enough to ask for one. */
static bool consent_check_stop(const wbi_consent_case *asked, wbi_consent_answer *answer) {
  if ((asked->flags & WBI_CONTACT_OPTED_OUT) != 0)
    return consent_hold(answer, WB_HOLD_OPTED_OUT, "");
  if (!asked->stopped || asked->law->stop_rule[0] == '\0') return false;
  return consent_hold(answer, WB_HOLD_OPTED_OUT, asked->law->stop_rule);
}

/* A contact point that was not found bad. */
static bool consent_check_point(const wbi_consent_case *asked, wbi_consent_answer *answer) {
  if ((asked->flags & WBI_CONTACT_CLOSED) == 0) return false;
  return consent_hold(answer, WB_HOLD_BAD_ADDRESS, "");
}

wbi_consent_answer wbi_consent_decide(const wbi_consent_case *asked) {
  typedef bool (*consent_check)(const wbi_consent_case *, wbi_consent_answer *);
  static const consent_check consent_checks[] = {consent_check_stop,       consent_check_permission,
                                                 consent_check_preference, consent_check_age,
                                                 consent_check_address,    consent_check_visit,
                                                 consent_check_number,     consent_check_point};
  wbi_consent_answer answer = {.hold = WB_HOLD_NONE,
                               .authorized = asked->authorized,
                               .minor = asked->contact->age >= 0 &&
                                        asked->contact->age < asked->law->majority,
                               .since = consent_since(asked),
                               .rule = ""};
  for (size_t i = 0; i < WBI_COUNT(consent_checks); i++) {
    if (consent_checks[i](asked, &answer)) break;
  }
  return answer;
}
