# SPDX-License-Identifier: MIT
"""The dental dictionary on whole practices: every case of the demo practice that a field decides, and
an export of 500 patients compared with a reading of its tables that shares no code."""
import collections
import json
import pathlib
import sys
import unittest
from datetime import date, timedelta

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, SHARED, main, rows, winback  # noqa: E402

EXPORT = pathlib.Path(SHARED) / "data/open-dental-500/csv" if SHARED else None
CASES = [row for row in rows(PRACTICE / "cases.csv") if row["use_case"] != "U1"]

# Words that no field decides, with what does.
NOT_A_FIELD = {
    ("1142", "desk:visits"): "the STOP is in the machine's consent",
    ("1151", "opening:held:1"): "whether they may be texted is decided when something is sent",
    ("1158", "offer:eligible"): "decided with the offer",
    ("1159", "offer:blocked_minor"): "decided with the offer, by patient.age",
    ("1101", "unfinished:denture_steps"): "the practice's codes of the steps are not given",
}


def facts(*arguments):
    """What the dictionary says, by patient."""
    done = winback("explain", "--facts", *arguments)
    assert done.returncode == 0, done.stderr
    return {row["patient.key"]: row for row in map(json.loads, done.stdout.splitlines())}


def cents(amount):
    return round(float(amount) * 100)


class Cases(unittest.TestCase):
    """Every row of cases.csv but those of hygiene.py."""

    @classmethod
    def setUpClass(cls):
        cls.facts = facts("--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY)

    def holds(self, row, kind, what):
        getattr(self, "is_" + kind)(row, what)

    # U2

    def treatments(self, row, group, word):
        self.assertTrue([t for t in row["treatments"] if t["group"] == group and t[word]])
        self.assertEqual({word}, {w for t in row["treatments"] if t["group"] == group
                                  for w in ("open", "scheduled", "superseded") if t[w]})

    def is_unscheduled(self, row, group):
        self.treatments(row, group, "open")

    def is_scheduled(self, row, group):
        self.treatments(row, group, "scheduled")

    def is_superseded(self, row, group):
        self.treatments(row, group, "superseded")

    def is_re_exam(self, row, _):
        self.assertEqual(["reexamine"], [t["age"] for t in row["treatments"]])

    def is_history(self, row, _):
        self.assertEqual(["history"], [t["age"] for t in row["treatments"]])

    def is_none(self, row, _):
        self.assertEqual([], row["treatments"])
        self.assertIs(row["visit.broken_open"], False)
        self.assertIs(row["visit.repeat_broken"], False)

    # U3

    def is_unfinished(self, row, kind):
        self.assertEqual([kind], [u["kind"] for u in row["unfinished"]])

    def is_waiting(self, row, kind):
        self.assertNotIn(kind, [u["kind"] for u in row["unfinished"]])

    is_finished = is_waiting

    # U4

    def is_lapsed_exam(self, row, band):
        months = row["visit.exam_months"]
        self.assertEqual(band, "18+" if months >= 18 else "12-18" if months >= 12 else "")

    def is_limited_only(self, row, _):
        self.assertIs(row["visit.only_limited_24m"], True)
        self.assertIsNone(row["visit.last_exam"])

    def is_exam_current(self, row, _):
        self.assertLess(row["visit.exam_months"], 12)
        self.assertIs(row["visit.only_limited_24m"], False)

    # U5

    def is_benefits(self, row, word):
        if word in ("expiring", "max_used", "max_used_last_period", "stale"):
            self.assertIs(row["benefit." + word], True)
        elif word == "remaining":
            self.assertGreater(row["benefit.remaining"], 0)
        elif word == "unknown":
            self.assertIs(row["benefit.active"], True)
        else:
            self.assertEqual((word, row["benefit.active"]), ("terminated", False))
        silent = word in ("unknown", "stale", "terminated")
        self.assertEqual("benefit.remaining" not in row, silent)

    def is_expires(self, row, day):
        self.assertEqual(row["benefit.last"], day)

    def is_renews(self, row, day):
        last = date.fromisoformat(row["benefit.last"])
        self.assertEqual((last + timedelta(1)).isoformat(), day)

    def is_remaining(self, row, amount):
        self.assertEqual(row["benefit.remaining"], cents(amount))

    def is_covered(self, row, what):
        code, day = what.split(":")
        self.assertEqual((code, row["recare.kind"], row["benefit.covered_hygiene"]),
                         ("D1110", "prophy", day))

    # U6

    def is_household(self, row, what):
        key, members = row["patient.key"], row["household.members"]
        grouped = len(members) > 1
        minor = row["patient.age"] < 18
        if what == "inactive_member":
            self.assertEqual((row["patient.status"], grouped), ("inactive", True))
            self.assertGreater(row["household.active"], 0)
        elif what == "none":
            apart = row["patient.confidential"] or (minor and row["household.guardian"] is None)
            self.assertTrue(apart)
        elif what == "self":
            self.assertEqual((minor, row["household.is_guarantor"]), (False, False))
            head = self.facts[row["household.guarantor"]]
            self.assertNotEqual(row["contact.mobile"], head["contact.mobile"])
        else:
            self.assertEqual((row["household.guarantor"], grouped), (what, True))
            self.assertEqual(row["household.is_guarantor"], key == what)
            self.assertEqual(row["contact.mobile"], self.facts[what]["contact.mobile"])
            if minor:
                self.assertEqual(row["household.guardian"], what)
                self.assertIn(key, self.facts[what]["household.represents"])
            if key == what:
                self.assertGreater(row["household.overdue_others"], 0)

    # U7

    def is_confirm(self, row, day):
        self.assertEqual((row["visit.next"], row["visit.next_confirmed"]), (day, False))

    def is_confirmed(self, row, _):
        self.assertEqual((row["visit.next"], row["visit.next_confirmed"]), ("2026-03-04", True))

    def is_broken(self, row, what):
        self.assertIs(row["visit.broken_open"], True)
        self.assertEqual(row["visit.repeat_broken"], what == "repeat")
        self.assertEqual(row["visit.missed_12m"], 3 if what == "repeat" else 0)

    # U8

    def is_opening(self, row, what):
        answer, key = what.split(":")
        opening = {o["opening"]: o for o in row["openings"]}[key]
        here = opening["location"] == row["location.key"]
        short = (row["visit.asap_minutes"] or 60) <= opening["minutes"]
        found = ("not_listed" if not row["visit.asap"] else "other_location" if not here else
                 "fits" if short else "too_long")
        self.assertEqual(answer, found)

    # U9

    def is_offer(self, row, what):
        self.assertEqual({"blocked_federal": "yes", "blocked_unknown": "unknown"}[what],
                         row["benefit.public"])

    def test_every_row(self):
        skipped = set()
        for row in CASES:
            for word in row["expected"].split(";"):
                if (row["patient"], word) in NOT_A_FIELD:
                    skipped.add((row["patient"], word))
                    continue
                kind, _, what = word.partition(":")
                with self.subTest(patient=row["patient"], word=word, note=row["note"]):
                    self.holds(self.facts[row["patient"]], kind, what)
        self.assertEqual(skipped, set(NOT_A_FIELD))
        self.assertEqual(len(CASES), 88)

    def test_nothing_is_out_of_order(self):
        for key, row in self.facts.items():
            with self.subTest(patient=key):
                self.assertNotIn("errors", row)


TODAY = date(2026, 1, 30)
FILLINGS = {"D2140", "D2150", "D2391", "D2392", "D2393", "D2394", "D2330", "D2331"}
CROWNS = {"D2740", "D2750", "D2751"}
OUT = {"D7140", "D7210"}
EXTRACTIONS = OUT | {"D7220", "D7230", "D7240"}
IMPLANT_TEETH = {"D6058"}
MAINTAIN, SCALE = {"D4910"}, {"D4341", "D4342"}
FRONT = {str(n) for n in (*range(6, 12), *range(22, 28))}

# Pairs of start and finish that the export's codes can be of, as docs/dental.md has them: starts,
# finishes, days to wait, whether by tooth.
PAIRS = {
    "endo_uncrowned": ({"D3310", "D3320", "D3330", "D3346"}, CROWNS | IMPLANT_TEETH | OUT, 30, True),
    "buildup_no_crown": ({"D2950"}, CROWNS | OUT, 45, True),
    "implant_unrestored": ({"D6010"}, IMPLANT_TEETH, 180, True),
    "graft_no_implant": ({"D7953"}, {"D6010", "D6240"}, 120, True),
    "tooth_lost_open": (OUT, {"D6010", "D6240"}, 90, True),
    "srp_no_maint": (SCALE, MAINTAIN, 120, False),
    "limited_only": ({"D0140"}, {"D0120", "D0150", "D0180"}, 60, False),
}
WISDOM = {"1", "16", "17", "32", ""}
ORTHO = {"D8080", "D8090", "D8670"}
PREMOLARS = {"4", "5", "12", "13", "20", "21", "28", "29"}


@unittest.skipUnless(EXPORT, "needs ../shared")
class Export(unittest.TestCase):
    """500 patients, read a second time in Python from the tables alone."""

    @classmethod
    def setUpClass(cls):
        cls.facts = facts("--data", EXPORT, "--as-of", TODAY, "--zone", "America/New_York")
        codes = {row["CodeNum"]: row["ProcCode"] for row in rows(EXPORT / "procedurecode.csv")}
        cls.procedures = collections.defaultdict(list)
        for row in rows(EXPORT / "procedurelog.csv"):
            row["code"], row["day"] = codes[row["CodeNum"]], date.fromisoformat(row["ProcDate"])
            cls.procedures[row["PatNum"]].append(row)
        cls.visits = {row["AptNum"]: row for row in rows(EXPORT / "appointment.csv")}

    def done(self, patient):
        return [p for p in self.procedures[patient] if p["ProcStatus"] in "234"
                and p["day"] <= TODAY]

    def test_nothing_is_left_out_or_in_error(self):
        self.assertEqual(len(self.facts), 500)
        for key, row in self.facts.items():
            self.assertNotIn("errors", row, key)

    def test_scheduled_treatment(self):
        def held(procedure):
            keys = [procedure["AptNum"], procedure["PlannedAptNum"]]
            return any(k in self.visits and self.visits[k]["AptStatus"] == "1"
                       and self.visits[k]["AptDateTime"][:10] >= TODAY.isoformat() for k in keys)
        total = 0
        for key, row in self.facts.items():
            planned = [p for p in self.procedures[key] if p["ProcStatus"] == "1"]
            total += len(planned)
            self.assertEqual([(p["code"], held(p), cents(p["ProcFee"])) for p in planned],
                             [(t["code"], t["scheduled"], t["fee"]) for t in row["treatments"]], key)
        self.assertEqual(total, 1204)

    def closers(self, code):
        """The codes that stand for a planned one."""
        cleanings = {"D1110", "D1120", "D4910"} | SCALE
        families = [
            (FILLINGS, FILLINGS | CROWNS), (CROWNS, CROWNS), ({"D2950"}, {"D2950"} | CROWNS),
            ({"D0120", "D0150", "D0180"}, {"D0120", "D0150", "D0180"}),
            ({"D0274"}, {"D0274", "D0210"}), ({"D0210", "D0330"}, {"D0210", "D0330"}),
            ({"D1110", "D1120"}, cleanings), (SCALE, SCALE), (MAINTAIN, MAINTAIN | SCALE),
            ({"D4355"}, {"D4355"} | cleanings), ({"D6010", "D6240"}, {"D6010", "D6240"}),
            ({"D3310", "D3320", "D3330", "D3346"}, {"D3310", "D3320", "D3330", "D3346"}),
            ({"D6056"}, {"D6056"} | IMPLANT_TEETH), ({"D8080", "D8090"}, {"D8080", "D8090"}),
            ({"D1206", "D1208"}, {"D1206", "D1208"}), ({"D0220", "D0230"}, {"D0220", "D0230"}),
            (EXTRACTIONS, EXTRACTIONS)]
        return next((by for codes, by in families if code in codes), {code})

    def superseded(self, key, planned):
        since = date.fromisoformat(planned["DateTP"])
        tooth, by = planned["ToothNum"], self.closers(planned["code"])
        needed = tooth and "D1000" <= planned["code"] <= "D4999"
        return any(p["day"] > since and (
            p["code"] in by and (not tooth or p["ToothNum"] in ("", tooth)) or
            needed and p["code"] in EXTRACTIONS and p["ToothNum"] == tooth)
            for p in self.done(key))

    def test_superseded_treatment(self):
        count = 0
        for key, row in self.facts.items():
            planned = [p for p in self.procedures[key] if p["ProcStatus"] == "1"]
            for procedure, treatment in zip(planned, row["treatments"]):
                self.assertEqual(self.superseded(key, procedure), treatment["superseded"],
                                 (key, procedure["code"]))
                count += treatment["superseded"]
        self.assertGreater(count, 0)

    def test_ages_of_treatment(self):
        for key, row in self.facts.items():
            planned = [p for p in self.procedures[key] if p["ProcStatus"] == "1"]
            for procedure, treatment in zip(planned, row["treatments"]):
                since = date.fromisoformat(procedure["DateTP"])
                months = (TODAY.year - since.year) * 12 + TODAY.month - since.month
                months -= since.day > TODAY.day
                self.assertEqual(max(months, 0), treatment["months"], key)

    def unfinished(self, key):
        """Kind, tooth and start of what was begun, the latest of a kind at a tooth."""
        done = self.done(key)
        everything = [p for p in self.procedures[key] if p["ProcStatus"] in "1234"]
        for kind, (starts, finishes, wait, by_tooth) in PAIRS.items():
            latest = {}
            for start in (p for p in done if p["code"] in starts):
                tooth = start["ToothNum"]
                if kind == "tooth_lost_open" and (tooth in WISDOM or tooth in PREMOLARS and any(
                        p["code"] in ORTHO for p in everything)):
                    continue
                place = tooth if by_tooth else ""
                if start["day"] + timedelta(wait) <= TODAY or kind == "srp_no_maint":
                    if place not in latest or latest[place]["day"] <= start["day"]:
                        latest[place] = start
            for place, start in latest.items():
                if start["day"] + timedelta(wait) > TODAY:
                    continue
                ends = finishes | (FILLINGS if kind == "endo_uncrowned" and place in FRONT else set())
                if not [p for p in done if p["code"] in ends and p["day"] >= start["day"] and (
                        not place or not p["ToothNum"] or p["ToothNum"] == place)]:
                    yield kind, start["day"].isoformat()

    def test_unfinished_treatment(self):
        counts = collections.Counter()
        for key, row in self.facts.items():
            found = sorted((u["kind"], u["started"]) for u in row["unfinished"])
            self.assertEqual(sorted(self.unfinished(key)), found, key)
            counts.update(kind for kind, _ in found)
        self.assertEqual(sum(counts.values()), sum(len(r["unfinished"]) for r in self.facts.values()))
        self.assertGreater(min(counts[kind] for kind in PAIRS), 0)

    def test_exams_and_visits(self):
        exams = {"D0120", "D0150", "D0180"}
        for key, row in self.facts.items():
            done = self.done(key)
            last = max((p["day"] for p in done if p["code"] in exams), default=None)
            self.assertEqual(last and last.isoformat(), row["visit.last_exam"], key)
            ahead = [v for v in self.visits.values() if v["PatNum"] == key and v["AptStatus"] == "1"
                     and v["AptDateTime"][:10] >= TODAY.isoformat()]
            first = min(ahead, key=lambda v: v["AptDateTime"], default=None)
            self.assertEqual(first and first["AptDateTime"][:10], row["visit.next"], key)
            self.assertEqual(first and len(first["Pattern"]) * 5, row["visit.next_minutes"], key)

    def test_coverages(self):
        subscribers = {row["InsSubNum"]: row for row in rows(EXPORT / "inssub.csv")}
        plans = collections.Counter(row["PatNum"] for row in rows(EXPORT / "patplan.csv") if
                                    subscribers[row["InsSubNum"]]["DateEffective"]
                                    <= TODAY.isoformat()
                                    <= subscribers[row["InsSubNum"]]["DateTerm"])
        for key, row in self.facts.items():
            self.assertEqual(row["benefit.active"], plans[key] > 0, key)
            self.assertEqual(row["benefit.public"], "unknown" if plans[key] else "no", key)
            self.assertNotIn("benefit.remaining", row)  # no plan was verified: nothing is said

    def test_households(self):
        families = collections.defaultdict(list)
        for row in rows(EXPORT / "patient.csv"):
            families[row["Guarantor"]].append(row["PatNum"])
        for family, members in families.items():
            for member in members:
                row = self.facts[member]
                self.assertEqual((row["household.members"], row["household.size"]),
                                 (members, len(members)))
                self.assertEqual(row["household.is_guarantor"], member == family)
                overdue = [m for m in members if m != member and
                           self.facts[m]["patient.status"] == "active" and
                           self.facts[m]["recare.band"] not in (None, "not_due") and
                           not self.facts[m]["recare.booked"]]
                self.assertEqual(row["household.overdue_others"], len(overdue), member)


if __name__ == "__main__":
    main()
