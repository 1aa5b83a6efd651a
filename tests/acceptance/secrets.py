# SPDX-License-Identifier: MIT
"""What the tables hold and no message, log, list or report may tell: a fortnight of every playbook, on
the demo practice and on an export of 500 patients."""
import json
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, SHARED, main, rows, winback  # noqa: E402
from store import HANDLE, Store, day_after  # noqa: E402

EXPORT = pathlib.Path(SHARED) / "data/open-dental-500/csv" if SHARED else None
DAYS = 14
# Columns of patients, and where their values may stand: addresses where a message is delivered to,
# what somebody is called in the message itself.
COLUMNS = {"SSN": [], "LName": [], "Birthdate": [], "Address": [], "MedUrgNote": [], "AddrNote": [],
           "HmPhone": [], "WkPhone": [], "Email": ["to"], "WirelessPhone": ["to"],
           "FName": ["message"], "Preferred": ["message"]}
# Columns of other tables that are written by hand.
NOTES = [("appointment", "Note"), ("commlog", "Note"), ("recall", "Note")]


def words(text):
    """The words of a text, small."""
    return set(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.lower()))


class Secrets:
    """The fortnight; `data` and `place` are those of a practice."""

    def setUp(self):
        super().setUp()
        self.data = self.folder_of
        self.names = [one["name"] for one in json.loads(winback("playbooks", "--json").stdout)]
        named = [part for name in self.names for part in ("--campaign", name)]
        self.sinks = {"journal": b"", "report": "", "card": ""}
        for days in range(DAYS):
            self.told("run", *named, when=day_after(self.day, days), log=["--json"])
        # What is drawn may look like anybody's name: the id, and the handle that ends each link.
        self.lines = [{name: HANDLE.sub(r"\1", str(value)) for name, value in line.items() if name != "id"}
                      for line in self.outbox()]
        self.assertGreater(len(self.lines), 300)
        last = day_after(self.day, DAYS)
        for command in [["desk"], ["metrics"], ["metrics", "--json"]]:
            self.told(*command, when=last, data=False)
        self.told("run", "--held", when=last)
        rehearsal = ["simulate", "--days", "20", *named]
        if "--html" in winback("simulate", "--help").stdout:
            rehearsal += ["--html", self.folder / "report.html"]
        self.told(*rehearsal, when=self.day, store=False)
        if (self.folder / "report.html").exists():
            self.sinks["report"] += (self.folder / "report.html").read_text(encoding="utf-8")
        self.cards(last)
        self.told("segment", "--by", "patient.status,recare.band", when=self.day, store=False)
        for patient in sorted({line["patient"] for line in self.lines})[:5]:
            self.told("explain", "--patient", patient, when=last)
            self.read(winback("audit", "--store", self.store, "--patient", patient))
        self.read(winback("audit", "--store", self.store))
        for name in ["journal", "snapshot"]:
            self.sinks["journal"] += (self.store / name).read_bytes()
        self.patients = rows(self.data / "patient.csv")
        self.wording = words("".join(winback("playbooks", "--show", name).stdout
                                     for name in self.names) + SETTINGS.read_text())
        self.wording |= {"maria", "gomez"}  # the made-up patient of rehearsals

    def cards(self, day):
        """Postcards, and the secure pages behind some messages: they may call somebody by name."""
        shared = ["--data", self.data, *self.place, "--store", self.store, "--as-of", f"{day}T12:00"]
        pages = [["page", "--action", line["id"]] for line in self.outbox()[:200:10]
                 if line["channel"] != "call"]
        for command in [["letters"], *pages]:
            done = winback(*command, *shared)
            self.sinks["report"] += done.stderr
            self.sinks["card"] += done.stdout
        self.assertGreater(len(self.sinks["card"]), 1000)

    def told(self, command, *arguments, when, data=True, store=True, log=None):
        """Runs a command; what it says that is not the outbox is a report."""
        done = winback(command, *(["--data", self.data] if data else []), *self.place,
                       *(["--store", self.store] if store else []), "--as-of", f"{when}T12:00",
                       *arguments, *(log or []))
        self.read(done, not log and command != "run")

    def read(self, done, stdout=True):
        self.assertEqual(done.returncode, 0, done.stderr)
        self.sinks["report"] += done.stderr + (done.stdout if stdout else "")

    def values(self, column):
        """What a column holds, where it can be told from the product's own words and from keys."""
        for row in self.patients:
            value = row.get(column) or ""
            recent = column == "Birthdate" and not "0002" < value < "2005"  # a date like any other
            ours = column.endswith(("Name", "Preferred")) and words(value) & self.wording
            if len(value) > 4 and not ours and not recent:
                yield value
                digits = re.sub(r"\D", "", value)
                if column.endswith("Phone") and len(digits) >= 10:
                    yield digits[:10]

    def test_a_fortnight(self):
        for holds in [self.nothing_of_a_patient_is_in_journal_or_reports,
                      self.nothing_written_by_hand_is_anywhere,
                      self.a_message_has_a_first_name_and_no_more,
                      self.a_message_goes_to_an_address_of_the_patient_or_of_who_stands_for_them]:
            with self.subTest(holds.__name__):
                holds()

    def nothing_of_a_patient_is_in_journal_or_reports(self):
        for column in COLUMNS:
            found = set(self.values(column))
            self.assertTrue(found or column in self.empty, column)
            for value in found:
                self.assertFalse(value.encode() in self.sinks["journal"], column)
                self.assertFalse(value in self.sinks["report"], column)
                self.assertFalse("message" not in COLUMNS[column] and value in self.sinks["card"],
                                 column)

    def nothing_written_by_hand_is_anywhere(self):
        said = "\n".join(map(json.dumps, self.lines)) + self.sinks["report"]
        count = 0
        for table, column in NOTES:
            path = self.data / f"{table}.csv"
            for row in rows(path) if path.exists() else []:
                value = row.get(column) or ""
                if len(value) > 7:
                    count += 1
                    self.assertFalse(value in said, table)
                    self.assertFalse(value.encode() in self.sinks["journal"], table)
        self.assertGreater(count, 3)
        self.assertFalse("note-secret" in said or b"note-secret" in self.sinks["journal"])

    def a_message_has_a_first_name_and_no_more(self):
        families = {row["PatNum"]: row["Guarantor"] for row in self.patients}
        called = {}
        for row in self.patients:
            called.setdefault(row["Guarantor"], set()).update(words(row["FName"] + " " +
                                                                    (row["Preferred"] or "")))
        everybody = set().union(*called.values())
        for line in self.lines:
            said = " ".join(str(line.get(part, "")) for part in ["text", "subject", "html"])
            family = called[families[line["patient"]]]
            strange = (words(said) & everybody) - self.wording - family
            self.assertFalse(strange, line["campaign"])
            row = next(row for row in self.patients if row["PatNum"] == line["patient"])
            if not words(row["LName"]) & (self.wording | everybody):
                self.assertFalse(words(row["LName"]) & words(said), line["campaign"])
            for column, allowed in COLUMNS.items():
                value = row.get(column) or ""
                if len(value) > 4 and "message" not in allowed and column != "LName":
                    self.assertFalse(value in said, (column, line["campaign"]))

    def a_message_goes_to_an_address_of_the_patient_or_of_who_stands_for_them(self):
        addresses = {}
        for row in self.patients:
            addresses.setdefault(row["Guarantor"], set()).update(
                [row["Email"].lower(), "+1" + re.sub(r"\D", "", row["WirelessPhone"])])
        families = {row["PatNum"]: row["Guarantor"] for row in self.patients}
        for line in self.lines:
            if line["channel"] != "call":
                self.assertTrue(line["to"] in addresses[families[line["patient"]]])


class Demo(Secrets, Store):
    """The demo practice."""

    folder_of, day, place, empty = PRACTICE, DAY, ["--practice", SETTINGS], ["WkPhone", "Preferred"]


@unittest.skipUnless(EXPORT and EXPORT.is_dir(), "WB_SHARED names no folder with open-dental-500")
class Export(Secrets, Store):
    """An export of 500 patients."""

    folder_of, day = EXPORT, "2026-01-30"
    place, empty = ["--zone", "America/New_York", "--region", "US-NY"], ["MedUrgNote", "AddrNote"]


if __name__ == "__main__":
    main()
