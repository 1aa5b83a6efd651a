/* SPDX-License-Identifier: MIT */
/*
 * Face of lib/machine: what a practice remembers, and the only way to change it.
 *
 * A change is planned as *effects* (outcomes, never questions), written at once in the journal's
 * own bytes; memory for it is reserved; the host appends the bytes; then they are committed. Commit
 * reads the same bytes that replay reads, and is the only code that changes a wbi_state. So replay
 * needs no facts, rules, templates or zones.
 */
#ifndef WBI_MACHINE_H
#define WBI_MACHINE_H

#include "machine/effect.h"
#include "machine/index.h"

#include <winback/journal.h>
#include <winback/opening.h>
#include <winback/practice.h>

/* Counted contacts kept for a patient; no cap may be larger. */
#define WBI_COUNTED_KEPT 8
#define WBI_DEFINITIONS_MAX 256
/* Settings of a practice, by name. */
#define WBI_SETTING_PERMISSION "unknown_permission"
#define WBI_SETTING_KEPT "kept_days"
/* A visit is credited if it is booked so many days after a message, and counts as kept so many days
   after it, or after an entry; a credit is remembered for so many. */
enum { WBI_BOOKED_DAYS = 30, WBI_KEPT_DAYS = 120, WBI_CREDIT_DAYS = WB_KEPT_DAYS_MAX };
/* The variant of those who are held out; and a mark in the variant of those who never are, where
   others of the campaign may be: what becomes of them is compared with nobody. */
enum { WBI_HELD_OUT = 255, WBI_EXEMPT = 0x80 };
/* The step that follows the last one. */
#define WBI_STEP_END 255
/* The last of enum wb_hold that an enrolment can have. */
#define WBI_HOLD_LAST WB_HOLD_LATE

/* ---- what is remembered --------------------------------------------------------------------- */

/* What is known of a patient besides. */
enum {
  WBI_PATIENT_LEFT = 1,
  WBI_PATIENT_DECEASED = 2,
  WBI_PATIENT_OPTED_OUT = 4, /* told of by key, when no number was known */
  WBI_PATIENT_MERGED = 8     /* the key stands for another patient; this one has nothing itself */
};

typedef struct wbi_patient {
  uint32_t enrollments; /* first of a chain, or WBI_NONE */
  uint32_t consents;    /* first of a chain, or WBI_NONE; merged: the other's number */
  uint32_t alias;       /* volatile: first key that stands for this one; merged: next of those */
  uint32_t mark;        /* volatile: the poll that last handed something out */
  uint32_t reached;     /* volatile, a guess: the contact point of the last message */
  uint32_t counted[WBI_COUNTED_KEPT]; /* minutes of contacts since 1970, newest last */
  uint8_t count;                      /* of them */
  uint8_t urgent;                     /* open tasks on the list Now, counted up to 255 */
  uint8_t flags;                      /* WBI_PATIENT_LEFT… */
} wbi_patient;

/* The desk's lists, as enum wb_desk_list. */
enum { WBI_LIST_OUTREACH = 1, WBI_LIST_INBOX, WBI_LIST_NOW, WBI_LIST_VISITS };
/* The lists of the desk that have limits: calls, and visits without an answer. */
enum { WBI_LIMITED = 2 };
/* The place of a list among those that have limits; WBI_LIMITED: it has none. */
static inline uint32_t wbi_list_limited(uint8_t list) {
  return list == WBI_LIST_OUTREACH ? 0 : list == WBI_LIST_VISITS ? 1 : WBI_LIMITED;
}

typedef struct wbi_location {
  wb_date admission_day, task_day[WBI_LIMITED];
  uint32_t admitted, tasks[WBI_LIMITED]; /* on those days */
  uint32_t minute, messages;             /* the last with messages, since 1970; how many in it */
  uint32_t mark, planned[WBI_LIMITED];   /* volatile: tasks planned in one poll */
  uint32_t sends, admits;                /* volatile: messages, and those of them that take a place
                                            of the day */
  uint8_t paused;
  uint8_t told; /* volatile: in this poll a task says that nothing opens */
} wbi_location;

/* One patient in one campaign, about one subject; ended ones stay as a mark with their entry
   number, those about a visit, an opening or an event for 90 days. */
typedef struct wbi_enrollment {
  wb_time entered;
  wb_time wake;     /* waiting: until when; claimed: of the response; ended: since when */
  uint32_t patient; /* number of the key */
  uint32_t next;    /* of the same patient */
  uint32_t location;
  uint32_t detail;  /* ended: number of the reason; else 1 + the action under way, or 0 */
  uint32_t subject; /* number in state.subjects; WBI_NONE: the patient itself */
  uint32_t touched; /* seconds from the entry to the last message that went out */
  uint32_t since;   /* seconds from the entry to when the wait began; put off: to when it was due */
  uint16_t definition, entry;
  uint8_t segment, step, touches, state, hold;
  uint8_t variant;  /* of the campaign, from 0; WBI_HELD_OUT: walks without messages */
  uint8_t rank;     /* of the campaign at entry: the lower goes first */
  uint8_t loop;     /* how many times it went back */
  uint8_t awaits;   /* events that end the step, as bits; 0: it does not wait for one */
  uint8_t events;   /* that came since the last message, as bits */
  uint8_t response; /* 1 + index of a response that waits, or 0 */
  uint8_t counted;  /* bits: what the metrics have of it already */
  uint8_t put_off;  /* 1: its step was due, and waits once more: it was throttled, or is spread */
  uint8_t signals;  /* of interest, since the entry: enum wb_signal */
  uint8_t outside;  /* 1: without a place, though what holds it by now does not tell */
  uint8_t gone;     /* volatile: another stands in its place */
} wbi_enrollment;

/* Of an enrolment that a merge touched: the key, by number, and how high a number of an entry was
   taken, by whatever key. */
typedef struct wbi_origin {
  uint32_t enrollment;
  uint32_t key; /* under which it began: its ids are made of it */
  uint16_t last;
} wbi_origin;

typedef struct wbi_action {
  wbi_bytes16 id;
  wbi_bytes16 contact;
  wb_time claimed_at, deliver_by;
  wb_time next_wake; /* once sent */
  uint32_t enrollment;
  uint32_t sibling; /* volatile: next action to the same contact point */
  wb_date day;      /* on which it counts */
  uint16_t entry, attempt;
  uint16_t definition; /* that step and text are of */
  uint8_t step, next_step, text, kind, channel, state, cause;
  uint8_t tries; /* throttled, late or handed out once more so far */
} wbi_action;

/* Whether an action is a message: one that is resent is the message that it was. */
static inline bool wbi_action_message(uint8_t kind) {
  return kind != WB_ACTION_CALL_TASK;
}

/* What is known of a contact point. */
enum {
  WBI_CONTACT_OPTED_OUT = 1,
  WBI_CONTACT_CLOSED = 2,
  WBI_CONTACT_TEXTED = 4, /* something was handed out to it */
  WBI_CONTACT_ALL = 7
};

typedef struct wbi_contact_point {
  wbi_bytes16 id;
  wb_time at;       /* of the last change of its flags */
  wb_time answered; /* last; 0: never */
  wb_time checked;  /* last, and it was still the same person's; 0: never */
  uint32_t actions; /* volatile: first of a chain, or WBI_NONE */
  uint8_t flags;
  uint8_t used; /* volatile: while forgetting */
} wbi_contact_point;

/* What a patient agreed to, or did not, at a contact point; those of one patient in a chain. */
typedef struct wbi_consent {
  wbi_bytes16 contact;
  wbi_bytes16 event; /* that said so */
  wb_time at;
  uint32_t next;
  uint32_t source, wording; /* numbers in state.names */
  uint8_t channel;
  uint8_t purpose; /* enum wb_message_class, WB_PURPOSE_DETAIL; 0 with WB_CONSENT_CHANGED */
  uint8_t level;   /* enum wb_consent_level */
} wbi_consent;

typedef struct wbi_seen {
  wbi_bytes16 id;
  wb_time at;
} wbi_seen;

/* An open task; kept in the order of the desk. */
typedef struct wbi_open_task {
  wbi_bytes16 id;
  wb_time opened;
  wb_time due;     /* it rests until then */
  wb_time expires; /* WB_TIME_MAX: never */
  uint32_t patient, location;
  uint32_t subject;    /* number in state.subjects; WBI_NONE: the patient itself */
  uint32_t reason;     /* number */
  uint16_t definition; /* WBI_DEFINITIONS_MAX: none */
  uint8_t list;
  uint8_t rank; /* within the list: lower first */
  uint8_t attempts, signals;
} wbi_open_task;

/* A time that came free; kept in the order of keys. */
typedef struct wbi_opening {
  wb_time start;
  wb_time until;     /* of the next wave, of a tentative hold; over: since when */
  uint32_t key;      /* number in state.subjects */
  uint32_t location; /* number */
  uint32_t schedule; /* number in state.names */
  uint32_t holder;   /* patient, or WBI_NONE */
  uint32_t minutes, asked;
  uint16_t waves, generation;
  uint8_t depth, state;
} wbi_opening;

/* What a patient was offered by an action. */
typedef struct wbi_gift {
  wbi_bytes16 id;
  uint32_t patient;
  uint32_t cents;
  wb_date day;
} wbi_gift;

/* The chair time of a location and schedule; kept in the order of their keys. */
typedef struct wbi_chair {
  wb_time at;        /* of the report */
  uint32_t location; /* number */
  uint32_t schedule; /* number in state.names */
  uint32_t open;     /* minutes, as reported */
  uint32_t booked;   /* minutes, since then */
} wbi_chair;

/* What an effect says of chair time. */
enum { WBI_CHAIR_OPEN, WBI_CHAIR_BOOKED };

/* A definition somebody may be inside of; its number is for ever. */
typedef struct wbi_definition {
  uint8_t content_id[32];
  uint32_t name;           /* number in state.names */
  uint32_t offset, length; /* of the canonical form, in state.canonical */
  uint32_t ended, booked;  /* of those who got a message: that left, and because of a visit */
  uint8_t current;         /* the newest of its name */
  uint8_t launched;        /* new people enter by it */
  uint8_t paused;          /* alike for all of one name */
  uint8_t stopped;         /* the same: nobody may launch it */
  uint8_t broken;          /* volatile: does not compile */
  void *compiled;          /* volatile: outreach's */
} wbi_definition;

/* A text that is no longer said, in no definition of a campaign. */
typedef struct wbi_withdrawn {
  uint32_t campaign, text; /* numbers in state.names */
} wbi_withdrawn;

/* A variant without the mark. */
static inline uint8_t wbi_variant_drawn(uint8_t marked) {
  return marked == WBI_HELD_OUT ? marked : marked & (uint8_t)~WBI_EXEMPT;
}

/* What came of a campaign's segment and variant. */
typedef struct wbi_metric {
  uint64_t entered, contacted, messages, responded, booked, kept, came;
  wb_cents production;
  wb_time last_entered;
  uint16_t definition;
  uint8_t segment, variant;
} wbi_metric;

/* How a visit stands. */
enum { WBI_VISIT_BOOKED = 1, WBI_VISIT_KEPT = 2, WBI_VISIT_REVERSED = 3 };

/* A visit that is credited to a message. */
typedef struct wbi_credit {
  wbi_bytes16 id;
  wb_time touched;
  wb_cents value;
  uint16_t definition;
  uint8_t segment, variant, state;
} wbi_credit;

typedef struct wbi_wake {
  uint64_t rank; /* when and rank, in either order, then segment, then a hash of the patient's key…
                  */
  uint32_t order; /* …and the rest of it */
  uint32_t enrollment;
} wbi_wake;

/* Heaps of those who wait until a time, and of those who are held and looked at again then; whoever
   is due by precedence: a list, the first of them last, and a heap of those who came since. */
enum { WBI_WAITING, WBI_LOOKING, WBI_DUE, WBI_LATE, WBI_WAKES };

typedef struct wbi_state {
  wb_context *context;
  wbi_text key;      /* of the practice; the owner's memory */
  wbi_bytes16 check; /* of key and secret */
  uint64_t sequence; /* of the last record; 0: nothing happened yet */
  wb_time last;      /* of the last record; WB_TIME_NONE */
  uint32_t epoch;    /* how often it was restored from a backup */
  uint8_t restoring; /* nothing leaves until the host has said what was sent since */
  uint32_t grace;    /* seconds from deliver_by to unknown; the owner's setting */
  uint32_t format;   /* of what is written; 0: the newest; the owner's setting */
  uint8_t paused;
  uint8_t paused_classes; /* bits by enum wb_message_class */
  uint8_t assume;         /* a setting: where nothing is known of permission it counts as given */
  uint8_t kept_days;      /* a setting: in which a visit counts after an entry */
  wbi_crc32c_run crc32c;  /* of records and snapshots, by what the processor has */
  wbi_sha256 since_sync;  /* of the journal's bytes */
  wbi_sha256 since_seal;  /* of the digests of sync records */
  wb_time sealed_at;      /* WB_TIME_NONE: never */
  uint32_t unsealed;      /* 1: something happened since */
  wbi_keys patients, locations, names, subjects;
  wbi_vector patient, location; /* what belongs to the keys */
  wbi_vector enrollment, origin, consent;
  wbi_table actions, contacts, seen, gifts, credits;
  wbi_vector task, definition, opening, chair;
  wbi_vector metric;                          /* in the order of definition, segment, variant */
  wbi_vector withdrawn;                       /* wbi_withdrawn */
  uint32_t openings_asked, openings_accepted; /* ever */
  wbi_vector canonical;                       /* char: definitions, one after the other */
  wbi_vector wakes[WBI_WAKES];                /* wbi_wake: who is looked at next */
  uint64_t looks;    /* volatile: reasons for a hold that may have gone, as bits, for whoever had
                        taken somebody out of the heaps */
  uint8_t look_all;  /* volatile: whoever is held is looked at next */
  wbi_vector places; /* uint32_t: of each enrolment in one of the wakes, or WBI_NONE */
} wbi_state;

/* Whether a message left, or may have: it counts, and its step is done. */
static inline bool wbi_action_left(uint8_t state) {
  return state == WB_ACTION_CLAIMED || state == WB_ACTION_SENT || state == WB_ACTION_UNKNOWN ||
         state == WB_ACTION_DELIVERED;
}

void wbi_state_init(wbi_state *state, wb_context *context, wbi_text key, const wbi_bytes16 *check);
void wbi_state_free(wbi_state *state);
/* SHA-256 of a text, by what the processor has for it. */
void wbi_state_digest(const wbi_state *state, wbi_text text, uint8_t out[32]);
static inline wbi_patient *wbi_state_patient(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->patient, number);
}
static inline wbi_location *wbi_state_location(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->location, number);
}
static inline wbi_enrollment *wbi_state_enrollment(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->enrollment, number);
}
static inline wbi_definition *wbi_state_definition(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->definition, number);
}
/* Where an enrolment came from: of one that no merge touched what is its own. */
wbi_origin wbi_state_origin(const wbi_state *state, uint32_t enrollment);
/* Whether an origin says more than its enrolment does. */
bool wbi_origin_says(const wbi_state *state, const wbi_origin *origin);
/* Notes an origin; there is room for it. */
void wbi_origin_set(wbi_state *state, wbi_origin origin);
/* Canonical form of a definition; borrowed until another is added. */
wbi_text wbi_state_canonical(const wbi_state *state, const wbi_definition *definition);
static inline wbi_action *wbi_state_action(const wbi_state *state, uint32_t number) {
  return wbi_table_at(&state->actions, number);
}
wbi_open_task *wbi_state_task(const wbi_state *state, uint32_t number);
/* The definition by its content; WBI_NONE. */
uint32_t wbi_state_content(const wbi_state *state, const uint8_t content_id[32]);
/* The newest definition of a name; WBI_NONE. */
uint32_t wbi_state_campaign(const wbi_state *state, wbi_text name);
/* Enrolment of a patient in exactly this definition, about a subject; WBI_NONE. */
uint32_t wbi_state_enrolled(const wbi_state *state, wbi_text patient, uint32_t definition,
                            wbi_text subject);
/* The open task with an id; WBI_NONE. */
uint32_t wbi_state_task_find(const wbi_state *state, const wbi_bytes16 *id);
/* The enrolment that a task is of, by whatever definition of its campaign, unless that is over;
   WBI_NONE. */
uint32_t wbi_task_enrollment(const wbi_state *state, const wbi_open_task *task);
/* How many tasks of a list are open at a location. */
uint32_t wbi_state_tasks(const wbi_state *state, uint32_t location, uint8_t list);
/* Enrolment of a patient in any definition of the same name, about a subject; WBI_NONE. */
uint32_t wbi_state_inside(const wbi_state *state, uint32_t patient, uint32_t definition,
                          wbi_text subject);
/* The key of a subject by its number, or of an enrolment's; empty: the patient itself. */
wbi_text wbi_state_about(const wbi_state *state, uint32_t subject);
wbi_text wbi_state_subject(const wbi_state *state, const wbi_enrollment *enrollment);
/* Whether an enrolment is remembered. */
bool wbi_state_remembers(const wbi_state *state, const wbi_enrollment *enrollment);
/* When the wait of an enrolment began; when its step was first due. */
static inline wb_time wbi_enrollment_since(const wbi_enrollment *enrollment) {
  return enrollment->entered + enrollment->since;
}
static inline wb_time wbi_enrollment_due(const wbi_enrollment *enrollment) {
  return enrollment->put_off ? wbi_enrollment_since(enrollment) : enrollment->wake;
}
/* Whether a hold tells that there was no place. */
bool wbi_hold_placeless(uint8_t hold);
/* Whether an enrolment has no place: held since it entered, or at a message that it began with, for
   lack of one, or because no message reaches it, whatever else holds it by now. */
bool wbi_enrollment_outside(const wbi_enrollment *enrollment);
/* Order of a patient's enrolments, in which they are chained: definition, then subject. */
bool wbi_enrollment_before(const wbi_state *state, uint32_t a, uint32_t b);
wbi_chair *wbi_state_chair(const wbi_state *state, uint32_t number);
/* The chair time of a location and schedule; WBI_NONE: never reported. */
uint32_t wbi_state_chair_find(const wbi_state *state, wbi_text location, wbi_text schedule);
/* What a patient was offered in the 366 days up to `today`, in cents, but by one action (NULL: by
   any). */
int64_t wbi_state_given(const wbi_state *state, uint32_t patient, wb_date today,
                        const wbi_bytes16 *but);
wbi_opening *wbi_state_opening(const wbi_state *state, uint32_t number);
wbi_text wbi_opening_key(const wbi_state *state, const wbi_opening *opening);
/* The opening of a key; WBI_NONE. */
uint32_t wbi_state_opening_find(const wbi_state *state, wbi_text key);
/* Whether nobody can have an opening any more; whether it is remembered all the same. */
bool wbi_opening_over(const wbi_opening *opening);
bool wbi_opening_remembered(const wbi_state *state, const wbi_opening *opening);
/* Whether an opening is to be looked at now; while its place is paused it is not. */
bool wbi_opening_due(const wbi_state *state, const wbi_opening *opening, wb_time now);
/* When an opening is looked at next; WB_TIME_NONE: there is none. */
wb_time wbi_state_opening_wake(const wbi_state *state);
/* The patient whom a merged one is now; WBI_NONE: it is none. */
static inline uint32_t wbi_patient_merged(const wbi_patient *patient) {
  return (patient->flags & WBI_PATIENT_MERGED) != 0 ? patient->consents : WBI_NONE;
}
/* Whether a patient left, or has died: nothing begins for them. */
static inline bool wbi_patient_away(const wbi_patient *patient) {
  return (patient->flags & (WBI_PATIENT_LEFT | WBI_PATIENT_DECEASED)) != 0;
}
/* The patient that a key stands for; WBI_NONE: never heard of. */
uint32_t wbi_state_person(const wbi_state *state, wbi_text key);
/* Whether a contact point opted out or is closed; 0 when never heard of. */
uint8_t wbi_state_contact(const wbi_state *state, const wbi_bytes16 *point);
/* Whether a text of a campaign is withdrawn. */
bool wbi_state_withdrawn(const wbi_state *state, wbi_text campaign, wbi_text text);
/* Whether a contact point says something that is not to be forgotten. */
bool wbi_point_says(const wbi_contact_point *point);
/* The contact point; NULL: never heard of. */
const wbi_contact_point *wbi_state_point(const wbi_state *state, const wbi_bytes16 *point);
/* What a patient agreed to there, unless that was before it became theirs; and the record that it
   did. NULL: there is none. Patient WBI_NONE: nobody. */
const wbi_consent *wbi_state_consent(const wbi_state *state, uint32_t patient,
                                     const wbi_bytes16 *contact, int32_t channel, int32_t purpose);
const wbi_consent *wbi_state_changed(const wbi_state *state, uint32_t patient,
                                     const wbi_bytes16 *contact, int32_t channel);
/* Counted contacts of a patient since an instant, which counts. */
uint32_t wbi_state_counted(const wbi_state *state, uint32_t patient, wb_time since);
/* To the minute, when the last contact but `before` was; WB_TIME_NONE: there are not so many. */
wb_time wbi_state_contacted(const wbi_state *state, uint32_t patient, uint32_t before);
/* Whether an action is remembered: it is open, or not old. */
bool wbi_state_keeps(const wbi_state *state, const wbi_action *action);
wbi_metric *wbi_state_metric(const wbi_state *state, uint32_t number);
/* Whether the metrics have a cell of a definition, segment and variant. */
bool wbi_metrics_known(const wbi_state *state, uint32_t definition, uint8_t segment,
                       uint8_t variant);
/* A credit that can still change; NULL: there is none. */
const wbi_credit *wbi_state_credit(const wbi_state *state, const wbi_bytes16 *id);
/* When the last message of this entry went out, or WB_TIME_NONE; and whether the patient came. */
wb_time wbi_metrics_touched(const wbi_enrollment *enrollment);
bool wbi_metrics_came(const wbi_enrollment *enrollment);
/* Whether something that happened then is no longer remembered. */
bool wbi_state_forgotten(const wbi_state *state, wb_time at);

/* ---- who is looked at next (volatile: times of held people are nobody's state) ----------------
 */

/* Room for so many more enrolments in each list; none of what follows needs memory. */
wb_status wbi_wake_reserve(wbi_state *state, size_t more);
uint32_t wbi_wake_new(wbi_state *state); /* the number of a new enrolment, which never wakes */
void wbi_wake_set(wbi_state *state, uint32_t enrollment, wb_time at); /* WB_TIME_NONE: never */
wb_time wbi_wake_at(const wbi_state *state, uint32_t enrollment);
/* Those who are to be looked at again by then, held or not, take their place among those who are
 * due.
 */
void wbi_wake_look(wbi_state *state, wb_time now);
/* When the next one is looked at, held or not, or has been due since; WB_TIME_NONE: nobody. */
wb_time wbi_wake_next(const wbi_state *state);

/* Somebody who was taken out to be looked at. */
typedef struct wbi_looked {
  uint32_t enrollment;
  wb_time before; /* since when they are due */
  wb_time again;  /* WB_TIME_NONE: as committed */
} wbi_looked;

/* Takes out those who are due, in the order, no more than `most` and WBI_LOOKED_MOST; how many. */
enum { WBI_LOOKED_MOST = 64 };
size_t wbi_wake_take(wbi_state *state, wb_time now, wbi_looked *looked, size_t most);

/* ---- planning -------------------------------------------------------------------------------- */

/* An effect about an enrolment, in the loop that it is in. */
wbi_effect wbi_state_effect(const wbi_state *state, uint32_t enrollment, wbi_effect_kind kind);

/* How much effects may add at most. */
typedef struct wbi_growth {
  size_t effects[WBI_EFFECT_COUNT]; /* of each kind: what is one more by it */
  size_t patients, patient_bytes, subjects, subject_bytes;
  size_t canonical;                   /* bytes of definitions */
  size_t origins;                     /* of those who are merged */
  wbi_keys locations, names, metrics; /* that are not there yet */
} wbi_growth;

void wbi_growth_init(wbi_growth *growth, wb_context *context);
void wbi_growth_free(wbi_growth *growth);
void wbi_growth_clear(wbi_growth *growth); /* its memory stays */
wb_status wbi_growth_add(wbi_growth *growth, const wbi_state *state, const wbi_effect *effect);
/* Takes the memory: the effects can be committed. */
wb_status wbi_growth_take(const wbi_growth *growth, wbi_state *state);

/* A change being planned: whole records and an open one, in the journal's bytes. */
typedef struct wbi_plan {
  const wbi_state *state; /* that it is of, from the first record on */
  wbi_growth growth;      /* of all effects */
  wbi_vector bytes;       /* char */
  size_t open;            /* where the open record begins */
  uint32_t effects;       /* in the open record */
  uint32_t records;       /* whole ones */
  uint64_t sequence;      /* of the next record */
  wb_time now;
} wbi_plan;

void wbi_plan_init(wbi_plan *plan, wb_context *context);
void wbi_plan_free(wbi_plan *plan);
/* Forgets what was planned; most memory stays. A first record begins the journal. */
void wbi_plan_start(wbi_plan *plan, const wbi_state *state, wb_time now);
/* Opens a record, writes effects into it, closes it; a record without effects vanishes. */
wb_status wbi_plan_open(wbi_plan *plan, const wbi_state *state, wbi_cause cause);
wb_status wbi_plan_add(wbi_plan *plan, const wbi_effect *effect);
void wbi_plan_close(wbi_plan *plan);
/* Adds a sync record and a seal, which sums up all that came before it. */
wb_status wbi_plan_seal(wbi_plan *plan, const wbi_state *state);
/* Adds the sync record. */
wb_status wbi_plan_sync(wbi_plan *plan, const wbi_state *state);

/* The formats of journal and snapshot; a test builds the library of the future. */
#ifndef WBI_FORMAT_NEWEST
#define WBI_FORMAT_NEWEST WB_FORMAT_NEWEST
#endif
/* Whether there is such a format, and the one in which a practice writes. */
bool wbi_format_known(uint32_t format);
uint16_t wbi_format_of(const wbi_state *state);

/* The record at *offset and where its effects are; as wb_journal_next. */
wb_status wbi_record_read(const void *bytes, size_t length, uint64_t *offset, wb_record *record,
                          wbi_reader *effects);

/* Drops what is no longer remembered, and makes the chains of contact points anew. Numbers of
   actions, contact points and events change. */
void wbi_state_forget(wbi_state *state);
/* Links a key to the patient for whom it stands. */
void wbi_state_alias(wbi_state *state, uint32_t key, uint32_t patient);
/* Links an action to its contact point, which has an item. */
void wbi_state_link(wbi_state *state, uint32_t action);

/* Memory for all the records in `bytes`, which are whole and valid. */
wb_status wbi_state_reserve(wbi_state *state, const void *bytes, size_t length);
/* Applies them; cannot fail after wbi_state_reserve. */
void wbi_state_commit(wbi_state *state, const void *bytes, size_t length);

/* Whether a whole record begins anywhere after a damaged one: then it is not the last. Bytes that
   look like records again and again, but are none, are not worth the time: damaged. */
bool wbi_journal_continues(const uint8_t *bytes, size_t length, uint64_t from);

/* Checks journal bytes against the state without changing it: checksums, sequence, digests, every
   effect. The new records are those from *from up to replay->used. */
wb_status wbi_journal_check(const wbi_state *state, const void *bytes, size_t length,
                            wb_replay *replay, uint64_t *from, wb_error *error);

/* ---- snapshot ------------------------------------------------------------------------------- */

enum { WBI_SNAPSHOT_MAGIC = 0x4e534257 }; /* "WBSN" */

wb_status wbi_snapshot_write(const wbi_state *state, wbi_writer *writer);
/* Reads into an empty state; on failure frees what it made and leaves the state empty. */
wb_status wbi_snapshot_read(wbi_state *state, const void *bytes, size_t length, wb_error *error);

#endif
