/* SPDX-License-Identifier: MIT */
/* Typographic characters as plain ones, so that an SMS stays in GSM-7. */
#include "liquid/sms.h"

/* Characters from `first` to `last` and what is written for them; `run`: the first one as `to`, and
   each further one as the next character of ASCII. */
typedef struct typographic_range {
  uint16_t first, last;
  char to[4]; /* three at most, and a NUL */
  bool run;
} typographic_range;

/* In order. Those that calculators of SMS segments and several gateways replace, apart from what
   would change the meaning: fractions (1½ is not 11/2), letters, marks that stand over a letter,
   and control characters. A no-break space is one space. */
static const typographic_range typographic_ranges[] = {
    {0x0060, 0x0060, "'", false},   /* backtick */
    {0x00A0, 0x00A0, " ", false},   /* no-break space */
    {0x00AB, 0x00AB, "\"", false},  /* « */
    {0x00B4, 0x00B4, "'", false},   /* acute accent by itself */
    {0x00BB, 0x00BB, "\"", false},  /* » */
    {0x02B9, 0x02B9, "'", false},   /* modifier prime */
    {0x02BA, 0x02BA, "\"", false},  /* modifier double prime */
    {0x02BB, 0x02BD, "'", false},   /* modifier commas */
    {0x2000, 0x200A, " ", false},   /* spaces by width */
    {0x2010, 0x2015, "-", false},   /* hyphens and dashes */
    {0x2018, 0x201B, "'", false},   /* single quotes */
    {0x201C, 0x201F, "\"", false},  /* double quotes */
    {0x2022, 0x2023, "-", false},   /* bullets */
    {0x2024, 0x2024, ".", false},   /* leaders */
    {0x2025, 0x2025, "..", false},  /* two dots */
    {0x2026, 0x2026, "...", false}, /* ellipsis */
    {0x202F, 0x202F, " ", false},   /* narrow no-break space */
    {0x2032, 0x2032, "'", false},   /* prime */
    {0x2033, 0x2033, "\"", false},  /* double prime */
    {0x2039, 0x203A, "'", false},   /* single angle quotes */
    {0x203C, 0x203C, "!!", false},  /* two marks in one */
    {0x2043, 0x2043, "-", false},   /* hyphen bullet */
    {0x2044, 0x2044, "/", false},   /* fraction slash */
    {0x2047, 0x2047, "\?\?", false}, {0x2048, 0x2048, "?!", false},
    {0x2049, 0x2049, "!?", false},   {0x205F, 0x205F, " ", false}, /* mathematical space */
    {0x2212, 0x2212, "-", false},                                  /* minus */
    {0x2215, 0x2215, "/", false},                                  /* division slash */
    {0x25CF, 0x25CF, "-", false},                                  /* bullets of other sizes */
    {0x25E6, 0x25E6, "-", false},    {0x275B, 0x275C, "'", false}, /* ornament quotes */
    {0x275D, 0x275E, "\"", false},   {0x3000, 0x3000, " ", false}, /* ideographic space */
    {0x301D, 0x301F, "\"", false},                                 /* primes as quotes */
    {0xFB00, 0xFB00, "ff", false},                                 /* ligatures */
    {0xFB01, 0xFB01, "fi", false},   {0xFB02, 0xFB02, "fl", false},
    {0xFB03, 0xFB03, "ffi", false},  {0xFB04, 0xFB04, "ffl", false},
    {0xFB05, 0xFB06, "st", false},   {0xFE58, 0xFE58, "-", false}, /* small dash and hyphen */
    {0xFE63, 0xFE63, "-", false},    {0xFF01, 0xFF3F, "!", true},  /* full-width forms of ! to _ */
    {0xFF40, 0xFF40, "'", false},                                  /* of the backtick */
    {0xFF41, 0xFF5E, "a", true},                                   /* of a to ~ */
};

/* What is written for a character, in `to`; its length, 0: itself. */
static size_t typographic_find(uint32_t scalar, char to[4]) {
  if (scalar < typographic_ranges[0].first) return 0; /* same: only sooner */
  size_t i = 0;
  while (i < WBI_COUNT(typographic_ranges) && scalar > typographic_ranges[i].last)
    i++;
  if (i == WBI_COUNT(typographic_ranges) || scalar < typographic_ranges[i].first) return 0;
  memcpy(to, typographic_ranges[i].to, 4);
  if (typographic_ranges[i].run)
    to[0] = (char)(to[0] + (char)(scalar - typographic_ranges[i].first));
  size_t length = 1;
  while (WBI_ALWAYS(length < 4) && to[length] != '\0')
    length++;
  return length;
}

/* Reads a character, a malformed byte as U+FFFD. */
static uint32_t typographic_next(wbi_text text, size_t *at) {
  uint32_t scalar = 0xFFFD;
  if (!wbi_utf8_next(text, at, &scalar)) (*at)++;
  return scalar;
}

/* Whether a character is white space, as it is or made plain. */
static bool typographic_is_space(uint32_t scalar) {
  char to[4];
  if (scalar <= 0x20) return true;
  return scalar >= 0xA0 && typographic_find(scalar, to) == 1 && to[0] == ' ';
}

/* Where the word ends that begins there. */
static size_t typographic_word_end(wbi_text text, size_t at) {
  while (at < text.length) {
    size_t next = at;
    if (typographic_is_space(typographic_next(text, &next))) break;
    at = next;
  }
  return at;
}

/* Whether a word holds a link or an address: "://", "@", or a dot within a host's name. */
static bool typographic_is_link(wbi_text word) {
  for (size_t i = 0; i < word.length; i++) {
    const wbi_text rest = wbi_text_slice(word, i, word.length);
    if (word.data[i] == '@' || wbi_text_starts(rest, WBI_TEXT("://"))) return true;
    if (word.data[i] == '.' && i > 0 && (unsigned char)word.data[i - 1] < 0x80 && rest.length > 2 &&
        wbi_is_letter(rest.data[1]) && wbi_is_letter(rest.data[2])) {
      return true;
    }
  }
  return false;
}

/* Writes text byte by byte: it may lie just before where it is written to. */
static void typographic_put(wbi_writer *writer, const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++)
    wbi_put_char(writer, bytes[i]);
}

/* Writes the characters of a part, replaced unless it is a link. */
static void typographic_put_part(wbi_writer *writer, wbi_text text, size_t at, size_t end,
                                 wbi_sms_change *plain) {
  while (at < end) {
    char to[4];
    const size_t from = at;
    const uint32_t scalar = typographic_next(text, &at);
    const size_t length = plain->link ? 0 : typographic_find(scalar, to);
    if (length == 0) {
      plain->left += wbi_sms_septets(scalar) == 0;
      typographic_put(writer, text.data + from, at - from);
      continue;
    }
    if (plain->changed++ == 0) plain->first = from;
    typographic_put(writer, to, length);
  }
}

void wbi_sms_plain(wbi_writer *writer, wbi_text text, wbi_sms_change *plain) {
  for (size_t at = 0; at < text.length;) { /* same: at the end nothing is written */
    size_t end = typographic_word_end(text, at);
    plain->link = plain->link || typographic_is_link(wbi_text_slice(text, at, end));
    typographic_put_part(writer, text, at, end, plain);
    if (end == text.length) return;
    plain->link = false;
    at = end;
    typographic_next(text, &end);
    typographic_put_part(writer, text, at, end, plain);
    at = end;
  }
}

bool wbi_sms_fit(char *text, size_t *length, wbi_sms_count *count) {
  wbi_writer none = {NULL, 0, 0}, writer = {text, *length, 0};
  wbi_sms_change plain = {0};
  const wbi_text whole = {text, *length};
  wbi_sms_plain(&none, whole, &plain);
  if (plain.changed == 0 || plain.left > 0) return false;
  plain = (wbi_sms_change){0};
  wbi_sms_plain(&writer, whole, &plain);
  *length = writer.length;
  *count = (wbi_sms_count){0};
  return WBI_ALWAYS(wbi_sms_add(count, (wbi_text){text, writer.length}));
}
