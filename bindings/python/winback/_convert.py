# SPDX-License-Identifier: MIT
"""Values of Python and the structs of C, by the table FIELDS of the declarations."""

from __future__ import annotations

import ctypes
import datetime
from operator import attrgetter

from . import _declarations as c
from . import values
from ._library import library, settle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, Tuple, Type, TypeVar, Union

    Value = TypeVar("Value")
    Readers = Tuple[Tuple[str, ...], Tuple[Callable[[Any], Any], ...]]

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
DAY_ZERO = datetime.date(1970, 1, 1).toordinal()
SECOND = datetime.timedelta(seconds=1)


def data(text: str) -> bytes:
    """A text in UTF-8; a key of other bytes comes and goes by surrogates."""
    if not isinstance(text, str):
        raise TypeError(f"a text is needed, not {type(text).__name__}")
    return text.encode("utf-8", "surrogateescape")


def text(raw: Optional[bytes]) -> str:
    """The way back; NULL is no text."""
    return raw.decode("utf-8", "surrogateescape") if raw else ""


def parsed(said: Union[str, bytes]) -> Any:
    """What JSON says."""
    import json  # which takes a while, and few hosts ask for

    return json.loads(said)


def formed(value: Any) -> str:
    """The way back."""
    import json  # likewise

    return json.dumps(value)


def day(value: Optional[datetime.date], none: int = c.WB_DATE_NONE) -> int:
    """A wb_date."""
    if value is None:
        return none
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise TypeError(f"a date is needed, not {type(value).__name__}")
    return value.toordinal() - DAY_ZERO


def date(value: int) -> Optional[datetime.date]:
    """The way back."""
    return None if value == c.WB_DATE_NONE else datetime.date.fromordinal(value + DAY_ZERO)


def instant(value: Optional[datetime.datetime], none: int = c.WB_TIME_NONE) -> int:
    """A wb_time; fractions of a second are cut off."""
    if value is None:
        return none
    if not isinstance(value, datetime.datetime):
        raise TypeError(f"an aware datetime is needed, not {type(value).__name__}")
    if value.utcoffset() is None:
        raise ValueError("an aware datetime is needed: this one has no time zone")
    return (value - EPOCH) // SECOND


def time(value: int) -> Optional[datetime.datetime]:
    """The way back, in UTC."""
    return None if value == c.WB_TIME_NONE else EPOCH + value * SECOND


def moment(value: int) -> datetime.datetime:
    """An instant that is there."""
    return EPOCH + value * SECOND


def whole(value: Any, kind: Any, name: str) -> int:
    """A whole number that fits its type: ctypes would cut it."""
    if not isinstance(value, int):
        raise TypeError(f"{name}: a whole number is needed, not {type(value).__name__}")
    number = int(value)
    if kind(number).value != number:
        raise OverflowError(f"{name}: {number} does not fit")
    return number


def exactly(value: bytes, length: int, name: str) -> bytes:
    """Bytes of a length that the library takes for granted."""
    if not isinstance(value, (bytes, bytearray)):
        raise TypeError(f"{name}: bytes are needed, not {type(value).__name__}")
    if len(value) != length:
        raise ValueError(f"{name}: {length} bytes are needed, not {len(value)}")
    return bytes(value)


def blob(value: Any) -> bytes:
    """Bytes of any kind, as they are."""
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(f"bytes are needed, not {type(value).__name__}")
    return bytes(value)


def measured(raw: Optional[bytes]) -> Tuple[Optional[bytes], int]:
    """Bytes with their count, as functions take them; None is NULL."""
    return raw, len(raw or b"")


def sized(struct: Type[Any]) -> Any:
    """A struct whose size is set, and all else zero."""
    made = struct()
    made.size = ctypes.sizeof(struct)
    return made


def _sizes(struct: Type[Any]) -> bool:
    return bool(struct._fields_[0][0] == "size")


def fill(struct: Any, value: Any, name: str, kind: Any, what: str, detail: Any, none: int) -> None:
    """Sets one member of a struct, of a type of C."""
    if what in ("number", "enum", "cents"):
        setattr(struct, name, none if value is None else whole(value, kind, name))
    elif what == "text":
        raw = data(value)
        if detail is None and b"\0" in raw:
            raise ValueError(f"{name}: a text without NUL is needed")
        setattr(struct, name, raw or None)
        if detail:
            setattr(struct, detail, len(raw))
    elif what == "bytes" and isinstance(detail, str):
        setattr(struct, name, blob(value) or None)
        setattr(struct, detail, len(value))
    elif what == "bytes" and value:
        raw = exactly(value, abs(detail), name)
        setattr(struct, name, raw if detail > 0 else kind.from_buffer_copy(raw))
    elif what == "date":
        setattr(struct, name, day(value, none))
    elif what == "time":
        setattr(struct, name, instant(value, none))
    elif what == "texts":
        setattr(struct, name, texts(value))
        setattr(struct, detail, len(value))
    elif what == "list":
        setattr(struct, name, array(kind._type_, value))
        setattr(struct, detail[0], len(value))
    elif what == "struct" and value is not None:
        setattr(struct, name, ctypes.pointer(struct_of(value)))
    elif what == "numbers" and value:
        if len(value) != kind._length_:
            raise ValueError(f"{name}: {kind._length_} numbers are needed, not {len(value)}")
        setattr(struct, name, kind(*(whole(part, kind._type_, name) for part in value)))


def texts(value: Sequence[str]) -> Any:
    """An array of NUL-terminated texts; None when it is empty."""
    if not value:
        return None
    return (ctypes.c_char_p * len(value))(*(data(part) for part in value))


def array(struct: Type[Any], value: Sequence[Any]) -> Any:
    """An array of structs made of values; None when it is empty."""
    if not value:
        return None
    made = (struct * len(value))()
    for index, part in enumerate(value):
        made[index] = struct_of(part)
    return made


def struct_of(value: Any) -> Any:
    """The struct of a value of winback.values."""
    kind = STRUCTS.get(type(value))
    if kind is None:
        raise TypeError(f"a value of winback is needed, not {type(value).__name__}")
    members = _members.get(kind)
    if members is None:
        types = {field[0]: field[1] for field in kind._fields_}
        members = _members[kind] = [(name, types[name], *more) for name, *more in c.FIELDS[kind.__name__]]
    made = sized(kind) if _sizes(kind) else kind()
    for member in members:
        fill(made, getattr(value, member[0]), *member)
    return made


def _counted(offset: int, count: Callable[[Any], Any]) -> Callable[[Any], bytes]:
    pointer = ctypes.c_void_p.from_buffer

    def read(struct: Any) -> bytes:
        address = pointer(struct, offset)
        return ctypes.string_at(address, count(struct)) if address else b""
    return read


def _reader(struct: Type[Any], name: str, what: str, detail: Any) -> Callable[[Any], Any]:
    """How one member is read."""
    offset = getattr(struct, name).offset
    if what == "text":
        if detail is None:
            def read(it: Any) -> str:
                raw: Optional[bytes] = getattr(it, name)
                return raw.decode("utf-8", "surrogateescape") if raw else ""
            return read
        counted = _counted(offset, attrgetter(detail))
        return lambda it: text(counted(it))
    if what == "bytes":
        if isinstance(detail, str):
            return _counted(offset, attrgetter(detail))
        return _counted(offset, lambda _: detail) if detail > 0 else lambda it: bytes(getattr(it, name))
    if what == "enum":
        members = {int(member): member for member in getattr(values, detail)}
        return lambda it: members.get(number := getattr(it, name), number)
    if what == "date":
        return lambda it: date(getattr(it, name))
    if what == "time":
        return lambda it: time(getattr(it, name))
    if what == "cents":
        return lambda it: None if getattr(it, name) == c.WB_CENTS_NONE else getattr(it, name)
    if what == "numbers":
        return lambda it: tuple(getattr(it, name))
    if what == "list":
        return lambda it: tuple(value_of(getattr(it, name)[at]) for at in range(getattr(it, detail[0])))
    if what == "struct":
        return lambda it: value_of(getattr(it, name).contents) if getattr(it, name) else None
    if what == "texts":
        return lambda it: tuple(text(getattr(it, name)[at]) for at in range(getattr(it, detail)))
    return attrgetter(name)


STRUCTS: Dict[Type[Any], Type[Any]] = {getattr(values, name): c.VALUES[name] for name in c.VALUES}
VALUES = {struct: value for value, struct in STRUCTS.items()}
_members: Dict[Type[Any], List[Tuple[Any, ...]]] = {}
_readers: Dict[Type[Any], Readers] = {}


def value_of(struct: Any) -> Any:
    """The value of a struct. What it points to is copied."""
    kind = type(struct)
    if kind not in _readers:
        fields = c.FIELDS[kind.__name__]
        _readers[kind] = (tuple(field[0] for field in fields), tuple(_reader(kind, *field[:3]) for field in fields))
    names, readers = _readers[kind]
    made = object.__new__(VALUES[kind])
    made.__dict__.update(zip(names, [read(struct) for read in readers]))
    return made


def result(kind: Type[Value]) -> Any:
    """The struct that a value of this kind is read from, its size set."""
    struct = STRUCTS[kind]
    return sized(struct) if _sizes(struct) else struct()


def answer(kind: Type[Value], name: str, *arguments: Any, error: bool = False) -> Value:
    """The value that a function writes into its last argument, or the one before its wb_error."""
    made, said = result(kind), c.wb_error()
    last = (said,) if error else ()
    settle(getattr(library(), name)(*arguments, made, *last), said)
    value: Value = value_of(made)
    return value


def following(kind: Type[Value], name: str, *arguments: Any) -> Iterator[Value]:
    """What a function with a cursor gives, one value after the other."""
    cursor, made, function = ctypes.c_uint64(), result(kind), getattr(library(), name)
    while True:
        status = function(*arguments, cursor, made)
        if status == c.WB_E_NAME:
            return
        settle(status)
        yield value_of(made)


def rows_of(kind: Type[Value], name: str, *arguments: Any, error: bool = False) -> Tuple[Value, ...]:
    """What a function writes into an array, its capacity and their count, which come last, or before its wb_error."""
    struct, count, capacity = STRUCTS[kind], ctypes.c_uint32(), 64
    while True:
        made, said = (struct * capacity)(), c.wb_error()
        made[0] = result(kind)
        last = (said,) if error else ()
        status = getattr(library(), name)(*arguments, made, capacity, count, *last)
        if status != c.WB_E_SPACE or count.value <= capacity:
            settle(status, said)
            return tuple(value_of(made[index]) for index in range(count.value))
        capacity = count.value
