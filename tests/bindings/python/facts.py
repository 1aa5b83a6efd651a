# SPDX-License-Identifier: MIT
"""Facts: tables of every kind, Arrow capsules good and hostile, and a getter."""
import array
import ctypes
import datetime
import decimal
import gc
import os
import subprocess
import sys
import unittest

from clinic import DUE, LOCATION, NOW, ROOT, Clinic, patients, procedures, wb
from winback import _declarations as c
from winback import arrow

new = ctypes.pythonapi.PyCapsule_New
new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p] * 3


class Capsules:
    """An object with the protocol, over a table of this binding."""

    def __init__(self, rows, names=(b"arrow_schema", b"arrow_array")):
        self.made = arrow.Exported(rows)
        self.names = [ctypes.create_string_buffer(name) for name in names]

    def __arrow_c_array__(self, requested_schema=None):
        return tuple(new(ctypes.addressof(it), ctypes.addressof(name), None)
                     for it, name in zip((self.made.schema, self.made.array), self.names))


class Stream:
    """An object whose stream gives batches; `fails` after them."""

    def __init__(self, batches, fails=False, name=b"arrow_array_stream"):
        self.batches = [arrow.Exported(rows) for rows in batches]
        self.fails, self.kept, self.name = fails, [], ctypes.create_string_buffer(name)
        self.stream = c.ArrowArrayStream()
        self.stream.get_schema = c.ArrowArrayStream_get_schema(self.schema)
        self.stream.get_next = c.ArrowArrayStream_get_next(self.next)
        self.stream.release = c.ArrowArrayStream_release(self.release)
        self.released = False

    def move(self, struct, to):
        """Gives a struct away."""
        ctypes.memmove(ctypes.addressof(to.contents), ctypes.addressof(struct), ctypes.sizeof(struct))
        struct.release = type(struct.release)()

    def schema(self, _, out):
        self.move(self.batches[0].schema, out)
        return 0

    def next(self, _, out):
        if self.batches:
            self.kept.append(self.batches.pop(0))
            self.move(self.kept[-1].array, out)
        elif self.fails:
            return 5
        else:
            out.contents.release = c.ArrowArray_release()
        return 0

    def release(self, stream):
        self.released = True
        stream.contents.release = c.ArrowArrayStream_release()

    def __arrow_c_stream__(self, requested_schema=None):
        return new(ctypes.addressof(self.stream), ctypes.addressof(self.name), None)


class Rows:
    """A host with objects."""

    def __init__(self, **changed):
        self.rows, self.fetched, self.changed = patients(), [], changed

    def count(self):
        return len(self.rows)

    def find(self, key):
        return next((at for at, row in enumerate(self.rows) if row["patient"] == key), None)

    def fetch(self, rows):
        self.fetched += rows

    def get(self, row, field):
        if field in self.changed:
            value = self.changed[field]
            return value(row) if callable(value) else value
        if field == "procedures":
            return [{"code": "D1110", "status": "completed", "date": DUE}]
        if field == "appointments":
            return []
        group, _, name = field.partition(".")
        if group == "location":
            return LOCATION.get(name, wb.UNKNOWN)
        name = "patient" if name == "key" else name
        return self.rows[row].get(name, wb.UNKNOWN) if group in ("patient", "contact") else wb.UNKNOWN


class Facts(Clinic):
    def add(self, table, rows, fields=()):
        facts = wb.Facts(wb.Schema(fields), NOW)
        facts.add(table, rows)
        return facts

    def test_rows_and_columns_say_the_same(self):
        rows = patients()
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        for table in (rows, iter(rows), columns, Capsules(rows), Stream([rows[:1], rows[1:]])):
            facts = self.add("patients", table)
            self.assertEqual(len(facts), 3)
            self.assertEqual(facts.find("2"), 1)
            self.assertEqual(facts.get(1, "patient.first_name", self.when), "Ben")
            self.assertIsNone(facts.get(2, "contact.mobile", self.when))
            self.assertEqual(facts.get(0, "patient.birth_date", self.when), datetime.date(1980, 12, 14))

    def test_every_kind_of_value(self):
        kinds = {
            "bool": (wb.Kind.BOOL, [True, None, False]), "int": (wb.Kind.INT, [-1, None, 2**63 - 1]),
            "double": (wb.Kind.DOUBLE, [1.5, None, 2]), "text": (wb.Kind.TEXT, ["é", None, "a"]),
            "bytes": (wb.Kind.BYTES, [b"\0", None, b"1"]), "date": (wb.Kind.DATE, [DUE, None, DUE]),
            "time": (wb.Kind.TIME, [NOW, None, NOW]), "many": (wb.Kind.LIST, [["a", "b"], None, []]),
            "cents": (wb.Kind.INT, [decimal.Decimal("12.5"), None, decimal.Decimal("-0.01")]),
            "absent": (wb.Kind.INT, [None, None, None]),
        }
        fields = [wb.Field(name=f"own.{name}", about="One.", type=kind, presence=wb.Presence.OPTIONAL,
                           class_=wb.Class.STAFF, element=wb.Kind.TEXT if kind == wb.Kind.LIST else 0)
                  for name, (kind, _) in kinds.items()]
        fields += [wb.Field(name="own.wide", about="One.", type=wb.Kind.UINT, presence=wb.Presence.OPTIONAL,
                            class_=wb.Class.STAFF)]
        columns = {f"own.{name}": values for name, (_, values) in kinds.items()}
        wide = array.array("Q", [1, 2, 2**64 - 1])
        facts = self.add("patients", {"patient": ["1", "2", "3"], "status": ["active"] * 3, **columns,
                                      "own.wide": wide}, fields)
        for name, (_, values) in kinds.items():
            wanted = [wb.UNKNOWN if value is None else value for value in values]
            if name == "cents":
                wanted = [1250, wb.UNKNOWN, -1]
            self.assertEqual([facts.get(row, f"own.{name}", self.when) for row in range(3)], wanted, name)
        self.assertEqual(facts.get(2, "own.wide", self.when), 2**64 - 1)

    def test_lists_of_records_are_dicts(self):
        fields = [wb.Field(name="loyalty", about="Visits.", type=wb.Kind.LIST, element=wb.Kind.RECORD,
                           presence=wb.Presence.OPTIONAL, class_=wb.Class.STAFF),
                  wb.Field(name="loyalty.day", about="When.", type=wb.Kind.DATE, presence=wb.Presence.NULLABLE,
                           class_=wb.Class.STAFF)]
        facts = self.add("patients", [{"patient": "1", "status": "active", "loyalty": [{"day": DUE}, {"day": None}]}],
                         fields)
        self.assertEqual(facts.get(0, "loyalty", self.when), [{"day": DUE}, {"day": None}])
        self.assertEqual(self.facts.get(0, "procedures", self.when)[0]["code"], "D1110")

    def test_buffers_are_not_copied_and_let_go(self):
        ages = array.array("i", [1, 2, 3])
        fields = [wb.Field(name="own.n", about="One.", type=wb.Kind.INT, presence=wb.Presence.OPTIONAL,
                           class_=wb.Class.STAFF)]
        table = {"patient": ["1", "2", "3"], "status": ["active"] * 3, "own.n": memoryview(ages)}
        facts = self.add("patients", table, fields)
        gc.collect()
        before = len(arrow._lent)
        self.assertEqual(facts.get(2, "own.n", self.when), 3)
        self.assertRaises(BufferError, ages.append, 4)
        facts.close()
        self.assertEqual(before - len(arrow._lent), 4)  # the table and each column
        del table
        ages.append(4)

    def test_columns_of_other_kinds_are_asked_for_their_values(self):
        class Series:
            def __init__(self, values):
                self.values = values

            def tolist(self):
                return self.values

        every_second = memoryview(array.array("q", [1, 0, 2, 0, 3, 0]))[::2]
        fields = [wb.Field(name="own.n", about="One.", type=wb.Kind.INT, presence=wb.Presence.OPTIONAL,
                           class_=wb.Class.STAFF)]
        facts = self.add("patients", {"patient": Series(["1", "2", "3"]), "status": iter(["active"] * 3),
                                      "own.n": every_second}, fields)
        self.assertEqual([facts.get(row, "own.n", self.when) for row in range(3)], [1, 2, 3])

    def test_columns_of_chunks_are_asked_too(self):
        class Chunks:
            def to_pylist(self):
                return ["1", "2"]

        self.assertEqual(self.add("patients", {"patient": Chunks(), "status": ["active"] * 2}).find("2"), 1)

    def test_what_others_write_for_absent_is_named(self):
        class NaTType(datetime.datetime):
            pass

        class NAType:
            pass

        for values, words in ((["active", float("nan")], "what is absent is None, not NaN"),
                              ([NaTType(1, 1, 1)], "NaTType; what is absent is None"),
                              ([NAType()], "NAType; what is absent is None")):
            rows = {"patient": ["1", "2"][:len(values)], "status": values}
            said = self.refused(TypeError, self.add, "patients", rows)
            self.assertIn("column 'status': ", str(said))
            self.assertIn(words, str(said))

    def test_what_is_no_table_is_named(self):
        class Lazy:
            def __getitem__(self, at):
                raise TypeError("not subscriptable")

        said = self.refused(TypeError, self.add, "patients", Lazy())
        self.assertIn("__arrow_c_array__, not a Lazy", str(said))

    def test_columns_may_lie_in_memory_as_arrow_has_them(self):
        ends = array.array("i", [0, 1, 2, 3])
        facts = self.add("patients", {"patient": wb.ArrowColumn("u", 3, [None, ends, b"123"]), "status": ["active"] * 3,
                                      "first_name": wb.ArrowColumn("u", 3, [b"\x05", memoryview(ends), b"ABC"], 1)})
        self.assertEqual(facts.find("3"), 2)
        names = [facts.get(row, "patient.first_name", self.when) for row in range(3)]
        self.assertEqual(names, ["A", wb.UNKNOWN, "C"])
        self.refused(TypeError, self.add, "patients", {"patient": wb.ArrowColumn("u", 3, [None, "text", b""])})

    def test_keys_may_be_any_bytes(self):
        key = b"\xff1".decode("utf-8", "surrogateescape")
        facts = self.add("patients", {"patient": [key.encode("utf-8", "surrogateescape").decode("latin-1")],
                                      "status": ["active"]})
        self.assertEqual(facts.find("ÿ1"), 0)
        self.refused(wb.NotFound, facts.find, key)

    def test_orphans_are_counted(self):
        self.assertEqual(self.facts.orphans, 0)
        facts = wb.Facts(self.schema, NOW)
        facts.add("patients", patients())
        facts.add("procedures", [*procedures(), {**procedures()[0], "patient": "9"}])
        facts.get(0, "recare.due", self.when)
        self.assertEqual(facts.orphans, 1)

    def test_a_table_that_changed_comes_anew(self):
        facts = wb.Facts(self.schema, NOW)
        facts.add("patients", patients())
        facts.add("procedures", procedures())
        before = facts.get(0, "recare.last", self.when)
        facts.renew(NOW)
        self.assertEqual(facts.get(0, "recare.last", self.when), before)
        facts.renew(NOW, "procedures", "appointments")
        later = [{**row, "date": row["date"] + datetime.timedelta(1)} for row in procedures()]
        facts.add("procedures", later)
        self.assertEqual(facts.get(0, "recare.last", self.when), before + datetime.timedelta(1))
        self.refused(wb.NotFound, facts.renew, NOW, "visits")

    def test_bad_tables_name_the_column(self):
        good = {"patient": ["1"], "status": ["active"]}
        for rows, kind, word in [
                ({**good, "birth_date": [1, "x"]}, TypeError, "birth_date"),
                ({**good, "balance": [2**64]}, OverflowError, "balance"),
                ({**good, "first_name": "Ana"}, TypeError, "first_name"),
                ({**good, "first_name": [object()]}, TypeError, "first_name"),
                ({**good, "first_name": ["a", "b"]}, ValueError, "lengths"),
                ({**good, "first_name": [1]}, wb.WrongType, "first_name"),
                ({"patient": ["1"]}, wb.NotFound, "status"),
                ([1], TypeError, "mapping"),
                ({**good, "birth_date": memoryview(bytes(4)).cast("B", (2, 2))}, ValueError, "lengths"),
                ({**good, "birth_date": memoryview(bytes(1)).cast("c")}, wb.WrongType, "birth_date")]:
            gc.collect()  # so that nothing else is given back meanwhile
            before = len(arrow._lent)
            said = self.refused(kind, self.add, "patients", rows)
            self.assertIn(word, str(said))
            self.assertEqual(len(arrow._lent), before)
        self.refused(wb.NotFound, self.add, "nobody", good)
        self.refused(wb.WrongState, self.facts.add, "patients", good)

    def test_hostile_capsules_are_refused(self):
        class Answers:
            def __init__(self, answer):
                self.answer = answer

            def __arrow_c_array__(self, requested_schema=None):
                return self.answer

        class Streams(Answers):
            __arrow_c_stream__ = Answers.__arrow_c_array__

        rows = patients()
        for answer in (None, 1, (), (1, 2), ("a", object()), (1, 2, 3)):
            self.refused(wb.Invalid, self.add, "patients", Answers(answer))
            self.refused(wb.Invalid, self.add, "patients", Streams(answer))
        for names in ((b"arrow_array", b"arrow_schema"), (b"arrow_schema", b"other")):
            self.refused(wb.Invalid, self.add, "patients", Capsules(rows, names))
        self.refused(wb.Invalid, self.add, "patients", Stream([rows], name=b"arrow_array"))
        for used in (Capsules(rows), Stream([rows])):
            self.add("patients", used)
            said = self.refused(wb.Invalid, self.add, "patients", used)
            self.assertIn("second time", str(said))

        def spoilt(change):
            capsules = Capsules(rows)
            change(capsules.made.schema, capsules.made.array)
            return capsules

        for change in (
                lambda schema, held: setattr(held, "length", -1),
                lambda schema, held: setattr(held, "length", 2**40),
                lambda schema, held: setattr(held, "n_children", 1),
                lambda schema, held: setattr(held, "offset", 2**62),
                lambda schema, held: setattr(schema, "n_children", -5),
                lambda schema, held: setattr(schema, "format", b"+w:nonsense"),
                lambda schema, held: setattr(schema, "format", None),
                lambda schema, held: setattr(held, "null_count", 77)):
            self.refused(wb.Error, self.add, "patients", spoilt(change))

    def test_what_a_rule_finds_is_a_column_for_others(self):
        facts = self.add("patients", [{**patients()[0], "patient": str(at), "balance": [None, 0, 500][at % 3]}
                                      for at in range(11)])
        matches = wb.Rule(facts.schema, "patient.balance > 100").match(facts, self.when, first=1)
        gc.collect()
        before = len(arrow._lent)
        column = arrow.Imported(matches)
        self.assertEqual((column.schema.format, column.array.length, column.array.null_count), (b"b", 10, -1))
        known, yes = (ctypes.string_at(column.array.buffers[at], 2) for at in range(2))
        self.assertEqual((known, yes), (bytes(matches.known), bytes(matches.yes)))
        self.assertEqual([bytes(matches.known), bytes(matches.yes)], [b"\xdb\x02", b"\x92\x00"])
        self.assertRaises(BufferError, matches.yes.append, 0)  # it lies where it lay
        del column                                             # nobody took it
        self.assertEqual((len(arrow._lent), arrow._given), (before, {}))
        matches.yes.append(0)

    def test_a_column_that_was_taken_outlives_its_capsule(self):
        matches = wb.Rule(self.schema, "true").match(self.facts, self.when)
        column, taken = arrow.Imported(matches), c.ArrowArray()
        ctypes.memmove(ctypes.addressof(taken), ctypes.addressof(column.array), ctypes.sizeof(taken))
        column.array.release = c.ArrowArray_release()
        del column, matches
        gc.collect()
        self.assertEqual(ctypes.string_at(taken.buffers[1], 1), b"\x07")
        taken.release(ctypes.pointer(taken))

    def test_capsules_may_be_left_when_python_ends(self):
        program = ("import datetime, winback as wb\n"
                   "matches = wb.Matches(0, 3)\nkept = matches.__arrow_c_array__()\n")
        done = subprocess.run([sys.executable, "-X", "dev", "-c", program], capture_output=True, text=True, check=False,
                              env={**os.environ, "PYTHONPATH": str(ROOT / "bindings/python")})
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_a_stream_that_fails_is_released(self):
        stream = Stream([patients()], fails=True)
        self.refused(wb.Aborted, self.add, "patients", stream)
        self.assertTrue(stream.released)

    def test_hostile_streams_are_refused_and_released(self):
        for name, answer in (("get_schema", None), ("get_next", None), ("get_schema", 22), ("get_schema", 0), ("get_next", 0)):
            stream = Stream([patients()])
            kind = getattr(c, f"ArrowArrayStream_{name}")  # which is missing, fails, or writes nothing
            kept = kind() if answer is None else kind(lambda _, out, answer=answer: answer)
            setattr(stream.stream, name, kept)
            if (name, answer) == ("get_next", 0):  # a stream that has ended
                self.assertEqual(len(self.add("patients", stream)), 0)
            else:
                self.refused(wb.Error, self.add, "patients", stream)
            self.assertTrue(stream.released, (name, answer))

    def test_what_the_protocol_raises_comes_out(self):
        class Broken:
            def __arrow_c_stream__(self, requested_schema=None):
                raise ConnectionError("the engine went away")

        self.refused(ConnectionError, self.add, "patients", Broken())

    def test_a_getter_says_what_tables_say(self):
        rows = Rows()
        with wb.Facts(self.schema, NOW, getter=rows) as facts:
            self.assertEqual((len(facts), facts.find("3")), (3, 2))
            self.refused(wb.NotFound, facts.find, "9")
            for field in ("patient.first_name", "recare.due", "recare.band", "location.booking_url"):
                self.assertEqual(facts.get(0, field, self.when), self.facts.get(0, field, self.when), field)
            self.assertEqual(facts.get(0, "procedures", self.when)[0]["date"], DUE)
            self.refused(wb.WrongState, facts.add, "patients", patients())
            practice = self.practice()
            practice.enroll(facts, NOW)
            self.assertEqual(sorted(rows.fetched), [0, 1, 2])
            self.assertEqual(practice.poll(facts, NOW)[0].text[:6], "Hi Ana")

    def test_what_a_getter_raises_comes_out_and_the_facts_go_on(self):
        def fails(row):
            raise ConnectionError("the database went away")

        rows = Rows(**{"patient.first_name": fails})
        facts = wb.Facts(self.schema, NOW, getter=rows)
        self.refused(ConnectionError, facts.get, 0, "patient.first_name", self.when)
        rows.changed.clear()
        self.assertEqual(facts.get(0, "patient.first_name", self.when), "Ana")

    def test_whatever_a_getter_raises_it_in_comes_out(self):
        def fails(*_):
            raise ConnectionError("the database went away")

        practice = self.practice()
        for name, call in (("count", len), ("find", lambda facts: facts.find("1")),
                           ("count", lambda facts: practice.enroll(facts, NOW)),
                           ("fetch", lambda facts: practice.enroll(facts, NOW))):
            rows, before = Rows(), practice.sequence
            facts = wb.Facts(self.schema, NOW, getter=rows)
            setattr(rows, name, fails)
            self.refused(ConnectionError, call, facts)
            self.assertEqual(practice.sequence, before)
            delattr(rows, name)
            call(facts)  # and it goes on

    def test_a_getter_that_calls_back_is_busy(self):
        said = []

        def again(row):
            for call in (lambda: facts.get(row, "patient.last_name", self.when), facts.close, lambda: facts.renew(NOW)):
                said.append(self.refused(wb.Busy, call))
            return "Ana"

        facts = wb.Facts(self.schema, NOW, getter=Rows(**{"patient.first_name": again}))
        self.assertEqual(facts.get(0, "patient.first_name", self.when), "Ana")
        self.assertEqual(len(said), 3)
        self.assertIn("callback", str(said[0]))

    def test_a_getter_of_the_wrong_type_is_named(self):
        for field, answer, word in [
                ("patient.first_name", 3, "patient.first_name"), ("patient.birth_date", NOW, "patient.birth_date"),
                ("procedures", "D1110", "procedures"), ("procedures", [1], "procedures"),
                ("recare.overdue_months", True, "recare.overdue_months"),
                ("recare.overdue_months", 2**64, "recare.overdue_months")]:
            facts = wb.Facts(self.schema, NOW, getter=Rows(**{field: answer}))
            said = self.refused((TypeError, OverflowError), facts.get, 0, field, self.when)
            self.assertIn(word, str(said))
        rows = Rows()
        rows.count = lambda: "three"
        self.refused(TypeError, len, wb.Facts(self.schema, NOW, getter=rows))
        rows = Rows()
        rows.find = lambda key: "1"
        self.refused(TypeError, wb.Facts(self.schema, NOW, getter=rows).find, "1")

    def test_conventions_of_the_practice(self):
        settings = wb.RecareSettings(prophy_interval=wb.Interval(months=3))
        visit = {"patient": "1", "status": "scheduled", "start": datetime.date(2026, 3, 18)}  # which holds no procedure
        for by_trigger in (False, True):
            facts = wb.Facts(self.schema, NOW, recare=settings, booked_by_trigger=by_trigger)
            for name, rows in ("patients", patients()), ("procedures", procedures()), ("appointments", [visit]):
                facts.add(name, rows)
            self.assertEqual(facts.get(0, "recare.due", self.when), datetime.date(2025, 7, 22))
            self.assertIs(facts.get(0, "recare.booked", self.when), not by_trigger)

    def test_the_columns_that_tables_may_have(self):
        needed = {(one.table, one.name) for one in wb.columns() if one.flags & wb.COLUMN_NEEDED}
        self.assertLess({("patients", "patient"), ("patients", "status")}, needed)

    def test_the_dictionary(self):
        self.assertIn("recare.band", [field.name for field in self.schema])
        band = self.schema[self.schema.find("recare.band")]
        self.assertEqual(band.domain.split("|")[0], "not_due")
        said = self.refused(wb.NotFound, self.schema.find, "recare.bands")
        self.assertIn("recare.bands", str(said))
        self.refused(IndexError, self.schema.__getitem__, len(self.schema))
        self.assertIs(wb.UNKNOWN, wb.Unknown())
        self.assertFalse(wb.UNKNOWN)


if __name__ == "__main__":
    unittest.main()
