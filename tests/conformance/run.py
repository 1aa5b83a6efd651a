# SPDX-License-Identifier: MIT
"""Runs the conformance program on a set: run.py PROGRAM SET. Without the cases it is skipped.

Nothing may fail, every case must be counted, and only cases that need what is named here are left
out."""

import json
import os
import pathlib
import re
import subprocess
import sys

LEFT_OUT = {"cel": "block_ext"}
FILES = {"html": "html_context"}
SETS = {"golden_liquid": "liquid", "golden_liquid_refused": "liquid", "liquid_spec": "liquid"}

program, name = sys.argv[1:]
shared = pathlib.Path(os.environ.get("WB_SHARED", pathlib.Path(__file__).resolve().parents[3] / "shared"))
cases = shared / "conformance" / f"{FILES.get(name, name)}.json"
if not cases.exists():
    print(f"conformance {name}: the cases are not here")
    sys.exit(77)
whole = json.loads(cases.read_text())
tests = whole["tests"] if "tests" in whole else whole["cases"]
beyond = {test["id"] for test in tests if LEFT_OUT.get(name) in test.get("needs", [])}
run = subprocess.run([program, SETS.get(name, name), cases], capture_output=True, text=True)
lines = run.stdout.splitlines()
skipped = {line.split()[1] for line in lines if line.startswith("SKIP ")}
counts = re.fullmatch(r"(\d+) passed, (\d+) failed, (\d+) skipped", lines[-1] if lines else "")
print(run.stdout[-4000:], run.stderr, sep="")
held = counts and sum(map(int, counts.groups())) == len(tests) and int(counts[2]) == 0
sys.exit(0 if run.returncode == 0 and held and skipped == beyond else 1)
