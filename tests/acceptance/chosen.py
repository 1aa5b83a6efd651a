# SPDX-License-Identifier: MIT
"""Who is chosen for each use case, on the demo practice and on an export of 500 patients: what the
program lets in, against a reading of the tables in SQL (support/reading.py)."""
import json
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import reading  # noqa: E402
from command import DAY, PRACTICE, SETTINGS, SHARED, main, rows, winback  # noqa: E402
from store import Store, day_after  # noqa: E402

EXPORT = pathlib.Path(SHARED) / "data/open-dental-500/csv" if SHARED else None
USE_CASES = {
    "U1": ["hygiene-recare"],
    "U2": ["unscheduled-treatment"],
    "U3": ["unfinished-treatment"],
    "U4": ["lapsed-exam"],
    "U5": ["benefits-before-expiry", "benefits-renewed", "benefits-used-up"],
    "U6": ["household-seasons"],
    "U7": ["visit-confirmation", "visit-confirmation-early", "broken-visit", "broken-visit-repeat"],
    "U8": ["last-minute-opening"],
    "U9": ["return-offer"],
}


class Chosen(Store):
    """Both practices; each campaign in a store of its own."""

    def let_in(self, name, data, place, day):
        """Whom a campaign lets in over the days that it takes: patients, or visits."""
        store = self.folder / name
        shared = ["--data", data, *place, "--store", store]
        done = winback("run", *shared, "--as-of", f"{day}T12:00", "--campaign", name)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.eligible = int(re.search(r"(\d+) eligible", done.stdout)[1])
        return self.enrolled(store)

    def enrolled(self, store):
        """Everybody whom the journal says was let in: (patient, what it is about)."""
        done = winback("audit", "--store", store)
        self.assertEqual(done.returncode, 0)
        return {(one["patient"], one["subject"]) for record in map(json.loads, done.stdout.splitlines())
                for one in record["effects"] if one["effect"] == "enroll"}

    def audience(self, name, data, place, day):
        """Whom the audience means, without those whom no campaign is for."""
        rule = json.loads(winback("playbooks", "--show", name).stdout)["audience"]
        done = winback("segment", "--data", data, *place, "--as-of", day, "--where",
                       f"({rule}) && patient.excluded == null", "--csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        return set(done.stdout.split()[1:])

    def compare(self, data, place, day):
        """{playbook: how many}, after each of them was found to agree."""
        base = reading.read(data, day)
        self.addCleanup(base.close)
        excluded = reading.chosen(base, "SELECT PatNum FROM excluded")
        counts = {}
        for use_case, names in USE_CASES.items():
            for name in names:
                entered = self.let_in(name, data, place, day)
                if name in reading.QUERIES:
                    wanted = reading.chosen(base, reading.QUERIES[name]) - excluded
                    self.assertEqual(self.audience(name, data, place, day), wanted, name)
                    self.assertLessEqual({patient for patient, _ in entered}, wanted, name)
                elif name in reading.VISIT_QUERIES:
                    wanted = reading.chosen(base, reading.VISIT_QUERIES[name])
                    self.assertEqual({about for _, about in entered}, wanted, name)
                else:
                    continue  # openings: below
                self.assertEqual(self.eligible, len(wanted), name)
                counts[name] = len(wanted)
                print(f"{use_case} {name}: {len(wanted)} of {len(wanted)} agree")
        return counts

    def test_the_demo_practice(self):
        self.assertEqual(self.compare(PRACTICE, ["--practice", SETTINGS], DAY), {
            "hygiene-recare": 175, "unscheduled-treatment": 12, "unfinished-treatment": 12,
            "lapsed-exam": 11, "benefits-before-expiry": 17, "benefits-renewed": 0,
            "benefits-used-up": 0, "household-seasons": 10, "visit-confirmation": 42,
            "visit-confirmation-early": 16, "broken-visit": 3, "broken-visit-repeat": 1,
            "return-offer": 113})

    def test_openings(self):
        """Who fits and can be reached is asked in waves, the short list and gum care first."""
        place = ["--practice", SETTINGS, "--store", self.store]
        done = winback("launch", *place, "--as-of", DAY, "--campaign", "last-minute-opening")
        self.assertEqual(done.returncode, 0, done.stderr)
        for row in rows(PRACTICE / "openings.csv"):
            self.event(f"{DAY}T09:30", "slot_opened", visit=row["opening"], at=row["start"],
                       minutes=row["minutes"], location=row["location"],
                       schedule="hygiene" if row["hygiene"] == "1" else "doctor")
        asked = {}
        for days in range(3):
            for hour in range(10, 18):
                for action in self.run_at(f"{day_after(DAY, days)}T{hour}:00", campaign=None):
                    self.assertNotIn(action["patient"], asked)
                    asked[action["patient"]] = action["campaign"]
        entered = {(about.partition("#")[0], patient) for patient, about in self.enrolled(self.store)}
        self.assertEqual({patient for _, patient in entered}, set(asked))
        base = reading.read(PRACTICE, DAY)
        self.addCleanup(base.close)
        fits = set(base.execute("SELECT opening, PatNum FROM fits"))
        reached = set(base.execute("SELECT opening, PatNum FROM fits JOIN reached USING (PatNum)"))
        first = set(base.execute("""SELECT opening, PatNum FROM fits JOIN reached USING (PatNum)
            WHERE PatNum IN (SELECT PatNum FROM asap) OR PatNum IN (
              SELECT PatNum FROM recare WHERE kind = 'perio')"""))
        self.assertLessEqual(entered, reached)
        self.assertLessEqual(first, entered)
        self.assertGreater(len(first), 20)
        print(f"U8 last-minute-opening: {len(entered)} asked of {len(reached)} whom it fits")
        for row in rows(PRACTICE / "cases.csv"):
            if row["use_case"] != "U8":
                continue
            answer, opening = row["expected"].split(":")[1:]
            with self.subTest(patient=row["patient"], expected=row["expected"]):
                listed = answer in ("fits", "held")
                self.assertEqual((opening, row["patient"]) in fits, listed)
                self.assertEqual((opening, row["patient"]) in entered, listed)

    @unittest.skipUnless(EXPORT and EXPORT.is_dir(), "WB_SHARED names no folder with open-dental-500")
    def test_an_export_of_500_patients(self):
        named = json.loads(SETTINGS.read_text())
        settings = self.folder / "export.json"
        settings.write_text(json.dumps({
            "practice": {"name": "Example Dental"}, "offers": named["offers"],
            "playbooks": {"return-offer": named["playbooks"]["return-offer"]},
            "locations": [{"key": "0", "zone": "America/New_York", "region": "US-NY",
                           "short_name": "Example Dental", "phone": "+12125550100",
                           "booking_url": "https://book.example.com/visit"}]}))
        self.assertEqual(self.compare(EXPORT, ["--practice", settings], "2026-01-30"), {
            "hygiene-recare": 204, "unscheduled-treatment": 173, "unfinished-treatment": 152,
            "lapsed-exam": 5, "benefits-before-expiry": 0, "benefits-renewed": 0,
            "benefits-used-up": 0, "household-seasons": 4, "visit-confirmation": 91,
            "visit-confirmation-early": 4, "broken-visit": 0, "broken-visit-repeat": 0,
            "return-offer": 43})


if __name__ == "__main__":
    main()
