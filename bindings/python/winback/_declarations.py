# SPDX-License-Identifier: MIT
"""The C interface as ctypes sees it. Made by bindings/generate.py from the headers."""

from __future__ import annotations

from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_char,
    c_char_p,
    c_double,
    c_int,
    c_int32,
    c_int64,
    c_size_t,
    c_uint16,
    c_uint32,
    c_uint64,
    c_uint8,
    c_void_p,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Tuple

VERSION = (0, 1, 0)

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
WB_UNSUBSCRIBE_POST = 'List-Unsubscribe=One-Click'
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


class wb_error(Structure):
    """What went wrong, in the caller's memory."""


class wb_context_options(Structure):
    """How a context allocates, and its limits."""


class wb_interval(Structure):
    """Years, months, weeks and days, each 0 to 65,535; added in this order."""


class wb_local(Structure):
    """A local date and time."""


class wb_window(Structure):
    """A window of local time."""


class wb_law_question(Structure):
    """When may a message go out?."""


class wb_law_answer(Structure):
    """The first stretch of time that is open."""


class wb_law_rule(Structure):
    """One rule of a pack."""


class wb_recare_history(Structure):
    """What the record says about one patient; dates that are not known are WB_DATE_NONE."""


class wb_recare_settings(Structure):
    """Conventions that a practice can change; zero fields and NULL mean the default."""


class wb_recare(Structure):
    """Where a patient stands."""


class wb_code(Structure):
    """What a host says of a code of its own, or of one that it reads otherwise."""


class wb_group(Structure):
    """What a code means."""


class wb_code_range(Structure):
    """Codes from one number to another, both included: {1110, 1110} is D1110."""


class wb_procedure(Structure):
    """One procedure of a patient."""


class wb_treatment(Structure):
    """Where a planned procedure stands."""


class wb_unfinished(Structure):
    """Something begun and not finished."""


class wb_plan(Structure):
    """What is known of a coverage."""


class wb_period(Structure):
    """A benefit period."""


class wb_claim(Structure):
    """One line of a claim."""


class wb_usage(Structure):
    """What was used of a maximum, and what is left."""


class wb_limit(Structure):
    """One limit of a coverage."""


class wb_service(Structure):
    """What is to be done, and when at the earliest."""


class wb_covered(Structure):
    """When a service is covered."""


class ArrowSchema(Structure):
    """As the standard has it."""


class ArrowArray(Structure):
    """As the standard has it."""


class ArrowArrayStream(Structure):
    """As the standard has it."""


class wb_value(Structure):
    """One value."""


class wb_field(Structure):
    """One field of the dictionary; text is borrowed from the schema."""


class wb_column(Structure):
    """One column of one of the tables that a host can add; text is valid for ever."""


class wb_moment(Structure):
    """The moment at which fields are read."""


class wb_source(Structure):
    """A getter: rows of a host that has objects or one query a patient rather than tables."""


class wb_facts_options(Structure):
    """How a facts object is made."""


class wb_verdict(Structure):
    """Outcome for one patient."""


class wb_tally(Structure):
    """How many patients a rule selects."""


class wb_template_options(Structure):
    """What a template is made for."""


class wb_template_info(Structure):
    """What is known of a template before there is a patient."""


class wb_lint_options(Structure):
    """What a text is held against."""


class wb_finding(Structure):
    """One finding."""


class wb_sms(Structure):
    """What a text takes as an SMS."""


class wb_link_key(Structure):
    """A key of the host that signs tokens."""


class wb_link(Structure):
    """What a token says."""


class wb_offer_info(Structure):
    """What an offer is; text is NUL-terminated and borrowed from the offer."""


class wb_offer_use(Structure):
    """How an offer would be made."""


class wb_offer_verdict(Structure):
    """Outcome of wb_offer_test; text is borrowed from the law."""


class wb_campaign_info(Structure):
    """What a campaign is; text is borrowed from the campaign."""


class wb_campaign_status(Structure):
    """A definition of a campaign in a practice (wb_practice_campaigns); text is lent until the next
    call."""


class wb_match(Structure):
    """Outcome of wb_campaign_match; text is borrowed from the campaign."""


class wb_consent(Structure):
    """What is on record of a patient at a contact point."""


class wb_reply(Structure):
    """How a reply is read."""


class wb_action(Structure):
    """One thing to do."""


class wb_outcome(Structure):
    """The answer to an action."""


class wb_look(Structure):
    """The answer of a last look."""


class wb_run(Structure):
    """What a run did."""


class wb_action_status(Structure):
    """State of one action."""


class wb_practice_options(Structure):
    """How a practice is made; everything is copied."""


class wb_replay(Structure):
    """What wb_practice_replay found."""


class wb_counts(Structure):
    """What an enrolment pass did."""


class wb_waiting(Structure):
    """Who is due and waits to be let in, or, inside, for a place; text is lent until the next
    call."""


class wb_input(Structure):
    """One event from outside."""


class wb_enrollment(Structure):
    """One patient in one campaign; text is borrowed until the next call."""


class wb_migrate_options(Structure):
    """How people go over to the newest definition."""


class wb_migration(Structure):
    """People who go from one step to another; text is borrowed until the next call."""


class wb_page(Structure):
    """Whose page: by the action whose link was used, else by campaign and patient."""


class wb_opening(Structure):
    """One opening; text is borrowed until the next call on the practice."""


class wb_task(Structure):
    """One open task; text is borrowed until the next call on the practice."""


class wb_record(Structure):
    """One record of a journal."""


class wb_chain(Structure):
    """What wb_journal_find found."""


class wb_entry_query(Structure):
    """Which contacts are asked for."""


class wb_arms(Structure):
    """Two arms of one campaign: those contacted and those held out."""


class wb_effect(Structure):
    """The arms compared."""


class wb_metrics(Structure):
    """What came of a campaign, a segment, a variant."""


wb_alloc_fn = CFUNCTYPE(
    c_void_p,
    c_void_p,
    c_void_p,
    c_size_t,
    c_size_t,
)
ArrowSchema_release = CFUNCTYPE(
    None,
    POINTER(ArrowSchema),
)
ArrowArray_release = CFUNCTYPE(
    None,
    POINTER(ArrowArray),
)
ArrowArrayStream_get_schema = CFUNCTYPE(
    c_int,
    POINTER(ArrowArrayStream),
    POINTER(ArrowSchema),
)
ArrowArrayStream_get_next = CFUNCTYPE(
    c_int,
    POINTER(ArrowArrayStream),
    POINTER(ArrowArray),
)
ArrowArrayStream_get_last_error = CFUNCTYPE(
    c_void_p,
    POINTER(ArrowArrayStream),
)
ArrowArrayStream_release = CFUNCTYPE(
    None,
    POINTER(ArrowArrayStream),
)
wb_source_count = CFUNCTYPE(
    c_int32,
    c_void_p,
    POINTER(c_uint64),
)
wb_source_find = CFUNCTYPE(
    c_int32,
    c_void_p,
    c_void_p,
    c_size_t,
    POINTER(c_uint64),
)
wb_source_fetch = CFUNCTYPE(
    c_int32,
    c_void_p,
    POINTER(c_uint64),
    c_uint32,
)
wb_source_get = CFUNCTYPE(
    c_int32,
    c_void_p,
    c_uint64,
    c_uint32,
    c_uint32,
    c_uint32,
    POINTER(wb_value),
    POINTER(c_uint32),
)
wb_deliver_fn = CFUNCTYPE(
    c_int32,
    c_void_p,
    POINTER(wb_action),
    POINTER(wb_outcome),
)
wb_append_fn = CFUNCTYPE(
    c_int32,
    c_void_p,
    c_uint64,
    c_void_p,
    c_uint64,
    c_uint32,
)
wb_sync_fn = CFUNCTYPE(
    c_int32,
    c_void_p,
)
wb_error._fields_ = [
    ("status", c_int32),
    ("line", c_uint32),
    ("column", c_uint32),
    ("reserved", c_uint32),
    ("path", c_char * 80),
    ("message", c_char * 160),
]
wb_context_options._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("max_memory", c_uint64),
    ("alloc", wb_alloc_fn),
    ("user", c_void_p),
    ("max_depth", c_uint32),
    ("max_cost", c_uint32),
]
wb_interval._fields_ = [
    ("years", c_uint16),
    ("months", c_uint16),
    ("weeks", c_uint16),
    ("days", c_uint16),
]
wb_local._fields_ = [
    ("date", c_int32),
    ("second", c_int32),
    ("offset", c_int32),
]
wb_window._fields_ = [
    ("weekdays", c_uint32),
    ("from_", c_int32),
    ("to", c_int32),
]
wb_law_question._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("at", c_int64),
    ("zones", POINTER(c_void_p)),
    ("regions", c_char_p),
    ("hours", POINTER(wb_window)),
    ("hours_zone", c_void_p),
    ("preference", POINTER(wb_window)),
    ("zone_count", c_uint32),
    ("regions_length", c_uint32),
    ("hours_count", c_uint32),
    ("preference_count", c_uint32),
    ("message_class", c_int32),
    ("reserved", c_uint32),
]
wb_law_answer._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("open_at", c_int64),
    ("until", c_int64),
    ("rule", c_char_p),
    ("held_by", c_char_p),
]
wb_law_rule._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("amount", c_int64),
    ("seconds", c_int64),
    ("id", c_char_p),
    ("pack", c_char_p),
    ("version", c_char_p),
    ("source", c_char_p),
    ("name", c_char_p),
    ("words", c_char_p),
    ("effective_from", c_int32),
    ("effective_to", c_int32),
    ("review_by", c_int32),
    ("kind", c_int32),
    ("classes", c_uint32),
    ("confidence", c_int32),
    ("channels", c_uint32),
    ("reserved", c_uint32),
]
wb_recare_history._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("prophy_interval", POINTER(wb_interval)),
    ("perio_interval", POINTER(wb_interval)),
    ("last_prophy", c_int32),
    ("last_perio", c_int32),
    ("last_scaling", c_int32),
    ("manual_due", c_int32),
    ("manual_since", c_int32),
    ("birth", c_int32),
]
wb_recare_settings._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("prophy_interval", POINTER(wb_interval)),
    ("perio_interval", POINTER(wb_interval)),
    ("child_age", c_int32),
    ("edges", c_int32 * 3),
]
wb_recare._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("kind", c_int32),
    ("recorded_kind", c_int32),
    ("last", c_int32),
    ("due", c_int32),
    ("overdue_months", c_int32),
    ("band", c_int32),
    ("evidence", c_uint32),
    ("evidence_on", c_int32),
]
wb_code._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("code", c_char_p),
    ("standard", c_char_p),
    ("group", c_char_p),
    ("code_length", c_uint32),
    ("standard_length", c_uint32),
    ("group_length", c_uint32),
    ("from_", c_int32),
    ("until", c_int32),
    ("reserved", c_uint32),
]
wb_group._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("name", c_char_p),
    ("words", c_char_p),
    ("name_length", c_uint32),
    ("code", c_int32),
    ("id", c_int32),
    ("reserved", c_uint32),
]
wb_code_range._fields_ = [
    ("first", c_int32),
    ("last", c_int32),
]
wb_procedure._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("teeth", c_uint64),
    ("provider", c_uint64),
    ("code", c_int32),
    ("group", c_int32),
    ("status", c_int32),
    ("date", c_int32),
    ("visit", c_int32),
    ("alternative", c_uint32),
]
wb_treatment._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("age", c_int32),
    ("months", c_int32),
]
wb_unfinished._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("kind", c_char_p),
    ("needs", c_char_p),
    ("teeth", c_uint64),
    ("started", c_int32),
    ("since", c_int32),
    ("index", c_uint32),
    ("reserved", c_uint32),
]
wb_plan._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("kind", c_int32),
    ("month", c_int32),
    ("day", c_int32),
    ("months", c_int32),
    ("days", c_int32),
    ("expiring_days", c_int32),
    ("renewed_days", c_int32),
    ("data_days", c_int32),
    ("effective", c_int32),
    ("terminates", c_int32),
    ("verified", c_int32),
]
wb_period._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("first", c_int32),
    ("last", c_int32),
]
wb_claim._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("paid", c_int64),
    ("estimated", c_int64),
    ("status", c_int32),
    ("date", c_int32),
]
wb_usage._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("used", c_int64),
    ("pending", c_int64),
    ("remaining", c_int64),
]
wb_limit._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("codes", POINTER(wb_code_range)),
    ("code_count", c_uint32),
    ("kind", c_int32),
    ("count", c_uint32),
    ("years", c_int32),
    ("months", c_int32),
    ("days", c_int32),
    ("month", c_int32),
    ("day", c_int32),
    ("scope", c_int32),
    ("age_from", c_int32),
    ("age_through", c_int32),
    ("level", c_int32),
    ("effective", c_int32),
    ("terminates", c_int32),
]
wb_service._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("teeth", c_uint64),
    ("code", c_int32),
    ("from_", c_int32),
    ("birth", c_int32),
    ("reserved", c_uint32),
]
wb_covered._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("date", c_int32),
    ("limit", c_uint32),
]
ArrowSchema._fields_ = [
    ("format", c_char_p),
    ("name", c_char_p),
    ("metadata", c_char_p),
    ("flags", c_int64),
    ("n_children", c_int64),
    ("children", POINTER(POINTER(ArrowSchema))),
    ("dictionary", POINTER(ArrowSchema)),
    ("release", ArrowSchema_release),
    ("private_data", c_void_p),
]
ArrowArray._fields_ = [
    ("length", c_int64),
    ("null_count", c_int64),
    ("offset", c_int64),
    ("n_buffers", c_int64),
    ("n_children", c_int64),
    ("buffers", POINTER(c_void_p)),
    ("children", POINTER(POINTER(ArrowArray))),
    ("dictionary", POINTER(ArrowArray)),
    ("release", ArrowArray_release),
    ("private_data", c_void_p),
]
ArrowArrayStream._fields_ = [
    ("get_schema", ArrowArrayStream_get_schema),
    ("get_next", ArrowArrayStream_get_next),
    ("get_last_error", ArrowArrayStream_get_last_error),
    ("release", ArrowArrayStream_release),
    ("private_data", c_void_p),
]
wb_value._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("integer", c_int64),
    ("real", c_double),
    ("data", c_char_p),
    ("kind", c_int32),
    ("length", c_uint32),
]
wb_field._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("name", c_char_p),
    ("domain", c_char_p),
    ("about", c_char_p),
    ("type", c_int32),
    ("presence", c_int32),
    ("class_", c_int32),
    ("element", c_int32),
    ("list", c_uint32),
    ("most", c_uint32),
]
wb_column._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("table", c_char_p),
    ("name", c_char_p),
    ("domain", c_char_p),
    ("about", c_char_p),
    ("type", c_int32),
    ("place", c_uint32),
]
wb_moment._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("now", c_int64),
    ("zone", c_void_p),
    ("practice", c_void_p),
]
wb_source._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("user", c_void_p),
    ("count", wb_source_count),
    ("find", wb_source_find),
    ("fetch", wb_source_fetch),
    ("get", wb_source_get),
]
wb_facts_options._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("as_of", c_int64),
    ("recare", POINTER(wb_recare_settings)),
    ("source", POINTER(wb_source)),
]
wb_verdict._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("truth", c_int32),
    ("missing_count", c_uint32),
    ("missing", c_uint32 * 8),
]
wb_tally._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("yes", c_uint64),
    ("no", c_uint64),
    ("unknown", c_uint64),
    ("failed", c_uint64),
]
wb_template_options._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("channel", c_char_p),
    ("language", c_char_p),
    ("recipient", c_int32),
    ("register_", c_int32),
]
wb_template_info._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("classes", c_uint32),
    ("segments_most", c_uint32),
    ("segments_least", c_uint32),
    ("replaced", c_uint32),
    ("line", c_uint32),
    ("column", c_uint32),
    ("message_class", c_int32),
    ("reserved", c_int32),
]
wb_lint_options._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("channel", c_char_p),
    ("language", c_char_p),
    ("names", POINTER(c_char_p)),
    ("phones", POINTER(c_char_p)),
    ("hosts", POINTER(c_char_p)),
    ("address", c_char_p),
    ("allowed", POINTER(c_char_p)),
    ("banned", POINTER(c_char_p)),
    ("name_count", c_uint32),
    ("phone_count", c_uint32),
    ("host_count", c_uint32),
    ("allowed_count", c_uint32),
    ("banned_count", c_uint32),
    ("message_class", c_int32),
]
wb_finding._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("rule", c_char_p),
    ("message", c_char_p),
    ("suggestion", c_char_p),
    ("line", c_uint32),
    ("column", c_uint32),
    ("length", c_uint32),
    ("severity", c_int32),
]
wb_sms._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("units", c_uint32),
    ("segments", c_uint32),
    ("encoding", c_int32),
    ("foreign", c_uint32),
]
wb_link_key._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("data", c_char_p),
    ("length", c_uint32),
    ("id", c_uint32),
]
wb_link._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("expires", c_int64),
    ("handle", c_uint8 * 8),
    ("purpose", c_int32),
    ("key", c_uint32),
]
wb_offer_info._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("price", c_int64),
    ("regular", c_int64),
    ("value", c_int64),
    ("what", c_char_p),
    ("includes", c_char_p),
    ("excludes", c_char_p),
    ("reviewer", c_char_p),
    ("paid_by", c_char_p),
    ("canonical", c_char_p),
    ("content_id", c_char_p),
    ("first", c_int32),
    ("last", c_int32),
    ("reviewed", c_int32),
    ("basis_points", c_uint32),
    ("canonical_length", c_uint32),
    ("reserved", c_uint32),
]
wb_offer_use._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("given", c_int64),
    ("consent", c_int32),
    ("reserved", c_uint32),
]
wb_offer_verdict._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("rule", c_char_p),
    ("outcome", c_int32),
    ("reserved", c_uint32),
]
wb_campaign_info._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("name", c_char_p),
    ("title", c_char_p),
    ("canonical", c_char_p),
    ("content_id", c_char_p),
    ("canonical_length", c_uint32),
    ("segments", c_uint32),
    ("steps", c_uint32),
    ("texts", c_uint32),
    ("touches", c_uint32),
    ("rest_days", c_uint32),
]
wb_campaign_status._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("name", c_char_p),
    ("canonical", c_char_p),
    ("content_id", c_char_p),
    ("canonical_length", c_uint32),
    ("inside", c_uint32),
]
wb_match._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("segment", c_char_p),
    ("reason", c_char_p),
    ("outcome", c_int32),
    ("priority", c_int32),
    ("missing", c_uint32),
    ("reserved", c_uint32),
]
wb_consent._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("at", c_int64),
    ("flagged_at", c_int64),
    ("answered", c_int64),
    ("checked", c_int64),
    ("source", c_char_p),
    ("wording", c_char_p),
    ("level", c_int32),
    ("reserved", c_uint32),
]
wb_reply._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("evidence", c_char_p),
    ("evidence_length", c_uint32),
    ("intent", c_int32),
    ("also", c_int32),
    ("confidence", c_int32),
]
wb_action._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("at", c_int64),
    ("deliver_by", c_int64),
    ("campaign", c_char_p),
    ("segment", c_char_p),
    ("step", c_char_p),
    ("template_", c_char_p),
    ("patient", c_char_p),
    ("about", c_char_p),
    ("location", c_char_p),
    ("to", c_char_p),
    ("subject", c_char_p),
    ("preheader", c_char_p),
    ("text", c_char_p),
    ("html", c_char_p),
    ("law", c_char_p),
    ("language", c_char_p),
    ("reason", c_char_p),
    ("id", c_uint8 * 16),
    ("contact", c_uint8 * 16),
    ("kind", c_int32),
    ("channel", c_int32),
    ("attempt", c_uint32),
    ("patient_length", c_uint32),
    ("fallback", c_int32),
    ("segments", c_uint32),
    ("encoding", c_int32),
    ("reserved", c_uint32),
]
wb_outcome._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("kind", c_int32),
    ("cause", c_int32),
]
wb_look._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("deliver_by", c_int64),
    ("reason", c_char_p),
    ("answer", c_int32),
    ("hold", c_int32),
]
wb_run._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("sent", c_uint64),
    ("not_sent", c_uint64),
    ("unknown", c_uint64),
]
wb_action_status._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("claimed_at", c_int64),
    ("deliver_by", c_int64),
    ("id", c_uint8 * 16),
    ("state", c_int32),
    ("cause", c_int32),
    ("attempt", c_uint32),
    ("reserved", c_uint32),
]
wb_practice_options._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("secret", c_char_p),
    ("key", c_char_p),
    ("append", wb_append_fn),
    ("sync", wb_sync_fn),
    ("user", c_void_p),
    ("law", c_void_p),
    ("hours", POINTER(wb_window)),
    ("key_length", c_uint32),
    ("lease", c_uint32),
    ("grace", c_uint32),
    ("stale_facts", c_uint32),
    ("per_day", c_uint32),
    ("per_week", c_uint32),
    ("per_month", c_uint32),
    ("admissions", c_uint32),
    ("tasks_per_day", c_uint32),
    ("tasks_open", c_uint32),
    ("task_attempts", c_uint32),
    ("task_spacing", c_uint32),
    ("task_days", c_uint32),
    ("visits_per_day", c_uint32),
    ("visits_open", c_uint32),
    ("hours_count", c_uint32),
    ("chair_reserve", c_uint32),
    ("slot_hold", c_uint32),
    ("epoch", c_uint32),
    ("spread", c_uint32),
    ("burst", c_uint32),
    ("resend", c_uint32),
    ("look_again", c_uint32),
    ("write_format", c_uint32),
    ("booked_days", c_uint32),
    ("kept_days", c_uint32),
]
wb_replay._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("used", c_uint64),
    ("applied", c_uint64),
    ("skipped", c_uint64),
]
wb_counts._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("patients", c_uint64),
    ("eligible", c_uint64),
    ("enrolled", c_uint64),
    ("held", c_uint64),
    ("inside", c_uint64),
    ("resting", c_uint64),
    ("waiting", c_uint64),
    ("unknown", c_uint64),
    ("failed", c_uint64),
]
wb_waiting._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("again", c_int64),
    ("campaign", c_char_p),
    ("segment", c_char_p),
    ("patient", c_char_p),
    ("location", c_char_p),
    ("hold", c_int32),
    ("ahead", c_uint32),
    ("patient_length", c_uint32),
    ("reserved", c_uint32),
]
wb_input._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("patient", c_char_p),
    ("text", c_char_p),
    ("campaign", c_char_p),
    ("location", c_char_p),
    ("approver", c_char_p),
    ("other", c_char_p),
    ("visit", c_char_p),
    ("name", c_char_p),
    ("source", c_char_p),
    ("contact", c_char_p),
    ("other_contact", c_char_p),
    ("action", c_char_p),
    ("at", c_int64),
    ("until", c_int64),
    ("value", c_int64),
    ("event_id", c_uint8 * 16),
    ("kind", c_int32),
    ("intent", c_int32),
    ("channel", c_int32),
    ("class_", c_int32),
    ("outcome", c_int32),
    ("minutes", c_uint32),
    ("patient_length", c_uint32),
    ("text_length", c_uint32),
    ("campaign_length", c_uint32),
    ("location_length", c_uint32),
    ("approver_length", c_uint32),
    ("other_length", c_uint32),
    ("visit_length", c_uint32),
    ("name_length", c_uint32),
    ("source_length", c_uint32),
    ("reserved", c_uint32),
]
wb_enrollment._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("entered", c_int64),
    ("wake", c_int64),
    ("campaign", c_char_p),
    ("segment", c_char_p),
    ("variant", c_char_p),
    ("step", c_char_p),
    ("patient", c_char_p),
    ("about", c_char_p),
    ("location", c_char_p),
    ("reason", c_char_p),
    ("state", c_int32),
    ("hold", c_int32),
    ("touches", c_uint32),
    ("entry", c_uint32),
    ("patient_length", c_uint32),
    ("reserved", c_uint32),
]
wb_migrate_options._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("from_", POINTER(c_char_p)),
    ("to", POINTER(c_char_p)),
    ("facts", c_void_p),
    ("count", c_uint32),
    ("reserved", c_uint32),
]
wb_migration._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("from_", c_char_p),
    ("to", c_char_p),
    ("people", c_uint64),
    ("due", c_uint64),
]
wb_page._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("action", c_char_p),
    ("campaign", c_char_p),
    ("patient", c_char_p),
    ("campaign_length", c_uint32),
    ("patient_length", c_uint32),
    ("format", c_int32),
    ("reserved", c_uint32),
]
wb_opening._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("start", c_int64),
    ("until", c_int64),
    ("opening", c_char_p),
    ("location", c_char_p),
    ("schedule", c_char_p),
    ("patient", c_char_p),
    ("state", c_int32),
    ("generation", c_uint32),
    ("minutes", c_uint32),
    ("waves", c_uint32),
    ("asked", c_uint32),
    ("depth", c_uint32),
    ("opening_length", c_uint32),
    ("patient_length", c_uint32),
]
wb_task._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("opened", c_int64),
    ("due", c_int64),
    ("expires", c_int64),
    ("patient", c_char_p),
    ("about", c_char_p),
    ("location", c_char_p),
    ("campaign", c_char_p),
    ("reason", c_char_p),
    ("why", c_char_p),
    ("id", c_uint8 * 16),
    ("list", c_int32),
    ("score", c_int32),
    ("attempts", c_uint32),
    ("signals", c_uint32),
    ("patient_length", c_uint32),
    ("about_length", c_uint32),
]
wb_record._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("sequence", c_uint64),
    ("at", c_int64),
    ("offset", c_uint64),
    ("length", c_uint64),
    ("cause", c_int32),
    ("effects", c_uint32),
]
wb_chain._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("records", c_uint64),
    ("first", c_uint64),
    ("last", c_uint64),
    ("seals", c_uint64),
    ("sealed", c_uint64),
    ("summed", c_uint64),
    ("used", c_uint64),
    ("begins", c_int64),
    ("ends", c_int64),
]
wb_entry_query._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("patient", c_char_p),
    ("action", c_char_p),
    ("zone", c_void_p),
    ("patient_length", c_uint32),
    ("reserved", c_uint32),
]
wb_arms._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("contacted", c_uint64),
    ("kept", c_uint64),
    ("held_out", c_uint64),
    ("held_out_kept", c_uint64),
    ("last_entered", c_int64),
    ("now", c_int64),
    ("window", c_uint32),
    ("share", c_uint32),
    ("baseline", c_uint32),
    ("reserved", c_uint32),
]
wb_effect._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("extra", c_int64),
    ("extra_low", c_int64),
    ("extra_high", c_int64),
    ("contacted_rate", c_int32),
    ("contacted_low", c_int32),
    ("contacted_high", c_int32),
    ("held_out_rate", c_int32),
    ("held_out_low", c_int32),
    ("held_out_high", c_int32),
    ("difference", c_int32),
    ("difference_low", c_int32),
    ("difference_high", c_int32),
    ("detectable", c_int32),
    ("shows", c_int32),
    ("ratio", c_uint32),
]
wb_metrics._fields_ = [
    ("size", c_uint32),
    ("flags", c_uint32),
    ("entered", c_uint64),
    ("contacted", c_uint64),
    ("messages", c_uint64),
    ("responded", c_uint64),
    ("booked", c_uint64),
    ("kept", c_uint64),
    ("came", c_uint64),
    ("production", c_int64),
    ("last_entered", c_int64),
    ("campaign", c_char_p),
    ("segment", c_char_p),
    ("variant", c_char_p),
]

# Every struct of the library.
STRUCTS: Tuple[type[Structure], ...] = (
    wb_error,
    wb_context_options,
    wb_interval,
    wb_local,
    wb_window,
    wb_law_question,
    wb_law_answer,
    wb_law_rule,
    wb_recare_history,
    wb_recare_settings,
    wb_recare,
    wb_code,
    wb_group,
    wb_code_range,
    wb_procedure,
    wb_treatment,
    wb_unfinished,
    wb_plan,
    wb_period,
    wb_claim,
    wb_usage,
    wb_limit,
    wb_service,
    wb_covered,
    ArrowSchema,
    ArrowArray,
    ArrowArrayStream,
    wb_value,
    wb_field,
    wb_column,
    wb_moment,
    wb_source,
    wb_facts_options,
    wb_verdict,
    wb_tally,
    wb_template_options,
    wb_template_info,
    wb_lint_options,
    wb_finding,
    wb_sms,
    wb_link_key,
    wb_link,
    wb_offer_info,
    wb_offer_use,
    wb_offer_verdict,
    wb_campaign_info,
    wb_campaign_status,
    wb_match,
    wb_consent,
    wb_reply,
    wb_action,
    wb_outcome,
    wb_look,
    wb_run,
    wb_action_status,
    wb_practice_options,
    wb_replay,
    wb_counts,
    wb_waiting,
    wb_input,
    wb_enrollment,
    wb_migrate_options,
    wb_migration,
    wb_page,
    wb_opening,
    wb_task,
    wb_record,
    wb_chain,
    wb_entry_query,
    wb_arms,
    wb_effect,
    wb_metrics,
)

# Every function: what it returns, what it takes.
FUNCTIONS: Dict[str, Tuple[Any, Tuple[Any, ...]]] = {
    "wb_version": (
        c_uint32,
        (),
    ),
    "wb_version_text": (
        c_char_p,
        (),
    ),
    "wb_status_name": (
        c_char_p,
        (c_int32,),
    ),
    "wb_status_text": (
        c_char_p,
        (c_int32,),
    ),
    "wb_struct_size": (
        c_uint32,
        (c_char_p,),
    ),
    "wb_context_new": (
        c_int32,
        (POINTER(wb_context_options), POINTER(c_void_p), POINTER(wb_error),),
    ),
    "wb_context_ref": (
        c_void_p,
        (c_void_p,),
    ),
    "wb_context_unref": (
        None,
        (c_void_p,),
    ),
    "wb_date_make": (
        c_int32,
        (c_int32, c_int32, c_int32, POINTER(c_int32),),
    ),
    "wb_date_split": (
        c_int32,
        (c_int32, POINTER(c_int32), POINTER(c_int32), POINTER(c_int32),),
    ),
    "wb_date_parse": (
        c_int32,
        (c_char_p, c_size_t, POINTER(c_int32),),
    ),
    "wb_date_format": (
        c_int32,
        (c_int32, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_date_weekday": (
        c_int32,
        (c_int32, POINTER(c_int32),),
    ),
    "wb_date_add": (
        c_int32,
        (c_int32, POINTER(wb_interval), POINTER(c_int32),),
    ),
    "wb_date_add_months": (
        c_int32,
        (c_int32, c_int32, POINTER(c_int32),),
    ),
    "wb_date_months": (
        c_int32,
        (c_int32, c_int32, POINTER(c_int32),),
    ),
    "wb_interval_parse": (
        c_int32,
        (c_char_p, c_size_t, POINTER(wb_interval),),
    ),
    "wb_interval_format": (
        c_int32,
        (POINTER(wb_interval), c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_zone_new": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, POINTER(c_void_p), POINTER(wb_error),),
    ),
    "wb_zone_ref": (
        c_void_p,
        (c_void_p,),
    ),
    "wb_zone_unref": (
        None,
        (c_void_p,),
    ),
    "wb_zone_local": (
        c_int32,
        (c_void_p, c_int64, POINTER(wb_local),),
    ),
    "wb_zone_instant": (
        c_int32,
        (c_void_p, POINTER(wb_local), c_int32, POINTER(c_int64),),
    ),
    "wb_time_parse": (
        c_int32,
        (c_char_p, c_size_t, POINTER(c_int64),),
    ),
    "wb_time_format": (
        c_int32,
        (c_int64, c_void_p, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_law_new": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, POINTER(c_void_p), POINTER(wb_error),),
    ),
    "wb_law_ref": (
        c_void_p,
        (c_void_p,),
    ),
    "wb_law_unref": (
        None,
        (c_void_p,),
    ),
    "wb_law_find": (
        c_int32,
        (c_void_p, POINTER(wb_law_question), POINTER(wb_law_answer),),
    ),
    "wb_law_next": (
        c_int32,
        (c_void_p, c_int32, c_char_p, c_size_t, c_int32, c_int32, POINTER(c_uint64),
        POINTER(wb_law_rule),),
    ),
    "wb_law_add_business": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, c_int32, c_int32, POINTER(c_int32),),
    ),
    "wb_recare_find": (
        c_int32,
        (POINTER(wb_recare_history), POINTER(wb_recare_settings), c_int32, POINTER(wb_recare),),
    ),
    "wb_group_find": (
        c_int32,
        (c_char_p, c_size_t, c_int32, POINTER(wb_code), c_uint32, POINTER(wb_group),),
    ),
    "wb_codes_parse": (
        c_int32,
        (c_char_p, c_size_t, POINTER(wb_code_range), c_uint32, POINTER(c_uint32),),
    ),
    "wb_teeth_parse": (
        c_int32,
        (c_char_p, c_size_t, c_uint32, POINTER(c_uint64),),
    ),
    "wb_treatment_find": (
        c_int32,
        (POINTER(wb_procedure), c_uint32, c_uint32, c_int32, POINTER(wb_treatment),),
    ),
    "wb_unfinished_next": (
        c_int32,
        (POINTER(wb_procedure), c_uint32, c_int32, c_int32, POINTER(c_uint64),
        POINTER(wb_unfinished),),
    ),
    "wb_benefit_find": (
        c_int32,
        (POINTER(wb_plan), c_int32, POINTER(wb_period),),
    ),
    "wb_usage_find": (
        c_int32,
        (POINTER(wb_claim), c_uint32, POINTER(wb_period), c_int64, POINTER(wb_usage),),
    ),
    "wb_limit_parse": (
        c_int32,
        (c_char_p, c_size_t, POINTER(wb_limit),),
    ),
    "wb_benefit_covered": (
        c_int32,
        (POINTER(wb_limit), c_uint32, POINTER(wb_procedure), c_uint32, POINTER(wb_service),
        POINTER(wb_covered),),
    ),
    "wb_schema_new": (
        c_int32,
        (c_void_p, POINTER(wb_field), c_uint32, POINTER(c_void_p), POINTER(wb_error),),
    ),
    "wb_schema_ref": (
        c_void_p,
        (c_void_p,),
    ),
    "wb_schema_unref": (
        None,
        (c_void_p,),
    ),
    "wb_schema_count": (
        c_uint32,
        (c_void_p,),
    ),
    "wb_schema_get": (
        c_int32,
        (c_void_p, c_uint32, POINTER(wb_field),),
    ),
    "wb_schema_find": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, POINTER(c_uint32),),
    ),
    "wb_column_get": (
        c_int32,
        (c_uint32, POINTER(wb_column),),
    ),
    "wb_facts_new": (
        c_int32,
        (c_void_p, c_void_p, POINTER(wb_facts_options), POINTER(c_void_p), POINTER(wb_error),),
    ),
    "wb_facts_free": (
        None,
        (c_void_p,),
    ),
    "wb_facts_add": (
        c_int32,
        (c_void_p, c_char_p, POINTER(ArrowSchema), POINTER(ArrowArray), POINTER(wb_error),),
    ),
    "wb_facts_add_stream": (
        c_int32,
        (c_void_p, c_char_p, POINTER(ArrowArrayStream), POINTER(wb_error),),
    ),
    "wb_facts_renew": (
        c_int32,
        (c_void_p, c_int64, c_char_p, POINTER(wb_error),),
    ),
    "wb_facts_count": (
        c_int32,
        (c_void_p, POINTER(c_uint64),),
    ),
    "wb_facts_orphans": (
        c_uint64,
        (c_void_p,),
    ),
    "wb_facts_find": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, POINTER(c_uint64),),
    ),
    "wb_facts_get": (
        c_int32,
        (c_void_p, c_uint64, c_uint32, POINTER(wb_moment), POINTER(wb_value), POINTER(wb_error),),
    ),
    "wb_facts_get_item": (
        c_int32,
        (c_void_p, c_uint64, c_uint32, c_uint32, POINTER(wb_moment), POINTER(wb_value),
        POINTER(wb_error),),
    ),
    "wb_rule_new": (
        c_int32,
        (c_void_p, c_void_p, c_char_p, c_size_t, POINTER(c_void_p), POINTER(wb_error),),
    ),
    "wb_rule_ref": (
        c_void_p,
        (c_void_p,),
    ),
    "wb_rule_unref": (
        None,
        (c_void_p,),
    ),
    "wb_rule_get": (
        c_int32,
        (c_void_p, c_uint32, POINTER(c_uint32),),
    ),
    "wb_rule_test": (
        c_int32,
        (c_void_p, c_void_p, c_uint64, POINTER(wb_moment), POINTER(wb_verdict), POINTER(wb_error),),
    ),
    "wb_rule_explain": (
        c_int32,
        (c_void_p, c_void_p, c_uint64, POINTER(wb_moment), c_void_p, c_size_t, POINTER(c_size_t),
        POINTER(wb_error),),
    ),
    "wb_rule_match": (
        c_int32,
        (c_void_p, c_void_p, c_uint64, c_uint64, POINTER(wb_moment), c_void_p, c_void_p,
        POINTER(wb_error),),
    ),
    "wb_rule_count": (
        c_int32,
        (c_void_p, c_void_p, POINTER(wb_moment), POINTER(wb_tally), POINTER(wb_error),),
    ),
    "wb_rule_eval": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, c_char_p, c_size_t, c_void_p, c_size_t, POINTER(c_size_t),
        POINTER(wb_error),),
    ),
    "wb_policy_new": (
        c_int32,
        (c_void_p, c_void_p, c_char_p, c_size_t, POINTER(c_void_p), POINTER(wb_error),),
    ),
    "wb_policy_ref": (
        c_void_p,
        (c_void_p,),
    ),
    "wb_policy_unref": (
        None,
        (c_void_p,),
    ),
    "wb_policy_get": (
        c_int32,
        (c_void_p, c_char_p, POINTER(c_uint32), POINTER(c_uint32),),
    ),
    "wb_policy_format": (
        c_int32,
        (c_void_p, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_template_new": (
        c_int32,
        (c_void_p, c_void_p, c_void_p, POINTER(wb_template_options), c_char_p, c_size_t,
        POINTER(c_void_p), POINTER(wb_error),),
    ),
    "wb_template_ref": (
        c_void_p,
        (c_void_p,),
    ),
    "wb_template_unref": (
        None,
        (c_void_p,),
    ),
    "wb_template_get": (
        c_int32,
        (c_void_p, c_uint32, POINTER(c_uint32),),
    ),
    "wb_template_measure": (
        c_int32,
        (c_void_p, POINTER(wb_template_info),),
    ),
    "wb_template_render": (
        c_int32,
        (c_void_p, c_void_p, c_uint64, POINTER(wb_moment), c_void_p, c_size_t, POINTER(c_size_t),
        POINTER(wb_error),),
    ),
    "wb_template_import": (
        c_int32,
        (c_char_p, c_size_t, c_void_p, c_size_t, POINTER(c_size_t), POINTER(wb_error),),
    ),
    "wb_template_lint": (
        c_int32,
        (c_void_p, POINTER(wb_lint_options), POINTER(wb_finding), c_uint32, POINTER(c_uint32),
        POINTER(wb_error),),
    ),
    "wb_text_lint": (
        c_int32,
        (c_char_p, c_size_t, POINTER(wb_lint_options), POINTER(wb_finding), c_uint32,
        POINTER(c_uint32), POINTER(wb_error),),
    ),
    "wb_plain_format": (
        c_int32,
        (c_char_p, c_size_t, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_sms_measure": (
        c_int32,
        (c_char_p, c_size_t, POINTER(wb_sms),),
    ),
    "wb_subject_format": (
        c_int32,
        (c_char_p, c_size_t, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_body_format": (
        c_int32,
        (c_char_p, c_size_t, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_unsubscribe_format": (
        c_int32,
        (c_char_p, c_size_t, c_char_p, c_size_t, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_handle_make": (
        c_int32,
        (c_char_p, c_size_t, c_int32, c_char_p, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_handle_format": (
        c_int32,
        (c_char_p, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_link_make": (
        c_int32,
        (POINTER(wb_link_key), POINTER(wb_link), c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_link_parse": (
        c_int32,
        (c_char_p, c_size_t, POINTER(wb_link_key), c_int32, c_int64, POINTER(wb_link),),
    ),
    "wb_offer_new": (
        c_int32,
        (c_void_p, c_void_p, c_char_p, c_size_t, POINTER(c_void_p), POINTER(wb_error),),
    ),
    "wb_offer_ref": (
        c_void_p,
        (c_void_p,),
    ),
    "wb_offer_unref": (
        None,
        (c_void_p,),
    ),
    "wb_offer_get": (
        c_int32,
        (c_void_p, POINTER(wb_offer_info),),
    ),
    "wb_offer_test": (
        c_int32,
        (c_void_p, c_void_p, c_void_p, c_uint64, POINTER(wb_moment), POINTER(wb_offer_use),
        POINTER(wb_offer_verdict), POINTER(wb_error),),
    ),
    "wb_campaign_new": (
        c_int32,
        (c_void_p, c_void_p, c_void_p, c_char_p, c_size_t, POINTER(c_void_p), POINTER(wb_error),),
    ),
    "wb_campaign_make": (
        c_int32,
        (c_void_p, c_void_p, c_void_p, c_char_p, c_size_t, c_char_p, c_size_t, POINTER(c_void_p),
        POINTER(wb_error),),
    ),
    "wb_campaign_ref": (
        c_void_p,
        (c_void_p,),
    ),
    "wb_campaign_unref": (
        None,
        (c_void_p,),
    ),
    "wb_campaign_get": (
        c_int32,
        (c_void_p, POINTER(wb_campaign_info),),
    ),
    "wb_campaign_match": (
        c_int32,
        (c_void_p, c_void_p, c_uint64, POINTER(wb_moment), POINTER(wb_match), POINTER(wb_error),),
    ),
    "wb_campaign_schema": (
        c_int32,
        (POINTER(c_char_p), POINTER(c_size_t),),
    ),
    "wb_settings_schema": (
        c_int32,
        (POINTER(c_char_p), POINTER(c_size_t),),
    ),
    "wb_settings_test": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, POINTER(wb_error),),
    ),
    "wb_playbook_count": (
        c_uint32,
        (),
    ),
    "wb_playbook_get": (
        c_int32,
        (c_uint32, POINTER(c_char_p), POINTER(c_char_p), POINTER(c_size_t),),
    ),
    "wb_contact_normalize": (
        c_int32,
        (c_int32, c_char_p, c_size_t, c_char_p, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_contact_make": (
        c_int32,
        (c_char_p, c_int32, c_char_p, c_size_t, c_char_p, c_void_p,),
    ),
    "wb_consent_get": (
        c_int32,
        (c_void_p, c_char_p, c_char_p, c_size_t, c_int32, c_int32, POINTER(wb_consent),),
    ),
    "wb_practice_rekey": (
        c_int32,
        (c_void_p, c_char_p, c_char_p, c_uint32, c_uint32, c_int64, POINTER(wb_error),),
    ),
    "wb_reply_parse": (
        c_int32,
        (c_char_p, c_size_t, POINTER(wb_reply),),
    ),
    "wb_intent_name": (
        c_char_p,
        (c_int32,),
    ),
    "wb_practice_new": (
        c_int32,
        (c_void_p, c_void_p, c_void_p, POINTER(wb_practice_options), POINTER(c_void_p),
        POINTER(wb_error),),
    ),
    "wb_practice_free": (
        None,
        (c_void_p,),
    ),
    "wb_practice_load": (
        c_int32,
        (c_void_p, c_void_p, c_size_t, POINTER(wb_error),),
    ),
    "wb_practice_replay": (
        c_int32,
        (c_void_p, c_void_p, c_size_t, POINTER(wb_replay), POINTER(wb_error),),
    ),
    "wb_practice_save": (
        c_int32,
        (c_void_p, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_practice_seal": (
        c_int32,
        (c_void_p, c_int64, POINTER(wb_error),),
    ),
    "wb_practice_sequence": (
        c_uint64,
        (c_void_p,),
    ),
    "wb_practice_add": (
        c_int32,
        (c_void_p, c_void_p, c_int64, POINTER(wb_error),),
    ),
    "wb_practice_enroll": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, c_void_p, c_int64, POINTER(wb_counts), POINTER(wb_error),),
    ),
    "wb_practice_waiting": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, c_void_p, c_int64, POINTER(wb_waiting), c_uint32,
        POINTER(c_uint32), POINTER(wb_error),),
    ),
    "wb_practice_poll": (
        c_int32,
        (c_void_p, c_void_p, c_int64, POINTER(wb_action), c_uint32, POINTER(c_uint32),
        POINTER(wb_error),),
    ),
    "wb_practice_ack": (
        c_int32,
        (c_void_p, c_char_p, POINTER(wb_outcome), c_int64, POINTER(wb_error),),
    ),
    "wb_practice_test": (
        c_int32,
        (c_void_p, c_char_p, c_void_p, c_int64, POINTER(wb_look), POINTER(wb_error),),
    ),
    "wb_practice_run": (
        c_int32,
        (c_void_p, c_void_p, c_int64, wb_deliver_fn, c_void_p, POINTER(wb_run), POINTER(wb_error),),
    ),
    "wb_practice_receive": (
        c_int32,
        (c_void_p, POINTER(wb_input), c_int64, POINTER(wb_error),),
    ),
    "wb_practice_wake": (
        c_int32,
        (c_void_p, POINTER(c_int64),),
    ),
    "wb_hold_name": (
        c_char_p,
        (c_int32,),
    ),
    "wb_practice_next": (
        c_int32,
        (c_void_p, POINTER(c_uint64), POINTER(wb_enrollment),),
    ),
    "wb_practice_find": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, POINTER(c_char_p),),
    ),
    "wb_practice_get": (
        c_int32,
        (c_void_p, POINTER(wb_practice_options),),
    ),
    "wb_practice_actions": (
        c_int32,
        (c_void_p, POINTER(c_uint64), POINTER(wb_action_status),),
    ),
    "wb_practice_campaigns": (
        c_int32,
        (c_void_p, POINTER(c_uint64), POINTER(wb_campaign_status),),
    ),
    "wb_practice_migrate": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, POINTER(wb_migrate_options), c_int64, POINTER(wb_migration),
        c_uint32, POINTER(c_uint32), POINTER(wb_error),),
    ),
    "wb_page_render": (
        c_int32,
        (c_void_p, POINTER(wb_page), c_void_p, c_int64, c_void_p, c_size_t, POINTER(c_size_t),
        POINTER(wb_error),),
    ),
    "wb_opening_get": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, POINTER(wb_opening),),
    ),
    "wb_opening_next": (
        c_int32,
        (c_void_p, POINTER(c_uint64), POINTER(wb_opening),),
    ),
    "wb_desk_next": (
        c_int32,
        (c_void_p, c_int32, POINTER(c_uint64), POINTER(wb_task),),
    ),
    "wb_journal_next": (
        c_int32,
        (c_void_p, c_size_t, POINTER(c_uint64), POINTER(wb_record),),
    ),
    "wb_journal_find": (
        c_int32,
        (c_void_p, c_size_t, POINTER(wb_chain), POINTER(wb_error),),
    ),
    "wb_journal_format": (
        c_int32,
        (c_void_p, c_size_t, c_uint64, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_journal_entry": (
        c_int32,
        (c_void_p, c_void_p, c_size_t, POINTER(wb_entry_query), POINTER(c_uint64), c_void_p,
        c_size_t, POINTER(c_size_t),),
    ),
    "wb_journal_explain": (
        c_int32,
        (c_void_p, c_void_p, c_size_t, c_char_p, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
    "wb_effect_find": (
        c_int32,
        (POINTER(wb_arms), POINTER(wb_effect),),
    ),
    "wb_metrics_next": (
        c_int32,
        (c_void_p, POINTER(c_uint64), POINTER(wb_metrics),),
    ),
    "wb_metrics_get": (
        c_int32,
        (c_void_p, c_char_p, c_size_t, c_char_p, c_size_t, c_char_p, c_size_t, c_int32,
        POINTER(wb_metrics),),
    ),
    "wb_metrics_format": (
        c_int32,
        (c_void_p, c_int64, c_void_p, c_size_t, POINTER(c_size_t),),
    ),
}

# Of each value: the member, what it is, a detail, and what stands for nothing.
FIELDS: Dict[str, Tuple[Tuple[str, str, Any, int], ...]] = {
    "wb_interval": (
        ("years", "number", None, 0),
        ("months", "number", None, 0),
        ("weeks", "number", None, 0),
        ("days", "number", None, 0),
    ),
    "wb_window": (
        ("weekdays", "number", None, 0),
        ("from_", "number", None, 0),
        ("to", "number", None, 0),
    ),
    "wb_law_question": (
        ("at", "time", None, WB_TIME_NONE),
        ("regions", "text", 'regions_length', 0),
        ("hours", "list", ('hours_count', 'Window'), 0),
        ("preference", "list", ('preference_count', 'Window'), 0),
        ("message_class", "enum", 'MessageClass', 0),
    ),
    "wb_law_answer": (
        ("flags", "number", None, 0),
        ("open_at", "time", None, WB_TIME_NONE),
        ("until", "time", None, WB_TIME_NONE),
        ("rule", "text", None, 0),
        ("held_by", "text", None, 0),
    ),
    "wb_law_rule": (
        ("amount", "number", None, 0),
        ("seconds", "number", None, 0),
        ("id", "text", None, 0),
        ("pack", "text", None, 0),
        ("version", "text", None, 0),
        ("source", "text", None, 0),
        ("name", "text", None, 0),
        ("words", "text", None, 0),
        ("effective_from", "date", None, WB_DATE_NONE),
        ("effective_to", "date", None, WB_DATE_NONE),
        ("review_by", "date", None, WB_DATE_NONE),
        ("kind", "enum", 'LawKind', 0),
        ("classes", "number", None, 0),
        ("confidence", "number", None, 0),
        ("channels", "number", None, 0),
    ),
    "wb_recare_history": (
        ("flags", "number", None, 0),
        ("prophy_interval", "struct", 'Interval', 0),
        ("perio_interval", "struct", 'Interval', 0),
        ("last_prophy", "date", None, WB_DATE_NONE),
        ("last_perio", "date", None, WB_DATE_NONE),
        ("last_scaling", "date", None, WB_DATE_NONE),
        ("manual_due", "date", None, WB_DATE_NONE),
        ("manual_since", "date", None, WB_DATE_NONE),
        ("birth", "date", None, WB_DATE_NONE),
    ),
    "wb_recare_settings": (
        ("prophy_interval", "struct", 'Interval', 0),
        ("perio_interval", "struct", 'Interval', 0),
        ("child_age", "number", None, 0),
        ("edges", "numbers", 3, 0),
    ),
    "wb_recare": (
        ("flags", "number", None, 0),
        ("kind", "enum", 'RecareKind', 0),
        ("recorded_kind", "number", None, 0),
        ("last", "date", None, WB_DATE_NONE),
        ("due", "date", None, WB_DATE_NONE),
        ("overdue_months", "number", None, 0),
        ("band", "enum", 'RecareBand', 0),
        ("evidence", "number", None, 0),
        ("evidence_on", "date", None, WB_DATE_NONE),
    ),
    "wb_code": (
        ("code", "text", 'code_length', 0),
        ("standard", "text", 'standard_length', 0),
        ("group", "text", 'group_length', 0),
        ("from_", "date", None, WB_DATE_NONE),
        ("until", "date", None, WB_DATE_NONE),
    ),
    "wb_group": (
        ("flags", "number", None, 0),
        ("name", "text", 'name_length', 0),
        ("words", "text", None, 0),
        ("code", "number", None, 0),
        ("id", "number", None, 0),
    ),
    "wb_code_range": (
        ("first", "number", None, 0),
        ("last", "number", None, 0),
    ),
    "wb_procedure": (
        ("flags", "number", None, 0),
        ("teeth", "number", None, 0),
        ("provider", "number", None, 0),
        ("code", "number", None, 0),
        ("group", "number", None, 0),
        ("status", "enum", 'ProcedureStatus', 0),
        ("date", "date", None, WB_DATE_NONE),
        ("visit", "date", None, WB_DATE_NONE),
        ("alternative", "number", None, 0),
    ),
    "wb_treatment": (
        ("flags", "number", None, 0),
        ("age", "enum", 'TreatmentAge', 0),
        ("months", "number", None, 0),
    ),
    "wb_unfinished": (
        ("flags", "number", None, 0),
        ("kind", "text", None, 0),
        ("needs", "text", None, 0),
        ("teeth", "number", None, 0),
        ("started", "date", None, WB_DATE_NONE),
        ("since", "date", None, WB_DATE_NONE),
        ("index", "number", None, 0),
    ),
    "wb_plan": (
        ("kind", "enum", 'PeriodKind', 0),
        ("month", "number", None, 0),
        ("day", "number", None, 0),
        ("months", "number", None, 0),
        ("days", "number", None, 0),
        ("expiring_days", "number", None, 0),
        ("renewed_days", "number", None, 0),
        ("data_days", "number", None, 0),
        ("effective", "date", None, WB_DATE_NONE),
        ("terminates", "date", None, WB_DATE_NONE),
        ("verified", "date", None, WB_DATE_NONE),
    ),
    "wb_period": (
        ("flags", "number", None, 0),
        ("first", "date", None, WB_DATE_NONE),
        ("last", "date", None, WB_DATE_NONE),
    ),
    "wb_claim": (
        ("flags", "number", None, 0),
        ("paid", "cents", None, WB_CENTS_NONE),
        ("estimated", "cents", None, WB_CENTS_NONE),
        ("status", "enum", 'ClaimStatus', 0),
        ("date", "date", None, WB_DATE_NONE),
    ),
    "wb_usage": (
        ("flags", "number", None, 0),
        ("used", "cents", None, WB_CENTS_NONE),
        ("pending", "cents", None, WB_CENTS_NONE),
        ("remaining", "cents", None, WB_CENTS_NONE),
    ),
    "wb_limit": (
        ("flags", "number", None, 0),
        ("codes", "list", ('code_count', 'CodeRange'), 0),
        ("kind", "enum", 'LimitKind', 0),
        ("count", "number", None, 0),
        ("years", "number", None, 0),
        ("months", "number", None, 0),
        ("days", "number", None, 0),
        ("month", "number", None, 0),
        ("day", "number", None, 0),
        ("scope", "enum", 'LimitScope', 0),
        ("age_from", "number", None, 0),
        ("age_through", "number", None, 0),
        ("level", "number", None, 0),
        ("effective", "date", None, WB_DATE_NONE),
        ("terminates", "date", None, WB_DATE_NONE),
    ),
    "wb_service": (
        ("teeth", "number", None, 0),
        ("code", "number", None, 0),
        ("from_", "date", None, WB_DATE_NONE),
        ("birth", "date", None, WB_DATE_NONE),
    ),
    "wb_covered": (
        ("flags", "number", None, 0),
        ("date", "date", None, WB_DATE_NONE),
        ("limit", "number", None, 0),
    ),
    "wb_field": (
        ("name", "text", None, 0),
        ("domain", "text", None, 0),
        ("about", "text", None, 0),
        ("type", "enum", 'Kind', 0),
        ("presence", "enum", 'Presence', 0),
        ("class_", "enum", 'Class', 0),
        ("element", "number", None, 0),
        ("list", "number", None, 0),
        ("most", "number", None, 0),
    ),
    "wb_column": (
        ("flags", "number", None, 0),
        ("table", "text", None, 0),
        ("name", "text", None, 0),
        ("domain", "text", None, 0),
        ("about", "text", None, 0),
        ("type", "number", None, 0),
        ("place", "number", None, 0),
    ),
    "wb_verdict": (
        ("truth", "enum", 'Truth', 0),
        ("missing_count", "number", None, 0),
        ("missing", "numbers", 8, 0),
    ),
    "wb_tally": (
        ("yes", "number", None, 0),
        ("no", "number", None, 0),
        ("unknown", "number", None, 0),
        ("failed", "number", None, 0),
    ),
    "wb_template_options": (
        ("channel", "text", None, 0),
        ("language", "text", None, 0),
        ("recipient", "enum", 'Recipient', 0),
        ("register_", "enum", 'Register', 0),
    ),
    "wb_template_info": (
        ("classes", "number", None, 0),
        ("segments_most", "number", None, 0),
        ("segments_least", "number", None, 0),
        ("replaced", "number", None, 0),
        ("line", "number", None, 0),
        ("column", "number", None, 0),
        ("message_class", "enum", 'MessageClass', 0),
    ),
    "wb_lint_options": (
        ("flags", "number", None, 0),
        ("channel", "text", None, 0),
        ("language", "text", None, 0),
        ("names", "texts", 'name_count', 0),
        ("phones", "texts", 'phone_count', 0),
        ("hosts", "texts", 'host_count', 0),
        ("address", "text", None, 0),
        ("allowed", "texts", 'allowed_count', 0),
        ("banned", "texts", 'banned_count', 0),
        ("message_class", "enum", 'MessageClass', 0),
    ),
    "wb_finding": (
        ("rule", "text", None, 0),
        ("message", "text", None, 0),
        ("suggestion", "text", None, 0),
        ("line", "number", None, 0),
        ("column", "number", None, 0),
        ("length", "number", None, 0),
        ("severity", "enum", 'Severity', 0),
    ),
    "wb_sms": (
        ("units", "number", None, 0),
        ("segments", "number", None, 0),
        ("encoding", "enum", 'SmsEncoding', 0),
        ("foreign", "number", None, 0),
    ),
    "wb_link_key": (
        ("data", "bytes", 'length', 0),
        ("id", "number", None, 0),
    ),
    "wb_link": (
        ("expires", "time", None, WB_TIME_NONE),
        ("handle", "bytes", -8, 0),
        ("purpose", "enum", 'LinkPurpose', 0),
        ("key", "number", None, 0),
    ),
    "wb_offer_info": (
        ("flags", "number", None, 0),
        ("price", "cents", None, WB_CENTS_NONE),
        ("regular", "cents", None, WB_CENTS_NONE),
        ("value", "cents", None, WB_CENTS_NONE),
        ("what", "text", None, 0),
        ("includes", "text", None, 0),
        ("excludes", "text", None, 0),
        ("reviewer", "text", None, 0),
        ("paid_by", "text", None, 0),
        ("canonical", "text", 'canonical_length', 0),
        ("content_id", "bytes", 32, 0),
        ("first", "date", None, WB_DATE_NONE),
        ("last", "date", None, WB_DATE_NONE),
        ("reviewed", "date", None, WB_DATE_NONE),
        ("basis_points", "number", None, 0),
    ),
    "wb_offer_use": (
        ("flags", "number", None, 0),
        ("given", "cents", None, 0),
        ("consent", "enum", 'OfferConsent', 0),
    ),
    "wb_offer_verdict": (
        ("rule", "text", None, 0),
        ("outcome", "enum", 'OfferOutcome', 0),
    ),
    "wb_campaign_info": (
        ("name", "text", None, 0),
        ("title", "text", None, 0),
        ("canonical", "text", 'canonical_length', 0),
        ("content_id", "bytes", 32, 0),
        ("segments", "number", None, 0),
        ("steps", "number", None, 0),
        ("texts", "number", None, 0),
        ("touches", "number", None, 0),
        ("rest_days", "number", None, 0),
    ),
    "wb_campaign_status": (
        ("flags", "number", None, 0),
        ("name", "text", None, 0),
        ("canonical", "text", 'canonical_length', 0),
        ("content_id", "bytes", 32, 0),
        ("inside", "number", None, 0),
    ),
    "wb_match": (
        ("segment", "text", None, 0),
        ("reason", "text", None, 0),
        ("outcome", "enum", 'MatchReason', 0),
        ("priority", "number", None, 0),
        ("missing", "number", None, 0),
    ),
    "wb_consent": (
        ("flags", "number", None, 0),
        ("at", "time", None, WB_TIME_NONE),
        ("flagged_at", "time", None, WB_TIME_NONE),
        ("answered", "time", None, WB_TIME_NONE),
        ("checked", "time", None, WB_TIME_NONE),
        ("source", "text", None, 0),
        ("wording", "text", None, 0),
        ("level", "enum", 'ConsentLevel', 0),
    ),
    "wb_reply": (
        ("flags", "number", None, 0),
        ("evidence", "text", 'evidence_length', 0),
        ("intent", "enum", 'Intent', 0),
        ("also", "number", None, 0),
        ("confidence", "number", None, 0),
    ),
    "wb_action": (
        ("at", "time", None, WB_TIME_NONE),
        ("deliver_by", "time", None, WB_TIME_NONE),
        ("campaign", "text", None, 0),
        ("segment", "text", None, 0),
        ("step", "text", None, 0),
        ("template_", "text", None, 0),
        ("patient", "text", 'patient_length', 0),
        ("about", "text", None, 0),
        ("location", "text", None, 0),
        ("to", "text", None, 0),
        ("subject", "text", None, 0),
        ("preheader", "text", None, 0),
        ("text", "text", None, 0),
        ("html", "text", None, 0),
        ("law", "text", None, 0),
        ("language", "text", None, 0),
        ("reason", "text", None, 0),
        ("id", "bytes", -16, 0),
        ("contact", "bytes", -16, 0),
        ("kind", "enum", 'ActionKind', 0),
        ("channel", "enum", 'Channel', 0),
        ("attempt", "number", None, 0),
        ("fallback", "number", None, 0),
        ("segments", "number", None, 0),
        ("encoding", "enum", 'SmsEncoding', 0),
    ),
    "wb_outcome": (
        ("kind", "enum", 'OutcomeKind', 0),
        ("cause", "enum", 'Cause', 0),
    ),
    "wb_look": (
        ("deliver_by", "time", None, WB_TIME_NONE),
        ("reason", "text", None, 0),
        ("answer", "enum", 'LookAnswer', 0),
        ("hold", "enum", 'Hold', 0),
    ),
    "wb_run": (
        ("sent", "number", None, 0),
        ("not_sent", "number", None, 0),
        ("unknown", "number", None, 0),
    ),
    "wb_action_status": (
        ("claimed_at", "time", None, WB_TIME_NONE),
        ("deliver_by", "time", None, WB_TIME_NONE),
        ("id", "bytes", -16, 0),
        ("state", "enum", 'ActionState', 0),
        ("cause", "enum", 'Cause', 0),
        ("attempt", "number", None, 0),
    ),
    "wb_practice_options": (
        ("flags", "number", None, 0),
        ("secret", "bytes", 16, 0),
        ("key", "text", 'key_length', 0),
        ("hours", "list", ('hours_count', 'Window'), 0),
        ("lease", "number", None, 0),
        ("grace", "number", None, 0),
        ("stale_facts", "number", None, 0),
        ("per_day", "number", None, 0),
        ("per_week", "number", None, 0),
        ("per_month", "number", None, 0),
        ("admissions", "number", None, 0),
        ("tasks_per_day", "number", None, 0),
        ("tasks_open", "number", None, 0),
        ("task_attempts", "number", None, 0),
        ("task_spacing", "number", None, 0),
        ("task_days", "number", None, 0),
        ("visits_per_day", "number", None, 0),
        ("visits_open", "number", None, 0),
        ("chair_reserve", "number", None, 0),
        ("slot_hold", "number", None, 0),
        ("epoch", "number", None, 0),
        ("spread", "number", None, 0),
        ("burst", "number", None, 0),
        ("resend", "number", None, 0),
        ("look_again", "number", None, 0),
        ("write_format", "number", None, 0),
        ("booked_days", "number", None, 0),
        ("kept_days", "number", None, 0),
    ),
    "wb_replay": (
        ("flags", "number", None, 0),
        ("used", "number", None, 0),
        ("applied", "number", None, 0),
        ("skipped", "number", None, 0),
    ),
    "wb_counts": (
        ("patients", "number", None, 0),
        ("eligible", "number", None, 0),
        ("enrolled", "number", None, 0),
        ("held", "number", None, 0),
        ("inside", "number", None, 0),
        ("resting", "number", None, 0),
        ("waiting", "number", None, 0),
        ("unknown", "number", None, 0),
        ("failed", "number", None, 0),
    ),
    "wb_waiting": (
        ("again", "time", None, WB_TIME_NONE),
        ("campaign", "text", None, 0),
        ("segment", "text", None, 0),
        ("patient", "text", 'patient_length', 0),
        ("location", "text", None, 0),
        ("hold", "number", None, 0),
        ("ahead", "number", None, 0),
    ),
    "wb_input": (
        ("patient", "text", 'patient_length', 0),
        ("text", "text", 'text_length', 0),
        ("campaign", "text", 'campaign_length', 0),
        ("location", "text", 'location_length', 0),
        ("approver", "text", 'approver_length', 0),
        ("other", "text", 'other_length', 0),
        ("visit", "text", 'visit_length', 0),
        ("name", "text", 'name_length', 0),
        ("source", "text", 'source_length', 0),
        ("contact", "bytes", 16, 0),
        ("other_contact", "bytes", 16, 0),
        ("action", "bytes", 16, 0),
        ("at", "time", None, 0),
        ("until", "time", None, 0),
        ("value", "cents", None, 0),
        ("event_id", "bytes", -16, 0),
        ("kind", "enum", 'InputKind', 0),
        ("intent", "enum", 'Intent', 0),
        ("channel", "enum", 'Channel', 0),
        ("class_", "enum", 'MessageClass', 0),
        ("outcome", "number", None, 0),
        ("minutes", "number", None, 0),
    ),
    "wb_enrollment": (
        ("flags", "number", None, 0),
        ("entered", "time", None, WB_TIME_NONE),
        ("wake", "time", None, WB_TIME_NONE),
        ("campaign", "text", None, 0),
        ("segment", "text", None, 0),
        ("variant", "text", None, 0),
        ("step", "text", None, 0),
        ("patient", "text", 'patient_length', 0),
        ("about", "text", None, 0),
        ("location", "text", None, 0),
        ("reason", "text", None, 0),
        ("state", "enum", 'EnrollmentState', 0),
        ("hold", "enum", 'Hold', 0),
        ("touches", "number", None, 0),
        ("entry", "number", None, 0),
    ),
    "wb_migration": (
        ("from_", "text", None, 0),
        ("to", "text", None, 0),
        ("people", "number", None, 0),
        ("due", "number", None, 0),
    ),
    "wb_page": (
        ("action", "bytes", 16, 0),
        ("campaign", "text", 'campaign_length', 0),
        ("patient", "text", 'patient_length', 0),
        ("format", "enum", 'PageFormat', 0),
    ),
    "wb_opening": (
        ("start", "time", None, WB_TIME_NONE),
        ("until", "time", None, WB_TIME_NONE),
        ("opening", "text", 'opening_length', 0),
        ("location", "text", None, 0),
        ("schedule", "text", None, 0),
        ("patient", "text", 'patient_length', 0),
        ("state", "enum", 'OpeningState', 0),
        ("generation", "number", None, 0),
        ("minutes", "number", None, 0),
        ("waves", "number", None, 0),
        ("asked", "number", None, 0),
        ("depth", "number", None, 0),
    ),
    "wb_task": (
        ("opened", "time", None, WB_TIME_NONE),
        ("due", "time", None, WB_TIME_NONE),
        ("expires", "time", None, WB_TIME_NONE),
        ("patient", "text", 'patient_length', 0),
        ("about", "text", 'about_length', 0),
        ("location", "text", None, 0),
        ("campaign", "text", None, 0),
        ("reason", "text", None, 0),
        ("why", "text", None, 0),
        ("id", "bytes", -16, 0),
        ("list", "enum", 'DeskList', 0),
        ("score", "number", None, 0),
        ("attempts", "number", None, 0),
        ("signals", "number", None, 0),
    ),
    "wb_record": (
        ("sequence", "number", None, 0),
        ("at", "time", None, WB_TIME_NONE),
        ("offset", "number", None, 0),
        ("length", "number", None, 0),
        ("cause", "number", None, 0),
        ("effects", "number", None, 0),
    ),
    "wb_chain": (
        ("flags", "number", None, 0),
        ("records", "number", None, 0),
        ("first", "number", None, 0),
        ("last", "number", None, 0),
        ("seals", "number", None, 0),
        ("sealed", "number", None, 0),
        ("summed", "number", None, 0),
        ("used", "number", None, 0),
        ("begins", "time", None, WB_TIME_NONE),
        ("ends", "time", None, WB_TIME_NONE),
    ),
    "wb_entry_query": (
        ("flags", "number", None, 0),
        ("patient", "text", 'patient_length', 0),
        ("action", "bytes", 16, 0),
    ),
    "wb_arms": (
        ("contacted", "number", None, 0),
        ("kept", "number", None, 0),
        ("held_out", "number", None, 0),
        ("held_out_kept", "number", None, 0),
        ("last_entered", "time", None, WB_TIME_NONE),
        ("now", "time", None, WB_TIME_NONE),
        ("window", "number", None, 0),
        ("share", "number", None, 0),
        ("baseline", "number", None, 0),
    ),
    "wb_effect": (
        ("flags", "number", None, 0),
        ("extra", "number", None, 0),
        ("extra_low", "number", None, 0),
        ("extra_high", "number", None, 0),
        ("contacted_rate", "number", None, 0),
        ("contacted_low", "number", None, 0),
        ("contacted_high", "number", None, 0),
        ("held_out_rate", "number", None, 0),
        ("held_out_low", "number", None, 0),
        ("held_out_high", "number", None, 0),
        ("difference", "number", None, 0),
        ("difference_low", "number", None, 0),
        ("difference_high", "number", None, 0),
        ("detectable", "number", None, 0),
        ("shows", "enum", 'VerdictKind', 0),
        ("ratio", "number", None, 0),
    ),
    "wb_metrics": (
        ("flags", "number", None, 0),
        ("entered", "number", None, 0),
        ("contacted", "number", None, 0),
        ("messages", "number", None, 0),
        ("responded", "number", None, 0),
        ("booked", "number", None, 0),
        ("kept", "number", None, 0),
        ("came", "number", None, 0),
        ("production", "cents", None, WB_CENTS_NONE),
        ("last_entered", "time", None, WB_TIME_NONE),
        ("campaign", "text", None, 0),
        ("segment", "text", None, 0),
        ("variant", "text", None, 0),
    ),
}

# The struct of each class of values.
VALUES: Dict[str, type[Structure]] = {
    "Interval": wb_interval,
    "Window": wb_window,
    "LawQuestion": wb_law_question,
    "LawAnswer": wb_law_answer,
    "LawRule": wb_law_rule,
    "RecareHistory": wb_recare_history,
    "RecareSettings": wb_recare_settings,
    "Recare": wb_recare,
    "Code": wb_code,
    "Group": wb_group,
    "CodeRange": wb_code_range,
    "Procedure": wb_procedure,
    "Treatment": wb_treatment,
    "Unfinished": wb_unfinished,
    "Plan": wb_plan,
    "Period": wb_period,
    "Claim": wb_claim,
    "Usage": wb_usage,
    "Limit": wb_limit,
    "Service": wb_service,
    "Covered": wb_covered,
    "Field": wb_field,
    "Column": wb_column,
    "Verdict": wb_verdict,
    "Tally": wb_tally,
    "TemplateOptions": wb_template_options,
    "TemplateInfo": wb_template_info,
    "LintOptions": wb_lint_options,
    "Finding": wb_finding,
    "Sms": wb_sms,
    "LinkKey": wb_link_key,
    "Link": wb_link,
    "OfferInfo": wb_offer_info,
    "OfferUse": wb_offer_use,
    "OfferVerdict": wb_offer_verdict,
    "CampaignInfo": wb_campaign_info,
    "CampaignStatus": wb_campaign_status,
    "Match": wb_match,
    "Consent": wb_consent,
    "Reply": wb_reply,
    "Action": wb_action,
    "Outcome": wb_outcome,
    "Look": wb_look,
    "Run": wb_run,
    "ActionStatus": wb_action_status,
    "PracticeOptions": wb_practice_options,
    "Replay": wb_replay,
    "Counts": wb_counts,
    "Waiting": wb_waiting,
    "Input": wb_input,
    "Enrollment": wb_enrollment,
    "Migration": wb_migration,
    "Page": wb_page,
    "Opening": wb_opening,
    "Task": wb_task,
    "Record": wb_record,
    "Chain": wb_chain,
    "EntryQuery": wb_entry_query,
    "Arms": wb_arms,
    "Effect": wb_effect,
    "Metrics": wb_metrics,
}
