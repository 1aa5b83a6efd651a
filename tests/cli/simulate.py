# SPDX-License-Identifier: MIT
"""The days to come: the same machine, a model whose numbers are said to be made up, nothing kept."""
import datetime
import json
import pathlib
import re
import sys
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, main, winback  # noqa: E402
from store import Store, held  # noqa: E402

ROW = re.compile(r"^(\d{4}-\d\d-\d\d|all) +((?:\d+ *)+)$", re.M)
COLUMNS = ["entered", "sms", "email", "calls", "replies", "booked", "stop", "desk", "held"]


class Simulate(Store):
    def simulate(self, *arguments, data=None, status=0):
        """What simulate prints."""
        done = winback("simulate", "--data", data or PRACTICE, "--practice", SETTINGS, "--as-of",
                       DAY, *arguments)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout

    def days(self, text):
        """The table: {day: {column: number}}."""
        return {day: dict(zip(COLUMNS, map(int, cells.split())))
                for day, cells in ROW.findall(text)}

    def hours(self, text):
        """Texts and e-mails by hour, where there are any: {hour: (sms, email)}."""
        found = re.findall(r"^  (\d\d):00 +(\d+) +(\d+)", text, re.M)
        return {hour: (int(sms), int(mail)) for hour, sms, mail in found if sms + mail != "00"}

    def test_the_first_day_is_what_a_run_would_do(self):
        said = self.simulate("--days", "1", "--campaign", "hygiene-recare")
        first, hours = self.days(said)[DAY], self.hours(said)
        zones = {place["key"]: zoneinfo.ZoneInfo(place["zone"])
                 for place in json.loads(pathlib.Path(SETTINGS).read_text())["locations"]}
        actions = [(now.astimezone(zones[action["location"]]).strftime("%H"), action["channel"])
                   for now in [datetime.datetime.fromisoformat(f"{DAY}T{hour}:00:00-05:00")
                               for hour in ["09", "10", "11"]]
                   for action in self.run_at(now.strftime("%Y-%m-%dT%H:%M"))]
        for hour in ["09", "10"]:
            self.assertEqual(hours.get(hour, (0, 0)), (actions.count((hour, "sms")),
                                                       actions.count((hour, "email"))))
        self.assertEqual(first["held"], sum(held(self.said).values()))

    def test_who_is_held_for_more_than_the_hour_is_counted_by_that(self):
        for days in ["10", "20"]:  # the last day is a Thursday, a Sunday
            reasons = held(self.simulate("--days", days))
            self.assertEqual(reasons.get("minor"), 11)
            self.assertLess(reasons.get("hours", 0), 3, reasons)
        late = held(self.simulate("--days", "1", "--as-of", f"{DAY}T21:30"))
        self.assertGreater(late["hours"], 10)

    def test_a_visit_that_stands_is_not_won_back(self):
        page = self.folder / "report.html"
        said = self.simulate("--days", "40", "--campaign", "visit-confirmation", "--html", page)
        days = self.days(said)["all"]
        self.assertGreater(days["sms"] + days["email"], 40)
        self.assertEqual(days["booked"], 0)
        self.assertIn("visits kept by then: 0\n", said)
        self.assertIn("nobody books by them", said)
        for step in ["wait until 3 days before the visit", "wait until 1 day before the visit",
                     "wait until 4 hours before the visit", "call, within 4 hours"]:
            self.assertIn(f"<li>{step}</li>", page.read_text())

    def test_days_add_up_and_sundays_are_quiet(self):
        said = self.simulate("--days", "20", "--campaign", "hygiene-recare")
        days = self.days(said)
        total = days.pop("all")
        self.assertEqual(len(days), 20)
        for column in total:
            self.assertEqual(total[column], sum(day[column] for day in days.values()), column)
        for sunday in ["2026-03-08", "2026-03-15", "2026-03-22"]:
            self.assertEqual((days[sunday]["sms"], days[sunday]["email"]), (0, 0))
        hours = self.hours(said)
        self.assertLessEqual(set(re.findall(r"^  (\d\d):00 ", said, re.M)),
                             {f"{hour:02}" for hour in range(9, 18)})
        self.assertEqual(sum(map(sum, hours.values())), total["sms"] + total["email"])

    def test_who_booked_is_left_alone_and_who_came_is_no_longer_due(self):
        data = self.only({"1003"})
        for seed in range(1, 40):
            said = self.simulate("--days", "60", "--campaign", "hygiene-recare", "--seed", str(seed),
                                 data=data)
            days = self.days(said)
            if re.search(r"^visits kept by then: 1$", said, re.M):
                break
        else:
            self.fail("nobody came in 39 worlds")
        booked = next(day for day in sorted(days) if days[day]["booked"] and day != "all")
        after = [row for day, row in days.items() if booked < day and day != "all"]
        self.assertEqual(sum(row["sms"] + row["email"] + row["entered"] for row in after), 0)

    def test_every_number_of_the_model_is_an_assumption(self):
        said = self.simulate("--days", "2", "--campaign", "hygiene-recare")
        self.assertIn("Assumptions, none of them measured (seed 1):", said)
        for part in ["book a visit", "4.00 % of texts", "reply STOP", "within 30 hours",
                     "14 days after it was booked"]:
            self.assertIn(part, said.split("Assumptions")[1])

    def test_a_seed_makes_the_same_up_again(self):
        arguments = ["--days", "15", "--campaign", "hygiene-recare"]
        one = self.simulate(*arguments)
        self.assertEqual(self.simulate(*arguments), one)
        self.assertEqual(self.simulate(*arguments, "--seed", "1"), one)
        self.assertNotEqual(self.simulate(*arguments, "--seed", "2"), one)

    def test_nothing_is_kept(self):
        before = sorted(path.name for path in self.folder.iterdir())
        self.simulate("--days", "3", "--campaign", "hygiene-recare")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)

    def test_without_a_name_all_playbooks_that_can_run_are_rehearsed(self):
        names = winback("playbooks", "--json")
        every = [part for each in json.loads(names.stdout) for part in ("--campaign", each["name"])]
        self.assertEqual(self.simulate("--days", "4"), self.simulate("--days", "4", *every))

    def test_with_a_store_those_that_it_launched_are_rehearsed(self):
        two = ["--campaign", "lapsed-exam", "--campaign", "visit-confirmation"]
        done = winback("launch", "--practice", SETTINGS, "--store", self.store, "--as-of", DAY, *two)
        self.assertEqual(done.returncode, 0, done.stderr)
        before = (self.store / "journal").read_bytes()
        self.assertEqual(self.simulate("--days", "4", "--store", self.store),
                         self.simulate("--days", "4", *two))
        self.assertEqual((self.store / "journal").read_bytes(), before)
        winback("stop", "--practice", SETTINGS, "--store", self.store, "--as-of", DAY, *two[:2])
        self.assertEqual(self.simulate("--days", "4", "--store", self.store),
                         self.simulate("--days", "4", *two[2:]))
        winback("stop", "--practice", SETTINGS, "--store", self.store, "--as-of", DAY, *two[2:])
        self.simulate("--days", "4", "--store", self.store, status=2)
        self.simulate("--days", "4", "--store", self.folder / "none", status=3)

    def test_whoever_asked_for_no_more_texts_gets_none(self):
        self.only(["1003"])
        texts = self.campaign()
        arguments = ["--days", "2", "--campaign", texts]
        said = self.simulate(*arguments, data=self.data)
        self.assertEqual(self.days(said)["all"]["sms"], 1)
        (self.data / "commlog.csv").write_text(
            "PatNum,CommDateTime,Note,Mode_,SentOrReceived\n1003,2025-08-25 11:20:00,STOP,5,2\n")
        said = self.simulate(*arguments, data=self.data)
        self.assertEqual((self.days(said)["all"]["sms"], held(said)), (0, {"opted_out": 1}))
        said = self.simulate(*arguments, "--campaign", self.campaign("other"), data=self.data)
        self.assertRegex(said, r"(?m)^ +2 opted_out +patients 1003$")  # held in both, named once

    def test_what_cannot_be_simulated(self):
        for days in ["0", "367", "x", "3x"]:
            self.simulate("--days", days, "--campaign", "hygiene-recare", status=2)
        for seed in ["", "x", "1x", "-1"]:
            self.simulate("--seed", seed, "--campaign", "hygiene-recare", status=2)
        self.simulate("--json", "--campaign", "hygiene-recare", status=2)

    def test_without_a_zone_no_hour_is_known(self):
        done = winback("simulate", "--data", PRACTICE, "--as-of", DAY, "--days", "1", "--campaign",
                       "hygiene-recare")
        self.refused(done, 3, "the practice has no time zone")


if __name__ == "__main__":
    main()
