/* SPDX-License-Identifier: MIT */
/* The practice: making it, loading it, saving it, and how each of its calls begins and ends. */
#include "outreach/practice_private.h"

enum {
  PRACTICE_JUMP = 31 * WBI_DAY,
  PRACTICE_CLOCKS = 300 /* seconds that the clocks of host and records may differ by */
};

/* Begins a call; `saves`: one that only writes down what is there. */
static wb_status practice_enter(wb_practice *practice, bool saves, wb_error *error) {
  if (practice == NULL) return wbi_fail(error, WB_E_INVALID, "There is no practice.");
  if (!wbi_busy_enter(&practice->busy))
    return wbi_fail(error, WB_E_BUSY, "The practice is in use by another call.");
  if (!practice->stale && (saves || !practice->foreign)) return WB_OK;
  wbi_busy_leave(&practice->busy);
  return practice->stale
             ? wbi_fail(error, WB_E_STALE, "A journal write failed: load the practice again.")
             : wbi_fail(error, WB_E_STALE, "The secret was changed: save, load with the new one.");
}

wb_status wbi_practice_enter(wb_practice *practice, wb_error *error) {
  return practice_enter(practice, false, error);
}

void wbi_practice_leave(wb_practice *practice) {
  wbi_busy_leave(&practice->busy);
}

/* Hands the planned bytes to the host; a failure leaves open what is durable. */
static wb_status practice_append(wb_practice *practice, wb_error *error) {
  const wb_practice_options *host = &practice->options;
  const wbi_plan *plan = &practice->plan;
  if (host->append == NULL) return WB_OK;
  const wb_status status = host->append(host->user, practice->state.sequence + 1, plan->bytes.data,
                                        plan->bytes.count, plan->records);
  if (status == WB_E_CONFLICT)
    return wbi_fail(error, status, "Another process wrote first: replay its records.");
  if (status == WB_OK && (host->sync == NULL || host->sync(host->user) == WB_OK)) return WB_OK;
  practice->stale = true;
  return wbi_fail(error, WB_E_STALE, "The journal could not be written: load the practice again.");
}

wb_status wbi_practice_commit(wb_practice *practice, wb_error *error) {
  const wbi_plan *plan = &practice->plan;
  if (plan->records == 0) return WB_OK;
  wb_status status = wbi_growth_take(&plan->growth, &practice->state);
  if (status != WB_OK) return wbi_fail(error, WB_E_NOMEM, "There is no memory for the change.");
  status = practice_append(practice, error);
  if (status != WB_OK) return status;
  wbi_state_commit(&practice->state, plan->bytes.data, plan->bytes.count);
  return WB_OK;
}

wb_status wbi_practice_record(wb_practice *practice, wbi_cause cause, const wbi_effect *effects,
                              size_t count) {
  wb_status status = wbi_plan_open(&practice->plan, &practice->state, cause);
  for (size_t i = 0; status == WB_OK && i < count; i++)
    status = wbi_plan_add(&practice->plan, &effects[i]);
  if (status == WB_OK) wbi_plan_close(&practice->plan);
  return status;
}

/* Plans, in the open record, that all that may have been sent is unknown: what that means is each
   step's. */
static wb_status practice_unknown(wb_practice *practice) {
  const wbi_state *state = &practice->state;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    wbi_effect effect = {.kind = WBI_EFFECT_OUTCOME, .id = action->id, .code = WB_ACTION_UNKNOWN};
    if (action->state != WB_ACTION_CLAIMED && action->state != WB_ACTION_READY) continue;
    status = wbi_unknown_until(practice, i, practice->plan.now, &effect.until);
    if (status == WB_OK) status = wbi_plan_add(&practice->plan, &effect);
  }
  return status;
}

/* A backup was restored since the state was written. Who still has the number of before does not go
   on. */
static wb_status practice_epoch(wb_practice *practice, wb_error *error) {
  const wbi_state *state = &practice->state;
  const uint32_t epoch = practice->options.epoch;
  if (state->sequence == 0 || state->epoch == epoch) return WB_OK;
  if (state->epoch > epoch)
    return wbi_fail(error, WB_E_STATE, "The practice was restored since: its epoch is higher.");
  const wbi_effect effect = {.kind = WBI_EFFECT_EPOCH, .number = epoch, .code = 1};
  wb_status status = wbi_plan_open(&practice->plan, state, WBI_BY_RESTORE);
  if (status == WB_OK) status = practice_unknown(practice);
  if (status == WB_OK) status = wbi_plan_add(&practice->plan, &effect);
  if (status != WB_OK) return wbi_fail(error, status, "There is no memory for the change.");
  wbi_plan_close(&practice->plan);
  status = wbi_practice_commit(practice, error);
  wbi_plan_start(&practice->plan, state, practice->plan.now);
  return status;
}

wb_status wbi_practice_start(wb_practice *practice, wb_time now, wb_error *error) {
  const wb_status status = wbi_practice_enter(practice, error);
  if (status != WB_OK) return status;
  const wb_time last = practice->state.last;
  const bool free_jump = (practice->options.flags & WB_PRACTICE_ALLOW_JUMP) != 0;
  const bool jump = last != WB_TIME_NONE && now > last && now - last > PRACTICE_JUMP;
  if (!wbi_time_valid(now) || (jump && !free_jump)) {
    wbi_practice_leave(practice);
    return wbi_fail(error, WB_E_RANGE,
                    "The time is no instant, or over 31 days after the last event.");
  }
  practice->hours_asked.campaign = NULL; /* zones and campaigns of another call are others */
  practice->days_asked.zone = NULL;
  memset(practice->going_asked, 0, sizeof practice->going_asked);
  wbi_plan_start(&practice->plan, &practice->state, now);
  const wb_status epoch = practice_epoch(practice, error);
  if (epoch != WB_OK) wbi_practice_leave(practice);
  return epoch;
}

/* Whether a task is a call of outreach: of its list, or one that follows up on a visit. */
static wb_status practice_calls(wb_practice *practice, const wbi_open_task *task, bool *calls) {
  const wbi_state *state = &practice->state;
  const wb_campaign *campaign = NULL;
  const uint32_t whose = wbi_task_enrollment(state, task);
  *calls = task->list == WBI_LIST_OUTREACH;
  if (task->list != WBI_LIST_VISITS || whose == WBI_NONE) return WB_OK;
  const wb_status status =
      wbi_practice_campaign(practice, wbi_state_enrollment(state, whose)->definition, &campaign);
  *calls = status == WB_OK && campaign != NULL && wbi_campaign_follows(campaign);
  return status;
}

wb_status wbi_practice_close(wb_practice *practice, uint32_t patient, uint32_t enrollment) {
  const wbi_state *state = &practice->state;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    const uint32_t whose = wbi_task_enrollment(state, task);
    bool calls = false;
    if (task->patient != patient) continue;
    status = practice_calls(practice, task, &calls);
    if (calls && (enrollment == WBI_NONE || whose == WBI_NONE || whose == enrollment))
      status = wbi_desk_settle(practice, task);
  }
  return status;
}

wb_status wbi_practice_campaign(wb_practice *practice, uint32_t number,
                                const wb_campaign **campaign) {
  wbi_definition *definition = wbi_state_definition(&practice->state, number);
  const wbi_text canonical = wbi_state_canonical(&practice->state, definition);
  wb_campaign *compiled = definition->compiled;
  *campaign = NULL;
  if (definition->broken) return WB_OK;
  if (compiled == NULL) {
    const wb_status status = wb_campaign_new(practice->context, practice->schema, practice->policy,
                                             canonical.data, canonical.length, &compiled, NULL);
    if (status == WB_E_NOMEM) return status;
    definition->broken = status != WB_OK;
    if (status != WB_OK) return WB_OK;
    definition->compiled = compiled;
  }
  *campaign = compiled;
  return WB_OK;
}

wb_status wbi_practice_facts(wb_practice *practice, wb_facts *facts, wb_error *error) {
  if (facts == NULL) return wbi_fail(error, WB_E_INVALID, "There are no facts.");
  if (!wbi_facts_enter(facts))
    return wbi_fail(error, WB_E_BUSY, "The facts are in use by another call.");
  if (wbi_facts_schema(facts) == practice->schema) return WB_OK;
  wbi_facts_leave(facts);
  return wbi_fail(error, WB_E_INVALID, "The facts and the practice are not of one schema.");
}

bool wbi_practice_old_facts(const wb_facts *facts, wb_time now, wb_time most) {
  const wb_time age = now - wbi_facts_as_of(facts);
  return age > most || age < -PRACTICE_CLOCKS;
}

bool wbi_practice_stale_facts(const wb_practice *practice, const wb_facts *facts, wb_time now) {
  return wbi_practice_old_facts(facts, now, (wb_time)practice->options.stale_facts);
}

/* Whether so many messages can be counted, and the format be written. */
static wb_status practice_limits(const wb_practice_options *options, wb_error *error) {
  if (options->per_day > WBI_COUNTED_KEPT || options->per_week > WBI_COUNTED_KEPT ||
      options->per_month > WBI_COUNTED_KEPT)
    return wbi_fail(error, WB_E_RANGE, "A cap on messages is above 8.");
  if (options->kept_days > WB_KEPT_DAYS_MAX || options->booked_days > options->kept_days)
    return wbi_fail(error, WB_E_RANGE, "Visits would count for longer than they are remembered.");
  if (options->write_format != 0 && !wbi_format_known(options->write_format))
    return wbi_fail(error, WB_E_VERSION, "This library does not write such a format.");
  return WB_OK;
}

/* The defaults of what was not given. */
static void practice_defaults(wb_practice_options *options) {
  static const struct {
    size_t member;
    uint32_t value;
  } defaults[] = {
      {offsetof(wb_practice_options, lease), 600},
      {offsetof(wb_practice_options, grace), 300},
      {offsetof(wb_practice_options, stale_facts), WBI_DAY},
      {offsetof(wb_practice_options, per_day), 1},
      {offsetof(wb_practice_options, per_week), 2},
      {offsetof(wb_practice_options, per_month), 4},
      {offsetof(wb_practice_options, admissions), 25},
      {offsetof(wb_practice_options, tasks_per_day), 10},
      {offsetof(wb_practice_options, tasks_open), 30},
      {offsetof(wb_practice_options, task_attempts), 3},
      {offsetof(wb_practice_options, task_spacing), WBI_DAY},
      {offsetof(wb_practice_options, task_days), 14},
      {offsetof(wb_practice_options, visits_per_day), 20},
      {offsetof(wb_practice_options, visits_open), 40},
      {offsetof(wb_practice_options, chair_reserve), 20},
      {offsetof(wb_practice_options, slot_hold), 7200},
      {offsetof(wb_practice_options, spread), 3600},
      {offsetof(wb_practice_options, burst), 30},
      {offsetof(wb_practice_options, look_again), 3600},
      {offsetof(wb_practice_options, booked_days), WBI_BOOKED_DAYS},
      {offsetof(wb_practice_options, kept_days), WBI_KEPT_DAYS},
  };
  for (size_t i = 0; i < WBI_COUNT(defaults); i++) {
    uint32_t *member = (uint32_t *)(void *)((char *)options + defaults[i].member);
    if (*member == 0) *member = defaults[i].value;
  }
}

/* Takes over who the practice is. */
static wb_status practice_identity(wb_practice *practice, wb_error *error) {
  wb_practice_options *options = &practice->options;
  wbi_bytes16 secret;
  if (options->secret == NULL || options->key == NULL || options->key_length == 0 ||
      options->key_length > WB_KEY_MAX)
    return wbi_fail(error, WB_E_INVALID, "The practice needs a secret and a key.");
  memcpy(&secret, options->secret, sizeof secret);
  if (wbi_bytes16_empty(&secret)) return wbi_fail(error, WB_E_INVALID, "The secret is empty.");
  memcpy(practice->key, options->key, options->key_length);
  wbi_practice_secret(practice, &secret);
  options->secret = NULL;
  options->key = NULL;
  return WB_OK;
}

/* Takes the options over, checked and with the defaults filled in. */
static wb_status practice_options(wb_practice *practice, const wb_practice_options *given,
                                  wb_error *error) {
  wb_practice_options *options = &practice->options;
  wb_status status = wbi_struct_read(given, sizeof *options, options, sizeof *options,
                                     WB_PRACTICE_ALLOW_JUMP, error);
  if (status == WB_OK) status = practice_identity(practice, error);
  if (status == WB_OK)
    status = wbi_hours_read(practice, options->hours, options->hours_count, error);
  if (status != WB_OK) return status;
  options->hours = NULL;
  practice_defaults(options);
  return practice_limits(options, error);
}

wbi_bytes16 wbi_practice_check(const wbi_bytes16 *secret, wbi_text key) {
  wbi_siphash sip;
  wbi_bytes16 check;
  wbi_siphash_init(&sip, secret);
  wbi_siphash_text(&sip, WBI_TEXT("check"));
  wbi_siphash_text(&sip, key);
  wbi_siphash_finish(&sip, &check);
  return check;
}

/* Fills a new practice. */
static wb_status practice_init(wb_practice *practice, wb_schema *schema, wb_policy *policy,
                               const wb_practice_options *options, wb_error *error) {
  wb_status status = practice_options(practice, options, error);
  if (status != WB_OK) return status;
  status = wbi_outreach_fields_find(schema, &practice->fields);
  if (WBI_NEVER(status != WB_OK)) /* every schema has the dictionary */
    return wbi_fail(error, status, "The schema lacks a field.");
  if (policy != NULL && wbi_policy_schema(policy) != schema)
    return wbi_fail(error, WB_E_INVALID, "The policy and the practice are not of one schema.");
  const wbi_text key = {practice->key, practice->options.key_length};
  const wbi_bytes16 check = wbi_practice_check(&practice->secret, key);
  wbi_state_init(&practice->state, practice->context, key, &check);
  practice->state.grace = practice->options.grace;
  practice->state.epoch = practice->options.epoch;
  practice->state.format = practice->options.write_format;
  practice->schema = wb_schema_ref(schema);
  practice->policy = policy != NULL ? wb_policy_ref(policy) : NULL;
  practice->law = wb_law_ref(practice->options.law);
  practice->options.law = NULL;
  return WB_OK;
}

wb_status WB_CALL wb_practice_new(wb_context *context, wb_schema *schema, wb_policy *policy,
                                  const wb_practice_options *options, wb_practice **practice,
                                  wb_error *error) {
  if (schema == NULL || practice == NULL)
    return wbi_fail(error, WB_E_INVALID, "A practice needs a schema and a place to go.");
  wb_practice *made = wbi_alloc(context, sizeof *made);
  if (made == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for the practice.");
  made->context = context;
  const wb_status status = practice_init(made, schema, policy, options, error);
  if (status != WB_OK) {
    wbi_free(context, made, sizeof *made);
    return status;
  }
  wb_context_ref(context);
  wbi_plan_init(&made->plan, context);
  wbi_arena_init(&made->handed, context, 0);
  wbi_arena_init(&made->names, context, 0);
  wbi_vector_init(&made->render, context, 1, 0);
  wbi_vector_init(&made->looked, context, sizeof(wbi_looked), 0);
  wbi_vector_init(&made->given, context, sizeof(wb_action), 0);
  wbi_keys_init(&made->written, context);
  *practice = made;
  return WB_OK;
}

void WB_CALL wb_practice_free(wb_practice *practice) {
  if (practice == NULL) return;
  wb_context *context = practice->context;
  for (uint32_t i = 0; i < practice->state.definition.count; i++)
    wb_campaign_unref(wbi_state_definition(&practice->state, i)->compiled);
  wbi_state_free(&practice->state);
  wbi_plan_free(&practice->plan);
  wbi_arena_free(&practice->handed);
  wbi_arena_free(&practice->names);
  wbi_vector_free(&practice->render);
  wbi_vector_free(&practice->looked);
  wbi_vector_free(&practice->given);
  wbi_keys_free(&practice->written);
  wb_policy_unref(practice->policy);
  wb_law_unref(practice->law);
  wb_schema_unref(practice->schema);
  wbi_free(context, practice, sizeof *practice);
  wb_context_unref(context);
}

wb_status WB_CALL wb_practice_load(wb_practice *practice, const void *bytes, size_t length,
                                   wb_error *error) {
  wb_status status = wbi_practice_enter(practice, error);
  if (status != WB_OK) return status;
  if (bytes == NULL)
    status = wbi_fail(error, WB_E_INVALID, "There is no snapshot.");
  else if (practice->state.sequence != 0)
    status = wbi_fail(error, WB_E_STATE, "The practice is not empty.");
  else
    status = wbi_snapshot_read(&practice->state, bytes, length, error);
  wbi_practice_leave(practice);
  return status;
}

/* Checks, reserves and commits the records that are new. */
static wb_status practice_replay(wb_practice *practice, const void *bytes, size_t length,
                                 wb_replay *found, wb_error *error) {
  uint64_t from;
  wbi_state *state = &practice->state;
  wb_status status = wbi_journal_check(state, bytes, length, found, &from, error);
  if (status != WB_OK || found->applied == 0) return status;
  const uint8_t *records = (const uint8_t *)bytes + from;
  const size_t size = (size_t)(found->used - from);
  status = wbi_state_reserve(state, records, size);
  if (status != WB_OK) return wbi_fail(error, WB_E_NOMEM, "There is no memory for the journal.");
  wbi_state_commit(state, records, size);
  const wbi_bytes16 check = wbi_practice_check(&practice->secret, state->key);
  if (wbi_bytes16_equal(&check, &state->check)) return WB_OK;
  practice->foreign = true;
  return wbi_fail(error, WB_E_STALE, "The secret was changed: save, load with the new one.");
}

wb_status WB_CALL wb_practice_replay(wb_practice *practice, const void *bytes, size_t length,
                                     wb_replay *replay, wb_error *error) {
  wb_replay found = {.size = sizeof found};
  if (replay == NULL || (bytes == NULL && length > 0))
    return wbi_fail(error, WB_E_INVALID, "There is no journal, or no place for the result.");
  wb_status status = wbi_practice_enter(practice, error);
  if (status != WB_OK) return status;
  status = replay->size < sizeof found
               ? wbi_fail(error, WB_E_INVALID, "The size of a struct is too small.")
               : practice_replay(practice, bytes, length, &found, error);
  if (status == WB_OK) status = wbi_struct_write(replay, sizeof found, &found, sizeof found);
  wbi_practice_leave(practice);
  return status;
}

wb_status WB_CALL wb_practice_save(wb_practice *practice, void *buffer, size_t capacity,
                                   size_t *needed) {
  if (needed == NULL || (buffer == NULL && capacity > 0)) return WB_E_INVALID;
  wb_status status = practice_enter(practice, true, NULL);
  if (status != WB_OK) return status;
  wbi_writer writer = {buffer, capacity, 0};
  status = wbi_snapshot_write(&practice->state, &writer);
  if (status == WB_OK) {
    *needed = writer.length;
    if (writer.length > capacity) status = WB_E_SPACE;
  }
  wbi_practice_leave(practice);
  return status;
}

uint64_t WB_CALL wb_practice_sequence(const wb_practice *practice) {
  return practice == NULL ? 0 : practice->state.sequence;
}

/* The sooner of two instants; WB_TIME_NONE: there is none. */
static wb_time practice_sooner(wb_time a, wb_time b) {
  if (a == WB_TIME_NONE) return b;
  return b != WB_TIME_NONE && b < a ? b : a;
}

wb_status WB_CALL wb_practice_wake(wb_practice *practice, wb_time *at) {
  if (at == NULL) return WB_E_INVALID;
  const wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  wb_time first = wbi_wake_next(&practice->state);
  first = practice_sooner(first, wbi_state_opening_wake(&practice->state));
  first = practice_sooner(first, wbi_desk_wake(practice));
  if (first < practice->state.last) first = practice->state.last;
  *at = first == WB_TIME_MAX ? WB_TIME_NONE : first;
  wbi_practice_leave(practice);
  return WB_OK;
}

/* Whether the host can do what the steps ask of it. */
static wb_status practice_can(const wb_practice *practice, const wb_campaign *campaign,
                              wb_error *error) {
  for (uint32_t i = 0; practice->options.resend == 0 && i < campaign->step_count; i++) {
    if (campaign->steps[i].unknown != WBI_UNKNOWN_RESEND) continue;
    char path[32];
    wbi_writer writer = {path, sizeof path, 0};
    wbi_put_text(&writer, WBI_TEXT("/steps/"));
    wbi_put_uint(&writer, i);
    wbi_put_text(&writer, WBI_TEXT("/on_unknown"));
    const wb_status status = wbi_fail(error, WB_E_STATE,
                                      "A step resends: the host has to say that it keeps what it "
                                      "sent and that its provider takes the id for a key.");
    wbi_error_path(error, (wbi_text){path, writer.length});
    return status;
  }
  return WB_OK;
}

/* Plans making a campaign known, unless it is the newest of its name already. */
static wb_status practice_add(wb_practice *practice, const wb_campaign *campaign, wb_error *error) {
  const wbi_state *state = &practice->state;
  const uint32_t known = wbi_state_content(state, campaign->content_id);
  if (known != WBI_NONE && wbi_state_definition(state, known)->current) return WB_OK;
  if (known == WBI_NONE && state->definition.count == WBI_DEFINITIONS_MAX)
    return wbi_fail(error, WB_E_LIMIT, "256 definitions are known.");
  const wbi_effect effect = {
      .kind = WBI_EFFECT_CAMPAIGN, .name = campaign->name, .bytes = campaign->canonical};
  const wb_status status = wbi_practice_record(practice, WBI_BY_ADD, &effect, 1);
  if (status != WB_OK) return wbi_fail(error, status, "There is no memory for the change.");
  return wbi_practice_commit(practice, error);
}

/* What the host has compiled need not be compiled again, unless the practice has another policy. */
static void practice_lend(wb_practice *practice, wb_campaign *campaign) {
  const uint32_t known = wbi_state_content(&practice->state, campaign->content_id);
  wbi_definition *definition = wbi_state_definition(&practice->state, known);
  if (definition->compiled != NULL || campaign->policy != practice->policy) return;
  definition->compiled = wb_campaign_ref(campaign);
}

wb_status WB_CALL wb_practice_add(wb_practice *practice, wb_campaign *campaign, wb_time now,
                                  wb_error *error) {
  if (campaign == NULL) return wbi_fail(error, WB_E_INVALID, "There is no campaign.");
  wb_status status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  if (campaign->schema != practice->schema)
    status = wbi_fail(error, WB_E_INVALID, "Campaign and practice are not of one schema.");
  if (status == WB_OK) status = practice_can(practice, campaign, error);
  if (status == WB_OK) status = practice_add(practice, campaign, error);
  if (status == WB_OK) practice_lend(practice, campaign);
  wbi_practice_leave(practice);
  return status;
}

const char *WB_CALL wb_hold_name(int32_t hold) {
  static const char *const hold_names[] = {[WB_HOLD_NONE] = "none",
                                           [WB_HOLD_PAUSED] = "paused",
                                           [WB_HOLD_OPTED_OUT] = "opted_out",
                                           [WB_HOLD_NO_PERMISSION] = "no_permission",
                                           [WB_HOLD_NO_ADDRESS] = "no_address",
                                           [WB_HOLD_BAD_ADDRESS] = "bad_address",
                                           [WB_HOLD_MINOR] = "minor",
                                           [WB_HOLD_AGE_UNKNOWN] = "age_unknown",
                                           [WB_HOLD_NOT_SEEN] = "not_seen",
                                           [WB_HOLD_HOURS] = "hours",
                                           [WB_HOLD_CAP] = "cap",
                                           [WB_HOLD_CAPACITY] = "capacity",
                                           [WB_HOLD_FACTS] = "facts",
                                           [WB_HOLD_RENDER] = "render",
                                           [WB_HOLD_DEFINITION] = "definition",
                                           [WB_HOLD_ZONE] = "zone",
                                           [WB_HOLD_DESK] = "desk",
                                           [WB_HOLD_NUMBER_CHECK] = "number_check",
                                           [WB_HOLD_NOT_WRITTEN] = "not_written",
                                           [WB_HOLD_PREFERENCE] = "preference",
                                           [WB_HOLD_OFFER] = "offer",
                                           [WB_HOLD_HOUSEHOLD] = "household",
                                           [WB_HOLD_LATE] = "late",
                                           [WB_HOLD_ADMISSIONS] = "admissions"};
  if (hold < 0 || hold >= (int32_t)WBI_COUNT(hold_names)) return "unknown";
  return hold_names[hold];
}

wb_status WB_CALL wb_practice_get(wb_practice *practice, wb_practice_options *options) {
  const wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  wb_practice_options shown = practice->options;
  shown.key = practice->key;
  shown.hours = practice->hours;
  shown.hours_count = practice->hours_count;
  shown.law = practice->law;
  wbi_practice_leave(practice);
  return wbi_struct_write(options, sizeof shown, &shown, sizeof shown);
}
