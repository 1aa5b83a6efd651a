/* SPDX-License-Identifier: MIT */
/* A reply as words: folded, and cut into windows, so that one of any length needs no memory. */
#include "outreach/reply_private.h"

/* What a character is, if it is in no word. */
enum {
  WORDS_SPACE = ' ',
  WORDS_SIGN = ';',
  WORDS_PICTURE = 0xFFFD /* a space, where there are words */
};

/* Bytes of a word that are kept: the lexicon has none that is longer. */
enum { WORDS_LONGEST = 16 };

/* What stands between words, signs that end a clause, pictures, and marks that are passed over. */
static const struct {
  uint32_t first, last, is;
} words_between[] = {{0x0000, 0x0009, WORDS_SPACE},     {0x000A, 0x000A, WORDS_SIGN},
                     {0x000B, 0x0020, WORDS_SPACE},     {0x0021, 0x0021, WORDS_SIGN},
                     {0x0022, 0x0026, WORDS_SPACE},     {0x0028, 0x0029, WORDS_SIGN},
                     {0x002A, 0x002B, WORDS_SPACE},     {0x002C, 0x002C, WORDS_SIGN},
                     {0x002D, 0x002D, WORDS_SPACE},     {0x002E, 0x002E, WORDS_SIGN},
                     {0x002F, 0x002F, WORDS_SPACE},     {0x003A, 0x003A, WORDS_SPACE},
                     {0x003B, 0x003B, WORDS_SIGN},      {0x003C, 0x003E, WORDS_SPACE},
                     {0x003F, 0x003F, WORDS_SIGN},      {0x0040, 0x0040, WORDS_SPACE},
                     {0x005B, 0x005F, WORDS_SPACE},     {0x007B, 0x00A0, WORDS_SPACE},
                     {0x00A1, 0x00A1, WORDS_SIGN},      {0x00A2, 0x00A9, WORDS_SPACE},
                     {0x00AB, 0x00B4, WORDS_SPACE},     {0x00B5, 0x00B9, WORDS_SPACE},
                     {0x00BB, 0x00BE, WORDS_SPACE},     {0x00BF, 0x00BF, WORDS_SIGN},
                     {0x2000, 0x200A, WORDS_SPACE},     {0x2010, 0x2012, WORDS_SPACE},
                     {0x2013, 0x2017, WORDS_SIGN},      {0x201A, 0x2025, WORDS_SPACE},
                     {0x2026, 0x2026, WORDS_SIGN},      {0x2027, 0x206F, WORDS_SPACE},
                     {0x20D0, 0x20FF, WBI_FOLD_SKIP},   {0x2190, 0x27BF, WORDS_PICTURE},
                     {0x2900, 0x2BFF, WORDS_PICTURE},   {0x3000, 0x3000, WORDS_SPACE},
                     {0x3001, 0x3002, WORDS_SIGN},      {0x3003, 0x303F, WORDS_SPACE},
                     {0xFF01, 0xFF01, WORDS_SIGN},      {0xFF02, 0xFF0B, WORDS_SPACE},
                     {0xFF0C, 0xFF0C, WORDS_SIGN},      {0xFF0D, 0xFF0D, WORDS_SPACE},
                     {0xFF0E, 0xFF0E, WORDS_SIGN},      {0xFF0F, 0xFF0F, WORDS_SPACE},
                     {0xFF1A, 0xFF1A, WORDS_SPACE},     {0xFF1B, 0xFF1B, WORDS_SIGN},
                     {0xFF1C, 0xFF1E, WORDS_SPACE},     {0xFF1F, 0xFF1F, WORDS_SIGN},
                     {0xFF20, 0xFF20, WORDS_SPACE},     {0x1F000, 0x1F3FA, WORDS_PICTURE},
                     {0x1F3FB, 0x1F3FF, WBI_FOLD_SKIP}, {0x1F400, 0x1FAFF, WORDS_PICTURE},
                     {0xE0000, 0xE007F, WBI_FOLD_SKIP}};

/* A character as it is compared. */
static uint32_t words_fold(uint32_t scalar) {
  for (size_t i = 0; i < WBI_COUNT(words_between) && scalar >= words_between[i].first; i++) {
    if (scalar <= words_between[i].last) return words_between[i].is;
  }
  return wbi_fold(scalar);
}

/* Chinese and Japanese write no spaces: each of their characters is a word. */
static bool words_alone(uint32_t scalar) {
  return scalar >= 0x3041 && scalar <= 0x9FFF;
}

/* The letter that a digit among letters stands for: "st0p", "rem0ve". */
static char words_letter(char digit) {
  static const char letters[] = "oizeasgtbg";
  return digit >= '0' && digit <= '9' ? letters[digit - '0'] : digit;
}

/* Reads digits between letters as letters. Others are numbers: "2day", "10am". */
static void words_letters(char *word, size_t length) {
  for (size_t i = 1; i + 1 < length; i++) {
    const bool among = (unsigned char)word[i - 1] > '9' && (unsigned char)word[i + 1] > '9';
    if (among) word[i] = words_letter(word[i]);
  }
}

static bool words_space(uint32_t folded) {
  return folded == WORDS_SPACE || folded == WORDS_PICTURE;
}

/* Adds a character to the word that is being read; of a long word the rest is passed over. */
static void words_put(wbi_reply_window *window, wbi_text *word, uint32_t scalar) {
  char bytes[4];
  const size_t length = wbi_utf8_put(bytes, scalar);
  if (word->length + length > WORDS_LONGEST) return;
  memcpy(window->bytes + window->used, bytes, length);
  window->used += (uint32_t)length;
  word->length += length;
}

/* Adds the sign between two clauses, which stands between two words; none before the first. */
static void words_sign(wbi_reply_window *window, size_t at) {
  if (window->count == 0) return;
  window->signs |= UINT64_C(1) << window->count;
  window->from[window->count] = at;
  window->words[window->count++] = WBI_TEXT(";");
}

/* Reads what stands before the next word: whether a clause ended there. */
static bool words_gap(wbi_text reply, size_t *at, bool *sign) {
  *sign = false;
  for (size_t next = *at; next < reply.length; *at = next) {
    uint32_t scalar = 0;
    const bool read = wbi_utf8_next(reply, &next, &scalar);
    if (WBI_NEVER(!read)) return false; /* it is UTF-8 */
    const uint32_t folded = words_fold(scalar);
    if (folded == WORDS_SIGN) *sign = true;
    if (folded != WORDS_SIGN && !words_space(folded) && folded != WBI_FOLD_SKIP) return true;
  }
  return false;
}

/* Reads a word. */
static void words_word(wbi_text reply, size_t *at, wbi_reply_window *window) {
  wbi_text word = {window->bytes + window->used, 0};
  window->from[window->count] = *at;
  bool alone = false;
  for (size_t next = *at; next < reply.length && !alone; *at = next) {
    uint32_t scalar = 0;
    const bool read = wbi_utf8_next(reply, &next, &scalar);
    if (WBI_NEVER(!read)) break; /* it is UTF-8 */
    const uint32_t folded = words_fold(scalar);
    alone = words_alone(scalar);
    if (folded == WORDS_SIGN || words_space(folded) || (alone && word.length > 0)) break;
    if (folded != WBI_FOLD_SKIP) words_put(window, &word, folded);
  }
  words_letters(window->bytes + window->used - word.length, word.length);
  window->words[window->count++] = word;
}

/* Reads a reply that has no words: each picture is one, a run of the same only once. */
static void words_pictures(wbi_text reply, wbi_reply_window *window) {
  uint32_t scalar = 0, last = 0;
  for (size_t at = 0, next = 0; wbi_utf8_next(reply, &next, &scalar); at = next) {
    if (words_fold(scalar) != WORDS_PICTURE || scalar == last) continue;
    if (window->count == WBI_REPLY_WORDS) return;
    wbi_text word = {window->bytes + window->used, 0};
    words_put(window, &word, scalar);
    window->from[window->count] = at;
    window->words[window->count++] = word;
    last = scalar;
  }
}

bool wbi_reply_read(wbi_text reply, size_t *at, wbi_reply_window *window) {
  bool sign = false;
  size_t next = *at;
  window->signs = window->count = window->used = 0;
  window->begins = *at == 0;
  while (words_gap(reply, &next, &sign)) {
    if (window->count + (sign ? 2u : 1u) > WBI_REPLY_WORDS) break;
    if (sign) words_sign(window, next);
    words_word(reply, &next, window);
  }
  window->ends = !words_gap(reply, &next, &sign);
  if (window->begins && window->count == 0) words_pictures(reply, window);
  if (window->count == 0) return false;
  *at = window->ends ? reply.length : window->from[window->count - WBI_REPLY_OVERLAP];
  return true;
}
