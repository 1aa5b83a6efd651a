/* SPDX-License-Identifier: MIT */
/* Who is in a campaign's audience, and who must leave. */
#include "outreach/outreach.h"

/* What patient.excluded may say: all of its domain. */
static const char *const match_reasons[] = {
    "deceased",  "inactive",  "archived",    "nonpatient", "prospective", "do_not_contact",
    "dismissed", "moved",     "new_dentist", "declined",   "litigation",  "collections",
    "hospice",   "complaint", "staff",       "test",       "balance",     "recent_visit"};

/* Finds the reason as a name of ours: it outlives the facts, a cell does not. */
wb_status wbi_exclusion_find(const wbi_subject *subject, wbi_text *name, wb_error *error) {
  wb_value value = {.size = sizeof value};
  const wb_status status =
      wbi_facts_value(subject->facts, subject->row, subject->fields->patient_excluded,
                      subject->moment, &value, error);
  if (status != WB_OK) return status;
  *name = (wbi_text){NULL, 0};
  for (size_t i = 0; value.kind == WB_TEXT && i < WBI_COUNT(match_reasons); i++) {
    const wbi_text known = wbi_text_of(match_reasons[i]);
    if (wbi_text_equal((wbi_text){value.data, value.length}, known)) *name = known;
  }
  return WB_OK;
}

/* The exclusion that keeps somebody out of a campaign. Whoever has a visit is told of it all the
   same, but for those who have died, asked to be left alone, or are no patients. */
static wb_status match_exclusion(const wb_campaign *campaign, const wbi_subject *subject,
                                 wbi_text *name, wb_error *error) {
  static const char *const match_always[] = {"deceased", "do_not_contact", "test"};
  wb_value alone = {.size = sizeof alone};
  wbi_text found = {NULL, 0};
  wb_status status = wbi_exclusion_find(subject, &found, error);
  *name = found;
  if (status != WB_OK || campaign->subject != WBI_SUBJECT_APPOINTMENT) return status;
  for (size_t i = 0; i < WBI_COUNT(match_always); i++) {
    if (wbi_text_equal(found, wbi_text_of(match_always[i]))) return WB_OK;
  }
  status = wbi_facts_value(subject->facts, subject->row, subject->fields->do_not_contact,
                           subject->moment, &alone, error);
  const bool asked = alone.kind == WB_BOOL && alone.integer != 0;
  *name = asked ? WBI_TEXT("do_not_contact") : (wbi_text){NULL, 0};
  return status;
}

/* Tests a rule on the subject. */
static wb_status match_rule(const wb_rule *rule, const wbi_subject *subject, wb_verdict *verdict,
                            wb_error *error) {
  return wbi_rule_test(rule, subject->facts, subject->row, subject->moment, verdict, error);
}

/* The first exit that is true, or empty. */
static wb_status match_exit(const wb_campaign *campaign, const wbi_subject *subject, wbi_text *name,
                            wb_error *error) {
  wb_verdict verdict;
  for (uint32_t i = 0; i < campaign->exit_count; i++) {
    const wb_status status = match_rule(campaign->exits[i].rule, subject, &verdict, error);
    if (status != WB_OK) return status;
    if (verdict.truth != WB_TRUE) continue;
    *name = campaign->exits[i].name;
    return WB_OK;
  }
  *name = (wbi_text){NULL, 0};
  return WB_OK;
}

wb_status wbi_campaign_exit(const wb_campaign *campaign, const wbi_subject *subject, wbi_text *name,
                            wb_error *error) {
  wbi_text excluded = {NULL, 0};
  const wb_status status = match_exclusion(campaign, subject, &excluded, error);
  if (status != WB_OK) return status;
  if (excluded.length == 0) return match_exit(campaign, subject, name, error);
  *name = excluded;
  return WB_OK;
}

/* Notes that a needed field is missing. */
static void match_unknown(const wb_verdict *verdict, wb_match *match) {
  match->outcome = WB_MATCH_UNKNOWN;
  match->missing = verdict->missing[0];
}

/* The first segment that is true; when none is and one was in doubt, that doubt is the answer. */
static wb_status match_segment(const wb_campaign *campaign, const wbi_subject *subject,
                               wb_match *match, wb_error *error) {
  wb_verdict verdict;
  match->outcome = WB_MATCH_SEGMENT;
  for (uint32_t i = 0; i < campaign->segment_count; i++) {
    const wb_status status = match_rule(campaign->segments[i].rule, subject, &verdict, error);
    if (status != WB_OK) return status;
    if (verdict.truth == WB_TRUE) {
      match->outcome = WB_MATCH_IN;
      match->segment = campaign->segments[i].name.data;
      match->priority = (int32_t)i;
      match->missing = 0;
      return WB_OK;
    }
    if (verdict.truth == WB_UNDETERMINED && match->outcome == WB_MATCH_SEGMENT) {
      match_unknown(&verdict, match);
    }
  }
  return WB_OK;
}

/* What the audience rule says; *goes_on is true when the exits and segments decide. */
static wb_status match_audience(const wb_campaign *campaign, const wbi_subject *subject,
                                wb_match *match, bool *goes_on, wb_error *error) {
  wb_verdict verdict;
  const wb_status status = match_rule(campaign->audience, subject, &verdict, error);
  if (status != WB_OK) return status;
  *goes_on = verdict.truth == WB_TRUE;
  match->outcome = WB_MATCH_AUDIENCE;
  if (verdict.truth == WB_UNDETERMINED) match_unknown(&verdict, match);
  return WB_OK;
}

/* What the exits and segments say of somebody in the audience. */
static wb_status match_inside(const wb_campaign *campaign, const wbi_subject *subject,
                              wb_match *match, wb_error *error) {
  wbi_text reason = {NULL, 0};
  const wb_status status = match_exit(campaign, subject, &reason, error);
  if (status != WB_OK) return status;
  if (reason.length == 0) return match_segment(campaign, subject, match, error);
  match->outcome = WB_MATCH_EXIT;
  match->reason = reason.data;
  return WB_OK;
}

/* Whether a standing exclusion keeps somebody out, which goes before all else. */
static wb_status match_excluded(const wb_campaign *campaign, const wbi_subject *subject,
                                wb_match *match, bool *excluded, wb_error *error) {
  wbi_text reason = {NULL, 0};
  const wb_status status = match_exclusion(campaign, subject, &reason, error);
  *excluded = reason.length > 0;
  if (*excluded) *match = (wb_match){.size = sizeof *match, .priority = -1, .reason = reason.data};
  if (*excluded) match->outcome = WB_MATCH_EXCLUDED;
  return status;
}

wb_status wbi_campaign_match(const wb_campaign *campaign, const wbi_subject *subject,
                             wb_match *match, wb_error *error) {
  wb_match found = {.size = sizeof found, .priority = -1};
  bool excluded = false, goes_on = false;
  wb_status status = match_excluded(campaign, subject, &found, &excluded, error);
  if (status == WB_OK && !excluded)
    status = match_audience(campaign, subject, &found, &goes_on, error);
  if (status == WB_OK && goes_on) status = match_inside(campaign, subject, &found, error);
  if (status == WB_OK) *match = found;
  return status;
}

wb_status wbi_campaign_lets_in(const wb_campaign *campaign, const wbi_subject *subject,
                               wb_match *match, wb_error *error) {
  wb_match found = {.size = sizeof found, .priority = -1};
  bool excluded = false, goes_on = false;
  wb_status status = match_audience(campaign, subject, &found, &goes_on, error);
  if (status == WB_E_NOMEM || status == WB_E_ABORTED) return status;
  if (status != WB_OK) return wbi_campaign_match(campaign, subject, match, error); /* excluded? */
  if (found.outcome != WB_MATCH_AUDIENCE || goes_on)
    status = match_excluded(campaign, subject, &found, &excluded, error);
  if (status == WB_OK && goes_on && !excluded)
    status = match_inside(campaign, subject, &found, error);
  if (status == WB_OK) *match = found;
  return status;
}

wb_status WB_CALL wb_campaign_match(const wb_campaign *campaign, wb_facts *facts, uint64_t row,
                                    const wb_moment *moment, wb_match *match, wb_error *error) {
  wb_moment known;
  if (campaign == NULL || facts == NULL || match == NULL) {
    return wbi_fail(error, WB_E_INVALID, "A match needs a campaign, facts and a place.");
  }
  if (match->size < sizeof *match) {
    return wbi_fail(error, WB_E_INVALID, "The size of a struct is too small, or was not set.");
  }
  wb_status status = wbi_struct_read(moment, sizeof known, &known, sizeof known, 0, error);
  if (status != WB_OK) return status;
  if (wbi_facts_schema(facts) != campaign->schema) {
    return wbi_fail(error, WB_E_INVALID, "Campaign and facts are not of one schema.");
  }
  if (!wbi_facts_enter(facts)) return wbi_fail(error, WB_E_BUSY, "The facts are in use.");
  const wbi_subject subject = {facts, row, &known, &campaign->fields};
  wb_match found;
  status = wbi_campaign_match(campaign, &subject, &found, error);
  wbi_facts_leave(facts);
  return status == WB_OK ? wbi_struct_write(match, sizeof found, &found, sizeof found) : status;
}
