/* SPDX-License-Identifier: MIT */
/* The functions on texts. What they count are Unicode scalars, not bytes. */
#include "cel/format.h"

/* Whether arguments are of the kinds that letters name, "s" text and "i" int. */
static bool strings_fit(const wbi_cel_value *arguments, uint32_t count, const char *kinds) {
  for (uint32_t i = 0; i < count; i++) {
    if (arguments[i].kind != (kinds[i] == 's' ? WB_TEXT : WB_INT)) return false;
  }
  return true;
}

/* Where the scalar of an index begins, its end for the index behind the last; false: no such. */
static bool strings_offset(wbi_text text, int64_t index, size_t *offset) {
  uint32_t scalar = 0;
  size_t at = 0;
  if (index < 0) return false;
  for (; index > 0; index--) {
    if (!wbi_utf8_next(text, &at, &scalar)) return false;
  }
  *offset = at;
  return true;
}

/* Length of the scalar at an offset; 0 at the end. */
static size_t strings_step(wbi_text text, size_t at) {
  size_t next = at;
  uint32_t scalar = 0;
  if (at < text.length && !wbi_utf8_next(text, &next, &scalar)) return 1;
  return next - at;
}

/* Whether a part stands at an offset. */
static bool strings_at(wbi_text text, size_t at, wbi_text part) {
  return at + part.length <= text.length &&
         wbi_text_equal(wbi_text_slice(text, at, at + part.length), part);
}

/* Charges a search of a part in a text. */
static bool strings_charge(wbi_cel_run *run, wbi_text text, wbi_text part) {
  return wbi_cel_charge(run, ((uint64_t)text.length + 7) / 8 * (part.length / 8 + 1) + 1);
}

/* A text of so many bytes that `data` will hold; a fault when there is no room. */
static wbi_cel_value strings_room(wbi_cel_run *run, uint64_t length, char **data) {
  *data = length <= UINT32_MAX ? wbi_cel_take(run, (size_t)length) : NULL;
  if (*data == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  return wbi_cel_of_text((wbi_text){*data, (size_t)length});
}

/* ---- places ------------------------------------------------------------------------------- */

static wbi_cel_value strings_char_at(wbi_cel_run *run, const wbi_cel_value *arguments,
                                     uint32_t count) {
  size_t at = 0;
  if (!strings_fit(arguments, count, "si")) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text text = wbi_cel_text(&arguments[0]);
  if (!strings_charge(run, text, (wbi_text){NULL, 0})) return wbi_cel_of_fault(WBI_FAULT_COST);
  if (!strings_offset(text, arguments[1].as.integer, &at)) return wbi_cel_of_fault(WBI_FAULT_RANGE);
  return wbi_cel_of_text(wbi_text_slice(text, at, at + strings_step(text, at)));
}

static wbi_cel_value strings_substring(wbi_cel_run *run, const wbi_cel_value *arguments,
                                       uint32_t count) {
  size_t from = 0, to = SIZE_MAX;
  if (!strings_fit(arguments, count, "sii")) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text text = wbi_cel_text(&arguments[0]);
  if (!strings_charge(run, text, (wbi_text){NULL, 0})) return wbi_cel_of_fault(WBI_FAULT_COST);
  if (!strings_offset(text, arguments[1].as.integer, &from) ||
      (count == 3 && !strings_offset(text, arguments[2].as.integer, &to)) || from > to) {
    return wbi_cel_of_fault(WBI_FAULT_RANGE);
  }
  return wbi_cel_of_text(wbi_text_slice(text, from, to));
}

/* Looks for a part from an offset on; the index found, which begins with that of the offset. */
static int64_t strings_first(wbi_text text, wbi_text part, size_t at, int64_t index) {
  const size_t found = wbi_text_find(text, part, at);
  if (found == SIZE_MAX) return -1;
  return index + (int64_t)wbi_utf8_count(wbi_text_slice(text, at, found));
}

/* Looks for a part from an offset towards the beginning; the index found. */
static int64_t strings_last(wbi_text text, wbi_text part, size_t at) {
  for (;; at--) {
    const bool begins = at == text.length || wbi_utf8_begins(text.data[at]);
    if (begins && strings_at(text, at, part))
      return (int64_t)wbi_utf8_count(wbi_text_slice(text, 0, at));
    if (at == 0) return -1;
  }
}

static wbi_cel_value strings_index_of(wbi_cel_run *run, const wbi_cel_value *arguments,
                                      uint32_t count) {
  size_t at = 0;
  if (!strings_fit(arguments, count, "ssi")) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text text = wbi_cel_text(&arguments[0]), part = wbi_cel_text(&arguments[1]);
  const int64_t index = count == 3 ? arguments[2].as.integer : 0;
  if (!strings_charge(run, text, part)) return wbi_cel_of_fault(WBI_FAULT_COST);
  if (!strings_offset(text, index, &at)) return wbi_cel_of_fault(WBI_FAULT_RANGE);
  return wbi_cel_of_int(strings_first(text, part, at, index));
}

static wbi_cel_value strings_last_index_of(wbi_cel_run *run, const wbi_cel_value *arguments,
                                           uint32_t count) {
  if (!strings_fit(arguments, count, "ssi")) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text text = wbi_cel_text(&arguments[0]), part = wbi_cel_text(&arguments[1]);
  size_t at = text.length;
  if (!strings_charge(run, text, part)) return wbi_cel_of_fault(WBI_FAULT_COST);
  if (count == 3 && !strings_offset(text, arguments[2].as.integer, &at))
    return wbi_cel_of_fault(WBI_FAULT_RANGE);
  return wbi_cel_of_int(strings_last(text, part, at));
}

/* ---- letters ------------------------------------------------------------------------------ */

/* A copy in which the letters from `first` on, 26 of them, are moved by `by`. */
static wbi_cel_value strings_case(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count,
                                  char first, int by) {
  char *data = NULL;
  if (!strings_fit(arguments, count, "s")) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_cel_value value = strings_room(run, arguments->length, &data);
  for (uint32_t i = 0; data != NULL && i < arguments->length; i++) {
    const char c = arguments->as.data[i];
    data[i] = (char)(c >= first && c < first + 26 ? c + by : c);
  }
  return value;
}

static wbi_cel_value strings_lower(wbi_cel_run *run, const wbi_cel_value *arguments,
                                   uint32_t count) {
  return strings_case(run, arguments, count, 'A', 'a' - 'A');
}

static wbi_cel_value strings_upper(wbi_cel_run *run, const wbi_cel_value *arguments,
                                   uint32_t count) {
  return strings_case(run, arguments, count, 'a', 'A' - 'a');
}

/* Whether a scalar is white space. */
static bool strings_space(uint32_t scalar) {
  static const uint16_t spaces[][2] = {
      {'\t', '\r'},     {' ', ' '},       {0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
      {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};
  for (size_t i = 0; i < WBI_COUNT(spaces); i++) {
    if (scalar >= spaces[i][0] && scalar <= spaces[i][1]) return true;
  }
  return false;
}

static wbi_cel_value strings_trim(wbi_cel_run *run, const wbi_cel_value *arguments,
                                  uint32_t count) {
  uint32_t scalar = 0;
  size_t from = 0, to = 0;
  if (!strings_fit(arguments, count, "s")) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text text = wbi_cel_text(arguments);
  if (!strings_charge(run, text, (wbi_text){NULL, 0})) return wbi_cel_of_fault(WBI_FAULT_COST);
  for (size_t at = 0; wbi_utf8_next(text, &at, &scalar);) {
    if (!strings_space(scalar))
      to = at;
    else if (to == 0)
      from = at;
  }
  return wbi_cel_of_text(wbi_text_slice(text, from, to));
}

static wbi_cel_value strings_reverse(wbi_cel_run *run, const wbi_cel_value *arguments,
                                     uint32_t count) {
  char *data = NULL;
  if (!strings_fit(arguments, count, "s")) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text text = wbi_cel_text(arguments);
  const wbi_cel_value value = strings_room(run, text.length, &data);
  for (size_t at = 0; data != NULL && at < text.length;) {
    const size_t size = strings_step(text, at);
    memcpy(data + text.length - at - size, text.data + at, size);
    at += size;
  }
  return value;
}

/* Writes a character as it stands in a literal. */
static void strings_put_quoted(wbi_writer *writer, char c) {
  static const char escapes[] = "\aa\bb\ff\nn\rr\tt\vv\\\\\"\"";
  for (size_t i = 0; escapes[i] != '\0'; i += 2) {
    if (escapes[i] != c) continue;
    wbi_put_char(writer, '\\');
    c = escapes[i + 1];
    break;
  }
  wbi_put_char(writer, c);
}

/* Writes a literal. */
static void strings_put_literal(wbi_writer *writer, wbi_text text) {
  wbi_put_char(writer, '"');
  for (size_t i = 0; i < text.length; i++)
    strings_put_quoted(writer, text.data[i]);
  wbi_put_char(writer, '"');
}

static wbi_cel_value strings_quote(wbi_cel_run *run, const wbi_cel_value *arguments,
                                   uint32_t count) {
  wbi_writer writer = {NULL, 0, 0};
  if (!strings_fit(arguments, count, "s")) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  strings_put_literal(&writer, wbi_cel_text(arguments));
  const wbi_cel_value value = strings_room(run, writer.length, &writer.data);
  if (writer.data == NULL) return value;
  writer.capacity = writer.length;
  writer.length = 0;
  strings_put_literal(&writer, wbi_cel_text(arguments));
  return value;
}

/* ---- parts -------------------------------------------------------------------------------- */

/* Writes a text with up to `most` places of a part replaced; -1: all. An empty part is before each
   scalar and at the end. */
static void strings_put_replaced(wbi_writer *writer, const wbi_cel_value *arguments, int64_t most) {
  const wbi_text text = wbi_cel_text(&arguments[0]), part = wbi_cel_text(&arguments[1]);
  size_t from = 0, at = 0;
  for (; most != 0 && (at = wbi_text_find(text, part, at)) != SIZE_MAX; most -= most > 0) {
    wbi_put_text(writer, wbi_text_slice(text, from, at));
    wbi_put_text(writer, wbi_cel_text(&arguments[2]));
    from = at + part.length;
    if (at == text.length) return;
    at = part.length > 0 ? from : at + strings_step(text, at);
  }
  wbi_put_text(writer, wbi_text_slice(text, from, text.length));
}

static wbi_cel_value strings_replace(wbi_cel_run *run, const wbi_cel_value *arguments,
                                     uint32_t count) {
  wbi_writer writer = {NULL, 0, 0};
  if (!strings_fit(arguments, count, "sssi")) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text text = wbi_cel_text(&arguments[0]), part = wbi_cel_text(&arguments[1]);
  const int64_t most = count == 4 && arguments[3].as.integer >= 0 ? arguments[3].as.integer : -1;
  if (!strings_charge(run, text, part)) return wbi_cel_of_fault(WBI_FAULT_COST);
  strings_put_replaced(&writer, arguments, most);
  const wbi_cel_value value = strings_room(run, writer.length, &writer.data);
  if (writer.data == NULL) return value;
  writer.capacity = writer.length;
  writer.length = 0;
  strings_put_replaced(&writer, arguments, most);
  return value;
}

/* Up to `most` pieces of a text between the places of a part, which may be NULL to count them; -1:
   all. An empty part is between scalars. */
static uint32_t strings_pieces(wbi_text text, wbi_text part, int64_t most, wbi_cel_value *pieces) {
  uint32_t count = 0;
  size_t from = 0;
  if (most == 0 || (text.length == 0 && part.length == 0)) return 0;
  for (; most < 0 || count + 1 < most; count++) {
    const size_t at =
        part.length > 0 ? wbi_text_find(text, part, from) : from + strings_step(text, from);
    if (at == (part.length > 0 ? SIZE_MAX : text.length)) break;
    if (pieces != NULL) pieces[count] = wbi_cel_of_text(wbi_text_slice(text, from, at));
    from = at + part.length;
  }
  if (pieces != NULL) pieces[count] = wbi_cel_of_text(wbi_text_slice(text, from, text.length));
  return count + 1;
}

static wbi_cel_value strings_split(wbi_cel_run *run, const wbi_cel_value *arguments,
                                   uint32_t count) {
  if (!strings_fit(arguments, count, "ssi")) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text text = wbi_cel_text(&arguments[0]), part = wbi_cel_text(&arguments[1]);
  const int64_t most = count == 3 && arguments[2].as.integer >= 0 ? arguments[2].as.integer : -1;
  if (!strings_charge(run, text, part)) return wbi_cel_of_fault(WBI_FAULT_COST);
  const uint32_t length = strings_pieces(text, part, most, NULL);
  wbi_cel_value *pieces = wbi_cel_take(run, (size_t)length * sizeof *pieces);
  if (pieces == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  strings_pieces(text, part, most, pieces);
  return wbi_cel_of_list(pieces, length);
}

/* Writes the elements of a list with a text between; what is no text is noted in *wrong. */
static void strings_put_joined(wbi_cel_run *run, const wbi_cel_value *list, wbi_text between,
                               wbi_writer *writer, wbi_cel_value *wrong) {
  for (uint32_t i = 0; i < list->length; i++) {
    wbi_cel_value item = wbi_cel_item(run, list, i);
    if (i > 0) wbi_put_text(writer, between);
    if (item.kind == WB_TEXT) {
      wbi_put_text(writer, wbi_cel_text(&item));
      continue;
    }
    if (!wbi_cel_is_doubt(&item)) item = wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
    *wrong = wbi_cel_doubt(wrong, &item);
  }
}

static wbi_cel_value strings_join(wbi_cel_run *run, const wbi_cel_value *arguments,
                                  uint32_t count) {
  wbi_writer writer = {NULL, 0, 0};
  wbi_cel_value wrong = wbi_cel_of(WB_NULL, 0);
  const wbi_text none = {NULL, 0};
  if (arguments[0].kind != WB_LIST || !strings_fit(arguments + 1, count - 1, "s"))
    return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text between = count == 2 ? wbi_cel_text(&arguments[1]) : none;
  if (!wbi_cel_charge(run, arguments[0].length)) return wbi_cel_of_fault(WBI_FAULT_COST);
  strings_put_joined(run, arguments, between, &writer, &wrong);
  if (wrong.kind != WB_NULL) return wrong;
  const wbi_cel_value value = strings_room(run, writer.length, &writer.data);
  if (writer.data == NULL) return value;
  writer.capacity = writer.length;
  writer.length = 0;
  strings_put_joined(run, arguments, between, &writer, &wrong);
  return value;
}

static const wbi_cel_overload strings_overloads[] = {
    {"charAt", ".si:s", strings_char_at},
    {"format", ".sL*:s", wbi_cel_format},
    {"indexOf", ".ss:i", strings_index_of},
    {"indexOf", ".ssi:i", strings_index_of},
    {"join", ".Ls:s", strings_join},
    {"join", ".Lss:s", strings_join},
    {"lastIndexOf", ".ss:i", strings_last_index_of},
    {"lastIndexOf", ".ssi:i", strings_last_index_of},
    {"lowerAscii", ".s:s", strings_lower},
    {"replace", ".sss:s", strings_replace},
    {"replace", ".sssi:s", strings_replace},
    {"reverse", ".s:s", strings_reverse},
    {"split", ".ss:Ls", strings_split},
    {"split", ".ssi:Ls", strings_split},
    {"strings.quote", "s:s", strings_quote},
    {"substring", ".si:s", strings_substring},
    {"substring", ".sii:s", strings_substring},
    {"trim", ".s:s", strings_trim},
    {"upperAscii", ".s:s", strings_upper},
};

const wbi_cel_library wbi_cel_strings = {strings_overloads, WBI_COUNT(strings_overloads)};
