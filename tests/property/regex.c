/* SPDX-License-Identifier: MIT */
/* Random expressions and texts over a small alphabet, against a matcher that tries every way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "cel/value.h"
#include "support/effort.h"

enum { NODES = 64, TEXT = 7 };

/* A tree, from which the pattern is written and which the naive matcher walks. */
enum kind { CHAR, ANY, CLASS, NOT_CLASS, EMPTY, BEGIN, END, EDGE, BOTH, EITHER, REPEAT };

typedef struct node {
  enum kind kind;
  char c;
  int least, most; /* most -1: any number */
  const struct node *a, *b;
} node;

static uint64_t seed = 1;

static uint32_t random_below(uint32_t below) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33) % below;
}

static node pool[NODES];
static size_t pool_count;

/* A random tree of up to so many levels. */
static const node *make(int levels) {
  static const int counts[][2] = {{0, -1}, {1, -1}, {0, 1},  {2, 2},
                                  {0, 2},  {1, 3},  {2, -1}, {0, 0}};
  node *made = &pool[pool_count++];
  const bool leaf = levels == 0 || pool_count + 16 > NODES;
  const bool inner = !leaf && random_below(4) > 0;
  *made = (node){.kind = inner ? BOTH + random_below(3) : random_below(EDGE + 1)};
  if (random_below(2) == 0 && made->kind < BOTH) made->kind = CHAR;
  made->c = (char)('a' + random_below(3));
  if (made->kind == BOTH || made->kind == EITHER) {
    made->a = make(levels - 1);
    made->b = pool_count < NODES ? make(levels - 1) : made->a;
  }
  if (made->kind == REPEAT) {
    const int *count = counts[random_below(WBI_COUNT(counts))];
    made->least = count[0];
    made->most = count[1];
    made->a = make(levels - 1);
  }
  return made;
}

/* Writes a tree as a pattern. */
static void put(wbi_writer *writer, const node *tree) {
  static const char *const leaves[] = {"", ".", "", "", "(?:)", "^", "$", "\\b"};
  switch (tree->kind) {
  case CHAR: wbi_put_char(writer, tree->c); break;
  case CLASS:
  case NOT_CLASS:
    wbi_put_text(writer, tree->kind == CLASS ? WBI_TEXT("[c") : WBI_TEXT("[^c"));
    wbi_put_char(writer, tree->c);
    wbi_put_char(writer, ']');
    break;
  case BOTH:
  case EITHER:
    wbi_put_text(writer, WBI_TEXT("(?:"));
    put(writer, tree->a);
    if (tree->kind == EITHER) wbi_put_char(writer, '|');
    put(writer, tree->b);
    wbi_put_char(writer, ')');
    break;
  case REPEAT:
    wbi_put_char(writer, '(');
    put(writer, tree->a);
    wbi_put_text(writer, WBI_TEXT("){"));
    wbi_put_int(writer, tree->least);
    if (tree->most != tree->least) wbi_put_char(writer, ',');
    if (tree->most > tree->least) wbi_put_int(writer, tree->most);
    wbi_put_char(writer, '}');
    break;
  case ANY:
  case EMPTY:
  case BEGIN:
  case END:
  case EDGE: wbi_put_text(writer, wbi_text_of(leaves[tree->kind])); break;
  }
}

/* Ends that a tree can reach in the text from a beginning: a bit for each. */
static uint32_t ends(const node *tree, const char *text, uint32_t length, uint32_t from);

static uint32_t ends_of_all(const node *tree, const char *text, uint32_t length, uint32_t froms) {
  uint32_t all = 0;
  for (uint32_t from = 0; from <= length; from++)
    if ((froms >> from & 1) != 0) all |= ends(tree, text, length, from);
  return all;
}

static uint32_t ends_of_repeat(const node *tree, const char *text, uint32_t length, uint32_t from) {
  uint32_t at = 1u << from, all = 0;
  for (int i = 0; i < tree->least; i++)
    at = ends_of_all(tree->a, text, length, at);
  all = at;
  /* No more rounds than characters bring anything new. */
  const int more = tree->most < 0 ? (int)length + 1 : tree->most - tree->least;
  for (int i = 0; i < more; i++) {
    at = ends_of_all(tree->a, text, length, at);
    all |= at;
  }
  return all;
}

static uint32_t ends(const node *tree, const char *text, uint32_t length, uint32_t from) {
  const bool more = from < length;
  const char c = more ? text[from] : '\0';
  const uint32_t here = 1u << from, next = more ? here << 1 : 0;
  const bool word = more && c != ' ' && c != '\n';
  const bool before = from > 0 && text[from - 1] != ' ' && text[from - 1] != '\n';
  switch (tree->kind) {
  case CHAR: return c == tree->c ? next : 0;
  case ANY: return c != '\n' ? next : 0;
  case CLASS: return c == 'c' || c == tree->c ? next : 0;
  case NOT_CLASS: return c != 'c' && c != tree->c ? next : 0;
  case EMPTY: return here;
  case BEGIN: return from == 0 ? here : 0;
  case END: return from == length ? here : 0;
  case EDGE: return word != before ? here : 0;
  case BOTH: return ends_of_all(tree->b, text, length, ends(tree->a, text, length, from));
  case EITHER: return ends(tree->a, text, length, from) | ends(tree->b, text, length, from);
  case REPEAT: break;
  }
  return ends_of_repeat(tree, text, length, from);
}

/* Compares on one text. */
static void assert_same(const node *tree, const wbi_regex *regex, wbi_text pattern) {
  static uint16_t scratch[1 << 16];
  char text[TEXT];
  const uint32_t length = random_below(TEXT + 1);
  bool found = false;
  for (uint32_t i = 0; i < length; i++)
    text[i] = "aaabbc \n"[random_below(8)];
  for (uint32_t from = 0; from <= length; from++)
    found = found || ends(tree, text, length, from) != 0;
  assert_true(wbi_regex_scratch(regex) <= sizeof scratch);
  if (wbi_regex_search(regex, (wbi_text){text, length}, scratch) != found)
    fail_msg("/%.*s/ \"%.*s\": %d expected", (int)pattern.length, pattern.data, (int)length, text,
             found);
}

static void searches_agree_with_trying_every_way(void **state) {
  (void)state;
  enum { TEXTS = 8 };
  const uint64_t rounds = effort(50000);
  uint64_t cases = 0;
  for (uint64_t round = 0; round < rounds; round++) {
    char buffer[4096];
    wbi_arena arena;
    wbi_regex *regex = NULL;
    size_t at = 0;
    const char *message = NULL;
    wbi_writer writer = {buffer, sizeof buffer, 0};
    pool_count = 0;
    const node *tree = make(4);
    put(&writer, tree);
    const wbi_text pattern = {buffer, writer.length};
    assert_true(writer.length <= sizeof buffer);
    wbi_arena_init(&arena, NULL, 0);
    if (wbi_regex_compile(&arena, pattern, &regex, &at, &message) != WB_OK)
      fail_msg("%.*s: %s", (int)pattern.length, pattern.data, message);
    for (int i = 0; i < TEXTS; i++, cases++)
      assert_same(tree, regex, pattern);
    wbi_arena_free(&arena);
  }
  assert_true(cases >= 200000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(searches_agree_with_trying_every_way),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
