# SPDX-License-Identifier: MIT
"""Builds the wheel, the shared library inside: wheel.py LIBRARY FOLDER [PLATFORM]

PLATFORM is the last part of the tag, this machine's when it is left out ("manylinux2014_x86_64" for a
library that was built for it). Nothing but Python is needed, and the same files make the same bytes.
"""

import base64
import hashlib
import pathlib
import re
import sys
import sysconfig
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
METADATA = """\
Metadata-Version: 2.1
Name: winback
Version: {version}
Summary: Wins back lapsed dental patients: libwinback from Python
License: MIT
Requires-Python: >=3.9
Classifier: Typing :: Typed
Description-Content-Type: text/markdown

{readme}"""
WHEEL = """\
Wheel-Version: 1.0
Generator: winback
Root-Is-Purelib: false
Tag: {tag}
"""
# As the loader looks for it, whatever its file is called.
NAMES = {".so": "libwinback.so.0", ".dylib": "libwinback.0.dylib", ".dll": "winback-0.dll"}


def contents(library, tag, version):
    """The files of the wheel: their bytes by their names."""
    made = {f"winback/{path.name}": path.read_bytes()
            for path in (HERE / "winback").iterdir() if path.suffix in (".py", ".typed")}
    kind = next(suffix for suffix in NAMES if suffix in library.name)
    made[f"winback/{NAMES[kind]}"] = library.read_bytes()
    info = f"winback-{version}.dist-info"
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    made[f"{info}/METADATA"] = METADATA.format(version=version, readme=readme).encode()
    made[f"{info}/WHEEL"] = WHEEL.format(tag=tag).encode()
    made[f"{info}/LICENSE"] = (HERE.parents[1] / "LICENSE").read_bytes()
    lines = []
    for name, data in sorted(made.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(data)}\n")
    made[f"{info}/RECORD"] = "".join([*lines, f"{info}/RECORD,,\n"]).encode()
    return made


def build(library, folder, platform=""):
    """Writes the wheel and returns its path."""
    declared = (HERE / "winback/_declarations.py").read_text(encoding="utf-8")
    version = ".".join(re.findall(r"\d+", re.search(r"^VERSION = (.*)$", declared, re.M)[1]))
    platform = platform or re.sub(r"[-.]", "_", sysconfig.get_platform())
    tag = f"py3-none-{platform}"
    path = folder / f"winback-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in sorted(contents(library, tag, version).items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            wheel.writestr(entry, data)
    return path


if __name__ == "__main__":
    print(build(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), *sys.argv[3:]))
