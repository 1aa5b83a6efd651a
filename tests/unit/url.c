/* SPDX-License-Identifier: MIT */
/* What a link may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "data/data.h"
#include "liquid/html.h"

static const char *const no_https = "The link does not begin with https://.";
static const char *const no_name = "The host of the link is not written as a name.";
static const char *const an_ip = "The link leads to an IP address; it must name a host.";
static const char *const no_link = "The link has a character that a link cannot have.";

typedef struct policies {
  wb_schema *schema;
  wb_policy *any;    /* lists no hosts */
  wb_policy *listed; /* lists three */
} policies;

static int make_policies(void **state) {
  static policies made;
  static const char json[] =
      "{\"hosts\": [\"oak.example\", \"xn--ak-xmc.example\", \"bit.ly\", \"localhost\"]}";
  if (wb_schema_new(NULL, NULL, 0, &made.schema, NULL) != WB_OK) return -1;
  if (wb_policy_new(NULL, made.schema, NULL, 0, &made.any, NULL) != WB_OK) return -1;
  if (wb_policy_new(NULL, made.schema, json, sizeof json - 1, &made.listed, NULL) != WB_OK) {
    return -1;
  }
  *state = &made;
  return 0;
}

static int drop_policies(void **state) {
  const policies *made = *state;
  wb_policy_unref(made->any);
  wb_policy_unref(made->listed);
  wb_schema_unref(made->schema);
  return 0;
}

static void assert_fit(const wb_policy *policy, uint32_t may, const char *link) {
  const char *reason = wbi_link_reason(policy, may, wbi_text_of(link));
  if (reason != NULL) print_error("%s: %s\n", link, reason);
  assert_null(reason);
}

static void assert_unfit(const wb_policy *policy, uint32_t may, const char *link, const char *why) {
  const bool usual = wbi_link_usual(policy, wbi_text_of(link));
  assert_false(usual && wbi_link_characters(wbi_text_of(link)));
  const char *reason = wbi_link_reason(policy, may, wbi_text_of(link));
  if (reason == NULL) print_error("%s: fit\n", link);
  assert_non_null(reason);
  assert_string_equal(reason, why);
}

static void https_to_a_named_host_is_fit(void **state) {
  const policies *p = *state;
  static const char *const fit[] = {
      "https://book.example.com",
      "https://book.example.com/",
      "https://book.example.com/b/8fK2xQ?a=1&b=2#top",
      "https://book.example.com?a=1",
      "https://book.example.com#top",
      "HTTPS://Book.Example.COM/x",
      "https://book.example.com:443/x",
      "https://a-b.example.com/%C3%A9",
      "https://book.example.com/go?next=https://evil.example/",
      "https://1.example.com/",
      "https://book.example.com/~x/(1)'!*",
  };
  for (size_t i = 0; i < WBI_COUNT(fit); i++) {
    assert_fit(p->any, 0, fit[i]);
    assert_fit(NULL, 0, fit[i]);
  }
}

static void another_scheme_is_refused(void **state) {
  const policies *p = *state;
  static const char *const unfit[] = {
      "",
      "book.example.com",
      "/x",
      "//evil.example/x",
      "https:evil.example",
      "https:/evil.example",
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "vbscript:msgbox(1)",
      "data:text/html,x",
      "file:///etc/x",
      "ftp://book.example.com/",
      "http://book.example.com/",
      "mailto:a@b.example",
      "tel:+15550100",
      "httpss://book.example.com/",
  };
  for (size_t i = 0; i < WBI_COUNT(unfit); i++)
    assert_unfit(p->any, 0, unfit[i], no_https);
}

static void http_is_fit_where_it_is_allowed(void **state) {
  const policies *p = *state;
  assert_fit(p->any, WBI_LINK_HTTP, "http://book.example.com/");
  assert_fit(p->any, WBI_LINK_HTTP, "http://book.example.com:80/");
  assert_unfit(p->any, WBI_LINK_HTTP, "http://book.example.com:443/", "The link names a port.");
  assert_unfit(p->any, WBI_LINK_ADDRESS, "http://book.example.com/", no_https);
  assert_unfit(p->any, WBI_LINK_HTTP, "ftp://book.example.com/", no_https);
}

static void a_character_outside_the_standard_is_refused(void **state) {
  const policies *p = *state;
  static const char *const unfit[] = {
      "java\tscript:alert(1)",
      "https://book.example.com/a b",
      "https://book.example.com/\n",
      "https://book.example.com/\x01",
      "https://book.example.com/\x7F",
      "https://book.example.com\\@evil.example/",
      "https://book.example.com/\"onclick",
      "https://book.example.com/<x>",
      "https://book.example.com/`",
      "https://book.example.com/{{x}}",
      "https://book.example.com/caf\xC3\xA9",
      "https://book.example.com/x\xE2\x80\xAE",
      "https://book.example.com/x\xE2\x80\x8B",
      "https://\xD0\xBE\xD0\xB0k.example/",
      ("https://oak\xE3\x80\x82"
       "example/"),
      " https://book.example.com/",
  };
  for (size_t i = 0; i < WBI_COUNT(unfit); i++)
    assert_unfit(p->any, 0, unfit[i], no_link);
  assert_string_equal(wbi_link_reason(p->any, 0, WBI_TEXT("https://a.example/\0")), no_link);
}

static void a_user_a_port_or_no_host_is_refused(void **state) {
  const policies *p = *state;
  const char *user = "The link names a user before the host.";
  assert_unfit(p->any, 0, "https://oak.example@evil.example/", user);
  assert_unfit(p->any, 0, "https://u:p@oak.example/", user);
  assert_unfit(p->any, 0, "https://@oak.example/", user);
  assert_unfit(p->any, 0, "https://oak.example:8443/", "The link names a port.");
  assert_unfit(p->any, 0, "https://oak.example:80/", "The link names a port.");
  assert_unfit(p->any, 0, "https://oak.example:/", "The link names a port.");
  assert_unfit(p->any, 0, "https://", "The link names no host.");
  assert_unfit(p->any, 0, "https:///x", "The link names no host.");
  assert_unfit(p->any, 0, "https://:443/", "The link names no host.");
  assert_unfit(p->any, 0, "https://?x", "The link names no host.");
}

static void an_ip_address_is_refused_in_every_form(void **state) {
  const policies *p = *state;
  static const char *const addresses[] = {
      "https://1.2.3.4/x",      "https://16909060/",       "https://0x01020304/",
      "https://0x1.2.3.4/",     "https://1.2.3.0x4/",      "https://1.2.3.0X4F/",
      "https://[::1]/",         "https://[::1]:443/",      "https://oak.0x/",
      "https://oak.example.1/", "https://oak.example.05/",
  };
  for (size_t i = 0; i < WBI_COUNT(addresses); i++)
    assert_unfit(p->any, 0, addresses[i], an_ip);
  assert_fit(p->any, 0, "https://1.2.3.4x/");
  assert_fit(p->any, 0, "https://oak.0xg/");
}

static void a_host_is_letters_digits_and_inner_hyphens(void **state) {
  const policies *p = *state;
  static const char *const unfit[] = {
      "https://oak..example/",  "https://.example/",    "https://oak.example./",
      "https://-a.example/",    "https://a-.example/",  "https://a_b.example/",
      "https://a%2Eb.example/", "https://a,b.example/",
  };
  char link[400] = "https://";
  for (size_t i = 0; i < WBI_COUNT(unfit); i++)
    assert_unfit(p->any, 0, unfit[i], no_name);
  memset(link + 8, 'a', 64);
  memcpy(link + 71, ".example", sizeof ".example");
  assert_fit(p->any, 0, link);
  memcpy(link + 72, ".example", sizeof ".example");
  link[71] = 'a';
  assert_unfit(p->any, 0, link, no_name);
  for (size_t i = 0; i < 253; i++)
    link[8 + i] = i % 50 == 49 ? '.' : 'a';
  link[8 + 253] = '\0';
  assert_fit(p->any, 0, link);
  memcpy(link + 8 + 253, "a", 2);
  assert_unfit(p->any, 0, link, no_name);
}

static void a_host_that_is_not_listed_is_refused(void **state) {
  const policies *p = *state;
  const char *not_listed = "The link leads to a host that is not listed.";
  assert_fit(p->listed, 0, "https://oak.example/x");
  assert_fit(p->listed, 0, "https://OAK.example");
  assert_fit(p->listed, 0, "https://oak.example:443/x");
  assert_unfit(p->listed, 0, "https://oak.example.evil.example/", not_listed);
  assert_unfit(p->listed, 0, "https://evil.example/oak.example", not_listed);
  assert_unfit(p->listed, 0, "https://book.oak.example/", not_listed);
  assert_unfit(p->listed, 0, "https://0ak.example/", not_listed);
}

static void what_hides_its_host_is_refused_unless_it_is_listed(void **state) {
  const policies *p = *state;
  const char *foreign = "The link leads to a host in foreign letters that is not listed.";
  const char *shortener = "The link leads to a public shortener.";
  assert_unfit(p->any, 0, "https://xn--ak-xmc.example/", foreign);
  assert_unfit(p->any, 0, "https://a.XN--ak-xmc.example/", foreign);
  assert_unfit(p->any, 0, "https://bit.ly/abc", shortener);
  assert_unfit(p->any, 0, "https://WWW.Bit.LY/abc", shortener);
  assert_unfit(NULL, 0, "https://bit.ly/abc", shortener);
  assert_unfit(p->any, 0, "https://localhost/", "The link leads to a local host.");
  assert_fit(p->listed, 0, "https://xn--ak-xmc.example/");
  assert_fit(p->listed, 0, "https://bit.ly/abc");
  assert_fit(p->listed, 0, "https://localhost/");
}

static void every_shortener_of_the_list_is_found(void **state) {
  (void)state;
  wbi_text list = {wbi_data_links[0].text, wbi_data_links[0].length};
  wbi_text before = WBI_TEXT("");
  unsigned count = 0;
  assert_int_equal(wbi_data_links_count, 1);
  while (list.length > 0) {
    const char *end = memchr(list.data, '\n', list.length);
    assert_non_null(end);
    const wbi_text host = {list.data, (size_t)(end - list.data)};
    assert_true(wbi_link_shortener(host));
    assert_true(wbi_text_compare(before, host) < 0);
    before = host;
    list = wbi_text_slice(list, host.length + 1, list.length);
    count++;
  }
  assert_true(count >= 28);
  assert_false(wbi_link_shortener(WBI_TEXT("abit.ly")));
  assert_false(wbi_link_shortener(WBI_TEXT("bit.lyx")));
  assert_false(wbi_link_shortener(WBI_TEXT("bit.ly.example")));
  assert_false(wbi_link_shortener(WBI_TEXT("0.a")));
  assert_false(wbi_link_shortener(WBI_TEXT("zzz.zz")));
  assert_false(wbi_link_shortener(WBI_TEXT("")));
  assert_false(wbi_link_shortener(WBI_TEXT("a-long-name-of-a-practice.example")));
}

static void an_address_is_fit_where_it_is_allowed(void **state) {
  const policies *p = *state;
  const char *no_mail = "There is no e-mail address after mailto:.";
  const char *no_phone = "There is no phone number after tel:.";
  assert_fit(p->listed, WBI_LINK_ADDRESS, "mailto:desk@example.com?subject=Visit%20");
  assert_fit(p->listed, WBI_LINK_ADDRESS, "MAILTO:desk@example.com");
  assert_fit(p->listed, WBI_LINK_ADDRESS, "tel:+1-555-0100");
  assert_fit(p->listed, WBI_LINK_ADDRESS, "tel:(555)010.0");
  assert_fit(p->listed, WBI_LINK_ADDRESS, "tel:911");
  assert_unfit(p->any, WBI_LINK_ADDRESS, "mailto:", no_mail);
  assert_unfit(p->any, WBI_LINK_ADDRESS, "mailto:desk", no_mail);
  assert_unfit(p->any, WBI_LINK_ADDRESS, "mailto:@example.com", no_mail);
  assert_unfit(p->any, WBI_LINK_ADDRESS, "mailto:desk@", no_mail);
  assert_unfit(p->any, WBI_LINK_ADDRESS, "mailto:a@b.example?x=%0aBcc:c",
               "The link has a line break.");
  assert_unfit(p->any, WBI_LINK_ADDRESS, "mailto:a@b.example%0D", "The link has a line break.");
  assert_unfit(p->any, WBI_LINK_ADDRESS, "tel:", no_phone);
  assert_unfit(p->any, WBI_LINK_ADDRESS, "tel:91", no_phone);
  assert_unfit(p->any, WBI_LINK_ADDRESS, "tel:*21*5550100#", no_phone);
  assert_unfit(p->any, WBI_LINK_ADDRESS, "tel:555-CALL", no_phone);
}

static void a_link_has_at_most_2048_bytes(void **state) {
  const policies *p = *state;
  char link[WBI_LINK_MOST + 1];
  memset(link, 'a', sizeof link);
  memcpy(link, "https://a.example/", 18);
  assert_null(wbi_link_reason(p->any, 0, (wbi_text){link, WBI_LINK_MOST}));
  memcpy(link, "https://bit.ly/xxx", 18);
  assert_true(wbi_link_usual(p->listed, (wbi_text){link, WBI_LINK_MOST}));
  assert_false(wbi_link_usual(p->listed, (wbi_text){link, WBI_LINK_MOST + 1}));
  assert_string_equal(wbi_link_reason(p->any, 0, (wbi_text){link, WBI_LINK_MOST + 1}),
                      "The link is longer than 2,048 bytes.");
}

static void a_run_ends_before_what_no_link_has(void **state) {
  (void)state;
  assert_int_equal(wbi_link_run(WBI_TEXT("a\x7F"), 0), 1);
  assert_int_equal(wbi_link_run(WBI_TEXT("a b"), 0), 1);
  assert_int_equal(wbi_link_run(WBI_TEXT("a|b"), 0), 1);
  assert_int_equal(wbi_link_end(WBI_TEXT("a.!"), 0, 3), 1);
  assert_int_equal(wbi_link_end(WBI_TEXT("..."), 0, 3), 0);
}

static void the_path_begins_behind_the_host(void **state) {
  (void)state;
  assert_int_equal(wbi_link_path(WBI_TEXT("https://a.example/x")), 17);
  assert_int_equal(wbi_link_path(WBI_TEXT("http://a.example?x")), 16);
  assert_int_equal(wbi_link_path(WBI_TEXT("https://a.example#x")), 17);
  assert_int_equal(wbi_link_path(WBI_TEXT("https://a.example")), 17);
  assert_int_equal(wbi_link_path(WBI_TEXT("https://")), 8);
  assert_int_equal(wbi_link_path(WBI_TEXT("https:/")), 0);
  assert_int_equal(wbi_link_path(WBI_TEXT("mailto:a@b.example")), 0);
  assert_int_equal(wbi_link_path(WBI_TEXT("")), 0);
}

static void a_listed_host_as_it_is_written_needs_no_second_look(void **state) {
  const policies *p = *state;
  static const char *const usual[] = {"https://oak.example",   "https://oak.example/x",
                                      "https://oak.example?x", "https://oak.example#x",
                                      "https://bit.ly/x",      "https://localhost/"};
  static const char *const other[] = {"",
                                      "https://",
                                      "https://oak.exampl",
                                      "https://oak.examples",
                                      "https://oak.example:443",
                                      "https://oak.example@b.example/",
                                      "https://OAK.example/",
                                      "HTTPS://oak.example/",
                                      "http://oak.example/",
                                      "https://b.example/"};
  for (size_t i = 0; i < WBI_COUNT(usual); i++) {
    assert_true(wbi_link_usual(p->listed, wbi_text_of(usual[i])));
    assert_fit(p->listed, 0, usual[i]);
    assert_false(wbi_link_usual(p->any, wbi_text_of(usual[i])));
    assert_false(wbi_link_usual(NULL, wbi_text_of(usual[i])));
  }
  for (size_t i = 0; i < WBI_COUNT(other); i++)
    assert_false(wbi_link_usual(p->listed, wbi_text_of(other[i])));
}

static void a_listed_number_stays_an_ip_address(void **state) {
  const policies *p = *state;
  static const char json[] = "{\"hosts\": [\"10.0.0.1\", \"-a.example\"]}";
  wb_policy *policy = NULL;
  assert_int_equal(wb_policy_new(NULL, p->schema, json, sizeof json - 1, &policy, NULL), WB_OK);
  assert_unfit(policy, 0, "https://10.0.0.1/", an_ip);
  assert_unfit(policy, 0, "https://-a.example/", no_name);
  wb_policy_unref(policy);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(https_to_a_named_host_is_fit),
      cmocka_unit_test(another_scheme_is_refused),
      cmocka_unit_test(http_is_fit_where_it_is_allowed),
      cmocka_unit_test(a_character_outside_the_standard_is_refused),
      cmocka_unit_test(a_user_a_port_or_no_host_is_refused),
      cmocka_unit_test(an_ip_address_is_refused_in_every_form),
      cmocka_unit_test(a_host_is_letters_digits_and_inner_hyphens),
      cmocka_unit_test(a_host_that_is_not_listed_is_refused),
      cmocka_unit_test(what_hides_its_host_is_refused_unless_it_is_listed),
      cmocka_unit_test(every_shortener_of_the_list_is_found),
      cmocka_unit_test(an_address_is_fit_where_it_is_allowed),
      cmocka_unit_test(a_link_has_at_most_2048_bytes),
      cmocka_unit_test(a_run_ends_before_what_no_link_has),
      cmocka_unit_test(the_path_begins_behind_the_host),
      cmocka_unit_test(a_listed_host_as_it_is_written_needs_no_second_look),
      cmocka_unit_test(a_listed_number_stays_an_ip_address),
  };
  return cmocka_run_group_tests(tests, make_policies, drop_policies);
}
