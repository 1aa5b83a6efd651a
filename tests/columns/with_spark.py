# SPDX-License-Identifier: MIT
"""Spark: what mapInArrow hands to its workers. Needs a Java runtime too."""
import os
import shutil
import sys
import unittest

from engine import CENTS, DAY, LONG, NOW, TEXTS, Engine, need

need("pyspark", "pyarrow")
if not shutil.which("java"):
    print("not installed: java")
    sys.exit(77)
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
os.environ["PYSPARK_PYTHON"] = sys.executable
from pyspark.sql import SparkSession  # noqa: E402

WORDS = "cast it to "
COLUMNS = [  # name, Spark's type, values, and what is read or said
    ("text", "string", TEXTS, TEXTS),
    ("int", "decimal(9, 2)", CENTS, [1250, None, -1]),
    ("int", "decimal(38, 4)", CENTS, [1250, None, -1]),
    ("int", "tinyint", [1, None, -1], [1, None, -1]),
    ("int", "double", [1.0, None, -1.0], WORDS + "a whole number"),
    ("real", "double", [1.5, None, float("nan")], [1.5, None, "nan"]),
    ("bool", "boolean", [True, None, False], [True, None, False]),
    ("day", "date", [DAY, None, DAY], [DAY, None, DAY]),
    ("day", "timestamp_ntz", [NOW.replace(tzinfo=None), None, None], [NOW.date(), None, None]),
    ("day", "timestamp", [NOW, None, None], WORDS + "a date"),  # Spark's are instants
    ("time", "timestamp", [NOW, None, None], [NOW, None, None]),
    ("time", "timestamp_ntz", [NOW.replace(tzinfo=None), None, None], WORDS + "a timestamp with a time zone"),
    ("bytes", "binary", [b"a", None, b""], [b"a", None, None]),
    ("texts", "array<string>", [["a"], None, [LONG]], [["a"], None, [LONG]]),
    ("texts", "map<string, string>", [{"a": "b"}, None, {}], WORDS + "a list"),
    ("visits", "array<struct<on: date, by: int>>", [[(DAY, 1)], None, []], [[{"on": DAY}], None, []]),
]


def read(columns, batches):
    """What a worker makes of each column: what is read of each row, or why it is refused."""
    import pyarrow as pa
    import winback as wb

    from engine import schema, when

    for batch in batches:
        said = []
        for at, name in enumerate(columns):
            facts = wb.Facts(schema(), NOW)
            try:
                facts.add("patients", pa.record_batch({"patient": batch.column("patient"), "status": batch.column("status"),
                                                       f"own.{name}": batch.column(f"c{at}")}))
                said.append(repr([facts.get(row, f"own.{name}", when()) for row in range(len(batch))]))
            except wb.WrongType as refused:
                said.append(str(refused))
        yield pa.RecordBatch.from_pydict({"at": list(range(len(said))), "said": said})


class Batches(Engine):
    def test_the_example_says_what_rows_say(self):
        self.check_example("spark")

    def test_every_type_is_read_or_named(self):
        spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", False)
                 .config("spark.sql.session.timeZone", "UTC").getOrCreate())
        self.addCleanup(spark.stop)
        spark.sparkContext.addPyFile(sys.modules["engine"].__file__)
        kinds = ", ".join(f"c{at} {kind}" for at, (_, kind, _, _) in enumerate(COLUMNS))
        rows = [(str(row), "active", *(values[row] for _, _, values, _ in COLUMNS)) for row in range(3)]
        frame = spark.createDataFrame(rows, f"patient string, status string, {kinds}").coalesce(1)
        names = [name for name, _, _, _ in COLUMNS]
        said = dict(map(tuple, frame.mapInArrow(lambda batches: read(names, batches), "at long, said string").collect()))
        for at, (name, kind, _, wanted) in enumerate(COLUMNS):
            with self.subTest(column=name, kind=kind):
                if isinstance(wanted, str):
                    self.assertIn(wanted, said[at])
                else:
                    self.assertEqual(said[at].replace("UNKNOWN", "None"), repr(wanted).replace("'nan'", "nan"))


if __name__ == "__main__":
    unittest.main()
