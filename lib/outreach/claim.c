/* SPDX-License-Identifier: MIT */
/* The last checks of an action: hours, caps, capacity, rendering; then it is claimed. */
#include "outreach/gate.h"
#include "outreach/slot.h"

enum { CLAIM_RETRY = 3600 };

/* An action on its way to being handed out. */
typedef struct claim_draft {
  wb_action *action;
  const wbi_campaign_text *text;
  const wbi_wording *wording;
  const wb_offer *offer; /* that it makes; NULL: none */
  wbi_bytes16 id, contact;
  wb_time deliver_by;
  wbi_text step, address, reason;
  wbi_jurisdiction place;
  uint64_t row;                 /* of whoever it goes to */
  char edition[WB_KEY_MAX + 1]; /* of the law: pack, version, region */
  wb_date day;
  wbi_consent_answer consent; /* of a call: none is needed */
  uint32_t attempt;
  int32_t within; /* of a call: seconds */
  uint16_t text_index;
  uint8_t kind, channel, step_index;
  bool enters; /* with it they take a place of the day */
} claim_draft;

/* Copies text for the host; NULL: no memory. */
static const char *claim_copy(wbi_turn *turn, wbi_text text) {
  return wbi_arena_copy(&turn->practice->handed, text);
}

/* Which edition of the law was asked, for which region: "us 2026-11-23 US-NY". */
static void claim_edition(const wbi_turn *turn, wbi_text region, claim_draft *draft) {
  wbi_text pack, version;
  wbi_law_edition(turn->practice->law, region, &pack, &version);
  wbi_writer writer = {draft->edition, WB_KEY_MAX, 0};
  wbi_put_text(&writer, pack);
  if (version.length > 0) wbi_put_char(&writer, ' ');
  wbi_put_text(&writer, version);
  if (version.length > 0) wbi_put_char(&writer, ' ');
  wbi_put_text(&writer, region);
}

/* Asks the law, which was read when the place was asked for, and the hours of practice and
   campaign. No law holds what is urgent. */
static wb_law_answer claim_law(wbi_turn *turn, const wbi_jurisdiction *place, int32_t class_) {
  const wb_time now = turn->now;
  wb_law_answer answer;
  const wb_status status =
      wbi_hours_find(turn->practice, turn->zone, place, turn->campaign, class_, now, &answer, NULL);
  if (status != WB_OK) answer = (wb_law_answer){.flags = WB_LAW_CLOSED};
  if ((answer.flags & WB_LAW_CLOSED) == 0 || class_ != WB_MESSAGE_URGENT) return answer;
  return (wb_law_answer){.open_at = now, .until = WB_TIME_MAX, .rule = "", .held_by = ""};
}

/* The class of what is said. */
static int32_t claim_class(const wbi_turn *turn) {
  return turn->answers != 0 ? turn->answers : turn->campaign->class_;
}

/* Held since nothing opens for 14 days; a person is told. */
static wb_status claim_closed(wbi_turn *turn) {
  const wb_status status = wbi_turn_hold(turn, WB_HOLD_HOURS, turn->now + WBI_DAY);
  return status == WB_OK ? wbi_desk_closed(turn) : status;
}

/* Held until law and practice are open; else the end of that bounds the delivery. */
static wb_status claim_hours(wbi_turn *turn, claim_draft *draft, wb_error *error) {
  const wb_time lease = (wb_time)turn->practice->options.lease;
  const int32_t class_ = claim_class(turn);
  const wb_status status = wbi_turn_place(turn, draft->row, &draft->place, error);
  if (status != WB_OK) return status;
  const wb_law_answer answer = claim_law(turn, &draft->place, class_);
  if ((answer.flags & WB_LAW_CLOSED) != 0) return claim_closed(turn);
  turn->rule = answer.held_by;
  if (answer.open_at > turn->now) return wbi_turn_hold(turn, WB_HOLD_HOURS, answer.open_at);
  /* same: of two alike it is either */
  draft->deliver_by = answer.until - turn->now < lease ? answer.until : turn->now + lease;
  const wb_time before =
      wbi_action_message(draft->kind) ? turn->before : wbi_turn_call_before(turn);
  if (before < draft->deliver_by) draft->deliver_by = before;
  draft->day = WB_DATE_NONE;
  if (turn->answers == 0) draft->day = wbi_practice_today(turn->practice, turn->zone, turn->now);
  draft->action->law = answer.rule;
  claim_edition(turn, draft->place.region, draft);
  return WB_OK;
}

/* Held while a cap on messages is reached: the practice's, the campaign's, or one of the law. */
static wb_status claim_caps(wbi_turn *turn, const claim_draft *draft) {
  const wb_time until =
      wbi_caps_find(turn, draft->place.region, draft->channel, draft->day, &turn->rule);
  return until == WB_TIME_NONE ? WB_OK : wbi_turn_hold(turn, WB_HOLD_CAP, until);
}

/* Held while the desk of the location has its calls, or one to the patient's household. */
static wb_status claim_capacity(wbi_turn *turn, const claim_draft *draft, wb_error *error) {
  wb_practice *practice = turn->practice;
  const uint32_t location = wbi_turn_enrollment(turn)->location;
  if (draft->attempt > 1) return WB_OK; /* it is on the list */
  const bool visit = turn->campaign->subject == WBI_SUBJECT_APPOINTMENT;
  const uint8_t list = visit ? WBI_LIST_VISITS : WBI_LIST_OUTREACH;
  bool full = wbi_desk_full(practice, location, list, draft->day);
  const wb_status status = full || visit ? WB_OK : wbi_desk_household(turn, &full, error);
  if (status != WB_OK) return status;
  if (full)
    return wbi_turn_hold(turn, WB_HOLD_CAPACITY,
                         wbi_practice_day(turn->practice, turn->zone, turn->now, 1));
  wbi_state_location(&practice->state, location)->planned[wbi_list_limited(list)]++;
  return WB_OK;
}

/* Held while the day's admissions at the location are taken, whoever could not be reached when they
   entered: they took no place then. */
static wb_status claim_admission(wbi_turn *turn, const claim_draft *draft) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wbi_location *location = wbi_poll_location(turn->practice, enrollment->location);
  const bool taken = location->admission_day >= draft->day;
  const uint32_t admitted = (taken ? location->admitted : 0) + location->admits;
  if (!draft->enters || admitted < turn->practice->options.admissions) return WB_OK;
  return wbi_turn_hold(turn, WB_HOLD_CAPACITY,
                       wbi_practice_day(turn->practice, turn->zone, turn->now, 1));
}

/* They take a place of the day, and wait until then; let go first, they have entered already. */
static size_t claim_entry(const wbi_turn *turn, const claim_draft *draft, wb_time wake,
                          wbi_effect *effects) {
  const wbi_state *state = &turn->practice->state;
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  wbi_effect *const go = &effects[0], *const enter = &effects[1];
  *go = wbi_turn_effect(turn, WBI_EFFECT_STEP);
  *enter = wbi_turn_effect(turn, WBI_EFFECT_ENROLL);
  go->step = enter->step = draft->step_index;
  go->wake = enter->wake = wake;
  enter->location = wbi_keys_text(&state->locations, enrollment->location);
  enter->segment = enrollment->segment;
  enter->variant = enrollment->variant;
  enter->rank = enrollment->rank;
  enter->number = enrollment->entry;
  enter->day = draft->day;
  return 2;
}

/* Renders the parts of a text in the patient's language. */
static wb_status claim_parts(wbi_turn *turn, claim_draft *draft, wb_error *error) {
  wb_action *action = draft->action;
  draft->text = &turn->campaign->texts[draft->text_index];
  if (wbi_state_withdrawn(&turn->practice->state, turn->campaign->name, draft->text->name))
    return wbi_fail(error, WB_E_POLICY, "The text is withdrawn.");
  wb_status status = wbi_say_wording(draft->text, turn->subject, &draft->wording, error);
  if (status != WB_OK) return status;
  wbi_said said;
  status =
      wbi_say(turn->practice, draft->wording, turn->subject, &turn->practice->handed, &said, error);
  if (status != WB_OK) return status;
  action->subject = said.subject;
  action->preheader = said.preheader;
  action->text = said.body;
  action->html = said.html;
  return WB_OK;
}

/* Chooses the text and renders it; where that fails for this patient, the neutral one is said. */
static wb_status claim_say(wbi_turn *turn, claim_draft *draft, wb_error *error) {
  wb_status status = wbi_campaign_choose(turn->campaign, turn->subject,
                                         wbi_variant_drawn(wbi_turn_enrollment(turn)->variant),
                                         &draft->text_index, error);
  if (status == WB_OK) status = claim_parts(turn, draft, error);
  const uint16_t fallback = turn->campaign->texts[draft->text_index].fallback;
  if (!wbi_turn_personal(status) || fallback == WBI_NO_TEXT) return status;
  draft->action->fallback = status;
  draft->text_index = fallback;
  return claim_parts(turn, draft, error);
}

/* What an SMS takes. */
static void claim_measure(const claim_draft *draft) {
  wb_sms sms = {.size = sizeof sms};
  if (draft->channel != WB_CHANNEL_SMS) return;
  (void)wb_sms_measure(draft->action->text, strlen(draft->action->text), &sms);
  draft->action->segments = sms.segments;
  draft->action->encoding = sms.encoding;
}

/* Held when no text can be rendered for this patient. */
static wb_status claim_texts(wbi_turn *turn, claim_draft *draft, wb_error *error) {
  wb_practice *practice = turn->practice;
  wb_status status = wbi_say_link(practice, turn->subject, &draft->id, &practice->handed, error);
  if (status == WB_OK) status = claim_say(turn, draft, error);
  wbi_facts_lend_one(turn->subject->facts, WBI_LENT_MESSAGE_LINK, (wb_value){0});
  if (status == WB_OK) claim_measure(draft);
  if (!wbi_turn_personal(status)) return status;
  return wbi_turn_hold(turn, WB_HOLD_RENDER, turn->now + CLAIM_RETRY);
}

/* What the host is told, but the texts. */
static wb_status claim_fill(wbi_turn *turn, const claim_draft *draft) {
  const wbi_state *state = &turn->practice->state;
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wb_campaign *campaign = turn->campaign;
  const wbi_text segment = enrollment->segment < campaign->segment_count
                               ? campaign->segments[enrollment->segment].name
                               : WBI_TEXT("");
  wb_action *action = draft->action;
  action->size = sizeof *action;
  action->at = turn->now;
  action->deliver_by = draft->deliver_by;
  action->campaign = claim_copy(turn, campaign->name);
  action->segment = claim_copy(turn, segment);
  action->step = claim_copy(turn, draft->step);
  action->template_ = claim_copy(turn, draft->text->name);
  action->patient = claim_copy(turn, turn->patient);
  action->about = claim_copy(turn, wbi_slot_shown(state, campaign, wbi_turn_who(turn).subject));
  action->location = claim_copy(turn, wbi_keys_text(&state->locations, enrollment->location));
  action->to = claim_copy(turn, draft->address);
  action->language = claim_copy(turn, draft->wording->language);
  action->reason = claim_copy(turn, draft->reason);
  memcpy(action->id, &draft->id, sizeof action->id);
  memcpy(action->contact, &draft->contact, sizeof action->contact);
  action->kind = draft->kind;
  action->channel = draft->channel;
  action->attempt = draft->attempt;
  action->patient_length = (uint32_t)turn->patient.length;
  const char *const texts[] = {
      action->campaign, action->segment,  action->step, action->template_, action->patient,
      action->about,    action->location, action->to,   action->language,  action->reason};
  for (size_t i = 0; i < WBI_COUNT(texts); i++) {
    if (texts[i] == NULL) return WB_E_NOMEM;
  }
  return WB_OK;
}

/* When a call is given up. */
static wb_time claim_expires(const wbi_turn *turn, const claim_draft *draft) {
  const wb_time days = (wb_time)turn->practice->options.task_days * WBI_DAY;
  const wb_time until = turn->now + (draft->within > 0 ? draft->within : days);
  const wb_time before = wbi_turn_call_before(turn);
  return until < before ? until : before;
}

/* What follows once it is sent: a call is looked after at its step each day, until it expires; an
   answer is the end. */
static wbi_going claim_next(const wbi_turn *turn, const claim_draft *draft) {
  const wbi_clock clock = {turn->zone, turn->now, turn->visit};
  const wb_time expires = claim_expires(turn, draft), next = turn->now + WBI_DAY;
  if (!wbi_action_message(draft->kind))
    return (wbi_going){draft->step_index, expires < next ? expires : next};
  if (turn->answers != 0) return (wbi_going){WBI_STEP_END, turn->now};
  return wbi_sequence_go(turn->practice, turn->campaign,
                         turn->campaign->steps[draft->step_index].next, &clock);
}

/* The effect of a claim. */
static wbi_effect claim_effect(const wbi_turn *turn, const claim_draft *draft) {
  const wbi_going next = claim_next(turn, draft);
  wbi_effect effect = wbi_turn_effect(turn, WBI_EFFECT_CLAIM);
  effect.id = draft->id;
  effect.contact = draft->contact;
  effect.action = draft->kind;
  effect.channel = draft->channel;
  effect.step = draft->step_index;
  effect.text = (uint8_t)draft->text_index;
  effect.cause = (uint8_t)-draft->action->fallback;
  effect.number = draft->attempt;
  effect.until = draft->deliver_by;
  effect.day = draft->day;
  effect.next_step = next.step;
  effect.wake = next.wake;
  effect.class_ = (uint8_t)claim_class(turn);
  effect.law = wbi_text_slice(wbi_text_of(draft->action->law), 0, WB_KEY_MAX);
  effect.edition = wbi_text_of(draft->edition);
  effect.as_of = wbi_facts_as_of(turn->subject->facts);
  effect.consent = (uint8_t)draft->consent.basis;
  effect.consent_on = draft->consent.since;
  effect.event = draft->consent.event;
  effect.rule = wbi_text_slice(wbi_text_of(draft->consent.rule), 0, WB_KEY_MAX);
  if (wbi_action_message(draft->kind) && turn->answers == 0) wbi_caps_count(turn, &effect);
  return effect;
}

/* The call on the desk's list: of a visit the oldest comes first, else what is worth most. */
static wbi_effect claim_task(const wbi_turn *turn, const claim_draft *draft) {
  const wbi_state *state = &turn->practice->state;
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  wbi_effect effect = wbi_turn_effect(turn, WBI_EFFECT_TASK_OPEN);
  effect.id = draft->id;
  effect.location = wbi_keys_text(&state->locations, enrollment->location);
  effect.name = draft->reason;
  const bool visit = turn->campaign->subject == WBI_SUBJECT_APPOINTMENT;
  effect.code = visit ? WBI_LIST_VISITS : WBI_LIST_OUTREACH;
  effect.day = draft->day;
  effect.signals = enrollment->signals;
  effect.cause = visit ? 1 : wbi_desk_rank(enrollment->signals, 0);
  effect.wake = turn->now;
  effect.until = claim_expires(turn, draft);
  return effect;
}

/* A contact point and the number of a campaign's name (WBI_NONE: of any), as one key. */
typedef struct claim_pair {
  char bytes[sizeof(wbi_bytes16) + sizeof(uint32_t)];
} claim_pair;

static claim_pair claim_paired(const claim_draft *draft, uint32_t name) {
  claim_pair pair;
  memcpy(pair.bytes, &draft->contact, sizeof draft->contact);
  memcpy(pair.bytes + sizeof draft->contact, &name, sizeof name);
  return pair;
}

/* The number of the name of the turn's campaign. */
static uint32_t claim_name(const wbi_turn *turn) {
  const uint32_t definition = wbi_turn_enrollment(turn)->definition;
  return wbi_state_definition(&turn->practice->state, definition)->name;
}

/* Keeps to whom this poll writes, for claim_shared_by; an answer counts for nobody else. */
static wb_status claim_written(const wbi_turn *turn, const claim_draft *draft) {
  const bool family = turn->campaign->subject == WBI_SUBJECT_HOUSEHOLD;
  const claim_pair pairs[] = {claim_paired(draft, WBI_NONE), claim_paired(draft, claim_name(turn))};
  const size_t count = family ? 2 : 1; /* by name only a family's are asked for */
  wbi_keys *written = &turn->practice->written;
  if (turn->answers != 0) return WB_OK;
  const wb_status status = wbi_keys_reserve(written, count, count * sizeof pairs[0].bytes);
  for (size_t i = 0; status == WB_OK && i < count; i++)
    wbi_keys_add(written, (wbi_text){pairs[i].bytes, sizeof pairs[i].bytes});
  return status;
}

/* Plans the claim; a call goes onto the desk's list with it, so that a crash cannot lose it. */
static wb_status claim_plan(wbi_turn *turn, const claim_draft *draft) {
  const wbi_state *state = &turn->practice->state;
  const bool send = wbi_action_message(draft->kind);
  wbi_effect effects[4];
  size_t count = draft->enters ? claim_entry(turn, draft, turn->now, effects) : 0;
  effects[count++] = claim_effect(turn, draft);
  if (!send) effects[count++] = claim_task(turn, draft);
  if (draft->offer != NULL)
    effects[count++] = wbi_offer_gift(turn, draft->offer, &draft->id, draft->day);
  wb_status status = claim_written(turn, draft);
  if (status == WB_OK) status = wbi_practice_record(turn->practice, WBI_BY_POLL, effects, count);
  if (status != WB_OK) return status;
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  wbi_state_patient(state, enrollment->patient)->mark = turn->practice->mark;
  wbi_location *location = wbi_poll_location(turn->practice, enrollment->location);
  location->sends += draft->kind == WB_ACTION_SEND && draft->day != WB_DATE_NONE;
  location->admits += draft->enters;
  turn->practice->given.count++;
  return WB_OK;
}

/* The place where the next action is filled; it counts once it is claimed. */
static wb_status claim_place(wbi_turn *turn, claim_draft *draft) {
  wbi_vector *given = &turn->practice->given;
  if (wbi_vector_reserve(given, 1) != WB_OK) return WB_E_NOMEM;
  draft->action = (wb_action *)given->data + given->count;
  memset(draft->action, 0, sizeof *draft->action);
  return WB_OK;
}

/* The first of what is alike for messages and calls: a place, and hours that are open. */
static wb_status claim_begin(wbi_turn *turn, claim_draft *draft, wb_error *error) {
  const wb_status status = claim_place(turn, draft);
  return status == WB_OK ? claim_hours(turn, draft, error) : status;
}

/* From rendering to the claim: alike for messages and calls. */
static wb_status claim_finish(wbi_turn *turn, claim_draft *draft, wb_error *error) {
  wb_status status = claim_texts(turn, draft, error);
  if (status != WB_OK || turn->done) return status;
  status = claim_fill(turn, draft);
  return status == WB_OK ? claim_plan(turn, draft) : status;
}

/* Whether the contact point was written to about somebody else since a local day, this poll
   included: by a campaign, the number of its name, or by any. */
static bool claim_shared_by(const wbi_turn *turn, const claim_draft *draft, uint32_t name,
                            wb_date since) {
  const wb_practice *practice = turn->practice;
  const claim_pair pair = claim_paired(draft, name);
  const wbi_text key = {pair.bytes, sizeof pair.bytes};
  const wbi_text campaign =
      name == WBI_NONE ? WBI_TEXT("") : wbi_keys_text(&practice->state.names, name);
  return wbi_keys_find(&practice->written, key) != WBI_NONE ||
         wbi_caps_shared(turn, &draft->contact, campaign, since);
}

/* Two who share a contact point are not both written to on one day: the later waits for the next. A
   message for the household is for all of them: the later has had it. */
static wb_status claim_shared(wbi_turn *turn, const claim_draft *draft) {
  const wb_campaign *campaign = turn->campaign;
  const bool family = campaign->subject == WBI_SUBJECT_HOUSEHOLD;
  if (turn->answers != 0 || campaign->class_ == WB_MESSAGE_TRANSACTIONAL) return WB_OK;
  if (family && claim_shared_by(turn, draft, claim_name(turn), draft->day - campaign->rest_days))
    return wbi_turn_end(turn, WBI_TEXT("household"));
  if (!claim_shared_by(turn, draft, WBI_NONE, draft->day)) return WB_OK;
  return wbi_turn_hold(turn, WB_HOLD_HOUSEHOLD,
                       wbi_practice_day(turn->practice, turn->zone, turn->now, 1));
}

/* From rendering to the claim. A message for the household is said to whose address it is. */
static wb_status claim_address(wbi_turn *turn, claim_draft *draft, wb_error *error) {
  const wbi_subject *subject = turn->subject;
  wbi_subject addressee = *subject;
  bool mourns = false;
  if (turn->campaign->subject != WBI_SUBJECT_HOUSEHOLD) return claim_finish(turn, draft, error);
  addressee.row = draft->row;
  wb_status status = wbi_household_mourns(turn->practice, &addressee, &mourns, error);
  if (status != WB_OK) return status;
  if (mourns) return wbi_turn_hold(turn, WB_HOLD_FACTS, turn->now + CLAIM_RETRY);
  turn->subject = &addressee;
  status = claim_finish(turn, draft, error);
  turn->subject = subject; /* same: nobody asks after this, but the other ends here */
  return status;
}

/* A time of its own after closed hours; whoever takes a place of the day takes it now. */
static wb_status claim_spread(wbi_turn *turn, const claim_draft *draft) {
  wbi_effect effects[2];
  const wb_time until = wbi_spread_until(turn, &draft->place, &draft->id);
  if (until <= turn->now) return WB_OK;
  turn->done = true;
  if (!draft->enters) return wbi_step_record(turn, 0, until);
  const size_t count = claim_entry(turn, draft, until, effects);
  wbi_poll_location(turn->practice, wbi_turn_enrollment(turn)->location)->admits++;
  return wbi_practice_record(turn->practice, WBI_BY_POLL, effects, count);
}

/* How much may go, of what, and when: caps, the offer, and a time of its own after closed hours. */
static wb_status claim_limits(wbi_turn *turn, claim_draft *draft, wb_error *error) {
  wb_status status = turn->answers == 0 ? claim_caps(turn, draft) : WB_OK;
  if (status == WB_OK && !turn->done)
    status = wbi_offer_claim(turn, draft->consent.authorized, draft->day, &draft->offer, error);
  if (status == WB_OK && !turn->done) status = claim_admission(turn, draft);
  if (status == WB_OK && !turn->done && draft->attempt == 1) status = claim_spread(turn, draft);
  return status;
}

wb_status wbi_claim_send(wbi_turn *turn, const wbi_reach *reach, wb_error *error) {
  const wbi_step *step = &turn->campaign->steps[turn->step];
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const bool tried = enrollment->since != 0; /* they took a place of the day when they entered */
  claim_draft draft = {.id = reach->id,
                       .contact = reach->contact.point,
                       .step = step->id,
                       .address = wbi_text_of(reach->contact.address),
                       .consent = reach->consent,
                       .attempt = reach->attempt,
                       .row = reach->row,
                       .text_index = reach->text,
                       .kind = WB_ACTION_SEND,
                       .channel = (uint8_t)reach->contact.channel,
                       .step_index = turn->step,
                       .enters = !tried && wbi_enrollment_outside(enrollment)};
  wb_status status = claim_begin(turn, &draft, error);
  if (status == WB_OK && !turn->done) status = claim_shared(turn, &draft);
  if (status == WB_OK && !turn->done) status = claim_limits(turn, &draft, error);
  if (status != WB_OK || turn->done) return status;
  wb_facts *facts = turn->subject->facts;
  const bool again = wbi_caps_again(turn, &draft.contact);
  wbi_facts_lend_one(facts, WBI_LENT_MESSAGE_AGAIN, (wb_value){.kind = WB_BOOL, .integer = again});
  status = claim_address(turn, &draft, error);
  wbi_facts_lend_one(facts, WBI_LENT_MESSAGE_AGAIN, (wb_value){0});
  return status;
}

wb_status wbi_claim_resend(wbi_turn *turn, const wbi_action *action, const wbi_reach *reach,
                           wb_error *error) {
  static const wbi_wording nothing = {.language = {"", 0}};
  claim_draft draft = {.id = action->id,
                       .contact = action->contact,
                       .text = &turn->campaign->texts[action->text],
                       .wording = &nothing,
                       .step = turn->campaign->steps[turn->step].id,
                       .address = wbi_text_of(reach->contact.address),
                       .consent = reach->consent,
                       .attempt = (uint32_t)action->attempt + 1,
                       .row = reach->row,
                       .text_index = action->text,
                       .kind = WB_ACTION_RESEND,
                       .channel = action->channel,
                       .step_index = turn->step};
  turn->counts = action->claimed_at;
  wb_status status = claim_begin(turn, &draft, error);
  if (status == WB_OK && !turn->done) status = claim_caps(turn, &draft);
  if (status != WB_OK || turn->done) return status;
  wb_action *given = draft.action;
  given->subject = given->preheader = given->text = given->html = "";
  status = claim_fill(turn, &draft);
  return status == WB_OK ? claim_plan(turn, &draft) : status;
}

wb_status wbi_claim_call(wbi_turn *turn, const wbi_call *call, wb_error *error) {
  claim_draft draft = {.id = wbi_sequence_id(turn->practice, turn->campaign, wbi_turn_who(turn),
                                             call->name, WB_CHANNEL_CALL),
                       .step = call->name,
                       .reason = call->name,
                       .consent = {.since = WB_DATE_NONE, .rule = ""},
                       .within = call->within,
                       .row = turn->subject->row,
                       .text_index = call->text,
                       .kind = WB_ACTION_CALL_TASK,
                       .channel = WB_CHANNEL_CALL,
                       .step_index = turn->step};
  draft.attempt = wbi_reach_attempt(&turn->practice->state, &draft.id, &draft.contact);
  /* In a journal from before ids kept their key, a call of somebody who was merged has another. */
  const bool came = draft.attempt == 1 && wbi_desk_called(&turn->practice->state, turn->number);
  if (draft.attempt == 0 || came) return wbi_desk_wait(turn);
  if (wbi_turn_call_before(turn) <= turn->now) return wbi_step_leave(turn, WB_HOLD_LATE);
  wb_status status = claim_begin(turn, &draft, error);
  if (status == WB_OK && !turn->done) status = claim_capacity(turn, &draft, error);
  if (status != WB_OK || turn->done) return status;
  return claim_finish(turn, &draft, error);
}

wb_status wbi_claim_stands(wbi_turn *turn, uint64_t row, wb_error *error) {
  wb_action action = {.size = sizeof action};
  claim_draft draft = {.action = &action, .row = row, .channel = turn->looks->channel};
  const wb_status status = claim_hours(turn, &draft, error);
  if (WBI_NEVER(status != WB_OK)) return status; /* the address was looked at in the same place */
  if (turn->done) return WB_OK;
  return turn->answers != 0 ? WB_OK : claim_caps(turn, &draft);
}
