# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tables are made of: types, structs and their fields, for all versions at once.

A *table* is a :class:`Struct`: a C struct as the API shows it.  Its rows are
:class:`Field`: a path of keys in the answer, the type of the value, the member of the
C struct that holds it, and the versions in which it is so.

A *type* says four things once: its shape in JSON (for the OpenAPI document), how it is
written (an operation of the encoder), how it is read (a function of
``slurmrestd.data_parser.read``), and what has to be fetched before either can be done.

Nothing here touches libslurm, so that the tables can be looked at without a cluster.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from slurmrestd.frozen import Frozen, keyword

if TYPE_CHECKING:
    from slurmrestd.data_parser.read.context import MemberReader, StructReader


class Version(enum.IntEnum):
    """A version of the API, oldest first."""

    V40 = 40
    V41 = 41
    V42 = 42

    # enum's is a function of Python's, and a version is part of the key of every cache.
    __hash__ = int.__hash__

    def __str__(self) -> str:
        return f"v0.0.{self.value}"


V40, V41, V42 = Version
FIRST, LAST = min(Version), max(Version)


class Format(enum.Enum):
    """OpenAPI's type and format of a value without parts."""

    INT32 = ("integer", "int32")
    INT64 = ("integer", "int64")
    NUMBER = ("number", None)
    DOUBLE = ("number", "double")
    STRING = ("string", None)
    BOOL = ("boolean", None)
    OBJECT = ("object", None)
    ARRAY = ("array", None)


class Needs(enum.Flag):
    """What slurmdbd has to be asked for before a type can be written or read."""

    NOTHING = 0
    TRES = enum.auto()
    QOS = enum.auto()
    ASSOC = enum.auto()


class Type(Frozen, eq=False):
    """Anything that a field can be.  ``name`` is Slurm's own, as in the component names.

    ``description`` says in the OpenAPI document what a value of the type is, for types that
    have a schema of their own there.
    """

    name: str
    description: str = keyword(default="", kw_only=True)


class Items(Frozen, eq=False):
    """The shape of an array whose items have the shape of ``of``."""

    of: Type


class Write(Frozen, eq=False):
    """How a value is written: an operation of the encoder and what it needs to know.

    ``operation`` and ``function`` are names of ``_native/encoder/interface.h`` without
    their prefix.  ``table`` names the look-up table of an operation that turns ids into
    names.  ``through`` is the type of the struct that a function makes on the way.  The
    operation EMPTY is none of the encoder's: nothing is written, whatever there is.
    ``only_plain``: with ``+complex`` nothing is written.
    """

    operation: str
    function: str = ""
    table: str = ""
    through: Type | None = None
    only_plain: bool = False


class Leaf(Type):
    """A value that is read and written as one.

    ``ctype`` is the C type of the member, or of the whole struct if the type looks at
    more than one member (``whole``); a row of such a type names no member.  ``shape`` is
    a format, or another type whose shape this one takes.
    """

    ctype: str
    shape: Format | Items | Type
    write: Write | None = None
    read: MemberReader | StructReader | None = None
    whole: bool = False
    needs: Needs = Needs.NOTHING


class Flag(Frozen, eq=False):
    """A word that stands for bits: all bits of ``value`` set, or the masked bits equal to it.

    ``value`` and ``mask`` are names of constants in Slurm's headers, or numbers.  A
    hidden flag is read but neither written nor documented.
    """

    name: str
    value: str | int
    mask: str | int = "INFINITE64"
    description: str = ""
    equal: bool = False
    hidden: bool = False
    removed: bool = False
    since: Version = FIRST
    until: Version = LAST


class Flags(Type):
    """A member whose bits are shown as a list of words (or as one, if ``single``)."""

    ctype: str
    flags: tuple[Flag, ...]
    single: bool = False


class Deprecated(Frozen, eq=False):
    """A field that is to go: since which release, and in which versions it is said."""

    release: str
    since: Version = FIRST


class Field(Frozen, eq=False):
    """A row: ``key`` is a path of keys, ``member`` a path of members (``stats.cpu``, ``count[0]``).

    A row without a member belongs to a type that looks at the whole struct.  A removed
    field has no member any more: it is written as the empty value of its type's shape
    and ignored when read.  A flags type may be *exploded*: each of its flags is then a
    boolean key of its own (``key`` is empty).  ``nullable`` tells clients that answers do
    have null for a pointer here, in the versions that have it.
    """

    key: str
    type: Type
    member: str | None
    description: str = ""
    required: bool = False
    deprecated: Deprecated | None = None
    removed: bool = False
    exploded: bool = False
    nullable: bool = False
    since: Version = FIRST
    until: Version = LAST


class Struct(Type):
    """A table.  ``ctype`` is the name of the C struct; rows stand in the order of the answer.

    ``branches`` says what an object is that has no row of its own: ``a`` of rows ``a/b``.
    """

    ctype: str
    fields: tuple[Field, ...] = ()
    branches: Mapping[str, str] = keyword(default=MappingProxyType({}), kw_only=True)

    def rows(self, version: Version) -> Iterator[Field]:
        """The rows that hold in ``version``."""
        return in_version(self.fields, version)


class Pointer(Type):
    """A pointer to something; NULL is written as the empty shape, or null where ``nullable``."""

    target: Type
    nullable: bool = False


class ListOf(Type):
    """Slurm's ``list_t *``: a JSON array of what its items point to."""

    item: Type
    needs: Needs = Needs.NOTHING


class ArrayOf(Type):
    """Structs in a row, ended by one of zeros; or pointers ended by NULL (``pointers``)."""

    item: Type
    pointers: bool = False


class Same(Type):
    """Another name of a type, where a version's document names it differently."""

    target: Type


Row = TypeVar("Row", Field, Flag)


def in_version(rows: tuple[Row, ...], version: Version) -> Iterator[Row]:
    """Those of ``rows`` that hold in ``version``, in their order."""
    return (row for row in rows if row.since <= version <= row.until)
