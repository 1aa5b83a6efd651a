# SPDX-License-Identifier: MIT
"""What the tests of the Python binding share: TEST.py LIBRARY [unittest's arguments]."""
import datetime
import os
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
if len(sys.argv) > 1 and ".so" in sys.argv[1]:
    os.environ["WINBACK_LIBRARY"] = os.path.abspath(sys.argv.pop(1))
LIBRARY = os.environ["WINBACK_LIBRARY"]
sys.path[:0] = [str(ROOT / "bindings/python"), str(ROOT / "bindings")]
import winback as wb  # noqa: E402

NOW = datetime.datetime(2026, 3, 3, 16, 0, tzinfo=datetime.timezone.utc)  # a Tuesday, 11:00 in New York
TODAY = NOW.date()
SECRET = bytes(range(16))
DUE = datetime.date(2025, 4, 22)  # of the last cleaning
LOCATION = {"location": "1", "name": "Example Dental Care", "short_name": "Example Dental",
            "zone": "America/New_York", "region": "US-NY", "phone": "+12125550100",
            "address": "1 Example Street, New York, NY 10001", "booking_url": "https://book.example.com"}
PATIENTS = [  # Ana is due, Ben has a visit, Cleo wants no texts
    {"patient": "1", "first_name": "Ana", "text_permission": "yes", "mobile": "+12125550101"},
    {"patient": "2", "first_name": "Ben", "text_permission": "yes", "mobile": "+12125550102"},
    {"patient": "3", "first_name": "Cleo", "text_permission": "no", "mobile": None},
]
PHONE = "+12125550101"


def minutes(count):
    """So much later."""
    return NOW + datetime.timedelta(minutes=count)


def patients():
    """The rows of the table."""
    return [{"status": "active", "birth_date": datetime.date(1980, 12, 14), "location": "1", **row}
            for row in PATIENTS]


def procedures():
    """Everybody's last cleaning."""
    return [{"patient": row["patient"], "code": "D1110", "status": "completed", "date": DUE} for row in PATIENTS]


class Clinic(unittest.TestCase):
    """A practice of three patients, a journal in memory, and the recall playbook."""

    def setUp(self):
        self.schema = wb.Schema()
        self.facts = self.facts_of(self.schema)
        self.zone = wb.Zone("America/New_York")
        self.when = wb.Moment(NOW, self.zone)
        self.journal = []

    @staticmethod
    def facts_of(schema, *more):
        """The three, and more patients who are due as Ana is."""
        facts = wb.Facts(schema, NOW)
        facts.add("locations", [LOCATION])
        facts.add("patients", patients() + [{**patients()[0], **row} for row in more])
        facts.add("procedures", procedures() + [{**procedures()[0], "patient": row["patient"]} for row in more])
        facts.add("appointments", [{"patient": "2", "status": "scheduled", "start": datetime.date(2026, 3, 18)}])
        return facts

    def append(self, first, records, count):
        """A journal in memory."""
        self.assertEqual(first, sum(many for _, many in self.journal) + 1)
        self.journal.append((records, count))

    def written(self):
        """The journal's bytes."""
        return b"".join(records for records, _ in self.journal)

    def practice(self, launched=True, **options):
        """A practice, its playbook launched."""
        given = {"append": self.append} | options
        settings = wb.PracticeOptions(secret=SECRET, key="demo")
        practice = wb.Practice(self.schema, settings, **given)
        if launched:
            practice.add(wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"]), NOW)
            practice.receive(wb.Input(kind=wb.InputKind.LAUNCH, campaign="hygiene-recare", approver="dr"), NOW)
        return practice

    def refused(self, kind, function, *arguments, **options):
        """The exception of a call that must fail."""
        with self.assertRaises(kind) as caught:
            function(*arguments, **options)
        return caught.exception
