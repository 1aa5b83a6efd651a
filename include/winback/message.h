/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What a message costs, and what goes around its text: pure helpers for the host that sends.
 *
 * *SMS.* A text is sent in GSM-7 (3GPP TS 23.038) if that has all its characters, otherwise in
 * UCS-2. In GSM-7 one message holds 160 septets; the ten characters of the extension, such as [ and
 * the euro sign, take two. In UCS-2 it holds 70 units; a character above U+FFFF, such as an emoji,
 * takes two. A longer text is sent in segments of 153 septets or 67 units, since each carries a
 * header of six bytes, and each is paid for; a character of two units is never in two segments. An
 * empty text is one segment of no units, and a line break written as CR LF counts as two. One
 * character that GSM-7 does not have, such as a curly quote, more than doubles the price of all.
 *
 * *E-mail.* The library gives the parts and the values of headers; the host makes MIME of them,
 * signs and sends. A subject beyond ASCII is written in encoded words (RFC 2047), a body in
 * quoted-printable (RFC 2045, 6.7). One-click unsubscription (RFC 8058) takes two headers:
 *
 *     List-Unsubscribe: <https://example.com/u/TOKEN>, <mailto:leave@example.com>
 *     List-Unsubscribe-Post: List-Unsubscribe=One-Click
 *
 * DKIM must sign both. Only a POST unsubscribes: scanners of mail fetch every link with GET.
 *
 * *Links.* What a link carries must be hard to guess and say nothing about the patient. There are
 * two forms, of fixed length, in letters, digits, - and _.
 *
 *  - A *handle*, 16 characters, means nothing by itself: the host keeps what it stands for, and can
 *    revoke it. It is random, or made from a secret and the id of the action that carries it, so
 *    that the same action has the same handle. Best for SMS.
 *  - A *token*, 42 characters, needs no memory: version, id of the key, purpose, expiry, a random
 *    handle of 8 bytes, and 16 bytes of HMAC-SHA-256 over these. It holds no key of a patient nor
 *    anything made from one; the host keeps what its handle stands for.
 *
 * Each purpose has a key of its own, derived from the host's, so a link for booking never
 * unsubscribes anybody. The page behind a link shows nothing private before the patient is known,
 * and fetching it changes nothing: previews fetch links too.
 */
#ifndef WINBACK_MESSAGE_H
#define WINBACK_MESSAGE_H

#include <winback/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Encodings of an SMS. */
enum wb_sms_encoding {
  WB_SMS_GSM7 = 1, /**< The default alphabet and its extension; units are septets. */
  WB_SMS_UCS2 = 2  /**< UTF-16 in effect; units are of 16 bits. */
};

/** What a text takes as an SMS. */
typedef struct wb_sms {
  uint32_t size;     /**< sizeof(wb_sms). */
  uint32_t flags;    /**< 0. */
  uint32_t units;    /**< Septets, or units of 16 bits. */
  uint32_t segments; /**< 1 or more. */
  int32_t encoding;  /**< enum wb_sms_encoding. */
  uint32_t foreign;  /**< UCS-2: byte offset of the first character that GSM-7 does not have. */
} wb_sms;

/**
 * Measures a text as an SMS.
 * @retval WB_OK @p sms is set.  @retval WB_E_INVALID NULL, a size too small, or not UTF-8.
 * @retval WB_E_LIMIT More than the 255 segments that one message can have.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_sms_measure(const char *text, size_t length, wb_sms *sms);

#ifdef __cplusplus
}
#endif

#endif
