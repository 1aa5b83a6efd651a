/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Contact points, consent and replies.
 *
 * A contact point is a keyed hash of a normalised address: SipHash-2-4-128(secret, kind and
 * address). So an opt-out acts on a number, for everyone who shares it, and the number itself is
 * never stored. Telephone numbers are normalised to E.164, e-mail addresses to lower case; an
 * address that cannot be normalised is never contacted.
 *
 * Consent is held by contact point, patient, channel and purpose, with its source, time and the
 * wording that was agreed to; an opt-out by contact point, or by patient while no number of theirs
 * is known. Whether a message may go is asked at every send, of the host's record, of the law and
 * of what is on record here; the stricter wins (docs/consent.md).
 *
 * A reply is an opt-out when the whole of it is a word such as STOP, CANCEL or BAJA (47 CFR
 * 64.1200(a)(10)), or when it holds a phrase that says so ("stop texting me"). Only START
 * and UNSTOP, as the whole reply, lift an opt-out; YES never does. Twenty-two more meanings tell
 * the desk what to do with a reply. The patterns are in lib/data/lexicon, a list for each
 * (docs/campaigns.md).
 */
#ifndef WINBACK_CONSENT_H
#define WINBACK_CONSENT_H

#include <winback/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

struct wb_practice;

/** Kinds of address. */
enum wb_contact_kind {
  WB_CONTACT_PHONE = 1, /**< A telephone number that can take texts. */
  WB_CONTACT_EMAIL = 2  /**< An e-mail address. */
};

/**
 * Normalises an address into text: "+12125550123", "pat@example.com".
 *
 * @param country  ISO 3166-1 alpha-2 ("US", "CA") that a number without country code belongs to; a
 *                 region "US-NY" is read as well; NULL or empty: "US". Numbers of the North
 *                 American plan are checked for a possible area code and exchange; numbers with an
 *                 extension are refused. Outside that plan a number needs its country code.
 * @retval WB_OK         @p buffer and @p length are set.
 * @retval WB_E_INVALID  Not an address of this kind.
 * @retval WB_E_SPACE    Too short; @p length is set. 320 bytes are always enough.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_contact_normalize(int32_t kind, const char *address, size_t length,
                                              const char *country, char *buffer, size_t capacity,
                                              size_t *needed);

/**
 * The contact point of an address: 16 bytes.
 *
 * @param secret   16 bytes, the practice's.
 * @retval WB_OK @p contact is set.  @retval WB_E_INVALID Not an address of this kind.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_contact_make(const uint8_t *secret, int32_t kind, const char *address,
                                         size_t length, const char *country, uint8_t *contact);

/** What somebody agreed to, the stricter first. */
enum wb_consent_level {
  WB_CONSENT_NONE = 0,      /**< Nothing is on record. */
  WB_CONSENT_REFUSED = 1,   /**< A no. */
  WB_CONSENT_CHANGED = 2,   /**< The address is new since then: what was said before, here or in the
                                 host's record, is not of it. */
  WB_CONSENT_EXPRESS = 3,   /**< A yes. */
  WB_CONSENT_WRITTEN = 4,   /**< A signed yes: what offers by text need. */
  WB_CONSENT_AUTHORIZED = 5 /**< One that is also the HIPAA authorisation of messages that a third
                                 party pays for, which says so: 45 CFR 164.508(a)(3). */
};

/**
 * A purpose beside the classes of messages: that messages on the channel say what a visit is for,
 * the kind of recare, the treatment (texts of the register detail). No message is sent for it
 * alone.
 */
#define WB_PURPOSE_DETAIL 7

/** What a check against the database of reassigned numbers said; no data is no check. */
enum wb_number_check {
  WB_NUMBER_SAME = 1,      /**< Not reassigned since the consent. */
  WB_NUMBER_REASSIGNED = 2 /**< It is somebody else's: the number is closed. */
};

/** Why an address in the record is another one. */
enum wb_contact_change {
  WB_CONTACT_NEW = 1,      /**< The patient has another number: it inherits no consent, and an
                                opt-out stays with the old one. */
  WB_CONTACT_CORRECTED = 2 /**< It was written wrongly: consents were meant for the right one, and
                                an opt-out holds for both. */
};

/** The contact point opted out: no texts or automated calls to anybody there. */
#define WB_CONTACT_OPTED_OUT 1u
/** It was found bad, somebody else's, or reassigned. */
#define WB_CONTACT_CLOSED 2u
/** Something was sent there, or may have been. */
#define WB_CONTACT_WRITTEN_TO 4u

/** What is on record of a patient at a contact point. Text is borrowed until the next call. */
typedef struct wb_consent {
  uint32_t size;       /**< sizeof(wb_consent). */
  uint32_t flags;      /**< WB_CONTACT_OPTED_OUT… of the contact point, for everybody there. */
  wb_time at;          /**< Since when; WB_TIME_NONE: nothing is on record. */
  wb_time flagged_at;  /**< When the flags changed last; WB_TIME_NONE: never. */
  wb_time answered;    /**< The last answer from there; WB_TIME_NONE: never. */
  wb_time checked;     /**< When it was last checked and was the same; WB_TIME_NONE: never. */
  const char *source;  /**< Where it comes from: "form"; "": not known. */
  const char *wording; /**< Id of the words that were agreed to; "": not known. */
  int32_t level;       /**< enum wb_consent_level. */
  uint32_t reserved;   /**< 0. */
} wb_consent;

/**
 * What the practice has on record: consents fed as WB_INPUT_CONSENT and what it learned of the
 * contact point. The host's own record is no part of it.
 *
 * @param contact  16 bytes, see wb_contact_make.
 * @param channel  enum wb_channel.
 * @param purpose  enum wb_message_class, care and benefit being one purpose; or WB_PURPOSE_DETAIL.
 * @retval WB_OK        @p consent is set; of what was never heard of all is none.
 * @retval WB_E_INVALID NULL, no such channel or purpose, or a size too small.
 * @retval WB_E_BUSY    In use.  @retval WB_E_STALE Load anew.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_consent_get(struct wb_practice *practice, const uint8_t *contact,
                                        const char *patient, size_t length, int32_t channel,
                                        int32_t purpose, wb_consent *consent);

/** Of wb_practice_rekey: opt-outs of contact points that are not given are lost. */
#define WB_REKEY_LOSE 1u

/**
 * Changes the secret, in one record. Contact points are hashes under it, so the host, who knows the
 * addresses, gives each point under the old and the new secret (wb_contact_make with both).
 *
 * Points that are not given keep their name and are never met again. So that no opt-out is lost in
 * that way, every contact point that opted out or was closed must be among the pairs, unless
 * WB_REKEY_LOSE says that the host has no address for it any more.
 *
 * Afterwards the snapshot and the journal are those of the new secret: save a snapshot; what was
 * journaled before it can be replayed with the old secret only: after a crash before that save,
 * wb_practice_replay with the old secret answers WB_E_STALE at the end, and wb_practice_save then
 * gives the snapshot that the new secret loads. Another process that still works
 * with the old one is told WB_E_CONFLICT, replays, and is stale. Ids of actions are made with the
 * secret, so nothing may be handed out and unanswered; what was to be tried again has a new id.
 *
 * @param secret  16 bytes, not all zero.
 * @param pairs   @p count times 32 bytes: the old point, then the new one; in any order.
 * @param flags   0 or WB_REKEY_LOSE.
 * @retval WB_OK         Done.
 * @retval WB_E_INVALID  NULL, a secret of zeros, two pairs of one point, old or new.
 * @retval WB_E_STATE    A contact point that must be among the pairs is not, or an action has no
 *                       answer yet.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_practice_rekey(struct wb_practice *practice, const uint8_t *secret,
                                           const uint8_t *pairs, uint32_t count, uint32_t flags,
                                           wb_time now, wb_error *error);

/** What a reply means. */
enum wb_intent {
  WB_INTENT_OTHER = 0,              /**< Not recognised: for the desk's inbox. */
  WB_INTENT_OPT_OUT = 1,            /**< STOP and its kin: no more texts to this number. */
  WB_INTENT_OPT_IN = 2,             /**< START, UNSTOP; in other words it lifts nothing. */
  WB_INTENT_HELP = 3,               /**< HELP, who writes, where the office is. */
  WB_INTENT_DECEASED = 4,           /**< The patient has died. */
  WB_INTENT_URGENT_SYMPTOM = 5,     /**< Pain, bleeding, swelling, something broke. */
  WB_INTENT_WRONG_NUMBER = 6,       /**< Somebody else reads this number. */
  WB_INTENT_COMPLAINT = 7,          /**< Trouble: rudeness, harm, a wrong bill, a lawyer. */
  WB_INTENT_DATA_PRIVACY = 8,       /**< What may be written, where, and what is kept. */
  WB_INTENT_GUARDIAN_OR_PROXY = 9,  /**< Somebody else answers; another number or language. */
  WB_INTENT_CANCEL_APPT = 10,       /**< The visit is off. */
  WB_INTENT_RESCHEDULE = 11,        /**< Another time for a visit. */
  WB_INTENT_ALREADY_SCHEDULED = 12, /**< Has a visit, or just was there. */
  WB_INTENT_MOVED = 13,             /**< Lives elsewhere now. */
  WB_INTENT_NEW_DENTIST = 14,       /**< Cared for elsewhere. */
  WB_INTENT_PRICE_INSURANCE = 15,   /**< Asks about money or cover. */
  WB_INTENT_ANXIETY = 16,           /**< Afraid or ashamed. */
  WB_INTENT_CALLBACK_REQUEST = 17,  /**< Wants to be called. */
  WB_INTENT_LATER = 18,             /**< Not now, perhaps later. */
  WB_INTENT_DECLINE = 19,           /**< No, without asking for the texts to end. */
  WB_INTENT_BOOKING_INTEREST = 20,  /**< Wants to come. */
  WB_INTENT_CONFIRM = 21,           /**< Yes. */
  WB_INTENT_DETAIL = 22,            /**< DETAILS: messages may say what a visit is for. */
  WB_INTENT_NO_DETAIL = 23          /**< NO DETAILS: they may not, or not any more. */
};

/** Somewhere the reply asks for the texts to end, whatever it is about first. */
#define WB_REPLY_STOP 1u

/** How a reply is read. */
typedef struct wb_reply {
  uint32_t size;            /**< sizeof(wb_reply). */
  uint32_t flags;           /**< WB_REPLY_STOP or 0. */
  const char *evidence;     /**< The kind of wording that decided: never the reply's own text. */
  uint32_t evidence_length; /**< Bytes at `evidence`. */
  int32_t intent;           /**< enum wb_intent. */
  int32_t also;             /**< A second meaning ("Stop, my mom passed"), or WB_INTENT_OTHER. */
  int32_t confidence;       /**< 0 to 100; 0: not recognised. */
} wb_reply;

/**
 * Reads a reply, English or Spanish, in any case, with or without accents and signs: first STOP
 * where it is the whole reply or its first clause, then a death, an emergency, a wrong number, then
 * a wish for the texts to end, then all else, by what its wording and its words speak for most.
 * A reply that no rule closes is WB_INTENT_OTHER, for a person to read. A text of any length takes
 * no memory.
 * @retval WB_OK         @p reply is set.
 * @retval WB_E_INVALID  NULL, invalid UTF-8, or the size of @p reply is too small.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_reply_parse(const char *text, size_t length, wb_reply *reply);
/** "opt_out", "price_insurance", "unrelated"; NULL: no such intent. Any thread. @since 0.1 */
WB_API const char *WB_CALL wb_intent_name(int32_t intent);

#ifdef __cplusplus
}
#endif

#endif
