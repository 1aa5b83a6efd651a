/* SPDX-License-Identifier: MIT */
/* A small reader of JSON (RFC 8259) into a tree, and a writer of its strings. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { JSON_DEPTH_MOST = 64 };

typedef struct json_reader {
  const char *at, *end;
  const char *why; /* what is wrong; NULL: nothing */
  int line, depth;
} json_reader;

static cli_json *json_value(json_reader *reader);

static void json_space(json_reader *reader) {
  for (; reader->at < reader->end; reader->at++) {
    if (*reader->at == '\n') {
      reader->line++;
    } else if (*reader->at != ' ' && *reader->at != '\t' && *reader->at != '\r') {
      return;
    }
  }
}

/* Moves past a character, if it is next. */
static bool json_take(json_reader *reader, char c) {
  json_space(reader);
  if (reader->at == reader->end || *reader->at != c) return false;
  reader->at++;
  return true;
}

static bool json_fail(json_reader *reader, const char *why) {
  if (!reader->why) reader->why = why;
  return false;
}

/* Four hexadecimal digits; -1: not so. */
static long json_hex4(json_reader *reader) {
  uint8_t bytes[2];
  if (reader->end - reader->at < 4 || !cli_unhex(reader->at, bytes, 2)) return -1;
  reader->at += 4;
  return bytes[0] << 8 | bytes[1];
}

/* The character of \u, with its other half. */
static long json_escaped_character(json_reader *reader) {
  long code = json_hex4(reader);
  if (code < 0xD800 || code > 0xDFFF) return code > 0 ? code : -1;
  bool pair = code < 0xDC00 && reader->end - reader->at >= 2 && !memcmp(reader->at, "\\u", 2);
  if (!pair) return -1;
  reader->at += 2;
  long low = json_hex4(reader);
  if (low < 0xDC00 || low > 0xDFFF) return -1;
  return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
}

static char *json_put_character(char *out, long code) {
  if (code < 0x80) {
    *out++ = (char)code;
    return out;
  }
  int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static const unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
  *out++ = (char)(leads[more] | code >> (6 * more));
  for (int i = more - 1; i >= 0; i--)
    *out++ = (char)(0x80 | (code >> (6 * i) & 0x3F));
  return out;
}

/* What follows a backslash; false: no such escape. */
static bool json_escape(json_reader *reader, char **out) {
  static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  if (reader->at == reader->end) return json_fail(reader, "a string is not closed");
  char c = *reader->at++;
  const char *name = c ? strchr(names, c) : NULL;
  if (name) {
    *(*out)++ = values[name - names];
    return true;
  }
  long code = c == 'u' ? json_escaped_character(reader) : -1;
  if (code < 0) return json_fail(reader, "not an escape of a string");
  *out = json_put_character(*out, code);
  return true;
}

/* A string after its first quote; NULL: malformed. */
static char *json_text(json_reader *reader) {
  const char *close = reader->at;
  while (close < reader->end && *close != '"')
    close += *close == '\\' ? 2 : 1;
  if (close >= reader->end) {
    json_fail(reader, "a string is not closed");
    return NULL;
  }
  char *text = cli_grow(NULL, (size_t)(close - reader->at) + 1, 1), *out = text;
  bool ok = true;
  while (ok && reader->at < close) {
    char c = *reader->at++;
    if (c == '\\') {
      ok = json_escape(reader, &out);
    } else if ((unsigned char)c < 0x20) {
      ok = json_fail(reader, "a control character in a string");
    } else {
      *out++ = c;
    }
  }
  reader->at = close + 1;
  *out = 0;
  if (ok) return text;
  free(text);
  return NULL;
}

/* Counts digits and moves past them. */
static int json_digits(json_reader *reader) {
  int count = 0;
  for (; reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9'; count++) {
    reader->at++;
  }
  return count;
}

/* Moves past one of two characters, if it is next. */
static bool json_either(json_reader *reader, char one, char other) {
  if (reader->at == reader->end || (*reader->at != one && *reader->at != other)) return false;
  reader->at++;
  return true;
}

/* Whether a number follows; moves past it. */
static bool json_number_form(json_reader *reader) {
  (void)json_either(reader, '-', '-');
  const char *whole = reader->at;
  int digits = json_digits(reader);
  if (!digits || (*whole == '0' && digits > 1)) return false;
  if (json_either(reader, '.', '.') && !json_digits(reader)) return false;
  if (!json_either(reader, 'e', 'E')) return true;
  (void)json_either(reader, '+', '-');
  return json_digits(reader) > 0;
}

static bool json_number(json_reader *reader, cli_json *json) {
  const char *from = reader->at;
  if (!json_number_form(reader)) return json_fail(reader, "not a JSON value");
  size_t length = (size_t)(reader->at - from);
  json->kind = CLI_NUMBER;
  json->text = cli_grow(NULL, length + 1, 1);
  memcpy(json->text, from, length);
  json->text[length] = 0;
  json->integer = strtoll(json->text, NULL, 10);
  return true;
}

/* true, false, null, or a number. */
static bool json_word(json_reader *reader, cli_json *json) {
  static const char *const words[] = {"null", "false", "true"};
  for (size_t i = 0; i < 3; i++) {
    size_t length = strlen(words[i]);
    if ((size_t)(reader->end - reader->at) < length) continue;
    if (memcmp(reader->at, words[i], length)) continue;
    reader->at += length;
    json->kind = i ? CLI_BOOL : CLI_NULL;
    json->truth = i == 2;
    return true;
  }
  return json_number(reader, json);
}

/* The name of a member and its colon; NULL: malformed. */
static char *json_name(json_reader *reader, const cli_json *object) {
  char *name = json_take(reader, '"') ? json_text(reader) : NULL;
  if (!name) {
    json_fail(reader, "the name of a member should be here");
    return NULL;
  }
  if (cli_json_find(object, name)) json_fail(reader, "a member occurs twice");
  if (!json_take(reader, ':')) json_fail(reader, "a colon should be here");
  if (!reader->why) return name;
  free(name);
  return NULL;
}

/* What is between the brackets of an array or object. */
static bool json_members(json_reader *reader, cli_json *json, char close) {
  cli_json **next = &json->first;
  if (json_take(reader, close)) return true;
  for (;;) {
    char *name = NULL;
    if (json->kind == CLI_OBJECT && !(name = json_name(reader, json))) return false;
    cli_json *member = json_value(reader);
    if (!member) {
      free(name);
      return false;
    }
    member->name = name;
    *next = member;
    next = &member->next;
    if (json_take(reader, close)) return true;
    if (!json_take(reader, ',')) return json_fail(reader, "a comma or a bracket should be here");
  }
}

static bool json_fill(json_reader *reader, cli_json *json) {
  if (reader->at == reader->end) return json_fail(reader, "it ends too early");
  if (json_take(reader, '"')) {
    json->kind = CLI_STRING;
    json->text = json_text(reader);
    return json->text != NULL;
  }
  bool object = *reader->at == '{';
  if (!object && *reader->at != '[') return json_word(reader, json);
  if (reader->depth == JSON_DEPTH_MOST) return json_fail(reader, "nested too deep");
  reader->at++;
  reader->depth++;
  json->kind = object ? CLI_OBJECT : CLI_ARRAY;
  bool ok = json_members(reader, json, object ? '}' : ']');
  reader->depth--;
  return ok;
}

/* Any value; NULL: malformed. */
static cli_json *json_value(json_reader *reader) {
  json_space(reader);
  cli_json *json = cli_grow(NULL, 1, sizeof *json);
  *json = (cli_json){.line = reader->line};
  if (json_fill(reader, json)) return json;
  cli_json_free(json);
  return NULL;
}

cli_json *cli_json_parse(const char *text, size_t length, char *error, size_t error_size) {
  bool marked = length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3);
  json_reader reader = {.at = text + (marked ? 3 : 0), .end = text + length, .line = 1};
  cli_json *json = NULL;
  if (cli_is_text(text, length)) {
    json = json_value(&reader);
  } else {
    json_fail(&reader, "not valid UTF-8");
  }
  json_space(&reader);
  if (json && reader.at < reader.end) {
    json_fail(&reader, "something follows the JSON value");
    cli_json_free(json);
    json = NULL;
  }
  if (!json && error_size) {
    snprintf(error, error_size, "%d: %s", reader.line, reader.why ? reader.why : "not JSON");
  }
  return json;
}

void cli_json_free(cli_json *json) {
  /* Members move up into the list that is being freed, so that depth costs no stack. */
  while (json) {
    cli_json *next = json->next;
    if (json->first) {
      cli_json *last = json->first;
      while (last->next)
        last = last->next;
      last->next = next;
      next = json->first;
    }
    free(json->name);
    free(json->text);
    free(json);
    json = next;
  }
}

const cli_json *cli_json_find(const cli_json *object, const char *name) {
  if (!object || object->kind != CLI_OBJECT) return NULL;
  for (const cli_json *member = object->first; member; member = member->next) {
    if (member->name && !strcmp(member->name, name)) return member;
  }
  return NULL;
}

const cli_json *cli_json_at(const cli_json *root, const char *path) {
  while (*path == '/') {
    const size_t length = strcspn(path + 1, "/");
    const cli_json *member = root->first;
    long index = root->kind == CLI_ARRAY ? strtol(path + 1, NULL, 10) : -1;
    while (
        member && index != 0 &&
        (index > 0 || strlen(member->name) != length || memcmp(member->name, path + 1, length))) {
      member = member->next;
      if (index > 0) index--;
    }
    if (!member) return root;
    root = member;
    path += length + 1;
  }
  return root;
}

long long cli_json_number(const cli_json *object, const char *name) {
  const cli_json *member = cli_json_find(object, name);
  return member ? member->integer : 0;
}

const cli_json *cli_json_first(const cli_json *object, const char *name) {
  const cli_json *member = cli_json_find(object, name);
  return member ? member->first : NULL;
}

const char *cli_json_text(const cli_json *object, const char *name, const char *otherwise) {
  const cli_json *member = cli_json_find(object, name);
  return member && member->text ? member->text : otherwise;
}

const char *cli_json_unknown(const cli_json *object, const char *const *names) {
  for (const cli_json *member = object->first; member; member = member->next) {
    const char *const *name = names;
    while (*name && strcmp(*name, member->name))
      name++;
    if (!*name) return member->name;
  }
  return NULL;
}

void cli_json_string(FILE *out, const char *text, size_t length) {
  static const char names[] = "\"\\bfnrt", values[] = "\"\\\b\f\n\r\t";
  fputc('"', out);
  for (size_t i = 0; i < length; i++) {
    char c = text[i];
    const char *value = c ? strchr(values, c) : NULL;
    if (value) {
      fprintf(out, "\\%c", names[value - values]);
    } else if ((unsigned char)c < 0x20 || c == 0x7F) {
      fprintf(out, "\\u%04x", (unsigned)c);
    } else {
      fputc(c, out);
    }
  }
  fputc('"', out);
}

void cli_json_write(FILE *out, const cli_json *json) {
  static const char *const brackets[] = {"[]", "{}"};
  const char *pair = brackets[json->kind == CLI_OBJECT];
  if (json->name) {
    cli_json_string(out, json->name, strlen(json->name));
    fputc(':', out);
  }
  switch (json->kind) {
  case CLI_NULL: fputs("null", out); return;
  case CLI_BOOL: fputs(json->truth ? "true" : "false", out); return;
  case CLI_NUMBER: fputs(json->text, out); return;
  case CLI_STRING: cli_json_string(out, json->text, strlen(json->text)); return;
  case CLI_ARRAY:
  case CLI_OBJECT:
  default: break;
  }
  fputc(pair[0], out);
  for (const cli_json *part = json->first; part; part = part->next) {
    cli_json_write(out, part); /* as deep as it was read, which is limited */
    if (part->next) fputc(',', out);
  }
  fputc(pair[1], out);
}

/* Whether a value holds nothing that holds something: it fits a line. */
static bool json_flat(const cli_json *json) {
  for (const cli_json *part = json->first; part; part = part->next) {
    if (part->first) return false;
  }
  return true;
}

/* A line break and so many blanks; in a line of its own a blank, but none at its ends. */
static void json_break(FILE *out, int depth, bool flat, bool inside) {
  if (flat && inside) fputc(' ', out);
  if (!flat) fprintf(out, "\n%*s", 2 * depth, "");
}

/* One value at a depth, which is limited as it was read. */
static void json_lay(FILE *out, const cli_json *json, int depth) {
  cli_json value = *json;
  value.name = NULL;
  if (json->name) {
    cli_json_string(out, json->name, strlen(json->name));
    fputs(": ", out);
  }
  if (!json->first) {
    cli_json_write(out, &value);
    return;
  }
  const bool flat = json_flat(json), object = json->kind == CLI_OBJECT;
  fputc(object ? '{' : '[', out);
  for (const cli_json *part = json->first; part; part = part->next) {
    json_break(out, depth + 1, flat, part != json->first);
    json_lay(out, part, depth + 1);
    if (part->next) fputc(',', out);
  }
  json_break(out, depth, flat, false);
  fputc(object ? '}' : ']', out);
}

int cli_json_lay(FILE *out, const char *text, size_t length) {
  char why[128];
  cli_json *root = cli_json_parse(text, length, why, sizeof why);
  if (!root) return CLI_DATA;
  json_lay(out, root, 0);
  fputc('\n', out);
  cli_json_free(root);
  return CLI_OK;
}
