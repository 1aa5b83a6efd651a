# SPDX-License-Identifier: MIT
"""Gate: the code in README.md and docs/ works: docs.py [LIBRARY PROGRAM] [--self-test].

Every ```c block that begins with an #include is compiled; with a main it is linked with the library
and run. Every ```sh block whose first line is "# tested" is run, with `winback` on the path and the
examples beside it. All must end with status 0. The README has a block that is compiled.

A page that says so in a comment is a session: its ```sh blocks run one after the other in one shell, and a
```text block after one of them shows what it prints; a line "…" stands for any lines that are left out.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import check

BLOCK = re.compile(r"^```(c|sh)\n(.*?)^```$", re.M | re.S)
SESSION = "<!-- a session: its blocks are run in order -->\n"
STEP = re.compile(r"^```sh\n(.*?)^```$(?:\n+```text\n(.*?)^```$)?", re.M | re.S)
MARK = "--- step "


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


def shows(said, shown):
    """The first line shown that was not said; None: all were, in their order."""
    said, at, skip = said.splitlines(), 0, False
    for line in shown.splitlines():
        if line == "…":
            skip = True
            continue
        while skip and at < len(said) and said[at] != line:
            at += 1
        if at == len(said) or said[at] != line:
            return f"{line!r} is not printed" + (f" but {said[at]!r}" if at < len(said) else "")
        at, skip = at + 1, False
    return None if skip or at == len(said) else f"{said[at]!r} is printed besides"


def session(text, folder, environment):
    """Steps of a page that do not work: where, and why."""
    steps = list(STEP.finditer(text))
    script = "".join(f"echo '{MARK}'\n{step.group(1)}" for step in steps)
    result = subprocess.run(["sh", "-e", "-c", script], cwd=folder, env=environment,
                            stdin=subprocess.DEVNULL, timeout=120, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, check=False)
    said = result.stdout.split(MARK + "\n")[1:]
    if result.returncode:
        last = (said[-1].strip().splitlines() or [""])[-1]
        yield steps[len(said) - 1].start(), f"status {result.returncode}: {last}"
        return
    for step, printed in zip(steps, said):
        wrong = step.group(2) is not None and shows(printed, step.group(2))
        if wrong:
            yield step.start(2), wrong


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
        if SESSION in text:
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                (folder / "examples").symlink_to(root / "examples")
                for start, why in session(text, folder, environment):
                    line = text.count("\n", 0, start) + 1
                    yield f"{path.relative_to(root)}:{line}: {why}"
            continue
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


def steps(*blocks):
    """A tree of one page that is a session."""
    return {"docs/a.md": SESSION + "".join(blocks)}


ONE = "```sh\nkept=5\necho one; echo two; echo three\n```\n\n"
TWO = "```sh\ntest $kept = 5\n```\n"
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
    (steps(ONE, "```text\none\n…\n```\n", TWO), None),
    (steps(ONE, "```text\n…\nthree\n```\n", TWO), None),
    (steps(ONE, "```text\none\n```\n", TWO), "'two' is printed besides"),
    (steps(ONE, "```text\none\n…\nfour\n```\n", TWO), "a.md:8: 'four' is not printed"),
    (steps(ONE, "```text\none\nthree\n…\n```\n"), "'three' is not printed but 'two'"),
    (steps(TWO, ONE), "a.md:2: status"),
]

if __name__ == "__main__":
    if "--self-test" in sys.argv:
        sys.exit(1 if check.self_test(judge, SAMPLES) else 0)
    found = list(judge(check.ROOT, *(pathlib.Path(name).resolve() for name in sys.argv[1:])))
    print("\n".join(found))
    sys.exit(1 if found else 0)
