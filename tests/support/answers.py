# SPDX-License-Identifier: MIT
"""All that the program answers about a practice, to compare one way of writing its tables with
another."""
import json

from command import DAY, SETTINGS, Command, winback

CAMPAIGNS = ["hygiene-recare", "unscheduled-treatment", "benefits-before-expiry",
             "visit-confirmation", "household-seasons", "last-minute-opening"]
QUESTIONS = [["explain", "--facts"], ["segment", "--by", "recare.kind,recare.band"],
             ["segment", "--json", "--where", 'recare.band in ["6-9", "9-12"]'],
             ["run", "--json", "--held",
              *(part for name in CAMPAIGNS for part in ("--campaign", name))]]


class Answers(Command):
    def settings(self):
        """The demo practice with a secret, so that ids are the same each time."""
        settings = json.loads(SETTINGS.read_text())
        settings["practice"]["secret"] = "00112233445566778899aabbccddeeff"
        path = self.folder / "practice.json"
        path.write_text(json.dumps(settings))
        return path

    def answers(self, data):
        """All facts of everybody, who is where, and what a day sends."""
        given = ["--data", data, "--practice", self.settings(), "--as-of", DAY + "T12:00"]
        for number, (command, *more) in enumerate(QUESTIONS):
            store = ["--store", self.folder / f"store-{data.name}"] if command == "run" else []
            done = winback(command, *given, *store, *more)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("left out", done.stderr, number)
            yield done.stdout

    def same(self, data, expected):
        """Whether another folder gives the same answers; tells the first line that differs."""
        for found, wanted in zip(self.answers(data), expected):
            for one, other in zip(found.splitlines(), wanted.splitlines()):
                self.assertEqual(one, other)
            self.assertEqual(len(found), len(wanted))
