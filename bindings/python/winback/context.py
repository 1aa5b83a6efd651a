# SPDX-License-Identifier: MIT
"""Memory and limits of what is made with them."""

from __future__ import annotations

import ctypes

from . import _declarations as c
from ._convert import sized, whole
from ._handle import Shared
from ._library import call, guarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Optional

    from typing_extensions import TypeAlias  # typing has it from 3.10 on

#: Allocates, resizes and frees: (address, old size, new size) to an address; None: no memory.
Allocator: TypeAlias = "Callable[[Optional[int], int, int], Optional[int]]"


class Context(Shared):
    """Allocator and limits, shared by the objects made with it. Where a context is left out, the
    allocator is the C library's and the limits are the defaults.

    `max_memory`: bytes that may be live at once; `max_depth`: nesting of expressions, templates and
    JSON; `max_cost`: units that a rule may cost a patient. 0 is the default.
    """

    _free = "wb_context_unref"
    _ref = "wb_context_ref"

    def __init__(self, *, max_memory: int = 0, max_depth: int = 0, max_cost: int = 0,
                 alloc: Optional[Allocator] = None) -> None:
        options = sized(c.wb_context_options)
        options.max_memory = whole(max_memory, ctypes.c_uint64, "max_memory")
        options.max_depth = whole(max_depth, ctypes.c_uint32, "max_depth")
        options.max_cost = whole(max_cost, ctypes.c_uint32, "max_cost")
        if alloc is not None:
            given = alloc
            options.alloc = guarded(c.wb_alloc_fn, lambda _, *asked: _address(given, *asked), failed=0)
        made = ctypes.c_void_p()
        call("wb_context_new", options, made)
        self._own(made.value, options)  # which holds the callback


def _address(alloc: Allocator, pointer: Optional[int], old: int, new: int) -> Optional[int]:
    """What an allocator of the host answers."""
    answer = alloc(pointer, old, new)
    if answer is None:
        return None
    if not isinstance(answer, int) or isinstance(answer, bool):
        raise TypeError(f"an allocator answers an address or None, not {type(answer).__name__}")
    return whole(answer, ctypes.c_size_t, "an allocator's answer")
