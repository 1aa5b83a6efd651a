/* SPDX-License-Identifier: MIT */
/* Templates of HTML: values are escaped where they stand, branches come together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "support/opened.h"
#include "support/texts.h"

/* ---- open templates ----------------------------------------------------------------------- */

static void assert_open(const char *text, const char *json, const char *expected) {
  opened_says(true, text, json, expected);
}

static void assert_compiles(const char *text) {
  wb_template *compiled = NULL;
  wb_error error = {.status = 0};
  const wb_status status = wbi_template_open(NULL, wbi_text_of(text), true, &compiled, &error);
  if (status != WB_OK) print_error("%s: %u: %s\n", text, error.column, error.message);
  assert_int_equal(status, WB_OK);
  wb_template_unref(compiled);
}

static void assert_open_refused(const char *text, uint32_t column, const char *message) {
  wb_template *compiled = NULL;
  wb_error error = {.status = 0};
  assert_int_equal(wbi_template_open(NULL, wbi_text_of(text), true, &compiled, &error),
                   WB_E_SYNTAX);
  assert_null(compiled);
  assert_string_equal(error.message, message);
  assert_int_equal(error.column, column);
}

static void values_are_escaped_where_they_stand(void **state) {
  (void)state;
  const char *data =
      "{\"v\": \"a<b & 'c'\", \"n\": 7, \"l\": [\"<\", \"x\"], \"u\": \"https://a.example/?a&b\"}";
  assert_open("<p title=\"{{ v }}\">{{ v }}</p>", data,
              "<p title=\"a&lt;b &amp; &#39;c&#39;\">a&lt;b &amp; &#39;c&#39;</p>");
  assert_open("<title>{{ v }}</title>", data, "<title>a&lt;b &amp; &#39;c&#39;</title>");
  assert_open("<a href=\"{{ u }}\">", data, "<a href=\"https://a.example/?a&amp;b\">");
  assert_open("<a href=\"https://a.example/{{ v }}?q={{ v }}\">", data,
              "<a href=\"https://a.example/a%3cb%20&amp;%20%27c%27?q=a%3cb%20%26%20%27c%27\">");
  assert_open("{{ n }}{{ l | join: '&' }}{{ '<' }}{{ l }}", data, "7&lt;&amp;x&lt;&lt;x");
  assert_open("{% assign w = v %}{{ w | upcase }}", data, "A&lt;B &amp; &#39;C&#39;");
  assert_open("{% for x in l %}{{ x }}{% endfor %}", data, "&lt;x");
}

static void what_is_escaped_is_not_escaped_again(void **state) {
  (void)state;
  const char *data = "{\"v\": \"a<b\", \"w\": \"a &lt; <\", \"u\": \"https://a.example/?a&b\"}";
  assert_open("{{ v | escape }}{{ w | escape_once }}", data, "a&lt;ba &lt; &lt;");
  assert_open("{% assign e = v | escape %}{{ e }}", data, "a&lt;b");
  assert_open("<a href=\"{{ u | escape }}\">", data, "<a href=\"https://a.example/?a&amp;b\">");
  assert_open("{{ v | escape | append: '&' }}", data, "a&amp;lt;b&amp;");
}

static void a_link_that_may_run_code_holds_the_text_back(void **state) {
  (void)state;
  wb_error error;
  assert_int_equal(
      opened_render(true, "a<a href=\"{{ v }}\">", "{\"v\": \"javascript:x()\"}", &error),
      WB_E_POLICY);
  assert_string_equal(opened_out, "");
  assert_string_equal(error.message, "The link does not begin with https://.");
}

static void branches_come_together(void **state) {
  (void)state;
  static const char *const texts[] = {
      "{% if a %}<p>x</p>{% endif %}{{ v }}",
      "<p{% if a %} class=\"{{ v }}\"{% endif %}>",
      "<p {% unless a %}id=\"a\"{% endunless %}>",
      "{% if a %}<b>{% elsif b %}<i>{{ v }}{% else %}x{% endif %}",
      "<a href=\"{% if a %}https://a.example/x{% else %}https://b.example/y{% endif %}{{ v }}\">",
      "{% case a %} {% when 1 %}<p>{% when 2 %}x{% else %}<b>{% endcase %}",
      ("<a href=\"{% case a %}{% when 1 %}https://a.example/{% else %}https://b.example/"
       "{% endcase %}\">"),
      "{% for x in l %}<li title=\"{{ x }}\">{{ x }}</li>{% else %}<p>none</p>{% endfor %}",
      "<p title=\"{% for x in l %}{{ x }}, {% endfor %}\">",
      "<p {% comment %}x{% endcomment %}class=\"a\">",
      "{% raw %}<p>{{ x }}</p>{% endraw %}",
      "{% if a %}{% if b %}<p>{% else %}<b>{% endif %}{% endif %}",
      "<p{% if a %} {% assign b = 1 %}{% endif %} class=\"b\">",
  };
  for (size_t i = 0; i < WBI_COUNT(texts); i++)
    assert_compiles(texts[i]);
}

static void branches_that_end_apart_are_refused(void **state) {
  (void)state;
  const char *apart = "The branches of this if end in different places of the HTML.";
  assert_open_refused("<a href=\"{% if a %}https://p.example/{% else %}{{ u }}{% endif %}x\">", 10,
                      apart);
  assert_open_refused("{% if a %}<a href=\"{% endif %}{{ u }}\">", 1, apart);
  assert_open_refused("{% if a %}<p title=\"{% else %}<p title='{% endif %}x\">", 1, apart);
  assert_open_refused("{% if a %}<a {% else %}<img {% endif %}>", 1, apart);
  assert_open_refused("{% if a %}<a href=\"{% else %}<a title=\"{% endif %}x\">", 1, apart);
  assert_open_refused("{% if a %}<p>{% elsif b %}<p {% else %}<p>{% endif %}>", 1, apart);
  assert_open_refused("{% if a %}<p{% endif %}>", 1, apart);
  assert_open_refused("x{% unless a %}<title>{% endunless %}", 2,
                      "The branches of this unless end in different places of the HTML.");
  assert_open_refused("{% case a %}{% when 1 %}<title>{% endcase %}", 1,
                      "The branches of this case end in different places of the HTML.");
  assert_open_refused("{% case a %}{% when 1 %}<p>{% when 2 %}<p {% endcase %}", 1,
                      "The branches of this case end in different places of the HTML.");
  assert_open_refused("{% for x in l %}x{% else %}<p title=\"{% endfor %}", 1,
                      "The branches of this for end in different places of the HTML.");
}

static void a_loop_ends_where_it_began(void **state) {
  (void)state;
  const char *repeats = "What this for repeats must end in the place of the HTML where it began.";
  assert_open_refused("{% for x in l %}<p title=\"{% endfor %}\">", 1, repeats);
  assert_open_refused("<p {% for x in l %}id=\"b\"{% endfor %}>", 4, repeats);
  assert_open_refused("{% for x in l %}<p title=\"{% else %}a{% endfor %}\">", 1, repeats);
  assert_open_refused("<a href=\"{% for x in l %}{{ x }}{% endfor %}\">", 10, repeats);
}

static void white_space_that_goes_does_not_part_attributes(void **state) {
  (void)state;
  assert_open_refused("<p{% if a %} {% assign b = 1 %}{% else %} {% endif %}class=\"b\">", 54,
                      "Here > or a blank and an attribute must come.");
}

static void risky_places_are_refused_where_they_are(void **state) {
  (void)state;
  assert_open_refused("{% if a %}<script>{% endif %}", 12, "A message runs no script.");
  assert_open_refused("{% raw %}<script>{% endraw %}", 11, "A message runs no script.");
  assert_open_refused("<p {{ v }}=\"1\">", 4,
                      "Inside a tag a value stands only in the quotes of an attribute.");
  assert_open_refused("a <p title=\"{{ v }}", 3,
                      "In the tag that opens here a quote is not closed.");
}

/* ---- templates with a policy -------------------------------------------------------------- */

static const wb_field host_fields[] = {
    {sizeof(wb_field), 0, "host.words", NULL, "Any text.", WB_TEXT, WB_NULLABLE, WB_CLASS_PUBLIC, 0,
     0, 0},
    {sizeof(wb_field), 0, "host.link", NULL, "A link.", WB_TEXT, WB_NULLABLE, WB_CLASS_LINK, 0, 0,
     0},
};

static int make_world(void **state) {
  static texts_world made;
  static const char policy[] =
      "{\"hosts\": [\"book.example.com\"], \"channels\": {\"page.public\": {\"max_bytes\": 19}}}";
  static const char *const tables[][2] = {
      {"patients", "patient:u|status:u|location:u|host.words:u|host.link:u\n"
                   "p1|active|l1|O'Neil & Sons|https://book.example.com/x?a=1&b=2\n"
                   "p2|active|l1|O'Neil and Sons|\n"
                   "p3|active|l1|O'Neil and 'Sons|https://other.example.com/\n"},
      {"locations", "location:u|name:u|booking_url:u|zone:u\n"
                    "l1|Example Dental|https://book.example.com/y|America/Chicago\n"},
      {NULL, NULL}};
  texts_open(&made, host_fields, WBI_COUNT(host_fields), policy, tables);
  *state = &made;
  return 0;
}

static void assert_says(const texts_world *here, const char *text, uint64_t row,
                        const char *expected) {
  texts_say(here, "email.html", text, row, expected);
}

static void assert_refused(const texts_world *here, const char *text, wb_status status,
                           uint32_t column, const char *message) {
  texts_refused(here, "email.html", text, status, 1, column, message);
}

static void channels_of_html_escape_and_others_do_not(void **state) {
  const char *text = "<p>{{ host.words }}</p>";
  texts_say(*state, "email.html", text, 0, "<p>O&#39;Neil &amp; Sons</p>");
  texts_say(*state, "page.secure", text, 0, "<p>O&#39;Neil &amp; Sons</p>");
  texts_say(*state, "email.text", text, 0, "<p>O'Neil & Sons</p>");
}

static void a_whole_link_is_a_field_of_its_class(void **state) {
  const char *whole =
      "All of a link is a field of class link; or begin it with https:// and a host.";
  assert_says(*state, "<a href=\"{{ host.link }}\">", 0,
              "<a href=\"https://book.example.com/x?a=1&amp;b=2\">");
  assert_says(*state, "<img src='{{ host.link | default: location.booking_url }}'>", 1,
              "<img src='https://book.example.com/y'>");
  assert_refused(*state, "<a href=\"{{ host.words }}\">", WB_E_POLICY, 10, whole);
  assert_refused(*state, "<a href=\"{{ host.link | default: host.words }}\">", WB_E_POLICY, 10,
                 whole);
  assert_refused(*state, "{% assign u = host.link %}<img src=\"{{ u }}\">", WB_E_POLICY, 37, whole);
}

static void links_keep_to_the_policy(void **state) {
  char out[TEXTS_ROOM];
  wb_error error;
  const char *not_listed = "The link leads to a host that is not listed.";
  texts_held(*state, "email.html", "<a href=\"{{ host.link }}\">", 2, WB_E_POLICY, "host.link",
             not_listed);
  assert_refused(*state, "<a href=\"https://other.example.com/{{ host.words }}\">", WB_E_POLICY, 10,
                 not_listed);
  assert_refused(*state, "<a href=\"{{ 'x' }}\"><a href=\"https://other.example.com/\">",
                 WB_E_POLICY, 30, not_listed);
  assert_int_equal(
      texts_render(*state, "email.html", "<a href=\"{{ 'https://a.example/' }}\">", 0, out, &error),
      WB_E_POLICY);
  assert_says(*state, "<a href=\"https://book.example.com/{{ host.words }}\">", 0,
              "<a href=\"https://book.example.com/O%27Neil%20&amp;%20Sons\">");
}

static void the_limit_counts_what_is_written(void **state) {
  char out[TEXTS_ROOM];
  wb_error error;
  const char *text = "{{ host.words }}";
  assert_int_equal(texts_render(*state, "page.public", text, 1, out, &error), WB_OK);
  assert_int_equal(strlen(out), 19);
  assert_int_equal(texts_render(*state, "page.public", text, 2, out, &error), WB_E_LIMIT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_are_escaped_where_they_stand),
      cmocka_unit_test(what_is_escaped_is_not_escaped_again),
      cmocka_unit_test(a_link_that_may_run_code_holds_the_text_back),
      cmocka_unit_test(branches_come_together),
      cmocka_unit_test(branches_that_end_apart_are_refused),
      cmocka_unit_test(a_loop_ends_where_it_began),
      cmocka_unit_test(white_space_that_goes_does_not_part_attributes),
      cmocka_unit_test(risky_places_are_refused_where_they_are),
      cmocka_unit_test(channels_of_html_escape_and_others_do_not),
      cmocka_unit_test(a_whole_link_is_a_field_of_its_class),
      cmocka_unit_test(links_keep_to_the_policy),
      cmocka_unit_test(the_limit_counts_what_is_written),
  };
  return cmocka_run_group_tests(tests, make_world, texts_drop);
}
