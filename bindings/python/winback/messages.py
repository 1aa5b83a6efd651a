# SPDX-License-Identifier: MIT
"""What a message costs, and what goes around its text: helpers for the host that sends."""

from __future__ import annotations

import datetime

from ._convert import answer, blob, data, exactly, instant, struct_of
from ._library import written
from .values import Link, LinkKey, LinkPurpose, Sms


def plain(html: str) -> str:
    """The text part that goes with an HTML part."""
    raw = data(html)
    return written("wb_plain_format", raw, len(raw)).decode()


def measure_sms(text: str) -> Sms:
    """What a text takes as an SMS."""
    raw = data(text)
    return answer(Sms, "wb_sms_measure", raw, len(raw))


def subject(text: str) -> str:
    """The value of a Subject header."""
    raw = data(text)
    return written("wb_subject_format", raw, len(raw)).decode()


def body(text: str) -> bytes:
    """A body in quoted-printable."""
    raw = data(text)
    return written("wb_body_format", raw, len(raw))


def unsubscribe(link: str, mail: str = "") -> str:
    """The value of a List-Unsubscribe header; List-Unsubscribe-Post is UNSUBSCRIBE_POST."""
    first, second = data(link), data(mail)
    return written("wb_unsubscribe_format", first, len(first), second, len(second)).decode()


def make_handle(secret: bytes, purpose: "LinkPurpose | int", action: bytes) -> str:
    """The handle of an action, 16 characters: the same for the same action."""
    raw = blob(secret)
    return written("wb_handle_make", raw, len(raw), int(purpose), exactly(action, 16, "action")).decode()


def format_handle(random: bytes) -> str:
    """The handle of 12 random bytes."""
    return written("wb_handle_format", exactly(random, 12, "random")).decode()


def make_link(key: LinkKey, link: Link) -> str:
    """A signed token, 42 characters."""
    return written("wb_link_make", struct_of(key), struct_of(link)).decode()


def parse_link(token: str, key: LinkKey, purpose: "LinkPurpose | int", now: datetime.datetime) -> Link:
    """What a token says, when its signature holds and it has not expired."""
    raw = data(token)
    return answer(Link, "wb_link_parse", raw, len(raw), struct_of(key), int(purpose), instant(now))
