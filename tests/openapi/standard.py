# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the original's document breaks OpenAPI 3.0, and so ours has to differ.

Each mend is what the original meant, as a valid document says it.  A mend that changes
nothing any more fails the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

Node = dict[str, Any]


def _no_empty_required(node: Node) -> bool:
    """A list of required keys has at least one; none is said by leaving it out."""
    if node.get("required") == [] and "properties" in node:
        del node["required"]
        return True
    return False


def _required_paths(node: Node) -> bool:
    """A required ``a/b`` is a required ``b`` of a required ``a``: keys have no slashes."""
    required = node.get("required")
    if not isinstance(required, list) or not any("/" in path for path in required):
        return False
    del node["required"]
    for path in required:
        here = node
        for key in path.split("/"):
            wanted = here.setdefault("required", [])
            wanted += [] if key in wanted else [key]
            here = here["properties"][key]
    return True


def _defaults_of_booleans(node: Node) -> bool:
    """The default of a boolean is no number."""
    default = node.get("default")
    if node.get("type") == "boolean" and default == 0 and default is not False:
        node["default"] = False
        return True
    return False


MENDS: tuple[Callable[[Node], bool], ...] = (
    _no_empty_required,
    _required_paths,
    _defaults_of_booleans,
)


def mend(document: Node) -> Counter[str]:
    """Make a document of the original valid; returns how often each mend did something."""
    done: Counter[str] = Counter()
    _walk(document, done)
    return done


def _walk(value: Any, done: Counter[str]) -> None:
    if isinstance(value, dict):
        for one in MENDS:
            done[one.__name__] += one(value)
        for child in value.values():
            _walk(child, done)
    elif isinstance(value, list):
        for child in value:
            _walk(child, done)
