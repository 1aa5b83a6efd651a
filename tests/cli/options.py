# SPDX-License-Identifier: MIT
"""The command line itself: help, versions, and what is not an option."""
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, WINBACK, Command, main, winback  # noqa: E402

COMMANDS = ["segment", "explain", "calc", "run", "receive", "desk", "pause", "resume", "policy",
            "render", "lint", "import", "launch", "audit", "check", "metrics", "simulate", "seal",
            "stop", "migrate", "playbooks", "page", "letters"]


class Options(Command):
    def test_help_of_every_command(self):
        overview = winback("--help")
        self.assertEqual((overview.returncode, overview.stderr), (0, ""))
        self.assertEqual(winback("help").stdout, overview.stdout)
        self.assertEqual(re.findall(r"^  (\w+) ", overview.stdout, re.M), COMMANDS)
        for command in COMMANDS:
            done = winback(command, "--help")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn(f"usage: winback {command} [OPTION]", done.stdout)
            self.assertIn("--help", done.stdout)
            self.assertLess(max(map(len, done.stdout.splitlines())), 101)
            self.assertEqual(winback("help", command).stdout, done.stdout)
            self.assertNotIn("\x1b", done.stdout)

    def test_help_lists_what_the_command_takes(self):
        for command in COMMANDS:
            listed = re.findall(r"^  --([\w-]+)", winback(command, "--help").stdout, re.M)
            self.assertEqual("store" in listed,
                             command in ["run", "receive", "desk", "pause", "resume", "launch",
                                         "audit", "metrics", "explain", "seal", "stop",
                                         "migrate", "page", "letters", "simulate"], command)
            self.assertEqual("where" in listed, command in ["segment", "explain"])
            for option in ["store", "where", "event", "location"]:
                if option not in listed:
                    self.refused(winback(command, f"--{option}", "x"), 2, "has no option")

    def test_version(self):
        done = winback("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"^winback \d+\.\d+\.\d+\n$")

    def test_unknown_names_are_usage_errors_with_the_nearest(self):
        for arguments, said in {
            (): "a command is needed",
            ("segmnt",): "did you mean segment?",
            ("frobnicate",): "there is no command frobnicate; see winback --help",
            ("segment", "--dta", "x"): "did you mean --data?",
            ("segment", "--frobnicate"): "segment has no option --frobnicate",
            ("segment", "--data"): "--data needs a value: DIR",
            ("segment", "--json=1"): "--json takes no value",
            ("segment", "here"): "unexpected argument 2",
            ("segment", "--csv", "--json"): "exclude each other",
            ("segment", *["--campaign", "x"]): "has no option --campaign",
            ("explain", "--data", "x", *["--campaign", "x"] * 17): "given 16 times",
        }.items():
            self.refused(winback(*arguments), 2, said)

    def test_values_may_follow_an_equals_sign(self):
        done = winback("segment", f"--data={PRACTICE}", f"--practice={SETTINGS}",
                       f"--as-of={DAY}", '--where=patient.key == "1001"', "--count")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "1\n", ""))

    def test_as_of_is_a_date_a_local_time_or_an_instant(self):
        for when, day in {"2026-03-03": "2026-03-03", "2026-03-03T23:30": "2026-03-03",
                          "2026-03-04T04:30:00Z": "2026-03-03",
                          "2026-03-04T00:30:00-05:00": "2026-03-04"}.items():
            done = winback("segment", "--data", PRACTICE, "--zone", "America/New_York", "--as-of",
                           when, "--by", "today", "--csv")
            self.assertEqual(done.stdout, f"today,patients\n{day},336\n", when)
        for when in ["2026-3-03", "2026-13-40", "2026-03-03T25:00", "yesterday", ""]:
            self.refused(winback("segment", "--data", PRACTICE, "--as-of", when), 2, "--as-of is")

    def test_bare_date_is_nine_in_the_morning(self):
        done = winback("segment", "--data", PRACTICE, "--zone", "America/New_York", "--as-of", DAY,
                       "--by", "now", "--csv")
        self.assertEqual(done.stdout, "now,patients\n2026-03-03T09:00:00-05:00,336\n")

    def test_output_that_cannot_be_written_is_an_error(self):
        full = pathlib.Path("/dev/full")
        if not full.exists():
            self.skipTest("/dev/full is not here")
        with full.open("wb") as out:
            done = subprocess.run([WINBACK, "--help"], stdout=out, check=False,
                                  stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 3)


if __name__ == "__main__":
    main()
