/* SPDX-License-Identifier: MIT */
/* Cuts a template into text and braces. */
#include "liquid/liquid_private.h"

/* Whether two characters stand at an offset. */
static bool scanner_pair(wbi_text source, size_t at, char a, char b) {
  return at + 1 < source.length && source.data[at] == a && source.data[at + 1] == b;
}

/* Whether braces open at an offset. */
static bool scanner_opens(wbi_text source, size_t at) {
  return scanner_pair(source, at, '{', '{') || scanner_pair(source, at, '{', '%');
}

/* Whether braces close at an offset. */
static bool scanner_closes(wbi_text source, size_t at) {
  return scanner_pair(source, at, '}', '}') || scanner_pair(source, at, '%', '}');
}

/* Reads text up to the next braces; stray closing braces are most likely a slip of the pen. */
static wb_status scanner_text(wbi_scanner *scanner, wbi_piece *piece, wb_error *error) {
  const wbi_text source = scanner->source;
  size_t at = scanner->at;
  for (; at < source.length && !scanner_opens(source, at); at++) {
    if (scanner->lenient || !scanner_closes(source, at)) continue;
    return wbi_fail_at(error, WB_E_SYNTAX, source, at,
                       "These braces close something that was never opened.");
  }
  *piece = (wbi_piece){WBI_PIECE_TEXT, scanner->at, scanner->at, at};
  if (scanner->trim) {
    while (piece->from < piece->to && wbi_is_space(source.data[piece->from]))
      piece->from++;
  }
  if (at + 2 < source.length && source.data[at + 2] == '-') {
    while (piece->from < piece->to && wbi_is_space(source.data[piece->to - 1]))
      piece->to--;
  }
  scanner->trim = false;
  scanner->at = at;
  return WB_OK;
}

/* Where the braces that open at an offset close; the length of the source: nowhere. Other braces do
   not open in them, but in a text in quotes. */
static size_t scanner_close(wbi_text source, size_t open) {
  const char sign = source.data[open + 1] == '{' ? '}' : '%';
  char quote = 0;
  for (size_t at = open + 2; at < source.length; at++) {
    const char c = source.data[at];
    if (scanner_pair(source, at, sign, '}')) return at;
    if (quote == 0 && scanner_opens(source, at)) break;
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    }
  }
  return source.length;
}

/* Reads a pair of braces. */
static wb_status scanner_braces(wbi_scanner *scanner, wbi_piece *piece, wb_error *error) {
  const wbi_text source = scanner->source;
  const size_t open = scanner->at, close = scanner_close(source, open);
  const bool output = source.data[open + 1] == '{';
  if (close == source.length) {
    return wbi_fail_at(error, WB_E_SYNTAX, source, open,
                       output ? "The braces that open here are not closed by }}."
                              : "The tag that opens here is not closed by %}.");
  }
  *piece = (wbi_piece){output ? WBI_PIECE_OUTPUT : WBI_PIECE_TAG, open, open + 2, close};
  if (piece->from < close && source.data[piece->from] == '-') piece->from++;
  scanner->trim = piece->from < close && source.data[close - 1] == '-';
  if (scanner->trim) piece->to--;
  scanner->at = close + 2;
  return WB_OK;
}

wb_status wbi_scanner_next(wbi_scanner *scanner, wbi_piece *piece, wb_error *error) {
  if (scanner->at == scanner->source.length) {
    *piece = (wbi_piece){WBI_PIECE_END, scanner->at, scanner->at, scanner->at};
    return WB_OK;
  }
  if (scanner_opens(scanner->source, scanner->at)) return scanner_braces(scanner, piece, error);
  return scanner_text(scanner, piece, error);
}

/* ---- raw and comment ---------------------------------------------------------------------- */

/* Whether a character may stand in the name of a tag. */
static bool scanner_letter(char c) {
  return wbi_is_letter(c) || wbi_is_digit(c) || c == '_';
}

/* Whether a tag that opens at an offset, and closes somewhere, has a name. */
static bool scanner_names(wbi_text source, size_t open, const char *name) {
  const size_t length = strlen(name);
  size_t at = open + 2;
  if (source.data[at] == '-') at++;
  while (wbi_is_space(source.data[at]))
    at++;
  if (source.length - at <= length || memcmp(source.data + at, name, length) != 0) return false;
  return !scanner_letter(source.data[at + length]);
}

/* Goes on behind a tag whose %} is at an offset. */
static void scanner_leave(wbi_scanner *scanner, size_t close) {
  scanner->trim = scanner->source.data[close - 1] == '-';
  scanner->at = close + 2;
}

wb_status wbi_scanner_raw(wbi_scanner *scanner, size_t open, wbi_piece *piece, wb_error *error) {
  const wbi_text source = scanner->source;
  size_t last = source.length; /* the {% before */
  for (size_t at = scanner->at; at < source.length; at++) {
    if (scanner_pair(source, at, '{', '%')) last = at;
    if (last == source.length || !scanner_pair(source, at, '%', '}')) continue;
    const size_t open_tag = last;
    last = source.length;
    if (!scanner_names(source, open_tag, "endraw")) continue;
    *piece = (wbi_piece){WBI_PIECE_TEXT, scanner->at, scanner->at, open_tag};
    scanner_leave(scanner, at);
    return WB_OK;
  }
  return wbi_fail_at(error, WB_E_SYNTAX, source, open, "This raw is not closed by endraw.");
}

/* Where the %} is that closes a tag; the length of the source: nowhere. */
static size_t scanner_tag_end(wbi_text source, size_t at) {
  while (at < source.length && !scanner_pair(source, at, '%', '}'))
    at++;
  return at;
}

/* Past an output inside a comment: one brace closes it, a tag in it swallows it. */
static size_t scanner_skip_output(wbi_text source, size_t at) {
  while (at < source.length && source.data[at] != '}' && !scanner_pair(source, at, '{', '%'))
    at++;
  if (at == source.length) return at;
  if (source.data[at] == '}') return scanner_pair(source, at, '}', '}') ? at + 2 : at + 1;
  const size_t end = scanner_tag_end(source, at);
  return end < source.length ? end + 2 : end;
}

/* Past a tag inside a comment, which may open or close one, or be a raw. */
static wb_status scanner_skip_tag(wbi_scanner *scanner, uint32_t *depth, wb_error *error) {
  const wbi_text source = scanner->source;
  const size_t open = scanner->at, end = scanner_tag_end(source, open + 2);
  wbi_piece body;
  if (end == source.length) {
    scanner->at = end;
    return WB_OK;
  }
  if (scanner_names(source, open, "comment")) ++*depth;
  if (scanner_names(source, open, "endcomment")) --*depth;
  scanner_leave(scanner, end);
  if (!scanner_names(source, open, "raw")) return WB_OK;
  return wbi_scanner_raw(scanner, open, &body, error);
}

wb_status wbi_scanner_comment(wbi_scanner *scanner, size_t open, wb_error *error) {
  const wbi_text source = scanner->source;
  uint32_t depth = 1;
  while (scanner->at < source.length) {
    if (scanner_pair(source, scanner->at, '{', '%')) {
      const wb_status status = scanner_skip_tag(scanner, &depth, error);
      if (status != WB_OK || depth == 0) return status;
    } else if (scanner_pair(source, scanner->at, '{', '{')) {
      scanner->at = scanner_skip_output(source, scanner->at + 2);
    } else {
      scanner->at++;
    }
  }
  return wbi_fail_at(error, WB_E_SYNTAX, source, open, "This comment is not closed by endcomment.");
}
