# SPDX-License-Identifier: MIT
"""Steps a second of the worker over SQL, beside plain SQL that does the same writes.

    python3 tests/bench/sql_worker.py build/release/lib/libwinback.so.0 [FOLDER]

A step is an action from hand-out to outcome: claimed, started, delivered (to a provider that answers at once), told.
What the worker writes is kept in a run that is not timed. Then it runs as it is, and after each practice four others
have the same one, each on a database of its own, so that all meet the same disk: a program of plain SQL that sends the
same (sql_plain.py), and the kept writes alone, from a loop that does nothing else; either commits the start and the
outcome of a row by themselves, or, as the worker does, a start with the hand-out, or with the outcome of the row before. Each must change as
many rows, and leave as many rows and bytes. Figures are those of the median practice, since a disk that others use
stalls now and then. Commits are durable. SQLite is inside the process; PostgreSQL and MariaDB, where they are
installed, are asked through their command-line clients, every time.
"""
import datetime
import gc
import itertools
import os
import pathlib
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
os.environ["WINBACK_LIBRARY"] = os.path.abspath(sys.argv[1])
sys.path[:0] = [str(ROOT / "bindings/python"), str(ROOT / "examples/hosts/sql"), str(ROOT / "tests/support")]
import clinic as clinics  # noqa: E402
import sql_plain  # noqa: E402
import sql_servers as servers  # noqa: E402
import store as stores  # noqa: E402
import winback as wb  # noqa: E402
import worker as workers  # noqa: E402

NOW = datetime.datetime(2026, 3, 3, 16, tzinfo=datetime.timezone.utc)
PRACTICES, PATIENTS = 20, 50
READS = ("SELECT", "PRAGMA")
NAMES = "worker", "program", "program that commits as the worker", "writes", "writes committed as the worker's"


class Provider:
    """Accepts, at once."""

    def keeps_keys(self, channel):
        return channel == wb.Channel.EMAIL

    def send(self, channel, key, request):
        return "sent", wb.Cause.NONE


class Kept(stores.Store):
    """A store that remembers its writes, and how many rows each changed."""

    def run(self, statement, *values):
        cursor = super().run(statement, *values)
        if not statement.startswith(READS):
            self.writes.append((statement, values, cursor.rowcount))
        return cursor


class Session(workers.Session):
    """A session whose worker says which practice it has."""

    def __init__(self, worker, key, until):
        worker.key = key
        super().__init__(worker, key, until)


def worker_of(store, clinic):
    """A worker to whom it is always the same instant."""
    worker = workers.Worker("bench", store, clinic, Provider(), now=lambda: NOW)
    worker.session = Session
    return worker


def kept(folder, clinic):
    """Events that arrived, and what the worker writes then, by practice."""
    store, writes = stores.open_sqlite(f"{folder}/kept.db"), {}
    workers.create(store, clinic)
    events = store.rows("SELECT practice, event, content FROM inbox")
    store.__class__, worker = Kept, worker_of(store, clinic)
    store.writes = []
    while worker.turn():
        writes[worker.key], store.writes = store.writes, []
    store.close()
    return events, writes


def prepare(store, events, before):
    """Tables, with practices that are due."""
    for statement in before:
        store.run(statement)
    store.create()
    for practice, event, content in events:
        store.add_practice(practice)
        store.arrive(practice, bytes.fromhex(event), content, 0)


def timed(call):
    """Seconds that a call took, and seconds of the processor."""
    start = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - start[0], time.process_time() - start[1]


def replay(store, writes):
    """The writes alone, on the connection itself; each changes as many rows as it did."""
    cursor, mark, counts = store._cursor, store._mark, []
    texts = [(store._begin if statement.startswith("BEGIN") else statement.replace("?", mark), values)
             for statement, values, _ in writes]

    def execute():
        for statement, values in texts:
            cursor.execute(statement, values)
            counts.append(cursor.rowcount)
    spent = timed(execute)
    assert all(max(count, 0) == max(changed, 0) for count, (*_, changed) in zip(counts, writes)), "not the same writes"
    return spent


def apart(writes):
    """The same writes, but what starts a row is committed by itself, after the transaction that it was in."""
    made, starts, within = [], [], False
    for write in writes:
        within = write[0].startswith("BEGIN") or within and write[0] != "COMMIT"
        (starts if within and write[0].startswith("UPDATE outbox SET state = 'started'") else made).append(write)
        if not within:
            made += starts
            starts.clear()
    return made


def commits(writes):
    """How many there are: of transactions, and of statements outside of them."""
    statements = [statement for statement, *_ in writes]
    inside = itertools.accumulate((s.startswith("BEGIN") - (s == "COMMIT") for s in statements), initial=0)
    return sum(s == "COMMIT" or not (s.startswith("BEGIN") or within) for s, within in zip(statements, inside))


def program_of(store, clinic, writes, together):
    """The program, which has the worker's texts and the rows of its journal."""
    values = {table: {key: [given for statement, given, _ in each if statement.startswith(f"INSERT INTO {table} ")]
                      for key, each in writes.items()} for table in ("journal", "outbox")}
    journals = {key: [(first, content, count) for _, first, count, content in rows]
                for key, rows in values["journal"].items()}
    said = sql_plain.texts((row[5], row[10]) for rows in values["outbox"].values() for row in rows)
    return sql_plain.Program(store, clinic, Provider(), lambda: NOW, journals, said, together)


def left(store):
    """What a database holds: rows, and their bytes."""
    return [int(store.rows(f"SELECT {what} AS n FROM {table}")[0][0]) for table, what in (
        ("outbox WHERE state = 'sent' AND told = 1", "COUNT(*)"), ("outbox", "SUM(LENGTH(request))"),
        ("journal", "COUNT(*)"), ("journal", "SUM(LENGTH(content))"), ("contact", "COUNT(*)"),
        ("inbox WHERE received = 1", "COUNT(*)"), ("snapshot WHERE leased_until = 0", "COUNT(*)"))]


def measure(title, clinic, events, writes, databases, before=()):
    """All five, practice by practice."""
    for each in databases:
        prepare(each, events, before)
    worker, split = worker_of(databases[0], clinic), {key: apart(each) for key, each in writes.items()}
    programs = [program_of(store, clinic, writes, together) for store, together in zip(databases[1:], (False, True))]
    spent = []
    for _ in clinic.practices:
        spent.append([timed(worker.turn), *(timed(program.turn) for program in programs),
                      *(replay(store, of[worker.key]) for store, of in zip(databases[3:], (split, writes)))])
    rows = left(databases[0])
    assert rows[0] == PRACTICES * PATIENTS and all(left(each) == rows for each in databases), "not the same rows"
    fast = True
    for name, of, times in zip(NAMES, (writes, split, writes, split, writes), zip(*spent)):
        wall, processor = (statistics.median(each) / PATIENTS for each in zip(*times))
        ratio = statistics.median(row[0][0] / seconds for row, (seconds, _) in zip(spent, times))
        fast &= ratio <= 1.1
        ran = [write for each in of.values() for write in each]
        print(f"{title}, {name}: {1 / wall:.0f} steps/s, {len(ran) / rows[0]:.1f} statements and "
              f"{commits(ran) / rows[0]:.1f} commits a step, {processor * 1e6:.0f} µs of this process; the worker takes "
              f"{ratio:.2f} times{' (at most 1.1): TOO SLOW' if ratio > 1.1 else ''}", flush=True)
    for store in databases:
        store.close()
    return fast


def main(folder):
    """Each kind of database there is."""
    clinic = clinics.Clinic(bytes(32), PRACTICES, PATIENTS)
    for practice in clinic.practices:
        len(clinic.facts(practice, NOW))  # what was read is there: reading rows is another figure
    same = clinic, *kept(folder, clinic)
    gc.freeze()  # what was kept is none of the worker's
    fast = [measure("SQLite", *same, [stores.open_sqlite(f"{folder}/{number}.db") for number in range(len(NAMES))])]
    for kind in (servers.Postgres, servers.MariaDB):
        if kind.program:
            made = [kind(durable=True) for _ in NAMES]
            try:
                fast.append(measure(f"{kind.__name__} {servers.version(made[0])}", *same,
                                    [each.store() for each in made], before=kind.before))
            finally:
                for each in made:
                    each.close()
    return all(fast)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as name:
        sys.exit(0 if main(name) else 1)
