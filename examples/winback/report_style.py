# SPDX-License-Identifier: MIT
"""Embeds the style of the report into one C source: report_style.py OUTPUT FILE, as lib/data/embed.py does."""

import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "lib" / "data"))
from embed import array  # noqa: E402

if __name__ == "__main__":
    output, path = sys.argv[1:]
    text = array("report_style", pathlib.Path(path).read_bytes())
    pathlib.Path(output).write_text("extern const char report_style[];\n" + text.replace("static ", ""))
