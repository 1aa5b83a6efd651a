/* SPDX-License-Identifier: MIT */
/* What is believed of an effect that was read: codes that there are, times and numbers that can be
   kept. */
#include "machine/machine.h"

/* Whether a claim's codes and times are ones that we know. */
static bool effect_known_claim(const wbi_effect *effect) {
  return effect->channel <= WB_CHANNEL_CALL && effect->action >= WB_ACTION_SEND &&
         effect->action <= WB_ACTION_RESEND && wbi_time_valid(effect->until) &&
         wbi_time_valid(effect->wake) && effect->number <= UINT16_MAX &&
         effect->consent < WBI_CONSENT_COUNT && effect->class_ <= WB_MESSAGE_URGENT;
}

/* Whether an outcome is one that follows a claim. */
static bool effect_known_outcome(const wbi_effect *effect) {
  const bool on = effect->code == WB_ACTION_UNKNOWN && effect->until == WB_TIME_NONE;
  return effect->code > WB_ACTION_CLAIMED && effect->code <= WB_ACTION_WITHDRAWN &&
         effect->cause <= WB_CAUSE_OPTED_OUT && (on || wbi_time_valid(effect->until));
}

/* Whether the terms of a task can be kept. */
static bool effect_known_terms(const wbi_effect *effect) {
  return effect->number <= UINT8_MAX && wbi_time_valid(effect->wake) &&
         wbi_time_valid(effect->until);
}

/* Whether a pause is of something. */
static bool effect_known_pause(const wbi_effect *effect) {
  return effect->cause <= 1 && effect->class_ < 8;
}

/* Whether somebody can enter, or go over, like that. */
static bool effect_known_entry(const wbi_effect *effect, uint32_t most) {
  return wbi_time_valid(effect->wake) && effect->number <= most && effect->rank <= 100;
}

/* Whether a visit stands as one can, and its value is one of money. */
static bool effect_known_visit(const wbi_effect *effect) {
  const wb_cents most = (wb_cents)1 << 40;
  return effect->value >= -most && effect->value <= most && wbi_time_valid(effect->until) &&
         wbi_time_valid(effect->wake);
}

/* Whether a consent is one that can be kept. */
static bool effect_known_consent(const wbi_effect *effect) {
  return effect->channel >= WB_CHANNEL_SMS && effect->channel <= WB_CHANNEL_CALL &&
         effect->cause <= WB_PURPOSE_DETAIL && wbi_time_valid(effect->until);
}

/* Whether a setting has such a value. */
static bool effect_known_setting(const wbi_effect *effect) {
  if (!wbi_text_equal(effect->name, WBI_TEXT(WBI_SETTING_KEPT))) return effect->code <= 1;
  return effect->code >= 1 && effect->code <= WB_KEPT_DAYS_MAX;
}

/* Whether what was refused is an outcome, or nothing. */
static bool effect_known_note(const wbi_effect *effect) {
  return effect->action <= WB_ACTION_WITHDRAWN && effect->cause <= WB_CAUSE_OPTED_OUT;
}

/* Whether the code of an effect is one that we know. */
static bool effect_known_code(const wbi_effect *effect) {
  static const struct {
    wbi_effect_kind kind;
    uint8_t least, most;
  } effect_codes[] = {{WBI_EFFECT_HOLD, WB_HOLD_PAUSED, WBI_HOLD_LAST},
                      {WBI_EFFECT_STEP, WB_HOLD_NONE, WBI_HOLD_LAST},
                      {WBI_EFFECT_PAUSE, WBI_PAUSE_PRACTICE, WBI_PAUSE_CLASS},
                      {WBI_EFFECT_TASK_OPEN, WBI_LIST_OUTREACH, WBI_LIST_VISITS},
                      {WBI_EFFECT_CONTACT, 0, WBI_CONTACT_OPTED_OUT | WBI_CONTACT_CLOSED},
                      {WBI_EFFECT_OPENING_SET, WB_OPENING_OPEN, WB_OPENING_EXPIRED},
                      {WBI_EFFECT_WITHDRAW, 0, 1},
                      {WBI_EFFECT_CHAIR, 0, WBI_CHAIR_BOOKED},
                      {WBI_EFFECT_VISIT, WBI_VISIT_BOOKED, WBI_VISIT_REVERSED},
                      {WBI_EFFECT_CONSENT, WB_CONSENT_REFUSED, WB_CONSENT_AUTHORIZED},
                      {WBI_EFFECT_NUMBER, WBI_NUMBER_ANSWERED, WBI_NUMBER_CHECKED},
                      {WBI_EFFECT_PERSON, 0, WBI_PATIENT_MERGED - 1},
                      {WBI_EFFECT_EPOCH, 0, 1},
                      {WBI_EFFECT_STOP, 0, 1},
                      {WBI_EFFECT_NOTE, WBI_NOTE_UNKNOWN_ACTION, WBI_NOTE_UNKNOWN_PERSON}};
  const uint8_t beside = effect->kind == WBI_EFFECT_HOLD ? WBI_HOLD_OUTSIDE : 0;
  const uint8_t code = effect->code & (uint8_t)~beside;
  for (size_t i = 0; i < WBI_COUNT(effect_codes); i++) {
    if (effect_codes[i].kind == effect->kind)
      return code >= effect_codes[i].least && code <= effect_codes[i].most;
  }
  return true;
}

/* Whether the other members of an effect are. */
static bool effect_known_rest(const wbi_effect *effect) {
  switch ((int)effect->kind) {
  case WBI_EFFECT_PAUSE: return effect_known_pause(effect);
  case WBI_EFFECT_OUTCOME: return effect_known_outcome(effect);
  case WBI_EFFECT_CLAIM: return effect_known_claim(effect);
  case WBI_EFFECT_TASK_OPEN:
  case WBI_EFFECT_TASK_SET: return effect_known_terms(effect);
  case WBI_EFFECT_ENROLL: return effect_known_entry(effect, UINT16_MAX);
  case WBI_EFFECT_STEP:
  case WBI_EFFECT_RESPONSE: return wbi_time_valid(effect->wake);
  case WBI_EFFECT_CONSENT: return effect_known_consent(effect);
  case WBI_EFFECT_SETTING: return effect_known_setting(effect);
  case WBI_EFFECT_SECRET: return effect->bytes.length % (2 * sizeof(wbi_bytes16)) == 0;
  case WBI_EFFECT_NOTE: return effect_known_note(effect);
  case WBI_EFFECT_CONTACTED: return wbi_time_valid(effect->until);
  case WBI_EFFECT_SYNC: return effect->bytes.length == 32;
  case WBI_EFFECT_GIFT: return wbi_date_valid(effect->day);
  case WBI_EFFECT_OPENING: return effect->name.length > 0 && wbi_time_valid(effect->wake);
  case WBI_EFFECT_OPENING_SET: return wbi_time_valid(effect->until);
  case WBI_EFFECT_MIGRATE: return effect_known_entry(effect, WBI_DEFINITIONS_MAX - 1);
  case WBI_EFFECT_VISIT: return effect_known_visit(effect);
  case WBI_EFFECT_SEAL: return effect->bytes.length == 32 && effect->name.length % 8 == 0;
  default: return true;
  }
}

bool wbi_effect_known(const wbi_effect *effect) {
  return effect_known_code(effect) && effect_known_rest(effect);
}
