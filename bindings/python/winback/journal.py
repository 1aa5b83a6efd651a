# SPDX-License-Identifier: MIT
"""Reading a journal, the audit log as bytes, and what the numbers show."""

from __future__ import annotations

import ctypes

from . import _declarations as c
from ._convert import answer, blob, exactly, following, measured, parsed, struct_of, whole
from ._handle import owner_of
from ._library import library, settle, written
from .context import Context
from .values import ENTRY_JSON, Arms, Chain, Effect, EntryQuery, Record
from .zones import Zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterator, Optional


def records(journal: bytes) -> Iterator[Record]:
    """The records of a journal."""
    return following(Record, "wb_journal_next", *measured(blob(journal)))


def check_journal(journal: bytes) -> Chain:
    """Checks a journal from one end to the other."""
    return answer(Chain, "wb_journal_find", *measured(blob(journal)), error=True)


def read_record(journal: bytes, offset: int) -> Dict[str, Any]:
    """The record at an offset: `sequence`, `at`, `by` and `effects`."""
    said = written("wb_journal_format", *measured(blob(journal)), whole(offset, ctypes.c_uint64, "offset"))
    found: Dict[str, Any] = parsed(said)
    return found


def entries(journal: bytes, query: EntryQuery = EntryQuery(), *, zone: Optional[Zone] = None,
            context: Optional[Context] = None) -> Iterator[Any]:
    """What belongs into the patient's record, one line for each contact; with ENTRY_JSON a dict."""
    asked, cursor, place = struct_of(query), ctypes.c_uint64(), owner_of(zone)
    asked.zone = place.address if place else None
    raw, owner, needed, capacity = measured(blob(journal)), owner_of(context), ctypes.c_size_t(), 512
    while True:
        buffer = ctypes.create_string_buffer(capacity)
        status = library().wb_journal_entry(owner, *raw, asked, cursor, buffer, capacity, needed)
        if status == c.WB_E_SPACE and needed.value > capacity:
            capacity = needed.value
            continue
        if status == c.WB_E_NAME:
            return
        settle(status)
        said = buffer.raw[: needed.value].decode()
        yield parsed(said) if query.flags & ENTRY_JSON else said


def explain_action(journal: bytes, action: bytes, *, context: Optional[Context] = None) -> Dict[str, Any]:
    """Why an action was handed out, from nothing but the journal."""
    said = written("wb_journal_explain", owner_of(context), *measured(blob(journal)),
                   exactly(action, 16, "action"))
    found: Dict[str, Any] = parsed(said)
    return found


def effect(arms: Arms) -> Effect:
    """Compares those contacted with those held out."""
    return answer(Effect, "wb_effect_find", struct_of(arms))
