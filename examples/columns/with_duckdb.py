# SPDX-License-Identifier: MIT
"""The segments of DuckDB's relations: with_duckdb.py FOLDER"""
import sys

import duckdb
import pyarrow as pa

from segments import TABLES, segments, show

tables = {name: duckdb.sql(f"SELECT * FROM '{sys.argv[1]}/{name}.csv'") for name in TABLES}
tables["patients"] = patients = tables["patients"].to_arrow_table()  # read once, so that its rows keep their places
for name, column in segments(tables).items():
    patients = patients.append_column(name, pa.array(column))
show(duckdb.sql("SELECT practice, count_if(COLUMNS(* EXCLUDE (practice, patient, status)))"
                "FROM patients GROUP BY practice").fetchall())
