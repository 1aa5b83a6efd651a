/* SPDX-License-Identifier: MIT */
/* Around the text of an e-mail: subjects in encoded words (RFC 2047), bodies in quoted-printable
   (RFC 2045, 6.7), and the value of List-Unsubscribe (RFC 2369). */
#include "liquid/html.h"

#include <winback/message.h>

enum {
  HEADER_LINE = 76,                        /* characters of a line, its end not counted */
  HEADER_NAME = 9,                         /* "Subject: ", before the first word */
  HEADER_FRAME = 12,                       /* of an encoded word: =?UTF-8?Q? and ?= */
  HEADER_WORD = 75 - HEADER_FRAME,         /* characters that an encoded word holds */
  HEADER_PIECE = HEADER_LINE - HEADER_NAME /* longest piece without a break: it may be first */
};

/* Whether a caller gave a text, a buffer, and a place for the length. */
static bool header_is_called(wbi_text text, const wbi_writer *writer, const size_t *needed) {
  return (text.data != NULL || text.length == 0) && needed != NULL &&
         (writer->data != NULL || writer->capacity == 0);
}

static void header_put_break(wbi_writer *writer) {
  wbi_put_text(writer, WBI_TEXT("\r\n "));
}

/* Whether a text is UTF-8 without control characters and line breaks. same: what is not UTF-8 reads
   as a control character */
static bool header_is_line(wbi_text text) {
  for (size_t at = 0; at < text.length;) {
    uint32_t scalar = 0;
    if (!wbi_utf8_next(text, &at, &scalar)) return false;
    if (scalar < 0x20 || (scalar >= 0x7F && scalar < 0xA0)) return false;
    if (scalar == 0x2028 || scalar == 0x2029) return false;
  }
  return true;
}

/* Where a piece ends: spaces, and the word behind them. */
static size_t header_piece_end(wbi_text text, size_t at) {
  while (at < text.length && text.data[at] == ' ')
    at++;
  while (at < text.length && text.data[at] != ' ')
    at++;
  return at;
}

/* Whether a line can be written as it is, folded where it has spaces. same: 80 begins no character
 */
static bool header_is_plain(wbi_text text) {
  for (size_t i = 0; i < text.length; i++) {
    if ((unsigned char)text.data[i] >= 0x80) return false;
  }
  if (wbi_text_find(text, WBI_TEXT("=?"), 0) != SIZE_MAX) return false;
  for (size_t at = 0; at < text.length;) {
    const size_t end = header_piece_end(text, at);
    if (end - at > HEADER_PIECE) return false;
    at = end;
  }
  return text.length == 0 || (text.data[0] != ' ' && text.data[text.length - 1] != ' ');
}

/* Writes a plain line, folded: a break goes before the spaces of a piece, which stay. */
static void header_put_plain(wbi_writer *writer, wbi_text text) {
  size_t column = HEADER_NAME;
  for (size_t at = 0; at < text.length;) {
    const size_t end = header_piece_end(text, at);
    if (column + end - at > HEADER_LINE) {
      wbi_put_text(writer, WBI_TEXT("\r\n"));
      column = 0;
    }
    wbi_put_text(writer, wbi_text_slice(text, at, end));
    column += end - at;
    at = end;
  }
}

/* Whether a byte stands for itself in an encoded word of a subject (RFC 2047, 4.2). same: a space
   is asked about beside it, and no line has 7F */
static bool header_is_safe(unsigned char c) {
  return c > ' ' && c < 0x7F && c != '=' && c != '?' && c != '_';
}

/* Writes one byte as =XX. */
static void header_put_byte(wbi_writer *writer, unsigned char c) {
  wbi_put_char(writer, '=');
  wbi_put_hex_capital(writer, c);
}

/* Characters that bytes take in Q. */
static size_t header_q_length(wbi_text text) {
  size_t length = 0;
  for (size_t i = 0; i < text.length; i++)
    length += header_is_safe((unsigned char)text.data[i]) || text.data[i] == ' ' ? 1 : 3;
  return length;
}

static void header_put_q(wbi_writer *writer, wbi_text text) {
  for (size_t i = 0; i < text.length; i++) {
    const unsigned char c = (unsigned char)text.data[i];
    if (header_is_safe(c) || c == ' ') {
      wbi_put_char(writer, c == ' ' ? '_' : (char)c);
    } else {
      header_put_byte(writer, c);
    }
  }
}

/* Where an encoded word ends that holds so many characters: before the one that has no room. */
static size_t header_word_end(wbi_text text, size_t from, size_t room, bool q) {
  size_t at = from, used = 0;
  while (at < text.length) {
    size_t next = at;
    uint32_t scalar = 0;
    if (WBI_NEVER(!wbi_utf8_next(text, &next, &scalar))) return text.length;
    used = q ? used + header_q_length(wbi_text_slice(text, at, next)) : (next - from + 2) / 3 * 4;
    if (used > room) break;
    at = next;
  }
  return at;
}

/* Writes a line in encoded words, in Q or B. */
static void header_put_words(wbi_writer *writer, wbi_text text, bool q) {
  size_t room = HEADER_LINE - HEADER_NAME - HEADER_FRAME;
  for (size_t at = 0; at < text.length; room = HEADER_WORD) {
    const size_t end = header_word_end(text, at, room, q);
    const wbi_text part = wbi_text_slice(text, at, end);
    if (at > 0) header_put_break(writer);
    wbi_put_text(writer, q ? WBI_TEXT("=?UTF-8?Q?") : WBI_TEXT("=?UTF-8?B?"));
    if (q) {
      header_put_q(writer, part);
    } else {
      wbi_put_base64(writer, (const uint8_t *)part.data, part.length);
    }
    wbi_put_text(writer, WBI_TEXT("?="));
    at = end;
  }
}

wb_status WB_CALL wb_subject_format(const char *text, size_t length, char *buffer, size_t capacity,
                                    size_t *needed) {
  const wbi_text line = {text, length};
  wbi_writer writer = {buffer, capacity, 0}, q = {NULL, 0, 0}, b = {NULL, 0, 0};
  if (!header_is_called(line, &writer, needed) || !header_is_line(line)) return WB_E_INVALID;
  if (header_is_plain(line)) {
    header_put_plain(&writer, line);
    return wbi_writer_finish(&writer, needed);
  }
  header_put_words(&q, line, true);
  header_put_words(&b, line, false);
  header_put_words(&writer, line, q.length <= b.length);
  return wbi_writer_finish(&writer, needed);
}

/* Bytes of the line break that a byte begins; 0: it begins none. */
static size_t header_break(wbi_text text, size_t at) {
  if (wbi_text_starts(wbi_text_slice(text, at, text.length), WBI_TEXT("\r\n"))) return 2;
  return text.data[at] == '\n' ? 1 : 0;
}

/* Whether a byte of a body stands for itself: white space only where the line goes on. */
static bool header_is_literal(wbi_text text, size_t at) {
  const unsigned char c = (unsigned char)text.data[at];
  /* same: a blank does not come here */
  if (c != ' ' && c != '\t') return c > ' ' && c < 0x7F && c != '=';
  return at + 1 < text.length && header_break(text, at + 1) == 0;
}

/* Writes one byte of a body, after a soft break where the line would leave no room for another. */
static void header_put_body_byte(wbi_writer *writer, unsigned char c, bool literal,
                                 size_t *column) {
  const size_t count = literal ? 1 : 3;
  if (*column + count > HEADER_LINE - 1) {
    wbi_put_text(writer, WBI_TEXT("=\r\n"));
    *column = 0;
  }
  *column += count;
  if (literal) {
    wbi_put_char(writer, (char)c);
  } else {
    header_put_byte(writer, c);
  }
}

wb_status WB_CALL wb_body_format(const char *text, size_t length, char *buffer, size_t capacity,
                                 size_t *needed) {
  const wbi_text body = {text, length};
  wbi_writer writer = {buffer, capacity, 0};
  if (!header_is_called(body, &writer, needed) || !wbi_utf8_valid(body)) return WB_E_INVALID;
  size_t column = 0;
  for (size_t at = 0; at < length;) {
    const size_t line_end = header_break(body, at);
    if (line_end > 0) {
      wbi_put_text(&writer, WBI_TEXT("\r\n"));
      column = 0;
      at += line_end;
      continue;
    }
    header_put_body_byte(&writer, (unsigned char)text[at], header_is_literal(body, at), &column);
    at++;
  }
  return wbi_writer_finish(&writer, needed);
}

/* Whether a text is an address to write to, as a link. */
static bool header_is_mailto(wbi_text mail) {
  return wbi_text_starts(mail, WBI_TEXT("mailto:")) &&
         wbi_link_reason(NULL, WBI_LINK_ADDRESS, mail) == NULL;
}

/* Writes a URI in its brackets. */
static void header_put_uri(wbi_writer *writer, wbi_text uri) {
  wbi_put_char(writer, '<');
  wbi_put_text(writer, uri);
  wbi_put_char(writer, '>');
}

wb_status WB_CALL wb_unsubscribe_format(const char *link, size_t link_length, const char *mail,
                                        size_t mail_length, char *buffer, size_t capacity,
                                        size_t *needed) {
  enum { UNSUBSCRIBE_MOST = 998 - 18 - 3 }; /* "List-Unsubscribe: ", < > and a comma */
  const wbi_text https = {link, link_length}, mailto = {mail, mail_length};
  wbi_writer writer = {buffer, capacity, 0};
  if (!header_is_called(https, &writer, needed) || !header_is_called(mailto, &writer, needed)) {
    return WB_E_INVALID;
  }
  if (link_length > UNSUBSCRIBE_MOST || mail_length > UNSUBSCRIBE_MOST) return WB_E_LIMIT;
  if (wbi_link_reason(NULL, 0, https) != NULL) return WB_E_INVALID;
  if (mail_length > 0 && !header_is_mailto(mailto)) return WB_E_INVALID;
  header_put_uri(&writer, https);
  if (mail_length > 0) {
    wbi_put_char(&writer, ',');
    header_put_break(&writer);
    header_put_uri(&writer, mailto);
  }
  return wbi_writer_finish(&writer, needed);
}
