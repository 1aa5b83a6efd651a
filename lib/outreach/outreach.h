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
#include <winback/metrics.h>
#include <winback/offer.h>
#include <winback/practice.h>

/* ---- the fields that outreach itself reads -------------------------------------------------- */

/* Indices in the schema, found once per schema; they are part of the dental dictionary, so none
   can be missing. */
typedef struct wbi_outreach_fields {
  uint32_t patient_key, patient_excluded;
  uint32_t patient_age, patient_language;
  uint32_t text_permission, email_permission, text_detail, email_detail, mobile, email;
  uint32_t visits, visit_key, visit_status, visit_start, visit_date, visit_minutes, visit_confirmed;
  uint32_t visit_hygiene, do_not_contact;
  uint32_t permission_on, mobile_given, only_channel, guardian, guarantor, confidential;
  uint32_t last_visit, next_visit, due, location, region, home, today, public_coverage,
      household_members;
  uint32_t household, recare_kind, unfinished_kind, link_url;
} wbi_outreach_fields;

wb_status wbi_outreach_fields_find(const wb_schema *schema, wbi_outreach_fields *fields);

/* One patient of the facts at a moment: what every check takes. The facts are entered. */
typedef struct wbi_subject {
  wb_facts *facts;
  uint64_t row;
  const wb_moment *moment;
  const wbi_outreach_fields *fields;
} wbi_subject;

/* A key that a field of the row has, empty where it has none, copied into WB_KEY_MAX bytes: what a
   row lends is gone when another is read. WB_E_RANGE: it is longer. Errors of the facts. */
wb_status wbi_subject_key(const wbi_subject *subject, uint32_t field, char *bytes, wbi_text *key,
                          wb_error *error);

/* ---- campaigns ------------------------------------------------------------------------------ */

typedef enum wbi_step_kind {
  WBI_STEP_SEND = 1,
  WBI_STEP_WAIT,
  WBI_STEP_AWAIT,  /* an event */
  WBI_STEP_BRANCH, /* by rules */
  WBI_STEP_CALL,   /* a task of the desk */
  WBI_STEP_GOAL,   /* a rule that ends it */
  WBI_STEP_REPEAT, /* goes back */
  WBI_STEP_EXIT
} wbi_step_kind;

/* What a campaign is about: the subject of its enrolments. */
typedef enum wbi_subject_kind {
  WBI_SUBJECT_PATIENT = 0,
  WBI_SUBJECT_APPOINTMENT,
  WBI_SUBJECT_OPENING,
  WBI_SUBJECT_NOTICE,
  WBI_SUBJECT_HOUSEHOLD
} wbi_subject_kind;

/* Who may enter again after `rest_days`. */
typedef enum wbi_reentry {
  WBI_REENTRY_ENDED = 0, /* whatever ended it */
  WBI_REENTRY_FINISHED,  /* who came to the end of the steps */
  WBI_REENTRY_NEVER
} wbi_reentry;

/* What it means that nobody knows whether a message was sent. */
typedef enum wbi_unknown {
  WBI_UNKNOWN_SENT = 0, /* it counts as sent */
  WBI_UNKNOWN_RECEIPT,  /* a receipt says, or after a time it counts as sent */
  WBI_UNKNOWN_CALL,     /* somebody calls */
  WBI_UNKNOWN_RESEND    /* it is handed out once more under its id */
} wbi_unknown;

/* What a step may await, as bits. */
enum {
  WBI_AWAIT_CLICKED = 1,
  WBI_AWAIT_REPLIED = 2,
  WBI_AWAIT_DELIVERED = 4,
  WBI_AWAIT_UNDELIVERED = 8,
  WBI_AWAIT_BOOKED = 16,
  WBI_AWAIT_KEPT = 32,
  WBI_AWAIT_CALL = 64 /* no event: the call about a message of which nobody knows */
};

/* Where a wait counts from. */
typedef enum wbi_wait_from { WBI_FROM_NOW = 0, WBI_BEFORE_VISIT, WBI_AFTER_VISIT } wbi_wait_from;

/* A stretch of time: hours that pass, or local days and the time of the last one. */
typedef struct wbi_delay {
  int32_t seconds;   /* that pass, after the days */
  int32_t days;      /* local ones */
  int32_t at;        /* second of that day; -1: its beginning */
  uint32_t weekdays; /* on which it may end, as wb_window.weekdays; 0: no matter */
} wbi_delay;

/* One text in one language; the templates of its parts. */
typedef struct wbi_wording {
  wbi_text language;
  wb_template *subject, *preheader, *html; /* of e-mails and pages; NULL: it has none */
  wb_template *body;                       /* NULL: what a reader of the HTML reads */
} wbi_wording;

enum { WBI_PRIORITY_MAX = 100 };
#define WBI_NO_TEXT UINT16_MAX
#define WBI_NO_VARIANT UINT8_MAX
/* What those who are held out are called among the variants. */
#define WBI_HELD_OUT_NAME "held-out"

/* What is done instead for one variant, or where a rule is true. */
typedef struct wbi_choice {
  wb_rule *rule;   /* NULL: by the variant */
  uint16_t index;  /* of a text, or of a step */
  uint8_t variant; /* WBI_NO_VARIANT: by the rule */
} wbi_choice;

/* Channels of texts besides those that messages go by: what is shown or printed when asked for. */
enum { WBI_CHANNEL_POSTCARD = WB_CHANNEL_CALL + 1, WBI_CHANNEL_PAGE };

typedef struct wbi_campaign_text {
  wbi_text name;
  int32_t channel;     /* enum wb_channel, or one of the above */
  int32_t register_;   /* enum wb_register */
  int32_t recipient;   /* enum wb_recipient */
  int32_t asks_detail; /* 1: an answer to it may be consent to detail */
  const wbi_wording *wordings;
  const wbi_choice *choices;
  uint32_t count; /* of wordings; the first is the default language */
  uint32_t choice_count;
  uint16_t guardian; /* said in its place of a minor, to whoever stands for them */
  uint16_t detail;   /* said in its place with consent to detail; WBI_NO_TEXT: none */
  uint16_t fallback; /* said when this one cannot be rendered; WBI_NO_TEXT: none */
} wbi_campaign_text;

typedef struct wbi_step {
  wbi_text id;
  wbi_step_kind kind;
  uint8_t next;      /* the step that follows */
  uint8_t other;     /* await, call, send if unknown: after `within`; repeat: to go back to */
  uint8_t awaits;    /* await: bits */
  uint8_t at_most;   /* repeat: how many times */
  uint16_t texts[4]; /* send: indices of texts, in order of preference, one a channel; call: one */
  uint32_t text_count;
  uint16_t note;          /* send: text of the call, when nobody knows whether it was sent */
  wbi_unknown unknown;    /* send */
  int32_t within;         /* await, call, send if unknown: seconds after which it is over */
  int32_t stale_after;    /* send: seconds after it was due; 0: never */
  wbi_wait_from from;     /* wait */
  wbi_delay delay;        /* wait */
  bool timed;             /* a wait that ends at a time of the day leads here */
  wbi_text offer;         /* send: the name of the offer that its texts speak of; or empty */
  wb_rule *rule;          /* goal */
  const wbi_choice *ways; /* branch: to other steps, the first that is true */
  uint32_t way_count;
} wbi_step;

/* Whether a step only decides where the sequence goes: at once, and at any hour. */
static inline bool wbi_step_decides(const wbi_step *step) {
  return step->kind == WBI_STEP_BRANCH || step->kind == WBI_STEP_GOAL ||
         step->kind == WBI_STEP_REPEAT;
}

/* What follows a response of the patient: a call task after some time without a booking. */
typedef struct wbi_response {
  wbi_text name;   /* "clicked", "asks": the step id of its action */
  uint16_t text;   /* index of a text of channel call */
  int32_t seconds; /* after the response */
  bool continues;  /* the sequence, when nobody was reached; else it ends */
} wbi_response;

typedef struct wbi_named_rule {
  wbi_text name;
  wb_rule *rule;
} wbi_named_rule;

/* One arm of a test: a share of those who enter. */
typedef struct wbi_variant {
  wbi_text name;
  uint32_t share; /* percent */
} wbi_variant;

/* What a visit takes of one column of the book. */
typedef struct wbi_chair_need {
  wbi_text schedule; /* "hygiene" */
  uint32_t minutes;
} wbi_chair_need;

/* How many may be inside and enter, and the chair time that they may be promised; 0: no limit. */
typedef struct wbi_capacity {
  uint32_t inside;              /* at once */
  uint32_t per_day;             /* entries, at each location */
  const wbi_chair_need *chairs; /* of a visit that is booked */
  uint32_t chair_count;
} wbi_capacity;

/* An offer that steps name. */
typedef struct wbi_campaign_offer {
  wbi_text name;
  wb_offer *offer;
} wbi_campaign_offer;

struct wb_campaign {
  wbi_refs refs;
  wbi_arena arena;
  wb_schema *schema;
  wb_policy *policy; /* that its texts were compiled by; NULL: the built-in one */
  wbi_outreach_fields fields;
  wbi_text name, title, canonical;
  uint8_t content_id[32];
  wb_rule *audience;
  const wbi_named_rule *segments, *exits;
  const wbi_step *steps;
  const wbi_campaign_text *texts;
  const wbi_response *responses;
  const wbi_variant *variants;
  const wbi_campaign_offer *offers;
  uint32_t segment_count, exit_count, step_count, text_count, response_count, variant_count;
  uint32_t offer_count;
  uint16_t page, postcard;  /* indices of texts; WBI_NO_TEXT: it has none */
  wbi_windows hours;        /* within those of the practice; count 0: those of the practice */
  wbi_text salt;            /* of hold-out and variants */
  wbi_capacity capacity;    /* besides the practice's */
  wbi_subject_kind subject; /* what it is about */
  wbi_reentry reentry;
  int32_t class_;                        /* of its messages: enum wb_message_class */
  int32_t touches;                       /* at most, per entry */
  int32_t rest_days;                     /* after the end, before the next entry */
  uint32_t per_day, per_week, per_month; /* messages to a patient; 0: as the practice has it */
  int32_t priority;                      /* among campaigns: higher goes first */
  int32_t holdout;                       /* percent of those who enter */
};

/* As wb_campaign_match, on entered facts. */
wb_status wbi_campaign_match(const wb_campaign *campaign, const wbi_subject *subject,
                             wb_match *match, wb_error *error);
/* The same for a pass over all rows, in which most are not meant: the audience is asked first, and
   whoever is certainly not in it is not told apart from who is excluded besides. */
wb_status wbi_campaign_lets_in(const wb_campaign *campaign, const wbi_subject *subject,
                               wb_match *match, wb_error *error);
/* Whether somebody inside must leave now: *name is the exit ("booked") or standing exclusion, or
   empty. A rule that is unknown does not end anything. */
wb_status wbi_campaign_exit(const wb_campaign *campaign, const wbi_subject *subject, wbi_text *name,
                            wb_error *error);
/* The bucket, of 10,000, that a unit falls into in a draw (":holdout", ":variants"). */
uint32_t wbi_arm_bucket(wbi_text salt, wbi_text draw, wbi_text unit);
/* What is drawn for somebody who enters, by household, else by their key. */
typedef struct wbi_arm {
  uint8_t variant; /* with WBI_EXEMPT */
  bool held;       /* is held out, where enough enter to tell */
} wbi_arm;

wb_status wbi_arm_draw(const wb_campaign *campaign, const wbi_subject *subject, wbi_text key,
                       wbi_arm *arm, wb_error *error);
/* The text that is said to somebody of a variant in place of one that a step names: by rule or
   variant, and by consent to detail. WB_E_POLICY: it would be detail, and there is no consent. */
wb_status wbi_campaign_choose(const wb_campaign *campaign, const wbi_subject *subject,
                              uint8_t variant, uint16_t *text, wb_error *error);
/* The offer of a name; NULL: none. */
const wb_offer *wbi_campaign_offer_of(const wb_campaign *campaign, wbi_text name);
/* Whether a message of a campaign is about an offer that its step does not name: it goes to nobody.
 */
bool wbi_campaign_lacks_offer(const wb_campaign *campaign);
/* Whether a campaign is about visits: it follows up on those that are over, or asks of each whether
   it stands. */
bool wbi_campaign_follows(const wb_campaign *campaign);
bool wbi_campaign_confirms(const wb_campaign *campaign);
/* Whether a text is said in place of this one, or of any. */
bool wbi_campaign_text_stands_in(const wbi_campaign_text *text, uint32_t index);
bool wbi_campaign_stands_in(const wb_campaign *campaign, uint32_t index);
/* The rank of those who enter: a campaign of a higher priority has a lower one. */
static inline uint8_t wbi_campaign_rank(const wb_campaign *campaign) {
  return (uint8_t)(WBI_PRIORITY_MAX - campaign->priority);
}
/* Index of a step or response by id; -1: none. */
int32_t wbi_campaign_step(const wb_campaign *campaign, wbi_text id);
int32_t wbi_campaign_response(const wb_campaign *campaign, wbi_text name);

/* ---- checks before a message ---------------------------------------------------------------- */

/* The first standing exclusion that holds ("deceased", "inactive", "do_not_contact"…), or empty. */
wb_status wbi_exclusion_find(const wbi_subject *subject, wbi_text *name, wb_error *error);

/* Longest normalised address, with its NUL. */
#define WBI_ADDRESS_MAX 321

/* What a record says to a channel. */
typedef enum wbi_permission {
  WBI_PERMISSION_UNKNOWN,
  WBI_PERMISSION_YES,
  WBI_PERMISSION_NO
} wbi_permission;

/* What the record says of a patient on a channel, and the address there. */
typedef struct wbi_contact {
  int32_t channel;
  int32_t permission;            /* wbi_permission */
  int32_t unusable;              /* why there is no address, or WB_HOLD_NONE */
  int32_t age;                   /* -1: not known */
  wb_date today, seen;           /* seen: the last completed visit; WB_DATE_NONE: never */
  wb_date permitted;             /* when permission was given; WB_DATE_NONE: not known */
  bool given;                    /* the address, by the patient */
  bool other_way;                /* asked to be reached otherwise, or not at all */
  const wb_zone *zone;           /* of the location, or of the moment; NULL: not known */
  char region[8];                /* of the location; "": not known */
  char home[8];                  /* region where the patient lives; "": not known */
  char address[WBI_ADDRESS_MAX]; /* as normalised */
  wbi_bytes16 point;
  wbi_bytes16 mobile; /* contact point of the patient's number, of another channel; zero: none */
} wbi_contact;

/* Reads the record. */
wb_status wbi_contact_find(const wbi_subject *subject, const wbi_bytes16 *secret, int32_t channel,
                           wbi_contact *contact, wb_error *error);

/* What decides whether a message may go to a contact point: the record, the law, and what the
   machine knows. */
typedef struct wbi_consent_case {
  const wbi_contact *contact;
  const wbi_law_consent *law;
  uint8_t flags;     /* of the contact point */
  bool assumed;      /* by a setting of the practice unknown counts as yes */
  bool refused;      /* a no on record in the machine */
  bool stopped;      /* of another channel than texts: the patient opted out of those */
  bool authorized;   /* a yes on record is one to what a third party pays for */
  int32_t consent;   /* a yes on record in the machine: wbi_need, or WBI_NEED_NONE */
  wbi_bytes16 event; /* that gave it */
  wb_date changed;   /* the address is new since then; WB_DATE_NONE: it is not */
  wb_date consented; /* on this day; WB_DATE_NONE */
  wb_date answered;  /* last answer from there; WB_DATE_NONE: never */
  wb_date checked;   /* the number, last, and it was not another's; WB_DATE_NONE: never */
} wbi_consent_case;

typedef struct wbi_consent_answer {
  int32_t hold;      /* WB_HOLD_NONE: it may */
  int32_t basis;     /* wbi_consent_basis */
  bool authorized;   /* also what a third party pays for */
  bool minor;        /* known to be, where the patient is */
  wb_date since;     /* of the consent; WB_DATE_NONE: not known */
  wbi_bytes16 event; /* that it stands on; zero: none */
  const char *rule;  /* of the law that decided; "" */
} wbi_consent_answer;

/* What the consent to a class of message is on record as: care and benefit are one. */
int32_t wbi_consent_purpose(int32_t message_class);
/* Decides. Depends on nothing but the case. */
wbi_consent_answer wbi_consent_decide(const wbi_consent_case *asked);

/* As wb_reply_parse, on valid UTF-8. */
void wbi_reply_find(wbi_text text, wb_reply *reply);
/* Whether all of a text, valid UTF-8, is what a list of the lexicon has. */
bool wbi_reply_is(wbi_text text, const char *list);
/* Whether it is a number and nothing else: an answer, where something was asked. */
bool wbi_reply_number(wbi_text text);

#endif
