/* SPDX-License-Identifier: MIT */
/* Campaigns: what is read, what is refused and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "outreach/outreach.h"
#include "support/fault.h"

/* The texts in their own order, so that sorting shows. */
static const char plain[] =
    "{\"format\":1,\"name\":\"try-1\",\"title\":\"A try\",\"serves\":[\"U1\"],\"class\":\"care\",\n"
    "\"audience\":\"patient.status == \\\"active\\\"\",\n"
    "\"segments\":[{\"name\":\"long 12+\",\"where\":\"recare.band == \\\"12+\\\"\"},\n"
    "{\"name\":\"rest\",\"where\":\"true\"}],\n"
    "\"exits\":{\"seen\":\"recare.band == \\\"not_due\\\"\",\"booked\":\"recare.booked\"},\n"
    "\"touches\":4,\"rest_days\":30,\n"
    "\"steps\":[{\"id\":\"first\",\"send\":[\"sms\",\"mail\"]},\n"
    "{\"id\":\"days\",\"wait\":{\"days\":3}},\n"
    "{\"id\":\"hours\",\"wait\":{\"hours\":2}},\n"
    "{\"id\":\"end\",\"exit\":true}],\n"
    "\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"call\"},\n"
    "\"asks\":{\"after\":{\"hours\":0},\"text\":\"call\"}},\n"
    "\"texts\":{\"sms\":{\"channel\":\"sms\",\"es\":{\"body\":\"Hola.\"},"
    "\"en\":{\"body\":\"Hi {{ patient.name }}.\"}},\n"
    "\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hi\",\"body\":\"Hello.\"}},\n"
    "\"call\":{\"channel\":\"call\",\"en\":{\"body\":\"Call.\"}}}}";

/* A text of the plain campaign's SMS. */
#define OTHER(name, more) "\"" name "\":{\"channel\":\"sms\"," more "\"en\":{\"body\":\"Other.\"}}"

static wb_status compile(const char *json, wb_campaign **campaign, wb_error *error) {
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  const wb_status status = wb_campaign_new(NULL, schema, NULL, json, strlen(json), campaign, error);
  wb_schema_unref(schema);
  return status;
}

static wb_campaign *compiled(const char *json) {
  wb_campaign *campaign = NULL;
  wb_error error = {0};
  if (compile(json, &campaign, &error) != WB_OK) fail_msg("%s %s", error.path, error.message);
  return campaign;
}

/* The plain campaign with one piece replaced; the caller frees it. */
static char *changed(const char *piece, const char *by) {
  const char *at = strstr(plain, piece);
  if (at == NULL) fail_msg("the campaign has no %s", piece);
  const size_t before = (size_t)(at - plain), size = strlen(plain) + strlen(by) + 1;
  char *text = calloc(1, size);
  assert_non_null(text);
  memcpy(text, plain, before);
  memcpy(text + before, by, strlen(by));
  memcpy(text + before + strlen(by), at + strlen(piece), strlen(at + strlen(piece)));
  return text;
}

static void refused(const char *json, const char *what, wb_status expected, const char *path) {
  wb_campaign *campaign = NULL;
  wb_error error = {0};
  const wb_status status = compile(json, &campaign, &error);
  if (status != expected || strcmp(error.path, path) != 0) {
    fail_msg("%s: %s at \"%s\": %s", what, wb_status_name(status), error.path, error.message);
  }
  assert_int_equal(error.status, expected);
  assert_true(error.line > 0 && error.column > 0);
  assert_true(error.message[0] != '\0');
  assert_null(campaign);
}

static void text_is(wbi_text text, const char *expected) {
  assert_int_equal(text.length, strlen(expected));
  assert_memory_equal(text.data, expected, text.length);
  assert_int_equal(text.data[text.length], '\0');
}

static void a_campaign_is_read_as_written(void **state) {
  wb_campaign *it = compiled(plain);
  (void)state;
  text_is(it->name, "try-1");
  text_is(it->title, "A try");
  assert_int_equal(it->touches, 4);
  assert_int_equal(it->rest_days, 30);
  assert_non_null(it->audience);
  assert_int_equal(it->segment_count, 2);
  text_is(it->segments[0].name, "long 12+");
  text_is(it->segments[1].name, "rest");
  assert_int_equal(it->exit_count, 2);
  text_is(it->exits[0].name, "booked"); /* by name, as in the canonical form */
  text_is(it->exits[1].name, "seen");
  wb_campaign_unref(it);
}

static void steps_are_read_as_written(void **state) {
  wb_campaign *it = compiled(plain);
  (void)state;
  assert_int_equal(it->step_count, 4);
  assert_int_equal(it->steps[0].kind, WBI_STEP_SEND);
  assert_int_equal(it->steps[0].text_count, 2);
  text_is(it->texts[it->steps[0].texts[0]].name, "sms");
  text_is(it->texts[it->steps[0].texts[1]].name, "mail");
  assert_int_equal(it->steps[1].kind, WBI_STEP_WAIT);
  assert_int_equal(it->steps[1].delay.days, 3);
  assert_int_equal(it->steps[1].delay.seconds, 0);
  assert_int_equal(it->steps[2].delay.days, 0);
  assert_int_equal(it->steps[2].delay.seconds, 7200);
  assert_int_equal(it->steps[3].kind, WBI_STEP_EXIT);
  assert_int_equal(wbi_campaign_step(it, WBI_TEXT("hours")), 2);
  assert_int_equal(wbi_campaign_step(it, WBI_TEXT("hour")), -1);
  assert_int_equal(it->response_count, 2);
  assert_int_equal(wbi_campaign_response(it, WBI_TEXT("asks")), 0);
  assert_int_equal(wbi_campaign_response(it, WBI_TEXT("clicked")), 1);
  assert_int_equal(wbi_campaign_response(it, WBI_TEXT("first")), -1);
  assert_int_equal(it->responses[1].seconds, 86400);
  text_is(it->texts[it->responses[1].text].name, "call");
  wb_campaign_unref(it);
}

static void texts_begin_with_english(void **state) {
  wb_campaign *it = compiled(plain);
  (void)state;
  assert_int_equal(it->text_count, 3);
  text_is(it->texts[0].name, "call");
  assert_int_equal(it->texts[0].channel, WB_CHANNEL_CALL);
  text_is(it->texts[1].name, "mail");
  assert_int_equal(it->texts[1].channel, WB_CHANNEL_EMAIL);
  assert_non_null(it->texts[1].wordings[0].subject);
  assert_non_null(it->texts[1].wordings[0].body);
  text_is(it->texts[2].name, "sms");
  assert_int_equal(it->texts[2].channel, WB_CHANNEL_SMS);
  assert_int_equal(it->texts[2].count, 2);
  text_is(it->texts[2].wordings[0].language, "en");
  text_is(it->texts[2].wordings[1].language, "es");
  assert_null(it->texts[2].wordings[0].subject);
  wb_campaign_unref(it);
}

static void caps_have_defaults(void **state) {
  char *json = changed("\"touches\":4,\"rest_days\":30,\n", "");
  wb_campaign *it = compiled(json);
  (void)state;
  assert_int_equal(it->touches, 6);
  assert_int_equal(it->rest_days, 90);
  wb_campaign_unref(it);
  free(json);
}

static void responses_may_be_left_out(void **state) {
  char *json = changed("\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"call\"},\n"
                       "\"asks\":{\"after\":{\"hours\":0},\"text\":\"call\"}},\n",
                       "");
  (void)state;
  refused(json, "an unused call text", WB_E_INVALID, "/texts/call");
  char *call = strstr(json, ",\n\"call\":");
  assert_non_null(call);
  memcpy(call, "}}", 3);
  wb_campaign *it = compiled(json);
  assert_int_equal(it->response_count, 0);
  wb_campaign_unref(it);
  free(json);
}

static void calls_in_vain_end_a_sequence_or_not(void **state) {
  static const char *const words[] = {"", ",\"unanswered\":\"end\"",
                                      ",\"unanswered\":\"continue\""};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(words); i++) {
    char by[64];
    snprintf(by, sizeof by, "{\"hours\":0}%s", words[i]);
    char *json = changed("{\"hours\":0}", by);
    wb_campaign *it = compiled(json);
    assert_int_equal(it->responses[0].continues, i == 2);
    assert_false(it->responses[1].continues);
    wb_campaign_unref(it);
    free(json);
  }
}

/* As a message may, but no page. */
static void a_call_may_be_to_a_guardian(void **state) {
  char *json = changed("\"channel\":\"call\"", "\"channel\":\"call\",\"to\":\"guardian\"");
  (void)state;
  wb_campaign *it = compiled(json);
  assert_int_equal(it->texts[it->responses[0].text].recipient, WB_RECIPIENT_GUARDIAN);
  wb_campaign_unref(it);
  free(json);
}

/* The same content, whatever its spelling, has one canonical form and one id. */
static void the_canonical_form_compiles_alike(void **state) {
  wb_campaign *it = compiled(plain);
  wb_campaign_info a = {.size = sizeof a}, b = {.size = sizeof b};
  (void)state;
  assert_int_equal(wb_campaign_get(it, &a), WB_OK);
  assert_int_equal(a.canonical_length, strlen(a.canonical));
  assert_memory_equal(a.canonical,
                      "{\"audience\":\"patient.status == \\\"active\\\"\",\"class\":", 50);
  assert_null(strchr(a.canonical, '\n'));
  wb_campaign *again = compiled(a.canonical);
  assert_int_equal(wb_campaign_get(again, &b), WB_OK);
  assert_string_equal(a.canonical, b.canonical);
  assert_memory_equal(a.content_id, b.content_id, 32);
  assert_int_equal(again->steps[0].texts[0], it->steps[0].texts[0]);
  wb_campaign_unref(again);
  char *json = changed("A try", "Another");
  again = compiled(json);
  assert_int_equal(wb_campaign_get(again, &b), WB_OK);
  assert_memory_not_equal(a.content_id, b.content_id, 32);
  wb_campaign_unref(again);
  wb_campaign_unref(it);
  free(json);
}

static void the_content_id_is_the_sha_256_of_the_canonical_form(void **state) {
  wb_campaign *it = compiled(plain);
  wb_campaign_info info = {.size = sizeof info};
  uint8_t expected[32];
  wbi_sha256 sha;
  (void)state;
  assert_int_equal(wb_campaign_get(it, &info), WB_OK);
  wbi_sha256_init(&sha);
  wbi_sha256_add(&sha, info.canonical, info.canonical_length);
  wbi_sha256_finish(&sha, expected);
  assert_memory_equal(info.content_id, expected, 32);
  assert_string_equal(info.name, "try-1");
  assert_string_equal(info.title, "A try");
  assert_int_equal(info.segments, 2);
  assert_int_equal(info.steps, 4);
  assert_int_equal(info.texts, 3);
  wb_campaign_unref(it);
}

static void what_is_missing_is_refused(void **state) {
  static const struct {
    const char *piece, *path;
  } rows[] = {
      {"\"format\":1,", ""},
      {"\"name\":\"try-1\",", ""},
      {"\"title\":\"A try\",", ""},
      {"\"class\":\"care\",", ""},
      {"\"audience\":\"patient.status == \\\"active\\\"\",", ""},
      {",\"booked\":\"recare.booked\"", "/exits"},
      {"\"name\":\"rest\",", "/segments/1"},
      {",\"where\":\"true\"", "/segments/1"},
      {"\"id\":\"days\",", "/steps/1"},
      {",\"send\":[\"sms\",\"mail\"]", "/steps/0"},
      {"\"days\":3", "/steps/1/wait"},
      {"\"after\":{\"hours\":24},", "/responses/clicked"},
      {"\"hours\":24", "/responses/clicked/after"},
      {",\"text\":\"call\"", "/responses/clicked"},
      {"\"channel\":\"sms\",", "/texts/sms"},
      {",\"en\":{\"body\":\"Hi {{ patient.name }}.\"}", "/texts/sms"},
      {"\"subject\":\"Hi\",", "/texts/mail/en"},
      {",\"body\":\"Hello.\"", "/texts/mail/en"},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char *json = changed(rows[i].piece, "");
    refused(json, rows[i].piece, WB_E_INVALID, rows[i].path);
    free(json);
  }
}

static const struct {
  const char *piece, *by, *path;
  wb_status status;
} refusals[] = {
    /* the head */
    {"\"format\":1", "\"format\":2", "/format", WB_E_RANGE},
    {"\"format\":1", "\"format\":\"1\"", "/format", WB_E_TYPE},
    {"\"title\"", "\"titel\":1,\"title\"", "/titel", WB_E_NAME},
    {"\"try-1\"", "\"Try\"", "/name", WB_E_INVALID},
    {"\"try-1\"", "\"try_1\"", "/name", WB_E_INVALID},
    {"\"try-1\"", "\"\"", "/name", WB_E_INVALID},
    {"\"try-1\"", "7", "/name", WB_E_TYPE},
    {"\"A try\"", "\"\"", "/title", WB_E_INVALID},
    {"\"A try\"", "\"A\\ntry\"", "/title", WB_E_INVALID},
    {"\"A try\"", "\"A\\u007Ftry\"", "/title", WB_E_INVALID},
    {"[\"U1\"]", "[1]", "/serves/0", WB_E_TYPE},
    {"[\"U1\"]", "\"U1\"", "/serves", WB_E_TYPE},
    {"\"care\"", "\"urgent\"", "/class", WB_E_NAME},
    {"\"care\"", "\"transactional\"", "/class", WB_E_POLICY},
    {"\"care\"", "true", "/class", WB_E_TYPE},
    {"\"touches\":4", "\"touches\":0", "/touches", WB_E_RANGE},
    {"\"touches\":4", "\"touches\":51", "/touches", WB_E_RANGE},
    {"\"touches\":4", "\"touches\":4.5", "/touches", WB_E_TYPE},
    {"\"rest_days\":30", "\"rest_days\":-1", "/rest_days", WB_E_RANGE},
    {"\"rest_days\":30", "\"rest_days\":3661", "/rest_days", WB_E_RANGE},
    /* segments and exits */
    {"[{\"name\":\"long 12+\",\"where\":\"recare.band == \\\"12+\\\"\"},\n"
     "{\"name\":\"rest\",\"where\":\"true\"}]",
     "[]", "/segments", WB_E_INVALID},
    {"{\"name\":\"rest\",\"where\":\"true\"}", "7", "/segments/1", WB_E_TYPE},
    {"\"name\":\"rest\"", "\"name\":\"long 12+\"", "/segments/1/name", WB_E_INVALID},
    {"\"name\":\"rest\"", "\"name\":\"\"", "/segments/1/name", WB_E_INVALID},
    {"\"name\":\"rest\"", "\"label\":1,\"name\":\"rest\"", "/segments/1/label", WB_E_NAME},
    {"\"where\":\"true\"", "\"where\":true", "/segments/1/where", WB_E_TYPE},
    {"\"seen\"", "\"Seen\"", "/exits/Seen", WB_E_INVALID},
    {"{\"seen\":", "{\"\":", "/exits/", WB_E_INVALID},
    {"\"booked\":\"recare.booked\"", "\"booked\":true", "/exits/booked", WB_E_TYPE},
    {"\"recare.band == \\\"not_due\\\"\"", "null", "/exits/seen", WB_E_TYPE},
    /* steps */
    {"{\"id\":\"days\",\"wait\":{\"days\":3}}", "3", "/steps/1", WB_E_TYPE},
    {"\"id\":\"days\"", "\"id\":\"first\"", "/steps/1/id", WB_E_INVALID},
    {"\"id\":\"days\"", "\"id\":\"clicked\"", "/steps/1/id", WB_E_INVALID},
    {"\"id\":\"days\"", "\"id\":\"asks\"", "/steps/1/id", WB_E_INVALID},
    {"\"id\":\"days\"", "\"id\":\"A\"", "/steps/1/id", WB_E_INVALID},
    {"\"id\":\"days\"", "\"id\":1", "/steps/1/id", WB_E_TYPE},
    {"{\"days\":3}", "{\"days\":0}", "/steps/1/wait/days", WB_E_RANGE},
    {"{\"days\":3}", "{\"days\":367}", "/steps/1/wait/days", WB_E_RANGE},
    {"{\"days\":3}", "{\"days\":3,\"hours\":2}", "/steps/1/wait", WB_E_INVALID},
    {"{\"days\":3}", "{\"weeks\":3}", "/steps/1/wait/weeks", WB_E_NAME},
    {"{\"days\":3}", "3", "/steps/1/wait", WB_E_TYPE},
    {"{\"hours\":2}", "{\"hours\":0}", "/steps/2/wait/hours", WB_E_RANGE},
    {"{\"hours\":2}", "{\"hours\":8785}", "/steps/2/wait/hours", WB_E_RANGE},
    {"\"exit\":true", "\"exit\":false", "/steps/3", WB_E_INVALID},
    {"\"exit\":true", "\"exit\":1", "/steps/3/exit", WB_E_TYPE},
    {"\"exit\":true", "\"wait\":{\"days\":1}", "/steps", WB_E_INVALID},
    {"\"wait\":{\"hours\":2}", "\"exit\":true", "/steps/3", WB_E_INVALID},
    {"\"wait\":{\"hours\":2}", "\"exit\":true,\"wait\":{\"hours\":2}", "/steps/2", WB_E_INVALID},
    {"\"wait\":{\"hours\":2}", "\"jump\":\"first\"", "/steps/2", WB_E_INVALID},
    {"[\"sms\",\"mail\"]", "[]", "/steps/0/send", WB_E_INVALID},
    {"[\"sms\",\"mail\"]", "\"sms\"", "/steps/0/send", WB_E_TYPE},
    {"[\"sms\",\"mail\"]", "[\"sms\",1]", "/steps/0/send/1", WB_E_TYPE},
    {"[\"sms\",\"mail\"]", "[\"sms\",\"post\"]", "/steps/0/send/1", WB_E_NAME},
    {"[\"sms\",\"mail\"]", "[\"sms\",\"sms\"]", "/steps/0/send/1", WB_E_INVALID},
    {"[\"sms\",\"mail\"]", "[\"sms\",\"call\"]", "/steps/0/send/1", WB_E_INVALID},
    {"[\"sms\",\"mail\"]", "[\"sms\",\"mail\",\"sms\",\"sms\",\"sms\"]", "/steps/0/send",
     WB_E_LIMIT},
    {"[\"sms\",\"mail\"]", "[\"sms\"]", "/texts/mail", WB_E_INVALID},
    /* responses */
    {"\"asks\":{", "\"opened\":{", "/responses/opened", WB_E_NAME},
    {"{\"after\":{\"hours\":0},\"text\":\"call\"}", "1", "/responses/asks", WB_E_TYPE},
    {"{\"hours\":0}", "{\"hours\":-1}", "/responses/asks/after/hours", WB_E_RANGE},
    {"{\"hours\":0}", "{\"hours\":0},\"unanswered\":\"never\"", "/responses/asks/unanswered",
     WB_E_NAME},
    {"{\"hours\":0}", "{\"days\":1}", "/responses/asks/after/days", WB_E_NAME},
    {"{\"hours\":0}", "0", "/responses/asks/after", WB_E_TYPE},
    {"{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"call\"},\n"
     "\"asks\":{\"after\":{\"hours\":0},\"text\":\"call\"}}",
     "[]", "/responses", WB_E_TYPE},
    {"{\"hours\":24},\"text\":\"call\"", "{\"hours\":24},\"text\":\"sms\"",
     "/responses/clicked/text", WB_E_INVALID},
    {"{\"hours\":24},\"text\":\"call\"", "{\"hours\":24},\"text\":\"ring\"",
     "/responses/clicked/text", WB_E_NAME},
    {"{\"hours\":24},\"text\":\"call\"", "{\"hours\":24},\"text\":1", "/responses/clicked/text",
     WB_E_TYPE},
    /* texts */
    {"\"sms\":{\"channel\"", "\"Sms\":{\"channel\"", "/texts/Sms", WB_E_INVALID},
    {"{\"channel\":\"call\",\"en\":{\"body\":\"Call.\"}}", "\"Call.\"", "/texts/call", WB_E_TYPE},
    {"\"channel\":\"sms\"", "\"channel\":\"fax\"", "/texts/sms/channel", WB_E_NAME},
    {"\"channel\":\"sms\"", "\"channel\":1", "/texts/sms/channel", WB_E_TYPE},
    {"{\"body\":\"Hola.\"}", "\"Hola.\"", "/texts/sms/es", WB_E_TYPE},
    {"{\"body\":\"Hola.\"}", "{\"body\":1}", "/texts/sms/es/body", WB_E_TYPE},
    {"{\"body\":\"Hola.\"}", "{\"subject\":\"Hola\",\"body\":\"Hola.\"}", "/texts/sms/es/subject",
     WB_E_NAME},
    {"\"es\":", "\"ES\":", "/texts/sms/ES", WB_E_INVALID},
    {"\"body\":\"Hello.\"", "\"body\":\"Hello.\",\"markup\":\"\"", "/texts/mail/en/markup",
     WB_E_NAME},
    {"\"subject\":\"Hi\"", "\"subject\":1", "/texts/mail/en/subject", WB_E_TYPE},
    {"\"subject\":\"Hi\"", "\"preheader\":\"a\\nb\",\"subject\":\"Hi\"", "/texts/mail/en/preheader",
     WB_E_INVALID},
    /* registers, and what is said in place of what */
    {"\"channel\":\"sms\"", "\"channel\":\"sms\",\"register\":\"loud\"", "/texts/sms/register",
     WB_E_NAME},
    {"\"channel\":\"call\"", "\"channel\":\"call\",\"register\":\"detail\"", "/texts/call",
     WB_E_INVALID},
    {"\"channel\":\"call\"", "\"channel\":\"call\",\"asks\":\"detail\"", "/texts/call",
     WB_E_INVALID},
    {"\"channel\":\"sms\"", "\"channel\":\"sms\",\"to\":\"guardian\",\"asks\":\"detail\"",
     "/texts/sms", WB_E_INVALID},
    {"\"texts\":{",
     "\"postcard\":\"o\",\"texts\":{\"o\":{\"channel\":\"postcard\",\"en\":{\"body\":\"Hi.\"}},",
     "/texts/o", WB_E_INVALID},
    {"\"channel\":\"sms\"", "\"channel\":\"sms\",\"detail\":\"nothing\"", "/texts/sms/detail",
     WB_E_NAME},
    {"\"channel\":\"sms\"", "\"channel\":\"sms\",\"detail\":\"sms\"", "/texts/sms/detail",
     WB_E_INVALID},
    {"\"channel\":\"sms\"", "\"channel\":\"sms\",\"detail\":\"mail\"", "/texts/sms/detail",
     WB_E_INVALID},
    {"\"channel\":\"sms\"", "\"channel\":\"sms\",\"detail\":1", "/texts/sms/detail", WB_E_TYPE},
    {"\"texts\":{", "\"texts\":{" OTHER("o", "") ",", "/texts/o", WB_E_INVALID},
    {"\"channel\":\"sms\",",
     "\"channel\":\"sms\",\"detail\":\"o\",\"en\":{\"body\":\"a\"}}," OTHER(
         "o", "") ",\"p\":{\"channel\":\"sms\",",
     "/texts/sms/detail", WB_E_INVALID},
    {"\"channel\":\"sms\",",
     "\"channel\":\"sms\",\"fallback\":\"o\",\"en\":{\"body\":\"a\"}}," OTHER(
         "o", "") ",\"p\":{\"channel\":\"sms\",",
     "/texts/sms/fallback", WB_E_INVALID},
    {"\"channel\":\"sms\"", "\"channel\":\"sms\",\"fallback\":\"nothing\"", "/texts/sms/fallback",
     WB_E_NAME},
    {"\"texts\":{", "\"fallback\":[\"nothing\"],\"texts\":{", "/fallback/0", WB_E_NAME},
    {"\"texts\":{", "\"fallback\":[1],\"texts\":{", "/fallback/0", WB_E_TYPE},
    {"\"texts\":{", "\"fallback\":1,\"texts\":{", "/fallback", WB_E_TYPE},
    {"\"channel\":\"sms\"", "\"channel\":\"sms\",\"instead\":[]", "/texts/sms/instead",
     WB_E_INVALID},
    {"\"channel\":\"sms\"", "\"channel\":\"sms\",\"instead\":[1]", "/texts/sms/instead/0",
     WB_E_TYPE},
    {"\"channel\":\"sms\"",
     "\"channel\":\"sms\",\"instead\":[{\"text\":\"mail\",\"when\":\"true\"}]",
     "/texts/sms/instead/0/text", WB_E_INVALID},
    {"\"channel\":\"sms\"", "\"channel\":\"sms\",\"instead\":[{\"text\":\"mail\",\"when\":\"1\"}]",
     "/texts/sms/instead/0/when", WB_E_TYPE},
};

static void what_is_wrong_is_refused_where_it_stands(void **state) {
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(refusals); i++) {
    char *json = changed(refusals[i].piece, refusals[i].by);
    refused(json, refusals[i].by, refusals[i].status, refusals[i].path);
    free(json);
  }
}

/* Errors of rules and texts carry the path of the text and the place within it. */
static void rules_and_texts_say_where_inside(void **state) {
  static const struct {
    const char *piece, *by, *path;
    wb_status status;
    uint32_t line, column;
  } rows[] = {
      {"patient.status == \\\"active\\\"", "patient.status ==", "/audience", WB_E_SYNTAX, 1, 18},
      {"patient.status == \\\"active\\\"", "true &&\\n patient.state == \\\"active\\\"",
       "/audience", WB_E_NAME, 2, 2},
      {"\\\"12+\\\"", "\\\"12\\\"", "/segments/0/where", WB_E_NAME, 1, 16},
      {"\"where\":\"true\"", "\"where\":\"recare.overdue_months\"", "/segments/1/where", WB_E_TYPE,
       1, 1},
      {"\"recare.booked\"", "\"recare.bookd\"", "/exits/booked", WB_E_NAME, 1, 1},
      {"{{ patient.name }}", "{{ patient.name", "/texts/sms/en/body", WB_E_SYNTAX, 1, 4},
      {"{{ patient.name }}", "{{ recare.band }}", "/texts/sms/en/body", WB_E_POLICY, 1, 7},
      {"\"subject\":\"Hi\"", "\"subject\":\"Hi {{ recare.band }}\"", "/texts/mail/en/subject",
       WB_E_POLICY, 1, 7},
      {"Hello.", "Hello.\\n{{ patient.nam }}", "/texts/mail/en/body", WB_E_NAME, 2, 4},
      {"Hello.", "Hello.\\nGet 20% off.", "/texts/mail/en/body", WB_E_POLICY, 2, 7},
      {"Hola.", "Hola. Un regalo.", "/texts/sms/es/body", WB_E_POLICY, 1, 10},
      {"Hola.", "Use sus beneficios", "/texts/sms/es/body", WB_E_POLICY, 1, 5},
      {"\"subject\":\"Hi\"", "\"subject\":\"You owe us\"", "/texts/mail/en/subject", WB_E_POLICY, 1,
       5},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char *json = changed(rows[i].piece, rows[i].by);
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    const wb_status status = compile(json, &campaign, &error);
    if (status != rows[i].status || strcmp(error.path, rows[i].path) != 0 ||
        error.line != rows[i].line || error.column != rows[i].column) {
      fail_msg("%s: %s at %s %u:%u: %s", rows[i].by, wb_status_name(status), error.path, error.line,
               error.column, error.message);
    }
    free(json);
  }
}

static void what_is_not_a_campaign_is_refused(void **state) {
  wb_campaign *campaign = NULL;
  wb_error error = {0};
  (void)state;
  assert_int_equal(compile("{", &campaign, &error), WB_E_SYNTAX);
  assert_int_equal(compile("[]", &campaign, &error), WB_E_TYPE);
  assert_int_equal(compile("", &campaign, &error), WB_E_SYNTAX);
  assert_null(campaign);
}

/* The plain campaign with one piece replaced by many, each with its number between head and tail.
 */
static char *repeated(const char *piece, const char *head, const char *tail, size_t count) {
  char *by = calloc(count, 64), *at = by;
  assert_non_null(by);
  for (size_t i = 0; i < count; i++) {
    at += snprintf(at, 64, "%s%s%d%s", i > 0 ? "," : "", head, (int)i, tail);
  }
  char *json = changed(piece, by);
  free(by);
  return json;
}

static void lists_have_limits(void **state) {
  static const struct {
    const char *piece, *head, *tail, *path;
    size_t most;
  } rows[] = {
      {"{\"name\":\"rest\",\"where\":\"true\"}", "{\"name\":\"", "\",\"where\":\"true\"}",
       "/segments", 31},
      {"{\"id\":\"days\",\"wait\":{\"days\":3}}", "{\"id\":\"", "\",\"wait\":{\"days\":1}}",
       "/steps", 61},
      {"\"seen\":\"recare.band == \\\"not_due\\\"\"", "\"", "\":\"recare.booked\"", "/exits", 15},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char *json = repeated(rows[i].piece, rows[i].head, rows[i].tail, rows[i].most);
    wb_campaign_unref(compiled(json));
    free(json);
    json = repeated(rows[i].piece, rows[i].head, rows[i].tail, rows[i].most + 1);
    refused(json, rows[i].path, WB_E_LIMIT, rows[i].path);
    free(json);
  }
}

static void names_have_limits(void **state) {
  char name[80];
  (void)state;
  for (size_t length = 64; length <= 65; length++) {
    memset(name, 'a', sizeof name);
    name[0] = name[length + 1] = '"';
    name[length + 2] = '\0';
    char *json = changed("\"try-1\"", name);
    if (length == 64) {
      wb_campaign_unref(compiled(json));
    } else {
      refused(json, "a long name", WB_E_LIMIT, "/name");
    }
    free(json);
  }
}

static void a_campaign_is_at_most_a_mebibyte(void **state) {
  const size_t most = (size_t)1 << 20;
  char *json = malloc(most + 1);
  wb_campaign *campaign = NULL;
  wb_schema *schema = NULL;
  (void)state;
  assert_non_null(json);
  memset(json, ' ', most + 1);
  memcpy(json, plain, strlen(plain));
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_campaign_new(NULL, schema, NULL, json, most + 1, &campaign, NULL),
                   WB_E_LIMIT);
  assert_null(campaign);
  assert_int_equal(wb_campaign_new(NULL, schema, NULL, json, most, &campaign, NULL), WB_OK);
  wb_campaign_unref(campaign);
  wb_schema_unref(schema);
  free(json);
}

static void null_is_refused(void **state) {
  wb_campaign *campaign = NULL;
  wb_campaign_info info = {.size = 0};
  wb_schema *schema = NULL;
  (void)state;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_campaign_new(NULL, NULL, NULL, "{}", 2, &campaign, NULL), WB_E_INVALID);
  assert_int_equal(wb_campaign_new(NULL, schema, NULL, NULL, 0, &campaign, NULL), WB_E_INVALID);
  assert_int_equal(wb_campaign_new(NULL, schema, NULL, "{}", 2, NULL, NULL), WB_E_INVALID);
  assert_null(campaign);
  wb_schema_unref(schema);
  campaign = compiled(plain);
  assert_int_equal(wb_campaign_get(campaign, &info), WB_E_INVALID);
  assert_int_equal(wb_campaign_get(campaign, NULL), WB_E_INVALID);
  info.size = sizeof info;
  assert_int_equal(wb_campaign_get(NULL, &info), WB_E_INVALID);
  wb_campaign_unref(campaign);
  wb_campaign_unref(NULL);
  assert_null(wb_campaign_ref(NULL));
}

static void a_reference_keeps_a_campaign(void **state) {
  wb_campaign *campaign = compiled(plain);
  (void)state;
  assert_ptr_equal(wb_campaign_ref(campaign), campaign);
  wb_campaign_unref(campaign);
  text_is(campaign->name, "try-1");
  wb_campaign_unref(campaign);
}

/* The plain campaign whose SMS has more members, and has another text beside it. */
static char *beside(const char *members, const char *other) {
  char by[512];
  snprintf(by, sizeof by, "\"texts\":{%s,\"sms\":{%s", other, members);
  return changed("\"texts\":{\"sms\":{", by);
}

static void a_text_names_what_stands_in_for_it(void **state) {
  (void)state;
  char *json = beside("\"detail\":\"o\",", OTHER("o", "\"register\":\"detail\","));
  wb_campaign *it = compiled(json);
  const wbi_campaign_text *sms = &it->texts[3];
  text_is(sms->name, "sms");
  assert_int_equal(sms->register_, WB_REGISTER_GENERAL);
  text_is(it->texts[sms->detail].name, "o");
  assert_int_equal(it->texts[sms->detail].register_, WB_REGISTER_DETAIL);
  assert_int_equal(sms->fallback, WBI_NO_TEXT);
  wb_campaign_unref(it);
  free(json);
  json = beside("\"fallback\":\"o\",", OTHER("o", "\"register\":\"neutral\","));
  it = compiled(json);
  text_is(it->texts[it->texts[3].fallback].name, "o");
  wb_campaign_unref(it);
  free(json);
}

static void a_campaign_shares_one_neutral_text_a_channel(void **state) {
  (void)state;
  char *json =
      changed("\"texts\":{",
              "\"fallback\":[\"o\"],\"texts\":{" OTHER("o", "\"register\":\"neutral\",") ",");
  wb_campaign *it = compiled(json);
  text_is(it->texts[2].name, "o");
  assert_int_equal(it->texts[2].fallback, WBI_NO_TEXT);
  assert_int_equal(it->texts[3].fallback, 2);           /* sms */
  assert_int_equal(it->texts[0].fallback, WBI_NO_TEXT); /* call */
  wb_campaign_unref(it);
  free(json);
}

/* Those that ship are in the canonical form as any other, so that they are pinned. */
static void a_neutral_text_that_ships_is_had_by_naming_it(void **state) {
  (void)state;
  char *json = changed("\"texts\":{", "\"fallback\":[\"text-neutral\"],\"texts\":{");
  wb_campaign_info info = {.size = sizeof info};
  wb_campaign *it = compiled(json);
  text_is(it->texts[2].name, "sms");
  text_is(it->texts[it->texts[2].fallback].name, "text-neutral");
  assert_int_equal(wb_campaign_get(it, &info), WB_OK);
  assert_non_null(strstr(info.canonical, "It's time to plan your next visit."));
  wb_campaign_unref(it);
  free(json);
  json = changed("\"texts\":{", "\"fallback\":[\"text-neutral\"],\"texts\":{" OTHER(
                                    "text-neutral", "\"register\":\"neutral\",") ",");
  it = compiled(json); /* its own goes first */
  assert_int_equal(wb_campaign_get(it, &info), WB_OK);
  assert_null(strstr(info.canonical, "It's time to plan your next visit."));
  wb_campaign_unref(it);
  free(json);
  json = changed("\"texts\":{", "\"fallback\":[\"text-neutrl\"],\"texts\":{");
  refused(json, "none of that name ships", WB_E_NAME, "/fallback/0");
  free(json);
}

/* What a rule reads is told by the text that it chooses. */
static void a_rule_chooses_by_what_the_policy_lets_choose(void **state) {
  static const char instead[] = "\"instead\":[{\"when\":\"%s\",\"text\":\"o\"}],";
  static const struct {
    const char *rule, *more;
    wb_status status;
  } rows[] = {
      {"recare.band == \\\"12+\\\"", "", WB_OK},
      {"patient.balance > 0", "", WB_E_POLICY},
      {"recare.band == null || patient.age > 60", "", WB_E_POLICY},
      {"patient.balance > 0", "\"register\":\"neutral\",", WB_E_POLICY},
      {"patient.balance > 0", "\"register\":\"detail\",", WB_OK},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char members[160], other[160];
    snprintf(members, sizeof members, instead, rows[i].rule);
    snprintf(other, sizeof other, "\"o\":{\"channel\":\"sms\",%s\"en\":{\"body\":\"Other.\"}}",
             rows[i].more);
    char *json = beside(members, other);
    if (rows[i].status != WB_OK) {
      refused(json, rows[i].rule, rows[i].status, "/texts/sms/instead/0");
    } else {
      wb_campaign *it = compiled(json);
      assert_int_equal(it->texts[3].choice_count, 1);
      text_is(it->texts[it->texts[3].choices[0].index].name, "o");
      wb_campaign_unref(it);
    }
    free(json);
  }
}

static void a_policy_may_narrow_the_texts(void **state) {
  static const char narrow[] = "{\"channels\":{\"sms\":{\"read\":[\"public\"]}}}";
  static const char blind[] = "{\"channels\":{\"sms\":{\"choose\":[\"name\"]}}}";
  wb_schema *schema = NULL;
  wb_campaign *campaign = NULL;
  wb_policy *policy = NULL;
  wb_error error = {0};
  (void)state;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_policy_new(NULL, schema, narrow, strlen(narrow), &policy, &error), WB_OK);
  assert_int_equal(wb_campaign_new(NULL, schema, policy, plain, strlen(plain), &campaign, &error),
                   WB_E_POLICY);
  assert_string_equal(error.path, "/texts/sms/en/body");
  wb_policy_unref(policy);
  /* the language is public: where that may not choose, a text has one language */
  assert_int_equal(wb_policy_new(NULL, schema, blind, strlen(blind), &policy, &error), WB_OK);
  assert_int_equal(wb_campaign_new(NULL, schema, policy, plain, strlen(plain), &campaign, &error),
                   WB_E_POLICY);
  assert_string_equal(error.path, "/texts/sms");
  char *json = changed("\"es\":{\"body\":\"Hola.\"},", "");
  assert_int_equal(wb_campaign_new(NULL, schema, policy, json, strlen(json), &campaign, &error),
                   WB_OK);
  wb_campaign_unref(campaign);
  wb_policy_unref(policy);
  wb_schema_unref(schema);
  free(json);
}

static void a_page_that_stands_for_the_body_is_held_to_what_a_body_may_read(void **state) {
  static const char narrow[] = "{\"channels\":{\"email.text\":{\"read\":[\"public\"]}}}";
  static const char *const pages[] = {"\"html\":\"<p>{{ patient.name }}</p>\"",
                                      "\"html\":\"<p>{{ location.name }}</p>\"",
                                      "\"html\":\"<p>{{ patient.name }}</p>\",\"body\":\"Hello.\""};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(pages); i++) {
    wb_schema *schema = NULL;
    wb_policy *policy = NULL;
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    char *json = changed("\"body\":\"Hello.\"", pages[i]);
    assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
    assert_int_equal(wb_policy_new(NULL, schema, narrow, strlen(narrow), &policy, &error), WB_OK);
    assert_int_equal(wb_campaign_new(NULL, schema, policy, json, strlen(json), &campaign, &error),
                     i == 0 ? WB_E_POLICY : WB_OK);
    assert_string_equal(error.path, i == 0 ? "/texts/mail/en/html" : "");
    wb_campaign_unref(campaign);
    wb_policy_unref(policy);
    wb_schema_unref(schema);
    free(json);
  }
}

static void every_failed_allocation_is_told_and_leaks_nothing(void **state) {
  (void)state;
  char *json =
      beside("\"detail\":\"o\",\"instead\":[{\"when\":\"recare.band == null\",\"text\":\"o\"}],",
             OTHER("o", "\"register\":\"detail\","));
  for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; ++mode) {
    fault_memory memory = {0};
    wb_context *context = fault_context(&memory);
    wb_schema *schema = NULL;
    assert_int_equal(wb_schema_new(context, NULL, 0, &schema, NULL), WB_OK);
    const uint64_t live = memory.live;
    for (uint64_t at = 1;; ++at) {
      wb_campaign *campaign = NULL;
      wb_error error = {0};
      fault_arm(&memory.plan, mode, at);
      const wb_status status =
          wb_campaign_new(context, schema, NULL, json, strlen(json), &campaign, &error);
      if (memory.plan.hits == 0) {
        assert_int_equal(status, WB_OK);
        wb_campaign_unref(campaign);
        assert_true(at > 10);
        break;
      }
      assert_int_equal(status, WB_E_NOMEM);
      assert_int_equal(error.status, WB_E_NOMEM);
      assert_null(campaign);
      assert_int_equal(memory.live, live);
    }
    fault_arm(&memory.plan, FAULT_NEVER, 0);
    wb_schema_unref(schema);
    wb_context_unref(context);
    assert_int_equal(memory.live, 0);
  }
  free(json);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_campaign_is_read_as_written),
      cmocka_unit_test(steps_are_read_as_written),
      cmocka_unit_test(texts_begin_with_english),
      cmocka_unit_test(caps_have_defaults),
      cmocka_unit_test(responses_may_be_left_out),
      cmocka_unit_test(a_call_may_be_to_a_guardian),
      cmocka_unit_test(calls_in_vain_end_a_sequence_or_not),
      cmocka_unit_test(the_canonical_form_compiles_alike),
      cmocka_unit_test(the_content_id_is_the_sha_256_of_the_canonical_form),
      cmocka_unit_test(what_is_missing_is_refused),
      cmocka_unit_test(what_is_wrong_is_refused_where_it_stands),
      cmocka_unit_test(rules_and_texts_say_where_inside),
      cmocka_unit_test(what_is_not_a_campaign_is_refused),
      cmocka_unit_test(lists_have_limits),
      cmocka_unit_test(names_have_limits),
      cmocka_unit_test(a_campaign_is_at_most_a_mebibyte),
      cmocka_unit_test(null_is_refused),
      cmocka_unit_test(a_reference_keeps_a_campaign),
      cmocka_unit_test(a_text_names_what_stands_in_for_it),
      cmocka_unit_test(a_campaign_shares_one_neutral_text_a_channel),
      cmocka_unit_test(a_neutral_text_that_ships_is_had_by_naming_it),
      cmocka_unit_test(a_rule_chooses_by_what_the_policy_lets_choose),
      cmocka_unit_test(a_policy_may_narrow_the_texts),
      cmocka_unit_test(a_page_that_stands_for_the_body_is_held_to_what_a_body_may_read),
      cmocka_unit_test(every_failed_allocation_is_told_and_leaks_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
