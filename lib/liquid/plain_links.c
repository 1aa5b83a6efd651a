/* SPDX-License-Identifier: MIT */
/*
 * Links of a template while it is compiled. One that is written out in a text that is not HTML
 * keeps to the policy; one that is a value is written as it stands, for filters could lead it
 * elsewhere.
 */
#include "liquid/liquid_private.h"

/* ---- written out -------------------------------------------------------------------------- */

/* Whether a text breaks off before the slashes of a link are complete. */
static bool plain_link_begun(wbi_text text) {
  static const char *const plain_link_beginnings[] = {"http:", "https:", "http:/", "https:/"};
  for (size_t i = 0; i < WBI_COUNT(plain_link_beginnings); i++) {
    const wbi_text beginning = wbi_text_of(plain_link_beginnings[i]);
    if (text.length < beginning.length) continue;
    const wbi_text end = wbi_text_slice(text, text.length - beginning.length, text.length);
    if (wbi_text_equal_fold(end, beginning)) return true;
  }
  return false;
}

/* Why a link is not fit; NULL: it is. `open`: what stands in braces goes on with it. */
static const char *plain_link_reason(const wbi_liquid *liquid, wbi_text link, bool open) {
  const char *const whole =
      "All of a link is a field of class link; or begin it with https:// and a host.";
  const size_t path = wbi_link_path(link);
  if (open && (path == WBI_TEXT("https://").length && path == link.length)) return whole;
  const char *reason = wbi_link_reason(liquid->policy, 0, link);
  if (reason != NULL || !open || path < link.length) return reason;
  return "End the host with / before what stands here.";
}

wb_status wbi_liquid_links(const wbi_liquid *liquid, wbi_text text, size_t offset, bool open) {
  const wbi_text slashes = WBI_TEXT("://");
  size_t from = 0;
  if (liquid->html || liquid->schema == NULL) return WB_OK;
  for (size_t at = wbi_text_find(text, slashes, 0); at != SIZE_MAX;
       at = wbi_text_find(text, slashes, from)) {
    const size_t run = wbi_link_run(text, at + slashes.length);
    const bool on = open && run == text.length;
    while (at > from && wbi_is_letter(text.data[at - 1]))
      at--;
    const wbi_text link = wbi_text_slice(text, at, on ? run : wbi_link_end(text, at, run));
    const char *reason = plain_link_reason(liquid, link, on);
    if (reason != NULL) return wbi_liquid_refuse_at(liquid, WB_E_POLICY, offset + at, reason);
    from = run;
  }
  if (!open || !plain_link_begun(text)) return WB_OK;
  return wbi_liquid_refuse_at(liquid, WB_E_POLICY, offset + text.length,
                              "A link is written out with its host, or is a field of class link.");
}

wb_status wbi_liquid_after_link(const wbi_liquid *liquid, wbi_text text, size_t offset) {
  size_t at = 0;
  if (WBI_NEVER(text.length == 0) || memchr("/?#", text.data[0], 3) != NULL) return WB_OK;
  while (at < text.length && memchr(".,;:!?", text.data[at], 6) != NULL)
    at++;
  if (wbi_link_run(text, at) == at) return WB_OK;
  return wbi_liquid_refuse_at(liquid, WB_E_POLICY, offset,
                              "After a link comes a blank, or / ? or #.");
}

/* ---- values ------------------------------------------------------------------------------- */

bool wbi_liquid_is_link(const wbi_liquid *liquid, const wbi_operand *operand) {
  if (liquid->schema == NULL) return false;
  if (operand->place == WBI_NAME)
    return ((const wbi_local *)wbi_vector_at(&liquid->names, operand->slot))->link;
  const bool field =
      operand->place == WBI_FIELD || operand->place == WBI_ITEM || operand->place == WBI_ELEMENT_AT;
  return field && wbi_schema_field(liquid->schema, operand->field)->class_ == WB_CLASS_LINK;
}

/* Whether a filter leaves a link what it is; HTML reads back what is escaped. */
static bool plain_link_kept(const wbi_liquid *liquid, const wbi_filter *filter) {
  static const char *const plain_link_filters[] = {"default", "strip",  "lstrip",
                                                   "rstrip",  "escape", "escape_once"};
  const size_t count = WBI_COUNT(plain_link_filters) - (liquid->html ? 0 : 2);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(filter->name, plain_link_filters[i]) == 0) return true;
  }
  return false;
}

wb_status wbi_liquid_link_filter(wbi_liquid *liquid, const wbi_filter *filter, int32_t type,
                                 size_t offset, const wbi_operand *arguments, uint32_t count) {
  const bool list = type == WB_LIST || type == WB_RECORD;
  bool given = false;
  for (uint32_t i = 0; i < count; i++)
    given = given || wbi_liquid_is_link(liquid, &arguments[i]);
  const bool changed = liquid->link && !list && !plain_link_kept(liquid, filter);
  if (changed || (given && filter->steps_in == 0))
    return wbi_liquid_refuse_at(liquid, WB_E_POLICY, offset, "A link is written as it stands.");
  liquid->link = given || (liquid->link && (!list || filter->gives != WB_INT));
  return WB_OK;
}
