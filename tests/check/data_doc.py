# SPDX-License-Identifier: MIT
"""Gate: docs/data.md and the template in examples/tables have the columns of the code: data_doc.py
[--write].

The list of files, between its marks, is made from lib/facts/table_specs.c; with --write it and the
first lines of the template are written anew.
"""

import sys

import check
import facts_doc

SETTINGS = {"practice", "locations"}  # they stand in the practice's settings
NEEDED = {"patients", "procedures", "appointments"}  # as in examples/winback/plain.c
WRITTEN = {
    "BOOL_CELLS": " true/false",
    "INT_CELLS": " number",
    "AMOUNT_CELLS": " amount",
    "DATE_CELLS": " date",
    "START_CELLS": " date and time",
}
HEAD, END = facts_doc.MARK.format("files"), facts_doc.MARK.format("end of files")


def files(root):
    """Each file with its columns, in the order of the code."""
    return {name: [match.groups() for match in columns]
            for name, _, _, _, columns in facts_doc.specs(root) if name not in SETTINGS}


def listed(root):
    """The list of the page."""
    yield "| file | columns |\n|---|---|\n"
    for name, columns in files(root).items():
        said = []
        for column, _, _, _, cells, needed in columns:
            mark = " *" if needed == "true" else ""
            said.append(f"`{column}`{mark}{WRITTEN.get(cells.strip(), '')}")
        mark = " *" if name in NEEDED else ""
        yield f"| [`{name}`](facts.md#{name}){mark} | {', '.join(said)} |\n"


def made(root, page):
    """The page with its list made anew."""
    before, _, rest = page.partition(HEAD)
    return before + HEAD + "\n" + "".join(listed(root)) + "\n" + END + rest.partition(END)[2]


def template(root, name):
    """Where the template has a table."""
    return root / "examples/tables" / f"{name}.csv"


def problems(root):
    """Whether page and template are as the code would have them."""
    page = (root / "docs/data.md").read_text()
    if HEAD not in page or END not in page:
        yield "docs/data.md: the marks of files are missing"
    elif made(root, page) != page:
        yield "docs/data.md: run data_doc.py --write"
    names = files(root)
    for name, columns in names.items():
        path = template(root, name)
        lines = path.read_text().splitlines() if path.exists() else [""]
        if lines[0] != ",".join(column[0] for column in columns):
            yield f"examples/tables/{name}.csv: run data_doc.py --write"
        if len(lines) < 2:
            yield f"examples/tables/{name}.csv: a row as an example is missing"
    for path in (root / "examples/tables").glob("*.csv"):
        if path.stem not in names:
            yield f"examples/tables/{path.name}: there is no such table"


def write(root):
    """Writes the list, and the first lines of the template."""
    path = root / "docs/data.md"
    path.write_text(made(root, path.read_text()))
    for name, columns in files(root).items():
        path = template(root, name)
        rows = path.read_text().splitlines()[1:] if path.exists() else []
        path.write_text("\n".join([",".join(column[0] for column in columns), *rows]) + "\n")


CODE = (
    'x_columns[] = {\n{"k", NULL, "Key.", TEXT_CELLS, true},\n'
    '{"on", NULL, "Day.", DATE_CELLS, false},\n};\nTABLE("x", "An x.", "U1", "Nothing.", x_columns)\n'
)
PAGE = (
    HEAD + "\n| file | columns |\n|---|---|\n| [`x`](facts.md#x) | `k` *, `on` date |\n\n" + END
)
GOOD = {
    "lib/facts/table_specs.c": CODE,
    "docs/data.md": PAGE,
    "examples/tables/x.csv": "k,on\n1,2026-01-30\n",
}
SAMPLES = [
    (GOOD, None),
    (GOOD | {"docs/data.md": "# Files\n"}, "marks"),
    (GOOD | {"docs/data.md": PAGE.replace("`k` *", "`k`")}, "data.md: run data_doc.py --write"),
    (GOOD | {"lib/facts/table_specs.c": CODE.replace('"on"', '"at"')}, "x.csv: run"),
    (GOOD | {"examples/tables/x.csv": "on,k\n2026-01-30,1\n"}, "x.csv: run"),
    (GOOD | {"examples/tables/x.csv": "k,on\n"}, "x.csv: a row"),
    (GOOD | {"examples/tables/y.csv": "k\n1\n"}, "y.csv: there is no such table"),
]

if __name__ == "__main__":
    if "--write" in sys.argv:
        write(check.ROOT)
    check.main(problems, SAMPLES)
