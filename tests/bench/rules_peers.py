# SPDX-License-Identifier: MIT
"""The rules of bench/rules.c asked of other engines, on the same rows, one thread each.

    bench-rules FOLDER && python3 tests/bench/rules_peers.py FOLDER

The first command writes the rows and what winback found; the second loads them into DuckDB and
SQLite in memory, asks the same two questions, and compares counts and times. DuckDB comes with
`pip install duckdb`, SQLite with Python. What is not installed is named and left out.
"""

import csv
import pathlib
import sqlite3
import sys
import time

try:
    import duckdb
except ImportError:
    duckdb = None

TODAY = 20515
RUNS = 7
TARGET = 10  # times as fast as DuckDB
QUESTIONS = {
    "flat": f"""select count(*) from patients where not opted_out and status = 'active'
        and next is null and kind in ('prophy', 'perio') and last < {TODAY - 240}""",
    "exists": f"""select count(*) from patients p where exists (select 1 from items t
        where t.patient = p.id and t.state = 'open' and t.grp in ('crown', 'filling')
        and t.diagnosed >= {TODAY - 540} and t.diagnosed <= {TODAY - 90})""",
}
# The same with the items of a patient as a list of records, as winback has them.
NESTED = f"""select count(*) from nested where len(list_filter(items, lambda t: t.state = 'open'
    and t.grp in ('crown', 'filling') and t.diagnosed >= {TODAY - 540}
    and t.diagnosed <= {TODAY - 90})) > 0"""


def duckdb_connection(folder):
    """Both tables with enumerations, and one of lists."""
    base = duckdb.connect(":memory:")
    base.execute("set threads = 1")
    for table, enums in {"patients": ["status", "kind"], "items": ["grp", "state"]}.items():
        path = folder / f"{table}.csv"
        for name in enums:
            base.execute(f"create type {name}_t as enum (select distinct {name} from '{path}')")
        casts = ", ".join(f"{name}::{name}_t as {name}" for name in enums)
        flag = ", opted_out::boolean as opted_out" if table == "patients" else ""
        base.execute(f"create table {table} as select * replace ({casts}{flag}) from '{path}'")
    base.execute(
        "create table nested as select id, coalesce(list, []) as items from patients left join "
        "(select patient, list({'grp': grp, 'state': state, 'diagnosed': diagnosed}) as list "
        "from items group by patient) on patient = id"
    )
    return base


def sqlite_connection(folder):
    """Both tables; the items with an index by patient."""
    base = sqlite3.connect(":memory:")
    base.execute("create table patients (id integer primary key, status, kind, opted_out int, last int, next int)")
    base.execute("create table items (patient int, grp, state, diagnosed int)")
    for table, holes in {"patients": 6, "items": 4}.items():
        with (folder / f"{table}.csv").open(newline="") as file:
            rows = csv.reader(file)
            next(rows)
            marks = ", ".join("nullif(?, '')" for _ in range(holes))
            base.executemany(f"insert into {table} values ({marks})", rows)
    base.execute("create index items_patient on items (patient)")
    return base


def ask(base, question):
    """The count, and the least milliseconds of some runs."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        count = base.execute(question).fetchone()[0]
        best = min(best, (time.perf_counter() - start) * 1e3)
    return count, best


def compare(engine, base, questions, found):
    """Prints one line a question; whether all counts are those of winback."""
    agree = True
    for name, question in questions.items():
        selected, ours = found[name.split()[0]]
        count, theirs = ask(base, question)
        agree = agree and count == selected
        note = "" if count == selected else f"  COUNTS DIFFER: {count}, here {selected}"
        print(f"{engine:8} {name:15} {theirs:9.2f} ms, winback {ours:7.2f} ms: {theirs / ours:7.1f} times{note}")
    return agree


def main():
    """Asks whoever is there."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    with (folder / "found.csv").open(newline="") as file:
        found = {row["rule"]: (int(row["selected"]), float(row["milliseconds"])) for row in csv.DictReader(file)}
    agree = True
    if duckdb:
        print(f"DuckDB {duckdb.__version__}, one thread, enumerations in memory; to reach: {TARGET} times")
        agree = compare("DuckDB", duckdb_connection(folder), {**QUESTIONS, "exists nested": NESTED}, found)
    else:
        print("DuckDB is left out: pip install duckdb")
    print(f"SQLite {sqlite3.sqlite_version}, in memory, items indexed by patient")
    agree = compare("SQLite", sqlite_connection(folder), QUESTIONS, found) and agree
    sys.exit(0 if agree else 1)


main()
