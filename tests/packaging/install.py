# SPDX-License-Identifier: MIT
"""What `meson install` lays down is enough for a host: install.py BUILD.

The files go into an empty folder, and hosts are built from nothing else: by pkg-config, by CMake,
against the shared library and the static one, also after the folder was moved.
"""
import pathlib
import re
import sys
import unittest

from packaging import CONSUMER, HERE, ROOT, SAYS, VERSION, Packaging

BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
STRICT = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]


class Install(Packaging):
    def setUp(self):
        super().setUp()
        self.run_well("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", self.folder / "root")
        self.pc, = self.folder.rglob("winback.pc")
        self.libraries = self.pc.parents[1]

    def installed(self):
        """Every file, without the prefix."""
        prefix = next(path for path in self.libraries.parents if (path / "include").exists())
        return {str(path.relative_to(prefix)) for path in prefix.rglob("*") if not path.is_dir()}

    def flags(self, *wanted):
        """What pkg-config says, of this folder alone."""
        said = self.run_well("pkg-config", *wanted, "winback", PKG_CONFIG_LIBDIR=str(self.pc.parent),
                             PKG_CONFIG_SYSROOT_DIR=str(self.folder / "root"))
        return said.split()

    def test_the_layout(self):
        lib = re.escape(self.libraries.name if self.libraries.name != "lib" else "")
        found = {re.sub(rf"^lib/{lib}/?" if lib else "^lib/", "lib/", name) for name in self.installed()}
        headers = {f"include/winback/{path.name}" for path in (ROOT / "include/winback").iterdir()}
        self.assertEqual(found - headers, {
            "lib/libwinback.so", "lib/libwinback.so.0", f"lib/libwinback.so.{VERSION}", "lib/libwinback.a",
            "lib/pkgconfig/winback.pc", "lib/cmake/winback/winback-config.cmake",
            "lib/cmake/winback/winback-config-version.cmake", "bin/winback", "share/man/man1/winback.1"})
        self.assertEqual(headers - found, set())

    def test_nothing_installed_names_this_machine(self):
        for path in self.folder.rglob("*winback*"):
            if path.suffix in (".pc", ".cmake", ".h"):
                text = path.read_text(encoding="utf-8")
                self.assertNotIn(str(ROOT), text, path)
                self.assertNotIn(str(self.folder), text, path)

    def test_the_program_finds_its_library_wherever_the_folder_is(self):
        moved = self.folder / "elsewhere"
        (self.folder / "root").rename(moved)
        program, = moved.rglob("bin/winback")
        self.assertIn(VERSION, self.run_well(program, "--version", LD_LIBRARY_PATH=""))
        next(moved.rglob("libwinback.so.0")).unlink()
        with self.assertRaisesRegex(AssertionError, r"libwinback\.so\.0"):
            self.run_well(program, "--version", LD_LIBRARY_PATH="")

    def test_a_host_by_pkg_config(self):
        self.need("pkg-config")
        self.assertEqual(self.flags("--modversion"), [VERSION])
        shared, static = self.folder / "shared", self.folder / "static"
        self.run_well("cc", *STRICT, CONSUMER, *self.flags("--cflags", "--libs"), "-o", shared)
        self.assertEqual(self.run_well(shared, LD_LIBRARY_PATH=str(self.libraries)), SAYS)
        self.run_well("cc", *STRICT, CONSUMER, *self.flags("--cflags"), self.libraries / "libwinback.a",
                      "-o", static)
        self.assertEqual(self.run_well(static), SAYS)

    def test_a_host_by_cmake_wherever_the_folder_is(self):
        self.need("cmake")
        moved = self.folder / "elsewhere"
        (self.folder / "root").rename(moved)
        prefix = next(path.parent for path in moved.rglob("include"))
        self.run_well("cmake", "-S", HERE, "-B", "made", f"-DSOURCE={CONSUMER}", f"-DCMAKE_PREFIX_PATH={prefix}")
        self.run_well("cmake", "--build", "made")
        self.assertEqual(self.run_well("made/shared"), SAYS)
        self.assertEqual(self.run_well("made/static"), SAYS)

    def test_cmake_refuses_a_version_that_it_is_not(self):
        self.need("cmake")
        config = next(self.folder.rglob("winback-config-version.cmake"))
        for wanted, fits in [("0.1.0", True), ("0.0.9", True), ("0.1.1", False), ("1.0.0", False)]:
            script = self.folder / "ask.cmake"
            script.write_text(f'set(PACKAGE_FIND_VERSION {wanted})\ninclude("{config}")\n'
                              'message(STATUS "fits=${PACKAGE_VERSION_COMPATIBLE}")\n', encoding="utf-8")
            said = self.run_well("cmake", "-P", script)
            self.assertEqual("fits=TRUE" in said, fits, wanted)


if __name__ == "__main__":
    unittest.main()
