/* SPDX-License-Identifier: MIT */
/* Blocks of a template, for the lint: what is said whichever branch is taken, and the longest text.
 */
#include "liquid/lint.h"

/* The frame of the innermost block, of which there is one: the template compiled. NULL: it is
   nested deeper than is followed. */
static wbi_lint_frame *frame_top(wbi_lint *lint) {
  return lint->depth <= WBI_LINT_DEPTH ? lint->frames + lint->depth - 1 : NULL;
}

void wbi_lint_open(wbi_lint *lint, bool loop) {
  lint->depth++;
  wbi_lint_cut(lint, false);
  wbi_lint_frame *frame = frame_top(lint);
  if (frame == NULL) return;
  *frame = (wbi_lint_frame){.parts = lint->parts,
                            .shared = UINT32_MAX,
                            .length = lint->length,
                            .longest = lint->length,
                            .loop = loop};
}

/* Ends a branch. */
static void frame_end_branch(wbi_lint *lint, wbi_lint_frame *frame) {
  frame->shared &= lint->parts;
  wbi_lint_longer(&frame->longest, &lint->length);
  lint->parts = frame->parts;
  lint->length = frame->length;
}

void wbi_lint_branch(wbi_lint *lint, bool otherwise) {
  wbi_lint_cut(lint, false);
  wbi_lint_frame *frame = frame_top(lint);
  if (frame == NULL) return;
  frame_end_branch(lint, frame);
  if (otherwise) frame->otherwise = true;
}

void wbi_lint_close(wbi_lint *lint) {
  wbi_lint_cut(lint, false);
  wbi_lint_frame *frame = frame_top(lint);
  if (frame != NULL) {
    frame_end_branch(lint, frame);
    if (frame->otherwise && !frame->loop) lint->parts = frame->shared;
    lint->length = frame->longest;
  }
  if (--lint->depth == 0) lint->parked.count = 0;
}

void wbi_lint_missing(wbi_lint *lint) {
  static const struct {
    uint32_t part;
    const char *id;
  } frame_needs[] = {{WBI_PART_SENDER, "missing.sender"},
                     {WBI_PART_STOP, "missing.stop"},
                     {WBI_PART_ADDRESS, "missing.address"},
                     {WBI_PART_UNSUBSCRIBE, "missing.unsubscribe"}};
  const wbi_data_channel *channel = lint->channel;
  const wbi_lint_place *place = &lint->place;
  uint32_t parts = lint->parts;
  if (lint->language == 1 && (parts & WBI_PART_ALTO) != 0) parts |= WBI_PART_STOP;
  if ((parts & WBI_PART_STOP) != 0) parts |= WBI_PART_UNSUBSCRIBE;
  for (size_t i = 0; i < WBI_COUNT(frame_needs); i++) {
    if ((channel->needs & frame_needs[i].part & ~parts) == 0) continue;
    wbi_lint_find_id(lint, frame_needs[i].id, place, place->at);
  }
  wbi_lint_long(lint);
}
