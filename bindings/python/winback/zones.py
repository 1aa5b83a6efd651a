# SPDX-License-Identifier: MIT
"""Instants and time zones, and the moment at which fields are read."""

from __future__ import annotations

import ctypes
import datetime

from . import _declarations as c
from ._convert import DAY_ZERO, data, instant, measured, moment, sized
from ._handle import Shared, owner_of
from ._library import call, library, settle, written
from .context import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Optional
    from .facts import Facts
    from .practice import Practice


class Zone(Shared):
    """A time zone by its name ("America/New_York") or a POSIX TZ string; `NotFound` names the nearest."""

    _free = "wb_zone_unref"
    _ref = "wb_zone_ref"

    def __init__(self, text: str, *, context: Optional[Context] = None) -> None:
        made, owner = ctypes.c_void_p(), owner_of(context)
        call("wb_zone_new", owner, *measured(data(text)), made)
        self._own(made.value, owner)

    def local(self, at: datetime.datetime) -> datetime.datetime:
        """The local date and time of an instant, with its offset."""
        made = c.wb_local()
        settle(library().wb_zone_local(self._open(), instant(at), made))
        zone = datetime.timezone(datetime.timedelta(seconds=made.offset))
        start = datetime.datetime.combine(datetime.date.fromordinal(made.date + DAY_ZERO), datetime.time())
        return (start + datetime.timedelta(seconds=made.second)).replace(tzinfo=zone)

    def instant(self, local: datetime.datetime) -> datetime.datetime:
        """The instant of a local date and time without a zone. In a gap the first instant after it; in
        a fold the first, or the second with `fold=1`."""
        if local.tzinfo is not None:
            raise ValueError("a local time has no zone of its own")
        made = ctypes.c_int64()
        second = local.hour * 3600 + local.minute * 60 + local.second
        asked = c.wb_local(local.toordinal() - DAY_ZERO, second, 0)
        settle(library().wb_zone_instant(self._open(), asked, local.fold, made))
        return moment(made.value)


def parse_time(text: str) -> datetime.datetime:
    """Reads RFC 3339, "2026-01-30T14:00:00Z" or with an offset, as an instant in UTC."""
    made = ctypes.c_int64()
    settle(library().wb_time_parse(*measured(data(text)), made))
    return moment(made.value)


def format_time(at: datetime.datetime, zone: Optional[Zone] = None) -> str:
    """Writes "2026-01-30T14:00:00Z", with a zone its local time and offset."""
    return written("wb_time_format", instant(at), owner_of(zone)).decode()


class Moment:
    """When fields are read: `now`; the zone of patients whose location gives none; and the practice
    that answers `outreach.…` fields, which are unknown without it."""

    def __init__(self, now: datetime.datetime, zone: Optional[Zone] = None,
                 practice: Optional["Practice"] = None) -> None:
        self.now = now
        self.practice = practice
        self._zone = owner_of(zone)
        self._struct = sized(c.wb_moment)
        self._struct.now = instant(now)

    def _of(self, facts: "Facts") -> Any:
        """The struct, for a call on facts, which may hold the zone from then on."""
        if self._zone is not None:
            facts._keep(self._zone)
            self._struct.zone = self._zone.address or None
        self._struct.practice = None if self.practice is None else self.practice._open().address
        return self._struct
