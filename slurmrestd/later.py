# SPDX-License-Identifier: GPL-2.0-or-later
"""Modules of Python's own that others import and hardly ever use: loaded when they are used.

asyncio and orjson import them for debugging or for what only other callers ask for, and we
pathlib for listeners and files that are named.  In inetd mode they would be a sixth of what a
ping takes.

importlib.util.LazyLoader is no help: its modules are loaded by the next import of them.
"""

from __future__ import annotations

import importlib.util
import sys
from threading import RLock
from types import ModuleType
from typing import Any, Final

MODULES: Final = ("inspect", "locale", "pathlib")

_lock: Final = RLock()
_waiting: Final[set[str]] = set()


class _Later(ModuleType):
    """A module of which nothing but its place is known, until something else is asked for."""

    def __getattr__(self, name: str) -> Any:
        with _lock:
            if self.__name__ in _waiting:
                _waiting.remove(self.__name__)
                spec = self.__spec__
                assert spec is not None
                assert spec.loader is not None
                spec.loader.exec_module(self)
                self.__class__ = ModuleType  # type: ignore[assignment]
        return ModuleType.__getattribute__(self, name)


def postpone() -> None:
    """From now on, load these when something of theirs is used."""
    for name in MODULES:
        spec = None if name in sys.modules else importlib.util.find_spec(name)
        if spec is not None:
            module = importlib.util.module_from_spec(spec)
            module.__class__ = _Later
            sys.modules[name] = module
            _waiting.add(name)
