# SPDX-License-Identifier: MIT
"""Each dialect has a broken twin: file, line and column are named, and nobody is written to on half
the data."""
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import DAY, PRACTICE, SETTINGS, Command, main, winback  # noqa: E402
import dialects  # noqa: E402

PLACE = 40  # of the row that is spoilt
EVERYBODY = 336


class BrokenDialects(Command):
    def setUp(self):
        super().setUp()
        self.name = None

    def each(self):
        """The demo practice in each dialect."""
        for number, self.name in enumerate(dialects.DIALECTS):
            self.data = self.folder / f"data{number}"
            self.store = self.folder / f"store{number}"
            dialects.write(PRACTICE, self.data, self.name)
            with self.subTest(self.name):
                yield

    def spoil(self, table, change=None, late=None):
        """One table, with its header and the row in PLACE changed, or its bytes afterwards. Gives
        back what messages begin with, and the row."""
        header, rows = dialects.read(PRACTICE / f"{table}.csv")
        if change:
            change(header, rows[PLACE])
        text = dialects.written(self.name, header, rows)
        before = dialects.written(self.name, header, rows[:PLACE]).rstrip(b"\r\n")
        path = dialects.path_of(self.data, self.name, table)
        path.write_bytes(late(text) if late else text)
        return f"winback: {path.name}:{before.count(10) + 2}:", dict(zip(header, rows[PLACE]))

    def run_day(self):
        """Who is written to, and what is said."""
        done = winback("run", "--data", self.data, "--practice", SETTINGS, "--as-of", DAY,
                       "--store", self.store, "--campaign", "hygiene-recare", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line)["patient"] for line in done.stdout.splitlines()], done.stderr

    def test_wrong_column(self):
        for _ in self.each():
            def renamed(header, _row):
                header[header.index("AptDateTime")] = "AptDate"

            self.spoil("appointment", renamed)
            file = dialects.path_of(self.data, self.name, "appointment").name
            self.refused(self.segment(self.data), 3,
                         f"winback: {file}:1: the column AptDateTime is missing\n")

    def test_wrong_type(self):
        for _ in self.each():
            at = dialects.read(PRACTICE / "appointment.csv")[0].index("AptDateTime")

            def odd(_header, row, at=at):
                row[at] = "soon"

            message, row = self.spoil("appointment", odd)
            sent, said = self.run_day()
            self.assertIn(f"{message} AptDateTime is no date and time; the row is left out\n", said)
            self.assertIn("winback: 1 row left out\nwinback: held back, not written to: the patient"
                          " of 1 of them\n", said)
            self.assertNotIn(row["PatNum"], sent)
            self.assertTrue(sent)

    def test_truncated_file(self):
        for _ in self.each():
            self.spoil("appointment", late=lambda text: text[:-len(text) // 3])
            sent, said = self.run_day()
            file = dialects.path_of(self.data, self.name, "appointment").name
            self.assertRegex(said, rf"winback: {file}:\d+: the file ends in the middle of a row")
            self.assertIn(f"{file}: it cannot be told whose", said)
            self.assertEqual(sent, [])

    def test_line_of_a_gigabyte(self):
        for _ in self.each():
            lines = dialects.path_of(self.data, self.name, "procedurelog").read_bytes().rstrip(b"\n").count(b"\n") + 1
            path = dialects.path_of(self.data, self.name, "procedurelog")
            with open(path, "ab") as file:
                file.write(b"" if self.name != "no last line break" else b"\n")
                file.truncate(file.tell() + (1 << 30))
            began = time.monotonic()
            self.refused(self.segment(self.data), 3, f"winback: {path.name}:{lines + 1}: a line is longer than 4 MiB; the file is refused\n")
            self.assertLess(time.monotonic() - began, 10)
            path.unlink()

    def test_mixed_encodings(self):
        at = dialects.read(PRACTICE / "patient.csv")[0].index("LName")

        def marked(_header, row):
            row[at] = "Caf~"

        for _ in self.each():
            for odd in [b"\xe9", "é".encode("utf-16"), b"\0"]:
                message, _ = self.spoil("patient", marked,
                                        lambda text, odd=odd: text.replace(b"~", odd))
                number, said = self.count(self.data)
                self.assertIn(f"{message} LName is not valid UTF-8; the row is left out\n", said)
                self.assertEqual(number, EVERYBODY - 1)

    def test_file_in_utf_16(self):
        for _ in self.each():
            self.spoil("patient", late=lambda text: text.decode("utf-8-sig").encode("utf-16"))
            file = dialects.path_of(self.data, self.name, "patient").name
            self.refused(self.segment(self.data), 3,
                         f"winback: {file}:1: the file is in UTF-16, not valid UTF-8")

    def test_row_in_utf_16(self):
        """A file that somebody added to with another program."""
        for _ in self.each():
            def mixed(text):
                lines = text.splitlines(keepends=True)
                return b"".join([*lines[:-1], lines[-1].decode().encode("utf-16-le")])

            self.spoil("recall", late=mixed)
            sent, said = self.run_day()
            self.assertRegex(said, r"recall\.\w+:\d+: .*; the row is left out")
            self.assertIn("it cannot be told whose", said)
            self.assertEqual(sent, [])


if __name__ == "__main__":
    main()
