# SPDX-License-Identifier: MIT
"""winback explain: why a patient is in a campaign, or not, for the demo practice's cases."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, Command, main, rows, winback  # noqa: E402


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
        for patient, hold, words in [("1003", "none", "can be written to"),
                                     ("1020", "no_permission", "but held: the record has no"),
                                     ("1070", "minor", "but held: not of age"),
                                     ("1022", "age_unknown", "but held: there is no birth date")]:
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
        self.assertIn("in hygiene-recare since 2026-03-03 09:00, segment \"perio 12+\", 1 messages",
                      sent.stdout)
        self.assertRegex(sent.stdout, r"2026-03-03 09:00 .* sent. Overdue cleaning and check-up")
        held = self.explain("1020", "--store", store)
        self.assertIn("held at step text-1: the record has no permission for texts", held.stdout)
        self.assertIn("never in a campaign", self.explain("1002", "--store", store).stdout)
        answer = json.loads(self.explain("1020", "--store", store, "--json").stdout)
        self.assertEqual([(one["state"], one["hold"]) for one in answer["store"]],
                         [("held", "no_permission")])
        self.refused(self.explain("1020", "--store", self.folder / "typo"), 3, "no such store")

    def test_what_the_store_knows_comes_first(self):
        store = self.folder / "store"
        shared = ["--practice", SETTINGS, "--store", store, "--as-of", DAY + "T12:00"]

        def event(patient, name, *arguments):
            done = winback("receive", *shared, "--event", name, "--patient", patient, *arguments)
            self.assertEqual(done.returncode, 0, done.stderr)

        def told(patient):
            asked = ["--campaign", "hygiene-recare", "--store", store]
            answer = json.loads(self.explain(patient, *asked, "--json").stdout)["campaigns"][0]
            words = self.explain(patient, *asked).stdout.splitlines()
            at = words.index("campaign hygiene-recare")
            return [answer.get(name) for name in ["hold", "over", "away"]], words[at + 2]

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
        self.assertEqual(told(one), ([None, "opted_out", None],  # a mail could still go
                                     "  but it is over for them: opted_out"))
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
        self.assertEqual(told(five), ([None, "stopped", None], "  but it is over for them: stopped"))

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

    def test_people_read_sentences(self):
        done = self.explain("1044")
        self.assertEqual(done.returncode, 0)
        for line in ["patient 1044", "  recare: prophy", "  last recare visit: 2025-01-21",
                     "  due: 2025-07-22", "  band: 6-9", "  visit booked: no",
                     "campaign hygiene-recare", "  out: nobody of this standing is written to (balance)",
                     "      recare.disabled_balance is 5000"]:
            self.assertIn(line + "\n", done.stdout)
        self.assertIn('  in: segment "prophy 0-6", number 8\n', self.explain("1001").stdout)

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
        self.refused(self.explain("77"), 2, "nobody in patient.csv has this key")
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
