# SPDX-License-Identifier: MIT
"""What all values share. They are no data classes, since sixty of those take as long to make as all else
that an import does."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Tuple, TypeVar

    Self = TypeVar("Self", bound="Value")


class Value:
    """A value: equal when all members are, and never changed."""

    #: Members that may hold a patient's name, number or words: not shown.
    _hidden: ClassVar[Tuple[str, ...]] = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} does not change: use replace()")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} does not change: use replace()")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self.__dict__.items() if name not in self._hidden)
        return f"{type(self).__name__}({', '.join(shown)})"

    def replace(self: Self, **changes: Any) -> Self:
        """The same with some members changed."""
        return type(self)(**{**self.__dict__, **changes})
