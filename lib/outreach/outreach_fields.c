/* SPDX-License-Identifier: MIT */
/* The fields that outreach itself reads, found by name; a key among them. */
#include "outreach/outreach.h"

typedef struct outreach_field {
  const char *name;
  size_t offset; /* in wbi_outreach_fields */
} outreach_field;

#define OUTREACH_FIELD(member, name)                                                               \
  { name, offsetof(wbi_outreach_fields, member) }

static const outreach_field outreach_fields[] = {
    OUTREACH_FIELD(patient_key, "patient.key"),
    OUTREACH_FIELD(patient_excluded, "patient.excluded"),
    OUTREACH_FIELD(patient_age, "patient.age"),
    OUTREACH_FIELD(patient_language, "patient.language"),
    OUTREACH_FIELD(text_permission, "contact.text_permission"),
    OUTREACH_FIELD(email_permission, "contact.email_permission"),
    OUTREACH_FIELD(text_detail, "contact.text_detail"),
    OUTREACH_FIELD(email_detail, "contact.email_detail"),
    OUTREACH_FIELD(permission_on, "contact.text_permission_on"),
    OUTREACH_FIELD(mobile_given, "contact.mobile_given"),
    OUTREACH_FIELD(only_channel, "contact.only_channel"),
    OUTREACH_FIELD(guardian, "household.guardian"),
    OUTREACH_FIELD(guarantor, "household.guarantor"),
    OUTREACH_FIELD(confidential, "patient.confidential"),
    OUTREACH_FIELD(mobile, "contact.mobile"),
    OUTREACH_FIELD(email, "contact.email"),
    OUTREACH_FIELD(visits, "appointments"),
    OUTREACH_FIELD(visit_key, "appointments.appointment"),
    OUTREACH_FIELD(visit_status, "appointments.status"),
    OUTREACH_FIELD(visit_start, "appointments.start"),
    OUTREACH_FIELD(visit_date, "appointments.date"),
    OUTREACH_FIELD(visit_minutes, "appointments.minutes"),
    OUTREACH_FIELD(visit_confirmed, "appointments.confirmed"),
    OUTREACH_FIELD(visit_hygiene, "appointments.hygiene"),
    OUTREACH_FIELD(do_not_contact, "patient.do_not_contact"),
    OUTREACH_FIELD(last_visit, "visit.last"),
    OUTREACH_FIELD(next_visit, "visit.next"),
    OUTREACH_FIELD(due, "recare.due"),
    OUTREACH_FIELD(location, "location.key"),
    OUTREACH_FIELD(region, "location.region"),
    OUTREACH_FIELD(home, "patient.region"),
    OUTREACH_FIELD(today, "today"),
    OUTREACH_FIELD(public_coverage, "benefit.public"),
    OUTREACH_FIELD(household_members, "household.members"),
    OUTREACH_FIELD(household, "patient.household"),
    OUTREACH_FIELD(recare_kind, "recare.kind"),
    OUTREACH_FIELD(unfinished_kind, "unfinished.kind"),
    OUTREACH_FIELD(link_url, "location.link_url"),
};

wb_status wbi_outreach_fields_find(const wb_schema *schema, wbi_outreach_fields *fields) {
  wbi_outreach_fields found;
  for (size_t i = 0; i < WBI_COUNT(outreach_fields); i++) {
    const wbi_text name = wbi_text_of(outreach_fields[i].name);
    uint32_t index = 0;
    const wb_status status = wb_schema_find(schema, name.data, name.length, &index);
    if (WBI_NEVER(status != WB_OK)) return status;
    memcpy((char *)&found + outreach_fields[i].offset, &index, sizeof index);
  }
  *fields = found;
  return WB_OK;
}

wb_status wbi_subject_key(const wbi_subject *subject, uint32_t field, char *bytes, wbi_text *key,
                          wb_error *error) {
  wb_value value = {.size = sizeof value};
  const wb_status status =
      wbi_facts_value(subject->facts, subject->row, field, subject->moment, &value, error);
  const uint32_t length = value.kind == WB_TEXT ? value.length : 0;
  if (status != WB_OK) return status;
  if (length > WB_KEY_MAX) return WB_E_RANGE;
  if (length > 0) memcpy(bytes, value.data, length); /* same: of nothing nothing is copied */
  *key = (wbi_text){bytes, length};
  return WB_OK;
}
