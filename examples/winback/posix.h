/* SPDX-License-Identifier: MIT */
/* What the program uses of POSIX, for Windows alone: the compiler includes it before every file. */
#ifndef POSIX_H
#define POSIX_H

#include <direct.h>
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>

#define O_CLOEXEC _O_NOINHERIT
#define O_DIRECTORY 0x40000000 /* of our own: see posix_open */
enum { LOCK_EX = 2, LOCK_NB = 4 };

int posix_open(const char *path, int flags, ...);
ssize_t posix_read(int file, void *bytes, size_t most);
ssize_t posix_write(int file, const void *bytes, size_t length);
int posix_rename(const char *from, const char *to);
int posix_fclose(FILE *file);
int fsync(int file);
int flock(int file, int how); /* LOCK_EX | LOCK_NB */
FILE *open_memstream(char **text, size_t *length);
ssize_t getline(char **line, size_t *capacity, FILE *file);

#define open posix_open
#define read posix_read
#define write posix_write
#define rename posix_rename
#define fclose posix_fclose
#define fdatasync fsync
#define mkdir(path, mode) _mkdir(path)

#endif
