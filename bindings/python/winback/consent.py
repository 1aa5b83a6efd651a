# SPDX-License-Identifier: MIT
"""Contact points and replies."""

from __future__ import annotations

import ctypes

from ._convert import answer, data, exactly, measured, text
from ._library import library, settle, written
from .values import Reply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .enumerations import ContactKind, Hold, Intent


def normalize(kind: "ContactKind | int", address: str, country: str = "US") -> str:
    """An address as text: "+12125550123", "pat@example.com"; `Invalid` when it is none."""
    return written("wb_contact_normalize", int(kind), *measured(data(address)), data(country)).decode()


def make_contact(secret: bytes, kind: "ContactKind | int", address: str, country: str = "US") -> bytes:
    """The contact point of an address under the practice's secret: 16 bytes."""
    made = ctypes.create_string_buffer(16)
    settle(library().wb_contact_make(exactly(secret, 16, "secret"), int(kind), *measured(data(address)),
                                     data(country), made))
    return made.raw


def parse_reply(reply: str) -> Reply:
    """What a reply means: STOP, an urgent symptom, a wish to come…"""
    return answer(Reply, "wb_reply_parse", *measured(data(reply)))


def intent_name(intent: "Intent | int") -> str:
    """"opt_out", "price_insurance"…"""
    return text(library().wb_intent_name(int(intent)))


def hold_name(hold: "Hold | int") -> str:
    """"no_permission"…"""
    return text(library().wb_hold_name(int(hold)))
