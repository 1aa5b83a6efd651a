# SPDX-License-Identifier: MIT
"""Gate: includes point down only, names of files and in files are unique, and meson builds every file."""

import re

import check

# What a folder may include besides itself; every folder may include data.
BELOW = {
    "data": [],
    "base": [],
    "time": ["base"],
    "dental": ["time", "base"],
    "facts": ["dental", "time", "base"],
    "cel": ["facts", "time", "base"],
    "liquid": ["facts", "time", "base"],
    "machine": ["time", "base"],
    "outreach": ["machine", "liquid", "cel", "facts", "dental", "time", "base"],
}
# The folder that each public header belongs to.
OWNER = {
    "base": "base",
    "date": "time",
    "zone": "time",
    "law": "time",
    "recall": "dental",
    "treatment": "dental",
    "benefit": "dental",
    "facts": "facts",
    "rule": "cel",
    "template": "liquid",
    "message": "liquid",
    "lint": "liquid",
    "journal": "machine",
    "metrics": "machine",
    "campaign": "outreach",
    "page": "outreach",
    "migrate": "outreach",
    "offer": "outreach",
    "practice": "machine",
    "consent": "outreach",
    "call": "outreach",
    "opening": "machine",
    "winback": "outreach",
}
SYSTEM = {"limits.h", "stdatomic.h", "stdbool.h", "stddef.h", "stdint.h", "string.h"}
# What single files of base have for themselves: the allocator, and the processor.
X86 = {"cpuid.h", "immintrin.h"}
ALONE = {"context.c": {"stdlib.h"}, "processor_x86.c": X86, "sha256_x86.c": X86, "crc32c_x86.c": X86}
# Folders of tests in which every script is one, or is named by meson as a helper.
SUITES = ["acceptance", "check", "cli", "conformance", "hosts", "packaging", "property"]
# What a C file names for itself, as clang-format writes it: macros, types, objects and functions.
OWN = re.compile(r"""^\#define[ ](\w+)
                    |^static\b[^(=;{]*?\b(\w+)(?:\[[^]]*\])*(?=\(|[ ]=|;)
                    |^(?:typedef[ ])?(?:struct|union|enum)[ ](\w+)[ ]\{
                    |^\}[ ](\w+)(?:\[[^]]*\])*(?:[ ]=|;)
                    |^typedef[ ][^{;]*?\b(\w+)\)?(?:\(|;)""", re.M | re.X)
CONSTANTS = re.compile(r"^(?:typedef )?enum\b[^{;\n]*\{([^}]*)\}", re.M)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+([<"])([^">]+)[">]', re.M)


def refused(folder, quote, name, private):
    """Why a file of a folder may not include a header; None: it may."""
    parts = name.split("/")
    if parts[0] == "winback" and len(parts) == 2:
        owner = OWNER.get(parts[1][:-2])
        return None if owner in [folder, *BELOW[folder]] else "points up, or belongs to no folder"
    if quote == "<":
        return None if name in SYSTEM or name in private else "is not a header for lib"
    if len(parts) != 2 or parts[0] not in BELOW:
        return "is not FOLDER/HEADER"
    if parts[0] == folder:
        return None
    if parts[0] not in [*BELOW[folder], "data"]:
        return "points up"
    return None if parts[1] == parts[0] + ".h" else "is private to its folder"


def arrows(root):
    """Includes of lib."""
    for path in check.files(root, "lib/*/*.[ch]"):
        folder = path.parent.name
        if folder not in BELOW:
            yield f"{path.relative_to(root)}: {folder} is no layer"
            continue
        private = ALONE.get(path.name, set()) if folder == "base" else set()
        for quote, name in INCLUDE.findall(path.read_text()):
            reason = refused(folder, quote, name, private)
            if reason:
                yield f"{path.relative_to(root)}: {name} {reason}"


def outside(root):
    """Includes of what stands outside lib: public names only."""
    for path in check.files(root, "include/winback/*.h"):
        for _, name in INCLUDE.findall(path.read_text()):
            if name not in {"stddef.h", "stdint.h"} and not name.startswith("winback/"):
                yield f"{path.relative_to(root)}: {name} is not for a public header"
    for path in check.files(root, "examples/**/*.[ch]", "tests/api/*.c"):
        for _, name in INCLUDE.findall(path.read_text()):
            if name.split("/")[0] in BELOW and "/" in name:
                yield f"{path.relative_to(root)}: {name} is internal"


def names(root):
    """File names that occur twice: an amalgamation and the coverage report need them apart."""
    seen = {}
    for path in check.files(root, "lib/*/*.[ch]"):
        other = seen.setdefault(path.name, path)
        if other != path:
            yield f"{path.relative_to(root)}: named like {other.relative_to(root)}"


def own(text):
    """Names that a C file has for itself."""
    yield from ("".join(found) for found in OWN.findall(text))
    for constants in CONSTANTS.findall(text):
        yield from re.findall(r"(?:^|,)\s*(\w+)", constants)


def local_names(root):
    """Names that two C files have for themselves: the library is compiled as one file, too."""
    seen = {}
    for path in check.files(root, "lib/*/*.c"):
        for name in sorted(set(own(check.code(path)))):
            other = seen.setdefault(name, path)
            if other != path:
                yield f"{path.relative_to(root)}: {name} is a name in {other.relative_to(root)}, too"


def unbuilt(root):
    """Sources that no meson list names."""
    for where, globs in {
        "lib": ["lib/*/*.c"],
        "examples": ["examples/**/*.c"],
        "tests": ["tests/**/*.c", *(f"tests/{suite}/*.py" for suite in SUITES), "tests/bindings/*/*.py",
                  "tests/bindings/*/*.rb", "tests/columns/with_*.py"],
    }.items():
        text = "".join(list.read_text() for list in sorted((root / where).rglob("meson.build")))
        for path in check.files(root, *globs):
            if not re.search(rf"['/]{re.escape(path.stem)}[.']", text):
                yield f"{path.relative_to(root)}: not in {where}/meson.build"


def problems(root):
    """All of the above."""
    for find in (arrows, outside, names, local_names, unbuilt):
        yield from find(root)


LISTED = {"lib/meson.build": "'status', 'row', 'clock', 'context', 'sha256_x86'"}


def twice(text):
    """A tree in which two C files hold the same."""
    return LISTED | {"lib/base/status.c": text, "lib/time/clock.c": text}


SAMPLES = [
    (LISTED | {"lib/time/clock.c": '#include "base/base.h"\n#include <winback/date.h>\n'}, None),
    (LISTED | {"lib/base/context.c": "#include <stdlib.h>\n"}, None),
    (LISTED | {"lib/base/sha256_x86.c": "#include <immintrin.h>\n"}, None),
    (LISTED | {"lib/base/status.c": "#include <immintrin.h>\n"}, "not a header for lib"),
    (LISTED | {"lib/base/status.c": '#include "time/time.h"\n'}, "points up"),
    (LISTED | {"lib/base/status.c": "#include <winback/winback.h>\n"}, "points up"),
    (LISTED | {"lib/cel/row.c": '#include "liquid/liquid.h"\n'}, "points up"),
    (LISTED | {"lib/cel/row.c": '#include "facts/facts_private.h"\n'}, "private"),
    (LISTED | {"lib/base/status.c": "#include <stdio.h>\n"}, "not a header for lib"),
    (LISTED | {"lib/base/status.c": "#include <stdlib.h>\n"}, "not a header for lib"),
    (LISTED | {"lib/base/a.h": "", "lib/time/a.h": ""}, "named like"),
    (twice("static wb_status WB_CALL\nlong_one(wbi_text text) {\n  return 0;\n}\n"), "long_one is a name in"),
    (twice("static const uint8_t bits[2][8] = {{0}};\n"), "bits is a name in"),
    (twice("static const struct {\n  int member;\n} rows[] = {{1}};\n"), "rows is a name in"),
    (twice("typedef struct part {\n  int member;\n} part;\n"), "part is a name in"),
    (twice("typedef wb_status (*part)(wbi_text text);\n"), "part is a name in"),
    (twice("enum { LEAST = 1, MOST /* of them */ };\n"), "MOST is a name in"),
    (twice("#define MOST 1\n"), "MOST is a name in"),
    (twice("void wbi_a(void) {\n  enum { MOST = 1 };\n  static const int at[] = {MOST};\n}\n"), None),
    (LISTED | {"lib/base/lost.c": ""}, "not in lib/meson.build"),
    ({"tests/unit/lost.c": ""}, "not in tests/meson.build"),
    ({"tests/bindings/python/lost.py": ""}, "not in tests/meson.build"),
    ({"tests/bindings/ruby/lost.rb": ""}, "not in tests/meson.build"),
    ({"tests/columns/with_lost.py": ""}, "not in tests/meson.build"),
    ({"tests/hosts/lost.py": ""}, "not in tests/meson.build"),
    ({"include/winback/date.h": "#include <stdio.h>\n"}, "not for a public header"),
    ({"examples/meson.build": "'embed'", "examples/embed.c": '#include "base/base.h"\n'}, "internal"),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
