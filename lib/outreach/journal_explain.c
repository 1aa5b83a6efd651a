/* SPDX-License-Identifier: MIT */
/*
 * Why a message was sent: the chain of its checks, each with what it stood on, and everything that
 * the journal says about its enrolment. Codes, ids and times only.
 */
#include "outreach/journal_private.h"

/* The campaign: what was launched, by whom, under which policy. */
static void explain_launch(wbi_object *object, const wbi_story *story) {
  if (story->content.length == 0) return;
  wbi_object_key(object, "class", story->class_);
  wbi_object_hex(object, "content_id", story->content_id, sizeof story->content_id);
  wbi_object_time(object, "launched_at", story->launched_at);
  wbi_object_key(object, "approver", story->approver);
  wbi_object_hex(object, "policy", story->policy.data, story->policy.length);
}

/* The entry into the campaign. */
static void explain_entry(wbi_object *object, const wbi_story *story) {
  if (story->enroll.kind != WBI_EFFECT_ENROLL) return;
  wbi_object_key(object, "location", story->enroll.location);
  wbi_object_time(object, "entered_at", story->entered_at);
  wbi_object_number(object, "entry", story->enroll.number);
  wbi_object_key(object, "segment", story->segment);
  wbi_object_number(object, "variant", wbi_variant_drawn(story->enroll.variant));
}

/* Begins a check of the chain; the first has no comma before it. */
static wbi_object explain_check(wbi_writer *writer, const char *name, bool first) {
  if (!first) wbi_put_char(writer, ',');
  wbi_object object = wbi_object_open(writer);
  wbi_object_word(&object, "check", name);
  return object;
}

/* The record that consent stands on: an event, and what it said; or a setting. */
static void explain_agreed(wbi_object *check, const wbi_story *story) {
  const wbi_effect *claim = &story->claim, *said = &story->consent, *setting = &story->setting;
  if (!wbi_bytes16_empty(&claim->event))
    wbi_object_hex(check, "event", claim->event.bytes, sizeof claim->event.bytes);
  if (said->kind == WBI_EFFECT_CONSENT) {
    wbi_object_word(check, "level", wbi_journal_word("level", said->code));
    wbi_object_key(check, "source", said->name);
    wbi_object_key(check, "wording", said->subject);
  }
  if (claim->consent != WBI_CONSENT_ASSUMED || setting->kind != WBI_EFFECT_SETTING) return;
  wbi_object_key(check, "setting", setting->name);
  wbi_object_time(check, "set_at", story->set_at);
  wbi_object_key(check, "set_by", setting->subject);
}

/* Consent: on what it stands, and that the contact point was open, or is again. */
static void explain_consent(wbi_writer *writer, const wbi_story *story) {
  const wbi_effect *claim = &story->claim;
  wbi_object check = explain_check(writer, "consent", false);
  wbi_object_word(&check, "consent", wbi_journal_word("consent", claim->consent));
  wbi_object_day(&check, "since", claim->consent_on);
  explain_agreed(&check, story);
  wbi_object_key(&check, "rule", claim->rule);
  wbi_object_truth(&check, "opted_out", (story->contact & WBI_CONTACT_OPTED_OUT) != 0);
  if (story->lifted.sequence > 0) {
    wbi_object_time(&check, "opt_out_lifted_at", story->lifted.at);
    if (!wbi_bytes16_empty(&story->lifter))
      wbi_object_hex(&check, "opt_out_lifted_by", story->lifter.bytes, sizeof story->lifter.bytes);
  }
  wbi_object_close(&check);
}

/* Still meant: by facts of that age. */
static void explain_eligible(wbi_writer *writer, const wbi_story *story) {
  wbi_object check = explain_check(writer, "eligible", false);
  wbi_object_time(&check, "facts_as_of", story->claim.as_of);
  wbi_object_close(&check);
}

/* Who ends the hours, where it is not the law. */
static const char *explain_ends(wbi_text rule) {
  if (wbi_text_equal(rule, WBI_TEXT("hours"))) return "practice";
  return wbi_text_equal(rule, WBI_TEXT("preference")) ? "campaign" : NULL;
}

/* Legal hours and holidays: the edition of the law, and the rule of it that ends them first. */
static void explain_law(wbi_writer *writer, const wbi_story *story) {
  const wbi_effect *claim = &story->claim;
  wbi_object check = explain_check(writer, "law", false);
  wbi_object_word(&check, "class", wbi_journal_word("purpose", claim->class_));
  wbi_object_key(&check, "edition", claim->edition);
  wbi_object_key(&check, "rule", explain_ends(claim->law) == NULL ? claim->law : WBI_TEXT(""));
  wbi_object_time(&check, "deliver_by", claim->until);
  wbi_object_close(&check);
}

/* The hours of practice and campaign: which of them end before those of the law. */
static void explain_hours(wbi_writer *writer, const wbi_story *story) {
  const char *ends = explain_ends(story->claim.law);
  wbi_object check = explain_check(writer, "hours", false);
  wbi_object_word(&check, "ends_first", ends != NULL ? ends : "law");
  wbi_object_close(&check);
}

/* What counts for a message that is no answer. */
static bool explain_counts(const wbi_effect *claim) {
  return wbi_action_message(claim->action) && claim->day != WB_DATE_NONE;
}

/* Caps on messages; nothing of them for an answer or a call. */
static void explain_caps(wbi_writer *writer, const wbi_story *story) {
  static const char *const names[WBI_CAPS][2] = {{"that_day", "most_that_day"},
                                                 {"in_7_days", "most_in_7_days"},
                                                 {"in_30_days", "most_in_30_days"}};
  const wbi_effect *claim = &story->claim;
  wbi_object check = explain_check(writer, "caps", false);
  wbi_object_day(&check, "counts_on", explain_counts(claim) ? claim->day : WB_DATE_NONE);
  for (size_t i = 0; i < WBI_CAPS && explain_counts(claim); i++) {
    wbi_object_number(&check, names[i][0], claim->counted[i]);
    wbi_object_number(&check, names[i][1], claim->most[i]);
  }
  wbi_object_close(&check);
}

/* Capacity: of a call the desk's on that day; of a message that of the campaign, at the entry. */
static void explain_capacity(wbi_writer *writer, const wbi_story *story) {
  const bool call = story->claim.action == WB_ACTION_CALL_TASK;
  wbi_object check = explain_check(writer, "capacity", false);
  wbi_object_word(&check, "of", call ? "desk" : "campaign");
  wbi_object_day(&check, "counts_on", call ? story->claim.day : story->enroll.day);
  wbi_object_close(&check);
}

/* Privacy and rendering: the policy, the text, and why it is the neutral one. */
static void explain_privacy(wbi_writer *writer, const wbi_story *story) {
  wbi_object check = explain_check(writer, "privacy", false);
  wbi_object_hex(&check, "policy", story->policy.data, story->policy.length);
  wbi_object_key(&check, "text", story->text);
  wbi_object_word(&check, "fallback", wbi_journal_word("fallback", story->claim.cause));
  wbi_object_close(&check);
}

/* The chain in the order of the design; each was passed, or there would be no claim. */
static void explain_checks(wbi_writer *writer, const wbi_story *story) {
  wbi_object paused = explain_check(writer, "paused", true);
  wbi_object_close(&paused);
  explain_consent(writer, story);
  explain_eligible(writer, story);
  explain_law(writer, story);
  explain_hours(writer, story);
  explain_caps(writer, story);
  explain_capacity(writer, story);
  explain_privacy(writer, story);
}

/* All effects about the enrolment and the action. */
static void explain_history(wbi_writer *writer, const void *bytes, size_t length,
                            const wbi_story *story) {
  wbi_effects effects;
  wbi_effect effect;
  bool first = true;
  wbi_effects_open(&effects, bytes, length);
  while (wbi_effects_next(&effects, &effect) == WB_OK) {
    if (!wbi_story_about(story, &effect, effects.record.sequence)) continue;
    if (!first) wbi_put_char(writer, ',');
    first = false;
    wbi_journal_effect(writer, &effects.record, &effect);
  }
}

/* The whole object. */
static void explain_write(wbi_writer *writer, const void *bytes, size_t length,
                          const wbi_story *story) {
  wbi_object object = wbi_object_open(writer);
  wbi_story_put(&object, story);
  explain_launch(&object, story);
  explain_entry(&object, story);
  wbi_object_name(&object, "checks");
  wbi_put_char(writer, '[');
  explain_checks(writer, story);
  wbi_put_char(writer, ']');
  wbi_object_name(&object, "history");
  wbi_put_char(writer, '[');
  explain_history(writer, bytes, length, story);
  wbi_put_char(writer, ']');
  wbi_object_close(&object);
}

/* Finds the action and tells of it. */
static wb_status explain_find(wb_context *context, const wbi_vector *merges, const void *bytes,
                              size_t length, const uint8_t *action, wbi_writer *writer) {
  const wb_entry_query query = {.size = sizeof query, .action = action};
  wbi_story story;
  wbi_arena arena;
  wb_status status = wbi_story_claim(merges, bytes, length, &query, UINT64_MAX, &story);
  if (status != WB_OK) return status;
  wbi_arena_init(&arena, context, 0);
  status = wbi_story_read(context, bytes, length, &story);
  if (status == WB_OK) status = wbi_story_names(&arena, &story);
  if (status == WB_OK) explain_write(writer, bytes, length, &story);
  wbi_arena_free(&arena);
  return status;
}

wb_status WB_CALL wb_journal_explain(wb_context *context, const void *bytes, size_t length,
                                     const uint8_t *action, char *buffer, size_t capacity,
                                     size_t *needed) {
  wbi_vector merges;
  wbi_writer writer = {buffer, capacity, 0};
  if (action == NULL || needed == NULL || (buffer == NULL && capacity > 0)) return WB_E_INVALID;
  wbi_merges_init(&merges, context);
  wb_status status = wbi_merges_read(&merges, bytes, length);
  if (status == WB_OK) status = explain_find(context, &merges, bytes, length, action, &writer);
  wbi_vector_free(&merges);
  return status == WB_OK ? wbi_writer_finish(&writer, needed) : status;
}
