# SPDX-License-Identifier: MIT
"""Values, and constants. Made by bindings/generate.py from the headers.

Texts that are absent are "", bytes b"", days, instants and amounts None. A number of an
enumeration that a newer library made stays a number.
"""

from __future__ import annotations

import datetime

from ._value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .enumerations import *
else:
    def __getattr__(name):
        """An enumeration. All are made when one is first named: that takes as long as a third of an import."""
        if name not in ENUMERATIONS:
            raise AttributeError(f"module {__package__!r} has no attribute {name!r}")
        import sys

        from . import enumerations

        made = {each: getattr(enumerations, each) for each in ENUMERATIONS}
        for module in (__name__, __package__):
            vars(sys.modules[module]).update(made)
        return made[name]

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
UNSUBSCRIBE_POST = 'List-Unsubscribe=One-Click'
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


class Interval(Value):
    """Years, months, weeks and days, each 0 to 65,535; added in this order."""

    years: int

    months: int

    weeks: int

    days: int

    def __init__(
        self,
        years: int = 0,
        months: int = 0,
        weeks: int = 0,
        days: int = 0,
    ) -> None:
        self.__dict__.update(
            years=years,
            months=months,
            weeks=weeks,
            days=days,
        )


class Window(Value):
    """A window of local time."""

    weekdays: int
    """The days on which it begins, 1 << 1 Monday to 1 << 7 Sunday."""

    from_: int
    """Second of the day, 0 to 86,400."""

    to: int
    """Second of the day, excluded; before `from`: of the next day."""

    def __init__(
        self,
        weekdays: int = 0,
        from_: int = 0,
        to: int = 0,
    ) -> None:
        self.__dict__.update(
            weekdays=weekdays,
            from_=from_,
            to=to,
        )


class LawQuestion(Value):
    """When may a message go out?"""

    at: datetime.datetime | None
    """Not before this instant."""

    regions: str
    """Candidate regions, ISO 3166-2, with a space or comma between: "US-PA", "US-PA US-NJ", "US";
    may be NULL with length 0."""

    hours: tuple[Window, ...]
    """Hours of the location, which bind too; NULL with count 0."""

    preference: tuple[Window, ...]
    """Hours that the patient prefers, which bind too."""

    message_class: MessageClass | int
    """enum wb_message_class."""

    def __init__(
        self,
        at: datetime.datetime | None = None,
        regions: str = "",
        hours: tuple[Window, ...] = (),
        preference: tuple[Window, ...] = (),
        message_class: MessageClass | int = 0,
    ) -> None:
        self.__dict__.update(
            at=at,
            regions=regions,
            hours=hours,
            preference=preference,
            message_class=message_class,
        )


class LawAnswer(Value):
    """The first stretch of time that is open. Text is valid as long as the law is."""

    flags: int
    """WB_LAW_CLOSED, WB_LAW_STALE, WB_LAW_NOWHERE, WB_LAW_UNCERTAIN."""

    open_at: datetime.datetime | None
    """First open instant at or after `at`: `at` itself when that is open."""

    until: datetime.datetime | None
    """First closed instant after it, at most 14 days after `open_at`."""

    rule: str
    """Id of the rule that closes at `until`; "" when none does."""

    held_by: str
    """Id of the rule that was the last to open; "" when open at `at`. Of both: "hours",
    "preference", and "no-rule" where the pack has no window."""

    def __init__(
        self,
        flags: int = 0,
        open_at: datetime.datetime | None = None,
        until: datetime.datetime | None = None,
        rule: str = "",
        held_by: str = "",
    ) -> None:
        self.__dict__.update(
            flags=flags,
            open_at=open_at,
            until=until,
            rule=rule,
            held_by=held_by,
        )


class LawRule(Value):
    """One rule of a pack. Text is NUL-terminated and valid as long as the law is."""

    amount: int
    """Of a cap: messages; of an opt-out: business days; of a value: cents; of a disclosure: basis
    points; of a majority: years; of a term: months; else 0."""

    seconds: int
    """Of a cap or value: in how many seconds; else 0."""

    id: str
    """Unique in its pack."""

    pack: str
    """Name of the pack."""

    version: str
    """Version of the pack."""

    source: str
    """Statute, regulation, or convention."""

    name: str
    """Of a consent: what is needed; of keywords: the set; of a value: what; of a disclosure: its
    id; of a term: what from; else ""."""

    words: str
    """Of keywords: the words, one a line; of a disclosure: what it says; else ""."""

    effective_from: datetime.date | None
    """First day in force."""

    effective_to: datetime.date | None
    """Last day in force; WB_DATE_NONE: open."""

    review_by: datetime.date | None
    """Of the pack."""

    kind: LawKind | int
    """enum wb_law_kind."""

    classes: int
    """Bits, 1 << enum wb_message_class."""

    confidence: int
    """'V' text seen, 'S' one summary, 'K' known but not opened, 'C' sources disagree, 'M' absence
    not proven, 'O' our own convention."""

    channels: int
    """Bits, 1 << enum wb_channel."""

    def __init__(
        self,
        amount: int = 0,
        seconds: int = 0,
        id: str = "",
        pack: str = "",
        version: str = "",
        source: str = "",
        name: str = "",
        words: str = "",
        effective_from: datetime.date | None = None,
        effective_to: datetime.date | None = None,
        review_by: datetime.date | None = None,
        kind: LawKind | int = 0,
        classes: int = 0,
        confidence: int = 0,
        channels: int = 0,
    ) -> None:
        self.__dict__.update(
            amount=amount,
            seconds=seconds,
            id=id,
            pack=pack,
            version=version,
            source=source,
            name=name,
            words=words,
            effective_from=effective_from,
            effective_to=effective_to,
            review_by=review_by,
            kind=kind,
            classes=classes,
            confidence=confidence,
            channels=channels,
        )


class RecareHistory(Value):
    """What the record says about one patient; dates that are not known are WB_DATE_NONE."""

    flags: int
    """WB_RECARE_HAS_PROPHY, WB_RECARE_HAS_PERIO."""

    prophy_interval: Interval | None
    """Of the prophy recall; NULL: none."""

    perio_interval: Interval | None
    """Of the perio recall; NULL: none."""

    last_prophy: datetime.date | None
    """Latest prophy trigger."""

    last_perio: datetime.date | None
    """Latest perio trigger of any kind (D4910, D4341, D4342)."""

    last_scaling: datetime.date | None
    """Latest D4341 or D4342: evidence for the advice."""

    manual_due: datetime.date | None
    """A due date set by hand."""

    manual_since: datetime.date | None
    """Trigger it was set after: a later one ends it. When not known, a trigger on or after the
    manual date ends it."""

    birth: datetime.date | None
    """For the child flag."""

    def __init__(
        self,
        flags: int = 0,
        prophy_interval: Interval | None = None,
        perio_interval: Interval | None = None,
        last_prophy: datetime.date | None = None,
        last_perio: datetime.date | None = None,
        last_scaling: datetime.date | None = None,
        manual_due: datetime.date | None = None,
        manual_since: datetime.date | None = None,
        birth: datetime.date | None = None,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            prophy_interval=prophy_interval,
            perio_interval=perio_interval,
            last_prophy=last_prophy,
            last_perio=last_perio,
            last_scaling=last_scaling,
            manual_due=manual_due,
            manual_since=manual_since,
            birth=birth,
        )


class RecareSettings(Value):
    """Conventions that a practice can change; zero fields and NULL mean the default."""

    prophy_interval: Interval | None
    """Default 6m1d."""

    perio_interval: Interval | None
    """Default 4m."""

    child_age: int
    """Under this age a child; default 12."""

    edges: tuple[int, ...]
    """Months where the bands change; default 6, 9, 12."""

    def __init__(
        self,
        prophy_interval: Interval | None = None,
        perio_interval: Interval | None = None,
        child_age: int = 0,
        edges: tuple[int, ...] = (),
    ) -> None:
        self.__dict__.update(
            prophy_interval=prophy_interval,
            perio_interval=perio_interval,
            child_age=child_age,
            edges=edges,
        )


class Recare(Value):
    """Where a patient stands."""

    flags: int
    """WB_RECARE_CHILD, WB_RECARE_ADVISE_PERIO."""

    kind: RecareKind | int
    """enum wb_recare_kind, never NONE."""

    recorded_kind: int
    """Of the record's recalls (perio first); NONE without one."""

    last: datetime.date | None
    """WB_DATE_NONE: never seen."""

    due: datetime.date | None
    """WB_DATE_NONE: never seen and no manual date."""

    overdue_months: int
    """0 when not yet due; -1 never seen."""

    band: RecareBand | int
    """enum wb_recare_band."""

    evidence: int
    """With WB_RECARE_ADVISE_PERIO: WB_EVIDENCE_RECENT, _SCALING."""

    evidence_on: datetime.date | None
    """Latest perio care, with evidence; else WB_DATE_NONE."""

    def __init__(
        self,
        flags: int = 0,
        kind: RecareKind | int = 0,
        recorded_kind: int = 0,
        last: datetime.date | None = None,
        due: datetime.date | None = None,
        overdue_months: int = 0,
        band: RecareBand | int = 0,
        evidence: int = 0,
        evidence_on: datetime.date | None = None,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            kind=kind,
            recorded_kind=recorded_kind,
            last=last,
            due=due,
            overdue_months=overdue_months,
            band=band,
            evidence=evidence,
            evidence_on=evidence_on,
        )


class Code(Value):
    """What a host says of a code of its own, or of one that it reads otherwise."""

    code: str
    """As the practice writes it; case and blanks around do not count."""

    standard: str
    """Counts as this code ("D2740"); empty: as none."""

    group: str
    """Is in this group; empty: that of `standard`."""

    from_: datetime.date | None
    """First date of service; WB_DATE_NONE: open."""

    until: datetime.date | None
    """Last date of service; WB_DATE_NONE: open."""

    def __init__(
        self,
        code: str = "",
        standard: str = "",
        group: str = "",
        from_: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> None:
        self.__dict__.update(
            code=code,
            standard=standard,
            group=group,
            from_=from_,
            until=until,
        )


class Group(Value):
    """What a code means."""

    flags: int
    """WB_GROUP_NOT_IN_FORCE."""

    name: str
    """"crown": the library's, or the `group` of the host's table."""

    words: str
    """In plain words, NUL-terminated; "" for a group of the host."""

    code: int
    """The number, 2740 of "D2740"; 0: none."""

    id: int
    """Equal for equal groups, 1 and up; of this build and table only."""

    def __init__(
        self,
        flags: int = 0,
        name: str = "",
        words: str = "",
        code: int = 0,
        id: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            name=name,
            words=words,
            code=code,
            id=id,
        )


class CodeRange(Value):
    """Codes from one number to another, both included: {1110, 1110} is D1110."""

    first: int

    last: int

    def __init__(
        self,
        first: int = 0,
        last: int = 0,
    ) -> None:
        self.__dict__.update(
            first=first,
            last=last,
        )


class Procedure(Value):
    """One procedure of a patient."""

    flags: int
    """WB_PROCEDURE_PREFERRED, _RESTRICTED, _UNPAID."""

    teeth: int
    """Of wb_teeth_parse(); 0: the record names no place."""

    provider: int
    """Any number that stands for who did it; 0: not known."""

    code: int
    """`code` of wb_group_find(); 0: none."""

    group: int
    """`id` of wb_group_find(); 0: none."""

    status: ProcedureStatus | int
    """enum wb_procedure_status."""

    date: datetime.date | None
    """Of service; of a planned one, when it was diagnosed."""

    visit: datetime.date | None
    """Of the visit with status scheduled that holds it; or WB_DATE_NONE."""

    alternative: int
    """The same number for alternatives of each other; 0: there are none."""

    def __init__(
        self,
        flags: int = 0,
        teeth: int = 0,
        provider: int = 0,
        code: int = 0,
        group: int = 0,
        status: ProcedureStatus | int = 0,
        date: datetime.date | None = None,
        visit: datetime.date | None = None,
        alternative: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            teeth=teeth,
            provider=provider,
            code=code,
            group=group,
            status=status,
            date=date,
            visit=visit,
            alternative=alternative,
        )


class Treatment(Value):
    """Where a planned procedure stands."""

    flags: int
    """WB_TREATMENT_PLANNED, _SCHEDULED, _SUPERSEDED, _OPEN."""

    age: TreatmentAge | int
    """enum wb_treatment_age."""

    months: int
    """Whole months since it was diagnosed; -1: no date is known."""

    def __init__(
        self,
        flags: int = 0,
        age: TreatmentAge | int = 0,
        months: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            age=age,
            months=months,
        )


class Unfinished(Value):
    """Something begun and not finished."""

    flags: int
    """WB_UNFINISHED_INSTEAD."""

    kind: str
    """Id of the pair, "endo_uncrowned"; NUL-terminated, valid for ever."""

    needs: str
    """What finishes it, in plain words; likewise."""

    teeth: int
    """Where; of srp_partial what is left; 0: not said."""

    started: datetime.date | None
    """When it began."""

    since: datetime.date | None
    """First day it counts: the wait is over."""

    index: int
    """Of the start in the procedures."""

    def __init__(
        self,
        flags: int = 0,
        kind: str = "",
        needs: str = "",
        teeth: int = 0,
        started: datetime.date | None = None,
        since: datetime.date | None = None,
        index: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            kind=kind,
            needs=needs,
            teeth=teeth,
            started=started,
            since=since,
            index=index,
        )


class Plan(Value):
    """What is known of a coverage. Dates that are not known are WB_DATE_NONE."""

    kind: PeriodKind | int
    """enum wb_period_kind."""

    month: int
    """Plan year: first month, 1 to 12."""

    day: int
    """Plan year: first day, cut to the month; 0: 1."""

    months: int
    """Rolling, interval: how many months;"""

    days: int
    """interval: or how many days."""

    expiring_days: int
    """Days at the end that count as expiring; 0: 121, calendar (from 1 September), 90 otherwise."""

    renewed_days: int
    """Days at the start that count as renewed; 0: 59."""

    data_days: int
    """Days for which data are good; 0: 30."""

    effective: datetime.date | None
    """First day of the coverage."""

    terminates: datetime.date | None
    """Last day of the coverage."""

    verified: datetime.date | None
    """Day of the data."""

    def __init__(
        self,
        kind: PeriodKind | int = 0,
        month: int = 0,
        day: int = 0,
        months: int = 0,
        days: int = 0,
        expiring_days: int = 0,
        renewed_days: int = 0,
        data_days: int = 0,
        effective: datetime.date | None = None,
        terminates: datetime.date | None = None,
        verified: datetime.date | None = None,
    ) -> None:
        self.__dict__.update(
            kind=kind,
            month=month,
            day=day,
            months=months,
            days=days,
            expiring_days=expiring_days,
            renewed_days=renewed_days,
            data_days=data_days,
            effective=effective,
            terminates=terminates,
            verified=verified,
        )


class Period(Value):
    """A benefit period."""

    flags: int
    """WB_PERIOD_UNKNOWN, _OUTSIDE, _EXPIRING, _RENEWED, _STALE."""

    first: datetime.date | None
    """WB_DATE_NONE: open, unknown or outside."""

    last: datetime.date | None
    """Likewise."""

    def __init__(
        self,
        flags: int = 0,
        first: datetime.date | None = None,
        last: datetime.date | None = None,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            first=first,
            last=last,
        )


class Claim(Value):
    """One line of a claim."""

    flags: int
    """WB_CLAIM_APART."""

    paid: int | None
    """WB_CENTS_NONE: not known."""

    estimated: int | None
    """Likewise; of a claim without an answer."""

    status: ClaimStatus | int
    """enum wb_claim_status."""

    date: datetime.date | None
    """Of service."""

    def __init__(
        self,
        flags: int = 0,
        paid: int | None = None,
        estimated: int | None = None,
        status: ClaimStatus | int = 0,
        date: datetime.date | None = None,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            paid=paid,
            estimated=estimated,
            status=status,
            date=date,
        )


class Usage(Value):
    """What was used of a maximum, and what is left. WB_CENTS_NONE: not known."""

    flags: int
    """WB_USAGE_MAX_USED."""

    used: int | None
    """Paid within the period."""

    pending: int | None
    """Estimated within the period."""

    remaining: int | None
    """Not below 0, not above the maximum."""

    def __init__(
        self,
        flags: int = 0,
        used: int | None = None,
        pending: int | None = None,
        remaining: int | None = None,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            used=used,
            pending=pending,
            remaining=remaining,
        )


class Limit(Value):
    """One limit of a coverage. Zero means none, or the default."""

    flags: int
    """WB_LIMIT_EXCLUSIVE, WB_LIMIT_TO_THE_MONTH."""

    codes: tuple[CodeRange, ...]
    """What it counts together; NULL: every service."""

    kind: LimitKind | int
    """enum wb_limit_kind."""

    count: int
    """How often, at most 64; 0: once."""

    years: int
    """Of year kinds; 0: 1."""

    months: int
    """Interval or waiting period;"""

    days: int
    """added after the months."""

    month: int
    """First of the plan year; 0: 1."""

    day: int
    """Likewise, cut to the month; 0: 1."""

    scope: LimitScope | int
    """enum wb_limit_scope."""

    age_from: int
    """Not under this age."""

    age_through: int
    """Not over this age: through the day before the next birthday; 0: no limit."""

    level: int
    """Of the limits of one sort (frequency, age, waiting) that apply, only those of the highest
    level count: a patient's own over the plan's, one of a code over one of a category."""

    effective: datetime.date | None
    """First day of the coverage, or WB_DATE_NONE."""

    terminates: datetime.date | None
    """Last day of the coverage, or WB_DATE_NONE."""

    def __init__(
        self,
        flags: int = 0,
        codes: tuple[CodeRange, ...] = (),
        kind: LimitKind | int = 0,
        count: int = 0,
        years: int = 0,
        months: int = 0,
        days: int = 0,
        month: int = 0,
        day: int = 0,
        scope: LimitScope | int = 0,
        age_from: int = 0,
        age_through: int = 0,
        level: int = 0,
        effective: datetime.date | None = None,
        terminates: datetime.date | None = None,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            codes=codes,
            kind=kind,
            count=count,
            years=years,
            months=months,
            days=days,
            month=month,
            day=day,
            scope=scope,
            age_from=age_from,
            age_through=age_through,
            level=level,
            effective=effective,
            terminates=terminates,
        )


class Service(Value):
    """What is to be done, and when at the earliest."""

    teeth: int
    """Of wb_teeth_parse(); 0: not said, counts as everywhere."""

    code: int
    """Limits with its code apply; 0: all do."""

    from_: datetime.date | None
    """First day that is asked for."""

    birth: datetime.date | None
    """For ages; or WB_DATE_NONE."""

    def __init__(
        self,
        teeth: int = 0,
        code: int = 0,
        from_: datetime.date | None = None,
        birth: datetime.date | None = None,
    ) -> None:
        self.__dict__.update(
            teeth=teeth,
            code=code,
            from_=from_,
            birth=birth,
        )


class Covered(Value):
    """When a service is covered."""

    flags: int
    """WB_COVERED_NEVER, WB_COVERED_UNKNOWN."""

    date: datetime.date | None
    """The first day; WB_DATE_NONE with a flag."""

    limit: int
    """Which limit decided; UINT32_MAX: none, it is the day asked for."""

    def __init__(
        self,
        flags: int = 0,
        date: datetime.date | None = None,
        limit: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            date=date,
            limit=limit,
        )


class Field(Value):
    """One field of the dictionary; text is borrowed from the schema. Of a list, `domain` and absent
    elements are as the list's."""

    name: str
    """"recare.band", NUL-terminated."""

    domain: str
    """Values of an enumeration, separated by '|'; NULL: not one."""

    about: str
    """One sentence."""

    type: Kind | int
    """enum wb_kind."""

    presence: Presence | int
    """enum wb_presence."""

    class_: Class | int
    """enum wb_class."""

    element: int
    """Of a list, kind of its elements: a scalar's, or WB_RECORD; else 0."""

    list: int
    """Out: 1 + index of the list whose elements have this field; 0: none."""

    most: int
    """Of a list, how many elements it has at most; 0: 1,000. Else 0."""

    def __init__(
        self,
        name: str = "",
        domain: str = "",
        about: str = "",
        type: Kind | int = 0,
        presence: Presence | int = 0,
        class_: Class | int = 0,
        element: int = 0,
        list: int = 0,
        most: int = 0,
    ) -> None:
        self.__dict__.update(
            name=name,
            domain=domain,
            about=about,
            type=type,
            presence=presence,
            class_=class_,
            element=element,
            list=list,
            most=most,
        )


class Column(Value):
    """One column of one of the tables that a host can add; text is valid for ever."""

    flags: int
    """Out: WB_COLUMN_NEEDED, WB_COLUMN_CENTS."""

    table: str
    """"patients", NUL-terminated."""

    name: str
    """"first_name", likewise."""

    domain: str
    """Values of an enumeration, separated by '|'; NULL: not one."""

    about: str
    """One sentence."""

    type: int
    """WB_TEXT, WB_BOOL, WB_INT, WB_DATE; WB_TIME: a clock time of the location, or an instant."""

    place: int
    """Which one of its table, from 0."""

    def __init__(
        self,
        flags: int = 0,
        table: str = "",
        name: str = "",
        domain: str = "",
        about: str = "",
        type: int = 0,
        place: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            table=table,
            name=name,
            domain=domain,
            about=about,
            type=type,
            place=place,
        )


class Verdict(Value):
    """Outcome for one patient."""

    truth: Truth | int
    """enum wb_truth."""

    missing_count: int
    """Fields that were missing; may exceed WB_VERDICT_MISSING."""

    missing: tuple[int, ...]
    """Their indices, each once, in order of meeting."""

    def __init__(
        self,
        truth: Truth | int = 0,
        missing_count: int = 0,
        missing: tuple[int, ...] = (),
    ) -> None:
        self.__dict__.update(
            truth=truth,
            missing_count=missing_count,
            missing=missing,
        )


class Tally(Value):
    """How many patients a rule selects."""

    yes: int
    """Selected."""

    no: int
    """Not selected."""

    unknown: int
    """Not selected: a needed field is missing."""

    failed: int
    """Not selected: the rule has no value, or a cell cannot be read."""

    def __init__(
        self,
        yes: int = 0,
        no: int = 0,
        unknown: int = 0,
        failed: int = 0,
    ) -> None:
        self.__dict__.update(
            yes=yes,
            no=no,
            unknown=unknown,
            failed=failed,
        )


class TemplateOptions(Value):
    """What a template is made for."""

    channel: str
    """"sms", …; NUL-terminated."""

    language: str
    """"en" or "es", in which filters write; NULL: "en"."""

    recipient: Recipient | int
    """enum wb_recipient."""

    register_: Register | int
    """enum wb_register."""

    def __init__(
        self,
        channel: str = "",
        language: str = "",
        recipient: Recipient | int = 0,
        register_: Register | int = 0,
    ) -> None:
        self.__dict__.update(
            channel=channel,
            language=language,
            recipient=recipient,
            register_=register_,
        )


class TemplateInfo(Value):
    """What is known of a template before there is a patient."""

    classes: int
    """Classes of the fields that it reads, 1 << enum wb_class."""

    segments_most: int
    """Of an SMS: no message has more, were there no limit; else 0."""

    segments_least: int
    """Of an SMS: no message has fewer; else 0."""

    replaced: int
    """Of an SMS: typographic characters of the text that were made plain, so that it fits GSM-7:
    tell the author."""

    line: int
    """Of the first of them; 0: none."""

    column: int
    """Of the first of them; 0: none."""

    message_class: MessageClass | int
    """enum wb_message_class that its words and fields make it; at least WB_MESSAGE_CARE is for the
    campaign to say."""

    def __init__(
        self,
        classes: int = 0,
        segments_most: int = 0,
        segments_least: int = 0,
        replaced: int = 0,
        line: int = 0,
        column: int = 0,
        message_class: MessageClass | int = 0,
    ) -> None:
        self.__dict__.update(
            classes=classes,
            segments_most=segments_most,
            segments_least=segments_least,
            replaced=replaced,
            line=line,
            column=column,
            message_class=message_class,
        )


class LintOptions(Value):
    """What a text is held against. Texts are NUL-terminated."""

    flags: int
    """WB_LINT_FRAGMENT, WB_LINT_DETAIL."""

    channel: str
    """"sms", "email.subject", "email.preheader", "email.text", "email.html", "postcard",
    "voicemail", "letter", "call", "page.public", "page.secure"; NULL:  "sms". A template has its
    own."""

    language: str
    """"en" or "es": what opts out, and of the advice. NULL: the template's, of a text "en"."""

    names: tuple[str, ...]
    """What the practice and its locations are called."""

    phones: tuple[str, ...]
    """Their telephone numbers, written in any way."""

    hosts: tuple[str, ...]
    """Hosts that links may lead to, besides those of the template's policy; none at all: any."""

    address: str
    """Postal address as texts write it, or NULL."""

    allowed: tuple[str, ...]
    """Phrases in which nothing counts: what the practice may say."""

    banned: tuple[str, ...]
    """Phrases that it does not want said: the rule "practice.word"."""

    message_class: MessageClass | int
    """enum wb_message_class that is declared; 0: care. What raises a text to that class is no
    finding."""

    def __init__(
        self,
        flags: int = 0,
        channel: str = "",
        language: str = "",
        names: tuple[str, ...] = (),
        phones: tuple[str, ...] = (),
        hosts: tuple[str, ...] = (),
        address: str = "",
        allowed: tuple[str, ...] = (),
        banned: tuple[str, ...] = (),
        message_class: MessageClass | int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            channel=channel,
            language=language,
            names=names,
            phones=phones,
            hosts=hosts,
            address=address,
            allowed=allowed,
            banned=banned,
            message_class=message_class,
        )


class Finding(Value):
    """One finding. Its texts are valid for ever."""

    rule: str
    """"clinical.gums"."""

    message: str
    """What is wrong, for people."""

    suggestion: str
    """What to write instead."""

    line: int
    """From 1; what is missing is at the end of the text."""

    column: int
    """In bytes, from 1."""

    length: int
    """In bytes; 0: what is missing."""

    severity: Severity | int
    """enum wb_severity."""

    def __init__(
        self,
        rule: str = "",
        message: str = "",
        suggestion: str = "",
        line: int = 0,
        column: int = 0,
        length: int = 0,
        severity: Severity | int = 0,
    ) -> None:
        self.__dict__.update(
            rule=rule,
            message=message,
            suggestion=suggestion,
            line=line,
            column=column,
            length=length,
            severity=severity,
        )


class Sms(Value):
    """What a text takes as an SMS."""

    units: int
    """Septets, or units of 16 bits."""

    segments: int
    """1 or more."""

    encoding: SmsEncoding | int
    """enum wb_sms_encoding."""

    foreign: int
    """UCS-2: byte offset of the first character that GSM-7 does not have."""

    def __init__(
        self,
        units: int = 0,
        segments: int = 0,
        encoding: SmsEncoding | int = 0,
        foreign: int = 0,
    ) -> None:
        self.__dict__.update(
            units=units,
            segments=segments,
            encoding=encoding,
            foreign=foreign,
        )


class LinkKey(Value):
    """A key of the host that signs tokens."""

    data: bytes
    """Random bytes that the host keeps; 32 is a good number."""

    id: int
    """0 to 255: tells it from the key before it."""

    def __init__(
        self,
        data: bytes = b"",
        id: int = 0,
    ) -> None:
        self.__dict__.update(
            data=data,
            id=id,
        )


class Link(Value):
    """What a token says."""

    expires: datetime.datetime | None
    """From then on it is worth nothing; after 1970, before 2106-02-07."""

    handle: bytes
    """Random, or the first half of an id; never made from a patient's data."""

    purpose: LinkPurpose | int
    """enum wb_link_purpose."""

    key: int
    """Id of the key; wb_link_make() takes that of its key instead."""

    def __init__(
        self,
        expires: datetime.datetime | None = None,
        handle: bytes = b"",
        purpose: LinkPurpose | int = 0,
        key: int = 0,
    ) -> None:
        self.__dict__.update(
            expires=expires,
            handle=handle,
            purpose=purpose,
            key=key,
        )


class OfferInfo(Value):
    """What an offer is; text is NUL-terminated and borrowed from the offer."""

    flags: int
    """WB_OFFER_CASH_LIKE or 0."""

    price: int | None
    """What the patient pays."""

    regular: int | None
    """The regular fee."""

    value: int | None
    """What it is worth to the patient, for the federal rule."""

    what: str
    """What it is."""

    includes: str
    """What is included: "one visit, a brush"."""

    excludes: str
    """What is not, likewise."""

    reviewer: str
    """Who reviewed it."""

    paid_by: str
    """A third party that pays for the message; "": none."""

    canonical: str
    """The canonical form: what the content id is made of."""

    content_id: bytes
    """32 bytes."""

    first: datetime.date | None
    """First day."""

    last: datetime.date | None
    """Last day."""

    reviewed: datetime.date | None
    """When it was reviewed; no later than the first day."""

    basis_points: int
    """What is taken off the regular fee, rounded up."""

    def __init__(
        self,
        flags: int = 0,
        price: int | None = None,
        regular: int | None = None,
        value: int | None = None,
        what: str = "",
        includes: str = "",
        excludes: str = "",
        reviewer: str = "",
        paid_by: str = "",
        canonical: str = "",
        content_id: bytes = b"",
        first: datetime.date | None = None,
        last: datetime.date | None = None,
        reviewed: datetime.date | None = None,
        basis_points: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            price=price,
            regular=regular,
            value=value,
            what=what,
            includes=includes,
            excludes=excludes,
            reviewer=reviewer,
            paid_by=paid_by,
            canonical=canonical,
            content_id=content_id,
            first=first,
            last=last,
            reviewed=reviewed,
            basis_points=basis_points,
        )


class OfferUse(Value):
    """How an offer would be made."""

    flags: int
    """WB_OFFER_AUTOMATED, WB_OFFER_AUTHORIZED."""

    given: int | None
    """What the patient was given in the last 366 days, as the law counts it."""

    consent: OfferConsent | int
    """enum wb_offer_consent, for offers on this channel."""

    def __init__(
        self,
        flags: int = 0,
        given: int | None = None,
        consent: OfferConsent | int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            given=given,
            consent=consent,
        )


class OfferVerdict(Value):
    """Outcome of wb_offer_test; text is borrowed from the law."""

    rule: str
    """Id of the rule of law that decided; "" when none did."""

    outcome: OfferOutcome | int
    """enum wb_offer_outcome."""

    def __init__(
        self,
        rule: str = "",
        outcome: OfferOutcome | int = 0,
    ) -> None:
        self.__dict__.update(
            rule=rule,
            outcome=outcome,
        )


class CampaignInfo(Value):
    """What a campaign is; text is borrowed from the campaign."""

    name: str
    """"hygiene-recare", NUL-terminated, at most 64 bytes."""

    title: str
    """For people, NUL-terminated."""

    canonical: str
    """The canonical form: what the content id is made of."""

    content_id: bytes
    """32 bytes."""

    segments: int
    """Number of segments."""

    steps: int
    """Number of steps."""

    texts: int
    """Number of texts."""

    touches: int
    """Messages at most in one entry, its own number or 6."""

    rest_days: int
    """Days after an entry before the next, its own number or 90."""

    def __init__(
        self,
        name: str = "",
        title: str = "",
        canonical: str = "",
        content_id: bytes = b"",
        segments: int = 0,
        steps: int = 0,
        texts: int = 0,
        touches: int = 0,
        rest_days: int = 0,
    ) -> None:
        self.__dict__.update(
            name=name,
            title=title,
            canonical=canonical,
            content_id=content_id,
            segments=segments,
            steps=steps,
            texts=texts,
            touches=touches,
            rest_days=rest_days,
        )


class CampaignStatus(Value):
    """A definition of a campaign in a practice (wb_practice_campaigns); text is lent until the next
    call."""

    flags: int
    """WB_CAMPAIGN_…"""

    name: str
    """Campaign name, NUL-terminated."""

    canonical: str
    """The canonical form."""

    content_id: bytes
    """32 bytes."""

    inside: int
    """How many are inside, by this definition."""

    def __init__(
        self,
        flags: int = 0,
        name: str = "",
        canonical: str = "",
        content_id: bytes = b"",
        inside: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            name=name,
            canonical=canonical,
            content_id=content_id,
            inside=inside,
        )


class Match(Value):
    """Outcome of wb_campaign_match; text is borrowed from the campaign."""

    segment: str
    """Name of the segment, or NULL."""

    reason: str
    """Name of the exclusion or exit, or NULL."""

    outcome: MatchReason | int
    """enum wb_match_reason."""

    priority: int
    """Index of the segment: lower is let in first; -1: none."""

    missing: int
    """With WB_MATCH_UNKNOWN: index of the first missing field."""

    def __init__(
        self,
        segment: str = "",
        reason: str = "",
        outcome: MatchReason | int = 0,
        priority: int = 0,
        missing: int = 0,
    ) -> None:
        self.__dict__.update(
            segment=segment,
            reason=reason,
            outcome=outcome,
            priority=priority,
            missing=missing,
        )


class Consent(Value):
    """What is on record of a patient at a contact point. Text is borrowed until the next call."""

    flags: int
    """WB_CONTACT_OPTED_OUT… of the contact point, for everybody there."""

    at: datetime.datetime | None
    """Since when; WB_TIME_NONE: nothing is on record."""

    flagged_at: datetime.datetime | None
    """When the flags changed last; WB_TIME_NONE: never."""

    answered: datetime.datetime | None
    """The last answer from there; WB_TIME_NONE: never."""

    checked: datetime.datetime | None
    """When it was last checked and was the same; WB_TIME_NONE: never."""

    source: str
    """Where it comes from: "form"; "": not known."""

    wording: str
    """Id of the words that were agreed to; "": not known."""

    level: ConsentLevel | int
    """enum wb_consent_level."""

    def __init__(
        self,
        flags: int = 0,
        at: datetime.datetime | None = None,
        flagged_at: datetime.datetime | None = None,
        answered: datetime.datetime | None = None,
        checked: datetime.datetime | None = None,
        source: str = "",
        wording: str = "",
        level: ConsentLevel | int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            at=at,
            flagged_at=flagged_at,
            answered=answered,
            checked=checked,
            source=source,
            wording=wording,
            level=level,
        )


class Reply(Value):
    """How a reply is read."""

    flags: int
    """WB_REPLY_STOP or 0."""

    evidence: str
    """The kind of wording that decided: never the reply's own text."""

    intent: Intent | int
    """enum wb_intent."""

    also: int
    """A second meaning ("Stop, my mom passed"), or WB_INTENT_OTHER."""

    confidence: int
    """0 to 100; 0: not recognised."""

    def __init__(
        self,
        flags: int = 0,
        evidence: str = "",
        intent: Intent | int = 0,
        also: int = 0,
        confidence: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            evidence=evidence,
            intent=intent,
            also=also,
            confidence=confidence,
        )


class Action(Value):
    """One thing to do. All pointers are NUL-terminated and valid until the next poll or free."""

    _hidden = ('to', 'subject', 'preheader', 'text', 'html')

    at: datetime.datetime | None
    """When it was handed out."""

    deliver_by: datetime.datetime | None
    """No delivery may start at or after this instant."""

    campaign: str
    """Name of the campaign."""

    segment: str
    """Segment the patient entered by."""

    step: str
    """Id of the step."""

    template_: str
    """Name of the text."""

    patient: str
    """Patient key; may hold any bytes: see `patient_length`."""

    about: str
    """Key of the visit, opening or event it is about; or ""."""

    location: str
    """Location key."""

    to: str
    """Address as normalised; "" for a call task."""

    subject: str
    """E-mail subject; "" elsewhere."""

    preheader: str
    """The line that mail programs show beside the subject; or ""."""

    text: str
    """The message, or the note for staff."""

    html: str
    """The e-mail's part in HTML; "": it has none."""

    law: str
    """Id of the rule of law or convention that allowed the hour."""

    language: str
    """"en"."""

    reason: str
    """Of a call task: "clicked", "asks"; "" elsewhere."""

    id: bytes
    """The idempotency key."""

    contact: bytes
    """The contact point; zero for a call task."""

    kind: ActionKind | int
    """enum wb_action_kind."""

    channel: Channel | int
    """enum wb_channel."""

    attempt: int
    """From 1."""

    fallback: int
    """WB_OK, or why the neutral text had to stand in: WB_E_POLICY…"""

    segments: int
    """Of an SMS: how many are paid for; else 0."""

    encoding: SmsEncoding | int
    """Of an SMS: enum wb_sms_encoding; else 0."""

    def __init__(
        self,
        at: datetime.datetime | None = None,
        deliver_by: datetime.datetime | None = None,
        campaign: str = "",
        segment: str = "",
        step: str = "",
        template_: str = "",
        patient: str = "",
        about: str = "",
        location: str = "",
        to: str = "",
        subject: str = "",
        preheader: str = "",
        text: str = "",
        html: str = "",
        law: str = "",
        language: str = "",
        reason: str = "",
        id: bytes = b"",
        contact: bytes = b"",
        kind: ActionKind | int = 0,
        channel: Channel | int = 0,
        attempt: int = 0,
        fallback: int = 0,
        segments: int = 0,
        encoding: SmsEncoding | int = 0,
    ) -> None:
        self.__dict__.update(
            at=at,
            deliver_by=deliver_by,
            campaign=campaign,
            segment=segment,
            step=step,
            template_=template_,
            patient=patient,
            about=about,
            location=location,
            to=to,
            subject=subject,
            preheader=preheader,
            text=text,
            html=html,
            law=law,
            language=language,
            reason=reason,
            id=id,
            contact=contact,
            kind=kind,
            channel=channel,
            attempt=attempt,
            fallback=fallback,
            segments=segments,
            encoding=encoding,
        )


class Outcome(Value):
    """The answer to an action."""

    kind: OutcomeKind | int
    """enum wb_outcome_kind."""

    cause: Cause | int
    """enum wb_cause; of WB_NOT_SENT only."""

    def __init__(
        self,
        kind: OutcomeKind | int = 0,
        cause: Cause | int = 0,
    ) -> None:
        self.__dict__.update(
            kind=kind,
            cause=cause,
        )


class Look(Value):
    """The answer of a last look."""

    deliver_by: datetime.datetime | None
    """As the action has it."""

    reason: str
    """Why not: "opted_out", "booked", "responded", "put_off" (the visit), the name of a hold…; ""
    with go. Valid until the next call."""

    answer: LookAnswer | int
    """enum wb_look_answer."""

    hold: Hold | int
    """enum wb_hold, when it is one that says why not."""

    def __init__(
        self,
        deliver_by: datetime.datetime | None = None,
        reason: str = "",
        answer: LookAnswer | int = 0,
        hold: Hold | int = 0,
    ) -> None:
        self.__dict__.update(
            deliver_by=deliver_by,
            reason=reason,
            answer=answer,
            hold=hold,
        )


class Run(Value):
    """What a run did."""

    sent: int
    """Actions delivered."""

    not_sent: int
    """Actions not delivered, and known not to be."""

    unknown: int
    """Actions of which nobody knows."""

    def __init__(
        self,
        sent: int = 0,
        not_sent: int = 0,
        unknown: int = 0,
    ) -> None:
        self.__dict__.update(
            sent=sent,
            not_sent=not_sent,
            unknown=unknown,
        )


class ActionStatus(Value):
    """State of one action."""

    claimed_at: datetime.datetime | None
    """Last time it was handed out, resends apart."""

    deliver_by: datetime.datetime | None
    """Of that time."""

    id: bytes
    """The action."""

    state: ActionState | int
    """enum wb_action_state."""

    cause: Cause | int
    """enum wb_cause, of the last not_sent."""

    attempt: int
    """How often it was handed out."""

    def __init__(
        self,
        claimed_at: datetime.datetime | None = None,
        deliver_by: datetime.datetime | None = None,
        id: bytes = b"",
        state: ActionState | int = 0,
        cause: Cause | int = 0,
        attempt: int = 0,
    ) -> None:
        self.__dict__.update(
            claimed_at=claimed_at,
            deliver_by=deliver_by,
            id=id,
            state=state,
            cause=cause,
            attempt=attempt,
        )


class PracticeOptions(Value):
    """How a practice is made; everything is copied. Zero numbers mean the default."""

    flags: int
    """WB_PRACTICE_ALLOW_JUMP or 0."""

    secret: bytes
    """16 random bytes that the host keeps; never all zero."""

    key: str
    """The practice's key, at most WB_KEY_MAX bytes."""

    hours: tuple[Window, ...]
    """Hours of outreach inside the law, local to the patient's location; NULL, 0: Monday to Friday
    9:00-18:00, Saturday 10:00-14:00."""

    lease: int
    """Seconds from claim to deliver_by; default 600."""

    grace: int
    """Seconds after deliver_by until unknown; default 300."""

    stale_facts: int
    """Seconds after which facts are too old; default 86,400, but to ask about a visit or an opening
    14,400 at most. Those of over 300 seconds later than `now` are as good as too old."""

    per_day: int
    """Outreach messages a patient and local day, or 24 hours; default 1."""

    per_week: int
    """In 7 local days; default 2."""

    per_month: int
    """In 30 local days; default 4."""

    admissions: int
    """New patients a local day with hours, and location; default 25."""

    tasks_per_day: int
    """New calls on Outreach a local day and location; default 10."""

    tasks_open: int
    """Open calls on it at a location; default 30."""

    task_attempts: int
    """Calls without an answer after which one is given up; default 3."""

    task_spacing: int
    """Seconds between two of them at least; default 86,400."""

    task_days: int
    """Days after which a call is given up; default 14."""

    visits_per_day: int
    """New tasks on the list Visits likewise; default 20."""

    visits_open: int
    """Open tasks on it at a location; default 40."""

    chair_reserve: int
    """Percent of the chair time that is never promised; default 20."""

    slot_hold: int
    """Seconds that an opening is held for who accepts; default 7,200."""

    epoch: int
    """How often the practice was restored from an older backup: the host raises it and keeps it
    raised. See WB_INPUT_RESTORED_READY."""

    spread: int
    """Seconds after the beginning of the hours over which goes what fell due while they were
    closed; default 3,600; 1: it is not spread."""

    burst: int
    """So many messages a minute and location go at once all the same; default 30."""

    resend: int
    """Seconds for which the host keeps what it sent by the action's id and its provider takes that
    id for a key, so that the same again is delivered once: steps may resend what is unknown so
    long. 0: no."""

    look_again: int
    """Seconds after which somebody who is held for what the record says is looked at again, if
    nothing happens before; default 3,600."""

    write_format: int
    """Format of what is written: in a fleet the newest that its oldest library reads. 0:
    WB_FORMAT_NEWEST."""

    booked_days: int
    """Days in which a booking is credited to a message; default 30."""

    kept_days: int
    """Days after the message, or after the entry, in which it must be kept to count; default 120,
    at most WB_KEPT_DAYS_MAX. What a journal is replayed with counts for what is in it: keep it."""

    def __init__(
        self,
        flags: int = 0,
        secret: bytes = b"",
        key: str = "",
        hours: tuple[Window, ...] = (),
        lease: int = 0,
        grace: int = 0,
        stale_facts: int = 0,
        per_day: int = 0,
        per_week: int = 0,
        per_month: int = 0,
        admissions: int = 0,
        tasks_per_day: int = 0,
        tasks_open: int = 0,
        task_attempts: int = 0,
        task_spacing: int = 0,
        task_days: int = 0,
        visits_per_day: int = 0,
        visits_open: int = 0,
        chair_reserve: int = 0,
        slot_hold: int = 0,
        epoch: int = 0,
        spread: int = 0,
        burst: int = 0,
        resend: int = 0,
        look_again: int = 0,
        write_format: int = 0,
        booked_days: int = 0,
        kept_days: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            secret=secret,
            key=key,
            hours=hours,
            lease=lease,
            grace=grace,
            stale_facts=stale_facts,
            per_day=per_day,
            per_week=per_week,
            per_month=per_month,
            admissions=admissions,
            tasks_per_day=tasks_per_day,
            tasks_open=tasks_open,
            task_attempts=task_attempts,
            task_spacing=task_spacing,
            task_days=task_days,
            visits_per_day=visits_per_day,
            visits_open=visits_open,
            chair_reserve=chair_reserve,
            slot_hold=slot_hold,
            epoch=epoch,
            spread=spread,
            burst=burst,
            resend=resend,
            look_again=look_again,
            write_format=write_format,
            booked_days=booked_days,
            kept_days=kept_days,
        )


class Replay(Value):
    """What wb_practice_replay found."""

    flags: int
    """WB_REPLAY_TORN or 0."""

    used: int
    """Bytes that hold whole records."""

    applied: int
    """Records that were new."""

    skipped: int
    """Records that the state had already."""

    def __init__(
        self,
        flags: int = 0,
        used: int = 0,
        applied: int = 0,
        skipped: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            used=used,
            applied=applied,
            skipped=skipped,
        )


class Counts(Value):
    """What an enrolment pass did."""

    patients: int
    """Rows looked at."""

    eligible: int
    """In the audience of a launched campaign, neither inside nor resting."""

    enrolled: int
    """Entered now and can be reached."""

    held: int
    """Entered now, but held: see wb_practice_next."""

    inside: int
    """Were inside already."""

    resting: int
    """Left less than the campaign's rest ago, or for good."""

    waiting: int
    """Of the eligible: over today's admissions, or on the desk's list Now; another day. See
    wb_practice_waiting."""

    unknown: int
    """A field that the audience needs is missing."""

    failed: int
    """Their facts could not be read."""

    def __init__(
        self,
        patients: int = 0,
        eligible: int = 0,
        enrolled: int = 0,
        held: int = 0,
        inside: int = 0,
        resting: int = 0,
        waiting: int = 0,
        unknown: int = 0,
        failed: int = 0,
    ) -> None:
        self.__dict__.update(
            patients=patients,
            eligible=eligible,
            enrolled=enrolled,
            held=held,
            inside=inside,
            resting=resting,
            waiting=waiting,
            unknown=unknown,
            failed=failed,
        )


class Waiting(Value):
    """Who is due and waits to be let in, or, inside, for a place; text is lent until the next
    call."""

    again: datetime.datetime | None
    """When the next place may come: the next day's hours begin. WB_TIME_NONE: when the desk has
    dealt with it, or the pause ends."""

    campaign: str
    """Campaign name, NUL-terminated."""

    segment: str
    """Segment that they would enter by, NUL-terminated."""

    patient: str
    """Patient key, NUL-terminated."""

    location: str
    """Location key, NUL-terminated."""

    hold: int
    """Why: WB_HOLD_PAUSED, WB_HOLD_DESK or WB_HOLD_ADMISSIONS."""

    ahead: int
    """How many wait for the same location's places before them."""

    def __init__(
        self,
        again: datetime.datetime | None = None,
        campaign: str = "",
        segment: str = "",
        patient: str = "",
        location: str = "",
        hold: int = 0,
        ahead: int = 0,
    ) -> None:
        self.__dict__.update(
            again=again,
            campaign=campaign,
            segment=segment,
            patient=patient,
            location=location,
            hold=hold,
            ahead=ahead,
        )


class Input(Value):
    """One event from outside. Unused members are zero."""

    _hidden = ('text',)

    patient: str
    """Patient key."""

    text: str
    """Of a reply; read and forgotten."""

    campaign: str
    """Campaign name."""

    location: str
    """Location key."""

    approver: str
    """Who answers for it: a staff id, at most WB_KEY_MAX bytes."""

    other: str
    """A second key of the kind of the first."""

    visit: str
    """Key of a visit or of an opening."""

    name: str
    """Of what the kind is about: a text, a wording, a column."""

    source: str
    """Where something comes from: "form", "front desk"."""

    contact: bytes
    """Contact point, 16 bytes."""

    other_contact: bytes
    """A second contact point, 16 bytes."""

    action: bytes
    """Action id, 16 bytes."""

    at: datetime.datetime | None
    """When it was or will be."""

    until: datetime.datetime | None
    """When that ends."""

    value: int | None
    """What it is worth."""

    event_id: bytes
    """The same id within 90 days is WB_OK and changes nothing."""

    kind: InputKind | int
    """enum wb_input_kind."""

    intent: Intent | int
    """enum wb_intent of the host's own reading, with `text` NULL. Never an opt-out in place of the
    library's: the stricter wins."""

    channel: Channel | int
    """enum wb_channel."""

    class_: MessageClass | int
    """enum wb_message_class."""

    outcome: int
    """What became of it; each kind names the enumeration."""

    minutes: int
    """How long."""

    def __init__(
        self,
        patient: str = "",
        text: str = "",
        campaign: str = "",
        location: str = "",
        approver: str = "",
        other: str = "",
        visit: str = "",
        name: str = "",
        source: str = "",
        contact: bytes = b"",
        other_contact: bytes = b"",
        action: bytes = b"",
        at: datetime.datetime | None = None,
        until: datetime.datetime | None = None,
        value: int | None = None,
        event_id: bytes = b"",
        kind: InputKind | int = 0,
        intent: Intent | int = 0,
        channel: Channel | int = 0,
        class_: MessageClass | int = 0,
        outcome: int = 0,
        minutes: int = 0,
    ) -> None:
        self.__dict__.update(
            patient=patient,
            text=text,
            campaign=campaign,
            location=location,
            approver=approver,
            other=other,
            visit=visit,
            name=name,
            source=source,
            contact=contact,
            other_contact=other_contact,
            action=action,
            at=at,
            until=until,
            value=value,
            event_id=event_id,
            kind=kind,
            intent=intent,
            channel=channel,
            class_=class_,
            outcome=outcome,
            minutes=minutes,
        )


class Enrollment(Value):
    """One patient in one campaign; text is borrowed until the next call."""

    flags: int
    """WB_ENROLLMENT_…; ended: 0."""

    entered: datetime.datetime | None
    """When."""

    wake: datetime.datetime | None
    """When it is looked at next; WB_TIME_NONE: when something happens."""

    campaign: str
    """Campaign name, NUL-terminated."""

    segment: str
    """Segment at entry, NUL-terminated."""

    variant: str
    """Variant drawn at entry, NUL-terminated; "": there are none; "held-out": walks without
    messages."""

    step: str
    """Step id, NUL-terminated."""

    patient: str
    """Patient key, NUL-terminated."""

    about: str
    """Key of the visit, opening or event it is about, NUL-terminated; "": the patient itself. An
    opening that came free more than once may have several."""

    location: str
    """Location key, NUL-terminated."""

    reason: str
    """Ended: "booked", "opted_out", "finished"…; else ""."""

    state: EnrollmentState | int
    """enum wb_enrollment_state."""

    hold: Hold | int
    """enum wb_hold."""

    touches: int
    """Messages counted so far."""

    entry: int
    """Number of this entry of the key: one more than the last, from 1; of a visit or an opening at
    least 1 + the day of its start (UTC, since 1970, modulo 65,535). After 65,535 comes 1."""

    def __init__(
        self,
        flags: int = 0,
        entered: datetime.datetime | None = None,
        wake: datetime.datetime | None = None,
        campaign: str = "",
        segment: str = "",
        variant: str = "",
        step: str = "",
        patient: str = "",
        about: str = "",
        location: str = "",
        reason: str = "",
        state: EnrollmentState | int = 0,
        hold: Hold | int = 0,
        touches: int = 0,
        entry: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            entered=entered,
            wake=wake,
            campaign=campaign,
            segment=segment,
            variant=variant,
            step=step,
            patient=patient,
            about=about,
            location=location,
            reason=reason,
            state=state,
            hold=hold,
            touches=touches,
            entry=entry,
        )


class Migration(Value):
    """People who go from one step to another; text is borrowed until the next call."""

    from_: str
    """Id of the step they are at."""

    to: str
    """Id of the step they go to; "": none takes its place, or the definition no longer compiles.
    They stay where they are, for a person to decide."""

    people: int
    """How many."""

    due: int
    """How many of them are sent something within 24 hours."""

    def __init__(
        self,
        from_: str = "",
        to: str = "",
        people: int = 0,
        due: int = 0,
    ) -> None:
        self.__dict__.update(
            from_=from_,
            to=to,
            people=people,
            due=due,
        )


class Page(Value):
    """Whose page: by the action whose link was used, else by campaign and patient. A patient who is
    named beside the action is compared with its own, but for a household's, which is for all."""

    action: bytes
    """16 bytes; NULL: by the names below."""

    campaign: str
    """Name of the campaign."""

    patient: str
    """Key of the patient; beside an action who it must be of, or NULL."""

    format: PageFormat | int
    """enum wb_page_format."""

    def __init__(
        self,
        action: bytes = b"",
        campaign: str = "",
        patient: str = "",
        format: PageFormat | int = 0,
    ) -> None:
        self.__dict__.update(
            action=action,
            campaign=campaign,
            patient=patient,
            format=format,
        )


class Opening(Value):
    """One opening; text is borrowed until the next call on the practice."""

    start: datetime.datetime | None
    """When it begins."""

    until: datetime.datetime | None
    """As the state says."""

    opening: str
    """Its key, NUL-terminated."""

    location: str
    """Location key, NUL-terminated."""

    schedule: str
    """Whose time it is: "hygiene"; "" when not said."""

    patient: str
    """Who accepted it or has it, NUL-terminated; "" for nobody."""

    state: OpeningState | int
    """enum wb_opening_state."""

    generation: int
    """From 1."""

    minutes: int
    """How long it is."""

    waves: int
    """Asked in so many waves."""

    asked: int
    """So many people."""

    depth: int
    """0; 1 where it came free because somebody moved up to another…"""

    def __init__(
        self,
        start: datetime.datetime | None = None,
        until: datetime.datetime | None = None,
        opening: str = "",
        location: str = "",
        schedule: str = "",
        patient: str = "",
        state: OpeningState | int = 0,
        generation: int = 0,
        minutes: int = 0,
        waves: int = 0,
        asked: int = 0,
        depth: int = 0,
    ) -> None:
        self.__dict__.update(
            start=start,
            until=until,
            opening=opening,
            location=location,
            schedule=schedule,
            patient=patient,
            state=state,
            generation=generation,
            minutes=minutes,
            waves=waves,
            asked=asked,
            depth=depth,
        )


class Task(Value):
    """One open task; text is borrowed until the next call on the practice."""

    opened: datetime.datetime | None
    """Since when."""

    due: datetime.datetime | None
    """It rests until then."""

    expires: datetime.datetime | None
    """When it is given up; WB_TIME_NONE: never."""

    patient: str
    """Patient key, NUL-terminated."""

    about: str
    """Key of the visit or opening it is about, NUL-terminated; or ""."""

    location: str
    """Location key, NUL-terminated."""

    campaign: str
    """Campaign name, NUL-terminated; "" when none."""

    reason: str
    """"asks", "clicked"; of a reply the name of its intent ("deceased", "moved"), "reply" when it
    has none."""

    why: str
    """The signs of interest in words, best first; or ""."""

    id: bytes
    """The action's id; of a reply its event id."""

    list: DeskList | int
    """enum wb_desk_list."""

    score: int
    """On the list Outreach 0 to 99, best first; else 0."""

    attempts: int
    """Calls in vain so far."""

    signals: int
    """enum wb_signal, as bits."""

    def __init__(
        self,
        opened: datetime.datetime | None = None,
        due: datetime.datetime | None = None,
        expires: datetime.datetime | None = None,
        patient: str = "",
        about: str = "",
        location: str = "",
        campaign: str = "",
        reason: str = "",
        why: str = "",
        id: bytes = b"",
        list: DeskList | int = 0,
        score: int = 0,
        attempts: int = 0,
        signals: int = 0,
    ) -> None:
        self.__dict__.update(
            opened=opened,
            due=due,
            expires=expires,
            patient=patient,
            about=about,
            location=location,
            campaign=campaign,
            reason=reason,
            why=why,
            id=id,
            list=list,
            score=score,
            attempts=attempts,
            signals=signals,
        )


class Record(Value):
    """One record of a journal."""

    sequence: int
    """Consecutive from 1."""

    at: datetime.datetime | None
    """The `now` of the call that wrote it."""

    offset: int
    """Where it begins in the bytes given."""

    length: int
    """Its bytes, header and checksum included."""

    cause: int
    """Which call wrote it; see the format's table."""

    effects: int
    """Number of effects it holds."""

    def __init__(
        self,
        sequence: int = 0,
        at: datetime.datetime | None = None,
        offset: int = 0,
        length: int = 0,
        cause: int = 0,
        effects: int = 0,
    ) -> None:
        self.__dict__.update(
            sequence=sequence,
            at=at,
            offset=offset,
            length=length,
            cause=cause,
            effects=effects,
        )


class Chain(Value):
    """What wb_journal_find found."""

    flags: int
    """WB_CHAIN_TORN, WB_CHAIN_PART."""

    records: int
    """Whole records."""

    first: int
    """Sequence number of the first; 0: there is none."""

    last: int
    """Of the last."""

    seals: int
    """Sync records."""

    sealed: int
    """Number of the last one whose digest fits: nothing up to it was changed."""

    summed: int
    """Number of the last seal (wb_practice_seal); 0: there is none."""

    used: int
    """Bytes that hold whole records."""

    begins: datetime.datetime | None
    """Of the first record; WB_TIME_NONE: there is none."""

    ends: datetime.datetime | None
    """Of the last."""

    def __init__(
        self,
        flags: int = 0,
        records: int = 0,
        first: int = 0,
        last: int = 0,
        seals: int = 0,
        sealed: int = 0,
        summed: int = 0,
        used: int = 0,
        begins: datetime.datetime | None = None,
        ends: datetime.datetime | None = None,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            records=records,
            first=first,
            last=last,
            seals=seals,
            sealed=sealed,
            summed=summed,
            used=used,
            begins=begins,
            ends=ends,
        )


class EntryQuery(Value):
    """Which contacts are asked for."""

    flags: int
    """WB_ENTRY_JSON or 0."""

    patient: str
    """Of this patient, by whatever key they had since merges; NULL: of anybody."""

    action: bytes
    """Only this action, 16 bytes; NULL: any."""

    def __init__(
        self,
        flags: int = 0,
        patient: str = "",
        action: bytes = b"",
    ) -> None:
        self.__dict__.update(
            flags=flags,
            patient=patient,
            action=action,
        )


class Arms(Value):
    """Two arms of one campaign: those contacted and those held out. Each patient (or household,
    where households were drawn) counts once."""

    contacted: int
    """Walked the sequence and were written to; at most 1,000,000,000."""

    kept: int
    """Of those, kept a visit in the window."""

    held_out: int
    """Walked the same sequence with nothing sent; at most as above."""

    held_out_kept: int
    """Of those, kept a visit in the window."""

    last_entered: datetime.datetime | None
    """When the last of both arms entered; WB_TIME_NONE: not checked."""

    now: datetime.datetime | None
    """Of the question."""

    window: int
    """Days in which a visit counts; 0: 120."""

    share: int
    """Meant to be held out, in basis points; 0: the split is not checked."""

    baseline: int
    """Share that comes by itself, in basis points, for `detectable`; 0: what those held out show,
    or 300 when they show none."""

    def __init__(
        self,
        contacted: int = 0,
        kept: int = 0,
        held_out: int = 0,
        held_out_kept: int = 0,
        last_entered: datetime.datetime | None = None,
        now: datetime.datetime | None = None,
        window: int = 0,
        share: int = 0,
        baseline: int = 0,
    ) -> None:
        self.__dict__.update(
            contacted=contacted,
            kept=kept,
            held_out=held_out,
            held_out_kept=held_out_kept,
            last_entered=last_entered,
            now=now,
            window=window,
            share=share,
            baseline=baseline,
        )


class Effect(Value):
    """The arms compared. All but `extra…` and `ratio` are basis points."""

    flags: int
    """WB_EFFECT_…"""

    extra: int
    """Visits that the contact brought: `difference` of `contacted`."""

    extra_low: int
    """Lower end."""

    extra_high: int
    """Upper end."""

    contacted_rate: int
    """Share of those contacted that kept a visit."""

    contacted_low: int
    """Its interval."""

    contacted_high: int
    """Its interval."""

    held_out_rate: int
    """Share of those held out that kept one."""

    held_out_low: int
    """Its interval."""

    held_out_high: int
    """Its interval."""

    difference: int
    """The first less the second."""

    difference_low: int
    """Its interval."""

    difference_high: int
    """Its interval."""

    detectable: int
    """Smallest difference upwards that would show, rounded up; 0: none would."""

    shows: VerdictKind | int
    """enum wb_verdict_kind."""

    ratio: int
    """Chi-square of the split, in thousandths; alarm above 10,828."""

    def __init__(
        self,
        flags: int = 0,
        extra: int = 0,
        extra_low: int = 0,
        extra_high: int = 0,
        contacted_rate: int = 0,
        contacted_low: int = 0,
        contacted_high: int = 0,
        held_out_rate: int = 0,
        held_out_low: int = 0,
        held_out_high: int = 0,
        difference: int = 0,
        difference_low: int = 0,
        difference_high: int = 0,
        detectable: int = 0,
        shows: VerdictKind | int = 0,
        ratio: int = 0,
    ) -> None:
        self.__dict__.update(
            flags=flags,
            extra=extra,
            extra_low=extra_low,
            extra_high=extra_high,
            contacted_rate=contacted_rate,
            contacted_low=contacted_low,
            contacted_high=contacted_high,
            held_out_rate=held_out_rate,
            held_out_low=held_out_low,
            held_out_high=held_out_high,
            difference=difference,
            difference_low=difference_low,
            difference_high=difference_high,
            detectable=detectable,
            shows=shows,
            ratio=ratio,
        )


class Metrics(Value):
    """What came of a campaign, a segment, a variant. The counters are part of the state: they
    survive replay and snapshot, and no record of the past is needed for them."""

    flags: int
    """WB_METRICS_HELD_OUT, WB_METRICS_EXEMPT or 0."""

    entered: int
    """Entries into the campaign."""

    contacted: int
    """Of those, with a message that went out."""

    messages: int
    """Messages that went out."""

    responded: int
    """Entries with a response that the campaign has a call for."""

    booked: int
    """Visits credited: booked within `booked_days` of a message (30)."""

    kept: int
    """Of those, kept within `kept_days` of it (120)."""

    came: int
    """Entries whose patient kept any visit in as many days of entering, written to or not: what the
    arms are compared by. Taken back when the record shows all visits since then as off."""

    production: int | None
    """Value of the visits that are kept and credited."""

    last_entered: datetime.datetime | None
    """When the last one entered; WB_TIME_NONE: nobody did."""

    campaign: str
    """Name, NUL-terminated, lent until the next call; "" in a sum."""

    segment: str
    """Name, likewise."""

    variant: str
    """Name, likewise; "" also when the campaign has no variants."""

    def __init__(
        self,
        flags: int = 0,
        entered: int = 0,
        contacted: int = 0,
        messages: int = 0,
        responded: int = 0,
        booked: int = 0,
        kept: int = 0,
        came: int = 0,
        production: int | None = None,
        last_entered: datetime.datetime | None = None,
        campaign: str = "",
        segment: str = "",
        variant: str = "",
    ) -> None:
        self.__dict__.update(
            flags=flags,
            entered=entered,
            contacted=contacted,
            messages=messages,
            responded=responded,
            booked=booked,
            kept=kept,
            came=came,
            production=production,
            last_entered=last_entered,
            campaign=campaign,
            segment=segment,
            variant=variant,
        )


ENUMERATIONS = [
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
__all__ = [
    "DATE_MIN",
    "DATE_MAX",
    "TIME_MIN",
    "TIME_MAX",
    "WEEKDAYS_ALL",
    "LAW_CLOSED",
    "LAW_STALE",
    "LAW_NOWHERE",
    "LAW_UNCERTAIN",
    "RECARE_HAS_PROPHY",
    "RECARE_HAS_PERIO",
    "RECARE_CHILD",
    "RECARE_ADVISE_PERIO",
    "EVIDENCE_RECENT",
    "EVIDENCE_SCALING",
    "GROUP_NOT_IN_FORCE",
    "PROCEDURE_PREFERRED",
    "PROCEDURE_RESTRICTED",
    "PROCEDURE_UNPAID",
    "TREATMENT_PLANNED",
    "TREATMENT_SCHEDULED",
    "TREATMENT_SUPERSEDED",
    "TREATMENT_OPEN",
    "UNFINISHED_INSTEAD",
    "PERIOD_UNKNOWN",
    "PERIOD_OUTSIDE",
    "PERIOD_EXPIRING",
    "PERIOD_RENEWED",
    "PERIOD_STALE",
    "CLAIM_APART",
    "USAGE_MAX_USED",
    "LIMIT_EXCLUSIVE",
    "LIMIT_TO_THE_MONTH",
    "COVERED_NEVER",
    "COVERED_UNKNOWN",
    "COLUMN_NEEDED",
    "COLUMN_CENTS",
    "FACTS_BOOKED_TRIGGER",
    "VERDICT_MISSING",
    "LINT_FRAGMENT",
    "LINT_DETAIL",
    "UNSUBSCRIBE_POST",
    "HANDLE_LENGTH",
    "TOKEN_LENGTH",
    "OFFER_CASH_LIKE",
    "OFFER_AUTOMATED",
    "OFFER_AUTHORIZED",
    "CAMPAIGN_NEWEST",
    "CAMPAIGN_LAUNCHED",
    "CAMPAIGN_PAUSED",
    "CAMPAIGN_STOPPED",
    "PURPOSE_DETAIL",
    "CONTACT_OPTED_OUT",
    "CONTACT_CLOSED",
    "CONTACT_WRITTEN_TO",
    "REKEY_LOSE",
    "REPLY_STOP",
    "KEY_MAX",
    "FORMAT_OLDEST",
    "FORMAT_NEWEST",
    "MEMORY_DAYS",
    "KEPT_DAYS_MAX",
    "PRACTICE_ALLOW_JUMP",
    "REPLAY_TORN",
    "ENROLLMENT_RESPONDED",
    "ENROLLMENT_LISTED",
    "MIGRATE_PLAN",
    "MIGRATE_RECOMPUTE",
    "OPENING_KEY_MAX",
    "CHAIN_TORN",
    "CHAIN_PART",
    "ENTRY_JSON",
    "EFFECT_OPEN",
    "EFFECT_UNEVEN",
    "EFFECT_SMALL",
    "METRICS_HELD_OUT",
    "METRICS_EXEMPT",
    "Interval",
    "Window",
    "LawQuestion",
    "LawAnswer",
    "LawRule",
    "RecareHistory",
    "RecareSettings",
    "Recare",
    "Code",
    "Group",
    "CodeRange",
    "Procedure",
    "Treatment",
    "Unfinished",
    "Plan",
    "Period",
    "Claim",
    "Usage",
    "Limit",
    "Service",
    "Covered",
    "Field",
    "Column",
    "Verdict",
    "Tally",
    "TemplateOptions",
    "TemplateInfo",
    "LintOptions",
    "Finding",
    "Sms",
    "LinkKey",
    "Link",
    "OfferInfo",
    "OfferUse",
    "OfferVerdict",
    "CampaignInfo",
    "CampaignStatus",
    "Match",
    "Consent",
    "Reply",
    "Action",
    "Outcome",
    "Look",
    "Run",
    "ActionStatus",
    "PracticeOptions",
    "Replay",
    "Counts",
    "Waiting",
    "Input",
    "Enrollment",
    "Migration",
    "Page",
    "Opening",
    "Task",
    "Record",
    "Chain",
    "EntryQuery",
    "Arms",
    "Effect",
    "Metrics",
]
