# SPDX-License-Identifier: MIT
"""pandas: what its frames hand over by way of PyArrow, and what its columns of objects hold."""
import datetime
import decimal
import unittest

from engine import CENTS, DAY, LONG, NOW, TEXTS, Engine, need

need("pandas", "pyarrow")
import pandas as pd  # noqa: E402
import pyarrow as pa  # noqa: E402
import winback as wb  # noqa: E402

NAN = float("nan")
EVERY = [
    ("text", pd.Series(TEXTS), TEXTS),
    ("text", pd.Series(["a", NAN, LONG], dtype=object), TEXTS),
    ("text", pd.Series(["a", pd.NA, LONG], dtype=object), TEXTS),
    ("text", pd.Series(TEXTS, dtype="category"), TEXTS),
    ("int", pd.Series([1, None, -1], dtype="Int64"), [1, None, -1]),
    ("int", pd.Series([1, NAN, -1], dtype=object), [1, None, -1]),
    ("int", pd.Series([*CENTS[:1], NAN, *CENTS[2:]], dtype=object), [1250, None, -1]),
    ("real", pd.Series([1.5, NAN, 2]), [1.5, None, 2.0]),
    ("bool", pd.Series([True, None, False], dtype=object), [True, None, False]),
    ("bool", pd.Series([True, None, False], dtype="boolean"), [True, None, False]),
    ("day", pd.Series([DAY, None, DAY], dtype=object), [DAY, None, DAY]),
    ("day", pd.to_datetime(pd.Series(["2025-04-22 23:59", None, None])), [DAY, None, None]),
    ("day", pd.Series([DAY, None, DAY], dtype=pd.ArrowDtype(pa.date32())), [DAY, None, DAY]),
    ("time", pd.to_datetime(pd.Series(["2026-03-03 16:00Z", None, None])), [NOW, None, None]),
    ("bytes", pd.Series([b"a", None, b""]), [b"a", None, None]),
    ("texts", pd.Series([["a"], None, [LONG, None]]), [["a"], None, [LONG, wb.UNKNOWN]]),
    ("visits", pd.Series([[{"on": DAY, "by": 1}], None, []]), [[{"on": DAY}], None, []]),
]
UNFIT = [
    ("patient", pd.Series([1, 2, 3]), "text"),
    ("int", pd.Series([1, None, -1]), "a whole number"),  # which None made numbers with a point
    ("day", pd.Series(["2025-04-22", None, None]), "a date"),
    ("day", pd.to_datetime(pd.Series(["2026-03-03 16:00Z", None, None])), "a date"),
    ("time", pd.to_datetime(pd.Series(["2026-03-03 16:00", None, None])), "a timestamp with a time zone"),
    ("bool", pd.Series([1.0, NAN, 0.0]), "bool"),
    ("text", pd.Series([datetime.time(1), None, None]), "text"),
    ("text", pd.Series([decimal.Decimal(1), None, None]), "text"),
]
# Of PyArrow, which others use too.
ARROW_UNFIT = [
    ("text", pa.RunEndEncodedArray.from_arrays(pa.array([3], pa.int32()), pa.array(["x"])), "text"),
    ("int", pa.array(CENTS, pa.decimal256(40, 2)), "a whole number"),
    ("int", pa.array([1, 2, 3]).dictionary_encode(), "a whole number"),
    ("real", pa.array([1.0, 2.0, 3.0], pa.float16()), "float64"),
    ("bytes", pa.array([b"xx"] * 3, pa.binary(2)), "binary"),
    ("texts", pa.array([["a"], None, []], pa.list_view(pa.string())), "a list"),
    ("texts", pa.array([[("a", "b")], None, []], pa.map_(pa.string(), pa.string())), "a list"),
]


class Frames(Engine):
    def test_the_example_says_what_rows_say(self):
        self.check_example("pandas")

    def test_every_type_is_read(self):
        self.check(EVERY, pd.DataFrame)

    def test_what_does_not_fit_is_named(self):
        self.check_refused(UNFIT, pd.DataFrame)
        self.check_refused(ARROW_UNFIT, pa.table)

    def test_short_decimals_and_words_that_are_views_are_read(self):
        words = pa.DictionaryArray.from_arrays([0, None, 1], pa.array(["a", LONG], pa.string_view()))
        self.check([("int", pa.array(CENTS, pa.decimal32(9, 2)), [1250, None, -1]),
                    ("int", pa.array(CENTS, pa.decimal64(10, 3)), [1250, None, -1]),
                    ("text", words, TEXTS)], pa.table)

    def test_an_object_that_is_no_text_is_refused_by_name(self):
        with self.assertRaisesRegex(pa.ArrowException, "own.text"):
            self.facts(pd.DataFrame({"patient": ["1", "2"], "status": ["active"] * 2, "own.text": ["x", 1]}))

    def test_columns_taken_apart_say_what_is_absent_by_none_alone(self):
        for absent in (NAN, pd.NaT, pd.NA):
            columns = {"patient": ["1", "2"], "status": pd.Series(["active", absent], dtype=object)}
            with self.assertRaisesRegex(TypeError, "column 'status': .*what is absent is None"):
                self.facts(columns)

    def test_an_index_is_no_column_unless_it_is_made_one(self):
        frame = pd.DataFrame({"status": ["active"]}, index=pd.Index(["1"], name="patient"))
        self.assertEqual(self.facts(frame).find("1"), 0)  # a named one of texts is handed over
        with self.assertRaisesRegex(wb.NotFound, "patients.patient"):
            self.facts(pd.DataFrame({"status": ["active"]}))

    def test_lists_in_slices_of_chunks_are_read(self):
        texts = pa.chunked_array([pa.array([["x"], ["a", LONG]])[1:], pa.array([["y"], None, ["b"]])[1:]])
        self.check([("texts", texts, [["a", LONG], None, ["b"]])], pa.table)

    def test_capsules_of_two_objects_do_not_make_one(self):
        class Mixed:
            def __arrow_c_array__(self, requested_schema=None):
                two, one = pa.record_batch({"patient": ["1"], "status": ["active"]}), pa.record_batch({"x": [1]})
                return two.__arrow_c_array__()[0], one.__arrow_c_array__()[1]

        with self.assertRaises(wb.Invalid):
            self.facts(Mixed())


if __name__ == "__main__":
    unittest.main()
