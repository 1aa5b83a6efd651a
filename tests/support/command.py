# SPDX-License-Identifier: MIT
"""What the tests of the command line share: SCRIPT.py WINBACK runs that program."""
import csv
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

WINBACK = sys.argv.pop(1)
PRACTICE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "practice"
SETTINGS = PRACTICE / "practice.json"
SHARED = os.environ.get("WB_SHARED")
DAY = "2026-03-03"
NEEDED = ["patient.csv", "recall.csv", "procedurelog.csv", "appointment.csv"]
TABLES = NEEDED + ["procedurecode.csv", "recalltype.csv"]


def winback(*arguments, stdin=None, text=True):
    """Runs the program; status, stdout and stderr."""
    return subprocess.run([WINBACK, *map(str, arguments)], input=stdin, capture_output=True,
                          text=text, check=False, timeout=120)


def rows(path):
    """A table as dictionaries."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Command(unittest.TestCase):
    """A test with a copy of the demo practice's tables to spoil."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def export(self, **tables):
        """A folder with the demo tables, some of them given: bytes, text, or None for missing."""
        data = self.folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        for name in TABLES:
            shutil.copy(PRACTICE / name, data)
        for name, content in tables.items():
            path = data / f"{name}.csv"
            path.unlink()
            if content is not None:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return data

    def segment(self, data, *arguments):
        return winback("segment", "--data", data, "--practice", SETTINGS, "--as-of", DAY,
                       *arguments)

    def count(self, data, *arguments):
        """How many match, with all that was said."""
        done = self.segment(data, "--count", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return int(done.stdout), done.stderr

    def refused(self, done, status, *parts):
        """The program refuses with a status and says these things."""
        self.assertEqual(done.returncode, status, done.stderr)
        for part in parts:
            self.assertIn(part, done.stderr)


def main():
    unittest.main(verbosity=1)
