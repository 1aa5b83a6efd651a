# SPDX-License-Identifier: MIT
"""The segments of plain rows, without any engine: with_rows.py FOLDER"""
import csv
import datetime
import sys

from segments import TABLES, segments, show


def read(name):
    """The rows of a file; what it has of days becomes one."""
    with open(f"{sys.argv[1]}/{name}.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {column: datetime.date.fromisoformat(cell) if column in ("date", "start") else cell
                   for column, cell in row.items()}


tables = {name: list(read(name)) for name in TABLES}
found = segments(tables)
counts = {row["practice"]: [0] * len(found) for row in tables["patients"]}
for at, column in enumerate(found.values()):
    for row in column.rows():
        counts[tables["patients"][row]["practice"]][at] += 1
show((practice, *numbers) for practice, numbers in counts.items())
