# SPDX-License-Identifier: MIT
"""The worker over SQL, step by step: a database that goes away at any statement, a lease that runs out, events in
order and twice, what is set aside."""
import contextlib
import datetime
import functools
import io
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import types
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from sql_host import KEY, NOW, ROOT, Provider, clinics, late_journals, providers, stores, wb, workers  # noqa: E402

MINUTE = datetime.timedelta(minutes=1)


class Whimsical(Provider):
    """Gives `answers` first; `before` happens before each."""

    def __init__(self):
        super().__init__()
        self.answers, self.before = [], lambda channel, key: None

    def send(self, channel, key, request):
        self.before(channel, key)
        answer = self.answers.pop() if self.answers else ("sent", wb.Cause.NONE)
        if answer[0] != "not_sent":
            super().send(channel, key, request)
        return answer


class Failing:
    """A connection that is lost at the n-th statement, before it ran or after."""

    def __init__(self, connection, at, after):
        self._connection, self._at, self._after, self.count = connection, at, after, 0

    def cursor(self):
        self._cursor = self._connection.cursor()
        return self

    def execute(self, *statement):
        self.count += 1
        if self.count >= self._at and not (self._after and self.count == self._at):
            raise sqlite3.OperationalError("gone")
        self._cursor.execute(*statement)
        if self.count == self._at:
            raise sqlite3.OperationalError("gone")

    def __getattr__(self, name):
        return getattr(self._cursor, name)

    def close(self):
        """As a server does that loses its client."""
        self._connection.close()


@functools.lru_cache(maxsize=None)
def clinic(practices, patients):
    """The same for all tests: a campaign takes a while to compile."""
    return clinics.Clinic(KEY, practices, patients)


class Workers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "host.db")
        self.now, self.provider = NOW, Whimsical()
        self.made(practices=1, patients=4)

    def made(self, practices, patients):
        """The tables and practices, in a new file."""
        with contextlib.suppress(FileNotFoundError):
            os.remove(self.path)
        self.clinic = clinic(practices, patients)
        self.store = stores.open_sqlite(self.path)
        self.addCleanup(self.store.close)
        workers.create(self.store, self.clinic)

    def worker(self, store=None, name="a"):
        """A worker with a clock that stands."""
        return workers.Worker(name, store or self.store, self.clinic, self.provider, lambda: self.now)

    def run_all(self, worker=None):
        """Turns until nothing is due."""
        worker = worker or self.worker()
        while worker.turn():
            pass

    def arrive(self, practice="practice-01", event=None, arrived=0, **content):
        """Something comes in."""
        self.store.arrive(practice, event or os.urandom(16), json.dumps(content).encode(), arrived)

    def contact(self, address, practice="practice-01"):
        """The contact point of a number, in digits."""
        return wb.make_contact(self.clinic.secret(practice), wb.ContactKind.PHONE, address).hex()

    def all_told(self):
        """No row of the outbox is open, and no action is."""
        self.assertEqual(self.store.rows("SELECT * FROM outbox WHERE told = 0 OR state IN ('ready', 'started')"), [])
        for practice in self.clinic.practices:
            machine, _ = self.store.open(self.clinic, practice)
            with machine:
                for action in machine.actions():
                    self.assertNotIn(action.state, (wb.ActionState.CLAIMED, wb.ActionState.READY))

    def test_everybody_is_written_to_once(self):
        self.run_all()
        self.assertEqual(len(self.provider.log), 4)
        self.assertFalse(self.worker().turn())
        self.all_told()

    def test_a_database_that_goes_away_at_any_statement_says_what_to_do_and_nothing_goes_twice(self):
        """Before the statement ran, and after it did: of a COMMIT nobody knows then."""
        said = set()
        for after in (False, True):
            for at in range(3, 10**6):
                self.made(1, 4)
                self.provider, self.now = Whimsical(), NOW
                lost = []

                def connect():
                    lost.append(Failing(sqlite3.connect(self.path, isolation_level=None), at, after))
                    return lost[0]
                store = stores.Store(sqlite3, connect, begin="BEGIN IMMEDIATE")
                try:
                    self.run_all(self.worker(store))
                    break  # it ended before
                except stores.DatabaseGone as error:
                    said.add(str(error))
                finally:
                    store.close()
                self.now += 2 * MINUTE  # the lease is over
                self.run_all(self.worker(name="b"))
                self.assertEqual(len(self.provider.log), len(set(self.provider.log)), (at, after))
                self.assertLessEqual(4 - len(self.provider.log), 1, (at, after))  # a text in doubt is not sent again
                self.all_told()
            self.assertGreater(at, 40)
        self.assertEqual(len(said), 1)
        self.assertIn("Start the worker again", said.pop())

    def test_a_worker_whose_lease_ran_out_sends_nothing_twice_and_loses_no_outcome(self):
        other = stores.open_sqlite(self.path)
        self.addCleanup(other.close)
        stolen = []

        def stall(*_):  # in the middle of a delivery, so long that another worker takes over
            if not stolen:
                stolen.append(True)
                self.now += 2 * MINUTE
                self.run_all(self.worker(other, "b"))
        self.provider.before = stall
        self.run_all()
        self.assertEqual(sorted(self.provider.log), sorted(set(self.provider.log)))
        self.assertEqual(len(self.provider.log), 4)
        self.all_told()
        self.assertEqual(self.store.rows("SELECT state, COUNT(*) FROM outbox GROUP BY state"), [("sent", 4)])

    def test_a_stop_that_comes_between_hand_out_and_delivery_withdraws(self):
        first = []

        def stop(channel, key):  # while the first goes, the others answer
            if not first:
                first.append(key)
                for at in range(0, 4, 2):
                    self.arrive(kind="reply", contact=self.contact(f"+1212555010{at // 2}"), text="STOP")
        self.provider.before = stop
        self.run_all()
        states = dict(self.store.rows("SELECT state, COUNT(*) FROM outbox WHERE channel = 1 GROUP BY state"))
        self.assertEqual(states.get("withdrawn", 0) + states.get("sent", 0), sum(states.values()))
        self.assertGreaterEqual(states.get("withdrawn", 0), 1)
        self.all_told()

    def test_events_are_received_in_the_order_in_which_they_came_and_once(self):
        self.run_all()
        seen = []
        real = wb.Practice.receive
        wb.Practice.receive = lambda practice, event, now: seen.append(event.text) or real(practice, event, now)
        self.addCleanup(setattr, wb.Practice, "receive", real)
        one = bytes(16)
        for arrived, event, text in ((3, None, "ok"), (1, one, "what"), (2, None, "hm"), (4, one, "what")):
            self.arrive(event=event, arrived=arrived, kind="reply", contact=self.contact("+12125550100"), text=text)
        self.run_all()
        self.assertEqual(seen, ["what", "hm", "ok"])

    def test_what_cannot_be_taken_is_kept_for_a_person(self):
        self.run_all()
        self.store.arrive("practice-01", b"1" * 16, b"not JSON", 1)
        self.arrive(event=b"2" * 16, arrived=2, kind="no such kind")
        self.arrive(event=b"3" * 16, arrived=3, kind="click", patient="nobody")
        self.arrive(event=b"4" * 16, arrived=4, kind="click", patient="p0")
        self.run_all()
        self.assertEqual(self.store.rows("SELECT received, refused FROM inbox WHERE arrived < 9 ORDER BY arrived"),
                         [(1, "unreadable"), (1, "unreadable"), (1, "NotFound"), (1, "")])

    def test_what_the_provider_refused_is_tried_again(self):
        self.provider.answers = [("not_sent", wb.Cause.THROTTLED)] * 4
        self.run_all()
        self.assertEqual(self.provider.log, [])
        self.now += 2 * MINUTE
        self.run_all()
        self.assertEqual(len(self.provider.log), 4)
        self.assertEqual(self.store.rows("SELECT attempt, COUNT(*) FROM outbox GROUP BY attempt"), [(1, 4), (2, 4)])

    def test_a_row_that_is_late_does_not_go(self):
        self.provider.before = lambda *_: (_ for _ in ()).throw(stores.DatabaseGone("as if"))
        with self.assertRaises(stores.DatabaseGone):
            self.run_all()
        self.provider.before = lambda *_: None
        self.now += 12 * MINUTE
        self.run_all()
        states = dict(self.store.rows("SELECT state, COUNT(*) FROM outbox WHERE attempt = 1 GROUP BY state"))
        self.assertEqual(states, {"unknown": 1, "not_sent": 3})

    def test_a_row_that_becomes_late_while_another_is_delivered_does_not_go(self):
        self.provider.before = lambda *_: setattr(self, "now", NOW + 12 * MINUTE)
        self.run_all()
        states = dict(self.store.rows("SELECT state, COUNT(*) FROM outbox WHERE attempt = 1 GROUP BY state"))
        self.assertEqual(states, {"sent": 1, "not_sent": 3})

    def test_a_row_is_started_in_the_transaction_that_hands_it_out_or_tells_the_one_before(self):
        ran = []
        self.store._connection.set_trace_callback(lambda statement: ran.append(" ".join(statement.split()[:3])))
        self.provider.before = lambda *_: ran.append("send")
        self.run_all()
        sends = [at for at, what in enumerate(ran) if what == "send"]
        self.assertEqual(len(sends), 4)
        handed_out = ran[ran.index("INSERT INTO outbox"):sends[0]]
        self.assertEqual(handed_out.count("COMMIT"), 1)
        self.assertEqual(handed_out[-2:], ["UPDATE outbox SET", "COMMIT"])
        for last, at in zip(sends, sends[1:]):
            self.assertEqual(ran[last + 1:at], ["BEGIN IMMEDIATE", "INSERT INTO journal", "UPDATE outbox SET",
                                                "UPDATE outbox SET", "COMMIT"])

    def test_a_transaction_that_writes_the_journal_writes_it_first(self):
        """Of two workers one waits with nothing in hand that the other might want."""
        ran, other = [], stores.open_sqlite(self.path)
        self.addCleanup(other.close)
        for store in (self.store, other):
            store._connection.set_trace_callback(ran.append)
        took_over = []

        def stop(*_):  # two patients say STOP while the first text goes, and another worker takes over
            if not took_over:
                took_over.append(True)
                for at in range(2):
                    self.arrive(kind="reply", contact=self.contact(f"+1212555010{at}"), text="STOP")
                self.now += 2 * MINUTE
                self.run_all(self.worker(other, "b"))
        self.provider.before = stop
        self.run_all()
        late, count = late_journals(ran)
        self.assertEqual(late, [])
        self.assertGreater(count, 9)
        self.assertIn("withdrawn", dict(self.store.rows("SELECT state, COUNT(*) FROM outbox GROUP BY state")))

    def test_a_row_is_not_started_with_the_end_of_another_when_something_came_in_meanwhile(self):
        self.provider.before = lambda *_: self.arrive(event=bytes(16), kind="reply", text="hello",
                                                      contact=self.contact("+12125550199"))
        looks, real = [], wb.Practice.test
        wb.Practice.test = lambda practice, *given: looks.append(given[0]) or real(practice, *given)
        self.addCleanup(setattr, wb.Practice, "test", real)
        self.run_all()
        self.assertEqual(len(self.provider.log), 4)
        self.assertEqual(len(looks), 3)  # each that was not started yet
        self.all_told()

    def test_an_answer_that_is_lost_is_asked_for_again_by_the_same_key_where_that_may_be(self):
        self.provider.answers = [("unknown", wb.Cause.NONE)] * 4
        self.run_all()
        self.now += MINUTE
        self.run_all()
        states = self.store.rows("SELECT channel, state, COUNT(*) FROM outbox GROUP BY channel, state ORDER BY channel")
        self.assertEqual(states, [(1, "unknown", 2), (2, "sent", 2)])
        self.assertEqual(len(self.provider.log), 4)
        self.all_told()

    def test_a_practice_that_cannot_be_loaded_is_set_aside_and_the_others_go_on(self):
        self.made(2, 4)
        self.store.append("practice-01", 1, b"no journal at all", 1)
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            self.run_all()
            self.assertFalse(self.worker().turn())
        self.assertEqual(said.getvalue().count("practice-01 is set aside: Corrupt"), 1)
        self.assertEqual(len(self.provider.log), 4)
        self.now += 11 * MINUTE
        with contextlib.redirect_stderr(said):
            self.assertTrue(self.worker().turn())

    def test_a_snapshot_saves_the_way_and_holds_the_same(self):
        self.made(1, 60)
        self.run_all()
        (sequence, content), = self.store.rows("SELECT sequence, content FROM snapshot")
        self.assertGreater(sequence, 100)
        machine, _ = self.store.open(self.clinic, "practice-01")
        with machine:
            now = machine.save()
        self.store.run("UPDATE snapshot SET sequence = 0, content = NULL")
        machine, _ = self.store.open(self.clinic, "practice-01")
        with machine:
            self.assertEqual(machine.save(), now)
        self.assertTrue(content)

    def test_a_campaign_is_compiled_once_whatever_practices_have_it_and_one_that_does_not_holds_nobody_else(self):
        made, real = [], wb.Campaign
        wb.Campaign = lambda *given: made.append(given) or real(*given)
        self.addCleanup(setattr, wb, "Campaign", real)
        self.made(3, 4)
        self.clinic = clinics.Clinic(KEY, 3, 4)  # whose campaigns nobody compiled yet
        for _ in range(2):
            self.run_all()
            for practice in self.clinic.practices:
                self.store.make_due(practice)
        self.assertEqual(len(made), 2)  # as it was written when it was launched, and in the form of the journal
        self.clinic.definition = lambda json: real(self.clinic.schema, "{}")
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            self.run_all()
        self.assertEqual(said.getvalue(), "")

    def test_two_workers_do_not_take_the_same_practice(self):
        self.assertEqual(self.store.take("a", 5, 9), "practice-01")
        self.assertIsNone(self.store.take("b", 8, 12))
        self.assertEqual(self.store.take("b", 9, 13), "practice-01")
        self.store.give_back("practice-01", "a", 99)  # it is b's
        self.assertIsNone(self.store.take("a", 12, 20))
        self.store.give_back("practice-01", "b", 15)
        self.store.run("UPDATE inbox SET received = 1")
        self.assertIsNone(self.store.take("a", 14, 20))
        self.assertEqual(self.store.take("a", 15, 20), "practice-01")

    def test_the_client_of_a_provider_knows_what_it_does_not_know(self):
        server = providers.Server()
        client = providers.HttpProvider(f"http://127.0.0.1:{server.server_port}")
        self.addCleanup(server.server_close)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        for answer, known in ((202, ("sent", 0)), (429, ("not_sent", wb.Cause.THROTTLED)), (503, ("unknown", 0)),
                              (400, ("not_sent", wb.Cause.CONTENT)), (None, ("unknown", 0))):
            server.whim = lambda *_, answer=answer: answer
            self.assertEqual(client.send(wb.Channel.SMS, "00", b"{}"), known)
        nobody = providers.HttpProvider("http://127.0.0.1:9")
        self.assertEqual(nobody.send(wb.Channel.SMS, "00", b"{}"), ("not_sent", wb.Cause.THROTTLED))

    def test_the_program_says_where_the_desk_is_and_what_is_missing(self):
        program, other = [sys.executable, workers.__file__], self.path + "-2"
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "bindings/python")}
        self.store.run("DROP TABLE inbox")
        done = subprocess.run([*program, self.path, "--port", "0"], env=environment, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"^worker: the database does not answer \(OperationalError\): is it there, with its tables\?")
        with subprocess.Popen([*program, other, "--create", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True) as process:
            desk = process.stdout.readline()
            self.assertRegex(desk, r"^http://desk:[0-9a-f]{20}@127\.0\.0\.1:\d+/desk/practice-01\n$")
            process.kill()
        key = pathlib.Path(other + ".key")
        self.assertEqual((key.stat().st_mode & 0o777, len(key.read_bytes())), (0o600, 32))

    def test_the_page_on_embedding_has_these_tables(self):
        page = (ROOT / "docs/embedding.md").read_text(encoding="utf-8")
        block = page.split("```sql\n")[1].split("```")[0]
        self.assertTrue(stores.SCHEMA.read_text(encoding="utf-8").endswith("\n\n" + block))

    def test_statements_are_written_for_the_driver(self):
        asked = []

        class Connection:
            def cursor(self):
                return types.SimpleNamespace(execute=lambda *values: asked.append(values))
        driver = types.SimpleNamespace(paramstyle="format", Error=OSError, IntegrityError=KeyError)
        stores.Store(driver, Connection).run("SELECT ?", 1)
        self.assertEqual(asked, [("SELECT %s", (1,))])


if __name__ == "__main__":
    unittest.main()
