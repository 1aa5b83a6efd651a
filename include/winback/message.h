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
 * Texts say `message.link`: the location's `link_url`, and at once the handle of the action for
 * booking, made with the practice's secret. So `link_url` is https, a host and what ends it: one of
 * / ? #. Where it is not, a message is held (WB_HOLD_RENDER): its handle would be part of the host.
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

/**
 * Writes the text part that goes with an HTML part: what a reader of the page reads. White space
 * becomes one space, blocks begin lines, list items a dash; a link stands behind its text ("Book:
 * https://…"), an image is its `alt`. Left out are head, comments and what `display:none` hides.
 * Made for what a template of the channel "email.html" renders; of other bytes it makes some text.
 * @retval WB_OK @p buffer and @p needed are set.  @retval WB_E_SPACE Too short; @p needed is set.
 * @retval WB_E_INVALID NULL, or not UTF-8.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_plain_format(const char *html, size_t length, char *buffer,
                                         size_t capacity, size_t *needed);

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

/** Value of the header List-Unsubscribe-Post (RFC 8058). */
#define WB_UNSUBSCRIBE_POST "List-Unsubscribe=One-Click"

/**
 * Writes the value of a Subject header: without the name, with folded lines (CR LF and a space) of
 * at most 76 characters, the name "Subject: " counted in. What is not printable ASCII, begins or
 * ends with a space, has =? or no place to fold is written in encoded words of at most 75
 * characters, Q or B, whichever is shorter; no character is divided between two.
 * @retval WB_OK @p buffer and @p needed are set.  @retval WB_E_SPACE Too short; @p needed is set.
 * @retval WB_E_INVALID NULL, not UTF-8, or a control character, a line break of any kind included.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_subject_format(const char *text, size_t length, char *buffer,
                                           size_t capacity, size_t *needed);

/**
 * Writes a body in quoted-printable: lines of at most 76 characters, ended by CR LF. LF and CR LF
 * are line breaks; another CR and every other control character but the tab is written as =XX, as
 * is white space at the end of a line.
 * @retval WB_OK @p buffer and @p needed are set.  @retval WB_E_SPACE Too short; @p needed is set.
 * @retval WB_E_INVALID NULL, or not UTF-8.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_body_format(const char *text, size_t length, char *buffer,
                                        size_t capacity, size_t *needed);

/**
 * Writes the value of a List-Unsubscribe header (RFC 2369, RFC 8058), on one line or two;
 * List-Unsubscribe-Post is WB_UNSUBSCRIBE_POST.
 *
 * @param link  An https URI that leads to a host by its name, such as one that ends in a token.
 * @param mail  A mailto URI; with @p mail_length 0 there is none.
 * @retval WB_OK @p buffer and @p needed are set.  @retval WB_E_SPACE Too short; @p needed is set.
 * @retval WB_E_INVALID NULL; a character that no URI has, such as white space, controls, < and >;
 *                      a link that is not https, has a user or a port of its own, or leads to an IP
 *                      address, a local host or a public shortener; or not mailto with an address.
 * @retval WB_E_LIMIT   A URI of more than 977 bytes: the line would be longer than 998.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_unsubscribe_format(const char *link, size_t link_length,
                                               const char *mail, size_t mail_length, char *buffer,
                                               size_t capacity, size_t *needed);

/** What a link is for; each purpose has a key of its own. */
enum wb_link_purpose {
  WB_LINK_BOOKING = 1,    /**< The page on which the patient books. */
  WB_LINK_UNSUBSCRIBE = 2 /**< Ends a kind of e-mail to this address. */
};

/** Characters of a handle and of a token. */
#define WB_HANDLE_LENGTH 16
/** @copydoc WB_HANDLE_LENGTH */
#define WB_TOKEN_LENGTH 42

/** A key of the host that signs tokens. */
typedef struct wb_link_key {
  uint32_t size;       /**< sizeof(wb_link_key). */
  uint32_t flags;      /**< 0. */
  const uint8_t *data; /**< Random bytes that the host keeps; 32 is a good number. */
  uint32_t length;     /**< 16 to 1,024. */
  uint32_t id;         /**< 0 to 255: tells it from the key before it. */
} wb_link_key;

/** What a token says. */
typedef struct wb_link {
  uint32_t size;     /**< sizeof(wb_link). */
  uint32_t flags;    /**< 0. */
  wb_time expires;   /**< From then on it is worth nothing; after 1970, before 2106-02-07. */
  uint8_t handle[8]; /**< Random, or the first half of an id; never made from a patient's data. */
  int32_t purpose;   /**< enum wb_link_purpose. */
  uint32_t key;      /**< Id of the key; wb_link_make() takes that of its key instead. */
} wb_link;

/**
 * Writes the handle of an action: HMAC-SHA-256 of its id, cut to 12 bytes, with a key derived from
 * the secret for this purpose.
 *
 * @param secret  16 to 1,024 random bytes that the host keeps, such as those of the practice.
 * @param id  The action's id, 16 bytes.
 * @retval WB_OK @p buffer (16 characters) and @p needed are set.
 * @retval WB_E_SPACE Too short; @p needed is set.
 * @retval WB_E_INVALID NULL, no such purpose, or a secret that is too short or too long.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_handle_make(const uint8_t *secret, size_t secret_length,
                                        int32_t purpose, const uint8_t *id, char *buffer,
                                        size_t capacity, size_t *needed);

/**
 * Writes the handle of 12 random bytes of the host.
 * @retval WB_OK @p buffer (16 characters) and @p needed are set.
 * @retval WB_E_SPACE Too short; @p needed is set.  @retval WB_E_INVALID NULL.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_handle_format(const uint8_t *random, char *buffer, size_t capacity,
                                          size_t *needed);

/**
 * Writes a signed token.
 * @retval WB_OK @p buffer (42 characters) and @p needed are set.
 * @retval WB_E_SPACE Too short; @p needed is set.
 * @retval WB_E_INVALID NULL, no such purpose, or a key whose length or id is out of bounds.
 * @retval WB_E_RANGE   `expires` is out of its bounds.
 * @retval WB_E_VERSION A struct has members that this library does not know.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_link_make(const wb_link_key *key, const wb_link *link, char *buffer,
                                      size_t capacity, size_t *needed);

/**
 * Reads a token. What it says is looked at only when its signature holds, and that is compared in a
 * time that does not tell where it differs.
 *
 * @param purpose  What the page is for.
 * @param now  Seconds UTC.
 * @retval WB_OK        @p link is set.
 * @retval WB_E_SYNTAX  Not 42 characters of this form.
 * @retval WB_E_VERSION A token of another version, or a struct with members that this library does
 *                      not know.
 * @retval WB_E_NAME    Signed with a key of another id: try that one.
 * @retval WB_E_CORRUPT The signature does not hold: it was changed, or made up.
 * @retval WB_E_TYPE    A good token for another purpose.
 * @retval WB_E_STATE   It has expired; @p link is not set.
 * @retval WB_E_INVALID NULL, no such purpose, a size too small, or a key whose length or id is out
 *                      of bounds.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_link_parse(const char *text, size_t length, const wb_link_key *key,
                                       int32_t purpose, wb_time now, wb_link *link);

#ifdef __cplusplus
}
#endif

#endif
