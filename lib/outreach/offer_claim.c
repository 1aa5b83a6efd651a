/* SPDX-License-Identifier: MIT */
/*
 * The look before a message that makes an offer. What a step offers is lent to its texts as
 * offer.…, and counts for the year once the message is handed out.
 */
#include "outreach/offer_private.h"
#include "outreach/practice_private.h"

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

wb_status wbi_offer_claim(wbi_turn *turn, bool authorized, wb_date day, const wb_offer **made,
                          wb_error *error) {
  const wb_practice *practice = turn->practice;
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wb_campaign *campaign = turn->campaign;
  *made = NULL;
  if (campaign->class_ != WB_MESSAGE_OFFER) return WB_OK;
  const wb_offer *offer = wbi_campaign_offer_of(campaign, campaign->steps[turn->step].offer);
  /* That there is one would be told, and nobody could say whether it is so: no such campaign is
     launched, but a journal may say that it was. */
  if (offer == NULL) return wbi_turn_hold(turn, WB_HOLD_OFFER, turn->now + WBI_HOUR);
  /* Consent to the channel was asked before, with this class. What is handed out counts already. */
  const wbi_bytes16 *own = turn->looks != NULL ? &turn->looks->id : NULL;
  const wb_offer_use use = {.size = sizeof use,
                            .flags = WB_OFFER_AUTOMATED | (authorized ? WB_OFFER_AUTHORIZED : 0),
                            .given =
                                wbi_state_given(&practice->state, enrollment->patient, day, own),
                            .consent = WB_OFFER_CONSENT_WRITTEN};
  wb_offer_verdict verdict;
  const wb_status status =
      wbi_offer_test(offer, practice->law, turn->subject, &use, &verdict, error);
  if (status != WB_OK) return status;
  if (verdict.outcome != WB_OFFER_FINE)
    return wbi_turn_hold(turn, WB_HOLD_OFFER, turn->now + WBI_HOUR);
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
