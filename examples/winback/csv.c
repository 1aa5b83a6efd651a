/* SPDX-License-Identifier: MIT */
/* Tables of comma-separated values. */
#include "csv.h"

#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What follows a field. */
enum csv_end { CSV_COMMA, CSV_ROW, CSV_BROKEN };

/* Moves past what ends a field. */
static enum csv_end csv_field_end(csv_reader *reader) {
  if (reader->at == reader->end) return CSV_ROW;
  char c = *reader->at;
  if (c == ',') {
    reader->at++;
    return CSV_COMMA;
  }
  if (c == '\r' && reader->at[1] == '\n') reader->at++; /* a NUL follows the text */
  if (*reader->at != '\n') return CSV_BROKEN;
  reader->at++;
  reader->next_line++;
  return CSV_ROW;
}

/* A field in quotes; `at` is after the first. Doubled quotes are undone in place. */
static enum csv_end csv_quoted(csv_reader *reader, csv_cell *cell) {
  char *out = reader->at, *quote;
  cell->data = out;
  while ((quote = memchr(reader->at, '"', (size_t)(reader->end - reader->at)))) {
    size_t length = (size_t)(quote - reader->at);
    for (const char *at = reader->at; (at = memchr(at, '\n', (size_t)(quote - at))); at++) {
      reader->next_line++;
    }
    memmove(out, reader->at, length);
    out += length;
    reader->at = quote + 1;
    if (*reader->at != '"') {
      cell->length = (size_t)(out - cell->data);
      return csv_field_end(reader);
    }
    *out++ = '"';
    reader->at++;
  }
  return CSV_BROKEN;
}

/* Whether an unquoted cell is how databases write an absent value. */
static bool csv_is_null(const csv_cell *cell) {
  return (cell->length == 2 && !memcmp(cell->data, "\\N", 2)) ||
         (cell->length == 4 && !memcmp(cell->data, "NULL", 4));
}

static enum csv_end csv_plain(csv_reader *reader, csv_cell *cell) {
  char *at = reader->at;
  while (at < reader->end && *at != ',' && *at != '\n')
    at++;
  cell->data = reader->at;
  cell->length = (size_t)(at - reader->at);
  reader->at = at;
  bool last = at == reader->end || *at == '\n';
  if (last && cell->length && at[-1] == '\r') cell->length--;
  if (csv_is_null(cell)) cell->length = 0;
  return csv_field_end(reader);
}

static enum csv_end csv_field(csv_reader *reader, csv_cell *cell) {
  if (reader->at == reader->end || *reader->at != '"') return csv_plain(reader, cell);
  reader->at++;
  return csv_quoted(reader, cell);
}

/* After a broken field: goes on with the next line. */
static void csv_skip_line(csv_reader *reader) {
  char *end = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
  reader->at = end ? end + 1 : reader->end;
  reader->next_line++;
}

/* What is wrong with a cell; NULL: nothing. */
static const char *csv_complaint(const csv_cell *cell) {
  if (cell->length > CSV_FIELD_MOST) return "a field is longer than 65,535 bytes";
  return cli_is_text(cell->data, cell->length) ? NULL : "not valid UTF-8";
}

/* Finds a wanted column by its name in the header; -1: not wanted, or seen before. */
static int csv_find_column(csv_reader *reader, const csv_column *columns, const csv_cell *name) {
  for (int i = 0; i < reader->count; i++) {
    if (strlen(columns[i].name) == name->length && !reader->has[i] &&
        !strncasecmp(columns[i].name, name->data, name->length)) {
      reader->has[i] = true;
      return i;
    }
  }
  return -1;
}

/* Reads the names of the columns. */
static int csv_header(csv_reader *reader, const csv_column *columns) {
  enum csv_end end = CSV_COMMA;
  while (end == CSV_COMMA) {
    csv_cell name = {0};
    end = csv_field(reader, &name);
    const char *why = end == CSV_BROKEN ? "a quote is not closed" : csv_complaint(&name);
    if (why) {
      cli_error("%s:1: %s", reader->file, why);
      return CLI_DATA;
    }
    reader->targets = cli_grow(reader->targets, (size_t)reader->fields + 1, sizeof(int));
    reader->targets[reader->fields++] = csv_find_column(reader, columns, &name);
  }
  for (int i = 0; i < reader->count; i++) {
    if (columns[i].needed && !reader->has[i]) {
      cli_error("%s:1: the column %s is missing", reader->file, columns[i].name);
      return CLI_DATA;
    }
  }
  return CLI_OK;
}

int csv_open(csv_reader *reader, const char *folder, const char *file, bool needed,
             const csv_column *columns, int count) {
  *reader = (csv_reader){.file = file, .count = count, .next_line = 1};
  char *path = cli_path(folder, file);
  size_t length = 0;
  reader->text = cli_read_file(path, &length);
  int result = CLI_OK;
  if (reader->text) {
    bool marked = length >= 3 && !memcmp(reader->text, "\xEF\xBB\xBF", 3);
    reader->at = reader->text + (marked ? 3 : 0);
    reader->end = reader->text + length;
    result = csv_header(reader, columns);
  } else if (needed || errno != ENOENT) {
    cli_error("%s: %s", path, strerror(errno));
    result = CLI_DATA;
  }
  free(path);
  if (result != CLI_OK) csv_close(reader);
  return result;
}

void csv_leave_out(csv_reader *reader, const char *why) {
  reader->kept--;
  reader->left_out++;
  cli_left_out(reader->file, reader->line, why);
}

/* Reads the fields of a row into the cells and counts them; -1: a field is broken. */
static int csv_fields(csv_reader *reader, const char **why) {
  enum csv_end end = CSV_COMMA;
  int fields = 0;
  while (end == CSV_COMMA) {
    csv_cell cell = {0};
    end = csv_field(reader, &cell);
    if (end == CSV_BROKEN) return -1;
    if (!*why) *why = csv_complaint(&cell);
    int target = fields < reader->fields ? reader->targets[fields] : -1;
    if (target >= 0) reader->cells[target] = cell;
    fields++;
  }
  return fields;
}

/* Reads one row; *why: what is wrong with it. False: it is an empty line. */
static bool csv_row(csv_reader *reader, const char **why, char *space, size_t size) {
  const char *from = reader->at;
  if (*from == '\n' || (*from == '\r' && from[1] == '\n')) {
    csv_skip_line(reader);
    return false;
  }
  int fields = csv_fields(reader, why);
  if (fields < 0) {
    *why = "a quote is not closed, or something follows it";
    csv_skip_line(reader);
  } else if (fields != reader->fields && !*why) {
    snprintf(space, size, "%d fields instead of %d", fields, reader->fields);
    *why = space;
  }
  return true;
}

bool csv_next(csv_reader *reader) {
  while (reader->text && reader->at < reader->end) {
    char space[64];
    const char *why = NULL;
    reader->line = reader->next_line;
    if (!csv_row(reader, &why, space, sizeof space)) continue;
    reader->kept++;
    if (!why) return true;
    csv_leave_out(reader, why);
  }
  return false;
}

int csv_close(csv_reader *reader) {
  int result = CLI_OK;
  if (reader->left_out && !reader->kept) {
    cli_error("%s: no row could be read", reader->file);
    result = CLI_DATA;
  }
  free(reader->text);
  free(reader->targets);
  reader->text = NULL;
  reader->targets = NULL;
  return result;
}

void csv_put(const char *text, size_t length) {
  bool plain = true;
  for (size_t i = 0; i < length; i++)
    plain = plain && !strchr(",\"\r\n", text[i]);
  if (plain) {
    fwrite(text, 1, length, stdout);
    return;
  }
  putchar('"');
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '"') putchar('"');
    putchar(text[i]);
  }
  putchar('"');
}
