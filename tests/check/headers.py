# SPDX-License-Identifier: MIT
"""Gate: each public header compiles alone as C99, as C++11 and as for MSVC, where it has nothing of GNU; all of them
compile together in every later standard; their structs keep the ABI rules."""

import re
import subprocess

import check

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wundef", "-Wpadded", "-Werror", "-fsyntax-only"]
MSVC = ["-fms-compatibility", "--target=x86_64-pc-windows-msvc", "-ffreestanding"]
MSVC_32 = ["-fms-compatibility", "--target=i686-pc-windows-msvc", "-ffreestanding"]
COMPILERS = [
    ("gcc", ["-std=c99", "-x", "c"]),
    ("clang", ["-std=c99", "-x", "c"]),
    ("g++", ["-std=c++11", "-x", "c++"]),
    ("clang++", ["-std=c++11", "-x", "c++"]),
    ("clang", [*MSVC, "-std=c11", "-x", "c"]),
]
LATER = [(name, [f"-std={standard}", "-x", language]) for names, language, standards in (
    (("gcc", "clang"), "c", ("c11", "c17", "c2x")), (("g++", "clang++"), "c++", ("c++17", "c++20"))
) for name in names for standard in standards] + [
    ("clang++", [*MSVC, "-std=c++14", "-x", "c++"]), ("clang", [*MSVC_32, "-std=c11", "-x", "c"])]
# What MSVC does not know, and clang in its place takes without a word.
GNU = re.compile(r"__(?:attribute|asm|typeof|extension|builtin_\w+|auto_type|inline|restrict|const|int128)(?:__)?\b"
                 r"|\btypeof\b|#\s*include_next|\({|\?:")
STRUCT = re.compile(r"struct\s+(wb_\w+)\s*\{(.*?)\}", re.S)
FOREIGN = r"\b(size_t|ptrdiff_t|enum|bool|_Bool|union|long|int|unsigned|time_t)\b|:\s*\d"
NESTED = r"^\s*(?:const\s+)?(?:struct\s+)?(wb_\w+)\s+(?!\*)\w"


def compiled(root, path, compilers):
    """What the compilers say; -Wpadded finds holes."""
    for name, options in compilers:
        command = [check.tool(name), *options, *WARNINGS, f"-I{root / 'include'}", str(path)]
        output = subprocess.run(command, capture_output=True, text=True).stderr
        for line in output.splitlines():
            if re.search(r"\b(error|warning):", line):
                yield f"{name} {options[0]}: {line.replace(str(root) + '/', '')}"


def gnu(root, path):
    """What of GNU is left of a header once it was preprocessed as for MSVC."""
    command = [check.tool("clang"), *MSVC, "-std=c11", "-E", f"-I{root / 'include'}", "-x", "c", str(path)]
    here = ""
    for line in subprocess.run(command, capture_output=True, text=True).stdout.splitlines():
        marker = re.match(r'# \d+ "([^"]*)"', line)
        here = marker.group(1) if marker else here
        found = not marker and str(root) in here and GNU.search(line)
        if found:
            yield f"{path.relative_to(root)}: {found.group()} as for MSVC"


def members(root, path, values):
    """Struct members that do not cross the ABI well. Values are typedefs of integers."""
    for name, body in STRUCT.findall(check.code(path)):
        for member in body.split(";"):
            text = " ".join(member.split())
            nested = re.match(NESTED, text)
            if re.search(FOREIGN, re.sub(r"\(.*", "", text)):
                yield f"{path.relative_to(root)}: {name}: {text}"
            elif nested and nested.group(1) not in values:
                yield f"{path.relative_to(root)}: {name}: {text} (nested)"
        if re.search(r"\bsize;", body) and not re.match(r"\s*uint32_t size;\s*uint32_t flags;", body):
            yield f"{path.relative_to(root)}: {name} does not begin with size and flags"


def sizes(root, paths):
    """Structs that wb_struct_size does not know."""
    table = root / "lib/outreach/struct_size.c"
    known = set(re.findall(r"\bwb_\w+", table.read_text())) if table.exists() else set()
    for path in paths:
        for name, _ in STRUCT.findall(check.code(path)):
            if name not in known:
                yield f"{path.relative_to(root)}: {name} is not in {table.relative_to(root)}"


def problems(root):
    """All of the above over include/winback."""
    paths = check.files(root, "include/winback/*.h")
    simple = r"typedef\s+u?int\d+_t\s+(wb_\w+)\s*;|\*\s*(wb_\w+)\s*\)\s*\("
    found = [re.findall(simple, check.code(path)) for path in paths]
    values = {name for names in found for pair in names for name in pair if name}
    for path in paths:
        yield from compiled(root, path, COMPILERS)
        yield from gnu(root, path)
        yield from members(root, path, values)
    yield from sizes(root, paths)
    if (root / "include/winback/winback.h").exists():
        yield from compiled(root, root / "include/winback/winback.h", LATER)


def header(text):
    """A tree of one header, whose structs wb_a and wb_b have a known size."""
    return {
        "include/winback/a.h": "#include <stdint.h>\n" + text + "\nvoid wb_c(void);\n",
        "include/winback/winback.h": "#include <winback/a.h>\nvoid wb_d(void);\n",
        "lib/outreach/struct_size.c": "ENTRY(wb_a), ENTRY(wb_b)",
    }


GOOD = "typedef int32_t wb_date;\nstruct wb_a { uint32_t size; uint32_t flags; wb_date a, b; };"
SAMPLES = [
    (header(GOOD), None),
    (header("size_t wb_b(void);"), "gcc -std=c99"),
    (header("struct wb_a { void *class; };"), "g++"),
    (header("#ifdef _WIN32\n__attribute__((unknown)) void wb_b(void);\n#endif"), "clang -fms-compatibility"),
    (header("void wb_b(void) __attribute__((nonnull));"), "a.h: __attribute__ as for MSVC"),
    (header("#ifndef _WIN32\nvoid wb_b(void) __attribute__((cold));\n#endif"), None),
    (header("#ifdef __cplusplus\nclass wb_b { register int a; };\n#endif"), "g++"),
    (header("#if defined(__cplusplus) && __cplusplus > 201703L\nvoid f() throw(int);\n#endif"), "g++ -std=c++20"),
    (header("#if defined(_M_IX86) || (defined(_WIN32) && !defined(_WIN64))\nint x = ;\n#endif"),
     "clang -fms-compatibility"),
    (header("struct wb_a { uint64_t a; uint32_t b; };"), "padding struct size"),
    (header("#include <stddef.h>\nstruct wb_a { size_t a; };"), "wb_a: size_t a"),
    (header("enum e { E };\nstruct wb_a { enum e a; };"), "wb_a: enum e a"),
    (header("struct wb_a { uint32_t a : 31; };"), "wb_a: uint32_t a : 31"),
    (header("struct wb_b { uint32_t a; };\nstruct wb_a { struct wb_b b; };"), "nested"),
    (header("struct wb_a { uint32_t flags; uint32_t size; };"), "does not begin"),
    (header("struct wb_d { uint32_t a; };"), "wb_d is not in lib/outreach/struct_size.c"),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
