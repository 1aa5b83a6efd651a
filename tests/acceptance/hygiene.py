# SPDX-License-Identifier: MIT
"""Overdue hygiene (U1), from a practice's tables to its outbox: every case of the demo practice,
and an export of 500 patients compared with a reading of its tables that shares no code."""
import calendar
import collections
import json
import pathlib
import re
import sys
import unittest
from datetime import date, timedelta

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, SHARED, main, rows, winback  # noqa: E402
from store import CAMPAIGN, Store, day_after, explain, held_keys  # noqa: E402

PLAYBOOK = pathlib.Path(__file__).resolve().parents[2] / f"lib/data/playbooks/{CAMPAIGN}.json"
CASES = [row for row in rows(PRACTICE / "cases.csv") if row["use_case"] == "U1"]
EXPORT = pathlib.Path(SHARED) / "data/open-dental-500/csv" if SHARED else None

# What "held:<why>" is called by the machine, when texts are the only channel.
HOLDS = {"text_permission": "no_permission", "no_contact": "no_permission", "no_mobile": "no_address",
         "minor": "minor", "birthdate_unknown": "age_unknown", "last_visit_24m": "not_seen",
         "number_check": "number_check", "opted_out": "opted_out"}
# What "excluded:<why>" is in explain: a standing exclusion, or the playbook's audience and the
# rule that is true of the patient.
STANDING = {"deceased", "inactive", "archived", "nonpatient", "prospective", "do_not_contact",
            "balance", "recent_visit"}
AUDIENCE = {"disabled": "recare.disabled", "disabled_until": "recare.disabled_until > today"}


class Cases(Store):
    """Every row of cases.csv for U1, on its day: a run over a few patients admits all of them."""

    def setUp(self):
        super().setUp()
        playbook = json.loads(PLAYBOOK.read_text())
        texts = self.campaign("texts", audience=playbook["audience"])
        self.first, self.texted = {}, {}
        keys = [row["patient"] for row in CASES]
        for start in range(0, len(keys), 24):
            self.only(keys[start:start + 24])
            self.first.update(self.first_day(f"playbook-{start}", CAMPAIGN))
            self.texted.update(self.first_day(f"texts-{start}", texts))
        self.rules = {rule: self.matching(rule) for rule in [*AUDIENCE.values(), "recare.child",
                                                             "!recare.child"]}

    def first_day(self, store, campaign):
        """Who is sent a message how, and why others are held: patient to channel or reason."""
        self.store = self.folder / store
        found = {action["patient"]: action["channel"]
                 for action in self.run_at(DAY + "T12:00", campaign=campaign)}
        named = held_keys(self.said)
        self.assertEqual(len(named), int(re.search(r"^held: (\d+)$", self.said, re.M)[1]))
        self.assertFalse(set(found) & set(named))
        self.assertIn(" 0 wait for another day", self.said)
        return {**found, **named}

    def matching(self, rule):
        done = winback("segment", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY,
                       "--where", rule, "--csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        return set(done.stdout.split())

    def holds(self, patient, word, facts, campaign):
        """Asserts one word of one row."""
        kind, _, why = word.partition(":")
        if kind == "sms":
            self.assertEqual((self.first[patient], self.texted[patient]), ("sms", "sms"))
            self.assertEqual(campaign["outcome"], "in")
        elif kind == "email":
            self.assertEqual(self.first[patient], "email")
        elif kind == "held":
            self.assertEqual(self.texted[patient], HOLDS[why])
            self.assertNotEqual(self.first[patient], "sms")
        elif kind == "excluded" and why in STANDING:
            self.assertEqual((campaign["outcome"], campaign["reason"]), ("excluded", why))
        elif kind == "excluded":
            self.assertEqual(campaign["outcome"], "audience")
            self.assertIn(patient, self.rules[AUDIENCE[why]])
        elif kind == "booked":
            self.assertEqual((campaign["outcome"], facts["recare.booked"]), ("audience", True))
        elif kind == "not_due":
            self.assertEqual((campaign["outcome"], facts["recare.band"]), ("audience", "not_due"))
        elif kind == "never_seen":
            self.assertEqual((campaign["outcome"], facts["recare.band"]), ("audience", None))
        elif kind in ("child", "grown"):
            self.assertIn(patient, self.rules["recare.child" if kind == "child" else
                                              "!recare.child"])
        elif word == "advice:perio":
            self.assertIs(facts["recare.advise_perio"], True)
        else:
            self.assertEqual(f"{facts['recare.kind']} {facts['recare.band']}", word)
            self.assertEqual(campaign["segment"], word)

    def test_every_row(self):
        self.assertEqual(len(CASES), 72)
        for row in CASES:
            patient, words = row["patient"], row["expected"].split(";")
            facts, campaign = explain(patient)
            for word in words:
                with self.subTest(patient=patient, word=word, note=row["note"]):
                    self.holds(patient, word, facts, campaign)
            silent = not {"sms", "email"} & {word.partition(":")[0] for word in words}
            with self.subTest(patient=patient, silent=silent):
                self.assertEqual(self.first.get(patient) not in ("sms", "email"), silent)
            with self.subTest(patient=patient, admitted=campaign["outcome"]):
                self.assertEqual(patient in self.first, campaign["outcome"] == "in")

    def test_nobody_without_contact_is_reached_by_the_playbook(self):
        self.assertEqual({patient: self.first[patient] for patient in
                          ["1020", "1022", "1023", "1029", "1070", "1071"]},
                         {"1020": "no_permission", "1022": "age_unknown", "1023": "age_unknown",
                          "1029": "minor", "1070": "minor", "1071": "minor"})


def month_later(day, months):
    """A date some months later; the end of a month stays in it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_past(due, day):
    """Whole months from a due date to a day."""
    count = (day.year - due.year) * 12 + day.month - due.month + 1
    while month_later(due, count) > day:
        count -= 1
    return count


PERIO, PROPHY = {"D4910", "D4341", "D4342"}, {"D1110", "D1120"}


class Reading:
    """The export read by hand: who may be told what on a day."""

    def __init__(self, folder):
        self.patients = {row["PatNum"]: row for row in rows(folder / "patient.csv")}
        codes = {row["CodeNum"]: row["ProcCode"] for row in rows(folder / "procedurecode.csv")}
        self.done = collections.defaultdict(list)
        for row in rows(folder / "procedurelog.csv"):
            if row["ProcStatus"] == "2":
                self.done[row["PatNum"]].append((date.fromisoformat(row["ProcDate"]),
                                                 codes[row["CodeNum"]]))
        self.visits = collections.defaultdict(list)
        for row in rows(folder / "appointment.csv"):
            self.visits[row["PatNum"]].append((row["AptStatus"],
                                               date.fromisoformat(row["AptDateTime"][:10])))
        self.recalls = {row["PatNum"]: row for row in rows(folder / "recall.csv")}
        assert {row["RecallTypeNum"] for row in self.recalls.values()} == {"1"}

    def recare(self, key, day):
        """Kind and due date."""
        triggers = [(when, code in PERIO) for when, code in self.done[key]
                    if code in PERIO | PROPHY and when <= day]
        if not triggers:
            return None, None
        last, perio = max(triggers)
        recall = self.recalls.get(key)
        if perio:
            return "perio", month_later(last, 4)
        if recall is None:
            return "prophy", month_later(last, 6) + timedelta(1)
        years, months, days = map(int, re.fullmatch(r"(\d+)y(\d+)m(\d+)d",
                                                    recall["RecallInterval"]).groups())
        return "prophy", month_later(last, years * 12 + months) + timedelta(days)

    def band(self, key, day):
        kind, due = self.recare(key, day)
        past = months_past(due, day)
        return kind, ("not_due" if due > day else "0-6" if past < 6 else "6-9" if past < 9 else
                      "9-12" if past < 12 else "12+")

    def booked(self, key, day):
        return any(status == "1" and when >= day for status, when in self.visits[key])

    def due(self, key, day):
        """Whether the playbook is for this patient."""
        return (self.patients[key]["PatStatus"] == "0" and not self.booked(key, day) and
                self.band(key, day)[1] != "not_due")

    def adult(self, key, day):
        return month_later(date.fromisoformat(self.patients[key]["Birthdate"]), 18 * 12) <= day

    def textable(self, key, day):
        """Whether a text may go: seen within 24 months, and since nobody checks numbers within 18."""
        row = self.patients[key]
        number = row["WirelessPhone"]
        digits = re.sub(r"[ ().-]", "", number)
        seen = [when for status, when in self.visits[key] if status == "2" and when <= day]
        return (row["TxtMsgOk"] == "1" and self.adult(key, day) and bool(seen) and
                month_later(max(seen), 18) >= day and
                re.fullmatch(r"(?!.11|...?.11)[2-9]\d{2}[2-9]\d{6}", digits) is not None)

    def channel(self, key, day):
        """How the first message goes, None: not at all."""
        if not self.due(key, day) or not self.adult(key, day):
            return None
        return "sms" if self.textable(key, day) else "email" if self.patients[key]["Email"] else None


@unittest.skipUnless(EXPORT and EXPORT.is_dir(), "open-dental-500: WB_SHARED names no folder with it")
class Export(Store):
    """A month of an export of 500 patients."""

    @classmethod
    def setUpClass(cls):
        cls.reading = Reading(EXPORT)

    def setUp(self):
        super().setUp()
        self.data, self.everything = EXPORT, ""
        self.sent = []
        for days in range(35):
            day = day_after("2026-01-30", days)
            done = winback("run", *self.common(f"{day}T11:00"), "--campaign", CAMPAIGN, "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.everything += done.stderr
            self.sent += [(date.fromisoformat(day), json.loads(line))
                          for line in done.stdout.splitlines()]

    def common(self, when):
        return ["--data", EXPORT, "--zone", "America/Los_Angeles", "--region", "US-CA", "--store",
                self.store, "--as-of", when]

    def test_the_reading_is_the_known_one(self):
        day = date(2026, 1, 30)
        found = collections.Counter(self.reading.band(key, day) for key in self.reading.patients
                                    if not self.reading.booked(key, day))
        bands = ["not_due", "0-6", "6-9", "9-12", "12+"]
        self.assertEqual([found["prophy", band] for band in bands], [159, 90, 22, 10, 36])
        self.assertEqual([found["perio", band] for band in bands], [40, 27, 10, 6, 9])

    def test_a_month(self):
        reading = self.reading
        for day, action in self.sent:
            key = action["patient"]
            with self.subTest(day=str(day), patient=key, step=action["step"]):
                self.assertLess(day.weekday(), 6)  # Sundays are closed
                row = reading.patients[key]
                self.assertTrue(reading.due(key, day))
                self.assertTrue(reading.adult(key, day))
                if action["channel"] == "sms":
                    self.assertEqual((row["TxtMsgOk"], row["PatStatus"]), ("1", "0"))
                    self.assertTrue(reading.textable(key, day))
                    self.assertEqual(action["to"], "+1" + re.sub(r"\D", "", row["WirelessPhone"]))
                else:
                    self.assertEqual((action["channel"], action["to"]),
                                     ("email", row["Email"].lower()))
        first = {}
        for day, action in self.sent:
            if action["step"] == "text-1":
                self.assertNotIn(action["patient"], first)
                first[action["patient"]] = (day, action["channel"])
        days = [date(2026, 1, 30) + timedelta(count) for count in range(35)]
        for key in reading.patients:
            channels = {reading.channel(key, day) for day in days}
            with self.subTest(patient=key):
                if key in first:
                    self.assertEqual(first[key][1], reading.channel(key, first[key][0]))
                elif None not in channels:
                    self.fail("somebody who is due was forgotten")
        sms = sum(channel == "sms" for _, channel in first.values())
        self.assertGreater(sms, 100)
        self.assertGreater(len(first) - sms, 30)

    def test_perio_and_the_longest_overdue_come_first(self):
        reading, day = self.reading, date(2026, 1, 30)
        order = ["12+", "9-12", "6-9", "0-6"]
        queue = sorted((kind != "perio", order.index(band), reading.recare(key, day)[1], key)
                       for key in reading.patients if reading.channel(key, day)
                       for kind, band in [reading.band(key, day)])
        first = [action["patient"] for when, action in self.sent if when == day]
        self.assertEqual(sorted(first), sorted(key for *_, key in queue[:25]))
        self.assertEqual([reading.band(key, day) for key in first],
                         [reading.band(key, day) for *_, key in queue[:25]])

    def test_caps(self):
        reading = self.reading
        days = collections.defaultdict(list)
        admitted = collections.Counter()
        for day, action in self.sent:
            days[action["patient"]].append(day)
            held = any(reading.due(action["patient"], before) and
                       not reading.channel(action["patient"], before)
                       for before in [day - timedelta(back) for back in (1, 2, 3)])
            admitted[day] += action["step"] == "text-1" and not held  # who is held is inside
        for day, count in admitted.items():
            self.assertLessEqual(count, 25, day)
        self.assertEqual([admitted[date(2026, 2, days)] for days in range(2, 7)],
                         [25, 25, 25, 25, 25])
        for dates in days.values():
            for span, most in [(1, 1), (7, 2), (30, 4)]:
                self.assertLessEqual(max(sum(0 <= (other - day).days < span for other in dates)
                                         for day in dates), most)


if __name__ == "__main__":
    main()
