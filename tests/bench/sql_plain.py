# SPDX-License-Identifier: MIT
"""A program of plain SQL that sends what the worker sends, and writes what it writes.

It takes a practice, reads what came in and what is open, finds who is due among the same records, makes ids, links,
texts and requests, and runs the statements of store.py in the same transactions. It knows one text a channel and one
rule: overdue, reachable, not written to yet. No consent, law, cap, STOP, retry or reply. What its journal is to say
lies ready: the rows of the worker's. It commits the start and the outcome of each message by themselves, or as the
worker does a start with the hand-out, or with the outcome before it.
"""
import base64
import datetime
import hashlib
import hmac
import json
import re

import winback as wb
from store import Delivery, micros

BATCH = 16
LEASE, DELIVERY = datetime.timedelta(minutes=1), datetime.timedelta(minutes=10)
RECALL = datetime.timedelta(days=183)


def texts(requests):
    """The text of each channel, with places for whom it goes to: made of one that the worker wrote."""
    made = {}
    for channel, request in requests:
        if channel not in made:
            said = json.loads(request)
            link = re.search(r"/b/([\w-]{16})", said["text"])[1]
            name = re.match(r"Hi (\w+)", said["text"])[1]
            made[channel] = {part: said[part].replace(link, "{link}").replace(f"Hi {name}", "Hi {name}")
                             for part in ("subject", "text", "html") if part in said}
    return made


class Program:
    """`journals` has by practice the rows of its journal, `said` what goes out; `together`: as the worker commits."""

    def __init__(self, store, clinic, provider, now, journals, said, together):
        self.store, self.clinic, self.provider, self.now, self.texts = store, clinic, provider, now, said
        self.together = together
        self.journals = {key: iter(rows) for key, rows in journals.items()}
        self.records = {key: clinic.tables(key) for key in clinic.practices}

    def turn(self):
        """One practice. False: none is due."""
        now = self.now()
        key = self.store.take("plain", micros(now), micros(now + LEASE))
        if key is None:
            return False
        self.work(key)
        self.store.give_back(key, "plain", micros(now + datetime.timedelta(hours=1)))
        return True

    def note(self, key):
        """The next row of the journal."""
        self.store.append(key, *next(self.journals[key]))

    def work(self, key):
        """Takes notice of what came in, and sends to whoever is due."""
        store = self.store
        for event in store.waiting(key):
            json.loads(event.content)
            with store.transaction():
                self.note(key)  # the campaign
                self.note(key)  # its launch
                store.received(event)
        assert not store.untold(key)
        due = self.due(key)
        with store.transaction():
            self.note(key)
        for first in range(0, len(due), BATCH):
            self.deliver(self.hand_out(key, due[first:first + BATCH]))

    def due(self, key):
        """Patients who are overdue, can be reached, and were not written to."""
        tables, today = self.records[key], self.now().date()
        written = {patient for patient, in self.store.rows("SELECT patient FROM outbox WHERE practice = ?", key)}
        last = {each["patient"]: each["date"] for each in tables["procedures"] if each["status"] == "completed"}
        return [each for each in tables["patients"] if each["status"] == "active" and (each["mobile"] or each["email"])
                and each["patient"].encode().hex() not in written and last[each["patient"]] + RECALL <= today]

    def hand_out(self, key, patients):
        """Rows of the outbox."""
        now, secret, rows, contacts = self.now(), self.clinic.secret(key), [], {}
        by = micros(now + DELIVERY)
        with self.store.transaction():
            self.note(key)
            for patient in patients:
                to = patient["mobile"] or patient["email"]
                contacts[to] = hashlib.blake2b(to.encode(), digest_size=16, key=secret).digest()
                action = hashlib.blake2b(f"recall {patient['patient']}".encode(), digest_size=16, key=secret).digest()
                channel = wb.Channel.SMS if patient["mobile"] else wb.Channel.EMAIL
                booking, leave = self.handle(secret, b"booking", action), ""
                request = {"to": to, **{part: text.format(name=patient["first_name"], link=booking)
                                        for part, text in self.texts[channel].items()}}
                if channel == wb.Channel.EMAIL:
                    leave = self.handle(secret, b"unsubscribe", action)
                    request["headers"] = {"List-Unsubscribe": f"<{self.clinic.link('u', leave)}>",
                                          "List-Unsubscribe-Post": wb.UNSUBSCRIBE_POST}
                rows.append(Delivery(key, action, 1, int(channel), by, json.dumps(request).encode()))
                self.store.put(rows[-1], patient["patient"].encode(), contacts[to], booking, leave, micros(now))
            self.store.wrote(key, contacts, micros(now))
            if self.together:
                self.start(rows[0])
        return rows

    @staticmethod
    def handle(secret, purpose, action):
        """What a link ends with."""
        return base64.urlsafe_b64encode(hmac.digest(secret, purpose + action, "sha256")[:12]).decode()

    def deliver(self, rows):
        """Starts, sends and notes what became of each."""
        for row, following in zip(rows, [*rows[1:], None]):
            if row.state != "started" and not self.start(row):
                continue
            row.state, row.cause = self.provider.send(row.channel, row.action.hex(), row.request)
            with self.store.transaction():
                self.note(row.practice)
                self.store.finish(row, told=True)
                if self.together and following:
                    self.start(following)

    def start(self, row):
        """Whether a row may go, and this program alone may send it."""
        if micros(self.now()) < row.deliver_by and self.store.start(row):
            row.state = "started"
        return row.state == "started"
