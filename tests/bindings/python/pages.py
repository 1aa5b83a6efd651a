# SPDX-License-Identifier: MIT
"""The pages on the Python binding: the code of each is one program, and it runs."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

from clinic import ROOT


def run(text):
    """Runs the blocks of a page; its status and last words."""
    program = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S))
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False,
                              env={**os.environ, "PYTHONPATH": str(ROOT / "bindings/python")})
    return done.returncode, done.stdout + done.stderr


class Pages(unittest.TestCase):
    def test_the_code_of_the_pages_runs(self):
        for name in ("docs/python.md", "bindings/python/README.md"):
            status, said = run((ROOT / name).read_text(encoding="utf-8"))
            self.assertEqual(status, 0, f"{name}: {said}")
            self.assertTrue(said, name)

    def test_code_that_does_not_run_is_seen(self):
        status, said = run("```python\nx = 1\n```\ntext\n```python\nassert x == 2\n```\n")
        self.assertEqual(status, 1)
        self.assertIn("AssertionError", said)


if __name__ == "__main__":
    unittest.main()
