# SPDX-License-Identifier: MIT
"""What goes wrong, as exceptions: one class for each status of the library."""

from __future__ import annotations


from . import _declarations as c

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, Type


class Error(Exception):
    """A call that the library refused.

    The text names fields, codes and positions, never a value of a patient: it may be logged.
    """

    status: int = 0

    def __init__(self, message: str = "", line: int = 0, column: int = 0, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        #: Line in the text that was compiled, from 1; 0: does not apply.
        self.line = line
        #: Column in bytes, from 1; 0: does not apply.
        self.column = column
        #: JSON path ("/steps/2/template"), table or field; "" when none.
        self.path = path

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}: " if self.line else ""
        path = f"{self.path}: " if self.path else ""
        return f"{path}{where}{self.message}"


class NoMemory(Error, MemoryError):
    """The allocator refused, or the context's memory limit is reached. Nothing changed."""

    status = c.WB_E_NOMEM


class Invalid(Error, ValueError):
    """An argument or input breaks a rule of its description."""

    status = c.WB_E_INVALID


class OutOfRange(Error, ValueError):
    """A number, date or instant is outside what can be represented."""

    status = c.WB_E_RANGE


class NoSpace(Error):
    """A buffer of the host is too short; this layer asks again by itself."""

    status = c.WB_E_SPACE


class BadSyntax(Error, ValueError):
    """Text is not of its language; line and column say where."""

    status = c.WB_E_SYNTAX


class WrongType(Error, TypeError):
    """A value has another type than is needed there."""

    status = c.WB_E_TYPE


class NotFound(Error, LookupError):
    """No such field, zone, campaign, key…"""

    status = c.WB_E_NAME


class OverLimit(Error):
    """A limit on size, depth or cost is reached."""

    status = c.WB_E_LIMIT


class PolicyForbids(Error):
    """The privacy policy does not allow it."""

    status = c.WB_E_POLICY


class WrongState(Error):
    """Not possible in the present state."""

    status = c.WB_E_STATE


class Busy(Error):
    """The handle is in use: by another thread, or by the call whose callback calls it again."""

    status = c.WB_E_BUSY


class Corrupt(Error):
    """Stored bytes are damaged."""

    status = c.WB_E_CORRUPT


class WrongVersion(Error):
    """Made for another version of the library."""

    status = c.WB_E_VERSION


class Conflict(Error):
    """Another process wrote to the journal first: replay its records, then call again.

    An `append` raises it to say so.
    """

    status = c.WB_E_CONFLICT


class Stale(Error):
    """What is durable is unknown: close the practice and load it again."""

    status = c.WB_E_STALE


class Aborted(Error):
    """A callback failed that is not of this layer, such as a function of an Arrow stream."""

    status = c.WB_E_ABORTED


class Closed(Error, ValueError):
    """The object was closed, and is used again."""

    status = c.WB_E_INVALID


class LibraryError(ImportError):
    """The shared library cannot be used: it is missing, for another machine, or too old."""


STATUSES: Dict[int, Type[Error]] = {
    kind.status: kind
    for kind in (NoMemory, Invalid, OutOfRange, NoSpace, BadSyntax, WrongType, NotFound, OverLimit,
                 PolicyForbids, WrongState, Busy, Corrupt, WrongVersion, Conflict, Stale, Aborted)
}

__all__ = [
    "Aborted", "BadSyntax", "Busy", "Closed", "Conflict", "Corrupt", "Error", "Invalid", "LibraryError",
    "NoMemory", "NoSpace", "NotFound", "OutOfRange", "OverLimit", "PolicyForbids", "STATUSES", "Stale",
    "WrongState", "WrongType", "WrongVersion",
]
