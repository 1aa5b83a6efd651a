# SPDX-License-Identifier: MIT
"""How long a rehearsal of half a year takes: simulate.py WINBACK [FOLDER].

The demo practice is written 1, 3 and 30 times over (about 100 patients are one scale), each copy
with keys, numbers and addresses of its own, and rehearsed with its report. With FOLDER the exports
stay there. The yardstick is what design and issue ask: 100 x, 10,000 patients, in under 3 seconds.
"""

import csv
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

PRACTICE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "practice"
# Columns that are a key of the copy, not of the practice as a whole.
OWN = set("PatNum Guarantor AptNum PlannedAptNum ProcNum RecallNum InsSubNum PatPlanNum Subscriber "
          "PatNumChild PatNumGuardian GuardianNum ClaimProcNum ClaimNum CommlogNum".split())
PHONES = {"HmPhone", "WkPhone", "WirelessPhone"}
STEP = 1_000_000
SCALES = {"1x": 100, "10x": 1_000, "100x": 10_000}
TARGET = 3.0


class Numbers:
    """Telephone numbers 555-01xx, one for each of each copy, under as many area codes as it takes."""

    def __init__(self):
        self.codes = [code for code in range(201, 990) if code % 100 != 11]
        self.known = {}

    def other(self, copy, text):
        """The number that a copy has in place of one."""
        digits = "".join(filter(str.isdigit, text))[:10]
        if len(digits) < 10:
            return text
        n = self.known.setdefault((copy, digits), len(self.known))
        return f"{self.codes[n // 100]}55501{n % 100:02}"


def copied(row, copy, numbers):
    """A row of the demo practice, as one copy has it."""
    made = dict(row)
    for column, value in row.items():
        if column in OWN and value not in ("", "0"):
            made[column] = str(int(value) + copy * STEP)
        elif column in PHONES and value:
            made[column] = numbers.other(copy, value)
        elif column == "Email" and value:
            made[column] = f"c{copy}.{value}"
    return made


def write(folder, patients):
    """An export of so many patients, the last copy cut short."""
    numbers = Numbers()
    keys = [row["PatNum"] for row in csv.DictReader(open(PRACTICE / "patient.csv", encoding="utf-8", newline=""))]
    whole, rest = divmod(patients, len(keys))
    kept = set(keys[:rest])
    for path in sorted(PRACTICE.glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as source:
            reader = csv.DictReader(source)
            rows = list(reader)
        owned = OWN & set(reader.fieldnames)
        with open(folder / path.name, "w", encoding="utf-8", newline="") as target:
            out = csv.DictWriter(target, reader.fieldnames, lineterminator="\n")
            out.writeheader()
            for copy in range(whole + 1 if owned and path.stem != "cases" else 1):
                for row in rows:
                    if owned and copy == whole and row.get("PatNum", row.get("PatNumChild")) not in kept:
                        continue
                    out.writerow(copied(row, copy, numbers))


def rehearsal(winback, data, report, *campaigns):
    """Seconds and megabytes of one rehearsal."""
    named = [part for campaign in campaigns for part in ("--campaign", campaign)]
    start = time.monotonic()
    subprocess.run([winback, "simulate", "--data", data, "--practice", PRACTICE / "practice.json",
                    "--as-of", "2026-03-03", "--days", "180", "--html", report, *named],
                   check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main(winback, folder=None):
    """One line a scale; exit status 1 when the largest takes too long."""
    took = 0
    with tempfile.TemporaryDirectory() as temporary:
        for scale, patients in SCALES.items():
            data = pathlib.Path(folder or temporary) / scale
            data.mkdir(exist_ok=True)
            write(data, patients)
            took, megabytes = min(rehearsal(winback, data, data / "report.html", "hygiene-recare")
                                  for _ in range(3))
            print(f"{scale:>5} {patients:6} patients, 180 days: {took:6.2f} s, {megabytes:5.0f} MB")
    print("TOO SLOW" if took >= TARGET else "in time")
    return took >= TARGET


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
