# SPDX-License-Identifier: MIT
"""Makes a table of the hours of outreach that a practice has unless it gives its own: hours.py
OUTPUT CSV. A row is a weekday or a span of them, and two times of one day, in order."""

import csv
import pathlib
import re
import sys

DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]


def weekdays(text):
    """The days of "mon-fri" as bits, Sunday the lowest."""
    first, last = (DAYS.index(day) for day in (text.split("-") * 2)[:2])
    if last < first:
        raise SystemExit(f"{text} goes over the end of a week")
    return sum(1 << day for day in range(first, last + 1))


def second(text):
    """The second of a day that "09:00" is."""
    hour, minute = re.fullmatch(r"(\d\d):(\d\d)", text).groups()
    return int(hour) * 3600 + int(minute) * 60


def source(path):
    """The whole C source."""
    rows = ""
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        begin, end = second(row["from"]), second(row["to"])
        if not 0 <= begin < end <= 86400:
            raise SystemExit(f"{row}: no window within a day")
        rows += f"{{{weekdays(row['weekdays'])}, {begin}, {end}}},\n"
    return ('#include "data/data.h"\n'
            f"const wbi_data_window wbi_data_hours[] = {{\n{rows}{{0, 0, 0}}}};\n")


if __name__ == "__main__":
    pathlib.Path(sys.argv[1]).write_text(source(pathlib.Path(sys.argv[2])), encoding="utf-8")
