/* SPDX-License-Identifier: MIT */
/* Effects: what can happen to the state, and its bytes in the journal. */
#ifndef WBI_EFFECT_H
#define WBI_EFFECT_H

#include "time/time.h"

/* ---- what happens --------------------------------------------------------------------------- */

typedef enum wbi_effect_kind {
  WBI_EFFECT_BEGIN = 1,
  WBI_EFFECT_SYNC,
  WBI_EFFECT_CAMPAIGN,
  WBI_EFFECT_LAUNCH,
  WBI_EFFECT_PAUSE,
  WBI_EFFECT_ENROLL,
  WBI_EFFECT_HOLD,
  WBI_EFFECT_CLAIM,
  WBI_EFFECT_OUTCOME,
  WBI_EFFECT_STEP,
  WBI_EFFECT_END,
  WBI_EFFECT_RESPONSE,
  WBI_EFFECT_CONTACT,
  WBI_EFFECT_TASK_OPEN,
  WBI_EFFECT_TASK_CLOSE,
  WBI_EFFECT_SEEN,
  WBI_EFFECT_TASK_SET,
  WBI_EFFECT_OPENING,
  WBI_EFFECT_OPENING_SET,
  WBI_EFFECT_EVENT,
  WBI_EFFECT_MIGRATE,
  WBI_EFFECT_WITHDRAW,
  WBI_EFFECT_CHAIR,
  WBI_EFFECT_GIFT,
  WBI_EFFECT_VISIT,
  WBI_EFFECT_SEAL,
  WBI_EFFECT_CONSENT,
  WBI_EFFECT_NUMBER,
  WBI_EFFECT_PERSON,
  WBI_EFFECT_MOVE,
  WBI_EFFECT_MERGE,
  WBI_EFFECT_FORGET,
  WBI_EFFECT_SETTING,
  WBI_EFFECT_SECRET,
  WBI_EFFECT_NOTE,
  WBI_EFFECT_CONTACTED,
  WBI_EFFECT_EPOCH,
  WBI_EFFECT_STOP,
  WBI_EFFECT_COUNT
} wbi_effect_kind;

/* What is noted though it was refused, for those who read the journal. */
typedef enum wbi_note {
  WBI_NOTE_UNKNOWN_ACTION = 1, /* something may have been sent that was never handed out */
  WBI_NOTE_CONTRADICTION,      /* an outcome that contradicts an earlier one */
  WBI_NOTE_UNKNOWN_PERSON,     /* a reply or opt-out of somebody never heard of */
  WBI_NOTE_COUNT
} wbi_note;

/* Which call wrote a record. */
typedef enum wbi_cause {
  WBI_BY_ADD = 1,
  WBI_BY_RECEIVE,
  WBI_BY_ENROLL,
  WBI_BY_POLL,
  WBI_BY_ACK,
  WBI_BY_SYNC,
  WBI_BY_MIGRATE,
  WBI_BY_SEAL,
  WBI_BY_TEST,
  WBI_BY_RESTORE,
  WBI_BY_COUNT
} wbi_cause;

/* What a pause covers. */
enum { WBI_PAUSE_PRACTICE, WBI_PAUSE_LOCATION, WBI_PAUSE_CAMPAIGN, WBI_PAUSE_CLASS };

/* What a number was found to be: of somebody who answered, or still the same person's. */
enum { WBI_NUMBER_ANSWERED = 1, WBI_NUMBER_CHECKED = 2 };

/* Why a message may go to a contact point. */
typedef enum wbi_consent_basis {
  WBI_CONSENT_NONE,    /* none is needed: nothing goes to the patient */
  WBI_CONSENT_RECORD,  /* the practice's record says yes */
  WBI_CONSENT_IMPLIED, /* it does not say no, and that is enough */
  WBI_CONSENT_INPUT,   /* an event said yes */
  WBI_CONSENT_ASSUMED, /* nothing is known, which by a setting is a yes */
  WBI_CONSENT_ANSWER,  /* it answers an event */
  WBI_CONSENT_COUNT
} wbi_consent_basis;

/* Caps in days: of a day, a week, a month. */
enum { WBI_CAPS = 3 };

/* One outcome. Each kind uses some members: docs/journal-and-snapshot.md. */
typedef struct wbi_effect {
  wbi_effect_kind kind;
  wbi_text patient, subject, location, name, bytes;
  wbi_text law, edition; /* rule that bounds a claim; pack, version, region */
  wbi_text rule;         /* by which the consent to a claim is enough */
  wbi_bytes16 id, contact;
  wbi_bytes16 event; /* of a consent: that gave it; of a claim: that it stands on, or zero */
  wb_time until, wake;
  wb_time as_of; /* of the facts that a claim stands on */
  wb_cents value;
  wb_date day, consent_on; /* since when there is the consent that a claim stands on */
  uint32_t number;         /* epoch, entry, attempts, definition that somebody goes to */
  uint16_t definition;
  uint8_t class_; /* of a pause; of a claim's message */
  uint8_t segment, variant, rank, step, next_step, loop, awaits, text, action, channel, signals;
  uint8_t consent;           /* what a claim stands on: wbi_consent_basis */
  uint8_t counted[WBI_CAPS]; /* against the caps, before a claim */
  uint8_t most[WBI_CAPS];    /* the caps; 0: none */
  uint8_t code;  /* hold, state, response, flags, list, scope: what the kind is about; of a step
                    why the one before is left without what it does: enum wb_hold */
  uint8_t cause; /* of an outcome; of a pause 1 begins, 0 ends; of a task its rank; of a claim why
                    its text is the fallback: an enum wb_status without its sign */
} wbi_effect;

/* ---- its bytes ------------------------------------------------------------------------------ */

/* Beside the code of a hold that does not tell it: they have no place yet. */
enum { WBI_HOLD_OUTSIDE = 128 };

/* Whether the members of an effect are ones that we know. */
bool wbi_effect_known(const wbi_effect *effect);
/* Reads the next effect of a record's payload; WB_E_VERSION: an unknown kind, WB_E_CORRUPT: bytes
   that are none. */
wb_status wbi_effect_read(wbi_reader *reader, wbi_effect *effect);
void wbi_effect_write(wbi_writer *writer, const wbi_effect *effect);

/* A member of an effect by its name, and what it is. */
typedef enum wbi_member_kind {
  WBI_MEMBER_NUMBER,
  WBI_MEMBER_INSTANT,
  WBI_MEMBER_DAY,
  WBI_MEMBER_KEY,     /* text, for the most part */
  WBI_MEMBER_BYTES,   /* ids, digests */
  WBI_MEMBER_CONTENT, /* the canonical form of a definition */
  WBI_MEMBER_COUNTERS /* numbers of 64 bits */
} wbi_member_kind;

typedef struct wbi_member {
  const char *name;
  wbi_member_kind kind;
  int64_t number;
  wbi_text text;
} wbi_member;

typedef void (*wbi_teller)(void *user, const wbi_member *member);
/* Tells the members of an effect in their order. */
void wbi_effect_tell(const wbi_effect *effect, wbi_teller tell, void *user);

#endif
