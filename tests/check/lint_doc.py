# SPDX-License-Identifier: MIT
"""Gate: docs/lint.md shows the channels and rules of the data: lint_doc.py [--write].

The tables of the page, between their marks, are made from lib/data/lint; with --write they are
written anew.
"""

import csv
import sys

import check

PAGE = "docs/lint.md"
HEAD, END = "<!-- lint: made from the data -->\n", "<!-- end of lint -->\n"
COLUMNS = ["sms", "subject", "email", "card", "letter", "staff"]


def rows(root, name):
    """Rows of a data file."""
    with open(root / "lib/data/lint" / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table(head, cells):
    """A table."""
    yield f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    for row in cells:
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |\n"


def tables(root):
    """Channels, then rules."""
    yield "\n"
    yield from table(
        ["channel", "counts as", "needs", "characters at most"],
        ([f"`{row['channel']}`", row["column"], row["needs"].replace(" ", ", "), row["most"]]
         for row in rows(root, "channels.csv")))
    yield "\n## Rules\n\n"
    yield from table(
        ["rule", *COLUMNS, "class", "says", "instead"],
        ([f"`{row['rule']}`", *(row[column] for column in COLUMNS), row["raises"], row["says"],
          row["instead"]] for row in rows(root, "rules.csv")))
    yield "\n"


def made(root, page):
    """The page with its tables made anew."""
    before, _, rest = page.partition(HEAD)
    return before + HEAD + "".join(tables(root)) + END + rest.partition(END)[2]


def problems(root):
    """Whether the page is as the data would have it."""
    page = (root / PAGE).read_text()
    if HEAD not in page or END not in page:
        yield f"{PAGE}: the marks of the tables are missing"
        return
    for wanted, line in zip(made(root, page).splitlines() + [""], page.splitlines() + [""]):
        if wanted != line:
            yield f"{PAGE}: run lint_doc.py --write: {wanted!r} is not {line!r}"
            return


CHANNELS = "channel,column,most,needs,markup\nsms,sms,306,sender stop,no\n"
RULES = f"rule,{','.join(COLUMNS)},raises,says,instead,instead_es\n"
RULES += "x.y,error,,,,,,offer,Wrong.,Right.,Bien.\n"
DATA = {"lib/data/lint/channels.csv": CHANNELS, "lib/data/lint/rules.csv": RULES}
TEXT = (
    HEAD + "\n| channel | counts as | needs | characters at most |\n|---|---|---|---|\n"
    "| `sms` | sms | sender, stop | 306 |\n\n## Rules\n\n"
    "| rule | sms | subject | email | card | letter | staff | class | says | instead |\n"
    "|---|---|---|---|---|---|---|---|---|---|\n"
    "| `x.y` | error |  |  |  |  |  | offer | Wrong. | Right. |\n\n" + END
)
SAMPLES = [
    (DATA | {PAGE: TEXT}, None),
    (DATA | {PAGE: TEXT.replace("306", "160")}, "--write"),
    (DATA | {PAGE: TEXT.replace("| error", "| notice")}, "--write"),
    (DATA | {PAGE: "# Lint\n"}, "marks"),
]

if __name__ == "__main__":
    if "--write" in sys.argv:
        target = check.ROOT / PAGE
        target.write_text(made(check.ROOT, target.read_text()))
    check.main(problems, SAMPLES)
