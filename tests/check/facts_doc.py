# SPDX-License-Identifier: MIT
"""Gate: docs/facts.md lists the fields and columns of the code: facts_doc.py [--write].

The tables of the page, between its marks, are made from lib/facts/fields.c and
lib/facts/table_specs.c;
with --write they are written anew.
"""

import re
import sys

import check

TEXT = r'"((?:\\.|[^"\\])*)"'
FIELD = re.compile(
    rf"\{{ ?{TEXT}, (NULL|{TEXT}|\w+), {TEXT}, WB_(\w+), WB_(\w+), WB_CLASS_(\w+), WBI_(\w+), WBI_\w+ ?\}}"
)
COLUMN = re.compile(rf"\{{ ?{TEXT}, (NULL|{TEXT}), {TEXT}, ([A-Z_ |]+), (true|false) ?\}}")
CELLS = {
    "TEXT_CELLS": "text",
    "BOOL_CELLS": "bool",
    "INT_CELLS": "int",
    "AMOUNT_CELLS": "int, decimal",
    "DATE_CELLS": "date",
    "START_CELLS": "date, timestamp",
}
MARK = "<!-- {}: made from the code -->\n"


def source(root, name):
    """A C file with white space folded and adjacent literals joined."""
    text = re.sub(r"(\\\n|\s)+", " ", (root / "lib/facts" / name).read_text())
    return re.sub(r'(?<!\\)" "', "", text)


def plain(text):
    """A C literal as it reads, fit for a cell of a table."""
    return text.replace('\\"', '"').replace("|", r"\|")


def domain(name, literal, defined):
    """The values of an enumeration, or nothing."""
    values = literal or defined.get(name)
    return " ".join(f"`{value}`" for value in values.split("|")) if values else ""


def fields(root):
    """The table of fields."""
    text = source(root, "fields.c")
    defined = dict(re.findall(rf"#define (\w+) {TEXT}", text))
    yield "| field | type | absent | class | what it says |\n|---|---|---|---|---|\n"
    absent = {"REQUIRED": "error", "NULLABLE": "null", "OPTIONAL": "unknown"}
    rows = [match.groups() for match in FIELD.finditer(text)]
    records = {row[0].rpartition(".")[0] for row in rows} & {row[0] for row in rows}
    for name, word, literal, about, kind, presence, class_, _ in rows:
        values = domain(word, literal, defined)
        about = plain(about) + (f" {values}" if values else "")
        kind = kind.lower()
        if kind == "list":
            kind += " of records" if name in records else " of text"
        within = "· " if name.rpartition(".")[0] in records else ""
        yield f"| {within}`{name}` | {kind} | {absent[presence]} | {class_.lower()} | {about} |\n"


def specs(root):
    """The tables of the code: name, what is said of it, and a match for each of its columns."""
    text = source(root, "table_specs.c")
    head = rf"TABLE\( ?{TEXT}, {TEXT}, {TEXT}, {TEXT}, (\w+)\)"
    for name, about, uses, without, columns in re.findall(head, text):
        body = re.search(rf"{columns}\[\] = \{{(.*?)\}};", text).group(1)
        yield name, about, uses, without, list(COLUMN.finditer(body))


def tables(root):
    """A table of columns for each table."""
    for name, about, uses, without, columns in specs(root):
        yield f"\n### {name}\n\n{plain(about)}\n\n"
        yield f"Needed for: {uses}. Without it: {plain(without)}\n\n| column | holds | what it says |\n|---|---|---|\n"
        for match in columns:
            column, word, literal, said, cells, needed = match.groups()
            kinds = " or ".join(CELLS[cell.strip()] for cell in cells.split("|"))
            values = domain(word, literal, {})
            said = plain(said) + (f" {values}" if values else "")
            yield f"| `{column}`{' *' if needed == 'true' else ''} | {kinds} | {said} |\n"


def made(root, page):
    """The page with its tables made anew."""
    for name, rows in (("fields", fields), ("tables", tables)):
        head, end = MARK.format(name), MARK.format("end of " + name)
        before, _, rest = page.partition(head)
        after = rest.partition(end)[2]
        page = before + head + "\n" + "".join(rows(root)).lstrip("\n") + "\n" + end + after
    return page


def problems(root):
    """Whether the page is as the code would have it."""
    page = (root / "docs/facts.md").read_text()
    for name in ("fields", "tables"):
        if MARK.format(name) not in page or MARK.format("end of " + name) not in page:
            yield f"docs/facts.md: the marks of {name} are missing"
            return
    for made_line, line in zip(made(root, page).splitlines() + [""], page.splitlines() + [""]):
        if made_line != line:
            yield f"docs/facts.md: run facts_doc.py --write: {made_line!r} is not {line!r}"
            return
    for name, opened in (("fields.c", r'^ *\{ ?"'), ("table_specs.c", r'^ *\{ ?"')):
        rows = len(re.findall(opened, (root / "lib/facts" / name).read_text(), re.M))
        seen = len((FIELD if name == "fields.c" else COLUMN).findall(source(root, name)))
        if rows != seen:
            yield f"lib/facts/{name}: {rows} rows, {seen} understood"


ROW = (
    '{"a.b", NULL, "Said.", WB_INT, WB_NULLABLE, WB_CLASS_NAME, WBI_DERIVED, WBI_A},\n'
    '{"l", NULL, "A list.", WB_LIST, WB_OPTIONAL, WB_CLASS_NAME, WBI_X, WBI_K},\n'
    '{"l.k", NULL, "Key.", WB_TEXT, WB_REQUIRED, WB_CLASS_NAME, WBI_X, WBI_K},\n'
    '{"m", NULL, "Words.", WB_LIST, WB_NULLABLE, WB_CLASS_NAME, WBI_X, WBI_K},\n'
)
COLUMNS = 'x_columns[] = {\n{"k", "u|v", "Key.", TEXT_CELLS, true},\n};\nTABLE("x", "An x.", "U1", "Nothing.", x_columns)\n'
PAGE = (
    MARK.format("fields")
    + "\n| field | type | absent | class | what it says |\n|---|---|---|---|---|\n"
    + "| `a.b` | int | null | name | Said. |\n"
    + "| `l` | list of records | unknown | name | A list. |\n"
    + "| · `l.k` | text | error | name | Key. |\n"
    + "| `m` | list of text | null | name | Words. |\n\n"
    + MARK.format("end of fields")
    + MARK.format("tables")
    + "\n### x\n\nAn x.\n\nNeeded for: U1. Without it: Nothing.\n\n| column | holds | what it says |\n|---|---|---|\n"
    + "| `k` * | text | Key. `u` `v` |\n\n"
    + MARK.format("end of tables")
)
GOOD = {"lib/facts/fields.c": ROW, "lib/facts/table_specs.c": COLUMNS, "docs/facts.md": PAGE}
SAMPLES = [
    (GOOD, None),
    (GOOD | {"docs/facts.md": PAGE.replace("null", "unknown")}, "--write"),
    (GOOD | {"docs/facts.md": PAGE.replace("`u` `v`", "`u`")}, "--write"),
    (GOOD | {"docs/facts.md": "# Facts\n"}, "marks"),
    (GOOD | {"lib/facts/fields.c": ROW + '{"odd", 1},\n'}, "5 rows, 4 understood"),
]

if __name__ == "__main__":
    if "--write" in sys.argv:
        target = check.ROOT / "docs/facts.md"
        target.write_text(made(check.ROOT, target.read_text()))
    check.main(problems, SAMPLES)
