/* SPDX-License-Identifier: MIT */
/* The secure page and the postcard of somebody who is in a campaign. Nothing is planned here. */
#include "outreach/offer_private.h"
#include "outreach/slot.h"

#include <winback/page.h>

/* A page on its way. */
typedef struct page_draft {
  const wb_page *asked;
  wbi_turn turn;
  const wbi_campaign_text *text;
  const wbi_wording *wording;
  wbi_said said;
  wbi_arena arena;
  uint8_t step;
} page_draft;

/* The enrolment of an action that is remembered, and its step. */
static uint32_t page_of_action(const wbi_state *state, const uint8_t *id, uint8_t *step) {
  wbi_bytes16 action;
  memcpy(&action, id, sizeof action);
  const uint32_t found = wbi_table_find(&state->actions, &action);
  if (found == WBI_NONE || !wbi_state_keeps(state, wbi_state_action(state, found))) return WBI_NONE;
  *step = wbi_state_action(state, found)->step;
  return wbi_state_action(state, found)->enrollment;
}

/* Whether an enrolment is remembered, and of a campaign. */
static bool page_in(const wbi_state *state, const wbi_enrollment *enrollment, wbi_text campaign) {
  const wbi_definition *definition = wbi_state_definition(state, enrollment->definition);
  return wbi_state_remembers(state, enrollment) &&
         wbi_text_equal(wbi_keys_text(&state->names, definition->name), campaign);
}

/* The newest enrolment of a patient in a campaign. */
static uint32_t page_of_patient(const wbi_state *state, const wb_page *asked, uint8_t *step) {
  const wbi_text campaign = {asked->campaign, asked->campaign_length};
  const uint32_t person =
      wbi_state_person(state, (wbi_text){asked->patient, asked->patient_length});
  uint32_t found = WBI_NONE;
  if (person == WBI_NONE) return WBI_NONE;
  for (uint32_t at = wbi_state_patient(state, person)->enrollments; at != WBI_NONE;
       at = wbi_state_enrollment(state, at)->next) {
    const wbi_enrollment *each = wbi_state_enrollment(state, at);
    if (!page_in(state, each, campaign)) continue;
    if (found == WBI_NONE || each->entered > wbi_state_enrollment(state, found)->entered)
      found = at;
  }
  if (found != WBI_NONE) *step = wbi_state_enrollment(state, found)->step;
  return found;
}

/* Whether an action is of somebody else than who is named beside it; what went to a household is
   everybody's in it. */
static bool page_of_other(const page_draft *draft) {
  const wb_page *asked = draft->asked;
  const wbi_text key = {asked->patient, asked->patient_length};
  if (asked->action == NULL || key.length == 0) return false;
  return draft->turn.campaign->subject != WBI_SUBJECT_HOUSEHOLD &&
         wbi_state_person(&draft->turn.practice->state, key) != draft->turn.person;
}

/* Finds the campaign and its text. */
static wb_status page_find(wb_practice *practice, page_draft *draft, wb_time now, wb_error *error) {
  const wb_page *asked = draft->asked;
  const wbi_state *state = &practice->state;
  const uint32_t number = asked->action != NULL ? page_of_action(state, asked->action, &draft->step)
                                                : page_of_patient(state, asked, &draft->step);
  if (number == WBI_NONE) return wbi_fail(error, WB_E_NAME, "Nothing is known of such a page.");
  draft->turn = wbi_turn_begin(practice, number, now);
  if (wbi_patient_away(wbi_state_patient(state, draft->turn.person)))
    return wbi_fail(error, WB_E_STATE, "The patient is with the practice no more.");
  const uint32_t definition = wbi_state_enrollment(state, number)->definition;
  const wb_status status = wbi_practice_campaign(practice, definition, &draft->turn.campaign);
  if (status != WB_OK) return wbi_fail(error, status, "There is no memory for the campaign.");
  if (draft->turn.campaign == NULL)
    return wbi_fail(error, WB_E_STATE, "The campaign no longer compiles.");
  if (page_of_other(draft))
    return wbi_fail(error, WB_E_INVALID, "The action is another patient's.");
  return WB_OK;
}

/* Whom a page is for: of a household, of which a minor is a member, whoever stands for them. */
static wb_status page_addressee(const page_draft *draft, wbi_subject *subject, wb_error *error) {
  wb_practice *practice = draft->turn.practice;
  wbi_reach reach = {.hold = WB_HOLD_NONE};
  bool someone = false, mourns = false;
  if (draft->turn.campaign->subject != WBI_SUBJECT_HOUSEHOLD) return WB_OK;
  wb_status status =
      wbi_contact_find(subject, &practice->secret, WB_CHANNEL_EMAIL, &reach.contact, error);
  if (status == WB_OK) status = wbi_practice_law(practice, error);
  if (status != WB_OK) return status;
  if (wbi_contact_minor(practice, &reach.contact, draft->turn.campaign->class_))
    status = wbi_reach_guardian(practice, draft->turn.campaign->class_, subject, &reach, &someone,
                                error);
  if (status == WB_OK && someone) subject->row = reach.row;
  if (status == WB_OK) status = wbi_household_mourns(practice, subject, &mourns, error);
  if (status != WB_OK || !mourns) return status;
  return wbi_fail(error, WB_E_STATE, "The record has yet to hear of a death.");
}

/* The record knows of no death. */
static wb_status page_alive(const wbi_subject *subject, wb_error *error) {
  wbi_text excluded = {NULL, 0};
  const wb_status status = wbi_exclusion_find(subject, &excluded, error);
  if (status != WB_OK || !wbi_text_equal(excluded, WBI_TEXT("deceased"))) return status;
  return wbi_fail(error, WB_E_STATE, "The patient is with the practice no more.");
}

/* The offer of a step, else the first that the campaign makes; NULL: none. */
static const wb_offer *page_offer(const wb_campaign *campaign, uint8_t step) {
  const bool named = step < campaign->step_count && campaign->steps[step].offer.length > 0;
  if (named) return wbi_campaign_offer_of(campaign, campaign->steps[step].offer);
  return campaign->offer_count > 0 ? campaign->offers[0].offer : NULL;
}

/* Lends the offer while it stands. */
static wb_status page_lend(const page_draft *draft, wb_error *error) {
  const wbi_subject *subject = draft->turn.subject;
  const wb_offer *offer = page_offer(draft->turn.campaign, draft->step);
  const wb_zone *zone = NULL;
  wb_local local;
  if (offer == NULL) return WB_OK;
  const wb_status status =
      wbi_facts_zone(subject->facts, subject->row, subject->moment, &zone, error);
  if (status != WB_OK || zone == NULL) return status;
  const wb_status placed = wb_zone_local(zone, draft->turn.now, &local);
  if (WBI_NEVER(placed != WB_OK)) return placed; /* the call began at an instant */
  if (local.date >= offer->first && local.date <= offer->last)
    wbi_offer_lend(offer, subject->facts);
  return WB_OK;
}

/* Lends the link of the message whose page it is: what is asked for by names has no message. */
static wb_status page_link(page_draft *draft, wb_error *error) {
  wbi_bytes16 action;
  if (draft->asked->action == NULL) return WB_OK;
  memcpy(&action, draft->asked->action, sizeof action);
  return wbi_say_link(draft->turn.practice, draft->turn.subject, &action, &draft->arena, error);
}

/* Renders a text in the patient's language. */
static wb_status page_parts(page_draft *draft, uint16_t index, wb_error *error) {
  wb_practice *practice = draft->turn.practice;
  const wb_campaign *campaign = draft->turn.campaign;
  draft->text = &campaign->texts[index];
  if (wbi_state_withdrawn(&practice->state, campaign->name, draft->text->name))
    return wbi_fail(error, WB_E_POLICY, "The text is withdrawn.");
  const wb_status status =
      wbi_say_wording(draft->text, draft->turn.subject, &draft->wording, error);
  if (status != WB_OK) return status;
  return wbi_say(practice, draft->wording, draft->turn.subject, &draft->arena, &draft->said, error);
}

/* Chooses the text and renders it, or the neutral one. */
static wb_status page_say(page_draft *draft, wb_error *error) {
  const wb_campaign *campaign = draft->turn.campaign;
  const bool card = draft->asked->format == WB_PAGE_POSTCARD;
  uint16_t index = card ? campaign->postcard : campaign->page;
  if (index == WBI_NO_TEXT)
    return wbi_fail(error, WB_E_NAME, "The campaign has no text of that kind.");
  wb_status status = wbi_campaign_choose(
      campaign, draft->turn.subject, wbi_variant_drawn(wbi_turn_enrollment(&draft->turn)->variant),
      &index, error);
  if (status == WB_OK) status = page_parts(draft, index, error);
  const uint16_t fallback = campaign->texts[index].fallback;
  if (!wbi_turn_personal(status) || fallback == WBI_NO_TEXT) return status;
  return page_parts(draft, fallback, error);
}

/* Looks the patient up and says the page. */
static wb_status page_run(page_draft *draft, wb_facts *facts, wb_error *error) {
  wbi_turn *turn = &draft->turn;
  const wb_moment moment = {.size = sizeof moment, .now = turn->now, .practice = turn->practice};
  wbi_subject subject = {.facts = facts, .moment = &moment, .fields = &turn->practice->fields};
  if (wbi_practice_stale_facts(turn->practice, facts, turn->now))
    return wbi_fail(error, WB_E_STATE, "The facts are too old, or of later than now.");
  wb_status status = wbi_facts_row(facts, turn->patient, &subject.row);
  if (status != WB_OK) return wbi_fail(error, status, "The facts have no such patient.");
  turn->subject = &subject;
  status = page_alive(&subject, error);
  if (status == WB_OK) status = wbi_slot_begin(turn, error);
  if (status == WB_OK) status = page_addressee(draft, &subject, error);
  if (status == WB_OK) status = page_lend(draft, error);
  if (status == WB_OK) status = page_link(draft, error);
  if (status == WB_OK) status = page_say(draft, error);
  wbi_facts_lend(facts, NULL);
  turn->subject = NULL;
  return status;
}

/* A member of the object. */
static void page_member(wbi_writer *writer, const char *name, wbi_text value) {
  wbi_put_char(writer, writer->length == 0 ? '{' : ',');
  wbi_put_json(writer, wbi_text_of(name));
  wbi_put_char(writer, ':');
  wbi_put_json(writer, value);
}

/* Writes what was said. */
static void page_write(const page_draft *draft, wbi_writer *writer) {
  const int32_t format = draft->asked->format;
  if (format != WB_PAGE_JSON) {
    wbi_put_text(writer, wbi_text_of(format == WB_PAGE_HTML ? draft->said.html : draft->said.body));
    return;
  }
  page_member(writer, "campaign", draft->turn.campaign->name);
  page_member(writer, "text", draft->text->name);
  page_member(writer, "language", draft->wording->language);
  page_member(writer, "html", wbi_text_of(draft->said.html));
  page_member(writer, "plain", wbi_text_of(draft->said.body));
  wbi_put_char(writer, '}');
}

/* Whether a request is one. */
static wb_status page_check(const wb_page *page, wb_page *asked, wb_error *error) {
  const wb_status status = wbi_struct_read(page, sizeof *asked, asked, sizeof *asked, 0, error);
  if (status != WB_OK) return status;
  const bool named = asked->campaign != NULL && asked->patient != NULL;
  if (asked->format < WB_PAGE_HTML || asked->format > WB_PAGE_POSTCARD || asked->reserved != 0 ||
      (asked->patient == NULL && asked->patient_length > 0) || (asked->action == NULL && !named))
    return wbi_fail(error, WB_E_INVALID, "It is not said which page is asked for.");
  return WB_OK;
}

wb_status WB_CALL wb_page_render(wb_practice *practice, const wb_page *page, wb_facts *facts,
                                 wb_time now, char *buffer, size_t capacity, size_t *needed,
                                 wb_error *error) {
  wb_page asked;
  page_draft draft = {.asked = &asked};
  wbi_writer writer = {buffer, capacity, 0};
  if (needed == NULL || (buffer == NULL && capacity > 0))
    return wbi_fail(error, WB_E_INVALID, "There is no place for the page.");
  wb_status status = page_check(page, &asked, error);
  if (status != WB_OK) return status;
  if (!wbi_time_valid(now)) return wbi_fail(error, WB_E_RANGE, "The time is no instant.");
  status = wbi_practice_enter(practice, error);
  if (status != WB_OK) return status;
  wbi_arena_init(&draft.arena, practice->context, 0);
  status = wbi_practice_facts(practice, facts, error);
  if (status == WB_OK) {
    status = page_find(practice, &draft, now, error);
    if (status == WB_OK) status = page_run(&draft, facts, error);
    wbi_facts_leave(facts);
  }
  if (status == WB_OK) page_write(&draft, &writer);
  wbi_arena_free(&draft.arena);
  wbi_practice_leave(practice);
  return status == WB_OK ? wbi_writer_finish(&writer, needed) : status;
}
