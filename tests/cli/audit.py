# SPDX-License-Identifier: MIT
"""What the journal of a store says: each message check by check, each contact, the chain."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, SETTINGS, main, winback  # noqa: E402
from store import Store, day_after  # noqa: E402

NINE = DAY + "T09:00"
CHAIN = ["paused", "consent", "eligible", "law", "hours", "caps", "capacity", "privacy"]


class Audit(Store):
    def audit(self, *arguments, status=0):
        """What audit prints."""
        done = winback("audit", "--store", self.store, "--practice", SETTINGS, *arguments)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout

    def sent(self):
        """The first text of a day."""
        self.only({"1003"})
        return self.run_at(NINE)[0]


class Action(Audit):
    def test_every_check_with_rule_source_consent_and_definition(self):
        said = self.audit("--action", self.sent()["id"])
        for part in ["sms send for patient 1003: sent 2026-03-03 09:00",
                     "campaign  hygiene-recare, content ",
                     "launched  2026-03-03 09:00 by command line, privacy policy ",
                     "segment prophy 6-9", "step      text-1, handed out 2026-03-03 09:00, attempt 1",
                     "paused    neither practice nor location nor campaign was paused",
                     "consent   the practice's record says yes; since: 2025-03-03; not opted out",
                     "eligible  still meant by the campaign, on facts of 2026-03-03 09:00",
                     "us-tcpa-consent: 47 CFR 64.1200(a)(1), (a)(2)", "us-majority: ", "us-seen: ",
                     "us-number-check: ",
                     "law       open for care until 2026-03-03 09:10 at least; law: us ",
                     "us-tcpa-hours: 47 CFR 64.1200(c)(1)", "us-ny-hours: N.Y. Gen. Bus. Law 399-z",
                     "hours     those of practice and campaign were open; the first to end: practice",
                     "caps      messages before it: 0 of 1 that day, 0 of 2 in 7 days, 0 of 4 in 30",
                     "us-health-cap-day: 47 CFR 64.1200(a)(9)(iv)", "us-health-cap-week: ",
                     "capacity  let in by the campaign; counts on: 2026-03-03",
                     "privacy   text text-first, by policy "]:
            self.assertIn(part, said)

    def test_programs_read_the_same(self):
        action = self.sent()
        found = json.loads(self.audit("--action", action["id"], "--json"))
        self.assertEqual([check["check"] for check in found["checks"]], CHAIN)
        sources = {(rule["check"], rule["rule"]): rule["source"] for rule in found["rules"]}
        self.assertEqual(sources["consent", found["checks"][1]["rule"]],
                         "47 CFR 64.1200(a)(1), (a)(2): prior express consent; the number was given "
                         "for this purpose")
        self.assertIn("399-z", sources["law", "us-ny-hours"])
        self.assertEqual((found["patient"], found["segment"], found["step"], found["text"]),
                         ("1003", action["segment"], action["step"], action["template"]))
        self.assertEqual([effect["effect"] for effect in found["history"]],
                         ["enroll", "claim", "outcome"])
        for secret in [action["to"], action["text"]]:
            self.assertNotIn(secret, json.dumps(found))

    def test_what_was_sent_before_counts(self):
        self.sent()
        later = self.run_at(day_after(DAY, 6) + "T11:00")[0]
        found = json.loads(self.audit("--action", later["id"], "--json"))
        caps = next(check for check in found["checks"] if check["check"] == "caps")
        self.assertEqual((caps["that_day"], caps["in_7_days"], caps["in_30_days"]), (0, 1, 1))
        self.assertEqual((caps["most_that_day"], caps["most_in_7_days"], caps["most_in_30_days"]),
                         (1, 2, 4))

    def test_an_email_has_no_rules_of_texts(self):
        text, mail = self.sent(), self.run_at(day_after(DAY, 6) + "T11:00")[0]
        self.assertEqual((text["channel"], mail["channel"]), ("sms", "email"))
        for action, ours, theirs in [(text, "us-tcpa-consent", "us-email"),
                                     (mail, "us-email", "us-tcpa-consent")]:
            rules = [rule["rule"] for rule in
                     json.loads(self.audit("--action", action["id"], "--json"))["rules"]]
            self.assertIn(ours, rules)
            self.assertNotIn(theirs, rules)

    def test_a_call_has_the_desks_capacity_in_its_chain(self):
        self.sent()
        self.event(DAY + "T10:00", "reply", patient="1003", text="call me")
        call = self.run_at(DAY + "T11:00")[0]
        found = json.loads(self.audit("--action", call["id"], "--json"))
        self.assertEqual([check["check"] for check in found["checks"]], CHAIN)
        said = self.audit("--action", call["id"])
        for part in ["none is needed", "caps      a call: it counts against none",
                     "capacity  the desk had room; counts on: 2026-03-03", "  step      asks, handed out"]:
            self.assertIn(part, said)
        self.assertNotIn("us-tcpa-consent", said)

    def test_an_answer_names_the_event_that_it_answers(self):
        self.sent()
        self.event(DAY + "T10:00", "reply", patient="1003", text="STOP")
        answer = self.run_at(DAY + "T10:01")[0]
        found = json.loads(self.audit("--action", answer["id"], "--json"))
        consent = found["checks"][1]
        self.assertEqual((consent["consent"], consent["opted_out"]), ("answer", True))
        self.assertIn(f"consent   it answers event {consent['event']}; since: not known; opted out, "
                      "which this answer may follow\n", self.audit("--action", answer["id"]))
        self.assertIn("  launched  by no one: it is an answer, which no one launches\n",
                      self.audit("--action", answer["id"]))
        self.assertIn("privacy   text stop-confirmed\n", self.audit("--action", answer["id"]))

    def test_an_id_that_is_none(self):
        self.sent()
        self.audit("--action", "0" * 32, status=2)
        self.audit("--action", "zz", status=2)


class Patient(Audit):
    def test_a_line_for_each_contact(self):
        action = self.sent()
        self.assertEqual(self.audit("--patient", "1003"),
                         "2026-03-03 09:00 Text message sent. Overdue cleaning and check-up, "
                         f"step text-1, text text-first. Ref {action['id']}\n")
        self.run_at(day_after(DAY, 6) + "T11:00")
        self.assertEqual(len(self.audit("--patient", "1003").splitlines()), 2)
        self.assertIn("E-mail sent", self.audit("--patient", "1003"))
        entry = json.loads(self.audit("--patient", "1003", "--json").splitlines()[0])
        self.assertEqual((entry["state"], entry["channel"], entry["action"]),
                         ("sent", "sms", action["id"]))

    def test_the_record_tells_answers_calls_visits_and_consent_in_their_order(self):
        self.only({"1309"})
        self.run_at(DAY + "T11:00")
        self.event(DAY + "T12:00", "reply", from_="+12245550122", text="How much is it?")
        self.run_at(day_after(DAY, 1) + "T13:00")
        call = next(line for line in self.outbox() if line["channel"] == "call")["id"]
        self.event(day_after(DAY, 1) + "T13:10", "task_done", action=call, outcome="voicemail")
        self.event(day_after(DAY, 1) + "T14:00", "booked", patient="1309", visit="9",
                   at="2026-03-17T10:00")
        self.event("2026-03-17T11:00", "kept", patient="1309", visit="9", at="2026-03-17T10:00",
                   value="210.00")
        self.event("2026-03-17T12:00", "consent", patient="1309", from_="+12245550122",
                   channel="sms", class_="offer", outcome="written", source="form-7", name="w-1")
        self.event("2026-03-18T12:00", "contacted", patient="1309")
        self.event("2026-03-18T12:10", "reply", from_="+12245550122", text="STOP")
        lines = self.audit("--patient", "1309").splitlines()
        self.assertEqual(lines, sorted(lines, key=lambda line: line[:16]))
        self.assertEqual([line[:10] + line[16:] for line in lines
                          if " Ref " not in line], [
            f"{DAY} The patient asked about price or insurance (hygiene-recare)",
            f"{day_after(DAY, 1)} Called, not reached: attempt 1",
            f"{day_after(DAY, 1)} No more of hygiene-recare: they have a visit booked",
            f"{day_after(DAY, 1)} Call or task closed: they have a visit booked",
            f"{day_after(DAY, 1)} Visit of 2026-03-17 10:00 booked",
            "2026-03-17 Visit of 2026-03-17 10:00 kept, worth 210.00",
            "2026-03-17 Consent to offer by sms: written, from form-7, wording w-1",
            "2026-03-18 Contacted by the practice itself"])
        self.assertEqual(self.audit("--patient", "1004"),
                         "nothing was ever handed out for this patient\n")

    def called(self, *patients):
        """These asked a question, and somebody is to call each; the ids of the calls."""
        self.only(set(patients))
        self.run_at(DAY + "T11:00")
        for patient in patients:
            self.event(DAY + "T12:00", "reply", patient=patient, text="How much is it?")
        calls = [line["id"] for line in self.run_at(DAY + "T13:00") if line["channel"] == "call"]
        self.assertEqual(len(calls), len(patients))
        return calls

    def closed(self, patient):
        """Why the calls of a patient were closed."""
        return [line.split("Call or task closed: ")[1]
                for line in self.audit("--patient", patient).splitlines() if "closed" in line]

    def test_of_two_calls_to_one_patient_the_one_that_leaves_is_told_with_its_reason(self):
        self.called("1003", "1309")
        self.event(DAY + "T14:00", "merged", patient="1003", other="1309")
        self.assertEqual(self.closed("1309"), ["the patients are one, and another call to them stays"])

    def test_a_call_that_was_made_is_told_as_dealt_with(self):
        call = self.called("1309")[0]
        self.event(DAY + "T14:00", "task_done", action=call)
        self.assertEqual(self.closed("1309"), ["it was dealt with"])

    def test_a_call_that_nobody_made_is_told_as_given_up(self):
        self.called("1309")
        self.run_at(day_after(DAY, 15) + "T13:00")
        self.assertEqual(self.closed("1309"), ["nobody was reached"])

    def test_a_call_to_whoever_left_is_told_with_that(self):
        self.called("1309")
        self.event(DAY + "T14:00", "left", patient="1309")
        self.assertEqual(self.closed("1309"), ["they left the practice"])

    def test_who_was_merged_has_what_was_said_to_the_other_key(self):
        self.sent()
        self.event(DAY + "T12:00", "click", patient="1003")
        self.event(DAY + "T13:00", "merged", patient="1003", other="1004")
        lines = self.audit("--patient", "1004").splitlines()
        self.assertEqual([line[16:60] for line in lines][1:2], [" The patient used the booking page (hygiene-"])
        self.assertIn(f"{DAY} 13:00 Key 1003 became 1004", lines)

    def test_without_a_zone_times_are_said_to_be_utc(self):
        action = self.sent()
        for arguments in [["--patient", "1003"], ["--action", action["id"]], ["--verify"]]:
            said = winback("audit", "--store", self.store, *arguments).stdout
            self.assertIn("2026-03-03 14:00 UTC", said)
            self.assertNotIn(" UTC", self.audit(*arguments))

    def test_a_message_that_was_left_out_is_told_with_its_reason(self):
        self.only({"1003"})
        nudge = self.campaign(steps=[{"id": "one", "send": ["text"], "stale_after": {"hours": 2}},
                                     {"id": "end", "exit": True}])
        self.assertEqual(self.run_at(DAY + "T20:00", campaign=nudge), [])  # held: the hour
        self.assertNotIn("left out", self.audit("--patient", "1003"))
        self.assertEqual(self.run_at(day_after(DAY, 1) + "T09:00", campaign=nudge), [])
        self.assertEqual(self.audit("--patient", "1003"),
                         day_after(DAY, 1) + " 09:00 A message was left out: late\n")

    def test_nobody_was_written_to(self):
        self.sent()
        self.assertIn("nothing was ever handed out", self.audit("--patient", "1004"))
        self.assertEqual(self.audit("--patient", "1004", "--json"), "")


class Verify(Audit):
    def test_a_whole_journal(self):
        self.sent()
        said = self.audit("--verify")
        self.assertIn("none is missing or damaged", said)
        self.assertIn("sealed up to record ", said)
        self.assertEqual(json.loads(self.audit("--verify", "--json"))["torn"], False)

    def test_a_seal_is_said(self):
        self.sent()
        done = winback("seal", "--store", self.store, "--practice", SETTINGS, "--as-of",
                       DAY + "T10:00")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(self.audit("--verify"), r"summed up by record \d+")
        seal = json.loads(self.audit().splitlines()[-1])["effects"][0]
        self.assertEqual((seal["effect"], seal["totals"][:3]), ("seal", [1, 1, 1]))

    def test_a_torn_record_is_said(self):
        self.sent()
        path = self.store / "journal"
        path.write_bytes(path.read_bytes()[:-3])
        self.assertIn("was not finished", self.audit("--verify"))
        self.assertIn("Text message handed out", self.audit("--patient", "1003"))

    def test_a_changed_byte_is_a_finding(self):
        self.sent()
        path = self.store / "journal"
        data = bytearray(path.read_bytes())
        data[40] ^= 1
        path.write_bytes(data)
        for arguments in [["--verify"], ["--patient", "1003"], []]:
            done = winback("audit", "--store", self.store, "--practice", SETTINGS, *arguments)
            self.refused(done, 1, "record 1: A record inside the journal is damaged.")

    def test_every_record_as_json(self):
        self.sent()
        records = [json.loads(line) for line in self.audit().splitlines()]
        self.assertEqual([record["sequence"] for record in records],
                         list(range(1, len(records) + 1)))
        self.assertEqual(records[0]["effects"][0]["effect"], "begin")

    def test_nothing_is_made_or_changed(self):
        self.audit(status=3)
        self.assertFalse(self.store.exists())
        self.sent()
        before = {path.name: path.read_bytes() for path in self.store.iterdir()}
        (self.store / "secret").unlink()
        before.pop("secret")
        self.audit("--verify")
        self.assertEqual({path.name: path.read_bytes() for path in self.store.iterdir()}, before)

    def test_one_question_at_a_time(self):
        self.sent()
        self.audit("--verify", "--patient", "1003", status=2)
        self.refused(winback("audit"), 2, "--store DIR is needed")


class Launch(Audit):
    def launch(self, *arguments):
        """A launch on the store."""
        return winback("launch", "--store", self.store, "--practice", SETTINGS, "--as-of", NINE,
                       *arguments)

    def test_who_launched_stands_in_the_journal(self):
        self.only({"1003"})
        done = self.launch("--campaign", "hygiene-recare", "--approver", "staff-7")
        self.assertEqual(done.returncode, 0, done.stderr)
        action = self.run_at(NINE, campaign=None)[0]
        self.assertIn("by staff-7, ", self.audit("--action", action["id"]))

    def test_what_cannot_be_launched(self):
        self.refused(self.launch(), 2, "launch needs --campaign")
        self.refused(self.launch("--campaign", "hygiene-recall"), 2)
        self.refused(self.launch("--campaign", "hygiene-recare", "--approver", "x" * 65), 2,
                     "more than 64 bytes")


if __name__ == "__main__":
    main()
