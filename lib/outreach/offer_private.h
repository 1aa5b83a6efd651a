/* SPDX-License-Identifier: MIT */
/* An offer, for the campaign that names it and the checks before it is made. */
#ifndef WBI_OFFER_PRIVATE_H
#define WBI_OFFER_PRIVATE_H

#include "outreach/outreach.h"

#include <winback/offer.h>

/* A region that an offer is for. */
typedef struct wbi_offer_region {
  wbi_text code;
  const char *disclosures; /* ids, one a line */
} wbi_offer_region;

struct wb_offer {
  wbi_refs refs;
  wbi_arena arena;
  wb_schema *schema;
  wbi_outreach_fields fields;
  wb_rule *qualifies;
  const char *what, *includes, *excludes, *reviewer, *paid_by;
  wbi_text canonical;
  uint8_t content_id[32];
  const wbi_offer_region *regions;
  uint32_t region_count;
  uint32_t basis_points;
  int64_t price, regular, value; /* cents */
  wb_date first, last, reviewed;
  bool cash_like;
};

/* Compiles an offer from a tree that is part of a document. */
wb_status wbi_offer_compile(wb_context *context, wb_schema *schema, const wbi_json *root,
                            wb_offer **offer, wb_error *error);
/* As wb_offer_test, on entered facts. */
wb_status wbi_offer_test(const wb_offer *offer, const wb_law *law, const wbi_subject *subject,
                         const wb_offer_use *use, wb_offer_verdict *verdict, wb_error *error);

#endif
