# SPDX-License-Identifier: MIT
"""Tables as the structs of the Arrow C Data Interface: made of Python's values, or taken from any
object that has `__arrow_c_stream__` or `__arrow_c_array__`; and columns given to others in the same way.
No Arrow library is needed."""

from __future__ import annotations

import ctypes
import datetime
import decimal
import itertools
import sys
from array import array
from collections.abc import Iterable, Mapping

from . import _declarations as c
from ._convert import DAY_ZERO, EPOCH, SECOND, data
from .errors import Invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List, Optional, Sequence, Set, Tuple, Type, Union

    from typing_extensions import TypeAlias  # typing has it from 3.10 on

#: Columns by name, rows, or an object with `__arrow_c_stream__` or `__arrow_c_array__`.
Table: TypeAlias = "Union[Mapping[str, Sequence[Any]], Iterable[Mapping[str, Any]], Any]"

# Of a buffer's elements: by their struct code and size.
FORMATS = {"b": "csil", "B": "CSIL"}
NAIVE = datetime.datetime(1970, 1, 1)


class ArrowColumn:
    """One array of the C Data Interface: its format ("u", "tdD"), its buffers (None: absent) and the
    arrays inside. Give one as a column for data that lie in memory in this way: nothing is copied, and
    what the buffers hold is taken on trust, as from any Arrow producer."""

    def __init__(self, form: str, length: int, buffers: Sequence[Any], nulls: int = 0,
                 children: Sequence[Tuple[str, "ArrowColumn"]] = ()) -> None:
        self.form = form
        self.length = length
        self.buffers = buffers
        self.nulls = nulls
        self.children = children


def _bits(flags: Iterable[Any]) -> bytes:
    """A bitmap, lowest bit first."""
    text = "".join("1" if flag else "0" for flag in flags)
    return int("0" + text[::-1], 2).to_bytes((len(text) + 7) // 8, "little")


def _offsets(lengths: Iterable[int]) -> Tuple[bool, Any]:
    """Where each element begins, and whether that takes 64 bits."""
    ends = list(itertools.accumulate(lengths, initial=0))
    large = ends[-1] > 2**31 - 1
    return large, array("q" if large else "i", ends)


def _texts(form: str, values: List[bytes]) -> Tuple[str, List[Any]]:
    large, offsets = _offsets(map(len, values))
    return form.upper() if large else form, [offsets, b"".join(values)]


def _decimals(values: List[decimal.Decimal]) -> Tuple[str, List[Any]]:
    exponents = [value.as_tuple().exponent for value in values]
    if not all(isinstance(exponent, int) for exponent in exponents):
        raise ValueError("a decimal is no number")
    scale = max([0, *(-int(exponent) for exponent in exponents)])
    numbers = (int(value.scaleb(scale)) for value in values)
    return f"d:38,{scale}", [b"".join(number.to_bytes(16, "little", signed=True) for number in numbers)]


def _moments(values: List[datetime.datetime]) -> Tuple[str, List[Any]]:
    aware = [value.utcoffset() is not None for value in values]
    if any(aware) != all(aware):
        raise TypeError("instants with a time zone and without one")
    start, form = (EPOCH, "tss:UTC") if aware and aware[0] else (NAIVE, "tss:")
    return form, [array("q", [(value - start) // SECOND for value in values])]


#: Of each kind of value: what stands for an absent one, and format and buffers of a column.
KINDS: Dict[Type[Any], Tuple[Any, Callable[[List[Any]], Tuple[str, List[Any]]]]] = {
    bool: (False, lambda values: ("b", [_bits(values)])),
    int: (0, lambda values: ("l", [array("q", values)])),
    float: (0.0, lambda values: ("g", [array("d", values)])),
    str: ("", lambda values: _texts("u", list(map(data, values)))),
    bytes: (b"", lambda values: _texts("z", values)),
    datetime.datetime: (None, _moments),
    datetime.date: (None, lambda values: ("tdD", [array("i", [v.toordinal() - DAY_ZERO for v in values])])),
    decimal.Decimal: (decimal.Decimal(0), _decimals),
}


def _kind(values: Sequence[Any]) -> Optional[Type[Any]]:
    """What kind of value a column holds; None: none at all."""
    types = set(map(type, values)) - {type(None)}
    bases: Tuple[Type[Any], ...] = (*KINDS, list, tuple, Mapping)
    known: Set[Type[Any]] = set()
    for one in types:
        base: Optional[Type[Any]] = next((kind for kind in bases if issubclass(one, kind)), None)
        if base is None or one.__name__ == "NaTType":  # which says that it is a datetime
            raise TypeError(f"no column can hold a {one.__name__}; what is absent is None")
        known.add(base)
    if tuple in known:
        known = known - {tuple} | {list}
    if known == {int, float}:
        return float
    if len(known) > 1:
        hint = "; what is absent is None, not NaN" if float in known else ""
        raise TypeError("values of several kinds: " + ", ".join(sorted(kind.__name__ for kind in known)) + hint)
    return known.pop() if known else None


def column(values: Any) -> ArrowColumn:
    """A column of Python's values; numbers in a buffer (array.array, NumPy) are not copied."""
    if isinstance(values, ArrowColumn):
        return values
    if isinstance(values, (str, bytes, bytearray)):
        raise TypeError("a sequence of values is needed, not one text")
    if not isinstance(values, (list, tuple)):
        form, view = _numbers_in(values)
        if form:
            return ArrowColumn(form, len(view), [None, view])
        listed = getattr(values, "tolist", None) or getattr(values, "to_pylist", None)
        values = listed() if listed else list(values)
    kind, length = _kind(values), len(values)
    absent = sum(value is None for value in values) if kind and None in values else 0
    if kind is None:
        return ArrowColumn("n", length, [], length)
    valid = _bits(value is not None for value in values) if absent else None
    if kind is list:
        large, offsets = _offsets(len(value or ()) for value in values)
        flat = list(itertools.chain.from_iterable(value or () for value in values))
        return ArrowColumn("+L" if large else "+l", length, [valid, offsets], absent, [("item", column(flat))])
    if kind is Mapping:
        return ArrowColumn("+s", length, [valid], absent, _children([value or {} for value in values]))
    nothing, make = KINDS[kind]
    if absent:
        filler = nothing if nothing is not None else next(value for value in values if value is not None)
        values = [filler if value is None else value for value in values]
    form, buffers = make(list(values))
    return ArrowColumn(form, length, [valid, *buffers], absent)


def _numbers_in(values: Any) -> Tuple[str, Any]:
    """Format and buffer of numbers that lie one behind the other; "" for anything else."""
    try:
        view = memoryview(values)
    except (TypeError, ValueError):
        return "", None
    code = view.format.lstrip("@=" + ("<" if sys.byteorder == "little" else ">"))
    if view.ndim != 1 or not view.c_contiguous or len(code) != 1:
        return "", None
    if code in "fd":
        return ("f" if code == "f" else "g"), view
    if code in "bhilqBHILQ":
        return FORMATS["b" if code.islower() else "B"][view.itemsize.bit_length() - 1], view
    return "", None


def _children(rows: Sequence[Mapping[str, Any]]) -> List[Tuple[str, ArrowColumn]]:
    """Columns of rows; a member that a row does not have is absent."""
    names = dict.fromkeys(itertools.chain.from_iterable(rows))
    return [(name, _named(name, [row.get(name) for row in rows])) for name in names]


def _named(name: str, values: Any) -> ArrowColumn:
    """A column; what is wrong with it says which."""
    try:
        return column(values)
    except (TypeError, ValueError, OverflowError) as error:
        raise type(error)(f"column {name!r}: {error}") from None


def table(rows: Table) -> ArrowColumn:
    """A table of columns by name, or of rows."""
    if isinstance(rows, Mapping):
        children = [(name, _named(name, values)) for name, values in rows.items()]
        lengths = {child.length for _, child in children}
        if len(lengths) > 1:
            raise ValueError(f"columns of different lengths: {sorted(lengths)}")
        return ArrowColumn("+s", lengths.pop() if lengths else 0, [None], 0, children)
    if not isinstance(rows, Iterable):
        raise TypeError("a table is columns by name, rows, or an object with __arrow_c_stream__ or "
                        f"__arrow_c_array__, not a {type(rows).__name__}")
    listed = list(rows)
    for row in listed:
        if not isinstance(row, Mapping):
            raise TypeError(f"a row is a mapping, not a {type(row).__name__}")
    return ArrowColumn("+s", len(listed), [None], 0, _children(listed))


# ---- the structs -------------------------------------------------------------------------------

_lent: Dict[int, List[Any]] = {}  # what structs in the hands of the library point to
_numbers = itertools.count(1)


def _for_ever(callback: Any) -> Any:
    """A callback that may be called when Python ends, after this module."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(callback))
    return callback


def _releaser(kind: Any) -> Any:
    """A callback that gives back a struct and its children, but those that were moved away."""
    lent = _lent

    def release(pointer: Any) -> None:
        it = pointer.contents
        for child in it.children[: it.n_children] if it.n_children else ():
            if child.contents.release:
                release(child)
        lent.pop(it.private_data, None)
        it.release = kind()

    return _for_ever(kind(release))


FREE_SCHEMA = _releaser(c.ArrowSchema_release)
FREE_ARRAY = _releaser(c.ArrowArray_release)


class _View(ctypes.Structure):
    """Py_buffer, of which only the first member is looked at."""

    _fields_ = [("address", ctypes.c_void_p), ("object", ctypes.c_void_p), ("sizes", ctypes.c_ssize_t * 2),
                ("flags", ctypes.c_int * 2), ("pointers", ctypes.c_void_p * 5)]


_get = ctypes.pythonapi.PyObject_GetBuffer
_get.argtypes = [ctypes.py_object, ctypes.POINTER(_View), ctypes.c_int]
_let_go = ctypes.pythonapi.PyBuffer_Release
_let_go.argtypes, _let_go.restype = [ctypes.POINTER(_View)], None


class _Lent:
    """A buffer that stays where it is, writable or not, until this is dropped."""

    def __init__(self, buffer: Any) -> None:
        self.view = _View()
        _get(buffer, self.view, 0)

    def __del__(self) -> None:
        _let_go(self.view)


def _at(buffer: Any, keep: List[Any]) -> Optional[int]:
    """The address of a buffer, which is kept."""
    if buffer is None:
        return None
    keep.append(_Lent(buffer))
    address: Optional[int] = keep[-1].view.address
    return address


def _lend(it: Any, release: Any, keep: List[Any]) -> None:
    it.private_data = next(_numbers)
    it.release = release
    _lent[it.private_data] = keep


def _fill(name: str, made: ArrowColumn, schema: c.ArrowSchema, held: c.ArrowArray) -> None:
    """Makes the two structs of a column, and those of its children."""
    count = len(made.children)
    schema.format, schema.name, schema.n_children = made.form.encode(), data(name), count
    held.length, held.null_count, held.n_children = made.length, made.nulls, count
    keep: List[Any] = []
    addresses = [_at(buffer, keep) for buffer in made.buffers]
    held.n_buffers = len(addresses)
    held.buffers = (ctypes.c_void_p * max(1, len(addresses)))(*addresses)
    parts = [(c.ArrowSchema(), c.ArrowArray()) for _ in made.children]
    for (child, column_), pair in zip(made.children, parts):
        _fill(child, column_, *pair)
    if count:
        schema.children = (ctypes.POINTER(c.ArrowSchema) * count)(*(ctypes.pointer(a) for a, _ in parts))
        held.children = (ctypes.POINTER(c.ArrowArray) * count)(*(ctypes.pointer(b) for _, b in parts))
    # The struct itself may be moved: what it points to is kept, not the struct.
    _lend(schema, FREE_SCHEMA, [parts, dict(schema._objects or {})])
    _lend(held, FREE_ARRAY, [parts, keep, dict(held._objects or {})])


class Exported:
    """A table of Python's values as the two structs; `drop` what the library did not take."""

    def __init__(self, rows: Table) -> None:
        self.schema, self.array = c.ArrowSchema(), c.ArrowArray()
        made = rows if isinstance(rows, ArrowColumn) else table(rows)
        _fill("", made, self.schema, self.array)

    def drop(self) -> None:
        """Frees what was not moved."""
        for it in (self.schema, self.array):
            if it.release:
                it.release(ctypes.pointer(it))


# ---- capsules ----------------------------------------------------------------------------------

_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype = ctypes.c_void_p
_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]


def _unpacked(capsule: Any, name: bytes, struct: Any) -> Any:
    """The struct in a capsule, which must have the name that the protocol gives it."""
    try:
        address = _pointer(capsule, name)
    except ValueError:
        raise Invalid(f"no Arrow capsule {name.decode()!r}: the object's answer is not of the protocol") from None
    found = struct.from_address(address)
    if not found.release:
        raise Invalid(f"the capsule {name.decode()!r} was released, or is used a second time")
    return found


_new = ctypes.pythonapi.PyCapsule_New
_new.restype = ctypes.py_object
_new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
NAMES = b"arrow_schema", b"arrow_array"


def _dropper() -> Any:
    """What is called when a capsule goes, which no longer is an object: gives back what nobody took."""
    name_of = ctypes.PYFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)(("PyCapsule_GetName", ctypes.pythonapi))
    inside = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(
        ("PyCapsule_GetPointer", ctypes.pythonapi))
    given = _given

    def drop(capsule: int) -> None:
        it = given.pop(inside(capsule, name_of(capsule)))
        if it.release:
            it.release(ctypes.pointer(it))

    return _for_ever(ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(drop))


_given: Dict[int, Any] = {}  # structs in capsules
_DROP = _dropper()


def capsules(made: ArrowColumn) -> Tuple[Any, Any]:
    """A column as `__arrow_c_array__` answers it; nothing is copied."""
    out = Exported(made)
    _given.update((ctypes.addressof(it), it) for it in (out.schema, out.array))
    one, other = (_new(ctypes.addressof(it), name, ctypes.cast(_DROP, ctypes.c_void_p))
                  for it, name in zip((out.schema, out.array), NAMES))
    return one, other


class Imported:
    """What an object gives by the PyCapsule protocol: a stream, else an array."""

    def __init__(self, rows: Any) -> None:
        self.stream = self.schema = self.array = None
        if hasattr(rows, "__arrow_c_stream__"):
            self._kept: Any = rows.__arrow_c_stream__()
            self.stream = _unpacked(self._kept, b"arrow_array_stream", c.ArrowArrayStream)
            return
        self._kept = rows.__arrow_c_array__()
        if not isinstance(self._kept, tuple) or len(self._kept) != 2:
            raise Invalid("__arrow_c_array__ answers two capsules, a schema and an array")
        self.schema = _unpacked(self._kept[0], NAMES[0], c.ArrowSchema)
        self.array = _unpacked(self._kept[1], NAMES[1], c.ArrowArray)


def speaks_arrow(rows: Any) -> bool:
    """Whether an object has the protocol."""
    return hasattr(rows, "__arrow_c_stream__") or hasattr(rows, "__arrow_c_array__")
