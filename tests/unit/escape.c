/* SPDX-License-Identifier: MIT */
/* Values as HTML text and as links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "liquid/html.h"

/* Escapes a value; NULL: it is refused. */
static const char *escaped_as(wbi_escape escape, wbi_text value, bool escaped) {
  static char out[20000];
  wbi_writer writer = {out, sizeof out - 1, 0};
  if (wbi_escape_put(&writer, escape, NULL, value, escaped) != NULL) return NULL;
  assert_true(writer.length <= writer.capacity);
  out[writer.length] = '\0';
  return out;
}

static void assert_escaped(wbi_escape escape, const char *value, const char *expected) {
  const char *written = escaped_as(escape, wbi_text_of(value), false);
  assert_non_null(written);
  assert_string_equal(written, expected);
}

static void assert_refused(wbi_escape escape, const char *value) {
  assert_null(escaped_as(escape, wbi_text_of(value), false));
}

static void outside_html_a_value_stays_as_it_is(void **state) {
  (void)state;
  assert_escaped(WBI_ESCAPE_NONE, "a & <b>", "a & <b>");
}

static void text_is_escaped_by_eight_characters(void **state) {
  (void)state;
  assert_escaped(WBI_ESCAPE_TEXT, "", "");
  assert_escaped(WBI_ESCAPE_TEXT, "Ana", "Ana");
  assert_escaped(WBI_ESCAPE_TEXT, "& < > \" ' ` =", "&amp; &lt; &gt; &quot; &#39; &#96; &#61;");
  assert_escaped(WBI_ESCAPE_TEXT, "&&", "&amp;&amp;");
  assert_escaped(WBI_ESCAPE_TEXT, "&amp;", "&amp;amp;");
  assert_escaped(WBI_ESCAPE_TEXT, "caf\xC3\xA9 %+#?/\\", "caf\xC3\xA9 %+#?/\\");
  assert_string_equal(escaped_as(WBI_ESCAPE_TEXT, WBI_TEXT("a\0b"), false), "a\xEF\xBF\xBD"
                                                                            "b");
}

static void every_byte_at_every_offset_is_seen(void **state) {
  (void)state;
  char value[49], copy[49];
  memset(value, 'x', sizeof value);
  for (size_t length = 1; length < sizeof value; length++) {
    for (size_t at = 0; at < length; at++) {
      for (int c = 0; c < 256; c++) {
        value[at] = (char)c;
        const char *out = escaped_as(WBI_ESCAPE_TEXT, (wbi_text){value, length}, false);
        const bool special = c == 0 || (c < 128 && strchr("&<>\"'`=", c) != NULL);
        memcpy(copy, value, length);
        copy[length] = '\0';
        assert_int_equal(strcmp(out, copy) != 0, special);
        if (special) assert_true(strlen(out) > length);
      }
      value[at] = 'x';
    }
  }
}

static void what_is_escaped_is_not_escaped_twice(void **state) {
  (void)state;
  assert_string_equal(escaped_as(WBI_ESCAPE_TEXT, WBI_TEXT("O&#39;Neil &amp; Sons"), true),
                      "O&#39;Neil &amp; Sons");
  assert_string_equal(escaped_as(WBI_ESCAPE_LINK, WBI_TEXT("https://a.example/?a=1&amp;b=2"), true),
                      "https://a.example/?a=1&amp;b=2");
  assert_string_equal(escaped_as(WBI_ESCAPE_PART, WBI_TEXT("a&amp;b&x;"), true), "a%26b%26x%3b");
  assert_null(escaped_as(WBI_ESCAPE_LINK, WBI_TEXT("javascript&#58;alert(1)"), true));
}

static void an_escaped_link_has_at_most_2048_bytes(void **state) {
  (void)state;
  char link[WBI_LINK_MOST + 5];
  memset(link, 'a', sizeof link);
  memcpy(link, "&amp;", 5);
  assert_non_null(escaped_as(WBI_ESCAPE_PART, (wbi_text){link, WBI_LINK_MOST + 4}, true));
  assert_null(escaped_as(WBI_ESCAPE_PART, (wbi_text){link, WBI_LINK_MOST + 5}, true));
}

static void a_whole_link_is_normalised(void **state) {
  (void)state;
  assert_escaped(WBI_ESCAPE_LINK, "https://a.example/b?x=1&y=2#z",
                 "https://a.example/b?x=1&amp;y=2#z");
  assert_escaped(WBI_ESCAPE_LINK, "https://a.example/caf\xC3\xA9 '\"<>`\\",
                 "https://a.example/caf%c3%a9%20%27%22%3c%3e%60%5c");
  assert_escaped(WBI_ESCAPE_LINK, "https://a.example/%3C%3", "https://a.example/%3C%253");
  assert_escaped(WBI_ESCAPE_LINK, "%zz%a%4g", "%25zz%25a%254g");
  assert_escaped(WBI_ESCAPE_LINK, "mailto:a@b.example", "mailto:a@b.example");
  assert_escaped(WBI_ESCAPE_LINK, "HTTP:x", "HTTP:x");
  assert_escaped(WBI_ESCAPE_LINK, "/a:b", "/a:b");
  assert_escaped(WBI_ESCAPE_IMAGE, "https://a.example/l.png", "https://a.example/l.png");
}

static void a_whole_link_that_may_run_code_is_refused(void **state) {
  (void)state;
  static const char *const links[] = {"javascript:alert(1)",
                                      "java\tscript:alert(1)",
                                      " javascript:alert(1)",
                                      "data:text/html,x",
                                      "tel:+1555",
                                      "%6Aavascript:alert(1)",
                                      ":",
                                      "https :x"};
  for (size_t i = 0; i < WBI_COUNT(links); i++) {
    assert_refused(WBI_ESCAPE_LINK, links[i]);
    assert_refused(WBI_ESCAPE_IMAGE, links[i]);
  }
}

static void with_a_policy_a_whole_link_keeps_to_it(void **state) {
  (void)state;
  wb_schema *schema = NULL;
  wb_policy *policy = NULL;
  const char json[] = "{\"hosts\": [\"oak.example\"]}";
  char out[256];
  wbi_writer writer = {out, sizeof out, 0};
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_policy_new(NULL, schema, json, sizeof json - 1, &policy, NULL), WB_OK);
  const wbi_text fit = WBI_TEXT("https://oak.example/?a&b"), mail = WBI_TEXT("mailto:a@b.example");
  assert_null(wbi_escape_put(&writer, WBI_ESCAPE_LINK, policy, fit, false));
  assert_int_equal(writer.length, fit.length + 4);
  assert_null(wbi_escape_put(&writer, WBI_ESCAPE_LINK, policy, mail, false));
  writer.length = 0;
  assert_non_null(wbi_escape_put(&writer, WBI_ESCAPE_IMAGE, policy, mail, false));
  assert_non_null(
      wbi_escape_put(&writer, WBI_ESCAPE_LINK, policy, WBI_TEXT("https://a.example/"), false));
  assert_non_null(wbi_escape_put(&writer, WBI_ESCAPE_LINK, policy, WBI_TEXT("/x"), false));
  assert_int_equal(writer.length, 0);
  wb_policy_unref(policy);
  wb_schema_unref(schema);
}

static void pieces_of_a_link_stay_pieces(void **state) {
  (void)state;
  assert_escaped(WBI_ESCAPE_PATH, "b/8fK2xQ", "b/8fK2xQ");
  assert_escaped(WBI_ESCAPE_PATH, "a?b#c&d", "a%3fb%23c&amp;d");
  assert_escaped(WBI_ESCAPE_PATH, "%41%4", "%41%254");
  assert_escaped(WBI_ESCAPE_PART, "a-._~Z09", "a-._~Z09");
  assert_escaped(WBI_ESCAPE_PART, "a&b=c/d%41+ ", "a%26b%3dc%2fd%2541%2b%20");
  assert_escaped(WBI_ESCAPE_ADDRESS, "a+b@c.example?cc=d", "a+b@c.example%3fcc%3dd");
  assert_escaped(WBI_ESCAPE_ADDRESS, "(555) 010-0100", "(555)%20010-0100");
}

static void assert_reference(const char *text, uint32_t scalar) {
  size_t at = 0;
  uint32_t found = 0;
  assert_true(wbi_escape_reference(wbi_text_of(text), &at, &found));
  assert_int_equal(found, scalar);
  assert_int_equal(at, strlen(text));
}

static void references_are_read_by_number_and_by_name(void **state) {
  (void)state;
  static const char *const none[] = {
      "&",    "&;",     "&#;",      "&#0;",     "&#x;",       "&#",
      "&#x",  "&#39",   "&#xD800;", "&#57343;", "&#x110000;", "&#99999999999999;",
      "&amp", "&what;", "& amp;",   "&#3g;",    "&#a;",       "&#-1;"};
  assert_reference("&amp;", '&');
  assert_reference("&nbsp;", 0xA0);
  assert_reference("&Ntilde;", 0xD1);
  assert_reference("&#39;", '\'');
  assert_reference("&#x27;", '\'');
  assert_reference("&#X1f600;", 0x1F600);
  assert_reference("&#1114111;", 0x10FFFF);
  for (size_t i = 0; i < WBI_COUNT(none); i++) {
    size_t at = 0;
    uint32_t found = 7;
    assert_false(wbi_escape_reference(wbi_text_of(none[i]), &at, &found));
    assert_int_equal(at, 0);
    assert_int_equal(found, 7);
  }
}

static void a_short_buffer_counts_what_is_needed(void **state) {
  (void)state;
  char out[4] = "....";
  wbi_writer writer = {out, 3, 0};
  assert_null(wbi_escape_put(&writer, WBI_ESCAPE_TEXT, NULL, WBI_TEXT("a<b"), false));
  assert_int_equal(writer.length, 6);
  assert_memory_equal(out, "a&l.", 4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(outside_html_a_value_stays_as_it_is),
      cmocka_unit_test(text_is_escaped_by_eight_characters),
      cmocka_unit_test(every_byte_at_every_offset_is_seen),
      cmocka_unit_test(what_is_escaped_is_not_escaped_twice),
      cmocka_unit_test(an_escaped_link_has_at_most_2048_bytes),
      cmocka_unit_test(a_whole_link_is_normalised),
      cmocka_unit_test(a_whole_link_that_may_run_code_is_refused),
      cmocka_unit_test(with_a_policy_a_whole_link_keeps_to_it),
      cmocka_unit_test(pieces_of_a_link_stay_pieces),
      cmocka_unit_test(references_are_read_by_number_and_by_name),
      cmocka_unit_test(a_short_buffer_counts_what_is_needed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
