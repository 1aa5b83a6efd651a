# SPDX-License-Identifier: MIT
"""Who is meant by each playbook: the demo practice read once more in SQL, from its tables alone.
Who is asked about visits."""
import collections
import datetime
import json
import pathlib
import re
import shutil
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import reading  # noqa: E402
from command import DAY, PRACTICE, SETTINGS, SHARED, Command, main, rows, winback  # noqa: E402
from store import HANDLE, Store, day_after  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "lib/data/playbooks"
NEEDS = ROOT / "tests/data/needs.csv"

class Reading(Command):
    """The audience of each playbook, against its query."""

    place = ["--practice", SETTINGS]

    def meant(self, name, data, day):
        """Whom the audience of a playbook selects."""
        audience = json.loads(winback("playbooks", "--show", name).stdout)["audience"]
        done = winback("segment", "--data", data, *self.place, "--as-of", day, "--where", audience,
                       "--csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        return set(done.stdout.split()[1:])

    def compare(self, day, names, data=PRACTICE):
        base = reading.read(data, day)
        self.addCleanup(base.close)
        found = {}
        for name in names:
            found[name] = self.meant(name, data, day)
            with self.subTest(playbook=name, day=day):
                self.assertEqual(found[name], reading.chosen(base, reading.QUERIES[name]))
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
        found = {name: self.meant(name, PRACTICE, DAY) for name in sorted(reading.QUERIES)}
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
        for playbook in json.loads(winback("playbooks", "--json").stdout):
            if playbook["name"] not in reading.QUERIES:
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

    def test_nothing_clinical_is_said_without_consent(self):
        self.assertGreater(len(self.sent), 300)
        for _, action in self.sent:
            if action["channel"] != "call":
                found = self.CLINICAL.search(HANDLE.sub(r"\1", action["text"]))
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
