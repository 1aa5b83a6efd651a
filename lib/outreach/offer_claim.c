/* SPDX-License-Identifier: MIT */
/*
 * Offers in a campaign, and the look before a message that makes one. What a step offers is lent to
 * its texts as offer.…, and counts for the year once the message is handed out.
 */
#include "outreach/compile.h"
#include "outreach/offer_private.h"
#include "outreach/practice_private.h"

enum { OFFER_MOST = 16, OFFER_HOUR = 3600 };

/* ---- compiling ---------------------------------------------------------------------------- */

wb_status wbi_compile_offers(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wbi_json *list = NULL;
  wb_status status = wbi_json_get(root, "offers", WBI_JSON_OBJECT, false, &list, compile->error);
  if (status != WB_OK || list == NULL) return status;
  if (campaign->class_ != WB_MESSAGE_OFFER)
    return wbi_json_fail(list, compile->error, WB_E_POLICY,
                         "Only a campaign of class \"offer\" makes one.");
  status = wbi_compile_list(compile, root, "offers", WBI_JSON_OBJECT, OFFER_MOST, &list);
  if (status != WB_OK) return status;
  wbi_campaign_offer *offer = wbi_compile_array(compile, list->count, sizeof *offer);
  if (offer == NULL) return WB_E_NOMEM;
  campaign->offers = offer;
  for (const wbi_json *node = list->first_sorted; node != NULL; node = node->next_sorted) {
    status = wbi_compile_name(compile, node, node->name, true, &offer->name);
    if (status == WB_OK)
      status = wbi_offer_compile(campaign->arena.context, campaign->schema, node, &offer->offer,
                                 compile->error);
    if (status != WB_OK) return status;
    campaign->offer_count++;
    offer++;
  }
  return WB_OK;
}

const wb_offer *wbi_campaign_offer_of(const wb_campaign *campaign, wbi_text name) {
  for (uint32_t i = 0; i < campaign->offer_count; i++) {
    if (wbi_text_equal(campaign->offers[i].name, name)) return campaign->offers[i].offer;
  }
  return NULL;
}

/* ---- the look before a message ------------------------------------------------------------ */

/* Money that is lent. */
static wb_value offer_cents(int64_t cents) {
  return (wb_value){.kind = WB_INT, .integer = cents};
}

static wb_value offer_text(const char *text) {
  return (wb_value){.kind = WB_TEXT, .data = text, .length = (uint32_t)strlen(text)};
}

void wbi_offer_lend(const wb_offer *offer, wb_facts *facts) {
  wbi_facts_lend_one(facts, WBI_LENT_OFFER_WHAT, offer_text(offer->what));
  wbi_facts_lend_one(facts, WBI_LENT_OFFER_INCLUDES, offer_text(offer->includes));
  wbi_facts_lend_one(facts, WBI_LENT_OFFER_EXCLUDES, offer_text(offer->excludes));
  wbi_facts_lend_one(facts, WBI_LENT_OFFER_PRICE, offer_cents(offer->price));
  wbi_facts_lend_one(facts, WBI_LENT_OFFER_REGULAR, offer_cents(offer->regular));
  wbi_facts_lend_one(facts, WBI_LENT_OFFER_LAST,
                     (wb_value){.kind = WB_DATE, .integer = offer->last});
}

/* An offer of which nothing but its class is known goes to nobody whose coverage may be public. */
static wb_status offer_unnamed(wbi_turn *turn, wb_error *error) {
  const wbi_subject *subject = turn->subject;
  wb_value coverage = {.size = sizeof coverage};
  const wb_status status =
      wbi_facts_value(subject->facts, subject->row, subject->fields->public_coverage,
                      subject->moment, &coverage, error);
  if (status != WB_OK) return status;
  const wbi_text said = {coverage.data, coverage.kind == WB_TEXT ? coverage.length : 0};
  if (wbi_text_equal(said, WBI_TEXT("no"))) return WB_OK;
  return wbi_turn_hold(turn, WB_HOLD_OFFER, turn->now + OFFER_HOUR);
}

wb_status wbi_offer_claim(wbi_turn *turn, bool authorized, wb_date day, const wb_offer **made,
                          wb_error *error) {
  const wb_practice *practice = turn->practice;
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wb_campaign *campaign = turn->campaign;
  *made = NULL;
  if (campaign->class_ != WB_MESSAGE_OFFER) return WB_OK;
  const wb_offer *offer = wbi_campaign_offer_of(campaign, campaign->steps[turn->step].offer);
  if (offer == NULL) return offer_unnamed(turn, error);
  /* Consent to the channel was asked before, with this class. */
  const wb_offer_use use = {.size = sizeof use,
                            .flags = WB_OFFER_AUTOMATED | (authorized ? WB_OFFER_AUTHORIZED : 0),
                            .given = wbi_state_given(&practice->state, enrollment->patient, day),
                            .consent = WB_OFFER_CONSENT_WRITTEN};
  wb_offer_verdict verdict;
  const wb_status status =
      wbi_offer_test(offer, practice->law, turn->subject, &use, &verdict, error);
  if (status != WB_OK) return status;
  if (verdict.outcome != WB_OFFER_FINE)
    return wbi_turn_hold(turn, WB_HOLD_OFFER, turn->now + OFFER_HOUR);
  wbi_offer_lend(offer, turn->subject->facts);
  *made = offer;
  return WB_OK;
}

wbi_effect wbi_offer_gift(const wbi_turn *turn, const wb_offer *offer, const wbi_bytes16 *id,
                          wb_date day) {
  return (wbi_effect){.kind = WBI_EFFECT_GIFT,
                      .id = *id,
                      .patient = turn->patient,
                      .day = day,
                      .number = (uint32_t)offer->value};
}
