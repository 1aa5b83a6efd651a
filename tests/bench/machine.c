/* SPDX-License-Identifier: MIT */
/*
 * How fast the machine is, over 1×, 10× and 100× a practice of 10,000 people in one campaign, and
 * the floors that docs/testing.md names; it fails below one.
 *
 * A *step* is a due wake on warm state, as a poll takes it: out of the wake heap; paused or not;
 * consent of the contact point; the id of the action, and whether it is over; hours of the law and
 * of the practice; caps; the next step and when it wakes; the claim's record with its checksum,
 * planned, reserved, read back and applied, and into the heap again; for each 64 of them a sync
 * record with the digest of all. Left out is what needs facts: the row, the address, rules and
 * rendering. Since a turn reads facts between learning what it will look up and looking it up, here
 * those of all are learned first. The law is asked once a call, as it is in a poll of people at one
 * place. Apart is the answer (wb_practice_ack), a record of its own. How long the digest of the
 * same bytes takes alone is told beside the steps.
 *
 * The yardstick is a loop written for nothing else: the CRC-32C of the same bytes of journal or
 * snapshot, and a copy of them. Time is the processor's, the best of some rounds.
 */
#define _POSIX_C_SOURCE 200809L
#include <string.h>

#include <winback/winback.h>

#include "bench/bench.h"
#include "outreach/practice_private.h"
#include "support/clinic.h"
#include "support/fault.h"
#include "support/tables.h"

enum { PEOPLE = 10000, BATCH = 64, DAY = 86400, HELD = 5000, MONTH = 30 * 24 * 60 };

static void *take(size_t size) {
  void *memory = malloc(size);
  if (!memory) exit(1);
  return memory;
}

/* One figure against its floor or ceiling; true: as it must be. */
static bool meets(bool holds, const char *what) {
  if (!holds) printf("      TOO SLOW: %s\n", what);
  return holds;
}

/* ---- a practice at work ---- */

typedef struct bench {
  fault_memory memory;
  wb_context *context;
  wb_schema *schema;
  wb_zone *zone;
  wb_practice *practice;
  wb_practice_options options;
  uint64_t journal; /* bytes appended */
  uint32_t people;
  wb_time now;
  uint64_t taken; /* memory before anybody was in */
} bench;

static wb_status WB_CALL append(void *user, uint64_t first, const void *bytes, uint64_t length,
                                uint32_t count) {
  (void)first, (void)bytes, (void)count;
  *(uint64_t *)user += length;
  return WB_OK;
}

static wb_practice *new_practice(bench *b) {
  static const uint8_t secret[16] = {1};
  wb_error error = {0};
  wb_practice *practice = NULL;
  b->options = (wb_practice_options){.size = sizeof b->options,
                                     .secret = secret,
                                     .key = "bench",
                                     .key_length = 5,
                                     .append = append,
                                     .user = &b->journal,
                                     .per_week = 8,
                                     .per_month = 8,
                                     .admissions = UINT32_MAX,
                                     .stale_facts = 365 * DAY};
  need(wb_practice_new(b->context, b->schema, NULL, &b->options, &practice, &error), "practice",
       &error);
  return practice;
}

/* A practice with one campaign launched: seven messages, a day apart. */
static void open_bench(bench *b, uint32_t people) {
  static const char json[] = CLINIC_TEXTS("texts");
  wb_error error = {0};
  wb_campaign *campaign = NULL;
  const wb_input launch = clinic_input(WB_INPUT_LAUNCH, "texts");
  *b = (bench){.people = people, .now = 1772467200}; /* Monday 2026-03-02, 11:00 in New York */
  b->context = fault_context(&b->memory);
  need(wb_schema_new(b->context, NULL, 0, &b->schema, &error), "schema", &error);
  need(wb_zone_new(b->context, "America/New_York", 16, &b->zone, &error), "zone", &error);
  b->practice = new_practice(b);
  need(wb_campaign_new(b->context, b->schema, NULL, json, sizeof json - 1, &campaign, &error),
       "campaign", &error);
  need(wb_practice_add(b->practice, campaign, b->now, &error), "add", &error);
  need(wb_practice_receive(b->practice, &launch, b->now, &error), "launch", &error);
  wb_campaign_unref(campaign);
  b->taken = b->memory.live;
}

static void close_bench(bench *b) {
  wb_practice_free(b->practice);
  wb_zone_unref(b->zone);
  wb_schema_unref(b->schema);
  wb_context_unref(b->context);
}

/* The key of a patient: numbers in no order, as those of a practice that grew. */
static wbi_text key_of(char key[WB_KEY_MAX], uint32_t patient) {
  const int length = snprintf(key, WB_KEY_MAX, "%u", patient * 2654435761u);
  return (wbi_text){key, (size_t)length};
}

/* Lets everybody in, as an enrolment pass does once it knows who. */
static void enroll_all(bench *b) {
  wb_error error = {0};
  char key[WB_KEY_MAX];
  need(wbi_practice_start(b->practice, b->now, &error), "start", &error);
  for (uint32_t i = 0; i < b->people; i++) {
    const wbi_effect enter = {.kind = WBI_EFFECT_ENROLL,
                              .patient = key_of(key, i),
                              .location = WBI_TEXT("1"),
                              .number = 1,
                              .wake = b->now,
                              .day = 20514};
    need(wbi_practice_record(b->practice, WBI_BY_ENROLL, &enter, 1), "enroll", &error);
  }
  need(wbi_practice_commit(b->practice, &error), "commit", &error);
  wbi_plan_start(&b->practice->plan, &b->practice->state, b->now);
  wbi_practice_leave(b->practice);
}

/* ---- steps ---- */

/* The contact point of a patient: any, but one's own, and as spread as real ones are. */
static wbi_bytes16 contact_of(uint32_t patient) {
  const uint64_t low = (patient + 1) * UINT64_C(0x9e3779b97f4a7c15);
  const uint64_t high = (low ^ low >> 32) * UINT64_C(0xbf58476d1ce4e5b9);
  wbi_bytes16 point;
  memcpy(point.bytes, &low, sizeof low);
  memcpy(point.bytes + 8, &high, sizeof high);
  return point;
}

/* What somebody's step is about. */
typedef struct step_about {
  wbi_bytes16 id, contact;
} step_about;

static const wb_campaign *campaign_of(bench *b, const wbi_enrollment *enrollment) {
  wb_error error = {0};
  const wb_campaign *campaign;
  need(wbi_practice_campaign(b->practice, enrollment->definition, &campaign), "campaign", &error);
  return campaign;
}

/* Works out the action and the contact point of one who is due, and asks for their places. */
static void begin_step(bench *b, uint32_t number, step_about *about) {
  const wbi_state *state = &b->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wb_campaign *campaign = campaign_of(b, enrollment);
  const wbi_who who = {.patient = wbi_keys_text(&state->patients, enrollment->patient),
                       .entry = enrollment->entry};
  about->id = wbi_sequence_id(b->practice, campaign, who, campaign->steps[enrollment->step].id,
                              WB_CHANNEL_SMS);
  about->contact = contact_of(enrollment->patient);
  wbi_table_fetch(&state->actions, &about->id);
  wbi_table_fetch(&state->contacts, &about->contact);
}

/* Checks and claims one who was due. */
static void take_step(bench *b, uint32_t number, const step_about *about, wb_error *error) {
  wb_practice *practice = b->practice;
  const wbi_state *state = &practice->state;
  wb_law_answer law;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const bool paused = state->paused || wbi_state_location(state, enrollment->location)->paused ||
                      wbi_state_definition(state, enrollment->definition)->paused;
  const wb_campaign *campaign = campaign_of(b, enrollment);
  const uint8_t flags = wbi_state_contact(state, &about->contact);
  const uint32_t attempt = wbi_reach_attempt(state, &about->id, &about->contact);
  const wbi_jurisdiction place = {WBI_TEXT("US-NY"), b->zone};
  need(wbi_hours_find(practice, b->zone, &place, campaign, WB_MESSAGE_CARE, b->now, &law, error),
       "hours", error);
  const wb_practice_options *caps = &practice->options;
  const bool full =
      wbi_state_counted(state, enrollment->patient,
                        wbi_practice_day(practice, b->zone, b->now, 1 - 1)) >= caps->per_day ||
      wbi_state_counted(state, enrollment->patient,
                        wbi_practice_day(practice, b->zone, b->now, 1 - 7)) >= caps->per_week ||
      wbi_state_counted(state, enrollment->patient,
                        wbi_practice_day(practice, b->zone, b->now, 1 - 30)) >= caps->per_month;
  const wbi_clock clock = {b->zone, b->now, WB_TIME_NONE};
  const wbi_going next =
      wbi_sequence_go(practice, campaign, campaign->steps[enrollment->step].next, &clock);
  if (paused || flags != 0 || attempt != 1 || law.open_at > b->now || full) exit(1);
  const wbi_effect claim = {.kind = WBI_EFFECT_CLAIM,
                            .definition = enrollment->definition,
                            .patient = wbi_keys_text(&state->patients, enrollment->patient),
                            .id = about->id,
                            .contact = about->contact,
                            .action = WB_ACTION_SEND,
                            .channel = WB_CHANNEL_SMS,
                            .step = enrollment->step,
                            .number = attempt,
                            .until = b->now + 600,
                            .day = wbi_practice_today(practice, b->zone, b->now),
                            .next_step = next.step,
                            .wake = next.wake};
  need(wbi_practice_record(practice, WBI_BY_POLL, &claim, 1), "claim", error);
}

/* Polls until nobody is due; seconds. */
static double take_steps(bench *b) {
  wb_error error = {0};
  const double start = seconds_now();
  wbi_looked looked[BATCH];
  step_about about[BATCH];
  for (size_t taken = BATCH; taken == BATCH;) {
    need(wbi_practice_start(b->practice, b->now, &error), "start", &error);
    taken = wbi_wake_take(&b->practice->state, b->now, looked, BATCH);
    for (size_t i = 0; i < taken; i++)
      begin_step(b, looked[i].enrollment, &about[i]);
    for (size_t i = 0; i < taken; i++)
      take_step(b, looked[i].enrollment, &about[i], &error);
    if (taken > 0) need(wbi_plan_sync(&b->practice->plan, &b->practice->state), "sync", &error);
    need(wbi_practice_commit(b->practice, &error), "commit", &error);
    wbi_practice_leave(b->practice);
  }
  return seconds_now() - start;
}

/* Answers every claim with sent; seconds. */
static double answer_all(bench *b) {
  wb_error error = {0};
  const wb_outcome sent = {.size = sizeof sent, .kind = WB_SENT};
  wbi_state *state = &b->practice->state;
  const size_t count = state->actions.items.count;
  const double start = seconds_now();
  for (size_t i = count - b->people; i < count; i++) {
    const wbi_bytes16 id = wbi_state_action(state, (uint32_t)i)->id;
    need(wb_practice_ack(b->practice, id.bytes, &sent, b->now, &error), "ack", &error);
  }
  return seconds_now() - start;
}

/* Seconds that the checksum of so many bytes takes, and a copy of them. */
static double check_bytes(uint64_t length) {
  enum { PIECE = 1 << 16 };
  static char bytes[PIECE], copy[PIECE];
  uint32_t crc = 0;
  const double start = seconds_now();
  for (uint64_t at = 0; at < length; at += PIECE) {
    const size_t piece = length - at < PIECE ? (size_t)(length - at) : PIECE;
    memcpy(copy, bytes, piece);
    crc = wbi_crc32c(crc, copy, piece);
  }
  if (crc == 1) puts("");
  return seconds_now() - start;
}

/* Seconds that the digest of so many bytes takes, as the machine makes it. */
static double digest_bytes(uint64_t length) {
  enum { PIECE = 1 << 14 };
  static char bytes[PIECE];
  uint8_t digest[32];
  wbi_sha256 sha;
  wbi_sha256_init_long(&sha);
  const double start = seconds_now();
  for (uint64_t at = 0; at < length; at += PIECE)
    wbi_sha256_add(&sha, bytes, length - at < PIECE ? (size_t)(length - at) : PIECE);
  wbi_sha256_finish(&sha, digest);
  if (digest[0] == 1 && digest[1] == 1 && digest[2] == 1) puts("");
  return seconds_now() - start;
}

static double smaller(double a, double b) {
  return a < b ? a : b;
}

static bool steps(bench *b) {
  enum { ROUNDS = 6 };
  double steps = 1e9, answers = 1e9, yardstick = 1e9, digest = 1e9;
  uint64_t least = UINT64_MAX, bytes = 0;
  for (uint32_t round = 0; round < ROUNDS; round++) {
    const uint64_t before = b->journal, calls = b->memory.plan.calls;
    steps = smaller(steps, take_steps(b));
    bytes = b->journal - before;
    yardstick = smaller(yardstick, check_bytes(bytes));
    digest = smaller(digest, digest_bytes(bytes));
    answers = smaller(answers, answer_all(b));
    const uint64_t taken = b->memory.plan.calls - calls;
    least = taken < least ? taken : least;
    b->now += DAY;
  }
  const double people = b->people;
  printf("      steps %5.2f M/s (at least 1), %.1f times the checksum; digest %.2f us of %.2f; "
         "answers %5.2f M/s\n",
         people / steps * 1e-6, steps / yardstick, digest / people * 1e6, steps / people * 1e6,
         people / answers * 1e-6);
  printf("      %.0f bytes of journal a step; %llu allocations in a round in which no table grew\n",
         (double)bytes / people, (unsigned long long)least);
  const bool quiet = meets(least == 0, "allocations");
  return meets(people / steps >= 1e6, "steps") && quiet;
}

/* ---- an enrolment pass over people who are inside ---- */

static void add_table(wb_facts *facts, const char *name, const char *text) {
  wb_error error = {0};
  need(table_add(facts, name, text, &error), name, &error);
}

static wb_facts *patients(bench *b, const char *permission) {
  wb_error error = {0};
  wb_facts *facts = NULL;
  wb_facts_options options = {.size = sizeof options, .as_of = b->now};
  char *text = NULL, key[WB_KEY_MAX];
  size_t length;
  FILE *file = open_memstream(&text, &length);
  fputs("patient:u|status:u|birth_date:tdD|location:u|mobile:u|text_permission:u\n", file);
  for (uint32_t i = 0; i < b->people; i++)
    fprintf(file, "%s|active|1980-05-17|1|+12125550101|%s\n", key_of(key, i).data, permission);
  fclose(file);
  need(wb_facts_new(b->context, b->schema, &options, &facts, &error), "facts", &error);
  add_table(facts, "practice", "name:u\nExample Dental\n");
  add_table(facts, "locations",
            "location:u|short_name:u|zone:u|region:u|booking_url:u\n"
            "1|Example Dental|America/New_York|US-NY|https://book.example.com/\n");
  add_table(facts, "patients", text);
  free(text);
  return facts;
}

static bool waiting(bench *b) {
  enum { PASSES = 3 };
  wb_error error = {0};
  wb_counts counts = {.size = sizeof counts};
  wb_facts *facts = patients(b, "yes");
  double best = 1e9;
  for (int i = 0; i < PASSES; i++) {
    const double start = seconds_now();
    need(wb_practice_enroll(b->practice, NULL, 0, facts, b->now, &counts, &error), "enroll",
         &error);
    best = smaller(best, seconds_now() - start);
    if (counts.inside != b->people) exit(1);
  }
  wb_facts_free(facts);
  printf("      waiting pass %5.2f M/s (at least 5)\n", b->people / best * 1e-6);
  return meets(b->people / best >= 5e6, "waiting pass");
}

/* ---- snapshots ---- */

static double save(wb_practice *practice, void *buffer, size_t capacity, size_t *length) {
  wb_error error = {0};
  const double start = seconds_now();
  need(wb_practice_save(practice, buffer, capacity, length), "save", &error);
  return seconds_now() - start;
}

static double load(wb_practice *practice, const void *bytes, size_t length) {
  wb_error error = {0};
  const double start = seconds_now();
  need(wb_practice_load(practice, bytes, length, &error), "load", &error);
  return seconds_now() - start;
}

/* Saving, loading, and saving what was loaded. */
static bool snapshots(bench *b) {
  size_t length = 0, again = 0;
  (void)wb_practice_save(b->practice, NULL, 0, &length);
  char *bytes = take(length);
  memset(bytes, 1, length);
  const double saving = save(b->practice, bytes, length, &length);
  wb_practice *loaded = new_practice(b);
  const double loading = load(loaded, bytes, length);
  const double resaving = save(loaded, bytes, length, &again);
  const double yardstick = check_bytes(length);
  wb_practice_free(loaded);
  free(bytes);
  printf(
      "      snapshot %.1f MB: saved in %.1f ms, loaded in %.1f ms, saved again in %.1f ms; %.1f, "
      "%.1f and %.1f times the checksum\n",
      (double)length * 1e-6, saving * 1e3, loading * 1e3, resaving * 1e3, saving / yardstick,
      loading / yardstick, resaving / yardstick);
  const double most = 1e-6 * b->people > 0.1 ? 1e-6 * b->people : 0.1;
  return meets(length == again && saving <= most && loading <= most, "snapshot");
}

/* Load, one event, save: what a worker does for a practice. */
static bool one_event(bench *b) {
  enum { TIMES = 9 };
  wb_error error = {0};
  size_t length = 0;
  double best = 1e9;
  (void)wb_practice_save(b->practice, NULL, 0, &length);
  const size_t capacity = length + 4096;
  char *bytes = take(capacity);
  char *out = take(capacity);
  (void)save(b->practice, bytes, capacity, &length);
  wb_input booked = {
      .size = sizeof booked, .kind = WB_INPUT_BOOKED, .patient = "0", .patient_length = 1};
  for (int i = 0; i < TIMES; i++) {
    size_t written = 0;
    const double start = seconds_now();
    wb_practice *practice = new_practice(b);
    (void)load(practice, bytes, length);
    need(wb_practice_receive(practice, &booked, b->now, &error), "booked", &error);
    (void)save(practice, out, capacity, &written);
    wb_practice_free(practice);
    best = smaller(best, seconds_now() - start);
  }
  free(bytes);
  free(out);
  printf("      load, one event, save: %.2f ms (at most 5 for 10,000 people)\n", best * 1e3);
  return meets(b->people > PEOPLE || best <= 5e-3, "load, one event, save");
}

/* ---- a month of polls ---- */

/* Everybody is held: they may not be texted. */
static bool month(void) {
  wb_error error = {0};
  bench b;
  open_bench(&b, HELD);
  wb_facts *facts = patients(&b, "no");
  wb_action actions[BATCH] = {{.size = sizeof(wb_action)}};
  uint32_t count = 0;
  enroll_all(&b);
  const double start = seconds_now();
  for (int minute = 0; minute < MONTH; minute++) {
    need(wb_practice_poll(b.practice, facts, b.now, actions, BATCH, &count, &error), "poll",
         &error);
    if (count) exit(1);
    b.now += 60;
  }
  printf(
      "a month of polls over %d people who are held: %llu bytes of journal (less than 1,000,000), "
      "%.1f s\n",
      HELD, (unsigned long long)b.journal, seconds_now() - start);
  const bool small = b.journal < 1000000;
  wb_facts_free(facts);
  close_bench(&b);
  return meets(small, "journal of a month");
}

/* ---- all of it ---- */

static bool run(uint32_t scale) {
  bench b;
  open_bench(&b, PEOPLE * scale);
  enroll_all(&b);
  const double each = (double)(b.memory.live - b.taken) / b.people;
  printf("%4u×  %u people, %.0f bytes each (at most 256)\n", scale, b.people, each);
  bool good = meets(each <= 256, "bytes an enrolment");
  good = snapshots(&b) && good;
  good = waiting(&b) && good;
  good = one_event(&b) && good;
  good = steps(&b) && good;
  printf("      %.0f bytes each with the messages of some days\n",
         (double)(b.memory.live - b.taken) / b.people);
  close_bench(&b);
  return good;
}

/* With a scale as argument only that one, for a profile. */
int main(int count, char **arguments) {
  const uint32_t only = count > 1 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 0;
  bool good = only != 0 || month();
  for (uint32_t scale = 1; scale <= 100; scale *= 10) {
    if (only == 0 || only == scale) good = run(scale) && good;
  }
  return good ? 0 : 1;
}
