/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target over every file of the folders given, so that the corpus is part of the
 * ordinary tests. Fails when there is none.
 */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Runs the target on one file; 1, or 0 when it is not a file that can be read. */
static int replay_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END)) return 0;
  long size = ftell(file);
  rewind(file);
  /* A block of its own, as long as the input: reading past its end is seen. */
  uint8_t *data = size > 0 ? malloc((size_t)size) : NULL;
  int read = size == 0 || (data && fread(data, 1, (size_t)size, file) == (size_t)size);
  if (read) LLVMFuzzerTestOneInput(data, (size_t)size);
  free(data);
  fclose(file);
  return read;
}

/* Runs the target on every file of a folder; the number of files. */
static int replay_folder(const char *path) {
  int count = 0;
  DIR *folder = opendir(path);
  if (!folder) return 0;
  for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
    char name[4096];
    if (entry->d_name[0] == '.') continue;
    snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
    count += replay_file(name);
  }
  closedir(folder);
  return count;
}

int main(int argc, char **argv) {
  int count = 0;
  for (int i = 1; i < argc; ++i)
    count += replay_folder(argv[i]);
  printf("%d inputs\n", count);
  return count ? 0 : 1;
}
