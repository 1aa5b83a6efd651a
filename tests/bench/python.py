# SPDX-License-Identifier: MIT
"""What the Python binding costs, beside C in one run.

    python3 tests/bench/python.py build/release/tests/bench-segment build/release/lib/libwinback.so.0

A segment of a million patients with five million procedures, their recare worked out from the raw tables,
as a whole process that reads columns from files: bench/segment.c and this program in turn. Then what a
call, a row and a callback cost.
"""

import array
import compileall
import datetime
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

PATIENTS, EACH, RUNS = 1_000_000, 5, 5
RULE = 'patient.status == "active" && recare.overdue_months >= 6'
NOW = datetime.datetime(2026, 3, 3, 16, tzinfo=datetime.timezone.utc)
TABLES = {"patients": ["patient", "status"], "procedures": ["patient", "code", "status", "date"]}
TODAY = 20515


def texts(folder, name, values):
    """A column of texts as it lies in memory."""
    ends = array.array("i", [0])
    at = 0
    for value in values:
        at += len(value)
        ends.append(at)
    (folder / f"{name}.numbers").write_bytes(ends.tobytes())
    (folder / f"{name}.bytes").write_bytes("".join(values).encode())


def write_rows(folder):
    """Both tables: each patient had cleanings at some times in three years."""
    keys = [f"p{number:07}" for number in range(PATIENTS)]
    texts(folder, "patients.patient", keys)
    texts(folder, "patients.status", ["inactive" if at % 5 == 0 else "active" for at in range(PATIENTS)])
    texts(folder, "procedures.patient", keys * EACH)
    texts(folder, "procedures.code", ["D1110", "D4910", "D0120", "D0274", "D2391"] * PATIENTS)
    texts(folder, "procedures.status", ["completed"] * (EACH * PATIENTS))
    days = array.array("i", (TODAY - number * 7919 % 1100 for number in range(EACH * PATIENTS)))
    (folder / "procedures.date.numbers").write_bytes(days.tobytes())


def install(folder):
    """The package with its bytecode, as pip leaves it."""
    shutil.copytree(ROOT / "bindings/python/winback", folder / "winback", ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(folder, quiet=1)
    sys.path.insert(0, str(folder))
    os.environ["PYTHONPATH"] = str(folder)


def segment(folder):
    """The process that is measured."""
    import winback as wb

    def column(name):
        numbers = (folder / f"{name}.numbers").read_bytes()
        if name.endswith("date"):
            return wb.ArrowColumn("tdD", len(numbers) // 4, [None, numbers])
        return wb.ArrowColumn("u", len(numbers) // 4 - 1, [None, numbers, (folder / f"{name}.bytes").read_bytes()])

    schema = wb.Schema()
    facts = wb.Facts(schema, NOW)
    for table, names in TABLES.items():
        facts.add(table, {name: column(f"{table}.{name}") for name in names})
    print(wb.Rule(schema, RULE).count(facts, wb.Moment(NOW, wb.Zone("America/New_York"))).yes)


def processor():
    """Seconds of the processor that processes which ended took: others who use the machine do not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def spent(command):
    """Seconds of the processor that a process took, and what it said."""
    start = processor()
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return processor() - start, said


def whole(program, folder):
    """The same segment by C and by Python, in turn; the least of some runs."""
    commands = {"C": [program, str(folder), RULE], "Python": [sys.executable, __file__, "--segment", str(folder)]}
    best = dict.fromkeys(commands, float("inf"))
    said = set()
    for _ in range(RUNS):
        for name, command in commands.items():
            seconds, answer = spent(command)
            best[name] = min(best[name], seconds)
            said.add(answer)
    assert len(said) == 1, said
    ratio = best["Python"] / best["C"]
    print(f"segment of {PATIENTS:,} patients, whole process: C {best['C']:.3f} s, Python {best['Python']:.3f} s, "
          f"{ratio:.3f} times (at most 1.1){'' if ratio <= 1.1 else ': TOO SLOW'}; {int(said.pop()):,} selected")
    return ratio <= 1.1


def each(name, call, times=20000):
    """What one call costs, the least of some passes."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        for _ in range(times):
            call()
        best = min(best, time.process_time() - start)
    print(f"{name}: {best / times * 1e6:.2f} µs")


class Rows:
    """A getter of one patient."""

    def count(self):
        return 1

    def find(self, key):
        return 0

    def get(self, row, field):
        return {"patient.key": "1", "patient.first_name": "Ana"}.get(field)


def calls():
    """Calls of several kinds, from the bare one of ctypes to one with a callback."""
    import winback as wb
    from winback._library import library

    schema = wb.Schema()
    facts = wb.Facts(schema, NOW)
    facts.add("patients", [{"patient": "1", "status": "active", "first_name": "Ana"}])
    when = wb.Moment(NOW, wb.Zone("America/New_York"))
    rule = wb.Rule(schema, 'patient.status == "active"')
    text = wb.Template(schema, "Hi {{ patient.first_name }}! Reply STOP to opt out.")
    version, day = library().wb_version, datetime.date(2024, 8, 31)
    start = processor()
    subprocess.run([sys.executable, "-c", "import winback; winback.load()"], check=True)
    print(f"Python's own start and the import: {processor() - start:.3f} s")
    each("a bare call by ctypes", version)
    each("two days in, a number out (months_between)", lambda: wb.months_between(day, day))
    each("a field (Facts.get)", lambda: facts.get(0, "patient.first_name", when))
    each("a rule on one patient (Rule.test)", lambda: rule.test(facts, 0, when))
    each("a batch of one (Rule.count)", lambda: rule.count(facts, when))
    each("a text (Template.render)", lambda: text.render(facts, 0, when))
    with wb.Facts(schema, NOW, getter=Rows()) as single:
        each("a field by a getter, which is asked for all of the patient", lambda: single.get(0, "patient.first_name", when))


if __name__ == "__main__":
    if sys.argv[1] == "--segment":
        segment(pathlib.Path(sys.argv[2]))
        sys.exit()
    os.environ["WINBACK_LIBRARY"] = sys.argv[2]
    with tempfile.TemporaryDirectory() as name:
        write_rows(pathlib.Path(name))
        install(pathlib.Path(name))
        fast = whole(sys.argv[1], pathlib.Path(name))
        calls()
    sys.exit(0 if fast else 1)
