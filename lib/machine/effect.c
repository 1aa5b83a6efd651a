/* SPDX-License-Identifier: MIT */
/*
 * Effects as bytes. One walk over the members of each kind writes them, reads them and tells them
 * by name, so the three cannot differ. The names are those of docs/journal-and-snapshot.md. Each of
 * the three has a copy of the walk of its own, which is inline throughout: it asks of no member
 * where that goes.
 */
#include "machine/effect.h"

#include <winback/practice.h>

/* Where the members go to or come from: exactly one of writer, reader and teller is set. */
typedef struct effect_codec {
  wbi_writer *writer;
  wbi_reader *reader;
  wbi_teller tell;
  void *user;
} effect_codec;

/* A member that is a number. */
static WBI_INLINE void effect_tell(const effect_codec *codec, const char *name,
                                   wbi_member_kind kind, int64_t number) {
  const wbi_member member = {.name = name, .kind = kind, .number = number};
  codec->tell(codec->user, &member);
}

/* A member that is bytes. */
static WBI_INLINE void effect_tell_text(const effect_codec *codec, const char *name,
                                        wbi_member_kind kind, wbi_text text) {
  const wbi_member member = {.name = name, .kind = kind, .text = text};
  codec->tell(codec->user, &member);
}

/* One byte. */
static WBI_INLINE void effect_8(effect_codec *codec, const char *name, uint8_t *value) {
  if (codec->writer != NULL)
    wbi_put_u8(codec->writer, *value);
  else if (codec->reader != NULL)
    *value = wbi_get_u8(codec->reader);
  else
    effect_tell(codec, name, WBI_MEMBER_NUMBER, *value);
}

/* Two bytes. */
static WBI_INLINE void effect_16(effect_codec *codec, const char *name, uint16_t *value) {
  if (codec->writer != NULL)
    wbi_put_u16(codec->writer, *value);
  else if (codec->reader != NULL)
    *value = wbi_get_u16(codec->reader);
  else
    effect_tell(codec, name, WBI_MEMBER_NUMBER, *value);
}

/* Four bytes. */
static WBI_INLINE void effect_32(effect_codec *codec, const char *name, uint32_t *value) {
  if (codec->writer != NULL)
    wbi_put_u32(codec->writer, *value);
  else if (codec->reader != NULL)
    *value = wbi_get_u32(codec->reader);
  else
    effect_tell(codec, name, WBI_MEMBER_NUMBER, *value);
}

/* An instant. */
static WBI_INLINE void effect_time(effect_codec *codec, const char *name, wb_time *value) {
  if (codec->writer != NULL)
    wbi_put_u64(codec->writer, (uint64_t)*value);
  else if (codec->reader != NULL)
    *value = (wb_time)wbi_get_u64(codec->reader);
  else
    effect_tell(codec, name, WBI_MEMBER_INSTANT, *value);
}

/* Cents. */
static WBI_INLINE void effect_cents(effect_codec *codec, const char *name, wb_cents *value) {
  if (codec->writer != NULL)
    wbi_put_u64(codec->writer, (uint64_t)*value);
  else if (codec->reader != NULL)
    *value = (wb_cents)wbi_get_u64(codec->reader);
  else
    effect_tell(codec, name, WBI_MEMBER_NUMBER, *value);
}

/* A local day. */
static WBI_INLINE void effect_day(effect_codec *codec, const char *name, wb_date *value) {
  if (codec->writer != NULL)
    wbi_put_u32(codec->writer, (uint32_t)*value);
  else if (codec->reader != NULL)
    *value = (wb_date)wbi_get_u32(codec->reader);
  else
    effect_tell(codec, name, WBI_MEMBER_DAY, *value);
}

/* An id. */
static WBI_INLINE void effect_id(effect_codec *codec, const char *name, wbi_bytes16 *value) {
  if (codec->writer != NULL) {
    wbi_put_bytes(codec->writer, value, sizeof *value);
    return;
  }
  if (codec->reader == NULL) {
    const wbi_text id = {(const char *)value->bytes, sizeof value->bytes};
    effect_tell_text(codec, name, WBI_MEMBER_BYTES, id);
    return;
  }
  const uint8_t *bytes = wbi_get_bytes(codec->reader, sizeof *value);
  if (bytes != NULL) memcpy(value, bytes, sizeof *value);
}

/* A key or name, at most WB_KEY_MAX bytes. */
static WBI_INLINE void effect_key(effect_codec *codec, const char *name, wbi_text *value) {
  if (codec->writer != NULL) {
    wbi_put_short(codec->writer, *value);
    return;
  }
  if (codec->reader == NULL) {
    effect_tell_text(codec, name, WBI_MEMBER_KEY, *value);
    return;
  }
  *value = wbi_get_short(codec->reader);
  if (value->length > WB_KEY_MAX) codec->reader->failed = true;
}

/* Bytes of any length. */
static WBI_INLINE void effect_bytes(effect_codec *codec, const char *name, wbi_member_kind kind,
                                    wbi_text *value) {
  uint32_t length = (uint32_t)value->length;
  if (codec->writer != NULL) {
    wbi_put_u32(codec->writer, length);
    wbi_put_text(codec->writer, *value);
    return;
  }
  if (codec->reader == NULL) {
    effect_tell_text(codec, name, kind, *value);
    return;
  }
  length = wbi_get_u32(codec->reader);
  const uint8_t *bytes = wbi_get_bytes(codec->reader, length);
  *value = (wbi_text){(const char *)bytes, bytes != NULL ? length : 0};
}

/* Which enrolment an effect is about. */
static WBI_INLINE void effect_who(effect_codec *codec, wbi_effect *effect) {
  effect_16(codec, "definition", &effect->definition);
  effect_key(codec, "patient", &effect->patient);
  effect_key(codec, "subject", &effect->subject);
}

/* Somebody enters a campaign. */
static WBI_INLINE void effect_enroll(effect_codec *codec, wbi_effect *effect) {
  effect_who(codec, effect);
  effect_key(codec, "location", &effect->location);
  effect_8(codec, "segment", &effect->segment);
  effect_8(codec, "variant", &effect->variant);
  effect_8(codec, "rank", &effect->rank);
  effect_8(codec, "step", &effect->step);
  effect_32(codec, "entry", &effect->number);
  effect_time(codec, "wake", &effect->wake);
  effect_day(codec, "day", &effect->day);
}

/* What a claim stands on. */
static WBI_INLINE void effect_claim_basis(effect_codec *codec, wbi_effect *effect) {
  effect_8(codec, "purpose", &effect->class_);
  effect_key(codec, "law", &effect->law);
  effect_key(codec, "edition", &effect->edition);
  effect_time(codec, "as_of", &effect->as_of);
  effect_8(codec, "consent", &effect->consent);
  effect_day(codec, "consent_on", &effect->consent_on);
  effect_id(codec, "consent_event", &effect->event);
  effect_key(codec, "consent_rule", &effect->rule);
  effect_8(codec, "that_day", &effect->counted[0]);
  effect_8(codec, "in_7_days", &effect->counted[1]);
  effect_8(codec, "in_30_days", &effect->counted[2]);
  effect_8(codec, "most_that_day", &effect->most[0]);
  effect_8(codec, "most_in_7_days", &effect->most[1]);
  effect_8(codec, "most_in_30_days", &effect->most[2]);
}

/* An action is handed out; with what follows once it is sent. */
static WBI_INLINE void effect_claim(effect_codec *codec, wbi_effect *effect) {
  effect_who(codec, effect);
  effect_id(codec, "action", &effect->id);
  effect_id(codec, "contact", &effect->contact);
  effect_8(codec, "kind", &effect->action);
  effect_8(codec, "channel", &effect->channel);
  effect_8(codec, "step", &effect->step);
  effect_8(codec, "text", &effect->text);
  effect_8(codec, "fallback", &effect->cause);
  effect_32(codec, "attempt", &effect->number);
  effect_time(codec, "deliver_by", &effect->until);
  effect_day(codec, "day", &effect->day);
  effect_8(codec, "next_step", &effect->next_step);
  effect_time(codec, "wake", &effect->wake);
  effect_claim_basis(codec, effect);
}

/* What may change of an open task. */
static WBI_INLINE void effect_terms(effect_codec *codec, wbi_effect *effect) {
  effect_8(codec, "rank", &effect->cause);
  effect_8(codec, "signals", &effect->signals);
  effect_32(codec, "attempts", &effect->number);
  effect_time(codec, "due", &effect->wake);
  effect_time(codec, "expires", &effect->until);
}

/* A task for the desk. */
static WBI_INLINE void effect_task(effect_codec *codec, wbi_effect *effect) {
  effect_id(codec, "task", &effect->id);
  effect_who(codec, effect);
  effect_key(codec, "location", &effect->location);
  effect_key(codec, "reason", &effect->name);
  effect_8(codec, "list", &effect->code);
  effect_day(codec, "day", &effect->day);
  effect_terms(codec, effect);
}

/* A pause begins or ends. */
static WBI_INLINE void effect_pause(effect_codec *codec, wbi_effect *effect) {
  effect_8(codec, "scope", &effect->code);
  effect_8(codec, "begins", &effect->cause);
  effect_16(codec, "definition", &effect->definition);
  effect_key(codec, "location", &effect->location);
  effect_8(codec, "class", &effect->class_);
}

/* Somebody goes over to another definition of the campaign. */
static WBI_INLINE void effect_migrate(effect_codec *codec, wbi_effect *effect) {
  effect_who(codec, effect);
  effect_32(codec, "to", &effect->number);
  effect_8(codec, "segment", &effect->segment);
  effect_8(codec, "variant", &effect->variant);
  effect_8(codec, "rank", &effect->rank);
  effect_8(codec, "step", &effect->step);
  effect_8(codec, "awaits", &effect->awaits);
  effect_8(codec, "response", &effect->code);
  effect_8(codec, "next_step", &effect->next_step);
  effect_8(codec, "drops", &effect->cause);
  effect_time(codec, "wake", &effect->wake);
}

/* A text is withdrawn, or said again. */
static WBI_INLINE void effect_withdraw(effect_codec *codec, wbi_effect *effect) {
  effect_16(codec, "definition", &effect->definition);
  effect_key(codec, "template", &effect->name);
  effect_8(codec, "withdrawn", &effect->code);
}

/* A visit, and what it is credited to. */
static WBI_INLINE void effect_visit(effect_codec *codec, wbi_effect *effect) {
  effect_key(codec, "patient", &effect->patient);
  effect_id(codec, "visit", &effect->id);
  effect_8(codec, "stands", &effect->code);
  effect_time(codec, "visit_at", &effect->until);
  effect_cents(codec, "value", &effect->value);
  effect_16(codec, "definition", &effect->definition);
  effect_8(codec, "segment", &effect->segment);
  effect_8(codec, "variant", &effect->variant);
  effect_time(codec, "touched", &effect->wake);
}

/* Something was refused: an outcome of an action, or what somebody wrote. */
static WBI_INLINE void effect_note(effect_codec *codec, wbi_effect *effect) {
  effect_8(codec, "note", &effect->code);
  effect_id(codec, "about", &effect->id);
  effect_key(codec, "patient", &effect->patient);
  effect_8(codec, "state", &effect->action);
  effect_8(codec, "cause", &effect->cause);
}

/* A contact that the host made itself. */
static WBI_INLINE void effect_contacted(effect_codec *codec, wbi_effect *effect) {
  effect_key(codec, "patient", &effect->patient);
  effect_time(codec, "when", &effect->until);
}

/* A campaign is stopped, or may be launched again. */
static WBI_INLINE void effect_stop(effect_codec *codec, wbi_effect *effect) {
  effect_16(codec, "definition", &effect->definition);
  effect_8(codec, "stopped", &effect->code);
  effect_key(codec, "approver", &effect->name);
}

/* A backup was restored, or the host has said what was sent since. */
static WBI_INLINE void effect_epoch(effect_codec *codec, wbi_effect *effect) {
  effect_32(codec, "epoch", &effect->number);
  effect_8(codec, "restoring", &effect->code);
}

/* What holds somebody; whether they have no place all the same is told as a member of its own. */
static WBI_INLINE void effect_hold(effect_codec *codec, uint8_t *code) {
  uint8_t hold = *code & (WBI_HOLD_OUTSIDE - 1), outside = *code / WBI_HOLD_OUTSIDE;
  const bool told = codec->tell != NULL;
  effect_8(codec, "hold", told ? &hold : code);
  if (told && outside) effect_8(codec, "outside", &outside);
}

/* The members of kinds that are about one enrolment. */
static WBI_INLINE void effect_walk_person(effect_codec *codec, wbi_effect *effect) {
  effect_who(codec, effect);
  switch ((int)effect->kind) {
  case WBI_EFFECT_HOLD:
    effect_hold(codec, &effect->code);
    effect_key(codec, "law", &effect->law);
    return;
  case WBI_EFFECT_END: effect_key(codec, "reason", &effect->name); return;
  case WBI_EFFECT_EVENT: effect_8(codec, "events", &effect->code); return;
  case WBI_EFFECT_STEP:
    effect_8(codec, "step", &effect->step);
    effect_8(codec, "loop", &effect->loop);
    effect_8(codec, "awaits", &effect->awaits);
    effect_8(codec, "left_out", &effect->code);
    break;
  default: /* RESPONSE */
    effect_8(codec, "response", &effect->code);
    effect_8(codec, "signals", &effect->signals);
    break;
  }
  effect_time(codec, "wake", &effect->wake);
}

/* What the id of an effect is of. */
static WBI_INLINE const char *effect_id_name(wbi_effect_kind kind) {
  switch ((int)kind) {
  case WBI_EFFECT_OUTCOME: return "action";
  case WBI_EFFECT_NUMBER:
  case WBI_EFFECT_CONTACT: return "contact";
  case WBI_EFFECT_TASK_CLOSE:
  case WBI_EFFECT_TASK_SET: return "task";
  default: return "event";
  }
}

/* The members of kinds that are about an id or a contact point. */
static WBI_INLINE void effect_walk_id(effect_codec *codec, wbi_effect *effect) {
  effect_id(codec, effect_id_name(effect->kind), &effect->id);
  if (effect->kind == WBI_EFFECT_OUTCOME) {
    effect_8(codec, "state", &effect->code);
    effect_8(codec, "cause", &effect->cause);
    effect_time(codec, "retry_at", &effect->until);
  }
  if (effect->kind == WBI_EFFECT_CONTACT) effect_8(codec, "flags", &effect->code);
  if (effect->kind == WBI_EFFECT_NUMBER) effect_8(codec, "found", &effect->code);
  if (effect->kind == WBI_EFFECT_TASK_SET) effect_terms(codec, effect);
}

/* The members of kinds that are about the practice and its campaigns. */
static WBI_INLINE void effect_walk_practice(effect_codec *codec, wbi_effect *effect) {
  switch ((int)effect->kind) {
  case WBI_EFFECT_BEGIN:
    effect_bytes(codec, "practice", WBI_MEMBER_KEY, &effect->bytes);
    effect_id(codec, "check", &effect->id);
    effect_32(codec, "epoch", &effect->number);
    return;
  case WBI_EFFECT_SYNC: effect_bytes(codec, "digest", WBI_MEMBER_BYTES, &effect->bytes); return;
  case WBI_EFFECT_CAMPAIGN:
    effect_key(codec, "name", &effect->name);
    effect_bytes(codec, "content", WBI_MEMBER_CONTENT, &effect->bytes);
    return;
  case WBI_EFFECT_SEAL:
    effect_time(codec, "since", &effect->wake);
    effect_bytes(codec, "digest", WBI_MEMBER_BYTES, &effect->bytes);
    effect_bytes(codec, "totals", WBI_MEMBER_COUNTERS, &effect->name);
    return;
  default: /* LAUNCH */
    effect_16(codec, "definition", &effect->definition);
    effect_key(codec, "approver", &effect->name);
    effect_bytes(codec, "policy", WBI_MEMBER_BYTES, &effect->bytes);
  }
}

/* A time that came free, or what became of it. */
static WBI_INLINE void effect_opening(effect_codec *codec, wbi_effect *effect) {
  effect_key(codec, "opening", &effect->name);
  if (effect->kind == WBI_EFFECT_OPENING_SET) {
    effect_32(codec, "generation", &effect->number);
    effect_8(codec, "opening_state", &effect->code);
    effect_8(codec, "asked", &effect->step);
    effect_time(codec, "until", &effect->until);
    effect_key(codec, "patient", &effect->patient);
    return;
  }
  effect_32(codec, "minutes", &effect->number);
  effect_8(codec, "depth", &effect->cause);
  effect_key(codec, "location", &effect->location);
  effect_key(codec, "schedule", &effect->subject);
  effect_time(codec, "start", &effect->wake);
}

/* Chair time: what is open, or was booked. */
static WBI_INLINE void effect_chair(effect_codec *codec, wbi_effect *effect) {
  effect_key(codec, "location", &effect->location);
  effect_key(codec, "schedule", &effect->name);
  effect_8(codec, "chair", &effect->code);
  effect_32(codec, "minutes", &effect->number);
}

/* What a patient is offered. */
static WBI_INLINE void effect_gift(effect_codec *codec, wbi_effect *effect) {
  effect_id(codec, "action", &effect->id);
  effect_key(codec, "patient", &effect->patient);
  effect_day(codec, "day", &effect->day);
  effect_32(codec, "cents", &effect->number);
}

/* What a patient agreed to at a contact point. */
static WBI_INLINE void effect_consent(effect_codec *codec, wbi_effect *effect) {
  effect_id(codec, "event", &effect->event);
  effect_id(codec, "contact", &effect->contact);
  effect_key(codec, "patient", &effect->patient);
  effect_8(codec, "channel", &effect->channel);
  effect_8(codec, "purpose", &effect->cause);
  effect_8(codec, "level", &effect->code);
  effect_time(codec, "since", &effect->until);
  effect_key(codec, "source", &effect->name);
  effect_key(codec, "wording", &effect->subject);
}

/* The members of kinds that say who a patient is. */
static WBI_INLINE void effect_walk_patient(effect_codec *codec, wbi_effect *effect) {
  effect_key(codec, "patient", &effect->patient);
  switch ((int)effect->kind) {
  case WBI_EFFECT_PERSON: effect_8(codec, "known", &effect->code); return;
  case WBI_EFFECT_MOVE: effect_key(codec, "location", &effect->location); return;
  case WBI_EFFECT_MERGE: effect_key(codec, "into", &effect->subject); return;
  default: /* FORGET */ effect_key(codec, "as", &effect->subject);
  }
}

/* The members of kinds that are about all contact points and all patients. */
static WBI_INLINE void effect_walk_general(effect_codec *codec, wbi_effect *effect) {
  if (effect->kind == WBI_EFFECT_SECRET) {
    effect_id(codec, "check", &effect->id);
    effect_bytes(codec, "pairs", WBI_MEMBER_BYTES, &effect->bytes);
    return;
  }
  effect_key(codec, "setting", &effect->name);
  effect_8(codec, "value", &effect->code);
  effect_key(codec, "approver", &effect->subject);
}

/* All members of an effect whose kind is known. */
static WBI_INLINE wb_status effect_walk(effect_codec *codec, wbi_effect *effect) {
  switch (effect->kind) {
  case WBI_EFFECT_BEGIN:
  case WBI_EFFECT_SYNC:
  case WBI_EFFECT_CAMPAIGN:
  case WBI_EFFECT_SEAL:
  case WBI_EFFECT_LAUNCH: effect_walk_practice(codec, effect); return WB_OK;
  case WBI_EFFECT_PAUSE: effect_pause(codec, effect); return WB_OK;
  case WBI_EFFECT_ENROLL: effect_enroll(codec, effect); return WB_OK;
  case WBI_EFFECT_CLAIM: effect_claim(codec, effect); return WB_OK;
  case WBI_EFFECT_HOLD:
  case WBI_EFFECT_STEP:
  case WBI_EFFECT_END:
  case WBI_EFFECT_EVENT:
  case WBI_EFFECT_RESPONSE: effect_walk_person(codec, effect); return WB_OK;
  case WBI_EFFECT_MIGRATE: effect_migrate(codec, effect); return WB_OK;
  case WBI_EFFECT_WITHDRAW: effect_withdraw(codec, effect); return WB_OK;
  case WBI_EFFECT_TASK_OPEN: effect_task(codec, effect); return WB_OK;
  case WBI_EFFECT_NOTE: effect_note(codec, effect); return WB_OK;
  case WBI_EFFECT_CONTACTED: effect_contacted(codec, effect); return WB_OK;
  case WBI_EFFECT_EPOCH: effect_epoch(codec, effect); return WB_OK;
  case WBI_EFFECT_STOP: effect_stop(codec, effect); return WB_OK;
  case WBI_EFFECT_OUTCOME:
  case WBI_EFFECT_CONTACT:
  case WBI_EFFECT_TASK_CLOSE:
  case WBI_EFFECT_TASK_SET:
  case WBI_EFFECT_NUMBER:
  case WBI_EFFECT_SEEN: effect_walk_id(codec, effect); return WB_OK;
  case WBI_EFFECT_OPENING:
  case WBI_EFFECT_OPENING_SET: effect_opening(codec, effect); return WB_OK;
  case WBI_EFFECT_CHAIR: effect_chair(codec, effect); return WB_OK;
  case WBI_EFFECT_GIFT: effect_gift(codec, effect); return WB_OK;
  case WBI_EFFECT_VISIT: effect_visit(codec, effect); return WB_OK;
  case WBI_EFFECT_CONSENT: effect_consent(codec, effect); return WB_OK;
  case WBI_EFFECT_PERSON:
  case WBI_EFFECT_MOVE:
  case WBI_EFFECT_MERGE:
  case WBI_EFFECT_FORGET: effect_walk_patient(codec, effect); return WB_OK;
  case WBI_EFFECT_SETTING:
  case WBI_EFFECT_SECRET: effect_walk_general(codec, effect); return WB_OK;
  case WBI_EFFECT_COUNT:
  default: return WB_E_VERSION;
  }
}

void wbi_effect_write(wbi_writer *writer, const wbi_effect *effect) {
  effect_codec codec = {.writer = writer};
  wbi_effect copy = *effect;
  wbi_put_u8(writer, (uint8_t)effect->kind);
  effect_walk(&codec, &copy);
}

wb_status wbi_effect_read(wbi_reader *reader, wbi_effect *effect) {
  effect_codec codec = {.reader = reader};
  *effect = (wbi_effect){.kind = (wbi_effect_kind)wbi_get_u8(reader)};
  if (reader->failed) return WB_E_CORRUPT;
  const wb_status status = effect_walk(&codec, effect);
  if (status != WB_OK) return status;
  return reader->failed || !wbi_effect_known(effect) ? WB_E_CORRUPT : WB_OK;
}

void wbi_effect_tell(const wbi_effect *effect, wbi_teller tell, void *user) {
  effect_codec codec = {.tell = tell, .user = user};
  wbi_effect copy = *effect;
  effect_walk(&codec, &copy);
}
