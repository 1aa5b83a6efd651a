/* SPDX-License-Identifier: MIT */
/* Face of lib/outreach: campaigns as the practice sees them, and the checks before a message. */
#ifndef WBI_OUTREACH_H
#define WBI_OUTREACH_H

#include "cel/cel.h"
#include "facts/facts.h"
#include "liquid/liquid.h"
#include "machine/machine.h"

#include <winback/call.h>
#include <winback/campaign.h>
#include <winback/consent.h>
#include <winback/practice.h>

/* ---- the fields that outreach itself reads -------------------------------------------------- */

/* Indices in the schema, found once per schema; they are part of the dental dictionary, so none
   can be missing. */
typedef struct wbi_outreach_fields {
  uint32_t patient_key, patient_excluded;
  uint32_t patient_age, patient_language;
  uint32_t text_permission, email_permission, text_detail, email_detail, mobile, email;
  uint32_t last_visit, due, location, region, today, public_coverage;
} wbi_outreach_fields;

wb_status wbi_outreach_fields_find(const wb_schema *schema, wbi_outreach_fields *fields);

/* One patient of the facts at a moment: what every check takes. The facts are entered. */
typedef struct wbi_subject {
  wb_facts *facts;
  uint64_t row;
  const wb_moment *moment;
  const wbi_outreach_fields *fields;
} wbi_subject;

/* ---- campaigns ------------------------------------------------------------------------------ */

typedef enum wbi_step_kind { WBI_STEP_SEND = 1, WBI_STEP_WAIT, WBI_STEP_EXIT } wbi_step_kind;

/* One text in one language; the templates of its parts. */
typedef struct wbi_wording {
  wbi_text language;
  wb_template *subject, *preheader, *html; /* e-mail only; NULL: it has none */
  wb_template *body;
} wbi_wording;

/* The text that is said instead where a rule is true. */
typedef struct wbi_choice {
  wb_rule *rule;
  uint16_t text;
} wbi_choice;

#define WBI_NO_TEXT UINT16_MAX

typedef struct wbi_campaign_text {
  wbi_text name;
  int32_t channel;   /* enum wb_channel */
  int32_t register_; /* enum wb_register */
  const wbi_wording *wordings;
  const wbi_choice *choices;
  uint32_t count; /* of wordings; the first is the default language */
  uint32_t choice_count;
  uint16_t detail;   /* said in its place with consent to detail; WBI_NO_TEXT: none */
  uint16_t fallback; /* said when this one cannot be rendered; WBI_NO_TEXT: none */
} wbi_campaign_text;

typedef struct wbi_step {
  wbi_text id;
  wbi_step_kind kind;
  uint16_t texts[4]; /* send: indices of texts, in order of preference, one a channel */
  uint32_t text_count;
  int32_t days;    /* wait: calendar days */
  int32_t seconds; /* wait: elapsed */
} wbi_step;

/* What follows a response of the patient: a call task after some time without a booking. */
typedef struct wbi_response {
  wbi_text name;   /* "clicked", "asks": the step id of its action */
  uint16_t text;   /* index of a text of channel call */
  int32_t seconds; /* after the response */
} wbi_response;

typedef struct wbi_named_rule {
  wbi_text name;
  wb_rule *rule;
} wbi_named_rule;

struct wb_campaign {
  wbi_refs refs;
  wbi_arena arena;
  wb_schema *schema;
  wbi_outreach_fields fields;
  wbi_text name, title, canonical;
  uint8_t content_id[32];
  wb_rule *audience;
  const wbi_named_rule *segments, *exits;
  const wbi_step *steps;
  const wbi_campaign_text *texts;
  const wbi_response *responses;
  uint32_t segment_count, exit_count, step_count, text_count, response_count;
  int32_t class_;    /* of its messages: enum wb_message_class */
  int32_t touches;   /* at most, per entry */
  int32_t rest_days; /* after the end, before the next entry */
};

/* As wb_campaign_match, on entered facts. */
wb_status wbi_campaign_match(const wb_campaign *campaign, const wbi_subject *subject,
                             wb_match *match, wb_error *error);
/* Whether somebody inside must leave now: *name is the exit ("booked") or standing exclusion, or
   empty. A rule that is unknown does not end anything. */
wb_status wbi_campaign_exit(const wb_campaign *campaign, const wbi_subject *subject, wbi_text *name,
                            wb_error *error);
/* The text that is said to somebody in place of one that a step names: by rule, and by consent to
   detail. WB_E_POLICY: it would be detail, and there is no consent. */
wb_status wbi_campaign_choose(const wb_campaign *campaign, const wbi_subject *subject,
                              uint16_t *text, wb_error *error);
/* Whether a text is said in place of another. */
bool wbi_campaign_stands_in(const wb_campaign *campaign, uint32_t index);
/* Index of a step or response by id; -1: none. */
int32_t wbi_campaign_step(const wb_campaign *campaign, wbi_text id);
int32_t wbi_campaign_response(const wb_campaign *campaign, wbi_text name);

/* ---- checks before a message ---------------------------------------------------------------- */

/* The first standing exclusion that holds ("deceased", "inactive", "do_not_contact"…), or empty. */
wb_status wbi_exclusion_find(const wbi_subject *subject, wbi_text *name, wb_error *error);

/* Longest normalised address, with its NUL. */
#define WBI_ADDRESS_MAX 321

/* Whether the record lets this patient be contacted on a channel (permission, age, address, last
   visit): *hold is WB_HOLD_NONE and address (NUL-terminated) and contact are set, or *hold is the
   reason. Opt-outs live in the machine and are asked there. */
typedef struct wbi_contact {
  int32_t hold;
  int32_t channel;
  char address[WBI_ADDRESS_MAX];
  wbi_bytes16 point;
} wbi_contact;

wb_status wbi_contact_find(const wbi_subject *subject, const wbi_bytes16 *secret, int32_t channel,
                           wbi_contact *contact, wb_error *error);

/* As wb_reply_parse, on valid UTF-8. */
void wbi_reply_find(wbi_text text, wb_reply *reply);

#endif
