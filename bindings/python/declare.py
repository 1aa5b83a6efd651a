# SPDX-License-Identifier: MIT
"""The declarations of the Python binding, made from the description of bindings/generate.py.

`winback/_declarations.py` is the C interface as ctypes sees it, and for each struct the FIELDS that
say how a member is read and written; `winback/enumerations.py` has an enumeration for each of
C, `winback/values.py` a class for each struct that is a value.
"""

import keyword
import textwrap

from meanings import PRIVATE, camel, constants, prefix, values

SCALARS = {
    "int": "c_int", "int32_t": "c_int32", "int64_t": "c_int64", "uint8_t": "c_uint8", "uint16_t": "c_uint16",
    "uint32_t": "c_uint32", "uint64_t": "c_uint64", "size_t": "c_size_t", "double": "c_double",
    "char": "c_char",
}
PYTHON = {"text": "str", "bytes": "bytes", "date": "datetime.date | None", "time": "datetime.datetime | None",
          "cents": "int | None", "number": "int", "double": "float", "numbers": "tuple[int, ...]",
          "texts": "tuple[str, ...]"}
EMPTY = {"text": '""', "bytes": 'b""', "number": "0", "double": "0.0", "numbers": "()", "texts": "()",
         "list": "()"}
# Where values.py, and the package, have the enumerations from.
LATE = """\
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .enumerations import *
else:
    def __getattr__(name):
        \"\"\"An enumeration. All are made when one is first named: that takes as long as a third of an import.\"\"\"
        if name not in ENUMERATIONS:
            raise AttributeError(f"module {__package__!r} has no attribute {name!r}")
        import sys

        from . import enumerations

        made = {each: getattr(enumerations, each) for each in ENUMERATIONS}
        for module in (__name__, __package__):
            vars(sys.modules[module]).update(made)
        return made[name]
"""


def own(name):
    """A name that is no word of Python."""
    return name + "_" if keyword.iskeyword(name) else name


def quoted(text, indent):
    """A docstring."""
    text = text.replace("\\", "\\\\").replace('"""', "'''")
    text += " " if text.endswith('"') else ""
    pad = " " * indent
    lines = textwrap.wrap(f'"""{text}"""', 100 - indent, break_long_words=False)
    return "\n".join(pad + line for line in lines)


class Types:
    """C types as ctypes spells them."""

    def __init__(self, description):
        self.aliases = description["aliases"]
        self.structs = {struct["name"] for struct in description["structs"]}
        self.handles = {*description["handles"], "void"}

    def bare(self, name):
        """A type without its pointers."""
        return SCALARS.get(self.aliases.get(name, name), name)

    def of(self, kind, where="argument"):
        """The type of an argument, a field, the argument of a callback or a result."""
        name, stars = kind["type"], kind["pointers"]
        if not stars:
            return "None" if name == "void" else self.bare(name)
        if name in self.handles:
            return "c_void_p" if stars == 1 else "POINTER(c_void_p)"
        if name in ("char", "uint8_t"):
            if stars == 1:
                lent = where in ("field", "result") or (kind["const"] and where == "argument")
                return "c_char_p" if lent else "c_void_p"
            return "POINTER(c_char_p)"
        return "POINTER(" * stars + self.bare(name) + ")" * stars


def interface(description):
    """The text of _declarations.py."""
    types = Types(description)
    lines = [
        "# SPDX-License-Identifier: MIT",
        '"""The C interface as ctypes sees it. Made by bindings/generate.py from the headers."""',
        "", "from __future__ import annotations", "", "from ctypes import (",
        *(f"    {name}," for name in sorted({"CFUNCTYPE", "POINTER", "Structure", "c_char_p", "c_void_p",
                                              *SCALARS.values()})),
        ")", "", "TYPE_CHECKING = False", "if TYPE_CHECKING:", "    from typing import Any, Dict, Tuple", "",
        f"VERSION = {tuple(int(part) for part in description['version'].split('.'))}", "",
    ]
    lines += [f"{name} = {value!r}" for name, value in description["constants"].items()
              if value is not None and name.startswith("WB_")]
    for enum in description["enums"]:
        lines += [f"{name} = {value}" for name, value in enum["members"].items()]
    for struct in description["structs"]:
        about = struct["about"].split(". ")[0].rstrip(".") or "As the standard has it"
        lines += ["", "", f"class {struct['name']}(Structure):", quoted(about + ".", 4)]
    lines += ["", ""]
    for callback in description["callbacks"]:
        taken = [types.of(argument, "callback") for argument in callback["arguments"]]
        lines.append(f"{callback['name']} = CFUNCTYPE(")
        lines += [f"    {kind}," for kind in [types.of(callback["result"], "callback"), *taken]] + [")"]
    for struct in description["structs"]:
        lines.append(f"{struct['name']}._fields_ = [")
        for field in struct["fields"]:
            kind = types.of(field, "field")
            kind += f" * {field['array']}" if "array" in field else ""
            lines.append(f'    ("{own(field["name"])}", {kind}),')
        lines.append("]")
    lines += ["", "# Every struct of the library.", "STRUCTS: Tuple[type[Structure], ...] = ("]
    lines += [f"    {struct['name']}," for struct in description["structs"]] + [")"]
    lines += ["", "# Every function: what it returns, what it takes.",
              "FUNCTIONS: Dict[str, Tuple[Any, Tuple[Any, ...]]] = {"]
    for function in description["functions"]:
        taken = "".join(types.of(argument) + ", " for argument in function["arguments"]).rstrip()
        lines.append(f'    "{function["name"]}": (')
        lines.append(f"        {types.of(function['result'], 'result')},")
        lines += [f"        {line}" for line in textwrap.wrap(f"({taken}),", 92)] + ["    ),"]
    lines += ["}", "", "# Of each value: the member, what it is, a detail, and what stands for nothing.",
              "FIELDS: Dict[str, Tuple[Tuple[str, str, Any, int], ...]] = {"]
    for struct, fields in values(description):
        lines.append(f'    "{struct["name"]}": (')
        lines += [f'        ("{own(name)}", "{what}", {detail!r}, {none}),' for name, what, detail, none, _ in fields]
        lines.append("    ),")
    lines += ["}", "", "# The struct of each class of values.", "VALUES: Dict[str, type[Structure]] = {"]
    lines += [f'    "{camel(struct["name"])}": {struct["name"]},' for struct, _ in values(description)]
    return "\n".join([*lines, "}", ""])


def annotated(what, detail):
    """Type and default of a member of a value."""
    if what == "enum":
        return f"{detail} | int", "0"
    if what == "list":
        return f"tuple[{detail[1]}, ...]", "()"
    if what == "struct":
        return f"{detail} | None", "None"
    return PYTHON[what], EMPTY.get(what, "None")


def enumerations(description):
    """The text of enumerations.py."""
    lines = ["# SPDX-License-Identifier: MIT", '"""Enumerations. Made by bindings/generate.py from the headers."""', "",
             "from __future__ import annotations", "", "from enum import IntEnum"]
    for enum in description["enums"]:
        cut = len(prefix(list(enum["members"])))
        lines += ["", "", f"class {camel(enum['name'])}(IntEnum):", quoted(enum["about"], 4), ""]
        lines += [f"    {own(name[cut:])} = {value}" for name, value in enum["members"].items()]
    return "\n".join([*lines, "", "", *listed("__all__", (camel(enum["name"]) for enum in description["enums"])), ""])


def listed(name, members):
    """A list of names."""
    return [f"{name} = ["] + [f'    "{member}",' for member in members] + ["]"]


def public(description):
    """The text of values.py."""
    enums = [camel(enum["name"]) for enum in description["enums"]]
    lines = [
        "# SPDX-License-Identifier: MIT",
        '"""Values, and constants. Made by bindings/generate.py from the headers.',
        "",
        'Texts that are absent are "", bytes b"", days, instants and amounts None. A number of an',
        "enumeration that a newer library made stays a number.",
        '"""',
        "", "from __future__ import annotations", "",
        "import datetime", "", "from ._value import Value", "",
        LATE,
    ]
    names = []
    for name, value in constants(description):
        names.append(name)
        lines.append(f"{name} = {value!r}")
    for struct, fields in values(description):
        names.append(camel(struct["name"]))
        if names[-1] in enums:
            raise ValueError(f"two things are called {names[-1]}")
        lines += ["", "", f"class {names[-1]}(Value):", quoted(struct["about"], 4)]
        if struct["name"] in PRIVATE:
            lines += ["", f"    _hidden = {PRIVATE[struct['name']]}"]
        taken, kept = [], []
        for member, what, detail, _, about in fields:
            name = own(member)
            kind, empty = annotated(what, detail)
            lines += ["", f"    {name}: {kind}"] + ([quoted(about, 4)] if about else [])
            taken.append(f"        {name}: {kind} = {empty},")
            kept.append(f"            {name}={name},")
        lines += ["", "    def __init__(", "        self,", *taken, "    ) -> None:",
                  "        self.__dict__.update(", *kept, "        )"]
    lines += ["", "", *listed("ENUMERATIONS", enums), *listed("__all__", names), ""]
    return "\n".join(lines)


def write(description):
    """The files of this binding and their texts."""
    return {"winback/_declarations.py": interface(description), "winback/enumerations.py": enumerations(description),
            "winback/values.py": public(description)}
