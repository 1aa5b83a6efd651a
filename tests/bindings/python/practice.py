# SPDX-License-Identifier: MIT
"""A practice at work: rules, texts, campaigns, actions, journal, and callbacks that fail."""
import ctypes
import datetime
import gc
import hashlib
import json
import unittest
import weakref

from clinic import NOW, PHONE, SECRET, Clinic, minutes, wb

OFFER = {
    "what": "Exam and cleaning for returning patients", "price_cents": 9900, "regular_cents": 18900,
    "value_cents": 9000, "cash_like": False, "first": "2026-03-01", "last": "2026-03-31",
    "qualifies": 'patient.status == "active"', "includes": ["one visit"], "excludes": ["government plans"],
    "disclosures": {"US-NY": []}, "reviewer": "dr-lee", "reviewed": "2026-02-19",
}


class Heap:
    """Memory as the C library gives it, counted: an allocator for a context. `left` calls succeed."""

    libc = ctypes.CDLL(None)
    libc.realloc.restype, libc.realloc.argtypes = ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_size_t]
    libc.free.argtypes = [ctypes.c_void_p]

    def __init__(self):
        self.live, self.left = {}, 10**9

    def __call__(self, pointer, old, new):
        assert self.live.get(pointer, 0) == old
        self.left -= 1
        if self.left < 0 and new:
            return None
        self.live.pop(pointer, None)
        if not new:
            self.libc.free(pointer)
            return None
        made = self.libc.realloc(pointer, new)
        self.live[made] = new
        return made


class Texts(Clinic):
    def test_a_rule_selects_and_says_why(self):
        rule = wb.Rule(self.schema, 'patient.first_name == "Ana" || contact.mobile == "+12125550102"')
        self.assertEqual(set(rule.fields), {"patient.first_name", "contact.mobile"})
        self.assertEqual(rule.test(self.facts, 0, self.when).truth, wb.Truth.TRUE)
        matches = rule.match(self.facts, self.when)
        self.assertEqual((matches.rows(), matches.unknown(), len(matches)), ([0, 1], [], 3))
        self.assertEqual(rule.match(self.facts, self.when, 1, 2).rows(), [1])
        self.assertEqual(rule.count(self.facts, self.when), wb.Tally(yes=2, no=1))
        self.assertEqual(rule.explain(self.facts, 2, self.when)["truth"], "false")
        self.refused(wb.NotFound, rule.test, self.facts, 3, self.when)
        self.refused(wb.Invalid, rule.test, self.facts_of(wb.Schema()), 0, self.when)

    def test_a_rule_that_is_wrong_says_where(self):
        said = self.refused(wb.NotFound, wb.Rule, self.schema, 'true &&\n recare.ban == "12+"')
        self.assertEqual((said.line, said.column, said.status), (2, 2, wb.StatusCode.E_NAME))
        self.assertIn("recare.band", str(said))
        self.refused(wb.WrongType, wb.Rule, self.schema, "1 + 1")

    def test_what_is_missing_is_named(self):
        rule = wb.Rule(self.schema, "patient.balance > 100")
        verdict = rule.test(self.facts, 0, self.when)
        self.assertEqual(verdict.truth, wb.Truth.UNDETERMINED)
        self.assertEqual(self.schema.names(verdict.missing[:verdict.missing_count]), ("patient.balance",))
        self.assertEqual(rule.match(self.facts, self.when).unknown(), [0, 1, 2])

    def test_a_text_is_checked_measured_and_rendered(self):
        text = wb.Template(self.schema, "Hi {{ patient.first_name }}, it's {{ location.short_name }}. Reply STOP to opt out.")
        self.assertEqual(text.render(self.facts, 0, self.when), "Hi Ana, it's Example Dental. Reply STOP to opt out.")
        self.assertEqual(text.fields, ("patient.first_name", "location.short_name"))
        self.assertEqual(text.measure().segments_least, 1)
        self.assertEqual([found.rule for found in text.lint()], [])
        said = self.refused(wb.PolicyForbids, wb.Template, self.schema, "You owe {{ patient.balance }}")
        self.assertEqual(said.path, "patient.balance")
        spanish = wb.TemplateOptions(channel="email.text", language="es")
        long = wb.Template(self.schema, "Hola " * 200, spanish)
        self.assertEqual(len(long.render(self.facts, 0, self.when)), 1000)
        self.assertEqual(wb.import_template("Hi [NameF]"), "Hi {{ patient.name }}")
        rules = {found.rule for found in wb.lint("You FAILED to come, final notice! " * 20, wb.LintOptions(names=("Example Dental",)))}
        self.assertTrue(any(rule.startswith("guilt") for rule in rules))
        self.assertGreater(len(wb.lint("final notice. " * 80)), 64)

    def test_a_policy_says_what_may_be_read(self):
        policy = wb.Policy(self.schema, json.dumps({"channels": {"sms": {"read": ["public"], "choose": ["public"]}}}))
        read, choose = policy.get("sms")
        self.assertEqual((read, choose), ({wb.Class.PUBLIC}, {wb.Class.PUBLIC}))
        self.assertIn(wb.Class.NAME, wb.Policy(self.schema).get("sms")[0])
        self.assertIn("sms", policy.format().lower())
        self.refused(wb.PolicyForbids, wb.Template, self.schema, "Hi {{ patient.first_name }}", policy=policy)
        said = self.refused(wb.NotFound, wb.Policy, self.schema, '{"channels": {"fax": {}}}')
        self.assertIn("/channels", said.path)

    def test_a_campaign_is_known_by_its_content(self):
        books = wb.playbooks()
        self.assertIn("hygiene-recare", books)
        campaign = wb.Campaign(self.schema, books["hygiene-recare"])
        self.assertEqual((campaign.info.name, len(campaign.info.content_id)), ("hygiene-recare", 32))
        self.assertEqual(json.loads(campaign.info.canonical)["name"], "hygiene-recare")
        match = campaign.match(self.facts, 0, self.when)
        self.assertEqual((match.outcome, match.segment), (wb.MatchReason.IN, "prophy 0-6"))
        self.assertEqual(wb.campaign_schema()["$schema"], "https://json-schema.org/draft/2020-12/schema")
        spoilt = json.loads(books["hygiene-recare"])
        spoilt["steps"][0]["nonsense"] = 1
        said = self.refused(wb.NotFound, wb.Campaign, self.schema, json.dumps(spoilt))
        self.assertTrue(said.path.startswith("/steps/0"), said.path)
        said = self.refused(wb.BadSyntax, wb.Campaign, self.schema, "hygiene-recare")
        self.assertIn("its JSON is needed (playbooks)", str(said))

    def test_a_practice_sets_its_campaigns(self):
        book = wb.playbooks()["hygiene-recare"]
        self.assertEqual(wb.Campaign(self.schema, book, settings="{}").info, wb.Campaign(self.schema, book).info)
        self.assertEqual(wb.settings_schema()["$schema"], "https://json-schema.org/draft/2020-12/schema")
        said = self.refused(wb.NotFound, wb.check_settings, '{"playbooks": {"hygiene-recal": {}}}')
        self.assertTrue(said.path.startswith("/playbooks"), said.path)

    def test_an_offer_is_asked_of_the_law(self):
        offer = wb.Offer(self.schema, json.dumps(OFFER))
        self.assertEqual((offer.info.price, offer.info.last), (9900, datetime.date(2026, 3, 31)))
        use = wb.OfferUse(flags=wb.OFFER_AUTOMATED, consent=wb.OfferConsent.WRITTEN)
        verdict = offer.test(wb.Law(), self.facts, 0, self.when, use)
        self.assertEqual(verdict.outcome, wb.OfferOutcome.VALUE)  # nobody's coverage is known


class Machine(Clinic):
    def sent(self, practice, now=NOW):
        """Lets people in and sends what is due."""
        practice.enroll(self.facts, now, "hygiene-recare")
        actions = practice.poll(self.facts, now)
        for action in actions:
            practice.ack(action, wb.OutcomeKind.SENT, now)
        return actions

    def test_a_day(self):
        practice = self.practice()
        action, = self.sent(practice)
        self.assertEqual((action.to, action.channel, action.kind), (PHONE, wb.Channel.SMS, wb.ActionKind.SEND))
        self.assertEqual((action.encoding, len(action.id)), (wb.SmsEncoding.GSM7, 16))
        self.assertEqual(practice.poll(self.facts, NOW), [])
        self.assertGreater(practice.wake(), NOW)
        states = {each.patient: each.state for each in practice.enrollments()}
        self.assertEqual(states, {"1": wb.EnrollmentState.WAITING, "3": wb.EnrollmentState.HELD})
        self.assertEqual([each.state for each in practice.actions()], [wb.ActionState.SENT])
        campaign, = practice.campaigns()
        self.assertEqual((campaign.flags, campaign.inside), (wb.CAMPAIGN_NEWEST | wb.CAMPAIGN_LAUNCHED, 2))
        self.assertEqual(hashlib.sha256(campaign.canonical.encode()).digest(), campaign.content_id)
        said = self.refused(wb.WrongState, practice.ack, action, wb.Outcome(kind=wb.OutcomeKind.NOT_SENT, cause=wb.Cause.LATE), NOW)
        self.assertEqual(said.status, wb.StatusCode.E_STATE)
        options = practice.options()
        self.assertEqual((options.per_day, options.kept_days, options.secret), (1, 120, b""))
        self.assertTrue(options.hours)
        self.assertEqual(practice.find("1"), "1")
        practice.receive(wb.Input(kind=wb.InputKind.MERGED, patient="1", other="3"), NOW)
        self.assertEqual(practice.find("1"), "3")
        self.refused(wb.NotFound, practice.find, "never")
        inside = wb.Moment(NOW, self.zone, practice)
        self.assertEqual(wb.Rule(self.schema, "true").count(self.facts, inside).yes, 3)

    def test_the_last_look_and_the_loop(self):
        practice = self.practice()
        practice.enroll(self.facts, NOW)
        action, = practice.poll(self.facts, NOW)
        self.assertEqual(practice.test(action, self.facts, NOW).answer, wb.LookAnswer.GO)
        contact = wb.make_contact(SECRET, wb.ContactKind.PHONE, PHONE)
        practice.receive(wb.Input(kind=wb.InputKind.OPTED_OUT, contact=contact, event_id=bytes(range(16))), NOW)
        look = practice.test(action.id, self.facts, NOW)
        self.assertEqual((look.answer, look.reason), (wb.LookAnswer.WITHDRAWN, "opted_out"))
        known = practice.consent(contact, "1", wb.Channel.SMS, wb.MessageClass.CARE)
        self.assertTrue(known.flags & wb.CONTACT_OPTED_OUT)
        other = self.practice(append=None)
        other.enroll(self.facts, NOW)
        heard = []

        def deliver(action):
            heard.append(action.text)
            return wb.OutcomeKind.SENT

        self.assertEqual(other.run(self.facts, NOW, deliver), wb.Run(sent=1))
        self.assertIn("Hi Ana", heard[0])

    def test_state_is_snapshot_and_journal(self):
        synced = []
        practice = self.practice(sync=lambda: synced.append(1))
        self.sent(practice)
        practice.seal(minutes(1))
        saved = practice.save()
        self.assertTrue(synced)
        with self.practice(launched=False, append=None) as again:
            self.assertEqual(again.replay(self.written()).applied, practice.sequence)
            self.assertEqual(again.save(), saved)
            torn = self.written() + self.written()[:9]
            self.assertEqual(again.replay(torn).flags & wb.REPLAY_TORN, wb.REPLAY_TORN)
        with self.practice(launched=False, append=None) as again:
            again.load(saved)
            self.assertEqual(again.save(), saved)
            self.refused(wb.WrongState, again.load, saved)
        with self.practice(launched=False) as again:
            self.refused(wb.Corrupt, again.load, saved[:-1])

    def test_a_host_names_the_format_that_is_written(self):
        saved = []
        for named in (0, wb.FORMAT_OLDEST, wb.FORMAT_NEWEST):
            options = wb.PracticeOptions(secret=SECRET, key="demo", write_format=named)
            with wb.Practice(self.schema, options) as practice:
                practice.receive(wb.Input(kind=wb.InputKind.PAUSE), NOW)
                saved.append(practice.save())
        self.assertEqual(saved[0], saved[2])
        self.assertEqual([int.from_bytes(each[4:6], "little") for each in saved],
                         [wb.FORMAT_NEWEST, wb.FORMAT_OLDEST, wb.FORMAT_NEWEST])
        for named in (wb.FORMAT_NEWEST + 1, 2**32 - 1):
            options = wb.PracticeOptions(secret=SECRET, key="demo", write_format=named)
            self.refused(wb.WrongVersion, wb.Practice, self.schema, options)

    def test_the_journal_is_read_back(self):
        practice = self.practice()
        action, = self.sent(practice)
        practice.seal(NOW)
        written = self.written()
        found = list(wb.records(written))
        self.assertEqual([each.sequence for each in found], list(range(1, len(found) + 1)))
        self.assertEqual(wb.read_record(written, found[0].offset)["sequence"], 1)
        self.assertEqual(wb.check_journal(written).last, practice.sequence)
        line, = wb.entries(written, wb.EntryQuery(patient="1"), zone=self.zone)
        self.assertIn("Text message sent", line)
        entry, = wb.entries(written, wb.EntryQuery(flags=wb.ENTRY_JSON, action=action.id))
        self.assertIsInstance(entry, dict)
        self.assertEqual(list(wb.entries(written, wb.EntryQuery(patient="nobody"))), [])
        self.assertIn("checks", wb.explain_action(written, action.id))
        self.refused(wb.NotFound, wb.explain_action, written, bytes(16))
        self.refused(wb.Corrupt, wb.check_journal, written[1:])

    def test_desk_openings_and_metrics(self):
        practice = self.practice()
        self.sent(practice)
        practice.receive(wb.Input(kind=wb.InputKind.REPLY, patient="1", text="Please call me", event_id=b"1" * 16), minutes(5))
        practice.receive(wb.Input(kind=wb.InputKind.REPLY, patient="1", text="my tooth hurts a lot", event_id=b"2" * 16), minutes(6))
        tasks = [task for which in wb.DeskList for task in practice.desk(which)]
        self.assertTrue(tasks and all(task.patient == "1" for task in tasks))
        slot = wb.Input(kind=wb.InputKind.SLOT_OPENED, visit="s1", location="1", name="hygiene", minutes=60,
                        at=NOW + datetime.timedelta(days=2))
        practice.receive(slot, minutes(7))
        self.assertEqual([each.opening for each in practice.openings()], ["s1"])
        self.assertEqual(practice.opening("s1").state, wb.OpeningState.OPEN)
        self.refused(wb.NotFound, practice.opening, "s2")
        self.assertEqual([each.contacted for each in practice.metrics() if each.segment == "prophy 0-6"], [1])
        self.assertEqual(practice.total("hygiene-recare").messages, 1)
        self.refused(wb.NotFound, practice.total, "nothing")
        self.assertIn("attributed", practice.report(minutes(8)).lower())

    def test_people_go_over_to_a_new_definition(self):
        practice = self.practice()
        self.sent(practice)
        newer = json.loads(wb.playbooks()["hygiene-recare"])
        newer["title"] = "Another title"
        practice.add(wb.Campaign(self.schema, json.dumps(newer)), minutes(1))
        plan = practice.migrate("hygiene-recare", minutes(2), plan=True, recompute=self.facts)
        self.assertEqual(sum(row.people for row in plan), 2)
        step = plan[0].from_
        self.refused(wb.NotFound, practice.migrate, "hygiene-recare", minutes(2), replaced={step: "nowhere"}, plan=True)

    def test_the_page_behind_a_link(self):
        practice = self.practice()
        action, = self.sent(practice)
        page = json.loads(practice.page(wb.Page(action=action.id, format=wb.PageFormat.JSON), self.facts, NOW))
        self.assertEqual(page["campaign"], "hygiene-recare")
        by_name = wb.Page(campaign="hygiene-recare", patient="1")
        self.assertEqual(practice.page(by_name, self.facts, NOW), page["html"])
        self.refused(wb.NotFound, practice.page, wb.Page(action=bytes(16)), self.facts, NOW)

    def test_who_waits_is_told(self):
        settings = wb.PracticeOptions(secret=SECRET, key="demo", admissions=1)
        practice = wb.Practice(self.schema, settings)
        practice.add(wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"]), NOW)
        practice.receive(wb.Input(kind=wb.InputKind.LAUNCH, campaign="hygiene-recare", approver="dr"), NOW)
        facts = self.facts_of(self.schema, {"patient": "4", "mobile": "+12125550104"})
        waiting, = practice.waiting(facts, NOW)
        self.assertEqual((waiting.patient, waiting.hold), ("4", wb.Hold.ADMISSIONS))
        self.assertEqual(practice.enroll(facts, NOW).waiting, 1)

    def test_the_secret_changes(self):
        practice = self.practice()
        contact = wb.make_contact(SECRET, wb.ContactKind.PHONE, PHONE)
        practice.receive(wb.Input(kind=wb.InputKind.OPTED_OUT, contact=contact, event_id=b"3" * 16), NOW)
        newer = wb.make_contact(bytes(range(1, 17)), wb.ContactKind.PHONE, PHONE)
        self.refused(wb.WrongState, practice.rekey, bytes(range(1, 17)), {}, NOW)
        self.refused(ValueError, practice.rekey, bytes(range(1, 17)), {contact: b"short"}, NOW)
        practice.rekey(bytes(range(1, 17)), {contact: newer}, NOW)
        known = practice.consent(newer, "1", wb.Channel.SMS, wb.MessageClass.CARE)
        self.assertTrue(known.flags & wb.CONTACT_OPTED_OUT)

    def test_law_and_policy_of_the_host(self):
        practice = self.practice(law=wb.Law(), policy=wb.Policy(self.schema))
        self.assertEqual(len(self.sent(practice)), 1)


class Callbacks(Clinic):
    def fails(self, *_):
        raise ConnectionError("the database went away")

    def test_what_append_raises_comes_out_and_the_practice_is_stale(self):
        practice = self.practice(launched=False, append=self.fails)
        campaign = wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"])
        said = self.refused(ConnectionError, practice.add, campaign, NOW)
        self.assertEqual(str(said), "the database went away")
        self.refused(wb.Stale, practice.add, campaign, NOW)

    def test_a_conflict_is_no_failure(self):
        others = [wb.Conflict("sequence 1 is there")]

        def append(first, records, count):
            if others:
                raise others.pop()
            self.append(first, records, count)

        practice = self.practice(launched=False, append=append)
        campaign = wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"])
        said = self.refused(wb.Conflict, practice.add, campaign, NOW)
        self.assertEqual(str(said), "sequence 1 is there")
        practice.add(campaign, NOW)
        self.assertEqual(practice.sequence, 1)

    def test_what_sync_and_deliver_raise_comes_out(self):
        practice = self.practice(launched=False, sync=self.fails)
        campaign = wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"])
        self.refused(ConnectionError, practice.add, campaign, NOW)
        self.refused(wb.Stale, practice.save)
        practice = self.practice(append=None)
        practice.enroll(self.facts, NOW)
        self.refused(ConnectionError, practice.run, self.facts, NOW, self.fails)
        self.assertEqual([each.state for each in practice.actions()], [wb.ActionState.CLAIMED])

    def test_an_interrupt_in_a_callback_is_not_lost(self):
        def append(*_):
            raise KeyboardInterrupt

        practice = self.practice(launched=False, append=append)
        campaign = wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"])
        self.refused(KeyboardInterrupt, practice.add, campaign, NOW)

    def test_an_answer_of_the_wrong_type_is_refused(self):
        campaign = wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"])
        for answer in (True, 0, "ok", -14):
            practice = self.practice(launched=False, append=lambda *_, answer=answer: answer)
            self.refused(TypeError, practice.add, campaign, NOW)
            practice = self.practice(launched=False, append=lambda *_: None, sync=lambda answer=answer: answer)
            self.assertIn("sync answers None", str(self.refused(TypeError, practice.add, campaign, NOW)))
        for answer in (None, 1, "sent"):
            practice = self.practice(append=None)
            practice.enroll(self.facts, NOW)
            self.refused(TypeError, practice.run, self.facts, NOW, lambda action, answer=answer: answer)

    def test_a_callback_that_calls_back_is_busy(self):
        said = []

        def append(*_):
            for call in (lambda: practice.save(), lambda: practice.close(), lambda: list(practice.enrollments())):
                said.append(self.refused(wb.Busy, call))

        practice = self.practice(launched=False, append=append)
        practice.add(wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"]), NOW)
        self.assertEqual([each.status for each in said], [wb.StatusCode.E_BUSY] * 3)
        self.assertIn("callback", str(said[0]))

        def deliver(action):
            said.append(self.refused(wb.Busy, len, self.facts))
            other = self.practice(append=None)  # another practice may be used
            self.assertEqual(other.sequence, 2)
            return wb.OutcomeKind.SENT

        practice = self.practice(append=None)
        practice.enroll(self.facts, NOW)
        self.assertEqual(practice.run(self.facts, NOW, deliver).sent, 1)
        self.assertEqual(len(said), 4)

    def test_an_allocator_may_use_what_it_allocates_for(self):
        heap, inside = Heap(), []

        def alloc(*asked):
            if made and not inside:
                inside.append(True)
                try:
                    wb.Schema(context=made[0]).close()
                except wb.Closed:  # it is being freed
                    closed.append(True)
                finally:
                    inside.clear()
            return heap(*asked)

        made, closed = [], []
        made.append(wb.Context(alloc=alloc))
        with wb.Rule(self.schema, "true", context=made[0]) as rule:
            self.assertEqual(rule.count(self.facts, self.when).yes, 3)
        self.assertEqual(closed, [])
        made[0].close()
        self.assertTrue(closed)
        self.assertEqual(heap.live, {})

    def test_closures_outlive_their_names(self):
        written = []

        def made():
            return self.practice(launched=False, append=lambda *record: written.append(record))

        practice = made()
        gc.collect()
        practice.add(wb.Campaign(self.schema, wb.playbooks()["hygiene-recare"]), NOW)
        self.assertEqual(len(written), 1)

    def test_memory_of_the_host(self):
        heap = Heap()
        context = wb.Context(alloc=heap, max_depth=10)
        schema = wb.Schema(context=context)
        rule = wb.Rule(schema, "1 == 1", context=context)
        self.assertTrue(heap.live)
        self.refused(wb.OverLimit, wb.Rule, schema, "(" * 20 + "true" + ")" * 20, context=context)
        heap.left = 1
        self.refused(MemoryError, wb.Rule, schema, "1 == 1", context=context)
        heap.left = 10**9
        context.close()
        schema.close()
        with rule.share() as other:
            rule.close()
            self.assertEqual(other.fields, ())
        self.assertEqual(heap.live, {})

    def test_a_host_that_holds_its_practice_is_collected(self):
        class Host:
            def __init__(self, schema):
                self.practice = wb.Practice(schema, wb.PracticeOptions(secret=SECRET, key="demo"), append=self.append)

            def append(self, first, records, count):
                raise AssertionError

        host = Host(self.schema)
        owner = weakref.ref(host.practice._owner)
        del host
        gc.collect()
        self.assertIsNone(owner())

    def test_bytes_and_numbers_that_cannot_be(self):
        practice = self.practice()
        for call in (practice.load, practice.replay, wb.check_journal, lambda text: list(wb.records(text))):
            self.refused(TypeError, call, "text")
        self.refused(OverflowError, practice.poll, self.facts, NOW, -1)
        rule = wb.Rule(self.schema, "true")
        self.refused(OverflowError, rule.match, self.facts, self.when, 4)
        self.refused(wb.NotFound, rule.match, self.facts, self.when, 2, 2)
        self.assertEqual(rule.match(self.facts, self.when, 3).rows(), [])

    def test_what_an_allocator_raises_comes_out(self):
        def alloc(pointer, old, new):
            raise ConnectionError("no memory service")

        self.refused(ConnectionError, wb.Context, alloc=alloc)
        for answer, kind in (("here", TypeError), (True, TypeError), (-1, OverflowError), (2**64, OverflowError)):
            self.refused(kind, wb.Context, alloc=lambda *_, answer=answer: answer)
        self.refused(wb.NoMemory, wb.Schema, context=wb.Context(max_memory=1000))


if __name__ == "__main__":
    unittest.main()
