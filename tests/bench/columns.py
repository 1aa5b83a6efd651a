# SPDX-License-Identifier: MIT
"""What one rule costs from each engine of columns: columns.py PYTHON LIBRARY [PRACTICES PATIENTS]

PYTHON has the engines (tests/columns/requirements.txt, and pyspark). Each example of examples/columns runs as a
whole process on the same files: seconds of the processor, of all its processes, and of those what the segments
took, with what the engine does meanwhile to hand its tables over.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples/columns"
ENGINES = ["rows", "pandas", "polars", "duckdb", "spark"]
WRAP = """
import runpy, sys, time, segments
inner = segments.segments
def outer(tables):
    start = time.process_time()
    found = inner(tables)
    print("segments", time.process_time() - start, file=sys.stderr)
    return found
segments.segments = outer
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def session_times(session):
    """Seconds of the processor of each process of a session, by its number."""
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if int(fields[3]) == session:
            yield int(path.parent.name), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(python, engine, folder):
    """Seconds of the processor of an example and of all that it starts, and what it said."""
    wrap = [] if engine == "spark" else ["-c", WRAP]  # whose workers are other processes
    command = [python, *wrap, str(EXAMPLES / f"with_{engine}.py"), str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               start_new_session=True)
    times = {}
    while process.poll() is None:
        times.update(session_times(process.pid))
        time.sleep(0.05)
    said, errors = process.communicate()
    assert process.returncode == 0, errors
    inside = [float(line.split()[1]) for line in errors.splitlines() if line.startswith("segments ")]
    return sum(times.values()), inside, said


def main(python, library, practices=20, patients=10_000):
    """All engines, and whether they say the same."""
    os.environ.update(WINBACK_LIBRARY=os.path.abspath(library), SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=python,
                      PYTHONPATH=os.pathsep.join([str(ROOT / "bindings/python"), str(EXAMPLES)]))
    count, answers = int(practices) * int(patients), set()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, EXAMPLES / "made_up.py", folder, str(practices), str(patients)], check=True)
        for engine in ENGINES:
            whole, inside, said = run(python, engine, folder)
            answers.add(said)
            rate = f", segments {inside[0]:.2f} s: {count / inside[0] / 1e6:.2f} M patients/s" if inside else ""
            print(f"{engine}: {count:,} patients, whole {whole:.2f} s{rate}", flush=True)
    sys.exit(0 if len(answers) == 1 else "the engines differ")


if __name__ == "__main__":
    main(*sys.argv[1:])
