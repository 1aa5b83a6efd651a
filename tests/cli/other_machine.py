# SPDX-License-Identifier: MIT
"""What compares the program of another machine with this one's (tests/cross/program.py) sees what differs, and says what
it skips."""
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import SHARED, WINBACK, Command  # noqa: E402

NATIVE = os.path.abspath(WINBACK)
COMPARE = pathlib.Path(__file__).resolve().parents[1] / "cross" / "program.py"
SETS = "sms.json", "replies.csv", "cel.json"


class OtherMachine(Command):
    def compare(self, other, shared):
        """Status, and the lines that it says."""
        done = subprocess.run([sys.executable, COMPARE, NATIVE, other], env={**os.environ, "WB_SHARED": str(shared)},
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()

    def test_shared_cases_that_are_absent_are_skipped_by_name(self):
        status, said = self.compare(NATIVE, self.folder)
        self.assertEqual(status, 0)
        self.assertEqual(said, [*(f"skipped: calc on the shared cases of {name}, which are absent" for name in SETS),
                                "3 answers, 4 runs, 0 differ"])

    @unittest.skipUnless(SHARED, "the shared cases are absent")
    def test_where_all_are_there_nothing_is_skipped(self):
        status, (said,) = self.compare(NATIVE, SHARED)
        self.assertEqual(status, 0)
        self.assertRegex(said, r"^1\d\d\d answers, 4 runs, 0 differ$")

    def test_a_program_that_answers_otherwise_is_seen(self):
        other = self.folder / "other"
        other.write_text(f"#!/bin/sh\n'{NATIVE}' \"$@\" | sed s/2025-03-01/2025-02-28/\n", encoding="utf-8")
        other.chmod(0o755)
        status, said = self.compare(other, self.folder)
        self.assertEqual((status, said[-1]), (1, "3 answers, 4 runs, 1 differ"))


if __name__ == "__main__":
    unittest.main()
