# SPDX-License-Identifier: MIT
"""The worker in Ruby on the page about SQL runs, on the tables that the worker in Python made, and goes on with what
that one left."""
import contextlib
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from sql_host import KEY, NOW, ROOT, Provider, clinics, late_journals, stores, wb, workers  # noqa: E402

RUBY = shutil.which("ruby")
AROUND = r"""
require "date"
require "openssl"
class Database # asks the test, which has SQLite
  class Taken < StandardError; end
  class Gone < StandardError; end

  def initialize = run("CONNECT")

  def run(statement, *values)
    made = values.map { |value| value.is_a?(String) && value.encoding == Encoding::BINARY ? { b: value.unpack1("H*") } : value }
    $stdout.puts JSON.generate([statement, made])
    $stdout.flush
    said = JSON.parse($stdin.gets || exit!)
    raise Taken if said == "taken"
    raise Gone, "the database went away" if said == "gone"

    said.is_a?(Array) ? said.map { |row| row.map { |cell| cell.is_a?(Hash) ? [cell["b"]].pack("H*") : cell } } : said
  end

  def transaction
    run("BEGIN IMMEDIATE")
    answer = yield
    run("COMMIT")
    answer
  rescue StandardError
    run("ROLLBACK")
    raise
  end
end

class Clinic
  attr_reader :schema
  attr_accessor :now

  def initialize(now)
    @schema, @now = Winback::Schema.new, now
    @facts = Winback::Facts.new(@schema, as_of: now)
    JSON.parse(ENV.fetch("TABLES")).each { |name, rows| @facts.add(name, dated(rows)) }
  end

  def dated(rows)
    return rows if rows.is_a?(Hash)

    rows.map { |row| row.to_h { |key, cell| [key, key.end_with?("date") ? Date.parse(cell) : cell] } }
  end

  def secret(key) = OpenSSL::HMAC.digest("SHA256", [ENV.fetch("KEY")].pack("H*"), "practice #{key}")[0, 16]
  def options(key) = Winback::PracticeOptions.new(secret: secret(key), key: key, admissions: 4)
  def facts(_) = @facts
  def campaign(name) = @campaign ||= Winback::Campaign.new(@schema, Winback.playbooks[name])
  def link(page, handle) = "https://book.example.com/#{page}/#{handle}"
end

class Provider
  def keys?(channel) = channel == Winback::Channel[:email]
  def deliver(_, id, request) = ($stderr.puts("#{id} #{request}"); ["sent", :none])
end

clinic = Clinic.new(Time.at(Integer(ENV.fetch("NOW"))).utc)
begin
  worker = Worker.new("ruby", Database.new, clinic, Provider.new)
  nil while worker.turn
rescue Database::Gone # started again, when the lease is over
  clinic.now += 120
  retry
end
"""


class Ruby(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.clinic = clinics.Clinic(KEY, 1, 4)
        self.store = stores.open_sqlite(self.folder / "host.db")
        self.addCleanup(self.store.close)
        workers.create(self.store, self.clinic)
        self.count, self.lost, self.loses, self.ran = 0, False, None, []

    def run_ruby(self, now):
        """Runs the listing until nothing is due; what its provider was sent."""
        page = (ROOT / "docs/sql.md").read_text(encoding="utf-8")
        listing, = re.findall(r"^```ruby\n(.*?)^```$", page, re.M | re.S)
        (self.folder / "worker.rb").write_text(listing + AROUND, encoding="utf-8")
        environment = {**os.environ, "KEY": KEY.hex(), "NOW": str(int(now.timestamp())),
                       "TABLES": json.dumps(self.clinic.tables("practice-01"), default=str)}
        with open(self.folder / "said", "w+", encoding="utf-8") as said, subprocess.Popen(
                [RUBY, "-I", str(ROOT / "bindings/ruby/lib"), str(self.folder / "worker.rb")], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=said, text=True, env=environment) as process:
            for line in process.stdout:
                process.stdin.write(json.dumps(self.answer(*json.loads(line))) + "\n")
                process.stdin.flush()
            self.assertEqual(process.wait(), 0, (self.folder / "said").read_text(encoding="utf-8"))
            said.seek(0)
            return [line.split(" ", 1) for line in said]

    def answer(self, statement, values):
        """What the database answers: rows, or how many were changed; it may be lost before a statement runs, or after."""
        self.lost = self.lost and statement != "CONNECT"
        if self.lost or statement == "CONNECT":
            return "gone" if self.lost else 0
        self.count += 1
        if self.loses == (self.count, "before"):
            return self.lose()
        answer = self.done(statement, values)
        return self.lose() if self.loses == (self.count, "after") else answer

    def lose(self):
        """As a server does that loses its client."""
        self.lost = True
        with contextlib.suppress(stores.DatabaseGone):  # outside of a transaction
            self.store.run("ROLLBACK")
        return "gone"

    def done(self, statement, values):
        """What a statement answers."""
        self.ran.append(statement)
        values = [bytes.fromhex(value["b"]) if isinstance(value, dict) else value for value in values]
        try:
            cursor = self.store.run(statement, *values)
        except stores.Taken:
            return "taken"
        if not statement.startswith("SELECT"):
            return cursor.rowcount
        return [[{"b": cell.hex()} if isinstance(cell, bytes) else cell for cell in row] for row in cursor.fetchall()]

    def test_it_runs_and_the_other_language_goes_on(self):
        sent = self.run_ruby(NOW)
        self.assertEqual(len({key for key, _ in sent}), 4)
        for key, request in sent:
            link = wb.make_handle(self.clinic.secret("practice-01"), wb.LinkPurpose.BOOKING, bytes.fromhex(key))
            self.assertIn(f"https://book.example.com/b/{link}", request)
        rows = "SELECT state, told, COUNT(*) FROM outbox GROUP BY state, told"
        self.assertEqual(self.store.rows(rows), [("sent", 1, 4)])
        stop = json.dumps({"kind": "reply", "text": "STOP", "contact": self.store.writers("+12125550100")[0][1].hex()})
        self.store.arrive("practice-01", bytes(16), stop.encode(), 1)
        (key, confirmation), = self.run_ruby(NOW)
        self.assertIn("+12125550100", confirmation)
        self.assertEqual(self.store.rows("SELECT received, refused FROM inbox WHERE arrived = 1"), [(1, "")])
        late, count = late_journals(self.ran)
        self.assertEqual(late, [])
        self.assertGreater(count, 9)
        machine, _ = self.store.open(self.clinic, "practice-01")
        with machine:
            self.assertEqual({action.state for action in machine.actions()}, {wb.ActionState.SENT})
        self.store.make_due("practice-01")
        provider = Provider()
        worker = workers.Worker("python", self.store, self.clinic, provider, lambda: NOW)
        while worker.turn():
            pass
        self.assertEqual(provider.log, [])

    def test_it_settles_what_another_worker_left_open(self):
        class Ending(Provider):
            def send(self, *_):
                raise stores.DatabaseGone("as if")
        with self.assertRaises(stores.DatabaseGone):
            workers.Worker("python", self.store, self.clinic, Ending(), lambda: NOW).turn()
        rows = "SELECT state, told, COUNT(*) FROM outbox GROUP BY state, told"
        self.assertEqual(self.store.rows(rows), [("ready", 0, 3), ("started", 0, 1)])
        (told_late,), *_ = self.store.rows("SELECT action FROM outbox WHERE state = 'ready' ORDER BY action")
        self.store.run("UPDATE outbox SET state = 'sent' WHERE action = ?", told_late)  # its worker had lost the practice
        (doubt, channel), = self.store.rows("SELECT action, channel FROM outbox WHERE state = 'started'")
        sent = {key for key, _ in self.run_ruby(NOW + datetime.timedelta(minutes=2))}
        everybody = {key for key, in self.store.rows("SELECT action FROM outbox")}
        again = {doubt} if channel == wb.Channel.EMAIL else set()  # a text in doubt is not sent once more
        self.assertEqual(sent, everybody - {told_late, doubt} | again)
        states = {"sent": len(everybody)} if again else {"sent": len(everybody) - 1, "unknown": 1}
        self.assertEqual(dict(self.store.rows("SELECT state, COUNT(*) FROM outbox WHERE told = 1 GROUP BY state")), states)

    def test_a_database_that_goes_away_is_an_exception_and_nothing_goes_twice(self):
        """At every sixth statement, before it ran and after it did."""
        losses = [(at, when) for at in range(1, 200, 6) for when in ("before", "after")]
        for loss in losses:
            with self.subTest(loss=loss):
                self.doCleanups()
                self.setUp()
                self.loses = loss
                sent = [key for key, _ in self.run_ruby(NOW)]
                if self.count < loss[0]:
                    break  # it ended before
                by_key = {key for key, in self.store.rows("SELECT action FROM outbox WHERE channel = ?", wb.Channel.EMAIL)}
                self.assertEqual([key for key in set(sent) - by_key if sent.count(key) > 1], [])
                self.assertLessEqual(4 - len(set(sent)), 1)  # a text in doubt is not sent again
                open_rows = "SELECT * FROM outbox WHERE told = 0 OR state IN ('ready', 'started')"
                self.assertEqual(self.store.rows(open_rows), [])
        self.assertGreater(loss[0], 40)


if __name__ == "__main__":
    if not RUBY:
        print("Ruby is not installed", file=sys.stderr)
        sys.exit(77)
    unittest.main()
