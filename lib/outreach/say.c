/* SPDX-License-Identifier: MIT */
/* What a text of a campaign says to somebody: the wording of their language, rendered. */
#include "outreach/practice_private.h"

#include <winback/message.h>

enum { SAY_LINK_MOST = 2048 }; /* bytes that a link may begin with: none is longer */

wb_status wbi_say_wording(const wbi_campaign_text *text, const wbi_subject *subject,
                          const wbi_wording **wording, wb_error *error) {
  wb_value language = {.size = sizeof language};
  const wb_status status =
      wbi_facts_value(subject->facts, subject->row, subject->fields->patient_language,
                      subject->moment, &language, error);
  if (status != WB_OK) return status;
  *wording = &text->wordings[0];
  if (language.kind != WB_TEXT) return WB_OK;
  for (uint32_t i = 0; i < text->count; i++) {
    const wbi_text each = text->wordings[i].language;
    if (wbi_text_equal_fold(each, (wbi_text){language.data, language.length}))
      *wording = &text->wordings[i];
  }
  return WB_OK;
}

static wb_status say_no_memory(wb_error *error) {
  return wbi_fail(error, WB_E_NOMEM, "There is no memory for a text.");
}

wb_status wbi_say_link(const wb_practice *practice, const wbi_subject *subject,
                       const wbi_bytes16 *action, wbi_arena *arena, wb_error *error) {
  wb_value begin = {.size = sizeof begin};
  const wb_status status = wbi_facts_value(subject->facts, subject->row, subject->fields->link_url,
                                           subject->moment, &begin, error);
  if (status != WB_OK || begin.kind != WB_TEXT) return status;
  if (begin.length > SAY_LINK_MOST) return wbi_fail(error, WB_E_LIMIT, "The link is too long.");
  if (wbi_link_path((wbi_text){begin.data, begin.length}) == begin.length)
    return wbi_fail(error, WB_E_POLICY, "What the link begins with does not end its host.");
  const uint32_t length = begin.length + WB_HANDLE_LENGTH;
  char *link = wbi_arena_alloc(arena, length);
  if (link == NULL) return say_no_memory(error);
  memcpy(link, begin.data, begin.length);
  wbi_link_handle(practice->state.since_sync.mix,
                  (wbi_text){(const char *)practice->secret.bytes, sizeof practice->secret.bytes},
                  WB_LINK_BOOKING, action->bytes, link + begin.length);
  const wb_value lent = {.kind = WB_TEXT, .data = link, .length = length};
  wbi_facts_lend_one(subject->facts, WBI_LENT_MESSAGE_LINK, lent);
  return WB_OK;
}

/* Renders one template; without one the text is empty. */
static wb_status say_part(wb_practice *practice, const wb_template *compiled,
                          const wbi_subject *subject, wbi_arena *arena, const char **out,
                          wb_error *error) {
  wbi_vector *scratch = &practice->render;
  wbi_writer writer = {NULL, 0, 0};
  while (compiled != NULL) {
    writer = (wbi_writer){scratch->data, scratch->capacity, 0};
    wb_status status = wbi_template_render(compiled, subject->facts, subject->row, subject->moment,
                                           &writer, error);
    if (status != WB_OK) return status;
    if (writer.length <= scratch->capacity) break;
    status = wbi_vector_reserve(scratch, writer.length);
    if (status != WB_OK) return say_no_memory(error);
  }
  *out = wbi_arena_copy(arena, (wbi_text){writer.data, writer.length});
  return *out != NULL ? WB_OK : say_no_memory(error);
}

/* What a reader of a page reads: no more than the page, which was rendered where this is. */
static wb_status say_plain(wb_practice *practice, const char *html, wbi_arena *arena,
                           const char **out, wb_error *error) {
  wbi_vector *scratch = &practice->render;
  const size_t length = strlen(html);
  size_t needed = 0;
  const wb_status status = wb_plain_format(html, length, scratch->data, scratch->capacity, &needed);
  if (WBI_NEVER(status != WB_OK)) return wbi_fail(error, status, "The page has no text.");
  *out = wbi_arena_copy(arena, (wbi_text){scratch->data, needed});
  return *out != NULL ? WB_OK : say_no_memory(error);
}

wb_status wbi_say(wb_practice *practice, const wbi_wording *wording, const wbi_subject *subject,
                  wbi_arena *arena, wbi_said *said, wb_error *error) {
  wb_status status = say_part(practice, wording->subject, subject, arena, &said->subject, error);
  if (status == WB_OK)
    status = say_part(practice, wording->preheader, subject, arena, &said->preheader, error);
  if (status == WB_OK)
    status = say_part(practice, wording->html, subject, arena, &said->html, error);
  if (status != WB_OK) return status;
  return wording->body == NULL
             ? say_plain(practice, said->html, arena, &said->body, error)
             : say_part(practice, wording->body, subject, arena, &said->body, error);
}
