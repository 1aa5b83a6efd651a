/* SPDX-License-Identifier: MIT */
/*
 * The story of one contact, from the bytes of a journal and nothing else: the claim, what became of
 * it, and what it hangs on. Three passes: the first finds the claim, the second its campaign, the
 * third what is about it. The merges were read before, to the end: all of it is whole.
 */
#include "outreach/journal_private.h"

/* A definition as it was added. */
typedef struct story_definition {
  uint8_t content_id[32];
  wbi_text name, content;
  uint64_t added; /* number of the record */
} story_definition;

/* The third pass. */
typedef struct story_reading {
  wbi_story *story;
  bool later; /* behind the claim */
  bool again; /* behind a further claim of the same action */
} story_reading;

/* Whether a key of a record is that of the patient of the claim: in the later of the two it was. */
static bool story_patient(const wbi_story *story, wbi_text key, uint64_t sequence) {
  const uint64_t claimed = story->record.sequence;
  const uint64_t until = sequence > claimed ? sequence : claimed;
  const wbi_text one = wbi_merges_stands(story->merges, key, sequence, until);
  const wbi_text other = wbi_merges_stands(story->merges, story->claim.patient, claimed, until);
  return wbi_text_equal(one, other);
}

bool wbi_story_about(const wbi_story *story, const wbi_effect *effect, uint64_t sequence) {
  const wbi_effect *claim = &story->claim;
  switch ((int)effect->kind) {
  case WBI_EFFECT_ENROLL:
  case WBI_EFFECT_HOLD:
  case WBI_EFFECT_STEP:
  case WBI_EFFECT_END:
  case WBI_EFFECT_RESPONSE:
  case WBI_EFFECT_MIGRATE:
    return effect->definition < WBI_DEFINITIONS_MAX && story->own[effect->definition] &&
           wbi_text_equal(effect->subject, claim->subject) &&
           story_patient(story, effect->patient, sequence);
  case WBI_EFFECT_MERGE: return story_patient(story, effect->subject, sequence);
  case WBI_EFFECT_CLAIM:
  case WBI_EFFECT_OUTCOME: return wbi_bytes16_equal(&effect->id, &claim->id);
  default: return false;
  }
}

/* Whether a claim of a record is one that is asked for; of a patient by whatever key. */
static bool story_asked(const wbi_vector *merges, const wb_entry_query *query,
                        const wbi_effect *effect, uint64_t sequence) {
  if (effect->kind != WBI_EFFECT_CLAIM) return false;
  if (query->patient != NULL) {
    const wbi_text asked = {query->patient, query->patient_length};
    const wbi_text theirs = wbi_merges_stands(merges, effect->patient, sequence, UINT64_MAX);
    if (!wbi_text_equal(wbi_merges_now(merges, asked), theirs)) return false;
  }
  return query->action == NULL || memcmp(query->action, effect->id.bytes, 16) == 0;
}

wb_status wbi_story_claim(const wbi_vector *merges, const void *bytes, size_t length,
                          const wb_entry_query *query, uint64_t number, wbi_story *story) {
  wbi_effects effects;
  wbi_effect effect;
  const bool last = number == UINT64_MAX;
  wbi_effects_open(&effects, bytes, length);
  *story = (wbi_story){.merges = merges,
                       .launched_at = WB_TIME_NONE,
                       .outcome_at = WB_TIME_NONE,
                       .enroll.day = WB_DATE_NONE};
  while (wbi_effects_next(&effects, &effect) == WB_OK) {
    if (!story_asked(merges, query, &effect, effects.record.sequence)) continue;
    story->claim = effect;
    story->record = effects.record;
    if (number-- == 0) return WB_OK;
  }
  const bool some = story->claim.kind == WBI_EFFECT_CLAIM;
  return last && some ? WB_OK : WB_E_NAME;
}

/* A definition gets the next number when its content is a new one. */
static wb_status story_define(wbi_vector *definitions, const wbi_effect *effect, uint64_t added) {
  story_definition made = {.name = effect->name, .content = effect->bytes, .added = added};
  wbi_sha256_text(effect->bytes, made.content_id);
  for (size_t i = 0; i < definitions->count; i++) {
    const story_definition *known = wbi_vector_at(definitions, i);
    if (memcmp(known->content_id, made.content_id, sizeof made.content_id) == 0) return WB_OK;
  }
  story_definition *place = wbi_vector_push(definitions);
  if (place == NULL) return WB_E_NOMEM;
  *place = made;
  return WB_OK;
}

/* The second pass: all definitions. */
static wb_status story_definitions(wbi_vector *definitions, const void *bytes, size_t length) {
  wbi_effects effects;
  wbi_effect effect;
  wb_status status = WB_OK;
  wbi_effects_open(&effects, bytes, length);
  while (status == WB_OK && wbi_effects_next(&effects, &effect) == WB_OK) {
    if (effect.kind == WBI_EFFECT_CAMPAIGN)
      status = story_define(definitions, &effect, effects.record.sequence);
  }
  return status;
}

/* The campaign of the claim, and which definitions are editions of it, later ones too: people are
   taken over. */
static void story_campaign(wbi_story *story, const wbi_vector *definitions) {
  const uint32_t claimed = story->claim.definition;
  if (claimed >= definitions->count) return;
  const story_definition *found = wbi_vector_at(definitions, claimed);
  /* not of this number: some are not here; same: no record adds and claims */
  if (found->added > story->record.sequence) return;
  story->campaign = found->name;
  story->content = found->content;
  memcpy(story->content_id, found->content_id, sizeof story->content_id);
  for (size_t i = 0; i < definitions->count; i++) {
    const story_definition *one = wbi_vector_at(definitions, i);
    story->own[i] = wbi_text_equal(one->name, found->name);
  }
}

/* Flags of contact point or patient become others: an opt-out, the bit `out`, may be lifted. */
static void story_flags(wbi_story *story, uint8_t *flags, const wbi_effect *effect, unsigned out,
                        const wb_record *record) {
  const bool lifted = (*flags & ~(unsigned)effect->code & out) != 0;
  *flags = effect->code;
  if (!lifted) return;
  story->lifted = *record;
  story->lifter = (wbi_bytes16){{0}}; /* the id follows, if there is one */
}

/* The contact point of the claim is closed or opened. */
static void story_contact(wbi_story *story, const wbi_effect *effect, const wb_record *record) {
  if (wbi_bytes16_equal(&effect->id, &story->claim.contact))
    story_flags(story, &story->contact, effect, WBI_CONTACT_OPTED_OUT, record);
}

/* The patient of a text opts out by key, or in. */
static void story_person(wbi_story *story, const wbi_effect *effect, const wb_record *record) {
  if (story->claim.channel == WB_CHANNEL_SMS &&
      wbi_text_equal(effect->patient, story->claim.patient))
    story_flags(story, &story->person, effect, WBI_PATIENT_OPTED_OUT, record);
}

/* Takes an effect before the claim that its consent may hang on. */
static void story_agreed(wbi_story *story, const wbi_effect *effect, const wb_record *record) {
  switch ((int)effect->kind) {
  case WBI_EFFECT_CONTACT: story_contact(story, effect, record); return;
  case WBI_EFFECT_PERSON: story_person(story, effect, record); return;
  case WBI_EFFECT_SEEN:
    if (record->sequence == story->lifted.sequence) story->lifter = effect->id;
    return;
  case WBI_EFFECT_CONSENT:
    if (wbi_bytes16_equal(&effect->event, &story->claim.event)) story->consent = *effect;
    return;
  case WBI_EFFECT_SETTING:
    if (!wbi_text_equal(effect->name, WBI_TEXT(WBI_SETTING_PERMISSION))) return;
    story->setting = *effect;
    story->set_at = record->at;
    return;
  default: return;
  }
}

/* Takes an effect that stands before the claim. */
static void story_before(wbi_story *story, const wbi_effect *effect, const wb_record *record) {
  switch ((int)effect->kind) {
  case WBI_EFFECT_LAUNCH:
    if (effect->definition != story->claim.definition) return;
    story->launched_at = record->at;
    story->approver = effect->name;
    story->policy = effect->bytes;
    return;
  case WBI_EFFECT_ENROLL:
    if (!wbi_story_about(story, effect, record->sequence)) return;
    story->enroll = *effect;
    story->entered_at = record->at;
    return;
  case WBI_EFFECT_MIGRATE: /* names in the other definition */
    if (!wbi_story_about(story, effect, record->sequence)) return;
    story->enroll.segment = effect->segment;
    story->enroll.variant = effect->variant;
    return;
  default: return;
  }
}

/* Takes an effect that stands behind the claim: the last that became of it. */
static void story_after(story_reading *reading, const wbi_effect *effect, wb_time at) {
  if (!wbi_bytes16_equal(&effect->id, &reading->story->claim.id)) return;
  if (effect->kind == WBI_EFFECT_TASK_OPEN) reading->story->call = effect->name;
  if (effect->kind == WBI_EFFECT_CLAIM) reading->again = true;
  if (effect->kind != WBI_EFFECT_OUTCOME || reading->again) return;
  reading->story->outcome = *effect;
  reading->story->outcome_at = at;
}

/* The third pass. */
static void story_pass(story_reading *reading, const void *bytes, size_t length) {
  wbi_effects effects;
  wbi_effect effect;
  wbi_effects_open(&effects, bytes, length);
  while (wbi_effects_next(&effects, &effect) == WB_OK) {
    const bool here = effects.record.sequence == reading->story->record.sequence;
    if (here && effect.kind == WBI_EFFECT_CLAIM) reading->later = true;
    if (here && effect.kind == WBI_EFFECT_CLAIM) continue;
    if (reading->later) {
      story_after(reading, &effect, effects.record.at);
      continue;
    }
    story_agreed(reading->story, &effect, &effects.record);
    story_before(reading->story, &effect, &effects.record);
  }
}

wb_status wbi_story_read(wb_context *context, const void *bytes, size_t length, wbi_story *story) {
  story_reading reading = {.story = story};
  wbi_vector definitions;
  wbi_vector_init(&definitions, context, sizeof(story_definition), WBI_DEFINITIONS_MAX);
  const wb_status status = story_definitions(&definitions, bytes, length);
  if (status == WB_OK) story_campaign(story, &definitions);
  if (status == WB_OK) story_pass(&reading, bytes, length);
  wbi_vector_free(&definitions);
  return status;
}

/* A name in a list of the definition: of a member of an array's item, or the item's own. */
static wbi_text story_name(const wbi_json *root, const char *list, uint32_t index,
                           const char *member) {
  const wbi_json *node = root != NULL ? wbi_json_find(root, list) : NULL;
  node = node != NULL ? node->first : NULL;
  for (; node != NULL && index > 0; index--)
    node = node->next;
  if (node != NULL && member != NULL) node = wbi_json_find(node, member);
  if (node == NULL) return WBI_TEXT("");
  return member != NULL ? node->text : node->name;
}

wb_status wbi_story_names(wbi_arena *arena, wbi_story *story) {
  wbi_json *root = NULL;
  if (story->content.length > 0) { /* same: nothing is no JSON, either */
    const wb_status status = wbi_json_parse(arena, story->content, &root, NULL);
    if (status == WB_E_NOMEM) return status;
  }
  const wbi_json *title = root != NULL ? wbi_json_find(root, "title") : NULL;
  const wbi_json *class_ = root != NULL ? wbi_json_find(root, "class") : NULL;
  story->title = title != NULL ? title->text : story->campaign;
  story->class_ = class_ != NULL ? class_->text : WBI_TEXT("");
  story->step = story->call; /* by the name of its task: what follows an answer is no step */
  if (story->call.length == 0) story->step = story_name(root, "steps", story->claim.step, "id");
  story->text = story_name(root, "texts", story->claim.text, NULL);
  story->segment = story->enroll.kind != WBI_EFFECT_ENROLL
                       ? WBI_TEXT("")
                       : story_name(root, "segments", story->enroll.segment, "name");
  return WB_OK;
}
