/* SPDX-License-Identifier: MIT */
/* Links in a text: how they begin and where they lead. */
#include "liquid/html.h"
#include "liquid/lint.h"

/* The parts of a link; offsets in the source. */
typedef struct href_parts {
  uint32_t from, host, host_end, end; /* the host with its port and user */
  bool scheme, secure;
} href_parts;

/* The end of the run of bytes that might be a link, without what ends a sentence. */
static uint32_t href_end(wbi_lint *lint, uint32_t to) {
  const wbi_text text = wbi_text_slice(lint->source, 0, to);
  lint->token = (uint32_t)wbi_link_run(text, lint->place.at);
  return (uint32_t)wbi_link_end(text, lint->place.at, lint->token);
}

/* Where a sign stands in a stretch; its end: nowhere. */
static uint32_t href_find(wbi_text source, uint32_t from, uint32_t end, const char *signs) {
  while (from < end && strchr(signs, source.data[from]) == NULL)
    from++;
  return from;
}

static wbi_text href_slice(const wbi_lint *lint, uint32_t from, uint32_t end) {
  return wbi_text_slice(lint->source, from, end);
}

/* Finds the scheme; false: there is none. */
static bool href_scheme(const wbi_lint *lint, href_parts *link) {
  const wbi_text whole = href_slice(lint, link->from, link->end);
  const size_t at = wbi_text_find(whole, WBI_TEXT("://"), 0);
  if (at == SIZE_MAX) return false;
  const wbi_text before = wbi_text_slice(whole, 0, at);
  const wbi_text secure = wbi_text_slice(before, before.length - (before.length < 5 ? 0 : 5), 99);
  link->secure = wbi_text_equal_fold(secure, WBI_TEXT("https"));
  link->scheme = true;
  link->host = link->from + (uint32_t)at + 3;
  return true;
}

/* Whether the last part of a host is one by which links are known. */
static bool href_known_ending(wbi_text host) {
  size_t dot = host.length;
  while (WBI_ALWAYS(dot > 0) && host.data[dot - 1] != '.') /* it has the form of a host */
    dot--;
  const wbi_text ending = wbi_text_slice(host, dot, host.length);
  for (uint32_t i = 0; i < wbi_data_endings_count; i++) {
    if (wbi_text_equal_fold(ending, wbi_text_of(wbi_data_endings[i]))) return true;
  }
  return false;
}

/* Whether bytes look like a host: letters, digits, hyphens, a dot between, and a letter last. */
static bool href_host_form(wbi_text host) {
  bool dot = false;
  for (size_t i = 0; i < host.length; i++) {
    const char c = host.data[i];
    if (!wbi_is_letter(c) && !wbi_is_digit(c) && c != '-' && c != '.') return false;
    dot = dot || (c == '.' && i > 0);
  }
  return dot && wbi_is_letter(host.data[host.length - 1]);
}

/* Whether a run without a scheme is a link all the same. */
static bool href_bare(const wbi_lint *lint, href_parts *link) {
  link->host = link->from;
  link->host_end = href_find(lint->source, link->from, link->end, "/?#:");
  const wbi_text host = href_slice(lint, link->host, link->host_end);
  if (!href_host_form(host)) return false;
  if (host.length > 4 && wbi_text_equal_fold(wbi_text_slice(host, 0, 4), WBI_TEXT("www."))) {
    return true;
  }
  const bool path = link->host_end < link->end && lint->source.data[link->host_end] == '/';
  return path || href_known_ending(host);
}

/* Whether links may lead to a host. */
static bool href_allowed(const wbi_lint *lint, wbi_text host) {
  const wb_lint_options *options = lint->options;
  const bool listed = lint->policy != NULL && !wbi_policy_host(lint->policy, WBI_TEXT(""));
  for (uint32_t i = 0; i < options->host_count; i++) {
    if (wbi_text_equal_fold(host, wbi_text_of(options->hosts[i]))) return true;
  }
  if (listed) return wbi_policy_host(lint->policy, host);
  return options->host_count == 0;
}

/* Judges where a link leads. Its host is whole: no template has braces that go on with one. */
static void href_judge(wbi_lint *lint, const href_parts *link) {
  const wbi_text authority = href_slice(lint, link->host, link->host_end);
  const uint32_t port = href_find(lint->source, link->host, link->host_end, ":");
  const wbi_text host = href_slice(lint, link->host, port);
  if (link->scheme && !link->secure) {
    wbi_lint_find_id(lint, "link.insecure", &lint->place, link->end);
  } else if (!link->scheme) {
    wbi_lint_find_id(lint, "link.bare", &lint->place, link->end);
  }
  if (wbi_link_shortener(host)) {
    wbi_lint_find_id(lint, "link.shortener", &lint->place, link->end);
  } else if (!href_host_form(authority) || !href_allowed(lint, host)) {
    wbi_lint_find_id(lint, "link.host", &lint->place, link->end);
  }
}

/* Compares where a link leads with what its text shows; a leading www. is no difference. */
static void href_shown(wbi_lint *lint, const href_parts *link) {
  const uint32_t port = href_find(lint->source, link->host, link->host_end, ":");
  wbi_text host = href_slice(lint, link->host, port);
  if (wbi_text_equal_fold(wbi_text_slice(host, 0, 4), WBI_TEXT("www."))) {
    host = wbi_text_slice(host, 4, host.length);
  }
  if (lint->markup) {
    if (lint->anchor) lint->leads = host;
    lint->anchor = false;
  } else if (lint->leads.length > 0 && !wbi_text_equal_fold(host, lint->leads)) {
    wbi_lint_find_id(lint, "link.differs", &lint->place, link->end);
  }
}

/* Whether a text begins with the tag of a link. */
static bool href_tag(wbi_text text) {
  const char after = text.length > 2 ? text.data[2] : ' ';
  return wbi_text_equal_fold(wbi_text_slice(text, 0, 2), WBI_TEXT("<a")) &&
         (after == ' ' || after == '\n' || after == '\t' || after == '\r');
}

void wbi_lint_link_tag(wbi_lint *lint, uint32_t to) {
  const wbi_text tag = wbi_text_slice(lint->source, lint->place.at, to);
  const bool closes = wbi_text_equal_fold(wbi_text_slice(tag, 0, 3), WBI_TEXT("</a"));
  lint->anchor = href_tag(tag);
  if (lint->anchor || closes) lint->leads = (wbi_text){NULL, 0};
}

void wbi_lint_link_on(wbi_lint *lint, uint32_t from, uint32_t to) {
  lint->linked = lint->linked && wbi_link_run(wbi_text_slice(lint->source, 0, to), from) == to;
}

/* The class of a field; -1: there is no such field. */
static int32_t href_class(const wbi_lint *lint, wbi_text name) {
  uint32_t index = 0;
  const wb_status status = wb_schema_find(lint->schema, name.data, name.length, &index);
  return status == WB_OK ? wbi_schema_field(lint->schema, index)->class_ : -1;
}

/* The name at an offset: words with dots between them. */
static wbi_text href_name(const wbi_lint *lint, size_t from, size_t to) {
  size_t end = from;
  const char *data = lint->source.data;
  while (end < to && (wbi_is_letter(data[end]) || wbi_is_digit(data[end]) || data[end] == '_' ||
                      data[end] == '.'))
    end++;
  return wbi_text_slice(lint->source, from, end);
}

void wbi_lint_link_field(wbi_lint *lint, const wbi_piece *piece) {
  wbi_token token;
  bool link = false;
  wbi_lint_move(lint->source, &lint->place, (uint32_t)piece->from);
  for (size_t at = piece->from; at < piece->to;) {
    if (WBI_NEVER(wbi_token_next(lint->source, &at, piece->to, &token, NULL) != WB_OK)) return;
    if (token.kind != WBI_TOKEN_WORD) continue;
    const wbi_text name = href_name(lint, token.from, piece->to);
    const int32_t class_ = href_class(lint, name);
    const uint32_t end = (uint32_t)(token.from + name.length);
    if (end > at) at = end;
    link = link || class_ == WB_CLASS_LINK;
    if (!lint->linked || class_ <= WB_CLASS_PUBLIC || class_ == WB_CLASS_LINK) continue;
    wbi_lint_place place = lint->place;
    wbi_lint_move(lint->source, &place, (uint32_t)token.from);
    wbi_lint_find_id(lint, "link.patient_data", &place, end);
  }
  lint->linked = lint->linked || link;
}

void wbi_lint_link(wbi_lint *lint, uint32_t to) {
  href_parts link = {.from = lint->place.at, .end = href_end(lint, to)};
  if (href_scheme(lint, &link)) {
    link.host_end = href_find(lint->source, link.host, link.end, "/?#");
  } else if (!href_bare(lint, &link)) {
    return;
  }
  lint->link = link.end;
  lint->linked = lint->token == to;
  href_shown(lint, &link);
  href_judge(lint, &link);
}
