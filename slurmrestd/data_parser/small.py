# SPDX-License-Identifier: GPL-2.0-or-later
"""Small answers, made in Python from the same tables: the envelope, a submitted job's id.

What comes in records goes through the encoder; this is for the handful of values that
never were a struct of libslurm's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from slurmrestd.data_parser import types
from slurmrestd.data_parser.model import (
    V41,
    Field,
    Format,
    Items,
    Leaf,
    ListOf,
    Pointer,
    Same,
    Struct,
    Type,
)
from slurmrestd.data_parser.names import group_name, user_name
from slurmrestd.data_parser.program import Form, TableError, shape, tree
from slurmrestd.serializer.yaml import Verbatim
from slurmrestd.slurm import names as slurm_names

NO_VAL, INFINITE = 0xFFFF_FFFE, 0xFFFF_FFFF
NO_VAL64, INFINITE64 = 0xFFFF_FFFF_FFFF_FFFE, 0xFFFF_FFFF_FFFF_FFFF
_SURROGATE = re.compile("[\ud800-\udfff]")
# Unions of types would be made anew with each value.
_WRITTEN = (orjson.Fragment, Verbatim)
_INDIRECT = (Same, Pointer)
MISSING = object()
"""A value that nobody gave: written as the empty value of its type's shape."""


def small(kind: Type, value: Any, form: Form) -> Any:
    """``value`` as Python objects that serialise to what the table says.

    Structs are given as mappings from member to value; text as bytes or str.  What is
    of the answer's form already stays as it is.
    """
    if isinstance(value, _WRITTEN):
        return value
    if isinstance(kind, _INDIRECT):
        return small(kind.target, value, form)
    if value is MISSING or value is None:
        is_null = value is None and form.complex and shape(kind) is Format.STRING
        return None if is_null else nothing(kind, form)
    if isinstance(kind, Struct):
        return _object(tree(kind, form.version), value, form)
    if isinstance(kind, ListOf):
        return [small(kind.item, item, form) for item in value]
    if isinstance(kind, Leaf):
        return _leaf(kind, value, form)
    raise TableError(f"{kind.name} cannot be written from Python")


def _leaf(kind: Leaf, value: Any, form: Form) -> Any:
    if isinstance(kind.shape, Items) and kind.name not in _WRITERS:
        return [small(kind.shape.of, item, form) for item in value]
    try:
        return _WRITERS[kind.name](value, form)
    except KeyError:
        raise TableError(f"{kind.name} cannot be written from Python") from None


def nothing(kind: Type, form: Form) -> Any:
    """How a missing value of this type is shown."""
    found = shape(kind)
    if form.complex and found is Format.STRING:
        return None
    if isinstance(found, Struct):
        return small(kind, 0, form) if kind.name in _WRITERS else {}
    if isinstance(found, Items):
        return []
    if not isinstance(found, Type):
        return _NOTHING[found]
    raise TableError(f"{kind.name} has no empty value")


def default(row: Field, form: Form) -> Any:
    """How a row is shown when its pointer is NULL (a number: when it is 0)."""
    kind = row.type
    if isinstance(kind, Pointer) and (kind.nullable or (form.version >= V41 and not row.required)):
        return None
    return nothing(kind, form)


_NOTHING: dict[Format, Any] = {
    Format.INT32: 0,
    Format.INT64: 0,
    Format.NUMBER: 0.0,
    Format.DOUBLE: 0.0,
    Format.STRING: "",
    Format.BOOL: False,
    Format.OBJECT: {},
    Format.ARRAY: [],
}


def _object(branch: Mapping[str, Any], value: Mapping[str, Any], form: Form) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, child in branch.items():
        if isinstance(child, dict):
            made[key] = _object(child, value, form)
        else:
            made[key] = small(child.type, value.get(child.member, MISSING), form)
    return made


def text(value: bytes | str) -> str:
    """Text that can be serialised: what is no UTF-8 becomes U+FFFD."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if value.isascii() else _SURROGATE.sub("\ufffd", value)


def _no_val(unset: int, infinite: int) -> Callable[[Any, Form], Any]:
    def write(value: int, form: Form) -> Any:
        if form.complex:
            return {infinite: "Infinity", unset: None}.get(value, value)
        is_set = value not in (unset, infinite)
        return {"set": is_set, "infinite": value == infinite, "number": value if is_set else 0}

    return write


def _plain(value: Any, form: Form) -> Any:
    return value


def _user(value: int, form: Form) -> str:
    return user_name(value) or ""


def _group(value: int, form: Form) -> str | None:
    return group_name(value) or (None if form.complex else "")


def _error(value: int, form: Form) -> str:
    return slurm_names.error_text(value)


def _step_id(value: int, form: Form) -> str:
    return slurm_names.step_name(value)


_WRITERS: dict[str, Callable[[Any, Form], Any]] = {
    types.STRING.name: lambda value, form: text(value),
    types.UINT16.name: _plain,
    types.UINT32.name: _plain,
    types.UINT64.name: _plain,
    types.INT32.name: _plain,
    types.BOOL.name: _plain,
    types.UINT32_NO_VAL.name: _no_val(NO_VAL, INFINITE),
    types.UINT64_NO_VAL.name: _no_val(NO_VAL64, INFINITE64),
    types.TIMESTAMP_NO_VAL.name: _no_val(NO_VAL64, INFINITE64),
    types.USER_ID.name: _user,
    types.GROUP_ID.name: _group,
    types.ERROR.name: _error,
    types.STEP_ID.name: _step_id,
    types.SELECTED_STEP.name: lambda value, form: text(value),
}
