/* SPDX-License-Identifier: MIT */
/* What packs of law ask of consent: what kind, from what age, and for how long. */
#include "time/time_private.h"

enum { CONSENT_MAJORITY = 21 }; /* where no rule says: the latest anywhere in these countries */

/* Takes a rule on the kind of consent: the more it asks for the stricter. */
static void consent_need(const wbi_law_rule *rule, wbi_law_consent *found) {
  static const char *const consent_needs[] = {"none", "implied", "express", "written"};
  for (int32_t need = 0; need < (int32_t)WBI_COUNT(consent_needs); need++) {
    if (strcmp(rule->name, consent_needs[need]) != 0) continue;
    if (found->need_rule[0] != '\0' && need <= found->need) return;
    found->need = need;
    found->need_rule = rule->id;
  }
}

/* Takes a rule on the age of majority: the later the stricter. */
static void consent_majority(const wbi_law_rule *rule, wbi_law_consent *found) {
  if (found->majority_rule[0] != '\0' && rule->amount <= found->majority) return;
  found->majority = (int32_t)rule->amount;
  found->majority_rule = rule->id;
}

/* Takes a rule on how long consent holds: the shorter the stricter. */
static void consent_term(const wbi_law_rule *rule, wbi_law_consent *found) {
  const bool seen = strcmp(rule->name, "seen") == 0;
  int32_t *months = seen ? &found->seen_months : &found->check_months;
  if (*months > 0 && rule->amount >= *months) return;
  *months = (int32_t)rule->amount;
  *(seen ? &found->seen_rule : &found->check_rule) = rule->id;
}

bool wbi_law_speaks(const wbi_law_rule *rule, uint32_t region, int32_t message_class,
                    int32_t channel, wb_date on) {
  return (rule->classes >> message_class & 1) != 0 && (rule->channels >> channel & 1) != 0 &&
         on >= rule->from && on <= rule->to && (region == 0 || (rule->regions >> region & 1) != 0);
}

/* Takes the rules of a pack. */
static void consent_pack(const wbi_pack *pack, wbi_text place, int32_t message_class,
                         int32_t channel, wb_date on, wbi_law_consent *found) {
  const uint32_t region = wbi_pack_region(pack, place);
  for (uint32_t i = 0; i < pack->consent_count; i++) {
    const wbi_law_rule *rule = pack->consents[i];
    if (!wbi_law_speaks(rule, region, message_class, channel, on)) continue;
    if (rule->kind == WB_LAW_CONSENT) consent_need(rule, found);
    if (rule->kind == WB_LAW_MAJORITY) consent_majority(rule, found);
    if (rule->kind == WB_LAW_TERM) consent_term(rule, found);
    if (rule->kind == WB_LAW_STOP) found->stop_rule = rule->id;
  }
}

wbi_law_consent wbi_law_consent_find(const wb_law *law, wbi_text region, int32_t message_class,
                                     int32_t channel, wb_date on) {
  wbi_law_consent found = {.need_rule = "",
                           .majority_rule = "",
                           .seen_rule = "",
                           .check_rule = "",
                           .stop_rule = "",
                           .need = WBI_NEED_CLOSED,
                           .majority = CONSENT_MAJORITY};
  const wbi_pack *known = wbi_law_pack(law, region);
  for (uint32_t i = 0; i < law->pack_count; i++) {
    const wbi_pack *pack = &law->packs[i];
    if (region.length > 0 && pack != known) continue;
    consent_pack(pack, region, message_class, channel, on, &found);
  }
  return found;
}
