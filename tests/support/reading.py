# SPDX-License-Identifier: MIT
"""A practice's tables read a second time, in SQL, from docs/dental.md and docs/facts.md alone: who is
meant by each playbook. It shares no code with the program."""
import calendar
import csv
import re
import sqlite3
from datetime import date, timedelta

from command import PRACTICE

# Views on the tables: `today` is a table of one row, codes are those of the record.
VIEWS = """
CREATE VIEW done AS SELECT p.PatNum, c.ProcCode code, p.ProcDate day, p.ToothNum tooth
    FROM procedurelog p JOIN procedurecode c USING (CodeNum), today
    WHERE p.ProcStatus IN ('2', '3', '4') AND p.ProcDate <= today.day;
CREATE VIEW visit AS SELECT a.*, substr(AptDateTime, 1, 10) day FROM appointment a;
CREATE VIEW ahead AS SELECT AptNum, PatNum FROM visit, today
    WHERE AptStatus = '1' AND visit.day >= today.day;
CREATE VIEW free AS SELECT PatNum FROM patient
    WHERE PatStatus = '0' AND PatNum NOT IN (SELECT PatNum FROM ahead);
CREATE VIEW planned AS SELECT p.PatNum, c.ProcCode code,
    CASE WHEN p.DateTP < '0002' THEN NULL ELSE p.DateTP END day
    FROM procedurelog p JOIN procedurecode c USING (CodeNum) WHERE p.ProcStatus = '1'
    AND p.AptNum NOT IN (SELECT AptNum FROM ahead)
    AND p.PlannedAptNum NOT IN (SELECT AptNum FROM ahead)
    AND NOT EXISTS (SELECT 1 FROM done d WHERE d.PatNum = p.PatNum AND d.day >= p.DateTP
      AND d.tooth = p.ToothNum AND p.ToothNum <> ''
      AND (d.code = c.ProcCode OR d.code BETWEEN 'D2710' AND 'D2794'
           OR d.code IN ('D7140', 'D7210')));
CREATE VIEW fresh AS SELECT planned.* FROM planned, today
    WHERE planned.day > date(today.day, '-12 months', '-1 day');
CREATE VIEW exam AS SELECT PatNum, max(day) day FROM done
    WHERE code IN ('D0120', 'D0145', 'D0150', 'D0180') GROUP BY PatNum;
"""

# What each playbook is for, in SQL. The kind and day of recare are read again in hygiene.py.
GROUPS = {
    "root canal": ["D3310", "D3320", "D3330", "D3346", "D3347", "D3348"],
    "crown": ["D2740", "D2750", "D2751", "D2950"],
    "filling": ["D2140", "D2150", "D2330", "D2331", "D2391", "D2392", "D2393", "D2394"],
    "deep cleaning": ["D4341", "D4342", "D4355"],
    "implant": ["D6010", "D6058"],
    "bridge or denture": ["D5110", "D5130"],
    "aligners": ["D8090"],
    "other": ["D7140", "D7210", "D7220", "D7230", "D7240"],
}
# Starts, finishes and days of what was begun on a tooth, or anywhere in the mouth.
CROWNS = [("D2710", "D2794"), ("D6710", "D6794")]
OUT = [("D7140", "D7140"), ("D7210", "D7210")]
FILLINGS = [("D2140", "D2394")]
BEGUN = {
    "root canal": [(["D3221", "D3351", "D3355"],
                    [("D3310", "D3332"), ("D3353", "D3357")] + OUT, 14)],
    "crown over a root canal": [(["D3310", "D3320", "D3330", "D3346"], CROWNS + OUT, 30)],
    "crown or bridge": [(["D2799"], CROWNS + OUT, 45), (["D2950"], CROWNS + OUT, 45)],
    "final filling": [(["D2940", "D1354"], FILLINGS + CROWNS + OUT, 45)],
    "tooth on an implant": [(["D6010"], [("D6058", "D6077"), ("D6100", "D6117")], 180)],
    "lost tooth": [(["D7140", "D7210"],
                    [("D5110", "D5228"), ("D6010", "D6010"), ("D6205", "D6252")], 90),
                   (["D7953"], [("D5110", "D5228"), ("D6010", "D6010"), ("D6205", "D6252")], 120)],
    "denture": [(["D5130", "D5140"], [("D5110", "D5120"), ("D5211", "D5228"), ("D5730", "D5761")],
                 365)],
    "aligners or braces": [(["D8660"], [("D8010", "D8091")], 30)],
    "cleaning after a first visit": [
        (["D4355"], [("D0150", "D0180")], 30),
        (["D4355"], [("D1110", "D1120"), ("D4341", "D4910")], 30),
        (["D0150"], [("D1110", "D1120"), ("D4341", "D4355"), ("D4910", "D4910")], 45)],
}


def quoted(codes):
    return ", ".join(f"'{code}'" for code in codes)


def planned(groups, view):
    """Patients with open treatment of some groups."""
    codes = quoted(code for group in groups for code in GROUPS[group])
    return f"SELECT PatNum FROM {view} WHERE code IN ({codes})"


def begun(segments):
    """Patients with something begun and not finished."""
    parts = []
    for starts, finishes, days in (one for segment in segments for one in BEGUN.get(segment, [])):
        ends = " OR ".join(f"d.code BETWEEN '{low}' AND '{high}'" for low, high in finishes)
        wisdom = "AND s.tooth NOT IN ('1', '16', '17', '32')" if "D7140" in starts else ""
        parts.append(f"""SELECT s.PatNum FROM done s, today WHERE s.code IN ({quoted(starts)})
            AND date(s.day, '+{days} days') <= today.day {wisdom}
            AND NOT EXISTS (SELECT 1 FROM done d WHERE d.PatNum = s.PatNum
            AND d.day >= s.day AND ({ends})
            AND (s.tooth = '' OR d.tooth = '' OR d.tooth = s.tooth))""")
    if "deep cleaning" in segments:
        parts.append("""SELECT PatNum FROM planned p WHERE code IN ('D4341', 'D4342') AND EXISTS (
            SELECT 1 FROM done d, today WHERE d.PatNum = p.PatNum AND d.code IN ('D4341', 'D4342')
            AND date(d.day, '+30 days') <= today.day)""")
    return " UNION ".join(parts)


INSURED = """
CREATE VIEW plan AS SELECT pp.PatNum, i.PlanNum, i.PlanType, s.InsSubNum, f.EclaimCode filing,
    CASE WHEN i.MonthRenew IN ('0', '1') THEN '01' ELSE printf('%02d', i.MonthRenew) END month,
    i.MonthRenew calendar,
    (SELECT 100 * b.MonetaryAmt FROM benefit b WHERE b.PlanNum = i.PlanNum AND b.BenefitType = '5'
     AND b.MonetaryAmt > 0) most
    FROM patplan pp JOIN inssub s USING (InsSubNum) JOIN insplan i USING (PlanNum), today
    LEFT JOIN insfilingcode f ON f.InsFilingCodeNum = i.FilingCode
    WHERE s.DateEffective <= today.day AND (s.DateTerm < '0002' OR s.DateTerm >= today.day);
CREATE VIEW verified AS SELECT plan.*, (strftime('%Y', today.day)
    - (strftime('%m', today.day) < month)) || '-' || month || '-01' first
    FROM plan, today JOIN patplan pp ON pp.PatNum = plan.PatNum
    JOIN insverify v ON v.FKey = pp.PatPlanNum AND v.VerifyType = '2'
    WHERE v.DateLastVerified >= date(today.day, '-30 days') AND most IS NOT NULL;
CREATE VIEW used AS SELECT v.*, date(v.first, '+1 year', '-1 day') last,
    (SELECT coalesce(sum(CASE WHEN c.Status = '1' THEN 100 * c.InsPayAmt WHEN c.Status = '0'
     THEN 100 * c.InsPayEst END), 0) FROM claimproc c WHERE c.InsSubNum = v.InsSubNum
     AND c.PatNum = v.PatNum
     AND c.ProcDate >= v.first AND c.ProcDate < date(v.first, '+1 year')) spent,
    (SELECT coalesce(sum(100 * c.InsPayAmt), 0) FROM claimproc c WHERE c.InsSubNum = v.InsSubNum
     AND c.PatNum = v.PatNum AND c.Status = '1'
     AND c.ProcDate < v.first AND c.ProcDate >= date(v.first, '-1 year')) before FROM verified v;
CREATE VIEW left AS SELECT used.* FROM used JOIN free USING (PatNum)
    WHERE spent < most AND PlanType IN ('p', '');
-- What the demo plans limit: two cleanings in twelve months, one in six, two in a plan's year.
CREATE VIEW covered AS SELECT left.PatNum FROM left JOIN recare USING (PatNum), today WHERE
    recare.kind = 'perio' OR recare.child = 1 OR CASE left.PlanNum
    WHEN '1' THEN (SELECT count(*) FROM done d WHERE d.PatNum = left.PatNum AND d.code = 'D1110'
      AND d.day > date(today.day, '-1 year')) < 2
    WHEN '2' THEN NOT EXISTS (SELECT 1 FROM done d WHERE d.PatNum = left.PatNum AND d.code = 'D1110'
      AND date(d.day, '+6 months') > today.day)
    WHEN '3' THEN (SELECT count(*) FROM done d WHERE d.PatNum = left.PatNum AND d.code = 'D1110'
      AND d.day BETWEEN left.first AND left.last) < 2
    ELSE 1 END;
"""
# The clock of cleanings: the latest trigger, its kind, the interval, when it is due, how long ago.
RECARE = """
CREATE VIEW trigger_ AS SELECT PatNum, day, code IN ('D4910', 'D4341', 'D4342') perio FROM done
    WHERE code IN ('D1110', 'D1120', 'D4910', 'D4341', 'D4342');
CREATE VIEW lastcare AS SELECT PatNum, day, max(perio) perio FROM trigger_ t
    WHERE day = (SELECT max(day) FROM trigger_ u WHERE u.PatNum = t.PatNum) GROUP BY PatNum;
CREATE VIEW typed AS SELECT r.*, r.rowid place, CASE
    WHEN t.Description IS NULL THEN CASE WHEN (SELECT count(*) FROM recalltype) = 0
      THEN CASE RecallTypeNum WHEN '3' THEN 1 WHEN '1' THEN 2 WHEN '2' THEN 3 END END
    WHEN replace(lower(t.Description), 'period', '') LIKE '%perio%' THEN 1
    WHEN lower(t.Description) LIKE '%child%' THEN 3
    WHEN lower(t.Description) LIKE '%prophy%' THEN 2 END rank
    FROM recall r LEFT JOIN recalltype t USING (RecallTypeNum);
CREATE VIEW record AS SELECT * FROM typed t WHERE rank IS NOT NULL AND place = (SELECT place
    FROM typed u WHERE u.PatNum = t.PatNum AND rank IS NOT NULL ORDER BY rank, place LIMIT 1);
CREATE VIEW kind AS SELECT p.PatNum, l.day cleaned, CASE WHEN record.rank = 1 OR l.perio = 1
    THEN 'perio' ELSE 'prophy' END kind FROM patient p
    LEFT JOIN lastcare l USING (PatNum) LEFT JOIN record USING (PatNum);
CREATE VIEW clock AS SELECT kind.*, CASE
    WHEN r.DateDue > '0002' AND r.DateDueCalc > '0002' AND r.DateDue <> r.DateDueCalc
      AND (kind.cleaned IS NULL OR r.DatePrevious < '0002' OR kind.cleaned <= r.DatePrevious)
      THEN r.DateDue
    ELSE after(kind.cleaned, (SELECT RecallInterval FROM typed o WHERE o.PatNum = kind.PatNum
      AND (o.rank = 1) = (kind.kind = 'perio') AND rank IS NOT NULL ORDER BY rank, place LIMIT 1),
      CASE kind.kind WHEN 'perio' THEN '4m' ELSE '6m1d' END) END due
    FROM kind LEFT JOIN record r USING (PatNum);
CREATE TABLE recare AS SELECT clock.*, months(due, today.day) over, CASE
    WHEN clock.cleaned IS NULL AND due IS NULL THEN NULL
    WHEN due > today.day THEN 'not_due' WHEN months(due, today.day) < 6 THEN '0-6'
    WHEN months(due, today.day) < 9 THEN '6-9' WHEN months(due, today.day) < 12 THEN '9-12'
    ELSE '12+' END band,
    p.Birthdate > '0002' AND date(p.Birthdate, '+12 years')
      > max(coalesce(due, today.day), today.day) child,
    coalesce(r.IsDisabled = '1', 0) disabled,
    CASE WHEN r.DisableUntilDate > '0002' THEN r.DisableUntilDate END until,
    CASE WHEN CAST(r.DisableUntilBalance AS REAL) > 0
      THEN CAST(r.DisableUntilBalance AS REAL) END balance
    FROM clock JOIN patient p USING (PatNum) JOIN today LEFT JOIN record r USING (PatNum);
-- Why no campaign is for somebody at all.
CREATE VIEW excluded AS SELECT p.PatNum FROM patient p JOIN recare USING (PatNum), today
    WHERE p.PatStatus <> '0' OR p.PreferContactMethod = '1'
    OR recare.balance IS NOT NULL AND CAST(p.BalTotal AS REAL) > recare.balance
    OR EXISTS (SELECT 1 FROM visit v WHERE v.PatNum = p.PatNum AND v.AptStatus IN ('2', '5')
      AND v.day BETWEEN date(today.day, '-14 days') AND today.day)
    OR EXISTS (SELECT 1 FROM procedurelog o JOIN procedurecode c USING (CodeNum)
      WHERE o.PatNum = p.PatNum AND o.ProcStatus = '2' AND c.ProcCode NOT LIKE 'D998_'
      AND o.ProcDate BETWEEN date(today.day, '-14 days') AND today.day);
"""
# Visits: `slot` are those that a campaign about visits is shown, a month back and a year ahead.
VISITS = """
CREATE VIEW slot AS SELECT v.* FROM visit v JOIN patient p USING (PatNum), today
    WHERE v.day BETWEEN date(today.day, '-1 month') AND date(today.day, '+1 year')
    AND p.PatStatus <> '5' AND p.PreferContactMethod <> '1';
CREATE VIEW asked AS SELECT * FROM slot, today WHERE AptStatus = '1' AND slot.day >= today.day
    AND Confirmed NOT IN (SELECT DefNum FROM definition WHERE Category = '2'
      AND lower(ItemName) LIKE '%confirmed%' AND lower(ItemName) NOT LIKE '%unconfirmed%'
      AND lower(ItemName) NOT LIKE '%not %');
CREATE VIEW broken AS SELECT v.PatNum, count(*) times FROM visit v, today WHERE AptStatus = '5'
    AND v.day <= today.day AND date(v.day, '+12 months') >= today.day GROUP BY PatNum;
CREATE VIEW seen AS SELECT PatNum, max(day) day FROM (
    SELECT PatNum, visit.day FROM visit, today WHERE AptStatus = '2' AND visit.day <= today.day
    UNION SELECT PatNum, ProcDate FROM procedurelog JOIN procedurecode USING (CodeNum), today
    WHERE ProcStatus = '2' AND ProcCode NOT LIKE 'D998_' AND ProcDate <= today.day)
    GROUP BY PatNum;
CREATE VIEW missed AS SELECT slot.AptNum, slot.PatNum, coalesce(times, 0) times FROM slot
    LEFT JOIN broken USING (PatNum) WHERE AptStatus = '5' AND slot.PatNum NOT IN (SELECT PatNum FROM ahead);
-- The short-notice list, with how long the visit is that is wanted sooner.
CREATE VIEW asap AS SELECT PatNum, 5 * length(Pattern) minutes FROM visit, today
    WHERE Priority = '1' AND AptStatus <> '2' AND (visit.day >= today.day OR visit.day < '0002')
    UNION SELECT PatNum, NULL FROM record WHERE Priority = '1';
CREATE VIEW fits AS SELECT o.opening, p.PatNum FROM openings o JOIN patient p
    ON p.ClinicNum = o.location LEFT JOIN recare r USING (PatNum)
    WHERE p.PatStatus = '0' AND p.PatNum NOT IN (SELECT PatNum FROM excluded)
    AND (EXISTS (SELECT 1 FROM asap a WHERE a.PatNum = p.PatNum
           AND (a.minutes IS NULL OR a.minutes <= CAST(o.minutes AS INTEGER)))
      OR o.hygiene = '1' AND CAST(o.minutes AS INTEGER) >= 40
         AND p.PatNum IN (SELECT PatNum FROM free) AND r.disabled = 0
         AND r.band IN ('0-6', '6-9', '9-12', '12+'))
    AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.PatNum = p.PatNum AND v.AptStatus = '5'
      AND replace(substr(v.AptDateTime, 1, 16), ' ', 'T') = o.start);
-- Whom a message about somebody goes to: of a minor, whoever is marked to stand for them.
CREATE VIEW addressee AS SELECT p.PatNum, iif(date(p.Birthdate, '+18 years') <= today.day, p.PatNum,
      (SELECT PatNumGuardian FROM guardian g WHERE g.PatNumChild = p.PatNum AND g.IsGuardian = '1'))
      AS whom
    FROM patient p, today WHERE p.Birthdate > '0002';
-- Who can be written to at all: of age, by a text that is allowed or by e-mail.
CREATE VIEW reached AS SELECT addressee.PatNum FROM addressee JOIN seen USING (PatNum)
    JOIN patient p ON p.PatNum = addressee.whom, today
    WHERE p.Birthdate > '0002' AND date(p.Birthdate, '+18 years') <= today.day
    AND (p.Email <> '' OR p.TxtMsgOk = '1' AND p.WirelessPhone <> ''
         AND date(seen.day, '+18 months') >= today.day);
"""
# Whom a campaign about visits is for: the keys of the visits.
VISIT_QUERIES = {
    "visit-confirmation": "SELECT AptNum FROM asked",
    "visit-confirmation-early": """SELECT AptNum FROM asked LEFT JOIN seen USING (PatNum), today
        WHERE PatNum IN (SELECT PatNum FROM broken) OR date(seen.day, '+12 months') <= today.day""",
    "broken-visit": "SELECT AptNum FROM missed WHERE times < 2",
    "broken-visit-repeat": "SELECT AptNum FROM missed WHERE times >= 2",
}
DEFERRED = f"""PatNum IN ({planned(GROUPS, 'fresh')})"""
QUERIES = {
    "hygiene-recare": """SELECT PatNum FROM free JOIN recare USING (PatNum), today
        WHERE band IN ('0-6', '6-9', '9-12', '12+') AND disabled = 0 AND balance IS NULL
        AND (until IS NULL OR until <= today.day)""",
    "unscheduled-treatment": f"""SELECT PatNum FROM free
        WHERE PatNum IN ({planned(GROUPS, 'recent')})
        AND PatNum NOT IN ({begun([*BEGUN, 'deep cleaning'])})""",
    "unfinished-treatment": f"""SELECT PatNum FROM free
        WHERE PatNum IN ({begun([*BEGUN, 'deep cleaning'])})""",
    "lapsed-exam": """SELECT PatNum FROM free JOIN recare USING (PatNum), today
        LEFT JOIN exam USING (PatNum)
        WHERE recare.disabled = 0 AND (recare.band IS NULL OR recare.band = 'not_due')
        AND (recare.until IS NULL OR recare.until <= today.day)
        AND (EXISTS (SELECT 1 FROM done d WHERE d.PatNum = free.PatNum AND d.code NOT LIKE 'D998_')
             OR EXISTS (SELECT 1 FROM visit v WHERE v.PatNum = free.PatNum AND v.AptStatus = '2'))
        AND (exam.day IS NULL OR date(exam.day, '+12 months') <= today.day)""",
    "benefits-before-expiry": f"""SELECT PatNum FROM left JOIN recare USING (PatNum), today
        WHERE last >= date(today.day, '+21 days')
        AND last < date(today.day, CASE calendar WHEN '0' THEN '+122 days' ELSE '+90 days' END)
        AND (recare.due <= last AND PatNum IN covered OR {DEFERRED})""",
    "benefits-renewed": f"""SELECT PatNum FROM left JOIN recare USING (PatNum), today
        WHERE today.day < date(first, '+59 days') AND before < most
        AND (recare.due <= today.day AND PatNum IN covered OR {DEFERRED})""",
    "benefits-used-up": f"""SELECT PatNum FROM left JOIN recare USING (PatNum), today
        WHERE today.day < date(first, '+59 days') AND before >= most
        AND (recare.due <= today.day AND PatNum IN covered OR {DEFERRED})""",
    "household-seasons": """SELECT p.PatNum FROM patient p, today
        WHERE p.PatStatus = '0' AND p.Guarantor = p.PatNum
        AND p.PatNum IN (SELECT PatNum FROM family)
        AND p.Birthdate > '0002' AND date(p.Birthdate, '+18 years') <= today.day
        AND (EXISTS (SELECT 1 FROM guardian g JOIN family m ON m.PatNum = g.PatNumChild
               WHERE g.PatNumGuardian = p.PatNum AND g.IsGuardian = '1' AND m.Guarantor = p.PatNum
               AND date(m.Birthdate, '+18 years') > today.day)
             AND p.PatNum IN (SELECT Guarantor FROM due WHERE PatNum <> Guarantor)
          OR p.PatNum IN (SELECT PatNum FROM due)
             AND EXISTS (SELECT 1 FROM family m WHERE m.Guarantor = p.PatNum
               AND m.PatNum <> p.PatNum
               AND (m.PatStatus = '2' OR m.PatNum IN (SELECT PatNum FROM due))))""",
    "return-offer": """SELECT PatNum FROM free JOIN recare USING (PatNum)
        JOIN patient p USING (PatNum), today
        WHERE recare.disabled = 0 AND recare.band IN ('6-9', '9-12', '12+')
        AND (recare.until IS NULL OR recare.until <= today.day)
        AND p.Birthdate > '0002' AND date(p.Birthdate, '+18 years') <= today.day
        AND PatNum NOT IN (SELECT PatNum FROM plan
          WHERE filing IS NULL OR filing IN ('MC', 'MB'))""",
}
EXTRA = """CREATE VIEW family AS SELECT * FROM patient
    WHERE PreferContactConfidential IN ('', '0');
CREATE VIEW due AS SELECT f.PatNum, m.Guarantor FROM free f JOIN family m USING (PatNum)
    JOIN recare USING (PatNum) WHERE recare.band IN ('0-6', '6-9', '9-12', '12+');
CREATE VIEW recent AS SELECT planned.* FROM planned, today
    WHERE planned.day IS NULL OR planned.day > date(today.day, '-24 months', '-1 month');"""


def interval(text):
    """Years, months, weeks and days of an interval: packed, or in letters."""
    if re.fullmatch(r"\d+", text or ""):
        return [int(text) >> shift & 255 for shift in (24, 16, 8, 0)]
    return [int((re.search(rf"(\d+){unit}", text or "") or [0, 0])[1]) for unit in "ymwd"]


def after(day, own, usual):
    """A day some time after another: by the interval of one's own, unless it is too short."""
    if day is None:
        return None
    years, months, weeks, days = interval(own)
    if years * 365 + months * 30 + weeks * 7 + days < 28:
        years, months, weeks, days = interval(usual)
    begin = date.fromisoformat(day)
    year, month = divmod(begin.year * 12 + begin.month - 1 + years * 12 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return str(date(year, month + 1, min(begin.day, last)) + timedelta(weeks * 7 + days))


def months_between(begin, end):
    """Whole months from one day to another: 0 before it."""
    if begin is None:
        return None
    count = 0
    while after(begin, f"{count + 1}m", f"{count + 1}m") <= end:
        count += 1
    return count


def table(base, path):
    """Puts a table of the demo practice's columns into a database: empty where there is none."""
    with open(PRACTICE / path.name, encoding="utf-8", newline="") as file:
        head = next(csv.reader(file))
    found = []
    if path.exists():
        with open(path, encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file))
    names = ", ".join(f'"{name}" TEXT' for name in head)
    base.execute(f'CREATE TABLE "{path.stem}" ({names})')
    base.executemany(f'INSERT INTO "{path.stem}" VALUES ({", ".join("?" * len(head))})',
                     [[row.get(name, "") for name in head] for row in found])


def read(data, day):
    """A database of a folder's tables and the views on them, as of a day."""
    base = sqlite3.connect(":memory:")
    base.create_function("after", 3, after, deterministic=True)
    base.create_function("months", 2, months_between, deterministic=True)
    for path in sorted(PRACTICE.glob("*.csv")):
        if path.name != "cases.csv":
            table(base, data / path.name)
    base.execute("CREATE TABLE today AS SELECT ? AS day", [day])
    base.executescript(VIEWS + RECARE + EXTRA + INSURED + VISITS)
    return base


def chosen(base, query):
    """Whom a query chooses."""
    return {key for (key,) in base.execute(query)}
