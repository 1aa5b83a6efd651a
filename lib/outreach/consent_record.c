/* SPDX-License-Identifier: MIT */
/* What the practice itself has on record of consent, for a decision and for the host. */
#include "outreach/practice_private.h"

int32_t wbi_consent_purpose(int32_t message_class) {
  return message_class == WB_MESSAGE_BENEFIT ? WB_MESSAGE_CARE : message_class;
}

/* The day of an instant; instants of contact points are 0 when they are none. */
static wb_date record_day(wb_time at) {
  return at == 0 ? WB_DATE_NONE : wbi_time_date(at);
}

/* What a patient said to a purpose. A yes to care is one to what is said of a visit; a no is not.
 */
static const wbi_consent *record_find(const wbi_state *state, uint32_t person,
                                      const wbi_contact *contact, int32_t message_class) {
  const wbi_consent *given = wbi_state_consent(state, person, &contact->point, contact->channel,
                                               wbi_consent_purpose(message_class));
  if (given != NULL || message_class != WB_MESSAGE_TRANSACTIONAL) return given;
  given = wbi_state_consent(state, person, &contact->point, contact->channel, WB_MESSAGE_CARE);
  return given != NULL && given->level >= WB_CONSENT_EXPRESS ? given : NULL;
}

wbi_text wbi_contact_place(const wb_practice *practice, const wbi_contact *contact) {
  const char *region = contact->home[0] != '\0' ? contact->home : contact->region;
  return wbi_law_place(practice->law, wbi_text_of(region), contact->zone);
}

bool wbi_person_out(const wbi_state *state, uint32_t person, int32_t channel) {
  return channel == WB_CHANNEL_SMS && person != WBI_NONE &&
         (wbi_state_patient(state, person)->flags & WBI_PATIENT_OPTED_OUT) != 0;
}

/* Whether the patient opted out of texts; whether this is one or not. */
static bool record_stopped(const wbi_state *state, const wbi_contact *contact, uint32_t person) {
  const uint8_t flags = wbi_state_contact(state, &contact->mobile);
  return (flags & WBI_CONTACT_OPTED_OUT) != 0 || wbi_person_out(state, person, WB_CHANNEL_SMS);
}

/* What is known of a contact point, for this patient. */
static uint8_t record_flags(const wbi_contact_point *point, const wbi_state *state,
                            const wbi_contact *contact, uint32_t person) {
  const uint8_t flags = point != NULL ? point->flags : 0;
  return wbi_person_out(state, person, contact->channel) ? flags | WBI_CONTACT_OPTED_OUT : flags;
}

/* What the law asks of a message to a contact. */
static wbi_law_consent record_law(const wb_practice *practice, const wbi_contact *contact,
                                  int32_t message_class) {
  return wbi_law_consent_find(practice->law, wbi_contact_place(practice, contact), message_class,
                              contact->channel, contact->today);
}

bool wbi_contact_minor(const wb_practice *practice, const wbi_contact *contact,
                       int32_t message_class) {
  if (contact->age < 0) return false;
  return contact->age < record_law(practice, contact, message_class).majority;
}

wbi_consent_answer wbi_consent_ask(const wb_practice *practice, const wbi_contact *contact,
                                   uint32_t person, int32_t message_class) {
  const wbi_state *state = &practice->state;
  const wbi_law_consent law = record_law(practice, contact, message_class);
  const wbi_contact_point *point = wbi_state_point(state, &contact->point);
  const wbi_consent *changed = wbi_state_changed(state, person, &contact->point, contact->channel);
  const wbi_consent *given = record_find(state, person, contact, message_class);
  wbi_consent_case asked = {.contact = contact,
                            .law = &law,
                            .assumed = state->assume != 0,
                            .changed = changed != NULL ? record_day(changed->at) : WB_DATE_NONE,
                            .consented = WB_DATE_NONE,
                            .answered = record_day(point != NULL ? point->answered : 0),
                            .checked = record_day(point != NULL ? point->checked : 0),
                            .stopped = record_stopped(state, contact, person),
                            .flags = record_flags(point, state, contact, person)};
  if (given != NULL) {
    asked.refused = given->level == WB_CONSENT_REFUSED;
    if (given->level == WB_CONSENT_EXPRESS) asked.consent = WBI_NEED_EXPRESS;
    if (given->level >= WB_CONSENT_WRITTEN) asked.consent = WBI_NEED_WRITTEN;
    asked.authorized = given->level == WB_CONSENT_AUTHORIZED;
    if (!asked.refused) asked.consented = record_day(given->at);
    asked.event = given->event;
  }
  return wbi_consent_decide(&asked);
}

/* Copies what is on record. */
static void record_fill(const wb_practice *practice, const wbi_contact_point *point,
                        const wbi_consent *given, wb_consent *found) {
  const wbi_keys *names = &practice->state.names;
  *found = (wb_consent){.size = sizeof *found,
                        .at = WB_TIME_NONE,
                        .flagged_at = WB_TIME_NONE,
                        .answered = WB_TIME_NONE,
                        .checked = WB_TIME_NONE,
                        .source = "",
                        .wording = ""};
  if (point != NULL) {
    found->flags = point->flags;
    if (point->at != 0) found->flagged_at = point->at;
    if (point->answered != 0) found->answered = point->answered;
    if (point->checked != 0) found->checked = point->checked;
  }
  if (given == NULL) return;
  found->at = given->at;
  found->level = given->level;
  found->source = wbi_keys_text(names, given->source).data;
  found->wording = wbi_keys_text(names, given->wording).data;
}

/* Whether there is such a channel and purpose. */
static bool record_known(int32_t channel, int32_t purpose) {
  const bool class_ = purpose >= WB_MESSAGE_TRANSACTIONAL && purpose <= WB_MESSAGE_BILLING;
  return channel >= WB_CHANNEL_SMS && channel <= WB_CHANNEL_CALL &&
         (class_ || purpose == WB_PURPOSE_DETAIL);
}

wb_status WB_CALL wb_consent_get(struct wb_practice *practice, const uint8_t *contact,
                                 const char *patient, size_t length, int32_t channel,
                                 int32_t purpose, wb_consent *consent) {
  wb_consent found;
  wbi_bytes16 point;
  if (contact == NULL || consent == NULL || (patient == NULL && length > 0)) return WB_E_INVALID;
  if (!record_known(channel, purpose)) return WB_E_INVALID;
  const wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  const wbi_state *state = &practice->state;
  memcpy(&point, contact, sizeof point);
  const uint32_t person = wbi_state_person(state, (wbi_text){patient, length});
  const wbi_consent *given =
      wbi_state_consent(state, person, &point, channel, wbi_consent_purpose(purpose));
  if (given == NULL) given = wbi_state_changed(state, person, &point, channel);
  record_fill(practice, wbi_state_point(state, &point), given, &found);
  wbi_practice_leave(practice);
  return wbi_struct_write(consent, sizeof found, &found, sizeof found);
}
