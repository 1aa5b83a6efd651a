# SPDX-License-Identifier: MIT
"""winback run, killed at every journal record, loses nothing and sends nothing twice.

crash.py WINBACK KILL_AT: the program, and the library that kills it (kill_at.c).
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

WINBACK, KILL_AT = sys.argv[1], sys.argv[2]
PRACTICE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "practice"
if os.access("/dev/shm", os.W_OK):  # SIGKILL loses nothing that was written: no disk is needed
    tempfile.tempdir = "/dev/shm"
FIRST, AGAIN = "2026-03-03T11:00", "2026-03-03T11:30"  # the second is past lease and grace


class Crash(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        settings = json.loads((PRACTICE / "practice.json").read_text())
        settings["practice"]["secret"] = "000102030405060708090a0b0c0d0e0f"
        cls.settings = cls.folder / "practice.json"
        cls.settings.write_text(json.dumps(settings))
        status, cls.printed = cls.run_once(cls.folder / "whole", FIRST)
        assert status == 0, status
        cls.whole = cls.outbox(cls.folder / "whole")
        cls.journal = (cls.folder / "whole" / "journal").read_bytes()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def run_once(cls, store, at, **kill):
        environment = dict(os.environ, **{name: str(value) for name, value in kill.items()})
        if kill:
            environment["LD_PRELOAD"] = KILL_AT
        done = subprocess.run(
            [WINBACK, "run", "--data", PRACTICE, "--practice", cls.settings, "--store", store,
             "--as-of", at, "--campaign", "hygiene-recare", "--json"],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()
                                 if line.endswith(b"}")]

    @staticmethod
    def outbox(store):
        path = store / "outbox.jsonl"
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        return [json.loads(line)["id"] for line in lines]

    def check_after(self, **kill):
        """Killed there and run again, the store ends up as if nothing had happened."""
        store = self.folder / "killed"
        shutil.rmtree(store, ignore_errors=True)
        status, _ = self.run_once(store, FIRST, **kill)
        self.assertEqual(status, -9, kill)
        status, _ = self.run_once(store, AGAIN)
        self.assertEqual(status, 0, kill)
        ids = self.outbox(store)
        self.assertEqual(len(ids), len(set(ids)), f"sent twice after {kill}")
        self.assertEqual(sorted(ids), sorted(self.whole), f"forgotten after {kill}")

    def files(self, store):
        return {path.name: path.read_bytes() for path in store.iterdir()}

    def test_looking_at_a_run_that_was_cut_short_writes_nothing(self):
        claims = self.records()[-2]
        for cut in [claims, claims - 1]:
            store = self.folder / "looked-at"
            shutil.rmtree(store, ignore_errors=True)
            self.assertEqual(self.run_once(store, FIRST, KILL_JOURNAL=cut)[0], -9)
            before = self.files(store)
            for command in ["desk", "metrics"]:
                done = subprocess.run(
                    [WINBACK, command, "--practice", self.settings, "--store", store, "--as-of",
                     AGAIN], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(self.files(store), before, command)

    def records(self):
        """Where each record of the whole run's journal ends."""
        ends, at = [], 0
        while at < len(self.journal):
            at += int.from_bytes(self.journal[at + 4:at + 8], "little")
            ends.append(at)
        self.assertEqual(at, len(self.journal))
        return ends

    def test_whole_run_sends_and_prints_the_same(self):
        self.assertGreater(len(self.whole), 40)
        self.assertEqual(sorted(self.whole), sorted(action["id"] for action in self.printed))

    def test_killed_at_the_end_of_each_record(self):
        for end in self.records():
            with self.subTest(end=end):
                self.check_after(KILL_JOURNAL=end)

    def test_killed_within_records(self):
        for end in self.records():
            with self.subTest(end=end):
                self.check_after(KILL_JOURNAL=end - 1)

    def test_killed_before_each_sync(self):
        count = 0
        while True:
            count += 1
            store = self.folder / "probe"
            shutil.rmtree(store, ignore_errors=True)
            status, _ = self.run_once(store, FIRST, KILL_SYNC=count)
            if status == 0:
                break
            self.check_after(KILL_SYNC=count)
        self.assertGreater(count, 20)

    def test_killed_within_outbox_entries(self):
        size = (self.folder / "whole" / "outbox.jsonl").stat().st_size
        for at in range(1, size, 197):
            self.check_after(KILL_OUTBOX=at)

    def test_killed_within_the_snapshot(self):
        size = (self.folder / "whole" / "snapshot").stat().st_size
        for at in [1, size // 2, size - 1, size]:
            self.check_after(KILL_SNAPSHOT=at)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
