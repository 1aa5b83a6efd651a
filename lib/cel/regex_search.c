/* SPDX-License-Identifier: MIT */
/* Search: all threads of the program side by side, one scalar of the text after the other. */
#include "cel/regex_private.h"

/* A set of places in the program that can be emptied at once. `order` is also the queue of those
   whose successors are still to be added. */
typedef struct search_threads {
  uint16_t *order, *slot;
  uint32_t count;
} search_threads;

static void search_add(search_threads *threads, uint32_t place) {
  const uint32_t slot = threads->slot[place];
  if (slot < threads->count && threads->order[slot] == place) return;
  threads->slot[place] = (uint16_t)threads->count;
  threads->order[threads->count++] = (uint16_t)place;
}

/* Whether a scalar is in a set. */
static bool search_has(const wbi_regex_set *set, uint32_t scalar) {
  if (scalar < 128) return (set->ascii[scalar / 32] >> scalar % 32 & 1) != 0;
  uint32_t from = 0, to = set->count;
  while (from < to) {
    const uint32_t middle = from + (to - from) / 2;
    if (scalar > set->ranges[middle].to)
      from = middle + 1;
    else
      to = middle;
  }
  return from < set->count && scalar >= set->ranges[from].from;
}

/* Whether an ASCII word character is at an offset. */
static bool search_word(wbi_text text, size_t at) {
  if (at >= text.length) return false;
  const char c = text.data[at];
  return wbi_is_letter(c) || wbi_is_digit(c) || c == '_';
}

/* Whether an assertion holds at an offset. */
static bool search_holds(wbi_text text, size_t at, int32_t place) {
  const bool edge = (at > 0 && search_word(text, at - 1)) != search_word(text, at);
  switch (place) {
  case WBI_REGEX_TEXT_BEGIN: return at == 0;
  case WBI_REGEX_TEXT_END: return at == text.length;
  case WBI_REGEX_LINE_BEGIN: return at == 0 || text.data[at - 1] == '\n';
  case WBI_REGEX_LINE_END: return at == text.length || text.data[at] == '\n';
  case WBI_REGEX_WORD_EDGE: return edge;
  default: return !edge;
  }
}

/* The text at one offset, and the scalar that begins there. */
typedef struct search_point {
  wbi_text text;
  size_t at;
  uint32_t scalar;
  bool any; /* false: the end of the text */
} search_point;

/* Follows one thread: to `now` without taking the scalar, to `then` by taking it. */
static void search_step(const wbi_regex *regex, const search_point *point, uint32_t place,
                        search_threads *now, search_threads *then) {
  const wbi_regex_code *code = &regex->code[place];
  const uint32_t target = (uint32_t)((int32_t)place + code->operand);
  bool takes = false;
  switch (code->op) {
  case WBI_REGEX_SPLIT:
    search_add(now, place + 1);
    search_add(now, target);
    return;
  case WBI_REGEX_JUMP: search_add(now, target); return;
  case WBI_REGEX_ASSERT:
    if (search_holds(point->text, point->at, code->operand)) search_add(now, place + 1);
    return;
  case WBI_REGEX_CHAR: takes = point->scalar == (uint32_t)code->operand; break;
  default: takes = search_has(&regex->sets[code->operand], point->scalar); break;
  }
  if (point->any && takes) search_add(then, place + 1);
}

bool wbi_regex_run(const wbi_regex *regex, wbi_text text, void *scratch, uint64_t *steps) {
  uint16_t *room = scratch;
  const size_t count = regex->count;
  search_threads now = {room, room + count, 0};
  search_threads then = {room + 2 * count, room + 3 * count, 0};
  search_point point = {.text = text, .any = true};
  memset(scratch, 0, wbi_regex_scratch(regex));
  for (size_t next = 0; point.any; point.at = next) {
    point.any = wbi_utf8_next(text, &next, &point.scalar);
    search_add(&now, 0); /* a match may begin anywhere */
    for (uint32_t i = 0; i < now.count; i++) {
      if (regex->code[now.order[i]].op == WBI_REGEX_MATCH) return true;
      search_step(regex, &point, now.order[i], &now, &then);
    }
    *steps += now.count;
    const search_threads empty = {now.order, now.slot, 0};
    now = then;
    then = empty;
  }
  return false;
}

bool wbi_regex_search(const wbi_regex *regex, wbi_text text, void *scratch) {
  uint64_t steps = 0;
  return wbi_regex_run(regex, text, scratch, &steps);
}
