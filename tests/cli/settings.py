# SPDX-License-Identifier: MIT
"""A practice's settings: what they change, what is refused and where, what is skipped."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, main, winback  # noqa: E402
from store import CAMPAIGN, Store, day_after  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = "{{ location.short_name }} here, it's us. Times: {{ location.booking_url }} " \
       "Reply STOP to opt out."
OWN = {"playbooks": {CAMPAIGN: {"second_after": 9}},
       "wording": {CAMPAIGN: {"text-first": {"en": OURS}}}}


class Settings(Store):
    def write(self, **members):
        """The demo practice's settings with other members, or without those that are None."""
        made = json.loads(SETTINGS.read_text())
        for name in ("playbooks", "wording"):
            made.pop(name, None)
        made.update(members)
        self.settings = self.folder / "practice.json"
        self.settings.write_text(json.dumps({name: one for name, one in made.items()
                                             if one is not None}, indent=1))
        return self.settings

    def line(self, part):
        """The line of the settings that has a piece."""
        return next(n for n, line in enumerate(self.settings.read_text().splitlines(), 1)
                    if part in line)

    def day(self, day, *campaigns):
        """A run, and what it put into the outbox."""
        done = winback("run", "--data", PRACTICE, "--practice", self.settings, "--store",
                       self.store, "--as-of", day, "--json",
                       *(part for name in campaigns for part in ("--campaign", name)))
        self.assertEqual(done.returncode, 0, done.stderr)
        return [one for one in map(json.loads, done.stdout.splitlines()) if "text" in one], done

    def test_an_interval_and_a_wording_are_those_of_the_practice(self):
        self.write(**OWN)
        sent, done = self.day(DAY, CAMPAIGN)
        texts = [one["text"] for one in sent if one["channel"] == "sms"]
        self.assertGreater(len([text for text in texts if "it's us. Times: https://" in text]), 3)
        self.assertFalse([text for text in texts if "You're due for your cleaning" in text])
        second = {}
        for days in (5, 8, 9):
            sent, _ = self.day(day_after(DAY, days))
            second[days] = [one for one in sent if one["step"] == "email-1"]
        self.assertEqual((second[5], second[8]), ([], []))
        self.assertGreater(len(second[9]), 3)

    def test_without_them_all_is_as_it_ships(self):
        self.write()
        sent, _ = self.day(DAY, CAMPAIGN)
        self.assertTrue([one for one in sent if "You're due for your cleaning" in one["text"]])
        sent, _ = self.day(day_after(DAY, 6))
        self.assertTrue([one for one in sent if one["step"] == "email-1"])

    def test_hours_caps_and_the_day_are_those_of_the_practice(self):
        self.write(outreach={"hours": {"mon-fri": "10:00-12:00"}, "new_per_day": 3})
        sent, _ = self.day(f"{DAY}T09:30", CAMPAIGN)
        self.assertEqual(sent, [])
        sent, _ = self.day(f"{DAY}T10:30")
        self.assertGreater(len(sent), 0)
        self.assertLessEqual(len({one["patient"] for one in sent}), 6)  # two locations
        done = winback("policy", "--practice", self.settings)
        self.assertIn("hours     Monday to Friday 10:00 to 12:00, within the law", done.stdout)
        self.assertIn("entries   3 new patients a day", done.stdout)

    def test_the_desk_gets_as_many_calls_as_it_says(self):
        for calls in (2, 4):
            self.write(desk={"calls_per_day": calls})
            self.store = self.folder / str(calls)
            first, _ = self.day(DAY, CAMPAIGN)
            for patient in [one["patient"] for one in first if one["location"] == "1"][:6]:
                self.event(f"{DAY}T12:00", "reply", patient=patient, text="call me")
            called = [one for one in self.day(f"{DAY}T12:30")[0] if one["kind"] == "call_task"]
            self.assertEqual(len(called), calls)

    def test_bands_are_those_of_the_practice(self):
        def bands(**members):
            done = winback("segment", "--data", PRACTICE, "--practice", self.write(**members),
                           "--as-of", DAY, "--where", 'recare.band == "12+"', "--count")
            self.assertEqual(done.returncode, 0, done.stderr)
            return int(done.stdout)
        self.assertLess(bands(recare={"bands": [6, 9, 30]}), bands())
        self.refused(winback("segment", "--data", PRACTICE, "--practice",
                             self.write(recare={"bands": [6, 6, 12]}), "--as-of", DAY), 3,
                     f"practice.json:{self.line('6,') + 1}: bands begin one after the other")

    def test_a_misspelt_member_is_refused_with_its_line_and_the_nearest(self):
        for members, part, says in [
                ({"playboks": {}}, "playboks", 'There is no member of this name; did you mean '
                                               '"playbooks"?'),
                ({"playbooks": {CAMPAIGN: {"second_aftr": 9}}}, "second_aftr", '"second_after"?'),
                ({"playbooks": {"hygiene-recal": {}}}, "hygiene-recal", '"hygiene-recare"?'),
                ({"playbooks": {CAMPAIGN: {"second_after": 90}}}, "second_after",
                 "This must be from 2 to 60 days."),
                ({"wording": {CAMPAIGN: {"text-frist": {"en": OURS}}}}, "text-frist",
                 '"text-first"?')]:
            self.write(**members)
            done = winback("run", "--data", PRACTICE, "--practice", self.settings, "--store",
                           self.store, "--as-of", DAY, "--campaign", CAMPAIGN)
            self.refused(done, 3, f"practice.json:{self.line(part)}:", says)
            self.assertFalse(self.store.exists())
            done = winback("check", self.settings)
            self.assertEqual((done.returncode, done.stderr), (1, ""))
            self.assertIn(f":{self.line(part)}:", done.stdout)
            self.assertIn(says, done.stdout)

    def test_own_wording_is_held_to_what_all_texts_are(self):
        long = "We would be very glad to see you again at our office. " * 8 + OURS
        for words, says in [("Your crown is overdue. " + OURS, "guilt.late"),
                            ("{{ recare.kind }} " + OURS, "An SMS may not read recare.kind"),
                            ("Save 20% on it. " + OURS, "only a campaign of class"),
                            ("No way to stop.", "missing"), (long, "segments")]:
            self.write(wording={CAMPAIGN: {"text-first": {"en": words}}})
            done = winback("check", self.settings)
            self.assertEqual((done.returncode, done.stderr), (1, ""), words)
            self.assertIn(f"/wording/{CAMPAIGN}/text-first/en", done.stdout)
            self.assertIn(f":{self.line('wording') + 3}:", done.stdout)
            self.assertIn(says, done.stdout)
        self.write(wording={CAMPAIGN: {"text-first": {"en": "Your crown is overdue. " + OURS}}})
        done = winback("run", "--data", PRACTICE, "--practice", self.settings, "--store",
                       self.store, "--as-of", DAY, "--campaign", CAMPAIGN)
        self.refused(done, 3, f"text-first/en/body:{self.line('wording') + 3}: guilt.late")
        self.assertFalse(self.store.exists())

    def test_what_cannot_run_is_skipped_by_name_and_the_rest_runs(self):
        ready = json.loads((ROOT / f"lib/data/playbooks/{CAMPAIGN}.json").read_text())
        ready["parameters"]["second_after"].pop("default")
        ready["name"] = "ours"
        path = self.folder / "ours.json"
        path.write_text(json.dumps(ready))
        self.write()
        sent, done = self.day(DAY, path, "lapsed-exam")
        self.assertIn(f'{path} is skipped: The parameter "second_after" has to be set.',
                      done.stderr)
        self.assertEqual(done.stderr.count("is skipped"), 1)
        self.assertEqual({one["campaign"] for one in sent}, {"lapsed-exam"})

    def test_without_a_link_to_book_only_what_has_none_runs(self):
        locations = json.loads(SETTINGS.read_text())["locations"]
        for one in locations:
            del one["booking_url"]
        self.write(locations=locations)
        self.assertNotIn("is skipped", self.day(DAY, CAMPAIGN)[1].stderr)
        self.assertEqual(winback("check", self.settings).stderr, "")
        for one in locations:
            del one["link_url"]
        self.write(locations=locations)
        done = winback("check", self.settings)
        self.assertEqual((done.returncode, done.stdout.count("\n")), (0, 1))
        self.assertIn('no location has a "booking_url" or a "link_url"', done.stderr)
        _, done = self.day(DAY, CAMPAIGN, "broken-visit-repeat")
        self.assertIn(f'{CAMPAIGN} is skipped: no location has a "booking_url"', done.stderr)
        self.assertNotIn("broken-visit-repeat is skipped", done.stderr)

    def test_a_link_that_no_message_may_have_is_found_before_one_is_held(self):
        for link, why in (("https://bit.ly/", "a public shortener"), ("https://10.0.0.1/", "an IP address"),
                          ("https://go.example.com:8443/", "names a port")):
            for name in ("booking_url", "link_url"):
                locations = json.loads(SETTINGS.read_text())["locations"]
                locations[1][name] = link
                self.write(locations=locations)
                done = winback("check", self.settings)
                self.assertEqual((done.returncode, done.stderr), (1, ""))
                self.assertEqual(done.stdout.count("\n"), 1, done.stdout)
                self.assertIn(f"/locations/1/{name}:{self.line(link)}:1: error: settings: ", done.stdout)
                self.assertIn(why, done.stdout)

    def test_links_that_would_run_into_their_host_are_refused_with_what_is_asked(self):
        locations = json.loads(SETTINGS.read_text())["locations"]
        locations[0]["link_url"] = "https://go.example.com"
        self.write(locations=locations)
        done = winback("run", "--data", PRACTICE, "--practice", self.settings, "--store", self.store,
                       "--as-of", DAY, "--campaign", CAMPAIGN)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("https, with one of / ? = # at its end", done.stderr)

    def test_an_offer_is_spoken_of_only_once_it_is_named(self):
        self.write(playbooks={})
        sent, done = self.day(DAY, "return-offer", "lapsed-exam")
        self.assertEqual({one["campaign"] for one in sent}, {"lapsed-exam"})
        said = "return-offer is skipped: no offer is named (playbooks.return-offer.offer)"
        self.assertEqual(done.stderr.count(said), 1)
        done = winback("explain", "--data", PRACTICE, "--practice", self.settings, "--as-of", DAY,
                       "--patient", "1065", "--campaign", "return-offer")
        self.assertEqual((done.returncode, done.stderr.count(said)), (0, 1))
        self.assertNotIn("can be sent", done.stdout)
        done = winback("check", "return-offer", "--practice", self.settings)
        self.assertEqual((done.returncode, done.stderr), (0, f"winback: {said}\n"))
        done = winback("check", "return-offer", "--practice", SETTINGS)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.write(playbooks={"return-offer": {"offer": "welcome-back"}})
        sent, done = self.day(day_after(DAY, 1), "return-offer")
        self.assertIn("return-offer", {one["campaign"] for one in sent})
        self.assertNotIn("no offer is named", done.stderr)

    def test_an_offer_that_is_over_or_not_for_a_location_is_named(self):
        offers = json.loads(SETTINGS.read_text())["offers"]
        chosen = {"playbooks": {"return-offer": {"offer": "welcome-back"}}}
        self.write(offers=offers, **chosen)
        over = 'return-offer: the last day of the offer "welcome-back" was 2026-05-29\n'
        self.assertNotIn(over, self.day("2026-05-29", "return-offer")[1].stderr)
        self.assertIn(over, self.day("2026-05-30", "return-offer")[1].stderr)
        for checked in [[self.settings], ["return-offer", "--practice", self.settings]]:
            self.assertEqual(winback("check", *checked, "--as-of", "2026-05-29").returncode, 0)
            done = winback("check", *checked, "--as-of", "2026-05-30")
            self.assertEqual((done.returncode, done.stdout), (
                1, f"{self.settings}/offers/welcome-back/last:{self.line('last')}:1: error: offer: "
                   "The last day of the offer was 2026-05-29.\n"))
        made = winback("playbooks", "--practice", self.settings, "--show", "return-offer").stdout
        own = self.folder / "own.json"
        own.write_text(json.dumps(json.loads(made) | {"name": "own-offer"}))
        for practice in ([], ["--practice", self.settings]):  # it is the campaign's own, whatever they name
            self.assertEqual(winback("check", own, *practice, "--as-of", "2026-05-29").returncode, 0)
            self.assertEqual(winback("check", own, *practice, "--as-of", "2026-05-30").stdout,
                             f"{own}/offers/welcome-back/last:1:1: error: offer: "
                             "The last day of the offer was 2026-05-29.\n")
        del offers["welcome-back"]["disclosures"]["US-IL"]
        self.write(offers=offers, **chosen)
        done = winback("check", "return-offer", "--practice", self.settings)
        self.assertEqual((done.returncode, done.stderr), (
            0, 'winback: return-offer: the offer "welcome-back" is not reviewed for US-IL, the region '
               'of location 2\n'))

    def test_a_file_is_checked_as_the_practice_has_set_it(self):
        self.assertEqual(winback("check", SETTINGS).stdout, f"{SETTINGS}: fine: Example Dental\n")
        self.write(playbooks={CAMPAIGN: {"holdout": 10}})
        self.assertEqual(winback("check", CAMPAIGN, "--practice", self.settings).returncode, 0)
        self.write(playbooks={"broken-visit": {"holdout": 10}})  # never about visits
        done = winback("check", "--practice", self.settings, "broken-visit")
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"/playbooks/broken-visit/holdout:{self.line('holdout')}:", done.stdout)

    def test_the_schema_is_printed(self):
        schema = json.loads(winback("check", "--schema", "settings").stdout)
        self.assertIn("wording", schema["properties"])
        self.assertIn("audience", json.loads(winback("check", "--schema").stdout)["properties"])
        self.refused(winback("check", "--schema", "other"), 2, "settings")


if __name__ == "__main__":
    main()
