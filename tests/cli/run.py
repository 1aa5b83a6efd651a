# SPDX-License-Identifier: MIT
"""winback run: the day's actions, when they go, in which order, how often; and the store."""
import collections
import fcntl
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
from datetime import timedelta
from zoneinfo import ZoneInfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, WINBACK, main, rows, winback  # noqa: E402
from store import (  # noqa: E402
    CAMPAIGN, Store, day_after, explain, held, held_keys, instant
)

ZONES = {"1": ZoneInfo("America/New_York"), "2": ZoneInfo("America/Chicago")}
SEGMENTS = [f"{kind} {band}" for kind in ("perio", "prophy")
            for band in ("12+", "9-12", "6-9", "0-6")]
MEMBERS = {"id", "kind", "campaign", "step", "patient", "channel", "to", "text", "at",
           "deliver_by"}


def local_day(action):
    """The day at the patient's location on which an action was handed out."""
    return instant(action["at"]).astimezone(ZONES[action["location"]]).date()


def most_within(days, span):
    """The largest number of days in any window of `span` days."""
    return max(sum(0 <= (other - day).days < span for other in days) for day in days)


class Actions(Store):
    """One pass."""

    def test_each_line_is_one_action(self):
        sent = self.run_at(DAY + "T11:00")
        self.assertEqual(len(sent), 50)
        patients = {row["PatNum"]: row for row in rows(PRACTICE / "patient.csv")}
        for action in sent:
            self.assertLessEqual(MEMBERS, set(action))
            self.assertRegex(action["id"], r"^[0-9a-f]{32}$")
            self.assertEqual((action["kind"], action["campaign"], action["step"]),
                             ("send", CAMPAIGN, "text-1"))
            self.assertEqual(action["at"], "2026-03-03T16:00:00Z")
            self.assertEqual(action["deliver_by"], "2026-03-03T16:10:00Z")
            row = patients[action["patient"]]
            self.assertEqual(action["location"], row["ClinicNum"])
            if action["channel"] == "sms":
                digits = re.sub(r"\D", "", row["WirelessPhone"])[-10:]
                self.assertEqual(action["to"], "+1" + digits)
            else:
                self.assertEqual(action["to"], row["Email"].lower())
                self.assertIn(row["Preferred"] or row["FName"], action["text"])
        self.assertEqual(len({action["id"] for action in sent}), len(sent))
        self.assertEqual(self.outbox(), sent)

    def test_the_text_of_a_first_message(self):
        self.only({"1003"}, Preferred="", FName="Fern")
        text, = [action["text"] for action in self.run_at(DAY + "T11:00")]
        self.assertRegex(text, "^Hi Fern, it's Example Dental. You're due for your cleaning and check-up. Pick a time that "
                         "suits you: https://go.example.com/[A-Za-z0-9_-]{16} Msg frequency varies. Msg&data rates may "
                         "apply. Reply HELP for help, STOP to opt out.$")

    def test_each_message_has_a_link_of_its_own_that_says_nothing_of_the_patient(self):
        links = {}
        for action in self.run_at(DAY + "T11:00"):
            if action["kind"] != "send":
                continue
            found = set(re.findall(r"https://[^\s<>\"']+", action["text"] + " " + action.get("html", "")))
            self.assertEqual(len(found), 1, action)
            link, = found
            self.assertRegex(link, r"^https://go\.example\.com/[A-Za-z0-9_-]{16}$")
            self.assertNotIn(link, links)
            links[link] = action["patient"]
        self.assertGreater(len(links), 5)

    def test_without_link_url_a_message_leads_to_the_booking_page(self):
        settings = json.loads(pathlib.Path(SETTINGS).read_text(encoding="utf-8"))
        for one in settings["locations"]:
            del one["link_url"]
        self.settings = self.folder / "settings.json"
        self.settings.write_text(json.dumps(settings), encoding="utf-8")
        self.only({"1003"})
        text, = [action["text"] for action in self.run_at(DAY + "T11:00")]
        self.assertIn(" https://book.example.com/riverside ", text)

    def test_one_text_for_both_kinds_and_all_bands(self):
        texts = {}
        for action in self.run_at(DAY + "T11:00"):
            if action["channel"] == "sms":
                said = re.sub(r"^(Hi|Hola) [^,]+|go.example.com/[\w-]+", "", action["text"])
                texts.setdefault(action["language"], set()).add(said)
        self.assertEqual({language: len(said) for language, said in texts.items()},
                         {"en": 1, "es": 1})

    def test_a_mail_differs_by_band_and_not_by_kind(self):
        texts = {}
        for patient in ["1001", "1009", "1003", "1011", "1005", "1013", "1007", "1015"]:
            self.store = self.folder / patient
            self.only({patient}, TxtMsgOk="2", Preferred="", FName="Fern", ClinicNum="1")
            mail, = self.run_at(DAY + "T11:00")
            self.assertEqual(mail["channel"], "email")
            texts.setdefault(mail["segment"].split()[1], set()).add(re.sub(r"go.example.com/[\w-]+", "", mail["text"]))
        self.assertEqual({band: len(found) for band, found in texts.items()},
                         {"0-6": 1, "6-9": 1, "9-12": 1, "12+": 1})
        self.assertEqual(texts["6-9"], texts["9-12"])
        self.assertEqual(len(set.union(*texts.values())), 3)

    def test_the_table_a_person_reads(self):
        done = self.start(DAY + "T11:00")
        self.assertEqual((done.returncode, done.stderr),
                         (0, f"winback: {self.store}: a new store was made here\n"))
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0].split(), ["patient", "how", "campaign", "segment", "step", "to",
                                            "message"])
        self.assertEqual([line.split()[0] for line in lines[1:51]],
                         [action["patient"] for action in self.outbox()])
        self.assertEqual(lines[51], "")
        self.assertIn("336 patients: ", lines[52])
        self.assertIn("outbox: 50", lines)
        self.assertLess(max(map(len, lines)), 180)
        self.assertNotIn("\x1b", done.stdout)
        self.assertEqual(sum(held(done.stdout).values()),
                         int(re.search(r"^held: (\d+)$", done.stdout, re.M)[1]))

    def test_what_is_long_leaves_its_neighbour_apart(self):
        self.only({"1102"})
        self.assertIn("cleaning after a first visit  text-1 ",
                      self.start(DAY + "T11:00", campaign="unfinished-treatment").stdout)
        self.only({"1102"}, Email="a-long-name-of-somebody.1102@example.com", TxtMsgOk="2")
        self.store = self.folder / "mail"
        self.assertIn("1102@example.com Your next step",
                      self.start(DAY + "T11:00", campaign="unfinished-treatment").stdout)

    def test_the_same_day_again_sends_nothing(self):
        first = self.run_at(DAY + "T11:00")
        for again in ["11:00", "11:01", "14:00", "17:59"]:
            self.assertEqual(self.run_at(f"{DAY}T{again}"), [])
        self.assertEqual(self.outbox(), first)

    def test_what_is_launched_goes_on_without_a_name(self):
        self.refused(self.start(DAY + "T11:00", campaign=None), 3, "no such store")
        self.assertFalse(self.store.exists())
        self.store.mkdir()
        (self.store / "journal").touch()
        self.refused(self.start(DAY + "T11:00", campaign=None), 2, "no campaign is launched yet")
        self.assertEqual(self.outbox(), [])
        first = self.run_at(DAY + "T11:00")
        next_day = self.run_at(day_after(DAY, 1) + "T11:00", campaign=None)
        self.assertEqual(len(next_day), 50)
        self.assertFalse({one["id"] for one in first} & {one["id"] for one in next_day})

    def test_what_waited_for_the_morning_goes_in_one_run(self):
        for evening in [DAY, day_after(DAY, 1)]:
            self.assertEqual(self.run_at(evening + "T20:00"), [])
        morning = self.run_at(day_after(DAY, 2) + "T09:00")
        self.assertGreater(sum(action["location"] == "1" for action in morning), 30)

    def test_nothing_is_launched_unless_all_are_found(self):
        named = ["--campaign", CAMPAIGN, "--campaign", "bogus"]
        for command in [["launch"], ["run", "--data", self.data]]:
            done = winback(*command, "--practice", self.settings, "--store", self.store, "--as-of",
                           DAY, *named)
            self.refused(done, 2, "bogus: no playbook of that name")
            self.assertFalse(self.store.exists())
        self.run_at(DAY + "T11:00")
        before = (self.store / "journal").read_bytes()
        done = winback("launch", "--practice", self.settings, "--store", self.store, "--as-of",
                       DAY + "T12:00", "--campaign", "broken-visit", "--campaign", "bogus")
        self.refused(done, 2, "bogus: no playbook of that name")
        self.assertEqual((self.store / "journal").read_bytes(), before)

    def test_the_same_bytes_in_give_the_same_bytes_out(self):
        settings = json.loads(SETTINGS.read_text())
        settings["practice"]["secret"] = "00112233445566778899aabbccddeeff"
        self.settings = self.folder / "settings.json"
        self.settings.write_text(json.dumps(settings))
        found = []
        for name in ["one", "two"]:
            self.store = self.folder / name
            out = self.start(DAY + "T11:00", "--json").stdout
            found.append((out, (self.store / "journal").read_bytes(),
                          (self.store / "snapshot").read_bytes()))
        self.assertEqual(found[0], found[1])
        self.assertFalse((self.store / "secret").exists())

    def test_two_secrets_have_no_id_in_common(self):
        first = {action["id"] for action in self.run_at(DAY + "T11:00")}
        self.store = self.folder / "other"
        self.assertFalse(first & {action["id"] for action in self.run_at(DAY + "T11:00")})

    def test_bad_options(self):
        good = ["--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY + "T11:00"]
        self.refused(winback("run", *good, "--campaign", CAMPAIGN), 2, "--store DIR is needed")
        good += ["--store", self.store]
        self.refused(winback("run", *good[2:], "--campaign", CAMPAIGN), 2, "--data DIR is needed")
        self.refused(winback("run", *good, "--campaign", "hygene"), 2, "no playbook of that name")
        self.refused(winback("run", *good[:4], "--as-of", "2026-02-30", *good[6:], "--campaign",
                             CAMPAIGN), 2, "--as-of")
        self.assertEqual(self.outbox(), [])
        broken = self.folder / "broken.json"
        broken.write_text("{")
        self.refused(winback("run", *good, "--campaign", broken), 3, "broken.json")
        self.assertEqual(self.outbox(), [])


class Hours(Store):
    """Mon-Fri 9:00-18:00, Sat 10:00-14:00 at the patient's location, inside the law."""

    def places(self, when):
        return collections.Counter(action["location"] for action in self.run_at(when))

    def test_each_location_by_its_own_clock(self):
        for clock, expected in {"08:00": {}, "08:59": {}, "09:00": {"1": 25}, "09:30": {"1": 25},
                                "09:59": {"1": 25}, "10:00": {"1": 25, "2": 25},
                                "17:59": {"1": 25, "2": 25}, "18:00": {"2": 25},
                                "18:59": {"2": 25}, "19:00": {}, "23:59": {}}.items():
            self.store = self.folder / clock.replace(":", "")
            self.assertEqual(self.places(f"{DAY}T{clock}"), expected, clock)

    def test_who_came_too_early_goes_later_the_same_day(self):
        self.assertEqual(self.places(DAY + "T08:30"), {})
        self.assertIn(" 66 entered today", self.said)  # 50 of them can be reached
        self.assertEqual(self.places(DAY), {"1": 25})  # 09:00
        self.assertEqual(self.places(DAY + "T10:00"), {"2": 25})

    def test_who_came_too_late_goes_the_next_day(self):
        self.assertEqual(self.places(DAY + "T20:00"), {})
        self.assertEqual(self.places(day_after(DAY, 1) + "T08:30"), {})
        sent = self.places(day_after(DAY, 1) + "T10:30")
        self.assertEqual(sent, {"1": 25, "2": 25})  # yesterday evening's count for today

    def test_saturdays_are_short_and_sundays_closed(self):
        for days, clock, expected in [(4, "09:59", {}), (4, "10:00", {"1": 25}),
                                      (4, "13:59", {"1": 25, "2": 25}), (4, "14:00", {"2": 25}),
                                      (4, "15:00", {}), (5, "12:00", {})]:
            self.store = self.folder / f"{days}{clock.replace(':', '')}"
            self.assertEqual(self.places(f"{day_after(DAY, days)}T{clock}"), expected, clock)

    def test_no_delivery_after_the_hours(self):
        for clock, until in {"17:49": "17:59", "17:50": "18:00", "17:51": "18:00",
                             "17:59:59": "18:00"}.items():
            self.store = self.folder / clock.replace(":", "")
            ends = {instant(action["deliver_by"]).astimezone(ZONES["1"]).strftime("%H:%M")
                    for action in self.run_at(f"{DAY}T{clock}") if action["location"] == "1"}
            self.assertEqual(ends, {until}, clock)

    def test_the_clocks_change_with_the_season(self):
        self.only({"1003"})
        sunday = "2026-03-08"
        self.assertEqual(self.run_at(sunday + "T12:00"), [])
        action, = self.run_at("2026-03-09T10:00")
        self.assertEqual(action["at"], "2026-03-09T14:00:00Z")
        self.store = self.folder / "winter"
        action, = self.run_at("2026-03-06T10:00")
        self.assertEqual(action["at"], "2026-03-06T15:00:00Z")


class Order(Store):
    """Who comes in first, and how many a day."""

    def test_perio_first_then_longest_overdue_25_a_day_a_location(self):
        days = [DAY + "T11:00"] + [f"{day_after(DAY, days)}T11:00" for days in range(1, 9)]
        first = [action for when in days for action in self.run_at(when)
                 if action["step"] == "text-1"]
        rank = {}
        for action in first:
            facts, campaign = explain(action["patient"])
            if campaign["outcome"] == "in":
                rank[action["patient"]] = (SEGMENTS.index(campaign["segment"]),
                                           facts["recare.due"], action["patient"])
        self.assertGreater(len(rank), 150)
        for location in ["1", "2"]:
            entered = collections.defaultdict(list)
            for action in first:
                if action["location"] == location:
                    entered[local_day(action)].append(action["patient"])
            queue = sorted((rank[patient] for day in entered.values() for patient in day
                            if patient in rank))
            self.assertEqual(sorted(rank[patient] for patient in entered[min(entered)]),
                             queue[:25])
            counts = [len(entered[day]) for day in sorted(entered)]
            self.assertEqual(counts[:2], [25, 25])
            self.assertGreater(sum(counts), 75)
            self.assertLessEqual(max(counts), 25)
        one_day = [action["patient"] for action in first if local_day(action) == local_day(first[0])]
        segments = [rank[patient][0] for patient in one_day]
        self.assertEqual(segments, sorted(segments))
        self.assertEqual(SEGMENTS[segments[0]], "perio 12+")

    def test_who_is_held_takes_nobodys_place(self):
        sent = self.run_at(DAY + "T11:00")
        self.assertEqual(collections.Counter(action["location"] for action in sent),
                         {"1": 25, "2": 25})
        self.assertGreater(sum(held(self.said).values()), 10)


class Sequence(Store):
    """Steps, waits, caps, the end and the rest after it."""

    def days(self, count, clocks=("11:00",), first=0, *arguments, **options):
        """All actions of some days."""
        return [action for days in range(first, first + count) for clock in clocks
                for action in self.run_at(f"{day_after(DAY, days)}T{clock}", *arguments,
                                          **options)]

    def test_text_then_mail_then_last_text(self):
        self.only({"1003"})
        sent = self.days(40)
        self.assertEqual([(action["step"], action["channel"], str(local_day(action)))
                          for action in sent],
                         [("text-1", "sms", "2026-03-03"), ("email-1", "email", "2026-03-09"),
                          ("text-2", "sms", "2026-03-18")])  # five days on is a Sunday
        self.assertIn("0 inside already, 1 resting", self.said)

    def test_mail_stands_in_where_a_text_may_not(self):
        self.only({"1018"})
        self.assertEqual([(action["step"], action["channel"], action["template"])
                          for action in self.days(40)],
                         [("text-1", "email", "email-first"), ("email-1", "email", "email-second"),
                          ("text-2", "email", "email-last")])

    def test_texts_stand_in_where_there_is_no_mail(self):
        self.only({"1025"})
        self.assertEqual([(action["step"], action["channel"], action["template"])
                          for action in self.days(40)],
                         [("text-1", "sms", "text-first"), ("email-1", "sms", "text-second"),
                          ("text-2", "sms", "text-last")])

    def test_90_days_of_rest_then_a_new_entry(self):
        self.only({"1003"})
        sent = self.days(160, ("11:00",), 0, "--allow-jump")
        self.assertEqual([action["step"] for action in sent], ["text-1", "email-1", "text-2"] * 2)
        self.assertEqual(len({action["id"] for action in sent}), 6)
        end = local_day(sent[2]) + timedelta(14)  # the last wait
        self.assertEqual((local_day(sent[3]) - end).days, 90)

    def test_a_month_of_a_practice(self):
        sent = self.days(35, ("10:30", "11:30", "17:30"))
        self.assertEqual(self.outbox(), sent)
        self.assertEqual(len({action["id"] for action in sent}), len(sent))
        days = collections.defaultdict(list)
        steps = collections.defaultdict(list)
        for action in sent:
            at = instant(action["at"]).astimezone(ZONES[action["location"]])
            self.assertLess(at.weekday(), 6)
            first, end = (10, 14) if at.weekday() == 5 else (9, 18)
            self.assertTrue(first <= at.hour < end, action["at"])
            days[action["patient"]].append(at.date())
            steps[action["patient"]].append((action["step"], at.date()))
        self.assertGreater(len(days), 150)
        for patient, dates in days.items():
            self.assertEqual(most_within(dates, 1), 1, patient)
            self.assertLessEqual(most_within(dates, 7), 2, patient)
            self.assertLessEqual(most_within(dates, 30), 4, patient)
            names, when = zip(*steps[patient])
            self.assertEqual(list(names), ["text-1", "email-1", "text-2"][:len(names)], patient)
            gaps = [(later - earlier).days for earlier, later in zip(when, when[1:])]
            self.assertTrue(all(5 <= gap <= 7 for gap in gaps[:1]), (patient, gaps))
            self.assertTrue(all(9 <= gap <= 11 for gap in gaps[1:]), (patient, gaps))
        self.assertGreater(sum(len(dates) == 3 for dates in days.values()), 100)

    def test_caps_one_a_day_two_in_seven_four_in_thirty_six_in_all(self):
        self.only({"1003"})
        steps = [part for i in range(9) for part in
                 ({"id": f"send-{i}", "send": ["text"]}, {"id": f"wait-{i}", "wait": {"hours": 1}})]
        nudge = self.campaign(steps=steps + [{"id": "end", "exit": True}])
        sent = self.days(70, ("10:30", "13:30", "16:30"), 0, "--allow-jump", campaign=nudge)
        self.assertEqual([str(local_day(action)) for action in sent],
                         ["2026-03-03", "2026-03-04", "2026-03-10", "2026-03-11",
                          "2026-04-02", "2026-04-03"])
        self.assertIn("1 resting", self.said)

    def test_caps_hold_across_campaigns(self):
        self.only({"1003"})
        nudge = self.campaign()
        sent = self.run_at(DAY + "T11:00", "--campaign", nudge)
        self.assertEqual(len(sent), 1)
        self.assertEqual(held(self.said), {"cap": 1})
        sent += self.days(4, first=1)
        self.assertEqual({action["campaign"] for action in sent}, {CAMPAIGN, "nudge"})
        self.assertEqual([str(local_day(action)) for action in sent], ["2026-03-03", "2026-03-04"])

    def test_a_booking_in_the_data_ends_it(self):
        self.only({"1003"})
        self.assertEqual(len(self.run_at(DAY + "T11:00")), 1)
        with open(self.data / "appointment.csv", "a", encoding="utf-8") as file:
            names = list(rows(PRACTICE / "appointment.csv")[0])
            cells = {"AptNum": "99999", "PatNum": "1003", "AptStatus": "1",
                     "AptDateTime": "2026-04-20 09:00:00"}
            file.write(",".join(cells.get(name, "0") for name in names) + "\n")
        self.assertEqual(self.days(30, first=1), [])

    def test_time_may_stand_still_or_go_back_and_not_jump(self):
        self.only({"1003"})
        self.assertEqual(len(self.run_at(DAY + "T11:00")), 1)
        self.assertEqual(self.run_at(day_after(DAY, -3) + "T11:00"), [])
        self.refused(self.start("2026-04-05T11:01"), 3, "over 31 days after the last event")
        self.assertEqual([action["step"] for action in
                          self.run_at("2026-04-05T11:01", "--allow-jump")], [])  # a Sunday
        self.assertEqual([action["step"] for action in self.run_at("2026-04-06T11:00")],
                         ["email-1"])


class Files(Store):
    """The store: its files, its lock, and what is refused."""

    def setUp(self):
        super().setUp()
        self.only({"1003", "1005", "1011", "1018", "1020", "1130"})
        self.first = self.run_at(DAY + "T11:00")
        self.assertEqual(len(self.first), 5)
        self.next = day_after(DAY, 7) + "T11:00"
        self.whole = self.folder / "whole"
        shutil.copytree(self.store, self.whole)

    def again(self):
        shutil.rmtree(self.store)
        shutil.copytree(self.whole, self.store)

    def assert_refused(self, *parts):
        """A run is refused with 3, prints nothing, and changes no file of the store."""
        before = {path.name: path.read_bytes() for path in self.store.iterdir()}
        done = self.start(self.next, "--json")
        self.refused(done, 3, *parts)
        self.assertEqual(done.stdout, "")
        after = {path.name: path.read_bytes() for path in self.store.iterdir()}
        self.assertTrue(after == before, "a refused run changed the store")

    def flip(self, name, at, bit=1):
        path = self.store / name
        data = bytearray(path.read_bytes())
        data[at] ^= bit
        path.write_bytes(data)

    def records(self):
        """Where each record of the journal begins, and its end."""
        data, ends = (self.store / "journal").read_bytes(), [0]
        while ends[-1] < len(data):
            length = int.from_bytes(data[ends[-1] + 4:ends[-1] + 8], "little")
            ends.append(ends[-1] + length)
        return ends

    def test_names_and_modes(self):
        shutil.rmtree(self.store)
        before = os.umask(0)
        self.addCleanup(os.umask, before)
        self.run_at(DAY + "T11:00")
        self.event(DAY + "T12:00", "click", patient="1003")
        found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in self.store.iterdir()}
        self.assertEqual(found, dict.fromkeys(["journal", "snapshot", "outbox.jsonl", "secret"],
                                              0o600))
        self.assertEqual(stat.S_IMODE(self.store.stat().st_mode), 0o700)

    def test_a_second_run_is_told_that_the_store_is_in_use(self):
        with open(self.store / "journal", "rb") as journal:
            fcntl.flock(journal, fcntl.LOCK_EX)
            self.assert_refused("in use by another run")
        self.assertEqual(len(self.run_at(self.next)), 5)

    def test_runs_at_once_send_nothing_twice(self):
        shutil.rmtree(self.store)
        command = [WINBACK, "run", "--data", self.data, "--practice", SETTINGS, "--store",
                   self.store, "--as-of", DAY + "T11:00", "--campaign", CAMPAIGN, "--json"]
        runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                for _ in range(6)]
        printed = []
        for run in runs:
            out, said = run.communicate(timeout=60)
            self.assertIn(run.returncode, (0, 3))
            if run.returncode == 3:
                self.assertIn(b"in use by another run", said)
            printed += [json.loads(line) for line in out.splitlines()]
        self.assertIn(0, [run.returncode for run in runs])
        self.assertEqual(sorted(action["patient"] for action in printed),
                         sorted(action["patient"] for action in self.first))
        self.assertEqual(len(self.outbox()), 5)

    def test_a_damaged_snapshot_is_refused(self):
        size = (self.store / "snapshot").stat().st_size
        for at in sorted({0, 4, 8, 12, size - 1, size - 4, *range(16, size, size // 40)}):
            with self.subTest(at=at):
                self.flip("snapshot", at)
                self.assert_refused("snapshot")
                self.again()
        for cut in [0, 1, size // 2, size - 1]:
            (self.store / "snapshot").write_bytes((self.whole / "snapshot").read_bytes()[:cut])
            with self.subTest(cut=cut):
                self.assert_refused("snapshot")

    def test_a_damaged_inner_record_is_refused(self):
        ends = self.records()
        last = ends[-2]
        for keep in [True, False]:
            for at in sorted({*ends[:-2], *(end - 1 for end in ends[1:-1]),
                              *range(3, last, last // 30)}):
                with self.subTest(at=at, snapshot=keep):
                    self.again()
                    if not keep:
                        (self.store / "snapshot").unlink()
                    self.flip("journal", at)
                    self.assert_refused("journal")

    def test_a_missing_inner_record_is_refused(self):
        ends, data = self.records(), (self.store / "journal").read_bytes()
        for i in [0, 1, len(ends) // 2]:
            with self.subTest(record=i):
                (self.store / "snapshot").unlink(missing_ok=True)
                (self.store / "journal").write_bytes(data[:ends[i]] + data[ends[i + 1]:])
                self.assert_refused("journal")

    def test_a_torn_last_record_is_cut_and_the_run_goes_on(self):
        ends, data = self.records(), (self.store / "journal").read_bytes()
        for keep in sorted({ends[-2] + 1, ends[-2] + 4, ends[-2] + 31, ends[-1] - 1}):
            with self.subTest(keep=keep):
                self.again()
                (self.store / "snapshot").unlink()
                (self.store / "journal").write_bytes(data[:keep])
                self.assertEqual(self.run_at(DAY + "T11:30"), [])
                self.assertIn("the last record was not finished and is left out", self.said)
                self.assertEqual(self.run_at(DAY + "T11:40"), [])
                self.assertNotIn("not finished", self.said)
                self.assertEqual(self.outbox(), self.first)

    def test_a_lost_tail_sends_nothing_twice(self):
        ends, data = self.records(), (self.store / "journal").read_bytes()
        for end in ends[1::3]:
            with self.subTest(end=end):
                self.again()
                (self.store / "snapshot").unlink()
                (self.store / "journal").write_bytes(data[:end])
                self.assertEqual(self.run_at(DAY + "T11:30"), [])
                self.assertEqual(self.outbox(), self.first)

    def test_a_journal_that_ends_before_the_snapshot_is_refused(self):
        (self.store / "journal").write_bytes(
            (self.store / "journal").read_bytes()[:self.records()[-2]])
        self.assert_refused("ends before the snapshot does")
        (self.store / "journal").unlink()
        done = self.start(self.next, "--json")
        self.refused(done, 3, "ends before the snapshot does")
        self.assertEqual(self.outbox(), self.first)

    def test_without_its_secret_a_store_is_refused(self):
        (self.store / "secret").unlink()
        self.assert_refused("secret", "cannot be continued")
        for content in ["", "12", "zz" * 16 + "\n", "0" * 31 + "\n"]:
            (self.store / "secret").write_text(content)
            with self.subTest(content=content):
                self.assert_refused("secret: not 32 hexadecimal digits")

    def test_a_lost_secret_is_not_made_anew_beside_a_snapshot(self):
        (self.store / "secret").unlink()
        (self.store / "journal").write_bytes(b"")
        self.assert_refused("secret", "cannot be continued")

    def test_another_secret_is_refused(self):
        (self.store / "secret").write_text("0123456789abcdef" * 2 + "\n")
        self.assert_refused("secret")
        (self.store / "snapshot").unlink()
        self.assert_refused("secret")

    def test_another_practices_store_is_refused(self):
        settings = json.loads(SETTINGS.read_text())
        settings["practice"]["key"] = "other-dental"
        self.settings = self.folder / "settings.json"
        self.settings.write_text(json.dumps(settings))
        self.assert_refused("practice")

    def test_garbage_in_the_outbox_is_refused(self):
        whole = (self.store / "outbox.jsonl").read_bytes()
        first, rest = whole.split(b"\n", 1)
        for number, bytes_ in {1: b"garbage\n" + whole, 2: first + b"\n\n" + rest,
                               6: whole + b"{}\n", 3: first + b"\n" + first + b"\n\0\n"}.items():
            (self.store / "outbox.jsonl").write_bytes(bytes_)
            with self.subTest(line=number):
                self.assert_refused(f"outbox.jsonl:{number}: not an entry of an outbox")

    def test_an_unfinished_line_of_the_outbox_is_cut(self):
        whole = (self.store / "outbox.jsonl").read_bytes()
        (self.store / "outbox.jsonl").write_bytes(whole + b'{"id":"00')
        self.assertEqual(self.run_at(DAY + "T11:30"), [])
        self.assertEqual((self.store / "outbox.jsonl").read_bytes(), whole)

    def test_a_store_that_cannot_be(self):
        self.store = self.folder / "no" / "such" / "parent"
        self.refused(self.start(self.next), 3, "No such file")
        self.store = self.folder / "file"
        self.store.write_text("")
        self.refused(self.start(self.next), 3, "file")

    def test_the_journal_alone_is_enough(self):
        (self.store / "snapshot").unlink()
        self.assertEqual(len(self.run_at(self.next)), 5)

    def test_no_file_of_the_store_but_the_outbox_tells_who(self):
        patients = {row["PatNum"]: row for row in rows(self.data / "patient.csv")}
        kept = (self.store / "journal").read_bytes() + (self.store / "snapshot").read_bytes()
        for action in self.first:
            row = patients[action["patient"]]
            self.assertIn(action["patient"].encode(), kept)
            for value in [action["to"], action["text"], row["FName"], row["LName"], row["Email"],
                          row["WirelessPhone"], row["SSN"], row["Birthdate"]]:
                if value:
                    self.assertNotIn(value.encode(), kept)


class Zoneless(Store):
    def without_zone(self, *numbers):
        settings = json.loads(SETTINGS.read_text())
        for number in numbers:
            del settings["locations"][number]["zone"]
        self.settings = self.folder / "settings.json"
        self.settings.write_text(json.dumps(settings))

    def test_a_practice_without_a_zone_sends_nothing(self):
        self.without_zone(0, 1)
        done = self.start(DAY + "T11:00")
        self.refused(done, 3, "the practice has no time zone")
        self.assertEqual((done.stdout, self.store.exists()), ("", False))

    def test_a_location_without_a_zone_stops_nobody_else(self):
        self.without_zone(1)
        sent = self.run_at(DAY + "T11:00")
        self.assertEqual({action["location"] for action in sent}, {"1"})
        self.assertIn("location 2 has no time zone", self.said)
        self.assertRegex(self.said, r"\b[1-9]\d+ whose facts could not be read")


class Held(Store):
    """Who is held, and why."""

    def test_reasons_of_texts(self):
        nudge = self.campaign()
        reasons = {"1018": "no_permission", "1019": "no_permission", "1021": "no_address",
                   "1022": "age_unknown", "1029": "minor", "1030": "not_seen"}
        self.only({*reasons, "1003"})
        sent = self.run_at(DAY + "T11:00", campaign=nudge)
        self.assertEqual([action["patient"] for action in sent], ["1003"])
        self.assertEqual(held_keys(self.said), reasons)
        self.only({"1003"}, WirelessPhone="(631) 055-0108")
        self.store = self.folder / "bad"
        self.assertEqual(self.run_at(DAY + "T11:00", campaign=nudge), [])
        self.assertEqual(held_keys(self.said), {"1003": "bad_address"})

    def why(self, when, *arguments, **options):
        """What stands in the way of each who is held: reason, and what exactly."""
        return {(line["reason"], line.get("why")) for line in
                self.run_at(when, "--held", *arguments, **options) if line["kind"] == "held"}

    def without(self, *members):
        """Settings whose first location lacks something."""
        settings = json.loads(SETTINGS.read_text())
        for member in members:
            del settings["locations"][0][member]
        self.settings = self.folder / "practice.json"
        self.settings.write_text(json.dumps(settings))

    def test_which_field_of_which_text_is_missing_is_said(self):
        self.without("address")
        self.only({"1018"}, Email="ana@example.com")  # no texts
        self.assertEqual(self.why(DAY + "T11:00"), {
            ("render", "email-first: location.address: The text needs this field; it is missing and "
                       "has no default.")})
        said = self.start(DAY + "T11:00", "--held").stdout
        self.assertIn("cannot be written for this patient (email-first: location.address: ", said)
        self.without("address", "booking_url")  # the link of a message is made with it, and so not what is missing
        self.assertEqual(self.why(DAY + "T13:00"), {("render", None)})

    def test_it_is_said_of_texts_about_visits_openings_and_offers_too(self):
        lacks = "location.address: The text needs this field; it is missing and has no default."
        self.without("address")
        self.only({"1142"}, ClinicNum="1")  # a visit ahead; no texts
        self.assertEqual(self.why(DAY + "T11:00", campaign="visit-confirmation"),
                         {("render", f"email-again: {lacks}")})
        self.store = self.folder / "openings"
        self.only({"1147"}, TxtMsgOk="2")
        self.run_at(DAY + "T09:00", campaign="last-minute-opening")
        self.event(DAY + "T09:30", "slot_opened", visit="7001", at=day_after(DAY, 3) + "T10:00", minutes="60",
                   location="1", schedule="hygiene")
        self.assertEqual(self.why(DAY + "T11:00", campaign=None), {("render", f"email-ask: {lacks}")})
        self.store = self.folder / "offers"
        self.only({"1065"}, TxtMsgOk="2")
        self.assertEqual(self.why(DAY + "T11:00", campaign="return-offer"), {("render", f"email-first: {lacks}")})

    def test_what_is_missing_is_said_of_the_text_of_each_channel(self):
        """Which of them is taken only the machine knows."""
        self.without("short_name")
        self.only({"1018"}, Email="ana@example.com")
        lacks = "location.short_name: The text needs this field; it is missing and has no default."
        self.assertEqual(self.why(DAY + "T11:00"), {("render", f"text-first: {lacks} email-first: {lacks}")})

    def test_why_an_offer_is_not_made_is_said(self):
        self.only({"1065"})
        self.run_at(DAY + "T08:00", campaign="return-offer")
        self.assertEqual(self.why("2026-06-08T11:00", "--allow-jump", campaign="return-offer"),
                         {("offer", "welcome-back: today is not one of its days")})

    def test_who_entered_under_another_offer_is_held_for_that_one(self):
        """With people inside by each definition it is told what only one of them has in the way."""
        over = "welcome-back: today is not one of its days"
        settings = json.loads(self.settings.read_text())
        for months, told in [(6, over), (24, None)]:
            self.store, self.settings = self.folder / str(months), SETTINGS
            self.only({"1065"})
            self.run_at(DAY + "T08:00", campaign="return-offer")
            self.settings = self.folder / "practice.json"
            settings["offers"]["summer"] = settings["offers"]["welcome-back"] | {
                "first": "2026-06-01", "last": "2026-08-31", "qualifies": f"recare.overdue_months >= {months}"}
            settings["playbooks"]["return-offer"]["offer"] = "summer"
            self.settings.write_text(json.dumps(settings))
            self.assertEqual(self.why("2026-06-08T11:00", "--allow-jump", campaign="return-offer"), {("offer", over)})
            self.only({"1065", "1311"})  # who enters by the new one
            self.assertEqual(self.why("2026-06-08T13:00", campaign="return-offer"), {("offer", told)})

    def test_who_is_held_goes_when_the_reason_is_gone(self):
        nudge = self.campaign()
        self.only({"1018"})
        self.assertEqual(self.run_at(DAY + "T11:00", campaign=nudge), [])
        self.assertEqual(held_keys(self.said), {"1018": "no_permission"})
        self.only({"1018"}, TxtMsgOk="1")
        self.assertEqual(len(self.run_at(day_after(DAY, 1) + "T11:00", campaign=nudge)), 1)
        self.assertEqual(held(self.said), {})

    def test_who_waits_for_a_place_is_listed_with_reason_and_time(self):
        said = self.run_at(DAY + "T11:00", "--held")
        lines = [line for line in said if line.get("kind") == "held"]
        waiting = [line for line in lines if line["reason"] == "admissions"]
        self.assertEqual(len(waiting), int(re.search(r"(\d+) wait for another day", self.said)[1]))
        self.assertGreater(len(waiting), 100)
        self.assertEqual({instant(line["until"]) for line in waiting},
                         {instant("2026-03-04T14:00:00Z"), instant("2026-03-04T15:00:00Z")})
        others = [line for line in lines if line["reason"] != "admissions"]
        self.assertTrue(all("until" in line for line in others), others)
        journal = (self.store / "journal").read_bytes()
        shown = self.start(DAY + "T11:00", "--held").stdout
        self.assertIn("admissions until 2026-03-04 ", shown)
        self.assertEqual((self.store / "journal").read_bytes(), journal)

    def test_an_extension_is_no_number_for_texts(self):
        self.only({"1003"}, WirelessPhone="212-555-0101 x12")
        sent = self.run_at(DAY + "T11:00")
        self.assertEqual([action["channel"] for action in sent], ["email"])


if __name__ == "__main__":
    main()
