# SPDX-License-Identifier: MIT
"""Writes tables of made-up patients in a folder: made_up.py FOLDER [PRACTICES PATIENTS]"""
import csv
import datetime
import pathlib
import sys

FIRST = datetime.date(2023, 6, 1)
CODES = "D1110", "D1110", "D4910", "D0120", "D0274"


def rows(practice, number):
    """A patient's rows: of the patient, of five procedures, and of a visit ahead for some."""
    key = f"{practice}-{number}"
    came = (number * 37 + practice * 101) % 900  # days after the first
    yield "patients", [key, practice, "inactive" if number % 7 == 0 else "active"]
    for at, code in enumerate(CODES[number % 3:] + CODES[:number % 3]):
        day = FIRST + datetime.timedelta((came + at * 61) % 1000)
        yield "procedures", [key, practice, code, "planned" if at == 4 else "completed", day]
    if number % 5 == 0:
        yield "appointments", [key, practice, "scheduled", datetime.date(2026, 4, 1 + number % 28)]


def write(folder, practices=3, patients=200):
    """All three tables."""
    folder.mkdir(exist_ok=True)
    heads = {"patients": "patient practice status", "procedures": "patient practice code status date",
             "appointments": "patient practice status start"}
    files = {name: open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") for name in heads}
    tables = {name: csv.writer(file, lineterminator="\n") for name, file in files.items()}
    for name, head in heads.items():
        tables[name].writerow(head.split())
    for practice in range(1, practices + 1):
        for number in range(patients):
            for name, row in rows(practice, number):
                tables[name].writerow(row)
    for file in files.values():
        file.close()


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:]))
