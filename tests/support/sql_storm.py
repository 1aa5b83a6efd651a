# SPDX-License-Identifier: MIT
"""A storm: practices, workers that are killed at random, webhooks that arrive at any of them; and what must hold
when it is over, as the provider's own log has it.

Run as a program it is the nursery of workers: it has everything loaded, and forks one for each line "NUMBER" that
it reads, and kills the one before it, so that a worker is back at once. Its argument is the plan, as JSON.
"""
import collections
import datetime
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from sql_host import KEY, NOW, clinics, providers, stores, wb, web, workers  # noqa: E402
import sql_servers  # noqa: E402

WORKERS = 3
PACE = 5  # seconds of the practices in one of ours
LEASE = datetime.timedelta(seconds=5)
DAWDLE = 1  # seconds, in which three workers are killed, one of them at it
REPLIES = ["STOP", "Please call me", "how much is it?", "yes please", "ok", "what is this about"]


# ---- workers ----


def opened(plan):
    """A store in the plan's database."""
    if plan["kind"] == "sqlite":
        return stores.open_sqlite(plan["where"])
    client = {"Postgres": sql_servers.Psql, "MariaDB": sql_servers.Mariadb}[plan["kind"]]
    driver = sql_servers.Driver(lambda: client(plan["where"]))
    return stores.Store(driver, driver.connect)


class Blind(stores.Store):
    """A broken one, for the test's own test: it does without the compare-and-swaps."""

    def take(self, worker, now, until):
        self.run("UPDATE snapshot SET leased_until = 0")
        return super().take(worker, now, until)

    def append(self, practice, first, records, count):
        try:
            super().append(practice, first, records, count)
        except stores.Taken:
            pass

    def put(self, *row):
        try:
            super().put(*row)
        except stores.Taken:
            pass

    def start(self, row):
        return True


class Early(workers.Session):
    """A broken one: it delivers and tells, and only then makes the claims durable, late enough that some die before."""

    def hand_out(self):
        now = self.now()
        with self.store.transaction():
            rows = [self.put(action, now) for action in self.practice.poll(self.facts(), now, workers.BATCH)]
            for row in rows:
                if row.channel != wb.Channel.CALL:
                    row.state, row.cause = self.provider.send(row.channel, row.action.hex(), row.request)
                self.store.finish(row, told=True)
                self.tell(row)
            if rows:
                time.sleep(DAWDLE)
        return []


def live(plan, number):
    """What a worker does until it is killed."""
    random.seed()
    now = clock(plan)
    clinic = clinics.Clinic(KEY, plan["practices"], plan["patients"])
    front = web.Server(plan["ports"][number], lambda: opened(plan), clinics.Clinic(KEY, plan["practices"], 1), now)
    threading.Thread(target=front.serve_forever, daemon=True).start()
    store = opened(plan)
    if plan["broken"] == "blind":
        store.__class__ = Blind
    worker = workers.Worker(f"worker {number}", store, clinic, providers.HttpProvider(plan["provider"]), now, LEASE)
    if plan["broken"] == "early":
        worker.session = Early
    worker.run(pause=0.02)


def clock(plan):
    """The time of the practices, the same for all workers."""
    return lambda: NOW + datetime.timedelta(seconds=(time.time() - plan["origin"]) * PACE)


def nursery(plan):
    """Forks the worker that is asked for, after it killed the one of that number; says how that one ended."""
    wb.version()
    children = {}

    def end(number):
        os.kill(children[number], signal.SIGKILL)
        return os.WTERMSIG(os.waitpid(children[number], 0)[1])

    for line in sys.stdin:
        number = int(line)
        ended = end(number) if number in children else signal.SIGKILL
        children[number] = os.fork()
        if not children[number]:
            try:
                live(plan, number)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        print("killed" if ended == signal.SIGKILL else "had ended by itself", flush=True)
    for number in children:
        end(number)


# ---- the world around them ----


class Provider(providers.Server):
    """Accepts, with the whims of providers; each message may have a receipt and an answer."""

    def __init__(self, storm):
        super().__init__()
        self.storm, self.calm = storm, False

    def whim(self, channel, key):
        """Busy now and then; now and then an answer gets lost."""
        drawn = 1 if self.calm else random.random()
        return 429 if drawn < 0.02 else None if drawn < 0.04 else 202

    def handle_error(self, *_):
        """Clients are killed in the middle of a word."""

    def accepted(self, channel, key, request):
        """Sets off what follows."""
        if not self.calm:
            self.storm.answer(channel, key, json.loads(request))


class Storm:
    """One run. `faults` says what did not hold."""

    def __init__(self, folder, seconds, practices, patients, kind="sqlite", where=None, broken="", before=()):
        self.seconds, self.events, self.kills, self.webhooks = seconds, collections.deque(), 0, 0
        self.provider, self.over, self.stormy = Provider(self), False, 0
        self.plan = {"kind": kind, "where": str(where or f"{folder}/storm.db"), "practices": practices,
                     "patients": patients, "origin": time.time(), "broken": broken, "ports": ports(),
                     "provider": f"http://127.0.0.1:{self.provider.server_port}"}
        self.clinic, self.now = clinics.Clinic(KEY, practices, patients), clock(self.plan)
        self.store = opened(self.plan)
        for statement in before:
            self.store.run(statement)
        self.store.create()
        for practice in self.clinic.practices:
            self.store.add_practice(practice)

    def answer(self, channel, key, request):
        """What a provider and a patient do after a message; each webhook may come twice."""
        draw = random.random()
        self.events.append({"id": f"receipt {key}", "type": "delivered", "key": key})
        if channel == "sms" and draw < 0.5:
            self.events.append({"id": f"reply {key}", "type": "reply", "from": request["to"], "text": random.choice(REPLIES)})
        elif draw < 0.1:
            self.events.append(request["headers"]["List-Unsubscribe"].strip("<>"))
        elif draw < 0.3:
            self.events.append(request["text"].split("/b/")[1][:wb.HANDLE_LENGTH])
        if draw < 0.2:
            self.events.extend(list(self.events)[-2:])

    def post(self, path, body, **headers):
        """Posts to any worker until one takes it."""
        while not self.over:
            connection = http.client.HTTPConnection("127.0.0.1", random.choice(self.plan["ports"]), timeout=5)
            try:
                connection.request("POST", path, body, headers)
                if connection.getresponse().status < 500:
                    self.webhooks += 1
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
            finally:
                connection.close()

    def call(self):
        """Brings what happened to the fronts, until the storm is over and nothing is left."""
        while not self.over and (self.events or not self.provider.calm):
            if not self.events:
                time.sleep(0.01)
                continue
            event = self.events.popleft()
            if isinstance(event, dict):
                body = json.dumps(event).encode()
                sign = hmac.new(self.clinic.derive("webhook"), body, hashlib.sha256).hexdigest()
                self.post("/provider", body, **{"X-Signature": sign})
            elif "/u/" in event:
                self.post("/u/" + event.split("/u/")[1], b"List-Unsubscribe=One-Click")
            else:
                self.post("/b/" + event, b"at=")

    def run(self):
        """The storm, then the calm in which all is brought to an end."""
        threads = [threading.Thread(target=self.provider.serve_forever, daemon=True)]
        threads += [threading.Thread(target=self.call, daemon=True) for _ in range(2)]
        for thread in threads:
            thread.start()
        with subprocess.Popen([sys.executable, __file__, json.dumps(self.plan)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True,
                              stderr=subprocess.DEVNULL if self.plan["broken"] else None) as nurse:
            try:
                self.blow(nurse)
                self.provider.calm, self.stormy = True, len(self.provider.log)
                self.over = bool(self.plan["broken"])  # its workers may be dead
                for thread in threads[1:]:
                    thread.join(120)
                    assert not thread.is_alive(), "no worker takes webhooks any more"
            finally:
                nurse.stdin.close()
        if not self.plan["broken"]:
            self.drain()
        self.provider.shutdown()
        self.provider.server_close()

    def twice(self):
        """What the provider delivered more than once."""
        accepted = collections.Counter(key for what, _, key in list(self.provider.log) if what == "accepted")
        return [key for key, count in accepted.items() if count > 1]

    def blow(self, nurse):
        """Launches practice after practice, and kills."""
        def start(number):
            nurse.stdin.write(f"{number}\n")
            nurse.stdin.flush()
            said = nurse.stdout.readline()
            assert self.plan["broken"] or said == "killed\n", f"worker {number} {said}"

        launch = json.dumps({"kind": "launch", "campaign": "hygiene-recare", "approver": "dr"}).encode()
        for number in range(WORKERS):
            start(number)
        begun, left = time.time(), list(self.clinic.practices)
        while (spent := time.time() - begun) < self.seconds and not (self.plan["broken"] and self.twice()):
            share = min(1, spent / self.seconds / 0.7)
            while left and len(left) > (1 - share) * len(self.clinic.practices):
                self.store.arrive(left.pop(), os.urandom(16), launch, stores.micros(self.now()))
            time.sleep(random.uniform(0.02, 0.6))
            start(random.randrange(WORKERS))
            self.kills += 1

    def drain(self):
        """One more worker, and time enough for whatever was put off."""
        for minutes in (1, 10, 60):
            later = self.now() + datetime.timedelta(minutes=minutes)
            worker = workers.Worker("the last", self.store, self.clinic, providers.HttpProvider(self.plan["provider"]),
                                    lambda later=later: later, LEASE)
            while worker.turn():
                pass

    # ---- what must hold ----

    def faults(self):
        """What does not hold, each as a sentence."""
        yield from (f"{key} was delivered more than once" for key in self.twice())
        accepted = {key for what, _, key in self.provider.log if what == "accepted"}
        yield from (f"{practice}: {found} of the outbox without an outcome" for practice, found in self.store.rows(
            "SELECT practice, COUNT(*) AS n FROM outbox WHERE told = 0 OR state IN ('ready', 'started') GROUP BY practice"))
        yield from (f"{practice}: {found} events nobody received" for practice, found in self.store.rows(
            "SELECT practice, COUNT(*) AS n FROM inbox WHERE received = 0 GROUP BY practice"))
        channels = dict(self.store.rows("SELECT action, channel FROM outbox"))
        states = {}
        for practice in self.clinic.practices:
            try:
                yield from self.of_practice(practice, channels, states)
            except wb.Error as error:
                yield f"{practice}: {error}"
        yield from (f"nobody claimed {key}" for key in accepted if key not in states)
        went = {wb.ActionState.SENT, wb.ActionState.DELIVERED, wb.ActionState.UNDELIVERED}
        for key, state in states.items():
            if state in went and channels.get(key) != wb.Channel.CALL and key not in accepted:
                yield f"{key} counts as sent, and the provider never had it"
            if state == wb.ActionState.FAILED and key in accepted:
                yield f"{key} counts as failed, and the provider had it"
            if state == wb.ActionState.UNKNOWN and channels.get(key) == wb.Channel.EMAIL:
                yield f"{key} is unknown, though the provider of e-mail keeps keys: {self.rows_of(key)}"
        self.unknown = sum(state == wb.ActionState.UNKNOWN for state in states.values())
        self.sent = len(accepted)

    def rows_of(self, key):
        """The rows of an action, and what the provider has of it."""
        return (self.store.rows("SELECT attempt, state, cause, told FROM outbox WHERE action = ?", key),
                [what for what, _, other in self.provider.log if other == key])

    def of_practice(self, practice, channels, states):
        """The journal of one: whole, every action with an outcome, nobody forgotten."""
        machine, _ = self.store.open(self.clinic, practice)
        with machine:
            found = {action.id.hex(): action.state for action in machine.actions()}
            people = {each.patient for each in machine.enrollments()}
        journal = self.store.rows("SELECT content FROM journal WHERE practice = ? ORDER BY first_sequence", practice)
        wb.check_journal(b"".join(bytes(row[0]) for row in journal))
        for key, state in found.items():
            if state in (wb.ActionState.CLAIMED, wb.ActionState.READY):
                yield f"{practice}: {key} has no outcome: {state.name}, {self.rows_of(key)}"
            if key not in channels:
                yield f"{practice}: {key} is in the journal, not in the outbox"
        written = {bytes.fromhex(row[0]).decode() for row in self.store.rows(
            "SELECT DISTINCT patient FROM outbox WHERE practice = ?", practice)}
        missing = self.clinic.patients() - written
        if missing or people != self.clinic.patients():
            yield f"{practice}: {len(missing)} forgotten"
        states.update(found)

    def __str__(self):
        return (f"{len(self.clinic.practices)} practices, {WORKERS} workers, {self.seconds} s: {self.kills} killed, "
                f"{self.webhooks} webhooks, {self.stormy} requests to the provider by then, {self.sent} delivered in all, "
                f"{self.unknown} unknown")


def ports():
    """Ports that are free."""
    held = [socket.socket() for _ in range(WORKERS)]
    for each in held:
        each.bind(("127.0.0.1", 0))
    found = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return found


def storm(*size, **options):
    """Runs one; the storm, and what did not hold."""
    with tempfile.TemporaryDirectory() as folder:
        run = Storm(folder, *size, **options)
        run.run()
        found = list(run.faults())
        run.store.close()
        return run, found


if __name__ == "__main__":
    nursery(json.loads(sys.argv[1]))
