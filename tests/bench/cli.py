# SPDX-License-Identifier: MIT
"""How long the command line program takes over large exports: cli.py WINBACK [SCALE…].

Scale 1, a practice of 10,080 patients with 100,260 procedures, is the demo practice thirty times, each
time with keys, numbers and addresses of its own and every fourth procedure done a year before as well;
10 and 100 are ten and a hundred of it. A figure is a whole process, the fastest of three: seconds, of
these the processor's, and memory; the yardstick is reading the same files once. Before that
the demo practice itself and, where WB_SHARED names it, an export of 500 patients. It exits with 1 where a
limit is missed (of these two by the processor's time alone: a run waits for the disk at each message), or
where the processor's time for a patient grows with the scale.
"""
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

PRACTICE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "practice"
KEYS = {"PatNum", "Guarantor", "AptNum", "PlannedAptNum", "ProcNum", "RecallNum", "ClaimProcNum",
        "PatPlanNum", "InsSubNum", "PatNumChild", "PatNumGuardian", "FKey", "Subscriber"}
PHONES = {"HmPhone", "WkPhone", "WirelessPhone"}
COPIES, APART = 30, 100_000  # copies at scale 1; from one copy's keys to the next's
SECONDS, SMALL, MEGABYTES, GROWTH, TRIES = 1, 0.1, 200, 1.5, 3
EXPORT = pathlib.Path(os.environ.get("WB_SHARED", "")) / "data" / "open-dental-500" / "csv"
DEMO = ["--practice", PRACTICE / "practice.json", "--as-of", "2026-03-03"]
COMMANDS = {
    "segment": ["segment", "--by", "recare.kind,recare.band"],
    "rule": ["segment", "--count", "--where",
             'patient.status == "active" && recare.band == "12+" && !recare.booked'],
    "run": ["run", "--campaign", "hygiene-recare", "--store"],
    "all": ["run", "--store"],  # every playbook
}


def pattern(name, header, rows):
    """A table as one text with a number wherever a copy has its own."""
    numbers = []

    def cell(column, text):
        if column in KEYS and text.isdigit() and text != "0":
            numbers.append(int(text))
            return "%d"
        if column in PHONES and re.match(r"\(\d{3}\)", text):
            numbers.append(-int(text[1:4]))
            return "(%d)" + text[5:]
        if column == "Email" and text:
            numbers.append(0)
            return "p%d." + text
        quoted = '"' + text.replace('"', '""') + '"' if re.search('[",\n]', text) else text
        return quoted.replace("%", "%%")

    if name == "procedurelog":
        date, key = header.index("ProcDate"), header.index("ProcNum")
        earlier = [[f"{int(cell) + 30_000}" if i == key else
                    f"{int(cell[:4]) - 1}-{cell[5:7]}-28" if i == date and cell else cell
                    for i, cell in enumerate(row)] for row in rows[::4]]
        rows = rows + earlier
    text = "".join(",".join(map(cell, header, row)) + "\n" for row in rows)
    return text, numbers


def area(code, copy):
    """Another area code for each copy."""
    return 201 + (code + 13 * copy) % 789


def make(folder, scale):
    """The export; gives back how many patients it has."""
    patients = 0
    for path in sorted(PRACTICE.glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        text, numbers = pattern(path.stem, header, rows)
        copies = COPIES * scale if numbers else 1
        with open(folder / path.name, "w", encoding="utf-8", newline="") as file:
            file.write(",".join(header) + "\n")
            for copy in range(copies):
                file.write(text % tuple(number + APART * copy if number >= 0 else
                                        area(-number, copy) for number in numbers))
        patients += len(rows) * copies if path.stem == "patient" else 0
    return patients


def measure(program):
    """Seconds, those of the processor, and megabytes of a process."""
    began = time.monotonic()
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        said = child.stderr.read().decode()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode or "left out" in said:
        sys.exit(f"{program[1]}: {child.returncode} {said}")
    return (time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def reading(folder):
    """Seconds to read all files once."""
    began = time.monotonic()
    for path in folder.glob("*.csv"):
        with open(path, "rb", buffering=0) as file:
            while file.read(1 << 18):
                pass
    return time.monotonic() - began


def commands(winback, data, place):
    """The figures of an export by command; each run has a store of its own."""
    listed = subprocess.run([winback, "playbooks", "--json"], capture_output=True, check=True).stdout
    found = {}
    for name, arguments in COMMANDS.items():
        more = [part for one in json.loads(listed) for part in ("--campaign", one["name"])] if name == "all" else []
        tries = []
        for _ in range(TRIES):
            with tempfile.TemporaryDirectory() as folder:
                store = [pathlib.Path(folder) / "store"] if "--store" in arguments else []
                tries.append(measure([winback, arguments[0], "--data", data, *place, *more, *arguments[1:], *store]))
        found[name] = tuple(map(min, zip(*tries)))
        print("  {:8} {:7.3f} s  {:7.3f} s  {:7.0f} MB".format(name, *found[name]))
    return found


def small(winback):
    """What takes too long on practices as they are."""
    place = ["--zone", "America/New_York", "--region", "US-NY", "--as-of", "2026-01-30"]
    for title, data, place in [("the demo practice", PRACTICE, DEMO), ("an export of 500 patients", EXPORT, place)]:
        if not data.is_dir():
            print(f"{title}: skipped, WB_SHARED names no folder with it")
            continue
        print(title)
        for name, (_, busy, _) in commands(winback, data, place).items():
            if busy > SMALL:
                yield f"TOO SLOW: {name} of {title}"


def bench(winback, scale):
    """The figures of one scale by command, and how many patients it has."""
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        patients = make(folder, scale)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"{patients:,} patients, {size:,.0f} MB; read once in {reading(folder):.2f} s")
        return commands(winback, folder, DEMO), patients
    finally:
        shutil.rmtree(folder)


def main():
    winback, *scales = sys.argv[1:]
    missed, first = list(small(winback)), None
    for scale in map(int, scales or ["1", "10"]):
        found, patients = bench(winback, scale)
        each = {name: busy / patients for name, (_, busy, _) in found.items()}
        first = first or each
        for name, (seconds, _, megabytes) in found.items():
            if scale == 1 and (seconds > SECONDS or megabytes > MEGABYTES):
                missed.append(f"TOO SLOW: {name} at scale 1")
            if each[name] > first[name] * GROWTH:
                missed.append(f"NOT LINEAR: {name} at scale {scale}")
    print("\n".join(missed))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
