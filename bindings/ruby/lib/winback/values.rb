# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "value"

# Enumerations and values. Made by bindings/generate.py from the headers.
#
# Texts that are absent are "", bytes "".b, days, instants and amounts nil. A number of an enumeration
# that a newer library made stays a number.
module Winback
  DATE_MIN = -719162
  DATE_MAX = 2932896
  TIME_MIN = -62135596800
  TIME_MAX = 253402300799
  WEEKDAYS_ALL = 254
  LAW_CLOSED = 1
  LAW_STALE = 2
  LAW_NOWHERE = 4
  LAW_UNCERTAIN = 8
  RECARE_HAS_PROPHY = 1
  RECARE_HAS_PERIO = 2
  RECARE_CHILD = 4
  RECARE_ADVISE_PERIO = 8
  EVIDENCE_RECENT = 1
  EVIDENCE_SCALING = 2
  GROUP_NOT_IN_FORCE = 1
  PROCEDURE_PREFERRED = 1
  PROCEDURE_RESTRICTED = 2
  PROCEDURE_UNPAID = 4
  TREATMENT_PLANNED = 1
  TREATMENT_SCHEDULED = 2
  TREATMENT_SUPERSEDED = 4
  TREATMENT_OPEN = 8
  UNFINISHED_INSTEAD = 1
  PERIOD_UNKNOWN = 1
  PERIOD_OUTSIDE = 2
  PERIOD_EXPIRING = 4
  PERIOD_RENEWED = 8
  PERIOD_STALE = 16
  CLAIM_APART = 1
  USAGE_MAX_USED = 1
  LIMIT_EXCLUSIVE = 1
  LIMIT_TO_THE_MONTH = 2
  COVERED_NEVER = 1
  COVERED_UNKNOWN = 2
  COLUMN_NEEDED = 1
  COLUMN_CENTS = 2
  FACTS_BOOKED_TRIGGER = 1
  VERDICT_MISSING = 8
  LINT_FRAGMENT = 1
  LINT_DETAIL = 2
  UNSUBSCRIBE_POST = "List-Unsubscribe=One-Click"
  HANDLE_LENGTH = 16
  TOKEN_LENGTH = 42
  OFFER_CASH_LIKE = 1
  OFFER_AUTOMATED = 1
  OFFER_AUTHORIZED = 2
  CAMPAIGN_NEWEST = 1
  CAMPAIGN_LAUNCHED = 2
  CAMPAIGN_PAUSED = 4
  CAMPAIGN_STOPPED = 8
  PURPOSE_DETAIL = 7
  CONTACT_OPTED_OUT = 1
  CONTACT_CLOSED = 2
  CONTACT_WRITTEN_TO = 4
  REKEY_LOSE = 1
  REPLY_STOP = 1
  KEY_MAX = 64
  FORMAT_OLDEST = 1
  FORMAT_NEWEST = 1
  MEMORY_DAYS = 90
  KEPT_DAYS_MAX = 240
  PRACTICE_ALLOW_JUMP = 1
  REPLAY_TORN = 1
  ENROLLMENT_RESPONDED = 1
  ENROLLMENT_LISTED = 2
  MIGRATE_PLAN = 1
  MIGRATE_RECOMPUTE = 2
  OPENING_KEY_MAX = 56
  CHAIN_TORN = 1
  CHAIN_PART = 2
  ENTRY_JSON = 1
  EFFECT_OPEN = 1
  EFFECT_UNEVEN = 2
  EFFECT_SMALL = 4
  METRICS_HELD_OUT = 1
  METRICS_EXEMPT = 2

  # The codes of wb_status. Numbers never change and are never used again.
  StatusCode = Enum.new("StatusCode", ok: 0, e_nomem: -1, e_invalid: -2, e_range: -3, e_space: -4,
    e_syntax: -5, e_type: -6, e_name: -7, e_limit: -8, e_policy: -9, e_state: -10, e_busy: -11,
    e_corrupt: -12, e_version: -13, e_conflict: -14, e_stale: -15, e_aborted: -16)

  # Classes of messages. The class follows from what a text reads and says.
  MessageClass = Enum.new("MessageClass", transactional: 1, care: 2, benefit: 3, offer: 4, billing: 5,
    urgent: 6)

  # Kinds of rules.
  LawKind = Enum.new("LawKind", hours: 1, cap: 2, consent: 3, keywords: 4, opt_out: 5, value: 6,
    disclosure: 7, majority: 8, term: 9, authorization: 10, stop: 11)

  # Kinds of recare.
  RecareKind = Enum.new("RecareKind", none: 0, prophy: 1, perio: 2)

  # Bands of wb_recare: how long overdue. The edges can be set.
  RecareBand = Enum.new("RecareBand", band_none: 0, band_not_due: 1, band_0_6: 2, band_6_9: 3, band_9_12: 4,
    band_12: 5)

  # What became of a procedure. Only the first three kinds count.
  ProcedureStatus = Enum.new("ProcedureStatus", other: 0, planned: 1, completed: 2, existing: 3, declined: 4,
    referred: 5, inactive: 6, deleted: 7)

  # How old a plan is.
  TreatmentAge = Enum.new("TreatmentAge", fresh: 0, reexamine: 1, history: 2)

  # When a practice sets a crown, a denture or a guard to complete.
  CrownConvention = Enum.new("CrownConvention", seat: 0, prep: 1, separate: 2)

  # Kinds of benefit periods.
  PeriodKind = Enum.new("PeriodKind", unknown: 0, calendar: 1, plan_year: 2, anniversary: 3, rolling: 4,
    interval: 5, lifetime: 6)

  # What became of a claim.
  ClaimStatus = Enum.new("ClaimStatus", other: 0, received: 1, supplemental: 2, adjustment: 3,
    not_received: 4)

  # Kinds of limits.
  LimitKind = Enum.new("LimitKind", interval: 1, calendar_year: 2, plan_year: 3, anniversary: 4, lifetime: 5,
    age: 6, waiting: 7)

  # What a limit counts together.
  LimitScope = Enum.new("LimitScope", mouth: 0, tooth: 1, quadrant: 2, arch: 3)

  # Kinds of value, and types of field.
  Kind = Enum.new("Kind", unknown: 0, null: 1, bool: 2, int: 3, uint: 4, double: 5, text: 6, bytes: 7,
    date: 8, time: 9, list: 10, record: 11)

  # Whether a field may be absent.
  Presence = Enum.new("Presence", required: 0, nullable: 1, optional: 2)

  # Sensitivity classes; a set of them is a bit mask (1 << class).
  Class = Enum.new("Class", public: 0, name: 1, link: 2, scheduling: 3, recall: 4, clinical: 5, financial: 6,
    identifier: 7, relation: 8, staff: 9, sealed: 10)

  # Outcomes of a rule.
  Truth = Enum.new("Truth", false: 0, true: 1, undetermined: 2, faulty: 3)

  # Whom a text is for.
  Recipient = Enum.new("Recipient", patient: 0, guardian: 1, household: 2)

  # How much a text says.
  Register = Enum.new("Register", general: 0, neutral: 1, detail: 2)

  # How bad a finding is.
  Severity = Enum.new("Severity", notice: 1, warning: 2, error: 3)

  # Encodings of an SMS.
  SmsEncoding = Enum.new("SmsEncoding", gsm7: 1, ucs2: 2)

  # What a link is for; each purpose has a key of its own.
  LinkPurpose = Enum.new("LinkPurpose", booking: 1, unsubscribe: 2)

  # Consent on record, in the order of the law's words.
  OfferConsent = Enum.new("OfferConsent", none: 0, implied: 1, express: 2, written: 3)

  # Why an offer is blocked.
  OfferOutcome = Enum.new("OfferOutcome", fine: 0, days: 1, age: 2, qualifies: 3, place: 4, words: 5,
    disclosure: 6, value: 7, authorization: 8, consent: 9)

  # Why a patient is in or out of a campaign's audience.
  MatchReason = Enum.new("MatchReason", in: 0, excluded: 1, audience: 2, unknown: 3, segment: 4, exit: 5)

  # Kinds of address.
  ContactKind = Enum.new("ContactKind", phone: 1, email: 2)

  # What somebody agreed to, the stricter first.
  ConsentLevel = Enum.new("ConsentLevel", none: 0, refused: 1, changed: 2, express: 3, written: 4,
    authorized: 5)

  # What a check against the database of reassigned numbers said; no data is no check.
  NumberCheck = Enum.new("NumberCheck", same: 1, reassigned: 2)

  # Why an address in the record is another one.
  ContactChange = Enum.new("ContactChange", new: 1, corrected: 2)

  # What a reply means.
  Intent = Enum.new("Intent", other: 0, opt_out: 1, opt_in: 2, help: 3, deceased: 4, urgent_symptom: 5,
    wrong_number: 6, complaint: 7, data_privacy: 8, guardian_or_proxy: 9, cancel_appt: 10, reschedule: 11,
    already_scheduled: 12, moved: 13, new_dentist: 14, price_insurance: 15, anxiety: 16, callback_request: 17,
    later: 18, decline: 19, booking_interest: 20, confirm: 21, detail: 22, no_detail: 23)

  # Kinds of action.
  ActionKind = Enum.new("ActionKind", send: 1, call_task: 2, resend: 3)

  # Channels of an action.
  Channel = Enum.new("Channel", none: 0, sms: 1, email: 2, call: 3)

  # What became of an action.
  OutcomeKind = Enum.new("OutcomeKind", sent: 1, not_sent: 2, sent_unknown: 3)

  # Why nothing was sent.
  Cause = Enum.new("Cause", none: 0, interrupted: 1, throttled: 2, late: 3, address: 4, content: 5, policy: 6,
    opted_out: 7)

  # What a last look says.
  LookAnswer = Enum.new("LookAnswer", go: 1, withdrawn: 2, later: 3)

  # States of an action.
  ActionState = Enum.new("ActionState", claimed: 1, sent: 2, ready: 3, failed: 4, unknown: 5, delivered: 6,
    undelivered: 7, withdrawn: 8)

  # What happened outside. What each kind needs is named; anything else is not read.
  InputKind = Enum.new("InputKind", reply: 1, click: 2, booked: 3, kept: 4, opted_out: 5, opted_in: 6,
    task_done: 7, launch: 8, pause: 9, resume: 10, cancelled: 11, slot_opened: 12, slot_closed: 13,
    capacity: 14, withdraw: 15, stop: 30, broken: 29, consent: 20, number_checked: 21, contact_changed: 22,
    merged: 23, moved: 24, left: 25, deceased: 26, forget: 27, setting: 28, contacted: 18, restored_ready: 19,
    delivered: 16, undelivered: 17)

  # Why somebody is held. Names: wb_hold_name.
  Hold = Enum.new("Hold", none: 0, paused: 1, opted_out: 2, no_permission: 3, no_address: 4, bad_address: 5,
    minor: 6, age_unknown: 7, not_seen: 8, hours: 9, cap: 10, capacity: 11, facts: 12, render: 13,
    definition: 14, zone: 15, desk: 16, number_check: 17, not_written: 18, preference: 19, offer: 20,
    household: 21, late: 22, admissions: 23)

  # States of an enrolment.
  EnrollmentState = Enum.new("EnrollmentState", waiting: 1, held: 2, claimed: 3, ended: 4)

  # What is written, and how.
  PageFormat = Enum.new("PageFormat", html: 0, json: 1, postcard: 2)

  # States of an opening.
  OpeningState = Enum.new("OpeningState", open: 1, offering: 2, tentative: 3, confirmed: 4, expired: 5)

  # The desk's lists.
  DeskList = Enum.new("DeskList", outreach: 1, inbox: 2, now: 3, visits: 4)

  # Signs of interest, as bits.
  Signal = Enum.new("Signal", opening_gone: 1, asks_call: 2, asks_visit: 4, asks_price: 8, clicked: 16)

  # What became of a task: `outcome` of WB_INPUT_TASK_DONE. Of a call that has left its list by then counts
  # what it told of the patient: from WB_TASK_WRONG_NUMBER on.
  TaskOutcome = Enum.new("TaskOutcome", done: 0, booked: 1, later: 2, no_answer: 3, voicemail: 4,
    wrong_number: 5, refused: 6, moved: 7, deceased: 8)

  # What the numbers show.
  VerdictKind = Enum.new("VerdictKind", nothing_yet: 0, no_difference: 1, more: 2, less: 3)

  # Years, months, weeks and days, each 0 to 65,535; added in this order.
  class Interval < Value
    member :years, 0
    member :months, 0
    member :weeks, 0
    member :days, 0
  end

  # A window of local time.
  class Window < Value
    # The days on which it begins, 1 << 1 Monday to 1 << 7 Sunday.
    member :weekdays, 0
    # Second of the day, 0 to 86,400.
    member :from, 0
    # Second of the day, excluded; before `from`: of the next day.
    member :to, 0
  end

  # When may a message go out?
  class LawQuestion < Value
    # Not before this instant.
    member :at, nil
    # Candidate regions, ISO 3166-2, with a space or comma between: "US-PA", "US-PA US-NJ", "US"; may be NULL
    # with length 0.
    member :regions, ""
    # Hours of the location, which bind too; NULL with count 0.
    member :hours, []
    # Hours that the patient prefers, which bind too.
    member :preference, []
    # enum wb_message_class.
    member :message_class, MessageClass
  end

  # The first stretch of time that is open. Text is valid as long as the law is.
  class LawAnswer < Value
    # WB_LAW_CLOSED, WB_LAW_STALE, WB_LAW_NOWHERE, WB_LAW_UNCERTAIN.
    member :flags, 0
    # First open instant at or after `at`: `at` itself when that is open.
    member :open_at, nil
    # First closed instant after it, at most 14 days after `open_at`.
    member :until, nil
    # Id of the rule that closes at `until`; "" when none does.
    member :rule, ""
    # Id of the rule that was the last to open; "" when open at `at`. Of both: "hours", "preference", and
    # "no-rule" where the pack has no window.
    member :held_by, ""
  end

  # One rule of a pack. Text is NUL-terminated and valid as long as the law is.
  class LawRule < Value
    # Of a cap: messages; of an opt-out: business days; of a value: cents; of a disclosure: basis points; of a
    # majority: years; of a term: months; else 0.
    member :amount, 0
    # Of a cap or value: in how many seconds; else 0.
    member :seconds, 0
    # Unique in its pack.
    member :id, ""
    # Name of the pack.
    member :pack, ""
    # Version of the pack.
    member :version, ""
    # Statute, regulation, or convention.
    member :source, ""
    # Of a consent: what is needed; of keywords: the set; of a value: what; of a disclosure: its id; of a
    # term: what from; else "".
    member :name, ""
    # Of keywords: the words, one a line; of a disclosure: what it says; else "".
    member :words, ""
    # First day in force.
    member :effective_from, nil
    # Last day in force; WB_DATE_NONE: open.
    member :effective_to, nil
    # Of the pack.
    member :review_by, nil
    # enum wb_law_kind.
    member :kind, LawKind
    # Bits, 1 << enum wb_message_class.
    member :classes, 0
    # 'V' text seen, 'S' one summary, 'K' known but not opened, 'C' sources disagree, 'M' absence not proven,
    # 'O' our own convention.
    member :confidence, 0
    # Bits, 1 << enum wb_channel.
    member :channels, 0
  end

  # What the record says about one patient; dates that are not known are WB_DATE_NONE.
  class RecareHistory < Value
    # WB_RECARE_HAS_PROPHY, WB_RECARE_HAS_PERIO.
    member :flags, 0
    # Of the prophy recall; NULL: none.
    member :prophy_interval, nil
    # Of the perio recall; NULL: none.
    member :perio_interval, nil
    # Latest prophy trigger.
    member :last_prophy, nil
    # Latest perio trigger of any kind (D4910, D4341, D4342).
    member :last_perio, nil
    # Latest D4341 or D4342: evidence for the advice.
    member :last_scaling, nil
    # A due date set by hand.
    member :manual_due, nil
    # Trigger it was set after: a later one ends it. When not known, a trigger on or after the manual date
    # ends it.
    member :manual_since, nil
    # For the child flag.
    member :birth, nil
  end

  # Conventions that a practice can change; zero fields and NULL mean the default.
  class RecareSettings < Value
    # Default 6m1d.
    member :prophy_interval, nil
    # Default 4m.
    member :perio_interval, nil
    # Under this age a child; default 12.
    member :child_age, 0
    # Months where the bands change; default 6, 9, 12.
    member :edges, []
  end

  # Where a patient stands.
  class Recare < Value
    # WB_RECARE_CHILD, WB_RECARE_ADVISE_PERIO.
    member :flags, 0
    # enum wb_recare_kind, never NONE.
    member :kind, RecareKind
    # Of the record's recalls (perio first); NONE without one.
    member :recorded_kind, 0
    # WB_DATE_NONE: never seen.
    member :last, nil
    # WB_DATE_NONE: never seen and no manual date.
    member :due, nil
    # 0 when not yet due; -1 never seen.
    member :overdue_months, 0
    # enum wb_recare_band.
    member :band, RecareBand
    # With WB_RECARE_ADVISE_PERIO: WB_EVIDENCE_RECENT, _SCALING.
    member :evidence, 0
    # Latest perio care, with evidence; else WB_DATE_NONE.
    member :evidence_on, nil
  end

  # What a host says of a code of its own, or of one that it reads otherwise.
  class Code < Value
    # As the practice writes it; case and blanks around do not count.
    member :code, ""
    # Counts as this code ("D2740"); empty: as none.
    member :standard, ""
    # Is in this group; empty: that of `standard`.
    member :group, ""
    # First date of service; WB_DATE_NONE: open.
    member :from, nil
    # Last date of service; WB_DATE_NONE: open.
    member :until, nil
  end

  # What a code means.
  class Group < Value
    # WB_GROUP_NOT_IN_FORCE.
    member :flags, 0
    # "crown": the library's, or the `group` of the host's table.
    member :name, ""
    # In plain words, NUL-terminated; "" for a group of the host.
    member :words, ""
    # The number, 2740 of "D2740"; 0: none.
    member :code, 0
    # Equal for equal groups, 1 and up; of this build and table only.
    member :id, 0
  end

  # Codes from one number to another, both included: {1110, 1110} is D1110.
  class CodeRange < Value
    member :first, 0
    member :last, 0
  end

  # One procedure of a patient.
  class Procedure < Value
    # WB_PROCEDURE_PREFERRED, _RESTRICTED, _UNPAID.
    member :flags, 0
    # Of wb_teeth_parse(); 0: the record names no place.
    member :teeth, 0
    # Any number that stands for who did it; 0: not known.
    member :provider, 0
    # `code` of wb_group_find(); 0: none.
    member :code, 0
    # `id` of wb_group_find(); 0: none.
    member :group, 0
    # enum wb_procedure_status.
    member :status, ProcedureStatus
    # Of service; of a planned one, when it was diagnosed.
    member :date, nil
    # Of the visit with status scheduled that holds it; or WB_DATE_NONE.
    member :visit, nil
    # The same number for alternatives of each other; 0: there are none.
    member :alternative, 0
  end

  # Where a planned procedure stands.
  class Treatment < Value
    # WB_TREATMENT_PLANNED, _SCHEDULED, _SUPERSEDED, _OPEN.
    member :flags, 0
    # enum wb_treatment_age.
    member :age, TreatmentAge
    # Whole months since it was diagnosed; -1: no date is known.
    member :months, 0
  end

  # Something begun and not finished.
  class Unfinished < Value
    # WB_UNFINISHED_INSTEAD.
    member :flags, 0
    # Id of the pair, "endo_uncrowned"; NUL-terminated, valid for ever.
    member :kind, ""
    # What finishes it, in plain words; likewise.
    member :needs, ""
    # Where; of srp_partial what is left; 0: not said.
    member :teeth, 0
    # When it began.
    member :started, nil
    # First day it counts: the wait is over.
    member :since, nil
    # Of the start in the procedures.
    member :index, 0
  end

  # What is known of a coverage. Dates that are not known are WB_DATE_NONE.
  class Plan < Value
    # enum wb_period_kind.
    member :kind, PeriodKind
    # Plan year: first month, 1 to 12.
    member :month, 0
    # Plan year: first day, cut to the month; 0: 1.
    member :day, 0
    # Rolling, interval: how many months;
    member :months, 0
    # interval: or how many days.
    member :days, 0
    # Days at the end that count as expiring; 0: 121, calendar (from 1 September), 90 otherwise.
    member :expiring_days, 0
    # Days at the start that count as renewed; 0: 59.
    member :renewed_days, 0
    # Days for which data are good; 0: 30.
    member :data_days, 0
    # First day of the coverage.
    member :effective, nil
    # Last day of the coverage.
    member :terminates, nil
    # Day of the data.
    member :verified, nil
  end

  # A benefit period.
  class Period < Value
    # WB_PERIOD_UNKNOWN, _OUTSIDE, _EXPIRING, _RENEWED, _STALE.
    member :flags, 0
    # WB_DATE_NONE: open, unknown or outside.
    member :first, nil
    # Likewise.
    member :last, nil
  end

  # One line of a claim.
  class Claim < Value
    # WB_CLAIM_APART.
    member :flags, 0
    # WB_CENTS_NONE: not known.
    member :paid, nil
    # Likewise; of a claim without an answer.
    member :estimated, nil
    # enum wb_claim_status.
    member :status, ClaimStatus
    # Of service.
    member :date, nil
  end

  # What was used of a maximum, and what is left. WB_CENTS_NONE: not known.
  class Usage < Value
    # WB_USAGE_MAX_USED.
    member :flags, 0
    # Paid within the period.
    member :used, nil
    # Estimated within the period.
    member :pending, nil
    # Not below 0, not above the maximum.
    member :remaining, nil
  end

  # One limit of a coverage. Zero means none, or the default.
  class Limit < Value
    # WB_LIMIT_EXCLUSIVE, WB_LIMIT_TO_THE_MONTH.
    member :flags, 0
    # What it counts together; NULL: every service.
    member :codes, []
    # enum wb_limit_kind.
    member :kind, LimitKind
    # How often, at most 64; 0: once.
    member :count, 0
    # Of year kinds; 0: 1.
    member :years, 0
    # Interval or waiting period;
    member :months, 0
    # added after the months.
    member :days, 0
    # First of the plan year; 0: 1.
    member :month, 0
    # Likewise, cut to the month; 0: 1.
    member :day, 0
    # enum wb_limit_scope.
    member :scope, LimitScope
    # Not under this age.
    member :age_from, 0
    # Not over this age: through the day before the next birthday; 0: no limit.
    member :age_through, 0
    # Of the limits of one sort (frequency, age, waiting) that apply, only those of the highest level count: a
    # patient's own over the plan's, one of a code over one of a category.
    member :level, 0
    # First day of the coverage, or WB_DATE_NONE.
    member :effective, nil
    # Last day of the coverage, or WB_DATE_NONE.
    member :terminates, nil
  end

  # What is to be done, and when at the earliest.
  class Service < Value
    # Of wb_teeth_parse(); 0: not said, counts as everywhere.
    member :teeth, 0
    # Limits with its code apply; 0: all do.
    member :code, 0
    # First day that is asked for.
    member :from, nil
    # For ages; or WB_DATE_NONE.
    member :birth, nil
  end

  # When a service is covered.
  class Covered < Value
    # WB_COVERED_NEVER, WB_COVERED_UNKNOWN.
    member :flags, 0
    # The first day; WB_DATE_NONE with a flag.
    member :date, nil
    # Which limit decided; UINT32_MAX: none, it is the day asked for.
    member :limit, 0
  end

  # One field of the dictionary; text is borrowed from the schema. Of a list, `domain` and absent elements are
  # as the list's.
  class Field < Value
    # "recare.band", NUL-terminated.
    member :name, ""
    # Values of an enumeration, separated by '|'; NULL: not one.
    member :domain, ""
    # One sentence.
    member :about, ""
    # enum wb_kind.
    member :type, Kind
    # enum wb_presence.
    member :presence, Presence
    # enum wb_class.
    member :class_, Class
    # Of a list, kind of its elements: a scalar's, or WB_RECORD; else 0.
    member :element, 0
    # Out: 1 + index of the list whose elements have this field; 0: none.
    member :list, 0
    # Of a list, how many elements it has at most; 0: 1,000. Else 0.
    member :most, 0
  end

  # One column of one of the tables that a host can add; text is valid for ever.
  class Column < Value
    # Out: WB_COLUMN_NEEDED, WB_COLUMN_CENTS.
    member :flags, 0
    # "patients", NUL-terminated.
    member :table, ""
    # "first_name", likewise.
    member :name, ""
    # Values of an enumeration, separated by '|'; NULL: not one.
    member :domain, ""
    # One sentence.
    member :about, ""
    # WB_TEXT, WB_BOOL, WB_INT, WB_DATE; WB_TIME: a clock time of the location, or an instant.
    member :type, 0
    # Which one of its table, from 0.
    member :place, 0
  end

  # Outcome for one patient.
  class Verdict < Value
    # enum wb_truth.
    member :truth, Truth
    # Fields that were missing; may exceed WB_VERDICT_MISSING.
    member :missing_count, 0
    # Their indices, each once, in order of meeting.
    member :missing, []
  end

  # How many patients a rule selects.
  class Tally < Value
    # Selected.
    member :yes, 0
    # Not selected.
    member :no, 0
    # Not selected: a needed field is missing.
    member :unknown, 0
    # Not selected: the rule has no value, or a cell cannot be read.
    member :failed, 0
  end

  # What a template is made for.
  class TemplateOptions < Value
    # "sms", …; NUL-terminated.
    member :channel, ""
    # "en" or "es", in which filters write; NULL: "en".
    member :language, ""
    # enum wb_recipient.
    member :recipient, Recipient
    # enum wb_register.
    member :register_, Register
  end

  # What is known of a template before there is a patient.
  class TemplateInfo < Value
    # Classes of the fields that it reads, 1 << enum wb_class.
    member :classes, 0
    # Of an SMS: no message has more, were there no limit; else 0.
    member :segments_most, 0
    # Of an SMS: no message has fewer; else 0.
    member :segments_least, 0
    # Of an SMS: typographic characters of the text that were made plain, so that it fits GSM-7: tell the
    # author.
    member :replaced, 0
    # Of the first of them; 0: none.
    member :line, 0
    # Of the first of them; 0: none.
    member :column, 0
    # enum wb_message_class that its words and fields make it; at least WB_MESSAGE_CARE is for the campaign to
    # say.
    member :message_class, MessageClass
  end

  # What a text is held against. Texts are NUL-terminated.
  class LintOptions < Value
    # WB_LINT_FRAGMENT, WB_LINT_DETAIL.
    member :flags, 0
    # "sms", "email.subject", "email.preheader", "email.text", "email.html", "postcard",  "voicemail",
    # "letter", "call", "page.public", "page.secure"; NULL:  "sms". A template has its own.
    member :channel, ""
    # "en" or "es": what opts out, and of the advice. NULL: the template's, of a text "en".
    member :language, ""
    # What the practice and its locations are called.
    member :names, []
    # Their telephone numbers, written in any way.
    member :phones, []
    # Hosts that links may lead to, besides those of the template's policy; none at all: any.
    member :hosts, []
    # Postal address as texts write it, or NULL.
    member :address, ""
    # Phrases in which nothing counts: what the practice may say.
    member :allowed, []
    # Phrases that it does not want said: the rule "practice.word".
    member :banned, []
    # enum wb_message_class that is declared; 0: care. What raises a text to that class is no finding.
    member :message_class, MessageClass
  end

  # One finding. Its texts are valid for ever.
  class Finding < Value
    # "clinical.gums".
    member :rule, ""
    # What is wrong, for people.
    member :message, ""
    # What to write instead.
    member :suggestion, ""
    # From 1; what is missing is at the end of the text.
    member :line, 0
    # In bytes, from 1.
    member :column, 0
    # In bytes; 0: what is missing.
    member :length, 0
    # enum wb_severity.
    member :severity, Severity
  end

  # What a text takes as an SMS.
  class Sms < Value
    # Septets, or units of 16 bits.
    member :units, 0
    # 1 or more.
    member :segments, 0
    # enum wb_sms_encoding.
    member :encoding, SmsEncoding
    # UCS-2: byte offset of the first character that GSM-7 does not have.
    member :foreign, 0
  end

  # A key of the host that signs tokens.
  class LinkKey < Value
    # Random bytes that the host keeps; 32 is a good number.
    member :data, "".b
    # 0 to 255: tells it from the key before it.
    member :id, 0
  end

  # What a token says.
  class Link < Value
    # From then on it is worth nothing; after 1970, before 2106-02-07.
    member :expires, nil
    # Random, or the first half of an id; never made from a patient's data.
    member :handle, "".b
    # enum wb_link_purpose.
    member :purpose, LinkPurpose
    # Id of the key; wb_link_make() takes that of its key instead.
    member :key, 0
  end

  # What an offer is; text is NUL-terminated and borrowed from the offer.
  class OfferInfo < Value
    # WB_OFFER_CASH_LIKE or 0.
    member :flags, 0
    # What the patient pays.
    member :price, nil
    # The regular fee.
    member :regular, nil
    # What it is worth to the patient, for the federal rule.
    member :value, nil
    # What it is.
    member :what, ""
    # What is included: "one visit, a brush".
    member :includes, ""
    # What is not, likewise.
    member :excludes, ""
    # Who reviewed it.
    member :reviewer, ""
    # A third party that pays for the message; "": none.
    member :paid_by, ""
    # The canonical form: what the content id is made of.
    member :canonical, ""
    # 32 bytes.
    member :content_id, "".b
    # First day.
    member :first, nil
    # Last day.
    member :last, nil
    # When it was reviewed; no later than the first day.
    member :reviewed, nil
    # What is taken off the regular fee, rounded up.
    member :basis_points, 0
  end

  # How an offer would be made.
  class OfferUse < Value
    # WB_OFFER_AUTOMATED, WB_OFFER_AUTHORIZED.
    member :flags, 0
    # What the patient was given in the last 366 days, as the law counts it.
    member :given, nil
    # enum wb_offer_consent, for offers on this channel.
    member :consent, OfferConsent
  end

  # Outcome of wb_offer_test; text is borrowed from the law.
  class OfferVerdict < Value
    # Id of the rule of law that decided; "" when none did.
    member :rule, ""
    # enum wb_offer_outcome.
    member :outcome, OfferOutcome
  end

  # What a campaign is; text is borrowed from the campaign.
  class CampaignInfo < Value
    # "hygiene-recare", NUL-terminated, at most 64 bytes.
    member :name, ""
    # For people, NUL-terminated.
    member :title, ""
    # The canonical form: what the content id is made of.
    member :canonical, ""
    # 32 bytes.
    member :content_id, "".b
    # Number of segments.
    member :segments, 0
    # Number of steps.
    member :steps, 0
    # Number of texts.
    member :texts, 0
    # Messages at most in one entry, its own number or 6.
    member :touches, 0
    # Days after an entry before the next, its own number or 90.
    member :rest_days, 0
  end

  # A definition of a campaign in a practice (wb_practice_campaigns); text is lent until the next call.
  class CampaignStatus < Value
    # WB_CAMPAIGN_…
    member :flags, 0
    # Campaign name, NUL-terminated.
    member :name, ""
    # The canonical form.
    member :canonical, ""
    # 32 bytes.
    member :content_id, "".b
    # How many are inside, by this definition.
    member :inside, 0
  end

  # Outcome of wb_campaign_match; text is borrowed from the campaign.
  class Match < Value
    # Name of the segment, or NULL.
    member :segment, ""
    # Name of the exclusion or exit, or NULL.
    member :reason, ""
    # enum wb_match_reason.
    member :outcome, MatchReason
    # Index of the segment: lower is let in first; -1: none.
    member :priority, 0
    # With WB_MATCH_UNKNOWN: index of the first missing field.
    member :missing, 0
  end

  # What is on record of a patient at a contact point. Text is borrowed until the next call.
  class Consent < Value
    # WB_CONTACT_OPTED_OUT… of the contact point, for everybody there.
    member :flags, 0
    # Since when; WB_TIME_NONE: nothing is on record.
    member :at, nil
    # When the flags changed last; WB_TIME_NONE: never.
    member :flagged_at, nil
    # The last answer from there; WB_TIME_NONE: never.
    member :answered, nil
    # When it was last checked and was the same; WB_TIME_NONE: never.
    member :checked, nil
    # Where it comes from: "form"; "": not known.
    member :source, ""
    # Id of the words that were agreed to; "": not known.
    member :wording, ""
    # enum wb_consent_level.
    member :level, ConsentLevel
  end

  # How a reply is read.
  class Reply < Value
    # WB_REPLY_STOP or 0.
    member :flags, 0
    # The kind of wording that decided: never the reply's own text.
    member :evidence, ""
    # enum wb_intent.
    member :intent, Intent
    # A second meaning ("Stop, my mom passed"), or WB_INTENT_OTHER.
    member :also, 0
    # 0 to 100; 0: not recognised.
    member :confidence, 0
  end

  # One thing to do. All pointers are NUL-terminated and valid until the next poll or free.
  class Action < Value
    # When it was handed out.
    member :at, nil
    # No delivery may start at or after this instant.
    member :deliver_by, nil
    # Name of the campaign.
    member :campaign, ""
    # Segment the patient entered by.
    member :segment, ""
    # Id of the step.
    member :step, ""
    # Name of the text.
    member :template_, ""
    # Patient key; may hold any bytes: see `patient_length`.
    member :patient, ""
    # Key of the visit, opening or event it is about; or "".
    member :about, ""
    # Location key.
    member :location, ""
    # Address as normalised; "" for a call task.
    member :to, ""
    # E-mail subject; "" elsewhere.
    member :subject, ""
    # The line that mail programs show beside the subject; or "".
    member :preheader, ""
    # The message, or the note for staff.
    member :text, ""
    # The e-mail's part in HTML; "": it has none.
    member :html, ""
    # Id of the rule of law or convention that allowed the hour.
    member :law, ""
    # "en".
    member :language, ""
    # Of a call task: "clicked", "asks"; "" elsewhere.
    member :reason, ""
    # The idempotency key.
    member :id, "".b
    # The contact point; zero for a call task.
    member :contact, "".b
    # enum wb_action_kind.
    member :kind, ActionKind
    # enum wb_channel.
    member :channel, Channel
    # From 1.
    member :attempt, 0
    # WB_OK, or why the neutral text had to stand in: WB_E_POLICY…
    member :fallback, 0
    # Of an SMS: how many are paid for; else 0.
    member :segments, 0
    # Of an SMS: enum wb_sms_encoding; else 0.
    member :encoding, SmsEncoding

    hidden :to, :subject, :preheader, :text, :html
  end

  # The answer to an action.
  class Outcome < Value
    # enum wb_outcome_kind.
    member :kind, OutcomeKind
    # enum wb_cause; of WB_NOT_SENT only.
    member :cause, Cause
  end

  # The answer of a last look.
  class Look < Value
    # As the action has it.
    member :deliver_by, nil
    # Why not: "opted_out", "booked", "responded", "put_off" (the visit), the name of a hold…; "" with go.
    # Valid until the next call.
    member :reason, ""
    # enum wb_look_answer.
    member :answer, LookAnswer
    # enum wb_hold, when it is one that says why not.
    member :hold, Hold
  end

  # What a run did.
  class Run < Value
    # Actions delivered.
    member :sent, 0
    # Actions not delivered, and known not to be.
    member :not_sent, 0
    # Actions of which nobody knows.
    member :unknown, 0
  end

  # State of one action.
  class ActionStatus < Value
    # Last time it was handed out, resends apart.
    member :claimed_at, nil
    # Of that time.
    member :deliver_by, nil
    # The action.
    member :id, "".b
    # enum wb_action_state.
    member :state, ActionState
    # enum wb_cause, of the last not_sent.
    member :cause, Cause
    # How often it was handed out.
    member :attempt, 0
  end

  # How a practice is made; everything is copied. Zero numbers mean the default.
  class PracticeOptions < Value
    # WB_PRACTICE_ALLOW_JUMP or 0.
    member :flags, 0
    # 16 random bytes that the host keeps; never all zero.
    member :secret, "".b
    # The practice's key, at most WB_KEY_MAX bytes.
    member :key, ""
    # Hours of outreach inside the law, local to the patient's location; NULL, 0: Monday to Friday 9:00-18:00,
    # Saturday 10:00-14:00.
    member :hours, []
    # Seconds from claim to deliver_by; default 600.
    member :lease, 0
    # Seconds after deliver_by until unknown; default 300.
    member :grace, 0
    # Seconds after which facts are too old; default 86,400, but to ask about a visit or an opening 14,400 at
    # most. Those of over 300 seconds later than `now` are as good as too old.
    member :stale_facts, 0
    # Outreach messages a patient and local day, or 24 hours; default 1.
    member :per_day, 0
    # In 7 local days; default 2.
    member :per_week, 0
    # In 30 local days; default 4.
    member :per_month, 0
    # New patients a local day with hours, and location; default 25.
    member :admissions, 0
    # New calls on Outreach a local day and location; default 10.
    member :tasks_per_day, 0
    # Open calls on it at a location; default 30.
    member :tasks_open, 0
    # Calls without an answer after which one is given up; default 3.
    member :task_attempts, 0
    # Seconds between two of them at least; default 86,400.
    member :task_spacing, 0
    # Days after which a call is given up; default 14.
    member :task_days, 0
    # New tasks on the list Visits likewise; default 20.
    member :visits_per_day, 0
    # Open tasks on it at a location; default 40.
    member :visits_open, 0
    # Percent of the chair time that is never promised; default 20.
    member :chair_reserve, 0
    # Seconds that an opening is held for who accepts; default 7,200.
    member :slot_hold, 0
    # How often the practice was restored from an older backup: the host raises it and keeps it raised. See
    # WB_INPUT_RESTORED_READY.
    member :epoch, 0
    # Seconds after the beginning of the hours over which goes what fell due while they were closed; default
    # 3,600; 1: it is not spread.
    member :spread, 0
    # So many messages a minute and location go at once all the same; default 30.
    member :burst, 0
    # Seconds for which the host keeps what it sent by the action's id and its provider takes that id for a
    # key, so that the same again is delivered once: steps may resend what is unknown so long. 0: no.
    member :resend, 0
    # Seconds after which somebody who is held for what the record says is looked at again, if nothing happens
    # before; default 3,600.
    member :look_again, 0
    # Format of what is written: in a fleet the newest that its oldest library reads. 0: WB_FORMAT_NEWEST.
    member :write_format, 0
    # Days in which a booking is credited to a message; default 30.
    member :booked_days, 0
    # Days after the message, or after the entry, in which it must be kept to count; default 120, at most
    # WB_KEPT_DAYS_MAX. What a journal is replayed with counts for what is in it: keep it.
    member :kept_days, 0
  end

  # What wb_practice_replay found.
  class Replay < Value
    # WB_REPLAY_TORN or 0.
    member :flags, 0
    # Bytes that hold whole records.
    member :used, 0
    # Records that were new.
    member :applied, 0
    # Records that the state had already.
    member :skipped, 0
  end

  # What an enrolment pass did.
  class Counts < Value
    # Rows looked at.
    member :patients, 0
    # In the audience of a launched campaign, neither inside nor resting.
    member :eligible, 0
    # Entered now and can be reached.
    member :enrolled, 0
    # Entered now, but held: see wb_practice_next.
    member :held, 0
    # Were inside already.
    member :inside, 0
    # Left less than the campaign's rest ago, or for good.
    member :resting, 0
    # Of the eligible: over today's admissions, or on the desk's list Now; another day. See
    # wb_practice_waiting.
    member :waiting, 0
    # A field that the audience needs is missing.
    member :unknown, 0
    # Their facts could not be read.
    member :failed, 0
  end

  # Who is due and waits to be let in, or, inside, for a place; text is lent until the next call.
  class Waiting < Value
    # When the next place may come: the next day's hours begin. WB_TIME_NONE: when the desk has dealt with it,
    # or the pause ends.
    member :again, nil
    # Campaign name, NUL-terminated.
    member :campaign, ""
    # Segment that they would enter by, NUL-terminated.
    member :segment, ""
    # Patient key, NUL-terminated.
    member :patient, ""
    # Location key, NUL-terminated.
    member :location, ""
    # Why: WB_HOLD_PAUSED, WB_HOLD_DESK or WB_HOLD_ADMISSIONS.
    member :hold, 0
    # How many wait for the same location's places before them.
    member :ahead, 0
  end

  # One event from outside. Unused members are zero.
  class Input < Value
    # Patient key.
    member :patient, ""
    # Of a reply; read and forgotten.
    member :text, ""
    # Campaign name.
    member :campaign, ""
    # Location key.
    member :location, ""
    # Who answers for it: a staff id, at most WB_KEY_MAX bytes.
    member :approver, ""
    # A second key of the kind of the first.
    member :other, ""
    # Key of a visit or of an opening.
    member :visit, ""
    # Of what the kind is about: a text, a wording, a column.
    member :name, ""
    # Where something comes from: "form", "front desk".
    member :source, ""
    # Contact point, 16 bytes.
    member :contact, "".b
    # A second contact point, 16 bytes.
    member :other_contact, "".b
    # Action id, 16 bytes.
    member :action, "".b
    # When it was or will be.
    member :at, nil
    # When that ends.
    member :until, nil
    # What it is worth.
    member :value, nil
    # The same id within 90 days is WB_OK and changes nothing.
    member :event_id, "".b
    # enum wb_input_kind.
    member :kind, InputKind
    # enum wb_intent of the host's own reading, with `text` NULL. Never an opt-out in place of the library's:
    # the stricter wins.
    member :intent, Intent
    # enum wb_channel.
    member :channel, Channel
    # enum wb_message_class.
    member :class_, MessageClass
    # What became of it; each kind names the enumeration.
    member :outcome, 0
    # How long.
    member :minutes, 0

    hidden :text
  end

  # One patient in one campaign; text is borrowed until the next call.
  class Enrollment < Value
    # WB_ENROLLMENT_…; ended: 0.
    member :flags, 0
    # When.
    member :entered, nil
    # When it is looked at next; WB_TIME_NONE: when something happens.
    member :wake, nil
    # Campaign name, NUL-terminated.
    member :campaign, ""
    # Segment at entry, NUL-terminated.
    member :segment, ""
    # Variant drawn at entry, NUL-terminated; "": there are none; "held-out": walks without messages.
    member :variant, ""
    # Step id, NUL-terminated.
    member :step, ""
    # Patient key, NUL-terminated.
    member :patient, ""
    # Key of the visit, opening or event it is about, NUL-terminated; "": the patient itself. An opening that
    # came free more than once may have several.
    member :about, ""
    # Location key, NUL-terminated.
    member :location, ""
    # Ended: "booked", "opted_out", "finished"…; else "".
    member :reason, ""
    # enum wb_enrollment_state.
    member :state, EnrollmentState
    # enum wb_hold.
    member :hold, Hold
    # Messages counted so far.
    member :touches, 0
    # Number of this entry of the key: one more than the last, from 1; of a visit or an opening at least 1 +
    # the day of its start (UTC, since 1970, modulo 65,535). After 65,535 comes 1.
    member :entry, 0
  end

  # People who go from one step to another; text is borrowed until the next call.
  class Migration < Value
    # Id of the step they are at.
    member :from, ""
    # Id of the step they go to; "": none takes its place, or the definition no longer compiles. They stay
    # where they are, for a person to decide.
    member :to, ""
    # How many.
    member :people, 0
    # How many of them are sent something within 24 hours.
    member :due, 0
  end

  # Whose page: by the action whose link was used, else by campaign and patient. A patient who is named beside
  # the action is compared with its own, but for a household's, which is for all.
  class Page < Value
    # 16 bytes; NULL: by the names below.
    member :action, "".b
    # Name of the campaign.
    member :campaign, ""
    # Key of the patient; beside an action who it must be of, or NULL.
    member :patient, ""
    # enum wb_page_format.
    member :format, PageFormat
  end

  # One opening; text is borrowed until the next call on the practice.
  class Opening < Value
    # When it begins.
    member :start, nil
    # As the state says.
    member :until, nil
    # Its key, NUL-terminated.
    member :opening, ""
    # Location key, NUL-terminated.
    member :location, ""
    # Whose time it is: "hygiene"; "" when not said.
    member :schedule, ""
    # Who accepted it or has it, NUL-terminated; "" for nobody.
    member :patient, ""
    # enum wb_opening_state.
    member :state, OpeningState
    # From 1.
    member :generation, 0
    # How long it is.
    member :minutes, 0
    # Asked in so many waves.
    member :waves, 0
    # So many people.
    member :asked, 0
    # 0; 1 where it came free because somebody moved up to another…
    member :depth, 0
  end

  # One open task; text is borrowed until the next call on the practice.
  class Task < Value
    # Since when.
    member :opened, nil
    # It rests until then.
    member :due, nil
    # When it is given up; WB_TIME_NONE: never.
    member :expires, nil
    # Patient key, NUL-terminated.
    member :patient, ""
    # Key of the visit or opening it is about, NUL-terminated; or "".
    member :about, ""
    # Location key, NUL-terminated.
    member :location, ""
    # Campaign name, NUL-terminated; "" when none.
    member :campaign, ""
    # "asks", "clicked"; of a reply the name of its intent ("deceased", "moved"), "reply" when it has none.
    member :reason, ""
    # The signs of interest in words, best first; or "".
    member :why, ""
    # The action's id; of a reply its event id.
    member :id, "".b
    # enum wb_desk_list.
    member :list, DeskList
    # On the list Outreach 0 to 99, best first; else 0.
    member :score, 0
    # Calls in vain so far.
    member :attempts, 0
    # enum wb_signal, as bits.
    member :signals, 0
  end

  # One record of a journal.
  class Record < Value
    # Consecutive from 1.
    member :sequence, 0
    # The `now` of the call that wrote it.
    member :at, nil
    # Where it begins in the bytes given.
    member :offset, 0
    # Its bytes, header and checksum included.
    member :length, 0
    # Which call wrote it; see the format's table.
    member :cause, 0
    # Number of effects it holds.
    member :effects, 0
  end

  # What wb_journal_find found.
  class Chain < Value
    # WB_CHAIN_TORN, WB_CHAIN_PART.
    member :flags, 0
    # Whole records.
    member :records, 0
    # Sequence number of the first; 0: there is none.
    member :first, 0
    # Of the last.
    member :last, 0
    # Sync records.
    member :seals, 0
    # Number of the last one whose digest fits: nothing up to it was changed.
    member :sealed, 0
    # Number of the last seal (wb_practice_seal); 0: there is none.
    member :summed, 0
    # Bytes that hold whole records.
    member :used, 0
    # Of the first record; WB_TIME_NONE: there is none.
    member :begins, nil
    # Of the last.
    member :ends, nil
  end

  # Which contacts are asked for.
  class EntryQuery < Value
    # WB_ENTRY_JSON or 0.
    member :flags, 0
    # Of this patient, by whatever key they had since merges; NULL: of anybody.
    member :patient, ""
    # Only this action, 16 bytes; NULL: any.
    member :action, "".b
  end

  # Two arms of one campaign: those contacted and those held out. Each patient (or household, where households
  # were drawn) counts once.
  class Arms < Value
    # Walked the sequence and were written to; at most 1,000,000,000.
    member :contacted, 0
    # Of those, kept a visit in the window.
    member :kept, 0
    # Walked the same sequence with nothing sent; at most as above.
    member :held_out, 0
    # Of those, kept a visit in the window.
    member :held_out_kept, 0
    # When the last of both arms entered; WB_TIME_NONE: not checked.
    member :last_entered, nil
    # Of the question.
    member :now, nil
    # Days in which a visit counts; 0: 120.
    member :window, 0
    # Meant to be held out, in basis points; 0: the split is not checked.
    member :share, 0
    # Share that comes by itself, in basis points, for `detectable`; 0: what those held out show, or 300 when
    # they show none.
    member :baseline, 0
  end

  # The arms compared. All but `extra…` and `ratio` are basis points.
  class Effect < Value
    # WB_EFFECT_…
    member :flags, 0
    # Visits that the contact brought: `difference` of `contacted`.
    member :extra, 0
    # Lower end.
    member :extra_low, 0
    # Upper end.
    member :extra_high, 0
    # Share of those contacted that kept a visit.
    member :contacted_rate, 0
    # Its interval.
    member :contacted_low, 0
    # Its interval.
    member :contacted_high, 0
    # Share of those held out that kept one.
    member :held_out_rate, 0
    # Its interval.
    member :held_out_low, 0
    # Its interval.
    member :held_out_high, 0
    # The first less the second.
    member :difference, 0
    # Its interval.
    member :difference_low, 0
    # Its interval.
    member :difference_high, 0
    # Smallest difference upwards that would show, rounded up; 0: none would.
    member :detectable, 0
    # enum wb_verdict_kind.
    member :shows, VerdictKind
    # Chi-square of the split, in thousandths; alarm above 10,828.
    member :ratio, 0
  end

  # What came of a campaign, a segment, a variant. The counters are part of the state: they survive replay and
  # snapshot, and no record of the past is needed for them.
  class Metrics < Value
    # WB_METRICS_HELD_OUT, WB_METRICS_EXEMPT or 0.
    member :flags, 0
    # Entries into the campaign.
    member :entered, 0
    # Of those, with a message that went out.
    member :contacted, 0
    # Messages that went out.
    member :messages, 0
    # Entries with a response that the campaign has a call for.
    member :responded, 0
    # Visits credited: booked within `booked_days` of a message (30).
    member :booked, 0
    # Of those, kept within `kept_days` of it (120).
    member :kept, 0
    # Entries whose patient kept any visit in as many days of entering, written to or not: what the arms are
    # compared by. Taken back when the record shows all visits since then as off.
    member :came, 0
    # Value of the visits that are kept and credited.
    member :production, nil
    # When the last one entered; WB_TIME_NONE: nobody did.
    member :last_entered, nil
    # Name, NUL-terminated, lent until the next call; "" in a sum.
    member :campaign, ""
    # Name, likewise.
    member :segment, ""
    # Name, likewise; "" also when the campaign has no variants.
    member :variant, ""
  end
end
