/* SPDX-License-Identifier: MIT */
/* Every filter in every room, from none to enough: it fails until there is enough, and then says
   what it says in a large one. */
#include "support/filtered.h"

enum { ROOM_ENOUGH = 4096, ROOM_SMALL = 64, OUTCOME_MOST = 4200 };

/* What came of a filter. */
typedef struct outcome {
  wb_status status;
  char says[OUTCOME_MOST];
} outcome;

/* Applies a filter in a room of a size. */
static outcome apply(const wbi_filter *filter, wb_value value, const wb_value *arguments,
                     uint32_t count, size_t size) {
  char memory[ROOM_ENOUGH];
  outcome it = {.says = ""};
  wbi_room room = {.data = memory, .capacity = size};
  wbi_filtering filtering = {.room = &room};
  it.status = filter->apply(&filtering, &value, arguments, count);
  assert_in_range(room.used, 0, size);
  assert_int_equal(room.full, it.status == WB_E_LIMIT);
  if (it.status != WB_OK) return it;
  wbi_writer writer = {it.says, sizeof it.says, 0};
  filtered_put(&filtering, &writer, &value);
  return it;
}

static void assert_in_every_room(const wbi_filter *filter, wb_value value,
                                 const wb_value *arguments, uint32_t count) {
  const outcome wanted = apply(filter, value, arguments, count, ROOM_ENOUGH);
  bool enough = false;
  assert_int_not_equal(wanted.status, WB_E_LIMIT);
  for (size_t size = 0; size <= ROOM_ENOUGH; size += size < ROOM_SMALL ? 1 : size) {
    const outcome it = apply(filter, value, arguments, count, size);
    if (!enough && it.status == WB_E_LIMIT) continue;
    enough = true;
    assert_int_equal(it.status, wanted.status);
    assert_string_equal(it.says, wanted.says);
  }
  assert_true(enough);
}

static void what_a_filter_says_does_not_depend_on_the_room(void **state) {
  (void)state;
  static const char *const names[] = {
      "abs",      "append",         "at_least",   "at_most",       "capitalize",
      "ceil",     "date",           "date_words", "default",       "divided_by",
      "downcase", "escape",         "first",      "escape_once",   "floor",
      "initial",  "join",           "last",       "list_and",      "lstrip",
      "minus",    "modulo",         "money",      "newline_to_br", "phone",
      "plural",   "plus",           "prepend",    "remove",        "remove_first",
      "replace",  "replace_first",  "round",      "rstrip",        "size",
      "strip",    "strip_newlines", "times",      "truncate",      "truncatewords",
      "upcase",   "url_encode"};
  const wb_value values[] = {
      wbi_value_null(),
      bool_of(true),
      wbi_value_int(1234567),
      wbi_value_int(-5),
      {.size = sizeof(wb_value), .kind = WB_UINT, .integer = -1},
      {.size = sizeof(wb_value), .kind = WB_UNKNOWN},
      {.size = sizeof(wb_value), .kind = WB_DATE, .integer = 20515},
      {.size = sizeof(wb_value), .kind = WB_TIME, .integer = 1772548200},
      {.size = sizeof(wb_value), .kind = WB_DOUBLE, .real = 2.5},
      {.size = sizeof(wb_value), .kind = WBI_BLANK},
      {.size = sizeof(wb_value), .kind = WBI_EMPTY},
      decimal_of("-12.75"),
      wbi_value_number(WBI_TEXT("123456789012345678901234567890")),
      wbi_value_number(WBI_TEXT("-1234567890123456789012345678901234567890")),
      text_of(""),
      text_of("Ana \xC3\x89va <b>1,5</b>\r\nO'Hara & co_"),
      text_of("(415) 555-0142"),
      text_of("2026-03-03T14:30:00.5-05:00"),
      json_of("[1, \"two\", [3, null], 4.5, {\"a\": \"#{x}\"}]"),
      json_of("{\"a\": 1, \"b\": [2, \"\\u0001\"]}"),
  };
  for (size_t i = 0; i < WBI_COUNT(names); i++) {
    const wbi_filter *filter = wbi_filter_find(wbi_text_of(names[i]));
    assert_non_null(filter);
    for (size_t j = 0; j < WBI_COUNT(values); j++) {
      for (uint32_t count = filter->least; count <= filter->most; count++) {
        for (size_t k = 0; k < WBI_COUNT(values); k++) {
          const wb_value arguments[] = {values[k], values[(k + j) % WBI_COUNT(values)]};
          assert_in_every_room(filter, values[j], arguments, count);
        }
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_a_filter_says_does_not_depend_on_the_room),
  };
  return cmocka_run_group_tests(tests, filtered_begin, filtered_end);
}
