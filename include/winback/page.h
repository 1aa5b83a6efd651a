/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The secure page and the postcard: what a campaign says when it is asked.
 *
 * A message on a narrow channel says little and carries a link. The *secure page* is what stands
 * behind that link, once the host has made sure who reads it: the treatment by its plain name, what
 * waiting may mean, ways to pay and comfort, how long a visit takes, open times. A campaign names
 * it once (`page`); the policy's channel `page.secure` says what it may read, and its HTML is
 * escaped and checked as that of e-mail is. The host's portal puts it into a frame of its own.
 *
 * A *postcard* (`postcard`) is for those whom neither a text nor an e-mail may reach. Anybody can
 * read it on its way, so it is in the register neutral.
 *
 * Neither is a message of the machine: nothing is journaled or counted. A host that prints a
 * postcard says so with an input of kind WB_INPUT_CONTACTED, as of any contact of its own.
 */
#ifndef WINBACK_PAGE_H
#define WINBACK_PAGE_H

#include <winback/practice.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is written, and how. */
enum wb_page_format {
  WB_PAGE_HTML = 0,    /**< The secure page, as what stands in the `body` of a document. */
  WB_PAGE_JSON = 1,    /**< The same as a JSON object of texts: `campaign`, `text` (its name),
                            `language`, `html`, and `plain`, what a reader of the page reads. */
  WB_PAGE_POSTCARD = 2 /**< The postcard, as text. */
};

/** Whose page: by the action whose link was used, else by campaign and patient. A patient who is
    named beside the action is compared with its own, but for a household's, which is for all. */
typedef struct wb_page {
  uint32_t size;            /**< sizeof(wb_page). */
  uint32_t flags;           /**< 0. */
  const uint8_t *action;    /**< 16 bytes; NULL: by the names below. */
  const char *campaign;     /**< Name of the campaign. */
  const char *patient;      /**< Key of the patient; beside an action who it must be of, or NULL. */
  uint32_t campaign_length; /**< Bytes at `campaign`. */
  uint32_t patient_length;  /**< Bytes at `patient`. */
  int32_t format;           /**< enum wb_page_format. */
  uint32_t reserved;        /**< 0. */
} wb_page;

/**
 * Writes the page of somebody who is or was in a campaign, as the definition they are in has it, on
 * the facts of now, in the patient's language, else the campaign's. When the text cannot be
 * rendered for the patient, or is withdrawn, the neutral one of its channel is written instead, if
 * there is one. An offer is shown from its first to its last day.
 *
 * The host has made sure who asks: the patient; of a minor whoever stands for them; of a household
 * whoever the message was sent to. The practice is in use while this runs, and unchanged.
 *
 * @retval WB_OK        @p buffer and @p needed are set.
 * @retval WB_E_SPACE   Too short; @p needed is set.
 * @retval WB_E_NAME    No such action, or it is over 90 days old; the patient was never in the
 *                      campaign, was forgotten, or is not in the facts; the campaign has no page or
 *                      postcard.
 * @retval WB_E_STATE   The patient left the practice, or has died; the facts are older than
 *                      `stale_facts`; the campaign no longer compiles; or a value is missing.
 * @retval WB_E_POLICY  The text is withdrawn, or a value may not be shown.
 * @retval WB_E_LIMIT   The text is longer than its channel lets it be.
 * @retval WB_E_RANGE   @p now is no instant.
 * @retval WB_E_ABORTED A callback of the facts failed.
 * @retval WB_E_INVALID NULL, no such format, a struct that is not well-formed, facts of another
 *                      schema, or the action of another patient than `patient`.
 * @retval WB_E_VERSION @p page has fields that this library does not know.
 * @retval WB_E_BUSY    In use.  @retval WB_E_STALE Load anew.  @retval WB_E_NOMEM No memory.
 * @par Thread safety One thread at a time.  @since 0.1
 */
WB_API wb_status WB_CALL wb_page_render(wb_practice *practice, const wb_page *page, wb_facts *facts,
                                        wb_time now, char *buffer, size_t capacity, size_t *needed,
                                        wb_error *error);

#ifdef __cplusplus
}
#endif

#endif
