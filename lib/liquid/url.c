/* SPDX-License-Identifier: MIT */
/*
 * What a link may be: https to a host by its name, on the list of the policy where there is one.
 * Refused is whatever makes a link lead elsewhere than it seems to (RFC 3986, UTS 46, the URL
 * standard on hosts that are numbers), and public shorteners, which carriers block.
 */
#include "liquid/html.h"
#include "liquid/policy.h"

#include "data/data.h"

/* Whether a link begins with a scheme, in either case. */
static bool link_begins(wbi_text link, wbi_text scheme) {
  return wbi_text_equal_fold(wbi_text_slice(link, 0, scheme.length), scheme);
}

/* @ is none; P is a character of links; V also one of paths, ^ of addresses, too; T is one of whole
   links; _ stands for itself. */
const char wbi_link_kinds[129] = "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@" /* controls */
                                 "@V@TVPPP^^V^V__V"                 /*  !"#$%&'()*+,-./ */
                                 "__________VV@V@T"                 /* 0123456789:;<=>? */
                                 "^_______________"                 /* @ABC… */
                                 "___________T@T@_"                 /* …Z[\]^_ */
                                 "@_______________"                 /* `abc… */
                                 "___________@@@_@";                /* …z{|}~ */

bool wbi_link_characters(wbi_text link) {
  uint8_t kinds = WBI_LINK_CHARACTER;
  for (size_t i = 0; i < link.length; i++)
    kinds &= wbi_link_kind(link.data[i]);
  return kinds != 0;
}

/* The last label of a host. */
static wbi_text link_last_label(wbi_text host) {
  size_t from = host.length;
  while (from > 0 && host.data[from - 1] != '.')
    from--;
  return wbi_text_slice(host, from, host.length);
}

/* Whether the last label of a name is a number, in decimal or hex: browsers read such a host as an
   IP address. */
static bool link_number(wbi_text label) {
  const bool hex = label.length >= 2 && label.data[0] == '0' && (label.data[1] | 0x20) == 'x';
  for (size_t i = hex ? 2 : 0; i < label.length; i++) {
    if (wbi_digit(label.data[i]) >= (hex ? 16u : 10u)) return false;
  }
  return true;
}

/* Whether a label is made of letters, digits and inner hyphens. */
static bool link_label(wbi_text label) {
  if (label.length == 0 || label.length > 63) return false;
  for (size_t i = 0; i < label.length; i++) {
    const char c = label.data[i];
    if (!wbi_is_letter(c) && !wbi_is_digit(c) && c != '-') return false;
  }
  return label.data[0] != '-' && label.data[label.length - 1] != '-';
}

/* Whether a host is written as a name: labels between dots. */
static bool link_name(wbi_text host) {
  size_t from = 0;
  for (size_t i = 0; i <= host.length; i++) {
    if (i < host.length && host.data[i] != '.') continue;
    if (!link_label(wbi_text_slice(host, from, i))) return false;
    from = i + 1;
  }
  return host.length <= 253;
}

/* Whether a label of a host is punycode. same: no name ends in hyphens */
static bool link_punycode(wbi_text host) {
  for (size_t i = 0; i + 4 <= host.length; i++) {
    const bool first = i == 0 || host.data[i - 1] == '.';
    if (first && link_begins(wbi_text_slice(host, i, host.length), WBI_TEXT("xn--"))) return true;
  }
  return false;
}

/* The order of a host and the line of a sorted list that begins at an offset; *next is where the
   line after it begins. */
static int link_line(wbi_text list, size_t at, wbi_text host, size_t *next) {
  const char *end = memchr(list.data + at, '\n', list.length - at);
  const size_t to = WBI_ALWAYS(end != NULL) ? (size_t)(end - list.data) : list.length;
  *next = to + 1;
  return wbi_text_compare(host, wbi_text_slice(list, at, to));
}

/* Whether a sorted list has a line, in lower case. */
static bool link_listed(wbi_text list, wbi_text host) {
  size_t low = 0, high = list.length;
  while (low < high) {
    size_t at = low + (high - low) / 2, next = 0;
    while (at > low && list.data[at - 1] != '\n')
      at--;
    const int order = link_line(list, at, host, &next);
    if (order == 0) return true;
    if (order < 0) { /* same: it is not this one */
      high = at;
    } else {
      low = next;
    }
  }
  return false;
}

bool wbi_link_shortener(wbi_text host) {
  enum { LINK_SHORTENER_MOST = 16 };
  char lower[LINK_SHORTENER_MOST];
  size_t dots = 0, from = host.length;
  while (from > 0 && dots < 2)
    dots += host.data[--from] == '.';
  if (dots == 2) from++;
  const wbi_text owner = wbi_text_slice(host, from, host.length);
  if (owner.length > sizeof lower) return false;
  for (size_t i = 0; i < owner.length; i++) {
    lower[i] = wbi_lower(owner.data[i]);
  }
  return link_listed((wbi_text){wbi_data_links[0].text, wbi_data_links[0].length},
                     (wbi_text){lower, owner.length});
}

/* Why a host is not fit; NULL: it is. What a practice lists by its name is its own decision. */
static const char *link_host_reason(const wb_policy *policy, wbi_text host) {
  if (host.length == 0) return "The link names no host.";
  if (host.data[0] == '[') return "The link leads to an IP address; it must name a host.";
  if (!link_name(host)) return "The host of the link is not written as a name.";
  if (link_number(link_last_label(host))) {
    return "The link leads to an IP address; it must name a host.";
  }
  if (policy != NULL && policy->hosts_count > 0) {
    return wbi_policy_host(policy, host) ? NULL : "The link leads to a host that is not listed.";
  }
  if (memchr(host.data, '.', host.length) == NULL) return "The link leads to a local host.";
  if (link_punycode(host)) {
    return "The link leads to a host in foreign letters that is not listed.";
  }
  return wbi_link_shortener(host) ? "The link leads to a public shortener." : NULL;
}

/* Why an address after mailto: is not fit; NULL: it is. An encoded line break begins a header. */
static const char *link_mail_reason(wbi_text address) {
  const char *at = address.length > 0 ? memchr(address.data, '@', address.length) : NULL;
  if (at == NULL || at == address.data || at + 1 == address.data + address.length) {
    return "There is no e-mail address after mailto:.";
  }
  for (size_t i = 0; i + 3 <= address.length; i++) {
    const wbi_text three = wbi_text_slice(address, i, i + 3);
    if (link_begins(three, WBI_TEXT("%0a")) || link_begins(three, WBI_TEXT("%0d"))) {
      return "The link has a line break.";
    }
  }
  return NULL;
}

/* Why a number after tel: is not fit; NULL: it is. */
static const char *link_phone_reason(wbi_text number) {
  size_t digits = 0;
  for (size_t i = 0; i < number.length; i++) {
    if (wbi_is_digit(number.data[i])) {
      digits++;
    } else if (memchr("+-.()", number.data[i], 5) == NULL) {
      return "There is no phone number after tel:.";
    }
  }
  return digits >= 3 ? NULL : "There is no phone number after tel:.";
}

size_t wbi_link_run(wbi_text text, size_t from) {
  for (; from < text.length; from++) {
    const char c = text.data[from];
    if ((unsigned char)c <= ' ' || c == 0x7F || strchr("\"'<>(){}[]|\\^`", c) != NULL) break;
  }
  return from;
}

size_t wbi_link_end(wbi_text text, size_t from, size_t run) {
  while (run > from && strchr(".,;:!?", text.data[run - 1]) != NULL)
    run--;
  return run;
}

size_t wbi_link_path(wbi_text link) {
  size_t at = link_begins(link, WBI_TEXT("https://"))  ? 8
              : link_begins(link, WBI_TEXT("http://")) ? 7
                                                       : 0;
  if (at == 0) return 0;
  while (at < link.length && link.data[at] != '/' && link.data[at] != '?' && link.data[at] != '#')
    at++;
  return at;
}

/* Why a link to a host is not fit; NULL: it is. The host begins at an offset; a port may be named
   where it is the usual one. */
static const char *link_web_reason(const wb_policy *policy, wbi_text link, size_t from,
                                   wbi_text port) {
  const wbi_text authority = wbi_text_slice(link, from, wbi_link_path(link));
  if (authority.length == 0) return "The link names no host.";
  if (memchr(authority.data, '@', authority.length) != NULL) {
    return "The link names a user before the host.";
  }
  size_t end = authority.length;
  const bool six = authority.data[0] == '['; /* the colons of an IPv6 address */
  for (size_t i = authority.length; i > 0 && !six; i--) {
    if (authority.data[i - 1] == ':') end = i - 1;
  }
  const wbi_text named = wbi_text_slice(authority, end, authority.length);
  if (named.length > 0 && !wbi_text_equal(named, port)) return "The link names a port.";
  return link_host_reason(policy, wbi_text_slice(authority, 0, end));
}

/* Whether what follows https:// is a host, and then the end of it. */
static bool link_leads_to(wbi_text rest, wbi_text host) {
  if (rest.length < host.length || memcmp(rest.data, host.data, host.length) != 0) return false;
  return rest.length == host.length || memchr("/?#", rest.data[host.length], 3) != NULL;
}

bool wbi_link_usual(const wb_policy *policy, wbi_text link) {
  const wbi_text rest = wbi_text_slice(link, 8, link.length);
  const uint32_t hosts = policy != NULL ? policy->hosts_count : 0;
  if (rest.length == 0 || link.length > WBI_LINK_MOST) return false;
  if (memcmp(link.data, "https://", 8) != 0) return false;
  for (uint32_t i = 0; i < hosts; i++) {
    const wbi_text host = policy->hosts[i];
    if (link_leads_to(rest, host)) return link_name(host) && !link_number(link_last_label(host));
  }
  return false;
}

const char *wbi_link_reason(const wb_policy *policy, uint32_t may, wbi_text link) {
  const bool address = (may & WBI_LINK_ADDRESS) != 0, http = (may & WBI_LINK_HTTP) != 0;
  if (link.length > WBI_LINK_MOST) return "The link is longer than 2,048 bytes.";
  if (!wbi_link_characters(link)) return "The link has a character that a link cannot have.";
  if (link_begins(link, WBI_TEXT("https://"))) {
    return link_web_reason(policy, link, 8, WBI_TEXT(":443"));
  }
  if (http && link_begins(link, WBI_TEXT("http://"))) {
    return link_web_reason(policy, link, 7, WBI_TEXT(":80"));
  }
  if (address && link_begins(link, WBI_TEXT("mailto:"))) {
    return link_mail_reason(wbi_text_slice(link, 7, link.length));
  }
  if (address && link_begins(link, WBI_TEXT("tel:"))) {
    return link_phone_reason(wbi_text_slice(link, 4, link.length));
  }
  return "The link does not begin with https://.";
}
