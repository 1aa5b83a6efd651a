/* SPDX-License-Identifier: MIT */
/* Filters of texts and lists, the room that texts are made in, and how values are written. */
#include "support/filtered.h"

static void the_default_steps_in_for_what_is_empty(void **state) {
  (void)state;
  const wb_value other = text_of("there");
  says_with("'there'", "default", wbi_value_null(), other);
  says_with("'there'", "default", (wb_value){.kind = WB_UNKNOWN}, other);
  says_with("'there'", "default", bool_of(false), other);
  says_with("'there'", "default", text_of(""), other);
  says_with("'there'", "default", (wb_value){.kind = WBI_EMPTY}, other);
  says_with("'there'", "default", (wb_value){.kind = WBI_BLANK}, other);
  says_with("'there'", "default", json_of("[]"), other);
  says_with("'there'", "default", json_of("{}"), other);
  says_with("' '", "default", text_of(" "), other);
  says_with("0", "default", wbi_value_int(0), other);
  says_with("0.0", "default", decimal_of("0.0"), other);
  says_with("true", "default", bool_of(true), other);
  says("''", "default", wbi_value_null());
}

static void a_false_can_be_allowed(void **state) {
  (void)state;
  const wb_value other = text_of("there");
  says_with_two("false", "default", bool_of(false), other, bool_of(true));
  says_with_two("false", "default", bool_of(false), other, wbi_value_int(0));
  says_with_two("'there'", "default", bool_of(false), other, bool_of(false));
  says_with_two("'there'", "default", bool_of(false), other, wbi_value_null());
  says_with_two("'there'", "default", wbi_value_null(), other, bool_of(true));
  says_with_two("'there'", "default", text_of(""), other, bool_of(true));
}

static void sizes_are_code_points_and_elements(void **state) {
  (void)state;
  says("0", "size", text_of(""));
  says("4", "size", text_of("niño"));
  says("3", "size", json_of("[1, [2, 3], null]"));
  says("2", "size", json_of("{\"a\": 1, \"b\": 2}"));
  says("8", "size", wbi_value_int(1));
  says("0", "size", decimal_of("1.5"));
  says("0", "size", wbi_value_null());
  says("0", "size", bool_of(true));
}

static void lists_and_texts_have_ends(void **state) {
  (void)state;
  says("'a'", "first", json_of("[\"a\", 2]"));
  says("2", "last", json_of("[\"a\", 2]"));
  says("nil", "first", json_of("[]"));
  says("nil", "last", json_of("[]"));
  says("[\"a\", 1]", "first", json_of("{\"a\": 1, \"b\": 2}"));
  says("nil", "last", json_of("{\"a\": 1}"));
  says("'é'", "first", text_of("été"));
  says("'ñ'", "last", text_of("mañ"));
  says("''", "first", text_of(""));
  says("''", "last", text_of(""));
  says("nil", "first", wbi_value_int(12));
}

static void lists_are_joined_with_the_lists_in_them(void **state) {
  (void)state;
  const wb_value glue = text_of(", ");
  says("'a 1 '", "join", json_of("[\"a\", 1, null]"));
  says_with("'a, b'", "join", json_of("[\"a\", \"b\"]"), glue);
  says_with("'1, 2, 3, 4.5'", "join", json_of("[[1, [], [2, [3]]], 4.5]"), glue);
  says_with("'a51'", "join", json_of("[\"a\", 1]"), wbi_value_int(5));
  says_with("''", "join", json_of("[]"), glue);
  says_with("'a, b'", "join", text_of("a, b"), glue);
  says_with("''", "join", wbi_value_null(), glue);
}

static void lists_deeper_than_sixteen_are_not_joined(void **state) {
  (void)state;
  says("'1'", "join", json_of("[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"));
  says("'[1]'", "join", json_of("[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]"));
}

static void a_member_is_a_list_of_its_name_and_value(void **state) {
  (void)state;
  char memory[256];
  wbi_room room = {.data = memory, .capacity = sizeof memory};
  const wbi_filtering filtering = {.room = &room};
  wb_value object = json_of("{\"a\": true}"), pair, half;
  assert_int_equal(wbi_value_item(&filtering, &object, 0, &pair), WB_OK);
  assert_true(wbi_value_list(&pair));
  assert_false(wbi_value_list(&object));
  says("2", "size", pair);
  says("'a true'", "join", pair);
  says("true", "last", pair);
  assert_int_equal(wbi_value_item(&filtering, &pair, 2, &half), WB_OK);
  assert_int_equal(half.kind, WB_NULL);
  assert_int_equal(wbi_value_item(&filtering, &object, 1, &pair), WB_OK);
  assert_int_equal(pair.kind, WB_NULL);
}

static void texts_are_put_together(void **state) {
  (void)state;
  says_with("'ab'", "append", text_of("a"), text_of("b"));
  says_with("'ba'", "prepend", text_of("a"), text_of("b"));
  says_with("'12.0'", "append", wbi_value_int(1), decimal_of("2.0"));
  says_with("'a'", "append", text_of("a"), wbi_value_null());
  says_with("'true'", "prepend", wbi_value_null(), bool_of(true));
}

static void white_space_is_stripped_at_the_ends(void **state) {
  (void)state;
  const wb_value text = text_of(" \t\r\n\v\fa b \n");
  says("'a b'", "strip", text);
  says("'a b \n'", "lstrip", text);
  says("' \t\r\n\v\fa b'", "rstrip", text);
  says("''", "strip", text_of("  "));
  says("'a'", "strip", wbi_value_text((wbi_text){"\0a\0", 3}));
  says("'5'", "strip", wbi_value_int(5));
}

static void long_texts_are_cut_by_code_points(void **state) {
  (void)state;
  const wb_value text = text_of("niño azul");
  says_with("'niño azul'", "truncate", text, wbi_value_int(9));
  says_with("'niño ...'", "truncate", text, wbi_value_int(8));
  says_with("'...'", "truncate", text, wbi_value_int(3));
  says_with("'...'", "truncate", text, wbi_value_int(0));
  says_with("'...'", "truncate", text, wbi_value_int(INT64_MIN));
  says_with("'niño azul'", "truncate", text, wbi_value_int(INT64_MAX));
  says_with("'niño azul'", "truncate", text, text_of("18446744073709551616"));
  says_with("'niño azul'", "truncate", text, text_of("9223372036854775808"));
  says_with("'...'", "truncate", text, text_of("-9223372036854775809"));
  says_with_two("'niñ'", "truncate", text, wbi_value_int(3), text_of(""));
  says_with_two("'niñ–'", "truncate", text, wbi_value_int(4), text_of("–"));
  says_with_two("'niñ'", "truncate", text, wbi_value_int(3), wbi_value_null());
  says_with("'...'", "truncate", text_of(""), wbi_value_int(-1));
  says_with("'12345'", "truncate", wbi_value_int(12345), wbi_value_int(5));
  says_with("nil", "truncate", wbi_value_null(), wbi_value_int(3));
  says("'Ground control to Major Tom. Ground control to ...'", "truncate",
       text_of("Ground control to Major Tom. Ground control to Major Tom."));
}

static void a_length_that_is_no_number_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"",     "x",   "1x",  "1.0", "_1", "1_",
                                    "1__0", "1_x", "010", "- 1", "1 2"};
  for (size_t i = 0; i < WBI_COUNT(bad); i++)
    fails_with(WB_E_RANGE, "truncate", text_of("some text"), text_of(bad[i]));
  fails_with(WB_E_RANGE, "truncate", text_of("some text"), wbi_value_null());
  fails_with(WB_E_RANGE, "truncatewords", text_of("some text"), decimal_of("1.0"));
  says_with("'so...'", "truncate", text_of("some text"), text_of(" +5 "));
  says_with("'some text'", "truncate", text_of("some text"), text_of("1_0"));
  says_with("'some te...'", "truncate", text_of("some textual"), text_of("1_0"));
  says_with("'...'", "truncate", text_of("some text"), text_of("0"));
}

static void only_digits_that_are_no_machine_word_end_at_a_nul(void **state) {
  (void)state;
  const wb_value text = text_of("x");
  fails_with(WB_E_RANGE, "truncate", text, wbi_value_text(WBI_TEXT("12\0")));
  fails_with(WB_E_RANGE, "truncate", text, wbi_value_text(WBI_TEXT("18446744073709551615\0")));
  says_with("'x'", "truncate", text, wbi_value_text(WBI_TEXT("18446744073709551616\0")));
  says_with("'x'", "truncate", text, wbi_value_text(WBI_TEXT("100000000000000000000\0")));
  says_with("'x'", "truncate", text, wbi_value_text(WBI_TEXT("1_2\0x")));
}

static void long_texts_are_cut_by_words(void **state) {
  (void)state;
  says_with("'one two...'", "truncatewords", text_of(" one   two\tthree "), wbi_value_int(2));
  says_with("' one   two three'", "truncatewords", text_of(" one   two three"), wbi_value_int(3));
  says_with("'one two three...'", "truncatewords", text_of("one  two three "), wbi_value_int(3));
  says_with("'one  two three '", "truncatewords", text_of("one  two three "), wbi_value_int(4));
  says_with("'one...'", "truncatewords", text_of("one two"), wbi_value_int(0));
  says_with("'one...'", "truncatewords", text_of("one two"), wbi_value_int(INT64_MIN));
  says_with("'one two'", "truncatewords", text_of("one two"), wbi_value_int(INT64_MAX));
  says_with_two("'one--'", "truncatewords", text_of("one two"), wbi_value_int(1), text_of("--"));
  says_with("' '", "truncatewords", text_of(" "), wbi_value_int(1));
  says_with("'12'", "truncatewords", wbi_value_int(12), wbi_value_int(1));
  says_with("nil", "truncatewords", wbi_value_null(), wbi_value_int(1));
}

static void parts_are_replaced(void **state) {
  (void)state;
  says_with_two("'bXnXnX'", "replace", text_of("banana"), text_of("a"), text_of("X"));
  says_with_two("'bXnana'", "replace_first", text_of("banana"), text_of("a"), text_of("X"));
  says_with_two("'bXna'", "replace", text_of("banana"), text_of("ana"), text_of("X"));
  says_with("'bnn'", "remove", text_of("banana"), text_of("a"));
  says_with("'bnana'", "remove_first", text_of("banana"), text_of("a"));
  says_with("'bnn'", "replace", text_of("banana"), text_of("a"));
  says_with_two("'banana'", "replace", text_of("banana"), text_of("x"), text_of("X"));
  says_with_two("'1'", "replace", wbi_value_int(1), text_of("x"), text_of("X"));
  says_with_two("'2 2'", "replace", text_of("1 1"), wbi_value_int(1), wbi_value_int(2));
  says_with_two("'X'", "replace", wbi_value_null(), wbi_value_null(), text_of("X"));
}

static void an_empty_part_is_between_all_code_points(void **state) {
  (void)state;
  says_with_two("'-é-t-é-'", "replace", text_of("été"), text_of(""), text_of("-"));
  says_with_two("'-été'", "replace_first", text_of("été"), text_of(""), text_of("-"));
  says_with("'été'", "remove", text_of("été"), text_of(""));
}

static void backslashes_stand_for_what_was_found(void **state) {
  (void)state;
  static const char *const pairs[][2] = {
      {"\\0", "atbc"},     {"\\&\\&", "attbc"}, {"\\1", "abc"},    {"\\+", "abc"},
      {"\\`", "aabc"},     {"\\'", "abcbc"},    {"\\\\", "a\\bc"}, {"\\", "a\\bc"},
      {"\\x", "a\\xbc"},   {"<\\0>", "a<t>bc"}, {"\\ ", "a\\ bc"}, {"\\k", "a\\kbc"},
      {"\\ka", "a\\kabc"}, {"\\9", "abc"},
  };
  for (size_t i = 0; i < WBI_COUNT(pairs); i++) {
    char quoted[64];
    wbi_writer writer = {quoted, sizeof quoted, 0};
    wbi_put_char(&writer, '\'');
    wbi_put_text(&writer, wbi_text_of(pairs[i][1]));
    wbi_put_text(&writer, WBI_TEXT("'"));
    wbi_put_char(&writer, '\0');
    says_with_two(quoted, "replace", text_of("atbc"), text_of("t"), text_of(pairs[i][0]));
  }
  const wb_value named[] = {text_of("t"), text_of("\\k<name>")};
  filtered_in(&(filtered_with){"en", NULL, 0}, WB_E_RANGE, NULL, "replace", text_of("atbc"), named,
              2);
}

static void line_breaks_are_stripped_or_marked(void **state) {
  (void)state;
  says("'ab\rc'", "strip_newlines", text_of("a\r\nb\rc\n"));
  says("'a<br />\nb\rc<br />\n'", "newline_to_br", text_of("a\r\nb\rc\n"));
  says("'<br />\n<br />\n'", "newline_to_br", text_of("\n\r\n"));
  says("''", "strip_newlines", text_of("\n\n"));
}

static void markup_is_escaped(void **state) {
  (void)state;
  says("'&lt;a href=&quot;&#39;&amp;&#39;&quot;&gt;'", "escape", text_of("<a href=\"'&'\">"));
  says("'&amp;lt;'", "escape", text_of("&lt;"));
  says("'&lt;&#39;&amp;#x27;&amp;a &amp;;&amp;'", "escape_once", text_of("<&#39;&#x27;&a &;&"));
  says("'&amp;#39'", "escape_once", text_of("&#39"));
  says("nil", "escape", wbi_value_null());
  says("''", "escape_once", wbi_value_null());
  says("'[&quot;a&quot;]'", "escape", json_of("[\"a\"]"));
}

/* The flags of what a filter makes. */
static uint32_t flags_after(const char *first, const char *second, wb_value value) {
  char memory[256];
  wbi_room room = {memory, sizeof memory, 0, false};
  const wbi_filtering filtering = {.room = &room};
  assert_int_equal(wbi_filter_find(wbi_text_of(first))->apply(&filtering, &value, NULL, 0), WB_OK);
  assert_int_equal(wbi_filter_find(wbi_text_of(second))->apply(&filtering, &value, NULL, 0), WB_OK);
  return value.flags;
}

static void what_is_escaped_last_is_marked_as_safe(void **state) {
  (void)state;
  assert_int_equal(flags_after("upcase", "escape", text_of("<")), WBI_VALUE_ESCAPED);
  assert_int_equal(flags_after("upcase", "escape_once", text_of("<")), WBI_VALUE_ESCAPED);
  assert_int_equal(flags_after("escape", "newline_to_br", text_of("<\n")), WBI_VALUE_ESCAPED);
  assert_int_equal(flags_after("upcase", "newline_to_br", text_of("<\n")), 0);
  assert_int_equal(flags_after("escape", "upcase", text_of("<")), 0);
  assert_int_equal(flags_after("escape", "strip", text_of("<")), 0);
  assert_int_equal(flags_after("escape", "last", text_of("<")), 0);
}

static void urls_are_encoded(void **state) {
  (void)state;
  says("'a+b%26c%3D%C3%A9-._~%2A%2F%00'", "url_encode",
       wbi_value_text(WBI_TEXT("a b&c=é-._~*/\0")));
  says("'me%2B1%40example.com'", "url_encode", text_of("me+1@example.com"));
  says("nil", "url_encode", wbi_value_null());
  says("'5'", "url_encode", wbi_value_int(5));
}

static void letters_change_case_beyond_ascii(void **state) {
  (void)state;
  says("'AZ ÀÖÞ ÆØ ŸĀŽ ΑΣΏ ЯЁҐ ẠỸ SS ʼN I'", "upcase", text_of("az àöþ æø ÿāž ασώ яёґ ạỹ ß ŉ ı"));
  says("'az àöþ æø ÿāž ασώ яёґ ạỹ'", "downcase", text_of("AZ ÀÖÞ ÆØ ŸĀŽ ΑΣΏ ЯЁҐ ẠỸ"));
  says("'@[`{×÷'", "upcase", text_of("@[`{×÷"));
  says("'@[`{×÷'", "downcase", text_of("@[`{×÷"));
  says("'Σ Σ Μ S Ṡ'", "upcase", text_of("σ ς µ ſ ẛ"));
  says("'i\xCC\x87'", "downcase", text_of("İ"));
  says("'ß ÿ'", "downcase", text_of("ẞ Ÿ"));
  says("'日本\xFF\xC3'", "upcase", text_of("日本\xFF\xC3"));
  says("'TRUE'", "upcase", bool_of(true));
}

static void only_the_first_letter_is_capitalised(void **state) {
  (void)state;
  says("'Hello world'", "capitalize", text_of("hELLO World"));
  says("'Élan'", "capitalize", text_of("élan"));
  says("'Ssa'", "capitalize", text_of("ßA"));
  says("' a'", "capitalize", text_of(" A"));
  says("''", "capitalize", wbi_value_null());
}

static void a_name_has_an_initial(void **state) {
  (void)state;
  says("'M.'", "initial", text_of("Maria"));
  says("'Á.'", "initial", text_of(" ángel"));
  says("''", "initial", text_of(""));
  says("nil", "initial", wbi_value_null());
}

static void numbers_of_north_america_have_their_form(void **state) {
  (void)state;
  static const char *const same[] = {"4155550142",      "(415) 555-0142", "415.555.0142",
                                     "+1 415 555 0142", "1-415-555-0142", " 14155550142 ",
                                     "(415)5550142"};
  static const char *const other[] = {"555-0142",        "115-555-0142",    "415-155-0142",
                                      "41555501422",     "+4155550142",     "+44 20 7946 0958",
                                      "415-555-0142 x3", "141555501423456", "415+5550142",
                                      "415-555-014x",    "24155550142"};
  for (size_t i = 0; i < WBI_COUNT(same); i++)
    says("'(415) 555-0142'", "phone", text_of(same[i]));
  for (size_t i = 0; i < WBI_COUNT(other); i++) {
    char quoted[64];
    wbi_writer writer = {quoted, sizeof quoted, 0};
    wbi_put_char(&writer, '\'');
    wbi_put_text(&writer, wbi_text_of(other[i]));
    wbi_put_text(&writer, WBI_TEXT("'"));
    wbi_put_char(&writer, '\0');
    says(quoted, "phone", text_of(other[i]));
  }
  says("'(200) 200-0142'", "phone", text_of("2002000142"));
  says("nil", "phone", wbi_value_null());
}

static void in_spanish(const char *expected, const char *json) {
  const filtered_with spanish = {"es", NULL, 0};
  filtered_in(&spanish, WB_OK, expected, "list_and", json_of(json), NULL, 0);
}

static void lists_are_said_as_people_do(void **state) {
  (void)state;
  says("'Ana'", "list_and", json_of("[\"Ana\"]"));
  says("'Ana and Ben'", "list_and", json_of("[\"Ana\", \"Ben\"]"));
  says("'Ana, Ben and Cy'", "list_and", json_of("[\"Ana\", \"Ben\", \"Cy\"]"));
  says("'Ana and Cy'", "list_and", json_of("[\"Ana\", \" \", null, \"Cy\", \"\"]"));
  says("'1 and 2.5'", "list_and", json_of("[1, 2.5]"));
  says("nil", "list_and", json_of("[]"));
  says("nil", "list_and", json_of("[null, \"\"]"));
  says("'Ana'", "list_and", text_of("Ana"));
  says("nil", "list_and", wbi_value_null());
  in_spanish("'Ana, Ben y Cy'", "[\"Ana\", \"Ben\", \"Cy\"]");
  in_spanish("'Ana e Inés'", "[\"Ana\", \"Inés\"]");
  in_spanish("'Ana e Íñigo'", "[\"Ana\", \"Íñigo\"]");
  in_spanish("'Ana e Hilda'", "[\"Ana\", \"Hilda\"]");
  in_spanish("'rojo e índigo'", "[\"rojo\", \"índigo\"]");
  in_spanish("'agua y hielo'", "[\"agua\", \"hielo\"]");
  in_spanish("'Ana y Hugo'", "[\"Ana\", \"Hugo\"]");
  in_spanish("'Ana e I'", "[\"Ana\", \"I\"]");
  in_spanish("'Ana y 3'", "[\"Ana\", 3]");
  in_spanish("'Ana y h'", "[\"Ana\", \"h\"]");
  in_spanish("'Ana e \xC3\x8D\x61'", "[\"Ana\", \"\u00CDa\"]");
  in_spanish("'Ana y Ia'", "[\"Ana\", \"Ia\"]");
  in_spanish("'Ana y Hie'", "[\"Ana\", \"Hie\"]");
  in_spanish("'Ana y ion'", "[\"Ana\", \"ion\"]");
}

static void a_text_past_the_room_fails(void **state) {
  (void)state;
  const wb_value more = text_of("12345");
  const filtered_with ten = {"en", NULL, 10}, nine = {"en", NULL, 9};
  filtered_in(&ten, WB_OK, "'1234512345'", "append", more, &more, 1);
  filtered_in(&nine, WB_E_LIMIT, NULL, "append", more, &more, 1);
  filtered_in(&nine, WB_E_LIMIT, NULL, "escape", text_of("<<<"), NULL, 0);
  const wb_value both[] = {text_of(""), text_of("\\'\\'\\'")};
  filtered_in(&nine, WB_E_LIMIT, NULL, "replace", more, both, 2);
  filtered_in(&nine, WB_OK, "'123'", "strip", text_of(" 123 "), NULL, 0);
}

static void what_did_not_fit_leaves_the_room_as_it_was(void **state) {
  (void)state;
  char memory[4];
  wbi_room room = {memory, sizeof memory, 0, false};
  wb_value value = wbi_value_null();
  wbi_writer writer = wbi_room_begin(&room);
  wbi_put_text(&writer, WBI_TEXT("abc"));
  assert_int_equal(wbi_room_finish(&room, &writer, &value), WB_OK);
  assert_int_equal(room.used, 3);
  writer = wbi_room_begin(&room);
  wbi_put_text(&writer, WBI_TEXT("de"));
  assert_false(room.full);
  assert_int_equal(wbi_room_finish(&room, &writer, &value), WB_E_LIMIT);
  assert_true(room.full);
  assert_int_equal(room.used, 3);
  assert_memory_equal(value.data, "abc", 3);
}

static void absent_is_null_or_nothing_but_white_space(void **state) {
  (void)state;
  const wb_value absent[] = {wbi_value_null(), {.kind = WB_UNKNOWN}, text_of(""), text_of(" \t")};
  const wb_value present[] = {text_of("a"), wbi_value_int(0), bool_of(false)};
  for (size_t i = 0; i < WBI_COUNT(absent); i++)
    assert_true(wbi_value_missing(&absent[i]));
  for (size_t i = 0; i < WBI_COUNT(present); i++)
    assert_false(wbi_value_missing(&present[i]));
  assert_false(wbi_value_truth(&absent[0]));
  assert_false(wbi_value_truth(&absent[1]));
  assert_true(wbi_value_truth(&absent[2]));
  assert_true(wbi_value_truth(&present[1]));
  assert_false(wbi_value_truth(&present[2]));
}

static void written(const char *expected, wb_value value) {
  says_with(expected, "append", value, text_of(""));
}

static void values_are_written_by_their_kind(void **state) {
  (void)state;
  wb_value value = wbi_value_int(-1);
  value.kind = WB_UINT;
  written("'18446744073709551615'", value);
  value = wbi_value_int(20515);
  value.kind = WB_DATE;
  written("'2026-03-03'", value);
  value.integer = INT32_MAX;
  written("''", value);
  value = wbi_value_int(1592222400);
  value.kind = WB_TIME;
  written("'2020-06-15T12:00:00Z'", value);
  value.integer = WB_TIME_MAX + 1;
  written("''", value);
  value.kind = WB_DOUBLE;
  value.real = 5;
  written("'5.0'", value);
  value.real = 1e300;
  written("'1e+300'", value);
  written("'-0.05'", decimal_of("-0.05"));
  written("''", (wb_value){.kind = WBI_EMPTY});
}

static void lists_are_shown_as_ruby_does(void **state) {
  (void)state;
  written("'[1, \"a\", nil, true, 1.5, [], {}, {\"b\"=>[2], \"c\"=>{}}]'",
          json_of("[1, \"a\", null, true, 1.50, [], {}, {\"b\": [2], \"c\": {}}]"));
  written("'[\"\\\"\\\\\\n\\e\\u0001\\u007Fé#\\#{}\\#$\\#@\"]'",
          json_of("[\"\\\"\\\\\\n\\u001b\\u0001\\u007fé##{}#$#@\"]"));
  written("'[123456789012345678901234567890]'", json_of("[123456789012345678901234567890]"));
  written("'[\"#\", false]'", json_of("[\"#\", false]"));
}

static void filters_have_names_and_near_ones(void **state) {
  (void)state;
  assert_null(wbi_filter_find(WBI_TEXT("general")));
  assert_null(wbi_filter_find(WBI_TEXT("")));
  assert_null(wbi_filter_find(WBI_TEXT("Upcase")));
  const wbi_text near = wbi_filter_nearest(WBI_TEXT("upcas"));
  assert_true(wbi_text_equal(near, WBI_TEXT("upcase")));
  assert_int_equal(wbi_filter_nearest(WBI_TEXT("zzzzzzz")).length, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_default_steps_in_for_what_is_empty),
      cmocka_unit_test(a_false_can_be_allowed),
      cmocka_unit_test(sizes_are_code_points_and_elements),
      cmocka_unit_test(lists_and_texts_have_ends),
      cmocka_unit_test(lists_are_joined_with_the_lists_in_them),
      cmocka_unit_test(lists_deeper_than_sixteen_are_not_joined),
      cmocka_unit_test(a_member_is_a_list_of_its_name_and_value),
      cmocka_unit_test(texts_are_put_together),
      cmocka_unit_test(white_space_is_stripped_at_the_ends),
      cmocka_unit_test(long_texts_are_cut_by_code_points),
      cmocka_unit_test(a_length_that_is_no_number_is_refused),
      cmocka_unit_test(only_digits_that_are_no_machine_word_end_at_a_nul),
      cmocka_unit_test(long_texts_are_cut_by_words),
      cmocka_unit_test(parts_are_replaced),
      cmocka_unit_test(an_empty_part_is_between_all_code_points),
      cmocka_unit_test(backslashes_stand_for_what_was_found),
      cmocka_unit_test(line_breaks_are_stripped_or_marked),
      cmocka_unit_test(markup_is_escaped),
      cmocka_unit_test(what_is_escaped_last_is_marked_as_safe),
      cmocka_unit_test(urls_are_encoded),
      cmocka_unit_test(letters_change_case_beyond_ascii),
      cmocka_unit_test(only_the_first_letter_is_capitalised),
      cmocka_unit_test(a_name_has_an_initial),
      cmocka_unit_test(numbers_of_north_america_have_their_form),
      cmocka_unit_test(lists_are_said_as_people_do),
      cmocka_unit_test(a_text_past_the_room_fails),
      cmocka_unit_test(what_did_not_fit_leaves_the_room_as_it_was),
      cmocka_unit_test(absent_is_null_or_nothing_but_white_space),
      cmocka_unit_test(values_are_written_by_their_kind),
      cmocka_unit_test(lists_are_shown_as_ruby_does),
      cmocka_unit_test(filters_have_names_and_near_ones),
  };
  return cmocka_run_group_tests(tests, filtered_begin, filtered_end);
}
