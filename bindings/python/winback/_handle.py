# SPDX-License-Identifier: MIT
"""Objects of the library: who holds them, and who may use them."""

from __future__ import annotations

import atexit
import ctypes
import itertools
import threading
import weakref
from types import TracebackType

from ._library import give_back, library
from .errors import Busy, Closed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Optional, Type, TypeVar

    Self = TypeVar("Self", bound="Handle")
    Shareable = TypeVar("Shareable", bound="Shared")


class Owner:
    """One reference to an object of the library; the last Python reference gives it back.

    A call holds the owner in its arguments, so an object that is closed in the middle of a call is
    freed after it. `keeps` has by their ids what the object needs: the owners it was made with, its
    callbacks.
    """

    _numbers = itertools.count(1)
    _live: "weakref.WeakValueDictionary[int, Owner]" = weakref.WeakValueDictionary()

    def __init__(self, address: int, release: str, keeps: Dict[int, Any]) -> None:
        self.address = address
        self.keeps = keeps
        self._as_parameter_ = ctypes.c_void_p(address)
        self._free = getattr(library(), release)
        self._live[next(self._numbers)] = self

    def give_back(self) -> None:
        """Frees the object, then what it needed. Once."""
        address, self.address = self.address, 0
        if address:
            give_back(self._free, address)
            self.keeps.clear()

    __del__ = give_back


@atexit.register
def _give_back_all() -> None:
    """What is left at the end goes while callbacks still work, the newest first."""
    for _, owner in sorted(Owner._live.items(), reverse=True):
        owner.give_back()


class Handle:
    """An object of the library. Close it, or use it in a `with`; else it goes with its last name."""

    _free = ""
    _owner: Optional[Owner] = None

    def _own(self, address: Optional[int], *keeps: Any) -> None:
        assert address
        self._owner = Owner(address, self._free, {id(kept): kept for kept in keeps})

    def _open(self) -> Owner:
        owner = self._owner
        if owner is None or not owner.address:  # at the end of Python all is given back
            raise Closed(f"this {type(self).__name__} is closed")
        return owner

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._owner is None or not self._owner.address

    def close(self) -> None:
        """Gives it back. A second time does nothing."""
        self._owner = None

    def __enter__(self: Self) -> Self:
        self._open()
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<winback.{type(self).__name__}{' (closed)' if self.closed else ''}>"

    def _keep(self, *owners: Owner) -> None:
        """Holds what the library now refers to."""
        keeps = self._open().keeps
        for owner in owners:
            keeps[id(owner)] = owner


class Shared(Handle):
    """A compiled object: it never changes, and any number of threads may use it at once."""

    _ref = ""

    def share(self: Shareable) -> Shareable:
        """A second handle to the same object, closed by itself."""
        owner = self._open()
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made._own(getattr(library(), self._ref)(owner), *owner.keeps.values())
        return made


class Machine(Handle):
    """One thread at a time. A second one, or a callback that calls back, is told `Busy`."""

    def _own(self, address: Optional[int], *keeps: Any) -> None:
        super()._own(address, *keeps)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Frees it. A second time does nothing; while it is in use it is `Busy`."""
        if self.closed:
            return
        with used(self):
            self._owner = None

    def _take(self) -> None:
        """Begins a use."""
        self._open()
        if not self._lock.acquire(blocking=False):
            raise Busy(f"this {type(self).__name__} is in use by another thread, or by the call whose "
                       "callback this is")
        if self._owner is None:  # closed by another thread meanwhile
            self._lock.release()
            self._open()


class used:
    """The machines that this call alone uses until its end: `with used(practice, facts):`."""

    __slots__ = ("_held", "_machines")

    def __init__(self, *machines: Optional[Machine]) -> None:
        self._machines = machines
        self._held: List[Machine] = []

    def __enter__(self) -> None:
        try:
            for machine in self._machines:
                if machine is not None:
                    machine._take()
                    self._held.append(machine)
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_: Any) -> None:
        for machine in self._held:
            machine._lock.release()


def owner_of(handle: Optional[Handle]) -> Optional[Owner]:
    """The owner of a handle that may be absent; None is NULL."""
    return None if handle is None else handle._open()
