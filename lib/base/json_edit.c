/* SPDX-License-Identifier: MIT */
/* Changing a JSON tree: a node that becomes another, members that come and go. */
#include "base/base.h"

void wbi_json_become(wbi_json *node, wbi_json *other) {
  node->kind = other->kind;
  node->line = other->line;
  node->column = other->column;
  node->truth = other->truth;
  node->integer = other->integer;
  node->text = other->text;
  node->count = other->count;
  node->first = other->first;
  node->first_sorted = other->first_sorted;
  node->source = other->source != NULL ? other->source : other;
  for (wbi_json *child = node->first; child != NULL; child = child->next)
    child->parent = node;
}

wb_status wbi_json_put(wbi_arena *arena, wbi_json *object, wbi_text name, wbi_json *value,
                       wb_error *error) {
  wbi_json **sorted = &object->first_sorted;
  while (*sorted != NULL && wbi_text_compare((*sorted)->name, name) < 0)
    sorted = &(*sorted)->next_sorted;
  wbi_json *member = *sorted;
  if (member == NULL || !wbi_text_equal(member->name, name)) {
    member = wbi_arena_alloc(arena, sizeof *member);
    if (member == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory.");
    member->name = name;
    member->parent = object;
    member->next = object->first;
    member->next_sorted = *sorted;
    object->first = *sorted = member;
    object->count++;
  }
  wbi_json_become(member, value);
  return WB_OK;
}

void wbi_json_remove(wbi_json *member) {
  wbi_json *object = member->parent;
  wbi_json **link = &object->first, **sorted = &object->first_sorted;
  while (*link != member)
    link = &(*link)->next;
  while (*sorted != member)
    sorted = &(*sorted)->next_sorted;
  *link = member->next;
  *sorted = member->next_sorted;
  object->count--;
}

wbi_json *wbi_json_after(const wbi_json *node, const wbi_json *root, bool inside) {
  if (inside && node->first != NULL) return node->first;
  for (; node != root; node = node->parent) {
    if (node->next != NULL) return node->next;
  }
  return NULL;
}
