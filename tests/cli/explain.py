# SPDX-License-Identifier: MIT
"""winback explain: why a patient is in a campaign, or not, for the demo practice's cases."""
import json
import os
import pathlib
import re
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, Command, main, rows, winback  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Explain(Command):
    def explain(self, patient, *arguments):
        return winback("explain", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY,
                       "--patient", patient, *arguments)

    def campaign(self, patient):
        done = self.explain(patient, "--campaign", "hygiene-recare", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        answer = json.loads(done.stdout)
        self.assertEqual(answer["patient"], patient)
        return answer["campaigns"][0], answer["facts"]

    def because(self, found):
        return [part["text"] for part in found["rule"]["because"]]

    def test_bands_of_the_cases_are_shown(self):
        bands = {"0-6", "6-9", "9-12", "12+"}
        seen = 0
        for case in rows(PRACTICE / "cases.csv"):
            words = case["expected"].split(";")[0].split(" ")
            if case["use_case"] != "U1" or len(words) != 2 or words[1] not in bands:
                continue
            found, facts = self.campaign(case["patient"])
            self.assertEqual([facts["recare.kind"], facts["recare.band"]], words, case)
            if found["outcome"] == "in":
                self.assertEqual(found["segment"], " ".join(words), case)
                seen += 1
        self.assertGreater(seen, 10)

    def test_standing_exclusions(self):
        for status in ["deceased", "inactive", "nonpatient", "prospective", "do_not_contact"]:
            case = next(case["patient"] for case in rows(PRACTICE / "cases.csv")
                        if f"excluded:{status}" in case["expected"].split(";"))
            found, _ = self.campaign(case)
            self.assertEqual((found["outcome"], found["reason"]), ("excluded", status))

    def test_the_audience_names_what_decides(self):
        found, facts = self.campaign("1044")
        self.assertEqual((found["outcome"], found["reason"]), ("excluded", "balance"))
        self.assertEqual(self.because(found), ["recare.disabled_balance == null"])
        self.assertEqual(found["rule"]["because"][0]["values"], {"recare.disabled_balance": 5000})
        self.assertEqual(facts["recare.band"], "6-9")
        found, _ = self.campaign("1040")
        self.assertEqual(self.because(found), ["recare.disabled"])
        self.assertEqual(found["rule"]["because"][0]["truth"], "true")
        found, facts = self.campaign("1002")
        self.assertEqual((found["outcome"], facts["recare.band"]), ("audience", "not_due"))
        self.assertEqual(found["rule"]["truth"], "false")

    def test_who_is_meant_may_still_be_held(self):
        for patient, hold, words in [
                ("1003", "none", "A message can be sent."),
                ("1020", "no_permission", "But nothing is sent for now: the record has no permission"),
                ("1070", "minor", "But nothing is sent for now: not of age"),
                ("1022", "age_unknown", "But nothing is sent for now: there is no birth date")]:
            found, _ = self.campaign(patient)
            self.assertEqual(found["hold"], hold, patient)
            self.assertIn(words, self.explain(patient, "--campaign", "hygiene-recare").stdout)
        found, _ = self.campaign("1002")
        self.assertNotIn("hold", found)

    def test_the_store_knows_where_they_stand(self):
        store = self.folder / "store"
        made = winback("run", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY, "--store",
                       store, "--campaign", "hygiene-recare")
        self.assertEqual(made.returncode, 0, made.stderr)
        sent = self.explain("1304", "--store", store)
        self.assertIn("in hygiene-recare since 2026-03-03 09:00, segment \"perio 12+\", 1 message so far",
                      sent.stdout)
        self.assertRegex(sent.stdout, r"2026-03-03 09:00 .* sent. Overdue cleaning and check-up")
        held = self.explain("1020", "--store", store)
        self.assertIn("held at step text-1: the record has no permission for texts", held.stdout)
        self.assertIn("never in a campaign", self.explain("1002", "--store", store).stdout)
        answer = json.loads(self.explain("1020", "--store", store, "--json").stdout)
        self.assertEqual([(one["state"], one["hold"]) for one in answer["store"]],
                         [("held", "no_permission")])
        self.refused(self.explain("1020", "--store", self.folder / "typo"), 3, "no such store")

    def test_after_a_click_the_call_comes_next_and_the_click_is_listed(self):
        store = ("--practice", SETTINGS, "--store", self.folder / "store")
        data = ("--data", PRACTICE, *store)

        def done(command, clock, *arguments):
            answer = winback(command, *arguments, "--as-of", clock)
            self.assertEqual(answer.returncode, 0, answer.stderr)
            return answer.stdout

        def stands(clock):
            asked = (*data, "--patient", "1017", "--campaign", "hygiene-recare")
            found = json.loads(done("explain", clock, *asked, "--json"))["store"]
            return done("explain", clock, *asked), found[0].get("call")

        done("run", f"{DAY}T11:00", *data, "--campaign", "hygiene-recare")
        said, call = stands(f"{DAY}T12:00")
        self.assertIn("waits for step email-1: ", said)
        self.assertIsNone(call)
        done("receive", f"{DAY}T12:20", *store, "--event", "click", "--patient", "1017")
        said, call = stands(f"{DAY}T13:00")
        self.assertIn("    a call comes next: 2026-03-04 12:20\n", said)
        self.assertIn(f"  {DAY} 12:20 The patient used the booking page (hygiene-recare)\n", said)
        self.assertEqual(call, "to come")
        done("run", "2026-03-04T13:00", *data)
        for clock in ("2026-03-04T14:00", "2026-03-09T14:00"):
            said, call = stands(clock)
            self.assertIn("    waits for the call on the desk's list\n", said)
            self.assertEqual(call, "listed")

    def test_a_hold_is_the_one_of_now_and_says_until_when(self):
        store = self.folder / "store"
        made = winback("run", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY, "--store",
                       store, "--campaign", "hygiene-recare")
        self.assertEqual(made.returncode, 0, made.stderr)

        def asked(clock, *arguments):
            return winback("explain", "--data", PRACTICE, "--practice", SETTINGS, "--store", store,
                           "--as-of", f"{DAY}T{clock}", "--patient", "1311", "--campaign",
                           "hygiene-recare", *arguments).stdout

        early = asked("09:30")  # half past eight where this patient lives
        self.assertIn("But nothing is sent for now: the hour is not one for messages.", early)
        self.assertIn("held at step text-1: the hour is not one for messages; looked at again: "
                      f"{DAY} 10:00\n", early)
        found = json.loads(asked("09:30", "--json"))
        self.assertEqual(found["campaigns"][0]["hold"], "hours")
        self.assertEqual([(one["state"], one["hold"], one["until"]) for one in found["store"]],
                         [("held", "hours", f"{DAY}T10:00:00-05:00")])
        later = asked("10:00")
        self.assertNotIn("nothing is sent for now", later)
        self.assertIn("0 messages so far\n    was held; the next run goes on with step text-1\n", later)
        found = json.loads(asked("10:00", "--json"))
        self.assertEqual(found["campaigns"][0]["hold"], "none")
        self.assertEqual([(one["state"], one["step"], one["touches"]) for one in found["store"]],
                         [("due", "text-1", 0)])

    def test_who_waits_for_a_place_is_told_so_and_when_the_next_may_come(self):
        store = self.folder / "store"
        made = winback("run", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY, "--store",
                       store, "--campaign", "hygiene-recare", "--held", "--json")
        waits = [json.loads(line) for line in made.stdout.splitlines()]
        waits = [line["patient"] for line in waits if line.get("reason") == "admissions"]
        journal = (store / "journal").read_bytes()
        asked = ["--campaign", "hygiene-recare", "--store", store]
        said = self.explain(waits[0], *asked)
        self.assertIn("But nothing is sent for now: enough enter today: another day. The next place "
                      "may come 2026-03-04 10:00; 0 wait before them.", said.stdout)
        answer = json.loads(self.explain(waits[-1], *asked, "--json").stdout)["campaigns"][0]
        self.assertEqual(answer["hold"], "admissions")
        self.assertRegex(answer["until"], "^2026-03-04T")
        self.assertGreater(answer["ahead"], 10)
        self.assertEqual((store / "journal").read_bytes(), journal)

    def test_what_the_store_knows_comes_first(self):
        store = self.folder / "store"
        shared = ["--practice", SETTINGS, "--store", store, "--as-of", DAY + "T12:00"]

        def event(patient, name, *arguments):
            done = winback("receive", *shared, "--event", name, "--patient", patient, *arguments)
            self.assertEqual(done.returncode, 0, done.stderr)

        def told(patient):
            asked = ["--campaign", "hygiene-recare", "--store", store]
            answer = json.loads(self.explain(patient, *asked, "--json").stdout)["campaigns"][0]
            words = self.explain(patient, *asked).stdout
            self.assertIn(f"(hygiene-recare)\n  {answer['says']}\n", words)
            return [answer.get(name) for name in ["hold", "over", "away"]], answer["says"]

        done = winback("run", "--data", PRACTICE, *shared, "--campaign", "hygiene-recare")
        self.assertEqual(done.returncode, 0, done.stderr)
        sent = [json.loads(line) for line in (store / "outbox.jsonl").read_text().splitlines()]
        texted = [action["patient"] for action in sent if action["channel"] == "sms"]
        one, two, three, four, five = texted[:5]
        kept = (store / "journal").read_bytes()
        self.assertEqual(told(one)[0][1:], [None, None])
        self.assertNotIn("over", told(one)[1])
        self.assertEqual((store / "journal").read_bytes(), kept)  # asking changes nothing
        event(one, "opted_out")
        found, said = told(one)
        self.assertEqual(found, [None, "opted_out", None])  # a mail could still go
        self.assertIn("But it is over for them: they asked for no more messages.", said)
        event(two, "booked")
        self.assertEqual(told(two)[0][1], "booked")
        self.assertNotEqual(told(two)[0][0], "none")
        event(three, "reply", "--text", "My tooth hurts terribly, there is blood")
        self.assertEqual(told(three)[0][0], "desk")
        self.assertIn("waits on the desk's list Now", told(three)[1])
        event(four, "left")
        self.assertEqual(told(four)[0][2], True)
        self.assertIn("left the practice, or are dead", told(four)[1])
        self.assertIn(told(five)[0][0], ["none", "cap"])
        done = winback("pause", "--practice", SETTINGS, "--store", store, "--as-of", DAY + "T13:00")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(told(five)[0][0], "paused")
        place = next(action["location"] for action in sent if action["patient"] == five)
        for command, named in [("resume", []), ("pause", ["--location", place])]:
            done = winback(command, "--practice", SETTINGS, "--store", store, "--as-of",
                           DAY + "T13:00", *named)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(told(five)[0][0], "paused")
        done = winback("stop", "--practice", SETTINGS, "--store", store, "--as-of", DAY + "T13:00",
                       "--campaign", "hygiene-recare")
        self.assertEqual(done.returncode, 0, done.stderr)
        found, said = told(five)
        self.assertEqual(found, [None, "stopped", None])
        self.assertIn("But it is over for them: the campaign was stopped.", said)

    def test_asking_changes_no_store_even_after_a_crash(self):
        store = self.folder / "store"
        done = winback("run", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY, "--store",
                       store, "--campaign", "hygiene-recare")
        self.assertEqual(done.returncode, 0, done.stderr)
        (store / "snapshot").unlink()
        for name, torn in [("journal", lambda kept: kept[:-3]), ("outbox.jsonl", lambda kept: kept + b"{")]:
            (store / name).write_bytes(torn((store / name).read_bytes()))
        before = {path.name: path.read_bytes() for path in store.iterdir()}
        for arguments in [[], ["--json"], ["--campaign", "hygiene-recare"]]:
            done = self.explain("1304", "--store", store, *arguments)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("hygiene-recare", done.stdout)
            self.assertTrue({path.name: path.read_bytes() for path in store.iterdir()} == before)

    def test_the_store_is_opened_once_for_all_campaigns(self):
        store = self.folder / "store"
        done = winback("run", "--data", PRACTICE, "--practice", SETTINGS, "--as-of", DAY, "--store",
                       store, "--campaign", "hygiene-recare")
        self.assertEqual(done.returncode, 0, done.stderr)
        path = store / "secret"
        secret = path.read_bytes()
        path.unlink()
        os.mkfifo(path)

        def serve():
            """Hands the secret to who opens the store; for a second time it is gone."""
            with open(path, "wb") as pipe:
                path.unlink()
                pipe.write(secret)

        threading.Thread(target=serve, daemon=True).start()
        done = self.explain("1304", "--store", store, "--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertGreater(len(json.loads(done.stdout)["campaigns"]), 10)
        self.assertIn("without it the journal", self.explain("1304", "--store", store).stderr)

    def test_people_read_sentences(self):
        done = self.explain("1044", "--campaign", "hygiene-recare")
        self.assertEqual(done.stdout, """Patient 1044 on 2026-03-03
  status: active
  kind of cleaning: prophy
  last cleaning: 2025-01-21
  due: 2025-07-22
  months overdue: 7
  band: 6-9
  visit booked: no
  last visit: 2025-01-21
  last exam: 2025-01-21

Overdue cleaning and check-up (hygiene-recare)
  No: nobody is written to who owes more than the recall waits for.
""")
        done = self.explain("1002", "--campaign", "hygiene-recare")
        self.assertIn("""  No: this patient is not one of those it is for.
    How long overdue, in bands of months: not due
""", done.stdout)
        self.assertIn("""  Yes: it is for this patient, in the segment "prophy 0-6". A message can be sent.
    Standing with the practice: active
    How long overdue, in bands of months: 0-6
    A visit is scheduled for today or later: no
""", self.explain("1001").stdout)

    def test_care_that_is_planned_or_begun_is_named(self):
        done = self.explain("1072", "--campaign", "unscheduled-treatment").stdout
        self.assertIn("  planned: single crown, tooth 30, since 2025-12-04\n", done)
        self.assertIn("    What is actively planned: 1, and what is asked for is among it\n", done)
        done = self.explain("1085", "--campaign", "unscheduled-treatment").stdout
        self.assertIn(", tooth 5, since 2025-12-09, booked\n", done)
        self.assertIn("    What is actively planned: 1, none of it what is asked for\n", done)
        done = self.explain("1094", "--campaign", "unfinished-treatment").stdout
        self.assertIn("  begun: needs root canal to be finished, tooth 19, begun 2026-01-20\n", done)

    def test_money_is_shown_as_money_and_what_is_not_on_record_is_named(self):
        done = self.explain("1117", "--campaign", "benefits-before-expiry").stdout
        self.assertIn("    The benefit period ends soon: no\n", done)
        done = self.explain("1123", "--campaign", "benefits-before-expiry").stdout
        self.assertIn("  No: it cannot be told, for something is not known.\n", done)
        self.assertIn("    What is left of the maximum: not known\n", done)
        done = self.explain("1001", "--campaign", "benefits-before-expiry").stdout
        self.assertIn("    A coverage is in force: no\n", done)
        self.assertNotIn("not known", done)
        self.assertIn("    What is left of the maximum: 800.00\n", self.explain(
            "1116", "--campaign", self.rich()).stdout)

    def test_an_offer_that_may_not_be_made_is_told(self):
        said = self.explain("1065", "--campaign", "return-offer").stdout
        self.assertIn("A message can be sent.", said)
        made = json.loads(SETTINGS.read_text())
        offer = made["offers"]["welcome-back"]
        path = self.folder / "practice.json"
        for change, why in [
                ({"first": "2025-03-02", "last": "2025-05-29", "reviewed": "2025-02-27"},
                 "today is not one of its days"),
                ({"disclosures": {"US-CA": []}},
                 "it was not reviewed for the region, or lacks a disclosure of it"),
                ({"qualifies": "recare.overdue_months >= 600"},
                 "the rule on who qualifies does not say yes")]:
            made["offers"]["welcome-back"] = dict(offer, **change)
            path.write_text(json.dumps(made))
            asked = ["explain", "--data", PRACTICE, "--practice", path, "--as-of", DAY, "--patient",
                     "1065", "--campaign", "return-offer"]
            said = winback(*asked).stdout
            self.assertIn("But nothing is sent for now: the offer may not be made to this patient, "
                          f"for {why}.\n", said)
            self.assertNotIn("can be sent", said)
            self.assertEqual(json.loads(winback(*asked, "--json").stdout)["campaigns"][0]["hold"],
                             "offer")

    def rich(self):
        """A campaign that asks for an amount of money."""
        text = winback("playbooks", "--practice", SETTINGS, "--show", "return-offer").stdout
        path = self.folder / "rich.json"
        path.write_text(text.replace('"return-offer"', '"rich"').replace("benefit.public == \\\"no\\\"", "benefit.remaining > 9900000"))
        return path

    def test_visits_are_named_by_their_keys(self):
        found = json.loads(self.explain("1136", "--campaign", "visit-confirmation", "--json").stdout)
        found = found["campaigns"][0]
        self.assertEqual((found["outcome"], [one["hold"] for one in found["visits"]]),
                         ("in", ["none"]))
        visit = next(row for row in rows(PRACTICE / "appointment.csv")
                     if row["PatNum"] == "1136" and row["AptStatus"] == "1")
        self.assertEqual(found["visits"][0]["visit"], visit["AptNum"])
        self.assertNotIn("rule", found)
        said = self.explain("1136", "--campaign", "visit-confirmation").stdout
        self.assertIn(f"  Yes: it is about this patient's visit {visit['AptNum']} "
                      f"({visit['AptDateTime'][:16]}).\n", said)
        self.assertNotIn("slot", said)
        found = json.loads(self.explain("1001", "--campaign", "visit-confirmation", "--json").stdout)
        found = found["campaigns"][0]
        self.assertEqual((found["outcome"], found["visits"]), ("audience", []))
        self.assertIn("none of this patient's is one", found["says"])

    def test_no_word_of_rules_is_said(self):
        """Twenty patients, each with every playbook, as a front desk reads it."""
        for patient in ["1001", "1018", "1022", "1040", "1063", "1072", "1080", "1085", "1094",
                        "1100", "1107", "1114", "1116", "1118", "1121", "1126", "1131", "1136",
                        "1144", "1146"]:
            said = self.explain(patient).stdout
            self.assertNotRegex(said, r"==|&&|\|\||!\w|\w\(|[a-z]_[a-z]|[a-z]\.[a-z]|null|true\b|false",
                                patient)
            self.assertEqual(said.count("\n  Yes") + said.count("\n  No") +
                             said.count("\n  It asks"), 14)

    def test_every_reason_has_a_sentence(self):
        """Holds of the header, exclusions of the dictionary, and ends of the machine."""
        words = (ROOT / "examples/winback/words.c").read_text()
        header = (ROOT / "include/winback/practice.h").read_text()
        holds = re.findall(r"^  (WB_HOLD_\w+) = ", header, re.M)
        self.assertGreater(len(holds), 20)
        named = set(re.findall(r'\[(WB_HOLD_\w+)\] = "[^"]+ [^"]+"', words))
        self.assertEqual(set(holds) - named, set())
        domain = next(line for line in (ROOT / "docs/facts.md").read_text().splitlines()
                      if line.startswith("| `patient.excluded`"))
        said = set(re.findall(r'\{"(\w+)", "[^"]+ [^"]+"\}', words))
        excluded = re.findall(r"`(\w+)`", domain.split("|")[5])
        self.assertEqual(len(excluded), 18)
        self.assertEqual(set(excluded) - said, set())
        ends = set()
        for path in [*ROOT.glob("lib/outreach/*.c")]:
            ends |= set(re.findall(r'_end(?:_one)?\([^;]*?WBI_TEXT\("(\w+)"\)', path.read_text()))
        for path in (ROOT / "lib/data/playbooks").glob("*.json"):
            ends |= set(json.loads(path.read_text()).get("exits", {}))
        self.assertLessEqual({"booked", "opted_out", "finished", "gone", "disabled"}, ends)
        ends |= {"no_permission", "not_written", "preference", "no_address", "bad_address",
                 "not_seen", "minor", "age_unknown"}  # what closes a channel under way
        self.assertEqual(ends - said, set())

    def test_a_rule_of_ones_own(self):
        done = self.explain("1001", "--where", 'recare.kind == "perio" || patient.age < 18')
        self.assertIn(": false, because\n", done.stdout)
        self.assertIn('    recare.kind == "perio": false\n', done.stdout)
        self.assertIn("      patient.age is 27\n", done.stdout)
        self.assertNotIn("campaign", done.stdout)
        done = self.explain("1022", "--where", "patient.age < 18", "--json")
        answer = json.loads(done.stdout)
        self.assertEqual(answer["where"]["rule"]["truth"], "unknown")
        self.assertEqual(answer["campaigns"], [])

    def test_what_is_wrong_is_said(self):
        self.refused(self.explain("77"), 2, "nobody in the data has this key")
        self.refused(self.explain("1001", "--where", "recare.bnd == null"), 2, "--where:1:1:")
        self.refused(self.explain("1001", "--campaign", "hygeine"), 2, "no playbook of that name")
        self.refused(winback("explain", "--data", PRACTICE, "--as-of", DAY), 2,
                     "--patient KEY is needed")

    def test_a_rule_over_lists_says_how_long_they_are(self):
        rule = 'treatments.exists(t, t.open && t.group == "crown") && visit.next == null'
        done = self.explain("1072", "--where", rule)
        self.assertIn('treatments.exists(t, t.open && t.group == "crown"): true', done.stdout)
        self.assertIn("      treatments has 1\n", done.stdout)
        self.assertIn("      visit.next is not there\n", done.stdout)
        found = json.loads(self.explain("1072", "--where", rule, "--json").stdout)["where"]
        self.assertEqual([part["values"] for part in found["rule"]["because"]],
                         [{"treatments": 1}, {"visit.next": None}])
        self.assertEqual(found["missing"], [])

    def test_what_cannot_be_told_names_what_is_missing(self):
        rule = "patient.age < 18 && visit.next_minutes > 30"
        done = self.explain("1022", "--where", rule)
        self.assertIn(f"{rule}: cannot be told, because", done.stdout)
        self.assertIn("    missing: patient.age, visit.next_minutes\n", done.stdout)
        found = json.loads(self.explain("1022", "--where", rule, "--json").stdout)["where"]
        self.assertEqual(found["missing"], ["patient.age", "visit.next_minutes"])

    def test_what_has_no_value_says_so(self):
        done = self.explain("1001", "--where", "100 / (patient.age - patient.age) > 3")
        self.assertIn("> 3: has no value, because", done.stdout)
        done = self.explain("1001", "--where", "recare.knd == 'x'")
        self.refused(done, 2, "--where:1:1:", "did you mean 'recare.kind'?")


if __name__ == "__main__":
    main()
