/* SPDX-License-Identifier: MIT */
/* Names: what stands in a record's name field and is none. */
#include "liquid/screen.h"

enum { NAME_DIGITS_MOST = 3, NAME_WORDS_MOST = 7, NAME_SENTENCE_WORD = 4 };

/* Words that are no one's name, alone or in company; by their first letter. */
static const char *const name_notes[26] = {
    ['b' - 'a'] = "bankrupt bankruptcy",
    ['c' - 'a'] = "collections",
    ['d' - 'a'] = "deceased delete deleted dismissed dnc donot dummy duplicate",
    ['f' - 'a'] = "fallecida fallecido firstname",
    ['h' - 'a'] = "hiv",
    ['i' - 'a'] = "inactive insurance",
    ['m' - 'a'] = "medicaid",
    ['n' - 'a'] = "nobody noemail noname none nophone null",
    ['o' - 'a'] = "owed owes",
    ['p' - 'a'] = "patient perio prophy prueba",
    ['r' - 'a'] = "recall",
    ['t' - 'a'] = "test tester testing",
    ['u' - 'a'] = "undefined unknown",
    ['v' - 'a'] = "void",
};

/* Words that make a sentence of what has more than one; by their first letter. */
static const char *const name_verbs[26] = {
    ['a' - 'a'] = "account",        ['b' - 'a'] = "bad balance",   ['c' - 'a'] = "call claim click",
    ['e' - 'a'] = "envie",          ['f' - 'a'] = "favor free",    ['l' - 'a'] = "llame",
    ['n' - 'a'] = "not note notes", ['o' - 'a'] = "owe",           ['p' - 'a'] = "pague pay please",
    ['r' - 'a'] = "reply responda", ['s' - 'a'] = "see send stop", ['t' - 'a'] = "text",
    ['v' - 'a'] = "verify visit",   ['y' - 'a'] = "your",
};

/* Whether a word is one of a list. */
static bool name_listed(const char *const lists[26], wbi_text word) {
  const uint32_t letter = (uint32_t)(unsigned char)(word.data[0] | 0x20) - 'a';
  const char *list = letter < 26 ? lists[letter] : NULL;
  while (list != NULL && *list != '\0') {
    size_t length = 0;
    while (list[length] != ' ' && list[length] != '\0')
      length++;
    if (wbi_text_equal_fold(word, (wbi_text){list, length})) return true;
    list += length + (list[length] == ' ');
  }
  return false;
}

bool wbi_screen_note(wbi_text word) {
  return word.length >= 3 && name_listed(name_notes, word);
}

/* Whether a word makes a sentence. */
static bool name_is_verb(wbi_text word) {
  return word.length >= 3 && name_listed(name_verbs, word);
}

/* Whether a character of a name belongs to a word. */
static bool name_part(char c) {
  return wbi_plain_is_letter(c) || (c >= 'A' && c <= 'Z') || wbi_is_digit(c);
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
static bool name_stops(wbi_text name, size_t from, size_t to) {
  return to - from >= NAME_SENTENCE_WORD && to + 2 < name.length && name.data[to] == '.' &&
         name.data[to + 1] == ' ';
}

/* The next word of a name from a place on; false: there is none. */
static bool name_next(wbi_text name, size_t *from, size_t *to) {
  *from = *to;
  while (*from < name.length && !name_part(name.data[*from]))
    ++*from;
  *to = *from;
  while (*to < name.length && name_part(name.data[*to]))
    ++*to;
  return *to > *from;
}

const char *wbi_screen_words(wbi_text name) {
  uint32_t words = 0;
  bool verb = false;
  for (size_t from = 0, to = 0; name_next(name, &from, &to); words++) {
    const wbi_text word = wbi_text_slice(name, from, to);
    if (wbi_screen_note(word)) return "The name is a note, not a name.";
    if (name_stops(name, from, to)) return "The name is a sentence.";
    verb = verb || name_is_verb(word);
  }
  if (words == 0 && wbi_text_trim(name).length > 0) return "The name has no letter.";
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
  for (size_t i = 0; i < WBI_COUNT(name_scripts) && scalar >= name_scripts[i].first; i++) {
    if (scalar <= name_scripts[i].last) return name_scripts[i].script;
  }
  return 0;
}

/* Whether a scalar separates words. same: U+0080 and U+206F are not seen, and refused before */
static bool name_separates(uint32_t scalar) {
  return scalar < 0x80 ? memchr(" '-.,&", (int)scalar, 6) != NULL
                       : scalar == 0xA0 || (scalar >= 0x2000 && scalar <= 0x206F);
}

/* Whether letters of two scripts stand in one word: what it looks like is not what it is. */
static bool name_mixes(wbi_text value) {
  uint32_t before = 0;
  for (size_t at = 0; at < value.length;) {
    uint32_t scalar = 0;
    if (WBI_NEVER(!wbi_utf8_next(value, &at, &scalar))) return true;
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
  if (reason == NULL) reason = wbi_screen_words((wbi_text){plain->text, plain->length});
  if (reason == NULL && name_mixes(value)) reason = "The name mixes scripts in one word.";
  return reason;
}
