/* SPDX-License-Identifier: MIT */
/* Packs of law: what is refused and where, their limits, and memory that ends while one is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/fault.h"
#include "support/many.h"
#include "support/pack.h"
#include "support/times.h"
#include "time/time_private.h"

static void packs_with_mistakes_are_refused_where_they_are(void **state) {
  (void)state;
  static const struct {
    const char *json;
    wb_status status;
    const char *path;
  } rows[] = {
      {"", WB_E_SYNTAX, ""},
      {"[]", WB_E_TYPE, ""},
      {"{}", WB_E_INVALID, ""},
      {"{\"pack\": \"\"}", WB_E_INVALID, "/pack"},
      {"{" HEAD "\"rule\": []}", WB_E_NAME, "/rule"},
      {"{\"pack\": \"a\", \"version\": \"1\", \"review_by\": \"2030-02-30\"}", WB_E_RANGE,
       "/review_by"},
      {"{\"pack\": \"a\", \"version\": \"1\", \"review_by\": \"soon\"}", WB_E_SYNTAX, "/review_by"},
      {"{" HEAD "\"rules\": []}", WB_E_INVALID, ""},
      {"{" HEAD "\"regions\": []}", WB_E_TYPE, "/regions"},
      {"{" HEAD "\"regions\": {}}", WB_E_INVALID, "/regions"},
      {"{" HEAD_OF("XAB") "\"regions\": {\"XA\": [\"UTC\"]}}", WB_E_INVALID, "/country"},
      {"{\"pack\": \"a\", \"version\": \"1\", \"review_by\": 7}", WB_E_TYPE, "/review_by"},
      {"{\"pack\": \"a\", \"version\": \"1\", \"review_by\": \"2030-01-01\", " REGIONS STALE
       "\"rules\": []}",
       WB_E_INVALID, ""},
      {"{" HEAD "\"regions\": {\"XAxB\": [\"UTC\"]}}", WB_E_NAME, "/regions/XAxB"},
      {"{" HEAD REGIONS "\"calendars\": []}", WB_E_TYPE, "/calendars"},
      {"{" HEAD_OF("X ") "\"regions\": {\"XA\": [\"UTC\"]}}", WB_E_INVALID, "/country"},
      {"{" HEAD_OF("-A") "\"regions\": {\"XA\": [\"UTC\"]}}", WB_E_INVALID, "/country"},
      {"{" HEAD_OF("A-") "\"regions\": {\"XA\": [\"UTC\"]}}", WB_E_INVALID, "/country"},
      {"{" HEAD "\"regions\": {\"XA-\": [\"UTC\"]}}", WB_E_NAME, "/regions/XA-"},
      {"{" HEAD "\"regions\": {\"XA-a\": [\"UTC\"]}}", WB_E_NAME, "/regions/XA-a"},
      {"{" HEAD "\"regions\": {\"XB-A\": [\"UTC\"]}}", WB_E_NAME, "/regions/XB-A"},
      {"{" HEAD "\"regions\": {\"XAB\": [\"UTC\"]}}", WB_E_NAME, "/regions/XAB"},
      {"{" HEAD "\"regions\": {\"XA\": []}}", WB_E_INVALID, "/regions/XA"},
      {"{" HEAD "\"regions\": {\"XA\": [7]}}", WB_E_TYPE, "/regions/XA/0"},
      {"{" HEAD "\"regions\": {\"XA\": [\"Mars\"]}}", WB_E_NAME, "/regions/XA/0"},
      {"{" HEAD "\"regions\": {\"XA\": [\"Mars\", \"UTC\"]}}", WB_E_NAME, "/regions/XA/0"},
      {"{" HEAD "\"regions\": {\"XA-:\": [\"UTC\"]}}", WB_E_NAME, "/regions/XA-:"},
      {"{" HEAD "\"regions\": {\"XA\": [\"EST5EDT,M13.1.0,M2.1.0\"]}}", WB_E_RANGE,
       "/regions/XA/0"},
      {"{" HEAD REGIONS "\"calendars\": {\"f\": 7}}", WB_E_TYPE, "/calendars/f"},
      {FEAST("7"), WB_E_TYPE, "/calendars/f/0"},
      {FEAST("{\"month\": 1, \"day\": 1}"), WB_E_INVALID, "/calendars/f/0"},
      {FEAST("{\"name\": \"F\", \"month\": 2, \"day\": 30}"), WB_E_INVALID, "/calendars/f/0"},
      {FEAST("{\"name\": \"F\", \"month\": 13, \"day\": 1}"), WB_E_RANGE, "/calendars/f/0/month"},
      {FEAST("{\"name\": \"F\", \"month\": 1}"), WB_E_INVALID, "/calendars/f/0"},
      {FEAST("{\"name\": \"F\", \"easter\": 1, \"month\": 1}"), WB_E_INVALID, "/calendars/f/0"},
      {FEAST("7, {\"name\": \"F\", \"easter\": 1}"), WB_E_TYPE, "/calendars/f/0"},
      {"{" HEAD REGIONS "\"calendars\": {\"f\": 7, \"g\": []}}", WB_E_TYPE, "/calendars/f"},
      {FEAST("{\"name\": \"F\", \"month\": 1, \"weekday\": 1, \"nth\": 1}"), WB_E_TYPE,
       "/calendars/f/0/weekday"},
      {FEAST("{\"name\": \"F\", \"month\": 1, \"day\": 1, \"observed\": 1}"), WB_E_TYPE,
       "/calendars/f/0/observed"},
      {FEAST("{\"name\": \"F\", \"month\": 1, \"weekday\": \"mon\", \"nth\": 5}"), WB_E_RANGE,
       "/calendars/f/0/nth"},
      {FEAST("{\"name\": \"F\", \"month\": 1, \"weekday\": \"mon\", \"nth\": 0}"), WB_E_INVALID,
       "/calendars/f/0/nth"},
      {FEAST("{\"name\": \"F\", \"month\": 1, \"nth\": 1}"), WB_E_INVALID, "/calendars/f/0"},
      {FEAST("{\"name\": \"F\", \"month\": 1, \"weekday\": \"day\", \"nth\": 1}"), WB_E_NAME,
       "/calendars/f/0/weekday"},
      {FEAST("{\"name\": \"F\", \"month\": 12, \"day\": 25, \"weekday\": \"mon\"}"), WB_E_INVALID,
       "/calendars/f/0"},
      {FEAST("{\"name\": \"F\", \"easter\": -2, \"day\": 1}"), WB_E_INVALID, "/calendars/f/0"},
      {FEAST("{\"name\": \"F\", \"easter\": 61}"), WB_E_RANGE, "/calendars/f/0/easter"},
      {FEAST("{\"name\": \"F\", \"easter\": 1, \"plus\": 1}"), WB_E_INVALID, "/calendars/f/0/plus"},
      {FEAST("{\"name\": \"F\", \"month\": 1, \"day\": 1, \"every\": 0}"), WB_E_RANGE,
       "/calendars/f/0/every"},
      {FEAST("{\"name\": \"F\", \"month\": 1, \"day\": 1, \"observed\": \"late\"}"), WB_E_NAME,
       "/calendars/f/0/observed"},
      {FEAST("{\"name\": \"F\", \"month\": 1, \"day\": 1, \"date\": 1}"), WB_E_NAME,
       "/calendars/f/0/date"},
      {"{" HEAD REGIONS STALE "\"rules\": [], \"not_business\": [\"feasts\"]}", WB_E_NAME,
       "/not_business/0"},
      {"{" HEAD REGIONS CALENDARS STALE "\"rules\": [], \"not_business\": \"feasts\"}", WB_E_TYPE,
       "/not_business"},
      {"{" HEAD REGIONS "\"rules\": []}", WB_E_INVALID, ""},
      {"{" HEAD REGIONS STALE "\"rules\": {}}", WB_E_TYPE, "/rules"},
      {OWN("7"), WB_E_TYPE, "/rules/0"},
      {OWN("7, 8"), WB_E_TYPE, "/rules/0"},
      {OWN(RULE("r", "\"kind\": \"stop\", \"channels\": \"sms\"")), WB_E_TYPE, "/rules/0/channels"},
      {OWN(RULE("r", "\"kind\": \"disclosure\", \"disclosure\": \"\"")), WB_E_INVALID,
       "/rules/0/disclosure"},
      {OWN(RULE("r", "\"kind\": \"disclosure\", \"disclosure\": \"x\", \"says\": \"\"")),
       WB_E_INVALID, "/rules/0/says"},
      {OWN("{\"id\": \"r\", \"kind\": \"authorization\", \"source\": \"x\", "
           "\"confidence\": \"O\", \"effective_from\": \"2026-01-01\"}"),
       WB_E_INVALID, "/rules/0"},
      {OWN("{\"kind\": \"hour\"}"), WB_E_NAME, "/rules/0/kind"},
      {OWN("{\"kind\": 7}"), WB_E_TYPE, "/rules/0/kind"},
      {OWN("{\"kind\": \"cap\"}"), WB_E_INVALID, "/rules/0"},
      {OWN("{\"kind\": \"cap\", \"hours\": {}}"), WB_E_NAME, "/rules/0/hours"},
      {OWN("{" RULE_HEAD "\"kind\": \"cap\", \"most\": 0, \"within_days\": 1}"), WB_E_RANGE,
       "/rules/0/most"},
      {OWN("{" RULE_HEAD "\"kind\": \"cap\", \"most\": 1, \"within_days\": 367}"), WB_E_RANGE,
       "/rules/0/within_days"},
      {OWN("{" RULE_HEAD "\"kind\": \"cap\", \"most\": 1, \"within_days\": 1}, {" RULE_HEAD
           "\"kind\": \"cap\", \"most\": 1, \"within_days\": 1}"),
       WB_E_INVALID, "/rules/1/id"},
      {OWN("{" RULE_HEAD "\"kind\": \"consent\", \"need\": \"oral\"}"), WB_E_NAME, "/rules/0/need"},
      {OWN("{" RULE_HEAD "\"kind\": \"keywords\", \"set\": \"opt_out\", \"words\": []}"),
       WB_E_INVALID, "/rules/0/words"},
      {OWN("{" RULE_HEAD "\"kind\": \"keywords\", \"set\": \"out\", \"words\": [\"a\"]}"),
       WB_E_NAME, "/rules/0/set"},
      {OWN("{" RULE_HEAD "\"kind\": \"keywords\", \"set\": \"help\", \"words\": [\"\"]}"),
       WB_E_INVALID, "/rules/0/words/0"},
      {OWN("{" RULE_HEAD "\"kind\": \"keywords\", \"set\": \"help\", \"words\": [\"a\\nb\"]}"),
       WB_E_INVALID, "/rules/0/words/0"},
      {OWN("{" RULE_HEAD "\"kind\": \"opt_out\", \"business_days\": -1}"), WB_E_RANGE,
       "/rules/0/business_days"},
      {OWN("{" RULE_HEAD "\"kind\": \"opt_out\", \"business_days\": 1, \"classes\": [\"news\"]}"),
       WB_E_NAME, "/rules/0/classes/0"},
      {OWN("{" RULE_HEAD "\"kind\": \"opt_out\", \"business_days\": 1, \"effective_to\": "
           "\"1999-12-31\"}"),
       WB_E_INVALID, "/rules/0/effective_to"},
      {OWN("{\"id\": \"r\", \"kind\": \"opt_out\", \"business_days\": 1, \"source\": \"x\", "
           "\"confidence\": \"X\"}"),
       WB_E_NAME, "/rules/0/confidence"},
      {OWN("{\"id\": \"r\", \"kind\": \"opt_out\", \"business_days\": 1, \"source\": \"x\", "
           "\"confidence\": \"O\", \"regions\": [\"XA-C\"]}"),
       WB_E_NAME, "/rules/0/regions/0"},
      {OWN("{\"id\": \"r\", \"kind\": \"opt_out\", \"business_days\": 1, \"source\": \"x\", "
           "\"confidence\": \"O\", \"regions\": [\"XA\"], \"effective_from\": \"2026-1-1\"}"),
       WB_E_SYNTAX, "/rules/0/effective_from"},
      {HOURS("{}"), WB_E_INVALID, "/rules/0/hours"},
      {HOURS("{\"mon\": []}"), WB_E_INVALID, "/rules/0/hours/mon"},
      {HOURS("{\"mon\": 9}"), WB_E_SYNTAX, "/rules/0/hours/mon"},
      {HOURS("{\"mon\": \"\"}"), WB_E_SYNTAX, "/rules/0/hours/mon"},
      {HOURS("{\"mon\": \"9:00-17:00\"}"), WB_E_SYNTAX, "/rules/0/hours/mon"},
      {HOURS("{\"mon\": \"09:00-17:60\"}"), WB_E_SYNTAX, "/rules/0/hours/mon"},
      {HOURS("{\"mon\": \"09:00x17:00\"}"), WB_E_SYNTAX, "/rules/0/hours/mon"},
      {HOURS("{\"mon\": \" 9:00-17:00\"}"), WB_E_SYNTAX, "/rules/0/hours/mon"},
      {HOURS("{\"mon\": [\"9\", \"09:00-17:00\"]}"), WB_E_SYNTAX, "/rules/0/hours/mon/0"},
      {HOURS("{\"mon\": \"9\", \"tue\": \"none\"}"), WB_E_SYNTAX, "/rules/0/hours/mon"},
      {HOURS("{\"mon_fri\": \"09:00-17:00\"}"), WB_E_NAME, "/rules/0/hours/mon_fri"},
      {HOURS("{\"mon\": [\"09:00-17:00\", \"16:00-00:00\"]}"), WB_E_INVALID,
       "/rules/0/hours/mon/1"},
      {HOURS("{\"mon\": \"09.00-17:00\"}"), WB_E_SYNTAX, "/rules/0/hours/mon"},
      {HOURS("{\"mon\": \"0x:00-17:00\"}"), WB_E_SYNTAX, "/rules/0/hours/mon"},
      {HOURS("{\"mon\": \"09:00-24:01\"}"), WB_E_RANGE, "/rules/0/hours/mon"},
      {HOURS("{\"mon\": \"24:00-01:00\"}"), WB_E_RANGE, "/rules/0/hours/mon"},
      {HOURS("{\"monday\": \"09:00-17:00\"}"), WB_E_NAME, "/rules/0/hours/monday"},
      {HOURS("{\"mon-day\": \"09:00-17:00\"}"), WB_E_NAME, "/rules/0/hours/mon-day"},
      {HOURS("{\"fri-mon\": \"09:00-17:00\"}"), WB_E_INVALID, "/rules/0/hours/fri-mon"},
      {HOURS("{\"mon-fri\": \"09:00-17:00\", \"wed\": \"none\"}"), WB_E_INVALID,
       "/rules/0/hours/wed"},
      {HOURS("{\"mon\": [\"09:00-17:00\", \"16:59-18:00\"]}"), WB_E_INVALID,
       "/rules/0/hours/mon/1"},
      {HOURS("{\"mon\": \"20:00-04:00\", \"tue\": \"03:59-12:00\"}"), WB_E_INVALID,
       "/rules/0/hours/tue"},
      {HOURS("{\"mon\": \"00:00-04:00\", \"sun\": \"20:00-01:00\"}"), WB_E_INVALID,
       "/rules/0/hours/sun"},
      {HOURS("{\"mon\": [\"20:00-22:00\", \"21:00-02:00\"]}"), WB_E_INVALID,
       "/rules/0/hours/mon/1"},
      {"{" HEAD REGIONS "\"stale\": {\"id\": \"s\", \"source\": \"x\", \"confidence\": \"O\", "
       "\"hours\": {\"mon\": \"10:00-11:00\"}, \"regions\": [\"XA\"]}, \"rules\": []}",
       WB_E_NAME, "/stale/regions"},
  };
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_error error = {0};
    wb_law *law = NULL;
    const wb_status status = wb_law_new(NULL, rows[i].json, strlen(rows[i].json), &law, &error);
    if (status != rows[i].status || strcmp(error.path, rows[i].path) != 0) {
      fail_msg("%s\n%d at \"%s\", wanted %d at \"%s\"", rows[i].json, status, error.path,
               rows[i].status, rows[i].path);
    }
    assert_true(error.status == status && error.line == 1 && error.column >= 1);
    assert_null(law);
  }
  assert_int_equal(wb_law_new(NULL, "{}", 2, NULL, NULL), WB_E_INVALID);
}

static void what_just_fits_is_read(void **state) {
  (void)state;
  static const char *const rows[] = {
      HOURS("{\"mon\": [\"09:00-12:00\", \"12:00-18:00\"]}"),
      HOURS("{\"mon\": [\"12:00-18:00\", \"09:00-12:00\"]}"),
      HOURS("{\"mon\": \"20:00-00:00\", \"tue\": \"00:00-01:00\"}"),
      FEAST("{\"name\": \"F\", \"month\": 12, \"day\": 24, \"weekday\": \"mon\"}"),
      "{" HEAD "\"regions\": {\"XA\": [\"UTC\"], \"XA-09\": [\"UTC\"]}, " CALENDARS STALE
      "\"rules\": [{" RULE_HEAD "\"kind\": \"hours\", \"hours\": {\"mon\": \"09:00-10:00\"}}]}",
  };
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_law *law = NULL;
    assert_int_equal(wb_law_new(NULL, rows[i], strlen(rows[i]), &law, NULL), WB_OK);
    wb_law_unref(law);
  }
}

static void a_rule_that_lacks_what_its_kind_needs_is_refused(void **state) {
  (void)state;
  static const char *const rows[] = {
      OWN("{" RULE_HEAD "\"kind\": \"hours\"}"),
      OWN("{" RULE_HEAD "\"kind\": \"cap\", \"within_days\": 1}"),
      OWN("{" RULE_HEAD "\"kind\": \"cap\", \"most\": 1}"),
      OWN("{" RULE_HEAD "\"kind\": \"consent\"}"),
      OWN("{" RULE_HEAD "\"kind\": \"consent\", \"channels\": [\"sms\"]}"),
      OWN("{" RULE_HEAD "\"kind\": \"majority\"}"),
      OWN("{" RULE_HEAD "\"kind\": \"term\", \"of\": \"seen\", \"channels\": [\"sms\"]}"),
      OWN("{" RULE_HEAD "\"kind\": \"term\", \"months\": 24, \"channels\": [\"sms\"]}"),
      OWN("{" RULE_HEAD "\"kind\": \"keywords\", \"words\": [\"a\"]}"),
      OWN("{" RULE_HEAD "\"kind\": \"keywords\", \"set\": \"help\"}"),
      OWN("{" RULE_HEAD "\"kind\": \"opt_out\"}"),
      OWN("{" RULE_HEAD "\"kind\": \"value\", \"of\": \"any\", \"within_days\": 366}"),
      OWN("{" RULE_HEAD "\"kind\": \"value\", \"most_cents\": 1500}"),
  };
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_error error = {0};
    wb_law *law = NULL;
    const wb_status status = wb_law_new(NULL, rows[i], strlen(rows[i]), &law, &error);
    if (status != WB_E_INVALID || strcmp(error.path, "/rules/0") != 0)
      fail_msg("%s\n%d at \"%s\"", rows[i], status, error.path);
    assert_null(law);
  }
}

/* Reads a pack with very many members in one of its objects. */
static wb_status read_many(const char *head, const char *member, int count, const char *tail,
                           wb_error *error) {
  static char json[1 << 16];
  const size_t length = many_write(json, sizeof json, head, member, count, tail);
  wb_law *law = NULL;
  const wb_status status = wb_law_new(NULL, json, length, &law, error);
  wb_law_unref(law);
  return status;
}

static void packs_have_limits(void **state) {
  (void)state;
  wb_error error = {0};
  static const char regions[] = "{" HEAD "\"regions\": {", region[] = "\"XA-#\": [\"UTC\"]";
  static const char zones[] = "{" HEAD "\"regions\": {\"XA\": [", zone[] = "\"XXX#\"";
  static const char tail[] = "}, " STALE "\"rules\": []}";
  static const char calendars[] = "{" HEAD REGIONS "\"calendars\": {", calendar[] = "\"c#\": []";
  assert_int_equal(read_many(regions, region, 63, tail, &error), WB_OK);
  assert_int_equal(read_many(regions, region, 64, tail, &error), WB_E_LIMIT);
  assert_int_equal(read_many(zones, "\"XXX0:#\"", 60, "]}, " STALE "\"rules\": []}", &error),
                   WB_OK);
  assert_int_equal(read_many(zones, zone, 25, "]}, " STALE "\"rules\": []}", &error), WB_OK);
  assert_int_equal(read_many(zones, "\"XXX0:1\"", 65, "]}, " STALE "\"rules\": []}", &error),
                   WB_E_LIMIT);
  assert_string_equal(error.path, "/regions/XA/64");
  assert_int_equal(read_many(calendars, calendar, 32, tail, &error), WB_OK);
  assert_int_equal(read_many(calendars, calendar, 33, tail, &error), WB_E_LIMIT);
  static const char rules[] = "{" HEAD REGIONS STALE "\"rules\": [";
  assert_int_equal(read_many(rules, "7", 4096, "]}", &error), WB_E_LIMIT);
}

/* Reads a pack with some rules, each of its own days and with a window in every minute. */
static wb_status read_minutes(int rules, wb_error *error) {
  static char json[1 << 20];
  wbi_writer writer = {json, sizeof json, 0};
  wbi_put_text(&writer, wbi_text_of("{" HEAD REGIONS STALE "\"rules\": ["));
  for (int i = 0; i < rules; i++) {
    wbi_put_text(&writer, wbi_text_of(i == 0 ? "" : ","));
    wbi_put_text(&writer, wbi_text_of("{\"regions\": [\"XA-B\"], \"source\": \"x\", "
                                      "\"confidence\": \"O\", \"kind\": \"hours\", \"id\": \""));
    wbi_put_int(&writer, i);
    wbi_put_text(&writer, wbi_text_of("\", \"effective_from\": \"200"));
    wbi_put_int(&writer, i);
    wbi_put_text(&writer, wbi_text_of("-01-01\", \"hours\": {\"mon-sun\": ["));
    for (uint64_t minute = 0; minute < 1440; minute += 2) {
      const uint64_t numbers[] = {minute / 60, minute % 60, minute / 60, minute % 60 + 1};
      for (int k = 0; k < 4; k++) {
        wbi_put_text(&writer, wbi_text_of(k == 0   ? minute == 0 ? "\"" : ",\""
                                          : k == 2 ? "-"
                                                   : ":"));
        wbi_put_padded(&writer, numbers[k], 2);
      }
      wbi_put_char(&writer, '"');
    }
    wbi_put_text(&writer, wbi_text_of("]}}"));
  }
  wbi_put_text(&writer, wbi_text_of("]}"));
  wb_law *law = NULL;
  const wb_status status = wb_law_new(NULL, json, writer.length, &law, error);
  wb_law_unref(law);
  return status;
}

static void rules_may_not_cut_time_without_end(void **state) {
  (void)state;
  wb_error error = {0};
  /* Seven days of 1,440 pieces in each of the seasons. */
  assert_int_equal(read_minutes(1, &error), WB_OK);
  assert_int_equal(read_minutes(3, &error), WB_OK);
  assert_int_equal(read_minutes(4, &error), WB_E_LIMIT);
  assert_string_equal(error.path, "/rules");
  assert_true(error.line == 1 && error.column > 1);
}

/* A pack with something of every kind. Its name is so many letters long. */
static size_t write_full_pack(char *json, size_t capacity, int letters) {
  static const char rest[] =
      "\", \"country\": \"XA\", \"version\": \"1\", \"review_by\": \"2030-01-01\", " REGIONS
      "\"calendars\": {\"feasts\": [{\"name\": \"Feast\", \"month\": 3, \"day\": 1}], "
      "\"days\": [{\"name\": \"Day\", \"easter\": 1}]}, \"not_business\": [\"days\"], " STALE;
  static const char *const rules[] = {
      RULE("a", "\"kind\": \"hours\", \"closed_on\": [\"feasts\"], \"hours\": {\"mon\": "
                "\"09:00-12:00\", \"tue\": \"20:00-02:00\"}"),
      RULE("b", "\"kind\": \"hours\", \"effective_to\": \"2001-01-01\", \"hours\": {\"sun\": "
                "[\"09:00-12:00\", \"13:00-14:00\"]}"),
      RULE("c", "\"kind\": \"keywords\", \"set\": \"help\", \"words\": [\"a\", \"b\"]"),
      RULE("d", "\"kind\": \"disclosure\", \"disclosure\": \"x-fee\", \"says\": \"What.\""),
      RULE("e", "\"kind\": \"consent\", \"need\": \"written\", \"channels\": [\"sms\"]"),
  };
  char head[8192];
  wbi_writer writer = {head, sizeof head, 0};
  wbi_put_text(&writer, WBI_TEXT("{\"pack\": \""));
  for (int i = 0; i < letters; i++)
    wbi_put_char(&writer, 'a');
  wbi_put_text(&writer, wbi_text_of(rest));
  return pack_write(json, capacity, (wbi_text){head, writer.length}, rules, WBI_COUNT(rules));
}

/* Wherever memory ends: each piece of the pack is the first of a new block for some name. */
static void no_memory_leaves_nothing_behind(void **state) {
  (void)state;
  static char json[8192];
  fault_memory memory = {.live = 0};
  wb_context *context = fault_context(&memory);
  const uint64_t live = memory.live;
  for (int letters = 1; letters < 4096; letters += 16) {
    const size_t length = write_full_pack(json, sizeof json, letters);
    for (uint64_t at = 1;; ++at) {
      wb_law *law = NULL;
      fault_arm(&memory.plan, FAULT_ONCE, at);
      const wb_status status = wb_law_new(context, json, length, &law, NULL);
      const bool struck = memory.plan.hits > 0;
      fault_arm(&memory.plan, FAULT_NEVER, 0);
      assert_int_equal(status, struck ? WB_E_NOMEM : WB_OK);
      wb_law_unref(law);
      assert_int_equal(memory.live, live);
      if (!struck) break;
    }
  }
  wb_context_unref(context);
}

/* Two rules that are alike: the first that the pack has is told. */
static void of_rules_that_say_the_same_the_first_is_told(void **state) {
  (void)state;
  static const char two[] =
      OWN(RULE("b", "\"kind\": \"hours\", \"hours\": {\"mon\": \"09:00-17:00\"}") ", " RULE(
          "a", "\"kind\": \"hours\", \"hours\": {\"mon\": \"09:00-17:00\"}"));
  wb_law *law = NULL;
  assert_int_equal(wb_law_new(NULL, two, strlen(two), &law, NULL), WB_OK);
  wb_zone *zone = zone_of("UTC");
  const wb_zone *zones[] = {zone};
  wb_law_question question = {.size = sizeof question,
                              .at = instant("2026-02-02T08:00:00Z"), /* a Monday */
                              .zones = zones,
                              .zone_count = 1,
                              .regions = "XA",
                              .regions_length = 2,
                              .message_class = WB_MESSAGE_CARE};
  wb_law_answer answer = {.size = sizeof answer};
  assert_int_equal(wb_law_find(law, &question, &answer), WB_OK);
  assert_int_equal(answer.open_at, instant("2026-02-02T09:00:00Z"));
  assert_string_equal(answer.held_by, "b");
  assert_string_equal(answer.rule, "b");
  wb_zone_unref(zone);
  wb_law_unref(law);
}

/* What has no name and no words is told as having none. */
static void a_rule_of_hours_has_no_name_and_no_words(void **state) {
  (void)state;
  static const char json[] = HOURS("{\"mon\": \"09:00-17:00\"}");
  wb_law *law = NULL;
  wb_law_rule rule = {.size = sizeof rule};
  uint64_t cursor = 0;
  assert_int_equal(wb_law_new(NULL, json, sizeof json - 1, &law, NULL), WB_OK);
  assert_int_equal(
      wb_law_next(law, WB_LAW_HOURS, "XA", 2, WB_MESSAGE_CARE, day("2026-02-02"), &cursor, &rule),
      WB_OK);
  assert_string_equal(rule.name, "");
  assert_string_equal(rule.words, "");
  wb_law_unref(law);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(packs_with_mistakes_are_refused_where_they_are),
      cmocka_unit_test(what_just_fits_is_read),
      cmocka_unit_test(a_rule_that_lacks_what_its_kind_needs_is_refused),
      cmocka_unit_test(packs_have_limits),
      cmocka_unit_test(rules_may_not_cut_time_without_end),
      cmocka_unit_test(no_memory_leaves_nothing_behind),
      cmocka_unit_test(of_rules_that_say_the_same_the_first_is_told),
      cmocka_unit_test(a_rule_of_hours_has_no_name_and_no_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
