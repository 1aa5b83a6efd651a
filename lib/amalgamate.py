# SPDX-License-Identifier: MIT
"""The whole library as one C file and one header: amalgamate.py FOLDER INCLUDE LIB SOURCE...

Writes FOLDER/winback.h, the public headers in the order of their umbrella, and FOLDER/winback.c, the
sources in the order given, each after what it includes. INCLUDE and LIB are the roots of the
headers. Names of a file's own are unique over the tree, so nothing needs to be renamed.
"""

import pathlib
import re
import sys

LICENCE = "/* SPDX-License-Identifier: MIT */\n"
INCLUDE = re.compile(r'#include ["<]([\w/]+\.h)[">].*\n')
HEADER = f"""{LICENCE}/* All of libwinback in one header; made by lib/amalgamate.py. For a host that compiles winback.c. */
#ifndef WB_STATIC
#define WB_STATIC
#endif
"""
SOURCE = f"""{LICENCE}/*
 * All of libwinback in one file; made by lib/amalgamate.py.
 *
 *     cc -std=c11 -O2 -c winback.c
 */
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif
#include "winback.h"
"""


class Amalgam:
    """Text in which nothing is included twice."""

    def __init__(self, text, roots, done=()):
        self.parts, self.roots, self.done = [text], roots, set(done)

    def add(self, path):
        """A file, without its licence line, each header of ours in the place of its first #include."""
        text, at = path.read_text(encoding="utf-8").removeprefix(LICENCE), 0
        for match in INCLUDE.finditer(text):
            self.parts.append(text[at:match.start()])
            self.include(match)
            at = match.end()
        self.parts.append(text[at:])

    def include(self, match):
        """A header of ours as it is, another's as a line; neither twice."""
        name = match[1]
        if name in self.done:
            return
        self.done.add(name)
        found = [root / name for root in self.roots if (root / name).exists()]
        if found:
            self.add(found[0])
        else:
            self.parts.append(match[0])


def main(folder, include, lib, *sources):
    """Writes both files."""
    folder, include, lib = pathlib.Path(folder), pathlib.Path(include), pathlib.Path(lib)
    header = Amalgam(HEADER, [include])
    header.add(include / "winback" / "winback.h")
    source = Amalgam(SOURCE, [include, lib], header.done | {"winback/winback.h"})
    for path in map(pathlib.Path, sources):
        source.parts.append(f"\n/* ==== {path.parent.name}/{path.name} ==== */\n")
        source.add(path)
    for name, made in ("winback.h", header), ("winback.c", source):
        (folder / name).write_text("".join(made.parts), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
