/* SPDX-License-Identifier: MIT */
/*
 * Packs at random against an oracle that knows only the rules: of every minute of some weeks it
 * asks each rule in force by itself, in each place and zone. The answers of the library, which has
 * worked all of that out beforehand, must be the first open minute and the first closed one after.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/law.h>

#include "support/effort.h"

enum { DAY = 1440, WEEK_DAYS = 7, SPAN_DAYS = 45, SPAN = SPAN_DAYS * DAY, AHEAD = 14 * DAY };
enum { FIRST_DAY = 20511, FIRST_WEEKDAY = 5 }; /* 2026-02-27, a Friday; Monday 1 */
enum { RULES_MOST = 6, OFFSET = 330 };         /* minutes of the second zone */

static uint64_t seed;

/* A random number below `limit`. */
static int32_t below(int32_t limit) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (int32_t)((seed >> 33) % (uint32_t)limit);
}

/* A rule: in minutes of each weekday, from Monday, two windows; the second may pass midnight. */
typedef struct plain_rule {
  int32_t from[WEEK_DAYS][2], to[WEEK_DAYS][2];
  int32_t first, last; /* days of the span in force */
  uint32_t regions;    /* bits of A and B */
  bool banned;         /* closed on the holiday */
} plain_rule;

typedef struct plain_pack {
  plain_rule rules[RULES_MOST];
  int32_t count, holiday; /* day of the span */
} plain_pack;

static void make_rule(plain_rule *rule) {
  const int32_t morning = below(600), late = below(200);
  for (int32_t day = 0; day < WEEK_DAYS; day++) {
    rule->from[day][0] = 200 + morning;
    rule->to[day][0] = below(4) ? rule->from[day][0] + below(300) : rule->from[day][0];
    rule->from[day][1] = 1100 + below(200);
    rule->to[day][1] = below(3) ? rule->from[day][1] + below(100) : late; /* equal ends: closed */
  }
  rule->first = below(3) ? -1 : below(SPAN_DAYS);
  rule->last = below(3) ? SPAN_DAYS + 1 : rule->first + below(SPAN_DAYS);
  rule->regions = (uint32_t)below(3) + 1;
  rule->banned = below(2) != 0;
}

/* ---- the pack as text ---- */

static char text[1 << 15];
static size_t length;

/* Adds to the text. */
static void put(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void put(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int written = vsnprintf(text + length, sizeof text - length, format, arguments);
  va_end(arguments);
  assert_true(written >= 0 && (size_t)written < sizeof text - length);
  length += (size_t)written;
}

static void put_date(int32_t day) {
  char date[16];
  size_t written = 0;
  assert_int_equal(wb_date_format(FIRST_DAY + day, date, sizeof date, &written), WB_OK);
  put("\"%.10s\"", date);
}

static void put_rule(const plain_rule *rule, int32_t index) {
  static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  static const char *const regions[] = {"", "\"XA-A\"", "\"XA-B\"", "\"XA\""};
  put("%s{\"id\": \"r%d\", \"kind\": \"hours\", \"regions\": [%s], \"source\": \"x\", "
      "\"confidence\": \"O\", \"effective_from\": ",
      index ? "," : "", index, regions[rule->regions]);
  put_date(rule->first);
  put(", \"effective_to\": ");
  put_date(rule->last);
  put("%s", rule->banned ? ", \"closed_on\": [\"f\"], \"hours\": {" : ", \"hours\": {");
  for (int32_t day = 0; day < WEEK_DAYS; day++) {
    put("%s\"%s\": [", day ? "," : "", days[day]);
    for (int32_t i = 0; i < 2; i++) {
      put("%s\"%02d:%02d-%02d:%02d\"", i ? "," : "", rule->from[day][i] / 60,
          rule->from[day][i] % 60, rule->to[day][i] / 60, rule->to[day][i] % 60);
    }
    put("]");
  }
  put("}}");
}

static wb_law *law_of(const plain_pack *pack) {
  int32_t month = 0, day = 0;
  wb_law *law = NULL;
  wb_error error = {0};
  length = 0;
  assert_int_equal(wb_date_split(FIRST_DAY + pack->holiday, NULL, &month, &day), WB_OK);
  put("{\"pack\": \"p\", \"country\": \"XA\", \"version\": \"1\", \"review_by\": \"2030-01-01\", "
      "\"regions\": {\"XA-A\": [\"UTC\"], \"XA-B\": [\"UTC\"]}, \"calendars\": {\"f\": "
      "[{\"name\": \"F\", \"month\": %d, \"day\": %d}]}, \"stale\": {\"id\": \"s\", \"source\": "
      "\"x\", \"confidence\": \"O\", \"hours\": {\"mon\": \"none\"}}, \"rules\": [",
      month, day);
  for (int32_t i = 0; i < pack->count; i++)
    put_rule(&pack->rules[i], i);
  put("]}");
  if (wb_law_new(NULL, text, length, &law, &error) != WB_OK) {
    fail_msg("%s at %s: %s", error.message, error.path, text);
  }
  return law;
}

/* ---- the oracle ---- */

/* Whether the windows of a rule are open at a minute of a local day. */
static bool rule_open(const plain_rule *rule, int32_t day, int32_t minute) {
  const int32_t weekday = (day + FIRST_WEEKDAY - 1 + 70) % WEEK_DAYS;
  const int32_t before = (weekday + WEEK_DAYS - 1) % WEEK_DAYS;
  for (int32_t i = 0; i < 2; i++) {
    const int32_t from = rule->from[weekday][i], to = rule->to[weekday][i];
    if (from < to ? minute >= from && minute < to : from > to && minute >= from) return true;
    if (rule->to[before][i] < rule->from[before][i] && minute < rule->to[before][i]) return true;
  }
  return false;
}

/* Whether a place is open at a local minute of the span: by every rule in force, and there is one.
 */
static bool place_open(const plain_pack *pack, uint32_t regions, int32_t local) {
  const int32_t day = (local + DAY) / DAY - 1, minute = local - day * DAY;
  bool bound = false;
  for (int32_t i = 0; i < pack->count; i++) {
    const plain_rule *rule = &pack->rules[i];
    if ((rule->regions & regions) == 0 || day < rule->first || day > rule->last) continue;
    if (rule->banned && day == pack->holiday) return false;
    if (!rule_open(rule, day, minute)) return false;
    bound = true;
  }
  return bound;
}

/* ---- both sides ---- */

typedef struct asked {
  const char *regions;
  bool both; /* zones */
} asked;

/* Open in A, in B, or by the rules of both together, as the question names them. */
static bool judge(const plain_pack *pack, const asked *what, int32_t minute) {
  const bool any = strcmp(what->regions, "XA") == 0;
  for (int32_t zone = 0; zone < (what->both ? 2 : 1); zone++) {
    const int32_t local = minute + zone * OFFSET;
    if (any && !place_open(pack, 3, local)) return false;
    if (!any && strstr(what->regions, "-A") && !place_open(pack, 1, local)) return false;
    if (!any && strstr(what->regions, "-B") && !place_open(pack, 2, local)) return false;
  }
  return true;
}

/* Asserts the answer at a minute; `next` is the first open one, `end` the first closed one after.
 */
static void assert_answer(const wb_law *law, const asked *what, const wb_zone *const *zones,
                          int32_t minute, int32_t next, int32_t end) {
  const wb_law_question question = {.size = sizeof question,
                                    .at = ((wb_time)FIRST_DAY * DAY + minute) * 60,
                                    .zones = zones,
                                    .zone_count = what->both ? 2 : 1,
                                    .regions = what->regions,
                                    .regions_length = (uint32_t)strlen(what->regions),
                                    .message_class = WB_MESSAGE_CARE};
  wb_law_answer answer = {.size = sizeof answer};
  assert_int_equal(wb_law_find(law, &question, &answer), WB_OK);
  const wb_time base = (wb_time)FIRST_DAY * DAY * 60;
  const bool closed = next - minute > AHEAD;
  const wb_time open_at = closed ? WB_TIME_NONE : base + next * 60LL;
  const int32_t most = next + AHEAD;
  const wb_time until = closed ? WB_TIME_NONE : base + (end < most ? end : most) * 60LL;
  if (answer.open_at != open_at || answer.until != until) {
    fail_msg("%s from minute %d: %lld to %lld, not %lld to %lld", what->regions, minute,
             (long long)answer.open_at, (long long)answer.until, (long long)open_at,
             (long long)until);
  }
}

/* Compares the two at every minute at which something changes, and some others. */
static int32_t compare(const wb_law *law, const plain_pack *pack, const asked *what,
                       const wb_zone *const *zones) {
  int32_t next = SPAN + AHEAD + 1, end = -1, compared = 0;
  bool after = judge(pack, what, SPAN);
  for (int32_t minute = SPAN - 1; minute >= 0; minute--) {
    const bool open = judge(pack, what, minute);
    if (open && !after) end = minute + 1;
    const bool turns = open != after;
    after = open;
    if (open) next = minute;
    /* What comes after the span is not known to the oracle. */
    const bool known = next <= SPAN ? end >= 0 : minute < SPAN - AHEAD - 1;
    if (!known || (!turns && minute % 241 != 0)) continue;
    assert_answer(law, what, zones, minute, next, end);
    compared++;
  }
  return compared;
}

static void packs_at_random_open_as_their_rules_say(void **state) {
  (void)state;
  static const asked questions[] = {
      {"XA-A", false}, {"XA-B", true}, {"XA", false}, {"XA-A XA-B", true}};
  wb_zone *zones[2] = {NULL, NULL};
  int32_t compared = 0;
  assert_int_equal(wb_zone_new(NULL, "UTC", 3, &zones[0], NULL), WB_OK);
  assert_int_equal(wb_zone_new(NULL, "XXX-5:30", 8, &zones[1], NULL), WB_OK);
  const wb_zone *const both[2] = {zones[0], zones[1]};
  seed = 11;
  for (uint64_t round = 0; round < effort(40); round++) {
    plain_pack pack = {.count = 1 + below(RULES_MOST), .holiday = below(SPAN_DAYS)};
    for (int32_t i = 0; i < pack.count; i++)
      make_rule(&pack.rules[i]);
    wb_law *law = law_of(&pack);
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
      compared += compare(law, &pack, &questions[i], both);
    wb_law_unref(law);
  }
  assert_true(compared > 5000);
  wb_zone_unref(zones[0]);
  wb_zone_unref(zones[1]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(packs_at_random_open_as_their_rules_say),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
