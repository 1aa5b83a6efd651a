/* SPDX-License-Identifier: MIT */
/* What belongs into the patient's record: a line for each contact. */
#include "outreach/journal_private.h"

/* What a contact is called in a patient's record. */
static const char *entry_called(const wbi_effect *claim) {
  if (claim->action == WB_ACTION_CALL_TASK) return "Call task";
  if (claim->channel == WB_CHANNEL_SMS) return "Text message";
  return claim->channel == WB_CHANNEL_EMAIL ? "E-mail" : "Message";
}

/* What became of it, in words. */
static const char *entry_became(const wbi_story *story) {
  const bool call = story->claim.action == WB_ACTION_CALL_TASK;
  switch (story->outcome.code) {
  case WB_ACTION_SENT: return call ? "put on the list" : "sent";
  case WB_ACTION_READY: return "not sent, to be tried again";
  case WB_ACTION_FAILED: return "not sent";
  case WB_ACTION_UNKNOWN: return "sent or not: unknown";
  case WB_ACTION_DELIVERED: return "delivered";
  case WB_ACTION_UNDELIVERED: return "sent, but not delivered";
  case WB_ACTION_WITHDRAWN: return "taken back before it was sent";
  default: return "handed out";
  }
}

/* "2026-01-30 09:00", local; in UTC it says so. */
static void entry_time(wbi_writer *writer, wb_time at, const wb_zone *zone) {
  wb_local local = {0};
  if (wbi_zone_local(zone, at, &local) != WB_OK) {
    zone = NULL;
    (void)wbi_zone_local(zone, at, &local);
  }
  wbi_put_date(writer, local.date);
  wbi_put_char(writer, ' ');
  wbi_put_padded(writer, (uint64_t)local.second / 3600, 2);
  wbi_put_char(writer, ':');
  wbi_put_padded(writer, (uint64_t)local.second / 60 % 60, 2);
  if (zone == NULL) wbi_put_text(writer, WBI_TEXT(" UTC"));
}

/* A name with what it is, when it is known. */
static void entry_name(wbi_writer *writer, const char *before, wbi_text name) {
  if (name.length == 0) return;
  wbi_put_text(writer, wbi_text_of(before));
  wbi_put_text(writer, name);
}

/* One line of text. */
static void entry_line(wbi_writer *writer, const wbi_story *story, const wb_zone *zone) {
  const wbi_effect *claim = &story->claim;
  const bool why = story->outcome.kind == WBI_EFFECT_OUTCOME && story->outcome.cause != 0;
  entry_time(writer, story->record.at, zone);
  entry_name(writer, " ", wbi_text_of(entry_called(claim)));
  entry_name(writer, " ", wbi_text_of(entry_became(story)));
  if (why) entry_name(writer, ": ", wbi_text_of(wbi_journal_word("cause", story->outcome.cause)));
  entry_name(writer, ". ", story->title);
  entry_name(writer, ", step ", story->step);
  entry_name(writer, ", text ", story->text);
  if (claim->number > 1) {
    wbi_put_text(writer, WBI_TEXT(", attempt "));
    wbi_put_uint(writer, claim->number);
  }
  wbi_put_text(writer, WBI_TEXT(". Ref "));
  wbi_put_hex(writer, claim->id.bytes, sizeof claim->id.bytes);
}

void wbi_story_put(wbi_object *object, const wbi_story *story) {
  const wbi_effect *claim = &story->claim;
  wbi_object_hex(object, "action", claim->id.bytes, sizeof claim->id.bytes);
  wbi_object_time(object, "at", story->record.at);
  wbi_object_word(object, "kind", wbi_journal_word("kind", claim->action));
  wbi_object_word(object, "channel", wbi_journal_word("channel", claim->channel));
  wbi_object_key(object, "patient", claim->patient);
  wbi_object_key(object, "subject", claim->subject);
  wbi_object_hex(object, "contact", claim->contact.bytes, sizeof claim->contact.bytes);
  wbi_object_key(object, "campaign", story->campaign);
  wbi_object_key(object, "title", story->title);
  wbi_object_key(object, "step", story->step);
  wbi_object_key(object, "text", story->text);
  wbi_object_number(object, "attempt", claim->number);
  if (story->outcome.kind != WBI_EFFECT_OUTCOME) {
    wbi_object_word(object, "state", wbi_journal_word("state", WB_ACTION_CLAIMED));
    return;
  }
  wbi_object_word(object, "state", wbi_journal_word("state", story->outcome.code));
  wbi_object_word(object, "cause", wbi_journal_word("cause", story->outcome.cause));
  wbi_object_time(object, "outcome_at", story->outcome_at);
}

/* One contact, found and read. */
static wb_status entry_write(wb_context *context, const void *bytes, size_t length,
                             const wb_entry_query *query, wbi_story *story, wbi_writer *writer) {
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  wb_status status = wbi_story_read(context, bytes, length, story);
  if (status == WB_OK) status = wbi_story_names(&arena, story);
  if (status == WB_OK && (query->flags & WB_ENTRY_JSON) != 0) {
    wbi_object object = wbi_object_open(writer);
    wbi_story_put(&object, story);
    wbi_object_close(&object);
  } else if (status == WB_OK) {
    entry_line(writer, story, query->zone);
  }
  wbi_arena_free(&arena);
  return status;
}

/* Finds the contact that is asked for, and writes it. */
static wb_status entry_find(wb_context *context, const void *bytes, size_t length,
                            const wb_entry_query *query, uint64_t number, wbi_writer *writer) {
  wbi_vector merges;
  wbi_story story;
  wbi_merges_init(&merges, context);
  wb_status status = wbi_merges_read(&merges, bytes, length);
  if (status == WB_OK) status = wbi_story_claim(&merges, bytes, length, query, number, &story);
  if (status == WB_OK) status = entry_write(context, bytes, length, query, &story, writer);
  wbi_vector_free(&merges);
  return status;
}

wb_status WB_CALL wb_journal_entry(wb_context *context, const void *bytes, size_t length,
                                   const wb_entry_query *query, uint64_t *cursor, char *buffer,
                                   size_t capacity, size_t *needed) {
  wb_entry_query asked;
  wbi_writer writer = {buffer, capacity, 0};
  if (cursor == NULL || needed == NULL || (buffer == NULL && capacity > 0)) return WB_E_INVALID;
  wb_status status =
      wbi_struct_read(query, sizeof asked, &asked, sizeof asked, WB_ENTRY_JSON, NULL);
  if (status == WB_OK && *cursor == UINT64_MAX) status = WB_E_NAME;
  if (status == WB_OK) status = entry_find(context, bytes, length, &asked, *cursor, &writer);
  if (status == WB_OK) status = wbi_writer_finish(&writer, needed);
  if (status == WB_OK) ++*cursor;
  return status;
}
