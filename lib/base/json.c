/* SPDX-License-Identifier: MIT */
/* JSON (RFC 8259) into a tree in an arena, without recursion. */
#include "base/base.h"

typedef struct json_reader {
  wbi_arena *arena;
  wbi_text source;
  wb_error *error;
  size_t at;
  size_t line_start;
  uint32_t line;
  uint32_t depth;
} json_reader;

/* The next byte, 0 at the end (a NUL of the source is no JSON either). */
static char json_peek(const json_reader *reader) {
  return reader->at < reader->source.length ? reader->source.data[reader->at] : '\0';
}

/* An error where the reader stands. */
static wb_status json_fail_here(const json_reader *reader, wb_status status, const char *message) {
  return wbi_fail_at(reader->error, status, reader->source, reader->at, message);
}

/* No memory: the error has no place. */
static wb_status json_fail_memory(const json_reader *reader) {
  return wbi_fail(reader->error, WB_E_NOMEM, "There is no memory for the JSON text.");
}

/* Skips white space and counts lines: a line ends nowhere else. */
static void json_skip_space(json_reader *reader) {
  for (; reader->at < reader->source.length; reader->at++) {
    const char c = reader->source.data[reader->at];
    if (c == '\n') {
      reader->line++;
      reader->line_start = reader->at + 1;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      return;
    }
  }
}

/* The value of four hexadecimal digits, which are left behind; false when they are not there. */
static bool json_read_hex(json_reader *reader, uint32_t *value) {
  if (reader->source.length - reader->at < 4) return false;
  uint32_t sum = 0;
  for (size_t i = 0; i < 4; i++) {
    const uint32_t digit = wbi_digit(reader->source.data[reader->at + i]);
    if (digit > 15) return false;
    sum = sum << 4 | digit;
  }
  reader->at += 4;
  *value = sum;
  return true;
}

/* Reads what follows "\u": one scalar, perhaps of two surrogates. */
static bool json_read_scalar(json_reader *reader, uint32_t *scalar) {
  uint32_t high = 0, low = 0;
  if (!json_read_hex(reader, &high)) return false;
  *scalar = high;
  if (high < 0xD800 || high > 0xDFFF) return true;
  if (high > 0xDBFF ||
      !wbi_text_starts(wbi_text_slice(reader->source, reader->at, SIZE_MAX), WBI_TEXT("\\u"))) {
    return false;
  }
  reader->at += 2;
  if (!json_read_hex(reader, &low) || low < 0xDC00 || low > 0xDFFF) return false;
  *scalar = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  return true;
}

/* The character that a one-letter escape means, 0 when there is none. */
static char json_escaped(char letter) {
  switch (letter) {
  case '"':
  case '\\':
  case '/': return letter;
  case 'b': return '\b';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  default: return 0;
  }
}

/* Reads one escape and writes what it means. */
static wb_status json_read_escape(json_reader *reader, wbi_writer *writer) {
  const size_t begin = reader->at++;
  const char letter = json_peek(reader);
  char bytes[4] = {json_escaped(letter)};
  size_t length = bytes[0] != 0;
  reader->at++;
  if (letter == 'u') {
    uint32_t scalar = 0;
    if (json_read_scalar(reader, &scalar)) length = wbi_utf8_put(bytes, scalar);
  }
  if (length == 0) {
    reader->at = begin;
    return json_fail_here(reader, WB_E_SYNTAX, "This is no escape of JSON.");
  }
  wbi_put_text(writer, (wbi_text){bytes, length});
  return WB_OK;
}

/* Where the string that has just been opened ends: its closing quote, or the end of the text. */
static size_t json_string_end(const json_reader *reader) {
  size_t at = reader->at;
  while (at < reader->source.length && reader->source.data[at] != '"') {
    at += reader->source.data[at] == '\\' ? 2 : 1;
  }
  return at;
}

/* What stands for itself from here to the end of a string. */
static wbi_text json_plain(const json_reader *reader, size_t end) {
  size_t at = reader->at;
  while (at < end && (unsigned char)reader->source.data[at] >= 0x20 &&
         reader->source.data[at] != '\\')
    at++;
  return wbi_text_slice(reader->source, reader->at, at);
}

/* Reads a string; its text goes to the arena. An escape is never shorter than what it means. */
static wb_status json_read_string(json_reader *reader, wbi_text *text) {
  if (json_peek(reader) != '"') {
    return json_fail_here(reader, WB_E_SYNTAX, "A string in double quotes is expected here.");
  }
  reader->at++;
  const size_t end = json_string_end(reader);
  if (end >= reader->source.length) {
    reader->at--;
    return json_fail_here(reader, WB_E_SYNTAX, "This string has no end.");
  }
  wbi_writer writer = {NULL, end - reader->at, 0};
  writer.data = wbi_arena_alloc(reader->arena, writer.capacity + 1);
  if (writer.data == NULL) return json_fail_memory(reader);
  while (reader->at < end) {
    const wbi_text plain = json_plain(reader, end);
    wbi_put_text(&writer, plain);
    reader->at += plain.length;
    if (reader->at == end) break;
    if (json_peek(reader) != '\\') {
      return json_fail_here(reader, WB_E_SYNTAX, "A control character must be escaped.");
    }
    const wb_status status = json_read_escape(reader, &writer);
    if (status != WB_OK) return status;
  }
  reader->at++;
  *text = (wbi_text){writer.data, writer.length};
  return WB_OK;
}

/* Skips digits; whether there was one. */
static bool json_skip_digits(json_reader *reader) {
  const size_t begin = reader->at;
  while (wbi_is_digit(json_peek(reader)))
    reader->at++;
  return reader->at > begin;
}

/* Skips a number; *whole: it has neither fraction nor exponent. */
static bool json_skip_number(json_reader *reader, bool *whole) {
  *whole = true;
  if (json_peek(reader) == '-') reader->at++;
  const bool zero = json_peek(reader) == '0';
  const size_t begin = reader->at;
  if (!json_skip_digits(reader) || (zero && reader->at - begin > 1)) return false;
  if (json_peek(reader) == '.') {
    *whole = false;
    reader->at++;
    if (!json_skip_digits(reader)) return false;
  }
  if (json_peek(reader) == 'e' || json_peek(reader) == 'E') {
    *whole = false;
    reader->at++;
    if (json_peek(reader) == '+' || json_peek(reader) == '-') reader->at++;
    if (!json_skip_digits(reader)) return false;
  }
  return true;
}

/* Reads a number. */
static wb_status json_read_number(json_reader *reader, wbi_json *node) {
  const size_t begin = reader->at;
  bool whole = true;
  if (!json_skip_number(reader, &whole)) {
    reader->at = begin;
    return json_fail_here(reader, WB_E_SYNTAX, "This is no number of JSON.");
  }
  const wbi_text spelling = wbi_text_slice(reader->source, begin, reader->at);
  const char *copy = wbi_arena_copy(reader->arena, spelling);
  if (copy == NULL) return json_fail_memory(reader);
  node->text = (wbi_text){copy, spelling.length};
  node->kind = WBI_JSON_NUMBER;
  if (whole && wbi_parse_int(spelling, &node->integer) == WB_OK) node->kind = WBI_JSON_INT;
  return WB_OK;
}

/* Reads null, true or false. */
static wb_status json_read_word(json_reader *reader, wbi_json *node) {
  static const struct {
    const char *word;
    wbi_json_kind kind;
    bool truth;
  } json_words[] = {{"null", WBI_JSON_NULL, false},
                    {"true", WBI_JSON_BOOL, true},
                    {"false", WBI_JSON_BOOL, false}};
  const wbi_text rest = wbi_text_slice(reader->source, reader->at, SIZE_MAX);
  for (size_t i = 0; i < WBI_COUNT(json_words); i++) {
    const wbi_text word = wbi_text_of(json_words[i].word);
    if (!wbi_text_starts(rest, word)) continue;
    node->kind = json_words[i].kind;
    node->truth = json_words[i].truth;
    reader->at += word.length;
    return WB_OK;
  }
  return json_fail_here(reader, WB_E_SYNTAX, "A JSON value is expected here.");
}

/* Reads a value that holds no others. */
static wb_status json_read_scalar_value(json_reader *reader, wbi_json *node) {
  const char c = json_peek(reader);
  if (c == '"') {
    node->kind = WBI_JSON_TEXT;
    return json_read_string(reader, &node->text);
  }
  if (c == '-' || wbi_is_digit(c)) return json_read_number(reader, node);
  return json_read_word(reader, node);
}

/* Opens an array or object. */
static wb_status json_open(json_reader *reader, wbi_json *node) {
  if (reader->depth >= wbi_context_depth(reader->arena->context)) {
    return json_fail_here(reader, WB_E_LIMIT, "Arrays and objects are nested too deeply.");
  }
  node->kind = json_peek(reader) == '{' ? WBI_JSON_OBJECT : WBI_JSON_ARRAY;
  reader->depth++;
  reader->at++;
  return WB_OK;
}

/* Merges two chains that are sorted by name; equal names keep their order. */
static wbi_json *json_merge(wbi_json *a, wbi_json *b) {
  wbi_json *first = NULL, **link = &first;
  while (a != NULL && b != NULL) {
    wbi_json **from = wbi_text_compare(b->name, a->name) < 0 ? &b : &a;
    *link = *from;
    link = &(*from)->next_sorted;
    *from = *link;
  }
  *link = a != NULL ? a : b;
  return first;
}

/* Sorts the members of an object by name: bin k holds a chain of 2^k members or none. */
static void json_sort(wbi_json *object) {
  wbi_json *bins[32] = {NULL};
  for (wbi_json *member = object->first; member != NULL; member = member->next) {
    wbi_json *chain = member;
    size_t k = 0;
    member->next_sorted = NULL;
    for (; bins[k] != NULL; k++) {
      chain = json_merge(bins[k], chain);
      bins[k] = NULL;
    }
    bins[k] = chain;
  }
  for (size_t k = 0; k < WBI_COUNT(bins); k++) {
    object->first_sorted = json_merge(bins[k], object->first_sorted);
  }
}

/* Puts the children, which were chained last to first, in order. */
static void json_reverse(wbi_json *node) {
  wbi_json *first = NULL;
  for (wbi_json *child = node->first; child != NULL;) {
    wbi_json *next = child->next;
    child->next = first;
    first = child;
    child = next;
  }
  node->first = first;
}

/* Ends an array or object: order, and no name twice. */
static wb_status json_close(json_reader *reader, wbi_json *node) {
  reader->at++;
  reader->depth--;
  json_reverse(node);
  if (node->kind != WBI_JSON_OBJECT) return WB_OK;
  json_sort(node);
  for (const wbi_json *a = node->first_sorted; a != NULL; a = a->next_sorted) {
    const wbi_json *b = a->next_sorted;
    if (b == NULL || !wbi_text_equal(a->name, b->name)) continue;
    wbi_fail_name(reader->error, WB_E_SYNTAX, "The name \"", b->name, "\" is here a second time.");
    if (reader->error != NULL) {
      reader->error->line = b->line;
      reader->error->column = b->column;
    }
    return WB_E_SYNTAX;
  }
  return WB_OK;
}

/* Reads a member's name and the colon. */
static wb_status json_read_name(json_reader *reader, wbi_text *name) {
  json_skip_space(reader);
  const wb_status status = json_read_string(reader, name);
  if (status != WB_OK) return status;
  json_skip_space(reader);
  if (json_peek(reader) != ':') {
    return json_fail_here(reader, WB_E_SYNTAX, "A colon is expected after a name.");
  }
  reader->at++;
  return WB_OK;
}

/* Reads the beginning of a value: a whole scalar, or the bracket that opens the others. */
static wb_status json_begin(json_reader *reader, wbi_json *parent, wbi_json **made) {
  wbi_json *node = wbi_arena_alloc(reader->arena, sizeof *node);
  if (node == NULL) return json_fail_memory(reader);
  if (parent != NULL && parent->kind == WBI_JSON_OBJECT) {
    const wb_status status = json_read_name(reader, &node->name);
    if (status != WB_OK) return status;
  }
  json_skip_space(reader);
  node->line = reader->line;
  node->column = (uint32_t)(reader->at - reader->line_start + 1);
  node->parent = parent;
  if (parent != NULL) {
    node->next = parent->first;
    parent->first = node;
    parent->count++;
  }
  *made = node;
  const char c = json_peek(reader);
  return c == '{' || c == '[' ? json_open(reader, node) : json_read_scalar_value(reader, node);
}

/* After a value: past a comma, or up through the brackets that close. *parent is where the next
   value belongs, NULL when the root is complete. */
static wb_status json_next(json_reader *reader, wbi_json **parent) {
  while (*parent != NULL) {
    const char close = (*parent)->kind == WBI_JSON_OBJECT ? '}' : ']';
    json_skip_space(reader);
    if (json_peek(reader) == ',') {
      reader->at++;
      return WB_OK;
    }
    if (json_peek(reader) != close) {
      return json_fail_here(reader, WB_E_SYNTAX,
                            close == '}' ? "A comma or } is expected here."
                                         : "A comma or ] is expected here.");
    }
    const wb_status status = json_close(reader, *parent);
    if (status != WB_OK) return status;
    *parent = (*parent)->parent;
  }
  return WB_OK;
}

/* Whether an array or object that was just opened has anything in it. */
static bool json_filled(json_reader *reader, const wbi_json *node) {
  if (node->kind != WBI_JSON_OBJECT && node->kind != WBI_JSON_ARRAY) return false;
  json_skip_space(reader);
  return json_peek(reader) != (node->kind == WBI_JSON_OBJECT ? '}' : ']');
}

/* Reads values until the root is complete. */
static wb_status json_read_tree(json_reader *reader, wbi_json **root) {
  wbi_json *parent = NULL, *node = NULL;
  do {
    wb_status status = json_begin(reader, parent, &node);
    if (status != WB_OK) return status;
    if (*root == NULL) *root = node;
    if (node->kind == WBI_JSON_OBJECT || node->kind == WBI_JSON_ARRAY) parent = node;
    if (json_filled(reader, node)) continue;
    status = json_next(reader, &parent);
    if (status != WB_OK) return status;
  } while (parent != NULL);
  return WB_OK;
}

/* Refuses text that is not UTF-8, at its first wrong byte. */
static wb_status json_check_utf8(json_reader *reader) {
  if (wbi_utf8_valid(reader->source)) return WB_OK;
  uint32_t scalar = 0;
  size_t at = 0;
  while (wbi_utf8_next(reader->source, &at, &scalar))
    continue;
  return wbi_fail_at(reader->error, WB_E_SYNTAX, reader->source, at, "The text is not UTF-8.");
}

wb_status wbi_json_parse(wbi_arena *arena, wbi_text source, wbi_json **root, wb_error *error) {
  json_reader reader = {.arena = arena, .source = source, .error = error, .line = 1};
  wbi_json *made = NULL;
  wb_status status = json_check_utf8(&reader);
  if (status != WB_OK) return status;
  if (wbi_text_starts(source, WBI_TEXT("\xEF\xBB\xBF"))) reader.at = 3; /* byte order mark */
  status = json_read_tree(&reader, &made);
  if (status != WB_OK) return status;
  json_skip_space(&reader);
  if (reader.at < source.length) {
    return json_fail_here(&reader, WB_E_SYNTAX, "Nothing may follow the JSON value.");
  }
  *root = made;
  return WB_OK;
}
