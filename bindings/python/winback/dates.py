# SPDX-License-Identifier: MIT
"""Dates and intervals: recall arithmetic as practice-management systems do it."""

from __future__ import annotations

import ctypes
import datetime

from ._convert import answer, data, date, day, measured, struct_of, whole
from ._library import library, settle, written
from .values import Interval

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Tuple


def _day(name: str, *arguments: Any) -> datetime.date:
    """A function that answers a day."""
    made = ctypes.c_int32()
    settle(getattr(library(), name)(*arguments, made))
    found = date(made.value)
    assert found is not None
    return found


def _number(name: str, *arguments: Any) -> int:
    made = ctypes.c_int32()
    settle(getattr(library(), name)(*arguments, made))
    return made.value


def make_date(year: int, month: int, day: int) -> datetime.date:
    """The date of a year (1–9999), month and day; `OutOfRange` when there is no such day."""
    return _day("wb_date_make", *(whole(part, ctypes.c_int32, "date") for part in (year, month, day)))


def split_date(of: datetime.date) -> Tuple[int, int, int]:
    """Year, month and day."""
    parts = [ctypes.c_int32() for _ in range(3)]
    settle(library().wb_date_split(day(of), *parts))
    return parts[0].value, parts[1].value, parts[2].value


def parse_date(text: str) -> datetime.date:
    """Reads "2026-01-30", exactly ten characters."""
    return _day("wb_date_parse", *measured(data(text)))


def format_date(of: datetime.date) -> str:
    """Writes "2026-01-30"."""
    return written("wb_date_format", day(of)).decode()


def weekday(of: datetime.date) -> int:
    """Day of the week, 1 Monday to 7 Sunday."""
    return _number("wb_date_weekday", day(of))


def add(to: datetime.date, interval: Interval) -> datetime.date:
    """First years, then months, each with the day cut to the month that is reached, then weeks and days:
    31 August + 6 months and 1 day is 1 March."""
    return _day("wb_date_add", day(to), struct_of(interval))


def add_months(to: datetime.date, months: int) -> datetime.date:
    """With the day cut to the length of the month; `months` may be negative."""
    return _day("wb_date_add_months", day(to), whole(months, ctypes.c_int32, "months"))


def months_between(start: datetime.date, end: datetime.date) -> int:
    """The largest n with start + n months <= end."""
    return _number("wb_date_months", day(start), day(end))


def parse_interval(text: str) -> Interval:
    """Reads "6m1d", ISO 8601 "P6M1D", or Open Dental's packed integer."""
    return answer(Interval, "wb_interval_parse", *measured(data(text)))


def format_interval(interval: Interval) -> str:
    """Writes "1y3m1w1d", parts that are 0 left out; "0d" for the empty interval."""
    return written("wb_interval_format", struct_of(interval)).decode()
