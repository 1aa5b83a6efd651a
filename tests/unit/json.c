/* SPDX-License-Identifier: MIT */
/* JSON: what is read, what is refused and where, members, and the canonical form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/fault.h"

/* An arena for each test. */
static int arena_open(void **state) {
  static wbi_arena arena;
  wbi_arena_init(&arena, NULL, 0);
  *state = &arena;
  return 0;
}

static int arena_close(void **state) {
  wbi_arena_free(*state);
  return 0;
}

/* The tree of a text that is right. */
static wbi_json *parsed(void **state, const char *text) {
  wbi_json *root = NULL;
  wb_error error = {0};
  const wb_status status = wbi_json_parse(*state, wbi_text_of(text), &root, &error);
  if (status != WB_OK) fail_msg("%s: %s", text, error.message);
  return root;
}

/* Asserts the canonical form of a text. */
static void assert_canonical(void **state, const char *text, const char *wanted) {
  char out[400];
  wbi_writer writer = {out, sizeof out, 0};
  assert_int_equal(wbi_json_canonical(parsed(state, text), &writer, NULL), WB_OK);
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  assert_string_equal(out, wanted);
}

/* Asserts that a text is refused, and where. */
static void assert_refused(void **state, const char *text, wb_status status, uint32_t line,
                           uint32_t column) {
  wbi_json *root = NULL;
  wb_error error = {0};
  const wb_status got = wbi_json_parse(*state, wbi_text_of(text), &root, &error);
  if (got != status || error.line != line || error.column != column) {
    fail_msg("%s: %d at %u:%u, %s", text, got, error.line, error.column, error.message);
  }
  assert_null(root);
  assert_int_equal(error.status, status);
  assert_int_equal(wbi_json_parse(*state, wbi_text_of(text), &root, NULL), status);
}

static void values_of_every_kind_are_read(void **state) {
  const wbi_json *root =
      parsed(state, "{\"n\":null,\"t\":true,\"f\":false,\"i\":-12,\"d\":1.5e3,\"s\":\"x\","
                    "\"a\":[1,[]],\"o\":{}}");
  assert_int_equal(root->kind, WBI_JSON_OBJECT);
  assert_int_equal(root->count, 8);
  assert_int_equal(wbi_json_find(root, "n")->kind, WBI_JSON_NULL);
  assert_true(wbi_json_find(root, "t")->truth);
  assert_false(wbi_json_find(root, "f")->truth);
  assert_int_equal(wbi_json_find(root, "f")->kind, WBI_JSON_BOOL);
  assert_int_equal(wbi_json_find(root, "i")->kind, WBI_JSON_INT);
  assert_int_equal(wbi_json_find(root, "i")->integer, -12);
  assert_int_equal(wbi_json_find(root, "d")->kind, WBI_JSON_NUMBER);
  assert_true(wbi_text_equal(wbi_json_find(root, "d")->text, WBI_TEXT("1.5e3")));
  assert_int_equal(wbi_json_find(root, "s")->kind, WBI_JSON_TEXT);
  const wbi_json *array = wbi_json_find(root, "a");
  assert_int_equal(array->count, 2);
  assert_int_equal(array->first->integer, 1);
  assert_int_equal(array->first->next->kind, WBI_JSON_ARRAY);
  assert_int_equal(array->first->next->count, 0);
  assert_ptr_equal(array->parent, root);
  assert_int_equal(wbi_json_find(root, "o")->kind, WBI_JSON_OBJECT);
  assert_null(wbi_json_find(root, "x"));
  assert_null(wbi_json_find(array, "n"));
  assert_null(wbi_json_find(NULL, "n"));
}

static void members_keep_their_order_and_place(void **state) {
  const wbi_json *root = parsed(state, " {\n  \"b\": 1,\n  \"a\" :\t[ 2,\r\n3 ]\n}\n");
  assert_int_equal(root->line, 1);
  assert_int_equal(root->column, 2);
  const wbi_json *b = root->first, *a = b->next;
  assert_true(wbi_text_equal(b->name, WBI_TEXT("b")));
  assert_int_equal(b->line, 2);
  assert_int_equal(b->column, 8);
  assert_true(wbi_text_equal(a->name, WBI_TEXT("a")));
  assert_int_equal(a->first->next->line, 4);
  assert_int_equal(a->first->next->column, 1);
  assert_null(a->next);
}

static void integers_end_where_int64_ends(void **state) {
  assert_int_equal(parsed(state, "9223372036854775807")->kind, WBI_JSON_INT);
  assert_int_equal(parsed(state, "9223372036854775808")->kind, WBI_JSON_NUMBER);
  assert_true(parsed(state, "-9223372036854775808")->integer == INT64_MIN);
  assert_int_equal(parsed(state, "-9223372036854775809")->kind, WBI_JSON_NUMBER);
  assert_int_equal(parsed(state, "1.0")->kind, WBI_JSON_NUMBER);
  assert_int_equal(parsed(state, "1e0")->kind, WBI_JSON_NUMBER);
  assert_int_equal(parsed(state, "0E-5")->kind, WBI_JSON_NUMBER);
}

static void escapes_become_utf8(void **state) {
  const wbi_json *root = parsed(
      state, "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\ud83d\\ude00\\ue000\\u0000z\"");
  assert_int_equal(root->text.length, 23);
  assert_memory_equal(root->text.data,
                      "\"\\/\b\f\n\r\tA\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xEE\x80\x80\0z", 23);
}

static void surrogates_are_pairs_from_their_first_to_their_last(void **state) {
  const wbi_json *root = parsed(state, "\"\\ud7ff\\ud800\\udc00\\udbff\\udfff\\ue000\"");
  assert_int_equal(root->text.length, 14);
  assert_memory_equal(root->text.data, "\xED\x9F\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\xEE\x80\x80",
                      14);
  assert_refused(state, "\"\\udc00\\udc00\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\udfff\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\udbff\\udbff\"", WB_E_SYNTAX, 1, 2);
}

static void bad_strings_are_refused(void **state) {
  assert_refused(state, "\"abc", WB_E_SYNTAX, 1, 1);
  assert_refused(state, "\"abc\\", WB_E_SYNTAX, 1, 1);
  assert_refused(state, "\"abc\\\"", WB_E_SYNTAX, 1, 1);
  assert_refused(state, "\"a\nb\"", WB_E_SYNTAX, 1, 3);
  assert_refused(state, "\"a\x01\"", WB_E_SYNTAX, 1, 3);
  assert_refused(state, "\"\\x\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\u12g4\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\u12\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\ud83d\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\ud83dx\\ude00\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\ud83dxxde00\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\ud83d\\ud83d\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\ud83d\\ue000\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\ud83d\\u12\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "\"\\ude00\"", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "[1,\n\"\xC3\x28\"]", WB_E_SYNTAX, 2, 2);
}

static void bad_numbers_and_words_are_refused(void **state) {
  const char *const bad[] = {"01", "-", "-a", "1.", "1.e2", "1e", "1e+", "00", "-01"};
  for (size_t i = 0; i < WBI_COUNT(bad); i++)
    assert_refused(state, bad[i], WB_E_SYNTAX, 1, 1);
  assert_refused(state, "1.5.5", WB_E_SYNTAX, 1, 4);
  assert_refused(state, "+1", WB_E_SYNTAX, 1, 1);
  assert_refused(state, ".5", WB_E_SYNTAX, 1, 1);
  assert_refused(state, "nul", WB_E_SYNTAX, 1, 1);
  assert_refused(state, "True", WB_E_SYNTAX, 1, 1);
  assert_refused(state, "truee", WB_E_SYNTAX, 1, 5);
  assert_refused(state, "NaN", WB_E_SYNTAX, 1, 1);
  assert_refused(state, "'a'", WB_E_SYNTAX, 1, 1);
}

static void bad_structure_is_refused(void **state) {
  assert_refused(state, "", WB_E_SYNTAX, 1, 1);
  assert_refused(state, " \n ", WB_E_SYNTAX, 2, 2);
  assert_refused(state, "[1,]", WB_E_SYNTAX, 1, 4);
  assert_refused(state, "[,1]", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "[1 2]", WB_E_SYNTAX, 1, 4);
  assert_refused(state, "[1}", WB_E_SYNTAX, 1, 3);
  assert_refused(state, "[", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "[1", WB_E_SYNTAX, 1, 3);
  assert_refused(state, "{\"a\":1,}", WB_E_SYNTAX, 1, 8);
  assert_refused(state, "{,}", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "{\"a\"}", WB_E_SYNTAX, 1, 5);
  assert_refused(state, "{\"a\":}", WB_E_SYNTAX, 1, 6);
  assert_refused(state, "{\"a\":1]", WB_E_SYNTAX, 1, 7);
  assert_refused(state, "{a:1}", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "{1:1}", WB_E_SYNTAX, 1, 2);
  assert_refused(state, "1 2", WB_E_SYNTAX, 1, 3);
  assert_refused(state, "[]\n]", WB_E_SYNTAX, 2, 1);
  assert_refused(state, "[1] // no comments", WB_E_SYNTAX, 1, 5);
}

static void second_member_of_a_name_is_refused(void **state) {
  assert_refused(state, "{\"a\":1,\n\"b\":2,\"a\":3}", WB_E_SYNTAX, 2, 11);
  assert_refused(state, "[{\"\":1,\"\":1}]", WB_E_SYNTAX, 1, 11);
  assert_refused(state, "{\"\\u0061\":1,\"a\":1}", WB_E_SYNTAX, 1, 17);
  assert_canonical(state, "{\"a\":{\"a\":1},\"A\":2}", "{\"A\":2,\"a\":{\"a\":1}}");
}

static void byte_order_mark_is_skipped(void **state) {
  assert_int_equal(parsed(state, "\xEF\xBB\xBF[1]")->count, 1);
  assert_refused(state, "\xEF\xBB\xBF\xEF\xBB\xBF[]", WB_E_SYNTAX, 1, 4);
}

static void depth_ends_at_the_limit_of_the_context(void **state) {
  (void)state;
  wb_context *context = NULL;
  wb_context_options options = {.size = sizeof options, .max_depth = 3};
  assert_int_equal(wb_context_new(&options, &context, NULL), WB_OK);
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  wbi_json *root = NULL;
  wb_error error;
  assert_int_equal(wbi_json_parse(&arena, WBI_TEXT("[[{}],[[]]]"), &root, &error), WB_OK);
  root = NULL;
  assert_int_equal(wbi_json_parse(&arena, WBI_TEXT("[[{\"a\":[]}]]"), &root, &error), WB_E_LIMIT);
  assert_int_equal(error.column, 8);
  assert_null(root);
  wbi_arena_free(&arena);
  wb_context_unref(context);
}

static void a_million_brackets_do_no_harm(void **state) {
  enum { BRACKETS = 1000000 };
  char *text = wbi_alloc(NULL, BRACKETS);
  memset(text, '[', BRACKETS);
  wbi_json *root = NULL;
  assert_int_equal(wbi_json_parse(*state, (wbi_text){text, BRACKETS}, &root, NULL), WB_E_LIMIT);
  assert_null(root);
  wbi_free(NULL, text, BRACKETS);
}

static void every_failed_allocation_is_reported(void **state) {
  (void)state;
  const wbi_text text = WBI_TEXT("{\"a\":[1,2.5,\"x\\n\",{\"b\":null}],\"c\":true}");
  for (size_t at = 1;; at++) {
    wbi_arena arena;
    wbi_json *root = NULL;
    wbi_arena_init(&arena, NULL, at * 16);
    const wb_status status = wbi_json_parse(&arena, text, &root, NULL);
    wbi_arena_free(&arena);
    if (status == WB_OK) break;
    assert_int_equal(status, WB_E_NOMEM);
    assert_null(root);
    assert_true(at < 1000);
  }
}

static void canonical_form_is_sorted_and_tight(void **state) {
  assert_canonical(state, " [ ] ", "[]");
  assert_canonical(state, "{ }", "{}");
  assert_canonical(state, "[ -0 , true , \"\\u0041\\n\" , null ]", "[0,true,\"A\\n\",null]");
  assert_canonical(state,
                   "{\"b\":[{\"z\":1,\"y\":{\"q\":[],\"p\":{}}},2],\"aa\":3,\"a\":4,\"\":5,"
                   "\"\xC3\xA9\":6,\"Z\":7}",
                   "{\"\":5,\"Z\":7,\"a\":4,\"aa\":3,\"b\":[{\"y\":{\"p\":{},\"q\":[]},\"z\":1},2],"
                   "\"\xC3\xA9\":6}");
}

static void canonical_form_does_not_depend_on_the_order_of_members(void **state) {
  char text[4000], first[4000], again[4000];
  for (unsigned turn = 0; turn < 2; turn++) {
    wbi_writer writer = {text, sizeof text, 0};
    wbi_put_char(&writer, '{');
    for (unsigned i = 0; i < 200; i++) {
      if (i > 0) wbi_put_char(&writer, ',');
      wbi_put_char(&writer, '"');
      wbi_put_padded(&writer, turn == 0 ? i * 77 % 200 : 199 - i, 3);
      wbi_put_text(&writer, WBI_TEXT("\":1"));
    }
    wbi_put_char(&writer, '}');
    assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
    wbi_writer out = {turn == 0 ? first : again, sizeof first, 0};
    assert_int_equal(wbi_json_canonical(parsed(state, text), &out, NULL), WB_OK);
    assert_int_equal(wbi_writer_finish(&out, NULL), WB_OK);
  }
  assert_string_equal(first, again);
  assert_int_equal(strncmp(first, "{\"000\":1,\"001\":1,", 17), 0);
}

static void fractions_have_no_canonical_form(void **state) {
  char out[40];
  wb_error error;
  wbi_writer writer = {out, sizeof out, 0};
  wbi_put_char(&writer, '#');
  const wbi_json *root = parsed(state, "{\"x\":[0,\n{\"k/~\":1e3}]}");
  assert_int_equal(wbi_json_canonical(root, &writer, &error), WB_E_TYPE);
  assert_string_equal(error.path, "/x/1/k~1~0");
  assert_int_equal(error.line, 2);
  assert_int_equal(error.column, 8);
  assert_int_equal(writer.length, 1);
  wbi_text canonical = {NULL, 0};
  uint8_t content_id[32] = {7};
  assert_int_equal(wbi_json_seal(*state, root, &canonical, content_id, &error), WB_E_TYPE);
  assert_string_equal(error.message, "This must be a whole number.");
  assert_null(canonical.data);
  assert_int_equal(content_id[0], 7);
}

static void part_of_a_tree_has_a_canonical_form(void **state) {
  char out[40];
  wbi_writer writer = {out, sizeof out, 0};
  const wbi_json *root = parsed(state, "{\"b\":{\"d\":1,\"c\":2},\"a\":3}");
  assert_int_equal(wbi_json_canonical(wbi_json_find(root, "b"), &writer, NULL), WB_OK);
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  assert_string_equal(out, "{\"c\":2,\"d\":1}");
}

static void members_are_asked_by_kind(void **state) {
  const wbi_json *root = parsed(state, "{\"s\":\"x\",\"i\":5,\"b\":true,\"d\":1.5,\"a\":[]}");
  const wbi_json *node = NULL;
  wbi_text text = WBI_TEXT("old");
  int64_t integer = 1;
  bool truth = false;
  assert_int_equal(wbi_json_get_text(root, "s", true, &text, NULL), WB_OK);
  assert_true(wbi_text_equal(text, WBI_TEXT("x")));
  assert_int_equal(wbi_json_get_int(root, "i", true, 5, 5, &integer, NULL), WB_OK);
  assert_int_equal(integer, 5);
  assert_int_equal(wbi_json_get_bool(root, "b", true, &truth, NULL), WB_OK);
  assert_true(truth);
  assert_int_equal(wbi_json_get(root, "a", WBI_JSON_ARRAY, true, &node, NULL), WB_OK);
  assert_int_equal(node->kind, WBI_JSON_ARRAY);
  assert_int_equal(wbi_json_get(root, "i", WBI_JSON_NUMBER, true, &node, NULL), WB_OK);
  assert_int_equal(node->kind, WBI_JSON_INT);
  assert_int_equal(wbi_json_get(root, "d", WBI_JSON_NUMBER, true, &node, NULL), WB_OK);
  assert_int_equal(node->kind, WBI_JSON_NUMBER);
}

static void missing_members_leave_the_answer_alone(void **state) {
  const wbi_json *root = parsed(state, "{\"o\":{}}");
  const wbi_json *inner = wbi_json_find(root, "o");
  const wbi_json *node = NULL;
  wb_error error;
  wbi_text text = WBI_TEXT("old");
  int64_t integer = 1;
  bool truth = true;
  assert_int_equal(wbi_json_get_text(inner, "s", false, &text, NULL), WB_OK);
  assert_int_equal(wbi_json_get_int(inner, "i", false, 0, 9, &integer, NULL), WB_OK);
  assert_int_equal(wbi_json_get_bool(inner, "b", false, &truth, NULL), WB_OK);
  assert_int_equal(wbi_json_get(inner, "a", WBI_JSON_ARRAY, false, &node, NULL), WB_OK);
  assert_int_equal(wbi_json_get_text(inner, "s", true, &text, &error), WB_E_INVALID);
  assert_string_equal(error.message, "The member \"s\" is missing.");
  assert_string_equal(error.path, "/o");
  assert_int_equal(error.column, 6);
  assert_true(wbi_text_equal(text, WBI_TEXT("old")));
  assert_int_equal(integer, 1);
  assert_true(truth);
  assert_null(node);
}

static void members_of_another_kind_or_range_are_refused(void **state) {
  const wbi_json *root = parsed(state, "{\"s\":1,\"i\":\"x\",\"n\":null,\"d\":1.5,\"r\":10}");
  wb_error error;
  wbi_text text;
  int64_t integer = 1;
  bool truth;
  assert_int_equal(wbi_json_get_text(root, "s", false, &text, &error), WB_E_TYPE);
  assert_string_equal(error.path, "/s");
  assert_string_equal(error.message, "This must be a string.");
  assert_int_equal(wbi_json_get_int(root, "i", false, 0, 9, &integer, &error), WB_E_TYPE);
  assert_string_equal(error.message, "This must be a whole number.");
  assert_int_equal(wbi_json_get_int(root, "d", false, 0, 9, &integer, &error), WB_E_TYPE);
  assert_int_equal(wbi_json_get_bool(root, "n", false, &truth, &error), WB_E_TYPE);
  assert_int_equal(wbi_json_get_int(root, "r", true, 0, 9, &integer, &error), WB_E_RANGE);
  assert_int_equal(wbi_json_get_int(root, "r", true, 11, 20, &integer, &error), WB_E_RANGE);
  assert_int_equal(wbi_json_get_int(root, "r", true, 10, 10, &integer, &error), WB_OK);
  const wbi_json *node = NULL;
  assert_int_equal(wbi_json_get(root, "i", WBI_JSON_NUMBER, true, &node, &error), WB_E_TYPE);
  assert_string_equal(error.message, "This must be a number.");
  assert_int_equal(wbi_json_get_text(root->first, "s", false, &text, &error), WB_E_TYPE);
  assert_string_equal(error.message, "This must be an object.");
}

static void unknown_members_are_named_with_the_nearest(void **state) {
  static const char *const names[] = {"template", "after", NULL};
  wb_error error;
  const wbi_json *root = parsed(state, "{\"steps\":[{\"after\":1,\"templat\":2},{\"zzzzzz\":1}]}");
  const wbi_json *step = wbi_json_find(root, "steps")->first;
  assert_int_equal(wbi_json_only(step, names, &error), WB_E_NAME);
  assert_string_equal(error.path, "/steps/0/templat");
  assert_string_equal(error.message, "There is no member of this name; did you mean \"template\"?");
  assert_int_equal(wbi_json_only(step->next, names, &error), WB_E_NAME);
  assert_string_equal(error.path, "/steps/1/zzzzzz");
  assert_string_equal(error.message, "There is no member of this name.");
  assert_int_equal(wbi_json_only(parsed(state, "{\"after\":1}"), names, NULL), WB_OK);
  assert_int_equal(wbi_json_only(step, names, NULL), WB_E_NAME);
}

static void very_long_paths_are_cut(void **state) {
  wb_error error;
  char text[200] = "{\"";
  memset(text + 2, 'n', 120);
  strcpy(text + 122, "\":[1]}");
  const wbi_json *root = parsed(state, text);
  assert_int_equal(wbi_json_fail(root->first->first, &error, WB_E_TYPE, "No."), WB_E_TYPE);
  assert_int_equal(strlen(error.path), 79);
  assert_int_equal(strncmp(error.path, "/nnn", 4), 0);
}

static void a_member_is_put_where_its_name_stands_and_taken_out(void **state) {
  wbi_json *object = parsed(state, "{\"b\": 1, \"d\": [2]}");
  wbi_json *values = parsed(state, "[{\"x\": 3}, true, \"s\", null]");
  char out[100];
  wbi_writer writer = {out, sizeof out, 0};
  assert_int_equal(wbi_json_put(*state, object, WBI_TEXT("c"), values->first, NULL), WB_OK);
  assert_int_equal(wbi_json_put(*state, object, WBI_TEXT("a"), values->first->next, NULL), WB_OK);
  assert_int_equal(wbi_json_put(*state, object, WBI_TEXT("d"), values->first->next->next, NULL),
                   WB_OK);
  assert_int_equal(
      wbi_json_put(*state, object, WBI_TEXT("e"), values->first->next->next->next, NULL), WB_OK);
  assert_int_equal(object->count, 5);
  wbi_json_remove(object->first_sorted->next_sorted);
  wbi_json *last = object->first_sorted;
  while (last->next_sorted != NULL)
    last = last->next_sorted;
  wbi_json_remove(last);
  assert_int_equal(object->count, 3);
  assert_null(wbi_json_find(object, "b"));
  assert_int_equal(wbi_json_canonical(object, &writer, NULL), WB_OK);
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  assert_string_equal(out, "{\"a\":true,\"c\":{\"x\":3},\"d\":\"s\"}");
}

static void without_memory_no_member_is_put(void **state) {
  (void)state;
  wbi_arena arena;
  wbi_json *object = NULL;
  wb_error error = {0};
  wbi_arena_init(&arena, NULL, 2000);
  assert_int_equal(wbi_json_parse(&arena, WBI_TEXT("{\"b\": 1}"), &object, NULL), WB_OK);
  while (wbi_arena_alloc(&arena, 1) != NULL)
    continue;
  assert_int_equal(wbi_json_put(&arena, object, WBI_TEXT("a"), object->first, &error), WB_E_NOMEM);
  assert_int_equal(error.status, WB_E_NOMEM);
  assert_int_equal(object->count, 1);
  assert_null(wbi_json_find(object, "a"));
  wbi_arena_free(&arena);
}

static void errors_of_a_node_that_became_another_are_where_that_stands(void **state) {
  wbi_json *object = parsed(state, "{\"a\": {\"b\": 1}}");
  wbi_json *other = parsed(state, "{\n \"p\": [0,\n  {\"q\": [5, 6]}]}");
  wb_error error = {0};
  assert_int_equal(wbi_json_put(*state, object, WBI_TEXT("a"), other->first->first->next, NULL),
                   WB_OK);
  const wbi_json *taken = wbi_json_find(object, "a"), *q = wbi_json_find(taken, "q");
  wbi_json_fail(taken, &error, WB_E_INVALID, "x");
  assert_string_equal(error.path, "/p/1");
  assert_int_equal(error.line, 3);
  assert_int_equal(error.column, 3);
  wbi_json_fail(q->first->next, &error, WB_E_INVALID, "x");
  assert_string_equal(error.path, "/p/1/q/1");
  assert_int_equal(error.column, 13);
  wbi_json_fail(object, &error, WB_E_INVALID, "x");
  assert_string_equal(error.path, "");
}

static void a_walk_meets_every_node_in_the_order_of_the_text(void **state) {
  wbi_json *root = parsed(state, "{\"a\": [1, [2]], \"b\": {\"c\": 3}, \"d\": 4}");
  int64_t numbers = 0;
  for (wbi_json *node = root; node != NULL; node = wbi_json_after(node, root, true)) {
    if (node->kind == WBI_JSON_INT) numbers = numbers * 10 + node->integer;
  }
  assert_int_equal(numbers, 1234);
  assert_ptr_equal(wbi_json_after(root->first, root, false), root->first->next);
  assert_null(wbi_json_after(root, root, false));
}

#define JSON_TEST(name) cmocka_unit_test_setup_teardown(name, arena_open, arena_close)

int main(void) {
  const struct CMUnitTest tests[] = {
      JSON_TEST(values_of_every_kind_are_read),
      JSON_TEST(members_keep_their_order_and_place),
      JSON_TEST(integers_end_where_int64_ends),
      JSON_TEST(escapes_become_utf8),
      JSON_TEST(surrogates_are_pairs_from_their_first_to_their_last),
      JSON_TEST(bad_strings_are_refused),
      JSON_TEST(bad_numbers_and_words_are_refused),
      JSON_TEST(bad_structure_is_refused),
      JSON_TEST(second_member_of_a_name_is_refused),
      JSON_TEST(byte_order_mark_is_skipped),
      JSON_TEST(depth_ends_at_the_limit_of_the_context),
      JSON_TEST(a_million_brackets_do_no_harm),
      JSON_TEST(every_failed_allocation_is_reported),
      JSON_TEST(canonical_form_is_sorted_and_tight),
      JSON_TEST(canonical_form_does_not_depend_on_the_order_of_members),
      JSON_TEST(fractions_have_no_canonical_form),
      JSON_TEST(part_of_a_tree_has_a_canonical_form),
      JSON_TEST(members_are_asked_by_kind),
      JSON_TEST(missing_members_leave_the_answer_alone),
      JSON_TEST(members_of_another_kind_or_range_are_refused),
      JSON_TEST(unknown_members_are_named_with_the_nearest),
      JSON_TEST(very_long_paths_are_cut),
      JSON_TEST(a_member_is_put_where_its_name_stands_and_taken_out),
      JSON_TEST(without_memory_no_member_is_put),
      JSON_TEST(errors_of_a_node_that_became_another_are_where_that_stands),
      JSON_TEST(a_walk_meets_every_node_in_the_order_of_the_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
