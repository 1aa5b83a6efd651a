# SPDX-License-Identifier: MIT
"""Rules: who belongs to a segment, as CEL over the fields of a schema."""

from __future__ import annotations

import ctypes

from . import _declarations as c
from . import arrow
from ._convert import answer, data, formed, measured, parsed, whole
from ._handle import Shared, owner_of, used
from ._library import call, library, settle, written
from .context import Context
from .facts import Facts, Schema
from .values import Tally, Verdict
from .zones import Moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

# Of each byte the numbers of its bits.
BITS = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]


def fields_of(function: str, handle: Shared) -> Iterator[int]:
    """A read-set: the indices of its fields."""
    index, field = 0, ctypes.c_uint32()
    while True:
        status = getattr(library(), function)(handle._open(), index, field)
        if status == c.WB_E_NAME:
            return
        settle(status)
        yield field.value
        index += 1


class Matches:
    """Of a range of rows: whom a rule selects, and of whom it is known. One bit a row, lowest first.

    For an engine of columns it is one of bools, null where it is not known: by the protocol of Arrow's
    capsules, without a copy."""

    def __init__(self, first: int, count: int) -> None:
        self.first = first
        self.count = count
        self.yes = bytearray((count + 7) // 8)
        self.known = bytearray((count + 7) // 8)

    def __len__(self) -> int:
        """How many rows were asked about."""
        return self.count

    def __arrow_c_array__(self, requested_schema: Any = None) -> Tuple[Any, Any]:
        return arrow.capsules(arrow.ArrowColumn("b", self.count, [self.known, self.yes], -1))

    def rows(self) -> List[int]:
        """The rows that are selected."""
        return [self.first + 8 * at + bit for at, byte in enumerate(self.yes) if byte for bit in BITS[byte]]

    def unknown(self) -> List[int]:
        """The rows of which the rule is neither true nor false: ask `Rule.test` why."""
        return [self.first + row for row in range(self.count) if not self.known[row >> 3] >> (row & 7) & 1]


class Rule(Shared):
    """A compiled rule; a mistake is an exception with line and column."""

    _free = "wb_rule_unref"
    _ref = "wb_rule_ref"

    def __init__(self, schema: Schema, text: str, *, context: Optional[Context] = None) -> None:
        owners, made = (owner_of(context), schema._open()), ctypes.c_void_p()
        call("wb_rule_new", *owners, *measured(data(text)), made)
        self.schema = schema
        self._own(made.value, *owners)

    @property
    def fields(self) -> Tuple[str, ...]:
        """The fields that it may read."""
        return self.schema.names(list(fields_of("wb_rule_get", self)))

    def test(self, facts: Facts, row: int, when: Moment) -> Verdict:
        """Tests one patient; the verdict has the indices of the fields that were missing."""
        with used(facts, when.practice):
            return answer(Verdict, "wb_rule_test", self._open(), facts._open(),
                          whole(row, ctypes.c_uint64, "row"), when._of(facts), error=True)

    def explain(self, facts: Facts, row: int, when: Moment) -> Dict[str, Any]:
        """The parts of the rule that decide for one patient. For staff eyes: it holds values."""
        with used(facts, when.practice):
            said = written("wb_rule_explain", self._open(), facts._open(),
                           whole(row, ctypes.c_uint64, "row"), when._of(facts), error=True)
        found: Dict[str, Any] = parsed(said)
        return found

    def match(self, facts: Facts, when: Moment, first: int = 0, count: Optional[int] = None) -> Matches:
        """Tests many patients: all, or `count` rows from `first` on."""
        rows = len(facts) - first if count is None else count
        found = Matches(whole(first, ctypes.c_uint64, "first"), whole(rows, ctypes.c_uint64, "count"))
        bits = [(ctypes.c_uint8 * len(side)).from_buffer(side) for side in (found.yes, found.known)]
        with used(facts, when.practice):
            call("wb_rule_match", self._open(), facts._open(), found.first, found.count, when._of(facts), *bits)
        return found

    def count(self, facts: Facts, when: Moment) -> Tally:
        """How many patients it selects, and how many it does not."""
        with used(facts, when.practice):
            return answer(Tally, "wb_rule_count", self._open(), facts._open(), when._of(facts), error=True)


def evaluate(text: str, variables: Optional[Mapping[str, Any]] = None, *,
             context: Optional[Context] = None) -> Any:
    """Works out an expression that has nothing to do with a patient; variables and the value are what
    JSON can say."""
    given = None if variables is None else data(formed(variables))
    return parsed(written("wb_rule_eval", owner_of(context), *measured(data(text)), *measured(given),
                          error=True))
