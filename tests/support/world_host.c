/* SPDX-License-Identifier: MIT */
/* The host of a world and its provider: what is handed out, delivered and answered. */
#include "support/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the host ------------------------------------------------------------------------------- */

wb_date world_today(const world *w) {
  wb_local local = {.date = 0};
  world_believe(w, wb_zone_local(w->it->zone, w->now, &local) == WB_OK, "there is a local time");
  return local.date;
}

world_entry *world_find(world *w, const uint8_t id[16]) {
  for (uint32_t i = 0; i < w->entry_count; i++)
    if (memcmp(w->entries[i].id, id, 16) == 0) return &w->entries[i];
  return NULL;
}

/* The enrolment that an action is of: of several about one opening, which came free more than once,
   the one that is claimed. */
static wb_enrollment world_enrollment(world *w, const wb_action *action) {
  wb_enrollment found = {.size = sizeof found}, last = {.size = 0};
  uint64_t cursor = 0;
  while (wb_practice_next(w->process[w->active], &cursor, &found) == WB_OK) {
    if (strcmp(found.patient, action->patient) || strcmp(found.campaign, action->campaign) ||
        strcmp(found.about, action->about))
      continue;
    if (found.state == WB_STATE_CLAIMED) return found;
    last = found;
  }
  world_believe(w, last.size != 0, "an action is of somebody who is inside");
  return last;
}

/* How often the opening that an action is about came free; 0: it is about none. */
static uint32_t world_generation(const world *w, const wb_action *action) {
  wb_opening opening = {.size = sizeof opening};
  if (strcmp(action->campaign, "ee") != 0) return 0;
  const wb_status status =
      wb_opening_get(w->process[w->active], action->about, strlen(action->about), &opening);
  return status == WB_OK ? opening.generation : 0;
}

static bool world_opted_out(const world *w, const uint8_t contact[16]) {
  for (uint32_t i = 0; i < w->out_count; i++)
    if (memcmp(w->out[i], contact, 16) == 0) return true;
  return false;
}

/* Whether an action is no outreach: it answers an event, or asks about a visit. */
static bool world_uncounted(const char *campaign) {
  return strcmp(campaign, "notices") == 0 || strcmp(campaign, "dd") == 0;
}

const char *world_key(uint32_t patient) {
  static const char *const keys[] = {"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "zz"};
  return keys[patient];
}

uint32_t world_number(const char *patient) {
  const bool known = patient[0] == 'p' && patient[1] >= '0' && patient[1] < '0' + WORLD_PATIENTS;
  return known ? (uint32_t)(patient[1] - '0') : WORLD_PATIENTS;
}

void world_join(world *w, uint32_t from, uint32_t into) {
  const uint8_t gone = w->stands[from], stays = w->stands[into];
  for (uint32_t i = 0; i <= WORLD_PATIENTS; i++)
    if (w->stands[i] == gone) w->stands[i] = stays;
  for (uint32_t i = 0; i < w->entry_count; i++)
    if (!strcmp(w->entries[i].patient, world_key(gone)))
      strcpy(w->entries[i].patient, world_key(stays));
}

void world_part(world *w, uint32_t patient) {
  for (uint32_t i = 0; i <= WORLD_PATIENTS; i++)
    if (w->stands[i] == patient) w->stands[i] = (uint8_t)i;
}

/* Messages of outreach that were delivered to a patient in the days up to today. */
static uint32_t world_had(const world *w, const char *patient, int32_t days) {
  const wb_date today = world_today(w);
  uint32_t count = 0;
  for (uint32_t i = 0; i < w->entry_count; i++) {
    const world_entry *entry = &w->entries[i];
    count += entry->delivered && entry->kind == WB_ACTION_SEND && entry->day > today - days &&
             !strcmp(entry->patient, patient) && !world_uncounted(entry->campaign);
  }
  return count;
}

/* Whether the bytes of a claim are durable. */
static bool world_durable(const world *w, const uint8_t id[16]) {
  for (size_t at = w->journal.durable; at-- > 0;) /* it is one of the last */
    if (w->journal.bytes[at] == id[0] && at + 16 <= w->journal.durable &&
        memcmp(w->journal.bytes + at, id, 16) == 0)
      return true;
  return false;
}

/* Whether an action answers an event: STOP is confirmed, help is told, whatever the hour. */
static bool world_notice(const wb_action *action) {
  return strcmp(action->campaign, "notices") == 0;
}

/* What must hold of whatever is handed out. */
static void world_judge(world *w, const wb_action *action, const world_entry *entry) {
  wb_local local = {.date = 0};
  world_believe(w, action->deliver_by > w->now && action->deliver_by <= w->now + 600, "a lease");
  world_believe(w, world_durable(w, action->id), "a claim is durable before it leaves");
  const bool resent = action->kind == WB_ACTION_RESEND; /* under the id, which is a key */
  world_believe(w, resent || !entry->delivered, "what was delivered is not handed out again");
  world_believe(w, resent || entry->told != WB_SENT_UNKNOWN, "nor what nobody knows of");
  world_believe(w, action->attempt > entry->attempt, "attempts rise");
  if (world_notice(action)) return;
  const bool outreach = !world_uncounted(action->campaign);
  const uint32_t number = world_number(action->patient);
  world_believe(w, !w->paused, "nothing leaves while the practice is paused");
  world_believe(w, ((w->dead | w->gone) >> number & 1) == 0, "nor to who died or left");
  world_believe(w, wb_zone_local(w->it->zone, w->now, &local) == WB_OK, "there is a local time");
  const int32_t from = outreach ? 36000 : 28800, until = outreach ? 64800 : 75600;
  world_believe(w, local.second >= from && local.second < until, "it leaves in the hours");
  if (action->kind == WB_ACTION_CALL_TASK) return;
  world_believe(w, !world_opted_out(w, action->contact), "nobody is written to after STOP");
  if (resent || !outreach) return; /* it counts once */
  world_believe(w, world_had(w, action->patient, 1) < 1, "one a day");
  world_believe(w, world_had(w, action->patient, 7) < 2, "two a week");
  world_believe(w, world_had(w, action->patient, 30) < 4, "four a month");
}

/* The provider takes a message: once for an id, once for a step. */
static void world_deliver(world *w, world_entry *entry) {
  if (entry->delivered) return; /* a resend: the key is known */
  world_believe(w, w->now < entry->deliver_by, "in time");
  for (uint32_t i = 0; i < w->entry_count; i++) {
    const world_entry *other = &w->entries[i];
    const bool same =
        other->kind == entry->kind && other->number == entry->number &&
        other->generation == entry->generation && !strcmp(other->about, entry->about) &&
        !strcmp(other->entered, entry->entered) && !strcmp(other->campaign, entry->campaign) &&
        !strcmp(other->step, entry->step) && strcmp(entry->campaign, "notices") != 0;
    world_believe(w, !same || !other->delivered, "a step is delivered once");
  }
  entry->delivered = true;
  entry->bounced = false; /* that was another message, before a restore */
  w->deliveries++;
}

/* Writes an action into the outbox. */
static world_entry *world_note(world *w, const wb_action *action) {
  world_entry *entry = world_find(w, action->id);
  if (!entry) {
    world_believe(w, w->entry_count < WORLD_ENTRIES, "the outbox has room");
    entry = &w->entries[w->entry_count++];
    *entry = (world_entry){.kind = action->kind};
    memcpy(entry->id, action->id, 16);
    snprintf(entry->campaign, sizeof entry->campaign, "%s", action->campaign);
    snprintf(entry->step, sizeof entry->step, "%s", action->step);
    snprintf(entry->about, sizeof entry->about, "%s", action->about);
    entry->generation = world_generation(w, action);
  }
  if (entry->patient[0] == '\0' || entry->patient[0] == '~') /* whoever was forgotten came again */
    snprintf(entry->patient, sizeof entry->patient, "%s", action->patient);
  if (entry->entered[0] == '\0' || entry->entered[0] == '~')
    snprintf(entry->entered, sizeof entry->entered, "%s", world_entered(w, action->id));
  world_judge(w, action, entry);
  const wb_enrollment enrollment = world_enrollment(w, action);
  const bool claimed = enrollment.state == WB_STATE_CLAIMED;
  world_believe(w, claimed || world_notice(action), "an action is claimed");
  memcpy(entry->contact, action->contact, 16);
  entry->number = world_notice(action) ? w->entry_count : enrollment.entry; /* one an event */
  entry->attempt = action->attempt;
  entry->handed = w->now;
  if (action->kind != WB_ACTION_RESEND) entry->day = world_today(w);
  entry->deliver_by = action->deliver_by;
  entry->told = 0;
  entry->answered = false;
  return entry;
}

static wb_status world_call_ack(world *w, wb_practice *practice, void *of) {
  const world_entry *entry = of;
  const wb_outcome outcome = {.size = sizeof outcome, .kind = entry->told, .cause = entry->cause};
  return wb_practice_ack(practice, entry->id, &outcome, w->now, NULL);
}

/* Tells the practice what the host knows; it may know better by now, or have forgotten. */
void world_answer(world *w, world_entry *entry) {
  const wb_status status = world_do(w, world_call_ack, entry);
  world_believe(w, status == WB_OK || status == WB_E_STATE || status == WB_E_NAME,
                "an answer is taken, or contradicts");
  world_believe(w, status == WB_OK || entry->answered || entry->handed + 600 < w->now,
                "a first answer is taken");
  entry->answered = true;
}

typedef struct world_last {
  const world_entry *entry;
  wb_look look;
} world_last;

static wb_status world_call_test(world *w, wb_practice *practice, void *of) {
  world_last *last = of;
  return wb_practice_test(practice, last->entry->id, ground_read(w->it, w->records, w->now), w->now,
                          &last->look, NULL);
}

/* The last look before a delivery; false: it may not go any more, and there is nothing to answer.
 */
static bool world_look(world *w, world_entry *entry) {
  world_last last = {entry, {.size = sizeof last.look}};
  const wb_status status = world_do(w, world_call_test, &last);
  world_believe(w, status == WB_OK || status == WB_E_STATE, "what was handed out is looked at");
  if (status == WB_OK && last.look.answer == WB_LOOK_GO) return true;
  entry->told = WB_NOT_SENT;
  entry->cause = WB_CAUSE_INTERRUPTED;
  entry->answered = true;
  return false;
}

/* What becomes of an action that was handed out: whether it is delivered, what the host knows of
   that, and whether its answer gets through. */
static void world_handle(world *w, world_entry *entry, bool calm) {
  static const struct {
    bool delivered;
    int32_t told, cause;
  } fates[] = {{true, WB_SENT, 0},
               {true, WB_SENT_UNKNOWN, 0},
               {false, WB_SENT_UNKNOWN, 0},
               {false, WB_NOT_SENT, WB_CAUSE_INTERRUPTED},
               {false, WB_NOT_SENT, WB_CAUSE_THROTTLED},
               {false, WB_NOT_SENT, WB_CAUSE_LATE},
               {false, WB_NOT_SENT, WB_CAUSE_ADDRESS},
               {false, WB_NOT_SENT, WB_CAUSE_CONTENT},
               {false, WB_NOT_SENT, WB_CAUSE_POLICY}};
  enum { FATES = sizeof fates / sizeof *fates };
  const uint32_t picked = calm ? 0 : world_pick(w, 2 * FATES);
  uint32_t fate = picked < FATES ? picked : 0;
  if (entry->delivered && fates[fate].cause >= WB_CAUSE_ADDRESS) fate = 0; /* it was accepted */
  if (entry->kind == WB_ACTION_CALL_TASK && fates[fate].cause == WB_CAUSE_ADDRESS) return;
  if (!calm && world_pick(w, 6) == 0 && !world_look(w, entry)) return;
  if (fates[fate].delivered) world_deliver(w, entry);
  entry->told = fates[fate].told;
  entry->cause = fates[fate].cause;
  const bool lost = !calm && world_pick(w, 6) == 0;
  if (!lost) world_answer(w, entry);
}

/* ---- receipts ------------------------------------------------------------------------------- */

static wb_status world_send_receipt(world *w, const world_entry *entry, int32_t kind,
                                    int32_t cause) {
  wb_input input = {.size = sizeof input, .kind = kind, .action = entry->id, .outcome = cause};
  const uint32_t number = (uint32_t)(entry - w->entries);
  world_event_id(w, &input, number, 2);
  const wb_status status = world_receive(w, &input, w->now);
  world_believe(w, status == WB_OK || status == WB_E_NAME || status == WB_E_STATE,
                "a receipt is taken or refused");
  return status;
}

/* What was accepted arrives, or it does not; what was not does not. */
void world_receipt(world *w) {
  static const int32_t causes[] = {0, WB_CAUSE_ADDRESS, WB_CAUSE_CONTENT, WB_CAUSE_OPTED_OUT};
  if (w->entry_count == 0) return;
  world_entry *entry = &w->entries[world_pick(w, w->entry_count)];
  if (entry->kind != WB_ACTION_SEND) return;
  const bool arrives = entry->arrived || (entry->delivered && world_pick(w, 3) > 0);
  if (arrives) {
    entry->arrived = true;
    (void)world_send_receipt(w, entry, WB_INPUT_DELIVERED, 0);
  } else {
    entry->bounce = causes[world_pick(w, 4)];
    entry->delivered = false;
    entry->bounced = true;
    if (entry->told == WB_SENT_UNKNOWN) entry->told = WB_SENT;
    const wb_status status = world_send_receipt(w, entry, WB_INPUT_UNDELIVERED, entry->bounce);
    if (status == WB_OK && entry->bounce == WB_CAUSE_OPTED_OUT && w->out_count < WORLD_ENTRIES)
      memcpy(w->out[w->out_count++], entry->contact, 16);
  }
  entry->answered = true;
}

/* ---- polls ---------------------------------------------------------------------------------- */

wb_status world_call_poll(world *w, wb_practice *practice, void *of) {
  world_poll *poll = of;
  poll->actions[0].size = sizeof(wb_action);
  poll->count = 0;
  return wb_practice_poll(practice, ground_read(w->it, w->records, w->now), w->now, poll->actions,
                          poll->capacity, &poll->count, NULL);
}

/* One poll; all that it hands out is in the outbox before any of it is delivered. */
uint32_t world_work(world *w, uint32_t capacity, bool calm) {
  world_poll poll = {.capacity = capacity};
  uint8_t ids[WORLD_ACTIONS][16];
  world_believe(w, world_do(w, world_call_poll, &poll) == WB_OK, "a poll works");
  for (uint32_t i = 0; i < poll.count; i++)
    memcpy(ids[i], world_note(w, &poll.actions[i])->id, 16);
  for (uint32_t i = 0; i < poll.count; i++) {
    world_entry *entry = world_find(w, ids[i]);
    if (entry != NULL && (calm || world_pick(w, 8) > 0)) world_handle(w, entry, calm);
  }
  return poll.count;
}

/* Whether an enrolment is where it may stay. */
static bool world_rests(const wb_enrollment *enrollment) {
  return enrollment->state == WB_STATE_ENDED || enrollment->state == WB_STATE_HELD;
}

/* Whether whom an action is for is held: then it may be tried again yet. */
static bool world_held(world *w, const world_entry *entry) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  while (wb_practice_next(w->process[w->active], &cursor, &found) == WB_OK)
    if (!strcmp(found.patient, entry->patient) && !strcmp(found.campaign, entry->campaign) &&
        !strcmp(found.about, entry->about) && found.state == WB_STATE_HELD &&
        found.entry == entry->number)
      return true;
  return false;
}

/* Whether what the practice says of an action is what happened. */
static void world_answered(world *w, const wb_action_status *status) {
  const world_entry *entry = world_find(w, status->id);
  const bool ready = status->state == WB_ACTION_READY && entry && world_held(w, entry);
  world_believe(w, status->state != WB_ACTION_CLAIMED, "no claim is under way any more");
  world_believe(w, status->state != WB_ACTION_READY || ready, "nor is a next try");
  if (!entry) /* claimed, and never handed out */
    world_believe(w, status->state == WB_ACTION_UNKNOWN || status->state == WB_ACTION_FAILED,
                  "what was not handed out is unknown");
  else if (status->state == WB_ACTION_SENT ||
           status->state == WB_ACTION_DELIVERED) /* a task may have been dealt with all the same */
    world_believe(w, entry->delivered || entry->kind == WB_ACTION_CALL_TASK,
                  "what is sent was delivered");
  else if (status->state == WB_ACTION_FAILED || status->state == WB_ACTION_UNDELIVERED ||
           status->state == WB_ACTION_WITHDRAWN)
    world_believe(w, !entry->delivered, "what failed was not delivered");
}

/* Ends every pause and every withdrawal. */
static void world_resume(world *w) {
  wb_input resume = {.size = sizeof resume, .kind = WB_INPUT_RESUME};
  (void)world_receive(w, &resume, w->now);
  for (resume.class_ = WB_MESSAGE_TRANSACTIONAL; resume.class_ <= WB_MESSAGE_BILLING;
       resume.class_++)
    (void)world_receive(w, &resume, w->now);
  resume.class_ = 0;
  resume.location_length = 1;
  for (const char *key = "12"; *key; key++) {
    resume.location = key;
    (void)world_receive(w, &resume, w->now);
  }
  resume.location = NULL;
  resume.location_length = 0;
  resume.campaign_length = 2;
  for (uint32_t i = 0; i < WORLD_CAMPAIGNS; i++) {
    resume.campaign = world_campaigns[i][0];
    resume.name_length = 0;
    (void)world_receive(w, &resume, w->now);
    for (uint32_t text = 0; text < 2; text++) {
      resume.name = text == 0 ? "hello" : "mail";
      resume.name_length = (uint32_t)strlen(resume.name);
      (void)world_receive(w, &resume, w->now);
    }
  }
  w->paused = false;
}

/* Whether nobody waits for anything but a reason to go. */
static bool world_quiet(world *w) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  while (wb_practice_next(w->process[w->active], &cursor, &found) == WB_OK)
    if (!world_rests(&found)) return false;
  return true;
}

/* ---- backups -------------------------------------------------------------------------------- */

void world_backup(world *w) {
  w->backup = w->journal.length;
  w->backed = w->journal.sequence;
}

/* Everybody loads what the backup has. */
static void world_return(world *w) {
  w->journal.length = w->journal.durable = w->backup;
  w->journal.sequence = w->journal.committed = w->backed;
  w->epoch++;
  for (uint32_t i = 0; i < WORLD_PROCESSES; i++) {
    wb_practice_free(w->process[i]);
    w->process[i] = NULL;
  }
  free(w->snapshot);
  w->snapshot = NULL;
  wb_practice_free(w->shadow);
  w->shadow = world_practice(w, false, world_secret);
  w->shadowed = 0;
  w->input_count = 0;
  for (uint32_t i = 0; i < w->entry_count; i++)
    w->entries[i].attempt = 0; /* they are counted anew */
  world_reload(w, true);
}

/* Whether the practice knows that an action was handed out then. */
static bool world_lists(world *w, const world_entry *entry) {
  wb_action_status status = {.size = sizeof status};
  uint64_t cursor = 0;
  while (wb_practice_actions(w->process[w->active], &cursor, &status) == WB_OK)
    if (!memcmp(status.id, entry->id, 16)) return status.claimed_at == entry->handed;
  return false;
}

/* An event that the backup may not have. */
static wb_status world_feed(world *w, wb_input input, uint32_t number) {
  input.size = sizeof input;
  world_event_id(w, &input, number, 4);
  return world_receive(w, &input, w->now);
}

/* Who is whom, before what is known of them. A key of which the backup never heard is somebody for
   themselves: it begins anew. */
static void world_feed_merges(world *w) {
  for (uint32_t i = 0; i <= WORLD_PATIENTS; i++) {
    const wb_input merged = {.kind = WB_INPUT_MERGED,
                             .patient = world_key(i),
                             .patient_length = 2,
                             .other = world_key(w->stands[i]),
                             .other_length = 2};
    if (w->stands[i] != i && world_feed(w, merged, 3000 + i) != WB_OK) w->stands[i] = (uint8_t)i;
  }
}

/* What the outbox knows of an action: of a message that the practice does not know, that somebody
   had it, too. */
static void world_feed_entry(world *w, world_entry *entry, uint32_t number) {
  if (entry->told == 0) {
    entry->told = WB_NOT_SENT;
    entry->cause = WB_CAUSE_INTERRUPTED;
  }
  if (entry->delivered && entry->told == WB_NOT_SENT) { /* not this time, but an earlier one */
    entry->told = WB_SENT_UNKNOWN;
    entry->cause = WB_CAUSE_NONE;
  }
  entry->answered = true;
  const bool had = entry->delivered && entry->kind == WB_ACTION_SEND && !world_lists(w, entry);
  world_answer(w, entry);
  if (had && !world_uncounted(entry->campaign))
    (void)world_feed(w,
                     (wb_input){.kind = WB_INPUT_CONTACTED,
                                .patient = entry->patient,
                                .patient_length = (uint32_t)strlen(entry->patient),
                                .at = entry->handed},
                     number);
  if (entry->bounced) (void)world_send_receipt(w, entry, WB_INPUT_UNDELIVERED, entry->bounce);
}

/* Who died or left. */
static void world_feed_people(world *w) {
  for (uint32_t i = 0; i < WORLD_PATIENTS; i++) {
    const char key[] = {'p', (char)('0' + i), '\0'};
    wb_input input = {.patient = key, .patient_length = 2, .kind = WB_INPUT_LEFT};
    if (w->gone >> i & 1) (void)world_feed(w, input, WORLD_ENTRIES + i);
    input.kind = WB_INPUT_DECEASED;
    if (w->dead >> i & 1) (void)world_feed(w, input, WORLD_ENTRIES + WORLD_PATIENTS + i);
  }
}

void world_restore(world *w) {
  if (w->backup == 0) return;
  world_return(w);
  world_poll poll = {.capacity = WORLD_ACTIONS};
  world_believe(w, world_do(w, world_call_poll, &poll) == WB_E_STATE, "nothing leaves yet");
  world_feed_merges(w);
  for (uint32_t i = 0; i < w->entry_count; i++)
    world_feed_entry(w, &w->entries[i], i);
  for (uint32_t i = 0; i < w->out_count; i++)
    (void)world_feed(w, (wb_input){.kind = WB_INPUT_OPTED_OUT, .contact = w->out[i]}, 1000 + i);
  world_feed_people(w);
  if (w->paused) (void)world_feed(w, (wb_input){.kind = WB_INPUT_PAUSE}, 2000);
  (void)world_feed(w, (wb_input){.kind = WB_INPUT_RESTORED_READY}, 2001);
}

/* ---- the end -------------------------------------------------------------------------------- */

void world_finish(world *w) {
  enum { LEAST = 10, MOST = 30, DAYS = 2 };
  w->doing = "end";
  world_resume(w);
  for (int round = 0; round < MOST && (round < LEAST || !world_quiet(w)); round++) {
    const wb_local local = {.date = world_today(w) + DAYS, .second = 39600};
    world_believe(w, wb_zone_instant(w->it->zone, &local, 0, &w->now) == WB_OK, "a morning");
    while (world_work(w, WORLD_ACTIONS, true) > 0)
      continue;
  }
  wb_action_status status = {.size = sizeof status};
  uint64_t cursor = 0;
  wb_practice *practice = w->process[w->active];
  world_believe(w, world_quiet(w), "nobody waits any more");
  while (wb_practice_actions(practice, &cursor, &status) == WB_OK)
    world_answered(w, &status);
  world_believe(w, world_same(w, practice, w->shadow), "what is replayed is what was lived");
  world_round(w);
}
