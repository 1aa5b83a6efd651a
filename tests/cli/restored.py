# SPDX-License-Identifier: MIT
"""A store that was restored from a backup sends nothing twice, once the settings say so."""
import json
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, SETTINGS, main, winback  # noqa: E402
from store import CAMPAIGN, Store, day_after  # noqa: E402

LATER = day_after(DAY, 7)
NOON = LATER + "T12:00"


class Restored(Store):
    def setUp(self):
        super().setUp()
        self.only({"1003", "1005", "1309"})
        self.run_at(DAY + "T11:00")
        self.backup = self.folder / "backup"
        shutil.copytree(self.store, self.backup)
        self.sent = self.run_at(LATER + "T11:00")
        self.assertTrue(self.sent)
        self.event(LATER + "T11:30", "opted_out", from_="+12245550122")
        self.before = [line["id"] for line in self.outbox()]

    def restore(self, *names):
        """Puts files of the backup back."""
        for name in names:
            shutil.copy(self.backup / name, self.store / name)

    def settings_of(self, restored):
        """The settings, which say how often the store was restored."""
        settings = json.loads(SETTINGS.read_text())
        settings["practice"]["restored"] = restored
        self.settings = self.folder / "practice.json"
        self.settings.write_text(json.dumps(settings))

    def ids(self):
        """Every id that was ever put out, each once."""
        ids = [line["id"] for line in self.outbox()]
        self.assertEqual(len(ids), len(set(ids)))
        return ids

    def test_an_outbox_that_is_newer_than_the_journal_is_noticed(self):
        self.restore("journal", "snapshot")
        done = self.start(NOON)
        self.refused(done, 3, "newer than the journal", "Raise \"restored\" in the settings")
        self.assertEqual(self.ids(), self.before)

    def test_nothing_leaves_until_the_store_was_told_what_was_sent(self):
        self.restore("journal", "snapshot")
        self.settings_of(1)
        self.refused(self.start(NOON), 3, "restored_ready")
        self.event(NOON, "opted_out", from_="+12245550122")
        self.refused(self.start(NOON), 3, "what was sent since is not known", "restored_ready")
        self.assertEqual(self.ids(), self.before)
        self.event(NOON, "restored_ready")
        self.assertIn("No backup was restored", self.event(NOON, "restored_ready", status=2))
        self.assertEqual(self.run_at(LATER + "T13:00"), [])
        self.run_at(day_after(LATER, 1) + "T11:00")
        self.assertEqual(self.ids()[:len(self.before)], self.before)
        for day in range(2, 40, 3):
            self.run_at(day_after(LATER, day) + "T11:00")
        later = self.outbox()[len(self.before):]
        self.assertTrue(later)
        self.ids()
        self.assertNotIn("1309", [line["patient"] for line in later if line["channel"] == "sms"])

    def test_what_was_sent_since_counts_against_the_caps(self):
        self.restore("journal", "snapshot")
        self.settings_of(1)
        self.event(NOON, "restored_ready")
        nudge = self.campaign()
        self.assertEqual({line["patient"] for line in self.run_at(LATER + "T13:00", campaign=nudge)} &
                         {line["patient"] for line in self.sent}, set())

    def test_the_number_is_not_lowered_again(self):
        self.restore("journal", "snapshot")
        self.settings_of(1)
        self.event(NOON, "restored_ready")
        self.settings = SETTINGS
        self.assertIn("its epoch is higher", self.start(LATER + "T13:00").stderr)

    def test_a_new_store_is_none_that_was_restored(self):
        self.settings_of(4)
        self.store = self.folder / "new"
        self.assertTrue(self.run_at(DAY + "T11:00", campaign=CAMPAIGN))


class Told(Store):
    """What the practice is told of its outbox goes back as far as it remembers: 90 days to the second."""

    def told(self, when):
        """How many contacts it is told of, by a store restored to before the first."""
        self.only({"1003"})
        settings = json.loads(SETTINGS.read_text())
        done = winback("launch", "--store", self.store, "--practice", SETTINGS, "--as-of", DAY + "T10:00",
                       "--campaign", CAMPAIGN)
        self.assertEqual(done.returncode, 0, done.stderr)
        shutil.copytree(self.store, self.folder / "backup")
        self.assertEqual(len(self.run_at(DAY + "T11:00")), 1)
        for name in ["journal", "snapshot"]:
            shutil.copy(self.folder / "backup" / name, self.store / name)
        settings["practice"]["restored"] = 1
        self.settings = self.folder / "practice.json"
        self.settings.write_text(json.dumps(settings))
        done = winback("receive", "--practice", self.settings, "--store", self.store, "--as-of", when,
                       "--event", "restored_ready", "--allow-jump")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = winback("audit", "--store", self.store, "--practice", self.settings)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.count('"effect":"contacted"')

    def test_at_ninety_days(self):
        self.assertEqual(self.told("2026-06-01T12:00"), 1)  # summer time: 11:00 in March

    def test_a_second_later(self):
        self.assertEqual(self.told("2026-06-01T16:00:01Z"), 0)


if __name__ == "__main__":
    main()
