# SPDX-License-Identifier: MIT
"""Sixty days of a practice with every playbook launched: what patients answer, book and keep is told to
the program, as a practice would, and what goes out, waits and comes of it is looked at each day."""
import collections
import csv
import json
import pathlib
import shutil
import sys
from datetime import date

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, main, rows, winback  # noqa: E402
from store import Store, day_after  # noqa: E402

DAYS, PAUSED = 60, (30, 31)
ASKED = {"visit-confirmation", "visit-confirmation-early"}
# What is about a visit, or answers somebody, is no outreach: caps do not hold it.
NO_OUTREACH = ASKED | {"broken-visit", "broken-visit-repeat", "notices"}


class Days(Store):
    """One story; each day ends with what must hold of it."""

    def setUp(self):
        super().setUp()
        self.data = self.folder / "practice"
        shutil.copytree(PRACTICE, self.data)
        names = [one["name"] for one in json.loads(winback("playbooks", "--json").stdout)]
        self.named = [part for name in names for part in ("--campaign", name)]
        self.sent = []  # (day, action)
        self.day = DAY

    def visit(self, patient, key, when, status):
        """Writes a visit into the practice's book, or changes its state."""
        path = self.data / "appointment.csv"
        table = [row for row in rows(path) if row["AptNum"] != key]
        like = {name: "" for name in table[0]}
        home = next(row["ClinicNum"] for row in rows(PRACTICE / "patient.csv")
                    if row["PatNum"] == patient)
        table.append({**like, "AptNum": key, "PatNum": patient, "AptStatus": status,
                      "Pattern": "X" * 12, "Confirmed": "19", "ProvNum": "1", "ClinicNum": home,
                      "AptDateTime": when.replace("T", " ") + ":00"})
        with open(path, "w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, like)
            out.writeheader()
            out.writerows(table)

    def told(self, event, **options):
        """Something happened at noon of this day."""
        self.event(f"{self.day}T12:00", event, **options)

    def run_day(self, number):
        """The day's two runs; what went out."""
        self.day = day_after(DAY, number)
        actions = self.run_at(f"{self.day}T11:00", *(self.named if number == 0 else []), campaign=None)
        self.assertEqual(self.run_at(f"{self.day}T11:00", campaign=None), [])  # the same again
        self.sent += [(self.day, action) for action in actions]
        return actions

    def after_noon(self):
        """A run after what patients did."""
        actions = self.run_at(f"{self.day}T13:00", campaign=None)
        self.sent += [(self.day, action) for action in actions]
        return actions

    def of(self, patient, since=DAY):
        """The messages to a patient since a day: (day, campaign, channel)."""
        return [(day, action["campaign"], action["channel"]) for day, action in self.sent
                if action["patient"] == patient and day >= since]

    def listed(self, name):
        """Who is on one of the desk's lists, and why."""
        return {task["patient"]: task["reason"] for task in self.tasks(f"{self.day}T14:00")
                if task["list"] == name}

    # What happens.

    def first_day(self):
        texted = [action["patient"] for action in self.run_day(0)
                  if action["campaign"] == "hygiene-recare" and action["channel"] == "sms"]
        (self.stops, self.asks, self.clicks, self.books, self.hurts, self.breaks, self.leaves,
         self.thanks) = texted[:8]
        self.told("reply", patient=self.stops, text="Stop")
        self.told("reply", patient=self.asks, text="how much is it with my insurance?")
        self.told("click", patient=self.clicks)
        self.told("reply", patient=self.hurts, text="my tooth hurts and my face is swollen")
        self.told("reply", patient=self.thanks, text="thank you")
        self.told("left", patient=self.leaves)
        for patient, key, days in [(self.books, "90001", 14), (self.breaks, "90002", 10)]:
            when = day_after(DAY, days) + "T10:00"
            self.visit(patient, key, when, "1")
            self.told("booked", patient=patient, visit=key, at=when)
        after = {action["patient"]: action for action in self.after_noon()}
        self.assertEqual(after[self.hurts]["campaign"], "notices")  # the safety text
        self.assertIn("911", after[self.hurts]["text"])
        self.assertEqual(after[self.asks]["channel"], "call")
        self.assertEqual(self.listed("now"), {self.hurts: "urgent_symptom"})
        self.assertEqual(self.listed("outreach"), {self.asks: "asks"})
        self.assertIn(self.thanks, self.listed("inbox"))
        self.assertNotIn(self.clicks, self.listed("outreach"))  # a day to book by themselves

    def second_day(self):
        self.run_day(1)
        self.after_noon()
        self.assertEqual(self.listed("outreach"), {self.asks: "asks", self.clicks: "clicked"})
        task = next(task for task in self.tasks(f"{self.day}T14:00") if task["patient"] == self.asks)
        when = day_after(DAY, 20) + "T10:00"
        self.visit(self.asks, "90003", when, "1")
        self.told("task_done", action=task["id"], outcome="booked")
        self.told("booked", patient=self.asks, visit="90003", at=when)
        urgent = next(task for task in self.tasks(f"{self.day}T14:00") if task["list"] == "now")
        self.told("task_done", action=urgent["id"], outcome="done")
        self.assertEqual(self.listed("outreach"), {self.clicks: "clicked"})
        self.assertEqual(self.listed("now"), {})
        self.postcards()

    def postcards(self):
        """Whom a campaign reaches by no message is listed for a postcard, and nobody else."""
        done = winback("letters", "--data", self.data, "--practice", SETTINGS, "--store", self.store,
                       "--as-of", f"{self.day}T14:00", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        listed = {(one["patient"], one["campaign"])
                  for one in map(json.loads, done.stdout.splitlines())}
        self.assertTrue(listed)
        self.assertFalse(listed & {(action["patient"], action["campaign"])
                                   for _, action in self.sent})

    def an_opening(self):
        """A time comes free; the first who says yes has it, the next is told that it is gone."""
        self.run_day(6)
        self.told("slot_opened", visit="7001", at=day_after(DAY, 8) + "T10:00", minutes="60",
                  location="1", schedule="hygiene")
        asked = [action["patient"] for action in self.after_noon()
                 if action["campaign"] == "last-minute-opening"]
        self.assertGreater(len(asked), 1)
        self.told("reply", patient=asked[0], text="YES")
        self.assertEqual(self.listed("visits")[asked[0]], "opening_accepted")
        self.told("reply", patient=asked[1], text="yes")
        self.assertEqual(self.listed("outreach")[asked[1]], "opening_gone")
        when = day_after(DAY, 8) + "T10:00"
        self.visit(asked[0], "7001", when, "1")
        self.told("booked", patient=asked[0], visit="7001", at=when)
        self.assertNotIn(asked[0], self.listed("visits"))
        self.takes = asked[0]

    def a_broken_visit(self):
        """The visit of the tenth day is not kept: the day after it is asked for another time."""
        self.run_day(10)
        self.visit(self.breaks, "90002", day_after(DAY, 10) + "T10:00", "5")
        self.told("broken", patient=self.breaks, visit="90002")
        self.run_day(11)
        self.assertIn((self.day, "broken-visit", "sms"), self.of(self.breaks, self.day))

    def a_kept_visit(self):
        """Asked three days before and the day before; kept, it is production."""
        asked = [day for day, name, channel in self.of(self.books) if name == "visit-confirmation"]
        self.assertEqual(asked, [day_after(DAY, 11), day_after(DAY, 13)])
        self.run_day(14)
        self.visit(self.books, "90001", day_after(DAY, 14) + "T10:00", "2")
        self.told("kept", patient=self.books, visit="90001", at=day_after(DAY, 14) + "T10:00",
                  value="210.00")
        done = winback("metrics", "--practice", SETTINGS, "--store", self.store, "--as-of",
                       f"{self.day}T14:00", "--json")
        found = [one for one in map(json.loads, done.stdout.splitlines()) if one["kept"]]
        self.assertEqual([(one["campaign"], one["kept"], one["production_cents"]) for one in found],
                         [("hygiene-recare", 1, 21000)])

        page = winback("metrics", "--practice", SETTINGS, "--store", self.store, "--as-of",
                       f"{self.day}T14:00").stdout
        campaigns = page.count("attributed: ")
        self.assertEqual(page.count("\n  all "), campaigns)  # one line of all for each
        self.assertGreater(campaigns, 9)

    def a_pause(self):
        for number in PAUSED:
            self.assertEqual(self.run_day(number), [])
            self.day = day_after(DAY, number)

    def switch(self, command):
        done = winback(command, "--practice", SETTINGS, "--store", self.store, "--as-of",
                       f"{self.day}T12:00")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_sixty_days(self):
        self.first_day()
        self.second_day()
        for number in [2, 3, 4, 5]:
            self.run_day(number)
        self.an_opening()
        for number in [7, 8, 9]:
            self.run_day(number)
        self.a_broken_visit()
        for number in [12, 13]:
            self.run_day(number)
        self.a_kept_visit()
        for number in range(15, PAUSED[0]):
            self.run_day(number)
        self.switch("pause")
        self.a_pause()
        self.switch("resume")
        for number in range(PAUSED[1] + 1, DAYS):
            self.run_day(number)
        self.nothing_after_goodbye()
        self.few_messages()
        self.one_message_a_number()
        self.the_record_has_each_contact()

    # What must hold in the end.

    def nothing_after_goodbye(self):
        tomorrow = day_after(DAY, 1)
        self.assertEqual([one for one in self.of(self.stops, tomorrow) if one[2] == "sms"], [])
        self.assertEqual(self.of(self.leaves, tomorrow), [])
        self.assertEqual({name for day, name, _ in self.of(self.books, tomorrow)
                          if day <= day_after(DAY, 14)}, ASKED)  # one more, being won back

    def few_messages(self):
        """One a day, two in seven days, four in thirty, over all playbooks; none on Sundays."""
        days = collections.defaultdict(list)
        for day, action in self.sent:
            if action["channel"] == "call" or action["campaign"] in NO_OUTREACH:
                continue
            self.assertLess(date.fromisoformat(day).weekday(), 6)
            days[action["patient"]].append(date.fromisoformat(day))
        self.assertGreater(len(days), 150)
        for sent in days.values():
            for span, most in [(1, 1), (7, 2), (30, 4)]:
                for first in sent:
                    self.assertLessEqual(sum(0 <= (day - first).days < span for day in sent), most)
        self.assertGreater(len({action["campaign"] for _, action in self.sent}), 9)

    def one_message_a_number(self):
        """Those who share a number or an address get one message of a playbook a day."""
        count = collections.Counter((day, action["campaign"], action["to"])
                                    for day, action in self.sent if action["channel"] != "call"
                                    and action["campaign"] not in NO_OUTREACH)
        self.assertEqual([one for one, times in count.items() if times > 1], [])

    def the_record_has_each_contact(self):
        for patient in [self.stops, self.asks, self.books, self.breaks, self.takes]:
            done = winback("audit", "--practice", SETTINGS, "--store", self.store, "--patient", patient,
                           "--json")
            self.assertEqual(len(done.stdout.splitlines()), len(self.of(patient)), patient)
        done = winback("audit", "--practice", SETTINGS, "--store", self.store, "--verify")
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    main()
