# SPDX-License-Identifier: GPL-2.0-or-later
"""``-d`` and ``-s``: which versions and which operations are offered."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterable
from typing import Final

from slurmrestd.data_parser.model import Version
from slurmrestd.frozen import replace
from slurmrestd.openapi import slurmctld
from slurmrestd.openapi.operation import Operation, Plugin
from slurmrestd.openapi.routes import DataParser, Match, Routes, split
from slurmrestd.openapi.spec import style

DATA_PARSER: Final = "data_parser/"
OPENAPI: Final = "openapi/"
LATEST: Final = "latest"

# Where each plugin's operations are declared, as PLUGIN.
MODULES: Final = {
    "slurmctld": "slurmrestd.openapi.slurmctld.plugin",
    "slurmdbd": "slurmrestd.openapi.slurmdbd.plugin",
}
NEEDS_SLURMDBD: Final = "slurmdbd"

# What each plugin's paths begin with.
PREFIXES: Final = {"slurmctld": "slurm", "slurmdbd": "slurmdb"}

# The flags of ``-d``, and the versions that have each.
FLAGS: Final = {"fast": frozenset(Version), "complex": frozenset(Version)} | {
    flag: frozenset({version}) for flag, version in style.FLAGS.items()
}

SPEC_ONLY: Final = "spec_only"
"""A flag that no manual names: the original then answers every request with its schema."""

log = logging.getLogger(__name__)


class UnknownPlugin(ValueError):
    """A plugin is named that does not exist; the message says which ones do."""


def data_parsers() -> list[str]:
    """What ``-d list`` shows."""
    return [f"{DATA_PARSER}{version}" for version in Version]


def openapi() -> list[str]:
    """What ``-s list`` shows."""
    return [OPENAPI + name for name in MODULES]


def routes(
    openapi_names: str | None, data_parser_names: str | None, *, uses_slurmdbd: bool
) -> Routes:
    """The routes of the named plugins, of all where None; raises UnknownPlugin.

    Loads the operations, and libslurm's binding with them.
    """
    names = _offered(openapi_names, uses_slurmdbd=uses_slurmdbd)
    return Routes(load(names), select_data_parsers(data_parser_names))


def lazy_routes(
    openapi_names: str | None, data_parser_names: str | None, *, uses_slurmdbd: bool
) -> LazyRoutes:
    """The same, but operations are loaded once a request asks for their plugin."""
    names = _offered(openapi_names, uses_slurmdbd=uses_slurmdbd)
    return LazyRoutes(names, select_data_parsers(data_parser_names))


def _offered(names: str | None, *, uses_slurmdbd: bool) -> list[str]:
    chosen = select_openapi(names)
    return chosen if uses_slurmdbd else _without_slurmdbd(chosen, named=names is not None)


class LazyRoutes:
    """The same routes, for a process that serves few requests: loading would be most of it.

    Of the controller's operations only those are loaded that a path may mean; nobody asks
    slurmdbd who is in such a hurry.
    """

    def __init__(self, names: list[str], parsers: list[DataParser]) -> None:
        self.parsers = tuple(parsers)
        self._names = tuple(names)
        self._loaded: dict[tuple[str, ...], Routes] = {}

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """All of them."""
        return self._routes(self._names).plugins

    def match(self, method: str, path: str) -> Match | None:
        """As Routes.match, with the plugins that ``path`` may belong to.  Raises BadPath."""
        segments = split(path)
        first, what = (segments[0], segments[2]) if len(segments) > 2 else ("", "")
        wanted = tuple(name for name in self._names if PREFIXES[name] == first) or self._names
        if wanted == ("slurmctld",) and what in slurmctld.MODULES:
            return self._controller_routes(slurmctld.MODULES[what]).match(method, path)
        return self._routes(wanted).match(method, path)

    def _routes(self, wanted: tuple[str, ...]) -> Routes:
        if wanted not in self._loaded:
            self._loaded[wanted] = Routes(load(wanted), self.parsers)
        return self._loaded[wanted]

    def _controller_routes(self, modules: tuple[str, ...]) -> Routes:
        if modules not in self._loaded:
            self._loaded[modules] = Routes([_with_modules(modules)], self.parsers)
        return self._loaded[modules]


def _with_modules(modules: Iterable[str]) -> Plugin:
    """The controller's plugin with the operations of these modules."""
    loaded = (importlib.import_module(f"{slurmctld.__name__}.{name}") for name in modules)
    found = (value for module in loaded for value in vars(module).values())
    operations = tuple(value for value in found if isinstance(value, Operation))
    return replace(slurmctld.BARE, operations=operations)


def load(names: Iterable[str]) -> list[Plugin]:
    """The plugins of these names, with their operations."""
    return [importlib.import_module(MODULES[name]).PLUGIN for name in names]


def select_openapi(names: str | None) -> list[str]:
    """The plugins of a comma-delimited list, each once."""
    if names is None:
        return list(MODULES)
    chosen = dict.fromkeys(name.removeprefix(OPENAPI) for name in _split(names))
    if not chosen:
        raise UnknownPlugin("an empty list of plugins")
    for name in chosen:
        if name not in MODULES:
            raise UnknownPlugin(f"there is no {OPENAPI}{name}; there is {', '.join(openapi())}")
    return list(chosen)


def _without_slurmdbd(names: list[str], *, named: bool) -> list[str]:
    """What is left where the cluster has no slurmdbd; raises UnknownPlugin if it was ``named``.

    The original then never starts with its default: here it serves what there is.
    """
    if NEEDS_SLURMDBD not in names:
        return names
    reason = f"{OPENAPI}{NEEDS_SLURMDBD} needs AccountingStorageType=accounting_storage/slurmdbd"
    if named:
        raise UnknownPlugin(reason)
    log.warning("%s in slurm.conf: its operations are not offered", reason)
    return [name for name in names if name != NEEDS_SLURMDBD]


def select_data_parsers(names: str | None) -> list[DataParser]:
    """The versions of a comma-delimited list with their flags; the first mention counts.

    All of them if none is named.
    """
    found = _split(names or "")
    if not found:
        return [DataParser(version) for version in Version]
    chosen: dict[Version, DataParser] = {}
    for parser in map(_data_parser, found):
        chosen.setdefault(parser.version, parser)
    return list(chosen.values())


def _split(names: str) -> list[str]:
    return [name for name in names.split(",") if name]


def _data_parser(name: str) -> DataParser:
    bare, plus, given = name.removeprefix(DATA_PARSER).partition("+")
    versions = {str(version): version for version in Version}
    # It is no plugin's name: it has no prefix, and its case does not count.
    if name.partition("+")[0].lower() == LATEST:
        bare = str(max(Version))
    if bare not in versions:
        offered = ", ".join((*versions, LATEST))
        raise UnknownPlugin(f"there is no {DATA_PARSER}{bare}; there are {offered}")
    version = versions[bare]
    flags = {flag.lower() for flag in given.split("+") if flag}
    if SPEC_ONLY in flags:
        raise UnknownPlugin(
            f"{name}: an answer that is its own schema is not offered; "
            "--generate-openapi-spec writes all schemas"
        )
    known = {flag for flag in flags if version in FLAGS.get(flag, ())}
    for flag in sorted(flags - known):
        log.warning("%s", _unknown(flag, version))
    return DataParser(version, frozenset(known), plus + given)


def _unknown(flag: str, version: Version) -> str:
    """Why a flag is ignored."""
    said = f"{DATA_PARSER}{version} has no flag +{flag}: it is ignored"
    if flag in FLAGS:
        said += f" (it is one of {', '.join(map(str, sorted(FLAGS[flag])))})"
    return said
