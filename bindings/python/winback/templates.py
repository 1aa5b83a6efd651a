# SPDX-License-Identifier: MIT
"""Templates, privacy policies and the lint: what may be said."""

from __future__ import annotations

import ctypes

from . import values
from ._convert import answer, data, measured, rows_of, struct_of, whole
from ._handle import Shared, owner_of, used
from ._library import call, library, settle, written
from .context import Context
from .facts import Facts, Schema
from .rules import fields_of
from .values import Finding, LintOptions, TemplateInfo, TemplateOptions
from .zones import Moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, FrozenSet, Optional, Tuple

    from .enumerations import Class


def _classes(mask: int) -> FrozenSet[Class]:
    return frozenset(one for one in values.Class if mask >> one & 1)


class Policy(Shared):
    """A privacy policy: the built-in one, or the host's as JSON."""

    _free = "wb_policy_unref"
    _ref = "wb_policy_ref"

    def __init__(self, schema: Schema, json: Optional[str] = None, *,
                 context: Optional[Context] = None) -> None:
        given = None if json is None else data(json)
        owners, made = (owner_of(context), schema._open()), ctypes.c_void_p()
        call("wb_policy_new", *owners, *measured(given), made)
        self._own(made.value, *owners)

    def get(self, channel: str) -> Tuple[FrozenSet[Class], FrozenSet[Class]]:
        """The classes that a text on a channel may read, and those that may choose between texts."""
        read, choose = ctypes.c_uint32(), ctypes.c_uint32()
        settle(library().wb_policy_get(self._open(), data(channel), read, choose))
        return _classes(read.value), _classes(choose.value)

    def format(self) -> str:
        """The policy in words, a paragraph a channel."""
        return written("wb_policy_format", self._open()).decode()


def _found(function: str, *arguments: Any, options: Optional[LintOptions]) -> Tuple[Finding, ...]:
    """All findings of a lint."""
    return rows_of(Finding, function, *arguments, None if options is None else struct_of(options), error=True)


class Template(Shared):
    """A compiled text. What its channel may not read does not compile."""

    _free = "wb_template_unref"
    _ref = "wb_template_ref"

    def __init__(self, schema: Schema, text: str, options: TemplateOptions = TemplateOptions(channel="sms"),
                 *, policy: Optional[Policy] = None, context: Optional[Context] = None) -> None:
        owners, made = (owner_of(context), schema._open(), owner_of(policy)), ctypes.c_void_p()
        call("wb_template_new", *owners, struct_of(options), *measured(data(text)), made)
        self.schema = schema
        self._own(made.value, *owners)

    @property
    def fields(self) -> Tuple[str, ...]:
        """The fields that it may read."""
        return self.schema.names(list(fields_of("wb_template_get", self)))

    def measure(self) -> TemplateInfo:
        """What is known of it before there is a patient."""
        return answer(TemplateInfo, "wb_template_measure", self._open())

    def render(self, facts: Facts, row: int, when: Moment) -> str:
        """The text for one patient. It fails closed: nothing that is wrong becomes a text."""
        with used(facts, when.practice):
            return written("wb_template_render", self._open(), facts._open(),
                           whole(row, ctypes.c_uint64, "row"), when._of(facts), error=True).decode()

    def lint(self, options: Optional[LintOptions] = None) -> Tuple[Finding, ...]:
        """What should not be in a message, though its language allows it."""
        return _found("wb_template_lint", self._open(), options=options)


def lint(text: str, options: Optional[LintOptions] = None) -> Tuple[Finding, ...]:
    """Lints a text as it stands, as somebody or a language model drafted it."""
    return _found("wb_text_lint", *measured(data(text)), options=options)


def import_template(text: str) -> str:
    """Makes a template of a message with Open Dental's tags: "[NameF]"."""
    return written("wb_template_import", *measured(data(text)), error=True).decode()
