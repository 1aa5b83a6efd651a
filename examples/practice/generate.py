#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write the demo practice: tables in Open Dental's layout, a settings file and cases.csv.

    generate.py            writes the files into the folder this program lies in
    generate.py --check    writes nothing; exits 1 and names each file that differs

Everybody in it is made up. The same program writes the same bytes with every Python 3.8 or later:
chance comes from the few lines of office.Chance and from nothing else.
"""

import csv
import io
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # leave nothing but the tables behind

import cases
from office import AS_OF, COLUMNS, LAKESIDE, PRACTICE, RIVERSIDE, Office
from office import CHILD, MEDICAID, PROPHY, TEXT_NO, TEXT_UNKNOWN
from office import ago, band, fixed_tables, moved, months_since, workday

# How many ordinary patients without a visit booked each cell gets: the cases come on top.
SPREAD = {
    "prophy": {"not_due": 30, "0-6": 18, "6-9": 12, "9-12": 15, "12+": 16},
    "perio": {"not_due": 12, "0-6": 13, "6-9": 12, "9-12": 12, "12+": 13},
}
WITHOUT_A_HITCH = 9  # of each overdue cell: an adult with a mobile that may be texted and an e-mail
BOOKED = 24
MONTHS_OVERDUE = {"not_due": (-5, -1), "0-6": (0, 5), "6-9": (6, 8), "9-12": (9, 11),
                  "12+": (12, 22)}


def last_cleaning(chance, kind, cell, textable):
    """A workday from which the kind's usual interval leads into the band."""
    months, days = (6, 1) if kind == "prophy" else (4, 0)
    low, high = MONTHS_OVERDUE[cell]
    while True:
        last = ago(low + chance.below(high - low + 1) + months, days + chance.below(28))
        settled = last.weekday() < 5 and last < ago(days=20)
        recent = not textable or months_since(last) < 24
        if settled and recent and band(moved(last, months, days)) == cell:
            return last


def ordinary(office, n, kind, cell, head):
    """One ordinary patient; the later ones of a cell have a hitch each. Gives back the patient."""
    clinic = (RIVERSIDE, LAKESIDE)[n % 2]
    smooth = n < WITHOUT_A_HITCH and cell != "not_due"
    hitch = "" if smooth else ("unknown", "no", "home", "child", "no e-mail", "")[n % 6]
    child = hitch == "child" and kind == "prophy" and clinic in head
    last = last_cleaning(office.chance, kind, cell, smooth)
    fields = {
        "unknown": dict(TxtMsgOk=TEXT_UNKNOWN), "no": dict(TxtMsgOk=TEXT_NO),
        "home": dict(WirelessPhone="", HmPhone=office.phone(clinic)), "no e-mail": dict(Email=""),
    }.get(hitch, {})
    if child:
        parent = office.patients[head[clinic]]
        fields = dict(age=5 + office.chance.below(11), LName=parent["LName"],
                      Guarantor=parent["PatNum"],
                      WirelessPhone="", HmPhone=parent["WirelessPhone"], Email="")
    patient = office.person(clinic, **fields)
    if kind == "perio":
        office.perio(patient, last)
    else:
        office.prophy(patient, last, visits=1 + n % 3, row=CHILD if child else PROPHY)
    if not child:
        head[clinic] = patient
    return patient


def insure(office, patient, n):
    """Every other patient has a plan that paid for the last visit."""
    plan = (1, 2, 3, 4, 1, 2, MEDICAID)[n % 7]
    sub = office.cover(patient, plan)
    done = [row for row in office.tables["procedurelog"] if row["PatNum"] == patient][-1]
    office.claim(patient, plan, sub, done["ProcNum"], float(done["ProcFee"]))


def ordinary_patients(office):
    head = {}
    everybody = []
    for kind, cells in SPREAD.items():
        for cell, count in cells.items():
            everybody += [ordinary(office, n, kind, cell, head) for n in range(count)]
    for n in range(BOOKED):
        kind, cell = ("prophy", "perio")[n % 3 == 0], ("not_due", "0-6", "6-9", "9-12",
                                                       "12+")[n % 5]
        patient = ordinary(office, n % 8, kind, cell, head)
        day = workday(moved(AS_OF, days=9 + 3 * n))
        office.book(patient, day, "D0120", "D4910" if kind == "perio" else "D1110")
        everybody.append(patient)
    for n, patient in enumerate(everybody[::2]):
        insure(office, patient, n)
    for patient in everybody[::5]:
        office.message(patient, ago(days=200), "Spoke by phone, note-secret-%d" % patient, mode=3)


def written(rows, columns):
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows([row[column] for column in columns] for row in rows)
    return text.getvalue().encode()


def files():
    office = Office()
    fixed_tables(office)
    cases.add_all(office)
    ordinary_patients(office)
    made = {table + ".csv": written(office.tables[table], COLUMNS[table]) for table in COLUMNS}
    made["practice.json"] = (json.dumps(PRACTICE, indent=2) + "\n").encode()
    return made


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit("usage: generate.py [--check]")
    folder = Path(__file__).resolve().parent
    made = files()
    if not arguments:
        for name, content in made.items():
            (folder / name).write_bytes(content)
        return 0
    there = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    there.update({path.name: path.read_bytes() for path in folder.glob("*.json")})
    wrong = sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))
    for name in wrong:
        print("%s: not what generate.py writes" % name)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
