/* SPDX-License-Identifier: MIT */
/* Names: what stands in a record's name field and is none. */
#include "liquid/screen.h"

enum { NAME_DIGITS_MOST = 4, NAME_WORDS_MOST = 7, NAME_SENTENCE_WORD = 4 };

/* Words that are no one's name, alone or in company. */
static const char *const name_notes[] = {
    "test",    "testing", "tester",    "deceased",  "dnc",       "duplicate", "inactive",
    "unknown", "null",    "undefined", "firstname", "noname",    "patient",   "collections",
    "owes",    "owed",    "dismissed", "fallecido", "fallecida", "prueba",    "nobody",
    "noemail", "nophone", "donot",     "void",      "delete",    "deleted",   "dummy"};

/* Words that make a sentence of what has more than one. */
static const char *const name_verbs[] = {
    "reply", "click", "call",     "pay",   "text",  "your",  "please", "visit",   "owe",
    "stop",  "free",  "not",      "see",   "send",  "note",  "notes",  "balance", "bad",
    "llame", "pague", "responda", "favor", "envie", "claim", "verify", "account"};

/* The first letters of the notes, as bits: most names are let through by them. */
static bool name_may_be_note(char c) {
  static const uint32_t letters = 1u << ('t' - 'a') | 1u << ('d' - 'a') | 1u << ('i' - 'a') |
                                  1u << ('u' - 'a') | 1u << ('n' - 'a') | 1u << ('f' - 'a') |
                                  1u << ('p' - 'a') | 1u << ('c' - 'a') | 1u << ('o' - 'a') |
                                  1u << ('v' - 'a');
  const unsigned letter = ((unsigned char)c | 0x20u) - 'a';
  return letter < 26 && (letters >> letter & 1) != 0;
}

/* Whether a word is one of a list. */
static bool name_listed(const char *const *words, size_t count, wbi_text word) {
  for (size_t i = 0; i < count; i++) {
    if (wbi_text_equal_fold(word, wbi_text_of(words[i]))) return true;
  }
  return false;
}

bool wbi_screen_junk(const char *word, size_t length) {
  if (length < 3 || length > 11 || !name_may_be_note(word[0])) return false;
  return name_listed(name_notes, WBI_COUNT(name_notes), (wbi_text){word, length});
}

/* Whether a character of a name belongs to a word. */
static bool name_part(char c) {
  return wbi_plain_is_letter(c) || wbi_plain_is_digit(c);
}

/* Why the characters of a name are not fit; NULL: they are. Marks apart there are only letters, a
   few digits and blanks. */
static const char *name_signs(const wbi_plain *plain) {
  bool letter = false;
  for (uint32_t i = 0; i < plain->length; i++) {
    const char c = plain->text[i];
    letter = letter || wbi_plain_is_letter(c);
    if (!name_part(c) && memchr(" '-.,&", c, 6) == NULL && c != WBI_PLAIN_SIGN)
      return "The name has a sign that names do not have.";
  }
  if (plain->digits > NAME_DIGITS_MOST) return "The name has a number.";
  return letter ? NULL : "The name has no letter.";
}

/* Whether a word ends a sentence that goes on: "Maria. Reply". */
static bool name_stops(const wbi_plain *plain, uint32_t from, uint32_t to) {
  return to - from >= NAME_SENTENCE_WORD && to + 2 < plain->length && plain->text[to] == '.' &&
         plain->text[to + 1] == ' ';
}

/* Why the words of a name are not fit; NULL: they are. */
static const char *name_words(const wbi_plain *plain) {
  uint32_t words = 0;
  bool verb = false;
  for (uint32_t at = 0; at < plain->length;) {
    const uint32_t from = at;
    while (at < plain->length && name_part(plain->text[at]))
      at++;
    const wbi_text word = {plain->text + from, at - from};
    if (wbi_screen_junk(word.data, word.length)) return "The name is a note, not a name.";
    if (name_stops(plain, from, at)) return "The name is a sentence.";
    verb = verb || name_listed(name_verbs, WBI_COUNT(name_verbs), word);
    words += word.length > 0;
    at += at < plain->length;
  }
  return words > NAME_WORDS_MOST || (verb && words > 1) ? "The name is a sentence." : NULL;
}

/* A script's number; 0: any, such as digits and marks. Those that one word may mix are one. */
static uint32_t name_script(uint32_t scalar) {
  static const struct {
    uint32_t first, last, script;
  } name_scripts[] = {
      {'A', 'Z', 1},         {'a', 'z', 1},        {0x00AA, 0x00AA, 1},  {0x00BA, 0x00BA, 1},
      {0x00C0, 0x024F, 1},   {0x0250, 0x02AF, 1},  {0x0370, 0x03FF, 2},  {0x0400, 0x052F, 3},
      {0x0531, 0x058F, 4},   {0x0590, 0x05FF, 5},  {0x0600, 0x06FF, 6},  {0x0750, 0x077F, 6},
      {0x0900, 0x097F, 7},   {0x0980, 0x09FF, 8},  {0x0A00, 0x0A7F, 9},  {0x0A80, 0x0AFF, 10},
      {0x0B80, 0x0BFF, 11},  {0x0C00, 0x0C7F, 12}, {0x0C80, 0x0CFF, 13}, {0x0D00, 0x0D7F, 14},
      {0x0E00, 0x0E7F, 15},  {0x10A0, 0x10FF, 16}, {0x1100, 0x11FF, 17}, {0x13A0, 0x13FF, 18},
      {0x1C80, 0x1C8F, 3},   {0x1E00, 0x1EFF, 1},  {0x1F00, 0x1FFF, 2},  {0x2C60, 0x2C7F, 1},
      {0x2DE0, 0x2DFF, 3},   {0x3041, 0x30FF, 17}, {0x3100, 0x318F, 17}, {0x3400, 0x9FFF, 17},
      {0xA640, 0xA69F, 3},   {0xA720, 0xA7FF, 1},  {0xAB30, 0xAB6F, 1},  {0xAC00, 0xD7AF, 17},
      {0xF900, 0xFAFF, 17},  {0xFB00, 0xFB06, 1},  {0xFF21, 0xFF5A, 1},  {0x1D400, 0x1D7CB, 19},
      {0x20000, 0x3FFFF, 17}};
  for (size_t i = 0; i < WBI_COUNT(name_scripts); i++) {
    if (scalar >= name_scripts[i].first && scalar <= name_scripts[i].last)
      return name_scripts[i].script;
  }
  return 0;
}

/* Whether a scalar separates words. */
static bool name_separates(uint32_t scalar) {
  return scalar < 0x80 ? memchr(" '-.,&", (int)scalar, 6) != NULL
                       : scalar == 0xA0 || (scalar >= 0x2000 && scalar <= 0x206F);
}

/* Whether letters of two scripts stand in one word: what it looks like is not what it is. */
static bool name_mixes(wbi_text value) {
  uint32_t before = 0;
  for (size_t at = 0; at < value.length;) {
    uint32_t scalar = 0;
    if (!wbi_utf8_next(value, &at, &scalar)) return true;
    if (name_separates(scalar)) before = 0;
    const uint32_t script = name_script(scalar);
    if (script == 0) continue;
    if (before != 0 && script != before) return true;
    before = script;
  }
  return false;
}

const char *wbi_screen_name(wbi_text value, const wbi_plain *plain) {
  const char *reason = name_signs(plain);
  if (reason == NULL) reason = name_words(plain);
  if (reason == NULL && name_mixes(value)) reason = "The name mixes scripts in one word.";
  return reason;
}
