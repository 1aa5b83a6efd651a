/* SPDX-License-Identifier: MIT */
/* Face of lib/liquid: policies and templates, for callers inside the library. */
#ifndef WBI_LIQUID_H
#define WBI_LIQUID_H

#include "facts/facts.h"

#include <winback/message.h>
#include <winback/template.h>

/* As wb_template_render, on facts that the caller has entered. */
wb_status wbi_template_render(const wb_template *compiled, wb_facts *facts, uint64_t row,
                              const wb_moment *moment, wbi_writer *writer, wb_error *error);
/* The classes that what a template writes depends on, as bits; words of the filter `general` count
   as what the policy declares. */
uint32_t wbi_template_label(const wb_template *compiled);
const wb_schema *wbi_template_schema(const wb_template *compiled);
const wb_schema *wbi_policy_schema(const wb_policy *policy);
/* The classes that may choose between texts on a channel, as a bit mask; 0: no such channel. */
uint32_t wbi_policy_choose(const wb_policy *policy, wbi_text channel);
/* The class that a text needs (enum wb_message_class), by what it reads and by its words; care is
   the least. Where it is more, `place` may be set to what raised it: an error at it, else
   untouched. */
int32_t wbi_template_class(const wb_template *compiled, wb_error *place);
/* Whether a policy said "widen": true. */
bool wbi_policy_widened(const wb_policy *policy);
/* SHA-256 of its text; NULL: of the built-in policy's. */
void wbi_policy_content(const wb_policy *policy, uint8_t content_id[32]);
/* Where the path of a link with a host begins, or else its query or fragment; the length: not
   yet. 0: there is no host in it. */
size_t wbi_link_path(wbi_text link);
/* The handle of an action, as wb_handle_make. */
void wbi_link_handle(wbi_sha256_mix mix, wbi_text secret, int32_t purpose, const uint8_t id[16],
                     char out[WB_HANDLE_LENGTH]);

#endif
