/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Campaigns: an audience, its segments, and the steps that win people back.
 *
 * A campaign is a JSON document (docs/campaigns.md). Its *audience* is a rule; its *segments* are
 * rules tried in order, and their order is the order in which people are let in; its *exits* are
 * rules that end a sequence whenever they become true; its *steps* send, wait, await events,
 * branch, call, go back so many times, and stop; its *texts* are templates by channel and language.
 * Everything is checked when the campaign is compiled: fields, domains, privacy, the class of its
 * messages, unreachable steps, loops without an end.
 *
 * A campaign is known by its *content id*, the SHA-256 of its canonical form (members sorted, no
 * white space, integers), so that two processes agree on what somebody is in. Playbooks are
 * campaigns that ship with the library.
 */
#ifndef WINBACK_CAMPAIGN_H
#define WINBACK_CAMPAIGN_H

#include <winback/rule.h>
#include <winback/template.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A compiled campaign; immutable. */
typedef struct wb_campaign wb_campaign;

/** What a campaign is; text is borrowed from the campaign. */
typedef struct wb_campaign_info {
  uint32_t size;             /**< sizeof(wb_campaign_info). */
  uint32_t flags;            /**< 0. */
  const char *name;          /**< "hygiene-recare", NUL-terminated, at most 64 bytes. */
  const char *title;         /**< For people, NUL-terminated. */
  const char *canonical;     /**< The canonical form: what the content id is made of. */
  const uint8_t *content_id; /**< 32 bytes. */
  uint32_t canonical_length; /**< Bytes at `canonical`. */
  uint32_t segments;         /**< Number of segments. */
  uint32_t steps;            /**< Number of steps. */
  uint32_t texts;            /**< Number of texts. */
  uint32_t touches;          /**< Messages at most in one entry, its own number or 6. */
  uint32_t rest_days;        /**< Days after an entry before the next, its own number or 90. */
} wb_campaign_info;

/** The newest definition of its name: whom else a campaign takes in, it takes in by this one. */
#define WB_CAMPAIGN_NEWEST 1u
/** Launched: people enter. */
#define WB_CAMPAIGN_LAUNCHED 2u
/** Paused by its name; pauses of the practice, a location or a class are others. */
#define WB_CAMPAIGN_PAUSED 4u
/** Stopped for good: nobody enters until WB_INPUT_RESUME. */
#define WB_CAMPAIGN_STOPPED 8u

/** A definition of a campaign in a practice (wb_practice_campaigns); text is lent until the next
    call. */
typedef struct wb_campaign_status {
  uint32_t size;             /**< sizeof(wb_campaign_status). */
  uint32_t flags;            /**< WB_CAMPAIGN_… */
  const char *name;          /**< Campaign name, NUL-terminated. */
  const char *canonical;     /**< The canonical form. */
  const uint8_t *content_id; /**< 32 bytes. */
  uint32_t canonical_length; /**< Bytes at `canonical`. */
  uint32_t inside;           /**< How many are inside, by this definition. */
} wb_campaign_status;

/**
 * Compiles a campaign.
 *
 * @param policy  Privacy policy; NULL: the built-in one.
 * @retval WB_OK         @p campaign holds one reference.
 * @retval WB_E_SYNTAX   Not JSON, or two members of one name; or a rule or text that is not of its
 * language.
 * @retval WB_E_INVALID  NULL, or a policy of another schema; a member is missing or has the wrong
 * form, a step cannot be reached, an exit is missing.
 * @retval WB_E_NAME     An unknown member, field, channel, text…
 * @retval WB_E_TYPE     A member is of another kind than is needed there; or a rule's operands do
 * not go together.
 * @retval WB_E_POLICY   A text reads what its channel forbids, or is chosen by it: a text in
 * several languages is chosen by the patient's, one that is said `instead`, or by a branch, by a
 * rule. Or it says or reads what makes it more than the class that the campaign declares: a price,
 * discount, gift or financing, insurance benefits, money owed. Or the class is none for what the
 * campaign is about.
 * @retval WB_E_RANGE    A number out of range.
 * @retval WB_E_STATE    A parameter without a default, which a practice has to set.
 * @retval WB_E_LIMIT    Longer than 1 MiB, too deep, too many steps (64), segments (32), exits
 * (16), texts (128), variants (8) or choices of one text or branch (16), or a name over 64 bytes.
 * @retval WB_E_NOMEM    No memory.
 * Errors carry the JSON path, and line and column within the document or the rule or text.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_campaign_new(wb_context *context, wb_schema *schema, wb_policy *policy,
                                         const char *json, size_t length, wb_campaign **campaign,
                                         wb_error *error);
/**
 * Compiles a campaign as a practice has set it: its parameters, members and own wording
 * (docs/settings.md). The canonical form, and so the content id, is that of the result, which holds
 * values alone; without settings, or with some that do not name the campaign, it is what
 * wb_campaign_new makes. A newer version of a playbook takes the same settings.
 *
 * @param settings  A document as wb_settings_schema says, at most 1 MiB; NULL: none.
 * @retval WB_OK       @p campaign holds one reference.
 * @retval WB_E_STATE  A parameter without a default is not set: the practice cannot run it yet.
 * @retval WB_E_NAME   As wb_campaign_new; or a member of the settings, a parameter or a text that
 *                     there is none of, with the nearest name.
 * @retval WB_E_RANGE  As wb_campaign_new; or a value out of the range that the campaign declares.
 * Else as wb_campaign_new. What is wrong in the settings has its path there ("/playbooks/…",
 * "/wording/…", "/offers/…"), with line and column of the settings, or within the text of a
 * wording.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_campaign_make(wb_context *context, wb_schema *schema, wb_policy *policy,
                                          const char *json, size_t length, const char *settings,
                                          size_t settings_length, wb_campaign **campaign,
                                          wb_error *error);
/** Takes one more reference and returns @p campaign. Any thread. @since 0.1 */
WB_API wb_campaign *WB_CALL wb_campaign_ref(wb_campaign *campaign);
/** Gives one reference back. NULL does nothing. Any thread. @since 0.1 */
WB_API void WB_CALL wb_campaign_unref(wb_campaign *campaign);

/**
 * What the campaign is.
 * @retval WB_OK @p info is set.  @retval WB_E_INVALID Its `size` is too small.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_campaign_get(const wb_campaign *campaign, wb_campaign_info *info);

/** Why a patient is in or out of a campaign's audience. */
enum wb_match_reason {
  WB_MATCH_IN = 0,       /**< In the audience and in a segment. */
  WB_MATCH_EXCLUDED = 1, /**< A standing exclusion: not active, deceased, do-not-contact… */
  WB_MATCH_AUDIENCE = 2, /**< The audience rule says no. */
  WB_MATCH_UNKNOWN = 3,  /**< A field that the audience needs is missing. */
  WB_MATCH_SEGMENT = 4,  /**< In the audience, but in none of the segments. */
  WB_MATCH_EXIT = 5      /**< One of the exits is already true. */
};

/** Outcome of wb_campaign_match; text is borrowed from the campaign. */
typedef struct wb_match {
  uint32_t size;       /**< sizeof(wb_match). */
  uint32_t flags;      /**< 0. */
  const char *segment; /**< Name of the segment, or NULL. */
  const char *reason;  /**< Name of the exclusion or exit, or NULL. */
  int32_t outcome;     /**< enum wb_match_reason. */
  int32_t priority;    /**< Index of the segment: lower is let in first; -1: none. */
  uint32_t missing;    /**< With WB_MATCH_UNKNOWN: index of the first missing field. */
  uint32_t reserved;   /**< 0. */
} wb_match;

/**
 * Matches one patient: standing exclusions, audience, exits, segments.
 * @param[in,out] match  `size` set by the caller.
 * @retval WB_OK @p match is set.  Else as wb_rule_test.
 * @par Thread safety One thread at a time for one @p facts.  @since 0.1
 */
WB_API wb_status WB_CALL wb_campaign_match(const wb_campaign *campaign, wb_facts *facts,
                                           uint64_t row, const wb_moment *moment, wb_match *match,
                                           wb_error *error);

/**
 * The JSON Schema (draft 2020-12) of campaigns, valid for ever: what a document looks like.
 * wb_campaign_new checks more.
 * @retval WB_OK Both are set.  @retval WB_E_INVALID NULL.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_campaign_schema(const char **json, size_t *length);

/**
 * The JSON Schema (draft 2020-12) of a practice's settings, valid for ever; docs/settings.md
 * explains them. No member is needed by the library, which reads `playbooks`, `wording` and
 * `offers`; the others are for the program that makes facts and practice.
 * @retval WB_OK Both are set.  @retval WB_E_INVALID NULL.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_settings_schema(const char **json, size_t *length);

/**
 * Checks a practice's settings: that they are as the schema says, that the playbooks, parameters,
 * texts and offers that they name are there, and that values are in their ranges. Whether own
 * wording may be said is for wb_campaign_make.
 *
 * @retval WB_OK         They are fine.
 * @retval WB_E_SYNTAX   Not JSON, two members of one name, or a text that is not of its form.
 * @retval WB_E_INVALID  NULL; a member is missing, or two do not go together.
 * @retval WB_E_NAME     A member, playbook, parameter, text or offer that there is none of, with
 * the nearest name.
 * @retval WB_E_TYPE     A value of another kind than is needed there.
 * @retval WB_E_RANGE    A number, or a stretch of days, out of range.
 * @retval WB_E_LIMIT    Longer than 1 MiB, too deep, or too many or too few of something.
 * @retval WB_E_NOMEM    No memory.
 * Errors carry the JSON path, line and column.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_settings_test(wb_context *context, const char *json, size_t length,
                                          wb_error *error);

/** Number of playbooks that ship. Any thread. @since 0.1 */
WB_API uint32_t WB_CALL wb_playbook_count(void);
/**
 * Name and JSON text of a playbook, valid for ever.
 * @retval WB_OK All three are set.  @retval WB_E_NAME No such index.
 * @par Thread safety Any thread.  @since 0.1
 */
WB_API wb_status WB_CALL wb_playbook_get(uint32_t index, const char **name, const char **json,
                                         size_t *length);

#ifdef __cplusplus
}
#endif

#endif
