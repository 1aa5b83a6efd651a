# SPDX-License-Identifier: MIT
"""The wheel: the same bytes twice, installed without a network in a clean environment, the quickstart run."""
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from clinic import LIBRARY, ROOT

sys.path.insert(0, str(ROOT / "bindings/python"))


def builder():
    """bindings/python/wheel.py."""
    spec = importlib.util.spec_from_file_location("build_wheel", ROOT / "bindings/python/wheel.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Wheel(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def run_clean(self, *command):
        """Runs a program that sees nothing of this tree."""
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder,
                              env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder)})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_the_same_files_make_the_same_bytes(self):
        build = builder().build
        one = build(pathlib.Path(LIBRARY), self.folder)
        first = one.read_bytes()
        self.assertEqual(build(pathlib.Path(LIBRARY), self.folder).read_bytes(), first)
        self.assertRegex(one.name, r"^winback-\d+\.\d+\.\d+-py3-none-\w+\.whl$")
        other = build(pathlib.Path(LIBRARY), self.folder, "manylinux2014_x86_64")
        self.assertTrue(other.name.endswith("-py3-none-manylinux2014_x86_64.whl"))

    def test_it_installs_and_runs_in_a_clean_environment(self):
        wheel = builder().build(pathlib.Path(LIBRARY), self.folder)
        outside = importlib.util.find_spec("pip") is not None  # a pip of its own takes half a minute
        self.run_clean(sys.executable, "-m", "venv", *(["--without-pip"] if outside else []), "clean")
        python = str(self.folder / "clean/bin/python")
        pip = [sys.executable, "-m", "pip", "--python", python] if outside else [python, "-m", "pip"]
        self.run_clean(*pip, "install", "--quiet", "--no-index", str(wheel))
        shutil.copy(ROOT / "bindings/python/quickstart.py", self.folder)
        said = self.run_clean(python, "quickstart.py")
        self.assertEqual(said, '["Hi Ana, you\'re due for your cleaning. Reply STOP to opt out."]\n')
        where = self.run_clean(python, "-c", "import winback; winback.load(); print(winback._library._loaded._name)")
        self.assertTrue(where.startswith(str(self.folder.resolve() / "clean")), where)
        self.run_clean(*pip, "check")

    def test_the_quickstart_has_ten_lines(self):
        lines = (ROOT / "bindings/python/quickstart.py").read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(lines), 11)  # the first is the licence's


if __name__ == "__main__":
    if not any(importlib.util.find_spec(name) for name in ("pip", "ensurepip")):
        print("pip is not installed", file=sys.stderr)
        sys.exit(1 if os.environ.get("WB_ALL_TOOLS") else 77)
    unittest.main()
