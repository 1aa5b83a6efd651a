# SPDX-License-Identifier: MIT
"""One rule and its segments, for whatever engine has the tables."""
import datetime

import winback as wb

NOW = datetime.datetime(2026, 3, 3, 16, tzinfo=datetime.timezone.utc)
WHEN = wb.Moment(NOW, wb.Zone("America/New_York"))
SCHEMA = wb.Schema()
TABLES = ["patients", "procedures", "appointments"]
LAPSED = 'patient.status == "active" && !recare.booked && recare.overdue_months >= 6'
SEGMENTS = {"perio": 'recare.kind == "perio"',
            "prophy_6": 'recare.kind == "prophy" && recare.band == "6-9"',
            "prophy_9": 'recare.kind == "prophy" && recare.band == "9-12"',
            "prophy_12": 'recare.kind == "prophy" && recare.band == "12+"'}
RULES = {name: wb.Rule(SCHEMA, f"{LAPSED} && {part}") for name, part in SEGMENTS.items()}


def segments(tables):
    """Who is in each segment: a column of bools by its name, one for each row of `patients`."""
    with wb.Facts(SCHEMA, as_of=NOW) as facts:
        for name, table in tables.items():
            facts.add(name, table)
        return {name: rule.match(facts, WHEN) for name, rule in RULES.items()}


def show(rows):
    """How many each practice has in each segment."""
    print("practice", *SEGMENTS, sep=",")
    for row in sorted(rows):
        print(*row, sep=",")
