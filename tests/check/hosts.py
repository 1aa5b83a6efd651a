# SPDX-License-Identifier: MIT
"""Test: hosts of other ages run with this library: hosts.py LIBRARY HOST... [--self-test].

tests/data/abi/RELEASE has the headers of a release and a host that was written against them. Each HOST
is compiled against its own headers, and against headers to come, in which every struct that says how
long it is has one member more; both are linked with LIBRARY and run. --self-test compiles against
headers that are broken: none of those hosts may compile, or end well.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

GROWN = r"(\ntypedef struct (wb_\w+) \{\n  uint32_t size;(?:(?!\n\}).)*)(\n\} \2;)"
MEMBER = r"\1\n  uint64_t more; /**< Of a release to come. */\3"
BROKEN = {
    "a member inserted": ("practice", r"(wb_practice_options \{\n.*?\n.*?\n)", r"\1  uint64_t more;\n"),
    "a member retyped": ("practice", r"uint8_t event_id\[16\];", "uint8_t event_id[8];"),
    "a member gone": ("practice", r"  wb_append_fn append;[^\n]*\n", ""),
    "a number of an enum": ("practice", r"WB_INPUT_LAUNCH = \d+", "WB_INPUT_LAUNCH = 99"),
    "a function that is not there": ("practice", r"(WB_API wb_status WB_CALL )wb_practice_load\(",
                                     r"\1wb_practice_absent(void);\n#define wb_practice_save(a, b, c, d) "
                                     r"wb_practice_absent()\n\1wb_practice_load("),
    "a struct that is longer in the middle of an array": ("action", r"(wb_action \{\n  uint32_t size;[^\n]*\n)",
                                                          r"\1  uint32_t more[2];\n"),
}


def run(release, include, library, *flags):
    """None, or what is wrong with a host that is compiled against these headers."""
    with tempfile.TemporaryDirectory() as folder:
        host = pathlib.Path(folder) / "host"
        command = ["cc", "-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{include}", *flags,
                   release / "host.c", library, "-o", host]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return done.stderr
        environment = {**os.environ, "LD_LIBRARY_PATH": str(library.parent)}
        done = subprocess.run([host], capture_output=True, text=True, check=False, env=environment)
        return f"status {done.returncode}: {done.stdout}{done.stderr}" if done.returncode else None


def changed(release, folder, header, pattern, replacement, count=1):
    """A copy of the headers, those that match changed; how often."""
    changes = 0
    (folder / "winback").mkdir(parents=True, exist_ok=True)
    for path in (release / "include/winback").glob("*.h"):
        text = path.read_text(encoding="utf-8")
        if header in (None, path.stem):
            text, some = re.subn(pattern, replacement, text, count=count, flags=re.S)
            changes += some
        (folder / "winback" / path.name).write_text(text, encoding="utf-8")
    return changes


def problems(release, library):
    """What a host of a release cannot do any more, or could not do with headers to come."""
    old = run(release, release / "include", library)
    if old:
        yield f"a host of {release.name}: {old}"
    with tempfile.TemporaryDirectory() as folder:
        grown = changed(release, pathlib.Path(folder), None, GROWN, MEMBER, 0)
        new = run(release, folder, library, "-DMORE") if grown > 40 else f"only {grown} structs grew"
        if new:
            yield f"a host of a release to come: {new}"


def harmless(release, library):
    """Breaks of the headers that nobody saw."""
    for name, (header, pattern, replacement) in BROKEN.items():
        with tempfile.TemporaryDirectory() as folder:
            if not changed(release, pathlib.Path(folder), header, pattern, replacement):
                yield f"{name}: nothing was changed"
            elif not run(release, folder, library):
                yield f"{name}: the host runs all the same"


if __name__ == "__main__":
    judge = harmless if "--self-test" in sys.argv else problems
    given, *hosts = [pathlib.Path(name).resolve() for name in sys.argv[1:] if name != "--self-test"]
    found = [line for host in hosts for line in judge(host.parent, given)]
    print("\n".join(found))
    sys.exit(1 if found else 0)
