/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Templates and privacy policies: what may be said.
 *
 * A template is text in a strict subset of Liquid:
 *
 *     Hi {{ patient.name | default: "there" }}! Book here: {{ location.booking_url }}
 *     {% if recare.band == "12+" %}It has been over a year.{% else %}See you soon.{% endif %}
 *
 * In braces stand fields, texts, numbers, `true`, `false`, `nil`, `blank` and `empty`, with filters
 * behind them. Tags are `if`, `elsif`, `else`, `unless`, `case`, `when`, `for` over lists and
 * ranges (limit, offset, reversed, forloop), `assign`, `comment`, `raw` and `#`; conditions have ==
 * != <> < > <= >= contains and either `and` or `or`; `{{-`, `-}}`, `{%-`, `-%}` take the white
 * space beside them away. All else is refused with its place. A date is written as 2026-03-03; a
 * yes or no is not written, an instant only by the filter `date`. docs/templates.md has it all.
 *
 * What a template costs is bounded when it is compiled: loops have at most 100,000 turns together,
 * a text is no longer than its channel allows, and rendering takes no memory once it is warm.
 *
 * Privacy is decided when a template is compiled, by what it may *read*. Every field of a schema
 * has a sensitivity class; a wb_policy says for each channel which classes a text may mention
 * anywhere (output, condition, filter argument) and which may *choose* between texts. A template
 * that mentions a field outside its policy does not compile, so the renderer never asks for such a
 * value, and for one template and one patient the bytes cannot depend on it.
 *
 * A wb_policy is JSON:
 *
 *     {"channels": {"sms": {"read": ["public", "name", "link", "scheduling"],
 *                           "choose": ["public", "name", "link", "scheduling", "recall"],
 *                           "detail": ["recall", "clinical"],
 *                           "never": [["name", "clinical"]],
 *                           "max_segments": 2,
 *                           "recipients": {"household": {"read": ["public", "link"], …}, …}}, …},
 *      "general": [{"class": "clinical", "en": "your visit", "es": "su visita"}, …],
 *      "hosts": ["book.example.com"]}
 *
 * | channel | what it is | limit |
 * |---|---|---|
 * | sms | a text message | max_segments |
 * | email.subject, email.preheader | one line | max_characters |
 * | email.text, email.html | the parts of an e-mail | max_bytes |
 * | postcard | anybody may read it | max_characters |
 * | letter | sealed | max_bytes |
 * | call | the note of a call task, for staff eyes | max_bytes |
 * | voicemail | what is said to an answering machine | max_words |
 * | page.public, page.secure | before and after the patient is identified | max_bytes |
 *
 * `detail` are classes that a text of the register `detail` reads besides; it is sent only with the
 * patient's detail consent for the channel. `never` are sets of classes that one text may not read
 * together. `recipients` (guardian, household) have lists of their own where they differ from the
 * patient's; what a policy takes from the patient's list it takes from theirs. `hosts` are the only
 * ones that links may lead to; left out, any https link is fit.
 *
 * `general` holds the words of the filter `general`, by field or class: `{{ recare.kind | general
 * }}` is these words, and the field is not read. Words that differ by value are declared with a
 * reason, and what they are of:
 *
 *     {"field": "recare.band", "class": "public", "reason": "said as on the phone",
 *      "texts": {"0-6": "a while"}, "otherwise": "some time", "language": "en"}
 *
 * The built-in policy (NULL) is in lib/data/policies/default.json. What a host's policy leaves out
 * stays as it is there. It may narrow it freely; it widens it only with `"widen": true`, which is
 * kept for the record (wb_policy_format says where). Nothing widens to what is sealed.
 *
 * Rendering fails closed: an error is a status for the host, never a text for the patient.
 */
#ifndef WINBACK_TEMPLATE_H
#define WINBACK_TEMPLATE_H

#include <winback/facts.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A privacy policy; immutable. */
typedef struct wb_policy wb_policy;
/** A compiled template; immutable. */
typedef struct wb_template wb_template;

/** Whom a text is for. */
enum wb_recipient {
  WB_RECIPIENT_PATIENT = 0,
  WB_RECIPIENT_GUARDIAN = 1, /**< Of a minor, marked as the personal representative. */
  WB_RECIPIENT_HOUSEHOLD = 2 /**< Whoever shares the contact point. */
};

/** How much a text says. */
enum wb_register {
  WB_REGISTER_GENERAL = 0, /**< "You're due for your cleaning and check-up." */
  WB_REGISTER_NEUTRAL = 1, /**< "Time to plan your next visit." */
  WB_REGISTER_DETAIL = 2   /**< Kind of recare, group of treatment: only with consent. */
};

/**
 * Compiles a policy.
 *
 * @param json  NULL: the built-in policy; @p length is then ignored.
 * @retval WB_OK         @p policy holds one reference.
 * @retval WB_E_SYNTAX   Not JSON.
 * @retval WB_E_INVALID  NULL, or a member has the wrong form; `path` says where.
 * @retval WB_E_NAME     An unknown member, channel or class.
 * @retval WB_E_POLICY   Wider than the built-in policy without `"widen": true`; or sealed.
 * @retval WB_E_LIMIT    Nested too deep, or too long.
 * @retval WB_E_NOMEM    No memory.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_policy_new(wb_context *context, wb_schema *schema, const char *json,
                                       size_t length, wb_policy **policy, wb_error *error);
/** Takes one more reference and returns @p policy. Any thread. @since 0.1 */
WB_API wb_policy *WB_CALL wb_policy_ref(wb_policy *policy);
/** Gives one reference back. NULL does nothing. Any thread. @since 0.1 */
WB_API void WB_CALL wb_policy_unref(wb_policy *policy);

/**
 * The classes that a channel may read and that may choose, as bit masks (1 << enum wb_class).
 * @retval WB_OK Both are set.  @retval WB_E_NAME No such channel.  @retval WB_E_INVALID NULL.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_policy_get(const wb_policy *policy, const char *channel, uint32_t *read,
                                       uint32_t *choose);

/**
 * The policy in words, a paragraph a channel: what may be said, what may choose, to whom, limits,
 * hosts, where it is wider than the built-in one, and the words in place of what is not said.
 *
 * @param[out] length  Bytes, without the NUL that is added where there is room.
 * @retval WB_OK @p buffer and @p length are set.  @retval WB_E_SPACE Too short; @p length is set.
 * @retval WB_E_INVALID NULL.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_policy_format(const wb_policy *policy, char *buffer, size_t capacity,
                                          size_t *length);

/** What a template is made for. */
typedef struct wb_template_options {
  uint32_t size;        /**< sizeof(wb_template_options). */
  uint32_t flags;       /**< 0. */
  const char *channel;  /**< "sms", …; NUL-terminated. */
  const char *language; /**< "en" or "es", in which filters write; NULL: "en". */
  int32_t recipient;    /**< enum wb_recipient. */
  int32_t register_;    /**< enum wb_register. */
} wb_template_options;

/**
 * Compiles a template for a channel.
 *
 * @param policy  NULL: the built-in policy.
 * @retval WB_OK         @p compiled holds one reference.
 * @retval WB_E_SYNTAX   Not of the subset, or a format of a date without a %; line and column say
 *                       where.
 * @retval WB_E_NAME     No such field, filter, channel or language, or a text outside the domain of
 *                       the field it is compared with; the error suggests the nearest.
 * @retval WB_E_POLICY   The text mentions a field that the channel may not read; `path` names it.
 * Or it reads classes that one text may not read together. Or a link that is written out is not
 * https to a host that links may lead to, or a field that is a link goes through a filter but
 * `default` and `strip`.
 * @retval WB_E_TYPE     A filter, comparison or loop that does not go with its operand.
 * @retval WB_E_LIMIT    Nested too deep, longer than 256 KiB, more than 100,000 turns of loops, 32
 *                       filters behind each other, 16 steps of a name, 1,024 values of a case or
 *                       256 assigned names.
 * @retval WB_E_INVALID  NULL, no such recipient or register, invalid UTF-8, a control character
 *                       (line feed and tab apart; in a subject no line feed and no =?), a direction
 *                       mark or another character that cannot be seen; or schema and policy do not
 *                       belong together.
 * @retval WB_E_VERSION  @p options has members that this library does not know.
 * @retval WB_E_NOMEM    No memory.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_template_new(wb_context *context, wb_schema *schema, wb_policy *policy,
                                         const wb_template_options *options, const char *text,
                                         size_t length, wb_template **compiled, wb_error *error);
/** Takes one more reference and returns @p compiled. Any thread. @since 0.1 */
WB_API wb_template *WB_CALL wb_template_ref(wb_template *compiled);
/** Gives one reference back. NULL does nothing. Any thread. @since 0.1 */
WB_API void WB_CALL wb_template_unref(wb_template *compiled);

/**
 * The read-set: the index of the @p index-th field that the template may read.
 * @retval WB_OK @p field is set.  @retval WB_E_NAME No more fields.  @retval WB_E_INVALID NULL.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_template_get(const wb_template *compiled, uint32_t index,
                                         uint32_t *field);

/** What is known of a template before there is a patient. */
typedef struct wb_template_info {
  uint32_t size;           /**< sizeof(wb_template_info). */
  uint32_t flags;          /**< 0. */
  uint32_t classes;        /**< Classes of the fields that it reads, 1 << enum wb_class. */
  uint32_t segments_most;  /**< Of an SMS: no message has more, were there no limit; else 0. */
  uint32_t segments_least; /**< Of an SMS: no message has fewer; else 0. */
  uint32_t replaced;       /**< Of an SMS: typographic characters of the text that were made plain,
                                so that it fits GSM-7: tell the author. */
  uint32_t line, column;   /**< Of the first of them; 0: none. */
  int32_t message_class;   /**< enum wb_message_class that its words and fields make it; at least
                                WB_MESSAGE_CARE is for the campaign to say. */
  int32_t reserved;        /**< 0. */
} wb_template_info;

/**
 * What is known of a template: classes read, worst case, class of its messages.
 * @retval WB_OK @p info is set.  @retval WB_E_INVALID NULL, or a size too small.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_template_measure(const wb_template *compiled, wb_template_info *info);

/**
 * Renders for one patient. Nothing is allocated once @p facts are warm.
 *
 * @retval WB_OK         @p buffer and @p length are set.
 * @retval WB_E_SPACE    Too short; @p length is set.
 * @retval WB_E_POLICY   A value is not fit to be sent: a control character or line break, one that
 *                       cannot be seen, < or >, template braces, a name over 80 characters, a link
 * that is not https or leads to a host that is not listed. `path` names the field; a `default` does
 * not help.
 * @retval WB_E_STATE    A field that the text writes is missing (null, unknown, or white space
 *                       only) and has no `default`; `path` names it. Or the text comes out with
 *                       nothing but white space, in any channel but email.preheader.
 * @retval WB_E_LIMIT    The text would be longer than the channel's limit.
 * @retval WB_E_INVALID  Template and facts are not of one schema, or a struct is not well-formed.
 * @retval WB_E_VERSION  @p moment has members that this library does not know.
 * @retval WB_E_NAME     No such row.
 * @retval WB_E_TYPE     A cell holds what its field cannot be.
 * @retval WB_E_RANGE    A date or instant out of range.
 * @retval WB_E_BUSY     The facts are in use.
 * @retval WB_E_NOMEM    No memory for scratch or join.
 * @par Thread safety One thread at a time for one @p facts.  @since 0.1
 */
WB_API wb_status WB_CALL wb_template_render(const wb_template *compiled, wb_facts *facts,
                                            uint64_t row, const wb_moment *moment, char *buffer,
                                            size_t capacity, size_t *length, wb_error *error);

/**
 * Makes a template of a message with Open Dental's tags: `[NameF]` becomes `{{ patient.name }}`.
 * Braces stay what they are, line ends become line feeds. Tags are known in any case of letters.
 *
 * @param[out] written  Bytes of the template; NULL, 0 measures.
 * @retval WB_OK         @p buffer and @p written are set.
 * @retval WB_E_SPACE    Too short; @p written is set.
 * @retval WB_E_NAME     A tag that is not known; the error has its place.
 * @retval WB_E_POLICY   A tag that no message may have, such as a last name, or braces of a
 * template; the error says why.
 * @retval WB_E_LIMIT    Longer than 256 KiB.
 * @retval WB_E_INVALID  NULL.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_template_import(const char *text, size_t length, char *buffer,
                                            size_t capacity, size_t *written, wb_error *error);

#ifdef __cplusplus
}
#endif

#endif
