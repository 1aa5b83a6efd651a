/* SPDX-License-Identifier: MIT */
/* A record for every effect there is, with every code, and for every call that writes one, and
   those of journals in files: its bytes in hex, a tab, and its text. */
#include <stdio.h>
#include <stdlib.h>

#include "machine/machine.h"

enum { SAMPLE_CODES = 256, SAMPLE_MOST = 4096, SAMPLE_TEXT = 1 << 18, SAMPLE_FILE = 1 << 20 };

/* An effect whose members are all different. */
static wbi_effect sample_effect(int kind, uint8_t code) {
  static const char digest[] = "0123456789abcdef0123456789ABCDEF";
  return (wbi_effect){
      .kind = (wbi_effect_kind)kind,
      .patient = {"p\xff", 2},
      .subject = {"visit \"7\"", 9},
      .location = {"front", 5},
      .name = {kind == WBI_EFFECT_SEAL ? digest : "name", kind == WBI_EFFECT_SEAL ? 24u : 4u},
      .bytes = {digest, 32},
      .id = {{1, 2, 3}},
      .contact = {{4, 5, 6}},
      .until = 1764400000,
      .wake = 1764500000,
      .value = -12345,
      .law = {"us-hours", 8},
      .edition = {"us 2026-11-23", 13},
      .as_of = 1764600000,
      .event = {{10, 11, 12}},
      .rule = {"us-consent", 10},
      .class_ = code,
      .consent_on = code % 2 ? 20300 : WB_DATE_NONE,
      .consent = code,
      .day = code % 2 ? 20400 : WB_DATE_NONE,
      .counted = {21, 22, 23},
      .most = {24, 25, 26},
      .number = 70,
      .definition = 258,
      .segment = 11,
      .variant = 12,
      .step = 13,
      .next_step = 14,
      .text = 15,
      .action = (uint8_t)(1 + code % 2),
      .channel = code,
      .signals = 16,
      .code = code,
      .cause = code};
}

/* Whether the effect can be read back: its codes are codes. */
static bool sample_known(const wbi_effect *effect) {
  char bytes[SAMPLE_MOST];
  wbi_effect read;
  wbi_writer writer = {bytes, sizeof bytes, 0};
  wbi_effect_write(&writer, effect);
  wbi_reader reader = {(const uint8_t *)bytes, writer.length, 0, false};
  return wbi_effect_read(&reader, &read) == WB_OK;
}

/* Prints a record. */
static void sample_line(const uint8_t *bytes, size_t length) {
  static char text[SAMPLE_TEXT];
  size_t needed = 0;
  for (size_t i = 0; i < length; i++)
    printf("%02x", bytes[i]);
  if (wb_journal_format(bytes, length, 0, text, sizeof text, &needed) != WB_OK) exit(1);
  printf("\t%s\n", text);
}

/* Prints a record of one effect. */
static void sample_print(wbi_plan *plan, const wbi_state *state, int by, const wbi_effect *effect) {
  wbi_plan_start(plan, state, 1764300000);
  if (wbi_plan_open(plan, state, (wbi_cause)by) != WB_OK) exit(1);
  if (wbi_plan_add(plan, effect) != WB_OK) exit(1);
  wbi_plan_close(plan);
  sample_line(plan->bytes.data, plan->bytes.count);
}

/* Prints the records of a journal. */
static void sample_file(const char *path) {
  static uint8_t bytes[SAMPLE_FILE];
  FILE *file = fopen(path, "rb");
  if (file == NULL) exit(1);
  const size_t length = fread(bytes, 1, sizeof bytes, file);
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  while (wb_journal_next(bytes, length, &offset, &record) == WB_OK)
    sample_line(bytes + record.offset, (size_t)record.length);
  if (length == 0 || offset != length) exit(1);
  fclose(file);
}

int main(int count, char **files) {
  static const wbi_bytes16 check = {{9}};
  wbi_state state;
  wbi_plan plan;
  wbi_state_init(&state, NULL, WBI_TEXT("practice"), &check);
  state.sequence = 1;
  wbi_plan_init(&plan, NULL);
  for (int kind = 1; kind < WBI_EFFECT_COUNT; kind++) {
    bool some = false;
    for (int code = 0; code < SAMPLE_CODES; code++) {
      const wbi_effect effect = sample_effect(kind, (uint8_t)code);
      if (!sample_known(&effect)) continue;
      sample_print(&plan, &state, WBI_BY_POLL, &effect);
      some = true;
    }
    if (!some) printf("kind %d has no sample\t\n", kind);
  }
  const wbi_effect seen = sample_effect(WBI_EFFECT_SEEN, 0);
  for (int by = WBI_BY_ADD; by < WBI_BY_COUNT; by++)
    sample_print(&plan, &state, by, &seen);
  wbi_plan_free(&plan);
  wbi_state_free(&state);
  for (int i = 1; i < count; i++)
    sample_file(files[i]);
  return 0;
}
