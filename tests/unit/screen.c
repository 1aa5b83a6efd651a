/* SPDX-License-Identifier: MIT */
/* Screening of values: what each class of fields may not hold, and the names that must pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "liquid/bytes.h"
#include "liquid/screen.h"

static int make_policy(void **state) {
  wb_schema *schema = NULL;
  wb_policy *policy = NULL;
  if (wb_schema_new(NULL, NULL, 0, &schema, NULL) != WB_OK) return -1;
  const wb_status status = wb_policy_new(NULL, schema, NULL, 0, &policy, NULL);
  wb_schema_unref(schema);
  *state = policy;
  return status == WB_OK ? 0 : -1;
}

static int drop_policy(void **state) {
  wb_policy_unref(*state);
  return 0;
}

/* Screens a value of a class; the reason, or "". No reason holds the value. */
static const char *screen(const wb_policy *policy, int32_t class_, const char *value) {
  static wb_error error;
  const wbi_field field = {.name = WBI_TEXT("host.field"), .type = WB_TEXT, .class_ = class_};
  const wbi_channel *sms = wbi_policy_channel(policy, WBI_TEXT("sms"));
  error = (wb_error){.status = 0};
  const wb_status status = wbi_screen_value(policy, sms, &field, wbi_text_of(value), NULL, &error);
  assert_int_equal(status, error.status);
  if (status != WB_OK) assert_int_equal(status, WB_E_POLICY);
  if (status != WB_OK) assert_string_equal(error.path, "host.field");
  return error.message;
}

static void assert_refused(const wb_policy *policy, int32_t class_, const char *value,
                           const char *reason) {
  const char *given = screen(policy, class_, value);
  if (strcmp(given, reason) != 0) print_error("%s: %s\n", value, given);
  assert_string_equal(given, reason);
}

static void assert_fit(const wb_policy *policy, int32_t class_, const char *value) {
  assert_refused(policy, class_, value, "");
}

static void names_of_people_pass(void **state) {
  static const char *const names[] = {
      "Ana",
      "O'Neil",
      "Jean-Luc",
      "D\xE2\x80\x99"
      "Angelo",
      "Nguy\xE1\xBB\x85n",
      "Th\xE1\xBB\x8B Tr\xC3\xA0 My",
      "\xE6\x9D\x8E",
      "\xE5\xB1\xB1\xE7\x94\xB0 \xE3\x82\xBF\xE3\x83\xAD\xE3\x81\x86",
      "\xEA\xB9\x80\xEB\xAF\xBC\xEC\xA4\x80",
      "X \xC3\x86 A",
      "X \xC3\x86 A-12",
      "Mary Ann",
      "Nu\xC3\xB1"
      "ez",
      "Nun\xCC\x83"
      "ez",
      "Zo\xC3\xAB",
      "Ma. Teresa",
      "J. R.",
      "J.R.",
      "St. John",
      "St.John",
      "Mar\xC3\xAD"
      "a de los \xC3\x81"
      "ngeles",
      "\xD0\x9E\xD0\xBB\xD1\x8C\xD0\xB3\xD0\xB0",
      "\xD7\xA9\xD7\xA8\xD7\x94",
      "\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF",
      "\xE0\xA4\xB0\xE0\xA4\xBE\xE0\xA4\xAE",
      "\xEF\xBD\xB1\xEF\xBE\x8C",
      "John 3rd",
      "Testa",
      "Contessa",
      "Patience",
      "Test\xC3\xA9",
      "You Jin",
      "May",
      "April June",
      "Tom & Ann",
      "Xena",
      "Stop",
      "Call",
      "Call.",
      "Ana\xC2\xA0\xD0\x98\xD0\xB2",
      "Ana\xE2\x80\x90\xD0\x98\xD0\xB2",
      "Ana\xE2\x80\x80\xD0\x98\xD0\xB2",
  };
  for (size_t i = 0; i < WBI_COUNT(names); ++i)
    assert_fit(*state, WB_CLASS_NAME, names[i]);
}

static void what_stands_in_a_name_and_is_none_is_refused(void **state) {
  static const char sign[] = "The name has a sign that names do not have.";
  static const char note[] = "The name is a note, not a name.";
  static const char sentence[] = "The name is a sentence.";
  static const struct {
    const char *name, *reason;
  } cases[] = {
      {"Maria (owes)", sign},
      {"Maria [owes]", sign},
      {"Maria_Bell", sign},
      {"*Maria", sign},
      {"Ana\xEF\xBC\x81", sign},
      {"Ana\xEF\xBD\x9E", sign},
      {"#123", sign},
      {"Maria $", sign},
      {"Robert \"Bob\"", sign},
      {"+ADw-script+AD4-", sign},
      {"TEST", note},
      {"Test", note},
      {"Mary Test", note},
      {"Ann-deceased", note},
      {"\xEF\xBC\xB4\xEF\xBC\xA5\xEF\xBC\xB3\xEF\xBC\xB4", note},
      {"DO NOT CALL", sentence},
      {"Maria DO NOT", sentence},
      {"Maria. Now you are here", sentence},
      {"Reply YES", sentence},
      {"a b c d e f g h", sentence},
      {".", "The name has no letter."},
      {"-", "The name has no letter."},
      {"12", "The name has no letter."},
      {"\xF0\x9F\x98\x80", "The name has no letter."},
      {"HIV", note},
      {"Account Ana", sentence},
      {"Anna. Beth", sentence},
      {"Z Z Z Z Z Z Z Z", sentence},
      {"Ana 1234", "The name has a number."},
      {"D1110", "The name has a number."},
      {"Maria - perio", note},
      {"NONE", note},
      {"Ana 12 34", "The name has a number."},
      {"M\xD0\xB0ria", "The name mixes scripts in one word."},
      {"Ana\xCE\xB1", "The name mixes scripts in one word."},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    assert_refused(*state, WB_CLASS_NAME, cases[i].name, cases[i].reason);
  assert_fit(*state, WB_CLASS_NAME, "a b c d e f g");
  assert_fit(*state, WB_CLASS_NAME, "Ava. Beth");
  assert_fit(*state, WB_CLASS_NAME, "Anna. ");
  assert_fit(*state, WB_CLASS_NAME, "Ana 123");
}

static void numbers_that_identify_are_refused(void **state) {
  static const char ssn[] = "The value has a social security number.";
  static const char card[] = "The value has a card number.";
  static const struct {
    const char *value, *reason;
  } cases[] = {
      {"123-45-6789", ssn},
      {"no. 123 45 6789!", ssn},
      {"123.45.6789", ssn},
      {"\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x93-\xEF\xBC\x94\xEF\xBC\x95-\xEF\xBC\x96\xEF\xBC\x97"
       "\xEF\xBC\x98\xEF\xBC\x99",
       ssn},
      {"\xD9\xA1\xD9\xA2\xD9\xA3-\xD9\xA4\xD9\xA5-\xD9\xA6\xD9\xA7\xD9\xA8\xD9\xA9", ssn},
      {"123\xE2\x80\x91"
       "45\xE2\x80\x91"
       "6789",
       ssn},
      {"000-45-6789", ""},
      {"666-45-6789", ""},
      {"900-45-6789", ""},
      {"899-45-6789", ssn},
      {"123-00-6789", ""},
      {"123-45-0000", ""},
      {"4111111111111111", card},
      {"4111 1111 1111 1111", card},
      {"4111-1111-1111-1112", ""},
      {"378282246310005", card},
      {"4222222222222", card},
      {"422222222222", ""},
      {"12345-6789", ""},
      {"123-45 -6789", ""}, /* two signs between */
      {"123 -45-6789", ""},
      {"1234567890-1-2", ""},
      {"123,45,6789", ""}, /* other signs between */
      {"123,45-6789", ""},
      {"123-45,6789", ""},
      {"4000000000000000006", card},
      {"40000000000000000002", ""},
      {"41111111 12345678901234567890 11111111", ""},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    assert_refused(*state, WB_CLASS_PUBLIC, cases[i].value, cases[i].reason);
  assert_refused(*state, WB_CLASS_NAME, "Ana 123-45-6789", ssn);
  assert_refused(*state, WB_CLASS_FINANCIAL, "4111 1111 1111 1111", card);
}

static void ways_to_reach_somebody_are_refused(void **state) {
  static const char phone[] = "The value has a phone number.";
  static const char mail[] = "The value has an e-mail address.";
  static const char link[] = "The value has a link.";
  static const struct {
    const char *value, *reason;
  } cases[] = {
      {"(212) 555-0123", phone},
      {"212.555.0123", phone},
      {"+1 212 555 0123", phone},
      {"2125550123", phone},
      {"12125550123", phone},
      {"112 555 0123", ""},
      {"212 155 0123", ""},
      {"555-0123", ""},
      {"200 200 0123", phone},
      {"(212) -555-0123", phone}, /* three signs between */
      {"(212) - 555-0123", ""},
      {"ana@example.com", mail},
      {"write to a@b", mail},
      {"at @ noon", ""},
      {"https://a", link},
      {"see www.a", link},
      {"evil.example", link},
      {"Evil.COM now", link},
      {"evil\xEF\xBC\x8E"
       "com",
       link},
      {"evil\xE3\x80\x82"
       "com",
       link},
      {"evil.zzz/x", link},
      {"evil.zzz x", ""},
      {"xn--a", link},
      {"1.2.3.4", link},
      {"Dr. Comb", ""},
      {"Dr.Comb", ""},
      {"end.Comma", ""},
      {"1.2.3", ""},
      {"192.0.2.100", link},
      {"192.0.2.1000", ""},
      {"192.0.1000.1", ""},
      {"1234.0.2.1", ""},
      {"evil.zz/", link},
      {"evil.z/", ""},
      {"at //", ""},
      {"http://", link},
      {"ana .com", ""},
      {"ana. com", ""},
      {"ana@ b", ""},
      {"ana @b", ""},
      {"evil.com~x", link},
      {"evil.com-x", ""},
      {"evil.comx", ""},
      {"a.\xE4\xB8\x80", ""},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    assert_refused(*state, WB_CLASS_SCHEDULING, cases[i].value, cases[i].reason);
  assert_fit(*state, WB_CLASS_PUBLIC, "(212) 555-0123, desk@example.com, www.example.com");
  assert_fit(*state, WB_CLASS_IDENTIFIER, "123-45-6789");
}

static void dates_are_refused_where_none_belongs(void **state) {
  static const struct {
    const char *value;
    bool refused;
  } cases[] = {
      {"01/02/1960", true},       {"1.2.60", true},
      {"31-12-1960", true},       {"1960-01-02", true},
      {"born 1/2/60", true},      {"32/13/1960", false},
      {"1/2/600", false},         {"1/2", false},
      {"1/2-1960", false},        {"2 May 1960", true},
      {"January 2, 1960", true},  {"Enero 2 1960", true},
      {"Jam 2 1960", false},      {"1960", false},
      {"in May 1960", false},     {"0/5/1960", false},
      {"5/0/1960", false},        {"32/5/1960", false},
      {"5/32/1960", false},       {"13/13/1960", false},
      {"13/12/1960", true},       {"12/13/1960", true},
      {"1960-01-123", false},     {"1/2/12345", false},
      {"1960-00-10", false},      {"1960-13-10", true},
      {"1960-13-13", false},      {"123456/1/2", false},
      {"1/2/60", true},           {"5/1/60", true},
      {"5/31/60", true},          {"1/002/60", false},
      {"jan 02, 60", false},      {"jan 12 1960", true},
      {"jan 123 1960", false},    {"12 jan 1960", true},
      {"may2 1960", true},        {"ma 2 1960", false},
      {"a jan12345 1960", false}, {"1-2-60", true},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    assert_refused(*state, WB_CLASS_CLINICAL, cases[i].value,
                   cases[i].refused ? "The value has a date." : "");
    assert_fit(*state, WB_CLASS_SCHEDULING, cases[i].value);
  }
}

static void a_named_date_is_none_of_a_visits_business(void **state) {
  static const char date[] = "January 2, 1960: 12345 678";
  assert_refused(*state, WB_CLASS_CLINICAL, date, "The value has a date.");
  assert_fit(*state, WB_CLASS_SCHEDULING, date);
}

static void a_name_has_80_characters_at_most(void **state) {
  static const char letters[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  assert_refused(*state, WB_CLASS_NAME, letters, "The name is longer than 80 characters.");
  assert_fit(*state, WB_CLASS_NAME, letters + 1);
  char accented[96] = "\xC3\xA9";
  assert_fit(*state, WB_CLASS_NAME, strcat(accented, letters + 2));
}

/* Writes scalars as UTF-8, behind what is there. */
static void append(char *text, uint32_t scalar) {
  size_t length = strlen(text);
  text[length + wbi_utf8_put(text + length, scalar)] = '\0';
}

static void digits_of_all_scripts_are_digits(void **state) {
  static const uint32_t zeros[] = {0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6, 0x0A66, 0x0AE6,
                                   0x0B66,  0x0BE6,  0x0C66,  0x0CE6,  0x0D66, 0x0E50, 0x0ED0,
                                   0x0F20,  0x1040,  0x17E0,  0x1810,  0x2070, 0x2080, 0xFF10,
                                   0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6};
  for (size_t i = 0; i < WBI_COUNT(zeros); ++i) {
    static const char number[] = "103-45-6789";
    char text[64] = "", next[64] = "103-45-678";
    for (const char *c = number; *c; ++c)
      append(text, *c == '-' ? '-' : zeros[i] + (uint32_t)(*c - '0'));
    append(next, zeros[i] + 10);
    assert_refused(*state, WB_CLASS_PUBLIC, text, "The value has a social security number.");
    if (zeros[i] < 0x1D7CE || zeros[i] == 0x1D7F6) assert_fit(*state, WB_CLASS_PUBLIC, next);
  }
}

static void signs_that_look_alike_are_alike(void **state) {
  static const char ssn[] = "The value has a social security number.";
  static const uint32_t between[] = {0x00A0, 0x1680, 0x2000, 0x200A, 0x2010, 0x2015,
                                     0x2024, 0x202F, 0x2044, 0x205F, 0x2212, 0x2215,
                                     0x3000, 0x3002, 0xFE52, 0xFE58, 0xFE63, 0xFF61};
  static const uint32_t others[] = {0x00A1, 0x1681, 0x2016, 0x2025, 0x2045, 0x2213,
                                    0x2216, 0x3001, 0xFE53, 0xFE59, 0xFE64, 0xFF62};
  for (size_t i = 0; i < WBI_COUNT(between); ++i) {
    char text[64] = "123";
    append(text, between[i]);
    strcat(text, "45");
    append(text, between[i]);
    assert_refused(*state, WB_CLASS_PUBLIC, strcat(text, "6789"), ssn);
  }
  for (size_t i = 0; i < WBI_COUNT(others); ++i) {
    char text[64] = "123";
    append(text, others[i]);
    assert_fit(*state, WB_CLASS_PUBLIC, strcat(text, "45-6789"));
  }
}

static void pictures_and_marks_are_no_letters(void **state) {
  static const uint32_t none[] = {0x00A1, 0x00A9, 0x00AB, 0x00B1, 0x00B6,  0x00B9, 0x00BB, 0x00BF,
                                  0x00D7, 0x00F7, 0x0300, 0x036F, 0x2016,  0x2BFF, 0x3001, 0x3004,
                                  0x3008, 0x3020, 0xFFE0, 0xFFEE, 0x1F000, 0x1FBFF};
  static const uint32_t letters[] = {'a',    'z',    'A',    'Z',    0x00AA, 0x00BA, 0x00C0, 0x00D6,
                                     0x00D8, 0x0370, 0x2C00, 0x3005, 0x3021, 0xFF21, 0xFF3A};
  for (size_t i = 0; i < WBI_COUNT(none); ++i) {
    char text[8] = "";
    append(text, none[i]);
    assert_refused(*state, WB_CLASS_NAME, text, "The name has no letter.");
  }
  for (size_t i = 0; i < WBI_COUNT(letters); ++i) {
    char text[8] = "";
    append(text, letters[i]);
    assert_fit(*state, WB_CLASS_NAME, text);
  }
}

static void two_scripts_in_a_word_are_refused_to_their_last_letters(void **state) {
  static const uint32_t cyrillic = 0x0434;
  static const uint32_t pairs[][2] = {
      {'A', cyrillic},    {'Z', cyrillic},    {'a', cyrillic},    {'z', cyrillic},
      {0x00C0, cyrillic}, {0x024F, cyrillic}, {0x02AF, cyrillic}, {0x03B1, cyrillic},
      {0x03FF, 'a'},      {0x0400, 'a'},      {0x052F, 'a'},      {0x0531, 'a'},
      {0x05D0, 'a'},      {0x0620, 'a'},      {0x0904, 'a'},      {0x097F, 'a'},
      {0x1EFF, cyrillic}, {0x1F00, 'a'},      {0x3041, 'a'},      {0x9FFF, 'a'},
      {0xAC00, 'a'},      {0xFF21, cyrillic}, {0xFF5A, cyrillic}};
  for (size_t i = 0; i < WBI_COUNT(pairs); ++i) {
    char text[32] = "";
    append(text, pairs[i][0]);
    append(text, pairs[i][1]);
    assert_refused(*state, WB_CLASS_NAME, text, "The name mixes scripts in one word.");
  }
}

static void characters_that_do_not_show_are_refused_everywhere(void **state) {
  static const char hidden[] = "The value has a character that cannot be seen.";
  static const char control[] = "The value has a control character.";
  static const struct {
    const char *value, *reason;
  } cases[] = {
      {"a\xE2\x80\x8B"
       "b",
       hidden},
      {"\xE2\x80\xAE"
       "ab",
       hidden},
      {"a\xD8\x9C", hidden},
      {"a\xE2\x80\xA8", hidden},
      {"a\xE2\x81\xA6", hidden},
      {"a\xEF\xBB\xBF", hidden},
      {"a\xEE\x80\x80", hidden},
      {"a\xF3\xA0\x84\x80", hidden},
      {"a\x1B", control},
      {"a\x7F", control},
      {"a\xC2\x85", control},
      {"a\xFF", "The value is not UTF-8."},
      {"a\nb", "The value has a line break."},
      {"a{{b", "The value has template braces."},
      {"a{%b", "The value has template braces."},
      {"a<b", "The value has a < or >."},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    for (int32_t class_ = 0; class_ <= WB_CLASS_SEALED; ++class_)
      assert_refused(*state, class_, cases[i].value, cases[i].reason);
  }
}

static void letters_of_rare_planes_are_letters(void **state) {
  char many[160] = "", more[170] = "";
  for (int i = 0; i < 60; i++)
    strcat(many, "\xC3\xA9");
  assert_fit(*state, WB_CLASS_NAME, many); /* 60 letters of two bytes */
  for (int i = 0; i < 81; i++)
    strcat(more, "\xC3\xA9");
  assert_refused(*state, WB_CLASS_NAME, more, "The name is longer than 80 characters.");
  assert_fit(*state, WB_CLASS_NAME, "\xF0\xA0\x80\x80");
  assert_fit(*state, WB_CLASS_NAME, "\xF1\x90\x80\x80 Ana"); /* of no script that is known */
  assert_fit(*state, WB_CLASS_NAME, "Ana\xE2\x84\x93");
  assert_fit(*state, WB_CLASS_SCHEDULING, "12345 \xF0\xA0\x80\x80");
  assert_refused(*state, WB_CLASS_NAME, "A\xD0\x90", "The name mixes scripts in one word.");
  assert_fit(*state, WB_CLASS_NAME, "A\xE2\x80\x90\xD0\x90"); /* two words */
}

static void detectors_look_at_500_characters_and_no_more(void **state) {
  char text[502];
  memset(text, 'a', sizeof text);
  memset(text, '-', 20);
  text[500] = '\0';
  assert_fit(*state, WB_CLASS_RECALL, text);
  text[500] = 'a';
  text[501] = '\0';
  assert_refused(*state, WB_CLASS_RECALL, text, "The value is longer than 500 characters.");
  assert_fit(*state, WB_CLASS_STAFF, text);
}

static void digits_fill_the_tables_and_no_more(void **state) {
  char text[501];
  for (size_t i = 0; i < 500; ++i)
    text[i] = i % 2 == 0 ? '7' : 'x';
  text[500] = '\0';
  assert_fit(*state, WB_CLASS_RECALL, text);
  for (size_t i = 1; i < 500; i += 2)
    text[i] = '-';
  assert_refused(*state, WB_CLASS_RECALL, text, "The value has a phone number.");
}

static uint32_t next_random(uint64_t *seed) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*seed >> 33);
}

/* What the detectors say of a value of a class that may hold none of what they know. */
static const char *detected(wbi_text value) {
  wbi_plain plain;
  assert_true(wbi_screen_plain(value, &plain));
  if (wbi_text_trim(value).length == 0) return "";
  const char *reason =
      wbi_screen_numbers(&plain, WBI_SCREEN_NUMBERS | WBI_SCREEN_CONTACTS | WBI_SCREEN_DATES);
  if (reason == NULL) reason = wbi_screen_addresses(&plain);
  return reason != NULL ? reason : "";
}

static void what_is_not_looked_at_closely_has_nothing_to_find(void **state) {
  static const char *const parts[] = {"1",  "2",   "31",   "60",   "1960", "555", "01", "42",  "/",
                                      "-",  ".",   " ",    ", ",   "(",    ")",   ":",  "@",   "a",
                                      "ab", "com", "www.", "xn--", "://",  "may", "J",  "123", "x"};
  uint64_t seed = 7;
  for (int i = 0; i < 200000; i++) {
    char text[64] = "";
    for (uint32_t left = next_random(&seed) % 9; left > 0; left--)
      strcat(text, parts[next_random(&seed) % WBI_COUNT(parts)]);
    assert_refused(*state, WB_CLASS_RECALL, text, detected(wbi_text_of(text)));
  }
}

static void a_long_value_of_unusual_characters_is_refused(void **state) {
  char text[502];
  memset(text, 'x', sizeof text);
  text[501] = '\0';
  assert_fit(*state, WB_CLASS_SCHEDULING, text);
  text[250] = ',';
  assert_refused(*state, WB_CLASS_SCHEDULING, text, "The value is longer than 500 characters.");
  assert_fit(*state, WB_CLASS_PUBLIC, text);
  text[500] = '\0';
  assert_fit(*state, WB_CLASS_SCHEDULING, text);
}

static void what_was_seen_of_a_value_is_told(void **state) {
  const wbi_channel *sms = wbi_policy_channel(*state, WBI_TEXT("sms"));
  const wbi_field link = {.name = WBI_TEXT("a"), .type = WB_TEXT, .class_ = WB_CLASS_LINK};
  const wbi_field open = {.name = WBI_TEXT("b"), .type = WB_TEXT, .class_ = WB_CLASS_PUBLIC};
  const wbi_text url = WBI_TEXT("https://oak.example/x"), bad = WBI_TEXT("http://oak.example/");
  wbi_screened seen = {{NULL, 0}, 0, false};
  assert_int_equal(wbi_screen_value(*state, sms, &link, url, &seen, NULL), WB_OK);
  assert_ptr_equal(seen.text.data, url.data);
  assert_int_equal(seen.text.length, url.length);
  assert_int_equal(seen.kinds, WBI_BYTE_SIGN | WBI_BYTE_MARK | WBI_BYTE_HOST);
  assert_true(seen.link);
  assert_int_equal(wbi_screen_value(*state, sms, &link, bad, &seen, NULL), WB_E_POLICY);
  assert_ptr_equal(seen.text.data, url.data);
  assert_int_equal(wbi_screen_value(*state, sms, &open, bad, &seen, NULL), WB_OK);
  assert_ptr_equal(seen.text.data, bad.data);
  assert_false(seen.link);
}

static void a_missing_value_is_nobody_s_fault(void **state) {
  assert_fit(*state, WB_CLASS_NAME, "");
  assert_fit(*state, WB_CLASS_NAME, "  ");
  assert_refused(*state, WB_CLASS_NAME, "\n\n", "The value has a line break.");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_of_people_pass),
      cmocka_unit_test(what_stands_in_a_name_and_is_none_is_refused),
      cmocka_unit_test(numbers_that_identify_are_refused),
      cmocka_unit_test(ways_to_reach_somebody_are_refused),
      cmocka_unit_test(dates_are_refused_where_none_belongs),
      cmocka_unit_test(a_named_date_is_none_of_a_visits_business),
      cmocka_unit_test(a_name_has_80_characters_at_most),
      cmocka_unit_test(digits_of_all_scripts_are_digits),
      cmocka_unit_test(signs_that_look_alike_are_alike),
      cmocka_unit_test(pictures_and_marks_are_no_letters),
      cmocka_unit_test(two_scripts_in_a_word_are_refused_to_their_last_letters),
      cmocka_unit_test(characters_that_do_not_show_are_refused_everywhere),
      cmocka_unit_test(letters_of_rare_planes_are_letters),
      cmocka_unit_test(detectors_look_at_500_characters_and_no_more),
      cmocka_unit_test(digits_fill_the_tables_and_no_more),
      cmocka_unit_test(what_is_not_looked_at_closely_has_nothing_to_find),
      cmocka_unit_test(a_long_value_of_unusual_characters_is_refused),
      cmocka_unit_test(what_was_seen_of_a_value_is_told),
      cmocka_unit_test(a_missing_value_is_nobody_s_fault),
  };
  return cmocka_run_group_tests(tests, make_policy, drop_policy);
}
