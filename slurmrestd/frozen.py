# SPDX-License-Identifier: GPL-2.0-or-later
"""Classes whose fields are listed once, as those of dataclasses are.

A dataclass has its methods written and compiled each time that the program starts: for sixty
classes that was a third of what a ping took in inetd mode.  These share their methods.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any, ClassVar, Literal, TypeVar, dataclass_transform


class _Keyword:
    """Stands in a class for a field that is given by name only, until the class is there."""

    def __init__(self, default: Any) -> None:
        self.default = default


def keyword(*, default: Any, kw_only: Literal[True]) -> Any:
    """A field that is given by name only, and so may stand before ones without a default.

    Type checkers want to see ``kw_only`` where it is used.
    """
    return _Keyword(default)


@dataclass_transform(frozen_default=True, field_specifiers=(keyword,))
class Frozen:
    """What derives from it has the fields that are annotated in it, and cannot be changed.

    Two are equal if they are of one class and all their fields are; of a class that is made
    with ``eq=False``, each is equal to itself only.
    """

    _names: ClassVar[tuple[str, ...]] = ()
    _positional: ClassVar[tuple[str, ...]] = ()
    _usual: ClassVar[int] = 0  # arguments by position, where they are all the fields; or -1
    _known: ClassVar[frozenset[str]] = frozenset()
    _defaults: ClassVar[dict[str, Any]] = {}
    _values: ClassVar[attrgetter[Any]]

    def __init_subclass__(cls, *, eq: bool = True) -> None:
        super().__init_subclass__()
        own = tuple(cls.__annotations__)
        given = {name: cls.__dict__[name] for name in own if name in cls.__dict__}
        by_name = {name: value for name, value in given.items() if isinstance(value, _Keyword)}
        cls._names += own
        cls._positional += tuple(name for name in own if name not in by_name)
        cls._usual = len(cls._names) if cls._names == cls._positional else -1
        cls._known = frozenset(cls._names)
        cls._defaults = {
            **cls._defaults,
            **given,
            **{name: value.default for name, value in by_name.items()},
        }
        if cls._names:
            cls._values = attrgetter(*cls._names)
        if not eq:
            cls.__eq__ = object.__eq__  # type: ignore[method-assign]
            cls.__hash__ = object.__hash__  # type: ignore[method-assign]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if len(args) == self._usual and not kwargs:
            # Several times in every request.
            self.__dict__.update(zip(self._names, args, strict=False))
            return
        fields = {**self._defaults, **kwargs}
        if args:
            fields.update(zip(self._positional, args, strict=False))
        if fields.keys() != self._known or len(args) > len(self._positional):
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(self._names)}")
        # All at once, past __setattr__().
        object.__setattr__(self, "__dict__", fields)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return bool(self._values(self) == self._values(other))

    def __hash__(self) -> int:
        return hash(self._values(self))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._names)
        return f"{type(self).__name__}({fields})"


# Not before the class, with its name in quotes: to have that compiled takes a millisecond.
Kind = TypeVar("Kind", bound=Frozen)


def replace(record: Kind, **changes: Any) -> Kind:
    """The same record but for these fields."""
    # An attribute that is none of its fields has been worked out from them.
    fields = {name: getattr(record, name) for name in names(record)}
    return type(record)(**{**fields, **changes})


def names(frozen: Frozen | type[Frozen]) -> tuple[str, ...]:
    """The names of the fields, in their order."""
    return frozen._names
