# SPDX-License-Identifier: MIT
"""An export written anew in the ways that databases and spreadsheets write tables."""
import csv
import io
import re

EMPTY_DATES = {"", "0001-01-01", "0001-01-01 00:00:00", "0000-00-00"}
FLAGS = {"IsDisabled", "IsHygiene", "IsGuardian", "hygiene"}
DATES = {"Birthdate", "DateDue", "DateDueCalc", "DatePrevious", "DisableUntilDate", "DateTP",
         "DateEffective", "DateTerm", "DateLastVerified"}
NOTE = 'Said "call later", then:\r\n\tline two, with a \\ and é\n\n1,2,3'


def read(path):
    """The header and the rows of a table."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def comma(header, rows, **how):
    """As RFC 4180 has it."""
    text = io.StringIO()
    csv.writer(text, **{"lineterminator": "\n", **how}).writerows([header, *rows])
    return text.getvalue()


def escaped(cell, breaks):
    """A cell with backslashes; a line break is \\n, or itself behind a backslash."""
    cell = cell.replace("\\", "\\\\").replace("\t", "\\t")
    return cell.replace("\n", breaks)


def tabbed(header, rows, null, breaks="\\n"):
    return "".join("\t".join(escaped(cell, breaks) or null for cell in row) + "\n"
                   for row in [header, *rows])


def bare(header, rows, null):
    """Commas, quotes only where they are needed, and a word for what is absent."""
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if re.search('[,"\r\n]', text) else text or null
    return "".join(",".join(map(cell, row)) + "\n" for row in [header, *rows])


def each(change):
    """A dialect that writes cells otherwise: change(column, cell)."""
    def written(header, rows):
        return comma(header, [[change(name, cell) for name, cell in zip(header, row)]
                              for row in rows])
    return written


def dates(empty):
    return each(lambda name, cell: empty if name in DATES and cell in EMPTY_DATES else cell)


def flags(no, yes):
    return each(lambda name, cell: {"0": no, "1": yes}.get(cell, cell) if name in FLAGS else cell)


def clock(name, cell):
    """Every day a time stamp of midnight, every time with a fraction."""
    if name == "AptDateTime":
        return cell.replace(" ", "T") + ".000" if cell else cell
    return cell + " 00:00:00" if name in DATES and cell else cell


def packed(name, cell):
    """An interval as Open Dental keeps it: years, months, weeks, days in a byte each."""
    if name != "RecallInterval" or not re.search("[ymwd]", cell):
        return cell
    parts = {unit: int(number) for number, unit in re.findall(r"(\d+)([ymwd])", cell)}
    return str(sum(parts.get(unit, 0) << shift for unit, shift in zip("ymwd", (24, 16, 8, 0))))


def spelt(name, cell):
    """The other way round."""
    if name != "RecallInterval" or not cell.isdigit() or cell == "0":
        return cell
    return "".join(f"{int(cell) >> shift & 255}{unit}"
                   for unit, shift in zip("ymwd", (24, 16, 8, 0)))


def turned(header, rows):
    """Columns in another order, in other cases, with some that nobody asked for."""
    return comma(["Note", *(name.upper() for name in reversed(header)), "Extra"],
                 [[NOTE, *reversed(row), "NULL"] for row in rows])


# Name: the file's ending, its encoding, and how a table is written.
DIALECTS = {
    "quoted": (".csv", "utf-8-sig",
               lambda *table: comma(*table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")),
    "csv with NULL": (".csv", "utf-8", lambda *table: bare(*table, "NULL")),
    r"csv with \N": (".csv", "utf-8", lambda *table: bare(*table, r"\N")),
    "mysql --batch": (".tsv", "utf-8", lambda *table: tabbed(*table, "NULL")),
    "into outfile": (".txt", "utf-8", lambda *table: tabbed(*table, r"\N", "\\\n")),
    "tabs and quotes": (".txt", "utf-8-sig",
                        lambda *table: comma(*table, delimiter="\t", quoting=csv.QUOTE_ALL)),
    "no last line break": (".csv", "utf-8", lambda *table: comma(*table).rstrip("\n")),
    "empty dates": (".csv", "utf-8", dates("")),
    "0001-01-01": (".csv", "utf-8", dates("0001-01-01")),
    "0000-00-00": (".csv", "utf-8", dates("0000-00-00")),
    "t and f": (".csv", "utf-8", flags("f", "t")),
    "True and False": (".csv", "utf-8", flags("False", "True")),
    "clock times": (".csv", "utf-8", each(clock)),
    "packed intervals": (".csv", "utf-8", each(packed)),
    "intervals as text": (".csv", "utf-8", each(spelt)),
    "other columns": (".csv", "utf-8", turned),
}


def path_of(target, name, table):
    """Where a dialect has a table."""
    return target / (table + DIALECTS[name][0])


def written(name, header, rows):
    """The bytes of a table in a dialect."""
    _, encoding, text = DIALECTS[name]
    return text(header, rows).encode(encoding)


def write(source, target, name):
    """A copy of an export's tables in a dialect."""
    target.mkdir()
    for path in sorted(source.glob("*.csv")):
        path_of(target, name, path.stem).write_bytes(written(name, *read(path)))
