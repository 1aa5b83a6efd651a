# SPDX-License-Identifier: MIT
"""What the tests of a practice's days share: exports, runs on a store, events, the desk."""
import csv
import json
import os
import re
import shutil
import tempfile
from datetime import date, datetime, timedelta

from command import DAY, PRACTICE, SETTINGS, Command, rows, winback

if os.access("/dev/shm", os.W_OK):  # each run syncs often; a disk would only make that slow
    tempfile.tempdir = "/dev/shm"
CAMPAIGN = "hygiene-recare"
TEXTS = {"text": {"channel": "sms", "en": {"body":
         "{{ location.short_name }}: {{ location.booking_url }} Reply STOP to opt out."}}}
# The handle that ends a link: what is drawn may look like any word.
HANDLE = re.compile(r"(https://go\.example\.com/)[\w-]{16}(?![\w-])")


def day_after(day, days):
    """A date in text, some days later."""
    return str(date.fromisoformat(day) + timedelta(days))


def instant(text):
    """An instant in a line of the outbox."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def held(said):
    """Who a run holds: {reason: how many}."""
    return {reason: int(count) for count, reason in
            re.findall(r"^ +(\d+) (\w+) +patients ", said, re.M)}


def held_keys(said):
    """Whom a run holds: {patient: reason}; only the first few of each reason are named."""
    return {key: reason for reason, keys in
            re.findall(r"^ +\d+ (\w+) +patients ([\w ]+)", said, re.M) for key in keys.split()}


class Store(Command):
    """A test with a store."""

    def setUp(self):
        super().setUp()
        self.store = self.folder / "store"
        self.data, self.settings = PRACTICE, SETTINGS

    def only(self, keys, source=PRACTICE, **patient):
        """The export of some patients alone; `patient` are cells of theirs to change."""
        data = self.folder / "only"
        data.mkdir(exist_ok=True)
        for path in source.glob("*.csv"):
            table = rows(path)
            if path.name == "cases.csv" or not table or "PatNum" not in table[0]:
                continue
            with open(data / path.name, "w", encoding="utf-8", newline="") as file:
                out = csv.DictWriter(file, table[0].keys())
                out.writeheader()
                for row in table:
                    if row["PatNum"] in keys:
                        out.writerow({**row, **patient} if path.stem == "patient" else row)
        for name in ["procedurecode.csv", "recalltype.csv"]:
            if (source / name).exists():
                shutil.copy(source / name, data)
        self.data = data
        return data

    def campaign(self, name="nudge", **members):
        """A campaign of text messages alone, in a file."""
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps({
            "format": 1, "name": name, "title": "A nudge", "class": "care",
            "audience": "patient.status == \"active\"",
            "segments": [{"name": "all", "where": "true"}],
            "exits": {"booked": "recare.booked"},
            "steps": [{"id": "one", "send": ["text"]}, {"id": "end", "exit": True}],
            "texts": TEXTS, **members}))
        return path

    def start(self, when, *arguments, campaign=CAMPAIGN):
        """A run as the program prints it."""
        named = ["--campaign", campaign] if campaign else []
        return winback("run", "--data", self.data, "--practice", self.settings, "--store",
                       self.store, "--as-of", when, *named, *arguments)

    def run_at(self, when, *arguments, **options):
        """The actions of a run, and what else it said."""
        done = self.start(when, "--json", *arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.said = done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def event(self, when, event, status=0, **options):
        """Something that happened outside; what comes before any run makes the store."""
        new = [] if (self.store / "journal").exists() else ["--new"]
        given = [part for name, value in options.items()
                 for part in (f"--{name.rstrip('_')}", value)]
        done = winback("receive", "--practice", self.settings, "--store", self.store, "--as-of",
                       when, "--event", event, *new, *given)
        self.assertEqual(done.returncode, status, done.stderr)
        self.read = done.stdout
        self.assertEqual(bool(self.read), event == "reply" and status == 0)
        return done.stderr

    def tasks(self, when):
        """The open tasks, as the desk prints them for programs."""
        done = winback("desk", "--practice", self.settings, "--store", self.store, "--as-of", when,
                       "--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return [json.loads(line) for line in done.stdout.splitlines()]

    def desk(self, when):
        """The open tasks: (list, patient, reason)."""
        return [(task["list"], task["patient"], task["reason"]) for task in self.tasks(when)]

    def outbox(self):
        """The lines of the outbox."""
        path = self.store / "outbox.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def explain(patient, when=DAY, data=PRACTICE, settings=SETTINGS):
    """What explain says of a patient and the playbook."""
    done = winback("explain", "--data", data, "--practice", settings, "--as-of", when,
                   "--patient", patient, "--campaign", CAMPAIGN, "--json")
    said = json.loads(done.stdout)
    return said["facts"], said["campaigns"][0]
