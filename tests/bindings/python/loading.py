# SPDX-License-Identifier: MIT
"""Loading: the library that is there, none, one for another machine, older ones; and its layout."""
import ctypes
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

from clinic import LIBRARY, ROOT, wb
from winback import _declarations as c
from winback import _library

import generate


def compiled(folder, name, text, *options):
    """What the C compiler makes of a program."""
    (folder / f"{name}.c").write_text(text, encoding="utf-8")
    made = folder / name
    subprocess.run(["cc", f"-I{ROOT / 'include'}", f"{name}.c", "-w", *options, "-o", str(made)], cwd=folder, check=True)
    return made


def other_library(version, size):
    """A library of that version, whose structs have that size."""
    plain = [f["name"] for f in generate.describe()["functions"]]
    special = {"wb_version": f"unsigned wb_version(void) {{ return {version}; }}",
               "wb_version_text": 'const char *wb_version_text(void) { return "0.0.9"; }',
               "wb_struct_size": f"unsigned wb_struct_size(const char *name) {{ return {size}; }}"}
    return "\n".join(special.get(name, f"void {name}(void) {{}}") for name in plain)


class Loading(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def refused(self, path, *words):
        loaded = _library._loaded
        with self.assertRaises(wb.LibraryError) as caught:
            wb.load(path)
        self.assertIs(_library._loaded, loaded)
        self.assertIsInstance(caught.exception, ImportError)
        for word in words:
            self.assertIn(word, str(caught.exception))

    def test_a_missing_library_says_what_to_do(self):
        self.refused(self.folder / "nowhere.so", "nowhere.so", "WINBACK_LIBRARY", "meson install")

    def test_enumerations_are_made_when_one_is_named(self):
        program = ("import sys, winback; there = lambda: 'winback.enumerations' in sys.modules; winback.Schema(); "
                   "before = there(); print(before, winback.values.Channel.SMS.name, there(), 'Channel' in vars(winback), "
                   "hasattr(winback, 'Chanel'))")
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env={
            **os.environ, "PYTHONPATH": str(ROOT / "bindings/python"), "WINBACK_LIBRARY": LIBRARY})
        self.assertEqual(done.stdout, "False SMS True True False\n")

    def test_the_environment_names_the_library(self):
        program = "import winback; print(winback.version())"
        for value, status in ((LIBRARY, 0), (str(self.folder / "nowhere.so"), 1)):
            done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env={
                **os.environ, "PYTHONPATH": str(ROOT / "bindings/python"), "WINBACK_LIBRARY": value})
            self.assertEqual(done.returncode, status, done.stderr)
        self.assertIn("winback.errors.LibraryError", done.stderr)

    @unittest.skipUnless(sys.platform.startswith("linux"), "another loader")
    def test_without_a_path_it_is_found_by_its_name_where_the_system_looks(self):
        (self.folder / "libwinback.so.0").symlink_to(LIBRARY)
        program = "import winback; winback.load(); print(winback._library._loaded._name)"
        environment = {name: value for name, value in os.environ.items() if name != "WINBACK_LIBRARY"}
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env={
            **environment, "PYTHONPATH": str(ROOT / "bindings/python"), "LD_LIBRARY_PATH": str(self.folder)})
        self.assertEqual((done.returncode, done.stdout), (0, "libwinback.so.0\n"), done.stderr)

    def test_the_name_has_the_number_of_the_interface(self):
        self.assertIn("libwinback.so.0", _library.NAMES.get(sys.platform, ("libwinback.so.0",)))

    def test_another_machine_is_named(self):
        head = bytearray(pathlib.Path(LIBRARY).read_bytes()[:4096])
        struct.pack_into("<H", head, 18, 22)  # s390x
        path = self.folder / "other.so"
        path.write_bytes(head)
        self.refused(path, "64-bit s390", "64-bit")
        head[4] = 1
        struct.pack_into("<H", head, 18, 3)
        path.write_bytes(head)
        self.refused(path, "32-bit 386", "Build libwinback for it")
        path.write_bytes(b"no library")
        self.refused(path, "no shared library")

    def test_a_library_that_is_another_one(self):
        self.refused(compiled(self.folder, "other.so", "int other;", "-shared", "-fPIC"), "is not libwinback")

    def test_older_libraries_are_refused(self):
        shared = ("-shared", "-fPIC")
        few = compiled(self.folder, "few.so", "unsigned wb_version(void) { return 1000; }", *shared)
        self.refused(few, "older than this package", "0.1.0", "Install the newer library")
        old = compiled(self.folder, "old.so", other_library(9, 4096), *shared)
        self.refused(old, "is libwinback 0.0.9", "needs 0.1.0")
        later = compiled(self.folder, "later.so", other_library(2000000, 4096), *shared)
        self.refused(later, "needs 0.1.0")
        small = compiled(self.folder, "small.so", other_library(1000, 16), *shared)
        self.refused(small, "has 16 bytes", "Install libwinback 0.1.0")

    def test_a_library_that_is_newer_is_taken(self):
        self.addCleanup(wb.load, LIBRARY)
        wb.load(compiled(self.folder, "newer.so", other_library(2000, 4096), "-shared", "-fPIC"))
        self.assertEqual(_library.library().wb_version(), 2000)

    def test_the_layout_is_the_compilers(self):
        lines, wanted = [], []
        for made in c.STRUCTS:
            name = made.__name__
            kind = f"struct {name}" if name.startswith("Arrow") else name
            lines.append(f'  printf("{name} %zu\\n", sizeof({kind}));')
            wanted.append(f"{name} {ctypes.sizeof(made)}")
            for field, *_ in made._fields_:
                member = field[:-1] if field in ("from_",) else field
                lines.append(f'  printf("{name}.{field} %zu\\n", offsetof({kind}, {member}));')
                wanted.append(f"{name}.{field} {getattr(made, field).offset}")
        program = "#include <stdio.h>\n#include <winback/winback.h>\nint main(void) {\n" + "\n".join(lines) + "\n}\n"
        done = subprocess.run([compiled(self.folder, "layout", program)], capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout.splitlines(), wanted)
        self.assertGreater(len(wanted), 500)
        for made in c.STRUCTS:
            if made.__name__.startswith("wb_"):
                size = wb._library.library().wb_struct_size(made.__name__.encode())
                self.assertEqual(size, ctypes.sizeof(made), made.__name__)


if __name__ == "__main__":
    unittest.main()
