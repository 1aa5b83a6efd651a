# SPDX-License-Identifier: MIT
"""Gate: docs/settings.md lists what a practice may set: settings_doc.py [--write].

The tables of the page, between its marks, are made from lib/data/schema/practice.json and from the
parameters in lib/data/playbooks; with --write they are written anew. Each member has a description.
"""

import json
import sys

import check

PAGE, SCHEMA, FOLDER = "docs/settings.md", "lib/data/schema/practice.json", "lib/data/playbooks"
MARK = "<!-- {}: made from the files -->\n"
# What stands for a name that the practice chooses.
NAMES = {"offers": "NAME", "playbooks": "PLAYBOOK", "wording": "PLAYBOOK.TEXT.LANGUAGE"}


def found(schema, root):
    """A schema, or the one that it refers to, whose own description goes before."""
    if "$ref" not in schema:
        return schema
    return root["$defs"][schema["$ref"].rsplit("/", 1)[1]] | {
        name: value for name, value in schema.items() if name != "$ref"}


def form(schema):
    """What a value looks like."""
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    kind = schema["type"]
    if kind == "integer":
        return f"{schema['minimum']} to {schema['maximum']}"
    names = {"string": "text", "array": "list", "object": "object"}
    return " or ".join(names[one] for one in (kind if isinstance(kind, list) else [kind]))


def members(schema, root, path=""):
    """Each member below a schema: its path, form and description."""
    for name, part in schema.get("properties", {}).items():
        part = found(part, root)
        here = path + name
        star = " *" if name in schema.get("required", []) else ""
        yield f"`{here}`{star}", form(part), part.get("description", "")
        yield from members(part, root, here + ".")
        if part.get("type") == "array":
            yield from members(found(part["items"], root), root, here + "[].")
        below = part.get("additionalProperties")
        while isinstance(below, dict) and "additionalProperties" in below \
                and isinstance(below["additionalProperties"], dict):
            below = below["additionalProperties"]
        if name in NAMES and isinstance(below, dict):
            yield from members(found(below, root), root, f"{here}.{NAMES[name]}.")


def cell(text):
    """A text fit for a table."""
    return text.replace("|", r"\|")


def schema_table(root):
    """The table of members."""
    schema = json.loads((root / SCHEMA).read_text())
    yield "| member | form | what it is |\n|---|---|---|\n"
    for path, kind, about in members(schema, schema):
        if path != "`$schema`":
            yield f"| {path} | {cell(kind)} | {cell(about)} |\n"


def value(one):
    """A default in words."""
    if one.get("default") is None:
        return "left out" if "default" in one else "**has to be set**"
    if isinstance(one["default"], list):
        return ", ".join(f"{part['from']} to {part['to']}" for part in one["default"])
    return str(one["default"])


def parameter_table(root):
    """The parameters of each playbook."""
    yield "| playbook | parameter | type | range | default | what it is |\n|---|---|---|---|---|---|\n"
    for path in sorted((root / FOLDER).glob("*.json")):
        first = f"`{path.stem}`"
        for name, one in json.loads(path.read_text()).get("parameters", {}).items():
            bounds = f"{one['least']} to {one['most']}" if "least" in one else ""
            yield (f"| {first} | `{name}` | {one['type']} | {bounds} | {value(one)} | "
                   f"{cell(one['about'])} |\n")
            first = ""


def made(root, page):
    """The page with its tables made anew."""
    for name, rows in (("members", schema_table), ("parameters", parameter_table)):
        head, end = MARK.format(name), MARK.format("end of " + name)
        before, _, rest = page.partition(head)
        page = before + head + "\n" + "".join(rows(root)) + "\n" + end + rest.partition(end)[2]
    return page


def problems(root):
    """Whether all is described, and the page is as the files would have it."""
    page = (root / PAGE).read_text()
    for name in ("members", "parameters"):
        if MARK.format(name) not in page or MARK.format("end of " + name) not in page:
            yield f"{PAGE}: the marks of {name} are missing"
            return
    schema = json.loads((root / SCHEMA).read_text())
    for path, _, about in members(schema, schema):
        if not about:
            yield f"{SCHEMA}: {path} has no description"
    for wanted, line in zip(made(root, page).splitlines() + [""], page.splitlines() + [""]):
        if wanted != line:
            yield f"{PAGE}: run settings_doc.py --write: {wanted!r} is not {line!r}"
            return


SMALL = {"type": "object", "properties": {
    "practice": {"type": "object", "description": "Who.", "required": ["name"],
                 "properties": {"name": {"type": "string", "description": "Called."}}},
    "places": {"type": "array", "description": "Where.", "items": {"$ref": "#/$defs/place"}},
    "playbooks": {"type": "object", "description": "Each.",
                  "additionalProperties": {"$ref": "#/$defs/playbook"}}},
    "$defs": {"place": {"type": "object", "properties": {
        "size": {"type": "integer", "minimum": 1, "maximum": 5, "description": "Big."}}},
        "playbook": {"type": "object", "properties": {
            "who": {"enum": ["a", "b"], "description": "One."}}}}}
PLAYBOOK = {"parameters": {
    "wait": {"type": "days", "default": 5, "least": 2, "most": 9, "about": "A wait."},
    "spring": {"type": "season", "default": [{"from": "03-01", "to": "04-30"}], "about": "S."},
    "deal": {"type": "offer", "default": None, "about": "D."}}}
TEXT = "# Settings\n\n" + MARK.format("members") + """
| member | form | what it is |
|---|---|---|
| `practice` | object | Who. |
| `practice.name` * | text | Called. |
| `places` | list | Where. |
| `places[].size` | 1 to 5 | Big. |
| `playbooks` | object | Each. |
| `playbooks.PLAYBOOK.who` | `a`, `b` | One. |

""" + MARK.format("end of members") + MARK.format("parameters") + """
| playbook | parameter | type | range | default | what it is |
|---|---|---|---|---|---|
| `p` | `wait` | days | 2 to 9 | 5 | A wait. |
|  | `spring` | season |  | 03-01 to 04-30 | S. |
|  | `deal` | offer |  | left out | D. |

""" + MARK.format("end of parameters")
GOOD = {SCHEMA: json.dumps(SMALL), f"{FOLDER}/p.json": json.dumps(PLAYBOOK), PAGE: TEXT}
SAMPLES = [
    (GOOD, None),
    (GOOD | {PAGE: TEXT.replace("Called.", "Named.")}, "--write"),
    (GOOD | {PAGE: TEXT.replace("2 to 9", "2 to 8")}, "--write"),
    (GOOD | {SCHEMA: json.dumps(SMALL).replace('"minimum": 1', '"minimum": 2')}, "--write"),
    (GOOD | {SCHEMA: json.dumps(SMALL).replace(', "description": "Big."', "")},
     "size` has no description"),
    (GOOD | {PAGE: "# Settings\n"}, "marks"),
]

if __name__ == "__main__":
    if "--write" in sys.argv:
        target = check.ROOT / PAGE
        target.write_text(made(check.ROOT, target.read_text()))
    check.main(problems, SAMPLES)
