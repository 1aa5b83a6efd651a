# SPDX-License-Identifier: MIT
"""The segments of each practice by Spark, one practice at a time on any worker: with_spark.py FOLDER [MASTER]"""
import os
import sys

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

from segments import SEGMENTS, TABLES, segments, show

COLUMNS = {"patients": "patient string, practice long, status string",
           "procedures": "patient string, practice long, code string, status string, date date",
           "appointments": "patient string, practice long, status string, start date"}


def count(batches):
    """What a worker does: a row is a practice, and its lists are the tables."""
    for batch in batches:
        for row in range(len(batch)):
            found = segments({name: batch.column(name)[row].values for name in TABLES})
            yield pa.RecordBatch.from_pydict({"practice": batch.column("practice")[row:row + 1],
                                              **{name: [len(column.rows())] for name, column in found.items()}})


def practices(name):
    """One row a practice, with a table's rows as a list."""
    table = spark.read.csv(f"{sys.argv[1]}/{name}.csv", header=True, schema=COLUMNS[name])
    return table.groupBy("practice").agg(f.collect_list(f.struct("*")).alias(name))


os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
spark = (SparkSession.builder.master(sys.argv[2] if len(sys.argv) > 2 else "local[2]")
         .config("spark.sql.execution.arrow.maxRecordsPerBatch", 8)  # practices
         .config("spark.ui.enabled", False).getOrCreate())
spark.sparkContext.setLogLevel("ERROR")
spark.sparkContext.addPyFile(__file__.replace("with_spark", "segments"))
whole = practices("patients")
for other in TABLES[1:]:
    whole = whole.join(practices(other), "practice", "left").withColumn(other, f.coalesce(other, f.array()))
answers = whole.mapInArrow(count, "practice long, " + ", ".join(f"{name} long" for name in SEGMENTS))
show(tuple(row) for row in answers.collect())
spark.stop()
