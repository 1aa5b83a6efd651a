# SPDX-License-Identifier: MIT
"""Gate: the declarations of the bindings are those that bindings/generate.py makes of the headers."""

import pathlib
import sys
import tempfile

import check

sys.path.insert(0, str(check.ROOT / "bindings"))
import generate  # noqa: E402


def problems(root):
    """Files that differ from what the headers make, and headers that cannot be read."""
    try:
        wanted = generate.generated(root / "include/winback")
    except generate.Unreadable as error:
        yield f"include/winback: {error}"
        return
    for name, text in wanted.items():
        path = root / "bindings" / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield f"bindings/{name}: run bindings/generate.py"


def tree(header, **changed):
    """A tree of one header and what is made of it; changed files are other."""
    headers = {
        "include/winback/winback.h": "#include <winback/base.h>\n",
        "include/winback/base.h": "".join(
            f"#define WB_VERSION_{part} 0\n" for part in ("MAJOR", "MINOR", "PATCH")) + header,
    }
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for path, text in headers.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        try:
            made = generate.generated(folder / "include/winback")
        except generate.Unreadable:
            made = {}
    return headers | {f"bindings/{path}": changed.get("made", text) for path, text in made.items()}


STRUCT = "/** A day. */\ntypedef struct wb_day {\n  int32_t day; /**< Which. */\n} wb_day;\n"
FUNCTION = "/** Asks. */\nWB_API int32_t WB_CALL wb_ask(const wb_day *day);\n"
SOURCE = ("/** Rows. */\ntypedef struct wb_source {\n  int32_t(WB_CALL *count)(void *user); /**< How many. */\n"
          "} wb_source;\n")
SAMPLES = [
    (tree(STRUCT + FUNCTION), None),
    (tree(STRUCT + FUNCTION, made="old"), "run bindings/generate.py"),
    (tree(STRUCT) | tree(STRUCT, made=STRUCT), "run bindings/generate.py"),
    (tree("union wb_day { int a; };\n"), "union wb_day"),
    (tree(STRUCT.replace("day;", "day : 3;")), "day : 3"),
    (tree("int32_t wb_ask(void);\n"), "wb_ask"),
    (tree(STRUCT + FUNCTION.replace("WB_CALL ", "")), "wb_ask"),
    (tree(SOURCE), None),
    (tree(SOURCE.replace("WB_CALL ", "")), "wb_source"),
    (tree(SOURCE.replace("wb_", "Arrow").replace("WB_CALL ", "")), None),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
