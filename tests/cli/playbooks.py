# SPDX-License-Identifier: MIT
"""winback playbooks: what ships, by the names that --campaign takes."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import Command, main, winback  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "lib/data/playbooks"


class Playbooks(Command):
    def playbooks(self, *arguments):
        done = winback("playbooks", *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_the_list_is_of_the_files(self):
        files = {path.stem: json.loads(path.read_text()) for path in FOLDER.glob("*.json")}
        lines = dict(re.findall(r"^(\S+) +\w+ +(.+)$", self.playbooks(), re.M))
        self.assertEqual(lines, {name: one["title"] for name, one in files.items()})
        listed = json.loads(self.playbooks("--json"))
        self.assertEqual({one["name"] for one in listed}, set(files))
        for one in listed:
            self.assertNotIn("$", one["audience"])  # parameters have their values
            for member in set(one) - {"audience", "segments"}:
                self.assertEqual(one[member], files[one["name"]][member])
            self.assertLessEqual({"name", "title", "class", "serves", "segments"}, set(one))

    def test_each_can_be_checked_by_its_name(self):
        for one in json.loads(self.playbooks("--json")):
            done = winback("check", one["name"])
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_one_is_shown_as_it_runs_and_compiles(self):
        text = self.playbooks("--show", "hygiene-recare")
        shown, file = json.loads(text), json.loads((FOLDER / "hygiene-recare.json").read_text())
        self.assertEqual(set(file) - set(shown), {"parameters"})
        ours = json.loads((FOLDER.parent / "texts" / "shared.json").read_text())
        shared = {"text-neutral", "email-neutral", "call-neutral", "postcard", "text-guardian",
                  "email-guardian"}
        self.assertEqual(shown["texts"], file["texts"] | {name: ours[name] for name in shared})
        self.assertEqual(shown["steps"][1]["wait"], {"days": 5})
        copy = self.folder / "our-recare.json"
        copy.write_text(text.replace('"hygiene-recare"', '"our-recare"'))
        self.assertEqual(winback("check", copy).returncode, 0)

    def test_with_settings_it_is_as_the_practice_has_set_it(self):
        path = self.folder / "practice.json"
        path.write_text(json.dumps({
            "practice": {"name": "Example"}, "locations": [{"key": "1"}],
            "playbooks": {"hygiene-recare": {"second_after": 9, "priority": 61}}}))
        shown = json.loads(self.playbooks("--practice", path, "--show", "hygiene-recare"))
        self.assertEqual((shown["steps"][1]["wait"], shown["priority"]), ({"days": 9}, 61))

    def test_another_name_is_refused_with_the_nearest(self):
        self.refused(winback("playbooks", "--show", "hygeine-recare"), 2,
                     "did you mean hygiene-recare?")
        self.refused(winback("playbooks", "--show", "x"), 2, "winback playbooks lists them")


if __name__ == "__main__":
    main()
