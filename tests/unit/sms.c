/* SPDX-License-Identifier: MIT */
/* What an SMS counts, at the ends of its segments, and typographic characters made plain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "liquid/sms.h"

/* A text of one character many times, with something before and after. */
static wbi_text repeated(char *out, const char *before, const char *text, size_t times,
                         const char *after) {
  char *to = out;
  memcpy(to, before, strlen(before));
  to += strlen(before);
  for (size_t i = 0; i < times; i++, to += strlen(text))
    memcpy(to, text, strlen(text));
  memcpy(to, after, strlen(after) + 1);
  return (wbi_text){out, strlen(out)};
}

static void assert_sms(wbi_text text, int32_t encoding, uint32_t units, uint32_t segments) {
  wb_sms sms = {.size = sizeof sms};
  assert_int_equal(wb_sms_measure(text.data, text.length, &sms), WB_OK);
  assert_int_equal(sms.encoding, encoding);
  assert_int_equal(sms.units, units);
  assert_int_equal(sms.segments, segments);
}

static void gsm_holds_160_septets_or_153_each(void **state) {
  (void)state;
  static const struct {
    size_t septets;
    uint32_t segments;
  } cases[] = {{0, 1}, {1, 1}, {160, 1}, {161, 2}, {306, 2}, {307, 3}, {459, 3}, {460, 4}};
  char out[1024];
  for (size_t i = 0; i < WBI_COUNT(cases); i++)
    assert_sms(repeated(out, "", "a", cases[i].septets, ""), WB_SMS_GSM7,
               (uint32_t)cases[i].septets, cases[i].segments);
}

static void ucs_holds_70_units_or_67_each(void **state) {
  (void)state;
  static const struct {
    size_t units;
    uint32_t segments;
  } cases[] = {{1, 1}, {70, 1}, {71, 2}, {134, 2}, {135, 3}, {201, 3}, {202, 4}};
  char out[1024];
  for (size_t i = 0; i < WBI_COUNT(cases); i++)
    assert_sms(repeated(out, "", "á", cases[i].units, ""), WB_SMS_UCS2, (uint32_t)cases[i].units,
               cases[i].segments);
}

static void a_character_of_the_extension_is_never_in_two_segments(void **state) {
  (void)state;
  char out[1024];
  assert_sms(repeated(out, "", "[", 80, ""), WB_SMS_GSM7, 160, 1);
  assert_sms(repeated(out, "", "€", 80, "a"), WB_SMS_GSM7, 161, 2);
  assert_sms(repeated(out, "", "[", 153, ""), WB_SMS_GSM7, 306, 3); /* 76 + 76 + 1 characters */
  assert_sms(repeated(out, "", "[", 152, ""), WB_SMS_GSM7, 304, 2);
  assert_sms(repeated(out, "a", "[", 152, "a"), WB_SMS_GSM7, 306, 2); /* 1+152, 152+1 */
}

static void a_surrogate_pair_is_never_in_two_segments(void **state) {
  (void)state;
  char out[1024];
  assert_sms(repeated(out, "", "😀", 35, ""), WB_SMS_UCS2, 70, 1);
  assert_sms(repeated(out, "", "😀", 66, ""), WB_SMS_UCS2, 132, 2); /* 33 in each */
  assert_sms(repeated(out, "", "😀", 66, "a"), WB_SMS_UCS2, 133, 2);
  assert_sms(repeated(out, "", "😀", 67, ""), WB_SMS_UCS2, 134, 3);
  assert_sms(repeated(out, "a", "😀", 66, "a"), WB_SMS_UCS2, 134, 2);
}

static void what_surprises_is_counted_as_the_standard_has_it(void **state) {
  (void)state;
  assert_sms(WBI_TEXT("a\r\nb"), WB_SMS_GSM7, 4, 1);
  assert_sms(WBI_TEXT("\f"), WB_SMS_GSM7, 2, 1);
  assert_sms(WBI_TEXT("leçon"), WB_SMS_UCS2, 5, 1); /* only the capital is in the alphabet */
  assert_sms(WBI_TEXT("LEÇON"), WB_SMS_GSM7, 5, 1);
  assert_sms(WBI_TEXT("`"), WB_SMS_UCS2, 1, 1);
  assert_sms(WBI_TEXT("\t"), WB_SMS_UCS2, 1, 1);
  assert_sms(WBI_TEXT("\x1b"), WB_SMS_UCS2, 1, 1); /* an escape is no character */
  assert_sms(WBI_TEXT("a\0b"), WB_SMS_UCS2, 3, 1);
  assert_sms(WBI_TEXT("¿Mañana? Él dirá"), WB_SMS_UCS2, 16, 1);
  assert_sms(WBI_TEXT("¿Mañana?"), WB_SMS_GSM7, 8, 1);
}

static void characters_of_the_first_plane_are_one_unit(void **state) {
  (void)state;
  assert_sms(WBI_TEXT("\xEF\xBF\xBF"), WB_SMS_UCS2, 1, 1);     /* U+FFFF */
  assert_sms(WBI_TEXT("\xF0\x90\x80\x80"), WB_SMS_UCS2, 2, 1); /* U+10000 */
}

/* What is too long is not read, so nobody knows whether it is a text. */
static void what_is_too_long_is_not_read(void **state) {
  (void)state;
  enum { MOST = 255 * 160 * 3 };
  static char out[MOST + 2];
  wb_sms sms = {.size = sizeof sms};
  repeated(out, "", "\xff", MOST + 1, "");
  assert_int_equal(wb_sms_measure(out, MOST, &sms), WB_E_INVALID);
  assert_int_equal(wb_sms_measure(out, MOST + 1, &sms), WB_E_LIMIT);
}

static void the_first_character_that_is_not_gsm_is_named(void **state) {
  (void)state;
  wb_sms sms = {.size = sizeof sms};
  assert_int_equal(wb_sms_measure("é’á", 7, &sms), WB_OK);
  assert_int_equal(sms.foreign, 2);
  assert_int_equal(wb_sms_measure("éa", 3, &sms), WB_OK);
  assert_int_equal(sms.foreign, 0);
}

static void a_refused_text_changes_nothing(void **state) {
  (void)state;
  wb_sms sms = {.size = sizeof sms, .units = 9};
  static char out[130000];
  assert_int_equal(wb_sms_measure("a\xff", 2, &sms), WB_E_INVALID);
  assert_int_equal(wb_sms_measure("\xed\xa0\x80", 3, &sms), WB_E_INVALID);
  assert_int_equal(wb_sms_measure("é", 1, &sms), WB_E_INVALID);
  assert_int_equal(wb_sms_measure(NULL, 1, &sms), WB_E_INVALID);
  assert_int_equal(wb_sms_measure("a", 1, NULL), WB_E_INVALID);
  sms.size = 20;
  assert_int_equal(wb_sms_measure("a", 1, &sms), WB_E_INVALID);
  sms.size = sizeof sms;
  repeated(out, "", "a", 255 * 153 + 1, "");
  assert_int_equal(wb_sms_measure(out, 255 * 153 + 1, &sms), WB_E_LIMIT);
  repeated(out, "", "a", 255 * 160 * 3 + 1, "");
  assert_int_equal(wb_sms_measure(out, 255 * 160 * 3 + 1, &sms), WB_E_LIMIT);
  assert_int_equal(sms.units, 9);
  assert_int_equal(wb_sms_measure(out, 255 * 153, &sms), WB_OK);
  assert_int_equal(sms.segments, 255);
  assert_int_equal(wb_sms_measure(NULL, 0, &sms), WB_OK);
  assert_int_equal(sms.segments, 1);
}

static void a_longer_header_leaves_less_room(void **state) {
  (void)state;
  assert_int_equal(wbi_sms_room(WB_SMS_GSM7, 0), 160);
  assert_int_equal(wbi_sms_room(WB_SMS_GSM7, 6), 153);
  assert_int_equal(wbi_sms_room(WB_SMS_GSM7, 7), 152);
  assert_int_equal(wbi_sms_room(WB_SMS_UCS2, 0), 70);
  assert_int_equal(wbi_sms_room(WB_SMS_UCS2, 6), 67);
  assert_int_equal(wbi_sms_room(WB_SMS_UCS2, 7), 66);
}

static wbi_sms_count count_of(const char *text) {
  wbi_sms_count count = {0};
  assert_true(wbi_sms_add(&count, wbi_text_of(text)));
  return count;
}

static void pieces_count_like_the_whole(void **state) {
  (void)state;
  const char *text = "Hi [Zoë] {€} \xF0\x9F\x98\x80 ’";
  const wbi_sms_count whole = count_of(text);
  assert_int_equal(whole.septets, 18);
  assert_int_equal(whole.units, 17);
  assert_int_equal(whole.escapes, 5);
  assert_int_equal(whole.pairs, 1);
  assert_int_equal(whole.foreign, 3);
  const wbi_sms_count a = count_of("Hi [Zoë]"), b = count_of(" {€} \xF0\x9F\x98\x80 ’");
  wbi_sms_count sum = a;
  wbi_sms_add_count(&sum, &b, 1);
  assert_memory_equal(&sum, &whole, sizeof sum);
  assert_false(wbi_sms_add(&sum, WBI_TEXT("a\xff")));
  assert_memory_equal(&sum, &whole, sizeof sum);
}

/* The worst of a literal, a value, and two branches. */
static void the_worst_is_known_before_values_are(void **state) {
  (void)state;
  wb_sms sms = {0};
  wbi_sms_count worst = count_of("Hi , see you on ");
  wbi_sms_add_hole(&worst, 10, true);
  wbi_sms_bound(&worst, WBI_SMS_HEADER, &sms);
  assert_int_equal(sms.encoding, WB_SMS_GSM7);
  assert_int_equal(sms.units, 26);
  assert_int_equal(sms.segments, 1);
  wbi_sms_add_hole(&worst, 44, false);
  wbi_sms_bound(&worst, WBI_SMS_HEADER, &sms);
  assert_int_equal(sms.encoding, WB_SMS_UCS2);
  assert_int_equal(sms.units, 70);
  assert_int_equal(sms.segments, 1);
  wbi_sms_add_hole(&worst, 62, false);
  wbi_sms_bound(&worst, WBI_SMS_HEADER, &sms);
  assert_int_equal(sms.segments, 2); /* 132 units */
  wbi_sms_add_hole(&worst, 1, true);
  wbi_sms_bound(&worst, WBI_SMS_HEADER, &sms);
  assert_int_equal(sms.segments, 3); /* pairs may leave a unit in each */
  const wbi_sms_count foreign = count_of("á"), longer = count_of("abc");
  wbi_sms_count either = longer;
  wbi_sms_join(&either, &foreign);
  wbi_sms_bound(&either, WBI_SMS_HEADER, &sms);
  assert_int_equal(sms.encoding, WB_SMS_UCS2);
  assert_int_equal(sms.units, 3);
}

static void of_two_branches_each_count_is_that_of_the_larger(void **state) {
  (void)state;
  const wbi_sms_count odd = {5, 2, 5, 2, 5}, even = {3, 4, 3, 4, 3}, both = {5, 4, 5, 4, 5};
  wbi_sms_count one = odd, other = even;
  wbi_sms_join(&one, &even);
  wbi_sms_join(&other, &odd);
  assert_memory_equal(&one, &both, sizeof both);
  assert_memory_equal(&other, &both, sizeof both);
}

static void only_characters_of_two_units_may_leave_one_unused(void **state) {
  (void)state;
  wb_sms sms = {0};
  wbi_sms_count count = {.septets = 1530, .units = 1530};
  wbi_sms_bound(&count, WBI_SMS_HEADER, &sms);
  assert_int_equal(sms.segments, 10);
  count.escapes = 1;
  wbi_sms_bound(&count, WBI_SMS_HEADER, &sms);
  assert_int_equal(sms.segments, 11);
}

static void sums_of_bounds_stop(void **state) {
  (void)state;
  wb_sms sms = {0};
  wbi_sms_count worst = {0}, part = {0};
  wbi_sms_add_hole(&part, UINT64_MAX, false);
  for (int i = 0; i < 3; i++)
    wbi_sms_add_count(&worst, &part, UINT64_MAX);
  wbi_sms_bound(&worst, WBI_SMS_HEADER, &sms);
  assert_int_equal(sms.units, UINT32_MAX);
  assert_int_equal(sms.segments, UINT32_MAX);
  part = count_of("ab");
  for (uint64_t times = ((uint64_t)1 << 48) / 3; times < ((uint64_t)1 << 48) / 3 + 2; times++) {
    worst = count_of("");
    const wbi_sms_count three = count_of("abc");
    wbi_sms_add_count(&worst, &three, times);
    assert_int_equal(worst.septets, times * 3 < (uint64_t)1 << 48 ? times * 3 : (uint64_t)1 << 48);
  }
  worst = count_of("");
  wbi_sms_add_count(&worst, &part, 3);
  assert_int_equal(worst.septets, 6);
}

static void no_text_passes_its_bound(void **state) {
  (void)state;
  static const char *const characters[] = {"a", "[", "á", "😀"};
  char out[4096];
  unsigned random = 1;
  for (int round = 0; round < 20000; round++) {
    char *to = out;
    wbi_sms_count count = {0};
    wb_sms bound = {.size = sizeof bound}, found = {.size = sizeof found};
    random = random * 1103515245u + 12345u;
    const unsigned few = 1u + (random >> 24) % 4u;
    const size_t length = (random >> 8) % 700;
    for (size_t i = 0; i < length; i++) {
      random = random * 1103515245u + 12345u;
      const char *one = characters[(random >> 20) % few];
      memcpy(to, one, strlen(one));
      to += strlen(one);
    }
    const wbi_text text = {out, (size_t)(to - out)};
    assert_true(wbi_sms_add(&count, text));
    wbi_sms_bound(&count, WBI_SMS_HEADER, &bound);
    assert_int_equal(wb_sms_measure(text.data, text.length, &found), WB_OK);
    assert_int_equal(bound.units, found.units);
    assert_true(found.segments <= bound.segments && bound.segments <= found.segments + 1);
  }
}

/* Asserts the plain form of a text, and how many characters were replaced and left. */
static void assert_plain(const char *text, const char *wanted, uint32_t changed, uint32_t left) {
  char out[256];
  wbi_sms_change plain = {0};
  wbi_writer writer = {out, sizeof out, 0};
  wbi_sms_plain(&writer, wbi_text_of(text), &plain);
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  assert_string_equal(out, wanted);
  assert_int_equal(plain.changed, changed);
  assert_int_equal(plain.left, left);
}

static void typographic_characters_become_plain(void **state) {
  (void)state;
  assert_plain("It’s “time” – book… now", "It's \"time\" - book... now", 5, 0);
  assert_plain("a\u00A0b\u2009c\u3000d", "a b c d", 3, 0);
  assert_plain("• one ● two ◦ three", "- one - two - three", 3, 0);
  assert_plain("ＨＩ！ ｏｋ～", "HI! ok~", 6, 0);
  assert_plain("ﬁrst oﬃce", "first office", 2, 0);
  assert_plain("", "", 0, 0);
}

static void letters_tabs_and_meanings_stay(void **state) {
  (void)state;
  assert_plain("José Muñoz", "José Muñoz", 0, 0);
  assert_plain("María’s", "María's", 1, 1);
  assert_plain("a\tb", "a\tb", 0, 1);
  assert_plain("1½ ÷ 2", "1½ ÷ 2", 0, 2);
  assert_plain("e\u0301", "e\u0301", 0, 1);
  assert_plain("😀", "😀", 0, 1);
}

static void links_and_addresses_stay(void **state) {
  (void)state;
  assert_plain("See https://example.com/a–b – ok", "See https://example.com/a–b - ok", 1, 1);
  assert_plain("example.com/caf’e ’", "example.com/caf’e '", 1, 1);
  assert_plain("o’neil@example.com o’neil", "o’neil@example.com o'neil", 1, 1);
  assert_plain("“https://example.com”", "“https://example.com”", 0, 2);
  assert_plain("a–b@c x://a–b –", "a–b@c x://a–b -", 1, 2);
  assert_plain("À.com’s", "À.com's", 1, 1);
  assert_plain("https://example.com\u00A0’", "https://example.com '", 2, 0);
  assert_plain("9.30–10.30 a.m.–p.m.", "9.30-10.30 a.m.-p.m.", 2, 0);
  assert_plain("… .com’s é.com’s", "... .com's é.com's", 4, 0);
}

static void a_link_goes_on_in_the_next_piece(void **state) {
  (void)state;
  char out[64];
  wbi_sms_change plain = {0};
  wbi_writer writer = {out, sizeof out, 0};
  wbi_sms_plain(&writer, WBI_TEXT("https://example.com/"), &plain);
  assert_true(plain.link);
  wbi_sms_plain(&writer, WBI_TEXT("–a –b"), &plain);
  assert_false(plain.link);
  assert_int_equal(plain.first, 5);
  wbi_sms_plain(&writer, WBI_TEXT("–"), &plain);
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  assert_string_equal(out, "https://example.com/–a -b-");
}

/* Every character by itself: what is written is in GSM-7, and no longer than what was read. */
static void what_is_written_is_gsm_and_not_longer(void **state) {
  (void)state;
  uint32_t changed = 0;
  for (uint32_t scalar = 1; scalar <= 0x10FFFF; scalar++) {
    char in[4], out[8];
    const wbi_text text = {in, wbi_utf8_put(in, scalar)};
    wbi_sms_change plain = {0};
    wbi_writer writer = {out, sizeof out, 0};
    wbi_sms_count count = {0};
    wbi_sms_plain(&writer, text, &plain);
    if (plain.changed == 0) continue;
    changed++;
    assert_true(writer.length > 0 && writer.length <= text.length);
    assert_int_equal(wbi_sms_septets(scalar), 0);
    assert_true(wbi_sms_add(&count, (wbi_text){out, writer.length}));
    assert_int_equal(count.foreign, 0);
  }
  assert_int_equal(changed, 167);
}

static void a_message_is_made_plain_only_where_that_is_enough(void **state) {
  (void)state;
  char fits[] = "D’Angelo – see you…", stays[] = "D’Ángelo", plain[] = "Ana";
  size_t length = strlen(fits);
  wbi_sms_count count = count_of(fits);
  assert_true(wbi_sms_fit(fits, &length, &count));
  assert_int_equal(length, 21);
  assert_memory_equal(fits, "D'Angelo - see you...", 21);
  assert_int_equal(count.foreign, 0);
  assert_int_equal(count.septets, 21);
  length = strlen(stays);
  count = count_of(stays);
  assert_false(wbi_sms_fit(stays, &length, &count));
  assert_string_equal(stays, "D’Ángelo");
  assert_int_equal(count.foreign, 2);
  length = strlen(plain);
  assert_false(wbi_sms_fit(plain, &length, &count));
}

static void a_text_counts_what_its_characters_count(void **state) {
  static const char *const parts[] = {"a",
                                      "Z",
                                      "9",
                                      " ",
                                      "\n",
                                      "[",
                                      "~",
                                      "`",
                                      "@",
                                      "\t",
                                      "abcdefgh",
                                      "\xC3\xA9",
                                      "\xE2\x82\xAC",
                                      "\xC3\xAD",
                                      "\xF0\x9F\x98\x80"};
  uint64_t seed = 11;
  (void)state;
  for (int i = 0; i < 20000; i++) {
    char text[160];
    size_t length = 0;
    wbi_sms_count whole = {0}, pieces = {0};
    for (int part = 0; part < 16; part++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      const uint32_t pick = (uint32_t)(seed >> 33);
      const wbi_text piece = wbi_text_of(parts[pick % (pick & 64 ? WBI_COUNT(parts) : 4)]);
      memcpy(text + length, piece.data, piece.length);
      length += piece.length;
      for (size_t at = 0; at < piece.length;) {
        const size_t from = at;
        uint32_t scalar = 0;
        assert_true(wbi_utf8_next(piece, &at, &scalar));
        assert_true(wbi_sms_add(&pieces, wbi_text_slice(piece, from, at)));
      }
    }
    assert_true(wbi_sms_add(&whole, (wbi_text){text, length}));
    assert_memory_equal(&whole, &pieces, sizeof whole);
    text[length - 1] = '\xFF';
    assert_false(wbi_sms_add(&whole, (wbi_text){text, length}));
    assert_memory_equal(&whole, &pieces, sizeof whole);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gsm_holds_160_septets_or_153_each),
      cmocka_unit_test(ucs_holds_70_units_or_67_each),
      cmocka_unit_test(a_character_of_the_extension_is_never_in_two_segments),
      cmocka_unit_test(a_surrogate_pair_is_never_in_two_segments),
      cmocka_unit_test(what_surprises_is_counted_as_the_standard_has_it),
      cmocka_unit_test(characters_of_the_first_plane_are_one_unit),
      cmocka_unit_test(what_is_too_long_is_not_read),
      cmocka_unit_test(the_first_character_that_is_not_gsm_is_named),
      cmocka_unit_test(a_refused_text_changes_nothing),
      cmocka_unit_test(a_longer_header_leaves_less_room),
      cmocka_unit_test(pieces_count_like_the_whole),
      cmocka_unit_test(the_worst_is_known_before_values_are),
      cmocka_unit_test(of_two_branches_each_count_is_that_of_the_larger),
      cmocka_unit_test(only_characters_of_two_units_may_leave_one_unused),
      cmocka_unit_test(sums_of_bounds_stop),
      cmocka_unit_test(no_text_passes_its_bound),
      cmocka_unit_test(typographic_characters_become_plain),
      cmocka_unit_test(letters_tabs_and_meanings_stay),
      cmocka_unit_test(links_and_addresses_stay),
      cmocka_unit_test(a_link_goes_on_in_the_next_piece),
      cmocka_unit_test(what_is_written_is_gsm_and_not_longer),
      cmocka_unit_test(a_message_is_made_plain_only_where_that_is_enough),
      cmocka_unit_test(a_text_counts_what_its_characters_count),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
