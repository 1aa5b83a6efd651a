# SPDX-License-Identifier: MIT
"""winback segment: tables of who is overdue, against a reading of the same CSV files in SQL."""
import collections
import datetime
import json
import pathlib
import re
import sqlite3
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import (DAY, PRACTICE, SETTINGS, SHARED, TABLES, Command, main, rows,  # noqa: E402
                     winback)

UNBOOKED = 'patient.status == "active" && visit.next == null'
BANDS = ["not_due", "0-6", "6-9", "9-12", "12+"]
PERIO, PROPHY = {"D4910", "D4341", "D4342"}, {"D1110", "D1120"}


# ---- the other reading -------------------------------------------------------------------------

def parts(interval):
    """Years, months, weeks, days of a recall interval, packed or text."""
    if re.fullmatch(r"\d+", interval or ""):
        packed = int(interval)
        return packed >> 24, packed >> 16 & 255, packed >> 8 & 255, packed & 255
    found = dict((unit, int(n)) for n, unit in re.findall(r"(\d+)([ymwd])", interval or ""))
    return tuple(found.get(unit, 0) for unit in "ymwd")


def add_months(date, months):
    """The same day so many months later, or the month's last."""
    index = date.year * 12 + date.month - 1 + months
    year, month = divmod(index, 12)
    for day in range(date.day, 27, -1):
        try:
            return datetime.date(year, month + 1, day)
        except ValueError:
            pass
    return datetime.date(year, month + 1, min(date.day, 28))


def add(date, interval):
    years, months, weeks, days = parts(interval)
    moved = add_months(add_months(datetime.date.fromisoformat(date), 12 * years), months)
    return (moved + datetime.timedelta(days=7 * weeks + days)).isoformat()


def due(last, kind, interval):
    """With the patient's own interval where it is one, else the kind's."""
    years, months, weeks, days = parts(interval)
    own = years or months or 7 * weeks + days >= 28
    return add(last, interval if own else {"perio": "4m", "prophy": "6m1d"}[kind])


def band(day, when):
    if when is None:
        return None
    if when > day:
        return "not_due"
    start, today = map(datetime.date.fromisoformat, (when, day))
    months = 0
    while add_months(start, months + 1) <= today:
        months += 1
    return "0-6" if months < 6 else "6-9" if months < 9 else "9-12" if months < 12 else "12+"


def load(folder):
    """The tables in SQLite; dates that are not given are NULL."""
    database = sqlite3.connect(":memory:")
    database.create_function("due", 3, due)
    database.create_function("band", 2, band)
    for name in TABLES:
        path = folder / name
        if not path.exists():
            continue
        table = rows(path)
        columns = list(table[0])
        database.execute(f"CREATE TABLE {path.stem} ({', '.join(columns)})")
        values = [[None if cell.startswith("0001-01-01") or not cell else cell
                   for cell in row.values()] for row in table]
        marks = ", ".join("?" * len(columns))
        database.executemany(f"INSERT INTO {path.stem} VALUES ({marks})", values)
    return database


def types(database):
    """Recall types by kind: from their descriptions, or Open Dental's defaults."""
    kinds = {"1": "prophy", "2": "child", "3": "perio"}
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'recalltype'").fetchone():
        kinds = {}
        for number, words in database.execute("SELECT RecallTypeNum, Description FROM recalltype"):
            words = words.lower()
            found = re.search("perio(?!d)|child|prophy", words)
            kinds[number] = "perio" if re.search("perio(?!d)", words) else \
                "child" if "child" in words else found.group() if found else "other"
    return kinds


def tally(folder, day):
    """Active patients without a visit ahead, by kind and band."""
    database = load(folder)
    database.execute("CREATE TABLE kinds (type, kind)")
    database.executemany("INSERT INTO kinds VALUES (?, ?)", types(database).items())
    columns = [column[1] for column in database.execute("PRAGMA table_info(recall)")]
    moved = "r.DateDue" if "DateDueCalc" in columns else "NULL"
    known = "r.DateDue <> r.DateDueCalc" if "DateDueCalc" in columns else "0"
    codes = ", ".join(f"'{code}'" for code in sorted(PERIO | PROPHY))
    database.executescript(f"""
        CREATE TABLE trigger AS SELECT l.PatNum, l.ProcDate, c.ProcCode IN
            ({', '.join(f"'{code}'" for code in sorted(PERIO))}) AS perio
          FROM procedurelog l JOIN procedurecode c USING (CodeNum)
          WHERE c.ProcCode IN ({codes}) AND l.ProcStatus IN ('2', '3', '4')
            AND l.ProcDate <= '{day}';
        CREATE TABLE lately AS SELECT PatNum, MAX(ProcDate) AS last FROM trigger GROUP BY PatNum;
        CREATE TABLE person AS SELECT p.PatNum, t.last, CASE
            WHEN EXISTS (SELECT 1 FROM recall r JOIN kinds k ON k.type = r.RecallTypeNum
                         WHERE r.PatNum = p.PatNum AND k.kind = 'perio') THEN 'perio'
            WHEN EXISTS (SELECT 1 FROM trigger g WHERE g.PatNum = p.PatNum AND g.perio
                         AND g.ProcDate = t.last) THEN 'perio'
            ELSE 'prophy' END AS kind
          FROM patient p LEFT JOIN lately t USING (PatNum)
          WHERE p.PatStatus = '0' AND NOT EXISTS (SELECT 1 FROM appointment a
            WHERE a.PatNum = p.PatNum AND a.AptStatus = '1' AND a.AptDateTime >= '{day}');
    """)
    query = f"""
        SELECT p.kind, p.last, r.RecallInterval, CASE WHEN {known} AND (p.last IS NULL OR
          p.last <= COALESCE(r.DatePrevious, {moved})) THEN {moved} END
        FROM person p LEFT JOIN recall r ON r.rowid = (
          SELECT s.rowid FROM recall s JOIN kinds k ON k.type = s.RecallTypeNum
          WHERE s.PatNum = p.PatNum AND (k.kind = p.kind OR k.kind = 'child'
            AND p.kind = 'prophy') ORDER BY k.kind = 'child' LIMIT 1)"""
    counts = collections.Counter()
    for kind, last, interval, manual in database.execute(query):
        when = manual or (due(last, kind, interval) if last else None)
        counts[kind, band(day, when)] += 1
    return counts


# ---- reading what is printed -------------------------------------------------------------------

def printed(text):
    """A cross table as {(row, column): count}, totals and all."""
    lines = [line.split() for line in text.splitlines()]
    columns = lines[0][3:]
    return {(line[0], column): int(cell) for line in lines[1:]
            for column, cell in zip(columns, line[1:], strict=True)}


class Segment(Command):
    def cross(self, data, day, *practice):
        done = winback("segment", "--data", data, "--as-of", day, *practice, "--where", UNBOOKED,
                       "--by", "recare.kind,recare.band")
        self.assertEqual(done.returncode, 0, done.stderr)
        return printed(done.stdout)

    def test_demo_practice_is_counted_as_sql_counts_it(self):
        table = self.cross(PRACTICE, DAY, "--practice", SETTINGS)
        counted = tally(PRACTICE, DAY)
        for kind in ["prophy", "perio"]:
            for column in [*BANDS, "none"]:
                expected = counted[kind, None if column == "none" else column]
                self.assertEqual(table[kind, column], expected, (kind, column))
        self.assertEqual([table["prophy", c] for c in [*BANDS, "none", "total"]],
                         [85, 25, 58, 19, 20, 4, 211])
        self.assertEqual([table["perio", c] for c in [*BANDS, "none", "total"]],
                         [14, 16, 16, 14, 15, 0, 75])
        self.assertEqual(table["total", "total"], 286)

    @unittest.skipUnless(SHARED, "WB_SHARED names no folder of shared data")
    def test_export_of_500_patients_is_counted_cell_by_cell(self):
        data = pathlib.Path(SHARED) / "data" / "open-dental-500" / "csv"
        table = self.cross(data, "2026-01-30", "--zone", "America/Los_Angeles")
        self.assertEqual([table["prophy", c] for c in BANDS], [159, 90, 22, 10, 36])
        self.assertEqual([table["perio", c] for c in BANDS], [40, 27, 10, 6, 9])
        counted = tally(data, "2026-01-30")
        self.assertEqual({(k, b): counted[k, b] for k in ["prophy", "perio"] for b in BANDS},
                         {(k, b): table[k, b] for k in ["prophy", "perio"] for b in BANDS})
        self.assertEqual(table["total", "total"], 409)

    def test_csv_lists_keys_in_a_column_patient(self):
        done = self.segment(PRACTICE, "--where", 'recare.band == null', "--csv")
        keys = done.stdout.splitlines()
        self.assertEqual(keys[0], "patient")
        self.assertEqual(sorted(keys[1:]), sorted(set(keys[1:])))
        self.assertIn("1068", keys[1:])
        number, _ = self.count(PRACTICE, "--where", 'recare.band == null')
        self.assertEqual(len(keys) - 1, number)

    def test_json_has_one_object_a_patient(self):
        done = self.segment(PRACTICE, "--where", 'patient.key == "1001"', "--json")
        self.assertEqual([json.loads(line) for line in done.stdout.splitlines()],
                         [{"patient": "1001", "recare.kind": "prophy", "recare.band": "0-6",
                           "recare.last": "2025-09-02", "recare.due": "2026-03-03"}])

    def test_table_as_csv_and_json_has_the_same_cells(self):
        by = ["--where", UNBOOKED, "--by", "recare.kind,recare.band"]
        lines = self.segment(PRACTICE, *by, "--csv").stdout.splitlines()
        self.assertEqual(lines[0], "recare.kind,not_due,0-6,6-9,9-12,12+,none")
        self.assertEqual(lines[1:], ["prophy,85,25,58,19,20,4", "perio,14,16,16,14,15,0"])
        cells = [json.loads(line) for line in self.segment(PRACTICE, *by, "--json").stdout
                 .splitlines()]
        self.assertIn({"recare.kind": "prophy", "recare.band": None, "patients": 4}, cells)
        self.assertEqual(sum(cell["patients"] for cell in cells), 286)
        self.assertEqual(len(cells), 11)

    def test_one_field_gives_a_frequency_table(self):
        expected = collections.Counter(row["PatStatus"] for row in rows(PRACTICE / "patient.csv"))
        lines = self.segment(PRACTICE, "--by", "patient.status").stdout.split("\n")
        self.assertEqual(lines[0].split(), ["patient.status", "patients"])
        self.assertEqual(lines[1].split(), ["active", str(expected["0"])])
        self.assertEqual(lines[-2].split(), ["total", str(sum(expected.values()))])

    def test_dates_sort_by_date_and_visits_today_are_booked(self):
        done = self.segment(PRACTICE, "--where", "visit.next != null", "--by", "visit.next",
                            "--csv")
        days = [line.split(",")[0] for line in done.stdout.splitlines()[1:]]
        self.assertEqual(days, sorted(days))
        self.assertGreaterEqual(days[0], DAY)

    def test_unknowns_are_reported_by_field(self):
        number, said = self.count(PRACTICE, "--where", "patient.age < 18")
        self.assertIn("2 patients undetermined", said)
        self.assertIn("patient.age for 2", said)
        other, _ = self.count(PRACTICE, "--where", "patient.age >= 18")
        self.assertEqual(number + other + 2, len(rows(PRACTICE / "patient.csv")))

    def test_a_wrong_rule_is_a_usage_error_with_its_place(self):
        for rule, place in {'patient.statsu == "x"': ":1:1:", 'patient.status == "actve"': ":1:19:",
                            "recare.overdue_months": ":1:1:", 'recare.kind ==': ":1:"}.items():
            self.refused(self.segment(PRACTICE, "--where", rule), 2, "--where" + place)

    def test_a_wrong_field_is_a_usage_error_that_names_the_nearest(self):
        self.refused(self.segment(PRACTICE, "--by", "recare.bnd"), 2, "did you mean recare.band?")
        self.refused(self.segment(PRACTICE, "--by", ",".join(["today"] * 9)), 2, "8 fields at most")
        self.refused(self.segment(PRACTICE, "--by", "recare.kind,"), 2, "there is no field")

    def test_several_fields_go_down_and_the_last_across(self):
        by = ["--by", "patient.status,recare.kind,recare.booked"]
        lines = self.segment(PRACTICE, *by).stdout.splitlines()
        self.assertEqual(lines[0].split(),
                         ["patient.status", "recare.kind", "/", "recare.booked", "false", "true",
                          "total"])
        self.assertEqual(lines[1].split(), ["active", "prophy", "211", "35", "246"])
        self.assertEqual(lines[2].split(), ["active", "perio", "75", "8", "83"])
        self.assertEqual(lines[-1].split(), ["total", "293", "43", "336"])
        table = self.segment(PRACTICE, *by, "--csv").stdout.splitlines()
        self.assertEqual(table[:2], ["patient.status,recare.kind,false,true", "active,prophy,211,35"])
        cells = [json.loads(line) for line in self.segment(PRACTICE, *by, "--json").stdout
                 .splitlines()]
        self.assertIn({"patient.status": "active", "recare.kind": "perio", "recare.booked": True,
                       "patients": 8}, cells)
        self.assertEqual(sum(cell["patients"] for cell in cells), 336)
        self.assertEqual(len(cells), len({json.dumps(cell) for cell in cells}))

    def test_eight_fields_are_counted(self):
        by = ["recare.kind"] * 7 + ["recare.booked"]
        table = self.segment(PRACTICE, "--by", ",".join(by), "--csv").stdout.splitlines()
        self.assertEqual(table[1:], [",".join(["prophy"] * 7 + ["218", "35"]),
                                     ",".join(["perio"] * 7 + ["75", "8"])])

    def test_numbers_sort_by_number(self):
        ages = [line.split(",")[0] for line in
                self.segment(PRACTICE, "--by", "patient.age", "--csv").stdout.splitlines()[1:]]
        self.assertEqual(ages[-1], "unknown")
        self.assertEqual(ages[:-1], sorted(ages[:-1], key=int))

    def test_nobody_makes_an_empty_table(self):
        done = self.segment(PRACTICE, "--where", "patient.age > 200", "--by",
                            "recare.kind,recare.band")
        self.assertEqual(done.stdout.splitlines(), ["recare.kind / recare.band    total",
                                                    "total                            0"])

    def test_lists_are_no_field_to_count_by(self):
        for name in ["treatments", "treatments.group"]:
            self.refused(self.segment(PRACTICE, "--by", name), 2,
                         f"--by: a patient has several of {name}",
                         "treatments.exists(x, ...)")
        self.refused(self.segment(PRACTICE, "--by", "recare.kind,household.members"), 2,
                     "several of household.members")

    def test_rules_without_a_value_are_reported(self):
        patients = len(rows(PRACTICE / "patient.csv"))
        number, said = self.count(PRACTICE, "--where", "100 / (patient.age - 6) >= 0")
        self.assertIn("1 patient without an answer, not selected", said)
        self.assertIn("2 patients undetermined, not selected", said)
        other, _ = self.count(PRACTICE, "--where", "patient.age != 6")
        self.assertEqual((number, other), (patients - 3, patients - 3))
        number, said = self.count(PRACTICE, "--where", "treatments[0].open")
        self.assertIn("patients without an answer, not selected", said)
        self.assertGreater(number, 0)

    def test_lists_that_were_not_handed_over_are_unknown(self):
        data = self.export()
        number, said = self.count(data, "--where", "coverages.exists(c, c.payer == 'private')")
        self.assertEqual(number, 0)
        self.assertIn("coverages for 336", said)

    def test_without_a_practice_the_sample_is_used_and_said(self):
        done = winback("segment", "--data", PRACTICE, "--as-of", DAY, "--zone",
                       "America/New_York", "--count")
        self.assertEqual((done.returncode, done.stdout), (0, "336\n"))
        self.assertIn('sample practice "Example Dental"', done.stderr)
        done = winback("segment", "--data", PRACTICE, "--as-of", DAY, "--count")
        self.assertEqual((done.returncode, done.stdout), (0, "336\n"))
        self.assertIn("no time zone", done.stderr)

    def test_a_state_is_where_a_patient_lives_but_for_the_sample_practice(self):
        rule = ["--where", 'patient.region == "US-IL"']
        living = sum(row["State"] == "IL" for row in rows(PRACTICE / "patient.csv"))
        self.assertEqual(self.count(PRACTICE, *rule)[0], living)
        done = winback("segment", "--data", PRACTICE, "--as-of", DAY, "--zone", "America/Chicago",
                       "--region", "US-IL", "--count", *rule)
        self.assertEqual((done.returncode, done.stdout), (0, "0\n"))
        self.assertIn("patient.region for 336", done.stderr)

    def test_nothing_private_is_printed(self):
        done = self.segment(PRACTICE)
        for secret in ["note-secret", "000-00-", "@example", "555"]:
            self.assertNotIn(secret, done.stdout + done.stderr)


if __name__ == "__main__":
    main()
