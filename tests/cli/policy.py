# SPDX-License-Identifier: MIT
"""winback policy: what messages may say, in words."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, Command, main, winback  # noqa: E402
from store import Store  # noqa: E402


class Policy(Command):
    def written(self, policy):
        path = pathlib.Path(self.folder) / "policy.json"
        path.write_text(policy if isinstance(policy, str) else json.dumps(policy))
        return str(path)

    def test_built_in(self):
        done = winback("policy")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("\nsms, at most 2 segments\n", done.stdout)
        self.assertNotIn("WIDENED", done.stdout)

    def test_of_the_practice(self):
        narrow = self.written({"channels": {"sms": {"read": ["public"]}}, "hosts": ["a.example.com"]})
        done = winback("policy", "--policy", narrow)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("sms, at most 2 segments\n  says                public\n", done.stdout)
        self.assertIn("Links lead to a.example.com.", done.stdout)

    def test_refused(self):
        wide = self.written({"channels": {"sms": {"read": ["clinical"]}}})
        self.refused(winback("policy", "--policy", wide), 3, "/channels/sms/read/0")
        self.refused(winback("policy", "--policy", self.written("{")), 3, "policy.json:1:")
        self.refused(winback("policy", "--policy", "/nowhere"), 3, "No such file")


class Limits(Store):
    def test_as_they_are_unless_set(self):
        said = winback("policy").stdout
        for part in ["hours     Monday to Friday 9:00 to 18:00, Saturday 10:00 to 14:00",
                     "1 a day to a patient, 2 in 7 days, 4 in 30", "25 new patients a day"]:
            self.assertIn(part, said)
        self.assertNotIn("The law in", said)

    def test_of_all_campaigns_it_has(self):
        """How often each may write, and how long it rests, as the practice has set it."""
        recall = "  hygiene-recare           %d at most for one entry, the next %d days after it at the earliest\n"
        said = winback("policy").stdout.split("Messages of each campaign\n")[1]
        self.assertIn(recall % (6, 90), said)
        self.assertIn("  visit-confirmation       2 at most for one entry\n", said)  # each visit by itself
        path = pathlib.Path(self.folder) / "practice.json"
        path.write_text(json.dumps(json.loads(pathlib.Path(SETTINGS).read_text())
                                   | {"playbooks": {"hygiene-recare": {"touches": 4, "rest_days": 120}}}))
        said = winback("policy", "--practice", str(path)).stdout
        self.assertIn(recall % (4, 120), said)
        only = winback("policy", "--campaign", "hygiene-recare").stdout
        self.assertNotIn("Messages of each campaign", only)

    def test_of_a_campaign(self):
        said = winback("policy", "--campaign", "hygiene-recare").stdout
        self.assertIn("Campaign hygiene-recare, of class care\n  hours     those of the practice\n"
                      "  messages  as the practice has it\n            6 at most for one entry, the next 90 "
                      "days after it at the earliest\n", said)
        own = self.campaign(hours={"mon-fri": "10:00-16:00", "sat": "none"}, caps={"day": 1, "week": 2},
                            touches=3, reentry="never")
        said = winback("policy", "--campaign", own).stdout
        self.assertIn("  hours     mon-fri 10:00-16:00, sat none\n  messages  day 1, week 2\n"
                      "            3 at most for one entry\n", said)
        self.assertIn("Hours and caps of the law hold besides: --region and --zone", said)
        self.refused(winback("policy", "--campaign", "hygene"), 2, "hygene: ")

    def test_a_region_that_there_is_not_is_told(self):
        told = "there is no region US-XX: the strictest hours and rules of its country hold"
        for region in ["US-XX", "US-NY"]:
            placed = ["--region", region, "--zone", "America/New_York"]
            said = winback("policy", *placed).stdout
            self.assertEqual("there is no such region" in said, region == "US-XX")
            done = winback("simulate", "--data", PRACTICE, "--as-of", DAY, "--days", "1", "--campaign",
                           "visit-confirmation", *placed)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(told in done.stderr, region == "US-XX")

    def test_the_caps_of_the_law_stand_beside_those_of_the_practice(self):
        for region, zone, caps in [("US-FL", "America/New_York", ["us-fl-cap: 3 in 24 hours of class "
                                    "care, benefit, offer, billing: Fla. Stat. 501.616(6)",
                                    "us-health-cap-week: 3 in 7 days of class care: 47 CFR"]),
                                   ("US-NY", "America/New_York", ["us-health-cap-day: 1 in 24 hours"]),
                                   ("CA-ON", "America/Toronto", ["none"])]:
            said = winback("policy", "--campaign", "hygiene-recare", "--region", region, "--zone", zone,
                           "--as-of", "2026-03-03").stdout
            for cap in caps:
                self.assertIn(f"    {cap}", said.split("caps of the law, besides")[1])
            self.assertEqual("us-fl-cap" in said, region == "US-FL")
            self.assertNotIn("hold besides", said)

    def test_of_the_law_of_the_place_with_its_rules(self):
        done = winback("policy", "--zone", "America/New_York", "--region", "US-NY", "--as-of",
                       "2026-03-03T07:00")
        self.assertEqual(done.returncode, 0, done.stderr)
        law = done.stdout[done.stdout.index("The law in US-NY"):]
        self.assertIn("  2026-03-03 08:00 to 2026-03-03 21:00, closed then by us-tcpa-hours\n", law)
        self.assertIn("  us-tcpa-hours: 47 CFR 64.1200(c)(1)", law)

    def test_the_law_of_a_region_is_told_once(self):
        done = winback("policy", "--practice", SETTINGS, "--region", "US-NY", "--as-of", "2026-03-03")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout.count("The law in US-NY"), 1)

    def test_of_a_location_without_a_region_a_zone_or_a_law(self):
        settings = json.loads(SETTINGS.read_text())
        settings["locations"] = [{"key": "1", "zone": "America/New_York"}, {"key": "2"},
                                 {"key": "3", "zone": "America/Chicago", "region": "ZZ"}]
        path = self.folder / "settings.json"
        path.write_text(json.dumps(settings))
        done = winback("policy", "--practice", path, "--as-of", "2026-03-03T07:00")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual([line for line in done.stdout.splitlines() if "2026-03-03" in line],
                         ["  2026-03-03 10:00 to 2026-03-03 18:00, closed then by us-ri-hours"])
        for part in ["The law of the country whose zone is America/New_York, for messages of class care",
                     "Location 2 has no time zone: nothing goes to its patients",
                     "The law in ZZ, for messages of class care\n  none is known, so nothing may go out\n"]:
            self.assertIn(part, done.stdout)

    def test_a_region_that_cannot_be_told_of_is_refused(self):
        self.refused(winback("policy", "--region", "US-NY"), 2, "--region: ", "--zone")
        self.refused(winback("policy", "--zone", "America/New_York", "--region", "FR-75"), 2,
                     "--region: no law is known of FR-75")


if __name__ == "__main__":
    main()
