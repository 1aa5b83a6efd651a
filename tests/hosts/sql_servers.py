# SPDX-License-Identifier: MIT
"""The worker over SQL on PostgreSQL and MariaDB, each a real server in a temporary folder: the same tables, a short
storm of killed workers, and a server that goes away and comes back."""
import contextlib
import datetime
import json
import os
import pathlib
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from sql_host import KEY, NOW, Provider, clinics, stores, wb, workers  # noqa: E402
import sql_servers  # noqa: E402
from sql_storm import storm  # noqa: E402


class Losing(Provider):
    """At some message the database goes away."""

    def __init__(self, at, lose):
        super().__init__()
        self._at, self._lose = at, lose

    def send(self, channel, key, request):
        answer = super().send(channel, key, request)
        if len(self.log) == self._at:
            self._at = 0
            self._lose()
        return answer


class Crossing(stores.Store):
    """After its first write in a transaction it waits for the other one's, a second at most."""

    def run(self, statement, *values):
        cursor = super().run(statement, *values)
        if statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            self.fresh = statement.startswith("BEGIN")
        elif self.fresh and not statement.startswith("SELECT"):
            self.fresh = False
            with contextlib.suppress(threading.BrokenBarrierError):
                self.meeting.wait(1)
        return cursor


class Gone(clinics.Clinic):
    """A clinic whose patients have all left."""

    def _patient(self, practice, at):
        return {**super()._patient(practice, at), "status": "inactive"}


class On:
    """What each server must do."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.kind()
        cls.addClassCleanup(cls.server.close)
        print(cls.kind.__name__, sql_servers.version(cls.server))

    def emptied(self):
        """A connection to a database without tables."""
        store = self.server.store()
        for name in ("snapshot", "journal", "outbox", "inbox", "contact"):
            store.run(f"DROP TABLE IF EXISTS {name}")
        if self.kind.before:
            store.run("DROP DOMAIN IF EXISTS longblob")
        return store

    def test_a_storm(self):
        self.emptied().close()
        run, faults = storm(4, 6, 20, kind=self.kind.__name__, where=self.server.folder, before=self.kind.before)
        print(run)
        self.assertEqual(faults, [])
        self.assertGreater(run.sent, 6 * 20 * 0.9)

    def test_a_server_that_goes_away(self):
        store, clinic, now = self.emptied(), clinics.Clinic(KEY, 1, 8), NOW
        for statement in self.kind.before:
            store.run(statement)
        workers.create(store, clinic)
        provider = Losing(4, self.server.stop)
        with self.assertRaisesRegex(stores.DatabaseGone, "Start the worker again when it is"):
            while workers.Worker("a", store, clinic, provider, lambda: now).turn():
                pass
        store.close()
        store = self.server.store()
        with self.assertRaises(stores.DatabaseGone):
            store.take("a", 0, 0)
        store.close()
        self.server.start()
        store, now = self.server.store(), now + datetime.timedelta(minutes=2)
        while workers.Worker("b", store, clinic, provider, lambda: now).turn():
            pass
        self.assertEqual(len(provider.log), 8)
        self.assertEqual(len(set(provider.log)), 8)
        self.assertEqual(store.rows("SELECT action FROM outbox WHERE told = 0"), [])
        states = dict(store.rows("SELECT state, COUNT(*) AS n FROM outbox GROUP BY state"))
        self.assertIn(states, ({"sent": 8}, {"sent": 7, "unknown": 1}))  # by e-mail, or a text in doubt
        store.close()

    def crossed(self, what):
        """Two workers have one practice, with a row started and one ready: the one tells of the first and starts the
        second, while the other does `what` with the second. What each of them raised."""
        store, clinic = self.emptied(), clinics.Clinic(KEY, 1, 4)
        for statement in self.kind.before:
            store.run(statement)
        workers.create(store, clinic)
        first = workers.Session(workers.Worker("a", store, clinic, Provider(), lambda: NOW), "practice-01", NOW)
        first.receive()
        with store.transaction():
            first.practice.enroll(first.facts(), NOW)
        rows = first.hand_out()
        self.assertEqual([row.state for row in rows[:2]], ["started", "ready"])
        other = self.server.store()
        second = workers.Session(workers.Worker("b", other, Gone(KEY, 1, 4), Provider(), lambda: NOW), "practice-01", NOW)
        raised, meeting = {}, threading.Barrier(2)

        def run(name, store, call, *given):
            store.__class__, store.meeting, store.fresh = Crossing, meeting, False
            try:
                call(*given)
            except Exception as error:  # whatever it is
                raised[name] = type(error)
            store.__class__ = stores.Store
        threads = [threading.Thread(target=run, args=given) for given in (
            ("told", store, first.finish, rows[0], "sent", wb.Cause.NONE, rows[1]), ("other", other, what, second, rows[1]))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        other.close()
        store.close()
        return raised

    def test_of_two_workers_that_want_the_same_rows_one_waits_and_neither_is_refused_by_the_server(self):
        def receive(session, _):
            session.store.arrive("practice-01", bytes(16), b'{"kind": "click", "patient": "p0"}', 1)
            session.receive()
        for what in (workers.Session.withdrawn, receive, lambda session, row: session.finish(row, "unknown")):
            raised = self.crossed(what)
            self.assertEqual(list(raised.values()), [wb.Conflict], raised)

    def test_keys_and_texts_come_back_as_they_were(self):
        store = self.emptied()
        for statement in self.kind.before:
            store.run(statement)
        store.create()
        for practice in ("a", "A"):  # two practices, whatever the server makes of letters
            store.add_practice(practice)
        with self.assertRaises(stores.Taken):
            store.add_practice("a")
        content = json.dumps({"text": "it's \\ \"fine\"\n\t; -- ¿no? 😀"}).encode() + bytes(range(256))
        store.arrive("a", bytes(16), content, 2**53)
        store.arrive("a", bytes(16), b"again", 1)
        self.assertEqual([event.content for event in store.waiting("a")], [content])
        self.assertEqual(store.waiting("A"), [])
        with self.assertRaises(ZeroDivisionError), store.transaction():
            store.run("UPDATE inbox SET received = 1")
            _ = 1 // 0
        self.assertEqual(len(store.waiting("a")), 1)
        store.wrote("a", {"o'neil\\@example.com": bytes(16)}, 1)
        self.assertEqual(store.writers("o'neil\\@example.com"), [("a", bytes(16))])
        store.close()


class OnPostgres(On, unittest.TestCase):
    kind = sql_servers.Postgres


class OnMariaDB(On, unittest.TestCase):
    kind = sql_servers.MariaDB


if __name__ == "__main__":
    absent = [case for case in (OnPostgres, OnMariaDB) if not case.kind.program]
    for case in absent:
        print(f"{case.kind.__name__} is not installed", file=sys.stderr)
        del globals()[case.__name__]
    if absent and (os.environ.get("WB_ALL_TOOLS") or len(absent) == 2):
        sys.exit(1 if os.environ.get("WB_ALL_TOOLS") else 77)
    unittest.main()
