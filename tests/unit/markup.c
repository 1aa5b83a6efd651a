/* SPDX-License-Identifier: MIT */
/* Templates of HTML: values are escaped where they stand, branches come together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/tables.h"

static char out[4096];

/* ---- open templates ----------------------------------------------------------------------- */

/* Renders with the data of a JSON text; the text is in `out`. */
static wb_status open_render(const char *text, const char *json, wb_error *error) {
  static _Alignas(max_align_t) char memory[16384];
  wbi_arena arena;
  wbi_json *data = NULL;
  wb_template *compiled = NULL;
  wbi_room room = {memory, sizeof memory, 0, false};
  wbi_writer writer = {out, sizeof out - 1, 0};
  *error = (wb_error){.status = 0};
  wbi_arena_init(&arena, NULL, 0);
  assert_int_equal(wbi_json_parse(&arena, wbi_text_of(json), &data, error), WB_OK);
  wb_status status = wbi_template_open(NULL, wbi_text_of(text), true, &compiled, error);
  if (status == WB_OK) status = wbi_template_render_open(compiled, data, &room, &writer, error);
  out[writer.length] = '\0';
  wb_template_unref(compiled);
  wbi_arena_free(&arena);
  return status;
}

static void assert_open(const char *text, const char *json, const char *expected) {
  wb_error error;
  const wb_status status = open_render(text, json, &error);
  if (status != WB_OK) print_error("%s: %u: %s\n", text, error.column, error.message);
  assert_int_equal(status, WB_OK);
  assert_string_equal(out, expected);
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
  assert_int_equal(open_render("a<a href=\"{{ v }}\">", "{\"v\": \"javascript:x()\"}", &error),
                   WB_E_POLICY);
  assert_string_equal(out, "");
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

typedef struct world {
  wb_schema *schema;
  wb_policy *policy;
  wb_facts *facts;
} world;

static int make_world(void **state) {
  static world made;
  const wb_facts_options options = {.size = sizeof options, .as_of = 1769760000};
  static const char json[] =
      "{\"hosts\": [\"book.example.com\"], \"channels\": {\"page.public\": {\"max_bytes\": 19}}}";
  wb_status status = wb_schema_new(NULL, host_fields, WBI_COUNT(host_fields), &made.schema, NULL);
  if (!status) status = wb_policy_new(NULL, made.schema, json, sizeof json - 1, &made.policy, NULL);
  if (!status) status = wb_facts_new(NULL, made.schema, &options, &made.facts, NULL);
  if (!status)
    status = table_add(made.facts, "patients",
                       "patient:u|status:u|location:u|host.words:u|host.link:u\n"
                       "p1|active|l1|O'Neil & Sons|https://book.example.com/x?a=1&b=2\n"
                       "p2|active|l1|O'Neil and Sons|\n"
                       "p3|active|l1|O'Neil and 'Sons|https://other.example.com/\n",
                       NULL);
  if (!status)
    status = table_add(made.facts, "locations",
                       "location:u|name:u|booking_url:u|zone:u\n"
                       "l1|Example Dental|https://book.example.com/y|America/Chicago\n",
                       NULL);
  *state = &made;
  return status;
}

static int drop_world(void **state) {
  world *made = *state;
  wb_facts_free(made->facts);
  wb_policy_unref(made->policy);
  wb_schema_unref(made->schema);
  return 0;
}

static wb_status compile(const world *here, const char *channel, const char *text,
                         wb_template **compiled, wb_error *error) {
  const wb_template_options options = {.size = sizeof options, .channel = channel};
  *error = (wb_error){.status = 0};
  return wb_template_new(NULL, here->schema, here->policy, &options, text, strlen(text), compiled,
                         error);
}

/* Renders a text for a row. */
static wb_status render(const world *here, const char *channel, const char *text, uint64_t row,
                        wb_error *error) {
  const wb_moment moment = {.size = sizeof moment, .now = 1769760000};
  wb_template *compiled = NULL;
  size_t length = 0;
  const wb_status made = compile(here, channel, text, &compiled, error);
  if (made != WB_OK) print_error("%s: %s\n", text, error->message);
  assert_int_equal(made, WB_OK);
  const wb_status status =
      wb_template_render(compiled, here->facts, row, &moment, out, sizeof out, &length, error);
  wb_template_unref(compiled);
  return status;
}

static void assert_refused(const world *here, const char *text, wb_status status, uint32_t column,
                           const char *message) {
  wb_template *compiled = NULL;
  wb_error error;
  assert_int_equal(compile(here, "email.html", text, &compiled, &error), status);
  assert_string_equal(error.message, message);
  assert_int_equal(error.column, column);
}

static void channels_of_html_escape_and_others_do_not(void **state) {
  wb_error error;
  const char *text = "<p>{{ host.words }}</p>";
  assert_int_equal(render(*state, "email.html", text, 0, &error), WB_OK);
  assert_string_equal(out, "<p>O&#39;Neil &amp; Sons</p>");
  assert_int_equal(render(*state, "page.secure", text, 0, &error), WB_OK);
  assert_string_equal(out, "<p>O&#39;Neil &amp; Sons</p>");
  assert_int_equal(render(*state, "email.text", text, 0, &error), WB_OK);
  assert_string_equal(out, "<p>O'Neil & Sons</p>");
}

static void a_whole_link_is_a_field_of_its_class(void **state) {
  wb_error error;
  const char *whole =
      "All of a link is a field of class link; or begin it with https:// and a host.";
  assert_int_equal(render(*state, "email.html", "<a href=\"{{ host.link }}\">", 0, &error), WB_OK);
  assert_string_equal(out, "<a href=\"https://book.example.com/x?a=1&amp;b=2\">");
  assert_int_equal(render(*state, "email.html",
                          "<img src='{{ host.link | default: location.booking_url }}'>", 1, &error),
                   WB_OK);
  assert_string_equal(out, "<img src='https://book.example.com/y'>");
  assert_refused(*state, "<a href=\"{{ host.words }}\">", WB_E_POLICY, 10, whole);
  assert_refused(*state, "<a href=\"{{ host.link | default: host.words }}\">", WB_E_POLICY, 10,
                 whole);
  assert_refused(*state, "{% assign u = host.link %}<img src=\"{{ u }}\">", WB_E_POLICY, 37, whole);
}

static void links_keep_to_the_policy(void **state) {
  wb_error error;
  const char *not_listed = "The link leads to a host that is not listed.";
  assert_int_equal(render(*state, "email.html", "<a href=\"{{ host.link }}\">", 2, &error),
                   WB_E_POLICY);
  assert_string_equal(error.message, not_listed);
  assert_string_equal(error.path, "host.link");
  assert_refused(*state, "<a href=\"https://other.example.com/{{ host.words }}\">", WB_E_POLICY, 10,
                 not_listed);
  assert_refused(*state, "<a href=\"{{ 'x' }}\"><a href=\"https://other.example.com/\">",
                 WB_E_POLICY, 30, not_listed);
  assert_int_equal(
      render(*state, "email.html", "<a href=\"{{ 'https://a.example/' }}\">", 0, &error),
      WB_E_POLICY);
  assert_int_equal(render(*state, "email.html",
                          "<a href=\"https://book.example.com/{{ host.words }}\">", 0, &error),
                   WB_OK);
  assert_string_equal(out, "<a href=\"https://book.example.com/O%27Neil%20&amp;%20Sons\">");
}

static void the_limit_counts_what_is_written(void **state) {
  wb_error error;
  assert_int_equal(render(*state, "page.public", "{{ host.words }}", 1, &error), WB_OK);
  assert_int_equal(strlen(out), 19);
  assert_int_equal(render(*state, "page.public", "{{ host.words }}", 2, &error), WB_E_LIMIT);
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
  return cmocka_run_group_tests(tests, make_world, drop_world);
}
