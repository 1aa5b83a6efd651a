# SPDX-License-Identifier: MIT
"""Types: mypy --strict has nothing to say of the package and its quickstart, and sees a wrong use."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
MYPY = os.environ.get("WB_MYPY") or shutil.which("mypy")
WRONG = """\
import winback as wb
wb.Rule("a schema", "true")
wb.Template(wb.Schema(), 3)
wb.Input(kind="launch")
x: int = wb.make_date(2026, 1, 1)
"""


class Types(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)

    def judged(self, *files, version="3.9"):
        """Status and words of mypy, for a version of Python."""
        done = subprocess.run([MYPY, "--strict", "--python-version", version, "--cache-dir", str(self.folder), *map(str, files)],
                              capture_output=True, text=True, check=False,
                              env={**os.environ, "MYPYPATH": str(ROOT / "bindings/python")})
        return done.returncode, done.stdout

    def test_types_are_complete(self):
        for version in ("3.9", "3.11"):  # the oldest, and what it is written with
            status, said = self.judged(ROOT / "bindings/python/winback", ROOT / "bindings/python/quickstart.py", version=version)
            self.assertEqual(status, 0, said)

    def test_a_wrong_use_is_seen(self):
        wrong = self.folder / "wrong.py"
        wrong.write_text(WRONG, encoding="utf-8")
        status, said = self.judged(wrong)
        self.assertEqual(status, 1)
        for line in range(2, 6):
            self.assertIn(f"wrong.py:{line}: error", said)


if __name__ == "__main__":
    if not MYPY:
        print("mypy is not installed", file=sys.stderr)
        sys.exit(1 if os.environ.get("WB_ALL_TOOLS") else 77)
    unittest.main(argv=sys.argv[:1])
