# SPDX-License-Identifier: MIT
"""Gate: how much the library holds as data: sizes.py LIBRARY | --self-test.

What lib/data becomes, the objects made of it, has at most 500,000 bytes, tables of pointers
included. The objects lie in the folder beside the library in which it was built.
"""

import pathlib
import subprocess
import sys
import tempfile

import check

MOST = 500_000


def objects(library):
    """What was made of lib/data for a library."""
    return sorted(path for folder in library.parent.glob(library.name + "*.p")
                  for path in folder.glob("*data_*.c.o"))


def size(path):
    """Bytes of an object."""
    done = subprocess.run(["size", str(path)], capture_output=True, text=True, check=True)
    text, data, bss = done.stdout.splitlines()[1].split()[:3]
    return int(text) + int(data) + int(bss)


def judge(library):
    """Problems of one built library, and how large its data are."""
    found = objects(library)
    total = sum(map(size, found))
    print(f"{total:,} bytes of data in {len(found)} objects")
    if not found:
        yield f"beside {library.name} there are no objects of data"
    if total > MOST:
        yield f"more than {MOST:,} bytes of data"


def self_test():
    """Whether too much is seen, as well as nothing at all."""
    with tempfile.TemporaryDirectory() as folder:
        library = pathlib.Path(folder) / "libsample.so"
        seen = [bool(list(judge(library)))]
        (made := library.parent / "libsample.so.1.p").mkdir()
        for bytes_, name in [(1_000, "data_a"), (MOST, "data_b")]:
            source = made / f"{name}.c"
            source.write_text(f"const char {name}[{bytes_}] = {{1}};\n")
            subprocess.run(["cc", "-c", source, "-o", f"{source}.o"], check=True)
            seen.append(bool(list(judge(library))))
    return seen == [True, False, True]


if __name__ == "__main__":
    check.tool("size")
    if "--self-test" in sys.argv:
        sys.exit(0 if self_test() else 1)
    problems = list(judge(pathlib.Path(sys.argv[1])))
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
