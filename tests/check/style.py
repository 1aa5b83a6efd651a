# SPDX-License-Identifier: MIT
"""Gate: what a reader meets: length of files, licence line, unfinished marks, paths, links, pages unnamed."""

import re

import check

TOP = {
    *("meson.build", "lib", "include", "examples", "bindings", "tests", "docs", "LICENSE"),
    *("README.md", "CHANGELOG.md", ".ci", ".clang-format", ".gitignore"),
}
MARKS = r"(?i)\b(TODO|FIXME|XXX|HACK|stub|not implemented|placeholder)\b"
PATHS = r"(?:/work/|/farm/|/home/|/root/|/tmp/[a-z]+/|\.\./shared)[^\s\"']*"
LINK = r"\]\((?!https?:|#)([^)#\s]+)"
CODE = ["lib/**/*.[ch]", "include/**/*.h", "examples/**/*.[ch]"]
SHIPPED = ["lib/**/*", "include/**/*", "examples/**/*", "bindings/**/*"]
# What can hold a comment says its licence in its first lines; pages and data are under LICENSE.
LICENSED = {
    *(".c", ".h", ".map", ".py", ".pyi", ".rb", ".rbs", ".cs", ".sh", ".css", ".ini", ".build", ".cmake"),
    *(".in", ".1", ".yml", ".sql"),
}
LICENSED_NAMES = {"run", "CMakeLists.txt", ".clang-format", ".gitignore"}
LICENCE = "SPDX-License-Identifier: MIT"
LIMIT = 600
# What is in quotes is a text; what ends in an underscore stands for several.
NAME = r'(?<!")\b(?:WB_[A-Z0-9_]*[A-Z0-9]|wb_[a-z0-9_]*[a-z0-9])\b'


def dead_links(root):
    """Links of pages to files that are not there."""
    for path in check.files(root, "*.md", "docs/**/*.md", "examples/**/*.md"):
        for target in re.findall(LINK, path.read_text()):
            if not (path.parent / target).exists():
                yield f"{path.relative_to(root)}: no file {target}"


def unnamed_pages(root):
    """Pages that the README does not lead to."""
    for readme in check.files(root, "README.md"):
        text = readme.read_text()
        for path in check.files(root, "docs/*.md"):
            if f"({path.relative_to(root)})" not in text:
                yield f"README.md: does not name {path.relative_to(root)}"


def unknown_names(root):
    """Names of the library that pages or headers speak of, and no header declares."""
    headers = check.files(root, "include/**/*.h")
    code = "".join(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S) for path in headers)
    known = set(re.findall(NAME, code))
    for path in check.files(root, "*.md", "docs/**/*.md", "include/**/*.h"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for name in set(re.findall(NAME, line)) - known:
                yield f"{path.relative_to(root)}:{number}: no header has {name}"


def problems(root):
    """Lines that break the rules of the house."""
    for path in check.files(root, "*", "*/**/*"):
        if path.relative_to(root).parts[0] not in TOP:
            yield f"{path.relative_to(root)}: the top level is fixed"
    for path in check.files(root, *CODE):
        lines = path.read_text().count("\n")
        if lines > LIMIT:
            yield f"{path.relative_to(root)}: {lines} lines, {LIMIT} at most"
    for path in check.files(root, "*", "**/*"):
        if path.suffix in LICENSED or path.name in LICENSED_NAMES:
            if LICENCE not in "".join(path.read_text().splitlines(True)[:3]):
                yield f"{path.relative_to(root)}:1: the licence line is missing"
    for path in check.files(root, *SHIPPED):
        yield from check.places(root, path, MARKS)
    for path in check.files(root, *SHIPPED, "docs/**/*", "*.md", "meson.build"):
        yield from check.places(root, path, PATHS)
    yield from dead_links(root)
    yield from unnamed_pages(root)
    yield from unknown_names(root)


OK = "/* SPDX-License-Identifier: MIT */\n"
SAMPLES = [
    ({"lib/base/a.c": OK + "int a;\n" * (LIMIT - 1)}, None),
    ({"lib/base/a.c": OK + "int a;\n" * LIMIT}, "601 lines"),
    ({"lib/base/a.c": "int a;\n"}, "licence"),
    ({"lib/base/a.c": "\n\n\n" + OK}, "licence"),
    ({"docs/a.1": ".TH A 1\n"}, "licence"),
    ({".ci/run": "#!/bin/sh\n"}, "licence"),
    ({"lib/data/a.csv": "a,b\n", "LICENSE": "MIT\n"}, None),
    ({"lib/base/a.c": OK + "/* TO" + "DO: later */\n"}, "a.c:2: TO"),
    ({"docs/a.md": "see /work" + "/main/a\n"}, "a.md:1: /work"),
    ({"examples/run.sh": "cd ../sha" + "red\n"}, "run.sh:1: ../sha"),
    ({"Makefile": ""}, "top level"),
    ({"README.md": "[a](docs/a.md)", "docs/a.md": "[b](../README.md#part) [c](https://example.com)"}, None),
    ({"README.md": "[a](docs/b.md)"}, "no file docs/b.md"),
    ({"README.md": "docs/a.md", "docs/a.md": "A"}, "does not name docs/a.md"),
    ({"docs/a.md": "`wb_a_new`, WB_A…", "include/winback/a.h": OK + "void wb_a_new(int WB_A);\n"}, None),
    ({"docs/a.md": "\n`WB_B`", "include/winback/a.h": OK + "/* WB_B */\n"}, "a.md:2: no header has WB_B"),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
