/* SPDX-License-Identifier: MIT */
/* Filling a caller's wb_error. */
#include "base/base.h"

/* Ends a text that may have been cut, on a character boundary. */
static void error_close(const wbi_writer *writer) {
  size_t end = writer->length;
  if (end >= writer->capacity) {
    end = writer->capacity - 1;
    while (end > 0 && !wbi_utf8_begins(writer->data[end]))
      end--;
  }
  writer->data[end] = '\0';
}

/* Sets one of the texts of an error. */
static void error_set(char *to, size_t capacity, wbi_text a, wbi_text b, wbi_text c) {
  wbi_writer writer = {to, capacity, 0};
  wbi_put_text(&writer, a);
  wbi_put_text(&writer, b);
  wbi_put_text(&writer, c);
  error_close(&writer);
}

wb_status wbi_fail_name(wb_error *error, wb_status status, const char *before, wbi_text name,
                        const char *after) {
  if (error == NULL) return status;
  memset(error, 0, sizeof *error);
  error->status = status;
  error_set(error->message, sizeof error->message, wbi_text_of(before), name, wbi_text_of(after));
  return status;
}

wb_status wbi_fail(wb_error *error, wb_status status, const char *message) {
  return wbi_fail_name(error, status, message, (wbi_text){NULL, 0}, NULL);
}

wb_status wbi_fail_at(wb_error *error, wb_status status, wbi_text source, size_t offset,
                      const char *message) {
  wbi_fail(error, status, message);
  wbi_error_place(error, source, offset);
  return status;
}

wb_status wbi_fail_path(wb_error *error, wb_status status, wbi_text path, const char *message) {
  wbi_fail(error, status, message);
  wbi_error_path(error, path);
  return status;
}

void wbi_error_place(wb_error *error, wbi_text source, size_t offset) {
  if (error != NULL) wbi_text_position(source, offset, &error->line, &error->column);
}

void wbi_error_path(wb_error *error, wbi_text path) {
  if (error == NULL) return;
  error_set(error->path, sizeof error->path, path, (wbi_text){NULL, 0}, (wbi_text){NULL, 0});
}

void wbi_error_prefix(wb_error *error, wbi_text prefix) {
  if (error == NULL) return;
  char path[sizeof error->path];
  memcpy(path, error->path, sizeof path);
  error_set(error->path, sizeof error->path, prefix, wbi_text_of(path), (wbi_text){NULL, 0});
}
