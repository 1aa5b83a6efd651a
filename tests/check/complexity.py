# SPDX-License-Identifier: MIT
"""Gate: no function of lib/ or examples/ is longer than 70 lines or more branched than 12."""

import subprocess

import check

LINES = 70
BRANCHES = 12


def problems(root):
    """Functions over a limit, by pmccabe's modified count (a switch counts once)."""
    paths = [str(path) for path in check.files(root, "lib/**/*.c", "examples/**/*.c")]
    if not paths:
        return
    command = [check.tool("pmccabe"), *paths]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for line in output.splitlines():
        modified, _, _, _, length, where = line.split("\t", 5)
        where = where.replace(str(root) + "/", "").replace("\t", " ")
        if int(length) > LINES:
            yield f"{where}: {length} lines, {LINES} at most"
        if int(modified) > BRANCHES:
            yield f"{where}: complexity {modified}, {BRANCHES} at most"


def function(lines, branches):
    """A function of so many lines and so many branches."""
    body = "if (b) b--;\n" * (branches - 1)
    return "int a(int b) {\n" + body + "\n" * (lines - branches - 2) + "return b;\n}\n"


SAMPLES = [
    ({"lib/base/a.c": function(LINES, BRANCHES)}, None),
    ({"lib/base/a.c": function(LINES + 1, 1)}, f"{LINES + 1} lines"),
    ({"examples/a.c": function(LINES, BRANCHES + 1)}, f"complexity {BRANCHES + 1}"),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
