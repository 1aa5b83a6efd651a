# SPDX-License-Identifier: MIT
"""Steps a second of the worker over SQL, beside plain SQL that does the same writes.

    python3 tests/bench/sql_worker.py build/release/lib/libwinback.so.0 [FOLDER]

A step is an action from hand-out to outcome: claimed, started, delivered (to a provider that answers at once), told.
The worker's own writes are kept, and after each practice that it ran the same statements in the same transactions
run once more on a second database, from a loop that does nothing else: so both meet the same disk. Commits are
durable. SQLite is inside the process; PostgreSQL and MariaDB, where they are installed, are asked through their
command-line clients, both times.
"""
import datetime
import os
import pathlib
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
    """A store that remembers its writes."""

    writes = None

    def run(self, statement, *values):
        cursor = super().run(statement, *values)
        if self.writes is not None and not statement.startswith(READS):
            self.writes.append((statement, values, cursor.rowcount))
        return cursor


def replay(store, writes):
    """The writes alone, on the connection itself; each changes as many rows as it did."""
    cursor, mark = store._cursor, store._mark
    texts = [(statement.replace("?", mark), values, changed) for statement, values, changed in writes]
    start = time.perf_counter(), time.process_time()
    for statement, values, changed in texts:
        cursor.execute(statement, values)
        assert cursor.rowcount == changed, statement
    return time.perf_counter() - start[0], time.process_time() - start[1]


def measure(title, store, second, before=()):
    """Both, practice by practice."""
    clinic = clinics.Clinic(bytes(32), PRACTICES, PATIENTS)
    for each in (store, second):
        for statement in before:
            each.run(statement)
    workers.create(store, clinic)
    second.create()
    for practice in clinic.practices:
        second.add_practice(practice)
    for practice, event, content in store.rows("SELECT practice, event, content FROM inbox"):
        second.arrive(practice, bytes.fromhex(event), bytes(content), 0)
    for practice in clinic.practices:
        len(clinic.facts(practice, NOW))  # what was read is there: reading rows is another figure
    store.__class__, store.writes = Kept, []
    worker, spent, statements, commits = workers.Worker("bench", store, clinic, Provider(), now=lambda: NOW), [], 0, 0
    while True:
        store.writes.clear()
        start = time.perf_counter(), time.process_time()
        if not worker.turn():
            break
        spent.append((time.perf_counter() - start[0], time.process_time() - start[1], *replay(second, store.writes)))
        statements += len(store.writes)
        commits += sum(statement == "COMMIT" for statement, *_ in store.writes)
    steps = store.rows("SELECT COUNT(*) AS n FROM outbox WHERE state = 'sent' AND told = 1")[0][0]
    worker_s, worker_cpu, plain_s, plain_cpu = map(sum, zip(*spent))
    ratio = worker_s / plain_s
    print(f"{title}: {steps} steps, {statements / steps:.1f} statements and {commits / steps:.1f} commits each: worker "
          f"{steps / worker_s:.0f} steps/s, plain SQL {steps / plain_s:.0f}, {ratio:.2f} times (at most 1.1)"
          f"{'' if ratio <= 1.1 else ': TOO SLOW'}; processor of this process {worker_cpu / steps * 1e6:.0f} and "
          f"{plain_cpu / steps * 1e6:.0f} µs a step", flush=True)
    for each in (store, second):
        each.close()
    return ratio <= 1.1


def main(folder):
    """Each kind of database there is."""
    fast = [measure("SQLite, WAL, synchronous = FULL", *(stores.open_sqlite(f"{folder}/{name}.db") for name in "ab"))]
    for kind in (servers.Postgres, servers.MariaDB):
        if kind.program:
            pair = [kind(durable=True) for _ in range(2)]
            try:
                fast.append(measure(f"{kind.__name__} {servers.version(pair[0])}", *(each.store() for each in pair),
                                    before=kind.before))
            finally:
                for each in pair:
                    each.close()
    return all(fast)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as name:
        sys.exit(0 if main(name) else 1)
