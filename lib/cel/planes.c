/* SPDX-License-Identifier: MIT */
/* Logic of bit planes: the tables of && || ! over 64 lanes at once. */
#include "cel/planes.h"

void wbi_planes_spell(wbi_planes *planes) {
  if (!planes->plain) return;
  for (int i = 0; i < WBI_WORDS; i++) {
    planes->no[i] = ~planes->yes[i];
    planes->doubt[i] = planes->pending[i] = 0;
  }
  planes->plain = false;
}

void wbi_planes_join(wbi_planes *a, wbi_planes *b, int decides) {
  if (a->plain && b->plain) {
    for (int i = 0; i < WBI_WORDS; i++)
      a->yes[i] = decides ? a->yes[i] | b->yes[i] : a->yes[i] & b->yes[i];
    return;
  }
  wbi_planes_spell(a);
  wbi_planes_spell(b);
  uint64_t *win = decides ? a->yes : a->no, *lose = decides ? a->no : a->yes;
  const uint64_t *win_b = decides ? b->yes : b->no, *lose_b = decides ? b->no : b->yes;
  for (int i = 0; i < WBI_WORDS; i++) {
    const uint64_t won = win[i] | win_b[i], lost = lose[i] & lose_b[i];
    const uint64_t pending = (a->pending[i] | b->pending[i]) & ~won;
    const uint64_t doubt = (a->doubt[i] | b->doubt[i]) & ~won & ~pending;
    win[i] = won;
    lose[i] = lost;
    a->pending[i] = pending;
    a->doubt[i] = doubt;
  }
}

void wbi_planes_not(wbi_planes *planes) {
  for (int i = 0; i < WBI_WORDS; i++) {
    const uint64_t yes = planes->yes[i];
    planes->yes[i] = planes->plain ? ~yes : planes->no[i];
    planes->no[i] = yes;
  }
}

void wbi_planes_pending(wbi_planes *planes) {
  memset(planes, 0, sizeof *planes);
  memset(planes->pending, 0xFF, sizeof planes->pending);
}

void wbi_planes_fill(wbi_planes *planes, const wbi_cel_value *value) {
  planes->plain = value->kind == WB_BOOL;
  memset(planes->yes, planes->plain && value->as.integer != 0 ? 0xFF : 0, sizeof planes->yes);
  if (planes->plain) return; /* same: nobody looks at the others then */
  memset(planes->no, 0, sizeof planes->no);
  memset(planes->doubt, value->kind == WB_UNKNOWN ? 0xFF : 0, sizeof planes->doubt);
  memset(planes->pending, 0, sizeof planes->pending);
}

bool wbi_planes_all(const wbi_planes *planes, uint32_t count, int truth) {
  const uint64_t *bits = truth || planes->plain ? planes->yes : planes->no;
  const uint64_t flip = planes->plain && !truth ? UINT64_MAX : 0;
  uint32_t word = 0;
  for (; count >= 64; count -= 64) /* same: the rest may be a whole word */
    if ((bits[word++] ^ flip) != UINT64_MAX) return false;
  const uint64_t rest = count > 0 ? UINT64_MAX >> (64 - count) : 0;
  return count == 0 || ((bits[word] ^ flip) & rest) == rest;
}
