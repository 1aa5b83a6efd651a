/* SPDX-License-Identifier: MIT */
/* Tables as text. A row is looked at where it lies in a buffer that moves through the file, and
   nothing in it is changed before its end is known: so a quote that is never closed costs one line,
   and the lines after it are read as the rows that they are. */
#include "csv.h"

#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { CSV_BUFFER = 1 << 18 };

/* What follows a field; CSV_MORE: that is not yet in the buffer. */
enum csv_end { CSV_NEXT, CSV_ROW, CSV_MORE, CSV_BROKEN };

/* ---- the buffer ---- */

/* Reads on behind what is not yet used, which moves to the front. False: a row fills the buffer. */
static bool csv_fill(csv_reader *reader) {
  size_t used = (size_t)(reader->end - reader->at);
  if (used >= CSV_ROW_MOST) return false;
  if (used) memmove(reader->buffer, reader->at, used);
  if (reader->capacity - used < CSV_BUFFER) {
    reader->capacity = reader->capacity ? reader->capacity * 2 : CSV_BUFFER * 2;
    reader->buffer = cli_grow(reader->buffer, reader->capacity + 2, 1);
  }
  ssize_t count;
  do
    count = read(reader->input, reader->buffer + used, reader->capacity - used);
  while (count < 0 && errno == EINTR);
  if (count < 0) {
    cli_error("%s: %s", reader->file, strerror(errno));
    reader->failed = true;
  }
  reader->ended = count <= 0;
  reader->at = reader->buffer;
  reader->end = reader->buffer + used + (count > 0 ? (size_t)count : 0);
  reader->end[0] = '\n';
  reader->end[1] = 0;
  return true;
}

/* ---- fields: from `at`, which moves past what ends them ---- */

static enum csv_end csv_field_end(const csv_reader *reader, char **at) {
  char *end = *at;
  if (end < reader->end && *end == reader->separator) {
    *at = end + 1;
    return CSV_NEXT;
  }
  if (end < reader->end && *end == '\r') end++;
  if (end == reader->end) {
    *at = end;
    return reader->ended ? CSV_ROW : CSV_MORE;
  }
  *at = end + 1;
  return *end == '\n' ? CSV_ROW : CSV_BROKEN;
}

/* How many separators stand between two places. */
static int csv_separators(const csv_reader *reader, const char *from, const char *end) {
  int count = 0;
  while ((from = memchr(from, reader->separator, (size_t)(end - from)))) {
    count++;
    from++;
  }
  return count;
}

/* Whether a cell in quotes has swallowed rows, since a quote before or after it is missing: a line
   in it has as many fields as a row, or its first line the rest of one and its last the beginning.
 */
static bool csv_swallows(const csv_reader *reader, const csv_cell *cell, int field) {
  const char *end = cell->data + cell->length;
  const char *at = memchr(cell->data, '\n', cell->length);
  int after = reader->fields - 1;
  if (!at || after < 1) return false;
  bool opened = csv_separators(reader, cell->data, at) == after - field;
  const char *next;
  while ((next = memchr(at + 1, '\n', (size_t)(end - at - 1)))) {
    if (csv_separators(reader, at + 1, next) == after) return true;
    at = next;
  }
  return opened && csv_separators(reader, at + 1, end) == field;
}

/* A field in quotes. */
static enum csv_end csv_quoted(const csv_reader *reader, char **from, csv_cell *cell, bool *rough,
                               int field) {
  char *at = *from + 1;
  for (;;) {
    at = memchr(at, '"', (size_t)(reader->end - at));
    if (!at) return reader->ended ? CSV_BROKEN : CSV_MORE;
    if (at[1] != '"') break; /* a line break and a NUL stand behind the buffer's end */
    *rough = true;
    at += 2;
  }
  if (at + 1 == reader->end && !reader->ended) return CSV_MORE;
  *cell = (csv_cell){*from + 1, (size_t)(at - *from) - 1};
  if (csv_swallows(reader, cell, field)) return CSV_BROKEN;
  *from = at + 1;
  return csv_field_end(reader, from);
}

/* Whether an unquoted cell is how databases write an absent value. */
static bool csv_is_null(const char *data, size_t length) {
  return (length == 2 && !memcmp(data, "\\N", 2)) || (length == 4 && !memcmp(data, "NULL", 4));
}

/* The end of a field without quotes. After a backslash, where it means something, even a line break
   is of the field. */
static char *csv_plain_end(const csv_reader *reader, char *at, bool *rough) {
  const char separator = reader->separator, escape = reader->escapes ? '\\' : '\n';
  for (; *at != separator && *at != '\n'; at++) {
    if (*at != escape || at + 1 >= reader->end) continue;
    *rough = true;
    at++;
  }
  return at;
}

static enum csv_end csv_plain(const csv_reader *reader, char **from, csv_cell *cell, bool *rough) {
  char *at = csv_plain_end(reader, *from, rough);
  if (at >= reader->end && !reader->ended) return CSV_MORE;
  size_t length = (size_t)(at - *from);
  bool last = at == reader->end || *at == '\n';
  if (last && length && at[-1] == '\r') length--;
  if (csv_is_null(*from, length)) length = 0;
  *cell = (csv_cell){*from, length};
  *from = at;
  return csv_field_end(reader, from);
}

static enum csv_end csv_field(const csv_reader *reader, char **from, csv_cell *cell, bool *rough,
                              int field) {
  bool quoted = *from < reader->end && **from == '"' && !reader->escapes;
  return quoted ? csv_quoted(reader, from, cell, rough, field)
                : csv_plain(reader, from, cell, rough);
}

/* What a backslash and a letter stand for. */
static char csv_escaped(char letter) {
  switch (letter) {
  case 'n': return '\n';
  case 't': return '\t';
  case 'r': return '\r';
  case '0': return 0;
  default: return letter;
  }
}

/* Undoes doubled quotes or escapes in place. */
static void csv_smooth(const csv_reader *reader, csv_cell *cell) {
  char *start = reader->buffer + (cell->data - reader->buffer);
  size_t to = 0;
  for (size_t at = 0; at < cell->length; at++) {
    bool escape = reader->escapes ? start[at] == '\\' : start[at] == '"';
    if (escape && at + 1 < cell->length) at++;
    start[to++] = escape && reader->escapes ? csv_escaped(start[at]) : start[at];
  }
  cell->length = to;
}

/* ---- rows ---- */

/* What a field is called in a message. */
static const char *csv_name(csv_reader *reader, int field, char space[24]) {
  int target = reader->targets && field < reader->fields ? reader->targets[field] : -1;
  if (target >= 0) return reader->columns[target].name;
  snprintf(space, 24, "column %d", field + 1);
  return space;
}

/* Says what is wrong with a field of the row. */
static void csv_complain(csv_reader *reader, int field, const char *what) {
  char space[24];
  if (reader->why) return;
  snprintf(reader->space, sizeof reader->space, "%s %s", csv_name(reader, field, space), what);
  reader->why = reader->space;
}

/* Goes through the row at `at` and keeps the wanted cells as they are. `field` counts the fields.
 */
static enum csv_end csv_fields(csv_reader *reader, char **at, int *field) {
  enum csv_end end = CSV_NEXT;
  memset(reader->cells, 0, sizeof reader->cells);
  reader->rough = 0;
  for (*field = 0; end == CSV_NEXT; *field += end == CSV_NEXT) {
    csv_cell cell = {0};
    bool rough = false;
    end = csv_field(reader, at, &cell, &rough, *field);
    int target = *field < reader->fields ? reader->targets[*field] : -1;
    if (target < 0 || end >= CSV_MORE) continue;
    reader->cells[target] = cell;
    reader->rough |= (uint32_t)rough << target;
  }
  return end;
}

/* Makes the cells of the row what they say, and looks at them. */
static void csv_finish(csv_reader *reader) {
  for (int field = 0; field < reader->fields; field++) {
    int target = reader->targets[field];
    if (target < 0) continue;
    csv_cell *cell = &reader->cells[target];
    if (reader->rough >> target & 1) csv_smooth(reader, cell);
    const char *wrong = cell->length > CSV_FIELD_MOST            ? "is longer than 65,535 bytes"
                        : !cli_is_text(cell->data, cell->length) ? "is not valid UTF-8"
                                                                 : NULL;
    if (!wrong) continue;
    csv_complain(reader, field, wrong);
    *cell = (csv_cell){0};
  }
}

/* Moves to what follows a row, or after a broken one to the next line. */
static void csv_pass(csv_reader *reader, char *to) {
  for (char *at = reader->at; (at = memchr(at, '\n', (size_t)(to - at))); at++)
    reader->next_line++;
  reader->at = to;
}

/* A row that ends neither in the buffer nor where it should. Without a line break in the buffer
   nothing more is read. */
static void csv_broken(csv_reader *reader, int field) {
  char *line = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
  if (line || reader->ended) {
    csv_complain(reader, field, "has a quote that is not closed, or something follows it");
    csv_pass(reader, line ? line + 1 : reader->end);
    return;
  }
  cli_error("%s:%ld: a line is longer than %d MiB; the file is refused", reader->file, reader->line,
            CSV_ROW_MOST >> 20);
  reader->failed = true;
}

/* Reads the row at `at`, a part of it or none of it. */
static void csv_row(csv_reader *reader) {
  enum csv_end end;
  char *at;
  int field = 0;
  do {
    at = reader->at;
    end = csv_fields(reader, &at, &field);
  } while (end == CSV_MORE && csv_fill(reader));
  bool whole = end == CSV_ROW, cut = reader->ended && at == reader->end && at[-1] != '\n';
  if (whole && field + 1 != reader->fields) {
    snprintf(reader->space, sizeof reader->space, "%d fields instead of %d", field + 1,
             reader->fields);
    reader->why = reader->space;
  }
  csv_finish(reader);
  if (whole) {
    csv_pass(reader, at);
  } else {
    csv_broken(reader, field);
    cut = reader->ended && reader->at == reader->end && reader->at[-1] != '\n';
  }
  reader->torn = cut && reader->why;
  if (reader->torn) reader->why = "the file ends in the middle of a row";
}

/* Whether a line is empty; it is passed. */
static bool csv_empty_line(csv_reader *reader) {
  char *at = reader->at;
  if (at < reader->end && *at == '\r') at++;
  if (at == reader->end || *at != '\n') return false;
  csv_pass(reader, at + 1);
  return true;
}

bool csv_step(csv_reader *reader) {
  if (!reader->buffer) return false;
  do {
    bool few = reader->end - reader->at < 2;
    if (few && !reader->ended) (void)csv_fill(reader);
    if (reader->failed || reader->at == reader->end) return false;
  } while (csv_empty_line(reader));
  reader->line = reader->next_line;
  reader->why = NULL;
  csv_row(reader);
  reader->kept++;
  return !reader->failed;
}

bool csv_next(csv_reader *reader) {
  while (csv_step(reader)) {
    if (!reader->why) return true;
    csv_leave_out(reader, reader->why);
  }
  return false;
}

void csv_leave_out(csv_reader *reader, const char *why) {
  reader->kept--;
  reader->left_out++;
  cli_left_out(reader->file, reader->line, why);
}

/* ---- the header ---- */

/* Finds a wanted column by its name in the header; -1: not wanted, or seen before. */
static int csv_find_column(csv_reader *reader, const csv_cell *name) {
  for (int i = 0; i < reader->count; i++) {
    const char *wanted = reader->columns[i].name;
    if (strlen(wanted) == name->length && !reader->has[i] &&
        !strncasecmp(wanted, name->data, name->length)) {
      reader->has[i] = true;
      return i;
    }
  }
  return -1;
}

/* Reads how the file is written from its first bytes; NULL, or why it cannot be read. */
static const char *csv_dialect(csv_reader *reader) {
  size_t length = (size_t)(reader->end - reader->at);
  if (length >= 2 && (!memcmp(reader->at, "\xFF\xFE", 2) || !memcmp(reader->at, "\xFE\xFF", 2))) {
    return "the file is in UTF-16, not valid UTF-8; save it as UTF-8";
  }
  if (length >= 3 && !memcmp(reader->at, "\xEF\xBB\xBF", 3)) reader->at += 3;
  char *end = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
  length = (size_t)((end ? end : reader->end) - reader->at);
  bool tabs = memchr(reader->at, '\t', length);
  reader->separator = tabs ? '\t' : ',';
  reader->escapes = tabs && !memchr(reader->at, '"', length);
  return NULL;
}

/* Finds the wanted columns; NULL, or what is wrong with a name. */
static const char *csv_columns(csv_reader *reader) {
  enum csv_end end = CSV_NEXT;
  char *at = reader->at;
  int fields = 0;
  for (; end == CSV_NEXT; fields++) {
    csv_cell name = {0};
    bool rough = false;
    end = csv_field(reader, &at, &name, &rough, 0);
    if (end == CSV_MORE) return "the line is too long";
    if (end == CSV_BROKEN) return "a quote is not closed";
    if (!cli_is_text(name.data, name.length)) return "not valid UTF-8";
    if (rough) csv_smooth(reader, &name);
    if ((fields & (fields - 1)) == 0) /* room for twice as many */
      reader->targets = cli_grow(reader->targets, (size_t)fields * 2 + 1, sizeof(int));
    reader->targets[fields] = csv_find_column(reader, &name);
  }
  reader->fields = fields;
  csv_pass(reader, at);
  return NULL;
}

/* Reads the names of the columns. */
static int csv_header(csv_reader *reader) {
  while (csv_fill(reader) && !reader->ended) {
    if (memchr(reader->at, '\n', (size_t)(reader->end - reader->at))) break;
  }
  if (reader->failed) return CLI_DATA;
  const char *why = csv_dialect(reader);
  if (!why) why = csv_columns(reader);
  if (why) {
    cli_error("%s:1: %s", reader->file, why);
    return CLI_DATA;
  }
  for (int i = 0; i < reader->count; i++) {
    if (reader->columns[i].needed && !reader->has[i]) {
      cli_error("%s:1: the column %s is missing", reader->file, reader->columns[i].name);
      return CLI_DATA;
    }
  }
  return CLI_OK;
}

enum { CSV_NAMES = 3 };

/* One of the names that the file of a table may have, and its path. */
static char *csv_path(const char *folder, const char *file, int which, char name[CSV_NAME_MOST]) {
  static const char *const endings[CSV_NAMES] = {".csv", ".tsv", ".txt"};
  int stem = (int)(strrchr(file, '.') - file);
  snprintf(name, CSV_NAME_MOST, "%.*s%s", stem, file, endings[which]);
  return cli_path(folder, name);
}

/* Opens the file that holds a table, under any of its names; errno tells what was found. */
static int csv_find(csv_reader *reader, const char *folder, const char *file) {
  int cause = ENOENT;
  reader->input = -1;
  for (int i = 0; i < CSV_NAMES; i++) {
    char name[CSV_NAME_MOST];
    char *path = csv_path(folder, file, i, name);
    int input = open(path, O_RDONLY | O_CLOEXEC);
    if (input < 0 && errno != ENOENT) cause = errno;
    free(path);
    if (input < 0) continue;
    if (reader->input >= 0) {
      cli_error("%s and %s are both there: which one is the table?", reader->file, name);
      close(input);
      return CLI_DATA;
    }
    reader->input = input;
    memcpy(reader->file, name, sizeof name);
  }
  errno = cause;
  return CLI_OK;
}

bool csv_exists(const char *folder, const char *file) {
  bool found = false;
  for (int i = 0; !found && i < CSV_NAMES; i++) {
    char name[CSV_NAME_MOST];
    char *path = csv_path(folder, file, i, name);
    found = access(path, F_OK) == 0; /* not opened: that would be noticed at the end of a pipe */
    free(path);
  }
  return found;
}

int csv_open(csv_reader *reader, const char *folder, const char *file, bool needed,
             const csv_column *columns, int count) {
  *reader = (csv_reader){.columns = columns, .count = count, .next_line = 1};
  snprintf(reader->file, sizeof reader->file, "%s", file);
  int result = csv_find(reader, folder, file);
  if (result == CLI_OK && reader->input >= 0) {
    result = csv_header(reader);
  } else if (result == CLI_OK && (needed || errno != ENOENT)) {
    char *path = cli_path(folder, file);
    cli_error("%s: %s", path, strerror(errno));
    free(path);
    result = CLI_DATA;
  }
  if (result != CLI_OK) (void)csv_close(reader);
  return result;
}

int csv_close(csv_reader *reader) {
  int result = reader->failed ? CLI_DATA : CLI_OK;
  if (reader->left_out && !reader->kept) {
    cli_error("%s: no row could be read", reader->file);
    result = CLI_DATA;
  }
  if (reader->input >= 0) close(reader->input);
  free(reader->buffer);
  free(reader->targets);
  reader->buffer = NULL;
  reader->targets = NULL;
  reader->input = -1;
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
