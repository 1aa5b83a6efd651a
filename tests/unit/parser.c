/* SPDX-License-Identifier: MIT */
/* The grammar of rules: what becomes of a text, and what is refused where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "cel/cel_private.h"
#include "support/fault.h"

/* Parses a text into a tree whose arena the caller frees. */
static wb_status parse(wbi_arena *arena, wbi_cel_tree *tree, wbi_text source, uint32_t depth,
                       wb_error *error) {
  *tree = (wbi_cel_tree){.source = source, .arena = arena, .error = error, .depth = depth};
  memset(error, 0, sizeof *error);
  return wbi_cel_parse(tree);
}

static void put(wbi_writer *writer, const wbi_cel_node *node);

/* Writes an opening word and the children of a node. */
static void put_children(wbi_writer *writer, const char *word, const wbi_cel_node *node) {
  wbi_put_char(writer, '(');
  wbi_put_text(writer, wbi_text_of(word));
  if (node->optional) wbi_put_char(writer, '?');
  if (node->name.length > 0) {
    wbi_put_char(writer, ' ');
    wbi_put_text(writer, node->name);
  }
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    wbi_put_char(writer, ' ');
    put(writer, child);
  }
  wbi_put_char(writer, ')');
}

/* Writes a literal. */
static void put_literal(wbi_writer *writer, const wbi_cel_value *value) {
  switch (value->kind) {
  case WB_NULL: wbi_put_text(writer, WBI_TEXT("null")); break;
  case WB_BOOL: wbi_put_text(writer, wbi_text_of(value->as.integer ? "true" : "false")); break;
  case WB_INT: wbi_put_int(writer, value->as.integer); break;
  case WB_UINT:
    wbi_put_uint(writer, (uint64_t)value->as.integer);
    wbi_put_char(writer, 'u');
    break;
  case WB_DOUBLE: wbi_put_double(writer, value->as.real); break;
  default:
    if (value->kind == WB_BYTES) wbi_put_char(writer, 'b');
    wbi_put_json(writer, (wbi_text){value->as.data, value->length});
    break;
  }
}

/* Writes the sign of an operator as a word. */
static void put_operator(wbi_writer *writer, const wbi_cel_node *node) {
  const char sign[] = {(char)node->sign, '\0'};
  switch (node->sign) {
  case WBI_CEL_OR: put_children(writer, "||", node); break;
  case WBI_CEL_AND: put_children(writer, "&&", node); break;
  case WBI_CEL_EQUAL: put_children(writer, "==", node); break;
  case WBI_CEL_NOT_EQUAL: put_children(writer, "!=", node); break;
  case WBI_CEL_LESS_EQUAL: put_children(writer, "<=", node); break;
  case WBI_CEL_GREATER_EQUAL: put_children(writer, ">=", node); break;
  case WBI_CEL_IN: put_children(writer, "in", node); break;
  default: put_children(writer, sign, node); break;
  }
}

/* Writes a node as a nested list of words. */
static void put(wbi_writer *writer, const wbi_cel_node *node) {
  switch (node->kind) {
  case WBI_CEL_LITERAL: put_literal(writer, &node->value); break;
  case WBI_CEL_IDENT: wbi_put_text(writer, node->name); break;
  case WBI_CEL_SELECT: put_children(writer, ".", node); break;
  case WBI_CEL_INDEX: put_children(writer, "[]", node); break;
  case WBI_CEL_CALL: put_children(writer, node->receiver ? "method" : "call", node); break;
  case WBI_CEL_LIST: put_children(writer, "list", node); break;
  case WBI_CEL_MAP: put_children(writer, "map", node); break;
  case WBI_CEL_MESSAGE: put_children(writer, "message", node); break;
  default: put_operator(writer, node); break;
  }
}

/* A text has this structure. */
static void assert_tree(const char *source, const char *expected) {
  wbi_arena arena;
  wbi_cel_tree tree;
  wb_error error;
  char text[1024];
  wbi_writer writer = {text, sizeof text, 0};
  size_t length = 0;
  wbi_arena_init(&arena, NULL, 0);
  const wb_status status = parse(&arena, &tree, wbi_text_of(source), 64, &error);
  if (status != WB_OK) print_error("%s: %s\n", source, error.message);
  assert_int_equal(status, WB_OK);
  put(&writer, tree.root);
  assert_int_equal(wbi_writer_finish(&writer, &length), WB_OK);
  assert_string_equal(text, expected);
  wbi_arena_free(&arena);
}

/* A text is refused at a place, with a sentence. */
static void assert_refused(const char *source, uint32_t line, uint32_t column,
                           const char *message) {
  wbi_arena arena;
  wbi_cel_tree tree;
  wb_error error;
  wbi_arena_init(&arena, NULL, 0);
  assert_int_equal(parse(&arena, &tree, wbi_text_of(source), 64, &error), WB_E_SYNTAX);
  assert_int_equal(error.status, WB_E_SYNTAX);
  assert_string_equal(error.message, message);
  assert_int_equal(error.line, line);
  assert_int_equal(error.column, column);
  wbi_arena_free(&arena);
}

/* Status of `count` openings, a middle and as many closings, nested at most `depth` deep. */
static wb_status nested(const char *open, const char *middle, const char *close, size_t count,
                        uint32_t depth) {
  static char text[4096];
  wbi_writer writer = {text, sizeof text, 0};
  wbi_arena arena;
  wbi_cel_tree tree;
  wb_error error;
  for (size_t i = 0; i < count; i++)
    wbi_put_text(&writer, wbi_text_of(open));
  wbi_put_text(&writer, wbi_text_of(middle));
  for (size_t i = 0; i < count; i++)
    wbi_put_text(&writer, wbi_text_of(close));
  wbi_arena_init(&arena, NULL, 0);
  const wb_status status = parse(&arena, &tree, (wbi_text){text, writer.length}, depth, &error);
  wbi_arena_free(&arena);
  return status;
}

static void what_stands_side_by_side_is_not_deep(void **state) {
  (void)state;
  assert_int_equal(nested("!a && ", "b", "", 200, 64), WB_OK);
  assert_int_equal(nested("(a) && ", "b", "", 200, 64), WB_OK);
}

static void operators_bind_by_precedence(void **state) {
  (void)state;
  assert_tree("a || b && c == d + e * -f.g", "(|| a (&& b (== c (+ d (* e (- (. g f)))))))");
  assert_tree("a * b + c < d && e || f", "(|| (&& (< (+ (* a b) c) d) e) f)");
  assert_tree("(a || b) && c", "(&& (|| a b) c)");
  assert_tree("!a == b", "(== (! a) b)");
  assert_tree("!(a == b)", "(! (== a b))");
  assert_tree("a in [1, 2] == b", "(== (in a (list 1 2)) b)");
  assert_tree("a ? b : c ? d : e", "(? a b (? c d e))");
  assert_tree("a || b ? c || d : e", "(? (|| a b) (|| c d) e)");
}

static void operators_of_one_level_go_from_left_to_right(void **state) {
  (void)state;
  assert_tree("a - b + c", "(+ (- a b) c)");
  assert_tree("a / b * c % d", "(% (* (/ a b) c) d)");
  assert_tree("a < b <= c", "(<= (< a b) c)");
  assert_tree("a != b > c >= d", "(>= (> (!= a b) c) d)");
}

static void chains_of_logic_are_one_node(void **state) {
  (void)state;
  assert_tree("a && b && c && d", "(&& a b c d)");
  assert_tree("a || b || c", "(|| a b c)");
  assert_tree("a && b || c && d || e", "(|| (&& a b) (&& c d) e)");
  assert_tree("a && (b && c)", "(&& a (&& b c))");
}

static void members_calls_and_collections_are_parsed(void **state) {
  (void)state;
  assert_tree("a.b.c", "(. c (. b a))");
  assert_tree(".a.b", "(. b a)");
  assert_tree("a.`b-c`.in_", "(. in_ (. b-c a))");
  assert_tree("a.package", "(. package a)");
  assert_tree("a[1][b]", "([] ([] a 1) b)");
  assert_tree("a.?b[?c]", "([]? (.? b a) c)");
  assert_tree("f()", "(call f)");
  assert_tree("f(a, 1)", "(call f a 1)");
  assert_tree("a.f(b).g()", "(method g (method f a b))");
}

static void collections_may_end_with_a_comma(void **state) {
  (void)state;
  assert_tree("[]", "(list)");
  assert_tree("[a, b,]", "(list a b)");
  assert_tree("[?a]", "(list? a)");
  assert_tree("{}", "(map)");
  assert_tree("{a: 1, 'b': 2,}", "(map a 1 \"b\" 2)");
  assert_tree("{?a: 1}", "(map? a 1)");
  assert_tree("A{}", "(message A)");
  assert_tree("a.B{c: 1, ?`d-e`: 2,}.f", "(. f (message (. B a) c 1 d-e 2))");
}

static void a_minus_before_a_number_belongs_to_it(void **state) {
  (void)state;
  assert_tree("-1", "-1");
  assert_tree("- 1.5", "-1.5");
  assert_tree("-9223372036854775808", "-9223372036854775808");
  assert_tree("a -1", "(- a 1)");
  assert_tree("a - -1", "(- a -1)");
  assert_tree("--1", "(- -1)");
  assert_tree("!-1", "(! -1)");
  assert_tree("--a", "(- (- a))");
  assert_tree("!!a", "(! (! a))");
}

static void literals_are_parsed(void **state) {
  (void)state;
  assert_tree("[true, false, null, 1, 2u, 1.5, 'a', b'b']",
              "(list true false null 1 2u 1.5 \"a\" b\"b\")");
}

static void errors_say_where_and_what(void **state) {
  (void)state;
  assert_refused("", 1, 1, "the rule is empty");
  assert_refused(" // nothing\n ", 2, 2, "the rule is empty");
  assert_refused("a ==", 1, 5, "the rule ends too early");
  assert_refused("a == == b", 1, 6, "a field or a value is missing here");
  assert_refused("(a", 1, 3, "the rule ends too early");
  assert_refused("(a]", 1, 3, "a ')' is missing here");
  assert_refused("a b", 1, 3, "a sign such as '==' or '&&' is missing here");
  assert_refused("a AND b", 1, 3, "write '&&' for \"and\"");
  assert_refused("a\nor b", 2, 1, "write '||' for \"or\"");
  assert_refused("(a or b)", 1, 4, "write '||' for \"or\"");
  assert_refused("f(a and b)", 1, 5, "write '&&' for \"and\"");
  assert_refused("a is b", 1, 3, "write '==' for \"is\"");
  assert_refused("a.", 1, 3, "the rule ends too early");
  assert_refused("a.1", 1, 2, "a sign such as '==' or '&&' is missing here");
  assert_refused("a.(b)", 1, 3, "a name is missing after the dot");
  assert_refused("a.in", 1, 3, "a name is missing after the dot");
  assert_refused(".(a)", 1, 2, "a name is missing here");
  assert_refused("if == 1", 1, 1, "this word is reserved and cannot be a name");
  assert_refused("`a` == 1", 1, 1, "a field or a value is missing here");
  assert_refused("a[1", 1, 4, "the rule ends too early");
  assert_refused("a[1)", 1, 4, "a ']' is missing here");
  assert_refused("[a b]", 1, 4, "a ',' or a closing bracket is missing here");
  assert_refused("[,]", 1, 2, "a field or a value is missing here");
  assert_refused("f(a,)", 1, 5, "a field or a value is missing here");
  assert_refused("{a}", 1, 3, "a ':' is missing here");
  assert_refused("A{1: 2}", 1, 3, "the name of a field is missing here");
  assert_refused("A{a 2}", 1, 5, "a ':' is missing here");
  assert_refused("1{}", 1, 2, "a sign such as '==' or '&&' is missing here");
  assert_refused("a ? b", 1, 6, "the rule ends too early");
  assert_refused("a ? b c", 1, 7, "a ':' is missing here");
  assert_refused("!-a", 1, 2, "'!' and '-' do not follow each other; use parentheses");
  assert_refused("-!a", 1, 2, "'!' and '-' do not follow each other; use parentheses");
  assert_refused("a == 'b", 1, 6, "this text has no closing quote");
  assert_refused("a == '\\q'", 1, 7, "this escape has no meaning in CEL");
}

static void a_number_out_of_range_says_where(void **state) {
  (void)state;
  wbi_arena arena;
  wbi_cel_tree tree;
  wb_error error;
  wbi_arena_init(&arena, NULL, 0);
  assert_int_equal(parse(&arena, &tree, WBI_TEXT("a <\n 9223372036854775808"), 64, &error),
                   WB_E_RANGE);
  assert_int_equal(error.line, 2);
  assert_int_equal(error.column, 2);
  wbi_arena_free(&arena);
}

static void nesting_ends_at_the_limit(void **state) {
  (void)state;
  assert_int_equal(nested("(", "a", ")", 63, 64), WB_OK);
  assert_int_equal(nested("(", "a", ")", 64, 64), WB_E_LIMIT);
  assert_int_equal(nested("(", "a", ")", 2, 3), WB_OK);
  assert_int_equal(nested("(", "a", ")", 3, 3), WB_E_LIMIT);
  assert_int_equal(nested("!", "a", "", 63, 64), WB_OK);
  assert_int_equal(nested("!", "a", "", 64, 64), WB_E_LIMIT);
  assert_int_equal(nested("[", "", "]", 63, 64), WB_OK);
  assert_int_equal(nested("[", "", "]", 65, 64), WB_E_LIMIT);
  assert_int_equal(nested("", "a", ".b", 63, 64), WB_OK);
  assert_int_equal(nested("", "a", ".b", 64, 64), WB_E_LIMIT);
  assert_int_equal(nested("", "a", " + b", 63, 64), WB_OK);
  assert_int_equal(nested("", "a", " + b", 64, 64), WB_E_LIMIT);
  assert_int_equal(nested("a ? b : ", "c", "", 63, 64), WB_OK);
  assert_int_equal(nested("a ? b : ", "c", "", 64, 64), WB_E_LIMIT);
}

static void a_chain_of_logic_is_not_nested(void **state) {
  (void)state;
  assert_int_equal(nested("", "a", " && b", 600, 2), WB_OK);
  assert_int_equal(nested("a || ", "b", "", 600, 2), WB_OK);
}

static void memory_may_run_out_at_any_node(void **state) {
  (void)state;
  static const char source[] = "[a.b(c, 'text')[1], {d: -1}, E{f: !g}, h ? i : j.k, .l + m in n]";
  fault_memory memory = {0};
  uint64_t at = 1;
  for (;; at++) {
    wbi_arena arena;
    wbi_cel_tree tree;
    wb_error error;
    wb_context *context = fault_context(&memory);
    wbi_arena_init(&arena, context, 0);
    wb_context_unref(context);
    fault_arm(&memory.plan, FAULT_ONCE, at);
    const wb_status status = parse(&arena, &tree, wbi_text_of(source), 64, &error);
    const bool hit = memory.plan.hits > 0;
    wbi_arena_free(&arena);
    assert_int_equal(status, hit ? WB_E_NOMEM : WB_OK);
    assert_int_equal(memory.live, 0);
    if (!hit) break;
  }
  assert_true(at > 3);
}

/* A sign that no rule has is refused wherever it stands; up to there the text is read. */
static void a_strange_sign_is_refused_wherever_it_stands(void **state) {
  static const char source[] =
      "!a.b && -1 < (c ? .d : e[?f]) || g.?h in [?i, 2u, 1.5, ] && {?j : k, l:null}[m] == n(o, p) "
      "&& q.r(s).t - -u || A.B{?v:w, x:true, } != y";
  (void)state;
  for (size_t at = 0; at < sizeof source; at++) {
    char text[sizeof source + 1];
    wbi_arena arena;
    wbi_cel_tree tree;
    wb_error error;
    if (at > 0 && source[at] == source[at - 1]) continue; /* && || ==: half of it is none */
    memcpy(text, source, at);
    text[at] = '#';
    memcpy(text + at + 1, source + at, sizeof source - 1 - at);
    wbi_arena_init(&arena, NULL, 0);
    assert_int_equal(parse(&arena, &tree, (wbi_text){text, sizeof source}, 64, &error),
                     WB_E_SYNTAX);
    if (error.column != at + 1) fail_msg("at %u: column %u", (unsigned)at, (unsigned)error.column);
    wbi_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_strange_sign_is_refused_wherever_it_stands),
      cmocka_unit_test(what_stands_side_by_side_is_not_deep),
      cmocka_unit_test(operators_bind_by_precedence),
      cmocka_unit_test(operators_of_one_level_go_from_left_to_right),
      cmocka_unit_test(chains_of_logic_are_one_node),
      cmocka_unit_test(members_calls_and_collections_are_parsed),
      cmocka_unit_test(collections_may_end_with_a_comma),
      cmocka_unit_test(a_minus_before_a_number_belongs_to_it),
      cmocka_unit_test(literals_are_parsed),
      cmocka_unit_test(errors_say_where_and_what),
      cmocka_unit_test(a_number_out_of_range_says_where),
      cmocka_unit_test(nesting_ends_at_the_limit),
      cmocka_unit_test(a_chain_of_logic_is_not_nested),
      cmocka_unit_test(memory_may_run_out_at_any_node),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
