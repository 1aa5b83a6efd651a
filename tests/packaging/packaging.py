# SPDX-License-Identifier: MIT
"""What the tests of packaging share: the tree, a folder of their own, programs that must end well."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "packaging"
CONSUMER = HERE / "consumer.c"
VERSION = re.search(r"version: '([\d.]+)'", (ROOT / "meson.build").read_text())[1]
SAYS = f"{VERSION} 2026-02-28\n"  # the consumer
PARTS = ["meson.build", "lib", "include"]  # what the library is built from


def tree(folder):
    """A copy of the sources of the library."""
    folder.mkdir(parents=True)
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


class Packaging(unittest.TestCase):
    """A test with a folder that goes away."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def run_well(self, *command, cwd=None, **environment):
        """What a program prints, which must end with 0."""
        done = subprocess.run([*map(str, command)], cwd=cwd or self.folder, capture_output=True, text=True,
                              check=False, env=os.environ | {"LC_ALL": "C"} | environment)
        self.assertEqual(done.returncode, 0, f"{command}: {done.stdout[-4000:]}{done.stderr[-4000:]}")
        return done.stdout

    def need(self, tool):
        """Skips the test where a program is absent; where all must be here it fails."""
        if not shutil.which(tool):
            self.assertNotIn("WB_ALL_TOOLS", os.environ, f"{tool} is not installed")
            self.skipTest(f"{tool} is not installed")
