# SPDX-License-Identifier: MIT
"""The public headers as data, and the declarations of each binding made from it.

    python3 bindings/generate.py          writes the declarations of every binding
    python3 bindings/generate.py --json   prints the description that they are made from

`describe(folder)` reads include/winback in the order of its umbrella. The headers are regular, and
what is read must be all there is: a declaration of another form is an error, not left out. The
description has

    version    "0.1.0"
    aliases    {"wb_date": "int32_t", …}
    constants  {"WB_DATE_NONE": -2147483648, …}
    enums      [{name, about, members: {"WB_OK": 0, …}}]
    handles    ["wb_context", …]: types of which only the address is known
    structs    [{name, about, fields: [FIELD]}]
    callbacks  [{name, about, result: TYPE, arguments: [FIELD]}]
    functions  [{name, about, result: TYPE, arguments: [FIELD]}]

A TYPE has `type` (a C name without const), `pointers` (how many stars) and `const`. A FIELD also has
its `name`, and where it applies `about`, `array` (how many elements), `enum` (whose numbers it
holds), `length` (the member that counts its bytes), `count` (the member that counts its elements),
`bytes` (how many are behind the pointer). A function pointer inside a struct is a callback named
STRUCT_FIELD ("wb_source_get").
"""

import importlib.util
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
HEADERS = HERE.parent / "include" / "winback"
NUMBERS = {"INT32_MIN": -(2**31), "INT64_MIN": -(2**63)}

# How functions are called and linked, and C++: of no matter here.
LINKAGE = r"#if defined\(_WIN32\).*?\n#endif\n#endif\n|#ifdef __cplusplus.*?#endif"
COMMENT = r"/\*\*?(?P<{0}>(?:(?!\*/).)*)\*/"
BEFORE = rf"(?:{COMMENT.format('before')}\s*)?"
AFTER = r"(?:[ \t]*\n?[ \t]*/\*\*<(?P<after>(?:(?!\*/).)*)\*/)?"
DECLARATIONS = {
    "opaque": r"(?:typedef )?struct (?P<opaque>\w+)(?: \w+)?;" + AFTER,
    "enum": r"enum (?P<enum>\w+) \{(?P<members>.*?)\n\};",
    "struct": r"(?:typedef )?struct (?P<struct>\w+) \{(?P<fields>.*?)\n\}(?: \w+)?;",
    "callback": r"typedef (?P<result>[\w \*]+?)\s*\(WB_CALL \*(?P<callback>\w+)\)\((?P<arguments>[^)]*)\);",
    "alias": r"typedef (?P<old>\w+) (?P<alias>\w+);",
    "function": r"WB_API (?P<returned>[\w \*]+?)\s*WB_CALL (?P<function>\w+)\((?P<taken>[^)]*)\);",
    "constant": r"#define (?P<constant>\w+)(?: (?P<value>[^\n]+))?",
    "remark": r"",
}


class Unreadable(Exception):
    """A header has what this program does not know."""


def words(comment):
    """A comment as one line of text."""
    lines = (line.strip().lstrip("*").strip() for line in (comment or "").split("\n"))
    return " ".join(line for line in lines if line)


def shape(text):
    """A TYPE."""
    name = re.sub(r"\b(?:const|struct)\b|[\s*]", "", text)
    return {"type": name, "pointers": text.count("*"), "const": "const" in text}


def number(text):
    """The value of a constant; None: it is a word of the language, not a number."""
    text = re.sub(r"/\*.*", "", text).strip()
    if text.startswith('"'):
        return text.strip('"')
    bare = re.sub(r"\(\w+\)|[()uU]", "", text)
    if text in NUMBERS:
        return NUMBERS[text]
    return int(bare, 0) if re.fullmatch(r"-?(?:0x)?[0-9A-Fa-f]+", bare) else None


def sequence(text, pattern, what):
    """Every match of a pattern, which together are the whole text."""
    at = 0
    for match in re.finditer(pattern, text, re.S):
        if text[at : match.start()].strip():
            break
        at = match.end()
        yield match
    if text[at:].strip():
        raise Unreadable(f"{what}: {text[at:].strip()[:80]!r}")


def arguments(text, what):
    """FIELDs of a parameter list."""
    for part in text.split(","):
        part = " ".join(part.split())
        match = re.fullmatch(r"(.+?[\s*])(\w+)", part)
        if match and match.group(2) not in ("void", "ArrowSchema", "ArrowArray", "ArrowArrayStream"):
            yield {"name": match.group(2), **shape(match.group(1))}
        elif part != "void":
            yield {"name": "self", **shape(part)}


def members(text, struct, callbacks):
    """FIELDs of a struct; function pointers go to the callbacks."""
    pattern = BEFORE + r"(?P<field>[^;/]+);" + AFTER
    for match in sequence(text, pattern, struct):
        about = words(match["before"] or match["after"])
        declared = " ".join(match["field"].split())
        pointer = re.fullmatch(r"(.+?)\s*\((?:WB_CALL )?\*(\w+)\)\((.*)\)", declared)
        if pointer:
            if "WB_CALL" not in declared and not struct.startswith("Arrow"):  # whose convention others made
                raise Unreadable(f"{struct}: {declared!r} has no calling convention")
            name = f"{struct}_{pointer[2]}"
            callbacks.append({"name": name, "about": about, "result": shape(pointer[1]),
                              "arguments": list(arguments(pointer[3], name))})
            yield {"name": pointer[2], "type": name, "pointers": 0, "const": False, "about": about}
            continue
        kind, names = re.fullmatch(r"((?:const |struct )*\w+(?: \*const)? ?\**)\s*(.+)", declared).groups()
        for name in names.split(","):
            field = re.fullmatch(r"(\**)(\w+)(?:\[(\w+)\])?", name.strip())
            if not field:
                raise Unreadable(f"{struct}: {declared!r}")
            found = {"name": field[2], **shape(kind + field[1]), "about": about}
            if field[3]:
                found["array"] = field[3]
            yield found


def relate(struct, constants, enums):
    """Says of fields what others of the struct, or their comments, tell."""
    named = {field["name"] for field in struct["fields"]}
    for field in struct["fields"]:
        name = field["name"]
        if "array" in field:
            field["array"] = int(constants.get(field["array"], field["array"]))
        enum = re.search(r"\benum (\w+)", field["about"])
        if enum and enum[1] in enums and field["type"] == "int32_t":
            field["enum"] = enum[1]
        if not field["pointers"]:
            continue
        text = field["type"] in ("char", "uint8_t") and field["pointers"] == 1
        end = "_length" if text else "_count"
        siblings = [name + end, name[:-1] + end, *([end[1:]] if name in ("data", "from", "to") else [])]
        sibling = next((other for other in siblings if other in named), None)
        size = re.search(r"\b(\d+) (?:random )?bytes", field["about"])
        if sibling:
            field["length" if text else "count"] = sibling
        elif size and field["type"] == "uint8_t":
            field["bytes"] = int(size[1])


def describe(folder=HEADERS):
    """The description of all headers that the umbrella includes."""
    made = {"version": "", "aliases": {}, "constants": {}, "enums": [], "handles": [], "structs": [],
            "callbacks": [], "functions": []}
    umbrella = (folder / "winback.h").read_text(encoding="utf-8")
    for name in re.findall(r"#include <winback/(\w+\.h)>", umbrella):
        read(name, (folder / name).read_text(encoding="utf-8"), made)
    known = {struct["name"] for struct in made["structs"]}
    made["handles"] = sorted(set(made["handles"]) - known)
    enums = {enum["name"] for enum in made["enums"]}
    for struct in made["structs"]:
        relate(struct, made["constants"], enums)
    part = made["constants"].get
    made["version"] = ".".join(str(part(f"WB_VERSION_{at}")) for at in ("MAJOR", "MINOR", "PATCH"))
    return made


def read(name, text, made):
    """Adds the declarations of one header."""
    text = re.sub(LINKAGE, "", text, flags=re.S)
    text = re.sub(r"^#(?:ifndef|include|endif)\b.*$", "", text, flags=re.M)
    either = "|".join(f"(?:{pattern})" for pattern in DECLARATIONS.values() if pattern)
    pattern = rf"{BEFORE}(?:{either})|{COMMENT.format('remark')}".replace("(?P<after>", "(?:")
    for match in sequence(text, pattern, name):
        found = match.groupdict()
        about = words(found["before"])
        if found["opaque"]:
            made["handles"].append(found["opaque"])
        elif found["enum"]:
            pairs = sequence(found["members"], r"(\w+) =\s+(-?\d+),?\s*(?:/\*\*<.*?\*/)?", found["enum"])
            made["enums"].append({"name": found["enum"], "about": about,
                                  "members": {pair[1]: int(pair[2]) for pair in pairs}})
        elif found["struct"]:
            fields = list(members(found["fields"], found["struct"], made["callbacks"]))
            made["structs"].append({"name": found["struct"], "about": about, "fields": fields})
        elif found["callback"]:
            made["callbacks"].append({
                "name": found["callback"], "about": about, "result": shape(found["result"]),
                "arguments": list(arguments(found["arguments"], found["callback"]))})
        elif found["alias"]:
            made["aliases"][found["alias"]] = found["old"]
        elif found["function"]:
            made["functions"].append({
                "name": found["function"], "about": about, "result": shape(found["returned"]),
                "arguments": list(arguments(found["taken"], found["function"]))})
        elif found["constant"] and found["value"]:
            made["constants"][found["constant"]] = number(found["value"])


def writers():
    """Of each binding what it writes: {file: text} made from a description."""
    for path in sorted(HERE.glob("*/declare.py")):
        spec = importlib.util.spec_from_file_location(f"{path.parent.name}_declare", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield path.parent.name, module.write


def generated(folder=HEADERS):
    """Every generated file, by its path from bindings/, and its text."""
    description = describe(folder)
    return {f"{name}/{file}": text for name, write in writers()
            for file, text in write(description).items()}


if __name__ == "__main__":
    if "--json" in sys.argv:
        print(json.dumps(describe(), indent=1))
    else:
        for file, text in generated().items():
            (HERE / file).write_text(text, encoding="utf-8")
