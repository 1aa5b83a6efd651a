/* SPDX-License-Identifier: MIT */
/* What a journal says, written as JSON. */
#include "outreach/journal_private.h"

wbi_object wbi_object_open(wbi_writer *writer) {
  wbi_put_char(writer, '{');
  return (wbi_object){writer, false};
}

void wbi_object_close(wbi_object *object) {
  wbi_put_char(object->writer, '}');
}

void wbi_object_name(wbi_object *object, const char *name) {
  if (object->more) wbi_put_char(object->writer, ',');
  object->more = true;
  wbi_put_json(object->writer, wbi_text_of(name));
  wbi_put_char(object->writer, ':');
}

void wbi_object_number(wbi_object *object, const char *name, int64_t number) {
  wbi_object_name(object, name);
  wbi_put_int(object->writer, number);
}

void wbi_object_truth(wbi_object *object, const char *name, bool truth) {
  wbi_object_name(object, name);
  wbi_put_text(object->writer, truth ? WBI_TEXT("true") : WBI_TEXT("false"));
}

void wbi_object_word(wbi_object *object, const char *name, const char *word) {
  wbi_object_name(object, name);
  wbi_put_json(object->writer, wbi_text_of(word));
}

void wbi_object_key(wbi_object *object, const char *name, wbi_text key) {
  if (!wbi_utf8_valid(key)) {
    wbi_object_name(object, name);
    wbi_object hex = wbi_object_open(object->writer);
    wbi_object_hex(&hex, "hex", key.data, key.length);
    wbi_object_close(&hex);
    return;
  }
  wbi_object_name(object, name);
  wbi_put_json(object->writer, key);
}

void wbi_object_hex(wbi_object *object, const char *name, const void *bytes, size_t count) {
  wbi_object_name(object, name);
  wbi_put_char(object->writer, '"');
  wbi_put_hex(object->writer, bytes, count);
  wbi_put_char(object->writer, '"');
}

void wbi_object_time(wbi_object *object, const char *name, wb_time at) {
  char text[40];
  size_t length = 0;
  wbi_object_name(object, name);
  if (wb_time_format(at, NULL, text, sizeof text, &length) == WB_OK)
    wbi_put_json(object->writer, (wbi_text){text, length});
  else
    wbi_put_text(object->writer, WBI_TEXT("null"));
}

void wbi_object_day(wbi_object *object, const char *name, wb_date day) {
  wbi_object_name(object, name);
  if (!wbi_date_valid(day)) {
    wbi_put_text(object->writer, WBI_TEXT("null"));
    return;
  }
  wbi_put_char(object->writer, '"');
  wbi_put_date(object->writer, day);
  wbi_put_char(object->writer, '"');
}
