/* SPDX-License-Identifier: MIT */
/* Files and memory of this host. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void *cli_grow(void *memory, size_t count, size_t size) {
  void *grown = count > SIZE_MAX / size ? NULL : realloc(memory, count ? count * size : 1);
  if (!grown) {
    cli_error("no memory");
    exit(CLI_DATA);
  }
  return grown;
}

char *cli_path(const char *folder, const char *name) {
  size_t first = strlen(folder), second = strlen(name);
  bool slash = first && folder[first - 1] != '/';
  char *path = cli_grow(NULL, first + slash + second + 1, 1);
  memcpy(path, folder, first);
  path[first] = '/';
  memcpy(path + first + slash, name, second + 1);
  return path;
}

/* Reads until the file ends; its size is only a first guess. */
static char *file_read_all(int file, size_t guess, size_t *length) {
  size_t capacity = guess + 2, used = 0;
  char *text = cli_grow(NULL, capacity, 1);
  for (;;) {
    ssize_t count = read(file, text + used, capacity - used - 1);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      free(text);
      return NULL;
    }
    if (count == 0) break;
    used += (size_t)count;
    if (capacity - used < 2) text = cli_grow(text, capacity *= 2, 1);
  }
  text[used] = 0;
  *length = used;
  return text;
}

char *cli_read_file(const char *path, size_t *length) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return NULL;
  struct stat status;
  char *text = NULL;
  if (fstat(file, &status) == 0) {
    text = file_read_all(file, status.st_size > 0 ? (size_t)status.st_size : 0, length);
  }
  int cause = errno;
  close(file);
  errno = cause;
  return text;
}

char *cli_read_text(const char *path, size_t *length) {
  char *text = cli_read_file(path, length);
  if (!text) return NULL;
  size_t from = *length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3) ? 3 : 0, to = 0;
  for (size_t at = from; at < *length; at++) {
    if (text[at] != '\r' || text[at + 1] != '\n') text[to++] = text[at];
  }
  text[to] = 0;
  *length = to;
  return text;
}

char *cli_read_input(const char *name, size_t *length) {
  char *text = cli_read_text(strcmp(name, "-") ? name : "/dev/stdin", length);
  if (!text) cli_error("%s: %s", name, strerror(errno));
  return text;
}
