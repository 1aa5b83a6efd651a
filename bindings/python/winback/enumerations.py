# SPDX-License-Identifier: MIT
"""Enumerations. Made by bindings/generate.py from the headers."""

from __future__ import annotations

from enum import IntEnum


class StatusCode(IntEnum):
    """The codes of wb_status. Numbers never change and are never used again."""

    OK = 0
    E_NOMEM = -1
    E_INVALID = -2
    E_RANGE = -3
    E_SPACE = -4
    E_SYNTAX = -5
    E_TYPE = -6
    E_NAME = -7
    E_LIMIT = -8
    E_POLICY = -9
    E_STATE = -10
    E_BUSY = -11
    E_CORRUPT = -12
    E_VERSION = -13
    E_CONFLICT = -14
    E_STALE = -15
    E_ABORTED = -16


class MessageClass(IntEnum):
    """Classes of messages. The class follows from what a text reads and says."""

    TRANSACTIONAL = 1
    CARE = 2
    BENEFIT = 3
    OFFER = 4
    BILLING = 5
    URGENT = 6


class LawKind(IntEnum):
    """Kinds of rules."""

    HOURS = 1
    CAP = 2
    CONSENT = 3
    KEYWORDS = 4
    OPT_OUT = 5
    VALUE = 6
    DISCLOSURE = 7
    MAJORITY = 8
    TERM = 9
    AUTHORIZATION = 10
    STOP = 11


class RecareKind(IntEnum):
    """Kinds of recare."""

    NONE = 0
    PROPHY = 1
    PERIO = 2


class RecareBand(IntEnum):
    """Bands of wb_recare: how long overdue. The edges can be set."""

    BAND_NONE = 0
    BAND_NOT_DUE = 1
    BAND_0_6 = 2
    BAND_6_9 = 3
    BAND_9_12 = 4
    BAND_12 = 5


class ProcedureStatus(IntEnum):
    """What became of a procedure. Only the first three kinds count."""

    OTHER = 0
    PLANNED = 1
    COMPLETED = 2
    EXISTING = 3
    DECLINED = 4
    REFERRED = 5
    INACTIVE = 6
    DELETED = 7


class TreatmentAge(IntEnum):
    """How old a plan is."""

    FRESH = 0
    REEXAMINE = 1
    HISTORY = 2


class CrownConvention(IntEnum):
    """When a practice sets a crown, a denture or a guard to complete."""

    SEAT = 0
    PREP = 1
    SEPARATE = 2


class PeriodKind(IntEnum):
    """Kinds of benefit periods."""

    UNKNOWN = 0
    CALENDAR = 1
    PLAN_YEAR = 2
    ANNIVERSARY = 3
    ROLLING = 4
    INTERVAL = 5
    LIFETIME = 6


class ClaimStatus(IntEnum):
    """What became of a claim."""

    OTHER = 0
    RECEIVED = 1
    SUPPLEMENTAL = 2
    ADJUSTMENT = 3
    NOT_RECEIVED = 4


class LimitKind(IntEnum):
    """Kinds of limits."""

    INTERVAL = 1
    CALENDAR_YEAR = 2
    PLAN_YEAR = 3
    ANNIVERSARY = 4
    LIFETIME = 5
    AGE = 6
    WAITING = 7


class LimitScope(IntEnum):
    """What a limit counts together."""

    MOUTH = 0
    TOOTH = 1
    QUADRANT = 2
    ARCH = 3


class Kind(IntEnum):
    """Kinds of value, and types of field."""

    UNKNOWN = 0
    NULL = 1
    BOOL = 2
    INT = 3
    UINT = 4
    DOUBLE = 5
    TEXT = 6
    BYTES = 7
    DATE = 8
    TIME = 9
    LIST = 10
    RECORD = 11


class Presence(IntEnum):
    """Whether a field may be absent."""

    REQUIRED = 0
    NULLABLE = 1
    OPTIONAL = 2


class Class(IntEnum):
    """Sensitivity classes; a set of them is a bit mask (1 << class)."""

    PUBLIC = 0
    NAME = 1
    LINK = 2
    SCHEDULING = 3
    RECALL = 4
    CLINICAL = 5
    FINANCIAL = 6
    IDENTIFIER = 7
    RELATION = 8
    STAFF = 9
    SEALED = 10


class Truth(IntEnum):
    """Outcomes of a rule."""

    FALSE = 0
    TRUE = 1
    UNDETERMINED = 2
    FAULTY = 3


class Recipient(IntEnum):
    """Whom a text is for."""

    PATIENT = 0
    GUARDIAN = 1
    HOUSEHOLD = 2


class Register(IntEnum):
    """How much a text says."""

    GENERAL = 0
    NEUTRAL = 1
    DETAIL = 2


class Severity(IntEnum):
    """How bad a finding is."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3


class SmsEncoding(IntEnum):
    """Encodings of an SMS."""

    GSM7 = 1
    UCS2 = 2


class LinkPurpose(IntEnum):
    """What a link is for; each purpose has a key of its own."""

    BOOKING = 1
    UNSUBSCRIBE = 2


class OfferConsent(IntEnum):
    """Consent on record, in the order of the law's words."""

    NONE = 0
    IMPLIED = 1
    EXPRESS = 2
    WRITTEN = 3


class OfferOutcome(IntEnum):
    """Why an offer is blocked."""

    FINE = 0
    DAYS = 1
    AGE = 2
    QUALIFIES = 3
    PLACE = 4
    WORDS = 5
    DISCLOSURE = 6
    VALUE = 7
    AUTHORIZATION = 8
    CONSENT = 9


class MatchReason(IntEnum):
    """Why a patient is in or out of a campaign's audience."""

    IN = 0
    EXCLUDED = 1
    AUDIENCE = 2
    UNKNOWN = 3
    SEGMENT = 4
    EXIT = 5


class ContactKind(IntEnum):
    """Kinds of address."""

    PHONE = 1
    EMAIL = 2


class ConsentLevel(IntEnum):
    """What somebody agreed to, the stricter first."""

    NONE = 0
    REFUSED = 1
    CHANGED = 2
    EXPRESS = 3
    WRITTEN = 4
    AUTHORIZED = 5


class NumberCheck(IntEnum):
    """What a check against the database of reassigned numbers said; no data is no check."""

    SAME = 1
    REASSIGNED = 2


class ContactChange(IntEnum):
    """Why an address in the record is another one."""

    NEW = 1
    CORRECTED = 2


class Intent(IntEnum):
    """What a reply means."""

    OTHER = 0
    OPT_OUT = 1
    OPT_IN = 2
    HELP = 3
    DECEASED = 4
    URGENT_SYMPTOM = 5
    WRONG_NUMBER = 6
    COMPLAINT = 7
    DATA_PRIVACY = 8
    GUARDIAN_OR_PROXY = 9
    CANCEL_APPT = 10
    RESCHEDULE = 11
    ALREADY_SCHEDULED = 12
    MOVED = 13
    NEW_DENTIST = 14
    PRICE_INSURANCE = 15
    ANXIETY = 16
    CALLBACK_REQUEST = 17
    LATER = 18
    DECLINE = 19
    BOOKING_INTEREST = 20
    CONFIRM = 21
    DETAIL = 22
    NO_DETAIL = 23


class ActionKind(IntEnum):
    """Kinds of action."""

    SEND = 1
    CALL_TASK = 2
    RESEND = 3


class Channel(IntEnum):
    """Channels of an action."""

    NONE = 0
    SMS = 1
    EMAIL = 2
    CALL = 3


class OutcomeKind(IntEnum):
    """What became of an action."""

    SENT = 1
    NOT_SENT = 2
    SENT_UNKNOWN = 3


class Cause(IntEnum):
    """Why nothing was sent."""

    NONE = 0
    INTERRUPTED = 1
    THROTTLED = 2
    LATE = 3
    ADDRESS = 4
    CONTENT = 5
    POLICY = 6
    OPTED_OUT = 7


class LookAnswer(IntEnum):
    """What a last look says."""

    GO = 1
    WITHDRAWN = 2
    LATER = 3


class ActionState(IntEnum):
    """States of an action."""

    CLAIMED = 1
    SENT = 2
    READY = 3
    FAILED = 4
    UNKNOWN = 5
    DELIVERED = 6
    UNDELIVERED = 7
    WITHDRAWN = 8


class InputKind(IntEnum):
    """What happened outside. What each kind needs is named; anything else is not read."""

    REPLY = 1
    CLICK = 2
    BOOKED = 3
    KEPT = 4
    OPTED_OUT = 5
    OPTED_IN = 6
    TASK_DONE = 7
    LAUNCH = 8
    PAUSE = 9
    RESUME = 10
    CANCELLED = 11
    SLOT_OPENED = 12
    SLOT_CLOSED = 13
    CAPACITY = 14
    WITHDRAW = 15
    STOP = 30
    BROKEN = 29
    CONSENT = 20
    NUMBER_CHECKED = 21
    CONTACT_CHANGED = 22
    MERGED = 23
    MOVED = 24
    LEFT = 25
    DECEASED = 26
    FORGET = 27
    SETTING = 28
    CONTACTED = 18
    RESTORED_READY = 19
    DELIVERED = 16
    UNDELIVERED = 17


class Hold(IntEnum):
    """Why somebody is held. Names: wb_hold_name."""

    NONE = 0
    PAUSED = 1
    OPTED_OUT = 2
    NO_PERMISSION = 3
    NO_ADDRESS = 4
    BAD_ADDRESS = 5
    MINOR = 6
    AGE_UNKNOWN = 7
    NOT_SEEN = 8
    HOURS = 9
    CAP = 10
    CAPACITY = 11
    FACTS = 12
    RENDER = 13
    DEFINITION = 14
    ZONE = 15
    DESK = 16
    NUMBER_CHECK = 17
    NOT_WRITTEN = 18
    PREFERENCE = 19
    OFFER = 20
    HOUSEHOLD = 21
    LATE = 22
    ADMISSIONS = 23


class EnrollmentState(IntEnum):
    """States of an enrolment."""

    WAITING = 1
    HELD = 2
    CLAIMED = 3
    ENDED = 4


class PageFormat(IntEnum):
    """What is written, and how."""

    HTML = 0
    JSON = 1
    POSTCARD = 2


class OpeningState(IntEnum):
    """States of an opening."""

    OPEN = 1
    OFFERING = 2
    TENTATIVE = 3
    CONFIRMED = 4
    EXPIRED = 5


class DeskList(IntEnum):
    """The desk's lists."""

    OUTREACH = 1
    INBOX = 2
    NOW = 3
    VISITS = 4


class Signal(IntEnum):
    """Signs of interest, as bits."""

    OPENING_GONE = 1
    ASKS_CALL = 2
    ASKS_VISIT = 4
    ASKS_PRICE = 8
    CLICKED = 16


class TaskOutcome(IntEnum):
    """What became of a task: `outcome` of WB_INPUT_TASK_DONE. Of a call that has left its list by
    then counts what it told of the patient: from WB_TASK_WRONG_NUMBER on."""

    DONE = 0
    BOOKED = 1
    LATER = 2
    NO_ANSWER = 3
    VOICEMAIL = 4
    WRONG_NUMBER = 5
    REFUSED = 6
    MOVED = 7
    DECEASED = 8


class VerdictKind(IntEnum):
    """What the numbers show."""

    NOTHING_YET = 0
    NO_DIFFERENCE = 1
    MORE = 2
    LESS = 3


__all__ = [
    "StatusCode",
    "MessageClass",
    "LawKind",
    "RecareKind",
    "RecareBand",
    "ProcedureStatus",
    "TreatmentAge",
    "CrownConvention",
    "PeriodKind",
    "ClaimStatus",
    "LimitKind",
    "LimitScope",
    "Kind",
    "Presence",
    "Class",
    "Truth",
    "Recipient",
    "Register",
    "Severity",
    "SmsEncoding",
    "LinkPurpose",
    "OfferConsent",
    "OfferOutcome",
    "MatchReason",
    "ContactKind",
    "ConsentLevel",
    "NumberCheck",
    "ContactChange",
    "Intent",
    "ActionKind",
    "Channel",
    "OutcomeKind",
    "Cause",
    "LookAnswer",
    "ActionState",
    "InputKind",
    "Hold",
    "EnrollmentState",
    "PageFormat",
    "OpeningState",
    "DeskList",
    "Signal",
    "TaskOutcome",
    "VerdictKind",
]
