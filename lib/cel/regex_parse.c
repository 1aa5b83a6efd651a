/* SPDX-License-Identifier: MIT */
/* Parser of regular expressions. It writes the program as it reads: the code of a part is one piece
   that is entered at its beginning and left at its end. */
#include "cel/regex_private.h"

enum { PARSE_NO_ITEM = -1 };

static const char parse_no_memory[] = "there is no memory for this expression";

/* ---- reading and writing ------------------------------------------------------------------ */

bool wbi_regex_fail(wbi_regex_parser *parser, wb_status status, size_t where, const char *message) {
  if (parser->status != WB_OK) return false;
  parser->status = status;
  parser->where = where;
  parser->message = message;
  return false;
}

bool wbi_regex_eat(wbi_regex_parser *parser, const char *text) {
  const wbi_text wanted = wbi_text_of(text);
  const size_t end = parser->at + wanted.length;
  if (!wbi_text_equal(wbi_text_slice(parser->pattern, parser->at, end), wanted)) return false;
  parser->at = end;
  return true;
}

bool wbi_regex_next(wbi_regex_parser *parser, uint32_t *scalar) {
  if (wbi_utf8_next(parser->pattern, &parser->at, scalar)) return true;
  return wbi_regex_fail(parser, WB_E_SYNTAX, parser->at, "the expression is not UTF-8");
}

/* The character that is next; NUL at the end. */
static char parse_peek(const wbi_regex_parser *parser) {
  return parser->at < parser->pattern.length ? parser->pattern.data[parser->at] : '\0';
}

/* Number of instructions so far. */
static int32_t parse_here(const wbi_regex_parser *parser) {
  return (int32_t)parser->code.count;
}

static wbi_regex_code *parse_code(wbi_regex_parser *parser, int32_t place) {
  return wbi_vector_at(&parser->code, (size_t)place);
}

/* Room for so many instructions; a failure is noted. */
static bool parse_room(wbi_regex_parser *parser, size_t more) {
  const wb_status status = wbi_vector_reserve(&parser->code, more);
  if (status == WB_OK) return parser->status == WB_OK;
  return wbi_regex_fail(parser, status, parser->at,
                        status == WB_E_LIMIT ? "the expression is too large" : parse_no_memory);
}

void wbi_regex_emit(wbi_regex_parser *parser, enum wbi_regex_op op, int32_t operand) {
  if (!parse_room(parser, 1)) return;
  *(wbi_regex_code *)wbi_vector_push(&parser->code) = (wbi_regex_code){op, operand};
}

/* No operator will change the last item any more: takes its counts to those of the group. */
static void parse_settle(wbi_regex_parser *parser) {
  if (parser->counts > parser->largest) parser->largest = parser->counts;
  parser->counts = 1;
}

/* The code that follows is an item of its own: what an operator behind it repeats. */
static void parse_begin_item(wbi_regex_parser *parser) {
  parse_settle(parser);
  parser->last = parse_here(parser);
}

/* Puts an instruction before the code from a place on. */
static void parse_insert(wbi_regex_parser *parser, int32_t place, enum wbi_regex_op op,
                         int32_t operand) {
  const size_t rest = (size_t)(parse_here(parser) - place);
  if (!parse_room(parser, 1)) return;
  wbi_vector_push(&parser->code);
  wbi_regex_code *at = parse_code(parser, place);
  memmove(at + 1, at, rest * sizeof *at);
  *at = (wbi_regex_code){op, operand};
}

/* ---- one character ------------------------------------------------------------------------ */

/* Keeps `parser->set` for the program; its number, -1: no memory. */
static int32_t parse_set(wbi_regex_parser *parser) {
  const size_t count = parser->set.ranges.count;
  wbi_regex_range *ranges = wbi_arena_array(parser->arena, count, sizeof *ranges);
  wbi_regex_set *set = ranges != NULL ? wbi_vector_push(&parser->sets) : NULL;
  if (set == NULL) return -1;
  if (count > 0) memcpy(ranges, parser->set.ranges.data, count * sizeof *ranges);
  *set = (wbi_regex_set){.ranges = ranges, .count = (uint32_t)count};
  for (uint32_t i = 0; i < set->count; i++) {
    for (uint32_t c = ranges[i].from; c <= ranges[i].to && c < 128; c++)
      set->ascii[c / 32] |= 1u << c % 32;
  }
  parser->ranges += set->count;
  return (int32_t)parser->sets.count - 1;
}

/* Whether the sets so far are within the limits, and their memory was to be had. */
static bool parse_sets_fit(wbi_regex_parser *parser) {
  const size_t ranges = parser->ranges + parser->set.ranges.count;
  if (parser->work == 0 || ranges > WBI_REGEX_RANGES || parser->sets.count == WBI_REGEX_CODE)
    return wbi_regex_fail(parser, WB_E_LIMIT, parser->at, "the expression has too many classes");
  if (parser->set.nomem) /* as it is when the memory of an item failed */
    return wbi_regex_fail(parser, WB_E_NOMEM, parser->at, parse_no_memory);
  return parser->status == WB_OK;
}

/* Adds the instruction that takes a scalar of `parser->set`, and empties the set. */
static void parse_emit_set(wbi_regex_parser *parser) {
  if (!parse_sets_fit(parser)) return;
  const wbi_regex_range *first = parser->set.ranges.data;
  if (parser->set.ranges.count == 1 && first->from == first->to) {
    wbi_regex_emit(parser, WBI_REGEX_CHAR, (int32_t)first->from);
  } else {
    const int32_t set = parse_set(parser);
    if (set < 0) wbi_regex_fail(parser, WB_E_NOMEM, parser->at, parse_no_memory);
    wbi_regex_emit(parser, WBI_REGEX_SET, set);
  }
  parser->set.ranges.count = 0;
}

/* Adds a literal. */
static void parse_literal(wbi_regex_parser *parser, uint32_t scalar) {
  if ((parser->flags & WBI_REGEX_FOLD) == 0) {
    wbi_regex_emit(parser, WBI_REGEX_CHAR, (int32_t)scalar);
    return;
  }
  wbi_regex_add(&parser->set, scalar, scalar);
  wbi_regex_fold(&parser->set);
  parse_emit_set(parser);
}

/* A point. */
static void parse_any(wbi_regex_parser *parser) {
  if ((parser->flags & WBI_REGEX_DOTALL) == 0) wbi_regex_add(&parser->set, '\n', '\n');
  wbi_regex_negate(&parser->set);
  parse_emit_set(parser);
}

/* "\Q…\E", from behind the Q: as many items as characters. */
static void parse_quoted(wbi_regex_parser *parser) {
  uint32_t scalar = 0;
  while (parser->status == WB_OK && parser->at < parser->pattern.length) {
    if (wbi_regex_eat(parser, "\\E")) return;
    if (!wbi_regex_next(parser, &scalar)) return;
    parse_begin_item(parser);
    parse_literal(parser, scalar);
  }
}

/* An assertion by its letter, or false. */
static bool parse_place(wbi_regex_parser *parser) {
  static const struct {
    const char *text;
    enum wbi_regex_place place;
  } places[] = {{"\\A", WBI_REGEX_TEXT_BEGIN},
                {"\\z", WBI_REGEX_TEXT_END},
                {"\\b", WBI_REGEX_WORD_EDGE},
                {"\\B", WBI_REGEX_NO_WORD_EDGE}};
  const bool lines = (parser->flags & WBI_REGEX_LINES) != 0;
  for (size_t i = 0; i < WBI_COUNT(places); i++) {
    if (!wbi_regex_eat(parser, places[i].text)) continue;
    wbi_regex_emit(parser, WBI_REGEX_ASSERT, (int32_t)places[i].place);
    return true;
  }
  if (wbi_regex_eat(parser, "^"))
    wbi_regex_emit(parser, WBI_REGEX_ASSERT, lines ? WBI_REGEX_LINE_BEGIN : WBI_REGEX_TEXT_BEGIN);
  else if (wbi_regex_eat(parser, "$"))
    wbi_regex_emit(parser, WBI_REGEX_ASSERT, lines ? WBI_REGEX_LINE_END : WBI_REGEX_TEXT_END);
  else
    return false;
  return true;
}

/* ---- repetition --------------------------------------------------------------------------- */

/* How often: at least and at most; `most` -1: any number. */
typedef struct parse_count {
  int32_t least, most;
} parse_count;

/* A whole number; -1: none. Numbers beyond the limit are one above it. */
static int32_t parse_number(wbi_regex_parser *parser) {
  int32_t value = -1;
  for (char c = parse_peek(parser); wbi_is_digit(c); c = parse_peek(parser)) {
    value = (value < 0 ? 0 : value) * 10 + (c - '0');
    if (value > WBI_REGEX_COUNT) value = WBI_REGEX_COUNT + 1;
    parser->at++;
  }
  return value;
}

/* "{n}", "{n,}" or "{n,m}"; what is none of them is not passed. */
static bool parse_braces(wbi_regex_parser *parser, parse_count *count) {
  const size_t begin = parser->at;
  if (wbi_regex_eat(parser, "{")) {
    count->least = count->most = parse_number(parser);
    if (count->least >= 0 && wbi_regex_eat(parser, ",")) count->most = parse_number(parser);
    if (count->least >= 0 && wbi_regex_eat(parser, "}")) return true;
  }
  parser->at = begin;
  return false;
}

/* A repetition operator; false: there is none. */
static bool parse_operator(wbi_regex_parser *parser, parse_count *count) {
  if (wbi_regex_eat(parser, "*"))
    *count = (parse_count){0, -1};
  else if (wbi_regex_eat(parser, "+"))
    *count = (parse_count){1, -1};
  else if (wbi_regex_eat(parser, "?"))
    *count = (parse_count){0, 1};
  else if (!parse_braces(parser, count))
    return false;
  wbi_regex_eat(parser, "?"); /* lazy: the same when only asked whether there is a match */
  return true;
}

/* Adds a copy of `size` instructions from a place on. */
static void parse_copy(wbi_regex_parser *parser, int32_t from, int32_t size) {
  for (int32_t i = 0; i < size && parser->status == WB_OK; i++) {
    const wbi_regex_code code = *parse_code(parser, from + i);
    wbi_regex_emit(parser, (enum wbi_regex_op)code.op, code.operand);
  }
}

/* Repeats the code from a place on as often as it likes, also never if it is optional. */
static void parse_loop(wbi_regex_parser *parser, int32_t from, bool optional) {
  const int32_t size = parse_here(parser) - from;
  if (!optional) {
    wbi_regex_emit(parser, WBI_REGEX_SPLIT, -size);
    return;
  }
  parse_insert(parser, from, WBI_REGEX_SPLIT, size + 2);
  wbi_regex_emit(parser, WBI_REGEX_JUMP, -size - 1);
}

/* Repeats the code from a place on up to `most` times, which is a number; 0 takes it away. */
static void parse_times(wbi_regex_parser *parser, int32_t from, parse_count count) {
  const int32_t size = parse_here(parser) - from;
  const int32_t end = from + count.most * size + count.most - count.least;
  if (count.most == 0) {
    parser->code.count = (size_t)from;
    return;
  }
  if (count.least == 0) parse_insert(parser, from, WBI_REGEX_SPLIT, end - from);
  if (count.least == 0) from++;
  for (int32_t i = 1; i < count.most && parser->status == WB_OK; i++) {
    if (i >= count.least) wbi_regex_emit(parser, WBI_REGEX_SPLIT, end - parse_here(parser));
    parse_copy(parser, from, size);
  }
}

/* Repeats the last item. */
static void parse_repeat(wbi_regex_parser *parser, parse_count count) {
  const int32_t size = parse_here(parser) - parser->last;
  if (count.most >= 0) {
    parse_times(parser, parser->last, count);
    return;
  }
  const bool optional = count.least == 0;
  if (!optional) parse_times(parser, parser->last, (parse_count){count.least, count.least});
  if (parser->status == WB_OK) parse_loop(parser, parse_here(parser) - size, optional);
}

/* Repeats the last item by an operator that began at an offset. */
static void parse_apply(wbi_regex_parser *parser, size_t begin, parse_count count) {
  const int32_t larger = count.most < 0 ? count.least : count.most;
  if (parser->last == PARSE_NO_ITEM) {
    wbi_regex_fail(parser, WB_E_SYNTAX, begin, "there is nothing to repeat here");
  } else if (count.least > WBI_REGEX_COUNT || count.most > WBI_REGEX_COUNT) {
    wbi_regex_fail(parser, WB_E_LIMIT, begin, "at most 1,000 repetitions");
  } else if (count.most >= 0 && count.most < count.least) {
    wbi_regex_fail(parser, WB_E_SYNTAX, begin, "the second number is below the first");
  } else if (larger > 1 && parser->counts > WBI_REGEX_COUNT / (uint32_t)larger) {
    wbi_regex_fail(parser, WB_E_LIMIT, begin, "at most 1,000 repetitions, with those inside");
  } else {
    parser->counts = larger > 1 ? parser->counts * (uint32_t)larger : parser->counts;
    if (count.most == 0) parser->counts = 1;
    parse_repeat(parser, count);
  }
}

/* ---- groups ------------------------------------------------------------------------------- */

static void parse_alternatives(wbi_regex_parser *parser);

static bool parse_name_char(char c) {
  return wbi_is_letter(c) || wbi_is_digit(c) || c == '_';
}

/* The name of a group and its bracket. Nothing can refer to it, but no two may be alike. */
static bool parse_name(wbi_regex_parser *parser) {
  const size_t begin = parser->at;
  while (parse_name_char(parse_peek(parser)))
    parser->at++;
  const wbi_text name = wbi_text_slice(parser->pattern, begin, parser->at);
  if (name.length == 0 || !wbi_regex_eat(parser, ">"))
    return wbi_regex_fail(parser, WB_E_SYNTAX, begin, "this is not the name of a group");
  for (const wbi_regex_name *old = parser->names; old != NULL; old = old->next) {
    if (wbi_text_equal(old->name, name))
      return wbi_regex_fail(parser, WB_E_SYNTAX, begin, "this name is another group's");
  }
  wbi_regex_name *made = wbi_arena_alloc(parser->arena, sizeof *made);
  if (made == NULL) return wbi_regex_fail(parser, WB_E_NOMEM, begin, parse_no_memory);
  *made = (wbi_regex_name){parser->names, name};
  parser->names = made;
  return true;
}

/* The flag of a letter; 0: none. */
static uint32_t parse_flag(char c) {
  switch (c) {
  case 'i': return WBI_REGEX_FOLD;
  case 'm': return WBI_REGEX_LINES;
  case 's': return WBI_REGEX_DOTALL;
  case 'U': return WBI_REGEX_LAZY;
  default: return 0;
  }
}

/* "ims-U" and the colon or bracket behind it, which is returned; NUL: it failed. */
static char parse_flags(wbi_regex_parser *parser) {
  uint32_t flags = parser->flags;
  bool off = false, dangling = false;
  for (char c = parse_peek(parser); c != '\0'; c = parse_peek(parser)) {
    const uint32_t flag = parse_flag(c);
    if ((c == ':' || c == ')') && !dangling) {
      parser->at++;
      parser->flags = flags;
      return c;
    }
    if (flag == 0 && (c != '-' || off)) break;
    if (flag == 0) off = true;
    flags = off ? flags & ~flag : flags | flag;
    dangling = flag == 0;
    parser->at++;
  }
  wbi_regex_fail(parser, WB_E_SYNTAX, parser->at, "there is no such kind of group");
  return '\0';
}

/* What a group holds, from behind what opened it at an offset. */
static void parse_group_body(wbi_regex_parser *parser, size_t begin) {
  const int32_t from = parse_here(parser);
  parse_begin_item(parser);
  const uint32_t largest = parser->largest;
  if (parser->depth == WBI_REGEX_NESTING) {
    wbi_regex_fail(parser, WB_E_LIMIT, begin, "groups are nested too deeply");
    return;
  }
  parser->depth++;
  parser->largest = 1;
  parse_alternatives(parser);
  parser->depth--;
  parser->last = from;
  parser->counts = parser->largest;
  parser->largest = largest;
  if (!wbi_regex_eat(parser, ")"))
    wbi_regex_fail(parser, WB_E_SYNTAX, begin, "this group is not closed");
}

/* A group, or flags for the rest of the one around it; from behind the bracket. */
static void parse_group(wbi_regex_parser *parser) {
  const size_t begin = parser->at - 1;
  const uint32_t flags = parser->flags;
  if (wbi_regex_eat(parser, "?P<") || wbi_regex_eat(parser, "?<")) {
    if (!parse_name(parser)) return;
  } else if (wbi_regex_eat(parser, "?")) {
    if (parse_flags(parser) != ':') return;
  }
  parse_group_body(parser, begin);
  parser->flags = flags;
}

/* ---- sequences and alternatives ----------------------------------------------------------- */

/* An item that is one character, or nothing: a place. */
static void parse_single(wbi_regex_parser *parser) {
  uint32_t scalar = 0;
  if (wbi_regex_eat(parser, "[")) {
    if (wbi_regex_brackets(parser)) parse_emit_set(parser);
  } else if (wbi_regex_eat(parser, ".")) {
    parse_any(parser);
  } else if (parse_place(parser)) {
    return;
  } else if (wbi_regex_escaped_set(parser, &parser->set)) {
    parse_emit_set(parser);
  } else if (parser->status == WB_OK && wbi_regex_eat(parser, "\\")) {
    if (wbi_regex_escape(parser, &scalar)) parse_literal(parser, scalar);
  } else if (parser->status == WB_OK && wbi_regex_next(parser, &scalar)) {
    parse_literal(parser, scalar);
  }
}

/* One item, or what is none: flags, or quotes around nothing. */
static void parse_item(wbi_regex_parser *parser) {
  if (wbi_regex_eat(parser, "(")) {
    parse_group(parser);
  } else if (wbi_regex_eat(parser, "\\Q")) {
    parse_quoted(parser);
  } else {
    parse_begin_item(parser);
    parse_single(parser);
  }
}

/* Items one after the other. */
static void parse_sequence(wbi_regex_parser *parser) {
  bool repeated = false;
  parser->last = PARSE_NO_ITEM;
  parser->counts = 1;
  while (parser->status == WB_OK && parser->at < parser->pattern.length) {
    const size_t begin = parser->at;
    parse_count count = {0, 0};
    if (parse_peek(parser) == '|' || parse_peek(parser) == ')') break;
    const bool applies = parse_operator(parser, &count);
    if (applies && repeated)
      wbi_regex_fail(parser, WB_E_SYNTAX, begin, "an operator repeats another");
    else if (applies)
      parse_apply(parser, begin, count);
    else
      parse_item(parser);
    repeated = applies;
  }
  parse_settle(parser);
}

/* Alternatives up to a closing bracket or the end. Until the end is known, each jump to it holds
   the place of the one before. */
static void parse_alternatives(wbi_regex_parser *parser) {
  int32_t jump = -1, begin = parse_here(parser);
  for (;;) {
    parse_sequence(parser);
    if (parser->status != WB_OK || !wbi_regex_eat(parser, "|")) break;
    parse_insert(parser, begin, WBI_REGEX_SPLIT, parse_here(parser) - begin + 2);
    wbi_regex_emit(parser, WBI_REGEX_JUMP, jump);
    jump = parse_here(parser) - 1;
    begin = parse_here(parser);
  }
  while (parser->status == WB_OK && jump >= 0) {
    wbi_regex_code *code = parse_code(parser, jump);
    const int32_t before = code->operand;
    code->operand = parse_here(parser) - jump;
    jump = before;
  }
}

void wbi_regex_parse(wbi_regex_parser *parser) {
  parser->largest = 1;
  parse_alternatives(parser);
  if (parser->status == WB_OK && parser->at < parser->pattern.length)
    wbi_regex_fail(parser, WB_E_SYNTAX, parser->at, "there is no group to close");
}
