/* SPDX-License-Identifier: MIT */
/* What ships against the tables it was made from: every zone, every procedure code and the alphabet
   of an SMS. They are in the folder that WB_SHARED names; where it is not given, this is skipped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "dental/dental.h"
#include "liquid/sms.h"
#include "support/times.h"
#include "time/time_private.h"

enum { FIELDS = 8 };

/* Cuts a line of CSV into its fields, in place; quotes hold commas together. */
static void cut_fields(char *line, char *fields[FIELDS]) {
  char *to = line;
  bool quoted = false;
  size_t count = 1;
  fields[0] = line;
  for (const char *from = line; *from && *from != '\n'; from++) {
    if (*from == '"') {
      quoted = !quoted;
    } else if (*from == ',' && !quoted) {
      *to++ = '\0';
      assert_true(count < FIELDS);
      fields[count++] = to;
    } else {
      *to++ = *from;
    }
  }
  *to = '\0';
  for (; count < FIELDS; count++)
    fields[count] = to;
}

/* Hands every row of a table to a function, and returns how many there are; skips without it. */
static size_t each_row(const char *name, void (*row)(char *fields[FIELDS])) {
  const char *folder = getenv("WB_SHARED");
  char path[512], line[2048];
  char *fields[FIELDS];
  size_t count = 0;
  snprintf(path, sizeof path, "%s/facts/%s", folder ? folder : "", name);
  FILE *file = folder ? fopen(path, "r") : NULL;
  if (!file) {
    print_message("WB_SHARED has no facts/%s\n", name);
    skip();
  }
  assert_non_null(fgets(line, sizeof line, file)); /* the head */
  for (; fgets(line, sizeof line, file); count++) {
    cut_fields(line, fields);
    row(fields);
  }
  fclose(file);
  return count;
}

/* A row "iana,country,posix_tz,posix_tz_2025b_if_different,alias_of,comment". */
static void assert_zone(char *fields[FIELDS]) {
  wb_zone *named = zone_of(fields[0]), *written = zone_of(fields[2]);
  if (!wbi_zone_same_rules(named, written)) fail_msg("%s is not %s", fields[0], fields[2]);
  if (*fields[3]) {
    wb_zone *before = zone_of(fields[3]);
    if (wbi_zone_same_rules(named, before)) fail_msg("%s is still %s", fields[0], fields[3]);
    wb_zone_unref(before);
  }
  if (*fields[4]) {
    wb_zone *other = zone_of(fields[4]);
    if (!wbi_zone_same_name(named, other)) fail_msg("%s is not %s", fields[0], fields[4]);
    wb_zone_unref(other);
  }
  wb_zone_unref(named);
  wb_zone_unref(written);
}

static void every_zone_of_the_table_has_its_rules_and_its_older_names(void **state) {
  (void)state;
  assert_int_equal(each_row("zones.csv", assert_zone), 141);
}

/* Asserts the group of one code, and that it has words. */
static void assert_code(long number, char *fields[FIELDS]) {
  char code[8];
  wb_group group = {.size = sizeof group};
  snprintf(code, sizeof code, "D%04ld", number);
  if (wb_group_find(code, 5, WB_DATE_NONE, NULL, 0, &group) != WB_OK ||
      strcmp(group.name, fields[1]) != 0 || strlen(group.words) < 3) {
    fail_msg("%s is not %s", code, fields[1]);
  }
}

/* A row "codes,group,plain_words,winback_effect", the codes as "D0250,D0251" or "D0364-D0371". */
static void assert_codes(char *fields[FIELDS]) {
  for (const char *at = fields[0]; *at;) {
    char *end = NULL;
    assert_true(*at == 'D');
    const long first = strtol(at + 1, &end, 10);
    const long last = *end == '-' ? strtol(end + 2, &end, 10) : first;
    for (long number = first; number <= last; number++)
      assert_code(number, fields);
    at = end + strspn(end, ", ");
  }
}

static void every_code_of_the_table_is_in_its_group(void **state) {
  (void)state;
  assert_int_equal(each_row("procedure_groups.csv", assert_codes), 193);
}

/* Reads a JSON file; skips without it. */
static wbi_json *read_json(wbi_arena *arena, const char *name) {
  static char text[65536];
  const char *folder = getenv("WB_SHARED");
  char path[512];
  wbi_json *root = NULL;
  snprintf(path, sizeof path, "%s/%s", folder ? folder : "", name);
  FILE *file = folder ? fopen(path, "r") : NULL;
  if (!file) {
    print_message("WB_SHARED has no %s\n", name);
    skip();
  }
  const size_t length = fread(text, 1, sizeof text, file);
  fclose(file);
  assert_int_equal(wbi_json_parse(arena, (wbi_text){text, length}, &root, NULL), WB_OK);
  return root;
}

/* Notes the septets of the characters of a list of [code, character]; how many they are. */
static uint32_t note_septets(const wbi_json *list, uint8_t septets, uint8_t *all) {
  assert_non_null(list);
  for (const wbi_json *pair = list->first; pair; pair = pair->next) {
    assert_int_equal(pair->count, 2);
    all[pair->first->next->integer] = septets;
  }
  return list->count;
}

static void every_character_takes_the_septets_of_the_table(void **state) {
  (void)state;
  static uint8_t septets[0x110000];
  wbi_arena arena;
  wbi_arena_init(&arena, NULL, 0);
  const wbi_json *root = read_json(&arena, "conformance/gsm0338.json");
  uint32_t count = note_septets(wbi_json_find(root, "basic"), 1, septets);
  count += note_septets(wbi_json_find(root, "extension"), 2, septets);
  assert_int_equal(count, 137);
  for (uint32_t scalar = 0; scalar < sizeof septets; scalar++)
    if (wbi_sms_septets(scalar) != septets[scalar]) fail_msg("U+%04X", scalar);
  wbi_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_zone_of_the_table_has_its_rules_and_its_older_names),
      cmocka_unit_test(every_code_of_the_table_is_in_its_group),
      cmocka_unit_test(every_character_takes_the_septets_of_the_table),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
