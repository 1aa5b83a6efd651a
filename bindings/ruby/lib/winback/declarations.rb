# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Winback
  # The C interface as Fiddle needs it. Made by bindings/generate.py from the headers.
  module Declarations
    VERSION = [0, 1, 0].freeze

    WB_VERSION_MAJOR = 0
    WB_VERSION_MINOR = 1
    WB_VERSION_PATCH = 0
    WB_CENTS_NONE = -9223372036854775808
    WB_DATE_NONE = -2147483648
    WB_DATE_MIN = -719162
    WB_DATE_MAX = 2932896
    WB_TIME_NONE = -9223372036854775808
    WB_TIME_MIN = -62135596800
    WB_TIME_MAX = 253402300799
    WB_WEEKDAYS_ALL = 254
    WB_LAW_CLOSED = 1
    WB_LAW_STALE = 2
    WB_LAW_NOWHERE = 4
    WB_LAW_UNCERTAIN = 8
    WB_RECARE_HAS_PROPHY = 1
    WB_RECARE_HAS_PERIO = 2
    WB_RECARE_CHILD = 4
    WB_RECARE_ADVISE_PERIO = 8
    WB_EVIDENCE_RECENT = 1
    WB_EVIDENCE_SCALING = 2
    WB_GROUP_NOT_IN_FORCE = 1
    WB_PROCEDURE_PREFERRED = 1
    WB_PROCEDURE_RESTRICTED = 2
    WB_PROCEDURE_UNPAID = 4
    WB_TREATMENT_PLANNED = 1
    WB_TREATMENT_SCHEDULED = 2
    WB_TREATMENT_SUPERSEDED = 4
    WB_TREATMENT_OPEN = 8
    WB_UNFINISHED_INSTEAD = 1
    WB_PERIOD_UNKNOWN = 1
    WB_PERIOD_OUTSIDE = 2
    WB_PERIOD_EXPIRING = 4
    WB_PERIOD_RENEWED = 8
    WB_PERIOD_STALE = 16
    WB_CLAIM_APART = 1
    WB_USAGE_MAX_USED = 1
    WB_LIMIT_EXCLUSIVE = 1
    WB_LIMIT_TO_THE_MONTH = 2
    WB_COVERED_NEVER = 1
    WB_COVERED_UNKNOWN = 2
    WB_COLUMN_NEEDED = 1
    WB_COLUMN_CENTS = 2
    WB_FACTS_BOOKED_TRIGGER = 1
    WB_VERDICT_MISSING = 8
    WB_LINT_FRAGMENT = 1
    WB_LINT_DETAIL = 2
    WB_HANDLE_LENGTH = 16
    WB_TOKEN_LENGTH = 42
    WB_OFFER_CASH_LIKE = 1
    WB_OFFER_AUTOMATED = 1
    WB_OFFER_AUTHORIZED = 2
    WB_CAMPAIGN_NEWEST = 1
    WB_CAMPAIGN_LAUNCHED = 2
    WB_CAMPAIGN_PAUSED = 4
    WB_CAMPAIGN_STOPPED = 8
    WB_PURPOSE_DETAIL = 7
    WB_CONTACT_OPTED_OUT = 1
    WB_CONTACT_CLOSED = 2
    WB_CONTACT_WRITTEN_TO = 4
    WB_REKEY_LOSE = 1
    WB_REPLY_STOP = 1
    WB_KEY_MAX = 64
    WB_FORMAT_OLDEST = 1
    WB_FORMAT_NEWEST = 1
    WB_MEMORY_DAYS = 90
    WB_KEPT_DAYS_MAX = 240
    WB_PRACTICE_ALLOW_JUMP = 1
    WB_REPLAY_TORN = 1
    WB_ENROLLMENT_RESPONDED = 1
    WB_ENROLLMENT_LISTED = 2
    WB_MIGRATE_PLAN = 1
    WB_MIGRATE_RECOMPUTE = 2
    WB_OPENING_KEY_MAX = 56
    WB_CHAIN_TORN = 1
    WB_CHAIN_PART = 2
    WB_ENTRY_JSON = 1
    WB_EFFECT_OPEN = 1
    WB_EFFECT_UNEVEN = 2
    WB_EFFECT_SMALL = 4
    WB_METRICS_HELD_OUT = 1
    WB_METRICS_EXEMPT = 2
    WB_OK = 0
    WB_E_NOMEM = -1
    WB_E_INVALID = -2
    WB_E_RANGE = -3
    WB_E_SPACE = -4
    WB_E_SYNTAX = -5
    WB_E_TYPE = -6
    WB_E_NAME = -7
    WB_E_LIMIT = -8
    WB_E_POLICY = -9
    WB_E_STATE = -10
    WB_E_BUSY = -11
    WB_E_CORRUPT = -12
    WB_E_VERSION = -13
    WB_E_CONFLICT = -14
    WB_E_STALE = -15
    WB_E_ABORTED = -16
    WB_MESSAGE_TRANSACTIONAL = 1
    WB_MESSAGE_CARE = 2
    WB_MESSAGE_BENEFIT = 3
    WB_MESSAGE_OFFER = 4
    WB_MESSAGE_BILLING = 5
    WB_MESSAGE_URGENT = 6
    WB_LAW_HOURS = 1
    WB_LAW_CAP = 2
    WB_LAW_CONSENT = 3
    WB_LAW_KEYWORDS = 4
    WB_LAW_OPT_OUT = 5
    WB_LAW_VALUE = 6
    WB_LAW_DISCLOSURE = 7
    WB_LAW_MAJORITY = 8
    WB_LAW_TERM = 9
    WB_LAW_AUTHORIZATION = 10
    WB_LAW_STOP = 11
    WB_RECARE_NONE = 0
    WB_RECARE_PROPHY = 1
    WB_RECARE_PERIO = 2
    WB_BAND_NONE = 0
    WB_BAND_NOT_DUE = 1
    WB_BAND_0_6 = 2
    WB_BAND_6_9 = 3
    WB_BAND_9_12 = 4
    WB_BAND_12 = 5
    WB_PROCEDURE_OTHER = 0
    WB_PROCEDURE_PLANNED = 1
    WB_PROCEDURE_COMPLETED = 2
    WB_PROCEDURE_EXISTING = 3
    WB_PROCEDURE_DECLINED = 4
    WB_PROCEDURE_REFERRED = 5
    WB_PROCEDURE_INACTIVE = 6
    WB_PROCEDURE_DELETED = 7
    WB_TREATMENT_FRESH = 0
    WB_TREATMENT_REEXAMINE = 1
    WB_TREATMENT_HISTORY = 2
    WB_CROWN_SEAT = 0
    WB_CROWN_PREP = 1
    WB_CROWN_SEPARATE = 2
    WB_PERIOD_OF_UNKNOWN = 0
    WB_PERIOD_OF_CALENDAR = 1
    WB_PERIOD_OF_PLAN_YEAR = 2
    WB_PERIOD_OF_ANNIVERSARY = 3
    WB_PERIOD_OF_ROLLING = 4
    WB_PERIOD_OF_INTERVAL = 5
    WB_PERIOD_OF_LIFETIME = 6
    WB_CLAIM_OTHER = 0
    WB_CLAIM_RECEIVED = 1
    WB_CLAIM_SUPPLEMENTAL = 2
    WB_CLAIM_ADJUSTMENT = 3
    WB_CLAIM_NOT_RECEIVED = 4
    WB_LIMIT_INTERVAL = 1
    WB_LIMIT_CALENDAR_YEAR = 2
    WB_LIMIT_PLAN_YEAR = 3
    WB_LIMIT_ANNIVERSARY = 4
    WB_LIMIT_LIFETIME = 5
    WB_LIMIT_AGE = 6
    WB_LIMIT_WAITING = 7
    WB_LIMIT_MOUTH = 0
    WB_LIMIT_TOOTH = 1
    WB_LIMIT_QUADRANT = 2
    WB_LIMIT_ARCH = 3
    WB_UNKNOWN = 0
    WB_NULL = 1
    WB_BOOL = 2
    WB_INT = 3
    WB_UINT = 4
    WB_DOUBLE = 5
    WB_TEXT = 6
    WB_BYTES = 7
    WB_DATE = 8
    WB_TIME = 9
    WB_LIST = 10
    WB_RECORD = 11
    WB_REQUIRED = 0
    WB_NULLABLE = 1
    WB_OPTIONAL = 2
    WB_CLASS_PUBLIC = 0
    WB_CLASS_NAME = 1
    WB_CLASS_LINK = 2
    WB_CLASS_SCHEDULING = 3
    WB_CLASS_RECALL = 4
    WB_CLASS_CLINICAL = 5
    WB_CLASS_FINANCIAL = 6
    WB_CLASS_IDENTIFIER = 7
    WB_CLASS_RELATION = 8
    WB_CLASS_STAFF = 9
    WB_CLASS_SEALED = 10
    WB_FALSE = 0
    WB_TRUE = 1
    WB_UNDETERMINED = 2
    WB_FAULTY = 3
    WB_RECIPIENT_PATIENT = 0
    WB_RECIPIENT_GUARDIAN = 1
    WB_RECIPIENT_HOUSEHOLD = 2
    WB_REGISTER_GENERAL = 0
    WB_REGISTER_NEUTRAL = 1
    WB_REGISTER_DETAIL = 2
    WB_SEVERITY_NOTICE = 1
    WB_SEVERITY_WARNING = 2
    WB_SEVERITY_ERROR = 3
    WB_SMS_GSM7 = 1
    WB_SMS_UCS2 = 2
    WB_LINK_BOOKING = 1
    WB_LINK_UNSUBSCRIBE = 2
    WB_OFFER_CONSENT_NONE = 0
    WB_OFFER_CONSENT_IMPLIED = 1
    WB_OFFER_CONSENT_EXPRESS = 2
    WB_OFFER_CONSENT_WRITTEN = 3
    WB_OFFER_FINE = 0
    WB_OFFER_DAYS = 1
    WB_OFFER_AGE = 2
    WB_OFFER_QUALIFIES = 3
    WB_OFFER_PLACE = 4
    WB_OFFER_WORDS = 5
    WB_OFFER_DISCLOSURE = 6
    WB_OFFER_VALUE = 7
    WB_OFFER_AUTHORIZATION = 8
    WB_OFFER_CONSENT = 9
    WB_MATCH_IN = 0
    WB_MATCH_EXCLUDED = 1
    WB_MATCH_AUDIENCE = 2
    WB_MATCH_UNKNOWN = 3
    WB_MATCH_SEGMENT = 4
    WB_MATCH_EXIT = 5
    WB_CONTACT_PHONE = 1
    WB_CONTACT_EMAIL = 2
    WB_CONSENT_NONE = 0
    WB_CONSENT_REFUSED = 1
    WB_CONSENT_CHANGED = 2
    WB_CONSENT_EXPRESS = 3
    WB_CONSENT_WRITTEN = 4
    WB_CONSENT_AUTHORIZED = 5
    WB_NUMBER_SAME = 1
    WB_NUMBER_REASSIGNED = 2
    WB_CONTACT_NEW = 1
    WB_CONTACT_CORRECTED = 2
    WB_INTENT_OTHER = 0
    WB_INTENT_OPT_OUT = 1
    WB_INTENT_OPT_IN = 2
    WB_INTENT_HELP = 3
    WB_INTENT_DECEASED = 4
    WB_INTENT_URGENT_SYMPTOM = 5
    WB_INTENT_WRONG_NUMBER = 6
    WB_INTENT_COMPLAINT = 7
    WB_INTENT_DATA_PRIVACY = 8
    WB_INTENT_GUARDIAN_OR_PROXY = 9
    WB_INTENT_CANCEL_APPT = 10
    WB_INTENT_RESCHEDULE = 11
    WB_INTENT_ALREADY_SCHEDULED = 12
    WB_INTENT_MOVED = 13
    WB_INTENT_NEW_DENTIST = 14
    WB_INTENT_PRICE_INSURANCE = 15
    WB_INTENT_ANXIETY = 16
    WB_INTENT_CALLBACK_REQUEST = 17
    WB_INTENT_LATER = 18
    WB_INTENT_DECLINE = 19
    WB_INTENT_BOOKING_INTEREST = 20
    WB_INTENT_CONFIRM = 21
    WB_INTENT_DETAIL = 22
    WB_INTENT_NO_DETAIL = 23
    WB_ACTION_SEND = 1
    WB_ACTION_CALL_TASK = 2
    WB_ACTION_RESEND = 3
    WB_CHANNEL_NONE = 0
    WB_CHANNEL_SMS = 1
    WB_CHANNEL_EMAIL = 2
    WB_CHANNEL_CALL = 3
    WB_SENT = 1
    WB_NOT_SENT = 2
    WB_SENT_UNKNOWN = 3
    WB_CAUSE_NONE = 0
    WB_CAUSE_INTERRUPTED = 1
    WB_CAUSE_THROTTLED = 2
    WB_CAUSE_LATE = 3
    WB_CAUSE_ADDRESS = 4
    WB_CAUSE_CONTENT = 5
    WB_CAUSE_POLICY = 6
    WB_CAUSE_OPTED_OUT = 7
    WB_LOOK_GO = 1
    WB_LOOK_WITHDRAWN = 2
    WB_LOOK_LATER = 3
    WB_ACTION_CLAIMED = 1
    WB_ACTION_SENT = 2
    WB_ACTION_READY = 3
    WB_ACTION_FAILED = 4
    WB_ACTION_UNKNOWN = 5
    WB_ACTION_DELIVERED = 6
    WB_ACTION_UNDELIVERED = 7
    WB_ACTION_WITHDRAWN = 8
    WB_INPUT_REPLY = 1
    WB_INPUT_CLICK = 2
    WB_INPUT_BOOKED = 3
    WB_INPUT_KEPT = 4
    WB_INPUT_OPTED_OUT = 5
    WB_INPUT_OPTED_IN = 6
    WB_INPUT_TASK_DONE = 7
    WB_INPUT_LAUNCH = 8
    WB_INPUT_PAUSE = 9
    WB_INPUT_RESUME = 10
    WB_INPUT_CANCELLED = 11
    WB_INPUT_SLOT_OPENED = 12
    WB_INPUT_SLOT_CLOSED = 13
    WB_INPUT_CAPACITY = 14
    WB_INPUT_WITHDRAW = 15
    WB_INPUT_STOP = 30
    WB_INPUT_BROKEN = 29
    WB_INPUT_CONSENT = 20
    WB_INPUT_NUMBER_CHECKED = 21
    WB_INPUT_CONTACT_CHANGED = 22
    WB_INPUT_MERGED = 23
    WB_INPUT_MOVED = 24
    WB_INPUT_LEFT = 25
    WB_INPUT_DECEASED = 26
    WB_INPUT_FORGET = 27
    WB_INPUT_SETTING = 28
    WB_INPUT_CONTACTED = 18
    WB_INPUT_RESTORED_READY = 19
    WB_INPUT_DELIVERED = 16
    WB_INPUT_UNDELIVERED = 17
    WB_HOLD_NONE = 0
    WB_HOLD_PAUSED = 1
    WB_HOLD_OPTED_OUT = 2
    WB_HOLD_NO_PERMISSION = 3
    WB_HOLD_NO_ADDRESS = 4
    WB_HOLD_BAD_ADDRESS = 5
    WB_HOLD_MINOR = 6
    WB_HOLD_AGE_UNKNOWN = 7
    WB_HOLD_NOT_SEEN = 8
    WB_HOLD_HOURS = 9
    WB_HOLD_CAP = 10
    WB_HOLD_CAPACITY = 11
    WB_HOLD_FACTS = 12
    WB_HOLD_RENDER = 13
    WB_HOLD_DEFINITION = 14
    WB_HOLD_ZONE = 15
    WB_HOLD_DESK = 16
    WB_HOLD_NUMBER_CHECK = 17
    WB_HOLD_NOT_WRITTEN = 18
    WB_HOLD_PREFERENCE = 19
    WB_HOLD_OFFER = 20
    WB_HOLD_HOUSEHOLD = 21
    WB_HOLD_LATE = 22
    WB_HOLD_ADMISSIONS = 23
    WB_STATE_WAITING = 1
    WB_STATE_HELD = 2
    WB_STATE_CLAIMED = 3
    WB_STATE_ENDED = 4
    WB_PAGE_HTML = 0
    WB_PAGE_JSON = 1
    WB_PAGE_POSTCARD = 2
    WB_OPENING_OPEN = 1
    WB_OPENING_OFFERING = 2
    WB_OPENING_TENTATIVE = 3
    WB_OPENING_CONFIRMED = 4
    WB_OPENING_EXPIRED = 5
    WB_DESK_OUTREACH = 1
    WB_DESK_INBOX = 2
    WB_DESK_NOW = 3
    WB_DESK_VISITS = 4
    WB_SIGNAL_OPENING_GONE = 1
    WB_SIGNAL_ASKS_CALL = 2
    WB_SIGNAL_ASKS_VISIT = 4
    WB_SIGNAL_ASKS_PRICE = 8
    WB_SIGNAL_CLICKED = 16
    WB_TASK_DONE = 0
    WB_TASK_BOOKED = 1
    WB_TASK_LATER = 2
    WB_TASK_NO_ANSWER = 3
    WB_TASK_VOICEMAIL = 4
    WB_TASK_WRONG_NUMBER = 5
    WB_TASK_REFUSED = 6
    WB_TASK_MOVED = 7
    WB_TASK_DECEASED = 8
    WB_SHOWS_NOTHING_YET = 0
    WB_SHOWS_NO_DIFFERENCE = 1
    WB_SHOWS_MORE = 2
    WB_SHOWS_LESS = 3

    # Every struct: its members and their letters.
    STRUCTS = {
      wb_error: {
        status: "l", line: "L", column: "L", reserved: "L", path: "a80", message: "a160"
      },
      wb_context_options: {
        size: "L", flags: "L", max_memory: "Q", alloc: "J", user: "J", max_depth: "L", max_cost: "L"
      },
      wb_interval: {
        years: "S", months: "S", weeks: "S", days: "S"
      },
      wb_local: {
        date: "l", second: "l", offset: "l"
      },
      wb_window: {
        weekdays: "L", from: "l", to: "l"
      },
      wb_law_question: {
        size: "L", flags: "L", at: "q", zones: "J", regions: "J", hours: "J", hours_zone: "J",
        preference: "J", zone_count: "L", regions_length: "L", hours_count: "L", preference_count: "L",
        message_class: "l", reserved: "L"
      },
      wb_law_answer: {
        size: "L", flags: "L", open_at: "q", until: "q", rule: "J", held_by: "J"
      },
      wb_law_rule: {
        size: "L", flags: "L", amount: "q", seconds: "q", id: "J", pack: "J", version: "J", source: "J",
        name: "J", words: "J", effective_from: "l", effective_to: "l", review_by: "l", kind: "l",
        classes: "L", confidence: "l", channels: "L", reserved: "L"
      },
      wb_recare_history: {
        size: "L", flags: "L", prophy_interval: "J", perio_interval: "J", last_prophy: "l", last_perio: "l",
        last_scaling: "l", manual_due: "l", manual_since: "l", birth: "l"
      },
      wb_recare_settings: {
        size: "L", flags: "L", prophy_interval: "J", perio_interval: "J", child_age: "l", edges: "l3"
      },
      wb_recare: {
        size: "L", flags: "L", kind: "l", recorded_kind: "l", last: "l", due: "l", overdue_months: "l",
        band: "l", evidence: "L", evidence_on: "l"
      },
      wb_code: {
        size: "L", flags: "L", code: "J", standard: "J", group: "J", code_length: "L", standard_length: "L",
        group_length: "L", from: "l", until: "l", reserved: "L"
      },
      wb_group: {
        size: "L", flags: "L", name: "J", words: "J", name_length: "L", code: "l", id: "l", reserved: "L"
      },
      wb_code_range: {
        first: "l", last: "l"
      },
      wb_procedure: {
        size: "L", flags: "L", teeth: "Q", provider: "Q", code: "l", group: "l", status: "l", date: "l",
        visit: "l", alternative: "L"
      },
      wb_treatment: {
        size: "L", flags: "L", age: "l", months: "l"
      },
      wb_unfinished: {
        size: "L", flags: "L", kind: "J", needs: "J", teeth: "Q", started: "l", since: "l", index: "L",
        reserved: "L"
      },
      wb_plan: {
        size: "L", flags: "L", kind: "l", month: "l", day: "l", months: "l", days: "l", expiring_days: "l",
        renewed_days: "l", data_days: "l", effective: "l", terminates: "l", verified: "l"
      },
      wb_period: {
        size: "L", flags: "L", first: "l", last: "l"
      },
      wb_claim: {
        size: "L", flags: "L", paid: "q", estimated: "q", status: "l", date: "l"
      },
      wb_usage: {
        size: "L", flags: "L", used: "q", pending: "q", remaining: "q"
      },
      wb_limit: {
        size: "L", flags: "L", codes: "J", code_count: "L", kind: "l", count: "L", years: "l", months: "l",
        days: "l", month: "l", day: "l", scope: "l", age_from: "l", age_through: "l", level: "l",
        effective: "l", terminates: "l"
      },
      wb_service: {
        size: "L", flags: "L", teeth: "Q", code: "l", from: "l", birth: "l", reserved: "L"
      },
      wb_covered: {
        size: "L", flags: "L", date: "l", limit: "L"
      },
      ArrowSchema: {
        format: "J", name: "J", metadata: "J", flags: "q", n_children: "q", children: "J", dictionary: "J",
        release: "J", private_data: "J"
      },
      ArrowArray: {
        length: "q", null_count: "q", offset: "q", n_buffers: "q", n_children: "q", buffers: "J",
        children: "J", dictionary: "J", release: "J", private_data: "J"
      },
      ArrowArrayStream: {
        get_schema: "J", get_next: "J", get_last_error: "J", release: "J", private_data: "J"
      },
      wb_value: {
        size: "L", flags: "L", integer: "q", real: "d", data: "J", kind: "l", length: "L"
      },
      wb_field: {
        size: "L", flags: "L", name: "J", domain: "J", about: "J", type: "l", presence: "l", class_: "l",
        element: "l", list: "L", most: "L"
      },
      wb_column: {
        size: "L", flags: "L", table: "J", name: "J", domain: "J", about: "J", type: "l", place: "L"
      },
      wb_moment: {
        size: "L", flags: "L", now: "q", zone: "J", practice: "J"
      },
      wb_source: {
        size: "L", flags: "L", user: "J", count: "J", find: "J", fetch: "J", get: "J"
      },
      wb_facts_options: {
        size: "L", flags: "L", as_of: "q", recare: "J", source: "J"
      },
      wb_verdict: {
        size: "L", flags: "L", truth: "l", missing_count: "L", missing: "L8"
      },
      wb_tally: {
        size: "L", flags: "L", yes: "Q", no: "Q", unknown: "Q", failed: "Q"
      },
      wb_template_options: {
        size: "L", flags: "L", channel: "J", language: "J", recipient: "l", register_: "l"
      },
      wb_template_info: {
        size: "L", flags: "L", classes: "L", segments_most: "L", segments_least: "L", replaced: "L",
        line: "L", column: "L", message_class: "l", reserved: "l"
      },
      wb_lint_options: {
        size: "L", flags: "L", channel: "J", language: "J", names: "J", phones: "J", hosts: "J", address: "J",
        allowed: "J", banned: "J", name_count: "L", phone_count: "L", host_count: "L", allowed_count: "L",
        banned_count: "L", message_class: "l"
      },
      wb_finding: {
        size: "L", flags: "L", rule: "J", message: "J", suggestion: "J", line: "L", column: "L", length: "L",
        severity: "l"
      },
      wb_sms: {
        size: "L", flags: "L", units: "L", segments: "L", encoding: "l", foreign: "L"
      },
      wb_link_key: {
        size: "L", flags: "L", data: "J", length: "L", id: "L"
      },
      wb_link: {
        size: "L", flags: "L", expires: "q", handle: "a8", purpose: "l", key: "L"
      },
      wb_offer_info: {
        size: "L", flags: "L", price: "q", regular: "q", value: "q", what: "J", includes: "J", excludes: "J",
        reviewer: "J", paid_by: "J", canonical: "J", content_id: "J", first: "l", last: "l", reviewed: "l",
        basis_points: "L", canonical_length: "L", reserved: "L"
      },
      wb_offer_use: {
        size: "L", flags: "L", given: "q", consent: "l", reserved: "L"
      },
      wb_offer_verdict: {
        size: "L", flags: "L", rule: "J", outcome: "l", reserved: "L"
      },
      wb_campaign_info: {
        size: "L", flags: "L", name: "J", title: "J", canonical: "J", content_id: "J", canonical_length: "L",
        segments: "L", steps: "L", texts: "L", touches: "L", rest_days: "L"
      },
      wb_campaign_status: {
        size: "L", flags: "L", name: "J", canonical: "J", content_id: "J", canonical_length: "L", inside: "L"
      },
      wb_match: {
        size: "L", flags: "L", segment: "J", reason: "J", outcome: "l", priority: "l", missing: "L",
        reserved: "L"
      },
      wb_consent: {
        size: "L", flags: "L", at: "q", flagged_at: "q", answered: "q", checked: "q", source: "J",
        wording: "J", level: "l", reserved: "L"
      },
      wb_reply: {
        size: "L", flags: "L", evidence: "J", evidence_length: "L", intent: "l", also: "l", confidence: "l"
      },
      wb_action: {
        size: "L", flags: "L", at: "q", deliver_by: "q", campaign: "J", segment: "J", step: "J",
        template_: "J", patient: "J", about: "J", location: "J", to: "J", subject: "J", preheader: "J",
        text: "J", html: "J", law: "J", language: "J", reason: "J", id: "a16", contact: "a16", kind: "l",
        channel: "l", attempt: "L", patient_length: "L", fallback: "l", segments: "L", encoding: "l",
        reserved: "L"
      },
      wb_outcome: {
        size: "L", flags: "L", kind: "l", cause: "l"
      },
      wb_look: {
        size: "L", flags: "L", deliver_by: "q", reason: "J", answer: "l", hold: "l"
      },
      wb_run: {
        size: "L", flags: "L", sent: "Q", not_sent: "Q", unknown: "Q"
      },
      wb_action_status: {
        size: "L", flags: "L", claimed_at: "q", deliver_by: "q", id: "a16", state: "l", cause: "l",
        attempt: "L", reserved: "L"
      },
      wb_practice_options: {
        size: "L", flags: "L", secret: "J", key: "J", append: "J", sync: "J", user: "J", law: "J", hours: "J",
        key_length: "L", lease: "L", grace: "L", stale_facts: "L", per_day: "L", per_week: "L",
        per_month: "L", admissions: "L", tasks_per_day: "L", tasks_open: "L", task_attempts: "L",
        task_spacing: "L", task_days: "L", visits_per_day: "L", visits_open: "L", hours_count: "L",
        chair_reserve: "L", slot_hold: "L", epoch: "L", spread: "L", burst: "L", resend: "L", look_again: "L",
        write_format: "L", booked_days: "L", kept_days: "L"
      },
      wb_replay: {
        size: "L", flags: "L", used: "Q", applied: "Q", skipped: "Q"
      },
      wb_counts: {
        size: "L", flags: "L", patients: "Q", eligible: "Q", enrolled: "Q", held: "Q", inside: "Q",
        resting: "Q", waiting: "Q", unknown: "Q", failed: "Q"
      },
      wb_waiting: {
        size: "L", flags: "L", again: "q", campaign: "J", segment: "J", patient: "J", location: "J",
        hold: "l", ahead: "L", patient_length: "L", reserved: "L"
      },
      wb_input: {
        size: "L", flags: "L", patient: "J", text: "J", campaign: "J", location: "J", approver: "J",
        other: "J", visit: "J", name: "J", source: "J", contact: "J", other_contact: "J", action: "J",
        at: "q", until: "q", value: "q", event_id: "a16", kind: "l", intent: "l", channel: "l", class_: "l",
        outcome: "l", minutes: "L", patient_length: "L", text_length: "L", campaign_length: "L",
        location_length: "L", approver_length: "L", other_length: "L", visit_length: "L", name_length: "L",
        source_length: "L", reserved: "L"
      },
      wb_enrollment: {
        size: "L", flags: "L", entered: "q", wake: "q", campaign: "J", segment: "J", variant: "J", step: "J",
        patient: "J", about: "J", location: "J", reason: "J", state: "l", hold: "l", touches: "L", entry: "L",
        patient_length: "L", reserved: "L"
      },
      wb_migrate_options: {
        size: "L", flags: "L", from: "J", to: "J", facts: "J", count: "L", reserved: "L"
      },
      wb_migration: {
        size: "L", flags: "L", from: "J", to: "J", people: "Q", due: "Q"
      },
      wb_page: {
        size: "L", flags: "L", action: "J", campaign: "J", patient: "J", campaign_length: "L",
        patient_length: "L", format: "l", reserved: "L"
      },
      wb_opening: {
        size: "L", flags: "L", start: "q", until: "q", opening: "J", location: "J", schedule: "J",
        patient: "J", state: "l", generation: "L", minutes: "L", waves: "L", asked: "L", depth: "L",
        opening_length: "L", patient_length: "L"
      },
      wb_task: {
        size: "L", flags: "L", opened: "q", due: "q", expires: "q", patient: "J", about: "J", location: "J",
        campaign: "J", reason: "J", why: "J", id: "a16", list: "l", score: "l", attempts: "L", signals: "L",
        patient_length: "L", about_length: "L"
      },
      wb_record: {
        size: "L", flags: "L", sequence: "Q", at: "q", offset: "Q", length: "Q", cause: "l", effects: "L"
      },
      wb_chain: {
        size: "L", flags: "L", records: "Q", first: "Q", last: "Q", seals: "Q", sealed: "Q", summed: "Q",
        used: "Q", begins: "q", ends: "q"
      },
      wb_entry_query: {
        size: "L", flags: "L", patient: "J", action: "J", zone: "J", patient_length: "L", reserved: "L"
      },
      wb_arms: {
        size: "L", flags: "L", contacted: "Q", kept: "Q", held_out: "Q", held_out_kept: "Q",
        last_entered: "q", now: "q", window: "L", share: "L", baseline: "L", reserved: "L"
      },
      wb_effect: {
        size: "L", flags: "L", extra: "q", extra_low: "q", extra_high: "q", contacted_rate: "l",
        contacted_low: "l", contacted_high: "l", held_out_rate: "l", held_out_low: "l", held_out_high: "l",
        difference: "l", difference_low: "l", difference_high: "l", detectable: "l", shows: "l", ratio: "L"
      },
      wb_metrics: {
        size: "L", flags: "L", entered: "Q", contacted: "Q", messages: "Q", responded: "Q", booked: "Q",
        kept: "Q", came: "Q", production: "q", last_entered: "q", campaign: "J", segment: "J", variant: "J"
      },
    }.freeze

    # Every callback: what it returns, what it takes.
    CALLBACKS = {
      wb_alloc_fn: ["J", "JJJJ"],
      ArrowSchema_release: ["", "J"],
      ArrowArray_release: ["", "J"],
      ArrowArrayStream_get_schema: ["l", "JJ"],
      ArrowArrayStream_get_next: ["l", "JJ"],
      ArrowArrayStream_get_last_error: ["J", "J"],
      ArrowArrayStream_release: ["", "J"],
      wb_source_count: ["l", "JJ"],
      wb_source_find: ["l", "JJJJ"],
      wb_source_fetch: ["l", "JJL"],
      wb_source_get: ["l", "JQLLLJJ"],
      wb_deliver_fn: ["l", "JJJ"],
      wb_append_fn: ["l", "JQJQL"],
      wb_sync_fn: ["l", "J"],
    }.freeze

    # Every function: what it returns, what it takes.
    FUNCTIONS = {
      wb_version: ["L", ""],
      wb_version_text: ["J", ""],
      wb_status_name: ["J", "l"],
      wb_status_text: ["J", "l"],
      wb_struct_size: ["L", "p"],
      wb_context_new: ["l", "ppp"],
      wb_context_ref: ["J", "p"],
      wb_context_unref: ["", "p"],
      wb_date_make: ["l", "lllp"],
      wb_date_split: ["l", "lppp"],
      wb_date_parse: ["l", "pJp"],
      wb_date_format: ["l", "lpJp"],
      wb_date_weekday: ["l", "lp"],
      wb_date_add: ["l", "lpp"],
      wb_date_add_months: ["l", "llp"],
      wb_date_months: ["l", "llp"],
      wb_interval_parse: ["l", "pJp"],
      wb_interval_format: ["l", "ppJp"],
      wb_zone_new: ["l", "ppJpp"],
      wb_zone_ref: ["J", "p"],
      wb_zone_unref: ["", "p"],
      wb_zone_local: ["l", "pqp"],
      wb_zone_instant: ["l", "pplp"],
      wb_time_parse: ["l", "pJp"],
      wb_time_format: ["l", "qppJp"],
      wb_law_new: ["l", "ppJpp"],
      wb_law_ref: ["J", "p"],
      wb_law_unref: ["", "p"],
      wb_law_find: ["l", "ppp"],
      wb_law_next: ["l", "plpJllpp"],
      wb_law_add_business: ["l", "ppJllp"],
      wb_recare_find: ["l", "pplp"],
      wb_group_find: ["l", "pJlpLp"],
      wb_codes_parse: ["l", "pJpLp"],
      wb_teeth_parse: ["l", "pJLp"],
      wb_treatment_find: ["l", "pLLlp"],
      wb_unfinished_next: ["l", "pLllpp"],
      wb_benefit_find: ["l", "plp"],
      wb_usage_find: ["l", "pLpqp"],
      wb_limit_parse: ["l", "pJp"],
      wb_benefit_covered: ["l", "pLpLpp"],
      wb_schema_new: ["l", "ppLpp"],
      wb_schema_ref: ["J", "p"],
      wb_schema_unref: ["", "p"],
      wb_schema_count: ["L", "p"],
      wb_schema_get: ["l", "pLp"],
      wb_schema_find: ["l", "ppJp"],
      wb_column_get: ["l", "Lp"],
      wb_facts_new: ["l", "ppppp"],
      wb_facts_free: ["", "p"],
      wb_facts_add: ["l", "ppppp"],
      wb_facts_add_stream: ["l", "pppp"],
      wb_facts_renew: ["l", "pqpp"],
      wb_facts_count: ["l", "pp"],
      wb_facts_orphans: ["Q", "p"],
      wb_facts_find: ["l", "ppJp"],
      wb_facts_get: ["l", "pQLppp"],
      wb_facts_get_item: ["l", "pQLLppp"],
      wb_rule_new: ["l", "pppJpp"],
      wb_rule_ref: ["J", "p"],
      wb_rule_unref: ["", "p"],
      wb_rule_get: ["l", "pLp"],
      wb_rule_test: ["l", "ppQppp"],
      wb_rule_explain: ["l", "ppQppJpp"],
      wb_rule_match: ["l", "ppQQpppp"],
      wb_rule_count: ["l", "ppppp"],
      wb_rule_eval: ["l", "ppJpJpJpp"],
      wb_policy_new: ["l", "pppJpp"],
      wb_policy_ref: ["J", "p"],
      wb_policy_unref: ["", "p"],
      wb_policy_get: ["l", "pppp"],
      wb_policy_format: ["l", "ppJp"],
      wb_template_new: ["l", "pppppJpp"],
      wb_template_ref: ["J", "p"],
      wb_template_unref: ["", "p"],
      wb_template_get: ["l", "pLp"],
      wb_template_measure: ["l", "pp"],
      wb_template_render: ["l", "ppQppJpp"],
      wb_template_import: ["l", "pJpJpp"],
      wb_template_lint: ["l", "pppLpp"],
      wb_text_lint: ["l", "pJppLpp"],
      wb_plain_format: ["l", "pJpJp"],
      wb_sms_measure: ["l", "pJp"],
      wb_subject_format: ["l", "pJpJp"],
      wb_body_format: ["l", "pJpJp"],
      wb_unsubscribe_format: ["l", "pJpJpJp"],
      wb_handle_make: ["l", "pJlppJp"],
      wb_handle_format: ["l", "ppJp"],
      wb_link_make: ["l", "pppJp"],
      wb_link_parse: ["l", "pJplqp"],
      wb_offer_new: ["l", "pppJpp"],
      wb_offer_ref: ["J", "p"],
      wb_offer_unref: ["", "p"],
      wb_offer_get: ["l", "pp"],
      wb_offer_test: ["l", "pppQpppp"],
      wb_campaign_new: ["l", "ppppJpp"],
      wb_campaign_make: ["l", "ppppJpJpp"],
      wb_campaign_ref: ["J", "p"],
      wb_campaign_unref: ["", "p"],
      wb_campaign_get: ["l", "pp"],
      wb_campaign_match: ["l", "ppQppp"],
      wb_campaign_schema: ["l", "pp"],
      wb_settings_schema: ["l", "pp"],
      wb_settings_test: ["l", "ppJp"],
      wb_playbook_count: ["L", ""],
      wb_playbook_get: ["l", "Lppp"],
      wb_contact_normalize: ["l", "lpJppJp"],
      wb_contact_make: ["l", "plpJpp"],
      wb_consent_get: ["l", "pppJllp"],
      wb_practice_rekey: ["l", "pppLLqp"],
      wb_reply_parse: ["l", "pJp"],
      wb_intent_name: ["J", "l"],
      wb_practice_new: ["l", "pppppp"],
      wb_practice_free: ["", "p"],
      wb_practice_load: ["l", "ppJp"],
      wb_practice_replay: ["l", "ppJpp"],
      wb_practice_save: ["l", "ppJp"],
      wb_practice_seal: ["l", "pqp"],
      wb_practice_sequence: ["Q", "p"],
      wb_practice_add: ["l", "ppqp"],
      wb_practice_enroll: ["l", "ppJpqpp"],
      wb_practice_waiting: ["l", "ppJpqpLpp"],
      wb_practice_poll: ["l", "ppqpLpp"],
      wb_practice_ack: ["l", "pppqp"],
      wb_practice_test: ["l", "pppqpp"],
      wb_practice_run: ["l", "ppqpppp"],
      wb_practice_receive: ["l", "ppqp"],
      wb_practice_wake: ["l", "pp"],
      wb_hold_name: ["J", "l"],
      wb_practice_next: ["l", "ppp"],
      wb_practice_find: ["l", "ppJp"],
      wb_practice_get: ["l", "pp"],
      wb_practice_actions: ["l", "ppp"],
      wb_practice_campaigns: ["l", "ppp"],
      wb_practice_migrate: ["l", "ppJpqpLpp"],
      wb_page_render: ["l", "pppqpJpp"],
      wb_opening_get: ["l", "ppJp"],
      wb_opening_next: ["l", "ppp"],
      wb_desk_next: ["l", "plpp"],
      wb_journal_next: ["l", "pJpp"],
      wb_journal_find: ["l", "pJpp"],
      wb_journal_format: ["l", "pJQpJp"],
      wb_journal_entry: ["l", "ppJpppJp"],
      wb_journal_explain: ["l", "ppJppJp"],
      wb_effect_find: ["l", "pp"],
      wb_metrics_next: ["l", "ppp"],
      wb_metrics_get: ["l", "ppJpJpJlp"],
      wb_metrics_format: ["l", "pqpJp"],
    }.freeze

    # Of each value: the member, what it is, a detail, and what stands for nothing.
    FIELDS = {
      wb_interval: [
        [:years, :number, nil, 0],
        [:months, :number, nil, 0],
        [:weeks, :number, nil, 0],
        [:days, :number, nil, 0],
      ],
      wb_window: [
        [:weekdays, :number, nil, 0],
        [:from, :number, nil, 0],
        [:to, :number, nil, 0],
      ],
      wb_law_question: [
        [:at, :time, nil, WB_TIME_NONE],
        [:regions, :text, :regions_length, 0],
        [:hours, :list, [:hours_count, :Window], 0],
        [:preference, :list, [:preference_count, :Window], 0],
        [:message_class, :enum, :MessageClass, 0],
      ],
      wb_law_answer: [
        [:flags, :number, nil, 0],
        [:open_at, :time, nil, WB_TIME_NONE],
        [:until, :time, nil, WB_TIME_NONE],
        [:rule, :text, nil, 0],
        [:held_by, :text, nil, 0],
      ],
      wb_law_rule: [
        [:amount, :number, nil, 0],
        [:seconds, :number, nil, 0],
        [:id, :text, nil, 0],
        [:pack, :text, nil, 0],
        [:version, :text, nil, 0],
        [:source, :text, nil, 0],
        [:name, :text, nil, 0],
        [:words, :text, nil, 0],
        [:effective_from, :date, nil, WB_DATE_NONE],
        [:effective_to, :date, nil, WB_DATE_NONE],
        [:review_by, :date, nil, WB_DATE_NONE],
        [:kind, :enum, :LawKind, 0],
        [:classes, :number, nil, 0],
        [:confidence, :number, nil, 0],
        [:channels, :number, nil, 0],
      ],
      wb_recare_history: [
        [:flags, :number, nil, 0],
        [:prophy_interval, :struct, :Interval, 0],
        [:perio_interval, :struct, :Interval, 0],
        [:last_prophy, :date, nil, WB_DATE_NONE],
        [:last_perio, :date, nil, WB_DATE_NONE],
        [:last_scaling, :date, nil, WB_DATE_NONE],
        [:manual_due, :date, nil, WB_DATE_NONE],
        [:manual_since, :date, nil, WB_DATE_NONE],
        [:birth, :date, nil, WB_DATE_NONE],
      ],
      wb_recare_settings: [
        [:prophy_interval, :struct, :Interval, 0],
        [:perio_interval, :struct, :Interval, 0],
        [:child_age, :number, nil, 0],
        [:edges, :numbers, 3, 0],
      ],
      wb_recare: [
        [:flags, :number, nil, 0],
        [:kind, :enum, :RecareKind, 0],
        [:recorded_kind, :number, nil, 0],
        [:last, :date, nil, WB_DATE_NONE],
        [:due, :date, nil, WB_DATE_NONE],
        [:overdue_months, :number, nil, 0],
        [:band, :enum, :RecareBand, 0],
        [:evidence, :number, nil, 0],
        [:evidence_on, :date, nil, WB_DATE_NONE],
      ],
      wb_code: [
        [:code, :text, :code_length, 0],
        [:standard, :text, :standard_length, 0],
        [:group, :text, :group_length, 0],
        [:from, :date, nil, WB_DATE_NONE],
        [:until, :date, nil, WB_DATE_NONE],
      ],
      wb_group: [
        [:flags, :number, nil, 0],
        [:name, :text, :name_length, 0],
        [:words, :text, nil, 0],
        [:code, :number, nil, 0],
        [:id, :number, nil, 0],
      ],
      wb_code_range: [
        [:first, :number, nil, 0],
        [:last, :number, nil, 0],
      ],
      wb_procedure: [
        [:flags, :number, nil, 0],
        [:teeth, :number, nil, 0],
        [:provider, :number, nil, 0],
        [:code, :number, nil, 0],
        [:group, :number, nil, 0],
        [:status, :enum, :ProcedureStatus, 0],
        [:date, :date, nil, WB_DATE_NONE],
        [:visit, :date, nil, WB_DATE_NONE],
        [:alternative, :number, nil, 0],
      ],
      wb_treatment: [
        [:flags, :number, nil, 0],
        [:age, :enum, :TreatmentAge, 0],
        [:months, :number, nil, 0],
      ],
      wb_unfinished: [
        [:flags, :number, nil, 0],
        [:kind, :text, nil, 0],
        [:needs, :text, nil, 0],
        [:teeth, :number, nil, 0],
        [:started, :date, nil, WB_DATE_NONE],
        [:since, :date, nil, WB_DATE_NONE],
        [:index, :number, nil, 0],
      ],
      wb_plan: [
        [:kind, :enum, :PeriodKind, 0],
        [:month, :number, nil, 0],
        [:day, :number, nil, 0],
        [:months, :number, nil, 0],
        [:days, :number, nil, 0],
        [:expiring_days, :number, nil, 0],
        [:renewed_days, :number, nil, 0],
        [:data_days, :number, nil, 0],
        [:effective, :date, nil, WB_DATE_NONE],
        [:terminates, :date, nil, WB_DATE_NONE],
        [:verified, :date, nil, WB_DATE_NONE],
      ],
      wb_period: [
        [:flags, :number, nil, 0],
        [:first, :date, nil, WB_DATE_NONE],
        [:last, :date, nil, WB_DATE_NONE],
      ],
      wb_claim: [
        [:flags, :number, nil, 0],
        [:paid, :cents, nil, WB_CENTS_NONE],
        [:estimated, :cents, nil, WB_CENTS_NONE],
        [:status, :enum, :ClaimStatus, 0],
        [:date, :date, nil, WB_DATE_NONE],
      ],
      wb_usage: [
        [:flags, :number, nil, 0],
        [:used, :cents, nil, WB_CENTS_NONE],
        [:pending, :cents, nil, WB_CENTS_NONE],
        [:remaining, :cents, nil, WB_CENTS_NONE],
      ],
      wb_limit: [
        [:flags, :number, nil, 0],
        [:codes, :list, [:code_count, :CodeRange], 0],
        [:kind, :enum, :LimitKind, 0],
        [:count, :number, nil, 0],
        [:years, :number, nil, 0],
        [:months, :number, nil, 0],
        [:days, :number, nil, 0],
        [:month, :number, nil, 0],
        [:day, :number, nil, 0],
        [:scope, :enum, :LimitScope, 0],
        [:age_from, :number, nil, 0],
        [:age_through, :number, nil, 0],
        [:level, :number, nil, 0],
        [:effective, :date, nil, WB_DATE_NONE],
        [:terminates, :date, nil, WB_DATE_NONE],
      ],
      wb_service: [
        [:teeth, :number, nil, 0],
        [:code, :number, nil, 0],
        [:from, :date, nil, WB_DATE_NONE],
        [:birth, :date, nil, WB_DATE_NONE],
      ],
      wb_covered: [
        [:flags, :number, nil, 0],
        [:date, :date, nil, WB_DATE_NONE],
        [:limit, :number, nil, 0],
      ],
      wb_field: [
        [:name, :text, nil, 0],
        [:domain, :text, nil, 0],
        [:about, :text, nil, 0],
        [:type, :enum, :Kind, 0],
        [:presence, :enum, :Presence, 0],
        [:class_, :enum, :Class, 0],
        [:element, :number, nil, 0],
        [:list, :number, nil, 0],
        [:most, :number, nil, 0],
      ],
      wb_column: [
        [:flags, :number, nil, 0],
        [:table, :text, nil, 0],
        [:name, :text, nil, 0],
        [:domain, :text, nil, 0],
        [:about, :text, nil, 0],
        [:type, :number, nil, 0],
        [:place, :number, nil, 0],
      ],
      wb_verdict: [
        [:truth, :enum, :Truth, 0],
        [:missing_count, :number, nil, 0],
        [:missing, :numbers, 8, 0],
      ],
      wb_tally: [
        [:yes, :number, nil, 0],
        [:no, :number, nil, 0],
        [:unknown, :number, nil, 0],
        [:failed, :number, nil, 0],
      ],
      wb_template_options: [
        [:channel, :text, nil, 0],
        [:language, :text, nil, 0],
        [:recipient, :enum, :Recipient, 0],
        [:register_, :enum, :Register, 0],
      ],
      wb_template_info: [
        [:classes, :number, nil, 0],
        [:segments_most, :number, nil, 0],
        [:segments_least, :number, nil, 0],
        [:replaced, :number, nil, 0],
        [:line, :number, nil, 0],
        [:column, :number, nil, 0],
        [:message_class, :enum, :MessageClass, 0],
      ],
      wb_lint_options: [
        [:flags, :number, nil, 0],
        [:channel, :text, nil, 0],
        [:language, :text, nil, 0],
        [:names, :texts, :name_count, 0],
        [:phones, :texts, :phone_count, 0],
        [:hosts, :texts, :host_count, 0],
        [:address, :text, nil, 0],
        [:allowed, :texts, :allowed_count, 0],
        [:banned, :texts, :banned_count, 0],
        [:message_class, :enum, :MessageClass, 0],
      ],
      wb_finding: [
        [:rule, :text, nil, 0],
        [:message, :text, nil, 0],
        [:suggestion, :text, nil, 0],
        [:line, :number, nil, 0],
        [:column, :number, nil, 0],
        [:length, :number, nil, 0],
        [:severity, :enum, :Severity, 0],
      ],
      wb_sms: [
        [:units, :number, nil, 0],
        [:segments, :number, nil, 0],
        [:encoding, :enum, :SmsEncoding, 0],
        [:foreign, :number, nil, 0],
      ],
      wb_link_key: [
        [:data, :bytes, :length, 0],
        [:id, :number, nil, 0],
      ],
      wb_link: [
        [:expires, :time, nil, WB_TIME_NONE],
        [:handle, :bytes, -8, 0],
        [:purpose, :enum, :LinkPurpose, 0],
        [:key, :number, nil, 0],
      ],
      wb_offer_info: [
        [:flags, :number, nil, 0],
        [:price, :cents, nil, WB_CENTS_NONE],
        [:regular, :cents, nil, WB_CENTS_NONE],
        [:value, :cents, nil, WB_CENTS_NONE],
        [:what, :text, nil, 0],
        [:includes, :text, nil, 0],
        [:excludes, :text, nil, 0],
        [:reviewer, :text, nil, 0],
        [:paid_by, :text, nil, 0],
        [:canonical, :text, :canonical_length, 0],
        [:content_id, :bytes, 32, 0],
        [:first, :date, nil, WB_DATE_NONE],
        [:last, :date, nil, WB_DATE_NONE],
        [:reviewed, :date, nil, WB_DATE_NONE],
        [:basis_points, :number, nil, 0],
      ],
      wb_offer_use: [
        [:flags, :number, nil, 0],
        [:given, :cents, nil, 0],
        [:consent, :enum, :OfferConsent, 0],
      ],
      wb_offer_verdict: [
        [:rule, :text, nil, 0],
        [:outcome, :enum, :OfferOutcome, 0],
      ],
      wb_campaign_info: [
        [:name, :text, nil, 0],
        [:title, :text, nil, 0],
        [:canonical, :text, :canonical_length, 0],
        [:content_id, :bytes, 32, 0],
        [:segments, :number, nil, 0],
        [:steps, :number, nil, 0],
        [:texts, :number, nil, 0],
        [:touches, :number, nil, 0],
        [:rest_days, :number, nil, 0],
      ],
      wb_campaign_status: [
        [:flags, :number, nil, 0],
        [:name, :text, nil, 0],
        [:canonical, :text, :canonical_length, 0],
        [:content_id, :bytes, 32, 0],
        [:inside, :number, nil, 0],
      ],
      wb_match: [
        [:segment, :text, nil, 0],
        [:reason, :text, nil, 0],
        [:outcome, :enum, :MatchReason, 0],
        [:priority, :number, nil, 0],
        [:missing, :number, nil, 0],
      ],
      wb_consent: [
        [:flags, :number, nil, 0],
        [:at, :time, nil, WB_TIME_NONE],
        [:flagged_at, :time, nil, WB_TIME_NONE],
        [:answered, :time, nil, WB_TIME_NONE],
        [:checked, :time, nil, WB_TIME_NONE],
        [:source, :text, nil, 0],
        [:wording, :text, nil, 0],
        [:level, :enum, :ConsentLevel, 0],
      ],
      wb_reply: [
        [:flags, :number, nil, 0],
        [:evidence, :text, :evidence_length, 0],
        [:intent, :enum, :Intent, 0],
        [:also, :number, nil, 0],
        [:confidence, :number, nil, 0],
      ],
      wb_action: [
        [:at, :time, nil, WB_TIME_NONE],
        [:deliver_by, :time, nil, WB_TIME_NONE],
        [:campaign, :text, nil, 0],
        [:segment, :text, nil, 0],
        [:step, :text, nil, 0],
        [:template_, :text, nil, 0],
        [:patient, :text, :patient_length, 0],
        [:about, :text, nil, 0],
        [:location, :text, nil, 0],
        [:to, :text, nil, 0],
        [:subject, :text, nil, 0],
        [:preheader, :text, nil, 0],
        [:text, :text, nil, 0],
        [:html, :text, nil, 0],
        [:law, :text, nil, 0],
        [:language, :text, nil, 0],
        [:reason, :text, nil, 0],
        [:id, :bytes, -16, 0],
        [:contact, :bytes, -16, 0],
        [:kind, :enum, :ActionKind, 0],
        [:channel, :enum, :Channel, 0],
        [:attempt, :number, nil, 0],
        [:fallback, :number, nil, 0],
        [:segments, :number, nil, 0],
        [:encoding, :enum, :SmsEncoding, 0],
      ],
      wb_outcome: [
        [:kind, :enum, :OutcomeKind, 0],
        [:cause, :enum, :Cause, 0],
      ],
      wb_look: [
        [:deliver_by, :time, nil, WB_TIME_NONE],
        [:reason, :text, nil, 0],
        [:answer, :enum, :LookAnswer, 0],
        [:hold, :enum, :Hold, 0],
      ],
      wb_run: [
        [:sent, :number, nil, 0],
        [:not_sent, :number, nil, 0],
        [:unknown, :number, nil, 0],
      ],
      wb_action_status: [
        [:claimed_at, :time, nil, WB_TIME_NONE],
        [:deliver_by, :time, nil, WB_TIME_NONE],
        [:id, :bytes, -16, 0],
        [:state, :enum, :ActionState, 0],
        [:cause, :enum, :Cause, 0],
        [:attempt, :number, nil, 0],
      ],
      wb_practice_options: [
        [:flags, :number, nil, 0],
        [:secret, :bytes, 16, 0],
        [:key, :text, :key_length, 0],
        [:hours, :list, [:hours_count, :Window], 0],
        [:lease, :number, nil, 0],
        [:grace, :number, nil, 0],
        [:stale_facts, :number, nil, 0],
        [:per_day, :number, nil, 0],
        [:per_week, :number, nil, 0],
        [:per_month, :number, nil, 0],
        [:admissions, :number, nil, 0],
        [:tasks_per_day, :number, nil, 0],
        [:tasks_open, :number, nil, 0],
        [:task_attempts, :number, nil, 0],
        [:task_spacing, :number, nil, 0],
        [:task_days, :number, nil, 0],
        [:visits_per_day, :number, nil, 0],
        [:visits_open, :number, nil, 0],
        [:chair_reserve, :number, nil, 0],
        [:slot_hold, :number, nil, 0],
        [:epoch, :number, nil, 0],
        [:spread, :number, nil, 0],
        [:burst, :number, nil, 0],
        [:resend, :number, nil, 0],
        [:look_again, :number, nil, 0],
        [:write_format, :number, nil, 0],
        [:booked_days, :number, nil, 0],
        [:kept_days, :number, nil, 0],
      ],
      wb_replay: [
        [:flags, :number, nil, 0],
        [:used, :number, nil, 0],
        [:applied, :number, nil, 0],
        [:skipped, :number, nil, 0],
      ],
      wb_counts: [
        [:patients, :number, nil, 0],
        [:eligible, :number, nil, 0],
        [:enrolled, :number, nil, 0],
        [:held, :number, nil, 0],
        [:inside, :number, nil, 0],
        [:resting, :number, nil, 0],
        [:waiting, :number, nil, 0],
        [:unknown, :number, nil, 0],
        [:failed, :number, nil, 0],
      ],
      wb_waiting: [
        [:again, :time, nil, WB_TIME_NONE],
        [:campaign, :text, nil, 0],
        [:segment, :text, nil, 0],
        [:patient, :text, :patient_length, 0],
        [:location, :text, nil, 0],
        [:hold, :number, nil, 0],
        [:ahead, :number, nil, 0],
      ],
      wb_input: [
        [:patient, :text, :patient_length, 0],
        [:text, :text, :text_length, 0],
        [:campaign, :text, :campaign_length, 0],
        [:location, :text, :location_length, 0],
        [:approver, :text, :approver_length, 0],
        [:other, :text, :other_length, 0],
        [:visit, :text, :visit_length, 0],
        [:name, :text, :name_length, 0],
        [:source, :text, :source_length, 0],
        [:contact, :bytes, 16, 0],
        [:other_contact, :bytes, 16, 0],
        [:action, :bytes, 16, 0],
        [:at, :time, nil, 0],
        [:until, :time, nil, 0],
        [:value, :cents, nil, 0],
        [:event_id, :bytes, -16, 0],
        [:kind, :enum, :InputKind, 0],
        [:intent, :enum, :Intent, 0],
        [:channel, :enum, :Channel, 0],
        [:class_, :enum, :MessageClass, 0],
        [:outcome, :number, nil, 0],
        [:minutes, :number, nil, 0],
      ],
      wb_enrollment: [
        [:flags, :number, nil, 0],
        [:entered, :time, nil, WB_TIME_NONE],
        [:wake, :time, nil, WB_TIME_NONE],
        [:campaign, :text, nil, 0],
        [:segment, :text, nil, 0],
        [:variant, :text, nil, 0],
        [:step, :text, nil, 0],
        [:patient, :text, :patient_length, 0],
        [:about, :text, nil, 0],
        [:location, :text, nil, 0],
        [:reason, :text, nil, 0],
        [:state, :enum, :EnrollmentState, 0],
        [:hold, :enum, :Hold, 0],
        [:touches, :number, nil, 0],
        [:entry, :number, nil, 0],
      ],
      wb_migration: [
        [:from, :text, nil, 0],
        [:to, :text, nil, 0],
        [:people, :number, nil, 0],
        [:due, :number, nil, 0],
      ],
      wb_page: [
        [:action, :bytes, 16, 0],
        [:campaign, :text, :campaign_length, 0],
        [:patient, :text, :patient_length, 0],
        [:format, :enum, :PageFormat, 0],
      ],
      wb_opening: [
        [:start, :time, nil, WB_TIME_NONE],
        [:until, :time, nil, WB_TIME_NONE],
        [:opening, :text, :opening_length, 0],
        [:location, :text, nil, 0],
        [:schedule, :text, nil, 0],
        [:patient, :text, :patient_length, 0],
        [:state, :enum, :OpeningState, 0],
        [:generation, :number, nil, 0],
        [:minutes, :number, nil, 0],
        [:waves, :number, nil, 0],
        [:asked, :number, nil, 0],
        [:depth, :number, nil, 0],
      ],
      wb_task: [
        [:opened, :time, nil, WB_TIME_NONE],
        [:due, :time, nil, WB_TIME_NONE],
        [:expires, :time, nil, WB_TIME_NONE],
        [:patient, :text, :patient_length, 0],
        [:about, :text, :about_length, 0],
        [:location, :text, nil, 0],
        [:campaign, :text, nil, 0],
        [:reason, :text, nil, 0],
        [:why, :text, nil, 0],
        [:id, :bytes, -16, 0],
        [:list, :enum, :DeskList, 0],
        [:score, :number, nil, 0],
        [:attempts, :number, nil, 0],
        [:signals, :number, nil, 0],
      ],
      wb_record: [
        [:sequence, :number, nil, 0],
        [:at, :time, nil, WB_TIME_NONE],
        [:offset, :number, nil, 0],
        [:length, :number, nil, 0],
        [:cause, :number, nil, 0],
        [:effects, :number, nil, 0],
      ],
      wb_chain: [
        [:flags, :number, nil, 0],
        [:records, :number, nil, 0],
        [:first, :number, nil, 0],
        [:last, :number, nil, 0],
        [:seals, :number, nil, 0],
        [:sealed, :number, nil, 0],
        [:summed, :number, nil, 0],
        [:used, :number, nil, 0],
        [:begins, :time, nil, WB_TIME_NONE],
        [:ends, :time, nil, WB_TIME_NONE],
      ],
      wb_entry_query: [
        [:flags, :number, nil, 0],
        [:patient, :text, :patient_length, 0],
        [:action, :bytes, 16, 0],
      ],
      wb_arms: [
        [:contacted, :number, nil, 0],
        [:kept, :number, nil, 0],
        [:held_out, :number, nil, 0],
        [:held_out_kept, :number, nil, 0],
        [:last_entered, :time, nil, WB_TIME_NONE],
        [:now, :time, nil, WB_TIME_NONE],
        [:window, :number, nil, 0],
        [:share, :number, nil, 0],
        [:baseline, :number, nil, 0],
      ],
      wb_effect: [
        [:flags, :number, nil, 0],
        [:extra, :number, nil, 0],
        [:extra_low, :number, nil, 0],
        [:extra_high, :number, nil, 0],
        [:contacted_rate, :number, nil, 0],
        [:contacted_low, :number, nil, 0],
        [:contacted_high, :number, nil, 0],
        [:held_out_rate, :number, nil, 0],
        [:held_out_low, :number, nil, 0],
        [:held_out_high, :number, nil, 0],
        [:difference, :number, nil, 0],
        [:difference_low, :number, nil, 0],
        [:difference_high, :number, nil, 0],
        [:detectable, :number, nil, 0],
        [:shows, :enum, :VerdictKind, 0],
        [:ratio, :number, nil, 0],
      ],
      wb_metrics: [
        [:flags, :number, nil, 0],
        [:entered, :number, nil, 0],
        [:contacted, :number, nil, 0],
        [:messages, :number, nil, 0],
        [:responded, :number, nil, 0],
        [:booked, :number, nil, 0],
        [:kept, :number, nil, 0],
        [:came, :number, nil, 0],
        [:production, :cents, nil, WB_CENTS_NONE],
        [:last_entered, :time, nil, WB_TIME_NONE],
        [:campaign, :text, nil, 0],
        [:segment, :text, nil, 0],
        [:variant, :text, nil, 0],
      ],
    }.freeze

    # The struct of each class of values.
    VALUES = {
      Interval: :wb_interval,
      Window: :wb_window,
      LawQuestion: :wb_law_question,
      LawAnswer: :wb_law_answer,
      LawRule: :wb_law_rule,
      RecareHistory: :wb_recare_history,
      RecareSettings: :wb_recare_settings,
      Recare: :wb_recare,
      Code: :wb_code,
      Group: :wb_group,
      CodeRange: :wb_code_range,
      Procedure: :wb_procedure,
      Treatment: :wb_treatment,
      Unfinished: :wb_unfinished,
      Plan: :wb_plan,
      Period: :wb_period,
      Claim: :wb_claim,
      Usage: :wb_usage,
      Limit: :wb_limit,
      Service: :wb_service,
      Covered: :wb_covered,
      Field: :wb_field,
      Column: :wb_column,
      Verdict: :wb_verdict,
      Tally: :wb_tally,
      TemplateOptions: :wb_template_options,
      TemplateInfo: :wb_template_info,
      LintOptions: :wb_lint_options,
      Finding: :wb_finding,
      Sms: :wb_sms,
      LinkKey: :wb_link_key,
      Link: :wb_link,
      OfferInfo: :wb_offer_info,
      OfferUse: :wb_offer_use,
      OfferVerdict: :wb_offer_verdict,
      CampaignInfo: :wb_campaign_info,
      CampaignStatus: :wb_campaign_status,
      Match: :wb_match,
      Consent: :wb_consent,
      Reply: :wb_reply,
      Action: :wb_action,
      Outcome: :wb_outcome,
      Look: :wb_look,
      Run: :wb_run,
      ActionStatus: :wb_action_status,
      PracticeOptions: :wb_practice_options,
      Replay: :wb_replay,
      Counts: :wb_counts,
      Waiting: :wb_waiting,
      Input: :wb_input,
      Enrollment: :wb_enrollment,
      Migration: :wb_migration,
      Page: :wb_page,
      Opening: :wb_opening,
      Task: :wb_task,
      Record: :wb_record,
      Chain: :wb_chain,
      EntryQuery: :wb_entry_query,
      Arms: :wb_arms,
      Effect: :wb_effect,
      Metrics: :wb_metrics,
    }.freeze
  end
end
