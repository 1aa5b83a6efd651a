# SPDX-License-Identifier: MIT
"""A store that release 0.1.0 left, with every playbook of that release at work, goes on with today's
program: upgrades.py WINBACK [--write]. --write makes the store anew, once for a format."""
import collections
import json
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import PRACTICE, SETTINGS, main, winback  # noqa: E402
from store import Store  # noqa: E402

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "data/golden/1/store"
DAYS = [f"2026-03-{day:02d}T10:00" for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16)]
RELEASED = 2  # days that the release ran


def run(store, when, settings=SETTINGS, *campaigns):
    """A day of the demo practice."""
    named = [part for name in campaigns for part in ("--campaign", name)]
    return winback("run", "--data", PRACTICE, "--practice", settings, "--store", store, "--as-of", when,
                   "--json", *named)


def records(store):
    """The journal, record by record."""
    done = winback("audit", "--store", store, "--practice", SETTINGS, "--json")
    return [json.loads(line) for line in done.stdout.splitlines()]


def effects(store, kind, after=0):
    """The effects of a kind, in records after one."""
    return [effect for record in records(store) if record["sequence"] > after
            for effect in record["effects"] if effect["effect"] == kind]


def definitions(store):
    """The campaigns, by number: name and content id."""
    return [[effect["name"], effect["content"]] for effect in effects(store, "campaign")]


def write():
    """The golden store: all playbooks launched, and the first days."""
    GOLDEN.mkdir(parents=True)
    (GOLDEN / "secret").write_text("000102030405060708090a0b0c0d0e0f\n", encoding="utf-8")
    names = [book["name"] for book in json.loads(winback("playbooks", "--json").stdout)]
    for at, when in enumerate(DAYS[:RELEASED]):
        done = run(GOLDEN, when, SETTINGS, *(names if at == 0 else []))
        if done.returncode:
            sys.exit(done.stderr)
    for name in ("outbox.jsonl", "snapshot"):
        (GOLDEN / name).unlink()
    (GOLDEN / "definitions.json").write_text(json.dumps(definitions(GOLDEN), indent=1) + "\n", encoding="utf-8")


class Upgrades(Store):
    def setUp(self):
        super().setUp()
        shutil.copytree(GOLDEN, self.store)
        self.known = json.loads((GOLDEN / "definitions.json").read_text(encoding="utf-8"))
        self.last = records(self.store)[-1]["sequence"]

    def go_on(self, settings=SETTINGS):
        """Two weeks more; the ids of what was handed out."""
        handed = []
        for when in DAYS[RELEASED:]:
            done = run(self.store, when, settings)
            self.assertEqual(done.returncode, 0, done.stderr)
            handed += [json.loads(line)["id"] for line in done.stdout.splitlines()]
        return handed

    def claims(self):
        """How many messages today's program handed out, by the number of the definition."""
        return collections.Counter(effect["definition"] for effect in effects(self.store, "claim", self.last))

    def test_the_journal_is_whole_and_its_definitions_have_their_ids(self):
        done = winback("audit", "--store", self.store, "--practice", SETTINGS, "--verify")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("none is missing or damaged", done.stdout)
        self.assertEqual(definitions(self.store), self.known)
        self.assertGreaterEqual(len(self.known), 14)

    def test_whoever_is_under_way_goes_on_and_gets_nothing_twice(self):
        before = {effect["action"] for effect in effects(self.store, "claim")}
        handed = self.go_on()
        self.assertGreater(len(handed), 100)
        self.assertEqual(len(handed), len(set(handed)))
        self.assertFalse(before & set(handed))
        self.assertGreater(len(self.claims()), 8)
        self.assertEqual(winback("audit", "--store", self.store, "--practice", SETTINGS, "--verify").returncode, 0)

    def test_a_changed_playbook_is_for_those_who_enter_from_now_on(self):
        settings = json.loads(SETTINGS.read_text(encoding="utf-8"))
        settings["playbooks"]["unscheduled-treatment"]["third_after"] = 21
        path = self.folder / "practice.json"
        path.write_text(json.dumps(settings), encoding="utf-8")
        done = run(self.store, DAYS[RELEASED], path, "unscheduled-treatment")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.go_on(path)
        old = [name for name, _ in self.known].index("unscheduled-treatment")
        made = definitions(self.store)
        self.assertEqual(made[:len(self.known)], self.known)
        new = max(at for at, (name, _) in enumerate(made) if name == "unscheduled-treatment")
        self.assertGreater(new, old)
        entered = {effect["definition"] for effect in effects(self.store, "enroll", self.last)}
        self.assertNotIn(old, entered)
        self.assertGreater(self.claims()[old], 0)


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    else:
        main()
