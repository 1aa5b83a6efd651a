# SPDX-License-Identifier: MIT
"""The segments of pandas' frames: with_pandas.py FOLDER"""
import sys

import pandas as pd
import pyarrow as pa

from segments import TABLES, segments, show

DAYS = {"procedures": ["date"], "appointments": ["start"]}
tables = {name: pd.read_csv(f"{sys.argv[1]}/{name}.csv", parse_dates=DAYS.get(name)) for name in TABLES}
found = segments(tables)
patients = tables["patients"].assign(**{name: pd.Series(pa.array(column), dtype="bool[pyarrow]")
                                        for name, column in found.items()})
show(patients.groupby("practice")[list(found)].sum().itertuples())
