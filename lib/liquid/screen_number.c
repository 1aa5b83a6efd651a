/* SPDX-License-Identifier: MIT */
/* Numbers that no message holds: social security, card and phone numbers, dates. */
#include "liquid/screen.h"

enum {
  NUMBER_GROUPS = WBI_PLAIN_MOST / 2,
  NUMBER_GAP = 3,          /* signs between two groups of one number: ") " and the like */
  NUMBER_DIGITS_LEAST = 4, /* of a date: 1/2/60, and of an address: 1.1.1.1 */
  NUMBER_CARD_LEAST = 13,
  NUMBER_CARD_MOST = 19,
  NUMBER_PHONE = 10
};

/* A run of digits. */
typedef struct number_group {
  const char *digits;
  uint16_t length;
  bool joined; /* only signs of numbers stand between the group before and this one */
  char sign;   /* the one sign between them; 0: more than one, or another */
} number_group;

typedef struct number_groups {
  number_group items[NUMBER_GROUPS];
  uint32_t count;
} number_groups;

/* Whether what stands between two runs of digits holds them together. */
static void number_join(number_group *group, const char *from, const char *to) {
  const size_t gap = (size_t)(to - from);
  group->joined = gap <= NUMBER_GAP;
  group->sign = gap == 1 ? *from : 0;
  for (const char *c = from; c < to && group->joined; c++)
    group->joined = memchr(" -./()+", *c, 7) != NULL;
}

/* Finds the runs of digits. */
static void number_find(const wbi_plain *plain, number_groups *groups) {
  const char *const end = plain->text + plain->length, *before = NULL;
  groups->count = 0;
  for (const char *c = plain->text; c < end;) {
    if (!wbi_is_digit(*c)) {
      c++;
      continue;
    }
    number_group *group = &groups->items[groups->count++];
    *group = (number_group){.digits = c};
    if (before != NULL) number_join(group, before, c);
    while (c < end && wbi_is_digit(*c))
      c++;
    group->length = (uint16_t)(c - group->digits);
    before = c;
  }
}

/* A short run of digits as a number. */
static uint32_t number_value(const number_group *group) {
  uint32_t value = 0;
  for (uint32_t i = 0; i < group->length; i++)
    value = value * 10 + (uint32_t)(group->digits[i] - '0');
  return value;
}

/* 123-45-6789: area not 000, 666, 9xx; group not 00; serial not 0000. */
static bool number_is_ssn(const number_group *group) {
  if (group[0].length != 3 || group[1].length != 2 || group[2].length != 4) return false;
  if (group[1].sign == 0 || group[2].sign == 0) return false;
  const uint32_t area = number_value(group);
  return area != 0 && area != 666 && area < 900 && number_value(&group[1]) != 0 &&
         number_value(&group[2]) != 0;
}

/* Whether two numbers may be the month and day of a date, in either order. */
static bool number_is_day(uint32_t a, uint32_t b) {
  return a >= 1 && b >= 1 && a <= 31 && b <= 31 && (a <= 12 || b <= 12);
}

/* Whether three numbers are as long as those of a date: the year has two or four digits, and four
   where it comes first. */
static bool number_is_long_as_date(const number_group *group) {
  const uint32_t first = group[0].length, last = group[2].length;
  if (group[1].length > 2) return false;
  return first == 4 ? last <= 2 : first <= 2 && (last == 2 || last == 4);
}

/* 1/2/60, 01.02.1960, 1960-01-02. */
static bool number_is_date(const number_group *group) {
  const char sign = group[1].sign;
  if (sign != group[2].sign || (sign != '/' && sign != '-' && sign != '.')) return false;
  if (!number_is_long_as_date(group)) return false;
  const uint32_t a = number_value(&group[0]), b = number_value(&group[1]);
  return group[0].length == 4 ? number_is_day(b, number_value(&group[2])) : number_is_day(a, b);
}

/* Why three groups in a row are not fit; NULL: they are. */
static const char *number_triple(const number_group *group, uint32_t checks) {
  if (!group[1].joined || !group[2].joined) return NULL;
  if (number_is_ssn(group)) return "The value has a social security number.";
  const bool date = (checks & WBI_SCREEN_DATES) != 0 && number_is_date(group);
  return date ? "The value has a date." : NULL;
}

/* The digits of a number that is written in groups. */
typedef struct number_in_groups {
  char text[NUMBER_CARD_MOST];
  uint32_t count;
} number_in_groups;

/* Adds a group; false: there are too many digits. */
static bool number_add(number_in_groups *digits, const number_group *group) {
  if (group->length > NUMBER_CARD_MOST - digits->count) return false;
  memcpy(digits->text + digits->count, group->digits, group->length);
  digits->count += group->length;
  return true;
}

/* A phone number of North America: NXX NXX XXXX, N from 2 to 9, with or without the 1 before. */
static bool number_is_phone(const number_in_groups *digits) {
  const char *text = digits->text;
  if (digits->count == NUMBER_PHONE + 1 && text[0] == '1') {
    text++;
  } else if (digits->count != NUMBER_PHONE) {
    return false;
  }
  return text[0] >= '2' && text[3] >= '2';
}

/* A card number: its last digit proves the others (ISO/IEC 7812-1, Luhn). */
static bool number_is_card(const number_in_groups *digits) {
  if (digits->count < NUMBER_CARD_LEAST) return false;
  uint32_t sum = 0;
  for (uint32_t i = 0; i < digits->count; i++) {
    const uint32_t digit = (uint32_t)(digits->text[digits->count - 1 - i] - '0');
    const uint32_t twice = digit * 2;
    /* same: twice a digit is never 9 */
    sum += i % 2 == 0 ? digit : twice - (twice > 9 ? 9 : 0);
  }
  return sum % 10 == 0;
}

/* Why a number that begins with a group is not fit; NULL: it is. */
static const char *number_run(const number_groups *groups, uint32_t first, uint32_t checks) {
  number_in_groups digits = {.count = 0};
  for (uint32_t i = first; i < groups->count; i++) {
    if (i > first && !groups->items[i].joined) return NULL;
    if (!number_add(&digits, &groups->items[i])) return NULL;
    if ((checks & WBI_SCREEN_CONTACTS) != 0 && number_is_phone(&digits))
      return "The value has a phone number.";
    if (number_is_card(&digits)) return "The value has a card number.";
  }
  return NULL;
}

/* Whether four groups with dots between them are the address of a computer. */
static bool number_is_address(const number_group *group) {
  bool address = group[0].length <= 3;
  for (size_t i = 1; i < 4; i++)
    address = address && group[i].sign == '.' && group[i].length <= 3;
  return address;
}

/* Why what begins with a group is not fit; NULL: it is. */
static const char *number_at(const number_groups *groups, uint32_t index, uint32_t checks) {
  const number_group *group = &groups->items[index];
  const uint32_t left = groups->count - index;
  const char *reason = left >= 3 ? number_triple(group, checks) : NULL;
  if (reason == NULL && left >= 4 && (checks & WBI_SCREEN_CONTACTS) != 0 &&
      number_is_address(group)) {
    reason = "The value has a link.";
  }
  return reason != NULL ? reason : number_run(groups, index, checks);
}

static const char *const number_months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
                                            "sep", "oct", "nov", "dec", "ene", "abr", "ago", "dic"};

/* Whether a word that begins with a month's name ends before a place, with signs or none between.
 */
static bool number_month_before(const wbi_plain *plain, const char *place) {
  const char *end = place;
  while (end > plain->text && memchr(" .,", end[-1], 3) != NULL)
    end--;
  const char *word = end;
  while (word > plain->text && wbi_plain_is_letter(word[-1]))
    word--;
  for (size_t i = 0; i < WBI_COUNT(number_months); i++) {
    if (memcmp(word, number_months[i], 3) == 0) return true;
  }
  return false;
}

/* Whether a year stands with a month's name: "January 2, 1960", "2 January 1960". */
static bool number_has_named_date(const wbi_plain *plain, const number_groups *groups) {
  for (uint32_t i = 1; i < groups->count; i++) {
    const number_group *day = &groups->items[i - 1], *year = &groups->items[i];
    if (year->length != 4 || day->length > 2) continue;
    if (number_month_before(plain, year->digits)) return true;
    if (year->digits - (day->digits + day->length) <= 2 && number_month_before(plain, day->digits))
      return true;
  }
  return false;
}

const char *wbi_screen_numbers(const wbi_plain *plain, uint32_t checks) {
  if (plain->digits < NUMBER_DIGITS_LEAST) return NULL; /* same: only sooner */
  number_groups groups;
  number_find(plain, &groups);
  for (uint32_t i = 0; i < groups.count; i++) {
    const char *reason = number_at(&groups, i, checks);
    if (reason != NULL) return reason;
  }
  if ((checks & WBI_SCREEN_DATES) == 0) return NULL;
  return number_has_named_date(plain, &groups) ? "The value has a date." : NULL;
}
