# SPDX-License-Identifier: MIT
"""A worker over SQL: any number of them run any number of practices that are in one database.

    python3 worker.py DATABASE --create --provider http://127.0.0.1:8025 --port 8001

A worker takes the lease of a practice that is due, loads it, receives what came in, settles what another one
left open, lets people in, and hands out. What is handed out is claimed in the journal and written into the
outbox in one transaction; then each row is looked at once more, started, delivered and told. docs/sql.md has
the steps, and what a crash between any two of them leaves behind.
"""
import argparse
import contextlib
import datetime
import json
import os
import pathlib
import sys
import threading
import time

import winback as wb
from clinic import Clinic
from provider import HttpProvider
from store import DatabaseGone, Delivery, EPOCH, MICROSECOND, Taken, micros, open_sqlite
from web import Server

BATCH = 16  # handed out together: fewer than a lease lasts for
LEASE = datetime.timedelta(minutes=1)
LATEST = datetime.timedelta(hours=1)  # a practice is looked at so often at least: records change
AGAIN = datetime.timedelta(minutes=1)
ASIDE = datetime.timedelta(minutes=10)
OUTCOMES = {"sent": wb.OutcomeKind.SENT, "not_sent": wb.OutcomeKind.NOT_SENT, "unknown": wb.OutcomeKind.SENT_UNKNOWN}


def clock():
    """The time."""
    return datetime.datetime.now(datetime.timezone.utc)


def read_event(event):
    """The input that a row of the inbox holds."""
    given = json.loads(event.content)
    kind = wb.InputKind[given.pop("kind").upper()]
    for name in ("contact", "action"):
        if name in given:
            given[name] = bytes.fromhex(given[name])
    if "at" in given:
        given["at"] = EPOCH + given["at"] * MICROSECOND
    return wb.Input(kind=kind, event_id=event.id, **given)


class Session:
    """A practice in the hands of a worker. Whatever it raises ends it: the next one loads what is durable."""

    def __init__(self, worker, key, until):
        self.store, self.clinic, self.provider, self.now = worker.store, worker.clinic, worker.provider, worker.now
        self.key, self.until = key, until
        self.looked = False  # at what was handed out, since something came in
        self.practice, self.saved = self.store.open(self.clinic, key, self.append)
        self.lend()

    def lend(self):
        """Campaigns are compiled once, not by each practice anew. One that does not compile holds its people."""
        for known in self.practice.campaigns():
            if known.flags & wb.CAMPAIGN_NEWEST:
                with contextlib.suppress(wb.Error):
                    self.practice.add(self.clinic.definition(known.canonical), self.now())

    def append(self, first, records, count):
        """Into the transaction that is open: its end is the sync."""
        try:
            self.store.append(self.key, first, records, count)
        except Taken as error:
            raise wb.Conflict("another worker went on with this practice") from error

    def facts(self):
        """The practice's records."""
        return self.clinic.facts(self.key, self.now())

    def work(self):
        """All that is due, for as long as the lease lasts."""
        self.receive()
        for row in self.store.untold(self.key):
            self.settle(row)
        with self.store.transaction():
            self.practice.enroll(self.facts(), self.now())
        while self.now() < self.until and (rows := self.hand_out()):
            self.deliver(rows)

    # ---- what comes in ----

    def receive(self):
        """What arrived since, in order. Whether something did."""
        events = self.store.waiting(self.key)
        for event in events:
            with self.store.transaction():
                self.store.received(event, self.refusal(event))
            self.looked = False
        return bool(events)

    def refusal(self, event):
        """Gives an event to the practice: "", or why it would not take it, and a person must look at it."""
        try:
            given = read_event(event)
        except (ValueError, TypeError, KeyError, AttributeError):
            return "unreadable"
        try:
            if given.kind == wb.InputKind.LAUNCH:
                self.practice.add(self.clinic.campaign(given.campaign), self.now())
            self.practice.receive(given, self.now())
        except (wb.Invalid, wb.NotFound, wb.WrongState, KeyError) as error:
            return type(error).__name__
        return ""

    # ---- what goes out ----

    def hand_out(self):
        """The next actions: claimed, and in the outbox, or neither. The first is started there, too."""
        now = self.now()
        with self.store.transaction():
            actions = self.practice.poll(self.facts(), now, BATCH)
            rows = [self.put(action, now) for action in actions]
            self.store.wrote(self.key, {action.to: action.contact for action in actions if action.to}, micros(now))
            self.looked = True
            if rows:
                self.start_ahead(rows[0])
        return rows

    def put(self, action, now):
        """An action as a row of the outbox."""
        secret = self.clinic.secret(self.key)
        booking = wb.make_handle(secret, wb.LinkPurpose.BOOKING, action.id)
        leave = ""
        request = {"to": action.to, "subject": action.subject, "text": action.text, "html": action.html}
        if action.channel == wb.Channel.EMAIL:
            leave = wb.make_handle(secret, wb.LinkPurpose.UNSUBSCRIBE, action.id)
            request["headers"] = {"List-Unsubscribe": wb.unsubscribe(self.clinic.link("u", leave)),
                                  "List-Unsubscribe-Post": wb.UNSUBSCRIBE_POST}
        row = Delivery(self.key, action.id, action.attempt, int(action.channel), micros(action.deliver_by),
                       json.dumps({name: value for name, value in request.items() if value}).encode())
        self.store.put(row, action.patient.encode("utf-8", "surrogateescape"), action.contact, booking, leave,
                       micros(now))
        return row

    def may_go(self, row):
        """The last look, on the facts of now. What may not go is taken back in the journal."""
        try:
            look = self.practice.test(row.action, self.facts(), self.now())
        except wb.WrongState:  # what became of it is known already
            return False
        return look.answer == wb.LookAnswer.GO

    def late(self, row):
        """Whether no delivery of it may start any more."""
        return micros(self.now()) >= row.deliver_by

    def deliver(self, rows):
        """Starts, delivers and tells each. What becomes of one is told in the transaction that starts the next."""
        for row, following in zip(rows, [*rows[1:], None]):
            if row.state == "started" or self.start(row):
                self.send(row, following)

    def start(self, row):
        """Looks, and starts: of two workers one does, and none before it received what came in."""
        while not self.late(row):
            if not self.looked and self.withdrawn(row):
                return False
            if self.store.start(row):
                return True
            if not self.receive():
                return False
        self.finish(row, "not_sent", wb.Cause.LATE)
        return False

    def start_ahead(self, row):
        """Starts a row in the transaction that is open, where that needs no other look."""
        if self.looked and not self.late(row) and self.store.start(row):
            row.state = "started"

    def withdrawn(self, row):
        """Whether a row may not go any more: then that is noted."""
        with self.store.transaction():
            if self.may_go(row):
                return False
            row.state = "withdrawn"
            self.store.finish(row, told=True)
        return True

    def send(self, row, following=None):
        """Hands it to the provider by its key. A call is on the desk's list already."""
        state, cause = "sent", wb.Cause.NONE
        if row.channel != wb.Channel.CALL:
            state, cause = self.provider.send(row.channel, row.action.hex(), row.request)
        if state == "unknown" and self.provider.keeps_keys(row.channel):
            return  # it stays started, and another turn asks by the same key
        self.finish(row, state, cause, following)

    def settle(self, row):
        """A row that another worker, or an earlier turn, left open."""
        if row.state == "ready":
            self.deliver([row])
        elif row.state != "started":  # its worker had lost the practice when it knew
            self.finish(row, row.state, row.cause)
        elif self.provider.keeps_keys(row.channel) and not self.late(row) and self.goes_on(row):
            self.send(row)  # the same key: if it arrived the first time, that was it
        else:
            self.finish(row, "unknown")

    def goes_on(self, row):
        """Whether a row that was started may be handed over once more."""
        with self.store.transaction():
            return self.may_go(row)

    def finish(self, row, state, cause=wb.Cause.NONE, following=None):
        """Notes what became of a row, tells the practice, and starts the next, in one transaction.

        The journal first, as in every transaction: a second worker waits there with nothing in hand.
        """
        row.state, row.cause = state, int(cause)
        try:
            with self.store.transaction():
                self.tell(row)
                self.store.finish(row, told=True)
                if following:
                    self.start_ahead(following)
        except wb.Conflict:  # it is another worker's practice by now: leave it to that one
            with self.store.transaction():
                self.store.finish(row, told=False)
                self.store.make_due(row.practice)
            raise

    def tell(self, row):
        """The practice's answer to a contradiction is a note in its journal."""
        try:
            self.practice.ack(row.action, wb.Outcome(kind=OUTCOMES[row.state], cause=row.cause), self.now())
        except wb.WrongState:
            pass


class Worker:
    """Takes practices that are due, one after the other."""

    session = Session

    def __init__(self, name, store, clinic, provider, now=clock, lease=LEASE):
        self.name, self.store, self.clinic, self.provider, self.now, self.lease = name, store, clinic, provider, now, lease

    def turn(self):
        """One practice. False: none is due."""
        now = self.now()
        key = self.store.take(self.name, micros(now), micros(now + self.lease))
        if key is None:
            return False
        wake, saved = now, None
        try:
            session = self.session(self, key, now + self.lease / 2)
            with session.practice as practice:
                session.work()
                wake = self.wake(session)
                if practice.sequence - session.saved > 100:
                    saved = practice.sequence, practice.save()
        except wb.Conflict:
            pass  # the lease ran out, and another worker goes on from there
        except wb.Error as error:
            print(f"{self.name}: {key} is set aside: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            self.store.set_aside(key, self.name, micros(now + ASIDE))
            return True
        self.store.give_back(key, self.name, micros(wake), saved)
        return True

    def wake(self, session):
        """When the practice is due again."""
        now = self.now()
        wake = min(session.practice.wake() or now + LATEST, now + LATEST)
        return min(wake, now + AGAIN) if self.store.untold(session.key) else wake

    def run(self, pause=0.5):
        """For ever."""
        while True:
            if not self.turn():
                time.sleep(pause)


def key_of(path):
    """The key of this installation: made once, kept beside the demo's database; yours lies with your secrets."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(32))
    except FileExistsError:
        pass
    return pathlib.Path(path).read_bytes()


def create(store, clinic):
    """Makes the tables, and launches the recall playbook at each practice."""
    store.create()
    launch = json.dumps({"kind": "launch", "campaign": "hygiene-recare", "approver": "dr-example"}).encode()
    for practice in clinic.practices:
        store.add_practice(practice)
        store.arrive(practice, os.urandom(16), launch, micros(clock()))


def main():
    """A worker with its web front."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("database")
    parser.add_argument("--create", action="store_true", help="make the tables and two practices first")
    parser.add_argument("--provider", default="http://127.0.0.1:8025", help="of provider.py, or your own")
    parser.add_argument("--port", type=int, default=8001, help="of the web front")
    given = parser.parse_args()
    key = key_of(given.database + ".key")
    clinic = Clinic(key, practices=2)
    try:
        store = open_sqlite(given.database)
        if given.create:
            create(store, clinic)
        front = Server(given.port, lambda: open_sqlite(given.database), Clinic(key, practices=2), clock)
        threading.Thread(target=front.serve_forever, daemon=True).start()
        print(f"http://desk:{clinic.password()}@127.0.0.1:{front.server_port}/desk/{clinic.practices[0]}", flush=True)
        Worker(f"{os.uname().nodename} {os.getpid()}", store, clinic, HttpProvider(given.provider)).run()
    except DatabaseGone as error:
        sys.exit(f"worker: {error}")


if __name__ == "__main__":
    main()
