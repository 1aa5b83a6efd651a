# SPDX-License-Identifier: MIT
"""Recare, treatment and benefits of one patient, as functions of values."""

from __future__ import annotations

import ctypes
import datetime

from . import _declarations as c
from ._convert import answer, array, data, day, following, measured, rows_of, struct_of, whole
from ._library import library, settle
from .values import (Claim, Code, CodeRange, Covered, Group, Limit, Period, Plan, Procedure,
                     Recare, RecareHistory, RecareSettings, Service, Treatment, Unfinished, Usage)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator, Optional, Sequence, Tuple

    from .enumerations import CrownConvention


def _list(struct: Any, values: Sequence[Any]) -> Tuple[Any, int]:
    return array(struct, values), len(values)


def recare(history: RecareHistory, today: datetime.date,
           settings: Optional[RecareSettings] = None) -> Recare:
    """Kind, last, due and band of a patient's recare."""
    return answer(Recare, "wb_recare_find", struct_of(history), None if settings is None else struct_of(settings),
                                    day(today))


def find_group(code: str, on: Optional[datetime.date] = None, codes: Sequence[Code] = ()) -> Group:
    """The group of a procedure code on a date of service; the host's table comes first."""
    return answer(Group, "wb_group_find", *measured(data(code)), day(on), *_list(c.wb_code, codes))


def parse_codes(text: str) -> Tuple[CodeRange, ...]:
    """Reads a list of codes, ranges and names of groups: "D1110, D4341-D4342 fluoride"."""
    return rows_of(CodeRange, "wb_codes_parse", *measured(data(text)))


def parse_teeth(text: str, areas: bool = False) -> int:
    """Reads a place as charts write it, as a mask; `areas`: the column of quarters and arches."""
    made = ctypes.c_uint64()
    settle(library().wb_teeth_parse(*measured(data(text)), int(areas), made))
    return made.value


def treatment(procedures: Sequence[Procedure], index: int, today: datetime.date) -> Treatment:
    """Where one of a patient's procedures stands among all of them."""
    return answer(Treatment, "wb_treatment_find", *_list(c.wb_procedure, procedures),
                                       whole(index, ctypes.c_uint32, "index"), day(today))


def unfinished(procedures: Sequence[Procedure], today: datetime.date,
               crown: "CrownConvention | int" = c.WB_CROWN_SEAT) -> Iterator[Unfinished]:
    """What one patient has begun and not finished."""
    return following(Unfinished, "wb_unfinished_next", *_list(c.wb_procedure, procedures), int(crown),
                     day(today))


def benefit_period(plan: Plan, on: datetime.date) -> Period:
    """The period of a coverage that a day is in."""
    return answer(Period, "wb_benefit_find", struct_of(plan), day(on))


def usage(claims: Sequence[Claim], period: Period, maximum: Optional[int]) -> Usage:
    """What is left of a maximum, in cents, in a period; None: not known."""
    most = c.WB_CENTS_NONE if maximum is None else whole(maximum, ctypes.c_int64, "maximum")
    return answer(Usage, "wb_usage_find", *_list(c.wb_claim, claims), struct_of(period), most)


def parse_limit(text: str) -> Limit:
    """Reads a limit as plans word it: "2 per calendar year"."""
    return answer(Limit, "wb_limit_parse", *measured(data(text)))


def covered(limits: Sequence[Limit], history: Sequence[Procedure], service: Service) -> Covered:
    """The first day from `service.from_` on that satisfies every limit that applies."""
    return answer(Covered, "wb_benefit_covered", *_list(c.wb_limit, limits), *_list(c.wb_procedure, history),
                                        struct_of(service))
