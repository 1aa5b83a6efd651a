/* SPDX-License-Identifier: MIT */
/* POSIX on Windows, as far as the program needs it. Files are bytes: no line ends are changed. */
#define _CRT_RAND_S
#include <stdlib.h>

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <windows.h>

#undef open
#undef read
#undef write
#undef rename
#undef fclose

/* A text that is written as a file: where it goes when that is closed. */
static struct {
  FILE *file;
  char **text;
  size_t *length;
} written[4];

/* Before main: bytes in and out, and UTF-8 on the screen. */
__attribute__((constructor)) static void posix_start(void) {
  _fmode = _O_BINARY;
  for (int i = 0; i < 3; i++)
    (void)_setmode(i, _O_BINARY);
  (void)SetConsoleOutputCP(CP_UTF8);
}

/* Sixteen random bytes to be read. */
static int posix_random(void) {
  unsigned words[4];
  int ends[2];
  if (_pipe(ends, sizeof words, _O_BINARY) < 0) return -1;
  bool ok = true;
  for (int i = 0; i < 4; i++)
    ok = ok && rand_s(&words[i]) == 0;
  ok = ok && _write(ends[1], words, sizeof words) == (int)sizeof words;
  _close(ends[1]);
  if (ok) return ends[0];
  _close(ends[0]);
  return -1;
}

/* The two devices, and folders, which have no handle: NTFS makes a name durable with its file. */
int posix_open(const char *path, int flags, ...) {
  if (!strcmp(path, "/dev/stdin")) return _dup(0);
  if (!strcmp(path, "/dev/urandom")) return posix_random();
  if (flags & O_DIRECTORY) return _open("NUL", _O_RDONLY);
  return _open(path, flags, _S_IREAD | _S_IWRITE);
}

/* A part of what was asked for may be all that one call moves. */
static unsigned posix_part(size_t length) {
  return length < INT_MAX ? (unsigned)length : INT_MAX;
}

ssize_t posix_read(int file, void *bytes, size_t most) {
  return _read(file, bytes, posix_part(most));
}

ssize_t posix_write(int file, const void *bytes, size_t length) {
  return _write(file, bytes, posix_part(length));
}

int posix_rename(const char *from, const char *to) {
  if (MoveFileExA(from, to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) return 0;
  errno = GetLastError() == ERROR_FILE_NOT_FOUND ? ENOENT : EACCES;
  return -1;
}

int fsync(int file) {
  struct stat status;
  if (fstat(file, &status) == 0 && S_ISCHR(status.st_mode))
    return 0; /* a folder, as opened above */
  return _commit(file);
}

/* Locks a byte that no file reaches, so that the others may be read. */
int flock(int file, int how) {
  OVERLAPPED place = {.OffsetHigh = 0x40000000};
  (void)how;
  const DWORD flags = LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY;
  if (LockFileEx((HANDLE)_get_osfhandle(file), flags, 0, 1, 0, &place)) return 0;
  errno = EAGAIN;
  return -1;
}

FILE *open_memstream(char **text, size_t *length) {
  for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
    if (written[i].file) continue;
    char folder[MAX_PATH], name[MAX_PATH];
    if (!GetTempPathA(MAX_PATH, folder) || !GetTempFileNameA(folder, "wb", 0, name)) return NULL;
    written[i].file = fopen(name, "w+bTD"); /* kept in memory, and gone when closed */
    written[i].text = text;
    written[i].length = length;
    return written[i].file;
  }
  return NULL;
}

/* All that a file holds, with a zero behind it; false: it cannot be read. */
static bool posix_read_back(FILE *file, char **text, size_t *length) {
  const long end = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
  if (end < 0) return false;
  *length = (size_t)end;
  *text = malloc(*length + 1);
  if (!*text) return false;
  rewind(file);
  (*text)[*length] = 0;
  return fread(*text, 1, *length, file) == *length;
}

int posix_fclose(FILE *file) {
  bool ok = true;
  for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
    if (written[i].file != file) continue;
    ok = posix_read_back(file, written[i].text, written[i].length);
    written[i].file = NULL;
  }
  return fclose(file) == 0 && ok ? 0 : EOF;
}

ssize_t getline(char **line, size_t *capacity, FILE *file) {
  size_t used = 0;
  int letter = 0;
  while (letter != '\n' && (letter = getc(file)) != EOF) {
    if (used + 2 > *capacity) {
      char *grown = realloc(*line, *capacity = 2 * *capacity + 128);
      if (!grown) return -1;
      *line = grown;
    }
    (*line)[used++] = (char)letter;
  }
  if (used) (*line)[used] = 0;
  return used ? (ssize_t)used : -1;
}
