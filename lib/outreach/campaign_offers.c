/* SPDX-License-Identifier: MIT */
/* The offers of a campaign, and whether what its texts say of them is fit to be said. */
#include "outreach/compile.h"
#include "outreach/offer_private.h"

enum { OFFER_MOST = 16 };

/* What a message, all parts of it, or a page reads of an offer. */
typedef struct offer_said {
  bool any, price, regular;
} offer_said;

/* Notes what a template reads of an offer; NULL reads nothing. */
static void offer_template_says(const wb_campaign *campaign, const wb_template *compiled,
                                offer_said *said) {
  uint32_t field = 0;
  for (uint32_t i = 0; wb_template_get(compiled, i, &field) == WB_OK; i++) {
    const wbi_text name = wbi_schema_field(campaign->schema, field)->name;
    said->any = said->any || wbi_text_starts(name, WBI_TEXT("offer."));
    said->price = said->price || wbi_text_equal(name, WBI_TEXT("offer.price"));
    said->regular = said->regular || wbi_text_equal(name, WBI_TEXT("offer.regular"));
  }
}

/* What the wording of a text that says least of the regular fee says. */
static offer_said offer_text_says(const wb_campaign *campaign, const wbi_campaign_text *text) {
  offer_said least = {false, false, true};
  for (uint32_t i = 0; i < text->count; i++) {
    const wbi_wording *wording = &text->wordings[i];
    const wb_template *const parts[] = {wording->subject, wording->preheader, wording->body,
                                        wording->html};
    offer_said said = {false, false, false};
    for (size_t part = 0; part < WBI_COUNT(parts); part++)
      offer_template_says(campaign, parts[part], &said);
    least.any = least.any || said.any;
    least.price = least.price || said.price;
    least.regular = least.regular && (said.regular || !said.price);
  }
  return least;
}

/* Whether what a text says of an offer is fit to be said: a discount shows the regular fee. */
static wb_status offer_fits(const wbi_compile *compile, const wbi_json *node,
                            const wbi_campaign_text *text, const wb_offer *offer) {
  const offer_said said = offer_text_says(compile->campaign, text);
  if (said.any && offer == NULL)
    return wbi_json_fail(node, compile->error, WB_E_INVALID,
                         "A text of this step tells of an offer, and the step names none.");
  if (!said.price || said.regular || offer->basis_points == 0) return WB_OK;
  return wbi_json_fail(node, compile->error, WB_E_POLICY,
                       "A discount is said with the regular fee: offer.regular.");
}

wb_status wbi_compile_offered(const wbi_compile *compile, const wbi_json *node,
                              const wbi_step *step) {
  const wb_campaign *campaign = compile->campaign;
  const wb_offer *offer = wbi_campaign_offer_of(campaign, step->offer);
  wb_status status = WB_OK;
  for (uint32_t i = 0; i < step->text_count; i++) {
    const wbi_campaign_text *text = &campaign->texts[step->texts[i]];
    for (uint32_t other = 0; status == WB_OK && other < campaign->text_count; other++) {
      if (other == step->texts[i] || wbi_campaign_text_stands_in(text, other))
        status = offer_fits(compile, node, &campaign->texts[other], offer);
    }
  }
  return status;
}

/* The page is behind the messages of every step. */
static wb_status offer_page(const wbi_compile *compile, const wbi_json *root) {
  const wb_campaign *campaign = compile->campaign;
  wb_status status = WB_OK;
  if (campaign->page == WBI_NO_TEXT) return WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < campaign->offer_count; i++)
    status = offer_fits(compile, wbi_json_find(root, "page"), &campaign->texts[campaign->page],
                        campaign->offers[i].offer);
  return status;
}

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
  return offer_page(compile, root);
}

const wb_offer *wbi_campaign_offer_of(const wb_campaign *campaign, wbi_text name) {
  for (uint32_t i = 0; i < campaign->offer_count; i++) {
    if (wbi_text_equal(campaign->offers[i].name, name)) return campaign->offers[i].offer;
  }
  return NULL;
}

bool wbi_campaign_lacks_offer(const wb_campaign *campaign) {
  if (campaign->class_ != WB_MESSAGE_OFFER) return false;
  for (uint32_t i = 0; i < campaign->step_count; i++) {
    const wbi_step *step = &campaign->steps[i];
    if (step->kind == WBI_STEP_SEND && wbi_campaign_offer_of(campaign, step->offer) == NULL)
      return true;
  }
  return false;
}
