/* SPDX-License-Identifier: MIT */
/* Filters that put something else for parts of a text. */
#include "liquid/bytes.h"
#include "liquid/filter.h"
#include "liquid/html.h"

/* What is replaced, where it was found, and by what. */
typedef struct replace_hit {
  wbi_text text, part, with;
  size_t at;
} replace_hit;

/* Writes what a backslash and a character stand for in Ruby: the part, what is before or behind it,
   a group, of which there are none. */
static void replace_put_escape(wbi_writer *writer, const replace_hit *hit, char c) {
  const size_t end = hit->at + hit->part.length;
  switch (c) {
  case '0':
  case '&': wbi_put_text(writer, hit->part); break;
  case '`': wbi_put_text(writer, wbi_text_slice(hit->text, 0, hit->at)); break;
  case '\'': wbi_put_text(writer, wbi_text_slice(hit->text, end, hit->text.length)); break;
  case '\\': wbi_put_char(writer, '\\'); break;
  case '+': break;
  default:
    if (c >= '1' && c <= '9') break;
    wbi_put_char(writer, '\\');
    wbi_put_char(writer, c);
  }
}

/* Writes what a hit is replaced by. WB_E_RANGE: it names a group. */
static wb_status replace_put_with(wbi_writer *writer, const replace_hit *hit) {
  const wbi_text with = hit->with;
  size_t from = 0;
  for (size_t i = 0; i + 1 < with.length && writer->length <= writer->capacity; i++) {
    if (with.data[i] != '\\') continue;
    wbi_put_text(writer, wbi_text_slice(with, from, i));
    const char c = with.data[++i];
    if (c == 'k' && i + 1 < with.length && with.data[i + 1] == '<') return WB_E_RANGE;
    replace_put_escape(writer, hit, c);
    from = i + 1;
  }
  wbi_put_text(writer, wbi_text_slice(with, from, with.length));
  return WB_OK;
}

/* Where to look on behind a hit. An empty part is before every code point, and at the end. */
static size_t replace_next(const replace_hit *hit) {
  size_t next = hit->at + hit->part.length;
  if (hit->part.length > 0 || next == hit->text.length) return next;
  do
    next++;
  while (next < hit->text.length && !wbi_utf8_begins(hit->text.data[next]));
  return next;
}

static wb_status replace_put(wbi_writer *writer, replace_hit *hit, bool all) {
  size_t from = 0;
  wb_status status = WB_OK;
  do {
    wbi_put_text(writer, wbi_text_slice(hit->text, from, hit->at));
    status = replace_put_with(writer, hit);
    from = hit->at + hit->part.length;
    const size_t next = replace_next(hit);
    if (!all || hit->at == hit->text.length || writer->length > writer->capacity) break;
    hit->at = wbi_text_find(hit->text, hit->part, next);
  } while (status == WB_OK && hit->at != SIZE_MAX);
  wbi_put_text(writer, wbi_text_slice(hit->text, from, hit->text.length));
  return status;
}

/* Replaces parts of the value. */
static wb_status replace_apply(const wbi_filtering *filtering, wb_value *value,
                               const wb_value *part, const wb_value *with, bool all) {
  replace_hit hit = {{NULL, 0}, {NULL, 0}, {NULL, 0}, 0};
  wb_status status = wbi_value_write(filtering, value, &hit.text);
  if (status == WB_OK) status = wbi_value_write(filtering, part, &hit.part);
  if (status == WB_OK && with != NULL) status = wbi_value_write(filtering, with, &hit.with);
  if (status != WB_OK) return status;
  hit.at = wbi_text_find(hit.text, hit.part, 0);
  if (hit.at == SIZE_MAX) {
    *value = wbi_value_text(hit.text);
    return WB_OK;
  }
  wbi_writer writer = wbi_room_begin(filtering->room);
  status = replace_put(&writer, &hit, all);
  return status == WB_OK ? wbi_room_finish(filtering->room, &writer, value) : status;
}

wb_status wbi_filter_replace(WBI_FILTER_ARGUMENTS) {
  return replace_apply(filtering, value, &arguments[0], count > 1 ? &arguments[1] : NULL, true);
}

wb_status wbi_filter_replace_first(WBI_FILTER_ARGUMENTS) {
  return replace_apply(filtering, value, &arguments[0], count > 1 ? &arguments[1] : NULL, false);
}

wb_status wbi_filter_remove(WBI_FILTER_ARGUMENTS) {
  (void)count;
  return replace_apply(filtering, value, &arguments[0], NULL, true);
}

wb_status wbi_filter_remove_first(WBI_FILTER_ARGUMENTS) {
  (void)count;
  return replace_apply(filtering, value, &arguments[0], NULL, false);
}

/* Puts something for each line break, which may have a carriage return. */
static wb_status replace_lines(const wbi_filtering *filtering, wb_value *value, wbi_text with) {
  wbi_text text;
  size_t from = 0;
  const wb_status status = wbi_value_write(filtering, value, &text);
  if (status != WB_OK) return status;
  wbi_writer writer = wbi_room_begin(filtering->room);
  for (size_t i = 0; i < text.length; i++) {
    if (text.data[i] != '\n') continue;
    const bool pair = i > from && text.data[i - 1] == '\r';
    wbi_put_text(&writer, wbi_text_slice(text, from, i - pair));
    wbi_put_text(&writer, with);
    from = i + 1;
  }
  wbi_put_text(&writer, wbi_text_slice(text, from, text.length));
  return wbi_room_finish(filtering->room, &writer, value);
}

wb_status wbi_filter_strip_newlines(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  return replace_lines(filtering, value, WBI_TEXT(""));
}

wb_status wbi_filter_newline_to_br(WBI_FILTER_ARGUMENTS) {
  const uint32_t escaped = value->kind == WB_TEXT ? value->flags & WBI_VALUE_ESCAPED : 0;
  (void)arguments;
  (void)count;
  const wb_status status = replace_lines(filtering, value, WBI_TEXT("<br />\n"));
  if (status == WB_OK) value->flags = escaped;
  return status;
}

/* Whether "name;" or "#39;" stands here, behind an ampersand. */
static bool replace_reference(wbi_text text, size_t at) {
  const bool number = at < text.length && text.data[at] == '#';
  const size_t from = at += number;
  while (at < text.length && (number ? wbi_is_digit(text.data[at]) : wbi_is_letter(text.data[at])))
    at++;
  return at > from && at < text.length && text.data[at] == ';';
}

/* Characters that `escape` writes as a reference: fewer than a page needs. */
static const uint8_t replace_special[256] = {
    ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, ['\''] = 1};

static wb_status replace_markup(const wbi_filtering *filtering, wb_value *value, bool once) {
  wbi_text text = {value->data, value->length};
  size_t from = 0;
  if (value->kind == WB_TEXT && filtering->render != NULL &&
      wbi_render_lacks_bytes(filtering->render, text, WBI_BYTE_MARKUP)) {
    value->flags |= WBI_VALUE_ESCAPED;
    return WB_OK;
  }
  wb_status status = wbi_value_write(filtering, value, &text);
  if (status != WB_OK) return status;
  wbi_writer writer = wbi_room_begin(filtering->room);
  for (size_t i = wbi_escape_next(text, 0, replace_special); i < text.length;
       i = wbi_escape_next(text, i + 1, replace_special)) {
    if (once && text.data[i] == '&' && replace_reference(text, i + 1)) continue;
    wbi_put_text(&writer, wbi_text_slice(text, from, i));
    wbi_put_text(&writer, wbi_escape_written(text.data[i]));
    from = i + 1;
  }
  if (from == 0 && value->kind == WB_TEXT) { /* it stays as it is */
    value->flags |= WBI_VALUE_ESCAPED;
    return WB_OK;
  }
  wbi_put_text(&writer, wbi_text_slice(text, from, text.length));
  status = wbi_room_finish(filtering->room, &writer, value);
  if (status == WB_OK) value->flags = WBI_VALUE_ESCAPED;
  return status;
}

wb_status wbi_filter_escape(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  if (value->kind == WB_NULL || value->kind == WB_UNKNOWN) return WB_OK;
  return replace_markup(filtering, value, false);
}

wb_status wbi_filter_escape_once(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  return replace_markup(filtering, value, true);
}

static void replace_put_percent(wbi_writer *writer, char c) {
  if (wbi_is_letter(c) || wbi_is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
    wbi_put_char(writer, c);
  } else if (c == ' ') {
    wbi_put_char(writer, '+');
  } else {
    wbi_put_char(writer, '%');
    wbi_put_hex_capital(writer, (uint8_t)c);
  }
}

wb_status wbi_filter_url_encode(WBI_FILTER_ARGUMENTS) {
  wbi_text text;
  (void)arguments;
  (void)count;
  if (value->kind == WB_NULL || value->kind == WB_UNKNOWN) return WB_OK;
  const wb_status status = wbi_value_write(filtering, value, &text);
  if (status != WB_OK) return status;
  wbi_writer writer = wbi_room_begin(filtering->room);
  for (size_t i = 0; i < text.length; i++)
    replace_put_percent(&writer, text.data[i]);
  return wbi_room_finish(filtering->room, &writer, value);
}
