/* SPDX-License-Identifier: MIT */
/* What the library has as numbers, in words: channels, classes, holds, instants. */
#include "cli.h"

#include <string.h>

const char *const cli_channels[] = {"", "sms", "email", "call", NULL};

const char *const cli_classes[] = {"",      "transactional", "care",   "benefit",
                                   "offer", "billing",       "urgent", NULL};

int32_t cli_class(const char *name) {
  for (int32_t i = 1; cli_classes[i]; i++) {
    if (!strcmp(cli_classes[i], name)) return i;
  }
  return 0;
}

/* What keeps somebody from being written to, for the front desk. */
static const char *const hold_words[] = {
    [WB_HOLD_NONE] = "nothing is in the way",
    [WB_HOLD_PAUSED] = "the practice, the location or the campaign is paused",
    [WB_HOLD_OPTED_OUT] = "this number or address asked for no more messages",
    [WB_HOLD_NO_PERMISSION] = "the record has no permission for texts, or says no",
    [WB_HOLD_NO_ADDRESS] = "there is no mobile number and no e-mail address on record",
    [WB_HOLD_BAD_ADDRESS] = "the number or address on record is no good",
    [WB_HOLD_MINOR] = "not of age, and nobody is marked to stand for them",
    [WB_HOLD_AGE_UNKNOWN] = "there is no birth date on record",
    [WB_HOLD_NOT_SEEN] = "not seen for two years or never: a text is not allowed",
    [WB_HOLD_HOURS] = "the hour is not one for messages",
    [WB_HOLD_CAP] = "there were messages enough for now",
    [WB_HOLD_CAPACITY] = "the practice has no room for more just now",
    [WB_HOLD_FACTS] = "the data are missing, failing or too old",
    [WB_HOLD_RENDER] = "the text cannot be written for this patient",
    [WB_HOLD_DEFINITION] = "the campaign's definition no longer compiles",
    [WB_HOLD_ZONE] = "the time zone is not known",
    [WB_HOLD_DESK] = "something about the patient waits on the desk's list Now",
    [WB_HOLD_NUMBER_CHECK] = "the number may have passed to somebody else: check it",
    [WB_HOLD_NOT_WRITTEN] = "there is no written consent to offers",
    [WB_HOLD_PREFERENCE] = "the patient asked for another way, or for none",
    [WB_HOLD_OFFER] = "the offer may not be made to this patient",
    [WB_HOLD_HOUSEHOLD] = "somebody else at that number was written to today",
    [WB_HOLD_LATE] = "it is too late for it",
};

const char *cli_hold_words(int32_t hold) {
  size_t count = sizeof hold_words / sizeof hold_words[0];
  bool known = hold >= 0 && (size_t)hold < count && hold_words[hold];
  return known ? hold_words[hold] : wb_hold_name(hold);
}

const char *cli_minute(const wb_zone *zone, wb_time at, char out[40]) {
  size_t length = 0;
  if (wb_time_format(at, zone, out, 40, &length) != WB_OK) return NULL;
  out[10] = ' ';
  out[16] = 0;
  return out;
}
