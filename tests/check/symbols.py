# SPDX-License-Identifier: MIT
"""Gate: what the shared library exports, imports and keeps: symbols.py [LIBRARY] [--self-test].

Exported symbols, lib/winback.map and the WB_API declarations are one list, three ways. It imports
a fixed list from libc and has no object in .data or .bss, so there is no I/O and no global state. What it
imports is in glibc since 2.17 at most: a wheel with the tag manylinux2014 says so.
"""

import pathlib
import re
import subprocess
import sys

import check

IMPORTS = re.compile(
    r"malloc|calloc|realloc|free|memcpy|memmove|memset|memcmp|memchr|strlen|strnlen|strcmp|strncmp"
    r"|strchr|__stack_chk_fail|__mem(?:cpy|move|set)_chk|__cxa_finalize|_ITM_\w+|__gmon_start__"
)
FLOOR = (2, 17)
# What the toolchain itself puts into every shared library.
TOOLCHAIN = {"completed.0", "__dso_handle", "_DYNAMIC", "_GLOBAL_OFFSET_TABLE_"}
TOOLCHAIN |= {"__TMC_END__", "__bss_start", "_edata", "_end"}


def declared(root):
    """Functions marked WB_API in the public headers."""
    text = "".join(check.code(path) for path in sorted(root.glob("include/winback/*.h")))
    return set(re.findall(r"\bWB_API\b[^;{}]*?\b(wb_\w+)\s*\(", text))


def mapped(root):
    """Names in the global part of the symbol map; a wildcard is none."""
    text = re.sub(r"local:.*?\}", "}", (root / "lib/winback.map").read_text(), flags=re.S)
    return set(re.findall(r"([\w*?]+);", text))


def table(library, *options):
    """Rows of nm: type and name without its version."""
    output = subprocess.run(
        ["nm", *options, str(library)], capture_output=True, text=True, check=True
    ).stdout
    for line in output.splitlines():
        *_, kind, name = line.split()
        yield kind, name.split("@")[0]


def newer(library):
    """Symbols of a glibc that is newer than the floor."""
    command = ["nm", "-D", "--undefined-only", "--with-symbol-versions", str(library)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name, *version in re.findall(r"(\w+)@+GLIBC_(\d+)\.(\d+)", output):
        if tuple(map(int, version)) > FLOOR:
            yield f"{name} needs glibc {'.'.join(version)}"


def state(library):
    """Writable objects: names in .data, .bss and their kin."""
    command = ["objdump", "--syms", str(library)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pattern = r"^\S+ .{7} (\.t?data|\.t?bss|COMMON)\t\S+\s+(?:\.hidden )?(\S+)$"
    for section, name in re.findall(pattern, output, re.M):
        if name not in TOOLCHAIN and name != section:
            yield f"{name} is in {section}"


def judge(root, library):
    """Problems of one built library."""
    lists = {
        "the headers": declared(root),
        "winback.map": mapped(root),
        "the library": {
            name for kind, name in table(library, "-D", "--defined-only") if kind in "TDBRWV"
        },
    }
    for name in sorted(set.union(*lists.values())):
        missing = [where for where, names in lists.items() if name not in names]
        if missing:
            yield f"{name} is not in {', '.join(missing)}"
    for kind, name in table(library, "-D", "--undefined-only"):
        if not IMPORTS.fullmatch(name):
            yield f"{name} is imported"
    yield from newer(library)
    yield from state(library)


def built(root):
    """The problems of a sample: its a.c is built with its map first."""
    library = root / "a.so"
    command = ["cc", "-shared", "-fPIC", "-O1", "-fno-builtin", "-fvisibility=hidden", "-o", library]
    version_script = f"-Wl,--version-script={root / 'lib/winback.map'}"
    subprocess.run([*command, version_script, root / "a.c"], check=True)
    return judge(root, library)


def sample(source, names="wb_a;", header="WB_API int wb_a(void);"):
    """A tree of one header, one map and one source."""
    return {
        "include/winback/a.h": header + "\n",
        "lib/winback.map": f"WINBACK_0.1 {{ global: {names} local: *; }};\n",
        "a.c": '#define OUT __attribute__((visibility("default")))\n' + source + "\n",
    }


A = "OUT int wb_a(void) { return 0; }"
SAMPLES = [
    (sample(A + " static const int *const k[1] = {0}; OUT const void *wb_b(void) { return k; }"), None),
    (sample(A + " OUT int wb_b(void) { return 0; }", "wb_a; wb_b;"), "wb_b is not in the headers"),
    (sample(A, "wb_a; wb_b;"), "wb_b is not in the headers, the library"),
    (sample(A, header="WB_API int wb_a(void);\nWB_API int wb_b(void);"), "not in winback.map"),
    (sample("int puts(const char *); OUT int wb_a(void) { return puts(\"\"); }"), "puts is imported"),
    (sample("void explicit_bzero(void *, unsigned long); OUT int wb_a(void) { explicit_bzero(0, 0); return 0; }"),
     "explicit_bzero needs glibc 2.25"),
    (sample("static int n; OUT int wb_a(void) { return n++; }"), "n is in .bss"),
    (sample("int n = 1; OUT int wb_a(void) { return n++; }"), "n is in .data"),
]

if __name__ == "__main__":
    if "--self-test" in sys.argv:
        sys.exit(1 if check.self_test(built, SAMPLES) else 0)
    found = list(judge(check.ROOT, pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    sys.exit(1 if found else 0)
