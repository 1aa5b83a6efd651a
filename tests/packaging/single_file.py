# SPDX-License-Identifier: MIT
"""The library as one file, for a host that has nothing else: single_file.py WINBACK.H LIBRARY SOURCE...

The suite "single" runs the tests of the interface against LIBRARY. Here the one header is all there
is: every header's name leads to it, and the programs SOURCE are built and run.
"""
import pathlib
import sys
import unittest

from packaging import ROOT, Packaging

HEADER, LIBRARY, *SOURCES = (pathlib.Path(name).resolve() for name in sys.argv[1:])
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


class SingleFile(Packaging):
    def setUp(self):
        super().setUp()
        (self.folder / "winback").mkdir()
        for path in (ROOT / "include/winback").iterdir():
            (self.folder / "winback" / path.name).write_text(f'#include "{HEADER}"\n', encoding="utf-8")

    def test_programs_need_nothing_else(self):
        for source in SOURCES:
            self.run_well("cc", "-std=c11", *STRICT, f"-I{self.folder}", source, LIBRARY, "-o", "program")
            self.assertTrue(self.run_well("./program"))

    def test_the_header_is_c99_and_cpp11(self):
        self.need("g++")
        self.run_well("cc", "-std=c99", *STRICT, "-fsyntax-only", "-x", "c", HEADER)
        self.run_well("g++", "-std=c++11", *STRICT, "-fsyntax-only", "-x", "c++", HEADER)

    def test_nothing_of_the_tree_is_included(self):
        for path in HEADER, HEADER.with_suffix(".c"):
            text = path.read_text(encoding="utf-8")
            self.assertNotIn("#include <winback/", text)
            self.assertNotIn(str(ROOT), text)
            self.assertEqual(text.count("SPDX-License-Identifier"), 1)
        self.assertEqual(HEADER.with_suffix(".c").read_text(encoding="utf-8").count('#include "'), 1)


if __name__ == "__main__":
    del sys.argv[1:]
    unittest.main()
