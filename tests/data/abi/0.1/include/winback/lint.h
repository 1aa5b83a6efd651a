/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The lint: what should not be in a message, though its language allows it.
 *
 * A privacy policy decides which fields a text may read. The lint reads the words that somebody, or
 * a language model, has typed beside them, in English and Spanish, and finds
 *
 *     clinical     names of treatments, findings, medicines, conditions; procedure codes
 *     financial    money owed, amounts, insurers, benefits, promises of coverage
 *     offer        a price, discount, gift or financing: it makes the message an offer
 *     guilt        overdue, neglect, failed to, disappoint…
 *     pressure     final notice, last chance, hurry, fear
 *     scam         what fraudulent messages say; capitals; several !
 *     identifier   Social Security, record and telephone numbers, dates of birth, typed-in dates
 *     link         no https, a host that is not the practice's, a public shortener
 *     missing      nobody says who writes; no STOP; no postal address, no way to unsubscribe
 *     length       longer than the channel takes
 *
 * Cleaning, check-up, exam, visit and X-rays are no clinical words. Words are compared whole, in
 * any case, without accents, over blanks, hyphens and line breaks, and over the braces between
 * them: `over{% if … %}due{% endif %}` is overdue. The name of the practice never counts ("Crown
 * Point Dental"), written out or as a field. How bad a finding is depends on the channel: an error
 * is a reason not to send, a warning one to look again, a notice one to know. Lists, severities and
 * advice are data (lib/data/lint); docs/lint.md shows them.
 *
 * A lint finds slips; it cannot find everything. What must never happen is prevented by the policy.
 */
#ifndef WINBACK_LINT_H
#define WINBACK_LINT_H

#include <winback/law.h>
#include <winback/template.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How bad a finding is. */
enum wb_severity {
  WB_SEVERITY_NOTICE = 1,  /**< To know. */
  WB_SEVERITY_WARNING = 2, /**< To look at again. */
  WB_SEVERITY_ERROR = 3    /**< Not to be sent. */
};

/** A piece of a message: that parts are missing, or that it is long, is not said. */
#define WB_LINT_FRAGMENT 1u
/** Sent only to those who agreed to detail on this channel, as a template of that register:
   clinical words are no findings, save medicines, conditions and codes. */
#define WB_LINT_DETAIL 2u

/** What a text is held against. Texts are NUL-terminated. */
typedef struct wb_lint_options {
  uint32_t size;        /**< sizeof(wb_lint_options). */
  uint32_t flags;       /**< WB_LINT_FRAGMENT, WB_LINT_DETAIL. */
  const char *channel;  /**< "sms", "email.subject", "email.preheader", "email.text", "email.html",
                           "postcard",  "voicemail", "letter", "call", "page.public", "page.secure";
                           NULL:  "sms". A template has its own. */
  const char *language; /**< "en" or "es": what opts out, and of the advice. NULL: the
                            template's, of a text "en". */
  const char *const *names;   /**< What the practice and its locations are called. */
  const char *const *phones;  /**< Their telephone numbers, written in any way. */
  const char *const *hosts;   /**< Hosts that links may lead to, besides those of the template's
                                   policy; none at all: any. */
  const char *address;        /**< Postal address as texts write it, or NULL. */
  const char *const *allowed; /**< Phrases in which nothing counts: what the practice may say. */
  const char *const *banned;  /**< Phrases that it does not want said: the rule "practice.word". */
  uint32_t name_count;        /**< At most 64. */
  uint32_t phone_count;       /**< At most 64. */
  uint32_t host_count;        /**< At most 256. */
  uint32_t allowed_count;     /**< At most 64. */
  uint32_t banned_count;      /**< At most 64. */
  int32_t message_class; /**< enum wb_message_class that is declared; 0: care. What raises a text
                              to that class is no finding. */
} wb_lint_options;

/** One finding. Its texts are valid for ever. */
typedef struct wb_finding {
  uint32_t size;          /**< sizeof(wb_finding). */
  uint32_t flags;         /**< 0. */
  const char *rule;       /**< "clinical.gums". */
  const char *message;    /**< What is wrong, for people. */
  const char *suggestion; /**< What to write instead. */
  uint32_t line;          /**< From 1; what is missing is at the end of the text. */
  uint32_t column;        /**< In bytes, from 1. */
  uint32_t length;        /**< In bytes; 0: what is missing. */
  int32_t severity;       /**< enum wb_severity. */
} wb_finding;

/**
 * Lints a compiled template: the texts that it may write, and the parts it is sure to write. Takes
 * no memory and time that grows with the text.
 *
 * @param options   NULL: nothing is known of the practice.
 * @param findings  The first @p capacity are written, about in the order of the text; the `size` of
 * the first, set by the caller, is the distance between two. NULL with capacity 0 counts.
 * @param count     How many there are, which may be more.
 * @retval WB_OK         @p count is set, and all findings are written.
 * @retval WB_E_SPACE    @p count is set; there are more than @p capacity.
 * @retval WB_E_INVALID  NULL, a size too small, or a list without its texts.
 * @retval WB_E_VERSION  @p options has members or flags that this library does not know.
 * @retval WB_E_LIMIT    A list is too long.
 * @retval WB_E_NAME     No such channel, language or class.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_template_lint(const wb_template *compiled,
                                          const wb_lint_options *options, wb_finding *findings,
                                          uint32_t capacity, uint32_t *count, wb_error *error);

/**
 * Lints a text as it stands, as a host drafted it, by hand or with a language model. Braces mean
 * nothing in it.
 *
 * @retval WB_E_INVALID  Also: not UTF-8; the error says where.
 * @retval WB_E_LIMIT    Also: longer than 256 KiB.
 * Else as wb_template_lint.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_text_lint(const char *text, size_t length,
                                      const wb_lint_options *options, wb_finding *findings,
                                      uint32_t capacity, uint32_t *count, wb_error *error);

#ifdef __cplusplus
}
#endif

#endif
