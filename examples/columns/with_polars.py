# SPDX-License-Identifier: MIT
"""The segments of Polars' frames: with_polars.py FOLDER"""
import sys

import polars as pl

from segments import TABLES, segments, show

tables = {name: pl.read_csv(f"{sys.argv[1]}/{name}.csv", try_parse_dates=True) for name in TABLES}
found = segments(tables)
patients = tables["patients"].with_columns(**{name: pl.Series(column) for name, column in found.items()})
show(patients.group_by("practice").agg(pl.col(*found).sum()).rows())
