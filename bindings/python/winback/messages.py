# SPDX-License-Identifier: MIT
"""What a message costs, and what goes around its text: helpers for the host that sends."""

from __future__ import annotations

import datetime

from ._convert import answer, blob, data, exactly, instant, measured, struct_of
from ._library import written
from .values import Link, LinkKey, Sms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .enumerations import LinkPurpose


def plain(html: str) -> str:
    """The text part that goes with an HTML part."""
    return written("wb_plain_format", *measured(data(html))).decode()


def measure_sms(text: str) -> Sms:
    """What a text takes as an SMS."""
    return answer(Sms, "wb_sms_measure", *measured(data(text)))


def subject(text: str) -> str:
    """The value of a Subject header."""
    return written("wb_subject_format", *measured(data(text))).decode()


def body(text: str) -> bytes:
    """A body in quoted-printable."""
    return written("wb_body_format", *measured(data(text)))


def unsubscribe(link: str, mail: str = "") -> str:
    """The value of a List-Unsubscribe header; List-Unsubscribe-Post is UNSUBSCRIBE_POST."""
    return written("wb_unsubscribe_format", *measured(data(link)), *measured(data(mail))).decode()


def make_handle(secret: bytes, purpose: "LinkPurpose | int", action: bytes) -> str:
    """The handle of an action, 16 characters: the same for the same action."""
    return written("wb_handle_make", *measured(blob(secret)), int(purpose),
                   exactly(action, 16, "action")).decode()


def format_handle(random: bytes) -> str:
    """The handle of 12 random bytes."""
    return written("wb_handle_format", exactly(random, 12, "random")).decode()


def make_link(key: LinkKey, link: Link) -> str:
    """A signed token, 42 characters."""
    return written("wb_link_make", struct_of(key), struct_of(link)).decode()


def parse_link(token: str, key: LinkKey, purpose: "LinkPurpose | int", now: datetime.datetime) -> Link:
    """What a token says, when its signature holds and it has not expired."""
    return answer(Link, "wb_link_parse", *measured(data(token)), struct_of(key), int(purpose), instant(now))
