# SPDX-License-Identifier: MIT
"""winback calc: one answer a line, in the same order."""
import datetime
import json
import pathlib
import sys
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import Command, main, winback  # noqa: E402

NEW_YORK = "America/New_York"


class Calc(Command):
    def answers(self, *lines):
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        done = winback("calc", stdin=text)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        found = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(found), len(lines))
        return found

    def test_add(self):
        cases = {("2024-08-31", "6m1d"): "2025-03-01", ("2024-08-31", "P6M1D"): "2025-03-01",
                 ("2024-08-31", "393217"): "2025-03-01", ("2024-02-29", "1y"): "2025-02-28",
                 ("2023-08-31", "6m"): "2024-02-29", ("2026-12-31", "1d"): "2027-01-01"}
        lines = [{"op": "add", "date": d, "interval": i} for d, i in cases]
        self.assertEqual(self.answers(*lines), [{"date": date} for date in cases.values()])

    def test_months(self):
        cases = {("2026-01-31", "2026-02-28"): 1, ("2026-01-31", "2026-02-27"): 0,
                 ("2025-07-22", "2026-03-03"): 7, ("2026-03-03", "2025-03-03"): -12}
        lines = [{"op": "months", "from": f, "to": t} for f, t in cases]
        self.assertEqual(self.answers(*lines), [{"months": n} for n in cases.values()])

    def test_local_agrees_with_another_reading(self):
        lines, expected = [], []
        for name in [NEW_YORK, "America/Phoenix", "Pacific/Honolulu", "America/Anchorage"]:
            for day in range(0, 366, 30):
                at = datetime.datetime(2026, 1, 30, 14, tzinfo=datetime.timezone.utc) + \
                    datetime.timedelta(days=day)
                local = at.astimezone(zoneinfo.ZoneInfo(name))
                lines.append({"op": "local", "zone": name, "at": at.strftime("%FT%TZ")})
                expected.append({"local": local.strftime("%FT%T"),
                                 "offset_seconds": int(local.utcoffset().total_seconds())})
        self.assertEqual(self.answers(*lines), expected)
        self.assertEqual(expected[0], {"local": "2026-01-30T09:00:00", "offset_seconds": -18000})

    def test_instant_in_gap_and_fold(self):
        cases = {"2026-03-08T02:30": "2026-03-08T07:00:00Z", "2026-03-08T03:00:00":
                 "2026-03-08T07:00:00Z", "2026-11-01T01:30": "2026-11-01T05:30:00Z",
                 "2026-01-30T09:00": "2026-01-30T14:00:00Z"}
        lines = [{"op": "instant", "zone": NEW_YORK, "local": local} for local in cases]
        lines += [line | {"zone": "EST5EDT,M3.2.0,M11.1.0"} for line in lines]
        self.assertEqual(self.answers(*lines), [{"at": at} for at in cases.values()] * 2)

    def test_next_open(self):
        east, holiday = {"op": "next_open", "zone": NEW_YORK}, "2026-11-26T15:00:00Z"
        cases = [
            (east | {"region": "US-PA", "at": holiday}, {"at": "2026-11-27T14:00:00Z"}),
            (east | {"region": "US-NY", "at": holiday}, {"at": holiday}),
            (east | {"region": "US-PA", "class": "transactional", "at": holiday}, {"at": holiday}),
            (east | {"at": "2026-11-27T23:00:00Z"}, {"at": "2026-11-28T15:00:00Z"}),
            (east | {"class": "urgent", "at": "2026-11-27T08:00:00Z"}, {"at": "2026-11-27T08:00:00Z"}),
            (east | {"region": "US-NY", "at": "1980-01-01T00:00:00Z"}, {"at": None}),
            (east | {"region": None, "class": None, "at": "2026-11-27T23:00:00Z"},
             {"at": "2026-11-28T15:00:00Z"}),
        ]
        self.assertEqual(self.answers(*(line for line, _ in cases)), [found for _, found in cases])
        bad = [east | {"at": "soon"}, east | {"at": holiday, "class": "news"}, east,
               east | {"at": holiday, "region": 7}, east | {"at": holiday, "region": "MX"},
               {"op": "next_open", "at": holiday}, east | {"at": holiday, "class": 7},
               east | {"at": holiday, "regoin": "US-PA"}, east | {"at": holiday, "region": "us-pa"}]
        for found in self.answers(*bad):
            self.assertEqual(list(found), ["error"])

    def test_period(self):
        on = {"on": "2026-07-14"}
        cases = [({"kind": "calendar"}, "2026-01-01", "2026-12-31"),
                 ({"kind": "plan_year", "month": 7, "day": 15}, "2025-07-15", "2026-07-14"),
                 ({"kind": "benefit_year", "month": 3}, "2026-03-01", "2027-02-28"),
                 ({"kind": "anniversary", "effective": "2024-02-29"}, "2026-02-28", "2027-02-27"),
                 ({"kind": "rolling", "months": 12}, "2025-07-15", "2026-07-14"),
                 ({"kind": "interval", "days": 180, "effective": "2026-01-01"}, "2026-06-30",
                  "2026-12-26"),
                 ({"kind": "calendar", "effective": "2026-03-01", "terminates": "2026-09-30"},
                  "2026-03-01", "2026-09-30"),
                 ({"kind": "calendar", "effective": "2026-08-01"}, None, None),
                 ({"kind": "lifetime"}, None, None), ({"kind": "unknown"}, None, None)]
        lines = [{"op": "period"} | on | line for line, _, _ in cases]
        expected = [{"first": first, "last": last} for _, first, last in cases]
        self.assertEqual(self.answers(*lines), expected)

    def test_covered(self):
        cleaning = {"codes": "D1110,D4910", "limit": "2 per calendar year"}
        crown = {"codes": ["crown", "D6058-D6064"], "count": 1, "per": "5 years per tooth"}
        done = [{"code": "D1110", "date": "2026-01-15"}, {"code": "D4910", "date": "2026-05-20"}]
        tooth = {"code": "D2740", "date": "2024-03-01", "tooth": "14"}
        cases = [(["1 per 6 months + 1 day"], ["2026-01-15"], {}, "2026-07-16"),
                 ([cleaning], done, {}, "2027-01-01"), ([cleaning], done[:1], {}, "2026-06-01"),
                 ([cleaning, "1 per 6 months"], done, {"code": "D1110"}, "2027-01-01"),
                 ([cleaning], done[:1] + [done[1] | {"paid": False}], {}, "2026-06-01"),
                 ([cleaning], done, {"code": "D0274"}, "2026-06-01"),
                 ([crown], [tooth], {"code": "D2750", "tooth": "14"}, "2029-03-01"),
                 ([crown], [tooth], {"code": "D2750", "tooth": "15"}, "2026-06-01"),
                 ([{"limit": "1 per plan year", "month": 9}], ["2026-05-20"], {}, "2026-09-01"),
                 ([{"limit": "1 per 6 months", "boundary": "exclusive"}], ["2026-01-15"], {},
                  "2026-07-16"),
                 ([{"limit": "1 per 6 months", "boundary": "month"}], ["2026-01-15"], {},
                  "2026-07-01"),
                 ([{"limit": "12 months waiting period", "effective": "2026-01-01"}], [], {},
                  "2027-01-01"),
                 ([{"limit": "1 per day", "scope": "quadrant"}],
                  [{"date": "2026-06-01", "quadrant": "UR"}], {"quadrant": "LR"}, "2026-06-01"),
                 (["from age 14"], [], {"birth": "2012-08-01"}, "2026-08-01")]
        lines = [{"op": "covered", "from": "2026-06-01", "limits": limits, "history": history} | more
                 for limits, history, more, _ in cases]
        self.assertEqual(self.answers(*lines), [{"date": date} for *_, date in cases])
        line = {"op": "covered", "from": "2026-06-01", "history": ["2020-01-01"]}
        self.assertEqual(self.answers(line | {"limits": ["once per lifetime"]},
                                      line | {"limits": ["through age 18"]}),
                         [{"date": None, "why": "never"}, {"date": None, "why": "unknown"}])

    def test_sms(self):
        gsm, ucs = "GSM-7", "UCS-2"
        cases = [("", gsm, 1, 0), ("Hi Ana", gsm, 1, 6), ("a" * 160, gsm, 1, 160),
                 ("a" * 161, gsm, 2, 161), ("[\u20ac]", gsm, 1, 6), ("a\r\nb", gsm, 1, 4),
                 ("\u2019" * 70, ucs, 1, 70), ("\u2019" * 71, ucs, 2, 71),
                 ("\U0001f600" * 67, ucs, 3, 134)]
        lines = [{"op": "sms", "text": text} for text, *_ in cases]
        self.assertEqual(self.answers(*lines),
                         [{"encoding": encoding, "segments": segments, "units": units}
                          for _, encoding, segments, units in cases])
        bad = [{"op": "sms"}, {"op": "sms", "text": 7}, {"op": "sms", "text": None},
               {"op": "sms", "text": "a", "txet": "b"}, {"op": "sms", "text": "a" * 39016}]
        for answer in self.answers(*bad):
            self.assertEqual(list(answer), ["error"])

    def test_bad_benefits_answer_an_error(self):
        covered = {"op": "covered", "limits": [], "history": [], "from": "2026-06-01"}
        bad = [{"op": "period"}, {"op": "period", "kind": "yearly", "on": "2026-01-01"},
               {"op": "period", "kind": "calendar"},
               {"op": "period", "kind": "plan_year", "on": "2026-01-01"},
               {"op": "period", "kind": "plan_year", "month": 13, "on": "2026-01-01"},
               {"op": "period", "kind": "plan_year", "month": 1.5, "on": "2026-01-01"},
               {"op": "period", "kind": "calendar", "on": "2026-01-01", "mounth": 3},
               {"op": "period", "kind": "rolling", "months": 12, "on": "0001-01-01"},
               covered | {"from": None}, covered | {"limits": None}, covered | {"history": {}},
               covered | {"limits": ["often"]}, covered | {"limits": [7]},
               covered | {"limits": [{}]}, covered | {"limits": [{"limit": "1 per year", "count": 2}]},
               covered | {"limits": [{"limit": "1 per year", "codes": "D1"}]},
               covered | {"limits": [{"limit": "1 per year", "codes": []}]},
               covered | {"limits": [{"limit": "1 per year", "codes": [3]}]},
               covered | {"limits": [{"limit": "1 per year", "scope": "room"}]},
               covered | {"limits": [{"limit": "1 per year", "boundary": "fence"}]},
               covered | {"limits": [{"limit": "1 per year", "colour": "red"}]},
               covered | {"history": ["2026-13-40"]}, covered | {"history": [7]},
               covered | {"history": [{"code": "D1110"}]},
               covered | {"history": [{"date": "2026-01-01", "paid": "no"}]},
               covered | {"history": [{"date": "2026-01-01", "tooth": "99"}]},
               covered | {"code": "X"}, covered | {"code": 7}, covered | {"shoe": 7}]
        for line, answer in zip(bad, self.answers(*bad), strict=True):
            self.assertEqual(list(answer), ["error"], line)

    def test_replies_are_read(self):
        cases = [("STOP", "opt_out", None), ("ok, see you Monday", "confirm", None),
                 ("Stop, my mom passed", "opt_out", "deceased"), ("the parrot sings", "unrelated", None)]
        answers = self.answers(*[{"op": "reply", "text": text} for text, _, _ in cases])
        for answer, (_, intent, also) in zip(answers, cases):
            self.assertEqual((answer["intent"], answer.get("also")), (intent, also))
            self.assertTrue(0 <= answer["confidence"] <= 100)
        self.assertEqual(answers[-1]["confidence"], 0)
        bad = [{"op": "reply"}, {"op": "reply", "text": 1}, {"op": "reply", "text": "a", "lang": "en"}]
        self.assertTrue(all(set(answer) == {"error"} for answer in self.answers(*bad)))

    def test_expressions_are_worked_out(self):
        cases = [("1 + 2 * 3", 7), ("7 / 2", 3), ("7.0 / 2.0", 3.5), ("-7 % 3", -1),
                 ("0.1 + 0.2", 0.1 + 0.2), ("0x1F", 31), ("6u", 6), ("1 == 1.0", True),
                 ("'a' + 'b'", "ab"), (r"'\u00e9'", "\u00e9"), (r"r'\d'", r"\d"), ("b'abc'", "YWJj"),
                 ("null", None), ("[1, 'a', null, [2]]", [1, "a", None, [2]]),
                 ("{'a': 1, 'b': {'c': 2}}", {"a": 1, "b": {"c": 2}}), ("{1: true}", {"1": True}),
                 ("date('2024-08-31').addMonths(6)", "2025-02-28"),
                 ("timestamp('2026-03-03T09:00:00+05:00')", "2026-03-03T04:00:00Z"),
                 ("timestamp('2026-03-03T14:00:00Z').getHours('America/New_York')", 9),
                 ("duration('1h30m')", "5400s"), ("type(1)", "int"), ("[3, 1, 2].max()", 3),
                 ("[1, 2, 3].filter(x, x > 1).map(x, x * x).sum()", 13),
                 ("[1, 2].exists(x, x == 2) && ![1].all(x, x == 2)", True),
                 ("optional.none()", None), ("optional.of(5)", 5), ("1.0 / 0.0", "Infinity"),
                 ("'D2740'.matches('^D[0-9]{4}$')", True), ("cel.bind(n, 6, n * 7)", 42),
                 ("false && 1 / 0 > 0", False), ("true || 1 / 0 > 0", True)]
        lines = [{"op": "eval", "expr": expr} for expr, _ in cases]
        self.assertEqual(self.answers(*lines), [{"value": value} for _, value in cases])

    def test_expressions_have_variables(self):
        cases = [("x + y", {"x": 1, "y": 2}, 3), ("x + y", {"x": 1.5, "y": 2.25}, 3.75),
                 ("name.size()", {"name": "n\u00e9\U0001F600"}, 3),
                 ("list.exists(x, x > 2)", {"list": [1, 2, 3]}, True),
                 ("who.age >= 18 && who.name != ''", {"who": {"age": 40, "name": "A"}}, True),
                 ("has(who.age)", {"who": {}}, False), ("x == null", {"x": None}, True),
                 ("due <= limit", {"due": "2026-01-01", "limit": "2026-02-01"}, True),
                 ("1", {}, 1)]
        lines = [{"op": "eval", "expr": expr, "vars": given} for expr, given, _ in cases]
        self.assertEqual(self.answers(*lines), [{"value": value} for *_, value in cases])

    def test_bad_expressions_say_where(self):
        cases = [("1 +", "expr:1:4: the rule ends too early"),
                 ("1 +\n  nope", "expr:2:3: there is no field 'nope'"),
                 ("'a' + 1", "expr:1:5: no arithmetic of a text and a whole number"),
                 ("1 and 2", "expr:1:3: write '&&' for \"and\""),
                 ("'a' = 'a'", "expr:1:5: '=' is no comparison; write '=='"),
                 ("sze('x')", "expr:1:1: there is no function 'sze'; did you mean 'size'?"),
                 ("date('2026-02-30')", "expr:1:6: there is no such day or time"),
                 ("Foo{a: 1}", "expr:1:4: messages, 'Name{ }', are not part of the language"),
                 ("x.matches('(')", "expr:1:11: this group is not closed"),
                 ("1e400", "expr:1:1: this number does not fit"),
                 ("1 / 0", "a division by zero"), ("[1][3]", "no such key, part or element"),
                 ("9223372036854775807 + 1", "a number, time or duration out of range"),
                 ("{'a': 1, 'a': 2}", "a key that occurs twice in a map")]
        lines = [{"op": "eval", "expr": expr, "vars": {"x": "a"}} for expr, _ in cases]
        self.assertEqual(self.answers(*lines), [{"error": why} for _, why in cases])
        bad = [{"op": "eval"}, {"op": "eval", "expr": 7}, {"op": "eval", "expr": ""},
               {"op": "eval", "expr": "1", "vars": []}, {"op": "eval", "expr": "1", "var": {}},
               {"op": "eval", "expr": "(" * 70000}, {"op": "eval", "expr": "(" * 1000}]
        for line, answer in zip(bad, self.answers(*bad), strict=True):
            self.assertEqual(list(answer), ["error"], str(line)[:60])

    def test_bad_lines_answer_an_error_in_their_place(self):
        good = {"op": "months", "from": "2026-01-01", "to": "2026-02-01"}
        bad = ["", "nope", "[1]", "7", '{"op":7}', '{"op":"SMS","text":"x"}', '{"op":"add"}',
               '{"op":"add","date":"2026-13-40","interval":"6m"}', "[" * 100_000,
               '{"op":"add","date":"2026-01-01","interval":"6x"}', '{"op":"add"} x',
               '{"op":"local","zone":"America/New_Yrok","at":"2026-01-01T00:00:00Z"}',
               '{"op":"local","zone":"UTC0","at":"2026-01-01T00:00:00"}',
               '{"op":"local","zone":"UTC0","at":["2026-01-01"]}',
               '{"op":"instant","zone":"UTC0","local":"2026-01-01T24:00"}',
               '{"op":"add","date":"9999-12-31","interval":"1d"}', '{"op":"add","op":"add"}',
               '{"op":"add","date":"2026-02-29","interval":"1d"}',
               '{"op":"add","date":"2026-01-01","interval":"1d","extra":1}',
               '{"op":"add","date":"2026-01-01","interval":"65536d"}',
               '{"op":"add","date":"2026-01-01","interval":-1}',
               '{"op":"add","date":"2026-01-01","interval":"6m1d\\u0000"}',
               '{"op":"months","from":"2026-01-01","to":null}',
               '{"op":"months","from":"2026-01-01","to":"2026-02-01","unit":"days"}',
               '{"op":"local","zone":"EST25","at":"2026-01-01T00:00:00Z"}',
               '{"op":"local","zone":"UTC0","at":"2026-01-01T00:00:60Z"}',
               '{"op":"local","zone":"UTC0","at":1767225600}',
               '{"op":"instant","zone":"XXX-9","local":"0001-01-01T00:00"}',
               '{"op":"instant","zone":"UTC0","local":"2026-01-01T00:00Z"}']
        found = self.answers(*[line for pair in bad for line in (pair, good)])
        self.assertEqual(found[1::2], [{"months": 1}] * len(bad))
        for line, answer in zip(bad, found[::2], strict=True):
            self.assertEqual(list(answer), ["error"], line)
            self.assertTrue(answer["error"], line)
        self.assertIn("America/New_York", found[2 * 11]["error"])
        self.assertIn("no such operation", found[2 * 5]["error"])

    def test_bytes_that_are_no_text(self):
        done = winback("calc", stdin=b'{"op":"add","date":"\xff"}\n{"op":"\0"}\n', text=False)
        self.assertEqual(done.returncode, 0)
        self.assertEqual([list(json.loads(line)) for line in done.stdout.splitlines()],
                         [["error"], ["error"]])


if __name__ == "__main__":
    main()
