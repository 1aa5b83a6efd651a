/* SPDX-License-Identifier: MIT */
/* The lint: what trips it in English and Spanish, and what looks like it and does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "liquid/lint.h"
#include "support/fault.h"
#include "support/linted.h"
#include "support/texts.h"

static void assert_breaks(const char *text, const char *expected) {
  wb_finding findings[MOST] = {{0}};
  const char *said = linted(text, &known, findings);
  if (strcmp(said, expected) != 0) print_error("%s: %s\n", text, said);
  assert_string_equal(said, expected);
}

/* A text, a rule that it breaks, and the words that do. */
typedef struct sample {
  const char *text, *rule, *words;
} sample;

static void assert_samples(const sample *samples, size_t count, const wb_lint_options *options) {
  for (size_t i = 0; i < count; i++) {
    wb_finding findings[MOST] = {{0}};
    const char *said = linted(samples[i].text, options, findings);
    if (strcmp(said, samples[i].rule) != 0) print_error("%s: %s\n", samples[i].text, said);
    assert_string_equal(said, samples[i].rule);
    const char *words = strstr(samples[i].text, samples[i].words);
    assert_non_null(words);
    assert_int_equal(findings[0].line, 1);
    assert_int_equal(findings[0].column, words - samples[i].text + 1);
    assert_int_equal(findings[0].length, strlen(samples[i].words));
  }
}

static void english_words_are_found(void **state) {
  (void)state;
  static const sample samples[] = {
      {"Time for your perio visit", "clinical.gums", "perio"},
      {"Your Deep-Cleaning is next", "clinical.gums", "Deep-Cleaning"},
      {"about your gum\ndisease", "clinical.gums", "gum\ndisease"},
      {"Your gums are bleeding", "clinical.gums", "bleeding"},
      {"Your Gingivitis", "clinical.gums", "Gingivitis"},
      {"Your root canal follow-up", "clinical.treatment", "root canal"},
      {"Your crown is ready", "clinical.treatment", "crown"},
      {"about your implants", "clinical.treatment", "implants"},
      {"the extraction of a tooth", "clinical.treatment", "extraction"},
      {"tooth #14 needs care", "clinical.treatment", "tooth #14"},
      {"we saw a cavity", "clinical.finding", "cavity"},
      {"bring your prescriptions", "clinical.drug", "prescriptions"},
      {"since you are pregnant", "clinical.condition", "pregnant"},
      {"planned: D2740.", "clinical.code", "D2740"},
      {"planned: D-4910.", "clinical.code", "D-4910"},
      {"planned: d 4910.", "clinical.code", "d 4910"},
      {"your SRP visit", "clinical.gums", "SRP"},
      {"about your TMJ", "clinical.finding", "TMJ"},
      {"time for the filling", "clinical.treatment", "filling"},
      {"your sleep apnea", "clinical.condition", "sleep apnea"},
      {"You owe us", "financial.owing", "owe"},
      {"It is past-due.", "financial.owing", "past-due"},
      {"only $49", "financial.amount", "$49"},
      {"only $ 1,200.50 now", "financial.amount", "$ 1,200.50"},
      {"only 49 dollars", "financial.amount", "49 dollars"},
      {"Your Delta Dental plan", "financial.insurer", "Delta Dental"},
      {"Use your benefits", "financial.benefit", "Use your benefits"},
      {"it is fully covered", "financial.promise", "fully covered"},
      {"50% off", "offer.price", "% off"},
      {"a free exam", "offer.price", "free exam"},
      {"and get a gift card", "offer.gift", "gift card"},
      {"ask about payment plans", "offer.financing", "payment plans"},
      {"You're overdue", "guilt.late", "overdue"},
      {"overdue\xF0\x9F\x98\x80", "guilt.late", "overdue"},
      {"\xEF\xBC\xAF"
       "verdue",
       "guilt.late",
       "\xEF\xBC\xAF"
       "verdue"},
      {"You are over due", "guilt.late", "over due"},
      {"You've neglected it", "guilt.blame", "neglected"},
      {"You failed to come", "guilt.blame", "failed to"},
      {"We're disappointed", "guilt.blame", "disappointed"},
      {"final notice", "pressure.last", "final notice"},
      {"Your last chance!", "pressure.last", "last chance"},
      {"Don\xE2\x80\x99t delay", "pressure.hurry", "Don\xE2\x80\x99t delay"},
      {"before it's too late", "pressure.fear", "before it's too late"},
      {"Act now", "scam.wording", "Act now"},
      {"please verify your account", "scam.wording", "verify your"},
      {"your SSN please", "identifier.ssn", "SSN"},
      {"your date of birth", "identifier.birth", "date of birth"},
      {"patient 4711", "identifier.record", "patient 4711"},
  };
  assert_samples(samples, WBI_COUNT(samples), &known);
}

static void spanish_words_are_found(void **state) {
  (void)state;
  static const sample samples[] = {
      {"su limpieza profunda", "clinical.gums", "limpieza profunda"},
      {"su enfermedad de las enc\xC3\xAD"
       "as",
       "clinical.gums",
       "enfermedad de las enc\xC3\xAD"
       "as"},
      {"su endodoncia", "clinical.treatment", "endodoncia"},
      {"su extracci\xC3\xB3n", "clinical.treatment", "extracci\xC3\xB3n"},
      {"tiene una infecci\xC3\xB3n", "clinical.finding", "infecci\xC3\xB3n"},
      {"su antibi\xC3\xB3tico", "clinical.drug", "antibi\xC3\xB3tico"},
      {"por su embarazo", "clinical.condition", "embarazo"},
      {"usted debe", "financial.owing", "usted debe"},
      {"son 49 d\xC3\xB3lares", "financial.amount", "49 d\xC3\xB3lares"},
      {"use sus beneficios", "financial.benefit", "sus beneficios"},
      {"lo cubre su plan: su plan cubre la visita", "financial.promise", "su plan cubre"},
      {"un descuento", "offer.price", "descuento"},
      {"es gratis", "offer.price", "gratis"},
      {"un regalo", "offer.gift", "regalo"},
      {"con plan de pagos", "offer.financing", "plan de pagos"},
      {"est\xC3\xA1 atrasada", "guilt.late", "atrasada"},
      {"ha descuidado su salud", "guilt.blame", "descuidado"},
      {"\xC3\x9Altimo aviso", "pressure.last", "\xC3\x9Altimo aviso"},
      {"su \xC3\xBAltima oportunidad", "pressure.last", "\xC3\xBAltima oportunidad"},
      {"No espere m\xC3\xA1s", "pressure.hurry", "No espere m\xC3\xA1s"},
      {"antes de que sea tarde", "pressure.fear", "antes de que sea tarde"},
      {"verifique su cuenta", "scam.wording", "verifique su"},
      {"su seguro social", "identifier.ssn", "seguro social"},
      {"su fecha de nacimiento", "identifier.birth", "fecha de nacimiento"},
      {"expediente 4711", "identifier.record", "expediente 4711"},
  };
  assert_samples(samples, WBI_COUNT(samples), &known);
}

static void what_looks_like_it_is_none(void **state) {
  (void)state;
  static const char *const texts[] = {
      "",
      "We miss you!",
      "We'd love to see you again",
      "You're due for your cleaning and check-up.",
      "Time for an exam, a visit and X-rays.",
      ("Le toca su limpieza y revisi\xC3\xB3n: examen, visita y radiograf\xC3\xAD"
       "as."),
      "a perionym, a period, a periodic exam",
      "crowned, crownless, decoration, cavernous",
      "The past. Due to the weather we close.",
      "the last (chance of rain)",
      "No hurry at all.",
      "Be cavity-free.",
      "It's Crown Point Dental, CROWN POINT DENTAL.",
      "implant  & perio specialists here",
      "at 100 Main Street,\nExample City",
      "Feel free to call (212) 555-0100, 212.555.0100, +1 212 555 0100 or 555-0100.",
      "Book: https://book.example.com/x?y=1 or https://example.com.",
      "Open 24/7, at 9:30, ZIP 10001-1234, in 2026, room 12345.",
      "Write to desk@example.com.",
      "Reply STOP, HELP, ALTO or AYUDA.",
      "The office of J. B. ROE, DDS, PA",
      "Is it you? Yes!! Great?!",
      "Has your insurance changed?",
      "the fall in D minor, vitamin D3, D12345 and D2740x",
      "You missed our call",
  };
  for (size_t i = 0; i < WBI_COUNT(texts); i++)
    assert_breaks(texts[i], "");
}

static void words_go_over_the_end_of_a_line_but_not_of_a_paragraph(void **state) {
  (void)state;
  assert_breaks("past\ndue", "financial.owing");
  assert_breaks("past \ndue", "financial.owing");
  assert_breaks("past\n\ndue", "");
  assert_breaks("past \xE2\x80\xA2 due", "");
  assert_breaks("over\xC2\xAD"
                "due",
                "guilt.late");
}

static void the_name_counts_only_as_a_whole(void **state) {
  (void)state;
  assert_breaks("Crown Point has your crown", "clinical.treatment clinical.treatment");
  assert_breaks("Crown Point Dentalworks", "clinical.treatment");
  assert_breaks("Implant & Perio", "clinical.treatment clinical.gums");
  assert_breaks("Crown Po\xC2\xADint Dental", "");
  wb_finding findings[MOST] = {{0}};
  static const char *const others[] = {"Due North Dental", "Crown Co."};
  wb_lint_options options = known;
  options.names = others;
  assert_string_equal(linted("It is past Due North Dental", &options, findings), "financial.owing");
  assert_string_equal(linted("At Crown Co we have time", &options, findings), "");
}

static void several_are_found_in_their_order(void **state) {
  (void)state;
  wb_finding findings[MOST] = {{0}};
  assert_string_equal(linted("Hi,\nyou're overdue for your perio maintenance", &known, findings),
                      "guilt.late clinical.gums");
  assert_int_equal(findings[0].line, 2);
  assert_int_equal(findings[0].column, 8);
  assert_int_equal(findings[1].column, 25);
  assert_breaks("You owe $120", "financial.owing financial.amount");
  assert_breaks("Your Delta Dental benefits expire", "financial.insurer financial.benefit");
  assert_breaks("overdue overdue", "guilt.late guilt.late");
}

static void numbers_are_told_apart(void **state) {
  (void)state;
  assert_breaks("DOB 1/2/60", "identifier.birth identifier.date");
  assert_breaks("on 12-31-2026", "identifier.date");
  assert_breaks("on 2026-12-31", "identifier.date");
  assert_breaks("on 12/31", "");
  assert_breaks("call 212-555-0199", "identifier.phone");
  assert_breaks("call 1 (212) 555-0199", "identifier.phone");
  assert_breaks("call 2125550199", "identifier.phone");
  assert_breaks("call 555-0199", "identifier.phone");
  assert_breaks("555 0199", "");
  assert_breaks("no. 123-45-6789", "identifier.ssn");
  assert_breaks("no. 123 45 6789", "identifier.ssn");
  assert_breaks("no. 123456", "identifier.number");
  assert_breaks("no. 12345", "");
  assert_breaks("call (212) 555 0199", "identifier.phone");
  assert_breaks("call (212) 555 0100 or 2125550100", ""); /* the practice's own */
  assert_breaks("no. 123x45x6789", "");
  assert_breaks("12//26", "");
  wb_finding findings[MOST] = {{0}};
  assert_string_equal(linted("call 1 212 555 0199", &known, findings), "identifier.phone");
  assert_int_equal(findings[0].column, 6); /* whole, with the number of the country */
  assert_int_equal(findings[0].length, 14);
}

static void links_are_held_to_the_practice(void **state) {
  (void)state;
  assert_breaks("http://bit.ly/x", "link.insecure link.shortener");
  assert_breaks("https://bit.ly/x", "link.shortener");
  assert_breaks("https://www.tinyurl.com/x", "link.shortener");
  assert_breaks("bit.ly/x", "link.bare link.shortener");
  assert_breaks("http://example.com", "link.insecure");
  assert_breaks("HTTPS://EXAMPLE.COM/", "");
  assert_breaks("https://example.com.evil.net/", "link.host");
  assert_breaks("https://evil-example.com/", "link.host");
  assert_breaks("https://a@example.com/", "link.host");
  assert_breaks("https://192.0.2.1/", "link.host");
  assert_breaks("https://ex\xC3\xA4mple.com/", "link.host");
  assert_breaks("www.example.com", "link.bare link.host");
  assert_breaks("www.example.zz", "link.bare link.host");
  assert_breaks("see example.com now", "link.bare");
  assert_breaks("our .net, our .com", "");
  assert_breaks("https://example.com/root-canal", "clinical.treatment");
  assert_breaks("(https://example.com/a?id=1234567)", "");
  wb_finding findings[MOST] = {{0}};
  const wb_lint_options any = {.size = sizeof any, .flags = WB_LINT_FRAGMENT};
  assert_string_equal(linted("https://example.net/", &any, findings), "");
}

static void shouting_is_found(void **state) {
  (void)state;
  wb_finding findings[MOST] = {{0}};
  assert_string_equal(linted("Please CALL US TODAY. Ok", &known, findings), "scam.capitals");
  assert_int_equal(findings[0].column, 8);
  assert_int_equal(findings[0].length, 13);
  assert_breaks("IMPORTANT", "scam.capitals");
  assert_breaks("NOTES", "");
  assert_breaks("Now!!!", "scam.marks");
  assert_breaks("Now?!?", "scam.marks");
  assert_breaks("Now!! !", "");
  assert_breaks("Now!!!!!!!", "scam.marks");
  assert_string_equal(linted("Now - !!!", &known, findings), "scam.marks");
  assert_int_equal(findings[0].column, 7); /* of the first mark */
  assert_int_equal(findings[0].length, 3);
}

static void what_is_missing_is_named(void **state) {
  (void)state;
  wb_finding findings[MOST] = {{0}};
  wb_lint_options whole = known;
  whole.flags = 0;
  assert_string_equal(linted("Hi", &whole, findings), "missing.sender missing.stop");
  assert_int_equal(findings[0].column, 3);
  assert_int_equal(findings[0].length, 0);
  assert_string_equal(linted("Hi there", &whole, findings), "missing.sender missing.stop");
  assert_string_equal(linted("It's Crown Point Dental. Reply STOP to opt out.", &whole, findings),
                      "");
  assert_string_equal(linted("Es Crown Point Dental. Responda ALTO.", &whole, findings),
                      "missing.stop");
  whole.language = "es";
  assert_string_equal(linted("Es Crown Point Dental. Responda ALTO.", &whole, findings), "");
  assert_string_equal(linted("Es Crown Point Dental. Responda STOP.", &whole, findings), "");
  whole.channel = "email.text";
  assert_string_equal(linted("Hi", &whole, findings),
                      "missing.sender missing.address missing.unsubscribe");
  assert_string_equal(linted("Crown Point Dental\n100 Main Street, Example City\n\n"
                             "Prefer no e-mail from us? Unsubscribe below.",
                             &whole, findings),
                      "");
  whole.channel = "email.subject";
  assert_string_equal(linted("Your next visit", &whole, findings), "");
  whole.channel = "call";
  assert_string_equal(linted("Call them.", &whole, findings), "");
}

static void the_way_out_is_an_instruction(void **state) {
  (void)state;
  static const char *const ways[] = {
      "Reply STOP.",
      "Reply \"STOP\" to quit",
      "Text \xE2\x80\x9CSTOP\xE2\x80\x9D",
      "Txt STOP to opt out",
      "Please send STOP",
      "Reply with STOP",
      "HELP for help, STOP to end",
      "STOP to unsubscribe",
      "STOP2END",
      "Responda STOP",
      "Responde con STOP",
      ("Env\xC3\xAD"
       "e STOP al 55555"),
      "STOP o ALTO: no recibir mensajes",
      "STOP para cancelar",
  };
  static const char *const others[] = {
      "Please stop by soon", "Non-stop care",        "We never stop smiling", "stop waiting, book",
      "You can stop by",     "STOP waiting",         "Reply stop to opt out", "ALTO ah\xC3\xAD",
      "Alto ah\xC3\xAD",     "BUS STOP to the left", "Responda alto y claro",
  };
  static const char *const emails[] = {"email.text", "email.html"};
  wb_finding findings[MOST] = {{0}};
  char text[128];
  wb_lint_options whole = known;
  whole.flags = 0;
  for (size_t i = 0; i < WBI_COUNT(ways); i++) {
    snprintf(text, sizeof text, "Crown Point Dental. %s", ways[i]);
    const char *said = linted(text, &whole, findings);
    if (strstr(said, "missing") != NULL) print_error("%s: %s\n", text, said);
    assert_null(strstr(said, "missing"));
  }
  whole.language = "es";
  for (size_t i = 0; i < WBI_COUNT(others); i++) {
    snprintf(text, sizeof text, "Crown Point Dental. %s", others[i]);
    assert_non_null(strstr(linted(text, &whole, findings), "missing.stop"));
  }
  assert_string_equal(linted("Crown Point Dental. Mande ALTO.", &whole, findings), "");
  for (size_t i = 0; i < WBI_COUNT(emails); i++) {
    whole.channel = emails[i];
    assert_non_null(
        strstr(linted("You can stop by any day", &whole, findings), "missing.unsubscribe"));
  }
}

static void a_text_has_a_length(void **state) {
  (void)state;
  char text[80];
  wb_finding findings[MOST] = {{0}};
  wb_lint_options subject = known;
  subject.flags = 0;
  subject.channel = "email.subject";
  memset(text, 'a', sizeof text);
  text[78] = '\0';
  assert_string_equal(linted(text, &subject, findings), "");
  text[78] = 'a';
  text[79] = '\0';
  assert_string_equal(linted(text, &subject, findings), "length.most");
}

static void the_channel_decides_how_bad_it_is(void **state) {
  (void)state;
  wb_finding findings[MOST] = {{0}};
  wb_lint_options options = known;
  assert_string_equal(linted("Your crown", &options, findings), "clinical.treatment");
  assert_int_equal(findings[0].severity, WB_SEVERITY_ERROR);
  options.channel = "letter";
  assert_string_equal(linted("Your crown", &options, findings), "clinical.treatment");
  assert_int_equal(findings[0].severity, WB_SEVERITY_NOTICE);
  options.channel = "call";
  assert_string_equal(linted("Your crown", &options, findings), "");
  static const char *const patients[] = {"sms",        "email.subject", "email.text",
                                         "email.html", "postcard",      "voicemail",
                                         "letter",     "page.public",   "page.secure"};
  for (size_t i = 0; i < WBI_COUNT(patients); i++) {
    options.channel = patients[i];
    (void)linted("overdue neglect failed to final notice last chance disappoint", &options,
                 findings);
    for (int k = 0; k < 6; k++)
      assert_int_equal(findings[k].severity, WB_SEVERITY_ERROR);
  }
}

static void detail_and_class_lift_what_they_allow(void **state) {
  (void)state;
  wb_finding findings[MOST] = {{0}};
  wb_lint_options options = known;
  options.flags |= WB_LINT_DETAIL;
  assert_string_equal(linted("Your crown, perio, cavity; insulin", &options, findings),
                      "clinical.drug");
  options = known;
  options.message_class = WB_MESSAGE_OFFER;
  assert_string_equal(linted("20% off, $49, your benefits, overdue", &options, findings),
                      "guilt.late");
  options.message_class = WB_MESSAGE_BENEFIT;
  assert_string_equal(linted("20% off, your benefits, fully covered", &options, findings),
                      "offer.price financial.promise");
  options.message_class = WB_MESSAGE_BILLING;
  assert_string_equal(linted("You owe $49, 20% off", &options, findings), "offer.price");
}

static void a_practice_has_words_of_its_own(void **state) {
  (void)state;
  static const char *const allowed[] = {"crown your smile", "last chance saloon"};
  static const char *const banned[] = {"Valued Customer", "chompers"};
  wb_finding findings[MOST] = {{0}};
  wb_lint_options options = known;
  options.allowed = allowed;
  options.allowed_count = 2;
  options.banned = banned;
  options.banned_count = 2;
  assert_string_equal(linted("Crown your smile at the last-chance saloon", &options, findings), "");
  assert_string_equal(linted("Your crown, your last chance", &options, findings),
                      "clinical.treatment pressure.last");
  assert_string_equal(linted("Our valued  customer", &options, findings), "practice.word");
  assert_int_equal(findings[0].column, 5);
  assert_int_equal(findings[0].length, 16);
  assert_string_equal(linted("Your chompers!", &options, findings), "practice.word");
  assert_string_equal(linted("Your chomper", &options, findings), "");
  options.banned = NULL;
  uint32_t count = 0;
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, NULL), WB_E_INVALID);
}

static void markup_is_passed_over(void **state) {
  (void)state;
  wb_finding findings[MOST] = {{0}};
  wb_lint_options html = known;
  html.channel = "email.html";
  assert_string_equal(
      linted("<td class=\"crown\" width=\"1234567\">See <b>you</b></td>", &html, findings), "");
  assert_string_equal(
      linted("<img src='https://example.com/a.png' alt=\"Your crown.\" x=\"crown\">", &html,
             findings),
      "clinical.treatment");
  assert_int_equal(findings[0].column, 48);
  assert_int_equal(findings[0].length, 5);
  assert_string_equal(
      linted("<td TITLE='last' title=\"chance\" data-alt=\"crown\">", &html, findings), "");
  assert_string_equal(linted("<img alt=\"crown", &html, findings), "clinical.treatment");
  assert_string_equal(linted("<p>over<b>due</b></p>", &html, findings), "guilt.late");
  assert_string_equal(linted("<a href=\"http://example.com/\">x</a>", &html, findings),
                      "link.insecure");
  assert_string_equal(linted("<a href='https://bit.ly/x'>x</a>", &html, findings),
                      "link.shortener");
  assert_string_equal(linted("<p>the last</p><p>chance</p>", &html, findings), "");
}

static void references_are_read_as_readers_see_them(void **state) {
  (void)state;
  static const struct {
    const char *text, *expected;
  } cases[] = {
      {"past&nbsp;due", "financial.owing"},
      {"act&nbsp;now", "scam.wording"},
      {"limpieza&nbsp;profunda", "clinical.gums"},
      {"extracci&oacute;n", "clinical.treatment"},
      {"c&shy;rown", "clinical.treatment"},
      {"c&#114;own", "clinical.treatment"},
      {"c&#x72;own", "clinical.treatment"},
      {"c\xC2\xADrown", "clinical.treatment"},
      {"root<br>canal", "clinical.treatment"},
      {"root <br/>\n canal", "clinical.treatment"},
      {"root <b> canal</b>", "clinical.treatment"},
      {"<td>root</td><td>canal</td>", "clinical.treatment"},
      {"cr<b>ow</b>n", "clinical.treatment"},
      {"root\n\ncanal", "clinical.treatment"},
      {"<p>root</p><p>canal</p>", ""},
      {"over<br>due", "guilt.late"},
      {"&lt;b&gt; Tom &amp; Ann &c", ""},
      {"R&oacute;n &nosuch;", ""},
  };
  wb_finding findings[MOST] = {{0}};
  wb_lint_options html = known;
  html.channel = "email.html";
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    const char *said = linted(cases[i].text, &html, findings);
    if (strcmp(said, cases[i].expected) != 0) print_error("%s: %s\n", cases[i].text, said);
    assert_string_equal(said, cases[i].expected);
  }
  assert_breaks("c&#114;own", "");
}

static void the_text_of_a_link_shows_where_it_leads(void **state) {
  (void)state;
  wb_finding findings[MOST] = {{0}};
  const wb_lint_options html = {
      .size = sizeof html, .flags = WB_LINT_FRAGMENT, .channel = "email.html"};
  assert_string_equal(
      linted("<a href=\"https://book.example.com/x\">https://example.net</a>", &html, findings),
      "link.differs");
  assert_int_equal(findings[0].column, 38);
  assert_string_equal(linted("<a href=\"https://www.example.com/x\"><b>https://EXAMPLE.com</b></a>"
                             " https://example.net",
                             &html, findings),
                      "");
  assert_string_equal(linted("<a href=\"https://example.com/x\" title=\"https://example.net\">"
                             "https://example.com</a>",
                             &html, findings),
                      ""); /* the first is where it leads */
}

static void placeholders_of_other_programs_are_found(void **state) {
  (void)state;
  static const sample samples[] = {
      {"Hi [NameF], hello", "placeholders", "[NameF]"},
      {"Hi [ NameF ]", "placeholders", "[ NameF ]"},
      {"Hi [first_name]!", "placeholders", "[first_name]"},
      {"Hi {patient.name}, hello", "placeholders", "{patient.name}"},
      {"Hi <<Name>>", "placeholders", "<<Name>>"},
      {"Hi %NAME%, hello", "placeholders", "%NAME%"},
      {"Hi [abc]", "placeholders", "[abc]"},
  };
  assert_samples(samples, WBI_COUNT(samples), &known);
  assert_breaks("[] [1] [a) {a b} << x >> %a% [Name", "");
  assert_breaks("https://example.com/?q=%ABC%20", "");
  assert_breaks("5%a year%", "");
  assert_breaks("[ab] [name} <Name>>", "");
  wb_finding findings[MOST] = {{0}};
  assert_string_equal(linted("a\n\n [NameF]", &known, findings), "placeholders");
  assert_int_equal(findings[0].line, 3);
  assert_int_equal(findings[0].column, 2);
}

static void letters_that_cost_are_named(void **state) {
  (void)state;
  wb_finding findings[MOST] = {{0}};
  wb_lint_options whole = known;
  whole.flags = 0;
  assert_string_equal(
      linted("Crown Point Dental:\n le vemos all\xC3\xAD. Reply STOP", &whole, findings),
      "length.ucs2");
  assert_int_equal(findings[0].line, 2);
  assert_int_equal(findings[0].column, 14);
  assert_int_equal(findings[0].length, 2);
  assert_int_equal(findings[0].severity, WB_SEVERITY_NOTICE);
  assert_string_equal(
      linted("Crown Point Dental \xE2\x80\x93 \xC3\xB1 \xC3\xA9. Reply STOP", &whole, findings),
      "");
}

static void segments_are_counted_as_they_are_sent(void **state) {
  (void)state;
  static const struct {
    size_t length;
    const char *letter, *expected;
  } cases[] = {{306, "a", ""},
               {307, "a", "length.most"},
               {306, "\xE2\x80\x99", ""}, /* sent as a straight one */
               {134, "\xC3\xAD", "length.ucs2"},
               {135, "\xC3\xAD", "length.most length.ucs2"}};
  wb_finding findings[MOST] = {{0}};
  wb_lint_options whole = known;
  whole.flags = 0;
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    static const char start[] = "Crown Point Dental. Reply STOP ";
    char text[400];
    size_t at = sizeof start - 1;
    memcpy(text, start, at);
    memset(text + at, 'a', cases[i].length - at - 1);
    for (size_t k = at + 5; k < cases[i].length - 1; k += 6)
      text[k] = ' ';
    strcpy(text + cases[i].length - 1, cases[i].letter);
    assert_string_equal(linted(text, &whole, findings), cases[i].expected);
  }
}

static void options_are_checked(void **state) {
  (void)state;
  uint32_t count = 7;
  wb_error error = {.status = 0};
  wb_finding finding = {.size = sizeof finding};
  wb_lint_options options = known;
  assert_int_equal(wb_text_lint(NULL, 1, &known, NULL, 0, &count, &error), WB_E_INVALID);
  assert_int_equal(wb_text_lint("a", 1, &known, NULL, 0, NULL, &error), WB_E_INVALID);
  assert_int_equal(wb_text_lint("a", 1, &known, NULL, 1, &count, &error), WB_E_INVALID);
  finding.size = 8;
  assert_int_equal(wb_text_lint("a", 1, &known, &finding, 1, &count, &error), WB_E_INVALID);
  finding.size = sizeof finding;
  options.channel = "fax";
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_NAME);
  options = known;
  options.language = "fr";
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_NAME);
  options = known;
  options.message_class = 7;
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_NAME);
  options = known;
  options.flags = 4;
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_VERSION);
  options = known;
  options.names = NULL;
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_INVALID);
  options = known;
  options.name_count = 65;
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_LIMIT);
  options = known;
  options.size = 8;
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_INVALID);
  assert_int_equal(wb_text_lint("ab\n\xFF", 4, &known, NULL, 0, &count, &error), WB_E_INVALID);
  assert_int_equal(error.line, 2);
  assert_int_equal(count, 7);
  assert_int_equal(wb_text_lint("", 0, NULL, NULL, 0, &count, NULL), WB_E_SPACE);
  assert_int_equal(count, 2);
  assert_int_equal(wb_text_lint("overdue overdue", 15, &known, &finding, 1, &count, &error),
                   WB_E_SPACE);
  assert_int_equal(count, 2);
  assert_string_equal(finding.rule, "guilt.late");
}

static void as_much_as_there_is_room_for_is_taken(void **state) {
  (void)state;
  uint32_t count = 7;
  wb_finding finding = {.size = sizeof finding};
  const char *many[64];
  for (size_t i = 0; i < WBI_COUNT(many); i++)
    many[i] = "Example Dental";
  wb_lint_options options = known;
  options.names = many;
  options.name_count = WBI_COUNT(many);
  options.message_class = WB_MESSAGE_URGENT;
  assert_int_equal(wb_text_lint("overdue", 7, &options, &finding, 1, &count, NULL), WB_OK);
  assert_int_equal(count, 1);
  assert_string_equal(finding.rule, "guilt.late");
  assert_int_equal(wb_text_lint(NULL, 0, &options, NULL, 0, &count, NULL), WB_OK);
  assert_int_equal(count, 0);
}

/* ---- templates ---------------------------------------------------------------------------- */

static int make_world(void **state) {
  static texts_world made;
  static const char *const tables[][2] = {{NULL, NULL}};
  texts_open(&made, NULL, 0, "{\"hosts\": [\"book.example.com\"]}", tables);
  *state = &made;
  return 0;
}

static const char *broken_template(const texts_world *here, const char *channel, const char *text,
                                   uint32_t flags, wb_finding *findings) {
  wb_error error;
  wb_template *compiled = NULL;
  const wb_lint_options options = {.size = sizeof options, .flags = flags};
  if (texts_compile(here, channel, text, &compiled, &error) != WB_OK)
    fail_msg("%s: %s", text, error.message);
  const char *said = linted_template(compiled, &options, findings);
  wb_template_unref(compiled);
  return said;
}

/* What a text breaks as a template of a register and a language; and what the first finding
   suggests. */
static const char *broken_as(const texts_world *here, int32_t reg, const char *language,
                             const char *text, const char **suggestion) {
  wb_template *compiled = NULL;
  wb_finding findings[MOST] = {{0}};
  const wb_template_options made = {
      .size = sizeof made, .channel = "email.text", .language = language, .register_ = reg};
  const wb_lint_options options = {.size = sizeof options, .flags = WB_LINT_FRAGMENT};
  assert_int_equal(
      wb_template_new(NULL, here->schema, here->policy, &made, text, strlen(text), &compiled, NULL),
      WB_OK);
  const char *said = linted_template(compiled, &options, findings);
  *suggestion = findings[0].suggestion;
  wb_template_unref(compiled);
  return said;
}

static void a_template_is_read_in_its_own_register_and_language(void **state) {
  const char *english = NULL, *spanish = NULL;
  assert_string_equal(broken_as(*state, WB_REGISTER_GENERAL, "en", "Your crown", &english),
                      "clinical.treatment");
  assert_string_equal(broken_as(*state, WB_REGISTER_GENERAL, "es", "Your crown", &spanish),
                      "clinical.treatment");
  assert_string_not_equal(english, spanish);
  assert_string_equal(broken_as(*state, WB_REGISTER_DETAIL, "en", "Your crown", &english), "");
}

static void words_are_found_over_braces(void **state) {
  static const struct {
    const char *text, *expected;
    uint32_t column, length;
  } cases[] = {
      {"You {{ \"owe\" }} us", "financial.owing", 9, 3},
      {"{{ patient.name | default: \"Perio patient\" }}", "clinical.gums", 29, 5},
      {"over{% if patient.name %}due{% endif %}", "guilt.late", 1, 28},
      {"a{% if patient.name %}x {% else %}past {% endif %}due", "financial.owing", 35, 19},
      {"a {% if patient.name %}past{% else %}b{% endif %} due", "financial.owing", 24, 30},
      {"past {% if patient.name %}a{% elsif today %}due{% endif %}", "financial.owing", 1, 47},
      {"past {{ patient.name | default: \"x\" }} due", "", 0, 0},
      {"{% if patient.name == \"overdue\" %}a{% endif %}b", "", 0, 0},
      {"{{ patient.name }} crown", "clinical.treatment", 20, 5},
      {"https://book.example.com/", "", 0, 0},
      {"{{ location.booking_url }}?crown", "clinical.treatment", 28, 5},
      {"{% raw %}{ crown }{% endraw %}", "clinical.treatment", 12, 5},
      {"{% comment %}crown{% endcomment %}a", "", 0, 0},
      {"{% assign x = \"crown\" %}a{{ x }}", "clinical.treatment", 16, 5},
      {"{% case patient.name %}{% when \"crown\" %}a{% else %}past{% endcase %} due",
       "financial.owing", 53, 21},
      {"{% unless today %}over{% endunless %}due", "guilt.late", 19, 22},
      {"{% assign crown = patient.name %}a{{ crown }}", "", 0, 0},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    wb_finding findings[MOST] = {{0}};
    const char *said =
        broken_template(*state, "email.text", cases[i].text, WB_LINT_FRAGMENT, findings);
    if (strcmp(said, cases[i].expected) != 0) print_error("%s: %s\n", cases[i].text, said);
    assert_string_equal(said, cases[i].expected);
    if (cases[i].column == 0) continue;
    assert_int_equal(findings[0].column, cases[i].column);
    assert_int_equal(findings[0].length, cases[i].length);
  }
}

static void links_tell_nothing_of_patients(void **state) {
  static const struct {
    const char *channel, *text, *expected;
    uint32_t column, length;
  } cases[] = {
      {"email.text", "https://book.example.com/{{ patient.name }}", "link.patient_data", 29, 12},
      {"email.text", "https://book.example.com/?a=1&n={{ patient.name | upcase }} x",
       "link.patient_data", 36, 12},
      {"email.text", "{{ location.booking_url }}?n={{ patient.name }}", "link.patient_data", 33,
       12},
      {"email.text", "{{ location.booking_url }}{% if today %}?n={{ patient.name }}{% endif %}",
       "link.patient_data", 47, 12},
      {"email.text", "https://book.example.com/{{ location.phone | append: patient.name }}",
       "link.patient_data", 54, 12},
      {"email.html", "<a href=\"https://book.example.com/?k={{ patient.name }}\">x</a>",
       "link.patient_data", 41, 12},
      {"email.text", "https://book.example.com/ {{ patient.name }}", "", 0, 0},
      {"email.text", "{{ location.booking_url }} {{ patient.name }}", "", 0, 0},
      {"email.text", "https://book.example.com/{{ location.phone }}", "", 0, 0},
      {"email.html", "<a href=\"https://book.example.com/\">{{ patient.name }}</a>", "", 0, 0},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    wb_finding findings[MOST] = {{0}};
    const char *said =
        broken_template(*state, cases[i].channel, cases[i].text, WB_LINT_FRAGMENT, findings);
    if (strcmp(said, cases[i].expected) != 0) print_error("%s: %s\n", cases[i].text, said);
    assert_string_equal(said, cases[i].expected);
    if (cases[i].column == 0) continue;
    assert_int_equal(findings[0].column, cases[i].column);
    assert_int_equal(findings[0].length, cases[i].length);
    assert_int_equal(findings[0].severity, WB_SEVERITY_ERROR);
  }
}

static void links_shown_in_html_are_found(void **state) {
  static const struct {
    const char *text, *expected;
  } cases[] = {
      {"https://other.example.net/", "link.host"},
      {"https://bit.ly/{{ patient.name }}", "link.shortener link.patient_data"},
      {"https://book.example.com/", ""},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    wb_finding findings[MOST] = {{0}};
    assert_string_equal(
        broken_template(*state, "email.html", cases[i].text, WB_LINT_FRAGMENT, findings),
        cases[i].expected);
  }
}

static void parts_are_said_in_every_branch(void **state) {
  static const struct {
    const char *text, *expected;
  } cases[] = {
      {"{{ location.short_name }}: Reply STOP", ""},
      {"{{ practice.name | upcase }}: Reply STOP", ""},
      {"{{ patient.name | default: location.name }}: Reply STOP", "missing.sender"},
      {"{% if location.name %}{{ location.name }}{% endif %}: Reply STOP", "missing.sender"},
      {"{% if today %}{{ location.name }}{% else %}{{ practice.name }}{% endif %}: Reply STOP", ""},
      {"{{ location.name }}{% case patient.name %}{% when \"x\" %}Reply STOP{% else %}Reply STOP{% "
       "endcase %}",
       ""},
      {"{{ location.name }}{% case patient.name %}{% when \"x\" %}a{% when \"y\" %}Reply STOP{% "
       "else "
       "%}Reply STOP{% endcase %}",
       "missing.stop"},
      {"{{ location.name }}{% for i in (1..2) %}Reply STOP{% endfor %}", "missing.stop"},
      {"{{ location.name }}{% if today %}Reply STOP{% elsif now %}x{% else %}Reply STOP{% endif %}",
       "missing.stop"},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    wb_finding findings[MOST] = {{0}};
    const char *said = broken_template(*state, "sms", cases[i].text, 0, findings);
    if (strcmp(said, cases[i].expected) != 0) print_error("%s: %s\n", cases[i].text, said);
    assert_string_equal(said, cases[i].expected);
  }
}

static void the_longest_branch_counts(void **state) {
  wb_finding findings[MOST] = {{0}};
  char text[256], filling[41];
  memset(filling, 'a', 40);
  filling[40] = '\0';
  snprintf(text, sizeof text, "%s{%% if today %%}%s{%% else %%}%.38s{%% endif %%}", filling,
           filling, filling);
  assert_string_equal(broken_template(*state, "email.subject", text, 0, findings), "length.most");
  snprintf(text, sizeof text, "%s{%% if today %%}%.38s{%% else %%}%.38s{%% endif %%}", filling,
           filling, filling);
  assert_string_equal(broken_template(*state, "email.subject", text, 0, findings), "");
}

static void the_longest_branch_of_an_sms_counts(void **state) {
  wb_finding findings[MOST] = {{0}};
  for (int more = 0; more <= 1; more++) {
    char text[512];
    const char *const fits = "See you at the practice in Example City on the day that suits you.";
    const int length = 306 - 4 * (int)strlen(fits) + more;
    snprintf(text, sizeof text, "%s%s%s%s{%% if today %%}%.*s{%% else %%}See you{%% endif %%}",
             fits, fits, fits, fits, length, fits);
    const char *said = broken_template(*state, "sms", text, 0, findings);
    assert_int_equal(strstr(said, "length.most") != NULL, more);
  }
}

/* ---- class ---- */

/* The class of a text on a letter to somebody who agreed to detail, which may read money. */
static int32_t class_of(wb_schema *schema, const char *channel, const char *text) {
  wb_policy *policy = NULL;
  wb_template *compiled = NULL;
  wb_error error = {.status = 0}, place = {.status = 0};
  const wb_template_options options = {
      .size = sizeof options, .channel = channel, .register_ = WB_REGISTER_DETAIL};
  assert_int_equal(wb_policy_new(NULL, schema, NULL, 0, &policy, NULL), WB_OK);
  const wb_status status =
      wb_template_new(NULL, schema, policy, &options, text, strlen(text), &compiled, &error);
  if (status != WB_OK) print_error("%s: %s\n", text, error.message);
  assert_int_equal(status, WB_OK);
  const int32_t found = wbi_template_class(compiled, &place);
  wb_template_unref(compiled);
  wb_policy_unref(policy);
  return found;
}

static void the_class_follows_from_fields_and_words(void **state) {
  (void)state;
  static const wb_field fields[] = {
      {sizeof(wb_field), 0, "offers.made", NULL, "No offer.", WB_INT, WB_OPTIONAL, WB_CLASS_PUBLIC,
       0, 0, 0},
  };
  static const struct {
    const char *channel, *text;
    int32_t raised;
  } cases[] = {
      {"letter", "Time for your cleaning.", WB_MESSAGE_CARE},
      {"letter", "{{ offer.what }}", WB_MESSAGE_OFFER},
      {"letter", "{{ offers.made }}", WB_MESSAGE_CARE},
      {"letter", "{% if benefit.active %}a{% endif %}", WB_MESSAGE_BENEFIT},
      {"letter", "{{ patient.balance }}", WB_MESSAGE_BILLING},
      {"letter", "Your benefits, and 20% off", WB_MESSAGE_OFFER},
      {"letter", "Your benefits pay what you owe", WB_MESSAGE_BILLING},
      {"letter", "es gratis", WB_MESSAGE_OFFER},
      {"call", "They asked about the price.", WB_MESSAGE_CARE},
      {"call", "{{ offer.what }}", WB_MESSAGE_OFFER},
  };
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, fields, 1, &schema, NULL), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    const int32_t raised = class_of(schema, cases[i].channel, cases[i].text);
    if (raised != cases[i].raised) print_error("%s: %d\n", cases[i].text, raised);
    assert_int_equal(raised, cases[i].raised);
  }
  wb_schema_unref(schema);
}

/* ---- size --------------------------------------------------------------------------------- */

static void long_texts_take_time_in_proportion(void **state) {
  (void)state;
  static char text[WBI_LIQUID_LENGTH + 1];
  static const char *const units[] = {"last ",
                                      "overdue ",
                                      "final final last ",
                                      "1-2-3-4-5-",
                                      "https://a.example/",
                                      "Crown Point ",
                                      "CALL US ",
                                      "!",
                                      "a.b.c.d.e.f@"};
  for (size_t i = 0; i < WBI_COUNT(units); i++) {
    const size_t length = strlen(units[i]);
    uint32_t count = 0;
    for (size_t at = 0; at < WBI_LIQUID_LENGTH; at++)
      text[at] = units[i][at % length];
    const wb_status status = wb_text_lint(text, WBI_LIQUID_LENGTH, &known, NULL, 0, &count, NULL);
    assert_true(status == WB_OK || status == WB_E_SPACE);
  }
  uint32_t count = 0;
  assert_int_equal(wb_text_lint(text, sizeof text, &known, NULL, 0, &count, NULL), WB_E_LIMIT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(english_words_are_found),
      cmocka_unit_test(spanish_words_are_found),
      cmocka_unit_test(what_looks_like_it_is_none),
      cmocka_unit_test(words_go_over_the_end_of_a_line_but_not_of_a_paragraph),
      cmocka_unit_test(the_name_counts_only_as_a_whole),
      cmocka_unit_test(several_are_found_in_their_order),
      cmocka_unit_test(numbers_are_told_apart),
      cmocka_unit_test(links_are_held_to_the_practice),
      cmocka_unit_test(shouting_is_found),
      cmocka_unit_test(what_is_missing_is_named),
      cmocka_unit_test(the_way_out_is_an_instruction),
      cmocka_unit_test(a_text_has_a_length),
      cmocka_unit_test(the_channel_decides_how_bad_it_is),
      cmocka_unit_test(detail_and_class_lift_what_they_allow),
      cmocka_unit_test(a_practice_has_words_of_its_own),
      cmocka_unit_test(markup_is_passed_over),
      cmocka_unit_test(references_are_read_as_readers_see_them),
      cmocka_unit_test(the_text_of_a_link_shows_where_it_leads),
      cmocka_unit_test(placeholders_of_other_programs_are_found),
      cmocka_unit_test(letters_that_cost_are_named),
      cmocka_unit_test(segments_are_counted_as_they_are_sent),
      cmocka_unit_test(options_are_checked),
      cmocka_unit_test(as_much_as_there_is_room_for_is_taken),
      cmocka_unit_test_setup_teardown(a_template_is_read_in_its_own_register_and_language,
                                      make_world, texts_drop),
      cmocka_unit_test_setup_teardown(words_are_found_over_braces, make_world, texts_drop),
      cmocka_unit_test_setup_teardown(links_tell_nothing_of_patients, make_world, texts_drop),
      cmocka_unit_test_setup_teardown(links_shown_in_html_are_found, make_world, texts_drop),
      cmocka_unit_test_setup_teardown(parts_are_said_in_every_branch, make_world, texts_drop),
      cmocka_unit_test_setup_teardown(the_longest_branch_of_an_sms_counts, make_world, texts_drop),
      cmocka_unit_test_setup_teardown(the_longest_branch_counts, make_world, texts_drop),
      cmocka_unit_test(the_class_follows_from_fields_and_words),
      cmocka_unit_test(long_texts_take_time_in_proportion),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
