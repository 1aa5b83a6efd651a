# SPDX-License-Identifier: MIT
"""The practice: the one machine. It decides; the host sends."""

from __future__ import annotations

import ctypes
import datetime

from . import _declarations as c
from . import values
from ._convert import (answer, blob, data, exactly, instant, measured, result, rows_of, sized, struct_of, texts,
                       time, value_of, whole)
from ._handle import Machine, owner_of, used
from ._library import call, guarded, library, settle, written
from .campaigns import Campaign
from .context import Context
from .facts import Facts, Schema
from .law import Law
from .templates import Policy
from .values import (Action, ActionStatus, CampaignStatus, Consent, Counts, Enrollment, Input,
                     Look, Metrics, Migration, Opening, Outcome, Page, PracticeOptions, Replay,
                     Run, Task, Waiting)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterator, List, Mapping, Optional, Tuple, Type, TypeVar, Union

    from typing_extensions import TypeAlias  # typing has it from 3.10 on

    from .enumerations import DeskList, OutcomeKind

    Item = TypeVar("Item")

#: Writes whole records (first sequence number, bytes, how many); raises `Conflict` when a record of
#: that number is there already.
Append: TypeAlias = "Callable[[int, bytes, int], None]"
Sync: TypeAlias = "Callable[[], None]"
#: Delivers an action and says what became of it.
Deliver: TypeAlias = "Callable[[Action], Union[Outcome, OutcomeKind]]"


def _nothing(answered: Any, name: str) -> None:
    """A callback that answers has not understood that it must raise."""
    if answered is not None:
        raise TypeError(f"{name} answers None, or raises; not {type(answered).__name__}")


def _outcome(answered: Any) -> c.wb_outcome:
    """The outcome that a delivery answered."""
    if isinstance(answered, values.OutcomeKind):
        answered = Outcome(kind=answered)
    if not isinstance(answered, Outcome):
        raise TypeError(f"an Outcome or OutcomeKind is needed, not {type(answered).__name__}")
    made: c.wb_outcome = struct_of(answered)
    return made


class Practice(Machine):
    """Who is in which sequence, what was handed out, who opted out. One thread at a time.

    `append` and `sync` keep the journal. What they raise comes out of the call that wrote; after
    anything but `Conflict` the practice is `Stale`: close it and load it again.
    """

    _free = "wb_practice_free"

    def __init__(self, schema: Schema, options: PracticeOptions, *, append: Optional[Append] = None,
                 sync: Optional[Sync] = None, law: Optional[Law] = None, policy: Optional[Policy] = None,
                 context: Optional[Context] = None) -> None:
        given, made = struct_of(options), ctypes.c_void_p()
        if append is not None:
            write = append
            given.append = guarded(c.wb_append_fn, lambda _, first, address, length, count: _nothing(
                write(first, ctypes.string_at(address, length), count), "append"))
        if sync is not None:
            flush = sync
            given.sync = guarded(c.wb_sync_fn, lambda _: _nothing(flush(), "sync"))
        owners = owner_of(context), schema._open(), owner_of(policy)
        given.law = None if law is None else law._open().address
        call("wb_practice_new", *owners, given, made)
        self._own(made.value, *owners, owner_of(law), given)

    # ---- the state ----

    def load(self, snapshot: bytes) -> None:
        """Loads a snapshot into a practice that is still empty."""
        with used(self):
            call("wb_practice_load", self._open(), *measured(blob(snapshot)))

    def replay(self, journal: bytes) -> Replay:
        """Replays journal records; those that the state has are skipped. With REPLAY_TORN in its flags,
        cut the journal at `used`."""
        with used(self):
            return answer(Replay, "wb_practice_replay", self._open(), *measured(blob(journal)), error=True)

    def save(self) -> bytes:
        """A snapshot: equal bytes for equal states."""
        with used(self):
            return written("wb_practice_save", self._open())

    def seal(self, now: datetime.datetime) -> None:
        """Sums up what came before, so that older records may move to an archive."""
        with used(self):
            call("wb_practice_seal", self._open(), instant(now))

    @property
    def sequence(self) -> int:
        """Sequence number of the last record; 0: none."""
        with used(self):
            number: int = library().wb_practice_sequence(self._open())
        return number

    def rekey(self, secret: bytes, pairs: Mapping[bytes, bytes], now: datetime.datetime,
              lose: bool = False) -> None:
        """Changes the secret; `pairs` has for each old contact point the new one."""
        flat = b"".join(exactly(part, 16, "pairs") for pair in pairs.items() for part in pair)
        with used(self):
            call("wb_practice_rekey", self._open(), exactly(secret, 16, "secret"), flat or None, len(pairs),
                 c.WB_REKEY_LOSE if lose else 0, instant(now))

    # ---- campaigns ----

    def add(self, campaign: Campaign, now: datetime.datetime) -> None:
        """Makes a campaign known. It does not run before an input of kind LAUNCH."""
        with used(self):
            owner = campaign._open()
            self._keep(owner)
            call("wb_practice_add", self._open(), owner, instant(now))

    def migrate(self, campaign: str, now: datetime.datetime, *, replaced: Optional[Mapping[str, str]] = None,
                plan: bool = False, recompute: Optional[Facts] = None) -> Tuple[Migration, ...]:
        """Takes whoever is inside an older definition over to the newest. `replaced` has the new step of
        each old one; `plan`: nothing changes, the rows tell what would be; `recompute`: waits are counted
        anew."""
        options, given = sized(c.wb_migrate_options), replaced or {}
        options.from_, options.to, options.count = texts(list(given)), texts(list(given.values())), len(given)
        options.flags = (c.WB_MIGRATE_PLAN if plan else 0) | (c.WB_MIGRATE_RECOMPUTE if recompute else 0)
        with used(self, recompute):
            options.facts = recompute._open().address if recompute is not None else None
            return rows_of(Migration, "wb_practice_migrate", self._open(), *measured(data(campaign)), options,
                           instant(now), error=True)

    def enroll(self, facts: Facts, now: datetime.datetime, campaign: str = "") -> Counts:
        """Lets in whoever is due, into every launched campaign or one of them."""
        with used(self, facts):
            return answer(Counts, "wb_practice_enroll", self._open(), *measured(data(campaign) or None),
                          facts._open(), instant(now), error=True)

    def waiting(self, facts: Facts, now: datetime.datetime, campaign: str = "") -> Tuple[Waiting, ...]:
        """Who would wait if `enroll` were called now, why and until when. Nothing changes."""
        with used(self, facts):
            return rows_of(Waiting, "wb_practice_waiting", self._open(), *measured(data(campaign) or None),
                           facts._open(), instant(now), error=True)

    # ---- actions ----

    def poll(self, facts: Facts, now: datetime.datetime, capacity: int = 64) -> List[Action]:
        """Hands out what is due, claimed and durable; an empty list: nothing now."""
        made, count = (c.wb_action * max(1, whole(capacity, ctypes.c_uint32, "capacity")))(), ctypes.c_uint32()
        made[0].size = ctypes.sizeof(c.wb_action)
        with used(self, facts):
            call("wb_practice_poll", self._open(), facts._open(), instant(now), made, capacity, count)
            return [value_of(made[index]) for index in range(count.value)]

    def ack(self, action: Union[Action, bytes], outcome: Union[Outcome, OutcomeKind],
            now: datetime.datetime) -> None:
        """Says what became of an action."""
        key = exactly(action.id if isinstance(action, Action) else action, 16, "action")
        with used(self):
            call("wb_practice_ack", self._open(), key, _outcome(outcome), instant(now))

    def test(self, action: Union[Action, bytes], facts: Facts, now: datetime.datetime) -> Look:
        """The last look: whether an action that was handed out may still go."""
        key = exactly(action.id if isinstance(action, Action) else action, 16, "action")
        with used(self, facts):
            return answer(Look, "wb_practice_test", self._open(), key, facts._open(), instant(now), error=True)

    def run(self, facts: Facts, now: datetime.datetime, deliver: Deliver) -> Run:
        """The loop of poll, deliver and ack, until nothing is due. What `deliver` raises ends it."""

        def delivered(_: Any, action: Any, outcome: Any) -> None:
            answered = _outcome(deliver(value_of(action.contents)))
            outcome.contents.kind, outcome.contents.cause = answered.kind, answered.cause

        callback = guarded(c.wb_deliver_fn, delivered)
        with used(self, facts):
            made, error = result(Run), c.wb_error()
            settle(library().wb_practice_run(self._open(), facts._open(), instant(now), callback, None, made,
                                             error), error)
            done: Run = value_of(made)
        return done

    def receive(self, event: Input, now: datetime.datetime) -> None:
        """Takes one event from outside: a reply, a click, a launch…"""
        with used(self):
            call("wb_practice_receive", self._open(), struct_of(event), instant(now))

    def wake(self) -> Optional[datetime.datetime]:
        """The next instant at which `poll` may have something; None: none in sight."""
        at = ctypes.c_int64()
        with used(self):
            settle(library().wb_practice_wake(self._open(), at))
        return time(at.value)

    def page(self, asked: Page, facts: Facts, now: datetime.datetime) -> str:
        """The secure page or the postcard of somebody who is or was in a campaign: by the action whose link
        was used, else by campaign and patient. The host has made sure who asks."""
        with used(self, facts):
            return written("wb_page_render", self._open(), struct_of(asked), facts._open(), instant(now),
                           error=True).decode()

    # ---- what is there ----

    def _each(self, kind: Type[Item], name: str, *arguments: Any) -> Iterator[Item]:
        """What a function with a cursor gives; between two values the practice may be used."""
        cursor, made = ctypes.c_uint64(), result(kind)
        while True:
            with used(self):
                status = getattr(library(), name)(self._open(), *arguments, cursor, made)
                if status == c.WB_E_NAME:
                    return
                settle(status)
                item: Item = value_of(made)
            yield item

    def enrollments(self) -> Iterator[Enrollment]:
        """Who is in which campaign, ended ones too."""
        return self._each(Enrollment, "wb_practice_next")

    def options(self) -> PracticeOptions:
        """What it works by, with the defaults filled in; the secret is left out."""
        with used(self):
            return answer(PracticeOptions, "wb_practice_get", self._open())

    def find(self, patient: str) -> str:
        """The key of the patient that a key stands for: another's once they were merged."""
        key = ctypes.c_char_p()
        with used(self):
            settle(library().wb_practice_find(self._open(), *measured(data(patient)), key))
            return (key.value or b"").decode()

    def actions(self) -> Iterator[ActionStatus]:
        """The actions that are remembered."""
        return self._each(ActionStatus, "wb_practice_actions")

    def campaigns(self) -> Iterator[CampaignStatus]:
        """The definitions of campaigns that it knows, and where each stands."""
        return self._each(CampaignStatus, "wb_practice_campaigns")

    def desk(self, which: "DeskList | int") -> Iterator[Task]:
        """The open tasks of a list of the desk, in its order."""
        return self._each(Task, "wb_desk_next", int(which))

    def openings(self) -> Iterator[Opening]:
        """Openings by key."""
        return self._each(Opening, "wb_opening_next")

    def opening(self, key: str) -> Opening:
        """One opening."""
        with used(self):
            return answer(Opening, "wb_opening_get", self._open(), *measured(data(key)))

    def consent(self, contact: bytes, patient: str, channel: int, purpose: int) -> Consent:
        """What is on record of a patient at a contact point: channel is a Channel, purpose a MessageClass."""
        with used(self):
            return answer(Consent, "wb_consent_get", self._open(), exactly(contact, 16, "contact"),
                          *measured(data(patient)), whole(channel, ctypes.c_int32, "channel"),
                          whole(purpose, ctypes.c_int32, "purpose"))

    def metrics(self) -> Iterator[Metrics]:
        """The counters by campaign, segment, variant and hold-out."""
        return self._each(Metrics, "wb_metrics_next")

    def total(self, campaign: str = "", segment: str = "", variant: str = "", held_out: bool = False) -> Metrics:
        """The sum of counters; what is left out is all."""
        names = [part for name in (campaign, segment, variant) for part in measured(data(name) or None)]
        with used(self):
            return answer(Metrics, "wb_metrics_get", self._open(), *names, int(held_out))

    def report(self, now: datetime.datetime) -> str:
        """A page for people: the funnel, attributed and incremental side by side."""
        with used(self):
            return written("wb_metrics_format", self._open(), instant(now)).decode()
