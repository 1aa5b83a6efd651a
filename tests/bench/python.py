# SPDX-License-Identifier: MIT
"""What the Python binding costs, beside C in one run.

    python3 tests/bench/python.py build/release/tests/bench-segment build/release/lib/libwinback.so.0

A segment of a million patients with five procedures each, and with two, their recare worked out from the raw
tables, as a whole process that reads columns from files: bench/segment.c and bench/segment.py in turn. Python runs in
a virtual environment of its own, so that nothing else is imported. Then what a call, a row and a callback
cost.
"""

import array
import compileall
import datetime
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEGMENT = ROOT / "tests/bench/segment.py"

PATIENTS, RUNS, PAIRS = 1_000_000, 5, 15
RULE = 'patient.status == "active" && recare.overdue_months >= 6'
NOW = datetime.datetime(2026, 3, 3, 16, tzinfo=datetime.timezone.utc)
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


def write_rows(folder, each):
    """Both tables: each patient had cleanings at some times in three years."""
    keys = [f"p{number:07}" for number in range(PATIENTS)]
    texts(folder, "patients.patient", keys)
    texts(folder, "patients.status", ["inactive" if at % 5 == 0 else "active" for at in range(PATIENTS)])
    texts(folder, "procedures.patient", keys * each)
    texts(folder, "procedures.code", ["D1110", "D4910", "D0120", "D0274", "D2391"][:each] * PATIENTS)
    texts(folder, "procedures.status", ["completed"] * (each * PATIENTS))
    days = array.array("i", (TODAY - number * 7919 % 1100 for number in range(each * PATIENTS)))
    (folder / "procedures.date.numbers").write_bytes(days.tobytes())


def install(folder):
    """An environment with the package and its bytecode, as pip leaves it; its interpreter."""
    venv.create(folder / "clean", symlinks=True)
    packages = next((folder / "clean").glob("**/site-packages"))
    shutil.copytree(ROOT / "bindings/python/winback", packages / "winback",
                    ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(packages, quiet=1)
    return str(folder / "clean/bin/python")


def processor():
    """Seconds of the processor that processes which ended took: others who use the machine do not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def spent(command):
    """Seconds of the processor that a process took, and what it said."""
    start = processor()
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return processor() - start, said


def starts(python):
    """What there is before the first call: the interpreter, and the import."""
    for what, code in [("Python's own start", "pass"), ("with the import", "import winback; winback.load()")]:
        seconds = min(spent([python, "-c", code])[0] for _ in range(PAIRS))
        print(f"{what}: {seconds:.3f} s")


def whole(program, python, folder, each):
    """The same segment by C and by Python, in turn: the middle one of their ratios, which others who use the
    machine disturb the least."""
    write_rows(folder, each)
    commands = [program, str(folder), RULE], [python, str(SEGMENT), str(folder), RULE]
    pairs, said = [], set()
    for _ in range(PAIRS):
        (c_time, c_said), (python_time, python_said) = map(spent, commands)
        pairs.append((python_time / c_time, c_time, python_time))
        said |= {c_said, python_said}
    assert len(said) == 1, said
    ratio, c_time, python_time = statistics.median_low(pairs)
    print(f"segment of {PATIENTS:,} patients with {each} procedures each, whole process: C {c_time:.3f} s, Python "
          f"{python_time:.3f} s, {ratio:.3f} times (at most 1.1){'' if ratio <= 1.1 else ': TOO SLOW'}; "
          f"{int(said.pop()):,} selected", flush=True)
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
    each("a bare call by ctypes", version)
    each("two days in, a number out (months_between)", lambda: wb.months_between(day, day))
    each("a field (Facts.get)", lambda: facts.get(0, "patient.first_name", when))
    each("a rule on one patient (Rule.test)", lambda: rule.test(facts, 0, when))
    each("a batch of one (Rule.count)", lambda: rule.count(facts, when))
    each("a text (Template.render)", lambda: text.render(facts, 0, when))
    with wb.Facts(schema, NOW, getter=Rows()) as single:
        each("a field by a getter, which is asked for all of the patient", lambda: single.get(0, "patient.first_name", when))


if __name__ == "__main__":
    if sys.argv[1] == "--calls":
        calls()
        sys.exit()
    if sys.argv[1] == "--rows":  # for bench/ruby.rb
        write_rows(pathlib.Path(sys.argv[2]), 5)
        sys.exit()
    os.environ["WINBACK_LIBRARY"] = sys.argv[2]
    with tempfile.TemporaryDirectory() as name:
        interpreter = install(pathlib.Path(name))
        starts(interpreter)
        fast = [whole(sys.argv[1], interpreter, pathlib.Path(name), each) for each in (5, 2)]
        subprocess.run([interpreter, __file__, "--calls"], check=True)
    sys.exit(0 if all(fast) else 1)
