# SPDX-License-Identifier: MIT
"""Values in and out: dates, zones, law, dental rules, messages."""
import datetime
import unittest

from clinic import DUE, NOW, SECRET, TODAY, Clinic, wb
from winback._library import library

DAY = datetime.date


class Values(Clinic):
    def test_version_and_status_names_are_those_of_the_library(self):
        self.assertEqual(wb.version(), wb.__version__)
        self.assertEqual(wb.status_name(wb.StatusCode.E_RANGE), "WB_E_RANGE")
        for code in wb.StatusCode:
            self.assertEqual(code is not wb.StatusCode.OK, code in wb.STATUSES)
        self.assertEqual(library().wb_version(), int("%d%03d%03d" % tuple(map(int, wb.__version__.split(".")))))
        self.assertEqual(library().wb_struct_size(b"wb_error"), 256)

    def test_no_two_things_have_one_name(self):
        self.assertEqual(len(set(wb.__all__)), len(wb.__all__))
        for name in wb.__all__:
            self.assertTrue(hasattr(wb, name), name)

    def test_dates(self):
        self.assertEqual(wb.make_date(2024, 2, 29), DAY(2024, 2, 29))
        self.assertEqual(wb.split_date(DAY(2024, 2, 29)), (2024, 2, 29))
        self.assertEqual(wb.parse_date("0001-01-01"), DAY.min)
        self.assertEqual(wb.format_date(DAY.max), "9999-12-31")
        self.assertEqual(wb.weekday(DAY(2026, 3, 3)), 2)
        self.assertEqual(wb.add(DAY(2024, 8, 31), wb.parse_interval("6m1d")), DAY(2025, 3, 1))
        self.assertEqual(wb.add_months(DAY(2024, 8, 31), -6), DAY(2024, 2, 29))
        self.assertEqual(wb.months_between(DAY(2024, 8, 31), DAY(2025, 2, 28)), 6)
        self.assertEqual(wb.format_interval(wb.Interval(years=1, days=3)), "1y3d")
        self.refused(wb.OutOfRange, wb.make_date, 2026, 2, 29)
        self.refused(wb.BadSyntax, wb.parse_date, "yesterday")
        self.refused(TypeError, wb.weekday, NOW)
        self.refused(OverflowError, wb.add_months, TODAY, 2**31)

    def test_zones(self):
        local = self.zone.local(NOW)
        self.assertEqual((local.hour, local.utcoffset()), (11, datetime.timedelta(hours=-5)))
        twice = datetime.datetime(2026, 11, 1, 1, 30)
        apart = self.zone.instant(twice.replace(fold=1)) - self.zone.instant(twice)
        self.assertEqual(apart, datetime.timedelta(hours=1))
        self.assertEqual(wb.parse_time("2026-03-03T17:00:00+01:00"), NOW)
        self.assertEqual(wb.format_time(NOW, self.zone), "2026-03-03T11:00:00-05:00")
        self.assertEqual(wb.format_time(NOW), "2026-03-03T16:00:00Z")
        said = self.refused(wb.NotFound, wb.Zone, "America/New_Yorck")
        self.assertIn("America/New_York", str(said))
        naive = self.refused(ValueError, wb.format_time, NOW.replace(tzinfo=None))
        self.assertIn("aware", str(naive))

    def test_law(self):
        law = wb.Law()
        question = wb.LawQuestion(at=NOW, regions="US-NY", message_class=wb.MessageClass.CARE)
        answer = law.find(question, zones=[self.zone], hours_zone=self.zone)
        self.assertEqual(answer.open_at, NOW)
        early = wb.LawQuestion(at=NOW, regions="US-NY", message_class=wb.MessageClass.CARE,
                               hours=(wb.Window(weekdays=wb.WEEKDAYS_ALL, from_=12 * 3600, to=13 * 3600),))
        answer = law.find(early, zones=[self.zone])
        self.assertEqual((answer.open_at, answer.held_by), (NOW + datetime.timedelta(hours=1), "hours"))
        rules = list(law.rules(wb.LawKind.HOURS, "US-NY", wb.MessageClass.CARE, TODAY))
        self.assertTrue(rules and all(rule.kind is wb.LawKind.HOURS and rule.source for rule in rules))
        self.assertEqual(law.add_business("US", DAY(2026, 7, 2), 1), DAY(2026, 7, 6))
        self.refused(wb.NotFound, law.add_business, "XX", TODAY, 1)
        said = self.refused(wb.Error, wb.Law, '{"pack":\n 1}')
        self.assertTrue(said.line and said.status)
        with law.share() as other:
            law.close()
            self.assertEqual(other.find(question, zones=[self.zone]).open_at, NOW)

    def test_dental_rules(self):
        history = wb.RecareHistory(last_prophy=DUE, birth=DAY(1980, 1, 1))
        stands = wb.recare(history, TODAY)
        self.assertEqual((stands.due, stands.overdue_months, stands.kind), (DAY(2025, 10, 23), 4, wb.RecareKind.PROPHY))
        settings = wb.RecareSettings(prophy_interval=wb.Interval(months=3), edges=(1, 2, 3))
        self.assertEqual(wb.recare(history, TODAY, settings).due, DAY(2025, 7, 22))
        self.refused(ValueError, wb.recare, history, TODAY, wb.RecareSettings(edges=(1, 2)))
        mine = wb.Code(code="X1", standard="D2740")
        self.assertEqual(wb.find_group("X1", TODAY, [mine]).name, "crown")
        self.assertEqual(wb.find_group("D1110").code, 1110)
        self.assertEqual(wb.parse_codes("D1110, D4341-D4342"), (wb.CodeRange(1110, 1110), wb.CodeRange(4341, 4342)))
        self.assertGreater(len(wb.parse_codes(",".join(f"D{1100 + n}" for n in range(90)))), 80)
        self.refused(wb.NotFound, wb.parse_codes, "nothing")
        self.assertNotEqual(wb.parse_teeth("10"), wb.parse_teeth("10", areas=True))

    def test_treatment(self):
        endo = wb.find_group("D3330")
        done = wb.Procedure(teeth=wb.parse_teeth("14"), code=endo.code, group=endo.id,
                            status=wb.ProcedureStatus.COMPLETED, date=DAY(2025, 1, 10))
        crown = wb.find_group("D2740")
        planned = wb.Procedure(teeth=wb.parse_teeth("14"), code=crown.code, group=crown.id,
                               status=wb.ProcedureStatus.PLANNED, date=DAY(2025, 1, 10))
        stands = wb.treatment([done, planned], 1, TODAY)
        self.assertEqual((stands.flags & wb.TREATMENT_OPEN, stands.months), (wb.TREATMENT_OPEN, 13))
        self.refused(wb.Invalid, wb.treatment, [done], 1, TODAY)
        self.assertEqual([found.kind for found in wb.unfinished([done], TODAY)], ["endo_uncrowned"])

    def test_benefits(self):
        plan = wb.Plan(kind=wb.PeriodKind.CALENDAR, verified=TODAY)
        period = wb.benefit_period(plan, TODAY)
        self.assertEqual((period.first, period.last), (DAY(2026, 1, 1), DAY(2026, 12, 31)))
        claim = wb.Claim(paid=30000, status=wb.ClaimStatus.RECEIVED, date=DAY(2026, 2, 1))
        self.assertEqual(wb.usage([claim], period, 100000).remaining, 70000)
        self.assertIsNone(wb.usage([claim], period, None).remaining)
        limit = wb.parse_limit("1 per 6 months")
        self.assertEqual((limit.count, limit.months), (1, 6))
        cleaning = wb.find_group("D1110")
        past = wb.Procedure(code=1110, group=cleaning.id, status=wb.ProcedureStatus.COMPLETED, date=DAY(2026, 1, 31))
        first = wb.covered([limit], [past], wb.Service(code=1110, from_=TODAY))
        self.assertEqual((first.date, first.limit), (DAY(2026, 7, 31), 0))

    def test_messages(self):
        self.assertEqual(wb.plain("<p>Hi <b>Ana</b></p>").strip(), "Hi Ana")
        measured = wb.measure_sms("é" * 161)
        self.assertEqual((measured.segments, measured.encoding), (2, wb.SmsEncoding.GSM7))
        self.assertEqual(wb.subject("Your visit"), "Your visit")
        self.assertTrue(wb.subject("¿Su visita?").startswith("=?"))
        self.assertEqual(wb.body("a=b\n"), b"a=3Db\r\n")
        self.assertEqual(wb.unsubscribe("https://example.com/u/1"), "<https://example.com/u/1>")
        self.assertIn("mailto", wb.unsubscribe("https://example.com/u/1", "mailto:leave@example.com"))
        handle = wb.make_handle(SECRET, wb.LinkPurpose.BOOKING, bytes(16))
        self.assertEqual((len(handle), len(wb.format_handle(bytes(12)))), (wb.HANDLE_LENGTH, wb.HANDLE_LENGTH))
        key = wb.LinkKey(data=bytes(range(32)), id=7)
        link = wb.Link(expires=NOW, handle=bytes(range(8)), purpose=wb.LinkPurpose.BOOKING)
        token = wb.make_link(key, link)
        early = NOW - datetime.timedelta(seconds=1)
        read = wb.parse_link(token, key, wb.LinkPurpose.BOOKING, early)
        self.assertEqual((read.handle, read.expires, read.key), (link.handle, NOW, 7))
        self.refused(wb.WrongState, wb.parse_link, token, key, wb.LinkPurpose.BOOKING, NOW)
        self.refused(wb.WrongType, wb.parse_link, token, key, wb.LinkPurpose.UNSUBSCRIBE, early)
        self.refused(ValueError, wb.make_link, key, wb.Link(expires=NOW, handle=b"short", purpose=1))

    def test_replies_and_contacts(self):
        reply = wb.parse_reply("Stop, my mom passed")
        self.assertEqual((reply.intent, reply.also), (wb.Intent.OPT_OUT, wb.Intent.DECEASED))
        self.assertTrue(reply.flags & wb.REPLY_STOP)
        self.assertEqual(wb.intent_name(wb.Intent.OPT_OUT), "opt_out")
        self.assertEqual(wb.hold_name(wb.Hold.NO_PERMISSION), "no_permission")
        self.assertEqual(wb.normalize(wb.ContactKind.PHONE, "(212) 555-0101"), "+12125550101")
        self.assertEqual(len(wb.make_contact(SECRET, wb.ContactKind.EMAIL, "pat@example.com")), 16)
        self.refused(wb.Invalid, wb.normalize, wb.ContactKind.PHONE, "12")
        self.refused(ValueError, wb.make_contact, b"short", wb.ContactKind.PHONE, "+12125550101")

    def test_expressions_and_metrics(self):
        self.assertEqual(wb.evaluate('date("2024-08-31").addMonths(6)'), "2025-02-28")
        self.assertEqual(wb.evaluate("a + size(b)", {"a": 1, "b": [2, 3]}), 3)
        said = self.refused(wb.BadSyntax, wb.evaluate, "1 +\n *")
        self.assertEqual((said.line, said.column), (2, 2))
        shown = wb.effect(wb.Arms(contacted=1000, kept=200, held_out=1000, held_out_kept=100))
        self.assertEqual((shown.shows, shown.difference), (wb.VerdictKind.MORE, 1000))

    def test_what_does_not_fit_is_an_exception_and_not_cut(self):
        options = wb.PracticeOptions(secret=SECRET, key="demo", lease=2**32)
        said = self.refused(OverflowError, wb.Practice, self.schema, options)
        self.assertIn("lease", str(said))
        self.refused(ValueError, wb.Practice, self.schema, wb.PracticeOptions(secret=b"1", key="demo"))
        self.refused(TypeError, wb.Practice, self.schema, wb.PracticeOptions(secret=SECRET, key=b"demo"))
        self.refused(TypeError, wb.Practice, self.schema, wb.PracticeOptions(secret=SECRET, key="demo", lease="1"))

    def test_no_value_of_a_patient_is_shown_by_accident(self):
        shown = repr(wb.Action(to="+12125550101", text="Hi Ana", patient="1")) + repr(wb.Input(text="my tooth"))
        for secret in ("555", "Ana", "tooth"):
            self.assertNotIn(secret, shown)


if __name__ == "__main__":
    unittest.main()
