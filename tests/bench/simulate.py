# SPDX-License-Identifier: MIT
"""How long a rehearsal of half a year takes, with its report: simulate.py WINBACK [FOLDER].

The demo practice is copied, with keys, numbers and addresses of its own for each copy, until there
are 100, 1,000 and 10,000 patients. With FOLDER the exports stay there. The best of three runs counts,
by processor time, since others may use the machine. 10,000 patients are to take less than 3 seconds.
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
RUNS = 3


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
    with open(PRACTICE / "patient.csv", encoding="utf-8", newline="") as source:
        keys = [row["PatNum"] for row in csv.DictReader(source)]
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
                    patient = row.get("PatNum", row.get("PatNumChild"))
                    if owned and copy == whole and patient not in kept:
                        continue
                    out.writerow(copied(row, copy, numbers))


def rehearsal(winback, data, report, campaign="hygiene-recare"):
    """Processor time, time by the clock, and the most memory of any rehearsal so far."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([winback, "simulate", "--data", data, "--practice", PRACTICE / "practice.json",
                    "--as-of", "2026-03-03", "--days", "180", "--html", report, "--campaign",
                    campaign], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.monotonic() - start, after.ru_maxrss / 1024


def main(winback, folder=None):
    """One line a scale; exit status 1 when the largest takes too long."""
    used = 0
    with tempfile.TemporaryDirectory() as temporary:
        for scale, patients in SCALES.items():
            data = pathlib.Path(folder or temporary) / scale
            data.mkdir(exist_ok=True)
            write(data, patients)
            used, clock, memory = min(rehearsal(winback, data, data / "report.html")
                                      for _ in range(RUNS))
            print(f"{scale:>5} {patients:6} patients: {used:6.2f} s of the processor, "
                  f"{clock:6.2f} s by the clock, {memory:4.0f} MB")
    print("in time" if used < TARGET else f"TOO SLOW: above {TARGET} s")
    return used >= TARGET


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
