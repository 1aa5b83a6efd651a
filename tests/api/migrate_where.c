/* SPDX-License-Identifier: MIT */
/* Where people go when a campaign changes under them: steps, waits, segments, variants, what they
   asked for; and where facts or definitions fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"
#include "support/mirror.h"

enum { ROWS = 16 };

#define SEGMENT(name, where) "{\"name\":\"" name "\",\"where\":\"" where "\"}"
#define ALL SEGMENT("all", "true")
#define SEND(id) "{\"id\":\"" id "\",\"send\":[\"t\"]}"
#define WAIT(id, days) "{\"id\":\"" id "\",\"wait\":{\"days\":" days "}}"
#define TO(id, days, next) "{\"id\":\"" id "\",\"wait\":{\"days\":" days "},\"next\":\"" next "\"}"
#define END "{\"id\":\"end\",\"exit\":true}"
#define TEXT(name) "\"" name "\":{\"channel\":\"sms\",\"en\":{\"body\":\"" BODY "\"}}"
#define BODY                                                                                       \
  "Hi {{ patient.name | default: 'there' }}, {{ location.short_name }} {{ location.booking_url }}" \
  " Reply STOP to opt out."
#define NOTE ",\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}"
#define CAMPAIGN(more, segments, steps, texts)                                                     \
  "{\"format\":1,\"name\":\"c\",\"title\":\"C\",\"class\":\"benefit\",\"touches\":50," more        \
  "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[" segments "],"                       \
  "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[" steps "],\"texts\":{" texts "}}"
#define STEPS(steps) CAMPAIGN("", ALL, steps, TEXT("t"))

static void begin(clinic *c, const char *people, const char *json) {
  static const wb_practice_options caps = {
      .flags = WB_PRACTICE_ALLOW_JUMP, .per_day = 8, .per_week = 8, .per_month = 8};
  clinic_open(c, people, &caps);
  clinic_launch(c, "c", json);
  clinic_enroll(c);
}

static wb_status take(clinic *c, uint32_t flags, wb_migration *rows, uint32_t *count) {
  const wb_migrate_options options = {.size = sizeof options, .flags = flags, .facts = c->it.facts};
  rows[0].size = sizeof *rows;
  return wb_practice_migrate(c->practice, "c", 1, &options, c->now, rows, ROWS, count, NULL);
}

/* Everybody goes over, in one row. */
static void goes(clinic *c, uint32_t flags, const char *from, const char *to) {
  wb_migration rows[ROWS];
  uint32_t count = 0;
  assert_int_equal(take(c, flags, rows, &count), WB_OK);
  assert_int_equal(count, 1);
  if (strcmp(rows[0].from, from) != 0 || strcmp(rows[0].to, to) != 0)
    fail_msg("from \"%s\" to \"%s\"", rows[0].from, rows[0].to);
}

/* ---- steps and waits ------------------------------------------------------------------------- */

/* Of several waits it is the one that leads to where they wait; of several names, theirs. */
static void who_waits_goes_to_what_follows_their_wait(void **state) {
  static const struct {
    const char *old, *new, *from, *to;
  } rows[] = {
      /* a wait between that leads elsewhere is not theirs */
      {"{\"id\":\"f\",\"branch\":[{\"when\":\"false\",\"to\":\"w\"}]}," TO("v", "9", "d") "," TO(
           "w", "1", "b") "," SEND("b") "," SEND("d") "," END,
       WAIT("v", "9") "," SEND("n") "," SEND("d") "," END, "d", "n"},
      /* their wait is a message now */
      {WAIT("w", "9") "," SEND("b") "," END, SEND("w") "," SEND("b") "," END, "b", "b"},
      /* their wait is gone, and so is what followed */
      {WAIT("w", "9") "," SEND("b") "," SEND("d") "," END, SEND("d") "," END, "b", "d"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    char json[4096], newer[4096];
    snprintf(json, sizeof json, CAMPAIGN("", ALL, "%s", "%s"), rows[i].old, TEXT("t"));
    snprintf(newer, sizeof newer, CAMPAIGN("", ALL, "%s", "%s"), rows[i].new, TEXT("t"));
    begin(&c, CLINIC_ANA, json);
    assert_int_equal(clinic_poll(&c), 0); /* a branch is gone through */
    clinic_launch(&c, "c", newer);
    goes(&c, 0, rows[i].from, rows[i].to);
    clinic_close(&c);
  }
}

/* Which takes the place of which is told for each step by itself. */
static void each_step_is_named_by_itself(void **state) {
  const char *from[] = {"x", "a"}, *to[] = {"n", "m"};
  clinic c;
  wb_migration rows[ROWS] = {{.size = sizeof *rows}};
  uint32_t count = 0;
  wb_migrate_options options = {.size = sizeof options, .from = from, .to = to, .count = 2};
  (void)state;
  begin(&c, CLINIC_ANA, STEPS(SEND("a") "," SEND("x") "," END));
  clinic_launch(&c, "c", STEPS(SEND("n") "," SEND("m") "," END));
  options.from = NULL;
  assert_int_equal(
      wb_practice_migrate(c.practice, "c", 1, &options, c.now, rows, ROWS, &count, NULL),
      WB_E_INVALID);
  options.from = from;
  options.to = NULL;
  assert_int_equal(
      wb_practice_migrate(c.practice, "c", 1, &options, c.now, rows, ROWS, &count, NULL),
      WB_E_INVALID);
  options.to = to;
  assert_int_equal(
      wb_practice_migrate(c.practice, "c", 1, &options, c.now, rows, ROWS, &count, NULL), WB_OK);
  assert_int_equal(count, 1);
  assert_string_equal(rows[0].from, "a");
  assert_string_equal(rows[0].to, "m");
  assert_string_equal(clinic_find(&c, "p1", "c").step, "m");
  clinic_close(&c);
}

/* Two who are at different steps are two rows. */
static void who_is_elsewhere_is_counted_elsewhere(void **state) {
  clinic c;
  wb_migration rows[ROWS];
  uint32_t count = 0;
  (void)state;
  begin(&c, CLINIC_ANA, STEPS(SEND("a") "," WAIT("w", "5") "," SEND("b") "," END));
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "");
  clinic_enroll(&c);
  clinic_launch(&c, "c", STEPS(SEND("a") "," WAIT("w", "6") "," SEND("b") "," END));
  assert_int_equal(take(&c, 0, rows, &count), WB_OK);
  assert_int_equal(count, 2);
  assert_string_not_equal(rows[0].from, rows[1].from);
  assert_int_equal(rows[0].people + rows[1].people, 2);
  clinic_close(&c);
}

/* What is handed out goes along with who was written to; where nothing is left to go to after it,
   a person decides. */
static void what_is_handed_out_needs_a_place_to_go_to(void **state) {
  static const struct {
    const char *new, *to;
  } rows[] = {{STEPS(SEND("x") "," SEND("b") "," END), "b"}, /* theirs is gone, the next is not */
              {STEPS(SEND("a") "," SEND("b") "," END), "a"},
              {STEPS(SEND("a") ",{\"id\":\"fin\",\"exit\":true}"), ""},
              {STEPS(SEND("x") ",{\"id\":\"fin\",\"exit\":true}"), ""}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c, CLINIC_ANA, STEPS(SEND("a") "," SEND("b") "," SEND("z") "," END));
    assert_int_equal(clinic_poll(&c), 1); /* nobody knows yet */
    clinic_launch(&c, "c", rows[i].new);
    goes(&c, 0, "a", rows[i].to);
    clinic_close(&c);
  }
}

/* ---- counted anew ---------------------------------------------------------------------------- */

#define AWAIT(id, days)                                                                            \
  "{\"id\":\"" id "\",\"await\":[\"clicked\"],\"within\":{\"days\":" days "},\"else\":\"end\"}"

/* Whoever waits for an event, or for a time, keeps it where it cannot be counted anew. */
static void what_is_no_such_wait_any_more_keeps_its_time(void **state) {
  static const struct {
    const char *old, *new;
    bool late; /* the time is over */
    bool keeps;
  } rows[] = {
      {STEPS(AWAIT("g", "9") "," SEND("b") "," END), STEPS(AWAIT("g", "4") "," SEND("b") "," END),
       false, false},
      {STEPS(AWAIT("g", "9") "," SEND("b") "," END), STEPS(AWAIT("g", "4") "," SEND("b") "," END),
       true, true},
      {STEPS(AWAIT("g", "9") "," SEND("b") "," END), STEPS(SEND("g") "," SEND("b") "," END), false,
       true},
      {STEPS(WAIT("w", "9") "," SEND("b") "," END), STEPS(SEND("w") "," SEND("b") "," END), false,
       true},
      {STEPS(WAIT("w", "9") "," SEND("b") "," END), STEPS(SEND("b") "," END), false, true},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    wb_migration moved[ROWS];
    uint32_t count = 0;
    begin(&c, CLINIC_ANA, rows[i].old);
    assert_int_equal(clinic_poll(&c), 0);
    const wb_time wake = clinic_wake(&c);
    if (rows[i].late) c.now = wake + 60;
    if (rows[i].late) clinic_rows(&c, CLINIC_ANA, "");
    clinic_launch(&c, "c", rows[i].new);
    assert_int_equal(take(&c, WB_MIGRATE_RECOMPUTE, moved, &count), WB_OK);
    assert_int_equal(count, 1);
    const wb_time now = clinic_find(&c, "p1", "c").wake;
    if ((now == (rows[i].late ? c.now : wake)) != rows[i].keeps)
      fail_msg("%zu: %+lld", i, (long long)(now - wake));
    clinic_close(&c);
  }
}

/* Of whom the facts know nothing, or no zone; and where they fail nothing changes. */
static void a_time_is_counted_anew_where_the_place_is_known(void **state) {
  clinic c;
  mirror m;
  wb_migration rows[ROWS];
  uint32_t count = 0;
  (void)state;
  begin(&c, CLINIC_ANA, STEPS(WAIT("w", "9") "," SEND("b") "," END));
  const wb_time wake = clinic_find(&c, "p1", "c").wake;
  const uint64_t sequence = wb_practice_sequence(c.practice);
  clinic_launch(&c, "c", STEPS(WAIT("w", "2") "," SEND("b") "," END));
  const uint64_t launched = wb_practice_sequence(c.practice);
  assert_true(launched > sequence);
  const wb_moment moment = {.size = sizeof moment, .now = c.now, .zone = c.it.zone};
  wb_facts *tables = c.it.facts;
  mirror_open(&m, c.context, tables, c.it.schema, &moment, c.now);
  m.answer = WB_E_STATE;
  c.it.facts = m.facts;
  for (int part = 0; part < 2; part++) {
    fault_arm(part ? &m.gets : &m.rows, FAULT_ONCE, 1);
    assert_int_equal(take(&c, WB_MIGRATE_RECOMPUTE, rows, &count), WB_E_ABORTED);
    assert_int_equal(wb_practice_sequence(c.practice), launched);
  }
  mirror_close(&m);
  c.it.facts = tables;
  clinic_rows(&c, CLINIC_HEAD CLINIC_BEN, ""); /* she is not in the record */
  goes(&c, WB_MIGRATE_RECOMPUTE, "b", "b");
  assert_int_equal(clinic_find(&c, "p1", "c").wake, wake);
  clinic_close(&c);
}

/* Who has asked for a call waits for that, and nothing is counted anew. */
static void who_asked_keeps_the_time_of_the_call(void **state) {
#define ASKS(name) "\"responses\":{\"" name "\":{\"after\":{\"hours\":30},\"text\":\"note\"}},"
#define CALLS(more, text) CAMPAIGN(more, ALL, WAIT("w", "9") "," SEND("b") "," END, TEXT("t") text)
  static const struct {
    const char *new;
    bool calls;
  } rows[] = {{CALLS(ASKS("clicked"), NOTE), true},
              {CALLS(ASKS("asks"), NOTE), false}, /* no such call any more */
              {CALLS("", ""), false}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c, CLINIC_ANA,
          CAMPAIGN(ASKS("clicked"), ALL, SEND("a") "," WAIT("w", "9") "," SEND("b") "," END,
                   TEXT("t") NOTE));
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
    const wb_time wake = clinic_find(&c, "p1", "c").wake;
    assert_int_equal(wake, c.now + 30 * CLINIC_HOUR);
    clinic_launch(&c, "c", rows[i].new);
    goes(&c, WB_MIGRATE_RECOMPUTE, "b", "b");
    assert_int_equal(clinic_find(&c, "p1", "c").wake, wake);
    c.now += 2 * CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c) > 0 && c.actions[0].kind == WB_ACTION_CALL_TASK,
                     rows[i].calls);
    clinic_close(&c);
  }
}

/* Who has asked while they wait for an event waits for the call as well. */
static void who_asked_before_an_event_keeps_the_time_of_the_call(void **state) {
#define EXPECTS(days)                                                                              \
  CAMPAIGN(ASKS("asks"), ALL, SEND("a") "," AWAIT("g", days) "," SEND("b") "," END, TEXT("t") NOTE)
  clinic c;
  (void)state;
  begin(&c, CLINIC_ANA, EXPECTS("9"));
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
  const wb_time wake = c.now + 30 * CLINIC_HOUR;
  assert_int_equal(clinic_find(&c, "p1", "c").wake, wake);
  clinic_launch(&c, "c", EXPECTS("4"));
  goes(&c, WB_MIGRATE_RECOMPUTE, "g", "g");
  assert_int_equal(clinic_find(&c, "p1", "c").wake, wake);
  clinic_close(&c);
}

/* ---- segments and variants ------------------------------------------------------------------- */

/* By its name; where that is gone, the first stands in. */
static void a_segment_is_the_one_of_its_name_or_the_first(void **state) {
#define SORTED(segments)                                                                           \
  CAMPAIGN("", segments, SEND("a") "," WAIT("w", "9") "," SEND("b") "," END, TEXT("t"))
  static const struct {
    const char *new, *segment;
  } rows[] = {
      {SORTED(SEGMENT("none", "false") "," SEGMENT("short", "false") "," SEGMENT("rest", "true")),
       "short"},
      {SORTED(SEGMENT("rest", "true") "," SEGMENT("long", "false")), "rest"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c, CLINIC_ANA, SORTED(SEGMENT("long", "false") "," SEGMENT("short", "true")));
    assert_string_equal(clinic_find(&c, "p1", "c").segment, "short");
    clinic_launch(&c, "c", rows[i].new);
    goes(&c, 0, "a", "a");
    assert_string_equal(clinic_find(&c, "p1", "c").segment, rows[i].segment);
    clinic_close(&c);
  }
}

static void a_variant_is_the_one_of_its_name_or_the_first(void **state) {
#define ARMS(one, two)                                                                             \
  CAMPAIGN("\"variants\":[{\"name\":\"" one "\",\"share\":99},{\"name\":\"" two                    \
           "\",\"share\":1}],",                                                                    \
           ALL, SEND("a") "," WAIT("w", "9") "," SEND("b") "," END, TEXT("t"))
  static const struct {
    const char *new, *variant;
  } rows[] = {{ARMS("two", "one"), "one"}, {ARMS("three", "four"), "three"}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c, CLINIC_ANA, ARMS("one", "two"));
    assert_string_equal(clinic_find(&c, "p1", "c").variant, "one");
    clinic_launch(&c, "c", rows[i].new);
    goes(&c, 0, "a", "a");
    assert_string_equal(clinic_find(&c, "p1", "c").variant, rows[i].variant);
    clinic_close(&c);
  }
}

/* ---- definitions that do not compile --------------------------------------------------------- */

/* Nobody goes over from what cannot be read, nor to it. */
static void what_does_not_compile_is_left_by_nobody(void **state) {
#define SAYS(body)                                                                                 \
  CAMPAIGN("", ALL, SEND("a") "," WAIT("w", "9") "," SEND("b") "," END,                            \
           "\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"" body                                   \
           "{{ location.short_name }} {{ location.booking_url }} Reply STOP to opt out.\"}}")
  static const char *const bodies[] = {SAYS("Hi {{ patient.name | default: 'there' }}, "),
                                       SAYS("")};
  static const char narrow[] = /* the name may not be read */
      "{\"channels\":{\"sms\":{\"read\":[\"public\",\"link\"]}}}";
  (void)state;
  for (int newest = 0; newest < 2; newest++) {
    clinic c;
    wb_migration rows[ROWS];
    uint32_t count = 0;
    begin(&c, CLINIC_ANA, bodies[newest]);
    clinic_launch(&c, "c", bodies[1 - newest]);
    clinic_under(&c, narrow);
    const wb_status status = take(&c, 0, rows, &count);
    assert_int_equal(status, newest ? WB_E_STATE : WB_OK);
    if (newest == 0) {
      assert_int_equal(count, 1);
      assert_string_equal(rows[0].from, "");
      assert_string_equal(rows[0].to, "");
      assert_int_equal(rows[0].people, 1);
    }
    clinic_close(&c);
  }
}

/* Who was written to by text goes over to a definition that has an e-mail alone: a last look takes
   the message back, which has nowhere to go by it. */
static void what_the_newest_definition_has_no_channel_for_does_not_go(void **state) {
  static const char two[] =
      "\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hi\",\"body\":\"" BODY
      " {{ location.address }}\"}}," TEXT("t");
  static const char one[] =
      "\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hi\",\"body\":\"" BODY
      " {{ location.address }}\"}}";
  clinic c;
  wb_look look = {.size = sizeof look};
  char older[4096], newer[4096];
  (void)state;
  snprintf(
      older, sizeof older,
      CAMPAIGN("", ALL, "{\"id\":\"s\",\"send\":[\"t\",\"mail\"]}," WAIT("w", "2") "," END, "%s"),
      two);
  snprintf(newer, sizeof newer,
           CAMPAIGN("", ALL, "{\"id\":\"s\",\"send\":[\"mail\"]}," WAIT("w", "2") "," END, "%s"),
           one);
  begin(&c, CLINIC_ANA, older);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  clinic_launch(&c, "c", newer);
  goes(&c, 0, "s", "s");
  assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                   WB_OK);
  assert_int_equal(look.answer, WB_LOOK_WITHDRAWN);
  assert_string_equal(look.reason, "bad_address");
  assert_int_equal(clinic_poll(&c), 1); /* by the channel that there is */
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(who_waits_goes_to_what_follows_their_wait),
      cmocka_unit_test(each_step_is_named_by_itself),
      cmocka_unit_test(who_is_elsewhere_is_counted_elsewhere),
      cmocka_unit_test(what_is_handed_out_needs_a_place_to_go_to),
      cmocka_unit_test(what_is_no_such_wait_any_more_keeps_its_time),
      cmocka_unit_test(a_time_is_counted_anew_where_the_place_is_known),
      cmocka_unit_test(who_asked_keeps_the_time_of_the_call),
      cmocka_unit_test(who_asked_before_an_event_keeps_the_time_of_the_call),
      cmocka_unit_test(a_segment_is_the_one_of_its_name_or_the_first),
      cmocka_unit_test(a_variant_is_the_one_of_its_name_or_the_first),
      cmocka_unit_test(what_does_not_compile_is_left_by_nobody),
      cmocka_unit_test(what_the_newest_definition_has_no_channel_for_does_not_go),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
