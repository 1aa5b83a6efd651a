/* SPDX-License-Identifier: MIT */
/* The text part that goes with an HTML part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/message.h>

static void assert_plain(const char *html, const char *expected) {
  char out[1024];
  size_t needed = 0;
  assert_int_equal(wb_plain_format(html, strlen(html), out, sizeof out, &needed), WB_OK);
  assert_string_equal(out, expected);
  assert_int_equal(needed, strlen(expected));
}

static void white_space_is_one_space(void **state) {
  (void)state;
  assert_plain("", "");
  assert_plain("  a \n\t b&nbsp; c  ", "a b c");
  assert_plain("a<b> b</b> <i>c</i>d", "a b cd");
  assert_plain("<p> a </p>\n \n<p> b </p>", "a\n\nb");
  assert_plain("a <br>b", "a\nb");
}

static void elements_begin_lines_and_paragraphs(void **state) {
  (void)state;
  assert_plain("a<br>b<br/>c", "a\nb\nc");
  assert_plain("<div>a</div><div><div>b</div></div>c", "a\nb\nc");
  assert_plain("<h1>Hello</h1><p>a</p><p>b</p>", "Hello\n\na\n\nb");
  assert_plain("<ul><li>a</li> <li>b</li></ul>c", "- a\n- b\n\nc");
  assert_plain("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>", "a b\nc");
  assert_plain("<pre>a\n  b\n\nc</pre>d e", "a\nb\n\nc\n\nd e");
  assert_plain("<pre>a \nb</pre>c\nd", "a\nb\n\nc d");
  assert_plain("</pre>a\nb", "a b");
}

static void what_is_not_for_reading_is_left_out(void **state) {
  (void)state;
  assert_plain("<!doctype html><html><head><title>t</title><style>p{a:b}</style></head>"
               "<body>a<!-- b > --> c</body></html>",
               "a c");
  assert_plain("<div style=\"color:red; display: none\">x<div>y</div>z</div>a", "a");
  assert_plain("<div style=\"display:block\">x</div>a", "x\na");
  assert_plain("a<div style=\"display:none\">x<br>y</div>b", "ab");
  assert_plain("a<!-->b<!--->c<!---->d", "abcd");
  assert_plain("<title>1 < 2 &lt; 3 \xE2\x80\x90</title>a!~\x7F&amp;b", "a!~\x7F&b");
  assert_plain("a&zwnj;&#847;&shy;b\xE2\x80\x8B", "ab");
  assert_plain("\xE2\x80\x8F"
               "a\xE2\x80\x90",
               "a\xE2\x80\x90");
  assert_plain("a\xE2\x81\xA0\xEF\xBB\xBF"
               "b\xE2\x80\x90",
               "ab\xE2\x80\x90");
}

static void references_are_characters(void **state) {
  (void)state;
  assert_plain("O&#39;Neil &amp; Sons &lt;b&gt; &eacute; &#x1F600; &what; AT&T",
               "O'Neil & Sons <b> \xC3\xA9 \xF0\x9F\x98\x80 &what; AT&T");
  assert_plain("a < b", "a < b");
}

static void a_link_stands_behind_its_text(void **state) {
  (void)state;
  assert_plain("<a href=\"https://a.example/?x=1&amp;y=2\">Book</a> now",
               "Book: https://a.example/?x=1&y=2 now");
  assert_plain("<p><a style=\"x\" href='https://a.example/'><b>Book</b> it </a>.</p>",
               "Book it: https://a.example/.");
  assert_plain("<a href=\"https://a.example/\">https://a.example/</a>", "https://a.example/");
  assert_plain("<a href=\"https://a.example/\">https://a.example/x</a>",
               "https://a.example/x: https://a.example/");
  assert_plain("<a href=\"https://a.example/\">https://a.example</a>",
               "https://a.example: https://a.example/");
  assert_plain("<a href=\"https://a.example/\"></a>", "https://a.example/");
  assert_plain(
      "<a href=\"mailto:desk@a.example\">Write</a> <a href=\"tel:+15550100\">+15550100</a>",
      "Write: desk@a.example +15550100");
  assert_plain("<a href=\"https://a.example/\">https://a.example/</a> "
               "<a href=\"https://b.example/\">https://b.example/</a>",
               "https://a.example/ https://b.example/");
  assert_plain("<a href=\"https://a.example/\">Book</a> <a href=\"https://b.example/\"></a>",
               "Book: https://a.example/ https://b.example/");
  assert_plain("<a download href=\"https://a.example/\">Book</a>", "Book: https://a.example/");
  assert_plain("<a style=\"x\"href=\"https://a.example/\">Book</a>", "Book: https://a.example/");
  assert_plain("<a href=\"#top\">Top</a> <a name=\"x\">x</a>", "Top x");
  assert_plain("<a href=\"https://a.example/\">Book", "Book: https://a.example/");
}

static void a_link_that_is_too_long_for_its_text_is_left_out(void **state) {
  (void)state;
  char html[4096], longest[4096];
  for (size_t length = 2048; length <= 2049; length++) {
    size_t at = 0;
    memset(longest, 'a', length);
    memcpy(longest, "https://a.example/", 18);
    longest[length] = '\0';
    at += (size_t)snprintf(html, sizeof html, "<a href=\"%s\">Book</a>", longest);
    char out[4096];
    size_t needed = 0;
    assert_int_equal(wb_plain_format(html, at, out, sizeof out, &needed), WB_OK);
    assert_int_equal(needed, length == 2048 ? 6 + length : 4);
  }
}

static void an_image_is_what_it_says(void **state) {
  (void)state;
  assert_plain("<img src=\"https://a.example/l.png\" alt=\"Oak &amp; Co\"> a", "Oak & Co a");
  assert_plain("<img src=\"https://a.example/l.png\"><img alt=\"\">a", "a");
  assert_plain("<img alt=\"a > 'b'\"><img alt=' > \"c\"'>", "a > 'b' > \"c\"");
  assert_plain("<a href=\"https://a.example/\"><img alt=\"Book\"></a>", "Book: https://a.example/");
}

static void other_bytes_make_some_text(void **state) {
  (void)state;
  assert_plain("a <", "a <");
  assert_plain("a <b", "a");
  assert_plain("a <!-- b", "a");
  assert_plain("a <!b", "a");
  assert_plain("<p title=x y>a</p", "a");
  assert_plain("<p title=>a", "a");
  assert_plain("a<", "a<");
  assert_plain("a<>b", "ab");
  assert_plain("</a></div></pre>a", "a");
}

static void a_short_buffer_and_wrong_arguments_are_told(void **state) {
  (void)state;
  char out[4];
  size_t needed = 0;
  assert_int_equal(wb_plain_format("<p>abcd", 7, NULL, 0, &needed), WB_E_SPACE);
  assert_int_equal(needed, 4);
  assert_int_equal(wb_plain_format("<p>abcd", 7, out, 4, &needed), WB_OK);
  assert_memory_equal(out, "abcd", 4);
  assert_int_equal(wb_plain_format("<p>abcd", 7, out, 3, &needed), WB_E_SPACE);
  assert_int_equal(wb_plain_format("\xFF", 1, out, 4, &needed), WB_E_INVALID);
  assert_int_equal(wb_plain_format(NULL, 1, out, 4, &needed), WB_E_INVALID);
  assert_int_equal(wb_plain_format("a", 1, NULL, 4, &needed), WB_E_INVALID);
  assert_int_equal(wb_plain_format("a", 1, out, 4, NULL), WB_E_INVALID);
  assert_int_equal(wb_plain_format(NULL, 0, NULL, 0, &needed), WB_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(white_space_is_one_space),
      cmocka_unit_test(elements_begin_lines_and_paragraphs),
      cmocka_unit_test(what_is_not_for_reading_is_left_out),
      cmocka_unit_test(references_are_characters),
      cmocka_unit_test(a_link_stands_behind_its_text),
      cmocka_unit_test(a_link_that_is_too_long_for_its_text_is_left_out),
      cmocka_unit_test(an_image_is_what_it_says),
      cmocka_unit_test(other_bytes_make_some_text),
      cmocka_unit_test(a_short_buffer_and_wrong_arguments_are_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
