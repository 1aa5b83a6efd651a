# SPDX-License-Identifier: MIT
"""The library's own layout: the same answers as from Open Dental's, and what cannot be read."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, SHARED, main, winback  # noqa: E402
from answers import Answers  # noqa: E402
import plain  # noqa: E402

TEMPLATE = PRACTICE.parent / "tables"
EXAMPLE = {  # a cell of each kind that cannot be read, and what is said
    ("patients", "patient"): [("", "patient is empty"),
                              ("9" * 65, "patient is longer than 64 bytes")],
    ("patients", "status"): [("activ", "status is none of active|inactive|nonpatient|prospective|"
                                       "archived|deceased"), ("", "status is empty")],
    ("patients", "birth_date"): [("1/30/1990", "birth_date is no date")],
    ("patients", "do_not_contact"): [("1", "do_not_contact is neither true nor false"),
                                     ("no", "do_not_contact is neither true nor false")],
    ("patients", "balance"): [(cell, "balance is no amount with two digits after its point")
                              for cell in ["125", "125.5", "$125.00", "125.000", "12,500.00", ".00"]],
    ("recalls", "interval"): [("six months", "interval is no interval")],
    ("appointments", "start"): [("2026-03-04", "start is no date and time")],
    ("appointments", "minutes"): [("an hour", "minutes is no whole number")],
    ("coverages", "month"): [("4.0", "month is no whole number")],
    ("limits", "limit"): [("now and then", "limit is no limit")],
}


class Plain(Answers):
    def compare(self, export):
        data = self.folder / "plain"
        plain.write(export, data)
        self.same(data, self.answers(export))

    def test_demo_practice(self):
        self.compare(PRACTICE)

    @unittest.skipUnless(SHARED, "WB_SHARED names no folder of shared data")
    def test_synthetic_export(self):
        self.compare(pathlib.Path(SHARED) / "data" / "open-dental-500" / "csv")

    def copy(self):
        """The template as a folder to spoil."""
        data = self.folder / "tables"
        data.mkdir(exist_ok=True)
        for path in TEMPLATE.glob("*.csv"):
            (data / path.name).write_bytes(path.read_bytes())
        return data

    def spoil(self, table, column, cell):
        """The template with one cell of the first row changed, and that row once more."""
        data = self.copy()
        header, row, *more = (TEMPLATE / f"{table}.csv").read_text().splitlines()
        cells = row.split(",")
        cells[header.split(",").index(column)] = cell if "," not in cell else f'"{cell}"'
        (data / f"{table}.csv").write_text("\n".join([header, ",".join(cells), row, *more]) + "\n")
        return data

    def test_template_is_read(self):
        done = self.segment(TEMPLATE, "--by", "recare.kind,recare.band")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("total", done.stdout)

    def test_cells_that_cannot_be_read(self):
        for (table, column), cells in EXAMPLE.items():
            for cell, said in cells:
                with self.subTest(said):
                    done = self.segment(self.spoil(table, column, cell), "--count")
                    self.assertEqual(done.returncode, 0)
                    self.assertIn(f"winback: {table}.csv:2: {said}; the row is left out",
                                  done.stderr)

    def test_what_was_written_of_a_bad_row_is_taken_back(self):
        """The last column is wrong: nothing of the row is in the facts of the next one."""
        data = self.copy()
        (data / "patients.csv").write_text(
            "patient,first_name,do_not_contact,email,status\n"
            "1,Ada,true,ada@example.com,odd\n2,,,,active\n3,Bo,true,,active\n")
        facts = winback("explain", "--facts", "--data", data, "--practice", SETTINGS, "--as-of",
                        DAY).stdout
        self.assertNotIn("Ada", facts)
        self.assertNotIn("ada@example.com", facts)
        self.assertEqual(facts.count('"patient.do_not_contact":true'), 1)

    def test_two_patients_with_one_key(self):
        done = self.segment(self.spoil("patients", "first_name", "Twin"), "--count")
        self.assertIn("patients.csv:3: another patient has this key", done.stderr)

    def test_missing_column_and_table(self):
        data = self.copy()
        (data / "patients.csv").write_text("patient,first_name\n1,Ada\n")
        self.refused(self.segment(data), 3, "patients.csv:1: the column status is missing")
        for name in ["procedures", "appointments"]:
            data = self.copy()
            (data / f"{name}.csv").unlink()
            self.refused(self.segment(data), 3, f"{name}.csv: No such file")
        data = self.copy()
        for name in ["recalls", "coverages", "claims", "limits", "openings", "guardians", "codes"]:
            (data / f"{name}.csv").unlink()
        done = self.segment(data, "--count", "--where", "benefit.remaining > 0")
        self.assertEqual(done.stdout, "0\n")
        self.assertIn("benefit.remaining for 2 (there is no coverages.csv)", done.stderr)

    def test_two_layouts_in_one_folder(self):
        data = self.copy()
        (data / "patient.csv").write_bytes((PRACTICE / "patient.csv").read_bytes())
        self.refused(self.segment(data), 3, "which layout is it?")


if __name__ == "__main__":
    main()
