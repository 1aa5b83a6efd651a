/* SPDX-License-Identifier: MIT */
/* Where in HTML a value may stand. In the texts here {} stands for a value, {%} for a tag of
   Liquid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "liquid/html.h"

/* Follows a text; escapes holds how its values are escaped, in order. */
static wb_status follow(const char *text, wbi_html *html, wbi_escape escapes[8], wb_error *error) {
  const wbi_text source = wbi_text_of(text);
  size_t count = 0, from = 0;
  wb_status status = WB_OK;
  for (size_t at = 0; at < source.length && status == WB_OK;) {
    const bool value = wbi_text_starts(wbi_text_slice(source, at, source.length), WBI_TEXT("{}"));
    const bool tag = wbi_text_starts(wbi_text_slice(source, at, source.length), WBI_TEXT("{%}"));
    if (!value && !tag) {
      at++;
      continue;
    }
    status = wbi_html_text(html, NULL, source, from, at, error);
    if (status == WB_OK && value) {
      assert_true(count < 8);
      status = wbi_html_value(html, source, at, &escapes[count++], error);
    }
    at += value ? 2 : 3;
    from = at;
  }
  if (status == WB_OK) status = wbi_html_text(html, NULL, source, from, source.length, error);
  return status == WB_OK ? wbi_html_finish(html, source, error) : status;
}

/* All values of a text are escaped in one way. */
static void assert_accepted(const char *text, wbi_escape expected) {
  wbi_html html = {.open = 0};
  wbi_escape escapes[8] = {expected, expected, expected, expected,
                           expected, expected, expected, expected};
  wb_error error = {.status = 0};
  const wb_status status = follow(text, &html, escapes, &error);
  if (status != WB_OK) print_error("%s: %u: %s\n", text, error.column, error.message);
  assert_int_equal(status, WB_OK);
  for (size_t i = 0; i < 8; i++)
    assert_int_equal(escapes[i], expected);
}

/* A text is refused at a column of its first line. */
static void assert_refused(const char *text, uint32_t column, const char *message) {
  wbi_html html = {.open = 0};
  wbi_escape escapes[8];
  wb_error error = {.status = 0};
  const wb_status status = follow(text, &html, escapes, &error);
  if (status == WB_OK) print_error("%s: accepted\n", text);
  assert_true(status == WB_E_SYNTAX || status == WB_E_POLICY);
  assert_string_equal(error.message, message);
  assert_int_equal(error.column, column);
}

static const char *const no_script = "A message runs no script.";
static const char *const no_tag = "Inside a tag a value stands only in the quotes of an attribute.";

static void values_stand_in_text(void **state) {
  (void)state;
  static const char *const texts[] = {
      "{}",
      "",
      "<p>{}</p>",
      "<P CLASS=\"a\">{}</P >",
      "<h1>{}, {}</h1>{}",
      "a<br>{}<br/>{}<img src=\"https://a.example/x.png\" alt=\"\" />{}",
      "Smith & {} & Sons &amp;{} AT&T {} &copy;{}",
      "<pre>\n{}</pre>",
      "<!doctype html><html lang=\"en\"><head></head><body>{}</body></html>",
      "<!DOCTYPE html>{}",
      "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"x\">{}",
      "<title>{} & a > b</title>{}",
      "<TITLE>{}</TITLE\n>",
      "<p {%}>{}</p>",
      "<p{%}>{}</p>",
      "a > b {}",
  };
  for (size_t i = 0; i < WBI_COUNT(texts); i++)
    assert_accepted(texts[i], WBI_ESCAPE_TEXT);
}

static void values_stand_in_quoted_attributes(void **state) {
  (void)state;
  static const char *const texts[] = {
      "<p title=\"{}\">x</p>",
      "<p title='{}'>x</p>",
      "<p title=\"a {} b {}\" class='{}'>x</p>",
      "<p title=\"a > b < c = ' {}\">x</p>",
      "<img alt=\"{}\" width=\"{}\">",
      "<td nowrap {%}class=\"{}\"{%} hidden>",
      "<p aria-label=\"{}\" xml:lang=\"{}\">",
      "<p title=\"{}\"\n\tid='{}'/>",
      "<li value=\"{}\">",
      "<a title=\"{}\" target=\"{}\" rel=\"{}\">",
  };
  for (size_t i = 0; i < WBI_COUNT(texts); i++)
    assert_accepted(texts[i], WBI_ESCAPE_TEXT);
}

static void values_stand_in_links(void **state) {
  (void)state;
  assert_accepted("<a href=\"{}\">x</a>", WBI_ESCAPE_LINK);
  assert_accepted("<A HREF='{}'>x</A>", WBI_ESCAPE_LINK);
  assert_accepted("<a href=\"{}#top\"><a href=\"{}?utm=x\"><a href=\"{}/more\">", WBI_ESCAPE_LINK);
  assert_accepted("<img src=\"{}\" alt=\"\">", WBI_ESCAPE_IMAGE);
  assert_accepted("<a href=\"https://p.example/{}\">", WBI_ESCAPE_PATH);
  assert_accepted("<a href=\"https://p.example/{}/b/{}.html\">", WBI_ESCAPE_PATH);
  assert_accepted("<img src='https://p.example/{}.png'>", WBI_ESCAPE_PATH);
  assert_accepted("<a href=\"https://p.example?{}\">", WBI_ESCAPE_PART);
  assert_accepted("<a href=\"https://p.example/b?t={}&amp;u={}&v={}#{}\">", WBI_ESCAPE_PART);
  assert_accepted("<a href=\"https://p.example/b#{}\">", WBI_ESCAPE_PART);
  assert_accepted("<a href=\"#{}\">", WBI_ESCAPE_PART);
  assert_accepted("<a href=\"mailto:{}\"><a href=\"TEL:{}\">", WBI_ESCAPE_ADDRESS);
  assert_accepted("<a href=\"mailto:desk@p.example?subject={}\">", WBI_ESCAPE_PART);
}

static void each_part_of_a_link_has_its_own_escaper(void **state) {
  (void)state;
  wbi_html html = {.open = 0};
  wbi_escape escapes[8];
  wb_error error;
  assert_int_equal(follow("<a href=\"https://p.example/{}?t={}\" title=\"{}\">{}</a>"
                          "<a href='{}/{}?{}'>",
                          &html, escapes, &error),
                   WB_OK);
  assert_int_equal(escapes[0], WBI_ESCAPE_PATH);
  assert_int_equal(escapes[1], WBI_ESCAPE_PART);
  assert_int_equal(escapes[2], WBI_ESCAPE_TEXT);
  assert_int_equal(escapes[3], WBI_ESCAPE_TEXT);
  assert_int_equal(escapes[4], WBI_ESCAPE_LINK);
  assert_int_equal(escapes[5], WBI_ESCAPE_PATH);
  assert_int_equal(escapes[6], WBI_ESCAPE_PART);
}

static void what_is_constant_is_accepted(void **state) {
  (void)state;
  static const char *const texts[] = {
      "<style>.a{color:#fff}</style>{}",
      "<style type=\"text/css\" media=\"screen\">@media (max-width:600px){p{margin:0}}</STYLE >",
      "<style></style>",
      "<p style=\"color:red;font-family:&quot;A&quot;\">{}</p>",
      "<p style='margin:0' style=\"\">",
      "<!-- a comment, <b>, & -->{}",
      "<!---->{}",
      "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">",
      "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">",
      "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:o=\"urn:x\">",
      "<p data-id=\"7\">",
      "<a href=\"https://p.example\">x</a><a href='#'>",
      "<a href=\"https://p.example/?a=1&amp;b=2&c=3\">",
      "<a href=\"{%}https://p.example/{%}\">",
      "<p\fclass=\"a\"\r\ntitle=\"b\">",
      "<p data-x.y_z=\"7\">",
      "<a href=\"https://p.example/?a&\">",
      "<p style=\"font-family:&quot;a&quot;,&#39;b&#39;\">",
  };
  for (size_t i = 0; i < WBI_COUNT(texts); i++)
    assert_accepted(texts[i], WBI_ESCAPE_TEXT);
}

static void elements_that_do_more_than_show_text_are_refused(void **state) {
  (void)state;
  const char *form = "A message has no forms; link to a page instead.";
  const char *embeds = "A message embeds nothing but images.";
  assert_refused("<p><script>x</script>", 5, no_script);
  assert_refused("<SCRIPT src=\"x\">", 2, no_script);
  assert_refused("</script>", 3, no_script);
  assert_refused("<form action=\"x\">", 2, form);
  assert_refused("<input type=\"text\">", 2, form);
  assert_refused("<select>", 2, form);
  assert_refused("<textarea>{}</textarea>", 2, form);
  assert_refused("<button>", 2,
                 "A message has no forms; link to a page instead, styled as a button.");
  assert_refused("<iframe src=\"{}\">", 2, "A message shows no other page inside; link to it.");
  assert_refused("<frame>", 2, "A message shows no other page inside; link to it.");
  assert_refused("<object data=\"x\">", 2, embeds);
  assert_refused("<embed src=\"x\">", 2, embeds);
  assert_refused("<video>", 2, embeds);
  assert_refused("<audio>", 2, embeds);
  assert_refused("<svg><a xlink:href=\"{}\">", 2,
                 "A message has no drawings in its text; use an image.");
  assert_refused("<math>", 2, "A message has no formulas.");
  assert_refused("<base href=\"https://p.example/\">", 2,
                 "A message has no base for its links; write each in full.");
  assert_refused("<link rel=\"stylesheet\">", 2,
                 "A message loads no style sheets; put them into <style>.");
  assert_refused("<noscript>", 2, no_script);
  assert_refused("<template>", 2, "The element 'template' is not for messages.");
  assert_refused("<x-y>", 2, "The element 'x-y' is not for messages.");
  assert_refused("<plaintext>", 2, "The element 'plaintext' is not for messages.");
  assert_refused("<styles>", 2, "The element 'styles' is not for messages.");
}

static void names_are_constant(void **state) {
  (void)state;
  const char *name = "After < comes the name of a tag; for a < in the text write &lt;.";
  assert_refused("<{}>x", 2, name);
  assert_refused("</{}>x", 3, name);
  assert_refused("a < b", 4, name);
  assert_refused("<", 2, name);
  assert_refused("<p{}>", 3, no_tag);
  assert_refused("<p {}=\"1\">x</p>", 4, no_tag);
  assert_refused("<p title{}=\"1\">", 9, no_tag);
  assert_refused("<p title=\"a\"{}>", 13, no_tag);
  assert_refused("<t{%}d>", 2, "The element 't' is not for messages.");
  assert_refused("<b{%}r>", 6, "Here > or a blank and an attribute must come.");
  assert_refused("<p cl{%}ass=\"a\">", 4, "The attribute 'cl' is not for this tag.");
  assert_refused("<p title{%}=\"a\">", 12, "Here > or a blank and an attribute must come.");
}

static void attributes_that_run_or_load_are_refused(void **state) {
  (void)state;
  assert_refused("<p onclick=\"f('{}')\">x</p>", 4, no_script);
  assert_refused("<p ONLOAD=\"\">x</p>", 4, no_script);
  assert_refused("<img srcset=\"{}\">", 6, "The attribute 'srcset' is not for this tag.");
  assert_refused("<td background=\"{}\">", 5, "The attribute 'background' is not for this tag.");
  assert_refused("<a ping=\"{}\">", 4, "The attribute 'ping' is not for this tag.");
  assert_refused("<a xlink:href=\"{}\">", 4, "The attribute 'xlink:href' is not for this tag.");
  assert_refused("<p href=\"{}\">", 4, "The attribute 'href' is not for this tag.");
  assert_refused("<a src=\"{}\">", 4, "The attribute 'src' is not for this tag.");
  assert_refused("<p content=\"{}\">", 4, "The attribute 'content' is not for this tag.");
  assert_refused("<p titles=\"{}\">", 4, "The attribute 'titles' is not for this tag.");
}

static void values_of_attributes_stand_in_quotes(void **state) {
  (void)state;
  const char *quotes = "The value of this attribute must stand in quotes.";
  const char *blank = "Here > or a blank and an attribute must come.";
  assert_refused("<p title={}>x</p>", 4, quotes);
  assert_refused("<p title=a>x</p>", 4, quotes);
  assert_refused("<p title=`a`>x</p>", 4, quotes);
  assert_refused("<p title= \"a\">x</p>", 4, quotes);
  assert_refused("<p title =\"a\">x</p>", 10, blank);
  assert_refused("<p title=\"a\"class=\"b\">x</p>", 13, blank);
  assert_refused("<p/title=\"a\">x</p>", 3, blank);
  assert_refused("<p \"a\">x</p>", 4, blank);
  assert_refused("<p <b>", 4, blank);
}

static void what_begins_like_a_document_or_a_link_goes_on_like_one(void **state) {
  (void)state;
  const char *declaration = "After <! comes doctype html, or -- and a comment.";
  assert_refused("<!doctype html", 1, declaration);
  assert_refused("<!entity x>", 1, declaration);
  assert_refused("<a href=\"\">", 10, "The link is empty.");
}

static void no_value_stands_in_styles(void **state) {
  (void)state;
  const char *whole = "The style that begins here must be closed, and hold no braces of Liquid.";
  const char *quote = "This value must end in its quote, and hold no braces of Liquid.";
  assert_refused("<p><style>{}</style>", 4, whole);
  assert_refused("<style>a{%}</style>", 1, whole);
  assert_refused("<style>a", 1, whole);
  assert_refused("<style></style{}>", 8, "This closing tag is not closed by >.");
  assert_refused("<p style=\"{}\">", 11, "No value can stand in this attribute.");
  assert_refused("<p style=\"color:{}\">", 11, quote);
  assert_refused("<p style=\"color:{%}red\">", 11, quote);
  assert_refused("<p style=\"background:url('{}')\">", 11, quote);
  assert_refused("<p style='color:red", 11, quote);
  assert_refused("<p data-x=\"{}\">", 12, "No value can stand in this attribute.");
}

static void styles_load_nothing(void **state) {
  (void)state;
  const char *as_they_are = "In a style write characters as they are.";
  assert_refused("<style>p{background:URL(x)}</style>", 21,
                 "A style cannot have 'url(': it loads nothing and hides nothing.");
  assert_refused("<style>@Import 'x';</style>", 8,
                 "A style cannot have '@import': it loads nothing and hides nothing.");
  assert_refused("<p style=\"width:expression(1)\">", 17,
                 "A style cannot have 'expression(': it loads nothing and hides nothing.");
  assert_refused("<p style=\"a:u\\72l(x)\">", 14,
                 "A style cannot have '\\': it loads nothing and hides nothing.");
  assert_refused("<p style=\"a:&#117;rl(x)\">", 13, as_they_are);
  assert_refused("<p style=\"a:b&\">", 14, as_they_are);
}

static void comments_are_constant(void **state) {
  (void)state;
  const char *plain = "A comment of HTML is text without -- between <!-- and -->; for one with "
                      "values use {% comment %}.";
  assert_refused("<!-- {} --><p>x</p>", 1, plain);
  assert_refused("<!-- a", 1, plain);
  assert_refused("<!-- a -- b -->", 8, plain);
  assert_refused("<!-- a --!>", 8, plain);
  assert_refused("<!-->", 1, "A comment of HTML cannot begin with >.");
  assert_refused("<!--->", 1, "A comment of HTML cannot begin with >.");
  assert_refused("<!--[if mso]>", 1, "A comment with a condition is not for messages.");
  assert_refused("<![CDATA[x]]>", 1, "After <! comes doctype html, or -- and a comment.");
  assert_refused("<!doctype {}>", 1, "After <! comes doctype html, or -- and a comment.");
  assert_refused("<!doctype svg>", 1, "After <! comes doctype html, or -- and a comment.");
  assert_refused("<?xml?>", 2, "After < comes the name of a tag; for a < in the text write &lt;.");
}

static void meta_does_not_lead_elsewhere(void **state) {
  (void)state;
  const char *steer = "A message does not steer the program that shows it.";
  assert_refused("<meta http-equiv=\"refresh\" content=\"0;url={}\">", 19, steer);
  assert_refused("<meta http-equiv='REFRESH'>", 19, steer);
  assert_refused("<meta http-equiv=\"&#114;efresh\">", 19, steer);
  assert_refused("<meta http-equiv=\"{}\">", 19, "No value can stand in this attribute.");
  assert_refused("<meta name=\"x\" content=\"{}\">", 25, "No value can stand in this attribute.");
}

static void the_host_of_a_link_is_constant(void **state) {
  (void)state;
  const char *whole = "End the host with / before what stands here.";
  const char *after = "After a value that is a link comes its quote, or / ? or #.";
  const char *no_https = "The link does not begin with https://.";
  assert_refused("<a href=\"https://{}\">", 10, "The link names no host.");
  assert_refused("<a href=\"https://p.example{}\">", 27, whole);
  assert_refused("<a href=\"https://p.example{%}.evil.example/\">", 27, whole);
  assert_refused("<a href=\"https://p.{}.example/\">", 10,
                 "The host of the link is not written as a name.");
  assert_refused("<a href=\"{}{}\">", 12, after);
  assert_refused("<a href=\"{}.evil.example\">", 12, "After a link comes its quote, or / ? or #.");
  assert_refused("<a href=\"/{}\">", 10, no_https);
  assert_refused("<a href=\"{%}/x\">", 13, no_https);
  assert_refused("<a href=\"h{%}ttps://p.example/\">", 10, no_https);
  assert_refused("<img src=\"mailto:{}\">", 11, no_https);
}

static void constant_links_keep_to_the_policy(void **state) {
  (void)state;
  assert_refused("<a href=\"http://p.example/\">", 10, "The link does not begin with https://.");
  assert_refused("<a href=\"javascript:x()\">", 10, "The link does not begin with https://.");
  assert_refused("<a href=\" https://p.example/\">", 10,
                 "The link has a character that a link cannot have.");
  assert_refused("<a href=\"https://bit.ly/x\">", 10, "The link leads to a public shortener.");
  assert_refused("<a href=\"https://p.example/{}a b\">", 30,
                 "The link has a character that a link cannot have.");
  assert_refused("<a href=\"#a b\">", 10, "The link has a character that a link cannot have.");
  assert_refused("<a href=\"\">", 10, "The link is empty.");
  assert_refused("<img src='tel:5550100'>", 11, "The link does not begin with https://.");
  const char *reference = "In a link no character is written as a reference but &amp;.";
  assert_refused("<a href=\"https://p.example/&#63;a={}\">", 28, reference);
  assert_refused("<a href=\"https://p.example/&quest;a={}\">", 28, reference);
  assert_refused("<a href=\"https://p.example/?a&frac12;={}\">", 30, reference);
  assert_refused("<a href=\"https://p&period;example/\">", 10,
                 "The host of the link is not written as a name.");
}

static void a_half_reference_before_a_value_is_refused(void **state) {
  (void)state;
  const char *write = "Write &amp; for this &.";
  assert_refused("R&{}", 2, write);
  assert_refused("R&am{%}p;", 2, write);
  assert_refused("&#{}", 1, write);
  assert_refused("&#x2{}", 1, write);
  assert_refused("<title>a&{}</title>", 9, write);
  assert_refused("<p title=\"&{}\">", 11, write);
  assert_refused("<a href=\"https://p.example/?a&{}=1\">", 30, write);
}

static void what_is_open_at_the_end_is_refused(void **state) {
  (void)state;
  assert_refused("a <p", 3, "The tag that opens here is not closed by >.");
  assert_refused("a <p title=\"x\"", 3, "The tag that opens here is not closed by >.");
  assert_refused("a <p title=\"x", 3, "In the tag that opens here a quote is not closed.");
  assert_refused("a <p title='{}", 3, "In the tag that opens here a quote is not closed.");
  assert_refused("a <a href=\"{}", 3, "In the tag that opens here a quote is not closed.");
  assert_refused("a <title>x", 3, "The title that opens here is not closed.");
  assert_refused("<title><b></title>", 8, "A title holds text alone; for a < write &lt;.");
  assert_refused("a</p", 2, "This closing tag is not closed by >.");
  assert_refused("a</p x>", 2, "This closing tag is not closed by >.");
  assert_accepted("a &copy", WBI_ESCAPE_TEXT);
}

/* The state at the end of a text that is read from a state. */
static wbi_html after(wbi_html html, const char *text) {
  wb_error error = {.status = 0};
  const wbi_text source = wbi_text_of(text);
  assert_int_equal(wbi_html_text(&html, NULL, source, 0, source.length, &error), WB_OK);
  return html;
}

/* Whether two branches come together. */
static bool meet(const char *before, const char *one, const char *other) {
  const wbi_html begin = after((wbi_html){.open = 0}, before);
  wbi_html html = after(begin, one);
  const wbi_html second = after(begin, other);
  return wbi_html_meet(&html, &second);
}

static void branches_end_in_the_same_place(void **state) {
  (void)state;
  assert_true(meet("", "<p>a</p>", ""));
  assert_true(meet("<p>", "<b>a</b>", "c"));
  assert_true(meet("<p ", "class=\"a\"", ""));
  assert_true(meet("<p", " class=\"a\"", ""));
  assert_true(meet("<p", " class=\"a\" ", " "));
  assert_true(meet("<p class=\"", "a", ""));
  assert_true(meet("<a href=\"", "https://a.example/x", "https://b.example/y"));
  assert_false(meet("<a href=\"", "https://a.example/x", ""));
  assert_false(meet("<a href=\"", "https://a.example/x", "https://a.example/?x"));
  assert_false(meet("", "<p", ""));
  assert_false(meet("", "<a href=\"", ""));
  assert_false(meet("", "<title>", ""));
  assert_false(meet("", "<p ", "<a "));
  assert_false(meet("<p ", "class=\"", "class='"));
  assert_false(meet("<p ", "class=\"", "title=\"a\""));
}

static void a_value_leaves_a_link_elsewhere(void **state) {
  (void)state;
  wbi_html html = after((wbi_html){.open = 0}, "<a href=\"");
  const wbi_html before = html;
  wbi_escape escape = WBI_ESCAPE_NONE;
  wb_error error;
  assert_true(wbi_html_same(&html, &before));
  assert_int_equal(wbi_html_value(&html, WBI_TEXT(""), 0, &escape, &error), WB_OK);
  assert_false(wbi_html_same(&html, &before));
}

static void a_blank_that_came_or_not_is_not_the_same_in_a_loop(void **state) {
  (void)state;
  wbi_html blank = after((wbi_html){.open = 0}, "<p ");
  const wbi_html none = after((wbi_html){.open = 0}, " <p");
  assert_false(wbi_html_same(&blank, &none));
  assert_true(wbi_html_meet(&blank, &none));
  assert_true(wbi_html_same(&blank, &none));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_stand_in_text),
      cmocka_unit_test(values_stand_in_quoted_attributes),
      cmocka_unit_test(values_stand_in_links),
      cmocka_unit_test(each_part_of_a_link_has_its_own_escaper),
      cmocka_unit_test(what_is_constant_is_accepted),
      cmocka_unit_test(elements_that_do_more_than_show_text_are_refused),
      cmocka_unit_test(names_are_constant),
      cmocka_unit_test(attributes_that_run_or_load_are_refused),
      cmocka_unit_test(values_of_attributes_stand_in_quotes),
      cmocka_unit_test(what_begins_like_a_document_or_a_link_goes_on_like_one),
      cmocka_unit_test(no_value_stands_in_styles),
      cmocka_unit_test(styles_load_nothing),
      cmocka_unit_test(comments_are_constant),
      cmocka_unit_test(meta_does_not_lead_elsewhere),
      cmocka_unit_test(the_host_of_a_link_is_constant),
      cmocka_unit_test(constant_links_keep_to_the_policy),
      cmocka_unit_test(a_half_reference_before_a_value_is_refused),
      cmocka_unit_test(what_is_open_at_the_end_is_refused),
      cmocka_unit_test(branches_end_in_the_same_place),
      cmocka_unit_test(a_value_leaves_a_link_elsewhere),
      cmocka_unit_test(a_blank_that_came_or_not_is_not_the_same_in_a_loop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
