/* SPDX-License-Identifier: MIT */
/* What packs of law say of how many messages somebody may get, and in how long. */
#include "time/time_private.h"

bool wbi_law_cap_next(const wb_law *law, wbi_text region, int32_t message_class, int32_t channel,
                      wb_date on, uint64_t *cursor, wbi_law_cap *cap) {
  const wbi_pack *known = wbi_law_pack(law, region);
  uint64_t place = 0;
  for (uint32_t i = 0; i < law->pack_count; i++) {
    const wbi_pack *pack = &law->packs[i];
    if (region.length > 0 && pack != known) continue;
    const uint32_t bit = wbi_pack_region(pack, region);
    for (uint32_t j = 0; j < pack->rule_count; j++) {
      const wbi_law_rule *rule = &pack->rules[j];
      if (place++ < *cursor || rule->kind != WB_LAW_CAP) continue;
      if (!wbi_law_speaks(rule, bit, message_class, channel, on)) continue;
      *cursor = place;
      *cap = (wbi_law_cap){rule->id, rule->amount, rule->seconds};
      return true;
    }
  }
  return false;
}
