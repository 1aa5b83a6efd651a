/* SPDX-License-Identifier: MIT */
/* E-mail addresses, links, and what a phone would make a link of. */
#include "liquid/screen.h"

/* Ends of names of hosts that are in common use; a name before them is taken for a link. */
static const char *const address_ends[] = {
    "com",    "net",   "org",  "edu",    "gov",    "info",    "biz",  "io",     "co",   "us",
    "me",     "ly",    "link", "app",    "dev",    "care",    "site", "xyz",    "uk",   "ca",
    "au",     "de",    "fr",   "mx",     "es",     "ru",      "cn",   "tv",     "cc",   "gl",
    "gg",     "to",    "ai",   "online", "dental", "shop",    "club", "page",   "live", "health",
    "clinic", "store", "top",  "eu",     "in",     "example", "test", "invalid"};

/* Whether a character belongs to an address. */
static bool address_part(char c) {
  return wbi_plain_is_letter(c) || wbi_is_digit(c);
}

/* Whether a name is the last part of hosts' names. */
static bool address_is_end(const char *name, size_t length) {
  for (size_t i = 0; i < WBI_COUNT(address_ends); i++) {
    if (strlen(address_ends[i]) == length && memcmp(address_ends[i], name, length) == 0)
      return true;
  }
  return false;
}

/* Whether the letters from a place on end a host's name. */
static bool address_ends_host(const char *from, const char *end) {
  const char *to = from;
  while (to < end && *to >= 'a' && *to <= 'z')
    to++;
  const size_t length = (size_t)(to - from);
  if (to < end && (address_part(*to) || *to == '-')) return false;
  const bool path = to < end && *to == '/';
  return path ? length >= 2 : address_is_end(from, length);
}

/* Whether a link begins at a place. */
static bool address_begins(const char *from, const char *end) {
  static const char *const address_starts[] = {"://", "www.", "xn--"};
  for (size_t i = 0; i < WBI_COUNT(address_starts); i++) {
    const size_t length = strlen(address_starts[i]);
    if ((size_t)(end - from) >= length && memcmp(from, address_starts[i], length) == 0) return true;
  }
  return false;
}

/* Whether a character begins a link or stands inside an address. */
static bool address_sign(char c) {
  return c == 'w' || c == 'x' || c == ':' || c == '.' || c == '@';
}

const char *wbi_screen_addresses(const wbi_plain *plain) {
  const char *const end = plain->text + plain->length;
  for (const char *c = plain->text; c < end; c++) {
    if (!address_sign(*c)) continue; /* same: only sooner */
    if (address_begins(c, end)) return "The value has a link.";
    if (c == plain->text || c + 1 == end || !address_part(c[-1]) || !address_part(c[1])) continue;
    if (*c == '@') return "The value has an e-mail address.";
    if (*c == '.' && address_ends_host(c + 1, end)) return "The value has a link.";
  }
  return NULL;
}
