# SPDX-License-Identifier: MIT
"""The library as one file, for a host that has nothing else: single_file.py BUILD SOURCE...

It compiles alone without a warning, and passes the tests of the interface, whose programs in BUILD
are linked with it. Its header is all there is: every header's name leads to it, and the programs
SOURCE are built so and run.
"""
import os
import pathlib
import subprocess
import sys
import unittest

from packaging import ROOT, Packaging

BUILD, *SOURCES = (pathlib.Path(name).resolve() for name in sys.argv[1:])
MADE, HEADER = BUILD / "lib/winback.c", BUILD / "lib/winback.h"
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


class SingleFile(Packaging):
    @classmethod
    def setUpClass(cls):
        subprocess.run(["ninja", "-C", BUILD, "lib/winback.c"], check=True, stdout=subprocess.DEVNULL)

    def headers(self):
        """A folder in which every header is the one."""
        (self.folder / "winback").mkdir()
        for path in (ROOT / "include/winback").iterdir():
            (self.folder / "winback" / path.name).write_text(f'#include "{HEADER}"\n', encoding="utf-8")
        return self.folder

    def test_it_passes_what_the_library_passes(self):
        folder = self.headers()
        self.run_well("cc", "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-c", MADE)
        for source in SOURCES:
            self.run_well("cc", "-std=c11", *STRICT, f"-I{folder}", source, "winback.o", "-o", "program")
            self.assertTrue(self.run_well("./program"))
        programs = sorted((BUILD / "tests").glob("api-*.p"))
        for program in programs:
            self.run_well("cc", *program.glob("*.o"), BUILD / "tests/libsupport.a", "winback.o", "-lcmocka", "-lm",
                          "-lpthread", "-o", "program")
            self.run_well("./program")
        self.assertGreater(len(programs), 40 if "WB_ALL_TOOLS" in os.environ else -1)  # none without cmocka

    def test_the_header_is_c99_and_cpp11(self):
        self.need("g++")
        self.run_well("cc", "-std=c99", *STRICT, "-fsyntax-only", "-x", "c", HEADER)
        self.run_well("g++", "-std=c++11", *STRICT, "-fsyntax-only", "-x", "c++", HEADER)

    def test_nothing_of_the_tree_is_included(self):
        for path in HEADER, MADE:
            text = path.read_text(encoding="utf-8")
            self.assertNotIn("#include <winback/", text)
            self.assertNotIn(str(ROOT), text)
            self.assertEqual(text.count("SPDX-License-Identifier"), 1)
        self.assertEqual(MADE.read_text(encoding="utf-8").count('#include "'), 1)


if __name__ == "__main__":
    del sys.argv[1:]
    unittest.main()
