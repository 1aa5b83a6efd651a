/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Offers: what is given for a price, by when, to whom, and whether the law lets us say so.
 *
 * An offer is a JSON document (docs/offers.md) or a member of a campaign's `offers`: what it is,
 * the exact price or the percentage taken off and the regular fee, the first and last day, who
 * qualifies, what is included and what is not, the disclosures that its texts make state by state,
 * who reviewed it and when, what it is worth to the patient, and whether that is like cash. It is
 * compiled once and known by its content id.
 *
 * wb_offer_test() asks everything that must hold before one patient hears of it. The rules are
 * data, in the packs of law: what somebody with public coverage may be given (WB_LAW_VALUE), which
 * disclosures a state wants (WB_LAW_DISCLOSURE), which words it does not want (WB_LAW_KEYWORDS, set
 * "offer"), which consent it needs (WB_LAW_CONSENT). Nothing fails open: a place of which no pack
 * knows, an age or a coverage that is not known, a state that the offer does not name: blocked.
 * Words and disclosures go by where the practice is, which is licensed there; age, consent and the
 * limits of value by where the patient lives as well, the stricter. The machine asks it before
 * every message of class offer, with what it has counted for the year.
 */
#ifndef WINBACK_OFFER_H
#define WINBACK_OFFER_H

#include <winback/law.h>
#include <winback/rule.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A compiled offer; immutable. */
typedef struct wb_offer wb_offer;

/** What it gives is cash or like it: a gift card that buys anything. */
#define WB_OFFER_CASH_LIKE 1u

/** What an offer is; text is NUL-terminated and borrowed from the offer. */
typedef struct wb_offer_info {
  uint32_t size;             /**< sizeof(wb_offer_info). */
  uint32_t flags;            /**< WB_OFFER_CASH_LIKE or 0. */
  wb_cents price;            /**< What the patient pays. */
  wb_cents regular;          /**< The regular fee. */
  wb_cents value;            /**< What it is worth to the patient, for the federal rule. */
  const char *what;          /**< What it is. */
  const char *includes;      /**< What is included: "one visit, a brush". */
  const char *excludes;      /**< What is not, likewise. */
  const char *reviewer;      /**< Who reviewed it. */
  const char *paid_by;       /**< A third party that pays for the message; "": none. */
  const char *canonical;     /**< The canonical form: what the content id is made of. */
  const uint8_t *content_id; /**< 32 bytes. */
  wb_date first;             /**< First day. */
  wb_date last;              /**< Last day. */
  wb_date reviewed;          /**< When it was reviewed; no later than the first day. */
  uint32_t basis_points;     /**< What is taken off the regular fee, rounded up. */
  uint32_t canonical_length; /**< Bytes at `canonical`. */
  uint32_t reserved;         /**< 0. */
} wb_offer_info;

/**
 * Compiles an offer.
 *
 * @retval WB_OK         @p offer holds one reference.
 * @retval WB_E_SYNTAX   Not JSON, a day that is not written as one, or a rule that is none.
 * @retval WB_E_INVALID  NULL; a member is missing or empty; both a price and a percentage, or
 *                       neither; the price above the regular fee, the value below what is taken
 *                       off; days out of order.
 * @retval WB_E_NAME     An unknown member or field.
 * @retval WB_E_TYPE     A member is of another kind than is needed there.
 * @retval WB_E_RANGE    A number out of range, or an offer of more than 366 days.
 * @retval WB_E_LIMIT    Longer than 64 KiB, too deep, over 16 lines, 64 regions or 16 disclosures,
 *                       or a line over 200 bytes.
 * @retval WB_E_NOMEM    No memory.
 * Errors carry the JSON path, line and column.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_offer_new(wb_context *context, wb_schema *schema, const char *json,
                                      size_t length, wb_offer **offer, wb_error *error);
/** Takes one more reference and returns @p offer. Any thread. @since 0.1 */
WB_API wb_offer *WB_CALL wb_offer_ref(wb_offer *offer);
/** Gives one reference back. NULL does nothing. Any thread. @since 0.1 */
WB_API void WB_CALL wb_offer_unref(wb_offer *offer);
/**
 * What the offer is.
 * @retval WB_OK @p info is set.  @retval WB_E_INVALID NULL, or its `size` is too small.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_offer_get(const wb_offer *offer, wb_offer_info *info);

/** The channel is automated: a text, an e-mail; not a call that a person makes. */
#define WB_OFFER_AUTOMATED 1u
/** The patient's HIPAA authorisation for messages that a third party pays for is on record. */
#define WB_OFFER_AUTHORIZED 2u

/** Consent on record, in the order of the law's words. */
enum wb_offer_consent {
  WB_OFFER_CONSENT_NONE = 0,
  WB_OFFER_CONSENT_IMPLIED = 1,
  WB_OFFER_CONSENT_EXPRESS = 2,
  WB_OFFER_CONSENT_WRITTEN = 3
};

/** How an offer would be made. */
typedef struct wb_offer_use {
  uint32_t size;     /**< sizeof(wb_offer_use). */
  uint32_t flags;    /**< WB_OFFER_AUTOMATED, WB_OFFER_AUTHORIZED. */
  wb_cents given;    /**< What the patient was given in the last 366 days, as the law counts it. */
  int32_t consent;   /**< enum wb_offer_consent, for offers on this channel. */
  uint32_t reserved; /**< 0. */
} wb_offer_use;

/** Why an offer is blocked. */
enum wb_offer_outcome {
  WB_OFFER_FINE = 0,
  WB_OFFER_DAYS = 1,          /**< Before its first day or after its last. */
  WB_OFFER_AGE = 2,           /**< A minor, or the age is not known. */
  WB_OFFER_QUALIFIES = 3,     /**< The rule says no, or a field that it needs is not known. */
  WB_OFFER_PLACE = 4,         /**< No pack of law knows the place of the practice, or of the
                                   patient, or it has no rule on offers. */
  WB_OFFER_WORDS = 5,         /**< It says what `rule` does not allow. */
  WB_OFFER_DISCLOSURE = 6,    /**< The disclosure of `rule` is missing, or the state is. */
  WB_OFFER_VALUE = 7,         /**< Public coverage, or it may be: over the limit of `rule`. */
  WB_OFFER_AUTHORIZATION = 8, /**< A third party pays, and there is no authorisation. */
  WB_OFFER_CONSENT = 9        /**< The consent of `rule` is missing. */
};

/** Outcome of wb_offer_test; text is borrowed from the law. */
typedef struct wb_offer_verdict {
  uint32_t size;     /**< sizeof(wb_offer_verdict). */
  uint32_t flags;    /**< 0. */
  const char *rule;  /**< Id of the rule of law that decided; "" when none did. */
  int32_t outcome;   /**< enum wb_offer_outcome. */
  uint32_t reserved; /**< 0. */
} wb_offer_verdict;

/**
 * Whether one patient may be told of an offer, on the day that the moment has at their location.
 *
 * @param[in,out] verdict  `size` set by the caller.
 * @retval WB_OK         @p verdict is set.
 * @retval WB_E_INVALID  NULL, a struct that is not well-formed, facts of another schema, or a
 *                       consent that is none.
 * @retval WB_E_BUSY     The facts are in use.
 * Else as wb_rule_test.
 * @par Thread safety One thread at a time for one @p facts.  @since 0.1
 */
WB_API wb_status WB_CALL wb_offer_test(const wb_offer *offer, const wb_law *law, wb_facts *facts,
                                       uint64_t row, const wb_moment *moment,
                                       const wb_offer_use *use, wb_offer_verdict *verdict,
                                       wb_error *error);

#ifdef __cplusplus
}
#endif

#endif
