/* SPDX-License-Identifier: MIT */
/* Shared by the files that compile a campaign; private to lib/outreach. */
#ifndef WBI_OUTREACH_COMPILE_H
#define WBI_OUTREACH_COMPILE_H

#include "outreach/outreach.h"

enum {
  WBI_NAME_MAX = 64,
  WBI_STEPS_MAX = 64,
  WBI_SEGMENTS_MAX = 32,
  WBI_TEXTS_MAX = 128,
  WBI_CHOICES_MAX = 16
};

/* A campaign in the making. Objects of the JSON text are walked in the order of their names, so
   that a campaign and its canonical form compile alike. */
typedef struct wbi_compile {
  wb_campaign *campaign;
  wb_policy *policy;
  wb_error *error;
} wbi_compile;

/* Checks that a node is an object of these members. */
wb_status wbi_compile_object(const wbi_compile *compile, const wbi_json *node,
                             const char *const *names);
/* Copies a text of 1 to WBI_NAME_MAX bytes; `node` is where it stands. With `strict` it is made of
   a-z, 0-9 and '-'. */
wb_status wbi_compile_name(const wbi_compile *compile, const wbi_json *node, wbi_text name,
                           bool strict, wbi_text *copy);
/* A list of the campaign: an array or object of 1 to `most` children. */
wb_status wbi_compile_list(const wbi_compile *compile, const wbi_json *root, const char *name,
                           wbi_json_kind kind, uint32_t most, const wbi_json **list);
/* Zeroed items in the campaign's memory; NULL: the error is set to WB_E_NOMEM. */
void *wbi_compile_array(const wbi_compile *compile, size_t count, size_t item_size);
/* Gives the error of a rule or template the path of the node that holds its text. */
wb_status wbi_compile_inside(const wbi_compile *compile, const wbi_json *node, wb_status status);

/* The place of a member's text in a list of words. The first is the default; where it is empty the
   member has to be there. */
wb_status wbi_compile_word(const wbi_compile *compile, const wbi_json *node, const char *name,
                           const char *const *words, size_t count, const char *message,
                           int32_t *place);
/* A member that is a number: *value stays as it is when it is not there. */
wb_status wbi_compile_number(const wbi_compile *compile, const wbi_json *node, const char *name,
                             int32_t low, int32_t high, int32_t *value);
/* Reads {"days": 5} or {"hours": 2} as seconds that pass. */
wb_status wbi_compile_seconds(const wbi_compile *compile, const wbi_json *node, const char *name,
                              bool required, int32_t *seconds);
/* Reads a stretch of time, whose days may end at a time of the day and on some weekdays. */
wb_status wbi_compile_delay(const wbi_compile *compile, const wbi_json *node, wbi_delay *delay);
/* Compiles the rule in a member of an object. */
wb_status wbi_compile_rule(const wbi_compile *compile, const wbi_json *object, const char *name,
                           wb_rule **rule);
/* Finds a text by the node that names it. */
wb_status wbi_compile_text(const wbi_compile *compile, const wbi_json *node, uint16_t *index);
/* Whether a member of a text is no language. */
bool wbi_compile_is_setting(wbi_text name);
/* Compiles what a text says: English, the default, then the other languages by name. */
wb_status wbi_compile_wordings(const wbi_compile *compile, const wbi_json *node,
                               wbi_campaign_text *text);
/* The classes of what a rule reads, as bits. */
uint32_t wbi_compile_classes(const wbi_compile *compile, const wb_rule *rule);
/* Whether classes may choose between what is said on all parts of a channel (enum wb_channel). */
bool wbi_compile_may_choose(const wbi_compile *compile, int32_t channel, uint32_t classes);
wb_status wbi_compile_texts(const wbi_compile *compile, const wbi_json *root);
/* The texts that are no messages: the secure page and the postcard. */
wb_status wbi_compile_pages(const wbi_compile *compile, const wbi_json *root);
/* What kind of campaign it is: class, subject, hours, caps, re-entry, arms, capacity. */
wb_status wbi_compile_settings(const wbi_compile *compile, const wbi_json *root);
/* The offers that its steps name, and what its page says of them. */
wb_status wbi_compile_offers(const wbi_compile *compile, const wbi_json *root);
/* Whether what the texts of a step say of an offer goes with the one that it names. */
wb_status wbi_compile_offered(const wbi_compile *compile, const wbi_json *node,
                              const wbi_step *step);
/* The rule or variant by which a node chooses. */
wb_status wbi_compile_choice(const wbi_compile *compile, const wbi_json *node, wbi_choice *choice);
wb_status wbi_compile_steps(const wbi_compile *compile, const wbi_json *root);
/* Compiles what a step does; its id and those of all others are known. */
wb_status wbi_compile_step(const wbi_compile *compile, const wbi_json *node, wbi_step *step);
/* The step that a node names: a later one, or with `back` an earlier one. */
wb_status wbi_compile_jump(const wbi_compile *compile, const wbi_json *node, const wbi_step *from,
                           bool back, uint8_t *to);
wb_status wbi_compile_responses(const wbi_compile *compile, const wbi_json *root);
/* Every text is used by a step or response. */
wb_status wbi_compile_usage(const wbi_compile *compile, const wbi_json *root);

#endif
