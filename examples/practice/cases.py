# SPDX-License-Identifier: MIT
"""The patients of the demo practice that stand for something: one or more clear cases of every use
case, and the dirt real exports have. README.md explains the words of what is expected."""

from datetime import date

from office import (
    APRIL, ARCHIVED, AS_OF, BITEWINGS, BROKEN, C, CALENDAR, CHILD, COMPLETE, CONFIRMED, DECEASED,
    DELETED, DO_NOT_CALL, EC, EO, EXAM, HOME_PHONE, INACTIVE, JANUARY, JULY, LAKESIDE, MEDICAID,
    MEDICARE, NONPATIENT, NOT_RECEIVED, NO_MAXIMUM, PERIO, PLANNED, PROPHY, PROSPECTIVE, REFERRED,
    REMOVED, RIVERSIDE, SCHEDULED, TEXT_NO, TEXT_UNKNOWN, TP, TPI, UNKNOWN_KIND, UNSCHEDULED, ago,
    moved, workday
)

NEXT_DAY, SECOND_DAY, THIRD_DAY = date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6)
SIX_MONTHS, THREE_MONTHS = (6, 0), (3, 0)


def add_all(office):
    for section in (overdue_edges, overdue_channels, overdue_standing, overdue_visits,
                    overdue_clock, overdue_history, unscheduled, unscheduled_not, unfinished,
                    unfinished_not, lapsed_exam, benefits, households, confirmations,
                    short_notice, offers):
        section(office)


def overdue_7(o):
    """A January day: a cleaning then is due in July 2025, seven months overdue by now."""
    return workday(moved(date(2025, 1, 8), days=len(o.patients) * 5 % 23))


# U1, overdue hygiene

def overdue_edges(o):
    """Each edge of a band and the day before it."""
    for last, interval, expected in (
            (date(2025, 9, 2), None, "prophy 0-6;sms"),
            (date(2025, 9, 3), None, "not_due"),
            (date(2025, 3, 3), SIX_MONTHS, "prophy 6-9;sms"),
            (date(2025, 3, 3), None, "prophy 0-6;sms"),
            (date(2024, 12, 2), None, "prophy 9-12;sms"),
            (date(2024, 12, 3), None, "prophy 6-9;sms"),
            (date(2024, 9, 3), SIX_MONTHS, "prophy 12+;sms"),
            (date(2024, 9, 3), None, "prophy 9-12;sms")):
        patient = o.person(RIVERSIDE)
        o.prophy(patient, last, interval)
        o.case(patient, "U1", expected,
               "last cleaning %s, interval %s" % (last, "6m" if interval else "6m1d"))
    for last, interval, expected in (
            (date(2025, 11, 3), None, "perio 0-6;sms"),
            (date(2025, 11, 4), None, "not_due"),
            (date(2025, 5, 3), None, "perio 6-9;sms"),
            (date(2025, 6, 4), THREE_MONTHS, "perio 0-6;sms"),
            (date(2025, 2, 3), None, "perio 9-12;sms"),
            (date(2025, 2, 4), None, "perio 6-9;sms"),
            (date(2024, 12, 3), THREE_MONTHS, "perio 12+;sms"),
            (date(2024, 11, 4), None, "perio 9-12;sms"),
            (date(2024, 10, 31), None, "perio 12+;sms")):
        patient = o.person(LAKESIDE)
        o.perio(patient, last, interval)
        o.case(patient, "U1", expected,
               "last gum care %s, interval %s" % (last, "3m" if interval else "4m"))


def overdue(o, expected, note, clinic=RIVERSIDE, **fields):
    """A prophy patient seven months overdue, different in these fields alone."""
    patient = o.person(clinic, **fields)
    o.prophy(patient, overdue_7(o))
    o.case(patient, "U1", expected, note)
    return patient


def overdue_channels(o):
    overdue(o, "prophy 6-9;held:text_permission;email", "text permission unknown",
            TxtMsgOk=TEXT_UNKNOWN)
    overdue(o, "prophy 6-9;held:text_permission;email", "text permission no", TxtMsgOk=TEXT_NO)
    overdue(o, "prophy 6-9;held:no_contact", "text permission no, no e-mail", TxtMsgOk=TEXT_NO,
            Email="")
    overdue(o, "prophy 6-9;held:no_mobile;email", "only a home number", WirelessPhone="",
            HmPhone=o.phone(RIVERSIDE))
    overdue(o, "prophy 6-9;held:birthdate_unknown", "birth date missing, empty cell", Birthdate="")
    overdue(o, "prophy 6-9;held:birthdate_unknown", "birth date missing, 0001-01-01",
            Birthdate="0001-01-01")
    overdue(o, "prophy 6-9;sms", "reads Spanish", LAKESIDE, Language="spa")
    overdue(o, "prophy 6-9;sms", "no e-mail, so texts alone", Email="")
    stopped = overdue(o, "prophy 6-9;held:opted_out;email", "texted STOP; the record says no texts",
                      LAKESIDE, TxtMsgOk=TEXT_NO)
    o.message(stopped, ago(days=190), "Time to plan your visit. Reply STOP to opt out.")
    o.message(stopped, ago(days=190), "STOP", received=True)
    overdue(o, "prophy 6-9;held:opted_out;email",
            "may be texted, but shares the number of %d, who texted STOP" % stopped, LAKESIDE,
            Guarantor=stopped, WirelessPhone=o.patients[stopped]["WirelessPhone"])
    mother = overdue(o, "prophy 6-9;sms", "mother of the next")
    minor = o.person(RIVERSIDE, age=16, Guarantor=mother)
    o.prophy(minor, overdue_7(o), row=PROPHY)
    o.case(minor, "U1", "prophy 6-9;held:minor",
           "16 years old with a mobile of their own that may be texted")
    gone = o.person(RIVERSIDE)
    o.prophy(gone, date(2023, 10, 17))
    o.case(gone, "U1", "prophy 12+;held:last_visit_24m;email",
           "last completed visit over 24 months ago")
    edge = o.person(LAKESIDE)
    o.prophy(edge, date(2024, 3, 4))
    o.case(edge, "U1", "prophy 12+;held:number_check;email",
           "last completed visit one day inside 24 months, but nobody checked the number")
    filled = o.person(RIVERSIDE)
    o.prophy(filled, date(2023, 9, 12))
    o.visit(filled, date(2025, 7, 8), "D2391", tooth=12)
    o.case(filled, "U1", "prophy 12+;sms", "last cleaning 2023, but a filling eight months ago")


def overdue_standing(o):
    for status, word in ((DECEASED, "deceased"), (INACTIVE, "inactive"), (ARCHIVED, "archived"),
                         (NONPATIENT, "nonpatient"), (PROSPECTIVE, "prospective")):
        overdue(o, "excluded:" + word, "patient status " + word, PatStatus=status)
    overdue(o, "excluded:archived", "patient status deleted", PatStatus=REMOVED)
    overdue(o, "excluded:do_not_contact", "marked do not call", PreferContactMethod=DO_NOT_CALL,
            PreferRecallMethod=DO_NOT_CALL)
    for expected, note, fields in (
            ("excluded:disabled", "recall disabled", dict(IsDisabled=1)),
            ("excluded:disabled", "recall disabled, its due date emptied",
             dict(IsDisabled=1, DateDue="0001-01-01")),
            ("excluded:disabled_until", "recall disabled until 2026-09-01",
             dict(DisableUntilDate=date(2026, 9, 1))),
            ("prophy 6-9;sms", "was disabled until 2025-12-01",
             dict(DisableUntilDate=date(2025, 12, 1)))):
        patient = o.person(LAKESIDE)
        o.prophy(patient, overdue_7(o), **fields)
        o.case(patient, "U1", expected, note)
    owing = o.person(RIVERSIDE, BalTotal="412.50")
    o.prophy(owing, overdue_7(o), DisableUntilBalance="50")
    o.case(owing, "U1", "excluded:balance",
           "recall waits until the family owes 50 or less; it owes 412.50")


def overdue_visits(o):
    booked = overdue(o, "booked", "a cleaning is booked")
    o.book(booked, date(2026, 3, 24), "D0120", "D1110")
    other = overdue(o, "booked", "only a filling is booked")
    o.book(other, date(2026, 3, 26), "D2391", tooth=4)
    today = overdue(o, "booked", "booked for today", LAKESIDE)
    o.book(today, AS_OF, "D0120", "D1110", at="15:00")
    for status, day, note in (
            (BROKEN, date(2026, 3, 19), "a visit ahead, already broken"),
            (PLANNED, date(2026, 3, 20), "a planned visit is no booking"),
            (UNSCHEDULED, None, "on the unscheduled list, without a date"),
            (SCHEDULED, date(2025, 8, 5), "a visit of last year left as scheduled")):
        patient = overdue(o, "prophy 6-9;sms", note, LAKESIDE)
        o.appointment(patient, day, ["D1110"], status)
    seen = overdue(o, "excluded:recent_visit", "in for a filling a week ago")
    o.visit(seen, date(2026, 2, 24), "D2392", tooth=19)
    edge = overdue(o, "prophy 6-9;sms", "in for a filling fifteen days ago")
    o.visit(edge, date(2026, 2, 16), "D2392", tooth=19)


def overdue_clock(o):
    """What sets the clock, what does not, and dates moved by hand."""
    for code, status, day, expected, note in (
            ("D1110", DELETED, date(2025, 12, 9), "prophy 6-9;sms", "a later cleaning was deleted"),
            ("D1110", TP, date(2025, 12, 9), "prophy 6-9;sms", "a later cleaning is only planned"),
            ("D1110", C, date(2026, 4, 7), "prophy 6-9;sms",
             "a completed cleaning dated in the future"),
            ("D9986", C, date(2025, 12, 9), "prophy 6-9;sms", "a missed-visit code is no visit"),
            ("D1110", EO, date(2025, 12, 9), "not_due", "cleaned elsewhere in December"),
            ("D1110", EC, date(2025, 12, 10), "not_due",
             "existing cleaning on record in December")):
        patient = overdue(o, expected, note)
        o.procedure(patient, code, day, status)
    for due, expected, note in (
            (date(2026, 6, 1), "not_due", "due date moved by hand to 2026-06-01"),
            (date(2025, 4, 1), "prophy 9-12;sms", "due date moved by hand to 2025-04-01")):
        patient = o.person(RIVERSIDE)
        o.prophy(patient, overdue_7(o), DateDue=due)
        o.case(patient, "U1", expected, note)
    stale = o.person(LAKESIDE)
    o.prophy(stale, date(2025, 12, 2), row=None, visits=3)
    o.recall(stale, PROPHY, date(2024, 11, 12))
    o.case(stale, "U1", "not_due",
           "the recall row was never brought up to date after the last cleaning")


def overdue_history(o):
    maintained = o.person(RIVERSIDE)
    o.perio(maintained, date(2025, 4, 15), row=PROPHY)
    o.case(maintained, "U1", "perio 6-9;sms",
           "gum care history, recall row says prophy: the latest decides")
    treated = o.person(LAKESIDE)
    o.perio(treated, date(2024, 8, 13), row=None)
    o.visit(treated, date(2025, 5, 20), "D0120", "D1110")
    o.recall(treated, PROPHY, date(2025, 5, 20))
    o.case(treated, "U1", "prophy 0-6;advice:perio;sms", "gum care before, a plain cleaning last")
    both = o.person(RIVERSIDE)
    o.visit(both, date(2025, 2, 18), "D0150", "D1110", "D4910")
    o.case(both, "U1", "perio 6-9;sms", "both kinds on one day and no recall row: perio wins")
    switched = o.person(LAKESIDE)
    o.prophy(switched, date(2025, 6, 17), row=None)
    o.recall(switched, PERIO, date(2025, 6, 17))
    o.recall(switched, BITEWINGS, date(2025, 1, 14))
    o.recall(switched, EXAM, date(2025, 6, 17))
    o.case(switched, "U1", "perio 0-6;sms",
           "perio recall, plain cleaning last, rows of other types beside")
    rowless = o.person(RIVERSIDE)
    o.prophy(rowless, date(2025, 1, 28), row=None)
    o.case(rowless, "U1", "prophy 6-9;sms", "no recall row at all")
    never = o.person(LAKESIDE)
    o.recall(never, PROPHY)
    o.case(never, "U1", "never_seen", "a recall row, no procedure ever")
    nothing = o.person(RIVERSIDE)
    o.case(nothing, "U1", "never_seen", "neither a recall row nor a procedure")
    for age, word in ((11, "child"), (12, "grown")):
        young = o.person(RIVERSIDE, age=age, WirelessPhone="", Email="", HmPhone=o.phone(RIVERSIDE))
        o.prophy(young, overdue_7(o), row=CHILD, RecallInterval="0" if age == 11 else "393217")
        o.case(young, "U1", "prophy 6-9;%s;held:minor" % word,
               "%d years old, child recall row" % age)


# U2, unscheduled treatment

def unscheduled(o):
    for code, tooth, day, expected in (
            ("D2740", 30, date(2025, 12, 4), "unscheduled:crown"),
            ("D2740", 3, date(2025, 1, 14), "unscheduled:crown;re_exam"),
            ("D2740", 14, date(2023, 12, 5), "unscheduled:crown;history"),
            ("D2392", 4, date(2025, 12, 9), "unscheduled:fill_comp_post"),
            ("D3330", 19, date(2026, 1, 20), "unscheduled:endo_molar"),
            ("D6010", 10, date(2025, 11, 18), "unscheduled:implant_place"),
            ("D8090", "", date(2025, 10, 21), "unscheduled:ortho_full"),
            ("D5110", "", date(2025, 11, 4), "unscheduled:denture_full")):
        patient = o.settled((RIVERSIDE, LAKESIDE)[len(o.patients) % 2])
        o.plan(patient, code, day, tooth=tooth, surf="U" if code == "D5110" else "")
        o.case(patient, "U2", expected, "%s planned %s, never scheduled" % (code, day))
    gums = o.settled(LAKESIDE)
    for side in ("UR", "UL", "LL", "LR"):
        o.plan(gums, "D4341", date(2025, 12, 16), surf=side)
    o.case(gums, "U2", "unscheduled:srp_quad", "four quadrants planned, never scheduled")
    for status, day, note in (
            (SCHEDULED, date(2026, 2, 10), "its visit is past and was left as scheduled"),
            (BROKEN, date(2026, 1, 13), "its visit was broken"),
            (UNSCHEDULED, None, "its visit is on the unscheduled list")):
        patient = o.settled()
        apt = o.appointment(patient, day, ["D2740"], status)
        o.procedure(patient, "D2740", date(2025, 12, 2), TP, visit=apt, tooth=19)
        o.case(patient, "U2", "unscheduled:crown", note)


def unscheduled_not(o):
    booked = o.settled()
    o.book(booked, date(2026, 3, 17), "D2740", tooth=30, minutes=90)
    o.case(booked, "U2", "scheduled:crown", "its visit is on 2026-03-17")
    planned = o.settled(LAKESIDE)
    apt = o.appointment(planned, date(2026, 3, 18), ["D2392"], SCHEDULED)
    o.procedure(planned, "D2392", date(2025, 12, 9), TP, tooth=5, planned=apt)
    o.case(planned, "U2", "scheduled:fill_comp_post",
           "its planned visit has become a scheduled one")
    crowned = o.settled()
    o.plan(crowned, "D2392", date(2025, 6, 10), tooth=14)
    o.visit(crowned, date(2025, 10, 14), "D2740", tooth=14)
    o.case(crowned, "U2", "superseded:fill_comp_post",
           "filling planned, a crown done on the tooth since")
    pulled = o.settled(LAKESIDE)
    o.plan(pulled, "D2740", date(2025, 7, 8), tooth=31)
    o.visit(pulled, date(2025, 12, 9), "D7140", tooth=31)
    o.case(pulled, "U2", "superseded:crown", "crown planned, the tooth extracted since")
    for status, word in ((DELETED, "deleted"), (REFERRED, "referred out"), (TPI, "inactive")):
        patient = o.settled()
        o.plan(patient, "D2740", date(2025, 12, 3), status, tooth=18)
        o.case(patient, "U2", "none", "crown planned, then " + word)


# U3, unfinished treatment

def unfinished(o):
    for code, tooth, day, expected in (
            ("D2799", 14, date(2025, 12, 8), "unfinished:crown_prep_no_seat"),
            ("D2950", 3, date(2026, 1, 17), "unfinished:buildup_no_crown"),
            ("D3330", 30, date(2025, 12, 15), "unfinished:endo_uncrowned"),
            ("D3221", 19, date(2026, 1, 20), "unfinished:endo_open"),
            ("D2940", 5, date(2025, 12, 3), "unfinished:interim_fill"),
            ("D6010", 8, date(2025, 8, 20), "unfinished:implant_unrestored"),
            ("D7140", 19, date(2025, 11, 10), "unfinished:tooth_lost_open"),
            ("D5130", "", date(2025, 2, 20), "unfinished:denture_immediate"),
            ("D8660", "", date(2025, 12, 15), "unfinished:ortho_no_start")):
        patient = o.settled(LAKESIDE)
        o.visit(patient, day, code, tooth=tooth, surf="U" if code == "D5130" else "")
        o.case(patient, "U3", expected, "%s done %s, nothing after" % (code, day))
    half = o.person(RIVERSIDE)
    o.visit(half, date(2025, 12, 16), "D0150")
    apt = o.appointment(half, date(2026, 1, 12), ["D4341", "D4341"], COMPLETE, minutes=90)
    for side in ("UR", "LR"):
        o.procedure(half, "D4341", date(2026, 1, 12), visit=apt, surf=side)
    for side in ("UL", "LL"):
        o.plan(half, "D4341", date(2025, 12, 16), surf=side)
    o.recall(half, PERIO, date(2026, 1, 12))
    o.case(half, "U3", "unfinished:srp_partial", "two quadrants done, two left")
    steps = o.settled()
    o.plan(steps, "D5110", date(2025, 11, 25), surf="U")
    for day in (date(2025, 12, 4), date(2025, 12, 18)):
        o.appointment(steps, day, ["D5110"], COMPLETE)
    o.case(steps, "U3", "unfinished:denture_steps", "two visits for a denture, delivery never done")
    cleared = o.person(RIVERSIDE)
    o.visit(cleared, date(2026, 1, 12), "D4355")
    o.case(cleared, "U3", "unfinished:debride_only",
           "build-up removed, no exam and no cleaning after")


def unfinished_not(o):
    crowned = o.settled()
    o.visit(crowned, date(2025, 10, 6), "D3330", tooth=30)
    o.visit(crowned, date(2025, 11, 17), "D2740", tooth=30)
    o.case(crowned, "U3", "finished:endo_uncrowned", "root canal, then a crown on the tooth")
    elsewhere = o.settled()
    o.visit(elsewhere, date(2025, 10, 6), "D3330", tooth=30)
    o.visit(elsewhere, date(2025, 11, 17), "D2740", tooth=19)
    o.case(elsewhere, "U3", "unfinished:endo_uncrowned",
           "root canal, but the crown is on another tooth")
    pulled = o.settled(LAKESIDE)
    o.visit(pulled, date(2025, 12, 1), "D3221", tooth=18)
    o.visit(pulled, date(2026, 1, 26), "D7140", tooth=18)
    o.case(pulled, "U3", "finished:endo_open", "root canal begun, the tooth extracted since")
    waiting = o.settled(LAKESIDE)
    o.visit(waiting, date(2026, 1, 19), "D2950", tooth=3)
    o.case(waiting, "U3", "waiting:buildup_no_crown", "43 days after a build-up; it counts from 45")


# U4, lapsed exam

def lapsed_exam(o):
    for exam, row, expected, note in (
            (date(2025, 1, 14), True, "lapsed_exam:12-18",
             "cleaned since, but no exam for 13 months"),
            (date(2024, 5, 7), True, "lapsed_exam:18+", "cleaned since, but no exam for 21 months"),
            (date(2024, 5, 14), False, "lapsed_exam:18+", "no recall row at all"),
            (date(2025, 3, 3), True, "lapsed_exam:12-18", "last exam exactly 12 months ago"),
            (date(2025, 3, 4), True, "exam_current", "last exam a day less than 12 months ago"),
            (date(2024, 9, 3), True, "lapsed_exam:18+", "last exam exactly 18 months ago"),
            (date(2024, 9, 4), True, "lapsed_exam:12-18",
             "last exam a day less than 18 months ago")):
        patient = o.person(RIVERSIDE)
        o.visit(patient, exam, "D0150", "D1110")
        o.visit(patient, date(2025, 11, 12), "D1110")
        if row:
            o.recall(patient, PROPHY, date(2025, 11, 12))
        o.case(patient, "U4", expected, note)
    limited = o.person(LAKESIDE)
    for day in (date(2024, 10, 8), date(2025, 8, 19)):
        o.visit(limited, day, "D0140", "D0220", tooth=30)
    o.case(limited, "U4", "limited_only", "came twice, for limited exams alone; no recall row")
    regular = o.settled(LAKESIDE)
    o.visit(regular, date(2025, 8, 18), "D0140", tooth=8)
    o.case(regular, "U4", "exam_current", "a limited exam beside a regular one")


# U5, benefit cycle

def insured(o, plan, expected, note, paid=(), **cover):
    """A settled patient with a plan, and crowns it paid for: (day, amount, status)."""
    patient = o.settled((RIVERSIDE, LAKESIDE)[plan % 2])
    sub = o.cover(patient, plan, **cover)
    for tooth, (day, amount, status) in enumerate(paid, 2):
        proc = o.visit(patient, day, "D2740", tooth=tooth)
        o.claim(patient, plan, sub, proc, amount, status)
    o.case(patient, "U5", expected, note)


def benefits(o):
    spring, autumn = date(2025, 5, 14), date(2025, 10, 1)
    insured(o, APRIL, "benefits:expiring;expires:2026-03-31;remaining:800.00",
            "plan year from April, 400 of 1200 used", [(spring, 400, 1)])
    insured(o, CALENDAR, "benefits:remaining;expires:2026-12-31;remaining:400.00",
            "calendar year, 900 of 1500 used and 200 pending",
            [(date(2026, 1, 14), 900, 1), (date(2026, 2, 11), 200, NOT_RECEIVED)])
    insured(o, CALENDAR, "benefits:max_used_last_period;remaining:1500.00",
            "maximum used up in 2025, renewed 2026-01-01", [(spring, 800, 1), (autumn, 700, 1)])
    insured(o, JANUARY, "benefits:remaining;expires:2026-12-31;remaining:2000.00",
            "a calendar year written as month 1; what 2025 paid no longer counts",
            [(autumn, 900, 1)])
    insured(o, JULY, "benefits:max_used;renews:2026-07-01;remaining:0.00",
            "plan year from July, maximum used up", [(date(2025, 9, 10), 600, 1), (autumn, 400, 1)])
    insured(o, NO_MAXIMUM, "benefits:unknown", "maximum not on record: unknown, not zero")
    insured(o, CALENDAR, "benefits:terminated", "coverage ended 2026-01-31",
            until=date(2026, 1, 31))
    insured(o, CALENDAR, "benefits:stale", "last verified over 30 days ago",
            verified=date(2026, 1, 31))
    twice = o.person(RIVERSIDE)
    sub = o.cover(twice, CALENDAR)
    for day, exam in ((date(2025, 5, 12), "D0150"), (date(2025, 10, 20), "D0120")):
        o.claim(twice, CALENDAR, sub, o.visit(twice, day, exam, "D1110"), 108)
    o.recall(twice, PROPHY, date(2025, 10, 20))
    o.case(twice, "U5", "covered:D1110:2026-05-12",
           "two cleanings in 12 months used; the older ages out")
    early = o.person(LAKESIDE)
    sub = o.cover(early, CALENDAR)
    o.claim(early, CALENDAR, sub, o.visit(early, date(2025, 6, 10), "D0150", "D1110"), 108)
    o.recall(early, PROPHY, date(2025, 6, 10))
    o.case(early, "U5", "covered:D1110:2026-03-03", "one cleaning in 12 months used: covered today")


# U6, household

def households(o):
    line = o.phone(RIVERSIDE)
    home = dict(WirelessPhone=line, LName="Meadowlark", Address="7 Family Court")
    head = o.settled(RIVERSIDE, age=41, **home)
    o.case(head, "U6", "household:%d" % head, "active and not due: gets the family's one message")
    home["Guarantor"] = head
    for age in (9, 14):
        child = o.person(RIVERSIDE, age=age, Email="", TxtMsgOk=TEXT_UNKNOWN, **home)
        o.prophy(child, overdue_7(o), row=CHILD)
        o.guardian(child, head)
        o.case(child, "U6", "household:%d" % head,
               "overdue minor; the guarantor is marked as representative")
    spouse = o.person(RIVERSIDE, age=43, **home)
    o.prophy(spouse, date(2024, 10, 15))
    o.case(spouse, "U6", "household:%d" % head,
           "overdue adult on the same number: not named without consent")
    grown = o.person(RIVERSIDE, age=19, **dict(home, WirelessPhone=o.phone(RIVERSIDE)))
    o.prophy(grown, overdue_7(o))
    o.case(grown, "U6", "household:self", "of age, own number: addressed alone")
    apart = o.person(RIVERSIDE, age=12, Email="", **home)
    o.prophy(apart, overdue_7(o), row=CHILD)
    o.guardian(apart, head, marked=0)
    o.case(apart, "U6", "household:none", "minor, the guarantor not marked as representative")
    private = o.person(RIVERSIDE, age=39, PreferContactConfidential=HOME_PHONE,
                       HmPhone=o.phone(RIVERSIDE), **home)
    o.prophy(private, overdue_7(o))
    o.case(private, "U6", "household:none", "asked for confidential communication")
    inactive = o.person(RIVERSIDE, age=68, PatStatus=INACTIVE, **home)
    o.prophy(inactive, date(2024, 1, 9))
    o.case(inactive, "U6", "household:inactive_member",
           "inactive grandparent beside active members")
    couple = o.person(LAKESIDE, age=52)
    other = o.person(LAKESIDE, age=50, Guarantor=couple,
                     WirelessPhone=o.patients[couple]["WirelessPhone"],
                     LName=o.patients[couple]["LName"])
    for patient in (couple, other):
        o.prophy(patient, overdue_7(o))
        o.case(patient, "U6", "household:%d" % couple,
               "two overdue adults on one number: one message")


# U7, confirmations and broken visits

def confirmations(o):
    for clinic, day, at, confirmed, expected in (
            (RIVERSIDE, NEXT_DAY, "09:00", 0, "confirm:2026-03-04"),
            (RIVERSIDE, SECOND_DAY, "14:30", 0, "confirm:2026-03-05"),
            (LAKESIDE, NEXT_DAY, "18:00", 0, "confirm:2026-03-04"),
            (LAKESIDE, SECOND_DAY, "08:00", 0, "confirm:2026-03-05"),
            (LAKESIDE, THIRD_DAY, "10:00", 0, "confirm:2026-03-06"),
            (RIVERSIDE, NEXT_DAY, "13:00", 1, "confirmed")):
        patient = o.person(clinic)
        o.prophy(patient, date(2025, 8, 27))
        o.book(patient, day, "D0120", "D1110", at=at,
               **(dict(confirmed=CONFIRMED) if confirmed else {}))
        o.case(patient, "U7", expected, "visit %s at %s" % (day, at))
    silent = o.person(LAKESIDE, TxtMsgOk=TEXT_NO)
    o.prophy(silent, date(2025, 8, 26))
    o.message(silent, ago(days=80), "STOP", received=True)
    o.book(silent, NEXT_DAY, "D0120", "D1110", at="11:00")
    o.case(silent, "U7", "desk:visits",
           "texted STOP: no automated confirmation, the desk sees the visit")
    once = o.person(RIVERSIDE)
    o.prophy(once, date(2025, 8, 19))
    o.broken(once, date(2026, 2, 26), "D0120", "D1110")
    o.case(once, "U1", "excluded:recent_visit", "overdue, but broke a visit five days ago")
    o.case(once, "U7", "broken:once", "missed last week for the first time")
    often = o.person(LAKESIDE)
    o.prophy(often, date(2025, 1, 15))
    for day in (date(2025, 7, 22), date(2025, 10, 7), date(2026, 2, 25)):
        o.broken(often, day, "D0120", "D1110")
        o.procedure(often, "D9986", day)
    o.case(often, "U7", "broken:repeat", "three broken visits in twelve months")
    moved_on = o.settled()
    o.broken(moved_on, date(2025, 9, 9), "D0120", "D1110")
    o.case(moved_on, "U7", "none", "one broken visit, made good since")


# U8, short notice

def short_notice(o):
    for clinic, day, codes, minutes, priority, fields, expected, note in (
            (1, date(2026, 3, 30), ("D0120", "D1110"), 60, 1, {}, "opening:fits:1",
             "on the short-notice list"),
            (1, date(2026, 4, 8), ("D0120", "D1110"), 60, 1, {}, "opening:fits:1",
             "on the short-notice list"),
            (1, date(2026, 3, 31), ("D4341",), 90, 1, {}, "opening:too_long:1",
             "needs 90 minutes, 60 are open"),
            (2, date(2026, 4, 2), ("D0120", "D1110"), 60, 1, {}, "opening:other_location:1",
             "other location"),
            (1, date(2026, 4, 1), ("D0120", "D1110"), 60, 0, {}, "opening:not_listed:1",
             "not on the list"),
            (1, date(2026, 4, 9), ("D0120", "D1110"), 60, 1, {"TxtMsgOk": TEXT_NO},
             "opening:held:1", "on the list, may not be texted"),
            (2, date(2026, 4, 14), ("D2740",), 90, 1, {}, "opening:fits:2",
             "crown, 90 minutes, same dentist")):
        patient = o.person(clinic, **fields)
        o.prophy(patient, date(2025, 9, 23))
        tooth = 20 if codes == ("D2740",) else ""
        o.book(patient, day, *codes, tooth=tooth, minutes=minutes, priority=priority)
        o.case(patient, "U8", expected, note)
    wanted = o.person(RIVERSIDE)
    o.prophy(wanted, date(2025, 7, 15), Priority=1)
    o.case(wanted, "U8", "opening:fits:1", "nothing booked, recall marked as soon as possible")
    gave_up = o.person(RIVERSIDE)
    o.prophy(gave_up, date(2025, 8, 20))
    o.broken(gave_up, NEXT_DAY, "D0120", "D1110", at="10:00")
    o.case(gave_up, "U8", "opening:not_listed:1", "gave the slot of opening 1 back")


# U9, offers

def offers(o):
    for plan, expected, note in (
            (MEDICAID, "offer:blocked_federal", "state Medicaid"),
            (MEDICARE, "offer:blocked_federal", "Medicare plan"),
            (UNKNOWN_KIND, "offer:blocked_unknown",
             "nobody has recorded whether the plan is public"),
            (CALENDAR, "offer:eligible",
             "commercial PPO; automated channels still need written consent")):
        patient = o.person(RIVERSIDE)
        o.prophy(patient, overdue_7(o))
        o.cover(patient, plan)
        o.case(patient, "U9", expected, note)
    minor = o.person(LAKESIDE, age=15)
    o.prophy(minor, overdue_7(o))
    o.cover(minor, CALENDAR)
    o.case(minor, "U9", "offer:blocked_minor", "15 years old, commercial PPO")
