# SPDX-License-Identifier: MIT
"""C# under Mono: mono.py LIBRARY. What a host relies on, the example, and the code of the page."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
LIBRARY = pathlib.Path(sys.argv.pop(1)).resolve()
BINDING = sorted((ROOT / "bindings/csharp").glob("*.cs"))


class Mono(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "lib").mkdir()  # Mono also looks beside the program
        (self.folder / "lib/libwinback.so").symlink_to(LIBRARY)

    def compiled(self, source):
        """A program of this source and the binding."""
        program = self.folder / "program.exe"
        done = subprocess.run(["mcs", "-unsafe", "-warnaserror", f"-out:{program}", source, *BINDING],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return program

    def run_it(self, program, library=True):
        """Its status and what it said, with the library or without."""
        environment = os.environ | {"LD_LIBRARY_PATH": str(self.folder / "lib") if library else ""}
        done = subprocess.run(["mono", program], capture_output=True, text=True, check=False, env=environment,
                              cwd="/", timeout=120)
        return done.returncode, done.stdout + done.stderr

    def test_what_a_host_relies_on(self):
        program = self.compiled(ROOT / "tests/bindings/csharp/host.cs")
        status, said = self.run_it(program)
        self.assertEqual(status, 0, said)
        exported = set(re.findall(r"\bwb_\w+", (ROOT / "lib/winback.map").read_text(encoding="utf-8")))
        self.assertEqual(set(re.findall(r"^function (wb_\w+)$", said, re.M)), exported)
        status, said = self.run_it(program, library=False)
        self.assertEqual(status, 1)
        self.assertIn("DllNotFoundException: winback", said)

    def test_the_example(self):
        status, said = self.run_it(self.compiled(ROOT / "examples/hosts/poll.cs"))
        self.assertEqual(status, 0, said)
        self.assertIn("to +12125550101: Hi Ana", said)
        self.assertNotIn("Cleo", said)

    def test_the_page_is_a_program(self):
        page = (ROOT / "docs/csharp.md").read_text(encoding="utf-8")
        source = self.folder / "page.cs"
        source.write_text("\n".join(re.findall(r"^```csharp\n(.*?)^```$", page, re.M | re.S)), encoding="utf-8")
        status, said = self.run_it(self.compiled(source))
        self.assertEqual((status, said), (0, re.search(r"^```text\n(.*?)^```$", page, re.M | re.S)[1]))


if __name__ == "__main__":
    if not (shutil.which("mcs") and shutil.which("mono")):
        print("mono is not installed", file=sys.stderr)
        sys.exit(1 if os.environ.get("WB_ALL_TOOLS") else 77)
    unittest.main()
