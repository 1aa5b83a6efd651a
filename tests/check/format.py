# SPDX-License-Identifier: MIT
"""Gate: C sources are as clang-format 14 leaves them."""

import subprocess

import check


def problems(root):
    """The first place of each file that clang-format would change."""
    paths = check.files(root, "lib/**/*.[ch]", "include/**/*.h", "examples/**/*.[ch]", "tests/**/*.[ch]")
    if not paths:
        return
    style = f"--style=file:{check.ROOT / '.clang-format'}"
    command = [check.tool("clang-format-14"), "--dry-run", style]
    output = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True).stderr
    seen = set()
    for line in output.splitlines():
        name, _, rest = line.partition(":")
        if "clang-format-violations" in line and name not in seen:
            seen.add(name)
            yield f"{name.replace(str(root) + '/', '')}:{rest.split(':')[0]}: run clang-format -i"


SAMPLES = [
    ({"lib/a.c": "int a(void) {\n  return 0;\n}\n"}, None),
    ({"lib/a.c": "int a(void) {\n    return 0;\n}\n"}, "lib/a.c:1"),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
