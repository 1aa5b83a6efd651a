# SPDX-License-Identifier: MIT
"""Spoilt exports: what cannot be read is named with file and line, the rest goes on."""
import contextlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import (DAY, NEEDED, PRACTICE, SETTINGS, WINBACK, Command, main,  # noqa: E402
                     rows, winback)

PATIENTS = (PRACTICE / "patient.csv").read_bytes()
HEADER = PATIENTS.split(b"\n", 1)[0]
ALL = len(rows(PRACTICE / "patient.csv"))


def lines_of(name):
    return (PRACTICE / f"{name}.csv").read_bytes().split(b"\n")


def spoil(name, line, change):
    """A table with one line changed; that line has to be a row of its own."""
    lines = lines_of(name)
    lines[line - 1] = change(lines[line - 1])
    return b"\n".join(lines)


class BadInput(Command):
    def left_out(self, data, message, rows_left=1):
        """All patients but some are there, and stderr says why."""
        number, said = self.count(data)
        self.assertIn(f"winback: {message}; the row is left out", said)
        self.assertIn(f"winback: {rows_left} row{'s'[:rows_left - 1]} left out", said)
        return number

    def test_missing_folder(self):
        self.refused(self.segment(self.folder / "nowhere"), 3, "nowhere: No such file")
        self.refused(winback("segment", "--as-of", DAY), 2, "--data DIR is needed")

    def test_missing_table(self):
        for name in NEEDED:
            data = self.export(**{name[:-4]: None})
            self.refused(self.segment(data), 3, f"{name}: No such file")
        data = self.export(procedurecode=None)
        self.refused(self.segment(data), 3, "procedurecode.csv is missing",
                     "procedurelog.csv has no column ProcCode")

    def test_missing_column(self):
        for name, column in [("patient", b"PatStatus"), ("recall", b"RecallInterval"),
                             ("procedurelog", b"ProcDate"), ("appointment", b"AptDateTime"),
                             ("recalltype", b"Description"), ("procedurecode", b"ProcCode")]:
            data = self.export(**{name: spoil(name, 1, lambda h, c=column: h.replace(c, b"Nope"))})
            self.refused(self.segment(data), 3,
                         f"{name}.csv:1: the column {column.decode()} is missing")

    def test_recall_types_may_be_missing(self):
        number, said = self.count(self.export(recalltype=None), "--where",
                                  'recare.kind == "perio"')
        self.assertGreater(number, 0)
        self.assertEqual(said, "")

    def test_codes_may_stand_in_the_procedures(self):
        codes = {row["CodeNum"]: row["ProcCode"] for row in rows(PRACTICE / "procedurecode.csv")}
        table = ["PatNum,ProcStatus,ProcDate,ProcCode"] + [
            ",".join([row["PatNum"], row["ProcStatus"], row["ProcDate"], codes[row["CodeNum"]]])
            for row in rows(PRACTICE / "procedurelog.csv")]
        data = self.export(procedurecode=None, procedurelog="\n".join(table))
        by = ["--by", "recare.kind,recare.band"]
        self.assertEqual(self.segment(data, *by).stdout, self.segment(PRACTICE, *by).stdout)

    def test_wrong_number_of_fields(self):
        data = self.export(patient=spoil("patient", 6, lambda row: row + b",more"))
        fields = HEADER.count(b",") + 1
        message = f"patient.csv:6: {fields + 1} fields instead of {fields}"
        self.assertEqual(self.left_out(data, message), ALL - 1)
        data = self.export(patient=spoil("patient", 6, lambda row: b"1005,x"))
        self.assertEqual(self.left_out(data, f"patient.csv:6: 2 fields instead of {fields}"),
                         ALL - 1)

    def test_line_is_where_the_row_begins(self):
        first = b"1,Doe,\"a\nb\n\nc\",0\n"
        table = b"PatNum,LName,FName,PatStatus,Birthdate,WirelessPhone,Email,TxtMsgOk\n" \
            b"1,Doe,\"a\nb\n\n\"\"c\",0,,,,1\n2,Doe,Ann\n3,Doe,Bo,0,,,,1\n"
        self.assertEqual(first.count(b"\n"), 4)
        data = self.export(patient=table)
        done = self.segment(data, "--json", "--where", "patient.first_name != null")
        self.assertEqual([json.loads(line)["patient"] for line in done.stdout.splitlines()],
                         ["1", "3"])
        self.assertIn("patient.csv:6: 3 fields instead of 8", done.stderr)
        done = self.segment(data, "--count", "--where", r'patient.first_name == "a\nb\n\n\"c"')
        self.assertEqual(done.stdout, "1\n")

    def test_bad_date(self):
        birth = HEADER.split(b",").index(b"Birthdate")

        def unborn(row):
            cells = row.split(b",")
            cells[birth] = b"2026-13-40"
            return b",".join(cells)

        data = self.export(patient=spoil("patient", 7, unborn))
        self.assertEqual(self.left_out(data, "patient.csv:7: Birthdate is no date"), ALL - 1)
        for name, column, what in [("recall", "DateDue", "date"), ("procedurelog", "ProcDate",
                                   "date"), ("appointment", "AptDateTime", "date and time")]:
            place = lines_of(name)[0].decode().split(",").index(column)

            def spoilt(row, place=place):
                cells = row.split(b",")
                cells[place] = b"2026-13-40"
                return b",".join(cells)

            data = self.export(**{name: spoil(name, 3, spoilt)})
            message = f"{name}.csv:3: {column} is no {what}"
            self.assertEqual(self.left_out(data, message), ALL)

    def test_dates_that_are_not_given(self):
        table = "PatNum,FName,PatStatus,Birthdate,WirelessPhone,Email,TxtMsgOk\n" + "".join(
            f"{number},A,0,{date},,,1\n" for number, date in enumerate(
                ["", "0001-01-01", "0001-01-01 00:00:00", "0000-00-00", r"\N", "NULL"], 1))
        number, said = self.count(self.export(patient=table), "--where", "patient.age < 18")
        self.assertEqual(number, 0)
        self.assertIn("patient.age for 6", said)
        self.assertNotIn("left out", said)

    def test_invalid_utf8(self):
        for spoilt in [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82",
                       b"\0"]:
            data = self.export(patient=spoil(
                "patient", 4, lambda row, s=spoilt: row.replace(row.split(b",")[1], s, 1)))
            self.assertEqual(self.left_out(data, "patient.csv:4: LName is not valid UTF-8"), ALL - 1)
        data = self.export(patient=PATIENTS.decode().encode("utf-16"))
        self.refused(self.segment(data), 3, "patient.csv:1: the file is in UTF-16")

    def test_field_of_a_million_characters(self):
        long = b'"' + b'x""' * 1_000_000 + b'"'
        for name in [b"x" * 1_000_000, long]:
            data = self.export(patient=spoil(
                "patient", 4, lambda row, n=name: row.replace(row.split(b",")[1], n, 1)))
            began = time.monotonic()
            self.assertEqual(self.left_out(
                data, "patient.csv:4: LName is longer than 65,535 bytes"), ALL - 1)
            self.assertLess(time.monotonic() - began, 5)

    def lean(self, data):
        """Runs it with an eye on time and memory."""
        program = [WINBACK, "segment", "--data", data, "--practice", SETTINGS, "--as-of", DAY]
        began = time.monotonic()
        with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
            said = child.stderr.read().decode()
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        self.assertLess(time.monotonic() - began, 20)
        self.assertLess(used.ru_maxrss, 100_000)  # KiB
        return child.returncode, said

    def test_line_of_a_gigabyte_is_refused_early(self):
        data = self.export()
        message = "a line is longer than 4 MiB; the file is refused"
        for name in ["patient.csv", "procedurelog.csv"]:
            data = self.export()
            with open(data / name, "r+b") as file:
                end = file.seek(0, os.SEEK_END)
                file.truncate(end + (1 << 30))
                lines = (PRACTICE / name).read_bytes().count(b"\n")
                self.assertEqual(self.lean(data),
                                 (3, f"winback: {name}:{lines + 1}: {message}\n"))
                file.truncate(0)
                file.truncate(1 << 30)
            self.assertEqual(self.lean(data), (3, f"winback: {name}:1: the line is too long\n"))

    def test_line_without_end_is_refused_early(self):
        data = self.export(patient=None)
        os.mkfifo(data / "patient.csv")

        def pour():
            with open(data / "patient.csv", "wb", buffering=0) as pipe:
                pipe.write(HEADER + b'\n1,"')
                with contextlib.suppress(BrokenPipeError):
                    while True:
                        pipe.write(b"x" * 65536)

        poured = threading.Thread(target=pour)
        poured.start()
        self.assertEqual(self.lean(data)[0], 3)
        poured.join()

    def test_two_patients_with_one_key(self):
        second = PATIENTS.split(b"\n")[1]
        data = self.export(patient=PATIENTS + second + b"\n")
        line = PATIENTS.count(b"\n") + 1
        message = f"patient.csv:{line}: another patient has this PatNum"
        self.assertEqual(self.left_out(data, message), ALL)

    def test_quote_that_is_not_closed(self):
        data = self.export(patient=spoil("patient", 4, lambda row: row.replace(b",", b',"', 1)))
        quote = "LName has a quote that is not closed, or something follows it"
        self.assertEqual(self.left_out(data, f"patient.csv:4: {quote}"), ALL - 1)
        data = self.export(patient=PATIENTS + b'9999,"Doe\n9998\n')
        line = PATIENTS.count(b"\n") + 1
        self.assertEqual(self.left_out(data, f"patient.csv:{line}: {quote}", 2), ALL)

    def test_random_damage_is_survived(self):
        """Bytes that are changed, cut out, or put in where they mean something."""
        draw = random.Random(7)
        for table in ["patient", "appointment", "procedurelog", "recall"]:
            whole = (PRACTICE / f"{table}.csv").read_bytes()
            for _ in range(10):
                text = bytearray(whole)
                for _ in range(draw.randrange(1, 20)):
                    at = draw.randrange(len(text))
                    odd = draw.choice([b'"', b",", b"\n", b"\r", b"\t", b"\\", b"\0", b"\xff",
                                       b'""', b'","', b""])
                    text[at:at + draw.randrange(3)] = odd
                del text[len(text) - draw.choice([0, 0, 0, draw.randrange(2000)]):]
                done = self.segment(self.export(**{table: bytes(text)}), "--by", "recare.booked")
                self.assertIn(done.returncode, (0, 3), done.stderr)

    def test_no_quote_swallows_rows(self):
        """One quote too many in a row, and one more some rows below: what lies between is read."""
        for below in range(1, 6):
            for cell in [1, 2, 9]:
                lines = list(PATIENTS.split(b"\n"))
                first, last = lines[70].split(b","), lines[70 + below].split(b",")
                first[cell] = b'"' + first[cell]
                last[cell] += b'"'
                lines[70], lines[70 + below] = b",".join(first), b",".join(last)
                number, said = self.count(self.export(patient=b"\n".join(lines)))
                self.assertIn("has a quote that is not closed", said)
                self.assertIn("1 row left out", said)
                self.assertEqual(number, ALL - 1)

    def test_values_outside_their_domain(self):
        columns = HEADER.split(b",")
        for column, message in [(b"PatStatus", "PatStatus is none of 0 to 6"),
                                (b"TxtMsgOk", "TxtMsgOk is none of 0, 1, 2"),
                                (b"BalTotal", "BalTotal is no amount"),
                                (b"PatNum", "PatNum is no key")]:
            def spoilt(row, place=columns.index(column)):
                cells = row.split(b",")
                cells[place] = b"x" * 70
                return b",".join(cells)

            data = self.export(patient=spoil("patient", 6, spoilt))
            self.assertEqual(self.left_out(data, f"patient.csv:6: {message}"), ALL - 1)

    def test_many_bad_rows_are_summed_up(self):
        bad = b"x\n" * 50
        number, said = self.count(self.export(patient=PATIENTS + bad))
        self.assertEqual(number, ALL)
        self.assertEqual(said.count("the row is left out"), 20)
        self.assertIn("50 rows left out", said)

    def test_no_row_that_can_be_read(self):
        data = self.export(patient=HEADER + b"\nx\ny\n")
        self.refused(self.segment(data), 3, "patient.csv: no row could be read")
        number, _ = self.count(self.export(patient=HEADER + b"\n"))
        self.assertEqual(number, 0)
        self.refused(self.segment(self.export(patient=b"")), 3, "patient.csv:1:")

    def day(self, data, day=DAY):
        """Who is written to on a day, and what is said."""
        done = winback("run", "--data", data, "--practice", SETTINGS, "--as-of", day, "--json",
                       "--held", "--store", self.folder / "store", "--campaign", "hygiene-recare")
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return [line["patient"] for line in lines if "text" in line], lines, done.stderr

    def test_whose_rows_cannot_be_read_is_held(self):
        sent, _, _ = self.day(self.export())
        patient = sent[0].encode()
        for table, column in [("appointment", b"AptStatus"), ("recall", b"IsDisabled"),
                              ("procedurelog", b"ProcStatus")]:
            shutil.rmtree(self.folder / "store")
            place = lines_of(table)[0].split(b",").index(column)
            lines = lines_of(table)
            line = next(i for i, row in enumerate(lines) if row.split(b",")[1:2] == [patient])
            cells = lines[line].split(b",")
            cells[place] = b"?"
            lines[line] = b",".join(cells)
            now, _, said = self.day(self.export(**{table: b"\n".join(lines)}))
            self.assertNotIn(patient.decode(), now)
            self.assertLessEqual(len(sent) - 1, len(now))
            self.assertIn(f"{table}.csv:{line + 1}: {column.decode()} is n", said)
            self.assertIn("held back, not written to: the patient of 1 of them", said)

    def test_whoever_is_inside_is_held_until_the_file_is_mended(self):
        sent, _, _ = self.day(self.export())
        visits = lines_of("appointment")
        broken = b"\n".join([*visits[:-2], visits[-2][:9]])
        later = "2026-03-10"
        _, lines, said = self.day(self.export(appointment=broken), later)
        self.assertIn("it cannot be told whose 1 of these rows is: everybody is held back", said)
        held = {line["patient"]: line["reason"] for line in lines if line["kind"] == "held"}
        self.assertTrue(all(line["kind"] == "held" for line in lines), "nobody is written to")
        self.assertEqual({held.get(patient) for patient in sent}, {"facts"})
        now, _, said = self.day(self.export(), later + "T11:00")
        self.assertTrue(set(now) & set(sent))
        self.assertNotIn("held back", said)

    def test_rows_of_nobody_are_counted(self):
        table = b"\n".join(lines_of("appointment")[:3])
        table = table.replace(b"30001,1001", b"30001,77")
        _, said = self.count(self.export(appointment=table), "--where", "visit.next == null")
        self.assertIn("1 row names a patient who is not in the data", said)

    def test_forms_that_are_as_good(self):
        by = ["--by", "recare.kind,recare.band"]
        expected = self.segment(PRACTICE, *by).stdout
        windows = b"\xef\xbb\xbf" + PATIENTS.replace(b"\n", b"\r\n")
        for table in [windows, PATIENTS + b"\n\n", PATIENTS.rstrip(b"\n"),
                      PATIENTS.replace(HEADER, HEADER.lower())]:
            done = self.segment(self.export(patient=table), *by)
            self.assertEqual((done.returncode, done.stdout), (0, expected))
            self.assertEqual(done.stderr, "")
        turned = [",".join(reversed([f'"{cell}"'.replace('\n', ' ') for cell in row]))
                  for row in [list(rows(PRACTICE / "recall.csv")[0])] +
                  [list(row.values()) for row in rows(PRACTICE / "recall.csv")]]
        done = self.segment(self.export(recall="\n".join(turned)), *by)
        self.assertEqual(done.stdout, expected)

    def settings(self, text):
        path = self.folder / "settings.json"
        path.write_text(text)
        return winback("segment", "--data", PRACTICE, "--practice", path, "--as-of", DAY,
                       "--count")

    def test_settings_are_checked_with_their_line(self):
        self.refused(self.settings('{"practice": {"name": "Example"},\n "locations": [\n'
                                   '  {"key": "1",\n   "zone": "America/New_Yrok"}]}'), 3,
                     "settings.json:4: zone:", "America/New_York")
        self.refused(self.settings('{"practice": {"name": "Example"},\n "locations": [{}]}'), 3,
                     'settings.json:2:16: /locations/0: The member "key" is missing.')
        self.refused(self.settings('{\n"practice": {"name": "Example"\n}'), 3, "settings.json:3:")
        self.refused(self.settings('{"practice": {}, "locations": []}'), 3,
                     '/practice: The member "name" is missing.')
        self.refused(self.settings('{"practice": {"name": "E"}, "locations": []}'), 3,
                     "settings.json:1:")
        self.refused(self.settings('{"practice": {"name": "E"}, "locations": [{"key": "1"},\n'
                                   '{"key": "1"}]}'), 3, "settings.json:2: two locations")
        self.refused(winback("segment", "--data", PRACTICE, "--practice",
                             self.folder / "none.json"), 3, "none.json: No such file")

    def test_practice_without_a_zone(self):
        done = self.settings('{"practice": {"name": "Example"}, "locations": [{"key": "1"}]}')
        self.assertEqual((done.returncode, done.stdout), (0, f"{ALL}\n"))
        store = self.folder / "store"
        done = winback("run", "--data", PRACTICE, "--practice", self.folder / "settings.json",
                       "--as-of", DAY, "--store", store, "--campaign", "hygiene-recare")
        self.refused(done, 3, "no time zone")
        self.assertEqual(done.stdout, "")
        self.assertFalse(store.exists())
        done = self.segment(PRACTICE, "--count", "--zone", "Mars/Olympus")
        self.refused(done, 2, "--zone:")

    def test_hundred_thousand_rows_are_read_at_once(self):
        row = (PRACTICE / "procedurelog.csv").read_bytes().split(b"\n", 1)
        many = row[0] + b"\n" + row[1] * 38
        data = self.export(procedurelog=many)
        began = time.monotonic()
        number, _ = self.count(data)
        self.assertEqual(number, ALL)
        self.assertLess(time.monotonic() - began, 10)
        self.assertGreater(many.count(b"\n"), 100_000)


if __name__ == "__main__":
    assert SETTINGS.exists()
    main()
