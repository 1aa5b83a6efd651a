# SPDX-License-Identifier: MIT
"""Who is meant by each playbook: the demo practice read once more in SQL, from its tables alone.
Who is asked about visits."""
import collections
import csv
import datetime
import json
import pathlib
import re
import shutil
import sqlite3
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, SHARED, Command, main, rows, winback  # noqa: E402
from store import Store, day_after  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "lib/data/playbooks"
NEEDS = ROOT / "tests/data/needs.csv"
EXPORT = pathlib.Path(SHARED) / "data/open-dental-500/csv" if SHARED else None

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
DEFERRED = f"""PatNum IN ({planned(GROUPS, 'fresh')})"""
QUERIES = {
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


class Reading(Command):
    """The audience of each playbook, against its query."""

    place = ["--practice", SETTINGS]

    def read(self, data, day):
        """A database with the tables of a folder, and what the dictionary says of recare."""
        base = sqlite3.connect(":memory:")
        self.addCleanup(base.close)
        for path in sorted(data.glob("*.csv")):
            with open(path, encoding="utf-8-sig", newline="") as file:
                head, *table = csv.reader(file)
            names = ", ".join(f'"{name}" TEXT' for name in head)
            base.execute(f'CREATE TABLE "{path.stem}" ({names})')
            places = ", ".join("?" * len(head))
            base.executemany(f'INSERT INTO "{path.stem}" VALUES ({places})', table)
        base.execute("CREATE TABLE today AS SELECT ? AS day", [day])
        base.execute("CREATE TABLE recare (PatNum TEXT, kind, due, band, child, disabled, until)")
        done = winback("explain", "--facts", "--data", data, *self.place, "--as-of", day)
        for row in map(json.loads, done.stdout.splitlines()):
            base.execute("INSERT INTO recare VALUES (?, ?, ?, ?, ?, ?, ?)", [
                row["patient.key"], row["recare.kind"], row["recare.due"], row["recare.band"],
                row.get("recare.child", False), row["recare.disabled"],
                row["recare.disabled_until"]])
        for statement in (VIEWS + EXTRA + INSURED).split(";\n"):
            base.execute(statement)
        return base

    def meant(self, name, data, day):
        """Whom the audience of a playbook selects."""
        audience = json.loads((FOLDER / f"{name}.json").read_text())["audience"]
        done = winback("segment", "--data", data, *self.place, "--as-of", day, "--where", audience,
                       "--csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        return set(done.stdout.split()[1:])

    def compare(self, day, names, data=PRACTICE):
        base = self.read(data, day)
        found = {}
        for name in names:
            wanted = {key for (key,) in base.execute(QUERIES[name])}
            found[name] = self.meant(name, data, day)
            with self.subTest(playbook=name, day=day):
                self.assertEqual(found[name], wanted)
        return found


class Chosen(Reading):
    """The demo practice."""

    def copy(self, patient, code, day):
        """The demo practice with one more planned procedure."""
        data = self.folder / f"copy-{patient}"
        shutil.copytree(PRACTICE, data)
        number = next(row["CodeNum"] for row in rows(PRACTICE / "procedurecode.csv")
                      if row["ProcCode"] == code)
        path = data / "procedurelog.csv"
        head = path.read_text().splitlines()[0].split(",")
        cells = {"ProcNum": "99999", "PatNum": patient, "CodeNum": number, "ProcDate": day,
                 "ToothNum": "3", "ProcStatus": "1", "AptNum": "0", "PlannedAptNum": "0",
                 "DateTP": day, "ClinicNum": "1", "ProvNum": "1", "ProcFee": "0.00"}
        with open(path, "a", encoding="utf-8") as file:
            file.write(",".join(cells.get(name, "") for name in head) + "\n")
        return data

    def test_the_demo_practice(self):
        found = self.compare(DAY, sorted(QUERIES))
        self.assertEqual({name: len(keys) for name, keys in found.items()},
                         {"benefits-before-expiry": 17, "benefits-renewed": 0,
                          "benefits-used-up": 0, "household-seasons": 10, "lapsed-exam": 11,
                          "return-offer": 117, "unfinished-treatment": 12,
                          "unscheduled-treatment": 12})

    def test_a_new_benefit_period(self):
        names = ["benefits-before-expiry", "benefits-renewed", "benefits-used-up"]
        found = self.compare("2026-02-10", names)
        self.assertGreater(len(found["benefits-renewed"]), 5)
        self.assertEqual(found["benefits-used-up"], set())  # 1118 needs nothing yet
        data = self.copy("1118", "D2740", "2026-01-20")
        found = self.compare("2026-02-10", names, data)
        self.assertEqual(found["benefits-used-up"], {"1118"})
        for day in ["2026-03-01", "2026-06-10"]:  # the period is no longer new
            self.assertEqual(self.compare(day, names, data)["benefits-used-up"], set())

    def test_a_maximum_that_is_used_up_is_never_spoken_of_before_it_renews(self):
        data = self.copy("1120", "D2740", "2026-01-20")
        for day in ["2026-02-10", DAY, "2026-05-20"]:
            for name in ["benefits-before-expiry", "benefits-renewed", "benefits-used-up"]:
                self.assertNotIn("1120", self.meant(name, data, day))

    def test_cases(self):
        """Rows of cases.csv whose words say who is meant."""
        playbooks = {"unscheduled": "unscheduled-treatment", "unfinished": "unfinished-treatment",
                     "lapsed_exam": "lapsed-exam", "limited_only": "lapsed-exam"}
        found = {name: self.meant(name, PRACTICE, DAY) for name in sorted(QUERIES)}
        others = {"scheduled", "superseded", "none", "finished", "waiting", "exam_current"}
        seen = 0
        for row in rows(PRACTICE / "cases.csv"):
            words = {word.partition(":")[0] for word in row["expected"].split(";")}
            if row["use_case"] not in ("U2", "U3", "U4"):
                continue
            seen += 1
            name = next((playbooks[word] for word in words if word in playbooks), None)
            # Planned over 24 months ago is history. What the steps of a denture are the practice
            # has not said; the denture itself is planned.
            wanted = name is not None and "history" not in words
            if row["expected"] == "unfinished:denture_steps":
                name = "unscheduled-treatment"
            with self.subTest(patient=row["patient"], expected=row["expected"]):
                self.assertTrue(name or words & others)
                self.assertEqual(any(row["patient"] in keys for keys in found.values()), wanted)
                self.assertEqual(name is not None and row["patient"] in found[name], wanted)
        self.assertEqual(seen, 44)
        blocked = {row["patient"] for row in rows(PRACTICE / "cases.csv")
                   if row["expected"].startswith("offer:blocked")}
        self.assertEqual(len(blocked), 4)
        self.assertFalse(blocked & found["return-offer"])
        self.assertIn("1158", found["return-offer"])

    def test_segments(self):
        """Everybody meant is in a segment; who is in which, in the order of the file."""
        counts = {"unscheduled-treatment": {"root canal": 1, "crown": 4},
                  "unfinished-treatment": {"lost tooth": 1, "deep cleaning": 1},
                  "lapsed-exam": {"limited only": 2, "18+": 3}}
        for path in sorted(FOLDER.glob("*.json")):
            playbook = json.loads(path.read_text())
            if playbook["name"] not in QUERIES:
                continue
            left = self.meant(playbook["name"], PRACTICE, DAY)
            for segment in playbook["segments"]:
                done = self.segment(PRACTICE, "--where", segment["where"], "--csv")
                self.assertEqual(done.returncode, 0, done.stderr)
                inside = left & set(done.stdout.split()[1:])
                left -= inside
                wanted = counts.get(playbook["name"], {}).get(segment["name"])
                with self.subTest(playbook=playbook["name"], segment=segment["name"]):
                    self.assertIn(wanted, (None, len(inside)))
            self.assertEqual(left, set(), playbook["name"])


@unittest.skipUnless(EXPORT and EXPORT.is_dir(), "WB_SHARED names no folder with open-dental-500")
class Export(Reading):
    """An export of 500 patients."""

    place = ["--zone", "America/New_York", "--region", "US-NY"]

    def test_who_is_meant(self):
        found = self.compare("2026-01-30", ["lapsed-exam", "unfinished-treatment",
                                            "unscheduled-treatment"], EXPORT)
        self.assertEqual({name: len(keys) for name, keys in found.items()},
                         {"lapsed-exam": 5, "unfinished-treatment": 170,
                          "unscheduled-treatment": 189})


class Visits(Store):
    """Ten days of visits ahead and broken, with every playbook about them launched."""

    NAMES = ["visit-confirmation", "visit-confirmation-early", "broken-visit",
             "broken-visit-repeat"]

    def setUp(self):
        super().setUp()
        named = [part for name in self.NAMES for part in ("--campaign", name)]
        self.sent = collections.defaultdict(list)
        for days in range(-7, 4):
            day = day_after(DAY, days)
            for action in self.run_at(day + "T11:00", *named, campaign=None):
                self.sent[action["patient"]].append((day, action["campaign"], action["channel"]))

    def test_cases(self):
        seen = 0
        for row in rows(PRACTICE / "cases.csv"):
            if row["use_case"] != "U7":
                continue
            seen += 1
            sent = self.sent[row["patient"]]
            asked = [day for day, name, channel in sent
                     if name == "visit-confirmation" and channel != "call"]
            kind, _, what = row["expected"].partition(":")
            with self.subTest(patient=row["patient"], expected=row["expected"], sent=sent):
                if kind == "confirm":
                    self.assertTrue(asked and max(asked) < what)
                    self.assertLessEqual(len(asked), 2)
                elif kind == "desk":  # the STOP is of their number: no text
                    self.assertNotIn("sms", [channel for *_, channel in sent])
                    self.assertIn("call", [channel for *_, channel in sent])
                elif kind == "broken":
                    self.assertEqual({name for _, name, _ in sent}, {
                        "once": {"broken-visit"}, "repeat": {"broken-visit-repeat"}}[what])
                    self.assertEqual("call" in [channel for *_, channel in sent],
                                     what == "repeat")
                else:
                    self.assertIn(kind, ("confirmed", "none"))
                    self.assertEqual(sent, [])
        self.assertEqual(seen, 10)

    def test_nobody_is_asked_who_has_no_visit_ahead(self):
        ahead = collections.defaultdict(set)
        for visit in rows(PRACTICE / "appointment.csv"):
            if visit["AptStatus"] == "1":
                ahead[visit["PatNum"]].add(visit["AptDateTime"][:10])
        for patient, sent in self.sent.items():
            for day, name, _ in sent:
                if name.startswith("visit-confirmation"):
                    last = day_after(day, 7 if name.endswith("early") else 3)
                    with self.subTest(patient=patient, day=day, playbook=name):
                        self.assertTrue([date for date in ahead[patient] if day <= date <= last])


class Said(Store):
    """A fortnight with all playbooks at once."""

    CLINICAL = re.compile(r"\b(crown|root canal|filling|implant|denture|aligner|deep clean|perio"
                          r"dontal|corona|endodoncia|empaste|dentadura|alineador|enc[ií]a|seda)",
                          re.I)

    def setUp(self):
        super().setUp()
        names = sorted(path.stem for path in FOLDER.glob("*.json"))
        named = [part for name in names for part in ("--campaign", name)]
        self.sent = []
        for days in range(14):
            day = day_after(DAY, days)
            self.sent += [(day, action) for action in
                          self.run_at(day + "T11:00", *named, campaign=None)]

    def test_no_message_tells_what_the_record_holds(self):
        self.assertGreater(len(self.sent), 300)
        said = "".join(json.dumps({**action, "id": ""}) for _, action in self.sent)
        kept = b"".join((self.store / name).read_bytes() for name in ["journal", "snapshot"])
        for row in rows(PRACTICE / "patient.csv"):
            for value in [row["SSN"], row["MedUrgNote"], row["AddrNote"], row["Birthdate"]]:
                if value:
                    self.assertNotIn(value, said)
            for value in [row["SSN"], row["Email"], row["WirelessPhone"], row["HmPhone"]]:
                if value:
                    self.assertNotIn(value.encode(), kept)
        self.assertNotIn("note-secret", said)

    def test_nothing_clinical_is_said_without_consent(self):
        for _, action in self.sent:
            if action["channel"] != "call":
                found = self.CLINICAL.search(action["text"])
                self.assertIsNone(found, (action["campaign"], action["text"]))

    def test_caps_bind_over_all_playbooks(self):
        days = collections.defaultdict(list)
        for day, action in self.sent:
            if action["channel"] != "call" and "confirmation" not in action["campaign"]:
                days[action["patient"]].append(datetime.date.fromisoformat(day))
        for patient, sent in days.items():
            with self.subTest(patient=patient, sent=sent):
                self.assertEqual(len(set(sent)), len(sent))
                for first in sent:
                    self.assertLessEqual(sum(0 <= (day - first).days < 7 for day in sent), 2)
                self.assertLessEqual(len(sent), 4)


class Needs(unittest.TestCase):
    """The list of needs is that of the product's own papers."""

    @unittest.skipUnless(SHARED, "WB_SHARED names no folder with the product's papers")
    def test_every_row_and_every_sentence_is_on_the_list(self):
        known = [row["id"] for row in rows(NEEDS)]
        mission = (pathlib.Path(SHARED) / "mission.md").read_text()
        self.assertEqual(re.findall(r"^\| ([UW]\d+)", mission, re.M),
                         [name for name in known if name[0] in "UW"])
        seed = (pathlib.Path(SHARED) / "mission-seed.txt").read_text()
        sentences = [part for line in seed.splitlines()
                     for part in re.split("(?<=[.!?”])\\s*(?=[A-Z“])", line) if len(part) > 45]
        self.assertEqual([f"S{count + 1}" for count in range(len(sentences))],
                         [name for name in known if name[0] == "S"])


if __name__ == "__main__":
    main()
