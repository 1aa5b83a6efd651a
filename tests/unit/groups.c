/* SPDX-License-Identifier: MIT */
/* Groups of procedure codes, the host's own codes, lists of codes, places in a mouth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dental/dental.h"
#include "support/times.h"

/* The group of a code by what ships. */
static wb_group group_of(const char *code, const char *on) {
  wb_group group = {.size = sizeof group};
  assert_int_equal(wb_group_find(code, strlen(code), day(on), NULL, 0, &group), WB_OK);
  return group;
}

/* Asserts the group of a code, and that its words are there. */
static void assert_group(const char *code, const char *name) {
  wb_group group = group_of(code, "");
  assert_string_equal(group.name, name);
  assert_int_equal(group.name_length, strlen(name));
  assert_true(strlen(group.words) > 2);
  assert_int_equal(group.flags, 0);
}

static void codes_have_groups(void **state) {
  (void)state;
  assert_group("D0120", "exam_periodic");
  assert_group("D0140", "exam_limited");
  assert_group("D0274", "xray_bw");
  assert_group("D1110", "prophy_adult");
  assert_group("D2391", "fill_comp_post");
  assert_group("D2710", "crown");
  assert_group("D2740", "crown");
  assert_group("D2794", "crown");
  assert_group("D2799", "crown_interim");
  assert_group("D3330", "endo_molar");
  assert_group("D4341", "srp_quad");
  assert_group("D4342", "srp_partial");
  assert_group("D4910", "perio_maint");
  assert_group("D5214", "partial");
  assert_group("D6010", "implant_place");
  assert_group("D6085", "crown_impl_interim");
  assert_group("D8080", "ortho_full");
  assert_group("D9997", "special_needs");
  assert_string_equal(group_of("D2740", "").words, "single crown");
  assert_int_equal(group_of("D2740", "").code, 2740);
}

static void every_code_is_in_the_table_in_order_and_once(void **state) {
  (void)state;
  uint32_t codes = 0;
  for (uint32_t i = 0; i < wbi_data_codes_count; ++i) {
    assert_true(wbi_data_codes[i].first <= wbi_data_codes[i].last);
    if (i) assert_true(wbi_data_codes[i - 1].last < wbi_data_codes[i].first);
    for (int32_t n = wbi_data_codes[i].first; n <= wbi_data_codes[i].last; ++n, ++codes)
      assert_ptr_equal(wbi_code_find(n), &wbi_data_codes[i]);
  }
  assert_true(codes > 600);
  assert_null(wbi_code_find(0));
  assert_null(wbi_code_find(119));
  assert_null(wbi_code_find(2795));
  assert_null(wbi_code_find(9999));
}

static void a_code_without_group_is_no_name(void **state) {
  (void)state;
  wb_group group = {.size = sizeof group, .code = 77};
  const char *const codes[] = {"D9999", "D2795", "02144", "", "   ", "D27", "D27400", "crown"};
  for (size_t i = 0; i < WBI_COUNT(codes); ++i)
    assert_int_equal(wb_group_find(codes[i], strlen(codes[i]), 0, NULL, 0, &group), WB_E_NAME);
  assert_int_equal(group.code, 77);
}

static void suffixes_blanks_and_case_are_read_through(void **state) {
  (void)state;
  assert_int_equal(group_of("D6010.A", "").code, 6010);
  assert_int_equal(group_of("D6011NC", "").code, 6011);
  assert_int_equal(group_of(" d1110 ", "").code, 1110);
  wb_group group = {.size = sizeof group};
  assert_int_equal(wb_group_find("D11105", 5, 0, NULL, 0, &group),
                   WB_OK); /* what follows is not of it */
  assert_int_equal(group.code, 1110);
}

static void groups_are_numbered_from_one(void **state) {
  (void)state;
  const int32_t count = (int32_t)wbi_data_groups_count;
  assert_null(wbi_group_at(0));
  assert_ptr_equal(wbi_group_at(1), &wbi_data_groups[0]);
  assert_ptr_equal(wbi_group_at(count), &wbi_data_groups[count - 1]);
  assert_null(wbi_group_at(count + 1));
}

static void codes_are_in_force_by_date_of_service(void **state) {
  (void)state;
  assert_int_equal(group_of("D1352", "2025-12-31").flags, 0);
  assert_int_equal(group_of("D1352", "2026-01-01").flags, WB_GROUP_NOT_IN_FORCE);
  assert_string_equal(group_of("D1352", "2026-01-01").name, "prr");
  assert_int_equal(group_of("D0461", "2025-12-31").flags, WB_GROUP_NOT_IN_FORCE);
  assert_int_equal(group_of("D0461", "2026-01-01").flags, 0);
  assert_int_equal(group_of("D0461", "").flags, 0);
  assert_int_equal(group_of("D2941", "2025-01-01").flags, WB_GROUP_NOT_IN_FORCE);
}

/* An entry of a host's table. */
static wb_code entry(const char *code, const char *standard, const char *group) {
  return (wb_code){.size = sizeof(wb_code),
                   .code = code,
                   .code_length = (uint32_t)strlen(code),
                   .standard = standard,
                   .standard_length = (uint32_t)strlen(standard),
                   .group = group,
                   .group_length = (uint32_t)strlen(group),
                   .from = WB_DATE_NONE,
                   .until = WB_DATE_NONE};
}

/* The group of a code by a host's table. */
static wb_group own_group(const char *code, const char *on, const wb_code *codes, uint32_t count) {
  wb_group group = {.size = sizeof group};
  assert_int_equal(wb_group_find(code, strlen(code), day(on), codes, count, &group), WB_OK);
  return group;
}

static void a_host_maps_its_own_codes(void **state) {
  (void)state;
  wb_code codes[] = {entry("PREP", "", "crown_prep"), entry(" Clean", "D1110", ""),
                     entry("D9999", "", "laser"), entry("GLOW", "\tD9972", "laser"),
                     entry("D2719", "", "crown_prep")};
  wb_group prep = own_group("prep ", "", codes, 5);
  assert_string_equal(prep.words, "visit that prepares a tooth for a crown");
  assert_int_equal(prep.code, 0);
  wb_group clean = own_group("CLEAN", "", codes, 5);
  assert_int_equal(clean.code, 1110);
  assert_string_equal(clean.name, "prophy_adult");
  wb_group laser = own_group("D9999", "", codes, 5), glow = own_group("GLOW", "", codes, 5);
  assert_int_equal(laser.id, glow.id);
  assert_true(laser.id >= 1000);
  assert_string_equal(laser.words, "");
  assert_int_equal(laser.name_length, 5);
  assert_int_equal(glow.code, 9972);
  assert_string_equal(glow.name, "laser");
  assert_int_equal(own_group("D2719", "", codes, 5).id, prep.id);
  assert_string_equal(group_of("D2719", "").name, "crown");
  assert_string_equal(own_group("D4910", "", codes, 5).name, "perio_maint");
}

static void what_a_host_leaves_out_of_its_table_is_empty(void **state) {
  (void)state;
  wb_code codes[] = {entry("", "", ""), entry("A", "D1110", "")};
  codes[0].code = codes[0].standard = codes[0].group = codes[1].group = NULL;
  assert_int_equal(own_group("A", "", codes, 2).code, 1110);
  assert_string_equal(own_group("D4910", "", codes, 2).name, "perio_maint");
}

static void a_host_overrides_for_dates_of_service(void **state) {
  (void)state;
  wb_code codes[] = {entry("D1999", "D1110", ""), entry("D1999", "D4910", "")};
  codes[0].until = day("2024-12-31");
  codes[1].from = day("2025-01-01");
  assert_int_equal(own_group("D1999", "2024-12-31", codes, 2).code, 1110);
  assert_int_equal(own_group("D1999", "2025-01-01", codes, 2).code, 4910);
}

static void tables_that_cannot_be_are_refused(void **state) {
  (void)state;
  wb_group group = {.size = sizeof group};
  struct {
    wb_code code;
    uint32_t more[2]; /* aligned as it is: no byte lies between */
  } longer[2] = {{entry("A", "D1110", ""), {0}}, {entry("B", "D1120", ""), {0}}};
  wb_code codes[1] = {entry("A", "", "")};
  assert_int_equal(wb_group_find("A", 1, 0, codes, 1, &group), WB_E_NAME);
  codes[0] = entry("A", "D2795", "");
  assert_int_equal(wb_group_find("A", 1, 0, codes, 1, &group), WB_E_NAME);
  codes[0] = entry("A", "   ", "");
  assert_int_equal(wb_group_find("A", 1, 0, codes, 1, &group), WB_E_NAME);
#define BAD(member, value, status)                                                                 \
  codes[0] = entry("A", "D1110", "crown");                                                         \
  codes[0].member = value;                                                                         \
  assert_int_equal(wb_group_find("A", 1, 0, codes, 1, &group), status)
  BAD(code, NULL, WB_E_INVALID);
  BAD(group, NULL, WB_E_INVALID);
  BAD(standard, NULL, WB_E_INVALID);
  BAD(from, WB_DATE_MIN - 1, WB_E_RANGE);
  BAD(until, WB_DATE_MAX + 1, WB_E_RANGE);
  BAD(flags, 1, WB_E_VERSION);
  BAD(reserved, 1, WB_E_VERSION);
  BAD(size, 8, WB_E_INVALID);
  BAD(size, 8192, WB_E_VERSION);
  longer[0].code.size = sizeof longer[0];
  assert_int_equal(wb_group_find("B", 1, 0, &longer[0].code, 2, &group), WB_OK);
  assert_int_equal(group.code, 1120);
  longer[1].more[0] = 1;
  assert_int_equal(wb_group_find("A", 1, 0, &longer[0].code, 1, &group),
                   WB_OK); /* not of the array */
  assert_int_equal(wb_group_find("B", 1, 0, &longer[0].code, 2, &group), WB_E_VERSION);
  static struct {
    wb_code code;
    uint8_t more[4096];
  } longest = {.more = {0}};
  longest.code = entry("A", "D1110", "");
  longest.code.size = 4096;
  assert_int_equal(wb_group_find("A", 1, 0, &longest.code, 1, &group), WB_OK);
  longest.code.size = 4096 + _Alignof(wb_code);
  assert_int_equal(wb_group_find("A", 1, 0, &longest.code, 1, &group), WB_E_VERSION);
  assert_int_equal(wb_group_find("A", 1, 0, NULL, 1, &group), WB_E_INVALID);
  assert_int_equal(wb_group_find(NULL, 0, 0, NULL, 0, &group), WB_E_INVALID);
  assert_int_equal(wb_group_find("A", 1, WB_DATE_MAX + 1, NULL, 0, &group), WB_E_RANGE);
  group.size = 8;
  assert_int_equal(wb_group_find("D1110", 5, 0, NULL, 0, &group), WB_E_INVALID);
}

static void lists_of_codes_are_read(void **state) {
  (void)state;
  wb_code_range ranges[16];
  uint32_t count = 0;
  static const char text[] = "D1110, D4341-D4342\tfluoride,xray_bw";
  assert_int_equal(wb_codes_parse(text, strlen(text), ranges, 16, &count), WB_OK);
  static const wb_code_range expected[] = {{1110, 1110}, {4341, 4342}, {1206, 1206}, {1208, 1208},
                                           {270, 270},   {272, 272},   {273, 273},   {274, 274}};
  assert_int_equal(count, WBI_COUNT(expected));
  assert_memory_equal(ranges, expected, sizeof expected);
  assert_int_equal(wb_codes_parse(text, strlen(text), NULL, 0, &count), WB_E_SPACE);
  assert_int_equal(count, 8);
  assert_int_equal(wb_codes_parse(text, strlen(text), ranges, 7, &count), WB_E_SPACE);
}

static void lists_that_are_none_are_refused(void **state) {
  (void)state;
  wb_code_range ranges[4];
  uint32_t count = 7;
  const char *const names[] = {"D11",     "crowns",  "D1110-",     "-D1110",
                               "D1110-x", "D1110.A", "crown_prep", "D1110-D1120.A"};
  for (size_t i = 0; i < WBI_COUNT(names); ++i)
    assert_int_equal(wb_codes_parse(names[i], strlen(names[i]), ranges, 4, &count), WB_E_NAME);
  assert_int_equal(wb_codes_parse("crown-D1110", 11, ranges, 4, &count), WB_E_NAME);
  assert_int_equal(wb_codes_parse("D1110-crown", 11, ranges, 4, &count), WB_E_NAME);
  assert_int_equal(wb_codes_parse("D1120-D1110", 11, ranges, 4, &count), WB_E_SYNTAX);
  assert_int_equal(wb_codes_parse("D1110,D1120-D1110", 17, ranges, 4, &count), WB_E_SYNTAX);
  assert_int_equal(wb_codes_parse(" , ", 3, ranges, 4, &count), WB_E_SYNTAX);
  assert_int_equal(wb_codes_parse("", 0, ranges, 4, &count), WB_E_SYNTAX);
  assert_int_equal(wb_codes_parse(NULL, 0, ranges, 4, &count), WB_E_SYNTAX);
  assert_int_equal(wb_codes_parse(NULL, 3, ranges, 4, &count), WB_E_INVALID);
  assert_int_equal(wb_codes_parse("D1110", 5, ranges, 4, NULL), WB_E_INVALID);
  assert_int_equal(count, 7);
}

/* The mask of a place. */
static uint64_t teeth(const char *text, uint32_t areas) {
  uint64_t mask = 77;
  assert_int_equal(wb_teeth_parse(text, strlen(text), areas, &mask), WB_OK);
  return mask;
}

static void places_are_masks_of_teeth(void **state) {
  (void)state;
  assert_int_equal(teeth("", 0), 0);
  uint64_t none = 77;
  assert_int_equal(wb_teeth_parse(NULL, 0, 0, &none), WB_OK);
  assert_int_equal(none, 0);
  assert_int_equal(teeth(" 1 ", 0), 1);
  assert_int_equal(teeth("32", 0), UINT64_C(1) << 31);
  assert_int_equal(teeth("3-5", 0), 0x1C);
  assert_int_equal(teeth("3, 4,5", 0), 0x1C);
  assert_int_equal(teeth("A", 0), UINT64_C(1) << 32);
  assert_int_equal(teeth("t", 0), UINT64_C(1) << 51);
  assert_int_equal(teeth("a", 0), UINT64_C(1) << 32);
  assert_int_equal(teeth("c-h", 0) | teeth("M-R,6-11,22-27", 0), WBI_TEETH_FRONT);
  assert_int_equal(teeth("4,5,12,13,20,21,28,29", 0), WBI_TEETH_PREMOLARS);
  assert_int_equal(teeth("51", 0), teeth("AS", 0));
  assert_int_equal(teeth("82", 0), teeth("ts", 0));
  assert_int_not_equal(teeth("58", 0), teeth("59", 0));
}

static void quarters_and_arches_hold_their_teeth(void **state) {
  (void)state;
  assert_int_equal(teeth("UR", 1), teeth("10", 1));
  assert_int_equal(teeth("ul", 1), teeth("1-16", 0) & teeth("20", 1) ? teeth("20", 1) : 0);
  assert_int_equal(teeth("UR", 1), teeth("1-8,A-E,51", 0));
  assert_int_equal(teeth("UL", 1), teeth("9-16,F-J,59", 0));
  assert_int_equal(teeth("LL", 1), teeth("17-24,K-O,67", 0));
  assert_int_equal(teeth("LR", 1), teeth("25-32,P-T,75", 0));
  assert_int_equal(teeth("UR,UL", 1), WBI_TEETH_UPPER);
  assert_int_equal(teeth("U", 1), WBI_TEETH_UPPER);
  assert_int_equal(teeth("02", 1), WBI_TEETH_LOWER);
  assert_int_equal(teeth("30,40", 1), WBI_TEETH_LOWER);
  assert_int_equal(teeth("L", 1), WBI_TEETH_LOWER);
  assert_int_equal(teeth("L", 0), UINT64_C(1) << 43);
}

static void places_that_are_none_are_refused(void **state) {
  (void)state;
  uint64_t mask = 77;
  const char *const bad[] = {"0",  "33", "50", "83",  "AX",  "U",    "5-3", "3-", "-3",
                             ",3", "3,", "A-", "3-A", "100", "T-51", "UR",  "{",  "A{"};
  for (size_t i = 0; i < WBI_COUNT(bad); ++i)
    assert_int_equal(wb_teeth_parse(bad[i], strlen(bad[i]), 0, &mask), WB_E_SYNTAX);
  assert_int_equal(wb_teeth_parse("14", 2, 1, &mask), WB_E_SYNTAX);
  assert_int_equal(wb_teeth_parse("14", 2, 2, &mask), WB_E_INVALID);
  assert_int_equal(wb_teeth_parse(NULL, 2, 0, &mask), WB_E_INVALID);
  assert_int_equal(wb_teeth_parse("14", 2, 0, NULL), WB_E_INVALID);
  assert_int_equal(mask, 77);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(codes_have_groups),
      cmocka_unit_test(every_code_is_in_the_table_in_order_and_once),
      cmocka_unit_test(a_code_without_group_is_no_name),
      cmocka_unit_test(suffixes_blanks_and_case_are_read_through),
      cmocka_unit_test(groups_are_numbered_from_one),
      cmocka_unit_test(codes_are_in_force_by_date_of_service),
      cmocka_unit_test(a_host_maps_its_own_codes),
      cmocka_unit_test(what_a_host_leaves_out_of_its_table_is_empty),
      cmocka_unit_test(a_host_overrides_for_dates_of_service),
      cmocka_unit_test(tables_that_cannot_be_are_refused),
      cmocka_unit_test(lists_of_codes_are_read),
      cmocka_unit_test(lists_that_are_none_are_refused),
      cmocka_unit_test(places_are_masks_of_teeth),
      cmocka_unit_test(quarters_and_arches_hold_their_teeth),
      cmocka_unit_test(places_that_are_none_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
