# SPDX-License-Identifier: MIT
"""Gate: the code in README.md and docs/ works: docs.py [LIBRARY PROGRAM] [--self-test].

Every ```c block that begins with an #include is compiled; with a main it is linked with the library
and run. Every ```sh block whose first line is "# tested" is run, with `winback` on the path and the
examples beside it. All must end with status 0. The README has a block that is compiled.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import check

BLOCK = re.compile(r"^```(c|sh)\n(.*?)^```$", re.M | re.S)


def run(command, folder, environment):
    """None, or the last line a failing command said."""
    result = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )
    said = result.stdout.strip().splitlines() or [""]
    return f"status {result.returncode}: {said[-1]}" if result.returncode else None


def c_block(text, folder, root, library, environment):
    """Compiles a block; runs it when it is a program."""
    (folder / "block.c").write_text(text)
    command = ["cc", "-std=c11", "-Wall", "-Wextra", f"-I{root / 'include'}", "block.c"]
    if not re.search(r"\bint main\(", text):
        return run([*command, "-fsyntax-only"], folder, environment)
    link = [str(library)] if library else []
    failed = run([*command, "-Werror", *link, "-o", "block"], folder, environment)
    return failed or run(["./block"], folder, environment)


def judge(root, library=None, program=None):
    """Blocks that do not work, as "file:line: why"."""
    environment = dict(os.environ)
    if library:
        environment["LD_LIBRARY_PATH"] = str(library.parent)
    if program:
        environment["PATH"] = f"{program.parent}{os.pathsep}{environment['PATH']}"
    for path in check.files(root, "README.md", "docs/**/*.md"):
        text = path.read_text()
        if path.name == "README.md" and "```c\n#include" not in text:
            yield f"{path.relative_to(root)}: no block that is compiled"
        for match in BLOCK.finditer(text):
            language, block = match.groups()
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                (folder / "examples").symlink_to(root / "examples")
                failed = None
                if language == "c" and block.startswith("#include"):
                    failed = c_block(block, folder, root, library, environment)
                elif language == "sh" and block.startswith("# tested"):
                    failed = run(["sh", "-e", "-c", block], folder, environment)
            if failed:
                line = text.count("\n", 0, match.start()) + 1
                yield f"{path.relative_to(root)}:{line}: {failed}"


def page(language, *lines):
    """A tree of one page with one block."""
    return {"docs/a.md": "\n".join(["A", f"```{language}", *lines, "```", ""])}


SAMPLES = [
    (page("c", "#include <stdio.h>", "int main(void) { return 0; }"), None),
    (page("c", "#include <stdio.h>", "static int part(void);"), None),
    (page("c", "a fragment"), None),
    (page("c", "#include <stdio.h>", "int main(void) { return wrong; }"), "a.md:2: status"),
    (page("c", "#include <stdio.h>", "int part(void) { return wrong; }"), "a.md:2: status"),
    (page("c", "#include <stdio.h>", "int main(void) { return 3; }"), "status 3"),
    ({"README.md": "```c\na fragment\n```\n"}, "no block that is compiled"),
    (page("sh", "# tested", "true"), None),
    (page("sh", "false"), None),
    (page("sh", "# tested", "echo no; exit 2"), "status 2: no"),
]

if __name__ == "__main__":
    if "--self-test" in sys.argv:
        sys.exit(1 if check.self_test(judge, SAMPLES) else 0)
    found = list(judge(check.ROOT, *(pathlib.Path(name).resolve() for name in sys.argv[1:])))
    print("\n".join(found))
    sys.exit(1 if found else 0)
