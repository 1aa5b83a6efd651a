# SPDX-License-Identifier: MIT
"""What llvm-cov's export says of conditions: mcdc.py EXPORT DECISIONS. A table by folder of lib/, the
decisions of which most conditions were not seen to decide, and all such decisions in a file. A belief
(WBI_ALWAYS, WBI_NEVER) is a constant, and decides nothing."""

import collections
import functools
import json
import os
import re
import sys

SHOWN = 25
TOKEN = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|&&|\|\||.", re.DOTALL)
BELIEF = re.compile(r"[\s(!]*WBI_(ALWAYS|NEVER)\b")


@functools.lru_cache(maxsize=None)
def lines_of(path):
    """The lines of a source file."""
    with open(path, encoding="utf-8") as file:
        return file.read().split("\n")


def conditions(path, first_line, first, last_line, last):
    """The texts of the conditions of a decision that stands there."""
    lines = lines_of(path)[first_line - 1 : last_line]
    lines[-1] = lines[-1][: last - 1]
    lines[0] = lines[0][first - 1 :]
    found = [""]
    for token in TOKEN.findall("\n".join(lines)):
        if token in ("&&", "||"):
            found.append("")
        elif not token.startswith(("/*", "//")):
            found[-1] += token
    return found


def decisions(export):
    """File, line and the conditions of each decision: whether each was seen to decide."""
    found = {}
    for function in export["data"][0]["functions"]:
        for record in function.get("mcdc_records", []):
            path = function["filenames"][record[4]]
            believed = [bool(BELIEF.match(text)) for text in conditions(path, *record[:4])]
            if len(believed) != len(record[-1]):  # they come out of a macro
                believed = [False] * len(record[-1])
            place = (os.path.relpath(path) if os.path.isabs(path) else path, record[0], record[1])
            seen = found.setdefault(place, [False] * len(record[-1]))
            found[place] = [None if c else a or b for a, b, c in zip(seen, record[-1], believed)]
    return found


def main():
    """Prints the table, writes the list."""
    with open(sys.argv[1], encoding="utf-8") as file:
        found = decisions(json.load(file))
    if not found:
        sys.exit("no decisions: built without -fcoverage-mcdc?")
    folders = collections.defaultdict(lambda: [0, 0])
    missing = []
    for (path, line, _), seen in found.items():
        folder = path.split("lib/")[-1].split("/")[0]
        for name in (folder, "all"):
            folders[name][0] += seen.count(True)
            folders[name][1] += len(seen) - seen.count(None)
        if False in seen:
            left = ", ".join(str(i + 1) for i, one in enumerate(seen) if one is False)
            missing.append((seen.count(False), len(seen), f"lib/{path.split('lib/')[-1]}:{line}", left))
    missing.sort(key=lambda one: (-one[0], one[2]))
    lines = [f"{place}: of {count} conditions not {left}" for _, count, place, left in missing]
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
    for name, (seen, count) in sorted(folders.items()):
        print(f"{name:10} {seen:5} of {count:5} conditions {100 * seen / count:6.1f} %")
    print("\n".join(lines[:SHOWN]))


if __name__ == "__main__":
    main()
