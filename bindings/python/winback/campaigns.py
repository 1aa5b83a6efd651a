# SPDX-License-Identifier: MIT
"""Campaigns, the playbooks that ship, and offers."""

from __future__ import annotations

import ctypes

from ._convert import answer, data, measured, parsed, struct_of, text, whole
from ._handle import Shared, owner_of, used
from ._library import call, library, settle
from .context import Context
from .facts import Facts, Schema
from .law import Law
from .templates import Policy
from .values import CampaignInfo, Match, OfferInfo, OfferUse, OfferVerdict
from .zones import Moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Optional


class Campaign(Shared):
    """A compiled campaign: audience, segments, steps, texts. A mistake has its JSON path.

    `settings`: the practice's, as JSON: parameters, members and own wording (docs/settings.md).
    """

    _free = "wb_campaign_unref"
    _ref = "wb_campaign_ref"

    def __init__(self, schema: Schema, json: str, *, settings: Optional[str] = None,
                 policy: Optional[Policy] = None, context: Optional[Context] = None) -> None:
        raw, made = measured(data(json)), ctypes.c_void_p()
        owners = owner_of(context), schema._open(), owner_of(policy)
        if settings is None:
            call("wb_campaign_new", *owners, *raw, made)
        else:
            call("wb_campaign_make", *owners, *raw, *measured(data(settings)), made)
        self._own(made.value, *owners)

    @property
    def info(self) -> CampaignInfo:
        """What it is: name, content id, how many steps."""
        return answer(CampaignInfo, "wb_campaign_get", self._open())

    def match(self, facts: Facts, row: int, when: Moment) -> Match:
        """Why one patient is in its audience or not."""
        with used(facts, when.practice):
            return answer(Match, "wb_campaign_match", self._open(), facts._open(),
                          whole(row, ctypes.c_uint64, "row"), when._of(facts), error=True)


def _json_of(function: str) -> Dict[str, Any]:
    """A document of the library."""
    json, length = ctypes.c_char_p(), ctypes.c_size_t()
    settle(getattr(library(), function)(json, length))
    found: Dict[str, Any] = parsed(text(json.value))
    return found


def campaign_schema() -> Dict[str, Any]:
    """The JSON Schema of campaigns."""
    return _json_of("wb_campaign_schema")


def settings_schema() -> Dict[str, Any]:
    """The JSON Schema of a practice's settings."""
    return _json_of("wb_settings_schema")


def check_settings(json: str, *, context: Optional[Context] = None) -> None:
    """Checks a practice's settings: what they name is there, and values are in their ranges."""
    call("wb_settings_test", owner_of(context), *measured(data(json)))


def playbooks() -> Dict[str, str]:
    """The campaigns that ship: JSON by name."""
    found = {}
    for index in range(library().wb_playbook_count()):
        name, json, length = ctypes.c_char_p(), ctypes.c_char_p(), ctypes.c_size_t()
        settle(library().wb_playbook_get(index, name, json, length))
        found[text(name.value)] = text(json.value)
    return found


class Offer(Shared):
    """A compiled offer: what is given for a price, by when, to whom."""

    _free = "wb_offer_unref"
    _ref = "wb_offer_ref"

    def __init__(self, schema: Schema, json: str, *, context: Optional[Context] = None) -> None:
        owners, made = (owner_of(context), schema._open()), ctypes.c_void_p()
        call("wb_offer_new", *owners, *measured(data(json)), made)
        self._own(made.value, *owners)

    @property
    def info(self) -> OfferInfo:
        """What it is."""
        return answer(OfferInfo, "wb_offer_get", self._open())

    def test(self, law: Law, facts: Facts, row: int, when: Moment, use: OfferUse) -> OfferVerdict:
        """Whether one patient may be told of it."""
        with used(facts, when.practice):
            return answer(OfferVerdict, "wb_offer_test", self._open(), law._open(), facts._open(),
                          whole(row, ctypes.c_uint64, "row"), when._of(facts), struct_of(use), error=True)
