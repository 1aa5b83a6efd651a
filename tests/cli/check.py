# SPDX-License-Identifier: MIT
"""winback check: campaigns compile, and nothing that they say has a finding."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import SETTINGS, Command, main, winback  # noqa: E402

PLAYBOOKS = pathlib.Path(__file__).resolve().parents[2] / "lib/data/playbooks"


class Check(Command):
    def spoilt(self, name, old, new):
        """A playbook with other words, as a file."""
        text = (PLAYBOOKS / f"{name}.json").read_text()
        self.assertIn(old, text)
        path = self.folder / "campaign.json"
        path.write_text(text.replace(old, new))
        return path

    def test_every_playbook_is_fine(self):
        done = winback("check", "--practice", SETTINGS)  # an offer has to be named
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        names = sorted(path.stem for path in PLAYBOOKS.glob("*.json"))
        self.assertEqual([line.partition(": fine: ")[0] for line in done.stdout.splitlines()],
                         names)

    def test_a_finding_says_which_text_language_and_part(self):
        path = self.spoilt("lapsed-exam", "Whenever you are ready for a check-up",
                           "Your check-up is overdue")
        done = winback("check", path)
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), 1)
        self.assertTrue(lines[0].startswith(f"{path}/texts/email-last/en/html:2:21: error: "
                                            "guilt.late: "), lines[0])

    def test_register_and_class_say_what_is_fine(self):
        path = self.spoilt("unscheduled-treatment", '"register": "detail"', '"register": "general"')
        self.assertEqual(winback("check", path).returncode, 1)
        text = "We can tell you what your benefits are. "
        path = self.spoilt("benefits-renewed", "A new period of your dental plan",
                           text + "A new period of your dental plan")
        self.assertEqual(winback("check", path).returncode, 0)
        path.write_text(path.read_text().replace('"class": "benefit"', '"class": "care"'))
        done = winback("check", path)
        self.assertEqual(done.returncode, 1)
        self.assertIn("error: campaign: This speaks of insurance benefits", done.stdout)

    def test_what_does_not_compile_is_a_finding_with_its_place(self):
        path = self.spoilt("lapsed-exam", "visit.exam_months < $", "visit.exam_month < $")
        done = winback("check", path, "--json")
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        found = json.loads(done.stdout)
        self.assertEqual((found["file"], found["rule"], found["line"], found["column"]),
                         (f"{path}/exits/seen", "campaign", 1, 1))

    def test_wrong_usage(self):
        done = winback("check", self.folder / "none.json")
        self.assertEqual(done.returncode, 3)
        self.assertIn("none.json", done.stderr)


if __name__ == "__main__":
    main()
