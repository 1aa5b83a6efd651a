/* SPDX-License-Identifier: MIT */
/* The functions and operators there are, and how their signatures read. */
#include "cel/cel_private.h"

static const wbi_cel_library *const overload_libraries[] = {
    &wbi_cel_basics,   &wbi_cel_convert, &wbi_cel_calendar,  &wbi_cel_strings, &wbi_cel_math,
    &wbi_cel_encoders, &wbi_cel_lists,   &wbi_cel_optionals, &wbi_cel_matching};

/* Operators that have overloads. "~" is the minus sign before one operand, "<" stands for all that
   order, "=" for == and !=. */
static const wbi_cel_overload overload_operators[] = {
    {"+", "ii:i", NULL}, {"+", "uu:u", NULL},    {"+", "dd:d", NULL},   {"+", "ss:s", NULL},
    {"+", "yy:y", NULL}, {"+", "LALA:LA", NULL}, {"+", "pp:p", NULL},   {"+", "tp:t", NULL},
    {"+", "pt:t", NULL}, {"-", "ii:i", NULL},    {"-", "uu:u", NULL},   {"-", "dd:d", NULL},
    {"-", "tt:p", NULL}, {"-", "tp:t", NULL},    {"-", "pp:p", NULL},   {"*", "ii:i", NULL},
    {"*", "uu:u", NULL}, {"*", "dd:d", NULL},    {"/", "ii:i", NULL},   {"/", "uu:u", NULL},
    {"/", "dd:d", NULL}, {"%", "ii:i", NULL},    {"%", "uu:u", NULL},   {"~", "i:i", NULL},
    {"~", "d:d", NULL},  {"<", "bb:b", NULL},    {"<", "ii:b", NULL},   {"<", "iu:b", NULL},
    {"<", "id:b", NULL}, {"<", "uu:b", NULL},    {"<", "ui:b", NULL},   {"<", "ud:b", NULL},
    {"<", "dd:b", NULL}, {"<", "di:b", NULL},    {"<", "du:b", NULL},   {"<", "ss:b", NULL},
    {"<", "yy:b", NULL}, {"<", "tt:b", NULL},    {"<", "pp:b", NULL},   {"<", "ee:b", NULL},
    {"=", "AA:b", NULL}, {"in", "ALA:b", NULL},  {"in", "AMAB:b", NULL}};

/* ---- finding ------------------------------------------------------------------------------ */

/* Rows of a name in a table; NULL: none. */
static const wbi_cel_overload *overload_rows(const wbi_cel_overload *rows, uint32_t all,
                                             wbi_text name, uint32_t *count) {
  for (uint32_t i = 0; i < all; i++) {
    if (!wbi_text_equal(wbi_text_of(rows[i].name), name)) continue;
    uint32_t last = i + 1;
    while (last < all && strcmp(rows[last].name, rows[i].name) == 0)
      last++;
    *count = last - i;
    return &rows[i];
  }
  return NULL;
}

const wbi_cel_overload *wbi_overload_find(wbi_text name, uint32_t *count) {
  for (size_t i = 0; i < WBI_COUNT(overload_libraries); i++) {
    const wbi_cel_library *library = overload_libraries[i];
    const wbi_cel_overload *rows = overload_rows(library->overloads, library->count, name, count);
    if (rows != NULL) return rows;
  }
  return NULL;
}

const wbi_cel_overload *wbi_overload_operator(uint32_t sign, uint32_t *count) {
  char one = (char)sign;
  wbi_text name = {&one, 1};
  switch (sign) {
  case WBI_CEL_EQUAL:
  case WBI_CEL_NOT_EQUAL: name = WBI_TEXT("="); break;
  case '>':
  case WBI_CEL_LESS_EQUAL:
  case WBI_CEL_GREATER_EQUAL: name = WBI_TEXT("<"); break;
  case WBI_CEL_IN: name = WBI_TEXT("in"); break;
  case WBI_CEL_NEGATE: name = WBI_TEXT("~"); break;
  default: break;
  }
  return overload_rows(overload_operators, WBI_COUNT(overload_operators), name, count);
}

wbi_text wbi_overload_nearest(wbi_text name) {
  wbi_text nearest = {NULL, 0};
  for (size_t i = 0; i < WBI_COUNT(overload_libraries); i++) {
    const wbi_cel_library *library = overload_libraries[i];
    for (uint32_t j = 0; j < library->count; j++) {
      const wbi_text names[] = {nearest, wbi_text_of(library->overloads[j].name)};
      const size_t from = nearest.length > 0 ? 0 : 1;
      nearest = wbi_text_nearest(name, names + from, WBI_COUNT(names) - from);
    }
  }
  return nearest;
}

bool wbi_overload_is_namespace(wbi_text name) {
  for (size_t i = 0; i < WBI_COUNT(overload_libraries); i++) {
    const wbi_cel_library *library = overload_libraries[i];
    for (uint32_t j = 0; j < library->count; j++) {
      const wbi_text full = wbi_text_of(library->overloads[j].name);
      if (full.length > name.length && full.data[name.length] == '.' && wbi_text_starts(full, name))
        return true;
    }
  }
  return false;
}

/* ---- signatures --------------------------------------------------------------------------- */

/* What a letter stands for; 0: a type with parts, or one to be found. */
static uint32_t overload_kind(char letter) {
  switch (letter) {
  case 'b': return WB_BOOL;
  case 'i': return WB_INT;
  case 'u': return WB_UINT;
  case 'd': return WB_DOUBLE;
  case 's': return WB_TEXT;
  case 'y': return WB_BYTES;
  case 't': return WB_TIME;
  case 'p': return WBI_KIND_DURATION;
  case 'e': return WB_DATE;
  case '*': return WBI_KIND_DYN;
  default: return 0;
  }
}

/* A signature that is being read: from its end, so that parts are known before what holds them. */
typedef struct overload_reader {
  wbi_solver *solver;
  const wbi_cel_type *letters[2]; /* A and B */
  const wbi_cel_type *stack[WBI_CEL_ARGUMENTS * 2];
  uint32_t depth;
} overload_reader;

/* Makes a type of the topmost ones. */
static const wbi_cel_type *overload_make(overload_reader *r, uint32_t kind, uint32_t parts) {
  const wbi_cel_type *first = r->stack[--r->depth];
  const wbi_cel_type *second = parts == 2 ? r->stack[--r->depth] : NULL;
  const wbi_cel_type *type = wbi_type_make(r->solver->arena, kind, first, second);
  if (type != NULL) return type;
  r->solver->failed = true;
  return wbi_type_of(WBI_KIND_DYN);
}

/* Reads one letter. */
static const wbi_cel_type *overload_letter(overload_reader *r, char letter) {
  const uint32_t kind = overload_kind(letter);
  if (kind != 0) return wbi_type_of(kind);
  switch (letter) {
  case 'L': return overload_make(r, WB_LIST, 1);
  case 'O': return overload_make(r, WBI_KIND_OPTIONAL, 1);
  case 'T': return overload_make(r, WBI_KIND_TYPE, 1);
  case 'M': return overload_make(r, WBI_KIND_MAP, 2);
  default: break;
  }
  const wbi_cel_type **param = &r->letters[letter == 'B'];
  if (*param == NULL) *param = wbi_solver_param(r->solver);
  return *param;
}

/* Reads the types of a stretch onto the stack, the first one topmost. */
static void overload_stretch(overload_reader *r, wbi_text letters) {
  r->depth = 0;
  for (size_t i = letters.length; i-- > 0;) {
    const wbi_cel_type *type = overload_letter(r, letters.data[i]);
    r->stack[r->depth++] = type;
  }
}

void wbi_overload_read(const wbi_cel_overload *overload, wbi_solver *solver,
                       wbi_cel_signature *signature) {
  overload_reader r = {.solver = solver};
  wbi_text text = wbi_text_of(overload->signature);
  const char *colon = memchr(text.data, ':', text.length);
  const size_t at = (size_t)(colon - text.data);
  wbi_text parameters = wbi_text_slice(text, 0, at);
  signature->receiver = wbi_text_starts(parameters, WBI_TEXT("."));
  if (signature->receiver) parameters = wbi_text_slice(parameters, 1, at);
  signature->several = parameters.length > 0 && parameters.data[parameters.length - 1] == '+';
  if (signature->several) parameters.length--;
  overload_stretch(&r, parameters);
  signature->count = r.depth;
  for (uint32_t i = 0; i < r.depth; i++)
    signature->parameters[i] = r.stack[r.depth - 1 - i];
  overload_stretch(&r, wbi_text_slice(text, at + 1, text.length));
  signature->result = r.stack[0];
}
