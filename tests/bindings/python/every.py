# SPDX-License-Identifier: MIT
"""Every function that the library exports is called from a test of the Python binding."""
import re
import sys
import unittest

from clinic import ROOT
from winback import _library

import facts
import handles
import practice
import values


class Recorder:
    """The library, which notes what is asked of it."""

    def __init__(self, library):
        self._library = library
        self._name = library._name
        self.called = set()

    def __getattr__(self, name):
        self.called.add(name)
        return getattr(self._library, name)


class Every(unittest.TestCase):
    def test_every_exported_function_is_called(self):
        _library.load()
        library = _library._loaded
        _library._loaded = recorder = Recorder(library)
        try:
            suite = unittest.TestSuite(
                unittest.defaultTestLoader.loadTestsFromModule(module)
                for module in (facts, handles, practice, values))
            with open("/dev/null", "w", encoding="utf-8") as quiet:
                done = unittest.TextTestRunner(quiet).run(suite)
            missing = exported() - recorder.called
        finally:
            _library._loaded = library
        self.assertEqual([str(test) for test, _ in done.failures + done.errors], [])
        self.assertEqual(missing, set())

    def test_the_recorder_misses_what_is_not_called(self):
        recorder = Recorder(_library.library())
        recorder.wb_version()
        self.assertEqual(recorder.called, {"wb_version"})
        self.assertGreater(len(exported()), 130)


def exported():
    """The names of the symbol map."""
    return set(re.findall(r"\bwb_\w+", (ROOT / "lib/winback.map").read_text(encoding="utf-8")))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
