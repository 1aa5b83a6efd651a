/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Contact points and replies.
 *
 * A contact point is a keyed hash of a normalised address: SipHash-2-4-128(secret, kind and
 * address). So an opt-out acts on a number, for everyone who shares it, and the number itself is
 * never stored. Telephone numbers are normalised to E.164, e-mail addresses to lower case; an
 * address that cannot be normalised is never contacted.
 *
 * A reply is an opt-out when the whole of it is a word such as STOP, CANCEL or BAJA (47 CFR
 * 64.1200(a)(10)), or when it holds a phrase that says so ("stop texting me"). Only START and its
 * kin lift an opt-out; YES never does. The words are in lib/data/lexicon.
 */
#ifndef WINBACK_CONSENT_H
#define WINBACK_CONSENT_H

#include <winback/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

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

/** What a reply means. */
enum wb_intent {
  WB_INTENT_OTHER = 0,   /**< Not recognised: for the desk's inbox. */
  WB_INTENT_OPT_OUT = 1, /**< STOP and its kin, as the whole message. */
  WB_INTENT_OPT_IN = 2,  /**< START, UNSTOP. */
  WB_INTENT_HELP = 3,    /**< HELP, INFO. */
  WB_INTENT_ASKS = 4     /**< Asks something: wants a person. */
};

/**
 * Reads a reply: whole-message keywords, in any case, with or without accents and with punctuation
 * around them; then opt-out phrases; then what a person must read (a death, a wrong number, pain);
 * then wishes and questions. English and Spanish.
 * @retval WB_OK @p intent is set (enum wb_intent).  @retval WB_E_INVALID NULL, or invalid UTF-8.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_reply_parse(const char *text, size_t length, int32_t *intent);

#ifdef __cplusplus
}
#endif

#endif
