# SPDX-License-Identifier: MIT
"""libwinback from Python: it decides who is due, what may be said to them, on which channel, at what
hour and what happens next; the host reads the rows, keeps the bytes and sends the messages.

Everything is here; docs/python.md shows how it goes together. Days are `datetime.date`, instants aware
`datetime`, amounts whole cents. What goes wrong is an exception of `winback.errors`.
"""

from __future__ import annotations

from . import _declarations, errors, values
from ._library import library, load
from .arrow import ArrowColumn
from .campaigns import Campaign, Offer, campaign_schema, check_settings, playbooks, settings_schema
from .consent import hold_name, intent_name, make_contact, normalize, parse_reply
from .context import Context
from .dates import (add, add_months, format_date, format_interval, make_date, months_between, parse_date,
                    parse_interval, split_date, weekday)
from .dental import (benefit_period, covered, find_group, parse_codes, parse_limit, parse_teeth, recare,
                     treatment, unfinished, usage)
from .errors import *  # noqa: F401,F403
from .facts import UNKNOWN, Facts, Getter, Schema, Unknown, columns
from .journal import check_journal, effect, entries, explain_action, read_record, records
from .law import Law
from .messages import (body, format_handle, make_handle, make_link, measure_sms, parse_link, plain, subject,
                       unsubscribe)
from .practice import Practice
from .rules import Matches, Rule, evaluate
from .templates import Policy, Template, import_template, lint
from .values import *  # noqa: F401,F403
from .zones import Moment, Zone, format_time, parse_time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .enumerations import *
else:
    from .values import __getattr__

__version__ = ".".join(map(str, _declarations.VERSION))


def version() -> str:
    """The version of the library that is loaded."""
    text: bytes = library().wb_version_text()
    return text.decode()


def status_name(status: int) -> str:
    """"WB_E_RANGE"."""
    name: bytes = library().wb_status_name(status)
    return name.decode()


__all__ = [
    *errors.__all__, *values.__all__, *values.ENUMERATIONS,
    "ArrowColumn", "Campaign", "Context", "Facts", "Getter", "Law", "Matches", "Moment", "Offer",
    "Policy", "Practice", "Rule", "Schema", "Template", "UNKNOWN", "Unknown", "Zone", "add",
    "add_months", "benefit_period", "body", "campaign_schema", "check_journal", "check_settings", "columns", "covered", "effect",
    "entries", "evaluate", "explain_action", "find_group", "format_date", "format_handle",
    "format_interval", "format_time", "hold_name", "import_template", "intent_name", "lint", "load",
    "make_contact", "make_date", "make_handle", "make_link", "measure_sms", "months_between",
    "normalize", "parse_codes", "parse_date", "parse_interval", "parse_limit", "parse_link",
    "parse_reply", "parse_teeth", "parse_time", "plain", "playbooks", "read_record", "recare",
    "records", "settings_schema", "split_date", "status_name", "subject", "treatment", "unfinished", "unsubscribe",
    "usage", "version", "weekday",
]
