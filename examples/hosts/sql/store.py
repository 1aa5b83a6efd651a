# SPDX-License-Identifier: MIT
"""The five tables of schema.sql through any driver of Python's database interface (PEP 249)."""
import contextlib
import dataclasses
import datetime
import pathlib
import sqlite3

import winback as wb

SCHEMA = pathlib.Path(__file__).with_name("schema.sql")
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MICROSECOND = datetime.timedelta(microseconds=1)


class DatabaseGone(Exception):
    """The database cannot be used; the text says what to do."""


class Taken(Exception):
    """A row of that key is there already."""


def micros(at):
    """An instant as the tables have it."""
    return (at - EPOCH) // MICROSECOND


@dataclasses.dataclass
class Delivery:
    """A row of the outbox, as far as who delivers it must know."""

    practice: str
    action: bytes
    attempt: int
    channel: int
    deliver_by: int
    request: bytes = dataclasses.field(repr=False)  # address and text: never into a log
    state: str = "ready"
    cause: int = 0


@dataclasses.dataclass
class Event:
    """A row of the inbox."""

    practice: str
    id: bytes
    content: bytes = dataclasses.field(repr=False)


def statements():
    """The statements of schema.sql, one after the other."""
    lines = [line.split("--")[0] for line in SCHEMA.read_text(encoding="utf-8").splitlines()]
    return [text.strip() for text in "\n".join(lines).split(";") if text.strip()]


def open_sqlite(path):
    """A store in a file of SQLite that is there, or is made; several processes may use it."""
    def connect():
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # a commit is on the disk
        return connection
    return Store(sqlite3, connect, begin="BEGIN IMMEDIATE")


class Transaction:
    """All of it, or nothing. When the end of it is not known, what was made with it must be loaded anew."""

    def __init__(self, run, begin):
        self._run, self._begin = run, begin

    def __enter__(self):
        self._run(self._begin)

    def __exit__(self, failed, *_):
        ended = False
        try:
            if not failed:
                self._run("COMMIT")
                ended = True
        finally:
            if not ended:
                with contextlib.suppress(DatabaseGone):
                    self._run("ROLLBACK")


class Store:
    """One connection, which one thread uses.

    `driver` is the driver's module; `connect` gives a connection in autocommit mode: transactions begin and
    end where this class says.
    """

    def __init__(self, driver, connect, begin="BEGIN"):
        self._driver, self._begin = driver, begin
        self._mark = "?" if driver.paramstyle == "qmark" else "%s"
        try:
            self._connection = connect()
            self._cursor = self._connection.cursor()
        except driver.Error as error:
            raise self._gone(error) from error

    @staticmethod
    def _gone(error):
        return DatabaseGone(  # without the driver's text, which may quote values
            f"the database does not answer ({type(error).__name__}): is it there, with its tables? Start the worker again "
            "when it is; nothing is sent twice: what was under way is in the outbox, and is settled then")

    def run(self, statement, *values):
        """Runs one statement: the cursor, good until the next one."""
        try:
            self._cursor.execute(statement.replace("?", self._mark), values)
        except self._driver.IntegrityError as error:
            raise Taken from error
        except self._driver.Error as error:
            raise self._gone(error) from error
        return self._cursor

    def rows(self, statement, *values):
        """What a question answers."""
        try:
            return self.run(statement, *values).fetchall()
        except self._driver.Error as error:
            raise self._gone(error) from error

    def transaction(self):
        """What is run within it: all of it, or nothing."""
        return Transaction(self.run, self._begin)

    def close(self):
        """Ends the connection."""
        with contextlib.suppress(self._driver.Error):
            self._connection.close()

    def create(self):
        """Makes the tables."""
        for statement in statements():
            self.run(statement)

    # ---- practices ----

    def add_practice(self, practice):
        """A practice that workers shall run."""
        self.run("INSERT INTO snapshot (practice) VALUES (?)", practice)

    def take(self, worker, now, until):
        """The lease of a practice that has something to do; None: none has, or others are at it.

        A lease only spares work: whoever goes on without one fails at the journal's key. The practice stays due
        until it is given back: its worker may die after it received what had come in.
        """
        due = self.rows("SELECT practice, leased_until FROM snapshot WHERE leased_until <= ? AND (wake <= ? OR "
                        "practice IN (SELECT practice FROM inbox WHERE received = 0)) ORDER BY wake LIMIT 8", now, now)
        for practice, seen in due:
            if self.run("UPDATE snapshot SET worker = ?, leased_until = ?, wake = ? WHERE practice = ? AND "
                        "leased_until = ?", worker, until, now, practice, seen).rowcount:
                return practice
        return None

    def give_back(self, practice, worker, wake, saved=None):
        """Ends the lease; `saved` is a snapshot with its sequence number."""
        more = "" if saved is None else ", sequence = ?, content = ?"
        self.run(f"UPDATE snapshot SET worker = '', leased_until = 0, wake = ?{more} WHERE practice = ? AND worker = ?",
                 wake, *(saved or ()), practice, worker)

    def set_aside(self, practice, worker, until):
        """Nobody takes it before then, whatever comes in."""
        self.run("UPDATE snapshot SET leased_until = ? WHERE practice = ? AND worker = ?", until, practice, worker)

    def make_due(self, practice):
        """There is something to do."""
        self.run("UPDATE snapshot SET wake = 0 WHERE practice = ?", practice)

    # ---- the journal ----

    def open(self, clinic, key, append=None):
        """A practice as it stands, and the sequence number of its snapshot; without `append`, to look at."""
        (saved, state), = self.rows("SELECT sequence, content FROM snapshot WHERE practice = ?", key)
        tail = self.rows("SELECT content FROM journal WHERE practice = ? AND first_sequence > ? ORDER BY first_sequence",
                         key, saved)
        practice = wb.Practice(clinic.schema, clinic.options(key), append=append, law=clinic.law)
        if state:
            practice.load(bytes(state))
        replay = practice.replay(b"".join(bytes(row[0]) for row in tail))
        if replay.flags & wb.REPLAY_TORN:  # a file may end in the middle of a record; a row does not
            raise wb.Corrupt("the last row of the journal is not whole")
        return practice, saved

    def append(self, practice, first, records, count):
        """Writes records in their place: `Taken` when another worker was first there."""
        self.run("INSERT INTO journal (practice, first_sequence, records, content) VALUES (?, ?, ?, ?)",
                 practice, first, count, records)

    # ---- the outbox ----

    def put(self, row, patient, contact, booking, unsubscribe, handed_out):
        """A row for what was handed out, in the transaction that claims it."""
        self.run("INSERT INTO outbox (practice, action, attempt, patient, contact, channel, booking, unsubscribe, "
                 "handed_out, deliver_by, request, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row.practice,
                 row.action.hex(), row.attempt, patient.hex(), contact.hex(), row.channel, booking, unsubscribe,
                 handed_out, row.deliver_by, row.request, row.state)

    def start(self, row):
        """Whether this worker alone may deliver the row: from ready to started, once, and not while an event waits."""
        return self.run("UPDATE outbox SET state = 'started' WHERE practice = ? AND action = ? AND attempt = ? AND "
                        "state = 'ready' AND NOT EXISTS (SELECT 1 FROM inbox WHERE received = 0 AND practice = ?)",
                        row.practice, row.action.hex(), row.attempt, row.practice).rowcount == 1

    def finish(self, row, told):
        """What became of it, and whether the practice knows."""
        self.run("UPDATE outbox SET state = ?, cause = ?, told = ? WHERE practice = ? AND action = ? AND attempt = ?",
                 row.state, row.cause, int(told), row.practice, row.action.hex(), row.attempt)

    def untold(self, practice):
        """Rows of which the practice does not know what became, in the order in which they were handed out."""
        found = self.rows("SELECT action, attempt, channel, deliver_by, request, state, cause FROM outbox "
                          "WHERE practice = ? AND told = 0 ORDER BY handed_out, action", practice)
        return [Delivery(practice, bytes.fromhex(row[0]), *row[1:4], bytes(row[4]), *row[5:]) for row in found]

    def find(self, column, value):
        """Practice, action, patient and contact point of what went out: by `action`, or by the handle of a
        link (`booking`, `unsubscribe`); None: nothing did."""
        assert column in ("action", "booking", "unsubscribe")
        found = self.rows(f"SELECT practice, action, patient, contact FROM outbox WHERE {column} = ? "
                          "ORDER BY attempt DESC LIMIT 1", value)
        return (found[0][0], *map(bytes.fromhex, found[0][1:])) if found else None

    # ---- the inbox ----

    def arrive(self, practice, event, content, now):
        """Keeps an event until its practice is at hand. The same one again is nothing."""
        with contextlib.suppress(Taken), self.transaction():
            self.run("INSERT INTO inbox (practice, event, arrived, content) VALUES (?, ?, ?, ?)",
                     practice, event.hex(), now, content)

    def waiting(self, practice):
        """Events that the practice does not have yet, in order."""
        found = self.rows("SELECT event, content FROM inbox WHERE received = 0 AND practice = ? "
                          "ORDER BY arrived, event", practice)
        return [Event(practice, bytes.fromhex(event), bytes(content)) for event, content in found]

    def received(self, event, refused=""):
        """The practice has it, or would not take it."""
        self.run("UPDATE inbox SET received = 1, refused = ? WHERE practice = ? AND event = ?",
                 refused, event.practice, event.id.hex())

    def said(self, practice, event):
        """What an event holds: the practice forgets a reply's text, the desk reads it here."""
        found = self.rows("SELECT content FROM inbox WHERE practice = ? AND event = ?", practice, event.hex())
        return bytes(found[0][0]) if found else b"{}"

    # ---- addresses ----

    def wrote(self, practice, contacts, now):
        """A practice writes to addresses, each with its contact point."""
        marks = ", ".join("?" * len(contacts))
        known = contacts and {row[0] for row in self.rows(
            f"SELECT address FROM contact WHERE practice = ? AND address IN ({marks})", practice, *contacts)}
        for address, contact in contacts.items():
            if address in known:
                self.run("UPDATE contact SET contact = ?, written_at = ? WHERE practice = ? AND address = ?",
                         contact.hex(), now, practice, address)
            else:
                self.run("INSERT INTO contact (practice, address, contact, written_at) VALUES (?, ?, ?, ?)",
                         practice, address, contact.hex(), now)

    def writers(self, address):
        """Practices that wrote to an address with their contact points, the last one first."""
        return [(practice, bytes.fromhex(contact)) for practice, contact in self.rows(
            "SELECT practice, contact FROM contact WHERE address = ? ORDER BY written_at DESC, practice", address)]
