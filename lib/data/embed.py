# SPDX-License-Identifier: MIT
"""Embeds files into one C source: embed.py OUTPUT FOLDER FILE...

Writes the table wbi_data_FOLDER and its count, as data.h declares them, sorted by name. JSON goes in
without its white space, lists without their comments. Texts are character constants, because a string literal may hold no more than
4,095 characters in C11.
"""

import json
import pathlib
import sys

NAMED = {ord("'"): "'\\''", ord("\\"): "'\\\\'", ord("\n"): "'\\n'"}


def constant(byte):
    """One byte as a C character constant."""
    if byte in NAMED:
        return NAMED[byte]
    return f"'{chr(byte)}'" if 32 <= byte < 127 else f"'\\x{byte:02x}'"


def array(name, data):
    """One text as a C array that ends with a zero byte."""
    constants = [constant(byte) for byte in data] + ["0"]
    lines = [",".join(constants[i : i + 20]) for i in range(0, len(constants), 20)]
    return f"static const char {name}[] = {{\n" + ",\n".join(lines) + "};\n"


def embedded(path):
    """The bytes of a file that the library holds."""
    if path.suffix != ".json":
        lines = path.read_bytes().splitlines(keepends=True)
        return b"".join(line for line in lines if not line.startswith(b"#"))
    value = json.loads(path.read_text(encoding="utf-8"))
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def source(folder, paths):
    """The whole C source."""
    paths = sorted(paths, key=lambda path: path.stem)
    texts = [embedded(path) for path in paths]
    names = [f"data_{folder}_{i}" for i in range(len(paths))]
    entries = [
        f'{{"{path.stem}", {name}, {len(text)}}},\n'
        for path, name, text in zip(paths, names, texts)
    ]
    return (
        '#include "data/data.h"\n'
        + "".join(array(name, text) for name, text in zip(names, texts))
        + f"const wbi_data_file wbi_data_{folder}[] = {{\n{''.join(entries)}{{NULL, NULL, 0}}}};\n"
        + f"const size_t wbi_data_{folder}_count = {len(paths)};\n"
    )


if __name__ == "__main__":
    output, folder, *files = sys.argv[1:]
    pathlib.Path(output).write_text(source(folder, [pathlib.Path(file) for file in files]))
