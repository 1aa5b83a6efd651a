# SPDX-License-Identifier: MIT
"""The web front of a worker: what patients open, what the provider calls, what the desk looks at.

It decides nothing and changes no practice: what somebody does here goes into the inbox, and whichever worker has
the practice takes it from there. An address of a page holds a handle, never anything of a patient. A page that
is only fetched changes nothing, since programs that scan mail fetch every link.
"""
import base64
import datetime
import hashlib
import hmac
import http.server
import json
import os
import threading
import urllib.parse
from html import escape

import winback as wb
from store import DatabaseGone, micros

LARGEST = 65_536  # bytes of a request
TRIES = 5  # wrong birth dates for a link…
WHILE = datetime.timedelta(days=1)  # …in so long
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
                               "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
STYLE = """body { font: 18px/1.5 sans-serif; max-width: 40em; margin: 0 auto; padding: 1em; color: #222; background: #fff }
h1 { font-size: 1.4em } button, input, select { font: inherit; padding: .4em .8em; margin: .2em 0 }
button { background: #0b5394; color: #fff; border: 0; border-radius: .3em } li { margin: .6em 0 }
"""
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><link rel="stylesheet" href="/style.css"></head>
<body>
{body}
</body></html>
"""
GONE = "This link is not good any more. Please call us: we are glad to help."
LISTS = {"Now": wb.DeskList.NOW, "Visits": wb.DeskList.VISITS, "Calls": wb.DeskList.OUTREACH, "Inbox": wb.DeskList.INBOX}
DONE = {"done": wb.TaskOutcome.DONE, "no answer": wb.TaskOutcome.NO_ANSWER, "refused": wb.TaskOutcome.REFUSED,
        "wrong number": wb.TaskOutcome.WRONG_NUMBER}


def event_id(*parts):
    """The same event has the same id, however often it comes."""
    return hashlib.sha256("\0".join(parts).encode()).digest()[:16]


def times(now):
    """Times that may be booked; yours come from the book."""
    day = now.replace(hour=14, minute=0, second=0, microsecond=0)
    days = [day + datetime.timedelta(days=count) for count in range(1, 8)]
    return [at for at in days if at.weekday() < 5][:3]


class Refused(Exception):
    """A request that is answered with a status and a sentence."""

    def __init__(self, status, text):
        super().__init__(text)
        self.status = status


class Front:
    """What is done for a request, on a store of its own."""

    def __init__(self, store, server):
        self.store, self.server, self.clinic, self.now = store, server, server.clinic, server.now()

    # ---- what the provider calls ----

    def webhook(self, body, signature):
        """A reply or a receipt, once it is known to be the provider's."""
        if not hmac.compare_digest(signature, hmac.new(self.clinic.derive("webhook"), body, hashlib.sha256).hexdigest()):
            raise Refused(403, "The signature does not hold.")
        try:
            given = json.loads(body)
            event = event_id("provider", given["id"])
            if given["type"] == "reply":
                self.reply(event, wb.normalize(wb.ContactKind.PHONE, given["from"]), given["text"])
            else:
                self.receipt(event, given["type"], given["key"])
        except (ValueError, KeyError, TypeError) as error:
            raise Refused(400, "Not an event of the provider.") from error

    def receipt(self, event, kind, key):
        """Whether a message arrived."""
        found = self.store.find("action", bytes.fromhex(key).hex())
        if found and kind in ("delivered", "undelivered"):
            self.keep(found[0], event, kind=kind, action=key)

    def reply(self, event, address, text):
        """To whoever wrote last to that number; an opt-out to all who did, or might."""
        writers = self.store.writers(address)
        if wb.parse_reply(text).intent != wb.Intent.OPT_OUT:
            writers = writers[:1]
        elif not writers:
            writers = [(practice, wb.make_contact(self.clinic.secret(practice), wb.ContactKind.PHONE, address))
                       for practice in self.clinic.practices]
        for practice, contact in writers:
            self.keep(practice, event, kind="reply", contact=contact.hex(), text=text)

    def keep(self, practice, event, **content):
        """Into the inbox: what is said after this is true."""
        self.store.arrive(practice, event, json.dumps(content).encode(), micros(self.now))

    def fact(self, facts, patient, field):
        """What the records have of a patient; None: the patient is not in them."""
        row = facts.find(patient)
        return None if row is None else facts.get(row, field, wb.Moment(self.now, wb.Zone("America/New_York")))

    # ---- what patients open ----

    def of(self, column, handle):
        """Practice, action, patient and contact point behind a link."""
        found = self.store.find(column, handle) if len(handle) == wb.HANDLE_LENGTH else None
        if found is None:
            raise Refused(404, GONE)
        return found

    def booking(self, handle):
        """Times to choose from."""
        self.of("booking", handle)
        buttons = "".join(f'<li><button name="at" value="{micros(at)}">{at:%A, %B} {at.day}, in the morning</button></li>' for at in times(self.now))
        return "Book your visit", (f'<form method="post"><ul>{buttons}<li><button name="at" value="">'
                                   f'None of these: please call me</button></li></ul></form>'
                                   f'<p><a href="/p/{escape(handle)}">What is this visit for?</a></p>')

    def book(self, handle, form):
        """One of them was taken, or none suits."""
        practice, action, patient, _ = self.of("booking", handle)
        who, at = {"patient": patient.decode("utf-8", "surrogateescape"), "action": action.hex()}, form.get("at", "")
        if not at:
            self.keep(practice, event_id("click", handle), kind="click", **who)
            return "Thank you", "<p>We will call you.</p>"
        if at not in {str(micros(each)) for each in times(self.now)}:
            raise Refused(409, "That time is gone. Please choose another one.")
        self.keep(practice, event_id("booked", handle, at), kind="booked", **who, visit=handle, at=int(at))
        return "Thank you", "<p>Your visit is booked. We look forward to seeing you.</p>"

    def ask(self, handle):
        """Who is it? Before that nothing is told."""
        self.of("booking", handle)
        return "Who is reading?", ('<form method="post"><label>Your date of birth <input type="date" name="born" required>'
                                   '</label> <button>Show my page</button></form>')

    def secure(self, handle, form):
        """The secure page, to who knows the date of birth; your portal asks for more."""
        practice, action, patient, _ = self.of("booking", handle)
        with self.server.lock:
            if self.server.wrong.count(handle, self.now) >= TRIES:
                raise Refused(429, "Too many tries. Please call us.")
            facts = self.clinic.facts(practice, self.now)
            born = self.fact(facts, patient.decode("utf-8", "surrogateescape"), "patient.birth_date")
            if not isinstance(born, datetime.date) or form.get("born") != born.isoformat():
                self.server.wrong.add(handle, self.now)
                raise Refused(403, "That is not the date we have. Please try again, or call us.")
            machine, _ = self.store.open(self.clinic, practice)
            with machine:
                return "Your page", machine.page(wb.Page(action=action), facts, self.now)

    def leaving(self, handle):
        """A button: only a POST unsubscribes."""
        self.of("unsubscribe", handle)
        return "No more e-mail?", '<form method="post"><button>Unsubscribe</button></form>'

    def leave(self, handle, _):
        """By the button, or by the mail program (RFC 8058): both at once, without a question."""
        practice, _, _, contact = self.of("unsubscribe", handle)
        self.keep(practice, os.urandom(16), kind="opted_out", contact=contact.hex())
        return "Done", "<p>We will not write to this address again.</p>"

    # ---- what the desk looks at ----

    def staff(self, authorization):
        """The desk's password, which the worker printed."""
        given = base64.b64encode(b"desk:" + self.clinic.password().encode()).decode()
        if not hmac.compare_digest(authorization, f"Basic {given}"):
            raise Refused(401, "For the desk alone.")

    def desk(self, practice):
        """The lists, each with its reasons."""
        if practice not in self.clinic.practices:
            raise Refused(404, "No such practice.")
        with self.server.lock:
            facts = self.clinic.facts(practice, self.now)
            machine, _ = self.store.open(self.clinic, practice)
            with machine:
                lists = [(title, [self.task(task, facts, practice) for task in machine.desk(which)])
                         for title, which in LISTS.items()]
        return "The desk", "".join(f"<h2>{title}</h2><ul>{''.join(tasks) or '<li>Nothing.</li>'}</ul>" for title, tasks in lists)

    def task(self, task, facts, practice):
        """One entry, with what may become of it."""
        name = self.fact(facts, task.patient, "patient.first_name") or ""
        words = json.loads(self.store.said(practice, task.id)).get("text", "")
        what = ", ".join(part for part in (str(name), task.reason, task.why, words and f"“{words}”") if part)
        options = "".join(f"<option>{outcome}</option>" for outcome in DONE)
        hidden = {"task": task.id.hex(), "event": os.urandom(16).hex(), "form": self.form(practice)}
        fields = "".join(f'<input type="hidden" name="{key}" value="{value}">' for key, value in hidden.items())
        return f'<li>{escape(what)} <form method="post">{fields}<select name="outcome">{options}</select> <button>Note</button></form></li>'

    def form(self, practice):
        """Only a page of ours has it."""
        return self.clinic.derive(f"form {practice}").hex()

    def done(self, practice, form):
        """Somebody took up a task."""
        if practice not in self.clinic.practices or not hmac.compare_digest(form.get("form", ""), self.form(practice)):
            raise Refused(403, "That form is not ours.")
        try:
            task, event, outcome = bytes.fromhex(form["task"]), bytes.fromhex(form["event"]), DONE[form["outcome"]]
        except (KeyError, ValueError) as error:
            raise Refused(400, "That form is not whole.") from error
        self.keep(practice, event, kind="task_done", action=task.hex(), outcome=int(outcome))
        return "Noted", f'<p><a href="/desk/{escape(practice)}">Back to the lists</a></p>'


class Wrong:
    """How often a wrong birth date was given for a link: from the first one on, for a while, and then forgotten."""

    def __init__(self):
        self._since = {}  # the oldest first

    def count(self, handle, now):
        """How often by now."""
        while self._since and next(iter(self._since.values()))[0] <= now - WHILE:
            del self._since[next(iter(self._since))]
        return self._since.get(handle, (now, 0))[1]

    def add(self, handle, now):
        """Once more."""
        count = self.count(handle, now)
        self._since[handle] = self._since.get(handle, (now,))[0], count + 1

    def __len__(self):
        return len(self._since)


GETS = {"b": Front.booking, "p": Front.ask, "u": Front.leaving, "desk": Front.desk}
POSTS = {"b": Front.book, "p": Front.secure, "u": Front.leave, "desk": Front.done}


class Handler(http.server.BaseHTTPRequestHandler):
    """HTTP around a Front."""

    timeout = 30
    server_version, sys_version = "front", ""

    def answer(self, status, kind, text, **headers):
        """Sends it, with the headers that every answer has."""
        body = text.encode("utf-8", "replace")
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def page(self, status, title, body, **headers):
        """A page: the title and what stands in `body` are ours, or escaped."""
        heading = "" if "<h1>" in body else f"<h1>{escape(title)}</h1>\n"  # the secure page has its own
        text = PAGE.format(title=escape(title), body=heading + body)
        self.answer(status, "text/html; charset=utf-8", text, **headers)

    def body(self):
        """What was posted."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST:
            raise Refused(413, "That is too long.")
        return self.rfile.read(int(length))

    def serve(self, work):
        """Runs `work` with a Front; what goes wrong is a page without details."""
        try:
            store = self.server.connect()
            try:
                work(Front(store, self.server))
            finally:
                store.close()
        except Refused as refused:
            headers = {"WWW-Authenticate": "Basic"} if refused.status == 401 else {}
            self.page(refused.status, "Sorry", f"<p>{escape(str(refused))}</p>", **headers)
        except DatabaseGone:  # who calls comes again
            self.page(503, "Sorry", "<p>Please try again in a minute.</p>", **{"Retry-After": "60"})
        except wb.Error:
            self.page(404, "Sorry", f"<p>{GONE}</p>")

    def routed(self, routes, *more):
        """Finds what a path is for."""
        _, page, *rest = urllib.parse.urlsplit(self.path).path.split("/")
        if page not in routes or len(rest) != 1:
            raise Refused(404, GONE)

        def work(front):
            if page == "desk":
                front.staff(self.headers.get("Authorization", ""))
            self.page(200, *routes[page](front, rest[0], *more))
        return work

    def do_GET(self):
        """A page; nothing changes."""
        if self.path == "/style.css":
            self.answer(200, "text/css", STYLE)
        else:
            self.serve(lambda front: self.routed(GETS)(front))

    def do_POST(self):
        """Something was done."""
        def work(front):
            body = self.body()
            if self.path == "/provider":
                front.webhook(body, self.headers.get("X-Signature", ""))
                self.answer(202, "text/plain", "")
            else:
                form = dict(urllib.parse.parse_qsl(body.decode("utf-8", "replace")))
                self.routed(POSTS, form)(front)
        self.serve(work)

    def log_message(self, *_):
        """Paths hold handles: they are in no log."""


class Server(http.server.ThreadingHTTPServer):
    """The front of one worker, on this machine: what faces the world stands before it, and speaks TLS. A thread a
    request, each with a store of its own."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port, connect, clinic, now):
        super().__init__(("127.0.0.1", port), Handler)
        self.connect, self.clinic, self.now, self.lock, self.wrong = connect, clinic, now, threading.Lock(), Wrong()
