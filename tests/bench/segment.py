# SPDX-License-Identifier: MIT
"""Counts a segment of the raw tables in a folder, as a whole process, as segment.c does: segment.py FOLDER RULE"""

import datetime
import sys

import winback as wb

TABLES = {"patients": ["patient", "status"], "procedures": ["patient", "code", "status", "date"]}
NOW = datetime.datetime(2026, 3, 3, 16, tzinfo=datetime.timezone.utc)


def read(name):
    """A file of the folder, whole."""
    with open(f"{sys.argv[1]}/{name}", "rb", buffering=0) as file:
        return file.read()


def column(name):
    """A column as it lies in memory."""
    numbers = read(f"{name}.numbers")
    if name.endswith("date"):
        return wb.ArrowColumn("tdD", len(numbers) // 4, [None, numbers])
    return wb.ArrowColumn("u", len(numbers) // 4 - 1, [None, numbers, read(f"{name}.bytes")])


schema = wb.Schema()
facts = wb.Facts(schema, NOW)
for table, names in TABLES.items():
    facts.add(table, {name: column(f"{table}.{name}") for name in names})
print(wb.Rule(schema, sys.argv[2]).count(facts, wb.Moment(NOW, wb.Zone("America/New_York"))).yes)
