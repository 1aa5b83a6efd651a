# SPDX-License-Identifier: MIT
"""One export in all the ways in which databases and spreadsheets write it: the same answers."""
import json
import pathlib
import shutil
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, NEEDED, PRACTICE, SETTINGS, SHARED, main, winback  # noqa: E402
from answers import Answers  # noqa: E402
import dialects  # noqa: E402


class Dialects(Answers):
    def compare(self, export):
        expected = list(self.answers(export))
        self.assertGreater(len(expected[0].splitlines()), 300)
        self.assertIn('"text"', expected[3])
        for number, name in enumerate(dialects.DIALECTS):
            with self.subTest(name):
                data = self.folder / f"data{number}"
                dialects.write(export, data, name)
                self.same(data, expected)

    def test_demo_practice(self):
        self.compare(PRACTICE)

    @unittest.skipUnless(SHARED, "WB_SHARED names no folder of shared data")
    def test_synthetic_export(self):
        self.compare(pathlib.Path(SHARED) / "data" / "open-dental-500" / "csv")

    def chosen(self, data):
        """Whom each playbook about patients means, as far as these tables tell."""
        found = set()
        for book in self.books:
            done = winback("segment", "--data", data, "--practice", SETTINGS, "--as-of", DAY, "--where", book["audience"], "--csv")
            self.assertEqual(done.returncode, 0, done.stderr)
            found |= {(book["name"], patient) for patient in done.stdout.split()[1:]}
        return found

    def test_tables_that_may_be_missing(self):
        """Without one of them nobody is chosen who would not be with it: what is not known lets nobody in."""
        self.books = [book for book in json.loads(winback("playbooks", "--json").stdout)
                      if book.get("subject", "patient") in ("patient", "household")]
        whole, fewer = self.chosen(PRACTICE), set()
        for path in sorted(PRACTICE.glob("*.csv")):
            if path.name in [*NEEDED, "procedurecode.csv"]:
                continue
            data = self.folder / path.stem
            shutil.copytree(PRACTICE, data)
            (data / path.name).unlink()
            with self.subTest(path.stem):
                found = self.chosen(data)
                self.assertLessEqual(found, whole)
                fewer |= {path.stem} if found < whole else set()
        self.assertLessEqual({"benefit", "guardian", "insplan", "patplan"}, fewer)

    def test_dialects_differ(self):
        """Each of them writes some table otherwise than the export does."""
        as_it_is = [path.read_bytes() for path in sorted(PRACTICE.glob("*.csv"))]
        for number, name in enumerate(dialects.DIALECTS):
            data = self.folder / f"data{number}"
            dialects.write(PRACTICE, data, name)
            written = [path.read_bytes() for path in sorted(data.iterdir())]
            self.assertNotEqual(written, as_it_is, name)


if __name__ == "__main__":
    main()
