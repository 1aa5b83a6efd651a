/* SPDX-License-Identifier: MIT */
/* Loaded before the C library: kills the program (SIGKILL) at a chosen place of its writing, as a
   power cut would. KILL_JOURNAL=n: once n bytes of a file named "journal" are written, the n-th
   byte included. KILL_SYNC=n: before the n-th fdatasync. KILL_OUTBOX=n, KILL_SNAPSHOT=n: as
   KILL_JOURNAL for the outbox and the snapshot. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

ssize_t write(int file, const void *data, size_t length);
int fdatasync(int file);

/* Bytes that may still be written to the kind of file, -1: any number. */
static long allowance(const char *name) {
  const char *text = getenv(name);
  return text ? atol(text) : -1;
}

/* Whether a descriptor is of a file whose last name begins like this. */
static int is_file(int file, const char *name) {
  char link[64] = "/proc/self/fd/", path[4096];
  size_t at = strlen(link);
  char digits[12];
  size_t count = 0;
  do
    digits[count++] = (char)('0' + file % 10);
  while ((file /= 10) != 0);
  while (count)
    link[at++] = digits[--count];
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  const char *last = strrchr(path, '/');
  return last && strncmp(last + 1, name, strlen(name)) == 0;
}

/* Writes what is allowed of it; kills when that is used up. */
static ssize_t write_some(int file, const void *data, size_t length, long *left) {
  void *found = dlsym(RTLD_NEXT, "write");
  ssize_t (*real)(int, const void *, size_t);
  memcpy(&real, &found, sizeof real);
  if (*left < 0) return real(file, data, length);
  size_t part = length < (size_t)*left ? length : (size_t)*left;
  ssize_t written = part ? real(file, data, part) : 0;
  *left -= (long)part;
  if (*left == 0) raise(SIGKILL);
  return written;
}

ssize_t write(int file, const void *data, size_t length) {
  static const char *const names[] = {"journal", "outbox", "snapshot"};
  static const char *const variables[] = {"KILL_JOURNAL", "KILL_OUTBOX", "KILL_SNAPSHOT"};
  static long left[] = {-2, -2, -2};
  long any = -1, *mine = &any;
  for (int i = 0; i < 3; i++) {
    if (left[i] == -2) left[i] = allowance(variables[i]);
    if (is_file(file, names[i])) mine = &left[i];
  }
  return write_some(file, data, length, mine);
}

int fdatasync(int file) {
  static long left = -2;
  if (left == -2) left = allowance("KILL_SYNC");
  if (left > 0 && --left == 0) raise(SIGKILL);
  void *found = dlsym(RTLD_NEXT, "fdatasync");
  int (*real)(int);
  memcpy(&real, &found, sizeof real);
  return real(file);
}
