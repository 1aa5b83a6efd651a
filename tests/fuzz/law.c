/* SPDX-License-Identifier: MIT */
/* Fuzz target: any bytes as a pack of law, asked when it opens in each of its regions. */
#include <stdlib.h>
#include <string.h>

#include "time/time_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program unless a belief holds. */
static void believe(int holds) {
  if (!holds) abort();
}

/* An answer lies ahead, is open at its own beginning and not at its end. */
static void ask(const wb_law *law, const char *region, int32_t class_, wb_time at) {
  wb_law_question question = {.size = sizeof question,
                              .at = at,
                              .regions = region,
                              .regions_length = (uint32_t)strlen(region),
                              .message_class = class_};
  wb_law_answer answer = {.size = sizeof answer}, again = answer;
  believe(wb_law_find(law, &question, &answer) == WB_OK);
  if ((answer.flags & WB_LAW_CLOSED) != 0) return;
  believe(answer.open_at >= at && answer.open_at < answer.until);
  question.at = answer.open_at;
  believe(wb_law_find(law, &question, &again) == WB_OK);
  believe(again.open_at == answer.open_at && again.until == answer.until);
  if (answer.rule[0] == '\0') return;
  question.at = answer.until;
  believe(wb_law_find(law, &question, &again) == WB_OK);
  believe(again.open_at > answer.until || (again.flags & WB_LAW_CLOSED) != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const wb_time instants[] = {1796083200, 1772953200, 1793509200, 1830297599};
  wb_law *law = NULL;
  wb_error error = {0};
  wb_law_rule rule = {.size = sizeof rule};
  uint64_t cursor = 0, rules = 0;
  const wb_status status = wb_law_new(NULL, (const char *)data, size, &law, &error);
  if (status != WB_OK) {
    believe(error.status == status && error.message[0] != '\0');
    believe(error.line > 0 && error.column > 0);
    return 0;
  }
  const wbi_pack *pack = &law->packs[0];
  for (uint32_t region = 0; region < pack->region_count; region++) {
    for (int32_t class_ = WB_MESSAGE_TRANSACTIONAL; class_ <= WB_MESSAGE_URGENT; class_++)
      ask(law, pack->regions[region].code.data, class_, instants[(region + (uint32_t)class_) % 4]);
  }
  while (wb_law_next(law, 0, NULL, 0, 0, WB_DATE_NONE, &cursor, &rule) == WB_OK)
    rules++;
  believe(data == NULL ? rules > pack->rule_count : rules == pack->rule_count);
  wb_law_unref(law);
  return 0;
}
