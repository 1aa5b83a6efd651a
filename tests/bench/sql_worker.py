# SPDX-License-Identifier: MIT
"""Steps a second of the worker over SQL, beside plain SQL that does the same writes.

    python3 tests/bench/sql_worker.py build/release/lib/libwinback.so.0 [FOLDER]

A step is an action from hand-out to outcome: claimed, started, delivered (to a provider that answers at once), told.
What the worker writes is kept in a run that is not timed. Then it runs as it is, and after each practice the same
statements in the same transactions run once more on a second database, from a loop that does nothing else: so both
meet the same disk. Each must change as many rows as it did. Figures are those of the median practice, since a disk
that others use stalls now and then. Commits are durable. SQLite is inside the process; PostgreSQL and MariaDB, where
they are installed, are asked through their command-line clients, both times.
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
import sql_servers as servers  # noqa: E402
import store as stores  # noqa: E402
import winback as wb  # noqa: E402
import worker as workers  # noqa: E402

NOW = datetime.datetime(2026, 3, 3, 16, tzinfo=datetime.timezone.utc)
PRACTICES, PATIENTS = 20, 50
READS = ("SELECT", "PRAGMA")


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


def replay(store, writes):
    """The writes alone, on the connection itself; each changes as many rows as it did."""
    cursor, mark, counts = store._cursor, store._mark, []
    texts = [(store._begin if statement.startswith("BEGIN") else statement.replace("?", mark), values)
             for statement, values, _ in writes]
    start = time.perf_counter(), time.process_time()
    for statement, values in texts:
        cursor.execute(statement, values)
        counts.append(cursor.rowcount)
    spent = time.perf_counter() - start[0], time.process_time() - start[1]
    assert all(max(count, 0) == max(changed, 0) for count, (*_, changed) in zip(counts, writes)), "not the same writes"
    return spent


def measure(title, clinic, events, writes, store, second, before=()):
    """Both, practice by practice."""
    for each in (store, second):
        prepare(each, events, before)
    worker, spent = worker_of(store, clinic), []
    while True:
        start = time.perf_counter(), time.process_time()
        if not worker.turn():
            break
        spent.append((time.perf_counter() - start[0], time.process_time() - start[1], *replay(second, writes[worker.key])))
    steps = store.rows("SELECT COUNT(*) AS n FROM outbox WHERE state = 'sent' AND told = 1")[0][0]
    assert steps == PRACTICES * PATIENTS == len(spent) * PATIENTS
    statements = [statement for each in writes.values() for statement, *_ in each]
    inside = itertools.accumulate((s.startswith("BEGIN") - (s == "COMMIT") for s in statements), initial=0)
    commits = sum(s == "COMMIT" or not (s.startswith("BEGIN") or within) for s, within in zip(statements, inside))
    worker_s, worker_cpu, plain_s, plain_cpu = (statistics.median(each) / PATIENTS for each in zip(*spent))
    ratio = statistics.median(seconds / plain for seconds, _, plain, _ in spent)
    print(f"{title}: {steps} steps, {len(statements) / steps:.1f} statements and {commits / steps:.1f} "
          f"commits each: worker {1 / worker_s:.0f} steps/s, plain SQL {1 / plain_s:.0f}, {ratio:.2f} times (at most 1.1)"
          f"{'' if ratio <= 1.1 else ': TOO SLOW'}; processor of this process {worker_cpu * 1e6:.0f} and "
          f"{plain_cpu * 1e6:.0f} µs a step", flush=True)
    for each in (store, second):
        each.close()
    return ratio <= 1.1


def main(folder):
    """Each kind of database there is."""
    clinic = clinics.Clinic(bytes(32), PRACTICES, PATIENTS)
    for practice in clinic.practices:
        len(clinic.facts(practice, NOW))  # what was read is there: reading rows is another figure
    same = clinic, *kept(folder, clinic)
    gc.freeze()  # what was kept is none of the worker's
    fast = [measure("SQLite, WAL, synchronous = FULL", *same, *(stores.open_sqlite(f"{folder}/{name}.db") for name in "ab"))]
    for kind in (servers.Postgres, servers.MariaDB):
        if kind.program:
            pair = [kind(durable=True) for _ in range(2)]
            try:
                fast.append(measure(f"{kind.__name__} {servers.version(pair[0])}", *same, *(each.store() for each in pair),
                                    before=kind.before))
            finally:
                for each in pair:
                    each.close()
    return all(fast)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as name:
        sys.exit(0 if main(name) else 1)
