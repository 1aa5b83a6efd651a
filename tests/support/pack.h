/* SPDX-License-Identifier: MIT */
/* Pieces of a pack of law, of a country with one region, and packs made of them. */
#ifndef PACK_H
#define PACK_H

#include "base/base.h"

#define HEAD_OF(country)                                                                           \
  "\"pack\": \"own\", \"country\": \"" country "\", \"version\": \"1\", \"review_by\": "           \
  "\"2030-01-01\", "
#define HEAD HEAD_OF("XA")
#define REGIONS "\"regions\": {\"XA\": [\"UTC\"], \"XA-B\": [\"Asia/Tokyo\"]}, "
#define CALENDARS "\"calendars\": {\"feasts\": [{\"name\": \"Feast\", \"month\": 3, \"day\": 1}]}, "
#define STALE                                                                                      \
  "\"stale\": {\"id\": \"s\", \"source\": \"x\", \"confidence\": \"O\", \"hours\": "               \
  "{\"mon\": \"10:00-11:00\"}}, "
#define RULE_HEAD_OF(id)                                                                           \
  "\"id\": \"" id "\", \"regions\": [\"XA\"], \"source\": \"x\", \"effective_from\": "             \
  "\"2000-01-01\", \"confidence\": \"O\", "
#define RULE_HEAD RULE_HEAD_OF("r")
#define RULE(id, more) "{" RULE_HEAD_OF(id) more "}"
#define OWN(rules) "{" HEAD REGIONS CALENDARS STALE "\"rules\": [" rules "]}"
#define HOURS(hours) OWN("{" RULE_HEAD "\"kind\": \"hours\", \"hours\": " hours "}")
#define FEAST(feast) "{" HEAD REGIONS "\"calendars\": {\"f\": [" feast "]}, " STALE "\"rules\": []}"

/* Writes a pack of a head, which ends before "rules", and some rules; its length. */
static inline size_t pack_write(char *json, size_t capacity, wbi_text head,
                                const char *const *rules, size_t count) {
  wbi_writer writer = {json, capacity, 0};
  wbi_put_text(&writer, head);
  wbi_put_text(&writer, WBI_TEXT("\"rules\": ["));
  for (size_t i = 0; i < count; i++) {
    wbi_put_text(&writer, i > 0 ? WBI_TEXT(", ") : WBI_TEXT(""));
    wbi_put_text(&writer, wbi_text_of(rules[i]));
  }
  wbi_put_text(&writer, WBI_TEXT("]}"));
  return writer.length < capacity ? writer.length : capacity;
}

#endif
