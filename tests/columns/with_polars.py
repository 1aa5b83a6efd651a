# SPDX-License-Identifier: MIT
"""Polars: what its frames hand over, in slices and chunks, with views of texts."""
import datetime
import math
import unittest

from engine import CENTS, DAY, LONG, NOW, TEXTS, Engine, need, when

need("polars")
import polars as pl  # noqa: E402
import winback as wb  # noqa: E402

MIDNIGHT = datetime.datetime(2025, 4, 22)
EVERY = [
    ("text", pl.Series(TEXTS), TEXTS),
    ("text", pl.Series(TEXTS, dtype=pl.Categorical), TEXTS),
    ("text", pl.Series(TEXTS, dtype=pl.Enum(["a", LONG])), TEXTS),
    ("text", pl.Series([None] * 3), [None] * 3),
    ("int", pl.Series([1, None, -1], dtype=pl.Int8), [1, None, -1]),
    ("int", pl.Series(CENTS), [1250, None, -1]),
    ("uint", pl.Series([2**64 - 1, None, 0], dtype=pl.UInt64), [2**64 - 1, None, 0]),
    ("real", pl.Series([1.5, None, 2.0], dtype=pl.Float32), [1.5, None, 2.0]),
    ("bool", pl.Series([True, None, False]), [True, None, False]),
    ("day", pl.Series([DAY, None, DAY.replace(1899)]), [DAY, None, DAY.replace(1899)]),
    ("day", pl.Series([MIDNIGHT, None, None], dtype=pl.Datetime("ns")), [DAY, None, None]),
    ("time", pl.Series([NOW, None, None]), [NOW, None, None]),
    ("bytes", pl.Series([b"a", None, b""]), [b"a", None, None]),
    ("texts", pl.Series([["a"], None, [LONG, None]]), [["a"], None, [LONG, wb.UNKNOWN]]),
    ("texts", pl.Series([["a"], None, []], dtype=pl.List(pl.Categorical)), [["a"], None, []]),
    ("visits", pl.Series([[{"on": DAY, "by": 1}], None, []]), [[{"on": DAY}], None, []]),
]
UNFIT = [
    ("patient", [1, 2, 3], "text"),
    ("text", pl.Series([datetime.time(1), None, None]), "text"),
    ("int", pl.Series([1.0, None, None]), "a whole number"),
    ("int", pl.Series([1, None, None], dtype=pl.Int128), "a whole number"),
    ("day", pl.Series([NOW, None, None]), "a date"),
    ("time", pl.Series([MIDNIGHT, None, None]), "a timestamp with a time zone"),
    ("texts", pl.Series([["a"], None, ["b"]], dtype=pl.Array(pl.String, 1)), "a list"),
    ("texts", pl.Series([[1], None, []]), "text"),
    ("visits", pl.Series([["a"], None, []]), "structs"),
]


class Frames(Engine):
    def test_the_example_says_what_rows_say(self):
        self.check_example("polars")

    def test_every_type_is_read(self):
        self.check(EVERY, pl.DataFrame)

    def test_what_does_not_fit_is_named(self):
        self.check_refused(UNFIT, pl.DataFrame)

    def test_nan_is_a_number_and_no_absent_cell(self):
        facts = self.facts(pl.DataFrame({"patient": ["1"], "status": ["active"], "own.real": [float("nan")]}))
        self.assertTrue(math.isnan(facts.get(0, "own.real", when())))

    def test_slices_and_chunks_are_read(self):
        rows = [{"patient": str(at), "status": "active", "own.texts": [LONG + str(at)] * (at % 3),
                 "own.visits": [{"on": DAY + datetime.timedelta(at)}]} for at in range(12)]
        frame = pl.concat([pl.DataFrame(rows[:5]), pl.DataFrame(rows[5:7]), pl.DataFrame(rows[7:])], rechunk=False)[3:10]
        self.assertGreater(frame.n_chunks(), 1)
        facts = self.facts(frame)
        for at, row in enumerate(rows[3:10]):
            self.assertEqual(facts.get(at, "own.texts", when()), row["own.texts"])
            self.assertEqual(facts.get(at, "own.visits", when()), row["own.visits"])

    def test_a_frame_that_is_not_collected_is_named(self):
        with self.assertRaisesRegex(TypeError, "not a LazyFrame"):
            self.facts(pl.LazyFrame({"patient": ["1"]}))

    def test_a_column_alone_is_no_table(self):
        with self.assertRaisesRegex(wb.WrongType, "struct"):
            self.facts(pl.Series(["1"]))

    def test_a_struct_is_a_table(self):
        frame = pl.DataFrame({"patient": ["1"], "status": ["active"]})
        self.assertEqual(self.facts(frame.to_struct("all")).find("1"), 0)


if __name__ == "__main__":
    unittest.main()
