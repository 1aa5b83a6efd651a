/* SPDX-License-Identifier: MIT */
/* What the library has as numbers, in words: channels, classes, holds, instants. */
#include "cli.h"

#include <string.h>

const char *const cli_channels[] = {"", "sms", "email", "call", NULL};

const char *const cli_classes[] = {"",        "transactional", "care",   "benefit", "offer",
                                   "billing", "urgent",        "detail", NULL};

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
    [WB_HOLD_ADMISSIONS] = "enough enter today: another day",
};

const char *cli_hold_words(int32_t hold) {
  size_t count = sizeof hold_words / sizeof hold_words[0];
  bool known = hold >= 0 && (size_t)hold < count && hold_words[hold];
  return known ? hold_words[hold] : wb_hold_name(hold);
}

const cli_text_part cli_text_parts[] = {{"sms", "body", "sms"},
                                        {"email", "subject", "email.subject"},
                                        {"email", "preheader", "email.preheader"},
                                        {"email", "body", "email.text"},
                                        {"email", "html", "email.html"},
                                        {"call", "body", "call"},
                                        {"postcard", "body", "postcard"},
                                        {"page", "html", "page.secure"},
                                        {NULL, NULL, NULL}};

const char *cli_offer_words(int32_t outcome) {
  static const char *const words[] = {
      [WB_OFFER_FINE] = "nothing is in the way",
      [WB_OFFER_DAYS] = "today is not one of its days",
      [WB_OFFER_AGE] = "not of age, or the age is not known",
      [WB_OFFER_QUALIFIES] = "the rule on who qualifies does not say yes",
      [WB_OFFER_PLACE] = "no law on offers is known for the region",
      [WB_OFFER_WORDS] = "it says what the law of the region does not allow",
      [WB_OFFER_DISCLOSURE] = "it was not reviewed for the region, or lacks a disclosure of it",
      [WB_OFFER_VALUE] = "it is worth too much where a coverage may be public",
      [WB_OFFER_AUTHORIZATION] = "a third party pays, and that is not authorised",
      [WB_OFFER_CONSENT] = "the consent that the law wants is missing"};
  const int32_t count = (int32_t)(sizeof words / sizeof words[0]);
  return outcome >= 0 && outcome < count ? words[outcome] : "";
}

/* Names and what they say. */
typedef struct named_words {
  const char *name, *words;
} named_words;

/* The words of a name; the name where there are none. */
static const char *words_find(const named_words *list, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++) {
    if (!strcmp(list[i].name, name)) return list[i].words;
  }
  return name;
}

/* Standing exclusions: whoever … is not written to. */
static const named_words exclusion_words[] = {
    {"deceased", "has died"},
    {"inactive", "is marked inactive"},
    {"archived", "is archived"},
    {"nonpatient", "is no patient here"},
    {"prospective", "is not a patient yet"},
    {"do_not_contact", "asked to be left alone"},
    {"dismissed", "was dismissed by the practice"},
    {"moved", "has moved away"},
    {"new_dentist", "has a new dentist"},
    {"declined", "said no to further messages"},
    {"litigation", "is in a legal dispute with the practice"},
    {"collections", "has a bill in collection"},
    {"hospice", "is in hospice care"},
    {"complaint", "has a complaint open"},
    {"staff", "works at the practice"},
    {"test", "is a record for tests"},
    {"balance", "owes more than the recall waits for"},
    {"recent_visit", "was seen, or did not keep a visit, in the last 14 days"},
};

const char *cli_exclusion_words(const char *name) {
  return words_find(exclusion_words, sizeof exclusion_words / sizeof exclusion_words[0], name);
}

/* Why somebody's way through a campaign ended. */
static const named_words end_words[] = {
    {"accepted", "they took the time that was offered"},
    {"booked", "they have a visit booked"},
    {"confirmed", "they said that they will come"},
    {"declined", "they said no"},
    {"desk", "the desk has it"},
    {"finished", "all its messages were sent"},
    {"forgotten", "they asked to be forgotten"},
    {"goal", "what it is for was reached"},
    {"gone", "the visit or the time is no longer there"},
    {"household", "somebody of the household was written to instead"},
    {"kept", "they came"},
    {"late", "it was too late for it"},
    {"left", "they left the practice"},
    {"not_eligible", "they were no longer among those it is for"},
    {"opted_out", "they asked for no more messages"},
    {"over", "the visit is over"},
    {"put_off", "the visit has another time"},
    {"reschedule", "they want another time"},
    {"responded", "they answered"},
    {"stopped", "the campaign was stopped"},
    {"unreached", "there was no way to reach them"},
    {"wrong_number", "the number is somebody else's"},
    {"no_permission", "the permission to write to them is no longer there"},
    {"not_written", "the written consent is no longer there"},
    {"preference", "they ask to be reached in another way by now"},
    {"no_address", "there is no number or address any more"},
    {"bad_address", "messages to them no longer arrive"},
    {"not_seen", "their last visit is too long ago by now"},
    {"minor", "they are a minor"},
    {"age_unknown", "their age is no longer known"},
    {"seen", "they have been seen"},
    {"disabled", "their recall is switched off"},
    {"done", "the care is done"},
    {"renewed", "the benefit period is over"},
    {"period", "the benefit period is no longer new"},
    {"used", "nothing is left of the benefits"},
    {"public", "their insurance is public, or not known not to be"},
};

const char *cli_end_words(const char *name) {
  const char *words = words_find(end_words, sizeof end_words / sizeof end_words[0], name);
  return words == name ? cli_exclusion_words(name) : words;
}

const char *cli_minute(const wb_zone *zone, wb_time at, char out[40]) {
  size_t length = 0;
  if (wb_time_format(at, zone, out, 40, &length) != WB_OK) return NULL;
  out[10] = ' ';
  out[16] = 0;
  return out;
}
