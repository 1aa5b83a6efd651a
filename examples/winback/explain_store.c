/* SPDX-License-Identifier: MIT */
/* winback explain: whether a patient could be written to, and what the store knows of them. */
#include "audit.h"

#include <stdlib.h>
#include <string.h>

/* The name of a campaign that is only tried. */
static const char explain_trial[] = "winback-explain";

/* The same campaign under a name that no store has: there nobody is inside already, or rests. NULL:
   there is no memory. */
static wb_status reach_twin(const cli_world *world, wb_campaign *campaign, wb_campaign **twin,
                            wb_error *error) {
  char why[128], *text = NULL;
  size_t length = 0;
  wb_campaign_info info = {.size = sizeof info};
  (void)wb_campaign_get(campaign, &info);
  cli_json *json = cli_json_parse(info.canonical, info.canonical_length, why, sizeof why);
  FILE *out = json ? open_memstream(&text, &length) : NULL;
  if (!out) {
    cli_json_free(json);
    return WB_E_NOMEM;
  }
  for (cli_json *at = json->first; at; at = at->next) {
    if (strcmp(at->name, "name") != 0) continue;
    free(at->text);
    at->text = strdup(explain_trial);
  }
  cli_json_write(out, json);
  cli_json_free(json);
  fclose(out);
  wb_status status = wb_campaign_new(NULL, world->schema, world->policy, text, length, twin, error);
  free(text);
  return status;
}

/* Tells a practice something of a campaign or a location; a pause that can be ended was one. */
static wb_status reach_tell(wb_practice *practice, int32_t kind, const char *campaign,
                            const char *location, wb_time now, wb_error *error) {
  const wb_input input = {.size = sizeof input,
                          .kind = kind,
                          .campaign = campaign,
                          .campaign_length = (uint32_t)strlen(campaign),
                          .location = location,
                          .location_length = (uint32_t)strlen(location),
                          .approver = "explain",
                          .approver_length = 7};
  return wb_practice_receive(practice, &input, now, error);
}

/* Lets everybody in whom the campaign means, in a practice that keeps nothing of it. */
static wb_status reach_enroll(wb_practice *practice, wb_campaign *campaign, cli_world *world,
                              wb_error *error) {
  wb_campaign_info info = {.size = sizeof info};
  wb_counts counts = {.size = sizeof counts};
  wb_status status = wb_campaign_get(campaign, &info);
  if (status == WB_OK) status = wb_practice_add(practice, campaign, world->now, error);
  if (status == WB_OK)
    status = reach_tell(practice, WB_INPUT_LAUNCH, info.name, "", world->now, error);
  if (status == WB_OK)
    status = wb_practice_enroll(practice, info.name, strlen(info.name), world->facts, world->now,
                                &counts, error);
  return status;
}

/* The newest enrolment of a patient in a campaign, not about anything else; false: there is none.
   It is read once more at the end, for its texts are those of the last call. */
static bool reach_find(wb_practice *practice, const char *patient, const char *campaign,
                       wb_enrollment *found) {
  uint32_t entry = 0;
  uint64_t newest = 0;
  for (uint64_t at = 0, next = 0; wb_practice_next(practice, &next, found) == WB_OK; at = next) {
    if (strcmp(found->patient, patient) != 0 || strcmp(found->campaign, campaign) != 0 ||
        found->about[0] || found->entry < entry)
      continue;
    entry = found->entry;
    newest = at;
  }
  return entry && wb_practice_next(practice, &newest, found) == WB_OK;
}

/* The key of the patient that a key stands for: another's once they were merged. */
static const char *reach_person(wb_practice *practice, const char *patient,
                                char key[WB_KEY_MAX + 1]) {
  const char *stands = NULL;
  if (wb_practice_find(practice, patient, strlen(patient), &stands) != WB_OK) return patient;
  snprintf(key, WB_KEY_MAX + 1, "%s", stands);
  return key;
}

/* Hands out whatever is due, in a practice that keeps nothing of it. */
static wb_status next_run(wb_practice *practice, cli_world *world, wb_error *error) {
  enum { NEXT_BATCH = 64 };
  wb_action actions[NEXT_BATCH];
  uint32_t count = 1;
  wb_status status = WB_OK;
  while (status == WB_OK && count) {
    actions[0].size = sizeof actions[0];
    status =
        wb_practice_poll(practice, world->facts, world->now, actions, NEXT_BATCH, &count, error);
  }
  return status == WB_E_STATE ? WB_OK : status; /* a backup was restored: nothing goes out */
}

int cli_explain_next(cli_store *store, const cli_options *options, cli_world *world) {
  char key[WB_KEY_MAX + 1];
  uint64_t cursor = 0;
  bool held = false;
  wb_error error = {0};
  wb_enrollment found = {.size = sizeof found};
  if (!store->practice) return CLI_OK;
  const char *patient = reach_person(store->practice, options->patient, key);
  while (!held && wb_practice_next(store->practice, &cursor, &found) == WB_OK)
    held = found.state == WB_STATE_HELD && strcmp(found.patient, patient) == 0;
  if (!held) return CLI_OK;
  wb_status status = cli_store_copy(store, options, world, &store->next, &error);
  if (status == WB_OK) status = next_run(store->next, world, &error);
  return status == WB_OK ? CLI_OK : cli_fail("what a run would do", status, &error);
}

/* Where somebody who was held will stand after the next run. Who is not held stays. */
static void reach_next(const cli_store *store, wb_enrollment *held) {
  uint64_t cursor = 0;
  wb_enrollment next = {.size = sizeof next};
  if (held->state != WB_STATE_HELD || !store->next) return;
  while (wb_practice_next(store->next, &cursor, &next) == WB_OK) {
    if (next.entry != held->entry || strcmp(next.patient, held->patient) != 0 ||
        strcmp(next.campaign, held->campaign) != 0 || strcmp(next.about, held->about) != 0)
      continue;
    *held = next;
    return;
  }
}

/* Whether something about a patient cannot wait. */
static bool reach_urgent(wb_practice *practice, const char *patient) {
  uint64_t cursor = 0;
  wb_task task = {.size = sizeof task};
  while (wb_desk_next(practice, WB_DESK_NOW, &cursor, &task) == WB_OK) {
    if (task.patient_length == strlen(patient) &&
        !memcmp(task.patient, patient, task.patient_length))
      return true;
  }
  return false;
}

/* Whether practice, campaign or location is paused: asked last, for it ends the pause. */
static bool reach_paused(wb_practice *practice, const char *campaign, const char *location,
                         wb_time now) {
  return reach_tell(practice, WB_INPUT_RESUME, "", "", now, NULL) == WB_OK ||
         reach_tell(practice, WB_INPUT_RESUME, campaign, "", now, NULL) == WB_OK ||
         (*location && reach_tell(practice, WB_INPUT_RESUME, "", location, now, NULL) == WB_OK);
}

/* The visits of a patient that the campaign asks about. */
static void reach_visits(wb_practice *practice, const char *patient, cli_reach *reach) {
  const int most = (int)(sizeof reach->visits / sizeof reach->visits[0]);
  uint64_t cursor = 0;
  wb_enrollment found = {.size = sizeof found};
  while (reach->visit_count < most && wb_practice_next(practice, &cursor, &found) == WB_OK) {
    if (strcmp(found.patient, patient) != 0 || strcmp(found.campaign, explain_trial) != 0 ||
        !found.about[0])
      continue;
    const int at = reach->visit_count++;
    snprintf(reach->visits[at].key, sizeof reach->visits[at].key, "%s", found.about);
    snprintf(reach->reason, sizeof reach->reason, "%s", found.segment);
    reach->visits[at].hold = found.state == WB_STATE_HELD ? found.hold : WB_HOLD_NONE;
  }
}

/* Whether a pause keeps the patient from being let in, and where; the pause ends. */
static bool reach_resumed(wb_practice *practice, const char *patient, const cli_world *world,
                          char location[WB_KEY_MAX + 1]) {
  wb_waiting *rows = NULL;
  uint32_t count = 0;
  bool paused = false;
  (void)cli_waiting(practice, explain_trial, world, &rows, &count, NULL);
  for (uint32_t i = 0; !paused && i < count; i++) {
    paused = rows[i].hold == WB_HOLD_PAUSED && strcmp(rows[i].patient, patient) == 0;
    if (paused) snprintf(location, WB_KEY_MAX + 1, "%s", rows[i].location);
  }
  free(rows);
  if (!paused) return false;
  (void)reach_tell(practice, WB_INPUT_RESUME, "", "", world->now, NULL);
  (void)reach_tell(practice, WB_INPUT_RESUME, "", location, world->now, NULL);
  for (int32_t class_ = WB_MESSAGE_TRANSACTIONAL; class_ <= WB_MESSAGE_BILLING; class_++) {
    const wb_input input = {.size = sizeof input, .kind = WB_INPUT_RESUME, .class_ = class_};
    (void)wb_practice_receive(practice, &input, world->now, NULL);
  }
  return true;
}

/* What a practice would do if the campaign began now, once whatever is paused goes on. */
static wb_status reach_begin(wb_practice *practice, const char *patient, wb_campaign *campaign,
                             cli_world *world, cli_reach *reach, char location[WB_KEY_MAX + 1],
                             bool *paused, wb_error *error) {
  wb_campaign *twin = NULL;
  wb_enrollment found = {.size = sizeof found};
  wb_status status = reach_twin(world, campaign, &twin, error);
  if (status == WB_OK) status = reach_enroll(practice, twin, world, error);
  *paused = status == WB_OK && reach_resumed(practice, patient, world, location);
  if (*paused) status = reach_enroll(practice, twin, world, error);
  wb_campaign_unref(twin);
  if (status != WB_OK) return status;
  reach_visits(practice, patient, reach);
  if (reach->visit_count) return WB_OK;
  if (reach_find(practice, patient, explain_trial, &found)) {
    reach->hold = found.state == WB_STATE_HELD ? found.hold : WB_HOLD_NONE;
    snprintf(location, WB_KEY_MAX + 1, "%s", found.location);
  } else if (reach_urgent(practice, patient)) {
    reach->hold = WB_HOLD_DESK;
  } else {
    reach->away = true;
  }
  return WB_OK;
}

/* Where somebody stands in the campaign itself. */
static void reach_stand(const cli_store *store, wb_practice *practice, const char *patient,
                        const char *campaign, cli_reach *reach) {
  wb_enrollment found = {.size = sizeof found};
  if (!reach_find(practice, patient, campaign, &found)) return;
  reach_next(store, &found);
  reach->over = found.state == WB_STATE_ENDED;
  reach->inside = !reach->over;
  if (reach->over) snprintf(reach->reason, sizeof reach->reason, "%s", found.reason);
  if (found.state == WB_STATE_HELD && reach->hold == WB_HOLD_NONE) reach->hold = found.hold;
}

/* What a practice knows, of the patient, of pauses and of the campaign. */
static wb_status reach_ask(const cli_store *store, wb_practice *practice, const char *patient,
                           wb_campaign *campaign, cli_world *world, cli_reach *reach,
                           wb_error *error) {
  char location[WB_KEY_MAX + 1] = "";
  bool paused = false;
  wb_campaign_info info = {.size = sizeof info};
  wb_status status = wb_campaign_get(campaign, &info);
  if (status == WB_OK)
    status = reach_begin(practice, patient, campaign, world, reach, location, &paused, error);
  if (status != WB_OK) return status;
  reach_stand(store, practice, patient, info.name, reach);
  const bool stopped =
      reach_tell(practice, WB_INPUT_LAUNCH, info.name, "", world->now, NULL) == WB_E_STATE;
  if (reach->hold == WB_HOLD_NONE && !stopped &&
      (paused || reach_paused(practice, info.name, location, world->now)))
    reach->hold = WB_HOLD_PAUSED;
  if (!stopped || reach->over) return WB_OK;
  reach->over = true;
  snprintf(reach->reason, sizeof reach->reason, "stopped");
  return WB_OK;
}

/* Whether somebody who could be written to waits for a place. */
static wb_status reach_wait(const cli_store *store, const cli_world *world, const char *patient,
                            const char *campaign, cli_reach *reach, wb_error *error) {
  wb_waiting *rows = NULL;
  uint32_t count = 0;
  wb_status status = cli_waiting(store->practice, campaign, world, &rows, &count, error);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    if (strcmp(rows[i].patient, patient) != 0) continue;
    reach->hold = rows[i].hold;
    reach->again = rows[i].again;
    reach->ahead = rows[i].ahead;
    (void)cli_minute(world->moment.zone, reach->again, reach->when);
  }
  free(rows);
  return status == WB_E_NAME ? WB_OK : status; /* it is not launched */
}

int cli_explain_reach(const cli_store *store, const cli_options *options, cli_world *world,
                      wb_campaign *campaign, cli_reach *reach) {
  wb_practice *practice = NULL;
  wb_error error = {0};
  char key[WB_KEY_MAX + 1];
  const char *patient = options->patient;
  wb_campaign_info info = {.size = sizeof info};
  *reach = (cli_reach){.hold = -1, .again = WB_TIME_NONE};
  wb_status status = wb_campaign_get(campaign, &info);
  if (status == WB_OK) status = cli_store_copy(store, options, world, &practice, &error);
  if (status == WB_OK) patient = reach_person(practice, patient, key);
  if (status == WB_OK) status = reach_ask(store, practice, patient, campaign, world, reach, &error);
  wb_practice_free(practice);
  if (status == WB_OK && store->practice && reach->hold == WB_HOLD_NONE)
    status = reach_wait(store, world, patient, info.name, reach, &error);
  return status == WB_OK ? CLI_OK : cli_fail("whether they can be reached", status, &error);
}

/* An instant, or that it is not known. */
static const char *store_time(const cli_world *world, wb_time at, char out[40]) {
  const char *text = cli_minute(world->moment.zone, at, out);
  return text ? text : "when something happens";
}

/* Why somebody is held, and until when; or that the next run goes on with them. */
static void store_held(const cli_world *world, const wb_enrollment *next) {
  char at[40];
  if (next->state == WB_STATE_HELD)
    printf("held at step %s: %s; looked at again: %s\n", next->step, cli_hold_words(next->hold),
           store_time(world, next->wake, at));
  else if (next->state == WB_STATE_ENDED)
    printf("the next run ends it: %s\n", cli_end_words(next->reason));
  else
    printf("was held; the next run goes on with step %s\n", next->step);
}

/* The call that takes the place of the steps; NULL: there is none. */
static const char *store_call(const wb_enrollment *enrollment) {
  if (enrollment->state != WB_STATE_WAITING) return NULL;
  if (enrollment->flags & WB_ENROLLMENT_LISTED) return "listed";
  return enrollment->flags & WB_ENROLLMENT_RESPONDED ? "to come" : NULL;
}

/* What somebody waits for: a call, else the next step. */
static void store_waits(const cli_world *world, const wb_enrollment *enrollment) {
  char at[40];
  const char *call = store_call(enrollment);
  const char *when = store_time(world, enrollment->wake, at);
  if (!call)
    printf("waits for step %s: %s\n", enrollment->step, when);
  else if (!strcmp(call, "listed"))
    puts("waits for the call on the desk's list");
  else
    printf("a call comes next: %s\n", when);
}

/* Where a patient stands in one campaign; `next`: and after the next run. */
static void store_tell(const cli_world *world, const wb_enrollment *enrollment,
                       const wb_enrollment *next) {
  char at[40];
  printf("  in %s since %s, segment \"%s\"", enrollment->campaign,
         store_time(world, enrollment->entered, at), enrollment->segment);
  if (enrollment->about[0]) printf(", about %s", enrollment->about);
  printf(", %u message%s so far\n    ", enrollment->touches, enrollment->touches == 1 ? "" : "s");
  switch (enrollment->state) {
  case WB_STATE_WAITING: store_waits(world, enrollment); break;
  case WB_STATE_HELD: store_held(world, next); break;
  case WB_STATE_CLAIMED: printf("step %s is being sent\n", enrollment->step); break;
  default: printf("over: %s\n", cli_end_words(enrollment->reason));
  }
}

/* The same for programs: who was held, and is no more, is due. */
static void store_json(const cli_world *world, const wb_enrollment *enrollment,
                       const wb_enrollment *next, bool first) {
  static const char *const states[] = {"", "waiting", "held", "claimed", "ended"};
  const char *call = store_call(enrollment);
  char at[40];
  size_t length = 0;
  const bool due = next->state != enrollment->state;
  printf("%s{\"campaign\":\"%s\",\"state\":\"%s\",\"segment\":", first ? "" : ",",
         enrollment->campaign, due ? "due" : states[enrollment->state]);
  cli_json_string(stdout, enrollment->segment, strlen(enrollment->segment));
  printf(",\"step\":\"%s\",\"touches\":%u", enrollment->step, enrollment->touches);
  if (next->state == WB_STATE_HELD) printf(",\"hold\":\"%s\"", wb_hold_name(next->hold));
  if (next->state == WB_STATE_ENDED) printf(",\"reason\":\"%s\"", next->reason);
  if (call) printf(",\"call\":\"%s\"", call);
  const wb_time until = due ? WB_TIME_NONE : next->wake;
  if (wb_time_format(until, world->moment.zone, at, sizeof at, &length) == WB_OK)
    printf(",\"until\":\"%s\"", at);
  putchar('}');
}

/* Every campaign that a patient is or was in; how many. */
static long store_enrollments(const cli_world *world, const cli_store *store, const char *patient,
                              bool json) {
  uint64_t cursor = 0;
  long count = 0;
  wb_enrollment enrollment = {.size = sizeof enrollment};
  while (wb_practice_next(store->practice, &cursor, &enrollment) == WB_OK) {
    if (strcmp(enrollment.patient, patient) != 0) continue;
    wb_enrollment next = enrollment;
    reach_next(store, &next);
    if (json)
      store_json(world, &enrollment, &next, count == 0);
    else
      store_tell(world, &enrollment, &next);
    count++;
  }
  return count;
}

/* What was said to them and what they did, from the journal; `inside`: some campaign has them. */
static int store_contacts(const cli_options *options, const cli_world *world, bool inside) {
  audit_journal journal;
  int result = audit_open(&journal, options, world->settings.zone);
  if (result == CLI_OK)
    result = audit_patient(&journal, "  ",
                           inside ? NULL : "  forgotten: only the journal has what was said",
                           inside ? NULL : "  never in a campaign");
  free(journal.bytes);
  return result;
}

int cli_explain_store(const cli_store *store, const cli_options *options, const cli_world *world) {
  if (!store->practice) return CLI_OK;
  char key[WB_KEY_MAX + 1];
  const char *patient = reach_person(store->practice, options->patient, key);
  const bool merged = strcmp(patient, options->patient) != 0;
  if (merged && options->json) {
    fputs(",\"merged_into\":", stdout);
    cli_json_string(stdout, patient, strlen(patient));
  }
  fputs(options->json ? ",\"store\":[" : "\nIn the store\n", stdout);
  if (merged && !options->json) printf("  merged into %s, whose story this is\n", patient);
  const long count = store_enrollments(world, store, patient, options->json);
  if (!options->json) return store_contacts(options, world, count > 0);
  putchar(']');
  return CLI_OK;
}
