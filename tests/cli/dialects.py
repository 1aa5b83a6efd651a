# SPDX-License-Identifier: MIT
"""One export in all the ways in which databases and spreadsheets write it: the same answers."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import PRACTICE, SHARED, main  # noqa: E402
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
