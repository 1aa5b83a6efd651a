# SPDX-License-Identifier: MIT
"""winback receive, desk, pause and resume: what happens outside, and what follows from it."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, main, rows, winback  # noqa: E402
from store import CAMPAIGN, Store, day_after, held_keys  # noqa: E402

COUPLE, SHARED = {"1134", "1135"}, "(815) 555-0106"
NOON, LATER = DAY + "T12:00", DAY + "T15:00"
IDS = [f"{i:032x}" for i in range(1, 9)]


def sent(actions):
    """Who is sent what: (patient, channel)."""
    return sorted((action["patient"], action["channel"]) for action in actions)


class Events(Store):
    def start_with(self, *patients, **cells):
        """The first day of these patients' sequences."""
        self.only(set(patients), **cells)
        return self.run_at(DAY + "T11:00")

    def following(self, days=40, first=1):
        """All that goes out on the days after the first."""
        return [action for day in range(first, days)
                for action in self.run_at(day_after(DAY, day) + "T12:30", "--allow-jump")]


class Private(Events):
    def journal(self):
        return (self.store / "journal").read_bytes()

    def test_what_nobody_is_called_stays_out_of_the_journal(self):
        self.start_with("1003")
        for slip in ["+12125550159", "Jane Doe"]:
            self.event(NOON, "reply", status=2, patient=slip, text="Hello")
        done = winback("audit", "--store", self.store)
        self.assertEqual(done.stdout.count("unknown_person"), 2)
        for words in ["2125550159", "Jane Doe"]:
            self.assertNotIn(words.encode(), self.journal())
            self.assertNotIn(words, done.stdout)

    def test_data_refuse_a_key_that_nobody_has(self):
        self.start_with("1003")
        before = self.journal()
        said = self.event(NOON, "opted_out", status=2, patient="Jane Doe", data=self.data)
        self.assertIn("neither the data nor the store has a patient of this key", said)
        self.assertEqual(self.journal(), before)
        self.event(NOON, "opted_out", patient="1003", data=self.data)
        self.only({"1005"})  # the data have them no more, the store still has
        self.event(NOON, "opted_out", patient="1003", data=self.data)

    def test_source_and_wording_of_a_consent_are_ids(self):
        self.start_with("1003")
        given = {"patient": "1003", "from_": "(212) 555-0101", "channel": "sms",
                 "outcome": "express"}
        before = self.journal()
        for name in ["source", "name"]:
            for words in ["Jane Doe", "+12125550159", "jane@example.com", "", "x" * 65]:
                said = self.event(NOON, "consent", status=2, **given, **{name: words})
                self.assertIn(f"--{name} of a consent is an id", said)
        self.assertEqual(self.journal(), before)
        self.event(NOON, "consent", **given, source="form-7_b.2", name="x" * 64)


class OptOut(Events):
    def test_stop_from_a_shared_number_ends_texts_to_everyone_on_it(self):
        self.assertEqual(sent(self.start_with(*COUPLE, "1003")),
                         [("1003", "sms"), ("1135", "sms")])  # 1134 waits: it is one number
        self.event(NOON, "reply", from_=SHARED, text="Stop")
        after = self.following()
        self.assertNotIn("sms", {channel for patient, channel in sent(after) if patient in COUPLE})
        self.assertEqual([action["step"] for action in after if action["patient"] == "1003"],
                         ["email-1", "text-2"])

    def test_stop_before_any_text_leaves_mail(self):
        self.only(COUPLE)
        self.event(DAY + "T10:00", "opted_out", from_=SHARED)
        actions = self.run_at(DAY + "T11:00") + self.following()
        self.assertEqual(sent(actions), [(patient, "email") for patient in sorted(COUPLE)
                                         for _ in range(3)])

    def test_stop_before_any_text_holds_who_has_no_mail(self):
        self.only(COUPLE, Email="")
        self.event(DAY + "T10:00", "reply", from_=SHARED, text="STOP")
        self.assertEqual(self.run_at(DAY + "T11:00"), [])
        self.assertEqual(held_keys(self.said), dict.fromkeys(COUPLE, "opted_out"))

    def test_stop_by_key_before_any_text_holds_the_first_until_an_opt_in_by_key(self):
        self.only({"1003", "1004"}, Email="")
        self.event(DAY + "T10:00", "opted_out", patient="1003")
        self.assertEqual([patient for patient, _ in sent(self.run_at(DAY + "T11:00"))], ["1004"])
        self.assertEqual(held_keys(self.said), {"1003": "opted_out"})
        self.event(NOON, "opted_in", patient="1003")
        self.assertEqual([patient for patient, _ in sent(self.run_at(DAY + "T12:30"))], ["1003"])

    def test_start_lifts_a_stop_and_yes_does_not(self):
        self.only(COUPLE, Email="")
        self.event(DAY + "T10:00", "reply", from_=SHARED, text="stop!")
        self.event(DAY + "T10:01", "opted_out", from_="+1 212 555 0101")
        self.assertEqual(self.run_at(DAY + "T11:00"), [])
        self.event(NOON, "reply", status=2, from_=SHARED, text="Yes")  # from nobody texted yet
        self.assertEqual(self.run_at(DAY + "T12:30"), [])
        self.event(DAY + "T13:00", "reply", from_=SHARED, text="START")
        self.assertEqual(sent(self.run_at(day_after(DAY, 1) + "T12:30")), [("1135", "sms")])
        self.assertEqual(sent(self.run_at(day_after(DAY, 2) + "T12:30")), [("1134", "sms")])

    def test_a_signed_form_lifts_a_stop(self):
        self.only(COUPLE, Email="")
        self.event(DAY + "T10:00", "opted_out", from_=SHARED)
        self.event(DAY + "T10:10", "opted_in", from_="8155550106")
        self.assertEqual(sent(self.run_at(DAY + "T11:00")), [("1135", "sms")])
        self.assertEqual(sent(self.run_at(day_after(DAY, 1) + "T11:00")), [("1134", "sms")])

    def test_every_spelling_of_a_number_is_the_number(self):
        for spelling in ["8155550106", "815-555-0106", "+1 (815) 555.0106", "1-815-555-0106"]:
            self.store = self.folder / spelling.replace(" ", "")
            self.only(COUPLE, Email="")
            self.event(DAY + "T10:00", "opted_out", from_=spelling)
            self.assertEqual(self.run_at(DAY + "T11:00"), [], spelling)

    def test_the_family_of_a_number(self):
        self.assertEqual(sent(self.start_with("1126", "1127", "1128", "1129", "1131")),
                         [("1129", "sms")])  # the only adult who is due
        self.event(NOON, "reply", from_="(631) 555-0108", text="Unsubscribe")
        self.assertEqual(self.following(), [])

    def test_who_shares_a_number_with_an_opt_out_is_mailed(self):
        self.only({"1026", "1027"})
        self.event(DAY + "T10:00", "opted_out", from_="224-555-0102")
        self.assertEqual(sent(self.run_at(DAY + "T11:00")), [("1026", "email"), ("1027", "email")])

    def test_stop_by_mail_ends_mail_to_the_address(self):
        mail, = self.start_with("1018")
        self.event(NOON, "reply", from_=mail["to"].upper(), text="STOP")
        self.assertEqual(self.following(), [])

    def test_stop_by_patient_counts_for_the_number_they_were_texted_on(self):
        self.start_with(*COUPLE)
        self.event(NOON, "reply", patient="1135", text="stop texting me")
        self.assertNotIn("sms", {action["channel"] for action in self.following()})

    def test_stop_by_patient_who_was_not_texted_yet_ends_what_is_under_way(self):
        self.start_with(*COUPLE)  # 1134 waits: it is one number
        self.event(NOON, "reply", patient="1134", text="stop texting me")
        self.assertNotIn("1134", {action["patient"] for action in self.following()})

    def test_a_number_never_heard_of_is_noted(self):
        self.start_with("1003")
        before = (self.store / "journal").stat().st_size
        self.event(NOON, "reply", from_="212-555-0199", text="STOP")
        self.assertGreater((self.store / "journal").stat().st_size, before)
        self.only({"1003", "1005"}, Email="", WirelessPhone="2125550199")
        self.assertEqual(self.run_at(DAY + "T15:00"), [])
        self.assertEqual(held_keys(self.said)["1005"], "opted_out")

    def test_a_reply_is_said_to_be_read_as_what_it_is(self):
        self.start_with("1003")
        self.event(NOON, "reply", from_="212-555-0199", text="Stop, my mom passed")
        self.assertEqual(self.read, "read as opt_out, also deceased\n")
        self.assertEqual(self.desk(LATER), [])  # of whom, nobody knows
        self.event(NOON, "reply", patient="1003", text="the parrot sings")
        self.assertEqual(self.read, "read as unrelated\n")
        self.event(NOON, "reply", patient="1003")
        self.assertEqual(self.read, "no words: for a person to look at\n")

    def test_a_reply_of_a_stranger_is_for_a_person_to_read(self):
        self.start_with("1003")
        for text in [{"text": "hello"}, {}]:
            said = self.event(NOON, "reply", status=2, from_="212-555-0199", **text)
            self.assertIn("No message ever went to this number or address, so nobody knows whose it "
                          "is: read the reply yourself.", said)
        self.assertIn("ever had a patient of this key",
                      self.event(NOON, "reply", status=2, patient="9"))

    def test_an_opt_out_closes_calls(self):
        first, = self.start_with("1003")
        self.event(NOON, "reply", from_=first["to"], text="how much is it?")
        self.assertEqual(len(self.run_at(LATER)), 1)
        self.assertEqual(self.desk(LATER), [("outreach", "1003", "asks")])
        self.event(LATER, "reply", from_=first["to"], text="STOP")
        self.assertEqual(self.desk(LATER), [])


class Responses(Events):
    def test_a_click_without_a_booking_is_a_call_after_a_day(self):
        self.start_with("1003")
        self.event(NOON, "click", patient="1003")
        next_day = day_after(DAY, 1)
        self.assertEqual(self.run_at(next_day + "T11:59"), [])
        self.assertEqual(self.desk(next_day + "T11:59"), [])
        call, = self.run_at(next_day + "T12:00")
        self.assertEqual((call["kind"], call["channel"], call["to"], call["reason"]),
                         ("call_task", "call", "", "clicked"))
        self.assertEqual(self.desk(next_day + "T12:01"), [("outreach", "1003", "clicked")])
        self.assertEqual(self.tasks(next_day + "T12:01")[0]["id"], call["id"])
        self.assertEqual(self.following(first=2), [])

    def test_the_link_of_a_message_leads_back_to_its_patient(self):
        for part in (lambda link: link, lambda link: link[-16:]):
            self.store = self.folder / str(len(part("https://go.example.com/0123456789abcdef")))
            for action in self.start_with("1003", "1005"):
                if action["patient"] == "1003":
                    link = re.search(r"https://\S+", action["text"]).group()
            self.event(NOON, "click", link=part(link))
            called = [action for action in self.run_at(day_after(DAY, 1) + "T12:00") if action["kind"] == "call_task"]
            self.assertEqual([(call["patient"], call["reason"]) for call in called], [("1003", "clicked")])
            self.event(day_after(DAY, 1) + "T13:00", "booked", link=part(link))
            self.assertEqual(self.desk(day_after(DAY, 1) + "T13:01"), [])

    def test_a_link_of_somebody_else_is_refused(self):
        own = {action["patient"]: action for action in self.start_with("1003", "1005")}
        link = re.search(r"https://\S+", own["1003"]["text"]).group()
        before = (self.store / "journal").read_bytes()
        for event in ("click", "booked"):
            for way in ({"link": link}, {"action": own["1003"]["id"]}):
                self.assertIn("another patient's", self.event(NOON, event, 2, patient="1005", **way))
        self.assertEqual((self.store / "journal").read_bytes(), before)
        self.event(NOON, "click", link=link, patient="1003")

    def test_a_link_of_no_message_is_refused(self):
        self.start_with("1003")
        for link in ("https://go.example.com/AAAAAAAAAAAAAAAA", "AAAA", ""):
            self.assertIn("no message of the outbox", self.event(NOON, "click", 2, link=link))
        self.assertIn("--patient KEY or --action ID or --link LINK", self.event(NOON, "click", 2))

    def test_a_click_and_a_booking_are_no_call(self):
        self.start_with("1003")
        self.event(NOON, "click", patient="1003")
        self.event(LATER, "booked", patient="1003")
        self.assertEqual(self.following(), [])
        self.assertEqual(self.desk(day_after(DAY, 39) + "T13:00"), [])

    def test_a_booking_closes_the_call(self):
        for event in ["booked", "kept"]:
            self.store = self.folder / event
            self.start_with("1003")
            self.event(NOON, "click", patient="1003")
            self.run_at(day_after(DAY, 1) + "T12:30")
            self.assertEqual(len(self.desk(day_after(DAY, 1) + "T12:31")), 1)
            self.event(day_after(DAY, 1) + "T13:00", event, patient="1003")
            self.assertEqual(self.desk(day_after(DAY, 1) + "T13:01"), [])

    def test_a_booking_without_its_time_says_what_it_counts_as(self):
        self.start_with("1003", "1005")
        said = "--at: without it, and without --visit, the visit is one of this very time"
        self.assertIn(said, self.event(NOON, "booked", patient="1003"))
        self.assertIn(said, self.event(NOON, "kept", patient="1003"))
        self.assertEqual(self.event(NOON, "booked", patient="1005", visit="9001"), "")
        self.assertEqual(self.event(NOON, "booked", patient="1005", at=day_after(DAY, 7) + "T09:00"), "")

    def test_a_booking_ends_the_sequence(self):
        self.start_with("1003", "1005")
        self.event(NOON, "booked", patient="1003")
        self.assertEqual(sent(self.following()), [("1005", "email"), ("1005", "sms")])

    def test_a_question_is_a_call(self):
        first, = self.start_with("1003")
        self.event(NOON, "reply", from_=first["to"], text="Do you take my insurance? Call me")
        call, = self.run_at(DAY + "T12:05")
        self.assertEqual((call["kind"], call["reason"], call["patient"]),
                         ("call_task", "asks", "1003"))
        self.assertEqual(self.desk(LATER), [("outreach", "1003", "asks")])
        self.assertEqual(self.following(), [])

    def test_any_other_reply_is_read_by_a_person(self):
        first, = self.start_with("1003")
        self.event(NOON, "reply", from_=first["to"], text="My dog ate it")
        self.assertEqual(self.desk(LATER), [("inbox", "1003", "reply")])
        self.event(LATER, "reply", from_=first["to"], text="HELP")
        self.assertEqual(self.desk(LATER), [("inbox", "1003", "reply"), ("inbox", "1003", "help")])
        self.event(LATER, "reply", patient="1003")  # a picture: no words
        self.assertEqual(len(self.desk(LATER)), 3)

    def test_after_a_reply_only_a_person_can_read_nothing_more_is_sent(self):
        first, = self.start_with("1003")
        self.event(NOON, "reply", from_=first["to"], text="He passed away last month")
        for days in range(1, 30):
            self.assertEqual(self.run_at(day_after(DAY, days) + "T12:00"), [])
        self.assertEqual(self.desk(day_after(DAY, 30)), [("now", "1003", "deceased")])

    def test_stop_it_now_is_an_opt_out(self):
        first, = self.start_with("1003")
        self.event(NOON, "reply", from_=first["to"], text="stop it now")
        self.assertEqual(self.desk(LATER), [])
        self.assertEqual(self.run_at(day_after(DAY, 6) + "T12:00"), [])

    def test_the_same_event_counts_once(self):
        first, = self.start_with("1003")
        for _ in range(3):
            self.event(NOON, "reply", from_=first["to"], text="My dog ate it", id=IDS[0])
        self.assertEqual(self.desk(LATER), [("inbox", "1003", "reply")])
        self.assertEqual(self.tasks(LATER)[0]["id"], IDS[0])
        journal = (self.store / "journal").read_bytes()
        self.event(LATER, "reply", from_=first["to"], text="STOP", id=IDS[0])
        self.assertEqual((self.store / "journal").read_bytes(), journal)
        self.event(LATER, "reply", from_=first["to"], text="My dog ate it", id=IDS[1])
        self.assertEqual(len(self.desk(LATER)), 2)

    def test_the_words_of_a_reply_are_kept_nowhere(self):
        first, = self.start_with("1003")
        self.event(NOON, "reply", from_=first["to"], text="zebra crossing, call me")
        self.event(NOON, "reply", from_=first["to"], text="zebra")
        self.run_at(LATER)
        for path in self.store.iterdir():
            self.assertNotIn(b"zebra", path.read_bytes())
            if not path.name.startswith("outbox"):
                self.assertNotIn(first["to"][2:].encode(), path.read_bytes())


class Said(Events):
    def test_a_new_store_is_said_and_an_old_one_is_not(self):
        made = f"winback: {self.store}: a new store was made here\n"
        self.assertEqual(self.event(NOON, "opted_out", from_=SHARED), made)
        self.assertEqual(self.event(LATER, "opted_out", from_=SHARED), "")
        self.store = self.folder / "two"
        done = winback("pause", "--practice", SETTINGS, "--store", self.store, "--as-of", NOON,
                       "--new")
        self.assertEqual((done.returncode, done.stderr),
                         (0, f"winback: {self.store}: a new store was made here\n"))

    def test_a_slip_in_the_name_of_a_store_loses_nothing(self):
        typo = self.folder / "typo"
        for command in [["receive", "--event", "opted_out", "--from", SHARED], ["pause"],
                        ["run", "--data", PRACTICE]]:
            done = winback(*command, "--practice", SETTINGS, "--store", typo, "--as-of", NOON)
            self.refused(done, 3, f"{typo}: no such store")
        self.assertFalse(typo.exists())

    def test_an_opt_out_of_a_key_that_is_not_known_is_taken_and_said(self):
        self.start_with("1003")
        for event, more in [("opted_out", {}), ("reply", {"text": "STOP"})]:
            self.assertIn("no campaign ever had a patient of this key",
                          self.event(NOON, event, patient="1004", **more))
            self.assertEqual(self.event(NOON, event, patient="1004", from_=SHARED, **more), "")
            self.assertEqual(self.event(NOON, event, patient="1003", **more), "")


class Desk(Events):
    def test_a_desk_with_nothing_to_do(self):
        self.start_with("1003")
        done = winback("desk", "--practice", SETTINGS, "--store", self.store, "--as-of", NOON)
        self.assertEqual((done.returncode, done.stderr, done.stdout),
                         (0, "", "now\n  none\nvisits to look after\n  none\ncalls to make\n  none\nreplies to read\n  none\n"))
        self.assertEqual(self.desk(NOON), [])

    def test_a_folder_that_is_no_store_is_refused_and_left_as_it_is(self):
        empty = self.folder / "empty"
        empty.mkdir()
        for folder in [self.folder / "typo", empty]:
            for command in ["desk", "resume"]:
                self.refused(winback(command, "--practice", SETTINGS, "--store", folder), 3,
                             f"{folder}: no such store")
        self.assertFalse((self.folder / "typo").exists())
        self.assertEqual(list(empty.iterdir()), [])

    def test_columns_count_characters(self):
        first, = self.start_with("1003", FName="Renée", LName="Ng")
        self.event(NOON, "reply", from_=first["to"], text="hm")
        said = winback("desk", "--data", self.data, "--practice", self.settings, "--store",
                       self.store, "--as-of", NOON).stdout
        line = next(line for line in said.splitlines() if "Renée" in line)
        self.assertEqual((line.index("Renée"), line.index("(" if "(" in line else "+")), (11, 28))

    def test_names_and_numbers_only_with_the_data(self):
        first, = self.start_with("1003", Preferred="", FName="Fern")
        self.event(NOON, "reply", from_=first["to"], text="hm")
        arguments = ["--practice", SETTINGS, "--store", self.store, "--as-of", NOON]
        named = winback("desk", "--data", self.data, *arguments).stdout
        self.assertIn(" 1003 ", named)
        self.assertIn(" Fern ", named)
        self.assertIn(rows(self.data / "patient.csv")[0]["WirelessPhone"], named)
        bare = winback("desk", *arguments).stdout
        self.assertIn(" 1003 ", bare)
        self.assertNotIn("Fern", bare)

    def test_a_task_that_is_done_is_closed(self):
        first, = self.start_with("1003")
        self.event(NOON, "reply", from_=first["to"], text="call me")
        self.run_at(NOON)
        self.event(NOON, "reply", from_=first["to"], text="hm", id=IDS[0])
        call, inbox = self.tasks(LATER)
        self.assertEqual((call["list"], inbox["list"], inbox["id"]), ("outreach", "inbox", IDS[0]))
        self.assertEqual((call["campaign"], call["location"], call["opened"]),
                         (CAMPAIGN, "1", "2026-03-03T12:00:00-05:00"))
        self.event(LATER, "task_done", action=call["id"])
        self.assertEqual(self.desk(LATER), [("inbox", "1003", "reply")])
        self.event(LATER, "task_done", action=call["id"])  # again: nothing
        self.event(LATER, "task_done", action=IDS[0])
        self.assertEqual(self.desk(LATER), [])

    def test_what_became_of_a_call(self):
        first, = self.start_with("1003")
        self.event(NOON, "reply", from_=first["to"], text="call me")
        self.run_at(NOON)
        call, = self.tasks(NOON)
        self.assertEqual((call["why"], call["score"], call["attempts"]), ("asked for a call", 80, 0))
        self.event(NOON, "task_done", action=call["id"], outcome="no_answer")
        call, = self.tasks(NOON)
        self.assertEqual((call["score"], call["attempts"], call["due"]),
                         (70, 1, "2026-03-04T12:00:00-05:00"))
        shown = winback("desk", "--practice", SETTINGS, "--store", self.store, "--as-of", NOON)
        self.assertIn("  [70] asked for a call  tried 1 time  rests until 2026-03-04 12:00",
                      shown.stdout)
        self.event(NOON, "task_done", action=call["id"], outcome="later", at="2026-03-09T09:00")
        call, = self.tasks(NOON)
        self.assertEqual((call["due"], call["expires"]),
                         ("2026-03-09T09:00:00-04:00", "2026-03-23T09:00:00-04:00"))
        self.assertIn("--outcome is one of",
                      self.event(NOON, "task_done", status=2, action=call["id"], outcome="x"))
        self.event(NOON, "task_done", action=call["id"], outcome="refused")
        self.assertEqual(self.desk(NOON), [])

    def test_a_question_comes_before_a_click(self):
        self.start_with("1003", "1005")
        self.event(NOON, "click", patient="1003")
        self.run_at(day_after(DAY, 1) + "T12:00")
        self.event(day_after(DAY, 1) + "T13:00", "reply", patient="1005", text="call me")
        self.run_at(day_after(DAY, 1) + "T13:00")
        self.assertEqual(self.desk(day_after(DAY, 1) + "T13:01"),
                         [("outreach", "1005", "asks"), ("outreach", "1003", "clicked")])

    def test_ten_calls_a_day_a_location(self):
        first = self.run_at(DAY + "T11:00")
        texted = [action["patient"] for action in first if action["location"] == "1"][:12]
        for patient in texted:
            self.event(NOON, "reply", patient=patient, text="call me")
        calls = [action for action in self.run_at(DAY + "T12:30") if action["kind"] == "call_task"]
        self.assertEqual(len(calls), 10)
        self.assertEqual(len(self.desk(DAY + "T12:30")), 10)
        more = [action for action in self.run_at(day_after(DAY, 1) + "T12:30")
                if action["kind"] == "call_task"]
        self.assertEqual({action["patient"] for action in calls + more}, set(texted))


class Migrate(Events):
    def steps(self, days, step="two"):
        """A version of the campaign: a message, some days, another."""
        return self.campaign(steps=[{"id": "one", "send": ["text"]},
                                    {"id": "w", "wait": {"days": days}},
                                    {"id": step, "send": ["text"]}, {"id": "end", "exit": True}])

    def migrate(self, *arguments, when=NOON, data=False):
        given = ["--data", self.data] if data else []
        return winback("migrate", "--practice", self.settings, "--store", self.store, "--as-of",
                       when, *given, *arguments)

    def launched(self, *arguments, when=NOON):
        done = winback("launch", "--practice", self.settings, "--store", self.store, "--as-of",
                       when, "--campaign", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_plan_comes_first_and_counts_as_what_is_done(self):
        self.only({"1003"})
        self.assertEqual(len(self.run_at(DAY + "T11:00", campaign=self.steps(6))), 1)
        self.launched(self.steps(3))
        journal = (self.store / "journal").read_bytes()
        plan = self.migrate("--campaign", "nudge")
        self.assertEqual(plan.returncode, 0, plan.stderr)
        self.assertIn("nothing was changed: --apply does it", plan.stderr)
        self.assertEqual(plan.stdout.splitlines()[1].split(), ["1", "two", "two", "0"])
        self.assertEqual((self.store / "journal").read_bytes(), journal)
        done = self.migrate("--campaign", "nudge", "--apply")
        self.assertEqual((done.returncode, done.stdout), (0, plan.stdout))
        self.assertNotEqual((self.store / "journal").read_bytes(), journal)
        again = self.migrate("--campaign", "nudge", "--apply", "--json")
        self.assertEqual((again.returncode, again.stdout), (0, ""))
        again = self.migrate("--campaign", "nudge")
        self.assertEqual((again.returncode, again.stdout), (0, "nobody to take over\n"))
        said = winback("migrate", "--help").stdout
        self.assertIn("--campaign NAME ", said)

    def test_deadlines_are_counted_anew_on_the_data(self):
        self.only({"1003"})
        self.run_at(DAY + "T11:00", campaign=self.steps(20))
        self.launched(self.steps(2))
        self.refused(self.migrate("--campaign", "nudge", "--recompute"), 2, "--recompute needs --data")
        done = self.migrate("--campaign", "nudge", "--recompute", "--apply", "--json", data=True)
        self.assertEqual((done.returncode, json.loads(done.stdout)),
                         (0, {"from": "two", "to": "two", "people": 1, "due": 0}))
        later = day_after(DAY, 2) + "T11:00"
        self.assertEqual([action["step"] for action in self.run_at(later, campaign=None)], ["two"])

    def test_a_step_takes_the_place_of_another(self):
        self.only({"1003"})
        self.run_at(DAY + "T11:00", campaign=self.steps(6))
        self.launched(self.steps(6, "three"))
        done = self.migrate("--campaign", "nudge", "--replace", "two=three", "--json")
        self.assertEqual(json.loads(done.stdout)["to"], "three")
        for slip in ["two", "two=three,"]:
            self.refused(self.migrate("--campaign", "nudge", "--replace", slip), 2, "--replace is")
        self.refused(self.migrate("--campaign", "nudge", "--replace", "two=four"), 2, "no step")

    def test_slips(self):
        self.refused(self.migrate("--campaign", "nudge"), 3, "no such store")
        self.only({"1003"})
        self.run_at(DAY + "T11:00", campaign=self.steps(6))
        self.refused(self.migrate("--campaign", "nugde"), 2, "no such campaign")
        self.refused(self.migrate(), 2, "migrate takes one --campaign")


class Pause(Events):
    def say(self, command, *arguments, when=NOON):
        return winback(command, "--practice", self.settings, "--store", self.store, "--as-of", when,
                       *arguments)

    def paused(self, *arguments):
        """What a day sends under a pause, and what the next sends when it is over."""
        said = self.say("pause", "--new", *arguments, when=DAY + "T09:00")
        self.assertEqual(said.returncode, 0, said.stderr)
        lines = self.run_at(DAY + "T11:00", "--held")
        self.reasons = {line["patient"]: line["reason"] for line in lines if line["kind"] == "held"}
        during = [line for line in lines if line["kind"] != "held"]
        self.assertEqual(self.say("resume", *arguments).returncode, 0)
        return sent(during), sent(self.run_at(DAY + "T12:30"))

    def test_the_practice(self):
        self.only({"1003", "1009"})
        all_ = [("1003", "sms"), ("1009", "sms")]
        self.assertEqual(self.paused(), ([], all_))
        self.assertEqual(self.reasons, {"1003": "paused", "1009": "paused"})

    def test_a_location(self):
        self.only({"1003", "1009"})
        self.assertEqual(self.paused("--location", "2"), ([("1003", "sms")], [("1009", "sms")]))
        self.assertEqual(self.reasons, {"1009": "paused"})

    def test_a_campaign(self):
        self.only({"1003", "1009"})
        nudge = self.campaign(audience='recare.kind == "perio"')
        self.run_at(DAY + "T08:00", "--campaign", nudge)
        self.assertEqual(self.say("pause", "--campaign", CAMPAIGN).returncode, 0)
        during = self.run_at(DAY + "T13:00", campaign=None)
        self.assertEqual([(action["patient"], action["campaign"]) for action in during],
                         [("1009", "nudge")])
        self.assertEqual(self.say("resume", "--campaign", CAMPAIGN, when=LATER).returncode, 0)
        self.assertEqual(sent(self.run_at(LATER)), [("1003", "sms")])

    def test_naming_a_campaign_does_not_end_its_pause(self):
        self.only({"1003"})
        self.run_at(DAY + "T08:00")
        self.assertEqual(self.say("pause", "--campaign", CAMPAIGN).returncode, 0)
        self.assertEqual(self.run_at(LATER), [])

    def test_a_pause_by_the_file_of_a_campaign(self):
        self.only({"1003"})
        nudge = self.campaign()
        self.run_at(DAY + "T08:00", campaign=nudge)
        self.assertEqual(self.say("pause", "--campaign", nudge).returncode, 0)
        self.assertEqual(self.run_at(LATER, campaign=nudge), [])
        self.assertEqual(held_keys(self.said), {"1003": "paused"})

    def test_a_pause_withdraws_no_reply(self):
        first, = self.start_with("1003")
        self.assertEqual(self.say("pause").returncode, 0)
        self.event(LATER, "reply", from_=first["to"], text="hm")
        self.assertEqual(self.desk(LATER), [("inbox", "1003", "reply")])

    def test_a_stop_is_for_good_until_somebody_launches_it(self):
        first, = self.start_with("1003")
        self.refused(self.say("stop"), 2, "stop takes one --campaign")
        self.refused(self.say("stop", "--campaign", CAMPAIGN, "--campaign", "x"), 2, "one --campaign")
        self.refused(self.say("stop", "--campaign", "hygene"), 2, "stop: ")
        self.assertEqual(self.say("stop", "--campaign", CAMPAIGN, "--approver", "dr-lee").returncode, 0)
        self.assertEqual(self.run_at(day_after(DAY, 7) + "T11:00", campaign=None), [])
        self.assertIn(f"{CAMPAIGN} is stopped: winback launch starts it again", self.said)
        self.refused(self.start(day_after(DAY, 7) + "T11:00"), 2, "winback launch starts it again")
        done = self.say("launch", "--campaign", CAMPAIGN, "--allow-jump",
                        when=day_after(DAY, 100) + "T09:00")
        self.assertEqual(done.returncode, 0, done.stderr)
        again, = self.run_at(day_after(DAY, 100) + "T11:00")
        self.assertEqual(again["patient"], first["patient"])
        self.run_at(day_after(DAY, 100) + "T12:00", campaign=None)
        self.assertNotIn("is stopped", self.said)

    def test_campaigns_are_launched_all_or_none(self):
        self.start_with("1003")
        self.assertEqual(self.say("stop", "--campaign", CAMPAIGN).returncode, 0)
        journal = (self.store / "journal").read_bytes()
        both = self.start(LATER, "--campaign", CAMPAIGN, campaign=self.campaign())
        self.refused(both, 2, "winback launch starts it again")
        self.assertEqual((self.store / "journal").read_bytes(), journal)
        done = self.say("launch", "--campaign", self.campaign(), "--campaign", CAMPAIGN)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_each_campaign_that_is_stopped_is_named_once(self):
        nudge = self.campaign()
        for keys, campaign in [({"1003"}, CAMPAIGN), ({"1003", "1005"}, nudge),
                               ({"1003", "1005", "1011"}, CAMPAIGN)]:
            self.only(keys)
            self.assertEqual(len(self.run_at(DAY + "T11:00", campaign=campaign)), 1)
        for campaign in [CAMPAIGN, "nudge"]:
            self.assertEqual(self.say("stop", "--campaign", campaign).returncode, 0)
        self.run_at(LATER, campaign=None)
        for campaign in [CAMPAIGN, "nudge"]:
            self.assertEqual(self.said.count(f"{campaign} is stopped"), 1, self.said)

    def test_a_campaign_is_stopped_though_nobody_was_in_it(self):
        self.assertEqual(self.say("launch", "--campaign", CAMPAIGN).returncode, 0)
        self.assertEqual(self.say("stop", "--campaign", CAMPAIGN).returncode, 0)
        self.assertEqual(self.run_at(LATER, campaign=None), [])
        self.assertIn(f"{CAMPAIGN} is stopped: winback launch starts it again", self.said)

    def test_slips(self):
        self.start_with("1003")
        self.assertEqual(self.say("pause").returncode, 0)
        self.assertEqual(self.say("pause").returncode, 0)
        self.assertEqual(self.say("resume").returncode, 0)
        self.refused(self.say("resume"), 2, "no such pause")
        self.refused(self.say("resume", "--location", "1"), 2, "no such pause")
        for command in ["pause", "resume"]:
            self.refused(self.say(command, "--location", "3"), 2, "no location of this key")
            self.refused(self.say(command, "--campaign", "hygene"), 2, f"{command}: ")
            self.refused(self.say(command, "--campaign", CAMPAIGN, "--location", "1"), 2,
                         "one --campaign or one --location")
            self.refused(self.say(command, "--campaign", CAMPAIGN, "--campaign", "x"), 2,
                         "one --campaign or one --location")


HEADER = pathlib.Path(__file__).resolve().parents[2] / "include" / "winback" / "practice.h"
KINDS = [kind.lower() for kind in re.findall(r"^  WB_INPUT_([A-Z_]+)", HEADER.read_text(), re.M)]


class Kinds(Events):
    """What the practice takes the command line can say, every kind of it."""

    def test_every_kind_is_an_event_or_a_command(self):
        self.assertGreater(len(KINDS), 25)
        shown = winback("receive", "--help").stdout
        commands = []
        for kind in KINDS:
            done = winback("receive", "--event", kind)
            if "is a command of its own" in done.stderr:
                commands.append(kind)
                continue
            self.refused(done, 2, "--store DIR is needed" if kind == "restored_ready"
                         else f"the event {kind} needs ")
            self.assertRegex(shown, rf"[ ,]{kind}[, \n]")
        self.assertEqual(sorted(commands), ["launch", "pause", "resume", "stop"])

    def test_each_need_is_asked_for(self):
        patient, channel = {"patient": "1003"}, {"channel": "sms", "outcome": "new"}
        for event, options in {
                "consent": patient | {"from_": SHARED, "channel": "sms", "outcome": "written"},
                "contact_changed": patient | {"from_": SHARED, "to": SHARED} | channel,
                "merged": patient | {"other": "1005"}, "moved": patient | {"location": "1"},
                "left": patient, "deceased": patient, "forget": patient, "contacted": patient,
                "delivered": {"action": IDS[0]}, "undelivered": {"action": IDS[0]},
                "withdraw": {"campaign": CAMPAIGN, "name": "text-last"},
                "setting": {"name": "unknown_permission", "outcome": "yes"},
                "number_checked": {"from_": SHARED, "outcome": "same"}}.items():
            for option in options:
                less = {name: value for name, value in options.items() if name != option}
                self.assertRegex(self.event(NOON, event, status=2, **less),
                                 f"the event {event} needs (one )?--{option.rstrip('_')}")

    def test_words_that_are_none(self):
        self.start_with("1003")
        consent = {"patient": "1003", "from_": SHARED, "channel": "sms", "outcome": "written"}
        for option, words in {"outcome": "refused, express, written, authorized",
                              "channel": "sms, email, call",
                              "class": "transactional, care, benefit, offer, billing, detail"}.items():
            self.assertIn(f"--{option} is one of {words}\n",
                          self.event(NOON, "consent", status=2, **{**consent, option: "x"}))
        self.assertIn("--outcome says nothing of the event click",
                      self.event(NOON, "click", status=2, patient="1003", outcome="done"))
        self.assertIn("--to is neither",
                      self.event(NOON, "contact_changed", status=2, patient="1003", from_=SHARED,
                                 to="x", channel="sms", outcome="new"))

    def test_an_option_that_says_nothing_of_an_event_is_refused(self):
        first, = self.start_with("1003")
        before = (self.store / "journal").read_bytes()
        patient = {"patient": "1003"}
        for event, options, unread in [
                ("kept", patient | {"action": first["id"]}, "--action"),
                ("opted_out", patient | {"link": "0123456789abcdef"}, "--link"),
                ("reply", patient | {"text": "Hello", "visit": "9"}, "--visit"),
                ("booked", patient | {"value": "150"}, "--value"),
                ("delivered", patient | {"action": first["id"]}, "--patient"),
                ("left", patient | {"campaign": CAMPAIGN}, "--campaign"),
                ("deceased", patient | {"approver": "dr-lee"}, "--approver"),
                ("restored_ready", {"name": "x"}, "--name")]:
            self.assertIn(f"{unread} says nothing of the event {event}",
                          self.event(NOON, event, status=2, **options))
        self.assertEqual((self.store / "journal").read_bytes(), before)

    def test_who_left_or_died_hears_no_more(self):
        for event in ["left", "deceased"]:
            self.store = self.folder / event
            self.start_with("1003")
            self.event(NOON, event, patient="1003")
            self.assertEqual(self.following(16), [], event)

    def test_nothing_is_left_of_whoever_is_forgotten(self):
        self.start_with("1003")
        snapshot = self.store / "snapshot"
        self.assertIn(b"1003", snapshot.read_bytes())
        self.event(NOON, "forget", patient="1003")
        self.assertNotIn(b"1003", snapshot.read_bytes())
        said = winback("explain", "--data", self.data, "--practice", self.settings, "--store",
                       self.store, "--as-of", NOON, "--patient", "1003").stdout
        self.assertIn("  forgotten: only the journal has", said)
        self.assertNotIn("never in a campaign", said)

    def test_a_consent_to_detail_that_a_page_took(self):
        """The next message says what the visit is for; the wording that was shown is on record."""
        self.only({"1072"}, Email="")
        first, = self.run_at(DAY + "T11:00", campaign="unscheduled-treatment")
        self.event(NOON, "consent", patient="1072", from_=first["to"], channel="sms",
                   outcome="express", source="portal", name="page-details-1", **{"class": "detail"})
        self.assertEqual(self.run_at(day_after(DAY, 6) + "T12:30", campaign=None)[0]["template"],
                         "text-answers-detail")
        told = winback("audit", "--practice", self.settings, "--store", self.store, "--patient", "1072").stdout
        self.assertIn("Consent to detail by sms: express, from portal, wording page-details-1", told)

    def test_a_consent_and_another_number(self):
        first, = self.start_with("1003")
        self.event(NOON, "consent", patient="1003", from_=first["to"], channel="sms",
                   outcome="refused", source="front-desk", name="texts-1", **{"class": "care"})
        self.assertEqual({channel for _, channel in sent(self.following(16))}, {"email"})
        self.store = self.folder / "two"
        first, = self.start_with("1003")
        self.event(NOON, "contact_changed", patient="1003", from_="212-555-0198", to=first["to"],
                   channel="sms", outcome="new")
        self.assertEqual({channel for _, channel in sent(self.following(16))}, {"email"})

    def test_what_became_of_a_message_and_of_a_number(self):
        first, = self.start_with("1003")
        self.event(NOON, "delivered", action=first["id"])
        self.assertIn("It contradicts what is known of the message",
                      self.event(NOON, "undelivered", status=2, action=first["id"]))
        self.event(NOON, "number_checked", from_=first["to"], outcome="reassigned")
        self.assertEqual({channel for _, channel in sent(self.following(16))}, {"email"})

    def test_two_keys_of_one_patient_and_another_place(self):
        self.start_with("1003", "1005")
        self.event(NOON, "merged", patient="1005", other="1003")
        self.assertEqual({patient for patient, _ in sent(self.following(16))}, {"1003"})
        self.store = self.folder / "two"
        self.start_with("1003")
        self.event(NOON, "moved", patient="1003", location="1")
        self.assertIn("no location of this key",
                      self.event(NOON, "moved", status=2, patient="1003", location="9"))

    def explained(self, patient, *arguments):
        done = winback("explain", "--data", self.data, "--practice", self.settings, "--store", self.store,
                       "--as-of", NOON, "--patient", patient, "--campaign", CAMPAIGN, *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_a_key_that_was_merged_away_has_the_story_of_the_other(self):
        self.start_with("1003", "1005")
        self.event(NOON, "merged", patient="1005", other="1003")
        store = "\nIn the store\n"
        theirs, gone = (self.explained(key).split(store)[1].splitlines() for key in ["1003", "1005"])
        self.assertIn(f"  in {CAMPAIGN} since", theirs[0])
        self.assertEqual(gone, ["  merged into 1003, whose story this is", *theirs])
        self.assertEqual(len([line for line in gone if "Text message sent." in line]), 2)
        theirs, gone = (json.loads(self.explained(key, "--json")) for key in ["1003", "1005"])
        self.assertEqual((gone["merged_into"], gone["store"]), ("1003", theirs["store"]))
        self.assertNotIn("merged_into", theirs)
        told = [[each["campaigns"][0].get(name) for name in ["hold", "away"]] for each in (gone, theirs)]
        self.assertEqual(told, [["none", None]] * 2)
        self.event(NOON, "opted_out", patient="1003")
        self.assertEqual(json.loads(self.explained("1005", "--json"))["campaigns"][0].get("over"), "opted_out")

    def test_a_text_is_withdrawn_and_said_again(self):
        self.start_with("1003")
        self.event(NOON, "withdraw", campaign=CAMPAIGN, name="text-last")
        done = winback("resume", "--practice", SETTINGS, "--store", self.store, "--as-of", NOON,
                       "--campaign", CAMPAIGN, "--name", "text-last")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("not withdrawn", winback(
            "resume", "--practice", SETTINGS, "--store", self.store, "--as-of", NOON, "--campaign",
            CAMPAIGN, "--name", "text-last").stderr)

    def test_the_rest_is_taken(self):
        self.start_with("1003")
        size = (self.store / "journal").stat().st_size
        for event, options in {"contacted": {"patient": "1003", "at": NOON},
                               "setting": {"name": "unknown_permission", "outcome": "yes",
                                           "approver": "dr-lee"}}.items():
            self.event(LATER, event, **options)
            self.assertGreater((self.store / "journal").stat().st_size, size)
            size = (self.store / "journal").stat().st_size
        self.assertIn("No backup was restored", self.event(LATER, "restored_ready", status=2))


class Metrics(Events):
    """What winback metrics says of visits that came of it."""

    def test_a_visit_that_was_kept_counts_with_its_worth(self):
        self.start_with("1003")
        self.event(NOON, "booked", patient="1003", visit="v1", at=day_after(DAY, 7) + "T09:00")
        then = day_after(DAY, 7) + "T12:00"
        for slip in ["150.", "150.5", "1.005", "15x", "", "-3", ".50"]:
            self.assertIn("--value is an amount as 150 or 150.00",
                          self.event(then, "kept", status=2, patient="1003", visit="v1", value=slip))
        for kept, value, cents in [(1, "150.05", 15005), (2, "20", 17005)]:
            self.event(then, "kept", patient="1003", visit=f"v{kept}", value=value)
            done = winback("metrics", "--practice", self.settings, "--store", self.store, "--as-of",
                           then, "--json")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            row, = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual((row["campaign"], row["contacted"], row["kept"], row["production_cents"]),
                             (CAMPAIGN, 1, kept, cents))


class BadOptions(Events):
    def test_an_event_needs_to_be_about_somebody(self):
        self.start_with("1003")
        journal = (self.store / "journal").read_bytes()
        who, patient = "--from ADDRESS or --patient KEY", "--patient KEY"
        for event, needs in {"reply": who, "opted_out": who, "opted_in": who, "click": patient,
                             "booked": patient, "kept": patient, "task_done": "--action ID",
                             "slot_opened": "--visit KEY", "slot_closed": "--visit KEY",
                             "capacity": "--schedule NAME"}.items():
            self.assertIn(f"the event {event} needs {needs}", self.event(NOON, event, status=2))
        for event in ["click", "booked", "kept"]:
            self.assertIn("needs --patient KEY",
                          self.event(NOON, event, status=2, from_="2125550101"))
            self.assertIn("ever had a patient of this key",
                          self.event(NOON, event, status=2, patient="9"))
        self.assertIn("No task has this id",
                      self.event(NOON, "task_done", status=2, action=IDS[0]))
        self.assertIn("cannot be merged with itself",
                      self.event(NOON, "merged", status=2, patient="9", other="9"))
        self.assertIn("No campaign of this name",
                      self.event(NOON, "withdraw", status=2, campaign="nosuch", name="text"))
        self.assertEqual((self.store / "journal").read_bytes(), journal)

    def test_values_that_are_none(self):
        self.start_with("1003")
        journal = (self.store / "journal").read_bytes()
        self.assertIn("--event is one of reply, click, booked, ",
                      self.event(NOON, "replied", status=2, patient="1003"))
        for number in ["", "21", "0155550106", "somebody", "a@b", "@example.com"]:
            self.assertIn("--from is neither",
                          self.event(NOON, "opted_out", status=2, from_=number), number)
        for id_ in ["", "1", "g" * 32, "0" * 31, "0" * 33]:
            self.assertIn("--id is not 32",
                          self.event(NOON, "click", status=2, patient="1003", id=id_))
            self.assertIn("--action is not 32",
                          self.event(NOON, "task_done", status=2, action=id_))
        self.event(NOON, "click", status=2, patient="1" * 65)
        self.assertEqual((self.store / "journal").read_bytes(), journal)
        done = winback("receive", "--practice", SETTINGS, "--event", "click", "--patient", "1003")
        self.refused(done, 2, "--store DIR is needed")

    def test_no_event_tells_a_patient_in_what_it_says(self):
        self.start_with("1003")
        for options in [{"from_": "2125550199", "text": "zebra"}, {"patient": "zebra"}]:
            said = self.event(NOON, "reply", status=2, **options)
            self.assertNotIn("zebra", said)
            self.assertNotIn("5550199", said)


if __name__ == "__main__":
    main()
