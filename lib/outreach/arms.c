/* SPDX-License-Identifier: MIT */
/*
 * Who is held out, and which variant somebody gets: drawn once, at entry, by a hash that anybody
 * can repeat. A bucket is murmur3-32 of "wb1|salt|unit", as a share of 10,000. The salts of a
 * campaign are its own with ":holdout" and ":variants", so that the draws know nothing of each
 * other, nor of those of another campaign.
 */
#include "outreach/outreach.h"

enum { ARMS_BUCKETS = 10000, ARMS_PERCENT = ARMS_BUCKETS / 100 };

uint32_t wbi_arm_bucket(wbi_text salt, wbi_text draw, wbi_text unit) {
  char text[2 * WB_KEY_MAX + 32];
  wbi_writer writer = {text, sizeof text, 0};
  wbi_put_text(&writer, WBI_TEXT("wb1|"));
  wbi_put_text(&writer, salt);
  wbi_put_text(&writer, draw);
  wbi_put_char(&writer, '|');
  wbi_put_text(&writer, unit);
  const uint64_t hash = wbi_murmur3((wbi_text){text, writer.length});
  return (uint32_t)(hash * ARMS_BUCKETS >> 32);
}

/* The variant that a unit falls into; 0 where there is none. */
static uint8_t arms_variant(const wb_campaign *campaign, wbi_text unit) {
  const uint32_t bucket = wbi_arm_bucket(campaign->salt, WBI_TEXT(":variants"), unit);
  uint32_t edge = 0;
  uint8_t arm = 0;
  for (; arm + 1u < campaign->variant_count; arm++) {
    edge += campaign->variants[arm].share * ARMS_PERCENT;
    if (bucket < edge) break;
  }
  return arm;
}

/* A field of the subject. */
static wb_status arms_field(const wbi_subject *subject, uint32_t field, wb_value *value,
                            wb_error *error) {
  *value = (wb_value){.size = sizeof *value};
  return wbi_facts_value(subject->facts, subject->row, field, subject->moment, value, error);
}

/* Whether somebody may be held out: never from treatment that was begun, nor from periodontal
   care. */
static wb_status arms_may_hold(const wbi_subject *subject, bool *may, wb_error *error) {
  wb_value kind, begun = {.size = sizeof begun};
  wb_status status = arms_field(subject, subject->fields->recare_kind, &kind, error);
  if (status != WB_OK) return status;
  const bool perio = wbi_text_equal((wbi_text){kind.data, kind.length}, WBI_TEXT("perio"));
  status = wbi_facts_item(subject->facts, subject->row, subject->fields->unfinished_kind, 0,
                          subject->moment, &begun, NULL);
  *may = !perio && status == WB_E_NAME;
  return status == WB_E_NAME ? WB_OK : status;
}

wb_status wbi_arm_draw(const wb_campaign *campaign, const wbi_subject *subject, wbi_text key,
                       wbi_arm *arm, wb_error *error) {
  const uint32_t share = (uint32_t)campaign->holdout * ARMS_PERCENT;
  wb_value household;
  bool may = false;
  *arm = (wbi_arm){0, false};
  if (share == 0 && campaign->variant_count == 0) return WB_OK;
  wb_status status = arms_field(subject, subject->fields->household, &household, error);
  if (status != WB_OK) return status;
  const wbi_text unit =
      household.kind == WB_TEXT ? (wbi_text){household.data, household.length} : key;
  arm->variant = arms_variant(campaign, unit);
  if (share == 0) return WB_OK;
  status = arms_may_hold(subject, &may, error);
  arm->held = may && wbi_arm_bucket(campaign->salt, WBI_TEXT(":holdout"), unit) < share;
  if (!may) arm->variant |= WBI_EXEMPT;
  return status;
}
