# SPDX-License-Identifier: MIT
"""Finding the shared library, and making sure that it is the one that the declarations are of."""

from __future__ import annotations

import ctypes
import os
import sys
import threading

from . import _declarations as c
from .errors import STATUSES, Conflict, Error, LibraryError

TYPE_CHECKING = False  # typing takes a while to import: annotations alone name it, here and everywhere
if TYPE_CHECKING:
    from typing import Any, Callable, Iterator, Optional, Union

NAMES = {"win32": ("winback-0.dll", "libwinback-0.dll"), "darwin": ("libwinback.0.dylib",)}
VARIABLE = "WINBACK_LIBRARY"
MACHINES = {"EM_386": 3, "EM_S390": 22, "EM_ARM": 40, "EM_X86_64": 62, "EM_AARCH64": 183}

_loaded: Optional[ctypes.CDLL] = None
_lock = threading.Lock()


def _candidates(path: Optional[Union[str, "os.PathLike[str]"]]) -> Iterator[str]:
    """Where the library may be; the first that is there is taken."""
    if path or os.environ.get(VARIABLE):
        yield os.fspath(path or os.environ[VARIABLE])
        return
    names = NAMES.get(sys.platform, ("libwinback.so.0",))
    beside = os.path.dirname(os.path.realpath(__file__))
    yield from filter(os.path.exists, (os.path.join(beside, name) for name in names))
    yield from names


def _mine() -> str:
    """What machine this Python is for."""
    import platform  # which takes a while, and only messages need

    return f"{8 * ctypes.sizeof(ctypes.c_void_p)}-bit {platform.machine()}"


def _machine(path: str) -> str:
    """What machine an ELF file is for, when it is not this one; else ""."""
    try:
        with open(path, "rb") as file:
            head = file.read(20)
    except OSError:
        return ""
    if head[:4] != b"\x7fELF" or len(head) < 20:
        return "no shared library" if sys.platform.startswith("linux") else ""
    number = int.from_bytes(head[18:20], "little" if head[5] == 1 else "big")
    bits, machine = _mine().lower().split(" ")
    name = next((name[3:].lower() for name, value in MACHINES.items() if value == number), "another machine")
    found = f"{32 * head[4]}-bit"
    same = found == bits and (head[5] == 1) == (sys.byteorder == "little")
    return "" if same and name in (machine, "another machine") else f"{found} {name}"


def _why(path: str, error: OSError) -> str:
    """What to do about a library that does not load."""
    if os.path.exists(path):
        machine = _machine(path)
        if machine:
            return (f"{path} is for {machine}; this Python is {_mine()}. "
                    "Build libwinback for it, or use a Python of that kind.")
        return f"{path} does not load: {error}"
    return (f"no libwinback at {path!r}: {error}. Install it (meson install), or give its path in the "
            f"environment variable {VARIABLE} or to winback.load().")


def _opened(path: Optional[Union[str, "os.PathLike[str]"]]) -> ctypes.CDLL:
    reasons = []
    for candidate in _candidates(path):
        try:
            return ctypes.CDLL(candidate)
        except OSError as error:
            reasons.append(_why(candidate, error))
    raise LibraryError(reasons[0])


def _checked(library: ctypes.CDLL) -> ctypes.CDLL:
    """Declares every function; refuses a library that the declarations are not of."""
    where = library._name
    wanted = ".".join(map(str, c.VERSION))
    try:
        for name, (result, arguments) in c.FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except AttributeError as error:
        if not hasattr(library, "wb_version"):
            raise LibraryError(f"{where} is not libwinback: {error}") from None
        raise LibraryError(f"{where} is older than this package, which needs libwinback {wanted}: "
                           f"{error}. Install the newer library.") from None
    version = library.wb_version()
    major, minor = version // 1000000, version // 1000 % 1000
    if major != c.VERSION[0] or minor < c.VERSION[1]:
        found = library.wb_version_text().decode()
        raise LibraryError(f"{where} is libwinback {found}; this package needs {wanted}, or a newer one "
                           f"of {c.VERSION[0]}. Install that library, or the package of {found}.")
    for struct in c.STRUCTS:
        size = library.wb_struct_size(struct.__name__.encode())
        if struct.__name__.startswith("wb_") and size < ctypes.sizeof(struct):
            raise LibraryError(f"{where}: its {struct.__name__} has {size} bytes, this package's "
                               f"{ctypes.sizeof(struct)}. Install libwinback {wanted} or newer.")
    return library


def load(path: Optional[Union[str, "os.PathLike[str]"]] = None) -> None:
    """Loads the library: from `path`, else from WINBACK_LIBRARY, else beside this package, else by its
    name where the system looks. Needed only to say which one: the first use loads it too.

    Raises `LibraryError`, which says what to do.
    """
    global _loaded
    with _lock:
        _loaded = _checked(_opened(path))


def library() -> Any:
    """The functions of the library."""
    if _loaded is None:
        load()
    return _loaded


def failure(status: int, error: Optional[c.wb_error] = None) -> Error:
    """The exception of a status."""
    kind = STATUSES.get(status, Error)
    if error is None or not error.message:
        made = kind(library().wb_status_text(status).decode())
    else:
        text = error.message.decode(errors="replace")
        made = kind(text, error.line, error.column, error.path.decode(errors="replace"))
    made.status = status
    return made


class _Kept(threading.local):
    """What a callback raised in the call that this thread is in."""

    raised: Optional[BaseException] = None


_kept = _Kept()


def settle(status: int, error: Optional[c.wb_error] = None) -> None:
    """Raises what a callback raised in this call, else the exception of the status."""
    raised = _kept.raised
    if raised is not None:
        _kept.raised = None
        raise raised
    if status:
        raise failure(status, error)


def call(name: str, *arguments: Any) -> None:
    """Calls a function whose last argument is a wb_error."""
    error = c.wb_error()
    settle(getattr(library(), name)(*arguments, error), error)


def give_back(function: Callable[[int], Any], address: int) -> None:
    """Frees an object, maybe in the middle of another call, whose exception stays its own."""
    before, _kept.raised = _kept.raised, None
    try:
        function(address)
        settle(0)
    finally:
        _kept.raised = before


def guarded(kind: Any, function: Callable[..., Any], failed: Any = c.WB_E_ABORTED) -> Any:
    """A callback of a type. No exception leaves it: one is kept, the call of the library is aborted,
    and raises it again. The function answers None, or the result that is due."""

    def answer(*arguments: Any) -> Any:
        try:
            return function(*arguments) or 0
        except BaseException as error:  # whatever it is
            _kept.raised = error
            conflict = isinstance(error, Conflict) and failed == c.WB_E_ABORTED
            return c.WB_E_CONFLICT if conflict else failed

    return kind(answer)


def written(name: str, *arguments: Any, error: bool = False) -> bytes:
    """What a function writes into a buffer, its capacity and its needed length, which come last."""
    function, needed, capacity = getattr(library(), name), ctypes.c_size_t(), 512
    said = c.wb_error() if error else None
    last = () if said is None else (said,)
    while True:
        buffer = (ctypes.c_char * capacity)()
        status = function(*arguments, buffer, capacity, needed, *last)
        if not status:
            settle(status)
            return buffer.raw[: needed.value]
        if status != c.WB_E_SPACE or needed.value <= capacity:
            settle(status, said)
        capacity = needed.value
