/* SPDX-License-Identifier: MIT */
/*
 * The dental dictionary: one row a field. docs/facts.md is made from this table.
 *
 * The fields of a list's elements follow it. The origin of a list is a child table, whose rows are
 * the elements (item: the column they are joined by) and whose columns their fields; or it is
 * derived, by the part of the row that finds it: the item of an element's field is then its place
 * in wbi_list. A list without fields below it is one of texts (item: the column that holds them).
 */
#include "facts/facts_private.h"

#define STATUS_DOMAIN "active|inactive|nonpatient|prospective|archived|deceased"
#define EXCLUSION_DOMAIN                                                                           \
  "dismissed|moved|new_dentist|declined|litigation|collections|hospice|complaint|staff|test"
#define PERMISSION_DOMAIN "yes|no|unknown"
#define KIND_DOMAIN "prophy|perio"
#define PROCEDURE_DOMAIN "completed|existing|planned|deleted|other"
#define BAND_DOMAIN "not_due|0-6|6-9|9-12|12+"

/* name, domain, about, type, presence, class, origin, item */
static const wbi_field_spec field_specs[] = {
    {"today", NULL, "The date at the patient's location.", WB_DATE, WB_REQUIRED, WB_CLASS_PUBLIC,
     WBI_DERIVED, WBI_TODAY},
    {"now", NULL, "The instant.", WB_TIME, WB_REQUIRED, WB_CLASS_PUBLIC, WBI_DERIVED, WBI_NOW},

    {"practice.name", NULL, "Name of the practice.", WB_TEXT, WB_OPTIONAL, WB_CLASS_PUBLIC,
     WBI_PRACTICE, WBI_PRACTICE_NAME},
    {"location.key", NULL, "Key of the patient's location.", WB_TEXT, WB_OPTIONAL, WB_CLASS_PUBLIC,
     WBI_LOCATIONS, WBI_LOCATION_KEY},
    {"location.name", NULL, "Name as patients know it.", WB_TEXT, WB_OPTIONAL, WB_CLASS_PUBLIC,
     WBI_LOCATIONS, WBI_LOCATION_NAME},
    {"location.short_name", NULL, "Name for short messages.", WB_TEXT, WB_OPTIONAL, WB_CLASS_PUBLIC,
     WBI_LOCATIONS, WBI_LOCATION_SHORT_NAME},
    {"location.zone", NULL, "Zone name or POSIX TZ string.", WB_TEXT, WB_OPTIONAL, WB_CLASS_PUBLIC,
     WBI_LOCATIONS, WBI_LOCATION_ZONE},
    {"location.region", NULL, "ISO 3166-2 region, \"US-CA\".", WB_TEXT, WB_OPTIONAL,
     WB_CLASS_PUBLIC, WBI_LOCATIONS, WBI_LOCATION_REGION},
    {"location.phone", NULL, "Number that patients call.", WB_TEXT, WB_OPTIONAL, WB_CLASS_PUBLIC,
     WBI_LOCATIONS, WBI_LOCATION_PHONE},
    {"location.email", NULL, "Address that patients write to.", WB_TEXT, WB_OPTIONAL,
     WB_CLASS_PUBLIC, WBI_LOCATIONS, WBI_LOCATION_EMAIL},
    {"location.address", NULL, "Postal address in one line.", WB_TEXT, WB_OPTIONAL, WB_CLASS_PUBLIC,
     WBI_LOCATIONS, WBI_LOCATION_ADDRESS},
    {"location.booking_url", NULL, "Page where a visit is booked.", WB_TEXT, WB_OPTIONAL,
     WB_CLASS_LINK, WBI_LOCATIONS, WBI_LOCATION_BOOKING_URL},

    {"patient.key", NULL, "Key of the patient in the host's system.", WB_TEXT, WB_REQUIRED,
     WB_CLASS_IDENTIFIER, WBI_PATIENTS, WBI_PATIENT_KEY},
    {"patient.status", STATUS_DOMAIN, "Standing with the practice.", WB_TEXT, WB_REQUIRED,
     WB_CLASS_STAFF, WBI_PATIENTS, WBI_PATIENT_STATUS},
    {"patient.name", NULL, "What to call the patient: the preferred name, else the first.", WB_TEXT,
     WB_OPTIONAL, WB_CLASS_NAME, WBI_DERIVED, WBI_PATIENT_NAME},
    {"patient.first_name", NULL, "First name.", WB_TEXT, WB_OPTIONAL, WB_CLASS_NAME, WBI_PATIENTS,
     WBI_PATIENT_FIRST_NAME},
    {"patient.preferred_name", NULL, "What the patient wants to be called.", WB_TEXT, WB_NULLABLE,
     WB_CLASS_NAME, WBI_PATIENTS, WBI_PATIENT_PREFERRED_NAME},
    {"patient.last_name", NULL, "Last name.", WB_TEXT, WB_OPTIONAL, WB_CLASS_IDENTIFIER,
     WBI_PATIENTS, WBI_PATIENT_LAST_NAME},
    {"patient.birth_date", NULL, "Date of birth.", WB_DATE, WB_OPTIONAL, WB_CLASS_IDENTIFIER,
     WBI_PATIENTS, WBI_PATIENT_BIRTH_DATE},
    {"patient.age", NULL, "Whole years of age today.", WB_INT, WB_OPTIONAL, WB_CLASS_IDENTIFIER,
     WBI_DERIVED, WBI_PATIENT_AGE},
    {"patient.language", NULL, "Language to write in, \"en\" or \"es\".", WB_TEXT, WB_OPTIONAL,
     WB_CLASS_PUBLIC, WBI_PATIENTS, WBI_PATIENT_LANGUAGE},
    {"patient.household", NULL, "Key that a household shares.", WB_TEXT, WB_OPTIONAL,
     WB_CLASS_RELATION, WBI_PATIENTS, WBI_PATIENT_HOUSEHOLD},
    {"patient.do_not_contact", NULL, "Asked to be left alone.", WB_BOOL, WB_NULLABLE,
     WB_CLASS_STAFF, WBI_PATIENTS, WBI_PATIENT_DO_NOT_CONTACT},
    {"patient.exclusion", EXCLUSION_DOMAIN, "Why no campaign is for this patient.", WB_TEXT,
     WB_NULLABLE, WB_CLASS_STAFF, WBI_PATIENTS, WBI_PATIENT_EXCLUSION},

    {"contact.mobile", NULL, "Mobile number.", WB_TEXT, WB_NULLABLE, WB_CLASS_IDENTIFIER,
     WBI_PATIENTS, WBI_PATIENT_MOBILE},
    {"contact.home_phone", NULL, "Home number; never texted.", WB_TEXT, WB_NULLABLE,
     WB_CLASS_IDENTIFIER, WBI_PATIENTS, WBI_PATIENT_HOME_PHONE},
    {"contact.email", NULL, "E-mail address.", WB_TEXT, WB_NULLABLE, WB_CLASS_IDENTIFIER,
     WBI_PATIENTS, WBI_PATIENT_EMAIL},
    {"contact.text_permission", PERMISSION_DOMAIN, "Whether texts are allowed; unknown if absent.",
     WB_TEXT, WB_OPTIONAL, WB_CLASS_STAFF, WBI_DERIVED, WBI_TEXT_PERMISSION},
    {"contact.email_permission", PERMISSION_DOMAIN, "Whether e-mail is allowed; unknown if absent.",
     WB_TEXT, WB_OPTIONAL, WB_CLASS_STAFF, WBI_DERIVED, WBI_EMAIL_PERMISSION},

    {"visit.last", NULL, "Day of the last completed visit.", WB_DATE, WB_NULLABLE, WB_CLASS_RECALL,
     WBI_DERIVED, WBI_VISIT_LAST},
    {"visit.next", NULL, "Day of the first visit scheduled for today or later.", WB_DATE,
     WB_NULLABLE, WB_CLASS_SCHEDULING, WBI_DERIVED, WBI_VISIT_NEXT},
    {"visit.next_time", NULL, "When that visit begins.", WB_TIME, WB_NULLABLE, WB_CLASS_SCHEDULING,
     WBI_DERIVED, WBI_VISIT_NEXT_TIME},
    {"visit.last_exam", NULL,
     "Day of the last periodic, infant, comprehensive or perio exam, here or elsewhere.", WB_DATE,
     WB_NULLABLE, WB_CLASS_RECALL, WBI_DERIVED, WBI_VISIT_LAST_EXAM},
    {"visit.only_limited_24m", NULL,
     "In the last 24 months some care was completed, were it a limited exam, but no such exam.",
     WB_BOOL, WB_OPTIONAL, WB_CLASS_CLINICAL, WBI_DERIVED, WBI_VISIT_ONLY_LIMITED_24M},
    {"visit.last_broken", NULL, "Day of the last broken visit.", WB_DATE, WB_NULLABLE,
     WB_CLASS_STAFF, WBI_DERIVED, WBI_VISIT_LAST_BROKEN},
    {"visit.broken_12m", NULL, "How many visits were broken in the last 12 months.", WB_INT,
     WB_OPTIONAL, WB_CLASS_STAFF, WBI_DERIVED, WBI_VISIT_BROKEN_12M},

    {"recare.kind", KIND_DOMAIN, "Kind of recare the patient is on.", WB_TEXT, WB_REQUIRED,
     WB_CLASS_RECALL, WBI_DERIVED, WBI_RECARE_KIND},
    {"recare.child", NULL, "Booked as a child.", WB_BOOL, WB_OPTIONAL, WB_CLASS_RECALL, WBI_DERIVED,
     WBI_RECARE_CHILD},
    {"recare.recorded_kind", KIND_DOMAIN, "Kind that the record's recall names.", WB_TEXT,
     WB_NULLABLE, WB_CLASS_RECALL, WBI_DERIVED, WBI_RECARE_RECORDED_KIND},
    {"recare.last", NULL, "Day of the last recare visit; null: never seen.", WB_DATE, WB_NULLABLE,
     WB_CLASS_RECALL, WBI_DERIVED, WBI_RECARE_LAST},
    {"recare.due", NULL, "Day the next recare visit is due.", WB_DATE, WB_NULLABLE, WB_CLASS_RECALL,
     WBI_DERIVED, WBI_RECARE_DUE},
    {"recare.overdue_months", NULL, "Whole months past due; 0 when not yet due.", WB_INT,
     WB_NULLABLE, WB_CLASS_RECALL, WBI_DERIVED, WBI_RECARE_OVERDUE_MONTHS},
    {"recare.band", BAND_DOMAIN, "How long overdue, in bands of months.", WB_TEXT, WB_NULLABLE,
     WB_CLASS_RECALL, WBI_DERIVED, WBI_RECARE_BAND},
    {"recare.booked", NULL, "A visit is scheduled for today or later.", WB_BOOL, WB_OPTIONAL,
     WB_CLASS_SCHEDULING, WBI_DERIVED, WBI_RECARE_BOOKED},
    {"recare.disabled", NULL, "Not to be recalled.", WB_BOOL, WB_REQUIRED, WB_CLASS_STAFF,
     WBI_DERIVED, WBI_RECARE_DISABLED},
    {"recare.disabled_until", NULL, "Not to be recalled before this day.", WB_DATE, WB_NULLABLE,
     WB_CLASS_STAFF, WBI_DERIVED, WBI_RECARE_DISABLED_UNTIL},
    {"recare.disabled_balance", NULL, "Not to be recalled while the family owes more, in cents.",
     WB_INT, WB_NULLABLE, WB_CLASS_FINANCIAL, WBI_DERIVED, WBI_RECARE_DISABLED_BALANCE},
    {"recare.advise_perio", NULL, "History says perio, the record says prophy.", WB_BOOL,
     WB_REQUIRED, WB_CLASS_STAFF, WBI_DERIVED, WBI_RECARE_ADVISE_PERIO},

    {"procedures", NULL, "What was done and what is planned, in the table's order.", WB_LIST,
     WB_OPTIONAL, WB_CLASS_CLINICAL, WBI_PROCEDURES, WBI_PROCEDURE_PATIENT},
    {"procedures.code", NULL, "Procedure code as the table has it.", WB_TEXT, WB_OPTIONAL,
     WB_CLASS_CLINICAL, WBI_PROCEDURES, WBI_PROCEDURE_CODE},
    {"procedures.status", PROCEDURE_DOMAIN, "existing: done elsewhere.", WB_TEXT, WB_REQUIRED,
     WB_CLASS_CLINICAL, WBI_PROCEDURES, WBI_PROCEDURE_STATUS},
    {"procedures.date", NULL, "Day it was done or is planned for.", WB_DATE, WB_NULLABLE,
     WB_CLASS_CLINICAL, WBI_PROCEDURES, WBI_PROCEDURE_DATE},
    {"procedures.appointment", NULL, "Key of its appointment.", WB_TEXT, WB_NULLABLE,
     WB_CLASS_CLINICAL, WBI_PROCEDURES, WBI_PROCEDURE_APPOINTMENT},
};

const wbi_field_spec *wbi_field_specs(uint32_t *count) {
  *count = (uint32_t)WBI_COUNT(field_specs);
  return field_specs;
}
