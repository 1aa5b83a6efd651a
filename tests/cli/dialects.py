# SPDX-License-Identifier: MIT
"""One export in all the ways in which databases and spreadsheets write it: the same answers."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, SHARED, Command, main, winback  # noqa: E402
import dialects  # noqa: E402

CAMPAIGNS = ["hygiene-recare", "unscheduled-treatment", "benefits-before-expiry",
             "visit-confirmation"]


class Dialects(Command):
    def settings(self):
        """The demo practice with a secret, so that ids are the same each time."""
        settings = json.loads(SETTINGS.read_text())
        settings["practice"]["secret"] = "00112233445566778899aabbccddeeff"
        path = self.folder / "practice.json"
        path.write_text(json.dumps(settings))
        return path

    def answers(self, data, practice, store):
        """All facts of everybody, who is where, and what a day sends."""
        given = ["--data", data, "--practice", practice, "--as-of", DAY]
        campaigns = [part for name in CAMPAIGNS for part in ("--campaign", name)]
        for command in [["explain", "--facts"], ["segment", "--by", "recare.kind,recare.band"],
                        ["segment", "--json", "--where", 'recare.band in ["6-9", "9-12"]'],
                        ["run", "--json", "--held", "--store", store, *campaigns]]:
            done = winback(command[0], *given, *command[1:])
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("left out", done.stderr)
            yield done.stdout

    def same(self, export):
        practice = self.settings()
        expected = list(self.answers(export, practice, self.folder / "store"))
        self.assertGreater(len(expected[0].splitlines()), 300)
        self.assertIn('"text"', expected[3])
        for number, name in enumerate(dialects.DIALECTS):
            with self.subTest(name):
                data = self.folder / f"data{number}"
                dialects.write(export, data, name)
                for found, wanted in zip(
                        self.answers(data, practice, self.folder / f"store{number}"), expected):
                    self.assertTrue(found == wanted)  # without a page of differences

    def test_demo_practice(self):
        self.same(PRACTICE)

    @unittest.skipUnless(SHARED, "WB_SHARED names no folder of shared data")
    def test_synthetic_export(self):
        self.same(pathlib.Path(SHARED) / "data" / "open-dental-500" / "csv")

    def test_dialects_differ(self):
        """Each of them writes some table otherwise than the export does."""
        for number, name in enumerate(dialects.DIALECTS):
            data = self.folder / f"data{number}"
            dialects.write(PRACTICE, data, name)
            written = [path.read_bytes() for path in sorted(data.iterdir())]
            as_it_is = [path.read_bytes() for path in sorted(PRACTICE.glob("*.csv"))]
            self.assertNotEqual(written, as_it_is, name)


if __name__ == "__main__":
    main()
