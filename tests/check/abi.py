# SPDX-License-Identifier: MIT
"""Gate: the built library is the one that hosts were linked with: abi.py LIBRARY [--accept | --self-test].

tests/data/abi/symbols.txt has the exported symbols with their versions, x86_64.abi what abidw reads of
functions and public types in the debug information. None may be missing or other; --accept writes both
anew, unless a symbol is gone. What is public is told by the headers, never by a suppression file, and
locations stay in: without them, or with one, abidiff passes a member that has got another type.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import check

FOLDER = "tests/data/abi"
WRITE = ["abidw", "--exported-interfaces-only", "--drop-private-types", "--no-corpus-path",
         "--no-comp-dir-path", "--headers-dir"]
COMPARE = ["abidiff", "--drop-private-types", "--headers-dir2"]


def said(*command):
    """Status and output of a program."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def symbols(library):
    """Exported symbols with their versions, one a line."""
    _, table = said("nm", "-D", "--defined-only", "--with-symbol-versions", library)
    return "".join(f"{name}\n" for name in sorted(re.findall(r"^\S+ [TDBRW] (\S+)$", table, re.M)))


def types(root, library):
    """What abidw reads."""
    with tempfile.NamedTemporaryFile(suffix=".abi") as made:
        status, error = said(*WRITE, root / "include/winback", "--out-file", made.name, library)
        if status:
            raise OSError(error)
        return pathlib.Path(made.name).read_text(encoding="utf-8")


def missing_symbols(root, library):
    """Symbols that hosts may have been linked with, and that are there no more."""
    path = root / FOLDER / "symbols.txt"
    old = path.read_text(encoding="utf-8").split() if path.exists() else []
    return [name for name in old if name not in symbols(library).split()]


def unhidden(text):
    """Structs of the library's own headers that would be compared: a public one has the same name."""
    for tag in re.findall(r"<class-decl name='wb_[^>]*>", text):
        if "is-declaration-only" not in tag and re.search(r" filepath='([^']*/)?lib/", tag):
            name, path = (re.search(rf" {word}='([^']*)'", tag).group(1) for word in ("name", "filepath"))
            yield f"{name} is not private: a public header has the name of {path}"


def problems(root, library):
    """What is not as it was."""
    gone = missing_symbols(root, library)
    yield from (f"a break: {name} is gone" for name in gone)
    old = (root / FOLDER / "symbols.txt").read_text(encoding="utf-8").split()
    for name in symbols(library).split():
        if name not in old:
            yield f"run tests/check/abi.py LIBRARY --accept: {name} is new"
    status, report = said(*COMPARE, root / "include/winback", root / FOLDER / "x86_64.abi", library)
    if status:
        lines = [line for line in report.splitlines() if line.strip()]
        yield f"abidiff says {status}: {lines[0] if lines else ''}"
        yield from lines[1:40]
    yield from unhidden(types(root, library))


def accept(root, library):
    """Writes both files anew; the symbols that stand in the way."""
    gone = missing_symbols(root, library)
    if not gone:
        (root / FOLDER).mkdir(parents=True, exist_ok=True)
        (root / FOLDER / "symbols.txt").write_text(symbols(library), encoding="utf-8")
        (root / FOLDER / "x86_64.abi").write_text(types(root, library), encoding="utf-8")
    return gone


def unfit(library):
    """Why a library cannot be judged; None: it can."""
    head, sections = said("readelf", "-h", library)[1], said("readelf", "-S", library)[1]
    if "X86-64" not in head:
        return "the library is not for x86-64"
    return None if ".debug_info" in sections else "the library has no debug information"


HEADER = """
#include <stdint.h>
typedef struct wb_machine wb_machine;
typedef struct wb_other wb_other;
enum wb_kind { WB_ONE = 1, WB_TWO = 2 };
typedef struct wb_item { uint32_t size; uint32_t flags; int64_t at; int32_t kind; int32_t count; } wb_item;
typedef int32_t (*wb_told_fn)(void *user, const wb_item *item);
int32_t wb_first(wb_machine *machine, const wb_item *item, wb_told_fn told);
int32_t wb_second(wb_other *other, enum wb_kind kind);
"""
SOURCE = """
#include "include/winback/a.h"
#include "lib/inner.h"
struct wb_other { int64_t inner; };
int32_t wb_first(wb_machine *machine, const wb_item *item, wb_told_fn told) { return told(machine, item); }
int32_t wb_second(wb_other *other, enum wb_kind kind) { return other->inner == kind; }
"""
INNER = "struct wb_machine { int32_t inner; };\n"
MAP = "WINBACK_0.1 { global: wb_first; wb_second; local: *; };\n"


def built(root):
    """The library of a sample."""
    library = root / "a.so"
    subprocess.run(["cc", "-g", "-shared", "-fPIC", "-o", "a.so", "-Wl,--version-script=lib/winback.map",
                    "a.c"], cwd=root, check=True)
    return library


def judged(root):
    """The problems of a sample, whose files are those of the unchanged one."""
    return problems(root, built(root))


def sample(*changes):
    """The sample with some texts changed, wherever they are, in names of files too."""
    tree = {"include/winback/a.h": HEADER, "a.c": SOURCE, "lib/inner.h": INNER, "lib/winback.map": MAP}
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in tree.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        accept(root, built(root))
        accepted = {f"{FOLDER}/{name}": (root / FOLDER / name).read_text()
                    for name in ("symbols.txt", "x86_64.abi")}
    for old, new in changes:
        if not any(old in text for text in tree.values()):
            raise ValueError(f"no {old} in the sample")
        tree = {name.replace(old, new): text.replace(old, new) for name, text in tree.items()}
    return {**tree, **accepted}


def samples():
    """Every kind of break, done to a copy of a library; None: nothing is wrong."""
    signature = "enum wb_kind kind)"
    return [
        (sample(), None),
        (sample(("{ int32_t inner; }", "{ int64_t more; int32_t inner; }")), None),
        (sample(("wb_second; ", "")), "a break: wb_second@@WINBACK_0.1 is gone"),
        (sample(("WINBACK_0.1", "WINBACK_0.2")), "a break: wb_first@@WINBACK_0.1 is gone"),
        (sample(("wb_second; ", "wb_second; wb_third; "), ("\nint32_t wb_second", "\nint32_t wb_third(void);\nint32_t "
                "wb_second"), ("struct wb_other {", "int32_t wb_third(void) { return 3; }\nstruct wb_other {")),
         "--accept: wb_third@@WINBACK_0.1 is new"),
        (sample((signature, "int64_t kind)")), "abidiff says 4"),
        (sample((signature, "enum wb_kind kind, int32_t more)")), "abidiff says 4"),
        (sample(("int32_t wb_second", "int64_t wb_second")), "abidiff says 4"),
        # All handles are one to abidiff: interface.py tells them apart.
        (sample(("wb_second(wb_other *other", "wb_second(wb_machine *other")), None),
        (sample(("WB_TWO = 2", "WB_TWO = 3")), "abidiff says 4"),
        (sample(("int64_t at;", "int64_t more; int64_t at;")), "abidiff says 4"),
        (sample(("int32_t count;", "int32_t count; int64_t more;")), "abidiff says 4"),
        (sample(("int32_t count;", "int64_t count;")), "abidiff says 4"),
        (sample(("int64_t at;", "uint64_t at;")), "abidiff says 4"),
        (sample(("int64_t at;", "__attribute__((aligned(32))) int64_t at;")), "abidiff says 4"),
        (sample(("void *user, const", "void *user, int32_t more, const"), ("told(machine,", "told(machine, 1,")),
         "abidiff says 4"),
        (sample(("lib/inner.h", "lib/a.h")), "wb_machine is not private: a public header has the name of"),
    ]


if __name__ == "__main__":
    check.tool("abidiff")
    if "--self-test" in sys.argv:
        sys.exit(1 if check.self_test(judged, samples()) else 0)
    given = pathlib.Path(sys.argv[1])
    if unfit(given):
        check.absent(unfit(given))
    found = accept(check.ROOT, given) if "--accept" in sys.argv else list(problems(check.ROOT, given))
    print("\n".join(found))
    sys.exit(1 if found else 0)
