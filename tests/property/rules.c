/* SPDX-License-Identifier: MIT */
/*
 * Three voices on random rules over random columns: row by row, in batches, and a naive walk over
 * the checked tree in this file, which has its own copy of the data. They must agree on every
 * truth, and on which fields were missing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cel/cel_private.h"
#include "support/crowd.h"
#include "support/effort.h"

/* ---- random rules ------------------------------------------------------------------------- */

enum { TEXT_MOST = 4096, NAMES_MOST = 8 };

/* A rule that is being written; the names of the macros around. */
typedef struct author {
  uint64_t seed;
  char text[TEXT_MOST];
  size_t length;
  struct {
    char name[4];
    int32_t type; /* enum wb_kind; WB_RECORD: of list */
    int32_t list;
  } names[NAMES_MOST];
  uint32_t count;
} author;

static void put(author *it, const char *text) {
  const size_t length = strlen(text);
  if (it->length + length >= TEXT_MOST) return;
  memcpy(it->text + it->length, text, length + 1);
  it->length += length;
}

static uint32_t dice(author *it, uint32_t sides) {
  return crowd_random(&it->seed, sides);
}

static void write_type(author *it, int32_t type, uint32_t depth);

static const char *any_of(author *it, const char *const *texts, uint32_t count) {
  return texts[dice(it, count)];
}
#define ANY_OF(it, texts) any_of(it, texts, sizeof(texts) / sizeof *(texts))

/* A field of the schema of a type; `kind`: an enumeration or not. */
static void write_field(author *it, int32_t type, bool domain) {
  for (;;) {
    const crowd_field *field = &crowd_fields[dice(it, crowd_field_count)];
    if (field->type != type || field->list >= 0 || (field->domain != NULL) != domain) continue;
    put(it, field->name);
    return;
  }
}

/* A name of a macro of a type, or a part of a record; false: there is none. */
static bool write_name(author *it, int32_t type, bool domain) {
  for (uint32_t tries = 0; tries < 8 && it->count > 0; tries++) {
    const uint32_t at = dice(it, it->count);
    if (it->names[at].type == type && !domain) {
      put(it, it->names[at].name);
      return true;
    }
    const crowd_field *field = &crowd_fields[dice(it, crowd_field_count)];
    if (it->names[at].type != WB_RECORD || field->list != it->names[at].list) continue;
    if (field->type != type || (field->domain != NULL) != domain) continue;
    put(it, it->names[at].name);
    put(it, strrchr(field->name, '.'));
    return true;
  }
  return false;
}

static void write_leaf(author *it, int32_t type, bool domain) {
  if (dice(it, 2) == 0 && write_name(it, type, domain)) return;
  write_field(it, type, domain);
}

static void write_literal(author *it, int32_t type) {
  static const char *const flags[] = {"true", "false"};
  static const char *const ints[] = {"0",
                                     "1",
                                     "2",
                                     "3",
                                     "5",
                                     "-1",
                                     "-3",
                                     "127",
                                     "-128",
                                     "255",
                                     "32767",
                                     "65535",
                                     "9223372036854775807",
                                     "4294967295"};
  static const char *const uints[] = {"0u", "1u", "2u", "5u", "255u", "18446744073709551615u"};
  static const char *const reals[] = {"0.0", "1.0", "-1.5", "2.5", "0.5", "1e30", "3.0"};
  static const char *const texts[] = {"\"a\"", "\"b\"",        "\"ab\"", "\"Ann\"",
                                      "\"\"",  "\"\xc3\xa9\"", "'zz'"};
  static const char *const days[] = {"date(\"2025-12-31\")", "date(\"2026-01-02\")",
                                     "date(\"2025-12-28\")", "today"};
  switch (type) {
  case WB_BOOL: put(it, ANY_OF(it, flags)); break;
  case WB_INT: put(it, ANY_OF(it, ints)); break;
  case WB_UINT: put(it, ANY_OF(it, uints)); break;
  case WB_DOUBLE: put(it, ANY_OF(it, reals)); break;
  case WB_TEXT: put(it, ANY_OF(it, texts)); break;
  default: put(it, ANY_OF(it, days)); break;
  }
}

/* A new name. */
static const char *enter(author *it, int32_t type, int32_t list) {
  char *name = it->names[it->count].name;
  name[0] = (char)('a' + it->count);
  name[1] = 'q';
  name[2] = '\0';
  it->names[it->count].type = type;
  it->names[it->count].list = list;
  it->count++;
  return name;
}

static int32_t any_type(author *it) {
  static const int32_t types[] = {WB_BOOL, WB_INT, WB_INT, WB_DOUBLE, WB_TEXT, WB_DATE, WB_UINT};
  return types[dice(it, 7)];
}

/* A list and what its elements are; of records the list. */
static int32_t write_range(author *it, uint32_t depth, int32_t *list) {
  static const char *const given[] = {"none.items", "may.parts", "may.numbers", "none.items"};
  const uint32_t which = dice(it, depth > 0 ? 6 : 4);
  *list = which == 1 ? 24 : 17;
  if (which < 4) {
    put(it, given[which]);
    return which == 2 ? WB_INT : WB_RECORD;
  }
  const int32_t type = any_type(it);
  put(it, "[");
  for (uint32_t i = 0, count = dice(it, 4); i <= count; i++) {
    if (i > 0) put(it, ", ");
    write_type(it, type, depth - 1);
  }
  put(it, "]");
  return type;
}

/* The range of a macro, its name or names; the body follows. */
static void write_macro(author *it, const char *macro, uint32_t depth, bool two) {
  int32_t list = 0;
  const int32_t type = write_range(it, depth, &list);
  put(it, ".");
  put(it, macro);
  put(it, "(");
  if (two) {
    put(it, enter(it, WB_INT, 0));
    put(it, ", ");
  }
  put(it, enter(it, type, list));
  put(it, ", ");
}

static void leave(author *it, bool two) {
  put(it, ")");
  it->count -= two ? 2 : 1;
}

/* A list of ints. */
static void write_list(author *it, uint32_t depth) {
  const uint32_t which = dice(it, depth > 0 && it->count + 2 < NAMES_MOST ? 5 : 1);
  const bool two = dice(it, 4) == 0;
  switch (which) {
  case 1:
    put(it, "[");
    write_type(it, WB_INT, depth - 1);
    put(it, ", ");
    write_type(it, WB_INT, 0);
    put(it, "]");
    break;
  case 2:
    write_macro(it, two ? "transformList" : "map", depth - 1, two);
    write_type(it, WB_INT, depth - 1);
    leave(it, two);
    break;
  case 3:
    write_macro(it, two ? "transformList" : "map", depth - 1, two);
    write_type(it, WB_BOOL, depth - 1);
    put(it, ", ");
    write_type(it, WB_INT, depth - 1);
    leave(it, two);
    break;
  case 4:
    put(it, "may.numbers.filter(");
    put(it, enter(it, WB_INT, 0));
    put(it, ", ");
    write_type(it, WB_BOOL, depth - 1);
    leave(it, false);
    break;
  default: put(it, "may.numbers"); break;
  }
}

static void write_pair(author *it, const char *sign, int32_t a, int32_t b, uint32_t depth) {
  put(it, "(");
  write_type(it, a, depth);
  put(it, sign);
  write_type(it, b, depth);
  put(it, ")");
}

/* A choice, or a binding, of any type. */
static void write_any(author *it, int32_t type, uint32_t depth) {
  if (dice(it, 2) == 0 || it->count + 1 >= NAMES_MOST) {
    put(it, "(");
    write_type(it, WB_BOOL, depth - 1);
    put(it, " ? ");
    write_type(it, type, depth - 1);
    put(it, " : ");
    write_type(it, type, depth - 1);
    put(it, ")");
    return;
  }
  const int32_t bound = any_type(it);
  char name[4];
  put(it, "cel.bind(");
  memcpy(name, enter(it, bound, 0), sizeof name);
  it->count--; /* not yet within its value */
  put(it, name);
  put(it, ", ");
  write_type(it, bound, depth - 1);
  put(it, ", ");
  (void)enter(it, bound, 0);
  write_type(it, type, depth - 1);
  leave(it, false);
}

static void write_int(author *it, uint32_t depth) {
  static const char *const signs[] = {" + ", " - ", " * ", " / ", " % "};
  static const char *const folds[] = {".sum()", ".min()", ".max()", ".count()", ".size()"};
  static const char *const parts[] = {"none.items[0].fee", "may.parts[is.int].size",
                                      "none.items[1].cost"};
  switch (dice(it, 9)) {
  case 0:
  case 1:
  case 2: write_pair(it, ANY_OF(it, signs), WB_INT, WB_INT, depth - 1); break;
  case 3:
    put(it, "(-");
    write_leaf(it, WB_INT, false);
    put(it, ")");
    break;
  case 4:
    write_list(it, depth - 1);
    put(it, ANY_OF(it, folds));
    break;
  case 5:
    put(it, "size(");
    write_type(it, WB_TEXT, depth - 1);
    put(it, ")");
    break;
  case 6:
    write_list(it, depth - 1);
    put(it, dice(it, 3) ? "[0]" : "[is.int]");
    break;
  case 7: put(it, ANY_OF(it, parts)); break;
  default: write_any(it, WB_INT, depth); break;
  }
}

/* A value among some. */
static void write_in(author *it, uint32_t depth) {
  const bool domain = dice(it, 3) == 0;
  const int32_t type = domain ? WB_TEXT : any_type(it);
  put(it, "(");
  if (domain || dice(it, 2) == 0)
    write_leaf(it, type, domain);
  else
    write_type(it, type, depth - 1);
  put(it, " in ");
  if (type == WB_INT && dice(it, 3) == 0) {
    write_list(it, depth - 1);
  } else {
    put(it, "[");
    for (uint32_t i = 0, count = dice(it, 4); i <= count; i++) {
      static const char *const kinds[] = {"\"low\"", "\"mid\"", "\"high\""};
      if (i > 0) put(it, ", ");
      if (dice(it, 6) == 0)
        put(it, "null");
      else if (domain)
        put(it, ANY_OF(it, kinds));
      else if (dice(it, 4) > 0)
        write_literal(it, type);
      else
        write_leaf(it, type, false);
    }
    put(it, "]");
  }
  put(it, ")");
}

/* A comparison. */
static void write_compare(author *it, uint32_t depth) {
  static const char *const signs[] = {" < ", " <= ", " > ", " >= ", " == ", " != "};
  static const int32_t numbers[] = {WB_INT, WB_UINT, WB_DOUBLE};
  const int32_t type = any_type(it);
  const bool number = type == WB_INT || type == WB_DOUBLE || type == WB_UINT;
  const int32_t other = number && dice(it, 3) == 0 ? numbers[dice(it, 3)] : type;
  write_pair(it, ANY_OF(it, signs), type, other, depth - 1);
}

/* A field against a literal, or null. */
static void write_test(author *it) {
  static const char *const signs[] = {" == ", " != ", " < ", " <= ", " > ", " >= "};
  static const char *const kinds[] = {"\"low\"", "\"mid\"", "\"high\"", "null"};
  const bool domain = dice(it, 4) == 0, mirror = dice(it, 4) == 0, null = dice(it, 6) == 0;
  const int32_t type = domain ? WB_TEXT : any_type(it);
  put(it, "(");
  if (mirror) {
    write_literal(it, domain ? WB_BOOL : type);
    if (domain) put(it, " == true || ");
    if (!domain) put(it, ANY_OF(it, signs));
  }
  write_leaf(it, type, domain);
  if (domain || null) put(it, signs[dice(it, 2)]);
  if (domain)
    put(it, ANY_OF(it, kinds));
  else if (null)
    put(it, "null");
  else if (!mirror) {
    put(it, ANY_OF(it, signs));
    write_literal(it, type);
  }
  put(it, ")");
}

static void write_loop(author *it, uint32_t depth) {
  static const char *const macros[] = {"exists", "all", "exists_one", "existsOne"};
  const bool two = dice(it, 4) == 0;
  write_macro(it, ANY_OF(it, macros), depth - 1, two);
  write_type(it, WB_BOOL, depth - 1);
  leave(it, two);
}

static void write_logic(author *it, uint32_t depth) {
  const char *sign = dice(it, 2) ? " && " : " || ";
  put(it, "(");
  for (uint32_t i = 0, count = 2 + dice(it, 2); i < count; i++) {
    if (i > 0) put(it, sign);
    write_type(it, WB_BOOL, depth - 1);
  }
  put(it, ")");
}

static void write_has(author *it) {
  put(it, "has(");
  do {
    if (dice(it, 2) == 0 && write_name(it, WB_RECORD, true)) break;
    const int32_t type = any_type(it);
    const size_t before = it->length;
    if (it->count > 0 && dice(it, 2) && write_name(it, type, false)) {
      if (strchr(it->text + before, '.')) break;
      it->length = before;
    }
    write_field(it, type, false);
  } while (false);
  put(it, ")");
}

static void write_words(author *it, uint32_t depth) {
  static const char *const names[] = {".contains(", ".startsWith(", ".endsWith("};
  write_type(it, WB_TEXT, depth - 1);
  put(it, ANY_OF(it, names));
  write_type(it, WB_TEXT, 0);
  put(it, ")");
}

static void write_bool(author *it, uint32_t depth) {
  const bool room = it->count + 2 < NAMES_MOST;
  switch (dice(it, 14)) {
  case 0:
  case 1:
  case 2: write_logic(it, depth); break;
  case 3:
    put(it, "!");
    write_type(it, WB_BOOL, depth - 1);
    break;
  case 4:
  case 5: write_compare(it, depth); break;
  case 6: write_in(it, depth); break;
  case 7: write_has(it); break;
  case 8: write_words(it, depth); break;
  case 9: write_any(it, WB_BOOL, depth); break;
  case 10:
  case 11:
    if (room) {
      write_loop(it, depth);
      break;
    }
    write_test(it);
    break;
  default: write_test(it); break;
  }
}

/* An expression of a type. */
static void write_type(author *it, int32_t type, uint32_t depth) {
  if (depth == 0 || it->length > 600) {
    if (dice(it, 3) == 0)
      write_literal(it, type);
    else
      write_leaf(it, type, false);
  } else if (type == WB_BOOL) {
    write_bool(it, depth);
  } else if (type == WB_INT && dice(it, 2)) {
    write_int(it, depth);
  } else if (type == WB_TEXT && dice(it, 3) == 0) {
    write_pair(it, " + ", WB_TEXT, WB_TEXT, 0);
  } else if (type == WB_DOUBLE && dice(it, 3) == 0) {
    static const char *const signs[] = {" + ", " - ", " * ", " / "};
    write_pair(it, ANY_OF(it, signs), WB_DOUBLE, WB_DOUBLE, depth - 1);
  } else if (dice(it, 5) == 0) {
    write_any(it, type, depth);
  } else {
    write_type(it, type, 0);
  }
}

/* ---- the walk ----------------------------------------------------------------------------- */

enum { ERROR = 100, MADE_MOST = 1 << 17, LOCALS_MOST = 64 };

/* A value as the walk has it. */
typedef struct value {
  int32_t kind; /* enum wb_kind, or ERROR */
  uint32_t count;
  int64_t integer; /* of a record: its element */
  double real;
  const char *text;
  const struct value *items;
  uint32_t lacking; /* of what is unknown, or null of the data: fields, by bit */
} value;

typedef struct walk {
  const crowd *of;
  uint32_t row;
  value locals[LOCALS_MOST];
  value *made;
  uint32_t used;
} walk;

static const value wrong = {.kind = ERROR};

static value truth_of(bool truth) {
  return (value){.kind = WB_BOOL, .integer = truth};
}
static bool is_doubt(value it) {
  return it.kind == WB_UNKNOWN || it.kind == ERROR;
}
static value both(value a, value b) {
  if (a.kind == WB_UNKNOWN && b.kind == WB_UNKNOWN) a.lacking |= b.lacking;
  if (a.kind == WB_UNKNOWN || (b.kind != WB_UNKNOWN && a.kind == ERROR)) return a;
  return b;
}

static value *take(walk *it, uint32_t count) {
  if (it->used + count > MADE_MOST) fail_msg("the walk needs more room");
  it->used += count;
  return it->made + it->used - count;
}

static uint32_t field_of(const walk *it, uint32_t index) {
  for (uint32_t i = 0; i < crowd_field_count; i++)
    if (it->of->indices[i] == index) return i;
  return UINT32_MAX;
}

static value lacks(uint32_t field) {
  return (value){.kind = WB_UNKNOWN, .lacking = UINT32_C(1) << field};
}

static value of_cell(uint32_t field, const crowd_cell *cell, bool needed) {
  if (cell->kind == WB_UNKNOWN || (cell->kind == WB_NULL && needed)) return lacks(field);
  return (value){.kind = cell->kind,
                 .lacking = cell->kind == WB_NULL ? lacks(field).lacking : 0,
                 .integer = cell->integer,
                 .real = cell->real,
                 .text = cell->data,
                 .count = cell->length};
}

static value of_list(walk *it, uint32_t field, const crowd_cell *cell) {
  value *items = take(it, cell->length);
  for (uint32_t i = 0; i < cell->length; i++) {
    if (crowd_fields[field].element == WB_RECORD)
      items[i] = (value){.kind = WB_RECORD, .integer = cell->integer + i};
    else
      items[i] = of_cell(field, &it->of->items[field][cell->integer + i], false);
  }
  return (value){.kind = WB_LIST, .items = items, .count = cell->length};
}

static value walk_node(walk *it, const wbi_cel_node *node, bool needed);

static value walk_field(walk *it, const wbi_cel_node *node, bool needed) {
  const uint32_t field = field_of(it, node->index);
  if (field == UINT32_MAX) return (value){.kind = WB_DATE, .integer = CROWD_TODAY};
  const crowd_cell *cell = &it->of->cells[field][it->row];
  return cell->kind == WB_LIST ? of_list(it, field, cell) : of_cell(field, cell, needed);
}

static value walk_element(walk *it, const wbi_cel_node *node, bool needed) {
  const value record = walk_node(it, node->first, true);
  const uint32_t field = field_of(it, node->index);
  if (is_doubt(record)) return record;
  return of_cell(field, &it->of->cells[field][record.integer], needed);
}

/* Null of the data, where a value is needed, is as good as unknown. */
static value needed_value(value it) {
  if (it.kind == WB_NULL && it.lacking != 0) it.kind = WB_UNKNOWN;
  return it;
}

/* ---- comparing ---------------------------------------------------------------------------- */

static bool is_number(value it) {
  return it.kind == WB_INT || it.kind == WB_UINT || it.kind == WB_DOUBLE;
}

static double as_real(value it) {
  if (it.kind == WB_DOUBLE) return it.real;
  return it.kind == WB_INT ? (double)it.integer : (double)(uint64_t)it.integer;
}

/* -1, 0, 1; 2: in no order; 3: these have none. */
static int order_of(value a, value b) {
  if (is_number(a) && is_number(b)) {
    if (a.kind == WB_DOUBLE || b.kind == WB_DOUBLE) {
      const double x = as_real(a), y = as_real(b);
      return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
    }
    const bool under_a = a.kind == WB_INT && a.integer < 0;
    const bool under_b = b.kind == WB_INT && b.integer < 0;
    if (under_a != under_b) return under_a ? -1 : 1;
    const uint64_t x = (uint64_t)a.integer, y = (uint64_t)b.integer;
    return x < y ? -1 : x > y;
  }
  if (a.kind != b.kind) return 3;
  if (a.kind == WB_TEXT) {
    const uint32_t least = a.count < b.count ? a.count : b.count;
    const int order = least ? memcmp(a.text, b.text, least) : 0;
    if (order != 0) return order < 0 ? -1 : 1;
    return a.count < b.count ? -1 : a.count > b.count;
  }
  if (a.kind != WB_BOOL && a.kind != WB_DATE) return 3;
  return a.integer < b.integer ? -1 : a.integer > b.integer;
}

static value equal(value a, value b) {
  if (is_doubt(a) || is_doubt(b)) return both(a, is_doubt(b) ? b : a);
  if (a.kind == WB_NULL || b.kind == WB_NULL) return truth_of(a.kind == b.kind);
  return truth_of(order_of(a, b) == 0);
}

static value compare(uint32_t sign, value a, value b) {
  const int order = order_of(a, b);
  if (order == 3) return wrong;
  if (order == 2) return truth_of(false);
  return truth_of(sign == '<'                  ? order < 0
                  : sign == '>'                ? order > 0
                  : sign == WBI_CEL_LESS_EQUAL ? order <= 0
                                               : order >= 0);
}

/* ---- operators ---------------------------------------------------------------------------- */

static value logic(walk *it, const wbi_cel_node *node) {
  const bool decides = node->sign == WBI_CEL_OR;
  value all = truth_of(!decides);
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    value part = walk_node(it, child, true);
    if (part.kind == WB_BOOL && (part.integer != 0) == decides) return part;
    if (part.kind == WB_BOOL) continue;
    if (!is_doubt(part)) part = wrong;
    all = is_doubt(all) ? both(all, part) : part;
  }
  return all;
}

static value whole(uint32_t sign, int64_t a, int64_t b) {
  value out = {.kind = WB_INT};
  switch (sign) {
  case '+': return __builtin_add_overflow(a, b, &out.integer) ? wrong : out;
  case '-': return __builtin_sub_overflow(a, b, &out.integer) ? wrong : out;
  case '*': return __builtin_mul_overflow(a, b, &out.integer) ? wrong : out;
  default: break;
  }
  if (b == 0 || (b == -1 && a == INT64_MIN)) return wrong;
  out.integer = sign == '/' ? a / b : a % b;
  return out;
}

static value real_sum(uint32_t sign, double a, double b) {
  value out = {.kind = WB_DOUBLE};
  out.real = sign == '+' ? a + b : sign == '-' ? a - b : sign == '*' ? a * b : a / b;
  return out;
}

static value joined(walk *it, value a, value b) {
  const size_t size = a.count + b.count + 1;
  char *text = (char *)take(it, (uint32_t)(size / sizeof(value) + 1));
  if (a.count > 0) memcpy(text, a.text, a.count);
  if (b.count > 0) memcpy(text + a.count, b.text, b.count);
  return (value){.kind = WB_TEXT, .text = text, .count = a.count + b.count};
}

static value arithmetic(walk *it, uint32_t sign, value a, value b) {
  if (a.kind != b.kind) return wrong;
  if (a.kind == WB_INT) return whole(sign, a.integer, b.integer);
  if (a.kind == WB_DOUBLE) return real_sum(sign, a.real, b.real);
  return a.kind == WB_TEXT ? joined(it, a, b) : wrong;
}

static value among(value a, value set) {
  value all = truth_of(false);
  if (set.kind != WB_LIST) return wrong;
  for (uint32_t i = 0; i < set.count; i++) {
    const value same = equal(a, set.items[i]);
    if (same.kind == WB_BOOL && same.integer != 0) return same;
    if (is_doubt(same)) all = is_doubt(all) ? both(all, same) : same;
  }
  return all;
}

static value binary(walk *it, const wbi_cel_node *node) {
  const uint32_t sign = node->sign;
  const bool equality = sign == WBI_CEL_EQUAL || sign == WBI_CEL_NOT_EQUAL;
  const bool in = sign == WBI_CEL_IN;
  const value a = walk_node(it, node->first, !equality && !in);
  const value b = walk_node(it, node->last, !equality);
  if (is_doubt(a) || is_doubt(b))
    return is_doubt(a) && is_doubt(b) ? both(a, b) : is_doubt(a) ? a : b;
  if (in) return among(a, b);
  if (equality) {
    value same = equal(a, b);
    if (sign == WBI_CEL_NOT_EQUAL && same.kind == WB_BOOL) same.integer = !same.integer;
    return same;
  }
  if (sign == '<' || sign == '>' || sign == WBI_CEL_LESS_EQUAL || sign == WBI_CEL_GREATER_EQUAL)
    return compare(sign, a, b);
  return arithmetic(it, sign, a, b);
}

static value unary(walk *it, const wbi_cel_node *node) {
  value a = walk_node(it, node->first, true);
  if (is_doubt(a)) return a;
  if (node->sign == '!') {
    a.integer = !a.integer;
    return a.kind == WB_BOOL ? a : wrong;
  }
  if (a.kind == WB_DOUBLE) return (value){.kind = WB_DOUBLE, .real = -a.real};
  return a.kind == WB_INT ? whole('-', 0, a.integer) : wrong;
}

static value choice(walk *it, const wbi_cel_node *node, bool needed) {
  const value question = walk_node(it, node->first, true);
  if (is_doubt(question)) return question;
  if (question.kind != WB_BOOL) return wrong;
  return walk_node(it, question.integer ? node->first->next : node->last, needed);
}

static value operate(walk *it, const wbi_cel_node *node, bool needed) {
  if (node->sign == WBI_CEL_AND || node->sign == WBI_CEL_OR) return logic(it, node);
  if (node->sign == '?') return choice(it, node, needed);
  return node->count == 1 ? unary(it, node) : binary(it, node);
}

/* ---- macros and functions ----------------------------------------------------------------- */

/* A list may hold what is unknown, but no error. */
static value all_of_list(walk *it, const wbi_cel_node *node) {
  value *items = take(it, node->count);
  value out = {.kind = WB_LIST, .items = items, .count = node->count};
  uint32_t at = 0;
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    items[at] = walk_node(it, child, false);
    if (items[at++].kind == ERROR) out = wrong;
  }
  return out;
}

static value loop(walk *it, const wbi_cel_node *node) {
  const value range = walk_node(it, node->first, true);
  const wbi_cel_node *filter = node->first->next != node->last ? node->first->next : NULL;
  value doubt = {.kind = WB_NULL};
  uint32_t count = 0;
  if (is_doubt(range)) return range;
  if (range.kind != WB_LIST) return wrong;
  value *made = take(it, range.count);
  for (uint32_t i = 0; i < range.count; i++) {
    value *local = &it->locals[node->index];
    local[0] = node->names == 1 ? range.items[i] : (value){.kind = WB_INT, .integer = i};
    if (node->names == 2) local[1] = range.items[i];
    value step = filter ? walk_node(it, filter, true) : truth_of(true);
    if (filter && !is_doubt(step) && step.kind != WB_BOOL) step = wrong;
    if (filter && step.kind == WB_BOOL && !step.integer) continue;
    if (!is_doubt(step)) step = walk_node(it, node->last, node->sign <= WBI_LOOP_FILTER);
    if (!is_doubt(step) && node->sign <= WBI_LOOP_FILTER && step.kind != WB_BOOL) step = wrong;
    if (is_doubt(step))
      doubt = is_doubt(doubt) ? both(doubt, step) : step;
    else if (node->sign == WBI_LOOP_ALL && !step.integer)
      return step;
    else if (node->sign == WBI_LOOP_EXISTS && step.integer)
      return step;
    else if (node->sign == WBI_LOOP_ONE)
      count += step.integer != 0;
    else if (node->sign == WBI_LOOP_LIST)
      made[count++] = step;
    else if (node->sign == WBI_LOOP_FILTER && step.integer)
      made[count++] = range.items[i];
  }
  if (is_doubt(doubt)) return doubt;
  if (node->sign == WBI_LOOP_ONE) return truth_of(count == 1);
  if (node->sign <= WBI_LOOP_EXISTS) return truth_of(node->sign == WBI_LOOP_ALL);
  return (value){.kind = WB_LIST, .items = made, .count = count};
}

/* sum, min, max. */
static value folded(value list, char which) {
  if (list.count == 0) return which == 's' ? (value){.kind = WB_INT} : wrong;
  value all = needed_value(list.items[0]);
  if (!is_doubt(all) && all.kind != WB_INT) all = wrong;
  for (uint32_t i = 1; i < list.count; i++) {
    const value item = needed_value(list.items[i]);
    if (is_doubt(all) || is_doubt(item))
      all = is_doubt(all) && is_doubt(item) ? both(all, item) : is_doubt(all) ? all : item;
    else if (item.kind != WB_INT)
      all = wrong;
    else if (which == 's')
      all = whole('+', all.integer, item.integer);
    else if (which == 'i' ? item.integer < all.integer : item.integer > all.integer)
      all = item;
  }
  return all;
}

static bool has_part(value text, value part, char which) {
  if (part.count > text.count) return false;
  const uint32_t last = text.count - part.count;
  for (uint32_t at = which == 'e' ? last : 0; at <= (which == 's' ? 0 : last); at++)
    if (part.count == 0 || !memcmp(text.text + at, part.text, part.count)) return true;
  return false;
}

static value size_of(value of) {
  value out = {.kind = WB_INT, .integer = of.count};
  if (of.kind != WB_TEXT) return of.kind == WB_LIST ? out : wrong;
  for (uint32_t i = 0; i < of.count; i++)
    out.integer -= ((unsigned char)of.text[i] & 0xC0) == 0x80;
  return out;
}

static value called(const wbi_cel_node *node, const value *arguments) {
  const wbi_text name = node->name;
  const value of = arguments[0];
  if (wbi_text_equal(name, WBI_TEXT("size"))) return size_of(of);
  if (wbi_text_equal(name, WBI_TEXT("date"))) {
    wb_date day = 0;
    assert_int_equal(wb_date_parse(of.text, of.count, &day), WB_OK);
    return (value){.kind = WB_DATE, .integer = day};
  }
  if (wbi_text_equal(name, WBI_TEXT("contains")) || wbi_text_starts(name, WBI_TEXT("startsW")) ||
      wbi_text_starts(name, WBI_TEXT("endsW"))) {
    if (of.kind != WB_TEXT || arguments[1].kind != WB_TEXT) return wrong;
    return truth_of(has_part(of, arguments[1], name.data[0]));
  }
  if (of.kind != WB_LIST) return wrong;
  if (wbi_text_equal(name, WBI_TEXT("count"))) return (value){.kind = WB_INT, .integer = of.count};
  return folded(of, wbi_text_equal(name, WBI_TEXT("max")) ? 'a' : name.data[0] == 's' ? 's' : 'i');
}

static value call(walk *it, const wbi_cel_node *node) {
  value arguments[4] = {{.kind = WB_NULL}}, doubt = {.kind = WB_NULL};
  uint32_t at = 0;
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    arguments[at] = walk_node(it, child, true);
    if (is_doubt(arguments[at]))
      doubt = is_doubt(doubt) ? both(doubt, arguments[at]) : arguments[at];
    at++;
  }
  return is_doubt(doubt) ? doubt : called(node, arguments);
}

static value element(walk *it, const wbi_cel_node *node) {
  const value of = walk_node(it, node->first, true), at = walk_node(it, node->last, true);
  if (is_doubt(of) || is_doubt(at))
    return is_doubt(of) && is_doubt(at) ? both(of, at) : is_doubt(of) ? of : at;
  if (of.kind != WB_LIST || at.kind != WB_INT) return wrong;
  return at.integer >= 0 && at.integer < of.count ? of.items[at.integer] : wrong;
}

static value has(walk *it, const wbi_cel_node *node) {
  const value of = walk_node(it, node->first, false);
  if (of.kind == ERROR) return of;
  return truth_of(of.kind != WB_NULL && of.kind != WB_UNKNOWN);
}

static value literal(const wbi_cel_value *from) {
  value out = {.kind = from->kind, .integer = from->as.integer, .count = from->length};
  if (from->kind == WB_DOUBLE) out.real = from->as.real;
  if (from->kind == WB_TEXT) out.text = from->as.data;
  return out;
}

static value walk_node(walk *it, const wbi_cel_node *node, bool needed) {
  switch (node->kind) {
  case WBI_CEL_LITERAL: return literal(&node->value);
  case WBI_CEL_FIELD: return walk_field(it, node, needed);
  case WBI_CEL_ELEMENT: return walk_element(it, node, needed);
  case WBI_CEL_LOCAL:
    return needed ? needed_value(it->locals[node->index]) : it->locals[node->index];
  case WBI_CEL_INDEX: return element(it, node);
  case WBI_CEL_CALL: return call(it, node);
  case WBI_CEL_LIST: return all_of_list(it, node);
  case WBI_CEL_LOOP: return loop(it, node);
  case WBI_CEL_BIND:
    it->locals[node->index] = walk_node(it, node->first, false);
    return walk_node(it, node->last, needed);
  case WBI_CEL_HAS: return has(it, node);
  case WBI_CEL_OPERATOR: return operate(it, node, needed);
  default: fail_msg("a kind of node that the walk does not know: %u", node->kind);
  }
  return wrong;
}

/* ---- the three voices --------------------------------------------------------------------- */

typedef struct tried {
  uint64_t rules, refused, rows, truths[4];
} tried;

/* The truth of a value, as verdicts have it. */
static int32_t truth_in(value it) {
  if (it.kind == WB_BOOL) return it.integer != 0;
  return it.kind == WB_UNKNOWN ? WB_UNDETERMINED : WB_FAULTY;
}

/* The fields of a verdict, by bit. */
static uint32_t missing_in(const walk *it, const wb_verdict *verdict) {
  uint32_t fields = 0;
  for (uint32_t i = 0; i < verdict->missing_count && i < WB_VERDICT_MISSING; i++)
    fields |= UINT32_C(1) << field_of(it, verdict->missing[i]);
  return fields;
}

/* One row by the row executor and by the walk. */
static int32_t ask_row(walk *it, const wb_rule *rule, const wbi_cel_tree *tree, uint32_t row) {
  wb_verdict verdict = {.size = sizeof verdict};
  wb_error error = {0};
  const wb_status status =
      wb_rule_test(rule, it->of->facts, row, &it->of->moment, &verdict, &error);
  if (status != WB_OK) fail_msg("%s, row %u: %s", tree->source.data, row, error.message);
  it->row = row;
  it->used = 0;
  const value walked = walk_node(it, tree->root, true);
  if (verdict.truth != truth_in(walked))
    fail_msg("%s\nrow %u of %u: %d, walked %d", tree->source.data, row, it->of->rows, verdict.truth,
             truth_in(walked));
  const uint32_t lacking = walked.kind == WB_UNKNOWN ? walked.lacking : 0;
  if (verdict.missing_count <= WB_VERDICT_MISSING && missing_in(it, &verdict) != lacking)
    fail_msg("%s\nrow %u: missing %x, walked %x", tree->source.data, row, missing_in(it, &verdict),
             lacking);
  return verdict.truth;
}

/* A stretch of rows in batches against what the rows said. */
static void ask_stretch(author *by, const crowd *of, const wb_rule *rule, const int8_t *truths) {
  static uint8_t yes[512], known[512];
  const uint32_t first = dice(by, 3) ? dice(by, of->rows + 1) : 0;
  const uint32_t count = dice(by, 3) ? dice(by, of->rows - first + 1) : of->rows - first;
  wb_error error = {0};
  const wb_status status =
      wb_rule_match(rule, of->facts, first, count, &of->moment, yes, known, &error);
  if (status != WB_OK) fail_msg("%s: %s", by->text, error.message);
  for (uint32_t i = 0; i < (count + 7) / 8 * 8; i++) {
    const bool selected = yes[i / 8] >> (i % 8) & 1, decided = known[i / 8] >> (i % 8) & 1;
    const int32_t truth = i < count ? truths[first + i] : WB_FAULTY;
    if (selected != (truth == WB_TRUE) || decided != (truth == WB_TRUE || truth == WB_FALSE))
      fail_msg("%s\nrow %u, of %u from %u: %d by row, in a batch yes %d known %d", by->text,
               first + i, count, first, truth, selected, decided);
  }
}

/* All of them on one rule. */
static void ask(author *by, walk *it, tried *so_far) {
  static int8_t truths[4096];
  const crowd *of = it->of;
  wb_rule *rule = NULL;
  wb_error error = {0};
  so_far->rules++;
  if (wb_rule_new(NULL, of->schema, by->text, by->length, &rule, &error) != WB_OK) {
    so_far->refused++;
    return;
  }
  wbi_arena arena;
  wbi_arena_init(&arena, NULL, 0);
  const wbi_cel_env env = {.schema = of->schema};
  wbi_cel_tree tree = {.source = {by->text, by->length},
                       .env = &env,
                       .arena = &arena,
                       .depth = 64,
                       .cost = UINT64_MAX};
  assert_int_equal(wbi_cel_parse(&tree), WB_OK);
  assert_int_equal(wbi_cel_check(&tree), WB_OK);
  for (uint32_t row = 0; row < of->rows; row++) {
    truths[row] = (int8_t)ask_row(it, rule, &tree, row);
    so_far->truths[truths[row]]++;
  }
  so_far->rows += of->rows;
  for (int i = 0; i < 3; i++)
    ask_stretch(by, of, rule, truths);
  wbi_arena_free(&arena);
  wb_rule_unref(rule);
}

/* One crowd and some rules on it. */
static void ask_crowd(uint64_t seed, uint32_t rules, tried *so_far) {
  static walk it;
  author by = {.seed = seed * 977 + 3};
  crowd of;
  const uint32_t rows = 1 + dice(&by, seed % 8 == 0 ? 2500 : 300);
  crowd_open(&of, NULL, seed, rows, 1 + dice(&by, 5));
  it.of = &of;
  it.made = malloc(MADE_MOST * sizeof *it.made);
  assert_non_null(it.made);
  for (uint32_t i = 0; i < rules; i++) {
    by.length = by.count = 0;
    write_type(&by, WB_BOOL, 1 + dice(&by, 5));
    ask(&by, &it, so_far);
  }
  free(it.made);
  crowd_close(&of);
}

static void rows_batches_and_a_naive_walk_agree(void **state) {
  (void)state;
  tried so_far = {0};
  const uint64_t wanted = effort(EFFORT_FAST ? 4000000 : 100000);
  const char *first = getenv("WB_SEED");
  uint64_t seed = first ? strtoull(first, NULL, 10) : 1;
  for (; so_far.rows < wanted; seed++)
    ask_crowd(seed, EFFORT_FAST ? 100 : 20, &so_far);
  print_message("%llu rules, %llu refused, %llu rows: %llu false, %llu true, %llu unknown, %llu "
                "without a value\n",
                (unsigned long long)so_far.rules, (unsigned long long)so_far.refused,
                (unsigned long long)so_far.rows, (unsigned long long)so_far.truths[0],
                (unsigned long long)so_far.truths[1], (unsigned long long)so_far.truths[2],
                (unsigned long long)so_far.truths[3]);
  assert_true(so_far.refused * 5 < so_far.rules);
  for (int i = 0; i < 4; i++)
    assert_true(so_far.truths[i] * 500 > so_far.rows);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_batches_and_a_naive_walk_agree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
