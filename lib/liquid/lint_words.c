/* SPDX-License-Identifier: MIT */
/*
 * Phrases in a text: all that may stand at some place are walked along at once. A walk begins at
 * each word; the longest phrase that it meets is the one that counts. No phrase has many words, so
 * there are few walks at a time.
 */
#include "liquid/lint.h"

static uint8_t phrase_letter(const wbi_data_node *node) {
  return node->letter & (uint8_t)~WBI_NODE_LAST;
}

/* The rule that a node ends, if it goes on after it or not, as asked; 0: none. */
static uint8_t phrase_rule(const wbi_data_node *node, uint8_t stem) {
  return (node->rule & WBI_NODE_STEM) == stem ? node->rule & (uint8_t)~WBI_NODE_STEM : 0;
}

/* The child of a node by its letter; NULL: none. */
static const wbi_data_node *phrase_child(const wbi_data_node *node, uint8_t letter) {
  const wbi_data_node *child = wbi_data_nodes + node->first;
  if (node->first == 0) return NULL;
  while (phrase_letter(child) < letter && (child->letter & WBI_NODE_LAST) == 0)
    child++;
  return phrase_letter(child) == letter ? child : NULL;
}

/* Says what the longest phrase of a walk breaks. */
static void phrase_end(wbi_lint *lint, wbi_lint_walk *walk) {
  if (walk->rule != 0 && !walk->said) {
    wbi_lint_find(lint, wbi_data_rules + walk->rule - 1, &walk->from, walk->end);
  }
  walk->said = walk->said || walk->rule != 0;
}

/* A phrase ends before this place. */
static void phrase_accept(wbi_lint *lint, wbi_lint_walk *walk, uint8_t rule) {
  walk->rule = rule;
  walk->end = lint->place.at;
  const uint32_t part = wbi_data_rules[rule - 1].part;
  if (part != 0 && walk->from.at == lint->word.at) lint->known = true;
}

/* Accepts what may end before a byte that is in no word, or after a sign. */
static void phrase_accept_here(wbi_lint *lint, wbi_lint_walk *walk) {
  const uint8_t riding = walk->node == WBI_LINT_RIDING;
  const uint8_t whole = riding ? 0 : phrase_rule(wbi_data_nodes + walk->node, 0);
  if (whole != 0) {
    phrase_accept(lint, walk, whole);
  } else if (walk->stem != 0) {
    phrase_accept(lint, walk, walk->stem);
  }
}

/* Takes a walk one byte on; false: it has ended. */
static bool phrase_go(wbi_lint *lint, wbi_lint_walk *walk, uint8_t folded) {
  const bool word = wbi_lint_in_word(folded);
  const bool riding = walk->node == WBI_LINT_RIDING;
  const wbi_data_node *node = wbi_data_nodes + (riding ? 0 : walk->node);
  const uint8_t letter = phrase_letter(node);
  const bool again = folded == WBI_FOLDED_SPACE && letter == folded; /* over a cut */
  if (again) return true;
  if (!word || (!riding && letter != 0 && !wbi_lint_in_word(letter))) {
    phrase_accept_here(lint, walk);
    walk->stem = 0;
  }
  if (riding) return word;
  const wbi_data_node *child = phrase_child(node, folded);
  if (child == NULL) {
    walk->node = WBI_LINT_RIDING;
    return word && walk->stem != 0;
  }
  walk->node = (uint16_t)(child - wbi_data_nodes);
  const uint8_t stem = phrase_rule(child, WBI_NODE_STEM);
  if (stem != 0) walk->stem = stem;
  return true;
}

/* Begins a walk; the oldest gives way where there are too many. */
static void phrase_begin(wbi_lint *lint) {
  wbi_lint_walks *live = &lint->live;
  if (live->count == WBI_LINT_WALKS) {
    memmove(live->items, live->items + 1, (WBI_LINT_WALKS - 1) * sizeof *live->items);
    live->count--;
  }
  live->items[live->count++] = (wbi_lint_walk){.from = lint->place};
}

void wbi_lint_step(wbi_lint *lint, uint8_t folded) {
  const bool word = wbi_lint_in_word(folded);
  const bool sign = folded == '%' || folded == '$';
  if (sign || (word && !wbi_lint_in_word(lint->before))) phrase_begin(lint);
  wbi_lint_walks *live = &lint->live;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < live->count; i++) {
    wbi_lint_walk walk = live->items[i];
    if (phrase_go(lint, &walk, folded)) {
      live->items[kept++] = walk;
    } else {
      phrase_end(lint, &walk);
    }
  }
  live->count = kept;
  lint->before = folded;
}

/* Whether a walk like this one is on its way. */
static bool phrase_has(const wbi_lint_walks *walks, const wbi_lint_walk *walk) {
  for (uint32_t i = 0; i < walks->count; i++) {
    const wbi_lint_walk *other = walks->items + i;
    if (other->node == walk->node && other->stem == walk->stem) return true;
  }
  return false;
}

/* Adds the walks of one list to another. */
static void phrase_merge(wbi_lint_walks *into, const wbi_lint_walks *from) {
  for (uint32_t i = 0; i < from->count && into->count < WBI_LINT_WALKS; i++) {
    if (!phrase_has(into, from->items + i)) into->items[into->count++] = from->items[i];
  }
}

void wbi_lint_park(wbi_lint *lint, bool apart) {
  wbi_lint_walks *live = &lint->live;
  for (uint32_t i = 0; i < live->count; i++) {
    phrase_accept_here(lint, live->items + i);
    phrase_end(lint, live->items + i);
  }
  lint->before = WBI_FOLDED_NONE;
  if (apart) live->count = lint->parked.count = 0;
  phrase_merge(&lint->parked, live);
  phrase_merge(live, &lint->parked);
  if (lint->depth == 0) lint->parked.count = 0;
}
