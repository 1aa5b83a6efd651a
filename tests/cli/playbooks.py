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
            for member, value in one.items():
                self.assertEqual(value, files[one["name"]][member])
            self.assertLessEqual({"name", "title", "class", "serves", "segments"}, set(one))

    def test_each_can_be_checked_by_its_name(self):
        for one in json.loads(self.playbooks("--json")):
            done = winback("check", one["name"])
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_a_copy_is_the_file_and_compiles(self):
        text = self.playbooks("--show", "hygiene-recare")
        self.assertEqual(json.loads(text), json.loads((FOLDER / "hygiene-recare.json").read_text()))
        copy = self.folder / "our-recare.json"
        copy.write_text(text.replace('"hygiene-recare"', '"our-recare"'))
        self.assertEqual(winback("check", copy).returncode, 0)

    def test_another_name_is_refused_with_the_nearest(self):
        self.refused(winback("playbooks", "--show", "hygeine-recare"), 2,
                     "did you mean hygiene-recare?")
        self.refused(winback("playbooks", "--show", "x"), 2, "winback playbooks lists them")


if __name__ == "__main__":
    main()
