# SPDX-License-Identifier: MIT
"""Gate: the manual page is well formed, as mandoc reads it."""

import subprocess

import check

PAGES = "docs/*.1"


def problems(root):
    """What mandoc warns of, and the page missing."""
    mandoc = check.tool("mandoc")
    pages = check.files(root, PAGES)
    if not pages:
        yield f"{PAGES}: there is no manual page"
    for path in pages:
        done = subprocess.run([mandoc, "-T", "lint", "-W", "warning", path.name], cwd=path.parent,
                              capture_output=True, text=True, check=False)
        yield from done.stdout.splitlines()


GOOD = """.TH A 1 2026-01-30 "a 1" "User Commands"
.SH NAME
a \\- one
.SH DESCRIPTION
One.
"""
SAMPLES = [
    ({"docs/a.1": GOOD}, None),
    ({"docs/a.1": GOOD + ".XX\n"}, "unknown macro"),
    ({"docs/a.1": GOOD.replace(" 2026-01-30", "")}, "WARNING"),
    ({"docs/a.md": "A\n"}, "no manual page"),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
