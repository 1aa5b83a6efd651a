# SPDX-License-Identifier: MIT
"""The web front of the worker over SQL, over HTTP and in a real browser."""
import base64
import datetime
import hashlib
import hmac
import html
import json
import os
import pathlib
import re
import sys
import tempfile
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from browser import CHROMIUM, LEAST, WIDTHS, chromium, pixels, seen  # noqa: E402
from sql_host import KEY, NOW, Provider, clinics, stores, wb, web, workers  # noqa: E402

SECOND = datetime.timedelta(seconds=1)
NAME = "<b>Ana & Co</b>"  # a name that a careless page would run


class Clinic(clinics.Clinic):
    """The made-up practices, with a name that is none."""

    def _patient(self, practice, at):
        return {**super()._patient(practice, at), "first_name": NAME}


class Keeping(Provider):
    """Keeps what it was sent."""

    def __init__(self):
        super().__init__()
        self.requests = []

    def send(self, channel, key, request):
        self.requests.append((channel, key, json.loads(request)))
        return super().send(channel, key, request)


class Front(unittest.TestCase):
    """Two practices; everybody was written to."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        path = self.folder / "host.db"
        self.clinic, self.provider = Clinic(KEY, 2, 4), Keeping()
        self.store, self.now = stores.open_sqlite(path), NOW
        self.addCleanup(self.store.close)
        workers.create(self.store, self.clinic)
        self.work()
        self.connect = lambda: stores.open_sqlite(path)
        self.front = web.Server(0, lambda: self.connect(), Clinic(KEY, 2, 4), lambda: self.now)
        threading.Thread(target=self.front.serve_forever, daemon=True).start()
        self.addCleanup(self.front.server_close)
        self.addCleanup(self.front.shutdown)
        self.at = f"http://127.0.0.1:{self.front.server_port}"

    def work(self):
        """A worker takes what is there."""
        worker = workers.Worker("w", self.store, self.clinic, self.provider, lambda: NOW)
        while worker.turn():
            pass

    def ask(self, path, form=None, **headers):
        """Status, headers and text of an answer."""
        body = urllib.parse.urlencode(form).encode() if isinstance(form, dict) else form
        request = urllib.request.Request(self.at + path, body, headers)
        try:
            answer = urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = answer.read().decode()
            for name in web.HEADERS:
                self.assertEqual(answer.headers[name], web.HEADERS[name], path)
            return answer.status, answer.headers, text

    def status(self, *arguments, **headers):
        """The status alone."""
        return self.ask(*arguments, **headers)[0]

    def inbox(self):
        """What came in since the launches."""
        return [json.loads(row[0]) for row in self.store.rows(
            "SELECT content FROM inbox") if b"launch" not in row[0]]

    def link(self, channel):
        """Handle of somebody's link: of a text the one to book, of an e-mail the one to leave."""
        column = "booking" if channel == wb.Channel.SMS else "unsubscribe"
        return self.store.rows(f"SELECT {column} FROM outbox WHERE channel = ? ORDER BY practice, patient", channel)[0][0]

    def webhook(self, **event):
        """The provider calls, with its signature."""
        body = json.dumps(event).encode()
        signature = hmac.new(self.clinic.derive("webhook"), body, hashlib.sha256).hexdigest()
        return self.status("/provider", body, **{"X-Signature": signature})

    def asked(self):
        """Somebody asks for a call; the desk's page on which that stands."""
        self.webhook(id="1", type="reply", **{"from": "+12125550100"}, text="please call me")
        self.work()
        return f"/desk/{self.store.writers('+12125550100')[0][0]}"

    def desk(self):
        """The header of who sits at it."""
        return {"Authorization": "Basic " + base64.b64encode(f"desk:{self.clinic.password()}".encode()).decode()}

    def form(self, text, number=0):
        """The hidden fields of a form on a page."""
        forms = text.split("<form")[1:]
        return {name: html.unescape(value) for name, value in re.findall(
            r'type="hidden" name="(\w+)" value="([^"]*)"', forms[number])}


class Pages(Front):
    def test_links_hold_a_handle_and_nothing_of_the_patient(self):
        self.assertEqual(len(self.provider.requests), 8)
        for channel, key, request in self.provider.requests:
            texts = request["text"], request.get("html", ""), str(request.get("headers"))
            links = [link for text in texts for link in re.findall(r"https://[^\s>\"<]+", text)]
            self.assertTrue(links)
            for link in links:
                self.assertRegex(link, r"^https://book\.example\.com/[bu]/[A-Za-z0-9_-]{16}[.,]?$")
            if channel == wb.Channel.EMAIL:
                self.assertEqual(request["headers"]["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")

    def test_fetching_changes_nothing_and_what_is_unknown_says_nothing(self):
        booking, leave = self.link(wb.Channel.SMS), self.link(wb.Channel.EMAIL)
        for path in (f"/b/{booking}", f"/p/{booking}", f"/u/{leave}", "/style.css"):
            self.assertEqual(self.status(path), 200, path)
        self.assertEqual(self.status("/desk/practice-01", **self.desk()), 200)
        said = set()
        for path in ("/", "/b/", f"/b/{leave}", f"/u/{booking}", "/b/" + "a" * 16, "/b/<script>alert(1)</script>", "/b/../desk",
                     f"/b/{booking}/more", "/p/%00", "/x/" + booking):
            status, _, text = self.ask(urllib.parse.quote(path, safe="/%"))
            self.assertEqual(status, 404, path)
            said.add(text)
        self.assertEqual(len(said), 1)
        self.assertEqual(self.inbox(), [])

    def test_a_visit_is_booked_once_and_ends_the_sequence(self):
        path = "/b/" + self.link(wb.Channel.SMS)
        page = self.ask(path)[2]
        at = re.findall(r'name="at" value="(\d+)"', page)
        self.assertEqual(len(at), 3)
        self.assertEqual(self.status(path, {"at": "1772553600000000"}), 409)
        self.assertEqual(self.status(path, {"at": at[0] + "x"}), 409)
        for _ in range(2):
            self.assertIn("booked", self.ask(path, {"at": at[0]})[2])
        self.assertEqual([event["kind"] for event in self.inbox()], ["booked"])
        self.work()
        machine, _ = self.store.open(self.clinic, "practice-01")
        with machine:
            self.assertEqual([each.reason for each in machine.enrollments() if each.patient == "p0"], ["booked"])

    def test_who_finds_no_time_is_called(self):
        path = "/b/" + self.link(wb.Channel.SMS)
        self.assertIn("call you", self.ask(path, {"at": ""})[2])
        click, = self.inbox()
        handle = wb.make_handle(self.clinic.secret("practice-01"), wb.LinkPurpose.BOOKING, bytes.fromhex(click["action"]))
        self.assertEqual((click["kind"], path), ("click", f"/b/{handle}"))

    def test_the_secure_page_is_for_who_knows_the_date_of_birth(self):
        path = "/p/" + self.link(wb.Channel.SMS)
        self.assertNotIn(html.escape(NAME), self.ask(path)[2])
        self.assertEqual(self.status(path, {"born": "1980-01-02"}), 403)
        self.assertEqual(self.status(path, {}), 403)
        status, _, text = self.ask(path, {"born": "1980-01-01"})
        self.assertEqual(status, 200)
        self.assertIn("cleaning", text)
        self.assertEqual(text.count("<h1>"), 1)
        self.assertIn(path.replace("/p/", "/b/"), text)
        self.assertNotIn(NAME, text)

    def test_wrong_birth_dates_are_counted_by_link_and_day_and_right_ones_are_not(self):
        path, other = ("/p/" + row[0] for row in self.store.rows("SELECT booking FROM outbox ORDER BY practice, patient LIMIT 2"))
        for _ in range(web.TRIES - 1):
            self.assertEqual(self.status(path, {"born": "1999-01-01"}), 403)
            self.assertEqual(self.status(path, {"born": "1980-01-01"}), 200)
        self.assertEqual(self.status(path, {"born": "1999-01-01"}), 403)
        self.assertEqual(self.status(path, {"born": "1980-01-01"}), 429)
        self.assertEqual(self.status(other, {"born": "1980-01-02"}), 200)
        self.now += web.WHILE - SECOND
        self.assertEqual(self.status(path, {"born": "1980-01-01"}), 429)
        self.now += SECOND
        self.assertEqual(self.status(path, {"born": "1980-01-01"}), 200)
        self.assertEqual(len(self.front.wrong), 0)  # what is long ago takes no room

    def test_one_click_unsubscribes_and_a_look_does_not(self):
        path = "/u/" + self.link(wb.Channel.EMAIL)
        self.assertIn("<form", self.ask(path)[2])
        self.assertEqual(self.inbox(), [])
        self.assertEqual(self.status(path, b"List-Unsubscribe=One-Click"), 200)
        event, = self.inbox()
        self.assertEqual(event["kind"], "opted_out")
        self.work()
        machine, _ = self.store.open(self.clinic, "practice-01")
        with machine:
            self.assertEqual([each.reason for each in machine.enrollments() if each.patient == "p1"], ["opted_out"])

    def test_the_database_away_is_try_again(self):
        def away():
            raise stores.DatabaseGone("as if")
        self.connect = away
        status, headers, text = self.ask("/b/" + self.link(wb.Channel.SMS))
        self.assertEqual((status, headers["Retry-After"]), (503, "60"))
        self.assertNotIn("as if", text)
        self.assertEqual(self.webhook(id="1", type="reply", **{"from": "+12125550100"}, text="hi"), 503)


class Webhooks(Front):
    def test_only_the_provider_is_heard_and_the_same_event_once(self):
        reply = {"id": "1", "type": "reply", "from": "(212) 555-0100", "text": "please call me"}
        self.assertEqual(self.status("/provider", json.dumps(reply).encode(), **{"X-Signature": "0" * 64}), 403)
        self.assertEqual(self.status("/provider", json.dumps(reply).encode()), 403)
        self.assertEqual(self.inbox(), [])
        self.assertEqual([self.webhook(**reply), self.webhook(**reply)], [202, 202])
        self.assertEqual(len(self.inbox()), 1)

    def test_a_reply_goes_to_who_wrote_last_and_an_opt_out_to_all(self):
        writers = self.store.writers("+12125550100")
        self.assertEqual({practice for practice, _ in writers}, {"practice-01", "practice-02"})
        self.webhook(id="1", type="reply", **{"from": "+12125550100"}, text="how much is it?")
        self.assertEqual(self.store.rows("SELECT practice FROM inbox WHERE received = 0"), [(writers[0][0],)])
        self.webhook(id="2", type="reply", **{"from": "+12125550100"}, text="STOP")
        self.assertEqual(self.store.rows("SELECT COUNT(*) FROM inbox WHERE received = 0"), [(3,)])
        self.webhook(id="3", type="reply", **{"from": "+12125550199"}, text="stop please")  # nobody's
        self.assertEqual(self.store.rows("SELECT COUNT(*) FROM inbox WHERE received = 0"), [(5,)])
        self.webhook(id="4", type="reply", **{"from": "+12125550199"}, text="who is this")
        self.assertEqual(self.store.rows("SELECT COUNT(*) FROM inbox WHERE received = 0"), [(5,)])
        before = len(self.provider.requests)
        self.work()
        self.assertEqual(self.store.rows("SELECT refused FROM inbox WHERE refused <> ''"), [])
        self.assertEqual([request["to"] for _, _, request in self.provider.requests[before:]], ["+12125550100"] * 2)

    def test_receipts_reach_their_practice(self):
        key = self.provider.requests[0][1]
        self.assertEqual(self.webhook(id="1", type="delivered", key=key), 202)
        self.assertEqual(self.webhook(id="2", type="delivered", key="0" * 32), 202)
        self.assertEqual(self.inbox(), [{"kind": "delivered", "action": key}])

    def test_nonsense_is_refused(self):
        for event in ({}, {"id": 1, "type": "reply"}, {"id": "1", "type": "reply", "from": "12", "text": "x"},
                      {"id": "1", "type": "delivered", "key": 7}):
            self.assertEqual(self.webhook(**event), 400, event)
        self.assertEqual(self.status("/provider", b"x" * (web.LARGEST + 1)), 413)
        self.assertEqual(self.inbox(), [])


class Desk(Front):
    def setUp(self):
        super().setUp()
        self.path = self.asked()

    def test_it_is_for_the_desk_and_names_are_text(self):
        status, headers, _ = self.ask(self.path)
        self.assertEqual((status, headers["WWW-Authenticate"]), (401, "Basic"))
        self.assertEqual(self.status(self.path, Authorization="Basic eDp5"), 401)
        text = self.ask(self.path, **self.desk())[2]
        self.assertIn(html.escape(NAME), text)
        self.assertNotIn(NAME, text)
        self.assertEqual(self.status("/desk/nowhere", **self.desk()), 404)
        self.webhook(id="2", type="reply", **{"from": "+12125550100"}, text="<i>my crown fell out</i>")
        self.work()
        text = self.ask(self.path, **self.desk())[2]
        self.assertIn("“&lt;i&gt;my crown fell out&lt;/i&gt;”", text)  # for the desk to read

    def test_a_task_is_taken_up_once_by_a_form_of_ours(self):
        form = {**self.form(self.ask(self.path, **self.desk())[2]), "outcome": "refused"}
        self.assertEqual(self.status(self.path, {**form, "form": "0" * 64}, **self.desk()), 403)
        self.assertEqual(self.status(self.path, form), 401)
        self.assertEqual(self.status(self.path, {**form, "outcome": "none"}, **self.desk()), 400)
        for _ in range(2):
            self.assertEqual(self.status(self.path, form, **self.desk()), 200)
        self.assertEqual(sorted(event["kind"] for event in self.inbox()), ["reply", "task_done"])
        self.work()
        self.assertNotIn("<form", self.ask(self.path, **self.desk())[2])


@unittest.skipUnless(CHROMIUM, "Chromium is not installed")
class Browser(Front):
    """The pages as a reader sees them."""

    def test_they_fit_and_can_be_read_on_a_desktop_and_on_a_phone(self):
        booking, leave = self.link(wb.Channel.SMS), self.link(wb.Channel.EMAIL)
        secure = self.ask(f"/p/{booking}", {"born": "1980-01-01"})[2]
        pages = [self.ask(path, **self.desk())[2] for path in (f"/b/{booking}", f"/p/{booking}", f"/u/{leave}", self.asked())]
        styled = [page.replace('<link rel="stylesheet" href="/style.css">', f"<style>{web.STYLE}</style>")
                  for page in [*pages, secure]]
        for number, found in enumerate(seen(self.folder, 1, styled)):
            with self.subTest(page=number // len(WIDTHS), width=found["width"]):
                self.assertGreaterEqual(found["texts"], 2)
                self.assertLessEqual(found["scroll"], found["width"])
                self.assertEqual(found["beyond"], [])
                self.assertGreaterEqual(found["least"][0], LEAST, found["least"])

    def test_a_reader_books_and_unsubscribes(self):
        """And nothing that a page asks for is refused by its own headers."""
        booking, leave = self.link(wb.Channel.SMS), self.link(wb.Channel.EMAIL)
        for path in (f"/b/{booking}", f"/p/{booking}", f"/u/{leave}"):
            out, said = chromium(self.folder, "--dump-dom", self.at + path)
            self.assertEqual(said, [], path)
            self.assertIn("<form", out)
        shot = self.folder / "page.png"
        chromium(self.folder, f"--screenshot={shot}", "--window-size=360,640", f"{self.at}/b/{booking}")
        colours = [row[at:at + 3] for row in pixels(shot.read_bytes()) for at in range(0, 3 * 360, 3)]
        self.assertEqual(len(colours), 360 * 640)
        self.assertGreater(colours.count(bytes.fromhex("0b5394")), 5_000)  # four buttons, by the style sheet
        at = re.search(r'name="at" value="(\d+)"', self.ask(f"/b/{booking}")[2])[1]
        for path, name, value, said in ((f"/b/{booking}", "at", at, "booked"), (f"/u/{leave}", "x", "", "not write")):
            press = self.folder / "press.html"
            press.write_text(f'<form method="post" action="{self.at}{path}"><input name="{name}" value="{value}"></form>'
                             "<script>document.forms[0].submit()</script>", encoding="utf-8")
            out, _ = chromium(self.folder, "--virtual-time-budget=5000", "--dump-dom", press.as_uri())
            self.assertIn(said, out)
        self.assertEqual(sorted(event["kind"] for event in self.inbox()), ["booked", "opted_out"])


if __name__ == "__main__":
    if not CHROMIUM:
        print("the browser is skipped: Chromium is not installed", file=sys.stderr)
        if os.environ.get("WB_ALL_TOOLS"):
            sys.exit(1)
    unittest.main()
