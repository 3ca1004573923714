# SPDX-License-Identifier: GPL-2.0-or-later
"""The envelope of every answer: the result with ``meta``, ``errors`` and ``warnings``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from enum import Enum, auto
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from slurmrestd.data_parser.encode import One, Records
from slurmrestd.data_parser.model import Struct
from slurmrestd.data_parser.program import Form
from slurmrestd.data_parser.small import MISSING, default, small, text
from slurmrestd.data_parser.tables.answers import OPENAPI_ERRORS, OPENAPI_META, OPENAPI_WARNINGS
from slurmrestd.openapi.answer import Afterwards, Answer, Native, Part, leases, whole
from slurmrestd.openapi.late_warnings import late_warnings
from slurmrestd.openapi.operation import Id, IdText, Plugin
from slurmrestd.openapi.routes import DataParser
from slurmrestd.serializer import yaml
from slurmrestd.slurm import library
from slurmrestd.slurm.numbers import SLURM_AUTH_NOBODY

if TYPE_CHECKING:
    from slurmrestd.openapi.call import Call

BARE = ("errors", "warnings", "meta")
"""The order in which an answer without a result has them."""

CLIENT_ID = {"slurmctld": 0, "slurmdbd": SLURM_AUTH_NOBODY}
"""The original never fills in who the client is: one plugin shows root for everybody, the
other nobody."""

HOLE = b"\0"
"""Stands for native parts: a byte that neither JSON nor YAML holds."""

NAME_HOLE = b"\1"
"""Stands for the client's name in ``meta``, quoted or tagged: another such byte."""

ID_HOLE = b"\2"
"""Stands for the answer's Id."""

MARK = 3_735_928_559
"""Stands for it while the answer is made, so that each type shows it as it shows a number."""

SOURCE = "\1"
"""The client's name while ``meta`` is made."""

_ENCODED = frozenset({Records, One})

FRAMES = 128
"""How many answers are remembered but for their records."""

FEW = 4
"""Warnings that an answer which is remembered may have."""


class Issues:
    """What went wrong with a request, and what was odd about it."""

    def __init__(self) -> None:
        self.errors: list[dict[str, Any]] = []
        self.warnings: list[dict[str, Any]] = []
        self.number = 0
        self.quotes = False
        """Whether a client's words may be in them."""

    def error(self, number: int, source: str | None, description: str) -> None:
        """Note an error; the first number decides the status of the answer."""
        self.errors.append({"description": description, "num": number, "source": source})
        self.number = self.number or number

    def warn(self, source: str | None, description: str) -> None:
        """Note a warning."""
        self.warnings.append({"description": description, "source": source})

    def take(self, errors: Iterable[Any], warnings: Iterable[Any]) -> None:
        """Take over what a reading noted."""
        # With +fast a reading keeps no places.
        for issue in errors:
            self.error(issue.number, issue.source or None, issue.description)
        for issue in warnings:
            self.warn(issue.source or None, issue.description)
        self.quotes = self.quotes or bool(self.errors or self.warnings)


def build(call: Call, values: Any, form: Form, status: int, media_type: str) -> Answer:
    """The answer with its first piece made.  It owns what the call owned."""
    parts = _named(_parts(call, values, form), call.client.source, form)
    owned, call.owned = call.owned, []
    return Answer(status, media_type, parts, form, owned, lookups=call.native_lookups)


def build_all(
    call: Call, values: Any, form: Form, status: int, media_type: str, *, sources: Sequence[str]
) -> list[Answer]:
    """The same answer for clients that differ by their names only.

    One that is whole at once is encoded once for all.  The others read what the call owned
    each at its client's pace, and the last one frees it.
    """
    parts = _parts(call, values, form)
    lookups = call.native_lookups
    nameless = Answer(status, media_type, parts, form, [], lookups=lookups)
    if nameless.complete:
        call.close()
        before, _, after = bytes(nameless.first).rpartition(NAME_HOLE)
        names = (_name(source, form) for source in sources)
        return [whole(status, media_type, before + name + after) for name in names]
    nameless.close()
    with ExitStack() as undo:
        answers = []
        for source, lease in zip(sources, leases(call, len(sources)), strict=True):
            undo.callback(lease.close)
            named = _named(parts, source, form)
            answer = Answer(status, media_type, named, form, [lease], lookups=lookups)
            undo.callback(answer.close)
            answers.append(answer)
        undo.pop_all()
    return answers


def _parts(call: Call, values: Any, form: Form) -> list[Part]:
    """The answer's parts, with the hole for the client's name in one of them."""
    if values is not None and not call.issues.errors:
        frame = _frame_of(call, values, form)
        if frame is not None:
            records = [Native(values[key], form.top) for key in frame.keys]
            return _filled(frame.texts_with(_id_of(values)), records)
    tree, natives = _tree(call, values, form)
    return _filled(_dumps(tree, form).split(HOLE), natives)


def _filled(texts: Sequence[bytes], natives: Iterable[Native | Afterwards]) -> list[Part]:
    parts: list[Part] = [texts[0]]
    for native, after in zip(natives, texts[1:], strict=True):
        parts += [native, after]
    return parts


class _Place(NamedTuple):
    """Whose frame it is."""

    response: Struct
    plugin: Plugin
    parser: DataParser
    config: library.Config
    form: Form


class Frame(NamedTuple):
    """All of an answer but its records, and the keys whose values go in between."""

    texts: Sequence[bytes]
    keys: Sequence[str]

    def texts_with(self, number: Id | None) -> Sequence[bytes]:
        """The texts with a number wherever the answer has its Id."""
        if number is None:
            return self.texts
        return [text.replace(ID_HOLE, b"%d" % number) for text in self.texts]


class _Hole(Enum):
    """What stands in a frame for what each answer has anew, or cannot be a key."""

    RECORDS = auto()
    ID = auto()
    ID_TEXT = auto()
    NO_ITEMS = auto()


_Shown = tuple[tuple[str, Any], ...]


class _OneItem(NamedTuple):
    """A list with one object, in which the Id is."""

    shown: _Shown


def _frame_of(call: Call, values: Mapping[str, Any], form: Form) -> Frame | None:
    """The frame of an answer with nothing but records, numbers and texts; None for any other.

    An answer with warnings has one if they are few, and the same for many a request: those
    of an answer that shows nothing say why, of each in other words.
    """
    warnings = call.issues.warnings
    if len(warnings) > FEW or (warnings and not values) or call.issues.quotes or call.warns_late:
        return None
    if (shown := _shown(values)) is None:
        return None
    match = call.match
    place = _Place(match.operation.response, match.plugin, match.parser, library.config(), form)
    return _frame(place, shown, tuple([tuple(warning.items()) for warning in warnings]))


def _shown(values: Mapping[str, Any], *, within: bool = False) -> _Shown | None:
    """What is the same in all answers that have a frame in common; None: they have none.

    Only records at a key of the answer have a hole in a frame, not those ``within`` a value.
    """
    shown: list[tuple[str, Any]] = []
    for key, value in values.items():
        kind = type(value)
        if kind is int or kind is bytes or value is None:
            shown.append((key, value))
        elif kind is Id:
            shown.append((key, _Hole.ID))
        elif kind is IdText:
            shown.append((key, _Hole.ID_TEXT))
        elif kind is list and not value:
            shown.append((key, _Hole.NO_ITEMS))
        elif kind is list and _id_of_item(value) is not None:
            if (item := _shown(value[0], within=True)) is None:
                return None
            shown.append((key, _OneItem(item)))
        elif kind in _ENCODED and not within:
            shown.append((key, _Hole.RECORDS))
        elif isinstance(value, dict) and (inner := _shown(value, within=True)) is not None:
            shown.append((key, inner))
        else:
            return None
    return tuple(shown)


def _id_of(values: Mapping[str, Any]) -> Id | None:
    for value in values.values():
        if type(value) is Id:
            return value
        if type(value) is list and (found := _id_of_item(value)) is not None:
            return found
    return None


def _id_of_item(items: Sequence[Any]) -> Id | None:
    """The Id in the only item of a list."""
    return _id_of(items[0]) if len(items) == 1 and type(items[0]) is dict else None


@lru_cache(maxsize=FRAMES)
def _frame(place: _Place, shown: _Shown, warnings: tuple[_Shown, ...]) -> Frame | None:
    """Made once for all answers that differ by what the holes stand for only."""
    mark = b"%d" % MARK
    texts, keys = _made(place, shown, warnings, MARK)
    others, _ = _made(place, shown, warnings, 0)
    if any(mark in text for text in others):
        return None
    return Frame([text.replace(mark, ID_HOLE) for text in texts], keys)


def _made(
    place: _Place, shown: _Shown, warnings: tuple[_Shown, ...], number: int
) -> tuple[Sequence[bytes], Sequence[str]]:
    """The texts of a frame with a number for the Id, and its keys."""
    response, plugin, parser, config, form = place
    values = _with_ids(shown, number)
    keys: list[str] = []
    tree: dict[str, Any] = {}
    for row in response.rows(form.version):
        if row.key == "meta":
            tree[row.key] = _meta(plugin, parser, config, form)
        elif row.key == "warnings":
            tree[row.key] = small(row.type, [dict(warning) for warning in warnings], form)
        elif row.key == "errors":
            tree[row.key] = []
        elif row.key not in values:
            tree[row.key] = default(row, form)
        elif values[row.key] is _Hole.RECORDS:
            tree[row.key] = _hole(form)
            keys.append(row.key)
        else:
            tree[row.key] = small(row.type, values[row.key], form)
    return _dumps(tree, form).split(HOLE), keys


def _with_ids(shown: _Shown, number: int) -> dict[str, Any]:
    """The values again, with a number for the Id."""
    values: dict[str, Any] = {}
    for key, value in shown:
        if value is _Hole.ID:
            values[key] = number
        elif value is _Hole.ID_TEXT:
            values[key] = b"%d" % number
        elif value is _Hole.NO_ITEMS:
            values[key] = []
        elif isinstance(value, _OneItem):
            values[key] = [_with_ids(value.shown, number)]
        elif isinstance(value, tuple):
            values[key] = _with_ids(value, number)
        else:
            values[key] = value
    return values


def _named(parts: Iterable[Part], source: str, form: Form) -> list[Part]:
    name = _name(source, form)
    return [part.replace(NAME_HOLE, name) if isinstance(part, bytes) else part for part in parts]


def _name(source: str, form: Form) -> bytes:
    if not form.yaml:
        return orjson.dumps(text(source))
    # Where it stands decides where it is folded.
    there = yaml.dumps({"meta": {"client": {"source": text(source)}}}, pretty=form.pretty)
    return there.partition(b" source: ")[2].removesuffix(yaml.END)


def _dumps(tree: dict[str, Any], form: Form) -> bytes:
    if form.yaml:
        return yaml.dumps(tree, pretty=form.pretty)
    return orjson.dumps(tree, option=orjson.OPT_INDENT_2 if form.pretty else 0)


def _tree(call: Call, values: Any, form: Form) -> tuple[dict[str, Any], list[Native | Afterwards]]:
    natives: list[Native | Afterwards] = []
    tree: dict[str, Any] = {}
    if values is None:
        return {key: _envelope(call, key, form) for key in BARE}, natives
    for row in call.match.operation.response.rows(form.version):
        value = _with_holes(values.get(row.key, MISSING), natives, form, form.top)
        if row.key == "warnings" and natives and call.warns_late:
            natives.append(late_warnings(call.issues.warnings, form))
            tree[row.key] = _hole(form)
        elif row.key in BARE:
            tree[row.key] = _envelope(call, row.key, form)
        elif value is MISSING:
            tree[row.key] = default(row, form)
        else:
            tree[row.key] = small(row.type, value, form)
    return tree, natives


def _with_holes(value: Any, natives: list[Native | Afterwards], form: Form, depth: int) -> Any:
    """A value in which holes stand for what the encoder writes.

    An object that has several has them in the order of its table's rows.
    """
    if type(value) in _ENCODED:
        natives.append(Native(value, depth))
        return _hole(form)
    if isinstance(value, Mapping):
        inner = depth + 1
        return {key: _with_holes(found, natives, form, inner) for key, found in value.items()}
    return value


def _hole(form: Form) -> Any:
    return yaml.Verbatim(HOLE) if form.yaml else orjson.Fragment(HOLE)


def _envelope(call: Call, key: str, form: Form) -> Any:
    if key == "errors":
        return small(OPENAPI_ERRORS, call.issues.errors, form)
    if key == "warnings":
        return small(OPENAPI_WARNINGS, call.issues.warnings, form)
    return _meta(call.match.plugin, call.match.parser, library.config(), form)


@cache
def _meta(plugin: Plugin, parser: DataParser, config: library.Config, form: Form) -> Any:
    """``meta`` with a hole for the client's name: all else is the same each time."""
    values = {
        "plugin.type": plugin.type,
        "plugin.name": plugin.title,
        "plugin.data_parser": parser.name,
        "plugin.accounting_storage": config.accounting_storage_type,
        "client.source": SOURCE,
        "client.uid": CLIENT_ID[plugin.name],
        "client.gid": CLIENT_ID[plugin.name],
        "command": [],
        "slurm.version.major": config.version[0],
        "slurm.version.micro": config.version[2],
        "slurm.version.minor": config.version[1],
        "slurm.release": config.release,
        "slurm.cluster": config.cluster_name,
    }
    if form.yaml:
        hole = {"client.source": yaml.Verbatim(NAME_HOLE)}
        return small(OPENAPI_META, values | hole, form)
    option = orjson.OPT_INDENT_2 if form.pretty else 0
    whole = orjson.dumps({"meta": small(OPENAPI_META, values, form)}, option=option)
    inner = whole[whole.index(b"{", 1) : whole.rindex(b"}")].rstrip()
    return orjson.Fragment(inner.replace(orjson.dumps(SOURCE), NAME_HOLE))
