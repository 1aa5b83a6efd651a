# SPDX-License-Identifier: MIT
"""What the gates share: a list of problems is printed, and each gate shows that it can fail.

A gate is a function from the root of a tree to its problems, and samples: small trees with the
problem that the gate must see in each, None for a tree that must pass. `GATE.py` judges this
tree; `GATE.py --self-test` judges the samples. Exit status: 0, 1 problems, 77 skipped.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def files(root, *globs):
    """Files of a tree that match: those git knows, or all where there is no git."""
    made = {".git", "build", "__pycache__"}  # never part of the tree
    paths = {path for glob in globs for path in root.glob(glob) if path.is_file()}
    found = sorted(path for path in paths if not made & set(path.relative_to(root).parts))
    if not (root / ".git").exists() or not shutil.which("git"):
        return found
    command = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z"]
    known = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    return [path for path in found if str(path.relative_to(root)) in set(known)]


def code(path):
    """A C file with comments and literals blanked, line by line as it was."""
    pattern = r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''

    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))

    return re.sub(pattern, blank, path.read_text(), flags=re.S)


def places(root, path, pattern, text=None):
    """Where a pattern stands in a file, as "file:line: what"."""
    text = path.read_text(errors="replace") if text is None else text
    for match in re.finditer(pattern, text):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{path.relative_to(root)}:{line}: {match.group(0).strip()}"


def absent(what):
    """Ends the gate: it is skipped, or fails where all must be here."""
    print(what, file=sys.stderr)
    sys.exit(1 if os.environ.get("WB_ALL_TOOLS") else 77)


def tool(name):
    """A program that is here."""
    if not shutil.which(name):
        absent(f"{name} is not installed")
    return name


def self_test(problems, samples):
    """Judges the samples; the count of those that the gate judged wrong."""
    wrong = 0
    for tree, expected in samples:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in tree.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            found = list(problems(root))
        if not (any(expected in line for line in found) if expected else not found):
            print(f"expected {expected!r} in {sorted(tree)}, found {found}")
            wrong += 1
    return wrong


def main(problems, samples):
    """Runs a gate from the command line."""
    if "--self-test" in sys.argv:
        sys.exit(1 if self_test(problems, samples) else 0)
    found = list(problems(ROOT))
    print("\n".join(found))
    sys.exit(1 if found else 0)
