/* SPDX-License-Identifier: MIT */
/* CEL's grammar, by precedence: ?:  ||  &&  relations  + -  * / %  ! -  member  primary. */
#include "cel/cel_private.h"

/* One token is looked at, one more is known. */
typedef struct rule_parser {
  wbi_cel_tree *tree;
  wbi_cel_token token, ahead;
  uint32_t at;    /* of the lexer */
  uint32_t end;   /* of the token before */
  uint32_t depth; /* of recursion */
} rule_parser;

static wb_status parser_expression(rule_parser *p, wbi_cel_node **out);

/* ---- small parts -------------------------------------------------------------------------- */

/* Moves on by one token. */
static wb_status parser_advance(rule_parser *p) {
  p->end = p->token.to;
  p->token = p->ahead;
  return wbi_cel_next(p->tree->source, &p->at, &p->ahead, p->tree->error);
}

/* An error at an offset. */
static wb_status parser_fail(rule_parser *p, uint32_t at, const char *message) {
  return wbi_fail_at(p->tree->error, WB_E_SYNTAX, p->tree->source, at, message);
}

/* The text of the token, without back quotes. */
static wbi_text parser_text(const rule_parser *p) {
  const uint32_t quote = p->token.kind == WBI_CEL_ESCAPED_NAME;
  return wbi_text_slice(p->tree->source, p->token.from + quote, p->token.to - quote);
}

/* What to write for a word at the token; NULL: it is none. */
static const char *parser_advice(const rule_parser *p) {
  const wbi_text word = parser_text(p);
  if (wbi_text_equal_fold(word, WBI_TEXT("and"))) return "write '&&' for \"and\"";
  if (wbi_text_equal_fold(word, WBI_TEXT("or"))) return "write '||' for \"or\"";
  if (wbi_text_equal_fold(word, WBI_TEXT("is"))) return "write '==' for \"is\"";
  return NULL;
}

/* An error at the token. */
static wb_status parser_unexpected(rule_parser *p, const char *message) {
  const char *advice = parser_advice(p);
  if (p->token.kind == WBI_CEL_END) message = "the rule ends too early";
  return parser_fail(p, p->token.from, advice != NULL ? advice : message);
}

/* Moves past a sign that must stand here. */
static wb_status parser_expect(rule_parser *p, uint32_t kind, const char *message) {
  return p->token.kind == kind ? parser_advance(p) : parser_unexpected(p, message);
}

/* Moves past a sign that may stand here. */
static wb_status parser_accept(rule_parser *p, uint32_t kind, bool *found) {
  *found = p->token.kind == kind;
  return *found ? parser_advance(p) : WB_OK;
}

/* Refuses what is nested deeper than the context allows. */
static wb_status parser_deep(rule_parser *p, uint32_t depth, uint32_t at) {
  if (depth <= p->tree->depth) return WB_OK;
  return wbi_fail_at(p->tree->error, WB_E_LIMIT, p->tree->source, at,
                     "the rule is nested too deep");
}

/* Makes a node that begins at `from` and ends before the token. */
static wb_status parser_node(rule_parser *p, uint32_t kind, uint32_t from, uint32_t at,
                             wbi_cel_node **out) {
  wbi_cel_node *node = wbi_arena_alloc(p->tree->arena, sizeof *node);
  if (node == NULL) {
    (void)wbi_fail(p->tree->error, WB_E_NOMEM, "no memory for the rule");
    return WB_E_NOMEM; /* not as wbi_fail gives it: the compiler must see that node is set */
  }
  node->kind = kind;
  node->from = from;
  node->to = p->end;
  node->at = at;
  node->height = 1;
  p->tree->count++;
  *out = node;
  return WB_OK;
}

/* Adds a child at the end. */
static wb_status parser_adopt(rule_parser *p, wbi_cel_node *node, wbi_cel_node *child) {
  if (node->last != NULL)
    node->last->next = child;
  else
    node->first = child;
  node->last = child;
  node->count++;
  if (node->height <= child->height) node->height = child->height + 1;
  return parser_deep(p, node->height, node->at);
}

/* Parses an expression and adds it as a child. */
static wb_status parser_child(rule_parser *p, wbi_cel_node *node) {
  wbi_cel_node *child = NULL;
  const wb_status status = parser_expression(p, &child);
  return status != WB_OK ? status : parser_adopt(p, node, child);
}

/* ---- lists of things ---------------------------------------------------------------------- */

/* Parses one entry of a bracketed list. */
typedef wb_status (*parser_item)(rule_parser *p, wbi_cel_node *node);

/* Parses entries up to the closing sign, which is read; a comma may stand before it if `trailing`.
 */
static wb_status parser_items(rule_parser *p, wbi_cel_node *node, uint32_t close, bool trailing,
                              parser_item item) {
  bool comma = true, closed = false;
  wb_status status = parser_accept(p, close, &closed);
  while (status == WB_OK && !closed) {
    if (!comma) return parser_unexpected(p, "a ',' or a closing bracket is missing here");
    status = item(p, node);
    if (status == WB_OK) status = parser_accept(p, ',', &comma);
    if (status == WB_OK && (!comma || trailing)) status = parser_accept(p, close, &closed);
  }
  node->to = p->end;
  return status;
}

/* Parses an element of a list, which may be optional. */
static wb_status parser_element(rule_parser *p, wbi_cel_node *node) {
  bool optional = false;
  wb_status status = parser_accept(p, '?', &optional);
  if (status == WB_OK) status = parser_child(p, node);
  if (status != WB_OK) return status;
  node->last->maybe = optional;
  node->optional = node->optional || optional;
  return WB_OK;
}

/* Parses `key: value` of a map. */
static wb_status parser_pair(rule_parser *p, wbi_cel_node *node) {
  wb_status status = parser_element(p, node);
  if (status == WB_OK) status = parser_expect(p, ':', "a ':' is missing here");
  if (status == WB_OK) status = parser_child(p, node);
  return status;
}

/* Parses a name as a node. */
static wb_status parser_name(rule_parser *p, wbi_cel_node *node) {
  wbi_cel_node *name = NULL;
  if (p->token.kind != WBI_CEL_NAME && p->token.kind != WBI_CEL_ESCAPED_NAME)
    return parser_unexpected(p, "the name of a field is missing here");
  wb_status status = parser_node(p, WBI_CEL_IDENT, p->token.from, p->token.from, &name);
  if (status != WB_OK) return status;
  name->name = parser_text(p);
  name->to = p->token.to;
  status = parser_advance(p);
  return status != WB_OK ? status : parser_adopt(p, node, name);
}

/* Parses `field: value` of a message. */
static wb_status parser_setting(rule_parser *p, wbi_cel_node *node) {
  bool optional = false;
  wb_status status = parser_accept(p, '?', &optional);
  if (status == WB_OK) status = parser_name(p, node);
  if (status == WB_OK) status = parser_expect(p, ':', "a ':' is missing here");
  if (status == WB_OK) status = parser_child(p, node);
  return status;
}

/* ---- primary ------------------------------------------------------------------------------ */

/* Parses a number, with its minus sign if there is one. */
static wb_status parser_number(rule_parser *p, wbi_cel_node **out) {
  const uint32_t from = p->token.from;
  bool negative = false;
  wb_status status = parser_accept(p, '-', &negative);
  const wbi_cel_token number = p->token;
  if (status == WB_OK) status = parser_advance(p);
  if (status == WB_OK) status = parser_node(p, WBI_CEL_LITERAL, from, from, out);
  if (status != WB_OK) return status;
  return wbi_cel_number(p->tree->source, &number, negative, &(*out)->value, p->tree->error);
}

/* Parses a text, bytes, true, false or null. */
static wb_status parser_literal(rule_parser *p, wbi_cel_node **out) {
  const wbi_cel_token token = p->token;
  wb_status status = parser_advance(p);
  if (status == WB_OK) status = parser_node(p, WBI_CEL_LITERAL, token.from, token.from, out);
  if (status != WB_OK) return status;
  if (token.kind == WBI_CEL_TEXT || token.kind == WBI_CEL_BYTES)
    return wbi_cel_string(p->tree->arena, p->tree->source, &token, &(*out)->value, p->tree->error);
  (*out)->value.kind = token.kind == WBI_CEL_NULL ? WB_NULL : WB_BOOL;
  (*out)->value.as.integer = token.kind == WBI_CEL_TRUE;
  return WB_OK;
}

/* Parses a name, absolute if a dot comes first, or a call of a function. */
static wb_status parser_identifier(rule_parser *p, wbi_cel_node **out) {
  const uint32_t from = p->token.from;
  bool dot = false, call = false;
  wb_status status = parser_accept(p, '.', &dot);
  if (status != WB_OK) return status;
  if (p->token.kind == WBI_CEL_RESERVED)
    return parser_unexpected(p, "this word is reserved and cannot be a name");
  if (p->token.kind != WBI_CEL_NAME) return parser_unexpected(p, "a name is missing here");
  const wbi_text name = parser_text(p);
  const uint32_t at = p->token.from;
  status = parser_advance(p);
  if (status == WB_OK) status = parser_node(p, WBI_CEL_IDENT, from, at, out);
  if (status != WB_OK) return status;
  (*out)->name = name;
  (*out)->absolute = dot;
  status = parser_accept(p, '(', &call);
  if (status != WB_OK || !call) return status;
  (*out)->kind = WBI_CEL_CALL;
  return parser_items(p, *out, ')', false, parser_child);
}

/* Parses a list or a map. */
static wb_status parser_collection(rule_parser *p, wbi_cel_node **out) {
  const bool list = p->token.kind == '[';
  const uint32_t from = p->token.from;
  wb_status status = parser_advance(p);
  if (status == WB_OK) status = parser_node(p, list ? WBI_CEL_LIST : WBI_CEL_MAP, from, from, out);
  if (status != WB_OK) return status;
  return list ? parser_items(p, *out, ']', true, parser_element)
              : parser_items(p, *out, '}', true, parser_pair);
}

/* Parses `( expression )`. */
static wb_status parser_group(rule_parser *p, wbi_cel_node **out) {
  wb_status status = parser_advance(p);
  if (status == WB_OK) status = parser_expression(p, out);
  if (status == WB_OK) status = parser_expect(p, ')', "a ')' is missing here");
  return status;
}

/* Parses what binds tightest. */
static wb_status parser_primary(rule_parser *p, wbi_cel_node **out) {
  switch (p->token.kind) {
  case '(': return parser_group(p, out);
  case '[':
  case '{': return parser_collection(p, out);
  case '.':
  case WBI_CEL_NAME:
  case WBI_CEL_RESERVED: return parser_identifier(p, out);
  case '-': /* before a number only */
  case WBI_CEL_INT:
  case WBI_CEL_UINT:
  case WBI_CEL_DOUBLE: return parser_number(p, out);
  case WBI_CEL_TEXT:
  case WBI_CEL_BYTES:
  case WBI_CEL_TRUE:
  case WBI_CEL_FALSE:
  case WBI_CEL_NULL: return parser_literal(p, out);
  default: return parser_unexpected(p, "a field or a value is missing here");
  }
}

/* ---- member ------------------------------------------------------------------------------- */

/* Wraps a node as the first child of a new one. */
static wb_status parser_wrap(rule_parser *p, uint32_t kind, uint32_t from, uint32_t at,
                             wbi_cel_node **node) {
  wbi_cel_node *child = *node;
  const wb_status status = parser_node(p, kind, from, at, node);
  return status != WB_OK ? status : parser_adopt(p, *node, child);
}

/* Parses `.name`, `.?name` or `.name(arguments)` after a node. */
static wb_status parser_select(rule_parser *p, uint32_t from, wbi_cel_node **node) {
  bool optional = false, call = false;
  wb_status status = parser_advance(p);
  if (status == WB_OK) status = parser_accept(p, '?', &optional);
  if (status != WB_OK) return status;
  const bool escaped = p->token.kind == WBI_CEL_ESCAPED_NAME;
  if (!escaped && p->token.kind != WBI_CEL_NAME && p->token.kind != WBI_CEL_RESERVED)
    return parser_unexpected(p, "a name is missing after the dot");
  const wbi_text name = parser_text(p);
  const uint32_t at = p->token.from;
  status = parser_advance(p);
  if (status == WB_OK) status = parser_wrap(p, WBI_CEL_SELECT, from, at, node);
  if (status != WB_OK) return status;
  (*node)->name = name;
  (*node)->optional = optional;
  if (optional || escaped) return WB_OK;
  status = parser_accept(p, '(', &call);
  if (status != WB_OK || !call) return status;
  (*node)->kind = WBI_CEL_CALL;
  (*node)->receiver = true;
  return parser_items(p, *node, ')', false, parser_child);
}

/* Parses `[index]` after a node. */
static wb_status parser_index(rule_parser *p, uint32_t from, wbi_cel_node **node) {
  bool optional = false;
  const uint32_t at = p->token.from;
  wb_status status = parser_advance(p);
  if (status == WB_OK) status = parser_accept(p, '?', &optional);
  if (status == WB_OK) status = parser_wrap(p, WBI_CEL_INDEX, from, at, node);
  if (status == WB_OK) status = parser_child(p, *node);
  if (status == WB_OK) status = parser_expect(p, ']', "a ']' is missing here");
  if (status != WB_OK) return status;
  (*node)->optional = optional;
  (*node)->to = p->end;
  return WB_OK;
}

bool wbi_cel_is_path(const wbi_cel_node *node) {
  while (node->kind == WBI_CEL_SELECT && !node->optional)
    node = node->first;
  return node->kind == WBI_CEL_IDENT;
}

/* Parses a primary and what follows it. */
static wb_status parser_member(rule_parser *p, wbi_cel_node **out) {
  const uint32_t from = p->token.from;
  wb_status status = parser_primary(p, out);
  while (status == WB_OK) {
    const uint32_t at = p->token.from;
    if (p->token.kind == '.') {
      status = parser_select(p, from, out);
    } else if (p->token.kind == '[') {
      status = parser_index(p, from, out);
    } else if (p->token.kind == '{' && wbi_cel_is_path(*out)) {
      status = parser_advance(p);
      if (status == WB_OK) status = parser_wrap(p, WBI_CEL_MESSAGE, from, at, out);
      if (status == WB_OK) status = parser_items(p, *out, '}', true, parser_setting);
    } else {
      break;
    }
  }
  return status;
}

/* ---- operators ---------------------------------------------------------------------------- */

/* Whether the token begins a number with a minus sign. */
static bool parser_is_negative(const rule_parser *p) {
  return p->token.kind == '-' && (p->ahead.kind == WBI_CEL_INT || p->ahead.kind == WBI_CEL_UINT ||
                                  p->ahead.kind == WBI_CEL_DOUBLE);
}

/* Parses `!` and `-` before a member; a run of one of them, never both. */
static wb_status parser_unary(rule_parser *p, uint32_t run, wbi_cel_node **out) {
  const wbi_cel_token sign = p->token;
  const bool prefix = (sign.kind == '!' || sign.kind == '-') && !parser_is_negative(p);
  if (!prefix) return parser_member(p, out);
  if (run != WBI_CEL_END && run != sign.kind)
    return parser_unexpected(p, "'!' and '-' do not follow each other; use parentheses");
  wb_status status = parser_deep(p, ++p->depth, sign.from);
  if (status == WB_OK) status = parser_advance(p);
  if (status == WB_OK) status = parser_unary(p, sign.kind, out);
  p->depth--;
  if (status == WB_OK) status = parser_wrap(p, WBI_CEL_OPERATOR, sign.from, sign.from, out);
  if (status == WB_OK) (*out)->sign = sign.kind;
  return status;
}

/* How tight a sign between two operands binds; 0: it is none. */
static uint32_t parser_precedence(uint32_t sign) {
  switch (sign) {
  case WBI_CEL_OR: return 1;
  case WBI_CEL_AND: return 2;
  case WBI_CEL_EQUAL:
  case WBI_CEL_NOT_EQUAL:
  case WBI_CEL_LESS_EQUAL:
  case WBI_CEL_GREATER_EQUAL:
  case WBI_CEL_IN:
  case '<':
  case '>': return 3;
  case '+':
  case '-': return 4;
  case '*':
  case '/':
  case '%': return 5;
  default: return 0;
  }
}

/* Joins two operands; a chain of && or of || becomes one node, however long it is. */
static wb_status parser_join(rule_parser *p, uint32_t sign, uint32_t from, uint32_t at,
                             wbi_cel_node *right, wbi_cel_node **left) {
  const bool chain = (sign == WBI_CEL_AND || sign == WBI_CEL_OR) &&
                     (*left)->kind == WBI_CEL_OPERATOR && (*left)->sign == sign;
  if (!chain) {
    const wb_status status = parser_wrap(p, WBI_CEL_OPERATOR, from, at, left);
    if (status != WB_OK) return status;
    (*left)->sign = sign;
  }
  (*left)->to = p->end;
  return parser_adopt(p, *left, right);
}

/* Parses operands joined by signs that bind at least as tight as `least`. */
static wb_status parser_binary(rule_parser *p, uint32_t least, wbi_cel_node **out) {
  const uint32_t from = p->token.from;
  wb_status status = parser_unary(p, WBI_CEL_END, out);
  while (status == WB_OK) {
    const wbi_cel_token sign = p->token;
    const uint32_t precedence = parser_precedence(sign.kind);
    if (precedence < least) break;
    wbi_cel_node *right = NULL;
    status = parser_advance(p);
    if (status == WB_OK) status = parser_binary(p, precedence + 1, &right);
    if (status == WB_OK) status = parser_join(p, sign.kind, from, sign.from, right, out);
  }
  return status;
}

/* Parses `a ? b : c` after `a`. */
static wb_status parser_conditional(rule_parser *p, uint32_t from, wbi_cel_node **out) {
  const uint32_t at = p->token.from;
  wbi_cel_node *then = NULL;
  wb_status status = parser_advance(p);
  if (status == WB_OK) status = parser_wrap(p, WBI_CEL_OPERATOR, from, at, out);
  if (status == WB_OK) status = parser_binary(p, 1, &then);
  if (status == WB_OK) status = parser_adopt(p, *out, then);
  if (status == WB_OK) status = parser_expect(p, ':', "a ':' is missing here");
  if (status == WB_OK) status = parser_child(p, *out);
  if (status != WB_OK) return status;
  (*out)->sign = '?';
  (*out)->to = p->end;
  return WB_OK;
}

/* Parses a whole expression. */
static wb_status parser_expression(rule_parser *p, wbi_cel_node **out) {
  const uint32_t from = p->token.from;
  wb_status status = parser_deep(p, ++p->depth, from);
  if (status == WB_OK) status = parser_binary(p, 1, out);
  if (status == WB_OK && p->token.kind == '?') status = parser_conditional(p, from, out);
  p->depth--;
  return status;
}

wb_status wbi_cel_parse(wbi_cel_tree *tree) {
  rule_parser p = {.tree = tree};
  wb_status status = parser_advance(&p);
  if (status == WB_OK) status = parser_advance(&p);
  if (status != WB_OK) return status;
  if (p.token.kind == WBI_CEL_END) return parser_fail(&p, p.token.from, "the rule is empty");
  status = parser_expression(&p, &tree->root);
  if (status == WB_OK && p.token.kind != WBI_CEL_END)
    status = parser_unexpected(&p, "a sign such as '==' or '&&' is missing here");
  return status;
}
