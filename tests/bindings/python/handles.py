# SPDX-License-Identifier: MIT
"""Handles: closed, shared, used from two threads, left to the collector."""
import gc
import json
import subprocess
import sys
import threading
import unittest

from clinic import NOW, ROOT, Clinic, wb
from facts import Rows
from practice import OFFER


class Handles(Clinic):
    def everything(self):
        """One of each, with a call that needs it open."""
        law, context, policy = wb.Law(), wb.Context(), wb.Policy(self.schema)
        rule = wb.Rule(self.schema, "true", context=context)
        text = wb.Template(self.schema, "Hi. Reply STOP", policy=policy)
        campaign = wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"], policy=policy)
        practice = self.practice(append=None, law=law)
        offer = wb.Offer(self.schema, json.dumps(OFFER))
        return [
            (offer, lambda: offer.info),
            (context, lambda: wb.Schema(context=context)), (self.zone, lambda: self.zone.local(NOW)),
            (law, lambda: list(law.rules())), (self.schema, lambda: len(self.schema)),
            (policy, lambda: policy.format()), (rule, lambda: rule.count(self.facts, self.when)),
            (text, lambda: text.measure()), (campaign, lambda: campaign.info),
            (self.facts, lambda: len(self.facts)), (practice, lambda: practice.sequence),
        ]

    def test_a_closed_handle_used_again_is_an_exception(self):
        for handle, call in self.everything():
            call()
            with handle:
                self.assertFalse(handle.closed)
            self.assertTrue(handle.closed)
            said = self.refused(wb.Closed, call)
            self.assertIn(type(handle).__name__, str(said))
            self.refused(wb.Closed, handle.__enter__)
            handle.close()
            self.assertIn("closed", repr(handle))

    def test_a_closed_handle_given_to_another_is_an_exception(self):
        rule, closed = wb.Rule(self.schema, "true"), self.facts_of(self.schema)
        closed.close()
        self.refused(wb.Closed, rule.count, closed, self.when)
        practice = self.practice(append=None)
        self.refused(wb.Closed, practice.enroll, closed, NOW)
        self.zone.close()
        self.refused(wb.Closed, wb.Moment, NOW, self.zone)
        self.assertEqual(rule.count(self.facts, self.when).yes, 3)  # the moment holds its zone
        inside = wb.Moment(NOW, None, practice)
        practice.close()
        self.refused(wb.Closed, rule.count, self.facts, inside)

    def test_what_is_shared_closes_by_itself(self):
        for handle, _ in self.everything():
            if hasattr(handle, "share"):
                other = handle.share()
                handle.close()
                self.assertFalse(other.closed)
                again = other.share()
                other.close()
                again.close()

    def test_what_was_made_with_it_may_be_closed_first(self):
        context = wb.Context()
        schema = wb.Schema(context=context)
        facts = self.facts_of(schema)
        rule = wb.Rule(schema, "true", context=context)
        for handle in (context, schema):
            handle.close()
        gc.collect()
        self.assertEqual(rule.count(facts, self.when).yes, 3)

    def test_two_threads_in_one_handle_are_told_and_nothing_breaks(self):
        inside, leave = threading.Event(), threading.Event()

        def slow(row):
            inside.set()
            leave.wait(10)
            return "Ana"

        facts = wb.Facts(self.schema, NOW, getter=Rows(**{"patient.first_name": slow}))
        answers = []
        thread = threading.Thread(target=lambda: answers.append(facts.get(0, "patient.first_name", self.when)))
        thread.start()
        inside.wait(10)
        said = self.refused(wb.Busy, facts.find, "1")
        self.assertIn("another thread", str(said))
        self.refused(wb.Busy, wb.Rule(self.schema, "true").count, facts, self.when)
        self.refused(wb.Busy, facts.close)
        leave.set()
        thread.join()
        self.assertEqual(answers, ["Ana"])
        self.assertEqual(facts.find("1"), 0)
        facts.close()

    def test_many_threads_in_one_handle(self):
        rule, seen = wb.Rule(self.schema, 'patient.first_name == "Ana"'), []

        def work():
            for _ in range(300):
                try:
                    seen.append(rule.match(self.facts, wb.Moment(NOW, self.zone)).rows())
                except wb.Busy as error:
                    seen.append(error.status)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(seen), 1200)
        self.assertTrue(all(each in ([0], wb.StatusCode.E_BUSY) for each in seen))

    def test_a_rule_closed_while_others_use_it_ends_when_they_do(self):
        rule, started, failed = wb.Rule(self.schema, "true"), threading.Barrier(3), []

        def work():
            facts = self.facts_of(self.schema)
            when = wb.Moment(NOW, self.zone)
            started.wait()
            try:
                while True:
                    failed.append(rule.count(facts, when).yes == 3)
            except wb.Closed:
                failed.append(True)

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        started.wait()
        rule.close()
        for thread in threads:
            thread.join()
        self.assertTrue(all(failed))

    def test_a_practice_in_use_by_another_thread_is_busy(self):
        inside, leave = threading.Event(), threading.Event()

        def append(*_):
            inside.set()
            leave.wait(10)

        practice = self.practice(launched=False, append=append)
        campaign = wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"])
        thread = threading.Thread(target=practice.add, args=(campaign, NOW))
        thread.start()
        inside.wait(10)
        for call in (practice.save, practice.close, practice.wake, lambda: practice.poll(self.facts, NOW)):
            self.assertIn("another thread", str(self.refused(wb.Busy, call)))
        leave.set()
        thread.join()
        self.assertEqual(practice.sequence, 1)

    def test_what_was_given_back_at_the_end_is_closed_for_whoever_comes_later(self):
        program = (
            "import atexit, sys\n"
            "calls = {}\n"
            "def late():\n"
            "    for name, call in calls.items():\n"
            "        try:\n"
            "            print(name, call())\n"
            "        except winback.Closed as error:\n"
            "            print(error)\n"
            "atexit.register(late)\n"  # before the package's own, so it is called after it
            f"sys.path.insert(0, {str(ROOT / 'tests/bindings/python')!r})\n"
            "from clinic import NOW, Clinic, wb as winback\n"
            "clinic = Clinic()\n"
            "clinic.setUp()\n"
            "rule, law, practice = winback.Rule(clinic.schema, 'true'), winback.Law(), clinic.practice(append=None)\n"
            "calls.update(zone=lambda: clinic.zone.local(NOW), law=lambda: next(law.rules()), schema=clinic.schema.share,\n"
            "             rule=rule.share, facts=lambda: rule.count(clinic.facts, clinic.when), practice=practice.save,\n"
            "             close=practice.close)\n")
        done = subprocess.run([sys.executable, "-X", "dev", "-c", program], capture_output=True, text=True, check=False,
                              env={"PYTHONPATH": str(ROOT / "bindings/python"), "WINBACK_LIBRARY": wb._library._loaded._name})
        wanted = [f"this {name} is closed" for name in ("Zone", "Law", "Schema", "Rule", "Facts", "Practice")]
        self.assertEqual((done.returncode, done.stderr, done.stdout.splitlines()), (0, "", [*wanted, "close None"]))

    def test_what_is_left_over_at_the_end_is_given_back(self):
        program = (
            "import winback as wb, datetime\n"
            "now = datetime.datetime(2026, 3, 3, tzinfo=datetime.timezone.utc)\n"
            "context = wb.Context(max_memory=10**8)\n"
            "schema = wb.Schema(context=context)\n"
            "facts = wb.Facts(schema, now, context=context)\n"
            "facts.add('patients', [{'patient': '1', 'status': 'active'}])\n"
            "rule = wb.Rule(schema, 'true')\n"
            "rule.me = [rule, facts]\n")
        done = subprocess.run([sys.executable, "-X", "dev", "-c", program], capture_output=True, text=True, check=False,
                              env={"PYTHONPATH": str(ROOT / "bindings/python"), "WINBACK_LIBRARY": wb._library._loaded._name})
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
