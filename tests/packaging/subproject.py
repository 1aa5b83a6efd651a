# SPDX-License-Identifier: MIT
"""A host that meson builds together with the library, from the library's sources alone.

It is built twice, in folders of different names, and the libraries are the same bytes. They carry
debug information, where paths would be. WB_LONG set: optimized as a release is.
"""
import os
import shutil
import unittest

from packaging import CONSUMER, HERE, SAYS, VERSION, Packaging, tree

OPTIMIZED = "3" if os.environ.get("WB_LONG") else "0"
LIBRARIES = ["libwinback.a", f"libwinback.so.{VERSION}"]


class Subproject(Packaging):
    def setUp(self):
        super().setUp()
        self.sources = tree(self.folder / "sources")  # once: somebody may be at work in the tree

    def build(self, name):
        """A host in a folder of this name, and the libraries that were made for it."""
        host = self.folder / name
        shutil.copytree(HERE / "host", host)
        shutil.copy(CONSUMER, host / "main.c")
        shutil.copytree(self.sources, host / "subprojects/winback")
        self.run_well("meson", "setup", "build", "--wrap-mode=forcefallback", f"-Doptimization={OPTIMIZED}",
                      "-Db_ndebug=true", f"-Dc_args=-ffile-prefix-map={host}=.", cwd=host)
        made = [f"subprojects/winback/lib/{file}" for file in LIBRARIES]
        self.run_well("ninja", "-C", "build", "host", *made, cwd=host)
        return host, [(host / "build" / file).read_bytes() for file in made]

    def test_a_host_with_the_library_as_a_subproject_is_reproducible(self):
        host, libraries = self.build("one")
        self.assertEqual(self.run_well("build/host", cwd=host), SAYS)
        said = self.run_well("meson", "test", "-C", "build", "--no-rebuild", cwd=host)
        self.assertIn("No tests defined", said)
        for library in libraries:
            self.assertIn(b"subprojects/winback/lib", library)  # paths there are
            self.assertNotIn(str(self.folder).encode(), library)
        _, again = self.build("another/folder/below")
        for name, one, two in zip(LIBRARIES, libraries, again):
            self.assertTrue(one == two, f"{name} differs")


if __name__ == "__main__":
    unittest.main()
