/* SPDX-License-Identifier: MIT */
/*
 * A journal for people: one JSON object a record. Names and order of the members are those of the
 * effects (lib/machine/effect.c); a code is a word.
 */
#include "outreach/journal_private.h"

static const char *const format_effects[] = {
    "",          "begin",      "sync",    "campaign", "launch",  "pause",       "enroll",
    "hold",      "claim",      "outcome", "step",     "end",     "response",    "contact",
    "task_open", "task_close", "seen",    "task_set", "opening", "opening_set", "event",
    "migrate",   "withdraw",   "chair",   "gift",     "visit",   "seal",        "consent",
    "number",    "person",     "move",    "merge",    "forget",  "setting",     "secret",
    "note",      "contacted",  "epoch",   "stop"};
_Static_assert(WBI_COUNT(format_effects) == WBI_EFFECT_COUNT, "a name for every effect");

static const char *const format_callers[] = {
    "", "add", "receive", "enroll", "poll", "ack", "sync", "migrate", "seal", "test", "restore"};
_Static_assert(WBI_COUNT(format_callers) == WBI_BY_COUNT, "a word for every call");
static const char *const format_states[] = {"none",      "claimed",     "sent",
                                            "ready",     "failed",      "unknown",
                                            "delivered", "undelivered", "withdrawn"};
static const char *const format_causes[] = {"none",    "interrupted", "throttled", "late",
                                            "address", "content",     "policy",    "opted_out"};
static const char *const format_channels[] = {"none", "sms", "email", "call"};
static const char *const format_kinds[] = {"", "send", "call_task", "resend"};
static const char *const format_consents[] = {"none",  "record",  "implied",
                                              "input", "assumed", "answer"};
_Static_assert(WBI_COUNT(format_consents) == WBI_CONSENT_COUNT, "a word for every basis");
static const char *const format_stands[] = {"", "booked", "kept", "reversed"};
static const char *const format_lists[] = {"", "outreach", "inbox", "now", "visits"};
static const char *const format_openings[] = {"",          "open",      "offering",
                                              "tentative", "confirmed", "expired"};
static const char *const format_chairs[] = {"open", "booked"};
static const char *const format_levels[] = {"",        "refused", "changed",
                                            "express", "written", "authorized"};
static const char *const format_found[] = {"", "answered", "checked"};
static const char *const format_purposes[] = {"all",   "transactional", "care",   "benefit",
                                              "offer", "billing",       "urgent", "detail"};
static const char *const format_scopes[] = {"practice", "location", "campaign", "class"};
static const char *const format_notes[] = {"", "unknown_action", "contradiction", "unknown_person"};
_Static_assert(WBI_COUNT(format_notes) == WBI_NOTE_COUNT, "a word for every note");

/* Members that are codes, by their names. */
static const struct {
  const char *member;
  const char *const *words;
  size_t count;
} format_codes[] = {
    {"by", format_callers, WBI_COUNT(format_callers)},
    {"effect", format_effects, WBI_COUNT(format_effects)},
    {"state", format_states, WBI_COUNT(format_states)},
    {"cause", format_causes, WBI_COUNT(format_causes)},
    {"channel", format_channels, WBI_COUNT(format_channels)},
    {"kind", format_kinds, WBI_COUNT(format_kinds)},
    {"consent", format_consents, WBI_COUNT(format_consents)},
    {"stands", format_stands, WBI_COUNT(format_stands)},
    {"list", format_lists, WBI_COUNT(format_lists)},
    {"note", format_notes, WBI_COUNT(format_notes)},
    {"scope", format_scopes, WBI_COUNT(format_scopes)},
    {"level", format_levels, WBI_COUNT(format_levels)},
    {"found", format_found, WBI_COUNT(format_found)},
    {"purpose", format_purposes, WBI_COUNT(format_purposes)},
    {"chair", format_chairs, WBI_COUNT(format_chairs)},
    {"opening_state", format_openings, WBI_COUNT(format_openings)},
};

const char *wbi_journal_word(const char *member, int64_t code) {
  if (strcmp(member, "hold") == 0 || strcmp(member, "left_out") == 0)
    return wb_hold_name((int32_t)code);
  if (strcmp(member, "fallback") == 0) return code == 0 ? "none" : wb_status_name((int32_t)-code);
  for (size_t i = 0; i < WBI_COUNT(format_codes); i++) {
    if (strcmp(member, format_codes[i].member) != 0) continue;
    return code >= 0 && (size_t)code < format_codes[i].count ? format_codes[i].words[code] : NULL;
  }
  return NULL;
}

void wbi_effects_open(wbi_effects *effects, const void *bytes, size_t length) {
  *effects = (wbi_effects){.bytes = bytes, .length = length, .record = {.size = sizeof(wb_record)}};
}

wb_status wbi_effects_next(wbi_effects *effects, wbi_effect *effect) {
  while (effects->left == 0) {
    wb_record record = {.size = sizeof record};
    uint64_t offset = effects->offset;
    const wb_status status =
        wb_journal_next(effects->bytes, effects->length, &effects->offset, &effects->record);
    if (status != WB_OK) return status;
    (void)wbi_record_read(effects->bytes, effects->length, &offset, &record, &effects->reader);
    effects->left = record.effects;
  }
  effects->left--;
  return wbi_effect_read(&effects->reader, effect);
}

/* Numbers of 64 bits. */
static void format_counters(wbi_object *object, const wbi_member *member) {
  wbi_reader reader = {(const uint8_t *)member->text.data, member->text.length, 0, false};
  wbi_object_name(object, member->name);
  for (size_t i = 0; reader.at < reader.length; i++) {
    wbi_put_char(object->writer, i == 0 ? '[' : ',');
    wbi_put_int(object->writer, (int64_t)wbi_get_u64(&reader));
  }
  wbi_put_text(object->writer, reader.length == 0 ? WBI_TEXT("[]") : WBI_TEXT("]"));
}

/* One member. */
static void format_member(void *user, const wbi_member *member) {
  wbi_object *object = user;
  const char *word = NULL;
  uint8_t content_id[32];
  switch (member->kind) {
  case WBI_MEMBER_NUMBER:
    word = wbi_journal_word(member->name, member->number);
    if (word != NULL)
      wbi_object_word(object, member->name, word);
    else
      wbi_object_number(object, member->name, member->number);
    return;
  case WBI_MEMBER_INSTANT: wbi_object_time(object, member->name, member->number); return;
  case WBI_MEMBER_DAY: wbi_object_day(object, member->name, (wb_date)member->number); return;
  case WBI_MEMBER_KEY: wbi_object_key(object, member->name, member->text); return;
  case WBI_MEMBER_BYTES:
    wbi_object_hex(object, member->name, member->text.data, member->text.length);
    return;
  case WBI_MEMBER_COUNTERS: format_counters(object, member); return;
  case WBI_MEMBER_CONTENT:
  default:
    wbi_sha256_text(member->text, content_id);
    wbi_object_hex(object, member->name, content_id, sizeof content_id);
  }
}

void wbi_journal_effect(wbi_writer *writer, const wb_record *record, const wbi_effect *effect) {
  wbi_object object = wbi_object_open(writer);
  if (record != NULL) {
    wbi_object_number(&object, "sequence", (int64_t)record->sequence);
    wbi_object_time(&object, "at", record->at);
  }
  wbi_object_word(&object, "effect", wbi_journal_word("effect", (int64_t)effect->kind));
  wbi_effect_tell(effect, format_member, &object);
  wbi_object_close(&object);
}

/* The frame of a record. */
static wbi_object format_record(wbi_writer *writer, const wb_record *record) {
  wbi_object object = wbi_object_open(writer);
  const char *by = wbi_journal_word("by", record->cause);
  wbi_object_number(&object, "sequence", (int64_t)record->sequence);
  wbi_object_time(&object, "at", record->at);
  wbi_object_word(&object, "by", by != NULL ? by : "");
  wbi_object_name(&object, "effects");
  return object;
}

wb_status WB_CALL wb_journal_format(const void *bytes, size_t length, uint64_t offset, char *buffer,
                                    size_t capacity, size_t *needed) {
  wb_record record = {.size = sizeof record};
  wbi_writer writer = {buffer, capacity, 0};
  uint64_t next = offset;
  if (needed == NULL || (buffer == NULL && capacity > 0)) return WB_E_INVALID;
  wb_status status = wb_journal_next(bytes, length, &next, &record);
  if (status != WB_OK) return status;
  wbi_reader effects;
  (void)wbi_record_read(bytes, length, &offset, &record, &effects);
  wbi_object object = format_record(&writer, &record);
  for (uint32_t i = 0; i < record.effects; i++) {
    wbi_effect effect;
    status = wbi_effect_read(&effects, &effect);
    if (status != WB_OK) return status;
    wbi_put_char(&writer, i == 0 ? '[' : ',');
    wbi_journal_effect(&writer, NULL, &effect);
  }
  wbi_put_text(&writer, record.effects == 0 ? WBI_TEXT("[]") : WBI_TEXT("]"));
  wbi_object_close(&object);
  return wbi_writer_finish(&writer, needed);
}
