/* SPDX-License-Identifier: MIT */
/* The tables a host can add and their columns. docs/facts.md is made from this file. */
#include "facts/facts_private.h"

#define TEXT_CELLS WBI_FITS(WBI_CELLS_TEXT)
#define BOOL_CELLS WBI_FITS(WBI_CELLS_BOOL)
#define INT_CELLS WBI_FITS(WBI_CELLS_INT)
#define AMOUNT_CELLS (INT_CELLS | WBI_FITS(WBI_CELLS_DECIMAL))
#define DATE_CELLS (WBI_FITS(WBI_CELLS_DATE) | WBI_FITS(WBI_CELLS_WALL))
#define START_CELLS (DATE_CELLS | WBI_FITS(WBI_CELLS_INSTANT))

static const wbi_column_spec practice_columns[] = {
    {"name", NULL, "Name of the practice.", TEXT_CELLS, false},
    {"crown", "seat|prep|separate",
     "When crowns, dentures and guards are set to complete: seated, prepared, or by codes of their "
     "own.",
     TEXT_CELLS, false},
};

static const wbi_column_spec location_columns[] = {
    {"location", NULL, "Key of the location.", TEXT_CELLS, true},
    {"name", NULL, "Name as patients know it.", TEXT_CELLS, false},
    {"short_name", NULL, "Name for short messages.", TEXT_CELLS, false},
    {"zone", NULL, "Zone name or POSIX TZ string.", TEXT_CELLS, false},
    {"region", NULL, "ISO 3166-2, \"US-CA\".", TEXT_CELLS, false},
    {"phone", NULL, "Number that patients call.", TEXT_CELLS, false},
    {"email", NULL, "Address that patients write to.", TEXT_CELLS, false},
    {"address", NULL, "Postal address in one line.", TEXT_CELLS, false},
    {"booking_url", NULL, "Page where a visit is booked.", TEXT_CELLS, false},
    {"link_url", NULL,
     "How links of messages begin: https, a whole host and \"/\"; the handle follows at once.",
     TEXT_CELLS, false},
};

static const wbi_column_spec patient_columns[] = {
    {"patient", NULL, "Key of the patient, at most 64 bytes.", TEXT_CELLS, true},
    {"status", "active|inactive|nonpatient|prospective|archived|deceased",
     "Standing with the practice.", TEXT_CELLS, true},
    {"first_name", NULL, "First name.", TEXT_CELLS, false},
    {"preferred_name", NULL, "What the patient wants to be called.", TEXT_CELLS, false},
    {"last_name", NULL, "Last name.", TEXT_CELLS, false},
    {"birth_date", NULL, "Date of birth.", DATE_CELLS, false},
    {"language", NULL, "Language to write in, \"en\" or \"es\".", TEXT_CELLS, false},
    {"household", NULL, "Key that a household shares.", TEXT_CELLS, false},
    {"location", NULL, "Key of the patient's location.", TEXT_CELLS, false},
    {"mobile", NULL, "Mobile number.", TEXT_CELLS, false},
    {"home_phone", NULL, "Home number; never texted.", TEXT_CELLS, false},
    {"email", NULL, "E-mail address.", TEXT_CELLS, false},
    {"text_permission", "yes|no|unknown", "Whether texts are allowed.", TEXT_CELLS, false},
    {"email_permission", "yes|no|unknown", "Whether e-mail is allowed.", TEXT_CELLS, false},
    {"text_detail", NULL, "Agreed that texts say what a visit is for.", BOOL_CELLS, false},
    {"email_detail", NULL, "Agreed that e-mail says what a visit is for.", BOOL_CELLS, false},
    {"do_not_contact", NULL, "Asked to be left alone.", BOOL_CELLS, false},
    {"exclusion",
     "dismissed|moved|new_dentist|declined|litigation|collections|hospice|complaint|staff|test",
     "Why no campaign is for this patient.", TEXT_CELLS, false},
    {"guarantor", NULL,
     "Key of the patient who answers for the household; absent: the household's key, if it is a "
     "patient's.",
     TEXT_CELLS, false},
    {"confidential", NULL,
     "Custody, restriction or confidential communication: in no grouping of the household.",
     BOOL_CELLS, false},
    {"balance", NULL, "What the family owes, in cents.", AMOUNT_CELLS, false},
    {"text_permission_on", NULL, "Day on which texts were allowed.", DATE_CELLS, false},
    {"mobile_given", NULL, "The mobile number was given by the patient; absent: so it is.",
     BOOL_CELLS, false},
    {"only_channel", "sms|email|call|mail", "Asked to be reached in this way alone.", TEXT_CELLS,
     false},
    {"household_named", NULL, "Agreed to be named in what is sent to the household.", BOOL_CELLS,
     false},
    {"region", NULL,
     "Where the patient lives, ISO 3166-2, \"US-NJ\"; absent: where the location is.", TEXT_CELLS,
     false},
};

static const wbi_column_spec recall_columns[] = {
    {"patient", NULL, "Key of the patient.", TEXT_CELLS, true},
    {"kind", "prophy|child|perio|other", "What the patient is recalled for.", TEXT_CELLS, true},
    {"interval", NULL, "Own interval: \"6m1d\", \"P6M1D\" or Open Dental's packed integer.",
     TEXT_CELLS | INT_CELLS, false},
    {"due", NULL, "Due date on record; counts only where due_manual says so.", DATE_CELLS, false},
    {"due_manual", NULL, "The due date was set by hand.", BOOL_CELLS, false},
    {"previous", NULL, "Trigger after which the due date was set.", DATE_CELLS, false},
    {"disabled", NULL, "Not to be recalled.", BOOL_CELLS, false},
    {"disabled_until", NULL, "Not to be recalled before this day.", DATE_CELLS, false},
    {"disabled_balance", NULL, "Not to be recalled while the family owes more, in cents.",
     AMOUNT_CELLS, false},
    {"asap", NULL, "Wants a visit as soon as possible.", BOOL_CELLS, false},
};

static const wbi_column_spec procedure_columns[] = {
    {"patient", NULL, "Key of the patient.", TEXT_CELLS, true},
    {"code", NULL, "Procedure code, \"D1110\".", TEXT_CELLS, true},
    {"status", "completed|existing|planned|deleted|declined|referred|inactive|other",
     "existing: done elsewhere.", TEXT_CELLS, true},
    {"date", NULL, "Day it was done or is planned for.", DATE_CELLS, false},
    {"appointment", NULL, "Key of its appointment.", TEXT_CELLS, false},
    {"planned_appointment", NULL, "Key of the appointment that it is planned for.", TEXT_CELLS,
     false},
    {"tooth", NULL, "Tooth, or several: \"14\", \"A\", \"3-5\", \"2,3\".", TEXT_CELLS, false},
    {"area", NULL, "Quarter or arch: \"UR\", \"10\", \"U\", \"01\".", TEXT_CELLS, false},
    {"surfaces", NULL, "Surfaces of the tooth.", TEXT_CELLS, false},
    {"fee", NULL, "Fee in cents.", AMOUNT_CELLS, false},
    {"provider", NULL, "Key of who does it.", TEXT_CELLS, false},
    {"diagnosed", NULL, "Day it was planned.", DATE_CELLS, false},
    {"alternative", NULL, "Key that alternatives of each other share.", TEXT_CELLS, false},
    {"preferred", NULL, "The preferred one of its alternatives.", BOOL_CELLS, false},
    {"restricted", NULL,
     "Specially protected or paid in full by the patient: as if it were not there.", BOOL_CELLS,
     false},
    {"unpaid", NULL, "The plan did not pay for it: it uses up no limit.", BOOL_CELLS, false},
};

static const wbi_column_spec appointment_columns[] = {
    {"patient", NULL, "Key of the patient.", TEXT_CELLS, true},
    {"status", "scheduled|completed|broken|missed|cancelled|planned|other",
     "State of the visit; broken: missed or cancelled.", TEXT_CELLS, true},
    {"start", NULL, "Without zone: clock time of the location; with zone: an instant; or a day.",
     START_CELLS, false},
    {"appointment", NULL, "Key of the appointment.", TEXT_CELLS, false},
    {"minutes", NULL, "How long it is.", INT_CELLS, false},
    {"provider", NULL, "Key of whom it is with.", TEXT_CELLS, false},
    {"location", NULL, "Key of where it is; absent: the patient's location.", TEXT_CELLS, false},
    {"hygiene", NULL, "It is with the hygienist.", BOOL_CELLS, false},
    {"confirmed", NULL, "The patient has said they will come.", BOOL_CELLS, false},
    {"asap", NULL, "On the short-notice list: wants an earlier one.", BOOL_CELLS, false},
};

static const wbi_column_spec coverage_columns[] = {
    {"patient", NULL, "Key of the patient.", TEXT_CELLS, true},
    {"coverage", NULL, "Key that the claims name it by.", TEXT_CELLS, true},
    {"plan", NULL, "Key that its limits name it by; absent: its own.", TEXT_CELLS, false},
    {"ordinal", NULL, "1: pays first.", INT_CELLS, false},
    {"period", "calendar|plan_year|anniversary|rolling|interval|lifetime|unknown",
     "Kind of benefit period.", TEXT_CELLS, false},
    {"month", NULL, "Plan year: first month, 1 to 12.", INT_CELLS, false},
    {"day", NULL, "Plan year: first day; absent: 1.", INT_CELLS, false},
    {"months", NULL, "Rolling, interval: how many months.", INT_CELLS, false},
    {"days", NULL, "Interval: how many days.", INT_CELLS, false},
    {"effective", NULL, "First day of the coverage.", DATE_CELLS, false},
    {"terminates", NULL, "Last day of the coverage.", DATE_CELLS, false},
    {"maximum", NULL, "Maximum of a period in cents; absent: not known.", AMOUNT_CELLS, false},
    {"verified", NULL, "Day on which the plan was asked.", DATE_CELLS, false},
    {"payer", "private|public|unknown", "public: Medicaid, Medicare, any of the state's.",
     TEXT_CELLS, false},
    {"kind", "ppo|percentage|copay|capitation|other", "Kind of plan.", TEXT_CELLS, false},
};

static const wbi_column_spec claim_columns[] = {
    {"patient", NULL, "Key of the patient.", TEXT_CELLS, true},
    {"coverage", NULL, "Key of the patient's coverage.", TEXT_CELLS, true},
    {"status", "received|supplemental|adjustment|not_received|other", "What became of it.",
     TEXT_CELLS, true},
    {"paid", NULL, "What was paid, in cents.", AMOUNT_CELLS, false},
    {"estimated", NULL, "What is estimated, in cents.", AMOUNT_CELLS, false},
    {"date", NULL, "Day of service.", DATE_CELLS, true},
    {"apart", NULL, "Counts against a maximum of its own, as orthodontics.", BOOL_CELLS, false},
};

static const wbi_column_spec limit_columns[] = {
    {"plan", NULL, "Key of the plan, as in coverages.", TEXT_CELLS, true},
    {"limit", NULL, "In words: \"2 per calendar year\", \"1 per 6 months + 1 day\".", TEXT_CELLS,
     true},
    {"codes", NULL,
     "What it counts together: \"D1110, D4341-D4342 fluoride\"; absent: every service.", TEXT_CELLS,
     false},
    {"level", NULL, "Of limits of one sort only those of the highest level count.", INT_CELLS,
     false},
};

static const wbi_column_spec opening_columns[] = {
    {"opening", NULL, "Key of the opening.", TEXT_CELLS, true},
    {"start", NULL, "Clock time of its location, or an instant.", START_CELLS, true},
    {"minutes", NULL, "How long it is.", INT_CELLS, false},
    {"location", NULL, "Key of its location.", TEXT_CELLS, false},
    {"provider", NULL, "Key of whom it is with.", TEXT_CELLS, false},
    {"hygiene", NULL, "It is with the hygienist.", BOOL_CELLS, false},
};

static const wbi_column_spec guardian_columns[] = {
    {"patient", NULL, "Key of the patient who is stood for.", TEXT_CELLS, true},
    {"guardian", NULL, "Key of the patient who stands for them.", TEXT_CELLS, true},
    {"representative", NULL, "Marked as personal representative.", BOOL_CELLS, false},
};

static const wbi_column_spec code_columns[] = {
    {"code", NULL, "Procedure code as the practice writes it.", TEXT_CELLS, true},
    {"standard", NULL, "Counts as this code, \"D2740\"; absent: as none.", TEXT_CELLS, false},
    {"group", NULL,
     "Is in this group, as crown_prep or one of the practice's own; absent: that of standard.",
     TEXT_CELLS, false},
    {"from", NULL, "First day of service it is so.", DATE_CELLS, false},
    {"until", NULL, "Last day of service it is so.", DATE_CELLS, false},
};

#define TABLE(name, about, uses, without, columns)                                                 \
  { name, about, uses, without, columns, (uint32_t)WBI_COUNT(columns) }

/* In the order of enum wbi_table_name: name, what it holds, use cases, what is off without it. */
static const wbi_table_spec table_specs[WBI_TABLES] = {
    TABLE("practice", "The practice: one row.", "all",
          "practice.name is not known; a crown is complete the day it is seated.",
          practice_columns),
    TABLE("locations", "Its locations.", "all",
          "No location is known, and the zone is that of the moment.", location_columns),
    TABLE("patients", "One row a patient; fields of the host's own are columns here.", "all",
          "There is nobody.", patient_columns),
    TABLE("recalls", "What each patient is recalled for.", "U1, U8",
          "Kind and interval of recare come from history and the defaults, and nobody is disabled.",
          recall_columns),
    TABLE("procedures", "What was done and what is planned.", "U1, U2, U3, U4, U5",
          "Nobody has ever been seen, and the lists procedures, treatments and unfinished are not "
          "known.",
          procedure_columns),
    TABLE("appointments", "Visits of all states.", "U1, U2, U7, U8",
          "Nobody is known to be booked or not, and broken visits are not known.",
          appointment_columns),
    TABLE("coverages", "Each patient's insurance, one row a coverage.", "U5, U9",
          "Benefits, and whether coverage is public, are not known.", coverage_columns),
    TABLE("claims", "Lines of claims.", "U5", "What is used, pending and remaining is not known.",
          claim_columns),
    TABLE("limits", "How often plans pay; one row a limit.", "U5",
          "The earliest covered date is not known.", limit_columns),
    TABLE("openings", "Times that came free; of the practice, not of a patient.", "U8",
          "The list openings is not known.", opening_columns),
    TABLE("guardians", "Who stands for whom in a household.", "U6",
          "Nobody is marked as a personal representative.", guardian_columns),
    TABLE("codes", "What the practice's own codes mean, and codes that it reads otherwise.", "U3",
          "Codes mean what ships; steps of dentures and guards, preparation and seating of crowns "
          "are "
          "not known.",
          code_columns),
};

const wbi_table_spec *wbi_table_spec_of(int table) {
  return &table_specs[table];
}

/* The kind of value that a column holds. */
static int32_t column_type(uint32_t fits) {
  if (fits & TEXT_CELLS) return WB_TEXT;
  if (fits & BOOL_CELLS) return WB_BOOL;
  if (fits & INT_CELLS) return WB_INT;
  return fits == START_CELLS ? WB_TIME : WB_DATE;
}

wb_status WB_CALL wb_column_get(uint32_t index, wb_column *column) {
  const wbi_table_spec *table = table_specs, *end = table_specs + WBI_TABLES;
  if (!column) return WB_E_INVALID;
  for (; table < end && index >= table->count; table++)
    index -= table->count;
  if (table == end) return WB_E_NAME;
  const wbi_column_spec *spec = &table->columns[index];
  wb_column known = {.size = sizeof known,
                     .flags = (spec->needed ? WB_COLUMN_NEEDED : 0) |
                              (spec->fits == AMOUNT_CELLS ? WB_COLUMN_CENTS : 0),
                     .table = table->name,
                     .name = spec->name,
                     .domain = spec->domain,
                     .about = spec->about,
                     .type = column_type(spec->fits),
                     .place = index};
  return wbi_struct_write(column, sizeof known, &known, sizeof known);
}

bool wbi_table_is_child(int table) {
  return table != WBI_PATIENTS && strcmp(table_specs[table].columns[0].name, "patient") == 0;
}

wb_status wbi_column_fail_name(wb_error *error, wb_status status, int table, uint32_t column,
                               const char *before, wbi_text name, const char *after) {
  const wbi_table_spec *spec = &table_specs[table];
  wbi_fail_name(error, status, before, name, after);
  wbi_error_path(error, wbi_text_of(spec->columns[column].name));
  wbi_error_prefix(error, WBI_TEXT("."));
  wbi_error_prefix(error, wbi_text_of(spec->name));
  return status;
}

wb_status wbi_column_fail(wb_error *error, wb_status status, int table, uint32_t column,
                          const char *message) {
  return wbi_column_fail_name(error, status, table, column, message, (wbi_text){NULL, 0}, NULL);
}
