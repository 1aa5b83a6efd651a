# SPDX-License-Identifier: MIT
"""Facts: the host's rows in, one dictionary of fields out."""

from __future__ import annotations

import ctypes
import datetime
import itertools
from collections.abc import Mapping

from . import _declarations as c
from . import arrow, values
from ._convert import answer, array, data, date, day, instant, measured, moment, result, sized, struct_of, text, whole
from ._handle import Machine, Shared, owner_of, used
from ._library import call, guarded, library, settle
from .context import Context
from .errors import NotFound
from .values import Column, Field, RecareSettings
from .zones import Moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterator, List, Optional, Protocol, Sequence, Tuple, Union

    from typing_extensions import TypeAlias  # typing has it from 3.10 on
else:
    Protocol = object


class Unknown:
    """What is not on record: neither a value nor None, which is known to be absent."""

    _one: Optional["Unknown"] = None

    def __new__(cls) -> "Unknown":
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        return False


UNKNOWN = Unknown()
#: One value of a field; None: known to be absent; UNKNOWN: not on record; lists of these, and records.
Value: TypeAlias = (
    "Union[None, bool, int, float, str, bytes, datetime.date, datetime.datetime, Unknown, List[Any]]")


class Getter(Protocol):
    """Rows of a host that has objects or one query a patient rather than tables.

    Rows are numbered from 0. `get` answers a value of the field's type, None (known to be absent) or
    UNKNOWN (not supplied: the library derives it if it can). Of a list of records such as "procedures"
    it answers a sequence of mappings by the name below the list ("code"). A getter may have a method
    `fetch(rows)` too, which is told what is read next.
    """

    def count(self) -> int:
        """Number of patients."""

    def find(self, key: str) -> Optional[int]:
        """The row of a key; None when there is none."""

    def get(self, row: int, field: str) -> Any:
        """The value of a field."""


class _Entry:
    """What is needed of a field wherever rows are read, and read of each when a process starts."""

    __slots__ = ("name", "type", "element", "list")

    def __init__(self, field: c.wb_field) -> None:
        self.name = text(field.name)
        self.type: int = field.type
        self.element: int = field.element
        self.list: int = field.list


class Schema(Shared):
    """The dictionary of fields: the dental ones, and the host's own after them."""

    _free = "wb_schema_unref"
    _ref = "wb_schema_ref"

    def __init__(self, fields: Sequence[Field] = (), *, context: Optional[Context] = None) -> None:
        made, owner = ctypes.c_void_p(), owner_of(context)
        call("wb_schema_new", owner, array(c.wb_field, fields), len(fields), made)
        self._own(made.value, owner)
        self._fields = tuple(self._entries())
        self._indices = {field.name: index for index, field in enumerate(self._fields)}

    def __len__(self) -> int:
        count: int = library().wb_schema_count(self._open())
        return count

    def __getitem__(self, index: int) -> Field:
        if index >= len(self):
            raise IndexError(index)
        return answer(Field, "wb_schema_get", self._open(), whole(index, ctypes.c_uint32, "index"))

    def __iter__(self) -> Iterator[Field]:
        return (self[index] for index in range(len(self)))

    def _entries(self) -> Iterator[_Entry]:
        made = result(Field)
        for index in range(len(self)):
            settle(library().wb_schema_get(self._open(), index, made))
            yield _Entry(made)

    def find(self, name: str) -> int:
        """The index of a field."""
        index = ctypes.c_uint32()
        if library().wb_schema_find(self._open(), *measured(data(name)), index) == c.WB_E_NAME:
            raise NotFound("no such field", path=name)
        return index.value

    def names(self, indices: Sequence[int]) -> Tuple[str, ...]:
        """The names of fields."""
        return tuple(self._fields[index].name for index in indices)

    def _index(self, field: Union[str, int]) -> int:
        if isinstance(field, int):
            return whole(field, ctypes.c_uint32, "field")
        return self._indices[field] if field in self._indices else self.find(field)


def columns() -> Iterator[Column]:
    """The columns of all tables that a host can add, one table after the other."""
    for index in itertools.count():
        try:
            found = answer(Column, "wb_column_get", index)
        except NotFound:
            return
        yield found


def _read(value: c.wb_value) -> Value:
    """A value of the library as one of Python's."""
    kind = value.kind
    if kind == c.WB_NULL:
        return None
    if kind == c.WB_UNKNOWN:
        return UNKNOWN
    if kind in (c.WB_TEXT, c.WB_BYTES):
        address = ctypes.c_void_p.from_buffer(value, c.wb_value.data.offset).value
        raw = ctypes.string_at(address, value.length) if address else b""
        return raw if kind == c.WB_BYTES else text(raw)
    if kind == c.WB_DATE:
        return date(value.integer)
    if kind == c.WB_TIME:
        return moment(value.integer)
    if kind == c.WB_DOUBLE:
        return float(value.real)
    if kind == c.WB_UINT:
        return int(value.integer) & 0xFFFFFFFFFFFFFFFF
    return bool(value.integer) if kind == c.WB_BOOL else int(value.integer)


def _integer(kind: int, value: Any) -> int:
    """A value whose bits are the member `integer`."""
    if kind == c.WB_BOOL and isinstance(value, bool):
        return int(value)
    if kind == c.WB_INT and not isinstance(value, bool):
        return whole(value, ctypes.c_int64, "value")
    if kind == c.WB_UINT and not isinstance(value, bool):
        return ctypes.c_int64(whole(value, ctypes.c_uint64, "value")).value
    if kind == c.WB_DATE and isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return day(value)
    if kind == c.WB_TIME and isinstance(value, datetime.datetime):
        return instant(value)
    raise TypeError(f"a value of kind {values.Kind(kind).name} is needed, not {type(value).__name__}")


class _Source:
    """A getter as the library calls it."""

    def __init__(self, getter: Getter, schema: Schema) -> None:
        self.getter = getter
        self.fields = schema._fields
        self.lent: List[Any] = []  # texts, until the call of the library returns
        self.lists: Dict[Tuple[int, str], Any] = {}
        self.struct = sized(c.wb_source)
        self.struct.count = guarded(c.wb_source_count, self._count)
        self.struct.find = guarded(c.wb_source_find, self._find)
        self.struct.get = guarded(c.wb_source_get, self._get)
        if hasattr(getter, "fetch"):
            self.struct.fetch = guarded(c.wb_source_fetch, self._fetch)

    def forget(self) -> None:
        """What was lent to a call that returned."""
        self.lent.clear()
        self.lists.clear()

    def _count(self, _: Any, rows: Any) -> None:
        rows[0] = whole(self.getter.count(), ctypes.c_uint64, "count")

    def _find(self, _: Any, key: Optional[int], length: int, row: Any) -> Optional[int]:
        found = self.getter.find(text(ctypes.string_at(key, length)) if key else "")
        if found is None:
            return c.WB_E_NAME
        row[0] = whole(found, ctypes.c_uint64, "row")
        return None

    def _fetch(self, _: Any, rows: Any, count: int) -> None:
        fetch: Any = getattr(self.getter, "fetch")
        fetch(list(rows[:count]))

    def _list(self, row: int, name: str) -> Any:
        if (row, name) not in self.lists:
            found = self.getter.get(row, name)
            if found is not UNKNOWN and not isinstance(found, (list, tuple, type(None))):
                raise TypeError(f"{name}: a list is needed, not {type(found).__name__}")
            self.lists[row, name] = found if found is UNKNOWN else found or ()
        return self.lists[row, name]

    def _get(self, _: Any, row: int, field: int, first: int, capacity: int, values: Any, count: Any) -> None:
        about = self.fields[field]
        if not about.list and about.type != c.WB_LIST:
            count[0] = 1
            self._put(values, [self.getter.get(row, about.name)][first : first + capacity], about.type, about)
            return
        owner = self.fields[about.list - 1] if about.list else about
        items = self._list(row, owner.name)
        if items is UNKNOWN:
            count[0] = 0xFFFFFFFF
            return
        count[0] = len(items)
        asked = items[first : first + capacity]
        if about.list:
            below = about.name[len(owner.name) + 1 :]
            self._put(values, [self._member(owner, item, below) for item in asked], about.type, about)
        elif about.element != c.WB_RECORD:
            self._put(values, asked, about.element, about)

    @staticmethod
    def _member(owner: _Entry, item: Any, name: str) -> Any:
        if not isinstance(item, Mapping):
            raise TypeError(f"{owner.name}: an element is a mapping, not {type(item).__name__}")
        return item.get(name, UNKNOWN)

    def _put(self, values: Any, answers: Sequence[Any], kind: int, about: _Entry) -> None:
        """Writes answers in the distance that the first element says."""
        start, stride = ctypes.addressof(values.contents), values.contents.size
        for index, value in enumerate(answers):
            try:
                self._write(c.wb_value.from_address(start + index * stride), value, kind)
            except (TypeError, ValueError, OverflowError) as error:
                raise type(error)(f"{about.name}: {error}") from None

    def _write(self, out: c.wb_value, value: Any, kind: int) -> None:
        if value is None or value is UNKNOWN:
            out.kind = c.WB_NULL if value is None else c.WB_UNKNOWN
            return
        if kind == c.WB_TEXT or (kind == c.WB_BYTES and isinstance(value, bytes)):
            raw = data(value) if kind == c.WB_TEXT else value
            self.lent.append(raw)
            out.data, out.length = measured(raw)
        elif kind == c.WB_DOUBLE and isinstance(value, (int, float)):
            out.real = value
        else:
            out.integer = _integer(kind, value)
        out.kind = kind


class Facts(Machine):
    """A cursor over one practice's rows; one thread at a time.

    `as_of` is when the host read them. Give tables with `add`, or a `getter`.
    """

    _free = "wb_facts_free"

    def __init__(self, schema: Schema, as_of: datetime.datetime, *, getter: Optional[Getter] = None,
                 recare: Optional[RecareSettings] = None, booked_by_trigger: bool = False,
                 context: Optional[Context] = None) -> None:
        options, made = sized(c.wb_facts_options), ctypes.c_void_p()
        options.as_of = instant(as_of)
        options.flags = c.WB_FACTS_BOOKED_TRIGGER if booked_by_trigger else 0
        self.schema = schema
        self._source = None if getter is None else _Source(getter, schema)
        if recare is not None:
            options.recare = ctypes.pointer(struct_of(recare))
        if self._source:
            options.source = ctypes.pointer(self._source.struct)
        owners = owner_of(context), schema._open()
        call("wb_facts_new", *owners, options, made)
        self._own(made.value, *owners, self._source)

    def _take(self) -> None:
        super()._take()
        if self._source:
            self._source.forget()

    def add(self, table: str, rows: arrow.Table) -> None:
        """Adds a table: columns by name, rows, or any object with `__arrow_c_stream__` or
        `__arrow_c_array__`. Texts are str, days date, instants datetime, amounts int (cents) or Decimal;
        None is absent."""
        name = data(table)
        given: Any = arrow.Imported(rows) if arrow.speaks_arrow(rows) else arrow.Exported(rows)
        try:
            with used(self):
                stream = getattr(given, "stream", None)
                if stream is not None:
                    call("wb_facts_add_stream", self._open(), name, stream)
                else:
                    call("wb_facts_add", self._open(), name, given.schema, given.array)
        finally:
            if isinstance(given, arrow.Exported):
                given.drop()

    def renew(self, as_of: datetime.datetime, *tables: str) -> None:
        """The rows were looked at again: takes out the tables that have changed since, so that others can
        be added in their place. What stays in costs nothing again."""
        for name in tables or (None,):
            with used(self):
                call("wb_facts_renew", self._open(), instant(as_of), name and data(name))

    def __len__(self) -> int:
        count = ctypes.c_uint64()
        with used(self):
            settle(library().wb_facts_count(self._open(), count))
        return count.value

    def find(self, key: str) -> int:
        """The row of a patient key; `NotFound` when there is none."""
        row = ctypes.c_uint64()
        with used(self):
            settle(library().wb_facts_find(self._open(), *measured(data(key)), row))
        return row.value

    @property
    def orphans(self) -> int:
        """Child rows left out because their patient is not there; 0 before the first read."""
        with used(self):
            count: int = library().wb_facts_orphans(self._open())
        return count

    def get(self, row: int, field: Union[str, int], when: Moment) -> Value:
        """A field of a row: a value, None (known to be absent), UNKNOWN, or a list."""
        index, number = self.schema._index(field), whole(row, ctypes.c_uint64, "row")
        about = self.schema._fields[index] if index < len(self.schema._fields) else None
        with used(self, when.practice):
            found = self._value("wb_facts_get", number, index, when=when)
            if about is None or about.type != c.WB_LIST or not isinstance(found, int):
                return found
            return [self._item(number, index, about, at, when) for at in range(found)]

    def _item(self, row: int, index: int, about: _Entry, at: int, when: Moment) -> Any:
        """One element of a list; a record is a dict by the names below the list."""
        if about.element != c.WB_RECORD:
            return self._value("wb_facts_get_item", row, index, at, when=when)
        cut = len(about.name) + 1
        return {field.name[cut:]: self._value("wb_facts_get_item", row, number, at, when=when)
                for number, field in enumerate(self.schema._fields) if field.list == index + 1}

    def _value(self, name: str, *where: int, when: Moment) -> Value:
        value = sized(c.wb_value)
        call(name, self._open(), *where, when._of(self), value)
        return _read(value)
