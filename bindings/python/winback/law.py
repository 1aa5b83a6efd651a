# SPDX-License-Identifier: MIT
"""Law: when a message of some class may be delivered to somebody in some place."""

from __future__ import annotations

import ctypes
import datetime

from . import _declarations as c
from ._convert import answer, data, date, day, following, measured, struct_of, whole
from ._handle import Shared, owner_of
from ._library import call, library, settle
from .context import Context
from .values import LawAnswer, LawQuestion, LawRule
from .zones import Zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterator, Optional, Sequence

    from .enumerations import LawKind, MessageClass


class Law(Shared):
    """Packs of law: those that ship, or one of the host's as JSON."""

    _free = "wb_law_unref"
    _ref = "wb_law_ref"

    def __init__(self, json: Optional[str] = None, *, context: Optional[Context] = None) -> None:
        given = None if json is None else data(json)
        made, owner = ctypes.c_void_p(), owner_of(context)
        call("wb_law_new", owner, *measured(given), made)
        self._own(made.value, owner)

    def find(self, question: LawQuestion, zones: Sequence[Zone] = (),
             hours_zone: Optional[Zone] = None) -> LawAnswer:
        """When a message may go out: the first open stretch at or after `question.at`."""
        asked = struct_of(question)
        owners = [zone._open() for zone in zones]
        if owners:
            asked.zones = (ctypes.c_void_p * len(owners))(*(owner.address for owner in owners))
        asked.zone_count = len(owners)
        hours = owner_of(hours_zone)
        asked.hours_zone = hours.address if hours else None
        return answer(LawAnswer, "wb_law_find", self._open(), asked)

    def rules(self, kind: "LawKind | int" = 0, region: str = "", message_class: "MessageClass | int" = 0,
              on: Optional[datetime.date] = None) -> Iterator[LawRule]:
        """The rules that bind in a region on a day; what is left out is any."""
        return following(LawRule, "wb_law_next", self._open(), int(kind), *measured(data(region) or None),
                         int(message_class), day(on))

    def add_business(self, region: str, to: datetime.date, days: int) -> datetime.date:
        """Business days of a country after a date, or before it when negative."""
        made = ctypes.c_int32()
        settle(library().wb_law_add_business(self._open(), *measured(data(region)), day(to),
                                             whole(days, ctypes.c_int32, "days"), made))
        found = date(made.value)
        assert found is not None
        return found
