/* SPDX-License-Identifier: MIT */
/*
 * Whether one patient may be told of an offer. The checks stand in their order; the first that
 * fails is the reason. What is not known is taken for what forbids.
 *
 * Whose law binds follows from what a rule is for. A board licenses the practice: words,
 * disclosures and the authorisation that a covered entity needs go by where the practice is. Age,
 * consent and what may be given protect the patient: they go by where the patient lives, and by
 * where the practice is as well, since whoever gives is bound there; the stricter counts.
 */
#include "outreach/offer_private.h"

/* Whose place a rule is looked up in. */
typedef enum offer_place { OFFER_PRACTICE = 0, OFFER_HOME, OFFER_PLACES } offer_place;

/* One question. */
typedef struct offer_case {
  const wb_offer *offer;
  const wb_law *law;
  const wbi_subject *subject;
  const wb_offer_use *use;
  wb_offer_verdict *verdict;
  wb_error *error;
  wbi_text places[OFFER_PLACES]; /* regions */
  wb_date today;
} offer_case;

/* ---- facts -------------------------------------------------------------------------------- */

static wb_status offer_fact(const offer_case *asked, uint32_t field, wb_value *value) {
  const wbi_subject *subject = asked->subject;
  *value = (wb_value){.size = sizeof *value};
  return wbi_facts_value(subject->facts, subject->row, field, subject->moment, value, asked->error);
}

static wb_status offer_block(const offer_case *asked, int32_t outcome, const char *rule) {
  asked->verdict->outcome = outcome;
  asked->verdict->rule = rule;
  return WB_OK;
}

/* The next rule of a kind that binds offers in a place today. */
static bool offer_rule_of(const offer_case *asked, int place, int32_t kind, uint64_t *cursor,
                          wb_law_rule *rule) {
  const wbi_text region = asked->places[place];
  *rule = (wb_law_rule){.size = sizeof *rule};
  return wb_law_next(asked->law, kind, region.data, region.length, WB_MESSAGE_OFFER, asked->today,
                     cursor, rule) == WB_OK;
}

/* The same where the practice is. */
static bool offer_rule(const offer_case *asked, int32_t kind, uint64_t *cursor, wb_law_rule *rule) {
  return offer_rule_of(asked, OFFER_PRACTICE, kind, cursor, rule);
}

/* Takes the first line off a list that is not empty. */
static wbi_text offer_cut(wbi_text *lines) {
  const char *end = memchr(lines->data, '\n', lines->length);
  const size_t length = end != NULL ? (size_t)(end - lines->data) : lines->length;
  const wbi_text line = wbi_text_slice(*lines, 0, length);
  *lines = wbi_text_slice(*lines, length + 1, SIZE_MAX);
  return line;
}

/* ---- checks ------------------------------------------------------------------------------- */

/* Only from the first day to the last. */
static wb_status offer_check_days(offer_case *asked) {
  wb_value today;
  const wb_status status = offer_fact(asked, asked->subject->fields->today, &today);
  if (status != WB_OK) return status;
  asked->today = (wb_date)today.integer;
  if (asked->today >= asked->offer->first && asked->today <= asked->offer->last) return WB_OK;
  return offer_block(asked, WB_OFFER_DAYS, "");
}

/* A region of the facts. */
static wb_status offer_region(const offer_case *asked, uint32_t field, wbi_text *region) {
  wb_value value;
  const wb_status status = offer_fact(asked, field, &value);
  if (status == WB_OK && value.kind == WB_TEXT) /* an empty one is absent */
    *region = (wbi_text){value.data, value.length};
  return status;
}

/* Places with rules on offers: the practice's, and the patient's, which is the same if it is not
   known. */
static wb_status offer_check_place(offer_case *asked) {
  wbi_text *practice = &asked->places[OFFER_PRACTICE], *home = &asked->places[OFFER_HOME];
  wb_status status = offer_region(asked, asked->subject->fields->region, practice);
  *home = *practice;
  if (status == WB_OK) status = offer_region(asked, asked->subject->fields->home, home);
  for (int place = 0; status == WB_OK && place < OFFER_PLACES; place++) {
    wb_law_rule rule;
    uint64_t cursor = 0;
    if (asked->places[place].length == 0 ||
        !offer_rule_of(asked, place, WB_LAW_CONSENT, &cursor, &rule))
      return offer_block(asked, WB_OFFER_PLACE, "");
  }
  return status;
}

/* Nobody under age where they live, or where the practice is. */
static wb_status offer_check_age(offer_case *asked) {
  wb_value age;
  const wb_status status = offer_fact(asked, asked->subject->fields->patient_age, &age);
  for (int place = 0; status == WB_OK && place < OFFER_PLACES; place++) {
    const wbi_law_consent law = wbi_law_consent_find(
        asked->law, asked->places[place], WB_MESSAGE_OFFER, WB_CHANNEL_SMS, asked->today);
    if (age.kind != WB_INT || age.integer < law.majority)
      return offer_block(asked, WB_OFFER_AGE, law.majority_rule);
  }
  return status;
}

static wb_status offer_check_rule(offer_case *asked) {
  const wbi_subject *subject = asked->subject;
  wb_verdict verdict = {.size = sizeof verdict};
  const wb_status status = wbi_rule_test(asked->offer->qualifies, subject->facts, subject->row,
                                         subject->moment, &verdict, asked->error);
  if (status != WB_OK || verdict.truth == WB_TRUE) return status;
  return offer_block(asked, WB_OFFER_QUALIFIES, "");
}

/* Writes a line as it is compared: small letters and digits, one blank between words and at both
   ends. Signs that stand in a word are left out. */
static wbi_text offer_plain(wbi_text line, char *bytes, size_t capacity) {
  wbi_writer writer = {bytes, capacity, 0};
  bool blank = true;
  size_t at = 0;
  uint32_t scalar = 0;
  wbi_put_char(&writer, ' ');
  while (wbi_utf8_next(line, &at, &scalar)) {
    const uint32_t folded = wbi_fold(scalar);
    const bool letter = folded >= 0x80 || wbi_is_letter((char)folded) || wbi_is_digit((char)folded);
    char out[4];
    if (folded == WBI_FOLD_SKIP) continue;
    if (!letter && blank) continue;
    if (letter)
      wbi_put_text(&writer, (wbi_text){out, wbi_utf8_put(out, folded)});
    else
      wbi_put_char(&writer, ' ');
    blank = !letter;
  }
  if (!blank) wbi_put_char(&writer, ' ');
  return (wbi_text){bytes, writer.length < capacity ? writer.length : capacity};
}

/* Whether some lines say one of some phrases. */
static bool offer_says(const char *lines, const char *phrases) {
  char line_bytes[256], phrase_bytes[256];
  wbi_text lines_left = wbi_text_of(lines);
  while (lines_left.length > 0) {
    const wbi_text line = offer_plain(offer_cut(&lines_left), line_bytes, sizeof line_bytes);
    wbi_text phrases_left = wbi_text_of(phrases);
    while (phrases_left.length > 0) {
      const wbi_text phrase =
          offer_plain(offer_cut(&phrases_left), phrase_bytes, sizeof phrase_bytes);
      if (wbi_text_find(line, phrase, 0) != SIZE_MAX) return true;
    }
  }
  return false;
}

/* Words that the law does not want in what it is and what is in it. */
static wb_status offer_check_words(offer_case *asked) {
  wb_law_rule rule;
  uint64_t cursor = 0;
  while (offer_rule(asked, WB_LAW_KEYWORDS, &cursor, &rule)) {
    if (strcmp(rule.name, "offer") != 0) continue;
    if (offer_says(asked->offer->what, rule.words) ||
        offer_says(asked->offer->includes, rule.words))
      return offer_block(asked, WB_OFFER_WORDS, rule.id);
  }
  return WB_OK;
}

/* Whether one of some lines is a text. */
static bool offer_lists(const char *lines, const char *text) {
  wbi_text left = wbi_text_of(lines);
  while (left.length > 0) {
    if (wbi_text_equal(offer_cut(&left), wbi_text_of(text))) return true;
  }
  return false;
}

/* A state for which it was reviewed, with all disclosures that the law wants there. */
static wb_status offer_check_disclosures(offer_case *asked) {
  const wbi_offer_region *region = NULL;
  wb_law_rule rule;
  uint64_t cursor = 0;
  for (uint32_t i = 0; i < asked->offer->region_count; i++) {
    if (wbi_text_equal(asked->offer->regions[i].code, asked->places[OFFER_PRACTICE]))
      region = &asked->offer->regions[i];
  }
  if (region == NULL) return offer_block(asked, WB_OFFER_DISCLOSURE, "");
  while (offer_rule(asked, WB_LAW_DISCLOSURE, &cursor, &rule)) {
    const bool needed = asked->offer->basis_points >= (uint64_t)rule.amount;
    if (needed && !offer_lists(region->disclosures, rule.name))
      return offer_block(asked, WB_OFFER_DISCLOSURE, rule.id);
  }
  return WB_OK;
}

/* Whether what is given keeps within one limit. */
static bool offer_within(const offer_case *asked, const wb_law_rule *rule) {
  const wb_offer *offer = asked->offer;
  const int64_t before = rule->seconds > 0 ? asked->use->given : 0;
  if (strcmp(rule->name, "cash") == 0 && !offer->cash_like) return true;
  return before <= rule->amount && offer->value <= rule->amount - before;
}

/* Public coverage, or none of which it is known that it is private: only what is small. */
static wb_status offer_check_value(offer_case *asked) {
  wb_value coverage;
  wb_law_rule rule;
  const wb_status status = offer_fact(asked, asked->subject->fields->public_coverage, &coverage);
  if (status != WB_OK) return status;
  const wbi_text said = {coverage.data, coverage.kind == WB_TEXT ? coverage.length : 0};
  if (wbi_text_equal(said, WBI_TEXT("no"))) return WB_OK;
  for (int place = 0; place < OFFER_PLACES; place++) {
    uint64_t cursor = 0;
    while (offer_rule_of(asked, place, WB_LAW_VALUE, &cursor, &rule)) {
      if (!offer_within(asked, &rule)) return offer_block(asked, WB_OFFER_VALUE, rule.id);
    }
  }
  return WB_OK;
}

/* What a third party pays for is marketing, which the patient authorises, also where no law that we
   know says so. */
static wb_status offer_check_payer(offer_case *asked) {
  wb_law_rule rule;
  uint64_t cursor = 0;
  if (asked->offer->paid_by[0] == 0 || (asked->use->flags & WB_OFFER_AUTHORIZED) != 0) return WB_OK;
  const bool found = offer_rule(asked, WB_LAW_AUTHORIZATION, &cursor, &rule);
  return offer_block(asked, WB_OFFER_AUTHORIZATION, found ? rule.id : "");
}

/* Whether a consent is what the law asks for. */
static bool offer_consents(int32_t consent, const char *need) {
  static const char *const offer_needs[] = {"none", "implied", "express", "written"};
  for (int32_t i = 0; i <= consent && WBI_ALWAYS(i < (int32_t)WBI_COUNT(offer_needs)); i++) {
    if (strcmp(offer_needs[i], need) == 0) return true;
  }
  return false;
}

/* The consent that the law wants on automated channels. */
static wb_status offer_check_consent(offer_case *asked) {
  wb_law_rule rule;
  if ((asked->use->flags & WB_OFFER_AUTOMATED) == 0) return WB_OK;
  for (int place = 0; place < OFFER_PLACES; place++) {
    uint64_t cursor = 0;
    while (offer_rule_of(asked, place, WB_LAW_CONSENT, &cursor, &rule)) {
      if (!offer_consents(asked->use->consent, rule.name))
        return offer_block(asked, WB_OFFER_CONSENT, rule.id);
    }
  }
  return WB_OK;
}

/* ---- the question ------------------------------------------------------------------------- */

wb_status wbi_offer_test(const wb_offer *offer, const wb_law *law, const wbi_subject *subject,
                         const wb_offer_use *use, wb_offer_verdict *verdict, wb_error *error) {
  typedef wb_status (*offer_check)(offer_case *);
  static const offer_check offer_checks[] = {
      offer_check_days,  offer_check_place, offer_check_age,
      offer_check_rule,  offer_check_words, offer_check_disclosures,
      offer_check_value, offer_check_payer, offer_check_consent};
  *verdict = (wb_offer_verdict){.size = sizeof *verdict, .outcome = WB_OFFER_FINE, .rule = ""};
  offer_case asked = {offer, law, subject, use, verdict, error, {{NULL, 0}, {NULL, 0}}, 0};
  wb_status status = WB_OK;
  for (size_t i = 0; i < WBI_COUNT(offer_checks) && status == WB_OK; i++) {
    status = offer_checks[i](&asked);
    if (verdict->outcome != WB_OFFER_FINE) break;
  }
  return status;
}

/* What is asked, understood. */
static wb_status offer_understand(const wb_moment *moment, const wb_offer_use *use,
                                  wb_moment *known, wb_offer_use *used, wb_error *error) {
  wb_status status = wbi_struct_read(moment, sizeof *known, known, sizeof *known, 0, error);
  if (status == WB_OK)
    status = wbi_struct_read(use, sizeof *used, used, sizeof *used,
                             WB_OFFER_AUTOMATED | WB_OFFER_AUTHORIZED, error);
  if (status != WB_OK) return status;
  const bool sound = used->consent >= WB_OFFER_CONSENT_NONE &&
                     used->consent <= WB_OFFER_CONSENT_WRITTEN && used->given >= 0;
  return sound ? WB_OK : wbi_fail(error, WB_E_INVALID, "The use of the offer is none.");
}

wb_status WB_CALL wb_offer_test(const wb_offer *offer, const wb_law *law, wb_facts *facts,
                                uint64_t row, const wb_moment *moment, const wb_offer_use *use,
                                wb_offer_verdict *verdict, wb_error *error) {
  wb_moment known;
  wb_offer_use used;
  wb_offer_verdict found;
  if (offer == NULL || law == NULL || facts == NULL || verdict == NULL)
    return wbi_fail(error, WB_E_INVALID, "An offer is tested by a law, on facts, with a place.");
  if (verdict->size < sizeof *verdict)
    return wbi_fail(error, WB_E_INVALID, "The size of a struct is too small, or was not set.");
  wb_status status = offer_understand(moment, use, &known, &used, error);
  if (status != WB_OK) return status;
  if (wbi_facts_schema(facts) != offer->schema)
    return wbi_fail(error, WB_E_INVALID, "Offer and facts are not of one schema.");
  if (!wbi_facts_enter(facts)) return wbi_fail(error, WB_E_BUSY, "The facts are in use.");
  const wbi_subject subject = {facts, row, &known, &offer->fields};
  status = wbi_offer_test(offer, law, &subject, &used, &found, error);
  wbi_facts_leave(facts);
  return status == WB_OK ? wbi_struct_write(verdict, sizeof found, &found, sizeof found) : status;
}
