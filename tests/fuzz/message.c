/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as an SMS, subject, body, unsubscription and token: counted the same in pieces and in
 * one, written within their lines, read back as they were, or refused.
 */
#include <stdio.h>
#include <stdlib.h>

#include "liquid/sms.h"

enum { LONGEST = 4096 };

/* Ends the program, for the fuzzer to see. */
static void demand(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "message: %s\n", what);
  abort();
}

/* Segments and units by walking from end to end of each segment. */
static void check_walk(wbi_text text, const wb_sms *sms) {
  const uint32_t room = wbi_sms_room(sms->encoding, sms->segments > 1 ? WBI_SMS_HEADER : 0);
  uint32_t segments = 0, units = 0;
  for (size_t at = 0; at < text.length; segments++) {
    const size_t from = at;
    const uint32_t more = wbi_sms_next(text, sms->encoding, room, &at);
    demand(more <= room && at > from, "a segment of the wrong size");
    units += more;
  }
  demand(units == sms->units, "units differ");
  demand(segments == sms->segments || (segments == 0 && sms->segments == 1), "segments differ");
}

/* The same in two pieces, wherever the second one may begin. */
static void check_pieces(wbi_text text, size_t cut, const wb_sms *sms) {
  wbi_sms_count first = {0}, second = {0}, whole = {0};
  wb_sms bound = {0};
  while (cut < text.length && ((unsigned char)text.data[cut] & 0xC0) == 0x80)
    cut++;
  demand(wbi_sms_add(&whole, text), "the whole");
  demand(wbi_sms_add(&first, wbi_text_slice(text, 0, cut)), "the first piece");
  demand(wbi_sms_add(&second, wbi_text_slice(text, cut, text.length)), "the second piece");
  wbi_sms_add_count(&first, &second, 1);
  demand(memcmp(&first, &whole, sizeof whole) == 0, "pieces count otherwise");
  wbi_sms_bound(&whole, WBI_SMS_HEADER, &bound);
  demand(bound.segments >= sms->segments && bound.units == sms->units, "the bound is passed");
}

/* Plain once is plain for ever, not longer, and the same when written over itself. */
static void check_plain(wbi_text text) {
  static char out[LONGEST], again[LONGEST];
  wbi_sms_change plain = {0}, more = {0};
  wbi_writer writer = {out, sizeof out, 0}, second = {again, sizeof again, 0};
  wbi_sms_count count = {0};
  wbi_sms_plain(&writer, text, &plain);
  demand(writer.length <= text.length, "plain is longer");
  const wbi_text made = {out, writer.length};
  wbi_sms_plain(&second, made, &more);
  demand(more.changed == 0 && wbi_text_equal(made, (wbi_text){again, second.length}),
         "plain is not yet plain");
  if (!wbi_utf8_valid(text)) return;
  demand(wbi_utf8_valid(made), "plain is not UTF-8");
  demand(wbi_sms_add(&count, made) && count.foreign == plain.left, "plain is miscounted");
  memcpy(again, text.data, text.length);
  size_t length = text.length;
  const bool fits = wbi_sms_fit(again, &length, &count);
  demand(fits == (plain.changed > 0 && plain.left == 0), "does not fit");
  demand(wbi_text_equal((wbi_text){again, length}, fits ? made : text), "written over itself");
}

static void check_sms(wbi_text text, size_t cut) {
  wb_sms sms = {.size = sizeof sms};
  const wb_status status = wb_sms_measure(text.data, text.length, &sms);
  demand((status == WB_OK) == wbi_utf8_valid(text), "refused, or not");
  check_plain(text);
  if (status != WB_OK) return;
  check_walk(text, &sms);
  check_pieces(text, cut, &sms);
}

/* Lines of printable ASCII, of at most 76; those after the first may have to begin with a space. */
static void check_lines(const char *out, size_t length, size_t column, bool folded) {
  for (size_t i = 0; i < length; i++) {
    if (out[i] == '\r') {
      demand(i + 1 < length && out[i + 1] == '\n', "half a line break");
      demand(!folded || (i + 2 < length && out[i + 2] == ' '), "a line of its own");
      column = 0;
      i++;
      continue;
    }
    demand((out[i] >= ' ' && out[i] <= '~') || (!folded && out[i] == '\t'), "not printable");
    demand(++column <= 76, "a line is too long");
  }
}

static int hex_of(char c) {
  return c <= '9' ? c - '0' : c - 'A' + 10;
}

/* Reads a body back; soft breaks go, line breaks stay CR LF. */
static size_t read_body(const char *out, size_t length, char *back) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) {
    if (out[i] != '=') {
      back[count++] = out[i];
    } else if (out[i + 1] == '\r') {
      i += 2;
    } else {
      back[count++] = (char)(hex_of(out[i + 1]) * 16 + hex_of(out[i + 2]));
      i += 2;
    }
  }
  return count;
}

static void check_mail(wbi_text text) {
  static char out[8 * LONGEST], back[8 * LONGEST];
  size_t length = 0, at = 0;
  if (wb_subject_format(text.data, text.length, out, sizeof out, &length) == WB_OK) {
    check_lines(out, length, 9, true);
  }
  if (wb_body_format(text.data, text.length, out, sizeof out, &length) != WB_OK) return;
  check_lines(out, length, 0, false);
  const size_t count = read_body(out, length, back);
  for (size_t i = 0; i < text.length; i++, at++) {
    const bool alone = text.data[i] == '\n' && (i == 0 || text.data[i - 1] != '\r');
    if (alone) demand(at < count && back[at++] == '\r', "a line break is lost");
    demand(at < count && back[at] == text.data[i], "a body reads back otherwise");
  }
  demand(at == count, "a body reads back longer");
}

static void check_unsubscribe(wbi_text text) {
  static const char link[] = "https://example.com/u";
  char out[2048];
  size_t length = 0;
  if (wb_unsubscribe_format(text.data, text.length, NULL, 0, out, sizeof out, &length) == WB_OK) {
    demand(length == text.length + 2 && memchr(out, '\r', length) == NULL, "a link of two lines");
    demand(memchr(out + 1, '>', length - 2) == NULL, "a link that ends early");
  }
  if (wb_unsubscribe_format(link, sizeof link - 1, text.data, text.length, out, sizeof out,
                            &length) != WB_OK)
    return;
  if (text.length == 0) return;
  demand(length == sizeof link + 1 + 4 + text.length + 2, "an address of another length");
  demand(memchr(out + sizeof link + 4, '\r', length - sizeof link - 4) == NULL, "two lines more");
}

/* Nothing is a good token but one that was made, and that in all its characters. By one of the keys
   no token is ever made here: a fuzzer that looks at what is compared learns those of the other. */
static void check_link(wbi_text text) {
  static const uint8_t secret[16] = {1}, unused[16] = {2};
  const wb_link_key key = {.size = sizeof key, .data = secret, .length = 16, .id = 1};
  const wb_link_key none = {.size = sizeof none, .data = unused, .length = 16, .id = 1};
  wb_link link = {.size = sizeof link, .expires = 1800000000, .purpose = WB_LINK_BOOKING};
  char token[WB_TOKEN_LENGTH];
  size_t length = 0;
  demand(wb_link_parse(text.data, text.length, &none, WB_LINK_BOOKING, 0, &link) != WB_OK,
         "a token from nowhere");
  memcpy(link.handle, text.data, text.length < 8 ? text.length : 8);
  demand(wb_link_make(&key, &link, token, sizeof token, &length) == WB_OK, "no token");
  demand(wb_link_parse(token, length, &key, WB_LINK_BOOKING, 0, &link) == WB_OK, "not its own");
  if (text.length < 10) return;
  const size_t at = (unsigned char)text.data[8] % WB_TOKEN_LENGTH;
  if (token[at] == text.data[9]) return;
  token[at] = text.data[9];
  demand(wb_link_parse(token, length, &key, WB_LINK_BOOKING, 0, &link) != WB_OK, "a change");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const wbi_text text = {size > 0 ? (const char *)data : "", size};
  if (size > LONGEST) return 0;
  check_sms(text, size > 0 ? data[0] % size : 0);
  check_mail(text);
  check_unsubscribe(text);
  check_link(text);
  return 0;
}
