# SPDX-License-Identifier: MIT
"""The command line program of another machine answers as this one's: program.py NATIVE OTHER.

All cases of the conformance sets as lines of calc, and two days of the demo practice, byte by byte. A set that is
absent is skipped by name.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("WB_SHARED", ROOT.parent / "shared")) / "conformance"
SETS = {"sms.json": ("sms", "text"), "replies.csv": ("reply", "text"), "cel.json": ("eval", "expr")}
PRACTICE = ROOT / "examples" / "practice"


def absent():
    """Sets that are not here."""
    return [name for name in SETS if not (SHARED / name).exists()]


def cases():
    """Lines for calc; what every machine has, and the sets where they are."""
    yield {"op": "add", "date": "2024-08-31", "interval": "6m1d"}
    yield {"op": "local", "zone": "America/New_York", "at": "2026-03-08T07:00:00Z"}
    yield {"op": "next_open", "zone": "America/New_York", "region": "US-NY", "class": "care",
           "at": "2026-03-08T03:00:00Z"}
    for name, (op, member) in SETS.items():
        if name in absent():
            continue
        with open(SHARED / name, encoding="utf-8", newline="") as file:
            for case in csv.DictReader(file) if name.endswith(".csv") else json.load(file)["tests"]:
                yield {"op": op, member: case[member]}


def run(program, *arguments, stdin=""):
    """Status and answer; what is said on stderr names files, which differ."""
    done = subprocess.run([program, *arguments], input=stdin.encode(), capture_output=True, check=False,
                          cwd=ROOT, timeout=600)
    return done.returncode, done.stdout


def days(program, folder):
    """What the demo practice prints on two days, the first of them twice, and what it keeps."""
    within = folder.relative_to(ROOT)
    settings = json.loads((PRACTICE / "practice.json").read_text(encoding="utf-8"))
    settings["practice"]["secret"] = "0123456789abcdef" * 2
    (folder / "practice.json").write_text(json.dumps(settings), encoding="utf-8")
    for day in ("2026-03-03", "2026-03-03", "2026-03-04"):
        yield run(program, "run", "--data", "examples/practice", "--practice", within / "practice.json",
                  "--as-of", day, "--store", within / "store", "--campaign", "hygiene-recare")
    yield 0, b"".join((folder / "store" / file).read_bytes() for file in ("journal", "snapshot", "outbox.jsonl"))


def main(native, other):
    """How many answers differ."""
    lines = "".join(json.dumps(case) + "\n" for case in cases())
    one, two = run(native, "calc", stdin=lines), run(other, "calc", stdin=lines)
    pairs = list(zip(one[1].splitlines(), two[1].splitlines()))
    wrong = [f"{lines.splitlines()[at]}: {here!r}, {there!r}" for at, (here, there) in enumerate(pairs) if here != there]
    if one[0] or two[0] or len(pairs) != lines.count("\n"):
        wrong.append(f"calc ends with {one[0]} and {two[0]}")
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as name:
        folders = [pathlib.Path(name) / part for part in ("here", "there")]
        for folder in folders:
            folder.mkdir()
        told = [list(days(program, folder)) for program, folder in zip((native, other), folders)]
    if told[0] != told[1] or told[0][0][0] != 0 or len(told[0][0][1]) < 100:
        wrong.append(f"the days differ: {[[len(said) for _, said in each] for each in told]}")
    skipped = [f"skipped: calc on the shared cases of {name}, which are absent" for name in absent()]
    print(*skipped, *wrong[:20], f"{len(pairs)} answers, {len(told[0])} runs, {len(wrong)} differ", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
